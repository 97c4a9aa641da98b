#include <string.h>

#include "normalize.h"

/* What reading one Part needs at every step. */
typedef struct {
    Record *record;
    const Part *part;
    int source;
} Reader;

static bool
within(const Reader *reader, int at)
{
    return at >= reader->part->from && at < reader->part->to;
}

static void
tell(const Reader *reader, DiagCode code, int page, const char *words)
{
    diag_add(&reader->record->diagnostics, code, page, "%s", words);
    ((Diag *) reader->record->diagnostics->pdata[reader->record->diagnostics->len - 1])->source = reader->source;
}

static void
tell_unreadable(const Reader *reader, int page, const char *words, const char *where)
{
    g_autofree char *both = g_strdup_printf("%s (%s)", words, where != NULL ? where : "-");
    tell(reader, DIAG_NUMBER_UNREADABLE, page, both);
}

/* Printed amount → yuan; NULL for a blank or a dash, and for what cannot be read, which is told. */
static char *
read_amount(const Reader *reader, const char *printed, const char *unit, int page, const char *where)
{
    Money money = 0;
    if (money_read(printed, unit, &money, NULL))
        return money_print(money);
    FigureKind kind = figure_kind(printed);
    if (kind != FIGURE_BLANK && kind != FIGURE_DASH)
        tell_unreadable(reader, page, printed, where);
    return NULL;
}

static char *
without_sign(char *amount)
{
    if (amount != NULL && amount[0] == '-')
        memmove(amount, amount + 1, strlen(amount));
    return amount;
}

static bool
is_money(const char *unit)
{
    return unit != NULL && unit_factor(unit) > 0;
}

/* "减少-5.00万元" and "减少5.00万元" mean the same: the direction tells the way, the amount the size. */
static Change *
change_new(const Reader *reader, const TreeStatement *told)
{
    if (told->direction == NULL && told->change == NULL && told->change_percent == NULL && told->base == NULL && told->base_amount == NULL)
        return NULL;
    Change *change = g_new0(Change, 1);
    change->direction = g_strdup(told->direction);
    change->percent = without_sign(number_print(told->change_percent));
    change->base = g_strdup(told->base);
    const char *unit = told->change_unit != NULL ? told->change_unit : told->unit;
    const char *base_unit = told->base_unit != NULL ? told->base_unit : told->unit;
    if (told->change != NULL && is_money(unit))
        change->amount = without_sign(read_amount(reader, told->change, unit, told->page, told->label));
    if (told->base_amount != NULL && is_money(base_unit))
        change->base_amount = read_amount(reader, told->base_amount, base_unit, told->page, told->label);
    return change;
}

static void
add_statement(const Reader *reader, const TreeStatement *told)
{
    RecordStatement *statement = g_new0(RecordStatement, 1);
    statement->section = g_strdup(told->section);
    statement->label = g_strdup(told->label);
    statement->percent = number_print(told->percent);
    statement->change = change_new(reader, told);
    statement->reason = g_strdup(told->reason);
    statement->source = reader->source;
    statement->page = told->page;
    statement->text = g_strdup(told->text);
    if (told->amount != NULL && is_money(told->unit)) {
        statement->amount = read_amount(reader, told->amount, told->unit, told->page, told->label);
    } else if (told->amount != NULL) {
        statement->count = number_print(told->amount);
        statement->count_unit = g_strdup(told->unit);
        if (statement->count == NULL)
            tell_unreadable(reader, told->page, told->amount, told->label);
    }
    g_ptr_array_add(reader->record->statements, statement);
}

static void
add_section(const Reader *reader, const Section *told)
{
    RecordSection *section = g_new0(RecordSection, 1);
    section->id = g_strdup(told->id);
    section->number = g_strdup(told->number);
    section->title = g_strdup(told->title);
    section->level = told->level;
    section->source = reader->source;
    section->page = told->page;
    section->text = g_strdup(told->text);
    g_ptr_array_add(reader->record->sections, section);
}

static void
add_term(const Reader *reader, const TreeTerm *told)
{
    RecordTerm *term = g_new0(RecordTerm, 1);
    term->term = g_strdup(told->term);
    term->definition = g_strdup(told->definition);
    term->source = reader->source;
    term->page = told->page;
    g_ptr_array_add(reader->record->terms, term);
}

static RecordContact *
contact_new(const TreeForm *form)
{
    if (form->head == NULL && form->handler == NULL && form->phone == NULL && form->date == NULL)
        return NULL;
    RecordContact *contact = g_new0(RecordContact, 1);
    contact->head = g_strdup(form->head);
    contact->handler = g_strdup(form->handler);
    contact->phone = g_strdup(form->phone);
    contact->date = g_strdup(form->date);
    return contact;
}

