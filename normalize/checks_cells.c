/* Identities between cells: of the two sides of a summary table, of its items, and between tables. */
#include <string.h>

#include "checks.h"

static const RecordRow *
row_of_item(const RecordTable *table, const char *item)
{
    for (guint r = 0; r < table->rows->len; r++) {
        const RecordRow *row = table->rows->pdata[r];
        if (g_strcmp0(row->item, item) == 0)
            return row;
    }
    return NULL;
}

/* ---- items of one table ---- */

/* In two-sided tables the main column of each row is meant ("*"): the sides have columns of their own. */
static bool
item_amount(const RecordTable *table, const char *item, const char *column, Money *ret_money, int *ret_page)
{
    const RecordRow *row = row_of_item(table, item);
    const char *key = row == NULL ? NULL : strcmp(column, "*") == 0 ? row_main_column(row) : column;
    if (key == NULL || !row_amount(row, key, ret_money))
        return false;
    if (ret_page != NULL && *ret_page == 0)
        *ret_page = row->page;
    return true;
}

/* Sum of the items that are printed; false when none has a figure, or one that is not optional has no row. */
static bool
sum_items(const RecordTable *table, const GArray *terms, const char *column, Money *ret_sum, guint *ret_count, GString *id)
{
    Money sum = 0;
    guint count = 0;
    for (guint i = 0; i < terms->len; i++) {
        const Term *term = &g_array_index(terms, Term, i);
        Money money = 0;
        if (!term->optional && row_of_item(table, term->name) == NULL)
            return false;
        if (!item_amount(table, term->name, column, &money, NULL))
            continue;
        g_string_append_printf(id, "%s%s", term->sign < 0 ? "-" : count > 0 ? "+" : "", term->name);
        sum += term->sign * money;
        count++;
    }
    *ret_sum = sum;
    *ret_count = count;
    return count > 0;
}

static void
check_items(Checking *checking, const CheckRule *rule, const RecordTable *table, const char *column)
{
    const char *item = g_array_index((const GArray *) rule->left->pdata[0], Term, 0).name;
    Money left = 0, best = 0;
    int page = 0;
    guint addends = 0;
    g_autofree char *best_id = NULL;
    if (!item_amount(table, item, column, &left, &page))
        return;
    for (guint i = 0; i < rule->right->len; i++) {
        g_autoptr(GString) id = g_string_new(NULL);
        g_string_printf(id, "%s.%s=", table->id, item);
        Money sum = 0;
        guint count = 0;
        if (!sum_items(table, rule->right->pdata[i], column, &sum, &count, id))
            continue;
        bool holds = check_holds(left, sum, tolerance_of_sum(table_quantum(checking, table), count));
        if (best_id != NULL && !holds)
            continue;
        g_free(best_id);
        best_id = g_strdup(id->str);
        best = sum;
        addends = count;
        if (holds)
            break;
    }
    if (best_id == NULL || (left == 0 && best == 0))
        return;
    const char *scope = strcmp(column, "*") == 0 ? row_main_column(row_of_item(table, item)) : column;
    check_add(checking, best_id, scope, left, best, tolerance_of_sum(table_quantum(checking, table), addends), (CheckPlace){table->source, page});
}

static bool
has_sides(const RecordTable *table)
{
    for (guint r = 0; r < table->rows->len; r++)
        if (((const RecordRow *) table->rows->pdata[r])->side != NULL)
            return true;
    return false;
}

static void
check_items_in_columns(Checking *checking, const CheckRule *rule, const RecordTable *table)
{
    if (has_sides(table)) {
        check_items(checking, rule, table, "*");
        return;
    }
    for (guint c = 0; c < table->columns->len; c++) {
        const char *key = ((const RecordColumn *) table->columns->pdata[c])->key;
        if (is_amount_key(key))
            check_items(checking, rule, table, key);
    }
}

/* ---- the lines of a side ---- */

typedef struct {
    Money sum;
    guint count;
    int level;
} Lines;

