/* Tree: what the rules say a document is made of. The boundary between parse/ and normalize/.
 *
 * All words are as printed, white space mended; no figure is read here. Everything is in document order, so that
 * normalize can tell where one unit's disclosure ends and the next begins. Pages count from 1, 0 is a text source.
 * A Tree owns all below it.
 */
#pragma once
#include "document.h"

/* Where the document names its department, year or kind, in its own words. */
typedef enum {
    MENTION_COVER,     /* a title on a cover or at the head of a narrative: 某市某局2023年部门预算 */
    MENTION_OWNER,     /* the line over a table: 部门名称：某市某局                               */
    MENTION_TITLE,     /* a table's title, with year and often the department                   */
    MENTION_HEADING,   /* a section's heading                                                   */
    MENTION_NARRATIVE, /* a sentence: 某局2023年收入预算…                                       */
    MENTION_RUNNING,   /* a running header                                                      */
} MentionKind;

typedef struct {
    int kind;         /* MentionKind                                            */
    char *text;       /* the whole words                                        */
    char *department; /* the part that a rule took for the department, or NULL  */
    char *year;       /* the digits of the year the words speak of, or NULL     */
    char *disclosure; /* "budget" | "final_accounts" | NULL                     */
    char *scope;      /* "department" | "unit" | NULL                           */
    int page;
    int at; /* place in the order of the document: see Tree           */
} Mention;

typedef struct {
    char *id;     /* of the rule that knows the heading, or NULL */
    char *number; /* 一 | （一） → 一 | 1 …; NULL where none       */
    char *title;
    int level; /* 1 第一部分, 2 一、, 3 （一）, 4 1. …          */
    int page;
    int at;
    char *text; /* its own words up to the next heading, paragraphs parted by '\n' */
} Section;

typedef struct {
    GPtrArray *header; /* char *: the printed path, top to bottom, white space squeezed */
} TreeColumn;

typedef enum { ROW_DATA, ROW_NOTE } TreeRowKind;

typedef struct {
    int page;
    Box bbox;
    GPtrArray *cells; /* char *, one for each column; NULL where blank */
    GArray *indents;  /* int, points by which the words of each cell are set in, 0 for figures; NULL where nothing tells */
} TreeRow;

typedef struct {
    char *id;            /* canonical id of the rule that knows title and headers, or NULL */
    char *rule;          /* that rule's name, or NULL                                      */
    char *title;         /* without number, label and unit; NULL where none is printed     */
    char *unit;          /* 元 | 千元 | 万元 | 亿元, or NULL                                 */
    char *owner;         /* after 部门名称： or 单位名称： over the table, or NULL           */
    bool declared_empty; /* 本表无数据 and the like                                */
    int at;
    GArray *pages;      /* int */
    GPtrArray *columns; /* TreeColumn */
    GPtrArray *rows;    /* TreeRow; headers, repeated headers and 行次/栏次 are not rows */
    GPtrArray *notes;   /* char *: 注：… */
} TreeTable;

/* A figure told in a sentence: the clause's parts as printed. */
typedef struct {
    char *section;   /* id of its section, or NULL                                  */
    char *label;     /* what the figure is of                                       */
    char *amount;    /* "422.73", or NULL                                           */
    char *unit;      /* 元 | 千元 | 万元 | 亿元, or a count's unit (辆 批次 人次 平方米 …) */
    char *percent;   /* share or completion, "100.00", without %                    */
    char *direction; /* "increase" | "decrease" | "unchanged" | NULL                */
    char *change;    /* size of the change as printed, in change_unit            */
    char *change_unit;
    char *change_percent;
    char *base;        /* what it is compared with: 上年 | 2022年年初预算 …          */
    char *base_amount; /* where the base's own amount is told                      */
    char *base_unit;
    char *reason; /* after 主要原因是                                          */
    int page;
    int at;
    char *text; /* the whole sentence */
} TreeStatement;

typedef struct {
    char *level1, *level2, *level3, *value, *annual_level3, *annual_value, *weight;
} TreeIndicator;

/* Words of a form that no field takes, under the words that head them: 计划开始日期 → 2023-01-01. Heads over heads are parted by '/'. */
typedef struct {
    char *label, *value;
} TreeOther;

/* A performance target form. Amounts as printed. */
typedef struct {
    char *title; /* as printed over it, NULL where none */
    char *scope; /* "project" | "department" */
    char *project, *department, *department_code, *unit, *attribute, *period;
    char *unit_printed; /* of its amounts: 元 | 万元 | NULL */
    char *amount_total, *annual_amount_total;
    GPtrArray *amounts, *annual_amounts; /* Entry: central provincial local self_raised other, values as printed without commas */
    char *overview, *basis, *necessity, *measures, *plan, *goal, *annual_goal;
    GPtrArray *indicators; /* TreeIndicator */
    GPtrArray *other;      /* TreeOther, in reading order; NULL where none */
    char *head, *handler, *phone, *date;
    int at;
    GArray *pages;
} TreeForm;

typedef struct {
    char *term, *definition;
    int page;
    int at;
} TreeTerm;

/* `at` numbers sections, tables, statements, forms, terms and mentions of one document in one order. */
typedef struct {
    char *file, *sha256, *media_type;
    int pages;
    int text;               /* 0 native, 1 none, 2 mixed */
    GPtrArray *mentions;    /* Mention   */
    GPtrArray *sections;    /* Section   */
    GPtrArray *tables;      /* TreeTable */
    GPtrArray *statements;  /* TreeStatement */
    GPtrArray *forms;       /* TreeForm  */
    GPtrArray *terms;       /* TreeTerm  */
    GPtrArray *diagnostics; /* Diag      */
} Tree;

extern const Shape tree_shape, tree_indicator_shape, tree_other_shape;

void tree_free(Tree *tree);
void tree_row_free(TreeRow *row);
void tree_check(const Tree *tree);
char *tree_to_json(const Tree *tree);
Tree *tree_from_json(const char *text, gssize length, GError **error);

/* Document → Tree. Fails only when the rules themselves cannot be read. */
Tree *tree_new_from_document(const Document *document, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Tree, tree_free)
