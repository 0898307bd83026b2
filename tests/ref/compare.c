/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ref/compare.h"

#include <math.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "io/actuals_csv.h"
#include "io/load.h"
#include "study/lane_figures.h"

#define AT(type, field)                                                                                      \
	{                                                                                                    \
#field, offsetof(type, field)                                                                \
	}

typedef struct field {
	const char *name;
	size_t offset; /* of an int64_t */
} field;

/* What is charged and due comes first: a difference is told where it begins. */
static const field class_dues[] = { AT(twin_class, interest_due), AT(twin_class, yield_due), { NULL, 0 } };
static const field class_fields[] = { AT(twin_class, interest_paid),    AT(twin_class, interest_unpaid),
	                              AT(twin_class, principal_due),    AT(twin_class, principal_paid),
	                              AT(twin_class, principal_unpaid), AT(twin_class, yield_paid),
	                              AT(twin_class, yield_unpaid),     AT(twin_class, rest_paid),
	                              AT(twin_class, balance),          { NULL, 0 } };

static const field fee_dues[] = { AT(twin_fee, charge), AT(twin_fee, due), { NULL, 0 } };
static const field fee_fields[] = { AT(twin_fee, paid), AT(twin_fee, unpaid), { NULL, 0 } };

static const struct {
	const char *name;
	weir_pool_column column;
	size_t offset;
} pool_fields[] = {
	{ "principal", WEIR_POOL_PRINCIPAL, offsetof(twin_pool, principal) },
	{ "income", WEIR_POOL_INCOME, offsetof(twin_pool, income) },
	{ "recovered", WEIR_POOL_RECOVERED, offsetof(twin_pool, recovered) },
	{ "defaulted", WEIR_POOL_DEFAULTED, offsetof(twin_pool, defaulted) },
	{ "balance", WEIR_POOL_BALANCE, offsetof(twin_pool, balance) },
	{ "overdue", WEIR_POOL_OVERDUE, offsetof(twin_pool, overdue) },
	{ "prepaid", WEIR_POOL_PREPAID, offsetof(twin_pool, prepaid) },
	{ "disposal", WEIR_POOL_DISPOSAL, offsetof(twin_pool, disposal) },
	{ "lost principal", WEIR_POOL_LOST_PRINCIPAL, offsetof(twin_pool, lost_principal) },
	{ "lost income", WEIR_POOL_LOST_INCOME, offsetof(twin_pool, lost_income) },
	{ "lost principal, fast", WEIR_POOL_LOST_PRINCIPAL_FAST, offsetof(twin_pool, lost_principal_fast) },
	{ "lost income, fast", WEIR_POOL_LOST_INCOME_FAST, offsetof(twin_pool, lost_income_fast) },
	{ "scheduled_principal", WEIR_POOL_SCHEDULED_PRINCIPAL, offsetof(twin_pool, scheduled_principal) },
	{ "scheduled_income", WEIR_POOL_SCHEDULED_INCOME, offsetof(twin_pool, scheduled_income) },
};

void pair_print_diags(pair *p)
{
	for (size_t i = 0; i < p->diags.count; i++) {
		const weir_diag *d = &p->diags.items[i];
		const weir_source *source = weir_sources_get(&p->sources, d->place);
		unsigned line, column;
		if (d->severity == WEIR_DISCLOSURE)
			continue;
		weir_sources_locate(&p->sources, d->place, &line, &column);
		printf("# %s:%u:%u: %s: %s [%s]\n", source ? source->name : "", line, column,
		       weir_severity_text(d->severity), d->text, weir_code_text(d->code));
	}
}

weir_status pair_open_quietly(pair *p, const char *path, const char *variant)
{
	weir_run_options options = { .trace_lane = -1, .record_all = 1 };
	weir_status status;
	memset(p, 0, sizeof *p);
	WEIR_TRY(weir_deal_load_variant(&p->deal, &p->sources, path, variant, &p->diags));
	WEIR_TRY(weir_arena_create(&p->arena));
	WEIR_TRY(weir_deal_periods(&p->periods, p->arena, p->deal, &p->diags));
	WEIR_TRY(weir_pool_create(&p->pool, p->arena, p->deal, &p->diags));
	WEIR_TRY(weir_plan_create(&p->plan, p->deal, p->pool, &p->periods, &p->diags));
	WEIR_TRY(weir_block_create(&p->block, p->plan, &options));
out:
	return status;
}

