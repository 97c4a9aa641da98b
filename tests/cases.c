#include "cases.h"

#include <string.h>

#include "extract.h"

static int
by_name(gconstpointer a, gconstpointer b)
{
    return strcmp(*(char *const *) a, *(char *const *) b);
}

static GPtrArray *
names_in(const char *path)
{
    GPtrArray *names = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GDir) folder = g_dir_open(path, 0, NULL);
    for (const char *name = folder != NULL ? g_dir_read_name(folder) : NULL; name != NULL; name = g_dir_read_name(folder))
        g_ptr_array_add(names, g_strdup(name));
    g_ptr_array_sort(names, by_name);
    return names;
}

static void
case_free(void *data)
{
    Case *one = data;
    g_free(one->name);
    g_free(one->folder);
    g_free(one->known_bug);
    g_ptr_array_unref(one->inputs);
    g_free(one);
}

static Case *
case_new(const char *folder, const char *name)
{
    Case *one = g_new0(Case, 1);
    one->name = g_strdup(name);
    one->folder = g_build_filename(folder, name, NULL);
    one->inputs = g_ptr_array_new_with_free_func(g_free);
    g_autofree char *note = g_build_filename(one->folder, "known-bug.txt", NULL);
    g_file_get_contents(note, &one->known_bug, NULL, NULL);
    g_autofree char *text = g_strconcat(name, ".txt", NULL);
    g_autoptr(GPtrArray) files = names_in(one->folder);
    for (guint i = 0; i < files->len; i++)
        if (g_str_has_suffix(files->pdata[i], ".pdf") || strcmp(files->pdata[i], text) == 0)
            g_ptr_array_add(one->inputs, g_build_filename(one->folder, files->pdata[i], NULL));
    return one;
}

GPtrArray *
cases_new(void)
{
    const char *folder = g_getenv("CORPUS") != NULL ? g_getenv("CORPUS") : "corpus";
    GPtrArray *cases = g_ptr_array_new_with_free_func(case_free);
    g_autoptr(GPtrArray) names = names_in(folder);
    for (guint i = 0; i < names->len; i++) {
        g_autofree char *mark = g_build_filename(folder, names->pdata[i], "case.toml", NULL);
        if (g_file_test(mark, G_FILE_TEST_EXISTS))
            g_ptr_array_add(cases, case_new(folder, names->pdata[i]));
    }
    return cases;
}

/* ---- stages ---- */

static bool
same_json(const char *boundary, const char *before, const char *after, GError **error)
{
    if (strcmp(before, after) == 0)
        return true;
    size_t at = 0;
    while (before[at] == after[at])
        at++;
    g_set_error(error, SHAPE_ERROR, 0, "%s: what was printed and read again is not the same: %.80s | %.80s", boundary, before + at, after + at);
    return false;
}

static Document *
read_document(const char *path, GError **error)
{
    g_autoptr(Document) document = document_new_from_file(path, error);
    if (document == NULL)
        return NULL;
    document_check(document);
    g_autofree char *json = document_to_json(document);
    g_autoptr(Document) back = document_from_json(json, -1, error);
    g_autofree char *again = back != NULL ? document_to_json(back) : NULL;
    return again != NULL && same_json("Document", json, again, error) ? g_steal_pointer(&document) : NULL;
}

static Tree *
read_tree(const Document *document, GError **error)
{
    g_autoptr(Tree) tree = tree_new_from_document(document, error);
    if (tree == NULL)
        return NULL;
    tree_check(tree);
    g_autofree char *json = tree_to_json(tree);
    g_autoptr(Tree) back = tree_from_json(json, -1, error);
    g_autofree char *again = back != NULL ? tree_to_json(back) : NULL;
    return again != NULL && same_json("Tree", json, again, error) ? g_steal_pointer(&tree) : NULL;
}

static bool
check_record(const Record *record, GError **error)
{
    record_check(record);
    g_autofree char *json = record_to_json(record);
    g_autoptr(Record) back = record_from_json(json, -1, error);
    g_autofree char *again = back != NULL ? record_to_json(back) : NULL;
    return again != NULL && same_json("Record", json, again, error);
}

Stages *
stages_new(const Case *one, GError **error)
{
    g_autoptr(Stages) stages = g_new0(Stages, 1);
    stages->documents = g_ptr_array_new_with_free_func((GDestroyNotify) document_free);
    stages->trees = g_ptr_array_new_with_free_func((GDestroyNotify) tree_free);
    for (guint i = 0; i < one->inputs->len; i++) {
        Document *document = read_document(one->inputs->pdata[i], error);
        Tree *tree = NULL;
        if (document != NULL) {
            g_ptr_array_add(stages->documents, document);
            tree = read_tree(document, error);
        }
        if (tree == NULL)
            return NULL;
        g_ptr_array_add(stages->trees, tree);
    }
    stages->records = records_new_from_trees(stages->trees, NULL, error);
    if (stages->records == NULL)
        return NULL;
    g_ptr_array_set_free_func(stages->records, (GDestroyNotify) record_free);
    for (guint i = 0; i < stages->records->len; i++)
        if (!check_record(stages->records->pdata[i], error))
            return NULL;
    return g_steal_pointer(&stages);
}

void
stages_free(Stages *stages)
{
    if (stages == NULL)
        return;
    g_clear_pointer(&stages->documents, g_ptr_array_unref);
    g_clear_pointer(&stages->trees, g_ptr_array_unref);
    g_clear_pointer(&stages->records, g_ptr_array_unref);
    g_free(stages);
}
