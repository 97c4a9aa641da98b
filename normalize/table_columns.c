/* Columns together: blocks, sides and bands, subjects, and keys that meet. */
#include <string.h>

#include "table.h"
#include "utf8.h"

static bool
begins_row(const TableColumn *column)
{
    return column->role >= ROLE_CODE && column->role <= ROLE_CODE_NAME;
}

/* A name or code column behind an amount begins a new block. */
static void
find_blocks(TableReading *reading)
{
    bool amounts = false;
    for (guint c = 0; c < reading->all->len; c++) {
        TableColumn *column = COLUMN(reading, c);
        if (begins_row(column) && amounts) {
            reading->blocks++;
            amounts = false;
        }
        amounts = amounts || column->role == ROLE_AMOUNT;
        column->block = reading->blocks;
    }
    reading->blocks++;
}

/* Words over all columns of a block name the block, not its amounts. */
static void
find_bands(TableReading *reading, int block)
{
    const TableColumn *first = NULL;
    guint shared = G_MAXUINT, columns = 0;
    for (guint c = 0; c < reading->all->len; c++) {
        const TableColumn *column = COLUMN(reading, c);
        if (column->block != block || (reading->across && column->item == NULL))
            continue;
        columns++;
        if (first == NULL)
            first = column;
        guint same = 0;
        while (same < first->header->len && same < column->header->len && strcmp(first->header->pdata[same], column->header->pdata[same]) == 0)
            same++;
        shared = MIN(shared, same);
    }
    for (guint c = 0; columns > 1 && c < reading->all->len; c++)
        if (COLUMN(reading, c)->block == block && COLUMN(reading, c)->header->len > 0)
            COLUMN(reading, c)->own = MIN(shared, COLUMN(reading, c)->header->len - 1);
}

/* The side that most of a block's columns stand under: without ruling lines a side's word may not reach its first column. */
static const char *
side_of(const TableReading *reading, int block)
{
    int balance = 0;
    for (guint c = 0; c < reading->all->len; c++) {
        const TableColumn *column = COLUMN(reading, c);
        if (column->block != block || column->header->len == 0)
            continue;
        const char *root = column->header->pdata[0];
        balance += names_match(reading, "revenue_side", root, NULL);
        balance -= names_match(reading, "expenditure_side", root, NULL);
    }
    return balance > 0 ? "revenue" : balance < 0 ? "expenditure" : NULL;
}

static void
find_sides(TableReading *reading)
{
    static const char *const two_sided[] = {"revenue_expenditure", "fiscal_appropriation", "state_capital", NULL};
    reading->sides = g_new0(const char *, (size_t) reading->blocks);
    if (reading->blocks < 2)
        return;
    bool known = false;
    for (int b = 0; b < reading->blocks; b++) {
        reading->sides[b] = side_of(reading, b);
        known = known || g_strcmp0(reading->sides[b], "revenue") == 0;
    }
    bool summary = reading->table->id != NULL && g_strv_contains(two_sided, reading->table->id);
    for (int b = 0; b < reading->blocks; b++) {
        if (summary && reading->sides[b] == NULL)
            reading->sides[b] = b == 0 ? "revenue" : "expenditure";
        /* Bands of one side set beside each other are no sides. */
        if (!summary && !known)
            reading->sides[b] = NULL;
    }
}

/* ---- the whole ---- */

/* A code and the name beside it are of one subject, whichever of the two headers tells it. */
static void
pair_codes_and_names(TableReading *reading)
{
    Subject subject = SUBJECT_MAIN;
    for (guint c = reading->all->len; c > 0; c--) {
        TableColumn *column = COLUMN(reading, c - 1);
        bool name = column->role == ROLE_NAME || column->role == ROLE_CODE_NAME;
        if (name)
            subject = column->subject;
        else if (!begins_row(column))
            subject = SUBJECT_MAIN;
        else if (column->subject == SUBJECT_MAIN)
            column->subject = subject;
    }
    for (guint c = 1; c < reading->all->len; c++) {
        TableColumn *before = COLUMN(reading, c - 1), *column = COLUMN(reading, c);
        bool code = begins_row(before) && before->role != ROLE_NAME && before->role != ROLE_CODE_NAME;
        if (code && column->role == ROLE_NAME && column->subject == SUBJECT_MAIN)
            column->subject = before->subject;
    }
}

