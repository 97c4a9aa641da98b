/* Jobs: what the workers of a run do. Both answer with a Reply, and go through the stages where the store has none. */
#pragma once
#include "run.h"

/* Reads the input at place `turn` of the queue through all stages, as if it were alone. */
GBytes *job_read(guint turn, gpointer run);
/* Makes the Records of group `index` from its Trees in the spool. */
GBytes *job_join(guint index, gpointer run);
