/* What `gongkai check` looks at: Records made of documents, and Records that were made before. */
#pragma once
#include "record.h"

/* Takes a Record that stays the caller's. False with `error` set ends it all. */
typedef bool (*RecordTaker)(Record *record, void *data, GError **error);

/* Gives every Record of the paths to `take`, those made before first: .json files (a record, or a line for each), folders that gongkai -o
 * wrote, then documents and folders of them. What gave no Record is told on standard error.
 * Reading goes by the options (options.h). 0; 2 when some input gave none; 74 with or without `error` set when input or output failed. */
int check_inputs(char **paths, RecordTaker take, void *data, GError **error);
