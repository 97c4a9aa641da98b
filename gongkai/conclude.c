#include "conclude.h"

#include <stdio.h>
#include <sysexits.h>

#include "options.h"
#include "placing.h"
#include "stop.h"

enum { EXIT_ALL = 0, EXIT_WARNINGS = 1, EXIT_NO_RECORD = 2 };

/* ---- telling ---- */

/* What each input has to say, in their order. */
static void
tell(const Run *run)
{
    for (guint i = 0; i < run->inputs->len; i++) {
        const Input *input = run->inputs->pdata[i];
        bool told = run->manner.talk >= 0 && input->read && (input_status_failed(input->status) || run->manner.talk > 0 || input_has_records(input));
        bool unreadable = input->asked && input->status == INPUT_UNREADABLE && !options.quiet; /* the status is that of this file */
        if (input->message != NULL && !input->elsewhere && (told || unreadable))
            fprintf(stderr, "gongkai: %s: %s\n", input->path, input->message);
        g_auto(GStrv) lines = g_strsplit(run->notes->pdata[i] != NULL ? run->notes->pdata[i] : "", "\n", -1);
        for (guint k = 0; lines[k] != NULL; k++)
            if (lines[k][0] != '\0')
                fprintf(stderr, "gongkai: %s: %s\n", input->path, lines[k]);
    }
}

static void
tell_gone(const GPtrArray *gone)
{
    for (guint i = 0; i < gone->len && !options.quiet; i++)
        fprintf(stderr, "gongkai: %s: is gone, and what was made of it alone goes too\n", (const char *) gone->pdata[i]);
}

static void
tell_summary(const Run *run, guint gone, gint64 since)
{
    guint counts[INPUT_UNREADABLE + 1] = {0};
    guint files = 0, read = 0, warnings = 0;
    for (guint i = 0; i < run->inputs->len; i++) {
        const Input *input = run->inputs->pdata[i];
        if (input->elsewhere)
            continue;
        files++;
        read += input->read;
        counts[input->status]++;
        warnings += input->levels[DIAG_WARNING] + input->levels[DIAG_ERROR];
    }
    g_autoptr(GString) line = g_string_new(NULL);
    for (int s = 0; s <= INPUT_UNREADABLE; s++)
        if (counts[s] > 0)
            g_string_append_printf(line, "%s%u %s", line->len > 0 ? ", " : "", counts[s], input_status_word(s));
    fprintf(stderr, "gongkai: %u files (%s), %u of them read now, %u gone, %u records, %u warnings, %.1f s\n", files, line->str, read, gone, run->placed->len,
            warnings, (g_get_monotonic_time() - since) / (double) G_USEC_PER_SEC);
}

/* Of the files that this run was asked to look at. */
static int
exit_status(const Run *run)
{
    int status = EXIT_ALL;
    for (guint i = 0; i < run->inputs->len; i++) {
        const Input *input = run->inputs->pdata[i];
        int own = input->status == INPUT_UNREADABLE ? EX_IOERR : input_status_failed(input->status) ? EXIT_NO_RECORD : input->status == INPUT_PARTIAL;
        if ((input->asked || run->closed) && !input->elsewhere)
            status = MAX(status, own);
    }
    return status;
}

/* ---- the run ---- */

int
conclude_early(const GError *error)
{
    if (g_error_matches(error, RUN_ERROR, RUN_ERROR_RULES))
        return complain(EX_USAGE, "%s", error->message);
    return complain(g_error_matches(error, STORE_ERROR, STORE_ERROR_BUSY) ? EX_TEMPFAIL : EX_IOERR, "%s", error->message);
}

int
conclude(Run *run, const GPtrArray *gone)
{
    gint64 since = g_get_monotonic_time();
    g_autoptr(GError) error = NULL;
    tell_gone(gone);
    bool read = run_read(run, &error);
    bool fine = read && (options.folder != NULL ? placing_save(run, options.folder, &error) : placing_print(run, &error));
    if (read)
        tell(run);
    if (!fine) {
        int status = conclude_early(error);
        stop_by_signal();
        return status;
    }
    if (options.verbose || (options.folder != NULL && !options.quiet))
        tell_summary(run, gone->len, since);
    return exit_status(run);
}
