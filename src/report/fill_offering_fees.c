/* SPDX-License-Identifier: GPL-3.0-or-later */
/* fill_offering_fees.c: taxes and fees of a prospectus: what they are, who gets them, from which money; and a tax
 * worked out. */
#include <string.h>

#include "base/money.h"
#include "report/fill_offering.h"
#include "report/formula_words.h"
#include "study/formula_text.h"

#define COL WEIR_FILL_COL

static void add_words(weir_offer *o, const weir_formula *formula, weir_text *en, weir_text *zh)
{
	if (weir_formula_words(en, zh, o->base->plan, formula, WEIR_TYPE_MONEY) != WEIR_OK)
		o->f.failed = 1;
}

static weir_cell words_cell(weir_offer *o, const weir_formula *formula)
{
	weir_text en = { 0 }, zh = { 0 };
	if (!formula->text)
		return (weir_cell){ 0 };
	add_words(o, formula, &en, &zh);
	return weir_fill_written(&o->f, &en, &zh);
}

/* --- the schedule ----------------------------------------------------------------------------------------------- */

static void write_rate(weir_offer *o, const weir_fee *fee, weir_text *en, weir_text *zh)
{
	weir_text base_en = { 0 }, base_zh = { 0 };
	double percent = fee->rate * 100;
	add_words(o, &fee->base, &base_en, &base_zh);
	o->f.failed |= base_en.failed || base_zh.failed;
	const char *of_en = base_en.data ? base_en.data : "", *of_zh = base_zh.data ? base_zh.data : "";
	if (fee->gross_included) {
		weir_text_printf(en, "%s / (1 + %.10g%%) × %.10g%%", of_en, percent, percent);
		weir_text_printf(zh, "%s÷（1+%.10g%%）×%.10g%%", of_zh, percent, percent);
	} else if (fee->has_day_count) {
		weir_text_printf(en, "%s × %.10g%% a year (%s)", of_en, percent, weir_day_count_text(fee->day_count));
		weir_text_printf(zh, "%s×%.10g%%/年（%s）", of_zh, percent, weir_day_count_text(fee->day_count));
	} else {
		weir_text_printf(en, "%s × %.10g%%", of_en, percent);
		weir_text_printf(zh, "%s×%.10g%%", of_zh, percent);
	}
	weir_text_free(&base_en);
	weir_text_free(&base_zh);
	if (fee->surcharge_rate > 0) {
		weir_text_printf(en, ", and surcharges of %.10g%% of the tax", fee->surcharge_rate * 100);
		weir_text_printf(zh, "，另加税额%.10g%%的附加税费", fee->surcharge_rate * 100);
	}
}

static weir_cell formula_cell(weir_offer *o, const weir_fee *fee)
{
	weir_text en = { 0 }, zh = { 0 };
	if (fee->base.text)
		write_rate(o, fee, &en, &zh);
	else if (fee->amount.text)
		add_words(o, &fee->amount, &en, &zh);
	else
		weir_offer_money(o->f.deal, fee->amount_cents, &en, &zh);
	if (fee->raised_when.text) {
		weir_text when_en = { 0 }, when_zh = { 0 };
		if (weir_formula_words(&when_en, &when_zh, o->base->plan, &fee->raised_when, WEIR_TYPE_FLAG) != WEIR_OK)
			o->f.failed = 1;
		weir_text_add(&en, "; raised to ");
		weir_text_add(&zh, "；上浮至");
		if (isnan(fee->raised_rate)) {
			weir_offer_money(o->f.deal, fee->raised_amount_cents, &en, &zh);
		} else {
			weir_text_printf(&en, "%.10g%%", fee->raised_rate * 100);
			weir_text_printf(&zh, "%.10g%%", fee->raised_rate * 100);
		}
		weir_text_printf(&en, " while %s", when_en.data ? when_en.data : "");
		weir_text_printf(&zh, "（%s期间）", when_zh.data ? when_zh.data : "");
		weir_text_free(&when_en);
		weir_text_free(&when_zh);
	}
	return weir_fill_written(&o->f, &en, &zh);
}

static weir_cell cap_cell(weir_offer *o, const weir_fee *fee)
{
	weir_text en = { 0 }, zh = { 0 };
	if (!fee->cap.text && !isfinite(fee->cap_yearly_cents))
		return (weir_cell){ 0 };
	if (fee->cap.text) {
		add_words(o, &fee->cap, &en, &zh);
		weir_text_add(&en, " each time");
		weir_text_add(&zh, "（单次）");
	}
	if (isfinite(fee->cap_yearly_cents)) {
		weir_text_add(&en, en.length ? "; " : "");
		weir_text_add(&zh, zh.length ? "；" : "");
		weir_offer_money(o->f.deal, fee->cap_yearly_cents, &en, &zh);
		weir_text_add(&en, " in 12 months");
		weir_text_add(&zh, "（每12个月）");
	}
	return weir_fill_written(&o->f, &en, &zh);
}

