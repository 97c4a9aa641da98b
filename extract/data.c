#include "data.h"

#include <string.h>

static char *override_folder;

void
data_set_folder(const char *folder)
{
    g_free(override_folder);
    override_folder = g_strdup(folder);
}

GBytes *
data_load(const char *name, GError **error)
{
    if (override_folder != NULL) {
        g_autofree char *path = g_build_filename(override_folder, name, NULL);
        char *text = NULL;
        gsize length = 0;
        g_autoptr(GError) missing = NULL;
        if (g_file_get_contents(path, &text, &length, &missing))
            return g_bytes_new_take(text, length);
        if (!g_error_matches(missing, G_FILE_ERROR, G_FILE_ERROR_NOENT)) {
            g_propagate_error(error, g_steal_pointer(&missing));
            return NULL;
        }
    }
    g_autofree char *resource = g_strconcat("/gongkai/", name, NULL);
    return g_resources_lookup_data(resource, G_RESOURCE_LOOKUP_FLAGS_NONE, error);
}

GPtrArray *
data_rows_from_text(const char *name, const char *text, GError **error)
{
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    g_autoptr(GPtrArray) rows = g_ptr_array_new_with_free_func((GDestroyNotify) g_strfreev);
    guint fields = 0;
    for (guint i = 0; lines[i] != NULL; i++) {
        if (lines[i][0] == '#' || lines[i][0] == '\0')
            continue;
        char **row = g_strsplit(lines[i], "\t", -1);
        if (fields == 0) {
            fields = g_strv_length(row);
            g_strfreev(row);
        } else if (g_strv_length(row) != fields) {
            g_set_error(error, G_FILE_ERROR, G_FILE_ERROR_INVAL, "%s:%u: %u fields where the header has %u", name, i + 1, g_strv_length(row), fields);
            g_strfreev(row);
            return NULL;
        } else {
            g_ptr_array_add(rows, row);
        }
    }
    return g_steal_pointer(&rows);
}

GPtrArray *
data_load_tsv(const char *name, GError **error)
{
    g_autoptr(GBytes) bytes = data_load(name, error);
    if (bytes == NULL)
        return NULL;
    gsize size = 0;
    const char *start = g_bytes_get_data(bytes, &size);
    g_autofree char *text = g_strndup(start, size);
    return data_rows_from_text(name, text, error);
}
