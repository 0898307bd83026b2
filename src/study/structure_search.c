/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "study/structure_search.h"

#include <math.h>
#include <string.h>

#include "base/alloc.h"

#define SHRINKS 64         /* steps on the way to the low corner */
#define LEAF_POINTS 64     /* a box of no more is tried point by point */
#define POWERS 40          /* of two, of a step */
#define ASK_EVERY 256      /* boxes between two questions whether to go on */

typedef int64_t point[WEIR_SEARCH_AXES];

void weir_search_begin(weir_search *search)
{
	*search = (weir_search){ .value = -INFINITY, .bound = INFINITY };
}

/* Above 0 where point a goes before b of the same value, below 0 the other way round. */
static int rank_points(const weir_search_terms *terms, const int64_t *a, const int64_t *b)
{
	for (int i = 0; i < terms->ranked; i++) {
		int smaller = terms->rank[i] < 0, axis = smaller ? ~terms->rank[i] : terms->rank[i];
		if (a[axis] != b[axis])
			return (a[axis] > b[axis]) != smaller ? 1 : -1;
	}
	return 0;
}

/* Whether a point of that value is better than the best. */
static int is_better(const weir_search *search, const weir_search_terms *terms, double value, const int64_t *at)
{
	if (value != search->value || !search->found)
		return value > search->value;
	return rank_points(terms, at, search->best) > 0;
}

/* The corner of a box that goes before all its other points of the same value. */
static void first_corner(const weir_search_terms *terms, const weir_search_box *box, int64_t *out)
{
	memcpy(out, box->high, sizeof box->high);
	for (int i = 0; i < terms->ranked; i++)
		if (terms->rank[i] < 0)
			out[~terms->rank[i]] = box->low[~terms->rank[i]];
}

/* Whether some point of a box may be better than the best. */
static int may_hold_better(const weir_search *search, const weir_search_terms *terms, double bound,
                           const weir_search_box *box)
{
	point corner;
	first_corner(terms, box, corner);
	return is_better(search, terms, bound, corner);
}

/* Tries points and keeps the best; *gained = 1 when it is better than all before. */
static weir_status try_points(weir_search *search, const weir_search_terms *terms, const point *points, int count,
                              int *gained)
{
	double values[WEIR_LANES];
	weir_status status = terms->evaluate(terms->context, points, count, values);
	if (status != WEIR_OK)
		return status;
	search->points += count;
	for (int i = 0; i < count; i++)
		if (!isnan(values[i]) && is_better(search, terms, values[i], points[i])) {
			memcpy(search->best, points[i], sizeof search->best);
			search->value = values[i];
			search->found = *gained = 1;
		}
	return WEIR_OK;
}

static double bound_of_point(const weir_search_terms *terms, const int64_t *at)
{
	weir_search_box box = { { 0 }, { 0 } };
	memcpy(box.low, at, (size_t)terms->axes * sizeof *at);
	memcpy(box.high, at, (size_t)terms->axes * sizeof *at);
	return terms->bound(terms->context, &box);
}

static int is_inside(const weir_search_terms *terms, const int64_t *at)
{
	for (int i = 0; i < terms->axes; i++)
		if (at[i] < terms->all.low[i] || at[i] > terms->all.high[i])
			return 0;
	return 1;
}

/* --- climbing --------------------------------------------------------------------------------------------------- */

/* Neighbours of a point that may be better than `value`, in the order of their bounds. */
typedef struct neighbours {
	point *points;
	double *bounds;
	size_t count, capacity, bound_capacity;
} neighbours;

static weir_status add_neighbour(neighbours *n, const weir_search_terms *terms, const int64_t *at,
                                 const weir_search *own)
{
	if (!is_inside(terms, at))
		return WEIR_OK;
	double bound = bound_of_point(terms, at);
	if (!is_better(own, terms, bound, at))
		return WEIR_OK;
	if (!WEIR_GROW(n->points, n->count, n->capacity) || !WEIR_GROW(n->bounds, n->count, n->bound_capacity))
		return WEIR_NO_MEMORY;
	memcpy(n->points[n->count], at, sizeof *n->points);
	n->bounds[n->count++] = bound;
	return WEIR_OK;
}

/* Others that go down by 1, 2, 4 … while coordinate `up` stands higher. */
static weir_status list_exchanges(neighbours *n, const weir_search_terms *terms, const weir_search *own, point at,
                                  int up)
{
	weir_status status = WEIR_OK;
	for (int j = 0; j < terms->axes; j++) {
		int64_t from = at[j];
		for (int b = 0; j != up && b < POWERS; b++) {
			at[j] = from - ((int64_t)1 << b);
			if (at[j] < terms->all.low[j])
				break;
			WEIR_TRY(add_neighbour(n, terms, at, own));
		}
		at[j] = from;
	}
out:
	return status;
}

