#include "table_place.h"

#include <string.h>

#include "regions.h"
#include "utf8.h"

bool
is_digits(const char *text, size_t *ret_length)
{
    *ret_length = strlen(text);
    return *ret_length > 0 && strspn(text, "0123456789") == *ret_length;
}

/* 款 and 项 share names (其他…支出) and 项 their names with those of other 款: only below the rows of its classes, and as deep
 * as it is set in, does such a name tell its code. The names of 类 are their own. */
static const char *
function_code(const Above *above, const RecordRow *row)
{
    const char *class = above->codes[SUBJECT_MAIN].class, *group = above->codes[SUBJECT_MAIN].group, *code = NULL;
    g_autofree char *parent = g_strconcat(class, group, NULL);
    if (row->level == 2 && class[0] != '\0')
        code = codebook_code(CODEBOOK_FUNCTION, row->name, 5, class);
    else if (row->level == 3 && group[0] != '\0')
        code = codebook_code(CODEBOOK_FUNCTION, row->name, 7, parent);
    return code != NULL ? code : codebook_code(CODEBOOK_FUNCTION, row->name, 3, NULL);
}

/* What the rows below may hang on: a row without a code hides the class above it from them. */
static void
remember_code(Above *above, const RecordRow *row)
{
    char *class = above->codes[SUBJECT_MAIN].class, *group = above->codes[SUBJECT_MAIN].group;
    size_t length = row->code != NULL ? strlen(row->code) : 0;
    if (length == 3 || length == 5 || length == 7) {
        g_strlcpy(class, row->code, 4);
        g_strlcpy(group, length > 3 ? row->code + 3 : "", 3);
    } else if (row->code == NULL && row->level <= 2) {
        group[0] = '\0';
        if (row->level <= 1)
            class[0] = '\0';
    }
}

/* Codes ascend down a list of economic classes: a part of a class that is over stands here by its former place (住房公积金 was one of 303). */
static const char *
economic_code(const Above *above, Codebook book, const char *name)
{
    const char *code = codebook_code(book, name, 0, NULL);
    const char *class = above->codes[SUBJECT_MAIN].class;
    bool over = code != NULL && strlen(code) > 3 && strncmp(code, class, 3) < 0;
    return over ? codebook_code(book, name, 5, class) : code;
}

static void
code_from_name(const TableReading *reading, const Above *above, RecordRow *row, int block)
{
    if (row->code != NULL) {
        row->code_from = g_strdup("printed");
        return;
    }
    if (row->name == NULL || row->item != NULL || row->unit_name != NULL || g_strcmp0(row->side, "revenue") == 0)
        return;
    const char *code = NULL;
    if (reading->books[block] != CODEBOOK_FUNCTION)
        code = economic_code(above, reading->books[block], row->name);
    else if (g_strcmp0(row->side, "expenditure") == 0)
        code = function_code(above, row);
    if (code != NULL) {
        row->code = g_strdup(code);
        row->code_from = g_strdup("codebook");
    }
}

static bool
names_agree(const char *mine, const char *known)
{
    if (mine == NULL || known == NULL)
        return false;
    g_autofree char *a = utf8_narrow(mine), *b = utf8_narrow(known);
    return strcmp(a, b) == 0;
}

static void
check_code(const TableReading *reading, const RecordRow *row, int block)
{
    if (row->code == NULL || row->name == NULL || g_strcmp0(row->code_from, "printed") != 0)
        return;
    const char *known = codebook_name(reading->books[block], row->code);
    if (known == NULL)
        return;
    if (!names_agree(row->name, known))
        diag_add(reading->diags, DIAG_CODE_NAME_MISMATCH, row->page, "%s %s, %s", row->code, row->name, known);
}

/* Two digits in the one code column are 款 or 项 of the rows above: the name tells which; without help, 款 comes first. */
static void
complete_code(const TableReading *reading, Above *above, RecordRow *row, int block)
{
    const Codebook book = reading->books[block];
    char *class = above->codes[SUBJECT_MAIN].class, *group = above->codes[SUBJECT_MAIN].group;
    size_t length = 0;
    if (row->code == NULL || !is_digits(row->code, &length))
        return;
    if (length == 2 && class[0] != '\0') {
        g_autofree char *as_group = g_strconcat(class, row->code, NULL), *as_item = g_strconcat(class, group, row->code, NULL);
        bool item = group[0] != '\0' && !names_agree(row->name, codebook_name(book, as_group)) &&
                    (names_agree(row->name, codebook_name(book, as_item)) || codebook_name(book, as_group) == NULL);
        g_free(row->code);
        row->code = g_strdup(item ? as_item : as_group);
    }
}

/* Six digits or more in threes are a unit's code, three are one where a body's name stands with them that no class has: the row is a unit
 * among the subjects. */
static void
part_unit(const TableReading *reading, RecordRow *row, int block)
{
    const Codebook book = reading->books[block];
    size_t length = 0;
    if (row->code == NULL || row->unit_name != NULL || row->name == NULL || !is_digits(row->code, &length) || length < 3 || length % 3 != 0)
        return;
    if (length == 3 && (names_agree(row->name, codebook_name(book, row->code)) || !names_match(reading, "body", row->name, NULL)))
        return;
    row->unit_code = g_steal_pointer(&row->code);
    row->unit_name = g_steal_pointer(&row->name);
}

