/* Tables without ruling lines, or with lines across only: what stands in columns is a table.
 *
 * A line of print falls into pieces at its wide gaps. Lines that follow each other and have numbers in pieces are the body;
 * the white that runs down through all of them parts its columns. Lines above whose pieces stand over columns are its head.
 * A piece of words alone in the first column is a name's other half and goes with the row whose number it surrounds. Lines of
 * a sentence have no wide gaps, so they begin and end nothing. No spans are certain here: Grid.ruled is false. */
#include "page.h"
#include "utf8.h"

#include <math.h>
#include <string.h>

/* Gaps of so many font sizes part the pieces of a line; white of so many points parts columns. */
#define WIDE 1.0
#define WHITE 3.0
/* Lines further apart than so many heights are not of one table. */
#define APART 3.2
#define MAX_HEAD 5
#define MIN_ROWS 3

typedef struct {
    Box box;
    bool number;
    GArray *tokens; /* guint */
} Piece;

typedef struct {
    Box box;
    double height;
    GPtrArray *pieces; /* Piece */
    guint numbers;
    bool leader; /* dots run to a page number: a table of contents */
} Row;

static void
piece_free(void *data)
{
    Piece *piece = data;
    g_array_unref(piece->tokens);
    g_free(piece);
}

static void
row_free(void *data)
{
    Row *row = data;
    g_ptr_array_unref(row->pieces);
    g_free(row);
}

/* ---- lines in pieces ---- */

static bool
is_dash(const char *text)
{
    return strcmp(text, "-") == 0 || strcmp(text, "--") == 0 || strcmp(text, "—") == 0 || strcmp(text, "——") == 0;
}

static void
finish_piece(const Sheet *sheet, Row *row, Piece *piece)
{
    g_autoptr(GString) text = g_string_new(NULL);
    for (guint i = 0; i < piece->tokens->len; i++) {
        g_autofree char *word = token_text(sheet, sheet_token(sheet, g_array_index(piece->tokens, guint, i)));
        g_string_append(text, word);
    }
    piece->number = text_is_number(text->str) || is_dash(text->str);
    row->numbers += piece->number;
    row->leader = row->leader || strstr(text->str, "....") != NULL || strstr(text->str, "……") != NULL || strstr(text->str, "····") != NULL;
}

static Row *
row_new(const Sheet *sheet, const GArray *line)
{
    Row *row = g_new0(Row, 1);
    row->pieces = g_ptr_array_new_with_free_func(piece_free);
    Piece *piece = NULL;
    for (guint i = 0; i < line->len; i++) {
        guint index = g_array_index(line, guint, i);
        const Token *token = sheet_token(sheet, index);
        if (piece == NULL || token->box.x0 - piece->box.x1 > WIDE * token->size) {
            if (piece != NULL)
                finish_piece(sheet, row, piece);
            piece = g_new0(Piece, 1);
            piece->tokens = g_array_new(FALSE, FALSE, sizeof(guint));
            g_ptr_array_add(row->pieces, piece);
        }
        piece->box = box_union(piece->box, token->box);
        g_array_append_val(piece->tokens, index);
        row->box = box_union(row->box, token->box);
        row->height = fmax(row->height, fmin(token->size, token->box.y1 - token->box.y0));
    }
    finish_piece(sheet, row, piece);
    return row;
}

static GPtrArray *
rows_of(const Sheet *sheet)
{
    g_autoptr(GArray) free_tokens = g_array_new(FALSE, FALSE, sizeof(guint));
    for (guint i = 0; i < sheet->tokens->len; i++)
        if (sheet_lattice_at(sheet, sheet_token(sheet, i)->box) < 0)
            g_array_append_val(free_tokens, i);
    g_autoptr(GPtrArray) lines = tokens_to_lines(sheet, free_tokens);
    GPtrArray *rows = g_ptr_array_new_with_free_func(row_free);
    for (guint i = 0; i < lines->len; i++)
        g_ptr_array_add(rows, row_new(sheet, lines->pdata[i]));
    return rows;
}

/* ---- columns ---- */

static int
compare_boxes(gconstpointer a, gconstpointer b)
{
    double left = ((const Box *) a)->x0, right = ((const Box *) b)->x0;
    return left < right ? -1 : left > right;
}

/* The stretches that print covers, from left to right; white between them runs through all of rows [first, end). Lines of
 * one piece are left out, for a note below would close every gap. */
static GArray *
columns_of(const GPtrArray *rows, guint first, guint end)
{
    g_autoptr(GArray) boxes = g_array_new(FALSE, FALSE, sizeof(Box));
    for (guint r = first; r < end; r++) {
        const Row *row = rows->pdata[r];
        for (guint i = 0; row->pieces->len > 1 && i < row->pieces->len; i++)
            g_array_append_val(boxes, ((const Piece *) row->pieces->pdata[i])->box);
    }
    g_array_sort(boxes, compare_boxes);
    GArray *columns = g_array_new(FALSE, FALSE, sizeof(Box));
    for (guint i = 0; i < boxes->len; i++) {
        Box box = g_array_index(boxes, Box, i);
        Box *last = columns->len > 0 ? &g_array_index(columns, Box, columns->len - 1) : NULL;
        if (last != NULL && box.x0 < last->x1 + WHITE)
            last->x1 = fmax(last->x1, box.x1);
        else
            g_array_append_val(columns, box);
    }
    return columns;
}

