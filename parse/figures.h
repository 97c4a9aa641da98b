/* Figures of one clause: which words stand before each, and what that makes of it. Reads words only, never a value. */
#pragma once
#include "rules.h"
#include "tree.h"

/* What the clauses of a paragraph hand on to each other. */
typedef struct {
    const Rules *rules;
    const char *section;   /* id, or NULL: the statements' section                  */
    const char *title;     /* of the section: the name of last resort for a figure  */
    bool quiet;            /* only money is told here                               */
    GPtrArray *statements; /* TreeStatement: all of the document, the new ones last */
    guint paragraph;       /* index of the paragraph's first                        */
    const char *words;     /* of the section                                        */
    GArray *starts;        /* size_t: where in them the sentence of each statement of the paragraph begins */
    int anchor;            /* index of the statement that a bare change is of, or -1 */
    int total;             /* index of the total whose items are being listed, or -1 */
    guint items;           /* statements since that list began                      */
    bool moved;            /* one of them has a change of its own                   */
    bool stopped;          /* the clause before ended with a full stop              */
    int open;              /* index of the statement behind which a bracket opened, or -1 */
    char *head;            /* what generic words are of, or NULL                    */
    char *money;           /* unit of the last amount                               */
} Clauses;

bool clauses_open(Clauses *clauses, GError **error);
void clauses_clear(Clauses *clauses);
/* Begins a paragraph of a section. */
void clauses_begin(Clauses *clauses);
/* Reads the clause that stands at these bytes of the section's words; its statements carry it, `page` and `at`. A statement of an
 * earlier clause that it tells more of carries all from there to here. */
void clauses_read(Clauses *clauses, size_t from, size_t to, int page, int at);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Clauses, clauses_clear)
