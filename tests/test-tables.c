/* From printed rows to canonical rows: headers, codes, sides, bands, 三公, continuation. Each case is a page of text. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "extract.h"
#include "normalize.h"
#include "pages.h"
#include "trees.h"

typedef struct {
    Tree *tree;
    GPtrArray *tables; /* RecordTable */
    GPtrArray *diags;
} Reading;

static Reading
read_text(const char *text, int kind)
{
    Reading reading = {.tables = g_ptr_array_new_with_free_func((GDestroyNotify) record_table_free)};
    g_autoptr(GBytes) bytes = g_bytes_new(text, strlen(text));
    g_autoptr(GError) error = NULL;
    g_autoptr(Document) document = document_new_from_bytes(bytes, "case.txt", &error);
    assert_null(error);
    reading.tree = tree_new_from_document(document, &error);
    assert_null(error);
    tree_check(reading.tree);
    for (guint i = 0; i < reading.tree->tables->len; i++)
        g_ptr_array_add(reading.tables, record_table_new(reading.tree->tables->pdata[i], kind, 0, &reading.diags));
    return reading;
}

static void
reading_clear(Reading *reading)
{
    tree_free(reading->tree);
    g_ptr_array_unref(reading->tables);
    for (guint i = 0; reading->diags != NULL && i < reading->diags->len; i++)
        shape_free(&diag_shape, reading->diags->pdata[i]);
    if (reading->diags != NULL)
        g_ptr_array_unref(reading->diags);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Reading, reading_clear)

static const RecordTable *
table_at(const Reading *reading, guint index)
{
    assert_true(index < reading->tables->len);
    return reading->tables->pdata[index];
}

/* The row of that code, name or item; fails the test when there is none. */
static const RecordRow *
row_of(const RecordTable *table, const char *side, const char *what)
{
    for (guint r = 0; r < table->rows->len; r++) {
        const RecordRow *row = table->rows->pdata[r];
        bool named =
            g_strcmp0(row->code, what) == 0 || g_strcmp0(row->name, what) == 0 || g_strcmp0(row->item, what) == 0 || g_strcmp0(row->unit_name, what) == 0;
        if (named && g_strcmp0(row->side, side) == 0)
            return row;
    }
    fail_msg("no row %s in %s", what, table->title);
    return NULL;
}

static void
expect(const RecordTable *table, const char *side, const char *what, const char *column, const char *amount)
{
    const char *found = entries_get(row_of(table, side, what)->amounts, column);
    if (g_strcmp0(found, amount) != 0)
        fail_msg("%s, %s, %s: %s where %s is printed", table->title, what, column, found, amount);
}

#define CAPTION(title) title "\n部门名称：示例市档案馆\t\t单位：万元\n\n"

static void
test_header_paths(G_GNUC_UNUSED void **state)
{
    g_auto(Reading) reading = read_text(CAPTION("2023年一般公共预算支出表") "项目\t\t2022年预算数\t2023年预算数\t\t\n"
                                                                            "科目编码\t科目名称\t\t合计\t基本支出\t项目支出\n"
                                                                            "合计\t\t9.00\t10.50\t6.00\t4.50\n"
                                                                            "201\t一般公共服务支出\t9.00\t10.50\t6.00\t4.50\n",
                                        0);
    const RecordTable *table = table_at(&reading, 0);
    assert_string_equal(table->id, "general_public_expenditure");
    assert_string_equal(table->unit, "万元");
    expect(table, NULL, "201", "total", "105000.00");
    expect(table, NULL, "201", "basic", "60000.00");
    expect(table, NULL, "201", "prior_year", "90000.00");
    expect(table, NULL, "total", "project", "45000.00");
    assert_int_equal(row_of(table, NULL, "total")->level, 0);
}

