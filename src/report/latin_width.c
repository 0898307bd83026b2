/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/latin_width.h"

#define FIRST 0x20
#define LAST 0x7E
#define OTHER 584 /* signs of computing, dashes, letters with accents: none is wider but a few */
#define BOLDER 56 /* what letters gain at most when they are bold; figures gain nothing */
#define WIDE_SIGNS 0x2014 /* from the long dash on, quotes, dots and all that is Chinese may come from a Chinese font */

#define CHINESE 0x3000
#define GAP 200

/* Thousandths of the size, from the blank to the tilde. */
static const short widths[LAST - FIRST + 1] = {
	278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556,
	556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278,
	500, 667, 556, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469,
	556, 333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500,
	278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584
};

/* The character at `*text`, which moves behind it. Texts are sound UTF-8. */
static unsigned next_character(const unsigned char **text)
{
	unsigned lead = *(*text)++, code = lead < 0xE0 ? lead & 0x1F : lead < 0xF0 ? lead & 0x0F : lead & 0x07;
	if (lead < 0x80)
		return lead;
	while ((**text & 0xC0) == 0x80)
		code = code << 6 | (*(*text)++ & 0x3F);
	return code;
}

static int is_letter(unsigned code)
{
	return (code >= 'A' && code <= 'Z') || (code >= 'a' && code <= 'z');
}

/* Latin letters and figures: between them and Chinese some programs leave a gap, asked or not. */
static int is_alphanumeric(unsigned code)
{
	return is_letter(code) || (code >= '0' && code <= '9');
}

double weir_latin_width(const char *text, double size, int bold)
{
	long sum = 0;
	unsigned before = ' ';
	for (const unsigned char *at = (const unsigned char *)text; *at;) {
		unsigned code = next_character(&at);
		if ((code >= CHINESE && is_alphanumeric(before)) || (before >= CHINESE && is_alphanumeric(code)))
			sum += GAP;
		before = code;
		if (code >= FIRST && code <= LAST)
			sum += widths[code - FIRST] + (bold && is_letter(code) ? BOLDER : 0);
		else
			sum += code >= WIDE_SIGNS && code != 0x2212 ? 1000 : OTHER;
	}
	return (double)sum * size / 1000;
}
