#include "checks.h"

#include <string.h>

#include "facts.h"

enum { COLUMN_TYPE, COLUMN_TABLES, COLUMN_NEEDS, COLUMN_LEFT, COLUMN_RIGHT };

static const char *const type_words[] = {"row", "items", "cells", "classes", "tree", NULL};
static FactsOnce facts = FACTS_ONCE("normalize/data/checks.tsv");
static GMutex lock;
static GPtrArray *rules;

/* ---- rules ---- */

static GArray *
read_sum(const char *words)
{
    GArray *sum = g_array_new(FALSE, FALSE, sizeof(Term));
    int sign = 1;
    for (const char *p = words; *p != '\0';) {
        size_t length = strcspn(p, "+-");
        bool optional = length > 0 && p[length - 1] == '?';
        g_autofree char *name = g_strndup(p, length - optional);
        Term term = {.name = g_intern_string(name), .sign = sign, .optional = optional};
        g_array_append_val(sum, term);
        p += length;
        sign = *p == '-' ? -1 : 1;
        p += *p != '\0';
    }
    return sum;
}

GPtrArray *
check_read_alternatives(const char *words)
{
    GPtrArray *sums = g_ptr_array_new_with_free_func((GDestroyNotify) g_array_unref);
    g_auto(GStrv) parts = g_strsplit(words, "|", -1);
    for (guint i = 0; parts[i] != NULL; i++)
        g_ptr_array_add(sums, read_sum(parts[i]));
    return sums;
}

static char **
read_list(const char *words)
{
    return words[0] == '\0' || strcmp(words, "*") == 0 ? NULL : g_strsplit(words, ",", -1);
}

static CheckRule *
read_rule(char **row, GError **error)
{
    int type = 0;
    while (type_words[type] != NULL && strcmp(type_words[type], row[COLUMN_TYPE]) != 0)
        type++;
    if (type_words[type] == NULL) {
        g_set_error(error, G_FILE_ERROR, G_FILE_ERROR_INVAL, "%s: no such type of check: %s", facts.name, row[COLUMN_TYPE]);
        return NULL;
    }
    CheckRule *rule = g_new0(CheckRule, 1);
    rule->type = (CheckType) type;
    rule->tables = read_list(row[COLUMN_TABLES]);
    rule->needs = read_list(row[COLUMN_NEEDS]);
    rule->left = check_read_alternatives(row[COLUMN_LEFT]);
    rule->right = check_read_alternatives(row[COLUMN_RIGHT]);
    return rule;
}

/* Compiled once; they stay with the process like the rows they come from. */
static const GPtrArray *
read_rules(GError **error)
{
    const GPtrArray *rows = facts_rows(&facts, error);
    if (rows == NULL)
        return NULL;
    g_mutex_lock(&lock);
    GPtrArray *fresh = rules == NULL ? g_ptr_array_new() : NULL;
    bool ok = true;
    for (guint i = 0; fresh != NULL && ok && i < rows->len; i++) {
        CheckRule *rule = read_rule(rows->pdata[i], error);
        ok = rule != NULL;
        if (ok)
            g_ptr_array_add(fresh, rule);
    }
    if (fresh != NULL && ok)
        rules = fresh;
    g_mutex_unlock(&lock);
    return ok ? rules : NULL;
}

static bool
in_list(char **list, const char *word)
{
    return list == NULL || (word != NULL && g_strv_contains((const char *const *) list, word));
}

bool
check_rule_applies(const CheckRule *rule, CheckType type, const char *id)
{
    return rule->type == type && in_list(rule->tables, id);
}

/* ---- figures ---- */

bool
is_amount_key(const char *key)
{
    return key != NULL && strstr(key, "percent") == NULL && strcmp(key, "share") != 0;
}

bool
row_amount(const RecordRow *row, const char *key, Money *ret_money)
{
    return money_parse(entries_get(row->amounts, key), ret_money);
}

const char *
row_main_column(const RecordRow *row)
{
    static const char *const keys[] = {"total", "actual", "budget", "current_year"};
    Money money = 0;
    for (guint i = 0; i < G_N_ELEMENTS(keys); i++)
        if (row_amount(row, keys[i], &money))
            return keys[i];
    return NULL;
}

