#include "check_inputs.h"

#include <stdio.h>
#include <string.h>
#include <sysexits.h>

#include "options.h"
#include "pack.h"
#include "run.h"
#include "select.h"
#include "walk.h"

enum { NO_RECORD = 2 };

typedef struct {
    RecordTaker take;
    void *data;
    int status;
} Inputs;

static void
tell(Inputs *inputs, const char *path, const char *message, int status)
{
    fprintf(stderr, "gongkai: %s: %s\n", path, message);
    inputs->status = MAX(inputs->status, status);
}

/* ---- Records that were made before ---- */

static bool
take_json(Inputs *inputs, const char *text, gssize length, GError **error, GError **ret_wrong)
{
    g_autoptr(Record) record = record_from_json(text, length, ret_wrong);
    return record == NULL || inputs->take(record, inputs->data, error);
}

/* A file is one Record, printed on one line or on many, or a Record on each line. */
static bool
take_file(Inputs *inputs, const char *path, GError **error)
{
    g_autofree char *text = NULL;
    gsize length = 0;
    g_autoptr(GError) wrong = NULL;
    if (!g_file_get_contents(path, &text, &length, &wrong)) {
        tell(inputs, path, wrong->message, EX_IOERR);
        return true;
    }
    if (!take_json(inputs, text, (gssize) length, error, &wrong))
        return false;
    if (wrong == NULL)
        return true;
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    guint count = 0;
    for (guint i = 0; lines[i] != NULL; i++) {
        g_autoptr(GError) none = NULL;
        if (lines[i][0] == '\0')
            continue;
        if (!take_json(inputs, lines[i], -1, error, &none))
            return false;
        if (none != NULL && count == 0)
            break;
        if (none != NULL)
            tell(inputs, path, none->message, NO_RECORD);
        count++;
    }
    if (count == 0)
        tell(inputs, path, wrong->message, NO_RECORD);
    return true;
}

static int
by_name(gconstpointer a, gconstpointer b)
{
    return strcmp(*(char *const *) a, *(char *const *) b);
}

static GPtrArray *
names_in(const char *folder)
{
    GPtrArray *names = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
    for (const char *name = NULL; dir != NULL && (name = g_dir_read_name(dir)) != NULL;)
        if (name[0] != '.')
            g_ptr_array_add(names, g_strdup(name));
    g_ptr_array_sort(names, by_name);
    return names;
}

/* OUT/YEAR/NAME.KIND.json */
static bool
take_folder(Inputs *inputs, const char *folder, GError **error)
{
    g_autoptr(GPtrArray) years = names_in(folder);
    for (guint y = 0; y < years->len; y++) {
        g_autofree char *year = g_build_filename(folder, years->pdata[y], NULL);
        g_autoptr(GPtrArray) names = names_in(year);
        for (guint i = 0; i < names->len; i++) {
            g_autofree char *path = g_build_filename(year, names->pdata[i], NULL);
            if (g_str_has_suffix(path, ".json") && !take_file(inputs, path, error))
                return false;
        }
    }
    return true;
}

static bool
is_output(const char *path)
{
    g_autofree char *manifest = g_build_filename(path, "manifest.jsonl", NULL);
    return g_file_test(manifest, G_FILE_TEST_IS_REGULAR);
}

/* ---- documents ---- */

static void
take_status(Inputs *inputs, const Run *run)
{
    for (guint i = 0; i < run->inputs->len; i++) {
        const Input *input = run->inputs->pdata[i];
        if (input->status > INPUT_PARTIAL)
            tell(inputs, input->path, input->message != NULL ? input->message : input_status_word(input->status),
                 input->status == INPUT_UNREADABLE ? EX_IOERR : NO_RECORD);
    }
}

/* A run of its own over all of them, whose results are not kept. */
static Run *
run_over(const GPtrArray *paths, GError **error)
{
    g_autoptr(Store) store = store_new(NULL, error);
    g_autoptr(GHashTable) folders = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_autoptr(GPtrArray) gone = g_ptr_array_new_with_free_func(g_free);
    GPtrArray *inputs = store != NULL ? select_inputs(walk_inputs(paths, folders), folders, g_ptr_array_new(), 0, gone, error) : NULL;
    if (inputs == NULL)
        return NULL;
    const Manner manner = {false, -1, PACK_NOT};
    const WorkersLimits limits = {(guint) options.jobs, (guint) options.seconds, (guint) options.megabytes};
    g_autoptr(Run) run = run_new(inputs, g_steal_pointer(&store), &manner, &limits, error);
    if (run != NULL)
        run->journal = -1;
    return run != NULL && run_read(run, error) ? g_steal_pointer(&run) : NULL;
}

static bool
take_documents(Inputs *inputs, const GPtrArray *paths, GError **error)
{
    g_autoptr(Run) run = run_over(paths, error);
    if (run == NULL)
        return false;
    take_status(inputs, run);
    for (guint i = 0; i < run->placed->len; i++) {
        g_autoptr(GBytes) json = run_fetch(run, run->placed->pdata[i], false, error);
        gsize length = 0;
        const char *text = json != NULL ? g_bytes_get_data(json, &length) : NULL;
        g_autoptr(Record) record = text != NULL ? record_from_json(text, (gssize) length, error) : NULL;
        if (record == NULL || !inputs->take(record, inputs->data, error))
            return false;
    }
    return true;
}

int
check_inputs(char **paths, RecordTaker take, void *data, GError **error)
{
    Inputs inputs = {.take = take, .data = data};
    g_autoptr(GPtrArray) documents = g_ptr_array_new();
    bool fine = true;
    for (guint i = 0; fine && paths[i] != NULL; i++) {
        if (is_output(paths[i]))
            fine = take_folder(&inputs, paths[i], error);
        else if (g_str_has_suffix(paths[i], ".json") || g_str_has_suffix(paths[i], ".jsonl"))
            fine = take_file(&inputs, paths[i], error);
        else
            g_ptr_array_add(documents, paths[i]);
    }
    if (fine && documents->len > 0)
        fine = take_documents(&inputs, documents, error);
    return fine ? inputs.status : EX_IOERR;
}
