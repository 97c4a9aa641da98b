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
#include "utf8.h"

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
    const char *kept_before, *kept_after; /* of these, what is part of the title */
} decorations[] = {
    {"", "", "", ""},
    {"2026年", "", "2026年", ""},
    {"2026年度", "", "2026年度", ""},
    {"2026 年 度", "", "2026年度", ""},
    {"二〇二六年", "", "二〇二六年", ""},
    {"二○二六年度", "", "二○二六年度", ""},
    {"部门", "", "部门", ""},
    {"单位", "", "单位", ""},
    {"部门（单位）", "", "部门（单位）", ""},
    {"预算单位", "", "预算单位", ""},
    {"2026年部门", "", "2026年部门", ""},
    {"2026年度示例市档案馆", "", "2026年度示例市档案馆", ""},
    {"示例市档案馆", "", "示例市档案馆", ""},
    {"示例市档案馆2026年", "", "示例市档案馆2026年", ""},
    {"示例市第一中学2026年度部门", "", "示例市第一中学2026年度部门", ""},
    {"一、", "", "", ""},
    {"十一、", "", "", ""},
    {"（一）", "", "", ""},
    {"（十）", "", "", ""},
    {"(三)", "", "", ""},
    {"1.", "", "", ""},
    {"4．", "", "", ""},
    {"12、", "", "", ""},
    {"（2）", "", "", ""},
    {"三、2026年", "", "2026年", ""},
    {"表1", "", "", ""},
    {"表1 ", "", "", ""},
    {"表1：", "", "", ""},
    {"表一", "", "", ""},
    {"表一：", "", "", ""},
    {"表十一 ", "", "", ""},
    {"表2-1 ", "", "", ""},
    {"表3-2", "", "", ""},
    {"附表1：", "", "", ""},
    {"附表一 ", "", "", ""},
    {"附件1：", "", "", ""},
    {"附件2-3 ", "", "", ""},
    {"公开01表 ", "", "", ""},
    {"公开01表", "", "", ""},
    {"财决公开01表", "", "", ""},
    {"预算01表 ", "", "", ""},
    {"部门公开表4 ", "", "", ""},
    {"公开表1 ", "", "", ""},
    {"（预算表 1）", "", "", ""},
    {"（表1）", "", "", ""},
    {"预算公开表3：", "", "", ""},
    {"表12026年", "", "2026年", ""},
    {"表一2026年", "", "2026年", ""},
    {"《", "》", "", ""},
    {"一、《", "》", "", ""},
    {"《2026年", "》", "2026年", ""},
    {"", "（不含上年结转）", "", "（不含上年结转）"},
    {"2026年", "(不含上年结转)", "2026年", "(不含上年结转)"},
    {"", "（续）", "", ""},
    {"", "(续表)", "", ""},
    {"", "（续表1）", "", ""},
    {"", "(续1)", "", ""},
    {"", "续表", "", ""},
    {"", "公开01表", "", ""},
    {"", " 表1", "", ""},
    {"", "（表1）", "", ""},
    {"", "（公开07表）", "", ""},
    {"", "（部门公开表4）", "", ""},
    {"", "单位：万元", "", ""},
    {"", "（单位：万元）", "", ""},
    {"", "（万元）", "", ""},
    {"", "（汇总）", "", "（汇总）"},
    {"", "（批复表）", "", "（批复表）"},
    {"", "【公开】", "", "【公开】"},
    {"", "：", "", ""},
    {"1-1 ", "", "", ""},
    {"附表2-1：", "", "", ""},
    {"● ", "", "", ""},
    {"①", "", "", ""},
    {"附：", "", "", ""},
    {"部门预算公开表5：", "", "", ""},
    {"续表 ", "", "", ""},
    {"（续）", "", "", ""},
    {"", "（续2）", "", ""},
    {"", "（表二）", "", ""},
    {"", "  公开表 5", "", ""},
    {"", "-续表", "", ""},
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
        for (guint d = 0; d < G_N_ELEMENTS(decorations); d++) {
            g_autofree char *printed = g_strconcat(decorations[d].before, titles[i].title, decorations[d].after, NULL);
            g_autofree char *name = utf8_squeeze(titles[i].title);
            g_autofree char *kept = g_strconcat(decorations[d].kept_before, name, decorations[d].kept_after, NULL);
            read_title(printed, PLAIN_HEADER, titles[i].id, kept);
        }
    all_agree();
}

/* ---- columns ---- */

typedef struct {
    const char *id;
    int kind;
    const char *header; /* columns parted by |, each a path parted by / */
    const char *keys;   /* parted by |, - where a column has none       */
} Header;

enum { BUDGET, FINAL };

