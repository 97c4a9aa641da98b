/* Truth: a case's truth.json and truth.tsv, and how Records differ from them.
 *
 * truth.tsv has a line for each amount; "?" in a field is not compared. Every amount of the truth is in the Record as often as in the truth, and a
 * canonical table that the truth names holds no other. truth.json says which Records there are and the state and unit of their tables.
 */
#pragma once
#include "cases.h"

/* Adds a line for each of the first differences and one that sums the case up. Returns the number of differences. */
guint truth_compare(const Case *one, const GPtrArray *records, GString *report);
