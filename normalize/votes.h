/* Votes: what the places of a Tree, from the surest to the loosest, say of department, year and kind. */
#pragma once
#include "names.h"
#include "normalize.h"

typedef struct {
    int year;    /* 0: not told        */
    int kind;    /* -1: not told       */
    bool titled; /* a cover or a table's title names year and kind */
    char *name;  /* NULL: not told     */
    char *raw;
    char *code;
    int scope;   /* SCOPE_UNKNOWN …    */
    char *rival; /* another name that stands on a cover or over tables, or NULL */
} Verdict;

/* What the parts of `tree` with `from` <= at < `to` say, taken together. */
Verdict votes_count(const Tree *tree, int from, int to);
/* A table that no rule knows, and that is a disclosure by its title, owner and unit: performance targets in one table. */
bool table_stands_alone(const TreeTable *table);
void verdict_clear(Verdict *verdict);
