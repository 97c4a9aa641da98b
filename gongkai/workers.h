/* Workers: jobs done in processes of their own, several at once, so that a document that crashes, hangs or eats memory
 * costs itself and nothing else. Knows nothing of what the jobs are.
 *
 * A worker is a fork of the caller and does many jobs, one after the other. It sends back bytes; the caller waits
 * for all workers at once and for none of them in particular. A worker that dies is replaced.
 */
#pragma once
#include <glib.h>
#include <stdbool.h>

typedef enum {
    WORKERS_DONE,
    WORKERS_DIED,    /* crashed                                    */
    WORKERS_TIMEOUT, /* took longer than `seconds` and was stopped */
    WORKERS_MEMORY,  /* wanted more than `megabytes`               */
} WorkersOutcome;

typedef struct {
    guint count;     /* workers at once           */
    guint seconds;   /* for each job; 0 no limit  */
    guint megabytes; /* for a worker; 0 no limit  */
} WorkersLimits;

typedef struct {
    WorkersOutcome outcome;
    GBytes *bytes;       /* what the job returned; NULL unless WORKERS_DONE. Not to be trusted: a crash may have come after a corruption. */
    const char *message; /* what went wrong, a sentence; NULL for WORKERS_DONE */
    double seconds;
} WorkersResult;

/* Runs in the worker. The bytes it returns are sent to the caller. */
typedef GBytes *(*WorkersJob)(guint index, gpointer data);
/* Runs in the caller, in the order in which jobs end. */
typedef void (*WorkersTake)(guint index, const WorkersResult *result, gpointer data);

/* Does jobs 0 … jobs-1, begun in that order. False with `error` set when no process can be started at all. Ends early, its workers gone,
 * when stop.h is asked to. */
bool workers_run(guint jobs, const WorkersLimits *limits, WorkersJob job, WorkersTake take, gpointer data, GError **error);
