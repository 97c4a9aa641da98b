#include "votes.h"

#include <string.h>

#include "digits.h"
#include "facts.h"
#include "regions.h"

/* Places beyond those of MentionKind. */
enum { PLACE_FORM = MENTION_RUNNING + 1, PLACE_WORDS, PLACE_COUNT };

/* A place speaks `weight` each time, but no more than `most` times: a hundred sentences about last year do not outvote a cover. */
static const struct {
    int weight, most;
} places[PLACE_COUNT] = {
    [MENTION_COVER] = {40, 3},  [MENTION_OWNER] = {30, 3},     [PLACE_FORM] = {25, 2},     [MENTION_TITLE] = {12, 5},
    [MENTION_HEADING] = {6, 4}, [MENTION_NARRATIVE] = {1, 10}, [MENTION_RUNNING] = {5, 2}, [PLACE_WORDS] = {1, G_MAXINT},
};

typedef struct {
    Name name;
    const char *raw;
    int counts[PLACE_COUNT];
    int scopes[PLACE_COUNT][2];
    int score;
} Candidate;

typedef struct {
    int score;
    int counts[PLACE_COUNT];
} Ballot;

typedef struct {
    const Tree *tree;
    int from, to;
    GHashTable *names;     /* name → Candidate          */
    GPtrArray *candidates; /* in order of appearance    */
    GHashTable *years;     /* year → Ballot             */
    int kinds[2];
    int kind_counts[PLACE_COUNT][2];
    bool titled;
} Count;

enum { MOST_CANDIDATES = 200, LEAST_WORDS = 3 };

static bool
within(const Count *count, int at)
{
    return at >= count->from && at < count->to;
}

static void
candidate_free(void *data)
{
    Candidate *candidate = data;
    name_clear(&candidate->name);
    g_free(candidate);
}

static void
add_name(Count *count, int place, const char *printed, const char *scope)
{
    Name name;
    if (!name_read(printed, &name))
        return;
    Candidate *candidate = g_hash_table_lookup(count->names, name.name);
    int told = scope == NULL ? name.scope : strcmp(scope, "unit") == 0 ? SCOPE_UNIT : name.scope != SCOPE_UNKNOWN ? name.scope : SCOPE_DEPARTMENT;
    if (candidate == NULL && count->candidates->len < MOST_CANDIDATES) {
        candidate = g_new0(Candidate, 1);
        candidate->name = name;
        candidate->raw = printed;
        name = (Name){0};
        g_ptr_array_add(count->candidates, candidate);
        g_hash_table_insert(count->names, candidate->name.name, candidate);
    }
    if (candidate != NULL) {
        candidate->counts[place]++;
        if (told != SCOPE_UNKNOWN)
            candidate->scopes[place][told]++;
        if (candidate->name.code == NULL)
            candidate->name.code = g_steal_pointer(&name.code);
    }
    name_clear(&name);
}

static void
add_year(Count *count, int place, int year, int weight)
{
    if (year == 0)
        return;
    Ballot *ballot = g_hash_table_lookup(count->years, GINT_TO_POINTER(year));
    if (ballot == NULL) {
        ballot = g_new0(Ballot, 1);
        g_hash_table_insert(count->years, GINT_TO_POINTER(year), ballot);
    }
    if (ballot->counts[place]++ < places[place].most)
        ballot->score += weight;
}

static void
add_kind(Count *count, int place, const char *disclosure)
{
    int kind = g_strcmp0(disclosure, "final_accounts") == 0;
    if (disclosure != NULL && count->kind_counts[place][kind]++ < places[place].most)
        count->kinds[kind] += places[place].weight;
}

static void
add_mention(Count *count, const Mention *mention)
{
    add_name(count, mention->kind, mention->department, mention->scope);
    int year = mention->year != NULL ? name_year(mention->year, NULL) : 0;
    /* A bare date on a cover is the day of printing; the year beside the kind is the year disclosed. */
    int weight = places[mention->kind].weight;
    add_year(count, mention->kind, year, mention->disclosure != NULL ? weight * 3 : weight);
    add_kind(count, mention->kind, mention->disclosure);
    if ((mention->kind == MENTION_COVER || mention->kind == MENTION_TITLE) && year != 0 && mention->disclosure != NULL)
        count->titled = true;
}

