/* SPDX-License-Identifier: GPL-3.0-or-later */
/* style.h: the look of an institution in every format: its colour, its fonts, its logo. */
#ifndef WEIR_REPORT_STYLE_H
#define WEIR_REPORT_STYLE_H

#include "base/arena.h"
#include "base/diag.h"

#define WEIR_ACCENT "#16365c"

/* Zero: what is said here in brackets. */
typedef struct weir_style {
	const char *accent;         /* colour of headings and rules, "#16365c" [WEIR_ACCENT] */
	const char *latin, *chinese;/* names of fonts [those of each format] */
	const char *logo_name;      /* the file of the logo, beside the style, as the style names it [none] */
	const char *logo;           /* its bytes, a PNG; the caller's */
	size_t logo_length;
	int logo_width, logo_height;/* its dots */
} weir_style;

/* Reads `<style accent="#16365c" latin="…" chinese="…" logo="logo.png"/>`; every attribute may be left out. `name` is
 * what complaints call it; texts are kept in the arena. WEIR_INPUT with complaints: an element or attribute that a
 * style does not have, a colour that is not # and six hexadecimal digits, a font's name with other than letters,
 * digits, blanks and hyphens, a logo that is not a plain name of a .png file, an accent that has no contrast to white. One
 * that has too little to be read with ease is warned of. */
weir_status weir_style_read(weir_style *out, weir_arena *arena, const char *name, const char *xml, size_t length,
                            weir_diags *diags);

/* Puts the bytes of the logo into the style, which does not copy them. WEIR_INPUT with a complaint unless they are a
 * PNG of at most 4,000 dots each way. */
weir_status weir_style_set_logo(weir_style *style, const char *name, const char *png, size_t length, weir_diags *diags);

/* The style's accent, or the usual one; `style` may be NULL. */
const char *weir_style_accent(const weir_style *style);

#endif
