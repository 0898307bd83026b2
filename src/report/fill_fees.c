/* SPDX-License-Identifier: GPL-3.0-or-later */
/* fill_fees.c: what the documents say about taxes and fees: table fee_terms. */
#include <math.h>

#include "report/fill_deal.h"

#define COL WEIR_FILL_COL

/* "a year, ACT/365F", or "each payment" for a rate that is no yearly one. */
static weir_cell basis_cell(weir_filler *f, const weir_fee *fee)
{
	weir_text en = { 0 }, zh = { 0 };
	if (!fee->base.text)
		return (weir_cell){ 0 };
	if (fee->has_day_count) {
		weir_text_printf(&en, "a year, %s", weir_day_count_text(fee->day_count));
		weir_text_printf(&zh, "按年，%s", weir_day_count_text(fee->day_count));
	} else {
		weir_text_add(&en, fee->gross_included ? "each time, the base includes the tax" : "each time");
		weir_text_add(&zh, fee->gross_included ? "每次，计费基数含税" : "每次");
	}
	if (fee->surcharge_rate > 0) {
		weir_text_printf(&en, "; surcharges %.4g%% of it", fee->surcharge_rate * 100);
		weir_text_printf(&zh, "；附加税费为其%.4g%%", fee->surcharge_rate * 100);
	}
	return weir_fill_written(f, &en, &zh);
}

static weir_cell frequency_cell(weir_filler *f, const weir_fee *fee)
{
	weir_text en = { 0 }, zh = { 0 };
	switch (fee->frequency) {
	case WEIR_FEE_EVERY_PERIOD:
		return weir_cell_text("each period", "每期");
	case WEIR_FEE_YEARLY:
		return weir_cell_text("each year", "每年");
	case WEIR_FEE_ONCE:
		weir_text_printf(&en, "once, in period %d", fee->once_period);
		weir_text_printf(&zh, "一次，第%d期", fee->once_period);
		break;
	}
	return weir_fill_written(f, &en, &zh);
}

/* A fixed amount, or one by a formula. */
static weir_cell amount_cell(weir_filler *f, const weir_fee *fee)
{
	if (fee->amount.text)
		return weir_fill_formula(f, &fee->amount, WEIR_TYPE_MONEY);
	return weir_cell_typed(WEIR_CELL_MONEY, 0, fee->amount_cents);
}

void weir_fill_fees(weir_filler *f)
{
	weir_table *table = NULL;
	for (int i = 0; i < f->deal->fee_count && !f->failed; i++) {
		const weir_fee *fee = &f->deal->fees[i];
		weir_cell *row = weir_fill_row(f, &table, WEIR_TABLE_fee_terms);
		if (!row)
			return;
		COL(fee_terms, fee) = weir_fill_node(f, &fee->node);
		COL(fee_terms, kind) = weir_fill_word(fee->is_tax ? "tax" : "fee");
		if (fee->payee >= 0)
			COL(fee_terms, payee) = weir_fill_node(f, &f->deal->parties[fee->payee].node);
		COL(fee_terms, rate) = weir_cell_number(fee->base.text ? fee->rate : NAN);
		COL(fee_terms, base) = weir_fill_formula(f, &fee->base, WEIR_TYPE_MONEY);
		COL(fee_terms, basis) = basis_cell(f, fee);
		COL(fee_terms, amount) = amount_cell(f, fee);
		COL(fee_terms, frequency) = frequency_cell(f, fee);
		COL(fee_terms, cap) = weir_fill_formula(f, &fee->cap, WEIR_TYPE_MONEY);
		COL(fee_terms, cap_yearly) = weir_cell_number(fee->cap_yearly_cents);
		COL(fee_terms, raised_when) = weir_fill_condition(f, &fee->raised_when);
		COL(fee_terms, raised) = isnan(fee->raised_rate) ?
		                                 weir_cell_typed(WEIR_CELL_MONEY, 0, fee->raised_amount_cents) :
		                                 weir_cell_typed(WEIR_CELL_RATE, 12, fee->raised_rate);
		COL(fee_terms, carried) = weir_cell_number(fee->carried);
	}
}
