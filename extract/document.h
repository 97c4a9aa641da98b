/* Document: what is on the pages of one file, and where. The boundary between extract/ and parse/.
 *
 * Boxes are PDF points as the page is read (rotation applied), origin top left, rounded to 1/100. Rows and
 * columns count from 0, pages from 1. A text file is one page numbered 0, printed as null; its boxes count characters (x)
 * and lines (y), which keeps its order.
 * A Document owns all below it; document_free() frees the lot.
 */
#pragma once
#include "diag.h"

typedef struct {
    char *text;
    Box bbox;
} Word;

/* What a line is on its page. Page numbers and running headers are told by position and repetition. */
typedef enum { LINE_CONTENT, LINE_PAGE_NUMBER, LINE_RUNNING } LineRole;

typedef struct {
    Box bbox;
    int role;         /* LineRole; "content" is left out of the JSON                       */
    int grid;         /* 1 + index of the grid of its page that holds it, 0 = in no grid   */
    double size;      /* font size in points, the most common of its characters; 0 unknown */
    GPtrArray *words; /* Word, from left to right                                          */
} Line;

/* A cell of a grid. `text` keeps the printed line breaks as '\n' and has no padding; "" where blank. */
typedef struct {
    int row, col, rowspan, colspan;
    Box bbox;
    double indent; /* of the first character from the cell's left edge, in points; 0 in a column of centred words */
    char *text;
} Cell;

/* A table as geometry: a lattice of rows × cols, every position covered by exactly one cell. */
typedef struct {
    Box bbox;
    int rows, cols;
    bool ruled;       /* drawn with ruling lines; false: found by alignment (then no spans are certain) */
    GPtrArray *cells; /* Cell, by row, then column                                                     */
} Grid;

typedef enum { TEXT_NATIVE, TEXT_NONE } PageText;

typedef struct {
    int page;
    double width, height;
    int rotate;       /* the page's /Rotate, already applied to all boxes */
    int text;         /* PageText                                         */
    GPtrArray *lines; /* Line, in reading order                           */
    GPtrArray *grids; /* Grid, from top to bottom                         */
} Page;

typedef struct {
    char *file;             /* as given, without its folder                     */
    char *sha256;           /* of the file's bytes, lower-case hex              */
    char *media_type;       /* application/pdf | text/plain                     */
    GPtrArray *pages;       /* Page */
    GPtrArray *diagnostics; /* Diag */
} Document;

extern const Shape document_shape;

void document_free(Document *document);
/* Aborts with a message when an invariant of this header does not hold: for debug builds, tests and fuzzers. */
void document_check(const Document *document);
char *document_to_json(const Document *document);
Document *document_from_json(const char *text, gssize length, GError **error);

/* The words of a line joined: no space between two ideographs or around a wide gap-less join, one where the words are Latin or digits. */
char *line_text(const Line *line);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Document, document_free)
