/* Checks: the accounting identities of domain rules (合计 = 基本支出 + 项目支出, 类 = Σ款, 收入总计 = 支出总计 …), most of them rows of
 * data/checks.tsv; what sentences say of the tables is in data/told.rules. A check never changes a figure; one that fails says which figures disagree.
 *
 * Tolerance: q is one unit in the last place that a table prints. n addends against a printed sum may differ by (n + 1) q / 2 when every
 * figure is rounded ("rounding"), by twice that when they are cut off ("loose"). Grades: exact, rounding, loose, fail; ok is all but fail.
 */
#pragma once
#include "normalize.h"
#include "rules.h"

typedef struct {
    const char *name; /* a column key, an item, or a cell "table:item.column" */
    int sign;         /* 1 or -1 */
    bool optional;    /* written with a '?': what that means is said in checks.tsv and told.rules */
    bool required;    /* with a '!': the alternative needs it                                     */
} Term;

typedef enum {
    CHECK_ROW,
    CHECK_RATE,
    CHECK_ITEMS,
    CHECK_LINES,
    CHECK_LIST,
    CHECK_CELLS,
    CHECK_CLASSES,
    CHECK_CODES,
    CHECK_TREE,
    CHECK_FUND,
    CHECK_ONCE,
    CHECK_MAP,
    CHECK_POSITIVE,
} CheckType;

/* What left is to right: as much, no more, or nothing where right is nothing and only there. */
typedef enum { RELATION_EQUAL, RELATION_AT_MOST, RELATION_BOTH } Relation;

/* One row of checks.tsv. Each side is a list of alternatives (GArray of Term): the first that holds is told, else the first that can be formed. */
typedef struct {
    CheckType type;
    const char *number; /* in identities.tsv: "R05/R38", budget and final accounts; a tree has two */
    Relation relation;
    char **tables; /* canonical ids; NULL: any                                */
    char **needs;  /* columns that the table must have; "!x": must not have  */
    GPtrArray *left, *right;
} CheckRule;

typedef struct {
    int source, page;
} CheckPlace;

/* What a sentence tells of one thing. */
typedef struct {
    const RecordStatement *statement;
    Money amount, quantum;
    bool has_amount;
    bool planned; /* in final accounts: what the budget was, told beside what was spent */
} Told;

typedef struct {
    Record *record;
    const GPtrArray *rules;     /* CheckRule */
    const Rules *told_rules;    /* told.rules */
    const Rules *columns;       /* columns.rules, which name revenue lines too */
    GHashTable *quanta;         /* RecordTable → Money *                           */
    GHashTable *keys;           /* RecordTable → set of the keys of its amounts    */
    GHashTable *by_id;          /* canonical id → its first table that has figures */
    GHashTable *told;           /* id of a rule of told.rules → GPtrArray of Told  */
    GHashTable *section_quanta; /* section → Money *: see checks_told.c            */
} Checking;

/* The difference allowed: `rounding` where all figures are rounded, `loose` at most. */
typedef struct {
    Money rounding, loose;
} Tolerance;

/* What checking a Record begins with; false with `error` set where the data cannot be read. The Record must outlive it. */
bool checking_open(Checking *checking, Record *record, GError **error);
void checking_close(Checking *checking);

/* Alternatives parted by '|', terms by '+' and '-'. The names stay with the process, the arrays are the caller's. */
GPtrArray *check_read_alternatives(const char *words);
/* Whether a rule is of `type` and for tables of this id. */
bool check_rule_applies(const CheckRule *rule, CheckType type, const char *id);
Tolerance tolerance_of_sum(Money quantum, guint addends);
Tolerance tolerance_of_pair(Money left, Money right);
bool check_holds(Money left, Money right, Tolerance tolerance);

/* What is said of two figures. `number` is a rule's number, of either form; `unit` is NULL for yuan, else "percent" or "count". */
typedef struct {
    const char *number, *id, *scope;
    Relation relation;
    Money left, right;
    Tolerance tolerance;
    const char *unit;
    bool words; /* there are no figures: words are wrong, and `scope` tells them */
    CheckPlace place;
} Finding;

void check_add(Checking *checking, const Finding *finding);
/* "R05/R38" → "R38" in final accounts. The caller frees it. */
char *check_number(const Checking *checking, const char *number);
/* " = ", " <= ": between the two sides of an id. */
const char *relation_sign(Relation relation);
bool relation_holds(Relation relation, Money left, Money right, Tolerance tolerance);

/* One unit in the last printed place, told from the table's amounts and unit. */
Money table_quantum(const Checking *checking, const RecordTable *table);
/* The finest of the powers of ten times `unit` that all amounts are multiples of; `quantum` starts at the unit. */
Money quantum_refine(Money quantum, Money amount);
/* Whether a column of the table, or a row's amount, is of that key. */
bool table_has_key(const Checking *checking, const RecordTable *table, const char *key);
bool row_amount(const RecordRow *row, const char *key, Money *ret_money);
/* The column that holds a row's main figure: total, else actual, else budget. NULL where none has one. */
const char *row_main_column(const RecordRow *row);
bool is_amount_key(const char *key);

/* A sum of cells "table:item.column"; `id` is as data names it, with dots. Clear it. */
typedef struct {
    Money value, quantum;
    CheckPlace place;
    char *id;
} CellSum;
/* False where the record holds none of them, or not all that are required. */
bool cells_sum(Checking *checking, const GArray *terms, CellSum *ret_sum);
void cell_sum_clear(CellSum *sum);
/* The row of an item, or of line/KEY, carried/KEY or code/CODE (see checks.tsv); NULL where none is printed. */
const RecordRow *row_of_item(const Checking *checking, const RecordTable *table, const char *item);
/* In two-sided tables the main column of each row is meant ("*"): the sides have columns of their own. `ret_page` may be NULL. */
bool item_amount(const Checking *checking, const RecordTable *table, const char *item, const char *column, Money *ret_money, int *ret_page);
/* A list in which a row may be the sum of those that follow it. */
typedef struct {
    Money sum, all;      /* of the rows that are part of no other; of all of them */
    guint leaves, count; /* rows without parts; all of them                       */
} ListSums;
ListSums sums_read(const RecordTable *table, const char *key);
/* One figure each for all project target forms. */
guint forms_of_projects(const Record *record, Money *ret_sum);

void checks_of_rows(Checking *checking, const RecordTable *table);
void checks_of_tree(Checking *checking, const RecordTable *table);
void checks_of_items(Checking *checking, const RecordTable *table);
void checks_of_codes(Checking *checking, const RecordTable *table);
void checks_between_tables(Checking *checking);
void checks_by_codes(Checking *checking, const CheckRule *rule);
/* Finds what sentences tell, before anybody asks for it. */
void told_read(Checking *checking);
void checks_of_sentences(Checking *checking);
void checks_of_shares(Checking *checking);
void checks_of_performance(Checking *checking);
bool checks_of_words(Checking *checking, GError **error);