static void
test_code_forms(G_GNUC_UNUSED void **state)
{
    static const char *const forms[] = {
        "科目编码\t科目名称\t合计\n201\t一般公共服务支出\t7.00\n20126\t档案事务\t7.00\n2012601\t行政运行\t7.00\n",
        "科目\t合计\n[201]一般公共服务支出\t7.00\n[20126]档案事务\t7.00\n[2012601]行政运行\t7.00\n",
        "科目\t合计\n201-一般公共服务支出\t7.00\n20126-档案事务\t7.00\n2012601-行政运行\t7.00\n",
        "科目编码\t\t\t科目名称\t合计\n类\t款\t项\t\t\n201\t\t\t一般公共服务支出\t7.00\n201\t26\t\t档案事务\t7.00\n201\t26\t01\t行政运行\t7.00\n",
        "科目编码\t\t\t科目名称\t合计\n类\t款\t项\t\t\n201\t\t\t一般公共服务支出\t7.00\n\t26\t\t档案事务\t7.00\n\t\t01\t行政运行\t7.00\n",
        "科目编码\t科目名称\t合计\n201\t一般公共服务支出\t7.00\n26\t档案事务\t7.00\n01\t行政运行\t7.00\n",
        "科目\t合计\n一般公共服务支出（201）\t7.00\n档案事务（20126）\t7.00\n行政运行（2012601）\t7.00\n",
    };
    for (guint i = 0; i < G_N_ELEMENTS(forms); i++) {
        g_autofree char *text = g_strconcat(CAPTION("2023年支出总表"), forms[i], NULL);
        g_auto(Reading) reading = read_text(text, 0);
        const RecordTable *table = table_at(&reading, 0);
        assert_string_equal(table->id, "expenditure");
        assert_int_equal(table->rows->len, 3);
        expect(table, NULL, "201", "total", "70000.00");
        expect(table, NULL, "20126", "total", "70000.00");
        const RecordRow *row = row_of(table, NULL, "2012601");
        assert_string_equal(row->name, "行政运行");
        assert_string_equal(row->code_from, "printed");
        assert_int_equal(row->level, 3);
    }
}

static void
test_two_sides(G_GNUC_UNUSED void **state)
{
    g_auto(Reading) reading = read_text(CAPTION("2023年收支总表") "收入\t\t支出\t\n项目\t预算数\t项目\t预算数\n"
                                                                  "一、一般公共预算\t12.00\t一、一般公共服务支出\t11.50\n"
                                                                  "二、政府性基金预算\t\t二、卫生健康支出\t0.50\n"
                                                                  "本年收入合计\t12.00\t本年支出合计\t12.00\n"
                                                                  "上年结转\t\t年终结转\t\n收入总计\t12.00\t支出总计\t12.00\n",
                                        0);
    const RecordTable *table = table_at(&reading, 0);
    assert_string_equal(table->id, "revenue_expenditure");
    expect(table, "revenue", "一般公共预算", "total", "120000.00");
    expect(table, "expenditure", "210", "total", "5000.00");
    assert_string_equal(row_of(table, "expenditure", "210")->code_from, "codebook");
    expect(table, "revenue", "revenue_subtotal", "total", "120000.00");
    expect(table, "expenditure", "expenditure_total", "total", "120000.00");
    assert_null(entries_get(row_of(table, "revenue", "opening_carryover")->amounts, "total"));
}

static void
test_bands(G_GNUC_UNUSED void **state)
{
    g_auto(Reading) reading = read_text(CAPTION("一般公共预算财政拨款基本支出决算明细表") "人员经费\t\t\t公用经费\t\t\n"
                                                                                          "科目编码\t科目名称\t决算数\t科目编码\t科目名称\t决算数\n"
                                                                                          "301\t工资福利支出\t5.00\t302\t商品和服务支出\t1.20\n"
                                                                                          "30101\t基本工资\t5.00\t30201\t办公费\t1.20\n"
                                                                                          "人员经费合计\t\t5.00\t公用经费合计\t\t1.20\n",
                                        1);
    const RecordTable *table = table_at(&reading, 0);
    assert_string_equal(table->id, "general_public_basic");
    expect(table, NULL, "30101", "actual", "50000.00");
    expect(table, NULL, "30201", "actual", "12000.00");
    expect(table, NULL, "公用经费合计", "actual", "12000.00");
    assert_null(row_of(table, NULL, "302")->side);
}

