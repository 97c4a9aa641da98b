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
    g_autofree char *text =
        g_strconcat(printed, "\n部门名称：示例市档案馆\t\t单位：万元\n\n", header, "201\t一般公共服务支出\t7.00\n20126\t档案事务\t7.00\n", NULL);
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
    {"revenue_expenditure", BUDGET, "收入/收入项目|收入/本年预算|支出/支出项目|支出/合计|支出/当年预算安排|支出/上年结转安排",
     "name|total|name|total|current_year|carryover"},
    {"revenue_expenditure", BUDGET, "本年收入/项目|本年收入/预算数|本年支出/项目|本年支出/合计|本年支出/人员经费|本年支出/公用经费|本年支出/项目支出",
     "name|total|name|total|personnel|operating|project"},
    {"revenue_expenditure", BUDGET, "收入/项目|收入/2025年执行数|收入/2026年预算数|支出/项目|支出/2025年执行数|支出/2026年预算数",
     "name|prior_year|total|name|prior_year|total"},
    {"revenue_expenditure", BUDGET, "收入/项目|收入/上年预算数|收入/本年预算数|收入/增减额|收入/增减%|支出/项目|支出/本年预算数",
     "name|prior_year|total|change|change_percent|name|total"},
    {"revenue_expenditure", BUDGET, "收入/项目/项目|收入/预算数/预算数|支出/项目/项目|支出/预算数/合计|支出/预算数/基本支出|支出/预算数/项目支出",
     "name|total|name|total|basic|project"},
    {"revenue_expenditure", BUDGET, "收入|收入/金额|支出|支出/金额", "name|total|name|total"},
    {"revenue_expenditure", BUDGET, "收入/项目|收入/预算数|支出/项目（按支出性质分类）|支出/预算数|支出/项目（按支出功能分类）|支出/预算数",
     "name|total|name|total|name|total"},
    {"revenue_expenditure", FINAL, "收入/项目|收入/行次|收入/金额|支出/项目|支出/行次|支出/金额", "name|-|actual|name|-|actual"},
    {"revenue_expenditure", FINAL, "收入/项目|收入/决算数|支出/项目（按功能分类）|支出/决算数", "name|actual|name|actual"},
    {"revenue_expenditure", FINAL,
     "收入/项目|收入/行次|收入/年初预算数|收入/全年预算数|收入/决算数|支出/项目|支出/行次|支出/年初预算数|支出/全年预算数|支出/决算数",
     "name|-|budget|adjusted_budget|actual|name|-|budget|adjusted_budget|actual"},
    {"revenue_expenditure", FINAL, "收入/项目|收入/预算数|收入/调整预算数|收入/决算数|支出/项目|支出/预算数|支出/调整预算数|支出/决算数",
     "name|budget|adjusted_budget|actual|name|budget|adjusted_budget|actual"},
    {"revenue_expenditure", FINAL, "项目|行次|决算数|项目（按功能分类）|行次|决算数|项目（按支出性质和经济分类）|行次|决算数",
     "name|-|actual|name|-|actual|name|-|actual"},

    /* 收入总表 */
    {"revenue", BUDGET, "科目编码|科目名称|合计|上年结转|一般公共预算|政府性基金预算|国有资本经营预算|财政专户管理资金|单位资金",
     "code|name|total|carryover|general_public|government_fund|state_capital|special_account|unit_funds"},
    {"revenue", BUDGET,
     "科目/科目编码|科目/科目名称|合计|上年结转|一般公共预算拨款收入|政府性基金预算拨款收入|国有资本经营预算拨款收入|财政专户管理资金收入|事业收入/"
     "金额|事业收入/其中：教育收费|事业单位经营收入|上级补助收入|附属单位上缴收入|其他收入|使用非财政拨款结余",
     "code|name|total|carryover|general_public|government_fund|state_capital|special_account|operating_revenue|operating_revenue.special_account|business_"
     "revenue|superior_subsidy|affiliate_remittance|other_revenue|surplus_used"},
    {"revenue", BUDGET,
     "单位代码|单位名称|合计|本年收入/小计|本年收入/一般公共预算|本年收入/政府性基金预算|本年收入/国有资本经营预算|本年收入/财政专户管理资金|本年收入/单位资金/"
     "小计|本年收入/单位资金/事业收入|本年收入/单位资金/事业单位经营收入|本年收入/单位资金/上级补助收入|本年收入/单位资金/附属单位上缴收入|本年收入/单位资金/"
     "其他收入|上年结转结余/小计|上年结转结余/一般公共预算|上年结转结余/政府性基金预算|上年结转结余/国有资本经营预算|上年结转结余/"
     "财政专户管理资金|上年结转结余/单位资金",
     "unit_code|unit_name|total|current_revenue|general_public|government_fund|state_capital|special_account|unit_funds|operating_revenue|business_revenue|"
     "superior_subsidy|affiliate_remittance|other_revenue|carryover|carryover.general_public|carryover.government_fund|carryover.state_capital|carryover."
     "special_account|carryover.unit_funds"},
    {"revenue", BUDGET,
     "部门（单位）代码|部门（单位）名称|合计|本年收入/小计|本年收入/财政拨款收入/小计|本年收入/财政拨款收入/一般公共预算|本年收入/单位资金|上年结转结余",
     "unit_code|unit_name|total|current_revenue|fiscal|general_public|unit_funds|carryover"},
    {"revenue", BUDGET, "部门（单位）名称|总计|财政拨款/合计|财政拨款/一般公共预算财政拨款|财政拨款/政府性基金预算财政拨款|财政专户管理资金|单位资金",
     "unit_name|total|fiscal|general_public|government_fund|special_account|unit_funds"},
    {"revenue", BUDGET, "项目|合计|非财政拨款/小计|非财政拨款/事业收入|非财政拨款/其他收入", "name|total|unit_funds|operating_revenue|other_revenue"},
    {"revenue", BUDGET, "科目编码|科目名称|总计|一般公共预算资金|政府性基金预算资金|国有资本经营预算资金|教育收费收入|其他资金",
     "code|name|total|general_public|government_fund|state_capital|special_account|unit_funds"},
    {"revenue", BUDGET, "科目|合计|公共财政预算拨款|政府性基金拨款|财政专户核拨收入|用事业基金弥补收支差额|上年结余（转）",
     "name|total|general_public|government_fund|special_account|surplus_used|carryover"},
    {"revenue", BUDGET, "科目|合计|年初结转和结余|财政拨款收入|事业收入（含教育收费）|经营收入|附属单位缴款|上级单位补助收入|其他各项收入",
     "name|total|opening_carryover|fiscal|operating_revenue|business_revenue|affiliate_remittance|superior_subsidy|other_revenue"},
    {"revenue", BUDGET, "功能科目/编码|功能科目/名称|合计|财政拨款收入/小计|财政拨款收入/一般公共预算|财政拨款收入/政府性基金|财政拨款收入/国有资本经营",
     "code|name|total|fiscal|general_public|government_fund|state_capital"},
    {"revenue", BUDGET, "科目名称|收入合计|当年财政拨款收入|非税收入|其他收入", "name|total|fiscal|-|other_revenue"},
    {"revenue", BUDGET, "资金来源|预算数", "name|total"},
    {"revenue", BUDGET, "收入项目|2025年预算数|2026年预算数|增减额|增减率（%）", "name|prior_year|total|change|change_percent"},
    {"revenue", FINAL, "项目/科目编码|项目/科目名称|本年收入合计|财政拨款收入|上级补助收入|事业收入|经营收入|附属单位上缴收入|其他收入",
     "code|name|total|fiscal|superior_subsidy|operating_revenue|business_revenue|affiliate_remittance|other_revenue"},
    {"revenue", FINAL,
     "项目/功能分类科目编码|项目/科目名称|本年收入合计|财政拨款收入|上级补助收入|事业收入/小计|事业收入/其中：教育收费|经营收入|附属单位上缴收入|其他收入",
     "code|name|total|fiscal|superior_subsidy|operating_revenue|operating_revenue.special_account|business_revenue|affiliate_remittance|other_revenue"},
    {"revenue", FINAL, "支出功能分类科目编码/类|支出功能分类科目编码/款|支出功能分类科目编码/项|科目名称|本年收入合计|财政拨款收入|其他收入",
     "code|code|code|name|total|fiscal|other_revenue"},

    {"revenue", BUDGET,
     "科目编码|科目名称|总计|一般公共预算财政拨款收入|政府性基金预算财政拨款收入|国有资本经营预算财政拨款收入|财政专户管理资金收入|事业收入预算|"
     "上级补助收入预算|附属单位上缴收入预算|事业单位经营收入预算|其他收入预算",
     "code|name|total|general_public|government_fund|state_capital|special_account|operating_revenue|superior_subsidy|affiliate_remittance|business_revenue|"
     "other_revenue"},
    {"revenue", BUDGET,
     "单位名称|合计|财政拨款/小计|财政拨款/一般公共预算|财政拨款/"
     "政府性基金预算|专户资金|事业收入（不含专户资金）|其他收入（不含专户资金）|动用历年结余|上年结转",
     "unit_name|total|fiscal|general_public|government_fund|special_account|operating_revenue|other_revenue|surplus_used|carryover"},
    {"revenue", BUDGET, "项目|合计|一般公共预算（万元）|政府性基金（万元）|财政专户管理资金（万元）|单位资金（万元）",
     "name|total|general_public|government_fund|special_account|unit_funds"},
    {"revenue", BUDGET,
     "单位编码|单位名称|收入总计|上年结转/合计|上年结转/一般公共预算|上年结转/政府性基金|本年收入/合计|本年收入/一般公共预算|本年收入/政府性基金",
     "unit_code|unit_name|total|carryover|carryover.general_public|carryover.government_fund|current_revenue|general_public|government_fund"},

    /* 支出总表 */
    {"expenditure", BUDGET, "科目编码|科目名称|合计|基本支出|项目支出|上缴上级支出|事业单位经营支出|对附属单位补助支出",
     "code|name|total|basic|project|superior_remittance|business_expenditure|affiliate_subsidy"},
    {"expenditure", BUDGET, "科目编码|科目名称|支出合计|基本支出/小计|基本支出/人员经费|基本支出/日常公用经费|项目支出/小计|结转下年",
     "code|name|total|basic|personnel|operating|project|closing_carryover"},
    {"expenditure", BUDGET, "科目编码/类|科目编码/款|科目编码/项|科目名称（类、款、项）|合计|基本支出|项目支出", "code|code|code|name|total|basic|project"},
    {"expenditure", BUDGET, "类|款|项|科目名称|总计|人员支出|公用支出|项目支出", "code|code|code|name|total|personnel|operating|project"},
    {"expenditure", BUDGET, "单位编码|单位名称（科目）|合计|基本支出/合计|基本支出/人员经费支出|基本支出/公用经费支出|项目支出/合计",
     "unit_code|name|total|basic|personnel|operating|project"},
    {"expenditure", BUDGET, "功能分类科目代码|功能分类科目名称|合计|基本支出|项目支出|备注", "code|name|total|basic|project|note"},
    {"expenditure", BUDGET, "科目编码|科目名称|合计|一般公共预算/小计|一般公共预算/基本支出|一般公共预算/项目支出|单位资金",
     "code|name|total|general_public|general_public.basic|general_public.project|unit_funds"},
    {"expenditure", BUDGET, "科目|总计|财政拨款/小计|财政拨款/基本支出|财政拨款/项目支出|财政专户管理资金/基本支出|财政专户管理资金/项目支出",
     "name|total|fiscal|fiscal.basic|fiscal.project|special_account.basic|special_account.project"},
    {"expenditure", BUDGET, "项目/科目编码|项目/科目名称|本年支出/合计|本年支出/基本支出|本年支出/项目支出", "code|name|total|basic|project"},
    {"expenditure", BUDGET, "科目编码|科目名称|合计|当年安排|上年结转资金安排", "code|name|total|current_year|carryover"},
    {"expenditure", FINAL, "项目/科目编码|项目/科目名称|本年支出合计|基本支出|项目支出|上缴上级支出|经营支出|对附属单位补助支出",
     "code|name|total|basic|project|superior_remittance|business_expenditure|affiliate_subsidy"},
    {"expenditure", FINAL, "项目/功能分类科目编码|项目/科目名称|本年支出合计|基本支出|项目支出|上缴上级支出|经营支出|对附属单位补助支出",
     "code|name|total|basic|project|superior_remittance|business_expenditure|affiliate_subsidy"},

    {"expenditure", BUDGET, "科目|合计|基本支出/一般公共预算|基本支出/单位资金|项目支出/一般公共预算|项目支出/单位资金",
     "name|total|basic.general_public|basic.unit_funds|project.general_public|project.unit_funds"},
    {"expenditure", BUDGET, "科目|合计|一般公共预算/基本支出/小计|一般公共预算/基本支出/人员经费|一般公共预算/基本支出/公用经费|一般公共预算/项目支出",
     "name|total|general_public.basic|general_public.personnel|general_public.operating|general_public.project"},
    {"expenditure", BUDGET,
     "单位名称|总计|一般公共预算拨款/合计|一般公共预算拨款/经费拨款|一般公共预算拨款/"
     "纳入一般公共预算管理的非税收入拨款|政府性基金拨款|国有资本经营预算拨款|纳入专户管理的非税收入拨款|上级财政补助收入|事业单位经营服务收入|附属单位上缴收入|"
     "其他收入|上年结转",
     "unit_name|total|general_public|-|-|government_fund|state_capital|special_account|superior_subsidy|business_revenue|affiliate_remittance|other_revenue|"
     "carryover"},
    {"expenditure", BUDGET, "科目编码|科目名称|合计|一般公共预算财政拨款结转|政府性基金预算结转|国有资本经营预算结转",
     "code|name|total|general_public|government_fund|state_capital"},

    {"revenue", BUDGET,
     "科目编码/类|科目编码/款|科目编码/项|单位代码|单位（科目名称）|总计|一般公共预算/小计|一般公共预算/其中：财政拨款|政府性基金预算|上年结转",
     "code|code|code|unit_code|name|total|general_public|general_public.fiscal|government_fund|carryover"},
    /* economic classes as columns */
    {"expenditure", BUDGET,
     "科目编码|单位名称（科目）|合计|基本支出/小计|基本支出/工资福利支出|基本支出/对个人和家庭的补助|基本支出/商品和服务支出|项目支出/合计|项目支出/其他支出",
     "code|name|total|basic|basic.301|basic.303|basic.302|project|-"},
    {"general_public_basic", BUDGET, "单位名称|总计|工资福利支出/合计|工资福利支出/住房公积金|工资福利支出/其他|商品和服务支出/合计|商品和服务支出/办公费",
     "unit_name|total|301|30113|-|302|30201"},
    {"general_public_basic", BUDGET,
     "科目编码|科目名称|政府预算经济分类/对事业单位经常性补助/小计|政府预算经济分类/对事业单位经常性补助/工资福利支出|政府预算经济分类/机关工资福利支出/"
     "社会保障缴费",
     "code|name|505|50501|50102"},
    {"general_public_expenditure", BUDGET, "科目|合计|工资福利支出/一般公共预算|商品和服务支出/合计", "name|total|301|302"},
    {"fiscal_expenditure", FINAL, "科目代码|科目名称|合计|工资福利支出/小计|工资福利支出/基本工资|商品和服务支出/小计|商品和服务支出/其他商品和服务支出",
     "code|name|total|301|30101|302|30299"},

    /* 财政拨款收支总表 */
    {"fiscal_appropriation", BUDGET, "收入/项目|收入/金额|支出/项目|支出/小计|支出/一般公共预算|支出/政府性基金预算|支出/国有资本经营预算",
     "name|total|name|total|general_public|government_fund|state_capital"},
    {"fiscal_appropriation", BUDGET,
     "收入/项目|收入/预算数|支出/项目|支出/预算数/合计|支出/预算数/一般公共预算|支出/预算数/政府性基金|支出/预算数/国有资本经营",
     "name|total|name|total|general_public|government_fund|state_capital"},
    {"fiscal_appropriation", BUDGET,
     "收入/项目|收入/2026年预算|支出/项目|支出/总计|支出/一般公共预算拨款|支出/政府性基金预算拨款|支出/国有资本经营预算拨款|支出/上年结转",
     "name|total|name|total|general_public|government_fund|state_capital|carryover"},
    {"fiscal_appropriation", BUDGET, "收入/项目|收入/预算数|支出/功能分类/科目|支出/功能分类/预算数|支出/经济分类/科目|支出/经济分类/预算数",
     "name|total|name|total|name|total"},
    {"fiscal_appropriation", BUDGET,
     "收入/项目|收入/金额|支出/项目|支出/合计|支出/一般公共预算/小计|支出/一般公共预算/基本支出|支出/一般公共预算/项目支出|支出/政府性基金预算",
     "name|total|name|total|general_public|general_public.basic|general_public.project|government_fund"},
    {"fiscal_appropriation", FINAL,
     "收入/项目|收入/行次|收入/金额|支出/项目|支出/行次|支出/合计|支出/一般公共预算财政拨款|支出/政府性基金预算财政拨款|支出/国有资本经营预算财政拨款",
     "name|-|actual|name|-|total|general_public|government_fund|state_capital"},
    {"fiscal_appropriation", FINAL,
     "收入/项目|收入/行次|收入/决算数|支出/项目|支出/行次|支出/决算数/合计|支出/决算数/一般公共预算财政拨款|支出/决算数/政府性基金预算财政拨款|支出/决算数/"
     "国有资本经营预算财政拨款",
     "name|-|actual|name|-|total|general_public|government_fund|state_capital"},
    {"fiscal_appropriation", FINAL, "收入/项目|收入/金额|支出/项目|支出/小计|支出/公共财政预算财政拨款|支出/政府性基金财政拨款",
     "name|actual|name|total|general_public|government_fund"},

    /* 一般公共预算支出表 */
    {"general_public_expenditure", BUDGET, "科目编码|科目名称|合计|基本支出/小计|基本支出/人员经费|基本支出/公用经费|项目支出",
     "code|name|total|basic|personnel|operating|project"},
    {"general_public_expenditure", BUDGET,
     "功能分类科目/科目编码|功能分类科目/科目名称|2025年执行数|2026年预算数/小计|2026年预算数/基本支出|2026年预算数/项目支出|2026年预算数比2025年执行数/"
     "增减额|2026年预算数比2025年执行数/增减%",
     "code|name|prior_year|total|basic|project|change|change_percent"},
    {"general_public_expenditure", BUDGET,
     "项目/科目编码|项目/科目名称|2025年预算数/合计|2025年预算数/基本支出|2025年预算数/项目支出|2026年预算数/合计|2026年预算数/基本支出|2026年预算数/项目支出",
     "code|name|prior_year.total|prior_year.basic|prior_year.project|total|basic|project"},
    {"general_public_expenditure", BUDGET, "科目编码|科目名称|上年预算数|本年预算数/合计|本年预算数/基本支出|本年预算数/项目支出|比上年增减/金额|比上年增减/%",
     "code|name|prior_year|total|basic|project|change|change_percent"},
    {"general_public_expenditure", BUDGET, "科目编码|科目名称|2025年执行数（或上年执行数）|2026年预算数|增减情况/增减额|增减情况/增减率",
     "code|name|prior_year|total|change|change_percent"},
    {"general_public_expenditure", BUDGET, "科目|上年年初预算数|当年预算数|当年比上年增减±|当年比上年增减±%", "name|prior_year|total|change|change_percent"},
    {"general_public_expenditure", BUDGET, "科目|2025年年初预算|2026年年初预算|2026年比2025年增减/增减额|2026年比2025年增减/增长%",
     "name|prior_year|total|change|change_percent"},
    {"general_public_expenditure", BUDGET, "科目编码|科目名称|一般公共预算支出/合计|一般公共预算支出/基本支出|一般公共预算支出/项目支出",
     "code|name|total|basic|project"},
    {"general_public_expenditure", BUDGET, "科目编码|科目名称|合计|当年财政拨款安排|上年结转安排", "code|name|total|current_year|carryover"},
    {"general_public_expenditure", BUDGET, "科目编码|科目名称|本年一般公共预算支出|基本支出/合计|基本支出/人员经费|基本支出/公用经费|项目支出",
     "code|name|total|basic|personnel|operating|project"},
    {"general_public_expenditure", BUDGET, "项目（功能科目）|2026年预算数/合计|2026年预算数/基本支出|2026年预算数/项目支出", "name|total|basic|project"},
    {"general_public_expenditure", BUDGET, "科目编码|科目名称|2025年完成数|2026年预算数|2026年预算数占2025年完成数的%", "code|name|prior_year|total|share"},
    {"general_public_expenditure", FINAL, "项目/科目编码|项目/科目名称|本年支出/小计|本年支出/基本支出|本年支出/项目支出", "code|name|total|basic|project"},
    {"general_public_expenditure", FINAL, "项目/科目编码|项目/科目名称|合计|基本支出/小计|基本支出/人员经费|基本支出/公用经费|项目支出",
     "code|name|total|basic|personnel|operating|project"},
    {"general_public_expenditure", FINAL,
     "项目/科目编码|项目/科目名称|年初结转和结余/合计|年初结转和结余/基本支出结转|年初结转和结余/项目支出结转和结余|本年收入/合计|本年收入/基本支出|本年收入/"
     "项目支出|本年支出/合计|本年支出/基本支出|本年支出/项目支出|年末结转和结余/合计|年末结转和结余/基本支出结转|年末结转和结余/项目支出结转和结余",
     "code|name|opening_carryover|opening_carryover.basic|opening_carryover.project|current_revenue|current_revenue.basic|current_revenue.project|total|basic|"
     "project|closing_carryover|closing_carryover.basic|closing_carryover.project"},
    {"general_public_expenditure", FINAL,
     "科目编码|科目名称|年末结转和结余/合计|年末结转和结余/基本支出结转|年末结转和结余/项目支出结转和结余/小计|年末结转和结余/项目支出结转和结余/"
     "项目支出结转|年末结转和结余/项目支出结转和结余/项目支出结余",
     "code|name|closing_carryover|closing_carryover.basic|closing_carryover.project|-|-"},
    {"general_public_expenditure", FINAL, "科目编码|科目名称|年初预算数|调整预算数|决算数|完成年初预算的%", "code|name|budget|adjusted_budget|actual|share"},
    {"general_public_expenditure", FINAL, "科目编码|科目名称|2023年决算数|2024年年初预算数|2024年决算数/合计|2024年决算数/基本支出|2024年决算数/项目支出",
     "code|name|prior_year|budget|total|basic|project"},

    {"general_public_expenditure", BUDGET, "科目编码|科目名称|预算数/2025年|预算数/2026年|比2025年增减/金额|比2025年增减/%",
     "code|name|prior_year|total|change|change_percent"},
    {"general_public_expenditure", BUDGET, "科目编码|科目名称|上年|本年|增减", "code|name|prior_year|total|change"},
    {"general_public_expenditure", BUDGET, "科目编码|科目名称|上年数|本年数|增减变化", "code|name|prior_year|total|change"},
    {"general_public_expenditure", BUDGET, "科目编码|科目名称|2025年预算执行数|2026年预算数|较2025年执行数增减额|较2025年执行数增减幅度",
     "code|name|prior_year|total|change|change_percent"},
    {"general_public_expenditure", BUDGET, "科目编码|科目名称|2024年执行数|2025年预算数/合计|2025年预算数/基本支出|2025年预算数/项目支出",
     "code|name|prior_year|total|basic|project"},
    {"general_public_expenditure", BUDGET, "科目编码|科目名称|2025年预算数|本年预算数", "code|name|prior_year|total"},
    {"general_public_expenditure", FINAL,
     "科目编码|科目名称|年初预算数/合计|年初预算数/基本支出|年初预算数/项目支出|决算数/合计|决算数/基本支出|决算数/项目支出",
     "code|name|budget|budget.basic|budget.project|total|basic|project"},
    {"general_public_expenditure", FINAL, "科目编码|科目名称|基本支出/预算数|基本支出/决算数|项目支出/预算数|项目支出/决算数",
     "code|name|basic.budget|basic|project.budget|project"},

    /* 基本支出表 */
    {"general_public_basic", BUDGET, "经济分类科目/科目编码|经济分类科目/科目名称|合计|人员经费|公用经费", "code|name|total|personnel|operating"},
    {"general_public_basic", BUDGET,
     "部门预算支出经济分类科目/科目编码|部门预算支出经济分类科目/科目名称|本年一般公共预算基本支出/合计|本年一般公共预算基本支出/"
     "人员经费|本年一般公共预算基本支出/公用经费",
     "code|name|total|personnel|operating"},
    {"general_public_basic", BUDGET, "部门预算经济科目编码|部门预算经济科目名称|政府预算经济科目编码|政府预算经济科目名称|合计|人员经费|公用经费",
     "code|name|government_code|government_name|total|personnel|operating"},
    {"general_public_basic", BUDGET,
     "部门预算支出经济分类科目/类|部门预算支出经济分类科目/款|部门预算支出经济分类科目/科目名称|政府预算支出经济分类科目/类|政府预算支出经济分类科目/"
     "款|政府预算支出经济分类科目/科目名称|金额",
     "code|code|name|government_code|government_code|government_name|total"},
    {"general_public_basic", BUDGET, "经济科目名称|2026年基本支出/合计|2026年基本支出/人员经费|2026年基本支出/日常公用经费", "name|total|personnel|operating"},
    {"general_public_basic", BUDGET, "支出经济分类科目|预算数", "name|total"},
    {"general_public_basic", BUDGET, "科目编码|科目名称|一般公共预算基本支出", "code|name|total"},
    {"general_public_basic", BUDGET, "科目编码|科目名称|基本支出", "code|name|total"},
    {"general_public_basic", BUDGET, "科目编码|科目名称|2025年预算数|2026年预算数|增减额|增减比例", "code|name|prior_year|total|change|change_percent"},
    {"general_public_basic", FINAL,
     "人员经费/科目编码|人员经费/科目名称|人员经费/金额|公用经费/科目编码|公用经费/科目名称|公用经费/金额|公用经费/科目编码|公用经费/科目名称|公用经费/金额",
     "code|name|actual|code|name|actual|code|name|actual"},
    {"general_public_basic", FINAL, "经济分类科目编码|科目名称|决算数|经济分类科目编码|科目名称|决算数", "code|name|actual|code|name|actual"},
    {"general_public_basic", FINAL, "项目/经济分类科目编码|项目/科目名称|合计|人员经费|公用经费", "code|name|total|personnel|operating"},
    {"fiscal_basic", BUDGET,
     "部门预算支出经济科目/科目编码|部门预算支出经济科目/科目名称|本年财政拨款基本支出/合计|本年财政拨款基本支出/人员经费|本年财政拨款基本支出/公用经费",
     "code|name|total|personnel|operating"},

    /* 基金, 国资 */
    {"government_fund_expenditure", BUDGET, "科目编码|科目名称|本年政府性基金预算支出/合计|本年政府性基金预算支出/基本支出|本年政府性基金预算支出/项目支出",
     "code|name|total|basic|project"},
    {"government_fund_expenditure", BUDGET,
     "科目编码|科目名称|2026年政府性基金预算支出/合计|2026年政府性基金预算支出/基本支出|2026年政府性基金预算支出/项目支出", "code|name|total|basic|project"},
    {"government_fund_expenditure", BUDGET,
     "科目编码|科目名称|政府性基金预算财政拨款支出预算数/合计|政府性基金预算财政拨款支出预算数/基本支出|政府性基金预算财政拨款支出预算数/项目支出",
     "code|name|total|basic|project"},
    {"government_fund_expenditure", BUDGET, "收入/项目|收入/预算数|支出/项目|支出/预算数", "name|total|name|total"},
    {"government_fund_expenditure", FINAL,
     "项目/科目编码|项目/科目名称|年初结转和结余|本年收入|本年支出/小计|本年支出/基本支出|本年支出/项目支出|年末结转和结余",
     "code|name|opening_carryover|current_revenue|total|basic|project|closing_carryover"},
    {"government_fund_expenditure", FINAL, "科目编码|科目名称|年初结转结余|本年收入|本年支出|年末结转结余",
     "code|name|opening_carryover|current_revenue|total|closing_carryover"},
    {"state_capital_expenditure", BUDGET, "科目编码|科目名称|本年国有资本经营预算支出/合计|本年国有资本经营预算支出/基本支出|本年国有资本经营预算支出/项目支出",
     "code|name|total|basic|project"},
    {"state_capital_expenditure", FINAL, "项目/科目编码|项目/科目名称|本年支出/合计|本年支出/基本支出|本年支出/项目支出", "code|name|total|basic|project"},
    {"state_capital", FINAL, "科目编码|科目名称|年初结转和结余|本年收入|本年支出/合计|本年支出/基本支出|本年支出/项目支出|年末结转和结余",
     "code|name|opening_carryover|current_revenue|total|basic|project|closing_carryover"},
    {"government_fund_revenue", BUDGET, "收入科目编码|收入科目名称|预算数", "code|name|total"},
    {"special_account_expenditure", BUDGET, "科目编码|科目名称|财政专户管理资金支出/合计|财政专户管理资金支出/基本支出|财政专户管理资金支出/项目支出",
     "code|name|total|basic|project"},

    /* 项目, 采购, 其他 */
    {"projects", BUDGET,
     "类型|项目名称|项目单位|合计|本年拨款/一般公共预算|本年拨款/政府性基金预算|本年拨款/国有资本经营预算|财政拨款结转结余/一般公共预算|财政拨款结转结余/"
     "政府性基金预算|财政拨款结转结余/国有资本经营预算|财政专户管理资金|单位资金",
     "-|name|unit_name|total|general_public|government_fund|state_capital|carryover.general_public|carryover.government_fund|carryover.state_capital|special_"
     "account|unit_funds"},
    {"projects", BUDGET,
     "单位名称|项目名称|资金来源/合计|资金来源/财政拨款/小计|资金来源/财政拨款/一般公共预算|资金来源/财政专户管理资金|资金来源/单位资金|备注",
     "unit_name|name|total|fiscal|general_public|special_account|unit_funds|note"},
    {"projects", BUDGET, "序号|项目名称|金额（万元）|绩效目标", "-|name|total|-"},
    {"projects", BUDGET, "项目名称|项目支出|资金性质", "name|total|-"},
    {"projects", BUDGET, "项目代码|项目名称|功能科目编码|功能科目名称|预算金额", "project_code|name|code|name|total"},
    {"procurement", BUDGET, "单位名称|采购项目|采购品目|计量单位|数量|合计|一般公共预算|政府性基金|单位资金",
     "unit_name|name|-|-|-|total|general_public|government_fund|unit_funds"},
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
diags_clear(GPtrArray *diags)
{
    for (guint i = 0; diags != NULL && i < diags->len; i++)
        shape_free(&diag_shape, diags->pdata[i]);
    if (diags != NULL)
        g_ptr_array_unref(diags);
}

