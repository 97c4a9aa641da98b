/* Lists of projects: a table whose rows are projects, each with its goal and its indicators. */
#include <string.h>

#include "forms.h"
#include "utf8.h"

static void
set_under(Forms *forms, const Grid *grid, int row, int role, const char *field, bool flat)
{
    const HeadColumn *column = find_column(forms->columns, role, false);
    const Cell *cell = column != NULL ? cell_under(grid, row, column, flat) : NULL;
    if (cell == NULL || cell->row != row || cell->text[0] == '\0')
        return;
    g_autofree char *words = cell_words(cell);
    if (!form_set(forms, field, words))
        form_unknown(forms, words);
}

static void
set_project(Forms *forms, const Grid *grid, int row, bool flat)
{
    static const struct {
        int role;
        const char *field;
    } fields[] = {{HEAD_PROJECT, "project"},    {HEAD_TOTAL, "amount_total"}, {HEAD_FISCAL, "amount_fiscal"},
                  {HEAD_OTHER, "amount_other"}, {HEAD_GOAL, "goal"},          {HEAD_UNIT, "unit"}};
    for (guint i = 0; i < G_N_ELEMENTS(fields); i++)
        set_under(forms, grid, row, fields[i].role, fields[i].field, flat);
}

/* The words of a cell that begins in this row, "" where it goes on from above. */
static char *
new_words(const Forms *forms, const Grid *grid, int row, int role, bool flat)
{
    const HeadColumn *column = find_column(forms->columns, role, false);
    const Cell *cell = column != NULL ? cell_under(grid, row, column, flat) : NULL;
    return cell != NULL && cell->row == row ? cell_words(cell) : g_strdup("");
}

static void
open_project(Forms *forms, const Block *block, int row, bool flat)
{
    g_autoptr(GArray) columns = g_array_copy(forms->columns);
    const TreeForm *before = forms->form;
    g_autofree char *unit = before != NULL ? g_strdup(before->unit_printed) : NULL;
    g_autofree char *department = before != NULL ? g_strdup(before->department) : NULL;
    g_autofree char *project = before != NULL ? g_strdup(before->project) : NULL;
    g_autofree char *title = before != NULL ? g_strdup(before->title) : NULL;
    form_open(forms, block);
    g_array_append_vals(forms->columns, columns->data, columns->len);
    forms->form->unit_printed = g_steal_pointer(&unit);
    forms->form->department = g_steal_pointer(&department);
    forms->form->title = g_steal_pointer(&title);
    set_project(forms, block->grid, row, flat);
    if (forms->form->project == NULL)
        forms->form->project = g_steal_pointer(&project);
}

/* A new name begins a project, and so does a new amount under the same name. Behind a page break a name printed again does not. */
static void
read_row(Forms *forms, const Block *block, int row, bool flat)
{
    g_autofree char *project = new_words(forms, block->grid, row, HEAD_PROJECT, flat);
    g_autofree char *total = new_words(forms, block->grid, row, HEAD_TOTAL, flat);
    g_autofree char *words = utf8_squeeze(project);
    if (form_says(forms, "sum", words, NULL) || (forms->form == NULL && project[0] == '\0'))
        return;
    bool again = forms->form != NULL && forms->split && g_strcmp0(project, forms->form->project) == 0;
    if (!again && (project[0] != '\0' || total[0] != '\0'))
        open_project(forms, block, row, flat);
    form_page(forms, block->page);
    indicator_read(forms, block->grid, row, flat);
}

bool
list_read_line(Forms *forms, const Line *line, const char *text)
{
    const HeadColumn *goal = find_column(forms->columns, HEAD_GOAL, false);
    double middle = (line->bbox.x0 + line->bbox.x1) / 2;
    if (goal == NULL || forms->form == NULL || middle <= goal->left || middle >= goal->right)
        return false;
    char *longer = g_strconcat(forms->form->goal != NULL ? forms->form->goal : "", text, NULL);
    g_free(forms->form->goal);
    forms->form->goal = longer;
    return true;
}

void
list_read(Forms *forms, const Block *block, int from, bool flat)
{
    for (int row = from; row < block->grid->rows; row++) {
        read_row(forms, block, row, flat);
        forms->split = false;
    }
}
