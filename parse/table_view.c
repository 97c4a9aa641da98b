#include "tables.h"

#include <string.h>

#include "utf8.h"

/* A table without a single body row has no more header rows than this. */
#define HIGHEST_HEADER 6

const Cell *
table_view_cell(const TableView *view, int row, int col)
{
    return view->at[(size_t) row * (size_t) view->grid->cols + (size_t) col];
}

char *
table_view_text(const TableView *view, int row, int col)
{
    const Cell *cell = table_view_cell(view, row, col);
    if (cell->row != row || cell->col != col)
        return NULL;
    char *text = utf8_squeeze(cell->text);
    if (text[0] != '\0')
        return text;
    g_free(text);
    return NULL;
}

const Cell *
table_view_lone(const TableView *view, int row)
{
    const Cell *lone = NULL;
    for (int col = 0; col < view->grid->cols; col++) {
        const Cell *cell = table_view_cell(view, row, col);
        if (cell == lone || cell->text[0] == '\0')
            continue;
        if (lone != NULL || cell->row != row)
            return NULL;
        lone = cell;
    }
    return lone;
}

static bool
cell_matches(const Rules *captions, const char *rule, const char *text)
{
    return rule_match(rules_find(captions, rule), text, 0, NULL);
}

/* Rows of column numbers count up by one; a row of small amounts does not. */
bool
table_view_is_index(const TableView *view, int row)
{
    int expected = 0, counted = 0, cells = 0;
    for (int col = 0; col < view->grid->cols; col++) {
        g_autofree char *text = table_view_text(view, row, col);
        if (text == NULL)
            continue;
        cells++;
        if (strlen(text) <= 2 && strspn(text, "0123456789") == strlen(text)) {
            int value = atoi(text);
            if (expected != 0 && value != expected)
                return false;
            expected = value + 1;
            counted++;
        } else if (!cell_matches(view->captions, "index", text) && !cell_matches(view->captions, "index_word", text)) {
            return false;
        }
    }
    return counted >= 2 && counted * 2 >= cells;
}

/* ---- where the header ends ---- */

static bool
row_is_blank(const TableView *view, int row)
{
    for (int col = 0; col < view->grid->cols; col++)
        if (table_view_cell(view, row, col)->text[0] != '\0')
            return false;
    return true;
}

/* A year over a column is a header's word though it is a number. */
static bool
is_year(const char *text)
{
    return strlen(text) == 4 && (g_str_has_prefix(text, "19") || g_str_has_prefix(text, "20"));
}

static bool
row_has_figures(const TableView *view, int row)
{
    for (int col = 0; col < view->grid->cols; col++) {
        g_autofree char *text = table_view_text(view, row, col);
        if (text != NULL && cell_matches(view->captions, "number_cell", text) && !is_year(text))
            return true;
    }
    return false;
}

/* The row begins like a body row (a code or an enumerator; a total's word) and is not full of words like a header. */
static bool
row_begins_body(const TableView *view, int row, const char *rule)
{
    int words = 0;
    bool label = false;
    for (int col = 0; col < view->grid->cols; col++) {
        g_autofree char *text = table_view_text(view, row, col);
        if (text == NULL)
            continue;
        words++;
        label = label || cell_matches(view->captions, rule, text);
    }
    return label && (words <= 2 || words * 2 <= view->grid->cols);
}

/* Only the row's first cell is worded: a subject without figures. */
static bool
row_is_label(const TableView *view, int row)
{
    const Cell *lone = table_view_lone(view, row);
    return lone != NULL && lone->col == 0 && lone->colspan == 1 && view->grid->cols > 1;
}

/* A header's merged cell reaches down to its last row; one that reaches right has its parts in the row below. */
static int
header_reach(const TableView *view, int row)
{
    int reach = row + 1;
    for (int col = 0; col < view->grid->cols; col++) {
        const Cell *cell = table_view_cell(view, row, col);
        if (cell->row + cell->rowspan > reach && cell->text[0] != '\0')
            reach = cell->row + cell->rowspan;
    }
    return reach;
}

/* The next row holds the parts of this row's merged cells; where no spans are kept, it fills this row's blanks. */
static bool
row_has_parts_below(const TableView *view, int row)
{
    for (int col = 0; col < view->grid->cols; col++) {
        const Cell *cell = table_view_cell(view, row, col);
        const bool merged = cell->colspan > 1 && (cell->row == row || cell->row + cell->rowspan - 1 == row);
        if (!view->spanless && merged && cell->text[0] != '\0')
            return true;
        if (view->spanless && row + 1 < view->grid->rows && cell->text[0] == '\0' && table_view_cell(view, row + 1, col)->text[0] != '\0')
            return true;
    }
    return false;
}

static bool
columns_are_titled(const TableView *view, int end)
{
    for (int col = 0; col < view->grid->cols; col++) {
        bool titled = false;
        for (int row = view->first; row < end; row++)
            titled = titled || table_view_cell(view, row, col)->text[0] != '\0';
        if (!titled)
            return false;
    }
    return true;
}

/* 类 款 项 stand in the row of the columns' numbers and still head their columns. */
static bool
row_is_worded_index(const TableView *view, int row)
{
    for (int col = 0; col < view->grid->cols; col++) {
        g_autofree char *text = table_view_text(view, row, col);
        if (text != NULL && cell_matches(view->captions, "index_word", text))
            return table_view_is_index(view, row);
    }
    return false;
}