static void
read_header(const Header *header)
{
    Tree *tree = trees_new("case.pdf");
    GPtrArray *diags = NULL;
    RecordTable *made = record_table_new(table_of(tree, header->id, header->header), header->kind, 0, &diags);
    g_autofree char *keys = column_keys(made), *words = g_strconcat(header->id, ": ", header->header, NULL);
    compare("columns", words, keys, header->keys);
    record_table_free(made);
    diags_clear(diags);
    tree_free(tree);
}

static void
test_columns(G_GNUC_UNUSED void **state)
{
    for (guint i = 0; i < G_N_ELEMENTS(headers); i++)
        read_header(&headers[i]);
    all_agree();
}

/* ---- rows ---- */

typedef struct {
    const char *table, *side, *name, *item;
} Name;

#define REVENUE "revenue_expenditure", "revenue"
#define SPENDING "revenue_expenditure", "expenditure"
#define FISCAL_REVENUE "fiscal_appropriation", "revenue"
#define FISCAL_SPENDING "fiscal_appropriation", "expenditure"
#define THREE "three_public", NULL

static const Name names[] = {
    {REVENUE, "本年收入合计", "revenue_subtotal"},
    {REVENUE, "本 年 收 入 合 计", "revenue_subtotal"},
    {REVENUE, "本年收入小计", "revenue_subtotal"},
    {REVENUE, "当年收入合计", "revenue_subtotal"},
    {REVENUE, "当年收入小计", "revenue_subtotal"},
    {REVENUE, "本年收入", "revenue_subtotal"},
    {REVENUE, "一、本年收入", "revenue_subtotal"},
    {REVENUE, "收入小计", "revenue_subtotal"},
    {REVENUE, "本年预算收入合计", "revenue_subtotal"},
    {REVENUE, "本年收入预算合计", "revenue_subtotal"},
    {REVENUE, "收入合计", "revenue_total"},
    {REVENUE, "收入预算合计", "revenue_total"},
    {REVENUE, "收入总计", "revenue_total"},
    {REVENUE, "收 入 总 计", "revenue_total"},
    {REVENUE, "收  入  总  计：", "revenue_total"},
    {REVENUE, "收入总额", "revenue_total"},
    {REVENUE, "总收入", "revenue_total"},
    {REVENUE, "收入预算总计", "revenue_total"},
    {REVENUE, "总计", "revenue_total"},
    {REVENUE, "总 计", "revenue_total"},
    {REVENUE, "合计", "total"},
    {REVENUE, "上年结转", "opening_carryover"},
    {REVENUE, "二、上年结转", "opening_carryover"},
    {REVENUE, "上年结转结余", "opening_carryover"},
    {REVENUE, "上年结转收入", "opening_carryover"},
    {REVENUE, "上年结余", "opening_carryover"},
    {REVENUE, "上年结余（转）", "opening_carryover"},
    {REVENUE, "上年结余、结转", "opening_carryover"},
    {REVENUE, "上年结转（余）", "opening_carryover"},
    {REVENUE, "上年结转(结余)", "opening_carryover"},
    {REVENUE, "上年结余结转", "opening_carryover"},
    {REVENUE, "上年结转和结余", "opening_carryover"},
    {REVENUE, "上年结转及结余", "opening_carryover"},
    {REVENUE, "上年结转资金", "opening_carryover"},
    {REVENUE, "上年结转预算", "opening_carryover"},
    {REVENUE, "上年结余收入", "opening_carryover"},
    {REVENUE, "上年预算结转", "opening_carryover"},
    {REVENUE, "以前年度结转", "opening_carryover"},
    {REVENUE, "以前年度结转结余", "opening_carryover"},
    {REVENUE, "上年度结转", "opening_carryover"},
    {REVENUE, "年初结转", "opening_carryover"},
    {REVENUE, "年初结转和结余", "opening_carryover"},
    {REVENUE, "年初结转与结余", "opening_carryover"},
    {REVENUE, "加：年初结转和结余", "opening_carryover"},
    {REVENUE, "使用非财政拨款结余", "surplus_used"},
    {REVENUE, "使用非财政拨款结余（含专用结余）", "surplus_used"},
    {REVENUE, "使用非财政拨款结余和专用结余", "surplus_used"},
    {REVENUE, "八、使用非财政拨款结余", "surplus_used"},
    {REVENUE, "用事业基金弥补收支差额", "surplus_used"},
    {REVENUE, "事业基金弥补收支差额", "surplus_used"},
    {REVENUE, "使用专用结余", "surplus_used"},
    {REVENUE, "动用历年结余", "surplus_used"},
    {REVENUE, "非财政拨款结余", NULL},
    {REVENUE, "基本支出结转", NULL},
    {REVENUE, "项目支出结转和结余", NULL},
    {REVENUE, "经营结余", NULL},
    {REVENUE, "上年实户资金余额", NULL},
    {REVENUE, "一般公共预算拨款收入", NULL},
    {REVENUE, "事业收入", NULL},
    {REVENUE, "财政拨款收入小计", NULL},
    {SPENDING, "本年支出合计", "expenditure_subtotal"},
    {SPENDING, "本年支出小计", "expenditure_subtotal"},
    {SPENDING, "当年支出合计", "expenditure_subtotal"},
    {SPENDING, "本年支出", "expenditure_subtotal"},
    {SPENDING, "一、本年支出", "expenditure_subtotal"},
    {SPENDING, "支出小计", "expenditure_subtotal"},
    {SPENDING, "本年支出预算合计", "expenditure_subtotal"},
    {SPENDING, "支出合计", "expenditure_total"},
    {SPENDING, "支出预算合计", "expenditure_total"},
    {SPENDING, "支出总计", "expenditure_total"},
    {SPENDING, "支 出 总 计", "expenditure_total"},
    {SPENDING, "支出总额", "expenditure_total"},
    {SPENDING, "总支出", "expenditure_total"},
    {SPENDING, "总计", "expenditure_total"},
    {SPENDING, "结余分配", "surplus_distributed"},
    {SPENDING, "结转下年", "closing_carryover"},
    {SPENDING, "二、结转下年", "closing_carryover"},
    {SPENDING, "二十四、结转下年", "closing_carryover"},
    {SPENDING, "结转下年支出", "closing_carryover"},
    {SPENDING, "结转下年使用", "closing_carryover"},
    {SPENDING, "结转下年（支出）", "closing_carryover"},
    {SPENDING, "结转下年资金", "closing_carryover"},
    {SPENDING, "年终结转", "closing_carryover"},
    {SPENDING, "年终结转结余", "closing_carryover"},
    {SPENDING, "年终结转（结余）", "closing_carryover"},
    {SPENDING, "年终结余", "closing_carryover"},
    {SPENDING, "年末结转", "closing_carryover"},
    {SPENDING, "年末结转和结余", "closing_carryover"},
    {SPENDING, "年末结转及结余", "closing_carryover"},
    {SPENDING, "年末结转与结余", "closing_carryover"},
    {SPENDING, "结转结余下年", "closing_carryover"},
    {SPENDING, "结余结转下年", "closing_carryover"},
    {SPENDING, "结转和结余", NULL},
    {SPENDING, "结转到下年", "closing_carryover"},
    {SPENDING, "结转下年度", "closing_carryover"},
    {SPENDING, "年末结余", "closing_carryover"},
    {SPENDING, "事业单位结余分配", "surplus_distributed"},
    {SPENDING, "转入事业基金", "surplus_distributed"},
    {SPENDING, "一般公共服务支出", NULL},
    {SPENDING, "基本支出", NULL},
    {SPENDING, "结转下年的项目支出", NULL},
    {SPENDING, "结转至下年", "closing_carryover"},
    {SPENDING, "减：结余分配", "surplus_distributed"},
    {FISCAL_REVENUE, "本年财政拨款收入合计", "revenue_subtotal"},
    {FISCAL_REVENUE, "本年财政拨款收入", "revenue_subtotal"},
    {FISCAL_REVENUE, "当年财政拨款收入", "revenue_subtotal"},
    {FISCAL_REVENUE, "本年收入合计", "revenue_subtotal"},
    {FISCAL_REVENUE, "年初财政拨款结转和结余", "opening_carryover"},
    {FISCAL_REVENUE, "上年财政拨款结转", "opening_carryover"},
    {FISCAL_REVENUE, "上年财政拨款资金结转", "opening_carryover"},
    {FISCAL_REVENUE, "上年财政拨款结转结余", "opening_carryover"},
    {FISCAL_REVENUE, "收入总计", "revenue_total"},
    {FISCAL_REVENUE, "财政拨款收入总计", "revenue_total"},
    {FISCAL_REVENUE, "财政拨款收入合计", "revenue_total"},
    {FISCAL_REVENUE, "一般公共预算财政拨款", NULL},
    {FISCAL_REVENUE, "一般公共预算上年结转", NULL},
    {FISCAL_SPENDING, "本年财政拨款支出合计", "expenditure_subtotal"},
    {FISCAL_SPENDING, "本年支出合计", "expenditure_subtotal"},
    {FISCAL_SPENDING, "年末财政拨款结转和结余", "closing_carryover"},
    {FISCAL_SPENDING, "年终财政拨款结转结余", "closing_carryover"},
    {FISCAL_SPENDING, "支出总计", "expenditure_total"},
    {FISCAL_SPENDING, "财政拨款支出总计", "expenditure_total"},
    {THREE, "合计", "total"},
    {THREE, "“三公”经费合计", "total"},
    {THREE, "\"三公\"经费支出合计", "total"},
    {THREE, "“三公”经费小计", "total"},
    {THREE, "“三公”经费支出", "total"},
    {THREE, "三公经费", "total"},
    {THREE, "“三公经费”合计", "total"},
    {THREE, "（一）“三公”经费支出合计", "total"},
    {THREE, "财政拨款“三公”经费", "total"},
    {THREE, "支出合计", "total"},
    {THREE, "因公出国（境）费", "abroad"},
    {THREE, "1.因公出国（境）费", "abroad"},
    {THREE, "1、因公出国(境)费用", "abroad"},
    {THREE, "因公出国境费", "abroad"},
    {THREE, "出国（境）费", "abroad"},
    {THREE, "因公出国（境）经费", "abroad"},
    {THREE, "因公出国（境）支出", "abroad"},
    {THREE, "一、因公出国（境）费用", "abroad"},
    {THREE, "公务接待费", "reception"},
    {THREE, "3.公务接待费", "reception"},
    {THREE, "公务接待", "reception"},
    {THREE, "公务接待费支出", "reception"},
    {THREE, "接待费", "reception"},
    {THREE, "国内公务接待费", NULL},
    {THREE, "其中：外事接待费", NULL},
    {THREE, "公务用车购置及运行费", "vehicle"},
    {THREE, "公务用车购置及运行维护费", "vehicle"},
    {THREE, "公务用车购置和运行费", "vehicle"},
    {THREE, "公务用车购置与运行维护费", "vehicle"},
    {THREE, "公务用车购置及运行维护费支出", "vehicle"},
    {THREE, "公务用车购置运行费", "vehicle"},
    {THREE, "公务用车费", "vehicle"},
    {THREE, "公务用车购置及运行", "vehicle"},
    {THREE, "公务用车运行及购置费", "vehicle"},
    {THREE, "公务用车运行维护及购置费", "vehicle"},
    {THREE, "公务用车购置、运行费", "vehicle"},
    {THREE, "公务用车经费", "vehicle"},
    {THREE, "车辆购置及运行费", "vehicle"},
    {THREE, "公务用车购置费", "vehicle_purchase"},
    {THREE, "①公务用车购置费", "vehicle_purchase"},
    {THREE, "（1）公务用车购置费", "vehicle_purchase"},
    {THREE, "其中：公务用车购置", "vehicle_purchase"},
    {THREE, "公务用车购置经费", "vehicle_purchase"},
    {THREE, "公务用车购置支出", "vehicle_purchase"},
    {THREE, "车辆购置费", "vehicle_purchase"},
    {THREE, "购置费", "vehicle_purchase"},
    {THREE, "公车购置费", "vehicle_purchase"},
    {THREE, "公务用车运行费", "vehicle_operation"},
    {THREE, "公务用车运行维护费", "vehicle_operation"},
    {THREE, "②公务用车运行维护费", "vehicle_operation"},
    {THREE, "公务用车运行", "vehicle_operation"},
    {THREE, "公务用车运行维护支出", "vehicle_operation"},
    {THREE, "公务用车运行维护经费", "vehicle_operation"},
    {THREE, "公务车运行维护费", "vehicle_operation"},
    {THREE, "车辆运行费", "vehicle_operation"},
    {THREE, "运行费", "vehicle_operation"},
    {THREE, "运行维护费", "vehicle_operation"},
    {THREE, "公务用车运维费", "vehicle_operation"},
    {THREE, "公务用车租赁费", NULL},
    {THREE, "会议费", "meeting"},
    {THREE, "四、会议费", "meeting"},
    {THREE, "会议费支出", "meeting"},
    {THREE, "培训费", "training"},
    {THREE, "培训费支出", "training"},
    {THREE, "机关运行经费", "agency_operating"},
    {THREE, "机关运行经费支出", "agency_operating"},
    {THREE, "机关运行经费预算数", "agency_operating"},
    {THREE, "行政单位机关运行经费", "agency_operating"},
    {THREE, "公务用车购置数（辆）", NULL},
    {THREE, "公务用车保有量（辆）", NULL},
    {THREE, "国内公务接待批次（个）", NULL},
    {THREE, "因公出国（境）团组数（个）", NULL},
    {THREE, "因公出国（境）人次数（人）", NULL},
    {THREE, "委托业务费", NULL},
    {THREE, "差旅费", NULL},
    {"revenue", NULL, "合计", "total"},
    {"revenue", NULL, "收入合计", "total"},
    {"expenditure", NULL, "总 计", "total"},
    {"expenditure", NULL, "支出合计", "total"},
    {"expenditure", NULL, "本年支出合计", "total"},
    {"expenditure", NULL, "合 计：", "total"},
    {"general_public_basic", NULL, "合计", "total"},
    {"general_public_basic", NULL, "基本支出合计", "total"},
    {"general_public_basic", NULL, "人员经费合计", NULL},
    {"general_public_expenditure", NULL, "部门合计", "total"},
    {"general_public_expenditure", NULL, "一般公共预算支出合计", "total"},
};

