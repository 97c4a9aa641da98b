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

typedef struct {
    Flow *flow;
    Tree *tree;
    const Rules *captions;
    const Rules *tables;
    TreeTable *open;     /* the table that a next grid may go on with, owned by the tree */
    guint open_end;      /* block index behind its last grid and notes                   */
    int open_page;
    GArray *open_edges;  /* Box of each of its columns, for pages without a header       */
    GPtrArray *open_header; /* char *: the words of each of its header rows              */
} Assembly;

static const Block *
block_at(const Assembly *assembly, guint index)
{
    return assembly->flow->blocks->pdata[index];
}

/* ---- words around a grid ---- */

static const Rule *
rule_for_title(const Assembly *assembly, const char *title)
{
    return title != NULL ? rules_match(assembly->tables, title, 0, NULL) : NULL;
}

/* A title may break before its last word or its bracket: the line and the one above it are one title when only both together are one. */
static bool
read_broken_title(Assembly *assembly, Caption *caption, guint index)
{
    if (index == 0 || caption->title != NULL)
        return false;
    const Block *below = block_at(assembly, index), *above = block_at(assembly, index - 1);
    if (above->line == NULL || above->claim != CLAIM_NONE || above->page != below->page)
        return false;
    g_autofree char *squeezed = utf8_squeeze(below->text);
    if (g_utf8_strlen(squeezed, -1) > LONGEST_REST && !rule_match(rules_find(assembly->captions, "subtitle"), squeezed, 0, NULL))
        return false;
    g_autofree char *alone = caption_title(assembly->captions, below->text);
    if (rule_for_title(assembly, alone) != NULL)
        return false;
    g_autofree char *joined = g_strconcat(above->text, below->text, NULL);
    g_autofree char *title = caption_title(assembly->captions, joined);
    if (g_utf8_strlen(title, -1) > 60 || !rule_match(rules_find(assembly->captions, "title"), title, 0, NULL) || rule_for_title(assembly, title) == NULL)
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
    const Block *grid = block_at(assembly, index);
    *ret_top = index;
    bool passed = false; /* one short line that says nothing may stand between a title and its table */
    for (guint i = index; i > 0 && index - i < LINES_ABOVE; i--) {
        const Block *block = block_at(assembly, i - 1);
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
            if (!passed || rule_for_title(assembly, caption->title) != NULL)
                *ret_top = i - 1;
        } else if (!passed && block->line != NULL && g_utf8_strlen(block->text, -1) <= LONGEST_REST) {
            passed = true;
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
    const int page = block_at(assembly, index)->page;
    guint next = index + 1;
    for (; next < assembly->flow->blocks->len; next++) {
        Block *block = assembly->flow->blocks->pdata[next];
        if (block->line == NULL || block->claim != CLAIM_NONE || block->page != page || !caption_read_below(caption, assembly->captions, block->text))
            break;
        block->claim = CLAIM_TABLE;
    }
    return next;
}

/* ---- does a grid go on with the open table? ---- */

static char *
path_words(const GPtrArray *path)
{
    GString *words = g_string_new(NULL);
    for (guint i = 0; i < path->len; i++)
        g_string_append_printf(words, "%s%s", i > 0 ? "/" : "", (const char *) path->pdata[i]);
    return g_string_free(words, FALSE);
}

static const GPtrArray *
column_path(const TreeTable *table, guint col)
{
    return ((const TreeColumn *) table->columns->pdata[col])->header;
}

/* Most columns carry the same words. */
static bool
same_header(const TreeTable *table, const TableView *view)
{
    if (view->body == view->first || table->columns->len != view->paths->len)
        return false;
    guint same = 0, worded = 0;
    for (guint col = 0; col < view->paths->len; col++) {
        g_autofree char *mine = path_words(column_path(table, col));
        g_autofree char *its = path_words(view->paths->pdata[col]);
        worded += mine[0] != '\0' || its[0] != '\0';
        same += mine[0] != '\0' && strcmp(mine, its) == 0;
    }
    return worded > 0 && same * 5 >= worded * 4;
}

/* No word of the would-be header is one of the table's: then these are rows, not a header. */
static bool
foreign_header(const TreeTable *table, const TableView *view)
{
    for (guint col = 0; col < table->columns->len; col++) {
        const GPtrArray *path = column_path(table, col);
        for (guint i = 0; i < path->len; i++)
            for (int row = view->first; row < view->body; row++)
                for (int c = 0; c < view->grid->cols; c++) {
                    g_autofree char *text = table_view_text(view, row, c);
                    if (text != NULL && strcmp(text, path->pdata[i]) == 0)
                        return false;
                }
    }
    return true;
}

static bool
is_total(const Assembly *assembly, const char *text)
{
    return rule_match(rules_find(assembly->captions, "total_label"), text, 0, NULL);
}

static char *
row_words(const TableView *view, int row)
{
    GString *words = g_string_new(NULL);
    for (int col = 0; col < view->grid->cols; col++) {
        g_autofree char *text = table_view_text(view, row, col);
        g_string_append_printf(words, "%s|", text != NULL ? text : "");
    }
    return g_string_free(words, FALSE);
}

/* The open table's header rows stand at the top again: what follows them are rows, however like a header they look. */
static bool
repeats_header(const Assembly *assembly, TableView *view)
{
    const GPtrArray *header = assembly->open_header;
    if (header->len == 0 || view->first + (int) header->len > view->grid->rows)
        return false;
    for (guint i = 0; i < header->len; i++) {
        g_autofree char *words = row_words(view, view->first + (int) i);
        if (strcmp(words, header->pdata[i]) != 0)
            return false;
    }
    view->body = view->first + (int) header->len;
    return true;
}

/* The same first row again: another unit's table begins. A total that is repeated on each page tells nothing. */
static bool
starts_over(const Assembly *assembly, const TableView *view)
{
    const TreeTable *table = assembly->open;
    if (table->rows->len < 2)
        return false;
    const TreeRow *first = table->rows->pdata[0];
    for (int row = view->body; row < view->end; row++) {
        if (table_view_is_index(view, row))
            continue;
        for (guint col = 0; col < first->cells->len && (int) col < view->grid->cols; col++) {
            g_autofree char *mine = first->cells->pdata[col] != NULL ? utf8_squeeze(first->cells->pdata[col]) : NULL;
            g_autofree char *its = table_view_text(view, row, (int) col);
            if (mine == NULL && its == NULL)
                continue;
            return g_strcmp0(mine, its) == 0 && !is_total(assembly, mine);
        }
    }
    return false;
}

static bool
same_title(const char *a, const char *b)
{
    if (a == NULL || b == NULL)
        return false;
    size_t shorter = MIN(strlen(a), strlen(b));
    return strncmp(a, b, shorter) == 0 && strlen(a) + strlen(b) - 2 * shorter <= strlen("（续表）");
}

static bool
goes_on(const Assembly *assembly, guint index, guint top, TableView *view, const Caption *caption)
{
    const TreeTable *table = assembly->open;
    const Block *block = block_at(assembly, index);
    if (table == NULL || block->page > assembly->open_page + 1)
        return false;
    if (caption->owner != NULL && table->owner != NULL && strcmp(caption->owner, table->owner) != 0)
        return false;
    if (caption->title != NULL && !same_title(caption->title, table->title))
        return false;
    bool adjacent = top <= assembly->open_end;
    bool columns = view->grid->cols == (int) table->columns->len;
    if (repeats_header(assembly, view) || same_header(table, view))
        return caption->title == NULL ? adjacent : !starts_over(assembly, view);
    if (caption->title != NULL || !adjacent)
        return false;
    if (view->body == view->first)
        return true;
    if (columns && foreign_header(table, view)) {
        view->body = view->first;
        return true;
    }
    return false;
}

/* ---- rows ---- */

static Box
column_edges(const Grid *grid, int col)
{
    Box edges = {0};
    for (guint i = 0; i < grid->cells->len; i++) {
        const Cell *cell = grid->cells->pdata[i];
        if (cell->col == col && cell->colspan == 1)
            edges = box_union(edges, cell->bbox);
    }
    return edges;
}

/* Which column of the open table each column of the grid is: by number where there are as many, else by where they stand. NULL: they do not fit. */
static int *
map_columns(const Assembly *assembly, const TableView *view)
{
    const int cols = view->grid->cols;
    g_autofree int *map = g_new(int, (size_t) cols);
    if ((guint) cols == assembly->open->columns->len) {
        for (int col = 0; col < cols; col++)
            map[col] = col;
        return g_steal_pointer(&map);
    }
    int last = -1;
    for (int col = 0; col < cols; col++) {
        Box edges = column_edges(view->grid, col);
        double centre = (edges.x0 + edges.x1) / 2;
        map[col] = -1;
        for (guint k = 0; k < assembly->open_edges->len; k++) {
            Box other = g_array_index(assembly->open_edges, Box, k);
            if (centre > other.x0 && centre < other.x1)
                map[col] = (int) k;
        }
        if (map[col] <= last)
            return NULL;
        last = map[col];
    }
    return g_steal_pointer(&map);
}

static bool
is_figure(const Assembly *assembly, const char *text)
{
    g_autofree char *squeezed = utf8_squeeze(text);
    return rule_match(rules_find(assembly->captions, "number_cell"), squeezed, 0, NULL);
}

/* Words of a cell merged over rows belong to each of them; a figure stands once. */
static const char *
row_text(const Assembly *assembly, const TableView *view, int row, int col, bool *own)
{
    const Cell *cell = table_view_cell(view, row, col);
    if (cell->col != col || cell->text[0] == '\0')
        return NULL;
    if (cell->row == row || (row == view->body && cell->row < row)) {
        *own = true;
        return cell->text;
    }
    return is_figure(assembly, cell->text) ? NULL : cell->text;
}

static void
add_row(Assembly *assembly, const TableView *view, int row, const int *map, int page)
{
    TreeTable *table = assembly->open;
    TreeRow *made = g_new0(TreeRow, 1);
    made->page = page;
    made->cells = g_ptr_array_new_with_free_func(g_free);
    g_ptr_array_set_size(made->cells, (gint) table->columns->len);
    bool own = false, worded = false;
    for (int col = 0; col < view->grid->cols; col++) {
        const Cell *cell = table_view_cell(view, row, col);
        const char *text = row_text(assembly, view, row, col, &own);
        if (cell->row == row && page > 0)
            made->bbox = box_union(made->bbox, cell->bbox);
        if (text == NULL)
            continue;
        if (!worded && !is_figure(assembly, text))
            made->indent = cell->indent;
        worded = worded || !is_figure(assembly, text);
        made->cells->pdata[map[col]] = g_strdup(text);
    }
    made->bbox = box_round(made->bbox);
    if (own) {
        g_ptr_array_add(table->rows, made);
        return;
    }
    tree_row_free(made);
}

/* A page break may cut a row: the rest of its name stands alone at the top of the next page. Only a table whose rows carry codes tells such a
 * rest from a row of its own. */
static bool
join_rest(const Assembly *assembly, const TableView *view, int row, const int *map)
{
    const GPtrArray *rows = assembly->open->rows;
    const Cell *lone = table_view_lone(view, row);
    if (rows->len == 0 || lone == NULL || is_figure(assembly, lone->text))
        return false;
    g_autofree char *rest = utf8_squeeze(lone->text);
    const TreeRow *before = rows->pdata[rows->len - 1];
    char **cell = (char **) &before->cells->pdata[map[lone->col]];
    bool coded = false;
    for (guint c = 0; c < before->cells->len; c++) {
        g_autofree char *text = before->cells->pdata[c] != NULL ? utf8_squeeze(before->cells->pdata[c]) : g_strdup("");
        coded = coded || (g_ascii_isdigit(text[0]) && rule_match(rules_find(assembly->captions, "code"), text, 0, NULL));
    }
    if (!coded || *cell == NULL || is_figure(assembly, *cell) || rule_match(rules_find(assembly->captions, "body_label"), rest, 0, NULL))
        return false;
    g_autofree char *half = *cell;
    *cell = g_strconcat(half, "\n", lone->text, NULL);
    return true;
}

/* Some documents print the table's total again on each page: kept twice it would be counted twice. */
static void
drop_repeated(Assembly *assembly, int page)
{
    const GPtrArray *rows = assembly->open->rows;
    const TreeRow *last = rows->pdata[rows->len - 1], *first = rows->pdata[0];
    bool total = false;
    for (guint c = 0; c < last->cells->len; c++) {
        const char *mine = last->cells->pdata[c];
        if (g_strcmp0(mine, first->cells->pdata[c]) != 0)
            return;
        g_autofree char *squeezed = mine != NULL ? utf8_squeeze(mine) : NULL;
        total = total || (squeezed != NULL && is_total(assembly, squeezed));
    }
    if (total) {
        tree_row_free(g_ptr_array_remove_index(assembly->open->rows, rows->len - 1));
        diag_add(&assembly->tree->diagnostics, DIAG_ROW_REPEATED, page, "%s", assembly->open->title != NULL ? assembly->open->title : "");
    }
}

static void
add_rows(Assembly *assembly, const TableView *view, const int *map, int page)
{
    const bool further = assembly->open->pages->len > 0;
    const guint before = assembly->open->rows->len;
    for (int row = view->body; row < view->end; row++) {
        if (table_view_is_index(view, row) || (further && row == view->body && join_rest(assembly, view, row, map)))
            continue;
        add_row(assembly, view, row, map, page);
        if (before > 0 && assembly->open->rows->len == before + 1)
            drop_repeated(assembly, page);
    }
    GArray *pages = assembly->open->pages;
    if (pages->len == 0 || g_array_index(pages, int, pages->len - 1) != page)
        g_array_append_val(pages, page);
    assembly->open_page = page;
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
        Box edges = column_edges(view->grid, col);
        g_array_append_val(assembly->open_edges, edges);
    }
    g_ptr_array_set_size(assembly->open_header, 0);
    for (int row = view->first; row < view->body; row++)
        g_ptr_array_add(assembly->open_header, row_words(view, row));
    g_ptr_array_add(assembly->tree->tables, table);
    return table;
}

