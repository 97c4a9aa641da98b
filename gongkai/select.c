#include "select.h"

#include <gio/gio.h>
#include <string.h>

typedef struct {
    GHashTable *folders; /* asked for                                       */
    GHashTable *closed;  /* ways that could not be opened, folders or files */
    GHashTable *found;   /* folders asked for in which something was found  */
} Reach;

/* The folder asked for that `path` is below, through no closed one; NULL where there is none. The result is a string of `folders`. */
static const char *
folder_of(const Reach *reach, const char *path)
{
    g_autofree char *way = g_strdup(path);
    for (char *cut = NULL; (cut = strrchr(way, '/')) != NULL;) {
        cut[cut == way ? 1 : 0] = '\0'; /* the root keeps its one */
        if (g_hash_table_contains(reach->closed, way))
            return NULL;
        const char *folder = g_hash_table_lookup(reach->folders, way);
        if (folder != NULL || strcmp(way, "/") == 0)
            return folder;
    }
    return NULL;
}

static int
by_path(gconstpointer a, gconstpointer b)
{
    return strcmp((*(Input *const *) a)->path, (*(Input *const *) b)->path);
}

static GHashTable *
index_of(const GPtrArray *inputs)
{
    GHashTable *index = g_hash_table_new(g_str_hash, g_str_equal);
    for (guint i = 0; i < inputs->len; i++)
        g_hash_table_insert(index, ((Input *) inputs->pdata[i])->path, inputs->pdata[i]);
    return index;
}

/* Files that are there: those that may have changed are asked for. What the manifest knows of them is taken out of `known`. */
static void
select_walked(GPtrArray *selected, GPtrArray *walked, GHashTable *known, gint64 since)
{
    for (guint i = 0; i < walked->len; i++) {
        Input *input = walked->pdata[i];
        g_autofree char *shown = g_utf8_make_valid(input->path, -1);
        Input *former = g_hash_table_lookup(known, shown);
        if (former != NULL)
            g_hash_table_remove(known, shown);
        input->asked = input->status == INPUT_UNREADABLE || input->changed >= since;
        if (former != NULL && input->status != INPUT_UNREADABLE)
            input_take_facts(input, former);
        bool keep = input->asked || former != NULL;
        input_free(former);
        if (keep)
            g_ptr_array_add(selected, input);
        else
            input_free(input);
    }
    g_ptr_array_set_free_func(walked, NULL);
    g_ptr_array_unref(walked);
}

/* Inputs that the manifest knows and the walk has not met. */
static void
select_known(GPtrArray *selected, GHashTable *known, const Reach *reach, GPtrArray *gone, const char **ret_missing)
{
    GHashTableIter iter;
    gpointer value = NULL;
    g_hash_table_iter_init(&iter, known);
    while (g_hash_table_iter_next(&iter, NULL, &value)) {
        Input *input = value;
        const char *folder = folder_of(reach, input->path);
        if (folder == NULL) {
            g_ptr_array_add(selected, input);
            continue;
        }
        if (!g_hash_table_contains(reach->found, folder))
            *ret_missing = folder;
        g_ptr_array_add(gone, g_strdup(input->path));
        input_free(input);
    }
}

GPtrArray *
select_inputs(GPtrArray *walked, GHashTable *folders, GPtrArray *known, gint64 since, GPtrArray *gone, GError **error)
{
    g_autoptr(GHashTable) closed = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_autoptr(GHashTable) found = g_hash_table_new(g_str_hash, g_str_equal);
    const Reach reach = {folders, closed, found};
    for (guint i = 0; i < walked->len; i++) {
        const Input *input = walked->pdata[i];
        const char *folder = folder_of(&reach, input->path);
        if (input->status == INPUT_UNREADABLE)
            g_hash_table_add(closed, g_strdup(input->path));
        else if (folder != NULL)
            g_hash_table_add(found, (char *) folder);
    }
    g_autoptr(GHashTable) index = index_of(known);
    g_ptr_array_set_free_func(known, NULL);
    g_ptr_array_unref(known);
    g_autoptr(GPtrArray) selected = g_ptr_array_new_with_free_func((GDestroyNotify) input_free);
    const char *missing = NULL;
    select_walked(selected, walked, index, since);
    select_known(selected, index, &reach, gone, &missing);
    if (missing != NULL) {
        g_set_error(error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
                    "%s: holds none of the files that were read from it before. Is it there? Nothing is done; to begin anew, remove the output folder",
                    missing);
        return NULL;
    }
    g_ptr_array_sort(selected, by_path);
    return g_steal_pointer(&selected);
}