static void
test_three_public_down(G_GNUC_UNUSED void **state)
{
    g_auto(Reading) reading =
        read_text(CAPTION("2023年一般公共预算“三公”经费支出预算表") "项目\t合计\t一般公共预算\n"
                                                                    "因公出国（境）费\t\t\n公务接待费\t3.07\t3.07\n公务用车购置及运行费\t2.00\t2.00\n"
                                                                    "①公务用车购置费\t\t\n②公务用车运行维护费\t2.00\t2.00\n合计\t5.07\t5.07\n",
                  0);
    const RecordTable *table = table_at(&reading, 0);
    assert_string_equal(table->id, "three_public");
    expect(table, NULL, "reception", "total", "30700.00");
    expect(table, NULL, "vehicle_operation", "general_public", "20000.00");
    expect(table, NULL, "total", "total", "50700.00");
    assert_string_equal(row_of(table, NULL, "vehicle_purchase")->name, "公务用车购置费");
    assert_null(entries_get(row_of(table, NULL, "abroad")->amounts, "total"));
}

/* The same twelve figures in both orders that final accounts print them. */
static void
test_three_public_orders(G_GNUC_UNUSED void **state)
{
    static const char *const orders[] = {
        "预算数\t\t\t\t\t\t决算数\t\t\t\t\t\n"
        "合计\t因公出国（境）费\t公务用车购置及运行费\t\t\t公务接待费\t合计\t因公出国（境）费\t公务用车购置及运行费\t\t\t公务接待费\n"
        "\t\t小计\t公务用车购置费\t公务用车运行费\t\t\t\t小计\t公务用车购置费\t公务用车运行费\t\n"
        "9.00\t1.00\t6.00\t2.00\t4.00\t2.00\t8.00\t0.50\t6.00\t2.50\t3.50\t1.50\n",
        "合计\t\t因公出国（境）费\t\t公务用车购置及运行费\t\t公务用车购置费\t\t公务用车运行费\t\t公务接待费\t\n"
        "预算数\t决算数\t预算数\t决算数\t预算数\t决算数\t预算数\t决算数\t预算数\t决算数\t预算数\t决算数\n"
        "9.00\t8.00\t1.00\t0.50\t6.00\t6.00\t2.00\t2.50\t4.00\t3.50\t2.00\t1.50\n"};
    for (guint i = 0; i < G_N_ELEMENTS(orders); i++) {
        g_autofree char *text = g_strconcat(CAPTION("财政拨款“三公”经费支出决算表"), orders[i], NULL);
        g_auto(Reading) reading = read_text(text, 1);
        const RecordTable *table = table_at(&reading, 0);
        expect(table, NULL, "total", "budget", "90000.00");
        expect(table, NULL, "total", "actual", "80000.00");
        expect(table, NULL, "vehicle", "actual", "60000.00");
        expect(table, NULL, "vehicle_purchase", "actual", "25000.00");
        expect(table, NULL, "vehicle_operation", "budget", "40000.00");
        expect(table, NULL, "reception", "actual", "15000.00");
        expect(table, NULL, "abroad", "budget", "10000.00");
    }
}

static void
test_three_public_years(G_GNUC_UNUSED void **state)
{
    g_auto(Reading) reading =
        read_text(CAPTION("2023年“三公”经费及会议费支出预算表") "年度\t合计\t“三公”经费\t\t\t会议费\n\t\t小计\t公务接待费\t公务用车运行维护费\t\n"
                                                                "2022年\t9.00\t6.00\t2.00\t4.00\t3.00\n2023年\t8.00\t5.00\t1.00\t4.00\t3.00\n"
                                                                "增减率\t-11.11%\t-16.67%\t-50.00%\t0.00%\t0.00%\n",
                  0);
    const RecordTable *table = table_at(&reading, 0);
    expect(table, NULL, "total", "total", "50000.00");
    expect(table, NULL, "total", "prior_year", "60000.00");
    expect(table, NULL, "reception", "prior_year", "20000.00");
    expect(table, NULL, "meeting", "total", "30000.00");
    /* A rate is no amount, and the 合计 with 会议费 in it is no 三公 total. */
    assert_string_equal(entries_get(row_of(table, NULL, "reception")->rates, "change_percent"), "-50.00");
    assert_null(row_of(table, NULL, "合计")->item);
    expect(table, NULL, "合计", "total", "80000.00");
}

