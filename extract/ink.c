#define _GNU_SOURCE
#include "ink.h"

#include <dlfcn.h>
#include <math.h>

/* A box no thicker than this, in points, is a line. */
#define THIN 3.0
/* A line may stray so far from its axis. */
#define SKEW 0.7
/* Images of more pixels than this are not decoded: they are no lines. Smaller ones may be, stretched. */
#define LARGE_IMAGE 65536

static __thread Ink *current;

void
ink_begin(Ink *ink)
{
    current = ink;
}

void
ink_end(Ink *ink)
{
    if (current == ink)
        current = NULL;
}

/* A part of a path: its corners in device space, and whether it is made of straight lines only. */
typedef struct {
    GArray *points; /* cairo_path_data_t-like pairs: Box with x0, y0 used */
    Box box;
    bool straight, closed;
} Part;

typedef struct {
    double x, y;
} Point;

static Box
clip_box(cairo_t *cr)
{
    double x0 = 0, y0 = 0, x1 = 0, y1 = 0;
    cairo_clip_extents(cr, &x0, &y0, &x1, &y1);
    double xs[4] = {x0, x1, x0, x1}, ys[4] = {y0, y0, y1, y1};
    Box box = {INFINITY, INFINITY, -INFINITY, -INFINITY};
    for (int i = 0; i < 4; i++) {
        cairo_user_to_device(cr, &xs[i], &ys[i]);
        box = (Box){fmin(box.x0, xs[i]), fmin(box.y0, ys[i]), fmax(box.x1, xs[i]), fmax(box.y1, ys[i])};
    }
    return box;
}

static Box
box_cut(Box a, Box b)
{
    return (Box){fmax(a.x0, b.x0), fmax(a.y0, b.y0), fmin(a.x1, b.x1), fmin(a.y1, b.y1)};
}

/* The luminance of the source over white paper; -1 where it is no plain colour. */
static double
source_light(cairo_t *cr)
{
    double r = 0, g = 0, b = 0, a = 0;
    if (cairo_pattern_get_rgba(cairo_get_source(cr), &r, &g, &b, &a) != CAIRO_STATUS_SUCCESS)
        return -1;
    return (1 - a) + a * (0.3 * r + 0.59 * g + 0.11 * b);
}

static void
add_mark(Ink *ink, Box box, double light)
{
    if (!(box.x1 >= box.x0) || !(box.y1 >= box.y0) || !isfinite(box.x0 + box.y0 + box.x1 + box.y1))
        return;
    if (ink->marks->len >= ink->limit) {
        ink->full = true;
        return;
    }
    double s = ink->scale;
    Mark mark = {{box.x0 / s, box.y0 / s, box.x1 / s, box.y1 / s}, light};
    g_array_append_val(ink->marks, mark);
}

/* What is painted with a pattern or an image is a line when it is thin, else a picture. */
static void
add_painted(Ink *ink, Box box, double light)
{
    bool thin = fmin(box.x1 - box.x0, box.y1 - box.y0) <= THIN * ink->scale;
    if (light >= 0 || thin)
        add_mark(ink, box, light >= 0 ? light : 0.5);
    else
        ink->pictures = true;
}

/* ---- paths ---- */

typedef void (*PartFunc)(Ink *ink, cairo_t *cr, const Part *part, void *data);

static void
part_reset(Part *part)
{
    g_array_set_size(part->points, 0);
    part->box = (Box){INFINITY, INFINITY, -INFINITY, -INFINITY};
    part->straight = true;
    part->closed = false;
}

static void
part_add(Part *part, cairo_t *cr, double x, double y)
{
    cairo_user_to_device(cr, &x, &y);
    Point point = {x, y};
    g_array_append_val(part->points, point);
    part->box = (Box){fmin(part->box.x0, x), fmin(part->box.y0, y), fmax(part->box.x1, x), fmax(part->box.y1, y)};
}

