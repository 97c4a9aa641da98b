/* gongkai check as people use it, the columns it prints in, and what several disclosures say of each other. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "between.h"
#include "extract.h"
#include "print.h"
#include "shell.h"

static char *folder;

static int
set_up(void **state)
{
    (void) state;
    folder = g_dir_make_tmp("gongkai-check-XXXXXX", NULL);
    g_setenv("B", g_getenv("BUILD") != NULL ? g_getenv("BUILD") : "build", TRUE);
    g_setenv("T", folder, TRUE);
    return folder != NULL ? 0 : -1;
}

static int
clean_up(void **state)
{
    (void) state;
    g_autoptr(Shell) shell = shell_run("rm -rf \"$T\"");
    g_free(folder);
    return shell->status;
}

/* ---- words in columns ---- */

static void
amounts(void **state)
{
    (void) state;
    static const char *const rows[][3] = {
        {"4227300.00", NULL, "422.73万元"}, {"1430000.00", NULL, "143.00万元"}, {"302.00", NULL, "302.00元"},     {"-130050.50", NULL, "-130050.50元"},
        {"0.00", NULL, "0.00元"},           {"12.00", "count", "12"},           {"86.6300", "percent", "86.63%"}, {NULL, NULL, "-"}};
    for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autofree char *words = print_amount(rows[i][0], rows[i][1]);
        assert_string_equal(words, rows[i][2]);
    }
}

static void
columns(void **state)
{
    (void) state;
    assert_int_equal(print_width("abc"), 3);
    assert_int_equal(print_width("三公经费"), 8);
    assert_int_equal(print_width("e\xCC\x81"), 1);
    Print *print = print_new(true);
    print_style(print, STYLE_BAD, "三公");
    print_pad(print, 8);
    print_text(print, "x\033[2Jy\n");
    print_pad(print, 2);
    g_autofree char *text = print_free(print);
    assert_string_equal(text, "\033[31m三公\033[0m    x?[2Jy\n  "); /* a document does not move the cursor */
}

/* ---- the command ---- */

static void
expect_out(const char *command, int status, const char *out, const char *err)
{
    g_autoptr(Shell) shell = shell_run(command);
    if (shell->status != status)
        fail_msg("%s ends with %d\n%s%s", command, shell->status, shell->out, shell->err);
    if (out != NULL && strstr(shell->out, out) == NULL)
        fail_msg("%s does not print \"%s\"\n%s", command, out, shell->out);
    if (err != NULL && strstr(shell->err, err) == NULL)
        fail_msg("%s does not say \"%s\"\n%s", command, err, shell->err);
    assert_null(strchr(shell->out, '\033'));
}

static void
status_and_words(void **state)
{
    (void) state;
    expect_out("$B/gongkai check tests/identities/budget.txt", 0, "all agree", NULL);
    expect_out("$B/gongkai check -w tests/identities/budget.txt", 0, "", NULL);
    expect_out("sed 's/公务接待费3.03万元/公务接待费3.83万元/' tests/identities/budget.txt >$T/wrong.txt; $B/gongkai check $T/wrong.txt", 1,
           "3.83万元 against 3.03万元, difference 0.80万元", NULL);
    expect_out("$B/gongkai check tests/identities/parts.txt", 1, "missing    table three_public (required by", NULL);
    expect_out("$B/gongkai check Makefile", 2, NULL, "Makefile: ");
    expect_out("$B/gongkai check $T/nowhere.pdf", 74, NULL, "nowhere.pdf: ");
    expect_out("$B/gongkai check", 64, NULL, "no file or folder given");
    expect_out("$B/gongkai check --help", 0, "--json", NULL);
    expect_out("$B/gongkai check tests/identities/budget.txt >/dev/full", 74, NULL, "standard output");
}

