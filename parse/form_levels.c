/* Classes of indicators, over the page breaks that cut their cells. */
#include <string.h>

#include "forms.h"

static const int roles[] = {HEAD_LEVEL1, HEAD_LEVEL2};
static const char *const ids[] = {"level1", "level2"};

void
level_set(Level *level, const char *words)
{
    char *copy = g_strdup(words);
    g_free(level->words);
    level->words = copy;
}

void
level_clear(Level *level)
{
    g_clear_pointer(&level->words, g_free);
    g_clear_pointer(&level->before, g_free);
    level->waiting = -1;
    level->merged = false;
}

static char **
class_of(TreeIndicator *indicator, gsize which)
{
    return which == 0 ? &indicator->level1 : &indicator->level2;
}

/* Names the class of the last indicators, from `first` on. */
static void
name_back(Forms *forms, gsize which, int first, const char *words)
{
    for (guint i = (guint) MAX(first, 0); i < forms->form->indicators->len; i++) {
        char **class = class_of(forms->form->indicators->pdata[i], which);
        g_free(*class);
        *class = g_strdup(words);
    }
}

static void
settle(Forms *forms, gsize which)
{
    Level *level = &forms->level[which];
    if (level->waiting < 0)
        return;
    name_back(forms, which, level->waiting, level->before);
    level_set(level, level->before);
    g_clear_pointer(&level->before, g_free);
    level->waiting = -1;
}

void
levels_settle(Forms *forms)
{
    for (gsize i = 0; forms->form != NULL && i < G_N_ELEMENTS(roles); i++)
        settle(forms, i);
}

/* The first of the last indicators that have the class of these words. */
static int
first_of(const Forms *forms, gsize which, const char *words)
{
    guint i = forms->form->indicators->len;
    while (i > 0 && g_strcmp0(*class_of(forms->form->indicators->pdata[i - 1], which), words) == 0)
        i--;
    return (int) i;
}

/* Words at the head of a page that belong to the cell at the end of the page before; false when they are a class of their own. */
static bool
joins(Forms *forms, gsize which, const char *words)
{
    Level *level = &forms->level[which];
    bool whole = form_says(forms, ids[which], words, NULL);
    if (level->waiting >= 0 && whole) {
        name_back(forms, which, level->waiting, words);
        level_set(level, words);
        g_clear_pointer(&level->before, g_free);
        level->waiting = -1;
        return true;
    }
    g_autofree char *joined = level->words != NULL ? g_strconcat(level->words, words, NULL) : NULL;
    if (whole || joined == NULL || !form_says(forms, ids[which], joined, NULL))
        return false;
    name_back(forms, which, first_of(forms, which, level->words), joined);
    level_set(level, joined);
    return true;
}

/* A blank cell at the end of the page, in a column whose cells have several rows, may have its words behind the break. */
static bool
awaits(const Level *level, const Grid *grid, const Cell *cell)
{
    return grid->ruled && level->waiting < 0 && cell->row + cell->rowspan == grid->rows && (cell->rowspan > 1 || level->merged);
}

static void
read_level(Forms *forms, const Grid *grid, int row, gsize which, bool flat)
{
    Level *level = &forms->level[which];
    const HeadColumn *column = find_column(forms->columns, roles[which], false);
    const Cell *cell = column != NULL ? cell_under(grid, row, column, flat) : NULL;
    if (forms->split)
        level->merged = false;
    if (cell == NULL || cell->row != row)
        return;
    g_autofree char *words = cell_words(cell);
    if (words[0] != '\0' && !(forms->split && joins(forms, which, words))) {
        settle(forms, which);
        if (which == 0 && g_strcmp0(words, level->words) != 0)
            level_clear(&forms->level[1]);
        level_set(level, words);
    } else if (words[0] == '\0' && awaits(level, grid, cell)) {
        level->before = g_steal_pointer(&level->words);
        level->waiting = (int) forms->form->indicators->len;
    } else if (forms->split) {
        settle(forms, which);
    }
    level->merged = level->merged || cell->rowspan > 1;
}

/* The words of a cell that begins in the row, under a head; "" where none does. */
static char *
words_under(const Forms *forms, const Grid *grid, int row, int role, bool annual, bool flat)
{
    const HeadColumn *column = find_column(forms->columns, role, annual);
    const Cell *cell = column != NULL ? cell_under(grid, row, column, flat) : NULL;
    return cell != NULL && cell->row == row ? cell_words(cell) : g_strdup("");
}

void
levels_read(Forms *forms, const Grid *grid, int row, bool flat)
{
    for (gsize i = 0; i < G_N_ELEMENTS(roles); i++)
        read_level(forms, grid, row, i, flat);
    g_autofree char *second = words_under(forms, grid, row, HEAD_LEVEL2, false, flat);
    g_autofree char *annual = words_under(forms, grid, row, HEAD_LEVEL2, true, flat);
    if (second[0] == '\0' && annual[0] != '\0')
        level_set(&forms->level[1], annual);
}
