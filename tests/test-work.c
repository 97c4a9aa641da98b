/* How much is done for a document, counted and not timed: twice the document is twice the work. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "extract.h"
#include "record.h"
#include "rules.h"
#include "tree.h"

static const char form[] = "项目支出绩效目标申报表\n项目名称\t档案整理费\t\t\n主管部门\t甲市乙局\t\t\n"
                           "一级指标\t二级指标\t三级指标\t指标值\n";
static const char indicator[] = "产出指标\t数量指标\t整理卷数\t30卷\n";
static const char table[] = "\n2023年部门支出总表\n单位：万元\n科目编码\t科目名称\t合计\t基本支出\t项目支出\n";
static const char row[] = "2010301\t行政运行\t3.00\t2.00\t1.00\n";
static const char section[] = "\n第三部分 情况说明\n";
static const char sentence[] = "2023年一般公共预算支出3.00万元，比上年增加1.00万元，主要是人员增加。\n";

static void
repeat(GString *text, const char *head, const char *part, guint times)
{
    g_string_append(text, head);
    for (guint i = 0; i < times; i++)
        g_string_append(text, part);
}

static guint64
patterns_tried(guint times)
{
    g_autoptr(GString) text = g_string_new("甲市乙局2023年部门预算\n");
    repeat(text, form, indicator, times);
    repeat(text, table, row, times);
    repeat(text, section, sentence, times);
    g_autoptr(GBytes) bytes = g_bytes_new(text->str, text->len);
    g_autoptr(Document) document = document_new_from_bytes(bytes, "long.txt", NULL);
    guint64 before = rules_tried();
    g_autoptr(Tree) tree = tree_new_from_document(document, NULL);
    assert_true(tree->forms->len == 1 && tree->tables->len == 1 && tree->statements->len >= times);
    g_autoptr(GPtrArray) trees = g_ptr_array_new();
    g_ptr_array_add(trees, tree);
    g_autoptr(GPtrArray) records = records_new_from_trees(trees, NULL, NULL);
    assert_int_equal(records->len, 1);
    g_ptr_array_set_free_func(records, (GDestroyNotify) record_free);
    return rules_tried() - before;
}

static void
work_grows_with_the_document(void **state)
{
    (void) state;
    guint64 one = patterns_tried(100), two = patterns_tried(200), four = patterns_tried(400);
    guint64 first = two - one, second = four - two;
    if (second > first * 21 / 10)
        fail_msg("100, 200 and 400 rows try %" G_GUINT64_FORMAT ", %" G_GUINT64_FORMAT " and %" G_GUINT64_FORMAT " patterns", one, two, four);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(work_grows_with_the_document)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
