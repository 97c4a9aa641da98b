/* Tables between lines across: a line above, one below the head, one at the end, as books set them.
 *
 * Lines of the same length one below the other bound strips of the page. A strip is a table's when most of its lines of print fall
 * into pieces; strips of a table follow each other. What stands between two lines so is a table whatever it holds, so its
 * columns may be nearer to each other than those of a table that nothing marks. The first strip is its head. */
#include "align.h"

#include <math.h>

/* The ends of a table's lines differ by no more than this. */
#define SAME 3.0
/* Shorter lines are under single words. */
#define SHORT 50.0
#define MAX_CHAINS 100
/* So many lines without gaps, one below the other, are sentences. */
#define MAX_SENTENCES 3
/* Rows of a head in one strip. */
#define MAX_HEAD 8
/* Rows below the last line are no further apart than so many heights. */
#define NEAR 2.2

typedef struct {
    double from, to;
    GArray *ys; /* double */
} Chain;

static void
chain_free(void *data)
{
    Chain *chain = data;
    g_array_unref(chain->ys);
    g_free(chain);
}

static double
rule_at(const Chain *chain, guint i)
{
    return g_array_index(chain->ys, double, i);
}

static bool
is_in_lattice(const Sheet *sheet, const Rule *rule)
{
    for (guint i = 0; i < sheet->lattices->len; i++) {
        Box box = lattice_box(sheet->lattices->pdata[i]);
        if (rule->at > box.y0 - 1 && rule->at < box.y1 + 1 && rule->from > box.x0 - SAME && rule->to < box.x1 + SAME)
            return true;
    }
    return false;
}

/* Lines of the same length, those of ruled tables left out: Chain. */
static GPtrArray *
find_chains(const Sheet *sheet)
{
    GPtrArray *chains = g_ptr_array_new_with_free_func(chain_free);
    for (guint i = 0; i < sheet->across->len; i++) {
        const Rule *rule = &g_array_index(sheet->across, Rule, i);
        if (rule->to - rule->from < SHORT || is_in_lattice(sheet, rule))
            continue;
        Chain *chain = NULL;
        for (guint c = 0; chain == NULL && c < chains->len; c++) {
            Chain *one = chains->pdata[c];
            chain = fabs(one->from - rule->from) < SAME && fabs(one->to - rule->to) < SAME ? one : NULL;
        }
        if (chain == NULL && chains->len < MAX_CHAINS) {
            chain = g_new0(Chain, 1);
            *chain = (Chain){rule->from, rule->to, g_array_new(FALSE, FALSE, sizeof(double))};
            g_ptr_array_add(chains, chain);
        }
        if (chain != NULL)
            g_array_append_val(chain->ys, rule->at);
    }
    return chains;
}

/* ---- charts ---- */

/* The index of the value nearest to y among such as rise. */
static guint
edge_near(const GArray *ys, double y)
{
    guint low = 0, high = ys->len - 1;
    while (high - low > 1) {
        guint middle = (low + high) / 2;
        if (g_array_index(ys, double, middle) <= y)
            low = middle;
        else
            high = middle;
    }
    return high > low && g_array_index(ys, double, high) - y < y - g_array_index(ys, double, low) ? high : low;
}

/* Lines that numbers stand beside, at their height, are those of a chart's scale: in a table they stand between the lines. */
bool
sheet_is_chart(const Sheet *sheet, const GArray *ys, double from, double to)
{
    guint beside = 0;
    g_autofree bool *labelled = g_new0(bool, ys->len + 1);
    for (guint t = 0; t < sheet->tokens->len; t++) {
        const Token *token = sheet_token(sheet, t);
        bool left = token->box.x1 > from - 2 * token->size && token->box.x1 < from + 1;
        bool right = token->box.x0 < to + 2 * token->size && token->box.x0 > to - 1;
        if (!left && !right)
            continue;
        guint line = edge_near(ys, box_middle_y(token->box));
        if (labelled[line] || fabs(box_middle_y(token->box) - g_array_index(ys, double, line)) > 0.25 * token->size)
            continue;
        g_autofree char *text = token_text(sheet, token);
        labelled[line] = text_is_number(text);
        beside += labelled[line];
    }
    return beside >= 3 && 2 * beside > ys->len;
}

/* ---- strips ---- */

/* The first row at or below y. */
static guint
row_below(const GPtrArray *rows, double y)
{
    guint r = 0;
    while (r < rows->len && box_middle_y(((const Row *) rows->pdata[r])->box) < y)
        r++;
    return r;
}

typedef enum { STRIP_TABLE, STRIP_HEADING, STRIP_OTHER } Strip;

