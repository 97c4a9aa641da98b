#include "jobs.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "extract.h"
#include "groups.h"
#include "pack.h"
#include "record.h"

enum { CHUNK = 1 << 16 };

static int
status_of_error(const GError *error)
{
    if (error->domain != EXTRACT_ERROR)
        return INPUT_UNREADABLE;
    switch (error->code) {
    case EXTRACT_ENCRYPTED:
        return INPUT_ENCRYPTED;
    case EXTRACT_DAMAGED:
        return INPUT_DAMAGED;
    case EXTRACT_UNSUPPORTED:
        return INPUT_UNSUPPORTED;
    default:
        return INPUT_UNREADABLE;
    }
}

int
job_open(guint turn, gpointer data)
{
    const Run *run = data;
    const Input *input = run->inputs->pdata[g_array_index(run->queue, guint, turn)];
    /* A named pipe that nobody writes to must not keep the whole run waiting, only its worker, which has a limit of time. */
    int file = input->status != INPUT_UNREADABLE ? open(input->path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK) : -1;
    if (file < 0)
        return input->status != INPUT_UNREADABLE ? -errno : -EBADF;
    fcntl(file, F_SETFL, 0);
    return file;
}

/* All that comes out of a file, whether it tells its size or not; a named pipe is waited for until somebody writes. NULL with errno set. */
static char *
read_all(int file, gsize *ret_length)
{
    struct stat info;
    struct pollfd readable = {file, POLLIN, 0};
    poll(&readable, 1, -1);
    gsize room = fstat(file, &info) == 0 && S_ISREG(info.st_mode) ? (gsize) info.st_size + 1 : CHUNK;
    gsize length = 0;
    g_autofree char *bytes = g_try_malloc(room);
    ssize_t got = 0;
    while (bytes != NULL && (got = read(file, bytes + length, room - length)) > 0) {
        length += (gsize) got;
        if (length < room)
            continue;
        room += MAX(room, CHUNK);
        char *more = g_try_realloc(bytes, room);
        if (more == NULL) {
            errno = ENOMEM;
            return NULL;
        }
        g_steal_pointer(&bytes);
        bytes = more;
    }
    *ret_length = length;
    return got == 0 ? g_steal_pointer(&bytes) : NULL;
}

static GBytes *
read_bytes(int file, Reply *reply)
{
    gsize length = 0;
    errno = file < 0 ? -file : 0;
    char *bytes = file >= 0 ? read_all(file, &length) : NULL;
    if (bytes != NULL) {
        reply->sha256 = g_compute_checksum_for_data(G_CHECKSUM_SHA256, (const guchar *) bytes, length);
        return g_bytes_new_take(bytes, length);
    }
    reply->status = errno == ENOMEM ? INPUT_LIMIT : INPUT_UNREADABLE;
    reply->message = g_strdup(g_strerror(errno));
    return NULL;
}

/* The Records of some Trees, with their diagnostics, as an answer. */
static bool
answer(Reply *reply, const GPtrArray *trees, const Run *run, GPtrArray **ret_records)
{
    g_autoptr(GError) error = NULL;
    GPtrArray *records = records_new_from_trees(trees, NULL, &error);
    if (records == NULL) {
        reply->status = REPLY_RULES;
        reply->message = g_strdup(error->message);
        return false;
    }
    g_ptr_array_set_free_func(records, (GDestroyNotify) record_free);
    reply_add_records(reply, trees, records, &run->manner);
    *ret_records = records;
    return true;
}

static void
read_tree(Reply *reply, const Tree *tree, const Run *run)
{
    g_autoptr(GPtrArray) trees = g_ptr_array_new();
    g_autoptr(GPtrArray) records = NULL;
    g_ptr_array_add(trees, (void *) tree);
    if (!answer(reply, trees, run, &records))
        return;
    const Note *note = reply->notes->pdata[0];
    if (records->len == 0) {
        bool blank = tree->text == TEXT_NONE;
        reply->status = blank ? INPUT_NO_TEXT : INPUT_NOT_DISCLOSURE;
        reply->message = g_strdup(blank ? "no page has a text layer (a scan?)" : "no budget and no final accounts found in it");
        return;
    }
    reply->status = note->levels[DIAG_WARNING] + note->levels[DIAG_ERROR] > 0 ? INPUT_PARTIAL : INPUT_OK;
    keys_add(reply->keys, records);
    g_autofree char *json = tree_to_json(tree);
    reply->tree = pack(json, strlen(json), run->manner.effort);
}

