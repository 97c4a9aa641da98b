/* Lines of print → pieces → columns. */
#include "align.h"

#include <math.h>
#include <string.h>

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

/* What stands for a number that there is none of. */
static bool
is_dash(const char *text)
{
    static const char *const dashes[] = {"-", "--", "—", "——", "–", "−", "..", "n/a", "N/A", "NA"};
    for (gsize i = 0; i < G_N_ELEMENTS(dashes); i++)
        if (strcmp(text, dashes[i]) == 0)
            return true;
    return false;
}

/* Digits with what may stand around and between them: (1,234), $5.00, 12.5 ± 0.3, 0.12**, <0.001. A number in brackets or
 * with a point behind it that has two digits at most counts things. */
static bool
is_figure(const char *text)
{
    guint digits = 0, letters = 0, separators = 0;
    const char *first = text + strspn(text, "([$+-<>~");
    for (const char *p = text; *p != '\0'; p = g_utf8_next_char(p)) {
        gunichar c = g_utf8_get_char(p);
        digits += g_unichar_isdigit(c);
        letters += g_unichar_isalpha(c) || c == ':' || c == '/';
        separators += c == ',' || c == '.' || c == 0xB1;
    }
    bool opened = strpbrk(text, "([") != NULL, closed = strpbrk(text, ")]") != NULL;
    gunichar start = g_utf8_get_char(first);
    if (digits == 0 || letters > 0 || opened != closed || !(g_unichar_isdigit(start) || start == '.' || start > 0x7F))
        return false;
    return (digits > 2 || separators > 0 || !closed) && !g_str_has_suffix(text, ".") && !g_str_has_suffix(text, "、");
}

static bool
is_sign(const char *text)
{
    static const char *const signs[] = {"$", "€", "£", "US$", "USD", "EUR"};
    for (gsize i = 0; i < G_N_ELEMENTS(signs); i++)
        if (strcmp(text, signs[i]) == 0)
            return true;
    return false;
}

/* The text of a piece, its words set close. */
static char *
piece_text(const Sheet *sheet, const Piece *piece)
{
    g_autoptr(GString) text = g_string_new(NULL);
    for (guint i = 0; i < piece->tokens->len; i++) {
        g_autofree char *word = token_text(sheet, sheet_token(sheet, g_array_index(piece->tokens, guint, i)));
        g_string_append(text, word);
    }
    return g_string_free(g_steal_pointer(&text), FALSE);
}

static void
finish_piece(const Sheet *sheet, Row *row, Piece *piece)
{
    g_autofree char *text = piece_text(sheet, piece);
    piece->number = text_is_number(text) || is_dash(text) || is_figure(text);
    piece->sign = is_sign(text);
    row->numbers += piece->number;
    row->label = row->label || strstr(text, "：") != NULL || strchr(text, ':') != NULL;
    row->leader = row->leader || strstr(text, "....") != NULL || strstr(text, "……") != NULL || strstr(text, "····") != NULL;
}

static bool
parts(const Sheet *sheet, const Token *left, const Token *right, double wide, bool finely)
{
    double gap = right->box.x0 - left->box.x1, size = right->size;
    if (gap > wide * size || !finely || gap < 0.15 * size)
        return gap > wide * size;
    g_autofree char *before = token_text(sheet, left);
    g_autofree char *after = token_text(sheet, right);
    return text_is_number(before) || text_is_number(after) || is_figure(before) || is_figure(after);
}

