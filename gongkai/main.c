/* gongkai: the command people type. Files and folders in, Records out. */
#include <locale.h>
#include <signal.h>
#include <stddef.h>
#include <string.h>

#include "command.h"

const Command commands[] = {
    {"check", command_check, "tell what disclosures lack, and which of their figures disagree"},
    {"merge", command_merge, "make one output folder of several, those of shards say"},
    {NULL, NULL, NULL},
};

int
main(int argc, char **argv)
{
    setlocale(LC_CTYPE, "");
    signal(SIGPIPE, SIG_IGN);
    for (const Command *command = commands; argc > 1 && command->name != NULL; command++)
        if (strcmp(argv[1], command->name) == 0)
            return command->run(argc - 1, argv + 1);
    return command_read(argc, argv);
}
