/* Terms: the pairs of a section that explains words. */
#include <string.h>

#include "flow.h"
#include "rules.h"
#include "utf8.h"

typedef struct {
    const Flow *flow;
    Tree *tree;
    const Rules *rules, *numbers;
    guint section;
    const char *style; /* in which the section's terms are numbered, NULL where they are not */
    TreeTerm *open;    /* the term whose definition goes on                                  */
} Terms;

static void
add_term(Terms *terms, const RuleMatch *match, size_t offset)
{
    const Section *section = terms->tree->sections->pdata[terms->section];
    g_autofree char *term = rule_match_get(match, "term");
    g_autofree char *definition = rule_match_get(match, "definition");
    TreeTerm *made = g_new0(TreeTerm, 1);
    made->term = utf8_collapse(term);
    made->definition = definition != NULL ? utf8_collapse(definition) : g_strdup("");
    made->page = section->page;
    made->at = section->at;
    flow_place(terms->flow, terms->section, offset, &made->page, &made->at);
    g_ptr_array_add(terms->tree->terms, made);
    terms->open = made;
}

static void
go_on(Terms *terms, const char *text)
{
    if (terms->open == NULL)
        return;
    char *longer = terms->open->definition[0] == '\0' ? g_strdup(text) : g_strconcat(terms->open->definition, "\n", text, NULL);
    g_free(terms->open->definition);
    terms->open->definition = longer;
}

/* The first numbered paragraph tells the style that terms have; what has another style, or none, belongs to the term before. */
static void
read_paragraph(Terms *terms, const char *text, size_t offset)
{
    RuleMatch match;
    const Rule *number = rules_match(terms->numbers, text, 0, &match);
    g_autofree char *title = number != NULL ? rule_match_get(&match, "title") : g_strdup(text);
    if (number != NULL && terms->style == NULL && terms->open == NULL)
        terms->style = rule_id(number);
    const char *style = number != NULL ? rule_id(number) : NULL;
    bool inside = terms->style != NULL && g_strcmp0(style, terms->style) != 0;
    const Rule *rule = inside ? NULL : rules_match(terms->rules, title, 0, &match);
    /* Unnumbered, only a colon tells a new term from the next paragraph of the last. */
    if (rule != NULL && style == NULL && strcmp(rule_id(rule), "colon") != 0 && terms->open != NULL)
        rule = NULL;
    if (rule != NULL)
        add_term(terms, &match, offset);
    else
        go_on(terms, text);
}

static void
read_section(Terms *terms)
{
    const Section *section = terms->tree->sections->pdata[terms->section];
    g_auto(GStrv) paragraphs = g_strsplit(section->text, "\n", -1);
    size_t offset = 0;
    terms->open = NULL;
    terms->style = NULL;
    for (guint i = 0; paragraphs[i] != NULL; i++) {
        if (paragraphs[i][0] != '\0')
            read_paragraph(terms, paragraphs[i], offset);
        offset += strlen(paragraphs[i]) + 1;
    }
}

bool
terms_find(const Flow *flow, Tree *tree, GError **error)
{
    static const char *const number_keys[] = {"level", NULL};
    Terms terms = {.flow = flow, .tree = tree, .rules = rules_get("terms", NULL, error)};
    terms.numbers = terms.rules != NULL ? rules_get("numbers", number_keys, error) : NULL;
    if (terms.numbers == NULL)
        return false;
    for (terms.section = 0; terms.section < tree->sections->len; terms.section++)
        if (g_strcmp0(((const Section *) tree->sections->pdata[terms.section])->id, "terms") == 0)
            read_section(&terms);
    return true;
}
