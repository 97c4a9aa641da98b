/* Headings: which of a Flow's lines are one, by number, by the rules of outline.rules and by the table of contents. */
#pragma once
#include "flow.h"
#include "rules.h"

typedef struct {
    const char *id; /* the rule's, or NULL                                    */
    char *number;   /* or NULL                                                */
    char *title;
    char *rest;        /* text that follows on the heading's own line, or NULL   */
    const char *style; /* the rule of numbers.rules, NULL where none            */
    int level;         /* of the number's style; 0: it has none, the outline decides */
    guint lines;       /* blocks it takes, 1 or more                             */
    bool sure;         /* known to a rule or to the table of contents            */
} Heading;

typedef struct {
    const Rules *rules, *numbers;
    GHashTable *listed; /* title as the table of contents has it → level */
} Headings;

bool headings_open(Headings *headings, const Flow *flow, GError **error);
void headings_clear(Headings *headings);
/* Whether a heading begins at block `index`, a content line no one has claimed. */
bool heading_read(const Headings *headings, const Flow *flow, guint index, Heading *ret_heading);
/* A rule knows the title, whatever its number. */
bool heading_known(const Headings *headings, const char *title);
/* A line that stands in the middle of its page, or is set larger than the line below it. A text source shows neither: true. */
bool heading_stands_out(const Flow *flow, guint index);
void heading_clear(Heading *heading);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Headings, headings_clear)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Heading, heading_clear)
