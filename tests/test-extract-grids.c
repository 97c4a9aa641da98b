/* Pages drawn here with cairo, read back as grids. The text is Latin, so that any font will do. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cairo-pdf.h>
#include <cmocka.h>
#include <glib.h>
#include <string.h>

#include "extract.h"

/* ---- drawing ---- */

typedef void (*Draw)(cairo_t *cr);

static cairo_status_t
keep(void *closure, const unsigned char *data, unsigned int length)
{
    g_byte_array_append(closure, data, length);
    return CAIRO_STATUS_SUCCESS;
}

static Document *
read_drawn(Draw draw, double width, double height)
{
    GByteArray *array = g_byte_array_new();
    cairo_surface_t *surface = cairo_pdf_surface_create_for_stream(keep, array, width, height);
    cairo_t *cr = cairo_create(surface);
    cairo_select_font_face(cr, "sans", CAIRO_FONT_SLANT_NORMAL, CAIRO_FONT_WEIGHT_NORMAL);
    cairo_set_font_size(cr, 10);
    cairo_set_line_width(cr, 0.5);
    draw(cr);
    cairo_destroy(cr);
    cairo_surface_destroy(surface);
    g_autoptr(GBytes) bytes = g_byte_array_free_to_bytes(array);
    g_autoptr(GError) error = NULL;
    Document *document = document_new_from_bytes(bytes, "drawn.pdf", &error);
    assert_non_null(document);
    document_check(document);
    return document;
}

static void
text(cairo_t *cr, double x, double y, const char *words)
{
    cairo_move_to(cr, x, y);
    cairo_show_text(cr, words);
}

/* Its right edge at x, as numbers are set. */
static void
text_right(cairo_t *cr, double x, double y, const char *words)
{
    cairo_text_extents_t extents;
    cairo_text_extents(cr, words, &extents);
    text(cr, x - extents.x_advance, y, words);
}

static void
line(cairo_t *cr, double x0, double y0, double x1, double y1)
{
    cairo_move_to(cr, x0, y0);
    cairo_line_to(cr, x1, y1);
    cairo_stroke(cr);
}

static void
across(cairo_t *cr, double x0, double x1, double y)
{
    line(cr, x0, y, x1, y);
}

static void
down(cairo_t *cr, double x, double y0, double y1)
{
    line(cr, x, y0, x, y1);
}

/* The words of three rows and three columns, in cells of 100 × 20 from (50, 100). */
static void
nine_words(cairo_t *cr)
{
    static const char *const names[] = {"Name", "alpha", "beta"}, *const sums[] = {"Sum", "1,234.50", "7.25"}, *const rest[] = {"Rest", "0.50", "6.75"};
    for (int r = 0; r < 3; r++) {
        text(cr, 54, 114 + 20 * r, names[r]);
        text_right(cr, 246, 114 + 20 * r, sums[r]);
        text_right(cr, 346, 114 + 20 * r, rest[r]);
    }
}

/* ---- asking ---- */

static const Page *
first_page(const Document *document)
{
    return document->pages->pdata[0];
}

static const Grid *
only_grid(const Document *document)
{
    assert_int_equal(first_page(document)->grids->len, 1);
    return first_page(document)->grids->pdata[0];
}

static const Cell *
cell_at(const Grid *grid, int row, int col)
{
    for (guint i = 0; i < grid->cells->len; i++) {
        const Cell *cell = grid->cells->pdata[i];
        if (row >= cell->row && row < cell->row + cell->rowspan && col >= cell->col && col < cell->col + cell->colspan)
            return cell;
    }
    return NULL;
}

static void
expect_cell(const Grid *grid, int row, int col, const char *words)
{
    const Cell *cell = cell_at(grid, row, col);
    assert_non_null(cell);
    assert_string_equal(cell->text, words);
}

static void
expect_size(const Grid *grid, int rows, int cols)
{
    assert_int_equal(grid->rows, rows);
    assert_int_equal(grid->cols, cols);
}

static void
expect_nine(Draw draw)
{
    g_autoptr(Document) document = read_drawn(draw, 400, 300);
    const Grid *grid = only_grid(document);
    expect_size(grid, 3, 3);
    expect_cell(grid, 0, 0, "Name");
    expect_cell(grid, 1, 1, "1,234.50");
    expect_cell(grid, 2, 2, "6.75");
    assert_int_equal(document->diagnostics->len, 0);
}

/* ---- rulings of every make ---- */

static void
draw_strokes(cairo_t *cr)
{
    nine_words(cr);
    for (int i = 0; i < 4; i++) {
        across(cr, 50, 350, 100 + 20 * i);
        down(cr, 50 + 100 * i, 100, 160);
    }
}

