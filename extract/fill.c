/* Tokens → slots, and a slot's tokens → the text of a cell. */
#include "page.h"
#include "utf8.h"

#include <math.h>
#include <string.h>

/* A word that stands over is looked at so many letters beyond the line. */
#define FAR_FROM_LINE 80

/* ---- which slot ---- */

/* The text of glyphs [from, to) of a token. */
static char *
part_text(const Sheet *sheet, const Token *token, guint from, guint to)
{
    Token part = {.first = token->first + from, .count = to - from};
    return token_text(sheet, &part);
}

static bool
is_amount(const char *text)
{
    return text_is_number(text) && (strchr(text, '.') != NULL || strchr(text, ',') != NULL);
}

/* Letters that are as wide as each other. */
static gunichar
width_class(gunichar c)
{
    return c >= '0' && c <= '9' ? '0' : c >= 0x2E80 ? 0x4E00 : c;
}

/* How far the glyph before `at` would reach if nothing followed: poppler gives a letter the gap behind it, so its own width
 * is that of its like elsewhere in the word. */
static double
own_end(const Sheet *sheet, const Token *token, guint at)
{
    const Glyph *glyph = sheet_glyph(sheet, token->first + at - 1);
    double width = glyph->x1 - glyph->x0;
    for (guint i = 0; i < token->count; i++) {
        const Glyph *other = sheet_glyph(sheet, token->first + i);
        if (i + 1 != at && width_class(other->c) == width_class(glyph->c))
            width = fmin(width, fmax(other->x1 - other->x0, 0.2 * glyph->size));
    }
    return glyph->x0 + width;
}

static int
glyph_slot(const Sheet *sheet, const Lattice *lattice, const Token *token, guint i)
{
    const Glyph *glyph = sheet_glyph(sheet, token->first + i);
    Box box = lattice_box(lattice);
    return lattice_slot_at(lattice, fmin(fmax((glyph->x0 + glyph->x1) / 2, box.x0), box.x1), box_middle_y(token->box));
}

/* Whether what the token has in each cell stands in the middle of it. */
static bool
is_centred(const Sheet *sheet, const Lattice *lattice, const Token *token)
{
    for (guint start = 0, end = 0; start < token->count; start = end) {
        int slot = glyph_slot(sheet, lattice, token, start);
        for (end = start + 1; end < token->count && glyph_slot(sheet, lattice, token, end) == slot; end++)
            continue;
        Box box = lattice_slot_box(lattice, &g_array_index(lattice->slots, Slot, slot));
        double left = sheet_glyph(sheet, token->first + start)->x0 - box.x0, right = box.x1 - own_end(sheet, token, end);
        if (fabs(left - right) > 0.4 * token->size)
            return false;
    }
    return true;
}

/* A word that runs across a line between cells is two words when the line lies in a gap between two of its letters. Where
 * there is no gap, or the line runs through a letter, one word stands over into the next cell; but words that fill their cells
 * and touch stand in the middle each. A number is cut only into numbers. */
static bool
may_cut(const Sheet *sheet, const Lattice *lattice, const Token *token, guint at, double edge)
{
    const Glyph *left = sheet_glyph(sheet, token->first + at - 1), *right = sheet_glyph(sheet, token->first + at);
    double end = own_end(sheet, token, at), room = 0.15 * fmin(left->x1 - left->x0, right->x1 - right->x0);
    if (end > edge + room || right->x0 < edge - room)
        return false;
    if (right->x0 - end < 0.03 * token->size && !(lattice->ruled && is_centred(sheet, lattice, token)))
        return false;
    g_autofree char *before = part_text(sheet, token, 0, at);
    g_autofree char *after = part_text(sheet, token, at, token->count);
    g_autofree char *whole = token_text(sheet, token);
    return !text_is_number(whole) && (!text_is_number(after) || !g_unichar_isdigit(left->c) || is_amount(before));
}

/* Words that a cell hides behind its number, or that stand over until they meet it: the number starts where the letters turn
 * to digits. Near the line that is any number, far from it one that only an amount can be. 0 for none. */
static guint
number_starts(const Sheet *sheet, const Token *token, guint at)
{
    guint end = MIN(at + FAR_FROM_LINE, token->count);
    for (guint i = at > 3 ? at - 3 : 1; i < end; i++) {
        gunichar left = sheet_glyph(sheet, token->first + i - 1)->c, right = sheet_glyph(sheet, token->first + i)->c;
        if (left < 0x80 || !(right == '-' || g_ascii_isdigit((char) MIN(right, 0x7F))))
            continue;
        g_autofree char *after = part_text(sheet, token, i, token->count);
        if (i < at + 4 ? text_is_number(after) : is_amount(after))
            return i;
    }
    return 0;
}

