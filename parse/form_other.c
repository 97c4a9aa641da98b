/* What no field of a performance form takes: words beside words, and figures under heads that no rule knows. */
#include "forms.h"

#include <string.h>

#include "utf8.h"

/* Heads of a block stand in so many rows at most. */
#define HEAD_ROWS 3

/* A cell over several rows, and the rows right of it: 年度主要任务 | 任务名称 | 预算金额 … */
typedef struct {
    const Grid *grid;
    const Cell *side; /* NULL: none         */
    int body;         /* the first row below the heads; the side's own where the block has none */
} Side;

static const Cell *
cell_at(const Grid *grid, int row, int col)
{
    for (guint i = 0; i < grid->cells->len; i++) {
        const Cell *cell = grid->cells->pdata[i];
        if (row >= cell->row && row < cell->row + cell->rowspan && col >= cell->col && col < cell->col + cell->colspan)
            return cell;
    }
    return NULL;
}

/* Figures and other words that begin in a row right of the side. */
static void
count_cells(const Forms *forms, const Side *side, int row, guint *ret_words, guint *ret_figures)
{
    *ret_words = *ret_figures = 0;
    for (guint i = 0; i < side->grid->cells->len; i++) {
        const Cell *cell = side->grid->cells->pdata[i];
        if (cell->row != row || cell->col <= side->side->col || cell->text[0] == '\0')
            continue;
        g_autofree char *words = utf8_squeeze(cell->text);
        if (form_is_figure(forms, words))
            (*ret_figures)++;
        else
            (*ret_words)++;
    }
}

/* The heads are the side's first rows: words only, and figures in the row below, or nothing. */
static void
find_heads(const Forms *forms, Side *side)
{
    const Cell *first = side->side;
    side->body = first->row;
    int body = first->row + 1, end = first->row + first->rowspan;
    for (guint i = 0; i < side->grid->cells->len; i++) {
        const Cell *cell = side->grid->cells->pdata[i];
        if (cell->row == first->row && cell->col > first->col && cell->rowspan < first->rowspan)
            body = MAX(body, cell->row + cell->rowspan);
    }
    guint words = 0, figures = 0, all = 0;
    if (body >= end || body - first->row > HEAD_ROWS)
        return;
    for (int row = first->row; row < body; row++) {
        count_cells(forms, side, row, &words, &figures);
        all += words;
        if (figures > 0)
            return;
    }
    count_cells(forms, side, body, &words, &figures);
    if (all >= 2 && (figures > 0 || words == 0))
        side->body = body;
}

static bool
has_heads(const Side *side)
{
    return side->side != NULL && side->body > side->side->row;
}

/* The worded cell over several rows that stands left of a token, in its row: the nearest, first of those that have heads. */
static Side
side_of(const Forms *forms, const Grid *grid, int row, const Token *token)
{
    Side best = {.grid = grid};
    for (guint i = 0; i < grid->cells->len; i++) {
        const Cell *cell = grid->cells->pdata[i];
        bool beside = row >= cell->row && row < cell->row + cell->rowspan && cell->col + cell->colspan <= token->cell->col;
        if (!beside || cell->rowspan == 1 || cell->text[0] == '\0')
            continue;
        g_autofree char *words = utf8_squeeze(cell->text);
        Side side = {.grid = grid, .side = cell};
        find_heads(forms, &side);
        bool nearer = best.side == NULL || has_heads(&side) > has_heads(&best) || (has_heads(&side) == has_heads(&best) && cell->col > best.side->col);
        if (nearer && !form_is_figure(forms, words))
            best = side;
    }
    return best;
}

/* Words that head what stands right of them in several rows. */
static bool
is_side(const Forms *forms, const Grid *grid, const Token *token)
{
    Side own = {.grid = grid, .side = token->cell};
    if (token->cell->rowspan == 1)
        return false;
    find_heads(forms, &own);
    return has_heads(&own);
}

/* The heads over a column of the block, under the words of its side. */
static char *
head_path(const Side *side, int col)
{
    g_autofree char *words = cell_words(side->side);
    GString *path = g_string_new(words);
    const Cell *before = side->side;
    for (int row = side->side->row; row < side->body; row++) {
        const Cell *cell = cell_at(side->grid, row, col);
        if (cell == NULL || cell == before || cell->text[0] == '\0')
            continue;
        g_autofree char *head = cell_words(cell);
        g_string_append_printf(path, "/%s", head);
        before = cell;
    }
    return g_string_free(path, FALSE);
}

/* The words of a block are those of its side: more of a goal, or of what no field takes. */
static void
read_beside(Forms *forms, const Side *side, const Token *token)
{
    g_autofree char *words = cell_words(side->side);
    g_autofree char *key = utf8_squeeze(words);
    const char *label = form_label(forms, key, NULL);
    if (label == NULL || strcmp(label, "section") == 0 || !form_set(forms, label, token->text))
        form_other(forms, words, token->text);
}

static bool
follows(const GPtrArray *tokens, const Token *first, const Token *second)
{
    for (guint i = 0; i + 1 < tokens->len; i++)
        if (tokens->pdata[i] == first)
            return tokens->pdata[i + 1] == second;
    return false;
}

/* Some heads together name a field: 部门预算总额/合计. */
static void
set_under_path(Forms *forms, const char *path, const char *value)
{
    g_autofree char *key = utf8_squeeze(path);
    const char *field = form_rule(forms, "path_", key, NULL);
    if (field == NULL || !form_set(forms, field, value))
        form_other(forms, path, value);
}

void
others_read(Forms *forms, const Grid *grid, int row, const GPtrArray *tokens, const GPtrArray *left)
{
    for (guint i = 0; i < left->len; i++) {
        const Token *token = left->pdata[i], *next = i + 1 < left->len ? left->pdata[i + 1] : NULL;
        Side side = side_of(forms, grid, row, token);
        if ((has_heads(&side) && row < side.body) || is_side(forms, grid, token))
            continue;
        if (has_heads(&side)) {
            g_autofree char *path = head_path(&side, token->cell->col);
            set_under_path(forms, path, token->text);
        } else if (next != NULL && follows(tokens, token, next) && !form_is_figure(forms, token->words)) {
            form_other(forms, token->text, next->text);
            i++;
        } else if (side.side != NULL && row > side.side->row) {
            read_beside(forms, &side, token);
        } else {
            form_unknown(forms, token->text);
        }
    }
}
