/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Any bytes as a market file. A curve that loads without a complaint has discount factors everywhere, and gives its quotes
 * back. */
#include <math.h>

#include "fuzz_folder.h"

static void check_curve(const weir_rate_curve *c)
{
	for (int i = 0; i < c->count; i++) {
		double par = weir_curve_par(&c->curve, 0, c->years[i], c->frequency);
		if (!(c->years[i] > (i ? c->years[i - 1] : 0)))
			abort();
		if (c->quotes == WEIR_QUOTE_PAR && !(fabs(par - c->rates[i]) <= 1e-7 * (1 + fabs(c->rates[i]))))
			abort();
	}
	for (double t = 0; t < 70; t += 0.37) {
		double discount = weir_curve_discount(&c->curve, 0, t), sum = 0;
		if (!(discount >= 0))
			abort();
		for (int i = 1; i <= c->count; i++)
			sum += weir_curve_bump(&c->curve, i, t);
		if (fabs(sum - 1) > 1e-12)
			abort();
	}
}

static void check_market(const weir_market *market)
{
	for (int i = 0; i < market->curve_count; i++)
		check_curve(&market->curves[i]);
	for (int i = 0; i < market->spreads_count; i++)
		for (int g = 0; g < market->spreads[i].grade_count; g++)
			for (double t = 0; t < 20; t += 0.9)
				if (!isfinite(weir_grade_spread_at(&market->spreads[i].grades[g], t)))
					abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	weir_sources sources = { 0 };
	weir_diags diags = { 0 };
	weir_deal *deal = NULL;
	weir_market market;
	fuzz_write("deal.xml", fuzz_deal_text, strlen(fuzz_deal_text));
	fuzz_write("market.xml", data, size);
	if (weir_deal_load(&deal, &sources, fuzz_path("deal.xml"), &diags) != WEIR_OK)
		abort();
	weir_status status = weir_market_load(&market, deal, fuzz_path("market.xml"), &diags);
	fuzz_check(status, deal, &sources, &diags);
	if (status == WEIR_OK)
		check_market(&market);
	weir_deal_destroy(deal);
	weir_diags_free(&diags);
	weir_sources_free(&sources);
	return 0;
}
