/* When: moments as people write them on a command line. */
#pragma once
#include <glib.h>
#include <stdbool.h>

/* "2026-11-25", "2026-11-25T03:00", "2026-11-25T03:00:00+08:00" (local time where no zone is told), or how long before `now`: "90m", "36h", "7d".
 * Seconds since 1970. */
bool when_read(const char *words, gint64 now, gint64 *ret_when);
