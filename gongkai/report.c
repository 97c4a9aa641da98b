#include "report.h"

#include <string.h>

#include "money.h"
#include "reply.h"
#include "print.h"

static const Field finding_fields[] = {
    FIELD(ReportFinding, rule, STRING),
    FIELD(ReportFinding, severity, STRING),
    FIELD(ReportFinding, says, STRING),
    FIELD(ReportFinding, id, STRING),
    FIELD(ReportFinding, scope, STRING),
    FIELD(ReportFinding, left, DECIMAL),
    FIELD(ReportFinding, right, DECIMAL),
    FIELD(ReportFinding, difference, DECIMAL),
    FIELD(ReportFinding, tolerance, DECIMAL),
    FIELD(ReportFinding, unit, STRING, .flags = FIELD_OMIT),
    FIELD(ReportFinding, file, STRING),
    FIELD(ReportFinding, page, INT, .flags = FIELD_ZERO),
    {0}};
static const Shape finding_shape = SHAPE(ReportFinding, finding_fields);

static const Field missing_fields[] = {FIELD(ReportMissing, part, STRING), FIELD(ReportMissing, id, STRING), FIELD(ReportMissing, rule, STRING), {0}};
static const Shape missing_shape = SHAPE(ReportMissing, missing_fields);

static const Field report_fields[] = {
    FIELD(Report, type, STRING),
    FIELD(Report, department, STRING),
    FIELD(Report, scope, STRING),
    FIELD(Report, kind, STRING),
    FIELD(Report, year, INT, .flags = FIELD_ZERO),
    FIELD(Report, files, STRINGS),
    FIELD(Report, pages, INT),
    FIELD(Report, tables, INT),
    FIELD(Report, empty_tables, INT),
    FIELD(Report, sections, INT),
    FIELD(Report, statements, INT),
    FIELD(Report, forms, INT),
    FIELD(Report, terms, INT),
    FIELD(Report, checks, INT),
    FIELD(Report, failed, INT),
    FIELD(Report, missing, STRUCTS, .shape = &missing_shape),
    FIELD(Report, shallow, STRUCTS, .shape = &missing_shape),
    FIELD(Report, findings, STRUCTS, .shape = &finding_shape),
    {0}};
static const Shape report_shape = SHAPE(Report, report_fields);

/* ---- from a Record ---- */

static const char *
file_of(const Record *record, int source)
{
    return source >= 0 && (guint) source < record->sources->len ? ((const Source *) record->sources->pdata[source])->file : NULL;
}

static char *
difference_of(const char *left, const char *right)
{
    Money a = 0, b = 0;
    return money_parse(left, &a) && money_parse(right, &b) ? money_print(a - b) : NULL;
}

static ReportFinding *
finding_new(const Record *record, const RecordCheck *check)
{
    ReportFinding *finding = g_new0(ReportFinding, 1);
    finding->rule = g_strdup(check->rule);
    finding->severity = g_strdup(check->severity);
    finding->says = g_strdup(identity_says(check->rule));
    finding->id = g_strdup(check->id);
    finding->scope = g_strdup(check->scope);
    finding->left = g_strdup(check->left);
    finding->right = g_strdup(check->right);
    finding->difference = difference_of(check->left, check->right);
    finding->tolerance = g_strdup(check->tolerance);
    finding->unit = g_strdup(check->unit);
    finding->file = g_strdup(file_of(record, check->source));
    finding->page = check->page;
    return finding;
}

static ReportMissing *
missing_new(const Requirement *requirement)
{
    ReportMissing *missing = g_new0(ReportMissing, 1);
    missing->part = g_strdup(requirement->part);
    missing->id = g_strdup(requirement->id);
    missing->rule = g_strdup(requirement->rule);
    return missing;
}

static void
read_requirements(Report *report, const Record *record)
{
    enum { PRESENT, DECLARED_EMPTY, MISSING };
    for (guint i = 0; record->disclosure != NULL && i < record->disclosure->required->len; i++) {
        const Requirement *requirement = record->disclosure->required->pdata[i];
        if (requirement->status == MISSING)
            g_ptr_array_add(report->missing, missing_new(requirement));
        else if (requirement->status == PRESENT && requirement->level < requirement->level_required)
            g_ptr_array_add(report->shallow, missing_new(requirement));
    }
}

static int
by_place(gconstpointer a, gconstpointer b)
{
    const ReportFinding *left = *(ReportFinding *const *) a, *right = *(ReportFinding *const *) b;
    int order = g_strcmp0(left->file, right->file);
    if (order == 0)
        order = left->page - right->page;
    if (order == 0)
        order = g_strcmp0(left->id, right->id);
    return order != 0 ? order : g_strcmp0(left->scope, right->scope);
}

