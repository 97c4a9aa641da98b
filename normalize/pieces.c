#include "pieces.h"

#include <string.h>

#include "names.h"

/* Totals agree by chance where they are small or few. */
enum { LEAST_SHARED = 3, MOST_HOLDERS = 8 };
static const Money least_total = 100000 * (Money) MONEY_YUAN;
/* Narratives tell ten-thousands of yuan with two decimals; totals are compared at that. */
static const Money grain = 100 * MONEY_YUAN;

static Record *
record_new(const Tree *tree, const Part *part)
{
    Record *record = g_new0(Record, 1);
    record->schema_version = g_strdup("1.0");
    record->kind = MAX(part->kind, 0);
    record->year = part->year;
    record->sources = g_ptr_array_new();
    record->sections = g_ptr_array_new();
    record->tables = g_ptr_array_new();
    record->statements = g_ptr_array_new();
    record->performance = g_ptr_array_new();
    record->terms = g_ptr_array_new();
    record->checks = g_ptr_array_new();
    record->diagnostics = g_ptr_array_new();
    Source *source = g_new0(Source, 1);
    source->file = g_strdup(tree->file);
    source->sha256 = g_strdup(tree->sha256);
    source->media_type = g_strdup(tree->media_type);
    source->pages = tree->pages;
    source->text = tree->text;
    g_ptr_array_add(record->sources, source);
    return record;
}

static Department *
department_copy(const Department *department)
{
    Department *copy = g_new0(Department, 1);
    copy->name = g_strdup(department->name);
    copy->name_raw = g_strdup(department->name_raw);
    copy->code = g_strdup(department->code);
    copy->scope = MAX(department->scope, 0);
    if (department->region != NULL) {
        copy->region = g_new0(Region, 1);
        copy->region->code = g_strdup(department->region->code);
        copy->region->name = g_strdup(department->region->name);
    }
    return copy;
}

typedef struct {
    int first, last; /* pages */
} Span;

static void
widen(Span *span, int page)
{
    if (page <= 0)
        return;
    span->first = span->first == 0 ? page : MIN(span->first, page);
    span->last = MAX(span->last, page);
}

/* A tree's diagnostics belong to the parts on whose pages they are; one that concerns no page belongs to all. */
static void
copy_diagnostics(Record *record, const Tree *tree, const Part *part, int pieces_of_tree)
{
    Span span = {0};
    for (guint i = 0; i < tree->tables->len; i++) {
        const TreeTable *table = tree->tables->pdata[i];
        bool inside = table->at >= part->from && table->at < part->to;
        for (guint p = 0; inside && table->pages != NULL && p < table->pages->len; p++)
            widen(&span, g_array_index(table->pages, int, p));
    }
    for (guint i = 0; i < tree->sections->len; i++) {
        const Section *section = tree->sections->pdata[i];
        if (section->at >= part->from && section->at < part->to)
            widen(&span, section->page);
    }
    for (guint i = 0; i < tree->diagnostics->len; i++) {
        const Diag *diag = tree->diagnostics->pdata[i];
        if (pieces_of_tree > 1 && diag->page != 0 && (diag->page < span.first || diag->page > span.last))
            continue;
        Diag *copy = diag_copy(diag);
        copy->source = 0;
        g_ptr_array_add(record->diagnostics, copy);
    }
}

Piece *
piece_new(const Tree *tree, const Part *part, int pieces_of_tree)
{
    Piece *piece = g_new0(Piece, 1);
    Record *record = record_new(tree, part);
    *piece = (Piece){.record = record, .tree = tree, .index = part->tree, .from = part->from, .scope = part->department->scope, .kind = part->kind};
    record->department = department_copy(part->department);
    copy_diagnostics(record, tree, part, pieces_of_tree);
    for (guint i = 0; i < tree->tables->len; i++) {
        const TreeTable *table = tree->tables->pdata[i];
        if (table->at >= part->from && table->at < part->to)
            g_ptr_array_add(record->tables, record_table_new(table, record->kind, 0, &record->diagnostics));
    }
    narrative_add(record, tree, part, 0);
    return piece;
}

void
piece_free(void *data)
{
    Piece *piece = data;
    record_free(piece->record);
    g_free(piece->key);
    g_free(piece);
}

/* ---- totals ---- */

static void
add_total(GArray *totals, const char *amount)
{
    Money money = 0;
    if (!money_parse(amount, &money) || money < least_total)
        return;
    gint64 total = (money + grain / 2) / grain;
    g_array_append_val(totals, total);
}

static int
compare_totals(const void *a, const void *b)
{
    gint64 left = *(const gint64 *) a;
    gint64 right = *(const gint64 *) b;
    return left < right ? -1 : left > right;
}

static bool
is_total_row(const RecordRow *row)
{
    return row->item != NULL && (strcmp(row->item, "total") == 0 || g_str_has_suffix(row->item, "_total") || g_str_has_suffix(row->item, "_subtotal"));
}

