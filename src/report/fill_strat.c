/* SPDX-License-Identifier: GPL-3.0-or-later */
/* fill_strat.c: the tables strat and strat_measures. */
#include "report/fill_strat.h"

#include <math.h>
#include <string.h>

#include "base/alloc.h"
#include "base/money.h"
#include "report/fill_deal.h"
#include "report/fill_places.h"
#include "report/shares.h"

#define COL WEIR_FILL_COL
#define STEP_WORDS 6

/* --- bands in words --------------------------------------------------------------------------------------------- */

/* An amount without the parts that are nothing: 5,000,000, in Chinese 500万 where it is whole in ten thousands. */
static void add_amount(weir_text *to, double cents, int digits, int chinese)
{
	char text[WEIR_CENTS_TEXT];
	double unit = 1;
	for (int i = 0; i < digits; i++)
		unit *= 10;
	int whole = fmod(cents, unit) == 0, wan = chinese && cents != 0 && fmod(cents, unit * 10000) == 0;
	double shown = wan ? cents / (unit * 10000) : whole ? cents / unit : cents;
	weir_cents_format_grouped(shown, whole ? 0 : digits, text);
	weir_text_printf(to, "%s%s", text, wan ? "万" : "");
}

static void add_edge(weir_text *to, double edge, weir_strat_type type, int digits, int chinese)
{
	if (type == WEIR_STRAT_IS_AMOUNT)
		add_amount(to, edge, digits, chinese);
	else if (type == WEIR_STRAT_IS_RATE)
		weir_text_printf(to, "%.10g%%", edge * 100);
	else
		weir_text_printf(to, "%.10g", edge);
}

/* "up to 5%", "over 5% to 10%", "over 10%"; none of these numbers is below 0, so that "up to 0" is 0. */
static void add_number_band(weir_text *to, const weir_strat_band *band, weir_strat_type type, int digits, int chinese)
{
	int has_lower = !isinf(band->above), has_upper = !isinf(band->to);
	if (!has_lower && !has_upper) {
		weir_text_add(to, chinese ? "全部" : "all");
		return;
	}
	if (!has_lower && band->to == 0) {
		weir_text_add(to, "0");
		return;
	}
	if (!chinese)
		weir_text_add(to, has_lower ? "over " : "up to ");
	if (has_lower)
		add_edge(to, band->above, type, digits, chinese);
	if (has_lower && has_upper)
		weir_text_add(to, chinese ? "–" : " to ");
	if (has_upper)
		add_edge(to, band->to, type, digits, chinese);
	if (chinese)
		weir_text_add(to, !has_upper ? "以上" : has_lower ? "（含）" : "以下（含）");
}

static weir_cell number_cell(weir_filler *f, const weir_strat_band *band, weir_strat_type type)
{
	weir_text en = { 0 }, zh = { 0 };
	add_number_band(&en, band, type, f->deal->currency_digits, 0);
	add_number_band(&zh, band, type, f->deal->currency_digits, 1);
	return weir_fill_written(f, &en, &zh);
}

static weir_cell step_cell(weir_filler *f, int months)
{
	static const struct {
		int months;
		const char *key, *en, *zh;
	} words[STEP_WORDS] = {
		{ 0, "once", "Single payment", "一次性付款" },
		{ 1, "monthly", "Monthly", "按月" },
		{ 3, "quarterly", "Quarterly", "按季" },
		{ 6, "half-yearly", "Half-yearly", "按半年" },
		{ 12, "yearly", "Yearly", "按年" },
		{ WEIR_STRAT_OWN_DATES, "own-dates", "On dates of its own", "按约定日期" },
	};
	weir_text en = { 0 }, zh = { 0 };
	for (int i = 0; i < STEP_WORDS; i++)
		if (words[i].months == months)
			return weir_cell_key(words[i].key, words[i].en, words[i].zh);
	weir_text_printf(&en, "Every %d months", months);
	weir_text_printf(&zh, "每%d个月", months);
	return weir_fill_written(f, &en, &zh);
}

static const char *cover_word(int kind)
{
	return weir_fill_cover_word((weir_cover_kind)kind);
}

static const char *right_word(int kind)
{
	return weir_ip_kind_text((weir_ip_kind)kind);
}

