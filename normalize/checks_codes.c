/* Identities by code: the same code in several tables, and what a code may not do in its own. */
#include <string.h>

#include "checks.h"
#include "facts.h"

/* ---- the same code in two tables ---- */

enum { CLASS_DIGITS = 3, MOST_ADDENDS = 4 };

/* "expenditure.total" found: the rows of a table by code. */
typedef struct {
    const RecordTable *table;
    const char *column; /* or "*" */
    GHashTable *rows;   /* code → RecordRow; NULL where a code comes twice (rows of units): it is no whole */
} Column;

static const char *
column_of_row(const Column *column, const RecordRow *row)
{
    return strcmp(column->column, "*") == 0 ? row_main_column(row) : column->column;
}

static bool
code_amount(const Column *column, const RecordRow *row, Money *ret_money)
{
    const char *key = row != NULL ? column_of_row(column, row) : NULL;
    return key != NULL && row_amount(row, key, ret_money);
}

static GHashTable *
rows_by_code(const Column *column, bool classes)
{
    GHashTable *rows = g_hash_table_new(g_str_hash, g_str_equal);
    for (guint r = 0; r < column->table->rows->len; r++) {
        RecordRow *row = column->table->rows->pdata[r];
        Money money = 0;
        if (row->code == NULL || (classes && strlen(row->code) != CLASS_DIGITS) || g_strcmp0(row->side, "revenue") == 0 || !code_amount(column, row, &money))
            continue;
        bool twice = g_hash_table_contains(rows, row->code);
        g_hash_table_insert(rows, row->code, twice ? NULL : row);
    }
    return rows;
}

static bool
column_find(const Checking *checking, const char *words, bool classes, Column *ret_column)
{
    const char *dot = strchr(words, '.');
    g_autofree char *id = g_strndup(words, (gsize) (dot - words));
    const RecordTable *table = g_hash_table_lookup(checking->by_id, id);
    if (table == NULL)
        return false;
    *ret_column = (Column){.table = table, .column = dot + 1};
    ret_column->rows = rows_by_code(ret_column, classes);
    return true;
}

/* One table counts what last year left over, the other does not: then no class of it need agree. */
static bool
differ_by_carryover(const Checking *checking, const Column *ours, const Column *theirs)
{
    Money carried = 0, gap = 0;
    if (!item_amount(checking, ours->table, "opening_carryover", "*", &carried, NULL) || carried == 0)
        return false;
    const Column *sides[2] = {ours, theirs};
    for (guint i = 0; i < 2; i++) {
        GHashTableIter iter;
        void *row;
        g_hash_table_iter_init(&iter, sides[i]->rows);
        while (g_hash_table_iter_next(&iter, NULL, &row)) {
            Money money = 0;
            if (code_amount(sides[i], row, &money))
                gap += i == 0 ? money : -money;
        }
    }
    return gap == carried;
}

/* What the addends' tables have under `code`; false where one of them does not say. */
static bool
sum_code(Checking *checking, const Column *addends, guint count, const char *code, Money *ret_sum, Money *ret_quantum)
{
    Money sum = 0, quantum = 0;
    bool any = false;
    for (guint i = 0; i < count; i++) {
        Money money = 0;
        if (g_hash_table_contains(addends[i].rows, code) && g_hash_table_lookup(addends[i].rows, code) == NULL)
            return false;
        if (!code_amount(&addends[i], g_hash_table_lookup(addends[i].rows, code), &money))
            continue;
        sum += money;
        quantum += table_quantum(checking, addends[i].table);
        any = true;
    }
    *ret_sum = sum;
    *ret_quantum = quantum;
    return any;
}

static void
compare_codes(Checking *checking, const CheckRule *rule, const char *id, const Column *addends, guint count, const Column *whole)
{
    const RecordTable *table = addends[0].table;
    for (guint r = 0; r < whole->table->rows->len; r++) {
        const RecordRow *row = whole->table->rows->pdata[r];
        Money left = 0, right = 0, quantum = 0;
        if (row->code == NULL || g_hash_table_lookup(whole->rows, row->code) != row || !code_amount(whole, row, &right) ||
            !sum_code(checking, addends, count, row->code, &left, &quantum) || (left == 0 && right == 0))
            continue;
        const RecordRow *mine = g_hash_table_lookup(addends[0].rows, row->code);
        check_add(checking, &(Finding){.number = rule->number,
                                       .id = id,
                                       .scope = row->code,
                                       .relation = rule->relation,
                                       .left = left,
                                       .right = right,
                                       .tolerance = tolerance_of_pair(quantum, table_quantum(checking, whole->table)),
                                       .place = {mine != NULL ? table->source : whole->table->source, mine != NULL ? mine->page : row->page}});
    }
}

/* "general_public_expenditure.total+government_fund_expenditure.total<=expenditure.total", of the tables that are there. */
void
checks_by_codes(Checking *checking, const CheckRule *rule)
{
    const GArray *terms = rule->left->pdata[0];
    const char *right = g_array_index((const GArray *) rule->right->pdata[0], Term, 0).name;
    const bool classes = rule->type == CHECK_CLASSES;
    Column addends[MOST_ADDENDS] = {0}, whole = {0};
    guint count = 0;
    g_autoptr(GString) id = g_string_new(NULL);
    if (!column_find(checking, right, classes, &whole))
        return;
    for (guint i = 0; i < terms->len && count < MOST_ADDENDS; i++) {
        const char *name = g_array_index(terms, Term, i).name;
        if (!column_find(checking, name, classes, &addends[count]))
            continue;
        g_string_append_printf(id, "%s%s", count > 0 ? "+" : "", name);
        count++;
    }
    g_string_append_printf(id, "%s%s", relation_sign(rule->relation), right);
    if (count > 0 && !(count == 1 && rule->relation == RELATION_EQUAL && differ_by_carryover(checking, &addends[0], &whole)))
        compare_codes(checking, rule, id->str, addends, count, &whole);
    for (guint i = 0; i < count; i++)
        g_hash_table_unref(addends[i].rows);
    g_hash_table_unref(whole.rows);
}

