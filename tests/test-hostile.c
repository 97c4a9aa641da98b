/* Mutations of a document and the hostile files, read among good ones: each has its line, none stops the run, and the good ones' records are
 * the bytes of a run without them. tests/hostile.sh does the same with more than 400. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <glib.h>
#include <string.h>

#include "shell.h"

enum { MUTANTS = 30 };

static void
mutate(GString *data, GRand *dice)
{
    gsize at = (gsize) g_rand_int_range(dice, 0, (gint32) data->len), span = (gsize) g_rand_int_range(dice, 1, 2000);
    span = MIN(span, data->len - at);
    switch (g_rand_int_range(dice, 0, 4)) {
    case 0:
        g_string_truncate(data, at);
        break;
    case 1:
        memset(data->str + at, 0, span);
        break;
    case 2:
        g_string_erase(data, (gssize) at, (gssize) span);
        break;
    default:
        for (int i = g_rand_int_range(dice, 1, 200); i > 0; i--)
            data->str[g_rand_int_range(dice, 0, (gint32) data->len)] ^= (char) (1 << g_rand_int_range(dice, 0, 8));
    }
}

static int
set_up(void **state)
{
    (void) state;
    g_autofree char *folder = g_dir_make_tmp("gongkai-hostile-XXXXXX", NULL);
    g_setenv("B", g_getenv("BUILD") != NULL ? g_getenv("BUILD") : "build", TRUE);
    g_setenv("T", folder, TRUE);
    g_setenv("CORPUS", g_getenv("CORPUS") != NULL ? g_getenv("CORPUS") : "corpus", TRUE);
    g_autoptr(Shell) shell =
        shell_run("mkdir $T/good $T/bad; cp $CORPUS/chengdu-2026-wenjiang/*.pdf $CORPUS/jishan-2023-tushuguan/*.txt $CORPUS/beijing-2026-sifa/*.pdf $T/good; "
                  "cp $CORPUS/hostile/*.pdf $CORPUS/hostile/*.txt $T/bad");
    g_autofree char *path = g_build_filename(g_getenv("CORPUS"), "chongqing-2026-nongye", "chongqing-2026-nongye.pdf", NULL);
    g_autofree char *base = NULL;
    gsize length = 0;
    g_autoptr(GRand) dice = g_rand_new_with_seed(5);
    if (shell->status != 0 || !g_file_get_contents(path, &base, &length, NULL))
        return -1;
    for (int i = 0; i < MUTANTS; i++) {
        g_autoptr(GString) data = g_string_new_len(base, (gssize) length);
        g_autofree char *file = g_strdup_printf("%s/bad/mutant-%d.pdf", folder, i);
        mutate(data, dice);
        if (!g_file_set_contents(file, data->str, (gssize) data->len, NULL))
            return -1;
    }
    return 0;
}

static int
clean_up(void **state)
{
    (void) state;
    g_autoptr(Shell) shell = shell_run("rm -rf \"$T\"");
    return shell->status;
}

static void
bad_files_harm_themselves_only(void **state)
{
    (void) state;
    g_autoptr(Shell) alone = shell_run("$B/gongkai -q -o $T/alone $T/good");
    assert_true(alone->status <= 1);
    expect("$B/gongkai -q -j2 -o $T/mixed --memory 1024 $T/bad $T/good", 2, NULL);
    expect("test $(wc -l <$T/mixed/manifest.jsonl) = $(ls $T/bad $T/good | grep -c '\\.')", 0, NULL);
    expect("cd $T/alone && find . -name '*.json' -not -path './.gongkai/*' | while read -r f; do cmp $f $T/mixed/$f || exit 1; done", 0, NULL);
    expect("! grep -vxFf $T/mixed/amounts.csv $T/alone/amounts.csv", 0, NULL);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(bad_files_harm_themselves_only)};
    return cmocka_run_group_tests(tests, set_up, clean_up);
}
