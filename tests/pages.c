#include "pages.h"

#include <string.h>

#define LEFT 70.0
#define SIZE 12.0
#define LEADING 20.0

static void
add_line(Page *page, const char *text, double y, int grid)
{
    Line *line = g_new0(Line, 1);
    Word *word = g_new0(Word, 1);
    bool middle = text[0] == '^';
    double indent = (double) strspn(text, " ") * 10;
    text += strspn(text, " ^");
    double width = SIZE * (double) g_utf8_strlen(text, -1);
    line->size = middle ? SIZE * 1.5 : SIZE;
    line->grid = grid;
    line->bbox.x0 = middle ? (page->width - width) / 2 : LEFT + indent;
    line->bbox.x1 = line->bbox.x0 + width;
    line->bbox.y0 = y;
    line->bbox.y1 = y + SIZE;
    word->text = g_strdup(text);
    word->bbox = line->bbox;
    line->words = g_ptr_array_new();
    g_ptr_array_add(line->words, word);
    g_ptr_array_add(page->lines, line);
}

static Cell *
cell_at(const Grid *grid, int row, int col)
{
    for (guint i = 0; i < grid->cells->len; i++) {
        Cell *cell = grid->cells->pdata[i];
        if (row >= cell->row && row < cell->row + cell->rowspan && col >= cell->col && col < cell->col + cell->colspan)
            return cell;
    }
    return NULL;
}

static void
add_cell(Grid *grid, int row, int col, const char *text)
{
    Cell *left = strcmp(text, "<") == 0 ? cell_at(grid, row, col - 1) : NULL;
    Cell *above = strcmp(text, "^") == 0 ? cell_at(grid, row - 1, col) : NULL;
    if (left != NULL) {
        left->colspan = col + 1 - left->col;
        left->bbox.x1 += 60;
        return;
    }
    if (above != NULL) {
        above->rowspan = row + 1 - above->row;
        return;
    }
    Cell *cell = g_new0(Cell, 1);
    *cell = (Cell){.row = row, .col = col, .rowspan = 1, .colspan = 1, .text = g_strdup(text)};
    cell->bbox = (Box){LEFT + 60 * col, grid->bbox.y0 + LEADING * row, LEFT + 60 * (col + 1), grid->bbox.y0 + LEADING * (row + 1)};
    g_ptr_array_add(grid->cells, cell);
}

/* The rows from `lines[from]` on that have tabs; returns how many. */
static guint
add_grid(Page *page, char **lines, guint from, double y)
{
    Grid *grid = g_new0(Grid, 1);
    guint rows = 0;
    grid->cells = g_ptr_array_new();
    grid->ruled = true;
    for (; lines[from + rows] != NULL && strchr(lines[from + rows], '\t') != NULL; rows++) {
        g_auto(GStrv) cells = g_strsplit(lines[from + rows], "\t", -1);
        grid->cols = MAX(grid->cols, (int) g_strv_length(cells));
    }
    grid->rows = (int) rows;
    grid->bbox = (Box){LEFT, y, LEFT + 60 * grid->cols, y + LEADING * rows};
    g_ptr_array_add(page->grids, grid);
    for (guint r = 0; r < rows; r++) {
        g_auto(GStrv) cells = g_strsplit(lines[from + r], "\t", -1);
        int count = (int) g_strv_length(cells);
        for (int c = 0; c < grid->cols; c++)
            add_cell(grid, (int) r, c, c < count ? cells[c] : "");
        add_line(page, lines[from + r], y + LEADING * r, (int) page->grids->len);
    }
    return rows;
}

static Page *
page_new(const char *text, int number)
{
    Page *page = g_new0(Page, 1);
    page->page = number;
    page->width = 595;
    page->height = 842;
    page->lines = g_ptr_array_new();
    page->grids = g_ptr_array_new();
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    for (guint i = 0; lines[i] != NULL;) {
        if (strchr(lines[i], '\t') != NULL) {
            i += add_grid(page, lines, i, LEADING * (i + 1));
            continue;
        }
        if (lines[i][0] != '\0')
            add_line(page, lines[i], LEADING * (i + 1), 0);
        i++;
    }
    return page;
}

Document *
pages_new(const char *text, bool flat)
{
    Document *document = g_new0(Document, 1);
    document->file = g_strdup("test");
    document->sha256 = g_strdup("");
    document->media_type = g_strdup(flat ? "text/plain" : "application/pdf");
    document->pages = g_ptr_array_new();
    g_auto(GStrv) pages = g_strsplit(text, "\f", -1);
    for (guint i = 0; pages[i] != NULL; i++)
        g_ptr_array_add(document->pages, page_new(pages[i], flat ? 0 : (int) i + 1));
    document_check(document);
    return document;
}

Tree *
pages_parse(const char *text, bool flat)
{
    g_autoptr(Document) document = pages_new(text, flat);
    g_autoptr(GError) error = NULL;
    Tree *tree = tree_new_from_document(document, &error);
    if (tree == NULL)
        g_error("%s", error->message);
    tree_check(tree);
    return tree;
}