Money
quantum_refine(Money quantum, Money amount)
{
    while (quantum > 1 && amount % quantum != 0)
        quantum /= 10;
    return quantum;
}

Money
table_quantum(const Checking *checking, const RecordTable *table)
{
    Money *known = g_hash_table_lookup(checking->quanta, table);
    if (known != NULL)
        return *known;
    gint64 factor = unit_factor(table->unit);
    Money quantum = MAX(factor, 1) * MONEY_YUAN;
    for (guint r = 0; r < table->rows->len; r++) {
        const RecordRow *row = table->rows->pdata[r];
        for (guint a = 0; row->amounts != NULL && a < row->amounts->len; a++) {
            const Entry *entry = row->amounts->pdata[a];
            Money money = 0;
            if (is_amount_key(entry->key) && money_parse(entry->value, &money))
                quantum = quantum_refine(quantum, money);
        }
    }
    g_hash_table_insert(checking->quanta, (void *) table, g_memdup2(&quantum, sizeof quantum));
    return quantum;
}

Tolerance
tolerance_of_sum(Money quantum, guint addends)
{
    Money most = quantum * (Money) (addends + 1);
    return (Tolerance){most / 2, most};
}

Tolerance
tolerance_of_pair(Money left, Money right)
{
    return (Tolerance){(left + right) / 2, MAX(MAX(left, right), (left + right) / 2)};
}

bool
check_holds(Money left, Money right, Tolerance tolerance)
{
    return ABS(left - right) <= tolerance.loose;
}

void
check_add(Checking *checking, const char *id, const char *scope, Money left, Money right, Tolerance tolerance, CheckPlace place)
{
    Money gap = ABS(left - right);
    RecordCheck *check = g_new0(RecordCheck, 1);
    check->id = g_strdup(id);
    check->scope = g_strdup(scope);
    check->ok = gap <= tolerance.loose;
    check->grade = g_strdup(gap == 0 ? "exact" : gap <= tolerance.rounding ? "rounding" : check->ok ? "loose" : "fail");
    check->left = money_print(left);
    check->right = money_print(right);
    check->tolerance = money_print(tolerance.rounding);
    check->source = place.source;
    check->page = place.page;
    g_ptr_array_add(checking->record->checks, check);
    if (check->ok)
        return;
    diag_add(&checking->record->diagnostics, DIAG_CHECK_FAILED, place.page, "%s (%s): %s, %s", id, scope != NULL ? scope : "-", check->left, check->right);
    ((Diag *) checking->record->diagnostics->pdata[checking->record->diagnostics->len - 1])->source = place.source;
}

/* ---- a record ---- */

static bool
has_figures(const RecordTable *table)
{
    for (guint r = 0; r < table->rows->len; r++) {
        const RecordRow *row = table->rows->pdata[r];
        for (guint a = 0; row->amounts != NULL && a < row->amounts->len; a++)
            if (((const Entry *) row->amounts->pdata[a])->value != NULL)
                return true;
    }
    return false;
}

bool
checks_run(Record *record, GError **error)
{
    const GPtrArray *read = read_rules(error);
    if (read == NULL)
        return false;
    g_autoptr(GHashTable) quanta = g_hash_table_new_full(NULL, NULL, NULL, g_free);
    g_autoptr(GHashTable) by_id = g_hash_table_new(g_str_hash, g_str_equal);
    Checking checking = {.record = record, .rules = read, .quanta = quanta, .by_id = by_id};
    for (guint t = 0; t < record->tables->len; t++) {
        RecordTable *table = record->tables->pdata[t];
        if (table->id == NULL || !has_figures(table))
            continue;
        if (!g_hash_table_contains(by_id, table->id))
            g_hash_table_insert(by_id, table->id, table);
        checks_of_rows(&checking, table);
        checks_of_tree(&checking, table);
        checks_of_sides(&checking, table);
    }
    checks_between_tables(&checking);
    checks_of_performance(&checking);
    return checks_of_sentences(&checking, error);
}
