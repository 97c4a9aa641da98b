/* gongkai: the command people type. Files and folders in, Records out. */
#include <errno.h>
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

#include "data.h"
#include "output.h"
#include "version.h"
#include "walk.h"

enum { EXIT_ALL = 0, EXIT_WARNINGS = 1, EXIT_NO_RECORD = 2 };

typedef struct {
    char *folder, *rules;
    int jobs, seconds, megabytes;
    gboolean quiet, verbose, pretty, version, help;
    char **paths;
} Options;

static Options options = {.seconds = 300, .megabytes = 2048};

static const GOptionEntry entries[] = {
    {"output", 'o', 0, G_OPTION_ARG_FILENAME, &options.folder, "write records, amounts.csv and manifest.jsonl below DIR", "DIR"},
    {"jobs", 'j', 0, G_OPTION_ARG_INT, &options.jobs, "documents at once (default: one for each processor)", "N"},
    {"timeout", 0, 0, G_OPTION_ARG_INT, &options.seconds, "give a document up after so long (default 300, 0: never)", "SECONDS"},
    {"memory", 0, 0, G_OPTION_ARG_INT, &options.megabytes, "memory for each of the N (default 2048, 0: no limit)", "MB"},
    {"rules", 0, 0, G_OPTION_ARG_FILENAME, &options.rules, "read rules and vocabularies from DIR where it has them", "DIR"},
    {"pretty", 0, 0, G_OPTION_ARG_NONE, &options.pretty, "spread each record over lines, for people", NULL},
    {"quiet", 'q', 0, G_OPTION_ARG_NONE, &options.quiet, "tell only what keeps the run from going on", NULL},
    {"verbose", 'v', 0, G_OPTION_ARG_NONE, &options.verbose, "tell everything that is imperfect, and a summary", NULL},
    {"help", 'h', 0, G_OPTION_ARG_NONE, &options.help, "print this and exit", NULL},
    {"version", 0, 0, G_OPTION_ARG_NONE, &options.version, "print the version and exit", NULL},
    {G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &options.paths, NULL, "FILE|FOLDER..."},
    {0},
};

static const char summary[] = "Reads budgets and final accounts that Chinese departments publish (PDF or text) and makes one exact record\n"
                              "for each department, year and kind.";

static const char description[] = "Without -o the records are printed, a line of JSON each. With it they become DIR/YEAR/DEPARTMENT.KIND.json,\n"
                                  "DIR/amounts.csv holds a line for each amount and DIR/manifest.jsonl a line for each input.\n"
                                  "In a folder the .pdf, .txt and .md files are read, and those of its folders.\n"
                                  "\n"
                                  "Examples:\n"
                                  "  gongkai budget-2023.pdf                     print its record\n"
                                  "  gongkai --pretty budget-2023.pdf | less     look at it\n"
                                  "  gongkai -o out downloads/                   read a folder\n"
                                  "  gongkai -o out --rules my/ -j 8 downloads/  with rules of one's own, eight at once\n"
                                  "\n"
                                  "Exit status: 0 all records made; 1 some figures or tables could not be read; 2 some input gave no record;\n"
                                  "64 usage; 74 input or output failed. A file that is no disclosure gives no record and is no error.\n";

static G_GNUC_PRINTF(2, 3) int complain(int status, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    g_autofree char *message = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    fprintf(stderr, "gongkai: %s\n", message);
    return status;
}

/* "-j4" as "-j 4", which is all that GOption understands. The words are the caller's, the result's array is not. */
static char **
split_short_options(int *argc, char **argv)
{
    g_autoptr(GPtrArray) words = g_ptr_array_new();
    bool plain = false;
    for (int i = 0; i < *argc; i++) {
        bool joined = !plain && i > 0 && argv[i][0] == '-' && strchr("jo", argv[i][1]) != NULL && argv[i][1] != '\0' && argv[i][2] != '\0';
        plain = plain || strcmp(argv[i], "--") == 0;
        if (joined)
            g_ptr_array_add(words, argv[i][1] == 'j' ? "-j" : "-o");
        g_ptr_array_add(words, joined ? argv[i] + 2 : argv[i]);
    }
    *argc = (int) words->len;
    g_ptr_array_add(words, NULL);
    return (char **) g_ptr_array_free(g_steal_pointer(&words), FALSE);
}