static const Header headers[] = {
    /* 收支总表 */
    {"revenue_expenditure", BUDGET, "收入/项目|收入/预算数|支出/项目|支出/预算数", "name|total|name|total"},
    {"revenue_expenditure", BUDGET, "收入/项目|收入/2026年预算数|支出/项目（按功能分类）|支出/2026年预算数", "name|total|name|total"},
    {"revenue_expenditure", BUDGET, "收入/项目|收入/金额（万元）|支出/功能分类科目|支出/金额（万元）", "name|total|name|total"},
    {"revenue_expenditure", BUDGET, "收入/收入项目|收入/本年预算|支出/支出项目|支出/合计|支出/当年预算安排|支出/上年结转安排", "name|total|name|total|current_year|carryover"},
    {"revenue_expenditure", BUDGET, "本年收入/项目|本年收入/预算数|本年支出/项目|本年支出/合计|本年支出/人员经费|本年支出/公用经费|本年支出/项目支出", "name|total|name|total|personnel|operating|project"},
    {"revenue_expenditure", BUDGET, "收入/项目|收入/2025年执行数|收入/2026年预算数|支出/项目|支出/2025年执行数|支出/2026年预算数", "name|prior_year|total|name|prior_year|total"},
    {"revenue_expenditure", BUDGET, "收入/项目|收入/上年预算数|收入/本年预算数|收入/增减额|收入/增减%|支出/项目|支出/本年预算数", "name|prior_year|total|change|change_percent|name|total"},
    {"revenue_expenditure", BUDGET, "收入/项目/项目|收入/预算数/预算数|支出/项目/项目|支出/预算数/合计|支出/预算数/基本支出|支出/预算数/项目支出", "name|total|name|total|basic|project"},
    {"revenue_expenditure", BUDGET, "收入|收入/金额|支出|支出/金额", "name|total|name|total"},
    {"revenue_expenditure", BUDGET, "收入/项目|收入/预算数|支出/项目（按支出性质分类）|支出/预算数|支出/项目（按支出功能分类）|支出/预算数", "name|total|name|total|name|total"},
    {"revenue_expenditure", FINAL, "收入/项目|收入/行次|收入/金额|支出/项目|支出/行次|支出/金额", "name|-|actual|name|-|actual"},
    {"revenue_expenditure", FINAL, "收入/项目|收入/决算数|支出/项目（按功能分类）|支出/决算数", "name|actual|name|actual"},
    {"revenue_expenditure", FINAL, "收入/项目|收入/行次|收入/年初预算数|收入/全年预算数|收入/决算数|支出/项目|支出/行次|支出/年初预算数|支出/全年预算数|支出/决算数", "name|-|budget|adjusted_budget|actual|name|-|budget|adjusted_budget|actual"},
    {"revenue_expenditure", FINAL, "收入/项目|收入/预算数|收入/调整预算数|收入/决算数|支出/项目|支出/预算数|支出/调整预算数|支出/决算数", "name|budget|adjusted_budget|actual|name|budget|adjusted_budget|actual"},
    {"revenue_expenditure", FINAL, "项目|行次|决算数|项目（按功能分类）|行次|决算数|项目（按支出性质和经济分类）|行次|决算数", "name|-|actual|name|-|actual|name|-|actual"},

    /* 收入总表 */
    {"revenue", BUDGET, "科目编码|科目名称|合计|上年结转|一般公共预算|政府性基金预算|国有资本经营预算|财政专户管理资金|单位资金", "code|name|total|carryover|general_public|government_fund|state_capital|special_account|unit_funds"},
    {"revenue", BUDGET, "科目/科目编码|科目/科目名称|合计|上年结转|一般公共预算拨款收入|政府性基金预算拨款收入|国有资本经营预算拨款收入|财政专户管理资金收入|事业收入/金额|事业收入/其中：教育收费|事业单位经营收入|上级补助收入|附属单位上缴收入|其他收入|使用非财政拨款结余", "code|name|total|carryover|general_public|government_fund|state_capital|special_account|operating_revenue|operating_revenue.special_account|business_revenue|superior_subsidy|affiliate_remittance|other_revenue|surplus_used"},
    {"revenue", BUDGET, "单位代码|单位名称|合计|本年收入/小计|本年收入/一般公共预算|本年收入/政府性基金预算|本年收入/国有资本经营预算|本年收入/财政专户管理资金|本年收入/单位资金/小计|本年收入/单位资金/事业收入|本年收入/单位资金/事业单位经营收入|本年收入/单位资金/上级补助收入|本年收入/单位资金/附属单位上缴收入|本年收入/单位资金/其他收入|上年结转结余/小计|上年结转结余/一般公共预算|上年结转结余/政府性基金预算|上年结转结余/国有资本经营预算|上年结转结余/财政专户管理资金|上年结转结余/单位资金", "unit_code|unit_name|total|current_revenue|general_public|government_fund|state_capital|special_account|unit_funds|operating_revenue|business_revenue|superior_subsidy|affiliate_remittance|other_revenue|carryover|carryover.general_public|carryover.government_fund|carryover.state_capital|carryover.special_account|carryover.unit_funds"},
    {"revenue", BUDGET, "部门（单位）代码|部门（单位）名称|合计|本年收入/小计|本年收入/财政拨款收入/小计|本年收入/财政拨款收入/一般公共预算|本年收入/单位资金|上年结转结余", "unit_code|unit_name|total|current_revenue|fiscal|general_public|unit_funds|carryover"},
    {"revenue", BUDGET, "部门（单位）名称|总计|财政拨款/合计|财政拨款/一般公共预算财政拨款|财政拨款/政府性基金预算财政拨款|财政专户管理资金|单位资金", "unit_name|total|fiscal|general_public|government_fund|special_account|unit_funds"},
    {"revenue", BUDGET, "项目|合计|非财政拨款/小计|非财政拨款/事业收入|非财政拨款/其他收入", "name|total|unit_funds|operating_revenue|other_revenue"},
    {"revenue", BUDGET, "科目编码|科目名称|总计|一般公共预算资金|政府性基金预算资金|国有资本经营预算资金|教育收费收入|其他资金", "code|name|total|general_public|government_fund|state_capital|special_account|unit_funds"},
    {"revenue", BUDGET, "科目|合计|公共财政预算拨款|政府性基金拨款|财政专户核拨收入|用事业基金弥补收支差额|上年结余（转）", "name|total|general_public|government_fund|special_account|surplus_used|carryover"},
    {"revenue", BUDGET, "科目|合计|年初结转和结余|财政拨款收入|事业收入（含教育收费）|经营收入|附属单位缴款|上级单位补助收入|其他各项收入", "name|total|opening_carryover|fiscal|operating_revenue|business_revenue|affiliate_remittance|superior_subsidy|other_revenue"},
    {"revenue", BUDGET, "功能科目/编码|功能科目/名称|合计|财政拨款收入/小计|财政拨款收入/一般公共预算|财政拨款收入/政府性基金|财政拨款收入/国有资本经营", "code|name|total|fiscal|general_public|government_fund|state_capital"},
    {"revenue", BUDGET, "科目名称|收入合计|当年财政拨款收入|非税收入|其他收入", "name|total|fiscal|-|other_revenue"},
    {"revenue", BUDGET, "资金来源|预算数", "name|total"},
    {"revenue", BUDGET, "收入项目|2025年预算数|2026年预算数|增减额|增减率（%）", "name|prior_year|total|change|change_percent"},
    {"revenue", FINAL, "项目/科目编码|项目/科目名称|本年收入合计|财政拨款收入|上级补助收入|事业收入|经营收入|附属单位上缴收入|其他收入", "code|name|total|fiscal|superior_subsidy|operating_revenue|business_revenue|affiliate_remittance|other_revenue"},
    {"revenue", FINAL, "项目/功能分类科目编码|项目/科目名称|本年收入合计|财政拨款收入|上级补助收入|事业收入/小计|事业收入/其中：教育收费|经营收入|附属单位上缴收入|其他收入", "code|name|total|fiscal|superior_subsidy|operating_revenue|operating_revenue.special_account|business_revenue|affiliate_remittance|other_revenue"},
    {"revenue", FINAL, "支出功能分类科目编码/类|支出功能分类科目编码/款|支出功能分类科目编码/项|科目名称|本年收入合计|财政拨款收入|其他收入", "code|code|code|name|total|fiscal|other_revenue"},

    {"revenue", BUDGET, "科目编码|科目名称|总计|一般公共预算财政拨款收入|政府性基金预算财政拨款收入|国有资本经营预算财政拨款收入|财政专户管理资金收入|事业收入预算|上级补助收入预算|附属单位上缴收入预算|事业单位经营收入预算|其他收入预算", "code|name|total|general_public|government_fund|state_capital|special_account|operating_revenue|superior_subsidy|affiliate_remittance|business_revenue|other_revenue"},
    {"revenue", BUDGET, "单位名称|合计|财政拨款/小计|财政拨款/一般公共预算|财政拨款/政府性基金预算|专户资金|事业收入（不含专户资金）|其他收入（不含专户资金）|动用历年结余|上年结转", "unit_name|total|fiscal|general_public|government_fund|special_account|operating_revenue|other_revenue|surplus_used|carryover"},
    {"revenue", BUDGET, "项目|合计|一般公共预算（万元）|政府性基金（万元）|财政专户管理资金（万元）|单位资金（万元）", "name|total|general_public|government_fund|special_account|unit_funds"},
    {"revenue", BUDGET, "单位编码|单位名称|收入总计|上年结转/合计|上年结转/一般公共预算|上年结转/政府性基金|本年收入/合计|本年收入/一般公共预算|本年收入/政府性基金", "unit_code|unit_name|total|carryover|carryover.general_public|carryover.government_fund|current_revenue|general_public|government_fund"},

    /* 支出总表 */
    {"expenditure", BUDGET, "科目编码|科目名称|合计|基本支出|项目支出|上缴上级支出|事业单位经营支出|对附属单位补助支出", "code|name|total|basic|project|superior_remittance|business_expenditure|affiliate_subsidy"},
    {"expenditure", BUDGET, "科目编码|科目名称|支出合计|基本支出/小计|基本支出/人员经费|基本支出/日常公用经费|项目支出/小计|结转下年", "code|name|total|basic|personnel|operating|project|closing_carryover"},
    {"expenditure", BUDGET, "科目编码/类|科目编码/款|科目编码/项|科目名称（类、款、项）|合计|基本支出|项目支出", "code|code|code|name|total|basic|project"},
    {"expenditure", BUDGET, "类|款|项|科目名称|总计|人员支出|公用支出|项目支出", "code|code|code|name|total|personnel|operating|project"},
    {"expenditure", BUDGET, "单位编码|单位名称（科目）|合计|基本支出/合计|基本支出/人员经费支出|基本支出/公用经费支出|项目支出/合计", "unit_code|name|total|basic|personnel|operating|project"},
    {"expenditure", BUDGET, "功能分类科目代码|功能分类科目名称|合计|基本支出|项目支出|备注", "code|name|total|basic|project|note"},
    {"expenditure", BUDGET, "科目编码|科目名称|合计|一般公共预算/小计|一般公共预算/基本支出|一般公共预算/项目支出|单位资金", "code|name|total|general_public|general_public.basic|general_public.project|unit_funds"},
    {"expenditure", BUDGET, "科目|总计|财政拨款/小计|财政拨款/基本支出|财政拨款/项目支出|财政专户管理资金/基本支出|财政专户管理资金/项目支出", "name|total|fiscal|fiscal.basic|fiscal.project|special_account.basic|special_account.project"},
    {"expenditure", BUDGET, "项目/科目编码|项目/科目名称|本年支出/合计|本年支出/基本支出|本年支出/项目支出", "code|name|total|basic|project"},
    {"expenditure", BUDGET, "科目编码|科目名称|合计|当年安排|上年结转资金安排", "code|name|total|current_year|carryover"},
    {"expenditure", FINAL, "项目/科目编码|项目/科目名称|本年支出合计|基本支出|项目支出|上缴上级支出|经营支出|对附属单位补助支出", "code|name|total|basic|project|superior_remittance|business_expenditure|affiliate_subsidy"},
    {"expenditure", FINAL, "项目/功能分类科目编码|项目/科目名称|本年支出合计|基本支出|项目支出|上缴上级支出|经营支出|对附属单位补助支出", "code|name|total|basic|project|superior_remittance|business_expenditure|affiliate_subsidy"},

    {"expenditure", BUDGET, "科目|合计|基本支出/一般公共预算|基本支出/单位资金|项目支出/一般公共预算|项目支出/单位资金", "name|total|basic.general_public|basic.unit_funds|project.general_public|project.unit_funds"},
    {"expenditure", BUDGET, "科目|合计|一般公共预算/基本支出/小计|一般公共预算/基本支出/人员经费|一般公共预算/基本支出/公用经费|一般公共预算/项目支出", "name|total|general_public.basic|general_public.personnel|general_public.operating|general_public.project"},
    {"expenditure", BUDGET, "单位名称|总计|一般公共预算拨款/合计|一般公共预算拨款/经费拨款|一般公共预算拨款/纳入一般公共预算管理的非税收入拨款|政府性基金拨款|国有资本经营预算拨款|纳入专户管理的非税收入拨款|上级财政补助收入|事业单位经营服务收入|附属单位上缴收入|其他收入|上年结转", "unit_name|total|general_public|-|-|government_fund|state_capital|special_account|superior_subsidy|business_revenue|affiliate_remittance|other_revenue|carryover"},
    {"expenditure", BUDGET, "科目编码|科目名称|合计|一般公共预算财政拨款结转|政府性基金预算结转|国有资本经营预算结转", "code|name|total|general_public|government_fund|state_capital"},

    /* 财政拨款收支总表 */
    {"fiscal_appropriation", BUDGET, "收入/项目|收入/金额|支出/项目|支出/小计|支出/一般公共预算|支出/政府性基金预算|支出/国有资本经营预算", "name|total|name|total|general_public|government_fund|state_capital"},
    {"fiscal_appropriation", BUDGET, "收入/项目|收入/预算数|支出/项目|支出/预算数/合计|支出/预算数/一般公共预算|支出/预算数/政府性基金|支出/预算数/国有资本经营", "name|total|name|total|general_public|government_fund|state_capital"},
    {"fiscal_appropriation", BUDGET, "收入/项目|收入/2026年预算|支出/项目|支出/总计|支出/一般公共预算拨款|支出/政府性基金预算拨款|支出/国有资本经营预算拨款|支出/上年结转", "name|total|name|total|general_public|government_fund|state_capital|carryover"},
    {"fiscal_appropriation", BUDGET, "收入/项目|收入/预算数|支出/功能分类/科目|支出/功能分类/预算数|支出/经济分类/科目|支出/经济分类/预算数", "name|total|name|total|name|total"},
    {"fiscal_appropriation", BUDGET, "收入/项目|收入/金额|支出/项目|支出/合计|支出/一般公共预算/小计|支出/一般公共预算/基本支出|支出/一般公共预算/项目支出|支出/政府性基金预算", "name|total|name|total|general_public|general_public.basic|general_public.project|government_fund"},
    {"fiscal_appropriation", FINAL, "收入/项目|收入/行次|收入/金额|支出/项目|支出/行次|支出/合计|支出/一般公共预算财政拨款|支出/政府性基金预算财政拨款|支出/国有资本经营预算财政拨款", "name|-|actual|name|-|total|general_public|government_fund|state_capital"},
    {"fiscal_appropriation", FINAL, "收入/项目|收入/行次|收入/决算数|支出/项目|支出/行次|支出/决算数/合计|支出/决算数/一般公共预算财政拨款|支出/决算数/政府性基金预算财政拨款|支出/决算数/国有资本经营预算财政拨款", "name|-|actual|name|-|total|general_public|government_fund|state_capital"},
    {"fiscal_appropriation", FINAL, "收入/项目|收入/金额|支出/项目|支出/小计|支出/公共财政预算财政拨款|支出/政府性基金财政拨款", "name|actual|name|total|general_public|government_fund"},

    /* 一般公共预算支出表 */
    {"general_public_expenditure", BUDGET, "科目编码|科目名称|合计|基本支出/小计|基本支出/人员经费|基本支出/公用经费|项目支出", "code|name|total|basic|personnel|operating|project"},
    {"general_public_expenditure", BUDGET, "功能分类科目/科目编码|功能分类科目/科目名称|2025年执行数|2026年预算数/小计|2026年预算数/基本支出|2026年预算数/项目支出|2026年预算数比2025年执行数/增减额|2026年预算数比2025年执行数/增减%", "code|name|prior_year|total|basic|project|change|change_percent"},
    {"general_public_expenditure", BUDGET, "项目/科目编码|项目/科目名称|2025年预算数/合计|2025年预算数/基本支出|2025年预算数/项目支出|2026年预算数/合计|2026年预算数/基本支出|2026年预算数/项目支出", "code|name|prior_year.total|prior_year.basic|prior_year.project|total|basic|project"},
    {"general_public_expenditure", BUDGET, "科目编码|科目名称|上年预算数|本年预算数/合计|本年预算数/基本支出|本年预算数/项目支出|比上年增减/金额|比上年增减/%", "code|name|prior_year|total|basic|project|change|change_percent"},
    {"general_public_expenditure", BUDGET, "科目编码|科目名称|2025年执行数（或上年执行数）|2026年预算数|增减情况/增减额|增减情况/增减率", "code|name|prior_year|total|change|change_percent"},
    {"general_public_expenditure", BUDGET, "科目|上年年初预算数|当年预算数|当年比上年增减±|当年比上年增减±%", "name|prior_year|total|change|change_percent"},
    {"general_public_expenditure", BUDGET, "科目|2025年年初预算|2026年年初预算|2026年比2025年增减/增减额|2026年比2025年增减/增长%", "name|prior_year|total|change|change_percent"},
    {"general_public_expenditure", BUDGET, "科目编码|科目名称|一般公共预算支出/合计|一般公共预算支出/基本支出|一般公共预算支出/项目支出", "code|name|total|basic|project"},
    {"general_public_expenditure", BUDGET, "科目编码|科目名称|合计|当年财政拨款安排|上年结转安排", "code|name|total|current_year|carryover"},
    {"general_public_expenditure", BUDGET, "科目编码|科目名称|本年一般公共预算支出|基本支出/合计|基本支出/人员经费|基本支出/公用经费|项目支出", "code|name|total|basic|personnel|operating|project"},
    {"general_public_expenditure", BUDGET, "项目（功能科目）|2026年预算数/合计|2026年预算数/基本支出|2026年预算数/项目支出", "name|total|basic|project"},
    {"general_public_expenditure", BUDGET, "科目编码|科目名称|2025年完成数|2026年预算数|2026年预算数占2025年完成数的%", "code|name|prior_year|total|share"},
    {"general_public_expenditure", FINAL, "项目/科目编码|项目/科目名称|本年支出/小计|本年支出/基本支出|本年支出/项目支出", "code|name|total|basic|project"},
    {"general_public_expenditure", FINAL, "项目/科目编码|项目/科目名称|合计|基本支出/小计|基本支出/人员经费|基本支出/公用经费|项目支出", "code|name|total|basic|personnel|operating|project"},
    {"general_public_expenditure", FINAL, "项目/科目编码|项目/科目名称|年初结转和结余/合计|年初结转和结余/基本支出结转|年初结转和结余/项目支出结转和结余|本年收入/合计|本年收入/基本支出|本年收入/项目支出|本年支出/合计|本年支出/基本支出|本年支出/项目支出|年末结转和结余/合计|年末结转和结余/基本支出结转|年末结转和结余/项目支出结转和结余", "code|name|opening_carryover|opening_carryover.basic|opening_carryover.project|current_revenue|current_revenue.basic|current_revenue.project|total|basic|project|closing_carryover|closing_carryover.basic|closing_carryover.project"},
    {"general_public_expenditure", FINAL, "科目编码|科目名称|年末结转和结余/合计|年末结转和结余/基本支出结转|年末结转和结余/项目支出结转和结余/小计|年末结转和结余/项目支出结转和结余/项目支出结转|年末结转和结余/项目支出结转和结余/项目支出结余", "code|name|closing_carryover|closing_carryover.basic|closing_carryover.project|-|-"},
    {"general_public_expenditure", FINAL, "科目编码|科目名称|年初预算数|调整预算数|决算数|完成年初预算的%", "code|name|budget|adjusted_budget|actual|share"},
    {"general_public_expenditure", FINAL, "科目编码|科目名称|2023年决算数|2024年年初预算数|2024年决算数/合计|2024年决算数/基本支出|2024年决算数/项目支出", "code|name|prior_year|budget|total|basic|project"},

    {"general_public_expenditure", BUDGET, "科目编码|科目名称|预算数/2025年|预算数/2026年|比2025年增减/金额|比2025年增减/%", "code|name|prior_year|total|change|change_percent"},
    {"general_public_expenditure", BUDGET, "科目编码|科目名称|上年|本年|增减", "code|name|prior_year|total|change"},
    {"general_public_expenditure", BUDGET, "科目编码|科目名称|上年数|本年数|增减变化", "code|name|prior_year|total|change"},
    {"general_public_expenditure", BUDGET, "科目编码|科目名称|2025年预算执行数|2026年预算数|较2025年执行数增减额|较2025年执行数增减幅度", "code|name|prior_year|total|change|change_percent"},
    {"general_public_expenditure", BUDGET, "科目编码|科目名称|2024年执行数|2025年预算数/合计|2025年预算数/基本支出|2025年预算数/项目支出", "code|name|prior_year|total|basic|project"},
    {"general_public_expenditure", BUDGET, "科目编码|科目名称|2025年预算数|本年预算数", "code|name|prior_year|total"},
    {"general_public_expenditure", FINAL, "科目编码|科目名称|年初预算数/合计|年初预算数/基本支出|年初预算数/项目支出|决算数/合计|决算数/基本支出|决算数/项目支出", "code|name|budget|budget.basic|budget.project|total|basic|project"},
    {"general_public_expenditure", FINAL, "科目编码|科目名称|基本支出/预算数|基本支出/决算数|项目支出/预算数|项目支出/决算数", "code|name|basic.budget|basic|project.budget|project"},

    /* 基本支出表 */
    {"general_public_basic", BUDGET, "经济分类科目/科目编码|经济分类科目/科目名称|合计|人员经费|公用经费", "code|name|total|personnel|operating"},
    {"general_public_basic", BUDGET, "部门预算支出经济分类科目/科目编码|部门预算支出经济分类科目/科目名称|本年一般公共预算基本支出/合计|本年一般公共预算基本支出/人员经费|本年一般公共预算基本支出/公用经费", "code|name|total|personnel|operating"},
    {"general_public_basic", BUDGET, "部门预算经济科目编码|部门预算经济科目名称|政府预算经济科目编码|政府预算经济科目名称|合计|人员经费|公用经费", "code|name|government_code|government_name|total|personnel|operating"},
    {"general_public_basic", BUDGET, "部门预算支出经济分类科目/类|部门预算支出经济分类科目/款|部门预算支出经济分类科目/科目名称|政府预算支出经济分类科目/类|政府预算支出经济分类科目/款|政府预算支出经济分类科目/科目名称|金额", "code|code|name|government_code|government_code|government_name|total"},
    {"general_public_basic", BUDGET, "经济科目名称|2026年基本支出/合计|2026年基本支出/人员经费|2026年基本支出/日常公用经费", "name|total|personnel|operating"},
    {"general_public_basic", BUDGET, "支出经济分类科目|预算数", "name|total"},
    {"general_public_basic", BUDGET, "科目编码|科目名称|一般公共预算基本支出", "code|name|total"},
    {"general_public_basic", BUDGET, "科目编码|科目名称|基本支出", "code|name|total"},
    {"general_public_basic", BUDGET, "科目编码|科目名称|2025年预算数|2026年预算数|增减额|增减比例", "code|name|prior_year|total|change|change_percent"},
    {"general_public_basic", FINAL, "人员经费/科目编码|人员经费/科目名称|人员经费/金额|公用经费/科目编码|公用经费/科目名称|公用经费/金额|公用经费/科目编码|公用经费/科目名称|公用经费/金额", "code|name|actual|code|name|actual|code|name|actual"},
    {"general_public_basic", FINAL, "经济分类科目编码|科目名称|决算数|经济分类科目编码|科目名称|决算数", "code|name|actual|code|name|actual"},
    {"general_public_basic", FINAL, "项目/经济分类科目编码|项目/科目名称|合计|人员经费|公用经费", "code|name|total|personnel|operating"},
    {"fiscal_basic", BUDGET, "部门预算支出经济科目/科目编码|部门预算支出经济科目/科目名称|本年财政拨款基本支出/合计|本年财政拨款基本支出/人员经费|本年财政拨款基本支出/公用经费", "code|name|total|personnel|operating"},

    /* 基金, 国资 */
    {"government_fund_expenditure", BUDGET, "科目编码|科目名称|本年政府性基金预算支出/合计|本年政府性基金预算支出/基本支出|本年政府性基金预算支出/项目支出", "code|name|total|basic|project"},
    {"government_fund_expenditure", BUDGET, "科目编码|科目名称|2026年政府性基金预算支出/合计|2026年政府性基金预算支出/基本支出|2026年政府性基金预算支出/项目支出", "code|name|total|basic|project"},
    {"government_fund_expenditure", BUDGET, "科目编码|科目名称|政府性基金预算财政拨款支出预算数/合计|政府性基金预算财政拨款支出预算数/基本支出|政府性基金预算财政拨款支出预算数/项目支出", "code|name|total|basic|project"},
    {"government_fund_expenditure", BUDGET, "收入/项目|收入/预算数|支出/项目|支出/预算数", "name|total|name|total"},
    {"government_fund_expenditure", FINAL, "项目/科目编码|项目/科目名称|年初结转和结余|本年收入|本年支出/小计|本年支出/基本支出|本年支出/项目支出|年末结转和结余", "code|name|opening_carryover|current_revenue|total|basic|project|closing_carryover"},
    {"government_fund_expenditure", FINAL, "科目编码|科目名称|年初结转结余|本年收入|本年支出|年末结转结余", "code|name|opening_carryover|current_revenue|total|closing_carryover"},
    {"state_capital_expenditure", BUDGET, "科目编码|科目名称|本年国有资本经营预算支出/合计|本年国有资本经营预算支出/基本支出|本年国有资本经营预算支出/项目支出", "code|name|total|basic|project"},
    {"state_capital_expenditure", FINAL, "项目/科目编码|项目/科目名称|本年支出/合计|本年支出/基本支出|本年支出/项目支出", "code|name|total|basic|project"},
    {"state_capital", FINAL, "科目编码|科目名称|年初结转和结余|本年收入|本年支出/合计|本年支出/基本支出|本年支出/项目支出|年末结转和结余", "code|name|opening_carryover|current_revenue|total|basic|project|closing_carryover"},
    {"government_fund_revenue", BUDGET, "收入科目编码|收入科目名称|预算数", "code|name|total"},
    {"special_account_expenditure", BUDGET, "科目编码|科目名称|财政专户管理资金支出/合计|财政专户管理资金支出/基本支出|财政专户管理资金支出/项目支出", "code|name|total|basic|project"},

    /* 项目, 采购, 其他 */
    {"projects", BUDGET, "类型|项目名称|项目单位|合计|本年拨款/一般公共预算|本年拨款/政府性基金预算|本年拨款/国有资本经营预算|财政拨款结转结余/一般公共预算|财政拨款结转结余/政府性基金预算|财政拨款结转结余/国有资本经营预算|财政专户管理资金|单位资金", "-|name|unit_name|total|general_public|government_fund|state_capital|carryover.general_public|carryover.government_fund|carryover.state_capital|special_account|unit_funds"},
    {"projects", BUDGET, "单位名称|项目名称|资金来源/合计|资金来源/财政拨款/小计|资金来源/财政拨款/一般公共预算|资金来源/财政专户管理资金|资金来源/单位资金|备注", "unit_name|name|total|fiscal|general_public|special_account|unit_funds|note"},
    {"projects", BUDGET, "序号|项目名称|金额（万元）|绩效目标", "-|name|total|-"},
    {"projects", BUDGET, "项目名称|项目支出|资金性质", "name|total|-"},
    {"projects", BUDGET, "项目代码|项目名称|功能科目编码|功能科目名称|预算金额", "project_code|name|code|name|total"},
    {"procurement", BUDGET, "单位名称|采购项目|采购品目|计量单位|数量|合计|一般公共预算|政府性基金|单位资金", "unit_name|name|-|-|-|total|general_public|government_fund|unit_funds"},
    {"agency_operating", BUDGET, "单位名称|合计|一般公共预算|政府性基金|国有资本经营", "unit_name|total|general_public|government_fund|state_capital"},
    {"agency_operating", BUDGET, "单位名称|机关运行经费", "unit_name|total"},
    {"agency_operating", BUDGET, "科目编码|科目名称|机关运行经费支出", "code|name|total"},
};

