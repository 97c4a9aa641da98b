/* Ruled rows that hold several printed rows, because the table has no lines between them, are cut where its numbers tell.
 *
 * A row is cut only when numbers stand one below the other in it: a wrapped name in a properly ruled row never is. Each
 * line of numbers is a row; words at its height are its words, and words between two such lines go to the one they surround. */
#include "page.h"

#include <math.h>
#include <string.h>

/* One line of print in one slot. */
typedef struct {
    double middle, height; /* height: of its letters, boxes reach further */
    bool number, full;     /* full: no room was left for the next line's first word */
    int slot;
    int band;         /* the printed row it belongs to, -1 = not known yet */
    int above, below; /* its neighbours in the same slot, -1 = none        */
} Print;

typedef struct {
    const Sheet *sheet;
    const Lattice *lattice;
    GPtrArray *tokens; /* of each slot */
    GArray *prints;    /* Print, of the row at hand */
    GArray *anchors;   /* double: the heights of its lines of numbers */
    guint columns;     /* slots of the row with several numbers one below the other */
    guint singles;     /* slots of the row with one number */
    guint words;       /* the most lines that a slot of words has */
} Splitter;

static Print *
print_at(const Splitter *splitter, guint i)
{
    return &g_array_index(splitter->prints, Print, i);
}

/* ---- what is printed in a row ---- */

/* The words of a line with nothing between. The caller frees it. */
static char *
line_figure(const Sheet *sheet, const GArray *line)
{
    GString *text = g_string_new(NULL);
    for (guint i = 0; i < line->len; i++) {
        g_autofree char *word = token_text(sheet, sheet_token(sheet, g_array_index(line, guint, i)));
        g_string_append(text, word);
    }
    return g_string_free(text, FALSE);
}

static bool
line_is_number(const Sheet *sheet, const GArray *line)
{
    g_autofree char *text = line_figure(sheet, line);
    return text_is_number(text);
}

static Box
line_box(const Sheet *sheet, const GArray *line)
{
    Box box = {0};
    for (guint i = 0; i < line->len; i++)
        box = box_union(box, sheet_token(sheet, g_array_index(line, guint, i))->box);
    return box;
}

/* A number that breaks off within its thousands, or before the decimals that the line below has: "17,298,2" or "1729824" over "5.80". */
static bool
is_torn(const Sheet *sheet, const GArray *line, const GArray *below)
{
    g_autofree char *text = line_figure(sheet, line), *rest = line_figure(sheet, below);
    const char *comma = strrchr(text, ',');
    if (strchr(text, '.') != NULL)
        return false;
    return strchr(rest, '.') != NULL || (comma != NULL && strspn(comma + 1, "0123456789") != 3);
}

/* A number too wide for its column goes on in the next line: "1682.7" and "6". Such lines fill the column, all but the last. */
static bool
is_wrapped(const Sheet *sheet, const GPtrArray *lines, Box slot)
{
    for (guint i = 0; i + 1 < lines->len; i++) {
        Box box = line_box(sheet, lines->pdata[i]), next = line_box(sheet, lines->pdata[i + 1]);
        bool fills = box.x1 - box.x0 > 0.6 * (slot.x1 - slot.x0), shorter = next.x1 - next.x0 < 0.6 * (box.x1 - box.x0);
        if (fills && (shorter || is_torn(sheet, lines->pdata[i], lines->pdata[i + 1])) && next.y0 - box.y1 < 0.5 * (box.y1 - box.y0))
            return true;
    }
    return false;
}

/* Whether the next line's first word would not have fitted behind a line, the slot being as far from its words on both sides. */
static bool
had_no_room(const Sheet *sheet, Box slot, Box line, const GArray *next)
{
    const Token *word = sheet_token(sheet, g_array_index(next, guint, 0));
    double margin = fmin(fmax(line.x0 - slot.x0, 0), word->size);
    return line.x1 + 0.2 * word->size + token_head_width(sheet, word) > slot.x1 - margin;
}

