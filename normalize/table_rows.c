#include <string.h>

#include "regions.h"
#include "table.h"
#include "utf8.h"

/* In points: a name set in by less is level with the one above. */
#define INDENT 4

enum { DEEPEST = 5 };

/* The rows above a row that it may belong to. */
typedef struct {
    struct {
        char class[8], group[8];
    } codes[3];                  /* by Subject: the classes printed last, for codes printed level by level and names printed without any */
    int level;                   /* of the row above whose level is told or found */
    int indents[DEEPEST + 1];    /* how far the row above of each level, down to that one, is set in */
    char *unit_name, *unit_code; /* the unit printed last, for rows that leave it blank */
    int unit_indent;             /* of its name, where it stands among those of subjects */
    bool titled;                 /* this row prints the name of a project: its subjects tell codes only */
} Above;

/* The words that name a row, as printed, and where they stand. */
typedef struct {
    const char *name; /* NULL where blank                                     */
    int indent;       /* points                                               */
    bool heads;       /* the next row is set in further, or has no such words */
} Label;

GPtrArray *
cells_copy(const TreeRow *row)
{
    GPtrArray *cells = g_ptr_array_new_with_free_func(g_free);
    for (guint c = 0; c < row->cells->len; c++) {
        const char *printed = row->cells->pdata[c];
        g_ptr_array_add(cells, printed != NULL ? utf8_collapse(printed) : g_strdup(""));
    }
    return cells;
}

bool
amount_read(const TableReading *reading, RecordRow *row, const TableColumn *column, const char *printed)
{
    const FigureKind kind = figure_kind(printed);
    const bool rate = column->role == ROLE_PERCENT;
    if (kind == FIGURE_BLANK || kind == FIGURE_DASH) {
        if (!rate)
            entries_set(&row->amounts, column->key, NULL);
        return true;
    }
    if (kind == FIGURE_WORDS)
        return false;
    Money money = 0;
    g_autofree char *value = NULL;
    const bool count = row->name != NULL && g_strcmp0(item_find(reading, row->name), "count") == 0;
    if (kind == FIGURE_NUMBER && (rate || count))
        value = number_print(printed);
    else if (kind == FIGURE_NUMBER && money_read(printed, reading->table->unit, &money, NULL))
        value = money_print(money);
    if (value == NULL) {
        g_autofree char *words = utf8_collapse(printed);
        diag_add(reading->diags, DIAG_NUMBER_UNREADABLE, row->page, "%s: %s: \"%s\"", reading->table->title, column->key, words);
        return false;
    }
    entries_set(rate ? &row->rates : count ? &row->counts : &row->amounts, column->key, value);
    /* Neither is an amount of yuan: the printed words are kept beside it. */
    return !rate && !count;
}

/* ---- codes ---- */

static bool
is_digits(const char *text, size_t *ret_length)
{
    *ret_length = strlen(text);
    return *ret_length > 0 && strspn(text, "0123456789") == *ret_length;
}

/* One part of a code split over 类, 款, 项: its own digits, or all digits down to its level. */
static void
take_part(Above *above, char **code, const TableColumn *column, const char *digits)
{
    size_t length = strlen(digits);
    const ColumnRole role = column->role;
    char *class = above->codes[column->subject].class, *group = above->codes[column->subject].group;
    g_autofree char *whole = NULL;
    if (role == ROLE_CLASS || length >= 3)
        whole = g_strdup(digits);
    else if (role == ROLE_GROUP)
        whole = g_strconcat(class, digits, NULL);
    else
        whole = g_strconcat(class, group, digits, NULL);
    size_t reach = strlen(whole);
    if (reach >= 3) {
        g_strlcpy(class, whole, 4);
        if (reach == 3)
            group[0] = '\0';
    }
    if (reach >= 5)
        g_strlcpy(group, whole + 3, 3);
    g_free(*code);
    *code = g_steal_pointer(&whole);
}

/* Takes `value`. False where another value stands there already: the printed words are to be kept. */
static bool
set_once(char **field, char *value)
{
    if (value == NULL || value[0] == '\0' || g_strcmp0(*field, value) == 0) {
        g_free(value);
        return true;
    }
    if (*field != NULL) {
        g_free(value);
        return false;
    }
    *field = value;
    return true;
}

/* A figure in a subject's column is neither code nor name. */
static bool
is_subject(const char *printed)
{
    return strpbrk(printed, ".,") == NULL || figure_kind(printed) != FIGURE_NUMBER;
}

