/* Reply: what a worker tells of its job, as bytes: the Records it made and what their documents' diagnostics say.
 *
 * A reply is made of one or more Trees. `notes` and the Records' `trees` speak of them by their place among these. It is kept in the store
 * as it comes, so that a later run can take it up.
 * What is received may come from a process that a hostile document has corrupted: reply_from_bytes() trusts nothing of it.
 */
#pragma once
#include "input.h"
#include "record.h"

/* How a run tells what it finds. */
typedef struct {
    bool pretty; /* Records over several lines, for people */
    int talk;    /* -1 nothing but what fails the run, 0 the first few warnings of a file, 1 all there is */
    int effort;  /* of packing, see pack.h */
} Manner;

/* A Record made: enough to place it, and its bytes. */
typedef struct {
    char *name;   /* NULL where the document does not tell */
    char *region; /* code, or NULL                         */
    int year, kind, scope;
    GArray *trees;  /* guint, the Trees that it is made of, ascending */
    char *digest;   /* SHA-256 of its JSON, in hexadecimal            */
    guint64 length; /* of its JSON, unpacked                         */
    GBytes *json;   /* packed: a line, or several where people read it */
    GBytes *csv;    /* packed: its lines of amounts.csv               */
} Made;

/* Instead of an InputStatus. RULES: rules or codebooks cannot be read, so no document can, and the message says why.
 * For one input, by its hash: STORED, the store has it; SAME, it is what the manifest told; ELSEWHERE, another shard reads it. */
enum { REPLY_RULES = -1, REPLY_STORED = -2, REPLY_SAME = -3, REPLY_ELSEWHERE = -4 };

/* What is to be told of one Tree. */
typedef struct {
    guint levels[DIAG_ERROR + 1];
    char *text; /* lines "page N: warning: message", those that the run shows; "" for none */
} Note;

typedef struct {
    int status;       /* InputStatus of a job that reads one input, or one of the above */
    char *sha256;     /* or NULL                                    */
    char *message;    /* or NULL                                    */
    GBytes *tree;     /* packed: JSON of the one Tree, or NULL      */
    Keys *keys;       /* see groups.h                               */
    GPtrArray *notes; /* Note, one for each Tree                    */
    GPtrArray *made;  /* Made                                       */
} Reply;

Reply *reply_new(void);
void reply_free(Reply *reply);
void made_free(Made *made);
/* The word for a Record's kind. */
const char *made_kind_word(int kind);
/* Adds Records and Notes to a reply: what the stages made of `trees`. */
void reply_add_records(Reply *reply, const GPtrArray *trees, const GPtrArray *records, const Manner *manner);
GBytes *reply_to_bytes(const Reply *reply);
/* NULL when the bytes are no reply of `trees` Trees. */
Reply *reply_from_bytes(GBytes *bytes, guint trees);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Reply, reply_free)