/* The row's item in a table that holds nothing else. */
static char *
item_of(const Name *name)
{
    Tree *tree = trees_new("case.pdf");
    const bool sided = name->side != NULL, right = g_strcmp0(name->side, "expenditure") == 0;
    TreeTable *table = table_of(tree, name->table, sided ? "收入/项目|收入/预算数|支出/项目|支出/预算数" : "项目|合计");
    if (!sided)
        trees_row(table, name->name, "1.00", NULL);
    else if (right)
        trees_row(table, "", "", name->name, "1.00", NULL);
    else
        trees_row(table, name->name, "1.00", "", "", NULL);
    GPtrArray *diags = NULL;
    RecordTable *made = record_table_new(table, BUDGET, 0, &diags);
    char *item = made->rows->len == 1 ? g_strdup(((RecordRow *) made->rows->pdata[0])->item) : g_strdup_printf("%u rows", made->rows->len);
    record_table_free(made);
    diags_clear(diags);
    tree_free(tree);
    return item;
}

static void
test_items(G_GNUC_UNUSED void **state)
{
    for (guint i = 0; i < G_N_ELEMENTS(names); i++) {
        g_autofree char *item = item_of(&names[i]), *words = g_strjoin(", ", names[i].table, names[i].name, NULL);
        compare("item", words, item, names[i].item);
    }
    all_agree();
}

