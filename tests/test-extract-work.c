/* How much is done for a page, counted and not timed. */
#define _GNU_SOURCE
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cairo-pdf.h>
#include <cmocka.h>
#include <dlfcn.h>
#include <poppler.h>

#include "extract.h"
#include "ink.h"

/* ---- pages ---- */

static guint drawn, asked;

#define REAL(name) ((__typeof__(&name)) dlsym(RTLD_NEXT, #name))

void
poppler_page_render(PopplerPage *page, cairo_t *cr)
{
    drawn++;
    REAL(poppler_page_render)(page, cr);
}

char *
poppler_page_get_text(PopplerPage *page)
{
    asked++;
    return REAL(poppler_page_get_text)(page);
}

static cairo_status_t
keep(void *closure, const unsigned char *data, unsigned int length)
{
    g_byte_array_append(closure, data, length);
    return CAIRO_STATUS_SUCCESS;
}

static GBytes *
draw_pages(int pages)
{
    GByteArray *array = g_byte_array_new();
    cairo_surface_t *surface = cairo_pdf_surface_create_for_stream(keep, array, 400, 600);
    cairo_t *cr = cairo_create(surface);
    for (int i = 0; i < pages; i++) {
        cairo_move_to(cr, 50, 50);
        cairo_show_text(cr, "words");
        cairo_show_page(cr);
    }
    cairo_destroy(cr);
    cairo_surface_destroy(surface);
    return g_byte_array_free_to_bytes(array);
}

static void
pages_are_read_once(void **state)
{
    (void) state;
    for (int pages = 1; pages <= 16; pages *= 4) {
        drawn = asked = 0;
        g_autoptr(GBytes) bytes = draw_pages(pages);
        g_autoptr(Document) document = document_new_from_bytes(bytes, "drawn.pdf", NULL);
        assert_int_equal(document->pages->len, pages);
        assert_int_equal(drawn, pages);
        assert_int_equal(asked, pages);
    }
}

/* ---- colours ---- */

typedef void *Profile;
typedef Profile (*MakeProfile)(void);
typedef guint32 (*FormatOf)(Profile profile, guint32 bytes, int is_float);
Profile cmsCreateTransform(Profile from, guint32 from_format, Profile to, guint32 to_format, guint32 intent, guint32 flags);

/* lcms2 is there because poppler needs it. */
static void
colours_are_not_measured(void **state)
{
    (void) state;
    MakeProfile make_xyz = (MakeProfile) dlsym(RTLD_DEFAULT, "cmsCreateXYZProfile");
    MakeProfile make_rgb = (MakeProfile) dlsym(RTLD_DEFAULT, "cmsCreate_sRGBProfile");
    FormatOf format_of = (FormatOf) dlsym(RTLD_DEFAULT, "cmsFormatterForColorspaceOfProfile");
    void (*close_profile)(Profile) = (void (*)(Profile)) dlsym(RTLD_DEFAULT, "cmsCloseProfile");
    void (*delete_transform)(void *) = (void (*)(void *)) dlsym(RTLD_DEFAULT, "cmsDeleteTransform");
    assert_true(make_xyz != NULL && make_rgb != NULL && format_of != NULL && close_profile != NULL && delete_transform != NULL);
    Profile xyz = make_xyz(), rgb = make_rgb();
    guint32 doubles = format_of(xyz, 0, 1), octets = format_of(rgb, 1, 0);
    void *outside = cmsCreateTransform(xyz, doubles, rgb, octets, 1, 0);
    Ink ink = {.limit = 1};
    ink_begin(&ink);
    void *inside = cmsCreateTransform(xyz, doubles, rgb, octets, 1, 0), *other = cmsCreateTransform(rgb, octets, rgb, octets, 1, 0);
    ink_end(&ink);
    assert_non_null(outside);
    assert_null(inside);
    assert_non_null(other);
    delete_transform(outside);
    delete_transform(other);
    close_profile(xyz);
    close_profile(rgb);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(pages_are_read_once), cmocka_unit_test(colours_are_not_measured)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
