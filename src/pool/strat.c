/* SPDX-License-Identifier: GPL-3.0-or-later */
/* strat.c: contracts to bands, bands in order, and what stands in them. */
#include "pool/strat.h"

#include <math.h>
#include <string.h>

#include "base/alloc.h"

/* --- the ground ------------------------------------------------------------------------------------------------- */

double weir_strat_cents(const weir_strat_ground *ground, int contract)
{
	return ground->weight == WEIR_STRAT_PRINCIPAL ? ground->principal_cents[contract] :
	                                                ground->receivable_cents[contract];
}

static void add_amounts(weir_strat_ground *g)
{
	const weir_pool *pool = g->pool;
	for (int c = 0; c < pool->deal->pool.contract_count; c++) {
		for (size_t r = pool->contract_first[c]; r < pool->contract_first[c + 1]; r++) {
			const weir_receipt *receipt = &pool->receipts[r];
			g->principal_cents[c] += receipt->principal_cents;
			g->receivable_cents[c] += receipt->principal_cents + receipt->income_cents;
		}
		g->obligor_cents[pool->deal->pool.contracts[c].obligor] += weir_strat_cents(g, c);
	}
}

static double number_or_none(weir_strat_value value)
{
	return value.has == WEIR_STRAT_HAS_NUMBER ? value.number : NAN;
}

/* Puts `count` items of `from` into `to` in the order of their keys, those of one key as they were; `place` holds a
 * cleared item for each key and one more. */
static void sort_by_key(int *to, const int *from, size_t count, const int *key_of, size_t *place, size_t keys)
{
	for (size_t i = 0; i < count; i++)
		place[key_of[from[i]] + 1]++;
	for (size_t k = 0; k < keys; k++)
		place[k + 1] += place[k];
	for (size_t i = 0; i < count; i++)
		to[place[key_of[from[i]]]++] = from[i];
}

static weir_status put_together(weir_strat_ground *g)
{
	const weir_pool_terms *terms = &g->pool->deal->pool;
	size_t contracts = (size_t)terms->contract_count, obligors = (size_t)terms->obligor_count;
	int *listed = weir_alloc_zero(contracts + 1, sizeof *listed),
	    *owner = weir_alloc_zero(contracts + 1, sizeof *owner);
	size_t *place = weir_alloc_zero(obligors + 1, sizeof *place);
	for (int c = 0; listed && owner && c < terms->contract_count; c++) {
		listed[c] = c;
		owner[c] = terms->contracts[c].obligor;
	}
	int made = listed && owner && place;
	if (made)
		sort_by_key(g->by_obligor, listed, contracts, owner, place, obligors);
	weir_free(place);
	weir_free(owner);
	weir_free(listed);
	return made ? WEIR_OK : WEIR_NO_MEMORY;
}

weir_status weir_strat_ground_create(weir_strat_ground *out, weir_arena *arena, const weir_pool *pool,
                                     weir_strat_weight weight)
{
	size_t contracts = (size_t)pool->deal->pool.contract_count, obligors = (size_t)pool->deal->pool.obligor_count;
	weir_strat_ground g = { .pool = pool,
		                .weight = weight,
		                .cutoff = weir_deal_cutoff(pool->deal),
		                .principal_cents = weir_arena_array(arena, contracts + 1, sizeof *g.principal_cents),
		                .receivable_cents = weir_arena_array(arena, contracts + 1, sizeof *g.receivable_cents),
		                .obligor_cents = weir_arena_array(arena, obligors + 1, sizeof *g.obligor_cents),
		                .rate = weir_arena_array(arena, contracts + 1, sizeof *g.rate),
		                .remaining = weir_arena_array(arena, contracts + 1, sizeof *g.remaining),
		                .by_obligor = weir_arena_array(arena, contracts + 1, sizeof *g.by_obligor) };
	if (!g.principal_cents || !g.receivable_cents || !g.obligor_cents || !g.rate || !g.remaining || !g.by_obligor)
		return WEIR_NO_MEMORY;
	add_amounts(&g);
	for (int c = 0; c < pool->deal->pool.contract_count; c++) {
		g.rate[c] = number_or_none(weir_strat_value_of(&g, WEIR_STRAT_RATE, c));
		g.remaining[c] = number_or_none(weir_strat_value_of(&g, WEIR_STRAT_REMAINING_TERM, c));
	}
	weir_status status = put_together(&g);
	if (status == WEIR_OK)
		*out = g;
	return status;
}

