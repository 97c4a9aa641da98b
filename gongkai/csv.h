/* amounts.csv: one line for each amount, for those who count with a spreadsheet or a database. RFC 4180, lines end in LF. */
#pragma once
#include "record.h"

/* The header line. */
const char *csv_header(void);
/* The Record's lines; blank cells have none. The caller frees it. */
GString *csv_of_record(const Record *record);
/* One field as it stands in a line: quoted where it must be. NULL is empty. */
void csv_append(GString *line, const char *field);
