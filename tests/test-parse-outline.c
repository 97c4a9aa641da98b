/* Tables of contents, covers, headings, section text and terms, on documents written for it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "pages.h"

static const Section *
section_at(const Tree *tree, guint index)
{
    if (index >= tree->sections->len)
        fail_msg("only %u sections", tree->sections->len);
    return tree->sections->pdata[index];
}

static void
assert_section(const Tree *tree, guint index, const char *id, const char *number, const char *title, int level, const char *text)
{
    const Section *section = section_at(tree, index);
    if (g_strcmp0(section->id, id) != 0 || g_strcmp0(section->number, number) != 0 || strcmp(section->title, title) != 0)
        fail_msg("section %u is %s %s %s", index, section->id, section->number, section->title);
    assert_int_equal(section->level, level);
    assert_string_equal(section->text, text);
}

static const Mention *
cover(const Tree *tree)
{
    for (guint i = 0; i < tree->mentions->len; i++) {
        const Mention *mention = tree->mentions->pdata[i];
        if (mention->kind == MENTION_COVER && mention->department != NULL)
            return mention;
    }
    fail_msg("no cover names a department");
    return NULL;
}

static const char narrative[] = "^甲市乙局\n^2024年度部门预算\f"
                                "^目  录\n第一部分 概况……………1\n一、主要职责……………1\n二、机构设置情况……………2\n第二部分 2024年度部门预算情况说明………3\f"
                                "^第一部分 概况\n"
                                "   一、主要职责\n"
                                "   （一）负责全市档案工作的监督指导，拟订有关制度并组织实\n施。\n"
                                "   （二）完成交办的其他工作。\n"
                                "   二、机构设置情况\n"
                                "   1.办公室\n   2.业务科\f"
                                "^第二部分 2024年度部门预算情况说明\n"
                                "   一、收入预算情况说明\n   收入预算10.00万元。\n"
                                "   二、一般公共预算“三公”经费、会议费、培训费支出预算情\n况说明\n   会议费1.00万元。\n"
                                "   三、机关运行经费：2024年预算3.00万元。\n"
                                "\f^第三部分 名词解释\n"
                                "   一、基本支出：指为保障运转发生的支出。\n   二、项目支出：指为完成任务发生的支出，不\n含其他。\n";

static void
test_sections(void **state)
{
    (void) state;
    g_autoptr(Tree) tree = pages_parse(narrative, false);
    assert_section(tree, 0, "overview", "一", "概况", 1, "");
    assert_section(tree, 1, "duties", "一", "主要职责", 2, "（一）负责全市档案工作的监督指导，拟订有关制度并组织实施。\n（二）完成交办的其他工作。");
    assert_section(tree, 2, "institutions", "二", "机构设置情况", 2, "1.办公室\n2.业务科");
    assert_section(tree, 3, "narrative", "二", "2024年度部门预算情况说明", 1, "");
    assert_section(tree, 4, "revenue_statement", "一", "收入预算情况说明", 2, "收入预算10.00万元。");
    assert_section(tree, 5, "three_public_statement", "二", "一般公共预算“三公”经费、会议费、培训费支出预算情况说明", 2, "会议费1.00万元。");
    assert_section(tree, 6, "agency_operating_statement", "三", "机关运行经费", 2, "2024年预算3.00万元。");
    assert_section(tree, 7, "terms", "三", "名词解释", 1, "一、基本支出：指为保障运转发生的支出。\n二、项目支出：指为完成任务发生的支出，不含其他。");
    assert_int_equal(tree->sections->len, 8);
}

static void
test_terms(void **state)
{
    (void) state;
    g_autoptr(Tree) tree = pages_parse(narrative, false);
    assert_int_equal(tree->terms->len, 2);
    const TreeTerm *term = tree->terms->pdata[1];
    assert_string_equal(term->term, "项目支出");
    assert_string_equal(term->definition, "指为完成任务发生的支出，不含其他。");
    assert_int_equal(term->page, 5);
}

/* A term alone on its line, and one without a colon. */
static void
test_odd_terms(void **state)
{
    (void) state;
    g_autoptr(Tree) tree = pages_parse("第四部分 "
                                       "名词解释\n一、财政专户管理资金：\n专指教育收费。\n二、政府性基金预算是指专项用于特定事业的收支预算。\n三、“三公”经费："
                                       "含三项。\n1.接待费：指接待支出。",
                                       true);
    assert_int_equal(tree->terms->len, 3);
    const TreeTerm *alone = tree->terms->pdata[0], *bare = tree->terms->pdata[1], *inner = tree->terms->pdata[2];
    assert_string_equal(alone->term, "财政专户管理资金");
    assert_string_equal(alone->definition, "专指教育收费。");
    assert_string_equal(bare->term, "政府性基金预算");
    assert_string_equal(inner->definition, "含三项。\n1.接待费：指接待支出。");
}

