/* Performance forms: labels and amounts, both periods, page breaks, lists of projects. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "pages.h"

static const TreeForm *
form_at(const Tree *tree, guint index)
{
    if (index >= tree->forms->len)
        fail_msg("only %u forms", tree->forms->len);
    return tree->forms->pdata[index];
}

static void
assert_indicator(const TreeForm *form, guint index, const char *words)
{
    if (index >= form->indicators->len)
        fail_msg("only %u indicators", form->indicators->len);
    const TreeIndicator *indicator = form->indicators->pdata[index];
    const char *fields[] = {indicator->level1,        indicator->level2,       indicator->level3, indicator->value,
                            indicator->annual_level3, indicator->annual_value, indicator->weight};
    g_autoptr(GString) all = g_string_new(NULL);
    for (guint i = 0; i < G_N_ELEMENTS(fields); i++)
        g_string_append_printf(all, "%s%s", i > 0 ? "|" : "", fields[i] != NULL ? fields[i] : "");
    assert_string_equal(all->str, words);
}

static const char flat[] = "项目支出绩效目标申报表\n(2023年度)\n"
                           "项目名称\t\t档案整理费\n主管部门及代码\t\t037-甲市乙局[部门]\t\t实施单位\t\t甲市乙局\n"
                           "项目资金（元）\t\t实施期资金总额：\t\t59,400\t\t年度资金总额：\t\t19,800\n\t\t其中：中央财政资金\t\t0\t\t其中：中央财政资金\t\t0\n"
                           "项目概况\t\t整理档案\n\t\t实施期目标\t\t\t\t年度目标\n总体目标\t\t三年整理\t\t\t\t一年整理\n"
                           "绩效指标\t一级指标\t\t二级指标\t\t三级指标\t\t指标值\t\t二级指标\t\t三级指标\t\t指标值\n"
                           "\t产出指标\t\t数量指标\t\t整理卷数\t\t30卷\t\t数量指标\t\t整理卷数\t\t10卷\n"
                           "\t\t\t质量指标\t\t\t\t\t\t质量指标\t\t合格率\t\t100%\n"
                           "\t\t\t\t\t归档率\t\t≥90%\t\t归档率\t\t≥95%\n"
                           "负责人：\t\t甲某\t\t经办人：\t\t乙某\t\t联系电话：\t\t5180000\t\t填报日期：\t\t2023.2.1\n";

static void
test_both_periods(void **state)
{
    (void) state;
    g_autoptr(Tree) tree = pages_parse(flat, true);
    assert_int_equal(tree->forms->len, 1);
    assert_int_equal(tree->tables->len, 0);
    const TreeForm *form = form_at(tree, 0);
    assert_string_equal(form->project, "档案整理费");
    assert_string_equal(form->department, "甲市乙局");
    assert_string_equal(form->department_code, "037");
    assert_string_equal(form->unit_printed, "元");
    assert_string_equal(form->amount_total, "59400");
    assert_string_equal(form->annual_amount_total, "19800");
    assert_string_equal(entries_get(form->annual_amounts, "central"), "0");
    assert_string_equal(form->goal, "三年整理");
    assert_string_equal(form->annual_goal, "一年整理");
    assert_indicator(form, 0, "产出指标|数量指标|整理卷数|30卷|整理卷数|10卷|");
    assert_indicator(form, 1, "产出指标|质量指标|||合格率|100%|");
    assert_indicator(form, 2, "产出指标|质量指标|归档率|≥90%|归档率|≥95%|");
    assert_string_equal(form->date, "2023.2.1");
}

/* Merged classes are inherited, over a page break too; the caption tells unit and owner. */
static void
test_page_break(void **state)
{
    (void) state;
    g_autoptr(Tree) tree = pages_parse("项目支出绩效目标表\n"
                                       "项目名称\t<\t展览\t<\t<\n资金总额（万元）\t<\t21.50\t<\t<\n年度目标\t办好展览\t<\t<\t<\n"
                                       "绩效指标\t一级指标\t二级指标\t三级指标\t指标值\n^\t产出指标\t数量指标\t展期\t≥3月\f"
                                       "^\t\t\t参观人次\t≥800人\n^\t满意度指标\t服务对象满意度指标\t观众满意度\t≥90%\n",
                                       false);
    assert_int_equal(tree->forms->len, 1);
    const TreeForm *form = form_at(tree, 0);
    assert_int_equal(form->pages->len, 2);
    assert_indicator(form, 1, "产出指标|数量指标|参观人次|≥800人|||");
    assert_indicator(form, 2, "满意度指标|服务对象满意度指标|观众满意度|≥90%|||");
    assert_string_equal(form->annual_goal, "办好展览");
}

