#include "run.h"

#include <string.h>
#include <sys/stat.h>

#include "groups.h"
#include "jobs.h"

G_DEFINE_QUARK(run - error - quark, run_error)

static void
placed_free(void *data)
{
    Placed *placed = data;
    made_free(placed->what);
    g_array_unref(placed->inputs);
    g_free(placed);
}

Run *
run_new(GPtrArray *inputs, const char *folder, GError **error)
{
    Run *run = g_new0(Run, 1);
    run->inputs = inputs;
    run->placed = g_ptr_array_new_with_free_func(placed_free);
    run->notes = g_ptr_array_new_with_free_func(g_free);
    g_ptr_array_set_size(run->notes, inputs->len);
    run->spool = spool_new(folder, error);
    if (run->spool != NULL)
        return run;
    run_free(run);
    return NULL;
}

void
run_free(Run *run)
{
    if (run == NULL)
        return;
    g_ptr_array_unref(run->inputs);
    g_ptr_array_unref(run->placed);
    g_ptr_array_unref(run->notes);
    g_clear_pointer(&run->groups, g_ptr_array_unref);
    g_clear_error(&run->error);
    spool_free(run->spool);
    g_free(run);
}

/* ---- taking what the workers answer ---- */

static bool
put(Run *run, GBytes *bytes, gint64 *ret_at, gsize *ret_length)
{
    const void *data = g_bytes_get_data(bytes, ret_length);
    return spool_add(run->spool, data, *ret_length, ret_at, run->error == NULL ? &run->error : NULL);
}

/* `members`: the inputs that the answer's Trees stand for. */
static void
place(Run *run, Reply *reply, const guint *members)
{
    for (guint i = 0; i < reply->made->len; i++) {
        Placed *placed = g_new0(Placed, 1);
        gint64 csv_at = 0;
        placed->what = g_steal_pointer(&reply->made->pdata[i]);
        placed->inputs = g_array_new(FALSE, FALSE, sizeof(guint));
        for (guint k = 0; k < placed->what->trees->len; k++)
            g_array_append_val(placed->inputs, members[g_array_index(placed->what->trees, guint, k)]);
        g_ptr_array_add(run->placed, placed);
        if (!put(run, placed->what->json, &placed->at, &placed->json_length) || !put(run, placed->what->csv, &csv_at, &placed->csv_length))
            return;
        g_clear_pointer(&placed->what->json, g_bytes_unref);
        g_clear_pointer(&placed->what->csv, g_bytes_unref);
    }
}

static void
take_notes(Run *run, Reply *reply, const guint *members)
{
    for (guint i = 0; i < reply->notes->len; i++) {
        Note *note = reply->notes->pdata[i];
        Input *input = run->inputs->pdata[members[i]];
        memcpy(input->levels, note->levels, sizeof input->levels);
        g_free(run->notes->pdata[members[i]]);
        run->notes->pdata[members[i]] = note->text[0] != '\0' ? g_steal_pointer(&note->text) : NULL;
    }
}

static void
refuse_rules(Run *run, const Reply *reply)
{
    if (run->error == NULL)
        g_set_error_literal(&run->error, RUN_ERROR, RUN_ERROR_RULES, reply->message != NULL ? reply->message : "the rules cannot be read");
}

/* The worker had no time to tell what it was reading. */
static char *
checksum_of_file(const char *path)
{
    struct stat info;
    g_autoptr(GMappedFile) map = stat(path, &info) == 0 && S_ISREG(info.st_mode) ? g_mapped_file_new(path, FALSE, NULL) : NULL;
    if (map == NULL)
        return NULL;
    return g_compute_checksum_for_data(G_CHECKSUM_SHA256, (const guchar *) g_mapped_file_get_contents(map), g_mapped_file_get_length(map));
}

static int
status_of_outcome(WorkersOutcome outcome)
{
    return outcome == WORKERS_TIMEOUT ? INPUT_TIMEOUT : outcome == WORKERS_MEMORY ? INPUT_LIMIT : INPUT_DAMAGED;
}

static void
take_read(guint index, const WorkersResult *result, gpointer data)
{
    Run *run = data;
    Input *input = run->inputs->pdata[index];
    g_autoptr(Reply) reply = result->bytes != NULL ? reply_from_bytes(result->bytes, 1) : NULL;
    input->seconds = result->seconds;
    progress_step(&run->progress, input->path);
    g_free(input->message);
    if (reply == NULL) {
        input->status = status_of_outcome(result->outcome);
        input->message = g_strdup(result->message != NULL ? result->message : "reading it ended in nonsense");
        input->sha256 = checksum_of_file(input->path);
        return;
    }
    input->status = MAX(reply->status, 0);
    input->message = g_steal_pointer(&reply->message);
    input->sha256 = g_steal_pointer(&reply->sha256);
    if (reply->status == REPLY_RULES) {
        reply->message = g_strdup(input->message);
        refuse_rules(run, reply);
        return;
    }
    gsize length = 0;
    if (reply->tree != NULL && put(run, reply->tree, &input->tree_at, &length))
        input->tree_length = length;
    if (reply->made->len > 0)
        input->keys = g_steal_pointer(&reply->keys);
    take_notes(run, reply, &index);
    place(run, reply, &index);
}

