/* 三公 tables printed across: each column an item, each row a year, a unit or the whole. */
#include <string.h>

#include "table.h"
#include "utf8.h"

/* The unit whose figures a row tells, as printed; NULL where the row does not tell. */
typedef struct {
    const char *name, *code;
} RowUnit;

/* The year or change a row is of, as an amounts key; NULL where it is the table's own year. `ret_unit` gets the row's unit. */
static const char *
row_key(const TableReading *reading, const TreeRow *row, int latest, RowUnit *ret_unit)
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
            ret_unit->name = printed;
        else if (role == ROLE_UNIT_CODE)
            ret_unit->code = printed;
    }
    return NULL;
}

/* What a column's header says of its figures: a fund, budget or actual, a change; "total" where it says nothing. */
static const char *
column_key(const TableReading *reading, const TableColumn *column)
{
    const char *found = reading->final_accounts ? "actual" : "total";
    for (guint i = column->own; i < column->header->len; i++) {
        g_autofree char *word = header_word(reading, column->header->pdata[i]);
        const Rule *rule = rules_match(reading->columns, word, 0, NULL);
        const char *role = rule != NULL ? rule_key(rule, "role") : "", *key = rule != NULL ? rule_key(rule, "key") : NULL;
        if (strcmp(role, "actual") == 0)
            found = "actual";
        else if (strcmp(role, "budget") == 0 || g_strcmp0(key, "budget") == 0)
            found = reading->final_accounts ? "budget" : "total";
        else if (strcmp(role, "percent") == 0 || (strcmp(role, "amount") == 0 && strcmp(key, "agency_operating") != 0))
            found = key;
    }
    return found;
}

/* A figure's key: what its column says, of the year or change that its row or column is of. */
static char *
figure_key(const TableReading *reading, const TableColumn *column, const char *period)
{
    const char *key = column_key(reading, column);
    if (period == NULL && column->prior)
        period = "prior_year";
    if (period == NULL)
        return g_strdup(key);
    bool plain = strcmp(key, "total") == 0 || strcmp(key, "actual") == 0 || strcmp(key, period) == 0;
    return plain ? g_strdup(period) : g_strconcat(period, ".", key, NULL);
}

/* The item's own word: not 小计 below it, not the year above it. */
static char *
item_name(const TableReading *reading, const TableColumn *column)
{
    for (guint i = column->header->len; i > 0; i--) {
        char *name = name_clean(reading, column->header->pdata[i - 1], NULL);
        if (column->item[0] == '\0' || g_strcmp0(item_find(reading, name), column->item) == 0)
            return name;
        g_free(name);
    }
    return NULL;
}

