#include "table.h"

#include <string.h>

#include "utf8.h"

static const char *const column_keys[] = {"key", "role", NULL};
static const char *const item_keys[] = {"item", "tables", NULL};

static void
add_column(RecordTable *made, const GPtrArray *header, const char *key)
{
    RecordColumn *column = g_new0(RecordColumn, 1);
    column->key = g_strdup(key);
    column->header = g_ptr_array_new_with_free_func(g_free);
    for (guint i = 0; i < header->len; i++)
        g_ptr_array_add(column->header, g_strdup(header->pdata[i]));
    g_ptr_array_add(made->columns, column);
}

/* The published key of a column; NULL where its cells are kept as words. */
static const char *
published_key(const TableColumn *column)
{
    static const char *const keys[] = {
        [ROLE_CODE] = "code", [ROLE_CLASS] = "code",     [ROLE_GROUP] = "code",     [ROLE_ITEM] = "code",
        [ROLE_NAME] = "name", [ROLE_CODE_NAME] = "name", [ROLE_UNIT] = "unit_name", [ROLE_UNIT_CODE] = "unit_code",
    };
    if (column->item != NULL)
        return column->item[0] != '\0' ? column->item : NULL;
    if (column->role >= ROLE_CODE && column->role <= ROLE_CODE_NAME && column->subject != SUBJECT_MAIN) {
        bool code = column->role != ROLE_NAME && column->role != ROLE_CODE_NAME;
        if (column->subject == SUBJECT_GOVERNMENT)
            return code ? "government_code" : "government_name";
        return code ? "economic_code" : "economic_name";
    }
    return column->role < G_N_ELEMENTS(keys) && keys[column->role] != NULL ? keys[column->role] : column->key;
}

static RecordTable *
new_table(const TreeTable *table, int source)
{
    RecordTable *made = g_new0(RecordTable, 1);
    made->id = g_strdup(table->id);
    made->title = g_strdup(table->title);
    made->source = source;
    made->unit = g_strdup(table->unit);
    made->pages = g_array_new(FALSE, FALSE, sizeof(int));
    g_array_append_vals(made->pages, table->pages->data, table->pages->len);
    made->columns = g_ptr_array_new();
    made->rows = g_ptr_array_new();
    made->notes = g_ptr_array_new_with_free_func(g_free);
    for (guint i = 0; i < table->notes->len; i++)
        g_ptr_array_add(made->notes, g_strdup(table->notes->pdata[i]));
    return made;
}

/* A table that nobody named: its words, row by row. */
static void
keep_words(const TreeTable *table, RecordTable *made)
{
    for (guint c = 0; c < table->columns->len; c++)
        add_column(made, ((const TreeColumn *) table->columns->pdata[c])->header, NULL);
    for (guint r = 0; r < table->rows->len; r++) {
        const TreeRow *printed = table->rows->pdata[r];
        RecordRow *row = g_new0(RecordRow, 1);
        row->page = printed->page;
        row->bbox = printed->bbox;
        row->cells = cells_copy(printed);
        g_ptr_array_add(made->rows, row);
    }
}

static bool
is_zero(const char *figure)
{
    return strspn(figure, "-0.") == strlen(figure);
}

/* Every amount is blank; or the table says it is empty and prints nothing but zeros. Figures kept as words count as well. */
static bool
has_no_data(const TreeTable *table, const RecordTable *made)
{
    bool any = false, other_than_zero = false;
    for (guint r = 0; r < made->rows->len; r++) {
        const RecordRow *row = made->rows->pdata[r];
        for (guint i = 0; row->amounts != NULL && i < row->amounts->len; i++) {
            const char *value = ((const Entry *) row->amounts->pdata[i])->value;
            any = any || value != NULL;
            other_than_zero = other_than_zero || (value != NULL && !is_zero(value));
        }
        for (guint c = 0; row->cells != NULL && c < row->cells->len; c++) {
            const char *words = row->cells->pdata[c];
            const FigureKind kind = figure_kind(words);
            bool counts = kind == FIGURE_NUMBER || kind == FIGURE_UNREADABLE || (made->id == NULL && kind == FIGURE_WORDS);
            any = any || counts;
            other_than_zero = other_than_zero || (counts && !is_zero(words));
        }
    }
    return !any || (table->declared_empty && !other_than_zero);
}

RecordTable *
record_table_new(const TreeTable *table, int kind, int source, GPtrArray **diags)
{
    RecordTable *made = new_table(table, source);
    TableReading reading = {.table = table, .final_accounts = kind == 1, .diags = diags};
    reading.columns = rules_get("normalize/data/columns", column_keys, NULL);
    reading.items = rules_get("normalize/data/items", item_keys, NULL);
    reading.names = rules_get("normalize/data/names", NULL, NULL);
    if (table->id == NULL || reading.columns == NULL || reading.items == NULL || reading.names == NULL) {
        keep_words(table, made);
        made->status = has_no_data(table, made);
        return made;
    }
    g_autoptr(GHashTable) items_found = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    reading.items_found = items_found;
    columns_read(&reading);
    for (guint c = 0; c < reading.all->len; c++)
        add_column(made, COLUMN(&reading, c)->header, published_key(COLUMN(&reading, c)));
    if (reading.across)
        rows_read_across(&reading, made);
    else
        rows_read(&reading, made);
    made->status = has_no_data(table, made);
    if (table->unit == NULL && made->status == 0)
        diag_add(diags, DIAG_TABLE_WITHOUT_UNIT, g_array_index(table->pages, int, 0), "%s", table->title);
    columns_clear(&reading);
    return made;
}
