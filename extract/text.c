/* Plain text → one Page: rows of cells parted by tabs or bars are grids, everything else is lines. Boxes count characters
 * and lines. Marks of markdown and its like (#, **, <b>) are no words of the document. */
#include "page.h"
#include "utf8.h"

#include <string.h>

#define MAX_COLS 200

typedef struct {
    Page *page;
    char **lines;
    char mark; /* what parts the cells of the block at hand */
} TextReader;

/* ---- marks ---- */

static gsize
tag_length(const char *p)
{
    static const char *const tags[] = {"b", "/b", "strong", "/strong", "i", "/i", "em", "/em", "u", "/u", "br", "br/", "br /"};
    for (gsize i = 0; i < G_N_ELEMENTS(tags); i++) {
        gsize length = strlen(tags[i]);
        if (g_ascii_strncasecmp(p + 1, tags[i], length) == 0 && p[1 + length] == '>')
            return length + 2;
    }
    return 0;
}

static char *
strip_marks(const char *text)
{
    g_autoptr(GString) out = g_string_sized_new(strlen(text));
    const char *p = text;
    gsize heading = strspn(p, "#");
    if (heading > 0 && heading <= 6 && (p[heading] == ' ' || p[heading] == '\t'))
        p += heading + 1;
    while (*p != '\0') {
        gsize tag = *p == '<' ? tag_length(p) : 0;
        if (tag > 0)
            p += tag;
        else if (p[0] == '*' && p[1] == '*')
            p += 2;
        else
            g_string_append_c(out, *p++);
    }
    return utf8_mend_radicals(out->str);
}

static char *
cell_text(const char *field)
{
    g_autofree char *stripped = strip_marks(field);
    return utf8_collapse(stripped);
}

/* ---- rows ---- */

/* A row that only draws the line below a table's head. */
static bool
is_separator(const char *line)
{
    return strstr(line, "--") != NULL && line[strspn(line, "-|:\t +=")] == '\0';
}

/* A line of a table of contents: its tab only sets the page number to the right. */
static bool
has_leader(const char *line)
{
    return strstr(line, "....") != NULL || strstr(line, "……") != NULL || strstr(line, "····") != NULL;
}

static char **
split_row(const char *line, char mark)
{
    g_autofree char *inner = g_strdup(line);
    char *start = inner;
    if (mark == '|') {
        g_strstrip(inner);
        start += inner[0] == '|';
        gsize length = strlen(start);
        if (length > 0 && start[length - 1] == '|')
            start[length - 1] = '\0';
    }
    char parting[2] = {mark, '\0'};
    char **fields = g_strsplit(start, parting, -1);
    for (guint i = 0; fields[i] != NULL; i++) {
        char *text = cell_text(fields[i]);
        g_free(fields[i]);
        fields[i] = text;
    }
    return fields;
}

static guint
filled(char **fields)
{
    guint count = 0;
    for (guint i = 0; fields[i] != NULL; i++)
        count += fields[i][0] != '\0';
    return count;
}

static char
mark_of(const char *line)
{
    if (has_leader(line))
        return '\0';
    return strchr(line, '\t') != NULL ? '\t' : strchr(line, '|') != NULL ? '|' : '\0';
}

/* ---- grids ---- */

static void
free_fields(void *fields)
{
    g_strfreev(fields);
}

static Grid *
grid_new_from_rows(const GPtrArray *rows, guint first)
{
    guint cols = 1;
    for (guint r = 0; r < rows->len; r++)
        cols = MAX(cols, MIN(g_strv_length(rows->pdata[r]), MAX_COLS));
    Grid *grid = g_new0(Grid, 1);
    grid->rows = (int) rows->len;
    grid->cols = (int) cols;
    grid->ruled = true;
    grid->bbox = (Box){0, first, cols, first + rows->len};
    grid->cells = g_ptr_array_sized_new(rows->len * cols);
    for (guint r = 0; r < rows->len; r++) {
        char **fields = rows->pdata[r];
        guint count = g_strv_length(fields);
        for (guint c = 0; c < cols; c++) {
            Cell *cell = g_new0(Cell, 1);
            *cell = (Cell){(int) r, (int) c, 1, 1, {c, first + r, c + 1, first + r + 1}, 0, NULL};
            /* What stands beyond the last column that is allowed is told in it. */
            bool rest = c + 1 == cols && count > cols;
            cell->text = rest ? g_strjoinv(" ", fields + c) : g_strdup(c < count ? fields[c] : "");
            g_ptr_array_add(grid->cells, cell);
        }
    }
    return grid;
}

