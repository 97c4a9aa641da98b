#include "output.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <unistd.h>

struct Output {
    char *path, *passing;
    FILE *stream;
};

static bool
refuse(GError **error, const char *path)
{
    int code = errno;
    g_set_error(error, G_IO_ERROR, g_io_error_from_errno(code), "%s: %s", path, g_strerror(code));
    return false;
}

Output *
output_open(const char *passing, const char *path, GError **error)
{
    g_autofree char *folder = g_path_get_dirname(path);
    if (g_mkdir_with_parents(folder, 0777) != 0) {
        refuse(error, folder);
        return NULL;
    }
    int file = g_open(passing, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    if (file < 0) {
        refuse(error, path);
        return NULL;
    }
    Output *output = g_new0(Output, 1);
    output->path = g_strdup(path);
    output->passing = g_strdup(passing);
    output->stream = fdopen(file, "wb");
    return output;
}

bool
output_write(Output *output, const void *bytes, gsize length, GError **error)
{
    return fwrite(bytes, 1, length, output->stream) == length || refuse(error, output->path);
}

bool
output_close(Output *output, GError **error)
{
    bool safe = fflush(output->stream) == 0 && fsync(fileno(output->stream)) == 0;
    if (!safe)
        return refuse(error, output->path);
    bool closed = fclose(output->stream) == 0;
    output->stream = NULL;
    if (!closed || g_rename(output->passing, output->path) != 0)
        return refuse(error, output->path);
    g_clear_pointer(&output->passing, g_free);
    return true;
}

void
output_free(Output *output)
{
    if (output == NULL)
        return;
    if (output->stream != NULL)
        fclose(output->stream);
    if (output->passing != NULL)
        g_unlink(output->passing);
    g_free(output->passing);
    g_free(output->path);
    g_free(output);
}

bool
output_settle(const char *folder, GError **error)
{
    int opened = g_open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0);
    bool fine = opened >= 0 && fsync(opened) == 0;
    if (!fine)
        refuse(error, folder);
    if (opened >= 0)
        close(opened);
    return fine;
}
