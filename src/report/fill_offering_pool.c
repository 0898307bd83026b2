/* SPDX-License-Identifier: GPL-3.0-or-later */
/* fill_offering_pool.c: what a prospectus tells of the pool: eligibility, overview, largest obligors, vintages, and
 * what each asset promises. */
#include <string.h>

#include "base/money.h"
#include "report/fill_offering.h"
#include "study/eligibility.h"
#include "time/date.h"

#define COL WEIR_FILL_COL
#define MOST_TOP 10
#define MOST_ASSETS 20
#define MOST_NAMED 20       /* contracts that a cell lists */
#define IMPORTANT_SHARE 0.15 /* RULES section 2.1: important debtors */

/* --- eligibility ------------------------------------------------------------------------------------------------ */

/* "L01, L02 … (37 in all)" */
static weir_cell failing_cell(weir_offer *o, const weir_eligibility *e, int criterion)
{
	const char *fails = e->fails + (size_t)criterion * (size_t)e->contracts;
	weir_text en = { 0 }, zh = { 0 };
	int named = 0;
	if (e->failed[criterion] == 0)
		return (weir_cell){ 0 };
	for (int c = 0; c < e->contracts && named < MOST_NAMED; c++)
		if (fails[c]) {
			weir_text_printf(&en, "%s%s", named ? ", " : "", o->f.deal->pool.contracts[c].id);
			weir_text_printf(&zh, "%s%s", named ? "、" : "", o->f.deal->pool.contracts[c].id);
			named++;
		}
	if (e->failed[criterion] > named) {
		weir_text_printf(&en, " … (%d in all)", e->failed[criterion]);
		weir_text_printf(&zh, "等（共%d笔）", e->failed[criterion]);
	}
	return weir_fill_written(&o->f, &en, &zh);
}

static weir_status fill_eligibility(weir_offer *o)
{
	const weir_deal *deal = o->f.deal;
	weir_eligibility e;
	weir_table *table = NULL;
	if (deal->criterion_count == 0)
		return WEIR_OK;
	weir_status status = weir_eligibility_test(&e, o->f.scratch, o->f.pool);
	for (int i = 0; status == WEIR_OK && i < e.criteria; i++) {
		const weir_criterion *criterion = &deal->criteria[i];
		weir_cell *row = weir_fill_row(&o->f, &table, WEIR_TABLE_eligibility);
		if (!row)
			return WEIR_NO_MEMORY;
		COL(eligibility, number) = weir_cell_number(i + 1);
		COL(eligibility, criterion) = weir_fill_node(&o->f, &criterion->node);
		COL(eligibility, formula) = weir_fill_text(&o->f, criterion->formula.text, NULL);
		COL(eligibility, tested) = weir_cell_number(e.contracts);
		COL(eligibility, passed) = weir_cell_number(e.contracts - e.failed[i]);
		COL(eligibility, failed) = weir_cell_number(e.failed[i]);
		COL(eligibility, failing) = failing_cell(o, &e, i);
		COL(eligibility, clause) = weir_fill_text(&o->f, criterion->node.clause, NULL);
	}
	return status;
}

/* --- overview --------------------------------------------------------------------------------------------------- */

static void add_item(weir_offer *o, weir_table **table, weir_cell item, weir_cell value)
{
	weir_cell *row = value.present ? weir_fill_row(&o->f, table, WEIR_TABLE_pool_overview) : NULL;
	if (!row)
		return;
	COL(pool_overview, item) = item;
	COL(pool_overview, value) = value;
}

static weir_cell money(double cents)
{
	return weir_cell_typed(WEIR_CELL_MONEY, 0, cents);
}

static weir_cell rate(double value)
{
	return weir_cell_typed(WEIR_CELL_RATE, 12, value);
}

/* What the contracts were made for: the amount financed, or the face of a receivable; royalties have none. */
static double contract_total(const weir_deal *deal)
{
	double sum = 0;
	for (int c = 0; c < deal->pool.contract_count; c++) {
		const weir_contract *contract = &deal->pool.contracts[c];
		sum += contract->kind == WEIR_CONTRACT_RECEIVABLE ? contract->face_cents : contract->amount_cents;
	}
	return sum;
}

