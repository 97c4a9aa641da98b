#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <glib.h>

#include "money.h"

static void
kinds(void **state)
{
    (void) state;
    static const struct {
        const char *printed;
        FigureKind kind;
    } cases[] = {
        {NULL, FIGURE_BLANK},
        {"", FIGURE_BLANK},
        {" 　\n", FIGURE_BLANK},
        {"-", FIGURE_DASH},
        {"—", FIGURE_DASH},
        {"--", FIGURE_DASH},
        {"/", FIGURE_DASH},
        {"**", FIGURE_DASH},
        {"无", FIGURE_DASH},
        {"0", FIGURE_NUMBER},
        {"0.00", FIGURE_NUMBER},
        {"1,234.50", FIGURE_NUMBER},
        {"（-3.2）", FIGURE_NUMBER},
        {"-20,442.30", FIGURE_NUMBER},
        {"12%", FIGURE_NUMBER},
        {"１２．５", FIGURE_NUMBER},
        {"1682.7\n6", FIGURE_NUMBER},
        {"1,234,\n567.00", FIGURE_NUMBER},
        {"１，２３４", FIGURE_NUMBER},
        {"− 5.00", FIGURE_NUMBER},
        {"1234567\n8", FIGURE_NUMBER},
        {"12.3.4", FIGURE_UNREADABLE},
        {"1,23.4", FIGURE_UNREADABLE},
        {"1234,567", FIGURE_UNREADABLE},
        {"12.00 13.00", FIGURE_UNREADABLE},
        {"100 200", FIGURE_UNREADABLE},
        {"100\n200", FIGURE_UNREADABLE},
        {"12.00\n13.00", FIGURE_UNREADABLE},
        {".62", FIGURE_UNREADABLE},
        {"12.", FIGURE_UNREADABLE},
        {"1.2E+05", FIGURE_UNREADABLE},
        {"2.5,", FIGURE_UNREADABLE},
        {"合计", FIGURE_WORDS},
        {"30万元", FIGURE_WORDS},
        {"（1）", FIGURE_WORDS},
        {"2026年", FIGURE_WORDS},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++)
        if (figure_kind(cases[i].printed) != cases[i].kind)
            fail_msg("%s: %d, wanted %d", cases[i].printed, figure_kind(cases[i].printed), cases[i].kind);
}

static void
expect(const char *printed, const char *unit, const char *yuan, Money quantum)
{
    Money money = 0;
    Money step = 0;
    assert_true(money_read(printed, unit, &money, &step));
    g_autofree char *told = money_print(money);
    assert_string_equal(told, yuan);
    assert_int_equal(step, quantum);
}

static void
reads_exactly(void **state)
{
    (void) state;
    expect("327.26", "万元", "3272600.00", 100 * MONEY_YUAN);
    expect("9,616.338314", "万元", "96163383.14", MONEY_YUAN / 100);
    expect("288,280,739", "元", "288280739.00", MONEY_YUAN);
    expect("-0.07", NULL, "-0.07", MONEY_YUAN / 100);
    expect("12345678901234.56", "元", "12345678901234.56", MONEY_YUAN / 100);
    expect("1.5", "亿元", "150000000.00", 10000000 * (Money) MONEY_YUAN);
    expect("0.00001", "万元", "0.10", MONEY_YUAN / 10);
    expect("0.0001", "元", "0.0001", 1);
    expect("+7", "千元", "7000.00", 1000 * MONEY_YUAN);
    expect("922337203685477.5807", "元", "922337203685477.5807", 1);
}

static void
refuses(void **state)
{
    (void) state;
    Money money = 42;
    assert_false(money_read("0.00005", "元", &money, NULL));
    assert_false(money_read("922337203685477.5808", "元", &money, NULL));
    assert_false(money_read("99999999999999999999999999", "亿元", &money, NULL));
    assert_false(money_read("99999999999999999999999999999999999999999", "元", &money, NULL));
    assert_false(money_read("12%", "元", &money, NULL));
    assert_false(money_read("12", "辆", &money, NULL));
    assert_false(money_read("", "元", &money, NULL));
    assert_false(money_read(NULL, "元", &money, NULL));
    assert_false(money_parse(NULL, &money));
    assert_int_equal(money, 42);
}

static void
prints_what_it_parses(void **state)
{
    (void) state;
    for (Money money = -123456; money < 123456; money += 97) {
        g_autofree char *told = money_print(money);
        Money back = 0;
        assert_true(money_parse(told, &back));
        assert_int_equal(back, money);
    }
}

static void
plain_numbers(void **state)
{
    (void) state;
    static const char *const pairs[][2] = {{"26.32", "26.32"}, {"100.00％", "100.00"}, {"1,234", "1234"},
                                           {"007.5", "7.5"},   {"-60.86%", "-60.86"},  {"000", "0"}};
    for (size_t i = 0; i < G_N_ELEMENTS(pairs); i++) {
        g_autofree char *told = number_print(pairs[i][0]);
        assert_string_equal(told, pairs[i][1]);
    }
    assert_null(number_print("十二"));
    assert_null(number_print(NULL));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(kinds),         cmocka_unit_test(reads_exactly), cmocka_unit_test(refuses), cmocka_unit_test(prints_what_it_parses),
        cmocka_unit_test(plain_numbers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
