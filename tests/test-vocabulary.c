/* The words of many places and years: titles → tables, header words → columns, names → items, captions → unit, owner, empty.
 *
 * Each list is data. A case that fails is told with its words and the list goes on, so that one run shows all that is wrong.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "extract.h"
#include "normalize.h"
#include "tables.h"
#include "trees.h"

static guint failures;

static void
compare(const char *what, const char *words, const char *found, const char *wanted)
{
    if (g_strcmp0(found, wanted) == 0)
        return;
    failures++;
    print_error("%s: %s\n    is      %s\n    wanted  %s\n", what, words, found != NULL ? found : "(none)", wanted != NULL ? wanted : "(none)");
}

static void
all_agree(void)
{
    guint count = failures;
    failures = 0;
    if (count > 0)
        fail_msg("%u differences", count);
}

static Tree *
read_page(const char *text)
{
    g_autoptr(GBytes) bytes = g_bytes_new(text, strlen(text));
    g_autoptr(GError) error = NULL;
    g_autoptr(Document) document = document_new_from_bytes(bytes, "case.txt", &error);
    assert_null(error);
    Tree *tree = tree_new_from_document(document, &error);
    assert_null(error);
    return tree;
}

/* ---- titles ---- */

#define PLAIN_HEADER "科目编码\t科目名称\t合计\n"
#define PROJECT_HEADER "项目名称\t单位名称\t合计\n"

typedef struct {
    const char *title, *id;
} Title;

