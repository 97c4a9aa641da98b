/* Rows of performance forms: labels with their values, goals under their heads, indicators. */
#include <string.h>

#include "forms.h"
#include "utf8.h"

/* A cell's rest behind a page break, or a line that ruling lines cut off, is no longer than this (in characters). */
#define REST 6

/* ---- labels and values ---- */

static void
note_unit(Forms *forms, const char *words)
{
    RuleMatch match;
    if (forms->form->unit_printed == NULL && form_says(forms, "unit", words, &match))
        forms->form->unit_printed = rule_match_get(&match, "unit");
}

static void
set_department(Forms *forms, const char *value)
{
    RuleMatch match;
    g_autofree char *words = utf8_squeeze(value);
    if (!form_says(forms, "department", words, &match)) {
        form_set(forms, "department", value);
        return;
    }
    g_autofree char *name = rule_match_get(&match, "name");
    g_autofree char *code = rule_match_get(&match, "code");
    form_set(forms, "department", name);
    if (code != NULL && forms->form->department_code == NULL)
        form_set(forms, "department_code", code);
}

/* An amount under or right of the annual total is annual. */
static void
set_label(Forms *forms, const char *label, const Token *at, const char *value)
{
    bool annual = forms->annual_from >= 0 && at->left >= forms->annual_from - 1;
    bool kept = true;
    if (strcmp(label, "department") == 0) {
        set_department(forms, value);
    } else if (strcmp(label, "other") == 0) {
        kept = false;
    } else if (g_str_has_prefix(label, "amount_") && annual) {
        g_autofree char *field = g_strconcat("annual_", label, NULL);
        kept = form_set(forms, field, value);
    } else {
        kept = form_set(forms, label, value);
    }
    if (!kept)
        form_other(forms, at->text, value);
}

static bool
is_goal(const char *label)
{
    return strcmp(label, "goal") == 0 || strcmp(label, "annual_goal") == 0;
}

/* The head whose column a value stands under. */
static void
set_pending(Forms *forms, const Token *token, guint order, guint values)
{
    guint best = MIN(order, forms->pending->len - 1);
    double most = 0;
    for (guint i = 0; values != forms->pending->len && i < forms->pending->len; i++) {
        const Pending *pending = &g_array_index(forms->pending, Pending, i);
        double shared = MIN(token->right, pending->right) - MAX(token->left, pending->left);
        if (shared > most) {
            most = shared;
            best = i;
        }
    }
    form_set(forms, g_array_index(forms->pending, Pending, best).field, token->text);
}

static guint
count_values(const Forms *forms, const GPtrArray *tokens)
{
    guint values = 0;
    for (guint i = 0; i < tokens->len; i++)
        values += form_label(forms, ((const Token *) tokens->pdata[i])->words, NULL) == NULL;
    return values;
}

/* One label; returns how many tokens it took. `heads` takes a goal whose words are not beside it. */
static guint
read_label(Forms *forms, const GPtrArray *tokens, guint index, const char *label, const char *inside, GArray *heads)
{
    const Token *token = tokens->pdata[index];
    const Token *next = index + 1 < tokens->len ? tokens->pdata[index + 1] : NULL;
    note_unit(forms, token->words);
    if (strcmp(label, "annual_amount_total") == 0)
        forms->annual_from = token->left;
    if (inside != NULL) {
        set_label(forms, label, token, inside);
        return 1;
    }
    if (strcmp(label, "section") == 0 || (is_goal(label) && forms->pending->len > 0))
        return 1;
    if (next != NULL && form_label(forms, next->words, NULL) == NULL) {
        set_label(forms, label, token, next->text);
        return 2;
    }
    if (is_goal(label)) {
        Pending pending = {label, token->left, token->right};
        g_array_append_val(heads, pending);
    }
    return 1;
}

/* Words that are neither a label nor beside one: a title, a year or a unit inside the grid; false when they are none of these. */
static bool
read_words(Forms *forms, const Token *token)
{
    RuleMatch match;
    note_unit(forms, token->words);
    if (form_says(forms, "title", token->words, NULL)) {
        if (forms->form->title == NULL)
            form_set(forms, "title", token->text);
        return true;
    }
    if (forms->year == NULL && form_says(forms, "year", token->words, &match))
        forms->year = rule_match_get(&match, "year");
    if (form_is_figure(forms, token->words))
        return false;
    return form_says(forms, "year", token->words, NULL) || form_says(forms, "caption", token->words, NULL) || form_says(forms, "unit", token->words, NULL);
}

