/* Lists of projects: a table whose rows are projects, each with its goal and its indicators. */
#include <string.h>

#include "forms.h"
#include "utf8.h"

/* In bytes: fewer are shared by the end of one line and the beginning of the next by chance. */
#define LEAST_SHARED 9

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

/* A project of the open list; one without a name of its own has that of the one before. */
static void
open_project(Forms *forms, const Block *block, int row, bool named, bool flat)
{
    g_autoptr(GArray) columns = g_array_copy(forms->columns);
    const TreeForm *before = forms->form;
    g_autofree char *unit = before != NULL ? g_strdup(before->unit_printed) : NULL;
    g_autofree char *department = before != NULL ? g_strdup(before->department) : NULL;
    g_autofree char *project = before != NULL && !named ? g_strdup(before->project) : NULL;
    g_autofree char *title = before != NULL ? g_strdup(before->title) : NULL;
    int unnamed = named ? -1 : forms->unnamed;
    form_open(forms, block);
    forms->unnamed = unnamed;
    g_array_append_vals(forms->columns, columns->data, columns->len);
    forms->form->unit_printed = g_steal_pointer(&unit);
    forms->form->department = g_steal_pointer(&department);
    forms->form->title = g_steal_pointer(&title);
    set_project(forms, block->grid, row, flat);
    if (forms->form->project == NULL)
        forms->form->project = g_steal_pointer(&project);
}

/* ---- cells that a page break cuts: their words stand on one side of it, or some on each ---- */

/* How many bytes end the one and begin the other. */
static gsize
shared_bytes(const char *left, const char *right)
{
    gsize length = left != NULL ? strlen(left) : 0, shared = 0;
    for (gsize i = LEAST_SHARED; i <= length && i <= strlen(right); i++)
        if (strncmp(left + length - i, right, i) == 0)
            shared = i;
    return shared;
}

/* More words of a cell. A line that the edge of the page cuts through is printed on both pages: it is added once. */
static void
append(char **field, const char *more)
{
    if (*field != NULL && strlen(more) >= LEAST_SHARED && strstr(*field, more) != NULL)
        return;
    char *longer = g_strconcat(*field != NULL ? *field : "", more + shared_bytes(*field, more), NULL);
    g_free(*field);
    *field = longer;
}

/* More words of a cell of the open project; false when they are of no cell that has words, or say what is told already. */
static bool
add_words(Forms *forms, int role, const char *words)
{
    TreeForm *form = forms->form;
    guint count = form->indicators->len;
    switch (role) {
    case HEAD_PROJECT:
        append(&form->project, words);
        return true;
    case HEAD_GOAL:
        append(&form->goal, words);
        return true;
    case HEAD_LEVEL3:
        if (count > 0)
            append(&((TreeIndicator *) form->indicators->pdata[count - 1])->level3, words);
        return count > 0;
    case HEAD_TOTAL:
        return form->amount_total == NULL && form_set(forms, "amount_total", words);
    case HEAD_FISCAL:
        return entries_get(form->amounts, "fiscal") == NULL && form_set(forms, "amount_fiscal", words);
    case HEAD_OTHER:
        return entries_get(form->amounts, "other") == NULL && form_set(forms, "amount_other", words);
    default:
        return false;
    }
}

/* What the first row of a page adds to the open project. */
static void
take_rest(Forms *forms, const Grid *grid, int row, bool flat)
{
    static const int roles[] = {HEAD_TOTAL, HEAD_FISCAL, HEAD_OTHER, HEAD_GOAL};
    for (gsize i = 0; i < G_N_ELEMENTS(roles); i++) {
        g_autofree char *words = new_words(forms, grid, row, roles[i], flat);
        if (words[0] != '\0' && !add_words(forms, roles[i], words) && !form_is_figure(forms, words))
            form_unknown(forms, words);
    }
}