static void
as_json(void **state)
{
    (void) state;
    expect_out("$B/gongkai check --json $T/wrong.txt", 1,
           "{\"type\":\"record\",\"department\":\"临河市外事办公室\",\"scope\":\"department\",\"kind\":\"budget\",\"year\":2023,", NULL);
    expect_out("$B/gongkai check --json $T/wrong.txt", 1, "\"scope\":\"公务接待费\",\"left\":38300.00,\"right\":30300.00,\"difference\":8000.00,", NULL);
}

/* Records made before are as good as the documents: a folder, a file, a file of lines, one spread over lines. */
static void
of_records(void **state)
{
    (void) state;
    expect_out("$B/gongkai -q -o $T/out tests/identities/budget.txt tests/identities/final.txt; $B/gongkai check $T/out", 1,
           "between disclosures: 4 figures compared, 0 disagree", NULL);
    expect_out("$B/gongkai check $T/out >$T/a; $B/gongkai check tests/identities/budget.txt tests/identities/final.txt >$T/b; cmp $T/a $T/b", 0, NULL, NULL);
    expect_out("$B/gongkai -q tests/identities/budget.txt tests/identities/final.txt >$T/lines.json; $B/gongkai check $T/lines.json", 1, "4 figures compared",
           NULL);
    expect_out("$B/gongkai -q --pretty tests/identities/budget.txt >$T/pretty.json; $B/gongkai check $T/pretty.json", 0, "all agree", NULL);
    expect_out("echo nonsense >$T/bad.json; $B/gongkai check $T/bad.json", 2, NULL, "bad.json: ");
}

/* ---- between disclosures ---- */

static char *
edited(const char *name, const char *const *edits)
{
    g_autofree char *path = g_build_filename("tests/identities", name, NULL);
    g_autofree char *text = NULL;
    assert_true(g_file_get_contents(path, &text, NULL, NULL));
    g_autoptr(GString) whole = g_string_new(text);
    for (guint i = 0; edits != NULL && edits[i] != NULL; i += 2)
        if (g_string_replace(whole, edits[i], edits[i + 1], 0) == 0)
            fail_msg("%s has no \"%s\"", name, edits[i]);
    return g_string_free(g_steal_pointer(&whole), FALSE);
}

static void
add_text(Between *between, const char *name, const char *text)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GBytes) bytes = g_bytes_new(text, strlen(text));
    g_autoptr(Document) document = document_new_from_bytes(bytes, name, &error);
    g_autoptr(Tree) tree = tree_new_from_document(document, &error);
    g_autoptr(GPtrArray) trees = g_ptr_array_new();
    g_ptr_array_add(trees, tree);
    g_autoptr(GPtrArray) records = records_new_from_trees(trees, NULL, &error);
    g_assert_no_error(error);
    assert_int_equal(records->len, 1);
    g_autoptr(Record) record = records->pdata[0];
    g_ptr_array_set_free_func(records, NULL);
    assert_true(between_add(between, record, &error));
}

static void
add(Between *between, const char *name, const char *const *edits)
{
    g_autofree char *text = edited(name, edits);
    add_text(between, name, text);
}

/* How many figures rule compares, and how many of them disagree. */
static void
expect_between(const Between *between, const char *rule, guint compared, guint wrong)
{
    g_autoptr(GPtrArray) findings = between_compare(between);
    guint count = 0, failed = 0;
    for (guint i = 0; i < findings->len; i++) {
        const BetweenFinding *finding = findings->pdata[i];
        count += strcmp(finding->rule, rule) == 0;
        failed += strcmp(finding->rule, rule) == 0 && !finding->ok;
    }
    if (count != compared || failed != wrong)
        fail_msg("%s: %u figures compared, %u disagree", rule, count, failed);
}

static void
budget_and_final(void **state)
{
    (void) state;
    static const char *const wrong[] = {"9.09\t2.02\t4.04\t0.00\t4.04\t3.03\t8.08", "9.59\t2.52\t4.04\t0.00\t4.04\t3.03\t8.08", NULL};
    for (guint bad = 0; bad < 2; bad++) {
        g_autoptr(Between) between = between_new(NULL);
        add(between, "budget.txt", NULL);
        add(between, "final.txt", bad ? wrong : NULL);
        expect_between(between, "D01", 4, bad ? 2 : 0);
    }
}

