#include <string.h>

#include "tables.h"
#include "utf8.h"

/* Longer lines are sentences. */
#define LONGEST_CAPTION 80

void
caption_clear(Caption *caption)
{
    g_clear_pointer(&caption->title, g_free);
    g_clear_pointer(&caption->unit, g_free);
    g_clear_pointer(&caption->owner, g_free);
    g_clear_pointer(&caption->notes, g_ptr_array_unref);
    caption->declared_empty = caption->found = false;
}

void
caption_add_note(Caption *caption, const char *text)
{
    if (caption->notes == NULL)
        caption->notes = g_ptr_array_new_with_free_func(g_free);
    g_ptr_array_add(caption->notes, g_strdup(text));
}

static const Rule *
rule_of(const Rules *captions, const char *id)
{
    return rules_find(captions, id);
}

char *
caption_title(const Rules *captions, const char *text)
{
    g_autofree char *squeezed = utf8_squeeze(text);
    GString *title = g_string_new(squeezed);
    RuleMatch match;
    while (rule_match(rule_of(captions, "number"), title->str, 0, &match) && match.end > 0)
        g_string_erase(title, 0, (gssize) match.end);
    /* A label alone is not what stands behind a title. */
    while (rule_match(rule_of(captions, "tail"), title->str, 0, &match) && match.start > 0 && match.start < match.end)
        g_string_truncate(title, match.start);
    return g_string_free(title, FALSE);
}

/* Takes the unit out of `words`; false when there is none. */
static bool
take_unit(Caption *caption, const Rules *captions, GString *words)
{
    RuleMatch match;
    if (!rule_match(rule_of(captions, "unit"), words->str, 0, &match))
        return false;
    if (caption->unit == NULL)
        caption->unit = rule_match_get(&match, "unit");
    g_string_erase(words, (gssize) match.start, (gssize) (match.end - match.start));
    return true;
}

static bool
take_owner(Caption *caption, const Rules *captions, GString *words)
{
    RuleMatch match;
    if (!rule_match(rule_of(captions, "owner"), words->str, 0, &match))
        return false;
    if (caption->owner == NULL)
        caption->owner = rule_match_get(&match, "owner");
    g_string_truncate(words, match.start);
    return true;
}

/* The unit's upper line where the lower one, read before, holds the rest of it: 单位：万 over 元. */
static bool
take_unit_head(Caption *caption, const Rules *captions, const char *words)
{
    RuleMatch match;
    if (!rule_match(rule_of(captions, "unit_head"), words, 0, &match))
        return false;
    g_autofree char *head = rule_match_get(&match, "head");
    g_autofree char *whole = g_strconcat(head != NULL ? head : "", caption->unit, NULL);
    if (caption->unit != NULL && rule_match(rule_of(captions, "unit_whole"), whole, 0, NULL)) {
        g_free(caption->unit);
        caption->unit = g_steal_pointer(&whole);
    }
    return true;
}

bool
caption_read_above(Caption *caption, const Rules *captions, const char *text)
{
    g_autofree char *squeezed = utf8_squeeze(text);
    if (squeezed[0] == '\0' || g_utf8_strlen(squeezed, -1) > LONGEST_CAPTION)
        return false;
    if (take_unit_head(caption, captions, squeezed) || rule_match(rule_of(captions, "date"), squeezed, 0, NULL))
        return true;
    g_autoptr(GString) words = g_string_new(squeezed);
    /* The owner's rule leaves out a unit printed behind it, so it looks first. */
    bool taken = take_owner(caption, captions, words);
    if (taken) {
        g_autoptr(GString) whole = g_string_new(squeezed);
        take_unit(caption, captions, whole);
    }
    taken = take_unit(caption, captions, words) || taken;
    if (words->len == 0 || rule_match(rule_of(captions, "label"), words->str, 0, NULL)) {
        caption->found = true;
        return true;
    }
    g_autofree char *title = caption_title(captions, words->str);
    if (title[0] != '\0' && rule_match(rule_of(captions, "title"), title, 0, NULL)) {
        if (caption->title == NULL)
            caption->title = g_steal_pointer(&title);
        taken = true;
    }
    caption->found = caption->found || taken;
    return taken;
}

static bool
note_is_open(const Caption *caption)
{
    if (caption->notes == NULL || caption->notes->len == 0)
        return false;
    const char *last = caption->notes->pdata[caption->notes->len - 1];
    /* A short note without a full stop is whole; one that fills its line goes on. */
    return !g_str_has_suffix(last, "\xE3\x80\x82") && g_utf8_strlen(last, -1) > 30;
}

bool
caption_read_below(Caption *caption, const Rules *captions, const char *text)
{
    g_autofree char *squeezed = utf8_squeeze(text);
    bool note = rule_match(rule_of(captions, "note"), squeezed, 0, NULL);
    bool empty = rule_match(rule_of(captions, "empty"), squeezed, 0, NULL);
    bool open = note_is_open(caption);
    if (!note && !(empty && g_utf8_strlen(squeezed, -1) < LONGEST_CAPTION)) {
        bool other = rule_match(rule_of(captions, "title"), squeezed, 0, NULL) || rule_match(rule_of(captions, "number"), squeezed, 0, NULL) ||
                     rule_match(rule_of(captions, "label"), squeezed, 0, NULL);
        if (!open || other)
            return false;
    }
    if (!note && open) {
        char **last = (char **) &caption->notes->pdata[caption->notes->len - 1];
        g_autofree char *before = *last;
        *last = g_strconcat(before, squeezed, NULL);
    } else {
        caption_add_note(caption, squeezed);
    }
    caption->declared_empty = caption->declared_empty || empty;
    caption->found = true;
    return true;
}
