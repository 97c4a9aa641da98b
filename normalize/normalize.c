#include "normalize.h"

#include <string.h>

#include "names.h"
#include "pieces.h"

static int
by_disclosure(const Piece *a, const Piece *b)
{
    int order = g_strcmp0(a->key, b->key);
    if (order == 0)
        order = a->record->year - b->record->year;
    return order != 0 ? order : a->record->kind - b->record->kind;
}

static int
by_source(const Piece *a, const Piece *b)
{
    int order = strcmp(a->tree->file, b->tree->file);
    if (order == 0)
        order = g_strcmp0(a->tree->sha256, b->tree->sha256);
    if (order == 0)
        order = a->index - b->index;
    return order != 0 ? order : a->from - b->from;
}

static int
compare_pieces(const void *a, const void *b)
{
    const Piece *left = *(Piece *const *) a;
    const Piece *right = *(Piece *const *) b;
    int order = by_disclosure(left, right);
    if (order == 0)
        order = left->scope - right->scope;
    return order != 0 ? order : by_source(left, right);
}

static bool
is_named(const Piece *piece)
{
    return piece->record->department->name != NULL;
}

/* A department's disclosure and that of its own office as a unit bear the same name; a piece that does not say which it is goes
 * with the other pieces where these are of one scope, else with the department's. */
static void
settle_scopes(GPtrArray *pieces)
{
    for (guint start = 0, end = 0; start < pieces->len; start = end) {
        bool unit = false, department = false;
        const Piece *first = pieces->pdata[start];
        for (end = start; end < pieces->len && (end == start || (is_named(first) && by_disclosure(first, pieces->pdata[end]) == 0)); end++) {
            unit |= ((const Piece *) pieces->pdata[end])->scope == SCOPE_UNIT;
            department |= ((const Piece *) pieces->pdata[end])->scope == SCOPE_DEPARTMENT;
        }
        for (guint i = start; i < end; i++) {
            Piece *piece = pieces->pdata[i];
            if (piece->scope == SCOPE_UNKNOWN)
                piece->scope = unit && !department ? SCOPE_UNIT : SCOPE_DEPARTMENT;
            piece->record->department->scope = piece->scope;
        }
    }
    g_ptr_array_sort(pieces, compare_pieces);
}

/* Moves the structs of `from` behind those of `to`. */
static void
move_all(GPtrArray *to, GPtrArray *from)
{
    for (guint i = 0; i < from->len; i++)
        g_ptr_array_add(to, from->pdata[i]);
    g_ptr_array_set_size(from, 0);
}

static void
set_source(Record *record, int source)
{
    for (guint i = 0; i < record->sections->len; i++)
        ((RecordSection *) record->sections->pdata[i])->source = source;
    for (guint i = 0; i < record->tables->len; i++)
        ((RecordTable *) record->tables->pdata[i])->source = source;
    for (guint i = 0; i < record->statements->len; i++)
        ((RecordStatement *) record->statements->pdata[i])->source = source;
    for (guint i = 0; i < record->performance->len; i++)
        ((RecordPerformance *) record->performance->pdata[i])->source = source;
    for (guint i = 0; i < record->terms->len; i++)
        ((RecordTerm *) record->terms->pdata[i])->source = source;
    for (guint i = 0; i < record->diagnostics->len; i++)
        ((Diag *) record->diagnostics->pdata[i])->source = source;
}

static void
join_departments(Department *to, Department *from)
{
    /* the fuller of two forms of one name */
    if (to->name != NULL && strlen(from->name) > strlen(to->name)) {
        g_free(to->name);
        g_free(to->name_raw);
        to->name = g_steal_pointer(&from->name);
        to->name_raw = g_steal_pointer(&from->name_raw);
    }
    if (to->name_raw == NULL)
        to->name_raw = g_steal_pointer(&from->name_raw);
    if (to->code == NULL)
        to->code = g_steal_pointer(&from->code);
    if (to->region == NULL)
        to->region = g_steal_pointer(&from->region);
}

/* The same bytes under two names are two sources and one content. */
static bool
is_copy(const Piece *piece, GPtrArray *const *pieces, guint start, guint end)
{
    for (guint i = start; i < end; i++) {
        const Piece *before = (*pieces)->pdata[i];
        if (before->index != piece->index && before->from == piece->from && g_strcmp0(before->tree->sha256, piece->tree->sha256) == 0 &&
            piece->tree->sha256 != NULL)
            return true;
    }
    return false;
}

static void
join(Record *record, Piece *piece, bool fresh_source, bool copy)
{
    Record *more = piece->record;
    if (fresh_source)
        move_all(record->sources, more->sources);
    join_departments(record->department, more->department);
    if (copy)
        return;
    set_source(more, (int) record->sources->len - 1);
    move_all(record->sections, more->sections);
    move_all(record->tables, more->tables);
    move_all(record->statements, more->statements);
    move_all(record->performance, more->performance);
    move_all(record->terms, more->terms);
    move_all(record->diagnostics, more->diagnostics);
}

