/* Which columns a piece of print names or fills, and the cells over several columns or rows that follow from it.
 *
 * A piece lies over the columns that it covers. In the head it may be shorter than what it names: a line below it tells how
 * far it reaches, or it stands in the middle over columns that have heads of their own further down. */
#include "align.h"

#include <math.h>

/* A piece covers a column with so many points, and stands in the middle of some when it misses it by so much of their width. */
#define COVER 3.0
#define MIDDLE 0.2
/* Sides that differ by less are flush. */
#define FLUSH 1.5
/* No table has more columns under heads over several of them. */
#define MAX_PARTED 60

static Box
column_box(const Table *table, guint i)
{
    return g_array_index(table->columns, Box, i);
}

static double
middle_of(const Table *table, guint from, guint to)
{
    return (column_box(table, from).x0 + column_box(table, to).x1) / 2;
}

/* ---- columns of a piece ---- */

static void
place_by_cover(const Table *table, Piece *piece)
{
    piece->from = piece->to = align_column_at(table->columns, box_middle_x(piece->box));
    while (piece->from > 0 && piece->box.x0 < column_box(table, piece->from - 1).x1 - COVER)
        piece->from--;
    while (piece->to + 1 < table->columns->len && piece->box.x1 > column_box(table, piece->to + 1).x0 + COVER)
        piece->to++;
}

static bool
reaches(const Rule *rule, const Piece *piece)
{
    return rule->from < box_middle_x(piece->box) && rule->to > box_middle_x(piece->box);
}

/* The line drawn right below a piece of the head and below no other piece of its row: NULL for none. */
static const Rule *
rule_below(const Sheet *sheet, const Row *row, const Piece *piece)
{
    for (guint i = 0; i < sheet->across->len; i++) {
        const Rule *rule = &g_array_index(sheet->across, Rule, i);
        bool below = rule->at > box_middle_y(piece->box) && rule->at < piece->box.y1 + 0.7 * row->height;
        if (!below || rule->from > piece->box.x0 + COVER || rule->to < piece->box.x1 - COVER)
            continue;
        guint over = 0;
        for (guint j = 0; j < row->pieces->len; j++)
            over += reaches(rule, row->pieces->pdata[j]);
        if (over == 1)
            return rule;
    }
    return NULL;
}

static bool
place_by_rule(const Sheet *sheet, const Table *table, const Row *row, Piece *piece)
{
    const Rule *rule = rule_below(sheet, row, piece);
    guint from = G_MAXUINT, to = 0;
    for (guint c = 0; rule != NULL && c < table->columns->len; c++) {
        Box box = column_box(table, c);
        if (fmin(rule->to, box.x1) - fmax(rule->from, box.x0) < 0.5 * (box.x1 - box.x0))
            continue;
        from = MIN(from, c);
        to = c;
    }
    if (from == G_MAXUINT || (from == 0 && to + 1 == table->columns->len))
        return false;
    piece->from = from;
    piece->to = to;
    return true;
}

/* How many of columns [from, to] have heads of their own below line r. */
static guint
heads_below(const Table *table, guint r, guint from, guint to)
{
    guint most = 0;
    for (guint below = r + 1; below < table->body; below++) {
        const Row *row = table->rows->pdata[below];
        guint count = 0;
        for (guint i = 0; i < row->pieces->len; i++) {
            const Piece *piece = row->pieces->pdata[i];
            guint column = align_column_at(table->columns, box_middle_x(piece->box));
            count += column >= from && column <= to;
        }
        most = MAX(most, count);
    }
    return most;
}

/* Whether a piece begins or ends where its column does, as words of a column's own head do. */
static bool
is_flush(const Table *table, const Piece *piece)
{
    Box own = column_box(table, piece->from);
    return fabs(piece->box.x0 - own.x0) < FLUSH || fabs(piece->box.x1 - own.x1) < FLUSH;
}

/* Parts columns [first, end) among the pieces from `skip` on so that these stand in the middle of theirs: ends[i] is behind the
 * last column of piece i. How far off they stand, INFINITY when one is too far. */