/* Where a block has no functional subject, the economic class is the row's own. */
static void
settle_subjects(TableReading *reading, int block)
{
    bool seen[3] = {false};
    for (guint c = 0; c < reading->all->len; c++)
        if (COLUMN(reading, c)->block == block && begins_row(COLUMN(reading, c)))
            seen[COLUMN(reading, c)->subject] = true;
    if (!seen[SUBJECT_MAIN] && seen[SUBJECT_GOVERNMENT] && !seen[SUBJECT_ECONOMIC])
        reading->books[block] = CODEBOOK_ECONOMIC_GOVERNMENT;
    else if ((!seen[SUBJECT_MAIN] && seen[SUBJECT_ECONOMIC]) ||
             (reading->table->id != NULL && names_match(reading, "economic_table", reading->table->id, NULL)))
        reading->books[block] = CODEBOOK_ECONOMIC_DEPARTMENT;
    for (guint c = 0; c < reading->all->len; c++) {
        TableColumn *column = COLUMN(reading, c);
        if (column->block == block && !seen[SUBJECT_MAIN] && column->subject == (seen[SUBJECT_ECONOMIC] ? SUBJECT_ECONOMIC : SUBJECT_GOVERNMENT))
            column->subject = SUBJECT_MAIN;
    }
}

/* 本年收入 is the year's own revenue only beside money of other years; on a side of a 收支 table, or alone, it is the total. */
static void
settle_revenue(TableReading *reading, int block)
{
    bool beside = false;
    TableColumn *revenue = NULL;
    for (guint c = 0; c < reading->all->len; c++) {
        TableColumn *column = COLUMN(reading, c);
        if (column->role != ROLE_AMOUNT || column->block != block)
            continue;
        if (strcmp(column->key, "current_revenue") == 0)
            revenue = column;
        beside = beside || strcmp(column->key, "total") == 0 || strstr(column->key, "carryover") != NULL;
    }
    if (revenue == NULL || beside)
        return;
    g_free(revenue->key);
    revenue->key = g_strdup(reading->final_accounts && reading->sides[block] != NULL ? "actual" : "total");
}

/* A table of purchases has no subject: its first column of words is the row's name, beside units what is bought. */
static void
find_name(TableReading *reading, int block)
{
    TableColumn *first = NULL, *thing = NULL;
    bool units = false, amounts = false;
    for (guint c = 0; c < reading->all->len; c++) {
        TableColumn *column = COLUMN(reading, c);
        if (column->block != block || column->header->len == 0)
            continue;
        if (begins_row(column))
            return;
        units = units || column->role == ROLE_UNIT;
        amounts = amounts || column->role == ROLE_AMOUNT;
        if (column->role != ROLE_WORDS || column->key != NULL || amounts)
            continue;
        if (first == NULL)
            first = column;
        if (thing == NULL && header_is_thing(reading, column))
            thing = column;
    }
    /* The first column of words also has the word of the total; beside units that stands in theirs. */
    if (!units)
        thing = first;
    if (thing != NULL)
        thing->role = ROLE_NAME;
}

/* Rows of a table of projects are projects, whatever else their columns name. */
static void
find_projects(TableReading *reading)
{
    const char *id = reading->table->id;
    for (guint c = 0; id != NULL && strstr(id, "project") != NULL && c < reading->all->len; c++) {
        TableColumn *column = COLUMN(reading, c);
        column->project =
            column->role == ROLE_NAME && column->header->len > 0 && names_match(reading, "project", column->header->pdata[column->header->len - 1], NULL);
    }
}

/* Two columns of one block under one key: both take their parent's key before it where the parents differ, else the second stays words. */
static void
part_twins(TableReading *reading)
{
    const int latest = header_latest_year(reading);
    for (guint c = 0; c < reading->all->len; c++) {
        TableColumn *column = COLUMN(reading, c);
        for (guint d = 0; d < c && (column->role == ROLE_AMOUNT || column->role == ROLE_PERCENT); d++) {
            TableColumn *before = COLUMN(reading, d);
            if (before->role != column->role || before->block != column->block || g_strcmp0(before->key, column->key) != 0)
                continue;
            const char *parent = header_parent(reading, column, latest);
            if (parent != NULL && !strstr(column->key, parent)) {
                char *qualified = g_strconcat(parent, ".", column->key, NULL);
                g_free(column->key);
                column->key = qualified;
                d = (guint) -1;
                continue;
            }
            diag_add(reading->diags, DIAG_COLUMN_TWICE, g_array_index(reading->table->pages, int, 0), "%s: %s", reading->table->title, column->key);
            column->role = ROLE_WORDS;
            column->known = true; /* told as a twin */
            g_clear_pointer(&column->key, g_free);
        }
    }
}

