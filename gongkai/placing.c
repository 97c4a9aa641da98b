#include "placing.h"

#include <errno.h>
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "csv.h"
#include "manifest.h"
#include "output.h"
#include "placed.h"
#include "stop.h"

#define AMOUNTS "amounts.csv"
#define MANIFEST "manifest.jsonl"

enum { NAME_BYTES = 200 }; /* of the 255 that file systems allow, for what is added */

typedef struct {
    Run *run;
    const char *folder;
    char *list, *passing;
    GHashTable *former;  /* name → content, of the last run that came to its end … */
    bool whole;          /* … if it did */
    GPtrArray *names;    /* char *, of each of run->placed */
    GHashTable *wanted;  /* name → content */
    GHashTable *touched; /* folders in which something was renamed */
    bool fine;
    GError **error;
} Placing;

/* ---- standard output ---- */

static bool
refuse_print(GError **error)
{
    int code = errno;
    g_set_error(error, G_IO_ERROR, g_io_error_from_errno(code), "standard output: %s", g_strerror(code));
    return false;
}

bool
placing_print(const Run *run, GError **error)
{
    for (guint i = 0; i < run->placed->len; i++) {
        g_autoptr(GBytes) json = run_fetch(run, run->placed->pdata[i], false, error);
        if (json == NULL)
            return false;
        gsize length = 0;
        const void *data = g_bytes_get_data(json, &length);
        if (fwrite(data, 1, length, stdout) != length)
            return refuse_print(error);
    }
    return fflush(stdout) == 0 || refuse_print(error);
}

/* ---- names ---- */

/* What a file name may not hold, or should not begin with, becomes '_'; too long a name ends at a character. */
static char *
safe_name(const char *name)
{
    g_autofree char *valid = g_utf8_make_valid(name, -1);
    gsize length = MIN(strlen(valid), NAME_BYTES);
    while (length > 0 && ((guchar) valid[length] & 0xC0) == 0x80)
        length--;
    char *safe = g_strndup(valid, length);
    for (char *p = safe; *p != '\0'; p++)
        if ((guchar) *p < ' ' || *p == 0x7F || strchr("/\\:*?\"<>|", *p) != NULL)
            *p = '_';
    if (safe[0] == '.')
        safe[0] = '_';
    return safe;
}

static char *
take_name(GHashTable *taken, const char *folder, const char *stem, const char *extra, const char *kind)
{
    g_autofree char *name = g_strdup_printf("%s/%s%s%s.%s.json", folder, stem, extra[0] != '\0' ? "." : "", extra, kind);
    g_autofree char *folded = g_utf8_strdown(name, -1);
    return g_hash_table_add(taken, g_steal_pointer(&folded)) ? g_steal_pointer(&name) : NULL;
}

char *
placing_name(const Made *made, const char *sha256, GHashTable *taken)
{
    g_autofree char *year = made->year > 0 ? g_strdup_printf("%d", made->year) : g_strdup("unknown");
    g_autofree char *unnamed = g_strdup_printf("unnamed-%.16s", sha256 != NULL ? sha256 : "");
    g_autofree char *stem = safe_name(made->name != NULL && made->name[0] != '\0' ? made->name : unnamed);
    const char *kind = made_kind_word(made->kind);
    const char *const extras[] = {"", made->scope != 0 ? "unit" : made->region, made->region};
    char *name = NULL;
    for (size_t i = 0; name == NULL && i < G_N_ELEMENTS(extras); i++)
        name = extras[i] != NULL ? take_name(taken, year, stem, extras[i], kind) : NULL;
    for (guint n = 2; name == NULL; n++) {
        g_autofree char *number = g_strdup_printf("%u", n);
        name = take_name(taken, year, stem, number, kind);
    }
    return name;
}

/* What is in a file, in a word: its hash and its length. */
static char *
content_word(const char *digest, guint64 length)
{
    return g_strdup_printf("%s-%" G_GUINT64_FORMAT, digest, length);
}

static void
choose_names(Placing *placing)
{
    Run *run = placing->run;
    g_autoptr(GHashTable) taken = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_hash_table_insert(placing->wanted, g_strdup(AMOUNTS), g_strdup(""));
    for (guint i = 0; i < run->placed->len; i++) {
        const Placed *placed = run->placed->pdata[i];
        const Input *first = placed->inputs->len > 0 ? run->inputs->pdata[g_array_index(placed->inputs, guint, 0)] : NULL;
        char *name = placing_name(placed->what, first != NULL ? first->sha256 : NULL, taken);
        g_ptr_array_add(placing->names, name);
        g_hash_table_insert(placing->wanted, g_strdup(name), content_word(placed->what->digest, placed->what->length));
        for (guint k = 0; k < placed->inputs->len; k++) {
            Input *input = run->inputs->pdata[g_array_index(placed->inputs, guint, k)];
            g_ptr_array_add(input->records, g_strdup(name));
        }
    }
}

