/* What the rules require of a disclosure (data/required.tsv), and whether it is there. */
#include <string.h>

#include "facts.h"
#include "normalize.h"
#include "rules.h"

enum { COLUMN_KIND, COLUMN_PART, COLUMN_ID, COLUMN_LEVEL, COLUMN_SINCE, COLUMN_RULE };
enum { STATUS_PRESENT, STATUS_DECLARED_EMPTY, STATUS_MISSING };
enum { SOURCE_NATIVE, SOURCE_NONE, SOURCE_MIXED }; /* Source.text */

static FactsOnce required = FACTS_ONCE("normalize/data/required.tsv");

static bool
row_tells(const RecordRow *row)
{
    for (guint a = 0; row->amounts != NULL && a < row->amounts->len; a++)
        if (((const Entry *) row->amounts->pdata[a])->value != NULL)
            return true;
    return false;
}

/* How deep the table's classification goes: 1 类, 2 款, 3 项, of the rows that tell an amount; by indent where no codes are printed. */
static int
table_level(const RecordTable *table)
{
    int by_code = 0, by_indent = 0;
    for (guint r = 0; r < table->rows->len; r++) {
        const RecordRow *row = table->rows->pdata[r];
        if (!row_tells(row))
            continue;
        if (row->code != NULL)
            by_code = MAX(by_code, (int) MIN((strlen(row->code) - 1) / 2, 3));
        else if (row->name != NULL && row->item == NULL)
            by_indent = MAX(by_indent, MIN(row->level, 3));
    }
    return by_code > 0 ? by_code : by_indent;
}

/* A table that has figures is better than one that says it has none. */
static void
find_table(const Record *record, const char *id, Requirement *requirement)
{
    for (guint t = 0; t < record->tables->len && requirement->status != STATUS_PRESENT; t++) {
        const RecordTable *table = record->tables->pdata[t];
        if (g_strcmp0(table->id, id) != 0 || (table->status != 0 && requirement->status == STATUS_DECLARED_EMPTY))
            continue;
        g_free(requirement->found);
        requirement->found = g_strdup(id);
        requirement->status = table->status == 0 ? STATUS_PRESENT : STATUS_DECLARED_EMPTY;
        requirement->level = table_level(table);
        requirement->source = table->source;
        requirement->page = table->pages != NULL && table->pages->len > 0 ? g_array_index(table->pages, int, 0) : 0;
    }
}

/* "无。": the section is there, and what it is for is not. */
static bool
says_nothing(const RecordSection *section)
{
    static const char *const keys[] = {"number", "nothing", "section", NULL};
    const Rules *words = rules_get("normalize/data/words", keys, NULL);
    const Rule *rule = words != NULL ? rules_find(words, "says_nothing") : NULL;
    return rule != NULL && section->text != NULL && rule_match(rule, section->text, 0, NULL);
}

/* "narrative!": the heading of a part counts where words stand under it itself. */
static void
find_section(const Record *record, const char *words, Requirement *requirement)
{
    const bool own_words = g_str_has_suffix(words, "!");
    g_autofree char *id = g_strndup(words, strlen(words) - own_words);
    for (guint s = 0; s < record->sections->len && requirement->status != STATUS_PRESENT; s++) {
        const RecordSection *section = record->sections->pdata[s];
        if (g_strcmp0(section->id, id) != 0 || (own_words && (section->text == NULL || section->text[0] == '\0')))
            continue;
        g_free(requirement->found);
        requirement->found = g_strdup(id);
        requirement->status = says_nothing(section) ? STATUS_DECLARED_EMPTY : STATUS_PRESENT;
        requirement->source = section->source;
        requirement->page = section->page;
    }
}

static Requirement *
requirement_new(const Record *record, char **row)
{
    g_auto(GStrv) ids = g_strsplit(row[COLUMN_ID], "|", -1);
    const bool table = strcmp(row[COLUMN_PART], "table") == 0;
    Requirement *requirement = g_new0(Requirement, 1);
    requirement->part = g_strdup(row[COLUMN_PART]);
    requirement->id = g_strdup(ids[0]);
    requirement->status = STATUS_MISSING;
    requirement->level_required = atoi(row[COLUMN_LEVEL]);
    requirement->rule = g_strdup(row[COLUMN_RULE]);
    for (guint i = 0; ids[i] != NULL && requirement->status != STATUS_PRESENT; i++)
        (table ? find_table : find_section)(record, ids[i], requirement);
    return requirement;
}

/* Native where every source is, none where none is. */
static int
text_of(const Record *record)
{
    int text = -1;
    for (guint i = 0; i < record->sources->len; i++) {
        int own = ((const Source *) record->sources->pdata[i])->text;
        text = text < 0 || text == own ? own : SOURCE_MIXED;
    }
    return MAX(text, SOURCE_NATIVE);
}

bool
disclosure_read(Record *record, GError **error)
{
    static const char *const kinds[] = {"budget", "final_accounts"};
    const GPtrArray *rows = facts_rows(&required, error);
    if (rows == NULL)
        return false;
    Disclosure *disclosure = g_new0(Disclosure, 1);
    disclosure->text = text_of(record);
    disclosure->required = g_ptr_array_new();
    for (guint i = 0; i < rows->len; i++) {
        char **row = rows->pdata[i];
        bool bound = strcmp(row[COLUMN_KIND], "*") == 0 || strcmp(row[COLUMN_KIND], kinds[record->kind]) == 0;
        if (bound && (record->year == 0 || record->year >= atoi(row[COLUMN_SINCE])))
            g_ptr_array_add(disclosure->required, requirement_new(record, row));
    }
    record->disclosure = disclosure;
    return true;
}