/* --- sorting ---------------------------------------------------------------------------------------------------- */

/* Whether item `b` stands before item `a`, which is listed first. */
typedef int (*stands_before)(const void *context, int b, int a);

static void merge(int *to, const int *a, int na, const int *b, int nb, stands_before before, const void *context)
{
	while (na > 0 || nb > 0) {
		int from_b = na == 0 || (nb > 0 && before(context, *b, *a));
		*to++ = from_b ? *b++ : *a++;
		from_b ? nb-- : na--;
	}
}

static int least(int a, int b)
{
	return a < b ? a : b;
}

/* Sorts items, equal ones as they were, through `other`. */
static void sort_items(int *items, int *other, int count, stands_before before, const void *context)
{
	int *from = items, *to = other;
	for (int width = 1; width < count; width *= 2) {
		for (int i = 0; i < count; i += 2 * width) {
			int left = least(width, count - i), right = least(width, count - i - left);
			merge(to + i, from + i, left, from + i + left, right, before, context);
		}
		int *swap = from;
		from = to;
		to = swap;
	}
	if (from != items)
		memcpy(items, from, (size_t)count * sizeof *items);
}

/* --- contracts to bands ----------------------------------------------------------------------------------------- */

/* A dimension in the making: bands as contracts name them, then in order. */
typedef struct maker {
	const weir_strat_ground *ground;
	const weir_strat_terms *terms;
	weir_names names;       /* texts to bands */
	int *band_of_code;      /* [codes] from 1; 0: none yet */
	weir_strat_band *bands; /* growing */
	size_t count, capacity;
	int *band_of;           /* [contracts], the arena's */
	int not_given, several; /* their bands, or -1 */
	int *order, *other;     /* [count] bands that are shown, in order; room to sort */
	int *place;             /* [count] where a band stands in the end */
} maker;

static weir_status add_band(maker *m, weir_strat_band band, int *number)
{
	if (!WEIR_GROW(m->bands, m->count, m->capacity))
		return WEIR_NO_MEMORY;
	*number = (int)m->count;
	band.first = -1;
	m->bands[m->count++] = band;
	return WEIR_OK;
}

static weir_status add_number_bands(maker *m)
{
	const weir_strat_edges *e = &m->terms->edges;
	weir_status status = WEIR_OK;
	int number;
	for (int i = 0; i <= e->count && status == WEIR_OK; i++)
		status = add_band(m, (weir_strat_band){ .above = i > 0 ? e->edges[i - 1] : -INFINITY,
		                                        .to = i < e->count ? e->edges[i] : INFINITY }, &number);
	return status;
}

static weir_status text_band(maker *m, const char *text, int *band)
{
	size_t length = strlen(text);
	*band = weir_names_find(&m->names, text, length);
	if (*band >= 0)
		return WEIR_OK;
	if (weir_names_put(&m->names, text, length, (int)m->count) != WEIR_OK)
		return WEIR_NO_MEMORY;
	return add_band(m, (weir_strat_band){ .text = text }, band);
}

static weir_status code_band(maker *m, int code, int *band)
{
	*band = m->band_of_code[code] - 1;
	if (*band >= 0)
		return WEIR_OK;
	m->band_of_code[code] = (int)m->count + 1;
	return add_band(m, (weir_strat_band){ .code = code }, band);
}