/* A class whose cell the page break cuts: its words behind the break, or some on each side. One that no words follow goes on. */
static void
test_cut_class(void **state)
{
    (void) state;
    g_autoptr(Tree) tree = pages_parse("项目支出绩效目标表\n"
                                       "项目名称\t<\t展览\t<\t<\n"
                                       "绩效指标\t\t二级指标\t三级指标\t指标值\n^\t产出指标\t数量指标\t展期\t≥3月\n^\t^\t^\t场次\t≥2场\n^\t\t经济效\t收入\t≥5万元\f"
                                       "^\t效益指标\t益指标\t票价\t≤10元\n^\t^\t社会效益指标\t影响\t较大\f"
                                       "^\t满意度指标\t服务对象满意度指标\t观众满意度\t≥90%\n",
                                       false);
    assert_int_equal(tree->forms->len, 1);
    const TreeForm *form = form_at(tree, 0);
    assert_indicator(form, 1, "产出指标|数量指标|场次|≥2场|||");
    assert_indicator(form, 2, "效益指标|经济效益指标|收入|≥5万元|||");
    assert_indicator(form, 3, "效益指标|经济效益指标|票价|≤10元|||");
    assert_indicator(form, 4, "效益指标|社会效益指标|影响|较大|||");
    assert_indicator(form, 5, "满意度指标|服务对象满意度指标|观众满意度|≥90%|||");
    g_autoptr(Tree) blank = pages_parse("项目支出绩效目标表\n项目名称\t<\t展览\t<\n"
                                        "一级指标\t二级指标\t三级指标\t指标值\n产出指标\t数量指标\t展期\t≥3月\n^\t^\t场次\t≥2场\n\t\t人次\t≥800人\f"
                                        "\t\t期数\t≥1期\n满意度指标\t服务对象满意度指标\t观众满意度\t≥90%\n",
                                        false);
    assert_indicator(form_at(blank, 0), 2, "产出指标|数量指标|人次|≥800人|||");
    assert_indicator(form_at(blank, 0), 3, "产出指标|数量指标|期数|≥1期|||");
}

static void
test_list(void **state)
{
    (void) state;
    g_autoptr(Tree) tree = pages_parse("项目支出绩效目标表\n资金主管部门：甲市乙局单位：万元\n"
                                       "项目名称\t项目总额\t绩效目标\t一级指标\t二级指标\t三级指标\t指标性质\t指标值\t计量单位\n"
                                       "展览\t9.70\t办好展览\t产出指标\t数量指标\t展期\t≥\t3\t月\n"
                                       "^\t^\t^\t产出指标\t质量指标\t效果\t定性\t优\t\n"
                                       "修缮\t6.00\t完成修缮\t产出指标\t数量指标\t面积\t＝\t20\t平方米\n",
                                       false);
    assert_int_equal(tree->forms->len, 2);
    const TreeForm *first = form_at(tree, 0), *second = form_at(tree, 1);
    assert_string_equal(first->amount_total, "9.70");
    assert_string_equal(first->unit_printed, "万元");
    assert_string_equal(first->department, "甲市乙局");
    assert_indicator(first, 0, "产出指标|数量指标|展期|≥3月|||");
    assert_indicator(first, 1, "产出指标|质量指标|效果|定性 优|||");
    assert_string_equal(second->project, "修缮");
    assert_string_equal(second->unit_printed, "万元");
}

