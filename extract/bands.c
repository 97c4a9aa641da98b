/* Lines of print → rows of a table. Lines across tell its rows where they part (nearly) all of them. Else the print does: in each
 * column the lines of one cell lie nearer to each other than those of two, and where all lie equally near a line without
 * number or name goes on with the row above. Half a name goes with the row whose number it surrounds. */
#include "align.h"

#include <math.h>

/* Lines of one cell are no further apart than so many heights. */
#define LEADING 1.6
/* Distances that differ by more than this factor are not of one kind. */
#define APART 1.15
/* A column ends so many font sizes before its widest words do: nothing tells its width but they. */
#define ROOM 0.7

static const Row *
row_at(const Table *table, guint r)
{
    return table->rows->pdata[r];
}

static double
distance(const Row *a, const Row *b)
{
    return a == NULL || b == NULL ? INFINITY : fabs(box_middle_y(b->box) - box_middle_y(a->box));
}

/* Whether the first word of `lower` would not have fitted behind `upper` in their column, so that it had to go to the next line. */
static bool
had_no_room(const Sheet *sheet, const Table *table, const Piece *upper, const Piece *lower)
{
    Box column = g_array_index(table->columns, Box, upper->from);
    const Token *word = sheet_token(sheet, g_array_index(lower->tokens, guint, 0));
    double width = upper->box.x1 - upper->box.x0 + token_head_width(sheet, word);
    return width > column.x1 - column.x0 - ROOM * word->size;
}

/* ---- the head ---- */

/* Lines so near to each other are of one row of the head: those of a cell with two lines and, between them, of a cell with one. */
static bool
is_beside(const Row *a, const Row *b)
{
    return distance(a, b) < 0.95 * b->height;
}

/* The piece of lines [from, to) that stands over `piece`, those beside `row` left out; NULL for none. */
static const Piece *
piece_over(const GPtrArray *rows, guint from, guint to, const Row *row, const Piece *piece)
{
    for (guint r = from; r < to; r++) {
        const Row *above = rows->pdata[r];
        for (guint i = 0; !is_beside(above, row) && i < above->pieces->len; i++) {
            const Piece *other = above->pieces->pdata[i];
            if (fmin(other->box.x1, piece->box.x1) > fmax(other->box.x0, piece->box.x0))
                return other;
        }
    }
    return NULL;
}

/* Whether line r of a head whose lines [from, to) lie side by side is not the end of wrapped words but a row under words that
 * name several columns: it is low among the lines, and has words with none above them or several under the same. */
static bool
is_under_group(const Table *table, guint from, guint to, guint r)
{
    const Row *row = row_at(table, r), *first = row_at(table, from), *last = row_at(table, to - 1);
    const Piece *before = NULL;
    double low = box_middle_y(row->box) - (box_middle_y(first->box) + box_middle_y(last->box)) / 2;
    if (is_beside(first, row) || low < 0.25 * row->height)
        return false;
    for (guint i = 0; i < row->pieces->len; i++) {
        const Piece *piece = row->pieces->pdata[i], *over = piece_over(table->rows, from, r, row, piece);
        guint column = align_column_at(table->columns, box_middle_x(piece->box));
        if (over == NULL)
            return true;
        if (over == before && column != align_column_at(table->columns, box_middle_x(((const Piece *) row->pieces->pdata[i - 1])->box)))
            return true;
        before = over;
    }
    return false;
}

/* Whether line r of the head goes on with the row of the line above. What lies between words over several columns and the row
 * under them goes with the latter. */
static bool
is_of_row_above(const Table *table, guint r)
{
    guint from = r, to = r + 1;
    while (from > table->start && is_beside(row_at(table, from - 1), row_at(table, from)))
        from--;
    while (to < table->body && is_beside(row_at(table, to - 1), row_at(table, to)))
        to++;
    for (guint under = r; under < to && is_beside(row_at(table, r), row_at(table, under)); under++)
        if (!is_beside(row_at(table, r - 1), row_at(table, under)) && is_under_group(table, from, to, under))
            return false;
    return from < r;
}

