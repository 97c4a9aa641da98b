/* Jobs: what the workers of a run do. Both go through the stages and answer with a Reply. */
#pragma once
#include "run.h"

/* Reads input `index` through all stages, as if it were alone. */
GBytes *job_read(guint index, gpointer run);
/* Makes the Records of group `index` from its Trees in the spool. */
GBytes *job_join(guint index, gpointer run);