/* What has no item of its own (a sum with 会议费 in it, a count of vehicles) is told apart by its name. */
static RecordRow *
item_row(GPtrArray *rows, guint from, const TableColumn *column, const TableReading *reading, const TreeRow *printed)
{
    const char *item = column->item[0] != '\0' && strcmp(column->item, "count") != 0 ? column->item : NULL;
    g_autofree char *name = item_name(reading, column);
    for (guint r = from; r < rows->len; r++) {
        RecordRow *row = rows->pdata[r];
        if (g_strcmp0(row->item, item) == 0 && (item != NULL || g_strcmp0(row->name, name) == 0))
            return row;
    }
    RecordRow *row = g_new0(RecordRow, 1);
    row->item = g_strdup(item);
    row->name = g_steal_pointer(&name);
    row->page = printed->page;
    row->bbox = printed->bbox;
    g_ptr_array_add(rows, row);
    return row;
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

/* Which printed rows share the item rows: those of one unit, each of another year or change. */
typedef struct {
    char *unit, *code;
    int page;           /* item rows end with their page, so that every figure's place is true */
    guint from;         /* its first row in the table being made */
    GPtrArray *periods; /* those it has, "" for the table's own  */
} Group;

static void
group_follow(Group *group, RecordTable *made, const TreeRow *printed, const RowUnit *unit, const char *period)
{
    const char *mark = period != NULL ? period : "";
    bool other = unit->name != NULL && group->unit != NULL && strcmp(unit->name, group->unit) != 0;
    if (other || g_ptr_array_find_with_equal_func(group->periods, mark, g_str_equal, NULL)) {
        group->from = made->rows->len;
        g_ptr_array_set_size(group->periods, 0);
        g_clear_pointer(&group->unit, g_free);
        g_clear_pointer(&group->code, g_free);
    } else if (group->page != printed->page) {
        group->from = made->rows->len;
    }
    group->page = printed->page;
    if (unit->name != NULL && group->unit == NULL)
        group->unit = utf8_squeeze(unit->name);
    if (unit->code != NULL && group->code == NULL)
        group->code = utf8_squeeze(unit->code);
    g_ptr_array_add(group->periods, (char *) mark);
}

/* The cell tells the row's unit or year, which its items carry. */
static bool
is_row_label(const TableReading *reading, const TableColumn *column, const char *printed, const RowUnit *unit)
{
    static const char *const rules[] = {"row_prior_year", "row_change_percent", "row_change", "row_current", "year"};
    g_autofree char *text = utf8_squeeze(printed);
    for (guint i = 0; i < G_N_ELEMENTS(rules); i++)
        if (names_match(reading, rules[i], text, NULL))
            return true;
    return printed == unit->name || printed == unit->code || column->role == ROLE_INDEX;
}

/* False where the figure finds its place taken or is none. */
static bool
read_figure(const TableReading *reading, RecordRow *row, const TableColumn *column, const char *printed, const char *period)
{
    g_autofree char *key = figure_key(reading, column, period);
    TableColumn keyed = *column;
    keyed.key = key;
    keyed.role = strstr(key, "percent") != NULL || strstr(key, "share") != NULL ? ROLE_PERCENT : ROLE_AMOUNT;
    bool taken = entries_get(row->amounts, key) != NULL || entries_get(row->rates, key) != NULL || entries_get(row->counts, key) != NULL;
    return !taken && amount_read(reading, row, &keyed, printed);
}

/* The printed words of a row of which some found no place, on an item row that has none yet, else on a row of their own. */
static void
keep_cells(RecordTable *made, guint from, const TreeRow *printed)
{
    for (guint r = from; r < made->rows->len; r++) {
        RecordRow *row = made->rows->pdata[r];
        if (row->cells == NULL) {
            row->cells = cells_copy(printed);
            return;
        }
    }
    RecordRow *row = g_new0(RecordRow, 1);
    row->page = printed->page;
    row->bbox = printed->bbox;
    row->cells = cells_copy(printed);
    g_ptr_array_add(made->rows, row);
}

static void
read_figures(const TableReading *reading, RecordTable *made, const Group *group, const TreeRow *printed, const char *period, const RowUnit *unit)
{
    bool left = false;
    for (guint c = 0; c < reading->all->len; c++) {
        const TableColumn *column = COLUMN(reading, c);
        const char *cell = printed->cells->pdata[c];
        if (column->item == NULL) {
            left = left || (cell != NULL && !is_row_label(reading, column, cell, unit));
            continue;
        }
        RecordRow *row = item_row(made->rows, group->from, column, reading, printed);
        if (group->unit != NULL && row->unit_name == NULL)
            row->unit_name = g_strdup(group->unit);
        if (group->code != NULL && row->unit_code == NULL)
            row->unit_code = g_strdup(group->code);
        left = (cell != NULL && !read_figure(reading, row, column, cell, period)) || left;
    }
    if (left)
        keep_cells(made, group->from, printed);
}

void
rows_read_across(TableReading *reading, RecordTable *made)
{
    const int latest = latest_row_year(reading);
    Group group = {.periods = g_ptr_array_new()};
    for (guint r = 0; r < reading->table->rows->len; r++) {
        const TreeRow *printed = reading->table->rows->pdata[r];
        RowUnit unit = {0};
        const char *period = row_key(reading, printed, latest, &unit);
        group_follow(&group, made, printed, &unit, period);
        read_figures(reading, made, &group, printed, period, &unit);
    }
    g_free(group.unit);
    g_free(group.code);
    g_ptr_array_unref(group.periods);
}
