/* Identities inside one table: within a row, and from children to parents. */
#include <string.h>

#include "checks.h"

static bool
has_column(const Checking *checking, const RecordTable *table, const char *prefix, const char *name)
{
    g_autofree char *key = g_strconcat(prefix, name, NULL);
    return table_has_key(checking, table, key);
}

static bool
meets_needs(const Checking *checking, const CheckRule *rule, const RecordTable *table, const char *prefix)
{
    for (guint i = 0; rule->needs != NULL && rule->needs[i] != NULL; i++) {
        bool wanted = rule->needs[i][0] != '!';
        if (has_column(checking, table, prefix, rule->needs[i] + !wanted) != wanted)
            return false;
    }
    return true;
}

/* The terms of an alternative that this table has columns for, by these columns' keys. */
static GArray *
terms_present(const Checking *checking, const GArray *sum, const RecordTable *table, const char *prefix)
{
    GArray *present = g_array_new(FALSE, FALSE, sizeof(Term));
    for (guint i = 0; i < sum->len; i++) {
        Term term = g_array_index(sum, Term, i);
        if (!has_column(checking, table, prefix, term.name))
            continue;
        g_autofree char *key = g_strconcat(prefix, term.name, NULL);
        term.name = g_intern_string(key);
        g_array_append_val(present, term);
    }
    return present;
}

/* False when the row prints none of the terms. */
static bool
add_terms(const RecordRow *row, const GArray *terms, Money *ret_sum)
{
    Money sum = 0;
    bool any = false;
    for (guint i = 0; i < terms->len; i++) {
        const Term *term = &g_array_index(terms, Term, i);
        Money money = 0;
        if (!row_amount(row, term->name, &money))
            continue;
        sum += term->sign * money;
        any = true;
    }
    *ret_sum = sum;
    return any;
}

typedef struct {
    GPtrArray *sums; /* GArray of Term: the alternatives, reduced to this table's columns */
    GPtrArray *ids;
    const char *left;
    const CheckRule *rule;
} RowCheck;

/* "expenditure.total=basic+project" */
static char *
row_id(const RecordTable *table, const RowCheck *check, const GArray *terms)
{
    GString *id = g_string_new(table->id);
    g_string_append_printf(id, ".%s%s", check->left, relation_sign(check->rule->relation));
    for (guint i = 0; i < terms->len; i++) {
        const Term *term = &g_array_index(terms, Term, i);
        g_string_append_printf(id, "%s%s", term->sign < 0 ? "-" : i > 0 ? "+" : "", term->name);
    }
    return g_string_free(id, FALSE);
}

static const char *
row_scope(const RecordRow *row)
{
    return row->code != NULL ? row->code : row->item != NULL ? row->item : row->name != NULL ? row->name : row->unit_name;
}

/* A figure in a column that no vocabulary names may be one of the terms: then nobody can say that the sum is wrong. */
static bool
has_unknown_figure(const RecordTable *table, const RecordRow *row)
{
    for (guint c = 0; row->cells != NULL && c < row->cells->len && c < table->columns->len; c++) {
        const char *cell = row->cells->pdata[c];
        Money money = 0;
        if (((const RecordColumn *) table->columns->pdata[c])->key == NULL && money_read(cell, NULL, &money, NULL) && money != 0)
            return true;
    }
    return false;
}