static guint
column_at(const GArray *columns, double x)
{
    guint best = 0;
    double nearest = INFINITY;
    for (guint i = 0; i < columns->len; i++) {
        Box column = g_array_index(columns, Box, i);
        double distance = x < column.x0 ? column.x0 - x : x > column.x1 ? x - column.x1 : 0;
        if (distance < nearest) {
            nearest = distance;
            best = i;
        }
    }
    return best;
}

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
body_end(const GPtrArray *rows, guint first, guint *ret_count)
{
    guint end = first + 1, count = 1;
    double limit = first_number(rows->pdata[first]);
    for (guint r = first + 1; r < rows->len && is_near(rows->pdata[r - 1], rows->pdata[r]); r++) {
        const Row *row = rows->pdata[r];
        if (is_body(row)) {
            limit = fmin(limit, first_number(row));
            end = r + 1;
            count++;
        } else if (!is_half_name(row, limit)) {
            break;
        }
    }
    /* The last name's second half. */
    if (end < rows->len && is_half_name(rows->pdata[end], limit) && ((Row *) rows->pdata[end])->box.y0 - ((Row *) rows->pdata[end - 1])->box.y1 < 0.6 * ((Row *) rows->pdata[end])->height)
        end++;
    *ret_count = count;
    return end;
}

/* Lines above that have pieces over the columns. */
static guint
head_start(const GPtrArray *rows, guint first, guint floor)
{
    guint start = first;
    while (start > floor && first - start < MAX_HEAD) {
        const Row *row = rows->pdata[start - 1];
        if (row->pieces->len < 2 || row->leader || !is_near(row, rows->pdata[start]))
            break;
        start--;
    }
    return start;
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
            numbers[column_at(columns, box_middle_x(piece->box))] += piece->number;
        }
    }
    guint most = 0;
    for (guint i = 1; i < columns->len; i++)
        most = MAX(most, numbers[i]);
    return columns->len >= 2 && most * 3 >= proper * 2 && most >= 2;
}

/* ---- the lattice ---- */

/* Rows of the lattice: each line of the head and each body row, with the halves of names joined to the nearest body row. */
static void
add_edges(Lattice *lattice, const GPtrArray *rows, guint start, guint end, guint body)
{
    const Row *last = NULL;
    bool half = false; /* the last line is a half name that waits for its row */
    for (guint r = start; r < end; r++) {
        const Row *row = rows->pdata[r];
        bool wait = r >= body && row->pieces->len == 1;
        bool joins = last != NULL && r >= body && (half || (wait && r + 1 == end));
        if (wait && last != NULL && !half) {
            /* A second half belongs to the row above when that is nearer than the row below. */
            const Row *next = r + 1 < end ? rows->pdata[r + 1] : NULL;
            joins = joins || next == NULL || row->box.y0 - last->box.y1 < next->box.y0 - row->box.y1 - 0.1;
            wait = !joins;
        }
        if (!joins) {
            double edge = last == NULL ? row->box.y0 : (last->box.y1 + row->box.y0) / 2;
            g_array_append_val(lattice->ys, edge);
        }
        half = wait && !joins;
        last = row;
    }
    g_array_append_val(lattice->ys, last->box.y1);
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

static void
add_single_slots(Lattice *lattice)
{
    for (int r = 0; r < lattice_rows(lattice); r++)
        for (int c = 0; c < lattice_cols(lattice); c++) {
            Slot slot = {r, c, 1, 1};
            g_array_append_val(lattice->slots, slot);
        }
    lattice_index(lattice);
}

static Lattice *
lattice_from_rows(const GPtrArray *rows, guint start, guint body, guint end, const GArray *columns)
{
    Lattice *lattice = lattice_new(false);
    Box box = {0};
    for (guint r = start; r < end; r++)
        box = box_union(box, ((const Row *) rows->pdata[r])->box);
    add_column_edges(lattice, columns, box);
    add_edges(lattice, rows, start, end, body);
    add_single_slots(lattice);
    return lattice;
}

void
sheet_align(Sheet *sheet)
{
    g_autoptr(GPtrArray) rows = rows_of(sheet);
    g_autoptr(GPtrArray) found = g_ptr_array_new();
    for (guint first = 0, floor = 0; first < rows->len; first++) {
        guint count = 0;
        if (!is_body(rows->pdata[first]))
            continue;
        guint end = body_end(rows, first, &count);
        g_autoptr(GArray) columns = columns_of(rows, first, end);
        if (count >= (columns->len >= 3 ? 2 : MIN_ROWS) && is_table(rows, first, end, columns)) {
            g_ptr_array_add(found, lattice_from_rows(rows, head_start(rows, first, floor), first, end, columns));
            floor = end;
        }
        first = end - 1;
    }
    for (guint i = 0; i < found->len; i++)
        g_ptr_array_add(sheet->lattices, found->pdata[i]);
    sheet_sort_lattices(sheet);
}
