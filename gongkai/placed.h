/* The list of the files that runs have placed below a folder: one line for each, "CONTENT NAME", after a line that says whether
 * these are all and the files are so ("whole"), or a run was about to make them so ("begun").
 *
 * CONTENT is a word that tells what is in the file.
 */
#pragma once
#include <glib.h>
#include <stdbool.h>

/* Name → content (char *, both owned by it); contents are "" unless `ret_whole`. A list that is not there is an empty one that is begun. */
GHashTable *placed_load(const char *path, bool *ret_whole);
/* `names`: the same. */
bool placed_save(const char *passing, const char *path, GHashTable *names, bool whole, GError **error);
