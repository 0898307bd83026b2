/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/fill_key.h"

#include <string.h>

/* Cents of all classes, times days: what fees are a share of. */
static double balance_days(const weir_results *results)
{
	double sum = 0;
	const weir_table *classes = weir_results_table(results, "classes");
	for (size_t row = 0; classes && row < classes->row_count; row++)
		sum += weir_table_cell(classes, row, WEIR_COL_classes_opening)->number *
		       weir_table_cell(classes, row, WEIR_COL_classes_days)->number;
	return sum;
}

/* The row of a fee, made where it has none; NULL when memory is short. */
static weir_cell *row_of(weir_results *results, weir_table *table, const weir_cell *payment)
{
	const weir_cell *fee = &payment[WEIR_COL_fee_payments_fee];
	for (size_t row = 0; row < table->row_count; row++) {
		weir_cell *cells = &table->cells[row * (size_t)table->column_count];
		if (strcmp(weir_cell_word(&cells[WEIR_COL_fee_cost_fee]), weir_cell_word(fee)) == 0)
			return cells;
	}
	weir_cell *cells = weir_table_add_row(results, table);
	if (cells) {
		cells[WEIR_COL_fee_cost_fee] = *fee;
		cells[WEIR_COL_fee_cost_kind] = payment[WEIR_COL_fee_payments_kind];
		cells[WEIR_COL_fee_cost_paid] = weir_cell_number(0);
	}
	return cells;
}

weir_status weir_fill_key(weir_results *results, const struct weir_outcome *outcome)
{
	weir_table *table;
	const weir_table *payments = weir_results_table(results, "fee_payments");
	double days = balance_days(results);
	(void)outcome;
	weir_status status = weir_results_add_standard(&table, results, WEIR_TABLE_fee_cost);
	for (size_t row = 0; status == WEIR_OK && payments && row < payments->row_count; row++) {
		const weir_cell *payment = weir_table_cell(payments, row, 0);
		weir_cell *cells = row_of(results, table, payment);
		if (!cells)
			return WEIR_NO_MEMORY;
		cells[WEIR_COL_fee_cost_paid].number += payment[WEIR_COL_fee_payments_paid].number;
	}
	for (size_t row = 0; status == WEIR_OK && days > 0 && row < table->row_count; row++) {
		weir_cell *cells = &table->cells[row * (size_t)table->column_count];
		cells[WEIR_COL_fee_cost_annual] = weir_cell_number(cells[WEIR_COL_fee_cost_paid].number * 365 / days);
	}
	return status;
}
