#include "store.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define STATE ".gongkai"
/* An entry is a line with its key and its length, then its bytes. */
#define HEAD_FORMAT "%.64s %016" G_GINT64_MODIFIER "x\n"
enum { KEY = 64, HEAD = KEY + 1 + 16 + 1 };

G_DEFINE_QUARK(store - error - quark, store_error)

struct Store {
    char *folder; /* DIR/.gongkai, or NULL                                          */
    int lock;     /* a file of its own: the store's may be replaced. -1: none       */
    int file;
    gint64 length;
    GHashTable *places; /* key → Place */
};

typedef struct {
    gint64 at, length;
} Place;

static bool
refuse(GError **error, const char *what)
{
    int code = errno;
    g_set_error(error, G_IO_ERROR, g_io_error_from_errno(code), "%s: %s", what, g_strerror(code));
    return false;
}

/* ---- reading and writing at a place ---- */

static bool
read_at(int file, gint64 at, char *bytes, gint64 length)
{
    for (gint64 got = 0; got < length;) {
        ssize_t n = pread(file, bytes + got, (size_t) (length - got), at + got);
        if (n == 0 || (n < 0 && errno != EINTR))
            return false;
        got += MAX(n, 0);
    }
    return true;
}

static bool
write_at(int file, gint64 at, const char *bytes, gint64 length)
{
    for (gint64 put = 0; put < length;) {
        ssize_t n = pwrite(file, bytes + put, (size_t) (length - put), at + put);
        if (n < 0 && errno != EINTR)
            return false;
        put += MAX(n, 0);
    }
    return true;
}

static void
remember(GHashTable *places, const char *key, gint64 at, gint64 length)
{
    const Place place = {at, length};
    g_hash_table_replace(places, g_strndup(key, KEY), g_memdup2(&place, sizeof place));
}

/* Finds all whole entries; `length` is where they end. */
static void
find_entries(Store *store)
{
    struct stat info;
    char head[HEAD + 1] = "";
    gint64 end = fstat(store->file, &info) == 0 ? info.st_size : 0;
    for (gint64 at = 0; at + HEAD <= end && read_at(store->file, at, head, HEAD);) {
        char *rest = NULL;
        guint64 length = g_ascii_strtoull(head + KEY + 1, &rest, 16);
        if (head[KEY] != ' ' || rest != head + HEAD - 1 || *rest != '\n' || length > (guint64) (end - at - HEAD))
            break;
        remember(store->places, head, at + HEAD, (gint64) length);
        at += HEAD + (gint64) length;
        store->length = at;
    }
}

/* ---- making and ending ---- */

/* A record lock, which a fork does not inherit: workers that outlive a killed run by a moment do not keep the next one out. */
static bool
take_lock(Store *store, const char *folder, bool writes, GError **error)
{
    g_autofree char *path = store_path(store, "lock");
    store->lock = g_open(path, (writes ? O_RDWR | O_CREAT : O_RDONLY) | O_CLOEXEC, 0666);
    if (store->lock < 0)
        return refuse(error, path);
    struct flock wanted = {.l_type = writes ? F_WRLCK : F_RDLCK, .l_whence = SEEK_SET};
    if (fcntl(store->lock, F_SETLK, &wanted) == 0)
        return true;
    if (errno != EACCES && errno != EAGAIN)
        return refuse(error, path);
    fcntl(store->lock, F_GETLK, &wanted);
    g_set_error(error, STORE_ERROR, STORE_ERROR_BUSY, "%s: another gongkai is at work there (process %ld)", folder, (long) wanted.l_pid);
    return false;
}

static bool
open_file(Store *store, bool writes, GError **error)
{
    g_autofree char *path = store_path(store, "store");
    store->file = g_open(path, (writes ? O_RDWR | O_CREAT : O_RDONLY) | O_CLOEXEC, 0666);
    if (store->file < 0)
        return refuse(error, path);
    find_entries(store);
    return !writes || ftruncate(store->file, store->length) == 0 || refuse(error, path);
}

static Store *
new_store(const char *folder)
{
    Store *store = g_new0(Store, 1);
    store->folder = folder != NULL ? g_build_filename(folder, STATE, NULL) : NULL;
    store->lock = store->file = -1;
    store->places = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    return store;
}

static bool
open_nameless(Store *store, GError **error)
{
    g_autofree char *name = g_build_filename(g_get_tmp_dir(), ".gongkai-XXXXXX", NULL);
    store->file = g_mkstemp_full(name, O_RDWR | O_CLOEXEC, 0600);
    return store->file >= 0 ? g_unlink(name) == 0 : refuse(error, name);
}

Store *
store_new(const char *folder, GError **error)
{
    g_autoptr(Store) store = new_store(folder);
    if (folder == NULL)
        return open_nameless(store, error) ? g_steal_pointer(&store) : NULL;
    if (g_mkdir_with_parents(store->folder, 0777) != 0) {
        refuse(error, store->folder);
        return NULL;
    }
    return take_lock(store, folder, true, error) && open_file(store, true, error) ? g_steal_pointer(&store) : NULL;
}

Store *
store_new_to_read(const char *folder, GError **error)
{
    g_autoptr(Store) store = new_store(folder);
    return take_lock(store, folder, false, error) && open_file(store, false, error) ? g_steal_pointer(&store) : NULL;
}