weir_status pair_open(pair *p, const char *path)
{
	return pair_open_variant(p, path, NULL);
}

weir_status pair_open_variant(pair *p, const char *path, const char *variant)
{
	weir_status status = pair_open_quietly(p, path, variant);
	if (status == WEIR_OK)
		status = twin_create(&p->twin, p->deal, &p->diags);
	if (status != WEIR_OK)
		pair_print_diags(p);
	return status;
}

weir_status pair_take_actuals(pair *p, const char *path)
{
	weir_pool_actuals *actuals;
	weir_status status = weir_actuals_load(&actuals, p->arena, p->pool, &p->periods, path, &p->diags);
	if (status == WEIR_OK && !twin_take_actuals(p->twin, path))
		status = WEIR_INPUT;
	if (status == WEIR_OK)
		p->pool->actuals = actuals;
	else
		pair_print_diags(p);
	return status;
}

void pair_close(pair *p)
{
	twin_destroy(p->twin);
	weir_block_destroy(p->block);
	weir_plan_destroy(p->plan);
	weir_arena_destroy(p->arena);
	weir_deal_destroy(p->deal);
	weir_diags_free(&p->diags);
	weir_sources_free(&p->sources);
}

/* Compares one value; the first difference is kept. */
static void compare(pair *p, int64_t twin_value, double engine_value, const char *format, ...)
{
	va_list words;
	char what[200];
	if ((double)twin_value == engine_value) {
		p->compared++;
		return;
	}
	if (p->difference[0])
		return;
	va_start(words, format);
	vsnprintf(what, sizeof what, format, words);
	va_end(words);
	snprintf(p->difference, sizeof p->difference, "%s: twin %lld, engine %.17g", what,
	         (long long)twin_value, engine_value);
}

static void compare_periods(pair *p)
{
	int count, first;
	const twin_period *mine = twin_periods(p->twin, &count, &first);
	compare(p, count, p->periods.count, "number of periods");
	compare(p, first, p->periods.first, "the first period that runs");
	for (int k = 1; k < count && !p->difference[0]; k++) {
		const weir_period *theirs = &p->periods.items[k];
		compare(p, mine[k].payment, theirs->payment, "period %d: payment date", k);
		compare(p, mine[k].adjusted, theirs->adjusted, "period %d: adjusted date", k);
		compare(p, mine[k].calculation, theirs->calculation, "period %d: calculation date", k);
		compare(p, mine[k].transfer, theirs->transfer, "period %d: transfer date", k);
		compare(p, mine[k].accrual_start, theirs->accrual_start, "period %d: accrual start", k);
		compare(p, mine[k].accrual_end, theirs->accrual_end, "period %d: accrual end", k);
		compare(p, mine[k].year, theirs->year, "period %d: year", k);
		compare(p, mine[k].year_end, theirs->year_end, "period %d: end of year", k);
		compare(p, mine[k].tail, theirs->tail, "period %d: in the tail", k);
	}
}

int pair_compare_terms(pair *p)
{
	int count;
	p->difference[0] = '\0';
	compare_periods(p);
	const twin_receipt *mine = twin_receipts(p->twin, &count);
	compare(p, count, (double)p->pool->receipt_count, "number of receipts");
	for (int i = 0; i < count && !p->difference[0]; i++) {
		const weir_receipt *theirs = &p->pool->receipts[i];
		const char *id = p->deal->pool.contracts[mine[i].contract].id;
		int n = mine[i].number;
		compare(p, mine[i].contract, theirs->contract, "receipt %d: contract", i);
		compare(p, mine[i].due, theirs->due, "contract %s, receipt %d: due date", id, n);
		compare(p, mine[i].contract_due, theirs->contract_due,
		        "contract %s, receipt %d: contract's due date", id, n);
		compare(p, mine[i].principal, theirs->principal_cents, "contract %s, receipt %d: principal",
		        id, n);
		compare(p, mine[i].income, theirs->income_cents, "contract %s, receipt %d: income", id, n);
	}
	return p->difference[0] == '\0';
}

