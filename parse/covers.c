#include "covers.h"

#include "heading.h"
#include "mentions.h"

/* A cover's title takes so many lines at most; a cover page has few lines; the first pages may be one whatever they hold. */
#define TITLE_LINES 5
#define COVER_LINES 10
#define FIRST_PAGES 2
#define LONGEST_LINE 45

static const Block *
block_at(const Flow *flow, guint index)
{
    return index < flow->blocks->len ? flow->blocks->pdata[index] : NULL;
}

static bool
is_free_line(const Block *block)
{
    return block != NULL && block->line != NULL && block->claim == CLAIM_NONE;
}

/* An empty frame, or one line's: ornaments of a cover are drawn like tables. */
static bool
is_ornament(const Grid *grid)
{
    if (grid->rows == 1)
        return true;
    for (guint i = 0; i < grid->cells->len; i++)
        if (((const Cell *) grid->cells->pdata[i])->text[0] != '\0')
            return false;
    return true;
}

bool
title_claim(Flow *flow, Tree *tree, const guint *blocks, guint count, bool whole, bool *ret_claimed, GError **error)
{
    g_autoptr(GString) text = g_string_new(NULL);
    const Block *first = block_at(flow, blocks[0]);
    *ret_claimed = false;
    for (guint i = 0; i < count; i++)
        g_string_append(text, block_at(flow, blocks[i])->text);
    g_autoptr(Mention) mention = mention_read(MENTION_COVER, text->str, error);
    if (mention == NULL)
        return false;
    bool named = mention->department != NULL && (mention->disclosure != NULL || !whole);
    bool dated = !whole && mention->year != NULL && mention->disclosure != NULL && !mention_is_sentence(text->str);
    if (!named && !dated)
        return true;
    for (guint i = 0; i < count; i++)
        ((Block *) flow->blocks->pdata[blocks[i]])->claim = CLAIM_HEADING;
    *ret_claimed = true;
    return mention_add(tree, MENTION_COVER, text->str, first->page, first->at, error);
}

/* The lines from block `from` that could stand on a cover: short, unclaimed, on one page, before the first heading. */
static GArray *
read_lines(const Headings *headings, const Flow *flow, guint from, guint *ret_end)
{
    GArray *lines = g_array_new(FALSE, FALSE, sizeof(guint));
    const Block *first = block_at(flow, from);
    guint i = from;
    for (; i < flow->blocks->len && lines->len < COVER_LINES; i++) {
        const Block *block = block_at(flow, i);
        if (block->page != first->page || (block->grid != NULL && !is_ornament(block->grid)))
            break;
        if (block->grid != NULL)
            continue;
        g_auto(Heading) heading = {0};
        if (block->claim != CLAIM_NONE || g_utf8_strlen(block->text, -1) > LONGEST_LINE)
            break;
        if (heading_read(headings, flow, i, &heading) && heading.level > 0)
            break;
        g_array_append_val(lines, i);
    }
    *ret_end = i;
    return lines;
}

static bool
are_free(const Flow *flow, const guint *blocks, guint count)
{
    for (guint i = 0; i < count; i++)
        if (!is_free_line(block_at(flow, blocks[i])))
            return false;
    return true;
}

/* The longest runs of lines that name department and kind first, then what single lines name. */
static bool
claim_lines(Flow *flow, Tree *tree, const GArray *lines, bool singles, GError **error)
{
    const guint *blocks = (const guint *) (const void *) lines->data;
    bool claimed = false;
    for (guint count = MIN(TITLE_LINES, lines->len); count > 0; count--)
        for (guint i = 0; i + count <= lines->len; i++)
            if (are_free(flow, blocks + i, count) && !title_claim(flow, tree, blocks + i, count, true, &claimed, error))
                return false;
    for (guint i = 0; singles && i < lines->len; i++)
        if (are_free(flow, blocks + i, 1) && !title_claim(flow, tree, blocks + i, 1, false, &claimed, error))
            return false;
    return true;
}

/* Whether the lines up to block `end` at the head of a page may be a cover: on the first pages, or all that the page has, or right
 * above a table of contents; never right above a table. */
static bool
is_cover(const Flow *flow, const GArray *lines, guint end)
{
    if (lines->len == 0)
        return false;
    const Block *first = block_at(flow, g_array_index(lines, guint, 0)), *next = block_at(flow, end);
    if (next == NULL || next->page != first->page || next->claim == CLAIM_TOC)
        return true;
    return next->grid == NULL && first->page <= FIRST_PAGES;
}

bool
covers_claim(Flow *flow, Tree *tree, GError **error)
{
    g_auto(Headings) headings = {0};
    if (!headings_open(&headings, flow, error))
        return false;
    for (guint i = 0; i < flow->blocks->len; i++) {
        const Block *block = block_at(flow, i), *before = i > 0 ? block_at(flow, i - 1) : NULL;
        if (before != NULL && (before->page == block->page || block->page == 0) && before->claim != CLAIM_TOC)
            continue;
        guint end = i;
        g_autoptr(GArray) lines = read_lines(&headings, flow, i, &end);
        bool first = block->page <= FIRST_PAGES || (block_at(flow, end) != NULL && block_at(flow, end)->claim == CLAIM_TOC);
        if (is_cover(flow, lines, end) && !claim_lines(flow, tree, lines, first, error))
            return false;
    }
    return true;
}
