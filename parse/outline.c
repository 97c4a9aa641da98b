/* The outline: headings, and the words under each heading. */
#include <string.h>

#include "covers.h"
#include "heading.h"
#include "mentions.h"
#include "utf8.h"

/* A title in mid-document takes so many lines at most, each no longer than this. */
#define TITLE_LINES 3
#define LONGEST_LINE 45

/* In characters: a line is full that ends no farther from the margin of the lines around it, and is at least so long. */
#define FULL 2.5
#define LEAST_FULL 18
#define AROUND 4

/* Level of an unnumbered heading that the table of contents does not list. */
#define PLAIN_LEVEL 2

typedef struct {
    Flow *flow;
    Tree *tree;
    Headings headings;
    Section *section; /* open, NULL before the first        */
    GString *text;    /* of the open section                */
    bool fresh;       /* the next line begins a paragraph   */
    int terms_level;  /* of the open section of terms, or 0 */
    char *told;       /* what the last narrative mention named */
} Outline;

static void
outline_clear(Outline *outline)
{
    headings_clear(&outline->headings);
    if (outline->text != NULL)
        g_string_free(outline->text, TRUE);
    g_free(outline->told);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Outline, outline_clear)

static const Block *
block_at(const Outline *outline, guint index)
{
    return index < outline->flow->blocks->len ? outline->flow->blocks->pdata[index] : NULL;
}

static bool
is_free_line(const Block *block)
{
    return block != NULL && block->line != NULL && block->claim == CLAIM_NONE;
}

/* Running headers, each once. */
static bool
add_running(const Flow *flow, Tree *tree, GError **error)
{
    g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    const GPtrArray *pages = flow->document->pages;
    guint next = 0;
    for (guint p = 0; p < pages->len; p++) {
        const Page *page = pages->pdata[p];
        while (next < flow->blocks->len && ((const Block *) flow->blocks->pdata[next])->page < page->page)
            next++;
        for (guint i = 0; i < page->lines->len; i++) {
            const Line *line = page->lines->pdata[i];
            if (line->role != LINE_RUNNING)
                continue;
            g_autofree char *text = line_text(line);
            if (g_hash_table_add(seen, g_strdup(text)) && !mention_add(tree, MENTION_RUNNING, text, page->page, (int) next, error))
                return false;
        }
    }
    return true;
}

static void
close_section(Outline *outline)
{
    if (outline->section != NULL)
        outline->section->text = g_strdup(outline->text->str);
    outline->section = NULL;
    outline->fresh = true;
    g_string_truncate(outline->text, 0);
}

static void
open_section(Outline *outline, const Block *block)
{
    close_section(outline);
    outline->section = g_new0(Section, 1);
    outline->section->page = block->page;
    outline->section->at = block->at;
    g_ptr_array_add(outline->tree->sections, outline->section);
}

/* A sentence that names the department, unless it says what the one before said. */
static bool
add_narrative(Outline *outline, const char *text, const Block *block, GError **error)
{
    g_autoptr(Mention) mention = mention_read(MENTION_NARRATIVE, text, error);
    if (mention == NULL)
        return false;
    if (mention->department == NULL)
        return true;
    g_autofree char *told = g_strconcat(mention->department, " ", mention->year, NULL);
    if (g_strcmp0(told, outline->told) == 0)
        return true;
    g_free(outline->told);
    outline->told = g_steal_pointer(&told);
    return mention_add(outline->tree, MENTION_NARRATIVE, text, block->page, block->at, error);
}

static bool
add_text(Outline *outline, const char *text, const Block *block, bool starts, GError **error)
{
    if (outline->section == NULL) {
        open_section(outline, block);
        outline->section->title = g_strdup("");
    }
    bool paragraph = outline->fresh || starts;
    if (paragraph && outline->text->len > 0)
        g_string_append_c(outline->text, '\n');
    else if (!paragraph && utf8_wants_space(outline->text->str, text))
        g_string_append_c(outline->text, ' ');
    Place place = {outline->tree->sections->len - 1, outline->text->len, block->page, block->at};
    g_array_append_val(outline->flow->places, place);
    g_string_append(outline->text, text);
    outline->fresh = false;
    return !paragraph || add_narrative(outline, text, block, error);
}

/* Letters and digits are half as wide as ideographs. */
static double
text_width(const char *text, size_t length)
{
    glong chars = g_utf8_strlen(text, (gssize) length);
    return (double) chars - (double) (3 * (size_t) chars - length) / 4;
}

/* How far to the right a line reaches: in points, in a text source in ideographs. */
static double
line_end(const Block *block)
{
    return block->page > 0 ? block->line->bbox.x1 : text_width(block->text, strlen(block->text));
}

/* The text's right margin around the lines before block `index`: what the farthest of them reaches. */
static double
local_margin(const Outline *outline, guint index)
{
    double margin = 0;
    for (guint i = index > AROUND ? index - AROUND : 0; i < index + AROUND; i++) {
        const Block *block = block_at(outline, i);
        if (block != NULL && block->line != NULL && block->page == block_at(outline, index)->page)
            margin = MAX(margin, line_end(block));
    }
    return margin;
}

/* A paragraph set in as a whole, or a text source with lines of one width, has first lines that no edge tells from the rest. Where the
 * line before stops in mid-sentence and fills its width, and this one has neither number nor indent, it goes on. */