GArray *
record_totals(const Record *record)
{
    g_autoptr(GArray) all = g_array_new(FALSE, FALSE, sizeof(gint64));
    for (guint t = 0; t < record->tables->len; t++) {
        const RecordTable *table = record->tables->pdata[t];
        for (guint r = 0; table->id != NULL && r < table->rows->len; r++) {
            const RecordRow *row = table->rows->pdata[r];
            for (guint a = 0; is_total_row(row) && row->amounts != NULL && a < row->amounts->len; a++)
                add_total(all, ((const Entry *) row->amounts->pdata[a])->value);
        }
    }
    for (guint s = 0; s < record->statements->len; s++)
        add_total(all, ((const RecordStatement *) record->statements->pdata[s])->amount);
    g_array_sort(all, compare_totals);
    GArray *totals = g_array_new(FALSE, FALSE, sizeof(gint64));
    for (guint i = 0; i < all->len; i++)
        if (i == 0 || g_array_index(all, gint64, i) != g_array_index(all, gint64, i - 1))
            g_array_append_val(totals, g_array_index(all, gint64, i));
    return totals;
}

static bool
is_told(const Piece *piece)
{
    return piece->record->department->name != NULL && piece->record->year != 0 && piece->kind >= 0;
}

/* Total → GPtrArray of the pieces, fully told, that hold it. */
static GHashTable *
index_totals(const GPtrArray *pieces)
{
    GHashTable *index = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, (GDestroyNotify) g_ptr_array_unref);
    for (guint i = 0; i < pieces->len; i++) {
        Piece *piece = pieces->pdata[i];
        if (!is_told(piece))
            continue;
        g_autoptr(GArray) totals = record_totals(piece->record);
        for (guint t = 0; t < totals->len; t++) {
            const gint64 *key = &g_array_index(totals, gint64, t);
            GPtrArray *holders = g_hash_table_lookup(index, key);
            if (holders == NULL) {
                holders = g_ptr_array_new();
                g_hash_table_insert(index, g_memdup2(key, sizeof(gint64)), holders);
            }
            g_ptr_array_add(holders, piece);
        }
    }
    return index;
}

static bool
same_disclosure(const Piece *a, const Piece *b)
{
    return strcmp(a->record->department->name, b->record->department->name) == 0 && a->record->year == b->record->year && a->kind == b->kind;
}

/* What the piece does tell must not contradict. */
static bool
may_adopt(const Piece *piece, const Piece *from)
{
    const char *name = piece->record->department->name;
    return (name == NULL || strcmp(name, from->record->department->name) == 0) && (piece->record->year == 0 || piece->record->year == from->record->year) &&
           (piece->kind < 0 || piece->kind == from->kind);
}

static void
count_holders(const Piece *piece, const GPtrArray *holders, GHashTable *shared)
{
    for (guint i = 0; holders != NULL && holders->len <= MOST_HOLDERS && i < holders->len; i++) {
        Piece *holder = holders->pdata[i];
        if (may_adopt(piece, holder))
            g_hash_table_insert(shared, holder, GINT_TO_POINTER(GPOINTER_TO_INT(g_hash_table_lookup(shared, holder)) + 1));
    }
}

/* The piece whose disclosure shares enough totals, if all that do are of one disclosure. */
static const Piece *
find_mate(const Piece *piece, GHashTable *index)
{
    g_autoptr(GArray) totals = record_totals(piece->record);
    g_autoptr(GHashTable) shared = g_hash_table_new(NULL, NULL);
    GHashTableIter iter;
    void *key, *count;
    for (guint i = 0; i < totals->len; i++)
        count_holders(piece, g_hash_table_lookup(index, &g_array_index(totals, gint64, i)), shared);
    const Piece *mate = NULL;
    g_hash_table_iter_init(&iter, shared);
    while (g_hash_table_iter_next(&iter, &key, &count)) {
        if (GPOINTER_TO_INT(count) < LEAST_SHARED)
            continue;
        if (mate != NULL && !same_disclosure(mate, key))
            return NULL;
        mate = key;
    }
    return mate;
}

void
pieces_adopt(GPtrArray *pieces)
{
    g_autoptr(GHashTable) index = NULL;
    for (guint i = 0; i < pieces->len; i++) {
        Piece *piece = pieces->pdata[i];
        if (is_told(piece))
            continue;
        if (index == NULL)
            index = index_totals(pieces);
        const Piece *mate = find_mate(piece, index);
        if (mate == NULL)
            continue;
        Department *own = piece->record->department;
        const Department *department = mate->record->department;
        if (own->name == NULL) /* its name_raw stays NULL: it prints none */
            own->name = g_strdup(department->name);
        piece->record->year = mate->record->year;
        piece->record->kind = mate->kind;
        piece->kind = mate->kind;
    }
}
