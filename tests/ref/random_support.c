/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who stands behind random deals and what may happen to them: supports, covers, calls, levels, the tail, a
 * mid-life start, revolving assets, the servicer. */
#include <inttypes.h>
#include <string.h>

#include "ref/random_int.h"

#define PARTIES 4 /* P1 ... that support something; the obligors are O1 ... */

static const char *const support_tags[] = { "shortfall-payer", "guarantee", "liquidity", "letter-of-credit",
	                                    "top-up" };
static const char *const cover_tags[] = { "deposit",     "contract-guarantee", "repurchase",
	                                  "replacement", "insurance",          "risk-pool" };
enum { DEPOSIT, CONTRACT_GUARANTEE, REPURCHASE, REPLACEMENT, INSURANCE, RISK_POOL };

int draft_has_cover(const draft *x, int deposit)
{
	for (int v = 0; v < x->covers; v++)
		if (x->cover_kind[v] == (deposit ? DEPOSIT : CONTRACT_GUARANTEE))
			return 1;
	return 0;
}

void draft_choose_support(draft *x)
{
	x->triggers = (int)dice_between(&x->d, 0, 2);
	x->supports = dice_percent(&x->d, 60) ? (int)dice_between(&x->d, 1, 3) : 0;
	x->covers = dice_percent(&x->d, 50) ? (int)dice_between(&x->d, 1, 3) : 0;
	for (int s = 0; s < x->supports; s++) {
		int kind = x->support_kind[s] = (int)dice_between(&x->d, 0, 4);
		x->support_party[s] = s == 0 ? 1 : (int)dice_between(&x->d, 1, PARTIES);
		x->support_behind[s] = dice_percent(&x->d, 60);
		x->support_rate[s] = dice_percent(&x->d, 50);
		x->support_fee[s] = kind != DRAFT_TOP_UP && dice_percent(&x->d, 40);
		x->support_rate[s] = x->support_rate[s] && kind != DRAFT_TOP_UP;
	}
	for (int v = 0; v < x->covers; v++)
		x->cover_kind[v] = RISK_POOL;
	for (int v = 0; v < x->covers; v++)
		x->cover_kind[v] = (int)dice_between(
			&x->d, draft_has_cover(x, 1) ? CONTRACT_GUARANTEE : DEPOSIT, RISK_POOL);
	x->has_calls = dice_percent(&x->d, 25);
	x->has_revolving = dice_percent(&x->d, 15);
	x->has_levels = dice_percent(&x->d, 25);
	x->has_servicing = dice_percent(&x->d, 40);
	x->has_ip = dice_percent(&x->d, 60);
	x->has_tail = dice_percent(&x->d, 30);
	x->has_opening = dice_percent(&x->d, 25);
}

void draft_parties(draft *x)
{
	fprintf(x->to, "\t<parties>\n");
	for (int i = 1; i <= 4; i++)
		fprintf(x->to,
		        "\t\t<party id=\"O%d\" role=\"obligor\" en=\"obligor %d\" industry=\"%s\" "
		        "region=\"%s\"/>\n",
		        i, i, DICE_PICK(&x->d, "software", "pharma", "toys"),
		        DICE_PICK(&x->d, "Xi'an", "Wuxi"));
	for (int i = 1; i <= PARTIES; i++) {
		fprintf(x->to, "\t\t<party id=\"P%d\" role=\"%s\" en=\"party %d\"", i,
		        i == 4 ? "fund" : DICE_PICK(&x->d, "guarantor", "insurer", "liquidity-provider"), i);
		if (dice_percent(&x->d, 50)) {
			draft_amount(x, "capacity", dice_between(&x->d, 100000, 100000000));
			if (i == 4)
				fprintf(x->to, " leverage=\"%d\"", (int)dice_between(&x->d, 1, 10));
		}
		fprintf(x->to, "/>\n");
	}
	fprintf(x->to, "\t</parties>\n");
}

void draft_levels(draft *x)
{
	if (!x->has_levels)
		return;
	fprintf(x->to, "\t\t<levels id=\"limit_now\">\n\t\t\t<level value=\"3%%\"/>\n");
	for (int i = 0; i < 2; i++) {
		fprintf(x->to, "\t\t\t<level value=\"%d.5%%\"", (int)dice_between(&x->d, 0, 20));
		draft_date(x, "from", x->first + 40 + 200 * i);
		fprintf(x->to, "/>\n");
	}
	fprintf(x->to, "\t\t</levels>\n");
}

