/* SPDX-License-Identifier: GPL-3.0-or-later */
/* foot_flows.c: foots the tables that charts draw, against the tables that they are made of. */
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "report/foot_int.h"

/* --- flows ------------------------------------------------------------------------------------------------------ */

/* What comes into "available" in the rows of a period, and what goes out. */
typedef struct balance {
	double in, out, opening, released, closing;
	int rows;
} balance;

static balance balance_of(const weir_table *flows, double period)
{
	balance sum = { 0 };
	int by_period = weir_table_column(flows, "period") >= 0;
	for (size_t row = 0; row < flows->row_count; row++) {
		double amount = weir_foot_amount(flows, row, "amount");
		if (by_period && weir_foot_amount(flows, row, "period") != period)
			continue;
		sum.rows++;
		if (weir_foot_says(flows, row, "to", "available-cash"))
			sum.in += amount;
		else
			sum.out += amount;
		sum.opening += weir_foot_says(flows, row, "from", "opening-cash") ? amount : 0;
		sum.released += weir_foot_says(flows, row, "from", "all-reserves") ? amount : 0;
		sum.closing += weir_foot_says(flows, row, "to", "closing-cash") ? amount : 0;
	}
	return sum;
}

static void expect(weir_footing *foot, const weir_table *table, size_t row, const char *what, double expected,
                   double found)
{
	if (expected != found)
		weir_foot_complain(foot, table, row, what, expected, found);
}

static void check_periods(weir_footing *foot, const weir_table *flows, const weir_table *periods)
{
	for (size_t row = 0; row < periods->row_count; row++) {
		balance sum = balance_of(flows, weir_foot_amount(periods, row, "period"));
		if (sum.rows == 0)
			continue;
		expect(foot, periods, row, "in table \"flows\" what comes in goes out", sum.in, sum.out);
		expect(foot, periods, row,
		       "column \"available\" is what comes in in table \"flows\" less what reserves release",
		       sum.in - sum.released, weir_foot_amount(periods, row, "available"));
		expect(foot, periods, row, "column \"opening_cash\" is the one of table \"flows\"", sum.opening,
		       weir_foot_amount(periods, row, "opening_cash"));
		expect(foot, periods, row, "column \"closing_cash\" is the one of table \"flows\"", sum.closing,
		       weir_foot_amount(periods, row, "closing_cash"));
	}
}

/* One end of the life's flows: what the periods' rows of the same end make. */
typedef struct ends {
	weir_names numbers;
	double *sums; /* into "available" */
	int count;
} ends;

static const char *end_at(const weir_table *table, size_t row)
{
	return weir_foot_word(table, row, weir_foot_says(table, row, "to", "available-cash") ? "from" : "to");
}

static int is_cash(const char *end)
{
	return strcmp(end, "opening-cash") == 0 || strcmp(end, "closing-cash") == 0;
}

static weir_status sum_ends(ends *to, weir_footing *foot, const weir_table *flows)
{
	to->sums = weir_arena_array(foot->arena, flows->row_count + 1, sizeof *to->sums);
	if (!to->sums)
		return WEIR_NO_MEMORY;
	for (size_t row = 0; row < flows->row_count; row++) {
		const char *end = end_at(flows, row);
		double amount = weir_foot_amount(flows, row, "amount");
		int number = weir_names_find(&to->numbers, end, strlen(end));
		if (weir_foot_amount(flows, row, "period") == 0 || is_cash(end))
			continue;
		if (number < 0) {
			number = to->count++;
			if (weir_names_put(&to->numbers, end, strlen(end), number) != WEIR_OK)
				return WEIR_NO_MEMORY;
		}
		to->sums[number] += weir_foot_says(flows, row, "to", "available-cash") ? amount : -amount;
	}
	return WEIR_OK;
}

static weir_status check_life(weir_footing *foot, const weir_table *flows, const weir_table *life)
{
	ends sums = { .count = 0 };
	balance all = balance_of(life, 0);
	weir_status status;
	expect(foot, life, life->row_count, "what comes in goes out", all.in, all.out);
	WEIR_TRY(sum_ends(&sums, foot, flows));
	for (size_t row = 0; row < life->row_count; row++) {
		const char *end = end_at(life, row);
		double amount = weir_foot_amount(life, row, "amount");
		int number = weir_names_find(&sums.numbers, end, strlen(end));
		if (is_cash(end))
			continue;
		expect(foot, life, row, "the flow is the sum of its rows in table \"flows\"",
		       number < 0 ? 0 : sums.sums[number],
		       weir_foot_says(life, row, "to", "available-cash") ? amount : -amount);
	}
out:
	weir_names_free(&sums.numbers);
	return status;
}

