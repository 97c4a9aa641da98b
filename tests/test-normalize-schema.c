/* The published schema says what record.c's shapes say: the same fields, the same types, the same ones required. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cjson/cJSON.h>
#include <cmocka.h>

#include "record.h"

static cJSON *
read_schema(void)
{
    g_autofree char *text = NULL;
    g_autoptr(GError) error = NULL;
    g_file_get_contents("schema/record.schema.json", &text, NULL, &error);
    g_assert_no_error(error);
    cJSON *schema = cJSON_Parse(text);
    assert_non_null(schema);
    return schema;
}

static bool
holds(const cJSON *array, const char *word)
{
    const cJSON *item;
    cJSON_ArrayForEach(item, array)
        if (cJSON_IsString(item) && strcmp(item->valuestring, word) == 0)
            return true;
    return false;
}

static const cJSON *
get(const cJSON *object, const char *key)
{
    return cJSON_GetObjectItemCaseSensitive(object, key);
}

static bool
is_type(const cJSON *property, const char *type)
{
    const cJSON *told = get(property, "type");
    return cJSON_IsString(told) ? strcmp(told->valuestring, type) == 0 : holds(told, type);
}

/* The object that a property refers to, by itself, as items or as one of two. */
static const cJSON *
target_of(const cJSON *schema, const cJSON *property)
{
    const cJSON *holder = get(property, "items") != NULL ? get(property, "items") : property;
    if (get(holder, "anyOf") != NULL)
        holder = cJSON_GetArrayItem(get(holder, "anyOf"), 0);
    const cJSON *reference = get(holder, "$ref");
    if (!cJSON_IsString(reference) || !g_str_has_prefix(reference->valuestring, "#/$defs/"))
        return NULL;
    return get(get(schema, "$defs"), reference->valuestring + strlen("#/$defs/"));
}

static void
expect_enum(const Field *field, const cJSON *property)
{
    const cJSON *words = get(property, "enum");
    int count = 0;
    for (; field->names[count] != NULL; count++)
        if (strcmp(field->name, "code") != 0 && !holds(words, field->names[count]))
            fail_msg("%s: the schema lacks the word %s", field->name, field->names[count]);
    if (words != NULL)
        assert_int_equal(cJSON_GetArraySize(words), count);
}

static bool
type_fits(const Field *field, const cJSON *property)
{
    switch (field->kind) {
    case FIELD_STRING:
        return is_type(property, "string") || get(property, "enum") != NULL || get(property, "const") != NULL;
    case FIELD_INT:
        return is_type(property, "integer") && is_type(property, "null") == ((field->flags & FIELD_ZERO) != 0);
    case FIELD_NUMBER:
        return is_type(property, "number");
    case FIELD_DECIMAL:
        return is_type(property, "number") && is_type(property, "null");
    case FIELD_BOOL:
        return is_type(property, "boolean");
    case FIELD_BOX:
    case FIELD_STRUCTS:
    case FIELD_STRINGS:
    case FIELD_INTS:
        return is_type(property, "array");
    case FIELD_ENTRIES:
        return is_type(property, "object") && get(property, "additionalProperties") != NULL;
    case FIELD_ENUM:
    case FIELD_STRUCT:
        return true;
    }
    return false;
}

static void
compare(const cJSON *schema, const cJSON *object, const Shape *shape)
{
    const cJSON *properties = get(object, "properties");
    int fields = 0;
    assert_true(cJSON_IsFalse(get(object, "additionalProperties")));
    for (const Field *field = shape->fields; field->name != NULL; field++, fields++) {
        const cJSON *property = get(properties, field->name);
        if (property == NULL)
            fail_msg("%s.%s: not in the schema", shape->name, field->name);
        if (!type_fits(field, property))
            fail_msg("%s.%s: of another type in the schema", shape->name, field->name);
        if (holds(get(object, "required"), field->name) != ((field->flags & FIELD_OMIT) == 0))
            fail_msg("%s.%s: required in one, left out in the other", shape->name, field->name);
        if (field->kind == FIELD_ENUM)
            expect_enum(field, property);
        if (field->shape != NULL) {
            const cJSON *target = target_of(schema, property);
            if (target == NULL)
                fail_msg("%s.%s: the schema does not say what it is", shape->name, field->name);
            compare(schema, target, field->shape);
        }
    }
    assert_int_equal(cJSON_GetArraySize(properties), fields);
}

static void
schema_and_shapes(void **state)
{
    (void) state;
    cJSON *schema = read_schema();
    compare(schema, schema, &record_shape);
    cJSON_Delete(schema);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(schema_and_shapes)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
