/* Tables of other fields: documents of tests/tables/set with the truth that was made from their source, cell by cell. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <glib.h>
#include <stdlib.h>
#include <string.h>

#include "extract.h"
#include "utf8.h"

#define SET "tests/tables/set"

/* "row col rowspan colspan text" of each cell that is not blank, in order. A heading alone in its row may be told over one
 * column or over all: it counts as one. */
static char *
cells_to_words(const GPtrArray *cells)
{
    g_autoptr(GString) out = g_string_new(NULL);
    for (guint i = 0; i < cells->len; i++) {
        const Cell *cell = cells->pdata[i];
        guint beside = 0;
        g_autofree char *text = utf8_squeeze(cell->text);
        for (guint j = 0; j < cells->len; j++) {
            const Cell *other = cells->pdata[j];
            beside += other != cell && other->text[0] != '\0' && other->row <= cell->row && other->row + other->rowspan > cell->row;
        }
        if (text[0] != '\0')
            g_string_append_printf(out, "%d %d %d %d %s\n", cell->row, cell->col, cell->rowspan, beside > 0 ? cell->colspan : 1, text);
    }
    return g_string_free(g_steal_pointer(&out), FALSE);
}

static void
cell_free(void *data)
{
    Cell *cell = data;
    g_free(cell->text);
    g_free(cell);
}

/* The words of each table of a page, by its number: char * under "page table". */
static GHashTable *
read_truth(const char *path)
{
    g_autofree char *text = NULL;
    assert_true(g_file_get_contents(path, &text, NULL, NULL));
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    g_autoptr(GHashTable) tables = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_ptr_array_unref);
    for (guint i = 1; lines[i] != NULL && lines[i][0] != '\0'; i++) {
        g_auto(GStrv) fields = g_strsplit(lines[i], "\t", -1);
        char *key = g_strdup_printf("%s %s", fields[0], fields[1]);
        GPtrArray *cells = g_hash_table_lookup(tables, key);
        if (cells == NULL)
            g_hash_table_insert(tables, g_strdup(key), cells = g_ptr_array_new_with_free_func(cell_free));
        Cell *cell = g_new0(Cell, 1);
        *cell = (Cell){.row = atoi(fields[2]), .col = atoi(fields[3]), .rowspan = atoi(fields[4]), .colspan = atoi(fields[5]), .text = g_strdup(fields[6])};
        g_ptr_array_add(cells, cell);
        g_free(key);
    }
    GHashTable *words = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    GHashTableIter iter;
    gpointer key, cells;
    g_hash_table_iter_init(&iter, tables);
    while (g_hash_table_iter_next(&iter, &key, &cells))
        g_hash_table_insert(words, g_strdup(key), cells_to_words(cells));
    return words;
}

/* The tables of the document that no grid of their page gives exactly, and the grids that are no table's. */
static guint
count_wrong(const char *name)
{
    g_autofree char *pdf = g_strdup_printf(SET "/%s.pdf", name), *tsv = g_strdup_printf(SET "/%s.tsv", name);
    g_autoptr(Document) document = document_new_from_file(pdf, NULL);
    assert_non_null(document);
    g_autoptr(GHashTable) truth = read_truth(tsv);
    guint extra = 0;
    for (guint p = 0; p < document->pages->len; p++) {
        const Page *page = document->pages->pdata[p];
        for (guint g = 0; g < page->grids->len; g++) {
            g_autofree char *words = cells_to_words(((const Grid *) page->grids->pdata[g])->cells);
            GHashTableIter iter;
            gpointer key, wanted;
            bool found = false;
            g_hash_table_iter_init(&iter, truth);
            while (!found && g_hash_table_iter_next(&iter, &key, &wanted))
                if (atoi(key) == page->page && strcmp(wanted, words) == 0) {
                    g_hash_table_iter_remove(&iter);
                    found = true;
                }
            if (!found)
                print_message("%s, page %d, no table of the truth:\n%s", name, page->page, words);
            extra += !found;
        }
    }
    GHashTableIter iter;
    gpointer key, wanted;
    g_hash_table_iter_init(&iter, truth);
    while (g_hash_table_iter_next(&iter, &key, &wanted))
        print_message("%s, not found: table %s\n%s", name, (char *) key, (char *) wanted);
    return extra + g_hash_table_size(truth);
}

static void
every_cell(void **state)
{
    (void) state;
    guint documents = 0, wrong = 0;
    g_autoptr(GDir) folder = g_dir_open(SET, 0, NULL);
    assert_non_null(folder);
    for (const char *file = g_dir_read_name(folder); file != NULL; file = g_dir_read_name(folder)) {
        if (!g_str_has_suffix(file, ".tsv"))
            continue;
        g_autofree char *name = g_strndup(file, strlen(file) - strlen(".tsv"));
        wrong += count_wrong(name);
        documents++;
    }
    assert_true(documents >= 10);
    assert_int_equal(wrong, 0);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(every_cell)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