static char *
header_words(const TreeTable *table)
{
    GString *words = g_string_new(NULL);
    for (guint col = 0; col < table->columns->len; col++) {
        g_autofree char *path = path_words(column_path(table, col));
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

static void
name_table(Assembly *assembly, TreeTable *table)
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
        const GPtrArray *path = column_path(table, col);
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
    name_table(assembly, assembly->open);
    assembly->open = NULL;
}

static bool
add_mentions(Assembly *assembly, const Caption *caption, const Block *block, GError **error)
{
    return (caption->title == NULL || mention_add(assembly->tree, MENTION_TITLE, caption->title, block->page, block->at, error)) &&
           (caption->owner == NULL || mention_add(assembly->tree, MENTION_OWNER, caption->owner, block->page, block->at, error));
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
    if (goes_on(assembly, index, top, view, &caption))
        map = map_columns(assembly, view);
    if (map == NULL) {
        close_table(assembly);
        assembly->open = new_table(assembly, view, &caption, block->at);
        map = map_columns(assembly, view);
        if (!add_mentions(assembly, &caption, block, error))
            return false;
    }
    for (guint i = top; i <= index; i++)
        ((Block *) assembly->flow->blocks->pdata[i])->claim = CLAIM_TABLE;
    add_rows(assembly, view, map, block->page);
    assembly->open_end = read_below(assembly, index, &caption);
    take_caption(assembly->open, &caption);
    return true;
}

/* ---- figures that forms leave over ---- */

static char *
without_commas(const char *text)
{
    g_autofree char *squeezed = utf8_squeeze(text);
    g_auto(GStrv) parts = g_strsplit(squeezed, ",", -1);
    return g_strjoinv("", parts);
}

static void
keep_figure(GString *kept, const char *printed)
{
    if (printed == NULL)
        return;
    g_autofree char *plain = without_commas(printed);
    g_string_append_printf(kept, "%s ", plain);
}

static void
keep_figures(GString *kept, const TreeForm *form)
{
    const GPtrArray *amounts[] = {form->amounts, form->annual_amounts};
    keep_figure(kept, form->amount_total);
    keep_figure(kept, form->annual_amount_total);
    for (guint a = 0; a < G_N_ELEMENTS(amounts); a++)
        for (guint i = 0; amounts[a] != NULL && i < amounts[a]->len; i++)
            keep_figure(kept, ((const Entry *) amounts[a]->pdata[i])->value);
    for (guint i = 0; i < form->indicators->len; i++) {
        const TreeIndicator *indicator = form->indicators->pdata[i];
        keep_figure(kept, indicator->value);
        keep_figure(kept, indicator->annual_value);
        keep_figure(kept, indicator->weight);
    }
}

/* The figures that the forms on a page hold as figures, as one string. */
static char *
figures_of_forms(const Assembly *assembly, int page)
{
    GString *kept = g_string_new(NULL);
    for (guint i = 0; i < assembly->tree->forms->len; i++) {
        const TreeForm *form = assembly->tree->forms->pdata[i];
        for (guint p = 0; p < form->pages->len; p++)
            if (g_array_index(form->pages, int, p) == page)
                keep_figures(kept, form);
    }
    return g_string_free(kept, FALSE);
}

/* A form takes from its grid what forms have; a grid with more figures than that stays a table too, so that none is dropped. */
static void
release_forms(Assembly *assembly)
{
    int page = -1;
    g_autofree char *kept = NULL;
    for (guint b = 0; b < assembly->flow->blocks->len; b++) {
        Block *block = assembly->flow->blocks->pdata[b];
        if (block->grid == NULL || block->claim != CLAIM_FORM)
            continue;
        if (kept == NULL || block->page != page) {
            g_free(kept);
            kept = figures_of_forms(assembly, block->page);
            page = block->page;
        }
        for (guint i = 0; i < block->grid->cells->len && block->claim == CLAIM_FORM; i++) {
            const Cell *cell = block->grid->cells->pdata[i];
            if (strpbrk(cell->text, ".,") == NULL || !is_figure(assembly, cell->text))
                continue;
            g_autofree char *figure = without_commas(cell->text);
            if (strstr(kept, figure) == NULL)
                block->claim = CLAIM_NONE;
        }
    }
}

/* A line of nothing but figures on a table's page, which no grid took: not dropped silently. */
static void
tell_strays(const Assembly *assembly)
{
    for (guint i = 0; i < assembly->flow->blocks->len; i++) {
        const Block *block = block_at(assembly, i);
        if (block->line == NULL || block->claim != CLAIM_NONE || block->on->grids->len == 0)
            continue;
        bool figures = true, decimal = false;
        for (guint w = 0; w < block->line->words->len && figures; w++) {
            const char *text = ((const Word *) block->line->words->pdata[w])->text;
            figures = is_figure(assembly, text);
            decimal = decimal || strpbrk(text, ".,") != NULL;
        }
        if (figures && decimal)
            diag_add(&assembly->tree->diagnostics, DIAG_NUMBER_OUTSIDE, block->page, "%s", block->text);
    }
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
    release_forms(&assembly);
    for (int pass = 0; pass < 2; pass++) {
        for (guint i = 0; i < flow->blocks->len; i++) {
            const Block *block = flow->blocks->pdata[i];
            if (block->grid != NULL && block->claim == CLAIM_NONE && !add_grid(&assembly, i, pass == 1, error))
                return false;
        }
        close_table(&assembly);
    }
    tell_strays(&assembly);
    return true;
}
