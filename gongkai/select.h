/* The selection: what a run looks at, from the files that are there and those that the manifest knows.
 *
 * The output is that of all Inputs selected: those asked for, whose files are looked at, and those of earlier runs that this one does not concern,
 * which stand as the manifest tells. What was below a folder asked for and is there no more is gone.
 */
#pragma once
#include "input.h"

/* `walked`, `folders`: see walk.h. `known`: see manifest.h. `since`: a file that has not changed since is not looked at (0: all are).
 * `walked` and `known` are taken over. Returns GPtrArray of Input, sorted by path; `gone` (GPtrArray of char *, frees) gets the paths of those gone.
 * NULL with `error` set where a folder holds none of the files known to be in it: it is more likely to be missing than empty. */
GPtrArray *select_inputs(GPtrArray *walked, GHashTable *folders, GPtrArray *known, gint64 since, GPtrArray *gone, GError **error);
