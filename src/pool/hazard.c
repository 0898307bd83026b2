/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "math/vec/quad.h"
#include "pool/stress.h"

#define MONTHS_A_YEAR 12
#define PLACES 1e12
#define NO_KEY (-1)

typedef unsigned __int128 wide;

/* The interval of a step in months: from + 1 .. to, counted from the cut-off date's month. */
typedef struct months {
	int from, to;
} months;

/* What a share's profile says of a year or month, from 1; the last one goes on. */
static weir_quad value_of(const weir_shock *shock, int number)
{
	if (shock->value_count == 0)
		return weir_quad_from_decimal(shock->value);
	int last = shock->value_count - 1, at = number - 1;
	return weir_quad_from_decimal(shock->values[at < last ? at : last]);
}

/* (1 - r)^(n / 12) for the months of each year of the interval. */
static weir_quad annual_survival(const weir_shock *shock, months m)
{
	weir_quad left = 1;
	for (int from = m.from; from < m.to;) {
		int year = from / MONTHS_A_YEAR + 1, to = year * MONTHS_A_YEAR;
		weir_quad base = 1 - value_of(shock, year);
		to = to < m.to ? to : m.to;
		left *= base > 0 ? weir_quad_root_pow(base, to - from, MONTHS_A_YEAR) : 0;
		from = to;
	}
	return left;
}

static weir_quad monthly_survival(const weir_shock *shock, months m)
{
	weir_quad left = 1;
	for (int month = m.from + 1; month <= m.to; month++)
		left *= 1 - value_of(shock, month);
	return left;
}

/* ABS speed: of the original pool, so that of what is left at the month q: a / (1 - a (q - 1)), at most 1. */
static weir_quad abs_survival(const weir_shock *shock, months m)
{
	weir_quad left = 1;
	for (int month = m.from + 1; month <= m.to && left > 0; month++) {
		weir_quad a = value_of(shock, month), rest = 1 - a * (month - 1);
		left *= a < rest ? 1 - a / rest : 0;
	}
	return left;
}

/* The 10^-12 units of a decimal. */
static int64_t units_of(double decimal)
{
	return (int64_t)weir_round_half_away(decimal * PLACES);
}

/* Share of the curve's total that is reached after some days, linear between the ends of its equal parts: in 10^-12
 * units, times the days of the whole curve. */
static int64_t reached(const weir_shock *shock, int64_t length, int64_t days)
{
	if (days <= 0)
		return 0;
	if (days >= length)
		return (int64_t)PLACES * length;
	if (shock->value_count == 0)
		return (int64_t)PLACES * days;
	int64_t position = days * shock->value_count, part = position / length, sum = 0; /* in days / parts */
	for (int64_t j = 0; j < part; j++)
		sum += units_of(shock->values[j]);
	return sum * length + units_of(shock->values[part]) * (position - part * length);
}

/* a / b rounded to 12 places, a half up; 0 <= a <= b < 10^30. */
static double divide_wide(wide a, wide b)
{
	wide half = (wide)(int64_t)1e6, high = a * half / b, low = (a * half - high * b) * half;
	wide units = high * half + low / b;
	units += (low - low / b * b) * 2 >= b;
	return (double)(uint64_t)units / PLACES;
}

/* The curve is of the original principal, a hazard of what performs: V (F1 - F0) / (1 - V F0). */
static double curve_survival(const weir_shock *shock, const weir_stress_step *step)
{
	weir_date start = weir_deal_cutoff(step->contract->pool->deal);
	int64_t length = step->contract->last_due - start;
	int64_t before = reached(shock, length, step->from - start);
	int64_t now = reached(shock, length, step->receipt->contract_due - start);
	int64_t total = units_of(shock->value);
	wide rest = (wide)PLACES * (wide)PLACES * (wide)(length > 0 ? length : 0) - (wide)total * (wide)before;
	if (!(rest > 0 && now > before))
		return 1;
	return weir_rate_normal(1 - divide_wide((wide)total * (wide)(now - before), rest));
}

/* --- remembered ------------------------------------------------------------------------------------------------- */

/* The memo of a key; `*known` tells whether it holds the value already. */
static weir_stress_memo *memo_of(const weir_stress_item *item, int32_t a, int32_t b, int32_t c, int *known)
{
	weir_stress_memo *memo = &item->memo[((uint32_t)a + (uint32_t)b + (uint32_t)c) % WEIR_STRESS_MEMOS];
	*known = memo->set && memo->a == a && memo->b == b && memo->c == c;
	if (!*known)
		*memo = (weir_stress_memo){ .a = a, .b = b, .c = c, .set = 1 };
	return memo;
}

static double twelve_places(weir_quad share)
{
	return weir_round_quad(share * (weir_quad)PLACES) / PLACES;
}

/* 1 - the hazard rounded to 12 places; the hazard lies between 0 and 1. */
static double survival_of(weir_quad left)
{
	left = left < 0 ? 0 : left > 1 ? 1 : left;
	return weir_rate_normal(1 - twelve_places(1 - left));
}

/* Months behind the last value are all alike: only their number counts. */
static months key_months(const weir_shock *shock, months m)
{
	int step = shock->profile == WEIR_PROFILE_ANNUAL ? MONTHS_A_YEAR : 1;
	int last = (shock->value_count > 0 ? shock->value_count - 1 : 0) * step;
	if (shock->profile == WEIR_PROFILE_ABS || m.from < last)
		return m;
	return (months){ last, last + m.to - m.from };
}

static double months_survival(const weir_stress_item *item, months m)
{
	int known;
	m = key_months(&item->shock, m);
	weir_stress_memo *memo = memo_of(item, m.from, m.to, NO_KEY, &known);
	if (known)
		return memo->value;
	switch (item->shock.profile) {
	case WEIR_PROFILE_ANNUAL:
		return memo->value = survival_of(annual_survival(&item->shock, m));
	case WEIR_PROFILE_MONTHLY:
		return memo->value = survival_of(monthly_survival(&item->shock, m));
	default:
		return memo->value = survival_of(abs_survival(&item->shock, m));
	}
}

double weir_hazard_survival(const weir_stress_item *item, const weir_stress_step *step)
{
	weir_date due = step->receipt->contract_due;
	int known;
	if (item->shock.profile == WEIR_PROFILE_DATE)
		return due >= item->shock.from ? 0 : 1;
	if (item->shock.profile != WEIR_PROFILE_CURVE)
		return months_survival(item, (months){ step->month_from, step->month });
	weir_stress_memo *memo = memo_of(item, step->from, due, step->contract->last_due, &known);
	if (!known)
		memo->value = curve_survival(&item->shock, step);
	return memo->value;
}

double weir_hazard_decay(const weir_stress_item *item, const weir_stress_step *step)
{
	weir_date start = item->shock.from;
	if (start == WEIR_DATE_NONE)
		start = weir_deal_cutoff(step->contract->pool->deal);
	int known, count = weir_stress_month(step->receipt->contract_due) - weir_stress_month(start);
	if (count <= 0)
		return 1;
	weir_stress_memo *memo = memo_of(item, count, NO_KEY, NO_KEY, &known);
	if (known)
		return memo->value;
	weir_quad base = 1 - weir_quad_from_decimal(item->shock.value);
	return memo->value = base > 0 ? twelve_places(weir_quad_root_pow(base, count, MONTHS_A_YEAR)) : 0;
}