static void
draw_cell_by_cell(cairo_t *cr)
{
    nine_words(cr);
    for (int r = 0; r < 3; r++)
        for (int c = 0; c < 3; c++) {
            cairo_rectangle(cr, 50 + 100 * c + 0.4, 100 + 20 * r + 0.4, 99.2, 19.2);
            cairo_stroke(cr);
        }
}

static void
draw_thin_fills(cairo_t *cr)
{
    nine_words(cr);
    for (int i = 0; i < 4; i++) {
        cairo_rectangle(cr, 50, 100 + 20 * i, 300, 0.48);
        cairo_rectangle(cr, 50 + 100 * i, 100, 0.48, 60);
        cairo_fill(cr);
    }
}

/* A page-wide fill that a thin clip makes a line of: what spreadsheets write. */
static void
draw_clipped_fills(cairo_t *cr)
{
    nine_words(cr);
    for (int i = 0; i < 8; i++) {
        cairo_save(cr);
        if (i < 4)
            cairo_rectangle(cr, 50, 100 + 20 * i, 300, 0.6);
        else
            cairo_rectangle(cr, 50 + 100 * (i - 4), 100, 0.6, 60);
        cairo_clip(cr);
        cairo_rectangle(cr, 0, 0, 400, 300);
        cairo_fill(cr);
        cairo_restore(cr);
    }
}

static void
draw_double_lines(cairo_t *cr)
{
    nine_words(cr);
    for (int i = 0; i < 4; i++)
        for (double gap = 0; gap < 2; gap += 1.4) {
            across(cr, 50, 350, 100 + 20 * i + gap);
            down(cr, 50 + 100 * i + gap, 100, 160);
        }
}

static void
draw_dashes(cairo_t *cr)
{
    nine_words(cr);
    for (int i = 0; i < 4; i++) {
        for (double at = 50; at < 350; at += 4)
            across(cr, at, at + 2, 100 + 20 * i);
        for (double at = 100; at < 160; at += 4)
            down(cr, 50 + 100 * i, at, at + 2);
    }
}

/* White lines on a dark ground. */
static void
draw_white_lines(cairo_t *cr)
{
    cairo_set_source_rgb(cr, 0.6, 0.7, 0.8);
    cairo_rectangle(cr, 40, 90, 320, 80);
    cairo_fill(cr);
    cairo_set_source_rgb(cr, 1, 1, 1);
    for (int i = 0; i < 4; i++) {
        across(cr, 50, 350, 100 + 20 * i);
        down(cr, 50 + 100 * i, 100, 160);
    }
    cairo_set_source_rgb(cr, 0, 0, 0);
    nine_words(cr);
}

/* The left and right borders are not drawn. */
static void
draw_open_sides(cairo_t *cr)
{
    nine_words(cr);
    for (int i = 0; i < 4; i++)
        across(cr, 50, 350, 100 + 20 * i);
    down(cr, 150, 100, 160);
    down(cr, 250, 100, 160);
}

/* Nothing parts the rows but the words themselves. */
static void
draw_no_row_lines(cairo_t *cr)
{
    nine_words(cr);
    across(cr, 50, 350, 100);
    across(cr, 50, 350, 120);
    across(cr, 50, 350, 160);
    for (int i = 0; i < 4; i++)
        down(cr, 50 + 100 * i, 100, 160);
}

static void
draw_columns_only(cairo_t *cr)
{
    nine_words(cr);
    for (int i = 0; i < 4; i++)
        down(cr, 50 + 100 * i, 100, 160);
}

static void
rulings_of_every_make(void **state)
{
    (void) state;
    static const Draw draws[] = {draw_strokes, draw_cell_by_cell, draw_thin_fills, draw_clipped_fills, draw_double_lines,
                                 draw_dashes,  draw_white_lines,  draw_open_sides, draw_no_row_lines,  draw_columns_only};
    for (size_t i = 0; i < G_N_ELEMENTS(draws); i++) {
        print_message("make %zu\n", i);
        expect_nine(draws[i]);
    }
}

/* ---- no table ---- */

static void
draw_frame(cairo_t *cr)
{
    cairo_rectangle(cr, 20, 20, 360, 260);
    cairo_stroke(cr);
    for (int i = 0; i < 8; i++)
        text(cr, 40, 60 + 20 * i, "A line of a paragraph with 12.50 and 3,400.00 in it.");
    across(cr, 40, 200, 62);
}

static void
draw_hidden_lines(cairo_t *cr)
{
    nine_words(cr);
    text(cr, 54, 200, "left to right and on");
    cairo_set_source_rgb(cr, 1, 1, 1);
    for (int i = 0; i < 4; i++)
        down(cr, 50 + 100 * i, 180, 220);
    across(cr, 50, 350, 180);
    across(cr, 50, 350, 220);
}

