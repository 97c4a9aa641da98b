/* Inputs that once broke a boundary (the files of corpus/found/BOUNDARY) must never do it again. See fuzz/boundaries.h. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <glib.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "boundaries.h"

static guint
feed_folder(const Boundary *boundary, const char *path)
{
    guint fed = 0;
    g_autoptr(GDir) folder = g_dir_open(path, 0, NULL);
    for (const char *name = folder != NULL ? g_dir_read_name(folder) : NULL; name != NULL; name = g_dir_read_name(folder)) {
        g_autofree char *file = g_build_filename(path, name, NULL);
        g_autofree char *data = NULL;
        gsize size = 0;
        assert_true(g_file_get_contents(file, &data, &size, NULL));
        g_printerr("%s\n", file); /* so that a crash tells which it was */
        boundary->feed((const uint8_t *) data, size);
        fed++;
    }
    return fed;
}

static void
stay_mended(void **state)
{
    (void) state;
    const char *corpus = g_getenv("CORPUS") != NULL ? g_getenv("CORPUS") : "corpus";
    guint fed = 0;
    for (const Boundary *boundary = boundaries; boundary->name != NULL; boundary++) {
        g_autofree char *path = g_build_filename(corpus, "found", boundary->name, NULL);
        fed += feed_folder(boundary, path);
    }
    assert_true(fed > 0);
}

/* Nothing, and a little of anything, at every boundary. */
static void
small_inputs(void **state)
{
    (void) state;
    static const char *const inputs[] = {"", "{}", "[", "\n", "%PDF-1.4", "BT", "\xff\xfe", "[a]\npattern=(", "a\tb\nc"};
    for (const Boundary *boundary = boundaries; boundary->name != NULL; boundary++)
        for (guint i = 0; i < G_N_ELEMENTS(inputs); i++)
            boundary->feed((const uint8_t *) inputs[i], strlen(inputs[i]));
}

int
main(void)
{
    alarm(120); /* an endless loop is a failure too */
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(small_inputs),
        cmocka_unit_test(stay_mended),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
