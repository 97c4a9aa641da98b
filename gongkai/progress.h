/* Progress: one line on a terminal's standard error while a run goes on. Nothing where it is no terminal. */
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
