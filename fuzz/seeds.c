/* Makes the fuzzers' first inputs from the corpus: usage: seeds FOLDER FILE...   The result is FOLDER/BOUNDARY/SHA1.
 * PDF and text files give documents, trees, replies, texts and the contents of pages; other files are taken for rules and data. */
#define _GNU_SOURCE
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>

#include "boundaries.h"
#include "extract.h"
#include "record.h"
#include "reply.h"
#include "skeleton.h"
#include "tree.h"

enum { MOST = 12000, MOST_PDF = 20000, MOST_CONTENT = 4000, PLENTY = 1 << 20 };

static const char *folder;

/* One in four is kept, by its hash: a fuzzer reads all of them before it begins. */
static void
save(const char *boundary, const void *data, gsize size, gsize most)
{
    if (size == 0 || size > most)
        return;
    g_autofree char *name = g_compute_checksum_for_data(G_CHECKSUM_SHA1, data, size);
    if (name[0] > '3')
        return;
    g_autofree char *path = g_build_filename(folder, boundary, name, NULL);
    g_autoptr(GError) error = NULL;
    if (!g_file_set_contents(path, data, (gssize) size, &error))
        g_error("%s", error->message);
}

static void
save_text(const char *boundary, const char *text)
{
    save(boundary, text, strlen(text), MOST);
}

/* ---- Documents, and the same as text ---- */

static void
save_grid(GString *text, const Grid *grid)
{
    for (guint i = 0; i < grid->cells->len; i++) {
        const Cell *cell = grid->cells->pdata[i];
        g_autofree char *flat = g_strdelimit(g_strdup(cell->text), "\n\t", ' ');
        g_string_append_printf(text, "%s%c", flat, cell->col + cell->colspan == grid->cols ? '\n' : '\t');
    }
}

static void
save_page(const Document *document, guint index)
{
    g_autoptr(GPtrArray) pages = g_ptr_array_new();
    g_ptr_array_add(pages, document->pages->pdata[index]);
    Document one = *document;
    one.pages = pages;
    g_autofree char *json = document_to_json(&one);
    save_text("document", json);
    const Page *page = pages->pdata[0];
    g_autoptr(GString) text = g_string_new(NULL);
    for (guint i = 0; i < page->lines->len; i++) {
        const Line *line = page->lines->pdata[i];
        g_autofree char *words = line_text(line);
        if (line->grid == 0)
            g_string_append_printf(text, "%s\n", words);
    }
    for (guint i = 0; i < page->grids->len; i++)
        save_grid(text, page->grids->pdata[i]);
    save_text("text", text->str);
}

/* ---- Trees, and what a worker answers of them ---- */

static GPtrArray *
some(const GPtrArray *all, guint from, guint count)
{
    GPtrArray *few = g_ptr_array_new();
    for (guint i = from; i < all->len && i < from + count; i++)
        g_ptr_array_add(few, all->pdata[i]);
    return few;
}

static void
save_tree(const Tree *tree)
{
    g_autofree char *json = tree_to_json(tree);
    save_text("tree", json);
    g_autoptr(GPtrArray) trees = g_ptr_array_new();
    g_ptr_array_add(trees, (void *) tree);
    g_autoptr(GPtrArray) records = records_new_from_trees(trees, NULL, NULL);
    if (records == NULL)
        g_error("the rules cannot be read");
    g_ptr_array_set_free_func(records, (GDestroyNotify) record_free);
    const Manner manner = {false, 1};
    g_autoptr(Reply) reply = reply_new();
    reply->tree = g_bytes_new(json, strlen(json));
    reply_add_records(reply, trees, records, &manner);
    g_autoptr(GBytes) bytes = reply_to_bytes(reply);
    save("reply", g_bytes_get_data(bytes, NULL), g_bytes_get_size(bytes), 2 * MOST);
}

