/* gongkai-parse: Documents in, a line each; Trees out, a line each. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

#include "data.h"
#include "tree.h"
#include "version.h"

enum { STATUS_WARNINGS = 1, STATUS_NO_TREE = 2 };

static const char usage[] = "usage: gongkai-parse [--rules DIR] [FILE...]\n"
                            "\n"
                            "Reads Documents (the lines that gongkai-extract prints) from each FILE, or from standard input when there is none\n"
                            "or it is \"-\", and prints a Tree for each, a line of JSON.\n"
                            "\n"
                            "  --rules DIR  read rule files found below DIR instead of those compiled in\n"
                            "  --help       print this and end\n"
                            "  --version    print the version and end\n"
                            "\n"
                            "Exit status: 0 all done, 1 done with warnings, 2 some line gave no Tree, 64 usage, 74 input or output failed.\n";

/* One line of input. Returns the exit status it stands for. */
static int
parse_line(const char *name, guint number, const char *line, gssize length)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(Document) document = document_from_json(line, length, &error);
    g_autoptr(Tree) tree = document != NULL ? tree_new_from_document(document, &error) : NULL;
    if (tree == NULL) {
        fprintf(stderr, "gongkai-parse: %s:%u: %s\n", name, number, error->message);
        return STATUS_NO_TREE;
    }
    g_autofree char *json = tree_to_json(tree);
    if (fwrite(json, 1, strlen(json), stdout) != strlen(json) || putchar('\n') == EOF)
        return EX_IOERR;
    if (diag_count(tree->diagnostics, DIAG_WARNING) + diag_count(tree->diagnostics, DIAG_ERROR) > 0)
        return STATUS_WARNINGS;
    return EXIT_SUCCESS;
}

/* A function, since MAX() would do the work of its argument twice. */
static void
worsen(int *status, int other)
{
    *status = MAX(*status, other);
}

static int
parse_stream(const char *name, FILE *stream)
{
    char *line = NULL;
    size_t room = 0;
    ssize_t length = 0;
    int status = EXIT_SUCCESS;
    for (guint number = 1; status != EX_IOERR && (length = getline(&line, &room, stream)) >= 0; number++) {
        if (length > 0 && line[length - 1] == '\n')
            length--;
        if (length > 0)
            worsen(&status, parse_line(name, number, line, length));
    }
    if (ferror(stream)) {
        fprintf(stderr, "gongkai-parse: %s: %s\n", name, strerror(errno));
        status = EX_IOERR;
    }
    free(line);
    return status;
}

static int
parse_file(const char *name)
{
    if (strcmp(name, "-") == 0)
        return parse_stream("standard input", stdin);
    FILE *stream = fopen(name, "rb");
    if (stream == NULL) {
        fprintf(stderr, "gongkai-parse: %s: %s\n", name, strerror(errno));
        return EX_IOERR;
    }
    int status = parse_stream(name, stream);
    fclose(stream);
    return status;
}

static int
misused(const char *why, const char *what)
{
    fprintf(stderr, "gongkai-parse: %s%s\nTry gongkai-parse --help.\n", why, what);
    return EX_USAGE;
}

/* The options; returns the index of the first file, 0 to end with `ret_status`. */
static int
read_options(int argc, char **argv, int *ret_status)
{
    int i = 1;
    *ret_status = EXIT_SUCCESS;
    for (; i < argc && argv[i][0] == '-' && argv[i][1] != '\0'; i++) {
        if (strcmp(argv[i], "--") == 0)
            return i + 1;
        if (strcmp(argv[i], "--help") == 0) {
            fputs(usage, stdout);
            return 0;
        }
        if (strcmp(argv[i], "--version") == 0) {
            puts("gongkai-parse " GONGKAI_VERSION);
            return 0;
        }
        if (strcmp(argv[i], "--rules") != 0 || i + 1 == argc) {
            *ret_status = strcmp(argv[i], "--rules") == 0 ? misused("--rules needs a folder", "") : misused("no such option: ", argv[i]);
            return 0;
        }
        i++;
        if (!g_file_test(argv[i], G_FILE_TEST_IS_DIR)) {
            *ret_status = misused("no such folder: ", argv[i]);
            return 0;
        }
        data_set_folder(argv[i]);
    }
    return i;
}

int
main(int argc, char **argv)
{
    int status = EXIT_SUCCESS;
    int first = read_options(argc, argv, &status);
    if (first > 0 && first == argc)
        status = parse_file("-");
    for (int i = first; first > 0 && i < argc; i++)
        worsen(&status, parse_file(argv[i]));
    if (fflush(stdout) != 0 || ferror(stdout)) {
        fprintf(stderr, "gongkai-parse: standard output: %s\n", strerror(errno));
        return EX_IOERR;
    }
    return status;
}
