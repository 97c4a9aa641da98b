/* Tokens → the lines and words of a Page, and over all pages: which lines are page numbers and running headers. */
#include "page.h"
#include "utf8.h"

#include <math.h>
#include <string.h>

/* ---- words and lines ---- */

static Word *
word_new(char *text, Box box)
{
    Word *word = g_new0(Word, 1);
    word->text = text;
    word->bbox = box_round(box);
    return word;
}

/* The font size that most characters of the line have. */
static double
line_size(const Sheet *sheet, const GArray *tokens)
{
    double best = 0, size = 0;
    guint most = 0, run = 0;
    for (guint i = 0; i < tokens->len; i++) {
        const Token *token = sheet_token(sheet, g_array_index(tokens, guint, i));
        run = token->size == size ? run + token->count : token->count;
        size = token->size;
        if (run > most) {
            most = run;
            best = size;
        }
    }
    return number_round(best);
}

/* Tokens without a gap between them are one word. */
static Line *
line_new(const Sheet *sheet, const GArray *tokens)
{
    Line *line = g_new0(Line, 1);
    line->words = g_ptr_array_new();
    line->size = line_size(sheet, tokens);
    const Token *before = NULL;
    for (guint i = 0; i < tokens->len; i++) {
        const Token *token = sheet_token(sheet, g_array_index(tokens, guint, i));
        g_autofree char *text = token_text(sheet, token);
        line->bbox = box_union(line->bbox, token->box);
        if (before != NULL && before->slot == token->slot && token->box.x0 - before->box.x1 < 0.1 * token->size) {
            Word *word = line->words->pdata[line->words->len - 1];
            char *joined = g_strconcat(word->text, text, NULL);
            g_free(word->text);
            word->text = joined;
            word->bbox = box_round(box_union(word->bbox, token->box));
        } else {
            g_ptr_array_add(line->words, word_new(g_steal_pointer(&text), token->box));
        }
        before = token;
    }
    line->bbox = box_round(line->bbox);
    return line;
}

static void
add_lines(const Sheet *sheet, const GArray *tokens, int grid, GPtrArray *out)
{
    g_autoptr(GPtrArray) lines = tokens_to_lines(sheet, tokens);
    for (guint i = 0; i < lines->len; i++) {
        Line *line = line_new(sheet, lines->pdata[i]);
        line->grid = grid;
        g_ptr_array_add(out, line);
    }
}

static int
compare_lines(gconstpointer a, gconstpointer b)
{
    const Line *left = *(Line *const *) a, *right = *(Line *const *) b;
    double above = box_middle_y(left->bbox), below = box_middle_y(right->bbox);
    if (above != below)
        return above < below ? -1 : 1;
    return left->bbox.x0 < right->bbox.x0 ? -1 : left->bbox.x0 > right->bbox.x0;
}

static void
free_array(void *array)
{
    g_array_unref(array);
}

Page *
page_new_from_sheet(Sheet *sheet)
{
    Page *page = g_new0(Page, 1);
    page->page = sheet->number;
    page->width = number_round(sheet->width);
    page->height = number_round(sheet->height);
    page->rotate = sheet->rotate;
    page->text = sheet->tokens->len > 0 ? TEXT_NATIVE : TEXT_NONE;
    page->lines = g_ptr_array_new();
    page->grids = g_ptr_array_new();
    g_autoptr(GPtrArray) tokens = g_ptr_array_new_with_free_func(free_array);
    for (guint i = 0; i <= sheet->lattices->len; i++)
        g_ptr_array_add(tokens, g_array_new(FALSE, FALSE, sizeof(guint)));
    for (guint i = 0; i < sheet->tokens->len; i++)
        g_array_append_val(tokens->pdata[sheet_token(sheet, i)->grid], i);
    for (guint i = 0; i < tokens->len; i++)
        add_lines(sheet, tokens->pdata[i], (int) i, page->lines);
    g_ptr_array_sort(page->lines, compare_lines);
    for (guint i = 0; i < sheet->lattices->len; i++)
        g_ptr_array_add(page->grids, grid_new_from_lattice(sheet, i));
    return page;
}
