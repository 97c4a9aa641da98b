/* The programs as people use them: in pipes, on folders, on files that are none, on disks that are full. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>

#include "cases.h"
#include "shell.h"

static GPtrArray *cases;

/* $B: the programs, $T: a folder for the test, $H: the hostile files, $C: the inputs of all cases. */
static int
set_up(void **state)
{
    (void) state;
    cases = cases_new();
    g_autofree char *folder = g_dir_make_tmp("gongkai-pipes-XXXXXX", NULL);
    const char *corpus = g_getenv("CORPUS") != NULL ? g_getenv("CORPUS") : "corpus";
    g_autofree char *hostile = g_build_filename(corpus, "hostile", NULL);
    g_autoptr(GString) all = g_string_new(NULL);
    for (guint i = 0; i < cases->len; i++) {
        const GPtrArray *inputs = ((const Case *) cases->pdata[i])->inputs;
        for (guint k = 0; k < inputs->len; k++)
            g_string_append_printf(all, "%s ", (const char *) inputs->pdata[k]);
    }
    g_setenv("B", g_getenv("BUILD") != NULL ? g_getenv("BUILD") : "build", TRUE);
    g_setenv("T", folder, TRUE);
    g_setenv("H", hostile, TRUE);
    g_setenv("C", all->str, TRUE);
    return 0;
}

static int
clean_up(void **state)
{
    (void) state;
    g_autoptr(Shell) shell = shell_run("rm -rf \"$T\"");
    g_ptr_array_unref(cases);
    return shell->status;
}

/* ---- the same bytes ---- */

static void
pipe_equals_program(void **state)
{
    (void) state;
    for (guint i = 0; i < cases->len; i++) {
        const Case *one = cases->pdata[i];
        g_autoptr(GString) files = g_string_new(NULL);
        for (guint k = 0; k < one->inputs->len; k++)
            g_string_append_printf(files, "%s ", (const char *) one->inputs->pdata[k]);
        g_setenv("F", files->str, TRUE);
        expect("cmp <($B/gongkai -q $F) <($B/gongkai-extract $F 2>/dev/null | $B/gongkai-parse 2>/dev/null | $B/gongkai-normalize 2>/dev/null)", 0, NULL);
    }
}

static void
any_number_of_workers(void **state)
{
    (void) state;
    expect("$B/gongkai -q -j1 $C >$T/one; $B/gongkai -q -j 7 $C >$T/seven; $B/gongkai-extract $C 2>/dev/null | $B/gongkai-parse 2>/dev/null | "
           "$B/gongkai-normalize 2>/dev/null >$T/piped; cmp $T/one $T/seven && cmp $T/one $T/piped && test -s $T/one",
           0, NULL);
}

static void
folder_of_records(void **state)
{
    (void) state;
    expect("$B/gongkai -q -j1 -o $T/a $C; $B/gongkai -q -j7 -o $T/b $C; diff -r -x .gongkai -x manifest.jsonl $T/a $T/b && "
           "diff <(sed 's/\"seconds\":[0-9.]*//' $T/a/manifest.jsonl) <(sed 's/\"seconds\":[0-9.]*//' $T/b/manifest.jsonl)",
           0, NULL);
    expect("diff <(cat $T/a/*/*.json | sort) <($B/gongkai -q $C | sort)", 0, NULL);
    expect("test $(wc -l <$T/a/manifest.jsonl) = $(echo $C | wc -w) && test $(ls -A $T/a | grep ^[.]) = .gongkai", 0, NULL);
    expect("head -1 $T/a/amounts.csv | grep -qx "
           "department,region,year,kind,table,side,code,item,name,level,column,amount_yuan,source_file,page",
           0, NULL);
    expect("! grep -l \"$PWD\" -r $T/a --exclude-dir .gongkai", 0, NULL);
}

/* ---- files that are no disclosure ---- */

static const struct {
    const char *file;
    const char *status;
    int exit;
    const char *told;
} strange[] = {
    {"empty.pdf", "damaged", 2, "empty.pdf: "},
    {"truncated.pdf", "damaged", 2, "truncated.pdf: "},
    {"header-only.pdf", "damaged", 2, "header-only.pdf: "},
    {"no-pages.pdf", "damaged", 2, "no-pages.pdf: "},
    {"endless-pages.pdf", "damaged", 2, "endless-pages.pdf: "},
    {"encrypted.pdf", "encrypted", 2, "encrypted.pdf: "},
    {"photo.pdf", "unsupported", 2, "photo.pdf: "},
    {"web-page.pdf", "unsupported", 2, "web-page.pdf: "},
    {"noise.pdf", "unsupported", 2, "noise.pdf: "},
    {"not-utf8.txt", "unsupported", 2, "not-utf8.txt: "},
    {"scan.pdf", "no_text", 2, "scan.pdf: page 1: "},
    {"endless-form.pdf", "no_text", 2, "endless-form.pdf: "},
    {"lines.pdf", "no_text", 2, "lines.pdf: page 1: "},
    {"notice.pdf", "not_disclosure", 0, "no budget and no final accounts found in it"},
    {"huge-page.pdf", "not_disclosure", 0, "no budget and no final accounts found in it"},
};

