/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/sheet_formats.h"

#include <string.h>

#define MOST_DECIMALS 10 /* of what shows all its digits */

/* Columns that templates print with other decimals than the usual ones. */
static const struct {
	const char *column;
	weir_sheet_decimals shown;
} others[] = {
	{ "accrued", { 4, 0 } },       { "clean", { 4, 0 } },          { "convexity", { 4, 0 } },
	{ "coupon", { 2, 1 } },        { "curve_yield", { 4, 0 } },    { "discount_margin", { 4, 0 } },
	{ "dv01", { 6, 0 } },
	{ "expected_loss", { 4, 0 } }, { "irr", { 4, 0 } },            { "leverage", { 2, 1 } },
	{ "limit", { 2, 1 } },         { "loss_limit", { 4, 0 } },     { "multiple", { 2, 0 } },
	{ "nominal_spread", { 4, 0 } },{ "of", { 2, 1 } },             { "probability", { 4, 0 } },
	{ "rate", { 2, 1 } },          { "remaining_years", { 2, 0 } },{ "slack", { 2, 1 } },
	{ "threshold", { 2, 1 } },     { "wal", { 2, 0 } },            { "years", { 2, 0 } },
	{ "yield", { 4, 0 } },         { "yield_to_call", { 4, 0 } },  { "yield_to_maturity", { 4, 0 } },
	{ "z_spread", { 4, 0 } },
};

weir_sheet_decimals weir_sheet_decimals_of(const char *column, weir_cell_type type)
{
	for (size_t i = 0; i < sizeof others / sizeof *others; i++)
		if ((type == WEIR_CELL_RATE || type == WEIR_CELL_NUMBER) && strcmp(others[i].column, column) == 0)
			return others[i].shown;
	return (weir_sheet_decimals){ type == WEIR_CELL_RATE ? 2 : type == WEIR_CELL_NUMBER ? 4 : 0, 0 };
}

static void write_digits(weir_cell_type type, weir_sheet_decimals decimals, weir_text *to)
{
	int most = decimals.at_least ? MOST_DECIMALS : decimals.decimals;
	weir_text_add(to, "#,##0");
	for (int i = 0; i < most; i++)
		weir_text_printf(to, "%s%c", i == 0 ? "." : "", i < decimals.decimals ? '0' : '#');
	weir_text_add(to, type == WEIR_CELL_RATE ? "%" : "");
}

void weir_sheet_format_write(weir_cell_type type, weir_sheet_decimals decimals, weir_text *to)
{
	if (type == WEIR_CELL_DATE) {
		weir_text_add(to, "yyyy-mm-dd");
		return;
	}
	if (type == WEIR_CELL_TEXT || type == WEIR_CELL_FLAG) {
		weir_text_add(to, "@");
		return;
	}
	write_digits(type, decimals, to);
	weir_text_add(to, ";[Red]\"\xE2\x88\x92\"");
	write_digits(type, decimals, to);
}
