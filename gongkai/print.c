#include "print.h"

#include <stdarg.h>
#include <string.h>

#include "money.h"

struct Print {
    GString *text;
    gsize line; /* where the last line begins */
    bool colour;
};

Print *
print_new(bool colour)
{
    Print *print = g_new0(Print, 1);
    print->text = g_string_new(NULL);
    print->colour = colour;
    return print;
}

char *
print_free(Print *print)
{
    char *text = g_string_free(print->text, FALSE);
    g_free(print);
    return text;
}

/* A document's words could move the cursor: what controls a terminal is shown as '?'. */
static void
append(Print *print, const char *text)
{
    g_autofree char *valid = g_utf8_make_valid(text, -1);
    for (const char *p = valid; *p != '\0'; p = g_utf8_next_char(p)) {
        gunichar c = g_utf8_get_char(p);
        g_string_append_unichar(print->text, g_unichar_iscntrl(c) && c != '\n' ? '?' : c);
        if (c == '\n')
            print->line = print->text->len;
    }
}

void
print_text(Print *print, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    g_autofree char *text = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    append(print, text);
}

void
print_style(Print *print, Style style, const char *text)
{
    static const char *const codes[] = {[STYLE_STRONG] = "\033[1m", [STYLE_GOOD] = "\033[32m", [STYLE_WARN] = "\033[33m", [STYLE_BAD] = "\033[31m"};
    if (print->colour)
        g_string_append(print->text, codes[style]);
    append(print, text);
    if (print->colour)
        g_string_append(print->text, "\033[0m");
}

int
print_width(const char *text)
{
    int width = 0;
    bool code = false;
    for (const char *p = text; *p != '\0'; p = g_utf8_next_char(p)) {
        gunichar c = g_utf8_get_char(p);
        code = code || c == '\033';
        if (!code)
            width += g_unichar_iszerowidth(c) ? 0 : g_unichar_iswide(c) ? 2 : 1;
        code = code && c != 'm';
    }
    return width;
}

void
print_pad(Print *print, int column)
{
    for (int at = MIN(print_width(print->text->str + print->line), column - 1); at < column; at++)
        g_string_append_c(print->text, ' ');
}

void
print_indent(Print *print, int column)
{
    g_string_append_printf(print->text, "%*s", column, "");
}

/* "422.7300" → "422.73" */
static void
trim(char *decimal, guint keep)
{
    char *point = strchr(decimal, '.');
    gsize length = strlen(decimal);
    while (point != NULL && length > (gsize) (point - decimal) + keep + 1 && decimal[length - 1] == '0')
        decimal[--length] = '\0';
    if (point != NULL && decimal[length - 1] == '.')
        decimal[length - 1] = '\0';
}

char *
print_amount(const char *decimal, const char *unit)
{
    enum { TEN_THOUSAND = 10000 };
    Money money = 0;
    if (!money_parse(decimal, &money))
        return g_strdup("-");
    /* a hundred yuan is the last place of 万元 with two decimals */
    bool large = unit == NULL && money % (100 * (Money) MONEY_YUAN) == 0 && ABS(money) >= 100 * (Money) MONEY_YUAN;
    char *text = money_print(large ? money / TEN_THOUSAND : money);
    trim(text, unit == NULL ? 2 : 0);
    char *words = g_strconcat(text, unit == NULL ? unit_word(large ? TEN_THOUSAND : 1) : strcmp(unit, "percent") == 0 ? "%" : "", NULL);
    g_free(text);
    return words;
}
