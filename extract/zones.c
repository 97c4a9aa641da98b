/* Zones: the parts of a page that are read one after the other. A page of one column is one zone; where it sets its sentences
 * in columns, each is a zone, and so is what lies above and below them.
 *
 * A gutter is white that no word and no line crosses for a good part of the page and that has sentences on both sides: lines
 * without gaps which fill the room up to it. Between the columns of a table there are no such lines, or too few. */
#include "page.h"

#include <math.h>

#define STEP 3.0
/* Half of a gutter's least width. */
#define HALF 3.0
/* Gutters are so high at least, as a part of the page, and have so many lines of sentences on each side. */
#define HIGH 0.15
#define MIN_FULL 7
#define MAX_DEPTH 3
#define MAX_TRIES 4
/* A gap of so many font sizes parts what is no sentence. */
#define WIDE 1.6

typedef struct {
    const Sheet *sheet;
    GArray *blocks; /* Box: words, lattices and lines across, by their tops */
} Splitter;

static int
compare_tops(gconstpointer a, gconstpointer b)
{
    const Box *left = a, *right = b;
    if (left->y0 != right->y0)
        return left->y0 < right->y0 ? -1 : 1;
    return left->x0 < right->x0 ? -1 : left->x0 > right->x0;
}

static GArray *
find_blocks(const Sheet *sheet)
{
    GArray *blocks = g_array_new(FALSE, FALSE, sizeof(Box));
    for (guint i = 0; i < sheet->tokens->len; i++)
        g_array_append_val(blocks, sheet_token(sheet, i)->box);
    for (guint i = 0; i < sheet->lattices->len; i++) {
        Box box = lattice_box(sheet->lattices->pdata[i]);
        g_array_append_val(blocks, box);
    }
    for (guint i = 0; i < sheet->across->len; i++) {
        const Rule *rule = &g_array_index(sheet->across, Rule, i);
        Box box = {rule->from, rule->at - 0.5, rule->to, rule->at + 0.5};
        g_array_append_val(blocks, box);
    }
    g_array_sort(blocks, compare_tops);
    return blocks;
}

static bool
is_inside(Box box, Box area)
{
    double x = box_middle_x(box), y = box_middle_y(box);
    return x >= area.x0 && x <= area.x1 && y >= area.y0 && y <= area.y1;
}

/* ---- white ---- */

/* For a place between left and right: the highest white that ends at the last block seen. */
typedef struct {
    double end;      /* of the last block */
    double from, to; /* the highest white so far */
} White;

static void
meet(White *white, double y0, double y1)
{
    if (y0 - white->end > white->to - white->from) {
        white->from = white->end;
        white->to = y0;
    }
    white->end = fmax(white->end, y1);
}

/* The highest white at each place of the area, STEP apart. */
static GArray *
find_whites(const Splitter *splitter, Box area)
{
    guint count = (guint) fmin((area.x1 - area.x0) / STEP, 2000) + 1;
    GArray *whites = g_array_sized_new(FALSE, TRUE, sizeof(White), count);
    g_array_set_size(whites, count);
    for (guint c = 0; c < count; c++)
        g_array_index(whites, White, c) = (White){area.y0, area.y0, area.y0};
    for (guint i = 0; i < splitter->blocks->len; i++) {
        Box box = g_array_index(splitter->blocks, Box, i);
        if (!is_inside(box, area))
            continue;
        int first = (int) fmax(ceil((box.x0 - HALF - area.x0) / STEP), 0), last = (int) fmin(floor((box.x1 + HALF - area.x0) / STEP), count - 1.0);
        for (int c = first; c <= last; c++)
            meet(&g_array_index(whites, White, c), box.y0, box.y1);
    }
    for (guint c = 0; c < count; c++)
        meet(&g_array_index(whites, White, c), area.y1, area.y1);
    return whites;
}

/* ---- sentences on both sides ---- */

