/* Output: a file that is written whole or not at all.
 *
 * It is written under another name, brought to the disk and then renamed, so that what stood in its place before stays until
 * the new one is complete. All functions return false with `error` set when the system refuses; the message names the file.
 */
#pragma once
#include <glib.h>
#include <stdbool.h>

/* A file that takes its place when output_close() succeeds, and never when it does not. */
typedef struct Output Output;
/* `passing` is the name until then, on the same disk; what a killed run has left under it is written over. Folders on the way to `path` are made. */
Output *output_open(const char *passing, const char *path, GError **error);
bool output_write(Output *output, const void *bytes, gsize length, GError **error);
bool output_close(Output *output, GError **error);
/* Gives it up; what stood in its place stays. */
void output_free(Output *output);

/* Brings the names in a folder to the disk: what was renamed into it. */
bool output_settle(const char *folder, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Output, output_free)