static void
frames_and_white_lines_are_no_tables(void **state)
{
    (void) state;
    g_autoptr(Document) frame = read_drawn(draw_frame, 400, 300);
    assert_int_equal(first_page(frame)->grids->len, 0);
    assert_int_equal(first_page(frame)->lines->len, 8);
    g_autoptr(Document) hidden = read_drawn(draw_hidden_lines, 400, 300);
    assert_false(only_grid(hidden)->ruled);
}

/* ---- merged cells ---- */

static void
draw_merged(cairo_t *cr)
{
    text(cr, 54, 124, "Name");
    text(cr, 230, 114, "Year");
    text(cr, 170, 134, "Sum");
    text(cr, 270, 134, "Rest");
    text(cr, 54, 154, "alpha");
    text_right(cr, 246, 154, "1.00");
    cairo_rectangle(cr, 50, 100, 300, 60);
    cairo_stroke(cr);
    across(cr, 150, 350, 120);
    across(cr, 50, 350, 140);
    down(cr, 150, 100, 160);
    down(cr, 250, 120, 160);
}

static void
merged_cells(void **state)
{
    (void) state;
    g_autoptr(Document) document = read_drawn(draw_merged, 400, 300);
    const Grid *grid = only_grid(document);
    expect_size(grid, 3, 3);
    assert_int_equal(grid->cells->len, 7);
    assert_int_equal(cell_at(grid, 0, 0)->rowspan, 2);
    assert_int_equal(cell_at(grid, 0, 1)->colspan, 2);
    expect_cell(grid, 1, 0, "Name");
    expect_cell(grid, 0, 2, "Year");
    expect_cell(grid, 2, 2, "");
    const Cell *name = cell_at(grid, 2, 0);
    assert_true(name->indent > 3 && name->indent < 6);
}

/* Names in the middle of their cells, figures at their right. */
static void
draw_centred(cairo_t *cr)
{
    static const char *const names[] = {"name", "administration", "roads", "water", "public health"};
    for (int i = 0; i < 6; i++)
        across(cr, 50, 350, 100 + 20 * i);
    down(cr, 50, 100, 200);
    down(cr, 250, 100, 200);
    down(cr, 350, 100, 200);
    for (int i = 0; i < 5; i++) {
        cairo_text_extents_t extents;
        cairo_text_extents(cr, names[i], &extents);
        text(cr, 150 - extents.x_advance / 2, 114 + 20 * i, names[i]);
        text_right(cr, 348, 114 + 20 * i, i > 0 ? "5.00" : "sum");
    }
}

static void
centred_names_are_not_set_in(void **state)
{
    (void) state;
    g_autoptr(Document) document = read_drawn(draw_centred, 400, 300);
    const Grid *grid = only_grid(document);
    expect_size(grid, 5, 2);
    for (int row = 0; row < 5; row++)
        assert_true(cell_at(grid, row, 0)->indent == 0);
}

/* ---- words and lines between cells ---- */

static void
draw_glued(cairo_t *cr)
{
    cairo_rectangle(cr, 50, 100, 300, 40);
    cairo_stroke(cr);
    across(cr, 50, 350, 120);
    down(cr, 150, 100, 140);
    down(cr, 250, 100, 140);
    text_right(cr, 149.6, 114, "238.00");
    text(cr, 150.4, 114, "41,534.73");
    text(cr, 54, 134, "a name too long for its cell");
    text_right(cr, 348, 134, "5.00");
    /* A name that goes on into the next cell until it meets the number there. */
    cairo_rectangle(cr, 50, 140, 300, 20);
    cairo_stroke(cr);
    down(cr, 150, 140, 160);
    down(cr, 250, 140, 160);
    text_right(cr, 248, 154, "a_name_of_someone_éé43608.96");
    text_right(cr, 348, 154, "43608.96");
}

static void
words_across_lines(void **state)
{
    (void) state;
    g_autoptr(Document) document = read_drawn(draw_glued, 400, 300);
    const Grid *grid = only_grid(document);
    expect_size(grid, 3, 3);
    expect_cell(grid, 2, 0, "a_name_of_someone_éé");
    expect_cell(grid, 2, 1, "43608.96");
    expect_cell(grid, 2, 2, "43608.96");
    expect_cell(grid, 0, 0, "238.00");
    expect_cell(grid, 0, 1, "41,534.73");
    expect_cell(grid, 1, 2, "5.00");
}

static double
width_of(cairo_t *cr, const char *words)
{
    cairo_text_extents_t extents;
    cairo_text_extents(cr, words, &extents);
    return extents.x_advance;
}

