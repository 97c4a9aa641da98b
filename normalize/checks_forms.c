/* What performance target forms say: of their own funds and indicators, and of the projects in the tables. */
#include <string.h>

#include "checks.h"
#include "utf8.h"

enum { FULL_MARKS = 100, MARKS_WITHOUT_EXECUTION = 90 }; /* ten are often for the rate of execution, which is printed elsewhere */

static bool
is_of_project(const RecordPerformance *form)
{
    return g_strcmp0(form->scope, "project") == 0;
}

/* What the year costs: a form that does not part the year from the whole period tells one total. */
static bool
year_of(const RecordPerformance *form, Money *ret_money)
{
    return money_parse(form->annual_amount_total, ret_money) || money_parse(form->amount_total, ret_money);
}

guint
forms_of_projects(const Record *record, Money *ret_sum)
{
    guint count = 0;
    *ret_sum = 0;
    for (guint i = 0; i < record->performance->len; i++) {
        const RecordPerformance *form = record->performance->pdata[i];
        Money money = 0;
        if (!is_of_project(form))
            continue;
        count++;
        if (year_of(form, &money))
            *ret_sum += money;
    }
    return count;
}

static CheckPlace
place_of(const RecordPerformance *form)
{
    return (CheckPlace){form->source, form->pages != NULL && form->pages->len > 0 ? g_array_index(form->pages, int, 0) : 0};
}

static Finding
finding_of(const RecordPerformance *form, const char *number, const char *id, Money left, Money right, Tolerance tolerance)
{
    const char *scope = form->project != NULL ? form->project : form->department;
    return (Finding){.number = number, .id = id, .scope = scope, .left = left, .right = right, .tolerance = tolerance, .place = place_of(form)};
}

static void
check_total(Checking *checking, const RecordPerformance *form, const char *id, const char *total, const GPtrArray *parts)
{
    Money left = 0, right = 0;
    guint addends = 0;
    if (!money_parse(total, &left))
        return;
    Money quantum = quantum_refine(MAX(unit_factor(form->unit_printed), 1) * MONEY_YUAN, left);
    for (guint i = 0; parts != NULL && i < parts->len; i++) {
        Money money = 0;
        if (!money_parse(((const Entry *) parts->pdata[i])->value, &money))
            continue;
        right += money;
        quantum = quantum_refine(quantum, money);
        addends++;
    }
    if (addends == 0 || (left == 0 && right == 0))
        return;
    Finding finding = finding_of(form, "R31", id, left, right, tolerance_of_sum(quantum, addends));
    check_add(checking, &finding);
}

static void
check_period(Checking *checking, const RecordPerformance *form)
{
    Money year = 0, whole = 0;
    if (!money_parse(form->annual_amount_total, &year) || !money_parse(form->amount_total, &whole) || whole == 0)
        return;
    Finding finding = finding_of(form, "R32", "performance.annual_amount_total<=amount_total", year, whole, (Tolerance){0, 0});
    finding.relation = RELATION_AT_MOST;
    check_add(checking, &finding);
}

/* Where each indicator prints a weight, they add to full marks. */
static void
check_weights(Checking *checking, const RecordPerformance *form)
{
    Money sum = 0;
    guint count = 0;
    for (guint i = 0; form->indicators != NULL && i < form->indicators->len; i++) {
        const TreeIndicator *indicator = form->indicators->pdata[i];
        g_autofree char *weight = number_print(indicator->weight);
        Money money = 0;
        if (weight == NULL || !money_parse(weight, &money))
            return;
        sum += money;
        count++;
    }
    if (count < 2)
        return;
    bool ninety = sum == MARKS_WITHOUT_EXECUTION * MONEY_YUAN;
    Finding finding = finding_of(form, "R33", "performance.weights=100", sum, (ninety ? MARKS_WITHOUT_EXECUTION : FULL_MARKS) * MONEY_YUAN, (Tolerance){0, 0});
    finding.unit = "count";
    check_add(checking, &finding);
}

static char *
fold(const char *name)
{
    g_autofree char *narrow = utf8_narrow(name);
    return utf8_squeeze(narrow);
}

/* A project that has a form of its name: its money in the table. A name that comes twice is no name. */
static void
check_project(Checking *checking, const RecordPerformance *form, GHashTable *rows)
{
    const RecordTable *table = g_hash_table_lookup(checking->by_id, "projects");
    g_autofree char *name = form->project != NULL ? fold(form->project) : NULL;
    const RecordRow *row = name != NULL ? g_hash_table_lookup(rows, name) : NULL;
    const char *key = row != NULL ? row_main_column(row) : NULL;
    Money left = 0, right = 0;
    if (key == NULL || !row_amount(row, key, &left) || !year_of(form, &right))
        return;
    Money own = quantum_refine(MAX(unit_factor(form->unit_printed), 1) * MONEY_YUAN, right);
    Tolerance tolerance = tolerance_of_pair(table_quantum(checking, table), own);
    Finding finding = finding_of(form, "X12", "projects=performance", left, right, tolerance);
    check_add(checking, &finding);
}

/* Units have projects of the same name: where the table is of several, a name says nothing. */
static bool
is_of_units(const RecordTable *table)
{
    for (guint c = 0; c < table->columns->len; c++) {
        const char *key = ((const RecordColumn *) table->columns->pdata[c])->key;
        if (g_strcmp0(key, "unit_code") == 0 || g_strcmp0(key, "unit_name") == 0)
            return true;
    }
    return false;
}

static GHashTable *
projects_by_name(const Checking *checking)
{
    const RecordTable *table = g_hash_table_lookup(checking->by_id, "projects");
    GHashTable *rows = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    if (table != NULL && is_of_units(table))
        return rows;
    for (guint r = 0; table != NULL && r < table->rows->len; r++) {
        RecordRow *row = table->rows->pdata[r];
        if (row->name == NULL || row->item != NULL)
            continue;
        char *name = fold(row->name);
        g_hash_table_insert(rows, name, g_hash_table_contains(rows, name) ? NULL : row);
    }
    return rows;
}

void
checks_of_performance(Checking *checking)
{
    g_autoptr(GHashTable) rows = projects_by_name(checking);
    for (guint i = 0; i < checking->record->performance->len; i++) {
        const RecordPerformance *form = checking->record->performance->pdata[i];
        check_total(checking, form, "performance.amount_total=amounts", form->amount_total, form->amounts);
        check_total(checking, form, "performance.annual_amount_total=annual_amounts", form->annual_amount_total, form->annual_amounts);
        check_period(checking, form);
        check_weights(checking, form);
        if (is_of_project(form))
            check_project(checking, form, rows);
    }
}