static void
test_cover(void **state)
{
    (void) state;
    g_autoptr(Tree) tree = pages_parse(narrative, false);
    const Mention *mention = cover(tree);
    assert_string_equal(mention->department, "甲市乙局");
    assert_string_equal(mention->year, "2024");
    assert_string_equal(mention->disclosure, "budget");
    assert_string_equal(mention->scope, "department");
    assert_int_equal(mention->page, 1);
}

static void
assert_cover(const char *text, const char *department, const char *year, const char *disclosure, const char *scope)
{
    g_autoptr(Tree) tree = pages_parse(text, false);
    const Mention *mention = cover(tree);
    assert_string_equal(mention->department, department);
    if (g_strcmp0(mention->year, year) != 0 || g_strcmp0(mention->disclosure, disclosure) != 0 || g_strcmp0(mention->scope, scope) != 0)
        fail_msg("%s: %s %s %s", text, mention->year, mention->disclosure, mention->scope);
}

static void
test_covers(void **state)
{
    (void) state;
    assert_cover("^2026年丙市丁局（本级）部门预\n^算\f^目录\n一、职责\n", "丙市丁局", "2026", "budget", "unit");
    assert_cover("^丙市戊医院[部门]\n^2023年度部门决算公开\n", "丙市戊医院", "2023", "final_accounts", "department");
    assert_cover("^丙市2026年市级单位预算\n^预算单位：丙市己中心\n^2026年1月\n", "丙市己中心", NULL, "budget", "unit");
    assert_cover("^2026年度\n^丙市庚馆\n^单位预算公开\n", "丙市庚馆", "2026", "budget", "unit");
}

/* Entries without leaders end where the first of them is a heading; a second title begins the next unit. */
static void
test_units(void **state)
{
    (void) state;
    g_autoptr(Tree) tree = pages_parse(
        "^甲局2024年部门预算\n^目录\n一、主要职责\n二、收入预算情况说明\f   一、主要职责\n   负责档案。\n   二、收入预算情况说明\n   收入1.00万元。\f"
        "^甲馆2024年单位预算\n^目录\n一、主要职责\n二、收入预算情况说明\f   一、主要职责\n   负责展览。\n   二、收入预算情况说明\n   收入2.00万元。\n",
        false);
    assert_int_equal(tree->sections->len, 4);
    assert_section(tree, 2, "duties", "一", "主要职责", 2, "负责展览。");
    guint covers = 0;
    for (guint i = 0; i < tree->mentions->len; i++)
        covers += ((const Mention *) tree->mentions->pdata[i])->kind == MENTION_COVER;
    assert_int_equal(covers, 2);
}

/* What no heading claims is kept. */
static void
test_front(void **state)
{
    (void) state;
    g_autoptr(Tree) tree = pages_parse("本说明供参考使用，如有疑问请与我们联系。\n一、主要职责\n负责档案。", true);
    assert_section(tree, 0, NULL, NULL, "", 0, "本说明供参考使用，如有疑问请与我们联系。");
    assert_section(tree, 1, "duties", "一", "主要职责", 2, "负责档案。");
}