/* What was made of a group's members alone gives way to what was made of them together. */
static void
remove_placed(Run *run, const GArray *members)
{
    g_autoptr(GHashTable) gone = g_hash_table_new(NULL, NULL);
    for (guint i = 0; i < members->len; i++)
        g_hash_table_add(gone, GUINT_TO_POINTER(g_array_index(members, guint, i)));
    for (guint i = run->placed->len; i-- > 0;) {
        const Placed *placed = run->placed->pdata[i];
        if (placed->inputs->len > 0 && g_hash_table_contains(gone, GUINT_TO_POINTER(g_array_index(placed->inputs, guint, 0))))
            g_ptr_array_remove_index_fast(run->placed, i);
    }
}

static void
take_joined(guint index, const WorkersResult *result, gpointer data)
{
    Run *run = data;
    GArray *members = run->groups->pdata[index];
    g_autoptr(Reply) reply = result->bytes != NULL ? reply_from_bytes(result->bytes, members->len) : NULL;
    progress_step(&run->progress, "");
    if (reply != NULL && reply->status == REPLY_RULES) {
        refuse_rules(run, reply);
        return;
    }
    for (guint i = 0; i < members->len && (reply == NULL || reply->status != INPUT_OK); i++) {
        Input *input = run->inputs->pdata[g_array_index(members, guint, i)];
        input->levels[DIAG_ERROR]++;
        input->message = g_strdup_printf("its record was made without the %u other files of its group: %s", members->len - 1,
                                         reply != NULL             ? reply->message
                                         : result->message != NULL ? result->message
                                                                   : "joining them ended in nonsense");
    }
    if (reply == NULL || reply->status != INPUT_OK)
        return;
    remove_placed(run, members);
    take_notes(run, reply, (const guint *) (void *) members->data);
    place(run, reply, (const guint *) (void *) members->data);
}

/* ---- order ---- */

static const Input *
first_input(const Run *run, const Placed *placed)
{
    return placed->inputs->len > 0 ? run->inputs->pdata[g_array_index(placed->inputs, guint, 0)] : NULL;
}

static int
by_source(const Run *run, const Placed *left, const Placed *right)
{
    const Input *a = first_input(run, left);
    const Input *b = first_input(run, right);
    if (a == NULL || b == NULL)
        return (a != NULL) - (b != NULL);
    g_autofree char *name_a = g_path_get_basename(a->path);
    g_autofree char *name_b = g_path_get_basename(b->path);
    int order = strcmp(name_a, name_b);
    if (order == 0)
        order = g_strcmp0(a->sha256, b->sha256);
    guint first = g_array_index(left->inputs, guint, 0);
    guint second = g_array_index(right->inputs, guint, 0);
    return order != 0 ? order : (first > second) - (first < second);
}

/* As gongkai-normalize orders what it prints. */
static int
by_identity(gconstpointer a, gconstpointer b, gpointer run)
{
    const Placed *left = *(Placed *const *) a;
    const Placed *right = *(Placed *const *) b;
    int order = g_strcmp0(left->what->name, right->what->name);
    if (order == 0)
        order = left->what->year - right->what->year;
    if (order == 0)
        order = left->what->kind - right->what->kind;
    if (order == 0)
        order = left->what->scope - right->what->scope;
    if (order == 0)
        order = by_source(run, left, right);
    return order != 0 ? order : (left->at > right->at) - (left->at < right->at);
}

/* Alone or joined, an input's status follows from the diagnostics of what it became part of. */
static void
settle_status(Run *run)
{
    for (guint i = 0; i < run->inputs->len; i++) {
        Input *input = run->inputs->pdata[i];
        if (input->status <= INPUT_PARTIAL)
            input->status = input->levels[DIAG_WARNING] + input->levels[DIAG_ERROR] > 0 ? INPUT_PARTIAL : INPUT_OK;
    }
}

bool
run_read(Run *run, GError **error)
{
    bool quiet = run->manner.talk < 0;
    progress_start(&run->progress, run->inputs->len, quiet);
    bool fine = workers_run(run->inputs->len, &run->limits, job_read, take_read, run, error);
    progress_clear(&run->progress);
    g_autoptr(GPtrArray) keys = g_ptr_array_new();
    for (guint i = 0; i < run->inputs->len; i++)
        g_ptr_array_add(keys, ((const Input *) run->inputs->pdata[i])->keys);
    run->groups = groups_new(keys);
    if (fine && run->error == NULL && run->groups->len > 0) {
        progress_start(&run->progress, run->groups->len, quiet);
        fine = workers_run(run->groups->len, &run->limits, job_join, take_joined, run, error);
        progress_clear(&run->progress);
    }
    if (fine && run->error != NULL) {
        g_propagate_error(error, g_steal_pointer(&run->error));
        return false;
    }
    settle_status(run);
    g_ptr_array_sort_with_data(run->placed, by_identity, run);
    return fine;
}
