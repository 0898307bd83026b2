/* SPDX-License-Identifier: GPL-3.0-or-later */
/* fill_ledger_accounts.c: what came into the income and the principal ledger, went out, and moved between them, by
 * the trace. */
#include <math.h>
#include <string.h>

#include "report/fill_ledgers.h"

#define COL WEIR_RUN_COL

typedef enum ledger { INCOME, PRINCIPAL, NEITHER, RESERVE, LEDGERS } ledger;

static const char *const ledger_keys[] = { "ledger-income", "ledger-principal", "ledger-neither", "ledger-reserve" };

/* B-4's rows. */
typedef enum collected {
	SCHEDULED,
	PREPAID,
	DELINQUENT,
	DEFAULTED,
	OTHER,
	SUPPORT,
	INVESTMENT,
	CARRIED,
	COLLECTED
} collected;

static const char *const collected_keys[] = { "collected-scheduled",  "collected-prepaid", "collected-delinquent",
	                                      "collected-defaulted",  "collected-other",   "collected-support",
	                                      "collected-investment", "carried-forward" };

/* B-5's rows. */
typedef enum paid_for {
	TAX,
	SURCHARGE,
	SERVICING,
	OTHER_FEES,
	SUPPORT_FEE,
	SUPPORT_INTEREST,
	SUPPORT_REPAID,
	NOTE_INTEREST,
	NOTE_PRINCIPAL,
	NOTE_YIELD,
	NOTE_REST,
	BOUGHT,
	LOST,
	PAID_FOR
} paid_for;

static const char *const paid_keys[] = { "paid-tax",
	                                 "paid-surcharge",
	                                 "paid-servicing",
	                                 "paid-other-fees",
	                                 "paid-support-fee",
	                                 "paid-support-interest",
	                                 "paid-support-repaid",
	                                 "paid-note-interest",
	                                 "paid-note-principal",
	                                 "paid-note-yield",
	                                 "paid-note-rest",
	                                 "purchase",
	                                 "lost" };

/* B-6's rows. */
typedef enum direction {
	INCOME_TO_PRINCIPAL,
	PRINCIPAL_TO_INCOME,
	TO_RESERVE,
	FROM_RESERVE,
	ELSEWHERE,
	DIRECTIONS
} direction;

static const char *const direction_keys[] = { "income-to-principal", "principal-to-income", "to-reserve",
	                                      "from-reserve", "other-transfer" };

/* One period's cash. By nature, collections stand under the ledger that they would be in, all else under `NEITHER`. */
typedef struct cash {
	double collected[COLLECTED][LEDGERS], paid[PAID_FOR][LEDGERS], moved[DIRECTIONS];
	double received[LEDGERS], spent[LEDGERS], moved_in[LEDGERS], moved_out[LEDGERS]; /* by account */
} cash;

typedef struct books {
	weir_ledger_filler *f;
	const weir_outcome *o;
	const weir_deal *deal; /* the plan's, to which the trace's nodes belong */
	int real;              /* ledgers are accounts */
	weir_table *transfers;
} books;

int weir_fill_has_ledgers(const weir_deal *deal)
{
	int income = 0, principal = 0;
	for (int a = 0; a < deal->account_count; a++) {
		const weir_account *account = &deal->accounts[a];
		if (account->is_reserve || !account->ledger)
			continue;
		income |= strcmp(account->ledger, "income") == 0;
		principal |= strcmp(account->ledger, "principal") == 0;
	}
	return income && principal;
}

/* The ledger that an account, or a support's purse, is. */
static ledger ledger_of(const books *b, int account)
{
	const weir_account *terms = account < b->deal->account_count ? &b->deal->accounts[account] : NULL;
	if (terms && terms->is_reserve)
		return RESERVE;
	if (!terms || !b->real || !terms->ledger)
		return NEITHER;
	return strcmp(terms->ledger, "income") == 0 ? INCOME : PRINCIPAL;
}

static int is(const weir_trace_row *row, const char *what)
{
	return strcmp(row->what, what) == 0;
}

static int is_move(const weir_trace_row *row)
{
	return is(row, "transfer") || is(row, "fill") || is(row, "release");
}

/* --- transfers -------------------------------------------------------------------------------------------------- */

