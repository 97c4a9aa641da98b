/* Plain text as a source, and what is no source at all. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <glib.h>
#include <string.h>

#include "extract.h"

static Document *
read_bytes(const char *bytes, gsize size, GError **error)
{
    g_autoptr(GBytes) all = g_bytes_new(bytes, size);
    return document_new_from_bytes(all, "/some/where/notes.md", error);
}

static Document *
read_text(const char *text)
{
    g_autoptr(GError) error = NULL;
    Document *document = read_bytes(text, strlen(text), &error);
    assert_non_null(document);
    document_check(document);
    return document;
}

static const Page *
page_of(const Document *document)
{
    assert_int_equal(document->pages->len, 1);
    return document->pages->pdata[0];
}

static void
expect_line(const Page *page, guint i, const char *words, int grid)
{
    assert_true(i < page->lines->len);
    const Line *line = page->lines->pdata[i];
    g_autofree char *text = line_text(line);
    assert_string_equal(text, words);
    assert_int_equal(line->grid, grid);
}

static void
expect_cell(const Grid *grid, int row, int col, const char *words)
{
    const Cell *cell = grid->cells->pdata[row * grid->cols + col];
    assert_int_equal(cell->row, row);
    assert_int_equal(cell->col, col);
    assert_string_equal(cell->text, words);
}

static void
what_a_document_says_of_itself(void **state)
{
    (void) state;
    g_autoptr(Document) document = read_text("abc");
    assert_string_equal(document->file, "notes.md");
    assert_string_equal(document->media_type, "text/plain");
    assert_string_equal(document->sha256, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    assert_int_equal(page_of(document)->page, 0);
}

static void
marks_are_no_words(void **state)
{
    (void) state;
    g_autoptr(Document) document = read_text("\xEF\xBB\xBF## 第一部分 概况\r\n\r\n  **单位：万元**\n<b>合计</b> a < b\n#1 号\n\n");
    const Page *page = page_of(document);
    assert_int_equal(page->lines->len, 4);
    expect_line(page, 0, "第一部分概况", 0);
    expect_line(page, 1, "单位：万元", 0);
    expect_line(page, 2, "合计a<b", 0);
    expect_line(page, 3, "#1号", 0);
    assert_true(((const Line *) page->lines->pdata[1])->bbox.x0 > 1);
    assert_true(((const Line *) page->lines->pdata[1])->bbox.y0 > ((const Line *) page->lines->pdata[0])->bbox.y0);
}

static void
rows_of_tabs(void **state)
{
    (void) state;
    g_autoptr(Document) document = read_text("预算表\n项目\t金额\t备注\n合计\t<b>1,234.50</b>\n\t7.00\tx\n\n二十九\t8.00\t\n三十\t\t\n说明\n");
    const Page *page = page_of(document);
    assert_int_equal(page->grids->len, 2);
    const Grid *grid = page->grids->pdata[0];
    assert_int_equal(grid->rows, 3);
    assert_int_equal(grid->cols, 3);
    expect_cell(grid, 1, 1, "1,234.50");
    expect_cell(grid, 1, 2, "");
    expect_cell(grid, 2, 0, "");
    expect_cell(grid, 2, 2, "x");
    expect_line(page, 0, "预算表", 0);
    expect_line(page, 1, "项目金额备注", 1);
    expect_line(page, page->lines->len - 1, "说明", 0);
}

static void
rows_of_bars(void **state)
{
    (void) state;
    g_autoptr(Document) document = read_text("| 项目 | 金额 |\n|----|:---:|\n| 合计 | 1.00 |\n\n收入 |\n支出 |\n");
    const Page *page = page_of(document);
    assert_int_equal(page->grids->len, 1);
    const Grid *grid = page->grids->pdata[0];
    assert_int_equal(grid->rows, 2);
    assert_int_equal(grid->cols, 2);
    expect_cell(grid, 1, 0, "合计");
    expect_cell(grid, 1, 1, "1.00");
    expect_line(page, page->lines->len - 2, "收入", 0);
}

static void
contents_are_lines(void **state)
{
    (void) state;
    g_autoptr(Document) document = read_text("一、职责.....\t1\n二、机构.....\t2\n三、预算.....\t3\n\t\t标题\n");
    assert_int_equal(page_of(document)->grids->len, 0);
    expect_line(page_of(document), 1, "二、机构.....2", 0);
    expect_line(page_of(document), 3, "标题", 0);
}

static void
json_keeps_it_all(void **state)
{
    (void) state;
    g_autoptr(Document) document = read_text("a b\n项目\t金额\t备注\n合计\t1.00\t\n");
    g_autofree char *json = document_to_json(document);
    g_autoptr(GError) error = NULL;
    g_autoptr(Document) again = document_from_json(json, -1, &error);
    assert_non_null(again);
    g_autofree char *twice = document_to_json(again);
    assert_string_equal(json, twice);
}

/* A name in another encoding than UTF-8, as archives from Windows have them, must not spoil the JSON. */
static void
name_in_gbk(void **state)
{
    (void) state;
    g_autoptr(GBytes) bytes = g_bytes_new_static("words", 5);
    g_autoptr(Document) document = document_new_from_bytes(bytes, "some/\xd4\xa4\xcb\xe3.txt", NULL);
    assert_non_null(document);
    assert_true(g_utf8_validate(document->file, -1, NULL));
    g_autofree char *json = document_to_json(document);
    g_autoptr(Document) back = document_from_json(json, -1, NULL);
    assert_non_null(back);
}

