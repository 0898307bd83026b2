/* SPDX-License-Identifier: GPL-3.0-or-later */
/* fill_pool.c: the tables of the pool and its IP. Shares are of principal and income together, as share() and top() in
 * formulas and as the reference figures (top-1, top-5); the rows stand by principal. */
#include <math.h>
#include <string.h>

#include "pool/strat.h"
#include "report/fill_deal.h"
#include "report/fill_places.h"

#define COL WEIR_FILL_COL
#define DAYS_A_YEAR 365.0

static double receivable_of(const weir_pool *pool)
{
	return pool->principal_cents + pool->income_cents;
}

static weir_cell share_cell(double part, double whole)
{
	return weir_cell_typed(WEIR_CELL_RATE, 12, whole > 0 ? part / whole : NAN);
}

static weir_cell obligor_name(weir_filler *f, int number)
{
	const weir_obligor *obligor = &f->deal->pool.obligors[number];
	return weir_fill_name(f, obligor->id, obligor->en, obligor->zh);
}

/* --- stratification --------------------------------------------------------------------------------------------- */

/* What stands beyond the most rows, as one. */
static weir_strat_row sum_of_others(const weir_strat *strat)
{
	weir_strat_row sum = { 0 };
	for (int i = WEIR_FILL_MOST_ROWS; i < strat->count; i++) {
		sum.contracts += strat->rows[i].contracts;
		sum.principal_cents += strat->rows[i].principal_cents;
		sum.receivable_cents += strat->rows[i].receivable_cents;
	}
	return sum;
}

static int rows_to_show(int count)
{
	return count > WEIR_FILL_MOST_ROWS ? WEIR_FILL_MOST_ROWS + 1 : count;
}

static weir_cell band_cell(weir_filler *f, weir_strat_by by, const weir_strat_row *band)
{
	if (by == WEIR_STRAT_KIND)
		return weir_fill_word(band->band);
	if (!*band->band)
		return weir_fill_word("not-given");
	return by == WEIR_STRAT_INDUSTRY ? weir_fill_industry(f, band->band) :
	       by == WEIR_STRAT_REGION   ? weir_fill_region(f, band->band) :
	                                   weir_fill_text(f, band->band, NULL);
}

/* A table of bands; none when no contract says which band it is in. The three tables share their columns. */
static weir_status fill_strat(weir_filler *f, weir_table_number number, weir_strat_by by)
{
	weir_table *table = NULL;
	weir_strat strat;
	weir_status status = weir_pool_stratify(&strat, f->scratch, f->pool, by);
	if (status != WEIR_OK || (strat.count == 1 && !*strat.rows[0].band))
		return status;
	for (int i = 0; i < rows_to_show(strat.count); i++) {
		int others = i == WEIR_FILL_MOST_ROWS;
		weir_strat_row band = others ? sum_of_others(&strat) : strat.rows[i];
		weir_cell *row = weir_fill_row(f, &table, number);
		if (!row)
			return WEIR_NO_MEMORY;
		COL(strat_industry, band) = others ? weir_fill_word("others") : band_cell(f, by, &band);
		COL(strat_industry, contracts) = weir_cell_number(band.contracts);
		COL(strat_industry, obligors) = weir_cell_number(others ? NAN : band.obligors);
		COL(strat_industry, principal) = weir_cell_number(band.principal_cents);
		COL(strat_industry, receivable) = weir_cell_number(band.receivable_cents);
		COL(strat_industry, share) = share_cell(band.receivable_cents, receivable_of(f->pool));
	}
	return WEIR_OK;
}

/* --- obligors --------------------------------------------------------------------------------------------------- */

/* The grade of each obligor's contracts; NULL where they have none or differ. */
static const char **grades_of(const weir_filler *f)
{
	static const char differ[] = "";
	const weir_pool_terms *terms = &f->deal->pool;
	const char **grades = weir_arena_array(f->scratch, (size_t)terms->obligor_count + 1, sizeof *grades);
	for (int c = 0; grades && c < terms->contract_count; c++) {
		const char **grade = &grades[terms->contracts[c].obligor], *own = terms->contracts[c].grade;
		if (!own || (*grade && strcmp(*grade, own) != 0))
			*grade = differ;
		else if (!*grade)
			*grade = own;
	}
	for (int o = 0; grades && o < terms->obligor_count; o++)
		if (grades[o] == differ)
			grades[o] = NULL;
	return grades;
}