/* Several kinds at once: "deposits+insurance". */
static weir_cell kinds_cell(weir_filler *f, int kinds, const char *(*word_of)(int))
{
	weir_text key = { 0 }, en = { 0 }, zh = { 0 };
	for (int kind = 0; kinds >> kind; kind++) {
		if (!(kinds >> kind & 1))
			continue;
		weir_cell word = weir_fill_word(word_of(kind));
		weir_text_printf(&key, "%s%s", key.length ? "+" : "", word.key);
		weir_text_printf(&en, "%s%s", en.length ? " + " : "", word.en);
		weir_text_printf(&zh, "%s%s", zh.length ? "+" : "", word.zh);
	}
	weir_cell cell = weir_fill_written(f, &en, &zh);
	cell.key = weir_fill_keep(f, key.data);
	f->failed |= key.failed;
	weir_text_free(&key);
	return cell;
}

static weir_cell code_cell(weir_filler *f, weir_strat_type type, int code)
{
	const weir_pool_terms *terms = &f->deal->pool;
	weir_text year = { 0 }, same = { 0 };
	switch (type) {
	case WEIR_STRAT_IS_PARTY:
		return weir_fill_name(f, terms->obligors[code].id, terms->obligors[code].en, terms->obligors[code].zh);
	case WEIR_STRAT_IS_TRUST:
		return weir_fill_name(f, terms->trusts[code].id, terms->trusts[code].en, terms->trusts[code].zh);
	case WEIR_STRAT_IS_COVERS:
		return kinds_cell(f, code, cover_word);
	case WEIR_STRAT_IS_RIGHTS:
		return kinds_cell(f, code, right_word);
	case WEIR_STRAT_IS_STEP:
		return step_cell(f, code);
	default:
		weir_text_printf(&year, "%d", code);
		weir_text_printf(&same, "%d", code);
		return weir_fill_written(f, &year, &same);
	}
}

/* What stands for contracts without a value. */
static weir_cell none_cell(weir_strat_by by)
{
	if (by == WEIR_STRAT_COVER || by == WEIR_STRAT_GUARANTOR)
		return weir_fill_word("no-cover");
	return weir_fill_word(by == WEIR_STRAT_TRUST ? "held-directly" : "not-given");
}

static weir_cell others_cell(weir_filler *f, int bands)
{
	weir_text en = { 0 }, zh = { 0 };
	weir_text_printf(&en, "Others (%d)", bands);
	weir_text_printf(&zh, "其他（%d项）", bands);
	weir_cell cell = weir_fill_written(f, &en, &zh);
	cell.key = "others";
	return cell;
}

static weir_cell band_cell(weir_filler *f, const weir_names *holders, weir_strat_by by, const weir_strat_band *band)
{
	weir_strat_type type = weir_strat_about_of(by)->type;
	if (band->kind == WEIR_STRAT_BAND_NOT_GIVEN)
		return none_cell(by);
	if (band->kind == WEIR_STRAT_BAND_OTHER)
		return others_cell(f, band->code);
	if (band->kind == WEIR_STRAT_BAND_SEVERAL)
		return weir_fill_word("several");
	if (type == WEIR_STRAT_IS_WORD)
		return weir_fill_word(band->text);
	if (by == WEIR_STRAT_IP_HOLDER)
		return weir_fill_holder(f, holders, band->text);
	if (by == WEIR_STRAT_INDUSTRY)
		return weir_fill_industry(f, band->text);
	if (by == WEIR_STRAT_REGION || by == WEIR_STRAT_TERRITORY)
		return weir_fill_region(f, band->text);
	if (type <= WEIR_STRAT_IS_GRADE)
		return weir_fill_text(f, band->text, NULL);
	return type < WEIR_STRAT_IS_AMOUNT ? code_cell(f, type, band->code) : number_cell(f, band, type);
}

/* "industry:grade": Industry × Grade */
static weir_cell by_cell(weir_filler *f, const weir_strat_table *table)
{
	weir_text key = { 0 }, en = { 0 }, zh = { 0 };
	for (int d = 0; d < table->dimension_count; d++) {
		const weir_strat_about *about = weir_strat_about_of(table->dimensions[d].by);
		weir_text_printf(&key, "%s%s", d ? ":" : "", about->id);
		weir_text_printf(&en, "%s%s", d ? " × " : "", about->en);
		weir_text_printf(&zh, "%s%s", d ? " × " : "", about->zh);
	}
	weir_cell cell = weir_fill_written(f, &en, &zh);
	cell.key = weir_fill_keep(f, key.data);
	f->failed |= key.failed;
	weir_text_free(&key);
	return cell;
}

/* --- table strat ------------------------------------------------------------------------------------------------ */

