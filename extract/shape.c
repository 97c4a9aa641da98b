#include "shape.h"

#include <cjson/cJSON.h>
#include <math.h>
#include <string.h>

G_DEFINE_QUARK(gongkai-shape-error, shape_error)

static void
free_structs(const Shape *shape, GPtrArray *array)
{
    if (array == NULL)
        return;
    for (guint i = 0; i < array->len; i++)
        shape_free(shape, array->pdata[i]);
    g_ptr_array_unref(array);
}

void
shape_free(const Shape *shape, void *object)
{
    if (object == NULL)
        return;
    for (const Field *field = shape->fields; field->name != NULL; field++) {
        switch (field->kind) {
        case FIELD_STRING:
        case FIELD_DECIMAL:
            g_free(AT(object, field, char *));
            break;
        case FIELD_STRUCT:
            shape_free(field->shape, AT(object, field, void *));
            break;
        case FIELD_STRUCTS:
            free_structs(field->shape, AT(object, field, GPtrArray *));
            break;
        case FIELD_STRINGS:
        case FIELD_ENTRIES:
            if (AT(object, field, GPtrArray *) != NULL)
                g_ptr_array_unref(AT(object, field, GPtrArray *));
            break;
        case FIELD_INTS:
            if (AT(object, field, GArray *) != NULL)
                g_array_unref(AT(object, field, GArray *));
            break;
        default:
            break;
        }
    }
    g_free(object);
}

/* ---- reading ---- */

static bool
wrong(GError **error, const char *path, const char *what)
{
    g_set_error(error, SHAPE_ERROR, 0, "%s: %s", path, what);
    return false;
}

/* The next number of a JSON text, `*at` moved behind it. Digits outside strings are nothing else. */
static char *
next_number(const char **at, const char *end)
{
    const char *p = *at;
    for (bool quoted = false; p < end && (quoted || (*p != '-' && !g_ascii_isdigit(*p))); p++) {
        if (*p == '"')
            quoted = !quoted;
        else if (*p == '\\' && quoted)
            p++;
    }
    const char *start = p;
    while (p < end && (g_ascii_isdigit(*p) || strchr("+-.eE", *p) != NULL))
        p++;
    *at = p;
    return g_strndup(start, (gsize) (p - start));
}

/* cJSON keeps numbers as doubles, which hold 15 digits. Their printed form is put beside them, where strings have theirs: its nodes
 * stand in the order of the text. */
static void
keep_digits(cJSON *json, const char **at, const char *end)
{
    if (cJSON_IsNumber(json))
        json->valuestring = next_number(at, end);
    cJSON *item;
    cJSON_ArrayForEach(item, json)
        keep_digits(item, at, end);
}

static void *from_json(const Shape *shape, const cJSON *json, const char *path, GError **error);

static bool
read_string(const cJSON *json, char **ret, const char *path, GError **error)
{
    if (cJSON_IsNull(json))
        return true;
    if (!cJSON_IsString(json))
        return wrong(error, path, "a string is wanted here");
    if (!g_utf8_validate(json->valuestring, -1, NULL))
        return wrong(error, path, "not UTF-8");
    *ret = g_strdup(json->valuestring);
    return true;
}

/* The digits as they came: see keep_digits(). */
static bool
read_decimal(const cJSON *json, char **ret, const char *path, GError **error)
{
    if (cJSON_IsNull(json))
        return true;
    if (!cJSON_IsNumber(json))
        return wrong(error, path, "a number is wanted here");
    *ret = g_strdup(json->valuestring);
    return true;
}

static bool
read_enum(const Field *field, const cJSON *json, int *ret, const char *path, GError **error)
{
    const char *word = cJSON_IsString(json) ? json->valuestring : NULL;
    for (int i = 0;; i++) {
        if (g_strcmp0(field->names[i], word) == 0) {
            *ret = i;
            return true;
        }
        if (field->names[i] == NULL)
            return wrong(error, path, "a word that is not known here");
    }
}

static bool
read_number(const cJSON *json, double *ret, const char *path, GError **error)
{
    if (!cJSON_IsNumber(json) || number_bounded(json->valuedouble) != json->valuedouble)
        return wrong(error, path, "a number of at most 1e9 is wanted here");
    *ret = json->valuedouble;
    return true;
}

static bool
read_box(const cJSON *json, Box *ret, const char *path, GError **error)
{
    if (cJSON_IsNull(json))
        return true;
    double sides[4] = {0};
    if (!cJSON_IsArray(json) || cJSON_GetArraySize(json) != 4)
        return wrong(error, path, "four numbers are wanted here");
    int i = 0;
    const cJSON *item;
    cJSON_ArrayForEach(item, json) {
        if (!read_number(item, &sides[i++], path, error))
            return false;
    }
    *ret = (Box){sides[0], sides[1], sides[2], sides[3]};
    return true;
}

static bool
read_structs(const Field *field, const cJSON *json, GPtrArray **ret, const char *path, GError **error)
{
    if (!cJSON_IsArray(json))
        return wrong(error, path, "an array is wanted here");
    *ret = g_ptr_array_new();
    int i = 0;
    const cJSON *item;
    cJSON_ArrayForEach(item, json) {
        g_autofree char *inner = g_strdup_printf("%s[%d]", path, i++);
        void *object = from_json(field->shape, item, inner, error);
        if (object == NULL)
            return false;
        g_ptr_array_add(*ret, object);
    }
    return true;
}

