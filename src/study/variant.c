/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "study/variant.h"

#include <string.h>

static const char support_off[] = "support.off";
static const char fails_on[] = ".fails_on";

/* "PARTY.fails_on" in the arena; NULL when memory is short. */
static const char *failing_name(weir_arena *arena, const char *party)
{
	size_t length = strlen(party);
	char *name = weir_arena_alloc(arena, length + sizeof fails_on);
	if (name) {
		memcpy(name, party, length);
		memcpy(name + length, fails_on, sizeof fails_on);
	}
	return name;
}

static weir_status fill(weir_overlay *out, int *count, weir_arena *arena, const char *name, double value)
{
	double *values = weir_arena_array(arena, WEIR_LANES, sizeof *values);
	if (!name || !values)
		return WEIR_NO_MEMORY;
	for (int l = 0; l < WEIR_LANES; l++)
		values[l] = value;
	*out = (weir_overlay){ .name = name, .values = values };
	*count = 1;
	return WEIR_OK;
}

weir_status weir_variant_overlay(weir_overlay *out, int *count, weir_arena *arena, const weir_plan *plan,
                                 weir_variant variant, weir_diags *diags)
{
	const weir_deal *deal = weir_plan_deal(plan);
	*count = 0;
	if (variant.support == WEIR_WITH_SUPPORT)
		return WEIR_OK;
	if (variant.support == WEIR_WITHOUT_SUPPORT)
		return weir_plan_find_parameter(plan, support_off) ? fill(out, count, arena, support_off, 1) : WEIR_OK;
	const char *id = deal->parties[variant.party].node.id;
	weir_date date = weir_date_add_months(weir_deal_cutoff(deal), variant.month);
	if (!weir_deal_is_supporter(deal, variant.party))
		weir_diag_error(
			diags, UNKNOWN_PARAMETER, deal->parties[variant.party].node.place,
			"\"%s\" supports nothing, so that its failing changes nothing; name a party of a support", id);
	else if (variant.month < 0 || date == WEIR_DATE_NONE)
		weir_diag_error(diags, OUT_OF_RANGE, (weir_place){ 0 },
		                "\"%s\" cannot fail in month \"%d\"; count months from the cut-off date, from 0", id,
		                variant.month);
	else
		return fill(out, count, arena, failing_name(arena, id), date);
	return WEIR_INPUT;
}
