#include "options.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

#include "sandbox.h"
#include "version.h"

Options options = {.seconds = 300, .megabytes = 2048};

static const GOptionEntry entries[] = {
    {"output", 'o', 0, G_OPTION_ARG_FILENAME, &options.folder, "write records, amounts.csv and manifest.jsonl below DIR", "DIR"},
    {"jobs", 'j', 0, G_OPTION_ARG_INT, &options.jobs, "documents at once (default: one for each processor)", "N"},
    {"timeout", 0, 0, G_OPTION_ARG_INT, &options.seconds, "give a document up after so long (default 300, 0: never)", "SECONDS"},
    {"memory", 0, 0, G_OPTION_ARG_INT, &options.megabytes, "memory for each of the N (default 2048, 0: no limit)", "MB"},
    {"rules", 0, 0, G_OPTION_ARG_FILENAME, &options.rules, "read rules and vocabularies from DIR where it has them", "DIR"},
    {"no-sandbox", 0, 0, G_OPTION_ARG_NONE, &options.open, "let what reads a document do all that you may do", NULL},
    {"pretty", 0, 0, G_OPTION_ARG_NONE, &options.pretty, "spread each record over lines, for people", NULL},
    {"quiet", 'q', 0, G_OPTION_ARG_NONE, &options.quiet, "tell only what keeps the run from going on", NULL},
    {"verbose", 'v', 0, G_OPTION_ARG_NONE, &options.verbose, "tell everything that is imperfect, and a summary", NULL},
    {"help", 'h', 0, G_OPTION_ARG_NONE, &options.help, "print this and exit", NULL},
    {"version", 0, 0, G_OPTION_ARG_NONE, &options.version, "print the version and exit", NULL},
    {G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &options.paths, NULL, NULL},
    {0},
};

int
complain(int status, const char *format, ...)
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

static GOptionContext *
context_new(const GOptionEntry *own, const OptionsWords *words)
{
    GOptionContext *context = g_option_context_new(words->arguments);
    g_option_context_set_help_enabled(context, FALSE); /* GLib's own prints no UTF-8 where the locale has none */
    g_option_context_set_summary(context, words->summary);
    g_option_context_set_description(context, words->description);
    if (own != NULL)
        g_option_context_add_main_entries(context, own, NULL);
    g_option_context_add_main_entries(context, entries, NULL);
    return context;
}

int
options_read(int argc, char **argv, const GOptionEntry *own, const OptionsWords *words)
{
    g_autoptr(GError) error = NULL;
    g_autofree char **split = split_short_options(&argc, argv);
    char **rest = split;
    g_autoptr(GOptionContext) context = context_new(own, words);
    if (!g_option_context_parse(context, &argc, &rest, &error))
        return complain(EX_USAGE, "%s (gongkai --help tells more)", error->message);
    g_autofree char *help = options.help ? g_option_context_get_help(context, TRUE, NULL) : NULL;
    if (help != NULL || options.version) {
        fputs(help != NULL ? help : "gongkai " GONGKAI_VERSION "\n", stdout);
        return fflush(stdout) == 0 ? 0 : complain(EX_IOERR, "standard output: %s", g_strerror(errno));
    }
    if (options.jobs < 0 || options.seconds < 0 || options.megabytes < 0)
        return complain(EX_USAGE, "--jobs, --timeout and --memory want a number that is not negative");
    if (options.rules != NULL && !g_file_test(options.rules, G_FILE_TEST_IS_DIR))
        return complain(EX_USAGE, "%s: no such folder", options.rules);
    if (options.jobs == 0)
        options.jobs = (int) g_get_num_processors();
    return -1;
}

/* A folder's manifest tells what became of each file; nobody reads what cron or a scheduler would be told of forty thousand. */
int
options_talk(void)
{
    if (options.quiet || options.verbose)
        return options.quiet ? -1 : 1;
    return options.folder == NULL || isatty(STDERR_FILENO) ? 0 : -1;
}

WorkersLimits
options_limits(void)
{
    const char *missing = options.verbose && !options.open ? sandbox_missing() : NULL;
    if (missing != NULL)
        complain(0, "this kernel has %s: documents are read with what is left of the sandbox", missing);
    return (WorkersLimits){(guint) options.jobs, (guint) options.seconds, (guint) options.megabytes, options.open, options.rules};
}
