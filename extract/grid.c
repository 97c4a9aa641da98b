/* Rules → lattices: the ruling lines that touch each other, as rows and columns with merged cells. */
#include "groups.h"

#include <math.h>
#include <string.h>

/* Lines that end so near to each other meet. */
#define TOUCH 3.0
/* Edges so near to each other are one edge. */
#define SAME 3.0
/* How far lines must reach past the last crossing one for an edge to be missing there. */
#define REACH 8.0
#define MAX_ROWS 1000
#define MAX_COLS 200
#define MAX_CELLS 60000
#define MAX_LATTICES 200

static const Rule *
rule_at(const GArray *rules, guint i)
{
    return &g_array_index(rules, Rule, i);
}

/* ---- edges ---- */

static int
compare_doubles(gconstpointer a, gconstpointer b)
{
    double left = *(const double *) a, right = *(const double *) b;
    return left < right ? -1 : left > right;
}

/* Where the rules lie, near ones made one. */
static GArray *
edges_of(const GArray *rules)
{
    g_autoptr(GArray) places = g_array_new(FALSE, FALSE, sizeof(double));
    for (guint i = 0; i < rules->len; i++)
        g_array_append_val(places, rule_at(rules, i)->at);
    g_array_sort(places, compare_doubles);
    GArray *edges = g_array_new(FALSE, FALSE, sizeof(double));
    const double *place = (const double *) places->data;
    for (guint start = 0, end = 0; start < places->len; start = end) {
        double sum = 0;
        for (end = start; end < places->len && place[end] - place[start] <= SAME; end++)
            sum += place[end];
        double middle = sum / (end - start);
        g_array_append_val(edges, middle);
    }
    return edges;
}

/* Where an outer border is missing the crossing lines still reach out to it: the commonest end of theirs beyond the last edge. */
static void
add_missing_edge(GArray *edges, const GArray *crossing, bool low)
{
    g_autoptr(GArray) ends = g_array_new(FALSE, FALSE, sizeof(double));
    double edge = edges->len == 0 ? 0 : g_array_index(edges, double, low ? 0 : edges->len - 1);
    for (guint i = 0; i < crossing->len; i++) {
        double end = low ? rule_at(crossing, i)->from : rule_at(crossing, i)->to;
        if (edges->len == 0 || (low ? edge - end : end - edge) > REACH)
            g_array_append_val(ends, end);
    }
    if (ends->len < 2 || ends->len * 5 < crossing->len * 2)
        return;
    g_array_sort(ends, compare_doubles);
    double value = g_array_index(ends, double, low ? 0 : ends->len - 1);
    if (low)
        g_array_prepend_val(edges, value);
    else
        g_array_append_val(edges, value);
}

/* Lines down that begin or end at one height, away from every line across, begin or end a row there: a head over several columns has
 * nothing drawn below it but the tops of the lines between them. */
static void
add_implied_edges(GArray *edges, const GArray *crossing)
{
    g_autoptr(GArray) ends = g_array_new(FALSE, FALSE, sizeof(double));
    for (guint i = 0; i < crossing->len; i++) {
        g_array_append_val(ends, rule_at(crossing, i)->from);
        g_array_append_val(ends, rule_at(crossing, i)->to);
    }
    g_array_sort(ends, compare_doubles);
    const double *end = (const double *) ends->data;
    for (guint i = 0, next = 0; i < ends->len; i = next) {
        for (next = i + 1; next < ends->len && end[next] - end[i] <= SAME; next++)
            continue;
        guint at = 0;
        while (at < edges->len && g_array_index(edges, double, at) < end[i])
            at++;
        bool inside = at > 0 && at < edges->len && end[i] - g_array_index(edges, double, at - 1) > REACH && g_array_index(edges, double, at) - end[i] > REACH;
        if (next - i >= 2 && inside)
            g_array_insert_val(edges, at, end[i]);
    }
}

