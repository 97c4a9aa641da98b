/* Small questions about UTF-8 text that every stage asks. All results are new strings the caller frees. */
#pragma once
#include <glib.h>
#include <stdbool.h>

/* White space of any kind: ASCII, U+00A0, U+2000–200B, U+3000, U+FEFF. */
bool utf8_is_space(gunichar c);
/* An ideograph (CJK unified, extension A, compatibility). */
bool utf8_is_han(gunichar c);
/* All white space removed. */
char *utf8_squeeze(const char *text);
/* White space at both ends removed, runs inside made one space. */
char *utf8_collapse(const char *text);
/* Full-width ASCII (！–～) to ASCII, white space kept. */
char *utf8_narrow(const char *text);
/* Whether two words of one line are set apart by a space when joined: only where both sides are Latin letters or digits. */
bool utf8_wants_space(const char *left, const char *right);
/* `text` with Kangxi radicals and CJK radical supplements (subset fonts print 支 as U+2F41) replaced by the ideographs they stand for. */
char *utf8_mend_radicals(const char *text);