/* Two words that fill their cells and touch at the line between them; below, one word that stands over into an empty cell. */
static void
draw_touching(cairo_t *cr)
{
    double left = width_of(cr, "government"), right = width_of(cr, "operating"), edge = 49.4 + left, end = edge + right + 0.6;
    text(cr, 49.7, 114, "governmentoperating");
    text(cr, 49.7, 134, "governmental");
    text_right(cr, end + 90, 134, "5.00");
    for (int i = 0; i < 3; i++)
        across(cr, 50, end + 100, 100 + 20 * i);
    down(cr, 50, 100, 140);
    down(cr, edge, 100, 140);
    down(cr, end, 100, 140);
    down(cr, end + 100, 100, 140);
}

static void
touching_words_are_cut_when_centred(void **state)
{
    (void) state;
    g_autoptr(Document) document = read_drawn(draw_touching, 400, 300);
    const Grid *grid = only_grid(document);
    expect_size(grid, 2, 3);
    expect_cell(grid, 0, 0, "government");
    expect_cell(grid, 0, 1, "operating");
    expect_cell(grid, 1, 0, "governmental");
    expect_cell(grid, 1, 1, "");
}

/* ".62" stands over the end of "14,770", which is told to be wider than it is. */
static void
draw_cut_decimals(cairo_t *cr)
{
    draw_strokes(cr);
    text(cr, 60, 200, "total");
    text(cr, 100, 200, "14,770");
    cairo_text_extents_t extents;
    cairo_text_extents(cr, "14,770", &extents);
    text(cr, 100 + extents.x_advance - 4, 200, ".62");
}

static void
cut_decimals(void **state)
{
    (void) state;
    g_autoptr(Document) document = read_drawn(draw_cut_decimals, 400, 300);
    const Line *last = first_page(document)->lines->pdata[first_page(document)->lines->len - 1];
    assert_int_equal(last->words->len, 2);
    assert_string_equal(((const Word *) last->words->pdata[1])->text, "14,770.62");
    assert_int_equal(last->grid, 0);
}

/* ---- rows told by numbers ---- */

static void
draw_wrapped_names(cairo_t *cr)
{
    cairo_rectangle(cr, 50, 100, 300, 80);
    cairo_stroke(cr);
    down(cr, 150, 100, 180);
    down(cr, 250, 100, 180);
    text(cr, 54, 112, "first half of");
    text(cr, 54, 124, "a name");
    text_right(cr, 246, 118, "10.00");
    text_right(cr, 346, 118, "1.00");
    text(cr, 54, 144, "short");
    text_right(cr, 246, 144, "20.00");
    text(cr, 54, 164, "blank");
    text(cr, 54, 176, "last");
    text_right(cr, 246, 176, "30.00");
    text_right(cr, 346, 176, "3.00");
}

static void
rows_told_by_numbers(void **state)
{
    (void) state;
    g_autoptr(Document) document = read_drawn(draw_wrapped_names, 400, 300);
    const Grid *grid = only_grid(document);
    expect_cell(grid, 0, 0, "first half of\na name");
    expect_cell(grid, 0, 1, "10.00");
    expect_cell(grid, 1, 0, "short");
    expect_cell(grid, 1, 1, "20.00");
    expect_cell(grid, 1, 2, "");
    expect_cell(grid, grid->rows - 1, 0, "last");
    expect_cell(grid, grid->rows - 1, 2, "3.00");
}

static void
draw_wrapped_cells(cairo_t *cr)
{
    for (int i = 0; i < 3; i++)
        across(cr, 50, 350, 100 + 30 * i);
    for (int i = 0; i < 4; i++)
        down(cr, 50 + 100 * i, 100, 160);
    text(cr, 54, 112, "a wrapped");
    text(cr, 54, 124, "name");
    text_right(cr, 246, 118, "1.50");
    text(cr, 54, 142, "another");
    text(cr, 54, 154, "one");
    text_right(cr, 246, 148, "2.50");
}

static void
ruled_rows_stay_whole(void **state)
{
    (void) state;
    g_autoptr(Document) document = read_drawn(draw_wrapped_cells, 400, 300);
    const Grid *grid = only_grid(document);
    expect_size(grid, 2, 3);
    expect_cell(grid, 0, 0, "a wrapped\nname");
    expect_cell(grid, 1, 1, "2.50");
}

