/* Progress: one line on a terminal's standard error while a run goes on: how many are done, how fast, how long it will take. Nothing where
 * it is no terminal. */
#pragma once
#include <glib.h>
#include <stdbool.h>

typedef struct {
    bool shown;
    guint done, total;
    gint64 since, last; /* monotonic time */
} Progress;

void progress_start(Progress *progress, guint total, bool quiet);
/* One more is done; `name` is what was done. */
void progress_step(Progress *progress, const char *name);
/* Takes the line away. */
void progress_clear(const Progress *progress);
/* "35 s", "12 min", "3 h 05 min"; the caller frees it. */
char *progress_span(double seconds);
