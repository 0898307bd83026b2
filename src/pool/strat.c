/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "base/alloc.h"
#include "pool/pool.h"

/* Scratch of one stratification. */
typedef struct sorter {
	const weir_pool *pool;
	weir_strat_by by;
	weir_names names;     /* texts to bands */
	int *band;            /* [contracts] */
	int *by_obligor;      /* [contracts] the contracts' numbers, those of one obligor together */
	size_t *place;        /* [obligors + 1] */
	int *seen;            /* [bands] the last obligor counted in it, from 1 */
	weir_strat_row *rows; /* [bands], in order of listing; as many as there are contracts */
	int count;
} sorter;

static const char *text_of(const sorter *s, const weir_contract *contract)
{
	const weir_obligor *obligor = &s->pool->deal->pool.obligors[contract->obligor];
	const char *text = NULL;
	switch (s->by) {
	case WEIR_STRAT_OBLIGOR:
		text = obligor->id;
		break;
	case WEIR_STRAT_INDUSTRY:
		text = obligor->industry;
		break;
	case WEIR_STRAT_REGION:
		text = obligor->region;
		break;
	case WEIR_STRAT_KIND:
		text = weir_contract_kind_text(contract->kind);
		break;
	case WEIR_STRAT_GRADE:
		text = contract->grade;
		break;
	case WEIR_STRAT_GUARANTEE:
		text = contract->guarantee;
		break;
	}
	return text ? text : "";
}

/* The band's number for the row: what its text stands for, else its place. */
static int number_of(const sorter *s, const weir_contract *contract)
{
	if (s->by == WEIR_STRAT_OBLIGOR)
		return contract->obligor;
	return s->by == WEIR_STRAT_KIND ? (int)contract->kind : s->count;
}

/* Gives every contract its band, and adds its amounts to the band's row. */
static weir_status fill_bands(sorter *s)
{
	const weir_pool_terms *terms = &s->pool->deal->pool;
	for (int c = 0; c < terms->contract_count; c++) {
		const char *text = text_of(s, &terms->contracts[c]);
		int band = weir_names_find(&s->names, text, strlen(text));
		if (band < 0) {
			band = s->count;
			if (weir_names_put(&s->names, text, strlen(text), band) != WEIR_OK)
				return WEIR_NO_MEMORY;
			s->rows[band].band = text;
			s->rows[band].number = number_of(s, &terms->contracts[c]);
			s->count++;
		}
		s->band[c] = band;
		s->rows[band].contracts++;
		for (size_t r = s->pool->contract_first[c]; r < s->pool->contract_first[c + 1]; r++) {
			const weir_receipt *receipt = &s->pool->receipts[r];
			s->rows[band].principal_cents += receipt->principal_cents;
			s->rows[band].receivable_cents += receipt->principal_cents + receipt->income_cents;
		}
	}
	return WEIR_OK;
}

/* Counts each obligor once in each of its bands: the contracts of one obligor one after the other (a
 * counting sort), so that the last obligor seen tells a new one. */
static void count_obligors(sorter *s)
{
	const weir_pool_terms *terms = &s->pool->deal->pool;
	for (int c = 0; c < terms->contract_count; c++)
		s->place[terms->contracts[c].obligor + 1]++;
	for (int o = 0; o < terms->obligor_count; o++)
		s->place[o + 1] += s->place[o];
	for (int c = 0; c < terms->contract_count; c++)
		s->by_obligor[s->place[terms->contracts[c].obligor]++] = c;
	for (int i = 0; i < terms->contract_count; i++) {
		int c = s->by_obligor[i], band = s->band[c], obligor = terms->contracts[c].obligor + 1;
		s->rows[band].obligors += s->seen[band] != obligor;
		s->seen[band] = obligor;
	}
}

/* Merges two runs that are sorted by principal, largest first; stable. */
static void merge(weir_strat_row *to, const weir_strat_row *a, int na, const weir_strat_row *b, int nb)
{
	while (na > 0 || nb > 0) {
		int from_b = na == 0 || (nb > 0 && b->principal_cents > a->principal_cents);
		*to++ = from_b ? *b++ : *a++;
		from_b ? nb-- : na--;
	}
}

static int least(int a, int b)
{
	return a < b ? a : b;
}

/* Sorts rows through `other`; returns the one of the two arrays that holds the result. */
static weir_strat_row *sort_rows(weir_strat_row *rows, weir_strat_row *other, int count)
{
	for (int width = 1; width < count; width *= 2) {
		for (int i = 0; i < count; i += 2 * width) {
			int left = least(width, count - i), right = least(width, count - i - left);
			merge(other + i, rows + i, left, rows + i + left, right);
		}
		weir_strat_row *swap = rows;
		rows = other;
		other = swap;
	}
	return rows;
}

weir_status weir_pool_stratify(weir_strat *out, weir_arena *arena, const weir_pool *pool, weir_strat_by by)
{
	size_t contracts = (size_t)pool->deal->pool.contract_count;
	weir_strat_row *kept = NULL, *other = NULL;
	weir_status status = WEIR_NO_MEMORY;
	sorter s = { .pool = pool,
		     .by = by,
		     .band = weir_alloc_zero(contracts, sizeof *s.band),
		     .by_obligor = weir_alloc_zero(contracts, sizeof *s.by_obligor),
		     .place = weir_alloc_zero((size_t)pool->deal->pool.obligor_count + 1, sizeof *s.place),
		     .seen = weir_alloc_zero(contracts, sizeof *s.seen),
		     .rows = weir_alloc_zero(contracts, sizeof *s.rows) };
	if (!s.band || !s.by_obligor || !s.place || !s.seen || !s.rows)
		goto out;
	WEIR_TRY(fill_bands(&s));
	count_obligors(&s);
	kept = weir_arena_array(arena, (size_t)s.count, sizeof *kept);
	other = weir_alloc_zero((size_t)s.count, sizeof *other);
	status = WEIR_NO_MEMORY;
	if (!kept || !other)
		goto out;
	memcpy(kept, sort_rows(s.rows, other, s.count), (size_t)s.count * sizeof *kept);
	*out = (weir_strat){ .rows = kept, .count = s.count };
	status = WEIR_OK;
out:
	weir_free(other);
	weir_free(s.rows);
	weir_free(s.seen);
	weir_free(s.place);
	weir_free(s.by_obligor);
	weir_free(s.band);
	weir_names_free(&s.names);
	return status;
}
