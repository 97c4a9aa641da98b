/* Cases: the folders of corpus/ that hold a case.toml, and what the stages make of their documents in this process.
 *
 * A case's inputs are its PDFs, and CASE.txt where there is one, sorted by name. known-bug.txt tells why a case fails for now:
 * it must fail then, and is reported when it does not.
 */
#pragma once
#include "record.h"

typedef struct {
    char *name;
    char *folder;      /* corpus/NAME                        */
    GPtrArray *inputs; /* char *, paths                      */
    char *known_bug;   /* the words of known-bug.txt or NULL */
} Case;

typedef struct {
    GPtrArray *documents, *trees, *records;
} Stages;

/* GPtrArray of Case, sorted. The folder is that of the environment's CORPUS, else "corpus". */
GPtrArray *cases_new(void);
/* Every invariant is checked on the way, and every boundary is crossed as JSON too and must come out the same. NULL with `error` set. */
Stages *stages_new(const Case *one, GError **error);
void stages_free(Stages *stages);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Stages, stages_free)
