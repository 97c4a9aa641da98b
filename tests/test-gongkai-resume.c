/* Runs that are killed, meet a full disk or a closed folder, or find that their files have changed: what the next run makes of it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <glib/gstdio.h>
#include <string.h>

#include "cases.h"
#include "shell.h"
#include "store.h"

/* $B: the programs, $T: a folder for the test, $I in it: some documents that a scraper may have left there. */
static int
set_up(void **state)
{
    (void) state;
    g_autofree char *folder = g_dir_make_tmp("gongkai-resume-XXXXXX", NULL);
    g_setenv("B", g_getenv("BUILD") != NULL ? g_getenv("BUILD") : "build", TRUE);
    g_setenv("CORPUS", g_getenv("CORPUS") != NULL ? g_getenv("CORPUS") : "corpus", TRUE);
    g_setenv("T", folder, TRUE);
    g_autoptr(Shell) shell =
        shell_run("mkdir -p $T/in/a && cd $CORPUS && cp datong-2023-waishi/*.pdf huangshan-2023-wenlv/*.pdf "
                  "hostile/scan.pdf hostile/notice.pdf hostile/truncated.pdf hostile/photo.pdf $T/in/ && cp beijing-2026-sifa/*.pdf $T/in/a/");
    g_autofree char *in = g_build_filename(folder, "in", NULL);
    g_setenv("I", in, TRUE);
    /* $SAME A B: nothing but the seconds differs */
    g_autofree char *same = g_build_filename(folder, "same", NULL);
    static const char script[] = "#!/bin/bash\nlines() { sed 's/\"seconds\":[0-9.]*//' $1/manifest.jsonl; }\n"
                                 "diff -r -x .gongkai -x manifest.jsonl $1 $2 && diff <(lines $1) <(lines $2)\n";
    g_setenv("SAME", same, TRUE);
    if (!g_file_set_contents_full(same, script, -1, G_FILE_SET_CONTENTS_NONE, 0755, NULL))
        return -1;
    return shell->status;
}

static int
clean_up(void **state)
{
    (void) state;
    g_autoptr(Shell) shell = shell_run("rm -rf \"$T\"");
    return shell->status;
}

/* ---- a run is ended ---- */

static void
killed_at_random_moments(void **state)
{
    (void) state;
    g_autoptr(Shell) shell = shell_run("BUILD=$B bash tests/kill.sh 3 $I && BUILD=$B bash tests/kill.sh -s TERM 2 $I");
    if (shell->status != 0)
        fail_msg("%s%s", shell->out, shell->err);
}

/* A document that never ends keeps the run busy until the signal comes; the process then ends by that signal, and no worker is left. */
static void
signals_end_a_run_in_order(void **state)
{
    (void) state;
    static const struct {
        const char *name;
        int status;
    } signals[] = {{"TERM", 143}, {"INT", 130}, {"HUP", 129}};
    expect("mkdir $T/slow && cp $I/scan.pdf $T/slow && mkfifo $T/slow.pdf", 0, NULL);
    for (size_t i = 0; i < G_N_ELEMENTS(signals); i++) {
        g_setenv("S", signals[i].name, TRUE);
        expect(
            "rm -rf $T/ended; (env --default-signal $B/gongkai -v -j2 -o $T/ended $T/slow $T/slow.pdf & echo $! >$T/process; wait $!; echo $? >$T/status) & "
            "until grep -qs scan $T/ended/manifest.jsonl; do sleep 0.05; done; P=$(cat $T/process); W=$(cat /proc/$P/task/*/children); kill -$S $P $W; wait; "
            "for w in $W; do test ! -e /proc/$w || exit 99; done; test $(wc -l <$T/ended/manifest.jsonl) = 1; exit $(cat $T/status)",
            signals[i].status, "gongkai: stopped; the same command goes on from here");
    }
}

static void
a_torn_line_and_a_torn_entry_are_dropped(void **state)
{
    (void) state;
    expect("$B/gongkai -q -o $T/torn $I; s=$?; cp -r $T/torn $T/whole; exit $s", 2, NULL);
    expect("truncate -s -20 $T/torn/manifest.jsonl && truncate -s -1000 $T/torn/.gongkai/store && echo begun >$T/torn/.gongkai/placed", 0, NULL);
    expect("$B/gongkai -o $T/torn $I", 2, " 1 of them read now");
    expect("$SAME $T/whole $T/torn", 0, NULL);
    /* Anywhere in the store: what is found damaged is told and read anew, if not by this run, by the next. */
    for (guint percent = 1; percent < 100; percent += 14) {
        g_autofree char *words = g_strdup_printf("%u", percent);
        g_setenv("PERCENT", words, TRUE);
        expect("S=$T/torn/.gongkai/store; printf XXXXXXXXXX | dd of=$S bs=1 seek=$(($(stat -c %s $S) * PERCENT / 100)) conv=notrunc status=none; "
               "rm -r $T/torn/20* $T/torn/amounts.csv; $B/gongkai -q -o $T/torn $I 2>/dev/null; $B/gongkai -q -o $T/torn $I",
               2, NULL);
        expect("$SAME $T/whole $T/torn", 0, NULL);
    }
}