/* ---- 三公 across the page ---- */

static const Header three_public_headers[] = {
    {"three_public", BUDGET,
     "单位名称|合计|因公出国（境）费|公务用车购置及运行费/小计|公务用车购置及运行费/公务用车购置费|公务用车购置及运行费/公务用车运行费|公务接待费",
     "unit_name|total|abroad|vehicle|vehicle_purchase|vehicle_operation|reception"},
    {"three_public", BUDGET, "“三公”经费合计|因公出国(境)费|公务用车购置及运行费/小计|公务用车购置及运行费/购置费|公务用车购置及运行费/运行费|公务接待费",
     "total|abroad|vehicle|vehicle_purchase|vehicle_operation|reception"},
    {"three_public", BUDGET,
     "2025年预算数/合计|2025年预算数/因公出国（境）费|2025年预算数/公务接待费|2026年预算数/合计|2026年预算数/因公出国（境）费|2026年预算数/公务接待费",
     "total|abroad|reception|total|abroad|reception"},
    {"three_public", BUDGET,
     "单位编码|单位名称|“三公”经费预算财政拨款情况/合计|“三公”经费预算财政拨款情况/因公出国（境）费|“三公”经费预算财政拨款情况/公务用车购置及运行费/"
     "小计|“三公”经费预算财政拨款情况/公务用车购置及运行费/公务用车购置|“三公”经费预算财政拨款情况/公务用车购置及运行费/"
     "公务用车运行维护费|“三公”经费预算财政拨款情况/公务接待费|会议费|培训费",
     "unit_code|unit_name|total|abroad|vehicle|vehicle_purchase|vehicle_operation|reception|meeting|training"},
    {"three_public", BUDGET, "合计|“三公”经费/小计|“三公”经费/因公出国（境）费|“三公”经费/公务接待费|会议费|培训费",
     "-|total|abroad|reception|meeting|training"},
    {"three_public", BUDGET, "“三公”经费/合计|“三公”经费/因公出国（境）费|“三公”经费/公务接待费|“三公”经费/公务用车购置及运行费|机关运行经费",
     "total|abroad|reception|vehicle|agency_operating"},
    {"three_public", FINAL, "预算数/合计|预算数/因公出国（境）费|预算数/公务接待费|决算数/合计|决算数/因公出国（境）费|决算数/公务接待费",
     "total|abroad|reception|total|abroad|reception"},
    {"three_public", BUDGET, "项目|合计|一般公共预算|政府性基金预算|国有资本经营预算", "name|total|general_public|government_fund|state_capital"},
    {"three_public", BUDGET, "项目|2025年预算数|2026年预算数|增减额|增减%", "name|prior_year|total|change|change_percent"},
    {"three_public", BUDGET, "项目|上年预算数|本年预算数|比上年增减情况/增减金额|比上年增减情况/增减幅度|备注",
     "name|prior_year|total|change|change_percent|note"},
    {"three_public", BUDGET, "项目|金额", "name|total"},
    {"three_public", FINAL, "项目|年初预算数|全年预算数|决算数", "name|budget|adjusted_budget|actual"},
    {"three_public", FINAL, "项目|行次|预算数|决算统计数", "name|-|budget|actual"},
    {"three_public", FINAL, "项目|支出预算数|支出决算数", "name|budget|actual"},
};

