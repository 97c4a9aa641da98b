#include "heading.h"

#include <stdlib.h>
#include <string.h>

#include "utf8.h"

/* In characters. A part's title carries the department's name and may be long; a title no rule knows must be short. */
#define LONGEST 60
#define LONGEST_UNKNOWN 26
#define LINES 4

/* In font sizes: how far from both margins a line is when it stands in the middle. */
#define MIDDLE 3.0

static const char *const outline_keys[] = {"plain", "runin", NULL};
static const char *const number_keys[] = {"level", NULL};

/* Splits a line in number and title; the style's level, 0 when it has no number. */
static int
split_number(const Headings *headings, const char *text, char **ret_number, char **ret_title, const char **ret_style)
{
    RuleMatch match;
    const Rule *rule = rules_match(headings->numbers, text, 0, &match);
    *ret_style = rule != NULL ? rule_id(rule) : NULL;
    *ret_number = rule != NULL ? rule_match_get(&match, "number") : NULL;
    *ret_title = rule != NULL ? rule_match_get(&match, "title") : g_strdup(text);
    return rule != NULL ? atoi(rule_key(rule, "level")) : 0;
}

static bool
has_shape(const Headings *headings, const char *id, const char *key)
{
    const Rule *rule = rules_find(headings->rules, id);
    return rule != NULL && rule_match(rule, key, 0, NULL);
}

/* A title as rules and the table of contents are asked for it: without white space and a colon at its end. */
static char *
title_key(const Headings *headings, const char *title)
{
    g_autofree char *squeezed = utf8_squeeze(title);
    const Rule *rule = rules_find(headings->rules, "shape_title");
    RuleMatch match;
    return rule != NULL && rule_match(rule, squeezed, 0, &match) ? rule_match_get(&match, "title") : g_strdup(squeezed);
}

/* A title as printed, without a colon at its end. */
static char *
clean_title(const Headings *headings, const char *title)
{
    char *clean = utf8_collapse(title);
    const Rule *rule = rules_find(headings->rules, "shape_title");
    RuleMatch match;
    size_t start = 0, end = 0;
    if (rule != NULL && rule_match(rule, clean, 0, &match) && rule_match_span(&match, "title", &start, &end))
        clean[end] = '\0';
    return g_strchomp(clean);
}

/* The rule that knows a title. */
static const Rule *
known(const Headings *headings, const char *key)
{
    for (guint i = 0; i < rules_count(headings->rules); i++) {
        const Rule *rule = rules_at(headings->rules, i);
        if (!g_str_has_prefix(rule_id(rule), "shape_") && rule_match(rule, key, 0, NULL))
            return rule;
    }
    return NULL;
}

bool
heading_known(const Headings *headings, const char *title)
{
    g_autofree char *number = NULL;
    g_autofree char *rest = NULL;
    const char *style = NULL;
    split_number(headings, title, &number, &rest, &style);
    g_autofree char *key = title_key(headings, rest);
    return known(headings, key) != NULL;
}

static void
list_entry(Headings *headings, const Rule *leader, const char *text)
{
    g_autofree char *squeezed = utf8_squeeze(text);
    RuleMatch match;
    if (leader != NULL && rule_match(leader, squeezed, 0, &match))
        squeezed[match.start] = '\0';
    g_autofree char *number = NULL;
    g_autofree char *title = NULL;
    const char *style = NULL;
    int level = split_number(headings, squeezed, &number, &title, &style);
    if (title[0] != '\0')
        g_hash_table_insert(headings->listed, title_key(headings, title), GINT_TO_POINTER(level + 1));
}

bool
headings_open(Headings *headings, const Flow *flow, GError **error)
{
    headings->rules = rules_get("outline", outline_keys, error);
    headings->numbers = headings->rules != NULL ? rules_get("numbers", number_keys, error) : NULL;
    const Rules *contents = headings->numbers != NULL ? rules_get("contents", NULL, error) : NULL;
    if (contents == NULL)
        return false;
    headings->listed = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (guint i = 0; i < flow->blocks->len; i++) {
        const Block *block = flow->blocks->pdata[i];
        if (block->claim == CLAIM_TOC && block->text != NULL)
            list_entry(headings, rules_find(contents, "leader"), block->text);
    }
    return true;
}

void
headings_clear(Headings *headings)
{
    g_clear_pointer(&headings->listed, g_hash_table_unref);
}

void
heading_clear(Heading *heading)
{
    g_clear_pointer(&heading->number, g_free);
    g_clear_pointer(&heading->title, g_free);
    g_clear_pointer(&heading->rest, g_free);
}

static const Block *
line_at(const Flow *flow, guint index)
{
    const Block *block = index < flow->blocks->len ? flow->blocks->pdata[index] : NULL;
    return block != NULL && block->line != NULL && block->claim == CLAIM_NONE ? block : NULL;
}

static double
block_size(const Block *block)
{
    return block->line->size > 0 ? block->line->size : block->line->bbox.y1 - block->line->bbox.y0;
}

bool
heading_stands_out(const Flow *flow, guint index)
{
    const Block *block = flow->blocks->pdata[index];
    if (block->page == 0)
        return true;
    double size = block_size(block), left = block->line->bbox.x0, right = block->on->width - block->line->bbox.x1;
    const Block *next = line_at(flow, index + 1);
    if (left > block->on->width * 0.12 + MIDDLE * size && ABS(left - right) < 2 * size)
        return true;
    return next != NULL && size > block_size(next) * 1.12;
}