/* A register by number; -1 is passed over, and what is not kept. */
static void compare_register(pair *p, int lane, int period, int64_t mine, int number, const char *id,
                             const char *what)
{
	const double *values =
		number < 0 ? NULL : weir_run_record(weir_block_result(p->block), number, period);
	if (values)
		compare(p, mine, values[lane], "%s.%s, period %d", id, what, period);
}

/* A register by name; a name that has no register is passed over. */
static void compare_named(pair *p, int lane, int period, int64_t mine, const char *id, const char *what)
{
	char name[300];
	snprintf(name, sizeof name, what ? "%s.%s" : "%s%s", id, what ? what : "");
	int number = weir_plan_find_register(p->plan, name);
	const double *values =
		number < 0 ? NULL : weir_run_record(weir_block_result(p->block), number, period);
	if (values)
		compare(p, mine, values[lane], "%s, period %d", name, period);
}

static void compare_fields(pair *p, int lane, int period, const char *id, const void *mine,
                           const field *fields)
{
	for (; fields->name; fields++) {
		int64_t value;
		memcpy(&value, (const char *)mine + fields->offset, sizeof value);
		compare_named(p, lane, period, value, id, fields->name);
	}
}

static void compare_coupon(pair *p, int lane, int period, int class)
{
	const weir_plan_map *map = weir_plan_registers(p->plan);
	int number = map->classes[class].coupon;
	const double *values =
		number < 0 ? NULL : weir_run_record(weir_block_result(p->block), number, period);
	if (values && period >= p->periods.first)
		compare(p, twin_coupon_e12(p->twin, class, period), round(values[lane] * 1e12),
		        "%s.coupon x 10^12, period %d", p->deal->classes[class].node.id, period);
}

static void compare_pool(pair *p, int lane, int period)
{
	const weir_pool_rows *rows = weir_block_rows(p->block);
	const twin_pool *mine = &twin_projected(p->twin)[period];
	for (size_t f = 0; f < sizeof pool_fields / sizeof *pool_fields; f++) {
		int64_t value;
		memcpy(&value, (const char *)mine + pool_fields[f].offset, sizeof value);
		compare(p, value, rows->column[pool_fields[f].column][period][lane], "pool.%s, period %d",
		        pool_fields[f].name, period);
	}
	for (int i = 0; i < p->pool->claim_count; i++) {
		int contract = p->pool->claim_contracts[i];
		const char *id = p->deal->pool.contracts[contract].id;
		size_t at = (size_t)i * (size_t)rows->period_count + (size_t)period;
		compare(p, twin_claim(p->twin, contract, period, 0), rows->claim_principal[at][lane],
		        "principal claimed for contract %s, period %d", id, period);
		compare(p, twin_claim(p->twin, contract, period, 1), rows->claim_income[at][lane],
		        "income claimed for contract %s, period %d", id, period);
	}
}

/* What the deal sees of the pool: nothing once it was sold. */
static void compare_seen_pool(pair *p, int lane, int period, const twin_pool *mine)
{
	const weir_plan_map *map = weir_plan_registers(p->plan);
	for (size_t f = 0; f < sizeof pool_fields / sizeof *pool_fields; f++) {
		int64_t value;
		weir_pool_column column = pool_fields[f].column;
		memcpy(&value, (const char *)mine + pool_fields[f].offset, sizeof value);
		if (column < WEIR_POOL_LOST_PRINCIPAL || column > WEIR_POOL_LOST_INCOME_FAST)
			compare_register(p, lane, period, value, map->pool[column], "the deal's pool",
			                 pool_fields[f].name);
	}
}

static void compare_waterfall(pair *p, int lane, int period, int mine)
{
	const weir_plan_map *map = weir_plan_registers(p->plan);
	for (int w = 0; map->waterfall_masks && period > 0 && w < p->deal->waterfall_count; w++) {
		const double *values =
			weir_run_record(weir_block_result(p->block), map->waterfall_masks[w], period);
		if (values)
			compare(p, mine == w, values[lane] != 0, "waterfall \"%s\" is used, period %d",
			        p->deal->waterfalls[w].node.id, period);
	}
}

