/* Tables without ruling lines, or with lines across only: what stands in columns is a table.
 *
 * A line of print falls into pieces at its wide gaps. Lines that follow each other and have numbers in pieces are the body;
 * the white that runs down through all of them parts its columns. Lines above whose pieces stand over columns are its head.
 * A piece of words alone in the first column is a name's other half and goes with the row whose number it surrounds. Lines of
 * a sentence have no wide gaps, so they begin and end nothing. No spans are certain here: Grid.ruled is false. */
#include "align.h"

#include <math.h>
#include <string.h>

/* Lines further apart than so many heights are not of one table. */
#define APART 3.2
#define MAX_HEAD 8
#define MIN_ROWS 3
#define MAX_COLUMNS 100
/* Rows without numbers that follow each other within a table. */
#define MAX_BLANK 6

/* ---- body and head ---- */

static bool
is_body(const Row *row)
{
    return !row->leader && row->numbers >= 1 && row->pieces->len >= 2;
}

static bool
is_near(const Row *above, const Row *below)
{
    return below->box.y0 - above->box.y1 < APART * fmax(above->height, below->height);
}

/* Whether a ruled table stands between two lines. */
static bool
is_parted(const Sheet *sheet, const Row *above, const Row *below)
{
    for (guint i = 0; i < sheet->lattices->len; i++) {
        Box box = lattice_box(sheet->lattices->pdata[i]);
        if (box_middle_y(box) > box_middle_y(above->box) && box_middle_y(box) < box_middle_y(below->box))
            return true;
    }
    return false;
}

/* One piece of words that reaches no further than the first column of numbers can be half a name. */
static bool
is_half_name(const Row *row, double limit)
{
    return row->pieces->len == 1 && row->numbers == 0 && !row->leader && row->box.x1 < limit;
}

static double
first_number(const Row *row)
{
    for (guint i = 1; i < row->pieces->len; i++) {
        const Piece *piece = row->pieces->pdata[i];
        if (piece->number)
            return piece->box.x0;
    }
    return INFINITY;
}

/* The row after the last of the body that starts at `first`; its rows proper are counted. */
static guint
body_end(const Sheet *sheet, const GPtrArray *rows, guint first, guint *ret_count)
{
    guint end = first + 1, count = 1;
    double limit = first_number(rows->pdata[first]);
    for (guint r = first + 1; r < rows->len && is_near(rows->pdata[r - 1], rows->pdata[r]); r++) {
        const Row *row = rows->pdata[r];
        if (is_parted(sheet, rows->pdata[r - 1], row))
            break;
        if (is_body(row)) {
            limit = fmin(limit, first_number(row));
            end = r + 1;
            count++;
        } else if (!is_half_name(row, limit)) {
            break;
        }
    }
    /* The last name's second half. */
    const Row *next = end < rows->len ? rows->pdata[end] : NULL;
    if (next != NULL && is_half_name(next, limit) && next->box.y0 - ((const Row *) rows->pdata[end - 1])->box.y1 < 0.6 * next->height)
        end++;
    *ret_count = count;
    return end;
}

/* Rows further on that are of the table: every piece stands in a column of its own. */
static bool
fits_columns(const Row *row, const GArray *columns)
{
    guint last = G_MAXUINT;
    for (guint i = 0; i < row->pieces->len; i++) {
        const Piece *piece = row->pieces->pdata[i];
        guint column = align_column_at(columns, box_middle_x(piece->box));
        Box box = g_array_index(columns, Box, column);
        double shared = fmin(box.x1, piece->box.x1) - fmax(box.x0, piece->box.x0);
        if (column == last || shared < 0.5 * (piece->box.x1 - piece->box.x0))
            return false;
        last = column;
    }
    return !row->leader && !row->label && columns->len >= 2;
}

/* Beyond a wide gap, where a form leaves lines blank, and beyond a few rows without numbers there may be more rows with them. */
static guint
further_end(const Sheet *sheet, const GPtrArray *rows, guint end, const GArray *columns)
{
    guint r = end;
    while (r < rows->len && r - end <= MAX_BLANK && !is_parted(sheet, rows->pdata[r - 1], rows->pdata[r]) && fits_columns(rows->pdata[r], columns)) {
        if (is_body(rows->pdata[r]))
            return further_end(sheet, rows, r + 1, columns);
        if (!is_near(rows->pdata[r - 1], rows->pdata[r]))
            break;
        r++;
    }
    return end;
}

