/* Whole documents drawn here with cairo: what runs over the pages, what the clip hides, what poppler's drawing tells. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cairo-pdf.h>
#include <cmocka.h>
#include <glib.h>
#include <math.h>
#include <string.h>

#include "extract.h"

#define WIDTH 400.0
#define HEIGHT 600.0

typedef void (*DrawPage)(cairo_t *cr, int number);

static cairo_status_t
keep(void *closure, const unsigned char *data, unsigned int length)
{
    g_byte_array_append(closure, data, length);
    return CAIRO_STATUS_SUCCESS;
}

static GBytes *
draw_pages(DrawPage draw, int pages)
{
    GByteArray *array = g_byte_array_new();
    cairo_surface_t *surface = cairo_pdf_surface_create_for_stream(keep, array, WIDTH, HEIGHT);
    cairo_t *cr = cairo_create(surface);
    cairo_select_font_face(cr, "sans", CAIRO_FONT_SLANT_NORMAL, CAIRO_FONT_WEIGHT_NORMAL);
    cairo_set_font_size(cr, 10);
    for (int i = 1; i <= pages; i++) {
        draw(cr, i);
        cairo_show_page(cr);
    }
    cairo_destroy(cr);
    cairo_surface_destroy(surface);
    return g_byte_array_free_to_bytes(array);
}

static Document *
read_pages(DrawPage draw, int pages)
{
    g_autoptr(GBytes) bytes = draw_pages(draw, pages);
    g_autoptr(GError) error = NULL;
    Document *document = document_new_from_bytes(bytes, "drawn.pdf", &error);
    assert_non_null(document);
    document_check(document);
    assert_int_equal(document->pages->len, pages);
    return document;
}

static void
text(cairo_t *cr, double x, double y, const char *words)
{
    cairo_move_to(cr, x, y);
    cairo_show_text(cr, words);
}

/* The role of the line with these words; -1 when the page has none. */
static int
role_of(const Document *document, guint page, const char *words)
{
    const Page *on = document->pages->pdata[page];
    for (guint i = 0; i < on->lines->len; i++) {
        g_autofree char *line = line_text(on->lines->pdata[i]);
        if (strcmp(line, words) == 0)
            return ((const Line *) on->lines->pdata[i])->role;
    }
    return -1;
}

/* ---- page numbers and running headers ---- */

static void
draw_book(cairo_t *cr, int number)
{
    g_autofree char *plain = g_strdup_printf("%d", number + 3);
    g_autofree char *body = g_strdup_printf("Words of page %d and 12", number);
    text(cr, 40, 30, "Running header");
    text(cr, 40, 200, body);
    text(cr, 40, 220, "12");
    text(cr, 195, 580, plain);
}

static void
what_runs_over_the_pages(void **state)
{
    (void) state;
    g_autoptr(Document) document = read_pages(draw_book, 4);
    assert_int_equal(role_of(document, 0, "Running header"), LINE_CONTENT);
    assert_int_equal(role_of(document, 2, "Running header"), LINE_RUNNING);
    assert_int_equal(role_of(document, 0, "4"), LINE_PAGE_NUMBER);
    assert_int_equal(role_of(document, 3, "7"), LINE_PAGE_NUMBER);
    assert_int_equal(role_of(document, 3, "12"), LINE_CONTENT);
}

static void
draw_dashed(cairo_t *cr, int number)
{
    text(cr, 40, 200, "Words");
    text(cr, 40, 570, number == 1 ? "12.5" : "1,234");
    text(cr, 180, 585, number == 1 ? "- 8 -" : "8/45");
}

static void
amounts_are_no_page_numbers(void **state)
{
    (void) state;
    g_autoptr(Document) document = read_pages(draw_dashed, 2);
    assert_int_equal(role_of(document, 0, "-8-"), LINE_PAGE_NUMBER);
    assert_int_equal(role_of(document, 0, "12.5"), LINE_CONTENT);
    assert_int_equal(role_of(document, 1, "8/45"), LINE_PAGE_NUMBER);
    assert_int_equal(role_of(document, 1, "1,234"), LINE_CONTENT);
}

/* ---- what the clip hides ---- */

static void
draw_clipped(cairo_t *cr, G_GNUC_UNUSED int number)
{
    cairo_save(cr);
    cairo_rectangle(cr, 20, 100, 60, 50);
    cairo_clip(cr);
    text(cr, 25, 120, "seen and cut at the side");
    text(cr, 25, 400, "hidden");
    cairo_restore(cr);
    text(cr, 25, 500, "last");
}

static void
hidden_text_is_not_read(void **state)
{
    (void) state;
    g_autoptr(Document) document = read_pages(draw_clipped, 1);
    assert_int_equal(role_of(document, 0, "hidden"), -1);
    assert_int_equal(role_of(document, 0, "seen and cut at the side"), LINE_CONTENT);
    assert_int_equal(role_of(document, 0, "last"), LINE_CONTENT);
}

