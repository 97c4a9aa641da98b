/* Money: exact amounts in 1/10000 yuan, and how printed figures become them. No doubles anywhere. */
#pragma once
#include <glib.h>
#include <stdbool.h>

typedef gint64 Money;
#define MONEY_YUAN 10000

typedef enum { FIGURE_BLANK, FIGURE_DASH, FIGURE_NUMBER, FIGURE_WORDS, FIGURE_UNREADABLE } FigureKind;

/* What a printed cell is. "" and white space: BLANK; - — -- / ** 无: DASH; 1,234.50 （-3.2） 12% full-width digits and a line break inside one
 * number: NUMBER; something with digits that should be a number but is not (two decimals, a comma in the wrong place, 12.3.4): UNREADABLE; else WORDS. */
FigureKind figure_kind(const char *printed);

/* Yuan in a unit of the contract: 元 1, 千元 1000, 万元 10000, 亿元 100000000; NULL reads as 元. 0 for any other word. */
gint64 unit_factor(const char *unit);

/* The word of a unit: 10000 → 万元; NULL where no word means so many yuan. */
const char *unit_word(gint64 factor);

/* A NUMBER in `unit` as Money. `ret_quantum` (may be NULL): one unit in its last printed place. False when it is no number, has more
 * than four decimals of a yuan that are not zero, or does not fit. */
bool money_read(const char *printed, const char *unit, Money *ret_money, Money *ret_quantum);
/* An amount of a Record ("3272600.00"). */
bool money_parse(const char *decimal, Money *ret_money);
/* "3272600.00": two decimals, four only where the last two are not zero. The caller frees it. */
char *money_print(Money money);
/* A printed plain number, percent sign and commas dropped, as a JSON number: "26.32"; NULL when it is none. The caller frees it. */
char *number_print(const char *printed);