/* Codes of the functional classes begin with 2, of the department's economic ones with 3, of the government's with 5: tables that set
 * two of these classifications one beside the other tell the same total by each. */
static const char families[] = "235";

static bool
is_class(const RecordRow *row, char family)
{
    bool told = family == '2' || g_strcmp0(row->code_from, "codebook") != 0; /* 3 and 5 share names */
    return row->code != NULL && row->code[0] == family && strlen(row->code) == 3 && told;
}

static bool
line_amount(const RecordRow *row, Money *ret_money)
{
    const char *key = row_main_column(row);
    return key != NULL && row_amount(row, key, ret_money);
}

static Lines
sum_classes(const RecordTable *table, const char *side, char family)
{
    Lines lines = {0};
    for (guint r = 0; r < table->rows->len; r++) {
        const RecordRow *row = table->rows->pdata[r];
        Money money = 0;
        if (g_strcmp0(row->side, side) != 0 || !is_class(row, family) || !line_amount(row, &money))
            continue;
        lines.sum += money;
        lines.count++;
    }
    return lines;
}

/* The top lines of a side, without totals and without what an opening carry-over is made of. */
static Lines
sum_lines(const RecordTable *table, const char *side)
{
    Lines lines = {.level = G_MAXINT};
    int carried = -1; /* level of the carry-over whose parts come now */
    for (guint r = 0; r < table->rows->len; r++) {
        const RecordRow *row = table->rows->pdata[r];
        if (g_strcmp0(row->side, side) != 0)
            continue;
        if (row->item != NULL) {
            carried = g_str_has_suffix(row->item, "_carryover") ? row->level : -1;
            continue;
        }
        if (carried >= 0 && row->level > carried)
            continue;
        carried = -1;
        Money money = 0;
        if (row->level > lines.level || !line_amount(row, &money))
            continue;
        if (row->level < lines.level)
            lines = (Lines){.level = row->level};
        lines.sum += money;
        lines.count++;
    }
    return lines;
}

static void
check_lines(Checking *checking, const RecordTable *table, const char *side, Lines lines, const char *what)
{
    static const char *const kinds[] = {"subtotal", "total"};
    for (guint i = 0; lines.count > 0 && i < G_N_ELEMENTS(kinds); i++) {
        g_autofree char *item = g_strdup_printf("%s_%s", side, kinds[i]);
        Money left = 0;
        int page = 0;
        if (!item_amount(table, item, "*", &left, &page))
            continue;
        /* A grand total without a subtotal before it may hold a carry-over besides the lines. */
        Money carried = 0;
        const char *carry = strcmp(side, "revenue") == 0 ? "opening_carryover" : "closing_carryover";
        Tolerance tolerance = tolerance_of_sum(table_quantum(checking, table), lines.count);
        if (i > 0 && !check_holds(left, lines.sum, tolerance) && item_amount(table, carry, "*", &carried, NULL))
            lines.sum += carried;
        if (left == 0 && lines.sum == 0)
            return;
        g_autofree char *id = g_strdup_printf("%s.%s=%s%s", table->id, item, what, carried != 0 ? "+carryover" : "");
        check_add(checking, id, side, left, lines.sum, tolerance, (CheckPlace){table->source, page});
        return;
    }
}

static void
check_side(Checking *checking, const RecordTable *table, const char *side)
{
    bool classes = false;
    for (const char *family = families; *family != '\0'; family++) {
        Lines lines = sum_classes(table, side, *family);
        classes |= lines.count > 0;
        check_lines(checking, table, side, lines, "classes");
    }
    if (!classes)
        check_lines(checking, table, side, sum_lines(table, side), "lines");
}

void
checks_of_sides(Checking *checking, const RecordTable *table)
{
    for (guint i = 0; i < checking->rules->len; i++) {
        const CheckRule *rule = checking->rules->pdata[i];
        if (check_rule_applies(rule, CHECK_ITEMS, table->id))
            check_items_in_columns(checking, rule, table);
    }
    if (!has_sides(table))
        return;
    check_side(checking, table, "revenue");
    check_side(checking, table, "expenditure");
}

