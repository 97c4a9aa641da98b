/* What the files that recognise tables share: a grid seen as a matrix, its header, and the words around it. */
#pragma once
#include "flow.h"
#include "rules.h"

/* A grid as a matrix: the cell that covers each position. Borrows from the grid. */
typedef struct {
    const Grid *grid;
    const Rules *captions;
    const Cell **at;  /* rows × cols                                                    */
    bool spanless;    /* no merged cells at all: a text source, or found by alignment   */
    int first;        /* rows above are captions printed inside the ruling; all of them where it is nothing else */
    int body;         /* rows [first, body) are the header                              */
    int end;          /* rows from here on are notes printed inside the ruling          */
    GPtrArray *paths; /* for each column, GPtrArray of char *: its header path, squeezed */
} TableView;

TableView *table_view_new(const Grid *grid, const Rules *captions);
void table_view_free(TableView *view);
const Cell *table_view_cell(const TableView *view, int row, int col);
/* The cell's words without white space if it begins at (row, col), else NULL; NULL also where blank. The caller frees it. */
char *table_view_text(const TableView *view, int row, int col);
/* Only one cell of the row holds words: that cell, else NULL. */
const Cell *table_view_lone(const TableView *view, int row);
/* 1 2 3 4 …, 栏次 1 2 3, 1=2+3 …: numbers of columns, not data. */
bool table_view_is_index(const TableView *view, int row);

/* The words around a table: title, unit, owner, notes. */
typedef struct {
    char *title; /* as printed, without list number, label, unit */
    char *unit;
    char *owner;
    bool declared_empty;
    GPtrArray *notes;
    bool found; /* any caption at all was seen */
} Caption;

void caption_clear(Caption *caption);
void caption_add_note(Caption *caption, const char *text);
/* Reads one line over or under a table into `caption`; false when it is none of them (a sentence, a heading). Lines over a table are read from the
 * nearest upwards: what is set already stays. */
bool caption_read_above(Caption *caption, const Rules *captions, const char *text);
/* The same for one line under it: a note, or the rest of a note that the line before it left open. */
bool caption_read_below(Caption *caption, const Rules *captions, const char *text);
/* A title's words without list number, label and white space; the caller frees it. */
char *caption_title(const Rules *captions, const char *text);

/* What tables_claim() knows while it goes through a document. */
typedef struct {
    Flow *flow;
    Tree *tree;
    const Rules *captions;
    const Rules *tables;
    TreeTable *open; /* the table that a next grid may go on with, owned by the tree */
    guint open_end;  /* block index behind its last grid and notes                   */
    int open_page;
    GArray *open_edges;     /* Box of each of its columns, for pages without a header       */
    GPtrArray *open_header; /* char *: the words of each of its header rows              */
} Assembly;

/* table_join.c: which grids are one table, and its rows. */
/* The grid at block `index`, whose captions begin at block `top`, goes on with the open table. Sets where the grid's rows begin. */
bool assembly_goes_on(const Assembly *assembly, guint index, guint top, TableView *view, const Caption *caption);
/* The grid at block `index` begins with the lower rows of the header that the open table, still without rows, broke off at the end of the page
 * before: takes them into its columns. */
bool assembly_take_lower_header(Assembly *assembly, guint index, guint top, const TableView *view, const Caption *caption);
/* Which column of the open table each column of the grid is; NULL when they do not fit. The caller frees it. */
int *assembly_map_columns(const Assembly *assembly, const TableView *view);
void assembly_add_rows(Assembly *assembly, const TableView *view, const int *map, int page);
bool assembly_is_figure(const Assembly *assembly, const char *text);
bool assembly_is_total(const Assembly *assembly, const char *text);
const Block *assembly_block(const Assembly *assembly, guint index);
/* A header path's words joined by "/"; the words of one row joined by "|". The caller frees them. */
char *table_path_words(const GPtrArray *path);
char *table_view_row_words(const TableView *view, int row);
const GPtrArray *table_column_path(const TreeTable *table, guint col);
/* Where a column stands: the boxes of its unmerged cells together. */
Box table_view_edges(const Grid *grid, int col);

/* tables.c: the canonical id of a table by its title and header; what title and owner tell of the department. */
void assembly_name_table(Assembly *assembly, TreeTable *table);
bool assembly_add_mentions(Assembly *assembly, const char *title, const char *owner, const Block *block, GError **error);

/* table_empty.c: title and note without a grid between them. */
bool assembly_claim_empty(Assembly *assembly, GError **error);

/* table_strays.c: figures that would be lost. */
/* A form takes from its grid what forms have; a grid with more figures than that is released and stays a table too. */
void assembly_release_forms(Assembly *assembly);
/* A line of nothing but figures on a table's page, which no grid took, is told. */
void assembly_tell_strays(const Assembly *assembly);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(TableView, table_view_free)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Caption, caption_clear)