static void compare_fees(pair *p, int lane, int period, const twin_row *mine, const field *fields)
{
	for (int f = 0; f < p->deal->fee_count; f++) {
		char surcharge[300];
		const char *id = p->deal->fees[f].node.id;
		snprintf(surcharge, sizeof surcharge, "%s.surcharge", id);
		compare_fields(p, lane, period, id, &mine->fees[f], fields);
		compare_fields(p, lane, period, surcharge, &mine->surcharges[f], fields);
	}
}

static void compare_classes(pair *p, int lane, int period, const twin_row *mine, const field *fields)
{
	for (int c = 0; c < p->deal->class_count; c++)
		compare_fields(p, lane, period, p->deal->classes[c].node.id, &mine->classes[c], fields);
}

/* The registers of an element, in the order of the twin's amounts. */
typedef struct kept {
	int number;
	int64_t mine;
	const char *what;
} kept;

static void compare_kept(pair *p, int lane, int period, const char *id, const kept *all, int count)
{
	for (int i = 0; i < count; i++)
		compare_register(p, lane, period, all[i].mine, all[i].number, id, all[i].what);
}

#define COMPARE_KEPT(id, all) compare_kept(p, lane, period, id, all, (int)(sizeof all / sizeof *all))

static void compare_supports(pair *p, int lane, int period, const twin_row *mine)
{
	for (int i = 0; i < p->deal->support_count; i++) {
		const weir_support_registers *r = &weir_plan_registers(p->plan)->supports[i];
		const twin_support *s = &mine->supports[i];
		const kept all[] = {
			{ r->interest_due, s->interest_due, "interest_due" },
			{ r->fee_due, s->fee_due, "fee_due" },
			{ r->shortfall, s->shortfall, "shortfall" },
			{ r->available, s->available, "available" },
			{ r->returned, s->returned, "returned" },
			{ r->drawn, s->drawn, "drawn" },
			{ r->drawn_total, s->drawn_total, "drawn_total" },
			{ r->repaid, s->repaid, "repaid" },
			{ r->outstanding, s->outstanding, "outstanding" },
			{ r->cash, s->cash, "cash" },
			{ r->interest_unpaid, s->interest_unpaid, "interest_unpaid" },
			{ r->interest_paid, s->interest_paid, "interest_paid" },
			{ r->fee_unpaid, s->fee_unpaid, "fee_unpaid" },
			{ r->fee_paid, s->fee_paid, "fee_paid" },
		};
		COMPARE_KEPT(p->deal->supports[i].node.id, all);
	}
}

static void compare_covers(pair *p, int lane, int period, const twin_row *mine)
{
	for (int i = 0; i < p->deal->cover_count; i++) {
		const weir_cover_registers *r = &weir_plan_registers(p->plan)->covers[i];
		const twin_cover *c = &mine->covers[i];
		const kept all[] = {
			{ r->claimed, c->claimed, "claimed" },
			{ r->settled, c->settled, "settled" },
			{ r->paid, c->paid, "paid" },
			{ r->paid_total, c->paid_total, "paid_total" },
			{ r->available, c->available, "available" },
		};
		COMPARE_KEPT(p->deal->covers[i].node.id, all);
		for (int s = 0; s < p->deal->covers[i].share_count; s++)
			compare_register(p, lane, period, twin_share_cash(p->twin, i, s, period),
			                 r->share_paid[s], p->deal->covers[i].node.id, "cash of a share");
	}
}

static void compare_parties(pair *p, int lane, int period, const twin_row *mine)
{
	for (int i = 0; i < p->deal->party_count; i++) {
		const weir_party_registers *r = &weir_plan_registers(p->plan)->parties[i];
		const kept all[] = { { r->failed, mine->parties[i].failed, "failed" },
			             { r->capacity, mine->parties[i].capacity, "capacity" } };
		COMPARE_KEPT(p->deal->parties[i].node.id, all);
	}
}

