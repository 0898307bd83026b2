/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "study/block.h"

#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "base/text.h"
#include "pool/actuals.h"
#include "study/variant.h"
#include "study/vary.h"

#define MOST_MONTHS 1200 /* of an event behind the cut-off */

struct weir_block {
	weir_arena *arena;
	const weir_plan *plan;
	const weir_pool *pool;   /* the plan's, or `promised` */
	weir_pool promised;      /* the same without actuals */
	weir_run *run;
	weir_pool_rows *rows;
	weir_arena *shock_arena; /* of the last run */
	weir_pool_shocks shocks[WEIR_LANES];
	const weir_scenario *scenarios[WEIR_LANES]; /* of the last run, with what was laid over them */
	weir_lane *values;       /* [parameters][lane] */
	weir_lane *settled;      /* [parameters][lane] what the scenarios alone set them to */
	weir_lane *added; /* [parameters][lane] what the scenarios add to coupons, on top of whatever sets them */
	weir_lane *early; /* [parameters][lane] without that: up to the last actual period */
	char *accrues;    /* [parameters] 1: the coupon of a class whose interest comes with its principal */
	weir_lane_setting *settings;
};

weir_status weir_block_create(weir_block **out, const weir_plan *plan, const weir_run_options *options)
{
	weir_status status = WEIR_NO_MEMORY;
	int parameters;
	weir_block *block = weir_alloc_zero(1, sizeof *block);
	if (!block)
		return WEIR_NO_MEMORY;
	block->plan = plan;
	block->pool = weir_plan_pool(plan);
	WEIR_TRY(weir_arena_create(&block->arena));
	WEIR_TRY(weir_run_create(&block->run, plan, options));
	WEIR_TRY(weir_pool_rows_create(&block->rows, block->arena, weir_plan_pool(plan),
	                               weir_plan_periods(plan)->count));
	weir_plan_parameters(plan, &parameters);
	block->values = weir_arena_array(block->arena, (size_t)parameters + 1, sizeof *block->values);
	block->settled = weir_arena_array(block->arena, (size_t)parameters + 1, sizeof *block->settled);
	block->added = weir_arena_array(block->arena, (size_t)parameters + 1, sizeof *block->added);
	block->early = weir_arena_array(block->arena, (size_t)parameters + 1, sizeof *block->early);
	block->accrues = weir_arena_array(block->arena, (size_t)parameters + 1, 1);
	block->settings = weir_arena_array(block->arena, (size_t)parameters + 1, sizeof *block->settings);
	status = block->values && block->settled && block->added && block->early && block->accrues && block->settings ?
	                 WEIR_OK :
	                 WEIR_NO_MEMORY;
out:
	if (status == WEIR_OK)
		*out = block;
	else
		weir_block_destroy(block);
	return status;
}

void weir_block_leave_actuals(weir_block *block)
{
	block->promised = *weir_plan_pool(block->plan);
	block->promised.actuals = NULL;
	block->pool = &block->promised;
}

void weir_block_destroy(weir_block *block)
{
	if (!block)
		return;
	weir_run_destroy(block->run);
	weir_arena_destroy(block->shock_arena);
	weir_arena_destroy(block->arena);
	weir_free(block);
}

/* The parameter behind "PARTY.fails_month", whose month stands for a date: its place among the plan's; -1 for any other
 * name. */
static int failing_party(const weir_plan *plan, const char *name)
{
	static const char part[] = ".fails_month", date_part[] = ".fails_on";
	size_t length = strlen(name), own = sizeof part - 1;
	int count;
	const weir_parameter *parameters = weir_plan_parameters(plan, &count);
	if (length <= own || strcmp(name + length - own, part) != 0)
		return -1;
	for (int i = 0; i < count; i++)
		if (strncmp(parameters[i].name, name, length - own) == 0 &&
		    strcmp(parameters[i].name + length - own, date_part) == 0) {
			return i;
		}
	return -1;
}

/* The date of an event: so many months after the cut-off; beyond all dates: never. */
static weir_date month_date(const weir_deal *deal, int months)
{
	weir_date date = weir_date_add_months(weir_deal_cutoff(deal), months);
	return date == WEIR_DATE_NONE ? WEIR_DATE_LAST + 1 : date;
}