static void
check_row(Checking *checking, const RecordTable *table, const RecordRow *row, const RowCheck *check)
{
    Money left = 0;
    if (!row_amount(row, check->left, &left))
        return;
    int chosen = -1;
    bool agrees = false;
    Money right = 0;
    for (guint i = 0; i < check->sums->len && !agrees; i++) {
        const GArray *sum = check->sums->pdata[i];
        Money value = 0;
        if (!add_terms(row, sum, &value))
            continue;
        agrees = relation_holds(check->rule->relation, left, value, tolerance_of_sum(table_quantum(checking, table), sum->len));
        if (chosen < 0 || agrees) {
            chosen = (int) i;
            right = value;
        }
    }
    if (chosen < 0 || (left == 0 && right == 0) || (!agrees && has_unknown_figure(table, row)))
        return;
    const GArray *sum = check->sums->pdata[chosen];
    check_add(checking, &(Finding){.number = check->rule->number,
                                   .id = check->ids->pdata[chosen],
                                   .scope = row_scope(row),
                                   .relation = check->rule->relation,
                                   .left = left,
                                   .right = right,
                                   .tolerance = tolerance_of_sum(table_quantum(checking, table), sum->len),
                                   .place = {table->source, row->page}});
}

static bool
same_terms(const GArray *a, const GArray *b)
{
    return a->len == b->len && memcmp(a->data, b->data, a->len * sizeof(Term)) == 0;
}

static void
check_rule_rows(Checking *checking, const CheckRule *rule, const RecordTable *table, const char *prefix)
{
    const char *left = g_array_index((const GArray *) rule->left->pdata[0], Term, 0).name;
    g_autofree char *key = g_strconcat(prefix, left, NULL);
    g_autoptr(GPtrArray) sums = g_ptr_array_new_with_free_func((GDestroyNotify) g_array_unref);
    g_autoptr(GPtrArray) ids = g_ptr_array_new_with_free_func(g_free);
    RowCheck check = {.sums = sums, .ids = ids, .left = key, .rule = rule};
    if (!has_column(checking, table, prefix, left) || !meets_needs(checking, rule, table, prefix))
        return;
    for (guint i = 0; i < rule->right->len; i++) {
        GArray *present = terms_present(checking, rule->right->pdata[i], table, prefix);
        if (present->len == 0 || (sums->len > 0 && same_terms(present, sums->pdata[sums->len - 1]))) {
            g_array_unref(present);
            continue;
        }
        g_ptr_array_add(sums, present);
        g_ptr_array_add(ids, row_id(table, &check, present));
    }
    for (guint r = 0; sums->len > 0 && r < table->rows->len; r++)
        check_row(checking, table, table->rows->pdata[r], &check);
}

/* "" and what stands before the dot of a column's key: prior_year. */
static GPtrArray *
prefixes_of(const RecordTable *table)
{
    GPtrArray *prefixes = g_ptr_array_new_with_free_func(g_free);
    g_ptr_array_add(prefixes, g_strdup(""));
    for (guint c = 0; c < table->columns->len; c++) {
        const char *key = ((const RecordColumn *) table->columns->pdata[c])->key;
        const char *dot = key != NULL ? strrchr(key, '.') : NULL;
        g_autofree char *prefix = dot != NULL ? g_strndup(key, (gsize) (dot - key) + 1) : NULL;
        if (prefix != NULL && !g_ptr_array_find_with_equal_func(prefixes, prefix, g_str_equal, NULL))
            g_ptr_array_add(prefixes, g_steal_pointer(&prefix));
    }
    return prefixes;
}

/* ---- rates ---- */

/* One unit in the last place of a percentage, in 1/10000 of one percent. */
static Money
percent_step(const char *percent)
{
    const char *point = strchr(percent, '.');
    Money step = MONEY_YUAN;
    for (size_t i = point != NULL ? strlen(point + 1) : 0; i > 0 && step > 1; i--)
        step /= 10;
    return step;
}

