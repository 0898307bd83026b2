/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "base/alloc.h"
#include "pool/stress.h"

/* --- names ------------------------------------------------------------------------------------------------------ */

static const char *contract_id(const weir_pool_terms *terms, int i)
{
	return terms->contracts[i].id;
}

static const char *obligor_id(const weir_pool_terms *terms, int i)
{
	return terms->obligors[i].id;
}

static const char *ip_id(const weir_pool_terms *terms, int i)
{
	return terms->ip[i].id;
}

static const char *kind_word(const weir_pool_terms *terms, int i)
{
	(void)terms;
	return weir_contract_kind_text((weir_contract_kind)i);
}

static const char *industry_of(const weir_pool_terms *terms, int i)
{
	return terms->obligors[i].industry;
}

static const char *region_of(const weir_pool_terms *terms, int i)
{
	return terms->obligors[i].region;
}

static const char *grade_of(const weir_pool_terms *terms, int i)
{
	return terms->contracts[i].grade;
}

typedef struct name_list {
	const char *what; /* the pool has no … */
	const char *(*name_of)(const weir_pool_terms *terms, int i);
	int count;
} name_list;

static name_list names_of(const weir_pool_terms *terms, weir_shock_scope by)
{
	switch (by) {
	case WEIR_SCOPE_CONTRACT:
		return (name_list){ "contract", contract_id, terms->contract_count };
	case WEIR_SCOPE_KIND:
		return (name_list){ "contract kind", kind_word, WEIR_CONTRACT_LOAN + 1 };
	case WEIR_SCOPE_INDUSTRY:
		return (name_list){ "industry", industry_of, terms->obligor_count };
	case WEIR_SCOPE_REGION:
		return (name_list){ "region", region_of, terms->obligor_count };
	case WEIR_SCOPE_GRADE:
		return (name_list){ "grade", grade_of, terms->contract_count };
	case WEIR_SCOPE_IP:
		return (name_list){ "IP item", ip_id, terms->ip_count };
	default:
		return (name_list){ "obligor", obligor_id, terms->obligor_count };
	}
}

static void complain_unknown(const weir_pool_terms *terms, const name_list *list, const weir_shock *shock,
                             const char *wanted, weir_diags *diags)
{
	const char *nearest = NULL;
	const char **names = weir_alloc_zero((size_t)list->count, sizeof *names);
	if (!names)
		diags->lost = 1;
	for (int i = 0; names && i < list->count; i++)
		names[i] = list->name_of(terms, i) ? list->name_of(terms, i) : "";
	if (names)
		nearest = weir_nearest_name(wanted, strlen(wanted), names, (size_t)list->count);
	weir_diag_error(diags, UNKNOWN_ID, shock->place, "the pool has no %s \"%s\"; %s%s%s", list->what, wanted,
	                nearest ? "did you mean \"" : "use an id of the pool", nearest ? nearest : "",
	                nearest ? "\"?" : "");
	weir_free(names);
}

/* The place of the shock's target in a list; -1, having complained. */
static int find(const weir_pool_terms *terms, weir_shock_scope by, const weir_shock *shock, weir_diags *diags)
{
	name_list list = names_of(terms, by);
	const char *wanted = shock->target ? shock->target : "";
	for (int i = 0; i < list.count; i++)
		if (list.name_of(terms, i) && strcmp(list.name_of(terms, i), wanted) == 0)
			return i;
	complain_unknown(terms, &list, shock, wanted, diags);
	return -1;
}

int weir_scope_find_ip(const weir_pool_terms *terms, const weir_shock *shock, weir_diags *diags)
{
	return find(terms, WEIR_SCOPE_IP, shock, diags);
}

/* --- the largest ------------------------------------------------------------------------------------------------ */

/* Puts an obligor into the `count` largest so far, by cents and then by listing. Gives how many they are. */
static int insert_largest(int *largest, int count, int most, const double *cents, int obligor)
{
	int at = count;
	while (at > 0 && cents[obligor] > cents[largest[at - 1]])
		at--;
	if (at == most)
		return count;
	count += count < most;
	for (int i = count - 1; i > at; i--)
		largest[i] = largest[i - 1];
	largest[at] = obligor;
	return count;
}

static void sort_rising(int *numbers, int count)
{
	for (int i = 1; i < count; i++) {
		int number = numbers[i], at = i;
		for (; at > 0 && numbers[at - 1] > number; at--)
			numbers[at] = numbers[at - 1];
		numbers[at] = number;
	}
}