/* ---- between tables ---- */

typedef struct {
    Money value;
    Money quantum;
    CheckPlace place;
    char *id;
} TableCell;

/* "fiscal_appropriation:expenditure_subtotal.general_public"; without a column the main one. */
static bool
find_cell(Checking *checking, const char *words, TableCell *ret_cell)
{
    g_auto(GStrv) parts = g_strsplit_set(words, ":.", 3);
    guint count = g_strv_length(parts);
    const RecordTable *table = count >= 2 ? g_hash_table_lookup(checking->by_id, parts[0]) : NULL;
    Money value = 0;
    int page = 0;
    if (table == NULL || !item_amount(table, parts[1], count == 3 ? parts[2] : "*", &value, &page))
        return false;
    *ret_cell = (TableCell){value, table_quantum(checking, table), {table->source, page}, NULL};
    return true;
}

static bool
find_cells(Checking *checking, const GArray *terms, TableCell *ret_sum)
{
    g_autoptr(GString) id = g_string_new(NULL);
    TableCell sum = {0};
    bool any = false;
    for (guint i = 0; i < terms->len; i++) {
        const Term *term = &g_array_index(terms, Term, i);
        TableCell cell = {0};
        if (!find_cell(checking, term->name, &cell))
            continue;
        g_string_append_printf(id, "%s%s", term->sign < 0 ? "-" : any ? "+" : "", term->name);
        g_strdelimit(id->str, ":", '.');
        sum.value += term->sign * cell.value;
        sum.quantum = any ? sum.quantum + cell.quantum : cell.quantum;
        sum.place = any ? sum.place : cell.place;
        any = true;
    }
    sum.id = any ? g_strdup(id->str) : NULL;
    *ret_sum = sum;
    return any;
}

static bool
is_unsure(const GArray *terms)
{
    return g_array_index(terms, Term, 0).optional;
}

/* Whether carry-overs are inside differs from place to place: any pair of alternatives that agrees will do. */
static void
check_cells(Checking *checking, const CheckRule *rule)
{
    TableCell best[2] = {0};
    bool found = false, holds = false;
    for (guint l = 0; l < rule->left->len && !holds; l++) {
        TableCell left = {0};
        if (!find_cells(checking, rule->left->pdata[l], &left))
            continue;
        for (guint r = 0; r < rule->right->len && !holds; r++) {
            TableCell right = {0};
            if (!find_cells(checking, rule->right->pdata[r], &right))
                continue;
            holds = check_holds(left.value, right.value, tolerance_of_pair(left.quantum, right.quantum));
            if ((found || is_unsure(rule->left->pdata[l]) || is_unsure(rule->right->pdata[r])) && !holds) {
                g_free(right.id);
                continue;
            }
            g_free(best[0].id);
            g_free(best[1].id);
            best[0] = left;
            best[0].id = g_strdup(left.id);
            best[1] = right;
            found = true;
        }
        g_free(left.id);
    }
    if (found && (best[0].value != 0 || best[1].value != 0)) {
        g_autofree char *id = g_strconcat(best[0].id, "=", best[1].id, NULL);
        check_add(checking, id, NULL, best[0].value, best[1].value, tolerance_of_pair(best[0].quantum, best[1].quantum), best[0].place);
    }
    g_free(best[0].id);
    g_free(best[1].id);
}

/* ---- class by class ---- */

static const char *
column_or_main(const RecordRow *row, const char *column)
{
    return column == NULL || strcmp(column, "*") == 0 ? row_main_column(row) : column;
}

/* The classes of a table by code; a code that comes twice (rows of units) is left out, for it is no whole. */
static GHashTable *
classes_of(const RecordTable *table, const char *column)
{
    GHashTable *classes = g_hash_table_new(g_str_hash, g_str_equal);
    for (guint r = 0; r < table->rows->len; r++) {
        RecordRow *row = table->rows->pdata[r];
        Money money = 0;
        const char *key = column_or_main(row, column);
        if (row->code == NULL || strlen(row->code) != 3 || g_strcmp0(row->side, "revenue") == 0 || key == NULL || !row_amount(row, key, &money))
            continue;
        bool twice = g_hash_table_contains(classes, row->code);
        g_hash_table_insert(classes, row->code, twice ? NULL : row);
    }
    return classes;
}

