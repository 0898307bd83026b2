/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "study/diff.h"

#include <string.h>

#include "base/alloc.h"
#include "study/diff_int.h"
#include "study/formula_text.h"

#define ROW_PAIRS_MAX 10000000 /* of longer lists the rows are paired first with first */
#define FUZZY_PAIRS_MAX 40000  /* beyond so many pairs only elements that say all the same are taken for renamed, */
#define LONE_PAIRS_MAX 4000000 /* and beyond so many none */

const char *weir_change_text(weir_change change)
{
	static const char *const texts[] = { "added", "removed", "renamed", "moved", "changed" };
	return texts[change];
}

/* --- what the parts share --------------------------------------------------------------------------------------- */

static const weir_description_item *items_of(const weir_description *d, int element)
{
	return d->items + d->elements[element].first;
}

const char *weir_matching_term(const weir_description *d, int element, const char *key)
{
	const weir_description_item *items = items_of(d, element);
	for (size_t i = 0; i < d->elements[element].count; i++)
		if (strcmp(items[i].term->key, key) == 0)
			return items[i].key;
	return "";
}

static int is_one_of(const weir_description_item *item, const char *const *keys)
{
	for (; *keys; keys++)
		if (strcmp(item->term->key, *keys) == 0)
			return 1;
	return 0;
}

static const char *const names[] = { "name-en", "name-zh", "title-en", "title-zh", "number", NULL };
static const char *const remarks[] = { "clause", "note", NULL };

int weir_weigh_deed(const weir_description_item *item)
{
	return !is_one_of(item, names) && !is_one_of(item, remarks);
}

/* For telling who is who: names count twice, as a person would go by them; remarks not at all. */
static int weigh_identity(const weir_description_item *item)
{
	return is_one_of(item, remarks) ? 0 : is_one_of(item, names) ? 2 : 1;
}

size_t weir_matching_weight(const weir_description *d, int element, weir_weigher *weigh)
{
	size_t weight = 0;
	for (size_t i = 0; i < d->elements[element].count; i++)
		weight += (size_t)weigh(&items_of(d, element)[i]);
	return weight;
}

static int same_row(const weir_description_item *a, const weir_description_item *b)
{
	if (a->term != b->term || !a->detail != !b->detail)
		return 0;
	return !a->detail || strcmp(a->detail, b->detail) == 0;
}

/* The item of the same term and row, looked for from `start` on and then from the beginning; `count` when there is
 * none. `used` (may be NULL) marks those that are taken. */
static size_t counterpart(const weir_description_item *items, size_t count, size_t start, const char *used,
                          const weir_description_item *wanted)
{
	for (size_t n = 0; n < count; n++) {
		size_t i = (start + n) % count;
		if (!(used && used[i]) && same_row(&items[i], wanted))
			return i;
	}
	return count;
}

size_t weir_matching_common(const weir_matching *m, int old, int now, weir_weigher *weigh)
{
	const weir_description_item *a = items_of(&m->old, old), *b = items_of(&m->now, now);
	size_t count = m->now.elements[now].count, next = 0, common = 0;
	for (size_t i = 0; i < m->old.elements[old].count; i++) {
		size_t weight = (size_t)weigh(&a[i]), k = weight ? counterpart(b, count, next, NULL, &a[i]) : count;
		if (k == count)
			continue;
		next = k + 1;
		common += strcmp(a[i].key, b[k].key) == 0 ? weight : 0;
	}
	return common;
}

void weir_matching_pair(weir_matching *m, int old, int now)
{
	m->partner_of_old[old] = now;
	m->partner_of_now[now] = old;
}

void weir_matching_add(weir_matching *m, weir_difference difference)
{
	if (m->status != WEIR_OK)
		return;
	if (WEIR_GROW(m->items, m->count, m->capacity))
		m->items[m->count++] = difference;
	else
		m->status = WEIR_NO_MEMORY;
}

const char *weir_matching_keep(weir_matching *m, weir_text *text)
{
	char *copy = weir_text_keep(text, m->arena);
	if (!copy)
		m->status = WEIR_NO_MEMORY;
	return copy ? copy : "";
}

/* Which row it is; NULL where the row is known by its own text. */
static const char *detail_of(const weir_description_item *item)
{
	return item->detail && strcmp(item->detail, item->text) == 0 ? NULL : item->detail;
}

