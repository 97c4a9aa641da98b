/* Every rule that a record is checked by fires on a document made wrong on purpose, and none on the right one: tests/identities/wrong.tsv. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "extract.h"
#include "facts.h"
#include "record.h"
#include "rules.h"

enum { WRONG_RULE, WRONG_DOCUMENT, WRONG_FROM, WRONG_TO, WRONG_FAILS, WRONG_FIELDS };
enum { IDENTITY_NUMBER, IDENTITY_SEVERITY, IDENTITY_BY };

static const char *const documents[] = {"budget.txt", "final.txt", "parts.txt", "forms.json"};
static FactsOnce identities = FACTS_ONCE("normalize/data/identities.tsv");

static char *
read_document(const char *name)
{
    g_autofree char *path = g_build_filename("tests/identities", name, NULL);
    char *text = NULL;
    g_autoptr(GError) error = NULL;
    if (!g_file_get_contents(path, &text, NULL, &error))
        fail_msg("%s", error->message);
    return text;
}

/* Text goes through all stages; a .json is a Tree. */
static Tree *
tree_of(const char *name, const char *text)
{
    g_autoptr(GError) error = NULL;
    if (g_str_has_suffix(name, ".json")) {
        Tree *tree = tree_from_json(text, -1, &error);
        g_assert_no_error(error);
        return tree;
    }
    g_autoptr(GBytes) bytes = g_bytes_new(text, strlen(text));
    g_autoptr(Document) document = document_new_from_bytes(bytes, name, &error);
    g_assert_no_error(error);
    Tree *tree = tree_new_from_document(document, &error);
    g_assert_no_error(error);
    return tree;
}

static Record *
record_of(const char *name, const char *text)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(Tree) tree = tree_of(name, text);
    g_autoptr(GPtrArray) trees = g_ptr_array_new();
    g_ptr_array_add(trees, tree);
    g_autoptr(GPtrArray) records = records_new_from_trees(trees, NULL, &error);
    g_assert_no_error(error);
    assert_int_equal(records->len, 1);
    g_ptr_array_set_free_func(records, NULL);
    return records->pdata[0];
}

static int
by_word(gconstpointer a, gconstpointer b)
{
    return strcmp(*(char *const *) a, *(char *const *) b);
}

/* The rules that fail, each once, in order. */
static char *
failing(const Record *record)
{
    g_autoptr(GPtrArray) rules = g_ptr_array_new();
    for (guint i = 0; i < record->checks->len; i++) {
        const RecordCheck *check = record->checks->pdata[i];
        if (!check->ok && !g_ptr_array_find_with_equal_func(rules, check->rule, g_str_equal, NULL))
            g_ptr_array_add(rules, check->rule);
    }
    g_ptr_array_sort(rules, by_word);
    g_ptr_array_add(rules, NULL);
    return g_strjoinv(" ", (char **) rules->pdata);
}

static void
right_ones_pass(void **state)
{
    (void) state;
    for (guint i = 0; i < G_N_ELEMENTS(documents); i++) {
        g_autofree char *text = read_document(documents[i]);
        g_autoptr(Record) record = record_of(documents[i], text);
        g_autofree char *fails = failing(record);
        if (fails[0] != '\0')
            fail_msg("%s is right, and %s fail", documents[i], fails);
        assert_true(record->checks->len > 0);
    }
}

static char *
changed(const char *text, char **row)
{
    g_autofree char *from = g_strcompress(row[WRONG_FROM]), *to = g_strcompress(row[WRONG_TO]);
    const char *at = strstr(text, from);
    if (at == NULL || strstr(at + 1, from) != NULL)
        fail_msg("%s: \"%s\" does not stand in %s exactly once", row[WRONG_RULE], row[WRONG_FROM], row[WRONG_DOCUMENT]);
    g_autofree char *before = g_strndup(text, (gsize) (at - text));
    return g_strconcat(before, to, at + strlen(from), NULL);
}

static GPtrArray *
wrong_rows(void)
{
    g_autofree char *text = read_document("wrong.tsv");
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    GPtrArray *rows = g_ptr_array_new_with_free_func((GDestroyNotify) g_strfreev);
    bool head = true;
    for (guint i = 0; lines[i] != NULL; i++) {
        if (lines[i][0] == '#' || lines[i][0] == '\0')
            continue;
        if (!head)
            g_ptr_array_add(rows, g_strsplit(lines[i], "\t", -1));
        head = false;
    }
    return rows;
}