/* Whether a line is drawn between two lines of print, over or under one of their pieces. */
static bool
is_ruled_between(const Sheet *sheet, const Row *above, const Row *below)
{
    for (guint i = 0; i < sheet->across->len; i++) {
        const Rule *rule = &g_array_index(sheet->across, Rule, i);
        bool between = rule->at > box_middle_y(above->box) && rule->at < box_middle_y(below->box);
        if (between && fmin(rule->to, below->box.x1) - fmax(rule->from, below->box.x0) > 5)
            return true;
    }
    return false;
}

static bool
first_is_name(const Row *row)
{
    return ((const Piece *) row->pieces->pdata[0])->from == 0;
}

/* Whether line r of the head goes on with heads that the line above begins: no cell lies over several columns, and words of one
 * column had no room above. Lines that fill the same columns are wrapped only where they lie nearer than rows do: else they may be heads and
 * their units. */
static bool
is_wrapped_head(const Sheet *sheet, const Table *table, guint r, double leading)
{
    const Row *above = row_at(table, r - 1), *row = row_at(table, r);
    if (distance(above, row) > LEADING * row->height || is_ruled_between(sheet, above, row))
        return false;
    guint shared = 0, broken = 0, named = 0;
    for (guint j = 0; j < above->pieces->len; j++) {
        const Piece *over = above->pieces->pdata[j];
        for (guint i = 0; i < row->pieces->len; i++) {
            const Piece *piece = row->pieces->pdata[i];
            if (piece->from < piece->to || over->from < over->to)
                return false;
            shared += over->from == piece->from;
            named += over->from == piece->from && piece->from == 0;
            broken += over->from == piece->from && had_no_room(sheet, table, over, piece);
        }
    }
    bool same = shared - named >= 2 && shared - named + first_is_name(above) == above->pieces->len && shared - named + first_is_name(row) == row->pieces->len;
    return broken > 0 && 4 * broken >= 3 * shared && (!same || distance(above, row) < leading);
}

static void
join_head(const Sheet *sheet, const Table *table, double leading, bool *joins)
{
    for (guint r = table->start + 1; r < table->body; r++)
        joins[r - table->start] = is_of_row_above(table, r) || is_wrapped_head(sheet, table, r, leading);
}

/* ---- rows of the body by their distances ---- */

/* Calls for each pair of pieces one below the other in a column, in lines [from, end) of the table. */
typedef void (*PairFunc)(guint above, const Piece *upper, guint below, const Piece *lower, void *data);

static void
each_pair(const Table *table, guint from, PairFunc each, void *data)
{
    guint cols = table->columns->len;
    g_autofree guint *lines = g_new0(guint, cols);
    g_autofree const Piece **pieces = g_new0(const Piece *, cols);
    for (guint r = from; r < table->end; r++) {
        const Row *row = row_at(table, r);
        for (guint i = 0; i < row->pieces->len; i++) {
            const Piece *piece = row->pieces->pdata[i];
            if (piece->from < piece->to)
                continue;
            if (pieces[piece->from] != NULL)
                each(lines[piece->from], pieces[piece->from], r, piece, data);
            lines[piece->from] = r;
            pieces[piece->from] = piece;
        }
    }
}

typedef struct {
    double least, most, height;
} Distances;

static void
add_distance(G_GNUC_UNUSED guint above, const Piece *upper, G_GNUC_UNUSED guint below, const Piece *lower, void *data)
{
    Distances *distances = data;
    double value = box_middle_y(lower->box) - box_middle_y(upper->box);
    if (value > 0.9 * distances->height)
        distances->least = fmin(distances->least, value);
    distances->most = fmax(distances->most, value);
}

/* How far the lines of one cell may lie apart where they lie nearer to each other than rows do; 0 where distances tell nothing.
 * `ret_head`: the same for the head, where lines clearly nearer than rows are of one cell. */
static double
leading_of(const Table *table, double *ret_head)
{
    Distances distances = {INFINITY, 0, row_at(table, table->body)->height};
    each_pair(table, table->body, add_distance, &distances);
    bool two_kinds = distances.least <= LEADING * distances.height && distances.most > APART * distances.least;
    double leading = two_kinds ? APART * distances.least : 0;
    *ret_head = two_kinds ? leading : distances.least / APART;
    return leading;
}

typedef struct {
    const Sheet *sheet;
    const Table *table;
    double limit;
    bool *joins;
    guint pairs, broken;
    bool clash; /* two numbers in one cell */
} Loose;