static void
test_three_public(G_GNUC_UNUSED void **state)
{
    for (guint i = 0; i < G_N_ELEMENTS(three_public_headers); i++)
        read_header(&three_public_headers[i]);
    all_agree();
}

/* ---- captions ---- */

typedef struct {
    const char *lines; /* between the title and the table */
    const char *unit, *owner;
} Lines;

static const Lines lines[] = {
    {"单位：万元", "万元", NULL},
    {"单位:万元", "万元", NULL},
    {"单位: 元", "元", NULL},
    {"单位 ：万 元", "万元", NULL},
    {"单位万元", "万元", NULL},
    {"金额单位：元", "元", NULL},
    {"金额单位：人民币万元", "万元", NULL},
    {"（单位：万元）", "万元", NULL},
    {"(单位:元)", "元", NULL},
    {"(万元)", "万元", NULL},
    {"（元）", "元", NULL},
    {"单位：人民币元", "元", NULL},
    {"单位：元（人民币）", "元", NULL},
    {"单位：万元（保留两位小数）", "万元", NULL},
    {"货币单位：万元", "万元", NULL},
    {"计量单位：千元", "千元", NULL},
    {"计价单位：万元", "万元", NULL},
    {"资金单位：万元", "万元", NULL},
    {"数据单位：亿元", "亿元", NULL},
    {"人民币：万元", "万元", NULL},
    {"币种：人民币 单位：元", "元", NULL},
    {"单位：万\n元", "万元", NULL},
    {"单位：\n万元", "万元", NULL},
    {"单\n位：万元", "万元", NULL},
    {"公开01表\n单位：万元", "万元", NULL},
    {"公开01表 单位：万元", "万元", NULL},
    {"部门公开表1\t单位：万元", "万元", NULL},
    {"表1\n金额单位：元", "元", NULL},
    {"部门名称：示例市档案馆\t单位：万元", "万元", "示例市档案馆"},
    {"部门：示例市档案馆\t\t\t金额单位：万元", "万元", "示例市档案馆"},
    {"部门：示例市档案馆 单位：元", "元", "示例市档案馆"},
    {"单位：示例市档案馆\t单位：万元", "万元", "示例市档案馆"},
    {"单位：示例市档案馆 单位：万元", "万元", "示例市档案馆"},
    {"单位名称：示例市档案馆（本级）\t单位：万元", "万元", "示例市档案馆（本级）"},
    {"编制单位：示例市档案馆\t2026年\t单位：万元", "万元", "示例市档案馆"},
    {"编制部门：示例市档案馆 金额单位：万元", "万元", "示例市档案馆"},
    {"填报单位：示例市档案馆（公章）\t单位：万元", "万元", "示例市档案馆"},
    {"填报单位（盖章）：示例市档案馆\t单位：万元", "万元", "示例市档案馆"},
    {"填报部门：示例市档案馆\n单位：万元", "万元", "示例市档案馆"},
    {"预算单位：示例市档案馆\t单位：万元", "万元", "示例市档案馆"},
    {"预算部门：示例市档案馆 单位:万元", "万元", "示例市档案馆"},
    {"部门（单位）：示例市档案馆\t单位：万元", "万元", "示例市档案馆"},
    {"部门(单位)名称：示例市档案馆\t单位：万元", "万元", "示例市档案馆"},
    {"单位（部门）名称：示例市档案馆\t单位：万元", "万元", "示例市档案馆"},
    {"公开部门：示例市档案馆\t\t公开01表\t单位：万元", "万元", "示例市档案馆"},
    {"部门：示例市档案馆\t2024年度\t公开01表\n金额单位：万元", "万元", "示例市档案馆"},
    {"预算部门（单位）：示例市档案馆\t单位：万元", "万元", "示例市档案馆"},
    {"部门编码及名称：示例市档案馆\t单位：万元", "万元", "示例市档案馆"},
    {"预算单位名称：示例市档案馆\t单位：万元", "万元", "示例市档案馆"},
    {"部门名称： 037-示例市档案馆\t单位：万元", "万元", "037-示例市档案馆"},
    {"部门名称：[037]示例市档案馆[部门]\t单位：万元", "万元", "[037]示例市档案馆[部门]"},
    {"机构名称：示例市档案馆\t单位：万元", "万元", "示例市档案馆"},
    {"制表单位：示例市档案馆\t单位：万元", "万元", "示例市档案馆"},
    {"单位：示例市档案馆\n单位：万元", "万元", "示例市档案馆"},
    {"单位：示例市档案馆", NULL, "示例市档案馆"},
    {"部门名称：\t单位：万元", "万元", NULL},
    {"部门：示例市档案馆\t日期：2026年2月1日\t单位：万元", "万元", "示例市档案馆"},
};

