#include "walk.h"

#include <dirent.h>
#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>

typedef struct {
    GPtrArray *inputs;
    GHashTable *folders;
    GHashTable *seen; /* "device:inode" of files taken and of the folders on the way */
} Walk;

static bool walk_folder(Walk *walk, const char *path);

static int
by_name(gconstpointer a, gconstpointer b)
{
    return strcmp(*(char *const *) a, *(char *const *) b);
}

static bool
has_known_extension(const char *name)
{
    static const char *const extensions[] = {".pdf", ".txt", ".md"};
    size_t length = strlen(name);
    for (size_t i = 0; i < G_N_ELEMENTS(extensions); i++) {
        size_t tail = strlen(extensions[i]);
        if (length > tail && g_ascii_strcasecmp(name + length - tail, extensions[i]) == 0)
            return true;
    }
    return false;
}

static void
add_unreadable(Walk *walk, const char *path, const char *message)
{
    Input *input = input_new(path);
    input->asked = true;
    input->status = INPUT_UNREADABLE;
    input->message = g_strdup(message);
    g_ptr_array_add(walk->inputs, input);
}

static char *
identity_of(const GStatBuf *info)
{
    return g_strdup_printf("%" G_GUINT64_FORMAT ":%" G_GUINT64_FORMAT, (guint64) info->st_dev, (guint64) info->st_ino);
}

/* As g_build_filename() joins it to what is below. */
static char *
without_slashes(const char *path)
{
    gsize length = strlen(path);
    while (length > 1 && path[length - 1] == '/')
        length--;
    return g_strndup(path, length);
}

/* `named`: given on the command line, not found in a folder. */
static void
walk_path(Walk *walk, const char *path, bool named)
{
    GStatBuf info;
    if (g_stat(path, &info) != 0) {
        if (named || has_known_extension(path))
            add_unreadable(walk, path, g_strerror(errno));
        return;
    }
    bool folder = S_ISDIR(info.st_mode);
    if (!named && !folder && (!S_ISREG(info.st_mode) || !has_known_extension(path)))
        return;
    g_autofree char *identity = identity_of(&info);
    if (!g_hash_table_add(walk->seen, g_strdup(identity)))
        return;
    if (folder) {
        if (walk_folder(walk, path) && named && walk->folders != NULL)
            g_hash_table_add(walk->folders, without_slashes(path));
        return;
    }
    Input *input = input_new(path);
    input->changed = MAX(info.st_mtime, info.st_ctime);
    g_ptr_array_add(walk->inputs, input);
}

static bool
walk_folder(Walk *walk, const char *path)
{
    g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
    DIR *folder = opendir(path);
    errno = folder != NULL ? 0 : errno;
    for (struct dirent *entry = NULL; folder != NULL && (entry = readdir(folder)) != NULL;)
        if (entry->d_name[0] != '.')
            g_ptr_array_add(names, g_strdup(entry->d_name));
    bool fine = errno == 0;
    if (!fine)
        add_unreadable(walk, path, g_strerror(errno));
    if (folder != NULL)
        closedir(folder);
    g_ptr_array_sort(names, by_name);
    for (guint i = 0; i < names->len; i++) {
        g_autofree char *below = g_build_filename(path, names->pdata[i], NULL);
        walk_path(walk, below, false);
    }
    return fine;
}

GPtrArray *
walk_inputs(const GPtrArray *paths, GHashTable *folders)
{
    g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    Walk walk = {g_ptr_array_new_with_free_func((GDestroyNotify) input_free), folders, seen};
    for (guint i = 0; i < paths->len; i++)
        walk_path(&walk, paths->pdata[i], true);
    return walk.inputs;
}
