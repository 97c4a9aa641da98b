#include "figures.h"

#include <string.h>

#include "utf8.h"

/* A subject of so few characters (the revenue, the total) names nothing by itself. */
#define SHORT_NAME 2

typedef struct {
    size_t start, end;
    char *number;
    char *unit;
    bool percent, money;
} Figure;

typedef enum { EVENT_NONE, EVENT_FIGURE, EVENT_PERCENT, EVENT_CHANGE, EVENT_CHANGE_PERCENT, EVENT_BASE } Event;

/* One clause while it is read. */
typedef struct {
    Clauses *clauses;
    const char *text;
    int page, at;
    Event last;       /* what the figure before was                       */
    int target;       /* index of the statement it went to                */
    guint first;      /* index of the clause's first statement            */
    guint items;      /* statements since the list began                  */
    bool items_moved; /* one of them has a change of its own              */
    bool reason;      /* inside a reason: figures there are of themselves */
    int closed;       /* the statement whose bracket has just closed, or -1 */
    char *base;       /* what the clause compares with, for later changes  */
} Clause;

static void
figure_free(gpointer data)
{
    Figure *figure = data;
    g_free(figure->number);
    g_free(figure->unit);
    g_free(figure);
}

static bool
says(const Clause *clause, const char *id, const char *text, RuleMatch *ret_match)
{
    return rule_match(rules_find(clause->clauses->rules, id), text, 0, ret_match);
}

/* ---- the figures of a clause ---- */

static void
add_figure(const Clause *clause, GPtrArray *figures, size_t start, size_t end, char *number, char *unit)
{
    Figure *figure = g_new0(Figure, 1);
    *figure = (Figure) {.start = start, .end = end, .number = number, .unit = unit};
    figure->percent = unit != NULL && says(clause, "percent", unit, NULL);
    figure->money = unit == NULL || says(clause, "money", unit, NULL);
    g_ptr_array_add(figures, figure);
}

static gint
compare_figures(gconstpointer a, gconstpointer b)
{
    const Figure *left = *(Figure *const *) a, *right = *(Figure *const *) b;
    return left->start < right->start ? -1 : left->start > right->start;
}

static GPtrArray *
find_figures(const Clause *clause, const char *text)
{
    GPtrArray *figures = g_ptr_array_new_with_free_func(figure_free);
    const Rule *rule = rules_find(clause->clauses->rules, "figure");
    RuleMatch match;
    for (size_t from = 0; rule_match(rule, text, from, &match); from = match.end) {
        size_t start = 0, end = 0;
        size_t whole = match.end;
        char *unit = rule_match_get(&match, "unit");
        if (rule_match_span(&match, "first", &start, &end))
            add_figure(clause, figures, start, end, rule_match_get(&match, "first"), g_strdup(unit));
        rule_match_span(&match, "number", &start, &end);
        char *number = rule_match_get(&match, "number");
        if (says(clause, "bound", text + whole, NULL)) {
            g_free(number);
            g_free(unit);
        } else {
            add_figure(clause, figures, start, whole, number, unit);
        }
        match.end = whole;
    }
    const Rule *zero = rules_find(clause->clauses->rules, "zero");
    for (size_t from = 0; rule_match(zero, text, from, &match); from = match.end) {
        size_t start = 0, end = 0;
        rule_match_span(&match, "number", &start, &end);
        add_figure(clause, figures, start, end, rule_match_get(&match, "number"), NULL);
    }
    g_ptr_array_sort(figures, compare_figures);
    return figures;
}

/* ---- labels ---- */

static char *
strip(const Clause *clause, const char *text)
{
    RuleMatch match;
    if (says(clause, "label_lead", text, &match))
        text += match.end;
    char *stripped = g_strdup(text);
    if (says(clause, "label_tail", stripped, &match))
        stripped[match.start] = '\0';
    return stripped;
}

/* The name that stands at the end of `words`; "" where none does. */
static char *
label_of(const Clause *clause, const char *words)
{
    g_autofree char *whole = strip(clause, words);
    RuleMatch match;
    if (!says(clause, "label_clause", whole, &match))
        return g_strdup("");
    g_autofree char *label = rule_match_get(&match, "label");
    return strip(clause, label);
}