static void
test_lines(G_GNUC_UNUSED void **state)
{
    for (guint i = 0; i < G_N_ELEMENTS(lines); i++) {
        g_autofree char *text =
            g_strconcat("2026年支出总表\n", lines[i].lines, "\n\n" PLAIN_HEADER "201\t一般公共服务支出\t7.00\n20126\t档案事务\t7.00\n", NULL);
        Tree *tree = read_page(text);
        if (tree->tables->len == 1) {
            const TreeTable *table = tree->tables->pdata[0];
            compare("unit", lines[i].lines, table->unit, lines[i].unit);
            compare("owner", lines[i].lines, table->owner, lines[i].owner);
            compare("id", lines[i].lines, table->id, "expenditure");
        } else {
            compare("tables", lines[i].lines, "another number", "one");
        }
        tree_free(tree);
    }
    all_agree();
}

/* A unit that only the header prints; titles torn over two lines. */
static const struct {
    const char *text, *id, *title, *unit;
} pages[] = {
    {"支出总表\n\n科目编码\t科目名称\t合计（万元）\n201\t一般公共服务支出\t7.00\n", "expenditure", "支出总表", "万元"},
    {"支出总表\n\n科目编码\t科目名称\t金额：元\n201\t一般公共服务支出\t7.00\n", "expenditure", "支出总表", "元"},
    {"支出总表\n\n科目编码\t科目名称\t预算数(单位:元)\n201\t一般公共服务支出\t7.00\n", "expenditure", "支出总表", "元"},
    {"支出总表（单位：万元）\n\n科目编码\t科目名称\t合计\n201\t一般公共服务支出\t7.00\n", "expenditure", "支出总表", "万元"},
    {"一般公共预算财政拨款“三公”经费支出决算\n表\n单位：万元\n\n科目编码\t科目名称\t合计\n201\t一般公共服务支出\t7.00\n", "three_public",
     "一般公共预算财政拨款“三公”经费支出决算表", "万元"},
    {"2026年部门综合预算一般公共预算基本支出明细表\n（按支出经济分类科目）\n单位：元\n\n科目编码\t科目名称\t合计\n301\t工资福利支出\t7.00\n",
     "general_public_basic", "2026年部门综合预算一般公共预算基本支出明细表（按支出经济分类科目）", "元"},
    {"表3\n2026年部门支出总表\n单位：万元\n\n科目编码\t科目名称\t合计\n201\t一般公共服务支出\t7.00\n", "expenditure", "2026年部门支出总表", "万元"},
    {"三、支出预算总表\n2026年度支出预算总表\n单位：万元\n\n科目编码\t科目名称\t合计\n201\t一般公共服务支出\t7.00\n", "expenditure", "2026年度支出预算总表",
     "万元"},
    {"2026年部门支出总表\n示例市档案馆\n单位：万元\n\n科目编码\t科目名称\t合计\n201\t一般公共服务支出\t7.00\n", "expenditure", "2026年部门支出总表", "万元"},
    {"示例市档案馆2026年部门预算公开表\n支出总表\n公开03表\n部门：示例市档案馆\t单位：万元\n\n科目编码\t科目名称\t合计\n201\t一般公共服务支出\t7.00\n",
     "expenditure", "支出总表", "万元"},
};

