/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Any bytes as a structure file. What loads without a complaint names classes of the deal, and makes sense as numbers. */
#include <math.h>

#include "fuzz_folder.h"

static void check_terms(const weir_structure_terms *terms, const weir_deal *deal)
{
	if (!(terms->lot_cents > 0 || terms->class_count == 0) || terms->proceeds_least_cents < 0 ||
	    terms->rest.class_number >= deal->class_count)
		abort();
	for (int i = 0; i < terms->class_count; i++) {
		const weir_sized_class *k = &terms->classes[i];
		if (k->class_number < 0 || k->class_number >= deal->class_count || k->class_number == terms->rest.class_number ||
		    !(k->least_cents >= 0) || !(k->most_cents >= k->least_cents) || k->lot_cents <= 0)
			abort();
	}
	for (int i = 0; i < terms->choice_count; i++)
		if (!terms->choices[i].name || !terms->choices[i].from || !terms->choices[i].to || !terms->choices[i].step)
			abort();
	for (int i = 0; i < terms->limit_count; i++)
		if (!terms->limits[i].text)
			abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	weir_sources sources = { 0 };
	weir_diags diags = { 0 };
	weir_deal *deal = NULL;
	weir_structure_terms terms;
	fuzz_write("deal.xml", fuzz_deal_text, strlen(fuzz_deal_text));
	fuzz_write("structure.xml", data, size);
	if (weir_deal_load(&deal, &sources, fuzz_path("deal.xml"), &diags) != WEIR_OK)
		abort();
	weir_status status = weir_structure_load(&terms, deal, fuzz_path("structure.xml"), &diags);
	fuzz_check(status, deal, &sources, &diags);
	if (status == WEIR_OK)
		check_terms(&terms, deal);
	weir_deal_destroy(deal);
	weir_diags_free(&diags);
	weir_sources_free(&sources);
	return 0;
}