/* Generic words get the head that they are of in front: what a colon behind it names, the sentence's head, or the section's title. */
static char *
full_label(const Clause *clause, const char *label, const char *words)
{
    const Clauses *clauses = clause->clauses;
    RuleMatch match;
    if (label[0] != '\0' && says(clause, "named", words, &match)) {
        g_autofree char *name = rule_match_get(&match, "head");
        if (!says(clause, "list", name, NULL))
            return g_strconcat(name, label, NULL);
    }
    const char *title = clauses->title != NULL && says(clause, "naming_title", clauses->title, NULL) ? clauses->title : NULL;
    const char *head = clauses->head != NULL ? clauses->head : title;
    if (label[0] != '\0' && !says(clause, "generic", label, NULL))
        return g_strdup(label);
    if (label[0] == '\0' && head == NULL)
        head = clauses->title;
    if (head == NULL || g_str_has_prefix(label, head))
        return g_strdup(label[0] != '\0' ? label : NULL);
    return g_strconcat(head, label, NULL);
}

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
    statement->text = g_strdup(clause->text);
    statement->page = clause->page;
    statement->at = clause->at;
    g_ptr_array_add(clause->clauses->statements, statement);
    clause->items++;
    return (int) clause->clauses->statements->len - 1;
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
    if (clauses->total >= 0 && clause->items >= 2 && !clause->items_moved && !has_change(statement_at(clause, clauses->total)))
        return clauses->total;
    if (clause->closed >= 0)
        return clause->closed;
    if (clauses->statements->len > clause->first)
        return (int) clauses->statements->len - 1;
    return clauses->anchor;
}

/* A name is told again with its tail cut or lengthened by a word: up to two characters. */
static bool
same_name(const char *label, const char *subject)
{
    if (g_str_has_suffix(label, subject) || g_str_has_suffix(subject, label))
        return true;
    glong left = g_utf8_strlen(label, -1), right = g_utf8_strlen(subject, -1);
    return right >= 4 && ABS(left - right) <= 2 && (g_str_has_prefix(label, subject) || g_str_has_prefix(subject, label));
}

static bool
same_end(const char *a, const char *b)
{
    glong left = g_utf8_strlen(a, -1), right = g_utf8_strlen(b, -1);
    if (left < 2 || right < 2)
        return false;
    return strcmp(g_utf8_offset_to_pointer(a, left - 2), g_utf8_offset_to_pointer(b, right - 2)) == 0;
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
        if (statement->label != NULL && !has_change(statement) && same_name(statement->label, subject))
            return (int) i - 1;
    }
    return -1;
}

/* Whether the last words before a comparison only say what the figure is spent on. */
static bool
is_aside(const Clause *clause, const char *words)
{
    RuleMatch match;
    if (!says(clause, "label_clause", words, &match))
        return false;
    g_autofree char *last = rule_match_get(&match, "label");
    RuleMatch comma;
    const char *from = words;
    /* An enumeration is one aside, however many commas it has. */
    while (says(clause, "comma", from, &comma)) {
        if (says(clause, "aside", from + comma.end, NULL))
            return true;
        from += comma.end;
    }
    return says(clause, "aside", last, NULL);
}

/* What rose or fell: the words around the base, "" where only the base stands there. `ret_base` is the base as printed. */
static char *
subject_of(const Clause *clause, const char *gap, char **ret_base)
{
    RuleMatch match;
    g_autofree char *words = g_strdup(gap);
    *ret_base = NULL;
    if (says(clause, "base", gap, &match)) {
        *ret_base = rule_match_get(&match, "base");
        g_autofree char *before = g_strndup(gap, match.start);
        g_autofree char *subject = is_aside(clause, before) ? g_strdup("") : label_of(clause, before);
        if (subject[0] != '\0')
            return g_steal_pointer(&subject);
        g_free(words);
        words = g_strdup(gap + match.end);
    }
    if (says(clause, "increase", words, &match) || says(clause, "decrease", words, &match))
        words[match.start] = '\0';
    if (*ret_base != NULL && says(clause, "compared", words, &match))
        memmove(words, words + match.end, strlen(words + match.end) + 1);
    return label_of(clause, words);
}

