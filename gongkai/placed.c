#include "placed.h"

#include <string.h>

#include "output.h"

#define WHOLE "whole"
#define BEGUN "begun"

GHashTable *
placed_load(const char *path, bool *ret_whole)
{
    GHashTable *names = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    g_autofree char *text = NULL;
    *ret_whole = false;
    if (!g_file_get_contents(path, &text, NULL, NULL))
        return names;
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    *ret_whole = g_strcmp0(lines[0], WHOLE) == 0;
    for (guint i = 1; lines[0] != NULL && lines[i] != NULL; i++) {
        char *space = strchr(lines[i], ' ');
        if (space != NULL)
            g_hash_table_insert(names, g_strdup(space + 1), *ret_whole ? g_strndup(lines[i], (gsize) (space - lines[i])) : g_strdup(""));
    }
    return names;
}

bool
placed_save(const char *passing, const char *path, GHashTable *names, bool whole, GError **error)
{
    g_autoptr(Output) output = output_open(passing, path, error);
    GHashTableIter iter;
    gpointer name = NULL, content = NULL;
    g_hash_table_iter_init(&iter, names);
    bool fine = output != NULL && output_write(output, whole ? WHOLE "\n" : BEGUN "\n", strlen(WHOLE "\n"), error);
    while (fine && g_hash_table_iter_next(&iter, &name, &content)) {
        g_autofree char *line = g_strdup_printf("%s %s\n", (const char *) content, (const char *) name);
        fine = output_write(output, line, strlen(line), error);
    }
    return fine && output_close(output, error);
}
