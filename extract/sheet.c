/* Making and asking sheets and lattices. */
#include "page.h"
#include "utf8.h"

#include <math.h>
#include <string.h>

Sheet *
sheet_new(int number, double width, double height)
{
    Sheet *sheet = g_new0(Sheet, 1);
    sheet->number = number;
    sheet->width = width;
    sheet->height = height;
    sheet->glyphs = g_array_new(FALSE, TRUE, sizeof(Glyph));
    sheet->tokens = g_array_new(FALSE, TRUE, sizeof(Token));
    sheet->marks = g_array_new(FALSE, TRUE, sizeof(Mark));
    sheet->across = g_array_new(FALSE, TRUE, sizeof(Rule));
    sheet->down = g_array_new(FALSE, TRUE, sizeof(Rule));
    sheet->shades = g_array_new(FALSE, TRUE, sizeof(Box));
    sheet->zones = g_array_new(FALSE, TRUE, sizeof(Box));
    sheet->lattices = g_ptr_array_new_with_free_func((GDestroyNotify) lattice_free);
    return sheet;
}

void
sheet_free(Sheet *sheet)
{
    if (sheet == NULL)
        return;
    g_array_unref(sheet->glyphs);
    g_array_unref(sheet->tokens);
    g_array_unref(sheet->marks);
    g_array_unref(sheet->across);
    g_array_unref(sheet->down);
    g_array_unref(sheet->shades);
    g_array_unref(sheet->zones);
    g_ptr_array_unref(sheet->lattices);
    g_free(sheet);
}

/* ---- lattices ---- */

Lattice *
lattice_new(bool ruled)
{
    Lattice *lattice = g_new0(Lattice, 1);
    lattice->xs = g_array_new(FALSE, FALSE, sizeof(double));
    lattice->ys = g_array_new(FALSE, FALSE, sizeof(double));
    lattice->slots = g_array_new(FALSE, FALSE, sizeof(Slot));
    lattice->ruled = ruled;
    return lattice;
}

void
lattice_free(Lattice *lattice)
{
    if (lattice == NULL)
        return;
    g_array_unref(lattice->xs);
    g_array_unref(lattice->ys);
    g_array_unref(lattice->slots);
    g_free(lattice->owner);
    g_free(lattice);
}

int
lattice_rows(const Lattice *lattice)
{
    return (int) lattice->ys->len - 1;
}

int
lattice_cols(const Lattice *lattice)
{
    return (int) lattice->xs->len - 1;
}

static double
number_at(const GArray *numbers, int i)
{
    return g_array_index(numbers, double, i);
}

Box
lattice_box(const Lattice *lattice)
{
    return (Box){number_at(lattice->xs, 0), number_at(lattice->ys, 0), number_at(lattice->xs, lattice_cols(lattice)),
                 number_at(lattice->ys, lattice_rows(lattice))};
}

Box
lattice_slot_box(const Lattice *lattice, const Slot *slot)
{
    return (Box){number_at(lattice->xs, slot->col), number_at(lattice->ys, slot->row), number_at(lattice->xs, slot->col + slot->colspan),
                 number_at(lattice->ys, slot->row + slot->rowspan)};
}

/* The index of the interval that holds `value`, -1 outside. */
static int
interval_at(const GArray *bounds, double value)
{
    int low = 0, high = (int) bounds->len - 1;
    if (!(value >= number_at(bounds, low)) || !(value <= number_at(bounds, high)))
        return -1;
    while (high - low > 1) {
        int middle = (low + high) / 2;
        if (number_at(bounds, middle) <= value)
            low = middle;
        else
            high = middle;
    }
    return low;
}

int
lattice_slot_at(const Lattice *lattice, double x, double y)
{
    int col = interval_at(lattice->xs, x), row = interval_at(lattice->ys, y);
    return col < 0 || row < 0 ? -1 : lattice->owner[row * lattice_cols(lattice) + col];
}

void
lattice_index(Lattice *lattice)
{
    int cols = lattice_cols(lattice);
    g_free(lattice->owner);
    lattice->owner = g_new(int, (gsize) cols *(gsize) lattice_rows(lattice));
    for (guint i = 0; i < lattice->slots->len; i++) {
        const Slot *slot = &g_array_index(lattice->slots, Slot, i);
        for (int r = slot->row; r < slot->row + slot->rowspan; r++)
            for (int c = slot->col; c < slot->col + slot->colspan; c++)
                lattice->owner[r * cols + c] = (int) i;
    }
}

