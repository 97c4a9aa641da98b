#include "digits.h"

#include <string.h>

#include "rules.h"

/* The digit that `text` begins with, or -1. */
static int
digit_at(const Rules *rules, const char *text)
{
    static const char stem[] = "digit_";
    for (guint i = 0; i < rules_count(rules); i++) {
        const Rule *rule = rules_at(rules, i);
        if (g_str_has_prefix(rule_id(rule), stem) && rule_match(rule, text, 0, NULL))
            return rule_id(rule)[strlen(stem)] - '0';
    }
    return -1;
}

char *
digits_fold_years(const char *text)
{
    const Rules *rules = rules_get("digits", NULL, NULL);
    GString *folded = g_string_new(NULL);
    const char *from = text;
    RuleMatch match;
    while (rules != NULL && rule_match(rules_find(rules, "year"), from, 0, &match)) {
        size_t start = match.start, end = match.end;
        g_string_append_len(folded, from, (gssize) start);
        for (const char *p = from + start; p < from + end; p = g_utf8_next_char(p))
            g_string_append_printf(folded, "%d", digit_at(rules, p));
        from += end;
    }
    g_string_append(folded, from);
    return g_string_free(folded, FALSE);
}

int
digits_value(const char *number)
{
    const Rules *rules = rules_get("digits", NULL, NULL);
    const Rule *ten = rules != NULL ? rules_find(rules, "ten") : NULL;
    int value = 0;
    for (const char *p = number; ten != NULL && *p != '\0'; p = g_utf8_next_char(p)) {
        int digit = digit_at(rules, p);
        if (rule_match(ten, p, 0, NULL))
            value = MAX(value, 1) * 10;
        else if (digit >= 0)
            value += digit;
        else
            return 0;
    }
    return value;
}
