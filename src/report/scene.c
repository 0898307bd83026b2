/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/scene.h"

#include <string.h>

/* Series colours: dark blue, amber, mid blue, brick, pale green, grey, plum, sky; neighbours differ in lightness by
 * at least 25 of 100 (CIE L*), and no two rely on red against green. */
static const char *const colours[WEIR_INK_COUNT] = {
	"none",    "#ffffff", "#1d2733", "#5b6773", "#e3e7eb", "#8a95a1", "#b3261e", "#16365c",
	"#dfa43a", "#4f86b8", "#8c3b2a", "#9cc4a4", "#6f7780", "#5a2f5e", "#a9cbe6", "#adb9c6",
	"#f4dfba", "#c1d5e6", "#d7bab4", "#dceadf", "#cdcfd3", "#c5b6c7", "#e1edf6", /* 35 % of them on white */
};

weir_scene *weir_scene_create(weir_arena *arena, double width, double height)
{
	weir_scene *scene = weir_arena_alloc(arena, sizeof *scene);
	if (!scene)
		return NULL;
	scene->arena = arena;
	scene->width = width;
	scene->height = height;
	scene->last = &scene->first;
	return scene;
}

/* A new mark with its points; NULL when memory is short. */
static weir_mark *add_mark(weir_scene *scene, weir_mark_kind kind, const weir_point *points, int count)
{
	weir_mark *mark = weir_arena_alloc(scene->arena, sizeof *mark);
	weir_point *copy = weir_arena_array(scene->arena, (size_t)count, sizeof *copy);
	if (!mark || !copy) {
		scene->failed = 1;
		return NULL;
	}
	memcpy(copy, points, (size_t)count * sizeof *copy);
	mark->kind = kind;
	mark->points = copy;
	mark->point_count = count;
	*scene->last = mark;
	scene->last = &mark->next;
	return mark;
}

void weir_scene_line(weir_scene *scene, const weir_point *points, int count, weir_ink stroke, double width,
                     int dash)
{
	weir_mark *mark = add_mark(scene, WEIR_MARK_LINE, points, count);
	if (!mark)
		return;
	mark->stroke = stroke;
	mark->stroke_width = width;
	mark->dash = dash;
}

void weir_scene_area(weir_scene *scene, const weir_point *points, int count, weir_ink fill, int pattern,
                     weir_ink stroke)
{
	weir_mark *mark = add_mark(scene, WEIR_MARK_AREA, points, count);
	if (!mark)
		return;
	mark->fill = fill;
	mark->pattern = pattern;
	mark->stroke = stroke;
	mark->stroke_width = 1;
}

void weir_scene_box(weir_scene *scene, double x, double y, double width, double height, weir_ink fill, int pattern,
                    weir_ink stroke)
{
	weir_point corners[4] = { { x, y }, { x + width, y }, { x + width, y + height }, { x, y + height } };
	weir_scene_area(scene, corners, 4, fill, pattern, stroke);
}

void weir_scene_dot(weir_scene *scene, double x, double y, double radius, weir_ink fill, weir_ink stroke)
{
	weir_mark *mark = add_mark(scene, WEIR_MARK_DOT, &(weir_point){ x, y }, 1);
	if (!mark)
		return;
	mark->size = radius;
	mark->fill = fill;
	mark->stroke = stroke;
	mark->stroke_width = 1.5;
}

void weir_scene_text(weir_scene *scene, double x, double y, const char *text, double size, weir_anchor anchor,
                     weir_ink fill, int bold)
{
	weir_mark *mark = add_mark(scene, WEIR_MARK_TEXT, &(weir_point){ x, y }, 1);
	char *copy = mark ? weir_arena_text(scene->arena, text, strlen(text)) : NULL;
	if (!mark || !copy) {
		scene->failed = 1;
		if (mark)
			mark->text = "";
		return;
	}
	mark->text = copy;
	mark->size = size;
	mark->anchor = anchor;
	mark->fill = fill;
	mark->bold = bold;
}

const char *weir_ink_colour(weir_ink ink)
{
	return colours[ink];
}

double weir_text_width(const char *text, double size)
{
	double ems = 0;
	for (const unsigned char *p = (const unsigned char *)text; *p; p++) {
		if ((*p & 0xC0) == 0x80)
			continue; /* inside a character */
		if (*p >= 0xE3)   /* U+3000 and up: CJK */
			ems += 1;
		else if (*p >= 'A' && *p <= 'Z')
			ems += 0.66;
		else if (*p == '%')
			ems += 0.89;
		else if (strchr(".,:;|'il ", *p))
			ems += 0.28;
		else
			ems += 0.55;
	}
	return ems * size;
}
