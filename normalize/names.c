#include "names.h"

#include <string.h>

#include "digits.h"
#include "facts.h"
#include "utf8.h"

enum { COLUMN_WORD, COLUMN_PLACE, COLUMN_SCOPE };

static FactsOnce facts = FACTS_ONCE("normalize/data/department_words.tsv");

bool
names_load(GError **error)
{
    return facts_rows(&facts, error) != NULL;
}

/* The longest word of `place` that `text` begins with (or ends in), or NULL. */
static char **
word_at(const char *text, const char *place, bool end)
{
    const GPtrArray *rows = facts_rows(&facts, NULL);
    char **best = NULL;
    for (guint i = 0; rows != NULL && i < rows->len; i++) {
        char **row = rows->pdata[i];
        if (strcmp(row[COLUMN_PLACE], place) != 0)
            continue;
        if (!(end ? g_str_has_suffix(text, row[COLUMN_WORD]) : g_str_has_prefix(text, row[COLUMN_WORD])))
            continue;
        if (best == NULL || strlen(row[COLUMN_WORD]) > strlen(best[COLUMN_WORD]))
            best = row;
    }
    return best;
}

static bool
holds_word(const char *text, const char *place)
{
    const GPtrArray *rows = facts_rows(&facts, NULL);
    for (guint i = 0; rows != NULL && i < rows->len; i++) {
        char **row = rows->pdata[i];
        if (strcmp(row[COLUMN_PLACE], place) == 0 && strstr(text, row[COLUMN_WORD]) != NULL)
            return true;
    }
    return false;
}

int
name_year(const char *text, const char **from)
{
    const char *p = from != NULL && *from != NULL ? *from : text;
    while (p != NULL && *p != '\0') {
        p += strcspn(p, "0123456789");
        size_t digits = strspn(p, "0123456789");
        bool alone = digits == 4 && (p == text || strchr(".,-", p[-1]) == NULL) && (p[4] == '\0' || strchr(".,%", p[4]) == NULL);
        int year = alone ? (int) g_ascii_strtoll(p, NULL, 10) : 0;
        p += digits;
        if (year < 2000 || year > 2099)
            continue;
        if (from != NULL)
            *from = p;
        return year;
    }
    if (from != NULL)
        *from = p;
    return 0;
}

/* Leading year, list mark or code; true when something was taken off. */
static bool
cut_head(char *text, Name *name)
{
    size_t skip = 0;
    char **word = word_at(text, "head", false);
    if (word != NULL) {
        skip = strlen(word[COLUMN_WORD]);
    } else {
        size_t open = strspn(text, "[");
        size_t digits = strspn(text + open, "0123456789");
        const char *after = text + open + digits;
        char **year = digits == 4 ? word_at(after, "year", false) : NULL;
        if (year != NULL) {
            skip = open + digits + strlen(year[COLUMN_WORD]);
        } else if (digits >= 3) {
            skip = open + digits + strspn(after, "]-_. ");
            g_free(name->code);
            name->code = g_strndup(text + open, digits);
        }
    }
    memmove(text, text + skip, strlen(text + skip) + 1);
    return skip > 0;
}

/* A year before the end, and the words that follow it. */
static bool
cut_tail_year(char *text)
{
    char **word = word_at(text, "year", true);
    size_t length = strlen(text) - (word != NULL ? strlen(word[COLUMN_WORD]) : 0);
    if (length < 4 || strspn(text + length - 4, "0123456789") < 4)
        return false;
    text[length - 4] = '\0';
    return true;
}

static bool
cut_tail(char *text, Name *name)
{
    if (cut_tail_year(text))
        return true;
    char **word = word_at(text, "tail", true);
    if (word == NULL || strlen(word[COLUMN_WORD]) == strlen(text))
        return false;
    text[strlen(text) - strlen(word[COLUMN_WORD])] = '\0';
    if (strcmp(word[COLUMN_SCOPE], "unit") == 0)
        name->scope = SCOPE_UNIT;
    else if (strcmp(word[COLUMN_SCOPE], "department") == 0 && name->scope == SCOPE_UNKNOWN)
        name->scope = SCOPE_DEPARTMENT;
    return true;
}

/* Brackets of both widths stand for the same; the full-width ones are the printed norm. */
static char *
widen_brackets(const char *text)
{
    GString *out = g_string_new(NULL);
    for (const char *p = text; *p != '\0'; p++) {
        if (*p == '(')
            g_string_append_unichar(out, 0xFF08);
        else if (*p == ')')
            g_string_append_unichar(out, 0xFF09);
        else
            g_string_append_c(out, *p);
    }
    return g_string_free(out, FALSE);
}

static bool
can_be_name(const char *text)
{
    glong length = g_utf8_strlen(text, -1);
    if (length < 3 || length > 50 || strpbrk(text, "0123456789.;:") != NULL)
        return false;
    if (!utf8_is_han(g_utf8_get_char(text)))
        return false;
    char **whole = word_at(text, "whole", false);
    if (whole != NULL && strcmp(whole[COLUMN_WORD], text) == 0)
        return false;
    return word_at(text, "subject", true) == NULL && !holds_word(text, "never");
}

bool
name_read(const char *printed, Name *ret_name)
{
    if (printed == NULL)
        return false;
    Name name = {.scope = SCOPE_UNKNOWN};
    g_autofree char *squeezed = utf8_squeeze(printed);
    g_autofree char *folded = digits_fold_years(squeezed);
    g_autofree char *text = widen_brackets(folded);
    while (cut_head(text, &name))
        continue;
    while (cut_tail(text, &name))
        continue;
    if (!can_be_name(text)) {
        name_clear(&name);
        return false;
    }
    name.name = g_steal_pointer(&text);
    *ret_name = name;
    return true;
}

char *
name_key(const char *name)
{
    const GPtrArray *rows = facts_rows(&facts, NULL);
    if (name == NULL || rows == NULL)
        return g_strdup(name);
    g_autoptr(GString) key = g_string_new(name);
    for (guint i = 0; i < rows->len; i++) {
        char **row = rows->pdata[i];
        if (strcmp(row[COLUMN_PLACE], "party") == 0 && g_str_has_prefix(key->str, row[COLUMN_WORD]))
            g_string_erase(key, 0, (gssize) strlen(row[COLUMN_WORD]));
        else if (strcmp(row[COLUMN_PLACE], "short") == 0)
            g_string_replace(key, row[COLUMN_WORD], row[COLUMN_SCOPE], 0);
    }
    return g_string_free(g_steal_pointer(&key), FALSE);
}

void
name_clear(Name *name)
{
    g_clear_pointer(&name->name, g_free);
    g_clear_pointer(&name->code, g_free);
}
