#include "groups.h"

#include <string.h>

/* A key's first character: one that is a Record's name, that names a total, that asks for a total's owner. */
enum { KEY_IS = '=', KEY_HAS = '!', KEY_SEEKS = '?' };

static bool
is_total(const RecordRow *row)
{
    static const char *const items[] = {"total", "revenue_total", "expenditure_total", "revenue_subtotal", "expenditure_subtotal"};
    for (size_t i = 0; row->item != NULL && i < G_N_ELEMENTS(items); i++)
        if (strcmp(row->item, items[i]) == 0)
            return true;
    return false;
}

static void
add_row_totals(GPtrArray *keys, const RecordRow *row, char mark, const char *folder)
{
    for (guint i = 0; row->amounts != NULL && i < row->amounts->len; i++) {
        const char *value = ((const Entry *) row->amounts->pdata[i])->value;
        if (value != NULL && strpbrk(value, "123456789") != NULL)
            g_ptr_array_add(keys, g_strdup_printf("%c%s %s", mark, value, folder));
    }
}

static void
add_totals(GPtrArray *keys, const Record *record, char mark, const char *folder)
{
    for (guint i = 0; record->tables != NULL && i < record->tables->len; i++) {
        const RecordTable *table = record->tables->pdata[i];
        for (guint k = 0; table->rows != NULL && k < table->rows->len; k++) {
            const RecordRow *row = table->rows->pdata[k];
            if (is_total(row))
                add_row_totals(keys, row, mark, folder);
        }
    }
}

void
groups_add_keys(GPtrArray *keys, const GPtrArray *records, const char *path)
{
    g_autofree char *folder = g_path_get_dirname(path);
    for (guint i = 0; i < records->len; i++) {
        const Record *record = records->pdata[i];
        bool named = record->department->name != NULL && record->year > 0;
        if (named)
            g_ptr_array_add(keys, g_strdup_printf("%c%d %d %s", KEY_IS, record->kind, record->year, record->department->name));
        add_totals(keys, record, named ? KEY_HAS : KEY_SEEKS, folder);
    }
}

/* ---- sets of inputs, each known by its first member ---- */

static guint
first_of(guint *parents, guint index)
{
    while (parents[index] != index) {
        parents[index] = parents[parents[index]];
        index = parents[index];
    }
    return index;
}

static void
unite(guint *parents, guint a, guint b)
{
    guint left = first_of(parents, a);
    guint right = first_of(parents, b);
    parents[MAX(left, right)] = MIN(left, right);
}

/* Unites every input that has a key starting with `mark` with the first that has the same words under `with`. */
static void
unite_by(guint *parents, const GPtrArray *inputs, char mark, char with)
{
    g_autoptr(GHashTable) owners = g_hash_table_new(g_str_hash, g_str_equal);
    for (guint pass = 0; pass < 2; pass++) {
        for (guint i = 0; i < inputs->len; i++) {
            const GPtrArray *keys = ((const Input *) inputs->pdata[i])->keys;
            for (guint k = 0; k < keys->len; k++) {
                const char *key = keys->pdata[k];
                gpointer owner = NULL;
                bool known = g_hash_table_lookup_extended(owners, key + 1, NULL, &owner);
                if (pass == 0 && key[0] == with && !known)
                    g_hash_table_insert(owners, (char *) key + 1, GUINT_TO_POINTER(i));
                if (pass == 1 && key[0] == mark && known)
                    unite(parents, i, GPOINTER_TO_UINT(owner));
            }
        }
    }
}

GPtrArray *
groups_new(const GPtrArray *inputs)
{
    g_autofree guint *parents = g_new(guint, inputs->len + 1);
    for (guint i = 0; i < inputs->len; i++)
        parents[i] = i;
    unite_by(parents, inputs, KEY_IS, KEY_IS);
    unite_by(parents, inputs, KEY_SEEKS, KEY_HAS);
    unite_by(parents, inputs, KEY_SEEKS, KEY_SEEKS);
    g_autofree GArray **sets = g_new0(GArray *, inputs->len + 1);
    GPtrArray *groups = g_ptr_array_new_with_free_func((GDestroyNotify) g_array_unref);
    for (guint i = 0; i < inputs->len; i++) {
        guint first = first_of(parents, i);
        if (first == i)
            continue;
        if (sets[first] == NULL) {
            sets[first] = g_array_new(FALSE, FALSE, sizeof(guint));
            g_array_append_val(sets[first], first);
        }
        g_array_append_val(sets[first], i);
    }
    for (guint i = 0; i < inputs->len; i++)
        if (sets[i] != NULL)
            g_ptr_array_add(groups, sets[i]);
    return groups;
}
