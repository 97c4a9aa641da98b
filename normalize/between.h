/* Between: what several disclosures say of each other (data/between.tsv): the budget and the final accounts of a year, a year and the one before,
 * a department and its units.
 *
 * Records are looked at one by one; of each only the figures that may be compared are kept, a few hundred bytes.
 */
#pragma once
#include "record.h"

typedef struct Between Between;

/* A disclosure that a finding speaks of; borrowed from the Between. */
typedef struct {
    const char *department, *file;
    int kind, year, scope, page;
} BetweenPlace;

typedef struct {
    const char *rule, *severity;
    char *id, *scope;
    bool ok;
    char *left, *right; /* yuan */
    BetweenPlace here, there;
} BetweenFinding;

/* NULL with `error` set where the data cannot be read. */
Between *between_new(GError **error);
void between_free(Between *between);
/* Keeps what may be compared of a Record, which is not needed afterwards. */
bool between_add(Between *between, Record *record, GError **error);
/* GPtrArray of BetweenFinding, in the order of the Records; free it before the Between. */
GPtrArray *between_compare(const Between *between);

/* What a rule of identities.tsv says, in words, or NULL. */
const char *identity_says(const char *rule);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Between, between_free)
