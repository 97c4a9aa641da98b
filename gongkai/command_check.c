/* gongkai check: what disclosures hold, what they lack, and which of their figures disagree. */
#include <errno.h>
#include <gio/gio.h>
#include <stdio.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

#include "check_inputs.h"
#include "command.h"
#include "conclude.h"
#include "data.h"
#include "options.h"
#include "report.h"
#include "stop.h"

enum { EXIT_FINE = 0, EXIT_FINDINGS = 1 };

static struct {
    gboolean json, wrong;
} own;

static const GOptionEntry entries[] = {
    {"json", 0, 0, G_OPTION_ARG_NONE, &own.json, "print a line of JSON for each record and for each figure of two that were compared", NULL},
    {"wrong", 'w', 0, G_OPTION_ARG_NONE, &own.wrong, "show only records in which something is wrong", NULL},
    {0},
};

static const OptionsWords words = {
    "FILE|FOLDER...",
    "Tells of each disclosure what was found, what the rules require and is not there, and which figures disagree;\n"
    "and of several, whether budget and final accounts, one year and the next, a department and its units agree.",
    "FILE is a document (PDF, text) or a record (.json); FOLDER holds documents, or is one that gongkai -o wrote.\n"
    "\n"
    "Examples:\n"
    "  gongkai check budget-2023.pdf        read it and check it\n"
    "  gongkai check out/                   check what gongkai -o out made, years and units against each other\n"
    "  gongkai check --json out/ | jq ...   the same for programs\n"
    "\n"
    "Exit status: 0 nothing is wrong; 1 something disagrees or is missing; 2 some input gave no record; 64 usage;\n"
    "74 input or output failed.\n"};

typedef struct {
    Between *between;
    bool colour, found; /* `found`: something is wrong */
    guint records;
} Checked;

static bool
write_out(const char *text, const char *end, GError **error)
{
    if (fputs(text, stdout) >= 0 && fputs(end, stdout) >= 0)
        return true;
    g_set_error(error, G_IO_ERROR, g_io_error_from_errno(errno), "standard output: %s", g_strerror(errno));
    return false;
}

/* Takes what a Record has to say; the Record itself is not kept. */
static bool
take_record(Record *record, void *data, GError **error)
{
    Checked *checked = data;
    g_autoptr(Report) report = report_new(record);
    bool failed = report_failed(report);
    checked->found |= failed;
    checked->records++;
    if (!between_add(checked->between, record, error))
        return false;
    if (own.wrong && !failed)
        return true;
    g_autofree char *text = own.json ? report_json(report) : report_text(report, checked->colour);
    return write_out(text, own.json ? "\n" : "", error);
}

static bool
tell_between(Checked *checked, GError **error)
{
    g_autoptr(GPtrArray) findings = between_compare(checked->between);
    guint failed = 0;
    bool fine = true;
    for (guint i = 0; i < findings->len; i++)
        failed += !((const BetweenFinding *) findings->pdata[i])->ok;
    checked->found |= failed > 0;
    if (!own.json && findings->len > 0) {
        g_autofree char *head = g_strdup_printf("between disclosures: %u figures compared, %u disagree\n", findings->len, failed);
        fine = write_out(head, "", error);
    }
    for (guint i = 0; fine && i < findings->len; i++) {
        const BetweenFinding *finding = findings->pdata[i];
        if (finding->ok && (!own.json || own.wrong))
            continue;
        g_autofree char *text = own.json ? report_between_json(finding) : report_between_text(finding, checked->colour);
        fine = write_out(text, own.json ? "\n" : "", error);
    }
    return fine;
}

int
command_check(int argc, char **argv)
{
    int status = options_read(argc, argv, entries, &words);
    if (status >= 0)
        return status;
    if (options.folder != NULL)
        return complain(EX_USAGE, "-o makes records, gongkai check makes none");
    if (options.paths == NULL)
        return complain(EX_USAGE, "no file or folder given (gongkai check --help tells more)");
    data_set_folder(options.rules);
    stop_prepare();
    g_autoptr(GError) error = NULL;
    g_autoptr(Between) between = between_new(&error);
    if (between == NULL)
        return complain(EX_USAGE, "%s", error->message);
    Checked checked = {.between = between, .colour = isatty(STDOUT_FILENO) && g_getenv("NO_COLOR") == NULL};
    status = check_inputs(options.paths, take_record, &checked, &error);
    if (error == NULL)
        tell_between(&checked, &error);
    stop_by_signal();
    if (error != NULL)
        return conclude_early(error);
    if (fflush(stdout) != 0)
        return complain(EX_IOERR, "standard output: %s", g_strerror(errno));
    return MAX(status, checked.found ? EXIT_FINDINGS : EXIT_FINE);
}
