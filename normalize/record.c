#include "record.h"

static const char *const kind_names[] = {"budget", "final_accounts", NULL};
static const char *const scope_names[] = {"department", "unit", NULL};
static const char *const text_names[] = {"native", "none", "mixed", NULL};
static const char *const status_names[] = {"data", "no_data", NULL};

static const Field region_fields[] = {FIELD(Region, code, STRING), FIELD(Region, name, STRING), {0}};
static const Shape region_shape = SHAPE(Region, region_fields);

static const Field department_fields[] = {
    FIELD(Department, name, STRING),
    FIELD(Department, name_raw, STRING),
    FIELD(Department, code, STRING),
    FIELD(Department, scope, ENUM, .names = scope_names),
    FIELD(Department, region, STRUCT, .shape = &region_shape),
    {0}};
static const Shape department_shape = SHAPE(Department, department_fields);

static const Field source_fields[] = {
    FIELD(Source, file, STRING),
    FIELD(Source, sha256, STRING),
    FIELD(Source, media_type, STRING),
    FIELD(Source, pages, INT, .flags = FIELD_ZERO),
    FIELD(Source, text, ENUM, .names = text_names),
    {0}};
static const Shape source_shape = SHAPE(Source, source_fields);

static const Field section_fields[] = {
    FIELD(RecordSection, id, STRING),
    FIELD(RecordSection, number, STRING),
    FIELD(RecordSection, title, STRING),
    FIELD(RecordSection, level, INT),
    FIELD(RecordSection, source, INT),
    FIELD(RecordSection, page, INT, .flags = FIELD_ZERO),
    FIELD(RecordSection, text, STRING),
    {0}};
static const Shape section_shape = SHAPE(RecordSection, section_fields);

static const Field column_fields[] = {FIELD(RecordColumn, key, STRING), FIELD(RecordColumn, header, STRINGS), {0}};
static const Shape column_shape = SHAPE(RecordColumn, column_fields);

static const Field row_fields[] = {
    FIELD(RecordRow, page, INT, .flags = FIELD_ZERO),
    FIELD(RecordRow, bbox, BOX, .flags = FIELD_ZERO),
    FIELD(RecordRow, side, STRING),
    FIELD(RecordRow, code, STRING),
    FIELD(RecordRow, code_from, STRING, .flags = FIELD_OMIT),
    FIELD(RecordRow, name, STRING),
    FIELD(RecordRow, item, STRING),
    FIELD(RecordRow, level, INT),
    FIELD(RecordRow, unit_code, STRING, .flags = FIELD_OMIT),
    FIELD(RecordRow, unit_name, STRING, .flags = FIELD_OMIT),
    FIELD(RecordRow, government_code, STRING, .flags = FIELD_OMIT),
    FIELD(RecordRow, government_name, STRING, .flags = FIELD_OMIT),
    FIELD(RecordRow, economic_code, STRING, .flags = FIELD_OMIT),
    FIELD(RecordRow, economic_name, STRING, .flags = FIELD_OMIT),
    FIELD(RecordRow, note, STRING, .flags = FIELD_OMIT),
    FIELD(RecordRow, amounts, ENTRIES),
    FIELD(RecordRow, rates, ENTRIES, .flags = FIELD_OMIT),
    FIELD(RecordRow, counts, ENTRIES, .flags = FIELD_OMIT),
    FIELD(RecordRow, cells, STRINGS, .flags = FIELD_OMIT),
    {0}};
static const Shape row_shape = SHAPE(RecordRow, row_fields);

static const Field table_fields[] = {
    FIELD(RecordTable, id, STRING),
    FIELD(RecordTable, title, STRING),
    FIELD(RecordTable, source, INT),
    FIELD(RecordTable, pages, INTS, .flags = FIELD_ZERO),
    FIELD(RecordTable, unit, STRING),
    FIELD(RecordTable, status, ENUM, .names = status_names),
    FIELD(RecordTable, columns, STRUCTS, .shape = &column_shape),
    FIELD(RecordTable, rows, STRUCTS, .shape = &row_shape),
    FIELD(RecordTable, notes, STRINGS, .flags = FIELD_OMIT),
    {0}};