static const Title titles[] = {
    {"收支总表", "revenue_expenditure"},
    {"收支总体情况表", "revenue_expenditure"},
    {"收支预算总表", "revenue_expenditure"},
    {"预算收支总表", "revenue_expenditure"},
    {"财务收支预算总表", "revenue_expenditure"},
    {"综合预算收支总表", "revenue_expenditure"},
    {"预算收支总表", "revenue_expenditure"},
    {"收支预算总体情况表", "revenue_expenditure"},
    {"收支总体情况总表", "revenue_expenditure"},
    {"预算收支总体情况表", "revenue_expenditure"},
    {"收入支出预算总表", "revenue_expenditure"},
    {"收入支出总表", "revenue_expenditure"},
    {"收支情况总表", "revenue_expenditure"},
    {"收支预算表", "revenue_expenditure"},
    {"收支平衡表", "revenue_expenditure"},
    {"收支汇总表", "revenue_expenditure"},
    {"收支决算总表", "revenue_expenditure"},
    {"收入支出决算总表", "revenue_expenditure"},
    {"收入支出决算表", "revenue_expenditure"},
    {"收入支出决算公开表", "revenue_expenditure"},
    {"收入支出决算总表（财决公开01表）", "revenue_expenditure"},
    {"决算收支总表", "revenue_expenditure"},

    {"收入总表", "revenue"},
    {"收入总体情况表", "revenue"},
    {"收入预算总表", "revenue"},
    {"收入预算表", "revenue"},
    {"预算收入总表", "revenue"},
    {"综合预算收入总表", "revenue"},
    {"收入预算总体情况表", "revenue"},
    {"收入情况表", "revenue"},
    {"收入预算情况表", "revenue"},
    {"收入明细表", "revenue"},
    {"收入预算明细表", "revenue"},
    {"收入汇总表", "revenue"},
    {"收入决算表", "revenue"},
    {"收入决算总表", "revenue"},
    {"收入决算表（按功能分类列示）", "revenue"},
    {"收入决算表（按单位列示）", "revenue"},
    {"收入决算明细表", "revenue"},

    {"支出总表", "expenditure"},
    {"支出总体情况表", "expenditure"},
    {"支出预算总表", "expenditure"},
    {"支出预算表", "expenditure"},
    {"预算支出总表", "expenditure"},
    {"综合预算支出总表", "expenditure"},
    {"本年支出总体情况表", "expenditure"},
    {"支出预算总体情况表", "expenditure"},
    {"支出情况表", "expenditure"},
    {"支出明细表", "expenditure"},
    {"支出汇总表", "expenditure"},
    {"支出总表（按部门预算经济分类）", "expenditure"},
    {"支出总表（按政府预算经济分类）", "expenditure"},
    {"支出总体情况表（按功能科目）", "expenditure"},
    {"支出预算总表（功能分类）", "expenditure"},
    {"支出决算表", "expenditure"},
    {"支出决算总表", "expenditure"},
    {"支出决算表（按功能分类列示）", "expenditure"},
    {"支出决算明细表", "expenditure"},

    {"财政拨款收支总表", "fiscal_appropriation"},
    {"财政拨款收支总体情况表", "fiscal_appropriation"},
    {"财政拨款收支预算总表", "fiscal_appropriation"},
    {"财政拨款收支预算表", "fiscal_appropriation"},
    {"财政拨款收支预算总体情况表", "fiscal_appropriation"},
    {"财政拨款收入支出预算总表", "fiscal_appropriation"},
    {"财政拨款收支情况表", "fiscal_appropriation"},
    {"财政拨款预算收支总表", "fiscal_appropriation"},
    {"财政拨款支出总表", "fiscal_appropriation"},
    {"综合预算财政拨款收支总表", "fiscal_appropriation"},
    {"财政拨款收入支出决算总表", "fiscal_appropriation"},
    {"财政拨款收入支出决算表", "fiscal_appropriation"},
    {"财政拨款收支决算总表", "fiscal_appropriation"},
    {"财政拨款收入与支出总表", "fiscal_appropriation"},

    {"财政拨款支出表（功能科目）", "fiscal_expenditure"},
    {"财政拨款支出预算表（功能科目）", "fiscal_expenditure"},
    {"财政拨款支出预算表", "fiscal_expenditure"},
    {"财政拨款支出决算表（功能科目）", "fiscal_expenditure"},
    {"财政拨款支出情况表", "fiscal_expenditure"},

    {"财政拨款基本支出表（经济科目）", "fiscal_basic"},
    {"财政拨款基本支出预算表（经济科目）", "fiscal_basic"},
    {"财政拨款基本支出决算表（经济科目）", "fiscal_basic"},
    {"财政拨款基本支出预算表", "fiscal_basic"},
    {"财政拨款安排的基本支出预算表", "fiscal_basic"},
    {"财政拨款基本支出决算表", "fiscal_basic"},

    {"一般公共预算支出表", "general_public_expenditure"},
    {"一般公共预算支出情况表", "general_public_expenditure"},
    {"一般公共预算支出预算表", "general_public_expenditure"},
    {"一般公共预算支出预算情况表", "general_public_expenditure"},
    {"一般公共预算支出总表", "general_public_expenditure"},
    {"一般公共预算支出总体情况表", "general_public_expenditure"},
    {"一般公共预算支出预算总表", "general_public_expenditure"},
    {"一般公共预算支出功能分类预算表", "general_public_expenditure"},
    {"一般公共预算支出功能分类表", "general_public_expenditure"},
    {"一般公共预算支出表（按功能分类）", "general_public_expenditure"},
    {"一般公共预算支出表（按功能分类科目）", "general_public_expenditure"},
    {"一般公共预算支出情况表（按功能分类科目）", "general_public_expenditure"},
    {"一般公共预算支出预算表（按功能科目分类）", "general_public_expenditure"},
    {"一般公共预算支出明细表（按支出功能分类科目）", "general_public_expenditure"},
    {"一般公共预算支出明细表（按支出功能分类科目-不含上年结转）", "general_public_expenditure"},
    {"一般公共预算拨款支出预算表", "general_public_expenditure"},
    {"一般公共预算拨款支出表", "general_public_expenditure"},
    {"一般公共预算财政拨款支出表", "general_public_expenditure"},
    {"一般公共预算财政拨款支出预算表", "general_public_expenditure"},
    {"本年一般公共预算支出表", "general_public_expenditure"},
    {"一般公共预算当年拨款支出表", "general_public_expenditure"},
    {"一般公共预算当年财政拨款支出表", "general_public_expenditure"},
    {"一般公共预算本年支出表", "general_public_expenditure"},
    {"一般公共预算收支表", "general_public_expenditure"},
    {"一般公共预算财政拨款支出决算表", "general_public_expenditure"},
    {"一般公共预算财政拨款收入支出决算表", "general_public_expenditure"},
    {"一般公共预算支出决算表", "general_public_expenditure"},
    {"一般公共预算支出决算表（功能科目）", "general_public_expenditure"},
    {"一般公共预算财政拨款支出决算明细表", "general_public_expenditure"},
    {"公共财政拨款支出决算表", "general_public_expenditure"},
    {"公共财政预算支出表", "general_public_expenditure"},
    {"公共财政预算财政拨款支出决算表", "general_public_expenditure"},
    {"公共预算财政拨款收入支出决算表", "general_public_expenditure"},
    {"公共财政拨款支出预算表", "general_public_expenditure"},

    {"一般公共预算支出表（按经济分类）", "general_public_economic"},
    {"一般公共预算支出表（按部门预算经济分类）", "general_public_economic"},
    {"一般公共预算支出表（按政府预算经济分类）", "general_public_economic"},
    {"一般公共预算支出明细表（按支出经济分类科目）", "general_public_economic"},
    {"一般公共预算支出经济分类情况表", "general_public_economic"},
    {"一般公共预算支出情况表（按支出经济分类科目）", "general_public_economic"},
    {"一般公共预算财政拨款支出预算表（部门经济分类科目）", "general_public_economic"},
    {"一般公共预算支出决算表（经济科目）", "general_public_economic"},

    {"一般公共预算基本支出表", "general_public_basic"},
    {"一般公共预算基本支出情况表", "general_public_basic"},
    {"一般公共预算基本支出情况表（按经济分类科目）", "general_public_basic"},
    {"一般公共预算基本支出预算表", "general_public_basic"},
    {"一般公共预算基本支出部门预算经济分类预算表", "general_public_basic"},
    {"一般公共预算基本支出经济分类预算表", "general_public_basic"},
    {"一般公共预算基本支出经济分类情况表", "general_public_basic"},
    {"一般公共预算（基本）支出经济分类情况表", "general_public_basic"},
    {"一般公共预算安排基本支出分经济科目表", "general_public_basic"},
    {"一般公共预算安排的基本支出分经济科目表", "general_public_basic"},
    {"一般公共预算财政拨款基本支出预算表", "general_public_basic"},
    {"一般公共预算财政拨款基本支出表", "general_public_basic"},
    {"一般公共预算基本支出明细表（按支出经济分类科目）", "general_public_basic"},
    {"一般公共预算基本支出表（纵向）", "general_public_basic"},
    {"一般公共预算基本支出表（横向）", "general_public_basic"},
    {"一般公共预算基本支出表—人员经费（工资福利支出）（按部门预算经济分类）", "general_public_basic"},
    {"一般公共预算基本支出表-公用经费(商品和服务支出)(按政府预算经济分类)", "general_public_basic"},
    {"一般公共预算基本支出表--人员经费（对个人和家庭的补助）", "general_public_basic"},
    {"一般公共预算本年基本支出表", "general_public_basic"},
    {"一般公共预算拨款基本支出表", "general_public_basic"},
    {"一般公共预算财政拨款基本支出决算表", "general_public_basic"},
    {"一般公共预算财政拨款基本支出决算明细表", "general_public_basic"},
    {"一般公共预算基本支出决算表", "general_public_basic"},
    {"一般公共预算基本支出决算表（经济科目）", "general_public_basic"},
    {"一般公共预算财政拨款基本支出情况表", "general_public_basic"},
    {"公共财政拨款基本支出决算表", "general_public_basic"},
    {"公共预算财政拨款基本支出决算表", "general_public_basic"},
    {"一般公共预算基本支出明细表（按支出功能分类科目）", NULL},
    {"一般公共预算基本支出明细表（按功能科目分）", NULL},

    {"一般公共预算项目支出情况表（按经济分类科目）", "general_public_project"},
    {"一般公共预算项目支出表", "general_public_project"},
    {"一般公共预算项目支出预算表", "general_public_project"},
    {"一般公共预算财政拨款项目支出决算表", "general_public_project"},

    {"基本支出总表", "department_basic"},
    {"基本支出预算情况表", "department_basic"},
    {"预算基本支出预算表", "department_basic"},
    {"基本支出预算表（人员类、运转类公用经费项目）", "department_basic"},
    {"基本支出预算明细表-工资福利支出（按部门预算经济分类）", "department_basic"},
    {"基本支出决算明细表", "department_basic"},
    {"预算项目支出及其他支出预算表", "department_projects"},

    {"政府性基金预算支出表", "government_fund_expenditure"},
    {"政府性基金预算支出情况表", "government_fund_expenditure"},
    {"政府性基金预算支出预算表", "government_fund_expenditure"},
    {"政府性基金支出预算表", "government_fund_expenditure"},
    {"政府性基金支出表", "government_fund_expenditure"},
    {"政府性基金预算支出功能分类预算表", "government_fund_expenditure"},
    {"政府性基金预算拨款支出预算表", "government_fund_expenditure"},
    {"政府性基金预算财政拨款支出预算表", "government_fund_expenditure"},
    {"政府性基金（财政拨款）支出预算表", "government_fund_expenditure"},
    {"政府性基金财政拨款支出预算表", "government_fund_expenditure"},
    {"财政拨款政府性基金支出预算表", "government_fund_expenditure"},
    {"综合预算政府性基金收支表", "government_fund_expenditure"},
    {"政府性基金收支总表", "government_fund_expenditure"},
    {"政府性基金预算收支表", "government_fund_expenditure"},
    {"政府基金预算财政拨款支出表", "government_fund_expenditure"},
    {"政府性基金预算支出分类汇总表（按政府预算经济分类）", "government_fund_expenditure"},
    {"政府性基金预算表", "government_fund_expenditure"},
    {"政府性基金预算财政拨款收入支出决算表", "government_fund_expenditure"},
    {"政府性基金预算财政拨款支出决算表", "government_fund_expenditure"},
    {"政府性基金支出决算表", "government_fund_expenditure"},
    {"政府性基金预算财政拨款基本支出决算表", "government_fund_expenditure"},
    {"政府性基金预算收入表", "government_fund_revenue"},
    {"政府性基金收入预算表", "government_fund_revenue"},
    {"政府性基金预算收入预算表", "government_fund_revenue"},
    {"政府性基金预算收入表预算表", "government_fund_revenue"},

    {"国有资本经营预算支出表", "state_capital_expenditure"},
    {"国有资本经营预算支出情况表", "state_capital_expenditure"},
    {"国有资本经营预算支出预算表", "state_capital_expenditure"},
    {"国有资本经营支出预算表", "state_capital_expenditure"},
    {"国有资本经营预算支出功能分类预算表", "state_capital_expenditure"},
    {"国有资本经营预算拨款支出预算表", "state_capital_expenditure"},
    {"国有资本经营预算财政拨款支出预算表", "state_capital_expenditure"},
    {"国有资本经营预算支出明细表", "state_capital_expenditure"},
    {"国有资本经营预算财政拨款支出决算表", "state_capital_expenditure"},
    {"国有资本经营预算支出决算表", "state_capital_expenditure"},
    {"国有资本经营预算表", "state_capital_expenditure"},
    {"国有资本经营预算收支预算表", "state_capital"},
    {"国有资本经营预算收支表", "state_capital"},
    {"国有资本经营预算财政拨款收入支出决算表", "state_capital"},

    {"财政专户管理资金支出表", "special_account_expenditure"},
    {"财政专户管理资金支出预算表", "special_account_expenditure"},
    {"财政专户管理资金预算支出表", "special_account_expenditure"},
    {"财政专户管理资金支出情况表", "special_account_expenditure"},
    {"纳入专户管理的非税收入拨款支出预算表", "special_account_expenditure"},

    {"一般公共预算“三公”经费支出表", "three_public"},
    {"一般公共预算\"三公\"经费支出情况表", "three_public"},
    {"一般公共预算'三公'经费支出预算表", "three_public"},
    {"一般公共预算「三公」经费支出表", "three_public"},
    {"一般公共预算三公经费支出表", "three_public"},
    {"一般公共预算”三公“经费支出表", "three_public"},
    {"一般公共预算“三公“经费支出表", "three_public"},
    {"一般公共预算＂三公＂经费支出表", "three_public"},
    {"一般公共预算“三公经费”支出表", "three_public"},
    {"一般公共预算“三 公”经费支出表", "three_public"},
    {"财政拨款“三公”经费支出表", "three_public"},
    {"财政拨款预算“三公”经费支出表", "three_public"},
    {"“三公”经费预算表", "three_public"},
    {"“三公”经费支出预算表", "three_public"},
    {"“三公”经费和机关运行经费预算表", "three_public"},
    {"“三公”经费及机关运行经费支出表", "three_public"},
    {"财政拨款安排的行政经费及“三公”经费预算表", "three_public"},
    {"一般公共预算“三公”经费支出情况统计表", "three_public"},
    {"一般公共预算“三公”经费、会议费、培训费支出预算表", "three_public"},
    {"一般公共预算“三公”经费、会议费和培训费支出表", "three_public"},
    {"一般公共预算拨款“三公”经费及会议费、培训费支出预算表", "three_public"},
    {"一般公共预算“三公”经费、会议费、培训费、委托业务费支出表", "three_public"},
    {"财政拨款“三公”经费支出决算表", "three_public"},
    {"一般公共预算财政拨款“三公”经费支出决算表", "three_public"},
    {"一般公共预算财政拨款安排的“三公”经费支出决算表", "three_public"},
    {"一般公共预算财政拨款“三公”经费及会议费、培训费支出决算表", "three_public"},
    {"财政拨款“三公”经费、行政参公单位机关运行经费情况表", "three_public"},
    {"“三公”经费公共预算财政拨款支出决算表", "three_public"},
    {"“三公”经费及相关信息统计表", "three_public"},
    {"三公、会议费、培训费、委托业务费支出表", "three_public"},

    {"机关运行经费预算财政拨款情况统计表", "agency_operating"},
    {"一般公共预算机关运行经费支出预算表", "agency_operating"},
    {"机关运行经费表", "agency_operating"},
    {"机关运行经费预算表", "agency_operating"},
    {"机关运行经费支出决算表", "agency_operating"},
    {"一般公共预算机关运行经费支出决算表", "agency_operating"},
    {"机关运行费支出情况表", "agency_operating"},

    {"政府采购预算表", "procurement"},
    {"政府采购预算明细表", "procurement"},
    {"政府采购支出预算表", "procurement"},
    {"政府采购支出表", "procurement"},
    {"政府采购预算情况表", "procurement"},
    {"政府采购情况表", "procurement"},
    {"政府采购（资产配置、购买服务）预算表", "procurement"},
    {"政府采购支出决算表", "procurement"},
    {"财政拨款政府购买服务明细表", "purchased_services"},
    {"政府购买服务预算表", "purchased_services"},
    {"政府购买服务支出表", "purchased_services"},
    {"政府购买服务情况表", "purchased_services"},
    {"政府购买服务支出决算表", "purchased_services"},
    {"政府购买服务决算公开情况表", "purchased_services"},
    {"政府购买服务指导性目录支出预算表", "purchased_services"},
    {"政府向社会力量购买服务预算表", "purchased_services"},
    {"对下转移支付预算表", "transfer_payments"},
    {"管理转移支付表", "transfer_payments"},
    {"对下专项转移支付预算表", "transfer_payments"},
    {"市对下转移支付预算表", "transfer_payments"},
    {"国有资产占有使用情况表", "assets"},
    {"国有资产占用情况表", "assets"},
    {"国有资产使用情况表", "assets"},
    {"新增资产配置表", "assets"},
    {"新增资产配置预算表", "assets"},
    {"资产情况表", "assets"},

    {"支出分类汇总表（按政府预算经济分类）", NULL},
    {"支出预算分类汇总表（按部门预算经济分类）", NULL},
    {"支出经济分类汇总表", NULL},
    {"支出预算分政府经济科目表", NULL},
    {"财政拨款支出政府经济分类表", NULL},
    {"支出经济分类科目（政府预算）表", NULL},
    {"整体支出绩效目标表", NULL},
    {"整体绩效目标申报表", NULL},
    {"项目支出绩效自评表", NULL},
    {"项目绩效目标表", NULL},
    {"会议费明细表", NULL},
    {"培训费明细表", NULL},
    {"会议费、培训费表", NULL},
    {"非税收入预算表", NULL},
    {"非税收入征收计划表", NULL},
    {"国有资产处置收入表", NULL},
    {"政府债务收支表", NULL},
    {"行政事业性收费支出表", NULL},
    {"人员基本情况表", NULL},
    {"机构运行经费支出、国有资产占用情况及政府采购支出信息表", NULL},
    {"机关运行经费支出、国有资产占用情况及政府采购支出信息表", NULL},
    {"项目中期规划预算表", NULL},
};

