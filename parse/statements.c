#include "flow.h"

bool
statements_find(const Flow *flow, Tree *tree, GError **error)
{
    (void) flow;
    (void) tree;
    (void) error;
    return true;
}
