/* Cells by name, and identities between cells: of several tables, of what sentences tell, of target forms. */
#include <string.h>

#include "checks.h"
#include "utf8.h"

/* ---- rows by name ---- */

/* The canonical key that the words of a revenue line name: 一般公共预算拨款收入 → general_public. */
static bool
line_names(const Checking *checking, const RecordRow *row, const char *key)
{
    if (row->item != NULL || row->code != NULL || row->name == NULL)
        return false;
    g_autofree char *narrow = utf8_narrow(row->name);
    g_autofree char *word = utf8_squeeze(narrow);
    const Rule *rule = rules_match(checking->columns, word, 0, NULL);
    return rule != NULL && g_strcmp0(rule_key(rule, "key"), key) == 0;
}

/* Some places number their own 款 within a class: a code under another name is none of the codebook's. */
static bool
is_of_code(const RecordRow *row, const char *code)
{
    enum { GROUP_DIGITS = 5 };
    if (g_strcmp0(row->code, code) != 0)
        return false;
    const char *known = strlen(code) == GROUP_DIGITS && row->name != NULL ? codebook_code(CODEBOOK_ECONOMIC_DEPARTMENT, row->name, GROUP_DIGITS, NULL) : code;
    return g_strcmp0(known, code) == 0;
}

static const RecordRow *
row_of_spending(const Checking *checking, const RecordTable *table, const char *key)
{
    for (guint r = 0; r < table->rows->len; r++) {
        const RecordRow *row = table->rows->pdata[r];
        if (g_strcmp0(row->side, "expenditure") == 0 && line_names(checking, row, key))
            return row;
    }
    return NULL;
}

/* A line of the revenue side; `carried`: one of those below the opening carry-over. */
static const RecordRow *
row_of_line(const Checking *checking, const RecordTable *table, const char *key, bool carried)
{
    int level = -1; /* of the carry-over whose parts come now */
    for (guint r = 0; r < table->rows->len; r++) {
        const RecordRow *row = table->rows->pdata[r];
        if (g_strcmp0(row->side, "expenditure") == 0)
            continue;
        if (row->item != NULL)
            level = strcmp(row->item, "opening_carryover") == 0 ? row->level : -1;
        else if (level >= 0 && row->level <= level && row->name != NULL)
            level = -1;
        if ((level >= 0) == carried && line_names(checking, row, key))
            return row;
    }
    return NULL;
}

/* The code of "code/30212", or NULL. */
static const char *
item_code(const char *item)
{
    return g_str_has_prefix(item, "code/") ? item + strlen("code/") : NULL;
}

const RecordRow *
row_of_item(const Checking *checking, const RecordTable *table, const char *item)
{
    if (g_str_has_prefix(item, "line/"))
        return row_of_line(checking, table, item + strlen("line/"), false);
    if (g_str_has_prefix(item, "carried/"))
        return row_of_line(checking, table, item + strlen("carried/"), true);
    if (g_str_has_prefix(item, "spent/"))
        return row_of_spending(checking, table, item + strlen("spent/"));
    const char *code = item_code(item);
    for (guint r = 0; r < table->rows->len; r++) {
        const RecordRow *row = table->rows->pdata[r];
        if (code != NULL ? is_of_code(row, code) : g_strcmp0(row->item, item) == 0)
            return row;
    }
    return NULL;
}

/* A code comes again where rows are of units or of two government classes: it is the sum of its rows. */
static bool
code_sum(const RecordTable *table, const RecordRow *first, const char *column, Money *ret_money)
{
    Money sum = 0;
    bool any = false;
    for (guint r = 0; first != NULL && r < table->rows->len; r++) {
        const RecordRow *row = table->rows->pdata[r];
        const char *key = strcmp(column, "*") == 0 ? row_main_column(row) : column;
        Money money = 0;
        if (!is_of_code(row, first->code) || key == NULL || !row_amount(row, key, &money))
            continue;
        sum += money;
        any = true;
    }
    *ret_money = sum;
    return any;
}

bool
item_amount(const Checking *checking, const RecordTable *table, const char *item, const char *column, Money *ret_money, int *ret_page)
{
    const RecordRow *row = row_of_item(checking, table, item);
    const char *key = row == NULL ? NULL : strcmp(column, "*") == 0 ? row_main_column(row) : column;
    bool found = item_code(item) != NULL ? code_sum(table, row, column, ret_money) : key != NULL && row_amount(row, key, ret_money);
    if (!found)
        return false;
    if (ret_page != NULL && *ret_page == 0)
        *ret_page = row->page;
    return true;
}

