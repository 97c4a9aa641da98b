/* The manual tells what the programs do: every diagnostic, every option, every status. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "input.h"
#include "shell.h"

static char *text; /* of man/gongkai.1 */

static int
read_manual(void **state)
{
    (void) state;
    return g_file_get_contents("man/gongkai.1", &text, NULL, NULL) ? 0 : -1;
}

static void
has_every_diagnostic(void **state)
{
    (void) state;
    static const char *const levels[] = {"info", "warning", "error"};
    const char *rest = strstr(text, ".Sh DIAGNOSTICS");
    assert_non_null(rest);
    for (int code = 0; code < DIAG_COUNT; code++) {
        g_autofree char *entry = g_strdup_printf(".It Sy %s Pq %s\n%s\n", diag_word(code), levels[diag_level(code)], diag_text(code));
        if (strstr(rest, entry) == NULL)
            fail_msg("man/gongkai.1 lacks, under DIAGNOSTICS (make manual writes it):\n%s", entry);
    }
    int count = 0;
    for (const char *p = rest; (p = strstr(p, ".It Sy ")) != NULL; p++)
        count++;
    assert_int_equal(count, DIAG_COUNT);
}

static void
has_every_option(void **state)
{
    (void) state;
    g_autoptr(Shell) shell = shell_run("(${BUILD:-build}/gongkai --help; ${BUILD:-build}/gongkai merge --help) | grep -o -- '--[a-z][a-z-]*' | sort -u");
    g_auto(GStrv) options = g_strsplit(g_strstrip(shell->out), "\n", -1);
    assert_true(g_strv_length(options) > 5);
    for (guint i = 0; options[i] != NULL; i++) {
        g_autofree char *entry = g_strdup_printf("-%s", options[i] + 2);
        if (strstr(text, entry) == NULL)
            fail_msg("man/gongkai.1 lacks %s", options[i]);
    }
}

static void
has_every_status(void **state)
{
    (void) state;
    for (int status = INPUT_OK; status <= INPUT_UNREADABLE; status++) {
        g_autofree char *entry = g_strdup_printf(".It Cm %s\n", input_status_word(status));
        if (strstr(text, entry) == NULL)
            fail_msg("man/gongkai.1 lacks the status %s", input_status_word(status));
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(has_every_diagnostic), cmocka_unit_test(has_every_option), cmocka_unit_test(has_every_status)};
    return cmocka_run_group_tests(tests, read_manual, NULL);
}
