/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A number that is laid over a deal does what it does in the deal's text, or in a variant, whether it is
 * there when the pool is projected or comes after; laid over at the deal's own value it does nothing. By the
 * engine alone, register by register. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ref/compare.h"
#include "ref/deal_text.h"
#include "ref/random_deal.h"
#include "study/lane_figures.h"

/* Every register that both plans name, in every period and lane, to the last digit; but whether calls are
 * off, which no text says. */
static int same_records(pair *p, const weir_plan *plan, const weir_block *block, const char *what)
{
	for (int r = 0; r < weir_plan_register_count(p->plan); r++) {
		const char *name = weir_plan_register_name(p->plan, r);
		int is_in_both = name && *name && strcmp(name, "calls.off") != 0;
		int other = is_in_both ? weir_plan_find_register(plan, name) : -1;
		for (int k = p->periods.first - 1; other >= 0 && k < p->periods.count; k++) {
			const double *a = weir_run_record(weir_block_result(p->block), r, k);
			const double *b = weir_run_record(weir_block_result(block), other, k);
			for (int l = 0; a && b && l < WEIR_LANES; l++) {
				p->compared++;
				if (a[l] == b[l] || (isnan(a[l]) && isnan(b[l])))
					continue;
				snprintf(p->difference, sizeof p->difference,
				         "%s: %s, period %d, lane %d: %.17g laid over, %.17g in the text",
				         what, name, k, l, a[l], b[l]);
				return 0;
			}
		}
	}
	return 1;
}

/* And the cash of the closing. */
static int same_closing(pair *p, const weir_plan *plan, const weir_block *block, const char *what)
{
	weir_lane_reader mine = { p->plan, weir_block_result(p->block), weir_block_rows(p->block) };
	weir_lane_reader theirs = { plan, weir_block_result(block), weir_block_rows(block) };
	weir_period_lanes a, b;
	weir_opening_lanes_read(&a, &mine);
	weir_opening_lanes_read(&b, &theirs);
	int same = a.other_in[0] == b.other_in[0] && a.other_out[0] == b.other_out[0];
	if (!same)
		snprintf(p->difference, sizeof p->difference, "%s: the closing differs: %.17g in, %.17g in",
		         what, a.other_in[0], b.other_in[0]);
	return same;
}

/* With the run, or over the run that has been. */
static weir_status lay_over(pair *p, const weir_scenario *const *lanes, const weir_overlay *overlay,
                            int after)
{
	weir_status status;
	WEIR_TRY(weir_block_run(p->block, lanes, WEIR_LANES, overlay, !after, &p->diags));
	if (after)
		WEIR_TRY(weir_block_overlay(p->block, overlay, 1, WEIR_LANES, &p->diags));
out:
	return status;
}

/* The deal with the number laid over all lanes, against the deal of `path`. 1 too when that is refused. */
static int same_as_text(pair *p, const char *path, const char *variant, const weir_overlay *overlay,
                        const weir_scenario *const *lanes)
{
	pair other;
	int same = 1;
	weir_status status = pair_open_quietly(&other, path, variant);
	if (status == WEIR_OK)
		status = weir_block_run(other.block, lanes, WEIR_LANES, NULL, 0, &other.diags);
	for (int after = 0; after < 2 && status == WEIR_OK && same; after++) {
		if (lay_over(p, lanes, overlay, after) != WEIR_OK) {
			snprintf(p->difference, sizeof p->difference, "%s cannot be laid over",
			         overlay->name);
			same = 0;
			break;
		}
		same = same_records(p, other.plan, other.block, overlay->name) &&
		       same_closing(p, other.plan, other.block, overlay->name);
		p->texts += after;
	}
	pair_close(&other);
	return same;
}

/* Both ways of writing it. */
static int same_as_written(pair *p, const char *path, const twin_setting *setting, double value,
                           const weir_scenario *const *lanes)
{
	double values[WEIR_LANES];
	weir_overlay overlay = { .name = setting->name, .values = values };
	const char *text = p->sources.items[0].text;
	char *changed = deal_text_with_setting(text, p->deal, setting, value);
	for (int l = 0; l < WEIR_LANES; l++)
		values[l] = value;
	if (!changed)
		return 1;
	char *with_variant = deal_text_with_variant(text, changed, p->deal, setting);
	int same = deal_text_write(path, changed) && same_as_text(p, path, NULL, &overlay, lanes) &&
	           deal_text_write(path, with_variant) && same_as_text(p, path, "other", &overlay, lanes);
	free(changed);
	free(with_variant);
	return same;
}

/* All numbers at the deal's own values. */
static int same_as_before(pair *p, const twin_setting *settings, int count, const weir_scenario *const *lanes)
{
	weir_run_options options = { .trace_lane = -1, .record_all = 1 };
	weir_overlay *overlays = calloc((size_t)count + 1, sizeof *overlays);
	double *values = calloc((size_t)count + 1, WEIR_LANES * sizeof *values);
	weir_block *before = NULL;
	weir_status status;
	int same = 0;
	if (!overlays || !values)
		abort();
	for (int i = 0; i < count; i++) {
		overlays[i] = (weir_overlay){ .name = settings[i].name, .values = values + i * WEIR_LANES };
		for (int l = 0; l < WEIR_LANES; l++)
			values[i * WEIR_LANES + l] = settings[i].value;
	}
	WEIR_TRY(weir_block_create(&before, p->plan, &options));
	WEIR_TRY(weir_block_run(before, lanes, WEIR_LANES, NULL, 0, &p->diags));
	WEIR_TRY(weir_block_run(p->block, lanes, WEIR_LANES, overlays, count, &p->diags));
	same = same_records(p, p->plan, before, "the deal's own numbers");
	WEIR_TRY(weir_block_overlay(p->block, NULL, 0, WEIR_LANES, &p->diags));
	same = same && same_records(p, p->plan, before, "the deal's own numbers again");
out:
	weir_block_destroy(before);
	free(overlays);
	free(values);
	return same && status == WEIR_OK;
}

int pair_check_texts(pair *p, const char *path, uint64_t seed)
{
	char changed[200];
	const weir_scenario *lanes[WEIR_LANES];
	int count, same = 1;
	const twin_setting *settings = twin_settings(p->twin, &count);
	for (int l = 0; l < WEIR_LANES; l++)
		lanes[l] = l == 0 ? NULL : random_scenario(p->deal, seed, l);
	snprintf(changed, sizeof changed, "%s-changed.xml", path);
	p->difference[0] = '\0';
	for (int i = 0; i < count && same; i++) {
		double value = random_setting(p->deal, &settings[i], seed + (uint64_t)i);
		if (value != 0) /* a class of nothing is no class in a text */
			same = same_as_written(p, changed, &settings[i], value, lanes);
	}
	remove(changed);
	return same && same_as_before(p, settings, count, lanes);
}