/* Of the pool's amount, what a guarantor answers for by name or by the kind of guarantee. */
static double guaranteed_share(const weir_offer *o)
{
	double sum = 0;
	for (int c = 0; c < o->f.deal->pool.contract_count; c++)
		if (o->f.deal->pool.contracts[c].guarantor >= 0)
			sum += weir_strat_cents(o->ground, c);
	return o->pool_cents > 0 ? sum / o->pool_cents : NAN;
}

static double appraised_total(const weir_deal *deal)
{
	double sum = NAN;
	for (int i = 0; i < deal->pool.ip_count; i++) {
		double value = deal->pool.ip[i].valuation_cents;
		if (!isnan(value))
			sum = value + (isnan(sum) ? 0 : sum);
	}
	return sum;
}

static int is_concentration(const char *key)
{
	return strncmp(key, "top", 3) == 0 || strcmp(key, "herfindahl") == 0 || strcmp(key, "effective-number") == 0;
}

/* The list of PBoC [2007] No. 16, as far as the pool has it: what strat_measures says of the pool, and what follows. */
static void fill_overview(weir_offer *o)
{
	const weir_table *measures = weir_results_table(o->f.results, "strat_measures");
	const weir_deal *deal = o->f.deal;
	double total = contract_total(deal), issue = weir_fill_issue_cents(deal);
	weir_table *table = NULL;
	for (size_t r = 0; measures && r < measures->row_count; r++) {
		const weir_cell *key = weir_table_cell(measures, r, WEIR_COL_strat_measures_measure);
		const weir_cell *by = weir_table_cell(measures, r, WEIR_COL_strat_measures_by);
		if (strcmp(weir_cell_word(by), "pool") != 0 || is_concentration(weir_cell_word(key)))
			continue;
		if (strcmp(weir_cell_word(key), "pool_principal") == 0 && total > 0)
			add_item(o, &table, weir_fill_word("contract-total"), money(total));
		add_item(o, &table, *key, *weir_table_cell(measures, r, WEIR_COL_strat_measures_value));
	}
	add_item(o, &table, weir_fill_word("guaranteed-share"), rate(guaranteed_share(o)));
	add_item(o, &table, weir_fill_word("ip_items"), weir_cell_typed(WEIR_CELL_INTEGER, 0, deal->pool.ip_count));
	add_item(o, &table, weir_fill_word("ip-appraised"), money(appraised_total(deal)));
	add_item(o, &table, weir_fill_word("issue_total"), money(issue));
	add_item(o, &table, weir_fill_word("oc-ratio"), rate(issue > 0 ? (o->pool_cents - issue) / issue : NAN));
}

/* --- obligors --------------------------------------------------------------------------------------------------- */

/* The row of table obligors that an obligor has; NULL when it has none. */
static const weir_cell *obligor_row(const weir_offer *o, int number)
{
	const weir_table *table = weir_results_table(o->f.results, "obligors");
	const char *id = o->f.deal->pool.obligors[number].id;
	for (size_t r = 0; table && r < table->row_count; r++)
		if (strcmp(weir_cell_word(weir_table_cell(table, r, WEIR_COL_obligors_obligor)), id) == 0)
			return weir_table_cell(table, r, 0);
	return NULL;
}

static weir_cell obligor_cell(weir_offer *o, int number)
{
	const weir_obligor *obligor = &o->f.deal->pool.obligors[number];
	return weir_fill_name(&o->f, obligor->id, obligor->en, obligor->zh);
}

static weir_cell others_cell(weir_offer *o, int count)
{
	weir_text en = { 0 }, zh = { 0 };
	weir_text_printf(&en, "All others (%d)", count);
	weir_text_printf(&zh, "其余（%d项）", count);
	weir_cell cell = weir_fill_written(&o->f, &en, &zh);
	cell.key = "others";
	return cell;
}

