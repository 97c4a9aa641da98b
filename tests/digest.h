/* Digests: Documents as text that people can review, for goldens. */
#pragma once
#include "document.h"

/* For each page its lines outside grids, and each grid's rows with their cells joined by '|'. The caller frees it. */
char *digest_new(const Document *document);
