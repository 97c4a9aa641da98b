#include "normalize.h"

bool
checks_run(Record *record, GError **error)
{
    (void) record, (void) error;
    return true;
}
