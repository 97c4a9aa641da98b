#include "shell.h"

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
