#include "when.h"

#include <string.h>

static bool
read_span(const char *words, gint64 *ret_seconds)
{
    static const struct {
        const char *unit;
        gint64 seconds;
    } units[] = {{"m", 60}, {"h", 3600}, {"d", 86400}};
    char *unit = NULL;
    guint64 count = g_ascii_isdigit(words[0]) ? g_ascii_strtoull(words, &unit, 10) : G_MAXUINT64;
    for (size_t i = 0; count < G_MAXINT32 && i < G_N_ELEMENTS(units); i++) {
        if (strcmp(unit, units[i].unit) != 0)
            continue;
        *ret_seconds = (gint64) count * units[i].seconds;
        return true;
    }
    return false;
}

bool
when_read(const char *words, gint64 now, gint64 *ret_when)
{
    gint64 span = 0;
    if (read_span(words, &span)) {
        *ret_when = now - span;
        return true;
    }
    /* GLib wants a time, and its seconds */
    static const char *const endings[] = {"", ":00", "T00:00:00"};
    g_autoptr(GTimeZone) here = g_time_zone_new_local();
    for (size_t i = 0; i < G_N_ELEMENTS(endings); i++) {
        g_autofree char *whole = g_strconcat(words, endings[i], NULL);
        g_autoptr(GDateTime) moment = g_date_time_new_from_iso8601(whole, here);
        if (moment == NULL)
            continue;
        *ret_when = g_date_time_to_unix(moment);
        return true;
    }
    return false;
}