/* Titles of tables whose header names projects. */
static const Title project_titles[] = {
    {"项目支出预算表（本年预算）", "projects"},
    {"项目支出预算表", "projects"},
    {"项目支出表", "projects"},
    {"项目支出总表", "projects"},
    {"项目支出情况表", "projects"},
    {"项目支出预算情况表", "projects"},
    {"项目支出预算明细表", "projects"},
    {"项目支出明细表", "projects"},
    {"项目支出预算表（其他运转类、特定目标类项目）", "projects"},
    {"特定目标类项目支出预算表", "projects"},
    {"综合预算专项业务经费支出表", "projects"},
    {"专项资金预算汇总表", "projects"},
    {"重点项目支出预算表", "projects"},
    {"项目支出预算表（不含上年结转）", "projects"},
    {"项目支出决算表", "projects"},
    {"项目收入支出决算表", "projects"},
    {"项目支出决算明细表", "projects"},
    {"项目支出预算表（上年结转）", "projects_carryover"},
    {"上年结转项目支出预算表", "projects_carryover"},
    {"财政拨款上年结转资金支出表", "projects_carryover"},
    {"财政拨款结转资金支出表", "projects_carryover"},
    {"上年结转结余预算支出表", "projects_carryover"},
    {"上年结转支出表", "projects_carryover"},
    {"一般公共预算项目支出表", "general_public_project"},
    {"项目支出绩效目标表", NULL},
};

