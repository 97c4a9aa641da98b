#include "progress.h"

#include <stdio.h>
#include <unistd.h>

enum { REDRAW_MICROSECONDS = 100000, NAME_CHARACTERS = 40 };

void
progress_start(Progress *progress, guint total, bool quiet)
{
    *progress = (Progress){.shown = !quiet && total > 1 && isatty(STDERR_FILENO), .total = total, .since = g_get_monotonic_time()};
}

void
progress_step(Progress *progress, const char *name)
{
    progress->done++;
    gint64 now = g_get_monotonic_time();
    if (!progress->shown || (now - progress->last < REDRAW_MICROSECONDS && progress->done < progress->total))
        return;
    progress->last = now;
    double rate = progress->done * (double) G_USEC_PER_SEC / MAX(now - progress->since, 1);
    g_autofree char *valid = g_utf8_make_valid(name, -1);
    g_autofree char *start = g_utf8_substring(valid, 0, MIN(g_utf8_strlen(valid, -1), NAME_CHARACTERS));
    g_autofree char *left = progress_span((progress->total - progress->done) / rate);
    fprintf(stderr, "\r%u/%u  %.1f/s  %s left  %s\033[K", progress->done, progress->total, rate, left, start);
    fflush(stderr);
}

char *
progress_span(double seconds)
{
    enum { MINUTE = 60, HOUR = 3600 };
    guint whole = (guint) CLAMP(seconds + 0.5, 0, 1e9);
    if (whole < 2 * MINUTE)
        return g_strdup_printf("%u s", whole);
    if (whole < HOUR)
        return g_strdup_printf("%u min", whole / MINUTE);
    return g_strdup_printf("%u h %02u min", whole / HOUR, whole % HOUR / MINUTE);
}

void
progress_clear(const Progress *progress)
{
    if (progress->shown)
        fputs("\r\033[K", stderr);
}
