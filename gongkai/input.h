/* Input: one file of a run, and what became of it. One line of the manifest.
 *
 * `path` is as given, or the folder as given with the rest of the way below it. An Input holds no words of its document:
 * about a thousand bytes each, so that a run of 100,000 files fits in memory with ease.
 */
#pragma once
#include "diag.h"
#include "groups.h"

/* INPUT(identifier, word in the manifest, whether it is an input that gave no record and should have). */
#define INPUT_STATUSES \
    INPUT(OK, "ok", false) \
    INPUT(PARTIAL, "partial", false) \
    INPUT(NOT_DISCLOSURE, "not_disclosure", false) \
    INPUT(NO_TEXT, "no_text", true) \
    INPUT(ENCRYPTED, "encrypted", true) \
    INPUT(DAMAGED, "damaged", true) \
    INPUT(UNSUPPORTED, "unsupported", true) \
    INPUT(TIMEOUT, "timeout", true) \
    INPUT(LIMIT, "limit", true) \
    INPUT(UNREADABLE, "unreadable", true)

typedef enum {
#define INPUT(id, word, failed) INPUT_##id,
    INPUT_STATUSES
#undef INPUT
} InputStatus;

typedef struct {
    char *path;
    char *sha256;  /* NULL where the file could not be read       */
    char *mark;    /* who made what is told of it, see mark.h     */
    char *message; /* why there is no record, or NULL             */
    int status;    /* InputStatus                                 */
    double seconds;
    guint levels[DIAG_ERROR + 1]; /* diagnostics by level                        */
    GPtrArray *records;           /* char *: files below the output folder       */
    Keys *keys;                   /* see groups.h; NULL without a record         */
    gint64 changed;               /* when its file last was, seconds since 1970  */
    bool asked;                   /* this run looks at it; else what the manifest told stands */
    bool read;                    /* it was read in this run, not recalled       */
    bool joined;                  /* its Records are those of its group          */
    bool elsewhere;               /* another shard's                             */
} Input;

Input *input_new(const char *path);
void input_free(Input *input);
/* `to` takes over what `from` tells of a file's contents. */
void input_take_facts(Input *to, Input *from);
/* Whether its status is that of a file with Records. */
bool input_has_records(const Input *input);
/* The word of the manifest. */
const char *input_status_word(int status);
/* Whether the run failed to make a record where there should be one. */
bool input_status_failed(int status);