static void
test_continuation(G_GNUC_UNUSED void **state)
{
    static const char first[] = CAPTION("2023年支出总表") "科目编码\t科目名称\t合计\n合计\t\t9.00\n201\t一般公共服务支出\t7.00\n";
    static const char *const rest[] = {
        "\n210\t卫生健康支出\t2.00\n",
        "\n科目编码\t科目名称\t合计\n210\t卫生健康支出\t2.00\n",
        "\n" CAPTION("2023年支出总表") "科目编码\t科目名称\t合计\n210\t卫生健康支出\t2.00\n",
    };
    for (guint i = 0; i < G_N_ELEMENTS(rest); i++) {
        g_autofree char *text = g_strconcat(first, rest[i], NULL);
        g_auto(Reading) reading = read_text(text, 0);
        assert_int_equal(reading.tables->len, 1);
        assert_int_equal(table_at(&reading, 0)->rows->len, 3);
        expect(table_at(&reading, 0), NULL, "210", "total", "20000.00");
    }
    g_autofree char *other =
        g_strconcat(first, "\n2023年支出总表\n部门名称：示例市图书馆\t\t单位：万元\n\n科目编码\t科目名称\t合计\n210\t卫生健康支出\t2.00\n", NULL);
    g_auto(Reading) reading = read_text(other, 0);
    assert_int_equal(reading.tables->len, 2);
}

static void
test_no_data(G_GNUC_UNUSED void **state)
{
    static const struct {
        const char *body;
        int status;
    } cases[] = {
        {"合计\t\t\n\n注：本表无数据\n", 1},
        {"合计\t\t0.00\n229\t其他支出\t0.00\n\n注：本表无数据\n", 1},
        {"合计\t\t0.00\n229\t其他支出\t0.00\n", 0},
        {"合计\t\t5.00\n229\t其他支出\t5.00\n\n注：此表如无数字则表示单位无该项支出\n", 0},
    };
    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *text = g_strconcat(CAPTION("2023年政府性基金预算支出表"), "科目编码\t科目名称\t合计\n", cases[i].body, NULL);
        g_auto(Reading) reading = read_text(text, 0);
        assert_string_equal(table_at(&reading, 0)->id, "government_fund_expenditure");
        assert_int_equal(table_at(&reading, 0)->status, cases[i].status);
    }
}

static void
test_nothing_is_guessed(G_GNUC_UNUSED void **state)
{
    g_auto(Reading) reading = read_text(CAPTION("2023年支出总表") "科目编码\t科目名称\t合计\t无名之列\n201\t一般公共服务支出\t1.2.3\t8.00\n", 0);
    const RecordTable *table = table_at(&reading, 0);
    const RecordRow *row = row_of(table, NULL, "201");
    assert_null(entries_get(row->amounts, "total"));
    assert_non_null(row->cells);
    assert_string_equal(row->cells->pdata[3], "8.00");
    bool told = false;
    for (guint i = 0; i < reading.diags->len; i++)
        told = told || ((Diag *) reading.diags->pdata[i])->code == DIAG_NUMBER_UNREADABLE;
    assert_true(told);
    g_auto(Reading) unknown = read_text(CAPTION("2023年来历不明的统计表") "甲类\t乙类\n物品\t3.00\n", 0);
    assert_null(table_at(&unknown, 0)->id);
    assert_string_equal(((RecordRow *) table_at(&unknown, 0)->rows->pdata[0])->cells->pdata[1], "3.00");
}