static void
strange_files(void **state)
{
    (void) state;
    for (size_t i = 0; i < G_N_ELEMENTS(strange); i++) {
        g_setenv("F", strange[i].file, TRUE);
        expect("$B/gongkai -v -o $T/strange $H/$F", strange[i].exit, strange[i].told);
        g_autofree char *wanted = g_strdup_printf("\"status\":\"%s\",\"record\":null,\n", strange[i].status);
        expect_output("grep -F /$F'\"' $T/strange/manifest.jsonl | grep -o '\"status\":.*\"record\":[^,]*,'", wanted);
    }
}

static void
strange_files_do_not_stop_a_run(void **state)
{
    (void) state;
    g_setenv("F", ((const Case *) cases->pdata[0])->inputs->pdata[0], TRUE);
    expect("$B/gongkai -q $H/*.pdf $F $H/*.txt >$T/among; test $? = 2 && $B/gongkai -q $F | cmp - $T/among && test -s $T/among", 0, NULL);
    expect("$B/gongkai -v -o $T/among.d $H $F", 2, "encrypted.pdf: ");
    expect_output("cut -d'\"' -f4 $T/among.d/manifest.jsonl | grep -v hostile | grep -cx $F", "1\n");
}

static void
filters_tell_strange_files(void **state)
{
    (void) state;
    for (size_t i = 0; i < G_N_ELEMENTS(strange); i++) {
        g_setenv("F", strange[i].file, TRUE);
        bool read = strcmp(strange[i].status, "no_text") == 0 || strcmp(strange[i].status, "not_disclosure") == 0;
        if (!read)
            expect("$B/gongkai-extract $H/$F >$T/none; s=$?; test ! -s $T/none || exit 99; exit $s", 2, strange[i].told);
        else
            expect("$B/gongkai-extract $H/$F 2>/dev/null | $B/gongkai-parse 2>/dev/null | $B/gongkai-normalize 2>/dev/null | wc -c | grep -qx 0", 0, NULL);
    }
}

static void
what_is_not_there(void **state)
{
    (void) state;
    expect("$B/gongkai $T/nowhere", 74, "nowhere: No such file or directory");
    expect("$B/gongkai-extract $T/nowhere.pdf", 74, "nowhere.pdf: No such file or directory");
    expect("$B/gongkai-parse $T/nowhere", 74, "nowhere: No such file or directory");
    expect("$B/gongkai-normalize $T/nowhere", 74, "nowhere: No such file or directory");
    expect("$B/gongkai -o $T/missing $T/nowhere $H/notice.pdf", 74, "nowhere: No such file or directory");
    expect_output("wc -l <$T/missing/manifest.jsonl", "2\n");
}

/* ---- limits ---- */

static void
limits(void **state)
{
    (void) state;
    expect("mkfifo $T/never.pdf && $B/gongkai -v --timeout 5 -o $T/late $T/never.pdf $H/notice.pdf", 2, "never.pdf: not read within 5 seconds");
    expect_output("grep -o '\"status\":\"[a-z_]*\"' $T/late/manifest.jsonl", "\"status\":\"timeout\"\n\"status\":\"not_disclosure\"\n");
#ifndef __SANITIZE_ADDRESS__
    expect("$B/gongkai -v --memory 1000 -o $T/greedy /dev/zero $H/notice.pdf", 2, "/dev/zero: ");
    expect_output("grep -o '\"status\":\"[a-z_]*\"' $T/greedy/manifest.jsonl", "\"status\":\"limit\"\n\"status\":\"not_disclosure\"\n");
#endif
}

/* ---- output that fails ---- */

static void
full_disk_and_closed_pipe(void **state)
{
    (void) state;
    g_setenv("F", ((const Case *) cases->pdata[0])->inputs->pdata[0], TRUE);
    expect("$B/gongkai $F >/dev/full", 74, "gongkai: standard output: No space left on device");
    expect("$B/gongkai-extract $F >/dev/full", 74, "standard output: No space left on device");
    expect("$B/gongkai-extract $F | $B/gongkai-parse >$T/tree; $B/gongkai-extract $F | $B/gongkai-parse >/dev/full", 74,
           "standard output: No space left on device");
    expect("$B/gongkai-normalize $T/tree >/dev/full", 74, "standard output: No space left on device");
    expect("set -o pipefail; $B/gongkai $C | true", 74, "gongkai: standard output: Broken pipe");
    expect("$B/gongkai --version >/dev/full", 74, "");
}