/* One table counts what last year left over, the other does not: then no class of it need agree. */
static bool
differ_by_carryover(const RecordTable *summary, const char *const columns[2], GHashTable *ours, GHashTable *theirs)
{
    Money carried = 0, gap = 0;
    if (!item_amount(summary, "opening_carryover", "*", &carried, NULL) || carried == 0)
        return false;
    GHashTable *sides[2] = {ours, theirs};
    for (guint i = 0; i < 2; i++) {
        GHashTableIter iter;
        void *row;
        g_hash_table_iter_init(&iter, sides[i]);
        while (g_hash_table_iter_next(&iter, NULL, &row)) {
            Money money = 0;
            if (row != NULL && row_amount(row, column_or_main(row, columns[i]), &money))
                gap += i == 0 ? money : -money;
        }
    }
    return gap == carried;
}

static void
check_class_pair(Checking *checking, const RecordTable *const tables[2], const char *const columns[2], const char *id)
{
    g_autoptr(GHashTable) theirs = classes_of(tables[1], columns[1]);
    g_autoptr(GHashTable) ours = classes_of(tables[0], columns[0]);
    if (differ_by_carryover(tables[0], columns, ours, theirs))
        return;
    Tolerance tolerance = tolerance_of_pair(table_quantum(checking, tables[0]), table_quantum(checking, tables[1]));
    for (guint r = 0; r < tables[0]->rows->len; r++) {
        const RecordRow *row = tables[0]->rows->pdata[r];
        const RecordRow *other = row->code != NULL && g_hash_table_lookup(ours, row->code) == row ? g_hash_table_lookup(theirs, row->code) : NULL;
        Money left = 0, right = 0;
        if (other == NULL || !row_amount(row, column_or_main(row, columns[0]), &left) || !row_amount(other, column_or_main(other, columns[1]), &right))
            continue;
        if (left != 0 || right != 0)
            check_add(checking, id, row->code, left, right, tolerance, (CheckPlace){tables[0]->source, row->page});
    }
}

static void
check_classes(Checking *checking, const CheckRule *rule)
{
    const char *words[2] = {g_array_index((const GArray *) rule->left->pdata[0], Term, 0).name,
                            g_array_index((const GArray *) rule->right->pdata[0], Term, 0).name};
    g_auto(GStrv) left = g_strsplit(words[0], ".", 2);
    g_auto(GStrv) right = g_strsplit(words[1], ".", 2);
    const RecordTable *tables[2] = {g_hash_table_lookup(checking->by_id, left[0]), g_hash_table_lookup(checking->by_id, right[0])};
    const char *columns[2] = {left[1], right[1]};
    if (tables[0] == NULL || tables[1] == NULL)
        return;
    g_autofree char *id = g_strconcat(words[0], "=", words[1], NULL);
    check_class_pair(checking, tables, columns, id);
}

void
checks_between_tables(Checking *checking)
{
    for (guint i = 0; i < checking->rules->len; i++) {
        const CheckRule *rule = checking->rules->pdata[i];
        if (rule->type == CHECK_CELLS)
            check_cells(checking, rule);
        else if (rule->type == CHECK_CLASSES)
            check_classes(checking, rule);
    }
}

/* ---- sentences against tables: the cells that a told rule names ---- */

bool
check_find_cells(Checking *checking, const GArray *terms, Money *ret_value, Money *ret_quantum, char **ret_id)
{
    TableCell cell = {0};
    if (!find_cells(checking, terms, &cell))
        return false;
    *ret_value = cell.value;
    *ret_quantum = cell.quantum;
    *ret_id = cell.id;
    return true;
}
