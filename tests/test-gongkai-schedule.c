/* What schedulers need: lists of files, moments, shards and their merging, silence, and a line of progress for people. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <glib/gstdio.h>
#include <string.h>

#include "progress.h"
#include "shell.h"
#include "when.h"

/* $B: the programs, $T: a folder for the test, $I in it: some documents, two of them one disclosure; $O: what one run makes of them. */
static int
set_up(void **state)
{
    (void) state;
    g_autofree char *folder = g_dir_make_tmp("gongkai-schedule-XXXXXX", NULL);
    g_setenv("B", g_getenv("BUILD") != NULL ? g_getenv("BUILD") : "build", TRUE);
    g_setenv("CORPUS", g_getenv("CORPUS") != NULL ? g_getenv("CORPUS") : "corpus", TRUE);
    g_setenv("T", folder, TRUE);
    g_setenv("TZ", "Asia/Shanghai", TRUE);
    g_autofree char *in = g_build_filename(folder, "in", NULL);
    g_autofree char *out = g_build_filename(folder, "one", NULL);
    g_setenv("I", in, TRUE);
    g_setenv("O", out, TRUE);
    g_autoptr(Shell) shell =
        shell_run("mkdir -p $I/a && cd $CORPUS && cp datong-2023-waishi/*.pdf huangshan-2023-wenlv/*.pdf hostile/scan.pdf hostile/notice.pdf "
                  "hostile/photo.pdf $I && cp beijing-2026-sifa/*.pdf $I/a");
    g_autoptr(Shell) one = shell_run("$B/gongkai -q -o $O $I");
    /* $SAME A B: nothing but the seconds differs */
    g_autofree char *same = g_build_filename(folder, "same", NULL);
    static const char script[] = "#!/bin/bash\nlines() { sed 's/\"seconds\":[0-9.]*//' $1/manifest.jsonl; }\n"
                                 "diff -r -x .gongkai -x manifest.jsonl $1 $2 && diff <(lines $1) <(lines $2)\n";
    g_setenv("SAME", same, TRUE);
    return shell->status == 0 && one->status == 2 && g_file_set_contents_full(same, script, -1, G_FILE_SET_CONTENTS_NONE, 0755, NULL) ? 0 : -1;
}

static int
clean_up(void **state)
{
    (void) state;
    g_autoptr(Shell) shell = shell_run("rm -rf \"$T\"");
    return shell->status;
}

/* ---- moments and spans ---- */

static void
moments(void **state)
{
    (void) state;
    static const struct {
        const char *words;
        gint64 when;
    } right[] = {{"90m", 1000000 - 5400},
                 {"36h", 1000000 - 129600},
                 {"7d", 1000000 - 604800},
                 {"0m", 1000000},
                 {"2026-11-25", 1795536000},
                 {"2026-11-25T03:00", 1795546800},
                 {"2026-11-25T03:00:30", 1795546830},
                 {"2026-11-24T19:00:00Z", 1795546800},
                 {"2026-11-24T20:00:00+01:00", 1795546800}};
    static const char *const wrong[] = {"", "7", "d", "-1d", "7w", "1h30m", "yesterday", "2026-13-01", "2026-11-25T25:00", "99999999999999999999d"};
    gint64 when = 0;
    for (size_t i = 0; i < G_N_ELEMENTS(right); i++) {
        when = 0;
        if (!when_read(right[i].words, 1000000, &when) || when != right[i].when)
            fail_msg("%s: %" G_GINT64_FORMAT ", wanted %" G_GINT64_FORMAT, right[i].words, when, right[i].when);
    }
    for (size_t i = 0; i < G_N_ELEMENTS(wrong); i++)
        if (when_read(wrong[i], 1000000, &when))
            fail_msg("%s is taken for a moment", wrong[i]);
}

static void
spans(void **state)
{
    (void) state;
    static const struct {
        double seconds;
        const char *words;
    } spans[] = {{0.2, "0 s"}, {119.4, "119 s"}, {120, "2 min"}, {3599, "59 min"}, {3660, "1 h 01 min"}, {360000, "100 h 00 min"}};
    for (size_t i = 0; i < G_N_ELEMENTS(spans); i++) {
        g_autofree char *words = progress_span(spans[i].seconds);
        assert_string_equal(words, spans[i].words);
    }
}

/* ---- which files ---- */