static weir_cell share_of(double part, double whole)
{
	return weir_cell_typed(WEIR_CELL_RATE, 12, whole > 0 ? part / whole : NAN);
}

static weir_status add_rows(weir_filler *f, const weir_names *holders, weir_table **out, const weir_strat_table *table,
                            int number)
{
	weir_cell by = by_cell(f, table), *cells[WEIR_STRAT_MOST_CROSSED];
	for (int d = 0; d < table->dimension_count; d++) {
		const weir_strat_dimension *dimension = &table->dimensions[d];
		cells[d] = weir_arena_array(f->scratch, (size_t)dimension->count + 1, sizeof **cells);
		for (int b = 0; cells[d] && b < dimension->count; b++)
			cells[d][b] = band_cell(f, holders, dimension->by, &dimension->bands[b]);
		if (!cells[d])
			return WEIR_NO_MEMORY;
	}
	for (size_t r = 0; r < table->row_count && !f->failed; r++) {
		const weir_strat_sum *sum = &table->rows[r];
		weir_cell *row = weir_fill_row(f, out, WEIR_TABLE_strat);
		if (!row)
			break;
		COL(strat, table) = weir_cell_number(number);
		COL(strat, by) = by;
		for (int d = 0; d < table->dimension_count; d++)
			row[WEIR_COL_strat_band + d] = cells[d][sum->bands[d]];
		COL(strat, contracts) = weir_cell_number(sum->contracts);
		COL(strat, contracts_share) = share_of(sum->contracts, table->total.contracts);
		COL(strat, obligors) = weir_cell_number(sum->obligors);
		COL(strat, principal) = weir_cell_number(sum->principal_cents);
		COL(strat, receivable) = weir_cell_number(sum->receivable_cents);
		COL(strat, share) = share_of(sum->cents, table->total.cents);
		COL(strat, rate) = weir_cell_number(sum->rate);
		COL(strat, remaining_term) = weir_cell_number(sum->remaining);
	}
	return f->failed ? WEIR_NO_MEMORY : WEIR_OK;
}

/* Puts in the place of exact shares what is shown of them. */
static weir_status round_shares(weir_table *table, int column)
{
	double *shown = weir_alloc_zero(table->row_count + 1, sizeof *shown);
	weir_status status = shown ? weir_shares_show(shown, table, column) : WEIR_NO_MEMORY;
	for (size_t r = 0; status == WEIR_OK && r < table->row_count; r++)
		table->cells[r * (size_t)table->column_count + (size_t)column] = weir_cell_number(shown[r]);
	weir_free(shown);
	return status;
}

/* Shares to date, in whole hundredths of a percent as the shares are. */
static void add_up_shares(weir_table *table)
{
	enum { STEPS = 10000 };
	double steps = 0;
	for (size_t r = 0; r < table->row_count; r++) {
		weir_cell *row = table->cells + r * (size_t)table->column_count;
		const weir_cell *last = r > 0 ? row - table->column_count : NULL;
		if (!last || last[WEIR_COL_strat_table].number != COL(strat, table).number)
			steps = 0;
		if (!COL(strat, share).present)
			continue;
		steps += floor(COL(strat, share).number * STEPS + 0.5);
		COL(strat, cumulative_share) = weir_cell_number(steps / STEPS);
	}
}

/* --- table strat_measures --------------------------------------------------------------------------------------- */

static void add_measure(weir_filler *f, weir_table **table, int number, weir_cell by, const char *measure,
                        weir_cell value)
{
	if (!value.present)
		return;
	weir_cell *row = weir_fill_row(f, table, WEIR_TABLE_strat_measures);
	if (!row)
		return;
	COL(strat_measures, table) = weir_cell_number(number > 0 ? number : NAN);
	COL(strat_measures, by) = by;
	COL(strat_measures, measure) = weir_fill_word(measure);
	COL(strat_measures, value) = value;
}

static weir_cell count_cell(double count)
{
	return weir_cell_typed(WEIR_CELL_INTEGER, 0, count);
}

static weir_cell money_cell(double cents)
{
	return weir_cell_typed(WEIR_CELL_MONEY, 0, cents);
}

static weir_cell ratio_cell(double number)
{
	return weir_cell_typed(WEIR_CELL_NUMBER, 6, number);
}

/* An index of shares: of many small ones too it keeps its digits. */
static weir_cell index_cell(double number)
{
	return weir_cell_typed(WEIR_CELL_NUMBER, number < 0.01 ? 12 : 6, number);
}

