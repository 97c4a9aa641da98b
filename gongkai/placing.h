/* Placing: from the Records of a run to the files of a folder, or to standard output.
 *
 * A folder's list (DIR/.gongkai/placed) tells which files in it are a run's and what is in them, so that a file which is right already is not written again,
 * and one whose Record is no more goes. While files are placed the list says so; if that is where a run is killed, the next one looks
 * into the files themselves.
 */
#pragma once
#include "run.h"

/* The Records in their order, one after the other, on standard output. */
bool placing_print(const Run *run, GError **error);
/* The Records, amounts.csv and manifest.jsonl below `folder`. Goes on after a file that cannot be written; `error` is the first. */
bool placing_save(Run *run, const char *folder, GError **error);
/* Whether the last run of a folder came to its end. */
bool placing_is_whole(const Store *store);

/* The file of a Record below the folder of its year. `taken` holds the names (lower case) that are in use; the result is added. */
char *placing_name(const Made *made, const char *sha256, GHashTable *taken);
