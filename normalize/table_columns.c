#include <string.h>

#include "table.h"
#include "utf8.h"

/* One word of a header path, looked up. */
typedef struct {
    const char *role; /* of the rule; "" where no rule knows the word */
    const char *key;
    bool prior;
} Element;

/* What a whole path says of an amount. */
typedef struct {
    Element leaf;
    const char *parent;   /* key of the nearest ancestor that has one */
    const char *stock;    /* key of an ancestor whose parts are not this year's expenditure: 年初结转和结余, 本年收入 … */
    const char *fund;     /* key of the nearest ancestor that is a fund, as 一般公共预算 over 基本支出 */
    const char *use;      /* of the nearest that is a use, as 基本支出 over 一般公共预算           */
    const char *version;  /* of the budget that a final account sets beside its own figures      */
    bool prior;
} Path;

static const char *const funds[] = {"fiscal", "general_public", "government_fund", "state_capital", "special_account", "unit_funds", NULL};
static const char *const uses[] = {"basic", "project", "personnel", "operating", NULL};
static const char *const versions[] = {"budget", "adjusted_budget", NULL};
/* Keys that tell of two years at once: the earlier one in their words does not make them its own. */
static const char *const comparisons[] = {"change", "change_percent", "share", NULL};

static bool
is_among(const char *key, const char *const *keys)
{
    return key != NULL && g_strv_contains(keys, key);
}

/* ---- one word ---- */

static int
year_of(const TableReading *reading, const char *text)
{
    RuleMatch match;
    if (!names_match(reading, "year", text, &match))
        return 0;
    g_autofree char *year = rule_match_get(&match, "year");
    return atoi(year);
}

char *
header_word(const TableReading *reading, const char *text)
{
    char *word = utf8_narrow(text);
    RuleMatch match;
    while (word[0] != '\0' && names_match(reading, "decoration", word, &match) && match.end > match.start) {
        GString *rest = g_string_new(word);
        g_string_erase(rest, (gssize) match.start, (gssize) (match.end - match.start));
        g_free(word);
        word = g_string_free(rest, FALSE);
    }
    return word;
}

static Element
element_read(const TableReading *reading, const char *text, int latest)
{
    Element element = {.role = ""};
    g_autofree char *squeezed = utf8_squeeze(text);
    g_autofree char *word = header_word(reading, squeezed);
    int year = year_of(reading, squeezed);
    element.prior = (year != 0 && year < latest) || names_match(reading, "prior_year", word, NULL);
    RuleMatch match;
    if (element.prior && names_match(reading, "prior_year", word, &match)) {
        char *rest = g_strdup(word + match.end);
        g_free(word);
        word = rest;
    }
    const Rule *rule = rules_match(reading->columns, word, 0, NULL);
    if (rule == NULL)
        return element;
    element.role = rule_key(rule, "role");
    element.key = rule_key(rule, "key");
    /* 上年结转 is this year's money though it speaks of the last. */
    if (g_strcmp0(element.key, "carryover") == 0 || g_strcmp0(element.key, "opening_carryover") == 0 || is_among(element.key, comparisons))
        element.prior = false;
    return element;
}

static ColumnRole
role_of(const char *role)
{
    static const struct {
        const char *word;
        ColumnRole role;
    } roles[] = {{"index", ROLE_INDEX},   {"class", ROLE_CLASS},    {"group_code", ROLE_GROUP}, {"item_code", ROLE_ITEM},
                 {"unit", ROLE_UNIT},     {"unit_code", ROLE_UNIT_CODE}, {"code", ROLE_CODE},   {"name", ROLE_NAME},
                 {"code_name", ROLE_CODE_NAME}, {"words", ROLE_WORDS},   {"thing", ROLE_WORDS}, {"percent", ROLE_PERCENT}, {"", ROLE_WORDS}};
    for (guint i = 0; i < G_N_ELEMENTS(roles); i++)
        if (strcmp(role, roles[i].word) == 0)
            return roles[i].role;
    return ROLE_AMOUNT;
}