/* ---- what a code may not do: told only where it does ---- */

static void
tell(Checking *checking, const CheckRule *rule, const RecordTable *table, const RecordRow *row, const char *what, Money left, Money right, const char *unit)
{
    g_autofree char *id = g_strdup_printf("%s.%s", table->id, what);
    check_add(checking, &(Finding){.number = rule->number,
                                   .id = id,
                                   .scope = row->code != NULL   ? row->code
                                            : row->item != NULL ? row->item
                                                                : row->name,
                                   .left = left,
                                   .right = right,
                                   .unit = unit,
                                   .place = {table->source, row->page}});
}

/* The fund that the codebook knows for an item's code, or NULL. Classes and 款 may be of several. */
static const char *
fund_of(const char *code)
{
    enum { FUNCTION_FUND = 3, ITEM_DIGITS = 7 };
    static FactsOnce functions = FACTS_ONCE("normalize/data/function.tsv");
    const GHashTable *index = strlen(code) == ITEM_DIGITS ? facts_index(&functions, NULL) : NULL;
    char **row = index != NULL ? g_hash_table_lookup((GHashTable *) index, code) : NULL;
    return row != NULL ? row[FUNCTION_FUND] : NULL;
}

static void
check_fund(Checking *checking, const CheckRule *rule, const RecordTable *table, const char *fund)
{
    g_autofree char *what = g_strdup_printf("fund=%s", fund);
    for (guint r = 0; r < table->rows->len; r++) {
        const RecordRow *row = table->rows->pdata[r];
        const char *key = row_main_column(row), *known = row->code != NULL ? fund_of(row->code) : NULL;
        Money money = 0;
        if (known != NULL && strcmp(known, fund) != 0 && key != NULL && row_amount(row, key, &money) && money != 0)
            tell(checking, rule, table, row, what, money, 0, NULL);
    }
}

/* Lists without classes, and those whose classes come again, are of units or of projects: there a code may come again. */
static bool
is_one_tree(const RecordTable *table)
{
    g_autoptr(GHashTable) classes = g_hash_table_new(g_str_hash, g_str_equal);
    for (guint r = 0; r < table->rows->len; r++) {
        const RecordRow *row = table->rows->pdata[r];
        if (row->unit_name != NULL || row->unit_code != NULL)
            return false;
        if (row->code != NULL && strlen(row->code) == CLASS_DIGITS && !g_hash_table_add(classes, row->code))
            return false;
    }
    return g_hash_table_size(classes) > 0;
}

static void
check_once(Checking *checking, const CheckRule *rule, const RecordTable *table)
{
    g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    const guint rows = is_one_tree(table) ? table->rows->len : 0;
    for (guint r = 0; r < rows; r++) {
        const RecordRow *row = table->rows->pdata[r];
        if (row->code == NULL || row_main_column(row) == NULL)
            continue;
        char *both = g_strdup_printf("%s/%s/%s", row->code, row->government_code != NULL ? row->government_code : "",
                                     row->economic_code != NULL ? row->economic_code : "");
        if (!g_hash_table_add(seen, both))
            tell(checking, rule, table, row, "code=once", 2 * MONEY_YUAN, MONEY_YUAN, "count");
    }
}

/* The government's code beside a department's code is one that it maps to. */
static void
check_map(Checking *checking, const CheckRule *rule, const RecordTable *table)
{
    static FactsOnce map = FACTS_ONCE("normalize/data/economic_map.tsv");
    const GHashTable *index = facts_index(&map, NULL);
    for (guint r = 0; index != NULL && r < table->rows->len; r++) {
        const RecordRow *row = table->rows->pdata[r];
        char **known = row->code != NULL && row->government_code != NULL ? g_hash_table_lookup((GHashTable *) index, row->code) : NULL;
        if (known == NULL || strlen(row->government_code) < strlen(row->code) || strstr(known[1], row->government_code) != NULL)
            continue;
        g_autofree char *id = g_strdup_printf("%s.government_code", table->id);
        g_autofree char *scope = g_strdup_printf("%s %s, %s", row->code, row->government_code, known[1]);
        check_add(checking, &(Finding){.number = rule->number, .id = id, .scope = scope, .words = true, .place = {table->source, row->page}});
    }
}

static void
check_positive(Checking *checking, const CheckRule *rule, const RecordTable *table)
{
    for (guint r = 0; r < table->rows->len; r++) {
        const RecordRow *row = table->rows->pdata[r];
        const char *key = row_main_column(row);
        Money money = 0;
        if (key == NULL || !row_amount(row, key, &money) || money >= 0)
            continue;
        g_autofree char *what = g_strdup_printf("%s>=0", key);
        tell(checking, rule, table, row, what, money, 0, NULL);
    }
}

void
checks_of_codes(Checking *checking, const RecordTable *table)
{
    for (guint i = 0; i < checking->rules->len; i++) {
        const CheckRule *rule = checking->rules->pdata[i];
        if (check_rule_applies(rule, CHECK_FUND, table->id))
            check_fund(checking, rule, table, g_array_index((const GArray *) rule->left->pdata[0], Term, 0).name);
        else if (check_rule_applies(rule, CHECK_ONCE, table->id))
            check_once(checking, rule, table);
        else if (check_rule_applies(rule, CHECK_MAP, table->id))
            check_map(checking, rule, table);
        else if (check_rule_applies(rule, CHECK_POSITIVE, table->id))
            check_positive(checking, rule, table);
    }
}