/* Calls, revolving assets, the servicer. */
static void compare_events(pair *p, int lane, int period, const twin_row *mine)
{
	const weir_plan_map *map = weir_plan_registers(p->plan);
	for (int i = 0; i < p->deal->call_count; i++) {
		const weir_call_registers *r = &map->calls[i];
		const kept all[] = { { r->flag, mine->calls[i].called, "flag" },
			             { r->proceeds, mine->calls[i].proceeds, "proceeds" },
			             { r->costs, mine->calls[i].costs, "costs" } };
		COMPARE_KEPT(p->deal->calls[i].node.id, all);
	}
	for (int i = 0; i < p->deal->revolving_count; i++) {
		const weir_revolving_registers *r = &map->revolvings[i];
		const twin_revolving *v = &mine->revolvings[i];
		const kept all[] = { { r->principal, v->principal, "principal" },
			             { r->income, v->income, "income" },
			             { r->purchased, v->purchased, "purchased" },
			             { r->defaulted, v->defaulted, "defaulted" },
			             { r->balance, v->balance, "balance" } };
		COMPARE_KEPT(p->deal->revolvings[i].node.id, all);
	}
	compare_register(p, lane, period, mine->lost, map->lost, "servicing", "lost");
	compare_register(p, lane, period, mine->sold, map->sold, "pool", "sold");
}

static void compare_row(pair *p, int lane, int period, const twin_row *mine)
{
	const weir_deal *deal = p->deal;
	compare_pool(p, lane, period);
	compare_seen_pool(p, lane, period, &mine->pool);
	compare_covers(p, lane, period, mine);
	for (int c = 0; c < deal->class_count; c++)
		compare_coupon(p, lane, period, c);
	compare_classes(p, lane, period, mine, class_dues);
	compare_fees(p, lane, period, mine, fee_dues);
	compare_events(p, lane, period, mine);
	compare_waterfall(p, lane, period, mine->waterfall);
	compare_supports(p, lane, period, mine);
	compare_parties(p, lane, period, mine);
	compare_fees(p, lane, period, mine, fee_fields);
	compare_classes(p, lane, period, mine, class_fields);
	for (int a = 0; a < deal->account_count; a++)
		compare_named(p, lane, period, mine->accounts[a], deal->accounts[a].node.id, "balance");
	for (int i = 0; i < deal->trigger_count; i++) {
		const char *id = deal->triggers[i].node.id;
		compare_named(p, lane, period, mine->triggers[i].fired, id, NULL);
		compare_named(p, lane, period, mine->triggers[i].held, id, "held");
		compare_named(p, lane, period, mine->triggers[i].failed, id, "failed");
	}
	compare_named(p, lane, period, mine->missed, "deal", "missed");
}

/* One amount of a receipt into the sum of the period that its date falls into. */
static void add_on(const pair *p, double *sums, weir_date date, double cents)
{
	int k = weir_pool_period_of(&p->periods, date);
	if (date != WEIR_DATE_NONE && k < p->periods.count)
		sums[k] += cents;
}

/* Receipt by receipt the pool gives what it gives as a whole. */
static void compare_receipts(pair *p, int lane)
{
	const weir_pool_shocks *shocks = weir_block_shocks(p->block, lane);
	const twin_pool *mine = twin_projected(p->twin);
	double *principal = calloc((size_t)p->periods.count * 4, sizeof *principal);
	if (!principal)
		abort();
	double *income = principal + p->periods.count, *prepaid = income + p->periods.count;
	double *defaulted = prepaid + p->periods.count;
	for (size_t i = 0; p->pool->actuals && i < p->pool->actuals->row_count; i++) {
		const weir_actual *paid = &p->pool->actuals->rows[i];
		principal[paid->period] += paid->principal_cents;
		income[paid->period] += paid->income_cents;
		prepaid[paid->period] += paid->prepaid_cents;
		defaulted[paid->period] += paid->defaulted_cents;
	}
	weir_receipts receipts = weir_pool_receipts(p->pool);
	for (size_t r = 0; r < receipts.count; r++) {
		weir_receipt_split split;
		weir_pool_receipt_under(&split, p->pool, r, shocks);
		add_on(p, principal, split.date, split.principal_cents);
		add_on(p, income, split.date, split.income_cents);
		add_on(p, prepaid, split.date, split.prepaid_cents);
		add_on(p, principal, split.late_date, split.late_principal_cents);
		add_on(p, income, split.late_date, split.late_income_cents);
		add_on(p, defaulted, receipts.items[r].due, split.defaulted_cents);
	}
	for (int k = p->periods.first; k < p->periods.count; k++) {
		compare(p, mine[k].principal, principal[k], "principal, receipt by receipt, period %d", k);
		compare(p, mine[k].income, income[k], "income, receipt by receipt, period %d", k);
		compare(p, mine[k].prepaid, prepaid[k], "prepaid, receipt by receipt, period %d", k);
		compare(p, mine[k].defaulted, defaulted[k], "defaulted, receipt by receipt, period %d", k);
	}
	free(principal);
}

