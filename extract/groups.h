/* Ruling lines in groups, each a table's: groups.c → grid.c. Internal to them. */
#pragma once
#include "page.h"

/* The lines of one group; both arrays (Rule) may be empty. */
typedef struct {
    GArray *across, *down;
} Group;

/* Lines that touch each other, and lines beside them that are of the same table: Group. The caller frees the array, which owns them. */
GPtrArray *sheet_rule_groups(const Sheet *sheet);
