/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "study/block.h"

#include <string.h>

#include "base/alloc.h"
#include "base/text.h"

struct weir_block {
	weir_arena *arena;
	const weir_plan *plan;
	weir_run *run;
	weir_pool_rows *rows;
	weir_arena *shock_arena; /* of the last run */
	weir_pool_shocks shocks[WEIR_LANES];
	weir_lane *values;       /* [parameters][lane] */
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
	WEIR_TRY(weir_arena_create(&block->arena));
	WEIR_TRY(weir_run_create(&block->run, plan, options));
	WEIR_TRY(weir_pool_rows_create(&block->rows, block->arena, weir_plan_periods(plan)->count));
	weir_plan_parameters(plan, &parameters);
	block->values = weir_arena_array(block->arena, (size_t)parameters + 1, sizeof *block->values);
	block->settings = weir_arena_array(block->arena, (size_t)parameters + 1, sizeof *block->settings);
	status = block->values && block->settings ? WEIR_OK : WEIR_NO_MEMORY;
out:
	if (status == WEIR_OK)
		*out = block;
	else
		weir_block_destroy(block);
	return status;
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

int weir_block_knows(const weir_plan *plan, const char *name)
{
	return strcmp(name, "haircut") == 0 || weir_plan_find_parameter(plan, name) != NULL;
}

void weir_block_complain_unknown(const weir_plan *plan, const char *name, weir_place place, weir_diags *diags)
{
	enum { MOST = 256 };
	const char *names[MOST + 1];
	int count;
	const weir_parameter *parameters = weir_plan_parameters(plan, &count);
	count = count > MOST ? MOST : count;
	for (int i = 0; i < count; i++)
		names[i] = parameters[i].name;
	names[count] = "haircut";
	const char *near = weir_nearest_name(name, strlen(name), names, (size_t)count + 1);
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

void weir_block_check_scenario(const weir_plan *plan, const weir_scenario *scenario, weir_diags *diags)
{
	for (int i = 0; i < scenario->shock_count; i++)
		if (scenario->shocks[i].kind == WEIR_SHOCK_SET && !weir_block_knows(plan, scenario->shocks[i].target))
			weir_block_complain_unknown(plan, scenario->shocks[i].target, scenario->shocks[i].place, diags);
}

/* Adds `value` to the coupon of one class, as decimals add; with coupon steps, to the shift that goes on top of each. */
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
			block->values[number][lane] = weir_rate_normal(block->values[number][lane] + value);
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

static void apply_shocks(weir_block *block, const weir_scenario *scenario, int lane, weir_diags *diags)
{
	for (int s = 0; scenario && s < scenario->shock_count; s++) {
		const weir_shock *shock = &scenario->shocks[s];
		if (shock->kind == WEIR_SHOCK_COUPON) {
			apply_coupon_shock(block, shock, lane, diags);
		} else if (shock->kind == WEIR_SHOCK_SET) {
			int number = parameter_number(block->plan, shock->target);
			if (number >= 0)
				block->values[number][lane] = shock->value;
			else if (strcmp(shock->target, "haircut") != 0) /* that one is the pool's */
				weir_block_complain_unknown(block->plan, shock->target, shock->place, diags);
		}
	}
}

/* A haircut on top of the scenario's own: what is left is the product of what each leaves. */
static void add_haircut(weir_pool_shocks *shocks, double haircut)
{
	shocks->haircut = shocks->haircut == 0 ? haircut :
	                                         weir_rate_normal(1 - (1 - shocks->haircut) * (1 - haircut));
}

static void complain_haircut(const weir_overlay *overlay, int lane, weir_diags *diags)
{
	weir_diag_error(diags, OUT_OF_RANGE, overlay->place,
	                "a haircut of %.10g%% takes more than everything; give at most 100%%", overlay->values[lane] * 100);
}

static void apply_overlays(weir_block *block, const weir_overlay *overlays, int overlay_count, int count,
                           weir_diags *diags)
{
	for (int o = 0; o < overlay_count; o++) {
		int number = parameter_number(block->plan, overlays[o].name);
		int haircut = strcmp(overlays[o].name, "haircut") == 0;
		if (number < 0 && !haircut) {
			weir_block_complain_unknown(block->plan, overlays[o].name, overlays[o].place, diags);
			continue;
		}
		for (int l = 0; l < count; l++) {
			if (!haircut)
				block->values[number][l] = overlays[o].values[l];
			else if (overlays[o].values[l] <= 1)
				add_haircut(&block->shocks[l], overlays[o].values[l]);
			else
				complain_haircut(&overlays[o], l, diags);
		}
	}
}

/* Only what is added to a stepped coupon may be negative. */
static int is_shift(const char *name)
{
	static const char part[] = ".coupon_shift";
	size_t length = strlen(name);
	return length >= sizeof part && strcmp(name + length - (sizeof part - 1), part) == 0;
}

/* A rate or an amount below 0 would have holders or payees pay the plan. */
static void check_values(const weir_block *block, int count, weir_diags *diags)
{
	int parameters;
	const weir_parameter *parameter = weir_plan_parameters(block->plan, &parameters);
	for (int p = 0; p < parameters; p++)
		for (int l = 0; l < count && !is_shift(parameter[p].name); l++)
			if (block->values[p][l] < 0) {
				weir_diag_error(diags, OUT_OF_RANGE, (weir_place){ 0 },
				                "\"%s\" would be below 0; set or add values that leave it at 0 or above",
				                parameter[p].name);
				break;
			}
}

/* Lanes beyond the block's repeat its last one, so that no lane is garbage. */
static void pad_settings(weir_block *block, int parameters, int count)
{
	for (int p = 0; p < parameters; p++)
		for (int l = count; l < WEIR_LANES; l++)
			block->values[p][l] = block->values[p][count - 1];
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
	WEIR_TRY(weir_pool_shocks_create(block->shocks, block->shock_arena, weir_plan_pool(plan), scenarios, count,
	                                 diags));
	for (int p = 0; p < parameters; p++) {
		for (int l = 0; l < WEIR_LANES; l++)
			block->values[p][l] = parameter[p].value;
		block->settings[p] = (weir_lane_setting){ parameter[p].register_number, block->values[p] };
	}
	for (int l = 0; l < count; l++)
		apply_shocks(block, scenarios[l], l, diags);
	apply_overlays(block, overlays, overlay_count, count, diags);
	check_values(block, count, diags);
	if (diags->lost)
		return WEIR_NO_MEMORY;
	if (diags->errors > errors)
		return WEIR_INPUT;
	pad_settings(block, parameters, count);
	weir_pool_project(block->rows, weir_plan_pool(plan), weir_plan_periods(plan), block->shocks, count);
	status = weir_run_execute(block->run, block->rows, block->settings, parameters);
	if (status == WEIR_INPUT)
		weir_diag_error(diags, UNSUPPORTED, weir_plan_deal(plan)->waterfalls_place,
		                "the fee on what is paid has no single answer here, because conditions of the waterfall look at "
		                "cash; write the fee's base on what is due");
	if (status == WEIR_INTERNAL)
		weir_diag_error(diags, FOOTING, (weir_place){ 0 },
		                "cash in and cash out do not add up, or pass what weir can hold; look for amounts that are far "
		                "too large, else report this as a fault of the program");
out:
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

const weir_pool_shocks *weir_block_shocks(const weir_block *block, int lane)
{
	return &block->shocks[lane];
}
