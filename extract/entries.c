#include "shape.h"

#include <math.h>
#include <string.h>

#define MOST 1e9

static void
entry_free(void *data)
{
    Entry *entry = data;
    g_free(entry->key);
    g_free(entry->value);
    g_free(entry);
}

GPtrArray *
entries_new(void)
{
    return g_ptr_array_new_with_free_func(entry_free);
}

static Entry *
find_entry(const GPtrArray *entries, const char *key)
{
    for (guint i = 0; entries != NULL && i < entries->len; i++) {
        Entry *entry = entries->pdata[i];
        if (strcmp(entry->key, key) == 0)
            return entry;
    }
    return NULL;
}

void
entries_set(GPtrArray **entries, const char *key, const char *value)
{
    if (*entries == NULL)
        *entries = entries_new();
    Entry *entry = find_entry(*entries, key);
    if (entry == NULL) {
        entry = g_new0(Entry, 1);
        entry->key = g_strdup(key);
        g_ptr_array_add(*entries, entry);
    }
    g_free(entry->value);
    entry->value = g_strdup(value);
}

const char *
entries_get(const GPtrArray *entries, const char *key)
{
    const Entry *entry = find_entry(entries, key);
    return entry != NULL ? entry->value : NULL;
}

bool
entries_has(const GPtrArray *entries, const char *key)
{
    return find_entry(entries, key) != NULL;
}

bool
box_is_empty(Box box)
{
    return box.x1 <= box.x0 && box.y1 <= box.y0;
}

Box
box_union(Box a, Box b)
{
    if (box_is_empty(a))
        return b;
    if (box_is_empty(b))
        return a;
    return (Box){fmin(a.x0, b.x0), fmin(a.y0, b.y0), fmax(a.x1, b.x1), fmax(a.y1, b.y1)};
}

double
number_bounded(double value)
{
    return value > MOST ? MOST : value < -MOST ? -MOST : isnan(value) ? 0 : value;
}

double
number_round(double value)
{
    return round(number_bounded(value) * 100) / 100;
}

Box
box_round(Box box)
{
    return (Box){number_round(box.x0), number_round(box.y0), number_round(box.x1), number_round(box.y1)};
}