static weir_cell when_cell(weir_offer *o, const weir_fee *fee)
{
	weir_text en = { 0 }, zh = { 0 };
	if (fee->frequency == WEIR_FEE_EVERY_PERIOD)
		return weir_cell_text("each payment date", "每个兑付日");
	if (fee->frequency == WEIR_FEE_YEARLY)
		return weir_cell_text("once a year, on the last payment date of each year",
		                      "每年一次，于每年最后一个兑付日支付");
	weir_text_printf(&en, "once, on payment date %d", fee->once_period);
	weir_text_printf(&zh, "一次性，于第%d个兑付日支付", fee->once_period);
	return weir_fill_written(&o->f, &en, &zh);
}

static double paid_over_life(const weir_offer *o, int paid)
{
	double sum = 0;
	for (int k = weir_fill_first(o->base); paid >= 0 && k < weir_fill_period_count(o->base); k++)
		sum += weir_fill_recorded(o->base, paid, k);
	return sum;
}

static void fill_step(weir_offer *o, weir_cell *row, int fee, int support)
{
	weir_fee_step step;
	if (!weir_fill_fee_step(&step, o->f.deal, fee, support))
		return;
	COL(fee_schedule, source) = weir_fill_node(&o->f, step.account);
	COL(fee_schedule, rank) = weir_fill_text(&o->f, step.rank, NULL);
	COL(fee_schedule, clause) = weir_fill_text(&o->f, step.clause, NULL);
}

static void fill_schedule(weir_offer *o)
{
	const weir_deal *deal = o->f.deal;
	const weir_plan_map *map = weir_fill_map(o->base);
	weir_table *table = NULL;
	for (int i = 0; i < deal->fee_count; i++) {
		const weir_fee *fee = &deal->fees[i];
		weir_cell *row = weir_fill_row(&o->f, &table, WEIR_TABLE_fee_schedule);
		if (!row)
			return;
		COL(fee_schedule, fee) = weir_fill_node(&o->f, &fee->node);
		COL(fee_schedule, kind) = weir_fill_word(fee->is_tax ? "tax" : "fee");
		if (fee->payee >= 0)
			COL(fee_schedule, payee) = weir_fill_node(&o->f, &deal->parties[fee->payee].node);
		else if (fee->is_tax)
			COL(fee_schedule, payee) = weir_cell_text("Tax authority", "税务机关");
		COL(fee_schedule, formula) = formula_cell(o, fee);
		COL(fee_schedule, rate) = weir_cell_number(fee->base.text ? fee->rate : NAN);
		COL(fee_schedule, base) = words_cell(o, &fee->base);
		COL(fee_schedule, cap) = cap_cell(o, fee);
		COL(fee_schedule, frequency) = when_cell(o, fee);
		fill_step(o, row, i, -1);
		COL(fee_schedule, projected) = weir_cell_number(
			paid_over_life(o, map->fees[i].paid) +
			(map->surcharges[i].charge >= 0 ? paid_over_life(o, map->surcharges[i].paid) : 0));
	}
	for (int i = 0; i < deal->support_count; i++) {
		const weir_support *support = &deal->supports[i];
		weir_cell *row =
			map->supports[i].fee_paid >= 0 ? weir_fill_row(&o->f, &table, WEIR_TABLE_fee_schedule) : NULL;
		if (!row)
			continue;
		COL(fee_schedule, fee) = weir_fill_node(&o->f, &support->node);
		COL(fee_schedule, kind) = weir_fill_word("commitment-fee");
		COL(fee_schedule, payee) = weir_fill_node(&o->f, &deal->parties[support->party].node);
		COL(fee_schedule, rate) = weir_cell_number(support->commitment_rate_annual);
		COL(fee_schedule, base) =
			weir_cell_text("what of the commitment is not drawn, a year", "未动用承诺额度（按年）");
		COL(fee_schedule, frequency) = weir_cell_text("each payment date", "每个兑付日");
		fill_step(o, row, -1, i);
		COL(fee_schedule, projected) = weir_cell_number(paid_over_life(o, map->supports[i].fee_paid));
	}
}

/* --- a tax worked out ------------------------------------------------------------------------------------------- */

