/* SPDX-License-Identifier: GPL-3.0-or-later */
/* diff_steps.c: the steps of a waterfall before and after: which is which, and which have moved. */
#include <string.h>

#include "base/alloc.h"
#include "study/diff_int.h"

/* The steps of one waterfall follow it in a description: [first, end). */
typedef struct range {
	int first, end;
} range;

static range steps_of(const weir_description *d, int waterfall)
{
	range r = { waterfall + 1, waterfall + 1 };
	while (r.end < (int)d->element_count && d->elements[r.end].kind == WEIR_ELEMENT_STEP)
		r.end++;
	return r;
}

/* --- which step is which ---------------------------------------------------------------------------------------- */

static int same_kind(const weir_matching *m, int old, int now)
{
	return strcmp(weir_matching_term(&m->old, old, "kind"), weir_matching_term(&m->now, now, "kind")) == 0;
}

static int same_term(const weir_matching *m, int old, int now, const char *key)
{
	return strcmp(weir_matching_term(&m->old, old, key), weir_matching_term(&m->now, now, key)) == 0;
}

static int same_id(const weir_matching *m, int old, int now)
{
	const char *id = m->old.elements[old].id;
	return *id && strcmp(id, m->now.elements[now].id) == 0;
}

/* Both do the same, whatever they are called. */
static int same_deed(const weir_matching *m, int old, int now)
{
	size_t weight = weir_matching_weight(&m->old, old, weir_weigh_deed);
	return weight == weir_matching_weight(&m->now, now, weir_weigh_deed) &&
	       weir_matching_common(m, old, now, weir_weigh_deed) == weight;
}

/* Both do it to the same things, perhaps in another way. */
static int same_object(const weir_matching *m, int old, int now)
{
	const char *kind = weir_matching_term(&m->old, old, "kind");
	if (!same_kind(m, old, now) || strcmp(kind, "when") == 0 || strcmp(kind, "keep") == 0)
		return 0;
	return same_term(m, old, now, "what") && same_term(m, old, now, "to") &&
	       (strcmp(kind, "pay") == 0 || same_term(m, old, now, "from"));
}

/* How many words of a list stand in another one; `count` gets how many it has. */
static size_t shared_words(const char *words, const char *others, size_t *count)
{
	size_t shared = 0, length;
	*count = 0;
	for (const char *p = words; *(p += strspn(p, " ")); p += length) {
		length = strcspn(p, " ");
		++*count;
		for (const char *q = others; *(q += strspn(q, " ")); q += strcspn(q, " "))
			if (strcspn(q, " ") == length && memcmp(p, q, length) == 0) {
				shared++;
				break;
			}
	}
	return shared;
}

/* Payments of mostly the same things: half of what both name together. */
static int similar_object(const weir_matching *m, int old, int now)
{
	size_t a, b;
	const char *from = weir_matching_term(&m->old, old, "what"), *to = weir_matching_term(&m->now, now, "what");
	size_t shared = shared_words(from, to, &a);
	shared_words(to, from, &b);
	return same_kind(m, old, now) && shared > 0 && 2 * shared >= a + b - shared;
}

/* Conditions around mostly the same steps. */
static int same_content(const weir_matching *m, int old, int now)
{
	int inside = 0, shared = 0;
	if (!same_kind(m, old, now) || strcmp(weir_matching_term(&m->old, old, "kind"), "when") != 0)
		return 0;
	for (int i = old + 1; i < (int)m->old.element_count && m->old.elements[i].kind == WEIR_ELEMENT_STEP; i++) {
		if (m->old.elements[i].parent != old)
			continue;
		int partner = m->partner_of_old[i];
		inside++;
		shared += partner >= 0 && m->now.elements[partner].parent == now;
	}
	return inside > 0 && 2 * shared >= inside;
}

/* What is kept until a condition, which is another one now. */
static int both_keep(const weir_matching *m, int old, int now)
{
	return same_kind(m, old, now) && strcmp(weir_matching_term(&m->old, old, "kind"), "keep") == 0;
}

typedef int likeness(const weir_matching *m, int old, int now);

/* Pairs what a rule takes for the same, first with first. */
static void pair_by(weir_matching *m, range old, range now, likeness *same)
{
	int next = now.first;
	for (int i = old.first; i < old.end; i++) {
		if (m->partner_of_old[i] >= 0)
			continue;
		/* from where the last one was found, so that equal steps keep their order */
		for (int n = 0; n < now.end - now.first; n++) {
			int k = now.first + (next - now.first + n) % (now.end - now.first);
			if (m->partner_of_now[k] >= 0 || !same(m, i, k))
				continue;
			weir_matching_pair(m, i, k);
			next = k + 1;
			break;
		}
	}
}

void weir_steps_match(weir_matching *m)
{
	static likeness *const rules[] = { same_id, same_deed, same_object, similar_object, same_content, both_keep };
	for (int i = 0; i < (int)m->old.element_count; i++) {
		if (m->old.elements[i].kind != WEIR_ELEMENT_WATERFALL || m->partner_of_old[i] < 0)
			continue;
		range old = steps_of(&m->old, i), now = steps_of(&m->now, m->partner_of_old[i]);
		for (size_t r = 0; r < sizeof rules / sizeof *rules; r++)
			pair_by(m, old, now, rules[r]);
	}
}

/* --- places ----------------------------------------------------------------------------------------------------- */

