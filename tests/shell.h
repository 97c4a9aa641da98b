/* A command line run by the shell, for tests of the programs as people use them. $B is the folder of the programs, $T one for the test's files. */
#pragma once
#include <glib.h>

typedef struct {
    int status; /* as the shell tells it */
    char *out, *err;
} Shell;

Shell *shell_run(const char *command);
void shell_free(Shell *shell);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Shell, shell_free)
