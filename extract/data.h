/* The data that steers the stages (rules, vocabularies, codebooks): compiled in, or from the folder of --rules. */
#pragma once
#include <gio/gio.h>
#include <stdbool.h>

/* From now on a file of this name found below `folder` is read instead of the one compiled in. NULL: none. */
void data_set_folder(const char *folder);
/* The bytes of a data file, "parse/rules/tables.rules" say; NULL with `error` set when there is none. */
GBytes *data_load(const char *name, GError **error);
/* The same, split in lines of tab-separated fields: GPtrArray of char ** (NULL-terminated). The header line, blank lines and
 * lines that start with '#' are left out; each row has exactly as many fields as the header. */
GPtrArray *data_load_tsv(const char *name, GError **error);
/* The same from a file's text; `name` is only told in errors. */
GPtrArray *data_rows_from_text(const char *name, const char *text, GError **error);
