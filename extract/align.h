/* Lines of print in pieces, and the columns that pieces stand in: what align.c and blank.c find tables with. Internal to them.
 *
 * The caller frees what is returned; the arrays free what they hold. Lengths are points. */
#pragma once
#include "page.h"

/* White of so many points parts columns. */
#define WHITE 3.0

/* Words with small gaps between them. */
typedef struct {
    Box box;
    bool number;
    bool sign;      /* a currency sign or the like, apart from its number */
    guint from, to; /* the first and the last of its columns, once they are known */
    GArray *tokens; /* guint */
} Piece;

/* A line of print. */
typedef struct {
    Box box;
    double height;
    GPtrArray *pieces; /* Piece */
    guint numbers;
    bool leader; /* dots run to a page number: a table of contents */
    bool label;  /* has a colon: names a thing beside the table, such as its unit */
} Row;

/* A table among lines of print: its head is [start, body), its body [body, end). */
typedef struct {
    GPtrArray *rows; /* Row */
    guint start, body, end;
    GArray *columns; /* Box, from left to right; x0 and x1 count */
} Table;

/* White of so many font sizes parts the pieces of a line: of any line, and of one that is known to be a table's. */
#define WIDE 1.0
#define WIDE_FRAMED 0.7

/* Lines of the area that are in no lattice, from top to bottom: Row. */
GPtrArray *align_rows(const Sheet *sheet, Box area, double wide);
/* In a row of a table a number is a piece of its own, however near the words beside it; in a sentence it is not. */
void align_split_finely(const Sheet *sheet, Row *row, double wide);
/* The stretches (Box, x0 and x1) that print covers in rows [first, end), from left to right: white between them runs through all. */
GArray *align_columns(const GPtrArray *rows, guint first, guint end);
/* Columns of words side by side of which no row fills both are made one. */
void align_merge_columns(const GPtrArray *rows, guint first, guint end, GArray *columns);
/* Columns that are blank in every row have a head all the same: pieces of it, in rows [start, first), that stand over no column. */
void align_add_head_columns(const GPtrArray *rows, guint start, guint first, GArray *columns);
/* The column at or nearest to x. */
guint align_column_at(const GArray *columns, double x);
/* Gives a lattice that has its edges a slot for each row and column. */
void align_add_slots(Lattice *lattice);
/* Lines with numbers and other pieces. */
bool align_is_body(const Row *row);

/* columns.c → frames.c, align.c → bands.c, spans.c: a table's lines and columns → its lattice; NULL when it is a chart. */
Lattice *align_lattice(const Sheet *sheet, Table *table);
/* spans.c: tells the pieces their columns. */
void align_place_pieces(const Sheet *sheet, Table *table);
/* spans.c: slots for each row and column, and for cells over several. `bands` has the row of each line of print. */
void align_add_spans(const Table *table, const int *bands, Lattice *lattice);
/* bands.c: the row of the lattice that each line of print belongs to, and the edges between (ys). The caller frees it. */
int *align_bands(const Sheet *sheet, const Table *table, Lattice *lattice);
