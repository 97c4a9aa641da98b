/* Facts: the data files of normalize/, each read once in the life of the process, from any thread.
 *
 * The rows stay with the process; callers neither free nor change them. A file that cannot be read is told each time it is asked
 * for; records_new_from_trees() asks for all of them first, so that later callers may pass a NULL `error`.
 */
#pragma once
#include <glib.h>
#include <stdbool.h>

typedef struct {
    const char *name; /* "normalize/data/figures.tsv" */
    GMutex lock;
    GPtrArray *rows;   /* char **, one for each field     */
    GHashTable *index; /* first field → char ** (its row) */
} FactsOnce;

#define FACTS_ONCE(file) \
    { \
        .name = file \
    }

/* All rows in file order; NULL with `error` set. */
const GPtrArray *facts_rows(FactsOnce *once, GError **error);
/* The rows by their first field, the first row of a word winning; NULL with `error` set. */
const GHashTable *facts_index(FactsOnce *once, GError **error);
