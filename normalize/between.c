#include "between.h"

#include <string.h>

#include "checks.h"
#include "facts.h"
#include "names.h"

enum { COLUMN_RULE, COLUMN_THIS, COLUMN_OTHER, COLUMN_APART, COLUMN_LEFT, COLUMN_RIGHT };

static FactsOnce facts = FACTS_ONCE("normalize/data/between.tsv");
static FactsOnce identities = FACTS_ONCE("normalize/data/identities.tsv");

typedef struct {
    bool found;
    Money value, quantum;
    CheckPlace place;
    char *id;
} Figure;

/* A row of a department's table that is of one of its units. */
typedef struct {
    char *key, *name;
    Figure figure;
} UnitFigure;

/* A disclosure, and for each row of between.tsv its figure on either side. */
typedef struct {
    char *name, *key, *region;
    int kind, year, scope;
    GPtrArray *files;        /* char *, by source */
    GPtrArray *left, *right; /* Figure */
    GPtrArray *units;        /* GPtrArray of UnitFigure, for each row */
} Side;

struct Between {
    const GPtrArray *rows; /* of between.tsv */
    GPtrArray *sides;      /* Side, as added */
    GHashTable *index;     /* identity → Side; the first of its kind */
};

const char *
identity_says(const char *rule)
{
    enum { IDENTITY_SAYS = 3 };
    const GHashTable *index = facts_index(&identities, NULL);
    char **row = index != NULL && rule != NULL ? g_hash_table_lookup((GHashTable *) index, rule) : NULL;
    return row != NULL ? row[IDENTITY_SAYS] : NULL;
}

static void
figure_free(void *data)
{
    Figure *figure = data;
    g_free(figure->id);
    g_free(figure);
}

static void
unit_figure_free(void *data)
{
    UnitFigure *unit = data;
    g_free(unit->key);
    g_free(unit->name);
    g_free(unit->figure.id);
    g_free(unit);
}

static void
side_free(void *data)
{
    Side *side = data;
    g_free(side->name);
    g_free(side->key);
    g_free(side->region);
    g_ptr_array_unref(side->files);
    g_ptr_array_unref(side->left);
    g_ptr_array_unref(side->right);
    g_ptr_array_unref(side->units);
    g_free(side);
}

Between *
between_new(GError **error)
{
    const GPtrArray *rows = facts_rows(&facts, error);
    if (rows == NULL || facts_rows(&identities, error) == NULL || !names_load(error))
        return NULL;
    Between *between = g_new0(Between, 1);
    between->rows = rows;
    between->sides = g_ptr_array_new_with_free_func(side_free);
    between->index = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    return between;
}

void
between_free(Between *between)
{
    if (between == NULL)
        return;
    g_hash_table_unref(between->index);
    g_ptr_array_unref(between->sides);
    g_free(between);
}

/* ---- figures of one Record ---- */

/* The first alternative that the Record has. */
static Figure *
figure_new(Checking *checking, const char *words)
{
    g_autoptr(GPtrArray) alternatives = check_read_alternatives(words);
    Figure *figure = g_new0(Figure, 1);
    for (guint i = 0; i < alternatives->len && !figure->found; i++) {
        CellSum sum = {0};
        if (!cells_sum(checking, alternatives->pdata[i], &sum))
            continue;
        *figure = (Figure){true, sum.value, sum.quantum, sum.place, sum.id};
    }
    return figure;
}

