/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ref/compare.h"

#include <math.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include "io/load.h"

#define AT(type, field)                       \
	{                                     \
#field, offsetof(type, field) \
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

weir_status pair_open(pair *p, const char *path)
{
	weir_run_options options = { .trace_lane = -1, .record_all = 1 };
	weir_status status;
	memset(p, 0, sizeof *p);
	WEIR_TRY(weir_deal_load(&p->deal, &p->sources, path, &p->diags));
	WEIR_TRY(weir_arena_create(&p->arena));
	WEIR_TRY(weir_deal_periods(&p->periods, p->arena, p->deal, &p->diags));
	WEIR_TRY(weir_pool_create(&p->pool, p->arena, p->deal, &p->diags));
	WEIR_TRY(weir_plan_create(&p->plan, p->deal, p->pool, &p->periods, &p->diags));
	WEIR_TRY(weir_block_create(&p->block, p->plan, &options));
	WEIR_TRY(twin_create(&p->twin, p->deal, &p->diags));
out:
	if (status != WEIR_OK)
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
	int count;
	const twin_period *mine = twin_periods(p->twin, &count);
	compare(p, count, p->periods.count, "number of periods");
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
		compare(p, mine[i].principal, theirs->principal_cents, "contract %s, receipt %d: principal",
		        id, n);
		compare(p, mine[i].income, theirs->income_cents, "contract %s, receipt %d: income", id, n);
	}
	return p->difference[0] == '\0';
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
	if (values && period > 0)
		compare(p, twin_coupon_e12(p->twin, class, period), round(values[lane] * 1e12),
		        "%s.coupon x 10^12, period %d", p->deal->classes[class].node.id, period);
}

static void compare_pool(pair *p, int lane, int period, const twin_pool *mine)
{
	const weir_pool_rows *rows = weir_block_rows(p->block);
	for (size_t f = 0; f < sizeof pool_fields / sizeof *pool_fields; f++) {
		int64_t value;
		memcpy(&value, (const char *)mine + pool_fields[f].offset, sizeof value);
		compare(p, value, rows->column[pool_fields[f].column][period][lane], "pool.%s, period %d",
		        pool_fields[f].name, period);
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

static void compare_row(pair *p, int lane, int period, const twin_row *mine)
{
	const weir_deal *deal = p->deal;
	compare_pool(p, lane, period, &mine->pool);
	for (int c = 0; c < deal->class_count; c++)
		compare_coupon(p, lane, period, c);
	compare_classes(p, lane, period, mine, class_dues);
	compare_fees(p, lane, period, mine, fee_dues);
	compare_waterfall(p, lane, period, mine->waterfall);
	compare_fees(p, lane, period, mine, fee_fields);
	compare_classes(p, lane, period, mine, class_fields);
	for (int a = 0; a < deal->account_count; a++)
		compare_named(p, lane, period, mine->accounts[a], deal->accounts[a].node.id, "balance");
	for (int i = 0; i < deal->trigger_count; i++)
		compare_named(p, lane, period, mine->triggers[i], deal->triggers[i].node.id, NULL);
	compare_named(p, lane, period, mine->missed, "deal", "missed");
}

weir_status pair_compare_block(pair *p, const weir_scenario *const *scenarios, int count, int *same)
{
	int periods;
	weir_status status = weir_block_run(p->block, scenarios, count, NULL, 0, &p->diags);
	twin_periods(p->twin, &periods);
	for (int lane = 0; lane < count && status == WEIR_OK; lane++) {
		const twin_row *rows = twin_run(p->twin, scenarios[lane]);
		if (!rows)
			return WEIR_INTERNAL;
		p->difference[0] = '\0';
		for (int k = 0; k < periods && !p->difference[0]; k++)
			compare_row(p, lane, k, &rows[k]);
		same[lane] = p->difference[0] == '\0' && pair_check_identities(p, rows);
		if (!same[lane] && p->printed++ < 4)
			printf("# %s, lane %d: %s\n", scenarios[lane] ? scenarios[lane]->node.id : "base",
			       lane, p->difference);
	}
	return status;
}

/* Cash in all accounts, and cash out of them in a period. */
static int64_t cash_in_accounts(const pair *p, const twin_row *row)
{
	int64_t sum = 0;
	for (int a = 0; a < p->deal->account_count; a++)
		sum += row->accounts[a];
	return sum;
}

static int64_t cash_out(const pair *p, const twin_row *row)
{
	int64_t sum = 0;
	for (int f = 0; f < p->deal->fee_count; f++)
		sum += row->fees[f].paid + row->surcharges[f].paid;
	for (int c = 0; c < p->deal->class_count; c++)
		sum += row->classes[c].interest_paid + row->classes[c].principal_paid +
		       row->classes[c].yield_paid + row->classes[c].rest_paid;
	return sum;
}

int pair_check_identities(pair *p, const twin_row *rows)
{
	int periods;
	twin_periods(p->twin, &periods);
	for (int k = 1; k < periods; k++) {
		const twin_pool *pool = &rows[k].pool;
		int64_t in = pool->principal + pool->income + pool->recovered;
		compare(p, cash_in_accounts(p, &rows[k]),
		        (double)(cash_in_accounts(p, &rows[k - 1]) + in - cash_out(p, &rows[k])),
		        "cash now = cash before + in - out, period %d", k);
		for (int c = 0; c < p->deal->class_count; c++) {
			const twin_class *now = &rows[k].classes[c], *before = &rows[k - 1].classes[c];
			compare(p, now->balance, (double)(before->balance - now->principal_paid),
			        "balance = opening - principal paid, period %d", k);
			compare(p, now->interest_unpaid, (double)(now->interest_due - now->interest_paid),
			        "interest unpaid = due - paid, period %d", k);
			compare(p, now->interest_unpaid < 0 || now->principal_unpaid < 0 || now->balance < 0,
			        0, "nothing is negative, period %d", k);
		}
	}
	return p->difference[0] == '\0';
}