enum { KIND_WORD, KIND_KIND, KIND_ALONE };

static char **
kind_row(const char *text)
{
    static FactsOnce facts = FACTS_ONCE("normalize/data/kinds.tsv");
    const GPtrArray *rows = facts_rows(&facts, NULL);
    for (guint i = 0; rows != NULL && i < rows->len; i++) {
        char **row = rows->pdata[i];
        if (strstr(text, row[KIND_WORD]) != NULL)
            return row;
    }
    return NULL;
}

static const char *
kind_word(const char *text)
{
    char **row = kind_row(text);
    return row != NULL ? row[KIND_KIND] : NULL;
}

bool
table_stands_alone(const TreeTable *table)
{
    char **row = table->id == NULL && table->title != NULL ? kind_row(table->title) : NULL;
    Name name;
    if (row == NULL || strcmp(row[KIND_ALONE], "yes") != 0 || table->unit == NULL || unit_factor(table->unit) == 0 || !name_read(table->owner, &name))
        return false;
    name_clear(&name);
    return true;
}

/* The first year of printed words, in figures or in ideographs; 0 where none. */
static int
printed_year(const char *text)
{
    g_autofree char *folded = text != NULL ? digits_fold_years(text) : NULL;
    return folded != NULL ? name_year(folded, NULL) : 0;
}

static void
add_headers(Count *count, const TreeTable *table)
{
    int latest = 0;
    for (guint c = 0; c < table->columns->len; c++) {
        const TreeColumn *column = table->columns->pdata[c];
        for (guint h = 0; h < column->header->len; h++)
            latest = MAX(latest, printed_year(column->header->pdata[h]));
    }
    add_year(count, MENTION_NARRATIVE, latest, 2);
}

static void
add_table(Count *count, const TreeTable *table)
{
    add_name(count, MENTION_OWNER, table->owner, NULL);
    if (table_stands_alone(table))
        add_kind(count, MENTION_HEADING, kind_word(table->title));
    if (table->id == NULL)
        return;
    if (table->title != NULL) {
        add_year(count, MENTION_TITLE, printed_year(table->title), places[MENTION_TITLE].weight * 2);
        add_kind(count, MENTION_TITLE, kind_word(table->title));
    }
    add_headers(count, table);
}

static void
add_form(Count *count, const TreeForm *form)
{
    if (g_strcmp0(form->scope, "department") == 0) {
        add_name(count, PLACE_FORM, form->department, NULL);
        add_year(count, PLACE_FORM, printed_year(form->period), places[MENTION_TITLE].weight);
    } else {
        add_name(count, MENTION_NARRATIVE, form->department, NULL);
    }
    add_year(count, PLACE_FORM, printed_year(form->title), places[MENTION_TITLE].weight);
}

static bool
is_sure(const Candidate *candidate)
{
    return candidate->counts[MENTION_COVER] + candidate->counts[MENTION_OWNER] + candidate->counts[MENTION_TITLE] + candidate->counts[PLACE_FORM] > 0;
}

static bool
begins_with_region(const Candidate *candidate)
{
    g_autofree Region *region = region_find(candidate->name.name, false, NULL);
    if (region == NULL)
        return false;
    g_free(region->code);
    g_free(region->name);
    return true;
}

/* "统计局" in one place and "北京市统计局" in another are one, and so are "北京市统计局" and "纳入北京市统计局". The longer is the name where
 * it adds the region or stands in a sure place; else it is the name with words of a sentence before it. */