/* A page that came as one paragraph is cut at its headings; a sentence keeps the numbers inside it. */
static void
test_paragraph(void **state)
{
    (void) state;
    g_autoptr(GString) filler = g_string_new(NULL);
    for (int i = 0; i < 30; i++)
        g_string_append(filler, "办理档案查阅业务。");
    g_autofree char *page = g_strconcat("现将甲市乙局二〇二三年度部门决算情况公开如下:一、部门主要职责", filler->str,
                                        "二、机构设置情况甲市乙局内设3个科室。三、政府采购、国有资产占用情况说明（一）政府采购支出情况2023年"
                                        "政府采购支出5.00万元。（二）国有资产占用情况年末有车辆2辆。四、名词解释（一）基本支出：指保障运转的支出。\n",
                                        NULL);
    g_autoptr(Tree) tree = pages_parse(page, true);
    const Mention *mention = tree->mentions->pdata[0];
    assert_string_equal(mention->department, "甲市乙局");
    assert_string_equal(mention->year, "2023");
    assert_string_equal(mention->disclosure, "final_accounts");
    assert_section(tree, 0, "duties", "一", "部门主要职责", 2, filler->str);
    assert_section(tree, 1, "institutions", "二", "机构设置情况", 2, "甲市乙局内设3个科室。");
    assert_section(tree, 2, "assets_statement", "三", "政府采购、国有资产占用情况说明", 2, "");
    assert_section(tree, 3, "procurement_statement", "一", "政府采购支出情况", 3, "2023年政府采购支出5.00万元。");
    assert_section(tree, 4, "assets_statement", "二", "国有资产占用情况", 3, "年末有车辆2辆。");
    assert_int_equal(tree->terms->len, 1);
}

/* A sentence with year and kind at the head of a page is no cover's title. */
static void
test_sentence(void **state)
{
    (void) state;
    g_autoptr(Tree) tree = pages_parse("^甲市乙局2025年部门预算情况说明\n   一、收入预算情况说明\n   2025年收入预算10.00万元，与上年持\f平。\n"
                                       "   2025年政府性基金预算收入5.00万元，比上年增加1.00万元。\n   本部门没有其他收入。\n",
                                       false);
    assert_int_equal(tree->sections->len, 1);
    assert_non_null(strstr(section_at(tree, 0)->text, "政府性基金预算收入5.00万元"));
}

/* Where no edge tells first lines from the rest, a full line that stops in mid-sentence goes on; a figure that found no room is no new
 * paragraph; a list without a full stop stays one. */
static void
test_goes_on(void **state)
{
    (void) state;
    static const char words[] = "一、收入预算情况说明\n"
                                "（一）收入预算：2025年收入预算355.35万元，其中：一般公共预\n算收入277.75万元。\n"
                                "（二）增减变化情况：2025年收入预算355万元，比上年增加\n118.76万元，较多。\n"
                                "（三）主要用于下列单位和项目，共计三家事业单位及一个中心：\n某市某区国库支付中心\n某市某区票据中心\n";
    static const char expected[] = "（一）收入预算：2025年收入预算355.35万元，其中：一般公共预算收入277.75万元。\n"
                                   "（二）增减变化情况：2025年收入预算355万元，比上年增加118.76万元，较多。\n"
                                   "（三）主要用于下列单位和项目，共计三家事业单位及一个中心：\n某市某区国库支付中心\n某市某区票据中心";
    g_autoptr(Tree) tree = pages_parse(words, true);
    assert_string_equal(section_at(tree, 0)->text, expected);
    g_autofree char *set_in =
        g_strconcat("^甲市乙局2025年部门预算情况说明\n", words, "比它们都长的一行说明本部门2025年收入预算与支出预算情况，共有\n三项。\n", NULL);
    g_autoptr(Tree) page = pages_parse(set_in, false);
    assert_non_null(strstr(section_at(page, 0)->text, "一般公共预算收入277.75万元。\n（二）"));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_sections), cmocka_unit_test(test_terms),   cmocka_unit_test(test_odd_terms), cmocka_unit_test(test_cover),
        cmocka_unit_test(test_covers),   cmocka_unit_test(test_units),   cmocka_unit_test(test_front),     cmocka_unit_test(test_paragraph),
        cmocka_unit_test(test_sentence), cmocka_unit_test(test_goes_on),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