/* What stands beside the items of a 三公 table across is no money of theirs, and none of it is lost. */
static void
test_three_public_counts(G_GNUC_UNUSED void **state)
{
    g_auto(Reading) reading = read_text(
        CAPTION("2023年“三公”经费支出预算表") "单位编码\t单位名称\t合计\t公务接待费\t公务用车运行维护费\t公务用车保有量（辆）\t国内公务接待批次（个）\t旁注\n"
                                              "037\t示例市档案馆\t5.00\t1.00\t4.00\t2\t18\t7.00\n",
        0);
    const RecordTable *table = table_at(&reading, 0);
    expect(table, NULL, "reception", "total", "10000.00");
    expect(table, NULL, "公务用车保有量（辆）", "total", NULL);
    assert_string_equal(entries_get(row_of(table, NULL, "公务用车保有量（辆）")->counts, "total"), "2");
    assert_string_equal(entries_get(row_of(table, NULL, "国内公务接待批次（个）")->counts, "total"), "18");
    const RecordRow *first = table->rows->pdata[0];
    assert_string_equal(first->unit_code, "037");
    assert_string_equal(row_of(table, NULL, "reception")->unit_code, "037");
    assert_string_equal(first->cells->pdata[0], "037");
    assert_string_equal(first->cells->pdata[7], "7.00");
}

/* A total's word stands over the columns of units' codes and names. */
static void
test_total_over_units(G_GNUC_UNUSED void **state)
{
    g_auto(Reading) reading = read_text(CAPTION("2023年收入总表") "部门代码\t部门名称\t合计\t一般公共预算\n合计\t\t5.00\t5.00\n024\t示例市审计局\t5.00\t5.00\n", 0);
    const RecordRow *total = row_of(table_at(&reading, 0), NULL, "total"), *unit = row_of(table_at(&reading, 0), NULL, "示例市审计局");
    assert_null(total->unit_code);
    assert_string_equal(total->name, "合计");
    assert_string_equal(unit->unit_code, "024");
}

/* Numbers of columns stand under the header; the same numbers further down are figures. */
static void
test_index_rows(G_GNUC_UNUSED void **state)
{
    g_auto(Reading) reading = read_text(CAPTION("2023年支出总表") "合计\t基本支出\t项目支出\n1\t2\t3\n6.50\t4.50\t2.00\n3\t4\t5\n", 0);
    const RecordTable *table = table_at(&reading, 0);
    assert_int_equal(table->rows->len, 2);
    assert_string_equal(entries_get(((RecordRow *) table->rows->pdata[1])->amounts, "total"), "30000.00");
}

static void
expect_cells(const TreeTable *table, guint row, const char *first, const char *second, const char *third)
{
    const char *const expected[] = {first, second, third};
    const TreeRow *found = table->rows->pdata[row];
    for (guint c = 0; c < G_N_ELEMENTS(expected); c++)
        assert_int_equal(g_strcmp0(found->cells->pdata[c], expected[c]), 0);
}

/* A page break cuts a row through several cells; where a row may lack figures, or a word begins one, nothing is joined. */
static void
rows_cut_by_a_page_break(void **state)
{
    (void) state;
    static const char head[] = "^政府采购预算表\n单位：万元\n项目名称\t品目名称\t金额\n档案整理服\t办公用\t1.10\n车辆维修和保\t维修服\t2.50\n\f\n";
    g_autofree char *cut = g_strconcat(head, "养项目\t务\t\n印刷\t印刷服务\t3.00\n", NULL);
    g_autoptr(Tree) tree = pages_parse(cut, false);
    assert_int_equal(tree->tables->len, 1);
    const TreeTable *table = tree->tables->pdata[0];
    assert_int_equal(table->rows->len, 3);
    expect_cells(table, 1, "车辆维修和保\n养项目", "维修服\n务", "2.50");
    expect_cells(table, 2, "印刷", "印刷服务", "3.00");

    g_autofree char *begun = g_strconcat(head, "（二）其他\t印刷服务\t\n印刷\t印刷服务\t3.00\n", NULL);
    g_autoptr(Tree) other = pages_parse(begun, false);
    assert_int_equal(((const TreeTable *) other->tables->pdata[0])->rows->len, 4);
}