/* A code column's cell may hold a total's word merged over code and name, or the name too. */
static bool
take_code(const TableReading *reading, RecordRow *row, Subject subject, const char *printed)
{
    char *code = NULL, *name = NULL;
    int level = 0;
    name_split(reading, printed, &code, &name, &level);
    g_autofree char *squeezed = utf8_squeeze(printed);
    if (code == NULL && name != NULL && g_str_is_ascii(name)) {
        code = g_steal_pointer(&squeezed);
        g_clear_pointer(&name, g_free);
    }
    char **codes[] = {&row->code, &row->government_code, &row->economic_code};
    char **names[] = {&row->name, &row->government_name, &row->economic_name};
    bool kept = set_once(codes[subject], code);
    kept = set_once(names[subject], name) && kept;
    if (subject == SUBJECT_MAIN && row->level == 0)
        row->level = level;
    return kept;
}

/* The subject of a row that has a name of its own. */
static void
take_code_alone(const TableReading *reading, RecordRow *row, const char *printed)
{
    char *code = NULL;
    g_autofree char *name = NULL;
    name_split(reading, printed, &code, &name, NULL);
    set_once(&row->code, code);
}

static bool
take_unit(const TableReading *reading, RecordRow *row, const char *printed)
{
    g_autofree char *squeezed = utf8_squeeze(printed);
    RuleMatch match;
    if (item_find(reading, squeezed) != NULL) {
        return set_once(&row->name, g_steal_pointer(&squeezed));
    } else if (names_match(reading, "unit_code", squeezed, &match)) {
        bool kept = set_once(&row->unit_code, rule_match_get(&match, "code"));
        return set_once(&row->unit_name, rule_match_get(&match, "name")) && kept;
    }
    return set_once(&row->unit_name, g_steal_pointer(&squeezed));
}

static void
take_cell(const TableReading *reading, Above *above, RecordRow *row, const TableColumn *column, const char *printed, bool *words)
{
    switch (column->role) {
    case ROLE_INDEX: { /* 行次: a small number; anything else is kept */
        g_autofree char *digits = utf8_squeeze(printed);
        size_t length = 0;
        *words = *words || !is_digits(digits, &length) || length > 3;
        break;
    }
    case ROLE_CLASS:
    case ROLE_GROUP:
    case ROLE_ITEM: {
        g_autofree char *digits = utf8_squeeze(printed);
        size_t length = 0;
        char **codes[] = {&row->code, &row->government_code, &row->economic_code};
        if (is_digits(digits, &length) && length <= 7)
            take_part(above, codes[column->subject], column, digits);
        else
            *words = !take_code(reading, row, column->subject, printed) || *words;
        break;
    }
    case ROLE_CODE:
    case ROLE_CODE_NAME:
    case ROLE_NAME:
        if (!is_subject(printed)) {
            *words = true;
            break;
        }
        if (above->titled && !column->project && column->role != ROLE_CODE && column->subject == SUBJECT_MAIN) {
            take_code_alone(reading, row, printed);
            *words = true;
            break;
        }
        /* 一级, 二级, 三级 set beside each other: the last one printed is the row's own, the others are kept as words. */
        if (column->role == ROLE_NAME && column->subject == SUBJECT_MAIN && row->name != NULL && row->code == NULL) {
            g_clear_pointer(&row->name, g_free);
            *words = true;
        }
        *words = !take_code(reading, row, column->subject, printed) || *words;
        break;
    case ROLE_UNIT:
        *words = !take_unit(reading, row, printed) || *words;
        break;
    case ROLE_UNIT_CODE: { /* a total's word may be merged over code and name */
        g_autofree char *code = utf8_squeeze(printed);
        char **field = item_find(reading, code) != NULL ? &row->name : &row->unit_code;
        *words = !set_once(field, g_steal_pointer(&code)) || *words;
        break;
    }
    case ROLE_AMOUNT:
    case ROLE_PERCENT:
        *words = !amount_read(reading, row, column, printed) || *words;
        break;
    case ROLE_WORDS:
        if (g_strcmp0(column->key, "note") == 0)
            *words = !set_once(&row->note, utf8_collapse(printed)) || *words;
        else
            *words = true;
        break;
    }
}

/* ---- what a row is ---- */

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

static void
finish_row(const TableReading *reading, Above *above, RecordRow *row, const Label *label, int block)
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

static bool
row_is_void(const RecordRow *row)
{
    if (row->code != NULL || row->name != NULL || row->unit_name != NULL || row->cells != NULL)
        return false;
    for (guint i = 0; row->amounts != NULL && i < row->amounts->len; i++)
        if (((const Entry *) row->amounts->pdata[i])->value != NULL)
            return false;
    return true;
}

