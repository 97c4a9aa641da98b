/* The table of contents: claimed so that none of its lines is taken for a heading, a title or text. */
#include <string.h>

#include "flow.h"
#include "rules.h"
#include "utf8.h"

/* A title, an owner and a unit may stand between the last entry and a table. */
#define CAPTION_LINES 4
/* An entry is short; a run without a heading needs so many entries that come again further on, near the file's begin. */
#define ENTRY_CHARS 70
#define RUN_ENTRIES 4
#define BEGIN_PAGES 4

typedef struct {
    const Rules *rules, *numbers;
    const Rule *heading, *leader, *no_leader, *field, *glued, *table_list, *no_entry;
    GPtrArray *keys;  /* char *, one for each block: its words without number marks, leader and page; NULL for a grid */
    GHashTable *last; /* key → 1 + index of the last block that has it */
} Contents;

static void
contents_clear(Contents *contents)
{
    g_clear_pointer(&contents->last, g_hash_table_unref);
    g_clear_pointer(&contents->keys, g_ptr_array_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Contents, contents_clear)

/* The words of an entry, as the heading it stands for has them. */
static char *
entry_key(const Contents *contents, const char *text)
{
    char *words = utf8_squeeze(text);
    RuleMatch match;
    if (rule_match(contents->leader, words, 0, &match))
        words[match.start] = '\0';
    return words;
}

/* Behind a title, not behind a sentence left off. */
static bool
has_leader(const Contents *contents, const char *words)
{
    RuleMatch match;
    if (!rule_match(contents->leader, words, 0, &match))
        return false;
    g_autofree char *title = g_strndup(words, match.start);
    return !rule_match(contents->no_leader, title, 0, NULL);
}

static bool
is_entry(const Contents *contents, const char *text)
{
    g_autofree char *words = utf8_squeeze(text);
    if (has_leader(contents, words) || rule_match(contents->field, words, 0, NULL))
        return true;
    return g_utf8_strlen(words, -1) <= ENTRY_CHARS && !rule_match(contents->no_entry, words, 0, NULL);
}

static bool
is_marked(const Contents *contents, const char *text)
{
    g_autofree char *words = utf8_squeeze(text);
    return has_leader(contents, words) || rule_match(contents->field, words, 0, NULL) || rule_match(contents->glued, words, 0, NULL);
}

static char *
grid_row_text(const Grid *grid, int row)
{
    GString *text = g_string_new(NULL);
    for (guint i = 0; i < grid->cells->len; i++) {
        const Cell *cell = grid->cells->pdata[i];
        if (cell->row == row)
            g_string_append(text, cell->text);
    }
    char *squeezed = utf8_squeeze(text->str);
    g_string_free(text, TRUE);
    return squeezed;
}

/* A grid of entries: leaders make columns where words stand in line. */
static bool
is_entry_grid(const Contents *contents, const Grid *grid)
{
    int marked = 0, sentences = 0;
    for (int row = 0; row < grid->rows; row++) {
        g_autofree char *text = grid_row_text(grid, row);
        marked += is_marked(contents, text);
        sentences += !is_entry(contents, text);
    }
    return sentences == 0 && marked * 2 >= grid->rows;
}

static bool
is_table_list(const Contents *contents, const Grid *grid)
{
    g_autofree char *text = grid_row_text(grid, 0);
    return rule_match(contents->table_list, text, 0, NULL);
}

static bool
comes_again(const Contents *contents, guint index)
{
    const char *key = contents->keys->pdata[index];
    return key != NULL && GPOINTER_TO_UINT(g_hash_table_lookup(contents->last, key)) > index + 1;
}

/* Whether a key is that of an entry from block `from` up to `index`. An entry can stand twice in one table of contents, so only its
 * first ones or those of another page count. */
static bool
is_listed(const Flow *flow, const Contents *contents, guint from, guint index, const char *key)
{
    const Block *block = flow->blocks->pdata[index];
    for (guint i = from; i < index; i++) {
        const Block *entry = flow->blocks->pdata[i];
        const char *other = contents->keys->pdata[i];
        if (other != NULL && strcmp(other, key) == 0 && (i < from + 3 || entry->page != block->page))
            return true;
    }
    return false;
}

/* Whether block `index` is the heading of an entry among those from `from`: there the document itself begins. A heading may
 * be broken over two lines where its entry is not. */
static bool
is_body(const Flow *flow, const Contents *contents, guint from, guint index)
{
    const Block *block = flow->blocks->pdata[index];
    const char *key = contents->keys->pdata[index];
    if (key == NULL || is_marked(contents, block->text))
        return false;
    if (is_listed(flow, contents, from, index, key))
        return true;
    const char *rest = index + 1 < flow->blocks->len ? contents->keys->pdata[index + 1] : NULL;
    g_autofree char *joined = rest != NULL && block->page > 0 ? g_strconcat(key, rest, NULL) : NULL;
    return joined != NULL && is_listed(flow, contents, from, index, joined);
}

/* The end of the entries that begin at `from`: the first block that is none. `ret_body`: it is an entry's own heading. */
static guint
entries_end(const Flow *flow, const Contents *contents, guint from, bool *ret_body)
{
    bool marked = false;
    *ret_body = false;
    guint i = from;
    for (; i < flow->blocks->len; i++) {
        const Block *block = flow->blocks->pdata[i];
        *ret_body = is_body(flow, contents, from, i);
        if (block->claim != CLAIM_NONE || *ret_body)
            break;
        if (block->grid != NULL) {
            if (!is_table_list(contents, block->grid) && !is_entry_grid(contents, block->grid))
                break;
            continue;
        }
        bool mark = is_marked(contents, block->text);
        const Block *next = i + 1 < flow->blocks->len ? flow->blocks->pdata[i + 1] : NULL;
        /* With leaders every entry has one, except the upper line of an entry that is broken over two. */
        if (marked && !mark && (next == NULL || next->line == NULL || !is_marked(contents, next->text)))
            break;
        if (!mark && !is_entry(contents, block->text))
            break;
        marked = marked || mark;
    }
    return i;
}

/* A page that has only entries at its end may have run into the first headings of the text: entries that do not come
 * again, on a later page than the last one that does. */
static guint
trim_end(const Flow *flow, const Contents *contents, guint from, guint to)
{
    guint last = to;
    for (guint i = to; i > from; i--) {
        const Block *block = flow->blocks->pdata[i - 1];
        const Block *first = flow->blocks->pdata[from];
        if (block->page == first->page || block->grid != NULL || is_marked(contents, block->text) || comes_again(contents, i - 1))
            return last;
        last = i - 1;
    }
    return last;
}

/* Lines over a table on its own page are the table's words, however like entries they look. */
static guint
spare_captions(const Flow *flow, guint from, guint to)
{
    const Block *first = flow->blocks->pdata[from];
    guint grid = to;
    while (grid < flow->blocks->len && grid < to + CAPTION_LINES && ((const Block *) flow->blocks->pdata[grid])->grid == NULL)
        grid++;
    const Block *table = grid < flow->blocks->len ? flow->blocks->pdata[grid] : NULL;
    if (table == NULL || table->grid == NULL || table->page == first->page)
        return to;
    while (to > from && ((const Block *) flow->blocks->pdata[to - 1])->page == table->page && ((const Block *) flow->blocks->pdata[to - 1])->line != NULL)
        to--;
    return to;
}

static void
claim_range(Flow *flow, guint from, guint to)
{
    for (guint i = from; i < to; i++)
        ((Block *) flow->blocks->pdata[i])->claim = CLAIM_TOC;
}

/* A table of contents that lacks its heading: a run of lines with leaders, or of numbered lines of which several come again and
 * which ends where the first of them does. */
static guint
bare_run(const Flow *flow, const Contents *contents, guint from)
{
    guint numbered = 0, again = 0, marked = 0, i = from;
    bool body = false;
    for (; i < flow->blocks->len && !body; i++) {
        const Block *block = flow->blocks->pdata[i];
        body = is_body(flow, contents, from, i);
        if (body || block->line == NULL || block->claim != CLAIM_NONE || !is_entry(contents, block->text))
            break;
        bool number = rules_match(contents->numbers, block->text, 0, NULL) != NULL;
        bool mark = is_marked(contents, block->text);
        if (i == from && !mark && !number)
            return from;
        marked += mark;
        numbered += number;
        again += number && comes_again(contents, i);
    }
    guint entries = i - from;
    bool listed = body && again >= RUN_ENTRIES && numbered * 10 >= entries * 8;
    return entries >= RUN_ENTRIES && (listed || marked * 10 >= entries * 8) ? i : from;
}

static void
index_keys(const Flow *flow, Contents *contents)
{
    contents->keys = g_ptr_array_new_with_free_func(g_free);
    contents->last = g_hash_table_new(g_str_hash, g_str_equal);
    for (guint i = 0; i < flow->blocks->len; i++) {
        const Block *block = flow->blocks->pdata[i];
        char *key = block->text != NULL ? entry_key(contents, block->text) : NULL;
        g_ptr_array_add(contents->keys, key);
        if (key != NULL)
            g_hash_table_insert(contents->last, key, GUINT_TO_POINTER(i + 1));
    }
}

static bool
contents_open(Contents *contents, GError **error)
{
    contents->rules = rules_get("contents", NULL, error);
    static const char *const number_keys[] = {"level", NULL};
    contents->numbers = contents->rules != NULL ? rules_get("numbers", number_keys, error) : NULL;
    if (contents->numbers == NULL)
        return false;
    struct {
        const char *id;
        const Rule **rule;
    } wanted[] = {{"heading", &contents->heading}, {"leader", &contents->leader},         {"no_leader", &contents->no_leader}, {"field", &contents->field},
                  {"glued", &contents->glued},     {"table_list", &contents->table_list}, {"no_entry", &contents->no_entry}};
    for (guint i = 0; i < G_N_ELEMENTS(wanted); i++) {
        *wanted[i].rule = rules_find(contents->rules, wanted[i].id);
        if (*wanted[i].rule == NULL) {
            g_set_error(error, RULES_ERROR, 0, "contents.rules: no rule [%s]", wanted[i].id);
            return false;
        }
    }
    return true;
}

bool
contents_claim(Flow *flow, Tree *tree, GError **error)
{
    (void) tree;
    g_auto(Contents) contents = {0};
    if (!contents_open(&contents, error))
        return false;
    index_keys(flow, &contents);
    for (guint i = 0; i < flow->blocks->len; i++) {
        const Block *block = flow->blocks->pdata[i];
        if (block->claim != CLAIM_NONE)
            continue;
        guint end = i;
        if (block->grid != NULL) {
            end = is_table_list(&contents, block->grid) ? i + 1 : i;
        } else if (rule_match(contents.heading, contents.keys->pdata[i], 0, NULL)) {
            bool body = false;
            end = entries_end(flow, &contents, i + 1, &body);
            end = MAX(body ? end : spare_captions(flow, i, trim_end(flow, &contents, i + 1, end)), i + 1);
        } else if (block->page <= BEGIN_PAGES) {
            end = bare_run(flow, &contents, i);
        }
        claim_range(flow, i, end);
    }
    return true;
}
