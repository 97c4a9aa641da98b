#include "flow.h"

#include "utf8.h"

/* In font sizes: how far a first line is set in, and how far short of the margin a paragraph's last line ends. */
#define INDENT 1.2
#define SHORT 2.0

/* Lines of one paragraph are of one size, up to this factor. */
#define OTHER_SIZE 1.2

/* Points by which edges of one margin may differ. */
#define SAME_EDGE 3

static void
block_free(gpointer data)
{
    Block *block = data;
    g_free(block->text);
    g_free(block);
}

static Block *
block_add(Flow *flow, const Page *page)
{
    Block *block = g_new0(Block, 1);
    block->at = (int) flow->blocks->len;
    block->page = page->page;
    block->on = page;
    g_ptr_array_add(flow->blocks, block);
    return block;
}

static void
add_grid(Flow *flow, const Page *page, guint index, bool *added)
{
    if (added[index])
        return;
    added[index] = true;
    Block *block = block_add(flow, page);
    block->grid = page->grids->pdata[index];
    block->grid_index = (int) index;
}

static void
add_line(Flow *flow, const Page *page, const Line *line)
{
    g_autofree char *text = line_text(line);
    g_autofree char *collapsed = utf8_collapse(text);
    if (collapsed[0] == '\0')
        return;
    Block *block = block_add(flow, page);
    block->line = line;
    block->text = g_steal_pointer(&collapsed);
}

static bool
grid_has_lines(const Page *page, guint index)
{
    for (guint i = 0; i < page->lines->len; i++)
        if (((const Line *) page->lines->pdata[i])->grid == (int) index + 1)
            return true;
    return false;
}

/* A grid stands where the first of its lines is read; a blank one above the first line that begins below it. */
static void
add_page(Flow *flow, const Page *page)
{
    g_autofree bool *added = g_new0(bool, page->grids->len + 1);
    g_autofree bool *blank = g_new0(bool, page->grids->len + 1);
    for (guint g = 0; g < page->grids->len; g++)
        blank[g] = !grid_has_lines(page, g);
    for (guint i = 0; i < page->lines->len; i++) {
        const Line *line = page->lines->pdata[i];
        for (guint g = 0; g < page->grids->len; g++)
            if (blank[g] && ((const Grid *) page->grids->pdata[g])->bbox.y0 < line->bbox.y0)
                add_grid(flow, page, g, added);
        if (line->grid > 0)
            add_grid(flow, page, (guint) line->grid - 1, added);
        else if (line->role == LINE_CONTENT)
            add_line(flow, page, line);
    }
    for (guint g = 0; g < page->grids->len; g++)
        add_grid(flow, page, g, added);
}

/* The margins of a page's running text: the leftmost edge that a tenth of the lines share, and the right edge they reach. First
 * lines may be the most, where paragraphs are short, so the most common edge is no margin. */
static void
margins(const GPtrArray *blocks, guint from, guint to, double *ret_left, double *ret_right)
{
    double right = 0, left = G_MAXDOUBLE;
    guint lines = 0;
    for (guint i = from; i < to; i++)
        lines += ((const Block *) blocks->pdata[i])->line != NULL;
    for (guint i = from; i < to; i++) {
        const Block *block = blocks->pdata[i];
        if (block->line == NULL)
            continue;
        right = MAX(right, block->line->bbox.x1);
        guint same = 0;
        for (guint j = from; j < to; j++) {
            const Block *other = blocks->pdata[j];
            same += other->line != NULL && ABS(other->line->bbox.x0 - block->line->bbox.x0) < SAME_EDGE;
        }
        if (same * 10 >= lines && block->line->bbox.x0 < left)
            left = block->line->bbox.x0;
    }
    *ret_left = left;
    *ret_right = right;
}

static double
line_size(const Line *line)
{
    return line->size > 0 ? line->size : MAX(line->bbox.y1 - line->bbox.y0, 1);
}

/* `before_right` is the right margin of the page before; it takes that of this one. */
static void
mark_starts(const GPtrArray *blocks, guint from, guint to, double *before_right)
{
    double left = 0, right = 0;
    margins(blocks, from, to, &left, &right);
    const Block *before = from > 0 ? blocks->pdata[from - 1] : NULL;
    for (guint i = from; i < to; i++) {
        Block *block = blocks->pdata[i];
        if (block->line != NULL) {
            double size = line_size(block->line);
            bool indented = block->line->bbox.x0 - left > INDENT * size;
            double margin = i > from ? right : *before_right;
            bool ended = before == NULL || before->line == NULL || margin - before->line->bbox.x1 > SHORT * size;
            double other = before != NULL && before->line != NULL ? line_size(before->line) : size;
            bool resized = size > other * OTHER_SIZE || other > size * OTHER_SIZE;
            block->starts = block->page == 0 || indented || ended || resized;
        }
        before = block;
    }
    *before_right = right;
}

Flow *
flow_new(const Document *document)
{
    Flow *flow = g_new0(Flow, 1);
    flow->document = document;
    flow->blocks = g_ptr_array_new_with_free_func(block_free);
    flow->places = g_array_new(FALSE, FALSE, sizeof(Place));
    double right = 0;
    for (guint p = 0; p < document->pages->len; p++) {
        guint from = flow->blocks->len;
        add_page(flow, document->pages->pdata[p]);
        mark_starts(flow->blocks, from, flow->blocks->len, &right);
    }
    return flow;
}

void
flow_split(Flow *flow, guint index, const GPtrArray *pieces)
{
    Block *whole = flow->blocks->pdata[index];
    for (guint i = 0; i < pieces->len; i++) {
        Block *block = g_memdup2(whole, sizeof(Block));
        block->text = g_strdup(pieces->pdata[i]);
        block->starts = true;
        g_ptr_array_insert(flow->blocks, (int) (index + 1 + i), block);
    }
    g_ptr_array_remove_index(flow->blocks, index);
    for (guint i = index; i < flow->blocks->len; i++)
        ((Block *) flow->blocks->pdata[i])->at = (int) i;
}

void
flow_free(Flow *flow)
{
    if (flow == NULL)
        return;
    g_ptr_array_unref(flow->blocks);
    g_array_unref(flow->places);
    g_free(flow);
}

void
flow_place(const Flow *flow, guint section, size_t offset, int *page, int *at)
{
    guint low = 0, high = flow->places->len;
    while (low < high) {
        guint middle = (low + high) / 2;
        const Place *place = &g_array_index(flow->places, Place, middle);
        if (place->section < section || (place->section == section && place->offset <= offset))
            low = middle + 1;
        else
            high = middle;
    }
    if (low == 0)
        return;
    const Place *place = &g_array_index(flow->places, Place, low - 1);
    if (place->section == section) {
        *page = place->page;
        *at = place->at;
    }
}