static void
test_pages(G_GNUC_UNUSED void **state)
{
    for (guint i = 0; i < G_N_ELEMENTS(pages); i++) {
        Tree *tree = read_page(pages[i].text);
        if (tree->tables->len == 1) {
            const TreeTable *table = tree->tables->pdata[0];
            compare("id", pages[i].text, table->id, pages[i].id);
            compare("title", pages[i].text, table->title, pages[i].title);
            compare("unit", pages[i].text, table->unit, pages[i].unit);
        } else {
            compare("tables", pages[i].text, "another number", "one");
        }
        tree_free(tree);
    }
    all_agree();
}

/* ---- notes ---- */

static const struct {
    const char *note;
    bool empty;
} notes[] = {
    {"注：本表无数据", true},
    {"注：本表无数据。", true},
    {"说明：本表无数据", true},
    {"备注：无", false}, /* no remark, it may be */
    {"注：无。", false},
    {"备注：此表无", true},
    {"本表无数据", true},
    {"此表无数据", true},
    {"此表为空", true},
    {"本表为空表", true},
    {"注：此表为空表。", true},
    {"该表无数据，为空表", true},
    {"本表本年无发生额", true},
    {"注：本部门没有使用政府性基金预算安排的支出，故本表无数据。", true},
    {"注：本单位2026年没有政府性基金预算拨款安排的支出，本表为空表。", true},
    {"注：本单位无政府性基金预算支出，故此表为空。", true},
    {"说明：我单位无国有资本经营预算支出，本表为零。", true},
    {"（注：2026年没有使用国有资本经营预算拨款安排的支出。）", true},
    {"注：我局2026年无政府性基金预算收支。", true},
    {"备注：本部门不涉及政府性基金预算支出", true},
    {"本单位2026年度未安排政府性基金预算支出", true},
    {"示例市档案馆2026年没有使用政府性基金预算拨款安排的支出，本表无数据。", true},
    {"注：本年度无此项支出", true},
    {"注：本部门无此项业务，以空表列示。", true},
    {"无此项支出，空表公开。", true},
    {"注：本单位无此项预算", true},
    {"注：本表按四舍五入列示", false},
    {"注：此表如无数字则表示单位无该项支出", false},
    {"注：本表如为空表，则表示没有相关收支。", false},
    {"说明：空表表示本部门无相关收支情况", false},
    {"注：若本表为空，则本部门无此项收支", false},
    {"注：本表反映部门本年度政府性基金预算财政拨款支出情况。", false},
    {"注：表中金额为零的表示没有安排支出", false},
    {"注：本套报表金额单位转换时可能存在尾数误差。", false},
    {"注：不含教学科研人员学术交流的费用", false},
    {"备注：财政拨款不含上年结转", false},
};

static void
test_notes(G_GNUC_UNUSED void **state)
{
    for (guint i = 0; i < G_N_ELEMENTS(notes); i++) {
        g_autofree char *text = g_strconcat("2026年政府性基金预算支出表\n单位：万元\n\n" PLAIN_HEADER "201\t一般公共服务支出\t\n20126\t档案事务\t0.00\n\n",
                                            notes[i].note, "\n", NULL);
        Tree *tree = read_page(text);
        const TreeTable *table = tree->tables->len > 0 ? tree->tables->pdata[0] : NULL;
        compare("note", notes[i].note, table != NULL && table->declared_empty ? "empty" : "not empty", notes[i].empty ? "empty" : "not empty");
        tree_free(tree);
    }
    all_agree();
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_titles),       cmocka_unit_test(test_decorated_titles),
        cmocka_unit_test(test_columns),      cmocka_unit_test(test_items),
        cmocka_unit_test(test_three_public), cmocka_unit_test(test_lines),
        cmocka_unit_test(test_pages),        cmocka_unit_test(test_notes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