/* Figures too wide for their columns, in all of them: two lines of numbers in one row. */
static void
draw_torn_numbers(cairo_t *cr)
{
    for (int i = 0; i < 3; i++)
        across(cr, 50, 206, 100 + 30 * i);
    for (int i = 0; i < 4; i++)
        down(cr, 50 + 52 * i, 100, 160);
    for (int i = 0; i < 2; i++) {
        text(cr, 54, 112 + 30 * i, "one");
        text(cr, 54, 124 + 30 * i, "name");
        text(cr, 104, 112 + 30 * i, "17,298,2");
        text(cr, 104, 124 + 30 * i, "45.80");
        text(cr, 156, 112 + 30 * i, "1,422,2");
        text(cr, 156, 124 + 30 * i, "45.80");
    }
}

static void
torn_numbers_stay_in_their_row(void **state)
{
    (void) state;
    g_autoptr(Document) document = read_drawn(draw_torn_numbers, 400, 300);
    const Grid *grid = only_grid(document);
    expect_size(grid, 2, 3);
    expect_cell(grid, 0, 1, "17,298,2\n45.80");
    expect_cell(grid, 1, 2, "1,422,2\n45.80");
}

/* Names with more lines than their rows have room for, the last line in the row below. */
static void
draw_spilt(cairo_t *cr)
{
    for (int i = 0; i < 4; i++)
        across(cr, 50, 350, 100 + 17 * i);
    for (int i = 0; i < 4; i++)
        down(cr, 50 + 100 * i, 100, 151);
    for (int i = 0; i < 2; i++) {
        text(cr, 54, 109 + 17 * i, i == 0 ? "first" : "second");
        text(cr, 54, 121 + 17 * i, i == 0 ? "rest" : "end");
    }
    text(cr, 54, 146, "third");
    for (int i = 0; i < 3; i++)
        text_right(cr, 246, 112 + 17 * i, "1.50");
}

static void
spilt_lines_go_back(void **state)
{
    (void) state;
    g_autoptr(Document) document = read_drawn(draw_spilt, 400, 300);
    const Grid *grid = only_grid(document);
    expect_size(grid, 3, 3);
    expect_cell(grid, 0, 0, "first\nrest");
    expect_cell(grid, 1, 0, "second\nend");
    expect_cell(grid, 2, 0, "third");
    expect_cell(grid, 2, 1, "1.50");
}

/* ---- no lines at all ---- */

static void
draw_borderless(cairo_t *cr)
{
    text(cr, 120, 60, "Table of sums");
    text(cr, 50, 80, "Owner: x");
    text(cr, 300, 80, "Unit: y");
    text(cr, 60, 100, "Name");
    text(cr, 220, 100, "Sum");
    text(cr, 320, 100, "Rest");
    static const char *const names[] = {"alpha", "beta and more", "gamma", "delta"}, *const sums[] = {"1,234.50", "7.25", "11.00", "1.00"},
                             *const rest[] = {"0.50", "6.75", "", "2.00"};
    for (int r = 0; r < 4; r++) {
        text(cr, 50, 120 + 18 * r, names[r]);
        text_right(cr, 246, 120 + 18 * r, sums[r]);
        text_right(cr, 346, 120 + 18 * r, rest[r]);
    }
    text(cr, 50, 220, "The sum is 1,234.50 of 2,000.00 in all, and 7.25 more.");
}

static void
tables_without_lines(void **state)
{
    (void) state;
    g_autoptr(Document) document = read_drawn(draw_borderless, 400, 300);
    const Grid *grid = only_grid(document);
    assert_false(grid->ruled);
    expect_size(grid, 5, 3);
    expect_cell(grid, 0, 1, "Sum");
    expect_cell(grid, 2, 0, "beta and more");
    expect_cell(grid, 3, 1, "11.00");
    expect_cell(grid, 3, 2, "");
    expect_cell(grid, 4, 2, "2.00");
    const Line *last = first_page(document)->lines->pdata[first_page(document)->lines->len - 1];
    assert_int_equal(last->grid, 0);
}

static void
body_below_head(cairo_t *cr)
{
    static const char *const names[] = {"alpha", "beta", "gamma"};
    for (int r = 0; r < 3; r++) {
        text(cr, 50, 130 + 18 * r, names[r]);
        for (int c = 0; c < 3; c++)
            text_right(cr, 200 + 70 * c, 130 + 18 * r, "1.50");
    }
}

/* The first head stands between a word over three columns and the row of their own. */
static void
draw_head_of_two_rows(cairo_t *cr)
{
    text(cr, 240, 96, "Year");
    text(cr, 50, 103, "Name");
    text(cr, 178, 110, "All");
    text(cr, 242, 110, "Basic");
    text(cr, 312, 110, "Rest");
    body_below_head(cr);
}

static void
draw_wrapped_head(cairo_t *cr)
{
    text(cr, 240, 96, "Basic");
    text(cr, 50, 103, "Name");
    text(cr, 178, 103, "All");
    text(cr, 312, 103, "Rest");
    text(cr, 240, 110, "sum");
    body_below_head(cr);
}

