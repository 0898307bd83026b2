/* SPDX-License-Identifier: GPL-3.0-or-later */
/* fill_contracts.c: what each contract paid, by period as far as it is known, and is to pay, by receipt. */
#include "pool/actuals.h"
#include "report/fill_run.h"

#define COL WEIR_RUN_COL

static int period_of_date(const weir_outcome *o, weir_date date)
{
	for (int k = 1; k < weir_fill_period_count(o); k++)
		if (date <= weir_fill_period(o, k)->calculation)
			return k;
	return 0;
}

static weir_cell receipt_status(double due, const weir_receipt_split *split)
{
	double in_time = split->principal_cents + split->income_cents;
	double late = split->late_principal_cents + split->late_income_cents;
	if (split->prepaid_cents > 0)
		return weir_cell_key("prepaid", "prepaid", "提前还款");
	if (in_time == due)
		return weir_cell_key("paid", "paid", "已收");
	if (late > 0)
		return weir_cell_key("part-late", "part late", "部分延迟");
	if (split->defaulted_cents > 0 && in_time == 0)
		return weir_cell_key("defaulted", "defaulted", "违约");
	return in_time > 0 ? weir_cell_key("part-paid", "part paid", "部分收到") :
	                     weir_cell_key("unpaid", "unpaid", "未收");
}

/* A row of what was due and what came of it. */
static weir_status add_row(weir_results *results, weir_table *table, const weir_outcome *o, const weir_receipt *r,
                           int period, const weir_receipt_split *split)
{
	const weir_pool_terms *terms = &weir_fill_terms_of(o)->pool;
	const weir_contract *contract = &terms->contracts[r->contract];
	const weir_obligor *obligor = &terms->obligors[contract->obligor];
	weir_cell *row = weir_table_add_row(results, table);
	if (!row)
		return WEIR_NO_MEMORY;
	COL(contracts, period) = weir_cell_number(period ? period : NAN);
	COL(contracts, due_date) = weir_fill_day(r->due);
	COL(contracts, contract) = weir_cell_text(contract->id, contract->id);
	COL(contracts, obligor) = weir_cell_key(obligor->id, obligor->en ? obligor->en : obligor->zh,
	                                        obligor->zh ? obligor->zh : obligor->en);
	COL(contracts, principal_due) = weir_cell_number(r->principal_cents);
	COL(contracts, income_due) = weir_cell_number(r->income_cents);
	COL(contracts, received) = weir_cell_number(split->principal_cents + split->income_cents);
	COL(contracts, status) = receipt_status(r->principal_cents + r->income_cents, split);
	COL(contracts, prepaid) = weir_cell_number(split->prepaid_cents);
	COL(contracts, defaulted) = weir_cell_number(split->defaulted_cents);
	COL(contracts, late) = weir_cell_number(split->late_principal_cents + split->late_income_cents);
	COL(contracts, late_date) = weir_fill_day(split->late_date);
	return WEIR_OK;
}

/* What came in a period, dated to its end; what is overdue then is due anew in the next one. */
static weir_status add_actual(weir_results *results, weir_table *table, const weir_outcome *o, const weir_actual *a)
{
	weir_receipt due = { .due = weir_fill_period(o, a->period)->calculation,
		             .contract = a->contract,
		             .principal_cents = a->due_principal_cents,
		             .income_cents = a->due_income_cents };
	weir_receipt_split came = { .principal_cents = a->principal_cents,
		                    .income_cents = a->income_cents,
		                    .prepaid_cents = a->prepaid_cents,
		                    .defaulted_cents = a->defaulted_cents,
		                    .late_date = WEIR_DATE_NONE };
	return add_row(results, table, o, &due, a->period, &came);
}

weir_status weir_fill_contracts(weir_results *results, const weir_outcome *o)
{
	const weir_pool *pool = weir_plan_pool(o->plan);
	weir_receipts receipts = weir_pool_receipts(pool);
	size_t actual = 0, actuals = pool->actuals ? pool->actuals->row_count : 0;
	weir_table *table;
	weir_status status = weir_results_add_standard(&table, results, WEIR_TABLE_contracts);
	for (size_t i = 0; status == WEIR_OK && i < receipts.count; i++) {
		const weir_receipt *r = &receipts.items[i];
		weir_receipt_split split;
		for (; status == WEIR_OK && actual < actuals && pool->actuals->rows[actual].contract <= r->contract;
		     actual++)
			status = add_actual(results, table, o, &pool->actuals->rows[actual]);
		weir_pool_receipt_under(&split, pool, i, o->shocks);
		if (status == WEIR_OK)
			status = add_row(results, table, o, r, period_of_date(o, r->due), &split);
	}
	for (; status == WEIR_OK && actual < actuals; actual++)
		status = add_actual(results, table, o, &pool->actuals->rows[actual]);
	return status;
}