static void
lists_of_files(void **state)
{
    (void) state;
    expect("find $I -name '*.pdf' | sort -r >$T/list; $B/gongkai -q -o $T/listed --files-from $T/list; $SAME $T/listed $O", 0, NULL);
    expect("printf '%s/a\\n\\n' $I | $B/gongkai -q -o $T/piped --files-from - $I/*.pdf; $SAME $T/piped $O", 0, NULL);
    expect("mkdir \"$T/two\nlines\" && cp $I/notice.pdf \"$T/two\nlines\" && find \"$T/two\nlines\" -type f -print0 | "
           "$B/gongkai -o $T/nul -0 --files-from - && grep -c 'two.nlines/notice.pdf' $T/nul/manifest.jsonl | grep -qx 1",
           0, " 1 of them read now");
    expect("printf '' | $B/gongkai -o $T/piped --files-from -; $SAME $T/piped $O", 0, " 0 of them read now");
    expect("$B/gongkai --files-from $T/nowhere", 74, "nowhere");
    expect("$B/gongkai -0 $I", 64, "--null");
}

static void
files_changed_since(void **state)
{
    (void) state;
    expect("$B/gongkai --since 1m $I | wc -l | grep -qx 3 && $B/gongkai --since 2100-01-01 $I | wc -c | grep -qx 0", 0, "scan.pdf");
    /* A file that has not changed since is not even opened. */
    expect("cp -r $O $T/since; $B/gongkai -o $T/since --since 2100-01-01 $I; s=$?; $SAME $T/since $O || exit 99; exit $s", 0, " 0 of them read now");
    expect("cp -r $I $T/moving; $B/gongkai -q -o $T/moved $T/moving; rm $T/moving/datong*; $B/gongkai -o $T/moved --since 2100-01-01 $T/moving", 0,
           "pdf: is gone");
    expect("cp $I/datong* $T/moving/new.pdf && touch -d 2001-01-01 $T/moving/new.pdf; $B/gongkai -o $T/moved --since 1h $T/moving", 2, " 1 of them read now");
    expect("$B/gongkai -q -o $T/anew $T/moving; $SAME $T/anew $T/moved", 0, NULL);
    expect("$B/gongkai --since yesterday $I", 64, "--since yesterday: neither a date");
}

/* ---- shards ---- */

/* However many there are, in whatever order they are merged; of two parts each has one of the two files of one record. */
static void
shards_merge_to_one_run(void **state)
{
    (void) state;
    expect("for n in 1 2 3; do for i in $(seq $n); do $B/gongkai -q -o $T/part$n.$i --shard $i/$n $I; done; "
           "$B/gongkai -q -o $T/merged$n merge 2>/dev/null && exit 98; $B/gongkai merge -q -o $T/merged$n $(ls -dr $T/part$n.*); test $? = 2 || exit 97; "
           "$SAME $T/merged$n $O || exit 99; done",
           0, NULL);
    expect_output(
        "cat $T/part3.*/manifest.jsonl | sort | cut -d, -f1 | diff - <(sort $O/manifest.jsonl | cut -d, -f1); grep -l /a/ $T/part2.*/manifest.jsonl | wc -l",
        "2\n");
    /* what is merged can be gone on with, and merged over */
    expect("$B/gongkai -o $T/merged3 $I", 2, " 0 of them read now");
    expect("$B/gongkai merge -q -o $T/merged2 $T/part3.*; $SAME $T/merged2 $O", 0, NULL);
    expect("$B/gongkai merge -q -o $T/merged2 $T/part3.1; $SAME $T/merged2 $T/part3.1", 0, NULL);
}

static void
what_cannot_be_merged(void **state)
{
    (void) state;
    expect(
        "$B/gongkai -q -o $T/whole $I; cp -r $T/whole $T/begun && sed -i 1s/whole/begun/ $T/begun/.gongkai/placed; $B/gongkai merge -o $T/x $T/whole $T/begun",
        74, "begun: its run has not come to its end");
    expect("$B/gongkai merge --pretty -o $T/x $T/whole", 74, "whole: made by another version of gongkai");
    expect("$B/gongkai merge -o $T/whole $T/whole", 64, "itself");
    expect("$B/gongkai merge -o $T/x $T/nowhere", 74, "nowhere/.gongkai/lock: No such file");
    expect("$B/gongkai merge $T/whole", 64, "merge wants -o OUT");
    expect("cp -r $T/whole $T/robbed && : >$T/robbed/.gongkai/store; $B/gongkai merge -o $T/y $T/robbed", 74, "is kept no more");
    expect("mkfifo $T/waits.pdf; $B/gongkai -q -o $T/busy $T/waits.pdf & P=$!; until test -e $T/busy/manifest.jsonl; do sleep 0.05; done; "
           "$B/gongkai merge -o $T/x $T/busy; s=$?; kill -9 $P; exit $s",
           75, "busy: another gongkai is at work there");
    static const char *const wrong[] = {"0/4", "5/4", "1", "1/4x", "a/b", "-1/4"};
    for (size_t i = 0; i < G_N_ELEMENTS(wrong); i++) {
        g_setenv("S", wrong[i], TRUE);
        expect("$B/gongkai --shard=$S $I", 64, "not one of N parts");
    }
}