static direction direction_between(ledger from, ledger to)
{
	if (from == INCOME && to == PRINCIPAL)
		return INCOME_TO_PRINCIPAL;
	if (from == PRINCIPAL && to == INCOME)
		return PRINCIPAL_TO_INCOME;
	if ((from == RESERVE) == (to == RESERVE))
		return ELSEWHERE;
	return to == RESERVE ? TO_RESERVE : FROM_RESERVE;
}

static weir_status add_transfer(books *b, const weir_trace_row *t, direction where, int from, int to)
{
	weir_results *results = b->f->results;
	weir_cell *row = weir_table_add_row(results, b->transfers);
	if (!row)
		return WEIR_NO_MEMORY;
	COL(ledger_transfers, period) = weir_cell_number(t->period);
	if (t->step && *t->step)
		COL(ledger_transfers, step) = weir_cell_text(t->step, t->step);
	if (t->clause)
		COL(ledger_transfers, clause) = weir_cell_text(t->clause, t->clause);
	if (from >= 0)
		COL(ledger_transfers, from) = weir_fill_id(weir_run_source(b->o->plan, from));
	if (to >= 0)
		COL(ledger_transfers, to) = weir_fill_id(weir_run_source(b->o->plan, to));
	COL(ledger_transfers, direction) = weir_fill_word(direction_keys[where]);
	COL(ledger_transfers, amount) = weir_cell_number(fabs(t->paid));
	return WEIR_OK;
}

/* Cash from one account to another; one of them may be -1, where a reserve itself gets or pays what stands in no
 * ledger. */
static weir_status book_move(books *b, cash *c, const weir_trace_row *t, int from, int to)
{
	ledger out = from >= 0 ? ledger_of(b, from) : NEITHER, in = to >= 0 ? ledger_of(b, to) : NEITHER;
	direction where = direction_between(out, in);
	double amount = fabs(t->paid);
	c->moved[where] += amount;
	c->moved_out[out] += amount;
	c->moved_in[in] += amount;
	return add_transfer(b, t, where, from, to);
}

/* --- what comes in ---------------------------------------------------------------------------------------------- */

static void collect(const books *b, cash *c, collected item, ledger nature, ledger account, double amount)
{
	c->collected[item][b->real ? account : nature] += amount;
}

/* What of the pool's cash came late or early; the rest came as scheduled. */
static void collect_pool(const books *b, cash *c, const weir_trace_row *t, ledger account)
{
	const weir_ledger_pool *pool = &b->f->pool;
	double amount = -t->paid;
	if (is(t, "pool-income")) {
		double late = pool->income_late[t->period];
		collect(b, c, DELINQUENT, INCOME, account, late);
		collect(b, c, SCHEDULED, INCOME, account, amount - late);
		return;
	}
	double late = pool->principal_late[t->period], prepaid = pool->prepaid[t->period];
	collect(b, c, DELINQUENT, PRINCIPAL, account, late);
	collect(b, c, PREPAID, PRINCIPAL, account, prepaid);
	collect(b, c, SCHEDULED, PRINCIPAL, account, amount - late - prepaid);
}

static weir_status book_in(books *b, cash *c, const weir_trace_row *t)
{
	ledger account = ledger_of(b, t->account);
	double amount = -t->paid;
	weir_status status = WEIR_OK;
	if (account == RESERVE) { /* reserves are in no ledger: it comes in, and moves there */
		status = book_move(b, c, t, -1, t->account);
		account = NEITHER;
	}
	c->received[account] += amount;
	if (is(t, "pool-income") || is(t, "pool-principal"))
		collect_pool(b, c, t, account);
	else if (is(t, "pool-recovered"))
		collect(b, c, DEFAULTED, PRINCIPAL, account, amount);
	else if (is(t, "draw") || is(t, "cover"))
		collect(b, c, SUPPORT, NEITHER, account, amount);
	else
		collect(b, c, OTHER, is(t, "revolving-income") ? INCOME : PRINCIPAL, account, amount);
	return status;
}

/* --- what goes out ---------------------------------------------------------------------------------------------- */

static int is_servicer(const books *b, const weir_fee *fee)
{
	const unsigned roles = WEIR_ROLE_SERVICER | WEIR_ROLE_BACKUP_SERVICER;
	return fee->payee >= 0 && (b->deal->parties[fee->payee].roles & roles);
}