/* A Tree for each table, with the one after it and a part of all else. */
static void
save_parts(const Tree *tree)
{
    for (guint i = 0; i < MAX(tree->tables->len, 1); i++) {
        g_autoptr(GPtrArray) mentions = some(tree->mentions, i, 4);
        g_autoptr(GPtrArray) sections = some(tree->sections, i, 4);
        g_autoptr(GPtrArray) tables = some(tree->tables, i, 2);
        g_autoptr(GPtrArray) statements = some(tree->statements, 4 * i, 4);
        g_autoptr(GPtrArray) forms = some(tree->forms, i, 1);
        g_autoptr(GPtrArray) terms = some(tree->terms, i, 1);
        Tree part = *tree;
        part.mentions = mentions;
        part.sections = sections;
        part.tables = tables;
        part.statements = statements;
        part.forms = forms;
        part.terms = terms;
        save_tree(&part);
    }
}

/* ---- PDF ---- */

/* The contents of pages among a file's streams, unpacked. */
static void
save_contents(const char *data, gsize size)
{
    for (const char *at = data; (at = memmem(at, size - (gsize) (at - data), "stream", 6)) != NULL; at++) {
        const char *start = at + strlen("stream");
        start += *start == '\r';
        if (*start++ != '\n')
            continue;
        g_autoptr(GConverter) unpacker = G_CONVERTER(g_zlib_decompressor_new(G_ZLIB_COMPRESSOR_FORMAT_ZLIB));
        g_autofree char *content = g_malloc(PLENTY);
        gsize read = 0, length = 0;
        g_converter_convert(unpacker, start, size - (gsize) (start - data), content, PLENTY - 1, G_CONVERTER_NO_FLAGS, &read, &length, NULL);
        content[length] = '\0';
        if (length == 0 || strstr(content, " Tf") == NULL || strstr(content, "BT") == NULL)
            continue;
        gsize most = MIN(length, MOST_CONTENT);
        save("page", content, most, MOST);
        g_autoptr(GBytes) pdf = skeleton_pdf((const uint8_t *) content, MIN(most, 1500));
        save("pdf", g_bytes_get_data(pdf, NULL), g_bytes_get_size(pdf), MOST_PDF);
    }
}

static void
save_document(const char *path, const char *data, gsize size)
{
    g_autoptr(GBytes) bytes = g_bytes_new(data, size);
    save("pdf", data, size, MOST_PDF);
    save_contents(data, size);
    g_autoptr(Document) document = document_new_from_bytes(bytes, path, NULL);
    if (document == NULL)
        return;
    for (guint i = 0; i < document->pages->len; i++)
        save_page(document, i);
    g_autoptr(Tree) tree = tree_new_from_document(document, NULL);
    if (tree == NULL)
        g_error("the rules cannot be read");
    save_parts(tree);
}

/* A rule file gives each of its groups, a table its beginning. */
static void
save_data(const char *text)
{
    g_auto(GStrv) groups = g_strsplit(text, "\n[", -1);
    for (guint i = 0; groups[i] != NULL; i++) {
        g_autofree char *group = g_strdup_printf("%s%.4000s\n", i > 0 ? "[" : "", groups[i]);
        save_text("rules", group);
    }
}

int
main(int argc, char **argv)
{
    folder = argv[1];
    for (const Boundary *boundary = boundaries; argc > 1 && boundary->name != NULL; boundary++) {
        g_autofree char *path = g_build_filename(folder, boundary->name, NULL);
        g_mkdir_with_parents(path, 0777);
    }
    for (int i = 2; i < argc; i++) {
        g_autofree char *data = NULL;
        gsize size = 0;
        g_autoptr(GError) error = NULL;
        if (!g_file_get_contents(argv[i], &data, &size, &error))
            g_error("%s", error->message);
        if (g_str_has_suffix(argv[i], ".rules") || g_str_has_suffix(argv[i], ".tsv"))
            save_data(data);
        else
            save_document(argv[i], data, size);
    }
    return 0;
}