static weir_status fill_obligors(weir_filler *f, const weir_strat *strat)
{
	const char **grades = grades_of(f);
	weir_table *table = NULL;
	double to_date = 0;
	if (!grades)
		return WEIR_NO_MEMORY;
	for (int i = 0; i < rows_to_show(strat->count); i++) {
		int others = i == WEIR_FILL_MOST_ROWS;
		weir_strat_row band = others ? sum_of_others(strat) : strat->rows[i];
		weir_cell *row = weir_fill_row(f, &table, WEIR_TABLE_obligors);
		if (!row)
			return WEIR_NO_MEMORY;
		to_date += band.receivable_cents;
		COL(obligors, contracts) = weir_cell_number(band.contracts);
		COL(obligors, principal) = weir_cell_number(band.principal_cents);
		COL(obligors, receivable) = weir_cell_number(band.receivable_cents);
		COL(obligors, share) = share_cell(band.receivable_cents, receivable_of(f->pool));
		COL(obligors, cumulative_share) = share_cell(to_date, receivable_of(f->pool));
		if (others) {
			COL(obligors, obligor) = weir_fill_word("others");
			continue;
		}
		const weir_obligor *obligor = &f->deal->pool.obligors[band.number];
		COL(obligors, number) = weir_cell_number(i + 1);
		COL(obligors, obligor) = obligor_name(f, band.number);
		COL(obligors, industry) = weir_fill_industry(f, obligor->industry);
		COL(obligors, region) = weir_fill_region(f, obligor->region);
		COL(obligors, grade) = weir_fill_text(f, grades[band.number], NULL);
	}
	return WEIR_OK;
}

/* --- concentration ---------------------------------------------------------------------------------------------- */

#define MOST_TOP 10

/* The obligors with the most principal and income, largest first, of equals the first listed. Gives how many. */
static int largest_obligors(const weir_pool *pool, int *largest)
{
	const double *cents = pool->obligor_cents;
	int count = 0;
	for (int o = 0; o < pool->deal->pool.obligor_count; o++) {
		if (cents[o] <= 0)
			continue;
		int at = count < MOST_TOP ? count++ : MOST_TOP;
		for (; at > 0 && cents[largest[at - 1]] < cents[o]; at--)
			if (at < MOST_TOP)
				largest[at] = largest[at - 1];
		if (at < MOST_TOP)
			largest[at] = o;
	}
	return count;
}

/* No deal states limits of its own; what it tests stands in its triggers. */
static void add_concentration(weir_filler *f, weir_table **table, const char *measure, weir_cell name, double cents)
{
	weir_cell *row = weir_fill_row(f, table, WEIR_TABLE_concentration);
	if (!row)
		return;
	COL(concentration, measure) = weir_fill_word(measure);
	COL(concentration, name) = name;
	COL(concentration, balance) = weir_cell_number(cents);
	COL(concentration, share) = share_cell(cents, receivable_of(f->pool));
	COL(concentration, status) = weir_fill_word("none");
}

/* The largest band that has a name. */
static weir_status add_largest_band(weir_filler *f, weir_table **table, const char *measure, weir_strat_by by)
{
	const weir_strat_row *largest = NULL;
	weir_strat strat;
	weir_status status = weir_pool_stratify(&strat, f->scratch, f->pool, by);
	for (int i = 0; status == WEIR_OK && i < strat.count; i++)
		if (*strat.rows[i].band && (!largest || strat.rows[i].receivable_cents > largest->receivable_cents))
			largest = &strat.rows[i];
	if (largest)
		add_concentration(f, table, measure, band_cell(f, by, largest), largest->receivable_cents);
	return status;
}

