#include "clause.h"

#include <string.h>

#include "utf8.h"

/* A sentence is told whole with each of its figures up to so many bytes; a longer one, which no honest document has, in pieces. */
#define LONGEST_TEXT 6000

/* ---- statements ---- */

static TreeStatement *
statement_at(const Clause *clause, int index)
{
    return index >= 0 && index < (int) clause->clauses->statements->len ? clause->clauses->statements->pdata[index] : NULL;
}

static int
add_statement(Clause *clause, char *label)
{
    TreeStatement *statement = g_new0(TreeStatement, 1);
    statement->section = g_strdup(clause->clauses->section);
    statement->label = label;
    statement->text = g_strdup(clause->piece != NULL ? clause->piece : clause->text);
    statement->page = clause->page;
    statement->at = clause->at;
    g_ptr_array_add(clause->clauses->statements, statement);
    g_array_append_val(clause->clauses->starts, clause->from);
    if (clause->clauses->stopped && clause->clauses->statements->len == clause->first + 1)
        clause->clauses->total = -1;
    clause->items++;
    clause->clauses->items++;
    return (int) clause->clauses->statements->len - 1;
}

/* A statement that more is told of: what an earlier sentence began is shown up to this one. */
static TreeStatement *
tell_more(const Clause *clause, int index)
{
    const Clauses *clauses = clause->clauses;
    TreeStatement *statement = statement_at(clause, index);
    if (statement == NULL || index >= (int) clause->first || index < (int) clauses->paragraph)
        return statement;
    size_t from = g_array_index(clauses->starts, size_t, (guint) index - clauses->paragraph);
    if (clause->to - from <= LONGEST_TEXT) {
        g_autofree char *words = g_strndup(clauses->words + from, clause->to - from);
        g_free(statement->text);
        statement->text = utf8_collapse(words);
    }
    return statement;
}

static bool
has_change(const TreeStatement *statement)
{
    return statement->change != NULL || statement->direction != NULL;
}

/* A change that names no subject: of the total when two or more of its items were listed without changes of their own,
 * else of the figure told last. */
static int
bare_target(const Clause *clause)
{
    const Clauses *clauses = clause->clauses;
    bool open = clauses->total >= 0 && !has_change(statement_at(clause, clauses->total));
    if (open && clause->items >= 2 && !clause->items_moved)
        return clauses->total;
    /* A sentence of its own behind the list's full stop. */
    if (open && clauses->stopped && clauses->statements->len == clause->first && clauses->items >= 2 && !clauses->moved)
        return clauses->total;
    if (clause->closed >= 0)
        return clause->closed;
    if (clauses->statements->len > clause->first)
        return (int) clauses->statements->len - 1;
    return clauses->anchor;
}

/* A figure of this paragraph under the same name, without a change yet. */
static int
named_target(const Clause *clause, const char *subject)
{
    const Clauses *clauses = clause->clauses;
    if (g_utf8_strlen(subject, -1) <= SHORT_NAME)
        return -1;
    for (guint i = clauses->statements->len; i > clauses->paragraph; i--) {
        const TreeStatement *statement = clauses->statements->pdata[i - 1];
        if (statement->label != NULL && !has_change(statement) && label_same(statement->label, subject))
            return (int) i - 1;
    }
    return -1;
}

static bool
is_taken(const TreeStatement *statement, bool percent)
{
    return percent ? statement->change_percent != NULL : statement->change != NULL;
}

/* Of two figures under one name that move "each", the first one comes first. */
static int
first_of_pair(const Clause *clause, const char *gap, int target, bool percent)
{
    const TreeStatement *statement = statement_at(clause, target), *before = statement_at(clause, target - 1);
    bool pair = statement != NULL && before != NULL && g_strcmp0(statement->label, before->label) == 0 && !is_taken(before, percent);
    return pair && clause_says(clause, "each", gap, NULL) ? target - 1 : target;
}

static int
bare_change_target(const Clause *clause, const char *gap, bool percent)
{
    bool follows = clause->last == EVENT_CHANGE || clause->last == EVENT_BASE || clause->last == EVENT_CHANGE_PERCENT;
    bool same = follows && (percent || clause->last == EVENT_BASE);
    return first_of_pair(clause, gap, same ? clause->target : clause->reason ? -1 : bare_target(clause), percent);
}

/* Both sides under one name (收、支总计各增加), told one after the other before: the index of the second, or -1. */
static int
both_sides(const Clause *clause, const char *subject, int bare)
{
    const TreeStatement *left = bare > 0 ? statement_at(clause, bare - 1) : NULL, *right = statement_at(clause, bare);
    if (left == NULL || right == NULL || bare - 1 < (int) clause->clauses->paragraph || has_change(left) || has_change(right))
        return -1;
    g_autofree char *names = g_strconcat(left->label != NULL ? left->label : "", right->label, NULL);
    return clause_says(clause, "both", subject, NULL) && clause_says(clause, "two_sides", names, NULL) ? bare : -1;
}