/* `parts`: the row above has merged cells whose parts stand here; 合计 is a part's word then, not a total's. */
static bool
row_is_body(const TableView *view, int row, bool parts)
{
    if (row_is_worded_index(view, row))
        return false;
    if (row_has_figures(view, row) || table_view_is_index(view, row))
        return true;
    if (row == view->first)
        return row_begins_body(view, row, "body_label") && !row_has_parts_below(view, row);
    if (row_is_blank(view, row) || row_is_label(view, row) || row_begins_body(view, row, "body_label"))
        return true;
    return !parts && (row_begins_body(view, row, "total_label") || (!view->spanless && columns_are_titled(view, row)));
}

static int
find_body(const TableView *view)
{
    const int rows = view->grid->rows;
    int row = view->first;
    bool parts = false;
    while (row < rows && !row_is_body(view, row, parts)) {
        const int reach = header_reach(view, row);
        /* A label may be merged down beside rows of figures: no header reaches over those. */
        while (++row < reach && !row_has_figures(view, row))
            ;
        parts = row_has_parts_below(view, row - 1);
    }
    /* What is header down to its end is a form, all of whose rows count. */
    return row < rows || rows - view->first <= HIGHEST_HEADER ? MIN(row, rows) : view->first;
}

/* ---- header paths ---- */

/* Text sources and aligned grids keep no spans: a blank header cell belongs to the words on its left where a deeper row has words of its own. */
static const Cell *
inherited(const TableView *view, int row, int col)
{
    const Cell *cell = table_view_cell(view, row, col);
    if (cell->text[0] != '\0' || !view->spanless || row + 1 >= view->body)
        return cell;
    bool deeper = false;
    for (int below = row + 1; below < view->body; below++)
        deeper = deeper || table_view_cell(view, below, col)->text[0] != '\0';
    for (int above = view->first; above < row; above++) {
        /* A parent that ends here ends its children too. */
        if (col > 0 && table_view_cell(view, above, col)->text[0] != '\0')
            return cell;
    }
    for (int left = col - 1; deeper && left >= 0; left--) {
        const Cell *candidate = table_view_cell(view, row, left);
        if (candidate->text[0] != '\0') {
            bool split = false;
            for (int below = row + 1; below < view->body; below++)
                split = split || table_view_cell(view, below, left)->text[0] != '\0';
            return split ? candidate : cell;
        }
    }
    return cell;
}

static GPtrArray *
header_path(const TableView *view, int col)
{
    GPtrArray *path = g_ptr_array_new_with_free_func(g_free);
    const Cell *before = NULL;
    for (int row = view->first; row < view->body; row++) {
        const Cell *cell = inherited(view, row, col);
        if (cell == before || cell->text[0] == '\0')
            continue;
        g_autofree char *text = utf8_squeeze(cell->text);
        if (table_view_is_index(view, row) && !cell_matches(view->captions, "index_word", text))
            continue;
        before = cell;
        if (path->len == 0 || strcmp(path->pdata[path->len - 1], text) != 0)
            g_ptr_array_add(path, g_steal_pointer(&text));
    }
    return path;
}

/* ---- captions inside the ruling ---- */

/* The row holds nothing but a title over most columns, an owner, a unit or a label. */
static bool
row_is_caption(const TableView *view, int row)
{
    bool caption = false;
    for (int col = 0; col < view->grid->cols; col++) {
        g_autofree char *text = table_view_text(view, row, col);
        if (text == NULL)
            continue;
        const Cell *cell = table_view_cell(view, row, col);
        const Rules *rules = view->captions;
        /* A year or day beside them says nothing; alone it may be a header. */
        if (cell_matches(rules, "date", text))
            continue;
        bool title = cell == table_view_lone(view, row) && cell->colspan * 2 > view->grid->cols && cell_matches(rules, "title", text);
        if (!title && !cell_matches(rules, "unit", text) && !cell_matches(rules, "owner", text) && !cell_matches(rules, "label", text))
            return false;
        caption = true;
    }
    return caption;
}

/* Spreadsheets print title, owner and unit in merged rows above the header and notes below the last row. */
static int
find_first(const TableView *view)
{
    int row = 0;
    while (row < view->grid->rows && (row_is_blank(view, row) || row_is_caption(view, row)))
        row++;
    return row;
}

static int
find_end(const TableView *view)
{
    int end = view->grid->rows;
    while (end > view->body) {
        const Cell *lone = table_view_lone(view, end - 1);
        if (lone == NULL && !row_is_blank(view, end - 1))
            break;
        if (lone != NULL) {
            g_autofree char *text = utf8_squeeze(lone->text);
            if (!cell_matches(view->captions, "note", text) && !cell_matches(view->captions, "empty", text))
                break;
        }
        end--;
    }
    return end;
}

TableView *
table_view_new(const Grid *grid, const Rules *captions)
{
    TableView *view = g_new0(TableView, 1);
    view->grid = grid;
    view->captions = captions;
    view->at = g_new0(const Cell *, (size_t) grid->rows *(size_t) grid->cols);
    for (guint i = 0; i < grid->cells->len; i++) {
        const Cell *cell = grid->cells->pdata[i];
        for (int row = cell->row; row < cell->row + cell->rowspan; row++)
            for (int col = cell->col; col < cell->col + cell->colspan; col++)
                view->at[(size_t) row * (size_t) grid->cols + (size_t) col] = cell;
    }
    view->spanless = grid->cells->len == (guint) grid->rows * (guint) grid->cols;
    view->first = find_first(view);
    view->body = find_body(view);
    view->end = find_end(view);
    view->paths = g_ptr_array_new_with_free_func((GDestroyNotify) g_ptr_array_unref);
    for (int col = 0; col < grid->cols; col++)
        g_ptr_array_add(view->paths, header_path(view, col));
    return view;
}

void
table_view_free(TableView *view)
{
    if (view == NULL)
        return;
    g_free(view->at);
    g_ptr_array_unref(view->paths);
    g_free(view);
}
