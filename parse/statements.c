/* Figures told in sentences: a section's text is cut in paragraphs, sentences and clauses, and each clause is read by figures.c. */
#include <string.h>

#include "figures.h"
#include "flow.h"
#include "utf8.h"

/* A section without an id speaks under the nearest heading above it that has one. */
static const char *
section_id(const Tree *tree, guint index)
{
    const Section *section = tree->sections->pdata[index];
    int level = section->level;
    for (guint i = index + 1; i > 0; i--) {
        const Section *above = tree->sections->pdata[i - 1];
        if (i - 1 == index || above->level < level) {
            if (above->id != NULL)
                return above->id;
            level = above->level;
        }
    }
    return NULL;
}

static void
read_section(Clauses *clauses, const Flow *flow, const Tree *tree, guint index)
{
    const Section *section = tree->sections->pdata[index];
    const Rule *end = rules_find(clauses->rules, "clause_end"), *stop = rules_find(clauses->rules, "full_stop");
    const char *text = section->text;
    size_t length = strlen(text);
    clauses->words = text;
    clauses_begin(clauses);
    g_clear_pointer(&clauses->head, g_free);
    for (size_t from = 0; from < length;) {
        RuleMatch match;
        bool ended = rule_match(end, text, from, &match);
        size_t to = ended ? match.start : length;
        int page = section->page, at = section->at;
        flow_place(flow, index, from, &page, &at);
        clauses_read(clauses, from, to, page, at);
        clauses->stopped = ended && rule_match(stop, text + to, 0, NULL);
        from = ended ? match.end : length;
        if (ended && text[match.end - 1] == '\n')
            clauses_begin(clauses);
    }
}

bool
statements_find(const Flow *flow, Tree *tree, GError **error)
{
    g_auto(Clauses) clauses = {.statements = tree->statements};
    if (!clauses_open(&clauses, error))
        return false;
    const Rule *quiet = rules_find(clauses.rules, "quiet_section");
    for (guint i = 0; i < tree->sections->len; i++) {
        const Section *section = tree->sections->pdata[i];
        clauses.section = section_id(tree, i);
        clauses.title = section->title;
        if (g_strcmp0(clauses.section, "terms") == 0)
            continue;
        clauses.quiet = clauses.section != NULL && rule_match(quiet, clauses.section, 0, NULL);
        read_section(&clauses, flow, tree, i);
    }
    return true;
}
