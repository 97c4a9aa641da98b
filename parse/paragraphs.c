/* Paragraphs: a page of a text source that came as one paragraph is cut where its headings are plainly in sequence. */
#include <string.h>

#include "digits.h"
#include "heading.h"

/* In characters: what shorter paragraphs hold is no page. */
#define PAGE_CHARS 300

/* Headings may have lost a number between them; fewer than so many are no sequence. */
#define LEAST_MARKS 2
#define LARGEST_GAP 2

typedef struct {
    size_t start;
    int number;
} Mark;

typedef struct {
    const Headings *headings;
    const Rules *rules;
    GPtrArray *pieces; /* char * */
} Cut;

static GArray *
find_marks(const Cut *cut, const char *id, const char *text)
{
    GArray *marks = g_array_new(FALSE, FALSE, sizeof(Mark));
    const Rule *rule = rules_find(cut->rules, id);
    RuleMatch match;
    for (size_t from = 0; rule_match(rule, text, from, &match); from = match.end) {
        size_t end = match.end;
        Mark mark = {.start = match.start};
        g_autofree char *number = rule_match_get(&match, "number");
        mark.number = digits_value(number);
        match.end = end;
        g_array_append_val(marks, mark);
    }
    return marks;
}

/* The marks that count on from the first of `marks` at or behind `from`. */
static GArray *
count_on(const GArray *marks, guint from, int gap)
{
    GArray *run = g_array_new(FALSE, FALSE, sizeof(Mark));
    int last = 0;
    for (guint i = from; i < marks->len; i++) {
        const Mark *mark = &g_array_index(marks, Mark, i);
        if (run->len > 0 && (mark->number <= last || mark->number > last + gap))
            continue;
        g_array_append_val(run, *mark);
        last = mark->number;
    }
    return run;
}

static GArray *
longest_run(const GArray *marks, int gap)
{
    GArray *best = g_array_new(FALSE, FALSE, sizeof(Mark));
    for (guint i = 0; i < marks->len; i++) {
        GArray *run = count_on(marks, i, gap);
        bool longer = run->len > best->len;
        g_array_unref(longer ? best : run);
        best = longer ? run : best;
    }
    return best;
}

static void
add_piece(Cut *cut, const char *text, size_t length)
{
    g_autofree char *piece = g_strndup(text, length);
    g_strstrip(piece);
    if (piece[0] != '\0')
        g_ptr_array_add(cut->pieces, g_steal_pointer(&piece));
}

/* A heading with its text behind it; one inside a section must be known, because list items have the same number. */
static void
add_headed(Cut *cut, const char *text, size_t length, bool known)
{
    g_autofree char *piece = g_strndup(text, length);
    RuleMatch match;
    size_t start = 0, end = 0;
    if (rule_match(rules_find(cut->rules, "glued"), piece, 0, &match) && rule_match_span(&match, "title", &start, &end)) {
        g_autofree char *title = g_strndup(piece + start, end - start);
        if (!known || heading_known(cut->headings, title)) {
            add_piece(cut, piece, end);
            add_piece(cut, piece + end, strlen(piece + end));
            return;
        }
    }
    add_piece(cut, piece, strlen(piece));
}

static void
cut_section(Cut *cut, const char *section)
{
    g_autoptr(GArray) marks = find_marks(cut, "submark", section);
    g_autoptr(GArray) run = count_on(marks, 0, G_MAXINT / 2);
    size_t length = strlen(section);
    if (run->len < LEAST_MARKS || g_array_index(run, Mark, 0).number != 1) {
        add_headed(cut, section, length, false);
        return;
    }
    add_headed(cut, section, g_array_index(run, Mark, 0).start, false);
    for (guint i = 0; i < run->len; i++) {
        size_t start = g_array_index(run, Mark, i).start;
        size_t end = i + 1 < run->len ? g_array_index(run, Mark, i + 1).start : length;
        add_headed(cut, section + start, end - start, true);
    }
}

static void
cut_page(Cut *cut, const char *text)
{
    g_autoptr(GArray) marks = find_marks(cut, "mark", text);
    g_autoptr(GArray) run = longest_run(marks, LARGEST_GAP);
    if (run->len < LEAST_MARKS)
        return;
    add_piece(cut, text, g_array_index(run, Mark, 0).start);
    for (guint i = 0; i < run->len; i++) {
        size_t start = g_array_index(run, Mark, i).start;
        size_t end = i + 1 < run->len ? g_array_index(run, Mark, i + 1).start : strlen(text);
        g_autofree char *section = g_strndup(text + start, end - start);
        cut_section(cut, section);
    }
}

bool
paragraphs_cut(Flow *flow, Tree *tree, GError **error)
{
    (void) tree;
    g_auto(Headings) headings = {0};
    Cut cut = {.headings = &headings, .rules = rules_get("paragraphs", NULL, error)};
    if (cut.rules == NULL || !headings_open(&headings, flow, error))
        return false;
    for (guint i = 0; i < flow->blocks->len; i++) {
        const Block *block = flow->blocks->pdata[i];
        if (block->page > 0 || block->line == NULL || g_utf8_strlen(block->text, -1) < PAGE_CHARS)
            continue;
        g_autoptr(GPtrArray) pieces = g_ptr_array_new_with_free_func(g_free);
        cut.pieces = pieces;
        cut_page(&cut, block->text);
        if (pieces->len > 0)
            flow_split(flow, i, pieces);
        i += MAX(pieces->len, 1) - 1;
    }
    return true;
}