static int debtors_of(const weir_offer *o)
{
	int count = 0;
	for (int i = 0; i < o->f.deal->pool.obligor_count; i++)
		count += o->ground->obligor_cents[i] > 0;
	return count;
}

static void fill_top(weir_offer *o)
{
	const weir_pool_terms *terms = &o->f.deal->pool;
	int places[MOST_TOP],
		count = weir_fill_largest(places, MOST_TOP, o->ground->obligor_cents, terms->obligor_count);
	int contracts = 0, debtors = debtors_of(o);
	double to_date = 0;
	weir_table *table = NULL;
	for (int i = 0; i < count; i++) {
		const weir_cell *known = obligor_row(o, places[i]);
		double cents = o->ground->obligor_cents[places[i]];
		weir_cell *row = weir_fill_row(&o->f, &table, WEIR_TABLE_top_obligors);
		if (!row)
			return;
		to_date += cents;
		COL(top_obligors, rank) = weir_cell_number(i + 1);
		COL(top_obligors, obligor) = obligor_cell(o, places[i]);
		COL(top_obligors, amount) = weir_cell_number(cents);
		COL(top_obligors, share) = weir_cell_number(cents / o->pool_cents);
		COL(top_obligors, cumulative_share) = weir_cell_number(to_date / o->pool_cents);
		if (!known)
			continue;
		COL(top_obligors, industry) = known[WEIR_COL_obligors_industry];
		COL(top_obligors, region) = known[WEIR_COL_obligors_region];
		COL(top_obligors, contracts) = known[WEIR_COL_obligors_contracts];
		COL(top_obligors, grade) = known[WEIR_COL_obligors_grade];
		contracts += (int)known[WEIR_COL_obligors_contracts].number;
	}
	weir_cell *row = debtors > count ? weir_fill_row(&o->f, &table, WEIR_TABLE_top_obligors) : NULL;
	if (!row)
		return;
	COL(top_obligors, obligor) = others_cell(o, debtors - count);
	COL(top_obligors, contracts) = weir_cell_number(terms->contract_count - contracts);
	COL(top_obligors, amount) = weir_cell_number(o->pool_cents - to_date);
	COL(top_obligors, share) = weir_cell_number((o->pool_cents - to_date) / o->pool_cents);
	COL(top_obligors, cumulative_share) = weir_cell_number(1);
}

/* What stands behind one obligor. */
typedef struct debtor {
	int contracts, items, guarantor; /* guarantor: -1 none, -2 several */
	double principal, receivable, value, pd;
	weir_date last_due;
} debtor;

static void add_contract(debtor *d, const weir_offer *o, int number)
{
	const weir_pool_terms *terms = &o->f.deal->pool;
	const weir_contract *contract = &terms->contracts[number];
	size_t end = o->f.pool->contract_first[number + 1];
	d->guarantor = d->contracts == 0 || d->guarantor == contract->guarantor ? contract->guarantor : -2;
	d->contracts++;
	d->principal += o->ground->principal_cents[number];
	d->receivable += o->ground->receivable_cents[number];
	if (!isnan(contract->pd_annual) && !(d->pd >= contract->pd_annual))
		d->pd = contract->pd_annual;
	for (size_t r = o->f.pool->contract_first[number]; r < end; r++)
		if (o->f.pool->receipts[r].due > d->last_due || d->last_due == WEIR_DATE_NONE)
			d->last_due = o->f.pool->receipts[r].due;
	d->items += contract->ip_count;
	for (int i = 0; i < contract->ip_count; i++) {
		double value = terms->ip[terms->contract_ip[contract->ip_first + i]].valuation_cents;
		if (!isnan(value))
			d->value = value + (isnan(d->value) ? 0 : d->value);
	}
}

