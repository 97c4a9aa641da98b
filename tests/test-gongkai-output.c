/* Names, lines of CSV and of the manifest, the walk, the groups: what a run writes and in which order. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <glib/gstdio.h>
#include <string.h>
#include <stdlib.h>
#include <unistd.h>

#include "csv.h"
#include "groups.h"
#include "manifest.h"
#include "output.h"
#include "placing.h"
#include "reply.h"
#include "walk.h"

/* ---- names of files ---- */

static void
expect_name(GHashTable *taken, const char *name, const char *region, int year, int scope, const char *wanted)
{
    Made made = {.name = (char *) name, .region = (char *) region, .year = year, .scope = scope};
    g_autofree char *own = placing_name(&made, "0123456789abcdef0123", taken);
    assert_string_equal(own, wanted);
}

static void
file_names(void **state)
{
    (void) state;
    g_autoptr(GHashTable) taken = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    expect_name(taken, "某市水务局", "140200", 2023, 0, "2023/某市水务局.budget.json");
    expect_name(taken, "某市水务局", "140200", 2023, 1, "2023/某市水务局.unit.budget.json");
    expect_name(taken, "某市水务局", "340100", 2023, 0, "2023/某市水务局.340100.budget.json");
    expect_name(taken, "某市水务局", "340100", 2023, 0, "2023/某市水务局.2.budget.json");
    expect_name(taken, NULL, NULL, 0, 0, "unknown/unnamed-0123456789abcdef.budget.json");
    expect_name(taken, NULL, NULL, 0, 0, "unknown/unnamed-0123456789abcdef.2.budget.json");
    expect_name(taken, "../../etc/passwd", NULL, 2023, 0, "2023/_._.._etc_passwd.budget.json");
    expect_name(taken, ".hidden\n\\:*?\"<>|", NULL, 2023, 0, "2023/_hidden_________.budget.json");
    expect_name(taken, "A局", NULL, 2023, 0, "2023/A局.budget.json");
    expect_name(taken, "a局", NULL, 2023, 0, "2023/a局.2.budget.json");
}

static void
long_names_end_at_a_character(void **state)
{
    (void) state;
    g_autoptr(GHashTable) taken = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_autoptr(GString) name = g_string_new(NULL);
    for (guint i = 0; i < 200; i++)
        g_string_append(name, "局");
    Made made = {.name = name->str, .year = 2023};
    for (guint i = 0; i < 3; i++) {
        g_autofree char *own = placing_name(&made, NULL, taken);
        assert_true(g_utf8_validate(own, -1, NULL));
        assert_true(strlen(own) - strlen("2023/") <= 255);
    }
}

/* ---- CSV ---- */

static void
csv_fields(void **state)
{
    (void) state;
    static const char *const pairs[][2] = {
        {"plain", "plain"}, {"a,b", "\"a,b\""}, {"say \"no\"", "\"say \"\"no\"\"\""}, {"two\nlines", "\"two\nlines\""}, {NULL, ""}};
    for (size_t i = 0; i < G_N_ELEMENTS(pairs); i++) {
        g_autoptr(GString) line = g_string_new(NULL);
        csv_append(line, pairs[i][0]);
        assert_string_equal(line->str, pairs[i][1]);
    }
}

static const char record_json[] =
    "{\"schema_version\":\"1.0\",\"kind\":\"final_accounts\",\"year\":2023,\"department\":{\"name\":\"某局\",\"name_raw\":\"某局\",\"code\":null,"
    "\"scope\":\"department\",\"region\":{\"code\":\"140200\",\"name\":\"山西省大同市\"}},\"sources\":[{\"file\":\"a,b.pdf\",\"sha256\":\"00\","
    "\"media_type\":\"application/pdf\",\"pages\":3,\"text\":\"native\"}],\"sections\":[],\"tables\":[{\"id\":\"expenditure\",\"title\":null,\"source\":0,"
    "\"pages\":[2],\"unit\":\"万元\",\"status\":\"data\",\"columns\":[],\"rows\":[{\"page\":2,\"bbox\":null,\"side\":null,\"code\":\"201\","
    "\"name\":\"一般公共服务支出\",\"item\":null,\"level\":1,\"amounts\":{\"total\":12345678901234.56,\"basic\":null,\"project\":0.1234}}]}],"
    "\"statements\":[],\"performance\":[],\"terms\":[],\"checks\":[],\"diagnostics\":[]}";

