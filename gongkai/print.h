/* Print: text for a terminal, in columns that hold where half of the characters are twice as wide. */
#pragma once
#include <glib.h>
#include <stdbool.h>

typedef struct Print Print;
typedef enum { STYLE_STRONG, STYLE_GOOD, STYLE_WARN, STYLE_BAD } Style;

Print *print_new(bool colour);
/* Its text, which the caller frees. */
char *print_free(Print *print);
void print_text(Print *print, const char *format, ...) G_GNUC_PRINTF(2, 3);
void print_style(Print *print, Style style, const char *text);
/* Blanks up to this column of the line; one at least. */
void print_pad(Print *print, int column);
void print_indent(Print *print, int column);
/* "4227300.00" → "422.73万元", "19.50元"; `unit` "percent" → "19.5%", "count" → "12". The caller frees it. */
char *print_amount(const char *decimal, const char *unit);
/* Columns that a line takes: wide characters count two, marks that combine and codes of colour none. */
int print_width(const char *text);
