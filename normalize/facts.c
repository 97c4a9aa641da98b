#include "facts.h"

#include "data.h"

static void
facts_read(FactsOnce *once, GError **error)
{
    g_mutex_lock(&once->lock);
    if (once->index == NULL) {
        GPtrArray *rows = data_load_tsv(once->name, error);
        GHashTable *index = rows != NULL ? g_hash_table_new(g_str_hash, g_str_equal) : NULL;
        for (guint i = 0; rows != NULL && i < rows->len; i++) {
            char **row = rows->pdata[i];
            if (!g_hash_table_contains(index, row[0]))
                g_hash_table_insert(index, row[0], row);
        }
        once->rows = rows;
        g_atomic_pointer_set(&once->index, index);
    }
    g_mutex_unlock(&once->lock);
}

const GHashTable *
facts_index(FactsOnce *once, GError **error)
{
    if (g_atomic_pointer_get(&once->index) == NULL)
        facts_read(once, error);
    return g_atomic_pointer_get(&once->index);
}

const GPtrArray *
facts_rows(FactsOnce *once, GError **error)
{
    return facts_index(once, error) != NULL ? once->rows : NULL;
}