static bool
goes_on(const Outline *outline, guint index)
{
    const Block *block = block_at(outline, index), *before = index > 0 ? block_at(outline, index - 1) : NULL;
    if (outline->fresh || before == NULL || before->claim != CLAIM_TEXT || before->page != block->page)
        return false;
    g_autofree char *words = utf8_squeeze(before->text);
    double size = block->page > 0 ? MAX(block->line->size, 1) : 1;
    double begin = block->page > 0 ? before->line->bbox.x0 : 0;
    double margin = local_margin(outline, index);
    bool indented = block->page > 0 && block->line->bbox.x0 > begin + size;
    /* A figure is never broken: it may have found no room any more. */
    double room = FULL + text_width(block->text, strspn(block->text, "0123456789.,"));
    bool full = margin - line_end(before) < room * size && line_end(before) - begin >= LEAST_FULL * size;
    return full && !indented && rule_match(rules_find(outline->headings.rules, "shape_open"), words, 0, NULL) &&
           rules_match(outline->headings.numbers, block->text, 0, NULL) == NULL;
}

/* Terms are numbered like headings; among them only what is no deeper than their own heading, and known, ends them. */
static bool
is_term(const Outline *outline, const Heading *heading)
{
    if (outline->terms_level == 0 || heading->level == 1)
        return false;
    return heading->level > outline->terms_level || !heading->sure || heading->rest != NULL;
}

static int
heading_level(const Outline *outline, const Heading *heading)
{
    if (heading->level > 0)
        return heading->level;
    g_autofree char *key = utf8_squeeze(heading->title);
    int listed = GPOINTER_TO_INT(g_hash_table_lookup(outline->headings.listed, key));
    return listed > 1 ? listed - 1 : PLAIN_LEVEL;
}

static bool
add_section(Outline *outline, Heading *heading, guint index, GError **error)
{
    const Block *block = block_at(outline, index);
    open_section(outline, block);
    Section *section = outline->section;
    section->id = g_strdup(heading->id);
    section->number = g_steal_pointer(&heading->number);
    section->level = heading_level(outline, heading);
    section->title = g_steal_pointer(&heading->title);
    outline->terms_level = g_strcmp0(section->id, "terms") == 0 ? section->level : 0;
    for (guint i = 0; i < heading->lines; i++)
        ((Block *) outline->flow->blocks->pdata[index + i])->claim = CLAIM_HEADING;
    if (!mention_add(outline->tree, MENTION_HEADING, section->title, block->page, block->at, error))
        return false;
    return heading->rest == NULL || add_text(outline, heading->rest, block, true, error);
}

/* A title in mid-document, where the next unit's disclosure begins: set apart from the text, and a paragraph of its own. */
static bool
claim_inner_title(Outline *outline, guint index, bool *ret_claimed, GError **error)
{
    const Block *block = block_at(outline, index);
    guint blocks[TITLE_LINES];
    *ret_claimed = false;
    if (!block->starts || !heading_stands_out(outline->flow, index))
        return true;
    /* A text source shows no page and no size: there only a line that names all by itself is a title. */
    guint most = block->page > 0 ? TITLE_LINES : 1;
    for (guint count = 1; count <= most && !*ret_claimed; count++) {
        const Block *last = block_at(outline, index + count - 1), *next = block_at(outline, index + count);
        if (!is_free_line(last) || last->page != block->page || g_utf8_strlen(last->text, -1) > LONGEST_LINE)
            return true;
        blocks[count - 1] = index + count - 1;
        if (is_free_line(next) && !next->starts)
            continue;
        if (!title_claim(outline->flow, outline->tree, blocks, count, true, ret_claimed, error))
            return false;
    }
    return true;
}

/* Reads the block at `index`; `ret_lines` is how many blocks were read. */
static bool
read_block(Outline *outline, guint index, guint *ret_lines, GError **error)
{
    Block *block = outline->flow->blocks->pdata[index];
    *ret_lines = 1;
    if (block->claim == CLAIM_HEADING || block->claim == CLAIM_TOC) {
        close_section(outline);
        outline->terms_level = 0;
        return true;
    }
    if (!is_free_line(block)) {
        outline->fresh = true;
        return true;
    }
    g_auto(Heading) heading = {0};
    if (heading_read(&outline->headings, outline->flow, index, &heading) && !is_term(outline, &heading)) {
        *ret_lines = heading.lines;
        return add_section(outline, &heading, index, error);
    }
    bool title = false;
    if (!claim_inner_title(outline, index, &title, error))
        return false;
    if (title) {
        close_section(outline);
        return true;
    }
    block->claim = CLAIM_TEXT;
    return add_text(outline, block->text, block, block->starts && !goes_on(outline, index), error);
}

/* Where all lines of a page are first lines, no edge tells so: a numbered line behind a full stop begins a paragraph too. */
static void
mark_numbered(Outline *outline)
{
    const Rule *stop = rules_find(outline->headings.rules, "shape_stop");
    for (guint i = 1; i < outline->flow->blocks->len; i++) {
        Block *block = outline->flow->blocks->pdata[i];
        const Block *before = outline->flow->blocks->pdata[i - 1];
        if (block->starts || !is_free_line(block) || !is_free_line(before))
            continue;
        block->starts = rule_match(stop, before->text, 0, NULL) && rules_match(outline->headings.numbers, block->text, 0, NULL) != NULL;
    }
}

bool
outline_claim(Flow *flow, Tree *tree, GError **error)
{
    g_auto(Outline) outline = {.flow = flow, .tree = tree, .text = g_string_new(NULL), .fresh = true};
    if (!headings_open(&outline.headings, flow, error) || !add_running(flow, tree, error))
        return false;
    mark_numbered(&outline);
    guint lines = 1;
    for (guint i = 0; i < flow->blocks->len; i += lines)
        if (!read_block(&outline, i, &lines, error)) {
            close_section(&outline);
            return false;
        }
    close_section(&outline);
    return true;
}