/* The items of two elements, and which is which: pairs[i] is the newer item of the older one i, or its count. */
typedef struct rows {
	const weir_description_item *old, *now;
	size_t old_count, now_count, *pairs;
	char *used; /* [now_count] */
} rows;

static void pair_rows(rows *r, size_t old, size_t now)
{
	r->pairs[old] = now;
	r->used[now] = 1;
}

/* Rows of lists whose order counts: those that say the same, in an order that both have, stay what they are. */
static weir_status keep_equal_rows(rows *r)
{
	size_t count = 0;
	int *positions = weir_alloc((r->old_count + 1) * sizeof *positions);
	size_t *owners = weir_alloc((r->old_count + 1) * sizeof *owners);
	char *kept = weir_alloc_zero(r->old_count + 1, 1);
	weir_status status = positions && owners && kept ? WEIR_OK : WEIR_NO_MEMORY;
	for (size_t i = 0; status == WEIR_OK && i < r->old_count && r->now_count < ROW_PAIRS_MAX / r->old_count; i++)
		for (size_t k = 0; r->old[i].term->in_order && k < r->now_count; k++) {
			if (r->used[k] || r->now[k].term != r->old[i].term || strcmp(r->now[k].key, r->old[i].key) != 0)
				continue;
			r->used[k] = 1;
			owners[count] = i;
			positions[count++] = (int)k;
			break;
		}
	if (status == WEIR_OK)
		status = weir_longest_rise(positions, count, kept);
	for (size_t n = 0; status == WEIR_OK && n < count; n++) {
		r->used[positions[n]] = 0;
		if (kept[n])
			pair_rows(r, owners[n], (size_t)positions[n]);
	}
	weir_free(positions);
	weir_free(owners);
	weir_free(kept);
	return status;
}

/* What stands between two such rows before and now: first with first. */
static void pair_changed_rows(rows *r)
{
	size_t next = 0;
	for (size_t i = 0; i < r->old_count; i++) {
		if (!r->old[i].term->in_order)
			continue;
		if (r->pairs[i] < r->now_count) {
			next = r->pairs[i] + 1;
			continue;
		}
		while (next < r->now_count && !r->now[next].term->in_order)
			next++;
		if (next < r->now_count && !r->used[next])
			pair_rows(r, i, next++);
	}
}

static void pair_other_rows(rows *r)
{
	size_t next = 0;
	for (size_t i = 0; i < r->old_count; i++) {
		if (r->old[i].term->in_order)
			continue;
		size_t k = counterpart(r->now, r->now_count, next, r->used, &r->old[i]);
		if (k == r->now_count)
			continue;
		pair_rows(r, i, k);
		next = k + 1;
	}
}

static void tell_rows(weir_matching *m, const rows *r, weir_difference d)
{
	for (size_t i = 0; i < r->old_count; i++) {
		size_t k = r->pairs[i];
		d.term = r->old[i].term;
		d.detail = detail_of(&r->old[i]);
		d.old = r->old[i].text;
		d.now = k < r->now_count ? r->now[k].text : r->old[i].term->plain;
		if (k == r->now_count || strcmp(r->old[i].key, r->now[k].key) != 0)
			weir_matching_add(m, d);
	}
	for (size_t k = 0; k < r->now_count; k++) {
		d.term = r->now[k].term;
		d.detail = detail_of(&r->now[k]);
		d.old = r->now[k].term->plain;
		d.now = r->now[k].text;
		if (!r->used[k])
			weir_matching_add(m, d);
	}
}

void weir_matching_terms(weir_matching *m, int old, int now, const char *id, const char *title)
{
	const weir_description_element *from = &m->old.elements[old], *to = &m->now.elements[now];
	rows r = { items_of(&m->old, old), items_of(&m->now, now), from->count, to->count, NULL, NULL };
	r.pairs = weir_alloc((from->count + 1) * sizeof *r.pairs);
	r.used = weir_alloc_zero(to->count + 1, 1);
	if (!r.pairs || !r.used)
		m->status = WEIR_NO_MEMORY;
	for (size_t i = 0; r.pairs && i < from->count; i++)
		r.pairs[i] = to->count;
	if (m->status == WEIR_OK)
		m->status = keep_equal_rows(&r);
	if (m->status == WEIR_OK) {
		pair_changed_rows(&r);
		pair_other_rows(&r);
		tell_rows(m, &r,
		          (weir_difference){ .change = WEIR_CHANGE_TERM, .kind = to->kind, .id = id, .title = title,
			                     .old_place = from->place, .now_place = to->place });
	}
	weir_free(r.pairs);
	weir_free(r.used);
}