static void
csv_lines(void **state)
{
    (void) state;
    g_autoptr(GError) error = NULL;
    g_autoptr(Record) record = record_from_json(record_json, -1, &error);
    if (record == NULL)
        fail_msg("%s", error->message);
    GString *lines = csv_of_record(record);
    assert_string_equal(lines->str, "某局,140200,2023,final_accounts,expenditure,,201,,一般公共服务支出,1,total,12345678901234.56,\"a,b.pdf\",2\n"
                                    "某局,140200,2023,final_accounts,expenditure,,201,,一般公共服务支出,1,project,0.1234,\"a,b.pdf\",2\n");
    g_string_free(lines, TRUE);
}

/* ---- what a worker tells ---- */

static GBytes *
some_reply(void)
{
    g_autoptr(Record) record = record_from_json(record_json, -1, NULL);
    g_autoptr(Tree) tree = g_new0(Tree, 1);
    g_autoptr(GPtrArray) trees = g_ptr_array_new();
    g_autoptr(GPtrArray) records = g_ptr_array_new();
    g_autoptr(Reply) reply = reply_new();
    const Manner manner = {.talk = 1};
    tree->file = g_strdup("a,b.pdf");
    tree->sha256 = g_strdup("00");
    diag_add(&tree->diagnostics, DIAG_PAGE_LIMIT, 2, "two\nlines");
    diag_add(&tree->diagnostics, DIAG_PAGE_LIMIT, 2, "two\nlines");
    g_ptr_array_add(trees, tree);
    g_ptr_array_add(records, record);
    reply->status = INPUT_PARTIAL;
    reply->tree = g_bytes_new_static("{}", 2);
    keys_add(reply->keys, records);
    keys_settle(reply->keys, "folder/a,b.pdf");
    reply_add_records(reply, trees, records, &manner);
    return reply_to_bytes(reply);
}

static void
reply_crosses(void **state)
{
    (void) state;
    g_autoptr(GBytes) bytes = some_reply();
    g_autoptr(Reply) reply = reply_from_bytes(bytes, 1);
    assert_non_null(reply);
    assert_int_equal(reply->status, INPUT_PARTIAL);
    assert_null(reply->sha256);
    assert_int_equal(g_bytes_get_size(reply->tree), 2);
    assert_int_equal(reply->keys->names->len, 1);
    assert_int_equal(reply->made->len, 1);
    const Made *made = reply->made->pdata[0];
    assert_string_equal(made->name, "某局");
    assert_string_equal(made->region, "140200");
    assert_int_equal(made->kind, 1);
    assert_int_equal(made->trees->len, 1);
    const Note *note = reply->notes->pdata[0];
    assert_int_equal(note->levels[DIAG_ERROR], 1);
    assert_string_equal(note->text, "page 2: error: a limit was met and the rest of the page was left out: two lines\n");
    assert_null(reply_from_bytes(bytes, 2));
}

