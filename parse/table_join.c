/* Which grids are one table over many pages, and the rows they add to it. */
#include "tables.h"

#include <string.h>

#include "utf8.h"

const Block *
assembly_block(const Assembly *assembly, guint index)
{
    return assembly->flow->blocks->pdata[index];
}

/* ---- does a grid go on with the open table? ---- */

char *
table_path_words(const GPtrArray *path)
{
    GString *words = g_string_new(NULL);
    for (guint i = 0; i < path->len; i++)
        g_string_append_printf(words, "%s%s", i > 0 ? "/" : "", (const char *) path->pdata[i]);
    return g_string_free(words, FALSE);
}

const GPtrArray *
table_column_path(const TreeTable *table, guint col)
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
        g_autofree char *mine = table_path_words(table_column_path(table, col));
        g_autofree char *its = table_path_words(view->paths->pdata[col]);
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
        const GPtrArray *path = table_column_path(table, col);
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

bool
assembly_is_total(const Assembly *assembly, const char *text)
{
    return rule_match(rules_find(assembly->captions, "total_label"), text, 0, NULL);
}

char *
table_view_row_words(const TableView *view, int row)
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
        g_autofree char *words = table_view_row_words(view, view->first + (int) i);
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
            return g_strcmp0(mine, its) == 0 && !assembly_is_total(assembly, mine);
        }
    }
    return false;
}

/* A title's words without a mark that the table goes on. The caller frees it. */
static char *
lasting_title(const Assembly *assembly, const char *title)
{
    RuleMatch match;
    return g_strndup(title, rule_match(rules_find(assembly->captions, "continued"), title, 0, &match) ? match.start : strlen(title));
}

static bool
same_title(const Assembly *assembly, const char *a, const char *b)
{
    if (a == NULL || b == NULL)
        return false;
    g_autofree char *mine = lasting_title(assembly, a), *its = lasting_title(assembly, b);
    return strcmp(mine, its) == 0;
}

bool
assembly_goes_on(const Assembly *assembly, guint index, guint top, TableView *view, const Caption *caption)
{
    const TreeTable *table = assembly->open;
    const Block *block = assembly_block(assembly, index);
    if (table == NULL || block->page > assembly->open_page + 1)
        return false;
    if (caption->owner != NULL && table->owner != NULL && strcmp(caption->owner, table->owner) != 0)
        return false;
    if (caption->title != NULL && !same_title(assembly, caption->title, table->title))
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

Box
table_view_edges(const Grid *grid, int col)
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
/* ---- a header cut by a page break ---- */

/* Edges of one column on two pages are not further from each other, in points. */
#define SAME_EDGE 4.0

/* The column of the open table above a column of the next page's grid, or -1 where its edges cross one. */
static int
column_above(const Assembly *assembly, const Box *edges)
{
    for (guint k = 0; k < assembly->open_edges->len; k++) {
        const Box *above = &g_array_index(assembly->open_edges, Box, k);
        if (edges->x0 > above->x0 - SAME_EDGE && edges->x1 < above->x1 + SAME_EDGE)
            return (int) k;
    }
    return -1;
}

static void
column_free(void *data)
{
    TreeColumn *column = data;
    g_ptr_array_unref(column->header);
    g_free(column);
}

/* Each column of the open table, which has no rows yet, is parted on the next page or goes on there as it is; at least one is parted. */
static bool
parts_columns(const Assembly *assembly, const TableView *view, int *above)
{
    const guint columns = assembly->open_edges->len;
    if (view->grid->cols <= (int) columns || view->body == view->first)
        return false;
    for (int col = 0; col < view->grid->cols; col++) {
        Box edges = table_view_edges(view->grid, col);
        above[col] = column_above(assembly, &edges);
        const int before = col > 0 ? above[col - 1] : -1;
        if (above[col] < 0 || above[col] < before || above[col] > before + 1)
            return false;
    }
    return above[view->grid->cols - 1] == (int) columns - 1;
}

bool
assembly_take_lower_header(Assembly *assembly, guint index, guint top, const TableView *view, const Caption *caption)
{
    TreeTable *table = assembly->open;
    const Block *block = assembly_block(assembly, index);
    if (table == NULL || table->rows->len > 0 || table->declared_empty || table->notes->len > 0 || caption->title != NULL ||
        block->page != assembly->open_page + 1 || top > assembly->open_end)
        return false;
    g_autofree int *above = g_new(int, (size_t) view->grid->cols);
    if (!parts_columns(assembly, view, above))
        return false;
    g_autoptr(GPtrArray) upper = g_steal_pointer(&table->columns);
    g_ptr_array_set_free_func(upper, column_free);
    table->columns = g_ptr_array_new();
    g_array_set_size(assembly->open_edges, 0);
    for (int col = 0; col < view->grid->cols; col++) {
        const GPtrArray *parent = ((const TreeColumn *) upper->pdata[above[col]])->header, *own = view->paths->pdata[col];
        TreeColumn *column = g_new0(TreeColumn, 1);
        column->header = g_ptr_array_new_with_free_func(g_free);
        for (guint i = 0; i < parent->len + own->len; i++)
            g_ptr_array_add(column->header, g_strdup(i < parent->len ? parent->pdata[i] : own->pdata[i - parent->len]));
        g_ptr_array_add(table->columns, column);
        Box edges = table_view_edges(view->grid, col);
        g_array_append_val(assembly->open_edges, edges);
    }
    return true;
}

int *
assembly_map_columns(const Assembly *assembly, const TableView *view)
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
        Box edges = table_view_edges(view->grid, col);
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

bool
assembly_is_figure(const Assembly *assembly, const char *text)
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
    return assembly_is_figure(assembly, cell->text) ? NULL : cell->text;
}

