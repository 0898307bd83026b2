/* SPDX-License-Identifier: GPL-3.0-or-later */
/* chart_treemap.c: a rectangle of parts whose areas are their values, those of a group together; squarified
 * (Bruls, Huizing and van Wijk, "Squarified treemaps", 2000): rows along the shorter side, as long as their worst
 * ratio gets better. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "report/chart_int.h"

#define HIGH 430.0
#define LEAST_TILE 40.0 /* that gets a name */

typedef struct tile {
	int item;       /* of the chart; of groups: the first one's */
	int group;      /* number, in the order of the items */
	double value, x, y, width, height;
} tile;

typedef struct area {
	double x, y, width, height;
} area;

static int compare_tiles(const void *a, const void *b)
{
	const tile *x = a, *y = b;
	if (x->value != y->value)
		return x->value < y->value ? 1 : -1;
	return x->item - y->item;
}

/* The worst ratio of the sides in a row of tiles from `sum` and the largest and smallest of them, `side` long. */
static double worst_ratio(double sum, double largest, double smallest, double side)
{
	double a = side * side * largest / (sum * sum), b = sum * sum / (side * side * smallest);
	return fmax(a, b);
}

/* Puts a row at the left or the top of what is left of the area, which it takes off. */
static void put_row(tile *tiles, int count, double sum, area *left, double per_value)
{
	int upright = left->width >= left->height; /* the row stands: its tiles one under the other */
	double side = upright ? left->height : left->width, thick = side > 0 ? sum * per_value / side : 0, at = 0;
	for (int i = 0; i < count; i++) {
		double length = sum > 0 ? side * tiles[i].value / sum : 0;
		tiles[i].x = left->x + (upright ? 0 : at);
		tiles[i].y = left->y + (upright ? at : 0);
		tiles[i].width = upright ? thick : length;
		tiles[i].height = upright ? length : thick;
		at += length;
	}
	if (upright) {
		left->x += thick;
		left->width = fmax(left->width - thick, 0);
	} else {
		left->y += thick;
		left->height = fmax(left->height - thick, 0);
	}
}

/* Lays tiles, the largest first and none of 0, into an area. */
static void squarify(tile *tiles, int count, area left)
{
	double total = 0;
	for (int i = 0; i < count; i++)
		total += tiles[i].value;
	double per_value = total > 0 ? left.width * left.height / total : 0;
	for (int first = 0, next; first < count; first = next) {
		double side = fmin(left.width, left.height), sum = tiles[first].value * per_value;
		double worst = worst_ratio(sum, sum, sum, side);
		for (next = first + 1; next < count; next++) {
			double more = sum + tiles[next].value * per_value;
			double ratio =
				worst_ratio(more, tiles[first].value * per_value, tiles[next].value * per_value, side);
			if (ratio > worst)
				break;
			worst = ratio;
			sum = more;
		}
		put_row(tiles + first, next - first, sum / per_value, &left, per_value);
	}
}

/* --- names ------------------------------------------------------------------------------------------------------ */

/* The group's name in its corner; gives how far down it reaches. */
static double draw_group_name(weir_plot *p, const tile *group)
{
	const char *name = weir_plot_words(p, p->chart->items[group->item].group);
	double size = p->font * 0.92, room = group->width - 12;
	if (!*name || room < 34 || group->height < size * 1.7)
		return group->y;
	name = weir_plot_words_within(p, name, size, room);
	weir_scene_box(p->scene, group->x + 3, group->y + 3, weir_text_width(name, size) + 6, size * 1.45,
	               WEIR_INK_PAPER, 0, WEIR_INK_NONE);
	weir_scene_text(p->scene, group->x + 6, group->y + 3 + size * 1.1, name, size, WEIR_ANCHOR_START, WEIR_INK_TEXT,
	                1);
	return group->y + 3 + size * 1.45;
}

