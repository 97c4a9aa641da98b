/* Which lines are no part of the text: page numbers, and headers and footers that run over the pages.
 *
 * Both stand in a page's margin, outside of every grid, with nothing of the text beyond them. A number alone is a page number
 * when it counts along with the pages; "- 8 -" or "第3页" needs no other proof. A running header is the same words at the same
 * height on most pages; its first occurrence stays text, for it may be a title that is repeated over a long table. */
#include "page.h"
#include "utf8.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* The part of a page's height that is margin: for words, and for what is told to be a page number by its dashes. */
#define MARGIN 0.13
#define WIDE_MARGIN 0.18
/* As many lines of a margin are looked at. */
#define DEPTH 3

/* ---- page numbers ---- */

static bool
strip_prefix(const char **text, const char *prefix)
{
    if (!g_str_has_prefix(*text, prefix))
        return false;
    *text += strlen(prefix);
    return true;
}

/* Digits, taken off; -1 when there are none or too many for a page. */
static int
strip_number(const char **text)
{
    gsize digits = strspn(*text, "0123456789");
    if (digits == 0 || digits > 4)
        return -1;
    int number = atoi(*text);
    *text += digits;
    return number;
}

static bool
strip_dashes(const char **text)
{
    static const char *const dashes[] = {"-", "–", "—", "―", "－", "─", "~", "～", "·", "•", "_"};
    bool any = false;
    for (gsize i = 0; i < G_N_ELEMENTS(dashes); i++)
        if (strip_prefix(text, dashes[i])) {
            any = true;
            i = (gsize) -1;
        }
    return any;
}

/* The number that "12", "- 12 -", "第12页", "12/45", "第12页，共45页" tell; -1 for any other words. `ret_plain`: a number alone. */
static int
page_number_of(const char *words, bool *ret_plain)
{
    g_autofree char *narrow = utf8_narrow(words);
    g_autofree char *squeezed = utf8_squeeze(narrow);
    const char *text = squeezed;
    bool marked = strip_dashes(&text);
    marked = strip_prefix(&text, "第") || marked;
    int number = strip_number(&text);
    if (number < 0)
        return -1;
    bool page = strip_prefix(&text, "页");
    bool more = strip_prefix(&text, "/") || (page && (strip_prefix(&text, ",") || strip_prefix(&text, "、")));
    bool whole = strip_prefix(&text, "共") || strip_prefix(&text, "总") || more;
    marked = marked || page;
    if (whole && strip_number(&text) >= 0) {
        strip_prefix(&text, "页");
        marked = true;
    }
    marked = strip_dashes(&text) || marked;
    *ret_plain = !marked;
    return *text == '\0' ? number : -1;
}

/* ---- margins ---- */

typedef struct {
    const Page *page;
    Line *line;
    bool top;
    int number; /* -1: words */
    bool plain;
    char *text;
} Candidate;

static void
candidate_free(void *data)
{
    Candidate *candidate = data;
    g_free(candidate->text);
    g_free(candidate);
}

/* How far the line reaches into the page, as a part of its height. */
static double
depth_of(const Candidate *candidate)
{
    double height = fmax(candidate->page->height, 1);
    return candidate->top ? candidate->line->bbox.y1 / height : 1 - candidate->line->bbox.y0 / height;
}

static bool
in_margin(const Page *page, const Line *line, bool top)
{
    return top ? line->bbox.y1 < WIDE_MARGIN * page->height : line->bbox.y0 > (1 - WIDE_MARGIN) * page->height;
}

/* The outermost lines of one margin, from the page's edge inwards, until a grid begins. */
static void
add_margin(const Page *page, bool top, GPtrArray *out)
{
    guint count = page->lines->len;
    for (guint i = 0; i < MIN(count, DEPTH); i++) {
        Line *line = page->lines->pdata[top ? i : count - 1 - i];
        if (line->grid != 0 || !in_margin(page, line, top))
            return;
        Candidate *candidate = g_new0(Candidate, 1);
        g_autofree char *text = line_text(line);
        *candidate = (Candidate){page, line, top, -1, false, utf8_squeeze(text)};
        if (strlen(candidate->text) < 60)
            candidate->number = page_number_of(text, &candidate->plain);
        g_ptr_array_add(out, candidate);
    }
}

