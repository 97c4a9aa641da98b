/* The truth of the corpus: what a reader of the printed documents would write down, against the Records made of them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>

#include "cases.h"
#include "truth.h"

static void
check_case(void **state)
{
    const Case *one = *state;
    g_autoptr(GError) error = NULL;
    g_autoptr(GString) report = g_string_new(NULL);
    g_autoptr(Stages) stages = stages_new(one, &error);
    if (stages == NULL)
        fail_msg("%s: %s", one->name, error->message);
    guint misses = truth_compare(one, stages->records, report);
    fputs(report->str, stderr);
    if (one->known_bug != NULL && misses == 0)
        fail_msg("%s: fixed, take away its known-bug.txt", one->name);
    if (one->known_bug != NULL)
        print_message("%s: known: %s", one->name, one->known_bug);
    else if (misses > 0)
        fail_msg("%s: %u differences from the truth", one->name, misses);
}

int
main(void)
{
    g_autoptr(GPtrArray) cases = cases_new();
    g_autofree struct CMUnitTest *tests = g_new0(struct CMUnitTest, cases->len + 1);
    for (guint i = 0; i < cases->len; i++) {
        Case *one = cases->pdata[i];
        tests[i] = (struct CMUnitTest){one->name, check_case, NULL, NULL, one};
    }
    return _cmocka_run_group_tests("truth", tests, cases->len, NULL, NULL);
}
