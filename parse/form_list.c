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
    form_set(forms, field, words);
}

static void
set_project(Forms *forms, const Grid *grid, int row, bool flat)
{
    static const struct {
        int role;
        const char *field;
    } fields[] = {{HEAD_PROJECT, "project"}, {HEAD_TOTAL, "amount_total"}, {HEAD_FISCAL, "amount_fiscal"},
                  {HEAD_OTHER, "amount_other"}, {HEAD_GOAL, "goal"}, {HEAD_UNIT, "unit"}};
    for (guint i = 0; i < G_N_ELEMENTS(fields); i++)
        set_under(forms, grid, row, fields[i].role, fields[i].field, flat);
}

/* The project that a row is of: the words of a cell that begins here, "" where it goes on from above. */
static char *
new_project(const Forms *forms, const Grid *grid, int row, bool flat)
{
    const HeadColumn *column = find_column(forms->columns, HEAD_PROJECT, false);
    const Cell *cell = column != NULL ? cell_under(grid, row, column, flat) : NULL;
    return cell != NULL && cell->row == row ? cell_words(cell) : g_strdup("");
}

static void
read_row(Forms *forms, const Block *block, int row, bool flat)
{
    const Grid *grid = block->grid;
    g_autofree char *project = new_project(forms, grid, row, flat);
    g_autofree char *words = utf8_squeeze(project);
    if (form_says(forms, "sum", words, NULL))
        return;
    bool same = forms->form != NULL && (project[0] == '\0' || g_strcmp0(project, forms->form->project) == 0);
    if (!same && project[0] == '\0')
        return;
    if (!same) {
        g_autoptr(GArray) columns = g_array_copy(forms->columns);
        g_autofree char *unit = forms->form != NULL ? g_strdup(forms->form->unit_printed) : NULL;
        g_autofree char *department = forms->form != NULL ? g_strdup(forms->form->department) : NULL;
        form_open(forms, block);
        g_array_append_vals(forms->columns, columns->data, columns->len);
        forms->form->unit_printed = g_steal_pointer(&unit);
        forms->form->department = g_steal_pointer(&department);
        set_project(forms, grid, row, flat);
    }
    form_page(forms, block->page);
    indicator_read(forms, grid, row, flat);
}

void
list_read(Forms *forms, const Block *block, int from, bool flat)
{
    for (int row = from; row < block->grid->rows; row++) {
        read_row(forms, block, row, flat);
        forms->split = false;
    }
}