static double quotient(double cents, double count)
{
	return count > 0 ? weir_round_half_away(cents / count) : NAN;
}

static double most_of(const double *cents, int count)
{
	double most = NAN;
	for (int i = 0; i < count; i++)
		most = cents[i] > most || isnan(most) ? cents[i] : most;
	return most;
}

/* Average by the amount, least and most of a number. */
typedef struct range {
	double average, least, most;
} range;

static range range_of(const weir_strat_ground *ground, weir_strat_by by)
{
	range r = { NAN, NAN, NAN };
	double sum = 0, weight = 0;
	for (int c = 0; c < ground->pool->deal->pool.contract_count; c++) {
		weir_strat_value value = weir_strat_value_of(ground, by, c);
		if (value.has != WEIR_STRAT_HAS_NUMBER)
			continue;
		sum += weir_strat_cents(ground, c) * value.number;
		weight += weir_strat_cents(ground, c);
		r.least = value.number >= r.least ? r.least : value.number;
		r.most = value.number <= r.most ? r.most : value.number;
	}
	r.average = weight > 0 ? sum / weight : NAN;
	return r;
}

static void add_range(weir_filler *f, weir_table **table, const weir_strat_ground *ground, weir_strat_by by,
                      weir_cell pool, const char *const words[3])
{
	range r = range_of(ground, by);
	const double values[] = { r.average, r.least, r.most };
	for (int i = 0; i < 3 && words[i]; i++)
		add_measure(f, table, 0, pool, words[i],
		            by == WEIR_STRAT_RATE ? weir_cell_typed(WEIR_CELL_RATE, 12, values[i]) :
		                                    weir_cell_typed(WEIR_CELL_NUMBER, 2, values[i]));
}

static void add_ranges(weir_filler *f, weir_table **table, const weir_strat_ground *ground, weir_cell pool)
{
	static const struct {
		weir_strat_by by;
		const char *words[3];
	} ranges[] = {
		{ WEIR_STRAT_RATE, { "rate-average", "rate-least", "rate-most" } },
		{ WEIR_STRAT_TERM, { "term-average", "term-least", "term-most" } },
		{ WEIR_STRAT_REMAINING_TERM,
		  { "remaining-term-average", "remaining-term-least", "remaining-term-most" } },
		{ WEIR_STRAT_AGE, { "age-average", NULL, NULL } },
	};
	for (size_t i = 0; i < sizeof ranges / sizeof *ranges; i++)
		add_range(f, table, ground, ranges[i].by, pool, ranges[i].words);
}

static int obligors_of(const weir_strat_ground *ground)
{
	const weir_pool_terms *terms = &ground->pool->deal->pool;
	int count = 0, last = -1;
	for (int i = 0; i < terms->contract_count; i++) {
		int obligor = terms->contracts[ground->by_obligor[i]].obligor;
		count += obligor != last;
		last = obligor;
	}
	return count;
}

static void add_pool_measures(weir_filler *f, weir_table **table, const weir_strat_ground *ground)
{
	const weir_pool_terms *terms = &f->deal->pool;
	const double *cents =
		ground->weight == WEIR_STRAT_PRINCIPAL ? ground->principal_cents : ground->receivable_cents;
	weir_cell pool = weir_cell_key("pool", "Pool", "资产池");
	weir_strat_hands hands = weir_strat_hands_of(ground->obligor_cents, (size_t)terms->obligor_count);
	int obligors = obligors_of(ground);
	double total = 0;
	for (int c = 0; c < terms->contract_count; c++)
		total += cents[c];
	add_measure(f, table, 0, pool, "contract_count", count_cell(terms->contract_count));
	add_measure(f, table, 0, pool, "obligors", count_cell(obligors));
	add_measure(f, table, 0, pool, "pool_principal", money_cell(ground->pool->principal_cents));
	add_measure(f, table, 0, pool, "pool_receivable",
	            money_cell(ground->pool->principal_cents + ground->pool->income_cents));
	add_measure(f, table, 0, pool, "contract-average", money_cell(quotient(total, terms->contract_count)));
	add_measure(f, table, 0, pool, "contract-most", money_cell(most_of(cents, terms->contract_count)));
	add_measure(f, table, 0, pool, "obligor-average", money_cell(quotient(total, obligors)));
	add_measure(f, table, 0, pool, "obligor-most",
	            money_cell(most_of(ground->obligor_cents, terms->obligor_count)));
	add_ranges(f, table, ground, pool);
	add_measure(f, table, 0, pool, "top1", weir_cell_typed(WEIR_CELL_RATE, 12, hands.top1));
	add_measure(f, table, 0, pool, "top5", weir_cell_typed(WEIR_CELL_RATE, 12, hands.top5));
	add_measure(f, table, 0, pool, "top10", weir_cell_typed(WEIR_CELL_RATE, 12, hands.top10));
	add_measure(f, table, 0, pool, "herfindahl", index_cell(hands.herfindahl));
	add_measure(f, table, 0, pool, "effective-number", ratio_cell(1 / hands.herfindahl));
}