/* Whatever a corrupted worker sends is refused or read, and reads nothing beyond its end. */
static void
reply_is_not_trusted(void **state)
{
    (void) state;
    g_autoptr(GBytes) bytes = some_reply();
    gsize size = 0;
    const guint8 *good = g_bytes_get_data(bytes, &size);
    g_autoptr(GRand) dice = g_rand_new_with_seed(7);
    for (guint round = 0; round < 2000; round++) {
        guint8 *bad = g_memdup2(good, size);
        gsize length = round % 3 == 0 ? (gsize) g_rand_int_range(dice, 0, (gint32) size) : size;
        for (guint k = 0; k < 1 + round % 7 && length > 0; k++)
            bad[g_rand_int_range(dice, 0, (gint32) length)] = (guint8) g_rand_int(dice);
        g_autoptr(GBytes) sent = g_bytes_new_take(bad, length);
        Reply *reply = reply_from_bytes(sent, 1);
        for (guint i = 0; reply != NULL && i < reply->made->len; i++)
            assert_true(((const Made *) reply->made->pdata[i])->trees->len <= size);
        reply_free(reply);
    }
}

/* ---- manifest ---- */

static void
manifest_lines(void **state)
{
    (void) state;
    Input *input = input_new("folder/\"odd\"\n.pdf");
    input->status = INPUT_NO_TEXT;
    input->message = g_strdup("no page has a text layer");
    input->seconds = 1.23456;
    input->levels[DIAG_WARNING] = 2;
    g_autofree char *line = manifest_line(input);
    assert_string_equal(line, "{\"file\":\"folder/\\\"odd\\\"\\n.pdf\",\"sha256\":null,\"status\":\"no_text\",\"record\":null,\"seconds\":1.235,"
                              "\"diagnostics\":{\"info\":0,\"warning\":2,\"error\":0},\"message\":\"no page has a text layer\","
                              "\"made_by\":null}\n");
    g_ptr_array_add(input->records, g_strdup("2023/a.json"));
    g_autofree char *single = manifest_line(input);
    assert_non_null(strstr(single, "\"record\":\"2023/a.json\","));
    g_ptr_array_add(input->records, g_strdup("2023/b.json"));
    g_autofree char *several = manifest_line(input);
    assert_non_null(strstr(several, "\"record\":[\"2023/a.json\",\"2023/b.json\"],"));
    input_free(input);
}

/* ---- the walk ---- */

static void
walk_is_sorted_and_ends(void **state)
{
    (void) state;
    g_autofree char *folder = g_dir_make_tmp("gongkai-walk-XXXXXX", NULL);
    static const char *const files[] = {"b.pdf", "a.PDF", "c.txt", "d.md", "e.html", ".hidden.pdf", "sub/z.pdf", "sub/y.pdf"};
    g_autofree char *sub = g_build_filename(folder, "sub", NULL);
    assert_int_equal(g_mkdir(sub, 0777), 0);
    for (size_t i = 0; i < G_N_ELEMENTS(files); i++) {
        g_autofree char *path = g_build_filename(folder, files[i], NULL);
        assert_true(g_file_set_contents(path, "x", 1, NULL));
    }
    g_autofree char *loop = g_build_filename(sub, "loop", NULL);
    g_autofree char *twin = g_build_filename(folder, "twin.pdf", NULL);
    g_autofree char *lost = g_build_filename(folder, "lost.pdf", NULL);
    assert_int_equal(symlink("..", loop), 0);
    assert_int_equal(symlink("b.pdf", twin), 0);
    assert_int_equal(symlink("nowhere", lost), 0);
    g_autofree char *named = g_build_filename(folder, "e.html", NULL);
    g_autoptr(GPtrArray) paths = g_ptr_array_new();
    g_autoptr(GHashTable) folders = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_autofree char *slashed = g_strconcat(folder, "//", NULL);
    g_ptr_array_add(paths, slashed);
    g_ptr_array_add(paths, named);
    g_autoptr(GPtrArray) inputs = walk_inputs(paths, folders);
    assert_int_equal(g_hash_table_size(folders), 1);
    assert_true(g_hash_table_contains(folders, folder));
    static const char *const wanted[] = {"a.PDF", "b.pdf", "c.txt", "d.md", "lost.pdf", "sub/y.pdf", "sub/z.pdf", "e.html"};
    assert_int_equal(inputs->len, G_N_ELEMENTS(wanted));
    for (size_t i = 0; i < G_N_ELEMENTS(wanted); i++) {
        const Input *input = inputs->pdata[i];
        assert_string_equal(input->path + strlen(folder) + 1, wanted[i]);
        assert_int_equal(input->status == INPUT_UNREADABLE, strcmp(wanted[i], "lost.pdf") == 0);
    }
    g_autofree char *command = g_strdup_printf("rm -r '%s'", folder);
    assert_int_equal(system(command), 0);
}