int weir_block_knows(const weir_plan *plan, const char *name)
{
	return weir_pool_knows(name) || failing_party(plan, name) >= 0 || weir_plan_find_parameter(plan, name) != NULL;
}

/* Numbers of the pool that studies vary, and what a scenario says instead of setting them. */
static const struct {
	const char *name, *element;
} studied[] = {
	{ "cdr", "<default cdr=\"2%\"/>" },
	{ "default_total", "<default total=\"10%\" timing=\"even\"/>" },
	{ "cpr", "<prepay cpr=\"5%\"/>" },
	{ "recovery", "<recovery rate=\"40%\"/>" },
	{ "recovery_lag", "<recovery rate=\"40%\" lag=\"12 months\"/>" },
	{ "income_cut", "<income cut=\"10%\"/>" },
	{ "rate_shift", "<rate add=\"-25bp\"/>" },
	{ "late_share", "<late share=\"20%\" months=\"6\"/>" },
	{ "late_months", "<late share=\"20%\" months=\"6\"/>" },
	{ "valuation_cut", "<valuation cut=\"30%\"/>" },
	{ "royalty_factor", "<royalty factor=\"70%\"/>" },
};
#define STUDIED (sizeof studied / sizeof *studied)

void weir_block_complain_unknown(const weir_plan *plan, const char *name, weir_place place, weir_diags *diags)
{
	enum { MOST = 256 };
	const char *names[MOST + 1 + STUDIED];
	int count;
	const weir_parameter *parameters = weir_plan_parameters(plan, &count);
	count = count > MOST ? MOST : count;
	for (int i = 0; i < count; i++)
		names[i] = parameters[i].name;
	names[count++] = "haircut";
	for (size_t i = 0; i < STUDIED; i++)
		names[count++] = studied[i].name;
	const char *near = weir_nearest_name(name, strlen(name), names, (size_t)count);
	weir_diag_error(diags, UNKNOWN_PARAMETER, place,
	                "there is no number \"%s\" to set%s%s%s \"weir plan\" lists the parameters", name,
	                near ? "; did you mean \"" : "", near ? near : "", near ? "\"?" : ";");
}

static int parameter_number(const weir_plan *plan, const char *name)
{
	int count;
	const weir_parameter *parameters = weir_plan_parameters(plan, &count);
	for (int i = 0; i < count; i++)
		if (strcmp(parameters[i].name, name) == 0)
			return i;
	return -1;
}

/* What a scenario writes instead of setting this name; NULL when it may be set, or is unknown. */
static const char *instead_of_set(const weir_plan *plan, const char *name)
{
	for (size_t i = 0; i < STUDIED; i++)
		if (strcmp(studied[i].name, name) == 0)
			return studied[i].element;
	return failing_party(plan, name) >= 0 ? "<supporter-default party=\"…\" month=\"12\"/>" : NULL;
}

/* Whether a scenario can set what this shock sets; complains when not. */
static int can_set(const weir_plan *plan, const weir_shock *shock, weir_diags *diags)
{
	const char *instead = instead_of_set(plan, shock->target);
	if (instead)
		weir_diag_error(diags, UNKNOWN_PARAMETER, shock->place,
		                "\"%s\" is a number that studies vary; in a scenario write %s", shock->target, instead);
	else if (!weir_block_knows(plan, shock->target))
		weir_block_complain_unknown(plan, shock->target, shock->place, diags);
	else
		return 1;
	return 0;
}

void weir_block_settle_scenario(const weir_plan *plan, weir_scenario *scenario, weir_diags *diags)
{
	for (int i = 0; i < scenario->shock_count; i++) {
		weir_shock *shock = &scenario->shocks[i];
		if (shock->kind != WEIR_SHOCK_SET || !can_set(plan, shock, diags) || !shock->text)
			continue;
		if (!weir_vary_parse(&shock->value, plan, shock->target, shock->text))
			weir_diag_error(diags, BAD_VALUE, shock->place, "\"%s\" is no value for \"%s\"; %s",
			                shock->text, shock->target,
			                weir_vary_advice(weir_vary_unit_of(plan, shock->target)));
	}
}

