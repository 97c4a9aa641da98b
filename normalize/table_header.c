/* What the words over a column say: its role, and the key of its amounts. */
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
    const char *whole;    /* 基本支出 or 项目支出, however far above                               */
    const char *economic; /* the economic class that the last word that names one names            */
    const char *version;  /* of the budget that a final account sets beside its own figures      */
    bool prior;
} Path;

static const char *const funds[] = {"fiscal", "general_public", "government_fund", "state_capital", "special_account", "unit_funds", NULL};
static const char *const uses[] = {"basic", "project", "personnel", "operating", NULL};
static const char *const wholes[] = {"basic", "project", NULL};
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
    } roles[] = {{"index", ROLE_INDEX},    {"class", ROLE_CLASS}, {"group_code", ROLE_GROUP},
                 {"item_code", ROLE_ITEM}, {"unit", ROLE_UNIT},   {"unit_code", ROLE_UNIT_CODE},
                 {"code", ROLE_CODE},      {"name", ROLE_NAME},   {"code_name", ROLE_CODE_NAME},
                 {"words", ROLE_WORDS},    {"thing", ROLE_WORDS}, {"percent", ROLE_PERCENT},
                 {"", ROLE_WORDS}};
    for (guint i = 0; i < G_N_ELEMENTS(roles); i++)
        if (strcmp(role, roles[i].word) == 0)
            return roles[i].role;
    return ROLE_AMOUNT;
}

/* The year that the table is of. Where every amount is under a year, the last of them is it: a title's year may be a later one that the
 * header was not brought up to. */
int
header_latest_year(const TableReading *reading)
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
    } own[] = {{"general_public_", "general_public"},
               {"government_fund_", "government_fund"},
               {"state_capital", "state_capital"},
               {"special_account_", "special_account"},
               {"fiscal_", "fiscal"},
               {"_basic", "basic"},
               {"projects", "project"},
               {"_project", "project"},
               {"agency_operating", "agency_operating"}};
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
    if (is_among(key, wholes))
        path->whole = is_own(reading, key) ? NULL : key;
}

static bool
path_matches(const TableReading *reading, const GPtrArray *header, const char *rule)
{
    for (guint i = 0; i < header->len; i++)
        if (names_match(reading, rule, header->pdata[i], NULL))
            return true;
    return false;
}

/* The code of the economic class that a header's word names, below `parent` (may be NULL); NULL where it names none, or a function's class as well. */
static const char *
economic_code(const TableReading *reading, const GPtrArray *header, const char *printed, const char *parent)
{
    const char *title = reading->table->title != NULL ? reading->table->title : "";
    const bool government = path_matches(reading, header, "government") || names_match(reading, "government", title, NULL);
    const Codebook book = government ? CODEBOOK_ECONOMIC_GOVERNMENT : CODEBOOK_ECONOMIC_DEPARTMENT;
    const Codebook other = government ? CODEBOOK_ECONOMIC_DEPARTMENT : CODEBOOK_ECONOMIC_GOVERNMENT;
    g_autofree char *word = header_word(reading, printed);
    const char *code = parent != NULL ? codebook_code(book, word, (int) strlen(parent) + 2, parent) : NULL;
    if (code != NULL || codebook_code(CODEBOOK_FUNCTION, word, 3, NULL) != NULL)
        return code;
    /* 工资福利支出 is a class of one book and part of a class of the other: the class, unless it stands below that one. */
    code = codebook_code(book, word, 3, NULL);
    if (code == NULL)
        code = codebook_code(other, word, 3, NULL);
    return code != NULL ? code : codebook_code(book, word, 0, NULL);
}

/* A word below an economic class tells a part of it: a class, a fund or a use; 其他 there is no revenue. */
static void
path_take_economic(const TableReading *reading, Path *path, const GPtrArray *header, guint i, Element *element)
{
    if (element->role[0] == '\0') {
        const char *code = economic_code(reading, header, header->pdata[i], path->economic);
        if (code == NULL)
            return;
        path->economic = path->parent = code;
        *element = (Element){.role = "economic", .key = code, .prior = element->prior};
    } else if (path->economic != NULL && strcmp(element->role, "amount") == 0 && !is_among(element->key, funds) && !is_among(element->key, uses) &&
               !is_among(element->key, comparisons)) {
        *element = (Element){.role = "", .prior = element->prior};
    }
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
        path_take_economic(reading, &path, header, i, &element);
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
    if (path->economic != NULL)
        return path->economic;
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
    if (path->economic != NULL && strcmp(key, path->economic) == 0)
        within = path->whole != NULL ? path->whole : path->fund;
    else if (path->economic != NULL && (is_among(key, uses) || is_among(key, funds)))
        within = path->economic;
    else if (is_among(key, uses))
        within = path->fund;
    else if (is_among(key, funds)) /* 财政拨款 under one of the funds that it is made of is that fund's part */
        within = strcmp(key, "fiscal") == 0 && path->fund != NULL && strcmp(path->fund, key) != 0 ? path->fund : path->use;
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
    const char *whole = path->economic != NULL ? path->economic : "total";
    const char *key = plain ? total_key(reading, path) : is_own(reading, path->leaf.key) ? whole : path->leaf.key;
    if (path->prior && plain && path->parent == NULL && strcmp(path->leaf.role, "total") != 0)
        return g_strdup("prior_year");
    /* 本年收入 over its sources is the ordinary case; over 基本支出 it parts the year's revenue by use. */
    bool stock = path->stock != NULL && (strcmp(path->stock, "current_revenue") != 0 || is_among(key, uses));
    g_autofree char *own = key_within(reading, path, key);
    g_autofree char *inner = stock && strcmp(key, path->stock) != 0 ? g_strconcat(path->stock, ".", own, NULL) : g_steal_pointer(&own);
    return path->prior && strcmp(inner, "prior_year") != 0 ? g_strconcat("prior_year.", inner, NULL) : g_steal_pointer(&inner);
}

void
header_read_role(TableReading *reading, TableColumn *column, int latest)
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

void
header_read_key(TableReading *reading, TableColumn *column, int latest)
{
    Path path = path_read(reading, column, latest);
    column->prior = path.prior;
    column->key = column->role == ROLE_AMOUNT ? amount_key(reading, &path) : g_strdup(path.leaf.key);
}

const char *
header_parent(const TableReading *reading, const TableColumn *column, int latest)
{
    return path_read(reading, column, latest).parent;
}

bool
header_is_thing(const TableReading *reading, const TableColumn *column)
{
    return column->header->len > 0 && strcmp(element_read(reading, column->header->pdata[column->header->len - 1], 0).role, "thing") == 0;
}