/* Whether the paragraph that begins with `lines` lines at `index` ends there. */
static bool
ends_paragraph(const Flow *flow, guint index, guint lines)
{
    const Block *next = line_at(flow, index + lines);
    return next == NULL || next->starts;
}

/* A list's items are no headings: an item of the same style follows, or went before, with nothing between. */
static bool
in_list(const Headings *headings, const Flow *flow, guint index, guint lines, const char *style)
{
    guint around[] = {index == 0 ? flow->blocks->len : index - 1, index + lines};
    for (guint i = 0; i < G_N_ELEMENTS(around); i++) {
        const Block *block = around[i] < flow->blocks->len ? flow->blocks->pdata[around[i]] : NULL;
        if (block == NULL || block->line == NULL)
            continue;
        const Rule *rule = rules_match(headings->numbers, block->text, 0, NULL);
        if (rule != NULL && strcmp(rule_id(rule), style) == 0)
            return true;
    }
    return false;
}

/* The words of a heading of up to `lines` lines, or NULL when those lines cannot be one. */
static char *
joined(const Flow *flow, guint index, guint lines)
{
    g_autoptr(GString) text = g_string_new(NULL);
    for (guint i = 0; i < lines; i++) {
        const Block *block = line_at(flow, index + i);
        if (block == NULL)
            return NULL;
        if (i > 0 && utf8_wants_space(text->str, block->text))
            g_string_append_c(text, ' ');
        g_string_append(text, block->text);
    }
    return g_string_free(g_steal_pointer(&text), FALSE);
}

/* Title and text on one line; the title must be one that a rule allows to run in. */
static bool
read_runin(const Headings *headings, const char *title, Heading *heading)
{
    const Rule *shape = rules_find(headings->rules, "shape_runin");
    RuleMatch match;
    if (shape == NULL || !rule_match(shape, title, 0, &match))
        return false;
    g_autofree char *head = rule_match_get(&match, "title");
    g_autofree char *rest = rule_match_get(&match, "rest");
    g_autofree char *key = title_key(headings, head);
    const Rule *rule = known(headings, key);
    if (rule == NULL || rule_key(rule, "runin") == NULL)
        return false;
    heading->id = rule_id(rule);
    heading->title = utf8_collapse(head);
    heading->rest = utf8_collapse(rest);
    heading->sure = true;
    return true;
}

/* Whether `lines` lines make a heading with this number and title. */
static bool
accept(const Headings *headings, const Flow *flow, guint index, guint lines, const char *title, Heading *heading)
{
    g_autofree char *key = title_key(headings, title);
    glong length = g_utf8_strlen(key, -1);
    const Block *block = flow->blocks->pdata[index];
    bool listed = g_hash_table_contains(headings->listed, key);
    if (length > LONGEST || (length == 0 && heading->level != 1))
        return false;
    if (!listed && (has_shape(headings, "shape_sentence", key) || has_shape(headings, "shape_figure", key)))
        return false;
    const Rule *rule = known(headings, key);
    heading->id = rule != NULL ? rule_id(rule) : NULL;
    heading->sure = rule != NULL || listed;
    if (heading->sure && (heading->level > 0 || listed))
        return ends_paragraph(flow, index, lines) || lines > 1 || heading->level == 1 || listed;
    if (heading->level == 0)
        return rule != NULL && rule_key(rule, "plain") != NULL && block->starts && ends_paragraph(flow, index, lines) && heading_stands_out(flow, index);
    if (heading->level == 1)
        return true;
    bool whole = block->starts && ends_paragraph(flow, index, lines) && !has_shape(headings, "shape_unfinished", key);
    return whole && length <= LONGEST_UNKNOWN && !has_shape(headings, "shape_clause", key) && !in_list(headings, flow, index, lines, heading->style);
}

/* The longer reading wins when the table of contents or a rule knows it and not the shorter one. */
static bool
read_lines(const Headings *headings, const Flow *flow, guint index, guint lines, Heading *heading)
{
    g_autofree char *text = joined(flow, index, lines);
    if (text == NULL)
        return false;
    g_autofree char *title = NULL;
    heading->level = split_number(headings, text, &heading->number, &title, &heading->style);
    heading->lines = lines;
    if (!accept(headings, flow, index, lines, title, heading)) {
        if (lines > 1 || heading->level == 0 || !read_runin(headings, title, heading)) {
            heading_clear(heading);
            return false;
        }
        return true;
    }
    heading->title = clean_title(headings, title);
    return true;
}

/* A text source's lines are paragraphs, so there a heading is one line. */
bool
heading_read(const Headings *headings, const Flow *flow, guint index, Heading *ret_heading)
{
    Heading best = {0};
    bool found = line_at(flow, index) != NULL && read_lines(headings, flow, index, 1, &best);
    for (guint lines = 2; lines <= LINES && !(found && best.id != NULL); lines++) {
        Heading longer = {0};
        const Block *next = line_at(flow, index + lines - 1);
        if (next == NULL || next->page == 0 || (found && best.level != 1 && !best.sure) || rules_match(headings->numbers, next->text, 0, NULL) != NULL)
            break;
        if (!read_lines(headings, flow, index, lines, &longer))
            continue;
        if (!longer.sure || longer.rest != NULL || (found && best.sure && longer.id == NULL) || (longer.level == 0 && !ends_paragraph(flow, index, lines))) {
            heading_clear(&longer);
            continue;
        }
        heading_clear(&best);
        best = longer;
        found = true;
    }
    if (found)
        *ret_heading = best;
    return found;
}
