#include <string.h>

#include "names.h"
#include "normalize.h"
#include "regions.h"
#include "utf8.h"
#include "votes.h"

/* The tables that every disclosure has: a file in which they come again under another name holds another unit's disclosure. */
static const char *const core_ids[] = {"revenue_expenditure",  "revenue",     "expenditure", "fiscal_appropriation", "general_public_expenditure",
                                       "general_public_basic", "three_public"};
/* So many of them make a set, and so many must come again. A single table repeated under a subordinate's name is a table of
 * details inside one disclosure. */
enum { SET_SIZE = 4, SET_REPEATED = 3 };

/* Consecutive core tables of one owner. */
typedef struct {
    Name owner;
    guint ids; /* bits of core_ids */
    int from;  /* `at` of what opens it: its cover, else its first table */
} Stretch;

static int
core_bit(const char *id)
{
    for (guint i = 0; id != NULL && i < G_N_ELEMENTS(core_ids); i++)
        if (strcmp(core_ids[i], id) == 0)
            return (int) i;
    return -1;
}

static guint
bits(guint set)
{
    return (guint) __builtin_popcount(set);
}

static void
stretch_free(void *data)
{
    Stretch *stretch = data;
    name_clear(&stretch->owner);
    g_free(stretch);
}

static bool
same_owner(const Name *a, const Name *b)
{
    return g_strcmp0(a->name, b->name) == 0 && a->scope == b->scope;
}

static bool
mention_name(const Mention *mention, Name *ret_name)
{
    if (mention->kind > MENTION_TITLE || !name_read(mention->department, ret_name))
        return false;
    if (ret_name->scope == SCOPE_UNKNOWN && mention->scope != NULL)
        ret_name->scope = strcmp(mention->scope, "unit") == 0 ? SCOPE_UNIT : SCOPE_DEPARTMENT;
    return true;
}

static int
by_place(const void *a, const void *b)
{
    const Mention *left = *(Mention *const *) a;
    const Mention *right = *(Mention *const *) b;
    if (left->at != right->at)
        return left->at < right->at ? -1 : 1;
    return left->kind != right->kind ? left->kind - right->kind : strcmp(left->text, right->text);
}

/* The name that holds for a table: the one printed over it, else the last one before it. `next` walks the mentions along. */
static Name
owner_of(const GPtrArray *mentions, const TreeTable *table, guint *next, Name *last)
{
    for (; *next < mentions->len; (*next)++) {
        const Mention *mention = mentions->pdata[*next];
        if (mention->at > table->at)
            break;
        Name name;
        if (!mention_name(mention, &name))
            continue;
        name_clear(last);
        *last = name;
    }
    Name own;
    if (!name_read(table->owner, &own))
        return (Name){g_strdup(last->name), NULL, last->scope};
    return own;
}

/* Where a stretch opens: at the first cover or heading since the table before (mentions from `first`) that names its owner, else at its
 * own first table. */
static int
opening_of(const GPtrArray *mentions, guint first, const Name *owner, int table)
{
    for (guint i = first; owner->name != NULL && i < mentions->len; i++) {
        const Mention *mention = mentions->pdata[i];
        Name name;
        if (mention->at >= table)
            break;
        if ((mention->kind != MENTION_COVER && mention->kind != MENTION_HEADING) || !name_read(mention->department, &name))
            continue;
        bool same = strcmp(name.name, owner->name) == 0;
        name_clear(&name);
        if (same)
            return mention->at;
    }
    return table;
}

static GPtrArray *
find_stretches(const Tree *tree)
{
    GPtrArray *stretches = g_ptr_array_new_with_free_func(stretch_free);
    g_autoptr(GPtrArray) mentions = g_ptr_array_copy(tree->mentions, NULL, NULL);
    g_ptr_array_sort(mentions, by_place);
    Name last = {.scope = SCOPE_UNKNOWN};
    guint next = 0;
    for (guint t = 0; t < tree->tables->len; t++) {
        const TreeTable *table = tree->tables->pdata[t];
        int bit = core_bit(table->id);
        if (bit < 0)
            continue;
        guint first = next;
        Name owner = owner_of(mentions, table, &next, &last);
        Stretch *stretch = stretches->len > 0 ? stretches->pdata[stretches->len - 1] : NULL;
        if (stretch == NULL || (owner.name != NULL && !same_owner(&owner, &stretch->owner))) {
            stretch = g_new0(Stretch, 1);
            stretch->owner = owner;
            stretch->from = opening_of(mentions, first, &owner, table->at);
            g_ptr_array_add(stretches, stretch);
        } else {
            name_clear(&owner);
        }
        stretch->ids |= 1u << bit;
    }
    name_clear(&last);
    return stretches;
}