static void
read_labels(Forms *forms, const Grid *grid, int row, const GPtrArray *tokens)
{
    g_autoptr(GPtrArray) left = g_ptr_array_new();
    g_autoptr(GArray) heads = g_array_new(FALSE, FALSE, sizeof(Pending));
    guint values = count_values(forms, tokens), order = 0;
    for (guint i = 0; i < tokens->len;) {
        const Token *token = tokens->pdata[i];
        g_autofree char *inside = NULL;
        const char *label = form_label(forms, token->words, &inside);
        if (label != NULL && !is_goal(label) && strcmp(label, "section") != 0)
            g_array_set_size(forms->pending, 0);
        if (label != NULL) {
            i += read_label(forms, tokens, i, label, inside, heads);
            continue;
        }
        if (forms->pending->len > 0)
            set_pending(forms, token, order++, values);
        else if (!read_words(forms, token))
            g_ptr_array_add(left, tokens->pdata[i]);
        i++;
    }
    others_read(forms, grid, row, tokens, left);
    if (heads->len > 0) {
        g_array_set_size(forms->pending, 0);
        g_array_append_vals(forms->pending, heads->data, heads->len);
    }
}

/* ---- indicators ---- */

static TreeIndicator *
add_indicator(Forms *forms)
{
    TreeIndicator *indicator = g_new0(TreeIndicator, 1);
    indicator->level1 = g_strdup(forms->level[0].words);
    indicator->level2 = g_strdup(forms->level[1].words);
    g_ptr_array_add(forms->form->indicators, indicator);
    return indicator;
}

static void
append(char **field, const char *more)
{
    char *longer = g_strconcat(*field != NULL ? *field : "", more, NULL);
    g_free(*field);
    *field = longer;
}

/* What stands under a head in this row: new words, or "" when the cell is blank or began in a row above. */
static char *
new_words(const Forms *forms, const Grid *grid, int row, int role, bool annual, bool flat)
{
    const HeadColumn *column = find_column(forms->columns, role, annual);
    const Cell *cell = column != NULL ? cell_under(grid, row, column, flat) : NULL;
    return cell != NULL && cell->row == row ? cell_words(cell) : g_strdup("");
}

/* Relation, number and measure are columns of their own in some forms: "≥", "9", "条" is ≥9条. */
static char *
read_value(const Forms *forms, const Grid *grid, int row, bool annual, bool flat)
{
    g_autofree char *value = new_words(forms, grid, row, HEAD_VALUE, annual, flat);
    g_autofree char *nature = annual ? g_strdup("") : new_words(forms, grid, row, HEAD_NATURE, false, flat);
    g_autofree char *measure = annual ? g_strdup("") : new_words(forms, grid, row, HEAD_MEASURE, false, flat);
    bool word = nature[0] != '\0' && utf8_is_han(g_utf8_get_char(nature));
    return g_strconcat(nature, word && value[0] != '\0' ? " " : "", value, measure, NULL);
}

/* Class and name in one cell are parted; else the name is the cell. */
static void
set_name(const Forms *forms, TreeIndicator *indicator, const char *name)
{
    RuleMatch match;
    if (indicator->level1 != NULL || !form_says(forms, "compound", name, &match)) {
        indicator->level3 = name[0] != '\0' ? g_strdup(name) : NULL;
        return;
    }
    indicator->level1 = rule_match_get(&match, "level1");
    indicator->level2 = rule_match_get(&match, "level2");
    indicator->level3 = rule_match_get(&match, "level3");
}

static char *
filled(char *words)
{
    return words[0] != '\0' ? g_strdup(words) : NULL;
}

/* A row that goes on with the indicator above it: the words that a page break or a stray line cut off. */
static bool
goes_on(Forms *forms, const char *name, const char *value)
{
    guint count = forms->form->indicators->len;
    bool one = (name[0] == '\0') != (value[0] == '\0');
    if (count == 0 || !one || !(forms->split || g_utf8_strlen(name, -1) <= REST) || (!forms->split && value[0] != '\0'))
        return false;
    TreeIndicator *last = forms->form->indicators->pdata[count - 1];
    append(name[0] != '\0' ? &last->level3 : &last->value, name[0] != '\0' ? name : value);
    return true;
}

void
indicator_read(Forms *forms, const Grid *grid, int row, bool flat)
{
    levels_read(forms, grid, row, flat);
    g_autofree char *name = new_words(forms, grid, row, HEAD_LEVEL3, false, flat);
    g_autofree char *value = read_value(forms, grid, row, false, flat);
    g_autofree char *annual_name = new_words(forms, grid, row, HEAD_LEVEL3, true, flat);
    g_autofree char *annual_value = read_value(forms, grid, row, true, flat);
    g_autofree char *weight = new_words(forms, grid, row, HEAD_WEIGHT, false, flat);
    bool annual = annual_name[0] != '\0' || annual_value[0] != '\0';
    bool blank = name[0] == '\0' && value[0] == '\0' && !annual;
    /* A class whose indicator is left blank is printed all the same; the rest of one behind a page break is not printed anew. */
    g_autofree char *class = new_words(forms, grid, row, HEAD_LEVEL2, false, flat);
    if (blank && (class[0] == '\0' || forms->split))
        return;
    if (!annual && !blank && goes_on(forms, name, value))
        return;
    TreeIndicator *indicator = add_indicator(forms);
    set_name(forms, indicator, name);
    indicator->value = filled(value);
    indicator->annual_level3 = filled(annual_name);
    indicator->annual_value = filled(annual_value);
    indicator->weight = filled(weight);
}

