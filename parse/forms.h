/* Performance forms: what their readers share. A sheet is one form in one or more grids, cells told by the labels beside
 * them; a list is a grid whose rows are projects. Indicators stand in both in the same columns. */
#pragma once
#include "flow.h"
#include "rules.h"

typedef enum {
    HEAD_LEVEL1,
    HEAD_LEVEL2,
    HEAD_LEVEL3,
    HEAD_VALUE,
    HEAD_WEIGHT,
    HEAD_NATURE,
    HEAD_MEASURE,
    HEAD_PROJECT,
    HEAD_TOTAL,
    HEAD_FISCAL,
    HEAD_OTHER,
    HEAD_GOAL,
    HEAD_UNIT,
    HEAD_ASIDE,
    HEAD_COUNT,
} HeadRole;

/* A head's column: by x in a PDF, by index in a text source, whose boxes tell no place. */
typedef struct {
    int role;    /* HeadRole                                        */
    bool annual; /* of the second half of a form that prints two  */
    double left, right;
    const Cell *cell; /* the head's own                               */
} HeadColumn;

/* A goal's head, whose words stand in the rows below. */
typedef struct {
    const char *field;
    double left, right;
} Pending;

/* A printed cell, in the order of its row. */
typedef struct {
    const Cell *cell;
    char *words; /* without white space: what rules read    */
    char *text;  /* lines joined: what is kept              */
    double left, right;
} Token;

/* A class of indicators. A cell that a page break cuts prints its words on one side of it, or some on each. */
typedef struct {
    char *words;
    char *before; /* the class above, while the words of a cell at the page's end are awaited */
    int waiting;  /* the first indicator of that cell, or -1                                  */
    bool merged;  /* its cell, or one above it on the page, has several rows                  */
} Level;

typedef struct {
    const Rules *rules;
    Flow *flow;
    Tree *tree;
    TreeForm *form;      /* open, owned by the tree; NULL where none       */
    GArray *columns;     /* HeadColumn of the open indicator block or list */
    GArray *pending;     /* Pending                                        */
    bool indicators;     /* the rows are indicators                        */
    bool split;          /* the next row is the first behind a page break  */
    int unnamed;         /* the first of a list's projects that await their name behind a page break, or -1 */
    Level level[2];      /* the classes of the row at hand                 */
    char *year;          /* that its caption tells, or NULL                */
    double annual_from;  /* where the annual half of the amounts begins, -1 where none */
    GString *unknown;    /* words that no rule named                       */
} Forms;

/* Questions to the rules. */
bool form_says(const Forms *forms, const char *id, const char *words, RuleMatch *ret_match);
/* The rest of the name of the first rule that begins with `stem` and matches; `ret_value` takes its capture, may be NULL. */
const char *form_rule(const Forms *forms, const char *stem, const char *words, char **ret_value);
/* The field a label is of (behind "label_"), NULL for other words; `ret_value` takes words in the same cell, may be NULL. */
const char *form_label(const Forms *forms, const char *words, char **ret_value);
int form_head(const Forms *forms, const char *words); /* HeadRole, or -1 */

bool form_is_figure(const Forms *forms, const char *words);
/* A title without the number of its table; the caller frees it. */
char *form_title(const Forms *forms, const char *words);

/* Cells. */
GPtrArray *row_tokens(const Grid *grid, int row, bool flat); /* Token: the worded cells that begin in the row */
char *cell_words(const Cell *cell);                          /* its lines joined                              */
/* The cell that covers a row under a head, NULL where none. */
const Cell *cell_under(const Grid *grid, int row, const HeadColumn *column, bool flat);
const HeadColumn *find_column(const GArray *columns, int role, bool annual);
/* The heads of a row; an empty array when it is no row of heads (level 3 and value). */
GArray *read_heads(const Forms *forms, const Grid *grid, int row, bool flat);

/* The open form. */
void form_open(Forms *forms, const Block *block);
void form_close(Forms *forms);
void form_page(Forms *forms, int page);
/* A form that prints no period of its own is of its caption's year. */
void form_date(Forms *forms);
/* Fills a field of the open form; words that are there already are followed by a line break. False where the field is an amount
 * and the words are none, nor blank. */
bool form_set(Forms *forms, const char *field, const char *value);
void form_unknown(Forms *forms, const char *words);
/* Words that no field takes. */
void form_other(Forms *forms, const char *label, const char *value);
/* The words of a row that are neither labels nor beside one: `left` are Tokens of `tokens`. */
void others_read(Forms *forms, const Grid *grid, int row, const GPtrArray *tokens, const GPtrArray *left);

/* Rows. */
void sheet_read(Forms *forms, const Grid *grid, int from, int to, bool flat);
/* The words of the open form's classes that were awaited do not come: what was above goes on. */
void levels_settle(Forms *forms);
/* The classes of a row; blank ones go on from above, a new first class ends the second. */
void levels_read(Forms *forms, const Grid *grid, int row, bool flat);
void level_set(Level *level, const char *words);
void level_clear(Level *level);
void indicator_read(Forms *forms, const Grid *grid, int row, bool flat);
/* The words of a line that ran out of a list's cells go to the heads they stand under; false where some stand under none. */
bool list_read_line(Forms *forms, const Line *line);
void list_read(Forms *forms, const Block *block, int from, bool flat);
