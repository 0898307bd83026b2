/* SPDX-License-Identifier: GPL-3.0-or-later */
/* bench_kernels.c: the yardstick of "weir bench": what a careful programmer writes for one deal and no other.
 *
 * Each kernel holds a few lanes in vector registers and runs all steps of a period over them before it goes on.
 * Rounding is the engine's: half away from zero, decided exactly; where a lane is in doubt it is decided in
 * quadruple precision, as the engine does. Amounts are never negative here, which a hand-written kernel may use. */
#include "cli/bench_kernels.h"

#include <stdint.h>

#pragma GCC diagnostic ignored "-Wpsabi" /* vectors pass between inlined functions only */

#define WIDE 4 /* lanes in one vector */
typedef double vec __attribute__((vector_size(WIDE * sizeof(double))));
typedef int64_t mask __attribute__((vector_size(WIDE * sizeof(int64_t))));

#define VECTORS (WEIR_LANES / WIDE)
#define ERROR 1.7763568394002505e-15 /* as in the engine's kernels */
#define INLINE static inline __attribute__((always_inline))

INLINE vec all(double x)
{
	return (vec){ x, x, x, x };
}

INLINE vec choose(mask m, vec a, vec b)
{
	return (vec)((m & (mask)a) | (~m & (mask)b));
}

INLINE vec least(vec a, vec b)
{
	return choose(a < b, a, b);
}

INLINE vec most(vec a, vec b)
{
	return choose(a > b, a, b);
}

INLINE vec load(const double *p)
{
	return *(const vec *)p;
}

/* round(base x rate x fraction) in integers: rates have at most twelve decimals. */
static double exactly(double base, double rate, const weir_year_fraction *f)
{
	unsigned __int128 product = (unsigned __int128)(uint64_t)base * (uint64_t)(rate * 1e12 + 0.5) *
	                            (uint64_t)f->numerator;
	uint64_t divisor = 1000000000000u * (uint64_t)f->denominator;
	uint64_t quotient = (uint64_t)(product / divisor),
		 rest = (uint64_t)(product - (unsigned __int128)quotient * divisor);
	return (double)(quotient + (rest >= divisor - rest));
}

/* x = base * rate * fraction, x >= 0, rounded; lanes near a half are decided exactly. */
INLINE vec rounded(vec base, double rate, double fraction, const weir_year_fraction *exact)
{
	vec x = base * rate * fraction;
	vec whole = (x + WEIR_WHOLE_MAGIC) - WEIR_WHOLE_MAGIC;
	vec off = x - whole;
	mask doubt = choose(off < 0, -off, off) >= 0.5 - x * ERROR;
	if (__builtin_expect((doubt[0] | doubt[1] | doubt[2] | doubt[3]) != 0, 0))
		for (int l = 0; l < WIDE; l++)
			if (doubt[l])
				whole[l] = exactly(base[l], rate, exact);
	return whole;
}

static const weir_year_fraction whole_year = { 1, 1, 0 };

/* Tax inside a gross amount at 3 %. */
INLINE vec rounded_vat(vec income)
{
	vec x = income * 0.03 / 1.03;
	vec whole = (x + WEIR_WHOLE_MAGIC) - WEIR_WHOLE_MAGIC;
	vec off = x - whole;
	mask doubt = choose(off < 0, -off, off) >= 0.5 - x * ERROR;
	if (__builtin_expect((doubt[0] | doubt[1] | doubt[2] | doubt[3]) != 0, 0))
		for (int l = 0; l < WIDE; l++)
			if (doubt[l])
				whole[l] = weir_round_quad((weir_quad)income[l] * 3 / 103);
	return whole;
}

INLINE vec take(vec *cash, vec due)
{
	vec paid = least(*cash, due);
	*cash -= paid;
	return paid;
}

WEIR_HOT void weir_bench_ex2(weir_bench_output *out, const weir_bench_input *in)
{
	const vec sub = all(1600000000.0); /* 1,600 万 */
	for (int v = 0; v < VECTORS; v++) {
		vec cash = all(0), balance = all(28500000000.0), unpaid = all(0), to_a = all(0), to_sub = all(0),
		    to_fees = all(0);
		mask missed = { 0 };
		for (int k = 1; k <= in->periods; k++) {
			vec income = load(in->income[k] + WIDE * v);
			double f = in->fraction[k];
			const weir_year_fraction *e = &in->exact[k];
			cash += load(in->principal[k] + WIDE * v) + income;
			unpaid += rounded(balance, 0.04, f, e);
			vec principal = most(balance - in->targets[0][k], all(0));
			vec vat = rounded_vat(income);
			vec fees = take(&cash, vat);
			fees += take(&cash, rounded(vat, 0.12, 1, &whole_year));
			fees += take(&cash, rounded(balance, 0.0001, f, e));
			fees += take(&cash, rounded(balance + sub, 0.001, f, e));
			if (in->year_end[k])
				fees += take(&cash, all(7000000.0));
			fees += take(&cash, rounded(unpaid + principal, 0.00005, 1, &whole_year));
			vec interest = take(&cash, unpaid);
			unpaid -= interest;
			vec repaid = take(&cash, principal);
			balance -= repaid;
			missed |= (unpaid > 0) | (principal - repaid > 0);
			vec rest = choose(balance == 0, cash, all(0));
			cash -= rest;
			to_a += interest + repaid;
			to_sub += rest;
			to_fees += fees;
		}
		*(vec *)(out->paid[0] + WIDE * v) = to_a;
		*(vec *)(out->paid[1] + WIDE * v) = to_sub;
		*(vec *)(out->paid[5] + WIDE * v) = to_fees;
		*(vec *)(out->missed + WIDE * v) = choose(missed, all(1), all(0));
	}
}