/* ---- groups ---- */

static Keys *
keys_of(guint64 name, bool seeks, const guint64 *totals, guint count)
{
    Keys *keys = keys_new();
    if (name != 0)
        g_array_append_val(keys->names, name);
    g_array_append_vals(keys->totals, totals, count);
    keys->seeks = seeks;
    return keys;
}

static void
groups_by_name_and_totals(void **state)
{
    (void) state;
    static const guint64 some[] = {1, 2, 3, 4};
    static const guint64 few[] = {1, 2, 9};
    g_autoptr(GPtrArray) keys = g_ptr_array_new();
    g_ptr_array_add(keys, keys_of(71, false, some, 4));
    g_ptr_array_add(keys, NULL);
    g_ptr_array_add(keys, keys_of(72, false, some, 4));
    g_ptr_array_add(keys, keys_of(73, false, few, 3));
    g_ptr_array_add(keys, keys_of(71, false, NULL, 0));
    g_ptr_array_add(keys, keys_of(0, true, some, 3));
    g_ptr_array_add(keys, keys_of(73, false, few, 0));
    g_autoptr(GPtrArray) groups = groups_new(keys);
    assert_int_equal(groups->len, 2);
    static const guint first[] = {0, 2, 4, 5}, second[] = {3, 6};
    const GArray *group = groups->pdata[0];
    assert_int_equal(group->len, 4);
    assert_memory_equal(group->data, first, sizeof first);
    group = groups->pdata[1];
    assert_int_equal(group->len, 2);
    assert_memory_equal(group->data, second, sizeof second);
    for (guint i = 0; i < keys->len; i++)
        keys_free(keys->pdata[i]);
}

/* ---- files ---- */

static void
a_file_given_up_leaves_the_old_one(void **state)
{
    (void) state;
    g_autofree char *folder = g_dir_make_tmp("gongkai-output-XXXXXX", NULL);
    g_autofree char *path = g_build_filename(folder, "a.json", NULL);
    g_autofree char *text = NULL;
    g_autofree char *later = NULL;
    assert_true(g_file_set_contents(path, "old", 3, NULL));
    g_autofree char *passing = g_build_filename(folder, "new", NULL);
    Output *output = output_open(passing, path, NULL);
    assert_true(output_write(output, "new", 3, NULL));
    output_free(output);
    assert_true(g_file_get_contents(path, &text, NULL, NULL));
    assert_string_equal(text, "old");
    output = output_open(passing, path, NULL);
    assert_true(output_write(output, "new", 3, NULL));
    assert_true(output_close(output, NULL));
    output_free(output);
    assert_true(g_file_get_contents(path, &later, NULL, NULL));
    assert_string_equal(later, "new");
    g_unlink(path);
    assert_int_equal(g_rmdir(folder), 0); /* nothing is left beside it */
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(file_names),
        cmocka_unit_test(long_names_end_at_a_character),
        cmocka_unit_test(csv_fields),
        cmocka_unit_test(csv_lines),
        cmocka_unit_test(reply_crosses),
        cmocka_unit_test(reply_is_not_trusted),
        cmocka_unit_test(manifest_lines),
        cmocka_unit_test(walk_is_sorted_and_ends),
        cmocka_unit_test(groups_by_name_and_totals),
        cmocka_unit_test(a_file_given_up_leaves_the_old_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
