/* Run: many files read at once, each in a worker process, and their Records gathered.
 *
 * Memory: about two thousand bytes for each input and each Record, whatever their size; Trees and Records wait in the spool
 * (some 0.5 to 3 MB for each document), so 100,000 files want 200 MB of memory and up to 300 GB of disk. A worker holds the
 * Trees of one group (one department, year and kind) at most.
 */
#pragma once
#include "input.h"
#include "progress.h"
#include "reply.h"
#include "spool.h"
#include "workers.h"

/* A Record in the spool, JSON first, then its lines of amounts.csv. */
typedef struct {
    Made *what;     /* its bytes are NULL */
    GArray *inputs; /* guint, into the run's inputs */
    gint64 at;
    gsize json_length, csv_length;
} Placed;

typedef struct {
    GPtrArray *inputs; /* Input  */
    GPtrArray *placed; /* Placed, sorted as gongkai-normalize sorts Records once run_read() is done */
    GPtrArray *notes;  /* char *, for each input: what to tell of it, or NULL */
    Spool *spool;
    WorkersLimits limits;
    Manner manner;
    Progress progress;
    GPtrArray *groups;
    GError *error; /* the first that ends the run */
} Run;

#define RUN_ERROR run_error_quark()
GQuark run_error_quark(void);
enum { RUN_ERROR_RULES };

/* `inputs` is taken over. The spool is made in `folder`, or in the system's temporary folder when NULL. */
Run *run_new(GPtrArray *inputs, const char *folder, GError **error);
void run_free(Run *run);
/* Reads all inputs and fills `placed`, `notes` and the inputs' status. False when the run cannot go on. */
bool run_read(Run *run, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Run, run_free)
