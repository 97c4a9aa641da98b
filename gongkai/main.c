/* gongkai: the command people type. Files and folders in, Records out. */
#include <locale.h>
#include <signal.h>
#include <stddef.h>

#include "command.h"

int
main(int argc, char **argv)
{
    setlocale(LC_CTYPE, "");
    signal(SIGPIPE, SIG_IGN);
    return command_read(argc, argv);
}
