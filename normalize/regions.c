#include "regions.h"

#include <string.h>

#include "facts.h"
#include "normalize.h"
#include "utf8.h"

enum { COLUMN_CODE, COLUMN_NAME, COLUMN_STATUS };

typedef struct {
    const char *code;
    bool current;
    bool several; /* two regions have this name */
    bool within;  /* the name begins with the province or prefecture, or is one itself: safe in the midst of words */
} Place;

static FactsOnce facts = FACTS_ONCE("normalize/data/regions.tsv");
static FactsOnce shorts = FACTS_ONCE("normalize/data/region_names.tsv");
static GMutex lock;
static GHashTable *places;   /* name as it may be printed → Place                          */
static GHashTable *counties; /* a county's own name → GPtrArray of its codes                */
static gsize longest;        /* bytes                                                       */

static const char *
name_of(const char *code, int digits)
{
    char padded[7] = "000000";
    memcpy(padded, code, (size_t) digits);
    char **row = g_hash_table_lookup((GHashTable *) facts_index(&facts, NULL), padded);
    return row != NULL ? row[COLUMN_NAME] : NULL;
}

static bool
is_zero(const char *code, int from)
{
    return strspn(code + from, "0") == 6u - (guint) from;
}

/* A name of a place, which becomes the table's. The current holder of a name wins over a former one. */
static void
add_place(GHashTable *table, char *name, const char *code, bool current, bool within)
{
    longest = MAX(longest, strlen(name));
    Place *place = g_hash_table_lookup(table, name);
    if (place != NULL && strcmp(place->code, code) != 0 && place->current == current)
        place->several = true;
    if (place == NULL || (current && !place->current)) {
        Place *fresh = g_new0(Place, 1);
        *fresh = (Place){.code = code, .current = current, .within = within};
        g_hash_table_replace(table, name, fresh);
        return;
    }
    g_free(name);
}

static void
add_region(GHashTable *table, GHashTable *own, char **row)
{
    const char *code = row[COLUMN_CODE];
    const char *name = row[COLUMN_NAME];
    bool current = strcmp(row[COLUMN_STATUS], "current") == 0;
    bool county = !is_zero(code, 4);
    add_place(table, g_strdup(name), code, current, !county);
    if (is_zero(code, 2))
        return;
    const char *province = name_of(code, 2);
    const char *prefecture = county ? name_of(code, 4) : NULL;
    add_place(table, g_strconcat(province, name, NULL), code, current, true);
    if (prefecture != NULL) {
        add_place(table, g_strconcat(prefecture, name, NULL), code, current, true);
        add_place(table, g_strconcat(province, prefecture, name, NULL), code, current, true);
    }
    if (!county)
        return;
    GPtrArray *codes = g_hash_table_lookup(own, name);
    if (codes == NULL) {
        codes = g_ptr_array_new();
        g_hash_table_insert(own, (char *) name, codes);
    }
    g_ptr_array_add(codes, (char *) code);
}

static void
build(const GPtrArray *rows, const GPtrArray *names)
{
    GHashTable *table = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    counties = g_hash_table_new(g_str_hash, g_str_equal);
    for (guint i = 0; i < rows->len; i++)
        add_region(table, counties, rows->pdata[i]);
    for (guint i = 0; i < names->len; i++) {
        char **row = names->pdata[i];
        add_place(table, g_strdup(row[0]), row[1], true, false);
    }
    g_atomic_pointer_set(&places, table);
}

bool
regions_load(GError **error)
{
    if (g_atomic_pointer_get(&places) != NULL)
        return true;
    const GPtrArray *rows = facts_rows(&facts, error);
    const GPtrArray *names = rows != NULL ? facts_rows(&shorts, error) : NULL;
    if (names == NULL)
        return false;
    g_mutex_lock(&lock);
    if (places == NULL)
        build(rows, names);
    g_mutex_unlock(&lock);
    return true;
}

static Region *
region_new(const char *code)
{
    const char *province = name_of(code, 2);
    const char *prefecture = is_zero(code, 2) ? NULL : name_of(code, 4);
    const char *county = is_zero(code, 4) ? NULL : name_of(code, 6);
    GString *name = g_string_new(province);
    g_string_append(name, prefecture != NULL ? prefecture : "");
    g_string_append(name, county != NULL ? county : "");
    Region *region = g_new0(Region, 1);
    region->code = g_strdup(code);
    region->name = g_string_free(name, FALSE);
    return region;
}

/* The longest name that stands at `text`, or NULL. */
static const Place *
place_at(const char *text, gsize *ret_length)
{
    gsize length = MIN(strlen(text), longest);
    while (length > 0 && (text[length] & 0xC0) == 0x80)
        length--;
    g_autofree char *head = g_strndup(text, length);
    for (; length > 0; length = (gsize) (g_utf8_find_prev_char(head, head + length) - head)) {
        head[length] = '\0';
        const Place *place = g_hash_table_lookup(places, head);
        if (place != NULL) {
            *ret_length = length;
            return place;
        }
    }
    return NULL;
}

Region *
region_find(const char *text, bool anywhere, gsize *ret_length)
{
    if (text == NULL || !regions_load(NULL))
        return NULL;
    gsize length = 0;
    for (const char *p = text; *p != '\0'; p = g_utf8_next_char(p)) {
        const Place *place = place_at(p, &length);
        if (place != NULL && !place->several && (p == text || place->within)) {
            if (ret_length != NULL)
                *ret_length = length;
            return region_new(place->code);
        }
        if (!anywhere)
            break;
    }
    return NULL;
}

Region *
region_find_in(const char *text, const char *context)
{
    if (text == NULL || !regions_load(NULL))
        return NULL;
    gsize length = 0;
    const Place *place = place_at(text, &length);
    if (place == NULL || !place->several)
        return NULL;
    g_autofree char *name = g_strndup(text, length);
    const GPtrArray *codes = g_hash_table_lookup(counties, name);
    const char *found = NULL;
    for (guint i = 0; codes != NULL && i < codes->len; i++) {
        const char *code = codes->pdata[i];
        const char *above = name_of(code, 4) != NULL ? name_of(code, 4) : name_of(code, 2);
        g_autofree char *whole = g_strconcat(above, name, NULL);
        if (strstr(context, whole) == NULL)
            continue;
        if (found != NULL)
            return NULL;
        found = code;
    }
    return found != NULL ? region_new(found) : NULL;
}

Region *
codebook_region(const char *text, bool anywhere)
{
    g_autofree char *squeezed = text != NULL ? utf8_squeeze(text) : NULL;
    return region_find(squeezed, anywhere, NULL);
}
