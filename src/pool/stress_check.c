/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/money.h"
#include "pool/stress.h"

#define MOST_FACTOR 1000 /* more is a slip in the scenario's numbers */

/* Whether a rate lies where it can; else complains about what was found, in percent, and says what to give. */
static int lies(const weir_shock *shock, double rate, double low, double high, const char *what, weir_diags *diags)
{
	if (rate >= low && rate <= high)
		return 1;
	weir_diag_error(diags, OUT_OF_RANGE, shock->place, "%s of \"%.10g%%\" is out of range; give %.10g%% to %.10g%%",
	                what, rate * 100, low * 100, high * 100);
	return 0;
}

static int is_share(const weir_shock *shock, double value, const char *what, weir_diags *diags)
{
	return lies(shock, value, 0, 1, what, diags);
}

static int are_months(const weir_shock *shock, int months, const char *what, weir_diags *diags)
{
	if (months >= 0)
		return 1;
	weir_diag_error(diags, OUT_OF_RANGE, shock->place, "%s of \"%d\" months is out of range; give 0 or more", what,
	                months);
	return 0;
}

static int has_date(const weir_deal *deal, const weir_shock *shock, const char *what, weir_diags *diags)
{
	if (weir_stress_from(deal, shock) != WEIR_DATE_NONE)
		return 1;
	weir_diag_error(diags, DATE_ORDER, shock->place,
	                "%s needs a date from 1900 to 2199; give a date, or months from the cut-off date", what);
	return 0;
}

static int check_late(const weir_shock *shock, weir_diags *diags)
{
	if (shock->kind == WEIR_SHOCK_LATE && !is_share(shock, shock->value, "a late share", diags))
		return 0;
	if (shock->months >= 1)
		return 1;
	weir_diag_error(diags, OUT_OF_RANGE, shock->place, "receipts are late by \"%d\" months; give at least 1",
	                shock->months);
	return 0;
}

/* A curve's parts add up to the whole. */
static int check_curve(const weir_shock *shock, weir_diags *diags)
{
	weir_quad sum = shock->value_count == 0;
	for (int i = 0; i < shock->value_count; i++)
		sum += weir_quad_from_decimal(shock->values[i]);
	return is_share(shock, shock->value, "a total", diags) &&
	       lies(shock, weir_rate_normal((double)sum), 1, 1, "a timing whose parts have a sum", diags);
}

static int check_profile(const weir_deal *deal, const weir_shock *shock, weir_diags *diags)
{
	static const char what[] = "a default or prepayment rate";
	if (shock->profile == WEIR_PROFILE_DATE)
		return has_date(deal, shock, "a default or prepayment at once", diags);
	for (int i = 0; i < shock->value_count; i++)
		if (!is_share(shock, shock->values[i], what, diags))
			return 0;
	if (shock->profile == WEIR_PROFILE_CURVE)
		return check_curve(shock, diags);
	return shock->value_count > 0 || is_share(shock, shock->value, what, diags);
}

static int check_recovery(const weir_shock *shock, weir_diags *diags)
{
	return is_share(shock, shock->value, "a recovery rate", diags) &&
	       is_share(shock, shock->cost, "a cost of enforcement", diags) &&
	       are_months(shock, shock->months, "a recovery lag", diags);
}

static int check_servicer(const weir_deal *deal, const weir_shock *shock, weir_diags *diags)
{
	return are_months(shock, shock->stop_months, "a servicer's stop", diags) &&
	       has_date(deal, shock, "a servicer's default", diags);
}

int weir_stress_check(const weir_deal *deal, const weir_shock *shock, weir_diags *diags)
{
	switch (shock->kind) {
	case WEIR_SHOCK_RECEIPTS:
	case WEIR_SHOCK_FX:
		return lies(shock, shock->value, 0, MOST_FACTOR, "a factor on receipts", diags);
	case WEIR_SHOCK_DECAY:
		return lies(shock, shock->value, -1, 1, "a yearly decay", diags);
	case WEIR_SHOCK_LATE:
	case WEIR_SHOCK_BALLOON_LATE:
		return check_late(shock, diags);
	case WEIR_SHOCK_DEFAULT:
	case WEIR_SHOCK_PREPAY:
		return check_profile(deal, shock, diags);
	case WEIR_SHOCK_RECOVERY:
		return check_recovery(shock, diags);
	case WEIR_SHOCK_VALUATION:
		return is_share(shock, shock->value, "a cut of valuations", diags);
	case WEIR_SHOCK_RATE:
		return lies(shock, shock->value, -1, 1, "a shift of rates", diags);
	case WEIR_SHOCK_IP_LOST:
		return has_date(deal, shock, "the loss of an IP item", diags);
	case WEIR_SHOCK_SERVICER:
		return check_servicer(deal, shock, diags);
	default:
		return 1;
	}
}
