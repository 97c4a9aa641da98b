/* manifest.jsonl: one line for each input, and the journal of a run: while it goes on a line is added for each input that is done, and at its end
 * the file is written anew, a line for each input, sorted by file. The one file that tells times.
 *
 * {"file", "sha256", "status", "record": null | path | [paths], "seconds", "diagnostics": {"info", "warning", "error"}, "message", "made_by"}
 */
#pragma once
#include "input.h"
#include "output.h"

/* Ends with a line break; the caller frees it. */
char *manifest_line(const Input *input);

/* What a manifest tells: GPtrArray of Input without records and not asked for, sorted by path. Of two lines about one file the later one holds; a last line
 * without its line break is a torn one and no line. `ret_whole` is the length of the lines before it. A file that is not there tells nothing. */
GPtrArray *manifest_load(const char *path, gint64 *ret_whole, GError **error);

/* Opens the journal behind its first `whole` bytes; -1 with `error` set where the system refuses. */
int manifest_open_journal(const char *path, gint64 whole, GError **error);
bool manifest_add(int journal, const Input *input, GError **error);
/* All lines of a run that is done: `inputs` in their order. */
bool manifest_save(Output *output, const GPtrArray *inputs, GError **error);