static void
join_pair(Candidate *brief, Candidate *full)
{
    bool longer = is_sure(full) || (begins_with_region(full) && !begins_with_region(brief));
    Candidate *keep = longer ? full : brief;
    Candidate *drop = longer ? brief : full;
    keep->score += drop->score;
    for (int place = 0; place < PLACE_COUNT; place++) {
        keep->scopes[place][0] += drop->scopes[place][0];
        keep->scopes[place][1] += drop->scopes[place][1];
    }
    drop->score = 0;
}

static void
join_short_names(const Count *count)
{
    for (guint i = 0; i < count->candidates->len; i++) {
        Candidate *brief = count->candidates->pdata[i];
        for (guint j = 0; j < count->candidates->len && brief->score > 0; j++) {
            Candidate *other = count->candidates->pdata[j];
            if (other != brief && other->score > 0 && g_str_has_suffix(other->name.name, brief->name.name))
                join_pair(brief, other);
        }
    }
}

static void
score_names(const Count *count)
{
    for (guint i = 0; i < count->candidates->len; i++) {
        Candidate *candidate = count->candidates->pdata[i];
        for (int place = 0; place < PLACE_COUNT; place++)
            candidate->score += places[place].weight * MIN(candidate->counts[place], places[place].most);
    }
    join_short_names(count);
}

static void
choose_name(const Count *count, Verdict *verdict)
{
    score_names(count);
    const Candidate *best = NULL;
    for (guint i = 0; i < count->candidates->len; i++) {
        const Candidate *candidate = count->candidates->pdata[i];
        if (candidate->score > 0 && (best == NULL || candidate->score > best->score))
            best = candidate;
    }
    if (best == NULL)
        return;
    verdict->name = g_strdup(best->name.name);
    verdict->raw = g_strdup(best->raw);
    verdict->code = g_strdup(best->name.code);
    /* The surest place that tells it: a cover says "department" over tables whose owner line says "unit" for every body. */
    for (int place = 0; place < PLACE_COUNT && verdict->scope == SCOPE_UNKNOWN; place++)
        if (best->scopes[place][0] + best->scopes[place][1] > 0)
            verdict->scope = best->scopes[place][1] > best->scopes[place][0] ? SCOPE_UNIT : SCOPE_DEPARTMENT;
    for (guint i = 0; i < count->candidates->len && verdict->rival == NULL; i++) {
        const Candidate *other = count->candidates->pdata[i];
        if (other != best && other->score > 0 && other->counts[MENTION_COVER] + other->counts[MENTION_OWNER] > 0)
            verdict->rival = g_strdup(other->name.name);
    }
}

/* The year with most votes; of two with as many, the later: a disclosure compares with the past, not with the future. Not one with fewer
 * than `least`, nor with less than half as many again as the next where `least` asks for more than one. */
static int
choose_year(const Count *count, int least)
{
    GHashTableIter iter;
    void *year, *ballot;
    int best = 0, most = 0, next = 0;
    g_hash_table_iter_init(&iter, count->years);
    while (g_hash_table_iter_next(&iter, &year, &ballot)) {
        int votes = ((const Ballot *) ballot)->score;
        bool wins = votes > most || (votes == most && GPOINTER_TO_INT(year) > best);
        next = MAX(next, wins ? most : votes);
        if (wins) {
            most = votes;
            best = GPOINTER_TO_INT(year);
        }
    }
    return most < least || (least > 1 && 2 * most < 3 * next) ? 0 : best;
}

static void
vote_kind(int votes[2], const char *text)
{
    const char *word = kind_word(text);
    if (word != NULL)
        votes[strcmp(word, "final_accounts") == 0]++;
}

/* Where nothing else tells the kind, the words over the columns and the sentences do. A sentence of final accounts that names the
 * budget names the outcome too. */