/* The first page of a department's form may hold its tasks only. */
static void
test_whole_department(void **state)
{
    (void) state;
    g_autoptr(Tree) tree = pages_parse("2022年部门整体支出绩效目标表\n"
                                       "部门（单位）名称\t<\t甲市乙局\t<\n"
                                       "年度主要任务\t任务名称\t主要内容\t总额\n^\t任务1\t办好展览\t9.70\n^\t金额合计\t<\t9.70\f"
                                       "年度总体目标\t完成任务\t<\t<\n"
                                       "一级指标\t二级指标\t指标内容\t指标值\n产出指标\t数量指标\t展期\t≥3月\n效益指标\t社会效益指标\t影响\t较大\n",
                                       false);
    assert_int_equal(tree->forms->len, 1);
    const TreeForm *form = form_at(tree, 0);
    assert_string_equal(form->scope, "department");
    assert_string_equal(form->department, "甲市乙局");
    assert_string_equal(form->annual_goal, "完成任务");
    assert_indicator(form, 1, "效益指标|社会效益指标|影响|较大|||");
    assert_int_equal(tree->tables->len, 0);
}

/* A title that is printed over every page of a form. */
static void
test_title_again(void **state)
{
    (void) state;
    g_autoptr(Tree) tree = pages_parse("政策和项目预算绩效目标表\n"
                                       "项目名称\t<\t展览\t<\n一级指标\t二级指标\t三级指标\t指标值\n产出指标\t数量指标\t展期\t≥3月\f"
                                       "政策和项目预算绩效目标表\n满意度指标\t服务对象满意度指标\t观众满意度\t≥90%\n^\t^\t职工满意度\t≥95%\f"
                                       "政策和项目预算绩效目标表\n项目名称\t<\t演出\t<\n一级指标\t二级指标\t三级指标\t指标值\n产出指标\t数量指标\t场次\t≥2场\n",
                                       false);
    assert_int_equal(tree->forms->len, 2);
    assert_int_equal(tree->tables->len, 0);
    assert_int_equal(form_at(tree, 0)->pages->len, 2);
    assert_indicator(form_at(tree, 0), 2, "满意度指标|服务对象满意度指标|职工满意度|≥95%|||");
    assert_string_equal(form_at(tree, 1)->project, "演出");
}

/* A project that a page break cuts has its name, its amount and its goal on one side of it, or some of their words on each. */
static void
test_cut_project(void **state)
{
    (void) state;
    g_autoptr(Tree) tree = pages_parse("项目支出绩效目标表\n金额单位：万元\n"
                                       "项目名称\t项目总额\t绩效目标\t一级指标\t三级指标\t指标值\n"
                                       "展览\t9.70\t办好展览\t产出指标\t展期\t≥3月\n^\t^\t^\t效益指标\t人次\t≥800人\n"
                                       "\t\t完成房屋修缮\t产出指标\t面积\t≥20平方米\n^\t^\t^\t产出指标\t工期\t≤6月\f"
                                       "修缮\t6.00\t房屋修缮工作\t效益指标\t安全\t优\n^\t1.50\t另一目标\t产出指标\t次数\t≥1次\n"
                                       "档案整\t\t整理档案\t产出指标\t卷数\t≥30卷\n^\t^\t^\t产出指标\t页数\t≥90页\f"
                                       "理费\t4.00\t\t效益指标\t利用\t优\n演出\t3.00\t演好\t产出指标\t场次\t≥2场\n",
                                       false);
    static const struct {
        const char *project, *amount, *goal;
        guint indicators;
    } expected[] = {{"展览", "9.70", "办好展览", 2}, {"修缮", "6.00", "完成房屋修缮工作", 3}, {"修缮", "1.50", "另一目标", 1},
                    {"档案整理费", "4.00", "整理档案", 3}, {"演出", "3.00", "演好", 1}};
    assert_int_equal(tree->forms->len, G_N_ELEMENTS(expected));
    for (guint i = 0; i < G_N_ELEMENTS(expected); i++) {
        const TreeForm *form = form_at(tree, i);
        assert_string_equal(form->project, expected[i].project);
        assert_string_equal(form->amount_total, expected[i].amount);
        assert_string_equal(form->goal, expected[i].goal);
        assert_int_equal(form->indicators->len, expected[i].indicators);
    }
}

