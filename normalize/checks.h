/* Checks: the accounting identities of domain rules (合计 = 基本支出 + 项目支出, 类 = Σ款, 收入总计 = 支出总计 …), most of them rows of
 * data/checks.tsv; what sentences say of the tables is in data/told.rules. A check never changes a figure; one that fails says which figures disagree.
 *
 * Tolerance: q is one unit in the last place that a table prints. n addends against a printed sum may differ by (n + 1) q / 2 when every
 * figure is rounded ("rounding"), by twice that when they are cut off ("loose"). Grades: exact, rounding, loose, fail; ok is all but fail.
 */
#pragma once
#include "normalize.h"

typedef struct {
    const char *name; /* a column key, an item, or a cell "table:item.column" */
    int sign;         /* 1 or -1 */
    bool optional;    /* written with a '?': what that means is said in checks.tsv and told.rules */
} Term;

typedef enum { CHECK_ROW, CHECK_ITEMS, CHECK_CELLS, CHECK_CLASSES, CHECK_TREE } CheckType;

/* One row of checks.tsv. Each side is a list of alternatives (GArray of Term): the first that holds is told, else the first that can be formed. */
typedef struct {
    CheckType type;
    char **tables; /* canonical ids; NULL: any                                */
    char **needs;  /* columns that the table must have; "!x": must not have  */
    GPtrArray *left, *right;
} CheckRule;

typedef struct {
    Record *record;
    const GPtrArray *rules; /* CheckRule */
    GHashTable *quanta;     /* RecordTable → Money *                           */
    GHashTable *by_id;      /* canonical id → its first table that has figures */
} Checking;

typedef struct {
    int source, page;
} CheckPlace;

/* The difference allowed: `rounding` where all figures are rounded, `loose` at most. */
typedef struct {
    Money rounding, loose;
} Tolerance;

/* Alternatives parted by '|', terms by '+' and '-'. The names stay with the process, the arrays are the caller's. */
GPtrArray *check_read_alternatives(const char *words);
/* Whether a rule is of `type` and for tables of this id. */
bool check_rule_applies(const CheckRule *rule, CheckType type, const char *id);
Tolerance tolerance_of_sum(Money quantum, guint addends);
Tolerance tolerance_of_pair(Money left, Money right);
bool check_holds(Money left, Money right, Tolerance tolerance);
void check_add(Checking *checking, const char *id, const char *scope, Money left, Money right, Tolerance tolerance, CheckPlace place);

/* One unit in the last printed place, told from the table's amounts and unit. */
Money table_quantum(const Checking *checking, const RecordTable *table);
/* The finest of the powers of ten times `unit` that all amounts are multiples of; `quantum` starts at the unit. */
Money quantum_refine(Money quantum, Money amount);
bool row_amount(const RecordRow *row, const char *key, Money *ret_money);
/* The column that holds a row's main figure: total, else actual, else budget. NULL where none has one. */
const char *row_main_column(const RecordRow *row);
bool is_amount_key(const char *key);

/* The sum of cells "table:item.column" of which the record holds one at least; the caller frees `ret_id`. */
bool check_find_cells(Checking *checking, const GArray *terms, Money *ret_value, Money *ret_quantum, char **ret_id);

void checks_of_rows(Checking *checking, const RecordTable *table);
void checks_of_tree(Checking *checking, const RecordTable *table);
void checks_of_sides(Checking *checking, const RecordTable *table);
void checks_between_tables(Checking *checking);
bool checks_of_sentences(Checking *checking, GError **error);
void checks_of_performance(Checking *checking);
