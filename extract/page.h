/* Sheet: one page while it is being read. Internal to extract/; no other stage includes this.
 *
 * pdf.c fills it with glyphs, tokens and marks, rulings.c turns marks into rules, grid.c rules into lattices, fill.c, rows.c,
 * spill.c and align.c place tokens in lattices, lines.c and fill.c write the Page of the Document. Lengths are points, origin top left,
 * upright as read. Tokens name glyphs by index, so that cutting one at a ruling line copies nothing.
 */
#pragma once
#include "document.h"

typedef struct {
    gunichar c;
    float x0, y0, x1, y1;
    float size; /* of the font */
} Glyph;

/* A run of glyphs that belong together. */
typedef struct {
    guint first, count;
    Box box;
    double size;
    int grid; /* 1 + index of its lattice, 0 = none */
    int slot; /* index into its lattice's slots     */
} Token;

/* A box that was painted. `light` is its luminance over white, 0 black to 1 white. */
typedef struct {
    Box box;
    double light;
} Mark;

/* A straight line along one axis: at y from x to x (across), or at x from y to y (down). */
typedef struct {
    double at, from, to;
} Rule;

typedef struct {
    int number;
    double width, height;
    int rotate;
    bool pictures;       /* something was painted that is neither text nor a plain box */
    GArray *glyphs;      /* Glyph */
    GArray *tokens;      /* Token */
    GArray *marks;       /* Mark, in the order of painting */
    GArray *across;      /* Rule */
    GArray *down;        /* Rule */
    GArray *shades;      /* Box: painted areas that differ from what is beneath them */
    GArray *zones;       /* Box: parts of the page that are read one after the other */
    GPtrArray *lattices; /* Lattice */
} Sheet;

/* A cell to be. */
typedef struct {
    int row, col, rowspan, colspan;
} Slot;

/* Rows × columns with their edges. `owner` has the index of the slot at each position, by row. */
typedef struct {
    GArray *xs, *ys; /* double; one more than columns and rows */
    GArray *slots;   /* Slot */
    int *owner;
    bool ruled;
} Lattice;

Sheet *sheet_new(int number, double width, double height);
void sheet_free(Sheet *sheet);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Sheet, sheet_free)

Lattice *lattice_new(bool ruled);
void lattice_free(Lattice *lattice);
int lattice_rows(const Lattice *lattice);
int lattice_cols(const Lattice *lattice);
Box lattice_box(const Lattice *lattice);
Box lattice_slot_box(const Lattice *lattice, const Slot *slot);
/* The index of the slot at a point, -1 outside. */
int lattice_slot_at(const Lattice *lattice, double x, double y);
/* Sets `owner` from the slots. */
void lattice_index(Lattice *lattice);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Lattice, lattice_free)
/* From top to bottom, as a page's grids are told. */
void sheet_sort_lattices(Sheet *sheet);
/* The index of the sheet's lattice that holds the middle of a box, -1 for none. */
int sheet_lattice_at(const Sheet *sheet, Box box);

static inline Token *
sheet_token(const Sheet *sheet, guint i)
{
    return &g_array_index(sheet->tokens, Token, i);
}

static inline Glyph *
sheet_glyph(const Sheet *sheet, guint i)
{
    return &g_array_index(sheet->glyphs, Glyph, i);
}

static inline double
box_middle_x(Box box)
{
    return (box.x0 + box.x1) / 2;
}

static inline double
box_middle_y(Box box)
{
    return (box.y0 + box.y1) / 2;
}

/* Sets a token's box and size from its glyphs. */
void token_measure(const Sheet *sheet, Token *token);
/* How wide the part of a token is that no line break may part from its start: a word, or one ideograph. */
double token_head_width(const Sheet *sheet, const Token *token);
/* The token's characters, radicals mended; the caller frees them. */
char *token_text(const Sheet *sheet, const Token *token);
/* A number as these documents print them: sign, digits with or without thousands commas, decimals, percent sign. */
bool text_is_number(const char *text);

/* Rows of print: the tokens with these indices (guint) put in order by line, then from left to right. Each element of the
 * result is a GArray of indices. */
GPtrArray *tokens_to_lines(const Sheet *sheet, const GArray *indices);

/* Whether lines across, from x to x at these heights (double), are the scale of a chart: frames.c */
bool sheet_is_chart(const Sheet *sheet, const GArray *ys, double from, double to);

/* The steps. */
void sheet_mend(Sheet *sheet);                             /* mend.c: tokens set right       */
void sheet_find_rules(Sheet *sheet, GPtrArray **diags);    /* rulings.c: marks → rules       */
void sheet_find_lattices(Sheet *sheet, GPtrArray **diags); /* grid.c: rules → lattices       */
void sheet_find_shaded(Sheet *sheet);                      /* shades.c: shades → lattices      */
void sheet_find_framed(Sheet *sheet);                      /* frames.c: between lines across */
void sheet_find_zones(Sheet *sheet);                       /* zones.c: columns of sentences  */
void sheet_align(Sheet *sheet);                            /* align.c: tables without rulings */
void sheet_find_blank(Sheet *sheet);                       /* blank.c: such without numbers   */
void sheet_place(Sheet *sheet);                            /* fill.c: tokens → slots         */
void sheet_split_rows(Sheet *sheet);                       /* rows.c: rows without rulings   */
void sheet_return_spilt(Sheet *sheet);                     /* spill.c: lines past their row  */
Page *page_new_from_sheet(Sheet *sheet);                   /* lines.c                        */
/* The index of the zone that holds the middle of a box. */
guint sheet_zone_at(const Sheet *sheet, Box box);
/* For each slot of a lattice the indices (guint) of its tokens. */
GPtrArray *sheet_slot_tokens(const Sheet *sheet, guint index);
Grid *grid_new_from_lattice(const Sheet *sheet, guint index);
void document_mark_roles(Document *document); /* lines.c: page numbers, running headers */

/* Calls `each` with every page in order; it owns the sheet. pdf.c */
typedef void (*SheetFunc)(Sheet *sheet, void *data);
bool pdf_each_page(GBytes *bytes, GPtrArray **diags, SheetFunc each, void *data, GError **error);
/* Lines and grids of a text. text.c */
Page *page_new_from_text(const char *text, gsize length);
/* svg.c */
char *sheet_to_svg(const Sheet *sheet);
