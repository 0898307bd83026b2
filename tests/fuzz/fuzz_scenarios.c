/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Any bytes as the scenario file of a small deal. What loads without a complaint has only numbers the engine can use. */
#include "fuzz_folder.h"

/* Shares are shares, times are times, and what an element must say is there. */
static void check_shock(const weir_shock *shock)
{
	int rates = shock->kind == WEIR_SHOCK_DEFAULT || shock->kind == WEIR_SHOCK_PREPAY;
	if (!(shock->value > -1e9 && shock->value < 1e15) || shock->months < -1 || shock->stop_months < 0)
		abort();
	if ((rates || shock->kind == WEIR_SHOCK_RECOVERY) && !(shock->value >= 0 && shock->value <= 1))
		abort();
	if (rates && shock->value_count == 0 && shock->profile != WEIR_PROFILE_DATE)
		abort();
	for (int i = 0; i < shock->value_count; i++)
		if (!(shock->values[i] >= 0 && shock->values[i] <= 1))
			abort();
	if ((shock->scope == WEIR_SCOPE_LARGEST) != (shock->largest > 0))
		abort();
}

static void check_scenarios(const weir_scenarios *scenarios)
{
	for (int i = 0; i < scenarios->count; i++)
		for (int s = 0; s < scenarios->items[i].shock_count; s++)
			check_shock(&scenarios->items[i].shocks[s]);
	for (int f = 0; f < scenarios->family_count; f++)
		for (int i = 0; i < scenarios->families[f].count; i++)
			if (scenarios->families[f].scenarios[i] >= scenarios->count)
				abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	weir_sources sources = { 0 };
	weir_diags diags = { 0 };
	weir_deal *deal = NULL;
	weir_scenarios scenarios;
	fuzz_write("deal.xml", fuzz_deal_text, strlen(fuzz_deal_text));
	fuzz_write("scenarios.xml", data, size);
	if (weir_deal_load(&deal, &sources, fuzz_path("deal.xml"), &diags) != WEIR_OK)
		abort();
	weir_status status = weir_scenarios_load(&scenarios, deal, fuzz_path("scenarios.xml"), &diags);
	fuzz_check(status, deal, &sources, &diags);
	if (status == WEIR_OK)
		check_scenarios(&scenarios);
	weir_deal_destroy(deal);
	weir_diags_free(&diags);
	weir_sources_free(&sources);
	return 0;
}