static paid_for item_of(const books *b, const weir_trace_row *t)
{
	int fee = weir_deal_find_fee(b->deal, t->payee);
	if (is(t, "purchase"))
		return BOUGHT;
	if (is(t, "lost-principal") || is(t, "lost-income"))
		return LOST;
	if (is(t, "principal"))
		return NOTE_PRINCIPAL;
	if (is(t, "yield"))
		return NOTE_YIELD;
	if (is(t, "rest"))
		return NOTE_REST;
	if (is(t, "repay"))
		return SUPPORT_REPAID;
	if (is(t, "interest"))
		return weir_deal_find_class(b->deal, t->payee) >= 0 ? NOTE_INTEREST : SUPPORT_INTEREST;
	if (fee < 0)
		return SUPPORT_FEE;
	if (b->deal->fees[fee].is_tax)
		return is(t, "surcharge") ? SURCHARGE : TAX;
	return is_servicer(b, &b->deal->fees[fee]) ? SERVICING : OTHER_FEES;
}

static weir_status book_out(books *b, cash *c, const weir_trace_row *t)
{
	ledger account = ledger_of(b, t->account);
	weir_status status = WEIR_OK;
	if (account == RESERVE) {
		status = book_move(b, c, t, t->account, -1);
		account = NEITHER;
	}
	if (is(t, "return")) { /* of a draw that was not needed: as if less had been drawn */
		c->collected[SUPPORT][account] -= t->paid;
		c->received[account] -= t->paid;
		return status;
	}
	c->spent[account] += t->paid;
	c->paid[item_of(b, t)][account] += t->paid;
	return status;
}

/* --- a period --------------------------------------------------------------------------------------------------- */

static weir_status book(books *b, cash *c, const weir_trace_row *t)
{
	if (t->paid == 0)
		return WEIR_OK;
	if (is_move(t)) /* told twice, once for each account: the payer's row names both */
		return t->paid > 0 ? book_move(b, c, t, t->account, weir_deal_find_account(b->deal, t->payee)) :
		                     WEIR_OK;
	return t->paid < 0 ? book_in(b, c, t) : book_out(b, c, t);
}

/* Cash in the accounts of a ledger at a period's end. */
static double balance_of(const books *b, ledger wanted, int period)
{
	double sum = 0;
	for (int a = 0; a < b->deal->account_count; a++)
		if (ledger_of(b, a) == wanted)
			sum += weir_fill_recorded(b->o, weir_fill_map(b->o)->accounts[a].balance, period);
	return sum;
}

/* --- rows ------------------------------------------------------------------------------------------------------- */

/* Both tables of ledgers have these columns in this order, behind period and item. */
static void put_ledgers(weir_cell *row, const double *last, const double *now)
{
	const ledger order[] = { INCOME, PRINCIPAL, NEITHER };
	weir_cell *to = row + WEIR_COL_ledger_collections_income_last;
	double both_last = 0, both = 0;
	for (int i = 0; i < 3; i++) {
		*to++ = weir_cell_number(last ? last[order[i]] : NAN);
		*to++ = weir_cell_number(now[order[i]]);
		both_last += last ? last[order[i]] : 0;
		both += now[order[i]];
	}
	*to++ = weir_cell_number(last ? both_last : NAN);
	*to = weir_cell_number(both);
}

_Static_assert((int)WEIR_COL_ledger_collections_both == (int)WEIR_COL_ledger_payments_both,
               "the tables of ledgers have the same columns");

static weir_status add_rows(weir_results *results, weir_table *table, int period, const char *const *keys, int count,
                            const double (*last)[LEDGERS], const double (*now)[LEDGERS])
{
	for (int i = 0; i < count; i++) {
		weir_cell *row = weir_table_add_row(results, table);
		if (!row)
			return WEIR_NO_MEMORY;
		COL(ledger_collections, period) = weir_cell_number(period);
		COL(ledger_collections, item) = weir_fill_word(keys[i]);
		put_ledgers(row, last ? last[i] : NULL, now[i]);
	}
	return WEIR_OK;
}

static weir_status add_moves(weir_results *results, weir_table *table, int period, const cash *last, const cash *now)
{
	for (int i = 0; i < DIRECTIONS; i++) {
		weir_cell *row = weir_table_add_row(results, table);
		if (!row)
			return WEIR_NO_MEMORY;
		COL(ledger_moves, period) = weir_cell_number(period);
		COL(ledger_moves, direction) = weir_fill_word(direction_keys[i]);
		COL(ledger_moves, last) = weir_cell_number(last ? last->moved[i] : NAN);
		COL(ledger_moves, amount) = weir_cell_number(now->moved[i]);
	}
	return WEIR_OK;
}