/* One coordinate up or down by 1, 2, 4 …; for each step up, another one the other way. */
static weir_status list_neighbours(neighbours *n, const weir_search_terms *terms, const weir_search *own)
{
	weir_status status = WEIR_OK;
	point at;
	n->count = 0;
	memcpy(at, own->best, sizeof at);
	for (int i = 0; i < terms->axes; i++) {
		for (int a = 0; a < 2 * POWERS; a++) {
			at[i] = own->best[i] + (a % 2 ? -1 : 1) * ((int64_t)1 << (a / 2));
			if (!is_inside(terms, at))
				continue;
			WEIR_TRY(add_neighbour(n, terms, at, own));
			if (a % 2 == 0)
				WEIR_TRY(list_exchanges(n, terms, own, at, i));
		}
		at[i] = own->best[i];
	}
out:
	return status;
}

static void swap_neighbours(neighbours *n, size_t a, size_t b)
{
	point kept;
	double bound = n->bounds[a];
	memcpy(kept, n->points[a], sizeof kept);
	memcpy(n->points[a], n->points[b], sizeof kept);
	memcpy(n->points[b], kept, sizeof kept);
	n->bounds[a] = n->bounds[b];
	n->bounds[b] = bound;
}

static void sift_down(neighbours *n, size_t at, size_t count)
{
	for (size_t child; (child = 2 * at + 1) < count; at = child) {
		if (child + 1 < count && n->bounds[child + 1] < n->bounds[child])
			child++;
		if (n->bounds[at] <= n->bounds[child])
			return;
		swap_neighbours(n, at, child);
	}
}

/* The largest bound first: equal ones in an order that hangs on the list alone. */
static void sort_neighbours(neighbours *n)
{
	for (size_t i = n->count / 2; i-- > 0;)
		sift_down(n, i, n->count);
	for (size_t last = n->count; last-- > 1;) {
		swap_neighbours(n, 0, last);
		sift_down(n, 0, last);
	}
}

/* Tries neighbours block by block until one is better. */
static weir_status step(weir_search *own, const weir_search_terms *terms, neighbours *n, int *gained)
{
	weir_status status = WEIR_OK;
	*gained = 0;
	for (size_t i = 0; i < n->count && !*gained && own->points < terms->climb_points; i += WEIR_LANES) {
		int count = n->count - i < WEIR_LANES ? (int)(n->count - i) : WEIR_LANES;
		WEIR_TRY(try_points(own, terms, (const point *)n->points + i, count, gained));
	}
out:
	return status;
}

/* The first point that passes on the way from `from` to the low corner, if any. */
static weir_status shrink(weir_search *own, const weir_search_terms *terms, const int64_t *from)
{
	point points[SHRINKS] = { { 0 } };
	int gained = 0;
	for (int s = 0; s < SHRINKS; s++)
		for (int i = 0; i < terms->axes; i++)
			points[s][i] = from[i] - (int64_t)((__int128)(from[i] - terms->all.low[i]) * s / (SHRINKS - 1));
	return try_points(own, terms, (const point *)points, SHRINKS, &gained);
}

weir_status weir_search_climb(weir_search *search, const weir_search_terms *terms, const int64_t *from)
{
	weir_status status;
	weir_search own;
	neighbours n = { 0 };
	int gained = 0;
	weir_search_begin(&own);
	search->starts++;
	WEIR_TRY(try_points(&own, terms, (const point *)from, 1, &gained));
	if (!own.found)
		WEIR_TRY(shrink(&own, terms, from));
	for (gained = own.found; gained && own.points < terms->climb_points;) {
		WEIR_TRY(list_neighbours(&n, terms, &own));
		sort_neighbours(&n);
		WEIR_TRY(step(&own, terms, &n, &gained));
	}
	if (own.found && is_better(search, terms, own.value, own.best)) {
		memcpy(search->best, own.best, sizeof own.best);
		search->value = own.value;
		search->found = 1;
	}
	if (terms->go_on && !terms->go_on(terms->go_on_context, 0))
		status = WEIR_INTERRUPTED;
out:
	search->points += own.points;
	weir_free(n.points);
	weir_free(n.bounds);
	return status;
}

/* The part of 1 at which the number-th of a sequence without lumps lies in one direction: the fractional part of a
 * multiple of the root of a prime (a Kronecker sequence); with whole numbers, so that every machine gives the same. */