static bool
read_strings(const cJSON *json, GPtrArray **ret, const char *path, GError **error)
{
    if (!cJSON_IsArray(json))
        return wrong(error, path, "an array is wanted here");
    *ret = g_ptr_array_new_with_free_func(g_free);
    const cJSON *item;
    cJSON_ArrayForEach(item, json) {
        char *text = NULL;
        if (!read_string(item, &text, path, error))
            return false;
        g_ptr_array_add(*ret, text);
    }
    return true;
}

static bool
read_int(const cJSON *json, int *ret, const char *path, GError **error)
{
    if (!cJSON_IsNumber(json) || json->valuedouble != floor(json->valuedouble) || fabs(json->valuedouble) > 1e9)
        return wrong(error, path, "a whole number is wanted here");
    *ret = json->valueint;
    return true;
}

static bool
read_ints(const cJSON *json, GArray **ret, const char *path, GError **error)
{
    if (!cJSON_IsArray(json))
        return wrong(error, path, "an array is wanted here");
    *ret = g_array_new(FALSE, FALSE, sizeof(int));
    const cJSON *item;
    cJSON_ArrayForEach(item, json) {
        int value = 0;
        if (!read_int(item, &value, path, error))
            return false;
        g_array_append_val(*ret, value);
    }
    return true;
}

static bool
read_entries(const cJSON *json, GPtrArray **ret, const char *path, GError **error)
{
    if (!cJSON_IsObject(json))
        return wrong(error, path, "an object is wanted here");
    *ret = entries_new();
    const cJSON *item;
    cJSON_ArrayForEach(item, json) {
        char *value = NULL;
        if (!read_decimal(item, &value, path, error))
            return false;
        if (!g_utf8_validate(item->string, -1, NULL)) {
            g_free(value);
            return wrong(error, path, "a name that is not UTF-8");
        }
        Entry *entry = g_new0(Entry, 1);
        entry->key = g_strdup(item->string);
        entry->value = value;
        g_ptr_array_add(*ret, entry);
    }
    return true;
}

static bool
read_field(const Field *field, const cJSON *json, void *object, const char *path, GError **error)
{
    if ((field->flags & FIELD_ZERO) != 0 && cJSON_IsNull(json))
        return true;
    switch (field->kind) {
    case FIELD_STRING:
        return read_string(json, &AT(object, field, char *), path, error);
    case FIELD_INT:
        return read_int(json, &AT(object, field, int), path, error);
    case FIELD_NUMBER:
        return read_number(json, &AT(object, field, double), path, error);
    case FIELD_DECIMAL:
        return read_decimal(json, &AT(object, field, char *), path, error);
    case FIELD_BOOL:
        AT(object, field, bool) = cJSON_IsTrue(json);
        return cJSON_IsBool(json) || wrong(error, path, "true or false is wanted here");
    case FIELD_ENUM:
        return read_enum(field, json, &AT(object, field, int), path, error);
    case FIELD_BOX:
        return read_box(json, &AT(object, field, Box), path, error);
    case FIELD_STRUCT:
        if (cJSON_IsNull(json))
            return true;
        AT(object, field, void *) = from_json(field->shape, json, path, error);
        return AT(object, field, void *) != NULL;
    case FIELD_STRUCTS:
        return read_structs(field, json, &AT(object, field, GPtrArray *), path, error);
    case FIELD_STRINGS:
        return read_strings(json, &AT(object, field, GPtrArray *), path, error);
    case FIELD_INTS:
        return read_ints(json, &AT(object, field, GArray *), path, error);
    case FIELD_ENTRIES:
        return read_entries(json, &AT(object, field, GPtrArray *), path, error);
    }
    g_assert_not_reached();
}

static void *
from_json(const Shape *shape, const cJSON *json, const char *path, GError **error)
{
    if (!cJSON_IsObject(json)) {
        wrong(error, path, "an object is wanted here");
        return NULL;
    }
    void *object = g_malloc0(shape->size);
    for (const Field *field = shape->fields; field->name != NULL; field++) {
        g_autofree char *inner = g_strdup_printf("%s.%s", path, field->name);
        const cJSON *item = cJSON_GetObjectItemCaseSensitive(json, field->name);
        bool ok = item != NULL ? read_field(field, item, object, inner, error) : (field->flags & FIELD_OMIT) != 0 || wrong(error, inner, "is missing");
        if (!ok) {
            shape_free(shape, object);
            return NULL;
        }
    }
    return object;
}

void *
shape_from_json(const Shape *shape, const char *text, gssize length, GError **error)
{
    size_t size = length < 0 ? strlen(text) : (size_t) length;
    const char *end = NULL;
    cJSON *json = cJSON_ParseWithLengthOpts(text, size, &end, false);
    size_t used = json != NULL ? (size_t) (end - text) : 0;
    while (json != NULL && used < size && g_ascii_isspace(text[used]))
        used++;
    if (json == NULL || used != size) {
        cJSON_Delete(json);
        wrong(error, shape->name, "not one whole JSON value (cut off, or with something behind it)");
        return NULL;
    }
    const char *at = text;
    keep_digits(json, &at, text + size);
    void *object = from_json(shape, json, shape->name, error);
    cJSON_Delete(json);
    return object;
}