/* Most lines of a table are in pieces; a strip of few words is a heading within it. */
static Strip
strip_of(const GPtrArray *rows, guint first, guint end, double width)
{
    guint parted = 0, whole = 0, run = 0;
    for (guint r = first; r < end; r++) {
        const Row *row = rows->pdata[r];
        bool sentence = row->leader || (row->pieces->len == 1 && row->box.x1 - row->box.x0 > 0.6 * width);
        parted += row->pieces->len >= 2 && !row->leader;
        whole += sentence;
        run = sentence ? run + 1 : 0;
        if (run >= MAX_SENTENCES)
            return STRIP_OTHER;
    }
    if (parted > 0 && parted > 2 * whole && 3 * parted >= end - first)
        return STRIP_TABLE;
    return parted == 0 && whole == 0 && end - first <= 2 ? STRIP_HEADING : STRIP_OTHER;
}

/* Rows below the last line that go on with the table, for the page ends before it does. */
static guint
end_beyond(const GPtrArray *rows, guint end)
{
    guint r = end;
    for (; r < rows->len; r++) {
        const Row *row = rows->pdata[r], *above = r > 0 ? rows->pdata[r - 1] : NULL;
        if (row->pieces->len < 2 || row->leader || (above != NULL && row->box.y0 - above->box.y1 > NEAR * row->height))
            break;
    }
    return r;
}

/* How many rows from `end` to `limit` stand in the columns. */
static guint
end_fitting(const GPtrArray *rows, guint end, guint limit, const GArray *columns)
{
    for (guint r = end; r < limit; r++) {
        const Row *row = rows->pdata[r];
        guint last = G_MAXUINT;
        for (guint i = 0; i < row->pieces->len; i++) {
            const Piece *piece = row->pieces->pdata[i];
            guint column = align_column_at(columns, box_middle_x(piece->box));
            Box box = g_array_index(columns, Box, column);
            if (column == last || fmin(box.x1, piece->box.x1) <= fmax(box.x0, piece->box.x0))
                return r;
            last = column;
        }
    }
    return limit;
}

/* The lattice of rows [start, end), of which those before `body` are the head, and of rows below them as far as `limit`; NULL when
 * they are no table. */
static Lattice *
framed_lattice(const Sheet *sheet, GPtrArray *rows, guint start, guint body, guint end, guint limit)
{
    if (body == end)
        end = limit;
    if (body == start || body >= end || body - start > MAX_HEAD)
        body = start + 1 < end ? start + 1 : start;
    for (guint r = body; r < limit; r++)
        align_split_finely(sheet, rows->pdata[r], WIDE_FRAMED);
    g_autoptr(GArray) columns = align_columns(rows, body, end);
    align_merge_columns(rows, body, end, columns);
    if (columns->len < 2 || columns->len > 100 || end - start < 2)
        return NULL;
    end = end_fitting(rows, end, limit, columns);
    align_add_head_columns(rows, start, body, columns);
    Table table = {rows, start, body, end, columns};
    return align_lattice(sheet, &table);
}

/* The tables of one chain. */
static void
add_framed(Sheet *sheet, const Chain *chain, GPtrArray *found)
{
    double top = rule_at(chain, 0), width = chain->to - chain->from;
    if (chain->ys->len < 2 || sheet_is_chart(sheet, chain->ys, chain->from, chain->to))
        return;
    g_autoptr(GPtrArray) rows = align_rows(sheet, (Box){chain->from - SAME, top, chain->to + SAME, sheet->height}, WIDE_FRAMED);
    for (guint first = 0, last = 0; first + 1 < chain->ys->len; first = MAX(last, first + 1)) {
        guint start = row_below(rows, rule_at(chain, first)), body = start, end = start, seen = start;
        for (guint k = last = first; k + 1 < chain->ys->len; k++) {
            guint next = row_below(rows, rule_at(chain, k + 1));
            Strip strip = next > seen ? strip_of(rows, seen, next, width) : STRIP_HEADING;
            if (strip == STRIP_OTHER || (strip == STRIP_HEADING && end == start && next > start))
                break;
            seen = next;
            if (strip == STRIP_HEADING)
                continue;
            body = body == start ? next : body;
            end = next;
            last = k + 1;
        }
        guint limit = last + 1 < chain->ys->len || end == start ? end : end_beyond(rows, end);
        Lattice *lattice = end > start ? framed_lattice(sheet, rows, start, body, end, limit) : NULL;
        if (lattice != NULL)
            g_ptr_array_add(found, lattice);
    }
}

void
sheet_find_framed(Sheet *sheet)
{
    g_autoptr(GPtrArray) chains = find_chains(sheet);
    g_autoptr(GPtrArray) found = g_ptr_array_new();
    for (guint i = 0; i < chains->len; i++)
        add_framed(sheet, chains->pdata[i], found);
    for (guint i = 0; i < found->len; i++)
        g_ptr_array_add(sheet->lattices, found->pdata[i]);
    sheet_sort_lattices(sheet);
}