/* ---- cells by name ---- */

typedef struct {
    Money value, quantum;
    CheckPlace place;
    bool blank; /* its row is printed, its figure is not */
} NamedCell;

/* What a figure was before the change that is told of it: of another budget, not of what was spent of it. */
static bool
find_before(const Checking *checking, const Told *told, Money *ret_value)
{
    const Change *change = told->statement->change;
    const Rule *other = rules_find(checking->told_rules, "other_base");
    Money size = 0;
    if (change == NULL || (change->base != NULL && other != NULL && rule_match(other, change->base, 0, NULL)))
        return false;
    if (money_parse(change->base_amount, ret_value))
        return true;
    bool unchanged = g_strcmp0(change->direction, "unchanged") == 0, down = g_strcmp0(change->direction, "decrease") == 0;
    if (!unchanged && (change->direction == NULL || !money_parse(change->amount, &size)))
        return false;
    *ret_value = told->amount + (down ? size : -size);
    return true;
}

/* "told:procurement", "told:vehicles.count": what is told first; "told:before/procurement": what it was. */
static bool
find_told(const Checking *checking, const char *name, const char *column, NamedCell *ret_cell)
{
    static const char before[] = "before/";
    const bool earlier = g_str_has_prefix(name, before), count = g_strcmp0(column, "count") == 0;
    const GPtrArray *list = g_hash_table_lookup(checking->told, earlier ? name + strlen(before) : name);
    for (guint i = 0; list != NULL && i < list->len; i++) {
        const Told *told = list->pdata[i];
        Money value = told->amount;
        if (told->planned || (count ? !money_parse(told->statement->count, &value) : !told->has_amount) || (earlier && !find_before(checking, told, &value)))
            continue;
        *ret_cell = (NamedCell){value, count ? MONEY_YUAN : told->quantum, {told->statement->source, told->statement->page}, false};
        return true;
    }
    return false;
}

/* "performance:forms": the year's money of all project forms, or how many they are. */
static bool
find_forms(const Checking *checking, const char *column, NamedCell *ret_cell)
{
    Money sum = 0;
    guint count = forms_of_projects(checking->record, &sum);
    if (count == 0)
        return false;
    *ret_cell = (NamedCell){g_strcmp0(column, "count") == 0 ? (Money) count * MONEY_YUAN : sum, MONEY_YUAN, {0, 0}, false};
    return true;
}

/* "projects:rows": the list without its total and without what is part of a row before it; "projects:all": with the parts. */
static bool
find_rows(Checking *checking, const RecordTable *table, bool all, bool count, NamedCell *ret_cell)
{
    ListSums list = sums_read(table, "total");
    const CheckPlace place = {table->source, g_array_index(table->pages, int, 0)};
    Money value = count ? (Money) (all ? list.count : list.leaves) * MONEY_YUAN : all ? list.all : list.sum;
    *ret_cell = (NamedCell){value, count ? MONEY_YUAN : table_quantum(checking, table), place, false};
    return list.leaves > 0;
}

/* "fiscal_appropriation:expenditure_subtotal.general_public"; without a column the main one; "0" is nothing. */
static bool
find_cell(Checking *checking, const char *words, NamedCell *ret_cell)
{
    const char *colon = strchr(words, ':');
    if (colon == NULL) {
        *ret_cell = (NamedCell){.quantum = 0};
        return strcmp(words, "0") == 0;
    }
    g_autofree char *id = g_strndup(words, (gsize) (colon - words));
    g_auto(GStrv) parts = g_strsplit(colon + 1, ".", 2);
    if (strcmp(id, "told") == 0)
        return find_told(checking, parts[0], parts[1], ret_cell);
    if (strcmp(id, "performance") == 0)
        return find_forms(checking, parts[1], ret_cell);
    const RecordTable *table = g_hash_table_lookup(checking->by_id, id);
    if (table == NULL)
        return false;
    bool all = strcmp(parts[0], "all") == 0;
    if (all || strcmp(parts[0], "rows") == 0)
        return find_rows(checking, table, all, g_strcmp0(parts[1], "count") == 0, ret_cell);
    Money value = 0;
    int page = 0;
    bool printed = item_amount(checking, table, parts[0], parts[1] != NULL ? parts[1] : "*", &value, &page);
    if (!printed && (row_of_item(checking, table, parts[0]) == NULL || (parts[1] != NULL && !table_has_key(checking, table, parts[1]))))
        return false;
    *ret_cell = (NamedCell){value, table_quantum(checking, table), {table->source, page}, !printed};
    return true;
}

