/* Ink: the boxes that a page paints, read while poppler draws it, without a picture.
 *
 * Ruling lines are what tells a table's cells apart, and poppler has no call that lists them. Drawing the page to pixels and
 * looking for lines costs two to three times the reading of its text, and is not sharp. So poppler draws to a cairo context
 * whose surface keeps nothing, and this file *defines* the handful of cairo functions that paint: symbols of the program come
 * before those of a shared library (ELF interposition), so libpoppler-glib calls ours. Between ink_begin() and ink_end() they
 * read the path, clip and colour from the context, in exact coordinates, and paint nothing; at all other times, in other
 * threads and for other contexts they call cairo's own. poppler gathers a page's text during the same pass, so text and
 * layout asked for afterwards cost no second one. Large images are refused a surface, so that poppler does not decode them.
 *
 * This needs a program that is linked dynamically with poppler and cairo; ink_calls() is 0 after a page with text where it
 * is not in force, which pdf.c tells as a diagnostic and a test looks for.
 */
#pragma once
#include "page.h"

#include <cairo.h>

/* Where a letter's baseline starts, in points. */
typedef struct {
    double x, y;
} Spot;

typedef struct {
    cairo_t *cr;
    double scale;   /* device units in a point */
    GArray *marks;  /* Mark: filled boxes, and strokes along an axis */
    guint limit;    /* at most so many marks */
    bool full;      /* the limit was met */
    GArray *hidden; /* Spot: letters that the clip leaves nothing of above or below */
    bool pictures;  /* something else than text and plain boxes was painted */
    guint calls;    /* paint calls seen, text among them */
} Ink;

/* From now on what this thread paints on `ink->cr` goes to `ink->marks`. One at a time in a thread. */
void ink_begin(Ink *ink);
void ink_end(Ink *ink);
