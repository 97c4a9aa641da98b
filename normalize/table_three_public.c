/* 三公 tables printed across: each column an item, each row a year, a unit or the whole. */
#include <string.h>

#include "table.h"
#include "utf8.h"

/* The year or change a row is of, as an amounts key; NULL where it is the table's own year. `unit` gets the row's unit. */
static const char *
row_key(const TableReading *reading, const TreeRow *row, int latest, const char **ret_unit)
{
    static const struct {
        const char *rule, *key;
    } keys[] = {{"row_prior_year", "prior_year"}, {"row_change_percent", "change_percent"}, {"row_change", "change"}, {"row_current", NULL}};
    for (guint c = 0; c < reading->all->len; c++) {
        const char *printed = row->cells->pdata[c];
        if (printed == NULL || COLUMN(reading, c)->item != NULL)
            continue;
        g_autofree char *text = utf8_squeeze(printed);
        for (guint i = 0; i < G_N_ELEMENTS(keys); i++)
            if (names_match(reading, keys[i].rule, text, NULL))
                return keys[i].key;
        RuleMatch match;
        if (names_match(reading, "year", text, &match)) {
            g_autofree char *year = rule_match_get(&match, "year");
            return latest != 0 && atoi(year) < latest ? "prior_year" : NULL;
        }
        ColumnRole role = COLUMN(reading, c)->role;
        if ((role == ROLE_UNIT || role == ROLE_NAME || role == ROLE_CODE_NAME) && figure_kind(printed) == FIGURE_WORDS && item_find(reading, text) == NULL)
            *ret_unit = printed;
    }
    return NULL;
}

/* Under which key a column's figures stand: budget and actual are told apart by the header's own words. */
static const char *
column_key(const TableReading *reading, const TableColumn *column)
{
    if (column->prior)
        return "prior_year";
    for (guint i = 0; i < column->header->len; i++) {
        g_autofree char *word = utf8_narrow(column->header->pdata[i]);
        const Rule *rule = rules_match(reading->columns, word, 0, NULL);
        const char *role = rule != NULL ? rule_key(rule, "role") : NULL;
        if (g_strcmp0(role, "actual") == 0)
            return "actual";
        if (g_strcmp0(role, "budget") == 0 || g_strcmp0(rule != NULL ? rule_key(rule, "key") : NULL, "budget") == 0)
            return reading->final_accounts ? "budget" : "total";
        if (g_strcmp0(role, "percent") == 0)
            return rule_key(rule, "key");
        if (g_strcmp0(rule != NULL ? rule_key(rule, "key") : NULL, "change") == 0)
            return "change";
    }
    return reading->final_accounts ? "actual" : "total";
}

static RecordRow *
item_row(GPtrArray *rows, guint from, const char *item, const TableColumn *column, const TableReading *reading, const TreeRow *printed)
{
    for (guint r = from; r < rows->len; r++) {
        RecordRow *row = rows->pdata[r];
        if (strcmp(row->item != NULL ? row->item : "", item) == 0)
            return row;
    }
    RecordRow *row = g_new0(RecordRow, 1);
    row->item = item[0] != '\0' ? g_strdup(item) : NULL;
    row->page = printed->page;
    row->bbox = printed->bbox;
    /* The name is the item's own word: not 小计 below it, not the year above it. */
    for (guint i = column->header->len; i > 0 && row->name == NULL; i--) {
        g_autofree char *name = name_clean(reading, column->header->pdata[i - 1], NULL);
        if (item[0] == '\0' || g_strcmp0(item_find(reading, name), item) == 0)
            row->name = g_steal_pointer(&name);
    }
    g_ptr_array_add(rows, row);
    return row;
}

static bool
row_has_amounts(const TableReading *reading, const TreeRow *row)
{
    for (guint c = 0; c < reading->all->len; c++)
        if (COLUMN(reading, c)->item != NULL && row->cells->pdata[c] != NULL)
            return true;
    return false;
}

static int
latest_row_year(const TableReading *reading)
{
    int latest = 0;
    for (guint r = 0; r < reading->table->rows->len; r++) {
        const TreeRow *row = reading->table->rows->pdata[r];
        for (guint c = 0; c < reading->all->len; c++) {
            RuleMatch match;
            if (row->cells->pdata[c] == NULL || COLUMN(reading, c)->item != NULL || !names_match(reading, "year", row->cells->pdata[c], &match))
                continue;
            g_autofree char *year = rule_match_get(&match, "year");
            latest = MAX(latest, atoi(year));
        }
    }
    return latest;
}

/* Printed rows of the same unit (last year, this year, change) share the item rows. */
void
rows_read_across(TableReading *reading, RecordTable *made)
{
    const int latest = latest_row_year(reading);
    g_autofree char *unit_before = NULL;
    guint from = 0;
    bool first = true;
    for (guint r = 0; r < reading->table->rows->len; r++) {
        const TreeRow *printed = reading->table->rows->pdata[r];
        if (!row_has_amounts(reading, printed))
            continue;
        const char *unit = NULL;
        const char *key = row_key(reading, printed, latest, &unit);
        if (!first && (g_strcmp0(unit, unit_before) != 0 || key == NULL))
            from = g_strcmp0(unit, unit_before) != 0 || (made->rows->len > from && entries_has(((RecordRow *) made->rows->pdata[from])->amounts, "total"))
                       ? made->rows->len
                       : from;
        first = false;
        g_free(unit_before);
        unit_before = g_strdup(unit);
        for (guint c = 0; c < reading->all->len; c++) {
            const TableColumn *column = COLUMN(reading, c);
            if (column->item == NULL)
                continue;
            RecordRow *row = item_row(made->rows, from, column->item, column, reading, printed);
            if (unit != NULL && row->unit_name == NULL)
                row->unit_name = utf8_squeeze(unit);
            if (printed->cells->pdata[c] == NULL)
                continue;
            TableColumn keyed = *column;
            keyed.key = (char *) (key != NULL ? key : column_key(reading, column));
            keyed.role = strcmp(keyed.key, "change_percent") == 0 || strcmp(keyed.key, "share") == 0 ? ROLE_PERCENT : ROLE_AMOUNT;
            if (!amount_read(reading, row, &keyed, printed->cells->pdata[c]) && row->cells == NULL)
                row->cells = cells_copy(printed);
        }
    }
}
