/* Options: what the command line asks for, the same words for every subcommand that makes Records. */
#pragma once
#include <glib.h>
#include <stdbool.h>

#include "workers.h"

typedef struct {
    char *folder, *rules;
    int jobs, seconds, megabytes;
    gboolean open, quiet, verbose, pretty, version, help;
    char **paths;
} Options;

extern Options options;

/* Fills `options`; -1 to go on, else the status to end with. `own`: the subcommand's further options, ended by {0}, or NULL. `words`: what it is, what its
 * arguments are, and what --help tells below the options. */
typedef struct {
    const char *arguments, *summary, *description;
} OptionsWords;
int options_read(int argc, char **argv, const GOptionEntry *own, const OptionsWords *words);

/* How much is told on standard error, see Manner in reply.h. */
int options_talk(void);
/* Prints "gongkai: …" on standard error; returns `status`. */
G_GNUC_PRINTF(2, 3) int complain(int status, const char *format, ...);
/* The workers' limits, sandbox included. With -v, tells once what this kernel has not of the sandbox. */
WorkersLimits options_limits(void);
