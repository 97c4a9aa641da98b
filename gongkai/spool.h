/* The spool: a nameless file for what a run has made and cannot place yet. It is gone when the process is, however that ends.
 * Workers read it too: they hold the caller's file, and reading does not move in it.
 */
#pragma once
#include <glib.h>
#include <stdbool.h>

typedef struct Spool Spool;

/* In `folder`, or in the system's temporary folder when NULL. */
Spool *spool_new(const char *folder, GError **error);
void spool_free(Spool *spool);
/* Adds bytes at the end; `ret_at` is their place. */
bool spool_add(Spool *spool, const void *bytes, gsize length, gint64 *ret_at, GError **error);
/* What was put there; the caller frees it. It ends with a NUL that is not counted. */
char *spool_get(const Spool *spool, gint64 at, gsize length, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Spool, spool_free)