/* Whether what the manifest tells of these bytes holds still. */
static bool
is_same(const Input *input, const char *sha256, const Run *run)
{
    bool made_so = g_strcmp0(input->mark, run->mark) == 0 || (!run->retry && g_strcmp0(input->mark, run->within) == 0);
    return made_so && g_strcmp0(input->sha256, sha256) == 0 && !input_has_records(input);
}

/* What need not be read: a status that says so, else INPUT_OK. */
static int
look_up(const Input *input, const char *sha256, const Run *run)
{
    if (!run_owns(run, sha256))
        return REPLY_ELSEWHERE;
    if (sha256 == NULL)
        return INPUT_OK;
    g_autofree char *key = run_key(run->mark, sha256, input->path);
    return is_same(input, sha256, run) ? REPLY_SAME : store_has(run->store, key) ? REPLY_STORED : INPUT_OK;
}

GBytes *
job_read(guint turn, int file, gpointer data)
{
    const Run *run = data;
    const Input *input = run->inputs->pdata[g_array_index(run->queue, guint, turn)];
    g_autoptr(Reply) reply = reply_new();
    if (input->status == INPUT_UNREADABLE) { /* the walk could not open it */
        reply->status = run_owns(run, NULL) ? INPUT_UNREADABLE : REPLY_ELSEWHERE;
        reply->message = g_strdup(input->message);
        return reply_to_bytes(reply);
    }
    g_autoptr(GError) error = NULL;
    g_autoptr(GBytes) bytes = read_bytes(file, reply);
    int known = look_up(input, reply->sha256, run);
    if (known != INPUT_OK) {
        reply->status = known;
        return reply_to_bytes(reply);
    }
    g_autoptr(Document) document = bytes != NULL ? document_new_from_bytes(bytes, input->path, &error) : NULL;
    if (bytes != NULL && document == NULL) {
        reply->status = status_of_error(error);
        reply->message = g_strdup(error->message);
    }
    g_autoptr(Tree) tree = document != NULL ? tree_new_from_document(document, &error) : NULL;
    if (document != NULL && tree == NULL) {
        reply->status = REPLY_RULES;
        reply->message = g_strdup(error->message);
    }
    if (tree != NULL)
        read_tree(reply, tree, run);
    return reply_to_bytes(reply);
}

/* The Tree that the store has of an input. */
static Tree *
recall_tree(const Run *run, const Input *input, GError **error)
{
    g_autofree char *key = run_key(input->mark, input->sha256, input->path);
    g_autoptr(GBytes) bytes = store_get(run->store, key);
    g_autoptr(Reply) reply = bytes != NULL ? reply_from_bytes(bytes, 1) : NULL;
    if (reply == NULL || reply->tree == NULL) {
        g_set_error_literal(error, EXTRACT_ERROR, EXTRACT_DAMAGED, "what was read of it is kept no more");
        return NULL;
    }
    g_autoptr(GBytes) json = unpack(reply->tree, error);
    gsize length = 0;
    const char *text = json != NULL ? g_bytes_get_data(json, &length) : NULL;
    return text != NULL ? tree_from_json(text, (gssize) length, error) : NULL;
}

GBytes *
job_join(guint index, G_GNUC_UNUSED int file, gpointer data)
{
    const Run *run = data;
    const GArray *members = run->groups->pdata[index];
    g_autoptr(Reply) reply = reply_new();
    g_autofree char *key = run_group_key(run, members);
    if (store_has(run->store, key)) {
        reply->status = REPLY_STORED;
        return reply_to_bytes(reply);
    }
    g_autoptr(GPtrArray) trees = g_ptr_array_new_with_free_func((GDestroyNotify) tree_free);
    for (guint i = 0; i < members->len; i++) {
        const Input *input = run->inputs->pdata[g_array_index(members, guint, i)];
        g_autoptr(GError) error = NULL;
        Tree *tree = recall_tree(run, input, &error);
        if (tree == NULL) {
            reply->status = INPUT_UNREADABLE;
            reply->message = g_strdup(error->message);
            return reply_to_bytes(reply);
        }
        g_ptr_array_add(trees, tree);
    }
    g_autoptr(GPtrArray) records = NULL;
    answer(reply, trees, run, &records);
    return reply_to_bytes(reply);
}
