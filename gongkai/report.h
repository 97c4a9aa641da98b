/* Report: what `gongkai check` has to say of a Record, for people and as JSON. */
#pragma once
#include "between.h"

/* One figure, and what it should be. */
typedef struct {
    char *rule, *severity, *says; /* `says`: the rule in words */
    char *id, *scope;
    char *left, *right, *difference, *tolerance, *unit;
    char *file;
    int page;
} ReportFinding;

typedef struct {
    char *part, *id, *rule;
} ReportMissing;

typedef struct {
    char *type; /* "record" */
    char *department, *scope, *kind;
    int year;
    GPtrArray *files;
    int pages, tables, empty_tables, sections, statements, forms, terms, checks, failed;
    GPtrArray *missing;  /* ReportMissing: what the rules require and is not there */
    GPtrArray *shallow;  /* ReportMissing: classified less deep than required      */
    GPtrArray *findings; /* ReportFinding, by page                                 */
} Report;

Report *report_new(const Record *record);
void report_free(Report *report);
/* Something disagrees or is missing; a remark (info) is no failure. */
bool report_failed(const Report *report);
/* How it is printed: colours for a terminal, or plain. */
char *report_text(const Report *report, bool colour);
char *report_json(const Report *report);

/* The same for what two disclosures say of each other. */
char *report_between_text(const BetweenFinding *finding, bool colour);
char *report_between_json(const BetweenFinding *finding);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Report, report_free)
