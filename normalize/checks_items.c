/* Identities between the rows of one table: its items, the lines of a side, a list and its total. */
#include <string.h>

#include "checks.h"

/* Sum of the items that are printed; false when none has a figure, or one that is not optional has no row. */
static bool
sum_items(const Checking *checking, const RecordTable *table, const GArray *terms, const char *column, Money *ret_sum, guint *ret_count, GString *id)
{
    Money sum = 0;
    guint count = 0;
    for (guint i = 0; i < terms->len; i++) {
        const Term *term = &g_array_index(terms, Term, i);
        Money money = 0;
        if (!term->optional && row_of_item(checking, table, term->name) == NULL)
            return false;
        if (!item_amount(checking, table, term->name, column, &money, NULL))
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
    if (!item_amount(checking, table, item, column, &left, &page))
        return;
    for (guint i = 0; i < rule->right->len; i++) {
        g_autoptr(GString) id = g_string_new(NULL);
        g_string_printf(id, "%s.%s=", table->id, item);
        Money sum = 0;
        guint count = 0;
        if (!sum_items(checking, table, rule->right->pdata[i], column, &sum, &count, id))
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
    const char *scope = strcmp(column, "*") == 0 ? row_main_column(row_of_item(checking, table, item)) : column;
    check_add(checking, &(Finding){.number = rule->number,
                                   .id = best_id,
                                   .scope = scope,
                                   .left = left,
                                   .right = best,
                                   .tolerance = tolerance_of_sum(table_quantum(checking, table), addends),
                                   .place = {table->source, page}});
}

static bool
has_sides(const RecordTable *table)
{
    for (guint r = 0; r < table->rows->len; r++)
        if (((const RecordRow *) table->rows->pdata[r])->side != NULL)
            return true;
    return false;
}

/* The amount keys that the rows have, in the order of their first coming: a table across the page has items for columns. */
static GPtrArray *
amount_keys(const RecordTable *table)
{
    GPtrArray *keys = g_ptr_array_new();
    g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
    for (guint r = 0; r < table->rows->len; r++) {
        const RecordRow *row = table->rows->pdata[r];
        for (guint a = 0; row->amounts != NULL && a < row->amounts->len; a++) {
            char *key = ((const Entry *) row->amounts->pdata[a])->key;
            if (is_amount_key(key) && g_hash_table_add(seen, key))
                g_ptr_array_add(keys, key);
        }
    }
    return keys;
}

static void
check_items_in_columns(Checking *checking, const CheckRule *rule, const RecordTable *table)
{
    if (has_sides(table)) {
        check_items(checking, rule, table, "*");
        return;
    }
    g_autoptr(GPtrArray) keys = amount_keys(table);
    for (guint k = 0; k < keys->len; k++)
        check_items(checking, rule, table, keys->pdata[k]);
}

/* ---- the lines of a side ---- */

/* The one word on the left of a rule. */
static const char *
rule_word(const CheckRule *rule)
{
    return g_array_index((const GArray *) rule->left->pdata[0], Term, 0).name;
}

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
    g_autofree char *subtotal = g_strdup_printf("%s_subtotal", side);
    int carried = -1; /* level of the carry-over whose parts come now */
    for (guint r = 0; r < table->rows->len; r++) {
        const RecordRow *row = table->rows->pdata[r];
        if (g_strcmp0(row->side, side) != 0)
            continue;
        if (g_strcmp0(row->item, subtotal) == 0 && lines.count > 0) /* what comes behind is no part of it */
            break;
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
check_lines(Checking *checking, const CheckRule *rule, const RecordTable *table, Lines lines, const char *what)
{
    static const char *const kinds[] = {"subtotal", "total"};
    const char *side = rule_word(rule);
    for (guint i = 0; lines.count > 0 && i < G_N_ELEMENTS(kinds); i++) {
        g_autofree char *item = g_strdup_printf("%s_%s", side, kinds[i]);
        Money left = 0;
        int page = 0;
        if (!item_amount(checking, table, item, "*", &left, &page))
            continue;
        /* A grand total without a subtotal before it may hold a carry-over besides the lines. */
        Money carried = 0;
        const char *carry = strcmp(side, "revenue") == 0 ? "opening_carryover" : "closing_carryover";
        Tolerance tolerance = tolerance_of_sum(table_quantum(checking, table), lines.count);
        if (i > 0 && !check_holds(left, lines.sum, tolerance) && item_amount(checking, table, carry, "*", &carried, NULL))
            lines.sum += carried;
        if (left == 0 && lines.sum == 0)
            return;
        g_autofree char *id = g_strdup_printf("%s.%s=%s%s", table->id, item, what, carried != 0 ? "+carryover" : "");
        check_add(
            checking,
            &(Finding){
                .number = rule->number, .id = id, .scope = side, .left = left, .right = lines.sum, .tolerance = tolerance, .place = {table->source, page}});
        return;
    }
}

static void
check_side(Checking *checking, const CheckRule *rule, const RecordTable *table)
{
    const char *side = rule_word(rule);
    bool classes = false;
    for (const char *family = families; *family != '\0'; family++) {
        Lines lines = sum_classes(table, side, *family);
        classes |= lines.count > 0;
        check_lines(checking, rule, table, lines, "classes");
    }
    if (!classes)
        check_lines(checking, rule, table, sum_lines(table, side), "lines");
}

/* ---- lists ---- */

/* Rows besides the total that tell an amount of `key`, in order. */
static GArray *
list_amounts(const RecordTable *table, const char *key)
{
    GArray *amounts = g_array_new(FALSE, FALSE, sizeof(Money));
    for (guint r = 0; r < table->rows->len; r++) {
        const RecordRow *row = table->rows->pdata[r];
        Money money = 0;
        if (row->item == NULL && row_amount(row, key, &money))
            g_array_append_val(amounts, money);
    }
    return amounts;
}

/* How many of the amounts behind `at` add to exactly it: its parts. 0 where none do. */
static guint
parts_of(const GArray *amounts, guint at)
{
    enum { MOST_PARTS = 500 };
    const Money whole = g_array_index(amounts, Money, at);
    Money sum = 0;
    for (guint i = at + 1; i < amounts->len && i - at <= MOST_PARTS && sum < whole; i++) {
        sum += g_array_index(amounts, Money, i);
        if (sum == whole)
            return i - at;
    }
    return 0;
}

ListSums
sums_read(const RecordTable *table, const char *key)
{
    g_autoptr(GArray) amounts = list_amounts(table, key);
    ListSums list = {0};
    for (guint i = 0, end = 0; i < amounts->len; i++) {
        guint parts = parts_of(amounts, i);
        list.leaves += parts == 0;
        if (i < end)
            continue;
        list.sum += g_array_index(amounts, Money, i);
        end = i + parts + 1;
    }
    for (guint i = 0; i < amounts->len; i++)
        list.all += g_array_index(amounts, Money, i);
    list.count = amounts->len;
    return list;
}

/* A list within a list need not show, and two equal rows may look like one: only rows that make the total, or cannot reach it, are told. */
static void
check_list(Checking *checking, const CheckRule *rule, const RecordTable *table)
{
    const RecordRow *total = row_of_item(checking, table, "total");
    for (guint c = 0; total != NULL && c < table->columns->len; c++) {
        const char *key = ((const RecordColumn *) table->columns->pdata[c])->key;
        Money left = 0;
        if (!is_amount_key(key) || !row_amount(total, key, &left) || left <= 0)
            continue;
        ListSums list = sums_read(table, key);
        Tolerance tolerance = tolerance_of_sum(table_quantum(checking, table), list.leaves);
        Money right = check_holds(left, list.sum, tolerance) ? list.sum : list.all;
        if (list.leaves == 0 || (right > left && !check_holds(left, right, tolerance)))
            continue;
        g_autofree char *id = g_strdup_printf("%s.%s=rows", table->id, key);
        check_add(checking, &(Finding){.number = rule->number,
                                       .id = id,
                                       .scope = "total",
                                       .left = left,
                                       .right = right,
                                       .tolerance = tolerance,
                                       .place = {table->source, total->page}});
    }
}

void
checks_of_items(Checking *checking, const RecordTable *table)
{
    for (guint i = 0; i < checking->rules->len; i++) {
        const CheckRule *rule = checking->rules->pdata[i];
        if (check_rule_applies(rule, CHECK_ITEMS, table->id))
            check_items_in_columns(checking, rule, table);
        else if (check_rule_applies(rule, CHECK_LINES, table->id) && has_sides(table))
            check_side(checking, rule, table);
        else if (check_rule_applies(rule, CHECK_LIST, table->id))
            check_list(checking, rule, table);
    }
}
