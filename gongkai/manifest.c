#include "manifest.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

typedef struct {
    int info, warning, error;
} ManifestCounts;

/* An Input as the manifest prints it. */
typedef struct {
    char *file, *sha256, *status;
    char *record;       /* the only one, or NULL */
    GPtrArray *records; /* where there are several */
    char *seconds;
    ManifestCounts *diagnostics;
    char *message;
    char *made_by;
} ManifestLine;

static const Field counts_fields[] = {FIELD(ManifestCounts, info, INT), FIELD(ManifestCounts, warning, INT), FIELD(ManifestCounts, error, INT), {0}};
static const Shape counts_shape = SHAPE(ManifestCounts, counts_fields);

/* clang-format off */
static const Field line_fields[] = {
    FIELD(ManifestLine, file, STRING),
    FIELD(ManifestLine, sha256, STRING),
    FIELD(ManifestLine, status, STRING),
    FIELD(ManifestLine, record, STRING),
    FIELD(ManifestLine, seconds, DECIMAL),
    FIELD(ManifestLine, diagnostics, STRUCT, .shape = &counts_shape),
    FIELD(ManifestLine, message, STRING),
    FIELD(ManifestLine, made_by, STRING),
    {0}};
/* clang-format on */
static const Shape line_shape = SHAPE(ManifestLine, line_fields);
/* To be read back: `record` may be a list, and is made anew anyway. Lines of other versions may lack what is new. */
static const Field known_fields[] = {FIELD(ManifestLine, file, STRING),
                                     FIELD(ManifestLine, sha256, STRING),
                                     FIELD(ManifestLine, status, STRING),
                                     FIELD(ManifestLine, seconds, DECIMAL, FIELD_OMIT),
                                     FIELD(ManifestLine, diagnostics, STRUCT, .shape = &counts_shape),
                                     FIELD(ManifestLine, message, STRING, FIELD_OMIT),
                                     FIELD(ManifestLine, made_by, STRING, FIELD_OMIT),
                                     {0}};
static const Shape known_shape = SHAPE(ManifestLine, known_fields);
static const Field several = {"record", FIELD_STRINGS, offsetof(ManifestLine, records)};

char *
manifest_line(const Input *input)
{
    char seconds[G_ASCII_DTOSTR_BUF_SIZE];
    ManifestCounts counts = {(int) input->levels[DIAG_INFO], (int) input->levels[DIAG_WARNING], (int) input->levels[DIAG_ERROR]};
    g_autofree char *file = g_utf8_make_valid(input->path, -1);
    g_autofree char *message = input->message != NULL ? g_utf8_make_valid(input->message, -1) : NULL;
    ManifestLine line = {.file = file,
                         .sha256 = input->sha256,
                         .status = (char *) input_status_word(input->status),
                         .record = input->records->len == 1 ? input->records->pdata[0] : NULL,
                         .records = input->records,
                         .seconds = g_ascii_formatd(seconds, sizeof seconds, "%.3f", input->seconds),
                         .diagnostics = &counts,
                         .message = message,
                         .made_by = input->mark};
    Field fields[G_N_ELEMENTS(line_fields)];
    for (size_t i = 0; i < G_N_ELEMENTS(line_fields); i++) {
        bool list = input->records->len > 1 && g_strcmp0(line_fields[i].name, several.name) == 0;
        fields[i] = list ? several : line_fields[i];
    }
    Shape shape = line_shape;
    shape.fields = fields;
    g_autofree char *json = shape_to_json(&shape, &line);
    return g_strconcat(json, "\n", NULL);
}

/* ---- reading ---- */

static int
status_of_word(const char *word)
{
    for (int status = INPUT_OK; status <= INPUT_UNREADABLE; status++)
        if (g_strcmp0(word, input_status_word(status)) == 0)
            return status;
    return -1;
}