static GPtrArray *
copy_indicators(const GPtrArray *indicators)
{
    GPtrArray *copies = g_ptr_array_new();
    for (guint i = 0; indicators != NULL && i < indicators->len; i++) {
        const TreeIndicator *printed = indicators->pdata[i];
        TreeIndicator *copy = g_new0(TreeIndicator, 1);
        copy->level1 = g_strdup(printed->level1);
        copy->level2 = g_strdup(printed->level2);
        copy->level3 = g_strdup(printed->level3);
        copy->value = g_strdup(printed->value);
        copy->annual_level3 = g_strdup(printed->annual_level3);
        copy->annual_value = g_strdup(printed->annual_value);
        copy->weight = g_strdup(printed->weight);
        g_ptr_array_add(copies, copy);
    }
    return copies;
}

static GPtrArray *
copy_other(const GPtrArray *other)
{
    GPtrArray *copies = other != NULL ? g_ptr_array_new() : NULL;
    for (guint i = 0; other != NULL && i < other->len; i++) {
        const TreeOther *printed = other->pdata[i];
        TreeOther *copy = g_new0(TreeOther, 1);
        copy->label = g_strdup(printed->label);
        copy->value = g_strdup(printed->value);
        g_ptr_array_add(copies, copy);
    }
    return copies;
}

static int
form_page(const TreeForm *form)
{
    return form->pages != NULL && form->pages->len > 0 ? g_array_index(form->pages, int, 0) : 0;
}

/* A form that prints no unit may mean any: its figures other than zero are told and not read. */
static char *
read_form_amount(const Reader *reader, const TreeForm *form, const char *printed, const char *where)
{
    g_autofree char *amount = read_amount(reader, printed, form->unit_printed, form_page(form), where);
    Money money = 0;
    if (amount == NULL || form->unit_printed != NULL || !money_parse(amount, &money) || money == 0)
        return g_steal_pointer(&amount);
    g_autofree char *words = g_strdup_printf("%s: %s", form->title != NULL ? form->title : where, printed);
    tell(reader, DIAG_TABLE_WITHOUT_UNIT, form_page(form), words);
    return NULL;
}

static GPtrArray *
read_entries(const Reader *reader, const TreeForm *form, const GPtrArray *entries)
{
    GPtrArray *amounts = NULL;
    for (guint i = 0; entries != NULL && i < entries->len; i++) {
        const Entry *entry = entries->pdata[i];
        g_autofree char *yuan = read_form_amount(reader, form, entry->value, entry->key);
        entries_set(&amounts, entry->key, yuan);
    }
    return amounts;
}

static void
add_form(const Reader *reader, const TreeForm *form)
{
    RecordPerformance *target = g_new0(RecordPerformance, 1);
    target->title = g_strdup(form->title);
    target->project = g_strdup(form->project);
    target->scope = g_strdup(form->scope);
    target->department = g_strdup(form->department);
    target->department_code = g_strdup(form->department_code);
    target->unit = g_strdup(form->unit);
    target->attribute = g_strdup(form->attribute);
    target->period = g_strdup(form->period);
    target->amount_total = read_form_amount(reader, form, form->amount_total, "amount_total");
    target->annual_amount_total = read_form_amount(reader, form, form->annual_amount_total, "annual_amount_total");
    target->amounts = read_entries(reader, form, form->amounts);
    target->annual_amounts = read_entries(reader, form, form->annual_amounts);
    target->overview = g_strdup(form->overview);
    target->basis = g_strdup(form->basis);
    target->necessity = g_strdup(form->necessity);
    target->measures = g_strdup(form->measures);
    target->plan = g_strdup(form->plan);
    target->goal = g_strdup(form->goal);
    target->annual_goal = g_strdup(form->annual_goal);
    target->indicators = copy_indicators(form->indicators);
    target->other = copy_other(form->other);
    target->contact = contact_new(form);
    target->source = reader->source;
    target->pages = form->pages != NULL ? g_array_copy(form->pages) : NULL;
    target->unit_printed = g_strdup(form->unit_printed);
    g_ptr_array_add(reader->record->performance, target);
}

void
narrative_add(Record *record, const Tree *tree, const Part *part, int source)
{
    const Reader reader = {.record = record, .part = part, .source = source};
    for (guint i = 0; i < tree->sections->len; i++)
        if (within(&reader, ((const Section *) tree->sections->pdata[i])->at))
            add_section(&reader, tree->sections->pdata[i]);
    for (guint i = 0; i < tree->statements->len; i++)
        if (within(&reader, ((const TreeStatement *) tree->statements->pdata[i])->at))
            add_statement(&reader, tree->statements->pdata[i]);
    for (guint i = 0; i < tree->forms->len; i++)
        if (within(&reader, ((const TreeForm *) tree->forms->pdata[i])->at))
            add_form(&reader, tree->forms->pdata[i]);
    for (guint i = 0; i < tree->terms->len; i++)
        if (within(&reader, ((const TreeTerm *) tree->terms->pdata[i])->at))
            add_term(&reader, tree->terms->pdata[i]);
}
