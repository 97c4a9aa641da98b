/* Record: what the dataset says of one department (or unit), one year, one kind of disclosure.
 *
 * The published shape: its field names are fixed (see schema/record.schema.json). Amounts are yuan, exact decimals
 * held as printed JSON numbers. A Record owns all below it.
 */
#pragma once
#include "tree.h"

typedef struct {
    char *code; /* GB/T 2260 */
    char *name; /* 山西省大同市 */
} Region;

typedef struct {
    char *name;     /* full name, without year, [部门], （本级）, 汇总 …; NULL where the document does not tell */
    char *name_raw; /* as printed                                                  */
    char *code;     /* budget unit code, or NULL                                   */
    int scope;      /* 0 department, 1 unit                                        */
    Region *region; /* NULL where the document does not tell                       */
} Department;

typedef struct {
    char *file, *sha256, *media_type;
    int pages;
    int text; /* 0 native, 1 none, 2 mixed */
} Source;

typedef struct {
    char *id, *number, *title;
    int level;
    int source;
    int page;
    char *text;
} RecordSection;

typedef struct {
    char *key; /* canonical column key, or NULL */
    GPtrArray *header;
} RecordColumn;

typedef struct {
    int page;
    Box bbox;
    char *side; /* "revenue" | "expenditure" | NULL */
    char *code;
    char *code_from; /* "printed" | "codebook" | NULL */
    char *name;
    char *item;
    int level;
    char *unit_code, *unit_name, *government_code, *government_name, *note;
    char *economic_code, *economic_name; /* of a row whose `code` is functional and that prints its economic class too */
    GPtrArray *amounts; /* Entry: column key → yuan */
    GPtrArray *rates;   /* Entry: change_percent, share → percent, as printed: no yuan */
    GPtrArray *counts;  /* Entry: column key → a number of vehicles, visits … printed among amounts: no yuan either */
    GPtrArray *cells;   /* printed words in column order, where the table or a column of it is not known */
} RecordRow;

typedef struct {
    char *id, *title;
    int source;
    GArray *pages;
    char *unit;
    int status; /* 0 data, 1 no_data */
    GPtrArray *columns, *rows, *notes;
} RecordTable;

typedef struct {
    char *direction;   /* increase | decrease | unchanged            */
    char *amount;      /* yuan, always positive                      */
    char *percent;     /* as printed                                 */
    char *base;        /* 上年 …                                      */
    char *base_amount; /* yuan                                       */
} Change;

typedef struct {
    char *section, *label;
    char *amount;  /* yuan */
    char *percent;
    Change *change;
    char *count;      /* a counted figure: 批次 人次 辆 平方米 …   */
    char *count_unit;
    char *reason;
    int source, page;
    char *text;
} RecordStatement;

typedef struct {
    char *title; /* as printed over the form */
    char *project, *scope, *department, *department_code, *unit, *attribute, *period;
    char *amount_total, *annual_amount_total;
    GPtrArray *amounts, *annual_amounts;
    char *overview, *basis, *necessity, *measures, *plan, *goal, *annual_goal;
    GPtrArray *indicators; /* TreeIndicator */
    GPtrArray *other;      /* TreeOther: printed words and figures that no field takes, in reading order; NULL where none */
    struct RecordContact *contact;
    int source;
    GArray *pages;
    char *unit_printed;
} RecordPerformance;

typedef struct RecordContact {
    char *head, *handler, *phone, *date;
} RecordContact;

typedef struct {
    char *term, *definition;
    int source, page;
} RecordTerm;

typedef struct {
    char *id;    /* what is compared: "expenditure.total=basic+project" */
    char *scope; /* the row, code or column concerned                   */
    char *rule;  /* its number in normalize/data/identities.tsv         */
    char *severity; /* of a failure: error | warning | info             */
    bool ok;
    char *grade; /* exact | rounding | loose | fail */
    char *left, *right, *tolerance; /* yuan, or in `unit`; NULL where words are what is wrong */
    char *unit;                     /* percent | count, NULL for yuan                         */
    int source, page;
} RecordCheck;

/* Something that the rules require, see normalize/data/required.tsv. */
typedef struct {
    char *part; /* "table" | "section"                                          */
    char *id;
    char *found; /* the id of what meets it, which may be another form; NULL     */
    int status;  /* 0 present, 1 declared_empty, 2 missing                       */
    int level;   /* deepest level of the classification that is printed: 1 类, 2 款, 3 项; 0 where there is none */
    int level_required;
    char *rule;
    int source, page;
} Requirement;

typedef struct {
    int text;            /* as in Source, of all sources together */
    GPtrArray *required; /* Requirement */
} Disclosure;

typedef struct {
    char *schema_version; /* "1.0" */
    int kind;             /* 0 budget, 1 final_accounts */
    int year;
    Department *department;
    Disclosure *disclosure;
    GPtrArray *sources, *sections, *tables, *statements, *performance, *terms, *checks, *diagnostics;
} Record;

extern const Shape record_shape;

void record_free(Record *record);
void record_row_free(RecordRow *row);
void region_free(Region *region);
void record_table_free(RecordTable *table);
void record_check(const Record *record);
char *record_to_json(const Record *record);
Record *record_from_json(const char *text, gssize length, GError **error);

/* Trees → Records, one for each department, year and kind that they tell, sorted by these. A Tree that is no disclosure
 * adds nothing; `ret_belongs` (if not NULL) gets, for each tree, how many records it has a part in. */
GPtrArray *records_new_from_trees(const GPtrArray *trees, GArray **ret_belongs, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Record, record_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Region, region_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(RecordTable, record_table_free)