/* What a support is owed, in front of the classes' principal or behind them. */
void draft_support_steps(draft *x, int behind)
{
	for (int s = 0; s < x->supports; s++) {
		if (x->support_behind[s] != behind)
			continue;
		fprintf(x->to, "\t\t\t<pay what=\"");
		if (x->support_rate[s])
			fprintf(x->to, "S%d.interest ", s + 1);
		if (x->support_fee[s])
			fprintf(x->to, "S%d.fee ", s + 1);
		fprintf(x->to, "S%d.repay\"", s + 1);
		if (dice_percent(&x->d, 30))
			fprintf(x->to, " share=\"pro-rata\" split=\"%s\"",
			        DICE_PICK(&x->d, "cumulative", "largest-remainder"));
		if (dice_percent(&x->d, 15))
			fprintf(x->to, " limit=\"30%% * cash.balance\"");
		if (x->has_split_accounts && dice_percent(&x->d, 50))
			fprintf(x->to, " from=\"cash corpus\"");
		fprintf(x->to, "/>\n");
	}
}

void draft_purchase_step(draft *x)
{
	if (!x->has_revolving)
		return;
	fprintf(x->to, "\t\t\t<purchase to=\"rev\" amount=\"%s\" when=\"period at most %d\"/>\n",
	        DICE_PICK(&x->d, "40% * cash.balance", "50000.55", "max(pool.principal, 0.00)"),
	        (int)dice_between(&x->d, 1, x->payments));
}

static void write_covered(draft *x)
{
	fprintf(x->to, " covers=\"%s",
	        x->senior_interest[0] ? DICE_PICK(&x->d, "A.interest A.principal", "classes.senior.interest",
	                                          "classes.senior.interest classes.senior.principal",
	                                          "A.interest", "A.principal classes.senior.interest")
	                              : "A.principal");
	if (dice_percent(&x->d, 25))
		fprintf(x->to, " fee%d", (int)dice_between(&x->d, 0, x->fees - 1));
	fprintf(x->to, "\"");
}

static void write_support(draft *x, int s)
{
	int kind = x->support_kind[s];
	fprintf(x->to, "\t\t<%s id=\"S%d\" party=\"P%d\" order=\"%d\"", support_tags[kind], s + 1,
	        x->support_party[s], (int)dice_between(&x->d, 1, 2));
	if (kind == DRAFT_TOP_UP) {
		fprintf(x->to, " amount=\"%s\"",
		        DICE_PICK(&x->d, "classes.senior.due - cash.balance", "1234.56",
		                  "0.5% * pool.balance", "A.principal_due - 90% * pool.principal"));
		if (x->has_reserve && dice_percent(&x->d, 30))
			fprintf(x->to, " to=\"liquidity\"");
	} else {
		write_covered(x);
		fprintf(x->to, " final=\"%s\"", DICE_PICK(&x->d, "yes", "no"));
	}
	if (x->support_fee[s] || dice_percent(&x->d, 30))
		fprintf(x->to, " limit=\"%s\"",
		        DICE_PICK(&x->d, "1500000.00", "20% * classes.senior.balance", "100000.01",
		                  "5% * A.size"));
	if (dice_percent(&x->d, 30))
		draft_amount(x, "cap", dice_between(&x->d, 10000, x->pool_cents / 2 + 20000));
	if (dice_percent(&x->d, 30))
		draft_amount(x, "cap-period", dice_between(&x->d, 10000, x->pool_cents / 4 + 20000));
	if (dice_percent(&x->d, 30))
		fprintf(x->to, " when=\"%s\"",
		        x->triggers
		                ? DICE_PICK(&x->d, "not t0", "t0", "period at least 2")
		                : DICE_PICK(&x->d, "period at least 2", "not P1.failed", "not deal.missed"));
	if (kind != DRAFT_TOP_UP) {
		if (dice_percent(&x->d, 30))
			fprintf(x->to, " delay=\"%d months\"", (int)dice_between(&x->d, 1, 7));
		if (x->support_rate[s])
			draft_rate(x, "draw-rate", 1000, 120000);
		if (x->support_fee[s])
			draft_rate(x, "commitment-rate", 1000, 20000);
		if (x->support_rate[s] || x->support_fee[s])
			fprintf(x->to, " day-count=\"%s\"", draft_contract_day_count(x));
		if (dice_percent(&x->d, 30))
			fprintf(x->to, " call=\"T-7\" pay=\"T-5\"");
	}
	fprintf(x->to, "/>\n");
}

