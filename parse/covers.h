/* Covers: titles that say whose disclosure of which year begins here. */
#pragma once
#include "flow.h"

/* Claims the `count` lines whose blocks are listed as a title and adds a mention, when they name what the document is. `whole`: both
 * department and kind must be named; else either of department, or year with kind, is enough. */
bool title_claim(Flow *flow, Tree *tree, const guint *blocks, guint count, bool whole, bool *ret_claimed, GError **error);
