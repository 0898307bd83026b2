/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "base/money.h"
#include "io/scenarios.h"

/* --- targets ---------------------------------------------------------------------------------------------------- */

static const char *obligor_id(const weir_deal *deal, int number)
{
	return deal->pool.obligors[number].id;
}

static const char *contract_id(const weir_deal *deal, int number)
{
	return deal->pool.contracts[number].id;
}

static const char *ip_id(const weir_deal *deal, int number)
{
	return deal->pool.ip[number].id;
}

static const char *class_id(const weir_deal *deal, int number)
{
	return deal->classes[number].node.id;
}

static const char *party_id(const weir_deal *deal, int number)
{
	return deal->parties[number].node.id;
}

/* Things of the deal that a shock may name. */
typedef struct target_kind {
	const char *name; /* attribute, and word of the complaint */
	const char *(*id_of)(const weir_deal *deal, int number);
	size_t count;     /* where in weir_deal it stands */
} target_kind;

static const target_kind target_kinds[] = {
	{ "obligor", obligor_id, offsetof(weir_deal, pool.obligor_count) },
	{ "contract", contract_id, offsetof(weir_deal, pool.contract_count) },
	{ "ip", ip_id, offsetof(weir_deal, pool.ip_count) },
	{ "class", class_id, offsetof(weir_deal, class_count) },
	{ "party", party_id, offsetof(weir_deal, party_count) },
};

static const target_kind *kind_of(const weir_raw_shock *shock)
{
	for (size_t i = 0; shock->target_kind && i < sizeof target_kinds / sizeof *target_kinds; i++)
		if (strcmp(target_kinds[i].name, shock->target_kind) == 0)
			return &target_kinds[i];
	return NULL;
}

/* The number of the target among its kind; -1 when there is none. */
static int number_of(const weir_deal *deal, const target_kind *kind, int count, const char *wanted)
{
	for (int i = 0; i < count; i++)
		if (kind->id_of(deal, i) && strcmp(kind->id_of(deal, i), wanted) == 0)
			return i;
	return -1;
}

static weir_status complain_about_target(weir_loader *loader, const weir_raw_shock *shock, const target_kind *kind,
                                         int count)
{
	weir_names known = { 0 };
	const char *wanted = shock->shock.target;
	weir_status status = WEIR_OK;
	for (int i = 0; i < count && status != WEIR_NO_MEMORY; i++) {
		const char *id = kind->id_of(loader->deal, i);
		if (id)
			status = weir_names_put(&known, id, strlen(id), i);
	}
	if (status != WEIR_NO_MEMORY)
		weir_complain_unknown(loader, strcmp(kind->name, "ip") == 0 ? "IP item" : kind->name, &known, wanted,
		                      strlen(wanted), shock->target_place);
	weir_names_free(&known);
	return status == WEIR_NO_MEMORY ? status : WEIR_OK;
}

/* What a target must be for its shock. */
static void check_use(weir_loader *loader, const weir_raw_shock *shock, int number)
{
	const weir_deal *deal = loader->deal;
	const char *kind = shock->target_kind;
	if (shock->shock.kind == WEIR_SHOCK_COUPON && deal->classes[number].interest == WEIR_INTEREST_NONE)
		weir_diag_error(loader->diags, BAD_VALUE, shock->target_place,
		                "class \"%s\" has no coupon to change; name a class with one", shock->shock.target);
	if (shock->is_royalty && strcmp(kind, "contract") == 0 &&
	    deal->pool.contracts[number].kind != WEIR_CONTRACT_ROYALTY)
		weir_diag_error(loader->diags, BAD_VALUE, shock->target_place,
		                "contract \"%s\" pays no royalty; name one that does, or use <receipts>",
		                shock->shock.target);
}

