/* One clause while it is read: what labels.c and figures.c share. */
#pragma once
#include "figures.h"

/* A subject of so few characters (the revenue, the total) names nothing by itself. */
#define SHORT_NAME 2

typedef struct {
    size_t start, end;
    char *number;
    char *unit;
    bool percent, money;
} Figure;

typedef enum { EVENT_NONE, EVENT_FIGURE, EVENT_PERCENT, EVENT_CHANGE, EVENT_CHANGE_PERCENT, EVENT_BASE } Event;

/* One clause while it is read. */
typedef struct {
    Clauses *clauses;
    char *text;      /* its words                                        */
    size_t from, to; /* in the words of the section                      */
    char *piece;     /* the words up to the figure being read, for clauses too long to be kept with each figure */
    int page, at;
    Event last;       /* what the figure before was                       */
    int target;       /* index of the statement it went to                */
    guint first;      /* index of the clause's first statement            */
    guint items;      /* statements since the list began                  */
    bool items_moved; /* one of them has a change of its own              */
    bool reason;      /* inside a reason: figures there are of themselves */
    int closed;       /* the statement whose bracket has just closed, or -1 */
    int pair;         /* the statement that moves with the one before it, or -1 */
    char *base;       /* what the clause compares with, for later changes  */
} Clause;

bool clause_says(const Clause *clause, const char *id, const char *text, RuleMatch *ret_match);
/* Figure: those of the text, from left to right. */
GPtrArray *clause_figures(const Clause *clause, const char *text);

/* Words without what stands around a name. */
char *label_strip(const Clause *clause, const char *text);
/* The name that stands at the end of `words`; "" where none does. */
char *label_of(const Clause *clause, const char *words);
/* Generic words get the head that they are of in front: what a colon behind it names, the sentence's head, or the section's title. */
char *label_full(const Clause *clause, const char *label, const char *words);
/* A name is told again with its tail cut or lengthened by a word: up to two characters. */
bool label_same(const char *label, const char *subject);
/* A name is told again with words left out inside it: the same end, and all its characters in their order. */
bool label_shortened(const char *label, const char *subject);
/* What rose or fell: the words around the base, "" where only the base stands there. `ret_base` is the base as printed. */
char *label_subject(const Clause *clause, const char *gap, char **ret_base);