static int
kind_of_words(const Count *count)
{
    int votes[2] = {0};
    for (guint t = 0; t < count->tree->tables->len; t++) {
        const TreeTable *table = count->tree->tables->pdata[t];
        for (guint c = 0; table->id != NULL && within(count, table->at) && c < table->columns->len; c++) {
            const TreeColumn *column = table->columns->pdata[c];
            if (column->header->len > 0)
                vote_kind(votes, column->header->pdata[column->header->len - 1]);
        }
    }
    for (guint i = 0; i < count->tree->statements->len; i++) {
        const TreeStatement *statement = count->tree->statements->pdata[i];
        if (within(count, statement->at))
            vote_kind(votes, statement->text);
    }
    return votes[0] + votes[1] == 0 ? -1 : votes[1] > votes[0];
}

static void
add_years_in(Count *count, const char *text)
{
    const char *p = text;
    for (int year = text != NULL ? name_year(text, &p) : 0; year != 0; year = name_year(text, &p))
        add_year(count, PLACE_WORDS, year, 1);
}

/* Goals and measures of performance forms, and the words of tables, speak of the year planned; asked only where no better place tells it. */
static int
year_of_words(Count *count)
{
    for (guint i = 0; i < count->tree->forms->len; i++) {
        const TreeForm *form = count->tree->forms->pdata[i];
        const char *const texts[] = {form->period, form->annual_goal, form->goal, form->project, form->plan, form->overview};
        for (guint t = 0; within(count, form->at) && t < G_N_ELEMENTS(texts); t++)
            add_years_in(count, texts[t]);
    }
    for (guint i = 0; i < count->tree->tables->len; i++) {
        const TreeTable *table = count->tree->tables->pdata[i];
        for (guint r = 0; within(count, table->at) && r < table->rows->len; r++) {
            const GPtrArray *cells = ((const TreeRow *) table->rows->pdata[r])->cells;
            for (guint c = 0; c < cells->len; c++)
                add_years_in(count, cells->pdata[c]);
        }
    }
    return choose_year(count, LEAST_WORDS);
}

/* The year that a sentence begins with is the one it tells of. */
static int
year_of_sentences(Count *count)
{
    for (guint i = 0; i < count->tree->statements->len; i++) {
        const TreeStatement *statement = count->tree->statements->pdata[i];
        if (within(count, statement->at) && g_ascii_isdigit(statement->text[0]))
            add_year(count, PLACE_WORDS, name_year(statement->text, NULL), 1);
    }
    return choose_year(count, LEAST_WORDS);
}

Verdict
votes_count(const Tree *tree, int from, int to)
{
    Count count = {.tree = tree,
                   .from = from,
                   .to = to,
                   .names = g_hash_table_new(g_str_hash, g_str_equal),
                   .candidates = g_ptr_array_new_with_free_func(candidate_free),
                   .years = g_hash_table_new_full(NULL, NULL, NULL, g_free)};
    for (guint i = 0; i < tree->mentions->len; i++)
        if (within(&count, ((const Mention *) tree->mentions->pdata[i])->at))
            add_mention(&count, tree->mentions->pdata[i]);
    for (guint i = 0; i < tree->tables->len; i++)
        if (within(&count, ((const TreeTable *) tree->tables->pdata[i])->at))
            add_table(&count, tree->tables->pdata[i]);
    for (guint i = 0; i < tree->forms->len; i++)
        if (within(&count, ((const TreeForm *) tree->forms->pdata[i])->at))
            add_form(&count, tree->forms->pdata[i]);
    Verdict verdict = {.kind = -1, .scope = SCOPE_UNKNOWN, .titled = count.titled};
    choose_name(&count, &verdict);
    verdict.year = choose_year(&count, 1);
    if (verdict.year == 0)
        verdict.year = year_of_sentences(&count);
    if (verdict.year == 0)
        verdict.year = year_of_words(&count);
    verdict.kind = count.kinds[0] + count.kinds[1] > 0 ? count.kinds[1] > count.kinds[0] : kind_of_words(&count);
    g_hash_table_unref(count.names);
    g_ptr_array_unref(count.candidates);
    g_hash_table_unref(count.years);
    return verdict;
}

void
verdict_clear(Verdict *verdict)
{
    g_free(verdict->name);
    g_free(verdict->raw);
    g_free(verdict->code);
    g_free(verdict->rival);
}
