/* Rules: regular expressions as data, with the examples that prove them. The one place that knows PCRE2.
 *
 * A rule file is a keyfile. Each group is one rule, named by what it recognises; its keys are
 *   pattern, pattern.WORD       a regular expression, matched anywhere unless it anchors itself (PCRE2, UTF, UCP)
 *   example, example.WORD       words that the rule must match
 *   near_miss, near_miss.WORD   words that look like it and must not be matched by this rule
 * and the keys that the family allows. An unknown key, a group printed twice, a rule without example or near miss, or an
 * example that fails is an error that names file, rule and key: rules_verify() is run by the tests, the rest at load.
 */
#pragma once
#include <glib.h>
#include <stdbool.h>

#define RULES_ERROR rules_error_quark()
GQuark rules_error_quark(void);

typedef struct Rule Rule;
typedef struct Rules Rules;

/* What a pattern captured by name; (NULL, 0) where the name did not take part. */
typedef struct {
    const Rule *rule;
    const char *subject;
    size_t start, end; /* the whole match, in bytes */
    void *data;        /* private */
} RuleMatch;

/* Reads "parse/rules/NAME.rules", or "NAME.rules" where the name has a folder of its own. `keys` are the further keys that this family's rules may carry, NULL-terminated, or NULL.
 * The result lives as long as the process: rules are read once. */
const Rules *rules_get(const char *name, const char *const *keys, GError **error);

/* A family from a file's text, for what is no file; `name` is only told in errors. The caller frees it. */
Rules *rules_new_from_text(const char *name, const char *text, const char *const *keys, GError **error);
void rules_free(Rules *rules);

/* The first rule, in file order, that matches `text` from byte `from`; NULL when none does. `ret_match` may be NULL. A match limit
 * that is hit counts as no match and is told by rules_limits_hit(). */
const Rule *rules_match(const Rules *rules, const char *text, size_t from, RuleMatch *ret_match);
/* The same for one rule only. */
bool rule_match(const Rule *rule, const char *text, size_t from, RuleMatch *ret_match);

/* A copy of a named capture, NULL when it took no part. Only valid until the next match on the same rule. */
char *rule_match_get(const RuleMatch *match, const char *name);
/* Its place in bytes; false when it took no part. */
bool rule_match_span(const RuleMatch *match, const char *name, size_t *ret_start, size_t *ret_end);

const char *rule_id(const Rule *rule);
/* A further key's value, or NULL. */
const char *rule_key(const Rule *rule, const char *key);
const Rule *rules_find(const Rules *rules, const char *id);
guint rules_count(const Rules *rules);
const Rule *rules_at(const Rules *rules, guint index);

/* How often a match limit was hit since the start: the caller of a whole document tells it as a diagnostic. */
guint rules_limits_hit(void);
/* How many patterns were tried on a text since the start, for tests of how the work grows. */
guint64 rules_tried(void);

/* Every example of every rule matches that rule, every near miss does not; false with `error` naming the first that fails. */
bool rules_verify(const Rules *rules, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Rules, rules_free)