/* All that an element says: "Size 36,000,000.00; Coupon 3.59%". */
static const char *write_all(weir_matching *m, const weir_description *side, int element, int chinese)
{
	const weir_description_item *items = items_of(side, element);
	weir_text text = { 0 };
	for (size_t i = 0; i < side->elements[element].count; i++) {
		const char *detail = detail_of(&items[i]);
		weir_text_printf(&text, "%s%s%s%s %s", i ? (chinese ? "；" : "; ") : "",
		                 chinese ? items[i].term->zh : items[i].term->en, detail ? " " : "",
		                 detail ? detail : "", items[i].text);
	}
	return weir_matching_keep(m, &text);
}

void weir_matching_lone(weir_matching *m, const weir_description *side, int element, weir_change change, const char *id,
                        const char *title)
{
	const weir_description_element *e = &side->elements[element];
	const char *en = write_all(m, side, element, 0), *zh = write_all(m, side, element, 1);
	weir_difference d = { .change = change, .kind = e->kind, .id = id, .title = title };
	if (change == WEIR_CHANGE_ADDED) {
		d.now = en;
		d.now_zh = zh;
		d.now_place = e->place;
	} else {
		d.old = en;
		d.old_zh = zh;
		d.old_place = e->place;
	}
	weir_matching_add(m, d);
}

/* Patience sorting: tails[k] is the end of the best rise of length k + 1 so far. */
weir_status weir_longest_rise(const int *positions, size_t count, char *kept)
{
	size_t length = 0, *tails = weir_alloc((count + 1) * sizeof *tails);
	size_t *before = weir_alloc((count + 1) * sizeof *before);
	weir_status status = tails && before ? WEIR_OK : WEIR_NO_MEMORY;
	for (size_t i = 0; status == WEIR_OK && i < count; i++) {
		size_t low = 0, high = length;
		while (low < high) {
			size_t middle = low + (high - low) / 2;
			if (positions[tails[middle]] < positions[i])
				low = middle + 1;
			else
				high = middle;
		}
		before[i] = low > 0 ? tails[low - 1] : count;
		tails[low] = i;
		length = low == length ? length + 1 : length;
		kept[i] = 0;
	}
	for (size_t i = status == WEIR_OK && length > 0 ? tails[length - 1] : count; i < count; i = before[i])
		kept[i] = 1;
	weir_free(tails);
	weir_free(before);
	return status;
}

/* --- which element is which ------------------------------------------------------------------------------------- */

static int is_step(const weir_description_element *e)
{
	return e->kind == WEIR_ELEMENT_STEP;
}

/* The names of elements by kind: "class A". */
static weir_status name_elements(weir_names *names, weir_arena *arena, const weir_description *d)
{
	for (size_t i = 0; i < d->element_count; i++) {
		const weir_description_element *e = &d->elements[i];
		weir_text name = { 0 };
		if (is_step(e))
			continue;
		weir_text_printf(&name, "%s %s", weir_element_key(e->kind), e->id);
		char *copy = weir_text_keep(&name, arena);
		if (!copy || weir_names_put(names, copy, strlen(copy), (int)i) == WEIR_NO_MEMORY)
			return WEIR_NO_MEMORY;
	}
	return WEIR_OK;
}

/* Elements of a kind with the same id. */
static weir_status match_ids(weir_matching *m)
{
	weir_names old = { 0 }, now = { 0 };
	weir_status status;
	WEIR_TRY(name_elements(&old, m->arena, &m->old));
	WEIR_TRY(name_elements(&now, m->arena, &m->now));
	for (size_t i = 0; i < old.count; i++) {
		int number = weir_names_find(&now, old.items[i].name, old.items[i].length);
		if (number >= 0)
			weir_matching_pair(m, old.items[i].number, number);
	}
out:
	weir_names_free(&old);
	weir_names_free(&now);
	return status;
}

static size_t count_lone(const weir_description *d, const int *partners, weir_element_kind kind)
{
	size_t count = 0;
	for (size_t i = 0; i < d->element_count; i++)
		count += d->elements[i].kind == kind && partners[i] < 0;
	return count;
}

/* How alike two elements are, from 0 to 1: what they have in common, of what the one says that says more. */
static double likeness(const weir_matching *m, int old, int now)
{
	size_t a = weir_matching_weight(&m->old, old, weigh_identity);
	size_t b = weir_matching_weight(&m->now, now, weigh_identity), most = a > b ? a : b;
	return most ? (double)weir_matching_common(m, old, now, weigh_identity) / (double)most : 0;
}