static void
join_pair(guint above, const Piece *upper, guint below, const Piece *lower, void *data)
{
    Loose *loose = data;
    if (box_middle_y(lower->box) - box_middle_y(upper->box) > loose->limit)
        return;
    loose->pairs++;
    loose->broken += had_no_room(loose->sheet, loose->table, upper, lower);
    loose->clash = loose->clash || (upper->number && lower->number);
    for (guint r = above + 1; r <= below; r++)
        loose->joins[r - loose->table->start] = true;
}

/* Joins lines that lie nearer than rows do, if most had to be broken and no cell gets two numbers by it. */
static bool
join_near(const Sheet *sheet, const Table *table, double leading, bool *joins)
{
    g_autofree bool *near = g_new0(bool, table->end - table->start + 1);
    Loose loose = {sheet, table, leading, near, 0, 0, false};
    if (leading > 0)
        each_pair(table, table->body, join_pair, &loose);
    if (loose.pairs == 0 || loose.clash || loose.broken * 4 < loose.pairs * 3)
        return false;
    guint joined = 0, whole = 0;
    for (guint r = table->body + 1; r < table->end; r++) {
        joined += near[r - table->start];
        whole += near[r - table->start] && row_at(table, r)->pieces->len == table->columns->len;
    }
    /* Lines that fill all columns are rows, in groups set apart. */
    if (2 * whole > joined)
        return false;
    for (guint r = table->body + 1; r < table->end; r++)
        joins[r - table->start] = near[r - table->start];
    return true;
}

/* ---- rows of the body by what they hold ---- */

/* Whether a line of one piece is the other half of a name rather than a row without numbers: it is so near to the row whose
 * number it surrounds that two rows could not be, or clearly nearer to it than to what is on its other side. */
static bool
is_half_of(const Row *row, const Row *body, const Row *other)
{
    double near = distance(row, body);
    return near < 0.95 * row->height || (near < 2 * row->height && near < 0.7 * distance(row, other));
}

/* Words beside an empty first column, where rows have numbers or the words right above left them no room. */
static bool
goes_on(const Sheet *sheet, const Table *table, guint r, bool numbers)
{
    const Row *row = row_at(table, r), *above = row_at(table, r - 1);
    const Piece *first = row->pieces->pdata[0];
    if (row->numbers > 0 || first->from == 0 || distance(above, row) > LEADING * row->height)
        return false;
    if (numbers)
        return true;
    for (guint i = 0; i < row->pieces->len; i++)
        for (guint j = 0; j < above->pieces->len; j++) {
            const Piece *piece = row->pieces->pdata[i], *over = above->pieces->pdata[j];
            if (over->from == piece->from && had_no_room(sheet, table, over, piece))
                return true;
        }
    return false;
}

static bool
has_numbers(const Table *table)
{
    guint numbers = 0;
    for (guint r = table->body; r < table->end; r++)
        numbers += row_at(table, r)->numbers > 0;
    return numbers * 4 >= table->end - table->body;
}

static void
join_halves(const Sheet *sheet, const Table *table, bool *joins)
{
    bool down = false, numbers = has_numbers(table);
    for (guint r = table->body; r < table->end; r++) {
        const Row *row = row_at(table, r), *above = r > table->start ? row_at(table, r - 1) : NULL, *below = r + 1 < table->end ? row_at(table, r + 1) : NULL;
        bool half = row->pieces->len == 1 && row->numbers == 0;
        bool up = half && r > table->body && align_is_body(above) && is_half_of(row, above, below);
        joins[r - table->start] = r > table->body && (down || up || goes_on(sheet, table, r, numbers));
        down = half && !joins[r - table->start] && below != NULL && align_is_body(below) && is_half_of(row, below, above);
    }
}

/* ---- rows between lines across ---- */

static Box
box_of(const Table *table)
{
    Box box = {0};
    for (guint r = table->start; r < table->end; r++)
        box = box_union(box, row_at(table, r)->box);
    return box;
}

