/* Cells of performance forms, and the fields they fill. */
#include <string.h>

#include "forms.h"
#include "utf8.h"

static const char *const head_ids[HEAD_COUNT] = {"head_level1",  "head_level2", "head_level3", "head_value", "head_weight", "head_nature", "head_measure",
                                                 "head_project", "head_total",  "head_fiscal", "head_other", "head_goal",   "head_unit",   "head_aside"};

static const struct {
    const char *name;
    size_t offset;
} fields[] = {
#define TEXT(field) \
    { \
#field, G_STRUCT_OFFSET(TreeForm, field) \
    }
    TEXT(title),     TEXT(project),     TEXT(department),   TEXT(department_code), TEXT(unit),
    TEXT(attribute), TEXT(period),      TEXT(unit_printed), TEXT(amount_total),    TEXT(annual_amount_total),
    TEXT(overview),  TEXT(basis),       TEXT(necessity),    TEXT(measures),        TEXT(plan),
    TEXT(goal),      TEXT(annual_goal), TEXT(head),         TEXT(handler),         TEXT(phone),
    TEXT(date)
#undef TEXT
};

bool
form_says(const Forms *forms, const char *id, const char *words, RuleMatch *ret_match)
{
    const Rule *rule = rules_find(forms->rules, id);
    return rule != NULL && rule_match(rule, words, 0, ret_match);
}

const char *
form_rule(const Forms *forms, const char *stem, const char *words, char **ret_value)
{
    RuleMatch match;
    for (guint i = 0; i < rules_count(forms->rules); i++) {
        const Rule *rule = rules_at(forms->rules, i);
        if (!g_str_has_prefix(rule_id(rule), stem) || !rule_match(rule, words, 0, &match))
            continue;
        if (ret_value != NULL)
            *ret_value = rule_match_get(&match, "value");
        return rule_id(rule) + strlen(stem);
    }
    return NULL;
}

const char *
form_label(const Forms *forms, const char *words, char **ret_value)
{
    return form_rule(forms, "label_", words, ret_value);
}

char *
form_title(const Forms *forms, const char *words)
{
    RuleMatch match;
    return g_strdup(form_says(forms, "numbered", words, &match) ? words + match.end : words);
}

int
form_head(const Forms *forms, const char *words)
{
    for (int i = 0; i < HEAD_COUNT; i++)
        if (form_says(forms, head_ids[i], words, NULL))
            return i;
    return -1;
}

char *
cell_words(const Cell *cell)
{
    g_auto(GStrv) lines = g_strsplit(cell->text, "\n", -1);
    GString *words = g_string_new(NULL);
    for (guint i = 0; lines[i] != NULL; i++) {
        g_autofree char *line = utf8_collapse(lines[i]);
        if (utf8_wants_space(words->str, line))
            g_string_append_c(words, ' ');
        g_string_append(words, line);
    }
    return g_string_free(words, FALSE);
}

static void
token_free(gpointer data)
{
    Token *token = data;
    g_free(token->words);
    g_free(token->text);
    g_free(token);
}

static double
cell_left(const Cell *cell, bool flat)
{
    return flat ? cell->col : cell->bbox.x0;
}

static double
cell_right(const Cell *cell, bool flat)
{
    return flat ? cell->col + cell->colspan : cell->bbox.x1;
}