static const Shape table_shape = SHAPE(RecordTable, table_fields);

static const Field change_fields[] = {
    FIELD(Change, direction, STRING),
    FIELD(Change, amount, DECIMAL),
    FIELD(Change, percent, DECIMAL),
    FIELD(Change, base, STRING),
    FIELD(Change, base_amount, DECIMAL),
    {0}};
static const Shape change_shape = SHAPE(Change, change_fields);

static const Field statement_fields[] = {
    FIELD(RecordStatement, section, STRING),
    FIELD(RecordStatement, label, STRING),
    FIELD(RecordStatement, amount, DECIMAL),
    FIELD(RecordStatement, percent, DECIMAL),
    FIELD(RecordStatement, change, STRUCT, .shape = &change_shape),
    FIELD(RecordStatement, count, DECIMAL, .flags = FIELD_OMIT),
    FIELD(RecordStatement, count_unit, STRING, .flags = FIELD_OMIT),
    FIELD(RecordStatement, reason, STRING, .flags = FIELD_OMIT),
    FIELD(RecordStatement, source, INT),
    FIELD(RecordStatement, page, INT, .flags = FIELD_ZERO),
    FIELD(RecordStatement, text, STRING),
    {0}};
static const Shape statement_shape = SHAPE(RecordStatement, statement_fields);

static const Field contact_fields[] = {
    FIELD(RecordContact, head, STRING),
    FIELD(RecordContact, handler, STRING),
    FIELD(RecordContact, phone, STRING),
    FIELD(RecordContact, date, STRING),
    {0}};
static const Shape contact_shape = SHAPE(RecordContact, contact_fields);

static const Field performance_fields[] = {
    FIELD(RecordPerformance, title, STRING),
    FIELD(RecordPerformance, project, STRING),
    FIELD(RecordPerformance, scope, STRING),
    FIELD(RecordPerformance, department, STRING),
    FIELD(RecordPerformance, department_code, STRING),
    FIELD(RecordPerformance, unit, STRING),
    FIELD(RecordPerformance, attribute, STRING),
    FIELD(RecordPerformance, period, STRING),
    FIELD(RecordPerformance, amount_total, DECIMAL),
    FIELD(RecordPerformance, amounts, ENTRIES),
    FIELD(RecordPerformance, annual_amount_total, DECIMAL),
    FIELD(RecordPerformance, annual_amounts, ENTRIES),
    FIELD(RecordPerformance, overview, STRING),
    FIELD(RecordPerformance, basis, STRING),
    FIELD(RecordPerformance, necessity, STRING),
    FIELD(RecordPerformance, measures, STRING),
    FIELD(RecordPerformance, plan, STRING),
    FIELD(RecordPerformance, goal, STRING),
    FIELD(RecordPerformance, annual_goal, STRING),
    FIELD(RecordPerformance, indicators, STRUCTS, .shape = &tree_indicator_shape),
    FIELD(RecordPerformance, other, STRUCTS, .flags = FIELD_OMIT, .shape = &tree_other_shape),
    FIELD(RecordPerformance, contact, STRUCT, .shape = &contact_shape),
    FIELD(RecordPerformance, source, INT),
    FIELD(RecordPerformance, pages, INTS, .flags = FIELD_ZERO),
    FIELD(RecordPerformance, unit_printed, STRING),
    {0}};
static const Shape performance_shape = SHAPE(RecordPerformance, performance_fields);

static const Field term_fields[] = {
    FIELD(RecordTerm, term, STRING),
    FIELD(RecordTerm, definition, STRING),
    FIELD(RecordTerm, source, INT),
    FIELD(RecordTerm, page, INT, .flags = FIELD_ZERO),
    {0}};
static const Shape term_shape = SHAPE(RecordTerm, term_fields);

