#include <string.h>

#include "facts.h"
#include "normalize.h"
#include "regions.h"
#include "utf8.h"

/* The longest list of codes that share one name is the 75 or so departments' running costs: a scan of it is cheap. */
typedef struct {
    FactsOnce facts;
    GMutex lock;
    GHashTable *codes; /* folded name → GPtrArray of code, in file order */
} Book;

enum { COLUMN_CODE, COLUMN_NAME, COLUMN_ALIASES };

static Book books[] = {
    [CODEBOOK_FUNCTION] = {.facts = FACTS_ONCE("normalize/data/function.tsv")},
    [CODEBOOK_ECONOMIC_DEPARTMENT] = {.facts = FACTS_ONCE("normalize/data/economic_department.tsv")},
    [CODEBOOK_ECONOMIC_GOVERNMENT] = {.facts = FACTS_ONCE("normalize/data/economic_government.tsv")},
};

static char *
fold(const char *name)
{
    g_autofree char *narrow = utf8_narrow(name);
    return utf8_squeeze(narrow);
}

static void
add_name(GHashTable *codes, const char *name, char *code)
{
    g_autofree char *folded = fold(name);
    GPtrArray *list = g_hash_table_lookup(codes, folded);
    if (list == NULL) {
        list = g_ptr_array_new();
        g_hash_table_insert(codes, g_steal_pointer(&folded), list);
    }
    g_ptr_array_add(list, code);
}

static GHashTable *
read_names(const GPtrArray *rows)
{
    GHashTable *codes = g_hash_table_new(g_str_hash, g_str_equal);
    for (guint i = 0; i < rows->len; i++) {
        char **row = rows->pdata[i];
        add_name(codes, row[COLUMN_NAME], row[COLUMN_CODE]);
        g_auto(GStrv) aliases = g_strsplit(row[COLUMN_ALIASES], "|", -1);
        for (guint a = 0; aliases[a] != NULL; a++)
            if (aliases[a][0] != '\0')
                add_name(codes, aliases[a], row[COLUMN_CODE]);
    }
    return codes;
}

static GHashTable *
codes_of(Codebook which, GError **error)
{
    Book *book = &books[which];
    if (g_atomic_pointer_get(&book->codes) != NULL)
        return book->codes;
    const GPtrArray *rows = facts_rows(&book->facts, error);
    if (rows == NULL)
        return NULL;
    g_mutex_lock(&book->lock);
    if (book->codes == NULL)
        g_atomic_pointer_set(&book->codes, read_names(rows));
    g_mutex_unlock(&book->lock);
    return book->codes;
}

bool
codebooks_load(GError **error)
{
    for (guint i = 0; i < G_N_ELEMENTS(books); i++)
        if (codes_of(i, error) == NULL)
            return false;
    return regions_load(error);
}

const char *
codebook_name(Codebook book, const char *code)
{
    const GHashTable *index = facts_index(&books[book].facts, NULL);
    const char *const *row = index != NULL && code != NULL ? g_hash_table_lookup((GHashTable *) index, code) : NULL;
    return row != NULL ? row[COLUMN_NAME] : NULL;
}

/* The one code of `list` with `digits` digits below `parent`; NULL when there is none, or two. */
static const char *
only_code(const GPtrArray *list, size_t digits, const char *parent, bool *ret_several)
{
    const char *found = NULL;
    for (guint i = 0; i < list->len; i++) {
        const char *code = list->pdata[i];
        if (strlen(code) != digits || (parent != NULL && !g_str_has_prefix(code, parent)))
            continue;
        if (found != NULL && strcmp(found, code) != 0)
            *ret_several = true;
        found = code;
    }
    return *ret_several ? NULL : found;
}

const char *
codebook_code(Codebook book, const char *name, int digits, const char *parent)
{
    GHashTable *codes = codes_of(book, NULL);
    if (codes == NULL || name == NULL)
        return NULL;
    g_autofree char *folded = fold(name);
    const GPtrArray *list = g_hash_table_lookup(codes, folded);
    if (list == NULL)
        return NULL;
    bool several = false;
    if (digits != 0)
        return only_code(list, (size_t) digits, parent, &several);
    for (size_t length = 3; length <= 7 && !several; length += 2) {
        const char *code = only_code(list, length, parent, &several);
        if (code != NULL)
            return code;
    }
    return NULL;
}
