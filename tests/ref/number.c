/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ref/number.h"

#include <gmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define BLOCK     512
#define ROOT_BITS 256

struct num_value {
	mpq_t q;
};

static struct num_value **blocks;
static size_t block_count, used;

/* A fresh number on top of the stack; its old value is whatever stood there. */
static struct num_value *take(void)
{
	if (used == block_count * BLOCK) {
		blocks = realloc(blocks, (block_count + 1) * sizeof *blocks);
		struct num_value *block = malloc(BLOCK * sizeof *block);
		if (!blocks || !block)
			abort();
		for (int i = 0; i < BLOCK; i++)
			mpq_init(block[i].q);
		blocks[block_count++] = block;
	}
	struct num_value *top = &blocks[used / BLOCK][used % BLOCK];
	used++;
	return top;
}

size_t num_mark(void)
{
	return used;
}

void num_release(size_t mark)
{
	used = mark;
}

void num_free_all(void)
{
	for (size_t b = 0; b < block_count; b++) {
		for (int i = 0; i < BLOCK; i++)
			mpq_clear(blocks[b][i].q);
		free(blocks[b]);
	}
	free(blocks);
	blocks = NULL;
	block_count = used = 0;
}

num num_whole(int64_t value)
{
	return num_ratio(value, 1);
}

num num_ratio(int64_t numerator, int64_t denominator)
{
	struct num_value *r = take();
	mpz_set_si(mpq_numref(r->q), numerator);
	mpz_set_si(mpq_denref(r->q), denominator);
	mpq_canonicalize(r->q);
	return r;
}

num num_scaled(int64_t units, int scale)
{
	struct num_value *r = take();
	mpz_set_si(mpq_numref(r->q), units);
	mpz_ui_pow_ui(mpq_denref(r->q), 10, (unsigned long)scale);
	mpq_canonicalize(r->q);
	return r;
}

num num_decimal(double value)
{
	char text[400], *point;
	struct num_value *r = take();
	snprintf(text, sizeof text, "%.12f", value);
	point = strchr(text, '.');
	if (!point)
		abort(); /* not a finite number */
	memmove(point, point + 1, strlen(point));
	if (mpz_set_str(mpq_numref(r->q), text, 10) != 0)
		abort();
	mpz_ui_pow_ui(mpq_denref(r->q), 10, 12);
	mpq_canonicalize(r->q);
	return r;
}

num num_add(num a, num b)
{
	struct num_value *r = take();
	mpq_add(r->q, a->q, b->q);
	return r;
}

num num_subtract(num a, num b)
{
	struct num_value *r = take();
	mpq_sub(r->q, a->q, b->q);
	return r;
}

num num_multiply(num a, num b)
{
	struct num_value *r = take();
	mpq_mul(r->q, a->q, b->q);
	return r;
}

num num_divide(num a, num b)
{
	struct num_value *r = take();
	mpq_div(r->q, a->q, b->q);
	return r;
}

num num_least(num a, num b)
{
	return num_compare(b, a) < 0 ? b : a;
}

num num_most(num a, num b)
{
	return num_compare(b, a) > 0 ? b : a;
}

int num_compare(num a, num b)
{
	int order = mpq_cmp(a->q, b->q);
	return (order > 0) - (order < 0);
}

int num_sign(num a)
{
	return mpq_sgn(a->q);
}

/* Replaces x by its root when that is rational; returns 0 and leaves x when it is not. */
static int take_rational_root(mpq_t x, unsigned long bottom)
{
	mpz_t top_root, bottom_root;
	mpz_inits(top_root, bottom_root, NULL);
	int exact = mpz_root(top_root, mpq_numref(x), bottom) != 0;
	exact = mpz_root(bottom_root, mpq_denref(x), bottom) != 0 && exact;
	if (exact) {
		mpz_set(mpq_numref(x), top_root);
		mpz_set(mpq_denref(x), bottom_root);
	}
	mpz_clears(top_root, bottom_root, NULL);
	return exact;
}

/* Replaces x by its root rounded down to ROOT_BITS binary places. */
static void take_near_root(mpq_t x, unsigned long bottom)
{
	mpz_t scaled;
	mpz_init(scaled);
	mpz_mul_2exp(scaled, mpq_numref(x), ROOT_BITS * bottom);
	mpz_fdiv_q(scaled, scaled, mpq_denref(x));
	mpz_root(mpq_numref(x), scaled, bottom);
	mpz_set_ui(mpq_denref(x), 1);
	mpz_mul_2exp(mpq_denref(x), mpq_denref(x), ROOT_BITS);
	mpq_canonicalize(x);
	mpz_clear(scaled);
}

num num_power(num base, int top, int bottom)
{
	struct num_value *r = take();
	mpz_pow_ui(mpq_numref(r->q), mpq_numref(base->q), (unsigned long)top);
	mpz_pow_ui(mpq_denref(r->q), mpq_denref(base->q), (unsigned long)top);
	if (bottom != 1 && !take_rational_root(r->q, (unsigned long)bottom))
		take_near_root(r->q, (unsigned long)bottom);
	return r;
}

/* |a| + 1/2 rounded down, with a's sign. */
static void round_half_away(mpz_t out, const mpq_t a)
{
	mpz_mul_2exp(out, mpq_numref(a), 1);
	mpz_abs(out, out);
	mpz_add(out, out, mpq_denref(a));
	mpz_fdiv_q(out, out, mpq_denref(a));
	mpz_fdiv_q_2exp(out, out, 1);
	if (mpq_sgn(a) < 0)
		mpz_neg(out, out);
}

int64_t num_round(num a)
{
	mpz_t whole;
	mpz_init(whole);
	round_half_away(whole, a->q);
	if (!mpz_fits_slong_p(whole))
		abort(); /* no amount of a deal is so large */
	int64_t result = mpz_get_si(whole);
	mpz_clear(whole);
	return result;
}

num num_round_to(num a, int digits)
{
	num unit = digits >= 0 ? num_scaled(1, digits) : num_divide(num_whole(1), num_scaled(1, -digits));
	num steps = num_divide(a, unit);
	struct num_value *r = take();
	round_half_away(mpq_numref(r->q), steps->q);
	mpz_set_ui(mpq_denref(r->q), 1);
	return num_multiply(r, unit);
}

int64_t num_floor(num a)
{
	mpz_t whole;
	mpz_init(whole);
	mpz_fdiv_q(whole, mpq_numref(a->q), mpq_denref(a->q));
	int64_t result = mpz_get_si(whole);
	mpz_clear(whole);
	return result;
}
