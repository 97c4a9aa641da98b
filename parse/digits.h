/* Numbers written in ideographs, read by the rules of digits.rules. */
#pragma once

/* A copy of the text in which years told digit by digit are in figures; the caller frees it. */
char *digits_fold_years(const char *text);
/* The value of a list's number (up to 99); 0 where it is none. */
int digits_value(const char *number);
