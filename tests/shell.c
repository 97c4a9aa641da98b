#include "shell.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>
#include <sys/wait.h>

Shell *
shell_run(const char *command)
{
    Shell *shell = g_new0(Shell, 1);
    const char *const words[] = {"/bin/bash", "-c", command, NULL};
    int how = 0;
    g_autoptr(GError) error = NULL;
    if (!g_spawn_sync(NULL, (char **) words, NULL, G_SPAWN_DEFAULT, NULL, NULL, &shell->out, &shell->err, &how, &error))
        g_error("%s", error->message);
    shell->status = WIFEXITED(how) ? WEXITSTATUS(how) : 128 + WTERMSIG(how);
    return shell;
}

void
shell_free(Shell *shell)
{
    if (shell == NULL)
        return;
    g_free(shell->out);
    g_free(shell->err);
    g_free(shell);
}

void
expect(const char *command, int status, const char *told)
{
    g_autoptr(Shell) shell = shell_run(command);
    bool right = told != NULL ? strstr(shell->err, told) != NULL : shell->err[0] == '\0';
    if (shell->status != status || !right)
        fail_msg("%s\nstatus %d, wanted %d\ntold: %s\nwanted: %s", command, shell->status, status, shell->err, told != NULL ? told : "nothing");
}

void
expect_output(const char *command, const char *wanted)
{
    g_autoptr(Shell) shell = shell_run(command);
    if (strcmp(shell->out, wanted) != 0)
        fail_msg("%s\nprinted: %s\nwanted: %s\ntold: %s", command, shell->out, wanted, shell->err);
}