static double
distance(const Row *a, const Row *b)
{
    return a == NULL || b == NULL ? INFINITY : fabs(box_middle_y(b->box) - box_middle_y(a->box));
}

/* A line above with one piece is of the head when it stands between lines that are, or beside one. */
static bool
is_head(const GPtrArray *rows, guint r, guint floor)
{
    const Row *row = rows->pdata[r];
    if (row->leader || row->label || !is_near(row, rows->pdata[r + 1]))
        return false;
    if (row->pieces->len >= 2 || distance(row, rows->pdata[r + 1]) < 0.95 * row->height)
        return true;
    const Row *above = r > floor ? rows->pdata[r - 1] : NULL;
    return above != NULL && above->pieces->len >= 2 && !above->label && row->box.y0 - above->box.y1 < 2 * row->height;
}

static guint
head_start(const GPtrArray *rows, guint first, guint floor)
{
    guint start = first;
    while (start > floor && first - start < MAX_HEAD && is_head(rows, start - 1, floor))
        start--;
    return start;
}

/* Whether a piece of the head stands in the middle over several columns, `at` being the first to its right: it names them all. */
static bool
is_spanning(const GArray *columns, guint at, Box box)
{
    for (guint left = at; left-- > 0;)
        for (guint right = at; right < columns->len; right++) {
            double middle = (g_array_index(columns, Box, left).x0 + g_array_index(columns, Box, right).x1) / 2;
            if (fabs(middle - box_middle_x(box)) < 5)
                return true;
        }
    return false;
}

/* Columns that are blank in every row have a head all the same: pieces of it that stand over no column, from below upwards. */
static void
add_head_columns(const GPtrArray *rows, guint start, guint first, GArray *columns)
{
    bool lowest = true;
    for (guint r = first; r-- > start;) {
        const Row *row = rows->pdata[r];
        lowest = lowest && (r + 1 == first || distance(row, rows->pdata[r + 1]) < 0.95 * row->height);
        for (guint i = 0; i < row->pieces->len && columns->len < MAX_COLUMNS; i++) {
            Box box = ((const Piece *) row->pieces->pdata[i])->box;
            guint at = 0;
            while (at < columns->len && g_array_index(columns, Box, at).x1 + WHITE < box.x0)
                at++;
            bool free = at == columns->len || box.x1 + WHITE < g_array_index(columns, Box, at).x0;
            if (free && (lowest || !is_spanning(columns, at, box)))
                g_array_insert_val(columns, at, box);
        }
    }
}

/* Most rows fill several columns, and some column has numbers one below the other. */
static bool
is_table(const GPtrArray *rows, guint first, guint end, const GArray *columns)
{
    g_autofree guint *numbers = g_new0(guint, columns->len + 1);
    guint proper = 0;
    for (guint r = first; r < end; r++) {
        const Row *row = rows->pdata[r];
        proper += is_body(row);
        for (guint i = 0; i < row->pieces->len; i++) {
            const Piece *piece = row->pieces->pdata[i];
            numbers[align_column_at(columns, box_middle_x(piece->box))] += piece->number;
        }
    }
    guint most = 0;
    for (guint i = 1; i < columns->len; i++)
        most = MAX(most, numbers[i]);
    return columns->len >= 2 && most * 3 >= proper * 2 && most >= 2;
}

/* ---- the lattice ---- */

/* Whether a line of one piece is the other half of a name rather than a row without numbers: it is so near to the row whose
 * number it surrounds that two rows could not be, or clearly nearer to it than to what is on its other side. */
static bool
is_half_of(const Row *row, const Row *body, const Row *other)
{
    double near = distance(row, body);
    return near < 0.95 * row->height || (near < 2 * row->height && near < 0.7 * distance(row, other));
}

/* Lines so near to each other are of one row of the head: those of a cell with two lines and, between them, of a cell with one. */
static bool
is_beside(const Row *a, const Row *b)
{
    return distance(a, b) < 0.95 * b->height;
}