/* The name of all projects that await it. */
static void
name_all(Forms *forms, const char *name)
{
    for (guint i = (guint) forms->unnamed; i < forms->tree->forms->len; i++) {
        TreeForm *form = forms->tree->forms->pdata[i];
        g_free(form->project);
        form->project = g_strdup(name);
    }
    forms->unnamed = -1;
}

/* A blank cell that begins here and ends the page, in a column whose cells have several rows: its words are behind the break. */
static bool
awaits(const Forms *forms, const Grid *grid, int row, int role, bool flat)
{
    const HeadColumn *column = find_column(forms->columns, role, false);
    const Cell *cell = column != NULL ? cell_under(grid, row, column, flat) : NULL;
    const Cell *above = cell != NULL && row > 0 ? cell_under(grid, row - 1, column, flat) : NULL;
    if (cell == NULL || !grid->ruled || cell->row != row || cell->text[0] != '\0' || cell->row + cell->rowspan != grid->rows)
        return false;
    return cell->rowspan > 1 || (above != NULL && above->rowspan > 1);
}

/* The first row of a page: true when it goes on with the open project, whose missing words it takes. */
static bool
goes_on(Forms *forms, const Grid *grid, int row, const char *project, const char *total, bool flat)
{
    TreeForm *form = forms->form;
    bool owing = form->amount_total == NULL && find_column(forms->columns, HEAD_TOTAL, false) != NULL;
    if (project[0] != '\0' && forms->unnamed >= 0)
        name_all(forms, project);
    else if (project[0] != '\0' && g_strcmp0(project, form->project) != 0) {
        bool rest = owing || shared_bytes(form->project, project) > 0;
        if (!rest && (total[0] != '\0' || awaits(forms, grid, row, HEAD_TOTAL, flat)))
            return false;
        append(&form->project, project);
    } else if (project[0] == '\0' && total[0] != '\0' && !owing) {
        return false;
    }
    take_rest(forms, grid, row, flat);
    return true;
}

/* A new name begins a project, and so does a new amount under the same name. */
static void
read_row(Forms *forms, const Block *block, int row, bool flat)
{
    const Grid *grid = block->grid;
    g_autofree char *project = new_words(forms, grid, row, HEAD_PROJECT, flat);
    g_autofree char *total = new_words(forms, grid, row, HEAD_TOTAL, flat);
    g_autofree char *words = utf8_squeeze(project);
    if (form_says(forms, "sum", words, NULL) || (forms->form == NULL && project[0] == '\0'))
        return;
    bool split = forms->split && forms->form != NULL;
    bool unnamed = !split && awaits(forms, grid, row, HEAD_PROJECT, flat);
    bool owing = !split && awaits(forms, grid, row, HEAD_TOTAL, flat);
    bool on = split && goes_on(forms, grid, row, project, total, flat);
    if (!on && (project[0] != '\0' || total[0] != '\0' || unnamed || owing)) {
        open_project(forms, block, row, project[0] != '\0' || unnamed, flat);
        if (unnamed)
            forms->unnamed = (int) forms->tree->forms->len - 1;
    }
    form_page(forms, block->page);
    indicator_read(forms, grid, row, flat);
}

bool
list_read_line(Forms *forms, const Line *line)
{
    bool all = forms->form != NULL;
    for (guint i = 0; all && i < line->words->len; i++) {
        const Word *word = line->words->pdata[i];
        double middle = (word->bbox.x0 + word->bbox.x1) / 2;
        int role = -1;
        for (guint c = 0; c < forms->columns->len; c++) {
            const HeadColumn *column = &g_array_index(forms->columns, HeadColumn, c);
            if (middle > column->left && middle < column->right)
                role = column->role;
        }
        all = role >= 0 && add_words(forms, role, word->text);
    }
    return all;
}

void
list_read(Forms *forms, const Block *block, int from, bool flat)
{
    for (int row = from; row < block->grid->rows; row++) {
        read_row(forms, block, row, flat);
        forms->split = false;
    }
}
