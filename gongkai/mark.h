/* The mark: who made a result. Two results of one file are the same bytes when their marks are the same. */
#pragma once
#include <glib.h>
#include <stdbool.h>

/* The version, and a hash of all that may change a result: this program's source, each rule and vocabulary as it is read now (so call
 * data_set_folder() before), and `pretty`. The caller frees it; NULL with `error` set where rules cannot be read. */
char *mark_new(bool pretty, GError **error);
/* The mark of what depends on the limits of a run as well: that a file took too long, say. */
char *mark_within(const char *mark, guint seconds, guint megabytes);
