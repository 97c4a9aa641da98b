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

/* The lines that are in no lattice, from top to bottom: Row. */
GPtrArray *align_rows(const Sheet *sheet);
/* In a row of a table a number is a piece of its own, however near the words beside it; in a sentence it is not. */
void align_split_finely(const Sheet *sheet, Row *row);
/* The stretches (Box, x0 and x1) that print covers in rows [first, end), from left to right: white between them runs through all. */
GArray *align_columns(const GPtrArray *rows, guint first, guint end);
/* Columns of words side by side of which no row fills both are made one. */
void align_merge_columns(const GPtrArray *rows, guint first, guint end, GArray *columns);
/* The column at or nearest to x. */
guint align_column_at(const GArray *columns, double x);
/* Gives a lattice that has its edges a slot for each row and column. */
void align_add_slots(Lattice *lattice);
