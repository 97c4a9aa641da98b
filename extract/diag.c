#include "diag.h"

#include <stdarg.h>

static const char *const level_names[] = {"info", "warning", "error", NULL};

static const char *const code_words[] = {
#define DIAG(id, word, level, text) word,
#include "diag.def"
#undef DIAG
    NULL};

static const char *const code_texts[] = {
#define DIAG(id, word, level, text) text,
#include "diag.def"
#undef DIAG
};

static const DiagLevel code_levels[] = {
#define DIAG(id, word, level, text) DIAG_##level,
#include "diag.def"
#undef DIAG
};

static const Field diag_fields[] = {FIELD(Diag, level, ENUM, .names = level_names),
                                    FIELD(Diag, code, ENUM, .names = code_words),
                                    FIELD(Diag, message, STRING),
                                    FIELD(Diag, source, INT),
                                    FIELD(Diag, page, INT, .flags = FIELD_ZERO),
                                    {0}};
const Shape diag_shape = SHAPE(Diag, diag_fields);

const char *
diag_word(DiagCode code)
{
    return code_words[code];
}

const char *
diag_text(DiagCode code)
{
    return code_texts[code];
}

DiagLevel
diag_level(DiagCode code)
{
    return code_levels[code];
}

void
diag_add(GPtrArray **diags, DiagCode code, int page, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    g_autofree char *detail = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    Diag *diag = g_new0(Diag, 1);
    diag->level = code_levels[code];
    diag->code = code;
    diag->page = page;
    diag->message = detail[0] == '\0' ? g_strdup(code_texts[code]) : g_strdup_printf("%s: %s", code_texts[code], detail);
    if (*diags == NULL)
        *diags = g_ptr_array_new();
    g_ptr_array_add(*diags, diag);
}

Diag *
diag_copy(const Diag *diag)
{
    Diag *copy = g_new0(Diag, 1);
    *copy = *diag;
    copy->message = g_strdup(diag->message);
    return copy;
}

guint
diag_count(const GPtrArray *diags, DiagLevel level)
{
    guint count = 0;
    for (guint i = 0; diags != NULL && i < diags->len; i++)
        count += ((const Diag *) diags->pdata[i])->level == (int) level;
    return count;
}
