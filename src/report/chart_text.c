/* SPDX-License-Identifier: GPL-3.0-or-later */
/* chart_text.c: texts on several lines, values in the unit of an axis, layers of nodes. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "report/chart_int.h"

static size_t character_length(const char *at)
{
	size_t length = 1;
	while (((unsigned char)at[length] & 0xC0) == 0x80)
		length++;
	return length;
}

static int is_wide(const char *at)
{
	return (unsigned char)*at >= 0xE3; /* U+3000 and up: CJK */
}

/* Closing marks never begin a line. */
static int closes(const char *at)
{
	static const char *const marks[] = { "）", "，", "。", "、", "；", "：", "”", "》" };
	for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
		if (strncmp(at, marks[i], strlen(marks[i])) == 0)
			return 1;
	return 0;
}

/* Whether a line may end before `at`. */
static int may_break(const char *before, const char *at)
{
	if (*at == ' ')
		return 1;
	if (closes(at))
		return 0;
	return *before == '-' || *before == '/' || is_wide(at) || (is_wide(before) && *at != '%');
}

static const char *keep(weir_plot *p, const char *text, size_t length)
{
	const char *kept = weir_arena_text(p->scene->arena, text, length);
	if (!kept)
		p->scene->failed = 1;
	return kept ? kept : "";
}

/* How many bytes of the text go on one line: up to the last place where it may be broken, or else what fits. */
static size_t line_length(const char *text, double size, double width)
{
	size_t at = 0, last = 0, length = strlen(text);
	const char *before = text;
	double used = 0;
	while (at < length) {
		char one[8] = "";
		size_t next = character_length(text + at);
		memcpy(one, text + at, next < sizeof one ? next : sizeof one - 1);
		used += weir_text_width(one, size);
		if (at > 0 && may_break(before, text + at))
			last = at;
		if (used > width && at > 0)
			return last > 0 ? last : at;
		before = text + at;
		at += next;
	}
	return length;
}

weir_plot_lines weir_plot_wrap(weir_plot *p, const char *text, double size, double width, int most)
{
	weir_plot_lines lines = { .count = 0 };
	while (*text && lines.count < most) {
		text += strspn(text, " ");
		size_t length = line_length(text, size, width);
		const char *line = keep(p, text, length);
		int rest = text[length + strspn(text + length, " ")] != '\0';
		if (lines.count + 1 == most &&
		    rest) { /* the rest does not fit: what is there gives way to an ellipsis */
			line = weir_plot_words_within(p, text, size, width);
			lines.cut = 1;
		} else if (weir_text_width(line, size) > width) {
			line = weir_plot_words_within(p, line, size, width);
			lines.cut = 1;
		}
		lines.width = fmax(lines.width, weir_text_width(line, size));
		lines.text[lines.count++] = line;
		text += length;
	}
	return lines;
}

weir_plot_lines weir_plot_wrap_words(weir_plot *p, weir_doc_text words, double size, double width, int most)
{
	if (!words.en || !words.zh)
		return weir_plot_wrap(p, weir_plot_words(p, words), size, width, most);
	weir_plot_lines lines = weir_plot_wrap(p, words.en, size, width, most);
	weir_plot_lines more = weir_plot_wrap(p, words.zh, size, width, most);
	for (int i = 0; i < more.count; i++)
		lines.text[lines.count++] = more.text[i];
	lines.width = fmax(lines.width, more.width);
	lines.cut |= more.cut;
	return lines;
}

double weir_plot_put_lines(weir_plot *p, const weir_plot_lines *lines, double x, double y, double size,
                           weir_anchor anchor, weir_ink ink, int bold)
{
	for (int i = 0; i < lines->count; i++, y += size * 1.25)
		weir_scene_text(p->scene, x, y, lines->text[i], size, anchor, ink, bold);
	return y;
}

const char *weir_plot_scaled(weir_plot *p, double value)
{
	char plain[64];
	int decimals = p->factor > 1 || p->chart->decimals < 0 ? 2 : p->chart->decimals;
	snprintf(plain, sizeof plain, "%.12f", value / p->factor);
	return weir_plot_number(p, plain, p->chart->value_type == WEIR_CELL_RATE, decimals, 0);
}

int weir_plot_layers(const weir_doc_chart *chart, int *layer_of)
{
	int layers = 0;
	for (int layer = 0; layer < WEIR_MOST_LAYERS; layer++) {
		int has = 0;
		for (int i = 0; i < chart->item_count; i++)
			if (chart->items[i].layer == layer) {
				layer_of[i] = layers;
				has = 1;
			}
		layers += has;
	}
	return layers;
}