/* Name and value in a tile, below `from`; nothing where they would not stand whole. */
static void draw_tile_name(weir_plot *p, const tile *one, double from)
{
	double size = p->font * 0.9, line = size * 1.25, top = fmax(one->y, from) + 4,
	       room = one->y + one->height - top - 4;
	const char *value = p->chart->series[0].values[one->item];
	int lines = (int)(room / line) - 1;
	if (one->width < LEAST_TILE || lines < 1 || !value)
		return;
	weir_plot_lines name = weir_plot_wrap(p, weir_plot_words(p, p->chart->items[one->item].name), size,
	                                      one->width - 10, lines < 3 ? lines : 3);
	const char *text = weir_plot_number(p, value, p->chart->value_type == WEIR_CELL_RATE, p->chart->decimals, 0);
	if ((name.cut && one->width < 2 * LEAST_TILE) || weir_text_width(text, size) > one->width - 8)
		return;
	double y = weir_plot_put_lines(p, &name, one->x + 6, top + size, size, WEIR_ANCHOR_START, WEIR_INK_TEXT, 0);
	weir_scene_text(p->scene, one->x + 6, y, text, size, WEIR_ANCHOR_START, WEIR_INK_TEXT, 1);
}

/* --- the chart -------------------------------------------------------------------------------------------------- */

static int same_words(const char *a, const char *b)
{
	return a == b || (a && b && strcmp(a, b) == 0);
}

static int same_group(weir_doc_text a, weir_doc_text b)
{
	return same_words(a.en, b.en) && same_words(a.zh, b.zh);
}

/* The parts that have a value, and their groups; gives how many groups there are. */
static int collect(const weir_plot *p, tile *tiles, int *count, tile *groups)
{
	int group_count = 0;
	for (int i = 0; i < p->chart->item_count; i++) {
		double value = weir_plot_has(&p->chart->series[0], i) ? weir_plot_value(&p->chart->series[0], i) : 0;
		int g = 0;
		if (!(value > 0))
			continue;
		while (g < group_count && !same_group(p->chart->items[groups[g].item].group, p->chart->items[i].group))
			g++;
		if (g == group_count) {
			groups[g] = (tile){ .item = i, .group = g };
			group_count++;
		}
		groups[g].value += value;
		tiles[(*count)++] = (tile){ .item = i, .group = g, .value = value };
	}
	return group_count;
}

static void draw_group(weir_plot *p, const tile *group, int number, tile *tiles, int count)
{
	squarify(tiles, count, (area){ group->x, group->y, group->width, group->height });
	for (int i = 0; i < count; i++)
		weir_scene_box(p->scene, tiles[i].x, tiles[i].y, tiles[i].width, tiles[i].height,
		               (weir_ink)(WEIR_INK_TINT + number % WEIR_SERIES_INKS), 0, WEIR_INK_PAPER);
	weir_scene_box(p->scene, group->x, group->y, group->width, group->height, WEIR_INK_NONE, 0, WEIR_INK_TEXT);
	double from = draw_group_name(p, group), right = group->x + 3;
	const char *name = weir_plot_words(p, p->chart->items[group->item].group);
	right += from > group->y ? fmin(weir_text_width(name, p->font * 0.92) + 10, group->width) : 0;
	for (int i = 0; i < count; i++) /* names of tiles beside the group's stand at their tops */
		draw_tile_name(p, &tiles[i], tiles[i].x < right ? from : tiles[i].y);
}

void weir_plot_treemap(weir_plot *p)
{
	weir_arena *arena = p->scene->arena;
	size_t most = (size_t)p->chart->item_count;
	tile *tiles = weir_arena_array(arena, most, sizeof *tiles),
	     *groups = weir_arena_array(arena, most, sizeof *groups);
	tile *part = weir_arena_array(arena, most, sizeof *part);
	int count = 0;
	p->scene->height = HIGH;
	if (!tiles || !groups || !part) {
		p->scene->failed = 1;
		return;
	}
	int group_count = p->chart->series_count > 0 ? collect(p, tiles, &count, groups) : 0;
	qsort(groups, (size_t)group_count, sizeof *groups, compare_tiles);
	squarify(groups, group_count, (area){ 1, 1, p->scene->width - 2, p->scene->height - 2 });
	for (int g = 0; g < group_count; g++) {
		int parts = 0;
		for (int i = 0; i < count; i++)
			if (tiles[i].group == groups[g].group)
				part[parts++] = tiles[i];
		qsort(part, (size_t)parts, sizeof *part, compare_tiles);
		draw_group(p, &groups[g], g, part, parts);
	}
}
