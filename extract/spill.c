/* Names with more lines than their ruled row has room for: the line that lies in the next row goes back to its own.
 *
 * A clip hides most of such a line on the page, but it is in the text. It crosses the ruling between the rows, it stands so
 * near to the next row's words that one cell would not have both, and beyond the ruling is a line of its own cell, as far off
 * as lines of one cell are. */
#include "page.h"

#include <math.h>

/* Lines of one cell are so many heights apart. */
#define CLOSE 0.95
#define FAR 1.8
/* Words of one line may differ so much in height. */
#define LEVEL 0.3
/* A line crosses a ruling with more of its height than letters that merely touch it. */
#define CROSSING 0.15
/* No cell has so many words; where one has, a page of rubbish is not to take its square in time. */
#define CROWDED 2000

static double
height_of(const Token *token)
{
    return fmin(token->box.y1 - token->box.y0, token->size);
}

/* Whether one of a slot's tokens lies from `low` to `high` below y, or above it when `down` is -1. */
static bool
has_line(const Sheet *sheet, const GArray *tokens, double y, int down, double low, double high)
{
    for (guint i = 0; tokens->len < CROWDED && i < tokens->len; i++) {
        double below = (box_middle_y(sheet_token(sheet, g_array_index(tokens, guint, i))->box) - y) * down;
        if (below > low && below < high)
            return true;
    }
    return false;
}

/* The slot above (`down` is -1) or below from where the token has come; -1 for none. */
static int
origin_of(const Sheet *sheet, const Lattice *lattice, const GPtrArray *tokens, const Token *token, int down)
{
    const Slot *slot = &g_array_index(lattice->slots, Slot, token->slot);
    Box box = lattice_slot_box(lattice, slot);
    double y = box_middle_y(token->box), height = height_of(token), edge = down > 0 ? box.y1 : box.y0;
    if ((y - edge) * down + height / 2 < CROSSING * height || !has_line(sheet, tokens->pdata[token->slot], y, -down, LEVEL * height, CLOSE * height))
        return -1;
    int origin = lattice_slot_at(lattice, box_middle_x(box), edge + down);
    if (origin < 0 || origin == token->slot)
        return -1;
    const Slot *other = &g_array_index(lattice->slots, Slot, origin);
    bool same = other->col == slot->col && other->colspan == slot->colspan;
    return same && has_line(sheet, tokens->pdata[origin], y, down, CLOSE * height, FAR * height) ? origin : -1;
}

static void
return_to_rows(Sheet *sheet, guint index)
{
    const Lattice *lattice = sheet->lattices->pdata[index];
    g_autoptr(GPtrArray) tokens = sheet_slot_tokens(sheet, index);
    for (guint i = 0; i < tokens->len; i++) {
        const GArray *own = tokens->pdata[i];
        for (guint t = 0; own->len > 1 && t < own->len; t++) {
            Token *token = sheet_token(sheet, g_array_index(own, guint, t));
            int above = origin_of(sheet, lattice, tokens, token, -1);
            int origin = above >= 0 ? above : origin_of(sheet, lattice, tokens, token, 1);
            token->slot = origin >= 0 ? origin : token->slot;
        }
    }
}

void
sheet_return_spilt(Sheet *sheet)
{
    for (guint i = 0; i < sheet->lattices->len; i++)
        if (((const Lattice *) sheet->lattices->pdata[i])->ruled)
            return_to_rows(sheet, i);
}
