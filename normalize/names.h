/* Names of departments as they are printed → the name alone. What to take off stands in data/department_words.tsv. */
#pragma once
#include <glib.h>
#include <stdbool.h>

enum { SCOPE_UNKNOWN = -1, SCOPE_DEPARTMENT, SCOPE_UNIT };

typedef struct {
    char *name; /* white space out, brackets full-width; without year, code, [部门], （本级） …      */
    char *code; /* "340" of 340_烟台市大数据局, or NULL                                             */
    int scope;  /* what the words taken off say of it                                              */
} Name;

/* False when nothing that can be a name is left: "本部门", "上海市XX局", a lone year. */
bool name_read(const char *printed, Name *ret_name);
void name_clear(Name *name);

/* What two names of one body have in common: 中国共产党江苏省委员会办公厅, 中共江苏省委办公厅 and 江苏省委办公厅 have one key. NULL for NULL; the
 * caller frees it. */
char *name_key(const char *name);

/* A year from 2000 to 2099 that stands alone in `text` ("2026年度…", not 12026 or 2026.5), 0 when there is none. `from` (may be NULL) is
 * where to look on; it is moved behind the year. */
int name_year(const char *text, const char **from);

/* The words that name cleaning needs; false with `error` when they cannot be read. */
bool names_load(GError **error);
