/* What sentences and performance forms say of the same figures: against the tables, and of themselves. */
#include <string.h>

#include "checks.h"
#include "rules.h"
#include "utf8.h"

/* Sentences of one section are printed alike: their amounts together tell the last printed place, up to 10000 yuan. */
static Money
section_quantum(GHashTable *quanta, const RecordStatement *statement)
{
    const char *section = statement->section != NULL ? statement->section : "";
    Money *known = g_hash_table_lookup(quanta, section);
    return known != NULL ? *known : MONEY_YUAN;
}

static void
refine(GHashTable *quanta, const char *section, const char *amount)
{
    Money money = 0;
    if (!money_parse(amount, &money))
        return;
    Money *known = g_hash_table_lookup(quanta, section);
    if (known == NULL) {
        known = g_new(Money, 1);
        *known = 10000 * (Money) MONEY_YUAN;
        g_hash_table_insert(quanta, (char *) section, known);
    }
    *known = quantum_refine(*known, money);
}

static GHashTable *
read_quanta(const Record *record)
{
    GHashTable *quanta = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, g_free);
    for (guint i = 0; i < record->statements->len; i++) {
        const RecordStatement *statement = record->statements->pdata[i];
        const char *section = statement->section != NULL ? statement->section : "";
        refine(quanta, section, statement->amount);
        if (statement->change != NULL)
            refine(quanta, section, statement->change->amount);
    }
    return quanta;
}

/* A label without the years and the department's name: "2026年本部门收入预算" and "某局收入预算" tell the same. */
static char *
bare_label(const Checking *checking, const Rules *rules, const char *label)
{
    g_autofree char *squeezed = utf8_squeeze(label);
    g_autoptr(GString) bare = g_string_new(squeezed);
    const char *name = checking->record->department->name;
    if (name != NULL)
        g_string_replace(bare, name, "", 1);
    const Rule *noise = rules_find(rules, "label_noise");
    RuleMatch match;
    while (noise != NULL && rule_match(noise, bare->str, 0, &match) && match.end > match.start)
        g_string_erase(bare, (gssize) match.start, (gssize) (match.end - match.start));
    return g_string_free(g_steal_pointer(&bare), FALSE);
}

static bool
is_of_section(const Rule *rule, const char *section)
{
    const char *sections = rule_key(rule, "sections");
    g_auto(GStrv) list = sections != NULL ? g_strsplit(sections, " ", -1) : NULL;
    return list == NULL || (section != NULL && g_strv_contains((const char *const *) list, section));
}

/* A sentence against the cells it tells; which of the alternatives is meant, the figures say. */
static void
check_told(Checking *checking, const Rule *rule, const RecordStatement *statement, Money told, Money quantum)
{
    g_autoptr(GPtrArray) cells = check_read_alternatives(rule_key(rule, "cells"));
    Money best = 0;
    Tolerance tolerance = {0};
    g_autofree char *best_id = NULL;
    for (guint i = 0; i < cells->len; i++) {
        Money value = 0, step = 0;
        g_autofree char *id = NULL;
        if (!check_find_cells(checking, cells->pdata[i], &value, &step, &id))
            continue;
        bool holds = check_holds(told, value, tolerance_of_pair(quantum, step));
        bool unsure = g_array_index((const GArray *) cells->pdata[i], Term, 0).optional;
        if ((best_id != NULL || unsure) && !holds)
            continue;
        g_free(best_id);
        best_id = g_steal_pointer(&id);
        best = value;
        tolerance = tolerance_of_pair(quantum, step);
        if (holds)
            break;
    }
    if (best_id == NULL)
        return;
    g_autofree char *whole = g_strconcat("statement=", best_id, NULL);
    check_add(checking, whole, statement->label, told, best, tolerance, (CheckPlace){statement->source, statement->page});
}

static void
check_told_by_rules(Checking *checking, const Rules *rules, const RecordStatement *statement, Money told, Money quantum)
{
    g_autofree char *label = statement->label != NULL ? bare_label(checking, rules, statement->label) : NULL;
    for (guint i = 0; label != NULL && i < rules_count(rules); i++) {
        const Rule *rule = rules_at(rules, i);
        const char *cells = rule_key(rule, "cells");
        if (cells != NULL && is_of_section(rule, statement->section) && rule_match(rule, label, 0, NULL))
            check_told(checking, rule, statement, told, quantum);
    }
}

