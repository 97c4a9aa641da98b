/* Goldens: what each stage made of each case when somebody last looked at it and found it right.
 *
 * corpus/CASE/golden/ holds document.txt, tree.json, record.json and run.txt (diagnostics and exit status). One that is missing fails.
 * `make bless CASE=…` writes them anew and shows what changed.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cases.h"
#include "digest.h"
#include "shell.h"

enum { DIFF_LINES = 40 };

typedef struct {
    const char *name;
    char *text;
} Golden;

static void
append(GString *all, char *text)
{
    g_string_append(all, text);
    if (all->len > 0 && all->str[all->len - 1] != '\n')
        g_string_append_c(all, '\n');
    g_free(text);
}

/* What the program tells of the case, and how it ends; the last line, which tells times, is left out. */
static char *
run_case(const Case *one)
{
    g_autoptr(GString) command = g_string_new("$BUILD/gongkai -v");
    for (guint i = 0; i < one->inputs->len; i++)
        g_string_append_printf(command, " %s", (const char *) one->inputs->pdata[i]);
    g_string_append(command, " >/dev/null");
    g_autoptr(Shell) shell = shell_run(command->str);
    char *last = strstr(shell->err, " files (");
    while (last != NULL && last > shell->err && last[-1] != '\n')
        last--;
    if (last != NULL)
        *last = '\0';
    g_autoptr(GString) told = g_string_new(shell->err);
    g_autofree char *folder = g_strconcat("gongkai: ", one->folder, "/", NULL);
    g_string_replace(told, folder, "", 0);
    return g_strdup_printf("%sexit status %d\n", told->str, shell->status);
}

static void
make_goldens(const Case *one, const Stages *stages, Golden goldens[4])
{
    GString *document = g_string_new(NULL);
    GString *tree = g_string_new(NULL);
    GString *record = g_string_new(NULL);
    for (guint i = 0; i < stages->documents->len; i++)
        append(document, digest_new(stages->documents->pdata[i]));
    for (guint i = 0; i < stages->trees->len; i++)
        append(tree, shape_to_json_pretty(&tree_shape, stages->trees->pdata[i]));
    for (guint i = 0; i < stages->records->len; i++)
        append(record, shape_to_json_pretty(&record_shape, stages->records->pdata[i]));
    goldens[0] = (Golden){"document.txt", g_string_free(document, FALSE)};
    goldens[1] = (Golden){"tree.json", g_string_free(tree, FALSE)};
    goldens[2] = (Golden){"record.json", g_string_free(record, FALSE)};
    goldens[3] = (Golden){"run.txt", run_case(one)};
}

static void
show_difference(const char *path, const Golden *golden, bool all)
{
    g_autofree char *fresh = g_build_filename(g_get_tmp_dir(), "gongkai-golden-XXXXXX", NULL);
    int file = g_mkstemp(fresh);
    g_close(file, NULL);
    g_file_set_contents(fresh, golden->text, -1, NULL);
    const char *old = g_file_test(path, G_FILE_TEST_EXISTS) ? path : "/dev/null";
    g_autofree char *command = all ? g_strdup_printf("diff -u '%s' '%s' | tail -n +3", old, fresh)
                                   : g_strdup_printf("diff -u '%s' '%s' | tail -n +3 | head -%d", old, fresh, DIFF_LINES);
    g_autoptr(Shell) shell = shell_run(command);
    fprintf(stderr, "--- %s\n%s", path, shell->out);
    g_unlink(fresh);
}

/* Returns the number of goldens that are missing or differ; `bless` writes these. */
static guint
go_through(const Case *one, bool bless)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(Stages) stages = stages_new(one, &error);
    if (stages == NULL) {
        fprintf(stderr, "%s: %s\n", one->name, error->message);
        return 1;
    }
    Golden goldens[4];
    guint differences = 0;
    make_goldens(one, stages, goldens);
    for (size_t i = 0; i < G_N_ELEMENTS(goldens); i++) {
        g_autofree char *folder = g_build_filename(one->folder, "golden", NULL);
        g_autofree char *path = g_build_filename(folder, goldens[i].name, NULL);
        g_autofree char *kept = NULL;
        g_file_get_contents(path, &kept, NULL, NULL);
        if (g_strcmp0(kept, goldens[i].text) != 0) {
            differences++;
            if (kept == NULL)
                fprintf(stderr, "%s: %s\n", path, bless ? "new" : "missing (make bless CASE=… writes it)");
            else
                show_difference(path, &goldens[i], bless);
        }
        if (bless && g_mkdir_with_parents(folder, 0777) == 0)
            g_file_set_contents(path, goldens[i].text, -1, NULL);
        g_free(goldens[i].text);
    }
    return differences;
}

static void
check_case(void **state)
{
    const Case *one = *state;
    guint differences = go_through(one, false);
    if (differences > 0)
        fail_msg("%s: %u goldens differ", one->name, differences);
}

static int
bless(const GPtrArray *cases, const char *name)
{
    guint found = 0;
    for (guint i = 0; i < cases->len; i++) {
        const Case *one = cases->pdata[i];
        if (strcmp(name, "all") != 0 && strcmp(name, one->name) != 0)
            continue;
        found++;
        fprintf(stderr, "%s: %u goldens changed\n", one->name, go_through(one, true));
    }
    if (found == 0)
        fprintf(stderr, "no case %s\n", name);
    return found > 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

int
main(int argc, char **argv)
{
    g_autoptr(GPtrArray) cases = cases_new();
    if (argc == 3 && strcmp(argv[1], "--bless") == 0)
        return bless(cases, argv[2]);
    g_autofree struct CMUnitTest *tests = g_new0(struct CMUnitTest, cases->len + 1);
    for (guint i = 0; i < cases->len; i++) {
        Case *one = cases->pdata[i];
        tests[i] = (struct CMUnitTest){one->name, check_case, NULL, NULL, one};
    }
    return _cmocka_run_group_tests("goldens", tests, cases->len, NULL, NULL);
}