static void
each_part(Ink *ink, cairo_t *cr, PartFunc each, void *data)
{
    g_autoptr(GArray) points = g_array_new(FALSE, FALSE, sizeof(Point));
    Part part = {.points = points};
    part_reset(&part);
    cairo_path_t *path = cairo_copy_path(cr);
    for (int i = 0; i < path->num_data; i += path->data[i].header.length) {
        const cairo_path_data_t *step = &path->data[i];
        switch (step->header.type) {
        case CAIRO_PATH_MOVE_TO:
            if (points->len > 1)
                each(ink, cr, &part, data);
            part_reset(&part);
            part_add(&part, cr, step[1].point.x, step[1].point.y);
            break;
        case CAIRO_PATH_LINE_TO:
            part_add(&part, cr, step[1].point.x, step[1].point.y);
            break;
        case CAIRO_PATH_CURVE_TO:
            part.straight = false;
            part_add(&part, cr, step[3].point.x, step[3].point.y);
            break;
        case CAIRO_PATH_CLOSE_PATH:
            part.closed = true;
            break;
        }
    }
    if (points->len > 1)
        each(ink, cr, &part, data);
    cairo_path_destroy(path);
}

/* Whether every side runs along an axis. */
static bool
part_is_square(const Ink *ink, const Part *part)
{
    double skew = SKEW * ink->scale;
    for (guint i = 1; part->straight && i < part->points->len; i++) {
        Point a = g_array_index(part->points, Point, i - 1), b = g_array_index(part->points, Point, i);
        if (fabs(a.x - b.x) > skew && fabs(a.y - b.y) > skew)
            return false;
    }
    return part->straight;
}

/* ---- filled ---- */

typedef struct {
    Box clip, last; /* `last`: the box before, for a frame drawn as one box within another */
    double light;
    bool has_last;
} Fill;

/* Two boxes a line's width apart in one path are a frame: its inside is not painted. */
static bool
add_frame(Ink *ink, const Fill *fill, Box a, Box b)
{
    Box outer = box_union(a, b), inner = box_cut(a, b);
    double thin = THIN * ink->scale;
    bool frame = inner.x0 - outer.x0 <= thin && inner.y0 - outer.y0 <= thin && outer.x1 - inner.x1 <= thin && outer.y1 - inner.y1 <= thin &&
                 inner.x1 - inner.x0 > thin && inner.y1 - inner.y0 > thin;
    if (!frame)
        return false;
    add_mark(ink, box_cut((Box){outer.x0, outer.y0, outer.x1, inner.y0}, fill->clip), fill->light);
    add_mark(ink, box_cut((Box){outer.x0, inner.y1, outer.x1, outer.y1}, fill->clip), fill->light);
    add_mark(ink, box_cut((Box){outer.x0, outer.y0, inner.x0, outer.y1}, fill->clip), fill->light);
    add_mark(ink, box_cut((Box){inner.x1, outer.y0, outer.x1, outer.y1}, fill->clip), fill->light);
    return true;
}

static void
flush_fill(Ink *ink, Fill *fill)
{
    if (fill->has_last)
        add_painted(ink, box_cut(fill->last, fill->clip), fill->light);
    fill->has_last = false;
}

static void
add_filled(Ink *ink, G_GNUC_UNUSED cairo_t *cr, const Part *part, void *data)
{
    Fill *fill = data;
    bool thin = fmin(part->box.x1 - part->box.x0, part->box.y1 - part->box.y0) <= THIN * ink->scale;
    /* Four corners, and a thin one with mitred ends; anything with more is a drawing. */
    if (!part->straight || part->points->len > 6 || !(thin || (part->points->len >= 4 && part_is_square(ink, part)))) {
        flush_fill(ink, fill);
        return;
    }
    if (fill->has_last && !thin && add_frame(ink, fill, fill->last, part->box)) {
        fill->has_last = false;
        return;
    }
    flush_fill(ink, fill);
    fill->last = part->box;
    fill->has_last = true;
}

static void
see_fill(Ink *ink, cairo_t *cr)
{
    Fill fill = {.clip = clip_box(cr), .light = source_light(cr)};
    if (fill.clip.x1 <= fill.clip.x0 || fill.clip.y1 <= fill.clip.y0)
        return;
    each_part(ink, cr, add_filled, &fill);
    flush_fill(ink, &fill);
}

/* ---- stroked ---- */

typedef struct {
    Box clip;
    double light, half; /* half the line's width */
} Stroke;