/* The closing's cash, which a start in mid-life has not. */
static void compare_closing(pair *p, int lane)
{
	weir_lane_reader reader = { p->plan, weir_block_result(p->block), weir_block_rows(p->block) };
	weir_period_lanes theirs;
	twin_closing mine = twin_close(p->twin);
	weir_opening_lanes_read(&theirs, &reader);
	if (p->periods.first > 1)
		return;
	compare(p, mine.proceeds, theirs.other_in[lane], "proceeds at the closing");
	compare(p, mine.price + mine.costs, theirs.other_out[lane],
	        "price of the pool and costs at the closing");
}

static const twin_setting *find_setting(const twin_setting *mine, int count, const char *name)
{
	for (int i = 0; i < count; i++)
		if (strcmp(mine[i].name, name) == 0)
			return &mine[i];
	return NULL;
}

/* Whether a parameter of the engine is of the kinds that the twin lists. */
static int is_setting(const char *name)
{
	const char *last = strrchr(name, '.');
	return !last || strcmp(last, ".size") == 0 || strcmp(last, ".coupon") == 0 ||
	       strcmp(last, ".initial") == 0 || strcmp(last, ".threshold") == 0 ||
	       strcmp(name, "calls.off") == 0;
}

int pair_compare_settings(pair *p)
{
	int count, theirs;
	const twin_setting *mine = twin_settings(p->twin, &count);
	const weir_parameter *all = weir_plan_parameters(p->plan, &theirs);
	p->difference[0] = '\0';
	for (int i = 0; i < count; i++) {
		const weir_parameter *parameter = weir_plan_find_parameter(p->plan, mine[i].name);
		compare(p, 1, parameter != NULL, "%s can be set", mine[i].name);
		if (parameter)
			compare(p, mine[i].type, parameter->type, "type of %s", mine[i].name);
		if (parameter)
			compare(p, 1, mine[i].value == parameter->value, "%s as the deal says", mine[i].name);
	}
	for (int i = 0; i < theirs; i++)
		if (is_setting(all[i].name))
			compare(p, find_setting(mine, count, all[i].name) != NULL, 1, "%s can be set",
			        all[i].name);
	return p->difference[0] == '\0';
}

static void tell(const pair *p, const weir_scenario *scenario, const weir_overlay *overlays, int count,
                 int lane)
{
	printf("# %s", scenario ? scenario->node.id : "base");
	for (int i = 0; i < count; i++)
		printf("%s%s=%.12g", i ? " " : " with ", overlays[i].name, overlays[i].values[lane]);
	printf(", lane %d: %s\n", lane, p->difference);
}

weir_status pair_compare_overlays(pair *p, const weir_scenario *const *scenarios,
                                  const weir_overlay *overlays, int overlay_count, int at_once,
                                  const weir_scenario *const *laid, int count, int *same)
{
	int periods, first;
	weir_status status = weir_block_run(p->block, scenarios, count, overlays, at_once, &p->diags);
	if (status == WEIR_OK && at_once < overlay_count)
		status = weir_block_overlay(p->block, overlays + at_once, overlay_count - at_once, count,
		                            &p->diags);
	twin_periods(p->twin, &periods, &first);
	for (int lane = 0; lane < count && status == WEIR_OK; lane++) {
		const twin_row *rows = twin_run(p->twin, laid[lane]);
		p->difference[0] = '\0';
		for (int k = first - 1; k < periods && !p->difference[0]; k++)
			compare_row(p, lane, k, &rows[k]);
		compare_closing(p, lane);
		if (lane < 4) /* slow: each receipt walks through those before it */
			compare_receipts(p, lane);
		same[lane] = p->difference[0] == '\0' && pair_check_identities(p, rows);
		if (!same[lane] && p->printed++ < 4)
			tell(p, laid[lane], overlays, overlay_count, lane);
	}
	return status;
}

weir_status pair_compare_block(pair *p, const weir_scenario *const *scenarios, int count, int *same)
{
	return pair_compare_overlays(p, scenarios, NULL, 0, 0, scenarios, count, same);
}