/* The rows of units of the table that "unit/revenue" names; a unit that comes twice (its subjects follow) is its first. */
static GPtrArray *
unit_figures(Checking *checking, const char *words)
{
    GPtrArray *units = g_ptr_array_new_with_free_func(unit_figure_free);
    const char *id = g_str_has_prefix(words, "unit/") ? words + strlen("unit/") : NULL;
    const RecordTable *table = id != NULL ? g_hash_table_lookup(checking->by_id, id) : NULL;
    g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (guint r = 0; table != NULL && r < table->rows->len; r++) {
        const RecordRow *row = table->rows->pdata[r];
        const char *key = row_main_column(row);
        Money money = 0;
        Name name = {0};
        if (row->unit_name == NULL || row->item != NULL || key == NULL || !row_amount(row, key, &money) || !name_read(row->unit_name, &name))
            continue;
        char *mark = name_key(name.name);
        if (g_hash_table_add(seen, g_strdup(mark))) {
            UnitFigure *unit = g_new0(UnitFigure, 1);
            unit->key = g_strdup(mark);
            unit->name = g_strdup(row->unit_name);
            unit->figure = (Figure){true, money, table_quantum(checking, table), {table->source, row->page}, g_strdup_printf("%s.%s", id, key)};
            g_ptr_array_add(units, unit);
        }
        g_free(mark);
        name_clear(&name);
    }
    return units;
}

static char *
identity(const char *key, const char *region, int kind, int year, int scope)
{
    return g_strdup_printf("%s/%s/%d/%d/%d", key, region, kind, year, scope);
}

static void
read_figures(const Between *between, Checking *checking, Side *side)
{
    for (guint i = 0; i < between->rows->len; i++) {
        char **row = between->rows->pdata[i];
        g_ptr_array_add(side->left, figure_new(checking, row[COLUMN_LEFT]));
        g_ptr_array_add(side->right, figure_new(checking, row[COLUMN_RIGHT]));
        g_ptr_array_add(side->units, unit_figures(checking, row[COLUMN_LEFT]));
    }
}

bool
between_add(Between *between, Record *record, GError **error)
{
    Checking checking = {0};
    if (record->department->name == NULL || record->year == 0)
        return true;
    if (!checking_open(&checking, record, error))
        return false;
    Side *side = g_new0(Side, 1);
    side->name = g_strdup(record->department->name);
    side->key = name_key(side->name);
    side->region = g_strdup(record->department->region != NULL ? record->department->region->code : "");
    side->kind = record->kind;
    side->year = record->year;
    side->scope = record->department->scope;
    side->files = g_ptr_array_new_with_free_func(g_free);
    for (guint i = 0; i < record->sources->len; i++)
        g_ptr_array_add(side->files, g_strdup(((const Source *) record->sources->pdata[i])->file));
    side->left = g_ptr_array_new_with_free_func(figure_free);
    side->right = g_ptr_array_new_with_free_func(figure_free);
    side->units = g_ptr_array_new_with_free_func((GDestroyNotify) g_ptr_array_unref);
    read_figures(between, &checking, side);
    checking_close(&checking);
    g_ptr_array_add(between->sides, side);
    char *mark = identity(side->key, side->region, side->kind, side->year, side->scope);
    if (!g_hash_table_contains(between->index, mark))
        g_hash_table_insert(between->index, mark, side);
    else
        g_free(mark);
    return true;
}

/* ---- comparing ---- */

static BetweenPlace
place_of(const Side *side, CheckPlace place)
{
    const char *file = place.source >= 0 && (guint) place.source < side->files->len ? side->files->pdata[place.source] : NULL;
    return (BetweenPlace){side->name, file, side->kind, side->year, side->scope, place.page};
}

static void
compare(GPtrArray *findings, char **row, const char *scope, const Side *here, const Figure *left, const Side *there, const Figure *right)
{
    enum { IDENTITY_SEVERITY = 1 };
    char **says = g_hash_table_lookup((GHashTable *) facts_index(&identities, NULL), row[COLUMN_RULE]);
    BetweenFinding *finding = g_new0(BetweenFinding, 1);
    finding->rule = row[COLUMN_RULE];
    finding->severity = says != NULL ? says[IDENTITY_SEVERITY] : NULL;
    finding->id = g_strconcat(left->id, "=", right->id, NULL);
    finding->scope = g_strdup(scope);
    finding->ok = check_holds(left->value, right->value, tolerance_of_pair(left->quantum, right->quantum));
    finding->left = money_print(left->value);
    finding->right = money_print(right->value);
    finding->here = place_of(here, left->place);
    finding->there = place_of(there, right->place);
    g_ptr_array_add(findings, finding);
}

