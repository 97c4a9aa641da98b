/* Documents written by hand for the tests of parse/: one line of `text` is one printed line.
 *
 * '\f' begins a new page. Blanks in front indent a line, ten points each; a '^' in front sets it larger and in the middle.
 * Lines with tabs are rows of a grid (one grid as long as they follow each other); "<" in a cell joins it to the cell
 * at its left, "^" to the one above. The page is 595 × 842 points, a character 12 wide. */
#pragma once
#include "document.h"
#include "tree.h"

/* A PDF of pages 1 and up, or, with `flat`, a text source. The caller frees it. */
Document *pages_new(const char *text, bool flat);
/* Its Tree; a failure of the rules aborts. */
Tree *pages_parse(const char *text, bool flat);