static void
add_prints(Splitter *splitter, int slot)
{
    const Sheet *sheet = splitter->sheet;
    g_autoptr(GPtrArray) lines = tokens_to_lines(sheet, splitter->tokens->pdata[slot]);
    Box box = lattice_slot_box(splitter->lattice, &g_array_index(splitter->lattice->slots, Slot, slot));
    guint numbers = 0;
    for (guint i = 0; i < lines->len; i++)
        numbers += line_is_number(sheet, lines->pdata[i]);
    bool column = numbers >= 2 && numbers * 2 >= lines->len && !is_wrapped(sheet, lines, box);
    splitter->columns += column;
    splitter->singles += !column && numbers > 0;
    splitter->words = numbers == 0 ? MAX(splitter->words, lines->len) : splitter->words;
    for (guint i = 0; i < lines->len; i++) {
        Box area = line_box(sheet, lines->pdata[i]);
        double size = sheet_token(sheet, g_array_index((const GArray *) lines->pdata[i], guint, 0))->size;
        bool full = area.x1 > box.x1 - 1.3 * size || (i + 1 < lines->len && had_no_room(sheet, box, area, lines->pdata[i + 1]));
        Print print = {box_middle_y(area), fmin(size, area.y1 - area.y0), column && line_is_number(sheet, lines->pdata[i]), full, slot, -1, -1, -1};
        g_array_append_val(splitter->prints, print);
    }
}

/* ---- the lines of numbers ---- */

static int
compare_middles(gconstpointer a, gconstpointer b)
{
    double left = ((const Print *) a)->middle, right = ((const Print *) b)->middle;
    return left < right ? -1 : left > right;
}

static void
find_anchors(Splitter *splitter)
{
    double height = 0;
    g_array_set_size(splitter->anchors, 0);
    g_array_sort(splitter->prints, compare_middles);
    for (guint i = 0; i < splitter->prints->len; i++) {
        Print *print = print_at(splitter, i);
        if (!print->number)
            continue;
        guint count = splitter->anchors->len;
        if (count == 0 || print->middle - g_array_index(splitter->anchors, double, count - 1) > 0.5 * height) {
            g_array_append_val(splitter->anchors, print->middle);
            height = print->height;
        }
        print->band = (int) splitter->anchors->len - 1;
    }
}

/* Numbers one below the other in two columns, or in one beside as many lines of words; but not where most columns have one. */
static bool
has_rows(const Splitter *splitter)
{
    return splitter->anchors->len >= 2 && splitter->columns >= MAX(splitter->singles, 1) &&
           (splitter->columns >= 2 || splitter->words >= splitter->anchors->len);
}

/* ---- the words between ---- */

static int
nearest_anchor(const Splitter *splitter, double middle)
{
    const double *anchors = (const double *) splitter->anchors->data;
    int low = 0, high = (int) splitter->anchors->len - 1;
    while (high - low > 1) {
        int at = (low + high) / 2;
        if (anchors[at] <= middle)
            low = at;
        else
            high = at;
    }
    return fabs(anchors[low] - middle) <= fabs(anchors[high] - middle) ? low : high;
}

static double
anchor_at(const Splitter *splitter, int i)
{
    return g_array_index(splitter->anchors, double, i);
}

/* First the words at the height of a number; then the others, which go to the nearest row, but rather to one that has no
 * words of its own in this column: its name is wrapped around it. */
static void
place_words(Splitter *splitter)
{
    g_autoptr(GHashTable) own = g_hash_table_new(g_int64_hash, g_int64_equal);
    g_autofree gint64 *keys = g_new(gint64, splitter->prints->len);
    gint64 rows = (gint64) splitter->anchors->len + 1;
    for (guint i = 0; i < splitter->prints->len; i++) {
        Print *print = print_at(splitter, i);
        int nearest = nearest_anchor(splitter, print->middle);
        if (fabs(anchor_at(splitter, nearest) - print->middle) > 0.4 * print->height)
            continue;
        print->band = nearest;
        keys[i] = print->slot * rows + nearest;
        g_hash_table_add(own, &keys[i]);
    }
    for (guint i = 0; i < splitter->prints->len; i++) {
        Print *print = print_at(splitter, i);
        if (print->band >= 0)
            continue;
        int nearest = nearest_anchor(splitter, print->middle), other = nearest + (print->middle > anchor_at(splitter, nearest) ? 1 : -1);
        double height = print->height;
        print->band = nearest;
        if (other < 0 || other >= (int) splitter->anchors->len || fabs(anchor_at(splitter, other) - print->middle) > 2 * height)
            continue;
        gint64 here = print->slot * rows + nearest, there = print->slot * rows + other;
        if (g_hash_table_contains(own, &here) && !g_hash_table_contains(own, &there))
            print->band = other;
    }
}