static void write_cover_limits(draft *x, int always)
{
	if (dice_percent(&x->d, 30))
		draft_amount(x, "cap", dice_between(&x->d, 10000, x->pool_cents / 4 + 20000));
	if (dice_percent(&x->d, 30))
		draft_amount(x, "cap-yearly", dice_between(&x->d, 10000, x->pool_cents / 8 + 20000));
	if (always || dice_percent(&x->d, 30))
		draft_amount(x, "cap-contract", dice_between(&x->d, 10000, x->pool_cents / 8 + 20000));
}

static void write_shares(draft *x, int ordered)
{
	int left = 1000, parties = (int)dice_between(&x->d, 1, PARTIES);
	fprintf(x->to, ">\n");
	for (int i = 0; i < parties; i++) {
		int part = (int)dice_between(&x->d, 1, ordered ? 1000 : left - (parties - 1 - i));
		left -= ordered ? 0 : part;
		fprintf(x->to, "\t\t\t<share party=\"P%d\" of=\"%d.%d%%\"", i + 1, part / 10, part % 10);
		if (dice_percent(&x->d, 30))
			draft_amount(x, "cap", dice_between(&x->d, 10000, x->pool_cents / 8 + 20000));
		if (dice_percent(&x->d, 30))
			draft_amount(x, "cap-yearly", dice_between(&x->d, 10000, x->pool_cents / 16 + 20000));
		fprintf(x->to, "/>\n");
	}
	fprintf(x->to, "\t\t</risk-pool>\n");
}

static void write_cover(draft *x, int v)
{
	int kind = x->cover_kind[v], ordered = dice_percent(&x->d, 50);
	fprintf(x->to, "\t\t<%s id=\"G%d\" order=\"%d\"", cover_tags[kind], v + 1,
	        (int)dice_between(&x->d, 1, 2));
	if (kind != RISK_POOL)
		fprintf(x->to, " party=\"P%d\"",
		        kind == CONTRACT_GUARANTEE ? 1 : (int)dice_between(&x->d, 1, PARTIES));
	if (kind == CONTRACT_GUARANTEE && dice_percent(&x->d, 50))
		fprintf(x->to, " by-tape=\"yes\"");
	else if (kind != DEPOSIT && dice_percent(&x->d, 25))
		fprintf(x->to, " contracts=\"K1\"");
	else if (kind != DEPOSIT && dice_percent(&x->d, 25))
		fprintf(x->to, " obligors=\"O1\"");
	if (kind != DEPOSIT && kind != RISK_POOL)
		draft_rate(x, "of", 100000, 1000000);
	if (kind == INSURANCE && dice_percent(&x->d, 60))
		draft_amount(x, "deductible", dice_between(&x->d, 100, 5000000));
	if (kind != DEPOSIT)
		write_cover_limits(x, kind == INSURANCE);
	fprintf(x->to, " income=\"%s\"", DICE_PICK(&x->d, "yes", "no"));
	if (dice_percent(&x->d, 40))
		fprintf(x->to, " delay=\"%d months\"", (int)dice_between(&x->d, 1, 9));
	if (dice_percent(&x->d, 25))
		fprintf(x->to, " when=\"%s\"",
		        DICE_PICK(&x->d, "period at least 2", "pool.cumulative_default_rate below 20%",
		                  "not deal.missed"));
	if (x->has_reserve && dice_percent(&x->d, 20))
		fprintf(x->to, " to=\"liquidity\"");
	if (kind != RISK_POOL) {
		fprintf(x->to, "/>\n");
		return;
	}
	fprintf(x->to, " ordered=\"%s\"", ordered ? "yes" : "no");
	write_shares(x, ordered);
}

void draft_support(draft *x)
{
	if (x->supports + x->covers == 0)
		return;
	fprintf(x->to, "\t<support>\n");
	for (int s = 0; s < x->supports; s++)
		write_support(x, s);
	for (int v = 0; v < x->covers; v++)
		write_cover(x, v);
	fprintf(x->to, "\t</support>\n");
}