static void
add_side(Ink *ink, const Stroke *stroke, Point a, Point b)
{
    Box box = {fmin(a.x, b.x), fmin(a.y, b.y), fmax(a.x, b.x), fmax(a.y, b.y)};
    if (box.x1 - box.x0 >= box.y1 - box.y0)
        box = (Box){box.x0, (a.y + b.y) / 2 - stroke->half, box.x1, (a.y + b.y) / 2 + stroke->half};
    else
        box = (Box){(a.x + b.x) / 2 - stroke->half, box.y0, (a.x + b.x) / 2 + stroke->half, box.y1};
    add_painted(ink, box_cut(box, stroke->clip), stroke->light);
}

/* A path with one slanted side is a letter's outline or a drawing, and gives nothing. */
static void
add_stroked(Ink *ink, G_GNUC_UNUSED cairo_t *cr, const Part *part, void *data)
{
    const Stroke *stroke = data;
    if (!part_is_square(ink, part))
        return;
    for (guint i = 1; i < part->points->len; i++)
        add_side(ink, stroke, g_array_index(part->points, Point, i - 1), g_array_index(part->points, Point, i));
    if (part->closed && part->points->len > 2)
        add_side(ink, stroke, g_array_index(part->points, Point, part->points->len - 1), g_array_index(part->points, Point, 0));
}

static void
see_stroke(Ink *ink, cairo_t *cr)
{
    Stroke stroke = {.clip = clip_box(cr), .light = source_light(cr)};
    if (stroke.clip.x1 <= stroke.clip.x0 || stroke.clip.y1 <= stroke.clip.y0)
        return;
    double dx = cairo_get_line_width(cr), dy = dx;
    cairo_user_to_device_distance(cr, &dx, &dy);
    stroke.half = fmax(fabs(dx), fabs(dy)) / 2;
    each_part(ink, cr, add_stroked, &stroke);
}

/* ---- letters ---- */

/* Tables cut at a page's foot print the rest of a cell once more beyond its clip, and whole on the next page. What the clip
 * hides to the left or right is kept: it is the end of a name that is too long for its cell. */
static void
see_glyphs(Ink *ink, cairo_t *cr, const cairo_glyph_t *glyphs, int count)
{
    cairo_matrix_t font;
    Box clip = clip_box(cr);
    cairo_get_font_matrix(cr, &font);
    double along_x = font.xx, along_y = font.yx, up_x = font.xy, up_y = font.yy;
    cairo_user_to_device_distance(cr, &along_x, &along_y);
    cairo_user_to_device_distance(cr, &up_x, &up_y);
    double size = hypot(up_x, up_y);
    bool level = fabs(along_x) >= fabs(along_y);
    for (int i = 0; i < count && ink->hidden->len < ink->limit; i++) {
        double x = glyphs[i].x, y = glyphs[i].y;
        cairo_user_to_device(cr, &x, &y);
        bool below = level ? y - size > clip.y1 : x - size > clip.x1, above = level ? y + 0.3 * size < clip.y0 : x + size < clip.x0;
        Spot spot = {x / ink->scale, y / ink->scale};
        if (below || above)
            g_array_append_val(ink->hidden, spot);
    }
}

/* ---- everything else: only a thin clip makes a line of it (borders drawn with a pattern or a stretched image) ---- */

static void
see_paint(Ink *ink, cairo_t *cr)
{
    Box clip = clip_box(cr);
    double width = clip.x1 - clip.x0, height = clip.y1 - clip.y0;
    if (width <= 0 || height <= 0)
        return;
    if (fmin(width, height) <= THIN * ink->scale && fmax(width, height) >= 4 * THIN * ink->scale)
        add_painted(ink, clip, source_light(cr));
    else
        ink->pictures = true;
}

/* ---- what poppler calls ---- */

static bool
seen(cairo_t *cr)
{
    if (current == NULL)
        return false;
    current->calls++;
    return cr == current->cr;
}

