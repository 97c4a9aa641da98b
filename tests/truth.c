#include "truth.h"

#include <cjson/cJSON.h>
#include <string.h>

#include "money.h"

enum { SHOWN = 12 }; /* differences of a kind told one by one */

enum { DEPARTMENT, YEAR, KIND, TABLE, SIDE, CODE, ITEM, NAME, COLUMN, AMOUNT, FIELDS };

typedef struct {
    const Case *one;
    GString *report;
    guint differences, shown;
} Comparison;

static G_GNUC_PRINTF(2, 3) void differ(Comparison *comparison, const char *format, ...)
{
    comparison->differences++;
    if (comparison->shown++ >= SHOWN)
        return;
    va_list arguments;
    va_start(arguments, format);
    g_string_append_printf(comparison->report, "    %s: ", comparison->one->name);
    g_string_append_vprintf(comparison->report, format, arguments);
    g_string_append_c(comparison->report, '\n');
    va_end(arguments);
}

/* ---- amounts ---- */

static void
free_line(void *line)
{
    g_strfreev(line);
}

static char *
same_decimal(const char *amount)
{
    Money money = 0;
    return money_parse(amount, &money) ? money_print(money) : g_strdup(amount);
}

static GPtrArray *
read_truth(const Case *one)
{
    GPtrArray *lines = g_ptr_array_new_with_free_func(free_line);
    g_autofree char *path = g_build_filename(one->folder, "truth.tsv", NULL);
    g_autofree char *text = NULL;
    g_file_get_contents(path, &text, NULL, NULL);
    g_auto(GStrv) rows = g_strsplit(text != NULL ? text : "", "\n", -1);
    for (guint i = 1; rows[0] != NULL && rows[i] != NULL; i++) {
        char **fields = g_strsplit(rows[i], "\t", -1);
        if (g_strv_length(fields) == FIELDS) {
            char *exact = same_decimal(fields[AMOUNT]);
            g_free(fields[AMOUNT]);
            fields[AMOUNT] = exact;
            g_ptr_array_add(lines, fields);
        } else {
            g_strfreev(fields);
        }
    }
    return lines;
}

static char *
text_of(const char *text)
{
    return g_strdup(text != NULL ? text : "");
}

static void
add_amounts(GPtrArray *lines, const Record *record, const RecordTable *table, const RecordRow *row)
{
    for (guint i = 0; row->amounts != NULL && i < row->amounts->len; i++) {
        const Entry *amount = row->amounts->pdata[i];
        if (amount->value == NULL)
            continue;
        char **line = g_new0(char *, FIELDS + 1);
        line[DEPARTMENT] = text_of(record->department->name);
        line[YEAR] = g_strdup_printf("%d", record->year);
        line[KIND] = g_strdup(record->kind == 0 ? "budget" : "final_accounts");
        line[TABLE] = text_of(table->id);
        line[SIDE] = text_of(row->side);
        line[CODE] = text_of(row->code);
        line[ITEM] = text_of(row->item);
        line[NAME] = text_of(row->name != NULL ? row->name : row->unit_name); /* a row that is a unit */
        line[COLUMN] = text_of(amount->key);
        line[AMOUNT] = same_decimal(amount->value);
        g_ptr_array_add(lines, line);
    }
}

static GPtrArray *
lines_of(const GPtrArray *records)
{
    GPtrArray *lines = g_ptr_array_new_with_free_func(free_line);
    for (guint r = 0; r < records->len; r++) {
        const Record *record = records->pdata[r];
        for (guint t = 0; t < record->tables->len; t++) {
            const RecordTable *table = record->tables->pdata[t];
            for (guint k = 0; table->id != NULL && k < table->rows->len; k++)
                add_amounts(lines, record, table, table->rows->pdata[k]);
        }
    }
    return lines;
}

static bool
agrees(char *const *truth, char *const *made)
{
    for (guint f = 0; f < FIELDS; f++)
        if (strcmp(truth[f], "?") != 0 && strcmp(truth[f], made[f]) != 0)
            return false;
    return true;
}

static guint
wildcards(char *const *line)
{
    guint count = 0;
    for (guint f = 0; f < FIELDS; f++)
        count += strcmp(line[f], "?") == 0;
    return count;
}

/* The strictest lines of the truth choose first. */
static int
by_strictness(gconstpointer a, gconstpointer b)
{
    return (int) wildcards(*(char **const *) a) - (int) wildcards(*(char **const *) b);
}

static char *
amount_key(char *const *line)
{
    return g_strjoin("\t", line[DEPARTMENT], line[TABLE], line[AMOUNT], NULL);
}

static void
describe(Comparison *comparison, const char *what, char *const *line)
{
    g_autofree char *words = g_strjoinv(" | ", (char **) line + 3);
    differ(comparison, "%s: %s", what, words);
}

