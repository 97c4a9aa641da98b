/* Every rule of every family is proved by its own examples and near misses; and what a rule file must not be is refused. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <cmocka.h>
#include <glib/gstdio.h>

#include "data.h"
#include "rules.h"

typedef struct {
    const char *name;
    const char *keys[8];
} Family;

static const Family families[] = {
    {"numbers", {"level"}},
    {"contents", {NULL}},
    {"mentions", {"kinds"}},
    {"outline", {"plain", "runin"}},
    {"statements", {NULL}},
    {"terms", {NULL}},
    {"digits", {NULL}},
    {"paragraphs", {NULL}},
    {"forms", {NULL}},
    {"captions", {NULL}},
    {"tables", {"id", "header", "not_header"}},
    {"normalize/data/columns", {"key", "role"}},
    {"normalize/data/items", {"item", "tables"}},
    {"normalize/data/names", {NULL}},
};

static void
test_examples(void **state)
{
    (void) state;
    for (size_t i = 0; i < G_N_ELEMENTS(families); i++) {
        g_autoptr(GError) error = NULL;
        const Rules *rules = rules_get(families[i].name, families[i].keys, &error);
        if (rules == NULL || !rules_verify(rules, &error))
            fail_msg("%s", error->message);
        assert_true(rules_count(rules) > 0);
    }
}

/* Reads `text` as a rule file; the error's message, or NULL when it was taken. */
static char *
refusal(const char *text)
{
    static guint serial;
    static const char *const keys[] = {"level", NULL};
    g_autofree char *folder = g_dir_make_tmp("rules-XXXXXX", NULL);
    g_autofree char *name = g_strdup_printf("test%u", serial++);
    g_autofree char *file = g_strconcat(name, ".rules", NULL);
    g_autofree char *below = g_build_filename(folder, "parse", "rules", NULL);
    g_autofree char *path = g_build_filename(below, file, NULL);
    g_mkdir_with_parents(below, 0700);
    assert_true(g_file_set_contents(path, text, -1, NULL));
    data_set_folder(folder);
    g_autoptr(GError) error = NULL;
    const Rules *rules = rules_get(name, keys, &error);
    if (rules != NULL)
        rules_verify(rules, &error);
    data_set_folder(NULL);
    g_remove(path);
    return error != NULL ? g_strdup(error->message) : NULL;
}

static void
assert_refused(const char *text, const char *why)
{
    g_autofree char *message = refusal(text);
    if (message == NULL || strstr(message, why) == NULL)
        fail_msg("expected \"%s\", got: %s", why, message != NULL ? message : "no error");
}

static void
test_refusals(void **state)
{
    (void) state;
    assert_null(refusal("[a]\npattern=^\\d+$\nlevel=1\nexample=12\nnear_miss=x\n"));
    assert_refused("[a]\npattern=x\nexample=x\nnear_miss=y\n[a]\npattern=y\n", "printed twice");
    assert_refused("[a]\npattern=x\npattern=y\nexample=x\nnear_miss=y\n", "printed twice");
    assert_refused("[a]\npattern=x\nexample=x\n", "no near_miss");
    assert_refused("[a]\npattern=x\nnear_miss=y\n", "no example");
    assert_refused("[a]\nexample=x\nnear_miss=y\n", "no pattern");
    assert_refused("[a]\npattern=x\nexample=x\nnear_miss=y\ncolour=red\n", "colour");
    assert_refused("[a]\npattern=(x\nexample=x\nnear_miss=y\n", "[a] pattern");
    assert_refused("[a]\npattern=x\nexample=z\nnear_miss=y\n", "example is not matched: z");
    assert_refused("[a]\npattern=x\nexample=x\nnear_miss=xy\n", "near_miss is matched: xy");
    assert_refused("[a]\npattern=\nexample=x\nnear_miss=y\n", "empty");
}

/* A backslash reaches PCRE2 as it stands in the file, digits are any digits, and captures are told by name. */
static void
test_matching(void **state)
{
    (void) state;
    const Rules *rules = rules_get("numbers", families[0].keys, NULL);
    RuleMatch match;
    const Rule *rule = rules_match(rules, "（十二）其他", 0, &match);
    assert_string_equal(rule_id(rule), "bracketed_ideograph");
    assert_string_equal(rule_key(rule, "level"), "3");
    g_autofree char *number = rule_match_get(&match, "number");
    g_autofree char *title = rule_match_get(&match, "title");
    assert_string_equal(number, "十二");
    assert_string_equal(title, "其他");
    assert_null(rule_match_get(&match, "absent"));
    assert_null(rules_match(rules, "一般公共预算", 0, NULL));
    assert_null(rules_match(rules, "\xff\xfe", 0, NULL));
}

/* A pattern that explodes is counted, and is not "no match" in silence. */
static void
test_limit(void **state)
{
    (void) state;
    g_autofree char *message = refusal("[a]\npattern=^(?:a|aa|a?a)*$\nexample=aa\nnear_miss=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaac\n");
    assert_null(message);
    assert_true(rules_limits_hit() > 0);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_examples),
        cmocka_unit_test(test_refusals),
        cmocka_unit_test(test_matching),
        cmocka_unit_test(test_limit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
