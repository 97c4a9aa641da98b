/* Tables of shaded cells without lines: rows striped light and dark, heads on a coloured ground.
 *
 * The sides of the shaded boxes are the table's edges, in the rows that are left white too; a box over several columns is a
 * merged cell. Boxes behind words of a sentence have sides of their own each, and make no table. */
#include "page.h"

#include <math.h>

#define SAME 2.5
#define MIN_BOXES 6
#define MAX_BOXES 20000
/* White rows between shaded ones are no higher than this, and no higher than that where the columns below are others. */
#define APART 60.0
#define APART_ANEW 30.0

static int
compare_boxes(gconstpointer a, gconstpointer b)
{
    const Box *left = a, *right = b;
    if (left->y0 != right->y0)
        return left->y0 < right->y0 ? -1 : 1;
    return left->x0 < right->x0 ? -1 : left->x0 > right->x0;
}

static int
compare_doubles(gconstpointer a, gconstpointer b)
{
    double left = *(const double *) a, right = *(const double *) b;
    return left < right ? -1 : left > right;
}

static bool
is_cell(const Sheet *sheet, Box box)
{
    double width = box.x1 - box.x0, height = box.y1 - box.y0;
    return width > 8 && height > 6 && width * height < 0.25 * sheet->width * sheet->height && sheet_lattice_at(sheet, box) < 0;
}

/* The sides that several boxes share, near ones made one. `ret_lone`: how many sides no other box has. */
static GArray *
shared_sides(const Box *boxes, guint count, bool down, guint *ret_lone)
{
    g_autoptr(GArray) sides = g_array_new(FALSE, FALSE, sizeof(double));
    for (guint i = 0; i < count; i++) {
        double low = down ? boxes[i].x0 : boxes[i].y0, high = down ? boxes[i].x1 : boxes[i].y1;
        g_array_append_val(sides, low);
        g_array_append_val(sides, high);
    }
    g_array_sort(sides, compare_doubles);
    GArray *edges = g_array_new(FALSE, FALSE, sizeof(double));
    const double *side = (const double *) sides->data;
    *ret_lone = 0;
    for (guint start = 0, end = 0; start < sides->len; start = end) {
        for (end = start; end < sides->len && side[end] - side[start] <= SAME; end++)
            continue;
        double middle = (side[start] + side[end - 1]) / 2;
        g_array_append_val(edges, middle);
        *ret_lone += end - start == 1;
    }
    return edges;
}

static int
edge_at(const GArray *edges, double value)
{
    int best = 0;
    for (guint i = 1; i < edges->len; i++)
        if (fabs(g_array_index(edges, double, i) - value) < fabs(g_array_index(edges, double, best) - value))
            best = (int) i;
    return best;
}

/* A striped table may end with a white row: numbers below the last edge, where the next row would be. */
static void
add_last_row(const Sheet *sheet, GArray *xs, GArray *ys)
{
    double bottom = g_array_index(ys, double, ys->len - 1), height = bottom - g_array_index(ys, double, ys->len - 2);
    double left = g_array_index(xs, double, 0), right = g_array_index(xs, double, xs->len - 1);
    for (guint i = 0; i < sheet->tokens->len; i++) {
        const Token *token = sheet_token(sheet, i);
        double x = box_middle_x(token->box), y = box_middle_y(token->box), end = bottom + height;
        if (x < left || x > right || y <= bottom || y >= end)
            continue;
        g_autofree char *text = token_text(sheet, token);
        if (text_is_number(text)) {
            g_array_append_val(ys, end);
            return;
        }
    }
}

static void
add_slot(Lattice *lattice, Slot slot)
{
    int cols = lattice_cols(lattice);
    for (int r = slot.row; r < slot.row + slot.rowspan; r++)
        for (int c = slot.col; c < slot.col + slot.colspan; c++)
            if (lattice->owner[r * cols + c] >= 0)
                return;
    for (int r = slot.row; r < slot.row + slot.rowspan; r++)
        for (int c = slot.col; c < slot.col + slot.colspan; c++)
            lattice->owner[r * cols + c] = (int) lattice->slots->len;
    g_array_append_val(lattice->slots, slot);
}

/* Boxes first, then what they leave white, cell by cell. */
static void
add_slots(Lattice *lattice, const Box *boxes, guint count)
{
    int cols = lattice_cols(lattice), rows = lattice_rows(lattice);
    lattice->owner = g_new(int, (gsize) cols *(gsize) rows);
    for (int i = 0; i < cols * rows; i++)
        lattice->owner[i] = -1;
    for (guint i = 0; i < count; i++) {
        int row = edge_at(lattice->ys, boxes[i].y0), col = edge_at(lattice->xs, boxes[i].x0);
        Slot slot = {row, col, edge_at(lattice->ys, boxes[i].y1) - row, edge_at(lattice->xs, boxes[i].x1) - col};
        if (slot.rowspan > 0 && slot.colspan > 0)
            add_slot(lattice, slot);
    }
    for (int r = 0; r < rows; r++)
        for (int c = 0; c < cols; c++)
            add_slot(lattice, (Slot){r, c, 1, 1});
}

static double
area_of(Box box)
{
    return (box.x1 - box.x0) * (box.y1 - box.y0);
}

static bool
is_within(Box inner, Box outer)
{
    return inner.x0 > outer.x0 - SAME && inner.x1 < outer.x1 + SAME && inner.y0 > outer.y0 - SAME && inner.y1 < outer.y1 + SAME;
}