static const Side *
find_side(const Between *between, const Side *like, const char *key, int kind, int year, int scope)
{
    g_autofree char *mark = identity(key, like->region, kind, year, scope);
    return g_hash_table_lookup(between->index, mark);
}

/* Each unit's row against the unit's own disclosure. */
static void
compare_units(const Between *between, GPtrArray *findings, guint r, const Side *side)
{
    const GPtrArray *units = side->units->pdata[r];
    for (guint i = 0; i < units->len; i++) {
        const UnitFigure *unit = units->pdata[i];
        const Side *own = find_side(between, side, unit->key, side->kind, side->year, SCOPE_UNIT);
        const Figure *right = own != NULL ? own->right->pdata[r] : NULL;
        if (right != NULL && right->found && own != side)
            compare(findings, between->rows->pdata[r], unit->name, side, &unit->figure, own, right);
    }
}

/* The rows of between.tsv whose figures are of units, the one that lists them first. */
static const GPtrArray *
units_of(const Between *between, const Side *side)
{
    for (guint r = 0; r < between->rows->len; r++) {
        const GPtrArray *units = side->units->pdata[r];
        if (units->len > 0)
            return units;
    }
    return NULL;
}

/* The whole department against all of its units, where each of them is there. */
static void
compare_sum(const Between *between, GPtrArray *findings, guint r, const Side *side)
{
    const GPtrArray *units = units_of(between, side);
    const Figure *left = side->left->pdata[r];
    Figure sum = {.found = true, .id = "units"};
    const Side *first = NULL;
    if (units == NULL || !left->found || side->scope != SCOPE_DEPARTMENT)
        return;
    for (guint i = 0; i < units->len; i++) {
        const Side *own = find_side(between, side, ((const UnitFigure *) units->pdata[i])->key, side->kind, side->year, SCOPE_UNIT);
        const Figure *figure = own != NULL ? own->left->pdata[r] : NULL;
        if (figure == NULL || !figure->found)
            return;
        sum.value += figure->value;
        sum.quantum += figure->quantum;
        sum.place = first == NULL ? figure->place : sum.place;
        first = first == NULL ? own : first;
    }
    compare(findings, between->rows->pdata[r], NULL, side, left, first, &sum);
}

static int
kind_of(const char *word)
{
    return strcmp(word, "final_accounts") == 0;
}

static void
finding_free(void *data)
{
    BetweenFinding *finding = data;
    g_free(finding->id);
    g_free(finding->scope);
    g_free(finding->left);
    g_free(finding->right);
    g_free(finding);
}

static void
compare_side(const Between *between, GPtrArray *findings, guint r, const Side *side)
{
    char **row = between->rows->pdata[r];
    const Figure *left = side->left->pdata[r];
    if (side->kind != kind_of(row[COLUMN_THIS]))
        return;
    if (strcmp(row[COLUMN_RIGHT], "units") == 0) {
        compare_sum(between, findings, r, side);
        return;
    }
    compare_units(between, findings, r, side);
    const Side *other = left->found ? find_side(between, side, side->key, kind_of(row[COLUMN_OTHER]), side->year - atoi(row[COLUMN_APART]), side->scope) : NULL;
    const Figure *right = other != NULL ? other->right->pdata[r] : NULL;
    if (right != NULL && right->found && other != side)
        compare(findings, row, NULL, side, left, other, right);
}

GPtrArray *
between_compare(const Between *between)
{
    GPtrArray *findings = g_ptr_array_new_with_free_func(finding_free);
    for (guint i = 0; i < between->sides->len; i++)
        for (guint r = 0; r < between->rows->len; r++)
            compare_side(between, findings, r, between->sides->pdata[i]);
    return findings;
}