static bool
block_has_units(const TableReading *reading, int block)
{
    for (guint c = 0; c < reading->all->len; c++)
        if (COLUMN(reading, c)->block == block && COLUMN(reading, c)->role == ROLE_UNIT)
            return true;
    return false;
}

/* Where units and what they spend on share a column, a name that begins with a place and ends as bodies do is a unit's, if the
 * next row is below it: set in further, or told in other columns. Projects have such names too, but nothing below them. A unit's code
 * beside the name leaves no doubt. */
static void
part_named_unit(const TableReading *reading, RecordRow *row, const Label *label, int block)
{
    if (row->code != NULL || row->name == NULL || row->unit_name != NULL || row->side != NULL || block_has_units(reading, block) ||
        !names_match(reading, "body", row->name, NULL))
        return;
    if (row->unit_code == NULL) {
        g_autoptr(Region) region = label->heads ? region_find(row->name, false, NULL) : NULL;
        if (region == NULL)
            return;
    }
    row->unit_name = g_steal_pointer(&row->name);
}

static void
find_item(const TableReading *reading, RecordRow *row)
{
    const char *item = item_find(reading, row->name);
    row->item = g_strcmp0(item, "subtotal") != 0 && g_strcmp0(item, "count") != 0 ? g_strdup(item) : NULL;
    /* A summary's total has the side's name. */
    if (g_strcmp0(item, "total") == 0 && row->side != NULL && g_str_has_suffix(row->name, "\xE6\x80\xBB\xE8\xAE\xA1")) {
        g_free(row->item);
        row->item = g_strconcat(row->side, "_total", NULL);
    }
}

/* A row without code or enumerator lies below the nearest row above that is set in less; 其中 is one deeper. */
static void
settle_level(const TableReading *reading, Above *above, RecordRow *row, const Label *label)
{
    if (row->name == NULL || row->item != NULL)
        return;
    const int indent = label->indent;
    g_autofree char *squeezed = label->name != NULL ? utf8_squeeze(label->name) : g_strdup("");
    bool among = names_match(reading, "among", squeezed, NULL);
    bool told = row->level > 1 || names_match(reading, "enumerator", squeezed, NULL);
    int coded = code_level(row->code);
    if (coded > 0)
        row->level = coded;
    else if (among && above->level > 0)
        row->level = MIN(above->level + 1, DEEPEST);
    else if (!told && above->level > 0) {
        int level = above->level;
        while (level > 0 && indent <= above->indents[level] + INDENT)
            level--;
        row->level = MIN(level + 1, DEEPEST);
    }
    row->level = MAX(row->level, 1);
    if (among && coded == 0)
        return;
    /* Levels that are left out (一、 and then 1.) lie where the one above them does. */
    for (int level = above->level + 1; level < row->level; level++)
        above->indents[level] = level > 1 ? above->indents[level - 1] : indent;
    above->level = row->level;
    above->indents[row->level] = indent;
}

/* The codebook knew the row's code: it stands where its level says, however far its list is set in (below 本年支出, say). */
static void
settle_coded(Above *above, RecordRow *row, int indent)
{
    const int level = code_level(row->code);
    if (level == 0 || row->item != NULL || level == row->level)
        return;
    row->level = level;
    above->level = level;
    above->indents[level] = indent;
}

void
place_row(const TableReading *reading, Above *above, RecordRow *row, const Label *label, int block)
{
    part_unit(reading, row, block);
    complete_code(reading, above, row, block);
    part_named_unit(reading, row, label, block);
    if (row->name == NULL && row->code == NULL && row->government_name != NULL && item_find(reading, row->government_name) != NULL)
        row->name = g_steal_pointer(&row->government_name);
    if (row->name != NULL)
        find_item(reading, row);
    settle_level(reading, above, row, label);
    code_from_name(reading, above, row, block);
    settle_coded(above, row, label->indent);
    if (row->item == NULL)
        remember_code(above, row);
    if (!above->titled)
        check_code(reading, row, block);
    if (g_strcmp0(row->item, "total") == 0)
        row->level = 0;
}

/* Rows below a unit's own row leave its cell blank, or are set in further than its name. */
void
place_below_unit(const TableReading *reading, Above *above, RecordRow *row, const Label *label, int block)
{
    const bool has_units = block_has_units(reading, block);
    if (row->unit_name != NULL) {
        g_free(above->unit_name);
        g_free(above->unit_code);
        above->unit_name = g_strdup(row->unit_name);
        above->unit_code = g_strdup(row->unit_code);
        above->unit_indent = label->indent;
        return;
    }
    const bool below = has_units ? row->code != NULL : label->name == NULL || label->indent > above->unit_indent + INDENT;
    if (above->unit_name == NULL || row->item != NULL)
        return;
    if (below) {
        row->unit_name = g_strdup(above->unit_name);
        if (row->unit_code == NULL)
            row->unit_code = g_strdup(above->unit_code);
    } else if (!has_units) {
        g_clear_pointer(&above->unit_name, g_free);
        g_clear_pointer(&above->unit_code, g_free);
    }
}

void
above_clear(Above *above)
{
    g_free(above->unit_name);
    g_free(above->unit_code);
}
