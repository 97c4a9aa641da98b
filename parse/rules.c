#include "rules.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>
#include <string.h>

#include "data.h"

/* A pattern that needs more steps than this is told as a limit, not as "no match": the longest honest match needs some hundreds. */
#define MATCH_LIMIT 400000

typedef struct {
    pcre2_code *code;
    pcre2_match_data *match;
} Pattern;

struct Rule {
    char *id;
    GPtrArray *patterns; /* Pattern                                */
    GPtrArray *examples; /* char *                                 */
    GPtrArray *misses;   /* char *                                 */
    GHashTable *keys;    /* char * → char *, the family's own keys */
};

struct Rules {
    char *name;
    GPtrArray *rules; /* Rule */
    GHashTable *by_id;
};

/* Rules and their match data are shared by all that one process does: its workers are processes, not threads. */
static GHashTable *families;
static guint limits_hit;
static guint64 tried;

G_DEFINE_QUARK(rules - error - quark, rules_error)

static pcre2_match_context *
limits(void)
{
    static pcre2_match_context *context;
    if (context == NULL) {
        context = pcre2_match_context_create(NULL);
        pcre2_set_match_limit(context, MATCH_LIMIT);
    }
    return context;
}

static void
pattern_free(gpointer data)
{
    Pattern *pattern = data;
    pcre2_match_data_free(pattern->match);
    pcre2_code_free(pattern->code);
    g_free(pattern);
}

static void
rule_free(gpointer data)
{
    Rule *rule = data;
    g_free(rule->id);
    g_ptr_array_unref(rule->patterns);
    g_ptr_array_unref(rule->examples);
    g_ptr_array_unref(rule->misses);
    g_hash_table_unref(rule->keys);
    g_free(rule);
}

void
rules_free(Rules *rules)
{
    if (rules == NULL)
        return;
    g_free(rules->name);
    g_hash_table_unref(rules->by_id);
    g_ptr_array_unref(rules->rules);
    g_free(rules);
}

static Rule *
rule_new(const char *id)
{
    Rule *rule = g_new0(Rule, 1);
    rule->id = g_strdup(id);
    rule->patterns = g_ptr_array_new_with_free_func(pattern_free);
    rule->examples = g_ptr_array_new_with_free_func(g_free);
    rule->misses = g_ptr_array_new_with_free_func(g_free);
    rule->keys = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    return rule;
}

static bool
pattern_add(Rule *rule, const char *text, GError **error)
{
    int code = 0;
    PCRE2_SIZE at = 0;
    pcre2_code *compiled = pcre2_compile((PCRE2_SPTR) text, PCRE2_ZERO_TERMINATED, PCRE2_UTF | PCRE2_UCP | PCRE2_NEVER_BACKSLASH_C, &code, &at, NULL);
    if (compiled == NULL) {
        char message[200];
        pcre2_get_error_message(code, (PCRE2_UCHAR *) message, sizeof message);
        g_set_error(error, RULES_ERROR, 0, "at byte %zu: %s", (size_t) at, message);
        return false;
    }
    /* Without JIT (a hardened kernel may refuse it) the same patterns are interpreted. */
    pcre2_jit_compile(compiled, PCRE2_JIT_COMPLETE);
    Pattern *pattern = g_new0(Pattern, 1);
    pattern->code = compiled;
    pattern->match = pcre2_match_data_create_from_pattern(compiled, NULL);
    g_ptr_array_add(rule->patterns, pattern);
    return true;
}

/* GKeyFile merges groups and overwrites keys of one name silently, so that is looked for in the text. */
static bool
names_are_single(const char *name, const char *text, GError **error)
{
    g_autoptr(GHashTable) groups = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_autoptr(GHashTable) keys = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    for (guint i = 0; lines[i] != NULL; i++) {
        const char *line = g_strstrip(lines[i]);
        const char *equals = strchr(line, '=');
        bool single = true;
        if (line[0] == '[') {
            single = g_hash_table_add(groups, g_strdup(line));
            g_hash_table_remove_all(keys);
        } else if (line[0] != '#' && equals != NULL) {
            single = g_hash_table_add(keys, g_strchomp(g_strndup(line, (gsize) (equals - line))));
        }
        if (!single) {
            g_set_error(error, RULES_ERROR, 0, "%s.rules:%u: printed twice: %s", name, i + 1, line);
            return false;
        }
    }
    return true;
}