static void
heads_without_lines(void **state)
{
    (void) state;
    g_autoptr(Document) two = read_drawn(draw_head_of_two_rows, 400, 300);
    const Grid *grid = only_grid(two);
    expect_size(grid, 5, 4);
    expect_cell(grid, 0, 2, "Year");
    expect_cell(grid, 1, 0, "Name");
    expect_cell(grid, 1, 2, "Basic");
    expect_cell(grid, 1, 3, "Rest");
    g_autoptr(Document) wrapped = read_drawn(draw_wrapped_head, 400, 300);
    grid = only_grid(wrapped);
    expect_size(grid, 4, 4);
    expect_cell(grid, 0, 0, "Name");
    expect_cell(grid, 0, 2, "Basic\nsum");
}

/* Lines above, below the head and at the end only; a column that is blank but for its head; rows without numbers before the last. */
static void
draw_three_lines(cairo_t *cr)
{
    static const char *const names[] = {"alpha", "beta", "gamma", "blank", "total"}, *const sums[] = {"1.00", "2.00", "3.00", "", "6.00"};
    for (int i = 0; i < 3; i++)
        across(cr, 50, 350, i == 2 ? 220 : 100 + 20 * i);
    text(cr, 60, 114, "Name");
    text(cr, 160, 114, "Sum");
    text(cr, 250, 114, "Rest");
    for (int r = 0; r < 5; r++) {
        text(cr, 54, 134 + 18 * r, names[r]);
        text_right(cr, 180, 134 + 18 * r, sums[r]);
    }
    text(cr, 54, 250, "A sentence of 5.00 and 6.00 below the table.");
}

static void
tables_of_three_lines(void **state)
{
    (void) state;
    g_autoptr(Document) document = read_drawn(draw_three_lines, 400, 300);
    const Grid *grid = only_grid(document);
    expect_size(grid, 6, 3);
    expect_cell(grid, 0, 2, "Rest");
    expect_cell(grid, 4, 0, "blank");
    expect_cell(grid, 5, 1, "6.00");
    expect_cell(grid, 5, 2, "");
}

/* Nothing but a head and a total, and lines across. */
static void
draw_blank(cairo_t *cr)
{
    for (int i = 0; i < 3; i++)
        across(cr, 50, 350, 100 + 20 * i);
    text(cr, 60, 114, "Name");
    text(cr, 160, 114, "Sum");
    text(cr, 250, 114, "Rest");
    text(cr, 62, 134, "total");
    text(cr, 50, 160, "There was nothing to tell of.");
}

static void
blank_tables_of_three_lines(void **state)
{
    (void) state;
    g_autoptr(Document) document = read_drawn(draw_blank, 400, 300);
    const Grid *grid = only_grid(document);
    assert_false(grid->ruled);
    expect_size(grid, 2, 3);
    expect_cell(grid, 0, 1, "Sum");
    expect_cell(grid, 1, 0, "total");
    expect_cell(grid, 1, 2, "");
}

/* A merged head, then every other row shaded, the last one white. */
static void
draw_stripes(cairo_t *cr)
{
    cairo_set_source_rgb(cr, 0.6, 0.75, 0.9);
    cairo_rectangle(cr, 50, 80, 300, 18);
    cairo_fill(cr);
    for (int r = 0; r < 4; r += 2)
        for (int c = 0; c < 3; c++) {
            cairo_rectangle(cr, 50 + 100 * c, 100 + 20 * r, 100, 20);
            cairo_fill(cr);
        }
    cairo_set_source_rgb(cr, 0, 0, 0);
    text(cr, 180, 94, "Head");
    nine_words(cr);
    text(cr, 54, 174, "gamma");
    text_right(cr, 246, 174, "9.00");
}

static void
shaded_tables(void **state)
{
    (void) state;
    g_autoptr(Document) document = read_drawn(draw_stripes, 400, 300);
    const Grid *grid = only_grid(document);
    expect_size(grid, 5, 3);
    assert_int_equal(cell_at(grid, 0, 0)->colspan, 3);
    expect_cell(grid, 1, 0, "Name");
    expect_cell(grid, 2, 1, "1,234.50");
    expect_cell(grid, 4, 1, "9.00");
}

static void
box(cairo_t *cr, double grey, double x, double y, double width, double height)
{
    cairo_set_source_rgb(cr, grey, grey, grey);
    cairo_rectangle(cr, x, y, width, height);
    cairo_fill(cr);
}