/* Where the parts of a tree begin; the first is 0. */
static GArray *
find_cuts(const Tree *tree)
{
    g_autoptr(GPtrArray) stretches = find_stretches(tree);
    GArray *cuts = g_array_new(FALSE, FALSE, sizeof(int));
    int start = 0;
    g_array_append_val(cuts, start);
    guint held = 0;
    for (guint i = 0; i < stretches->len; i++) {
        const Stretch *stretch = stretches->pdata[i];
        if (bits(stretch->ids) >= SET_SIZE && bits(held) >= SET_SIZE && bits(stretch->ids & held) >= SET_REPEATED) {
            g_array_append_val(cuts, stretch->from);
            held = 0;
        }
        held |= stretch->ids;
    }
    return cuts;
}

static bool
has_figure(const TreeTable *table)
{
    for (guint r = 0; r < table->rows->len; r++) {
        const TreeRow *row = table->rows->pdata[r];
        for (guint c = 0; c < row->cells->len; c++)
            if (row->cells->pdata[c] != NULL && figure_kind(row->cells->pdata[c]) == FIGURE_NUMBER)
                return true;
    }
    return false;
}

/* What an Evidence counts of a part of a tree. */
typedef struct {
    guint tables; /* of the canon, with figures or declared empty                           */
    guint forms;  /* performance targets                                                    */
    guint money;  /* sentences with an amount of money                                      */
    guint told;   /* sentences with an amount of money under a heading of the canon         */
    guint kinds;  /* of such headings, those that only budgets and final accounts have      */
} Evidence;

static bool
is_money(const TreeStatement *statement)
{
    return statement->amount != NULL && statement->unit != NULL && unit_factor(statement->unit) > 0;
}

static Evidence
evidence_of(const Tree *tree, int from, int to)
{
    Evidence found = {0};
    g_autoptr(GHashTable) sections = g_hash_table_new(g_str_hash, g_str_equal);
    for (guint i = 0; i < tree->tables->len; i++) {
        const TreeTable *table = tree->tables->pdata[i];
        if (table->at < from || table->at >= to)
            continue;
        found.tables += table->id != NULL && (has_figure(table) || table->declared_empty);
        found.forms += table_stands_alone(table) && has_figure(table);
    }
    for (guint i = 0; i < tree->forms->len; i++) {
        const TreeForm *form = tree->forms->pdata[i];
        found.forms += form->at >= from && form->at < to &&
                       (form->annual_amount_total != NULL || form->amount_total != NULL || (form->indicators != NULL && form->indicators->len > 0));
    }
    for (guint i = 0; i < tree->statements->len; i++) {
        const TreeStatement *statement = tree->statements->pdata[i];
        if (statement->at < from || statement->at >= to || !is_money(statement))
            continue;
        found.money++;
        if (statement->section == NULL)
            continue;
        found.told++;
        if (g_str_has_suffix(statement->section, "_statement") && g_hash_table_add(sections, statement->section))
            found.kinds++;
    }
    return found;
}

/* What a disclosure shows and nothing else does: tables of the canon with figures, performance targets of a named department, or
 * sentences with amounts: under a title that names department, year and kind, or under several headings of the canon. */
static bool
is_disclosure(const Tree *tree, int from, int to, const Verdict *verdict)
{
    Evidence found = evidence_of(tree, from, to);
    bool named = verdict->name != NULL;
    bool dated = verdict->year != 0 && verdict->kind >= 0;
    return found.tables >= 2 || (found.tables == 1 && (named || dated)) || (found.forms > 0 && named) ||
           (found.told >= 2 && named && dated && (verdict->titled || found.kinds >= 2)) || (found.money >= 3 && named && dated && verdict->titled) ||
           found.kinds >= 3;
}

/* Words that may say in which city a district lies: titles, owners, headings and the sentences under them. */
static char *
region_context(const Tree *tree, int from, int to)
{
    GString *context = g_string_new(NULL);
    for (guint i = 0; i < tree->mentions->len; i++) {
        const Mention *mention = tree->mentions->pdata[i];
        if (mention->at >= from && mention->at < to)
            g_string_append_printf(context, "%s\n", mention->text);
    }
    for (guint i = 0; i < tree->sections->len; i++) {
        const Section *section = tree->sections->pdata[i];
        if (section->at >= from && section->at < to)
            g_string_append_printf(context, "%s\n", section->text);
    }
    return g_string_free(context, FALSE);
}

