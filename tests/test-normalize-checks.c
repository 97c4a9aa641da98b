#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "record.h"
#include "rules.h"
#include "trees.h"

static const char *const expenditure_columns[] = {"科目编码", "科目名称", "合计", "基本支出", "项目支出", NULL};

static Tree *
titled_tree(void)
{
    Tree *tree = trees_new("a.pdf");
    trees_mention(tree, MENTION_COVER, "大同市外事办公室2023年部门预算", "大同市外事办公室", "2023", "budget", "department");
    trees_statement(tree, "staff", "编制", "10.00", "万元");
    trees_statement(tree, "staff", "实有", "10.01", "万元");
    return tree;
}

/* The one record of a tree, which is freed. */
static Record *
record_of(Tree *tree)
{
    g_autoptr(GPtrArray) trees = g_ptr_array_new();
    g_ptr_array_add(trees, tree);
    g_autoptr(GError) error = NULL;
    g_autoptr(GPtrArray) records = records_new_from_trees(trees, NULL, &error);
    g_assert_no_error(error);
    tree_free(tree);
    g_assert_cmpuint(records->len, ==, 1);
    g_ptr_array_set_free_func(records, NULL);
    return records->pdata[0];
}

static const RecordCheck *
find(const Record *record, const char *id, const char *scope)
{
    for (guint i = 0; i < record->checks->len; i++) {
        const RecordCheck *check = record->checks->pdata[i];
        if (strcmp(check->id, id) == 0 && g_strcmp0(check->scope, scope) == 0)
            return check;
    }
    return NULL;
}

static void
expect(const Record *record, const char *id, const char *scope, const char *grade, const char *left, const char *right, const char *tolerance)
{
    const RecordCheck *check = find(record, id, scope);
    if (check == NULL) {
        for (guint i = 0; i < record->checks->len; i++) {
            const RecordCheck *other = record->checks->pdata[i];
            print_message("%s (%s) %s\n", other->id, other->scope != NULL ? other->scope : "-", other->grade);
        }
        fail_msg("no check %s (%s)", id, scope != NULL ? scope : "-");
    }
    assert_string_equal(check->grade, grade);
    assert_int_equal(check->ok, strcmp(grade, "fail") != 0);
    assert_string_equal(check->left, left);
    assert_string_equal(check->right, right);
    if (tolerance != NULL)
        assert_string_equal(check->tolerance, tolerance);
}

static void
rows_and_trees(void **state)
{
    (void) state;
    Tree *tree = titled_tree();
    TreeTable *table = trees_table(tree, "expenditure", "支出总表", "万元", NULL, expenditure_columns);
    trees_row(table, "", "合计", "422.73", "324.07", "98.67", NULL);
    trees_row(table, "201", "一般公共服务支出", "400.00", "301.33", "98.67", NULL);
    trees_row(table, "20103", "政府办公厅（室）及相关机构事务", "400.00", "301.33", "98.67", NULL);
    trees_row(table, "2010301", "行政运行", "301.33", "301.33", "", NULL);
    trees_row(table, "2010302", "一般行政管理事务", "90.00", "", "90.00", NULL);
    trees_row(table, "208", "社会保障和就业支出", "22.73", "22.74", "", NULL);
    g_autoptr(Record) record = record_of(tree);
    expect(record, "expenditure.total=basic+project", "total", "rounding", "4227300.00", "4227400.00", "150.00");
    expect(record, "expenditure.total=basic+project", "2010301", "exact", "3013300.00", "3013300.00", "150.00");
    expect(record, "expenditure.total=children", "201", "exact", "4000000.00", "4000000.00", "100.00");
    expect(record, "expenditure.total=children", "20103", "fail", "4000000.00", "3913300.00", "150.00");
    expect(record, "expenditure.total=classes", "total", "exact", "4227300.00", "4227300.00", "150.00");
    expect(record, "expenditure.basic=classes", "total", "exact", "3240700.00", "3240700.00", NULL);
    assert_null(find(record, "expenditure.total=children", "208"));
    guint failed = 0;
    for (guint i = 0; i < record->diagnostics->len; i++)
        failed += ((const Diag *) record->diagnostics->pdata[i])->code == DIAG_CHECK_FAILED;
    assert_int_equal(failed, 2); /* 20103 in total and in project */
}