/* The first cell that begins in the row or below it: cells stand by row. */
static guint
first_cell(const Grid *grid, int row)
{
    guint low = 0, high = grid->cells->len;
    while (low < high) {
        guint middle = low + (high - low) / 2;
        if (((const Cell *) grid->cells->pdata[middle])->row < row)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

GPtrArray *
row_tokens(const Grid *grid, int row, bool flat)
{
    GPtrArray *tokens = g_ptr_array_new_with_free_func(token_free);
    for (guint i = first_cell(grid, row); i < grid->cells->len; i++) {
        const Cell *cell = grid->cells->pdata[i];
        if (cell->row != row)
            break;
        if (cell->text[0] == '\0')
            continue;
        Token *token = g_new0(Token, 1);
        token->cell = cell;
        token->words = utf8_squeeze(cell->text);
        token->text = cell_words(cell);
        token->left = cell_left(cell, flat);
        token->right = cell_right(cell, flat);
        g_ptr_array_add(tokens, token);
    }
    return tokens;
}

const Cell *
cell_under(const Grid *grid, int row, const HeadColumn *column, bool flat)
{
    double middle = flat ? column->left + 0.5 : (column->left + column->right) / 2;
    for (guint i = 0; column != NULL && i < grid->cells->len; i++) {
        const Cell *cell = grid->cells->pdata[i];
        if (row >= cell->row && row < cell->row + cell->rowspan && middle >= cell_left(cell, flat) && middle < cell_right(cell, flat))
            return cell;
    }
    return NULL;
}

const HeadColumn *
find_column(const GArray *columns, int role, bool annual)
{
    for (guint i = 0; i < columns->len; i++) {
        const HeadColumn *column = &g_array_index(columns, HeadColumn, i);
        if (column->role == role && column->annual == annual)
            return column;
    }
    return NULL;
}

static bool
any_says(const Forms *forms, const char *id, const GPtrArray *tokens)
{
    for (guint i = 0; i < tokens->len; i++)
        if (form_says(forms, id, ((const Token *) tokens->pdata[i])->words, NULL))
            return true;
    return false;
}

/* Whether the row has a head of level 3 besides those that may head the whole block. */
static bool
has_strong_level3(const Forms *forms, const GPtrArray *tokens)
{
    for (guint i = 0; i < tokens->len; i++) {
        const Token *token = tokens->pdata[i];
        if (form_head(forms, token->words) == HEAD_LEVEL3 && !form_says(forms, "weak_level3", token->words, NULL))
            return true;
    }
    return false;
}

/* A blank head beside the second class's is the first class's. */
static void
add_blank_level1(GArray *columns, const Grid *grid, int row)
{
    const HeadColumn *second = find_column(columns, HEAD_LEVEL2, false);
    if (second == NULL || find_column(columns, HEAD_LEVEL1, false) != NULL)
        return;
    for (guint i = 0; i < grid->cells->len; i++) {
        const Cell *cell = grid->cells->pdata[i];
        if (cell->row != row || cell->text[0] != '\0' || cell->col + cell->colspan != second->cell->col)
            continue;
        HeadColumn column = {HEAD_LEVEL1, false, cell->bbox.x0, cell->bbox.x1, cell};
        g_array_append_val(columns, column);
        return;
    }
}

/* A head printed a second time is of the annual half. */
GArray *
read_heads(const Forms *forms, const Grid *grid, int row, bool flat)
{
    GArray *columns = g_array_new(FALSE, FALSE, sizeof(HeadColumn));
    g_autoptr(GPtrArray) tokens = row_tokens(grid, row, flat);
    /* Nearly every row of every table has neither: two rules tell instead of all. */
    if (!any_says(forms, head_ids[HEAD_LEVEL3], tokens) || !any_says(forms, head_ids[HEAD_VALUE], tokens))
        return columns;
    bool strong = has_strong_level3(forms, tokens);
    for (guint i = 0; i < tokens->len; i++) {
        const Token *token = tokens->pdata[i];
        HeadColumn column = {form_head(forms, token->words), false, token->left, token->right, token->cell};
        if (strong && form_says(forms, "weak_level3", token->words, NULL))
            continue;
        if (column.role < 0 && form_label(forms, token->words, NULL) != NULL)
            continue;
        if (column.role < 0)
            column.role = HEAD_ASIDE;
        column.annual = find_column(columns, column.role, false) != NULL;
        g_array_append_val(columns, column);
    }
    if (!flat)
        add_blank_level1(columns, grid, row);
    if (find_column(columns, HEAD_LEVEL3, false) == NULL || find_column(columns, HEAD_VALUE, false) == NULL)
        g_array_set_size(columns, 0);
    return columns;
}

static void
set_words(char **field, const char *value)
{
    if (*field == NULL) {
        *field = g_strdup(value);
    } else if (strcmp(*field, value) != 0) {
        char *longer = g_strconcat(*field, "\n", value, NULL);
        g_free(*field);
        *field = longer;
    }
}

static char *
without_commas(const char *amount)
{
    g_auto(GStrv) parts = g_strsplit(amount, ",", -1);
    return g_strjoinv("", parts);
}

bool
form_is_figure(const Forms *forms, const char *words)
{
    g_autofree char *plain = without_commas(words);
    return form_says(forms, "number", plain, NULL);
}

/* The figure of an amount cell, NULL when it is none that can be kept: a dash is a blank amount; other words are `ret_lost`, and so
 * is a unit that is not the form's. */
static char *
read_amount(Forms *forms, const char *value, bool *ret_lost)
{
    g_autofree char *squeezed = utf8_squeeze(value);
    g_autofree char *amount = without_commas(squeezed);
    RuleMatch match;
    bool number = form_says(forms, "number", amount, &match);
    g_autofree char *figure = number ? rule_match_get(&match, "number") : NULL;
    g_autofree char *unit = number ? rule_match_get(&match, "unit") : NULL;
    if (unit != NULL && forms->form->unit_printed == NULL)
        forms->form->unit_printed = g_strdup(unit);
    if (figure != NULL && (unit == NULL || strcmp(unit, forms->form->unit_printed) == 0))
        return g_steal_pointer(&figure);
    *ret_lost = number || g_utf8_strlen(amount, -1) > 2;
    return NULL;
}

bool
form_set(Forms *forms, const char *field, const char *value)
{
    bool lost = false;
    TreeForm *form = forms->form;
    bool annual = g_str_has_prefix(field, "annual_amount_");
    bool total = g_str_has_suffix(field, "amount_total");
    if (!total && (annual || g_str_has_prefix(field, "amount_"))) {
        g_autofree char *amount = read_amount(forms, value, &lost);
        entries_set(annual ? &form->annual_amounts : &form->amounts, field + strlen(annual ? "annual_amount_" : "amount_"), amount);
        return !lost;
    }
    g_autofree char *plain = total ? read_amount(forms, value, &lost) : g_strdup(value);
    for (gsize i = 0; plain != NULL && i < G_N_ELEMENTS(fields); i++)
        if (strcmp(fields[i].name, field) == 0)
            set_words(G_STRUCT_MEMBER_P(form, fields[i].offset), plain);
    return !lost;
}

void
form_other(Forms *forms, const char *label, const char *value)
{
    TreeOther *other = g_new0(TreeOther, 1);
    other->label = g_strdup(label);
    other->value = g_strdup(value);
    if (forms->form->other == NULL)
        forms->form->other = g_ptr_array_new();
    g_ptr_array_add(forms->form->other, other);
}

void
form_unknown(Forms *forms, const char *words)
{
    if (forms->unknown->len > 0)
        g_string_append(forms->unknown, " | ");
    g_string_append(forms->unknown, words);
}

void
form_page(Forms *forms, int page)
{
    GArray *pages = forms->form->pages;
    if (pages->len == 0 || g_array_index(pages, int, pages->len - 1) != page)
        g_array_append_val(pages, page);
}

void
form_date(Forms *forms)
{
    if (forms->form != NULL && forms->form->period == NULL)
        forms->form->period = g_strdup(forms->year);
}

void
form_open(Forms *forms, const Block *block)
{
    form_close(forms);
    TreeForm *form = g_new0(TreeForm, 1);
    form->scope = g_strdup("project");
    form->at = block->at;
    form->pages = g_array_new(FALSE, FALSE, sizeof(int));
    form->indicators = g_ptr_array_new();
    g_ptr_array_add(forms->tree->forms, form);
    forms->form = form;
    forms->annual_from = -1;
    forms->unnamed = -1;
    form_page(forms, block->page);
}

void
form_close(Forms *forms)
{
    if (forms->form != NULL && forms->unknown->len > 0) {
        int page = forms->form->pages->len > 0 ? g_array_index(forms->form->pages, int, 0) : 0;
        diag_add(&forms->tree->diagnostics, DIAG_FORM_CELL_UNKNOWN, page, "%s", forms->unknown->str);
    }
    levels_settle(forms);
    form_date(forms);
    g_clear_pointer(&forms->year, g_free);
    g_string_truncate(forms->unknown, 0);
    g_array_set_size(forms->columns, 0);
    g_array_set_size(forms->pending, 0);
    level_clear(&forms->level[0]);
    level_clear(&forms->level[1]);
    forms->indicators = false;
    forms->form = NULL;
}
