/* The smallest PDF around the content of one page: fonts /F1 to /F9 (odd ones with one-byte codes, even ones with a Chinese font of
 * two-byte codes that is not embedded), a form /X1, a picture /Im1, a shading /Sh1 and a pattern /P1 for it to use. */
#pragma once
#include <glib.h>
#include <stdint.h>

GBytes *skeleton_pdf(const uint8_t *content, size_t size);