/* A cell that no rule names is told; a table of projects without indicators is no form. */
static void
test_unknown(void **state)
{
    (void) state;
    g_autoptr(Tree) tree = pages_parse("项目支出绩效目标表\n项目名称\t展览\n\t密级不详\n绩效指标\t三级指标\t指标值\n产出指标\t展期\t3月\n", false);
    assert_int_equal(tree->forms->len, 1);
    bool found = false;
    for (guint i = 0; i < tree->diagnostics->len; i++)
        found = found || ((const Diag *) tree->diagnostics->pdata[i])->code == DIAG_FORM_CELL_UNKNOWN;
    assert_true(found);
    g_autoptr(Tree) list = pages_parse("项目名称\t预算数\t绩效目标\n展览\t9.70\t办好展览\n", false);
    assert_int_equal(list->forms->len, 0);
}

static void
assert_other(const TreeForm *form, guint index, const char *words)
{
    if (form->other == NULL || index >= form->other->len)
        fail_msg("no words under %s", words);
    const TreeOther *other = form->other->pdata[index];
    g_autofree char *found = g_strconcat(other->label, "=", other->value, NULL);
    assert_string_equal(found, words);
}

/* What no field takes is kept under its heads; a form without a period of its own is of its caption's year. */
static void
test_other(void **state)
{
    (void) state;
    g_autoptr(Tree) tree = pages_parse("部门整体支出绩效目标表\n（2023年度）\n"
                                       "部门名称\t甲市乙局\t<\t<\n"
                                       "总体资金情况（万元）\t支出总额\t财政拨款\t<\n^\t^\t合计\t项目支出\n^\t12.50\t11.50\t3.25\n"
                                       "年度主要任务\t任务名称\t主要内容\t金额\n^\t任务1\t办展\t3.25\n^\t任务2\t修缮\t8\n"
                                       "保密等级\t内部\t项目类别\t运转类\n"
                                       "绩效指标\t三级指标\t指标值\t评分标准\n产出指标\t展期\t3月\t按月计\n",
                                       false);
    assert_int_equal(tree->forms->len, 1);
    const TreeForm *form = form_at(tree, 0);
    assert_string_equal(form->title, "部门整体支出绩效目标表");
    assert_string_equal(form->period, "2023年度");
    assert_string_equal(form->annual_amount_total, "12.50");
    assert_string_equal(entries_get(form->annual_amounts, "fiscal"), "11.50");
    assert_other(form, 0, "总体资金情况（万元）/财政拨款/项目支出=3.25");
    assert_other(form, 1, "年度主要任务/任务名称=任务1");
    assert_other(form, 3, "年度主要任务/金额=3.25");
    assert_other(form, 6, "年度主要任务/金额=8");
    assert_other(form, 7, "保密等级=内部");
    assert_other(form, 8, "项目类别=运转类");
    assert_other(form, 9, "评分标准=按月计");
    assert_int_equal(form->other->len, 10);
}

/* The tasks of the year and what each costs are a list: it stays a table beside the form that holds it. */
static void
test_list_within(void **state)
{
    (void) state;
    g_autoptr(Tree) tree = pages_parse("2022年部门整体支出绩效目标表\n"
                                       "部门（单位）名称\t<\t甲市乙局\t<\n"
                                       "年度主要任务\t任务名称\t主要内容\t总额\n^\t任务1\t办好展览\t9.70\n^\t任务2\t修缮\t8.10\n^\t金额合计\t<\t17.80\n"
                                       "一级指标\t二级指标\t指标内容\t指标值\n产出指标\t数量指标\t展期\t≥3月\n",
                                       false);
    assert_int_equal(tree->forms->len, 1);
    assert_other(form_at(tree, 0), 2, "年度主要任务/总额=9.70");
    assert_int_equal(tree->tables->len, 1);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_both_periods),
        cmocka_unit_test(test_page_break),
        cmocka_unit_test(test_list), cmocka_unit_test(test_cut_class), cmocka_unit_test(test_cut_project), cmocka_unit_test(test_whole_department), cmocka_unit_test(test_title_again),
        cmocka_unit_test(test_other),
        cmocka_unit_test(test_list_within),
        cmocka_unit_test(test_unknown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