/* Where the token is to be cut, 0 for nowhere. */
static guint
cut_place(const Sheet *sheet, const Lattice *lattice, const Token *token)
{
    int slot = glyph_slot(sheet, lattice, token, 0);
    for (guint i = 1; i < token->count; i++) {
        int here = glyph_slot(sheet, lattice, token, i);
        if (here == slot)
            continue;
        guint number = number_starts(sheet, token, i);
        if (number > 0)
            return number;
        if (may_cut(sheet, lattice, token, i, lattice_slot_box(lattice, &g_array_index(lattice->slots, Slot, here)).x0))
            return i;
        slot = here;
    }
    return 0;
}

/* What is cut off becomes a token at the end of the array, and is looked at in its turn. */
static void
cut_at_wall(Sheet *sheet, const Lattice *lattice, guint index)
{
    guint at = cut_place(sheet, lattice, sheet_token(sheet, index));
    if (at == 0)
        return;
    Token tail = *sheet_token(sheet, index);
    tail.first += at;
    tail.count -= at;
    token_measure(sheet, &tail);
    Token *head = sheet_token(sheet, index);
    head->count = at;
    token_measure(sheet, head);
    g_array_append_val(sheet->tokens, tail);
}

/* A word wider than its cell stands over: to the right when it is text, to the left when it is a number. */
static int
token_slot(const Sheet *sheet, const Lattice *lattice, const Token *token)
{
    int first = glyph_slot(sheet, lattice, token, 0), last = glyph_slot(sheet, lattice, token, token->count - 1);
    if (first == last)
        return first;
    int middle = lattice_slot_at(lattice, box_middle_x(token->box), box_middle_y(token->box));
    g_autofree char *text = token_text(sheet, token);
    return text_is_number(text) ? last : middle;
}

void
sheet_place(Sheet *sheet)
{
    for (guint i = 0; i < sheet->tokens->len; i++) {
        int grid = sheet_lattice_at(sheet, sheet_token(sheet, i)->box);
        sheet_token(sheet, i)->grid = grid + 1;
        sheet_token(sheet, i)->slot = -1;
        if (grid < 0)
            continue;
        const Lattice *lattice = sheet->lattices->pdata[grid];
        cut_at_wall(sheet, lattice, i);
        Token *token = sheet_token(sheet, i);
        token->slot = token_slot(sheet, lattice, token);
    }
}

/* ---- the text of a cell ---- */

/* So many dots in a row lead somewhere. */
#define LEADERS 4

static void
free_array(void *array)
{
    g_array_unref(array);
}

GPtrArray *
sheet_slot_tokens(const Sheet *sheet, guint index)
{
    const Lattice *lattice = sheet->lattices->pdata[index];
    GPtrArray *tokens = g_ptr_array_new_full(lattice->slots->len, free_array);
    for (guint i = 0; i < lattice->slots->len; i++)
        g_ptr_array_add(tokens, g_array_new(FALSE, FALSE, sizeof(guint)));
    for (guint i = 0; i < sheet->tokens->len; i++) {
        const Token *token = sheet_token(sheet, i);
        if (token->grid == (int) index + 1 && token->slot >= 0)
            g_array_append_val(tokens->pdata[token->slot], i);
    }
    return tokens;
}

/* Dots that lead from words to a figure are neither's. */
static void
drop_leaders(GString *text)
{
    gsize end = text->len, start = 0, dots = 0;
    while (end > 0 && (text->str[end - 1] == '.' || text->str[end - 1] == ' '))
        dots += text->str[--end] == '.';
    if (dots >= LEADERS)
        g_string_truncate(text, end);
    for (dots = 0; text->str[start] == '.' || text->str[start] == ' '; start++)
        dots += text->str[start] == '.';
    if (dots >= LEADERS)
        g_string_erase(text, 0, (gssize) start);
}