static int
nearest_edge(const GArray *edges, double value)
{
    int best = 0;
    int low = 0, high = (int) edges->len - 1;
    while (low <= high) {
        int middle = (low + high) / 2;
        double here = g_array_index(edges, double, middle);
        if (fabs(here - value) < fabs(g_array_index(edges, double, best) - value))
            best = middle;
        if (here < value)
            low = middle + 1;
        else
            high = middle - 1;
    }
    return best;
}

/* `drawn[edge * spans + i]`: the edge is drawn between crossing edges i and i + 1, for the better part. */
static bool *
drawn_edges(const GArray *rules, const GArray *edges, const GArray *crossing)
{
    guint spans = crossing->len - 1;
    bool *drawn = g_new0(bool, (gsize) edges->len *spans);
    for (guint r = 0; r < rules->len; r++) {
        const Rule *rule = rule_at(rules, r);
        guint edge = (guint) nearest_edge(edges, rule->at);
        for (guint i = 0; i < spans; i++) {
            double from = g_array_index(crossing, double, i), to = g_array_index(crossing, double, i + 1);
            if (fmin(to, rule->to) - fmax(from, rule->from) >= 0.5 * (to - from))
                drawn[edge * spans + i] = true;
        }
    }
    return drawn;
}

/* ---- slots ---- */

typedef struct {
    int rows, cols;
    const bool *across; /* (rows + 1) × cols */
    const bool *down;   /* (cols + 1) × rows */
} Walls;

static bool
wall_right(const Walls *walls, int row, int col)
{
    return col + 1 >= walls->cols || walls->down[(col + 1) * walls->rows + row];
}

static bool
wall_below(const Walls *walls, int row, int col)
{
    return row + 1 >= walls->rows || walls->across[(row + 1) * walls->cols + col];
}

/* Whether the row below continues the slot: nothing drawn between, nothing within, and its sides go on. */
static bool
grows_down(const Lattice *lattice, const Walls *walls, const Slot *slot)
{
    int below = slot->row + slot->rowspan, last = slot->col + slot->colspan - 1;
    for (int c = slot->col; c <= last; c++) {
        if (wall_below(walls, below - 1, c) || lattice->owner[below * walls->cols + c] >= 0)
            return false;
        if (c < last && wall_right(walls, below, c))
            return false;
    }
    return (slot->col == 0 || wall_right(walls, below, slot->col - 1)) && wall_right(walls, below, last);
}

static void
add_slots(Lattice *lattice, const Walls *walls)
{
    int *owner = lattice->owner = g_new(int, (gsize) walls->rows *(gsize) walls->cols);
    for (int i = 0; i < walls->rows * walls->cols; i++)
        owner[i] = -1;
    for (int row = 0; row < walls->rows; row++)
        for (int col = 0; col < walls->cols; col++) {
            if (owner[row * walls->cols + col] >= 0)
                continue;
            Slot slot = {row, col, 1, 1};
            while (!wall_right(walls, row, col + slot.colspan - 1) && owner[row * walls->cols + col + slot.colspan] < 0)
                slot.colspan++;
            while (row + slot.rowspan < walls->rows && grows_down(lattice, walls, &slot))
                slot.rowspan++;
            for (int r = row; r < row + slot.rowspan; r++)
                for (int c = col; c < col + slot.colspan; c++)
                    owner[r * walls->cols + c] = (int) lattice->slots->len;
            g_array_append_val(lattice->slots, slot);
        }
}

/* Edges that are drawn nowhere for the better part of a cell part nothing, unless they part rows by where `walls`, the crossing
 * lines, begin: walls[i * rows + r] is beside row r. The outer ones stay. */
static bool
drop_blank_edges(GArray *edges, const bool *drawn, guint spans, const bool *walls)
{
    guint before = edges->len, rows = before - 1;
    for (guint e = before - 2; e > 0 && before > 2; e--) {
        guint changes = 0;
        for (guint i = 0; walls != NULL && i <= spans; i++)
            changes += walls[i * rows + e - 1] != walls[i * rows + e];
        if (changes < 2 && memchr(drawn + e * spans, true, spans) == NULL)
            g_array_remove_index(edges, e);
    }
    return edges->len < before;
}

