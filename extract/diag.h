/* Diagnostics: what is imperfect about a document, told beside what could be read of it.
 *
 * One catalogue (diag.def) gives the enum, the word in the JSON, the level and the man page's text. The worst
 * level of a run decides its exit status. Nothing that is printed in a document is dropped without one.
 */
#pragma once
#include "shape.h"

typedef enum { DIAG_INFO, DIAG_WARNING, DIAG_ERROR } DiagLevel;

typedef enum {
#define DIAG(id, word, level, text) DIAG_##id,
#include "diag.def"
#undef DIAG
    DIAG_COUNT
} DiagCode;

typedef struct {
    int level;     /* DiagLevel                              */
    int code;      /* DiagCode                               */
    char *message; /* a sentence, with the words concerned   */
    int source;    /* index into the record's sources        */
    int page;      /* 1-based; 0 where it concerns no page   */
} Diag;

extern const Shape diag_shape;

/* Append a diagnostic to `diags` (created when NULL). The message is the catalogue's text, then ": " and what `format` says. */
void diag_add(GPtrArray **diags, DiagCode code, int page, const char *format, ...) G_GNUC_PRINTF(4, 5);
Diag *diag_copy(const Diag *diag);
const char *diag_word(DiagCode code);
const char *diag_text(DiagCode code);
DiagLevel diag_level(DiagCode code);
/* The number of diagnostics at `level`. */
guint diag_count(const GPtrArray *diags, DiagLevel level);