/* The year that the table is of. Where every amount is under a year, the last of them is it: a title's year may be a later one that the
 * header was not brought up to. */
static int
latest_year(const TableReading *reading)
{
    int latest = 0;
    bool undated = false;
    for (guint c = 0; c < reading->table->columns->len; c++) {
        const GPtrArray *header = ((const TreeColumn *) reading->table->columns->pdata[c])->header;
        int year = 0;
        for (guint i = 0; i < header->len; i++)
            year = MAX(year, year_of(reading, header->pdata[i]));
        latest = MAX(latest, year);
        if (year != 0 || header->len == 0)
            continue;
        Element leaf = element_read(reading, header->pdata[header->len - 1], 0);
        undated = undated || (role_of(leaf.role) == ROLE_AMOUNT && !leaf.prior && !is_among(leaf.key, comparisons));
    }
    const int title = reading->table->title != NULL ? year_of(reading, reading->table->title) : 0;
    return latest != 0 && !undated ? latest : MAX(latest, title);
}

/* ---- one path ---- */

static bool
is_total_like(const Element *element)
{
    static const char *const roles[] = {"total", "generic", "budget", "actual", NULL};
    return g_strv_contains(roles, element->role);
}

/* In a table of one fund or one kind of expenditure that column is the total. */
static bool
is_own(const TableReading *reading, const char *key)
{
    static const struct {
        const char *table, *key;
    } own[] = {{"general_public_", "general_public"}, {"government_fund_", "government_fund"}, {"state_capital", "state_capital"},
               {"special_account_", "special_account"}, {"fiscal_", "fiscal"},           {"_basic", "basic"},
               {"projects", "project"},               {"_project", "project"},            {"agency_operating", "agency_operating"}};
    const char *id = reading->table->id != NULL ? reading->table->id : "";
    for (guint i = 0; i < G_N_ELEMENTS(own); i++)
        if ((own[i].table[0] == '_' ? g_str_has_suffix(id, own[i].table) : g_str_has_prefix(id, own[i].table)) && g_strcmp0(key, own[i].key) == 0)
            return true;
    return false;
}

/* What an ancestor tells of the amounts below it. */
static void
path_take_parent(const TableReading *reading, Path *path, const Element *element)
{
    const char *key = element->key;
    if (key == NULL)
        return;
    if (strstr(key, "carryover") != NULL || strcmp(key, "current_revenue") == 0)
        path->stock = key;
    if (reading->final_accounts && is_among(key, versions))
        path->version = key;
    if (strcmp(element->role, "amount") != 0 && strcmp(element->role, "group") != 0)
        return;
    path->parent = key;
    if (is_among(key, funds))
        path->fund = is_own(reading, key) ? NULL : key;
    else if (is_among(key, uses))
        path->use = is_own(reading, key) ? NULL : key;
}

static Path
path_read(const TableReading *reading, const TableColumn *column, int latest)
{
    const GPtrArray *header = column->header;
    Path path = {.leaf = {.role = ""}};
    Element naming = {.role = NULL};
    for (guint i = column->own; i < header->len; i++) {
        Element element = element_read(reading, header->pdata[i], latest);
        path.prior = path.prior || element.prior;
        /* A root may be a side: 支出 over 合计 names nothing. */
        if (i > 0 && role_of(element.role) >= ROLE_CODE && role_of(element.role) <= ROLE_CODE_NAME)
            naming = element;
        if (i + 1 < header->len)
            path_take_parent(reading, &path, &element);
        path.leaf = element;
    }
    /* 科目名称 with 合计 printed under it, in a header's last row, is still the names' column. */
    if (naming.role != NULL && strcmp(path.leaf.role, "total") == 0)
        path.leaf = naming;
    if (is_among(path.leaf.key, comparisons))
        path.prior = false;
    return path;
}

