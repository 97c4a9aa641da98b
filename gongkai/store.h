/* The store: what a run has read, kept under the hash of what it was read from, so that it need not be read again.
 *
 * It is one file that grows at its end: DIR/.gongkai/store of an output folder, or without a folder a nameless file that is gone when
 * the process is, however that ends. Workers read it too: they hold the caller's file, and reading does not move in it. One run at a time
 * may hold a folder's store; the lock goes with the process, whatever becomes of it. An entry that a killed run has left half written is cut off.
 */
#pragma once
#include <glib.h>
#include <stdbool.h>

typedef struct Store Store;

#define STORE_ERROR store_error_quark()
GQuark store_error_quark(void);
enum { STORE_ERROR_BUSY }; /* another process holds it */

/* Below `folder`, which is made; NULL for the nameless file. */
Store *store_new(const char *folder, GError **error);
/* The store of an output folder that is there, to read from. */
Store *store_new_to_read(const char *folder, GError **error);
void store_free(Store *store);

/* The name of a file beside the store; the caller frees it. NULL for the nameless one. */
char *store_path(const Store *store, const char *name);
bool store_has(const Store *store, const char *key);
bool store_put(Store *store, const char *key, GBytes *bytes, GError **error);
/* NULL where there is nothing under that key, or it cannot be read. */
GBytes *store_get(const Store *store, const char *key);
/* Forgets what was found damaged, on the disk too. */
void store_drop(Store *store, const char *key);
/* Takes over all entries of another store that this one does not have. */
bool store_copy(Store *store, const Store *from, GError **error);
/* Brings all to the disk. Where more than half of the file is none of the keys in `used`, it is written anew with only these. */
bool store_settle(Store *store, GHashTable *used, GError **error);

/* Keys are hashes in hexadecimal, of words in their order. The caller frees it. */
char *store_key(const char *const *words, guint count);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Store, store_free)
