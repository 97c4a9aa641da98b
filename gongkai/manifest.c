#include "manifest.h"

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
    {0}};
/* clang-format on */
static const Shape line_shape = SHAPE(ManifestLine, line_fields);
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
                         .message = message};
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