static const char *
total_key(const TableReading *reading, const Path *path)
{
    const char *role = path->leaf.role;
    if (path->parent != NULL && !is_own(reading, path->parent))
        return path->parent;
    if (path->version != NULL)
        return path->version;
    if (!reading->final_accounts || strcmp(role, "total") == 0)
        return "total";
    return strcmp(role, "budget") == 0 ? "budget" : "actual";
}

/* The key of an amount column among its parents: one fund's 基本支出 is not the 基本支出, nor one use's 一般公共预算 the whole of it. */
static char *
key_within(const TableReading *reading, const Path *path, const char *key)
{
    const char *parent = path->parent != NULL && !is_own(reading, path->parent) ? path->parent : NULL;
    const char *version = reading->final_accounts && is_among(path->leaf.key, versions) ? path->leaf.key : path->version;
    const char *within = NULL;
    if (is_among(key, uses))
        within = path->fund;
    else if (is_among(key, funds))
        within = path->use;
    /* 教育收费 is part of the 事业收入 that it stands under. */
    if (strcmp(key, "special_account") == 0 && g_strcmp0(parent, "operating_revenue") == 0)
        within = parent;
    if (version != NULL && version == path->leaf.key && parent != NULL)
        return g_strconcat(parent, ".", version, NULL);
    if (version != NULL && strcmp(version, key) != 0)
        within = version;
    return within != NULL ? g_strconcat(within, ".", key, NULL) : g_strdup(key);
}

/* The key of an amount column, prefixes and all; the caller frees it. */
static char *
amount_key(const TableReading *reading, const Path *path)
{
    bool plain = is_total_like(&path->leaf) || path->leaf.key == NULL;
    const char *key = plain ? total_key(reading, path) : is_own(reading, path->leaf.key) ? "total" : path->leaf.key;
    if (path->prior && plain && path->parent == NULL && strcmp(path->leaf.role, "total") != 0)
        return g_strdup("prior_year");
    /* 本年收入 over its sources is the ordinary case; over 基本支出 it parts the year's revenue by use. */
    bool stock = path->stock != NULL && (strcmp(path->stock, "current_revenue") != 0 || is_among(key, uses));
    g_autofree char *own = key_within(reading, path, key);
    g_autofree char *inner = stock && strcmp(key, path->stock) != 0 ? g_strconcat(path->stock, ".", own, NULL) : g_steal_pointer(&own);
    return path->prior && strcmp(inner, "prior_year") != 0 ? g_strconcat("prior_year.", inner, NULL) : g_steal_pointer(&inner);
}

static bool
path_matches(const TableReading *reading, const GPtrArray *header, const char *rule)
{
    for (guint i = 0; i < header->len; i++)
        if (names_match(reading, rule, header->pdata[i], NULL))
            return true;
    return false;
}

static void
role_read(TableReading *reading, TableColumn *column, int latest)
{
    Path path = path_read(reading, column, latest);
    column->role = column->header->len == 0 ? ROLE_WORDS : role_of(path.leaf.role);
    column->prior = path.prior;
    column->known = path.leaf.role[0] != '\0';
    bool named = column->role >= ROLE_CODE && column->role <= ROLE_CODE_NAME;
    if (named && path_matches(reading, column->header, "government"))
        column->subject = SUBJECT_GOVERNMENT;
    else if (named && path_matches(reading, column->header, "economic"))
        column->subject = SUBJECT_ECONOMIC;
}

static void
key_read(TableReading *reading, TableColumn *column, int latest)
{
    Path path = path_read(reading, column, latest);
    column->prior = path.prior;
    column->key = column->role == ROLE_AMOUNT ? amount_key(reading, &path) : g_strdup(path.leaf.key);
}

/* ---- blocks and sides ---- */

static bool
begins_row(const TableColumn *column)
{
    return column->role >= ROLE_CODE && column->role <= ROLE_CODE_NAME;
}

/* A name or code column behind an amount begins a new block. */
static void
find_blocks(TableReading *reading)
{
    bool amounts = false;
    for (guint c = 0; c < reading->all->len; c++) {
        TableColumn *column = COLUMN(reading, c);
        if (begins_row(column) && amounts) {
            reading->blocks++;
            amounts = false;
        }
        amounts = amounts || column->role == ROLE_AMOUNT;
        column->block = reading->blocks;
    }
    reading->blocks++;
}