static void
fill_lattice(Lattice *lattice, const Group *group)
{
    for (bool again = true; again;) {
        guint cols = lattice->xs->len - 1, rows = lattice->ys->len - 1;
        g_autofree bool *across = drawn_edges(group->across, lattice->ys, lattice->xs);
        g_autofree bool *down = drawn_edges(group->down, lattice->xs, lattice->ys);
        again = drop_blank_edges(lattice->ys, across, cols, down);
        again = drop_blank_edges(lattice->xs, down, rows, NULL) || again;
        if (!again) {
            Walls walls = {(int) rows, (int) cols, across, down};
            add_slots(lattice, &walls);
        }
    }
}

static void
add_lattice(Sheet *sheet, const Group *group, GPtrArray **diags)
{
    g_autoptr(Lattice) lattice = lattice_new(true);
    g_array_unref(lattice->xs);
    g_array_unref(lattice->ys);
    lattice->xs = edges_of(group->down);
    lattice->ys = edges_of(group->across);
    add_missing_edge(lattice->xs, group->across, true);
    add_missing_edge(lattice->xs, group->across, false);
    add_missing_edge(lattice->ys, group->down, true);
    add_missing_edge(lattice->ys, group->down, false);
    add_implied_edges(lattice->ys, group->down);
    if (lattice->xs->len < 3 || lattice->ys->len < 2)
        return;
    gsize rows = lattice->ys->len - 1, cols = lattice->xs->len - 1;
    if (rows > MAX_ROWS || cols > MAX_COLS || rows * cols > MAX_CELLS) {
        diag_add(diags, DIAG_GRID_LIMIT, sheet->number, "%" G_GSIZE_FORMAT " rows and %" G_GSIZE_FORMAT " columns", rows, cols);
        return;
    }
    fill_lattice(lattice, group);
    if (lattice->slots->len >= 2)
        g_ptr_array_add(sheet->lattices, g_steal_pointer(&lattice));
}

/* ---- lines down alone ---- */

/* Lines [start, end) side by side as one row of columns. */
static Lattice *
lattice_from_columns(const GArray *rules, guint start, guint end)
{
    Lattice *lattice = lattice_new(true);
    for (guint i = start; i < end; i++) {
        double x = rule_at(rules, i)->at;
        if (i == start || x - g_array_index(lattice->xs, double, lattice->xs->len - 1) > SAME)
            g_array_append_val(lattice->xs, x);
    }
    g_array_append_val(lattice->ys, rule_at(rules, start)->from);
    g_array_append_val(lattice->ys, rule_at(rules, start)->to);
    for (int c = 0; c < lattice_cols(lattice); c++) {
        Slot slot = {0, c, 1, 1};
        g_array_append_val(lattice->slots, slot);
    }
    lattice_index(lattice);
    return lattice;
}

/* Lines of about the same length side by side, with none across: columns whose rows the print must tell. */
static void
add_columns(Sheet *sheet, const GPtrArray *groups)
{
    g_autoptr(GArray) alone = g_array_new(FALSE, FALSE, sizeof(Rule));
    for (guint i = 0; i < groups->len; i++) {
        const Group *group = groups->pdata[i];
        if (group->across->len == 0)
            g_array_append_vals(alone, group->down->data, group->down->len);
    }
    for (guint start = 0, end = 0; start < alone->len; start = end) {
        double top = rule_at(alone, start)->from, bottom = rule_at(alone, start)->to;
        for (end = start + 1; end < alone->len; end++) {
            const Rule *rule = rule_at(alone, end);
            if (fmin(rule->to, bottom) - fmax(rule->from, top) < 0.7 * fmax(rule->to - rule->from, bottom - top))
                break;
        }
        if (end - start < 3 || bottom - top < 20 || sheet->lattices->len >= MAX_LATTICES)
            continue;
        g_autoptr(Lattice) lattice = lattice_from_columns(alone, start, end);
        if (lattice->xs->len >= 3)
            g_ptr_array_add(sheet->lattices, g_steal_pointer(&lattice));
    }
}