static bool
key_is(const char *key, const char *stem)
{
    size_t length = strlen(stem);
    return g_str_has_prefix(key, stem) && (key[length] == '\0' || key[length] == '.');
}

static bool
rule_take(Rule *rule, const char *name, const char *key, char *value, const char *const *keys, GError **error)
{
    g_autofree char *owned = value;
    g_autoptr(GError) wrong = NULL;
    if (value[0] == '\0') {
        g_set_error(error, RULES_ERROR, 0, "%s.rules: [%s] %s: empty", name, rule->id, key);
        return false;
    }
    if (key_is(key, "pattern")) {
        if (pattern_add(rule, value, &wrong))
            return true;
        g_set_error(error, RULES_ERROR, 0, "%s.rules: [%s] %s: %s", name, rule->id, key, wrong->message);
        return false;
    }
    if (key_is(key, "example")) {
        g_ptr_array_add(rule->examples, g_steal_pointer(&owned));
    } else if (key_is(key, "near_miss")) {
        g_ptr_array_add(rule->misses, g_steal_pointer(&owned));
    } else if (keys != NULL && g_strv_contains(keys, key)) {
        g_hash_table_insert(rule->keys, g_strdup(key), g_steal_pointer(&owned));
    } else {
        g_set_error(error, RULES_ERROR, 0, "%s.rules: [%s]: no key of this family: %s", name, rule->id, key);
        return false;
    }
    return true;
}

static bool
rule_read(Rules *rules, GKeyFile *file, const char *id, const char *const *keys, GError **error)
{
    Rule *rule = rule_new(id);
    g_ptr_array_add(rules->rules, rule);
    g_hash_table_insert(rules->by_id, rule->id, rule);
    g_auto(GStrv) names = g_key_file_get_keys(file, id, NULL, error);
    for (guint k = 0; names != NULL && names[k] != NULL; k++)
        if (!rule_take(rule, rules->name, names[k], g_key_file_get_value(file, id, names[k], NULL), keys, error))
            return false;
    if (names == NULL)
        return false;
    const char *missing = rule->patterns->len == 0 ? "pattern" : rule->examples->len == 0 ? "example" : rule->misses->len == 0 ? "near_miss" : NULL;
    if (missing == NULL)
        return true;
    g_set_error(error, RULES_ERROR, 0, "%s.rules: [%s]: no %s", rules->name, id, missing);
    return false;
}

Rules *
rules_new_from_text(const char *name, const char *text, const char *const *keys, GError **error)
{
    g_autoptr(GKeyFile) file = g_key_file_new();
    if (!names_are_single(name, text, error))
        return NULL;
    if (!g_key_file_load_from_data(file, text, strlen(text), G_KEY_FILE_NONE, error)) {
        g_prefix_error(error, "%s.rules: ", name);
        return NULL;
    }
    g_autoptr(Rules) rules = g_new0(Rules, 1);
    rules->name = g_strdup(name);
    rules->rules = g_ptr_array_new_with_free_func(rule_free);
    rules->by_id = g_hash_table_new(g_str_hash, g_str_equal);
    g_auto(GStrv) groups = g_key_file_get_groups(file, NULL);
    for (guint i = 0; groups[i] != NULL; i++)
        if (!rule_read(rules, file, groups[i], keys, error))
            return NULL;
    return g_steal_pointer(&rules);
}

static Rules *
rules_read(const char *name, const char *const *keys, GError **error)
{
    g_autofree char *path = g_strconcat(strchr(name, '/') != NULL ? "" : "parse/rules/", name, ".rules", NULL);
    g_autoptr(GBytes) bytes = data_load(path, error);
    if (bytes == NULL)
        return NULL;
    gsize size = 0;
    const char *start = g_bytes_get_data(bytes, &size);
    g_autofree char *text = g_strndup(start, size);
    return rules_new_from_text(name, text, keys, error);
}

