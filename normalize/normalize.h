/* What the files of normalize/ share. records_new_from_trees() (record.h) is the way in. */
#pragma once
#include "money.h"
#include "record.h"

/* ---- codebook.c: the one file that knows the codebooks ---- */
typedef enum { CODEBOOK_FUNCTION, CODEBOOK_ECONOMIC_DEPARTMENT, CODEBOOK_ECONOMIC_GOVERNMENT } Codebook;
/* The name of a code, or NULL. Old names of a class lead to the same code. */
const char *codebook_name(Codebook book, const char *code);
/* The code of a name where the book has exactly one of that name (at `digits` digits: 3, 5 or 7; 0 for any, first the shortest) below `parent` (a code's
 * beginning, or NULL); NULL when none or several. White space and brackets' width do not matter. */
const char *codebook_code(Codebook book, const char *name, int digits, const char *parent);
/* The region whose full or short name `text` begins with (or holds, `anywhere`); longest name wins. NULL: none. The caller frees it. */
Region *codebook_region(const char *text, bool anywhere);

/* ---- table.c: a Tree's table → a Record's ---- */
RecordTable *record_table_new(const TreeTable *table, int kind, int source, GPtrArray **diags);

/* ---- identity.c: which parts of which trees belong to which department, year and kind ---- */
typedef struct {
    int kind;
    int year;
    Department *department; /* its scope is -1 where nothing tells it */
    int tree;               /* index of its tree        */
    int from, to;           /* `at` range: [from, to)   */
} Part;
/* GPtrArray of Part, by tree and place; a tree that is no disclosure has none. `kind` -1, `year` 0: not told. The `source` of a
 * diagnostic is the index of its tree. The caller frees array and parts: part_free(). */
GPtrArray *identity_parts(const GPtrArray *trees, GPtrArray **diags, GError **error);
void part_free(void *part);

/* ---- narrative.c: sections, statements, forms, terms of a Part ---- */
void narrative_add(Record *record, const Tree *tree, const Part *part, int source);

/* ---- pieces.c ---- */
/* What two files of one disclosure share: the large amounts (100000 yuan and more) of a record's total rows and sentences, in units of 100 yuan,
 * ascending, each once. GArray of gint64. Files without a name are joined to the one disclosure that shares three of them. */
GArray *record_totals(const Record *record);

/* ---- checks.c: what the record's figures say of each other ---- */
bool checks_run(Record *record, GError **error);

/* ---- disclosure.c: what the rules require, and whether the record has it; fills record->disclosure ---- */
bool disclosure_read(Record *record, GError **error);