static weir_status fill_concentration(weir_filler *f)
{
	static const struct {
		int count;
		const char *measure;
	} tops[] = { { 1, "top1" }, { 3, "top3" }, { 5, "top5" }, { MOST_TOP, "top10" } };
	int largest[MOST_TOP], count = largest_obligors(f->pool, largest);
	weir_table *table = NULL;
	weir_status status;
	for (size_t t = 0; t < sizeof tops / sizeof *tops && tops[t].count <= count; t++) {
		double cents = 0;
		for (int i = 0; i < tops[t].count; i++)
			cents += f->pool->obligor_cents[largest[i]];
		add_concentration(f, &table, tops[t].measure,
		                  tops[t].count == 1 ? obligor_name(f, largest[0]) : (weir_cell){ 0 }, cents);
	}
	WEIR_TRY(add_largest_band(f, &table, "top-industry", WEIR_STRAT_INDUSTRY));
	WEIR_TRY(add_largest_band(f, &table, "top-region", WEIR_STRAT_REGION));
out:
	return status;
}

/* --- IP --------------------------------------------------------------------------------------------------------- */

static int is_in_force(const weir_ip *ip)
{
	return ip->status == WEIR_IP_VALID || ip->status == WEIR_IP_PENDING;
}

int weir_fill_ip_in_force(const weir_ip *ip, weir_date at)
{
	return is_in_force(ip) && (ip->expires == WEIR_DATE_NONE || ip->expires >= at);
}

static double value_of(const weir_ip *ip)
{
	return isnan(ip->valuation_cents) ? 0 : ip->valuation_cents;
}

/* Which of two items of table ip goes first into "others": the one of less value, of equals the later listed. */
static int goes_first(const weir_ip *ip, int a, int b)
{
	double x = value_of(&ip[a]), y = value_of(&ip[b]);
	return x < y || (x == y && a > b);
}

/* Lets the item at the top of a heap (the one that goes first) sink to its place. */
static void sink(int *heap, int count, const weir_ip *ip)
{
	for (int at = 0, child; (child = 2 * at + 1) < count; at = child) {
		if (child + 1 < count && goes_first(ip, heap[child + 1], heap[child]))
			child++;
		if (!goes_first(ip, heap[child], heap[at]))
			return;
		int swap = heap[at];
		heap[at] = heap[child];
		heap[child] = swap;
	}
}

static void rise(int *heap, int at, const weir_ip *ip)
{
	for (int parent; at > 0 && goes_first(ip, heap[at], heap[parent = (at - 1) / 2]); at = parent) {
		int swap = heap[at];
		heap[at] = heap[parent];
		heap[parent] = swap;
	}
}

/* Marks the items that get a row of their own: all, or the most valuable ones. NULL when memory is short. */
static unsigned char *items_to_show(const weir_filler *f)
{
	const weir_pool_terms *terms = &f->deal->pool;
	unsigned char *shown = weir_arena_array(f->scratch, (size_t)terms->ip_count + 1, sizeof *shown);
	int *heap = weir_arena_array(f->scratch, WEIR_FILL_MOST_ROWS, sizeof *heap), count = 0;
	if (!shown || !heap)
		return NULL;
	for (int i = 0; i < terms->ip_count; i++) {
		if (count < WEIR_FILL_MOST_ROWS) {
			heap[count] = i;
			rise(heap, count++, terms->ip);
		} else if (goes_first(terms->ip, heap[0], i)) {
			heap[0] = i;
			sink(heap, count, terms->ip);
		}
	}
	for (int i = 0; i < count; i++)
		shown[heap[i]] = 1;
	return shown;
}

static double principal_of(const weir_pool *pool, int contract)
{
	double sum = 0;
	for (size_t r = pool->contract_first[contract]; r < pool->contract_first[contract + 1]; r++)
		sum += pool->receipts[r].principal_cents;
	return sum;
}

