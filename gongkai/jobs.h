/* Jobs: what the workers of a run do. Both answer with a Reply, and go through the stages where the store has none. */
#pragma once
#include "run.h"

/* Opens the input at place `turn` of the queue, as WorkersOpen tells. */
int job_open(guint turn, gpointer run);
/* Reads the input at place `turn` of the queue, open as `file`, through all stages, as if it were alone. */
GBytes *job_read(guint turn, int file, gpointer run);
/* Makes the Records of group `index` from its Trees in the spool. */
GBytes *job_join(guint index, int file, gpointer run);
