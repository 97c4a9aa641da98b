/* Figures that would be lost: those that a form has no place for, those that stand outside all grids. */
#include "tables.h"

#include <string.h>

#include "utf8.h"

/* ---- figures that forms leave over ---- */

static char *
without_commas(const char *text)
{
    g_autofree char *squeezed = utf8_squeeze(text);
    g_auto(GStrv) parts = g_strsplit(squeezed, ",", -1);
    return g_strjoinv("", parts);
}

static void
keep_figure(GString *kept, const char *printed)
{
    if (printed == NULL)
        return;
    g_autofree char *plain = without_commas(printed);
    g_string_append_printf(kept, "%s ", plain);
}

/* A label that comes so often heads the column of a list (the tasks of the year and what each costs): such a list is a table, which a
 * form only holds. One line and its sum are none. */
#define LINES_OF_LIST 3

static void
keep_lone_figures(GString *kept, const GPtrArray *others)
{
    g_autoptr(GHashTable) times = g_hash_table_new(g_str_hash, g_str_equal);
    for (guint i = 0; others != NULL && i < others->len; i++) {
        const char *label = ((const TreeOther *) others->pdata[i])->label;
        g_hash_table_insert(times, (char *) label, GINT_TO_POINTER(GPOINTER_TO_INT(g_hash_table_lookup(times, label)) + 1));
    }
    for (guint i = 0; others != NULL && i < others->len; i++) {
        const TreeOther *other = others->pdata[i];
        if (GPOINTER_TO_INT(g_hash_table_lookup(times, other->label)) < LINES_OF_LIST)
            keep_figure(kept, other->value);
    }
}

static void
keep_figures(GString *kept, const TreeForm *form)
{
    const GPtrArray *amounts[] = {form->amounts, form->annual_amounts};
    keep_figure(kept, form->amount_total);
    keep_figure(kept, form->annual_amount_total);
    for (guint a = 0; a < G_N_ELEMENTS(amounts); a++)
        for (guint i = 0; amounts[a] != NULL && i < amounts[a]->len; i++)
            keep_figure(kept, ((const Entry *) amounts[a]->pdata[i])->value);
    for (guint i = 0; i < form->indicators->len; i++) {
        const TreeIndicator *indicator = form->indicators->pdata[i];
        keep_figure(kept, indicator->value);
        keep_figure(kept, indicator->annual_value);
        keep_figure(kept, indicator->weight);
    }
    keep_lone_figures(kept, form->other);
}

/* The figures that the forms on a page hold as figures, as one string. */
static char *
figures_of_forms(const Assembly *assembly, int page)
{
    GString *kept = g_string_new(NULL);
    for (guint i = 0; i < assembly->tree->forms->len; i++) {
        const TreeForm *form = assembly->tree->forms->pdata[i];
        for (guint p = 0; p < form->pages->len; p++)
            if (g_array_index(form->pages, int, p) == page)
                keep_figures(kept, form);
    }
    return g_string_free(kept, FALSE);
}

/* A form takes from its grid what forms have; a grid with more figures than that stays a table too, so that none is dropped. */
void
assembly_release_forms(Assembly *assembly)
{
    int page = -1;
    g_autofree char *kept = NULL;
    for (guint b = 0; b < assembly->flow->blocks->len; b++) {
        Block *block = assembly->flow->blocks->pdata[b];
        if (block->grid == NULL || block->claim != CLAIM_FORM)
            continue;
        if (kept == NULL || block->page != page) {
            g_free(kept);
            kept = figures_of_forms(assembly, block->page);
            page = block->page;
        }
        for (guint i = 0; i < block->grid->cells->len && block->claim == CLAIM_FORM; i++) {
            const Cell *cell = block->grid->cells->pdata[i];
            if (strpbrk(cell->text, ".,") == NULL || !assembly_is_figure(assembly, cell->text))
                continue;
            g_autofree char *figure = without_commas(cell->text);
            if (strstr(kept, figure) == NULL)
                block->claim = CLAIM_NONE;
        }
    }
}

/* A line of nothing but figures on a table's page, which no grid took: not dropped silently. */
void
assembly_tell_strays(const Assembly *assembly)
{
    for (guint i = 0; i < assembly->flow->blocks->len; i++) {
        const Block *block = assembly_block(assembly, i);
        if (block->line == NULL || block->claim != CLAIM_NONE || block->on->grids->len == 0)
            continue;
        bool figures = true, decimal = false;
        for (guint w = 0; w < block->line->words->len && figures; w++) {
            const char *text = ((const Word *) block->line->words->pdata[w])->text;
            figures = assembly_is_figure(assembly, text);
            decimal = decimal || strpbrk(text, ".,") != NULL;
        }
        if (figures && decimal)
            diag_add(&assembly->tree->diagnostics, DIAG_NUMBER_OUTSIDE, block->page, "%s", block->text);
    }
}
