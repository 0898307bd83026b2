/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/sheet_formulas.h"

#include <math.h>
#include <string.h>

/* As the identities of tables.def and the definitions of periods.csv (INTERFACE) say. */
static const weir_sheet_formula formulas[] = {
	{ "periods",
	  "available",
	  { "opening_cash", "pool_principal", "pool_income", "pool_recovered", "other_in", "support_in" },
	  { NULL },
	  NULL },
	{ "periods",
	  "closing_cash",
	  { "available" },
	  { "taxes_paid", "fees_paid", "senior_interest_paid", "senior_principal_paid", "support_repaid", "reserve_net",
	    "subordinated_paid", "other_out" },
	  NULL },
	{ "periods",
	  "coverage",
	  { "opening_cash", "pool_principal", "pool_income", "pool_recovered", "other_in" },
	  { "lost", "taxes", "fees" },
	  "senior_due" },
	{ "periods",
	  "coverage_period",
	  { "pool_principal", "pool_income", "pool_recovered", "other_in" },
	  { "lost", "taxes", "fees" },
	  "senior_due" },
	{ "classes", "interest_unpaid", { "interest_due" }, { "interest_paid" }, NULL },
	{ "classes", "principal_unpaid", { "principal_due" }, { "principal_paid" }, NULL },
	{ "classes", "closing", { "opening" }, { "principal_paid", "written_down" }, NULL },
	{ "trace", "unpaid", { "due" }, { "paid" }, NULL },
	{ "trace", "left", { "available" }, { "paid" }, NULL },
	{ "trace_report", "left", { "available", "received" }, { "paid" }, NULL },
	{ "accounts", "closing", { "opening", "in" }, { "out" }, NULL },
};

const weir_sheet_formula *weir_sheet_formula_of(const char *table, const char *column)
{
	for (size_t i = 0; i < sizeof formulas / sizeof *formulas; i++)
		if (strcmp(formulas[i].table, table) == 0 && strcmp(formulas[i].column, column) == 0)
			return &formulas[i];
	return NULL;
}

/* The number in a column of the row: 0 for a column that the table does not have and, as a spreadsheet counts it, for
 * an empty cell. */
static double number_in(const weir_table *table, size_t row, const char *column)
{
	int number = weir_table_column(table, column);
	if (number < 0)
		return 0;
	const weir_cell *cell = weir_table_cell(table, row, number);
	return cell->present ? cell->number : 0;
}

double weir_sheet_formula_value(const weir_sheet_formula *formula, const weir_table *table, size_t row)
{
	double value = 0;
	for (int i = 0; i < WEIR_FORMULA_TERMS && formula->plus[i]; i++)
		value += number_in(table, row, formula->plus[i]);
	for (int i = 0; i < WEIR_FORMULA_TERMS && formula->minus[i]; i++)
		value -= number_in(table, row, formula->minus[i]);
	if (!formula->divisor)
		return value;
	double divisor = number_in(table, row, formula->divisor);
	return divisor > 0 ? value / divisor : NAN;
}

static void write_terms(const char *const *terms, char sign, const weir_table *table,
                        void (*reference)(void *context, int column, weir_text *to), void *context, weir_text *to)
{
	for (int i = 0; i < WEIR_FORMULA_TERMS && terms[i]; i++) {
		int column = weir_table_column(table, terms[i]);
		if (column < 0)
			continue;
		if (sign == '-' ||
		    !strchr("=(", to->data ? to->data[to->length - 1] : '=')) /* none before the first term */
			weir_text_append(to, &sign, 1);
		reference(context, column, to);
	}
}

void weir_sheet_formula_write(const weir_sheet_formula *formula, const weir_table *table,
                              void (*reference)(void *context, int column, weir_text *to), void *context, weir_text *to)
{
	weir_text_add(to, formula->divisor ? "=(" : "=");
	write_terms(formula->plus, '+', table, reference, context, to);
	write_terms(formula->minus, '-', table, reference, context, to);
	if (!formula->divisor)
		return;
	weir_text_add(to, ")/");
	reference(context, weir_table_column(table, formula->divisor), to);
}
