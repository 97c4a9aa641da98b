/* manifest.jsonl: one line for each input of a run, in the order in which they were given. The one file that tells times.
 *
 * {"file", "sha256", "status", "record": null | path | [paths], "seconds", "diagnostics": {"info", "warning", "error"}, "message"}
 */
#pragma once
#include "input.h"

/* Ends with a line break; the caller frees it. */
char *manifest_line(const Input *input);
