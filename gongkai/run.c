#include "run.h"

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "groups.h"
#include "jobs.h"
#include "manifest.h"
#include "mark.h"
#include "pack.h"
#include "stop.h"

G_DEFINE_QUARK(run - error - quark, run_error)

static void
placed_free(void *data)
{
    Placed *placed = data;
    made_free(placed->what);
    g_array_unref(placed->inputs);
    g_free(placed->key);
    g_free(placed);
}

char *
run_mark(const Manner *manner, GError **error)
{
    g_autoptr(GError) wrong = NULL;
    char *mark = mark_new(manner->pretty, &wrong);
    if (mark == NULL)
        g_set_error_literal(error, RUN_ERROR, RUN_ERROR_RULES, wrong->message);
    return mark;
}

Run *
run_new(GPtrArray *inputs, Store *store, const Manner *manner, const WorkersLimits *limits, GError **error)
{
    g_autoptr(Run) run = g_new0(Run, 1);
    run->inputs = inputs;
    run->store = store;
    run->manner = *manner;
    run->limits = *limits;
    run->journal = -1;
    run->placed = g_ptr_array_new_with_free_func(placed_free);
    run->notes = g_ptr_array_new_with_free_func(g_free);
    run->queue = g_array_new(FALSE, FALSE, sizeof(guint));
    run->used = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_ptr_array_set_size(run->notes, (int) inputs->len);
    run->mark = run_mark(manner, error);
    if (run->mark == NULL)
        return NULL;
    run->within = mark_within(run->mark, limits->seconds, limits->megabytes);
    return g_steal_pointer(&run);
}

void
run_free(Run *run)
{
    if (run == NULL)
        return;
    g_ptr_array_unref(run->inputs);
    g_ptr_array_unref(run->placed);
    g_ptr_array_unref(run->notes);
    g_array_unref(run->queue);
    g_hash_table_unref(run->used);
    g_clear_pointer(&run->groups, g_ptr_array_unref);
    g_clear_error(&run->error);
    if (run->journal >= 0)
        close(run->journal);
    store_free(run->store);
    g_free(run->mark);
    g_free(run->within);
    g_free(run);
}

/* ---- the store ---- */

/* A Record tells the name of its file, not its folder. */
char *
run_key(const char *mark, const char *sha256, const char *path)
{
    g_autofree char *name = g_path_get_basename(path);
    const char *const words[] = {mark, sha256, name};
    return store_key(words, G_N_ELEMENTS(words));
}

static char *
key_of(const Input *input)
{
    return run_key(input->mark != NULL ? input->mark : "", input->sha256 != NULL ? input->sha256 : "", input->path);
}

char *
run_group_key(const Run *run, const GArray *members)
{
    g_autoptr(GPtrArray) keys = g_ptr_array_new_with_free_func(g_free);
    for (guint i = 0; i < members->len; i++)
        g_ptr_array_add(keys, key_of(run->inputs->pdata[g_array_index(members, guint, i)]));
    g_ptr_array_add(keys, g_strdup(run->mark));
    return store_key((const char *const *) keys->pdata, keys->len);
}

bool
run_owns(const Run *run, const char *sha256)
{
    if (run->shards == 0 || sha256 == NULL)
        return run->shard <= 1;
    g_autofree char *start = g_strndup(sha256, 15);
    return g_ascii_strtoull(start, NULL, 16) % run->shards == run->shard - 1;
}

GBytes *
run_fetch(const Run *run, const Placed *placed, bool csv, GError **error)
{
    g_autoptr(GBytes) bytes = store_get(run->store, placed->key);
    g_autoptr(Reply) reply = bytes != NULL ? reply_from_bytes(bytes, placed->trees) : NULL;
    const Made *made = reply != NULL && placed->index < reply->made->len ? reply->made->pdata[placed->index] : NULL;
    g_autoptr(GError) wrong = NULL;
    GBytes *result = made != NULL ? unpack(csv ? made->csv : made->json, &wrong) : NULL;
    if (result != NULL)
        return result;
    store_drop(run->store, placed->key);
    g_set_error(error, RUN_ERROR, RUN_ERROR_STOPPED, "what was kept of %s is damaged (%s); the same command reads it anew",
                ((const Input *) run->inputs->pdata[g_array_index(placed->inputs, guint, 0)])->path, wrong != NULL ? wrong->message : "it cannot be read");
    return NULL;
}

