/* How a Tree's table becomes a Record's: columns get meaning from their header paths, rows from their cells.
 *
 * A block is a run of columns that makes rows of its own: the two sides of a 收支 table, the bands of a 决算 detail
 * table set side by side. Everything here borrows from the TreeTable.
 */
#pragma once
#include "normalize.h"
#include "rules.h"

typedef enum {
    ROLE_WORDS, /* kept as words; `key` may name it (note) */
    ROLE_INDEX, /* 行次: not data */
    ROLE_CODE,
    ROLE_CLASS,
    ROLE_GROUP,
    ROLE_ITEM,
    ROLE_NAME,
    ROLE_CODE_NAME,
    ROLE_UNIT,
    ROLE_UNIT_CODE,
    ROLE_AMOUNT,
    ROLE_PERCENT,
} ColumnRole;

/* Which subject a code or name column speaks of. */
typedef enum { SUBJECT_MAIN, SUBJECT_GOVERNMENT, SUBJECT_ECONOMIC } Subject;

typedef struct {
    const GPtrArray *header;
    ColumnRole role;
    Subject subject;
    char *key;        /* amounts: the canonical key with its prefixes; words: note or NULL */
    const char *item; /* three_public printed across: what the column is of, else NULL     */
    int block;
    guint own;    /* header words before this one are its whole block's: 收入, 人员经费 over code, name and amount */
    bool prior;   /* of an earlier year                                                */
    bool project; /* names the project that a row is; a subject beside it tells its code */
    bool known;   /* a vocabulary entry knows its word                                 */
} TableColumn;

typedef struct {
    const Rules *columns, *items, *names;
    const TreeTable *table;
    GHashTable *items_found; /* name → item or NULL: what item_find() answered */
    GArray *all; /* TableColumn, one for each printed column */
    int blocks;
    const char **sides; /* for each block: "revenue" | "expenditure" | NULL */
    bool final_accounts;
    Codebook *books; /* for each block: the classification of its subjects */
    bool across;     /* three_public with its items as columns */
    GPtrArray **diags;
} TableReading;

#define COLUMN(reading, index) (&g_array_index((reading)->all, TableColumn, (index)))

/* table_header.c: what the words over one column say. `latest`: the latest year that title and headers name, 0 for none. */
int header_latest_year(const TableReading *reading);
void header_read_role(TableReading *reading, TableColumn *column, int latest);
void header_read_key(TableReading *reading, TableColumn *column, int latest);
/* The key of the nearest word above the column's own that has one, or NULL. */
const char *header_parent(const TableReading *reading, const TableColumn *column, int latest);
/* The column tells what is bought. */
bool header_is_thing(const TableReading *reading, const TableColumn *column);

/* A header's word without year, enumerator, 其中 and unit, brackets and digits narrow. */
char *header_word(const TableReading *reading, const char *text);

/* table_columns.c: fills all, blocks, sides, books, across. */
void columns_read(TableReading *reading);
void columns_clear(TableReading *reading);
bool names_match(const TableReading *reading, const char *rule, const char *text, RuleMatch *ret_match);

/* table_names.c */
/* A printed name without white space and enumerators; `ret_level` (may be NULL) tells the enumerator's level, 0 without one. */
char *name_clean(const TableReading *reading, const char *printed, int *ret_level);
/* Code and name printed in one cell are parted; either may come out NULL. */
void name_split(const TableReading *reading, const char *printed, char **ret_code, char **ret_name, int *ret_level);
/* The item of a row or column name in this table, or NULL. */
const char *item_find(const TableReading *reading, const char *name);
/* The level of a classification code: 1 类, 2 款, 3 项; 0 for none. */
int code_level(const char *code);

/* table_rows.c: rows of all tables but a three_public printed across. */
void rows_read(TableReading *reading, RecordTable *made);
/* table_three_public.c */
void rows_read_across(TableReading *reading, RecordTable *made);

/* A cell's amount into `row`; an unreadable one is a diagnostic. False when the cell holds words that belong in `cells`. */
bool amount_read(const TableReading *reading, RecordRow *row, const TableColumn *column, const char *printed);
/* The printed words in column order. */
GPtrArray *cells_copy(const TreeRow *row);