static void
tell_unknown(Record *record)
{
    if (record->department->name == NULL)
        diag_add(&record->diagnostics, DIAG_NAME_UNKNOWN, 0, "%s", "");
    if (record->year == 0)
        diag_add(&record->diagnostics, DIAG_YEAR_UNKNOWN, 0, "%s", "");
}

/* Pieces [start, end) of the sorted array are one disclosure. */
static Record *
put_together(GPtrArray *pieces, guint start, guint end, GArray *belongs)
{
    Piece *first = pieces->pdata[start];
    Record *record = g_steal_pointer(&first->record);
    g_array_index(belongs, int, first->index)++;
    for (guint i = start + 1; i < end; i++) {
        Piece *piece = pieces->pdata[i];
        bool fresh = piece->index != ((const Piece *) pieces->pdata[i - 1])->index;
        join(record, piece, fresh, is_copy(piece, &pieces, start, i));
        g_array_index(belongs, int, piece->index) += fresh;
    }
    tell_unknown(record);
    return record;
}

/* Pieces of one disclosure stand together; those that do not tell their name stay alone. */
static guint
group_end(const GPtrArray *pieces, guint start)
{
    const Piece *first = pieces->pdata[start];
    guint end = start + 1;
    for (; end < pieces->len; end++) {
        const Piece *piece = pieces->pdata[end];
        bool same = is_named(first) ? by_disclosure(first, piece) == 0 && first->scope == piece->scope : !is_named(piece) && piece->index == first->index;
        if (!same)
            break;
    }
    return end;
}

static void
free_record(void *record)
{
    record_free(record);
}

static GPtrArray *
make_pieces(const GPtrArray *trees, const GPtrArray *parts)
{
    GPtrArray *pieces = g_ptr_array_new_with_free_func(piece_free);
    g_autofree int *counts = g_new0(int, trees->len + 1);
    for (guint i = 0; i < parts->len; i++)
        counts[((const Part *) parts->pdata[i])->tree]++;
    for (guint i = 0; i < parts->len; i++) {
        const Part *part = parts->pdata[i];
        g_ptr_array_add(pieces, piece_new(trees->pdata[part->tree], part, counts[part->tree]));
    }
    return pieces;
}

/* What identity had to say of a tree goes to the pieces it was made to; both are in the order of the trees. */
static void
add_identity_diags(const GPtrArray *pieces, const GPtrArray *diags)
{
    guint next = 0;
    for (guint i = 0; diags != NULL && i < diags->len; i++) {
        const Diag *diag = diags->pdata[i];
        while (next < pieces->len && ((const Piece *) pieces->pdata[next])->index < diag->source)
            next++;
        for (guint p = next; p < pieces->len && ((const Piece *) pieces->pdata[p])->index == diag->source; p++) {
            Diag *copy = diag_copy(diag);
            copy->source = 0;
            g_ptr_array_add(((Piece *) pieces->pdata[p])->record->diagnostics, copy);
        }
    }
}

static void
free_diags(GPtrArray *diags)
{
    for (guint i = 0; diags != NULL && i < diags->len; i++)
        shape_free(&diag_shape, diags->pdata[i]);
    if (diags != NULL)
        g_ptr_array_unref(diags);
}

GPtrArray *
records_new_from_trees(const GPtrArray *trees, GArray **ret_belongs, GError **error)
{
    GPtrArray *diags = NULL;
    g_autoptr(GPtrArray) parts = identity_parts(trees, &diags, error);
    if (parts == NULL)
        return NULL;
    g_autoptr(GPtrArray) pieces = make_pieces(trees, parts);
    add_identity_diags(pieces, diags);
    free_diags(diags);
    pieces_adopt(pieces);
    for (guint i = 0; i < pieces->len; i++) {
        Piece *piece = pieces->pdata[i];
        piece->key = name_key(piece->record->department->name);
    }
    g_ptr_array_sort(pieces, compare_pieces);
    settle_scopes(pieces);
    g_autoptr(GArray) belongs = g_array_new(FALSE, TRUE, sizeof(int));
    g_array_set_size(belongs, trees->len);
    g_autoptr(GPtrArray) records = g_ptr_array_new_with_free_func(free_record);
    for (guint start = 0, end = 0; start < pieces->len; start = end) {
        end = group_end(pieces, start);
        Record *record = put_together(pieces, start, end, belongs);
        g_ptr_array_add(records, record);
        if (!checks_run(record, error) || !disclosure_read(record, error))
            return NULL;
    }
    if (ret_belongs != NULL)
        *ret_belongs = g_steal_pointer(&belongs);
    return g_steal_pointer(&records);
}