/* ---- files ---- */

static GError **
first_error(Placing *placing)
{
    GError **error = placing->fine ? placing->error : NULL;
    placing->fine = false;
    return error;
}

static bool
has_length(const char *path, const char *content)
{
    GStatBuf info;
    const char *length = strrchr(content, '-');
    return g_stat(path, &info) == 0 && S_ISREG(info.st_mode) && length != NULL && g_ascii_strtoll(length + 1, NULL, 10) == info.st_size;
}

/* Whether the file is there and as wanted. */
static bool
stands(const Placing *placing, const char *name, const char *path)
{
    const char *wanted = g_hash_table_lookup(placing->wanted, name);
    if (!has_length(path, wanted))
        return false;
    if (placing->whole)
        return g_strcmp0(g_hash_table_lookup(placing->former, name), wanted) == 0;
    g_autoptr(GMappedFile) map = g_mapped_file_new(path, FALSE, NULL);
    if (map == NULL)
        return false;
    gsize length = g_mapped_file_get_length(map);
    g_autofree char *digest = g_compute_checksum_for_data(G_CHECKSUM_SHA256, (const guchar *) g_mapped_file_get_contents(map), length);
    g_autofree char *content = content_word(digest, length);
    return strcmp(content, wanted) == 0;
}

static void
save_record(Placing *placing, const Placed *placed, const char *path)
{
    g_autoptr(GError) wrong = NULL;
    g_autoptr(GBytes) json = run_fetch(placing->run, placed, false, &wrong);
    gsize length = 0;
    const void *data = json != NULL ? g_bytes_get_data(json, &length) : NULL;
    g_autoptr(Output) output = json != NULL ? output_open(placing->passing, path, &wrong) : NULL;
    if (output == NULL || !output_write(output, data, length, &wrong) || !output_close(output, &wrong)) {
        g_propagate_error(first_error(placing), g_steal_pointer(&wrong));
        return;
    }
    g_hash_table_add(placing->touched, g_path_get_dirname(path));
}

static void
save_records(Placing *placing)
{
    Progress *progress = &placing->run->progress;
    progress_start(progress, placing->names->len, placing->run->manner.talk < 0);
    for (guint i = 0; i < placing->names->len && !stop_asked(); i++) {
        g_autofree char *path = g_build_filename(placing->folder, placing->names->pdata[i], NULL);
        if (!stands(placing, placing->names->pdata[i], path))
            save_record(placing, placing->run->placed->pdata[i], path);
        progress_step(progress, placing->names->pdata[i]);
    }
    progress_clear(progress);
}

/* Files of former runs whose Records are no more. */
static void
remove_stale(Placing *placing)
{
    GHashTableIter iter;
    gpointer name = NULL;
    g_hash_table_iter_init(&iter, placing->former);
    while (g_hash_table_iter_next(&iter, &name, NULL)) {
        g_autofree char *path = g_build_filename(placing->folder, name, NULL);
        g_autofree char *year = g_path_get_dirname(path);
        if (g_hash_table_contains(placing->wanted, name))
            continue;
        if (g_unlink(path) == 0)
            g_hash_table_add(placing->touched, g_strdup(year));
        if (g_rmdir(year) == 0) /* only where nothing is left in it */
            g_hash_table_remove(placing->touched, year);
    }
}

/* amounts.csv follows from the Records' places in the store, in their order. */
static char *
digest_of_amounts(const Run *run)
{
    g_autoptr(GChecksum) sum = g_checksum_new(G_CHECKSUM_SHA256);
    for (guint i = 0; i < run->placed->len; i++) {
        const Placed *placed = run->placed->pdata[i];
        g_checksum_update(sum, (const guchar *) placed->key, -1);
        g_checksum_update(sum, (const guchar *) &placed->index, sizeof placed->index);
    }
    return g_strdup(g_checksum_get_string(sum));
}

