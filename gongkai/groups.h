/* Groups: which inputs must be looked at together, so that a run of many files never holds all their Trees at once.
 *
 * Files of one department, year and kind make one Record. Each file is read alone first and leaves keys: what its Records
 * are, and for a Record without a name or year the totals that another file of the same folder may share. Files that share a key
 * are a group; a file that shares none stands alone, and what was made of it alone stays.
 */
#pragma once
#include "input.h"
#include "record.h"

/* Adds the keys of the Records that were made of the file at `path` alone. */
void groups_add_keys(GPtrArray *keys, const GPtrArray *records, const char *path);
/* GPtrArray of GArray of guint: the groups of two inputs or more, their members ascending, ordered by the first. */
GPtrArray *groups_new(const GPtrArray *inputs);
