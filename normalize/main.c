/* gongkai-normalize: Trees as JSON Lines in, Records as JSON Lines out. */
#include <errno.h>
#include <gio/gio.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "data.h"
#include "record.h"
#include "version.h"

enum { EXIT_ALL = 0, EXIT_WARNINGS = 1, EXIT_NO_RECORD = 2, EXIT_USAGE = 64, EXIT_IO = 74 };

#define NAME "gongkai-normalize"

typedef struct {
    GPtrArray *trees;
    int status; /* the worst exit status so far */
} Run;

static void
worsen(Run *run, int status)
{
    run->status = MAX(run->status, status);
}

static void
free_tree(void *tree)
{
    tree_free(tree);
}

static void
free_record(void *record)
{
    record_free(record);
}

/* A line that is no Tree costs that line only. */
static void
read_lines(Run *run, FILE *in, const char *name)
{
    char *line = NULL;
    size_t size = 0;
    ssize_t length = 0;
    for (int number = 1; (length = getline(&line, &size, in)) >= 0; number++) {
        if (line[strspn(line, " \t\r\n")] == '\0')
            continue;
        g_autoptr(GError) error = NULL;
        Tree *tree = tree_from_json(line, length, &error);
        if (tree != NULL) {
            g_ptr_array_add(run->trees, tree);
            continue;
        }
        fprintf(stderr, NAME ": %s:%d: %s\n", name, number, error->message);
        worsen(run, EXIT_NO_RECORD);
    }
    free(line);
    if (ferror(in)) {
        fprintf(stderr, NAME ": %s: %s\n", name, g_strerror(errno));
        worsen(run, EXIT_IO);
    }
}

static void
read_file(Run *run, const char *name)
{
    if (strcmp(name, "-") == 0) {
        read_lines(run, stdin, name);
        return;
    }
    FILE *in = fopen(name, "rb");
    if (in == NULL) {
        fprintf(stderr, NAME ": %s: %s\n", name, g_strerror(errno));
        worsen(run, EXIT_IO);
        return;
    }
    read_lines(run, in, name);
    fclose(in);
}

static bool
write_record(const Record *record)
{
    g_autofree char *json = record_to_json(record);
    return fputs(json, stdout) != EOF && fputc('\n', stdout) != EOF;
}

static void
write_records(Run *run)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GArray) belongs = NULL;
    g_autoptr(GPtrArray) records = records_new_from_trees(run->trees, &belongs, &error);
    if (records == NULL) {
        fprintf(stderr, NAME ": %s\n", error->message);
        worsen(run, EXIT_IO);
        return;
    }
    g_ptr_array_set_free_func(records, free_record);
    for (guint i = 0; i < records->len; i++) {
        const Record *record = records->pdata[i];
        if (diag_count(record->diagnostics, DIAG_WARNING) + diag_count(record->diagnostics, DIAG_ERROR) > 0)
            worsen(run, EXIT_WARNINGS);
        if (!write_record(record))
            break;
    }
    if (fflush(stdout) != 0 || ferror(stdout)) {
        fprintf(stderr, NAME ": standard output: %s\n", g_strerror(errno));
        worsen(run, EXIT_IO);
    }
    for (guint i = 0; i < run->trees->len; i++)
        if (g_array_index(belongs, int, i) == 0)
            fprintf(stderr, NAME ": %s: no disclosure, no record\n", ((const Tree *) run->trees->pdata[i])->file);
}

int
main(int argc, char **argv)
{
    setlocale(LC_CTYPE, "");
    g_autofree char *rules = NULL;
    gboolean version = FALSE;
    g_auto(GStrv) files = NULL;
    const GOptionEntry options[] = {{"rules", 0, 0, G_OPTION_ARG_FILENAME, &rules, "read rules and vocabularies from DIR where it has them", "DIR"},
                                    {"version", 0, 0, G_OPTION_ARG_NONE, &version, "print the version and exit", NULL},
                                    {G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &files, NULL, NULL},
                                    {0}};
    g_autoptr(GOptionContext) context = g_option_context_new("[FILE…]");
    g_option_context_set_summary(context, "Reads Trees (JSON Lines, from gongkai-parse), prints one Record a line.");
    g_option_context_set_description(context, "Exit status: 0 all read; 1 some figures or tables could not be read; 2 some input gave no record;\n"
                                              "64 usage; 74 I/O. A document that is no disclosure gives no record and is no error.\n");
    g_option_context_add_main_entries(context, options, NULL);
    g_autoptr(GError) error = NULL;
    if (!g_option_context_parse(context, &argc, &argv, &error)) {
        fprintf(stderr, NAME ": %s\n", error->message);
        return EXIT_USAGE;
    }
    if (version) {
        puts(NAME " " GONGKAI_VERSION);
        return fflush(stdout) == 0 ? EXIT_ALL : EXIT_IO;
    }
    if (rules != NULL && !g_file_test(rules, G_FILE_TEST_IS_DIR)) {
        fprintf(stderr, NAME ": %s: no such folder\n", rules);
        return EXIT_USAGE;
    }
    data_set_folder(rules);
    g_autoptr(GPtrArray) trees = g_ptr_array_new_with_free_func(free_tree);
    Run run = {.trees = trees};
    if (files == NULL)
        read_file(&run, "-");
    for (int i = 0; files != NULL && files[i] != NULL; i++)
        read_file(&run, files[i]);
    write_records(&run);
    return run.status;
}
