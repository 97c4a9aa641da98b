#include "page.h"

void
sheet_split_rows(G_GNUC_UNUSED Sheet *sheet)
{
}
