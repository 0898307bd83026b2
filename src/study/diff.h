/* SPDX-License-Identifier: GPL-3.0-or-later */
/* diff.h: what two deals differ in, in meaning: elements renamed, added, removed and moved, and terms that changed.
 *
 * Elements of a kind are the same when their ids are. One that is gone and one that is new are the same under another
 * name when most of what they say is the same; every reference to the old name is then read as the new one. Steps of a
 * waterfall have no ids as a rule: they are known by what they do. A step has moved when it is not in the longest part
 * of the order that both deals have in common, so that one step that moved past five others is one difference. */
#ifndef WEIR_STUDY_DIFF_H
#define WEIR_STUDY_DIFF_H

#include "deal/describe.h"
#include "engine/plan.h"

typedef enum weir_change {
	WEIR_CHANGE_ADDED,
	WEIR_CHANGE_REMOVED,
	WEIR_CHANGE_RENAMED, /* its id: from `old` to `now` */
	WEIR_CHANGE_MOVED,   /* its place: from `old` to `now` */
	WEIR_CHANGE_TERM     /* a term: from `old` to `now` */
} weir_change;

/* "added", "removed", "renamed", "moved", "changed". */
const char *weir_change_text(weir_change change);

typedef struct weir_difference {
	weir_change change;
	weir_element_kind kind;
	const char *id;        /* of the element, the newer one; steps: waterfall and place, "normal 3.1" */
	const char *title;     /* steps: "pay A.interest"; else the id */
	const weir_term *term; /* of a term that changed; else NULL */
	const char *detail;    /* which row of a list, or NULL */
	const char *old, *now; /* as people read them; what is added or removed: all that it says */
	const char *old_zh, *now_zh; /* what is added or removed, in Chinese; else NULL */
	weir_place old_place, now_place; /* source 0: not there */
} weir_difference;

typedef struct weir_differences {
	weir_difference *items; /* in the arena: sections in the order of a deal file, steps in the order of payment */
	size_t count;
} weir_differences;

/* One of the two deals; scenarios may be NULL. */
typedef struct weir_diff_side {
	const weir_plan *plan;
	const weir_scenarios *scenarios;
} weir_diff_side;

/* Finds them; everything in `arena`. Scenarios are compared where both sides have them. Only WEIR_NO_MEMORY can fail. */
weir_status weir_diff_find(weir_differences *out, weir_arena *arena, const weir_diff_side *old,
                           const weir_diff_side *now);

#endif
