/* Run: many files read at once, each in a worker process, and their Records gathered.
 *
 * What is read goes to the store at once, a line about it to the journal, and neither is done twice: a run that was ended anywhere is taken up by
 * the next. Memory: about two thousand bytes for each input and each Record, whatever their size. A worker holds the Trees of one
 * group (one department, year and kind) at most.
 */
#pragma once
#include "input.h"
#include "progress.h"
#include "reply.h"
#include "store.h"
#include "workers.h"

/* A Record in the store. */
typedef struct {
    Made *what;     /* its bytes are NULL */
    GArray *inputs; /* guint, into the run's inputs */
    char *key;      /* of the reply that holds it … */
    guint index;    /* … and its place there */
    guint trees;    /* that the reply speaks of */
    bool alone;     /* made of one input, which its group may make better */
} Placed;

typedef struct {
    GPtrArray *inputs; /* Input, sorted by path */
    GPtrArray *placed; /* Placed, sorted as gongkai-normalize sorts Records once run_read() is done */
    GPtrArray *notes;  /* char *, for each input: what to tell of it, or NULL */
    Store *store;
    int journal;         /* -1: none */
    char *mark, *within; /* see mark.h */
    guint shard, shards; /* 1 … shards; 0: all is ours */
    bool retry;          /* look again at what took too long, too much or crashed */
    bool closed;         /* what is not in the store is not read either */
    WorkersLimits limits;
    Manner manner;
    Progress progress;
    GArray *queue;     /* guint, the inputs that workers read now */
    GPtrArray *groups; /* GArray of guint, the inputs that are joined now */
    GHashTable *used;  /* keys of the store that this run's results are made of */
    GError *error;     /* the first that ends the run */
} Run;

#define RUN_ERROR run_error_quark()
GQuark run_error_quark(void);
enum { RUN_ERROR_RULES, RUN_ERROR_STOPPED };

/* `inputs` and `store` are taken over. Set the rest of what it shall be before run_read(). NULL where rules cannot be read. */
Run *run_new(GPtrArray *inputs, Store *store, const Manner *manner, const WorkersLimits *limits, GError **error);
void run_free(Run *run);
/* Reads what must be read and fills `placed`, `notes` and the inputs' facts. False when the run cannot go on. */
bool run_read(Run *run, GError **error);

/* The mark of what a run makes, see mark.h; the caller frees it. NULL where rules cannot be read. */
char *run_mark(const Manner *manner, GError **error);
/* Where the store keeps an input's reply, that of a group. The caller frees them. */
char *run_key(const char *mark, const char *sha256, const char *path);
char *run_group_key(const Run *run, const GArray *members);
/* Whether a file with this hash is of the run's shard; one that could not be read (NULL) is of the first. */
bool run_owns(const Run *run, const char *sha256);
/* A Record's bytes from the store: its JSON, or its lines of amounts.csv. NULL with `error` set where they are damaged; the next run reads its inputs anew. */
GBytes *run_fetch(const Run *run, const Placed *placed, bool csv, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Run, run_free)