/* The lone newer element that is most like a lone older one, and enough so; -1 when there is none. */
static int most_like(const weir_matching *m, int old, double least)
{
	int best = -1;
	double best_likeness = 0;
	for (size_t k = 0; k < m->now.element_count; k++) {
		if (m->partner_of_now[k] >= 0 || m->now.elements[k].kind != m->old.elements[old].kind)
			continue;
		double alike = likeness(m, old, (int)k);
		if (alike >= least && alike > best_likeness) {
			best = (int)k;
			best_likeness = alike;
		}
	}
	return best;
}

static int is_of_pool(weir_element_kind kind)
{
	return kind == WEIR_ELEMENT_CONTRACT || kind == WEIR_ELEMENT_OBLIGOR || kind == WEIR_ELEMENT_IP ||
	       kind == WEIR_ELEMENT_TRUST;
}

/* Contracts of a pool are much alike: only those that say all the same are taken for one. */
static double least_likeness(weir_element_kind kind, size_t old, size_t now)
{
	return is_of_pool(kind) || old > FUZZY_PAIRS_MAX / now ? 1 : 0.6;
}

/* Lone elements of a kind; both sides have at least one. */
static void match_renamed_kind(weir_matching *m, weir_element_kind kind, double least)
{
	for (size_t i = 0; i < m->old.element_count; i++) {
		if (m->old.elements[i].kind != kind || m->partner_of_old[i] >= 0)
			continue;
		int best = most_like(m, (int)i, least);
		if (best >= 0)
			weir_matching_pair(m, (int)i, best);
	}
}

static int can_be_renamed(weir_element_kind kind)
{
	return kind != WEIR_ELEMENT_STEP && kind != WEIR_ELEMENT_REMARKS;
}

/* Pairs what has another name; gives how many pairs there are now. */
static size_t match_renamed(weir_matching *m)
{
	size_t pairs = 0;
	for (int k = 0; k < WEIR_ELEMENT_COUNT; k++) {
		weir_element_kind kind = (weir_element_kind)k;
		size_t old = count_lone(&m->old, m->partner_of_old, kind);
		size_t now = count_lone(&m->now, m->partner_of_now, kind);
		if (can_be_renamed(kind) && old > 0 && now > 0 && old <= LONE_PAIRS_MAX / now)
			match_renamed_kind(m, kind, least_likeness(kind, old, now));
	}
	for (size_t i = 0; i < m->old.element_count; i++)
		pairs += m->partner_of_old[i] >= 0;
	return pairs;
}

/* --- references to renamed elements ----------------------------------------------------------------------------- */

/* The ids that the older deal's elements have in the newer one. */
typedef struct renames {
	weir_names deal, pool; /* old ids; the numbers are those of the newer elements */
	const weir_description *now;
} renames;

static weir_status list_renames(renames *out, const weir_matching *m)
{
	out->now = &m->now;
	for (size_t i = 0; i < m->old.element_count; i++) {
		const weir_description_element *e = &m->old.elements[i];
		int partner = m->partner_of_old[i];
		if (is_step(e) || partner < 0 || strcmp(e->id, m->now.elements[partner].id) == 0)
			continue;
		if (weir_names_put(is_of_pool(e->kind) ? &out->pool : &out->deal, e->id, strlen(e->id), partner) ==
		    WEIR_NO_MEMORY)
			return WEIR_NO_MEMORY;
	}
	return WEIR_OK;
}

/* What one side's formulas are told by. */
typedef struct telling {
	const weir_plan *plan;
	const renames *renamed; /* NULL: none */
	weir_describe_options options;
} telling;

static const char *tell_reference(void *context, const char *id, int of_pool)
{
	const telling *t = context;
	if (!t->renamed)
		return id;
	int number = weir_names_find(of_pool ? &t->renamed->pool : &t->renamed->deal, id, strlen(id));
	return number >= 0 ? t->renamed->now->elements[number].id : id;
}

static weir_status tell_formula(void *context, const weir_formula *formula, weir_type wanted, weir_text *shown,
                                weir_text *key)
{
	const telling *t = context;
	return weir_formula_tell(t->plan, formula, wanted, &t->options, shown, key);
}