/* A band that stands for no value; `*own` is -1 until there is one. */
static weir_status special_band(maker *m, int *own, weir_strat_band_kind kind, int *band)
{
	weir_status status = *own >= 0 ? WEIR_OK : add_band(m, (weir_strat_band){ .kind = kind, .text = "" }, own);
	*band = *own;
	return status;
}

/* The first band whose upper end is not below the number. */
static int band_of_number(const weir_strat_edges *e, double number)
{
	int low = 0, high = e->count;
	while (low < high) {
		int middle = (low + high) / 2;
		if (e->edges[middle] < number)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static weir_status find_band(maker *m, int contract, int *band)
{
	weir_strat_value value = weir_strat_value_of(m->ground, m->terms->by, contract);
	switch (value.has) {
	case WEIR_STRAT_HAS_TEXT:
		return text_band(m, value.text, band);
	case WEIR_STRAT_HAS_CODE:
		return code_band(m, value.code, band);
	case WEIR_STRAT_HAS_NUMBER:
		*band = band_of_number(&m->terms->edges, value.number);
		return WEIR_OK;
	case WEIR_STRAT_HAS_SEVERAL:
		return special_band(m, &m->several, WEIR_STRAT_BAND_SEVERAL, band);
	default:
		return special_band(m, &m->not_given, WEIR_STRAT_BAND_NOT_GIVEN, band);
	}
}

static int is_number(const maker *m)
{
	return weir_strat_about_of(m->terms->by)->type >= WEIR_STRAT_IS_AMOUNT;
}

static weir_status assign_bands(maker *m)
{
	weir_status status = is_number(m) ? add_number_bands(m) : WEIR_OK;
	for (int c = 0; status == WEIR_OK && c < m->ground->pool->deal->pool.contract_count; c++) {
		int number = 0;
		status = find_band(m, c, &number);
		if (status != WEIR_OK)
			break;
		weir_strat_band *band = &m->bands[number];
		m->band_of[c] = number;
		band->first = band->first < 0 ? c : band->first;
		band->contracts++;
		band->cents += weir_strat_cents(m->ground, c);
	}
	return status;
}

/* --- bands in order --------------------------------------------------------------------------------------------- */

static int larger(const void *context, int b, int a)
{
	const maker *m = context;
	return m->bands[b].cents > m->bands[a].cents;
}

/* AAA is 1, AAA- 2, AA+ 3 …: three steps for each number of letters, A before B before C before D. 0: no such grade. */
static int grade_rank(const char *text)
{
	size_t letters = strspn(text, "ABCD"), same = strspn(text, (char[]){ text[0], '\0' });
	const char *sign = text + letters;
	if (letters == 0 || letters > 3 || same != letters || (*sign && (sign[1] || (*sign != '+' && *sign != '-'))))
		return 0;
	int notch = *sign == '+' ? 0 : *sign == '-' ? 2 : 1;
	return (text[0] - 'A') * 9 + (int)(3 - letters) * 3 + notch;
}

static int grade_before(const char *b, const char *a)
{
	int rank_b = grade_rank(b), rank_a = grade_rank(a);
	if (rank_b != rank_a)
		return rank_b > 0 && (rank_a == 0 || rank_b < rank_a);
	return strcmp(b, a) < 0;
}

/* In their own order: several values behind the single ones. */
static int earlier(const void *context, int b, int a)
{
	const maker *m = context;
	const weir_strat_band *one = &m->bands[b], *two = &m->bands[a];
	weir_strat_type type = weir_strat_about_of(m->terms->by)->type;
	if (one->kind != two->kind)
		return one->kind < two->kind;
	if (one->kind != WEIR_STRAT_BAND_VALUE)
		return 0;
	if (type == WEIR_STRAT_IS_GRADE)
		return grade_before(one->text, two->text);
	if (type <= WEIR_STRAT_IS_GRADE)
		return strcmp(one->text, two->text) < 0;
	return type < WEIR_STRAT_IS_AMOUNT ? one->code < two->code : b < a;
}

static int sorts_by_band(const maker *m)
{
	weir_strat_type type = weir_strat_about_of(m->terms->by)->type;
	if (m->terms->sort != WEIR_STRAT_SORT_DEFAULT)
		return m->terms->sort == WEIR_STRAT_SORT_BAND;
	return type == WEIR_STRAT_IS_GRADE || type >= WEIR_STRAT_IS_STEP;
}

/* Which bands are shown: those that somebody is in, and of numbers the empty ones among them, or all that were asked
 * for. */
static int list_shown(maker *m, int *filled)
{
	int count = 0, last = -1, whole = m->terms->edges.given && is_number(m);
	*filled = 0;
	for (int b = 0; b < (int)m->count; b++)
		if (m->bands[b].contracts > 0 && m->bands[b].kind <= WEIR_STRAT_BAND_SEVERAL) {
			last = b;
			++*filled;
		}
	for (int b = 0; b < (int)m->count; b++) {
		int between = count > 0 && b < last;
		if (m->bands[b].kind <= WEIR_STRAT_BAND_SEVERAL && (m->bands[b].contracts > 0 || between || whole))
			m->order[count++] = b;
	}
	return count;
}

/* Keeps the largest; those beyond become one band, the last of all. Gives how many stand. */
static weir_status merge_small(maker *m, int count, int *kept)
{
	int others, most = m->terms->most;
	weir_strat_band sum = { .kind = WEIR_STRAT_BAND_OTHER, .text = "", .first = -1 };
	sort_items(m->order, m->other, count, larger, m);
	while (count > 0 && m->bands[m->order[count - 1]].contracts == 0)
		count--; /* empty ones are no others */
	weir_status status = add_band(m, sum, &others);
	if (status != WEIR_OK)
		return status;
	for (int i = most; i < count; i++) {
		weir_strat_band *band = &m->bands[m->order[i]], *to = &m->bands[others];
		to->contracts += band->contracts;
		to->cents += band->cents;
		to->first = to->first < 0 || band->first < to->first ? band->first : to->first;
		to->code++;
		m->place[m->order[i]] = others;
	}
	*kept = most;
	return WEIR_OK;
}

/* Decides the order of all bands and gives how many there are in the end. */
static weir_status order_bands(maker *m, int *count)
{
	int filled, merged = 0;
	size_t listed = m->count;
	for (size_t b = 0; b <= listed; b++)
		m->place[b] = (int)b;
	if (m->terms->sort == WEIR_STRAT_SORT_LISTED) {
		memcpy(m->order, m->place, listed * sizeof *m->order);
		*count = (int)listed;
		return WEIR_OK;
	}
	*count = list_shown(m, &filled);
	if (m->terms->most > 0 && filled > m->terms->most) {
		weir_status status = merge_small(m, *count, count);
		if (status != WEIR_OK)
			return status;
		merged = 1;
	}
	/* merging has sorted by amount; what is sorted by band starts from its own order anyway */
	sort_items(m->order, m->other, *count, sorts_by_band(m) ? earlier : larger, m);
	if (merged)
		m->order[(*count)++] = (int)listed;
	if (m->not_given >= 0)
		m->order[(*count)++] = m->not_given;
	return WEIR_OK;
}

static weir_status settle(weir_strat_dimension *out, weir_arena *arena, maker *m)
{
	int count = 0, *final = NULL;
	weir_status status = order_bands(m, &count);
	weir_strat_band *bands = weir_arena_array(arena, (size_t)count + 1, sizeof *bands);
	if (status == WEIR_OK && (!bands || !(final = weir_alloc_zero(m->count + 1, sizeof *final))))
		status = WEIR_NO_MEMORY;
	if (status != WEIR_OK)
		return status;
	for (int i = 0; i < count; i++) {
		bands[i] = m->bands[m->order[i]];
		final[m->order[i]] = i;
	}
	for (int c = 0; c < m->ground->pool->deal->pool.contract_count; c++)
		m->band_of[c] = final[m->place[m->band_of[c]]];
	weir_free(final);
	*out = (weir_strat_dimension){ .by = m->terms->by, .bands = bands, .count = count, .band_of = m->band_of };
	return WEIR_OK;
}

weir_status weir_strat_dimension_create(weir_strat_dimension *out, weir_arena *arena, const weir_strat_ground *ground,
                                        const weir_strat_terms *terms)
{
	weir_status status = WEIR_NO_MEMORY;
	size_t codes = (size_t)weir_strat_code_end(ground, terms->by);
	maker m = { .ground = ground, .terms = terms, .not_given = -1, .several = -1 };
	m.band_of = weir_arena_array(arena, (size_t)ground->pool->deal->pool.contract_count + 1, sizeof *m.band_of);
	m.band_of_code = weir_alloc_zero(codes + 1, sizeof *m.band_of_code);
	if (!m.band_of || !m.band_of_code)
		goto out;
	WEIR_TRY(assign_bands(&m));
	status = WEIR_NO_MEMORY;
	m.order = weir_alloc_zero(m.count + 2, sizeof *m.order);
	m.other = weir_alloc_zero(m.count + 2, sizeof *m.other);
	m.place = weir_alloc_zero(m.count + 2, sizeof *m.place);
	if (m.order && m.other && m.place)
		status = settle(out, arena, &m);
out:
	weir_free(m.place);
	weir_free(m.other);
	weir_free(m.order);
	weir_free(m.bands);
	weir_free(m.band_of_code);
	weir_names_free(&m.names);
	return status;
}

/* --- counting --------------------------------------------------------------------------------------------------- */

/* One count: contracts in the order of their bands, those of an obligor together within a combination. */
typedef struct counter {
	const weir_strat_ground *ground;
	const weir_strat_dimension *dimensions;
	int dimension_count;
	int *order, *other; /* [contracts] */
	weir_strat_sum *rows;
	size_t count, capacity;
	int last_obligor;
} counter;

/* By the last dimension first: each sort keeps what the ones before it made. */
static weir_status sort_contracts(counter *k)
{
	size_t contracts = (size_t)k->ground->pool->deal->pool.contract_count;
	memcpy(k->order, k->ground->by_obligor, contracts * sizeof *k->order);
	for (int d = k->dimension_count - 1; d >= 0; d--) {
		const weir_strat_dimension *dimension = &k->dimensions[d];
		size_t bands = (size_t)dimension->count;
		size_t *place = weir_alloc_zero(bands + 1, sizeof *place);
		if (!place)
			return WEIR_NO_MEMORY;
		sort_by_key(k->other, k->order, contracts, dimension->band_of, place, bands);
		weir_free(place);
		int *swap = k->order;
		k->order = k->other;
		k->other = swap;
	}
	return WEIR_OK;
}

/* The sums of an average while it is made. */
typedef struct averages {
	double rate, with_rate, remaining, with_remaining;
} averages;

static void add_contract(weir_strat_sum *sum, averages *a, const weir_strat_ground *ground, int contract)
{
	double cents = weir_strat_cents(ground, contract), rate = ground->rate[contract],
	       remaining = ground->remaining[contract];
	sum->contracts++;
	sum->principal_cents += ground->principal_cents[contract];
	sum->receivable_cents += ground->receivable_cents[contract];
	sum->cents += cents;
	a->rate += isnan(rate) ? 0 : cents * rate;
	a->with_rate += isnan(rate) ? 0 : cents;
	a->remaining += isnan(remaining) ? 0 : cents * remaining;
	a->with_remaining += isnan(remaining) ? 0 : cents;
}

static void finish_averages(weir_strat_sum *sum, const averages *a)
{
	sum->rate = a->with_rate > 0 ? a->rate / a->with_rate : NAN;
	sum->remaining = a->with_remaining > 0 ? a->remaining / a->with_remaining : NAN;
}

static int shares_bands(const counter *k, const weir_strat_sum *row, int contract)
{
	for (int d = 0; d < k->dimension_count; d++)
		if (k->dimensions[d].band_of[contract] != row->bands[d])
			return 0;
	return 1;
}

static weir_status open_row(counter *k, int contract)
{
	if (!WEIR_GROW(k->rows, k->count, k->capacity))
		return WEIR_NO_MEMORY;
	weir_strat_sum *row = &k->rows[k->count++];
	*row = (weir_strat_sum){ 0 };
	for (int d = 0; d < k->dimension_count; d++)
		row->bands[d] = k->dimensions[d].band_of[contract];
	k->last_obligor = -1;
	return WEIR_OK;
}

static weir_status add_rows(counter *k, size_t most)
{
	const weir_pool_terms *terms = &k->ground->pool->deal->pool;
	averages a = { 0 };
	for (int i = 0; i < terms->contract_count; i++) {
		int contract = k->order[i], obligor = terms->contracts[contract].obligor;
		if (k->count == 0 || !shares_bands(k, &k->rows[k->count - 1], contract)) {
			if (k->count > 0)
				finish_averages(&k->rows[k->count - 1], &a);
			if (most > 0 && k->count == most)
				return WEIR_NO;
			if (open_row(k, contract) != WEIR_OK)
				return WEIR_NO_MEMORY;
			a = (averages){ 0 };
		}
		weir_strat_sum *row = &k->rows[k->count - 1];
		add_contract(row, &a, k->ground, contract);
		row->obligors += obligor != k->last_obligor;
		k->last_obligor = obligor;
	}
	if (k->count > 0)
		finish_averages(&k->rows[k->count - 1], &a);
	return WEIR_OK;
}

static weir_strat_sum total_of(const weir_strat_ground *ground)
{
	const weir_pool_terms *terms = &ground->pool->deal->pool;
	weir_strat_sum total = { 0 };
	averages a = { 0 };
	int last = -1;
	for (int i = 0; i < terms->contract_count; i++) {
		int contract = ground->by_obligor[i], obligor = terms->contracts[contract].obligor;
		add_contract(&total, &a, ground, contract);
		total.obligors += obligor != last;
		last = obligor;
	}
	finish_averages(&total, &a);
	return total;
}

/* The rows into the arena; of a single dimension with rows for the bands that nobody is in. */
static weir_status keep_rows(weir_strat_table *out, weir_arena *arena, const counter *k)
{
	int single = k->dimension_count == 1;
	size_t count = single ? (size_t)k->dimensions[0].count : k->count;
	weir_strat_sum *rows = weir_arena_array(arena, count + 1, sizeof *rows);
	if (!rows)
		return WEIR_NO_MEMORY;
	for (size_t b = 0; single && b < count; b++)
		rows[b] = (weir_strat_sum){ .bands = { (int)b }, .rate = NAN, .remaining = NAN };
	for (size_t r = 0; r < k->count; r++)
		rows[single ? (size_t)k->rows[r].bands[0] : r] = k->rows[r];
	*out = (weir_strat_table){ k->dimensions, k->dimension_count, rows, count, total_of(k->ground) };
	return WEIR_OK;
}

weir_status weir_strat_count(weir_strat_table *out, weir_arena *arena, const weir_strat_ground *ground,
                             const weir_strat_dimension *dimensions, int dimension_count, size_t most)
{
	weir_status status = WEIR_NO_MEMORY;
	size_t contracts = (size_t)ground->pool->deal->pool.contract_count;
	counter k = { .ground = ground, .dimensions = dimensions, .dimension_count = dimension_count };
	k.order = weir_alloc_zero(contracts + 1, sizeof *k.order);
	k.other = weir_alloc_zero(contracts + 1, sizeof *k.other);
	if (!k.order || !k.other)
		goto out;
	WEIR_TRY(sort_contracts(&k));
	WEIR_TRY(add_rows(&k, most));
	status = keep_rows(out, arena, &k);
out:
	weir_free(k.rows);
	weir_free(k.other);
	weir_free(k.order);
	return status;
}

weir_strat_hands weir_strat_hands_of(const double *cents, size_t count)
{
	enum { MOST = 10 };
	double largest[MOST] = { 0 }, total = 0, squares = 0;
	weir_strat_hands hands = { .top1 = NAN, .top5 = NAN, .top10 = NAN, .herfindahl = NAN };
	for (size_t i = 0; i < count; i++)
		total += cents[i];
	for (size_t i = 0; i < count; i++) {
		int at = MOST;
		hands.names += cents[i] > 0;
		squares += (cents[i] / total) * (cents[i] / total);
		for (; at > 0 && largest[at - 1] < cents[i]; at--)
			if (at < MOST)
				largest[at] = largest[at - 1];
		if (at < MOST)
			largest[at] = cents[i];
	}
	if (!(total > 0))
		return hands;
	hands.herfindahl = squares;
	hands.top1 = largest[0] / total;
	double sum = 0;
	for (int i = 0; i < MOST; i++) {
		sum += largest[i];
		if (i == 4)
			hands.top5 = sum / total;
	}
	hands.top10 = sum / total;
	return hands;
}

/* --- the tables of a period's report ---------------------------------------------------------------------------- */

static int has_more_principal(const void *context, int b, int a)
{
	const weir_strat_table *table = context;
	return table->rows[b].principal_cents > table->rows[a].principal_cents;
}

static weir_strat_row row_of(const weir_strat_ground *ground, const weir_strat_table *table, int number)
{
	const weir_strat_dimension *dimension = table->dimensions;
	const weir_strat_band *band = &dimension->bands[number];
	const weir_strat_sum *sum = &table->rows[number];
	const weir_pool_terms *terms = &ground->pool->deal->pool;
	weir_strat_row row = { .band = band->text,
		               .number = number,
		               .contracts = sum->contracts,
		               .obligors = sum->obligors,
		               .principal_cents = sum->principal_cents,
		               .receivable_cents = sum->receivable_cents };
	if (dimension->by == WEIR_STRAT_KIND)
		row.number = (int)terms->contracts[band->first].kind;
	if (dimension->by == WEIR_STRAT_OBLIGOR) {
		row.number = band->code;
		row.band = terms->obligors[band->code].id;
	}
	return row;
}

weir_status weir_pool_stratify(weir_strat *out, weir_arena *arena, const weir_pool *pool, weir_strat_by by)
{
	weir_strat_terms terms = { .by = by, .sort = WEIR_STRAT_SORT_LISTED };
	weir_strat_ground ground;
	weir_strat_dimension dimension;
	weir_strat_table table;
	weir_strat_row *rows = NULL;
	weir_arena *scratch = NULL;
	weir_status status;
	int *order = NULL, *other = NULL;
	WEIR_TRY(weir_arena_create(&scratch));
	WEIR_TRY(weir_strat_ground_create(&ground, scratch, pool, WEIR_STRAT_PRINCIPAL));
	WEIR_TRY(weir_strat_dimension_create(&dimension, scratch, &ground, &terms));
	WEIR_TRY(weir_strat_count(&table, scratch, &ground, &dimension, 1, 0));
	status = WEIR_NO_MEMORY;
	rows = weir_arena_array(arena, (size_t)dimension.count + 1, sizeof *rows);
	order = weir_alloc_zero((size_t)dimension.count + 1, sizeof *order);
	other = weir_alloc_zero((size_t)dimension.count + 1, sizeof *other);
	if (!rows || !order || !other)
		goto out;
	for (int i = 0; i < dimension.count; i++)
		order[i] = i;
	sort_items(order, other, dimension.count, has_more_principal, &table);
	for (int i = 0; i < dimension.count; i++)
		rows[i] = row_of(&ground, &table, order[i]);
	*out = (weir_strat){ .rows = rows, .count = dimension.count };
	status = WEIR_OK;
out:
	weir_free(other);
	weir_free(order);
	weir_arena_destroy(scratch);
	return status;
}
