/* What sentences say of the same figures: against the tables, against each other, and of themselves. */
#include <string.h>

#include "checks.h"
#include "utf8.h"

/* Sentences of one section are printed alike: their amounts together tell the last printed place, up to 10000 yuan. */
static Money
section_quantum(const Checking *checking, const RecordStatement *statement)
{
    const Money *known = g_hash_table_lookup(checking->section_quanta, statement->section != NULL ? statement->section : "");
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

/* A label without the years and the department's name: "2026年本部门收入预算" and "某局收入预算" tell the same. */
static char *
bare_label(const Checking *checking, const char *label)
{
    g_autofree char *squeezed = utf8_squeeze(label);
    g_autoptr(GString) bare = g_string_new(squeezed);
    const char *name = checking->record->department->name;
    if (name != NULL)
        g_string_replace(bare, name, "", 1);
    const Rule *noise = rules_find(checking->told_rules, "label_noise");
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

/* Figures of an earlier year are told beside this year's: 2025年…预算 in a budget of 2026. */
static bool
is_earlier(const Checking *checking, const RecordStatement *statement)
{
    const Rule *year = rules_find(checking->told_rules, "label_noise");
    RuleMatch match;
    if (year == NULL || !rule_match(year, statement->label, 0, &match))
        return false;
    g_autofree char *digits = rule_match_get(&match, "year");
    return digits != NULL && checking->record->year > 0 && atoi(digits) < checking->record->year;
}

static void
tell_match(Checking *checking, const Rule *rule, const RecordStatement *statement)
{
    GPtrArray *list = g_hash_table_lookup(checking->told, rule_id(rule));
    if (list == NULL) {
        list = g_ptr_array_new_with_free_func(g_free);
        g_hash_table_insert(checking->told, (char *) rule_id(rule), list);
    }
    Told *told = g_new0(Told, 1);
    told->statement = statement;
    told->quantum = section_quantum(checking, statement);
    told->has_amount = money_parse(statement->amount, &told->amount);
    const Rule *planned = rules_find(checking->told_rules, "planned");
    told->planned = checking->record->kind == 1 && planned != NULL && rule_match(planned, statement->label, 0, NULL);
    g_ptr_array_add(list, told);
}

/* A rule `with` another is of the same sentence as what that one found first. */
static bool
is_beside(const Checking *checking, const Rule *rule, const RecordStatement *statement)
{
    const char *with = rule_key(rule, "with");
    const GPtrArray *list = with != NULL ? g_hash_table_lookup(checking->told, with) : NULL;
    return with == NULL || (list != NULL && g_strcmp0(((const Told *) list->pdata[0])->statement->text, statement->text) == 0);
}

void
told_read(Checking *checking)
{
    const GPtrArray *statements = checking->record->statements;
    for (guint i = 0; i < statements->len; i++) {
        const RecordStatement *statement = statements->pdata[i];
        const char *section = statement->section != NULL ? statement->section : "";
        refine(checking->section_quanta, section, statement->amount);
        if (statement->change != NULL)
            refine(checking->section_quanta, section, statement->change->amount);
    }
    for (guint i = 0; i < statements->len; i++) {
        const RecordStatement *statement = statements->pdata[i];
        if (statement->label == NULL || is_earlier(checking, statement))
            continue;
        g_autofree char *label = bare_label(checking, statement->label);
        for (guint r = 0; r < rules_count(checking->told_rules); r++) {
            const Rule *rule = rules_at(checking->told_rules, r);
            if (rule_key(rule, "sections") != NULL && is_of_section(rule, statement->section) && rule_match(rule, label, 0, NULL) &&
                is_beside(checking, rule, statement))
                tell_match(checking, rule, statement);
        }
    }
}

/* ---- against the tables ---- */

static Finding
finding_of(const RecordStatement *statement, const char *number, const char *id, Money left, Money right, Tolerance tolerance)
{
    return (Finding){.number = number,
                     .id = id,
                     .scope = statement->label,
                     .left = left,
                     .right = right,
                     .tolerance = tolerance,
                     .place = {statement->source, statement->page}};
}

/* Ten thousand times too much or too little is not a wrong figure but a wrong unit, in the sentence or over the table. */
static bool
is_wrong_unit(const Told *told, const CellSum *cell)
{
    enum { UNITS_APART = 10000 };
    const bool less = ABS(told->amount) < ABS(cell->value);
    const Money small = less ? told->amount : cell->value, large = less ? cell->value : told->amount;
    const Money quantum = less ? told->quantum : cell->quantum, other = less ? cell->quantum : told->quantum;
    if (small == 0 || ABS(small) > G_MAXINT64 / UNITS_APART || quantum > G_MAXINT64 / UNITS_APART)
        return false;
    return check_holds(small * UNITS_APART, large, tolerance_of_pair(quantum * UNITS_APART, other));
}

/* A sentence against the cells it tells; which of the alternatives is meant, the figures say. */
static void
check_told(Checking *checking, const Rule *rule, const Told *told)
{
    g_autoptr(GPtrArray) cells = check_read_alternatives(rule_key(rule, "cells"));
    CellSum best = {0};
    bool holds = false;
    for (guint i = 0; i < cells->len && !holds; i++) {
        CellSum sum = {0};
        if (!cells_sum(checking, cells->pdata[i], &sum))
            continue;
        holds = check_holds(told->amount, sum.value, tolerance_of_pair(told->quantum, sum.quantum));
        bool unsure = g_array_index((const GArray *) cells->pdata[i], Term, 0).optional;
        if ((best.id != NULL || unsure) && !holds) {
            cell_sum_clear(&sum);
            continue;
        }
        cell_sum_clear(&best);
        best = sum;
    }
    if (best.id == NULL)
        return;
    const char *number = rule_key(rule, "number");
    Tolerance tolerance = tolerance_of_pair(told->quantum, best.quantum);
    bool unit = !holds && is_wrong_unit(told, &best);
    g_autofree char *id = g_strconcat("statement=", best.id, NULL);
    Finding finding = finding_of(told->statement, unit ? "Q03" : number != NULL ? number : "N01", id, told->amount, best.value, tolerance);
    check_add(checking, &finding);
    cell_sum_clear(&best);
}

/* What is told twice is told alike, within one section. */
static void
check_again(Checking *checking, const Rule *rule, const Told *first, const Told *again)
{
    if (g_strcmp0(first->statement->section, again->statement->section) != 0)
        return;
    g_autofree char *id = g_strdup_printf("statement=told.%s", rule_id(rule));
    Finding finding = finding_of(again->statement, "N13", id, again->amount, first->amount, tolerance_of_pair(again->quantum, first->quantum));
    check_add(checking, &finding);
}

static void
check_rule(Checking *checking, const Rule *rule)
{
    const GPtrArray *list = g_hash_table_lookup(checking->told, rule_id(rule));
    const Told *first = NULL;
    for (guint i = 0; list != NULL && i < list->len; i++) {
        const Told *told = list->pdata[i];
        if (!told->has_amount)
            continue;
        if (rule_key(rule, "cells") != NULL)
            check_told(checking, rule, told);
        if (first != NULL)
            check_again(checking, rule, first, told);
        first = first != NULL || rule_key(rule, "cells") == NULL ? first : told;
    }
}

/* ---- an item of the functional list ---- */

/* The one row of the name and of so many digits, 0 for any. */
static const RecordRow *
row_of_name(const RecordTable *table, const char *name, size_t digits)
{
    const RecordRow *found = NULL;
    g_autofree char *wanted = utf8_narrow(name);
    for (guint r = 0; r < table->rows->len; r++) {
        const RecordRow *row = table->rows->pdata[r];
        g_autofree char *own = row->name != NULL && row->code != NULL ? utf8_narrow(row->name) : NULL;
        if (own == NULL || strcmp(own, wanted) != 0 || (digits > 0 && strlen(row->code) != digits))
            continue;
        if (found != NULL)
            return NULL;
        found = row;
    }
    return found;
}

static void
check_subject(Checking *checking, const RecordStatement *statement, Money told)
{
    static const char *const table_id = "general_public_expenditure";
    const RecordTable *table = g_hash_table_lookup(checking->by_id, table_id);
    g_autofree char *label = table != NULL && statement->label != NULL ? utf8_squeeze(statement->label) : NULL;
    for (guint i = 0; label != NULL && i < rules_count(checking->told_rules); i++) {
        const Rule *rule = rules_at(checking->told_rules, i);
        const char *digits = rule_key(rule, "digits");
        RuleMatch match;
        if (digits == NULL || !is_of_section(rule, statement->section) || !rule_match(rule, label, 0, &match))
            continue;
        g_autofree char *name = rule_match_get(&match, "name");
        const RecordRow *row = name != NULL ? row_of_name(table, name, (size_t) atoi(digits)) : NULL;
        const char *key = row != NULL ? row_main_column(row) : NULL;
        Money cell = 0;
        if (key == NULL || !row_amount(row, key, &cell))
            return;
        g_autofree char *id = g_strdup_printf("statement=%s.code/%s.%s", table_id, row->code, key);
        Tolerance tolerance = tolerance_of_pair(section_quantum(checking, statement), table_quantum(checking, table));
        Finding finding = finding_of(statement, "N14", id, told, cell, tolerance);
        check_add(checking, &finding);
        return;
    }
}

/* ---- of themselves ---- */

/* amount = base ± change */
static void
check_base(Checking *checking, const RecordStatement *statement, Money told, Money quantum)
{
    const Change *change = statement->change;
    Money base = 0, size = 0;
    if (!money_parse(change->base_amount, &base) || !money_parse(change->amount, &size))
        return;
    bool less = g_strcmp0(change->direction, "decrease") == 0;
    Finding finding = finding_of(statement, "N04", less ? "statement.amount=base-change" : "statement.amount=base+change", told,
                                 less ? base - size : base + size, tolerance_of_sum(quantum, 2));
    check_add(checking, &finding);
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

/* `printed` percent of the whole, and what rounding it to its last place allows. */
static Money
part_of(Money whole, const char *printed, Money quantum, Tolerance *ret_tolerance)
{
    Money percent = 0;
    money_parse(printed, &percent); /* in 1/10000 of one percent: millionths of the whole */
    Money slack = (Money) ((__int128) ABS(whole) * percent_step(printed) / 1000000) / 2 + quantum;
    *ret_tolerance = (Tolerance){slack, 2 * slack};
    return (Money) ((__int128) whole * percent / 1000000);
}

/* change = percent of the base; of nothing there is no percentage. */
static void
check_percent(Checking *checking, const RecordStatement *statement, Money told, Money quantum)
{
    const Change *change = statement->change;
    Money size = 0, percent = 0;
    bool down = g_strcmp0(change->direction, "decrease") == 0;
    bool up = g_strcmp0(change->direction, "increase") == 0;
    if ((!up && !down) || !money_parse(change->amount, &size) || !money_parse(change->percent, &percent))
        return;
    Money base = down ? told + size : told - size;
    Tolerance tolerance = {0, 0};
    Finding finding = finding_of(statement, "N06", "statement.percent=0", percent, 0, tolerance);
    finding.unit = "percent";
    if (base > 0) {
        Money part = part_of(base, change->percent, quantum, &tolerance);
        finding = finding_of(statement, "N04", "statement.change=percent*base", size, part, tolerance);
    }
    if (base >= 0 && (base > 0 || size > 0))
        check_add(checking, &finding);
}

/* Where nothing changed there is no difference. */
static void
check_unchanged(Checking *checking, const RecordStatement *statement, Money told, Money quantum)
{
    const Change *change = statement->change;
    Money size = 0, base = 0;
    if (g_strcmp0(change->direction, "unchanged") != 0)
        return;
    bool has_size = money_parse(change->amount, &size), has_base = money_parse(change->base_amount, &base);
    Finding finding = has_base ? finding_of(statement, "N07", "statement.amount=base", told, base, tolerance_of_pair(quantum, quantum))
                               : finding_of(statement, "N07", "statement.change=0", size, 0, (Tolerance){0, 0});
    if (has_base || has_size)
        check_add(checking, &finding);
}

/* "年初预算为A万元，支出决算为B万元，完成年初预算的p%": the budget that the rate names is told in the same sentence. */
static void
check_completion(Checking *checking, guint index, Money told, Money quantum)
{
    const GPtrArray *statements = checking->record->statements;
    const RecordStatement *statement = statements->pdata[index];
    const Rule *rule = rules_find(checking->told_rules, "completion");
    RuleMatch match;
    if (rule == NULL || !rule_match(rule, statement->text, 0, &match))
        return;
    g_autofree char *base = rule_match_get(&match, "base");
    for (guint i = index; i-- > 0;) {
        const RecordStatement *before = statements->pdata[i];
        Money budget = 0;
        if (g_strcmp0(before->text, statement->text) != 0)
            return;
        if (before->label == NULL || !g_str_has_suffix(before->label, base) || !money_parse(before->amount, &budget) || budget <= 0)
            continue;
        Tolerance tolerance = {0, 0};
        Money part = part_of(budget, statement->percent, quantum, &tolerance);
        Finding finding = finding_of(statement, "N05", "statement.amount=percent*budget", told, part, tolerance);
        check_add(checking, &finding);
        return;
    }
}

void
checks_of_sentences(Checking *checking)
{
    for (guint i = 0; i < checking->record->statements->len; i++) {
        const RecordStatement *statement = checking->record->statements->pdata[i];
        Money told = 0;
        if (!money_parse(statement->amount, &told))
            continue;
        Money quantum = section_quantum(checking, statement);
        if (statement->change != NULL) {
            check_base(checking, statement, told, quantum);
            check_percent(checking, statement, told, quantum);
            check_unchanged(checking, statement, told, quantum);
        }
        if (statement->percent != NULL && statement->text != NULL)
            check_completion(checking, i, told, quantum);
        check_subject(checking, statement, told);
    }
    for (guint i = 0; i < rules_count(checking->told_rules); i++)
        check_rule(checking, rules_at(checking->told_rules, i));
    checks_of_shares(checking);
}
