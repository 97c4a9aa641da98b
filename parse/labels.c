#include "clause.h"

#include <string.h>

#include "utf8.h"

bool
clause_says(const Clause *clause, const char *id, const char *text, RuleMatch *ret_match)
{
    return rule_match(rules_find(clause->clauses->rules, id), text, 0, ret_match);
}

/* ---- the figures of a clause ---- */

static void
figure_free(gpointer data)
{
    Figure *figure = data;
    g_free(figure->number);
    g_free(figure->unit);
    g_free(figure);
}

static void
add_figure(const Clause *clause, GPtrArray *figures, size_t start, size_t end, char *number, char *unit)
{
    Figure *figure = g_new0(Figure, 1);
    *figure = (Figure){.start = start, .end = end, .number = number, .unit = unit};
    figure->percent = unit != NULL && clause_says(clause, "percent", unit, NULL);
    figure->money = unit == NULL || clause_says(clause, "money", unit, NULL);
    g_ptr_array_add(figures, figure);
}

static gint
compare_figures(gconstpointer a, gconstpointer b)
{
    const Figure *left = *(Figure *const *) a, *right = *(Figure *const *) b;
    return left->start < right->start ? -1 : left->start > right->start;
}

/* Numbers without a unit that a rule knows for figures. */
static void
add_bare(const Clause *clause, GPtrArray *figures, const char *id, const char *text)
{
    const Rule *rule = rules_find(clause->clauses->rules, id);
    RuleMatch match;
    for (size_t from = 0; rule_match(rule, text, from, &match); from = match.end) {
        size_t start = 0, end = 0;
        rule_match_span(&match, "number", &start, &end);
        add_figure(clause, figures, start, end, rule_match_get(&match, "number"), NULL);
    }
}

GPtrArray *
clause_figures(const Clause *clause, const char *text)
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
        if (clause_says(clause, "bound", text + whole, NULL)) {
            g_free(number);
            g_free(unit);
        } else {
            add_figure(clause, figures, start, whole, number, unit);
        }
        match.end = whole;
    }
    add_bare(clause, figures, "zero", text);
    add_bare(clause, figures, "bare_change", text);
    g_ptr_array_sort(figures, compare_figures);
    return figures;
}

/* ---- labels ---- */

char *
label_strip(const Clause *clause, const char *text)
{
    RuleMatch match;
    if (clause_says(clause, "label_lead", text, &match))
        text += match.end;
    char *stripped = g_strdup(text);
    if (clause_says(clause, "label_tail", stripped, &match))
        stripped[match.start] = '\0';
    return stripped;
}

char *
label_of(const Clause *clause, const char *words)
{
    g_autofree char *whole = label_strip(clause, words);
    RuleMatch match;
    if (!clause_says(clause, "label_clause", whole, &match))
        return g_strdup("");
    g_autofree char *label = rule_match_get(&match, "label");
    return label_strip(clause, label);
}

char *
label_full(const Clause *clause, const char *label, const char *words)
{
    const Clauses *clauses = clause->clauses;
    RuleMatch match;
    if (label[0] != '\0' && clause_says(clause, "named", words, &match)) {
        g_autofree char *name = rule_match_get(&match, "head");
        if (!clause_says(clause, "list", name, NULL) && !clause_says(clause, "reason_name", name, NULL))
            return g_strconcat(name, label, NULL);
    }
    const char *title = clauses->title != NULL && clause_says(clause, "naming_title", clauses->title, NULL) ? clauses->title : NULL;
    const char *head = clauses->head != NULL ? clauses->head : title;
    if (label[0] != '\0' && !clause_says(clause, "generic", label, NULL))
        return g_strdup(label);
    if (label[0] == '\0' && head == NULL)
        head = clauses->title;
    if (head == NULL || g_str_has_prefix(label, head))
        return g_strdup(label[0] != '\0' ? label : NULL);
    return g_strconcat(head, label, NULL);
}

bool
label_same(const char *label, const char *subject)
{
    if (g_str_has_suffix(label, subject) || g_str_has_suffix(subject, label))
        return true;
    glong left = g_utf8_strlen(label, -1), right = g_utf8_strlen(subject, -1);
    return right >= 4 && ABS(left - right) <= 2 && (g_str_has_prefix(label, subject) || g_str_has_prefix(subject, label));
}

bool
label_shortened(const char *label, const char *subject)
{
    glong left = g_utf8_strlen(label, -1), right = g_utf8_strlen(subject, -1);
    if (left < 2 || right < 2 || strcmp(g_utf8_offset_to_pointer(label, left - 2), g_utf8_offset_to_pointer(subject, right - 2)) != 0)
        return false;
    for (; *subject != '\0' && *label != '\0'; label = g_utf8_next_char(label))
        if (g_utf8_get_char(label) == g_utf8_get_char(subject))
            subject = g_utf8_next_char(subject);
    return *subject == '\0';
}

/* Whether the last words before a comparison only say what the figure is spent on. */
static bool
is_aside(const Clause *clause, const char *words)
{
    RuleMatch match;
    if (!clause_says(clause, "label_clause", words, &match))
        return false;
    g_autofree char *last = rule_match_get(&match, "label");
    RuleMatch comma;
    const char *from = words;
    /* An enumeration is one aside, however many commas it has. */
    while (clause_says(clause, "comma", from, &comma)) {
        if (clause_says(clause, "aside", from + comma.end, NULL))
            return true;
        from += comma.end;
    }
    return clause_says(clause, "aside", last, NULL);
}

char *
label_subject(const Clause *clause, const char *gap, char **ret_base)
{
    RuleMatch match;
    g_autofree char *words = g_strdup(gap);
    *ret_base = NULL;
    if (clause_says(clause, "base", gap, &match)) {
        *ret_base = rule_match_get(&match, "base");
        g_autofree char *before = g_strndup(gap, match.start);
        g_autofree char *subject = is_aside(clause, before) ? g_strdup("") : label_of(clause, before);
        if (subject[0] != '\0')
            return g_steal_pointer(&subject);
        g_free(words);
        words = g_strdup(gap + match.end);
    }
    if (clause_says(clause, "increase", words, &match) || clause_says(clause, "decrease", words, &match))
        words[match.start] = '\0';
    if (*ret_base != NULL && clause_says(clause, "compared", words, &match))
        memmove(words, words + match.end, strlen(words + match.end) + 1);
    return label_of(clause, words);
}