/* The year before closed with 10.10, of which 4.04 of the fund. */
static void
one_year_and_the_next(void **state)
{
    (void) state;
    static const char *const before[] = {"2023年",
                                         "2022年",
                                         "年末结转和结余\t9.09\n",
                                         "年末结转和结余\t10.10\n",
                                         "年末财政拨款结转和结余\t9.09",
                                         "年末财政拨款结转和结余\t10.10",
                                         "合计\t\t4.04\t20.20\t18.18\t\t18.18\t6.06",
                                         "合计\t\t4.04\t20.20\t18.18\t\t18.18\t4.04",
                                         NULL};
    static const char *const other[] = {"2023年", "2022年", NULL};
    for (guint bad = 0; bad < 2; bad++) {
        g_autoptr(Between) between = between_new(NULL);
        add(between, "final.txt", NULL);
        add(between, "final.txt", bad ? other : before);
        expect_between(between, "D02", 3, bad ? 3 : 0);
    }
}

/* "收入预算总计144.43万元，比上年增加13.13万元": last year's disclosure has 131.30. */
static void
changes_told(void **state)
{
    (void) state;
    static const char *const before[] = {"2023年", "2022年", "收入总计\t144.43", "收入总计\t131.30", "合计\t9.09\t9.09", "合计\t10.10\t10.10", NULL};
    static const char *const other[] = {"2023年", "2022年", NULL};
    for (guint bad = 0; bad < 2; bad++) {
        g_autoptr(Between) between = between_new(NULL);
        add(between, "budget.txt", NULL);
        add(between, "budget.txt", bad ? other : before);
        expect_between(between, "D03", 2, bad ? 2 : 0);
    }
}

/* A department of two units; its revenue table has a row for each. */
static const char units_text[] = "%s\n2023年%s预算公开\n\n第一部分 概况\n\n一、主要职责\n\n管理本市水务。\n\n第二部分 2023年%s预算报表\n\n"
                                 "2023年收支总表\n单位：万元\n收入\t\t支出\t\n项目\t预算数\t项目\t预算数\n一、一般公共预算\t%s\t一、农林水支出\t%s\n"
                                 "收入总计\t%s\t支出总计\t%s\n\n\n2023年收入总表\n单位：万元\n单位名称\t合计\t一般公共预算\n合计\t%s\t%s\n%s\n\n";

static void
add_unit(Between *between, const char *name, bool unit, const char *total, const char *rows)
{
    const char *scope = unit ? "单位" : "部门";
    g_autofree char *text = g_strdup_printf(units_text, name, scope, scope, total, total, total, total, total, total, rows);
    add_text(between, "unit.txt", text);
}

static void
department_and_units(void **state)
{
    (void) state;
    for (guint bad = 0; bad < 2; bad++) {
        g_autoptr(Between) between = between_new(NULL);
        add_unit(between, "临河市水务局", false, "50.05", "临河市水利工程中心\t30.03\t30.03\n临河市水文站\t20.02\t20.02");
        add_unit(between, "临河市水利工程中心", true, "30.03", "临河市水利工程中心\t30.03\t30.03");
        expect_between(between, "D04", 0, 0); /* one of them is not there */
        add_unit(between, "临河市水文站", true, bad ? "25.02" : "20.02", "临河市水文站\t20.02\t20.02");
        expect_between(between, "D04", 1, bad);
        expect_between(between, "D05", 2, bad);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(amounts),
        cmocka_unit_test(columns),
        cmocka_unit_test(status_and_words),
        cmocka_unit_test(as_json),
        cmocka_unit_test(of_records),
        cmocka_unit_test(budget_and_final),
        cmocka_unit_test(one_year_and_the_next),
        cmocka_unit_test(changes_told),
        cmocka_unit_test(department_and_units),
    };
    return cmocka_run_group_tests(tests, set_up, clean_up);
}