/* Words over all columns of a block name the block, not its amounts. */
static void
find_bands(TableReading *reading, int block)
{
    const TableColumn *first = NULL;
    guint shared = G_MAXUINT, columns = 0;
    for (guint c = 0; c < reading->all->len; c++) {
        const TableColumn *column = COLUMN(reading, c);
        if (column->block != block || (reading->across && column->item == NULL))
            continue;
        columns++;
        if (first == NULL)
            first = column;
        guint same = 0;
        while (same < first->header->len && same < column->header->len && strcmp(first->header->pdata[same], column->header->pdata[same]) == 0)
            same++;
        shared = MIN(shared, same);
    }
    for (guint c = 0; columns > 1 && c < reading->all->len; c++)
        if (COLUMN(reading, c)->block == block && COLUMN(reading, c)->header->len > 0)
            COLUMN(reading, c)->own = MIN(shared, COLUMN(reading, c)->header->len - 1);
}

/* The side that most of a block's columns stand under: without ruling lines a side's word may not reach its first column. */
static const char *
side_of(const TableReading *reading, int block)
{
    int balance = 0;
    for (guint c = 0; c < reading->all->len; c++) {
        const TableColumn *column = COLUMN(reading, c);
        if (column->block != block || column->header->len == 0)
            continue;
        const char *root = column->header->pdata[0];
        balance += names_match(reading, "revenue_side", root, NULL);
        balance -= names_match(reading, "expenditure_side", root, NULL);
    }
    return balance > 0 ? "revenue" : balance < 0 ? "expenditure" : NULL;
}

static void
find_sides(TableReading *reading)
{
    static const char *const two_sided[] = {"revenue_expenditure", "fiscal_appropriation", "state_capital", NULL};
    reading->sides = g_new0(const char *, (size_t) reading->blocks);
    if (reading->blocks < 2)
        return;
    bool known = false;
    for (int b = 0; b < reading->blocks; b++) {
        reading->sides[b] = side_of(reading, b);
        known = known || g_strcmp0(reading->sides[b], "revenue") == 0;
    }
    bool summary = reading->table->id != NULL && g_strv_contains(two_sided, reading->table->id);
    for (int b = 0; b < reading->blocks; b++) {
        if (summary && reading->sides[b] == NULL)
            reading->sides[b] = b == 0 ? "revenue" : "expenditure";
        /* Bands of one side set beside each other are no sides. */
        if (!summary && !known)
            reading->sides[b] = NULL;
    }
}

/* ---- the whole ---- */

/* A code and the name beside it are of one subject, whichever of the two headers tells it. */
static void
pair_codes_and_names(TableReading *reading)
{
    Subject subject = SUBJECT_MAIN;
    for (guint c = reading->all->len; c > 0; c--) {
        TableColumn *column = COLUMN(reading, c - 1);
        bool name = column->role == ROLE_NAME || column->role == ROLE_CODE_NAME;
        if (name)
            subject = column->subject;
        else if (!begins_row(column))
            subject = SUBJECT_MAIN;
        else if (column->subject == SUBJECT_MAIN)
            column->subject = subject;
    }
    for (guint c = 1; c < reading->all->len; c++) {
        TableColumn *before = COLUMN(reading, c - 1), *column = COLUMN(reading, c);
        bool code = begins_row(before) && before->role != ROLE_NAME && before->role != ROLE_CODE_NAME;
        if (code && column->role == ROLE_NAME && column->subject == SUBJECT_MAIN)
            column->subject = before->subject;
    }
}