/* ---- taking what the workers answer ---- */

static void
fail(Run *run, GError *error)
{
    if (run->error == NULL)
        run->error = error;
    else
        g_error_free(error);
    stop_ask();
}

/* `members`: the inputs that the answer's Trees stand for. */
static void
place(Run *run, Reply *reply, const char *key, const guint *members, guint count)
{
    for (guint i = 0; i < reply->made->len; i++) {
        Placed *placed = g_new0(Placed, 1);
        placed->what = g_steal_pointer(&reply->made->pdata[i]);
        g_clear_pointer(&placed->what->json, g_bytes_unref);
        g_clear_pointer(&placed->what->csv, g_bytes_unref);
        placed->key = g_strdup(key);
        placed->index = i;
        placed->trees = count;
        placed->alone = count == 1;
        placed->inputs = g_array_new(FALSE, FALSE, sizeof(guint));
        for (guint k = 0; k < placed->what->trees->len; k++)
            g_array_append_val(placed->inputs, members[g_array_index(placed->what->trees, guint, k)]);
        g_ptr_array_add(run->placed, placed);
    }
    g_hash_table_add(run->used, g_strdup(key));
}

static void
take_notes(Run *run, Reply *reply, const guint *members, bool tell)
{
    for (guint i = 0; i < reply->notes->len; i++) {
        Note *note = reply->notes->pdata[i];
        Input *input = run->inputs->pdata[members[i]];
        memcpy(input->levels, note->levels, sizeof input->levels);
        g_free(run->notes->pdata[members[i]]);
        run->notes->pdata[members[i]] = tell && note->text[0] != '\0' ? g_steal_pointer(&note->text) : NULL;
    }
}