/* While a page is read nothing is painted, not on the surfaces of patterns and masks either. */
#define REAL(name) \
    static __typeof__(&name) real; \
    if (real == NULL) \
        real = (__typeof__(&name)) dlsym(RTLD_NEXT, #name);

void
cairo_fill(cairo_t *cr)
{
    REAL(cairo_fill)
    if (seen(cr))
        see_fill(current, cr);
    if (current == NULL)
        real(cr);
    else
        cairo_new_path(cr);
}

void
cairo_fill_preserve(cairo_t *cr)
{
    REAL(cairo_fill_preserve)
    if (seen(cr))
        see_fill(current, cr);
    if (current == NULL)
        real(cr);
}

void
cairo_stroke(cairo_t *cr)
{
    REAL(cairo_stroke)
    if (seen(cr))
        see_stroke(current, cr);
    if (current == NULL)
        real(cr);
    else
        cairo_new_path(cr);
}

void
cairo_stroke_preserve(cairo_t *cr)
{
    REAL(cairo_stroke_preserve)
    if (seen(cr))
        see_stroke(current, cr);
    if (current == NULL)
        real(cr);
}

void
cairo_paint(cairo_t *cr)
{
    REAL(cairo_paint)
    if (seen(cr))
        see_paint(current, cr);
    if (current == NULL)
        real(cr);
}

void
cairo_paint_with_alpha(cairo_t *cr, double alpha)
{
    REAL(cairo_paint_with_alpha)
    if (seen(cr))
        see_paint(current, cr);
    if (current == NULL)
        real(cr, alpha);
}

void
cairo_mask(cairo_t *cr, cairo_pattern_t *pattern)
{
    REAL(cairo_mask)
    if (seen(cr))
        see_paint(current, cr);
    if (current == NULL)
        real(cr, pattern);
}

void
cairo_mask_surface(cairo_t *cr, cairo_surface_t *surface, double x, double y)
{
    REAL(cairo_mask_surface)
    if (seen(cr))
        see_paint(current, cr);
    if (current == NULL)
        real(cr, surface, x, y);
}

/* A scan costs a hundred times its page's text. poppler asks for these formats for images only, and asks whether it got one;
 * its soft masks, which it does not ask about, are ARGB32. */
cairo_surface_t *
cairo_image_surface_create(cairo_format_t format, int width, int height)
{
    REAL(cairo_image_surface_create)
    bool image = format == CAIRO_FORMAT_RGB24 || format == CAIRO_FORMAT_A8 || format == CAIRO_FORMAT_A1;
    if (current == NULL || !image || (double) width * height < LARGE_IMAGE)
        return real(format, width, height);
    current->calls++;
    current->pictures = true;
    return real(format, -1, -1);
}

/* poppler drops the pattern of a surface in error without freeing it; the one of no surface is static. */
cairo_pattern_t *
cairo_pattern_create_for_surface(cairo_surface_t *surface)
{
    REAL(cairo_pattern_create_for_surface)
    bool refused = current != NULL && surface != NULL && cairo_surface_status(surface) != CAIRO_STATUS_SUCCESS;
    return real(refused ? NULL : surface);
}

void
cairo_show_glyphs(cairo_t *cr, const cairo_glyph_t *glyphs, int count)
{
    REAL(cairo_show_glyphs)
    if (seen(cr))
        see_glyphs(current, cr, glyphs, count);
    if (current == NULL)
        real(cr, glyphs, count);
}

void
cairo_show_text_glyphs(cairo_t *cr, const char *text, int length, const cairo_glyph_t *glyphs, int count, const cairo_text_cluster_t *clusters,
                       int cluster_count, cairo_text_cluster_flags_t flags)
{
    REAL(cairo_show_text_glyphs)
    if (seen(cr))
        see_glyphs(current, cr, glyphs, count);
    if (current == NULL)
        real(cr, text, length, glyphs, count, clusters, cluster_count, flags);
}

/* ---- colours ---- */

/* poppler prepares every page of a document that names its printing colours (PDF/A) for colours measured as XYZ, at a cost of more
 * than reading the page; where it gets no transform it reckons them by the book, which is near enough for dark or light. */
#define XYZ_AS_DOUBLES 0x490018 /* TYPE_XYZ_DBL of lcms2.h */

void *cmsCreateTransform(void *from, guint32 from_format, void *to, guint32 to_format, guint32 intent, guint32 flags);

void *
cmsCreateTransform(void *from, guint32 from_format, void *to, guint32 to_format, guint32 intent, guint32 flags)
{
    REAL(cmsCreateTransform)
    if (current != NULL && from_format == XYZ_AS_DOUBLES)
        return NULL;
    return real(from, from_format, to, to_format, intent, flags);
}
