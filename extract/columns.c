/* Lines of print → pieces → columns. */
#include "align.h"

#include <math.h>
#include <string.h>

/* Gaps of so many font sizes part the pieces of a line. */
#define WIDE 1.0

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
    row->label = row->label || strstr(text->str, "：") != NULL || strchr(text->str, ':') != NULL;
    row->leader = row->leader || strstr(text->str, "....") != NULL || strstr(text->str, "……") != NULL || strstr(text->str, "····") != NULL;
}

static bool
parts(const Sheet *sheet, const Token *left, const Token *right, bool finely)
{
    double gap = right->box.x0 - left->box.x1, size = right->size;
    if (gap > WIDE * size || !finely || gap < 0.15 * size)
        return gap > WIDE * size;
    g_autofree char *before = token_text(sheet, left);
    g_autofree char *after = token_text(sheet, right);
    return text_is_number(before) || text_is_number(after);
}

static void
fill_row(const Sheet *sheet, Row *row, const GArray *line, bool finely)
{
    Piece *piece = NULL;
    for (guint i = 0; i < line->len; i++) {
        guint index = g_array_index(line, guint, i);
        const Token *token = sheet_token(sheet, index);
        if (piece == NULL || parts(sheet, sheet_token(sheet, g_array_index(line, guint, i - 1)), token, finely)) {
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
}

static Row *
row_new(const Sheet *sheet, const GArray *line)
{
    Row *row = g_new0(Row, 1);
    row->pieces = g_ptr_array_new_with_free_func(piece_free);
    fill_row(sheet, row, line, false);
    return row;
}

GPtrArray *
align_rows(const Sheet *sheet)
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

/* In a row of a table a number is a piece of its own, however near the words beside it; in a sentence it is not. */
void
align_split_finely(const Sheet *sheet, Row *row)
{
    g_autoptr(GArray) line = g_array_new(FALSE, FALSE, sizeof(guint));
    for (guint i = 0; i < row->pieces->len; i++) {
        const Piece *piece = row->pieces->pdata[i];
        g_array_append_vals(line, piece->tokens->data, piece->tokens->len);
    }
    g_ptr_array_set_size(row->pieces, 0);
    row->numbers = 0;
    fill_row(sheet, row, line, true);
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
GArray *
align_columns(const GPtrArray *rows, guint first, guint end)
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

guint
align_column_at(const GArray *columns, double x)
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

/* Columns of words side by side of which no row fills both are one: a total set in the middle over names set to the left. */
void
align_merge_columns(const GPtrArray *rows, guint first, guint end, GArray *columns)
{
    for (guint c = columns->len; c-- > 1;) {
        bool apart = false;
        for (guint r = first; r < end && !apart; r++) {
            const Row *row = rows->pdata[r];
            guint filled = 0;
            for (guint i = 0; i < row->pieces->len; i++) {
                const Piece *piece = row->pieces->pdata[i];
                guint column = align_column_at(columns, box_middle_x(piece->box));
                filled += column == c || column + 1 == c;
                apart = apart || ((column == c || column + 1 == c) && piece->number);
            }
            apart = apart || filled > 1;
        }
        if (apart)
            continue;
        Box *left = &g_array_index(columns, Box, c - 1);
        *left = box_union(*left, g_array_index(columns, Box, c));
        g_array_remove_index(columns, c);
    }
}
