#include "command.h"

#include <gio/gio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

#include "conclude.h"
#include "data.h"
#include "manifest.h"
#include "options.h"
#include "pack.h"
#include "placing.h"
#include "stop.h"

static const OptionsWords words = {
    "DIR...",
    "Makes one output folder of several, whose runs may have read any parts of the files, on any machine: what one run over all\n"
    "of them would have made, byte for byte (but for the seconds in the manifest). No file is read again.",
    "Each DIR must be that of a run that came to its end, with the same version, --rules and --pretty as given here.\n"
    "A file that several of them know is taken from the last.\n"
    "\n"
    "Example:\n"
    "  gongkai --shard 1/2 -o part1 downloads/    on one machine\n"
    "  gongkai --shard 2/2 -o part2 downloads/    on another\n"
    "  gongkai merge -o out part1 part2           where both are at hand\n"
    "\n"
    "Exit status: that of the one run; 74 where a DIR is not whole, 75 where a gongkai is at work in one.\n"};

static bool
refuse(GError **error, const char *folder, const char *why)
{
    g_set_error(error, G_IO_ERROR, G_IO_ERROR_FAILED, "%s: %s", folder, why);
    return false;
}

/* Whether a line was made as this run would make it: with the same mark, under whatever limits. */
static bool
is_alike(const Input *input, const char *mark)
{
    return input->status == INPUT_UNREADABLE || (input->mark != NULL && g_str_has_prefix(input->mark, mark));
}

static bool
take_inputs(GHashTable *inputs, const char *folder, const char *mark, GError **error)
{
    g_autofree char *path = g_build_filename(folder, "manifest.jsonl", NULL);
    gint64 whole = 0;
    g_autoptr(GPtrArray) known = manifest_load(path, &whole, error);
    if (known == NULL)
        return false;
    for (guint i = 0; i < known->len; i++) {
        Input *input = known->pdata[i];
        const Input *former = g_hash_table_lookup(inputs, input->path);
        if (!is_alike(input, mark))
            return refuse(error, folder, "made by another version of gongkai, or with other --rules or --pretty");
        if (former != NULL && g_strcmp0(former->sha256, input->sha256) != 0 && !options.quiet)
            complain(0, "%s: its contents differ between the folders; those in %s are taken", input->path, folder);
        g_hash_table_replace(inputs, g_strdup(input->path), input);
        known->pdata[i] = NULL;
    }
    return true;
}

static bool
is_same_folder(const char *a, const char *b)
{
    g_autofree char *left = realpath(a, NULL);
    g_autofree char *right = realpath(b, NULL);
    return left != NULL && g_strcmp0(left, right) == 0;
}

static bool
take_folder(GHashTable *inputs, Store *store, const char *folder, const char *mark, GError **error)
{
    g_autoptr(Store) part = store_new_to_read(folder, error);
    if (part == NULL)
        return false;
    if (!placing_is_whole(part))
        return refuse(error, folder, "its run has not come to its end; run it again");
    return take_inputs(inputs, folder, mark, error) && store_copy(store, part, error);
}

static int
by_path(gconstpointer a, gconstpointer b)
{
    return strcmp((*(Input *const *) a)->path, (*(Input *const *) b)->path);
}

/* What all folders tell, as the inputs of a run that reads no file. */
static Run *
prepare(GError **error)
{
    const Manner manner = {options.pretty, options_talk(), PACK_LEAST};
    const WorkersLimits limits = options_limits();
    g_autoptr(Store) store = store_new(options.folder, error);
    if (store == NULL)
        return NULL;
    g_autoptr(GHashTable) inputs = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, (GDestroyNotify) input_free);
    g_autofree char *mark = run_mark(&manner, error);
    for (guint i = 0; options.paths[i] != NULL; i++)
        if (mark == NULL || !take_folder(inputs, store, options.paths[i], mark, error))
            return NULL;
    GPtrArray *sorted = g_ptr_array_new_with_free_func((GDestroyNotify) input_free);
    GHashTableIter iter;
    gpointer path = NULL, input = NULL;
    g_hash_table_iter_init(&iter, inputs);
    while (g_hash_table_iter_next(&iter, &path, &input)) {
        g_hash_table_iter_steal(&iter);
        g_free(path);
        g_ptr_array_add(sorted, input);
    }
    g_ptr_array_sort(sorted, by_path);
    Run *run = run_new(sorted, g_steal_pointer(&store), &manner, &limits, error);
    if (run != NULL)
        run->closed = true;
    return run;
}

int
command_merge(int argc, char **argv)
{
    int status = options_read(argc, argv, NULL, &words);
    if (status >= 0)
        return status;
    if (options.paths == NULL || options.folder == NULL)
        return complain(EX_USAGE, "merge wants -o OUT and the folders to make it of (gongkai merge --help tells more)");
    for (guint i = 0; options.paths[i] != NULL; i++)
        if (is_same_folder(options.paths[i], options.folder))
            return complain(EX_USAGE, "%s: cannot be merged into itself", options.folder);
    data_set_folder(options.rules);
    stop_prepare();
    g_autoptr(GError) error = NULL;
    g_autoptr(GPtrArray) gone = g_ptr_array_new();
    g_autoptr(Run) run = prepare(&error);
    return run != NULL ? conclude(run, gone) : conclude_early(error);
}