/* NULL where it is no line of a manifest: its file is then read as if nothing were known. */
static Input *
input_of_line(const char *text, gsize length)
{
    ManifestLine *line = shape_from_json(&known_shape, text, (gssize) length, NULL);
    if (line == NULL)
        return NULL;
    Input *input = NULL;
    int status = status_of_word(line->status);
    if (line->file != NULL && status >= 0) {
        input = input_new(line->file);
        input->status = status;
        input->sha256 = g_steal_pointer(&line->sha256);
        input->mark = g_steal_pointer(&line->made_by);
        input->message = g_steal_pointer(&line->message);
        input->seconds = line->seconds != NULL ? g_ascii_strtod(line->seconds, NULL) : 0;
        const ManifestCounts *counts = line->diagnostics;
        const int levels[] = {counts != NULL ? counts->info : 0, counts != NULL ? counts->warning : 0, counts != NULL ? counts->error : 0};
        for (size_t i = 0; i < G_N_ELEMENTS(levels); i++)
            input->levels[i] = (guint) MAX(levels[i], 0);
    }
    shape_free(&known_shape, line);
    return input;
}

static int
by_path(gconstpointer a, gconstpointer b)
{
    return strcmp((*(Input *const *) a)->path, (*(Input *const *) b)->path);
}

static bool
refuse(GError **error, const char *path)
{
    int code = errno;
    g_set_error(error, G_IO_ERROR, g_io_error_from_errno(code), "%s: %s", path, g_strerror(code));
    return false;
}

GPtrArray *
manifest_load(const char *path, gint64 *ret_whole, GError **error)
{
    g_autofree char *text = NULL;
    gsize length = 0;
    g_autoptr(GError) wrong = NULL;
    if (!g_file_get_contents(path, &text, &length, &wrong) && !g_error_matches(wrong, G_FILE_ERROR, G_FILE_ERROR_NOENT)) {
        g_propagate_error(error, g_steal_pointer(&wrong));
        return NULL;
    }
    g_autoptr(GHashTable) latest = g_hash_table_new(g_str_hash, g_str_equal);
    const char *at = text, *end = NULL;
    for (; at != NULL && (end = memchr(at, '\n', length - (gsize) (at - text))) != NULL; at = end + 1) {
        Input *input = input_of_line(at, (gsize) (end - at));
        gpointer former = input != NULL ? g_hash_table_lookup(latest, input->path) : NULL;
        if (input != NULL)
            g_hash_table_replace(latest, input->path, input);
        input_free(former);
    }
    *ret_whole = text != NULL ? at - text : 0;
    GPtrArray *inputs = g_ptr_array_new_with_free_func((GDestroyNotify) input_free);
    GHashTableIter iter;
    gpointer input = NULL;
    g_hash_table_iter_init(&iter, latest);
    while (g_hash_table_iter_next(&iter, NULL, &input))
        g_ptr_array_add(inputs, input);
    g_ptr_array_sort(inputs, by_path);
    return inputs;
}

/* ---- writing ---- */

int
manifest_open_journal(const char *path, gint64 whole, GError **error)
{
    int journal = g_open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0666);
    if (journal >= 0 && ftruncate(journal, whole) == 0)
        return journal;
    refuse(error, path);
    if (journal >= 0)
        close(journal);
    return -1;
}

bool
manifest_add(int journal, const Input *input, GError **error)
{
    g_autofree char *line = manifest_line(input);
    for (gsize put = 0, length = strlen(line); put < length;) {
        ssize_t n = write(journal, line + put, length - put);
        if (n < 0 && errno != EINTR)
            return refuse(error, "manifest.jsonl");
        put += (gsize) MAX(n, 0);
    }
    return true;
}

bool
manifest_save(Output *output, const GPtrArray *inputs, GError **error)
{
    for (guint i = 0; i < inputs->len; i++) {
        const Input *input = inputs->pdata[i];
        g_autofree char *line = !input->elsewhere ? manifest_line(input) : NULL;
        if (line != NULL && !output_write(output, line, strlen(line), error))
            return false;
    }
    return true;
}
