#include "groups.h"

#include <string.h>

#include "money.h"
#include "names.h"

/* A seeker and a holder that share so many totals go together; a total that many hold says nothing. Both are at least as generous as
 * what normalize asks for before it lets one take the other's name. */
enum { LEAST_SHARED = 3, MOST_HOLDERS = 64 };
static const Money least_total = 100000 * (Money) MONEY_YUAN;
static const Money grain = 100 * MONEY_YUAN;

Keys *
keys_new(void)
{
    Keys *keys = g_new0(Keys, 1);
    keys->names = g_array_new(FALSE, FALSE, sizeof(guint64));
    keys->totals = g_array_new(FALSE, FALSE, sizeof(guint64));
    return keys;
}

void
keys_free(Keys *keys)
{
    if (keys == NULL)
        return;
    g_array_unref(keys->names);
    g_array_unref(keys->totals);
    g_free(keys);
}

/* FNV-1a. */
static guint64
hash(const char *words, gint64 number)
{
    guint64 value = G_GUINT64_CONSTANT(14695981039346656037);
    for (const char *p = words; *p != '\0'; p++)
        value = (value ^ (guchar) *p) * G_GUINT64_CONSTANT(1099511628211);
    for (guint i = 0; i < 8; i++)
        value = (value ^ ((guint64) number >> (8 * i) & 0xFF)) * G_GUINT64_CONSTANT(1099511628211);
    return value;
}

static void
add(GArray *hashes, guint64 value)
{
    for (guint i = 0; i < hashes->len; i++)
        if (g_array_index(hashes, guint64, i) == value)
            return;
    g_array_append_val(hashes, value);
}

static void
add_total(Keys *keys, const char *amount)
{
    Money money = 0;
    if (amount != NULL && money_parse(amount, &money) && money >= least_total)
        add(keys->totals, (guint64) ((money + grain / 2) / grain));
}

static bool
is_total(const RecordRow *row)
{
    return row->item != NULL && (strcmp(row->item, "total") == 0 || g_str_has_suffix(row->item, "_total") || g_str_has_suffix(row->item, "_subtotal"));
}

static void
add_row(Keys *keys, const RecordRow *row)
{
    for (guint i = 0; is_total(row) && row->amounts != NULL && i < row->amounts->len; i++)
        add_total(keys, ((const Entry *) row->amounts->pdata[i])->value);
}

void
keys_add(Keys *keys, const GPtrArray *records)
{
    for (guint i = 0; i < records->len; i++) {
        const Record *record = records->pdata[i];
        if (record->department->name != NULL && record->year > 0) {
            g_autofree char *name = name_key(record->department->name);
            add(keys->names, hash(name, record->year));
        } else {
            keys->seeks = true;
        }
        for (guint t = 0; t < record->tables->len; t++) {
            const RecordTable *table = record->tables->pdata[t];
            for (guint r = 0; table->rows != NULL && r < table->rows->len; r++)
                add_row(keys, table->rows->pdata[r]);
        }
        for (guint s = 0; s < record->statements->len; s++)
            add_total(keys, ((const RecordStatement *) record->statements->pdata[s])->amount);
    }
}

void
keys_settle(Keys *keys, const char *path)
{
    g_autofree char *folder = g_path_get_dirname(path);
    for (guint i = 0; i < keys->totals->len; i++) {
        guint64 *total = &g_array_index(keys->totals, guint64, i);
        *total = hash(folder, (gint64) *total);
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

static void
unite_by_name(guint *parents, const GPtrArray *keys)
{
    g_autoptr(GHashTable) owners = g_hash_table_new(g_int64_hash, g_int64_equal);
    for (guint i = 0; i < keys->len; i++) {
        const Keys *own = keys->pdata[i];
        for (guint k = 0; own != NULL && k < own->names->len; k++) {
            guint64 *name = &g_array_index(own->names, guint64, k);
            gpointer owner = NULL;
            if (g_hash_table_lookup_extended(owners, name, NULL, &owner))
                unite(parents, i, GPOINTER_TO_UINT(owner));
            else
                g_hash_table_insert(owners, name, GUINT_TO_POINTER(i));
        }
    }
}

/* Total → GArray of guint, the inputs that hold it. */
static GHashTable *
index_totals(const GPtrArray *keys)
{
    GHashTable *index = g_hash_table_new_full(g_int64_hash, g_int64_equal, NULL, (GDestroyNotify) g_array_unref);
    for (guint i = 0; i < keys->len; i++) {
        const Keys *own = keys->pdata[i];
        for (guint k = 0; own != NULL && own->names->len > 0 && k < own->totals->len; k++) {
            guint64 *total = &g_array_index(own->totals, guint64, k);
            GArray *holders = g_hash_table_lookup(index, total);
            if (holders == NULL) {
                holders = g_array_new(FALSE, FALSE, sizeof(guint));
                g_hash_table_insert(index, total, holders);
            }
            g_array_append_val(holders, i);
        }
    }
    return index;
}

static void
unite_seeker(guint *parents, const Keys *own, guint index, GHashTable *totals)
{
    g_autoptr(GHashTable) shared = g_hash_table_new(NULL, NULL);
    for (guint k = 0; k < own->totals->len; k++) {
        const GArray *holders = g_hash_table_lookup(totals, &g_array_index(own->totals, guint64, k));
        for (guint h = 0; holders != NULL && holders->len <= MOST_HOLDERS && h < holders->len; h++) {
            gpointer holder = GUINT_TO_POINTER(g_array_index(holders, guint, h));
            guint count = GPOINTER_TO_UINT(g_hash_table_lookup(shared, holder)) + 1;
            g_hash_table_insert(shared, holder, GUINT_TO_POINTER(count));
            if (count == LEAST_SHARED)
                unite(parents, index, GPOINTER_TO_UINT(holder));
        }
    }
}

GPtrArray *
groups_new(const GPtrArray *keys)
{
    g_autofree guint *parents = g_new(guint, keys->len + 1);
    for (guint i = 0; i < keys->len; i++)
        parents[i] = i;
    unite_by_name(parents, keys);
    g_autoptr(GHashTable) totals = index_totals(keys);
    for (guint i = 0; i < keys->len; i++)
        if (keys->pdata[i] != NULL && ((const Keys *) keys->pdata[i])->seeks)
            unite_seeker(parents, keys->pdata[i], i, totals);
    g_autofree GArray **sets = g_new0(GArray *, keys->len + 1);
    GPtrArray *groups = g_ptr_array_new_with_free_func((GDestroyNotify) g_array_unref);
    for (guint i = 0; i < keys->len; i++) {
        guint first = first_of(parents, i);
        if (first == i)
            continue;
        if (sets[first] == NULL) {
            sets[first] = g_array_new(FALSE, FALSE, sizeof(guint));
            g_array_append_val(sets[first], first);
        }
        g_array_append_val(sets[first], i);
    }
    for (guint i = 0; i < keys->len; i++)
        if (sets[i] != NULL)
            g_ptr_array_add(groups, sets[i]);
    return groups;
}