static void write_calls(draft *x)
{
	if (!x->has_calls)
		return;
	fprintf(x->to, "\t<calls>\n\t\t<clean-up id=\"clean_up\" when=\"%s\" price=\"%s\"",
	        DICE_PICK(&x->d, "pool.balance below 35% * pool.balance_initial",
	                  "period at least 4 and pool.balance above 0.00",
	                  "classes.senior.balance below 20% * classes.senior.size"),
	        DICE_PICK(&x->d, "pool.balance", "97.5% * pool.balance + 500.00", "classes.senior.balance",
	                  "pool.balance + pool.overdue - 1000000.00"));
	if (dice_percent(&x->d, 50))
		fprintf(x->to, " cost=\"%s\"", DICE_PICK(&x->d, "1.5% * pool.balance", "10000.00"));
	fprintf(x->to, "/>\n");
	if (x->triggers)
		fprintf(x->to,
		        "\t\t<liquidation id=\"sale\" when=\"t0\" price=\"60%% * pool.balance\" "
		        "cost=\"20000.00\"%s/>\n",
		        x->has_split_accounts ? " to=\"corpus\"" : "");
	fprintf(x->to, "\t</calls>\n");
}

static void write_servicing(draft *x)
{
	int months = (int)dice_between(&x->d, 1, 6);
	if (!x->has_servicing)
		return;
	fprintf(x->to, "\t<servicing party=\"P4\" transfer=\"%d months\"", months);
	int fast = months > 1 && dice_percent(&x->d, 60);
	if (fast && dice_percent(&x->d, 70))
		fprintf(x->to, " fast=\"%d months\"", (int)dice_between(&x->d, 1, months));
	if (fast) /* without a time: at once, so that nothing is lost */
		fprintf(x->to, " fast-when=\"%s\"",
		        x->triggers
		                ? DICE_PICK(&x->d, "t0", "deal.missed")
		                : DICE_PICK(&x->d, "deal.missed", "pool.cumulative_default_rate above 1%"));
	fprintf(x->to, "/>\n");
}

/* Balances in the middle of the deal's life. */
static void write_opening(draft *x)
{
	if (!x->has_opening)
		return;
	fprintf(x->to, "\t<opening");
	draft_date(x, "date", draft_payment_date(x, (int)dice_between(&x->d, 0, x->payments - 2)));
	if (dice_percent(&x->d, 50))
		draft_amount(x, "pool", dice_between(&x->d, x->pool_cents / 50, x->pool_cents / 3));
	fprintf(x->to, ">\n");
	for (int c = 0; c < x->classes; c++) {
		fprintf(x->to, "\t\t<class id=\"%s\"", draft_class_id(x, c));
		draft_amount(x, "balance",
		             dice_percent(&x->d, 10) ? 0 : dice_between(&x->d, x->sizes[c] / 4, x->sizes[c]));
		if (x->senior_interest[c] && dice_percent(&x->d, 20))
			draft_amount(x, "interest-unpaid", dice_between(&x->d, 1, 100000));
		fprintf(x->to, "/>\n");
	}
	fprintf(x->to, "\t\t<account id=\"cash\"");
	draft_amount(x, "cash", dice_between(&x->d, 0, 1000000));
	fprintf(x->to, "/>\n");
	for (int i = 0; i < x->triggers; i++)
		if (dice_percent(&x->d, 40))
			fprintf(x->to, "\t\t<trigger id=\"t%d\" fired=\"%s\"/>\n", i,
			        DICE_PICK(&x->d, "yes", "no"));
	for (int s = 0; s < x->supports; s++)
		if (dice_percent(&x->d, 40)) {
			fprintf(x->to, "\t\t<support id=\"S%d\"", s + 1);
			draft_amount(x, "outstanding", dice_between(&x->d, 0, 9000));
			fprintf(x->to, "/>\n");
		}
	for (int v = 0; v < x->covers; v++)
		if (dice_percent(&x->d, 40) && x->cover_kind[v] != DEPOSIT)
			fprintf(x->to, "\t\t<cover id=\"G%d\" paid=\"%d.50\"/>\n", v + 1,
			        (int)dice_between(&x->d, 0, 99));
	fprintf(x->to, "\t</opening>\n");
}

void draft_events(draft *x)
{
	write_calls(x);
	if (x->has_revolving) {
		fprintf(x->to, "\t<revolvings>\n\t\t<revolving id=\"rev\" periods=\"%d\" price=\"%s\"",
		        (int)dice_between(&x->d, 1, 5), DICE_PICK(&x->d, "100%", "98.5%", "103%"));
		draft_rate(x, "rate", 0, 90000);
		fprintf(x->to, " day-count=\"%s\"/>\n\t</revolvings>\n", draft_contract_day_count(x));
	}
	write_servicing(x);
	write_opening(x);
}
