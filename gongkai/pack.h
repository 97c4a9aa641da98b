/* Packing: bytes made smaller (zlib, with its checksum) before they travel from a worker and wait on the disk. */
#pragma once
#include <glib.h>

/* How hard to try: a record shrinks to a seventh at the least effort and to an eighth at the usual one, which takes three times as long. */
enum { PACK_NOT = 0, PACK_LEAST = 1 };

GBytes *pack(const char *bytes, gsize length, int effort);
/* NULL with `error` set where the bytes are damaged, or say that they are more than a gigabyte. */
GBytes *unpack(GBytes *packed, GError **error);