static int64_t spread_at(int axis, int number, int64_t width)
{
	/* fractional parts of the roots of the first 24 primes x 2^32, rounded down */
	static const uint32_t parts[WEIR_SEARCH_AXES] = {
		1779033703u, 3144134277u, 1013904242u, 2773480762u, 1359893119u, 2600822924u, 528734635u,  1541459225u,
		3418070365u, 1654270250u, 2438529370u, 355462360u,  1731405415u, 2394180231u, 3675008525u, 1203062813u,
		2925498710u, 3479995859u, 796084093u,  1830299338u, 2336478295u, 3814765974u, 474308610u,  1863934769u,
	};
	uint32_t at = (uint32_t)((uint64_t)parts[axis] * (uint64_t)(number + 1));
	return (int64_t)(((__int128)width * at) >> 32);
}

/* The best points of a sample that pass: starts to climb from. */
typedef struct sample {
	point points[WEIR_SEARCH_STARTS];
	double values[WEIR_SEARCH_STARTS];
	int count, most;
} sample;

static void keep_start(sample *s, const int64_t *at, double value)
{
	if (s->count == s->most && value <= s->values[s->count - 1])
		return;
	int place = s->count < s->most ? s->count++ : s->count - 1;
	for (; place > 0 && s->values[place - 1] < value; place--) {
		memcpy(s->points[place], s->points[place - 1], sizeof *s->points);
		s->values[place] = s->values[place - 1];
	}
	memcpy(s->points[place], at, sizeof *s->points);
	s->values[place] = value;
}

/* Tries points spread over the lattice, but not those that cannot pass. */
static weir_status take_sample(weir_search *search, const weir_search_terms *terms, sample *s)
{
	weir_status status = WEIR_OK;
	point points[WEIR_LANES] = { { 0 } };
	int count = 0;
	for (int n = 0; n < terms->samples; n++) {
		for (int i = 0; i < terms->axes; i++)
			points[count][i] =
			        terms->all.low[i] + spread_at(i, n, terms->all.high[i] - terms->all.low[i] + 1);
		count += bound_of_point(terms, points[count]) > -INFINITY;
		if (count < WEIR_LANES && n + 1 < terms->samples)
			continue;
		double values[WEIR_LANES];
		if (count > 0)
			WEIR_TRY(terms->evaluate(terms->context, (const point *)points, count, values));
		search->points += count;
		for (int l = 0; l < count; l++)
			if (!isnan(values[l]))
				keep_start(s, points[l], values[l]);
		count = 0;
	}
out:
	return status;
}

weir_status weir_search_spread(weir_search *search, const weir_search_terms *terms)
{
	sample s = { .most = terms->starts < WEIR_SEARCH_STARTS ? terms->starts : WEIR_SEARCH_STARTS };
	weir_status status = s.most > 0 ? take_sample(search, terms, &s) : WEIR_OK;
	for (int i = 0; i < s.count && status == WEIR_OK; i++)
		status = weir_search_climb(search, terms, s.points[i]);
	return status;
}

/* --- branch and bound ------------------------------------------------------------------------------------------- */

typedef struct open_box {
	weir_search_box box;
	double bound;
} open_box;

typedef struct proof {
	weir_search *search;
	const weir_search_terms *terms;
	open_box *boxes; /* a heap: the largest bound on top */
	size_t count, capacity;
	point points[WEIR_LANES]; /* waiting to be tried */
	double bounds[WEIR_LANES];
	int waiting;
	double first_bound;
} proof;

/* Whether a box goes before another: the larger bound; of the same bound, by the corners. */
static int goes_before(const proof *p, const open_box *a, const open_box *b)
{
	point first, second;
	if (a->bound != b->bound)
		return a->bound > b->bound;
	first_corner(p->terms, &a->box, first);
	first_corner(p->terms, &b->box, second);
	return rank_points(p->terms, first, second) > 0;
}

static void swap_boxes(open_box *a, open_box *b)
{
	open_box kept = *a;
	*a = *b;
	*b = kept;
}

static weir_status push(proof *p, const weir_search_box *box)
{
	double bound = p->terms->bound(p->terms->context, box);
	if (!may_hold_better(p->search, p->terms, bound, box))
		return WEIR_OK;
	if (!WEIR_GROW(p->boxes, p->count, p->capacity))
		return WEIR_NO_MEMORY;
	size_t at = p->count++;
	p->boxes[at] = (open_box){ *box, bound };
	for (; at > 0 && goes_before(p, &p->boxes[at], &p->boxes[(at - 1) / 2]); at = (at - 1) / 2)
		swap_boxes(&p->boxes[at], &p->boxes[(at - 1) / 2]);
	return WEIR_OK;
}

static open_box pop(proof *p)
{
	open_box top = p->boxes[0];
	p->boxes[0] = p->boxes[--p->count];
	for (size_t at = 0, child; (child = 2 * at + 1) < p->count; at = child) {
		if (child + 1 < p->count && goes_before(p, &p->boxes[child + 1], &p->boxes[child]))
			child++;
		if (!goes_before(p, &p->boxes[child], &p->boxes[at]))
			break;
		swap_boxes(&p->boxes[at], &p->boxes[child]);
	}
	return top;
}

