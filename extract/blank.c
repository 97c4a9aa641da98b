/* Tables left blank that have lines across only: no numbers tell their columns, but the words of their head do.
 *
 * Lines of the same length one below the other, a line of three words or more between the first two, and below it nothing that
 * does not stand in a column of one of these words. */
#include "align.h"

#include <math.h>

#define MIN_COLUMNS 3
#define MIN_RULES 3
/* The ends of the table's lines differ by no more than this. */
#define SAME 3.0
/* Rows and the head are no higher than this. */
#define APART 60.0

/* The lines across that go with the one nearest above the row, from there downwards: double. */
static GArray *
edges_around(const Sheet *sheet, const Row *row, Rule *ret_first)
{
    GArray *edges = g_array_new(FALSE, FALSE, sizeof(double));
    const Rule *first = NULL;
    double middle = box_middle_y(row->box), last = 0;
    for (guint i = 0; i < sheet->across->len; i++) {
        const Rule *rule = &g_array_index(sheet->across, Rule, i);
        if (rule->at < middle && rule->at > middle - APART && rule->from < row->box.x0 + SAME && rule->to > row->box.x1 - SAME)
            first = rule;
    }
    for (guint i = 0; first != NULL && i < sheet->across->len; i++) {
        const Rule *rule = &g_array_index(sheet->across, Rule, i);
        bool alike = fabs(rule->from - first->from) < SAME && fabs(rule->to - first->to) < SAME;
        if (!alike || rule->at < first->at || (edges->len > 0 && rule->at - last > APART))
            continue;
        last = rule->at;
        g_array_append_val(edges, last);
    }
    *ret_first = first != NULL ? *first : (Rule){0};
    return edges;
}

static void
add_columns(Lattice *lattice, const Row *head, const Rule *rule)
{
    g_array_append_val(lattice->xs, rule->from);
    for (guint i = 1; i < head->pieces->len; i++) {
        const Piece *left = head->pieces->pdata[i - 1], *right = head->pieces->pdata[i];
        double edge = (left->box.x1 + right->box.x0) / 2;
        g_array_append_val(lattice->xs, edge);
    }
    g_array_append_val(lattice->xs, rule->to);
}

/* Whether each piece within the lattice stands in one of its columns. */
static bool
fits(const Lattice *lattice, const GPtrArray *rows)
{
    Box box = lattice_box(lattice);
    for (guint r = 0; r < rows->len; r++) {
        const Row *row = rows->pdata[r];
        double y = box_middle_y(row->box);
        for (guint i = 0; y > box.y0 && y < box.y1 && i < row->pieces->len; i++) {
            Box piece = ((const Piece *) row->pieces->pdata[i])->box;
            int slot = lattice_slot_at(lattice, piece.x0, y);
            if (slot < 0 || row->numbers > 0 || slot != lattice_slot_at(lattice, piece.x1, y))
                return false;
        }
    }
    return true;
}

/* The blank table whose head is the line of print; NULL for none. */
static Lattice *
table_below(const Sheet *sheet, const GPtrArray *rows, const Row *head)
{
    Rule rule;
    if (head->pieces->len < MIN_COLUMNS || head->numbers > 0 || head->leader || head->label)
        return NULL;
    g_autoptr(GArray) edges = edges_around(sheet, head, &rule);
    if (edges->len < MIN_RULES || g_array_index(edges, double, 1) < head->box.y1 - 0.3 * head->height)
        return NULL;
    g_autoptr(Lattice) lattice = lattice_new(false);
    add_columns(lattice, head, &rule);
    g_array_append_vals(lattice->ys, edges->data, edges->len);
    align_add_slots(lattice);
    return fits(lattice, rows) ? g_steal_pointer(&lattice) : NULL;
}

void
sheet_find_blank(Sheet *sheet)
{
    g_autoptr(GPtrArray) rows = align_rows(sheet, (Box){-INFINITY, -INFINITY, INFINITY, INFINITY}, WIDE);
    for (guint r = 0; r < rows->len; r++) {
        const Row *row = rows->pdata[r];
        Lattice *lattice = sheet_lattice_at(sheet, row->box) < 0 ? table_below(sheet, rows, row) : NULL;
        if (lattice != NULL)
            g_ptr_array_add(sheet->lattices, lattice);
    }
    sheet_sort_lattices(sheet);
}