/* What stands before and behind a title in print. */
static const struct {
    const char *before, *after;
} decorations[] = {
    {"", ""},
    {"2026年", ""},
    {"2026年度", ""},
    {"2026 年 度", ""},
    {"二〇二六年", ""},
    {"二○二六年度", ""},
    {"部门", ""},
    {"单位", ""},
    {"部门（单位）", ""},
    {"预算单位", ""},
    {"2026年部门", ""},
    {"2026年度示例市档案馆", ""},
    {"示例市档案馆", ""},
    {"示例市档案馆2026年", ""},
    {"示例市第一中学2026年度部门", ""},
    {"一、", ""},
    {"十一、", ""},
    {"（一）", ""},
    {"（十）", ""},
    {"(三)", ""},
    {"1.", ""},
    {"4．", ""},
    {"12、", ""},
    {"（2）", ""},
    {"三、2026年", ""},
    {"表1", ""},
    {"表1 ", ""},
    {"表1：", ""},
    {"表一", ""},
    {"表一：", ""},
    {"表十一 ", ""},
    {"表2-1 ", ""},
    {"表3-2", ""},
    {"附表1：", ""},
    {"附表一 ", ""},
    {"附件1：", ""},
    {"附件2-3 ", ""},
    {"公开01表 ", ""},
    {"公开01表", ""},
    {"财决公开01表", ""},
    {"预算01表 ", ""},
    {"部门公开表4 ", ""},
    {"公开表1 ", ""},
    {"（预算表 1）", ""},
    {"（表1）", ""},
    {"预算公开表3：", ""},
    {"表12026年", ""},
    {"表一2026年", ""},
    {"《", "》"},
    {"一、《", "》"},
    {"《2026年", "》"},
    {"", "（不含上年结转）"},
    {"2026年", "(不含上年结转)"},
    {"", "（续）"},
    {"", "(续表)"},
    {"", "（续表1）"},
    {"", "(续1)"},
    {"", "续表"},
    {"", "公开01表"},
    {"", " 表1"},
    {"", "（表1）"},
    {"", "（公开07表）"},
    {"", "（部门公开表4）"},
    {"", "单位：万元"},
    {"", "（单位：万元）"},
    {"", "（万元）"},
    {"", "（汇总）"},
    {"", "（批复表）"},
    {"", "【公开】"},
    {"", "："},
};