static const Field check_fields[] = {
    FIELD(RecordCheck, id, STRING),
    FIELD(RecordCheck, scope, STRING),
    FIELD(RecordCheck, rule, STRING, .flags = FIELD_OMIT),
    FIELD(RecordCheck, severity, STRING, .flags = FIELD_OMIT),
    FIELD(RecordCheck, ok, BOOL),
    FIELD(RecordCheck, grade, STRING),
    FIELD(RecordCheck, left, DECIMAL),
    FIELD(RecordCheck, right, DECIMAL),
    FIELD(RecordCheck, tolerance, DECIMAL),
    FIELD(RecordCheck, unit, STRING, .flags = FIELD_OMIT),
    FIELD(RecordCheck, source, INT),
    FIELD(RecordCheck, page, INT, .flags = FIELD_ZERO),
    {0}};
static const Shape check_shape = SHAPE(RecordCheck, check_fields);

static const char *const requirement_names[] = {"present", "declared_empty", "missing", NULL};

static const Field requirement_fields[] = {
    FIELD(Requirement, part, STRING),
    FIELD(Requirement, id, STRING),
    FIELD(Requirement, found, STRING),
    FIELD(Requirement, status, ENUM, .names = requirement_names),
    FIELD(Requirement, level, INT, .flags = FIELD_ZERO),
    FIELD(Requirement, level_required, INT, .flags = FIELD_ZERO),
    FIELD(Requirement, rule, STRING),
    FIELD(Requirement, source, INT),
    FIELD(Requirement, page, INT, .flags = FIELD_ZERO),
    {0}};
static const Shape requirement_shape = SHAPE(Requirement, requirement_fields);

static const Field disclosure_fields[] = {
    FIELD(Disclosure, text, ENUM, .names = text_names),
    FIELD(Disclosure, required, STRUCTS, .shape = &requirement_shape),
    {0}};
static const Shape disclosure_shape = SHAPE(Disclosure, disclosure_fields);

static const Field record_fields[] = {
    FIELD(Record, schema_version, STRING),
    FIELD(Record, kind, ENUM, .names = kind_names),
    FIELD(Record, year, INT, .flags = FIELD_ZERO),
    FIELD(Record, department, STRUCT, .shape = &department_shape),
    FIELD(Record, sources, STRUCTS, .shape = &source_shape),
    FIELD(Record, sections, STRUCTS, .shape = &section_shape),
    FIELD(Record, tables, STRUCTS, .shape = &table_shape),
    FIELD(Record, statements, STRUCTS, .shape = &statement_shape),
    FIELD(Record, performance, STRUCTS, .shape = &performance_shape),
    FIELD(Record, terms, STRUCTS, .shape = &term_shape),
    FIELD(Record, checks, STRUCTS, .shape = &check_shape),
    FIELD(Record, disclosure, STRUCT, .flags = FIELD_OMIT, .shape = &disclosure_shape),
    FIELD(Record, diagnostics, STRUCTS, .shape = &diag_shape),
    {0}};
const Shape record_shape = SHAPE(Record, record_fields);

void
record_free(Record *record)
{
    shape_free(&record_shape, record);
}

void
region_free(Region *region)
{
    shape_free(&region_shape, region);
}

void
record_row_free(RecordRow *row)
{
    shape_free(&row_shape, row);
}

void
record_table_free(RecordTable *table)
{
    shape_free(&table_shape, table);
}

char *
record_to_json(const Record *record)
{
    return shape_to_json(&record_shape, record);
}

Record *
record_from_json(const char *text, gssize length, GError **error)
{
    return shape_from_json(&record_shape, text, length, error);
}

void
record_check(const Record *record)
{
    g_assert_nonnull(record->department);
    for (guint t = 0; t < record->tables->len; t++) {
        const RecordTable *table = record->tables->pdata[t];
        g_assert_cmpint(table->source, <, (int) record->sources->len);
        for (guint r = 0; r < table->rows->len; r++) {
            const RecordRow *row = table->rows->pdata[r];
            for (guint a = 0; row->amounts != NULL && a < row->amounts->len; a++)
                g_assert_true(table->id != NULL);
        }
    }
}