/* Tells every line its neighbours in its slot. */
static void
link_prints(Splitter *splitter)
{
    g_autoptr(GHashTable) last = g_hash_table_new(NULL, NULL);
    for (guint i = 0; i < splitter->prints->len; i++) {
        Print *print = print_at(splitter, i);
        gpointer key = GINT_TO_POINTER(print->slot + 1);
        print->above = GPOINTER_TO_INT(g_hash_table_lookup(last, key)) - 1;
        print->below = -1;
        if (print->above >= 0)
            print_at(splitter, (guint) print->above)->below = (int) i;
        g_hash_table_insert(last, key, GINT_TO_POINTER((int) i + 1));
    }
}

/* Whether words away from every line of numbers are a part of a wrapped name: so near to a number that two rows could not
 * be, or clearly nearer to it than to their other neighbour, or the line before them had no room for them. */
static bool
is_part_of_name(const Splitter *splitter, const Print *print)
{
    double anchor = anchor_at(splitter, nearest_anchor(splitter, print->middle)), near = fabs(print->middle - anchor);
    bool under = print->middle > anchor;
    const Print *above = print->above >= 0 ? print_at(splitter, (guint) print->above) : NULL;
    const Print *below = print->below >= 0 ? print_at(splitter, (guint) print->below) : NULL;
    const Print *other = under ? below : above;
    if (near < 0.95 * print->height)
        return true;
    if (under ? above != NULL && above->full : print->full && below != NULL)
        return true;
    /* A name begins at its number's height or is wrapped around it; only a full line comes before a name's last. */
    bool named = !under && below != NULL && fabs(below->middle - anchor) < 0.4 * below->height;
    return !named && near < 2 * print->height && other != NULL && near < 0.7 * fabs(other->middle - print->middle);
}

/* Other words without a number are a row of their own: a heading within the table, or a row that is blank. */
static void
add_headings(Splitter *splitter)
{
    bool added = false;
    link_prints(splitter);
    for (guint i = 0; i < splitter->prints->len; i++) {
        const Print *print = print_at(splitter, i);
        if (!print->number && !is_part_of_name(splitter, print)) {
            print_at(splitter, i)->band = -2;
            added = true;
        }
    }
    for (guint i = 0; i < splitter->prints->len; i++)
        print_at(splitter, i)->number = print_at(splitter, i)->number || print_at(splitter, i)->band == -2;
    if (added)
        find_anchors(splitter);
}

/* ---- cuts ---- */

/* The heights at which the row is to be cut, between the last line of one band and the first of the next. */
static void
add_cuts(const Splitter *splitter, GArray *cuts)
{
    guint count = splitter->anchors->len;
    g_autofree double *tops = g_new(double, count), *bottoms = g_new(double, count);
    for (guint i = 0; i < count; i++) {
        tops[i] = INFINITY;
        bottoms[i] = -INFINITY;
    }
    for (guint i = 0; i < splitter->prints->len; i++) {
        const Print *print = print_at(splitter, i);
        tops[print->band] = fmin(tops[print->band], print->middle);
        bottoms[print->band] = fmax(bottoms[print->band], print->middle);
    }
    for (guint i = 1; i < count; i++) {
        double cut = (bottoms[i - 1] + tops[i]) / 2;
        g_array_append_val(cuts, cut);
    }
}

static void
find_cuts(Splitter *splitter, int row, GArray *cuts)
{
    const Lattice *lattice = splitter->lattice;
    g_array_set_size(splitter->prints, 0);
    splitter->columns = splitter->singles = splitter->words = 0;
    for (int c = 0; c < lattice_cols(lattice);) {
        int index = lattice->owner[row * lattice_cols(lattice) + c];
        const Slot *slot = &g_array_index(lattice->slots, Slot, index);
        if (slot->rowspan == 1)
            add_prints(splitter, index);
        c = slot->col + slot->colspan;
    }
    find_anchors(splitter);
    if (!has_rows(splitter))
        return;
    add_headings(splitter);
    place_words(splitter);
    add_cuts(splitter, cuts);
}