#define SENIOR 4
#define FEES 16
#define JUNIORS 10

/* Interest, principal and their dues of one period over one vector of lanes of the large deal. */
typedef struct state_120 {
	vec cash, reserve, balance[SENIOR], unpaid[SENIOR], junior_unpaid[JUNIORS];
	vec paid[SENIOR + 1], fees;
	mask missed;
} state_120;

static const double coupons[SENIOR] = { 0.0310, 0.0345, 0.0395, 0.0460 };
static const double fee_rates[FEES] = { 0.00005, 0.00008, 0.00011, 0.00014, 0.00017, 0.00020, 0.00023, 0.00026,
	                                0.00029, 0.00032, 0.00035, 0.00038, 0.00041, 0.00044, 0.00047, 0.00050 };
static const double junior_rates[JUNIORS] = { 0.0005, 0.0007, 0.0009, 0.0011, 0.0013,
	                                      0.0015, 0.0017, 0.0019, 0.0021, 0.0023 };

INLINE void period_120(state_120 *s, const weir_bench_input *in, int k, int v, vec sub)
{
	vec income = load(in->income[k] + WIDE * v), principal[SENIOR];
	vec collected = load(in->principal[k] + WIDE * v) + income;
	vec senior = s->balance[0] + s->balance[1] + s->balance[2] + s->balance[3];
	const vec bases[3] = { senior, load(in->pool_balance[k] + WIDE * v), senior + sub };
	double f = in->fraction[k];
	const weir_year_fraction *e = &in->exact[k];
	s->cash += collected;
	for (int c = 0; c < SENIOR; c++) {
		s->unpaid[c] += rounded(s->balance[c], coupons[c], f, e);
		principal[c] = most(s->balance[c] - in->targets[c][k], all(0));
	}
	vec vat = rounded_vat(income);
	s->fees += take(&s->cash, vat);
	s->fees += take(&s->cash, rounded(vat, 0.12, 1, &whole_year));
	for (int i = 0; i < FEES; i++)
		s->fees += take(&s->cash, rounded(bases[i % 3], fee_rates[i], f, e));
	for (int c = 0; c < SENIOR; c++) {
		vec interest = take(&s->cash, s->unpaid[c]);
		s->unpaid[c] -= interest;
		s->paid[c] += interest;
		s->missed |= s->unpaid[c] > 0;
	}
	vec target = choose(senior == 0, all(0), rounded(senior, 0.00617, 1, &whole_year));
	s->reserve += take(&s->cash, most(target - s->reserve, all(0)));
	for (int c = 0; c < SENIOR; c++) {
		vec repaid = take(&s->cash, principal[c]);
		s->balance[c] -= repaid;
		s->paid[c] += repaid;
		s->missed |= principal[c] - repaid > 0;
	}
	for (int i = 0; i < JUNIORS; i++) {
		vec due = s->junior_unpaid[i] + rounded(i % 2 ? collected : income, junior_rates[i], 1, &whole_year);
		vec paid = take(&s->cash, due);
		s->junior_unpaid[i] = due - paid;
		s->fees += paid;
	}
	senior = s->balance[0] + s->balance[1] + s->balance[2] + s->balance[3];
	target = choose(senior == 0, all(0), rounded(senior, 0.00617, 1, &whole_year));
	vec released = most(s->reserve - target, all(0));
	s->reserve -= released;
	s->cash += released;
	mask open = senior == 0;
	vec yield = take(&s->cash, choose(open, rounded(sub, 0.05, f, e), all(0)));
	vec rest = choose(open, s->cash, all(0));
	s->cash -= rest;
	s->paid[SENIOR] += yield + rest;
}

WEIR_HOT void weir_bench_120(weir_bench_output *out, const weir_bench_input *in)
{
	static const double sizes[SENIOR] = { 4000000000.0, 2000000000.0, 1000000000.0, 800000000.0 };
	for (int v = 0; v < VECTORS; v++) {
		const vec sub = all(789793812.0);
		state_120 s = { .reserve = all(50000000.0) };
		for (int c = 0; c < SENIOR; c++)
			s.balance[c] = all(sizes[c]);
		for (int k = 1; k <= in->periods; k++)
			period_120(&s, in, k, v, sub);
		for (int c = 0; c <= SENIOR; c++)
			*(vec *)(out->paid[c] + WIDE * v) = s.paid[c];
		*(vec *)(out->paid[5] + WIDE * v) = s.fees;
		*(vec *)(out->missed + WIDE * v) = choose(s.missed, all(1), all(0));
	}
}