/* --- collections, the pool's map, the diagram ------------------------------------------------------------------- */

static double sum_of_period(const weir_table *table, double period, const char *column)
{
	double sum = 0;
	for (size_t row = 0; row < table->row_count; row++)
		sum += weir_foot_amount(table, row, "period") == period ? weir_foot_amount(table, row, column) : 0;
	return sum;
}

static void check_kinds(weir_footing *foot, const weir_table *kinds, const weir_table *periods)
{
	static const char *const columns[][2] = { { "principal", "pool_principal" },
		                                  { "income", "pool_income" },
		                                  { "recovered", "pool_recovered" } };
	for (size_t row = 0; periods && row < periods->row_count; row++) {
		double period = weir_foot_amount(periods, row, "period");
		for (size_t c = 0; c < sizeof columns / sizeof *columns; c++) {
			char what[120];
			snprintf(what, sizeof what, "column \"%s\" is the kinds of contract in table \"pool_by_kind\"",
			         columns[c][1]);
			expect(foot, periods, row, what, sum_of_period(kinds, period, columns[c][0]),
			       weir_foot_amount(periods, row, columns[c][1]));
		}
	}
	for (size_t row = 0; row < kinds->row_count; row++)
		expect(foot, kinds, row, "collected is principal, income and recovered",
		       weir_foot_amount(kinds, row, "principal") + weir_foot_amount(kinds, row, "income") +
		               weir_foot_amount(kinds, row, "recovered"),
		       weir_foot_amount(kinds, row, "collected"));
}

/* Both ends of a relation are there, in different layers. */
static weir_status check_diagram(weir_footing *foot, const weir_table *nodes, const weir_table *edges)
{
	weir_names names = { 0 };
	weir_status status = WEIR_OK;
	for (size_t row = 0; row < nodes->row_count; row++) {
		const char *node = weir_foot_word(nodes, row, "node");
		status = weir_names_put(&names, node, strlen(node), (int)row);
		if (status == WEIR_NO_MEMORY)
			goto out;
	}
	status = WEIR_OK;
	for (size_t row = 0; row < edges->row_count; row++) {
		const char *from = weir_foot_word(edges, row, "from"), *to = weir_foot_word(edges, row, "to");
		int a = weir_names_find(&names, from, strlen(from)), b = weir_names_find(&names, to, strlen(to));
		int apart = a >= 0 && b >= 0 &&
		            weir_foot_amount(nodes, (size_t)a, "layer") != weir_foot_amount(nodes, (size_t)b, "layer");
		expect(foot, edges, row, "both ends stand in different layers of table \"diagram_nodes\"", 1, apart);
	}
out:
	weir_names_free(&names);
	return status;
}

weir_status weir_foot_flows(weir_footing *foot)
{
	const weir_table *periods = weir_results_table(foot->results, "periods");
	const weir_table *flows = weir_results_table(foot->results, "flows");
	const weir_table *life = weir_results_table(foot->results, "life_flows");
	const weir_table *kinds = weir_results_table(foot->results, "pool_by_kind");
	const weir_table *map = weir_results_table(foot->results, "pool_map");
	const weir_table *obligors = weir_results_table(foot->results, "obligors");
	const weir_table *nodes = weir_results_table(foot->results, "diagram_nodes");
	const weir_table *edges = weir_results_table(foot->results, "diagram_edges");
	weir_status status = WEIR_OK;
	if (flows && periods)
		check_periods(foot, flows, periods);
	if (flows && life)
		status = check_life(foot, flows, life);
	if (kinds && periods)
		check_kinds(foot, kinds, periods);
	if (map && obligors)
		expect(foot, map, map->row_count, "the pool's total is that of table \"obligors\"",
		       weir_foot_sum(obligors, "receivable"), weir_foot_sum(map, "receivable"));
	if (nodes && edges && status == WEIR_OK)
		status = check_diagram(foot, nodes, edges);
	return status;
}
