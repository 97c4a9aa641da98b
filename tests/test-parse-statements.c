/* Figures told in sentences: what each is of, and what its change, share, base and reason are. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "pages.h"

static Tree *
told(const char *sentence)
{
    g_autofree char *text = g_strconcat("二、收入预算情况说明\n", sentence, NULL);
    return pages_parse(text, true);
}

static const TreeStatement *
at(const Tree *tree, guint index)
{
    if (index >= tree->statements->len)
        fail_msg("only %u statements", tree->statements->len);
    return tree->statements->pdata[index];
}

static void
assert_words(const char *found, const char *expected)
{
    if (g_strcmp0(found, expected) != 0)
        fail_msg("\"%s\" is not \"%s\"", found != NULL ? found : "(null)", expected != NULL ? expected : "(null)");
}

static void
assert_figure(const TreeStatement *statement, const char *label, const char *amount, const char *unit, const char *percent)
{
    assert_words(statement->label, label);
    assert_words(statement->amount, amount);
    assert_words(statement->unit, unit);
    assert_words(statement->percent, percent);
}

static void
assert_change(const TreeStatement *statement, const char *direction, const char *change, const char *percent, const char *base)
{
    assert_words(statement->direction, direction);
    assert_words(statement->change, change);
    assert_words(statement->change_percent, percent);
    assert_words(statement->base, base);
}

static void
test_shares(void **state)
{
    (void) state;
    g_autoptr(Tree) tree = told("2023年度预算收入422.73万元，主要包括一般公共预算拨款收入422.73万元，占100.00%；单位资金0.00万元，占0.00%。");
    assert_int_equal(tree->statements->len, 3);
    assert_figure(at(tree, 0), "2023年度预算收入", "422.73", "万元", NULL);
    assert_figure(at(tree, 1), "一般公共预算拨款收入", "422.73", "万元", "100.00");
    assert_figure(at(tree, 2), "单位资金", "0.00", "万元", "0.00");
    assert_words(at(tree, 0)->section, "revenue_statement");
}

/* Behind a list whose items have no changes of their own, the change is the total's. */
static void
test_total(void **state)
{
    (void) state;
    g_autoptr(Tree) tree =
        told("2023年度预算收入总计422.73万元，其中：本年收入422.73万元，上年结转0.00万元，比上年增加95.47万元，增加29.17%，主要原因是业务增加。");
    assert_int_equal(tree->statements->len, 3);
    assert_figure(at(tree, 0), "2023年度预算收入总计", "422.73", "万元", NULL);
    assert_change(at(tree, 0), "increase", "95.47", "29.17", "上年");
    assert_words(at(tree, 0)->reason, "业务增加");
    assert_null(at(tree, 2)->direction);
}

/* A sentence of its own behind the list is of the total too; behind one item, or a figure told since, it is of that. */
static void
test_total_behind(void **state)
{
    (void) state;
    g_autoptr(Tree) tree = told("研究活动166.02万元，主要包括：文稿起草116.30万元，用于文稿；专题培训49.72万元，用于培训。较2025年年初预算增加28.46万元，增幅20.7%。\n"
                                "支出合计9.00万元，其中：基本支出4.00万元；项目支出5.00万元。年终结转1.00万元。与上年相比增加0.50万元。");
    assert_change(at(tree, 0), "increase", "28.46", "20.7", "2025年年初预算");
    assert_null(at(tree, 2)->direction);
    assert_null(at(tree, 3)->direction);
    assert_words(at(tree, 6)->label, "年终结转");
    g_autoptr(Tree) named = told("甲市乙局收入、支出预算总计9.00万元，与上年相比收、支预算总计各增加1.00万元。\n"
                                 "支出预算4.00万元，其中：基本支出3.00万元，项目支出1.00万元。公用经费支出比上年减少0.20万元。");
    assert_int_equal(named->statements->len, 5);
    assert_change(at(named, 0), "increase", "1.00", NULL, "上年");
    assert_words(at(named, 4)->label, "公用经费支出");
    g_autoptr(Tree) both = told("2023年收入总计9.00万元，支出总计9.00万元，与2022年相比，收、支总计各增加1.00万元，增长12.5%。主要原因：人员增加。");
    assert_int_equal(both->statements->len, 2);
    assert_change(at(both, 0), "increase", "1.00", "12.5", "2022年");
    assert_change(at(both, 1), "increase", "1.00", "12.5", "2022年");
    assert_change(at(tree, 6), "increase", "0.50", NULL, "上年");
}