/* "3.1": the place of a step among its like. Recursion is as deep as steps are nested, which the file format bounds. */
static void write_place(const weir_description *d, int step, weir_text *to)
{
	int parent = d->elements[step].parent, number = 1;
	for (int i = parent + 1; i < step; i++)
		number += d->elements[i].parent == parent;
	if (d->elements[parent].kind == WEIR_ELEMENT_STEP) {
		write_place(d, parent, to);
		weir_text_add(to, ".");
	}
	weir_text_printf(to, "%d", number);
}

static const char *place_text(weir_matching *m, const weir_description *d, int step)
{
	weir_text text = { 0 };
	write_place(d, step, &text);
	return weir_matching_keep(m, &text);
}

/* "normal 3.1". */
static const char *step_id(weir_matching *m, const weir_description *d, int step)
{
	weir_text text = { 0 };
	int waterfall = step;
	while (d->elements[waterfall].kind == WEIR_ELEMENT_STEP)
		waterfall = d->elements[waterfall].parent;
	weir_text_printf(&text, "%s ", d->elements[waterfall].id);
	write_place(d, step, &text);
	return weir_matching_keep(m, &text);
}

/* --- telling ---------------------------------------------------------------------------------------------------- */

/* The steps below one element that stand below its partner in the newer deal too: moved[] marks those that are not in
 * the longest order in common. */
static void mark_moved(weir_matching *m, int parent, char *moved)
{
	size_t count = 0, room = m->old.element_count + 1;
	int *elements = weir_alloc(room * sizeof *elements), *positions = weir_alloc(room * sizeof *positions);
	char *kept = weir_alloc_zero(room, 1);
	if (!elements || !positions || !kept)
		m->status = WEIR_NO_MEMORY;
	for (int i = parent + 1; m->status == WEIR_OK && i < (int)m->old.element_count &&
	                         m->old.elements[i].kind == WEIR_ELEMENT_STEP; i++) {
		int partner = m->partner_of_old[i];
		if (m->old.elements[i].parent != parent || partner < 0 ||
		    m->now.elements[partner].parent != m->partner_of_old[parent])
			continue;
		elements[count] = i;
		positions[count++] = partner;
	}
	if (m->status == WEIR_OK)
		m->status = weir_longest_rise(positions, count, kept);
	for (size_t n = 0; m->status == WEIR_OK && n < count; n++)
		moved[elements[n]] = !kept[n];
	weir_free(elements);
	weir_free(positions);
	weir_free(kept);
}

/* A step that stands below something else than before has moved as well. */
static int changed_parent(const weir_matching *m, int old, int now)
{
	return m->partner_of_old[m->old.elements[old].parent] != m->now.elements[now].parent;
}

static void tell_step(weir_matching *m, int old, int now, int moved)
{
	const weir_description_element *from = &m->old.elements[old], *to = &m->now.elements[now];
	const char *id = step_id(m, &m->now, now);
	weir_difference d = { .kind = WEIR_ELEMENT_STEP, .id = id, .title = to->title, .old_place = from->place,
		              .now_place = to->place };
	if (strcmp(from->id, to->id) != 0) {
		d.change = WEIR_CHANGE_RENAMED;
		d.old = *from->id ? from->id : "none";
		d.now = *to->id ? to->id : "none";
		weir_matching_add(m, d);
	}
	if (moved) {
		d.change = WEIR_CHANGE_MOVED;
		d.old = place_text(m, &m->old, old);
		d.now = place_text(m, &m->now, now);
		weir_matching_add(m, d);
	}
	weir_matching_terms(m, old, now, id, to->title);
}

static void tell_lone(weir_matching *m, const weir_description *side, int step, weir_change change)
{
	weir_matching_lone(m, side, step, change, step_id(m, side, step), side->elements[step].title);
}

/* What is gone, then the newer order from the top down. */
static void tell_waterfall(weir_matching *m, range old, range now, const char *moved)
{
	for (int i = old.first; i < old.end; i++)
		if (m->partner_of_old[i] < 0)
			tell_lone(m, &m->old, i, WEIR_CHANGE_REMOVED);
	for (int k = now.first; k < now.end; k++) {
		int partner = m->partner_of_now[k];
		if (partner < 0)
			tell_lone(m, &m->now, k, WEIR_CHANGE_ADDED);
		else
			tell_step(m, partner, k, moved[partner] || changed_parent(m, partner, k));
	}
}

void weir_steps_tell(weir_matching *m)
{
	char *moved = weir_alloc_zero(m->old.element_count + 1, 1);
	const range nothing = { 0, 0 };
	if (!moved)
		m->status = WEIR_NO_MEMORY;
	for (int i = 0; i < (int)m->old.element_count && m->status == WEIR_OK; i++) {
		weir_element_kind kind = m->old.elements[i].kind;
		if ((kind == WEIR_ELEMENT_WATERFALL || kind == WEIR_ELEMENT_STEP) && m->partner_of_old[i] >= 0)
			mark_moved(m, i, moved);
	}
	for (int i = 0; i < (int)m->old.element_count && m->status == WEIR_OK; i++) {
		int partner = m->partner_of_old[i];
		range now = partner >= 0 ? steps_of(&m->now, partner) : nothing;
		if (m->old.elements[i].kind == WEIR_ELEMENT_WATERFALL)
			tell_waterfall(m, steps_of(&m->old, i), now, moved);
	}
	for (int k = 0; k < (int)m->now.element_count && m->status == WEIR_OK; k++)
		if (m->now.elements[k].kind == WEIR_ELEMENT_WATERFALL && m->partner_of_now[k] < 0)
			tell_waterfall(m, nothing, steps_of(&m->now, k), moved);
	weir_free(moved);
}