static double
part_columns(const Table *table, const Row *row, guint skip, guint first, guint *ends)
{
    guint cols = table->columns->len, count = row->pieces->len;
    g_autofree double *costs = g_new(double, (count + 1) * (cols + 1));
    g_autofree guint *starts = g_new0(guint, (count + 1) * (cols + 1));
    for (guint i = 0; i < (count + 1) * (cols + 1); i++)
        costs[i] = INFINITY;
    costs[skip * (cols + 1) + first] = 0;
    for (guint i = skip; i < count; i++) {
        double middle = box_middle_x(((const Piece *) row->pieces->pdata[i])->box);
        for (guint from = first; from < cols; from++)
            for (guint to = from; to < cols && costs[i * (cols + 1) + from] < INFINITY; to++) {
                double cost = costs[i * (cols + 1) + from] + fabs(middle_of(table, from, to) - middle);
                if (cost < costs[(i + 1) * (cols + 1) + to + 1]) {
                    costs[(i + 1) * (cols + 1) + to + 1] = cost;
                    starts[(i + 1) * (cols + 1) + to + 1] = from;
                }
            }
    }
    for (guint i = count, end = cols; i > skip; i--) {
        guint from = starts[i * (cols + 1) + end];
        double off = fabs(middle_of(table, from, end - 1) - box_middle_x(((const Piece *) row->pieces->pdata[i - 1])->box));
        if (off > MIDDLE * (column_box(table, end - 1).x1 - column_box(table, from).x0))
            return INFINITY;
        ends[i - 1] = end;
        end = from;
    }
    return costs[count * (cols + 1) + cols];
}

/* Few pieces over many columns that have heads of their own below share them all, or all but the first, which has the names.
 * Pieces that are flush with their columns are the first lines of wrapped heads. */
static void
place_by_middle(const Table *table, guint r)
{
    const Row *row = table->rows->pdata[r];
    guint count = row->pieces->len, flush = 0, cols = table->columns->len;
    bool named = count > 0 && ((const Piece *) row->pieces->pdata[0])->from == 0;
    for (guint i = named; i < count; i++) {
        const Piece *piece = row->pieces->pdata[i];
        flush += piece->from == piece->to && is_flush(table, piece);
    }
    if (count <= named || count - named >= cols - 1 || count > MAX_PARTED || cols > MAX_PARTED || 2 * flush > count - named)
        return;
    if (heads_below(table, r, 1, cols - 1) + 1 < cols)
        return;
    g_autofree guint *but_first = g_new0(guint, count + 1), *all = g_new0(guint, count + 1);
    double cost = part_columns(table, row, named, 1, but_first), cost_all = named ? part_columns(table, row, 0, 0, all) : INFINITY;
    bool whole = cost_all < cost;
    const guint *ends = whole ? all : but_first;
    guint skip = whole ? 0 : named;
    for (guint i = skip; fmin(cost, cost_all) < INFINITY && i < count; i++) {
        Piece *piece = row->pieces->pdata[i];
        piece->from = i > skip ? ends[i - 1] : !whole;
        piece->to = ends[i] - 1;
    }
}

void
align_place_pieces(const Sheet *sheet, Table *table)
{
    for (guint r = table->start; r < table->end; r++) {
        const Row *row = table->rows->pdata[r];
        guint ruled = 0;
        for (guint i = 0; i < row->pieces->len; i++)
            place_by_cover(table, row->pieces->pdata[i]);
        for (guint i = 0; r < table->body && i < row->pieces->len; i++)
            ruled += place_by_rule(sheet, table, row, row->pieces->pdata[i]);
        if (r < table->body && ruled == 0)
            place_by_middle(table, r);
    }
}

/* ---- slots ---- */

typedef struct {
    const Table *table;
    const int *bands;
    Lattice *lattice;
    guint *filled; /* pieces at each position, by row */
} Filler;