/* Fills `options`; -1 to go on, else the status to end with. */
static int
read_options(int argc, char **argv)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GOptionContext) context = g_option_context_new(NULL);
    g_option_context_set_help_enabled(context, FALSE); /* GLib's own prints no UTF-8 where the locale has none */
    g_option_context_set_summary(context, summary);
    g_option_context_set_description(context, description);
    g_option_context_add_main_entries(context, entries, NULL);
    if (!g_option_context_parse(context, &argc, &argv, &error))
        return complain(EX_USAGE, "%s (gongkai --help tells more)", error->message);
    g_autofree char *help = options.help ? g_option_context_get_help(context, TRUE, NULL) : NULL;
    if (help != NULL || options.version) {
        fputs(help != NULL ? help : "gongkai " GONGKAI_VERSION "\n", stdout);
        return fflush(stdout) == 0 ? EXIT_ALL : complain(EX_IOERR, "standard output: %s", g_strerror(errno));
    }
    if (options.paths == NULL)
        return complain(EX_USAGE, "no file or folder given (gongkai --help tells more)");
    if (options.jobs < 0 || options.seconds < 0 || options.megabytes < 0)
        return complain(EX_USAGE, "--jobs, --timeout and --memory want a number that is not negative");
    if (options.rules != NULL && !g_file_test(options.rules, G_FILE_TEST_IS_DIR))
        return complain(EX_USAGE, "%s: no such folder", options.rules);
    if (options.jobs == 0)
        options.jobs = (int) g_get_num_processors();
    return -1;
}

/* What each input has to say, in their order. */
static void
tell(const Run *run)
{
    for (guint i = 0; i < run->inputs->len; i++) {
        const Input *input = run->inputs->pdata[i];
        bool worth = input_status_failed(input->status) || options.verbose || input->status <= INPUT_PARTIAL;
        if (input->message != NULL && worth && !options.quiet)
            fprintf(stderr, "gongkai: %s: %s\n", input->path, input->message);
        g_auto(GStrv) lines = g_strsplit(run->notes->pdata[i] != NULL ? run->notes->pdata[i] : "", "\n", -1);
        for (guint k = 0; lines[k] != NULL; k++)
            if (lines[k][0] != '\0')
                fprintf(stderr, "gongkai: %s: %s\n", input->path, lines[k]);
    }
}

static void
tell_summary(const Run *run, gint64 since)
{
    guint counts[INPUT_UNREADABLE + 1] = {0};
    guint warnings = 0;
    for (guint i = 0; i < run->inputs->len; i++) {
        const Input *input = run->inputs->pdata[i];
        counts[input->status]++;
        warnings += input->levels[DIAG_WARNING] + input->levels[DIAG_ERROR];
    }
    g_autoptr(GString) line = g_string_new(NULL);
    for (int s = 0; s <= INPUT_UNREADABLE; s++)
        if (counts[s] > 0)
            g_string_append_printf(line, "%s%u %s", line->len > 0 ? ", " : "", counts[s], input_status_word(s));
    fprintf(stderr, "gongkai: %u files (%s), %u records, %u warnings, %.1f s\n", run->inputs->len, line->str, run->placed->len, warnings,
            (g_get_monotonic_time() - since) / (double) G_USEC_PER_SEC);
}

static int
exit_status(const Run *run)
{
    int status = EXIT_ALL;
    for (guint i = 0; i < run->inputs->len; i++) {
        const Input *input = run->inputs->pdata[i];
        int own = input->status == INPUT_UNREADABLE ? EX_IOERR : input_status_failed(input->status) ? EXIT_NO_RECORD : input->status == INPUT_PARTIAL;
        status = MAX(status, own);
    }
    return status;
}

static int
run_all(void)
{
    gint64 since = g_get_monotonic_time();
    g_autoptr(GError) error = NULL;
    if (options.folder != NULL && g_mkdir_with_parents(options.folder, 0777) != 0)
        return complain(EX_IOERR, "%s: %s", options.folder, g_strerror(errno));
    g_autoptr(Run) run = run_new(walk_inputs(options.paths), options.folder, &error);
    if (run == NULL)
        return complain(EX_IOERR, "%s", error->message);
    run->limits = (WorkersLimits){options.jobs, options.seconds, options.megabytes};
    run->manner = (Manner){options.pretty, options.quiet ? -1 : options.verbose};
    if (!run_read(run, &error))
        return complain(g_error_matches(error, RUN_ERROR, RUN_ERROR_RULES) ? EX_USAGE : EX_IOERR, "%s", error->message);
    bool fine = options.folder != NULL ? output_save(run, options.folder, &error) : output_print(run, &error);
    tell(run);
    if (!fine)
        return complain(EX_IOERR, "%s", error->message);
    if (options.verbose || (!options.quiet && isatty(STDERR_FILENO)))
        tell_summary(run, since);
    return exit_status(run);
}

int
main(int argc, char **argv)
{
    setlocale(LC_CTYPE, "");
    signal(SIGPIPE, SIG_IGN);
    g_autofree char **words = split_short_options(&argc, argv);
    int status = read_options(argc, words);
    if (status < 0) {
        data_set_folder(options.rules);
        status = run_all();
    }
    return status;
}
