/* The place of a row among those above it: how deep it lies, which class and which unit it belongs to.
 *
 * Codes may be printed in parts, level by level; names without codes hang on the rows they are set in below. Above is kept for each block of
 * columns while its rows are read from top to bottom; its strings are its own and are freed by above_clear().
 */
#pragma once
#include "table.h"

/* In points: a name set in by less is level with the one above. */
#define INDENT 4

enum { DEEPEST = 5 };

/* The rows above a row that it may belong to. */
typedef struct {
    struct {
        char class[8], group[8];
    } codes[3];                  /* by Subject: the classes printed last, for codes printed level by level and names printed without any */
    int level;                   /* of the row above whose level is told or found */
    int indents[DEEPEST + 1];    /* how far the row above of each level, down to that one, is set in */
    char *unit_name, *unit_code; /* the unit printed last, for rows that leave it blank */
    int unit_indent;             /* of its name, where it stands among those of subjects */
    bool titled;                 /* this row prints the name of a project: its subjects tell codes only */
} Above;

/* The words that name a row, as printed, and where they stand. */
typedef struct {
    const char *name; /* NULL where blank                                     */
    int indent;       /* points                                               */
    bool heads;       /* the next row is set in further, or has no such words */
} Label;

/* Gives a row that has been read cell by cell its whole code, item, level and what its name alone tells. */
void place_row(const TableReading *reading, Above *above, RecordRow *row, const Label *label, int block);
/* Gives it the unit of the rows above, or remembers its own for those below. */
void place_below_unit(const TableReading *reading, Above *above, RecordRow *row, const Label *label, int block);
void above_clear(Above *above);

/* Digits and nothing else; `ret_length` gets their number. */
bool is_digits(const char *text, size_t *ret_length);