/* A percentage printed in a row against part and whole of the same row, within what their rounding allows. */
static void
check_rate(Checking *checking, const CheckRule *rule, const RecordTable *table, const RecordRow *row)
{
    const GArray *right = rule->right->pdata[0];
    const char *key = g_array_index((const GArray *) rule->left->pdata[0], Term, 0).name;
    const Term *last = &g_array_index(right, Term, right->len - 1);
    g_auto(GStrv) names = g_strsplit(last->name, "/", 2); /* the last term, and what the sum is a share of */
    const Term terms[2] = {g_array_index(right, Term, 0), {names[0], last->sign, false, false}};
    const char *printed = entries_get(row->rates, key);
    Money percent = 0, whole = 0, first = 0, second = 0;
    if (!money_parse(printed, &percent) || !row_amount(row, names[1], &whole) || whole == 0)
        return;
    row_amount(row, terms[0].name, &first);
    if (right->len > 1)
        row_amount(row, terms[1].name, &second);
    Money part = first + terms[1].sign * second;
    Money value = (Money) ((__int128) part * 100 * MONEY_YUAN / ABS(whole));
    Money quantum = table_quantum(checking, table);
    Money slack = percent_step(printed) / 2 + 1 + (Money) (((__int128) quantum * 100 * MONEY_YUAN + (__int128) ABS(value) * quantum / 2) / ABS(whole));
    g_autofree char *id = g_strdup_printf("%s.%s=%s%s%s/%s", table->id, key, terms[0].name, right->len > 1 ? terms[1].sign < 0 ? "-" : "+" : "",
                                          right->len > 1 ? terms[1].name : "", names[1]);
    check_add(checking, &(Finding){.number = rule->number,
                                   .id = id,
                                   .scope = row_scope(row),
                                   .left = percent,
                                   .right = value,
                                   .tolerance = {slack, 2 * slack},
                                   .unit = "percent",
                                   .place = {table->source, row->page}});
}

void
checks_of_rows(Checking *checking, const RecordTable *table)
{
    g_autoptr(GPtrArray) prefixes = prefixes_of(table);
    for (guint i = 0; i < checking->rules->len; i++) {
        const CheckRule *rule = checking->rules->pdata[i];
        for (guint p = 0; check_rule_applies(rule, CHECK_ROW, table->id) && p < prefixes->len; p++)
            check_rule_rows(checking, rule, table, prefixes->pdata[p]);
        for (guint r = 0; check_rule_applies(rule, CHECK_RATE, table->id) && meets_needs(checking, rule, table, "") && r < table->rows->len; r++)
            check_rate(checking, rule, table, table->rows->pdata[r]);
    }
}

/* ---- trees ---- */

/* A row whose children may follow. `sums` runs over the table's amount columns. */
typedef struct {
    const RecordRow *row;
    guint children;
    Money *sums;
} Node;

typedef struct {
    Checking *checking;
    const RecordTable *table;
    GPtrArray *keys; /* amount columns of the table */
    GPtrArray *open; /* Node: ancestors of the row to come */
    char **numbers;  /* of the rules: for children, for classes */
    Node all;        /* rows of the top level              */
} TreeSum;

static void
node_free(void *data)
{
    Node *node = data;
    g_free(node->sums);
    g_free(node);
}

static void
add_child(const TreeSum *sum, Node *parent, const RecordRow *child)
{
    parent->children++;
    for (guint k = 0; k < sum->keys->len; k++) {
        Money money = 0;
        if (row_amount(child, sum->keys->pdata[k], &money))
            parent->sums[k] += money;
    }
}

static void
check_node(const TreeSum *sum, const Node *node, bool classes)
{
    const char *what = classes ? "classes" : "children";
    for (guint k = 0; node->children > 0 && k < sum->keys->len; k++) {
        const char *key = sum->keys->pdata[k];
        Money left = 0;
        if (!row_amount(node->row, key, &left) || (left == 0 && node->sums[k] == 0))
            continue;
        g_autofree char *id = g_strdup_printf("%s.%s=%s", sum->table->id, key, what);
        Tolerance tolerance = tolerance_of_sum(table_quantum(sum->checking, sum->table), node->children);
        check_add(sum->checking, &(Finding){.number = sum->numbers[classes],
                                            .id = id,
                                            .scope = row_scope(node->row),
                                            .left = left,
                                            .right = node->sums[k],
                                            .tolerance = tolerance,
                                            .place = {sum->table->source, node->row->page}});
    }
}

