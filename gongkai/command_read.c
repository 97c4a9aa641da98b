#include "command.h"

#include <gio/gio.h>
#include <stdio.h>
#include <string.h>
#include <sysexits.h>

#include "conclude.h"
#include "data.h"
#include "manifest.h"
#include "options.h"
#include "pack.h"
#include "select.h"
#include "stop.h"
#include "walk.h"
#include "when.h"

static struct {
    char *since, *files_from, *shard;
    gboolean null, retry;
} own;

static const GOptionEntry entries[] = {
    {"files-from", 0, 0, G_OPTION_ARG_FILENAME, &own.files_from, "read the files and folders named in FILE too, one a line (-: standard input)", "FILE"},
    {"null", '0', 0, G_OPTION_ARG_NONE, &own.null, "in that FILE each name ends with a NUL instead", NULL},
    {"since", 0, 0, G_OPTION_ARG_STRING, &own.since, "look only at files that have changed since (2026-11-25, 2026-11-25T03:00, 36h, 7d)", "WHEN"},
    {"shard", 0, 0, G_OPTION_ARG_STRING, &own.shard, "read the I-th of N parts of the files, see gongkai merge", "I/N"},
    {"retry", 0, 0, G_OPTION_ARG_NONE, &own.retry, "read again what took too long or too much memory, or crashed", NULL},
    {0},
};

/* What to ask for, in numbers. */
typedef struct {
    guint shard, shards;
    gint64 since;
} Wanted;

static const char summary[] = "Reads budgets and final accounts that Chinese departments publish (PDF or text) and makes one exact record\n"
                              "for each department, year and kind.";

static const char description[] = "Without -o the records are printed, a line of JSON each. With it they become DIR/YEAR/DEPARTMENT.KIND.json,\n"
                                  "DIR/amounts.csv holds a line for each amount and DIR/manifest.jsonl a line for each input; the same command again\n"
                                  "goes on where it was stopped, reads what is new or has changed, and drops what is gone.\n"
                                  "In a folder the .pdf, .txt and .md files are read, and those of its folders.\n"
                                  "\n"
                                  "Examples:\n"
                                  "  gongkai budget-2023.pdf                     print its record\n"
                                  "  gongkai --pretty budget-2023.pdf | less     look at it\n"
                                  "  gongkai -o out downloads/                   read a folder\n"
                                  "  gongkai -o out --since 2d downloads/        the same, in a hurry: only what is new\n"
                                  "  gongkai -o out --rules my/ -j 8 downloads/  with rules of one's own, eight at once\n"
                                  "\n"
                                  "Exit status: 0 all records made; 1 some figures or tables could not be read; 2 some input gave no record;\n"
                                  "64 usage; 74 input or output failed; 75 another gongkai is at work in DIR. A file that is no disclosure gives\n"
                                  "no record and is no error.\n";

/* With the subcommands before the rest. */
static char *
describe(void)
{
    g_autoptr(GString) text = g_string_new("Subcommands (gongkai NAME --help tells more; a file of that name is ./NAME):\n");
    for (const Command *command = commands; command->name != NULL; command++)
        g_string_append_printf(text, "  %-8s %s\n", command->name, command->summary);
    g_string_append_printf(text, "\n%s", description);
    return g_string_free(g_steal_pointer(&text), FALSE);
}

/* ---- what the words ask for ---- */

static bool
read_shard(const char *words, Wanted *wanted)
{
    char rest = 0;
    bool right = sscanf(words, "%u/%u%c", &wanted->shard, &wanted->shards, &rest) == 2;
    return right && wanted->shard >= 1 && wanted->shard <= wanted->shards;
}

/* -1 to go on, else the status to end with. */
static int
read_wanted(Wanted *wanted)
{
    if (options.paths == NULL && own.files_from == NULL)
        return complain(EX_USAGE, "no file or folder given (gongkai --help tells more)");
    if (own.null && own.files_from == NULL)
        return complain(EX_USAGE, "--null says how --files-from is written, which is not given");
    if (own.since != NULL && !when_read(own.since, g_get_real_time() / G_USEC_PER_SEC, &wanted->since))
        return complain(EX_USAGE, "--since %s: neither a date (2026-11-25, 2026-11-25T03:00) nor a span (90m, 36h, 7d)", own.since);
    if (own.shard != NULL && !read_shard(own.shard, wanted))
        return complain(EX_USAGE, "--shard %s: not one of N parts, as 1/4 is", own.shard);
    return -1;
}

static GPtrArray *
paths_new(GError **error)
{
    g_autoptr(GPtrArray) paths = g_ptr_array_new_with_free_func(g_free);
    for (guint i = 0; options.paths != NULL && options.paths[i] != NULL; i++)
        g_ptr_array_add(paths, g_strdup(options.paths[i]));
    g_autofree char *text = NULL;
    gsize length = 0;
    const char *file = g_strcmp0(own.files_from, "-") == 0 ? "/dev/stdin" : own.files_from;
    if (file != NULL && !g_file_get_contents(file, &text, &length, error))
        return NULL;
    for (const char *at = text, *end = NULL; at != NULL && at < text + length; at = end + 1) {
        end = memchr(at, own.null ? '\0' : '\n', (gsize) (text + length - at));
        end = end != NULL ? end : text + length;
        if (end > at)
            g_ptr_array_add(paths, g_strndup(at, (gsize) (end - at)));
    }
    return g_steal_pointer(&paths);
}

/* ---- the run ---- */

/* The store, what the manifest knows and what is there: a run that can begin. */
static Run *
prepare(const Wanted *wanted, GPtrArray *gone, GError **error)
{
    g_autoptr(Store) store = store_new(options.folder, error);
    g_autofree char *path = options.folder != NULL ? g_build_filename(options.folder, "manifest.jsonl", NULL) : NULL;
    g_autoptr(GHashTable) folders = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_autoptr(GPtrArray) paths = store != NULL ? paths_new(error) : NULL;
    gint64 whole = 0;
    GPtrArray *known = paths == NULL ? NULL : path != NULL ? manifest_load(path, &whole, error) : g_ptr_array_new();
    if (known == NULL)
        return NULL;
    GPtrArray *inputs = select_inputs(walk_inputs(paths, folders), folders, known, wanted->since, gone, error);
    if (inputs == NULL)
        return NULL;
    const Manner manner = {options.pretty, options_talk(), options.folder != NULL ? PACK_LEAST : PACK_NOT};
    const WorkersLimits limits = options_limits();
    g_autoptr(Run) run = run_new(inputs, g_steal_pointer(&store), &manner, &limits, error);
    if (run == NULL)
        return NULL;
    run->retry = own.retry;
    run->shard = wanted->shard;
    run->shards = wanted->shards;
    run->journal = path != NULL ? manifest_open_journal(path, whole, error) : -1;
    return path == NULL || run->journal >= 0 ? g_steal_pointer(&run) : NULL;
}

int
command_read(int argc, char **argv)
{
    g_autofree char *text = describe();
    const OptionsWords words = {"FILE|FOLDER...", summary, text};
    Wanted wanted = {0, 0, 0};
    int status = options_read(argc, argv, entries, &words);
    status = status < 0 ? read_wanted(&wanted) : status;
    if (status >= 0)
        return status;
    data_set_folder(options.rules);
    stop_prepare();
    g_autoptr(GError) error = NULL;
    g_autoptr(GPtrArray) gone = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(Run) run = prepare(&wanted, gone, &error);
    return run != NULL ? conclude(run, gone) : conclude_early(error);
}