static void
refuse_rules(Run *run, const Reply *reply)
{
    fail(run, g_error_new_literal(RUN_ERROR, RUN_ERROR_RULES, reply->message != NULL ? reply->message : "the rules cannot be read"));
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
set_facts(Input *input, int status, const char *sha256, const char *message, const char *mark, double seconds)
{
    Input facts = {.status = status, .seconds = seconds, .sha256 = g_strdup(sha256), .message = g_strdup(message), .mark = g_strdup(mark)};
    input_take_facts(input, &facts);
    input->read = true;
}

static void
note_down(Run *run, const Input *input)
{
    GError *error = NULL;
    if (run->journal >= 0 && !manifest_add(run->journal, input, &error))
        fail(run, error);
}

/* No answer, or none that can be one. */
static void
take_failure(Run *run, Input *input, const WorkersResult *result)
{
    g_autofree char *sha256 = checksum_of_file(input->path);
    input->elsewhere = !run_owns(run, sha256);
    if (input->elsewhere)
        return;
    set_facts(input, status_of_outcome(result->outcome), sha256, result->message != NULL ? result->message : "reading it ended in nonsense", run->within,
              result->seconds);
    note_down(run, input);
}

static void
take_reply(Run *run, guint index, Reply *reply, const char *key, bool tell)
{
    Input *input = run->inputs->pdata[index];
    if (reply->made->len > 0) {
        input->keys = g_steal_pointer(&reply->keys);
        keys_settle(input->keys, input->path);
        place(run, reply, key, &index, 1);
    }
    take_notes(run, reply, &index, tell);
}

/* What the store has of an input; false where it is damaged or not there. */
static bool
recall(Run *run, guint index, const char *key)
{
    g_autoptr(GBytes) bytes = store_get(run->store, key);
    g_autoptr(Reply) reply = bytes != NULL ? reply_from_bytes(bytes, 1) : NULL;
    if (reply == NULL || reply->made->len == 0) {
        store_drop(run->store, key);
        return false;
    }
    Input *input = run->inputs->pdata[index];
    bool known = g_strcmp0(input->sha256, reply->sha256) == 0 && g_strcmp0(input->mark, run->mark) == 0;
    if (input->asked && !known)
        set_facts(input, reply->status, reply->sha256, reply->message, run->mark, input->seconds);
    input->read = false;
    take_reply(run, index, reply, key, false);
    if (input->asked && !known)
        note_down(run, input);
    return true;
}

static void
take_fresh(Run *run, guint index, Reply *reply, const WorkersResult *result)
{
    Input *input = run->inputs->pdata[index];
    g_autofree char *key = reply->made->len > 0 ? run_key(run->mark, reply->sha256 != NULL ? reply->sha256 : "", input->path) : NULL;
    GError *error = NULL;
    if (key != NULL && !store_put(run->store, key, result->bytes, &error)) {
        fail(run, error);
        return;
    }
    int status = MAX(reply->status, 0);
    set_facts(input, status, reply->sha256, reply->message, status == INPUT_UNREADABLE ? NULL : run->mark, result->seconds);
    take_reply(run, index, reply, key, true);
    note_down(run, input);
}

static void
take_read(guint turn, const WorkersResult *result, gpointer data)
{
    Run *run = data;
    guint index = g_array_index(run->queue, guint, turn);
    Input *input = run->inputs->pdata[index];
    g_autoptr(Reply) reply = result->bytes != NULL ? reply_from_bytes(result->bytes, 1) : NULL;
    g_autofree char *key = reply != NULL && reply->status == REPLY_STORED ? run_key(run->mark, reply->sha256, input->path) : NULL;
    progress_step(&run->progress, input->path);
    if (reply == NULL)
        take_failure(run, input, result);
    else if (reply->status == REPLY_RULES)
        refuse_rules(run, reply);
    else if (reply->status == REPLY_ELSEWHERE)
        input->elsewhere = true;
    else if (key != NULL && !recall(run, index, key))
        g_array_append_val(run->queue, index); /* read it after all, in the next round */
    else if (reply->status >= 0)
        take_fresh(run, index, reply, result);
}

/* A Tree in the store is damaged: the next run reads the group's files anew. */
static void
forget(Run *run, const GArray *members)
{
    const Input *first = run->inputs->pdata[g_array_index(members, guint, 0)];
    for (guint i = 0; i < members->len; i++) {
        g_autofree char *key = key_of(run->inputs->pdata[g_array_index(members, guint, i)]);
        store_drop(run->store, key);
    }
    fail(run, g_error_new(RUN_ERROR, RUN_ERROR_STOPPED, "what was kept of %s or a file of its group is damaged; the same command reads it anew", first->path));
}

static void
take_joined(guint index, const WorkersResult *result, gpointer data)
{
    Run *run = data;
    GArray *members = run->groups->pdata[index];
    g_autofree char *key = run_group_key(run, members);
    bool stored = store_has(run->store, key);
    g_autoptr(GBytes) bytes = stored ? store_get(run->store, key) : result->bytes != NULL ? g_bytes_ref(result->bytes) : NULL;
    g_autoptr(Reply) reply = bytes != NULL ? reply_from_bytes(bytes, members->len) : NULL;
    GError *error = NULL;
    progress_step(&run->progress, "");
    if (reply != NULL && reply->status == INPUT_UNREADABLE) {
        forget(run, members);
        return;
    }
    if (reply != NULL && reply->status == REPLY_RULES) {
        refuse_rules(run, reply);
        return;
    }
    bool fine = reply != NULL && reply->status == INPUT_OK;
    for (guint i = 0; i < members->len; i++) {
        Input *input = run->inputs->pdata[g_array_index(members, guint, i)];
        input->joined = fine;
        if (fine)
            continue;
        input->levels[DIAG_ERROR]++;
        g_free(input->message);
        input->message = g_strdup_printf("its record was made without the %u other files of its group: %s", members->len - 1,
                                         reply != NULL             ? reply->message
                                         : result->message != NULL ? result->message
                                                                   : "joining them ended in nonsense");
    }
    if (!fine && stored)
        store_drop(run->store, key);
    if (!fine)
        return;
    if (!stored && !store_put(run->store, key, bytes, &error)) {
        fail(run, error);
        return;
    }
    take_notes(run, reply, (const guint *) (void *) members->data, !stored);
    place(run, reply, key, (const guint *) (void *) members->data, members->len);
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
    return order != 0 ? order : (left->index > right->index) - (left->index < right->index);
}

/* What was made of a group's members alone gives way to what was made of them together. */
static void
drop_replaced(Run *run)
{
    for (guint i = run->placed->len; i-- > 0;) {
        const Placed *placed = run->placed->pdata[i];
        const Input *first = first_input(run, placed);
        if (placed->alone && first != NULL && first->joined)
            g_ptr_array_remove_index_fast(run->placed, i);
    }
}

/* Alone or joined, an input's status follows from the diagnostics of what it became part of. */
static void
settle_status(Run *run)
{
    for (guint i = 0; i < run->inputs->len; i++) {
        Input *input = run->inputs->pdata[i];
        if (input_has_records(input))
            input->status = input->levels[DIAG_WARNING] + input->levels[DIAG_ERROR] > 0 ? INPUT_PARTIAL : INPUT_OK;
    }
}

/* ---- the steps of a run ---- */

/* Recalls what this run does not look at, and queues the rest. */
static bool
begin(Run *run, GError **error)
{
    for (guint i = 0; i < run->inputs->len; i++) {
        const Input *input = run->inputs->pdata[i];
        g_autofree char *key = !input->asked && input_has_records(input) ? key_of(input) : NULL;
        if (input->asked || (key != NULL && !recall(run, i, key)))
            g_array_append_val(run->queue, i);
    }
    if (!run->closed || run->queue->len == 0)
        return true;
    const Input *missing = run->inputs->pdata[g_array_index(run->queue, guint, 0)];
    g_set_error(error, RUN_ERROR, RUN_ERROR_STOPPED, "%s: what was read of it is kept no more; run its shard again", missing->path);
    return false;
}

static bool
go_on(Run *run, GError **error)
{
    if (run->error != NULL)
        g_propagate_error(error, g_steal_pointer(&run->error));
    else if (stop_asked())
        g_set_error_literal(error, RUN_ERROR, RUN_ERROR_STOPPED, run->journal >= 0 ? "stopped; the same command goes on from here" : "stopped");
    else
        return true;
    return false;
}

/* A file whose reply in the store turns out to be damaged is queued again, behind those of the round. */
static bool
read_queue(Run *run, GError **error)
{
    while (run->queue->len > 0) {
        guint round = run->queue->len;
        progress_start(&run->progress, round, run->manner.talk < 0);
        bool fine = workers_run(round, &run->limits, &(WorkersJob){job_open, job_read, take_read}, run, error);
        progress_clear(&run->progress);
        g_array_remove_range(run->queue, 0, round);
        if (!fine || !go_on(run, error))
            return false;
    }
    return true;
}

static bool
join_groups(Run *run, GError **error)
{
    g_autoptr(GPtrArray) keys = g_ptr_array_new();
    for (guint i = 0; i < run->inputs->len; i++)
        g_ptr_array_add(keys, ((const Input *) run->inputs->pdata[i])->keys);
    run->groups = groups_new(keys);
    if (run->groups->len == 0)
        return true;
    progress_start(&run->progress, run->groups->len, run->manner.talk < 0);
    bool fine = workers_run(run->groups->len, &run->limits, &(WorkersJob){NULL, job_join, take_joined}, run, error);
    progress_clear(&run->progress);
    return fine && go_on(run, error);
}

bool
run_read(Run *run, GError **error)
{
    if (!begin(run, error) || !read_queue(run, error) || !join_groups(run, error))
        return false;
    drop_replaced(run);
    settle_status(run);
    g_ptr_array_sort_with_data(run->placed, by_identity, run);
    return true;
}
