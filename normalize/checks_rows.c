/* Identities inside one table: within a row, and from children to parents. */
#include <string.h>

#include "checks.h"

static bool
has_column(const RecordTable *table, const char *prefix, const char *name)
{
    g_autofree char *key = g_strconcat(prefix, name, NULL);
    for (guint c = 0; c < table->columns->len; c++)
        if (g_strcmp0(((const RecordColumn *) table->columns->pdata[c])->key, key) == 0)
            return true;
    return false;
}

static bool
meets_needs(const CheckRule *rule, const RecordTable *table, const char *prefix)
{
    for (guint i = 0; rule->needs != NULL && rule->needs[i] != NULL; i++) {
        bool wanted = rule->needs[i][0] != '!';
        if (has_column(table, prefix, rule->needs[i] + !wanted) != wanted)
            return false;
    }
    return true;
}

/* The terms of an alternative that this table has columns for, by these columns' keys. */
static GArray *
terms_present(const GArray *sum, const RecordTable *table, const char *prefix)
{
    GArray *present = g_array_new(FALSE, FALSE, sizeof(Term));
    for (guint i = 0; i < sum->len; i++) {
        Term term = g_array_index(sum, Term, i);
        if (!has_column(table, prefix, term.name))
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

/* "expenditure.total=basic+project" */
static char *
row_id(const RecordTable *table, const char *left, const GArray *terms)
{
    GString *id = g_string_new(table->id);
    g_string_append_printf(id, ".%s=", left);
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

typedef struct {
    GPtrArray *sums; /* GArray of Term: the alternatives, reduced to this table's columns */
    GPtrArray *ids;
    const char *left;
} RowCheck;

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
        agrees = check_holds(left, value, tolerance_of_sum(table_quantum(checking, table), sum->len));
        if (chosen < 0 || agrees) {
            chosen = (int) i;
            right = value;
        }
    }
    if (chosen < 0 || (left == 0 && right == 0) || (!agrees && has_unknown_figure(table, row)))
        return;
    const GArray *sum = check->sums->pdata[chosen];
    check_add(checking, check->ids->pdata[chosen], row_scope(row), left, right, tolerance_of_sum(table_quantum(checking, table), sum->len),
              (CheckPlace){table->source, row->page});
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
    RowCheck check = {.sums = sums, .ids = ids, .left = key};
    if (!has_column(table, prefix, left) || !meets_needs(rule, table, prefix))
        return;
    for (guint i = 0; i < rule->right->len; i++) {
        GArray *present = terms_present(rule->right->pdata[i], table, prefix);
        if (present->len == 0 || (sums->len > 0 && same_terms(present, sums->pdata[sums->len - 1]))) {
            g_array_unref(present);
            continue;
        }
        g_ptr_array_add(sums, present);
        g_ptr_array_add(ids, row_id(table, key, present));
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

void
checks_of_rows(Checking *checking, const RecordTable *table)
{
    g_autoptr(GPtrArray) prefixes = prefixes_of(table);
    for (guint i = 0; i < checking->rules->len; i++) {
        const CheckRule *rule = checking->rules->pdata[i];
        for (guint p = 0; check_rule_applies(rule, CHECK_ROW, table->id) && p < prefixes->len; p++)
            check_rule_rows(checking, rule, table, prefixes->pdata[p]);
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
check_node(const TreeSum *sum, const Node *node, const char *what)
{
    for (guint k = 0; node->children > 0 && k < sum->keys->len; k++) {
        const char *key = sum->keys->pdata[k];
        Money left = 0;
        if (!row_amount(node->row, key, &left) || (left == 0 && node->sums[k] == 0))
            continue;
        g_autofree char *id = g_strdup_printf("%s.%s=%s", sum->table->id, key, what);
        Tolerance tolerance = tolerance_of_sum(table_quantum(sum->checking, sum->table), node->children);
        check_add(sum->checking, id, row_scope(node->row), left, node->sums[k], tolerance, (CheckPlace){sum->table->source, node->row->page});
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
        check_node(sum, last, "children");
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

static bool
is_tree_table(const Checking *checking, const RecordTable *table)
{
    for (guint i = 0; i < checking->rules->len; i++)
        if (check_rule_applies(checking->rules->pdata[i], CHECK_TREE, table->id))
            return true;
    return false;
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
    if (!is_tree_table(checking, table))
        return;
    g_autoptr(GPtrArray) keys = amount_keys(table);
    g_autoptr(GPtrArray) open = g_ptr_array_new_with_free_func(node_free);
    TreeSum sum = {.checking = checking, .table = table, .keys = keys, .open = open};
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
        check_node(&sum, &sum.all, "classes");
}