weir_status weir_raw_shocks_check(weir_loader *loader, const weir_raw_shock *const *shocks, int count)
{
	for (int i = 0; i < count; i++) {
		const target_kind *kind = kind_of(shocks[i]);
		if (!kind || !shocks[i]->shock.target)
			continue;
		int known = *(const int *)((const char *)loader->deal + kind->count);
		int number = number_of(loader->deal, kind, known, shocks[i]->shock.target);
		if (number >= 0) {
			check_use(loader, shocks[i], number);
		} else if (known > 0) { /* a deal without any has complaints of its own */
			weir_status status = complain_about_target(loader, shocks[i], kind, known);
			if (status != WEIR_OK)
				return status;
		}
	}
	return WEIR_OK;
}

/* --- relative shocks -------------------------------------------------------------------------------------------- */

/* Whether a relative shock is for an earlier one: of its kind, and of its scope and channel where it names them. */
static int acts_on(const weir_raw_shock *relative, const weir_shock *earlier)
{
	const weir_shock *shock = &relative->shock;
	if (shock->kind != earlier->kind || (relative->has_channel && shock->channel != earlier->channel))
		return 0;
	if (shock->scope == WEIR_SCOPE_ALL)
		return 1;
	if (shock->scope != earlier->scope || shock->largest != earlier->largest)
		return 0;
	return shock->target && earlier->target ? strcmp(shock->target, earlier->target) == 0 :
	                                          shock->target == earlier->target;
}

/* A share x a factor; more than the whole is the whole, and said. */
static double multiplied(weir_loader *loader, const weir_raw_shock *relative, double value)
{
	double product = weir_rate_normal(value * relative->shock.value);
	if (product <= 1 || value > 1)
		return product;
	weir_diag_warning(loader->diags, OUT_OF_RANGE, relative->shock.place,
	                  "%.10g%% x %.10g%% is more than the whole and is taken as 100%%; a smaller factor says what "
	                  "is meant",
	                  "%.10g%%×%.10g%%超过100%%，按100%%计；请采用较小的倍数",
	                  value * 100, relative->shock.value * 100);
	return 1;
}

/* Multiplies what an earlier shock set. Its values may be those of other scenarios too, and are copied. */
static weir_status multiply(weir_loader *loader, const weir_raw_shock *relative, weir_shock *earlier)
{
	int spread = earlier->kind != WEIR_SHOCK_RECOVERY && earlier->profile != WEIR_PROFILE_CURVE;
	if (relative->has_lag)
		earlier->months = relative->shock.months;
	if (relative->has_cost)
		earlier->cost = relative->shock.cost;
	if (!spread) {
		earlier->value = multiplied(loader, relative, earlier->value);
		return WEIR_OK;
	}
	double *values = weir_arena_array(loader->arena, (size_t)earlier->value_count + 1, sizeof *values);
	if (!values)
		return WEIR_NO_MEMORY;
	for (int i = 0; i < earlier->value_count; i++)
		values[i] = multiplied(loader, relative, earlier->values[i]);
	earlier->values = values;
	return WEIR_OK;
}

/* Whether a relative shock can do what it says to an earlier one: what happens to everything on a day has no size to
 * change, and only a total has a timing. */
static int fits(const weir_raw_shock *relative, const weir_shock *earlier)
{
	if (earlier->kind == WEIR_SHOCK_RECOVERY)
		return 1;
	return relative->shock.value_count > 0 ? earlier->profile == WEIR_PROFILE_CURVE :
	                                         earlier->profile != WEIR_PROFILE_DATE;
}

static const char *id_of(const weir_scenario *head)
{
	return head->node.id ? head->node.id : "?";
}

static const char *name_of(const weir_scenario *head)
{
	const char *name = weir_node_name(&head->node, 1);
	return name ? name : "?";
}