/* Where a block has no functional subject, the economic class is the row's own. */
static void
settle_subjects(TableReading *reading, int block)
{
    bool seen[3] = {false};
    for (guint c = 0; c < reading->all->len; c++)
        if (COLUMN(reading, c)->block == block && begins_row(COLUMN(reading, c)))
            seen[COLUMN(reading, c)->subject] = true;
    reading->economic[block] = !seen[SUBJECT_MAIN] && (seen[SUBJECT_ECONOMIC] || seen[SUBJECT_GOVERNMENT]);
    for (guint c = 0; c < reading->all->len; c++) {
        TableColumn *column = COLUMN(reading, c);
        if (column->block == block && !seen[SUBJECT_MAIN] && column->subject == (seen[SUBJECT_ECONOMIC] ? SUBJECT_ECONOMIC : SUBJECT_GOVERNMENT))
            column->subject = SUBJECT_MAIN;
    }
}

/* 本年收入 is the year's own revenue only beside money of other years; on a side of a 收支 table, or alone, it is the total. */
static void
settle_revenue(TableReading *reading, int block)
{
    bool beside = false;
    TableColumn *revenue = NULL;
    for (guint c = 0; c < reading->all->len; c++) {
        TableColumn *column = COLUMN(reading, c);
        if (column->role != ROLE_AMOUNT || column->block != block)
            continue;
        if (strcmp(column->key, "current_revenue") == 0)
            revenue = column;
        beside = beside || strcmp(column->key, "total") == 0 || strstr(column->key, "carryover") != NULL;
    }
    if (revenue == NULL || beside)
        return;
    g_free(revenue->key);
    revenue->key = g_strdup(reading->final_accounts && reading->sides[block] != NULL ? "actual" : "total");
}

/* A table of purchases has no subject: its first column of words is the row's name, beside units what is bought. */
static void
find_name(TableReading *reading, int block)
{
    TableColumn *first = NULL, *thing = NULL;
    bool units = false, amounts = false;
    for (guint c = 0; c < reading->all->len; c++) {
        TableColumn *column = COLUMN(reading, c);
        if (column->block != block || column->header->len == 0)
            continue;
        if (begins_row(column))
            return;
        units = units || column->role == ROLE_UNIT;
        amounts = amounts || column->role == ROLE_AMOUNT;
        if (column->role != ROLE_WORDS || column->key != NULL || amounts)
            continue;
        if (first == NULL)
            first = column;
        Element leaf = element_read(reading, column->header->pdata[column->header->len - 1], 0);
        if (thing == NULL && strcmp(leaf.role, "thing") == 0)
            thing = column;
    }
    /* The first column of words also has the word of the total; beside units that stands in theirs. */
    if (!units)
        thing = first;
    if (thing != NULL)
        thing->role = ROLE_NAME;
}

/* Two columns of one block under one key: both take their parent's key before it where the parents differ, else the second stays words. */
static void
part_twins(TableReading *reading)
{
    const int latest = latest_year(reading);
    for (guint c = 0; c < reading->all->len; c++) {
        TableColumn *column = COLUMN(reading, c);
        for (guint d = 0; d < c && column->role == ROLE_AMOUNT; d++) {
            TableColumn *before = COLUMN(reading, d);
            if (before->role != ROLE_AMOUNT || before->block != column->block || g_strcmp0(before->key, column->key) != 0)
                continue;
            Path path = path_read(reading, column, latest);
            if (path.parent != NULL && !strstr(column->key, path.parent)) {
                char *qualified = g_strconcat(path.parent, ".", column->key, NULL);
                g_free(column->key);
                column->key = qualified;
                d = (guint) -1;
                continue;
            }
            diag_add(reading->diags, DIAG_COLUMN_TWICE, g_array_index(reading->table->pages, int, 0), "%s: %s", reading->table->title, column->key);
            column->role = ROLE_WORDS;
            column->known = true; /* told as a twin */
            g_clear_pointer(&column->key, g_free);
        }
    }
}

static void
tell_unknown(const TableReading *reading)
{
    for (guint c = 0; c < reading->all->len; c++) {
        const TableColumn *column = COLUMN(reading, c);
        if (column->role != ROLE_WORDS || column->known || column->key != NULL || column->header->len == 0 || column->item != NULL)
            continue;
        diag_add(reading->diags, DIAG_COLUMN_UNKNOWN, g_array_index(reading->table->pages, int, 0), "%s: %s", reading->table->title,
                 (const char *) column->header->pdata[column->header->len - 1]);
    }
}

