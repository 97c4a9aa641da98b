/* Grids → tables: which grids are one table, what is printed over and under them, which rows are data. */
#include "tables.h"

#include <math.h>
#include <string.h>

#include "utf8.h"

/* A title stands within this many lines above its table. */
#define LINES_ABOVE 8
/* The rest of a broken title, and a line over a table that no rule knows, are no longer than this. */
#define LONGEST_REST 14

static const char *const table_keys[] = {"id", "header", "not_header", NULL};

/* ---- words around a grid ---- */

static const Rule *
rule_for_title(const Assembly *assembly, const char *title)
{
    return title != NULL ? rules_match(assembly->tables, title, 0, NULL) : NULL;
}

/* Two lines of one size, set close under each other on one axis or at one margin. */
static bool
is_one_setting(const Block *above, const Block *below)
{
    const Box *a = &above->line->bbox, *b = &below->line->bbox;
    const double size = b->y1 - b->y0;
    const bool same = fabs((a->y1 - a->y0) - size) < 0.15 * size && b->y0 - a->y1 < size;
    return same && (fabs(a->x0 + a->x1 - b->x0 - b->x1) < 4 * size || fabs(a->x0 - b->x0) < size);
}

/* A title may break before its last word or its bracket: the line and the one above it are one title when only both together are one, or when
 * the lower one, a title by itself (支出预算表), goes on with the other's words. */
static bool
read_broken_title(Assembly *assembly, Caption *caption, guint index)
{
    if (index == 0 || caption->title != NULL)
        return false;
    const Block *below = assembly_block(assembly, index), *above = assembly_block(assembly, index - 1);
    if (above->line == NULL || above->claim != CLAIM_NONE || above->page != below->page)
        return false;
    g_autofree char *squeezed = utf8_squeeze(below->text);
    if (g_utf8_strlen(squeezed, -1) > LONGEST_REST && !rule_match(rules_find(assembly->captions, "subtitle"), squeezed, 0, NULL))
        return false;
    RuleMatch unit;
    if (rule_match(rules_find(assembly->captions, "unit"), squeezed, 0, &unit) && unit.start == 0 && unit.end == strlen(squeezed))
        return false;
    g_autofree char *alone = caption_title(assembly->captions, below->text);
    const Rule *own = rule_for_title(assembly, alone);
    if (own != NULL && (above->page == 0 || !is_one_setting(above, below) || rule_match(rules_find(assembly->captions, "title"), above->text, 0, NULL)))
        return false;
    g_autofree char *joined = g_strconcat(above->text, below->text, NULL);
    g_autofree char *title = caption_title(assembly->captions, joined);
    if (g_utf8_strlen(title, -1) > 60 || !rule_match(rules_find(assembly->captions, "title"), title, 0, NULL) || rule_for_title(assembly, title) == NULL ||
        rule_for_title(assembly, title) == own)
        return false;
    caption->title = g_steal_pointer(&title);
    caption->found = true;
    return true;
}

/* A block above the grid: a line, or a grid that holds nothing but captions. */
static bool
read_block(Assembly *assembly, Caption *caption, const Block *block)
{
    if (block->line != NULL)
        return caption_read_above(caption, assembly->captions, block->text);
    g_autoptr(TableView) view = table_view_new(block->grid, assembly->captions);
    bool all = view->first == view->grid->rows;
    for (guint i = block->grid->cells->len; all && i > 0; i--) {
        const Cell *cell = block->grid->cells->pdata[i - 1];
        all = cell->text[0] == '\0' || caption_read_above(caption, assembly->captions, cell->text);
    }
    return all;
}

/* The lines above the grid that tell of it; `ret_top` is the index of the topmost. */
static void
read_above(Assembly *assembly, guint index, Caption *caption, guint *ret_top)
{
    const Block *grid = assembly_block(assembly, index);
    *ret_top = index;
    const Block *passed = NULL; /* one short line that no rule knows may stand between a title and its table: it is kept as a note */
    bool noted = false;
    for (guint i = index; i > 0 && index - i < LINES_ABOVE; i--) {
        const Block *block = assembly_block(assembly, i - 1);
        if (block->claim != CLAIM_NONE || block->page < grid->page - 1 || (block->page != grid->page && caption->title != NULL))
            return;
        if (caption->title != NULL) {
            /* Above the title only a label, a unit or an owner belongs to the table. */
            g_auto(Caption) further = {0};
            if (!read_block(assembly, &further, block) || further.title != NULL)
                return;
        }
        if (block->line != NULL && read_broken_title(assembly, caption, i - 1)) {
            *ret_top = i - 2;
            return;
        }
        if (read_block(assembly, caption, block)) {
            if (passed != NULL && rule_for_title(assembly, caption->title) == NULL)
                continue;
            *ret_top = i - 1;
            if (passed != NULL && !noted)
                caption_add_note(caption, passed->text);
            noted = passed != NULL;
        } else if (passed == NULL && block->line != NULL && g_utf8_strlen(block->text, -1) <= LONGEST_REST) {
            passed = block;
        } else {
            return;
        }
    }
}