static void
count_parts(Report *report, const Record *record)
{
    for (guint i = 0; i < record->sources->len; i++) {
        g_ptr_array_add(report->files, g_strdup(file_of(record, (int) i)));
        report->pages += ((const Source *) record->sources->pdata[i])->pages;
    }
    for (guint i = 0; i < record->tables->len; i++)
        report->empty_tables += ((const RecordTable *) record->tables->pdata[i])->status != 0;
    report->tables = (int) record->tables->len;
    report->sections = (int) record->sections->len;
    report->statements = (int) record->statements->len;
    report->forms = (int) record->performance->len;
    report->terms = (int) record->terms->len;
    report->checks = (int) record->checks->len;
}

Report *
report_new(const Record *record)
{
    static const char *const scopes[] = {"department", "unit"};
    Report *report = g_new0(Report, 1);
    report->type = g_strdup("record");
    report->department = g_strdup(record->department->name);
    report->scope = g_strdup(scopes[record->department->scope == 1]);
    report->kind = g_strdup(made_kind_word(record->kind));
    report->year = record->year;
    report->files = g_ptr_array_new_with_free_func(g_free);
    report->missing = g_ptr_array_new();
    report->shallow = g_ptr_array_new();
    report->findings = g_ptr_array_new();
    count_parts(report, record);
    read_requirements(report, record);
    for (guint i = 0; i < record->checks->len; i++) {
        const RecordCheck *check = record->checks->pdata[i];
        report->failed += !check->ok;
        if (!check->ok)
            g_ptr_array_add(report->findings, finding_new(record, check));
    }
    g_ptr_array_sort(report->findings, by_place);
    return report;
}

void
report_free(Report *report)
{
    shape_free(&report_shape, report);
}

bool
report_failed(const Report *report)
{
    for (guint i = 0; i < report->findings->len; i++)
        if (g_strcmp0(((const ReportFinding *) report->findings->pdata[i])->severity, "info") != 0)
            return true;
    return report->missing->len + report->shallow->len > 0;
}

char *
report_json(const Report *report)
{
    return shape_to_json(&report_shape, report);
}

/* ---- for people ---- */

static void
add_head(Print *print, const Report *report)
{
    g_autofree char *year = report->year > 0 ? g_strdup_printf("%d", report->year) : g_strdup("year unknown");
    print_style(print, STYLE_STRONG, report->department != NULL ? report->department : "department unknown");
    print_text(print, "  %s %s (%s)\n", year, strcmp(report->kind, "budget") == 0 ? "budget" : "final accounts", report->scope);
    for (guint i = 0; i < report->files->len; i++)
        print_text(print, "  %s%s\n", i == 0 ? "from       " : "           ", (const char *) report->files->pdata[i]);
}

static void
add_found(Print *print, const Report *report)
{
    print_text(print, "  found      %d tables (%d without figures), %d sections, %d statements, %d target forms, %d terms\n", report->tables,
               report->empty_tables, report->sections, report->statements, report->forms, report->terms);
    print_text(print, "  checked    %d figures against each other: ", report->checks);
    g_autofree char *failed = g_strdup_printf("%d disagree", report->failed);
    print_style(print, report->failed > 0 ? STYLE_BAD : STYLE_GOOD, report->failed > 0 ? failed : "all agree");
    print_text(print, "\n");
}

static void
add_missing(Print *print, const GPtrArray *list, const char *what)
{
    for (guint i = 0; i < list->len; i++) {
        const ReportMissing *missing = list->pdata[i];
        print_text(print, "  ");
        print_style(print, STYLE_WARN, what);
        print_pad(print, 13);
        print_text(print, "%s %s (required by %s)\n", missing->part, missing->id, missing->rule);
    }
}

static void
add_finding(Print *print, const ReportFinding *finding)
{
    g_autofree char *page = finding->page > 0 ? g_strdup_printf("page %d", finding->page) : g_strdup("text");
    print_text(print, "    %s", page);
    print_pad(print, 14);
    print_style(print, strcmp(finding->severity != NULL ? finding->severity : "", "error") == 0 ? STYLE_BAD : STYLE_WARN,
                finding->rule != NULL ? finding->rule : "-");
    print_pad(print, 19);
    print_text(print, "%s\n", finding->says != NULL ? finding->says : finding->id);
    print_indent(print, 19);
    print_text(print, "%s%s%s\n", finding->scope != NULL ? finding->scope : "", finding->scope != NULL ? "  " : "", finding->id);
    if (finding->left == NULL)
        return;
    g_autofree char *left = print_amount(finding->left, finding->unit), *right = print_amount(finding->right, finding->unit);
    g_autofree char *difference = print_amount(finding->difference, finding->unit);
    print_indent(print, 19);
    print_text(print, "%s against %s, difference %s\n", left, right, difference);
}

