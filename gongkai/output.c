#include "output.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "csv.h"
#include "manifest.h"

enum { NAME_BYTES = 200 }; /* of the 255 that file systems allow, for what is added */

struct Output {
    char *path, *passing;
    FILE *stream;
};

static bool
refuse(GError **error, const char *path)
{
    int code = errno;
    g_set_error(error, G_IO_ERROR, g_io_error_from_errno(code), "%s: %s", path, g_strerror(code));
    return false;
}

Output *
output_open(const char *path, GError **error)
{
    g_autofree char *passing = g_strconcat(path, ".XXXXXX", NULL);
    int file = g_mkstemp_full(passing, O_WRONLY | O_CREAT | O_CLOEXEC, 0666);
    if (file < 0) {
        refuse(error, path);
        return NULL;
    }
    Output *output = g_new0(Output, 1);
    output->path = g_strdup(path);
    output->passing = g_steal_pointer(&passing);
    output->stream = fdopen(file, "wb");
    return output;
}

bool
output_write(Output *output, const void *bytes, gsize length, GError **error)
{
    return fwrite(bytes, 1, length, output->stream) == length || refuse(error, output->path);
}

bool
output_close(Output *output, GError **error)
{
    bool safe = fflush(output->stream) == 0 && fsync(fileno(output->stream)) == 0;
    if (!safe)
        return refuse(error, output->path);
    bool closed = fclose(output->stream) == 0;
    output->stream = NULL;
    if (!closed || g_rename(output->passing, output->path) != 0)
        return refuse(error, output->path);
    g_clear_pointer(&output->passing, g_free);
    return true;
}

void
output_free(Output *output)
{
    if (output == NULL)
        return;
    if (output->stream != NULL)
        fclose(output->stream);
    if (output->passing != NULL)
        g_unlink(output->passing);
    g_free(output->passing);
    g_free(output->path);
    g_free(output);
}

/* ---- standard output ---- */

bool
output_print(const Run *run, GError **error)
{
    for (guint i = 0; i < run->placed->len; i++) {
        const Placed *placed = run->placed->pdata[i];
        g_autofree char *json = spool_get(run->spool, placed->at, placed->json_length, error);
        if (json == NULL)
            return false;
        if (fwrite(json, 1, placed->json_length, stdout) != placed->json_length)
            return refuse(error, "standard output");
    }
    return fflush(stdout) == 0 || refuse(error, "standard output");
}

/* ---- a folder ---- */

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
output_name(const Made *made, const char *sha256, GHashTable *taken)
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

static bool
save_bytes(const char *path, const char *bytes, gsize length, GError **error)
{
    g_autofree char *folder = g_path_get_dirname(path);
    if (g_mkdir_with_parents(folder, 0777) != 0)
        return refuse(error, folder);
    g_autoptr(Output) output = output_open(path, error);
    return output != NULL && output_write(output, bytes, length, error) && output_close(output, error);
}

/* Writes one Record's file and its lines of amounts.csv. */
static bool
save_record(const Run *run, const Placed *placed, const char *path, Output *amounts, GError **error)
{
    g_autofree char *bytes = spool_get(run->spool, placed->at, placed->json_length + placed->csv_length, error);
    return bytes != NULL && save_bytes(path, bytes, placed->json_length, error) &&
           output_write(amounts, bytes + placed->json_length, placed->csv_length, error);
}

static bool
save_manifest(const Run *run, const char *folder, GError **error)
{
    g_autofree char *path = g_build_filename(folder, "manifest.jsonl", NULL);
    g_autoptr(Output) output = output_open(path, error);
    for (guint i = 0; output != NULL && i < run->inputs->len; i++) {
        g_autofree char *line = manifest_line(run->inputs->pdata[i]);
        if (!output_write(output, line, strlen(line), error))
            return false;
    }
    return output != NULL && output_close(output, error);
}

static bool
save_records(Run *run, const char *folder, GError **error)
{
    g_autofree char *path = g_build_filename(folder, "amounts.csv", NULL);
    g_autoptr(Output) amounts = output_open(path, error);
    if (amounts == NULL || !output_write(amounts, csv_header(), strlen(csv_header()), error))
        return false;
    g_autoptr(GHashTable) taken = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    bool fine = true;
    for (guint i = 0; i < run->placed->len; i++) {
        const Placed *placed = run->placed->pdata[i];
        const Input *first = placed->inputs->len > 0 ? run->inputs->pdata[g_array_index(placed->inputs, guint, 0)] : NULL;
        g_autofree char *name = output_name(placed->what, first != NULL ? first->sha256 : NULL, taken);
        g_autofree char *full = g_build_filename(folder, name, NULL);
        if (!save_record(run, placed, full, amounts, fine ? error : NULL)) {
            fine = false;
            continue;
        }
        for (guint k = 0; k < placed->inputs->len; k++) {
            Input *input = run->inputs->pdata[g_array_index(placed->inputs, guint, k)];
            g_ptr_array_add(input->records, g_strdup(name));
        }
    }
    return output_close(amounts, fine ? error : NULL) && fine;
}

bool
output_save(Run *run, const char *folder, GError **error)
{
    bool fine = save_records(run, folder, error);
    return save_manifest(run, folder, fine ? error : NULL) && fine;
}
