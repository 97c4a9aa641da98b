/* What the system refuses at any moment: the disk, the rename, the fork, the memory. Whatever fails, the exit status tells, nothing stands half
 * written, and the same command without the failure makes what an undisturbed run makes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <glib.h>
#include <glib/gstdio.h>

#include "shell.h"

/* $SHIM: tests/preload/inject.c, $I: two documents, one of them no disclosure, $T/whole: what is made of them. */
static int
set_up(void **state)
{
    (void) state;
    g_autofree char *folder = g_dir_make_tmp("gongkai-faults-XXXXXX", NULL);
    g_autofree char *here = g_get_current_dir();
    const char *build = g_getenv("BUILD") != NULL ? g_getenv("BUILD") : "build";
    g_autofree char *shim = g_path_is_absolute(build) ? g_build_filename(build, "inject.so", NULL) : g_build_filename(here, build, "inject.so", NULL);
    g_setenv("B", build, TRUE);
    g_setenv("SHIM", shim, TRUE);
    g_setenv("T", folder, TRUE);
    g_setenv("CORPUS", g_getenv("CORPUS") != NULL ? g_getenv("CORPUS") : "corpus", TRUE);
    g_autoptr(Shell) shell =
        shell_run("mkdir $T/in && cp $CORPUS/chengdu-2026-wenjiang/*.pdf $CORPUS/hostile/notice.pdf $T/in && $B/gongkai -q -o $T/whole $T/in; "
                  "test -s $T/whole/amounts.csv");
    return shell->status;
}

static int
clean_up(void **state)
{
    (void) state;
    g_autoptr(Shell) shell = shell_run("rm -rf \"$T\"");
    return shell->status;
}

/* Runs with the Nth call failing; returns the exit status, -1 where there are not so many calls. What is left must be whole, and the next run right. */
static int
run_failing(const char *what, guint n)
{
    g_autofree char *inject = g_strdup_printf("%s:%u", what, n);
    g_setenv("FAULT", inject, TRUE);
    g_autoptr(Shell) run = shell_run("rm -rf $T/out $T/mark; INJECTED=$T/mark INJECT=$FAULT LD_PRELOAD=$SHIM $B/gongkai -q -j1 -o $T/out $T/in");
    g_autoptr(Shell) reached = shell_run("test -e $T/mark");
    g_autoptr(Shell) whole =
        shell_run("find $T/out -path '*/2*/*.json' 2>/dev/null | while read -r f; do cmp \"$f\" \"$T/whole/${f#$T/out/}\" || exit 1; done; "
                  "test ! -e $T/out/amounts.csv || { test -z \"$(tail -c1 $T/out/amounts.csv)\" && ! grep -vxFf $T/whole/amounts.csv $T/out/amounts.csv; }");
    if (whole->status != 0)
        fail_msg("%s: something stands half written: %s%s", inject, whole->out, whole->err);
    g_autoptr(Shell) next = shell_run("$B/gongkai -q --retry -o $T/out $T/in; diff -r -x .gongkai -x manifest.jsonl $T/whole $T/out && "
                                      "diff <(sed 's/\"seconds\":[0-9.]*//' $T/whole/manifest.jsonl) <(sed 's/\"seconds\":[0-9.]*//' $T/out/manifest.jsonl)");
    if (next->status != 0)
        fail_msg("%s: the next run makes something else: %s%s", inject, next->out, next->err);
    if (reached->status == 0 && (run->status == 74) != (run->err[0] != '\0'))
        fail_msg("%s: status %d, told: %s", inject, run->status, run->err);
    return reached->status == 0 ? run->status : -1;
}

/* Every call of a run in its turn. */
static void
each_fails(const char *what)
{
    guint n = 1;
    for (int status = run_failing(what, n); status >= 0; status = run_failing(what, ++n))
        if (status != 74)
            fail_msg("%s:%u: status %d, wanted 74", what, n, status);
    assert_true(n > 1);
}

static void
disk(void **state)
{
    (void) state;
    each_fails("write");
    each_fails("pwrite");
    each_fails("fwrite");
    each_fails("fflush");
    each_fails("fsync");
}

static void
names(void **state)
{
    (void) state;
    each_fails("rename");
}

static void
processes(void **state)
{
    (void) state;
    assert_int_equal(run_failing("fork", 1), 74);
}

/* A document whose reading runs out of memory has its line, and the others are read. */
static void
memory(void **state)
{
    (void) state;
    guint told = 0;
    for (guint n = 1; n < 200000; n = n * 5 + 3) {
        int status = run_failing("worker:malloc", n);
        assert_true(status == 2 || status == 0 || status == 1 || status == -1);
        g_autoptr(Shell) line = shell_run("test $(wc -l <$T/out/manifest.jsonl) = 2");
        assert_int_equal(line->status, 0);
        told += status == 2;
    }
    assert_true(told > 0);
}

int
main(void)
{
#ifdef __SANITIZE_ADDRESS__ /* which wants to be loaded first */
    print_message("not under the sanitizer\n");
    return 0;
#endif
    const struct CMUnitTest tests[] = {cmocka_unit_test(disk), cmocka_unit_test(names), cmocka_unit_test(processes), cmocka_unit_test(memory)};
    return cmocka_run_group_tests(tests, set_up, clean_up);
}
