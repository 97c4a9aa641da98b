/* Marks → rules: which painted boxes are lines that one can see, and which of them are pieces of one line. */
#include "page.h"

#include <math.h>

/* A box no thicker than this is a line, in points. */
#define THIN 3.0
/* Lines so near to each other are one: a double line, one drawn twice, one drawn cell by cell. */
#define NEAR 2.0
#define NEAR_ALL 3.0
/* Pieces of a line may lie so far apart: dashes, and corners left open. */
#define GAP 3.0
/* Shorter ones are dots, ticks and parts of letters. */
#define SHORT 5.0
#define MAX_RULES 6000
/* A line, and an area, that differs so much in light from what is beneath can be seen. */
#define VISIBLE 0.08
#define VISIBLE_AREA 0.04

/* ---- what is beneath a line: the page in squares of 4 points ---- */

#define SQUARE 4.0

typedef struct {
    int cols, rows;
    float *light;
    gsize budget; /* squares that may still be painted, against pages of a million boxes */
} Canvas;

static void
canvas_init(Canvas *canvas, const Sheet *sheet)
{
    canvas->cols = (int) fmin(ceil(sheet->width / SQUARE) + 1, 4000);
    canvas->rows = (int) fmin(ceil(sheet->height / SQUARE) + 1, 4000);
    gsize count = (gsize) canvas->cols * (gsize) canvas->rows;
    canvas->light = g_new(float, count);
    for (gsize i = 0; i < count; i++)
        canvas->light[i] = 1;
    canvas->budget = 50 * count + 1000000;
}

static int
square_at(double value, int count)
{
    return (int) fmax(0, fmin(floor(value / SQUARE), count - 1));
}

static double
canvas_at(const Canvas *canvas, double x, double y)
{
    return canvas->light[square_at(y, canvas->rows) * canvas->cols + square_at(x, canvas->cols)];
}

static void
canvas_paint(Canvas *canvas, Box box, double light)
{
    int c0 = square_at(box.x0 + SQUARE / 2, canvas->cols), c1 = square_at(box.x1 - SQUARE / 2, canvas->cols);
    int r0 = square_at(box.y0 + SQUARE / 2, canvas->rows), r1 = square_at(box.y1 - SQUARE / 2, canvas->rows);
    if (c1 < c0 || r1 < r0)
        return;
    gsize squares = (gsize) (c1 - c0 + 1) * (gsize) (r1 - r0 + 1);
    if (squares > canvas->budget)
        return;
    canvas->budget -= squares;
    for (int r = r0; r <= r1; r++)
        for (int c = c0; c <= c1; c++)
            canvas->light[r * canvas->cols + c] = (float) light;
}

/* ---- marks ---- */

static void
add_rule(GArray *rules, double at, double from, double to)
{
    Rule rule = {at, from, to};
    g_array_append_val(rules, rule);
}

static void
sort_mark(Sheet *sheet, Canvas *canvas, const Mark *mark)
{
    Box box = mark->box;
    double width = box.x1 - box.x0, height = box.y1 - box.y0;
    double contrast = fabs(mark->light - canvas_at(canvas, box_middle_x(box), box_middle_y(box)));
    bool visible = contrast > VISIBLE;
    if (fmin(width, height) > THIN) {
        canvas_paint(canvas, box, mark->light);
        if (contrast > VISIBLE_AREA)
            g_array_append_val(sheet->shades, box);
        return;
    }
    if (!visible)
        return;
    bool dot = fmax(width, height) <= THIN;
    if (dot || width > height)
        add_rule(sheet->across, box_middle_y(box), box.x0, box.x1);
    if (dot || width <= height)
        add_rule(sheet->down, box_middle_x(box), box.y0, box.y1);
}

/* ---- pieces of one line ---- */

static int
compare_at(gconstpointer a, gconstpointer b)
{
    const Rule *left = a, *right = b;
    if (left->at != right->at)
        return left->at < right->at ? -1 : 1;
    return left->from < right->from ? -1 : left->from > right->from;
}

static int
compare_from(gconstpointer a, gconstpointer b)
{
    const Rule *left = a, *right = b;
    return left->from < right->from ? -1 : left->from > right->from;
}

/* Pieces at (nearly) the same place, joined end to end; a joined line lies where its longest piece does. */
static void
merge_cluster(Rule *pieces, guint count, GArray *out)
{
    qsort(pieces, count, sizeof *pieces, compare_from);
    Rule line = pieces[0];
    double longest = line.to - line.from;
    for (guint i = 1; i <= count; i++) {
        if (i < count && pieces[i].from <= line.to + GAP) {
            line.to = fmax(line.to, pieces[i].to);
            if (pieces[i].to - pieces[i].from > longest) {
                longest = pieces[i].to - pieces[i].from;
                line.at = pieces[i].at;
            }
            continue;
        }
        if (line.to - line.from >= SHORT)
            g_array_append_val(out, line);
        if (i < count) {
            line = pieces[i];
            longest = line.to - line.from;
        }
    }
}

static void
merge_rules(GArray *rules)
{
    g_array_sort(rules, compare_at);
    g_autoptr(GArray) merged = g_array_new(FALSE, FALSE, sizeof(Rule));
    Rule *pieces = (Rule *) rules->data;
    for (guint start = 0, end = 0; start < rules->len; start = end) {
        for (end = start + 1; end < rules->len; end++)
            if (pieces[end].at - pieces[end - 1].at > NEAR || pieces[end].at - pieces[start].at > NEAR_ALL)
                break;
        merge_cluster(pieces + start, end - start, merged);
    }
    g_array_set_size(rules, 0);
    g_array_append_vals(rules, merged->data, merged->len);
}

void
sheet_find_rules(Sheet *sheet, GPtrArray **diags)
{
    Canvas canvas;
    canvas_init(&canvas, sheet);
    for (guint i = 0; i < sheet->marks->len; i++)
        sort_mark(sheet, &canvas, &g_array_index(sheet->marks, Mark, i));
    g_free(canvas.light);
    merge_rules(sheet->across);
    merge_rules(sheet->down);
    if (sheet->across->len + sheet->down->len > MAX_RULES) {
        diag_add(diags, DIAG_GRID_LIMIT, sheet->number, "%u ruling lines on the page", sheet->across->len + sheet->down->len);
        g_array_set_size(sheet->across, 0);
        g_array_set_size(sheet->down, 0);
    }
}