/* The item a column of a three_public table is of: its own word, or its parent's where its word is 小计. */
static const char *
column_item(const TableReading *reading, const GPtrArray *header)
{
    for (guint i = header->len; i > 0; i--) {
        g_autofree char *name = header_word(reading, header->pdata[i - 1]);
        const char *item = item_find(reading, name);
        if (item != NULL && strcmp(item, "total") != 0 && strcmp(item, "subtotal") != 0)
            return item;
    }
    for (guint i = header->len; i > 0; i--) {
        g_autofree char *name = header_word(reading, header->pdata[i - 1]);
        if (item_find(reading, name) != NULL)
            return "total";
    }
    return NULL;
}

/* Where 会议费 and 培训费 stand beside 三公, the 合计 over all of them is no 三公 total: it keeps its own row without an item. */
static void
part_totals(TableReading *reading)
{
    bool named = false;
    const Rule *rule = rules_find(reading->items, "three_public_total");
    for (guint pass = 0; pass < 2; pass++)
        for (guint c = 0; c < reading->all->len; c++) {
            TableColumn *column = COLUMN(reading, c);
            if (g_strcmp0(column->item, "total") != 0)
                continue;
            bool own = false;
            for (guint i = 0; i < column->header->len; i++)
                own = own || rule_match(rule, column->header->pdata[i], 0, NULL);
            if (pass == 0)
                named = named || own;
            else if (named && !own)
                column->item = "";
        }
}

static void
find_across(TableReading *reading)
{
    if (g_strcmp0(reading->table->id, "three_public") != 0)
        return;
    int items = 0;
    for (guint c = 0; c < reading->all->len; c++) {
        TableColumn *column = COLUMN(reading, c);
        column->item = column->header->len > 0 && !begins_row(column) && column->role != ROLE_UNIT && column->role != ROLE_UNIT_CODE && column->role != ROLE_INDEX
                           ? column_item(reading, column->header)
                           : NULL;
        items += column->item != NULL && strcmp(column->item, "total") != 0;
    }
    reading->across = items >= 2;
    if (reading->across)
        part_totals(reading);
    for (guint c = 0; c < reading->all->len && !reading->across; c++)
        COLUMN(reading, c)->item = NULL;
}

void
columns_read(TableReading *reading)
{
    const int latest = latest_year(reading);
    reading->all = g_array_new(FALSE, TRUE, sizeof(TableColumn));
    for (guint c = 0; c < reading->table->columns->len; c++) {
        TableColumn column = {.header = ((const TreeColumn *) reading->table->columns->pdata[c])->header};
        role_read(reading, &column, latest);
        g_array_append_val(reading->all, column);
    }
    pair_codes_and_names(reading);
    find_across(reading);
    if (reading->across) {
        reading->blocks = 1;
        reading->sides = g_new0(const char *, 1);
        reading->economic = g_new0(bool, 1);
        find_bands(reading, 0);
        return;
    }
    find_blocks(reading);
    reading->economic = g_new0(bool, (size_t) reading->blocks);
    for (int b = 0; b < reading->blocks; b++) {
        find_bands(reading, b);
        settle_subjects(reading, b);
    }
    for (guint c = 0; c < reading->all->len; c++)
        key_read(reading, COLUMN(reading, c), latest);
    find_sides(reading);
    for (int b = 0; b < reading->blocks; b++) {
        find_name(reading, b);
        settle_revenue(reading, b);
    }
    part_twins(reading);
    if (reading->table->id != NULL)
        tell_unknown(reading);
}

void
columns_clear(TableReading *reading)
{
    for (guint c = 0; c < reading->all->len; c++)
        g_free(COLUMN(reading, c)->key);
    g_array_unref(reading->all);
    g_free(reading->sides);
    g_free(reading->economic);
}