static void
read_inside(Assembly *assembly, const TableView *view, Caption *caption)
{
    for (int row = view->first - 1; row >= 0; row--)
        for (int col = 0; col < view->grid->cols; col++) {
            g_autofree char *text = table_view_text(view, row, col);
            if (text != NULL)
                caption_read_above(caption, assembly->captions, text);
        }
    for (int row = view->end; row < view->grid->rows; row++) {
        const Cell *lone = table_view_lone(view, row);
        if (lone != NULL)
            caption_read_below(caption, assembly->captions, lone->text);
    }
}

static guint
read_below(Assembly *assembly, guint index, Caption *caption)
{
    const int page = assembly_block(assembly, index)->page;
    guint next = index + 1;
    for (; next < assembly->flow->blocks->len; next++) {
        Block *block = assembly->flow->blocks->pdata[next];
        if (block->line == NULL || block->claim != CLAIM_NONE || block->page != page || !caption_read_below(caption, assembly->captions, block->text))
            break;
        block->claim = CLAIM_TABLE;
    }
    return next;
}

/* ---- tables ---- */

static TreeTable *
new_table(Assembly *assembly, const TableView *view, Caption *caption, int at)
{
    TreeTable *table = g_new0(TreeTable, 1);
    table->title = g_strdup(caption->title);
    table->unit = g_strdup(caption->unit);
    table->owner = g_strdup(caption->owner);
    table->at = at;
    table->pages = g_array_new(FALSE, FALSE, sizeof(int));
    table->columns = g_ptr_array_new();
    table->rows = g_ptr_array_new();
    table->notes = g_ptr_array_new_with_free_func(g_free);
    g_array_set_size(assembly->open_edges, 0);
    for (int col = 0; col < view->grid->cols; col++) {
        TreeColumn *column = g_new0(TreeColumn, 1);
        column->header = g_ptr_array_ref(view->paths->pdata[col]);
        g_ptr_array_add(table->columns, column);
        Box edges = table_view_edges(view->grid, col);
        g_array_append_val(assembly->open_edges, edges);
    }
    g_ptr_array_set_size(assembly->open_header, 0);
    for (int row = view->first; row < view->body; row++)
        g_ptr_array_add(assembly->open_header, table_view_row_words(view, row));
    g_ptr_array_add(assembly->tree->tables, table);
    return table;
}

static char *
header_words(const TreeTable *table)
{
    GString *words = g_string_new(NULL);
    for (guint col = 0; col < table->columns->len; col++) {
        g_autofree char *path = table_path_words(table_column_path(table, col));
        g_string_append_printf(words, "%s ", path);
    }
    return g_string_free(words, FALSE);
}

static bool
header_allows(const Rule *rule, const char *words)
{
    const char *wanted = rule_key(rule, "header"), *unwanted = rule_key(rule, "not_header");
    return (wanted == NULL || strstr(words, wanted) != NULL) && (unwanted == NULL || strstr(words, unwanted) == NULL);
}

void
assembly_name_table(Assembly *assembly, TreeTable *table)
{
    if (table->title == NULL) {
        diag_add(&assembly->tree->diagnostics, DIAG_TABLE_UNTITLED, g_array_index(table->pages, int, 0), "%u rows", table->rows->len);
        return;
    }
    g_autofree char *words = header_words(table);
    for (guint i = 0; i < rules_count(assembly->tables); i++) {
        const Rule *rule = rules_at(assembly->tables, i);
        if (!rule_match(rule, table->title, 0, NULL) || !header_allows(rule, words))
            continue;
        const char *id = rule_key(rule, "id");
        table->id = g_strcmp0(id, "none") != 0 ? g_strdup(id) : NULL;
        table->rule = g_strdup(rule_id(rule));
        return;
    }
    diag_add(&assembly->tree->diagnostics, DIAG_TABLE_UNKNOWN, g_array_index(table->pages, int, 0), "%s", table->title);
}

