#include <string.h>

#include "table_place.h"
#include "utf8.h"

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
    place_row(reading, above, row, &label, block);
    if (row->side != NULL && block > 0)
        share_total(made, printed, row);
    place_below_unit(reading, above, row, &label, block);
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
    for (int b = 0; b < reading->blocks; b++)
        above_clear(&above[b]);
    g_free(above);
}
