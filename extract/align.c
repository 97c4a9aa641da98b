#include "page.h"

void
sheet_align(G_GNUC_UNUSED Sheet *sheet)
{
}