static void
two_runs_do_not_meet(void **state)
{
    (void) state;
    expect("mkfifo $T/waits.pdf; $B/gongkai -q -o $T/shared $T/waits.pdf & P=$!; until test -e $T/shared/manifest.jsonl; do sleep 0.05; done; "
           "$B/gongkai -o $T/shared $I; s=$?; kill -9 $P; wait $P 2>/dev/null; $B/gongkai -q -o $T/shared $I/a || exit 98; exit $s",
           75, "shared: another gongkai is at work there");
}

/* ---- what the system refuses ---- */

/* In a name space of its own, so that neither root is needed nor a mount left behind. */
static void
full_disk(void **state)
{
    (void) state;
    g_autoptr(Shell) able = shell_run("mkdir $T/disk; unshare -rm mount -t tmpfs -o size=1m tmpfs $T/disk");
    if (able->status != 0) {
        print_message("no file system can be mounted here: a full disk is not tried\n");
        skip();
    }
    expect("$B/gongkai -q -o $T/roomy $I", 2, NULL);
    static const char *const percents[] = {"5", "20", "40", "60", "80"};
    for (size_t i = 0; i < G_N_ELEMENTS(percents); i++) {
        g_setenv("PERCENT", percents[i], TRUE);
        expect("unshare -rm bash -c 'mount -t tmpfs -o size=$(($(du -sk $T/roomy | cut -f1) * PERCENT / 100))k tmpfs $T/disk && { $B/gongkai -q -o $T/disk/out "
               "$I; s=$?; rm -rf $T/small; "
               "cp -r $T/disk/out $T/small; exit $s; }'",
               74, "No space left on device");
        expect("for r in $T/small/2*/*; do test ! -e $r || cmp $r $T/roomy${r#$T/small} || exit 99; done; $B/gongkai -q -o $T/small $I", 2, NULL);
        expect("$SAME $T/roomy $T/small", 0, NULL);
    }
}

static void
read_only_folder(void **state)
{
    (void) state;
    g_autoptr(Shell) able = shell_run("mkdir -p $T/closed; unshare -rm bash -c 'mount --bind $T/closed $T/closed && mount -o remount,ro,bind $T/closed'");
    if (able->status != 0) {
        print_message("no folder can be mounted read-only here: it is not tried\n");
        skip();
    }
    expect("unshare -rm bash -c 'mount --bind $T/closed $T/closed && mount -o remount,ro,bind $T/closed && $B/gongkai -q -o $T/closed $I'", 74,
           "closed/.gongkai: Read-only file system");
    expect("$B/gongkai -q -o $T/closed $I; cp -r $T/closed $T/open; rm $I/scan.pdf; unshare -rm bash -c 'mount --bind $T/closed $T/closed && "
           "mount -o remount,ro,bind $T/closed && $B/gongkai -q -o $T/closed $I'; s=$?; cp $CORPUS/hostile/scan.pdf $I; exit $s",
           74, "Read-only file system");
    expect("$SAME $T/closed $T/open && $B/gongkai -q -o $T/closed $I; $SAME $T/closed $T/open", 0, NULL);
}

/* ---- the files change ---- */

static void
changed_removed_renamed_and_copied(void **state)
{
    (void) state;
    expect("cp -r $I $T/src && $B/gongkai -q -o $T/out $T/src; $B/gongkai -o $T/out $T/src", 2, " 0 of them read now");
    /* changed */
    expect("cp $CORPUS/suzhou-2024-shuiwu/*.pdf $T/src/scan.pdf; $B/gongkai -o $T/out $T/src", 2, " 1 of them read now");
    expect("$B/gongkai -q -o $T/fresh1 $T/src; $SAME $T/fresh1 $T/out", 0, NULL);
    /* one file of a record of several, and one that was a record alone */
    expect("rm $T/src/scan.pdf $(ls $T/src/a/*.pdf | head -1); $B/gongkai -o $T/out $T/src", 2, "scan.pdf: is gone");
    expect("$B/gongkai -q -o $T/fresh2 $T/src; $SAME $T/fresh2 $T/out", 0, NULL);
    /* another name, another folder, and a copy */
    expect("mv $T/src/notice.pdf $T/src/renamed.pdf; mkdir $T/src/b; mv $T/src/datong*.pdf $T/src/b; cp $T/src/huangshan*.pdf $T/src/copy.pdf; "
           "$B/gongkai -o $T/out $T/src",
           2, "notice.pdf: is gone");
    expect("$B/gongkai -q -o $T/fresh3 $T/src; $SAME $T/fresh3 $T/out", 0, NULL);
    /* a record that somebody removed or cut comes back */
    expect("rm $T/out/2023/大同*; truncate -s 5 $T/out/amounts.csv; $B/gongkai -q -o $T/out $T/src; $SAME $T/fresh3 $T/out", 0, NULL);
}

