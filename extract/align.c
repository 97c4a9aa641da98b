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
/* Columns of a table that has no numbers to tell it. */
#define MIN_WORDS 3
/* Places that differ by less are the same. */
#define SAME 2.0
#define MAX_COLUMNS 100
/* Rows without numbers that follow each other within a table. */
#define MAX_BLANK 6

/* ---- body and head ---- */

bool
align_is_body(const Row *row)
{
    return !row->leader && row->numbers >= 1 && row->pieces->len >= 2;
}

static bool
is_near(const Row *above, const Row *below)
{
    return below->box.y0 - above->box.y1 < APART * fmax(above->height, below->height);
}

static double
distance(const Row *a, const Row *b)
{
    return a == NULL || b == NULL ? INFINITY : fabs(box_middle_y(b->box) - box_middle_y(a->box));
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

/* One piece of words that reaches no further than the first column of numbers, where there is one, can be half a name. */
static bool
is_half_name(const Row *row, double limit)
{
    return row->pieces->len == 1 && row->numbers == 0 && !row->leader && row->box.x1 < limit && limit < INFINITY;
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
        if (align_is_body(row)) {
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
        if (align_is_body(rows->pdata[r]))
            return further_end(sheet, rows, r + 1, columns);
        if (!is_near(rows->pdata[r - 1], rows->pdata[r]))
            break;
        r++;
    }
    return end;
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
void
align_add_head_columns(const GPtrArray *rows, guint start, guint first, GArray *columns)
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

/* Whether lines with dots that lead to page numbers stand among the rows or next to them. */
static bool
is_contents(const GPtrArray *rows, guint first, guint end)
{
    for (guint r = first > 0 ? first - 1 : 0; r < MIN(end + 1, rows->len); r++)
        if (((const Row *) rows->pdata[r])->leader)
            return true;
    return false;
}

/* Whether nearly all lines reach into each other, as those of a formula do; names in two lines around their numbers leave gaps. */
static bool
is_formula(const GPtrArray *rows, guint first, guint end)
{
    guint beside = 0;
    for (guint r = first + 1; r < end; r++) {
        const Row *above = rows->pdata[r - 1], *row = rows->pdata[r];
        beside += distance(above, row) < 0.9 * fmax(above->height, row->height);
    }
    return 4 * beside >= 3 * (end - first - 1);
}

/* Most rows fill several columns, and some column has numbers one below the other. */
static bool
is_table(const GPtrArray *rows, guint first, guint end, const GArray *columns)
{
    g_autofree guint *numbers = g_new0(guint, columns->len + 1);
    guint proper = 0, behind = 0;
    for (guint r = first; r < end; r++) {
        const Row *row = rows->pdata[r];
        proper += align_is_body(row);
        behind += first_number(row) < INFINITY;
        for (guint i = 0; i < row->pieces->len; i++) {
            const Piece *piece = row->pieces->pdata[i];
            numbers[align_column_at(columns, box_middle_x(piece->box))] += piece->number;
        }
    }
    guint most = 0;
    for (guint i = 1; i < columns->len; i++)
        most = MAX(most, numbers[i]);
    return columns->len >= 2 && most * 3 >= proper * 2 && most >= 2 && behind >= 2;
}

/* ---- the lattice ---- */

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

/* Heads that are wider than what stands below them widen their columns, as far as the next ones. */
static void
widen_columns(Table *table)
{
    for (guint r = table->start; r < table->end; r++) {
        const Row *row = table->rows->pdata[r];
        for (guint i = 0; i < row->pieces->len; i++) {
            const Piece *piece = row->pieces->pdata[i];
            if (piece->from < piece->to)
                continue;
            Box *column = &g_array_index(table->columns, Box, piece->from);
            double low = piece->from > 0 ? g_array_index(table->columns, Box, piece->from - 1).x1 : -INFINITY;
            double high = piece->to + 1 < table->columns->len ? g_array_index(table->columns, Box, piece->to + 1).x0 : INFINITY;
            column->x0 = fmin(column->x0, fmax(piece->box.x0, low));
            column->x1 = fmax(column->x1, fmin(piece->box.x1, high));
        }
    }
}

/* Whether lines run across the page at the height of words: the scale of a chart. */
static bool
is_chart(const Sheet *sheet, const GPtrArray *rows, guint first, guint end)
{
    guint struck = 0, pieces = 0, low = 0;
    for (guint r = first; r < end; r++) {
        const Row *row = rows->pdata[r];
        while (low < sheet->across->len && g_array_index(sheet->across, Rule, low).at < row->box.y0)
            low++;
        pieces += row->pieces->len;
        for (guint i = 0; i < row->pieces->len; i++) {
            double y = box_middle_y(((const Piece *) row->pieces->pdata[i])->box);
            guint at = low;
            while (at < sheet->across->len && g_array_index(sheet->across, Rule, at).at < y - 0.25 * row->height)
                at++;
            struck += at < sheet->across->len && g_array_index(sheet->across, Rule, at).at < y + 0.25 * row->height;
        }
    }
    return struck >= 3 && 4 * struck >= pieces;
}

Lattice *
align_lattice(const Sheet *sheet, Table *table)
{
    if (is_chart(sheet, table->rows, table->start, table->end))
        return NULL;
    g_autoptr(Lattice) lattice = lattice_new(false);
    Box box = {0};
    for (guint r = table->start; r < table->end; r++)
        box = box_union(box, ((const Row *) table->rows->pdata[r])->box);
    align_place_pieces(sheet, table);
    widen_columns(table);
    add_column_edges(lattice, table->columns, box);
    g_autofree int *bands = align_bands(sheet, table, lattice);
    align_add_spans(table, bands, lattice);
    return g_steal_pointer(&lattice);
}

/* The table whose body begins at `first`; NULL for none. `ret_end`: the row after it. */
static Lattice *
table_at(const Sheet *sheet, GPtrArray *rows, guint first, guint floor, guint *ret_end)
{
    guint count = 0, end = body_end(sheet, rows, first, &count);
    *ret_end = end;
    if (count < 2 || is_contents(rows, first, end) || is_formula(rows, first, end))
        return NULL;
    for (guint r = first; r < end; r++)
        if (align_is_body(rows->pdata[r]))
            align_split_finely(sheet, rows->pdata[r], WIDE);
    g_autoptr(GArray) columns = align_columns(rows, first, end);
    align_merge_columns(rows, first, end, columns);
    if (count < (columns->len >= 3 ? 2 : MIN_ROWS) || columns->len > MAX_COLUMNS || !is_table(rows, first, end, columns))
        return NULL;
    end = further_end(sheet, rows, end, columns);
    *ret_end = end;
    guint start = head_start(rows, first, floor);
    align_add_head_columns(rows, start, first, columns);
    Table table = {rows, start, first, end, columns};
    return align_lattice(sheet, &table);
}

/* ---- tables of words ---- */

/* Whether a line of words stands in the columns of the one above: each piece begins, ends or has its middle where the one above does. */
static bool
is_level(const Row *above, const Row *row)
{
    if (above->pieces->len != row->pieces->len || row->leader || row->numbers > 0 || !is_near(above, row))
        return false;
    for (guint i = 0; i < row->pieces->len; i++) {
        Box a = ((const Piece *) above->pieces->pdata[i])->box, b = ((const Piece *) row->pieces->pdata[i])->box;
        if (fabs(a.x0 - b.x0) > SAME && fabs(a.x1 - b.x1) > SAME && fabs(box_middle_x(a) - box_middle_x(b)) > SAME)
            return false;
    }
    return true;
}

/* The table of words whose first line may be `first`: lines of three pieces or more, level with each other. NULL for none. */
static Lattice *
words_at(const Sheet *sheet, GPtrArray *rows, guint first, guint *ret_end)
{
    guint end = first + 1;
    if (((const Row *) rows->pdata[first])->pieces->len < MIN_WORDS)
        return NULL;
    while (end < rows->len && is_level(rows->pdata[end - 1], rows->pdata[end]) && !is_parted(sheet, rows->pdata[end - 1], rows->pdata[end]))
        end++;
    if (end - first < MIN_ROWS)
        return NULL;
    g_autoptr(GArray) columns = align_columns(rows, first + 1, end);
    if (columns->len < MIN_WORDS)
        return NULL;
    Table table = {rows, first, first + 1, end, columns};
    Lattice *lattice = align_lattice(sheet, &table);
    *ret_end = lattice != NULL ? end : *ret_end;
    return lattice;
}

static void
align_zone(const Sheet *sheet, Box zone, GPtrArray *found)
{
    g_autoptr(GPtrArray) rows = align_rows(sheet, zone, WIDE);
    for (guint first = 0, floor = 0, end = 0; first < rows->len; first = end) {
        end = first + 1;
        Lattice *lattice = align_is_body(rows->pdata[first]) ? table_at(sheet, rows, first, floor, &end) : NULL;
        lattice = lattice != NULL ? lattice : words_at(sheet, rows, first, &end);
        if (lattice != NULL) {
            g_ptr_array_add(found, lattice);
            floor = end;
        }
    }
}

void
sheet_align(Sheet *sheet)
{
    g_autoptr(GPtrArray) found = g_ptr_array_new();
    for (guint i = 0; i < sheet->zones->len; i++)
        align_zone(sheet, g_array_index(sheet->zones, Box, i), found);
    for (guint i = 0; i < found->len; i++)
        g_ptr_array_add(sheet->lattices, found->pdata[i]);
    sheet_sort_lattices(sheet);
}