char *
report_text(const Report *report, bool colour)
{
    Print *print = print_new(colour);
    add_head(print, report);
    add_found(print, report);
    add_missing(print, report->missing, "missing");
    add_missing(print, report->shallow, "too shallow");
    const char *file = NULL;
    for (guint i = 0; i < report->findings->len; i++) {
        const ReportFinding *finding = report->findings->pdata[i];
        if (i == 0)
            print_text(print, "  disagree\n");
        if (report->files->len > 1 && g_strcmp0(file, finding->file) != 0)
            print_text(print, "    %s\n", finding->file);
        file = finding->file;
        add_finding(print, finding);
    }
    print_text(print, "\n");
    return print_free(print);
}

/* ---- between disclosures ---- */

typedef struct {
    char *department, *kind, *scope, *file;
    int year, page;
} Place;

typedef struct {
    char *type; /* "between" */
    char *rule, *severity, *says, *id, *about;
    bool ok;
    char *left, *right, *difference;
    Place *here, *there;
} BetweenReport;

static const Field place_fields[] = {
    FIELD(Place, department, STRING),
    FIELD(Place, kind, STRING),
    FIELD(Place, year, INT),
    FIELD(Place, scope, STRING),
    FIELD(Place, file, STRING),
    FIELD(Place, page, INT, .flags = FIELD_ZERO),
    {0}};
static const Shape place_shape = SHAPE(Place, place_fields);

static const Field between_fields[] = {
    FIELD(BetweenReport, type, STRING),
    FIELD(BetweenReport, rule, STRING),
    FIELD(BetweenReport, severity, STRING),
    FIELD(BetweenReport, says, STRING),
    FIELD(BetweenReport, id, STRING),
    FIELD(BetweenReport, about, STRING),
    FIELD(BetweenReport, ok, BOOL),
    FIELD(BetweenReport, left, DECIMAL),
    FIELD(BetweenReport, right, DECIMAL),
    FIELD(BetweenReport, difference, DECIMAL),
    FIELD(BetweenReport, here, STRUCT, .shape = &place_shape),
    FIELD(BetweenReport, there, STRUCT, .shape = &place_shape),
    {0}};
static const Shape between_shape = SHAPE(BetweenReport, between_fields);

static const char *
scope_word(int scope)
{
    return scope == 1 ? "unit" : "department";
}

static Place *
place_new(const BetweenPlace *from)
{
    Place *place = g_new0(Place, 1);
    place->department = g_strdup(from->department);
    place->kind = g_strdup(made_kind_word(from->kind));
    place->scope = g_strdup(scope_word(from->scope));
    place->file = g_strdup(from->file);
    place->year = from->year;
    place->page = from->page;
    return place;
}

char *
report_between_json(const BetweenFinding *finding)
{
    BetweenReport *report = g_new0(BetweenReport, 1);
    report->type = g_strdup("between");
    report->rule = g_strdup(finding->rule);
    report->severity = g_strdup(finding->severity);
    report->says = g_strdup(identity_says(finding->rule));
    report->id = g_strdup(finding->id);
    report->about = g_strdup(finding->scope);
    report->ok = finding->ok;
    report->left = g_strdup(finding->left);
    report->right = g_strdup(finding->right);
    report->difference = difference_of(finding->left, finding->right);
    report->here = place_new(&finding->here);
    report->there = place_new(&finding->there);
    char *json = shape_to_json(&between_shape, report);
    shape_free(&between_shape, report);
    return json;
}

static void
add_place(Print *print, const BetweenPlace *place, const char *amount)
{
    g_autofree char *words = print_amount(amount, NULL);
    print_indent(print, 19);
    print_text(print, "%s", words);
    print_pad(print, 37);
    print_text(print, "%s %d %s (%s), %s", place->department, place->year, place->kind == 0 ? "budget" : "final accounts", scope_word(place->scope),
               place->file);
    if (place->page > 0)
        print_text(print, ", page %d", place->page);
    print_text(print, "\n");
}

char *
report_between_text(const BetweenFinding *finding, bool colour)
{
    Print *print = print_new(colour);
    print_text(print, "    ");
    print_style(print, STYLE_WARN, finding->rule);
    print_pad(print, 19);
    print_text(print, "%s\n", identity_says(finding->rule));
    print_indent(print, 19);
    print_text(print, "%s%s%s\n", finding->scope != NULL ? finding->scope : "", finding->scope != NULL ? "  " : "", finding->id);
    add_place(print, &finding->here, finding->left);
    add_place(print, &finding->there, finding->right);
    return print_free(print);
}
