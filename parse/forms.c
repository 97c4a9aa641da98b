/* Performance target forms: which grids are one, over how many pages. */
#include "forms.h"

#include <string.h>

#include "utf8.h"

/* Lines of a caption above a form; rows among which a list's heads stand; stray lines between the halves of a form. */
#define CAPTION_LINES 5
#define HEAD_ROWS 3
#define STRAY_LINES 16
#define STRAY_CHARS 12

typedef enum { GRID_OTHER, GRID_SHEET, GRID_LIST } GridKind;

/* What is told above a form. */
typedef struct {
    bool title, whole;
    char *words, *unit, *owner, *year; /* `words`: the title's */
    guint top;                         /* index of the highest line */
} FormCaption;

static void
caption_clear(FormCaption *caption)
{
    g_free(caption->words);
    g_free(caption->year);
    g_free(caption->unit);
    g_free(caption->owner);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(FormCaption, caption_clear)

static const Block *
block_at(const Forms *forms, guint index)
{
    return index < forms->flow->blocks->len ? forms->flow->blocks->pdata[index] : NULL;
}

/* ---- what a grid is ---- */

static char *
first_words(const Grid *grid, int row)
{
    g_autoptr(GPtrArray) tokens = row_tokens(grid, row, true);
    return g_strdup(tokens->len > 0 ? ((const Token *) tokens->pdata[0])->words : "");
}

/* Where a form begins: its title inside the grid, or the label of its project. */
static bool
starts_form(const Forms *forms, const Grid *grid, int row)
{
    g_autofree char *words = first_words(grid, row);
    if (form_says(forms, "title", words, NULL) || form_says(forms, "title_whole", words, NULL))
        return true;
    return g_strcmp0(form_label(forms, words, NULL), "project") == 0;
}

static int
heads_row(const Forms *forms, const Grid *grid, bool flat)
{
    for (int row = 0; row < grid->rows; row++) {
        g_autoptr(GArray) heads = read_heads(forms, grid, row, flat);
        if (heads->len > 0)
            return row;
    }
    return -1;
}

static guint
count_labels(const Forms *forms, const Grid *grid)
{
    guint labels = 0;
    for (int row = 0; row < grid->rows; row++) {
        g_autofree char *words = first_words(grid, row);
        const char *label = form_label(forms, words, NULL);
        labels += label != NULL && strcmp(label, "section") != 0;
    }
    return labels;
}

static bool
has_classes(const Forms *forms, const Grid *grid)
{
    for (guint i = 0; i < grid->cells->len; i++) {
        g_autofree char *words = utf8_squeeze(((const Cell *) grid->cells->pdata[i])->text);
        if (form_says(forms, "level2", words, NULL))
            return true;
    }
    return false;
}

static GridKind
grid_kind(const Forms *forms, const Grid *grid, const FormCaption *caption, bool flat)
{
    int row = heads_row(forms, grid, flat);
    g_autoptr(GArray) heads = row >= 0 ? read_heads(forms, grid, row, flat) : g_array_new(FALSE, FALSE, sizeof(HeadColumn));
    if (row >= 0 && row < HEAD_ROWS && find_column(heads, HEAD_PROJECT, false) != NULL)
        return GRID_LIST;
    bool starts = starts_form(forms, grid, 0);
    if (row >= 0 && (starts || caption->title || caption->whole))
        return GRID_SHEET;
    /* The first page of a whole department's form may end before its indicators: tasks and money only. */
    g_autofree char *first = first_words(grid, 0);
    g_autofree char *inside = NULL;
    if (caption->whole && g_strcmp0(form_label(forms, first, &inside), "department") == 0 && inside == NULL)
        return GRID_SHEET;
    return (caption->title || caption->whole) && starts && count_labels(forms, grid) >= 2 ? GRID_SHEET : GRID_OTHER;
}

/* ---- what stands above it ---- */

static bool
read_caption_line(const Forms *forms, const char *words, FormCaption *caption)
{
    RuleMatch match;
    if (form_says(forms, "title", words, NULL) || form_says(forms, "title_whole", words, NULL)) {
        if (caption->words == NULL)
            caption->words = form_title(forms, words);
        caption->title = true;
        caption->whole = caption->whole || form_says(forms, "title_whole", words, NULL);
        return true;
    }
    if (caption->unit == NULL && form_says(forms, "unit", words, &match)) {
        caption->unit = rule_match_get(&match, "unit");
        return true;
    }
    if (caption->owner == NULL && form_says(forms, "owner", words, &match)) {
        caption->owner = rule_match_get(&match, "owner");
        if (caption->unit == NULL)
            caption->unit = rule_match_get(&match, "unit");
        return true;
    }
    if (caption->year == NULL && form_says(forms, "year", words, &match)) {
        caption->year = rule_match_get(&match, "year");
        return true;
    }
    return form_says(forms, "caption", words, NULL);
}

static void
read_caption(const Forms *forms, guint index, FormCaption *caption)
{
    caption->top = index;
    for (guint i = index; i > 0 && index - i < CAPTION_LINES; i--) {
        const Block *block = block_at(forms, i - 1);
        if (block->line == NULL || block->claim != CLAIM_NONE || block->page != block_at(forms, index)->page)
            return;
        g_autofree char *words = utf8_squeeze(block->text);
        bool titled = caption->title;
        if (!read_caption_line(forms, words, caption))
            return;
        /* Above the title only the number of the table is still the form's. */
        if (titled && !form_says(forms, "caption", words, NULL))
            return;
        caption->top = i - 1;
    }
}

/* ---- forms ---- */

static void
claim(Forms *forms, guint from, guint to)
{
    for (guint i = from; i < to; i++)
        ((Block *) forms->flow->blocks->pdata[i])->claim = CLAIM_FORM;
}

static void
take_caption(Forms *forms, const FormCaption *caption)
{
    if (caption->words != NULL && forms->form->title == NULL)
        forms->form->title = g_strdup(caption->words);
    if (caption->year != NULL && forms->year == NULL)
        forms->year = g_strdup(caption->year);
    if (caption->unit != NULL && forms->form->unit_printed == NULL)
        forms->form->unit_printed = g_strdup(caption->unit);
    if (caption->owner != NULL && forms->form->department == NULL)
        forms->form->department = g_strdup(caption->owner);
    if (caption->whole) {
        g_free(forms->form->scope);
        forms->form->scope = g_strdup("department");
    }
}

/* A grid may hold several sheets one under the other. */
static void
read_sheets(Forms *forms, const Block *block, const FormCaption *caption, bool flat)
{
    const Grid *grid = block->grid;
    for (int row = 0; row < grid->rows;) {
        int end = row + 1;
        while (end < grid->rows && !(starts_form(forms, grid, end) && forms->form != NULL && forms->form->project != NULL))
            sheet_read(forms, grid, end - 1, end, flat), end++;
        sheet_read(forms, grid, end - 1, end, flat);
        row = end;
        if (row < grid->rows) {
            form_open(forms, block);
            take_caption(forms, caption);
        }
    }
}

static bool
are_heads(const Forms *forms, const GPtrArray *tokens)
{
    for (guint i = 0; i < tokens->len; i++) {
        const Token *token = tokens->pdata[i];
        if (form_head(forms, token->words) < 0 && !form_says(forms, "part", token->words, NULL))
            return false;
    }
    return tokens->len > 0;
}

static void
add_heads(Forms *forms, const GPtrArray *tokens)
{
    for (guint i = 0; i < tokens->len; i++) {
        const Token *token = tokens->pdata[i];
        HeadColumn column = {form_head(forms, token->words), false, token->left, token->right};
        if (column.role >= 0 && find_column(forms->columns, column.role, false) == NULL)
            g_array_append_val(forms->columns, column);
    }
}

/* Rows of heads may be several; the columns of all are known before the first project is read. */
static void
read_list(Forms *forms, const Block *block, bool flat)
{
    int from = 0, row = heads_row(forms, block->grid, flat);
    if (row >= 0 && row < HEAD_ROWS)
        g_array_set_size(forms->columns, 0);
    for (int r = 0; row >= 0 && row < HEAD_ROWS && r < block->grid->rows; r++) {
        g_autoptr(GPtrArray) tokens = row_tokens(block->grid, r, flat);
        if (r > row && !are_heads(forms, tokens))
            break;
        add_heads(forms, tokens);
        from = r + 1;
    }
    list_read(forms, block, from, flat);
}

/* The open form's title, or its year, printed again. */
static bool
is_own_title(const Forms *forms, const Block *block)
{
    g_autofree char *words = block->text != NULL ? utf8_squeeze(block->text) : NULL;
    g_autofree char *title = words != NULL ? form_title(forms, words) : NULL;
    return title != NULL && (g_strcmp0(title, forms->form->title) == 0 || form_says(forms, "year", words, NULL));
}

/* Words between two grids that ran out of a cell: short, and no title. */
static bool
is_stray(const Forms *forms, const Block *block)
{
    return block->line != NULL && g_utf8_strlen(block->text, -1) <= STRAY_CHARS && !form_says(forms, "title", block->text, NULL);
}

/* A line that ran out of a list's grid, or stands where no rules are drawn between two of its parts: beside the grid or at its edges, and
 * under one of the heads. */
static bool
spills(const Forms *forms, const Block *block, const Block *on)
{
    if (block->line == NULL || block->page != on->page || block->page == 0)
        return false;
    const Box *line = &block->line->bbox, *grid = &on->grid->bbox;
    double height = line->y1 - line->y0, left = G_MAXDOUBLE, right = 0;
    for (guint i = 0; i < forms->columns->len; i++) {
        const HeadColumn *column = &g_array_index(forms->columns, HeadColumn, i);
        left = MIN(left, column->left);
        right = MAX(right, column->right);
    }
    return line->x0 >= left && line->x1 <= right && line->y0 <= grid->y1 + height && line->y1 >= grid->y0 - height;
}

/* Whether the grid at `index`, its caption from `top` on, goes on with the form that ended at block `last`. Stray words may stand
 * between, a title not. */
static bool
continues(const Forms *forms, guint last, guint top, guint index, GridKind open, GridKind kind)
{
    const Block *block = block_at(forms, index), *before = block_at(forms, last);
    if (block->page > before->page + 1 || (block->page == 0 && index != last + 1))
        return false;
    guint strays = 0;
    for (guint i = last + 1; i < top; i++) {
        const Block *stray = block_at(forms, i);
        bool spilled = open == GRID_LIST && (spills(forms, stray, before) || spills(forms, stray, block));
        strays += !spilled;
        if ((!is_stray(forms, stray) && !spilled && !is_own_title(forms, stray)) || strays > STRAY_LINES)
            return false;
    }
    if (open == GRID_LIST)
        return block->page > 0 && kind != GRID_SHEET;
    if (starts_form(forms, block->grid, 0))
        return false;
    return has_classes(forms, block->grid) || count_labels(forms, block->grid) >= 2;
}

static void
open_form(Forms *forms, guint index, GridKind kind, const FormCaption *caption)
{
    const Block *block = block_at(forms, index);
    bool flat = block->page == 0;
    if (kind == GRID_SHEET) {
        form_open(forms, block);
        take_caption(forms, caption);
        read_sheets(forms, block, caption, flat);
    } else {
        guint before = forms->tree->forms->len;
        read_list(forms, block, flat);
        for (guint i = before; i < forms->tree->forms->len; i++) {
            forms->form = forms->tree->forms->pdata[i];
            take_caption(forms, caption);
            form_date(forms);
        }
    }
}

/* The form that the grids read so far may go on. */
typedef struct {
    GridKind kind;
    guint last; /* index of its last grid */
} Open;

static void
go_on(Forms *forms, Open *open, guint index)
{
    const Block *block = block_at(forms, index);
    bool flat = block->page == 0;
    forms->split = true;
    form_page(forms, block->page);
    for (guint i = open->last + 1; i < index; i++) {
        Block *stray = forms->flow->blocks->pdata[i];
        if (stray->claim == CLAIM_FORM || is_own_title(forms, stray))
            continue;
        if (open->kind == GRID_LIST && list_read_line(forms, stray->line))
            stray->claim = CLAIM_FORM;
        else
            form_unknown(forms, stray->text);
    }
    if (open->kind == GRID_SHEET)
        sheet_read(forms, block->grid, 0, block->grid->rows, flat);
    else
        read_list(forms, block, flat);
    /* A list of projects is a table as well: it is read here and kept there. */
    if (open->kind == GRID_SHEET)
        claim(forms, open->last + 1, index + 1);
    open->last = index;
}

static void
read_grid(Forms *forms, Open *open, guint index)
{
    const Block *block = block_at(forms, index);
    g_auto(FormCaption) caption = {0};
    read_caption(forms, index, &caption);
    GridKind kind = grid_kind(forms, block->grid, &caption, block->page == 0);
    /* A title printed again over the rest of its form begins none. */
    bool again = forms->form != NULL && kind == GRID_OTHER && g_strcmp0(caption.words, forms->form->title) == 0;
    if (forms->form != NULL && (!caption.title || again) && continues(forms, open->last, again ? caption.top : index, index, open->kind, kind)) {
        if (again)
            claim(forms, caption.top, index);
        go_on(forms, open, index);
    } else if (kind != GRID_OTHER) {
        if (open->kind != kind || kind == GRID_SHEET)
            form_close(forms);
        open_form(forms, index, kind, &caption);
        if (kind == GRID_SHEET)
            claim(forms, caption.top, index + 1);
        *open = (Open){kind, index};
    }
}

bool
forms_claim(Flow *flow, Tree *tree, GError **error)
{
    Forms forms = {.rules = rules_get("forms", NULL, error), .flow = flow, .tree = tree};
    if (forms.rules == NULL)
        return false;
    level_clear(&forms.level[0]);
    level_clear(&forms.level[1]);
    forms.columns = g_array_new(FALSE, FALSE, sizeof(HeadColumn));
    forms.pending = g_array_new(FALSE, FALSE, sizeof(Pending));
    forms.unknown = g_string_new(NULL);
    Open open = {GRID_OTHER, 0};
    for (guint i = 0; i < flow->blocks->len; i++) {
        const Block *block = block_at(&forms, i);
        if (block->grid != NULL && block->claim == CLAIM_NONE)
            read_grid(&forms, &open, i);
    }
    form_close(&forms);
    g_string_free(forms.unknown, TRUE);
    g_array_unref(forms.pending);
    g_array_unref(forms.columns);
    return true;
}