/* What a relative shock would change, in words. */
static const char *subject_of(const weir_raw_shock *relative, int chinese)
{
	if (relative->shock.kind == WEIR_SHOCK_RECOVERY)
		return chinese ? "回收率" : "recovery";
	if (relative->shock.kind == WEIR_SHOCK_PREPAY)
		return chinese ? "早偿率" : "prepayment";
	if (relative->shock.value_count > 0)
		return chinese ? "累计违约率及其分布" : "default total with a timing";
	return chinese ? "违约率" : "default rate";
}

static weir_status apply_relative(weir_loader *loader, weir_scenario *head, const weir_raw_shock *relative, int is_part)
{
	int acted = is_part || isnan(relative->shock.value);
	weir_status status = WEIR_OK;
	for (int i = 0; i < head->shock_count && !isnan(relative->shock.value) && status == WEIR_OK; i++) {
		weir_shock *earlier = &head->shocks[i];
		if (!acts_on(relative, earlier) || !fits(relative, earlier))
			continue;
		acted = 1;
		status = multiply(loader, relative, earlier);
		if (relative->shock.value_count > 0) {
			earlier->values = relative->shock.values;
			earlier->value_count = relative->shock.value_count;
		}
	}
	if (!acted && status == WEIR_OK)
		weir_diag_warning(
			loader->diags, NO_EFFECT, relative->shock.place,
			"the scenario \"%s\"%.0s has no earlier %s%.0s to change; include one that sets a base, such as "
			"include=\"base\"",
			"情景“%2$s”%1$.0s没有可供调整的%4$s%3$.0s；请引入设定基准的情景，例如include=\"base\"",
			id_of(head), name_of(head), subject_of(relative, 0), subject_of(relative, 1));
	return status;
}

/* --- supporters and servicers ----------------------------------------------------------------------------------- */

static void fail_all_supporters(weir_loader *loader, weir_scenario *head, const weir_shock *shock)
{
	const weir_deal *deal = loader->deal;
	int found = 0;
	for (int p = 0; p < deal->party_count; p++) {
		if (!weir_deal_is_supporter(deal, p) || !deal->parties[p].node.id)
			continue;
		head->shocks[head->shock_count] = *shock;
		head->shocks[head->shock_count++].target = deal->parties[p].node.id;
		found = 1;
	}
	if (!found)
		weir_diag_disclosure(loader->diags, NO_EFFECT, shock->place,
		                     "the scenario \"%s\"%.0s changes nothing here: no party supports the deal",
		                     "情景“%2$s”%1$.0s在本交易中不产生影响：本交易无外部增信机构", id_of(head),
		                     name_of(head));
}

weir_status weir_raw_shocks_settle(weir_loader *loader, weir_raw_scenario *scenario,
                                   const weir_raw_shock *const *shocks, int count)
{
	const weir_deal *deal = loader->deal;
	weir_scenario *head = &scenario->head;
	size_t most = 1;
	weir_status status = WEIR_OK;
	for (int i = 0; i < count; i++)
		most += shocks[i]->all_supporters ? (size_t)deal->party_count : 1;
	head->shocks = weir_arena_array(loader->arena, most, sizeof *head->shocks);
	head->shock_count = 0;
	if (!head->shocks)
		return WEIR_NO_MEMORY;
	for (int i = 0; i < count && status == WEIR_OK; i++) {
		const weir_shock *shock = &shocks[i]->shock;
		if (shocks[i]->relative)
			status = apply_relative(loader, head, shocks[i], scenario->is_part);
		else if (shocks[i]->all_supporters)
			fail_all_supporters(loader, head, shock);
		else if (scenario->file->is_shipped && shock->kind == WEIR_SHOCK_SERVICER && !deal->servicing.given)
			weir_diag_disclosure(
				loader->diags, NO_EFFECT, shock->place,
				"the scenario \"%s\"%.0s changes nothing here: the deal says nothing of its servicing",
				"情景“%2$s”%1$.0s在本交易中不产生影响：交易文件未载明资产服务安排", id_of(head),
				name_of(head));
		else
			head->shocks[head->shock_count++] = *shock;
	}
	return status;
}
