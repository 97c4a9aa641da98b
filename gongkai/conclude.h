/* The end of a subcommand that makes Records: it reads, writes, tells, and knows the status to end with. */
#pragma once
#include "run.h"

/* A run from run_new() on. `gone`: GPtrArray of char *, files that are there no more. Ends the process when a signal asked for that. */
int conclude(Run *run, const GPtrArray *gone);
/* What keeps a run from beginning, told; returns its status. */
int conclude_early(const GError *error);