/* Rows below a unit's own row leave its cell blank, or are set in further than its name. */
static void
inherit_unit(Above *above, RecordRow *row, const Label *label, bool has_units)
{
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

/* A total's word may be printed once for both sides: a half with figures and no name takes the other's. */
static void
share_total(const RecordTable *made, const TreeRow *printed, RecordRow *row)
{
    const RecordRow *other = made->rows->len > 0 ? made->rows->pdata[made->rows->len - 1] : NULL;
    if (row->code != NULL || row->name != NULL || row->amounts == NULL || other == NULL || other->bbox.y0 != printed->bbox.y0 || other->page != printed->page)
        return;
    if (g_strcmp0(other->item, "total") == 0) {
        row->name = g_strdup(other->name);
        row->item = g_strdup(other->item);
    }
}

static bool
begins_name(const TableColumn *column)
{
    return column->role == ROLE_NAME || column->role == ROLE_CODE_NAME;
}

static bool
half_has(const TableReading *reading, const TreeRow *printed, int block, bool amounts)
{
    for (guint c = 0; c < reading->all->len; c++) {
        const TableColumn *column = COLUMN(reading, c);
        if (column->block == block && printed->cells->pdata[c] != NULL && (column->role == ROLE_AMOUNT) == amounts)
            return true;
    }
    return false;
}

/* A total's word may be merged over a blank band of its side and its own: it belongs to the band whose figure follows it. */
static int
home_block(const TableReading *reading, const TreeRow *printed, guint c)
{
    const int block = COLUMN(reading, c)->block;
    bool alone = block + 1 < reading->blocks && g_strcmp0(reading->sides[block], reading->sides[block + 1]) == 0 && COLUMN(reading, c)->role != ROLE_AMOUNT &&
                 !half_has(reading, printed, block, true) && half_has(reading, printed, block + 1, true) && !half_has(reading, printed, block + 1, false);
    return alone ? block + 1 : block;
}

static int
cell_indent(const TreeRow *row, guint c)
{
    return row->indents != NULL && c < row->indents->len ? g_array_index(row->indents, int, c) : 0;
}

static Label
label_read(const TableReading *reading, guint r, int block)
{
    const GPtrArray *rows = reading->table->rows;
    const TreeRow *printed = rows->pdata[r], *next = r + 1 < rows->len ? rows->pdata[r + 1] : NULL;
    Label label = {0};
    for (guint c = 0; c < reading->all->len && label.name == NULL; c++) {
        if (!begins_name(COLUMN(reading, c)) || COLUMN(reading, c)->block != block || printed->cells->pdata[c] == NULL)
            continue;
        label.name = printed->cells->pdata[c];
        label.indent = cell_indent(printed, c);
        label.heads = next != NULL && (next->cells->pdata[c] == NULL || cell_indent(next, c) > label.indent + INDENT);
    }
    return label;
}

static bool
is_titled(const TableReading *reading, const TreeRow *printed, int block)
{
    for (guint c = 0; c < reading->all->len; c++)
        if (COLUMN(reading, c)->project && COLUMN(reading, c)->block == block && printed->cells->pdata[c] != NULL)
            return true;
    return false;
}

static void
read_half(TableReading *reading, RecordTable *made, Above *above, guint r, int block)
{
    const TreeRow *printed = reading->table->rows->pdata[r];
    const Label label = label_read(reading, r, block);
    RecordRow *row = g_new0(RecordRow, 1);
    bool words = false;
    row->page = printed->page;
    row->bbox = printed->bbox;
    row->side = g_strdup(reading->sides[block]);
    above->titled = is_titled(reading, printed, block);
    /* Names before figures: the name tells what the figures are. */
    for (guint i = 0; i < 2 * reading->all->len; i++) {
        const guint c = i % reading->all->len;
        const TableColumn *column = COLUMN(reading, c);
        const bool figure = column->role == ROLE_AMOUNT || column->role == ROLE_PERCENT;
        if (figure == (i >= reading->all->len) && printed->cells->pdata[c] != NULL && home_block(reading, printed, c) == block)
            take_cell(reading, above, row, column, printed->cells->pdata[c], &words);
    }
    finish_row(reading, above, row, &label, block);
    if (row->side != NULL && block > 0)
        share_total(made, printed, row);
    inherit_unit(above, row, &label, block_has_units(reading, block));
    if (words)
        row->cells = cells_copy(printed);
    if (row_is_void(row)) {
        record_row_free(row);
        return;
    }
    g_ptr_array_add(made->rows, row);
}

/* The two sides of a printed row follow each other; bands set side by side are read one after the other. */
void
rows_read(TableReading *reading, RecordTable *made)
{
    const GPtrArray *rows = reading->table->rows;
    bool sided = false;
    for (int b = 0; b < reading->blocks; b++)
        sided = sided || reading->sides[b] != NULL;
    Above *above = g_new0(Above, (size_t) reading->blocks);
    if (sided) {
        for (guint r = 0; r < rows->len; r++)
            for (int b = 0; b < reading->blocks; b++)
                read_half(reading, made, &above[b], r, b);
    } else {
        for (int b = 0; b < reading->blocks; b++)
            for (guint r = 0; r < rows->len; r++)
                read_half(reading, made, &above[b], r, b);
    }
    for (int b = 0; b < reading->blocks; b++) {
        g_free(above[b].unit_name);
        g_free(above[b].unit_code);
    }
    g_free(above);
}
