/* What the words themselves show: years in titles, placeholders, percent signs, and sections that say there is nothing. */
#include <string.h>

#include "checks.h"

/* Words are wrong or they are not: no figures to compare. */
static void
tell_words(Checking *checking, const char *number, const char *id, const char *scope, CheckPlace place)
{
    check_add(checking, &(Finding){.number = number, .id = id, .scope = scope, .words = true, .place = place});
}

/* The words around a match, for people: up to so many bytes on each side, whole characters. */
static char *
around(const RuleMatch *match)
{
    enum { SIDE = 30 };
    size_t start = match->start > SIDE ? match->start - SIDE : 0, end = MIN(match->end + SIDE, strlen(match->subject));
    while (start > 0 && ((guchar) match->subject[start] & 0xC0) == 0x80)
        start--;
    while (match->subject[end] != '\0' && ((guchar) match->subject[end] & 0xC0) == 0x80)
        end++;
    char *words = g_strndup(match->subject + start, end - start);
    return g_strdelimit(words, "\n", ' ');
}

/* Rules that name a number find what must not be there; all its places in `text`. */
static void
find_flaws(Checking *checking, const Rules *rules, const char *text, CheckPlace place)
{
    for (guint i = 0; text != NULL && i < rules_count(rules); i++) {
        const Rule *rule = rules_at(rules, i);
        const char *number = rule_key(rule, "number");
        RuleMatch match;
        for (size_t from = 0; number != NULL && rule_match(rule, text, from, &match) && match.end > match.start; from = match.end) {
            g_autofree char *id = g_strdup_printf("words.%s", rule_id(rule));
            g_autofree char *scope = around(&match);
            tell_words(checking, number, id, scope, place);
        }
    }
}

/* "本部门没有使用政府性基金": then the table has nothing. */
static void
check_nothing(Checking *checking, const Rules *rules, const RecordSection *section)
{
    for (guint i = 0; section->id != NULL && section->text != NULL && i < rules_count(rules); i++) {
        const Rule *rule = rules_at(rules, i);
        const char *cells = rule_key(rule, "nothing");
        if (cells == NULL || g_strcmp0(rule_key(rule, "section"), section->id) != 0 || !rule_match(rule, section->text, 0, NULL))
            continue;
        g_autoptr(GPtrArray) alternatives = check_read_alternatives(cells);
        CellSum sum = {0};
        if (!cells_sum(checking, alternatives->pdata[0], &sum))
            continue;
        g_autofree char *id = g_strconcat(sum.id, "=nothing", NULL);
        check_add(checking, &(Finding){.number = "N15", .id = id, .scope = section->title, .left = sum.value, .place = {section->source, section->page}});
        cell_sum_clear(&sum);
    }
}

/* A table's title names the year that the record is of. */
static void
check_year(Checking *checking, const Rules *rules, const RecordTable *table)
{
    const Rule *rule = rules_find(rules, "title_year");
    RuleMatch match;
    int page = table->pages != NULL && table->pages->len > 0 ? g_array_index(table->pages, int, 0) : 0;
    if (checking->record->year == 0 || rule == NULL || table->title == NULL || !rule_match(rule, table->title, 0, &match))
        return;
    g_autofree char *year = rule_match_get(&match, "year");
    check_add(checking, &(Finding){.number = "Q01",
                                   .id = "title.year=year",
                                   .scope = table->title,
                                   .left = (Money) atoi(year) * MONEY_YUAN,
                                   .right = (Money) checking->record->year * MONEY_YUAN,
                                   .unit = "count",
                                   .place = {table->source, page}});
}

bool
checks_of_words(Checking *checking, GError **error)
{
    static const char *const keys[] = {"number", "nothing", "section", NULL};
    const Rules *rules = rules_get("normalize/data/words", keys, error);
    const Record *record = checking->record;
    for (guint i = 0; rules != NULL && i < record->tables->len; i++)
        if (((const RecordTable *) record->tables->pdata[i])->id != NULL)
            check_year(checking, rules, record->tables->pdata[i]);
    for (guint i = 0; rules != NULL && i < record->sections->len; i++) {
        const RecordSection *section = record->sections->pdata[i];
        find_flaws(checking, rules, section->title, (CheckPlace){section->source, section->page});
        find_flaws(checking, rules, section->text, (CheckPlace){section->source, section->page});
        check_nothing(checking, rules, section);
    }
    return rules != NULL;
}
