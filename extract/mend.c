/* Glyphs → tokens, and what poppler's own words get wrong: white space within, numbers cut at the point, letters printed twice. */
#include "page.h"
#include "utf8.h"

#include <math.h>

static bool
is_digit(gunichar c)
{
    return (c >= '0' && c <= '9') || (c >= 0xFF10 && c <= 0xFF19);
}

static bool
is_ignored(gunichar c)
{
    return utf8_is_space(c) || c < 0x20 || (c >= 0x200B && c <= 0x200F) || c == 0xAD;
}

/* Fake bold: the same letter printed again a hair further on. */
static bool
is_twice(const Glyph *a, const Glyph *b)
{
    double width = fmax(a->x1 - a->x0, b->x1 - b->x0);
    return a->c == b->c && width > 0 && fabs(b->x0 - a->x0) < 0.3 * width && fabs(b->y0 - a->y0) < 0.3 * width;
}

/* Whether b continues a's word: on its line and close behind it. poppler also gives words without white space between them
 * where the font changes, and those may lie apart. */
static bool
follows(const Glyph *a, const Glyph *b)
{
    double size = fmax(fmax(a->size, b->size), 1);
    double gap = b->x0 - a->x1, drop = fabs((a->y0 + a->y1) - (b->y0 + b->y1)) / 2;
    return gap < 0.5 * size && gap > -0.35 * size && drop < 0.4 * size;
}

static void
add_token(Sheet *sheet, guint first, guint end)
{
    if (end <= first)
        return;
    Token token = {.first = first, .count = end - first, .slot = -1};
    token_measure(sheet, &token);
    g_array_append_val(sheet->tokens, token);
}

/* Glyphs are closed up over those that are left out, so that a token's stand side by side. */
static void
cut_tokens(Sheet *sheet)
{
    guint kept = 0, first = 0;
    for (guint i = 0; i < sheet->glyphs->len; i++) {
        Glyph glyph = *sheet_glyph(sheet, i);
        if (is_ignored(glyph.c)) {
            add_token(sheet, first, kept);
            first = kept;
            continue;
        }
        if (kept > first && is_twice(sheet_glyph(sheet, kept - 1), &glyph))
            continue;
        if (kept > first && !follows(sheet_glyph(sheet, kept - 1), &glyph)) {
            add_token(sheet, first, kept);
            first = kept;
        }
        *sheet_glyph(sheet, kept++) = glyph;
    }
    add_token(sheet, first, kept);
    g_array_set_size(sheet->glyphs, kept);
}

/* ---- numbers cut at the point ---- */

static bool
starts_with_decimals(const Sheet *sheet, const Token *token)
{
    gunichar c = sheet_glyph(sheet, token->first)->c;
    return token->count > 1 && (c == '.' || c == 0xFF0E) && is_digit(sheet_glyph(sheet, token->first + 1)->c);
}

/* Some subset fonts tell the width of a comma as that of a digit: what follows the number then lies over its end. */
static bool
takes_decimals(const Sheet *sheet, const Token *left, const Token *right)
{
    double size = fmax(left->size, right->size), gap = right->box.x0 - left->box.x1;
    return is_digit(sheet_glyph(sheet, left->first + left->count - 1)->c) && gap < 0.3 * size && gap > -1.2 * size && left->box.x0 < right->box.x0;
}

/* Glyphs of both are copied behind the last one, for tokens hold glyphs that stand side by side. */
static void
join_tokens(Sheet *sheet, guint left, guint right)
{
    Token a = *sheet_token(sheet, left), b = *sheet_token(sheet, right);
    guint first = sheet->glyphs->len;
    g_array_set_size(sheet->glyphs, first + a.count + b.count);
    for (guint i = 0; i < a.count; i++)
        *sheet_glyph(sheet, first + i) = *sheet_glyph(sheet, a.first + i);
    for (guint i = 0; i < b.count; i++)
        *sheet_glyph(sheet, first + a.count + i) = *sheet_glyph(sheet, b.first + i);
    Token *token = sheet_token(sheet, left);
    token->first = first;
    token->count = a.count + b.count;
    token_measure(sheet, token);
    sheet_token(sheet, right)->count = 0;
}

static void
join_decimals(Sheet *sheet)
{
    bool any = false;
    g_autoptr(GArray) all = g_array_new(FALSE, FALSE, sizeof(guint));
    for (guint i = 0; i < sheet->tokens->len; i++) {
        any = any || starts_with_decimals(sheet, sheet_token(sheet, i));
        g_array_append_val(all, i);
    }
    if (!any)
        return;
    g_autoptr(GPtrArray) lines = tokens_to_lines(sheet, all);
    for (guint l = 0; l < lines->len; l++) {
        const GArray *line = lines->pdata[l];
        guint left = line->len > 0 ? g_array_index(line, guint, 0) : 0;
        for (guint i = 1; i < line->len; i++) {
            guint right = g_array_index(line, guint, i);
            /* The next number may hang on the decimals; then its own decimals join the same token, and the cells' walls part them. */
            if (starts_with_decimals(sheet, sheet_token(sheet, right)) && takes_decimals(sheet, sheet_token(sheet, left), sheet_token(sheet, right)))
                join_tokens(sheet, left, right);
            else
                left = right;
        }
    }
    guint kept = 0;
    for (guint i = 0; i < sheet->tokens->len; i++)
        if (sheet_token(sheet, i)->count > 0)
            *sheet_token(sheet, kept++) = *sheet_token(sheet, i);
    g_array_set_size(sheet->tokens, kept);
}

void
sheet_mend(Sheet *sheet)
{
    cut_tokens(sheet);
    join_decimals(sheet);
}
