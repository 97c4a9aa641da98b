/* Workers: jobs done in processes of their own, several at once, so that a document that crashes, hangs, eats memory or takes over
 * what reads it costs itself and nothing else. Knows nothing of what the jobs are.
 *
 * A worker is a fork of the caller in a sandbox (sandbox.h) and does many jobs, one after the other. It is handed the job's file, open to
 * read, and sends back bytes; the caller waits for all workers at once and for none of them in particular. A worker that dies or
 * answers what it was not asked is replaced.
 */
#pragma once
#include <glib.h>
#include <stdbool.h>

typedef enum {
    WORKERS_DONE,
    WORKERS_DIED,    /* crashed                                    */
    WORKERS_TIMEOUT, /* took longer than `seconds` and was stopped */
    WORKERS_MEMORY,  /* wanted more than `megabytes`, or sent more than WORKERS_REPLY_MOST */
} WorkersOutcome;

typedef struct {
    guint count;          /* workers at once           */
    guint seconds;        /* for each job; 0 no limit  */
    guint megabytes;      /* for a worker; 0 no limit  */
    bool open;            /* without the sandbox       */
    const char *readable; /* a folder that jobs read from, beside their files, or NULL */
} WorkersLimits;

enum { WORKERS_REPLY_MOST = 256 << 20 }; /* bytes of an answer */

typedef struct {
    WorkersOutcome outcome;
    GBytes *bytes;       /* what the job returned; NULL unless WORKERS_DONE. Not to be trusted: a crash may have come after a corruption. */
    const char *message; /* what went wrong, a sentence; NULL for WORKERS_DONE */
    double seconds;
} WorkersResult;

/* The three of a kind of job. The first runs in the caller and opens the file that the job is to read; it returns a descriptor, which is closed when
 * it is handed over, or -errno. NULL: the jobs have no files. */
typedef int (*WorkersOpen)(guint index, gpointer data);
/* Runs in the worker, with what WorkersOpen returned (-EBADF without one). The bytes it returns are sent to the caller. */
typedef GBytes *(*WorkersDo)(guint index, int file, gpointer data);
/* Runs in the caller, in the order in which jobs end. */
typedef void (*WorkersTake)(guint index, const WorkersResult *result, gpointer data);

typedef struct {
    WorkersOpen open;
    WorkersDo work;
    WorkersTake take;
} WorkersJob;

/* Does jobs 0 … jobs-1, begun in that order. False with `error` set when no process can be started at all. Ends early, its workers gone,
 * when stop.h is asked to. */
bool workers_run(guint jobs, const WorkersLimits *limits, const WorkersJob *job, gpointer data, GError **error);
