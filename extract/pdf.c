/* The one file that talks to poppler. */
#include "extract.h"
#include "ink.h"
#include "page.h"
#include "utf8.h"

#include <cairo.h>
#include <math.h>
#include <poppler.h>
#include <string.h>

#define MAX_GLYPHS 400000
#define MAX_MARKS 200000
/* Clip boxes are rounded to whole device units, so the page is drawn enlarged; but no page larger than this, in device units,
 * for poppler allots soft masks by it. */
#define SCALE 4.0
#define MAX_DEVICE 8000.0

/* poppler 22.12 has no autoptr of its own; later ones would clash under its names. */
typedef PopplerDocument Reader;
typedef PopplerPage Leaf;
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Reader, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Leaf, g_object_unref)

#ifdef __SANITIZE_ADDRESS__
/* fontconfig, which poppler asks for fonts that are not embedded, keeps some patterns for ever. */
const char *__lsan_default_suppressions(void);
const char *
__lsan_default_suppressions(void)
{
    return "leak:libfontconfig\n";
}
#endif

static void
keep_quiet(G_GNUC_UNUSED const char *domain, G_GNUC_UNUSED GLogLevelFlags level, G_GNUC_UNUSED const char *message, G_GNUC_UNUSED void *data)
{
}

/* poppler tells of every slip in a file's syntax on standard error, which is ours. */
static void
quieten_poppler(void)
{
    static gsize done;
    if (g_once_init_enter(&done)) {
        g_log_set_handler("Poppler", G_LOG_LEVEL_MASK | G_LOG_FLAG_FATAL | G_LOG_FLAG_RECURSION, keep_quiet, NULL);
        g_once_init_leave(&done, 1);
    }
}

/* ---- ink ---- */

static guint
read_ink(PopplerPage *page, Sheet *sheet, GArray *hidden, GPtrArray **diags)
{
    double scale = fmin(SCALE, MAX_DEVICE / fmax(fmax(sheet->width, sheet->height), 1));
    cairo_rectangle_t extents = {0, 0, ceil(sheet->width * scale), ceil(sheet->height * scale)};
    cairo_surface_t *surface = cairo_recording_surface_create(CAIRO_CONTENT_COLOR_ALPHA, &extents);
    cairo_t *cr = cairo_create(surface);
    cairo_scale(cr, scale, scale);
    Ink ink = {.cr = cr, .scale = scale, .marks = sheet->marks, .hidden = hidden, .limit = MAX_MARKS};
    ink_begin(&ink);
    poppler_page_render(page, cr);
    ink_end(&ink);
    cairo_destroy(cr);
    cairo_surface_destroy(surface);
    sheet->pictures = ink.pictures;
    if (ink.full)
        diag_add(diags, DIAG_PAGE_LIMIT, sheet->number, "more than %d painted boxes", MAX_MARKS);
    return ink.calls;
}

/* ---- text ---- */

/* How wide ideographs are, in font sizes, by font name: their sum and count. */
typedef struct {
    double sum;
    guint count;
} Widths;

static GHashTable *
ideograph_widths(const Sheet *sheet, const GList *list)
{
    GHashTable *fonts = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, g_free);
    for (const GList *item = list; item != NULL; item = item->next) {
        const PopplerTextAttributes *attributes = item->data;
        Widths *widths = g_hash_table_lookup(fonts, attributes->font_name);
        if (widths == NULL) {
            widths = g_new0(Widths, 1);
            g_hash_table_insert(fonts, attributes->font_name, widths);
        }
        int end = MIN(attributes->end_index, (int) sheet->glyphs->len - 1);
        for (int i = MAX(attributes->start_index, 0); i <= end && attributes->font_size > 0; i++) {
            const Glyph *glyph = sheet_glyph(sheet, (guint) i);
            if (!utf8_is_han(glyph->c))
                continue;
            widths->sum += (glyph->x1 - glyph->x0) / attributes->font_size;
            widths->count++;
        }
    }
    return fonts;
}

/* poppler guesses the size of a font whose letters are drawings (Type 3) by the letter m, and may be wrong by far: no
 * ideograph is much narrower than its font's size. Its box then has the ascent and descent that poppler takes for such fonts. */
static void
mend_size(Glyph *glyph, double size, double width)
{
    glyph->size = (float) (size * width);
    if (fabs((glyph->y1 - glyph->y0) - 1.3 * size) > 0.05 * size)
        return;
    double baseline = glyph->y0 + 0.95 * size;
    glyph->y0 = (float) (baseline - 0.88 * glyph->size);
    glyph->y1 = (float) (baseline + 0.22 * glyph->size);
}