weir_ip_use *weir_fill_ip_uses(const weir_filler *f)
{
	const weir_pool_terms *terms = &f->deal->pool;
	weir_ip_use *uses = weir_arena_array(f->scratch, (size_t)terms->ip_count + 1, sizeof *uses);
	for (int i = 0; uses && i < terms->ip_count; i++)
		uses[i].contract = -1;
	for (int c = 0; uses && c < terms->contract_count; c++) {
		const int *items = terms->contract_ip + terms->contracts[c].ip_first;
		double secured = terms->contracts[c].ip_count > 0 ? principal_of(f->pool, c) : 0, value = 0;
		for (int i = 0; i < terms->contracts[c].ip_count; i++)
			if (is_in_force(&terms->ip[items[i]])) /* what has ended backs nothing */
				value += terms->ip[items[i]].valuation_cents; /* NAN stays NAN */
		for (int i = 0; i < terms->contracts[c].ip_count; i++) {
			weir_ip_use *use = &uses[items[i]];
			*use = (weir_ip_use){ use->contract == -1 || use->contract == c ? c : -2, secured, value };
		}
	}
	return uses;
}

/* Loan over value (质押率) of a pledged item: principal of the one contract it secures over the value of all items of
 * that contract. Empty where the item secures several contracts, or a value is missing. */
static weir_cell ltv_cell(const weir_ip *ip, const weir_ip_use *use)
{
	if (!ip->pledge_number || use->contract < 0 || isnan(use->value))
		return (weir_cell){ 0 };
	return share_cell(use->secured, use->value);
}

/* A hash by its first and last eight digits; the key is all of it. */
static weir_cell identity_cell(weir_filler *f, const char *hash)
{
	weir_text shown = { 0 };
	if (!hash)
		return (weir_cell){ 0 };
	weir_text_printf(&shown, "%.8s…%s", hash, hash + strlen(hash) - 8);
	weir_cell cell = weir_fill_name(f, hash, shown.data, shown.data);
	f->failed |= shown.failed;
	weir_text_free(&shown);
	return cell;
}

weir_status weir_fill_name_holders(const weir_filler *f, weir_names *names)
{
	const weir_pool_terms *terms = &f->deal->pool;
	weir_status status = WEIR_OK;
	for (int i = 0; i < f->deal->party_count && status != WEIR_NO_MEMORY; i++) {
		const char *id = f->deal->parties[i].node.id;
		status = weir_names_put(names, id, strlen(id), i);
	}
	for (int i = 0; i < terms->obligor_count && status != WEIR_NO_MEMORY; i++)
		status = weir_names_put(names, terms->obligors[i].id, strlen(terms->obligors[i].id),
		                        f->deal->party_count + i);
	return status == WEIR_NO_MEMORY ? status : WEIR_OK; /* an obligor that is a party too stands there already */
}

weir_cell weir_fill_holder(weir_filler *f, const weir_names *names, const char *holder)
{
	int number = holder ? weir_names_find(names, holder, strlen(holder)) : -1;
	if (number < 0)
		return weir_fill_text(f, holder, NULL);
	if (number < f->deal->party_count)
		return weir_fill_node(f, &f->deal->parties[number].node);
	return obligor_name(f, number - f->deal->party_count);
}

static weir_cell status_of(weir_ip_status status)
{
	static const char *const keys[] = { [WEIR_IP_VALID] = "valid",
		                            [WEIR_IP_LAPSED] = "lapsed",
		                            [WEIR_IP_INVALIDATED] = "invalidated",
		                            [WEIR_IP_PENDING] = "pending" };
	return weir_fill_word(keys[status]);
}

static void fill_ip_row(weir_filler *f, weir_cell *row, const weir_ip *ip, const weir_ip_use *use,
                        const weir_names *names)
{
	COL(ip, id) = weir_fill_text(f, ip->id, NULL);
	COL(ip, kind) = weir_fill_word(weir_ip_kind_text(ip->kind));
	COL(ip, number) = weir_fill_text(f, ip->number, NULL);
	COL(ip, title) = weir_fill_text(f, ip->title_en, ip->title_zh);
	COL(ip, holder) = weir_fill_holder(f, names, ip->holder);
	COL(ip, filed) = weir_fill_date(ip->filed);
	COL(ip, expires) = weir_fill_date(ip->expires);
	COL(ip, annuity_paid_to) = weir_fill_date(ip->annuity_paid_to);
	COL(ip, status) = status_of(ip->status);
	COL(ip, disputed) = weir_cell_number(ip->disputed != 0);
	COL(ip, recordal) = weir_fill_text(f, ip->recordal_number, NULL);
	COL(ip, pledge) = weir_fill_text(f, ip->pledge_number, NULL);
	COL(ip, valuation) = weir_cell_number(ip->valuation_cents);
	COL(ip, valuation_date) = weir_fill_date(ip->valuation_date);
	COL(ip, ltv) = ltv_cell(ip, use);
	COL(ip, identity) = identity_cell(f, ip->identity);
}