/* ---- the lattice with more rows ---- */

/* One line of words in the middle of many rows is a label for them all. */
static bool
is_label(const Splitter *splitter, int index, int rows)
{
    const Slot *slot = &g_array_index(splitter->lattice->slots, Slot, index);
    const GArray *tokens = splitter->tokens->pdata[index];
    if (rows < 3 || tokens->len == 0)
        return false;
    Box box = line_box(splitter->sheet, tokens), area = lattice_slot_box(splitter->lattice, slot);
    g_autoptr(GPtrArray) lines = tokens_to_lines(splitter->sheet, tokens);
    return lines->len == 1 && !line_is_number(splitter->sheet, lines->pdata[0]) && fabs(box_middle_y(box) - box_middle_y(area)) < 0.1 * (area.y1 - area.y0);
}

/* `firsts[r]` is where old row r begins among the new ones. */
static void
split_slots(const Splitter *splitter, Lattice *out, const int *firsts)
{
    for (guint i = 0; i < splitter->lattice->slots->len; i++) {
        Slot slot = g_array_index(splitter->lattice->slots, Slot, i);
        int first = firsts[slot.row], rows = firsts[slot.row + slot.rowspan] - first;
        bool whole = slot.rowspan > 1 || rows == 1 || is_label(splitter, (int) i, rows);
        for (int r = 0; r < (whole ? 1 : rows); r++) {
            Slot part = {first + r, slot.col, whole ? rows : 1, slot.colspan};
            g_array_append_val(out->slots, part);
        }
    }
}

/* Tokens keep their columns, which were chosen with care; only the row may be another. */
static void
move_tokens(Sheet *sheet, guint index, const Lattice *old, const Lattice *now)
{
    Box box = lattice_box(now);
    for (guint i = 0; i < sheet->tokens->len; i++) {
        Token *token = sheet_token(sheet, i);
        if (token->grid != (int) index + 1 || token->slot < 0)
            continue;
        const Slot *slot = &g_array_index(old->slots, Slot, token->slot);
        double x = (g_array_index(old->xs, double, slot->col) + g_array_index(old->xs, double, slot->col + 1)) / 2;
        token->slot = lattice_slot_at(now, x, fmin(fmax(box_middle_y(token->box), box.y0), box.y1));
    }
}

static void
split_lattice(Sheet *sheet, guint index)
{
    Lattice *lattice = sheet->lattices->pdata[index];
    int rows = lattice_rows(lattice);
    g_autoptr(GPtrArray) tokens = sheet_slot_tokens(sheet, index);
    g_autoptr(GArray) prints = g_array_new(FALSE, FALSE, sizeof(Print)), anchors = g_array_new(FALSE, FALSE, sizeof(double));
    Splitter splitter = {sheet, lattice, tokens, prints, anchors, 0, 0, 0};
    Lattice *out = lattice_new(lattice->ruled);
    g_autofree int *firsts = g_new(int, rows + 1);
    g_array_append_vals(out->xs, lattice->xs->data, lattice->xs->len);
    for (int r = 0; r < rows; r++) {
        firsts[r] = (int) out->ys->len;
        g_array_append_val(out->ys, g_array_index(lattice->ys, double, r));
        find_cuts(&splitter, r, out->ys);
    }
    firsts[rows] = (int) out->ys->len;
    g_array_append_val(out->ys, g_array_index(lattice->ys, double, rows));
    if (firsts[rows] == rows) {
        lattice_free(out);
        return;
    }
    split_slots(&splitter, out, firsts);
    lattice_index(out);
    move_tokens(sheet, index, lattice, out);
    sheet->lattices->pdata[index] = out;
    lattice_free(lattice);
}

void
sheet_split_rows(Sheet *sheet)
{
    for (guint i = 0; i < sheet->lattices->len; i++)
        split_lattice(sheet, i);
}
