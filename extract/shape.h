/* Shapes: one table per struct that crosses a boundary. From that table come its JSON in both directions
 * and its destructor, so a field is named once. cJSON is known in shape.c and nowhere else.
 *
 * Ownership: shape_free() frees all that the table names. shape_from_json() returns a struct the caller frees;
 * on failure it returns NULL with `error` set. A struct is allocated with g_new0(); NULL arrays read as empty.
 */
#pragma once
#include <glib.h>
#include <stdbool.h>
#include <stddef.h>

/* A rectangle in PDF points as the page is read (rotation applied), origin top left. */
typedef struct {
    double x0, y0, x1, y1;
} Box;

/* An exact decimal under a key: the amounts of a row. `value` is a printed JSON number or NULL. */
typedef struct {
    char *key;
    char *value;
} Entry;

typedef enum {
    FIELD_STRING,  /* char *                                        */
    FIELD_INT,     /* int                                           */
    FIELD_NUMBER,  /* double, kept to 1/100                         */
    FIELD_DECIMAL, /* char * holding an exact JSON number           */
    FIELD_BOOL,    /* bool                                          */
    FIELD_ENUM,    /* int, an index into `names`                    */
    FIELD_BOX,     /* Box, as [x0, y0, x1, y1]                      */
    FIELD_STRUCT,  /* pointer to a struct of `shape`                */
    FIELD_STRUCTS, /* GPtrArray * of structs of `shape`             */
    FIELD_STRINGS, /* GPtrArray * of char *, NULL allowed           */
    FIELD_INTS,    /* GArray * of int                               */
    FIELD_ENTRIES, /* GPtrArray * of Entry, as an object            */
} FieldKind;

enum {
    FIELD_OMIT = 1 << 0, /* left out when NULL, 0, false or empty   */
    FIELD_ZERO = 1 << 1, /* an int 0, ints of a lone 0 or an empty box are null */
};

struct Shape;
typedef struct {
    const char *name;
    FieldKind kind;
    size_t offset;
    unsigned flags;
    const struct Shape *shape;
    const char *const *names; /* NULL-terminated, for FIELD_ENUM */
} Field;

typedef struct Shape {
    const char *name;
    size_t size;
    const Field *fields; /* ends with a NULL name */
} Shape;

#define FIELD(type, member, kind, ...) {#member, FIELD_##kind, offsetof(type, member), __VA_ARGS__}
#define SHAPE(type, table) {#type, sizeof(type), table}
/* The member of `object` that a field describes. */
#define AT(object, field, type) (*(type *) ((char *) (object) + (field)->offset))

#define SHAPE_ERROR shape_error_quark()
GQuark shape_error_quark(void);

void shape_free(const Shape *shape, void *object);

/* One line of JSON without a line break; the caller frees it. */
char *shape_to_json(const Shape *shape, const void *object);
/* The same, spread over lines for people. */
char *shape_to_json_pretty(const Shape *shape, const void *object);

/* `text` must hold exactly one JSON value. A missing field, a wrong type or an unknown enum word is an error that names its path. */
void *shape_from_json(const Shape *shape, const char *text, gssize length, GError **error);

/* An empty FIELD_ENTRIES array, which frees what it holds. */
GPtrArray *entries_new(void);
/* Fill a FIELD_ENTRIES array. A key that is there already is replaced. `value` may be NULL (blank cell). */
void entries_set(GPtrArray **entries, const char *key, const char *value);
const char *entries_get(const GPtrArray *entries, const char *key);
bool entries_has(const GPtrArray *entries, const char *key);

bool box_is_empty(Box box);
Box box_union(Box a, Box b); /* an empty box adds nothing */
/* What no length or place is larger than: ±1e9, which a double holds to 1/100 with ease; 0 for what is no number. */
double number_bounded(double value);
/* To 1/100. */
double number_round(double value);
/* To 1/100 point, as JSON keeps it, so that memory and pipe agree. */
Box box_round(Box box);
