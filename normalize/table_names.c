#include <string.h>

#include "table.h"
#include "utf8.h"

bool
names_match(const TableReading *reading, const char *rule, const char *text, RuleMatch *ret_match)
{
    return rule_match(rules_find(reading->names, rule), text, 0, ret_match);
}

static int
enumerator_level(const TableReading *reading, const char *text)
{
    static const char *const levels[] = {"level1", "level2", "level3", "level4"};
    for (guint i = 0; i < G_N_ELEMENTS(levels); i++)
        if (names_match(reading, levels[i], text, NULL))
            return (int) i + 1;
    return 0;
}

char *
name_clean(const TableReading *reading, const char *printed, int *ret_level)
{
    char *name = utf8_squeeze(printed);
    int level = enumerator_level(reading, name);
    RuleMatch match;
    while (names_match(reading, "enumerator", name, &match) && match.end > 0 && name[match.end] != '\0') {
        char *rest = g_strdup(name + match.end);
        g_free(name);
        name = rest;
        if (level == 0)
            level = enumerator_level(reading, name);
    }
    if (ret_level != NULL)
        *ret_level = level;
    return name;
}

void
name_split(const TableReading *reading, const char *printed, char **ret_code, char **ret_name, int *ret_level)
{
    g_autofree char *squeezed = utf8_squeeze(printed);
    RuleMatch match;
    *ret_code = *ret_name = NULL;
    if (names_match(reading, "code", squeezed, NULL)) {
        *ret_code = g_steal_pointer(&squeezed);
        return;
    }
    if (names_match(reading, "code_before", squeezed, &match) || names_match(reading, "code_after", squeezed, &match)) {
        *ret_code = rule_match_get(&match, "code");
        g_autofree char *name = rule_match_get(&match, "name");
        *ret_name = name_clean(reading, name, NULL);
        return;
    }
    *ret_name = name_clean(reading, squeezed, ret_level);
    if ((*ret_name)[0] == '\0')
        g_clear_pointer(ret_name, g_free);
}

/* `tables`: ids parted by spaces, or a star. */
static bool
item_applies(const Rule *rule, const char *table)
{
    const char *tables = rule_key(rule, "tables");
    if (strcmp(tables, "*") == 0)
        return true;
    size_t length = table != NULL ? strlen(table) : 0;
    for (const char *at = tables; length > 0 && (at = strstr(at, table)) != NULL; at += length)
        if ((at == tables || at[-1] == ' ') && (at[length] == ' ' || at[length] == '\0'))
            return true;
    return false;
}

static bool
table_has_name(const TableReading *reading, const char *item)
{
    const Rule *rule = rules_find(reading->items, item);
    for (guint r = 0; r < reading->table->rows->len; r++) {
        const TreeRow *row = reading->table->rows->pdata[r];
        for (guint c = 0; c < row->cells->len; c++) {
            if (row->cells->pdata[c] == NULL)
                continue;
            g_autofree char *name = name_clean(reading, row->cells->pdata[c], NULL);
            if (rule_match(rule, name, 0, NULL))
                return true;
        }
    }
    return false;
}

static const char *
find_item(const TableReading *reading, const char *name)
{
    g_autofree char *narrow = utf8_narrow(name);
    if (g_str_has_suffix(narrow, ":"))
        narrow[strlen(narrow) - 1] = '\0';
    for (guint i = 0; i < rules_count(reading->items); i++) {
        const Rule *rule = rules_at(reading->items, i);
        if (!item_applies(rule, reading->table->id) || !rule_match(rule, narrow, 0, NULL))
            continue;
        const char *item = rule_key(rule, "item");
        /* 收入合计 is the year's revenue where 收入总计 stands too, else it is the total itself. */
        if (strcmp(item, "revenue_sum") == 0)
            return table_has_name(reading, "revenue_total") ? "revenue_subtotal" : "revenue_total";
        if (strcmp(item, "expenditure_sum") == 0)
            return table_has_name(reading, "expenditure_total") ? "expenditure_subtotal" : "expenditure_total";
        return item;
    }
    return NULL;
}

/* Every amount of a row asks for the item of its name. */
const char *
item_find(const TableReading *reading, const char *name)
{
    gpointer item = NULL;
    if (!g_hash_table_lookup_extended(reading->items_found, name, NULL, &item)) {
        item = (gpointer) find_item(reading, name);
        g_hash_table_insert(reading->items_found, g_strdup(name), item);
    }
    return item;
}

int
code_level(const char *code)
{
    size_t length = code != NULL ? strlen(code) : 0;
    if (length < 3 || strspn(code, "0123456789") != length)
        return 0;
    return length == 3 ? 1 : length <= 5 ? 2 : 3;
}