static char *
column_keys(const RecordTable *table)
{
    GString *keys = g_string_new(NULL);
    for (guint c = 0; c < table->columns->len; c++) {
        const RecordColumn *column = table->columns->pdata[c];
        g_string_append_printf(keys, "%s%s", c > 0 ? "|" : "", column->key != NULL ? column->key : "-");
    }
    return g_string_free(keys, FALSE);
}

static TreeTable *
table_of(Tree *tree, const char *id, const char *header)
{
    g_auto(GStrv) columns = g_strsplit(header, "|", -1);
    TreeTable *table = trees_table(tree, id, "2026年示例表", "万元", NULL, (const char *const *) columns);
    for (guint c = 0; columns[c] != NULL; c++) {
        TreeColumn *column = table->columns->pdata[c];
        g_auto(GStrv) path = g_strsplit(columns[c], "/", -1);
        g_ptr_array_set_size(column->header, 0);
        for (guint i = 0; path[i] != NULL; i++)
            g_ptr_array_add(column->header, g_strdup(path[i]));
    }
    return table;
}

static void
record_table_clear(RecordTable *table)
{
    for (guint r = 0; r < table->rows->len; r++)
        record_row_free(table->rows->pdata[r]);
    for (guint c = 0; c < table->columns->len; c++) {
        RecordColumn *column = table->columns->pdata[c];
        g_free(column->key);
        g_ptr_array_unref(column->header);
        g_free(column);
    }
    g_ptr_array_unref(table->rows);
    g_ptr_array_unref(table->columns);
    g_ptr_array_unref(table->notes);
    g_array_unref(table->pages);
    g_free(table->id);
    g_free(table->title);
    g_free(table->unit);
    g_free(table);
}

static void
diags_clear(GPtrArray *diags)
{
    for (guint i = 0; diags != NULL && i < diags->len; i++)
        shape_free(&diag_shape, diags->pdata[i]);
    if (diags != NULL)
        g_ptr_array_unref(diags);
}

static void
test_columns(G_GNUC_UNUSED void **state)
{
    for (guint i = 0; i < G_N_ELEMENTS(headers); i++) {
        Tree *tree = trees_new("case.pdf");
        GPtrArray *diags = NULL;
        RecordTable *made = record_table_new(table_of(tree, headers[i].id, headers[i].header), headers[i].kind, 0, &diags);
        g_autofree char *keys = column_keys(made), *words = g_strconcat(headers[i].id, ": ", headers[i].header, NULL);
        compare("columns", words, keys, headers[i].keys);
        record_table_clear(made);
        diags_clear(diags);
        tree_free(tree);
    }
    all_agree();
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_titles),
        cmocka_unit_test(test_decorated_titles),
        cmocka_unit_test(test_columns),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
