/* A sheet as a drawing: words grey, rules black, lattices red, numbered by row and column. For those who mend geometry. */
#include "page.h"

#include <string.h>

/* Numbers with a point whatever the locale, two decimals. */
static void
put(GString *out, const char *key, double value)
{
    char digits[G_ASCII_DTOSTR_BUF_SIZE];
    g_string_append_printf(out, " %s=\"%s\"", key, g_ascii_formatd(digits, sizeof digits, "%.2f", value));
}

static void
put_box(GString *out, const char *style, Box box)
{
    g_string_append(out, "<rect");
    put(out, "x", box.x0);
    put(out, "y", box.y0);
    put(out, "width", box.x1 - box.x0);
    put(out, "height", box.y1 - box.y0);
    g_string_append_printf(out, " style=\"%s\"/>\n", style);
}

static void
put_line(GString *out, const char *style, double x0, double y0, double x1, double y1)
{
    g_string_append(out, "<line");
    put(out, "x1", x0);
    put(out, "y1", y0);
    put(out, "x2", x1);
    put(out, "y2", y1);
    g_string_append_printf(out, " style=\"%s\"/>\n", style);
}

static void
put_text(GString *out, const char *style, double x, double y, double size, double width, const char *text)
{
    g_autofree char *escaped = g_markup_escape_text(text, -1);
    g_string_append(out, "<text");
    put(out, "x", x);
    put(out, "y", y);
    put(out, "font-size", size);
    if (width > 0)
        put(out, "textLength", width);
    g_string_append_printf(out, " style=\"%s\">%s</text>\n", style, escaped);
}

static void
put_lattice(GString *out, const Lattice *lattice)
{
    const char *style = lattice->ruled ? "fill:none;stroke:red;stroke-width:.8" : "fill:none;stroke:blue;stroke-width:.8";
    for (guint i = 0; i < lattice->slots->len; i++) {
        const Slot *slot = &g_array_index(lattice->slots, Slot, i);
        Box box = lattice_slot_box(lattice, slot);
        g_autofree char *label = g_strdup_printf("%d,%d", slot->row, slot->col);
        put_box(out, style, box);
        put_text(out, "fill:green", box.x0 + 0.5, box.y0 + 4, 4, 0, label);
    }
}

char *
sheet_to_svg(const Sheet *sheet)
{
    g_autoptr(GString) out = g_string_new("<svg xmlns=\"http://www.w3.org/2000/svg\"");
    put(out, "width", sheet->width);
    put(out, "height", sheet->height);
    g_string_append(out, ">\n");
    put_box(out, "fill:white", (Box){0, 0, sheet->width, sheet->height});
    for (guint i = 0; i < sheet->shades->len; i++)
        put_box(out, "fill:#eee", g_array_index(sheet->shades, Box, i));
    for (guint i = 0; i < sheet->across->len; i++) {
        const Rule *rule = &g_array_index(sheet->across, Rule, i);
        put_line(out, "stroke:black;stroke-width:2", rule->from, rule->at, rule->to, rule->at);
    }
    for (guint i = 0; i < sheet->down->len; i++) {
        const Rule *rule = &g_array_index(sheet->down, Rule, i);
        put_line(out, "stroke:black;stroke-width:2", rule->at, rule->from, rule->at, rule->to);
    }
    for (guint i = 0; i < sheet->lattices->len; i++)
        put_lattice(out, sheet->lattices->pdata[i]);
    for (guint i = 0; i < sheet->tokens->len; i++) {
        const Token *token = sheet_token(sheet, i);
        g_autofree char *text = token_text(sheet, token);
        put_box(out, "fill:none;stroke:#ccc;stroke-width:.3", token->box);
        put_text(out, "fill:#333", token->box.x0, token->box.y1 - 0.2 * token->size, token->size * 0.9, token->box.x1 - token->box.x0, text);
    }
    g_string_append(out, "</svg>\n");
    return g_string_free(g_steal_pointer(&out), FALSE);
}
