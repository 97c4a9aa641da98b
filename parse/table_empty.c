/* Tables that print a title, a header without ruling lines and a note that they are empty: an empty table is a disclosed fact. */
#include "tables.h"

#include <string.h>

#include "utf8.h"

/* Between such a table's title and its note stand an owner, a unit and the header's lines. */
#define LINES_BETWEEN 7

typedef struct {
    Caption caption;
    GPtrArray *header; /* Word *, of the lines that are no captions */
    guint end;         /* block behind the last one that belongs to it */
} Empty;

static bool
is_open_line(const Assembly *assembly, guint index, int page)
{
    const Block *block = index < assembly->flow->blocks->len ? assembly_block(assembly, index) : NULL;
    return block != NULL && block->line != NULL && block->claim == CLAIM_NONE && block->page == page;
}

static bool
rule_matches(const Assembly *assembly, const char *id, const char *text)
{
    return rule_match(rules_find(assembly->captions, id), text, 0, NULL);
}

static bool
is_title(const Assembly *assembly, const char *text)
{
    g_autofree char *title = caption_title(assembly->captions, text);
    const Rule *rule = rule_matches(assembly, "title", title) ? rules_match(assembly->tables, title, 0, NULL) : NULL;
    return rule != NULL && g_strcmp0(rule_key(rule, "id"), "none") != 0;
}

/* One line behind the title: a caption, the note, or words of the header. False where something else begins. */
static bool
read_line(const Assembly *assembly, Empty *empty, const Block *block)
{
    g_autofree char *squeezed = utf8_squeeze(block->text);
    if (caption_read_below(&empty->caption, assembly->captions, block->text))
        return true;
    if (is_title(assembly, block->text) || rule_matches(assembly, "number", squeezed) || strstr(squeezed, "\xE3\x80\x82") != NULL)
        return false;
    g_auto(Caption) further = {0};
    if (caption_read_above(&further, assembly->captions, block->text) && further.title == NULL) {
        if (empty->caption.unit == NULL)
            empty->caption.unit = g_steal_pointer(&further.unit);
        if (empty->caption.owner == NULL)
            empty->caption.owner = g_steal_pointer(&further.owner);
        return true;
    }
    for (guint w = 0; w < block->line->words->len; w++)
        g_ptr_array_add(empty->header, block->line->words->pdata[w]);
    return true;
}

static bool
read_empty(const Assembly *assembly, guint index, Empty *empty)
{
    const Block *title = assembly_block(assembly, index);
    guint i = index + 1;
    for (; is_open_line(assembly, i, title->page) && i <= index + LINES_BETWEEN && !empty->caption.declared_empty; i++)
        if (!read_line(assembly, empty, assembly_block(assembly, i)))
            return false;
    empty->end = i;
    return empty->caption.declared_empty;
}

static TreeTable *
make_table(const Empty *empty, const Assembly *assembly, const Block *block)
{
    TreeTable *table = g_new0(TreeTable, 1);
    table->title = caption_title(assembly->captions, block->text);
    table->unit = g_strdup(empty->caption.unit);
    table->owner = g_strdup(empty->caption.owner);
    table->declared_empty = true;
    table->at = block->at;
    table->pages = g_array_new(FALSE, FALSE, sizeof(int));
    g_array_append_val(table->pages, block->page);
    table->columns = g_ptr_array_new();
    table->rows = g_ptr_array_new();
    table->notes = g_ptr_array_new_with_free_func(g_free);
    for (guint i = 0; empty->caption.notes != NULL && i < empty->caption.notes->len; i++)
        g_ptr_array_add(table->notes, g_strdup(empty->caption.notes->pdata[i]));
    for (guint i = 0; i < empty->header->len; i++) {
        TreeColumn *column = g_new0(TreeColumn, 1);
        column->header = g_ptr_array_new_with_free_func(g_free);
        g_ptr_array_add(column->header, utf8_squeeze(((const Word *) empty->header->pdata[i])->text));
        g_ptr_array_add(table->columns, column);
    }
    return table;
}

static int
compare_places(const void *a, const void *b)
{
    return (*(const TreeTable *const *) a)->at - (*(const TreeTable *const *) b)->at;
}

bool
assembly_claim_empty(Assembly *assembly, GError **error)
{
    const guint before = assembly->tree->tables->len;
    for (guint i = 0; i < assembly->flow->blocks->len; i++) {
        const Block *block = assembly_block(assembly, i);
        if (!is_open_line(assembly, i, block->page) || !is_title(assembly, block->text))
            continue;
        Empty empty = {.header = g_ptr_array_new()};
        bool ok = true;
        if (read_empty(assembly, i, &empty)) {
            TreeTable *table = make_table(&empty, assembly, block);
            assembly_name_table(assembly, table);
            g_ptr_array_add(assembly->tree->tables, table);
            ok = assembly_add_mentions(assembly, table->title, table->owner, block, error);
            for (guint k = i; k < empty.end; k++)
                ((Block *) assembly->flow->blocks->pdata[k])->claim = CLAIM_TABLE;
        }
        caption_clear(&empty.caption);
        g_ptr_array_unref(empty.header);
        if (!ok)
            return false;
    }
    if (assembly->tree->tables->len > before)
        g_ptr_array_sort(assembly->tree->tables, compare_places);
    return true;
}