static void fill_important(weir_offer *o)
{
	const weir_pool_terms *terms = &o->f.deal->pool;
	weir_table *table = NULL;
	for (int i = 0; i < terms->obligor_count && o->pool_cents > 0; i++) {
		double share = o->ground->obligor_cents[i] / o->pool_cents;
		debtor d = { .guarantor = -1, .value = NAN, .pd = NAN, .last_due = WEIR_DATE_NONE };
		if (share < IMPORTANT_SHARE)
			continue;
		for (int c = 0; c < terms->contract_count; c++)
			if (terms->contracts[c].obligor == i)
				add_contract(&d, o, c);
		weir_cell *row = weir_fill_row(&o->f, &table, WEIR_TABLE_important_debtors);
		if (!row)
			return;
		COL(important_debtors, obligor) = obligor_cell(o, i);
		COL(important_debtors, share) = weir_cell_number(share);
		COL(important_debtors, contracts) = weir_cell_number(d.contracts);
		COL(important_debtors, principal) = weir_cell_number(d.principal);
		COL(important_debtors, receivable) = weir_cell_number(d.receivable);
		COL(important_debtors, last_due) = weir_fill_day(d.last_due);
		if (d.guarantor >= 0)
			COL(important_debtors, guarantor) = obligor_cell(o, d.guarantor);
		else if (d.guarantor == -2)
			COL(important_debtors, guarantor) = weir_fill_word("several");
		COL(important_debtors, ip_items) = weir_cell_number(d.items);
		COL(important_debtors, ip_value) = weir_cell_number(d.value);
		COL(important_debtors, pd) = weir_cell_number(d.pd);
	}
}

/* --- vintages --------------------------------------------------------------------------------------------------- */

#define MOST_VINTAGES 200

typedef struct vintage {
	int contracts;
	double amount, principal;
} vintage;

static void add_vintage(weir_offer *o, weir_table **table, weir_cell name, const vintage *v)
{
	weir_cell *row = v->contracts > 0 ? weir_fill_row(&o->f, table, WEIR_TABLE_vintages) : NULL;
	if (!row)
		return;
	COL(vintages, vintage) = name;
	COL(vintages, contracts) = weir_cell_number(v->contracts);
	COL(vintages, amount) = weir_cell_number(v->amount);
	COL(vintages, principal) = weir_cell_number(v->principal);
	COL(vintages, share) =
		weir_cell_number(o->f.pool->principal_cents > 0 ? v->principal / o->f.pool->principal_cents : NAN);
}

/* By the year in which contracts begin; nothing where no contract says when. */
static void fill_vintages(weir_offer *o)
{
	const weir_pool_terms *terms = &o->f.deal->pool;
	vintage *years = weir_arena_array(o->f.scratch, MOST_VINTAGES + 1, sizeof *years); /* the last: not given */
	weir_table *table = NULL;
	int first = 0, known = 0;
	if (!years) {
		o->f.failed = 1;
		return;
	}
	for (int c = 0; c < terms->contract_count; c++) {
		weir_strat_value value = weir_strat_value_of(o->ground, WEIR_STRAT_VINTAGE, c);
		int given = value.has == WEIR_STRAT_HAS_CODE;
		if (given && !known) /* room for a century on either side */
			first = value.code - MOST_VINTAGES / 2;
		known |= given;
		int place = given && value.code >= first && value.code < first + MOST_VINTAGES ? value.code - first :
		                                                                                 MOST_VINTAGES;
		years[place].contracts++;
		years[place].amount += terms->contracts[c].kind == WEIR_CONTRACT_RECEIVABLE ?
		                               terms->contracts[c].face_cents :
		                               terms->contracts[c].amount_cents;
		years[place].principal += o->ground->principal_cents[c];
	}
	for (int i = 0; known && i < MOST_VINTAGES; i++) {
		weir_text en = { 0 }, zh = { 0 };
		weir_text_printf(&en, "%d", first + i);
		weir_text_printf(&zh, "%d", first + i);
		add_vintage(o, &table, weir_fill_written(&o->f, &en, &zh), &years[i]);
	}
	if (known)
		add_vintage(o, &table, weir_fill_word("not-given"), &years[MOST_VINTAGES]);
}