static weir_status describe(weir_description *out, weir_arena *arena, const weir_diff_side *side, int with_scenarios,
                            const renames *renamed)
{
	telling t = { .plan = side->plan, .renamed = renamed };
	t.options = (weir_describe_options){ &t, tell_formula, tell_reference };
	return weir_describe(out, arena, weir_plan_deal(side->plan), with_scenarios ? side->scenarios : NULL,
	                     &t.options);
}

/* The older deal once more, with the ids that its elements have now. */
static weir_status describe_renamed(weir_matching *m, const weir_diff_side *old, int with_scenarios)
{
	renames renamed = { 0 };
	weir_description again = { 0 };
	weir_status status;
	WEIR_TRY(list_renames(&renamed, m));
	if (renamed.deal.count + renamed.pool.count > 0) {
		WEIR_TRY(describe(&again, m->arena, old, with_scenarios, &renamed));
		weir_description_free(&m->old);
		m->old = again;
	}
out:
	weir_names_free(&renamed.deal);
	weir_names_free(&renamed.pool);
	return status;
}

/* --- telling ---------------------------------------------------------------------------------------------------- */

/* The place of an element among those of its kind, from 1. */
static int place_of(const weir_description *d, int element)
{
	int place = 1;
	for (int i = 0; i < element; i++)
		place += d->elements[i].kind == d->elements[element].kind;
	return place;
}

static void tell_move(weir_matching *m, int old, int now)
{
	weir_text from = { 0 }, to = { 0 };
	const weir_description_element *e = &m->now.elements[now];
	if (strcmp(weir_matching_term(&m->old, old, "order"), weir_matching_term(&m->now, now, "order")) != 0)
		return; /* its order is a term of its own, which is told */
	weir_text_printf(&from, "%d", place_of(&m->old, old));
	weir_text_printf(&to, "%d", place_of(&m->now, now));
	weir_matching_add(m, (weir_difference){ .change = WEIR_CHANGE_MOVED,
		                                .kind = e->kind,
		                                .id = e->id,
		                                .title = e->title,
		                                .old = weir_matching_keep(m, &from),
		                                .now = weir_matching_keep(m, &to),
		                                .old_place = m->old.elements[old].place,
		                                .now_place = e->place });
}

/* Elements of a kind whose order counts: those outside the longest order in common. */
static void tell_moves(weir_matching *m, weir_element_kind kind)
{
	size_t count = 0, all = m->old.element_count;
	int *positions = weir_alloc((all + 1) * sizeof *positions),
	    *elements = weir_alloc((all + 1) * sizeof *elements);
	char *kept = weir_alloc_zero(all + 1, 1);
	if (!positions || !elements || !kept)
		m->status = WEIR_NO_MEMORY;
	for (size_t i = 0; m->status == WEIR_OK && i < all; i++) {
		if (m->old.elements[i].kind != kind || m->partner_of_old[i] < 0)
			continue;
		elements[count] = (int)i;
		positions[count++] = m->partner_of_old[i];
	}
	if (m->status == WEIR_OK)
		m->status = weir_longest_rise(positions, count, kept);
	for (size_t i = 0; m->status == WEIR_OK && i < count; i++)
		if (!kept[i])
			tell_move(m, elements[i], positions[i]);
	weir_free(positions);
	weir_free(elements);
	weir_free(kept);
}

static void tell_pair(weir_matching *m, int old, int now)
{
	const weir_description_element *from = &m->old.elements[old], *to = &m->now.elements[now];
	if (strcmp(from->id, to->id) != 0)
		weir_matching_add(m, (weir_difference){ .change = WEIR_CHANGE_RENAMED, .kind = to->kind, .id = to->id,
			                                .title = to->title, .old = from->id, .now = to->id,
			                                .old_place = from->place, .now_place = to->place });
	weir_matching_terms(m, old, now, to->id, to->title);
}

static void tell_kind(weir_matching *m, weir_element_kind kind)
{
	for (size_t i = 0; i < m->old.element_count; i++)
		if (m->old.elements[i].kind == kind && m->partner_of_old[i] < 0)
			weir_matching_lone(m, &m->old, (int)i, WEIR_CHANGE_REMOVED, m->old.elements[i].id,
			                   m->old.elements[i].title);
	for (size_t k = 0; k < m->now.element_count; k++) {
		if (m->now.elements[k].kind != kind)
			continue;
		if (m->partner_of_now[k] >= 0)
			tell_pair(m, m->partner_of_now[k], (int)k);
		else
			weir_matching_lone(m, &m->now, (int)k, WEIR_CHANGE_ADDED, m->now.elements[k].id,
			                   m->now.elements[k].title);
	}
	if (weir_element_is_ordered(kind))
		tell_moves(m, kind);
}