/* Where lines across the better part of the table lie: double. */
static GArray *
rules_of(const Sheet *sheet, Box box)
{
    GArray *rules = g_array_new(FALSE, FALSE, sizeof(double));
    for (guint i = 0; i < sheet->across->len; i++) {
        const Rule *rule = &g_array_index(sheet->across, Rule, i);
        bool reaches = fmin(rule->to, box.x1) - fmax(rule->from, box.x0) > 0.6 * (box.x1 - box.x0);
        bool beside = rule->at > box.y0 - 15 && rule->at < box.y1 + 15;
        bool apart = rules->len == 0 || rule->at - g_array_index(rules, double, rules->len - 1) > 5;
        if (reaches && beside && apart)
            g_array_append_val(rules, rule->at);
    }
    return rules;
}

/* The rows that the body must have: lines with numbers, or with a name where no line has. */
static guint
rows_wanted(const Table *table)
{
    guint numbers = 0, names = 0;
    for (guint r = table->body; r < table->end; r++) {
        const Row *row = row_at(table, r);
        numbers += align_is_body(row);
        names += row->pieces->len > 1 && ((const Piece *) row->pieces->pdata[0])->from == 0;
    }
    return numbers > 0 ? numbers : names;
}

static double
rule_between(const GArray *rules, const Row *above, const Row *below)
{
    for (guint i = 0; i < rules->len; i++) {
        double at = g_array_index(rules, double, i);
        if (at > box_middle_y(above->box) && at < box_middle_y(below->box))
            return at;
    }
    return -1;
}

/* ---- edges ---- */

static void
add_edge(Lattice *lattice, double edge)
{
    if (lattice->ys->len == 0 || edge - g_array_index(lattice->ys, double, lattice->ys->len - 1) > 1)
        g_array_append_val(lattice->ys, edge);
}

/* All lines across are edges, and rows of the head that none parts are told apart by the print. */
static void
add_ruled_edges(const Table *table, const GArray *rules, const bool *joins, Lattice *lattice)
{
    Box box = box_of(table);
    guint next = 0;
    if (g_array_index(rules, double, 0) > box.y0 + 3)
        add_edge(lattice, box.y0);
    for (guint r = table->start; r < table->end; r++) {
        const Row *row = row_at(table, r), *above = r > table->start ? row_at(table, r - 1) : NULL;
        bool ruled = false;
        for (; next < rules->len && g_array_index(rules, double, next) < box_middle_y(row->box); next++, ruled = true)
            add_edge(lattice, g_array_index(rules, double, next));
        if (!ruled && above != NULL && r < table->body && !joins[r - table->start])
            add_edge(lattice, (above->box.y1 + row->box.y0) / 2);
    }
    for (; next < rules->len; next++)
        add_edge(lattice, g_array_index(rules, double, next));
    if (g_array_index(lattice->ys, double, lattice->ys->len - 1) < box.y1 - 3)
        add_edge(lattice, box.y1);
}

static void
add_printed_edges(const Table *table, const GArray *rules, const bool *joins, Lattice *lattice)
{
    Box box = box_of(table);
    add_edge(lattice, box.y0);
    for (guint r = table->start + 1; r < table->end; r++) {
        const Row *above = row_at(table, r - 1), *row = row_at(table, r);
        double rule = rule_between(rules, above, row), edge = rule >= 0 ? rule : (above->box.y1 + row->box.y0) / 2;
        if (!joins[r - table->start])
            g_array_append_val(lattice->ys, edge);
    }
    g_array_append_val(lattice->ys, box.y1);
}

int *
align_bands(const Sheet *sheet, const Table *table, Lattice *lattice)
{
    guint count = table->end - table->start;
    g_autofree bool *joins = g_new0(bool, count + 1);
    g_autoptr(GArray) rules = rules_of(sheet, box_of(table));
    double head = 0, leading = leading_of(table, &head);
    join_head(sheet, table, head, joins);
    if (rules->len >= 3 && rules->len - 1 >= 0.8 * rows_wanted(table)) {
        add_ruled_edges(table, rules, joins, lattice);
    } else {
        if (!join_near(sheet, table, leading, joins))
            join_halves(sheet, table, joins);
        add_printed_edges(table, rules, joins, lattice);
    }
    int *bands = g_new0(int, count + 1);
    for (guint r = table->start, band = 0; r < table->end; r++) {
        while (band + 2 < lattice->ys->len && box_middle_y(row_at(table, r)->box) >= g_array_index(lattice->ys, double, band + 1))
            band++;
        bands[r - table->start] = (int) band;
    }
    return bands;
}