/* The page ends below a header's first row: the rows below it head their columns on the next page. */
static void
header_cut_by_a_page_break(G_GNUC_UNUSED void **state)
{
    g_autoptr(Document) document = pages_new(
        "^示例市档案馆2025年部门预算\n\f一、部门职责\n负责全市档案工作。\n2025年一般公共预算“三公”经费支出表\n单位：万元\n2024年预算数\t2025年预算数\n\f"
        "合计\t公务接待费\t培训费\t合计\t公务接待费\t培训费\n12.20\t9.60\t2.60\t11.40\t9.00\t2.40",
        false);
    const Page *page = document->pages->pdata[1];
    const Grid *grid = page->grids->pdata[0];
    for (guint i = 0; i < grid->cells->len; i++) {
        Cell *cell = grid->cells->pdata[i];
        const double left = grid->bbox.x0 + 180 * cell->col;
        cell->bbox.x0 = left;
        cell->bbox.x1 = left + 180;
    }
    g_autoptr(GError) error = NULL;
    Tree *tree = tree_new_from_document(document, &error);
    assert_null(error);
    tree_check(tree);
    assert_int_equal(tree->tables->len, 1);
    RecordTable *made = record_table_new(tree->tables->pdata[0], 0, 0, NULL);
    expect(made, NULL, "reception", "prior_year", "96000.00");
    expect(made, NULL, "reception", "total", "90000.00");
    expect(made, NULL, "training", "prior_year", "26000.00");
    record_table_free(made);
    tree_free(tree);
}

static RecordTable *
read_tree(Tree *tree)
{
    GPtrArray *diags = NULL;
    tree_check(tree);
    RecordTable *made = record_table_new(tree->tables->pdata[0], 0, 0, &diags);
    assert_null(diags);
    return made;
}

/* Names alone, set in below each other: the class above tells which of its namesakes an item is. */
static void
names_set_in_are_a_tree(void **state)
{
    (void) state;
    static const char *const columns[] = {"收入项目", "收入预算数", "支出项目", "支出预算数", NULL};
    g_autoptr(Tree) tree = trees_new("a.pdf");
    TreeTable *table = trees_table(tree, "revenue_expenditure", "收支总表", "万元", NULL, columns);
    trees_row(table, "一、财政拨款", "9", "一、一般公共服务支出", "5", NULL);
    trees_row(table, " 1.一般公共预算拨款", "9", " 人大事务", "5", NULL);
    trees_row(table, "", "", "  行政运行", "5", NULL);
    trees_row(table, "", "", "二、社会保障和就业支出", "4", NULL);
    trees_row(table, "", "", " 行政事业单位养老支出", "3", NULL);
    trees_row(table, "", "", "  行政单位离退休", "3", NULL);
    trees_row(table, "", "", " 抚恤", "1", NULL);
    trees_row(table, "", "", "  无人知晓的补助", "1", NULL);
    g_autoptr(RecordTable) made = read_tree(tree);
    static const struct {
        const char *code;
        int level;
    } expected[] = {{NULL, 1}, {"201", 1}, {NULL, 3}, {"20101", 2}, {"2010101", 3}, {"208", 1}, {"20805", 2}, {"2080501", 3}, {"20808", 2}, {NULL, 3}};
    assert_int_equal(made->rows->len, G_N_ELEMENTS(expected));
    for (guint i = 0; i < G_N_ELEMENTS(expected); i++) {
        const RecordRow *row = made->rows->pdata[i];
        assert_int_equal(g_strcmp0(row->code, expected[i].code), 0);
        assert_int_equal(row->level, expected[i].level);
    }
}

/* The classes of a list that is itself set in, below 本年支出, stay classes. */
static void
classes_set_in_stay_classes(void **state)
{
    (void) state;
    static const char *const columns[] = {"收入项目", "收入预算数", "支出项目", "支出预算数", NULL};
    g_autoptr(Tree) tree = trees_new("a.pdf");
    TreeTable *table = trees_table(tree, "fiscal_appropriation", "财政拨款收支总表", "万元", NULL, columns);
    trees_row(table, "一、本年收入", "9", "一、本年支出", "9", NULL);
    trees_row(table, "", "", " 教育支出", "5", NULL);
    trees_row(table, "", "", " 其他支出", "4", NULL);
    trees_row(table, "", "", "二、结转下年", "", NULL);
    g_autoptr(RecordTable) made = read_tree(tree);
    assert_int_equal(made->rows->len, 5);
    const RecordRow *education = made->rows->pdata[2], *other = made->rows->pdata[3];
    assert_string_equal(education->code, "205");
    assert_string_equal(other->code, "229");
    assert_int_equal(other->level, 1);
}

