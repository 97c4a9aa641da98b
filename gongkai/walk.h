/* The walk: from the words of a command line to the files of a run, always in the same order. */
#pragma once
#include "input.h"

/* GPtrArray of Input. A file is taken whatever its name; a folder gives its .pdf, .txt and .md files, sorted by name, those of
 * its folders among them; names that start with '.' are left out. A file met twice (by a link, say) is taken once, and a link back to a folder
 * on the way is not followed. What cannot be opened is an Input too, with its status and message set: nothing is passed over in silence.
 * `folders` (char *, a set of strings of its own; may be NULL) gets the folders named that could be opened, written as their files' ways begin. */
GPtrArray *walk_inputs(const GPtrArray *paths, GHashTable *folders);