/* Adds `value` to the coupon of one class, as decimals add; with coupon steps, to the shift that goes on top of each.
 */
static void shift_coupon(weir_block *block, int class_number, double value, int lane)
{
	static const char *const parts[] = { "coupon_shift", "coupon" };
	const char *id = weir_plan_deal(block->plan)->classes[class_number].node.id;
	for (int i = 0; i < 2; i++) {
		char name[512];
		size_t length = strlen(id), part = strlen(parts[i]);
		if (length + part + 2 > sizeof name)
			return;
		memcpy(name, id, length);
		name[length] = '.';
		memcpy(name + length + 1, parts[i], part + 1);
		int number = parameter_number(block->plan, name);
		if (number >= 0) {
			block->added[number][lane] = weir_rate_normal(block->added[number][lane] + value);
			block->accrues[number] = weir_plan_deal(block->plan)->classes[class_number].interest ==
			                         WEIR_INTEREST_WITH_PRINCIPAL;
			return;
		}
	}
}

static void apply_coupon_shock(weir_block *block, const weir_shock *shock, int lane, weir_diags *diags)
{
	const weir_deal *deal = weir_plan_deal(block->plan);
	if (shock->scope == WEIR_SCOPE_CLASS) {
		int number = weir_deal_find_class(deal, shock->target);
		if (number < 0)
			weir_diag_error(diags, UNKNOWN_ID, shock->place, "there is no class \"%s\"", shock->target);
		else
			shift_coupon(block, number, shock->value, lane);
		return;
	}
	for (int i = 0; i < deal->class_count; i++)
		if (shock->scope == WEIR_SCOPE_ALL || !deal->classes[i].subordinated)
			shift_coupon(block, i, shock->value, lane);
}

/* A party that fails pays nothing from its date on; it must support something. */
static void fail_supporter(weir_block *block, const weir_shock *shock, int lane, weir_diags *diags)
{
	const weir_deal *deal = weir_plan_deal(block->plan);
	char name[512];
	int length = snprintf(name, sizeof name, "%s.fails_on", shock->target);
	int number = length < (int)sizeof name ? parameter_number(block->plan, name) : -1;
	int party = weir_deal_find_party(deal, shock->target);
	/* in Chinese too: a stress appendix says so of a file that is not of its deal */
	if (party < 0)
		weir_diag_add_both(diags, WEIR_ERROR, WEIR_CODE_UNKNOWN_ID, shock->place,
		                   "there is no party \"%s\"; name one of <parties>", "本交易无参与机构“%s”",
		                   shock->target);
	else if (number < 0)
		weir_diag_add_both(
			diags, WEIR_ERROR, WEIR_CODE_UNSUPPORTED, shock->place,
			"party \"%s\"%.0s supports nothing, so its failure changes nothing; name a party of <support>",
			"%1$.0s“%2$s”未提供增信，其违约不产生影响", shock->target,
			weir_node_name(&deal->parties[party].node, 1));
	else
		block->values[number][lane] =
			shock->from != WEIR_DATE_NONE ? shock->from : month_date(deal, shock->from_month);
}

static void apply_shocks(weir_block *block, const weir_scenario *scenario, int lane, weir_diags *diags)
{
	for (int s = 0; scenario && s < scenario->shock_count; s++) {
		const weir_shock *shock = &scenario->shocks[s];
		if (shock->kind == WEIR_SHOCK_COUPON) {
			apply_coupon_shock(block, shock, lane, diags);
		} else if (shock->kind == WEIR_SHOCK_SET) {
			int number = parameter_number(block->plan, shock->target);
			if (can_set(block->plan, shock, diags) && number >= 0) /* the haircut is the pool's */
				block->values[number][lane] = shock->value;
		} else if (shock->kind == WEIR_SHOCK_SUPPORTER) {
			fail_supporter(block, shock, lane, diags);
		} else if (shock->kind == WEIR_SHOCK_SERVICER && !weir_plan_deal(block->plan)->servicing.given) {
			weir_diag_error(
				diags, UNSUPPORTED, shock->place,
				"the deal does not say how collections travel, so a servicer's failure has no effect to "
				"work out; add <servicing> to the deal");
		}
	}
}

