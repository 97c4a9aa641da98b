/* Subcommands of gongkai: each takes the words of its command line, its own name first, and returns the status to end with. */
#pragma once

typedef struct {
    const char *name;
    int (*run)(int argc, char **argv);
    const char *summary; /* a line of --help */
} Command;

/* All of them, ended by a NULL name; main.c has the table. */
extern const Command commands[];

/* Without a subcommand: files and folders in, Records out. */
int command_read(int argc, char **argv);
/* Folders that runs have made become one. */
int command_merge(int argc, char **argv);
/* gongkai check: what Records say of themselves and of each other. */
int command_check(int argc, char **argv);