/* Units and what they spend on in one column: the units are told by name and by what hangs on them. */
static void
units_among_names(void **state)
{
    (void) state;
    static const char *const columns[] = {"支出项目类别", "总计", NULL};
    g_autoptr(Tree) tree = trees_new("a.pdf");
    TreeTable *table = trees_table(tree, "department_basic", "基本支出总表", "万元", NULL, columns);
    trees_row(table, "合计", "10", NULL);
    trees_row(table, "广州市水务局（本级）", "8", NULL);
    trees_row(table, " 工资福利支出", "8", NULL);
    trees_row(table, "  基本工资", "8", NULL);
    trees_row(table, "广州市河涌监测中心", "2", NULL);
    trees_row(table, " 商品和服务支出", "2", NULL);
    trees_row(table, "广州市无人中心", "0", NULL);
    trees_row(table, "商品和服务支出", "0", NULL);
    g_autoptr(RecordTable) made = read_tree(tree);
    static const struct {
        const char *unit, *name, *code;
    } expected[] = {{NULL, "合计", NULL},
                    {"广州市水务局（本级）", NULL, NULL},
                    {"广州市水务局（本级）", "工资福利支出", "301"},
                    {"广州市水务局（本级）", "基本工资", "30101"},
                    {"广州市河涌监测中心", NULL, NULL},
                    {"广州市河涌监测中心", "商品和服务支出", "302"},
                    {NULL, "广州市无人中心", NULL},
                    {NULL, "商品和服务支出", "302"}};
    assert_int_equal(made->rows->len, G_N_ELEMENTS(expected));
    for (guint i = 0; i < G_N_ELEMENTS(expected); i++) {
        const RecordRow *row = made->rows->pdata[i];
        assert_int_equal(g_strcmp0(row->unit_name, expected[i].unit), 0);
        assert_int_equal(g_strcmp0(row->name, expected[i].name), 0);
        assert_int_equal(g_strcmp0(row->code, expected[i].code), 0);
    }
}

/* A band of government classes has their codes, not those of the departments' classes of the same names. */
static void
government_bands_have_their_own_codes(void **state)
{
    (void) state;
    g_auto(Reading) reading = read_text(
        CAPTION(
            "收支总表") "收入\t\t支出\t\t\t\n项目\t预算数\t部门预算支出经济科目\t预算数\t政府预算支出经济科目\t预算数\n"
                        "一、财政拨款\t9.00\t对个人和家庭的补助\t5.00\t对个人和家庭的补助\t5.00\n本年收入合计\t9.00\t本年支出合计\t5.00\t本年支出合计\t5.00\n",
        0);
    const RecordTable *made = table_at(&reading, 0);
    assert_int_equal(made->rows->len, 6);
    assert_string_equal(((const RecordRow *) made->rows->pdata[1])->code, "303");
    assert_string_equal(((const RecordRow *) made->rows->pdata[2])->code, "509");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_header_paths),
        cmocka_unit_test(test_code_forms),
        cmocka_unit_test(test_two_sides),
        cmocka_unit_test(test_bands),
        cmocka_unit_test(test_three_public_down),
        cmocka_unit_test(test_three_public_orders),
        cmocka_unit_test(test_three_public_years),
        cmocka_unit_test(test_continuation),
        cmocka_unit_test(test_no_data),
        cmocka_unit_test(test_nothing_is_guessed),
        cmocka_unit_test(test_three_public_counts),
        cmocka_unit_test(test_index_rows),
        cmocka_unit_test(names_set_in_are_a_tree),
        cmocka_unit_test(classes_set_in_stay_classes),
        cmocka_unit_test(units_among_names),
        cmocka_unit_test(rows_cut_by_a_page_break),
        cmocka_unit_test(header_cut_by_a_page_break),
        cmocka_unit_test(government_bands_have_their_own_codes),
        cmocka_unit_test(test_total_over_units),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