/* A folder that cannot be written keeps what it has. */
static void
old_records_stay(void **state)
{
    (void) state;
    g_setenv("F", ((const Case *) cases->pdata[0])->inputs->pdata[0], TRUE);
    expect("$B/gongkai -q -o $T/kept $F; cp -r $T/kept $T/copy", 0, NULL);
    expect("(ulimit -f 8; trap '' XFSZ; $B/gongkai -q --pretty -o $T/kept $F)", 74, "File too large");
    expect("diff -r -x .gongkai $T/kept $T/copy && test $(wc -l <$T/kept/manifest.jsonl) = 1", 0, NULL);
    expect("touch $T/file; $B/gongkai -o $T/file/below $F", 74, "file/below/.gongkai: Not a directory");
}

/* ---- JSON between the stages ---- */

static void
broken_json(void **state)
{
    (void) state;
    g_setenv("F", ((const Case *) cases->pdata[0])->inputs->pdata[0], TRUE);
    expect("$B/gongkai-extract $F 2>/dev/null | head -c 1000 | $B/gongkai-parse", 2, "gongkai-parse: standard input:1: ");
    expect("$B/gongkai-extract $F 2>/dev/null | $B/gongkai-parse 2>/dev/null | head -c 1000 | $B/gongkai-normalize", 2, "1: ");
    expect("$B/gongkai-extract $F 2>/dev/null | $B/gongkai-normalize", 2, "1: ");
    expect("echo '{}' | $B/gongkai-parse", 2, "is missing");
    expect("echo '[1,2' | $B/gongkai-normalize", 2, "not one whole JSON value");
    expect("(echo nonsense; $B/gongkai-extract $F 2>/dev/null) | $B/gongkai-parse 2>/dev/null | wc -l | grep -qx 1", 0, NULL);
}

/* ---- options ---- */

static void
options(void **state)
{
    (void) state;
    expect("$B/gongkai", 64, "no file or folder given");
    expect("$B/gongkai --nonsense", 64, "gongkai: ");
    expect("$B/gongkai -j many x.pdf", 64, "gongkai: ");
    expect("$B/gongkai --timeout -1 x.pdf", 64, "not negative");
    expect("$B/gongkai --rules $T/nowhere x.pdf", 64, "nowhere: no such folder");
    expect("$B/gongkai --help | grep -q 'Exit status: 0'", 0, NULL);
    expect("$B/gongkai-extract --nonsense", 64, "");
    expect("$B/gongkai-parse --nonsense", 64, "");
    expect("$B/gongkai-normalize --nonsense", 64, "");
    expect_output("for p in gongkai gongkai-extract gongkai-parse gongkai-normalize; do $B/$p --version; done | sed 's/.* //' | sort -u | wc -l", "1\n");
    expect("mkdir -p $T/rules/parse/rules && echo '[broken' >$T/rules/parse/rules/tables.rules && $B/gongkai --rules $T/rules $C", 64, "tables.rules");
}

/* The README's first command, once what it needs is installed and built. */
static void
demonstration(void **state)
{
    (void) state;
    expect("BUILD=$B sh tests/demo.sh >$T/demo.txt", 0, NULL);
    expect("grep -q '\"department\"' $T/demo.txt && grep -q ',20103,.*,total,3272600.00' $T/demo.txt", 0, NULL);
    expect("tail -4 $T/demo.txt | grep -q 'manifest.jsonl: a line for each'", 0, NULL);
    expect("for f in $(grep 'json$' $T/demo.txt); do test -s $f || exit 1; done", 0, NULL);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pipe_equals_program),
        cmocka_unit_test(any_number_of_workers),
        cmocka_unit_test(folder_of_records),
        cmocka_unit_test(strange_files),
        cmocka_unit_test(strange_files_do_not_stop_a_run),
        cmocka_unit_test(filters_tell_strange_files),
        cmocka_unit_test(what_is_not_there),
        cmocka_unit_test(limits),
        cmocka_unit_test(full_disk_and_closed_pipe),
        cmocka_unit_test(old_records_stay),
        cmocka_unit_test(broken_json),
        cmocka_unit_test(options),
        cmocka_unit_test(demonstration),
    };
    return cmocka_run_group_tests(tests, set_up, clean_up);
}