/* The same amount elsewhere in its table is the likeliest mistake. */
static void
tell_missing(Comparison *comparison, char *const *line, const GPtrArray *same)
{
    g_autofree char *words = g_strjoinv(" | ", (char **) line + 3);
    g_autofree char *other = same != NULL && same->len > 0 ? g_strjoinv(" | ", (char **) same->pdata[0] + 3) : NULL;
    differ(comparison, "not in the record: %s%s%s", words, other != NULL ? "\n        perhaps here:      " : "", other != NULL ? other : "");
}

/* Takes each line of the truth's amount away from what was made. Returns how many were there. */
static guint
take_away(Comparison *comparison, GPtrArray *truth, GPtrArray *made)
{
    g_autoptr(GHashTable) by_key = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_ptr_array_unref);
    for (guint i = 0; i < made->len; i++) {
        g_autofree char *key = amount_key(made->pdata[i]);
        GPtrArray *same = g_hash_table_lookup(by_key, key);
        if (same == NULL) {
            same = g_ptr_array_new();
            g_hash_table_insert(by_key, g_steal_pointer(&key), same);
        }
        g_ptr_array_add(same, made->pdata[i]);
    }
    guint found = 0;
    g_ptr_array_sort(truth, by_strictness);
    for (guint i = 0; i < truth->len; i++) {
        g_autofree char *key = amount_key(truth->pdata[i]);
        GPtrArray *same = g_hash_table_lookup(by_key, key);
        guint k = 0;
        while (same != NULL && k < same->len && !agrees(truth->pdata[i], same->pdata[k]))
            k++;
        if (same == NULL || k == same->len) {
            tell_missing(comparison, truth->pdata[i], same);
            continue;
        }
        found++;
        g_ptr_array_remove(made, same->pdata[k]);
        g_ptr_array_remove_index(same, k);
    }
    return found;
}

/* What is left of the tables that the truth names. */
static guint
tell_left(Comparison *comparison, const GPtrArray *truth, const GPtrArray *left)
{
    g_autoptr(GHashTable) named = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (guint i = 0; i < truth->len; i++) {
        char **line = truth->pdata[i];
        g_hash_table_add(named, g_strjoin("\t", line[DEPARTMENT], line[TABLE], NULL));
    }
    guint count = 0;
    for (guint i = 0; i < left->len; i++) {
        char **line = left->pdata[i];
        g_autofree char *key = g_strjoin("\t", line[DEPARTMENT], line[TABLE], NULL);
        if (!g_hash_table_contains(named, key))
            continue;
        count++;
        describe(comparison, "not in the truth", line);
    }
    return count;
}

/* ---- truth.json ---- */

static const char *
word(const cJSON *object, const char *key)
{
    return cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(object, key));
}

static bool
is_record(const cJSON *truth, const Record *record)
{
    const cJSON *department = cJSON_GetObjectItemCaseSensitive(truth, "department");
    const char *scope = word(department, "scope");
    return g_strcmp0(word(department, "name"), record->department->name) == 0 &&
           (scope == NULL || strcmp(scope, record->department->scope == 0 ? "department" : "unit") == 0) &&
           (int) cJSON_GetNumberValue(cJSON_GetObjectItemCaseSensitive(truth, "year")) == record->year &&
           g_strcmp0(word(truth, "kind"), record->kind == 0 ? "budget" : "final_accounts") == 0;
}

static const RecordTable *
find_table(const Record *record, const char *id, bool data)
{
    const RecordTable *found = NULL;
    for (guint i = 0; i < record->tables->len; i++) {
        const RecordTable *table = record->tables->pdata[i];
        if (g_strcmp0(table->id, id) == 0 && (found == NULL || (data && found->status != 0)))
            found = table;
    }
    return found;
}

static void
compare_tables(Comparison *comparison, const cJSON *truth, const Record *record)
{
    const cJSON *entry = NULL;
    cJSON_ArrayForEach(entry, cJSON_GetObjectItemCaseSensitive(truth, "tables")) {
        const char *status = word(entry, "status");
        const char *unit = word(entry, "unit");
        const RecordTable *table = find_table(record, entry->string, g_strcmp0(status, "data") == 0);
        if (table == NULL)
            differ(comparison, "%s %s: no table %s", record->department->name, record->kind == 0 ? "budget" : "final_accounts", entry->string);
        else if (status != NULL && strcmp(status, table->status == 0 ? "data" : "no_data") != 0)
            differ(comparison, "%s: table %s should be %s", record->department->name, entry->string, status);
        else if (g_strcmp0(unit, table->unit) != 0 && table->status == 0)
            differ(comparison, "%s: table %s is in %s, should be in %s", record->department->name, entry->string, table->unit, unit);
    }
}

static char *
squeeze(const char *text)
{
    GString *squeezed = g_string_new(NULL);
    for (const char *p = text != NULL ? text : ""; *p != '\0'; p = g_utf8_next_char(p))
        if (!g_unichar_isspace(g_utf8_get_char(p)))
            g_string_append_unichar(squeezed, g_utf8_get_char(p));
    return g_string_free(squeezed, FALSE);
}