/* A haircut on top of the scenario's own: what is left is the product of what each leaves. */
static void add_haircut(weir_pool_shocks *shocks, double haircut)
{
	shocks->haircut = shocks->haircut == 0 ? haircut :
	                                         weir_rate_normal(1 - (1 - shocks->haircut) * (1 - haircut));
}

/* Adds an overlay's haircuts; complains about the first that is none. */
static void overlay_haircut(weir_block *block, const weir_overlay *overlay, int count, weir_diags *diags)
{
	for (int l = 0; l < count; l++) {
		double haircut = overlay->values[l];
		if (!(haircut >= 0 && haircut <= 1)) {
			weir_diag_error(diags, OUT_OF_RANGE, overlay->place,
			                "a haircut of %.10g%% is no part of the receipts; give 0%% to 100%%",
			                haircut * 100);
			return;
		}
		add_haircut(&block->shocks[l], haircut);
	}
}

static void complain_months(const weir_overlay *overlay, int lane, weir_diags *diags)
{
	weir_diag_error(diags, OUT_OF_RANGE, overlay->place, "\"%s\" cannot be %.10g; give whole months, at most %d",
	                overlay->name, overlay->values[lane], MOST_MONTHS);
}

/* Lets a party fail so many months after the cut-off; complains about the first number that is none. */
static void overlay_failure(weir_block *block, const weir_overlay *overlay, int number, int count, weir_diags *diags)
{
	for (int l = 0; l < count; l++) {
		double months = overlay->values[l];
		if (!(months >= 0 && months <= MOST_MONTHS && months == (double)(int)months)) {
			complain_months(overlay, l, diags);
			return;
		}
		block->values[number][l] = month_date(weir_plan_deal(block->plan), (int)months);
	}
}

/* What the scenarios add to coupons comes on top of what they, or overlays, set them to; behind actuals, from the first
 * period that they do not tell of, unless interest comes with the principal: what has accrued of it is still to be
 * paid. */
static void apply_additions(weir_block *block, int parameters, int count)
{
	const weir_pool_actuals *actuals = block->pool->actuals;
	for (int p = 0; p < parameters; p++) {
		int adds = 0, told = actuals && !block->accrues[p];
		memcpy(block->early[p], block->values[p], sizeof block->early[p]);
		for (int l = 0; l < count; l++)
			if (block->added[p][l] != 0) {
				block->values[p][l] = weir_rate_normal(block->values[p][l] + block->added[p][l]);
				adds = 1;
			}
		block->settings[p].values = adds && told ? block->early[p] : block->values[p];
		block->settings[p].later = adds && told ? block->values[p] : NULL;
		block->settings[p].later_from = told ? actuals->last + 1 : 0;
	}
}

static void apply_overlays(weir_block *block, const weir_overlay *overlays, int overlay_count, int count,
                           weir_diags *diags)
{
	for (int o = 0; o < overlay_count; o++) {
		const weir_overlay *overlay = &overlays[o];
		int number = parameter_number(block->plan, overlay->name),
		    party = failing_party(block->plan, overlay->name);
		if (strcmp(overlay->name, "haircut") == 0)
			overlay_haircut(block, overlay, count, diags);
		else if (party >= 0)
			overlay_failure(block, overlay, party, count, diags);
		else if (number >= 0)
			memcpy(block->values[number], overlay->values, (size_t)count * sizeof *overlay->values);
		else if (!weir_pool_knows(overlay->name)) /* those are laid over the scenario */
			weir_block_complain_unknown(block->plan, overlay->name, overlay->place, diags);
	}
}

/* The least coupon that a class with steps pays in a lane, over its whole life. */
static double least_stepped_coupon(const weir_block *block, const weir_class *k, int shift, int lane)
{
	char name[512];
	snprintf(name, sizeof name, "%s.coupon", k->node.id);
	int base = parameter_number(block->plan, name);
	double least = base >= 0 ? block->values[base][lane] : k->coupon_annual;
	for (int i = 0; i < k->step_count; i++)
		least = k->steps[i].coupon_annual < least ? k->steps[i].coupon_annual : least;
	return weir_rate_normal(least + block->values[shift][lane]);
}