static void
fill_row(const Sheet *sheet, Row *row, const GArray *line, double wide, bool finely)
{
    Piece *piece = NULL;
    for (guint i = 0; i < line->len; i++) {
        guint index = g_array_index(line, guint, i);
        const Token *token = sheet_token(sheet, index);
        if (piece == NULL || parts(sheet, sheet_token(sheet, g_array_index(line, guint, i - 1)), token, wide, finely)) {
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

/* ---- dots that lead from a name to its figure ---- */

/* How many of the token's last glyphs are dots; all of them where it has nothing else. */
static guint
dots_at_end(const Sheet *sheet, const Token *token)
{
    guint count = 0;
    while (count < token->count) {
        gunichar c = sheet_glyph(sheet, token->first + token->count - 1 - count)->c;
        if (c != '.' && c != 0x2026 && c != 0xB7 && c != '_')
            break;
        count++;
    }
    return count;
}

/* The line without its dots; NULL where none lead. Dots within a word's end stay with it, for a token is one. */
static GArray *
without_leaders(const Sheet *sheet, const GArray *line)
{
    guint dots = 0;
    for (guint i = 0; i < line->len; i++)
        dots += dots_at_end(sheet, sheet_token(sheet, g_array_index(line, guint, i)));
    if (dots < 5)
        return NULL;
    GArray *kept = g_array_new(FALSE, FALSE, sizeof(guint));
    for (guint i = 0; i < line->len; i++) {
        guint index = g_array_index(line, guint, i);
        const Token *token = sheet_token(sheet, index);
        if (dots_at_end(sheet, token) < token->count || token->count == 2)
            g_array_append_val(kept, index);
    }
    return kept;
}

/* A table of contents has page numbers behind its dots: one on each line, with neither comma nor decimals. The number before a
 * heading is none of these. */
static bool
leads_to_page(const Sheet *sheet, const Row *row)
{
    guint numbers = 0;
    for (guint i = 1; i < row->pieces->len; i++)
        numbers += ((const Piece *) row->pieces->pdata[i])->number;
    const Piece *last = row->pieces->pdata[row->pieces->len - 1];
    g_autofree char *text = piece_text(sheet, last);
    return row->pieces->len > 1 && numbers <= 1 && !(last->number && strpbrk(text, ",.%(") != NULL);
}

static Row *
row_new(const Sheet *sheet, const GArray *line, double wide)
{
    Row *row = g_new0(Row, 1);
    row->pieces = g_ptr_array_new_with_free_func(piece_free);
    g_autoptr(GArray) bare = without_leaders(sheet, line);
    fill_row(sheet, row, bare != NULL && bare->len > 0 ? bare : line, wide, false);
    if (bare != NULL)
        row->leader = leads_to_page(sheet, row);
    return row;
}

GPtrArray *
align_rows(const Sheet *sheet, Box area, double wide)
{
    g_autoptr(GArray) free_tokens = g_array_new(FALSE, FALSE, sizeof(guint));
    for (guint i = 0; i < sheet->tokens->len; i++) {
        Box box = sheet_token(sheet, i)->box;
        double x = box_middle_x(box), y = box_middle_y(box);
        if (x >= area.x0 && x <= area.x1 && y >= area.y0 && y <= area.y1 && sheet_lattice_at(sheet, box) < 0)
            g_array_append_val(free_tokens, i);
    }
    g_autoptr(GPtrArray) lines = tokens_to_lines(sheet, free_tokens);
    GPtrArray *rows = g_ptr_array_new_with_free_func(row_free);
    for (guint i = 0; i < lines->len; i++)
        g_ptr_array_add(rows, row_new(sheet, lines->pdata[i], wide));
    return rows;
}

/* In a row of a table a number is a piece of its own, however near the words beside it; in a sentence it is not. */
void
align_split_finely(const Sheet *sheet, Row *row, double wide)
{
    g_autoptr(GArray) line = g_array_new(FALSE, FALSE, sizeof(guint));
    for (guint i = 0; i < row->pieces->len; i++) {
        const Piece *piece = row->pieces->pdata[i];
        g_array_append_vals(line, piece->tokens->data, piece->tokens->len);
    }
    g_ptr_array_set_size(row->pieces, 0);
    row->numbers = 0;
    fill_row(sheet, row, line, wide, true);
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

/* Signs set apart from their numbers, in some rows, are of the column to their right. */
static bool
is_of_signs(const GPtrArray *rows, guint first, guint end, const GArray *columns, guint column)
{
    for (guint r = first; r < end; r++) {
        const Row *row = rows->pdata[r];
        for (guint i = 0; i < row->pieces->len; i++) {
            const Piece *piece = row->pieces->pdata[i];
            if (!piece->sign && align_column_at(columns, box_middle_x(piece->box)) == column)
                return false;
        }
    }
    return true;
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
        if (apart && !is_of_signs(rows, first, end, columns, c - 1))
            continue;
        Box *left = &g_array_index(columns, Box, c - 1);
        *left = box_union(*left, g_array_index(columns, Box, c));
        g_array_remove_index(columns, c);
    }
}
