/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Any bytes as the rules of a selection, beside a small tape. */
#include "fuzz_folder.h"

#include "io/selection.h"

static const char tape[] =
	"id,kind,obligor,obligor-en,amount,rate,repayment,first-due,every,instalments,industry,grade\n"
	"B01,loan,F1,One,80.00,5%,bullet,2023-06-25,3 months,4,software,AA\n"
	"B02,loan,F2,Two,70.00,4.5%,level-principal,2023-06-25,3 months,4,biology,A+\n";

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	weir_sources sources = { 0 };
	weir_diags diags = { 0 };
	weir_deal *deal = NULL;
	weir_selection_rules *rules = NULL;
	fuzz_write("tape.csv", tape, sizeof tape - 1);
	fuzz_write("selection.xml", data, size);
	weir_status status = weir_selection_load(&deal, &rules, &sources, fuzz_path("tape.csv"), fuzz_path("selection.xml"),
	                                         &diags);
	if (status == WEIR_OK && (!deal || !rules || rules->rule_count < 0))
		abort();
	for (size_t i = 0; i < diags.count; i++) {
		unsigned line, column;
		weir_sources_locate(&sources, diags.items[i].place, &line, &column);
	}
	weir_deal_destroy(deal);
	weir_diags_free(&diags);
	weir_sources_free(&sources);
	return 0;
}