static weir_status fill_ip(weir_filler *f)
{
	const weir_pool_terms *terms = &f->deal->pool;
	unsigned char *shown = items_to_show(f);
	weir_ip_use *uses = weir_fill_ip_uses(f);
	weir_names names = { 0 };
	weir_table *table = NULL;
	double others = 0;
	weir_status status = shown && uses ? WEIR_OK : WEIR_NO_MEMORY;
	if (status != WEIR_OK)
		goto out;
	WEIR_TRY(weir_fill_name_holders(f, &names));
	for (int i = 0; i < terms->ip_count && !f->failed; i++) {
		if (!shown[i]) {
			others += value_of(&terms->ip[i]);
			continue;
		}
		weir_cell *row = weir_fill_row(f, &table, WEIR_TABLE_ip);
		if (row)
			fill_ip_row(f, row, &terms->ip[i], &uses[i], &names);
	}
	if (terms->ip_count > WEIR_FILL_MOST_ROWS) {
		weir_cell *row = weir_fill_row(f, &table, WEIR_TABLE_ip);
		if (row) {
			COL(ip, id) = weir_fill_word("others");
			COL(ip, valuation) = weir_cell_number(others);
		}
	}
	status = f->failed ? WEIR_NO_MEMORY : WEIR_OK;
out:
	weir_names_free(&names);
	return status;
}

/* The items of one kind. */
typedef struct ip_kind_sum {
	int items, valued, expiring, annuity_due;
	double value;
	int with_term;           /* in force, with a known last day */
	double days, value_days; /* left from the cut-off; and times the value */
	double value_with_term;
} ip_kind_sum;

static void add_item(ip_kind_sum *sum, const weir_ip *ip, weir_date cutoff, weir_date last_payment)
{
	int has_value = !isnan(ip->valuation_cents), has_term = ip->expires != WEIR_DATE_NONE;
	double days = has_term && ip->expires > cutoff ? (double)(ip->expires - cutoff) : 0;
	sum->items++;
	sum->valued += has_value;
	sum->value += value_of(ip);
	if (!is_in_force(ip))
		return;
	if (has_term) {
		sum->with_term++;
		sum->days += days;
		sum->value_days += days * value_of(ip);
		sum->value_with_term += value_of(ip);
		sum->expiring += ip->expires < last_payment;
	}
	/* paid up to a day within twelve months: the next annuity is due by then, unless the right has ended */
	if (ip->annuity_paid_to != WEIR_DATE_NONE && ip->annuity_paid_to <= weir_date_add_months(cutoff, 12))
		sum->annuity_due += !has_term || ip->expires > ip->annuity_paid_to;
}

/* Average years left (ACT/365F) of the rights in force: by value where there are values. */
static double years_left(const ip_kind_sum *sum)
{
	if (sum->value_with_term > 0)
		return sum->value_days / sum->value_with_term / DAYS_A_YEAR;
	return sum->with_term > 0 ? sum->days / sum->with_term / DAYS_A_YEAR : NAN;
}

void weir_fill_ip_figures(const weir_filler *f, weir_date at, int only_in_force,
                          weir_ip_figures figures[WEIR_IP_KIND_COUNT])
{
	const weir_pool_terms *terms = &f->deal->pool;
	ip_kind_sum kinds[WEIR_IP_KIND_COUNT] = { 0 };
	weir_date last_payment = f->periods->items[f->periods->count - 1].payment;
	double value = 0;
	for (int i = 0; i < terms->ip_count; i++) {
		if (only_in_force && !weir_fill_ip_in_force(&terms->ip[i], at))
			continue;
		add_item(&kinds[terms->ip[i].kind], &terms->ip[i], at, last_payment);
		value += value_of(&terms->ip[i]);
	}
	for (int k = 0; k < WEIR_IP_KIND_COUNT; k++) {
		const ip_kind_sum *sum = &kinds[k];
		figures[k] = (weir_ip_figures){ .items = sum->items,
			                        .expiring = sum->expiring,
			                        .annuity_due = sum->annuity_due,
			                        .value = sum->valued > 0 ? sum->value : NAN,
			                        .share = sum->valued > 0 && value > 0 ? sum->value / value : NAN,
			                        .years = years_left(sum) };
	}
}