/* --- dates that a calendar moves -------------------------------------------------------------------------------- */

static const weir_term paid_on = { "adjusted", "Paid on", "实际兑付日", "none", 0 };
static const weir_term calculated_on = { "calculated", "Calculated on", "计算日", "none", 0 };

static void tell_date(weir_matching *m, const weir_term *term, weir_date period, weir_date old, weir_date now)
{
	char text[11];
	weir_text texts[3] = { { 0 } };
	if (old == now)
		return;
	weir_text_add(&texts[0], weir_date_format(period, text));
	weir_text_add(&texts[1], weir_date_format(old, text));
	weir_text_add(&texts[2], weir_date_format(now, text));
	weir_matching_add(m, (weir_difference){ .change = WEIR_CHANGE_TERM,
		                                .kind = WEIR_ELEMENT_DATES,
		                                .id = "",
		                                .title = "",
		                                .term = term,
		                                .detail = weir_matching_keep(m, &texts[0]),
		                                .old = weir_matching_keep(m, &texts[1]),
		                                .now = weir_matching_keep(m, &texts[2]) });
}

/* The same terms, but another calendar behind the same name. */
static void tell_calendar(weir_matching *m, const weir_plan *old, const weir_plan *now)
{
	const weir_periods *a = weir_plan_periods(old), *b = weir_plan_periods(now);
	for (size_t i = 0; i < m->count; i++)
		if (m->items[i].kind == WEIR_ELEMENT_DATES)
			return;
	for (int p = 0; p < a->count && p < b->count; p++) {
		tell_date(m, &paid_on, a->items[p].payment, a->items[p].adjusted, b->items[p].adjusted);
		tell_date(m, &calculated_on, a->items[p].payment, a->items[p].calculation, b->items[p].calculation);
	}
}

/* --- the whole -------------------------------------------------------------------------------------------------- */

static weir_status take_partners(weir_matching *m)
{
	m->partner_of_old = weir_alloc((m->old.element_count + 1) * sizeof *m->partner_of_old);
	m->partner_of_now = weir_alloc((m->now.element_count + 1) * sizeof *m->partner_of_now);
	if (!m->partner_of_old || !m->partner_of_now)
		return WEIR_NO_MEMORY;
	for (size_t i = 0; i < m->old.element_count; i++)
		m->partner_of_old[i] = -1;
	for (size_t k = 0; k < m->now.element_count; k++)
		m->partner_of_now[k] = -1;
	return WEIR_OK;
}

static weir_status move_into(weir_differences *out, weir_matching *m)
{
	out->items = weir_arena_array(m->arena, m->count + 1, sizeof *out->items);
	if (!out->items)
		return WEIR_NO_MEMORY;
	if (m->count)
		memcpy(out->items, m->items, m->count * sizeof *out->items);
	out->count = m->count;
	return WEIR_OK;
}

weir_status weir_diff_find(weir_differences *out, weir_arena *arena, const weir_diff_side *old,
                           const weir_diff_side *now)
{
	weir_matching m = { .arena = arena };
	int with_scenarios = old->scenarios && now->scenarios;
	weir_status status;
	*out = (weir_differences){ 0 };
	WEIR_TRY(describe(&m.old, arena, old, with_scenarios, NULL));
	WEIR_TRY(describe(&m.now, arena, now, with_scenarios, NULL));
	WEIR_TRY(take_partners(&m));
	WEIR_TRY(match_ids(&m));
	/* what was taken for another one because of what it refers to is known once that has its new name */
	for (size_t pairs = 0, now_paired; (now_paired = match_renamed(&m)) > pairs; pairs = now_paired)
		WEIR_TRY(describe_renamed(&m, old, with_scenarios));
	weir_steps_match(&m);
	for (int kind = 0; kind < WEIR_ELEMENT_COUNT; kind++)
		if (kind == WEIR_ELEMENT_STEP)
			weir_steps_tell(&m);
		else
			tell_kind(&m, (weir_element_kind)kind);
	tell_calendar(&m, old->plan, now->plan);
	WEIR_TRY(m.status);
	status = move_into(out, &m);
out:
	weir_description_free(&m.old);
	weir_description_free(&m.now);
	weir_free(m.partner_of_old);
	weir_free(m.partner_of_now);
	weir_free(m.items);
	return status;
}