int
sheet_lattice_at(const Sheet *sheet, Box box)
{
    double x = box_middle_x(box), y = box_middle_y(box);
    for (guint i = 0; i < sheet->lattices->len; i++) {
        Box area = lattice_box(sheet->lattices->pdata[i]);
        if (x >= area.x0 && x <= area.x1 && y >= area.y0 && y <= area.y1)
            return (int) i;
    }
    return -1;
}

/* ---- tokens ---- */

void
token_measure(const Sheet *sheet, Token *token)
{
    const Glyph *first = sheet_glyph(sheet, token->first);
    Box box = {first->x0, first->y0, first->x1, first->y1};
    double size = first->size;
    for (guint i = 1; i < token->count; i++) {
        const Glyph *glyph = sheet_glyph(sheet, token->first + i);
        box = (Box){fmin(box.x0, glyph->x0), fmin(box.y0, glyph->y0), fmax(box.x1, glyph->x1), fmax(box.y1, glyph->y1)};
        size = fmax(size, glyph->size);
    }
    token->box = box;
    token->size = size > 0 ? size : box.y1 - box.y0;
}

double
token_head_width(const Sheet *sheet, const Token *token)
{
    const Glyph *first = sheet_glyph(sheet, token->first);
    return first->c >= 0x2E80 ? first->x1 - first->x0 : token->box.x1 - token->box.x0;
}

char *
token_text(const Sheet *sheet, const Token *token)
{
    g_autoptr(GString) text = g_string_sized_new(token->count * 3);
    for (guint i = 0; i < token->count; i++)
        g_string_append_unichar(text, sheet_glyph(sheet, token->first + i)->c);
    return utf8_mend_radicals(text->str);
}

bool
text_is_number(const char *text)
{
    const char *p = text;
    if (*p == '-' || *p == '+')
        p++;
    gsize digits = strspn(p, "0123456789,");
    if (digits == 0 || !g_ascii_isdigit(p[0]))
        return false;
    p += digits;
    if (*p == '.') {
        gsize decimals = strspn(++p, "0123456789");
        if (decimals == 0)
            return false;
        p += decimals;
    }
    if (*p == '%')
        p++;
    return *p == '\0';
}

/* ---- lines of print ---- */

typedef struct {
    const Sheet *sheet;
} Order;

static int
compare_by_y(gconstpointer a, gconstpointer b, gpointer data)
{
    const Order *order = data;
    guint i = *(const guint *) a, j = *(const guint *) b;
    double left = box_middle_y(sheet_token(order->sheet, i)->box), right = box_middle_y(sheet_token(order->sheet, j)->box);
    if (left != right)
        return left < right ? -1 : 1;
    return i < j ? -1 : i > j;
}

static int
compare_by_x(gconstpointer a, gconstpointer b, gpointer data)
{
    const Order *order = data;
    guint i = *(const guint *) a, j = *(const guint *) b;
    double left = sheet_token(order->sheet, i)->box.x0, right = sheet_token(order->sheet, j)->box.x0;
    if (left != right)
        return left < right ? -1 : 1;
    return i < j ? -1 : i > j;
}

GPtrArray *
tokens_to_lines(const Sheet *sheet, const GArray *indices)
{
    Order order = {sheet};
    GPtrArray *lines = g_ptr_array_new_with_free_func((GDestroyNotify) g_array_unref);
    g_autoptr(GArray) sorted = g_array_sized_new(FALSE, FALSE, sizeof(guint), indices->len);
    g_array_append_vals(sorted, indices->data, indices->len);
    g_array_sort_with_data(sorted, compare_by_y, &order);
    GArray *line = NULL;
    double middle = 0, height = 0;
    for (guint i = 0; i < sorted->len; i++) {
        guint index = g_array_index(sorted, guint, i);
        const Token *token = sheet_token(sheet, index);
        double tall = fmin(token->box.y1 - token->box.y0, token->size);
        double y = box_middle_y(token->box);
        if (line == NULL || y - middle > 0.45 * fmin(height, tall)) {
            line = g_array_new(FALSE, FALSE, sizeof(guint));
            g_ptr_array_add(lines, line);
            middle = y;
            height = tall;
        }
        g_array_append_val(line, index);
    }
    for (guint i = 0; i < lines->len; i++)
        g_array_sort_with_data(lines->pdata[i], compare_by_x, &order);
    return lines;
}