/* The truth's titles carry their numbers, a Record's sections do not. */
static void
compare_sections(Comparison *comparison, const cJSON *truth, const Record *record)
{
    const cJSON *title = NULL;
    cJSON_ArrayForEach(title, cJSON_GetObjectItemCaseSensitive(truth, "section_titles")) {
        g_autofree char *wanted = squeeze(cJSON_GetStringValue(title));
        bool found = false;
        for (guint i = 0; !found && i < record->sections->len; i++) {
            g_autofree char *own = squeeze(((const RecordSection *) record->sections->pdata[i])->title);
            found = own[0] != '\0' && g_str_has_suffix(wanted, own);
        }
        if (!found)
            differ(comparison, "%s: no section %s", record->department->name, wanted);
    }
}

static void
compare_count(Comparison *comparison, const cJSON *truth, const char *key, const GPtrArray *made, const Record *record)
{
    const cJSON *count = cJSON_GetObjectItemCaseSensitive(truth, key);
    if (count != NULL && (guint) cJSON_GetNumberValue(count) != made->len)
        differ(comparison, "%s: %u %s, should be %u", record->department->name, made->len, key, (guint) cJSON_GetNumberValue(count));
}

static bool
is_form(const cJSON *truth, const RecordPerformance *form)
{
    const char *total = word(truth, "amount_total");
    const char *annual = word(truth, "annual_amount_total");
    const cJSON *indicators = cJSON_GetObjectItemCaseSensitive(truth, "indicators");
    return g_strcmp0(word(truth, "project"), form->project) == 0 && g_strcmp0(word(truth, "scope"), form->scope) == 0 &&
           (total == NULL || g_strcmp0(total, form->amount_total) == 0) && (annual == NULL || g_strcmp0(annual, form->annual_amount_total) == 0) &&
           (indicators == NULL || (guint) cJSON_GetNumberValue(indicators) == form->indicators->len);
}

static void
compare_forms(Comparison *comparison, const cJSON *truth, const Record *record)
{
    const cJSON *wanted = NULL;
    cJSON_ArrayForEach(wanted, cJSON_GetObjectItemCaseSensitive(truth, "forms")) {
        bool found = false;
        for (guint i = 0; !found && i < record->performance->len; i++)
            found = is_form(wanted, record->performance->pdata[i]);
        if (!found)
            differ(comparison, "%s: no such performance form: %s", record->department->name, word(wanted, "project"));
    }
}

static void
compare_record(Comparison *comparison, const cJSON *truth, const GPtrArray *records)
{
    const cJSON *department = cJSON_GetObjectItemCaseSensitive(truth, "department");
    const Record *record = NULL;
    for (guint i = 0; record == NULL && i < records->len; i++)
        if (is_record(truth, records->pdata[i]))
            record = records->pdata[i];
    if (record == NULL) {
        differ(comparison, "no record of %s", word(department, "name"));
        return;
    }
    const char *region = word(department, "region_code");
    const char *own = record->department->region != NULL ? record->department->region->code : NULL;
    if (region != NULL && g_strcmp0(region, own) != 0)
        differ(comparison, "%s: region %s, should be %s", record->department->name, own, region);
    compare_tables(comparison, truth, record);
    compare_sections(comparison, truth, record);
    compare_count(comparison, truth, "performance", record->performance, record);
    compare_count(comparison, truth, "terms", record->terms, record);
    compare_forms(comparison, truth, record);
}

guint
truth_compare(const Case *one, const GPtrArray *records, GString *report)
{
    Comparison comparison = {one, report, 0, 0};
    g_autofree char *path = g_build_filename(one->folder, "truth.json", NULL);
    g_autofree char *text = NULL;
    g_file_get_contents(path, &text, NULL, NULL);
    cJSON *truth = cJSON_Parse(text != NULL ? text : "");
    const cJSON *wanted = cJSON_GetObjectItemCaseSensitive(truth, "records");
    if (wanted == NULL)
        differ(&comparison, "truth.json cannot be read");
    if (cJSON_GetArraySize(wanted) != (int) records->len)
        differ(&comparison, "%u records, should be %d", records->len, cJSON_GetArraySize(wanted));
    const cJSON *entry = NULL;
    cJSON_ArrayForEach(entry, wanted)
        compare_record(&comparison, entry, records);
    cJSON_Delete(truth);
    guint about = comparison.differences;
    comparison.shown = 0;
    g_autoptr(GPtrArray) lines = read_truth(one);
    g_autoptr(GPtrArray) made = lines_of(records);
    guint found = take_away(&comparison, lines, made);
    comparison.shown = MIN(comparison.shown, SHOWN / 2);
    guint left = tell_left(&comparison, lines, made);
    g_string_append_printf(report, "    %s: %u of %u amounts, %u not in the truth, %u other differences\n", one->name, found, lines->len, left, about);
    return comparison.differences;
}
