#include "money.h"

#include <string.h>

#include "facts.h"
#include "utf8.h"

/* What a word of figures.tsv means: a factor in yuan, or "none"; NULL for another word. */
static FactsOnce figures = FACTS_ONCE("normalize/data/figures.tsv");

static const char *
figure_word(const char *word)
{
    const GHashTable *words = facts_index(&figures, NULL);
    const char *const *row = words != NULL ? g_hash_table_lookup((GHashTable *) words, word) : NULL;
    return row != NULL ? row[1] : NULL;
}

/* A printed number taken apart: digits without point, sign apart. 37 digits fit 128 bits with room for the unit. */
typedef struct {
    char digits[38];
    int length;
    int decimals;
    bool negative;
    bool percent;
} Figure;

#define NUMBERLIKE "0123456789.,-+()%Ee "

/* One ASCII letter for each sign that stands for the same thing; line breaks stay, for they say more than a space. */
static char *
fold_signs(const char *printed)
{
    if (printed[strspn(printed, NUMBERLIKE)] == '\0') /* nearly all figures are plain already */
        return g_strstrip(g_strdup(printed));
    g_autofree char *narrow = utf8_narrow(printed);
    GString *out = g_string_new(NULL);
    for (const char *p = narrow; *p != '\0'; p = g_utf8_next_char(p)) {
        gunichar c = g_utf8_get_char(p);
        if (c == 0x2212 || (c >= 0x2010 && c <= 0x2015) || c == 0x2500)
            g_string_append_c(out, '-'); /* minus, hyphens, dashes, box line */
        else if (c == '\n' || c == '\r')
            g_string_append_c(out, '\n');
        else if (utf8_is_space(c))
            g_string_append_c(out, ' ');
        else
            g_string_append_unichar(out, c);
    }
    g_strstrip(out->str);
    return g_string_free(out, FALSE);
}

/* A narrow cell breaks a number over two lines; two numbers one under the other are something else. The first piece fills
 * the cell, so the last is shorter where neither point nor comma proves that both belong together. */
static bool
break_is_wrap(const char *text, const char *at)
{
    if (!g_ascii_isdigit(at[-1]) || !g_ascii_isdigit(at[1]))
        return true;
    return strpbrk(text, ".,") != NULL || strlen(at + 1) < (size_t) (at - text);
}

/* White space taken out; NULL where it sets two numbers apart. */
static char *
close_gaps(const char *text)
{
    g_autoptr(GString) out = g_string_new(NULL);
    for (const char *p = text; *p != '\0'; p++) {
        if (*p != ' ' && *p != '\n') {
            g_string_append_c(out, *p);
            continue;
        }
        if (*p == ' ' && g_ascii_isdigit(p[-1]) && g_ascii_isdigit(p[1]))
            return NULL;
        if (*p == '\n' && !break_is_wrap(text, p))
            return NULL;
    }
    return g_string_free(g_steal_pointer(&out), FALSE);
}

/* Commas stand every three digits or not at all. */
static bool
commas_are_thousands(const char *start, const char *end)
{
    const char *comma = memchr(start, ',', (size_t) (end - start));
    if (comma == NULL)
        return true;
    if (comma == start || comma - start > 3)
        return false;
    for (const char *p = comma; p < end; p += 4) {
        if (*p != ',' || end - p < 4)
            return false;
        if (memchr(p + 1, ',', 3) != NULL)
            return false;
    }
    return true;
}

static bool
read_digits(const char *text, Figure *figure)
{
    const char *end = text + strspn(text, "0123456789,");
    if (end == text || !commas_are_thousands(text, end))
        return false;
    const char *rest = end;
    if (*rest == '.') {
        figure->decimals = (int) strspn(rest + 1, "0123456789");
        if (figure->decimals == 0)
            return false;
        rest += 1 + figure->decimals;
    }
    for (const char *p = text; p < rest; p++) {
        if (!g_ascii_isdigit(*p))
            continue;
        if (figure->length == (int) sizeof figure->digits - 1)
            return false;
        figure->digits[figure->length++] = *p;
    }
    figure->percent = *rest == '%';
    return rest[figure->percent] == '\0';
}

static bool
read_figure(const char *folded, Figure *figure)
{
    *figure = (Figure){0};
    g_autofree char *text = close_gaps(folded);
    if (text == NULL)
        return false;
    size_t length = strlen(text);
    char *start = text;
    if (length > 2 && text[0] == '(' && text[1] == '-' && text[length - 1] == ')') {
        text[length - 1] = '\0';
        start++;
    }
    if (*start == '-' || *start == '+')
        figure->negative = *start++ == '-';
    return read_digits(start, figure);
}

