#include "trees.h"

static int
next_at(const Tree *tree)
{
    return (int) (tree->mentions->len + tree->sections->len + tree->tables->len + tree->statements->len + tree->forms->len + tree->terms->len);
}

Tree *
trees_new(const char *file)
{
    Tree *tree = g_new0(Tree, 1);
    tree->file = g_strdup(file);
    tree->sha256 = g_compute_checksum_for_string(G_CHECKSUM_SHA256, file, -1);
    tree->media_type = g_strdup("application/pdf");
    tree->pages = 9;
    tree->mentions = g_ptr_array_new();
    tree->sections = g_ptr_array_new();
    tree->tables = g_ptr_array_new();
    tree->statements = g_ptr_array_new();
    tree->forms = g_ptr_array_new();
    tree->terms = g_ptr_array_new();
    tree->diagnostics = g_ptr_array_new();
    return tree;
}

Mention *
trees_mention(Tree *tree, MentionKind kind, const char *text, const char *department, const char *year, const char *disclosure, const char *scope)
{
    Mention *mention = g_new0(Mention, 1);
    mention->at = next_at(tree);
    mention->kind = kind;
    mention->text = g_strdup(text);
    mention->department = g_strdup(department);
    mention->year = g_strdup(year);
    mention->disclosure = g_strdup(disclosure);
    mention->scope = g_strdup(scope);
    mention->page = 1;
    g_ptr_array_add(tree->mentions, mention);
    return mention;
}

TreeTable *
trees_table(Tree *tree, const char *id, const char *title, const char *unit, const char *owner, const char *const *columns)
{
    TreeTable *table = g_new0(TreeTable, 1);
    table->at = next_at(tree);
    table->id = g_strdup(id);
    table->title = g_strdup(title);
    table->unit = g_strdup(unit);
    table->owner = g_strdup(owner);
    table->pages = g_array_new(FALSE, FALSE, sizeof(int));
    int page = 2;
    g_array_append_val(table->pages, page);
    table->columns = g_ptr_array_new();
    table->rows = g_ptr_array_new();
    table->notes = g_ptr_array_new_with_free_func(g_free);
    for (guint i = 0; columns[i] != NULL; i++) {
        TreeColumn *column = g_new0(TreeColumn, 1);
        column->header = g_ptr_array_new_with_free_func(g_free);
        g_ptr_array_add(column->header, g_strdup(columns[i]));
        g_ptr_array_add(table->columns, column);
    }
    g_ptr_array_add(tree->tables, table);
    return table;
}

void
trees_row(TreeTable *table, ...)
{
    TreeRow *row = g_new0(TreeRow, 1);
    row->page = 2;
    row->cells = g_ptr_array_new_with_free_func(g_free);
    va_list cells;
    va_start(cells, table);
    row->indents = g_array_new(FALSE, FALSE, sizeof(int));
    for (const char *cell = va_arg(cells, const char *); cell != NULL; cell = va_arg(cells, const char *)) {
        int blanks = (int) strspn(cell, " "), indent = 10 * blanks;
        g_ptr_array_add(row->cells, cell[blanks] != '\0' ? g_strdup(cell + blanks) : NULL);
        g_array_append_val(row->indents, indent);
    }
    va_end(cells);
    g_assert_cmpuint(row->cells->len, ==, table->columns->len);
    g_ptr_array_add(table->rows, row);
}

TreeStatement *
trees_statement(Tree *tree, const char *section, const char *label, const char *amount, const char *unit)
{
    TreeStatement *statement = g_new0(TreeStatement, 1);
    statement->at = next_at(tree);
    statement->section = g_strdup(section);
    statement->label = g_strdup(label);
    statement->amount = g_strdup(amount);
    statement->unit = g_strdup(unit);
    statement->page = 3;
    statement->text = g_strconcat(label, amount, unit, NULL);
    g_ptr_array_add(tree->statements, statement);
    return statement;
}

TreeForm *
trees_form(Tree *tree, const char *scope, const char *department, const char *project)
{
    TreeForm *form = g_new0(TreeForm, 1);
    form->at = next_at(tree);
    form->scope = g_strdup(scope);
    form->department = g_strdup(department);
    form->project = g_strdup(project);
    form->indicators = g_ptr_array_new();
    form->pages = g_array_new(FALSE, FALSE, sizeof(int));
    int page = 4;
    g_array_append_val(form->pages, page);
    g_ptr_array_add(tree->forms, form);
    return form;
}

void
trees_core_tables(Tree *tree, const char *owner, const char *total)
{
    static const char *const ids[][2] = {{"revenue", "收入总表"},
                                         {"expenditure", "支出总表"},
                                         {"general_public_expenditure", "一般公共预算支出表"},
                                         {"general_public_basic", "一般公共预算基本支出表"}};
    static const char *const columns[] = {"科目编码", "科目名称", "合计", NULL};
    for (guint i = 0; i < G_N_ELEMENTS(ids); i++)
        trees_row(trees_table(tree, ids[i][0], ids[i][1], "万元", owner, columns), "", "合计", total, NULL);
}