static weir_status add_balances(const books *b, weir_table *table, int period, const cash *c)
{
	for (ledger l = b->real ? INCOME : NEITHER; l < LEDGERS; l++) {
		double opening = balance_of(b, l, period - 1), closing = balance_of(b, l, period);
		if (l >= NEITHER && b->real && opening == 0 && closing == 0 && c->received[l] == 0 &&
		    c->moved_in[l] == 0)
			continue;
		weir_cell *row = weir_table_add_row(b->f->results, table);
		if (!row)
			return WEIR_NO_MEMORY;
		COL(ledger_balances, period) = weir_cell_number(period);
		COL(ledger_balances, ledger) = weir_fill_word(b->real || l == RESERVE ? ledger_keys[l] : "ledger-cash");
		COL(ledger_balances, opening) = weir_cell_number(opening);
		COL(ledger_balances, received) = weir_cell_number(c->received[l]);
		COL(ledger_balances, moved_in) = weir_cell_number(c->moved_in[l]);
		COL(ledger_balances, paid) = weir_cell_number(c->spent[l]);
		COL(ledger_balances, moved_out) = weir_cell_number(c->moved_out[l]);
		COL(ledger_balances, closing) = weir_cell_number(closing);
	}
	return WEIR_OK;
}

typedef struct ledger_tables {
	weir_table *collections, *payments, *moves, *balances;
} ledger_tables;

static weir_status add_period(books *b, const ledger_tables *t, int period, const cash *last, const cash *now)
{
	weir_results *results = b->f->results;
	weir_status status = add_rows(results, t->collections, period, collected_keys, COLLECTED,
	                              last ? last->collected : NULL, now->collected);
	if (status == WEIR_OK)
		status = add_rows(results, t->payments, period, paid_keys, PAID_FOR, last ? last->paid : NULL,
		                  now->paid);
	if (status == WEIR_OK)
		status = add_moves(results, t->moves, period, last, now);
	if (status == WEIR_OK)
		status = add_balances(b, t->balances, period, now);
	return status;
}

static weir_status add_tables(books *b, ledger_tables *t)
{
	weir_results *results = b->f->results;
	weir_status status = weir_results_add_standard(&t->collections, results, WEIR_TABLE_ledger_collections);
	if (status == WEIR_OK)
		status = weir_results_add_standard(&t->payments, results, WEIR_TABLE_ledger_payments);
	if (status == WEIR_OK)
		status = weir_results_add_standard(&t->moves, results, WEIR_TABLE_ledger_moves);
	if (status == WEIR_OK)
		status = weir_results_add_standard(&b->transfers, results, WEIR_TABLE_ledger_transfers);
	if (status == WEIR_OK)
		status = weir_results_add_standard(&t->balances, results, WEIR_TABLE_ledger_balances);
	return status;
}

weir_status weir_fill_ledger_accounts(weir_ledger_filler *f)
{
	const weir_outcome *o = f->outcome;
	books b = { .f = f, .o = o, .deal = weir_plan_deal(o->plan) };
	ledger_tables tables;
	cash periods[2]; /* the last one and this one, in turn */
	size_t count, at = 0;
	const weir_trace_row *trace = weir_run_trace(o->run, &count);
	weir_status status = add_tables(&b, &tables);
	b.real = weir_fill_has_ledgers(b.deal);
	for (int k = weir_fill_first(o); status == WEIR_OK && k < weir_fill_period_count(o); k++) {
		cash *now = &periods[k % 2];
		*now = (cash){ 0 };
		for (; status == WEIR_OK && at < count && trace[at].period <= k; at++)
			if (trace[at].period == k)
				status = book(&b, now, &trace[at]);
		for (ledger l = INCOME; l <= NEITHER; l++)
			now->collected[CARRIED][l] = balance_of(&b, l, k - 1);
		if (status == WEIR_OK)
			status = add_period(&b, &tables, k, k > weir_fill_first(o) ? &periods[(k - 1) % 2] : NULL, now);
	}
	return status;
}