static guint *
filled_at(const Filler *filler, int row, guint col)
{
    return &filler->filled[(guint) row * (guint) lattice_cols(filler->lattice) + col];
}

static void
count_pieces(const Filler *filler)
{
    const Table *table = filler->table;
    for (guint r = table->start; r < table->end; r++) {
        const Row *row = table->rows->pdata[r];
        for (guint i = 0; i < row->pieces->len; i++) {
            const Piece *piece = row->pieces->pdata[i];
            for (guint c = piece->from; c <= piece->to; c++)
                ++*filled_at(filler, filler->bands[r - table->start], c);
        }
    }
}

static void
add_slot(const Filler *filler, Slot slot)
{
    int cols = lattice_cols(filler->lattice);
    for (int r = slot.row; r < slot.row + slot.rowspan; r++)
        for (int c = slot.col; c < slot.col + slot.colspan; c++)
            if (filler->lattice->owner[r * cols + c] >= 0)
                return;
    for (int r = slot.row; r < slot.row + slot.rowspan; r++)
        for (int c = slot.col; c < slot.col + slot.colspan; c++)
            filler->lattice->owner[r * cols + c] = (int) filler->lattice->slots->len;
    g_array_append_val(filler->lattice->slots, slot);
}

/* Words over several columns, with nothing else at any of them. */
static void
add_wide(const Filler *filler)
{
    const Table *table = filler->table;
    for (guint r = table->start; r < table->end; r++) {
        const Row *row = table->rows->pdata[r];
        int band = filler->bands[r - table->start];
        for (guint i = 0; i < row->pieces->len; i++) {
            const Piece *piece = row->pieces->pdata[i];
            bool free = piece->from < piece->to;
            for (guint c = piece->from; free && c <= piece->to; c++)
                free = *filled_at(filler, band, c) == 1;
            if (free)
                add_slot(filler, (Slot){band, (int) piece->from, 1, (int) (piece->to - piece->from + 1)});
        }
    }
}

/* A head of a column in the middle of the head's height, with nothing above or below it, is its head through all rows. */
static void
add_high(const Filler *filler)
{
    const Table *table = filler->table;
    int rows = table->body > table->start ? filler->bands[table->body - 1 - table->start] + 1 : 0;
    Box head = {0};
    for (guint r = table->start; r < table->body; r++)
        head = box_union(head, ((const Row *) table->rows->pdata[r])->box);
    for (guint c = 0; rows >= 2 && c < table->columns->len; c++) {
        Box own = {0};
        double height = 0;
        int band = -1;
        bool alone = true;
        for (guint r = table->start; r < table->body; r++) {
            const Row *row = table->rows->pdata[r];
            for (guint i = 0; i < row->pieces->len; i++) {
                const Piece *piece = row->pieces->pdata[i];
                if (c < piece->from || c > piece->to)
                    continue;
                int here = filler->bands[r - table->start];
                alone = alone && piece->from == piece->to && (band < 0 || band == here);
                band = here;
                own = box_union(own, piece->box);
                height = row->height;
            }
        }
        if (alone && height > 0 && fabs(box_middle_y(own) - box_middle_y(head)) < 0.5 * height)
            add_slot(filler, (Slot){0, (int) c, rows, 1});
    }
}

void
align_add_spans(const Table *table, const int *bands, Lattice *lattice)
{
    int rows = lattice_rows(lattice), cols = lattice_cols(lattice);
    g_autofree guint *filled = g_new0(guint, (gsize) rows * (gsize) cols);
    Filler filler = {table, bands, lattice, filled};
    g_free(lattice->owner);
    lattice->owner = g_new(int, (gsize) rows *(gsize) cols);
    for (int i = 0; i < rows * cols; i++)
        lattice->owner[i] = -1;
    count_pieces(&filler);
    add_wide(&filler);
    add_high(&filler);
    for (int r = 0; r < rows; r++)
        for (int c = 0; c < cols; c++)
            add_slot(&filler, (Slot){r, c, 1, 1});
}