static void
grades(void **state)
{
    (void) state;
    Tree *tree = titled_tree();
    TreeTable *table = trees_table(tree, "expenditure", "支出总表", "元", NULL, expenditure_columns);
    trees_row(table, "2010301", "行政运行", "100", "60", "41", NULL);
    trees_row(table, "2010302", "一般行政管理事务", "100", "60", "43", NULL);
    trees_row(table, "2010303", "机关服务", "100", "60", "44", NULL);
    trees_row(table, "2010304", "专项服务", "0", "0", "", NULL);
    g_autoptr(Record) record = record_of(tree);
    expect(record, "expenditure.total=basic+project", "2010301", "rounding", "100.00", "101.00", "1.50");
    expect(record, "expenditure.total=basic+project", "2010302", "loose", "100.00", "103.00", "1.50");
    expect(record, "expenditure.total=basic+project", "2010303", "fail", "100.00", "104.00", "1.50");
    assert_null(find(record, "expenditure.total=basic+project", "2010304"));
}

static void
between_tables(void **state)
{
    (void) state;
    Tree *tree = titled_tree();
    TreeTable *table = trees_table(tree, "general_public_expenditure", "一般公共预算支出表", "万元", NULL, expenditure_columns);
    trees_row(table, "", "合计", "10.01", "8.00", "2.01", NULL);
    static const char *const columns[] = {"科目编码", "科目名称", "合计", "人员经费", "公用经费", NULL};
    table = trees_table(tree, "general_public_basic", "一般公共预算基本支出表", "元", NULL, columns);
    trees_row(table, "", "合计", "80,040.00", "70,040.00", "10,000.00", NULL);
    g_autoptr(Record) record = record_of(tree);
    /* 8.00 in ten thousands has a place of 100 yuan: 40 yuan are its rounding */
    expect(record, "general_public_expenditure.total.basic=general_public_basic.total", NULL, "rounding", "80000.00", "80040.00", NULL);
    expect(record, "general_public_basic.total=personnel+operating", "total", "exact", "80040.00", "80040.00", NULL);
}

static void
sentences(void **state)
{
    (void) state;
    Tree *tree = titled_tree();
    TreeTable *table = trees_table(tree, "expenditure", "支出总表", "万元", NULL, expenditure_columns);
    trees_row(table, "", "合计", "422.73", "324.06", "98.67", NULL);
    trees_statement(tree, "expenditure_statement", "基本支出", "324.07", "万元");
    TreeStatement *told = trees_statement(tree, "expenditure_statement", "2023年大同市外事办公室项目支出", "89.67", "万元");
    told->direction = g_strdup("increase");
    told->change = g_strdup("9.67");
    told->change_unit = g_strdup("万元");
    told->change_percent = g_strdup("12.09%");
    told->base = g_strdup("上年");
    told->base_amount = g_strdup("80.00");
    told->base_unit = g_strdup("万元");
    g_autoptr(Record) record = record_of(tree);
    expect(record, "statement=expenditure.total.basic", "基本支出", "rounding", "3240700.00", "3240600.00", "100.00");
    expect(record, "statement=expenditure.total.project", "2023年大同市外事办公室项目支出", "fail", "896700.00", "986700.00", NULL);
    expect(record, "statement.amount=base+change", "2023年大同市外事办公室项目支出", "exact", "896700.00", "896700.00", NULL);
    expect(record, "statement.change=percent*base", "2023年大同市外事办公室项目支出", "rounding", "96700.00", "96720.00", NULL);
}

static void
forms(void **state)
{
    (void) state;
    Tree *tree = titled_tree();
    TreeForm *form = trees_form(tree, "project", "大同市外事办公室", "出访");
    form->unit_printed = g_strdup("元");
    form->annual_amount_total = g_strdup("100,000.00");
    entries_set(&form->annual_amounts, "local", "90000.00");
    entries_set(&form->annual_amounts, "other", "9000.00");
    g_autoptr(Record) record = record_of(tree);
    expect(record, "performance.annual_amount_total=annual_amounts", "出访", "fail", "100000.00", "99000.00", NULL);
}

static void
rules_prove_themselves(void **state)
{
    (void) state;
    static const char *const told_keys[] = {"sections", "cells", "number", "digits", "with", NULL};
    static const char *const words_keys[] = {"number", "nothing", "section", NULL};
    g_autoptr(GError) error = NULL;
    const Rules *both[] = {rules_get("normalize/data/told", told_keys, &error), rules_get("normalize/data/words", words_keys, &error)};
    for (guint i = 0; i < G_N_ELEMENTS(both); i++) {
        g_assert_no_error(error);
        bool good = rules_verify(both[i], &error);
        g_assert_no_error(error);
        assert_true(good);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_and_trees), cmocka_unit_test(grades), cmocka_unit_test(between_tables),
        cmocka_unit_test(sentences),      cmocka_unit_test(forms),  cmocka_unit_test(rules_prove_themselves),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
