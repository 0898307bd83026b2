/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "study/rating.h"

#include <math.h>
#include <string.h>

#include "base/money.h"
#include "math/vec/elementary.h"
#include "pool/actuals.h"

#define NEXT_GRADE 1.1 /* a missing target is the next better grade's / this */

const weir_grade_table *weir_grade_tables_find(const weir_grade_tables *tables, const char *asset_class)
{
	for (int i = 0; i < tables->count; i++)
		if (strcmp(tables->items[i].asset_class, asset_class) == 0)
			return &tables->items[i];
	return NULL;
}

int weir_grade_table_published(const weir_grade_table *table, const char *rating)
{
	size_t length = rating ? strlen(rating) : 0;
	if (length > 2 && weir_ends_with(rating, length, "sf"))
		length -= 2;
	for (int i = 0; i < table->count; i++)
		if (length > 0 && weir_is_word(rating, length, table->grades[i].grade))
			return i;
	return -1;
}

/* --- log-normal ------------------------------------------------------------------------------------------------- */

int weir_log_normal_of_moments(weir_log_normal *out, double mean, double deviation)
{
	if (!(mean > 0 && deviation >= 0))
		return 0;
	double ratio = deviation / mean, variance = weir_log(1 + ratio * ratio);
	*out = (weir_log_normal){ weir_log(mean) - variance / 2, sqrt(variance) };
	return 1;
}

int weir_log_normal_of_rates(weir_log_normal *out, const double *rates, int count)
{
	double sum = 0, squares = 0;
	if (count < 2)
		return 0;
	for (int i = 0; i < count; i++) {
		if (!(rates[i] > 0))
			return 0;
		sum += weir_log(rates[i]);
	}
	double mean = sum / count;
	for (int i = 0; i < count; i++) {
		double distance = weir_log(rates[i]) - mean;
		squares += distance * distance;
	}
	*out = (weir_log_normal){ mean, sqrt(squares / (count - 1)) };
	return 1;
}

double weir_log_normal_exceeded(const weir_log_normal *law, double probability)
{
	return weir_exp(law->mean - law->deviation * weir_normal_quantile(probability));
}

/* --- targets ---------------------------------------------------------------------------------------------------- */

static double at_most_all(double rate)
{
	return rate > 1 ? 1 : rate;
}

/* Before the cap; NAN when the table has no number. */
static double target_of(const weir_grade_target *grade, const weir_target_terms *terms)
{
	if (!terms->by_law)
		return grade->multiple * terms->base_default;
	return isnan(grade->probability) ? NAN : weir_log_normal_exceeded(&terms->law, grade->probability);
}

void weir_target_terms_stand(weir_target_terms *terms, const weir_pool *pool)
{
	double defaulted = weir_pool_defaulted_cents(pool);
	if (!(pool->principal_cents > 0))
		return;
	terms->left = weir_pool_standing_cents(pool) / pool->principal_cents;
	if (defaulted > 0)
		terms->defaulted += defaulted / pool->principal_cents;
}

void weir_targets_find(weir_target *out, const weir_grade_table *table, const weir_target_terms *terms)
{
	double better = NAN;
	for (int i = 0; i < table->count; i++) {
		double rate = target_of(&table->grades[i], terms);
		int derived = isnan(rate) && !isnan(better);
		better = derived ? better / NEXT_GRADE : rate;
		double of_initial = weir_rate_normal(at_most_all(better));
		double to_come = (of_initial - terms->defaulted) / terms->left;
		out[i] = (weir_target){ .of_initial = of_initial, .derived = derived };
		out[i].rate = to_come < 0 ? 0 : weir_rate_normal(at_most_all(to_come));
		out[i].required_support = weir_rate_normal(out[i].rate * (1 - terms->recovery));
	}
}

int weir_targets_reached(const weir_target *targets, int count, double break_even)
{
	for (int i = 0; i < count; i++)
		if (targets[i].rate <= break_even)
			return i;
	return -1;
}

/* --- expected losses -------------------------------------------------------------------------------------------- */

const weir_loss_grade *weir_loss_table_find(const weir_loss_table *table, const char *grade)
{
	for (int i = 0; i < table->count; i++)
		if (strcmp(table->grades[i].grade, grade) == 0)
			return &table->grades[i];
	return NULL;
}

double weir_loss_at(const weir_loss_grade *grade, double years)
{
	int next = 0, last = grade->count - 1;
	if (isnan(years))
		return NAN;
	while (next < last && grade->years[next] < years)
		next++;
	if (next == 0 || years >= grade->years[next])
		return grade->losses[next];
	double from = weir_log(grade->losses[next - 1]), to = weir_log(grade->losses[next]);
	double part = (years - grade->years[next - 1]) / (grade->years[next] - grade->years[next - 1]);
	return weir_rate_normal(weir_exp(from + part * (to - from)));
}
