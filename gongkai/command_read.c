#include "command.h"

#include <gio/gio.h>
#include <sysexits.h>

#include "conclude.h"
#include "data.h"
#include "manifest.h"
#include "options.h"
#include "pack.h"
#include "select.h"
#include "stop.h"
#include "walk.h"

static struct {
    gboolean retry;
} own;

static const GOptionEntry entries[] = {
    {"retry", 0, 0, G_OPTION_ARG_NONE, &own.retry, "read again what took too long or too much memory, or crashed", NULL},
    {0},
};

static const OptionsWords words = {"FILE|FOLDER...",
                                   "Reads budgets and final accounts that Chinese departments publish (PDF or text) and makes one exact record\n"
                                   "for each department, year and kind.",
                                   "Without -o the records are printed, a line of JSON each. With it they become DIR/YEAR/DEPARTMENT.KIND.json,\n"
                                   "DIR/amounts.csv holds a line for each amount and DIR/manifest.jsonl a line for each input; the same command again\n"
                                   "goes on where it was stopped, reads what is new or has changed, and drops what is gone.\n"
                                   "In a folder the .pdf, .txt and .md files are read, and those of its folders.\n"
                                   "\n"
                                   "Examples:\n"
                                   "  gongkai budget-2023.pdf                     print its record\n"
                                   "  gongkai --pretty budget-2023.pdf | less     look at it\n"
                                   "  gongkai -o out downloads/                   read a folder\n"
                                   "  gongkai -o out --rules my/ -j 8 downloads/  with rules of one's own, eight at once\n"
                                   "\n"
                                   "Exit status: 0 all records made; 1 some figures or tables could not be read; 2 some input gave no record;\n"
                                   "64 usage; 74 input or output failed; 75 another gongkai is at work in DIR. A file that is no disclosure gives\n"
                                   "no record and is no error.\n"};

/* The store, what the manifest knows and what is there: a run that can begin. */
static Run *
prepare(GPtrArray *gone, GError **error)
{
    g_autoptr(Store) store = store_new(options.folder, error);
    g_autofree char *path = options.folder != NULL ? g_build_filename(options.folder, "manifest.jsonl", NULL) : NULL;
    g_autoptr(GHashTable) folders = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_autoptr(GPtrArray) paths = g_ptr_array_new();
    gint64 whole = 0;
    GPtrArray *known = store == NULL ? NULL : path != NULL ? manifest_load(path, &whole, error) : g_ptr_array_new();
    if (known == NULL)
        return NULL;
    for (guint i = 0; options.paths[i] != NULL; i++)
        g_ptr_array_add(paths, options.paths[i]);
    GPtrArray *inputs = select_inputs(walk_inputs(paths, folders), folders, known, 0, gone, error);
    if (inputs == NULL)
        return NULL;
    const Manner manner = {options.pretty, options_talk(), options.folder != NULL ? PACK_LEAST : PACK_NOT};
    const WorkersLimits limits = {(guint) options.jobs, (guint) options.seconds, (guint) options.megabytes};
    g_autoptr(Run) run = run_new(inputs, g_steal_pointer(&store), &manner, &limits, error);
    if (run == NULL)
        return NULL;
    run->retry = own.retry;
    run->journal = path != NULL ? manifest_open_journal(path, whole, error) : -1;
    return path == NULL || run->journal >= 0 ? g_steal_pointer(&run) : NULL;
}

int
command_read(int argc, char **argv)
{
    int status = options_read(argc, argv, entries, &words);
    if (status >= 0)
        return status;
    if (options.paths == NULL)
        return complain(EX_USAGE, "no file or folder given (gongkai --help tells more)");
    data_set_folder(options.rules);
    stop_prepare();
    g_autoptr(GError) error = NULL;
    g_autoptr(GPtrArray) gone = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(Run) run = prepare(gone, &error);
    return run != NULL ? conclude(run, gone) : conclude_early(error);
}