const Rules *
rules_get(const char *name, const char *const *keys, GError **error)
{
    if (families == NULL)
        families = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, (GDestroyNotify) rules_free);
    Rules *rules = g_hash_table_lookup(families, name);
    if (rules == NULL) {
        rules = rules_read(name, keys, error);
        if (rules != NULL)
            g_hash_table_insert(families, g_strdup(name), rules);
    }
    return rules;
}

static bool
pattern_match(Pattern *pattern, const char *text, size_t length, size_t from)
{
    tried++;
    int found = pcre2_match(pattern->code, (PCRE2_SPTR) text, length, from, 0, pattern->match, limits());
    if (found == PCRE2_ERROR_MATCHLIMIT || found == PCRE2_ERROR_HEAPLIMIT || found == PCRE2_ERROR_JIT_STACKLIMIT || found == PCRE2_ERROR_DEPTHLIMIT)
        limits_hit++;
    return found > 0;
}

bool
rule_match(const Rule *rule, const char *text, size_t from, RuleMatch *ret_match)
{
    size_t length = strlen(text);
    for (guint i = 0; from <= length && i < rule->patterns->len; i++) {
        Pattern *pattern = rule->patterns->pdata[i];
        if (!pattern_match(pattern, text, length, from))
            continue;
        if (ret_match != NULL) {
            const PCRE2_SIZE *spans = pcre2_get_ovector_pointer(pattern->match);
            *ret_match = (RuleMatch){.rule = rule, .subject = text, .start = spans[0], .end = spans[1], .data = pattern};
        }
        return true;
    }
    return false;
}

const Rule *
rules_match(const Rules *rules, const char *text, size_t from, RuleMatch *ret_match)
{
    for (guint i = 0; i < rules->rules->len; i++)
        if (rule_match(rules->rules->pdata[i], text, from, ret_match))
            return rules->rules->pdata[i];
    return NULL;
}

bool
rule_match_span(const RuleMatch *match, const char *name, size_t *ret_start, size_t *ret_end)
{
    const Pattern *pattern = match->data;
    int number = pcre2_substring_number_from_name(pattern->code, (PCRE2_SPTR) name);
    if (number < 0)
        return false;
    const PCRE2_SIZE *spans = pcre2_get_ovector_pointer(pattern->match);
    if (spans[2 * number] == PCRE2_UNSET)
        return false;
    *ret_start = spans[2 * number];
    *ret_end = spans[2 * number + 1];
    return true;
}

char *
rule_match_get(const RuleMatch *match, const char *name)
{
    size_t start = 0, end = 0;
    if (!rule_match_span(match, name, &start, &end))
        return NULL;
    return g_strndup(match->subject + start, end - start);
}

const char *
rule_id(const Rule *rule)
{
    return rule->id;
}

const char *
rule_key(const Rule *rule, const char *key)
{
    return g_hash_table_lookup(rule->keys, key);
}

const Rule *
rules_find(const Rules *rules, const char *id)
{
    return g_hash_table_lookup(rules->by_id, id);
}

guint
rules_count(const Rules *rules)
{
    return rules->rules->len;
}

const Rule *
rules_at(const Rules *rules, guint index)
{
    return rules->rules->pdata[index];
}

guint
rules_limits_hit(void)
{
    return limits_hit;
}

guint64
rules_tried(void)
{
    return tried;
}

static bool
rule_verify(const Rules *rules, const Rule *rule, GError **error)
{
    for (guint i = 0; i < rule->examples->len; i++)
        if (!rule_match(rule, rule->examples->pdata[i], 0, NULL)) {
            g_set_error(error, RULES_ERROR, 0, "%s.rules: [%s]: example is not matched: %s", rules->name, rule->id, (char *) rule->examples->pdata[i]);
            return false;
        }
    for (guint i = 0; i < rule->misses->len; i++)
        if (rule_match(rule, rule->misses->pdata[i], 0, NULL)) {
            g_set_error(error, RULES_ERROR, 0, "%s.rules: [%s]: near_miss is matched: %s", rules->name, rule->id, (char *) rule->misses->pdata[i]);
            return false;
        }
    return true;
}

bool
rules_verify(const Rules *rules, GError **error)
{
    for (guint i = 0; i < rules->rules->len; i++)
        if (!rule_verify(rules, rules->rules->pdata[i], error))
            return false;
    return true;
}
