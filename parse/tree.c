#include "tree.h"

static const char *const mention_names[] = {"cover", "owner", "title", "heading", "narrative", "running", NULL};
static const char *const text_names[] = {"native", "none", "mixed", NULL};

static const Field mention_fields[] = {FIELD(Mention, kind, ENUM, .names = mention_names),
                                       FIELD(Mention, text, STRING),
                                       FIELD(Mention, department, STRING),
                                       FIELD(Mention, year, STRING),
                                       FIELD(Mention, disclosure, STRING),
                                       FIELD(Mention, scope, STRING),
                                       FIELD(Mention, page, INT, .flags = FIELD_ZERO),
                                       FIELD(Mention, at, INT),
                                       {0}};
static const Shape mention_shape = SHAPE(Mention, mention_fields);

static const Field section_fields[] = {FIELD(Section, id, STRING),
                                       FIELD(Section, number, STRING),
                                       FIELD(Section, title, STRING),
                                       FIELD(Section, level, INT),
                                       FIELD(Section, page, INT, .flags = FIELD_ZERO),
                                       FIELD(Section, at, INT),
                                       FIELD(Section, text, STRING),
                                       {0}};
static const Shape section_shape = SHAPE(Section, section_fields);

static const Field column_fields[] = {FIELD(TreeColumn, header, STRINGS), {0}};
static const Shape column_shape = SHAPE(TreeColumn, column_fields);

static const Field row_fields[] = {FIELD(TreeRow, page, INT, .flags = FIELD_ZERO),
                                   FIELD(TreeRow, bbox, BOX, .flags = FIELD_ZERO),
                                   FIELD(TreeRow, cells, STRINGS),
                                   FIELD(TreeRow, indents, INTS),
                                   {0}};
static const Shape row_shape = SHAPE(TreeRow, row_fields);

static const Field table_fields[] = {FIELD(TreeTable, id, STRING),
                                     FIELD(TreeTable, rule, STRING),
                                     FIELD(TreeTable, title, STRING),
                                     FIELD(TreeTable, unit, STRING),
                                     FIELD(TreeTable, owner, STRING),
                                     FIELD(TreeTable, declared_empty, BOOL),
                                     FIELD(TreeTable, at, INT),
                                     FIELD(TreeTable, pages, INTS),
                                     FIELD(TreeTable, columns, STRUCTS, .shape = &column_shape),
                                     FIELD(TreeTable, rows, STRUCTS, .shape = &row_shape),
                                     FIELD(TreeTable, notes, STRINGS),
                                     {0}};
static const Shape table_shape = SHAPE(TreeTable, table_fields);

static const Field statement_fields[] = {FIELD(TreeStatement, section, STRING),
                                         FIELD(TreeStatement, label, STRING),
                                         FIELD(TreeStatement, amount, STRING),
                                         FIELD(TreeStatement, unit, STRING),
                                         FIELD(TreeStatement, percent, STRING),
                                         FIELD(TreeStatement, direction, STRING),
                                         FIELD(TreeStatement, change, STRING),
                                         FIELD(TreeStatement, change_unit, STRING),
                                         FIELD(TreeStatement, change_percent, STRING),
                                         FIELD(TreeStatement, base, STRING),
                                         FIELD(TreeStatement, base_amount, STRING),
                                         FIELD(TreeStatement, base_unit, STRING),
                                         FIELD(TreeStatement, reason, STRING),
                                         FIELD(TreeStatement, page, INT, .flags = FIELD_ZERO),
                                         FIELD(TreeStatement, at, INT),
                                         FIELD(TreeStatement, text, STRING),
                                         {0}};
static const Shape statement_shape = SHAPE(TreeStatement, statement_fields);

static const Field indicator_fields[] = {FIELD(TreeIndicator, level1, STRING),        FIELD(TreeIndicator, level2, STRING),
                                         FIELD(TreeIndicator, level3, STRING),        FIELD(TreeIndicator, value, STRING),
                                         FIELD(TreeIndicator, annual_level3, STRING), FIELD(TreeIndicator, annual_value, STRING),
                                         FIELD(TreeIndicator, weight, STRING),        {0}};
const Shape tree_indicator_shape = SHAPE(TreeIndicator, indicator_fields);

static const Field other_fields[] = {FIELD(TreeOther, label, STRING), FIELD(TreeOther, value, STRING), {0}};
const Shape tree_other_shape = SHAPE(TreeOther, other_fields);