/* What JSON has a sign for, what it has none for, and what it lets stand. */
static void
json_escapes(void **state)
{
    (void) state;
    const Diag diag = {.level = DIAG_INFO, .message = "\"a\\b\"\b\f\n\r\t\x01\x1f/\x7f合"};
    g_autofree char *json = shape_to_json(&diag_shape, &diag);
    assert_non_null(strstr(json, "\"message\":\"\\\"a\\\\b\\\"\\b\\f\\n\\r\\t\\u0001\\u001f/\x7f合\""));
    g_autofree char *pretty = shape_to_json_pretty(&diag_shape, &diag);
    assert_true(g_str_has_prefix(pretty, "{\n\t\"") && g_str_has_suffix(pretty, "\n}"));
    g_autoptr(GError) error = NULL;
    Diag *again = shape_from_json(&diag_shape, json, -1, &error);
    assert_non_null(again);
    assert_string_equal(again->message, diag.message);
    shape_free(&diag_shape, again);
}

static void
what_is_no_source(void **state)
{
    (void) state;
    static const struct {
        const char *bytes;
        gsize size;
        int code;
    } cases[] = {
        {"", 0, EXTRACT_DAMAGED},
        {"<!DOCTYPE html><p>404", 21, EXTRACT_UNSUPPORTED},
        {"\n <HTML><head>", 14, EXTRACT_UNSUPPORTED},
        {"\xFF\xD8\xFF\xE0\0\x10JFIF", 10, EXTRACT_UNSUPPORTED},
        {"PK\3\4\0\0", 6, EXTRACT_UNSUPPORTED},
        {"abc\0def", 7, EXTRACT_UNSUPPORTED},
        {"%PDF-1.4\nnothing follows", 24, EXTRACT_DAMAGED},
        {"junk in front %PDF-1.4\n", 23, EXTRACT_DAMAGED},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GError) error = NULL;
        g_autoptr(Document) document = read_bytes(cases[i].bytes, cases[i].size, &error);
        assert_null(document);
        assert_true(error->domain == EXTRACT_ERROR);
        assert_int_equal(error->code, cases[i].code);
    }
    g_autoptr(GError) error = NULL;
    assert_null(document_new_from_file("/no/such/file.pdf", &error));
    assert_int_equal(error->code, EXTRACT_IO);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_a_document_says_of_itself),
        cmocka_unit_test(marks_are_no_words),
        cmocka_unit_test(rows_of_tabs),
        cmocka_unit_test(rows_of_bars),
        cmocka_unit_test(contents_are_lines),
        cmocka_unit_test(json_keeps_it_all),
        cmocka_unit_test(name_in_gbk),
        cmocka_unit_test(json_escapes),
        cmocka_unit_test(what_is_no_source),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