static void
append_line(const Sheet *sheet, GString *out, const GArray *line)
{
    double end = 0;
    g_autoptr(GString) text = g_string_new(NULL);
    for (guint i = 0; i < line->len; i++) {
        const Token *token = sheet_token(sheet, g_array_index(line, guint, i));
        g_autofree char *word = token_text(sheet, token);
        if (i > 0 && token->box.x0 - end > 0.2 * token->size && utf8_wants_space(text->str, word))
            g_string_append_c(text, ' ');
        g_string_append(text, word);
        end = token->box.x1;
    }
    drop_leaders(text);
    if (out->len > 0 && text->len > 0)
        g_string_append_c(out, '\n');
    g_string_append(out, text->str);
}

static Cell *
cell_new(const Sheet *sheet, const Lattice *lattice, const Slot *slot, const GArray *tokens)
{
    Cell *cell = g_new0(Cell, 1);
    Box box = lattice_slot_box(lattice, slot);
    cell->row = slot->row;
    cell->col = slot->col;
    cell->rowspan = slot->rowspan;
    cell->colspan = slot->colspan;
    cell->bbox = box_round(box);
    g_autoptr(GString) text = g_string_new(NULL);
    g_autoptr(GPtrArray) lines = tokens_to_lines(sheet, tokens);
    for (guint i = 0; i < lines->len; i++)
        append_line(sheet, text, lines->pdata[i]);
    if (lines->len > 0) {
        const GArray *first = lines->pdata[0];
        double indent = sheet_token(sheet, g_array_index(first, guint, 0))->box.x0 - box.x0;
        cell->indent = number_round(indent);
    }
    cell->text = g_strdup(text->str);
    return cell;
}

static int
compare_slots(gconstpointer a, gconstpointer b)
{
    const Cell *left = *(Cell *const *) a, *right = *(Cell *const *) b;
    return left->row != right->row ? left->row - right->row : left->col - right->col;
}

/* How far the words of a cell's longest line stand from its left and right edges. False where there are none. */
static bool
cell_margins(const Sheet *sheet, Box box, const GArray *tokens, double *ret_left, double *ret_right)
{
    double x0 = box.x1, x1 = box.x0;
    for (guint i = 0; i < tokens->len; i++) {
        const Token *token = sheet_token(sheet, g_array_index(tokens, guint, i));
        x0 = fmin(x0, token->box.x0);
        x1 = fmax(x1, token->box.x1);
    }
    *ret_left = x0 - box.x0;
    *ret_right = box.x1 - x1;
    return tokens->len > 0;
}

/* Words in the middle of their cells are set in by chance: where most cells of a column are so, none tells how deep its row is. Words
 * that fill their cell tell nothing either way. */
static void
clear_centred_indents(const Sheet *sheet, const Lattice *lattice, const GPtrArray *tokens, const Grid *grid)
{
    g_autofree int *centred = g_new0(int, (size_t) grid->cols), *aside = g_new0(int, (size_t) grid->cols);
    for (guint i = 0; i < lattice->slots->len; i++) {
        const Slot *slot = &g_array_index(lattice->slots, Slot, i);
        double left = 0, right = 0;
        if (slot->colspan > 1 || !cell_margins(sheet, lattice_slot_box(lattice, slot), tokens->pdata[i], &left, &right))
            continue;
        const double size = sheet_token(sheet, g_array_index((const GArray *) tokens->pdata[i], guint, 0))->size;
        if (left > size && fabs(left - right) < 0.5 * size)
            centred[slot->col]++;
        else if (fabs(left - right) > size)
            aside[slot->col]++;
    }
    for (guint i = 0; i < grid->cells->len; i++) {
        Cell *cell = grid->cells->pdata[i];
        if (centred[cell->col] > 3 * aside[cell->col])
            cell->indent = 0;
    }
}

Grid *
grid_new_from_lattice(const Sheet *sheet, guint index)
{
    const Lattice *lattice = sheet->lattices->pdata[index];
    g_autoptr(GPtrArray) tokens = sheet_slot_tokens(sheet, index);
    Grid *grid = g_new0(Grid, 1);
    grid->bbox = box_round(lattice_box(lattice));
    grid->rows = lattice_rows(lattice);
    grid->cols = lattice_cols(lattice);
    grid->ruled = lattice->ruled;
    grid->cells = g_ptr_array_new();
    for (guint i = 0; i < lattice->slots->len; i++)
        g_ptr_array_add(grid->cells, cell_new(sheet, lattice, &g_array_index(lattice->slots, Slot, i), tokens->pdata[i]));
    clear_centred_indents(sheet, lattice, tokens, grid);
    g_ptr_array_sort(grid->cells, compare_slots);
    return grid;
}