static bool
is_dash(const char *folded)
{
    return folded[strspn(folded, "-*/ \n")] == '\0' || g_strcmp0(figure_word(folded), "none") == 0;
}

FigureKind
figure_kind(const char *printed)
{
    if (printed == NULL)
        return FIGURE_BLANK;
    g_autofree char *folded = fold_signs(printed);
    if (folded[0] == '\0')
        return FIGURE_BLANK;
    if (is_dash(folded))
        return FIGURE_DASH;
    Figure figure;
    if (read_figure(folded, &figure))
        return FIGURE_NUMBER;
    size_t like = strspn(folded, NUMBERLIKE "\n");
    bool digits = strpbrk(folded, "0123456789") != NULL;
    bool enumerator = folded[0] == '(' && folded[1] != '-' && strpbrk(folded, ".,") == NULL;
    return folded[like] == '\0' && digits && !enumerator ? FIGURE_UNREADABLE : FIGURE_WORDS;
}

gint64
unit_factor(const char *unit)
{
    if (unit == NULL)
        return 1;
    const char *factor = figure_word(unit);
    return factor != NULL && g_ascii_isdigit(factor[0]) ? g_ascii_strtoll(factor, NULL, 10) : 0;
}

const char *
unit_word(gint64 factor)
{
    const GPtrArray *rows = facts_rows(&figures, NULL);
    for (guint i = 0; rows != NULL && i < rows->len; i++) {
        char **row = rows->pdata[i];
        if (unit_factor(row[0]) == factor)
            return row[0];
    }
    return NULL;
}

static bool
fits(__int128 value)
{
    return value <= G_MAXINT64 && value >= -(__int128) G_MAXINT64;
}

/* mantissa × scale ÷ 10^decimals, exactly or not at all. */
static bool
scale_exactly(const Figure *figure, gint64 scale, Money *ret_money)
{
    __int128 value = 0;
    for (int i = 0; i < figure->length; i++) {
        value = value * 10 + (figure->digits[i] - '0');
        if (value > (__int128) 1 << 80) /* more than any budget in any unit, and room left for the scale */
            return false;
    }
    value *= scale;
    for (int i = 0; i < figure->decimals; i++) {
        if (value % 10 != 0)
            return false;
        value /= 10;
    }
    if (!fits(value))
        return false;
    *ret_money = (Money) (figure->negative ? -value : value);
    return true;
}

bool
money_read(const char *printed, const char *unit, Money *ret_money, Money *ret_quantum)
{
    gint64 factor = unit_factor(unit);
    if (printed == NULL || factor == 0)
        return false;
    g_autofree char *folded = fold_signs(printed);
    Figure figure;
    Money money = 0;
    if (!read_figure(folded, &figure) || figure.percent || !scale_exactly(&figure, factor * MONEY_YUAN, &money))
        return false;
    Money quantum = factor * MONEY_YUAN;
    for (int i = 0; i < figure.decimals; i++)
        quantum = MAX(quantum / 10, 1);
    *ret_money = money;
    if (ret_quantum != NULL)
        *ret_quantum = quantum;
    return true;
}

bool
money_parse(const char *decimal, Money *ret_money)
{
    return decimal != NULL && money_read(decimal, NULL, ret_money, NULL);
}

char *
money_print(Money money)
{
    const char *sign = money < 0 ? "-" : "";
    guint64 size = money < 0 ? 0 - (guint64) money : (guint64) money;
    guint64 yuan = size / MONEY_YUAN;
    int part = (int) (size % MONEY_YUAN);
    if (part % 100 == 0)
        return g_strdup_printf("%s%" G_GUINT64_FORMAT ".%02d", sign, yuan, part / 100);
    return g_strdup_printf("%s%" G_GUINT64_FORMAT ".%04d", sign, yuan, part);
}

char *
number_print(const char *printed)
{
    if (printed == NULL)
        return NULL;
    g_autofree char *folded = fold_signs(printed);
    Figure figure;
    if (!read_figure(folded, &figure))
        return NULL;
    int whole = figure.length - figure.decimals;
    int zeros = 0;
    while (zeros < whole - 1 && figure.digits[zeros] == '0')
        zeros++;
    GString *out = g_string_new(figure.negative ? "-" : "");
    g_string_append_len(out, figure.digits + zeros, whole - zeros);
    if (figure.decimals > 0) {
        g_string_append_c(out, '.');
        g_string_append_len(out, figure.digits + whole, figure.decimals);
    }
    return g_string_free(out, FALSE);
}
