/* Identity of Trees, and how their pieces become Records. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "record.h"
#include "trees.h"

static void
free_tree(void *tree)
{
    tree_free(tree);
}

static GPtrArray *
forest(Tree *first, ...)
{
    GPtrArray *trees = g_ptr_array_new_with_free_func(free_tree);
    va_list rest;
    va_start(rest, first);
    for (Tree *tree = first; tree != NULL; tree = va_arg(rest, Tree *))
        g_ptr_array_add(trees, tree);
    va_end(rest);
    return trees;
}

static GPtrArray *
records_of(GPtrArray *trees)
{
    g_autoptr(GError) error = NULL;
    GPtrArray *records = records_new_from_trees(trees, NULL, &error);
    g_assert_no_error(error);
    for (guint i = 0; i < records->len; i++)
        record_check(records->pdata[i]);
    return records;
}

static const Record *
record_at(const GPtrArray *records, guint index)
{
    assert_true(index < records->len);
    return records->pdata[index];
}

static void
expect(const Record *record, const char *name, int year, int kind, int scope)
{
    assert_int_equal(g_strcmp0(record->department->name, name), 0);
    assert_int_equal(record->year, year);
    assert_int_equal(record->kind, kind);
    assert_int_equal(record->department->scope, scope);
}

static void
cover_and_titles_win(void **state)
{
    (void) state;
    Tree *tree = trees_new("a.pdf");
    trees_mention(tree, MENTION_COVER, "大同市人民政府外事办公室[部门]2026年部门预算公开", "大同市人民政府外事办公室[部门]", "2026", "budget", "department");
    trees_core_tables(tree, "大同市人民政府外事办公室", "422.73");
    for (int i = 0; i < 100; i++)
        trees_mention(tree, MENTION_NARRATIVE, "比2025年决算增加", "财政部门", "2025", "final_accounts", NULL);
    g_autoptr(GPtrArray) trees = forest(tree, NULL);
    g_autoptr(GPtrArray) records = records_of(trees);
    assert_int_equal(records->len, 1);
    expect(record_at(records, 0), "大同市人民政府外事办公室", 2026, 0, 0);
    assert_string_equal(record_at(records, 0)->department->region->name, "山西省大同市");
    assert_int_equal(record_at(records, 0)->tables->len, 4);
}

static void
final_accounts_talk_of_budgets(void **state)
{
    (void) state;
    Tree *tree = trees_new("a.pdf");
    trees_mention(tree, MENTION_COVER, "上海市普陀区财政局2024年度部门决算", "上海市普陀区财政局", "2024", "final_accounts", "department");
    trees_core_tables(tree, NULL, "10.00");
    for (int i = 0; i < 200; i++)
        trees_mention(tree, MENTION_NARRATIVE, "完成2024年初预算的", NULL, "2024", "budget", NULL);
    g_autoptr(GPtrArray) trees = forest(tree, NULL);
    g_autoptr(GPtrArray) records = records_of(trees);
    expect(record_at(records, 0), "上海市普陀区财政局", 2024, 1, 0);
}

static void
no_disclosure(void **state)
{
    (void) state;
    Tree *notice = trees_new("notice.pdf");
    trees_mention(notice, MENTION_COVER, "宁波市卫生健康委员会巡察通告", "宁波市卫生健康委员会", "2025", NULL, NULL);
    static const char *const columns[] = {"姓名", "职务", NULL};
    trees_row(trees_table(notice, NULL, "巡察组成员", NULL, NULL, columns), "某人", "组长", NULL);
    Tree *shell = trees_new("links.txt");
    trees_mention(shell, MENTION_COVER, "郑州市规划局2026年部门预算", "郑州市规划局", "2026", "budget", "department");
    g_autoptr(GPtrArray) trees = forest(notice, shell, trees_new("empty.pdf"), NULL);
    g_autoptr(GArray) belongs = NULL;
    g_autoptr(GPtrArray) records = records_new_from_trees(trees, &belongs, NULL);
    assert_int_equal(records->len, 0);
    assert_int_equal(belongs->len, 3);
    assert_int_equal(g_array_index(belongs, int, 1), 0);
}

static void
units_with_full_sets_are_parted(void **state)
{
    (void) state;
    Tree *tree = trees_new("a.pdf");
    trees_mention(tree, MENTION_COVER, "某市水务局2026年部门预算", "深圳市水务局（汇总）", "2026", "budget", "department");
    trees_core_tables(tree, "深圳市水务局（汇总）", "300.00");
    trees_core_tables(tree, "深圳市水务局（本级）", "100.00");
    trees_mention(tree, MENTION_HEADING, "2026年深圳市水务科技中心预算", "深圳市水务科技中心", "2026", "budget", NULL);
    trees_statement(tree, "revenue_statement", "收入预算", "200.00", "万元");
    trees_core_tables(tree, "深圳市水务科技中心", "200.00");
    g_autoptr(GPtrArray) trees = forest(tree, NULL);
    g_autoptr(GPtrArray) records = records_of(trees);
    assert_int_equal(records->len, 3);
    expect(record_at(records, 0), "深圳市水务局", 2026, 0, 0);
    expect(record_at(records, 1), "深圳市水务局", 2026, 0, 1);
    expect(record_at(records, 2), "深圳市水务科技中心", 2026, 0, 1);
    assert_int_equal(record_at(records, 1)->statements->len, 0);
    assert_int_equal(record_at(records, 2)->statements->len, 1);
    for (guint i = 0; i < 3; i++)
        assert_int_equal(record_at(records, i)->tables->len, 4);
}

static void
a_subordinates_line_does_not_part(void **state)
{
    (void) state;
    Tree *tree = trees_new("a.pdf");
    trees_mention(tree, MENTION_COVER, "西安市交通运输局2022年部门综合预算", "西安市交通运输局", "2022", "budget", "department");
    trees_core_tables(tree, "西安市交通运输局", "300.00");
    static const char *const columns[] = {"科目编码", "科目名称", "合计", NULL};
    trees_row(trees_table(tree, "expenditure", "支出总表", "万元", "西安市公路局", columns), "", "合计", "5.00", NULL);
    trees_row(trees_table(tree, "general_public_expenditure", "一般公共预算支出表", "万元", "西安市公路局", columns), "", "合计", "5.00", NULL);
    g_autoptr(GPtrArray) trees = forest(tree, NULL);
    g_autoptr(GPtrArray) records = records_of(trees);
    assert_int_equal(records->len, 1);
    expect(record_at(records, 0), "西安市交通运输局", 2022, 0, 0);
    assert_int_equal(record_at(records, 0)->tables->len, 6);
}

static Tree *
narrative_tree(void)
{
    Tree *tree = trees_new("附件1.pdf");
    trees_mention(tree, MENTION_COVER, "北京市统计局2026年度部门预算信息公开", "北京市统计局部门", "2026", "budget", "department");
    trees_statement(tree, "revenue_statement", "收入预算", "50927.95", "万元");
    trees_statement(tree, "expenditure_statement", "基本支出", "32757.02", "万元");
    trees_statement(tree, "expenditure_statement", "项目支出", "18061.16", "万元");
    return tree;
}

static Tree *
nameless_tables(const char *basic)
{
    Tree *tree = trees_new("附件2.pdf");
    trees_mention(tree, MENTION_TITLE, "2026年收支总表", NULL, "2026", "budget", NULL);
    static const char *const columns[] = {"科目编码", "科目名称", "合计", "基本支出", "项目支出", NULL};
    TreeTable *table = trees_table(tree, "expenditure", "支出总表", "万元", NULL, columns);
    trees_row(table, "", "合计", "50,927.950741", basic, "18,061.160632", NULL);
    return tree;
}

static void
a_table_file_takes_the_name_of_its_mate(void **state)
{
    (void) state;
    g_autoptr(GPtrArray) trees = forest(nameless_tables("32,757.015217"), narrative_tree(), NULL);
    g_autoptr(GArray) belongs = NULL;
    g_autoptr(GPtrArray) records = records_new_from_trees(trees, &belongs, NULL);
    assert_int_equal(records->len, 1);
    const Record *record = record_at(records, 0);
    expect(record, "北京市统计局", 2026, 0, 0);
    assert_int_equal(record->sources->len, 2);
    assert_string_equal(((const Source *) record->sources->pdata[0])->file, "附件1.pdf");
    assert_int_equal(((const RecordTable *) record->tables->pdata[0])->source, 1);
    assert_int_equal(((const RecordStatement *) record->statements->pdata[0])->source, 0);
    assert_int_equal(g_array_index(belongs, int, 0), 1);
    assert_int_equal(g_array_index(belongs, int, 1), 1);
}

static void
not_with_other_totals(void **state)
{
    (void) state;
    g_autoptr(GPtrArray) trees = forest(nameless_tables("12,345.678901"), narrative_tree(), NULL);
    g_autoptr(GPtrArray) records = records_of(trees);
    assert_int_equal(records->len, 2);
    const Record *nameless = record_at(records, 0);
    assert_null(nameless->department->name);
    bool told = false;
    for (guint i = 0; i < nameless->diagnostics->len; i++)
        told |= ((const Diag *) nameless->diagnostics->pdata[i])->code == DIAG_NAME_UNKNOWN;
    assert_true(told);
}

static void
order_of_inputs_does_not_matter(void **state)
{
    (void) state;
    g_autoptr(GPtrArray) one = forest(nameless_tables("32,757.015217"), narrative_tree(), NULL);
    g_autoptr(GPtrArray) other = forest(narrative_tree(), nameless_tables("32,757.015217"), NULL);
    g_autoptr(GPtrArray) left = records_of(one);
    g_autoptr(GPtrArray) right = records_of(other);
    assert_int_equal(left->len, right->len);
    for (guint i = 0; i < left->len; i++) {
        g_autofree char *a = record_to_json(left->pdata[i]);
        g_autofree char *b = record_to_json(right->pdata[i]);
        assert_string_equal(a, b);
    }
}

static void
department_and_its_own_office_stay_apart(void **state)
{
    (void) state;
    Tree *whole = trees_new("部门.pdf");
    trees_mention(whole, MENTION_COVER, "上海市普陀区商务委员会2025年部门预算", "上海市普陀区商务委员会", "2025", "budget", "department");
    trees_core_tables(whole, NULL, "20.00");
    Tree *office = trees_new("单位.pdf");
    trees_mention(office, MENTION_COVER, "上海市普陀区商务委员会2025年单位预算", "上海市普陀区商务委员会", "2025", "budget", "unit");
    trees_core_tables(office, NULL, "10.00");
    g_autoptr(GPtrArray) trees = forest(office, whole, NULL);
    g_autoptr(GPtrArray) records = records_of(trees);
    assert_int_equal(records->len, 2);
    expect(record_at(records, 0), "上海市普陀区商务委员会", 2025, 0, 0);
    expect(record_at(records, 1), "上海市普陀区商务委员会", 2025, 0, 1);
}

static void
two_forms_of_one_name(void **state)
{
    (void) state;
    Tree *tables = trees_new("表格.pdf");
    trees_mention(tables, MENTION_OWNER, "部门：中共江苏省委办公厅", "中共江苏省委办公厅", NULL, NULL, NULL);
    trees_mention(tables, MENTION_TITLE, "2019年收支预算总表", NULL, "2019", "budget", NULL);
    trees_core_tables(tables, NULL, "20.00");
    Tree *words = trees_new("文件.pdf");
    trees_mention(words, MENTION_COVER, "江苏省委办公厅2019年度部门预算公开", "江苏省委办公厅", "2019", "budget", "department");
    trees_statement(words, "revenue_statement", "收入预算", "20.00", "万元");
    trees_statement(words, "revenue_statement", "一般公共预算收入", "20.00", "万元");
    g_autoptr(GPtrArray) trees = forest(words, tables, NULL);
    g_autoptr(GPtrArray) records = records_of(trees);
    assert_int_equal(records->len, 1);
    expect(record_at(records, 0), "中共江苏省委办公厅", 2019, 0, 0);
    assert_string_equal(record_at(records, 0)->department->name_raw, "中共江苏省委办公厅");
}

static void
the_same_bytes_twice_are_read_once(void **state)
{
    (void) state;
    Tree *one = narrative_tree();
    Tree *two = narrative_tree();
    g_free(two->file);
    two->file = g_strdup("附件1 (1).pdf");
    g_autoptr(GPtrArray) trees = forest(one, two, NULL);
    g_autoptr(GPtrArray) records = records_of(trees);
    assert_int_equal(records->len, 1);
    assert_int_equal(record_at(records, 0)->sources->len, 2);
    assert_int_equal(record_at(records, 0)->statements->len, 3);
}

static void
a_form_names_the_department(void **state)
{
    (void) state;
    Tree *tree = trees_new("a.pdf");
    trees_core_tables(tree, NULL, "20.00");
    trees_form(tree, "project", "北京市应急指挥中心", "值守")->annual_amount_total = g_strdup("5.00");
    TreeForm *form = trees_form(tree, "department", "037-北京市应急管理局", NULL);
    form->period = g_strdup("2026年度");
    g_autoptr(GPtrArray) trees = forest(tree, NULL);
    g_autoptr(GPtrArray) records = records_of(trees);
    expect(record_at(records, 0), "北京市应急管理局", 2026, 0, 0);
    assert_string_equal(record_at(records, 0)->department->code, "037");
}

static void
sentences_before_a_name_are_not_of_it(void **state)
{
    (void) state;
    Tree *tree = trees_new("a.pdf");
    trees_mention(tree, MENTION_COVER, "2026年部门预算", NULL, "2026", "budget", "department");
    trees_mention(tree, MENTION_HEADING, "烟台市财政局概况", "烟台市财政局", NULL, NULL, NULL);
    for (int i = 0; i < 12; i++)
        trees_mention(tree, MENTION_NARRATIVE, "纳入烟台市财政局2026年部门预算", "纳入烟台市财政局", "2026", "budget", NULL);
    trees_core_tables(tree, NULL, "20.00");
    g_autoptr(GPtrArray) trees = forest(tree, NULL);
    g_autoptr(GPtrArray) records = records_of(trees);
    expect(record_at(records, 0), "烟台市财政局", 2026, 0, 0);
}

static void
figures_of_sentences_and_forms(void **state)
{
    (void) state;
    Tree *tree = narrative_tree();
    TreeStatement *told = trees_statement(tree, "three_public_statement", "公务接待费", "1.50", "万元");
    told->direction = g_strdup("decrease");
    told->change = g_strdup("-0.5");
    told->change_percent = g_strdup("25.00%");
    told->base = g_strdup("上年");
    trees_statement(tree, "three_public_statement", "国内公务接待", "12", "批次");
    trees_statement(tree, "three_public_statement", "公务用车购置费", "1.2.3", "万元");
    TreeForm *form = trees_form(tree, "project", NULL, "办案");
    form->unit_printed = g_strdup("元");
    form->amount_total = g_strdup("1,500,000");
    entries_set(&form->amounts, "local", "1000000");
    entries_set(&form->amounts, "other", "-");
    /* Without a unit nobody knows what it is. */
    trees_form(tree, "project", NULL, "培训")->amount_total = g_strdup("150");
    g_autoptr(GPtrArray) trees = forest(tree, NULL);
    g_autoptr(GPtrArray) records = records_of(trees);
    const Record *record = record_at(records, 0);
    const RecordStatement *reception = record->statements->pdata[3];
    assert_string_equal(reception->amount, "15000.00");
    assert_string_equal(reception->change->amount, "5000.00");
    assert_string_equal(reception->change->percent, "25.00");
    const RecordStatement *batches = record->statements->pdata[4];
    assert_null(batches->amount);
    assert_string_equal(batches->count, "12");
    assert_string_equal(batches->count_unit, "批次");
    assert_null(((const RecordStatement *) record->statements->pdata[5])->amount);
    const RecordPerformance *target = record->performance->pdata[0];
    assert_string_equal(target->amount_total, "1500000.00");
    assert_string_equal(entries_get(target->amounts, "local"), "1000000.00");
    assert_true(entries_has(target->amounts, "other"));
    assert_null(entries_get(target->amounts, "other"));
    assert_null(target->contact);
    assert_null(((const RecordPerformance *) record->performance->pdata[1])->amount_total);
    guint unreadable = 0, without_unit = 0;
    for (guint i = 0; i < record->diagnostics->len; i++) {
        unreadable += ((const Diag *) record->diagnostics->pdata[i])->code == DIAG_NUMBER_UNREADABLE;
        without_unit += ((const Diag *) record->diagnostics->pdata[i])->code == DIAG_TABLE_WITHOUT_UNIT;
    }
    assert_int_equal(unreadable, 1);
    assert_int_equal(without_unit, 1);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cover_and_titles_win),
        cmocka_unit_test(final_accounts_talk_of_budgets),
        cmocka_unit_test(no_disclosure),
        cmocka_unit_test(units_with_full_sets_are_parted),
        cmocka_unit_test(a_subordinates_line_does_not_part),
        cmocka_unit_test(a_table_file_takes_the_name_of_its_mate),
        cmocka_unit_test(not_with_other_totals),
        cmocka_unit_test(order_of_inputs_does_not_matter),
        cmocka_unit_test(department_and_its_own_office_stay_apart),
        cmocka_unit_test(two_forms_of_one_name),
        cmocka_unit_test(the_same_bytes_twice_are_read_once),
        cmocka_unit_test(a_form_names_the_department),
        cmocka_unit_test(sentences_before_a_name_are_not_of_it),
        cmocka_unit_test(figures_of_sentences_and_forms),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