static void
tell_unknown(const TableReading *reading)
{
    for (guint c = 0; c < reading->all->len; c++) {
        const TableColumn *column = COLUMN(reading, c);
        if (column->role != ROLE_WORDS || column->known || column->key != NULL || column->header->len == 0 || column->item != NULL)
            continue;
        diag_add(reading->diags, DIAG_COLUMN_UNKNOWN, g_array_index(reading->table->pages, int, 0), "%s: %s", reading->table->title,
                 (const char *) column->header->pdata[column->header->len - 1]);
    }
}

/* The item a column of a three_public table is of: its own word, or its parent's where its word is 小计. */
static const char *
column_item(const TableReading *reading, const GPtrArray *header)
{
    for (guint i = header->len; i > 0; i--) {
        g_autofree char *name = header_word(reading, header->pdata[i - 1]);
        const char *item = item_find(reading, name);
        if (item != NULL && strcmp(item, "total") != 0 && strcmp(item, "subtotal") != 0)
            return item;
    }
    for (guint i = header->len; i > 0; i--) {
        g_autofree char *name = header_word(reading, header->pdata[i - 1]);
        if (item_find(reading, name) != NULL)
            return "total";
    }
    return NULL;
}

/* Where 会议费 and 培训费 stand beside 三公, the 合计 over all of them is no 三公 total: it keeps its own row without an item. */
static void
part_totals(TableReading *reading)
{
    bool named = false;
    const Rule *rule = rules_find(reading->items, "three_public_total");
    for (guint pass = 0; pass < 2; pass++)
        for (guint c = 0; c < reading->all->len; c++) {
            TableColumn *column = COLUMN(reading, c);
            if (g_strcmp0(column->item, "total") != 0)
                continue;
            bool own = false;
            for (guint i = 0; i < column->header->len; i++)
                own = own || rule_match(rule, column->header->pdata[i], 0, NULL);
            if (pass == 0)
                named = named || own;
            else if (named && !own)
                column->item = "";
        }
}

static void
find_across(TableReading *reading)
{
    if (g_strcmp0(reading->table->id, "three_public") != 0)
        return;
    int items = 0;
    for (guint c = 0; c < reading->all->len; c++) {
        TableColumn *column = COLUMN(reading, c);
        column->item = column->header->len > 0 && !begins_row(column) && column->role != ROLE_UNIT && column->role != ROLE_UNIT_CODE && column->role != ROLE_INDEX
                           ? column_item(reading, column->header)
                           : NULL;
        items += column->item != NULL && strcmp(column->item, "total") != 0;
    }
    reading->across = items >= 2;
    if (reading->across)
        part_totals(reading);
    for (guint c = 0; c < reading->all->len && !reading->across; c++)
        COLUMN(reading, c)->item = NULL;
}

void
columns_read(TableReading *reading)
{
    const int latest = header_latest_year(reading);
    reading->all = g_array_new(FALSE, TRUE, sizeof(TableColumn));
    for (guint c = 0; c < reading->table->columns->len; c++) {
        TableColumn column = {.header = ((const TreeColumn *) reading->table->columns->pdata[c])->header};
        header_read_role(reading, &column, latest);
        g_array_append_val(reading->all, column);
    }
    pair_codes_and_names(reading);
    find_projects(reading);
    find_across(reading);
    if (reading->across) {
        reading->blocks = 1;
        reading->sides = g_new0(const char *, 1);
        reading->books = g_new0(Codebook, 1);
        find_bands(reading, 0);
        return;
    }
    find_blocks(reading);
    reading->books = g_new0(Codebook, (size_t) reading->blocks);
    for (int b = 0; b < reading->blocks; b++) {
        find_bands(reading, b);
        settle_subjects(reading, b);
    }
    for (guint c = 0; c < reading->all->len; c++)
        header_read_key(reading, COLUMN(reading, c), latest);
    find_sides(reading);
    for (int b = 0; b < reading->blocks; b++) {
        find_name(reading, b);
        settle_revenue(reading, b);
    }
    part_twins(reading);
    if (reading->table->id != NULL)
        tell_unknown(reading);
}

void
columns_clear(TableReading *reading)
{
    for (guint c = 0; c < reading->all->len; c++)
        g_free(COLUMN(reading, c)->key);
    g_array_unref(reading->all);
    g_free(reading->sides);
    g_free(reading->books);
}
