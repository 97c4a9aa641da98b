/* gongkai-extract: files in, Documents out, a line of JSON each. */
#include <errno.h>
#include <gio/gio.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

#include "extract.h"
#include "version.h"

#define NAME "gongkai-extract"

enum { STATUS_WARNINGS = 1, STATUS_NO_DOCUMENT = 2 };

static int svg_page;
static gboolean show_version;

static const GOptionEntry options[] = {{"svg", 0, 0, G_OPTION_ARG_INT, &svg_page, "draw this page's words, ruling lines and grids as SVG instead", "PAGE"},
                                       {"version", 0, 0, G_OPTION_ARG_NONE, &show_version, "print the version and end", NULL},
                                       {0}};

static const char summary[] = "Reads PDF or text files and prints a Document for each, a line of JSON: its pages' words, lines and grids.\n"
                              "Without a FILE, or when it is \"-\", standard input is read.";
static const char exits[] = "Exit status: 0 all done, 1 done with warnings, 2 some file gave no Document, 64 usage, 74 input or output failed.\n";

static GBytes *
read_stream(FILE *stream, GError **error)
{
    g_autoptr(GByteArray) bytes = g_byte_array_new();
    guint8 buffer[65536];
    size_t count = 0;
    while ((count = fread(buffer, 1, sizeof buffer, stream)) > 0)
        g_byte_array_append(bytes, buffer, (guint) count);
    if (ferror(stream)) {
        g_set_error_literal(error, EXTRACT_ERROR, EXTRACT_IO, g_strerror(errno));
        return NULL;
    }
    return g_byte_array_free_to_bytes(g_steal_pointer(&bytes));
}

static GBytes *
read_input(const char *path, GError **error)
{
    if (strcmp(path, "-") == 0)
        return read_stream(stdin, error);
    FILE *stream = fopen(path, "rb");
    if (stream == NULL) {
        g_set_error_literal(error, EXTRACT_ERROR, EXTRACT_IO, g_strerror(errno));
        return NULL;
    }
    GBytes *bytes = read_stream(stream, error);
    fclose(stream);
    return bytes;
}

static bool
write_line(const char *text)
{
    return fwrite(text, 1, strlen(text), stdout) == strlen(text) && putchar('\n') != EOF;
}

/* Diagnostics are told on standard error too; the worst gives the exit status. */
static int
tell_diagnostics(const char *path, const Document *document)
{
    int status = EXIT_SUCCESS;
    for (guint i = 0; i < document->diagnostics->len; i++) {
        const Diag *diag = document->diagnostics->pdata[i];
        if (diag->level < DIAG_WARNING)
            continue;
        status = STATUS_WARNINGS;
        if (diag->page > 0)
            fprintf(stderr, NAME ": %s: page %d: %s\n", path, diag->page, diag->message);
        else
            fprintf(stderr, NAME ": %s: %s\n", path, diag->message);
    }
    return status;
}

static int
extract_one(const char *path, GBytes *bytes, GError **error)
{
    if (svg_page > 0) {
        g_autofree char *svg = extract_to_svg(bytes, path, svg_page, error);
        return svg == NULL ? STATUS_NO_DOCUMENT : write_line(svg) ? EXIT_SUCCESS : EX_IOERR;
    }
    g_autoptr(Document) document = document_new_from_bytes(bytes, path, error);
    if (document == NULL)
        return STATUS_NO_DOCUMENT;
    g_autofree char *json = document_to_json(document);
    if (!write_line(json))
        return EX_IOERR;
    return tell_diagnostics(path, document);
}

static int
extract_file(const char *path)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GBytes) bytes = read_input(path, &error);
    int status = bytes != NULL ? extract_one(path, bytes, &error) : EX_IOERR;
    if (error != NULL)
        fprintf(stderr, NAME ": %s: %s\n", path, error->message);
    else if (status == EX_IOERR)
        fprintf(stderr, NAME ": standard output: %s\n", g_strerror(errno));
    return status;
}

static bool
parse_options(int *argc, char ***argv)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GOptionContext) context = g_option_context_new("[FILE…]");
    g_option_context_add_main_entries(context, options, NULL);
    g_option_context_set_summary(context, summary);
    g_option_context_set_description(context, exits);
    bool parsed = g_option_context_parse(context, argc, argv, &error) && svg_page >= 0;
    if (!parsed)
        fprintf(stderr, NAME ": %s\n", error != NULL ? error->message : "--svg wants a page number from 1 on");
    return parsed;
}

int
main(int argc, char **argv)
{
    if (!parse_options(&argc, &argv))
        return EX_USAGE;
    int status = EXIT_SUCCESS;
    if (show_version) {
        printf(NAME " " GONGKAI_VERSION "\n");
    } else if (argc < 2) {
        status = extract_file("-");
    } else {
        for (int i = 1; i < argc && status != EX_IOERR; i++) {
            int one = strcmp(argv[i], "--") != 0 ? extract_file(argv[i]) : EXIT_SUCCESS;
            status = MAX(status, one);
        }
    }
    if (fclose(stdout) != 0 && status != EX_IOERR) {
        fprintf(stderr, NAME ": standard output: %s\n", g_strerror(errno));
        status = EX_IOERR;
    }
    return status;
}