/* ---- what is told ---- */

static void
told_to_machines_and_people(void **state)
{
    (void) state;
    expect_output("$B/gongkai -o $T/quiet $I 2>&1 | sed 's/[0-9.]* s$/N s/'",
                  "gongkai: 7 files (4 ok, 1 not_disclosure, 1 no_text, 1 unsupported), 7 of them read now, 0 gone, 3 records, 1 warnings, N s\n");
    expect("$B/gongkai -q -o $T/silent $I", 2, NULL);
    g_autoptr(Shell) terminal = shell_run("script -qec true /dev/null");
    if (terminal->status != 0) {
        print_message("progress on a terminal is not looked at: none can be made here\n");
        return;
    }
    expect_output("script -qec '$B/gongkai -j1 -o $T/shown $I' /dev/null | tr '\\r' '\\n' | grep -q '^7/7  [0-9.]*/s  0 s left  ' && echo shown; "
                  "script -qec '$B/gongkai -q -o $T/shown2 $I' /dev/null | wc -c",
                  "shown\n0\n");
}

/* ---- contrib/ ---- */

static void
patience(void **state)
{
    (void) state;
    expect("mkfifo $T/slow.pdf; $B/gongkai -q -o $T/waited $T/slow.pdf & P=$!; disown $P; until test -e $T/waited/manifest.jsonl; do sleep 0.05; done; "
           "(sleep 1; kill -9 $P) & GONGKAI=$B/gongkai PATIENCE=0.2 sh contrib/patient.sh -o $T/waited $I 2>&1 | grep -v 'another gongkai' | grep -q ' 7 of "
           "them read now' "
           "&& GONGKAI=$B/gongkai sh contrib/patient.sh -q -o $T/waited $I",
           0, NULL);
    expect("GONGKAI=$B/gongkai sh contrib/patient.sh --shard 9 $I", 64, "--shard");
}

/* What a scraper did in three nights. */
static void
nights(void **state)
{
    (void) state;
    g_setenv("NIGHT", "GONGKAI=$B/gongkai sh contrib/nightly.sh $T/downloads $T/nightly", TRUE);
    expect_output(
        "mkdir $T/downloads; cp $I/datong* $I/photo.pdf $I/scan.pdf $T/downloads; cp $I/notice.pdf $T/downloads/.part; eval \"$NIGHT\" | sed 's/ [^ ]*\\// /'; "
        "echo $?; grep -c . $T/nightly/manifest.jsonl",
        "no_text scan.pdf: no page has a text layer (a scan?)\nunsupported photo.pdf: is neither PDF nor UTF-8 text\n0\n3\n");
    expect("eval \"$NIGHT\" | wc -c | grep -qx 0", 0, NULL);
    expect("mv $T/downloads/.part $T/downloads/notice.pdf; rm $T/downloads/scan.pdf; eval \"$NIGHT\" >$T/told && ! test -s $T/told", 0, "scan.pdf: is gone");
    expect("rm $T/downloads/*; eval \"$NIGHT\"", 74, "holds none of the files");
}

static void
systemd_units(void **state)
{
    (void) state;
    g_autoptr(Shell) able = shell_run("systemd-analyze --version");
    if (able->status != 0) {
        print_message("systemd-analyze is not here: the units are not verified\n");
        skip();
    }
    expect("mkdir $T/units && cp contrib/gongkai.timer $T/units && sed \"s|/usr/local/bin/gongkai|$(realpath $B/gongkai)|\" contrib/gongkai.service "
           ">$T/units/gongkai.service && systemd-analyze verify --man=no $T/units/gongkai.service $T/units/gongkai.timer",
           0, NULL);
    expect_output("grep -h '^ExecStart=\\|^OnCalendar=' contrib/gongkai.service contrib/gongkai.timer | cut -d= -f1; systemd-analyze calendar \"$(sed -n "
                  "'s/^OnCalendar=//p' contrib/gongkai.timer)\" | grep -c 04:30:00",
                  "ExecStart\nOnCalendar\n2\n");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(moments),
        cmocka_unit_test(spans),
        cmocka_unit_test(lists_of_files),
        cmocka_unit_test(files_changed_since),
        cmocka_unit_test(shards_merge_to_one_run),
        cmocka_unit_test(what_cannot_be_merged),
        cmocka_unit_test(told_to_machines_and_people),
        cmocka_unit_test(patience),
        cmocka_unit_test(nights),
        cmocka_unit_test(systemd_units),
    };
    return cmocka_run_group_tests(tests, set_up, clean_up);
}