static void
read_sizes(PopplerPage *page, Sheet *sheet)
{
    GList *list = poppler_page_get_text_attributes(page);
    g_autoptr(GHashTable) fonts = ideograph_widths(sheet, list);
    for (GList *item = list; item != NULL; item = item->next) {
        const PopplerTextAttributes *attributes = item->data;
        const Widths *widths = g_hash_table_lookup(fonts, attributes->font_name);
        double width = widths->count > 0 ? widths->sum / widths->count : 1;
        int end = MIN(attributes->end_index, (int) sheet->glyphs->len - 1);
        for (int i = MAX(attributes->start_index, 0); i <= end; i++) {
            if (width < 0.7)
                mend_size(sheet_glyph(sheet, (guint) i), attributes->font_size, width);
            else
                sheet_glyph(sheet, (guint) i)->size = (float) attributes->font_size;
        }
    }
    poppler_page_free_text_attributes(list);
}

/* Some fonts tell an ascent of twice their size; their boxes reach over the lines above and below. */
static void
trim_glyph(Glyph *glyph)
{
    double room = glyph->size * 1.3, middle = (glyph->y0 + glyph->y1) / 2;
    if (glyph->size > 0 && glyph->y1 - glyph->y0 > room) {
        glyph->y0 = (float) (middle - room / 2);
        glyph->y1 = (float) (middle + room / 2);
    }
}

static void
read_text(PopplerPage *page, Sheet *sheet, GPtrArray **diags)
{
    g_autofree char *text = poppler_page_get_text(page);
    PopplerRectangle *boxes = NULL; /* left alone by poppler on a page without text */
    guint count = 0;
    poppler_page_get_text_layout(page, &boxes, &count);
    glong length = text != NULL ? g_utf8_strlen(text, -1) : 0;
    if (length != (glong) count && length > 0)
        diag_add(diags, DIAG_PAGE_UNREADABLE, sheet->number, "%ld characters with %u boxes", length, count);
    glong wanted = length == (glong) count ? length : 0;
    if (wanted > MAX_GLYPHS) {
        diag_add(diags, DIAG_PAGE_LIMIT, sheet->number, "%ld characters", wanted);
        wanted = MAX_GLYPHS;
    }
    const char *at = text;
    for (glong i = 0; i < wanted; i++, at = g_utf8_next_char(at)) {
        const PopplerRectangle *box = &boxes[i];
        Glyph glyph = {g_utf8_get_char(at),
                       (float) fmin(box->x1, box->x2),
                       (float) fmin(box->y1, box->y2),
                       (float) fmax(box->x1, box->x2),
                       (float) fmax(box->y1, box->y2),
                       0};
        g_array_append_val(sheet->glyphs, glyph);
    }
    g_free(boxes);
    if (wanted > 0)
        read_sizes(page, sheet);
}

/* ---- letters that the clip hides ---- */

static int
compare_spots(gconstpointer a, gconstpointer b)
{
    const Spot *left = a, *right = b;
    return left->x < right->x ? -1 : left->x > right->x;
}

static bool
is_hidden(const GArray *spots, const Glyph *glyph)
{
    guint low = 0, high = spots->len;
    double slack = 0.1;
    while (low < high) {
        guint middle = (low + high) / 2;
        if (g_array_index(spots, Spot, middle).x < glyph->x0 - slack)
            low = middle + 1;
        else
            high = middle;
    }
    for (guint i = low; i < spots->len && g_array_index(spots, Spot, i).x <= glyph->x1 + slack; i++) {
        const Spot *spot = &g_array_index(spots, Spot, i);
        bool corner = fabs(spot->x - glyph->x0) <= slack || fabs(spot->x - glyph->x1) <= slack;
        if (corner && spot->y >= glyph->y0 - slack && spot->y <= glyph->y1 + slack)
            return true;
    }
    return false;
}

/* A hidden letter leaves a gap, so that what is visible on both sides is not joined. */
static void
drop_hidden(Sheet *sheet, GArray *spots)
{
    g_array_sort(spots, compare_spots);
    for (guint i = 0; spots->len > 0 && i < sheet->glyphs->len; i++)
        if (is_hidden(spots, sheet_glyph(sheet, i)))
            sheet_glyph(sheet, i)->c = ' ';
}

/* ---- pages whose text runs up or down ---- */

typedef enum { RUNS_ACROSS, RUNS_DOWN, RUNS_UP } Runs;

