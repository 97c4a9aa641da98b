#include "flow.h"
#include "rules.h"

typedef bool (*Step)(Flow *flow, Tree *tree, GError **error);

static const Step claims[] = {paragraphs_cut, contents_claim, covers_claim, forms_claim, tables_claim, outline_claim};

static Tree *
tree_new(const Document *document)
{
    Tree *tree = g_new0(Tree, 1);
    tree->file = g_strdup(document->file);
    tree->sha256 = g_strdup(document->sha256);
    tree->media_type = g_strdup(document->media_type);
    tree->mentions = g_ptr_array_new();
    tree->sections = g_ptr_array_new();
    tree->tables = g_ptr_array_new();
    tree->statements = g_ptr_array_new();
    tree->forms = g_ptr_array_new();
    tree->terms = g_ptr_array_new();
    tree->diagnostics = g_ptr_array_new();
    guint native = 0;
    for (guint i = 0; i < document->pages->len; i++) {
        const Page *page = document->pages->pdata[i];
        native += page->text == TEXT_NATIVE;
        tree->pages += page->page > 0;
    }
    tree->text = native == document->pages->len ? 0 : native == 0 ? 1 : 2;
    for (guint i = 0; document->diagnostics != NULL && i < document->diagnostics->len; i++)
        g_ptr_array_add(tree->diagnostics, diag_copy(document->diagnostics->pdata[i]));
    return tree;
}

Tree *
tree_new_from_document(const Document *document, GError **error)
{
    g_autoptr(Tree) tree = tree_new(document);
    g_autoptr(Flow) flow = flow_new(document);
    guint limits = rules_limits_hit();
    for (guint i = 0; i < G_N_ELEMENTS(claims); i++)
        if (!claims[i](flow, tree, error))
            return NULL;
    if (!statements_find(flow, tree, error) || !terms_find(flow, tree, error))
        return NULL;
    if (rules_limits_hit() > limits)
        diag_add(&tree->diagnostics, DIAG_RULE_LIMIT, 0, "%s", "");
    return g_steal_pointer(&tree);
}