void
store_free(Store *store)
{
    if (store == NULL)
        return;
    if (store->file >= 0)
        close(store->file);
    if (store->lock >= 0)
        close(store->lock);
    g_hash_table_unref(store->places);
    g_free(store->folder);
    g_free(store);
}

char *
store_path(const Store *store, const char *name)
{
    return store->folder != NULL ? g_build_filename(store->folder, name, NULL) : NULL;
}

/* ---- entries ---- */

bool
store_has(const Store *store, const char *key)
{
    return g_hash_table_contains(store->places, key);
}

static bool
append(int file, gint64 *at, const char *key, const char *bytes, gint64 length)
{
    g_autofree char *head = g_strdup_printf(HEAD_FORMAT, key, (guint64) length);
    if (!write_at(file, *at, head, HEAD) || !write_at(file, *at + HEAD, bytes, length))
        return false;
    *at += HEAD + length;
    return true;
}

bool
store_put(Store *store, const char *key, GBytes *bytes, GError **error)
{
    gsize length = 0;
    const char *data = g_bytes_get_data(bytes, &length);
    if (!append(store->file, &store->length, key, data, (gint64) length)) {
        refuse(error, store->folder != NULL ? store->folder : "temporary file");
        bool cut = ftruncate(store->file, store->length) == 0; /* gives a full disk its room back; if not, the next run does */
        return cut && false;
    }
    remember(store->places, key, store->length - (gint64) length, (gint64) length);
    return true;
}

GBytes *
store_get(const Store *store, const char *key)
{
    const Place *place = g_hash_table_lookup(store->places, key);
    if (place == NULL)
        return NULL;
    g_autofree char *bytes = g_malloc((gsize) place->length + 1);
    if (!read_at(store->file, place->at, bytes, place->length))
        return NULL;
    return g_bytes_new_take(g_steal_pointer(&bytes), (gsize) place->length);
}

void
store_drop(Store *store, const char *key)
{
    const Place *place = g_hash_table_lookup(store->places, key);
    g_autofree char *nothing = g_strnfill(KEY, '-');
    if (place != NULL)
        write_at(store->file, place->at - HEAD, nothing, KEY); /* where the system refuses, it is found damaged again */
    g_hash_table_remove(store->places, key);
}

bool
store_copy(Store *store, const Store *from, GError **error)
{
    GHashTableIter iter;
    void *key = NULL;
    g_hash_table_iter_init(&iter, from->places);
    while (g_hash_table_iter_next(&iter, &key, NULL)) {
        g_autoptr(GBytes) bytes = !store_has(store, key) ? store_get(from, key) : NULL;
        if (bytes != NULL && !store_put(store, key, bytes, error))
            return false;
    }
    return true;
}

/* ---- settling ---- */

static gint64
bytes_in_use(const Store *store, GHashTable *used)
{
    gint64 sum = 0;
    GHashTableIter iter;
    void *key = NULL, *place = NULL;
    g_hash_table_iter_init(&iter, store->places);
    while (g_hash_table_iter_next(&iter, &key, &place))
        sum += g_hash_table_contains(used, key) ? HEAD + ((const Place *) place)->length : 0;
    return sum;
}

/* Copies what is used to `file`; the length of all, or -1. */
static gint64
copy_used(const Store *store, GHashTable *used, int file)
{
    gint64 at = 0;
    GHashTableIter iter;
    void *key = NULL;
    g_hash_table_iter_init(&iter, store->places);
    while (g_hash_table_iter_next(&iter, &key, NULL)) {
        g_autoptr(GBytes) bytes = g_hash_table_contains(used, key) ? store_get(store, key) : NULL;
        gsize length = 0;
        const char *data = bytes != NULL ? g_bytes_get_data(bytes, &length) : NULL;
        if (data != NULL && !append(file, &at, key, data, (gint64) length))
            return -1;
    }
    return fsync(file) == 0 ? at : -1;
}

static bool
write_anew(Store *store, GHashTable *used, GError **error)
{
    g_autofree char *passing = store_path(store, "store.new");
    g_autofree char *path = store_path(store, "store");
    int file = g_open(passing, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    gint64 length = file >= 0 ? copy_used(store, used, file) : -1;
    if (length < 0 || g_rename(passing, path) != 0) {
        refuse(error, passing);
        g_unlink(passing);
        if (file >= 0)
            close(file);
        return false;
    }
    close(store->file);
    store->file = file;
    store->length = 0;
    g_hash_table_remove_all(store->places);
    find_entries(store);
    return true;
}

bool
store_settle(Store *store, GHashTable *used, GError **error)
{
    if (store->folder == NULL)
        return true;
    if (bytes_in_use(store, used) < store->length / 2)
        return write_anew(store, used, error);
    return fsync(store->file) == 0 || refuse(error, store->folder);
}

char *
store_key(const char *const *words, guint count)
{
    g_autoptr(GChecksum) sum = g_checksum_new(G_CHECKSUM_SHA256);
    for (guint i = 0; i < count; i++)
        g_checksum_update(sum, (const guchar *) words[i], (gssize) strlen(words[i]) + 1);
    return g_strdup(g_checksum_get_string(sum));
}