/* The statement that a change told behind `gap` is of; a new one when its subject was not told of yet. */
static int
change_target(Clause *clause, const char *gap, bool percent, char **ret_base)
{
    g_autofree char *subject = label_subject(clause, gap, ret_base);
    bool named = g_utf8_strlen(subject, -1) > SHORT_NAME && !clause_says(clause, "generic", subject, NULL);
    int target = named ? named_target(clause, subject) : bare_change_target(clause, gap, percent);
    const TreeStatement *statement = statement_at(clause, target);
    if (statement != NULL && !is_taken(statement, percent))
        return target;
    int bare = bare_target(clause);
    statement = statement_at(clause, bare);
    if (named && !clause->reason && statement != NULL && statement->label != NULL && !has_change(statement) && label_shortened(statement->label, subject))
        return bare;
    clause->pair = named && !clause->reason ? both_sides(clause, subject, bare) : -1;
    return clause->pair >= 0 ? bare - 1 : add_statement(clause, label_full(clause, subject, gap));
}

static void
set(char **field, char *value)
{
    if (*field == NULL)
        *field = value;
    else
        g_free(value);
}

static void
set_change(const Clause *clause, TreeStatement *statement, const Figure *figure, const char *direction)
{
    if (!clause->reason)
        set(&statement->base, g_strdup(clause->base));
    set(&statement->direction, g_strdup(direction));
    if (figure->percent) {
        set(&statement->change_percent, g_strdup(figure->number));
    } else {
        set(&statement->change, g_strdup(figure->number));
        set(&statement->change_unit, g_strdup(figure->unit != NULL ? figure->unit : statement->unit));
    }
}

static void
take_change(Clause *clause, const Figure *figure, const char *gap, const char *direction)
{
    g_autofree char *base = NULL;
    int target = change_target(clause, gap, figure->percent, &base);
    if (base != NULL) {
        g_free(clause->base);
        clause->base = g_steal_pointer(&base);
    }
    set_change(clause, tell_more(clause, target), figure, direction);
    if (clause->pair >= 0 && target == clause->pair - 1)
        set_change(clause, tell_more(clause, clause->pair), figure, direction);
    if (target != clause->clauses->total)
        clause->items_moved = clause->clauses->moved = true;
    clause->target = target;
    clause->last = figure->percent ? EVENT_CHANGE_PERCENT : EVENT_CHANGE;
}

static void
take_figure(Clause *clause, const Figure *figure, const char *gap)
{
    g_autofree char *label = label_of(clause, gap);
    const TreeStatement *before = statement_at(clause, clause->target);
    bool inherits = label[0] == '\0' && before != NULL && clause->last != EVENT_NONE;
    int index = add_statement(clause, inherits ? g_strdup(before->label) : label_full(clause, label, gap));
    TreeStatement *statement = statement_at(clause, index);
    if (figure->percent) {
        statement->percent = g_strdup(figure->number);
    } else {
        statement->amount = g_strdup(figure->number);
        bool counted = figure->unit == NULL && statement->label != NULL && clause_says(clause, "counted", statement->label, NULL);
        statement->unit = g_strdup(figure->unit != NULL || counted ? figure->unit : clause->clauses->money);
    }
    clause->target = index;
    clause->last = figure->percent ? EVENT_PERCENT : EVENT_FIGURE;
}

/* The second of a pair of numbers goes where the first went, one statement on: 各增加1.00、2.00万元. */
static bool
take_twin(Clause *clause, const Figure *figure)
{
    TreeStatement *next = statement_at(clause, clause->target + 1);
    char **field = NULL;
    if (next != NULL && clause->last == EVENT_CHANGE && !figure->percent)
        field = &next->change;
    else if (next != NULL && clause->last == EVENT_CHANGE_PERCENT && figure->percent)
        field = &next->change_percent;
    else if (next != NULL && clause->last == EVENT_PERCENT && figure->percent)
        field = &next->percent;
    if (field == NULL || *field != NULL)
        return false;
    const TreeStatement *first = statement_at(clause, clause->target);
    tell_more(clause, clause->target + 1);
    *field = g_strdup(figure->number);
    if (clause->last != EVENT_PERCENT)
        set(&next->direction, g_strdup(first->direction));
    if (clause->last == EVENT_CHANGE)
        set(&next->change_unit, g_strdup(figure->unit));
    set(&next->base, g_strdup(first->base));
    clause->target++;
    return true;
}