static void
what_this_run_does_not_concern_stays(void **state)
{
    (void) state;
    expect("$B/gongkai -q -o $T/parts $I/a && $B/gongkai -q -o $T/parts $I/datong*.pdf && $B/gongkai -q -o $T/together $I/datong*.pdf $I/a; "
           "$SAME $T/parts $T/together",
           0, NULL);
    expect("$B/gongkai -o $T/parts $I/nowhere.pdf", 74, "nowhere.pdf: No such file or directory");
    expect_output("grep -c '\"record\":\"' $T/parts/manifest.jsonl", "3\n");
    /* a folder that lost all its files was perhaps not mounted */
    expect("mkdir $T/disc && cp $I/datong*.pdf $T/disc && $B/gongkai -q -o $T/kept $T/disc && cp -r $T/kept $T/before && rm $T/disc/*", 0, NULL);
    expect("$B/gongkai -o $T/kept $T/disc", 74, "disc: holds none of the files");
    expect("$SAME $T/kept $T/before", 0, NULL);
}

static void
options_that_change_results_are_told_apart(void **state)
{
    (void) state;
    expect("$B/gongkai -q -o $T/ways $I/a; $B/gongkai -o $T/ways --pretty $I/a", 0, " 2 of them read now");
    expect("cp -r parse normalize $T/; echo '# no more' >>$T/parse/rules/tables.rules; mkdir $T/own; mv $T/parse $T/normalize $T/own; "
           "$B/gongkai -o $T/ways --pretty --rules $T/own $I/a",
           0, " 2 of them read now");
    expect("$B/gongkai -o $T/ways --pretty --rules $T/own -j1 --memory 1500 $I/a", 0, " 0 of them read now");
    /* what a limit has done holds for that limit */
    expect("mkfifo $T/late.pdf; $B/gongkai -o $T/limits --timeout 1 $T/late.pdf", 2, "1 of them read now");
    expect("$B/gongkai -o $T/limits --timeout 2 $T/late.pdf", 2, "1 of them read now");
}

/* ---- the store ---- */

static void
store_keeps_and_forgets(void **state)
{
    (void) state;
    g_autofree char *folder = g_build_filename(g_getenv("T"), "store", NULL);
    g_autofree char *path = g_build_filename(folder, ".gongkai", "store", NULL);
    g_autoptr(GHashTable) used = g_hash_table_new(g_str_hash, g_str_equal);
    g_autofree char *long_words = g_strnfill(10000, 'x');
    g_autoptr(GBytes) large = g_bytes_new(long_words, 10000);
    g_autoptr(GBytes) small = g_bytes_new("abc", 3);
    const char *words[] = {"a", "bc"}, *others[] = {"ab", "c"};
    g_autofree char *one = store_key(words, 2);
    g_autofree char *two = store_key(others, 2);
    assert_string_not_equal(one, two);
    Store *store = store_new(folder, NULL);
    assert_non_null(store);
    assert_true(store_put(store, one, small, NULL));
    assert_true(store_put(store, two, large, NULL));
    store_free(store);
    store = store_new(folder, NULL);
    g_autoptr(GBytes) again = store_get(store, two);
    assert_true(g_bytes_equal(again, large));
    g_hash_table_add(used, one);
    assert_true(store_settle(store, used, NULL)); /* most of it is of no use: written anew */
    assert_false(store_has(store, two));
    g_autoptr(GBytes) kept = store_get(store, one);
    assert_true(g_bytes_equal(kept, small));
    GStatBuf info;
    assert_int_equal(g_stat(path, &info), 0);
    assert_true(info.st_size < 200);
    store_free(store);
    store = store_new(NULL, NULL); /* the nameless one */
    assert_true(store_put(store, two, large, NULL));
    g_autoptr(GBytes) nameless = store_get(store, two);
    assert_true(g_bytes_equal(nameless, large));
    assert_null(store_get(store, one));
    store_free(store);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(store_keeps_and_forgets),
        cmocka_unit_test(killed_at_random_moments),
        cmocka_unit_test(signals_end_a_run_in_order),
        cmocka_unit_test(a_torn_line_and_a_torn_entry_are_dropped),
        cmocka_unit_test(two_runs_do_not_meet),
        cmocka_unit_test(full_disk),
        cmocka_unit_test(read_only_folder),
        cmocka_unit_test(changed_removed_renamed_and_copied),
        cmocka_unit_test(what_this_run_does_not_concern_stays),
        cmocka_unit_test(options_that_change_results_are_told_apart),
    };
    return cmocka_run_group_tests(tests, set_up, clean_up);
}
