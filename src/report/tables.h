/* SPDX-License-Identifier: GPL-3.0-or-later */
/* tables.h: the tables that weir makes: their numbers, their columns' numbers, and how to add one to the results.
 *
 * tables.def lists them with meaning and identities. A column's number is WEIR_COL_TABLE_COLUMN, as in
 *     weir_cell *row = weir_table_add_row(results, table);
 *     row[WEIR_COL_periods_available] = weir_cell_number(cents);
 *
 * Facts (weir_results_add_fact) that the investor template knows: "engine_version", "seed", "rounding", "calendar",
 * "options", "report_number", "prepared_by"; and "sha256:NAME", the hash of the input file NAME, in the order of
 * reading; "actual_to" and "actual_to_date", the last period whose collections are actual and its calculation date, with
 * "actuals_file" and "events_file". Others are printed under their id. */
#ifndef WEIR_REPORT_TABLES_H
#define WEIR_REPORT_TABLES_H

#include "report/results.h"

/* The columns that every stratification table shares. */
#define WEIR_STRAT_COLUMNS(table, en, zh)                                                                     \
	WEIR_COLUMN(table, band, TEXT, 0, NONE, NONE, en, zh)                                                 \
	WEIR_COLUMN(table, contracts, INTEGER, 0, FLOW, NONE, "Contracts", "笔数")                            \
	WEIR_COLUMN(table, obligors, INTEGER, 0, NONE, NONE, "Obligors", "户数")                              \
	WEIR_COLUMN(table, principal, MONEY, 0, FLOW, NONE, "Principal", "本金")                              \
	WEIR_COLUMN(table, receivable, MONEY, 0, FLOW, NONE, "Receivable", "应收总额")                        \
	WEIR_COLUMN(table, share, RATE, 12, FLOW, NONE, "Share", "占比")

/* The columns of prices: of every class in a report, and of weir price. */
#define WEIR_MEASURE_COLUMNS(table) \
	WEIR_COLUMN(table, class, TEXT, 0, NONE, NONE, "Class", "档次") \
	WEIR_COLUMN(table, settlement, DATE, 0, NONE, NONE, "Settlement", "结算日") \
	WEIR_COLUMN(table, compounding, TEXT, 0, NONE, NONE, "Compounding", "复利方式") \
	WEIR_COLUMN(table, day_count, TEXT, 0, NONE, NONE, "Day count", "计息天数规则") \
	WEIR_COLUMN(table, clean, NUMBER, 6, NONE, NONE, "Clean price", "净价") \
	WEIR_COLUMN(table, accrued, NUMBER, 6, NONE, NONE, "Accrued", "应计利息") \
	WEIR_COLUMN(table, dirty, NUMBER, 6, NONE, NONE, "Dirty price", "全价") \
	WEIR_COLUMN(table, yield, RATE, 10, NONE, NONE, "Yield", "收益率") \
	WEIR_COLUMN(table, irr, RATE, 10, NONE, NONE, "IRR", "内部收益率") \
	WEIR_COLUMN(table, wal, NUMBER, 6, NONE, NONE, "WAL (years)", "加权平均期限（年）") \
	WEIR_COLUMN(table, first_principal, DATE, 0, NONE, NONE, "First principal", "首次还本日") \
	WEIR_COLUMN(table, last_principal, DATE, 0, NONE, NONE, "Last principal", "末次还本日") \
	WEIR_COLUMN(table, macaulay, NUMBER, 6, NONE, NONE, "Macaulay duration (years)", "麦考利久期（年）") \
	WEIR_COLUMN(table, modified, NUMBER, 6, NONE, NONE, "Modified duration (years)", "修正久期（年）") \
	WEIR_COLUMN(table, convexity, NUMBER, 6, NONE, NONE, "Convexity (years²)", "凸性（年²）") \
	WEIR_COLUMN(table, dv01, NUMBER, 8, NONE, NONE, "DV01 per 100", "每百元基点价值") \
	WEIR_COLUMN(table, principal, MONEY, 0, FLOW, NONE, "Principal to come", "未来本金") \
	WEIR_COLUMN(table, other, MONEY, 0, FLOW, NONE, "Interest to come", "未来利息") \
	WEIR_COLUMN(table, unpaid, MONEY, 0, FLOW, NONE, "Unpaid at the end", "期末未付") \
	WEIR_COLUMN(table, flag, TEXT, 0, NONE, NONE, "Outcome", "结果")

/* WEIR_TABLE_periods, WEIR_TABLE_classes ... */
typedef enum weir_table_number {
#define WEIR_TABLE(id, csv, en, zh) WEIR_TABLE_##id,
#define WEIR_COLUMN(table, id, type, decimals, sum, group, en, zh)
#define WEIR_TABLE_END(id)
#include "report/tables.def"
#undef WEIR_TABLE
#undef WEIR_COLUMN
#undef WEIR_TABLE_END
	WEIR_TABLE_COUNT
} weir_table_number;

/* WEIR_COL_periods_period, ...; WEIR_COL_periods_COUNT ... */
#define WEIR_TABLE(id, csv, en, zh) enum {
#define WEIR_COLUMN(table, id, type, decimals, sum, group, en, zh) WEIR_COL_##table##_##id,
#define WEIR_TABLE_END(id)                                                                                    \
	WEIR_COL_##id##_COUNT                                                                                 \
	}                                                                                                     \
	;
#include "report/tables.def"
#undef WEIR_TABLE
#undef WEIR_COLUMN
#undef WEIR_TABLE_END

/* Adds the table, empty, with its columns and headings. */
weir_status weir_results_add_standard(weir_table **out, weir_results *results, weir_table_number number);

/* The column of a table that weir makes, by their ids; NULL when there is none. */
const weir_column *weir_table_standard_column(const char *table, const char *column);

#endif
