/* Groups: which inputs must be looked at together, so that a run of many files never holds all their Trees at once.
 *
 * Files of one department and year make Records together. Each file is read alone first and leaves keys: what its Records
 * are, and the large totals in them, by which a Record without name or year finds the file of its folder that knows them. A group may
 * be larger than it must be, never smaller; a file that shares nothing stands alone, and what was made of it alone stays.
 */
#pragma once
#include "record.h"

/* What a file leaves, a few hundred bytes: hashes, so that two may agree by chance, which only makes a group larger. */
typedef struct {
    GArray *names;  /* guint64: department and year of its Records                */
    GArray *totals; /* guint64: large totals                                      */
    bool seeks;     /* some Record of it tells no name or no year                 */
} Keys;

Keys *keys_new(void);
void keys_free(Keys *keys);
/* Adds the keys of the Records that were made of a file alone. They do not depend on where it is. */
void keys_add(Keys *keys, const GPtrArray *records);
/* Totals are compared within one folder only: from now on these are those of the file at `path`. */
void keys_settle(Keys *keys, const char *path);

/* `keys`: GPtrArray of Keys or NULL, one for each input. GPtrArray of GArray of guint: the groups of two inputs or more, their members
 * ascending, ordered by the first. */
GPtrArray *groups_new(const GPtrArray *keys);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Keys, keys_free)