/* Ancestors that the next code is not below are complete. */
static void
close_nodes(const TreeSum *sum, const char *code)
{
    while (sum->open->len > 0) {
        const Node *last = sum->open->pdata[sum->open->len - 1];
        bool below = code != NULL && strlen(code) > strlen(last->row->code) && g_str_has_prefix(code, last->row->code);
        if (below)
            return;
        check_node(sum, last, false);
        g_ptr_array_set_size(sum->open, (int) sum->open->len - 1);
    }
}

static void
take_row(TreeSum *sum, const RecordRow *row)
{
    close_nodes(sum, row->code);
    if (sum->open->len > 0)
        add_child(sum, sum->open->pdata[sum->open->len - 1], row);
    else
        add_child(sum, &sum->all, row);
    Node *node = g_new0(Node, 1);
    node->row = row;
    node->sums = g_new0(Money, sum->keys->len + 1);
    g_ptr_array_add(sum->open, node);
}

static const CheckRule *
tree_rule(const Checking *checking, const RecordTable *table)
{
    for (guint i = 0; i < checking->rules->len; i++)
        if (check_rule_applies(checking->rules->pdata[i], CHECK_TREE, table->id))
            return checking->rules->pdata[i];
    return NULL;
}

/* A tree of the government's economic classes (5..) has a rule of its own. */
static char **
tree_numbers(const CheckRule *rule, const RecordTable *table)
{
    for (guint r = 0; r < table->rows->len; r++) {
        const char *code = ((const RecordRow *) table->rows->pdata[r])->code;
        if (code != NULL)
            return g_strsplit(code[0] == '5' ? "R34 R34" : rule->number, " ", 2);
    }
    return g_strsplit(rule->number, " ", 2);
}

static GPtrArray *
amount_keys(const RecordTable *table)
{
    GPtrArray *keys = g_ptr_array_new();
    for (guint c = 0; c < table->columns->len; c++) {
        char *key = ((const RecordColumn *) table->columns->pdata[c])->key;
        if (is_amount_key(key) && !g_ptr_array_find_with_equal_func(keys, key, g_str_equal, NULL))
            g_ptr_array_add(keys, key);
    }
    return keys;
}

/* Rows of units among coded rows, or a class that comes again: each unit has a tree of its own, and the total is the units'. */
static bool
has_units(const RecordTable *table)
{
    g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
    for (guint r = 0; r < table->rows->len; r++) {
        const RecordRow *row = table->rows->pdata[r];
        if (row->unit_name != NULL || row->unit_code != NULL)
            return true;
        if (row->code != NULL && strlen(row->code) == 3 && !g_hash_table_add(seen, row->code))
            return true;
    }
    return false;
}

void
checks_of_tree(Checking *checking, const RecordTable *table)
{
    const CheckRule *rule = tree_rule(checking, table);
    if (rule == NULL)
        return;
    g_auto(GStrv) numbers = tree_numbers(rule, table);
    g_autoptr(GPtrArray) keys = amount_keys(table);
    g_autoptr(GPtrArray) open = g_ptr_array_new_with_free_func(node_free);
    TreeSum sum = {.checking = checking, .table = table, .keys = keys, .open = open, .numbers = numbers};
    g_autofree Money *sums = sum.all.sums = g_new0(Money, keys->len + 1);
    for (guint r = 0; r < table->rows->len; r++) {
        const RecordRow *row = table->rows->pdata[r];
        if (g_strcmp0(row->item, "total") == 0) /* some forms repeat it at the head of each page */
            sum.all.row = sum.all.row != NULL ? sum.all.row : row;
        else if (row->code != NULL)
            take_row(&sum, row);
        else
            close_nodes(&sum, NULL);
    }
    close_nodes(&sum, NULL);
    if (sum.all.row != NULL && !has_units(table))
        check_node(&sum, &sum.all, true);
}