/* White cells on a black ground, which shows between them; above, after a caption, a pale row under a dark one. */
static void
draw_grounds(cairo_t *cr)
{
    for (int c = 0; c < 4; c++)
        for (int r = 0; r < 3; r++)
            box(cr, r < 2 ? 0.7 : 0.95, 50 + 75 * c, 20 + 16 * r, 75, 15);
    box(cr, 0, 50, 100, 301, 61);
    for (int c = 0; c < 3; c++)
        for (int r = 0; r < 3; r++)
            box(cr, 1, 51 + 100 * c, 101 + 20 * r, 99, 19);
    cairo_set_source_rgb(cr, 0, 0, 0);
    for (int r = 0; r < 3; r++)
        text(cr, 130, 31 + 16 * r, "pale");
    text(cr, 100, 84, "The caption of the second table");
    nine_words(cr);
}

static void
shaded_grounds(void **state)
{
    (void) state;
    g_autoptr(Document) document = read_drawn(draw_grounds, 400, 300);
    const Page *page = first_page(document);
    assert_int_equal(page->grids->len, 2);
    expect_size(page->grids->pdata[0], 3, 4);
    expect_cell(page->grids->pdata[0], 2, 1, "pale");
    expect_size(page->grids->pdata[1], 3, 3);
    expect_cell(page->grids->pdata[1], 1, 1, "1,234.50");
}

/* ---- turned pages ---- */

static void
draw_turned(cairo_t *cr)
{
    cairo_translate(cr, 300, 0);
    cairo_rotate(cr, G_PI / 2);
    draw_strokes(cr);
}

static void
turned_pages_read_upright(void **state)
{
    (void) state;
    g_autoptr(Document) document = read_drawn(draw_turned, 300, 400);
    const Grid *grid = only_grid(document);
    expect_size(grid, 3, 3);
    expect_cell(grid, 0, 0, "Name");
    expect_cell(grid, 1, 1, "1,234.50");
    assert_true(first_page(document)->width > first_page(document)->height);
}

/* ---- two tables ---- */

static void
draw_two(cairo_t *cr)
{
    draw_strokes(cr);
    text(cr, 150, 180, "Another table");
    cairo_translate(cr, 0, 95);
    draw_strokes(cr);
}

static void
two_tables(void **state)
{
    (void) state;
    g_autoptr(Document) document = read_drawn(draw_two, 400, 300);
    const Page *page = first_page(document);
    assert_int_equal(page->grids->len, 2);
    assert_true(((const Grid *) page->grids->pdata[0])->bbox.y1 < ((const Grid *) page->grids->pdata[1])->bbox.y0);
    guint outside = 0;
    for (guint i = 0; i < page->lines->len; i++)
        outside += ((const Line *) page->lines->pdata[i])->grid == 0;
    assert_int_equal(outside, 1);
}

/* A page of lines without end gives a diagnostic, and no grid. */
static void
draw_mesh(cairo_t *cr)
{
    for (int i = 0; i < 900; i++) {
        across(cr, 0, 5000, 5 * i + 5);
        down(cr, 5 * i + 5, 0, 5000);
    }
    text(cr, 100, 100, "x");
}

static void
too_large_a_grid(void **state)
{
    (void) state;
    g_autoptr(Document) document = read_drawn(draw_mesh, 5000, 5000);
    assert_int_equal(first_page(document)->grids->len, 0);
    assert_int_equal(document->diagnostics->len, 1);
    assert_int_equal(((const Diag *) document->diagnostics->pdata[0])->code, DIAG_GRID_LIMIT);
}

/* A scale with its numbers at the height of its lines, bars with theirs. */
static void
draw_chart(cairo_t *cr)
{
    across(cr, 60, 500, 80);
    across(cr, 60, 500, 330);
    for (int i = 0; i < 6; i++) {
        g_autofree char *label = g_strdup_printf("%d", 250 - 50 * i);
        across(cr, 100, 450, 100 + 40 * i);
        text_right(cr, 95, 103.5 + 40 * i, label);
    }
    for (int i = 0; i < 5; i++) {
        text(cr, 130 + 70 * i, 120 + 30 * i, "77");
        text(cr, 130 + 70 * i, 320, "bar");
    }
}

static void
charts_are_no_tables(void **state)
{
    (void) state;
    g_autoptr(Document) document = read_drawn(draw_chart, 595, 842);
    assert_int_equal(first_page(document)->grids->len, 0);
}

/* Cells that reach through all rows of a page have nothing drawn above and below them. */
static void
draw_cut_by_the_page(cairo_t *cr)
{
    for (int i = 0; i < 4; i++) {
        down(cr, 60 + 60 * i, 100, 300);
        across(cr, 340, 520, 100 + 200 / 3.0 * i);
        down(cr, 340 + 60 * i, 100, 300);
    }
    text(cr, 65, 250, "project");
    text_right(cr, 175, 250, "18.44");
    for (int i = 0; i < 10; i++)
        text(cr, 245, 115 + 15 * i, "why and how");
    for (int r = 0; r < 3; r++)
        for (int c = 0; c < 3; c++)
            text(cr, 345 + 60 * c, 130 + 66 * r, "aim");
}