/* Whether so many lines of the area have no gaps and nearly reach from one side of its print to the other. */
static bool
has_sentences(const Splitter *splitter, Box area)
{
    const Sheet *sheet = splitter->sheet;
    g_autoptr(GArray) tokens = g_array_new(FALSE, FALSE, sizeof(guint));
    double low = INFINITY, high = -INFINITY;
    for (guint i = 0; i < sheet->tokens->len; i++) {
        Box box = sheet_token(sheet, i)->box;
        if (!is_inside(box, area) || sheet_lattice_at(sheet, box) >= 0)
            continue;
        g_array_append_val(tokens, i);
        low = fmin(low, box.x0);
        high = fmax(high, box.x1);
    }
    g_autoptr(GPtrArray) lines = tokens_to_lines(sheet, tokens);
    guint full = 0;
    for (guint i = 0; i < lines->len; i++) {
        const GArray *line = lines->pdata[i];
        const Token *last = sheet_token(sheet, g_array_index(line, guint, 0));
        double start = last->box.x0;
        bool gap = false;
        for (guint j = 1; j < line->len; j++) {
            const Token *token = sheet_token(sheet, g_array_index(line, guint, j));
            gap = gap || token->box.x0 - last->box.x1 > WIDE * token->size;
            last = token;
        }
        full += !gap && last->box.x1 - start > 0.8 * (high - low) && last->box.x1 - start > 12 * last->size;
    }
    return full >= MIN_FULL && full * 4 >= lines->len;
}

/* The gutter of the area: its middle, from its top to its bottom. */
static bool
find_gutter(const Splitter *splitter, Box area, Box *ret_gutter)
{
    g_autoptr(GArray) whites = find_whites(splitter, area);
    guint margin = (guint) (0.15 * whites->len);
    for (guint tries = 0; tries < MAX_TRIES; tries++) {
        const White *best = NULL;
        guint first = 0, last = 0;
        for (guint c = margin; c + margin < whites->len; c++) {
            const White *white = &g_array_index(whites, White, c);
            if (white->to - white->from < HIGH * splitter->sheet->height)
                continue;
            if (best == NULL || white->to - white->from > best->to - best->from + 1) {
                best = white;
                first = c;
            }
            if (best != NULL && fabs(white->from - best->from) < 1 && fabs(white->to - best->to) < 1)
                last = c;
        }
        if (best == NULL)
            return false;
        double x = area.x0 + (first + last) / 2.0 * STEP;
        Box gutter = {x, best->from, x, best->to}, left = {area.x0, gutter.y0, x, gutter.y1}, right = {x, gutter.y0, area.x1, gutter.y1};
        if (has_sentences(splitter, left) && has_sentences(splitter, right)) {
            *ret_gutter = gutter;
            return true;
        }
        for (guint c = first; c <= last; c++)
            g_array_index(whites, White, c).to = g_array_index(whites, White, c).from;
    }
    return false;
}

static void
split_area(const Splitter *splitter, Box area, int depth, GArray *zones)
{
    Box gutter;
    if (area.y1 <= area.y0)
        return;
    if (depth >= MAX_DEPTH || !find_gutter(splitter, area, &gutter)) {
        g_array_append_val(zones, area);
        return;
    }
    split_area(splitter, (Box){area.x0, area.y0, area.x1, gutter.y0}, depth + 1, zones);
    split_area(splitter, (Box){area.x0, gutter.y0, gutter.x0, gutter.y1}, depth + 1, zones);
    split_area(splitter, (Box){gutter.x0, gutter.y0, area.x1, gutter.y1}, depth + 1, zones);
    split_area(splitter, (Box){area.x0, gutter.y1, area.x1, area.y1}, depth + 1, zones);
}

void
sheet_find_zones(Sheet *sheet)
{
    g_autoptr(GArray) blocks = find_blocks(sheet);
    Splitter splitter = {sheet, blocks};
    Box all = {0, 0, sheet->width, sheet->height};
    for (guint i = 0; i < sheet->tokens->len; i++)
        all = box_union(all, sheet_token(sheet, i)->box);
    split_area(&splitter, all, 0, sheet->zones);
}

guint
sheet_zone_at(const Sheet *sheet, Box box)
{
    for (guint i = 0; i < sheet->zones->len; i++)
        if (is_inside(box, g_array_index(sheet->zones, Box, i)))
            return i;
    return 0;
}