void
cell_sum_clear(CellSum *sum)
{
    g_clear_pointer(&sum->id, g_free);
}

bool
cells_sum(Checking *checking, const GArray *terms, CellSum *ret_sum)
{
    g_autoptr(GString) id = g_string_new(NULL);
    CellSum sum = {0};
    bool any = false;
    for (guint i = 0; i < terms->len; i++) {
        const Term *term = &g_array_index(terms, Term, i);
        NamedCell cell = {0};
        bool found = find_cell(checking, term->name, &cell);
        if (!found && term->required)
            return false;
        if (!found || (cell.blank && !term->required))
            continue;
        g_string_append_printf(id, "%s%s", term->sign < 0 ? "-" : any ? "+" : "", term->name);
        g_strdelimit(id->str, ":", '.');
        sum.value += term->sign * cell.value;
        sum.quantum += cell.quantum;
        sum.place = sum.place.page != 0 ? sum.place : cell.place;
        any = true;
    }
    sum.id = any ? g_strdup(id->str) : NULL;
    *ret_sum = sum;
    return any;
}

/* ---- between cells ---- */

static bool
is_unsure(const GArray *terms)
{
    return g_array_index(terms, Term, 0).optional;
}

static void
take_sum(CellSum *to, const CellSum *from)
{
    cell_sum_clear(to);
    *to = *from;
    to->id = g_strdup(from->id);
}

/* Whether carry-overs are inside differs from place to place: any pair of alternatives that agrees will do. */
static bool
find_pair(Checking *checking, const CheckRule *rule, CellSum best[2])
{
    bool found = false, holds = false;
    for (guint l = 0; l < rule->left->len && !holds; l++) {
        CellSum left = {0};
        if (!cells_sum(checking, rule->left->pdata[l], &left))
            continue;
        for (guint r = 0; r < rule->right->len && !holds; r++) {
            CellSum right = {0};
            if (!cells_sum(checking, rule->right->pdata[r], &right))
                continue;
            holds = relation_holds(rule->relation, left.value, right.value, tolerance_of_pair(left.quantum, right.quantum));
            if (holds || !(found || is_unsure(rule->left->pdata[l]) || is_unsure(rule->right->pdata[r]))) {
                take_sum(&best[0], &left);
                take_sum(&best[1], &right);
                found = true;
            }
            cell_sum_clear(&right);
        }
        cell_sum_clear(&left);
    }
    return found;
}

static bool
are_counts(const CheckRule *rule)
{
    return g_str_has_suffix(g_array_index((const GArray *) rule->left->pdata[0], Term, 0).name, ".count");
}

static void
check_cells(Checking *checking, const CheckRule *rule)
{
    CellSum best[2] = {0};
    if (find_pair(checking, rule, best) && (best[0].value != 0 || best[1].value != 0)) {
        g_autofree char *id = g_strconcat(best[0].id, relation_sign(rule->relation), best[1].id, NULL);
        bool counts = are_counts(rule);
        check_add(checking, &(Finding){.number = rule->number,
                                       .id = id,
                                       .relation = rule->relation,
                                       .left = best[0].value,
                                       .right = best[1].value,
                                       .tolerance = counts ? (Tolerance){0, 0} : tolerance_of_pair(best[0].quantum, best[1].quantum),
                                       .unit = counts ? "count" : NULL,
                                       .place = best[0].place});
    }
    cell_sum_clear(&best[0]);
    cell_sum_clear(&best[1]);
}

void
checks_between_tables(Checking *checking)
{
    for (guint i = 0; i < checking->rules->len; i++) {
        const CheckRule *rule = checking->rules->pdata[i];
        if (rule->type == CHECK_CELLS)
            check_cells(checking, rule);
        else if (rule->type == CHECK_CLASSES || rule->type == CHECK_CODES)
            checks_by_codes(checking, rule);
    }
}
