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

/* Runs `command`; its status must be `status`, and what it tells on standard error must hold `told` (NULL: be empty). */
void expect(const char *command, int status, const char *told);
/* What it prints must be `wanted`. */
void expect_output(const char *command, const char *wanted);
