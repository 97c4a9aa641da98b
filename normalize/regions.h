/* Regions: GB/T 2260 provinces, prefectures and counties, found in words. Names of former regions stay known, for old years. */
#pragma once
#include <glib.h>
#include <stdbool.h>

#include "record.h"

bool regions_load(GError **error);

/* The region that `text` begins with, or holds: see codebook_region(). `ret_length` (may be NULL): the bytes its name takes there. */
Region *region_find(const char *text, bool anywhere, gsize *ret_length);

/* Of the counties that share the name `text` begins with, the one whose province or prefecture stands before it somewhere in
 * `context` ("…省…市平城区"); NULL when none does or several do. */
Region *region_find_in(const char *text, const char *context);

/* All codebooks and regions read; false with `error` naming the file that cannot be. */
bool codebooks_load(GError **error);
