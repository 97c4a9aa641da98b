#include "spool.h"

#include <errno.h>
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <unistd.h>

struct Spool {
    int file;
    gint64 length;
};

static bool
fail(GError **error, const char *what)
{
    int code = errno;
    g_set_error(error, G_IO_ERROR, g_io_error_from_errno(code), "%s: %s", what, g_strerror(code));
    return false;
}

Spool *
spool_new(const char *folder, GError **error)
{
    g_autofree char *name = g_build_filename(folder != NULL ? folder : g_get_tmp_dir(), ".gongkai-XXXXXX", NULL);
    int file = g_mkstemp(name);
    if (file < 0) {
        fail(error, name);
        return NULL;
    }
    g_unlink(name);
    Spool *spool = g_new0(Spool, 1);
    spool->file = file;
    return spool;
}

void
spool_free(Spool *spool)
{
    if (spool == NULL)
        return;
    close(spool->file);
    g_free(spool);
}

bool
spool_add(Spool *spool, const void *bytes, gsize length, gint64 *ret_at, GError **error)
{
    for (gsize put = 0; put < length;) {
        ssize_t n = pwrite(spool->file, (const char *) bytes + put, length - put, spool->length + put);
        if (n < 0 && errno != EINTR)
            return fail(error, "temporary file");
        put += n > 0 ? (gsize) n : 0;
    }
    *ret_at = spool->length;
    spool->length += length;
    return true;
}

char *
spool_get(const Spool *spool, gint64 at, gsize length, GError **error)
{
    g_autofree char *bytes = g_malloc(length + 1);
    for (gsize got = 0; got < length;) {
        ssize_t n = pread(spool->file, bytes + got, length - got, at + got);
        if (n == 0 || (n < 0 && errno != EINTR)) {
            errno = n == 0 ? EIO : errno;
            fail(error, "temporary file");
            return NULL;
        }
        got += n > 0 ? (gsize) n : 0;
    }
    bytes[length] = '\0';
    return g_steal_pointer(&bytes);
}