/* The class whose coupon's steps a parameter shifts; NULL for any other parameter. */
static const weir_class *shifted_class(const weir_deal *deal, const char *parameter)
{
	static const char part[] = ".coupon_shift";
	for (int i = 0; i < deal->class_count; i++) {
		size_t length = strlen(deal->classes[i].node.id);
		if (strncmp(parameter, deal->classes[i].node.id, length) == 0 && strcmp(parameter + length, part) == 0)
			return &deal->classes[i];
	}
	return NULL;
}

/* A rate or an amount below 0 would have holders or payees pay the plan. What is added to a stepped coupon may be
 * negative, but not what it leaves of the least step. */
static void check_values(const weir_block *block, int count, weir_diags *diags)
{
	int parameters;
	const weir_parameter *parameter = weir_plan_parameters(block->plan, &parameters);
	for (int p = 0; p < parameters; p++) {
		const weir_class *shifted = NULL;
		for (int l = 0; l < count; l++) {
			double value = block->values[p][l];
			if (value >= 0 || parameter[p].any_sign)
				continue;
			shifted = shifted_class(weir_plan_deal(block->plan), parameter[p].name);
			if (shifted && least_stepped_coupon(block, shifted, p, l) >= 0)
				continue;
			weir_diag_error(diags, OUT_OF_RANGE, (weir_place){ 0 },
			                "\"%s%s\" would be below 0; set or add values that leave it at 0 or above",
			                shifted ? shifted->node.id : parameter[p].name, shifted ? ".coupon" : "");
			break;
		}
	}
}

/* Lanes beyond the block's repeat its last one, so that no lane is garbage. */
static void pad_settings(weir_block *block, int parameters, int count)
{
	for (int p = 0; p < parameters; p++)
		for (int l = count; l < WEIR_LANES; l++) {
			block->values[p][l] = block->values[p][count - 1];
			block->early[p][l] = block->early[p][count - 1];
		}
}

/* How many overlays are numbers of the pool other than the haircut. */
static int count_pool_overlays(const weir_overlay *overlays, int overlay_count)
{
	int count = 0;
	for (int o = 0; o < overlay_count; o++)
		count += weir_pool_knows(overlays[o].name) && strcmp(overlays[o].name, "haircut") != 0;
	return count;
}

/* The pool's numbers as further shocks behind a lane's scenario. */
static weir_status overlay_scenario(weir_block *block, const weir_scenario *base, const weir_overlay *overlays,
                                    int overlay_count, int lane, const weir_scenario **out, weir_diags *diags)
{
	int own = base ? base->shock_count : 0;
	weir_scenario *made = weir_arena_alloc(block->shock_arena, sizeof *made);
	weir_shock *shocks = weir_arena_array(block->shock_arena, (size_t)(own + overlay_count), sizeof *shocks);
	if (!made || !shocks)
		return WEIR_NO_MEMORY;
	if (base)
		*made = *base;
	if (own)
		memcpy(shocks, base->shocks, (size_t)own * sizeof *shocks);
	made->shocks = shocks;
	made->shock_count = own;
	for (int o = 0; o < overlay_count; o++) {
		if (!weir_pool_knows(overlays[o].name) || strcmp(overlays[o].name, "haircut") == 0)
			continue;
		weir_status status = weir_pool_shock_named(&shocks[made->shock_count], overlays[o].name,
		                                           overlays[o].values[lane], made);
		if (status == WEIR_NO_MEMORY)
			return status;
		if (status != WEIR_OK)
			complain_months(&overlays[o], lane, diags);
		else
			shocks[made->shock_count++].place = overlays[o].place;
	}
	*out = made;
	return WEIR_OK;
}

/* Each lane's scenario with the pool's overlays in it. */
static weir_status overlay_scenarios(weir_block *block, const weir_scenario *const *scenarios, int count,
                                     const weir_overlay *overlays, int overlay_count, weir_diags *diags)
{
	weir_status status = WEIR_OK;
	for (int l = 0; l < count && status == WEIR_OK; l++) {
		block->scenarios[l] = scenarios[l];
		if (count_pool_overlays(overlays, overlay_count))
			status = overlay_scenario(block, scenarios[l], overlays, overlay_count, l, &block->scenarios[l],
			                          diags);
	}
	return status;
}