/* The piece of lines [from, to) that stands over `piece`, those beside `row` left out; NULL for none. */
static const Piece *
piece_over(const GPtrArray *rows, guint from, guint to, const Row *row, const Piece *piece)
{
    for (guint r = from; r < to; r++) {
        const Row *above = rows->pdata[r];
        for (guint i = 0; !is_beside(above, row) && i < above->pieces->len; i++) {
            const Piece *other = above->pieces->pdata[i];
            if (fmin(other->box.x1, piece->box.x1) > fmax(other->box.x0, piece->box.x0))
                return other;
        }
    }
    return NULL;
}

/* Whether line r of a head whose lines [from, to) lie side by side is not the end of wrapped words but a row under words that
 * name several columns: it is low among the lines, and has words with none above them or several under the same. */
static bool
is_under_group(const GPtrArray *rows, guint from, guint to, guint r, const GArray *columns)
{
    const Row *row = rows->pdata[r], *first = rows->pdata[from], *last = rows->pdata[to - 1];
    const Piece *before = NULL;
    double low = box_middle_y(row->box) - (box_middle_y(first->box) + box_middle_y(last->box)) / 2;
    if (is_beside(first, row) || low < 0.25 * row->height)
        return false;
    for (guint i = 0; i < row->pieces->len; i++) {
        const Piece *piece = row->pieces->pdata[i], *over = piece_over(rows, from, r, row, piece);
        guint column = align_column_at(columns, box_middle_x(piece->box));
        if (over == NULL)
            return true;
        if (over == before && column != align_column_at(columns, box_middle_x(((const Piece *) row->pieces->pdata[i - 1])->box)))
            return true;
        before = over;
    }
    return false;
}

/* Whether line r of the head [start, body) goes on with the row of the line above. What lies between words over several
 * columns and the row under them goes with the latter. */
static bool
is_of_row_above(const GPtrArray *rows, guint start, guint body, guint r, const GArray *columns)
{
    guint from = r, to = r + 1;
    while (from > start && is_beside(rows->pdata[from - 1], rows->pdata[from]))
        from--;
    while (to < body && is_beside(rows->pdata[to - 1], rows->pdata[to]))
        to++;
    for (guint under = r; under < to && is_beside(rows->pdata[r], rows->pdata[under]); under++)
        if (!is_beside(rows->pdata[r - 1], rows->pdata[under]) && is_under_group(rows, from, to, under, columns))
            return false;
    return from < r;
}

/* Where a row of the lattice begins: at every line but the halves of names. */
static void
add_edges(Lattice *lattice, const GPtrArray *rows, guint start, guint end, guint body, const GArray *columns)
{
    bool joins = false;
    for (guint r = start; r < end; r++) {
        const Row *row = rows->pdata[r], *above = r > start ? rows->pdata[r - 1] : NULL, *below = r + 1 < end ? rows->pdata[r + 1] : NULL;
        bool half = r >= body && row->pieces->len == 1 && row->numbers == 0;
        bool beside = above != NULL && r < body && is_of_row_above(rows, start, body, r, columns);
        bool up = half && above != NULL && r > body && is_body(above) && is_half_of(row, above, below);
        bool down = half && !up && below != NULL && is_body(below) && is_half_of(row, below, above);
        if (!joins && !up && !beside) {
            double edge = above == NULL ? row->box.y0 : (above->box.y1 + row->box.y0) / 2;
            g_array_append_val(lattice->ys, edge);
        }
        joins = down;
    }
    g_array_append_val(lattice->ys, ((const Row *) rows->pdata[end - 1])->box.y1);
}

static void
add_column_edges(Lattice *lattice, const GArray *columns, Box box)
{
    double left = fmin(box.x0, g_array_index(columns, Box, 0).x0), right = fmax(box.x1, g_array_index(columns, Box, columns->len - 1).x1);
    g_array_append_val(lattice->xs, left);
    for (guint i = 1; i < columns->len; i++) {
        double edge = (g_array_index(columns, Box, i - 1).x1 + g_array_index(columns, Box, i).x0) / 2;
        g_array_append_val(lattice->xs, edge);
    }
    g_array_append_val(lattice->xs, right);
}

