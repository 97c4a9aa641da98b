#include "boundaries.h"

#include <string.h>

#include "data.h"
#include "extract.h"
#include "record.h"
#include "reply.h"
#include "rules.h"
#include "skeleton.h"
#include "tree.h"

/* ---- what must hold for any input ---- */

static void
must_be_same(const char *boundary, const char *before, const char *after)
{
    size_t at = 0;
    while (before[at] == after[at] && before[at] != '\0')
        at++;
    if (before[at] != after[at])
        g_error("%s: what was printed and read again is not the same: %.80s | %.80s", boundary, before + at, after + at);
}

static void
try_records(const Tree *tree)
{
    g_autoptr(GPtrArray) trees = g_ptr_array_new();
    g_autoptr(GError) error = NULL;
    g_ptr_array_add(trees, (void *) tree);
    g_autoptr(GPtrArray) records = records_new_from_trees(trees, NULL, &error);
    g_assert_no_error(error);
    g_ptr_array_set_free_func(records, (GDestroyNotify) record_free);
    for (guint i = 0; i < records->len; i++) {
        record_check(records->pdata[i]);
        g_autofree char *json = record_to_json(records->pdata[i]);
        g_autoptr(Record) back = record_from_json(json, -1, &error);
        g_assert_no_error(error);
        g_autofree char *again = record_to_json(back);
        must_be_same("Record", json, again);
    }
    const Manner manner = {false, 1};
    g_autoptr(Reply) reply = reply_new();
    reply_add_records(reply, trees, records, &manner);
    g_autoptr(GBytes) bytes = reply_to_bytes(reply);
    g_autoptr(Reply) back = reply_from_bytes(bytes, 1);
    g_assert_nonnull(back);
}

/* A Tree that parse made is sound, and the same after a pipe. */
static Tree *
try_tree(const Document *document)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(Tree) tree = tree_new_from_document(document, &error);
    g_assert_no_error(error);
    tree_check(tree);
    g_autofree char *json = tree_to_json(tree);
    g_autoptr(Tree) back = tree_from_json(json, -1, &error);
    g_assert_no_error(error);
    g_autofree char *again = tree_to_json(back);
    must_be_same("Tree", json, again);
    return g_steal_pointer(&tree);
}

static Document *
try_document(GBytes *bytes, const char *name)
{
    g_autoptr(Document) document = document_new_from_bytes(bytes, name, NULL);
    if (document == NULL)
        return NULL;
    document_check(document);
    g_autoptr(GError) error = NULL;
    g_autofree char *json = document_to_json(document);
    g_autoptr(Document) back = document_from_json(json, -1, &error);
    g_assert_no_error(error);
    g_autofree char *again = document_to_json(back);
    must_be_same("Document", json, again);
    return g_steal_pointer(&document);
}

/* ---- the boundaries ---- */

static void
feed_pdf(const uint8_t *data, size_t size)
{
    g_autoptr(GBytes) bytes = g_bytes_new(data, size);
    document_free(try_document(bytes, "fuzz.pdf"));
}

/* The words and strokes of one page, in a PDF that is sound otherwise: deeper into geometry than a file whose bytes are changed. */
static void
feed_page(const uint8_t *data, size_t size)
{
    g_autoptr(GBytes) bytes = skeleton_pdf(data, size);
    document_free(try_document(bytes, "fuzz.pdf"));
}

/* Text goes through all stages: it is the shortest way to words of every kind. */
static void
feed_text(const uint8_t *data, size_t size)
{
    g_autoptr(GBytes) bytes = g_bytes_new(data, size);
    g_autoptr(Document) document = try_document(bytes, "fuzz.txt");
    g_autoptr(Tree) tree = document != NULL ? try_tree(document) : NULL;
    if (tree != NULL)
        try_records(tree);
}

static void
feed_document(const uint8_t *data, size_t size)
{
    g_autoptr(Document) document = document_from_json((const char *) data, (gssize) size, NULL);
    if (document != NULL)
        tree_free(try_tree(document));
}

static void
feed_tree(const uint8_t *data, size_t size)
{
    g_autoptr(Tree) tree = tree_from_json((const char *) data, (gssize) size, NULL);
    if (tree != NULL)
        try_records(tree);
}

/* A rule file and a table of data: as both, since neither looks at a name. */
static void
feed_rules(const uint8_t *data, size_t size)
{
    static const char *const keys[] = {"key", "level", "id", "title", NULL};
    g_autofree char *text = g_strndup((const char *) data, size);
    g_autoptr(Rules) rules = rules_new_from_text("fuzz", text, keys, NULL);
    if (rules != NULL)
        rules_verify(rules, NULL);
    GPtrArray *rows = data_rows_from_text("fuzz", text, NULL);
    if (rows != NULL)
        g_ptr_array_unref(rows);
}

/* What a worker sends that its document has taken over. */
static void
feed_reply(const uint8_t *data, size_t size)
{
    g_autoptr(GBytes) bytes = g_bytes_new(data, size);
    for (guint trees = 1; trees <= 2; trees++)
        reply_free(reply_from_bytes(bytes, trees));
}

const Boundary boundaries[] = {
    {"pdf", feed_pdf, false},  {"page", feed_page, false},   {"text", feed_text, false},   {"document", feed_document, true},
    {"tree", feed_tree, true}, {"rules", feed_rules, false}, {"reply", feed_reply, false}, {0},
};

const Boundary *
boundary_find(const char *name)
{
    for (const Boundary *boundary = boundaries; boundary->name != NULL; boundary++)
        if (strcmp(boundary->name, name) == 0)
            return boundary;
    return NULL;
}
