/* Flow: a Document's lines and grids in one reading order, and which of them a rule has claimed.
 *
 * A block's index is its `at`: the one order that a Tree's parts carry. Lines inside grids, page numbers and running
 * headers are no blocks. Claiming goes from the surest to the loosest: table of contents, forms, tables, headings, text.
 */
#pragma once
#include "tree.h"

typedef enum { CLAIM_NONE, CLAIM_TOC, CLAIM_FORM, CLAIM_TABLE, CLAIM_HEADING, CLAIM_TEXT } Claim;

typedef struct {
    int at;
    int page; /* 0 in a text source                                                   */
    const Page *on;
    const Line *line; /* NULL for a grid                                                      */
    const Grid *grid; /* NULL for a line                                                      */
    int grid_index;   /* of the grid on its page                                              */
    char *text;       /* a line's words joined, white space collapsed; NULL for a grid        */
    bool starts;      /* a line that begins a paragraph: indented, or after a line that ends short */
    int claim;        /* Claim */
} Block;

/* Where a piece of a section's text stands on the pages: outline_claim() notes one for each line. */
typedef struct {
    guint section; /* index into the tree's sections   */
    size_t offset; /* of its first byte in the text    */
    int page;
    int at;
} Place;

typedef struct {
    const Document *document;
    GPtrArray *blocks; /* Block */
    GArray *places;    /* Place, by section, then offset */
} Flow;

Flow *flow_new(const Document *document);
void flow_free(Flow *flow);
/* Puts blocks of these words (char *) in the place of a line's block; each begins a paragraph. */
void flow_split(Flow *flow, guint index, const GPtrArray *pieces);
/* The place of the line that byte `offset` of a section's text comes from; `page` and `at` are untouched when none is noted. */
void flow_place(const Flow *flow, guint section, size_t offset, int *page, int *at);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Flow, flow_free)

/* The steps of tree_new_from_document(), in order. Each claims blocks and adds to the tree; each fails only when its rules cannot be read. */
bool paragraphs_cut(Flow *flow, Tree *tree, GError **error);        /* pages that came as one paragraph   */
bool contents_claim(Flow *flow, Tree *tree, GError **error);        /* the table of contents              */
bool covers_claim(Flow *flow, Tree *tree, GError **error);          /* titles of covers                   */
bool forms_claim(Flow *flow, Tree *tree, GError **error);           /* performance target forms           */
bool tables_claim(Flow *flow, Tree *tree, GError **error);          /* tables with title, unit, owner, notes */
bool outline_claim(Flow *flow, Tree *tree, GError **error);         /* headings, section text             */
bool statements_find(const Flow *flow, Tree *tree, GError **error); /* figures in the sections' sentences */
bool terms_find(const Flow *flow, Tree *tree, GError **error);      /* 名词解释                            */

/* Adds a mention when the words name a department, a year or a kind; what they name is told by mentions.rules. */
bool mention_add(Tree *tree, MentionKind kind, const char *text, int page, int at, GError **error);
