/* SPDX-License-Identifier: GPL-3.0-or-later */
/* diff_int.h: what the parts of a comparison share. */
#ifndef WEIR_STUDY_DIFF_INT_H
#define WEIR_STUDY_DIFF_INT_H

#include "study/diff.h"

/* The comparison under way. partner_of_old[i] is the newer element that the older element i is, or -1; and the other way
 * round. */
typedef struct weir_matching {
	weir_arena *arena; /* of the result */
	weir_description old, now;
	int *partner_of_old, *partner_of_now;
	weir_difference *items;
	size_t count, capacity;
	weir_status status; /* no memory: nothing more is added */
} weir_matching;

/* The text of a term of an element by the term's key, "" where it says nothing. */
const char *weir_matching_term(const weir_description *description, int element, const char *key);

/* How much a term weighs when two elements are held against each other. */
typedef int weir_weigher(const weir_description_item *item);

/* Of names, clauses and notes nothing; of all else 1: what an element does. */
int weir_weigh_deed(const weir_description_item *item);

/* The weight of all terms of an element, and of those that are the same in two. */
size_t weir_matching_weight(const weir_description *description, int element, weir_weigher *weigh);
size_t weir_matching_common(const weir_matching *m, int old, int now, weir_weigher *weigh);

/* Makes two elements one. */
void weir_matching_pair(weir_matching *m, int old, int now);

/* Adds a difference; its texts must last as long as the arena. */
void weir_matching_add(weir_matching *m, weir_difference difference);

/* What two matched elements say differently; `id` and `title` as in weir_difference. */
void weir_matching_terms(weir_matching *m, int old, int now, const char *id, const char *title);

/* An element that only one side has. */
void weir_matching_lone(weir_matching *m, const weir_description *side, int element, weir_change change, const char *id,
                        const char *title);

/* Marks in kept[count] a longest part of positions[count] that rises. */
weir_status weir_longest_rise(const int *positions, size_t count, char *kept);

/* A written text in the arena; frees it. "" when memory is short. */
const char *weir_matching_keep(weir_matching *m, weir_text *text);

/* diff_steps.c: pairs the steps of paired waterfalls, and tells what they differ in. */
void weir_steps_match(weir_matching *m);
void weir_steps_tell(weir_matching *m);

#endif