static void
cells_cut_by_the_page(void **state)
{
    (void) state;
    g_autoptr(Document) document = read_drawn(draw_cut_by_the_page, 595, 842);
    const Grid *grid = only_grid(document);
    assert_int_equal(grid->rows, 3);
    assert_int_equal(grid->cols, 7);
    expect_cell(grid, 0, 0, "project");
    expect_cell(grid, 2, 1, "18.44");
    expect_cell(grid, 2, 4, "aim");
    assert_int_equal(cell_at(grid, 0, 3)->rowspan, 3);
}

/* A head over two columns: nothing is drawn below it but the top of the line between them. */
static void
draw_head_without_line(cairo_t *cr)
{
    across(cr, 60, 420, 100);
    across(cr, 60, 420, 140);
    across(cr, 60, 420, 200);
    for (int i = 0; i < 4; i++)
        down(cr, 60 + 120 * i, 100, 200);
    down(cr, 240, 120, 200);
    down(cr, 360, 120, 200);
    text(cr, 65, 124, "Name");
    text(cr, 225, 114, "Men");
    text(cr, 340, 114, "Women");
    for (int c = 0; c < 4; c++) {
        text(cr, 190 + 60 * c, 134, "sum");
        text_right(cr, 235 + 60 * c, 174, "1.50");
    }
    text(cr, 65, 174, "alpha");
}

static void
heads_over_lines_down(void **state)
{
    (void) state;
    g_autoptr(Document) document = read_drawn(draw_head_without_line, 595, 842);
    const Grid *grid = only_grid(document);
    assert_int_equal(grid->rows, 3);
    expect_cell(grid, 0, 0, "Name");
    assert_int_equal(cell_at(grid, 0, 0)->rowspan, 2);
    expect_cell(grid, 0, 1, "Men");
    expect_cell(grid, 1, 1, "sum");
    expect_cell(grid, 2, 4, "1.50");
}

/* Sentences in two columns, a table in the left one. */
static void
draw_two_columns(cairo_t *cr)
{
    for (int i = 0; i < 30; i++) {
        if (i < 12 || i > 18)
            text(cr, 50, 100 + 14 * i, "the quick brown fox jumps over the lazy dog,");
        text(cr, 310, 104 + 14 * i, "pack my box with five dozen liquor jugs and go");
    }
    static const char *const names[] = {"Year", "alpha", "beta", "gamma"};
    for (int r = 0; r < 4; r++) {
        text(cr, 60, 290 + 14 * r, names[r]);
        text_right(cr, 160, 290 + 14 * r, r == 0 ? "Sum" : "12.5");
        text_right(cr, 240, 290 + 14 * r, r == 0 ? "Rest" : "7.25");
    }
}

static void
tables_in_columns_of_sentences(void **state)
{
    (void) state;
    g_autoptr(Document) document = read_drawn(draw_two_columns, 595, 842);
    const Grid *grid = only_grid(document);
    assert_int_equal(grid->rows, 4);
    assert_int_equal(grid->cols, 3);
    expect_cell(grid, 0, 2, "Rest");
    expect_cell(grid, 3, 0, "gamma");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rulings_of_every_make),
        cmocka_unit_test(frames_and_white_lines_are_no_tables),
        cmocka_unit_test(merged_cells),
        cmocka_unit_test(centred_names_are_not_set_in),
        cmocka_unit_test(words_across_lines),
        cmocka_unit_test(touching_words_are_cut_when_centred),
        cmocka_unit_test(cut_decimals),
        cmocka_unit_test(rows_told_by_numbers),
        cmocka_unit_test(ruled_rows_stay_whole),
        cmocka_unit_test(torn_numbers_stay_in_their_row),
        cmocka_unit_test(spilt_lines_go_back),
        cmocka_unit_test(tables_without_lines),
        cmocka_unit_test(heads_without_lines),
        cmocka_unit_test(tables_of_three_lines),
        cmocka_unit_test(blank_tables_of_three_lines),
        cmocka_unit_test(shaded_tables),
        cmocka_unit_test(shaded_grounds),
        cmocka_unit_test(turned_pages_read_upright),
        cmocka_unit_test(two_tables),
        cmocka_unit_test(too_large_a_grid),
        cmocka_unit_test(charts_are_no_tables),
        cmocka_unit_test(cells_cut_by_the_page),
        cmocka_unit_test(heads_over_lines_down),
        cmocka_unit_test(tables_in_columns_of_sentences),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
