#include <string.h>

#include "digits.h"
#include "flow.h"
#include "mentions.h"
#include "rules.h"
#include "utf8.h"

static const char *const mention_keys[] = {"kinds", NULL};
static const char *const kind_words[] = {"cover", "owner", "title", "heading", "narrative", "running"};

static bool
rule_is_for(const Rule *rule, const char *stem, MentionKind kind)
{
    const char *kinds = rule_key(rule, "kinds");
    if (!g_str_has_prefix(rule_id(rule), stem))
        return false;
    if (kinds == NULL)
        return true;
    g_auto(GStrv) words = g_strsplit(kinds, " ", -1);
    return g_strv_contains((const char *const *) words, kind_words[kind]);
}

/* The first rule of those whose name begins with `stem` that matches. */
static bool
tell(const Rules *rules, const char *stem, MentionKind kind, const char *text, RuleMatch *ret_match)
{
    for (guint i = 0; i < rules_count(rules); i++) {
        const Rule *rule = rules_at(rules, i);
        if (rule_is_for(rule, stem, kind) && rule_match(rule, text, 0, ret_match))
            return true;
    }
    return false;
}

static bool
tell_department(const Rules *rules, MentionKind kind, const char *text, RuleMatch *ret_match)
{
    for (guint i = 0; i < rules_count(rules); i++) {
        const Rule *rule = rules_at(rules, i);
        if (!g_str_has_prefix(rule_id(rule), "department_scope") && rule_is_for(rule, "department", kind) && rule_match(rule, text, 0, ret_match))
            return true;
    }
    return false;
}

/* What a web page adds to its title. */
static void
cut_decoration(const Rules *rules, char *words)
{
    const Rule *rule = rules_find(rules, "web_decoration");
    RuleMatch match;
    while (rule_match(rule, words, 0, &match) && match.start > 0)
        words[match.start] = '\0';
}

Mention *
mention_read(MentionKind kind, const char *text, GError **error)
{
    const Rules *rules = rules_get("mentions", mention_keys, error);
    if (rules == NULL)
        return NULL;
    g_autofree char *squeezed = utf8_squeeze(text);
    g_autofree char *words = digits_fold_years(squeezed);
    cut_decoration(rules, words);
    Mention *mention = g_new0(Mention, 1);
    RuleMatch match;
    mention->kind = (int) kind;
    mention->text = utf8_collapse(text);
    if (tell_department(rules, kind, words, &match)) {
        mention->department = rule_match_get(&match, "department");
        mention->year = rule_match_get(&match, "year");
    }
    if (mention->year == NULL && tell(rules, "year", kind, words, &match))
        mention->year = rule_match_get(&match, "year");
    if (tell(rules, "final_accounts", kind, words, &match))
        mention->disclosure = g_strdup("final_accounts");
    else if (tell(rules, "budget", kind, words, &match))
        mention->disclosure = g_strdup("budget");
    if (tell(rules, "unit_scope", kind, words, &match))
        mention->scope = g_strdup("unit");
    else if (tell(rules, "department_scope", kind, words, &match))
        mention->scope = g_strdup("department");
    return mention;
}

bool
mention_is_sentence(const char *text)
{
    const Rules *rules = rules_get("mentions", mention_keys, NULL);
    g_autofree char *words = utf8_squeeze(text);
    return rules != NULL && rule_match(rules_find(rules, "sentence"), words, 0, NULL);
}

void
mention_free(Mention *mention)
{
    if (mention == NULL)
        return;
    g_free(mention->text);
    g_free(mention->department);
    g_free(mention->year);
    g_free(mention->disclosure);
    g_free(mention->scope);
    g_free(mention);
}

bool
mention_add(Tree *tree, MentionKind kind, const char *text, int page, int at, GError **error)
{
    g_autoptr(Mention) mention = mention_read(kind, text, error);
    if (mention == NULL)
        return false;
    bool named = mention->department != NULL || mention->year != NULL;
    /* A sentence, and a name over a table, says something only when it names the department. */
    if (kind == MENTION_NARRATIVE || kind == MENTION_OWNER)
        named = mention->department != NULL;
    else if (kind == MENTION_COVER || kind == MENTION_RUNNING)
        named = named || mention->disclosure != NULL;
    if (!named)
        return true;
    mention->page = page;
    mention->at = at;
    g_ptr_array_add(tree->mentions, g_steal_pointer(&mention));
    return true;
}