void
align_add_slots(Lattice *lattice)
{
    for (int r = 0; r < lattice_rows(lattice); r++)
        for (int c = 0; c < lattice_cols(lattice); c++) {
            Slot slot = {r, c, 1, 1};
            g_array_append_val(lattice->slots, slot);
        }
    lattice_index(lattice);
}

/* Lines across the better part of the table, when they part (nearly) all its rows, tell its rows better than the print does. */
static bool
add_ruled_edges(Lattice *lattice, const Sheet *sheet, Box box, guint count)
{
    g_autoptr(GArray) edges = g_array_new(FALSE, FALSE, sizeof(double));
    for (guint i = 0; i < sheet->across->len; i++) {
        const Rule *rule = &g_array_index(sheet->across, Rule, i);
        bool reaches = fmin(rule->to, box.x1) - fmax(rule->from, box.x0) > 0.6 * (box.x1 - box.x0);
        bool beside = rule->at > box.y0 - 15 && rule->at < box.y1 + 15;
        bool apart = edges->len == 0 || rule->at - g_array_index(edges, double, edges->len - 1) > 5;
        if (reaches && beside && apart)
            g_array_append_val(edges, rule->at);
    }
    if (edges->len < 3 || edges->len - 1 < 0.8 * count)
        return false;
    if (g_array_index(edges, double, 0) > box.y0 + 3)
        g_array_prepend_val(edges, box.y0);
    if (g_array_index(edges, double, edges->len - 1) < box.y1 - 3)
        g_array_append_val(edges, box.y1);
    g_array_append_vals(lattice->ys, edges->data, edges->len);
    return true;
}

static Lattice *
lattice_from_rows(const Sheet *sheet, const GPtrArray *rows, guint start, guint body, guint end, const GArray *columns)
{
    Lattice *lattice = lattice_new(false);
    Box box = {0};
    guint proper = 0;
    for (guint r = start; r < end; r++) {
        box = box_union(box, ((const Row *) rows->pdata[r])->box);
        proper += r >= body && is_body(rows->pdata[r]);
    }
    add_column_edges(lattice, columns, box);
    if (!add_ruled_edges(lattice, sheet, box, proper))
        add_edges(lattice, rows, start, end, body, columns);
    align_add_slots(lattice);
    return lattice;
}

/* The table whose body begins at `first`; NULL for none. `ret_end`: the row after it. */
static Lattice *
table_at(const Sheet *sheet, GPtrArray *rows, guint first, guint floor, guint *ret_end)
{
    guint count = 0, end = body_end(sheet, rows, first, &count);
    *ret_end = end;
    if (count < 2)
        return NULL;
    for (guint r = first; r < end; r++)
        if (is_body(rows->pdata[r]))
            align_split_finely(sheet, rows->pdata[r]);
    g_autoptr(GArray) columns = align_columns(rows, first, end);
    align_merge_columns(rows, first, end, columns);
    if (count < (columns->len >= 3 ? 2 : MIN_ROWS) || columns->len > MAX_COLUMNS || !is_table(rows, first, end, columns))
        return NULL;
    end = further_end(sheet, rows, end, columns);
    *ret_end = end;
    guint start = head_start(rows, first, floor);
    add_head_columns(rows, start, first, columns);
    return lattice_from_rows(sheet, rows, start, first, end, columns);
}

void
sheet_align(Sheet *sheet)
{
    g_autoptr(GPtrArray) rows = align_rows(sheet);
    g_autoptr(GPtrArray) found = g_ptr_array_new();
    for (guint first = 0, floor = 0, end = 0; first < rows->len; first = end) {
        end = first + 1;
        Lattice *lattice = is_body(rows->pdata[first]) ? table_at(sheet, rows, first, floor, &end) : NULL;
        if (lattice != NULL) {
            g_ptr_array_add(found, lattice);
            floor = end;
        }
    }
    for (guint i = 0; i < found->len; i++)
        g_ptr_array_add(sheet->lattices, found->pdata[i]);
    sheet_sort_lattices(sheet);
}