static void fill_ip_stats(weir_filler *f)
{
	weir_ip_figures kinds[WEIR_IP_KIND_COUNT];
	weir_table *table = NULL;
	weir_fill_ip_figures(f, weir_fill_cutoff(f->deal), 0, kinds);
	for (int k = 0; k < WEIR_IP_KIND_COUNT; k++) {
		const weir_ip_figures *sum = &kinds[k];
		weir_cell *row = sum->items > 0 ? weir_fill_row(f, &table, WEIR_TABLE_ip_stats) : NULL;
		if (!row)
			continue;
		COL(ip_stats, kind) = weir_fill_word(weir_ip_kind_text((weir_ip_kind)k));
		COL(ip_stats, items) = weir_cell_number(sum->items);
		COL(ip_stats, items_share) = share_cell(sum->items, f->deal->pool.ip_count);
		COL(ip_stats, valuation) = weir_cell_number(sum->value);
		COL(ip_stats, share) = weir_cell_number(sum->share);
		COL(ip_stats, remaining_years) = weir_cell_number(sum->years);
		COL(ip_stats, expiring) = weir_cell_number(sum->expiring);
		COL(ip_stats, annuity_due) = weir_cell_number(sum->annuity_due);
	}
}

/* --- all of it -------------------------------------------------------------------------------------------------- */

void weir_fill_pool_terms(weir_filler *f, weir_table **terms)
{
	const weir_pool_terms *pool = &f->deal->pool;
	const double *cents = f->pool->obligor_cents;
	double receivable = receivable_of(f->pool);
	int obligors = 0, largest = f->pool->largest_obligor;
	for (int o = 0; o < pool->obligor_count; o++)
		obligors += cents[o] > 0;
	weir_fill_term(f, terms, "pool_principal", weir_cell_typed(WEIR_CELL_MONEY, 0, f->pool->principal_cents));
	weir_fill_term(f, terms, "pool_receivable", weir_cell_typed(WEIR_CELL_MONEY, 0, receivable));
	weir_fill_term(f, terms, "obligors", weir_cell_typed(WEIR_CELL_INTEGER, 0, obligors));
	if (largest >= 0)
		weir_fill_term(f, terms, "top1_share", share_cell(cents[largest], receivable));
	if (pool->ip_count > 0)
		weir_fill_term(f, terms, "ip_items", weir_cell_typed(WEIR_CELL_INTEGER, 0, pool->ip_count));
	weir_fill_term(f, terms, "contract_count", weir_cell_typed(WEIR_CELL_INTEGER, 0, pool->contract_count));
}

weir_status weir_fill_pool(weir_filler *f)
{
	weir_strat strat;
	weir_status status;
	if (f->deal->pool.contract_count > 0) {
		WEIR_TRY(weir_pool_stratify(&strat, f->scratch, f->pool, WEIR_STRAT_OBLIGOR));
		WEIR_TRY(fill_obligors(f, &strat));
		WEIR_TRY(fill_concentration(f));
		WEIR_TRY(fill_strat(f, WEIR_TABLE_strat_industry, WEIR_STRAT_INDUSTRY));
		WEIR_TRY(fill_strat(f, WEIR_TABLE_strat_region, WEIR_STRAT_REGION));
		WEIR_TRY(fill_strat(f, WEIR_TABLE_strat_kind, WEIR_STRAT_KIND));
	}
	WEIR_TRY(fill_ip(f));
	fill_ip_stats(f);
	status = f->failed ? WEIR_NO_MEMORY : WEIR_OK;
out:
	return status;
}