static void
add_row(Assembly *assembly, const TableView *view, int row, const int *map, int page)
{
    TreeTable *table = assembly->open;
    TreeRow *made = g_new0(TreeRow, 1);
    made->page = page;
    made->cells = g_ptr_array_new_with_free_func(g_free);
    g_ptr_array_set_size(made->cells, (gint) table->columns->len);
    made->indents = g_array_new(FALSE, TRUE, sizeof(int));
    g_array_set_size(made->indents, table->columns->len);
    bool own = false;
    for (int col = 0; col < view->grid->cols; col++) {
        const Cell *cell = table_view_cell(view, row, col);
        const char *text = row_text(assembly, view, row, col, &own);
        if (cell->row == row && page > 0)
            made->bbox = box_union(made->bbox, cell->bbox);
        if (text == NULL)
            continue;
        if (!assembly_is_figure(assembly, text))
            g_array_index(made->indents, int, map[col]) = (int) CLAMP(cell->indent, 0, G_MAXINT16);
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
    if (rows->len == 0 || lone == NULL || assembly_is_figure(assembly, lone->text))
        return false;
    g_autofree char *rest = utf8_squeeze(lone->text);
    const TreeRow *before = rows->pdata[rows->len - 1];
    char **cell = (char **) &before->cells->pdata[map[lone->col]];
    bool coded = false;
    for (guint c = 0; c < before->cells->len; c++) {
        g_autofree char *text = before->cells->pdata[c] != NULL ? utf8_squeeze(before->cells->pdata[c]) : g_strdup("");
        coded = coded || (g_ascii_isdigit(text[0]) && rule_match(rules_find(assembly->captions, "code"), text, 0, NULL));
    }
    if (!coded || *cell == NULL || assembly_is_figure(assembly, *cell) || rule_match(rules_find(assembly->captions, "body_label"), rest, 0, NULL))
        return false;
    g_autofree char *half = *cell;
    *cell = g_strconcat(half, "\n", lone->text, NULL);
    return true;
}

static bool
tells_figure(const Assembly *assembly, const TreeRow *row)
{
    for (guint c = 0; c < row->cells->len; c++)
        if (row->cells->pdata[c] != NULL && assembly_is_figure(assembly, row->cells->pdata[c]))
            return true;
    return false;
}

/* Whether the words of `cell` may go on from those of the row before, `half`: no figures, nothing that begins a row. */
static bool
may_go_on(const Assembly *assembly, const Cell *cell, const char *half)
{
    if (half == NULL || assembly_is_figure(assembly, half) || assembly_is_figure(assembly, cell->text))
        return false;
    g_autofree char *rest = utf8_squeeze(cell->text);
    return !g_ascii_isdigit(rest[0]) && !rule_match(rules_find(assembly->captions, "body_label"), rest, 0, NULL);
}

/* So many rows before a page break show whether all rows of a table tell figures. */
#define ROWS_LOOKED_AT 8

/* The rest of a row may have words in several columns. Where every row tells a figure, one at the top of a page that tells none, and has
 * words only where the row before has, is the rest of that. */
static bool
join_rests(const Assembly *assembly, const TableView *view, int row, const int *map)
{
    const GPtrArray *rows = assembly->open->rows;
    for (guint r = rows->len - MIN(rows->len, ROWS_LOOKED_AT); r < rows->len; r++)
        if (!tells_figure(assembly, rows->pdata[r]))
            return false;
    const TreeRow *before = rows->len > 0 ? rows->pdata[rows->len - 1] : NULL;
    int words = 0;
    for (int col = 0; col < view->grid->cols && before != NULL; col++) {
        const Cell *cell = table_view_cell(view, row, col);
        if (cell->col != col || cell->text[0] == '\0')
            continue;
        if (cell->row != row || !may_go_on(assembly, cell, before->cells->pdata[map[col]]))
            return false;
        words++;
    }
    if (words < 2)
        return false;
    for (int col = 0; col < view->grid->cols; col++) {
        const Cell *cell = table_view_cell(view, row, col);
        if (cell->col != col || cell->text[0] == '\0')
            continue;
        g_autofree char *half = before->cells->pdata[map[col]];
        before->cells->pdata[map[col]] = g_strconcat(half, "\n", cell->text, NULL);
    }
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
        total = total || (squeezed != NULL && assembly_is_total(assembly, squeezed));
    }
    if (total) {
        tree_row_free(g_ptr_array_remove_index(assembly->open->rows, rows->len - 1));
        diag_add(&assembly->tree->diagnostics, DIAG_ROW_REPEATED, page, "%s", assembly->open->title != NULL ? assembly->open->title : "");
    }
}

void
assembly_add_rows(Assembly *assembly, const TableView *view, const int *map, int page)
{
    const bool further = assembly->open->pages->len > 0;
    const guint before = assembly->open->rows->len;
    bool leading = true; /* numbers of columns stand before the first row; further down 1 2 3 are figures */
    for (int row = view->body; row < view->end; row++) {
        if (leading && table_view_is_index(view, row))
            continue;
        leading = false;
        if (further && row == view->body && (join_rest(assembly, view, row, map) || join_rests(assembly, view, row, map)))
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
