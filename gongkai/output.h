/* Output: where a run's results go. Standard output holds data only; a folder's files are written whole or not at all.
 *
 * A file is written beside its place under another name, brought to the disk and then renamed, so that what stood there before stays until
 * the new one is complete. All functions return false with `error` set when the system refuses; the message names the file.
 */
#pragma once
#include "run.h"

/* A file that takes its place when output_close() succeeds, and never when it does not. */
typedef struct Output Output;
Output *output_open(const char *path, GError **error);
bool output_write(Output *output, const void *bytes, gsize length, GError **error);
bool output_close(Output *output, GError **error);
/* Gives it up; what stood in its place stays. */
void output_free(Output *output);

/* The Records in their order, one after the other, on standard output. */
bool output_print(const Run *run, GError **error);
/* The Records, amounts.csv and manifest.jsonl below `folder`. Goes on after a file that cannot be written; `error` is the first. */
bool output_save(Run *run, const char *folder, GError **error);

/* The file of a Record below the folder of its year. `taken` holds the names (lower case) that are in use; the result is added. */
char *output_name(const Made *made, const char *sha256, GHashTable *taken);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Output, output_free)
