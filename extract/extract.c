#define _GNU_SOURCE
#include "extract.h"

#include "page.h"

#include <string.h>

G_DEFINE_QUARK(extract - error - quark, extract_error)

/* ---- what the bytes are ---- */

/* A PDF may have rubbish in front, of up to 1024 bytes by the specification's own leave. */
static bool
looks_like_pdf(const char *bytes, gsize size)
{
    return memmem(bytes, MIN(size, 1024 + 4), "%PDF", 4) != NULL;
}

static bool
has_word(const char *bytes, gsize size, const char *word)
{
    gsize length = strlen(word);
    for (gsize i = 0; i + length <= size; i++)
        if (g_ascii_strncasecmp(bytes + i, word, length) == 0)
            return true;
    return false;
}

static bool
looks_like_html(const char *bytes, gsize size)
{
    static const char *const words[] = {"<!doctype html", "<html", "<head", "<body", "<script", "<?xml", "<meta "};
    for (gsize i = 0; i < G_N_ELEMENTS(words); i++)
        if (has_word(bytes, MIN(size, 2048), words[i]))
            return true;
    return false;
}

static bool
looks_like_text(const char *bytes, gsize size)
{
    return memchr(bytes, '\0', size) == NULL && g_utf8_validate_len(bytes, size, NULL);
}

/* ---- documents ---- */

typedef struct {
    Document *document;
} Reading;

static void
read_sheet(Sheet *sheet, GPtrArray **diags)
{
    if (sheet->glyphs->len == 0 && sheet->pictures)
        diag_add(diags, DIAG_PAGE_WITHOUT_TEXT, sheet->number, "%s", "");
    sheet_mend(sheet);
    sheet_find_rules(sheet, diags);
    sheet_find_lattices(sheet, diags);
    sheet_find_shaded(sheet);
    sheet_find_framed(sheet);
    sheet_find_zones(sheet);
    sheet_align(sheet);
    sheet_find_blank(sheet);
    sheet_place(sheet);
    sheet_split_rows(sheet);
    sheet_return_spilt(sheet);
}

static void
add_page(Sheet *sheet, void *data)
{
    Document *document = data;
    read_sheet(sheet, &document->diagnostics);
    g_ptr_array_add(document->pages, page_new_from_sheet(sheet));
    sheet_free(sheet);
}

static Document *
document_new(GBytes *bytes, const char *name, const char *media_type)
{
    Document *document = g_new0(Document, 1);
    g_autofree char *file = g_path_get_basename(name);
    document->file = g_utf8_make_valid(file, -1); /* names in GBK are common, JSON is UTF-8 */
    document->sha256 = g_compute_checksum_for_bytes(G_CHECKSUM_SHA256, bytes);
    document->media_type = g_strdup(media_type);
    document->pages = g_ptr_array_new();
    document->diagnostics = g_ptr_array_new();
    return document;
}

static Document *
read_pdf(GBytes *bytes, const char *name, GError **error)
{
    g_autoptr(Document) document = document_new(bytes, name, "application/pdf");
    if (!pdf_each_page(bytes, &document->diagnostics, add_page, document, error))
        return NULL;
    document_mark_roles(document);
    return g_steal_pointer(&document);
}

static Document *
read_text(GBytes *bytes, const char *name)
{
    gsize size = 0;
    const char *text = g_bytes_get_data(bytes, &size);
    Document *document = document_new(bytes, name, "text/plain");
    g_ptr_array_add(document->pages, page_new_from_text(text, size));
    return document;
}

Document *
document_new_from_bytes(GBytes *bytes, const char *name, GError **error)
{
    gsize size = 0;
    const char *data = g_bytes_get_data(bytes, &size);
    if (size == 0) {
        g_set_error_literal(error, EXTRACT_ERROR, EXTRACT_DAMAGED, "is empty");
        return NULL;
    }
    g_autoptr(Document) document = NULL;
    if (looks_like_pdf(data, size)) {
        document = read_pdf(bytes, name, error);
    } else if (!looks_like_text(data, size)) {
        g_set_error_literal(error, EXTRACT_ERROR, EXTRACT_UNSUPPORTED, "is neither PDF nor UTF-8 text");
    } else if (looks_like_html(data, size)) {
        g_set_error_literal(error, EXTRACT_ERROR, EXTRACT_UNSUPPORTED, "is HTML, not PDF or plain text");
    } else {
        document = read_text(bytes, name);
    }
#ifndef NDEBUG
    if (document != NULL)
        document_check(document);
#endif
    return g_steal_pointer(&document);
}

static GBytes *
bytes_of_file(const char *path, GError **error)
{
    char *data = NULL;
    gsize size = 0;
    g_autoptr(GError) cause = NULL;
    if (!g_file_get_contents(path, &data, &size, &cause)) {
        g_set_error_literal(error, EXTRACT_ERROR, EXTRACT_IO, cause->message);
        return NULL;
    }
    return g_bytes_new_take(data, size);
}

Document *
document_new_from_file(const char *path, GError **error)
{
    g_autoptr(GBytes) bytes = bytes_of_file(path, error);
    return bytes != NULL ? document_new_from_bytes(bytes, path, error) : NULL;
}

/* ---- one page as a drawing ---- */

typedef struct {
    int number;
    char *svg;
} Drawing;

static void
draw_page(Sheet *sheet, void *data)
{
    Drawing *drawing = data;
    if (sheet->number == drawing->number) {
        GPtrArray *diags = NULL;
        read_sheet(sheet, &diags);
        drawing->svg = sheet_to_svg(sheet);
        for (guint i = 0; diags != NULL && i < diags->len; i++)
            shape_free(&diag_shape, diags->pdata[i]);
        if (diags != NULL)
            g_ptr_array_unref(diags);
    }
    sheet_free(sheet);
}

char *
extract_to_svg(GBytes *bytes, G_GNUC_UNUSED const char *name, int number, GError **error)
{
    gsize size = 0;
    const char *data = g_bytes_get_data(bytes, &size);
    Drawing drawing = {.number = number};
    if (!looks_like_pdf(data, size)) {
        g_set_error_literal(error, EXTRACT_ERROR, EXTRACT_UNSUPPORTED, "is no PDF");
        return NULL;
    }
    GPtrArray *diags = NULL;
    bool read = pdf_each_page(bytes, &diags, draw_page, &drawing, error);
    for (guint i = 0; diags != NULL && i < diags->len; i++)
        shape_free(&diag_shape, diags->pdata[i]);
    if (diags != NULL)
        g_ptr_array_unref(diags);
    if (read && drawing.svg == NULL)
        g_set_error(error, EXTRACT_ERROR, EXTRACT_DAMAGED, "has no page %d", number);
    return drawing.svg;
}