/* Items with changes of their own keep them. */
static void
test_items(void **state)
{
    (void) state;
    g_autoptr(Tree) tree = told("其中：因公出国（境）费0.00万元，与上年预算数相同；公务接待费3.07万元，与上年相比预算数增加1.03万元。");
    assert_int_equal(tree->statements->len, 2);
    assert_change(at(tree, 0), "unchanged", NULL, NULL, "上年预算数");
    assert_figure(at(tree, 1), "公务接待费", "3.07", "万元", NULL);
    assert_change(at(tree, 1), "increase", "1.03", NULL, "上年");
}

static void
test_base(void **state)
{
    (void) state;
    g_autoptr(Tree) tree = told("2026年收入预算1,036.22万元，比2025年年初预算数557.68万元增加478.54万元，增长85.81%。主要原因是新增项目。");
    assert_int_equal(tree->statements->len, 1);
    assert_change(at(tree, 0), "increase", "478.54", "85.81", "2025年年初预算数");
    assert_words(at(tree, 0)->base_amount, "557.68");
    assert_words(at(tree, 0)->base_unit, "万元");
    assert_words(at(tree, 0)->reason, "新增项目");
    g_autoptr(Tree) told_before = told("2017年度支出预算安排与2016年度相比（2016年度支出预算安排为8,648.07万元），增加498.72万元，增长5.77%。\n"
                                       "经比较2020年度“三公”经费41万元,较上年减少19万元。");
    assert_int_equal(told_before->statements->len, 2);
    assert_words(at(told_before, 0)->label, "2017年度支出预算安排");
    assert_words(at(told_before, 0)->base_amount, "8,648.07");
    assert_change(at(told_before, 0), "increase", "498.72", "5.77", "2016年度");
    assert_figure(at(told_before, 1), "2020年度“三公”经费", "41", "万元", NULL);
}

/* Two numbers, one unit; the second change goes to the second. */
static void
test_pairs(void **state)
{
    (void) state;
    g_autoptr(Tree) tree = told("收、支总计各是4125.49,4143.91万元。与上年相比各减少1267.86,2570.97万元,各下降23.51%、38.28%。");
    assert_int_equal(tree->statements->len, 2);
    assert_words(at(tree, 0)->amount, "4125.49");
    assert_change(at(tree, 0), "decrease", "1267.86", "23.51", "上年");
    assert_words(at(tree, 1)->amount, "4143.91");
    assert_change(at(tree, 1), "decrease", "2570.97", "38.28", "上年");
}

/* A change told in a sentence of its own stands in the words of the figure that it is of. */
static void
test_text(void **state)
{
    (void) state;
    g_autoptr(Tree) tree =
        told("住房保障支出（类）999.39万元，主要用于购房补贴。与上年相比增加20.76万元，增长2.12%。主要原因是基数变动。年终结转结余为0万元。");
    assert_int_equal(tree->statements->len, 2);
    assert_words(at(tree, 0)->text, "住房保障支出（类）999.39万元，主要用于购房补贴。与上年相比增加20.76万元，增长2.12%。主要原因是基数变动");
    assert_words(at(tree, 1)->text, "年终结转结余为0万元");
}

static void
test_completion(void **state)
{
    (void) state;
    g_autoptr(Tree) tree = told("1.一般公共服务支出（类）信访事务（款）行政运行（项）。年初预算为52.00万元，支出决算为51.32万元，完成年初预算的98.69%。");
    assert_int_equal(tree->statements->len, 2);
    assert_figure(at(tree, 0), "一般公共服务支出（类）信访事务（款）行政运行（项）年初预算", "52.00", "万元", NULL);
    assert_figure(at(tree, 1), "一般公共服务支出（类）信访事务（款）行政运行（项）支出决算", "51.32", "万元", "98.69");
}