static bool
write_amounts(const Placing *placing, Output *output, guint64 *ret_length, GError **error)
{
    guint64 sum = strlen(csv_header());
    bool fine = output_write(output, csv_header(), strlen(csv_header()), error);
    for (guint i = 0; fine && i < placing->run->placed->len; i++) {
        g_autoptr(GBytes) lines = run_fetch(placing->run, placing->run->placed->pdata[i], true, error);
        gsize length = 0;
        const void *data = lines != NULL ? g_bytes_get_data(lines, &length) : NULL;
        fine = lines != NULL && output_write(output, data, length, error);
        sum += length;
    }
    *ret_length = sum;
    return fine && output_close(output, error);
}

static void
save_amounts(Placing *placing)
{
    g_autofree char *path = g_build_filename(placing->folder, AMOUNTS, NULL);
    g_autofree char *digest = digest_of_amounts(placing->run);
    const char *former = g_hash_table_lookup(placing->former, AMOUNTS);
    if (placing->whole && former != NULL && g_str_has_prefix(former, digest) && has_length(path, former)) {
        g_hash_table_replace(placing->wanted, g_strdup(AMOUNTS), g_strdup(former));
        return;
    }
    g_autoptr(GError) wrong = NULL;
    guint64 length = 0;
    g_autoptr(Output) output = output_open(placing->passing, path, &wrong);
    if (output == NULL || !write_amounts(placing, output, &length, &wrong))
        g_propagate_error(first_error(placing), g_steal_pointer(&wrong));
    else
        g_hash_table_replace(placing->wanted, g_strdup(AMOUNTS), content_word(digest, length));
}

static void
save_manifest(Placing *placing)
{
    g_autofree char *path = g_build_filename(placing->folder, MANIFEST, NULL);
    g_autoptr(GError) wrong = NULL;
    g_autoptr(Output) output = output_open(placing->passing, path, &wrong);
    if (output == NULL || !manifest_save(output, placing->run->inputs, &wrong) || !output_close(output, &wrong))
        g_propagate_error(first_error(placing), g_steal_pointer(&wrong));
}

/* ---- all of it ---- */

/* The list names what may be there from now on, whenever the run is killed. */
static bool
announce(Placing *placing, GError **error)
{
    g_autoptr(GHashTable) all = g_hash_table_new(g_str_hash, g_str_equal);
    GHashTable *const sets[] = {placing->former, placing->wanted};
    for (size_t i = 0; i < G_N_ELEMENTS(sets); i++) {
        GHashTableIter iter;
        gpointer name = NULL;
        g_hash_table_iter_init(&iter, sets[i]);
        while (g_hash_table_iter_next(&iter, &name, NULL))
            g_hash_table_insert(all, name, (char *) "-");
    }
    return placed_save(placing->passing, placing->list, all, false, error);
}

static void
settle_folders(Placing *placing)
{
    GHashTableIter iter;
    gpointer folder = NULL;
    GError *wrong = NULL;
    g_hash_table_add(placing->touched, g_strdup(placing->folder));
    g_hash_table_iter_init(&iter, placing->touched);
    while (g_hash_table_iter_next(&iter, &folder, NULL))
        if (wrong == NULL && !output_settle(folder, &wrong))
            g_propagate_error(first_error(placing), wrong);
}

static bool
save_all(Placing *placing)
{
    placing->former = placed_load(placing->list, &placing->whole);
    choose_names(placing);
    if (!announce(placing, placing->error))
        return false;
    placing->fine = true;
    save_records(placing);
    if (stop_asked()) {
        g_set_error_literal(first_error(placing), RUN_ERROR, RUN_ERROR_STOPPED, "stopped; the same command goes on from here");
        return false;
    }
    remove_stale(placing);
    save_amounts(placing);
    settle_folders(placing);
    save_manifest(placing);
    g_autoptr(GError) wrong = NULL;
    if (!store_settle(placing->run->store, placing->run->used, &wrong))
        g_propagate_error(first_error(placing), g_steal_pointer(&wrong));
    return placing->fine && placed_save(placing->passing, placing->list, placing->wanted, true, placing->error);
}

bool
placing_save(Run *run, const char *folder, GError **error)
{
    g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GHashTable) wanted = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    g_autoptr(GHashTable) touched = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_autofree char *list = store_path(run->store, "placed");
    g_autofree char *passing = store_path(run->store, "new");
    Placing placing = {.run = run, .folder = folder, .list = list, .passing = passing, .names = names, .wanted = wanted, .touched = touched, .error = error};
    bool fine = save_all(&placing);
    g_hash_table_unref(placing.former);
    return fine;
}

bool
placing_is_whole(const Store *store)
{
    g_autofree char *list = store_path(store, "placed");
    bool whole = false;
    g_hash_table_unref(placed_load(list, &whole));
    return whole;
}