/* Of all pairs of obligors, those that share a band; of attributes that an obligor has only one of. Those without a
 * value share none, nor do those of several small bands put together. */
static double same_pairs(const weir_strat_table *table)
{
	double same = 0, all = table->total.obligors;
	weir_strat_by by = table->dimensions[0].by;
	if (table->dimension_count > 1 || (by != WEIR_STRAT_INDUSTRY && by != WEIR_STRAT_REGION) || all < 2)
		return NAN;
	for (size_t r = 0; r < table->row_count; r++) {
		double own = table->rows[r].obligors;
		if (table->dimensions[0].bands[r].kind == WEIR_STRAT_BAND_OTHER)
			return NAN;
		if (table->dimensions[0].bands[r].kind == WEIR_STRAT_BAND_VALUE)
			same += own * (own - 1);
	}
	return same / (all * (all - 1));
}

/* The largest share of a stratification as table strat shows it. */
static double largest_share(const weir_table *strat, int number)
{
	double most = NAN;
	for (size_t r = 0; strat && r < strat->row_count; r++) {
		const weir_cell *row = weir_table_cell(strat, r, 0);
		if (COL(strat, table).number == number && COL(strat, share).present &&
		    !(COL(strat, share).number <= most))
			most = COL(strat, share).number;
	}
	return most;
}

static weir_status add_table_measures(weir_filler *f, weir_table **out, const weir_table *strat,
                                      const weir_strat_table *table, int number)
{
	weir_cell by = by_cell(f, table);
	double *cents = weir_arena_array(f->scratch, table->row_count + 1, sizeof *cents);
	int bands = 0;
	if (!cents)
		return WEIR_NO_MEMORY;
	for (size_t r = 0; r < table->row_count; r++) {
		cents[r] = table->rows[r].cents;
		bands += table->rows[r].contracts > 0;
	}
	weir_strat_hands hands = weir_strat_hands_of(cents, table->row_count);
	add_measure(f, out, number, by, "bands", count_cell(bands));
	double shown = largest_share(strat, number);
	add_measure(f, out, number, by, "largest-band",
	            shown < 0.001 ? weir_cell_typed(WEIR_CELL_RATE, 12, hands.top1) :
	                            weir_cell_typed(WEIR_CELL_RATE, 4, shown));
	add_measure(f, out, number, by, "herfindahl", index_cell(hands.herfindahl));
	add_measure(f, out, number, by, "effective-number", ratio_cell(1 / hands.herfindahl));
	add_measure(f, out, number, by, "same-pairs", weir_cell_typed(WEIR_CELL_RATE, 12, same_pairs(table)));
	return WEIR_OK;
}

weir_status weir_fill_strat(weir_results *results, const weir_strat_ground *ground, const weir_strat_table *tables,
                            size_t count)
{
	weir_table *strat = NULL, *measures = NULL;
	weir_status status;
	weir_names holders = { 0 };
	weir_filler f = { .results = results, .deal = ground->pool->deal, .pool = ground->pool };
	WEIR_TRY(weir_arena_create(&f.scratch));
	WEIR_TRY(weir_fill_name_holders(&f, &holders));
	for (size_t i = 0; i < count; i++)
		WEIR_TRY(add_rows(&f, &holders, &strat, &tables[i], (int)i + 1));
	if (strat) {
		WEIR_TRY(round_shares(strat, WEIR_COL_strat_contracts_share));
		WEIR_TRY(round_shares(strat, WEIR_COL_strat_share));
		add_up_shares(strat);
	}
	add_pool_measures(&f, &measures, ground);
	for (size_t i = 0; i < count; i++)
		WEIR_TRY(add_table_measures(&f, &measures, strat, &tables[i], (int)i + 1));
	status = f.failed ? WEIR_NO_MEMORY : WEIR_OK;
out:
	weir_names_free(&holders);
	weir_arena_destroy(f.scratch);
	return status;
}