/* How the overwhelming part of a page's text runs. Only neighbours of one word are asked, so that upright characters set one
 * below the other do not count. */
static Runs
text_runs(const Sheet *sheet)
{
    guint across = 0, down = 0, up = 0;
    for (guint i = 1; i < sheet->glyphs->len; i++) {
        const Glyph *a = sheet_glyph(sheet, i - 1), *b = sheet_glyph(sheet, i);
        if (utf8_is_space(a->c) || utf8_is_space(b->c))
            continue;
        double dx = (b->x0 + b->x1 - a->x0 - a->x1) / 2, dy = (b->y0 + b->y1 - a->y0 - a->y1) / 2;
        if (fabs(dx) >= fabs(dy))
            across++;
        else if (dy > 0)
            down++;
        else
            up++;
    }
    guint most = MAX(down, up);
    if (most < 20 || most < 4 * (across + MIN(down, up)))
        return RUNS_ACROSS;
    return down > up ? RUNS_DOWN : RUNS_UP;
}

static Box
turn_box(const Sheet *sheet, Runs runs, Box box)
{
    if (runs == RUNS_DOWN)
        return (Box){box.y0, sheet->width - box.x1, box.y1, sheet->width - box.x0};
    return (Box){sheet->height - box.y1, box.x0, sheet->height - box.y0, box.x1};
}

static void
turn_sheet(Sheet *sheet, Runs runs)
{
    for (guint i = 0; i < sheet->glyphs->len; i++) {
        Glyph *glyph = sheet_glyph(sheet, i);
        Box box = turn_box(sheet, runs, (Box){glyph->x0, glyph->y0, glyph->x1, glyph->y1});
        glyph->x0 = (float) box.x0;
        glyph->y0 = (float) box.y0;
        glyph->x1 = (float) box.x1;
        glyph->y1 = (float) box.y1;
    }
    for (guint i = 0; i < sheet->marks->len; i++) {
        Mark *mark = &g_array_index(sheet->marks, Mark, i);
        mark->box = turn_box(sheet, runs, mark->box);
    }
    double width = sheet->width;
    sheet->width = sheet->height;
    sheet->height = width;
    sheet->rotate = (sheet->rotate + (runs == RUNS_DOWN ? 270 : 90)) % 360;
}

/* ---- pages ---- */

static Sheet *
read_page(PopplerPage *page, int number, GPtrArray **diags)
{
    double width = 0, height = 0;
    poppler_page_get_size(page, &width, &height);
    g_autoptr(Sheet) sheet = sheet_new(number, width, height);
    g_autoptr(GArray) hidden = g_array_new(FALSE, FALSE, sizeof(Spot));
    guint calls = read_ink(page, sheet, hidden, diags);
    read_text(page, sheet, diags);
    drop_hidden(sheet, hidden);
    if (calls == 0 && sheet->glyphs->len > 0)
        diag_add(diags, DIAG_PAGE_UNREADABLE, number, "poppler's drawing is not seen, so ruling lines are not either");
    Runs runs = text_runs(sheet);
    if (runs != RUNS_ACROSS)
        turn_sheet(sheet, runs);
    for (guint i = 0; i < sheet->glyphs->len; i++)
        trim_glyph(sheet_glyph(sheet, i));
    return g_steal_pointer(&sheet);
}

bool
pdf_each_page(GBytes *bytes, GPtrArray **diags, SheetFunc each, void *data, GError **error)
{
    quieten_poppler();
    g_autoptr(GError) cause = NULL;
    g_autoptr(Reader) document = poppler_document_new_from_bytes(bytes, NULL, &cause);
    if (document == NULL) {
        bool locked = g_error_matches(cause, POPPLER_ERROR, POPPLER_ERROR_ENCRYPTED);
        g_set_error(error, EXTRACT_ERROR, locked ? EXTRACT_ENCRYPTED : EXTRACT_DAMAGED, "%s", locked ? "wants a password" : cause->message);
        return false;
    }
    int pages = poppler_document_get_n_pages(document);
    if (pages <= 0) {
        g_set_error_literal(error, EXTRACT_ERROR, EXTRACT_DAMAGED, "has no pages");
        return false;
    }
    for (int i = 0; i < pages; i++) {
        g_autoptr(Leaf) page = poppler_document_get_page(document, i);
        if (page == NULL)
            diag_add(diags, DIAG_PAGE_UNREADABLE, i + 1, "poppler has no such page");
        else
            each(read_page(page, i + 1, diags), data);
    }
    return true;
}