static const Field form_fields[] = {FIELD(TreeForm, title, STRING),
                                    FIELD(TreeForm, scope, STRING),
                                    FIELD(TreeForm, project, STRING),
                                    FIELD(TreeForm, department, STRING),
                                    FIELD(TreeForm, department_code, STRING),
                                    FIELD(TreeForm, unit, STRING),
                                    FIELD(TreeForm, attribute, STRING),
                                    FIELD(TreeForm, period, STRING),
                                    FIELD(TreeForm, unit_printed, STRING),
                                    FIELD(TreeForm, amount_total, STRING),
                                    FIELD(TreeForm, annual_amount_total, STRING),
                                    FIELD(TreeForm, amounts, ENTRIES),
                                    FIELD(TreeForm, annual_amounts, ENTRIES),
                                    FIELD(TreeForm, overview, STRING),
                                    FIELD(TreeForm, basis, STRING),
                                    FIELD(TreeForm, necessity, STRING),
                                    FIELD(TreeForm, measures, STRING),
                                    FIELD(TreeForm, plan, STRING),
                                    FIELD(TreeForm, goal, STRING),
                                    FIELD(TreeForm, annual_goal, STRING),
                                    FIELD(TreeForm, indicators, STRUCTS, .shape = &tree_indicator_shape),
                                    FIELD(TreeForm, other, STRUCTS, .flags = FIELD_OMIT, .shape = &tree_other_shape),
                                    FIELD(TreeForm, head, STRING),
                                    FIELD(TreeForm, handler, STRING),
                                    FIELD(TreeForm, phone, STRING),
                                    FIELD(TreeForm, date, STRING),
                                    FIELD(TreeForm, at, INT),
                                    FIELD(TreeForm, pages, INTS),
                                    {0}};
static const Shape form_shape = SHAPE(TreeForm, form_fields);

static const Field term_fields[] = {
    FIELD(TreeTerm, term, STRING), FIELD(TreeTerm, definition, STRING), FIELD(TreeTerm, page, INT, .flags = FIELD_ZERO), FIELD(TreeTerm, at, INT), {0}};
static const Shape term_shape = SHAPE(TreeTerm, term_fields);

static const Field tree_fields[] = {FIELD(Tree, file, STRING),
                                    FIELD(Tree, sha256, STRING),
                                    FIELD(Tree, media_type, STRING),
                                    FIELD(Tree, pages, INT, .flags = FIELD_ZERO),
                                    FIELD(Tree, text, ENUM, .names = text_names),
                                    FIELD(Tree, mentions, STRUCTS, .shape = &mention_shape),
                                    FIELD(Tree, sections, STRUCTS, .shape = &section_shape),
                                    FIELD(Tree, tables, STRUCTS, .shape = &table_shape),
                                    FIELD(Tree, statements, STRUCTS, .shape = &statement_shape),
                                    FIELD(Tree, forms, STRUCTS, .shape = &form_shape),
                                    FIELD(Tree, terms, STRUCTS, .shape = &term_shape),
                                    FIELD(Tree, diagnostics, STRUCTS, .shape = &diag_shape),
                                    {0}};
const Shape tree_shape = SHAPE(Tree, tree_fields);

void
tree_free(Tree *tree)
{
    shape_free(&tree_shape, tree);
}

void
tree_row_free(TreeRow *row)
{
    shape_free(&row_shape, row);
}

char *
tree_to_json(const Tree *tree)
{
    return shape_to_json(&tree_shape, tree);
}

static const char *
table_fault(const TreeTable *table)
{
    if (table->pages->len == 0)
        return "a table on no page";
    for (guint i = 0; i < table->columns->len; i++) {
        const TreeColumn *column = table->columns->pdata[i];
        for (guint h = 0; h < column->header->len; h++)
            if (column->header->pdata[h] == NULL)
                return "a header path with a null in it";
    }
    for (guint i = 0; i < table->rows->len; i++) {
        const TreeRow *row = table->rows->pdata[i];
        if (row->cells->len != table->columns->len)
            return "a row with more or fewer cells than the table has columns";
        if (row->indents != NULL && row->indents->len != 0 && row->indents->len != row->cells->len)
            return "a row with more or fewer indents than cells";
    }
    return NULL;
}

static const char *
tree_fault(const Tree *tree)
{
    if (tree->file == NULL)
        return "no file";
    for (guint i = 0; i < tree->tables->len; i++) {
        const char *fault = table_fault(tree->tables->pdata[i]);
        if (fault != NULL)
            return fault;
    }
    for (guint i = 0; i < tree->sections->len; i++) {
        const Section *section = tree->sections->pdata[i];
        if (section->title == NULL || section->text == NULL)
            return "a section without title or text";
    }
    for (guint i = 0; i < tree->mentions->len; i++)
        if (((const Mention *) tree->mentions->pdata[i])->text == NULL)
            return "a mention without words";
    for (guint i = 0; i < tree->statements->len; i++)
        if (((const TreeStatement *) tree->statements->pdata[i])->text == NULL)
            return "a statement without its sentence";
    return NULL;
}

void
tree_check(const Tree *tree)
{
    const char *fault = tree_fault(tree);
    if (fault != NULL)
        g_error("%s: Tree: %s", tree->file, fault);
}

Tree *
tree_from_json(const char *text, gssize length, GError **error)
{
    g_autoptr(Tree) tree = shape_from_json(&tree_shape, text, length, error);
    const char *fault = tree != NULL ? tree_fault(tree) : NULL;
    if (fault != NULL) {
        g_set_error(error, SHAPE_ERROR, 0, "Tree: %s", fault);
        return NULL;
    }
    return g_steal_pointer(&tree);
}
