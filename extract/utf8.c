#include "utf8.h"

#include <string.h>

#include "radicals.inc"

bool
utf8_is_space(gunichar c)
{
    return c == ' ' || (c >= '\t' && c <= '\r') || c == 0xA0 || (c >= 0x2000 && c <= 0x200B) || c == 0x3000 || c == 0xFEFF;
}

bool
utf8_is_han(gunichar c)
{
    return (c >= 0x4E00 && c <= 0x9FFF) || (c >= 0x3400 && c <= 0x4DBF) || (c >= 0xF900 && c <= 0xFAFF) || (c >= 0x20000 && c <= 0x2FA1F);
}

char *
utf8_squeeze(const char *text)
{
    GString *out = g_string_sized_new(strlen(text));
    for (const char *p = text; *p != '\0'; p = g_utf8_next_char(p))
        if (!utf8_is_space(g_utf8_get_char(p)))
            g_string_append_len(out, p, g_utf8_next_char(p) - p);
    return g_string_free(out, FALSE);
}

char *
utf8_collapse(const char *text)
{
    GString *out = g_string_sized_new(strlen(text));
    bool gap = false;
    for (const char *p = text; *p != '\0'; p = g_utf8_next_char(p)) {
        if (utf8_is_space(g_utf8_get_char(p))) {
            gap = out->len > 0;
            continue;
        }
        if (gap)
            g_string_append_c(out, ' ');
        gap = false;
        g_string_append_len(out, p, g_utf8_next_char(p) - p);
    }
    return g_string_free(out, FALSE);
}

char *
utf8_narrow(const char *text)
{
    GString *out = g_string_sized_new(strlen(text));
    for (const char *p = text; *p != '\0'; p = g_utf8_next_char(p)) {
        gunichar c = g_utf8_get_char(p);
        g_string_append_unichar(out, c >= 0xFF01 && c <= 0xFF5E ? c - 0xFEE0 : c);
    }
    return g_string_free(out, FALSE);
}

bool
utf8_wants_space(const char *left, const char *right)
{
    if (left[0] == '\0' || right[0] == '\0')
        return false;
    gunichar a = g_utf8_get_char(g_utf8_prev_char(left + strlen(left)));
    gunichar b = g_utf8_get_char(right);
    return a < 0x250 && b < 0x250 && g_unichar_isalnum(a) && g_unichar_isalnum(b);
}

static gunichar
mend_radical(gunichar c)
{
    if (c < 0x2E80 || c > 0x2FDF)
        return c;
    for (size_t i = 0; i < G_N_ELEMENTS(radicals); i++)
        if (radicals[i].radical == c)
            return radicals[i].ideograph;
    return c;
}

char *
utf8_mend_radicals(const char *text)
{
    GString *out = g_string_sized_new(strlen(text));
    for (const char *p = text; *p != '\0'; p = g_utf8_next_char(p))
        g_string_append_unichar(out, mend_radical(g_utf8_get_char(p)));
    return g_string_free(out, FALSE);
}
