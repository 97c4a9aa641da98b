/* What the rules require, and whether a record says that it is there. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "facts.h"
#include "record.h"
#include "rules.h"
#include "trees.h"

static const Requirement *
find(const Record *record, const char *id)
{
    for (guint i = 0; i < record->disclosure->required->len; i++) {
        const Requirement *requirement = record->disclosure->required->pdata[i];
        if (strcmp(requirement->id, id) == 0)
            return requirement;
    }
    return NULL;
}

static void
add_section(Tree *tree, const char *id, const char *text)
{
    Section *section = g_new0(Section, 1);
    section->id = g_strdup(id);
    section->title = g_strdup(id);
    section->text = g_strdup(text);
    section->level = 2;
    section->page = 7;
    section->at = (int) (tree->mentions->len + tree->tables->len + tree->sections->len);
    g_ptr_array_add(tree->sections, section);
}

static Record *
record_of(const char *year)
{
    static const char *const columns[] = {"科目编码", "科目名称", "合计", NULL};
    Tree *tree = trees_new("a.pdf");
    g_autofree char *cover = g_strdup_printf("大同市外事办公室%s年部门预算", year);
    trees_mention(tree, MENTION_COVER, cover, "大同市外事办公室", year, "budget", "department");
    trees_row(trees_table(tree, "revenue", "收入总表", "万元", NULL, columns), "", "合计", "10.00", NULL);
    TreeTable *table = trees_table(tree, "general_public_expenditure", "一般公共预算支出表", "万元", NULL, columns);
    trees_row(table, "", "合计", "10.00", NULL);
    trees_row(table, "201", "一般公共服务支出", "10.00", NULL);
    trees_row(table, "20103", "政府办公厅（室）及相关机构事务", "10.00", NULL);
    trees_row(table, "2010301", "行政运行", "", NULL);
    trees_row(trees_table(tree, "government_fund_expenditure", "政府性基金预算支出表", "万元", NULL, columns), "", "合计", "", NULL);
    add_section(tree, "duties", "负责外事工作。");
    add_section(tree, "assets_statement", "无。");
    add_section(tree, "narrative", "");
    g_autoptr(GPtrArray) trees = g_ptr_array_new();
    g_ptr_array_add(trees, tree);
    g_autoptr(GError) error = NULL;
    g_autoptr(GPtrArray) records = records_new_from_trees(trees, NULL, &error);
    g_assert_no_error(error);
    tree_free(tree);
    assert_int_equal(records->len, 1);
    g_ptr_array_set_free_func(records, NULL);
    return records->pdata[0];
}

static void
expect(const Record *record, const char *id, int status, int page, int level)
{
    const Requirement *requirement = find(record, id);
    if (requirement == NULL)
        fail_msg("%s is not required", id);
    if (requirement->status != status)
        fail_msg("%s: status %d", id, requirement->status);
    assert_int_equal(requirement->page, page);
    assert_int_equal(requirement->level, level);
}

static void
present_empty_missing(void **state)
{
    (void) state;
    g_autoptr(Record) record = record_of("2023");
    expect(record, "revenue", 0, 2, 0);
    expect(record, "general_public_expenditure", 0, 2, 2); /* the 项 has no figure */
    assert_int_equal(find(record, "general_public_expenditure")->level_required, 3);
    expect(record, "government_fund_expenditure", 1, 2, 0);
    expect(record, "state_capital_expenditure", 2, 0, 0);
    expect(record, "three_public", 2, 0, 0);
    expect(record, "duties", 0, 7, 0);
    expect(record, "assets_statement", 1, 7, 0);
    expect(record, "revenue_expenditure_statement", 2, 0, 0); /* a heading without words is none */
    assert_string_equal(find(record, "three_public")->rule, "操作规程");
}

static void
not_before_its_year(void **state)
{
    (void) state;
    g_autoptr(Record) record = record_of("2018");
    assert_null(find(record, "state_capital_expenditure"));
    assert_null(find(record, "assets_statement"));
    assert_non_null(find(record, "three_public"));
}

/* Each id is one that parse knows: a table's by its rules, a section's by the outline's. */
static void
ids_are_known(void **state)
{
    (void) state;
    static FactsOnce required = FACTS_ONCE("normalize/data/required.tsv");
    g_autofree char *tables = NULL, *outline = NULL;
    assert_true(g_file_get_contents("parse/rules/tables.rules", &tables, NULL, NULL));
    assert_true(g_file_get_contents("parse/rules/outline.rules", &outline, NULL, NULL));
    const GPtrArray *rows = facts_rows(&required, NULL);
    assert_non_null(rows);
    for (guint i = 0; i < rows->len; i++) {
        char **row = rows->pdata[i];
        g_auto(GStrv) ids = g_strsplit_set(row[2], "|!", -1);
        for (guint k = 0; ids[k] != NULL; k++)
            if (strstr(strcmp(row[1], "table") == 0 ? tables : outline, ids[k]) == NULL)
                fail_msg("required.tsv: no rule makes a %s of id %s", row[1], ids[k]);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(present_empty_missing), cmocka_unit_test(not_before_its_year), cmocka_unit_test(ids_are_known)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