static void
wrong_ones_fail(void **state)
{
    (void) state;
    g_autoptr(GPtrArray) rows = wrong_rows();
    for (guint i = 0; i < rows->len; i++) {
        char **row = rows->pdata[i];
        assert_int_equal(g_strv_length(row), WRONG_FIELDS);
        g_autofree char *text = read_document(row[WRONG_DOCUMENT]);
        g_autofree char *wrong = changed(text, row);
        g_autoptr(Record) record = record_of(row[WRONG_DOCUMENT], wrong);
        g_autofree char *fails = failing(record);
        if (strcmp(fails, row[WRONG_FAILS]) != 0)
            fail_msg("%s in %s: %s fail, not %s", row[WRONG_RULE], row[WRONG_DOCUMENT], fails, row[WRONG_FAILS]);
        if (strstr(fails, row[WRONG_RULE]) == NULL)
            fail_msg("%s does not fail on its own wrong document", row[WRONG_RULE]);
    }
}

static bool
has_row(const GPtrArray *rows, const char *rule)
{
    for (guint i = 0; i < rows->len; i++)
        if (strcmp(((char **) rows->pdata[i])[WRONG_RULE], rule) == 0)
            return true;
    return false;
}

static void
no_rule_without_a_wrong_document(void **state)
{
    (void) state;
    g_autoptr(GPtrArray) rows = wrong_rows();
    const GPtrArray *rules = facts_rows(&identities, NULL);
    assert_non_null(rules);
    for (guint i = 0; i < rules->len; i++) {
        char **rule = rules->pdata[i];
        bool checked = strcmp(rule[IDENTITY_BY], "check") == 0;
        if (checked != has_row(rows, rule[IDENTITY_NUMBER]))
            fail_msg("%s: %s", rule[IDENTITY_NUMBER], checked ? "no row of wrong.tsv breaks it" : "is no check, and has a row in wrong.tsv");
    }
}

/* "R11 R12", "R05/R38", "X03/" */
static void
expect_known(const char *numbers, const char *where)
{
    g_auto(GStrv) list = g_strsplit_set(numbers, " /", -1);
    for (guint i = 0; list[i] != NULL; i++) {
        char **rule = g_hash_table_lookup((GHashTable *) facts_index(&identities, NULL), list[i]);
        if (list[i][0] != '\0' && (rule == NULL || strcmp(rule[IDENTITY_BY], "check") != 0))
            fail_msg("%s: %s is no check of identities.tsv", where, list[i]);
    }
}

static void
rules_name_known_numbers(void **state)
{
    (void) state;
    static FactsOnce checks = FACTS_ONCE("normalize/data/checks.tsv");
    static const char *const told_keys[] = {"sections", "cells", "number", "digits", "with", NULL}, *const words_keys[] = {"number", "nothing", "section",
                                                                                                                           NULL};
    const GPtrArray *rows = facts_rows(&checks, NULL);
    assert_non_null(rows);
    for (guint i = 0; i < rows->len; i++)
        expect_known(((char **) rows->pdata[i])[0], "checks.tsv");
    const Rules *files[] = {rules_get("normalize/data/told", told_keys, NULL), rules_get("normalize/data/words", words_keys, NULL)};
    for (guint f = 0; f < G_N_ELEMENTS(files); f++)
        for (guint i = 0; i < rules_count(files[f]); i++)
            if (rule_key(rules_at(files[f], i), "number") != NULL)
                expect_known(rule_key(rules_at(files[f], i), "number"), rule_id(rules_at(files[f], i)));
}

/* The numbering is that of the five groups, without a gap. */
static void
every_rule_is_listed(void **state)
{
    (void) state;
    static const struct {
        char group;
        guint last;
    } groups[] = {{'R', 48}, {'X', 24}, {'N', 17}, {'D', 5}, {'Q', 14}};
    const GHashTable *index = facts_index(&identities, NULL);
    guint count = 0;
    for (guint g = 0; g < G_N_ELEMENTS(groups); g++)
        for (guint i = 1; i <= groups[g].last; i++, count++) {
            g_autofree char *number = g_strdup_printf("%c%02u", groups[g].group, i);
            if (g_hash_table_lookup((GHashTable *) index, number) == NULL)
                fail_msg("identities.tsv lacks %s", number);
        }
    assert_int_equal(facts_rows(&identities, NULL)->len, count);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(right_ones_pass),          cmocka_unit_test(wrong_ones_fail),      cmocka_unit_test(no_rule_without_a_wrong_document),
        cmocka_unit_test(rules_name_known_numbers), cmocka_unit_test(every_rule_is_listed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