/* ---- lattices within lattices ---- */

static bool
box_holds(Box outer, Box inner)
{
    return inner.x0 >= outer.x0 - TOUCH && inner.y0 >= outer.y0 - TOUCH && inner.x1 <= outer.x1 + TOUCH && inner.y1 <= outer.y1 + TOUCH;
}

/* A frame around a table, or a box drawn within a cell: the one with more cells is the table. */
static void
drop_nested(GPtrArray *lattices)
{
    for (guint i = 0; i < lattices->len; i++)
        for (guint j = 0; j < lattices->len && lattices->pdata[i] != NULL; j++) {
            Lattice *outer = lattices->pdata[i], *inner = lattices->pdata[j];
            if (i == j || inner == NULL || !box_holds(lattice_box(outer), lattice_box(inner)))
                continue;
            guint weaker = inner->slots->len > outer->slots->len ? i : j;
            lattice_free(g_steal_pointer(&lattices->pdata[weaker]));
        }
    for (guint i = lattices->len; i > 0; i--)
        if (lattices->pdata[i - 1] == NULL)
            g_ptr_array_remove_index(lattices, i - 1);
}

/* What has no room for a single word of the page is no table: outlines of letters, drawings, empty frames. Nor is a chart. */
static void
drop_wordless(Sheet *sheet)
{
    guint count = sheet->lattices->len;
    g_autofree bool *kept = g_new0(bool, count + 1);
    for (guint i = 0; count > 0 && i < sheet->tokens->len; i++) {
        const Token *token = sheet_token(sheet, i);
        int at = sheet_lattice_at(sheet, token->box);
        if (at < 0 || kept[at])
            continue;
        const Lattice *lattice = sheet->lattices->pdata[at];
        int slot = lattice_slot_at(lattice, box_middle_x(token->box), box_middle_y(token->box));
        Box box = lattice_slot_box(lattice, &g_array_index(lattice->slots, Slot, slot));
        double height = fmin(token->box.y1 - token->box.y0, token->size);
        kept[at] = box.y1 - box.y0 > 0.8 * height && box.x1 - box.x0 > 0.8 * height;
    }
    for (guint i = count; i > 0; i--) {
        const Lattice *lattice = sheet->lattices->pdata[i - 1];
        Box box = lattice_box(lattice);
        if (!kept[i - 1] || sheet_is_chart(sheet, lattice->ys, box.x0, box.x1))
            g_ptr_array_remove_index(sheet->lattices, i - 1);
    }
}

static int
compare_tops(gconstpointer a, gconstpointer b)
{
    Box left = lattice_box(*(Lattice *const *) a), right = lattice_box(*(Lattice *const *) b);
    if (left.y0 != right.y0)
        return left.y0 < right.y0 ? -1 : 1;
    return left.x0 < right.x0 ? -1 : left.x0 > right.x0;
}

void
sheet_sort_lattices(Sheet *sheet)
{
    g_ptr_array_sort(sheet->lattices, compare_tops);
}

void
sheet_find_lattices(Sheet *sheet, GPtrArray **diags)
{
    g_autoptr(GPtrArray) groups = sheet_rule_groups(sheet);
    for (guint i = 0; i < groups->len && sheet->lattices->len < MAX_LATTICES; i++) {
        const Group *group = groups->pdata[i];
        if (group->across->len > 0 && group->down->len > 0)
            add_lattice(sheet, group, diags);
    }
    add_columns(sheet, groups);
    if (sheet->lattices->len >= MAX_LATTICES)
        diag_add(diags, DIAG_GRID_LIMIT, sheet->number, "more than %d tables", MAX_LATTICES);
    drop_nested(sheet->lattices);
    drop_wordless(sheet);
    sheet_sort_lattices(sheet);
}