static void
read_title(const char *printed, const char *header, const char *wanted, const char *cleaned)
{
    g_autofree char *text = g_strconcat(printed, "\n部门名称：示例市档案馆\t\t单位：万元\n\n", header, "201\t一般公共服务支出\t7.00\n20126\t档案事务\t7.00\n", NULL);
    Tree *tree = read_page(text);
    if (tree->tables->len != 1) {
        compare("title", printed, "another number of tables", wanted);
    } else {
        const TreeTable *table = tree->tables->pdata[0];
        compare("title", printed, table->id, wanted);
        if (cleaned != NULL)
            compare("title as kept", printed, table->title, cleaned);
    }
    tree_free(tree);
}

static void
test_titles(G_GNUC_UNUSED void **state)
{
    for (guint i = 0; i < G_N_ELEMENTS(titles); i++)
        read_title(titles[i].title, PLAIN_HEADER, titles[i].id, NULL);
    for (guint i = 0; i < G_N_ELEMENTS(project_titles); i++)
        read_title(project_titles[i].title, PROJECT_HEADER, project_titles[i].id, NULL);
    all_agree();
}

static void
test_decorated_titles(G_GNUC_UNUSED void **state)
{
    for (guint i = 0; i < G_N_ELEMENTS(titles); i++)
        for (guint d = 1; d < G_N_ELEMENTS(decorations) && i % 3 == 0; d++) {
            g_autofree char *printed = g_strconcat(decorations[d].before, titles[i].title, decorations[d].after, NULL);
            read_title(printed, PLAIN_HEADER, titles[i].id, NULL);
        }
    all_agree();
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_titles),
        cmocka_unit_test(test_decorated_titles),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