/* ---- poppler's drawing is seen ---- */

static void
draw_two_cells(cairo_t *cr, G_GNUC_UNUSED int number)
{
    cairo_set_line_width(cr, 0.5);
    cairo_rectangle(cr, 100.25, 100.25, 100, 20);
    cairo_rectangle(cr, 200.25, 100.25, 100, 20);
    cairo_stroke(cr);
    text(cr, 110, 114, "left");
}

/* Where cairo's symbols are not ours there is no grid, and a diagnostic. Geometry is exact to a quarter of a point. */
static void
drawing_is_seen(void **state)
{
    (void) state;
    g_autoptr(Document) document = read_pages(draw_two_cells, 1);
    assert_int_equal(document->diagnostics->len, 0);
    const Page *page = document->pages->pdata[0];
    assert_int_equal(page->grids->len, 1);
    const Grid *grid = page->grids->pdata[0];
    assert_int_equal(grid->cols, 2);
    assert_true(fabs(grid->bbox.x0 - 100.25) < 0.3 && fabs(grid->bbox.y1 - 120.25) < 0.3);
}

/* Outside of a reading cairo's functions are cairo's own. */
static void
drawing_goes_on(void **state)
{
    (void) state;
    g_autoptr(Document) document = read_pages(draw_two_cells, 1);
    cairo_surface_t *surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, 400, 400);
    assert_int_equal(cairo_surface_status(surface), CAIRO_STATUS_SUCCESS);
    cairo_t *cr = cairo_create(surface);
    cairo_set_source_rgb(cr, 1, 0, 0);
    cairo_paint(cr);
    cairo_set_source_rgb(cr, 0, 1, 0);
    cairo_rectangle(cr, 0, 0, 10, 10);
    cairo_fill(cr);
    cairo_surface_flush(surface);
    const guint32 *pixels = (const guint32 *) (const void *) cairo_image_surface_get_data(surface);
    assert_int_equal(pixels[0] & 0xFFFFFF, 0x00FF00);
    assert_int_equal(pixels[20] & 0xFFFFFF, 0xFF0000);
    cairo_destroy(cr);
    cairo_surface_destroy(surface);
}

/* ---- pages without text ---- */

static void
draw_scan(cairo_t *cr, int number)
{
    cairo_surface_t *image = cairo_image_surface_create(CAIRO_FORMAT_RGB24, 400, 400);
    if (number == 1) {
        cairo_set_source_surface(cr, image, 0, 0);
        cairo_paint(cr);
        cairo_set_source_rgb(cr, 0, 0, 0);
    }
    cairo_surface_destroy(image);
}

static void
scans_are_told_from_blank_pages(void **state)
{
    (void) state;
    g_autoptr(Document) document = read_pages(draw_scan, 2);
    assert_int_equal(document->diagnostics->len, 1);
    const Diag *diag = document->diagnostics->pdata[0];
    assert_int_equal(diag->code, DIAG_PAGE_WITHOUT_TEXT);
    assert_int_equal(diag->page, 1);
    assert_int_equal(((const Page *) document->pages->pdata[1])->text, TEXT_NONE);
}

/* ---- damage ---- */

static void
damaged_files_end_well(void **state)
{
    (void) state;
    g_autoptr(GBytes) bytes = draw_pages(draw_book, 2);
    gsize size = 0;
    const char *data = g_bytes_get_data(bytes, &size);
    for (gsize cut = 1; cut < size; cut += 1 + size / 40) {
        g_autoptr(GBytes) part = g_bytes_new(data, cut);
        g_autoptr(GError) error = NULL;
        g_autoptr(Document) document = document_new_from_bytes(part, "part.pdf", &error);
        assert_true((document == NULL) == (error != NULL));
        if (document != NULL)
            document_check(document);
    }
}

static void
a_page_as_svg(void **state)
{
    (void) state;
    g_autoptr(GBytes) bytes = draw_pages(draw_two_cells, 1);
    g_autoptr(GError) error = NULL;
    g_autofree char *svg = extract_to_svg(bytes, "drawn.pdf", 1, &error);
    assert_non_null(svg);
    assert_non_null(strstr(svg, ">left</text>"));
    assert_null(extract_to_svg(bytes, "drawn.pdf", 2, &error));
    assert_int_equal(error->code, EXTRACT_DAMAGED);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_runs_over_the_pages), cmocka_unit_test(amounts_are_no_page_numbers),
        cmocka_unit_test(hidden_text_is_not_read),  cmocka_unit_test(drawing_is_seen),
        cmocka_unit_test(drawing_goes_on),          cmocka_unit_test(scans_are_told_from_blank_pages),
        cmocka_unit_test(damaged_files_end_well),   cmocka_unit_test(a_page_as_svg),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
