#include "document.h"

#include "utf8.h"

static const char *const role_names[] = {"content", "page_number", "running", NULL};
static const char *const text_names[] = {"native", "none", NULL};

static const Field word_fields[] = {FIELD(Word, text, STRING), FIELD(Word, bbox, BOX, .flags = FIELD_ZERO), {0}};
static const Shape word_shape = SHAPE(Word, word_fields);

static const Field line_fields[] = {FIELD(Line, bbox, BOX, .flags = FIELD_ZERO),       FIELD(Line, role, ENUM, .flags = FIELD_OMIT, .names = role_names),
                                    FIELD(Line, grid, INT, .flags = FIELD_OMIT),       FIELD(Line, size, NUMBER, .flags = FIELD_OMIT),
                                    FIELD(Line, words, STRUCTS, .shape = &word_shape), {0}};
static const Shape line_shape = SHAPE(Line, line_fields);

static const Field cell_fields[] = {FIELD(Cell, row, INT),
                                    FIELD(Cell, col, INT),
                                    FIELD(Cell, rowspan, INT),
                                    FIELD(Cell, colspan, INT),
                                    FIELD(Cell, bbox, BOX, .flags = FIELD_ZERO),
                                    FIELD(Cell, indent, NUMBER, .flags = FIELD_OMIT),
                                    FIELD(Cell, text, STRING),
                                    {0}};
static const Shape cell_shape = SHAPE(Cell, cell_fields);

static const Field grid_fields[] = {FIELD(Grid, bbox, BOX, .flags = FIELD_ZERO),
                                    FIELD(Grid, rows, INT),
                                    FIELD(Grid, cols, INT),
                                    FIELD(Grid, ruled, BOOL),
                                    FIELD(Grid, cells, STRUCTS, .shape = &cell_shape),
                                    {0}};
static const Shape grid_shape = SHAPE(Grid, grid_fields);

static const Field page_fields[] = {FIELD(Page, page, INT, .flags = FIELD_ZERO),
                                    FIELD(Page, width, NUMBER),
                                    FIELD(Page, height, NUMBER),
                                    FIELD(Page, rotate, INT),
                                    FIELD(Page, text, ENUM, .names = text_names),
                                    FIELD(Page, lines, STRUCTS, .shape = &line_shape),
                                    FIELD(Page, grids, STRUCTS, .shape = &grid_shape),
                                    {0}};
static const Shape page_shape = SHAPE(Page, page_fields);

static const Field document_fields[] = {FIELD(Document, file, STRING),
                                        FIELD(Document, sha256, STRING),
                                        FIELD(Document, media_type, STRING),
                                        FIELD(Document, pages, STRUCTS, .shape = &page_shape),
                                        FIELD(Document, diagnostics, STRUCTS, .shape = &diag_shape),
                                        {0}};
const Shape document_shape = SHAPE(Document, document_fields);

void
document_free(Document *document)
{
    shape_free(&document_shape, document);
}

char *
document_to_json(const Document *document)
{
    return shape_to_json(&document_shape, document);
}

/* What later stages rely on and a foreign Document may break: cells inside their grid, each position covered once. */
static bool
grid_is_whole(const Grid *grid)
{
    if (grid->rows < 1 || grid->cols < 1 || (gint64) grid->rows * grid->cols > 4000000 || grid->cells == NULL)
        return false;
    g_autofree guint8 *covered = g_malloc0((size_t) grid->rows * (size_t) grid->cols);
    for (guint i = 0; i < grid->cells->len; i++) {
        const Cell *cell = grid->cells->pdata[i];
        if (cell->row < 0 || cell->col < 0 || cell->rowspan < 1 || cell->colspan < 1 || cell->rowspan > grid->rows - cell->row ||
            cell->colspan > grid->cols - cell->col || cell->text == NULL)
            return false;
        const Cell *before = i > 0 ? grid->cells->pdata[i - 1] : cell;
        if (before->row > cell->row || (before->row == cell->row && before->col > cell->col))
            return false;
        for (int r = cell->row; r < cell->row + cell->rowspan; r++)
            for (int c = cell->col; c < cell->col + cell->colspan; c++)
                if (covered[(size_t) r * (size_t) grid->cols + (size_t) c]++ != 0)
                    return false;
    }
    return memchr(covered, 0, (size_t) grid->rows * (size_t) grid->cols) == NULL;
}

static const char *
page_fault(const Page *page)
{
    for (guint i = 0; i < page->grids->len; i++)
        if (!grid_is_whole(page->grids->pdata[i]))
            return "a grid whose cells do not cover it exactly once, by row and column";
    for (guint i = 0; i < page->lines->len; i++) {
        const Line *line = page->lines->pdata[i];
        if (line->grid < 0 || line->grid > (int) page->grids->len)
            return "a line in a grid that is not there";
        if (line->words->len == 0)
            return "a line without words";
        for (guint w = 0; w < line->words->len; w++)
            if (((const Word *) line->words->pdata[w])->text == NULL)
                return "a word without text";
    }
    return NULL;
}

static const char *
document_fault(const Document *document, int *ret_page)
{
    if (document->file == NULL || document->pages == NULL)
        return "no file or no pages";
    for (guint i = 0; i < document->pages->len; i++) {
        const Page *page = document->pages->pdata[i];
        const char *fault = page_fault(page);
        *ret_page = page->page;
        if (fault != NULL)
            return fault;
    }
    return NULL;
}

void
document_check(const Document *document)
{
    int page = 0;
    const char *fault = document_fault(document, &page);
    if (fault != NULL)
        g_error("%s: page %d: %s", document->file, page, fault);
}

Document *
document_from_json(const char *text, gssize length, GError **error)
{
    g_autoptr(Document) document = shape_from_json(&document_shape, text, length, error);
    int page = 0;
    const char *fault = document != NULL ? document_fault(document, &page) : NULL;
    if (fault != NULL) {
        g_set_error(error, SHAPE_ERROR, 0, "Document: page %d: %s", page, fault);
        return NULL;
    }
    return g_steal_pointer(&document);
}

char *
line_text(const Line *line)
{
    g_autoptr(GString) out = g_string_new(NULL);
    for (guint i = 0; i < line->words->len; i++) {
        const Word *word = line->words->pdata[i];
        if (i > 0 && utf8_wants_space(out->str, word->text))
            g_string_append_c(out, ' ');
        g_string_append(out, word->text);
    }
    return g_string_free(g_steal_pointer(&out), FALSE);
}
