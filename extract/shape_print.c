/* Shapes → JSON, printed as it is walked: a tree of nodes would be ten times the text. */
#include "shape.h"

#include <math.h>
#include <string.h>

typedef struct {
    GString *text;
    bool pretty; /* objects over several lines, indented */
    guint depth;
} Printer;

/* ---- numbers ---- */

/* Nearly all numbers of a Document are lengths; printf takes a tenth of a run for them. */
static void
print_length(GString *out, double value)
{
    char digits[32], *p = digits + sizeof digits;
    long hundredths = lround(fabs(value) * 100), whole = hundredths / 100, part = hundredths % 100;
    if (part % 10 != 0)
        *--p = (char) ('0' + part % 10);
    if (part != 0) {
        *--p = (char) ('0' + part / 10);
        *--p = '.';
    }
    do
        *--p = (char) ('0' + whole % 10);
    while ((whole /= 10) > 0);
    if (value < 0 && hundredths > 0)
        *--p = '-';
    g_string_append_len(out, p, digits + sizeof digits - p);
}

static void
print_number(GString *out, double value)
{
    value = number_bounded(value);
    if (fabs(value) < 1e6) {
        print_length(out, value);
        return;
    }
    char digits[32];
    g_ascii_formatd(digits, sizeof digits, "%.2f", value);
    char *end = digits + strlen(digits);
    while (end[-1] == '0')
        end--;
    if (end[-1] == '.')
        end--;
    *end = '\0';
    g_string_append(out, strcmp(digits, "-0") == 0 ? "0" : digits);
}

static void
print_box(GString *out, Box box)
{
    const double sides[4] = {box.x0, box.y0, box.x1, box.y1};
    for (int i = 0; i < 4; i++) {
        g_string_append_c(out, i > 0 ? ',' : '[');
        print_number(out, sides[i]);
    }
    g_string_append_c(out, ']');
}

/* ---- strings ---- */

static void
print_escaped(GString *out, guchar c)
{
    static const char plain[] = "\"\\\b\f\n\r\t", letters[] = "\"\\bfnrt";
    const char *at = memchr(plain, c, sizeof plain - 1);
    if (at != NULL) {
        g_string_append_c(out, '\\');
        g_string_append_c(out, letters[at - plain]);
    } else {
        g_string_append_printf(out, "\\u%04x", c);
    }
}

static void
print_string(GString *out, const char *text)
{
    if (text == NULL) {
        g_string_append(out, "null");
        return;
    }
    g_string_append_c(out, '"');
    const char *start = text, *p = text;
    for (; *p != '\0'; p++) {
        if ((guchar) *p >= ' ' && *p != '"' && *p != '\\')
            continue;
        g_string_append_len(out, start, p - start);
        print_escaped(out, (guchar) *p);
        start = p + 1;
    }
    g_string_append_len(out, start, p - start);
    g_string_append_c(out, '"');
}

/* ---- objects and arrays ---- */

static void
break_line(Printer *printer)
{
    if (!printer->pretty)
        return;
    g_string_append_c(printer->text, '\n');
    for (guint i = 0; i < printer->depth; i++)
        g_string_append_c(printer->text, '\t');
}

static void
open_object(Printer *printer)
{
    g_string_append_c(printer->text, '{');
    printer->depth++;
}

static void
close_object(Printer *printer)
{
    printer->depth--;
    break_line(printer);
    g_string_append_c(printer->text, '}');
}

/* Before the member of an object: what parts it from the one before, and its key. */
static void
print_key(Printer *printer, bool first, const char *key)
{
    if (!first)
        g_string_append_c(printer->text, ',');
    break_line(printer);
    print_string(printer->text, key);
    g_string_append(printer->text, printer->pretty ? ":\t" : ":");
}

/* Before the item of an array. */
static void
part_item(Printer *printer, bool first)
{
    if (!first)
        g_string_append(printer->text, printer->pretty ? ", " : ",");
}

static void print_struct(Printer *printer, const Shape *shape, const void *object);

static void
print_array(Printer *printer, const Field *field, const GPtrArray *array)
{
    g_string_append_c(printer->text, '[');
    printer->depth++;
    for (guint i = 0; array != NULL && i < array->len; i++) {
        part_item(printer, i == 0);
        if (field->kind == FIELD_STRUCTS)
            print_struct(printer, field->shape, array->pdata[i]);
        else
            print_string(printer->text, array->pdata[i]);
    }
    printer->depth--;
    g_string_append_c(printer->text, ']');
}