weir_status weir_block_run(weir_block *block, const weir_scenario *const *scenarios, int count,
                           const weir_overlay *overlays, int overlay_count, weir_diags *diags)
{
	weir_status status;
	size_t errors = diags->errors;
	int parameters;
	const weir_plan *plan = block->plan;
	const weir_parameter *parameter = weir_plan_parameters(plan, &parameters);
	weir_arena_destroy(block->shock_arena);
	block->shock_arena = NULL;
	WEIR_TRY(weir_arena_create(&block->shock_arena));
	WEIR_TRY(overlay_scenarios(block, scenarios, count, overlays, overlay_count, diags));
	WEIR_TRY(weir_pool_shocks_create(block->shocks, block->shock_arena, block->pool, block->scenarios, count,
	                                 diags));
	for (int p = 0; p < parameters; p++) {
		for (int l = 0; l < WEIR_LANES; l++) {
			block->values[p][l] = parameter[p].value;
			block->added[p][l] = 0;
		}
		block->settings[p] = (weir_lane_setting){ .register_number = parameter[p].register_number,
			                                  .values = block->values[p] };
	}
	for (int l = 0; l < count; l++)
		apply_shocks(block, scenarios[l], l, diags);
	memcpy(block->settled, block->values, (size_t)parameters * sizeof *block->values);
	apply_overlays(block, overlays, overlay_count, count, diags);
	apply_additions(block, parameters, count);
	check_values(block, count, diags);
	if (diags->lost)
		return WEIR_NO_MEMORY;
	if (diags->errors > errors)
		return WEIR_INPUT;
	pad_settings(block, parameters, count);
	weir_pool_project(block->rows, block->pool, weir_plan_periods(plan), block->shocks, count);
	status = weir_block_rerun(block, diags);
out:
	return status;
}

weir_status weir_block_overlay(weir_block *block, const weir_overlay *overlays, int overlay_count, int count,
                               weir_diags *diags)
{
	size_t errors = diags->errors;
	int parameters;
	weir_plan_parameters(block->plan, &parameters);
	memcpy(block->values, block->settled, (size_t)parameters * sizeof *block->values);
	for (int o = 0; o < overlay_count; o++) {
		const weir_overlay *overlay = &overlays[o];
		int number = parameter_number(block->plan, overlay->name);
		if (number < 0) {
			weir_block_complain_unknown(block->plan, overlay->name, overlay->place, diags);
			continue;
		}
		for (int l = 0; l < WEIR_LANES; l++)
			block->values[number][l] = overlay->values[l < count ? l : count - 1];
	}
	apply_additions(block, parameters, WEIR_LANES);
	check_values(block, count, diags);
	if (diags->lost)
		return WEIR_NO_MEMORY;
	return diags->errors > errors ? WEIR_INPUT : weir_block_rerun(block, diags);
}

const double *weir_block_value(const weir_block *block, int parameter)
{
	return block->values[parameter];
}

weir_status weir_block_rerun(weir_block *block, weir_diags *diags)
{
	int parameters;
	const weir_plan *plan = block->plan;
	weir_plan_parameters(plan, &parameters);
	weir_status status = weir_run_execute(block->run, block->rows, block->settings, parameters);
	if (status == WEIR_INPUT)
		weir_diag_error(
			diags, UNSUPPORTED, weir_plan_deal(plan)->waterfalls_place,
			"the fee on what is paid has no single answer here, because conditions of the waterfall "
			"look at "
			"cash; write the fee's base on what is due");
	if (status == WEIR_INTERNAL)
		weir_diag_error(
			diags, FOOTING, (weir_place){ 0 },
			"cash in and cash out do not add up, or pass what weir can hold; look for amounts that are far "
			"too large, else report this as a fault of the program");
	return status;
}

const weir_run *weir_block_result(const weir_block *block)
{
	return block->run;
}

const weir_pool_rows *weir_block_rows(const weir_block *block)
{
	return block->rows;
}

weir_pool_rows *weir_block_own_rows(weir_block *block)
{
	return block->rows;
}

const weir_pool_shocks *weir_block_shocks(const weir_block *block, int lane)
{
	return &block->shocks[lane];
}
