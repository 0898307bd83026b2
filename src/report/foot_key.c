/* SPDX-License-Identifier: GPL-3.0-or-later */
/* foot_key.c: the tables of the key investor sheet. */
#include <string.h>

#include "report/foot_int.h"

void weir_foot_key(weir_footing *foot)
{
	const weir_table *cost = weir_results_table(foot->results, "fee_cost");
	const weir_table *payments = weir_results_table(foot->results, "fee_payments");
	int fee = cost ? weir_table_column(cost, "fee") : -1, paid = payments ? weir_table_column(payments, "fee") : -1;
	for (size_t row = 0; fee >= 0 && paid >= 0 && row < cost->row_count; row++) {
		double sum = 0, found = weir_foot_amount(cost, row, "paid");
		const char *id = weir_cell_word(weir_table_cell(cost, row, fee));
		for (size_t i = 0; i < payments->row_count; i++)
			if (strcmp(weir_cell_word(weir_table_cell(payments, i, paid)), id) == 0)
				sum += weir_foot_amount(payments, i, "paid");
		if (sum != found)
			weir_foot_complain(foot, cost, row, "paid = sum of paid in table fee_payments", sum, found);
	}
}