/* --- assets ----------------------------------------------------------------------------------------------------- */

typedef struct year_sum {
	double principal, income;
} year_sum;

static void add_asset_rows(weir_offer *o, weir_table **table, int rank, weir_cell asset, weir_cell obligor,
                           const year_sum *years, int first, int count)
{
	for (int y = 0; y < count; y++) {
		if (years[y].principal + years[y].income == 0)
			continue;
		weir_cell *row = weir_fill_row(&o->f, table, WEIR_TABLE_asset_forecast);
		if (!row)
			return;
		COL(asset_forecast, rank) = weir_cell_number(rank > 0 ? rank : NAN);
		COL(asset_forecast, asset) = asset;
		COL(asset_forecast, obligor) = obligor;
		COL(asset_forecast, year) = weir_cell_number(first + y);
		COL(asset_forecast, principal) = weir_cell_number(years[y].principal);
		COL(asset_forecast, income) = weir_cell_number(years[y].income);
		COL(asset_forecast, total) = weir_cell_number(years[y].principal + years[y].income);
	}
}

static int year_of(weir_date date)
{
	char text[11];
	int year = 0;
	for (const char *p = weir_date_format(date, text); *p >= '0' && *p <= '9'; p++)
		year = 10 * year + (*p - '0');
	return year;
}

/* The years in which anything falls due. */
static int years_of(const weir_pool *pool, int *first)
{
	weir_date least = WEIR_DATE_NONE, most = WEIR_DATE_NONE;
	for (size_t r = 0; r < pool->receipt_count; r++) {
		weir_date due = pool->receipts[r].due;
		least = least == WEIR_DATE_NONE || due < least ? due : least;
		most = most == WEIR_DATE_NONE || due > most ? due : most;
	}
	*first = least == WEIR_DATE_NONE ? 0 : year_of(least);
	return least == WEIR_DATE_NONE ? 0 : year_of(most) - *first + 1;
}

static weir_status fill_assets(weir_offer *o)
{
	const weir_pool *pool = o->f.pool;
	const weir_pool_terms *terms = &o->f.deal->pool;
	int places[MOST_ASSETS], first, years = years_of(pool, &first);
	int count = weir_fill_largest(places, MOST_ASSETS, o->ground->receivable_cents, terms->contract_count);
	year_sum *sums = weir_arena_array(o->f.scratch, (size_t)(count + 1) * (size_t)years + 1, sizeof *sums);
	int *rank =
		weir_arena_array(o->f.scratch, (size_t)terms->contract_count + 1, sizeof *rank); /* 0: of the others */
	weir_table *table = NULL;
	if (!sums || !rank)
		return WEIR_NO_MEMORY;
	for (int i = 0; i < count; i++)
		rank[places[i]] = i + 1;
	for (size_t r = 0; r < pool->receipt_count; r++) {
		const weir_receipt *receipt = &pool->receipts[r];
		year_sum *sum = &sums[rank[receipt->contract] * years + year_of(receipt->due) - first];
		sum->principal += receipt->principal_cents;
		sum->income += receipt->income_cents;
	}
	for (int i = 0; i < count; i++) {
		const weir_contract *contract = &terms->contracts[places[i]];
		add_asset_rows(o, &table, i + 1, weir_fill_name(&o->f, contract->id, contract->en, contract->zh),
		               obligor_cell(o, contract->obligor), sums + (size_t)(i + 1) * (size_t)years, first,
		               years);
	}
	if (terms->contract_count > count)
		add_asset_rows(o, &table, 0, others_cell(o, terms->contract_count - count), (weir_cell){ 0 }, sums,
		               first, years);
	return o->f.failed ? WEIR_NO_MEMORY : WEIR_OK;
}

weir_status weir_offer_fill_pool(weir_offer *o)
{
	weir_status status;
	WEIR_TRY(fill_eligibility(o));
	fill_overview(o);
	fill_top(o);
	fill_important(o);
	fill_vintages(o);
	status = fill_assets(o);
out:
	return status;
}