/* Columns that no indicator has: their words are kept under their heads. */
static void
read_asides(Forms *forms, const Grid *grid, int row)
{
    for (guint i = 0; i < forms->columns->len; i++) {
        const HeadColumn *column = &g_array_index(forms->columns, HeadColumn, i);
        const Cell *cell = column->role == HEAD_ASIDE ? cell_under(grid, row, column, false) : NULL;
        if (cell == NULL || cell->row != row || cell->text[0] == '\0')
            continue;
        g_autofree char *head = cell_words(column->cell);
        g_autofree char *words = cell_words(cell);
        g_autofree char *key = utf8_squeeze(head);
        if (!form_says(forms, "counting", key, NULL))
            form_other(forms, head, words);
    }
}

/* ---- indicators of a text source: its rows have lost their blank cells, so words tell what each cell is ---- */

static guint
flat_levels(Forms *forms, const GPtrArray *tokens)
{
    guint i = 0;
    const Token *token = i < tokens->len ? tokens->pdata[i] : NULL;
    if (token != NULL && g_strcmp0(form_label(forms, token->words, NULL), "section") == 0)
        token = ++i < tokens->len ? tokens->pdata[i] : NULL;
    const Token *next = i + 1 < tokens->len ? tokens->pdata[i + 1] : NULL;
    if (token != NULL && form_says(forms, "level1", token->words, NULL) &&
        (!form_says(forms, "level2", token->words, NULL) ||
         (next != NULL && strcmp(next->words, token->words) != 0 && form_says(forms, "level2", next->words, NULL)))) {
        level_set(&forms->level[0], token->text);
        level_clear(&forms->level[1]);
        token = ++i < tokens->len ? tokens->pdata[i] : NULL;
    }
    if (token != NULL && form_says(forms, "level2", token->words, NULL)) {
        level_set(&forms->level[1], token->text);
        i++;
    }
    return i;
}

static char *
flat_take(const GPtrArray *tokens, guint index, guint end)
{
    return index < end ? g_strdup(((const Token *) tokens->pdata[index])->text) : NULL;
}

/* Two halves are parted by the second class printed again, or hold two cells each. */
static void
flat_read(Forms *forms, const GPtrArray *tokens)
{
    guint from = flat_levels(forms, tokens), half = tokens->len, annual = tokens->len;
    for (guint i = from; i < tokens->len && half == tokens->len; i++)
        if (form_says(forms, "level2", ((const Token *) tokens->pdata[i])->words, NULL)) {
            half = i;
            annual = i + 1;
        }
    bool two = find_column(forms->columns, HEAD_LEVEL3, true) != NULL;
    if (two && half == tokens->len && tokens->len - from > 2)
        half = annual = from + 2;
    if (from == 0 && half == 0 && annual == tokens->len)
        return;
    TreeIndicator *indicator = add_indicator(forms);
    indicator->level3 = flat_take(tokens, from, half);
    indicator->value = flat_take(tokens, from + 1, half);
    indicator->annual_level3 = flat_take(tokens, annual, tokens->len);
    indicator->annual_value = flat_take(tokens, annual + 1, tokens->len);
}

/* ---- a sheet ---- */

/* A label that no indicator block has ends it. */
static bool
ends_indicators(const Forms *forms, const GPtrArray *tokens)
{
    if (tokens->len == 0)
        return false;
    const Token *first = tokens->pdata[0];
    const char *label = form_label(forms, first->words, NULL);
    return (label != NULL && strcmp(label, "section") != 0) || form_says(forms, "title", first->words, NULL);
}

static void
read_row(Forms *forms, const Grid *grid, int row, bool flat)
{
    g_autoptr(GPtrArray) tokens = row_tokens(grid, row, flat);
    g_autoptr(GArray) heads = read_heads(forms, grid, row, flat);
    if (tokens->len == 0)
        return;
    if (heads->len > 0) {
        g_array_set_size(forms->columns, 0);
        g_array_append_vals(forms->columns, heads->data, heads->len);
        forms->indicators = true;
        return;
    }
    if (forms->indicators && ends_indicators(forms, tokens))
        forms->indicators = false;
    if (!forms->indicators)
        read_labels(forms, grid, row, tokens);
    else if (flat)
        flat_read(forms, tokens);
    else {
        indicator_read(forms, grid, row, flat);
        read_asides(forms, grid, row);
    }
}

void
sheet_read(Forms *forms, const Grid *grid, int from, int to, bool flat)
{
    for (int row = from; row < to; row++) {
        read_row(forms, grid, row, flat);
        forms->split = false;
    }
}