static void
take_percent(Clause *clause, const Figure *figure, const char *gap)
{
    g_autofree char *label = label_of(clause, gap);
    TreeStatement *statement = statement_at(clause, clause->last != EVENT_NONE ? clause->target : clause->clauses->anchor);
    bool share = clause_says(clause, "share", gap, NULL);
    if (statement == NULL || (!share && label[0] != '\0')) {
        take_figure(clause, figure, gap);
    } else if (!share && (clause->last == EVENT_CHANGE || clause->last == EVENT_CHANGE_PERCENT) && statement->change_percent == NULL) {
        tell_more(clause, clause->target)->change_percent = g_strdup(figure->number);
        clause->last = EVENT_CHANGE_PERCENT;
    } else if (statement->percent == NULL) {
        tell_more(clause, clause->last != EVENT_NONE ? clause->target : clause->clauses->anchor)->percent = g_strdup(figure->number);
        clause->last = EVENT_PERCENT;
    } else {
        take_figure(clause, figure, gap);
    }
}

static bool
take_base(Clause *clause, const Figure *figure, const char *gap)
{
    RuleMatch match;
    if (figure->percent || !((clause_says(clause, "base", gap, &match) && match.end == strlen(gap)) || clause_says(clause, "base_told", gap, &match)))
        return false;
    g_autofree char *base = rule_match_get(&match, "base");
    g_autofree char *before = g_strndup(gap, match.start);
    g_autofree char *subject = label_of(clause, before);
    int target = subject[0] != '\0' ? named_target(clause, subject) : bare_target(clause);
    if (target < 0)
        target = add_statement(clause, label_full(clause, subject, gap));
    TreeStatement *statement = statement_at(clause, target);
    if (statement->base_amount != NULL)
        return false;
    tell_more(clause, target);
    g_free(statement->base);
    statement->base = g_steal_pointer(&base);
    statement->base_amount = g_strdup(figure->number);
    statement->base_unit = g_strdup(figure->unit);
    clause->target = target;
    clause->last = EVENT_BASE;
    return true;
}

/* ---- the words between figures ---- */

/* "Nothing changed" in the words behind a figure; returns what follows them. */
static const char *
read_unchanged(Clause *clause, const char *gap)
{
    RuleMatch match;
    if (!clause_says(clause, "unchanged", gap, &match))
        return gap;
    const char *rest = gap + match.end;
    g_autofree char *words = g_strndup(gap, match.end);
    g_autofree char *base = NULL;
    if (clause_says(clause, "base", words, &match))
        base = rule_match_get(&match, "base");
    TreeStatement *statement = statement_at(clause, bare_target(clause));
    if (statement == NULL || statement->direction != NULL)
        return rest;
    tell_more(clause, bare_target(clause));
    statement->direction = g_strdup("unchanged");
    set(&statement->base, g_steal_pointer(&base));
    clause->items_moved = clause->clauses->moved = true;
    return rest;
}

static void
read_reason(Clause *clause, const char *words, const char *whole)
{
    RuleMatch match;
    TreeStatement *statement = statement_at(clause, clause->last != EVENT_NONE ? clause->target : clause->clauses->anchor);
    bool moved = statement != NULL && has_change(statement);
    const char *id = clause_says(clause, "reason", words, NULL) ? "reason" : moved && clause_says(clause, "reason_short", words, NULL) ? "reason_short" : NULL;
    if (clause->reason || id == NULL)
        return;
    /* The words end at a figure, the reason does not: take it from the clause. */
    size_t start = 0, end = 0;
    if (statement != NULL && clause_says(clause, id, whole, &match) && rule_match_span(&match, "reason", &start, &end)) {
        set(&statement->reason, g_strdup(whole + start));
        tell_more(clause, clause->last != EVENT_NONE ? clause->target : clause->clauses->anchor);
    }
    clause->reason = true;
}

/* What stands in brackets behind a figure parts the figure; a change behind them is the figure's own. */
static void
read_brackets(Clause *clause, const char *words)
{
    Clauses *clauses = clause->clauses;
    clause->closed = -1;
    if (clause->last != EVENT_NONE && clause_says(clause, "open", words, NULL))
        clauses->open = clause->target;
    if (clauses->open >= 0 && clause_says(clause, "close", words, NULL)) {
        clause->closed = clauses->open;
        clauses->open = -1;
    }
}

