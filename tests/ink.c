/* SPDX-License-Identifier: GPL-3.0-or-later */
/* ink: whether every Chinese character of a PDF's text is seen on its pages. A font that lost an outline leaves the
 * text as it is and the place empty.
 *   pdftotext -bbox FILE.pdf words; pdftoppm -r 100 -gray FILE.pdf page; ink words page-*.pgm
 * Prints a line for each blank character, then "looked at N". Exit 1 when one is blank, 2 when it cannot look. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MOST_LETTERS 512
#define LEAST_CONTRAST 48 /* of 255 between the lightest and the darkest dot of a character */

typedef struct word {
	double left, top, right, bottom; /* points from the page's left upper corner */
	long letters[MOST_LETTERS]; /* code points */
	int count, wide, ideographs;
} word;

typedef struct page {
	unsigned char *dots;
	long width, height;
	double scale; /* dots in a point */
} page;

static _Noreturn void give_up(const char *what, const char *subject)
{
	fprintf(stderr, "ink: %s \"%s\"\n", what, subject);
	exit(2);
}

static int is_ideograph(long letter)
{
	return (letter >= 0x4E00 && letter <= 0x9FFF) || (letter >= 0x3400 && letter <= 0x4DBF);
}

/* As wide as an ideograph: these, and the punctuation that Chinese shares with them. */
static int is_wide(long letter)
{
	return is_ideograph(letter) || (letter >= 0x3000 && letter <= 0x303F) ||
	       (letter >= 0xFF01 && letter <= 0xFF60) || letter == 0x2014 || letter == 0x2018 || letter == 0x2019 ||
	       letter == 0x201C || letter == 0x201D;
}

/* The next code point of a text; an entity such as &amp; counts as one letter. */
static long next_letter(const char **at)
{
	static const long first_bits[] = { 0, 0, 0x1F, 0x0F, 0x07 };
	unsigned char byte = (unsigned char)*(*at)++;
	int length = byte < 0xC0 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4;
	if (byte == '&') {
		*at += strcspn(*at, ";<");
		*at += **at == ';';
	}
	long letter = length == 1 ? byte : byte & first_bits[length];
	for (int i = 1; i < length && (unsigned char)**at >= 0x80; i++)
		letter = (letter << 6) | (*(*at)++ & 0x3F);
	return letter;
}

/* A line of pdftotext -bbox: 1 when it is a word. */
static int read_word(const char *line, word *out)
{
	const char *at = strstr(line, "<word ");
	if (!at || sscanf(at, "<word xMin=\"%lf\" yMin=\"%lf\" xMax=\"%lf\" yMax=\"%lf\">", &out->left, &out->top,
	                  &out->right, &out->bottom) != 4)
		return 0;
	out->count = out->wide = out->ideographs = 0;
	for (at = strchr(at, '>') + 1; *at && *at != '<' && out->count < MOST_LETTERS; out->count++) {
		out->letters[out->count] = next_letter(&at);
		out->wide += is_wide(out->letters[out->count]);
		out->ideographs += is_ideograph(out->letters[out->count]);
	}
	return 1;
}

static void read_page(const char *name, double points, page *out)
{
	int most = 0;
	FILE *file = fopen(name, "rb");
	if (!file || fscanf(file, "P5 %ld %ld %d", &out->width, &out->height, &most) != 3 || most != 255 ||
	    out->width < 1 || out->height < 1 || out->width > 20000 || out->height > 20000)
		give_up("no gray PGM:", name);
	fgetc(file);
	size_t size = (size_t)out->width * (size_t)out->height;
	free(out->dots);
	out->dots = malloc(size);
	if (!out->dots || fread(out->dots, 1, size, file) != size)
		give_up("cannot read all of", name);
	fclose(file);
	out->scale = (double)out->width / points;
}

static int has_ink(const page *p, double left, double top, double right, double bottom)
{
	int darkest = 255, lightest = 0;
	for (long y = (long)(top * p->scale); y <= (long)(bottom * p->scale); y++)
		for (long x = (long)(left * p->scale); x <= (long)(right * p->scale); x++) {
			if (x < 0 || y < 0 || x >= p->width || y >= p->height)
				continue;
			int dot = p->dots[y * p->width + x];
			darkest = dot < darkest ? dot : darkest;
			lightest = dot > lightest ? dot : lightest;
		}
	return lightest - darkest >= LEAST_CONTRAST;
}

/* A wide letter takes `em`, the others of the word share what is left. Gives how many are blank. */
static int look_at(const page *p, const word *w, double em, int number)
{
	double others = w->count - w->wide, height = w->bottom - w->top, x = w->left;
	double other = others > 0 ? (w->right - w->left - w->wide * em) / others : 0;
	int blank = 0;
	for (int i = 0; i < w->count; i++) {
		int ideograph = is_ideograph(w->letters[i]);
		if (ideograph &&
		    !has_ink(p, x + 0.1 * em, w->top + 0.22 * height, x + 0.9 * em, w->top + 0.86 * height)) {
			printf("page %d: U+%04lX is blank at %.1f, %.1f\n", number, w->letters[i], x, w->top);
			blank++;
		}
		x += is_wide(w->letters[i]) ? em : other;
	}
	return blank;
}

/* How wide an ideograph is, in heights of its word: of the longest word of nothing else. */
static double find_em(FILE *words)
{
	static char line[16384];
	static word w;
	int longest = 0;
	double em = 0;
	while (fgets(line, sizeof line, words))
		if (read_word(line, &w) && w.ideographs == w.count && w.count > longest && w.bottom > w.top) {
			longest = w.count;
			em = (w.right - w.left) / w.count / (w.bottom - w.top);
		}
	rewind(words);
	return em;
}

int main(int count, char **names)
{
	static char line[16384];
	static word w;
	page p = { 0 };
	int number = 0, blank = 0, looked = 0;
	FILE *words = count > 1 ? fopen(names[1], "r") : NULL;
	if (!words)
		give_up("cannot read", count > 1 ? names[1] : "");
	double em = find_em(words), points;
	while (fgets(line, sizeof line, words)) {
		const char *begin = strstr(line, "<page ");
		if (begin && sscanf(begin, "<page width=\"%lf\"", &points) == 1) {
			if (++number + 1 >= count)
				give_up("fewer pictures than pages in", names[1]);
			read_page(names[number + 1], points, &p);
		} else if (number > 0 && read_word(line, &w)) {
			blank += look_at(&p, &w, em * (w.bottom - w.top), number);
			looked += w.ideographs;
		}
	}
	printf("looked at %d\n", looked);
	free(p.dots);
	fclose(words);
	return blank > 0;
}
