/* Extract: one file's bytes → Document. PDF goes through poppler, text with tab- or bar-separated rows is read as it stands.
 *
 * An error means that there is no Document at all, and its code says why; what is wrong with a part of a file is a
 * diagnostic of the Document. The caller frees the Document. What a file is, its first bytes say: a name says nothing.
 */
#pragma once
#include "document.h"

typedef enum {
    EXTRACT_OK,
    EXTRACT_ENCRYPTED,   /* wants a password (the empty one has been tried)     */
    EXTRACT_DAMAGED,     /* says it is a PDF and cannot be read, or is empty    */
    EXTRACT_UNSUPPORTED, /* neither a PDF nor text: HTML, an image, an archive  */
    EXTRACT_IO,          /* cannot be opened or read                            */
} ExtractError;

#define EXTRACT_ERROR extract_error_quark()
GQuark extract_error_quark(void);

Document *document_new_from_file(const char *path, GError **error);
/* `name` may have folders, of which the Document keeps none. `bytes` may be freed after the call. */
Document *document_new_from_bytes(GBytes *bytes, const char *name, GError **error);

/* Page `number` of the same bytes drawn as SVG: words, ruling lines and grids as this stage sees them. For those who mend geometry. */
char *extract_to_svg(GBytes *bytes, const char *name, int number, GError **error);