/* Whether smaller boxes fill the box [i]: it is the ground that they stand on, and shows between them as lines. The boxes are
 * sorted by their tops. */
static bool
is_ground(const Box *boxes, guint count, guint i)
{
    double whole = area_of(boxes[i]), filled = 0;
    guint first = i;
    while (first > 0 && boxes[first - 1].y0 > boxes[i].y0 - SAME)
        first--;
    for (guint j = first; j < count && boxes[j].y0 < boxes[i].y1; j++)
        if (area_of(boxes[j]) < 0.7 * whole && is_within(boxes[j], boxes[i]))
            filled += area_of(boxes[j]);
    return filled > 0.75 * whole;
}

/* Edges nearer than a line of print are a gap between two boxes, not a row or a column. */
static void
close_gaps(GArray *edges)
{
    for (guint i = edges->len - 1; i > 0; i--) {
        double *low = &g_array_index(edges, double, i - 1), high = g_array_index(edges, double, i);
        if (high - *low < 5) {
            *low = (*low + high) / 2;
            g_array_remove_index(edges, i);
        }
    }
}

/* Whether the line of print right above is a row of the table too, its words in cells that nothing shades: then the shades are every other
 * row, which tell nothing that the print does not. */
static bool
is_striped(const Sheet *sheet, const Lattice *lattice)
{
    Box box = lattice_box(lattice);
    double height = (box.y1 - box.y0) / lattice_rows(lattice);
    g_autofree bool *filled = g_new0(bool, (gsize) lattice_cols(lattice) + 1);
    guint cells = 0;
    if (lattice->slots->len < (guint) (lattice_rows(lattice) * lattice_cols(lattice)))
        return false;
    for (guint i = 0; i < sheet->tokens->len; i++) {
        const Token *token = sheet_token(sheet, i);
        double y = box_middle_y(token->box);
        if (y > box.y0 || y < box.y0 - height || token->box.x1 < box.x0 || token->box.x0 > box.x1)
            continue;
        int left = lattice_slot_at(lattice, token->box.x0, box.y0 + 1), right = lattice_slot_at(lattice, token->box.x1, box.y0 + 1);
        if (left < 0 || left != right || sheet_lattice_at(sheet, token->box) >= 0)
            return false;
        int column = g_array_index(lattice->slots, Slot, left).col;
        cells += !filled[column];
        filled[column] = true;
    }
    return cells >= 2;
}

static void
add_shaded(Sheet *sheet, const Box *boxes, guint count)
{
    guint lone_x = 0, lone_y = 0;
    if (count < MIN_BOXES)
        return;
    g_autoptr(GArray) xs = shared_sides(boxes, count, true, &lone_x);
    g_autoptr(GArray) ys = shared_sides(boxes, count, false, &lone_y);
    close_gaps(xs);
    close_gaps(ys);
    if (xs->len < 3 || ys->len < 4 || xs->len > 100 || ys->len > 500 || lone_x * 3 > count || lone_y * 3 > count)
        return;
    add_last_row(sheet, xs, ys);
    Lattice *lattice = lattice_new(true);
    g_array_append_vals(lattice->xs, xs->data, xs->len);
    g_array_append_vals(lattice->ys, ys->data, ys->len);
    add_slots(lattice, boxes, count);
    if (is_striped(sheet, lattice))
        lattice_free(lattice);
    else
        g_ptr_array_add(sheet->lattices, lattice);
}

/* The boxes that may be cells, from top to bottom. */
static GArray *
find_cells(const Sheet *sheet)
{
    g_autoptr(GArray) boxes = g_array_new(FALSE, FALSE, sizeof(Box));
    GArray *cells = g_array_new(FALSE, FALSE, sizeof(Box));
    for (guint i = 0; i < sheet->shades->len; i++)
        if (is_cell(sheet, g_array_index(sheet->shades, Box, i)))
            g_array_append_val(boxes, g_array_index(sheet->shades, Box, i));
    g_array_sort(boxes, compare_boxes);
    for (guint i = 0; i < boxes->len && boxes->len <= MAX_BOXES; i++)
        if (!is_ground((const Box *) boxes->data, boxes->len, i))
            g_array_append_val(cells, g_array_index(boxes, Box, i));
    return cells;
}

/* Whether both sides of a box are sides of boxes above. */
static bool
fits_columns(const Box *boxes, guint count, Box box)
{
    bool left = false, right = false;
    for (guint i = 0; i < count; i++) {
        left = left || fabs(boxes[i].x0 - box.x0) <= SAME || fabs(boxes[i].x1 - box.x0) <= SAME;
        right = right || fabs(boxes[i].x0 - box.x1) <= SAME || fabs(boxes[i].x1 - box.x1) <= SAME;
    }
    return left && right;
}

void
sheet_find_shaded(Sheet *sheet)
{
    g_autoptr(GArray) cells = find_cells(sheet);
    const Box *boxes = (const Box *) cells->data;
    for (guint start = 0, end = 0; start < cells->len; start = end) {
        double bottom = boxes[start].y1;
        for (end = start + 1; end < cells->len; end++) {
            double white = boxes[end].y0 - bottom;
            if (white >= APART || (white >= APART_ANEW && !fits_columns(boxes + start, end - start, boxes[end])))
                break;
            bottom = fmax(bottom, boxes[end].y1);
        }
        add_shaded(sheet, boxes + start, end - start);
    }
    sheet_sort_lattices(sheet);
}
