/* SPDX-License-Identifier: GPL-3.0-or-later */
/* scene.h: a drawing as marks and texts, independent of the output it ends in. */
#ifndef WEIR_REPORT_SCENE_H
#define WEIR_REPORT_SCENE_H

#include "base/arena.h"
#include "base/text.h"

/* Colours by their part in the drawing. The series differ in lightness too, so that they stay apart in black and
 * white and for the colour-blind; areas carry patterns besides, lines dashes. */
typedef enum weir_ink {
	WEIR_INK_NONE,
	WEIR_INK_PAPER,
	WEIR_INK_TEXT,
	WEIR_INK_MUTED,
	WEIR_INK_GRID,
	WEIR_INK_AXIS,
	WEIR_INK_ALERT,
	WEIR_INK_SERIES, /* and the WEIR_SERIES_INKS - 1 behind it */
	WEIR_INK_TINT = WEIR_INK_SERIES + 8, /* the same, light enough to write on */
	WEIR_INK_COUNT = WEIR_INK_TINT + 8
} weir_ink;

#define WEIR_SERIES_INKS 8

typedef enum weir_mark_kind {
	WEIR_MARK_LINE, /* through all points */
	WEIR_MARK_AREA, /* closed polygon */
	WEIR_MARK_DOT,  /* circle of `size` radius around the first point */
	WEIR_MARK_TEXT  /* baseline at the first point */
} weir_mark_kind;

typedef enum weir_anchor { WEIR_ANCHOR_START, WEIR_ANCHOR_MIDDLE, WEIR_ANCHOR_END } weir_anchor;

/* In pixels, from the upper left corner. */
typedef struct weir_point {
	double x, y;
} weir_point;

/* One mark of a drawing; what each member is for depends on its kind. */
typedef struct weir_mark weir_mark;
struct weir_mark {
	weir_mark_kind kind;
	weir_mark *next;
	weir_point *points;
	int point_count;
	weir_ink fill, stroke;
	int pattern;         /* AREA: 0 plain, else the pattern of that number (series number modulo patterns) */
	double stroke_width;
	int dash;            /* LINE: 0 solid, 1 dashed, 2 dotted, 3 dash-dot */
	const char *text;
	double size;         /* TEXT: font size; DOT: radius */
	weir_anchor anchor;
	int bold;
};

/* Lives in the arena it was made in. Units are CSS pixels. */
typedef struct weir_scene {
	weir_arena *arena;
	double width, height;
	weir_mark *first, **last;
	int failed; /* memory was short: whoever draws checks it */
} weir_scene;

#define WEIR_PATTERNS 5

/* Makes an empty scene; NULL when memory is short. */
weir_scene *weir_scene_create(weir_arena *arena, double width, double height);

/* Each adds a mark on top of those before it. Points and texts are copied. */
void weir_scene_line(weir_scene *scene, const weir_point *points, int count, weir_ink stroke, double width, int dash);
void weir_scene_area(weir_scene *scene, const weir_point *points, int count, weir_ink fill, int pattern,
                     weir_ink stroke);
void weir_scene_box(weir_scene *scene, double x, double y, double width, double height, weir_ink fill, int pattern,
                    weir_ink stroke);
void weir_scene_dot(weir_scene *scene, double x, double y, double radius, weir_ink fill, weir_ink stroke);
void weir_scene_text(weir_scene *scene, double x, double y, const char *text, double size, weir_anchor anchor,
                     weir_ink fill, int bold);

/* "#16365c": the colour of an ink. */
const char *weir_ink_colour(weir_ink ink);

/* About how wide a text is: digits and Latin letters half an em, CJK one em. */
double weir_text_width(const char *text, double size);

/* Writes the scene as an <svg> element. `id` is unique in the page and safe in an attribute; title and description
 * are read out in place of the picture; `class_name` is put on the element. */
void weir_scene_write_svg(const weir_scene *scene, const char *id, const char *class_name, const char *title,
                          const char *description, weir_text *to);

#endif