/* 元 beside 万元; counts; a bound is no figure. */
static void
test_units(void **state)
{
    (void) state;
    g_autoptr(Tree) tree = told("一般公共预算收入4209.69万元,政府性基金预算收入0元。国内公务接待12批次、120人次。单价100万元（含）以上设备3台（套）。");
    assert_int_equal(tree->statements->len, 5);
    assert_figure(at(tree, 1), "政府性基金预算收入", "0", "元", NULL);
    assert_figure(at(tree, 2), "国内公务接待", "12", "批次", NULL);
    assert_figure(at(tree, 3), "国内公务接待", "120", "人次", NULL);
    assert_figure(at(tree, 4), "单价100万元（含）以上设备", "3", "台（套）", NULL);
}

/* A bracket's figures part the figure before it; a change behind the bracket is that figure's. */
static void
test_brackets(void **state)
{
    (void) state;
    g_autoptr(Tree) tree =
        told("公务用车购置及运行费6.7万元（公务用车购置费0万元，比上年增加0万元；公务用车运行费6.7万元，比上年减少2.3万元。）比上年减少2.3万元，下降25.6%。");
    assert_int_equal(tree->statements->len, 3);
    assert_change(at(tree, 0), "decrease", "2.3", "25.6", "上年");
    assert_change(at(tree, 2), "decrease", "2.3", NULL, "上年");
}

/* What a figure is spent on stands between it and its change. */
static void
test_aside(void **state)
{
    (void) state;
    g_autoptr(Tree) tree = told("项目支出58.75万元，主要用于平台建设、宣传、培训等工作，比2025年减少12.16万元，主要原因是项目完成。");
    assert_int_equal(tree->statements->len, 1);
    assert_change(at(tree, 0), "decrease", "12.16", NULL, "2025年");
}

static void
test_changes_alone(void **state)
{
    (void) state;
    g_autoptr(Tree) tree = told("支出预算增加406.29万元，其中基本支出增加321.83万元，项目支出增加84.46万元。");
    assert_int_equal(tree->statements->len, 3);
    assert_words(at(tree, 0)->label, "支出预算");
    assert_change(at(tree, 0), "increase", "406.29", NULL, NULL);
    assert_words(at(tree, 1)->label, "基本支出");
    assert_change(at(tree, 2), "increase", "84.46", NULL, NULL);
}

static void
test_place(void **state)
{
    (void) state;
    g_autoptr(Tree) tree = pages_parse(" 一、收入预算情况说明\n  收入预算10.00万元。\f  支出预算20.00万元。\n", false);
    assert_int_equal(tree->statements->len, 2);
    assert_int_equal(at(tree, 0)->page, 1);
    assert_int_equal(at(tree, 1)->page, 2);
}

/* A change without its unit, a count without one, a reason that is only a use, and a colon behind a reason. */
static void
test_slips(void **state)
{
    (void) state;
    g_autoptr(Tree) tree = told("“三公”经费支出203.31万元，较上年增加185.24（1026.00%），主要是用于公务活动。\n"
                                "购置车辆为0，其中：机要通信用车为0。\n"
                                "财政拨款支出增加的主要原因是：人员经费增加187万元，公用经费减少13万元。");
    assert_int_equal(tree->statements->len, 5);
    assert_change(at(tree, 0), "increase", "185.24", "1026.00", "上年");
    assert_words(at(tree, 0)->change_unit, "万元");
    assert_null(at(tree, 0)->percent);
    assert_null(at(tree, 0)->reason);
    assert_figure(at(tree, 1), "购置车辆", "0", NULL, NULL);
    assert_figure(at(tree, 2), "机要通信用车", "0", NULL, NULL);
    assert_words(at(tree, 3)->label, "人员经费");
    assert_change(at(tree, 4), "decrease", "13", NULL, NULL);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_shares),   cmocka_unit_test(test_total), cmocka_unit_test(test_items),         cmocka_unit_test(test_base),
        cmocka_unit_test(test_pairs),    cmocka_unit_test(test_text),  cmocka_unit_test(test_completion),    cmocka_unit_test(test_units),
        cmocka_unit_test(test_brackets), cmocka_unit_test(test_aside), cmocka_unit_test(test_changes_alone), cmocka_unit_test(test_place),
        cmocka_unit_test(test_slips),   cmocka_unit_test(test_total_behind),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
