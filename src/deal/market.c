/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "deal/market.h"

#include <string.h>

static int same_id(const weir_node *node, const char *id)
{
	return id && node->id && strcmp(node->id, id) == 0;
}

const weir_rate_curve *weir_market_curve(const weir_market *market, const char *id)
{
	for (int i = 0; i < market->curve_count; i++)
		if (same_id(&market->curves[i].node, id))
			return &market->curves[i];
	return NULL;
}

const weir_spreads *weir_market_spreads(const weir_market *market, const char *id)
{
	for (int i = 0; i < market->spreads_count; i++)
		if (same_id(&market->spreads[i].node, id))
			return &market->spreads[i];
	return NULL;
}

const weir_grade_spread *weir_spreads_grade(const weir_spreads *spreads, const char *grade)
{
	for (int i = 0; i < spreads->grade_count; i++)
		if (same_id(&spreads->grades[i].node, grade))
			return &spreads->grades[i];
	return NULL;
}

double weir_rate_curve_years(const weir_rate_curve *curve, weir_date date)
{
	weir_year_fraction f = weir_day_count_fraction(curve->day_count, curve->date, date, NULL);
	return (double)f.numerator / (double)f.denominator;
}

double weir_rate_curve_par(const weir_rate_curve *curve, weir_date from, double years)
{
	double start = weir_rate_curve_years(curve, from);
	return weir_curve_par(&curve->curve, start, start + years, curve->frequency);
}

double weir_rate_curve_yield(const weir_rate_curve *curve, weir_date from, double years)
{
	double start = weir_rate_curve_years(curve, from);
	return weir_curve_par_yield(&curve->curve, start, start + years, curve->frequency);
}

double weir_grade_spread_at(const weir_grade_spread *grade, double years)
{
	int last = grade->count - 1, i = 0;
	if (years <= grade->years[0])
		return grade->spreads[0];
	if (years >= grade->years[last])
		return grade->spreads[last];
	while (years > grade->years[i + 1])
		i++;
	double part = (years - grade->years[i]) / (grade->years[i + 1] - grade->years[i]);
	return grade->spreads[i] + part * (grade->spreads[i + 1] - grade->spreads[i]);
}