/* A unit in brackets may stand in a header instead of over the table. */
static void
unit_from_header(const Assembly *assembly, TreeTable *table)
{
    for (guint col = 0; table->unit == NULL && col < table->columns->len; col++) {
        const GPtrArray *path = table_column_path(table, col);
        RuleMatch match;
        for (guint i = 0; table->unit == NULL && i < path->len; i++)
            if (rule_match(rules_find(assembly->captions, "unit"), path->pdata[i], 0, &match))
                table->unit = rule_match_get(&match, "unit");
    }
}

static void
close_table(Assembly *assembly)
{
    if (assembly->open == NULL)
        return;
    unit_from_header(assembly, assembly->open);
    assembly_name_table(assembly, assembly->open);
    assembly->open = NULL;
}

bool
assembly_add_mentions(Assembly *assembly, const char *title, const char *owner, const Block *block, GError **error)
{
    return (title == NULL || mention_add(assembly->tree, MENTION_TITLE, title, block->page, block->at, error)) &&
           (owner == NULL || mention_add(assembly->tree, MENTION_OWNER, owner, block->page, block->at, error));
}

static void
take_caption(TreeTable *table, Caption *caption)
{
    if (table->unit == NULL)
        table->unit = g_strdup(caption->unit);
    if (table->owner == NULL)
        table->owner = g_strdup(caption->owner);
    for (guint i = 0; caption->notes != NULL && i < caption->notes->len; i++)
        g_ptr_array_add(table->notes, g_strdup(caption->notes->pdata[i]));
    table->declared_empty = table->declared_empty || caption->declared_empty;
}

/* A grid of nothing but captions waits for the grid below it to take them; `last` takes those that none took. */
static bool
add_grid(Assembly *assembly, guint index, bool last, GError **error)
{
    Block *block = assembly->flow->blocks->pdata[index];
    g_autoptr(TableView) view = table_view_new(block->grid, assembly->captions);
    g_auto(Caption) caption = {0};
    guint top = index;
    if (view->first == view->grid->rows && !last)
        return true;
    read_inside(assembly, view, &caption);
    read_above(assembly, index, &caption, &top);
    g_autofree int *map = NULL;
    if (assembly_goes_on(assembly, index, top, view, &caption) || assembly_take_lower_header(assembly, index, top, view, &caption))
        map = assembly_map_columns(assembly, view);
    if (map == NULL) {
        close_table(assembly);
        assembly->open = new_table(assembly, view, &caption, block->at);
        map = assembly_map_columns(assembly, view);
        if (!assembly_add_mentions(assembly, caption.title, caption.owner, block, error))
            return false;
    }
    for (guint i = top; i <= index; i++)
        ((Block *) assembly->flow->blocks->pdata[i])->claim = CLAIM_TABLE;
    assembly_add_rows(assembly, view, map, block->page);
    assembly->open_end = read_below(assembly, index, &caption);
    take_caption(assembly->open, &caption);
    return true;
}

bool
tables_claim(Flow *flow, Tree *tree, GError **error)
{
    Assembly assembly = {.flow = flow, .tree = tree};
    assembly.captions = rules_get("captions", NULL, error);
    if (assembly.captions == NULL)
        return false;
    assembly.tables = rules_get("tables", table_keys, error);
    if (assembly.tables == NULL)
        return false;
    g_autoptr(GArray) edges = g_array_new(FALSE, FALSE, sizeof(Box));
    g_autoptr(GPtrArray) header = g_ptr_array_new_with_free_func(g_free);
    assembly.open_edges = edges;
    assembly.open_header = header;
    assembly_release_forms(&assembly);
    for (int pass = 0; pass < 2; pass++) {
        for (guint i = 0; i < flow->blocks->len; i++) {
            const Block *block = flow->blocks->pdata[i];
            if (block->grid != NULL && block->claim == CLAIM_NONE && !add_grid(&assembly, i, pass == 1, error))
                return false;
        }
        close_table(&assembly);
    }
    if (!assembly_claim_empty(&assembly, error))
        return false;
    assembly_tell_strays(&assembly);
    return true;
}