/* Reads names of a formula as they stood at the end of a period. */
typedef struct reading {
	const weir_outcome *base;
	const char *const *names;
	int period, unknown;
} reading;

static double read_symbol(void *context, int symbol)
{
	reading *r = context;
	int number = weir_plan_find_register(r->base->plan, r->names[symbol]);
	r->unknown |= number < 0;
	return number < 0 ? 0 : weir_fill_recorded(r->base, number, r->period);
}

static int looks_back(const weir_expression *e)
{
	int found = e->op == WEIR_OP_PREVIOUS || e->op == WEIR_OP_TRAILING || e->op == WEIR_OP_CUMULATIVE;
	for (int i = 0; i < e->count && !found; i++)
		found = looks_back(e->arguments[i]);
	return found;
}

/* The base of a tax in a period, where it can be read from what is left of the period; else NAN. */
static double base_of(weir_offer *o, const weir_fee *fee, int period)
{
	static const weir_describe_options as_written = { 0 };
	weir_formula_reading read;
	if (weir_formula_read(&read, o->f.scratch, o->base->plan, &fee->base, WEIR_TYPE_MONEY, &as_written) !=
	    WEIR_OK) {
		o->f.failed = 1;
		return NAN;
	}
	reading r = { o->base, read.names, period, 0 };
	if (!read.tree || looks_back(read.tree))
		return NAN;
	double value = weir_round_half_away(weir_formula_evaluate(read.tree, read_symbol, NULL, &r));
	return r.unknown ? NAN : value;
}

/* round(base / (1 + rate) x rate), or round(base x rate). */
static double tax_on(double base, double rate, int gross)
{
	weir_quad r = weir_quad_from_decimal(rate);
	return weir_round_quad(gross ? (weir_quad)base * r / (1 + r) : (weir_quad)base * r);
}

static void fill_tax(weir_offer *o, weir_table **table, int number, int period)
{
	const weir_fee *fee = &o->f.deal->fees[number];
	const weir_fee_registers *tax = &weir_fill_map(o->base)->fees[number],
				 *more = &weir_fill_map(o->base)->surcharges[number];
	double charge = weir_fill_recorded(o->base, tax->charge, period);
	double surcharge = more->charge >= 0 ? weir_fill_recorded(o->base, more->charge, period) : 0;
	double base = fee->base.text && !fee->has_day_count ? base_of(o, fee, period) : NAN;
	weir_cell *row = weir_fill_row(&o->f, table, WEIR_TABLE_tax_sample);
	if (!row)
		return;
	if (!isnan(base) && tax_on(base, fee->rate, fee->gross_included) != charge)
		base = NAN; /* capped, raised, or changed since it was charged */
	COL(tax_sample, tax) = weir_fill_node(&o->f, &fee->node);
	COL(tax_sample, period) = weir_cell_number(period);
	COL(tax_sample, payment_date) = weir_fill_day(weir_fill_period(o->base, period)->payment);
	COL(tax_sample, base_is) = words_cell(o, &fee->base);
	COL(tax_sample, base) = weir_cell_number(base);
	COL(tax_sample, gross) = weir_cell_number(fee->gross_included);
	COL(tax_sample, rate) = weir_cell_number(fee->base.text ? fee->rate : NAN);
	COL(tax_sample, charge) = weir_cell_number(charge);
	COL(tax_sample, surcharge_rate) = weir_cell_number(more->charge >= 0 ? fee->surcharge_rate : NAN);
	COL(tax_sample, surcharge) = weir_cell_number(more->charge >= 0 ? surcharge : NAN);
	COL(tax_sample, total) = weir_cell_number(charge + surcharge);
	COL(tax_sample, paid) =
		weir_cell_number(weir_fill_recorded(o->base, tax->paid, period) +
	                         (more->charge >= 0 ? weir_fill_recorded(o->base, more->paid, period) : 0));
}

static void fill_taxes(weir_offer *o)
{
	weir_table *table = NULL;
	for (int i = 0; i < o->f.deal->fee_count; i++) {
		int charge = weir_fill_map(o->base)->fees[i].charge, period = weir_fill_first(o->base);
		if (!o->f.deal->fees[i].is_tax)
			continue;
		while (period < weir_fill_period_count(o->base) && !(weir_fill_recorded(o->base, charge, period) > 0))
			period++;
		if (period < weir_fill_period_count(o->base))
			fill_tax(o, &table, i, period);
	}
}

weir_status weir_offer_fill_fees(weir_offer *o)
{
	fill_schedule(o);
	fill_taxes(o);
	return o->f.failed ? WEIR_NO_MEMORY : WEIR_OK;
}
