#include "mutate.h"

#include <cjson/cJSON.h>
#include <glib.h>
#include <stdbool.h>
#include <string.h>

enum { STRING_ROOM = 400, CHANGES = 3 };

static void
gather(GPtrArray *found, cJSON *node)
{
    g_ptr_array_add(found, node);
    for (cJSON *child = node->child; child != NULL; child = child->next)
        gather(found, child);
}

static cJSON *
pick(const GPtrArray *nodes, GRand *dice)
{
    return nodes->pdata[g_rand_int_range(dice, 0, (gint32) nodes->len)];
}

static void
change_number(cJSON *node, GRand *dice)
{
    static const double extremes[] = {0, -1, 1, 2, 1e9, -1e9, 2147483647, 1e300, -1e300, 0.005, 100000};
    double step = g_rand_int_range(dice, -3, 4);
    double value = g_rand_boolean(dice) ? node->valuedouble + step : extremes[g_rand_int_range(dice, 0, G_N_ELEMENTS(extremes))];
    cJSON_SetNumberHelper(node, value);
}

static void
change_string(cJSON *node, const cJSON *other, GRand *dice, MutateBytes bytes)
{
    char text[STRING_ROOM + 1] = "";
    g_strlcpy(text, cJSON_IsString(other) && g_rand_boolean(dice) ? other->valuestring : node->valuestring, sizeof text);
    if (g_rand_boolean(dice)) {
        size_t size = bytes((uint8_t *) text, strlen(text), STRING_ROOM);
        text[size] = '\0';
    }
    cJSON_SetValuestring(node, text);
}

/* `node` gives way to a copy of `other`, or to nothing, or has that copy beside it. */
static void
change_place(cJSON *node, cJSON *other, GPtrArray *nodes, GRand *dice)
{
    for (guint i = 0; i < nodes->len; i++) {
        cJSON *parent = nodes->pdata[i];
        cJSON *child = parent->child;
        while (child != NULL && child != node)
            child = child->next;
        if (child == NULL)
            continue;
        int what = g_rand_int_range(dice, 0, 4);
        cJSON *copy = cJSON_Duplicate(what == 0 ? node : other, true);
        if (what == 3 || !cJSON_IsArray(parent) || copy == NULL) {
            cJSON_Delete(copy);
            cJSON_Delete(cJSON_DetachItemViaPointer(parent, node));
        } else if (what == 2) {
            cJSON_ReplaceItemViaPointer(parent, node, copy);
        } else {
            cJSON_AddItemToArray(parent, copy);
        }
        return;
    }
}

static void
change(cJSON *json, GRand *dice, MutateBytes bytes)
{
    g_autoptr(GPtrArray) nodes = g_ptr_array_new();
    gather(nodes, json);
    cJSON *node = pick(nodes, dice), *other = pick(nodes, dice);
    bool leave = g_rand_int_range(dice, 0, 4) == 0;
    if (cJSON_IsNumber(node) && !leave)
        change_number(node, dice);
    else if (cJSON_IsString(node) && !leave)
        change_string(node, other, dice, bytes);
    else if (cJSON_IsBool(node))
        node->type ^= cJSON_True ^ cJSON_False;
    else if (node != json)
        change_place(node, other, nodes, dice);
}

size_t
mutate_json(uint8_t *data, size_t size, size_t room, unsigned seed, MutateBytes bytes)
{
    cJSON *json = cJSON_ParseWithLength((const char *) data, size);
    if (json == NULL)
        return 0;
    g_autoptr(GRand) dice = g_rand_new_with_seed(seed);
    for (int i = g_rand_int_range(dice, 0, CHANGES); i >= 0; i--)
        change(json, dice, bytes);
    char *text = cJSON_PrintUnformatted(json);
    size_t length = text != NULL ? strlen(text) : 0;
    if (length > room)
        length = 0;
    if (length > 0)
        memcpy(data, text, length);
    cJSON_free(text);
    cJSON_Delete(json);
    return length;
}
