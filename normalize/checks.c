#include "checks.h"

#include <string.h>

#include "facts.h"

enum { COLUMN_NUMBER, COLUMN_TYPE, COLUMN_TABLES, COLUMN_NEEDS, COLUMN_LEFT, COLUMN_RIGHT };

static const char *const type_words[] = {"row", "rate", "items", "lines", "list", "cells", "classes", "codes", "tree", "fund", "once", "map", "positive", NULL};
static const char *const relation_signs[] = {[RELATION_EQUAL] = "=", [RELATION_AT_MOST] = "<=", [RELATION_BOTH] = "<=>"};
static FactsOnce identities = FACTS_ONCE("normalize/data/identities.tsv");
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
        char mark = length > 0 ? p[length - 1] : '\0';
        bool marked = mark == '?' || mark == '!';
        g_autofree char *name = g_strndup(p, length - marked);
        Term term = {.name = g_intern_string(name), .sign = sign, .optional = mark == '?', .required = mark == '!'};
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

/* The sign that `words` begin with; `ret_rest` is what follows it. */
static Relation
read_relation(const char *words, const char **ret_rest)
{
    Relation relation = g_str_has_prefix(words, "<=>") ? RELATION_BOTH : g_str_has_prefix(words, "<=") ? RELATION_AT_MOST : RELATION_EQUAL;
    *ret_rest = words + (relation == RELATION_EQUAL ? 0 : strlen(relation_signs[relation]));
    return relation;
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
    const char *right = NULL;
    rule->type = (CheckType) type;
    rule->number = row[COLUMN_NUMBER];
    rule->relation = read_relation(row[COLUMN_RIGHT], &right);
    rule->tables = read_list(row[COLUMN_TABLES]);
    rule->needs = read_list(row[COLUMN_NEEDS]);
    rule->left = check_read_alternatives(row[COLUMN_LEFT]);
    rule->right = check_read_alternatives(right);
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

static GHashTable *
keys_of(const RecordTable *table)
{
    GHashTable *keys = g_hash_table_new(g_str_hash, g_str_equal);
    for (guint c = 0; c < table->columns->len; c++) {
        char *key = ((const RecordColumn *) table->columns->pdata[c])->key;
        if (key != NULL)
            g_hash_table_add(keys, key);
    }
    for (guint r = 0; r < table->rows->len; r++) {
        const RecordRow *row = table->rows->pdata[r];
        for (guint a = 0; row->amounts != NULL && a < row->amounts->len; a++)
            g_hash_table_add(keys, ((const Entry *) row->amounts->pdata[a])->key);
    }
    return keys;
}

bool
table_has_key(const Checking *checking, const RecordTable *table, const char *key)
{
    GHashTable *keys = g_hash_table_lookup(checking->keys, table);
    if (keys == NULL) {
        keys = keys_of(table);
        g_hash_table_insert(checking->keys, (void *) table, keys);
    }
    return g_hash_table_contains(keys, key);
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

char *
check_number(const Checking *checking, const char *number)
{
    const char *slash = strchr(number, '/');
    bool final = checking->record->kind == 1;
    return slash == NULL ? g_strdup(number) : final ? g_strdup(slash + 1) : g_strndup(number, (gsize) (slash - number));
}

const char *
relation_sign(Relation relation)
{
    return relation_signs[relation];
}

/* How far the two sides are from what is said of them. */
static Money
gap_of(Relation relation, Money left, Money right)
{
    if (relation == RELATION_AT_MOST)
        return MAX(left - right, 0);
    if (relation == RELATION_BOTH)
        return (left == 0) == (right == 0) ? 0 : MAX(ABS(left), ABS(right));
    return ABS(left - right);
}

bool
relation_holds(Relation relation, Money left, Money right, Tolerance tolerance)
{
    return gap_of(relation, left, right) <= (relation == RELATION_BOTH ? 0 : tolerance.loose);
}

static const char *
severity_of(const char *number)
{
    enum { IDENTITY_NUMBER, IDENTITY_SEVERITY };
    const GHashTable *index = facts_index(&identities, NULL);
    char **row = index != NULL ? g_hash_table_lookup((GHashTable *) index, number) : NULL;
    return row != NULL ? row[IDENTITY_SEVERITY] : NULL;
}

void
check_add(Checking *checking, const Finding *finding)
{
    g_autofree char *number = check_number(checking, finding->number);
    if (number[0] == '\0') /* of the other kind only */
        return;
    Money gap = gap_of(finding->relation, finding->left, finding->right);
    RecordCheck *check = g_new0(RecordCheck, 1);
    check->id = g_strdup(finding->id);
    check->scope = g_strdup(finding->scope);
    check->rule = g_steal_pointer(&number);
    check->severity = g_strdup(severity_of(check->rule));
    check->ok = !finding->words && relation_holds(finding->relation, finding->left, finding->right, finding->tolerance);
    check->grade = g_strdup(!check->ok ? "fail" : gap == 0 ? "exact" : gap <= finding->tolerance.rounding ? "rounding" : "loose");
    check->left = finding->words ? NULL : money_print(finding->left);
    check->right = finding->words ? NULL : money_print(finding->right);
    check->tolerance = finding->words ? NULL : money_print(finding->tolerance.rounding);
    check->unit = g_strdup(finding->unit);
    check->source = finding->place.source;
    check->page = finding->place.page;
    g_ptr_array_add(checking->record->checks, check);
    if (check->ok)
        return;
    diag_add(&checking->record->diagnostics, DIAG_CHECK_FAILED, check->page, "%s (%s)%s%s%s%s", check->id, check->scope != NULL ? check->scope : "-",
             finding->words ? "" : ": ", finding->words ? "" : check->left, finding->words ? "" : ", ", finding->words ? "" : check->right);
    ((Diag *) checking->record->diagnostics->pdata[checking->record->diagnostics->len - 1])->source = check->source;
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

static bool
read_vocabularies(Checking *checking, GError **error)
{
    static const char *const told_keys[] = {"sections", "cells", "number", "digits", "with", NULL};
    static const char *const column_keys[] = {"key", "role", NULL};
    checking->rules = read_rules(error);
    checking->told_rules = checking->rules != NULL ? rules_get("normalize/data/told", told_keys, error) : NULL;
    checking->columns = checking->told_rules != NULL ? rules_get("normalize/data/columns", column_keys, error) : NULL;
    return checking->columns != NULL && facts_index(&identities, error) != NULL;
}

bool
checking_open(Checking *checking, Record *record, GError **error)
{
    *checking = (Checking){.record = record};
    if (!read_vocabularies(checking, error))
        return false;
    checking->quanta = g_hash_table_new_full(NULL, NULL, NULL, g_free);
    checking->keys = g_hash_table_new_full(NULL, NULL, NULL, (GDestroyNotify) g_hash_table_unref);
    checking->by_id = g_hash_table_new(g_str_hash, g_str_equal);
    checking->told = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, (GDestroyNotify) g_ptr_array_unref);
    checking->section_quanta = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, g_free);
    for (guint t = 0; t < record->tables->len; t++) {
        RecordTable *table = record->tables->pdata[t];
        if (table->id != NULL && has_figures(table) && !g_hash_table_contains(checking->by_id, table->id))
            g_hash_table_insert(checking->by_id, table->id, table);
    }
    told_read(checking);
    return true;
}

void
checking_close(Checking *checking)
{
    g_hash_table_unref(checking->quanta);
    g_hash_table_unref(checking->keys);
    g_hash_table_unref(checking->by_id);
    g_hash_table_unref(checking->told);
    g_hash_table_unref(checking->section_quanta);
}

bool
checks_run(Record *record, GError **error)
{
    Checking checking;
    if (!checking_open(&checking, record, error))
        return false;
    for (guint t = 0; t < record->tables->len; t++) {
        RecordTable *table = record->tables->pdata[t];
        if (table->id == NULL || !has_figures(table))
            continue;
        checks_of_rows(&checking, table);
        checks_of_tree(&checking, table);
        checks_of_items(&checking, table);
        checks_of_codes(&checking, table);
    }
    checks_between_tables(&checking);
    checks_of_performance(&checking);
    checks_of_sentences(&checking);
    bool fine = checks_of_words(&checking, error);
    checking_close(&checking);
    return fine;
}