/* Points in a box; LEAF_POINTS + 1 for more than a leaf has. */
static int64_t count_points(const weir_search_terms *terms, const weir_search_box *box)
{
	int64_t points = 1;
	for (int i = 0; i < terms->axes && points <= LEAF_POINTS; i++) {
		int64_t width = box->high[i] - box->low[i] + 1;
		points = width > LEAF_POINTS ? LEAF_POINTS + 1 : points * width;
	}
	return points;
}

static weir_status try_waiting(proof *p)
{
	int gained = 0, left = 0;
	for (int i = 0; i < p->waiting; i++) /* some may have been overtaken meanwhile */
		if (is_better(p->search, p->terms, p->bounds[i], p->points[i]))
			memmove(p->points[left++], p->points[i], sizeof *p->points);
	p->waiting = 0;
	if (left == 0)
		return WEIR_OK;
	p->search->proof_points += left;
	weir_status status = try_points(p->search, p->terms, (const point *)p->points, left, &gained);
	if (status == WEIR_OK && gained) { /* a better point: its surroundings may hold better ones still */
		int starts = p->search->starts;
		status = weir_search_climb(p->search, p->terms, p->search->best);
		p->search->starts = starts;
	}
	return status;
}

static weir_status wait_point(proof *p, const int64_t *at)
{
	double bound = bound_of_point(p->terms, at);
	if (!is_better(p->search, p->terms, bound, at))
		return WEIR_OK;
	memcpy(p->points[p->waiting], at, sizeof *p->points);
	p->bounds[p->waiting++] = bound;
	return p->waiting == WEIR_LANES ? try_waiting(p) : WEIR_OK;
}

static weir_status try_leaf(proof *p, const weir_search_box *box)
{
	weir_status status = WEIR_OK;
	point at = { 0 };
	memcpy(at, box->low, sizeof at);
	for (int axis = 0; axis < p->terms->axes;) {
		WEIR_TRY(wait_point(p, at));
		for (axis = 0; axis < p->terms->axes && ++at[axis] > box->high[axis]; axis++)
			at[axis] = box->low[axis];
	}
out:
	return status;
}

/* Halves a box where it is widest. */
static weir_status split(proof *p, const weir_search_box *box)
{
	weir_search_box half = *box;
	int widest = 0;
	for (int i = 1; i < p->terms->axes; i++)
		if (box->high[i] - box->low[i] > box->high[widest] - box->low[widest])
			widest = i;
	int64_t middle = box->low[widest] + (box->high[widest] - box->low[widest]) / 2;
	half.high[widest] = middle;
	weir_status status = push(p, &half);
	half.high[widest] = box->high[widest];
	half.low[widest] = middle + 1;
	return status == WEIR_OK ? push(p, &half) : status;
}

/* How far the proof is: the way of the bound down to the best value. */
static int asked_to_stop(proof *p, double bound)
{
	const weir_search_terms *terms = p->terms;
	double way = p->first_bound - p->search->value, gone = p->first_bound - bound;
	if (!terms->go_on || p->search->boxes % ASK_EVERY != 0)
		return 0;
	return !terms->go_on(terms->go_on_context, way > 0 && gone < way ? gone / way : 1);
}

static int within_limits(const proof *p)
{
	return p->search->proof_points + p->waiting < p->terms->proof_points &&
	       p->search->boxes < p->terms->proof_boxes;
}

/* Whether some open box may hold a better point. Its order puts one that may on top when there is one. */
static int holds_better(const proof *p)
{
	return p->count > 0 && may_hold_better(p->search, p->terms, p->boxes[0].bound, &p->boxes[0].box);
}

static weir_status open_boxes(proof *p)
{
	weir_status status = WEIR_OK;
	while (holds_better(p) && within_limits(p)) {
		open_box top = pop(p);
		p->search->boxes++;
		if (asked_to_stop(p, top.bound))
			return WEIR_INTERRUPTED;
		if (count_points(p->terms, &top.box) <= LEAF_POINTS)
			WEIR_TRY(try_leaf(p, &top.box));
		else
			WEIR_TRY(split(p, &top.box));
	}
	status = try_waiting(p);
out:
	return status;
}

weir_status weir_search_prove(weir_search *search, const weir_search_terms *terms)
{
	weir_status status;
	proof p = { .search = search, .terms = terms };
	p.first_bound = terms->bound(terms->context, &terms->all);
	WEIR_TRY(push(&p, &terms->all));
	WEIR_TRY(open_boxes(&p));
	search->proven = !holds_better(&p);
	search->bound = search->proven ? search->value : p.boxes[0].bound;
out:
	weir_free(p.boxes);
	return status;
}