/* ---- what repeats ---- */

static guint
count_of(GHashTable *counts, const char *key)
{
    return GPOINTER_TO_UINT(g_hash_table_lookup(counts, key));
}

static char *
offset_key(const Candidate *candidate)
{
    return g_strdup_printf("%d %d", candidate->top, candidate->number - candidate->page->page);
}

/* The same words at the same height, to 4 points. */
static char *
words_key(const Candidate *candidate)
{
    double height = candidate->page->height, y = box_middle_y(candidate->line->bbox);
    return g_strdup_printf("%d %.0f %s", candidate->top, round((candidate->top ? y : height - y) / 4), candidate->text);
}

static void
count_candidates(const GPtrArray *candidates, bool bare, GHashTable *counts)
{
    for (guint i = 0; i < candidates->len; i++) {
        const Candidate *candidate = candidates->pdata[i];
        if (bare && candidate->page->grids->len > 0)
            continue;
        char *key = candidate->number >= 0 ? offset_key(candidate) : words_key(candidate);
        g_hash_table_insert(counts, key, GUINT_TO_POINTER(count_of(counts, key) + 1));
    }
}

/* A number alone on a single page is told by its place: in the middle, or where a page's corner is. */
static bool
stands_like_page_number(const Candidate *candidate)
{
    double middle = box_middle_x(candidate->line->bbox) / fmax(candidate->page->width, 1), edge = candidate->line->bbox.y0 / candidate->page->height;
    return !candidate->top && edge > 0.9 && fabs(middle - 0.5) < 0.05;
}

static bool
is_page_number(const Candidate *candidate, GHashTable *counts)
{
    if (candidate->number < 0)
        return false;
    g_autofree char *key = offset_key(candidate);
    return !candidate->plain || (depth_of(candidate) < MARGIN && count_of(counts, key) >= 3) || stands_like_page_number(candidate);
}

/* The same words on most pages. Where they stand on pages with tables only they are the tables' title. */
static bool
is_running(const Candidate *candidate, GHashTable *counts, GHashTable *bare, const char *key, guint many)
{
    return candidate->number < 0 && depth_of(candidate) < MARGIN && count_of(counts, key) >= many && count_of(bare, key) >= 2;
}

static void
mark_candidates(const GPtrArray *candidates, GHashTable *counts, GHashTable *bare, guint pages)
{
    g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    guint many = MAX(3, pages * 3 / 5);
    const Page *page = NULL;
    bool top = false, open = true;
    for (guint i = 0; i < candidates->len; i++) {
        Candidate *candidate = candidates->pdata[i];
        if (candidate->page != page || candidate->top != top)
            open = true;
        page = candidate->page;
        top = candidate->top;
        if (!open)
            continue;
        char *key = words_key(candidate);
        if (is_page_number(candidate, counts))
            candidate->line->role = LINE_PAGE_NUMBER;
        else if (is_running(candidate, counts, bare, key, many))
            candidate->line->role = g_hash_table_contains(seen, key) ? LINE_RUNNING : LINE_CONTENT;
        else
            open = false;
        g_hash_table_add(seen, key);
    }
}

void
document_mark_roles(Document *document)
{
    g_autoptr(GPtrArray) candidates = g_ptr_array_new_with_free_func(candidate_free);
    g_autoptr(GHashTable) counts = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (guint i = 0; i < document->pages->len; i++) {
        add_margin(document->pages->pdata[i], true, candidates);
        add_margin(document->pages->pdata[i], false, candidates);
    }
    g_autoptr(GHashTable) bare = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    count_candidates(candidates, false, counts);
    count_candidates(candidates, true, bare);
    mark_candidates(candidates, counts, bare, document->pages->len);
}
