/* SPDX-License-Identifier: GPL-3.0-or-later */
/* deal_selection.c: the contracts that a cover, a cost or a subsidy is for. */
#include <string.h>

#include "io/deal_int.h"

/* Marks the contracts of an obligor. */
static void mark_obligor(char *marks, const weir_pool_terms *pool, int obligor)
{
	for (int c = 0; c < pool->contract_count; c++)
		marks[c] = (char)(marks[c] | (pool->contracts[c].obligor == obligor));
}

weir_status weir_selection_resolve(char **out, weir_loader *loader, const weir_selection *selection)
{
	const weir_pool_terms *pool = &loader->deal->pool;
	const weir_words *contracts = &selection->contracts, *obligors = &selection->obligors;
	*out = NULL;
	if (contracts->count == 0 && obligors->count == 0)
		return WEIR_OK;
	char *marks = weir_arena_array(loader->arena, (size_t)pool->contract_count + 1, 1);
	if (!marks)
		return WEIR_NO_MEMORY;
	for (int i = 0; i < contracts->count; i++) {
		size_t length = strlen(contracts->items[i]);
		int number = weir_names_find(&loader->contracts, contracts->items[i], length);
		if (number >= 0)
			marks[number] = 1;
		else if (!loader->contracts_lost)
			weir_complain_unknown(loader, "contract", &loader->contracts, contracts->items[i], length,
			                      contracts->places[i]);
	}
	for (int i = 0; i < obligors->count; i++) {
		size_t length = strlen(obligors->items[i]);
		int number = weir_names_find(&loader->obligors, obligors->items[i], length);
		if (number >= 0)
			mark_obligor(marks, pool, number);
		else if (!loader->contracts_lost)
			weir_complain_unknown(loader, "obligor", &loader->obligors, obligors->items[i], length,
			                      obligors->places[i]);
	}
	*out = marks;
	return WEIR_OK;
}