/* amount = base ± change */
static void
check_base(Checking *checking, const RecordStatement *statement, Money told, Money quantum)
{
    const Change *change = statement->change;
    Money base = 0, size = 0;
    if (change == NULL || !money_parse(change->base_amount, &base) || !money_parse(change->amount, &size))
        return;
    bool less = g_strcmp0(change->direction, "decrease") == 0;
    check_add(checking, less ? "statement.amount=base-change" : "statement.amount=base+change", statement->label, told, less ? base - size : base + size,
              tolerance_of_sum(quantum, 2), (CheckPlace){statement->source, statement->page});
}

/* One unit in the last place of a percentage, in millionths of the whole. */
static gint64
percent_step(const char *percent)
{
    const char *point = strchr(percent, '.');
    gint64 step = 10000;
    for (size_t i = point != NULL ? strlen(point + 1) : 0; i > 0 && step > 1; i--)
        step /= 10;
    return step;
}

/* change = percent of the base, within what rounding the percentage to its last place allows. */
static void
check_percent(Checking *checking, const RecordStatement *statement, Money told, Money quantum)
{
    const Change *change = statement->change;
    Money size = 0, percent = 0;
    bool down = change != NULL && g_strcmp0(change->direction, "decrease") == 0;
    bool up = change != NULL && g_strcmp0(change->direction, "increase") == 0;
    if ((!up && !down) || !money_parse(change->amount, &size) || !money_parse(change->percent, &percent))
        return;
    Money base = down ? told + size : told - size;
    if (base <= 0)
        return;
    /* percent is in 1/10000 of one percent: millionths of the base */
    Money part = (Money) ((__int128) base * percent / 1000000);
    Money slack = (Money) ((__int128) base * percent_step(change->percent) / 1000000) / 2;
    Tolerance tolerance = {slack + quantum, 2 * (slack + quantum)};
    check_add(checking, "statement.change=percent*base", statement->label, size, part, tolerance, (CheckPlace){statement->source, statement->page});
}

bool
checks_of_sentences(Checking *checking, GError **error)
{
    static const char *const keys[] = {"sections", "cells", NULL};
    const Rules *rules = rules_get("normalize/data/told", keys, error);
    if (rules == NULL)
        return false;
    g_autoptr(GHashTable) quanta = read_quanta(checking->record);
    for (guint i = 0; i < checking->record->statements->len; i++) {
        const RecordStatement *statement = checking->record->statements->pdata[i];
        Money told = 0;
        if (!money_parse(statement->amount, &told))
            continue;
        Money quantum = section_quantum(quanta, statement);
        check_base(checking, statement, told, quantum);
        check_percent(checking, statement, told, quantum);
        check_told_by_rules(checking, rules, statement, told, quantum);
    }
    return true;
}

/* ---- performance forms ---- */

static void
check_form_total(Checking *checking, const RecordPerformance *form, const char *id, const char *total, const GPtrArray *parts)
{
    Money left = 0, right = 0;
    guint addends = 0;
    if (!money_parse(total, &left))
        return;
    Money quantum = quantum_refine(unit_factor(form->unit_printed) * (Money) MONEY_YUAN, left);
    for (guint i = 0; parts != NULL && i < parts->len; i++) {
        Money money = 0;
        if (!money_parse(((const Entry *) parts->pdata[i])->value, &money))
            continue;
        quantum = quantum_refine(quantum, money);
        right += money;
        addends++;
    }
    int page = form->pages != NULL && form->pages->len > 0 ? g_array_index(form->pages, int, 0) : 0;
    if (addends > 0)
        check_add(checking, id, form->project, left, right, tolerance_of_sum(quantum, addends), (CheckPlace){form->source, page});
}

void
checks_of_performance(Checking *checking)
{
    for (guint i = 0; i < checking->record->performance->len; i++) {
        const RecordPerformance *form = checking->record->performance->pdata[i];
        check_form_total(checking, form, "performance.amount_total=amounts", form->amount_total, form->amounts);
        check_form_total(checking, form, "performance.annual_amount_total=annual_amounts", form->annual_amount_total, form->annual_amounts);
    }
}