static Region *
find_region(const Tree *tree, int from, int to, const char *name)
{
    Region *region = region_find(name, false, NULL);
    if (region == NULL && name != NULL) {
        g_autofree char *context = region_context(tree, from, to);
        region = region_find_in(name, context);
    }
    if (region == NULL)
        region = region_find(name, true, NULL);
    for (guint i = 0; region == NULL && i < tree->mentions->len; i++) {
        const Mention *mention = tree->mentions->pdata[i];
        if (mention->kind == MENTION_COVER && mention->at >= from && mention->at < to)
            region = codebook_region(mention->text, false);
    }
    return region;
}

/* Forms carry the budget unit's code where nothing else does. */
static char *
code_of_forms(const Tree *tree, int from, int to, const char *name)
{
    for (guint i = 0; i < tree->forms->len && name != NULL; i++) {
        const TreeForm *form = tree->forms->pdata[i];
        Name owner;
        if (form->at < from || form->at >= to || !name_read(form->department, &owner))
            continue;
        const char *code = form->department_code != NULL ? form->department_code : owner.code;
        g_autofree char *found = strcmp(owner.name, name) == 0 ? g_strdup(code) : NULL;
        name_clear(&owner);
        if (found != NULL)
            return g_steal_pointer(&found);
    }
    return NULL;
}

static Department *
department_new(const Tree *tree, int from, int to, Verdict *verdict)
{
    Department *department = g_new0(Department, 1);
    department->name = g_steal_pointer(&verdict->name);
    department->name_raw = g_steal_pointer(&verdict->raw);
    department->code = g_steal_pointer(&verdict->code);
    department->scope = verdict->scope;
    if (department->code == NULL)
        department->code = code_of_forms(tree, from, to, department->name);
    department->region = find_region(tree, from, to, department->name);
    return department;
}

static void
add_part(GPtrArray *parts, const GPtrArray *trees, guint index, int from, int to, GPtrArray **diags)
{
    const Tree *tree = trees->pdata[index];
    Verdict verdict = votes_count(tree, from, to);
    if (verdict.year == 0 || verdict.kind < 0) { /* a unit's part of a file is of the file's year and kind */
        Verdict whole = votes_count(tree, 0, G_MAXINT);
        verdict.year = verdict.year != 0 ? verdict.year : whole.year;
        verdict.kind = verdict.kind >= 0 ? verdict.kind : whole.kind;
        verdict_clear(&whole);
    }
    if (is_disclosure(tree, from, to, &verdict)) {
        if (verdict.rival != NULL) {
            diag_add(diags, DIAG_NAMES_DIFFER, 0, "%s, %s", verdict.name, verdict.rival);
            ((Diag *) (*diags)->pdata[(*diags)->len - 1])->source = (int) index;
        }
        Part *part = g_new0(Part, 1);
        *part = (Part){.kind = verdict.kind, .year = verdict.year, .tree = (int) index, .from = from, .to = to};
        part->department = department_new(tree, from, to, &verdict);
        g_ptr_array_add(parts, part);
    }
    verdict_clear(&verdict);
}

/* Behind a department's own disclosure in one file come those of its units. */
static void
settle_units(const GPtrArray *parts, guint first)
{
    const Part *whole = first < parts->len ? parts->pdata[first] : NULL;
    for (guint i = first + 1; i < parts->len; i++) {
        Department *department = ((Part *) parts->pdata[i])->department;
        if (department->scope == SCOPE_UNKNOWN && g_strcmp0(department->name, whole->department->name) != 0)
            department->scope = SCOPE_UNIT;
    }
}

void
part_free(void *data)
{
    Part *part = data;
    if (part->department != NULL) {
        Record *holder = g_new0(Record, 1);
        holder->department = part->department;
        record_free(holder);
    }
    g_free(part);
}

GPtrArray *
identity_parts(const GPtrArray *trees, GPtrArray **diags, GError **error)
{
    if (!codebooks_load(error) || !names_load(error))
        return NULL;
    GPtrArray *parts = g_ptr_array_new_with_free_func(part_free);
    for (guint i = 0; i < trees->len; i++) {
        g_autoptr(GArray) cuts = find_cuts(trees->pdata[i]);
        guint first = parts->len;
        for (guint c = 0; c < cuts->len; c++) {
            int to = c + 1 < cuts->len ? g_array_index(cuts, int, c + 1) : G_MAXINT;
            add_part(parts, trees, i, g_array_index(cuts, int, c), to, diags);
        }
        settle_units(parts, first);
    }
    return parts;
}