static weir_status find_largest(weir_scope *scope, weir_arena *arena, const weir_pool *pool, int most)
{
	int obligors = pool->deal->pool.obligor_count;
	if (pool->largest_obligor < 0)
		return WEIR_NO;
	if (most <= 1) {
		*scope = (weir_scope){ .by = WEIR_SCOPE_OBLIGOR, .number = pool->largest_obligor };
		return WEIR_OK;
	}
	most = most < obligors ? most : obligors;
	int *largest = weir_arena_array(arena, (size_t)most, sizeof *largest);
	if (!largest)
		return WEIR_NO_MEMORY;
	for (int o = 0; o < obligors; o++)
		scope->obligor_count = insert_largest(largest, scope->obligor_count, most, pool->obligor_cents, o);
	sort_rising(largest, scope->obligor_count);
	scope->obligors = largest;
	return WEIR_OK;
}

/* The industry with the most receipts; of equals the one of the obligor listed first. */
static weir_status find_largest_industry(weir_scope *scope, const weir_pool *pool)
{
	const weir_pool_terms *terms = &pool->deal->pool;
	weir_names names = { 0 };
	weir_status status = WEIR_OK;
	double *cents = weir_alloc_zero((size_t)terms->obligor_count, sizeof *cents), most = -1;
	if (!cents)
		return WEIR_NO_MEMORY;
	for (int o = 0; o < terms->obligor_count; o++) {
		const char *industry = terms->obligors[o].industry;
		if (!industry)
			continue;
		int at = weir_names_find(&names, industry, strlen(industry));
		if (at < 0) {
			at = (int)names.count;
			WEIR_TRY(weir_names_put(&names, industry, strlen(industry), at));
		}
		cents[at] += pool->obligor_cents[o];
	}
	status = names.count > 0 ? WEIR_OK : WEIR_NO;
	for (size_t i = 0; i < names.count; i++)
		if (cents[i] > most) {
			most = cents[i];
			scope->word = names.items[i].name;
		}
out:
	weir_free(cents);
	weir_names_free(&names);
	return status;
}

/* --- scopes ----------------------------------------------------------------------------------------------------- */

weir_status weir_scope_resolve(weir_scope *out, weir_arena *arena, const weir_pool *pool, const weir_shock *shock,
                               weir_diags *diags)
{
	*out = (weir_scope){ .by = shock->scope, .word = shock->target };
	switch (shock->scope) {
	case WEIR_SCOPE_ALL:
		return WEIR_OK;
	case WEIR_SCOPE_LARGEST:
		return find_largest(out, arena, pool, shock->largest);
	case WEIR_SCOPE_CLASS:
	case WEIR_SCOPE_SENIOR:
		weir_diag_error(diags, UNSUPPORTED, shock->place,
		                "a class has no receipts to shock; name an obligor, a contract, or all");
		return WEIR_NO;
	case WEIR_SCOPE_INDUSTRY:
		if (!shock->target)
			return find_largest_industry(out, pool);
		break;
	default:
		break;
	}
	out->number = find(&pool->deal->pool, shock->scope, shock, diags);
	return out->number < 0 ? WEIR_NO : WEIR_OK;
}

int weir_contract_has_ip(const weir_pool_terms *terms, const weir_contract *contract, int ip)
{
	for (int i = 0; i < contract->ip_count; i++)
		if (terms->contract_ip[contract->ip_first + i] == ip)
			return 1;
	return 0;
}

static int is_among(const weir_scope *scope, int obligor)
{
	for (int i = 0; i < scope->obligor_count && scope->obligors[i] <= obligor; i++)
		if (scope->obligors[i] == obligor)
			return 1;
	return 0;
}

static int is_word(const weir_scope *scope, const char *word)
{
	return word && strcmp(word, scope->word) == 0;
}

int weir_scope_meets(const weir_scope *scope, const weir_pool_terms *terms, int number)
{
	const weir_contract *contract = &terms->contracts[number];
	switch (scope->by) {
	case WEIR_SCOPE_OBLIGOR:
		return contract->obligor == scope->number;
	case WEIR_SCOPE_LARGEST:
		return is_among(scope, contract->obligor);
	case WEIR_SCOPE_CONTRACT:
		return number == scope->number;
	case WEIR_SCOPE_KIND:
		return (int)contract->kind == scope->number;
	case WEIR_SCOPE_INDUSTRY:
		return is_word(scope, terms->obligors[contract->obligor].industry);
	case WEIR_SCOPE_REGION:
		return is_word(scope, terms->obligors[contract->obligor].region);
	case WEIR_SCOPE_GRADE:
		return is_word(scope, contract->grade);
	case WEIR_SCOPE_IP:
		return weir_contract_has_ip(terms, contract, scope->number);
	default:
		return 1;
	}
}