/* ---- lines ---- */

static Line *
line_new(const char *text, guint number)
{
    Line *line = g_new0(Line, 1);
    line->words = g_ptr_array_new();
    double x = 0;
    for (const char *p = text; *p != '\0';) {
        double start = x;
        const char *end = p;
        while (*end != '\0' && !utf8_is_space(g_utf8_get_char(end))) {
            end = g_utf8_next_char(end);
            x++;
        }
        if (end > p) {
            Word *word = g_new0(Word, 1);
            word->text = g_strndup(p, (gsize) (end - p));
            word->bbox = (Box){start, number, x, number + 1};
            line->bbox = box_union(line->bbox, word->bbox);
            g_ptr_array_add(line->words, word);
        }
        for (p = end; *p != '\0' && utf8_is_space(g_utf8_get_char(p)); p = g_utf8_next_char(p))
            x++;
    }
    return line;
}

static void
add_line(TextReader *reader, guint number, int grid)
{
    g_autofree char *text = strip_marks(reader->lines[number]);
    if (mark_of(text) == '|')
        g_strdelimit(text, "|", ' ');
    Line *line = line_new(text, number);
    if (line->words->len == 0) {
        g_ptr_array_unref(line->words);
        g_free(line);
        return;
    }
    line->grid = grid;
    reader->page->width = MAX(reader->page->width, line->bbox.x1);
    g_ptr_array_add(reader->page->lines, line);
}

/* ---- blocks ---- */

/* The lines from `first` on whose cells are parted by the same mark. Returns the line after the last of them. */
static guint
block_end(const TextReader *reader, guint first)
{
    char mark = mark_of(reader->lines[first]);
    guint end = first + 1;
    while (mark != '\0' && reader->lines[end] != NULL && mark_of(reader->lines[end]) == mark)
        end++;
    return end;
}

/* A table has a row with two cells that are filled; one row alone, three columns: web pages set words apart with tabs too. */
static bool
is_table(const GPtrArray *rows)
{
    guint most = 0, cols = 0;
    for (guint i = 0; i < rows->len; i++) {
        most = MAX(most, filled(rows->pdata[i]));
        cols = MAX(cols, g_strv_length(rows->pdata[i]));
    }
    return most >= 2 && (rows->len >= 2 || cols >= 3);
}

static void
add_block(TextReader *reader, guint first, guint end)
{
    char mark = mark_of(reader->lines[first]);
    g_autoptr(GPtrArray) rows = g_ptr_array_new_with_free_func(free_fields);
    for (guint i = first; mark != '\0' && i < end; i++)
        if (!is_separator(reader->lines[i]))
            g_ptr_array_add(rows, split_row(reader->lines[i], mark));
    int grid = 0;
    if (is_table(rows)) {
        Grid *made = grid_new_from_rows(rows, first);
        made->bbox.y1 = end;
        g_ptr_array_add(reader->page->grids, made);
        grid = (int) reader->page->grids->len;
    }
    for (guint i = first; i < end; i++)
        if (!is_separator(reader->lines[i]))
            add_line(reader, i, grid);
}

Page *
page_new_from_text(const char *text, gsize length)
{
    g_autofree char *copy = g_strndup(text, length);
    char *start = g_str_has_prefix(copy, "\xEF\xBB\xBF") ? copy + 3 : copy;
    g_strdelimit(start, "\r", '\n');
    g_auto(GStrv) lines = g_strsplit(start, "\n", -1);
    Page *page = g_new0(Page, 1);
    page->lines = g_ptr_array_new();
    page->grids = g_ptr_array_new();
    TextReader reader = {.page = page, .lines = lines};
    for (guint i = 0, end = 0; lines[i] != NULL; i = end) {
        end = block_end(&reader, i);
        add_block(&reader, i, end);
    }
    page->height = g_strv_length(lines);
    page->text = page->lines->len > 0 ? TEXT_NATIVE : TEXT_NONE;
    return page;
}
