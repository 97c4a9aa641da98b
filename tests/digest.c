#include "digest.h"

static const char *const roles[] = {"", "(number) ", "(running) "};

/* A span's further rows and columns are left out; it tells its size instead. */
static void
add_cell(GString *digest, const Cell *cell)
{
    if (cell->col > 0)
        g_string_append(digest, " | ");
    for (const char *p = cell->text; *p != '\0'; p++)
        if (*p == '\n')
            g_string_append(digest, "⏎");
        else
            g_string_append_c(digest, *p);
    if (cell->rowspan > 1 || cell->colspan > 1)
        g_string_append_printf(digest, " ‹%d×%d›", cell->rowspan, cell->colspan);
}

static void
add_grid(GString *digest, const Grid *grid)
{
    g_string_append_printf(digest, "grid %d×%d%s", grid->rows, grid->cols, grid->ruled ? "" : " by alignment");
    int row = -1;
    for (guint i = 0; i < grid->cells->len; i++) {
        const Cell *cell = grid->cells->pdata[i];
        if (cell->row != row)
            g_string_append(digest, "\n  ");
        row = cell->row;
        add_cell(digest, cell);
    }
    g_string_append_c(digest, '\n');
}

char *
digest_new(const Document *document)
{
    GString *digest = g_string_new(NULL);
    g_string_append_printf(digest, "%s %s\n", document->file, document->media_type);
    for (guint p = 0; p < document->pages->len; p++) {
        const Page *page = document->pages->pdata[p];
        g_string_append_printf(digest, "\npage %d, %.0f×%.0f, turned %d%s\n", page->page, page->width, page->height, page->rotate,
                               page->text == TEXT_NONE ? ", no text" : "");
        int told = 0;
        for (guint i = 0; i < page->lines->len; i++) {
            const Line *line = page->lines->pdata[i];
            g_autofree char *text = line_text(line);
            if (line->grid == 0)
                g_string_append_printf(digest, "%s%s\n", roles[line->role], text);
            else if (line->grid > told)
                add_grid(digest, page->grids->pdata[(told = line->grid) - 1]);
        }
        for (; told < (int) page->grids->len; told++)
            add_grid(digest, page->grids->pdata[told]);
    }
    return g_string_free(digest, FALSE);
}