static void
take(Clause *clause, const Figure *figure, const char *words, const char *rest)
{
    RuleMatch match;
    g_autofree char *bare = label_strip(clause, words);
    read_brackets(clause, words);
    read_reason(clause, words, rest);
    const char *gap = read_unchanged(clause, words);
    if (clause_says(clause, "list", gap, &match)) {
        Clauses *clauses = clause->clauses;
        clauses->total = clauses->statements->len > clause->first ? (int) clauses->statements->len - 1 : clauses->anchor;
        clause->items = clauses->items = 0;
        clause->items_moved = clauses->moved = false;
    }
    if (bare[0] == '\0' && clause->last != EVENT_NONE && take_twin(clause, figure))
        return;
    if (clause_says(clause, "increase", gap, &match))
        take_change(clause, figure, gap, "increase");
    else if (clause_says(clause, "decrease", gap, &match))
        take_change(clause, figure, gap, "decrease");
    else if (figure->percent)
        take_percent(clause, figure, gap);
    else if (!take_base(clause, figure, gap))
        take_figure(clause, figure, gap);
    if (figure->money && figure->unit != NULL) {
        g_free(clause->clauses->money);
        clause->clauses->money = g_strdup(figure->unit);
    }
}

/* A clause without a figure may be the head of what follows. */
static void
read_head(Clauses *clauses, const Clause *clause, const char *text)
{
    RuleMatch match;
    if (!clause_says(clause, "head", text, &match))
        return;
    g_free(clauses->head);
    clauses->head = rule_match_get(&match, "head");
    clauses->anchor = -1;
}

void
clauses_read(Clauses *clauses, size_t begin, size_t end, int page, int at)
{
    Clause clause = {
        .clauses = clauses, .from = begin, .to = end, .page = page, .at = at, .target = clauses->anchor, .first = clauses->statements->len, .closed = -1, .pair = -1};
    g_autofree char *printed = g_strndup(clauses->words + begin, end - begin);
    g_autofree char *words = utf8_squeeze(printed);
    if (words[0] == '\0')
        return;
    g_autofree char *text = utf8_collapse(printed);
    clause.text = text;
    g_autoptr(GPtrArray) figures = clause_figures(&clause, words);
    size_t from = 0;
    guint taken = 0;
    bool longest = strlen(text) > LONGEST_TEXT;
    for (guint i = 0; i < figures->len; i++) {
        const Figure *figure = figures->pdata[i];
        if (clauses->quiet && !figure->money)
            continue;
        g_autofree char *gap = g_strndup(words + from, figure->start - from);
        if (longest)
            clause.piece = g_strndup(words + from, figure->end - from);
        take(&clause, figure, gap, words + from);
        g_clear_pointer(&clause.piece, g_free);
        from = figure->end;
        taken++;
    }
    const char *tail = words + from;
    g_free(clause.base);
    if (taken == 0 && clauses->anchor < 0) {
        read_head(clauses, &clause, words);
        return;
    }
    read_unchanged(&clause, tail);
    read_reason(&clause, tail, tail);
    if (taken == 0)
        read_head(clauses, &clause, words);
    if (clauses->statements->len > clause.first)
        clauses->anchor = clauses->total >= (int) clause.first ? clauses->total : (int) clauses->statements->len - 1;
}

/* ---- a paragraph ---- */

void
clauses_begin(Clauses *clauses)
{
    /* A paragraph that is only a head is the head of the next one. */
    if (clauses->statements->len > clauses->paragraph)
        g_clear_pointer(&clauses->head, g_free);
    clauses->paragraph = clauses->statements->len;
    g_array_set_size(clauses->starts, 0);
    clauses->anchor = clauses->total = clauses->open = -1;
}

bool
clauses_open(Clauses *clauses, GError **error)
{
    static const char *const ids[] = {"figure", "zero",         "bound",        "money", "percent", "quiet_section", "increase",   "decrease",     "unchanged",
                                      "base",   "compared",     "share",        "list",  "reason",  "label_lead",    "label_tail", "label_clause", "generic",
                                      "head",   "naming_title", "reason_short", "aside", "open",    "close",         "named",      "comma",        "each",
                                      "bare_change", "counted", "reason_name", "base_told", "full_stop", "both", "two_sides"};
    clauses->starts = g_array_new(FALSE, FALSE, sizeof(size_t));
    clauses->rules = rules_get("statements", NULL, error);
    if (clauses->rules == NULL)
        return false;
    for (guint i = 0; i < G_N_ELEMENTS(ids); i++)
        if (rules_find(clauses->rules, ids[i]) == NULL) {
            g_set_error(error, RULES_ERROR, 0, "statements.rules: no rule [%s]", ids[i]);
            return false;
        }
    return true;
}

void
clauses_clear(Clauses *clauses)
{
    g_clear_pointer(&clauses->head, g_free);
    g_clear_pointer(&clauses->money, g_free);
    g_clear_pointer(&clauses->starts, g_array_unref);
}