/* The statement that a change told behind `gap` is of; a new one when its subject was not told of yet. */
static int
change_target(Clause *clause, const char *gap, bool percent, char **ret_base)
{
    g_autofree char *subject = subject_of(clause, gap, ret_base);
    bool named = g_utf8_strlen(subject, -1) > SHORT_NAME && !says(clause, "generic", subject, NULL);
    bool follows = clause->last == EVENT_CHANGE || clause->last == EVENT_BASE || clause->last == EVENT_CHANGE_PERCENT;
    if (!named && follows && (percent || clause->last == EVENT_BASE))
        return clause->target;
    int target = named ? named_target(clause, subject) : clause->reason ? -1 : bare_target(clause);
    const TreeStatement *statement = statement_at(clause, target);
    if (statement != NULL && !(percent ? statement->change_percent != NULL : statement->change != NULL))
        return target;
    int bare = bare_target(clause);
    statement = statement_at(clause, bare);
    if (named && !clause->reason && statement != NULL && statement->label != NULL && !has_change(statement) && same_end(statement->label, subject))
        return bare;
    return add_statement(clause, full_label(clause, subject, gap));
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
take_change(Clause *clause, const Figure *figure, const char *gap, const char *direction)
{
    g_autofree char *base = NULL;
    int target = change_target(clause, gap, figure->percent, &base);
    TreeStatement *statement = statement_at(clause, target);
    if (base != NULL) {
        g_free(clause->base);
        clause->base = g_steal_pointer(&base);
    }
    if (!clause->reason)
        set(&statement->base, g_strdup(clause->base));
    set(&statement->direction, g_strdup(direction));
    if (figure->percent) {
        set(&statement->change_percent, g_strdup(figure->number));
    } else {
        set(&statement->change, g_strdup(figure->number));
        set(&statement->change_unit, g_strdup(figure->unit));
    }
    clause->items_moved = clause->items_moved || target != clause->clauses->total;
    clause->target = target;
    clause->last = figure->percent ? EVENT_CHANGE_PERCENT : EVENT_CHANGE;
}

static void
take_figure(Clause *clause, const Figure *figure, const char *gap)
{
    g_autofree char *label = label_of(clause, gap);
    const TreeStatement *before = statement_at(clause, clause->target);
    bool inherits = label[0] == '\0' && before != NULL && clause->last != EVENT_NONE;
    int index = add_statement(clause, inherits ? g_strdup(before->label) : full_label(clause, label, gap));
    TreeStatement *statement = statement_at(clause, index);
    if (figure->percent) {
        statement->percent = g_strdup(figure->number);
    } else {
        statement->amount = g_strdup(figure->number);
        statement->unit = g_strdup(figure->unit != NULL ? figure->unit : clause->clauses->money);
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
    bool share = says(clause, "share", gap, NULL);
    if (statement == NULL || (!share && label[0] != '\0')) {
        take_figure(clause, figure, gap);
    } else if (!share && (clause->last == EVENT_CHANGE || clause->last == EVENT_CHANGE_PERCENT) && statement->change_percent == NULL) {
        statement->change_percent = g_strdup(figure->number);
        clause->last = EVENT_CHANGE_PERCENT;
    } else if (statement->percent == NULL) {
        statement->percent = g_strdup(figure->number);
        clause->last = EVENT_PERCENT;
    } else {
        take_figure(clause, figure, gap);
    }
}

static bool
take_base(Clause *clause, const Figure *figure, const char *gap)
{
    RuleMatch match;
    if (figure->percent || !says(clause, "base", gap, &match) || match.end != strlen(gap))
        return false;
    g_autofree char *base = rule_match_get(&match, "base");
    g_autofree char *before = g_strndup(gap, match.start);
    g_autofree char *subject = label_of(clause, before);
    int target = subject[0] != '\0' ? named_target(clause, subject) : bare_target(clause);
    if (target < 0)
        target = add_statement(clause, full_label(clause, subject, gap));
    TreeStatement *statement = statement_at(clause, target);
    if (statement->base_amount != NULL)
        return false;
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
    if (!says(clause, "unchanged", gap, &match))
        return gap;
    const char *rest = gap + match.end;
    g_autofree char *words = g_strndup(gap, match.end);
    g_autofree char *base = NULL;
    if (says(clause, "base", words, &match))
        base = rule_match_get(&match, "base");
    TreeStatement *statement = statement_at(clause, bare_target(clause));
    if (statement == NULL || statement->direction != NULL)
        return rest;
    statement->direction = g_strdup("unchanged");
    set(&statement->base, g_steal_pointer(&base));
    clause->items_moved = true;
    return rest;
}

static void
read_reason(Clause *clause, const char *words, const char *whole)
{
    RuleMatch match;
    TreeStatement *statement = statement_at(clause, clause->last != EVENT_NONE ? clause->target : clause->clauses->anchor);
    bool moved = statement != NULL && has_change(statement);
    const char *id = says(clause, "reason", words, NULL) ? "reason" : moved && says(clause, "reason_short", words, NULL) ? "reason_short" : NULL;
    if (clause->reason || id == NULL)
        return;
    /* The words end at a figure, the reason does not: take it from the clause. */
    size_t start = 0, end = 0;
    if (statement != NULL && says(clause, id, whole, &match) && rule_match_span(&match, "reason", &start, &end))
        set(&statement->reason, g_strdup(whole + start));
    clause->reason = true;
}

/* What stands in brackets behind a figure parts the figure; a change behind them is the figure's own. */
static void
read_brackets(Clause *clause, const char *words)
{
    Clauses *clauses = clause->clauses;
    clause->closed = -1;
    if (clause->last != EVENT_NONE && says(clause, "open", words, NULL))
        clauses->open = clause->target;
    if (clauses->open >= 0 && says(clause, "close", words, NULL)) {
        clause->closed = clauses->open;
        clauses->open = -1;
    }
}

static void
take(Clause *clause, const Figure *figure, const char *words, const char *rest)
{
    RuleMatch match;
    g_autofree char *bare = strip(clause, words);
    read_brackets(clause, words);
    read_reason(clause, words, rest);
    const char *gap = read_unchanged(clause, words);
    if (says(clause, "list", gap, &match)) {
        Clauses *clauses = clause->clauses;
        clauses->total = clauses->statements->len > clause->first ? (int) clauses->statements->len - 1 : clauses->anchor;
        clause->items = 0;
        clause->items_moved = false;
    }
    if (bare[0] == '\0' && clause->last != EVENT_NONE && take_twin(clause, figure))
        return;
    if (says(clause, "increase", gap, &match))
        take_change(clause, figure, gap, "increase");
    else if (says(clause, "decrease", gap, &match))
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
    if (!says(clause, "head", text, &match))
        return;
    g_free(clauses->head);
    clauses->head = rule_match_get(&match, "head");
    clauses->anchor = -1;
}

void
clauses_read(Clauses *clauses, const char *words, const char *text, int page, int at)
{
    Clause clause = {.clauses = clauses, .text = text, .page = page, .at = at, .target = clauses->anchor, .first = clauses->statements->len, .closed = -1};
    g_autoptr(GPtrArray) figures = find_figures(&clause, words);
    size_t from = 0;
    guint taken = 0;
    for (guint i = 0; i < figures->len; i++) {
        const Figure *figure = figures->pdata[i];
        if (clauses->quiet && !figure->money)
            continue;
        g_autofree char *gap = g_strndup(words + from, figure->start - from);
        take(&clause, figure, gap, words + from);
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
    clauses->anchor = clauses->total = clauses->open = -1;
}

bool
clauses_open(Clauses *clauses, GError **error)
{
    static const char *const ids[] = {"figure", "zero", "bound", "money", "percent", "quiet_section", "increase", "decrease", "unchanged",
                                      "base", "compared", "share", "list", "reason", "label_lead", "label_tail", "label_clause", "generic", "head", "naming_title",
                                      "reason_short", "aside", "open", "close", "named", "comma"};
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
}