static void
print_ints(Printer *printer, const GArray *array)
{
    g_string_append_c(printer->text, '[');
    for (guint i = 0; array != NULL && i < array->len; i++) {
        part_item(printer, i == 0);
        g_string_append_printf(printer->text, "%d", g_array_index(array, int, i));
    }
    g_string_append_c(printer->text, ']');
}

static void
print_decimal(GString *out, const char *value)
{
    g_string_append(out, value != NULL ? value : "null");
}

static void
print_entries(Printer *printer, const GPtrArray *array)
{
    open_object(printer);
    for (guint i = 0; array != NULL && i < array->len; i++) {
        const Entry *entry = array->pdata[i];
        print_key(printer, i == 0, entry->key);
        print_decimal(printer->text, entry->value);
    }
    close_object(printer);
}

/* ---- fields ---- */

/* None, or the one page of a text source, which has no number. */
static bool
ints_are_absent(const GArray *ints)
{
    return ints == NULL || ints->len == 0 || (ints->len == 1 && g_array_index(ints, int, 0) == 0);
}

static bool
is_absent(const Field *field, const void *object)
{
    switch (field->kind) {
    case FIELD_INT:
        return AT(object, field, int) == 0;
    case FIELD_NUMBER:
        return AT(object, field, double) == 0;
    case FIELD_ENUM:
        return AT(object, field, int) == 0;
    case FIELD_BOOL:
        return !AT(object, field, bool);
    case FIELD_BOX:
        return box_is_empty(AT(object, field, Box));
    case FIELD_STRUCTS:
    case FIELD_STRINGS:
    case FIELD_ENTRIES:
        return AT(object, field, GPtrArray *) == NULL || AT(object, field, GPtrArray *)->len == 0;
    case FIELD_INTS:
        return ints_are_absent(AT(object, field, GArray *));
    default:
        return AT(object, field, void *) == NULL;
    }
}

static void
print_field(Printer *printer, const Field *field, const void *object)
{
    GString *out = printer->text;
    if ((field->flags & FIELD_ZERO) != 0 && is_absent(field, object)) {
        g_string_append(out, "null");
        return;
    }
    switch (field->kind) {
    case FIELD_STRING:
        print_string(out, AT(object, field, char *));
        break;
    case FIELD_INT:
        g_string_append_printf(out, "%d", AT(object, field, int));
        break;
    case FIELD_NUMBER:
        print_number(out, AT(object, field, double));
        break;
    case FIELD_DECIMAL:
        print_decimal(out, AT(object, field, char *));
        break;
    case FIELD_BOOL:
        g_string_append(out, AT(object, field, bool) ? "true" : "false");
        break;
    case FIELD_ENUM:
        print_string(out, field->names[AT(object, field, int)]);
        break;
    case FIELD_BOX:
        print_box(out, AT(object, field, Box));
        break;
    case FIELD_STRUCT:
        print_struct(printer, field->shape, AT(object, field, void *));
        break;
    case FIELD_STRUCTS:
    case FIELD_STRINGS:
        print_array(printer, field, AT(object, field, GPtrArray *));
        break;
    case FIELD_INTS:
        print_ints(printer, AT(object, field, GArray *));
        break;
    case FIELD_ENTRIES:
        print_entries(printer, AT(object, field, GPtrArray *));
        break;
    }
}

/* NULL is null. */
static void
print_struct(Printer *printer, const Shape *shape, const void *object)
{
    if (object == NULL) {
        g_string_append(printer->text, "null");
        return;
    }
    bool first = true;
    open_object(printer);
    for (const Field *field = shape->fields; field->name != NULL; field++) {
        if ((field->flags & FIELD_OMIT) != 0 && is_absent(field, object))
            continue;
        print_key(printer, first, field->name);
        print_field(printer, field, object);
        first = false;
    }
    close_object(printer);
}

static char *
print_json(const Shape *shape, const void *object, bool pretty)
{
    Printer printer = {g_string_new(NULL), pretty, 0};
    print_struct(&printer, shape, object);
    return g_string_free(printer.text, FALSE);
}

char *
shape_to_json(const Shape *shape, const void *object)
{
    return print_json(shape, object, false);
}

char *
shape_to_json_pretty(const Shape *shape, const void *object)
{
    return print_json(shape, object, true);
}
