/* SPDX-License-Identifier: GPL-3.0-or-later */
/* latin_width.h: how wide a text will be in a program that has its own fonts. */
#ifndef WEIR_REPORT_LATIN_WIDTH_H
#define WEIR_REPORT_LATIN_WIDTH_H

/* The width on one line of a text of `size`, in its unit: Latin letters, figures and signs as wide as Arial has them (and
 * Helvetica and Liberation Sans, which share its widths), Chinese ones square. */
double weir_latin_width(const char *text, double size, int bold);

#endif
