/* SPDX-License-Identifier: GPL-3.0-or-later */
/* fill_deal.c: the tables of what the deal says: terms, capital, parties, enhancement, scenario. */
#include "report/fill_deal.h"
#include "report/formula_words.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "report/fill_flows.h"
#include "report/fill_run.h"
#include "time/calendar.h"

#define COL WEIR_FILL_COL

/* --- helpers ---------------------------------------------------------------------------------------------------- */

weir_cell *weir_fill_row(weir_filler *f, weir_table **table, weir_table_number number)
{
	weir_cell *row = NULL;
	if (*table || weir_results_add_standard(table, f->results, number) == WEIR_OK)
		row = weir_table_add_row(f->results, *table);
	if (!row)
		f->failed = 1;
	return row;
}

const char *weir_fill_keep(weir_filler *f, const char *text)
{
	if (!text)
		return NULL;
	const char *kept = weir_arena_text(f->results->arena, text, strlen(text));
	if (!kept)
		f->failed = 1;
	return kept;
}

weir_cell weir_fill_text(weir_filler *f, const char *en, const char *zh)
{
	const char *kept_en = weir_fill_keep(f, en ? en : zh);
	return weir_cell_text(kept_en, en && zh ? weir_fill_keep(f, zh) : kept_en);
}

weir_cell weir_fill_name(weir_filler *f, const char *id, const char *en, const char *zh)
{
	weir_cell cell = weir_fill_text(f, en || zh ? en : id, zh);
	cell.key = weir_fill_keep(f, id);
	return cell;
}

weir_cell weir_fill_node(weir_filler *f, const weir_node *node)
{
	return weir_fill_name(f, node->id, node->en, node->zh);
}

weir_cell weir_fill_written(weir_filler *f, weir_text *en, weir_text *zh)
{
	weir_cell cell = weir_fill_text(f, en->data, zh->data);
	if (en->failed || zh->failed)
		f->failed = 1;
	weir_text_free(en);
	weir_text_free(zh);
	return cell;
}

weir_cell weir_fill_date(weir_date date)
{
	return weir_cell_typed(WEIR_CELL_DATE, 0, date == WEIR_DATE_NONE ? NAN : (double)date);
}

weir_date weir_fill_cutoff(const weir_deal *deal)
{
	return deal->cutoff == WEIR_DATE_NONE ? deal->closing : deal->cutoff;
}

int weir_fill_largest(int *places, int most, const double *cents, int count)
{
	int found = 0;
	for (int i = 0; i < count; i++) {
		if (!(cents[i] > 0))
			continue;
		int at = found < most ? found++ : most;
		for (; at > 0 && cents[places[at - 1]] < cents[i]; at--)
			if (at < most)
				places[at] = places[at - 1];
		if (at < most)
			places[at] = i;
	}
	return found;
}

double weir_fill_issue_cents(const weir_deal *deal)
{
	double sum = 0;
	for (int i = 0; i < deal->class_count; i++)
		sum += deal->classes[i].size_cents;
	return sum;
}

/* --- terms ------------------------------------------------------------------------------------------------------ */

void weir_fill_term(weir_filler *f, weir_table **terms, const char *key, weir_cell value)
{
	weir_cell *row = value.present ? weir_fill_row(f, terms, WEIR_TABLE_terms) : NULL;
	if (!row)
		return;
	COL(terms, item) = weir_fill_word(key);
	COL(terms, value) = value;
}

static weir_cell word_of_kind(weir_deal_kind kind)
{
	static const char *const keys[] = { [WEIR_DEAL_ABS] = "abs",
		                            [WEIR_DEAL_ABN] = "abn",
		                            [WEIR_DEAL_TRUST] = "trust",
		                            [WEIR_DEAL_NOTE] = "note" };
	return weir_fill_word(keys[kind]);
}

/* "quarterly", "every 5 weeks". */
static weir_cell frequency_cell(weir_filler *f, const weir_schedule_terms *terms)
{
	static const struct {
		weir_step_unit unit;
		int step;
		const char *en, *zh;
	} names[] = {
		{ WEIR_STEP_MONTHS, 1, "monthly", "每月" },         { WEIR_STEP_MONTHS, 3, "quarterly", "每季度" },
		{ WEIR_STEP_MONTHS, 6, "semi-annually", "每半年" }, { WEIR_STEP_MONTHS, 12, "yearly", "每年" },
		{ WEIR_STEP_WEEKS, 1, "weekly", "每周" },           { WEIR_STEP_DAYS, 1, "daily", "每日" }
	};
	static const char *const units_en[] = { "days", "weeks", "months", "years" };
	static const char *const units_zh[] = { "天", "周", "个月", "年" };
	weir_text en = { 0 }, zh = { 0 };
	int years = terms->unit == WEIR_STEP_YEARS, named = 0;
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (names[i].unit == (years ? WEIR_STEP_MONTHS : terms->unit) &&
		    names[i].step == (years ? 12 * terms->step : terms->step)) {
			weir_text_add(&en, names[i].en);
			weir_text_add(&zh, names[i].zh);
			named = 1;
		}
	if (!named) {
		weir_text_printf(&en, "every %d %s", terms->step, units_en[terms->unit]);
		weir_text_printf(&zh, "每%d%s", terms->step, units_zh[terms->unit]);
	}
	if (terms->end_of_month) {
		weir_text_add(&en, ", at the month's end");
		weir_text_add(&zh, "，月末");
	}
	return weir_fill_written(f, &en, &zh);
}

static weir_cell roll_cell(weir_roll roll)
{
	switch (roll) {
	case WEIR_ROLL_FOLLOWING:
		return weir_cell_text("paid on the next business day", "顺延至下一工作日");
	case WEIR_ROLL_MODIFIED_FOLLOWING:
		return weir_cell_text("paid on the next business day, on the last one where that leaves the month",
		                      "顺延至下一工作日，跨月则提前至上一工作日");
	case WEIR_ROLL_PRECEDING:
		return weir_cell_text("paid on the last business day before it", "提前至上一工作日");
	case WEIR_ROLL_NONE:
		break;
	}
	return weir_cell_text("not moved", "不调整");
}

/* "10 business days before the payment date". */
static weir_cell offset_cell(weir_filler *f, int days)
{
	int business = f->deal->calendar != NULL;
	weir_text en = { 0 }, zh = { 0 };
	if (days == 0)
		return weir_cell_text("on the payment date", "兑付日当日");
	weir_text_printf(&en, "%d %s%s %s the payment date", abs(days), business ? "business " : "",
	                 abs(days) == 1 ? "day" : "days", days < 0 ? "before" : "after");
	weir_text_printf(&zh, "兑付日%s%d%s", days < 0 ? "前" : "后", abs(days), business ? "个工作日" : "天");
	return weir_fill_written(f, &en, &zh);
}

static void fill_terms_of_dates(weir_filler *f, weir_table **terms)
{
	const weir_deal *deal = f->deal;
	const weir_calendar *calendar = deal->payment.calendar ? deal->payment.calendar : deal->calendar;
	int count = f->periods->count - 1, last = f->periods->regular_count > 0 ? f->periods->regular_count - 1 : count;
	weir_fill_term(f, terms, "cutoff", weir_fill_date(weir_fill_cutoff(deal)));
	weir_fill_term(f, terms, "closing_date", weir_fill_date(deal->closing));
	weir_fill_term(f, terms, "start", weir_fill_date(deal->start));
	if (last > 0) {
		weir_fill_term(f, terms, "first_payment", weir_fill_date(f->periods->items[1].payment));
		weir_fill_term(f, terms, "last_payment", weir_fill_date(f->periods->items[last].payment));
	}
	weir_fill_term(f, terms, "legal_final", weir_fill_date(deal->legal_final));
	if (count > last)
		weir_fill_term(f, terms, "tail_end", weir_fill_date(f->periods->items[count].payment));
	weir_fill_term(f, terms, "payment_count", weir_cell_typed(WEIR_CELL_INTEGER, 0, last));
	weir_fill_term(f, terms, "payment_frequency", frequency_cell(f, &deal->payment));
	weir_fill_term(f, terms, "payment_roll", roll_cell(deal->payment.roll));
	if (calendar)
		weir_fill_term(f, terms, "calendar", weir_fill_text(f, weir_calendar_title(calendar, 0),
		                                                    weir_calendar_title(calendar, 1)));
	weir_fill_term(f, terms, "calculation_offset", offset_cell(f, deal->calculation_offset_days));
	if (deal->has_transfer)
		weir_fill_term(f, terms, "transfer_offset", offset_cell(f, deal->transfer_offset_days));
	const char *rule = weir_day_count_text(deal->day_count);
	weir_fill_term(f, terms, "day_count", weir_cell_text(rule, rule));
	weir_fill_term(f, terms, "accrual",
	               deal->accrual_adjusted ? weir_cell_text("between the dates paid on", "按实际兑付日计息") :
	                                        weir_cell_text("between unmoved payment dates", "按未调整兑付日计息"));
}

/* How the financing is organised, and the shelf that the deal is a phase of. */
static void fill_terms_of_modes(weir_filler *f, weir_table **terms)
{
	const weir_deal *deal = f->deal;
	if (deal->financing_mode)
		weir_fill_term(f, terms, "financing_mode", weir_fill_word(deal->financing_mode));
	if (deal->shelf_id) {
		weir_fill_term(f, terms, "shelf", weir_fill_text(f, deal->shelf_id, NULL));
		weir_fill_term(f, terms, "shelf_phase", weir_cell_typed(WEIR_CELL_INTEGER, 0, deal->shelf_phase));
	}
	if (deal->opening != WEIR_DATE_NONE)
		weir_fill_term(f, terms, "opening", weir_fill_date(deal->opening));
}

/* The event or call of that id, or NULL. */
static const weir_node *find_event(const weir_deal *deal, const char *id, size_t length)
{
	for (int i = 0; i < deal->trigger_count + deal->call_count; i++) {
		const weir_node *node = i < deal->trigger_count ? &deal->triggers[i].node :
		                                                  &deal->calls[i - deal->trigger_count].node;
		if (strlen(node->id) == length && memcmp(node->id, id, length) == 0)
			return node;
	}
	return NULL;
}

/* One word of a condition in words; 0 when it is neither an event nor between events. */
static int write_condition_word(const weir_deal *deal, const char *word, size_t length, weir_text *en, weir_text *zh)
{
	static const char *const between[][2] = { { "or", "或" }, { "and", "且" }, { "not", "未发生" } };
	const weir_node *node = find_event(deal, word, length);
	weir_text_add(en, en->length ? " " : "");
	if (node) {
		weir_text_add(en, weir_node_name(node, 0));
		weir_text_add(zh, weir_node_name(node, 1));
		return 1;
	}
	for (size_t i = 0; i < sizeof between / sizeof *between; i++)
		if (strlen(between[i][0]) == length && memcmp(between[i][0], word, length) == 0) {
			weir_text_add(en, between[i][0]);
			weir_text_add(zh, between[i][1]);
			return 1;
		}
	return 0;
}

weir_cell weir_fill_formula(weir_filler *f, const weir_formula *formula, weir_type wanted)
{
	weir_text en = { 0 }, zh = { 0 };
	if (!formula->text)
		return (weir_cell){ 0 };
	if (weir_formula_words(&en, &zh, f->outcome->plan, formula, wanted) != WEIR_OK)
		f->failed = 1;
	return weir_fill_written(f, &en, &zh);
}

weir_cell weir_fill_condition(weir_filler *f, const weir_formula *formula)
{
	weir_text en = { 0 }, zh = { 0 };
	int words = formula->text != NULL;
	for (const char *at = formula->text; words && *at;) {
		size_t length = strcspn(at, " ");
		if (length > 0)
			words = write_condition_word(f->deal, at, length, &en, &zh);
		at += length + (at[length] == ' ');
	}
	if (words)
		return weir_fill_written(f, &en, &zh);
	weir_text_free(&en);
	weir_text_free(&zh);
	return weir_fill_formula(f, formula, WEIR_TYPE_FLAG);
}

/* How collections travel. */
static void fill_terms_of_servicing(weir_filler *f, weir_table **terms)
{
	const weir_servicing *servicing = &f->deal->servicing;
	if (!servicing->given)
		return;
	if (servicing->party >= 0)
		weir_fill_term(f, terms, "servicing_party",
		               weir_fill_node(f, &f->deal->parties[servicing->party].node));
	weir_fill_term(f, terms, "transfer_months", weir_cell_typed(WEIR_CELL_INTEGER, 0, servicing->transfer_months));
	if (!servicing->fast_when.text)
		return;
	weir_fill_term(f, terms, "fast_months", weir_cell_typed(WEIR_CELL_INTEGER, 0, servicing->fast_months));
	weir_fill_term(f, terms, "fast_when", weir_fill_condition(f, &servicing->fast_when));
}

/* The venue; those that China's deals name by their Chinese names have English ones too. */
static weir_cell venue_cell(weir_filler *f)
{
	static const char *const names[][2] = { { "上海证券交易所", "Shanghai Stock Exchange" },
		                                { "深圳证券交易所", "Shenzhen Stock Exchange" },
		                                { "北京证券交易所", "Beijing Stock Exchange" },
		                                { "全国银行间债券市场", "National interbank bond market" } };
	const char *venue = f->deal->venue, *en = venue;
	for (size_t i = 0; venue && i < sizeof names / sizeof *names; i++)
		if (strcmp(venue, names[i][0]) == 0)
			en = names[i][1];
	return weir_fill_text(f, en, venue);
}

static void fill_terms(weir_filler *f)
{
	const weir_deal *deal = f->deal;
	weir_table *terms = NULL;
	weir_fill_pool_terms(f, &terms);
	weir_fill_term(f, &terms, "deal_id", weir_fill_text(f, deal->node.id, NULL));
	weir_fill_term(f, &terms, "short_name", weir_fill_text(f, deal->short_en, deal->short_zh));
	weir_fill_term(f, &terms, "kind", word_of_kind(deal->kind));
	weir_fill_term(f, &terms, "venue", venue_cell(f));
	weir_fill_term(f, &terms, "currency", weir_fill_text(f, deal->currency, NULL));
	weir_fill_term(f, &terms, "issue_total", weir_cell_typed(WEIR_CELL_MONEY, 0, weir_fill_issue_cents(deal)));
	weir_fill_term(f, &terms, "purchase_price",
	               weir_cell_typed(WEIR_CELL_MONEY, 0, weir_fill_purchase_cents(f->outcome)));
	if (deal->closing_costs_cents != 0)
		weir_fill_term(f, &terms, "closing_costs",
		               weir_cell_typed(WEIR_CELL_MONEY, 0, deal->closing_costs_cents));
	fill_terms_of_dates(f, &terms);
	fill_terms_of_modes(f, &terms);
	fill_terms_of_servicing(f, &terms);
}

/* --- capital ---------------------------------------------------------------------------------------------------- */

static const char *style_key(weir_class_style style)
{
	static const char *const keys[] = { [WEIR_STYLE_TARGET] = "target",
		                            [WEIR_STYLE_PLANNED] = "planned",
		                            [WEIR_STYLE_PASS_THROUGH] = "pass-through",
		                            [WEIR_STYLE_BULLET] = "bullet",
		                            [WEIR_STYLE_RESIDUAL] = "residual" };
	return keys[style];
}

static weir_date date_of_row(const weir_periods *periods, const weir_schedule_row *row)
{
	if (row->period > 0)
		return row->period < periods->count ? periods->items[row->period].payment : WEIR_DATE_NONE;
	return row->date;
}

/* The first payment date by which the pool's remaining share is zero. */
static weir_date end_of_pool(weir_filler *f, const weir_class *class)
{
	double *shares = weir_arena_array(f->scratch, (size_t)f->periods->count, sizeof *shares);
	if (!shares) {
		f->failed = 1;
		return WEIR_DATE_NONE;
	}
	weir_pool_remaining_shares(shares, f->pool, f->periods, class->share_digits);
	for (int k = 1; k < f->periods->count; k++)
		if (shares[k] == 0)
			return f->periods->items[k].payment;
	return WEIR_DATE_NONE;
}

/* When the documents let the class be repaid: its maturity, the first target of nothing, the last planned amount. */
static weir_date expected_maturity(weir_filler *f, const weir_class *class)
{
	weir_date date = class->maturity;
	int is_target = class->style == WEIR_STYLE_TARGET;
	if (date != WEIR_DATE_NONE)
		return date;
	if (is_target && class->target_follows_pool)
		return end_of_pool(f, class);
	if (!is_target && class->style != WEIR_STYLE_PLANNED)
		return WEIR_DATE_NONE;
	for (int i = 0; i < class->row_count; i++) {
		const weir_schedule_row *row = &class->rows[i];
		double amount = isnan(row->share) ? row->amount_cents : row->share;
		weir_date at = date_of_row(f->periods, row);
		if (is_target && amount == 0 && (date == WEIR_DATE_NONE || at < date))
			date = at;
		if (!is_target && amount > 0 && at > date)
			date = at;
	}
	return date;
}

/* The sizes of the classes whose principal comes after the class's. */
static double behind_cents(const weir_deal *deal, const int *places, int number)
{
	double sum = 0;
	for (int i = 0; i < deal->class_count; i++)
		if (places[i] > places[number])
			sum += deal->classes[i].size_cents;
	return sum;
}

static weir_cell holder_cell(weir_filler *f, const weir_class *class)
{
	if (class->held_by < 0)
		return (weir_cell){ 0 };
	return weir_fill_node(f, &f->deal->parties[class->held_by].node);
}

static void fill_class(weir_filler *f, weir_table **table, int number, const int *places)
{
	const weir_class *class = &f->deal->classes[number];
	double issue = weir_fill_issue_cents(f->deal);
	weir_cell *row = weir_fill_row(f, table, WEIR_TABLE_capital);
	if (!row)
		return;
	COL(capital, class) = weir_fill_node(f, &class->node);
	COL(capital, code) = weir_fill_text(f, class->code, NULL);
	COL(capital, rank) = weir_fill_word(class->subordinated ? "subordinated" : "senior");
	COL(capital, size) = weir_cell_number(class->size_cents);
	COL(capital, share) = weir_cell_number(issue > 0 ? class->size_cents / issue : NAN);
	if (class->interest != WEIR_INTEREST_NONE)
		COL(capital, coupon) = weir_cell_number(class->coupon_annual);
	COL(capital, rating) = weir_fill_text(f, class->rating, NULL);
	COL(capital, style) = weir_fill_word(style_key(class->style));
	COL(capital, expected_maturity) = weir_fill_date(expected_maturity(f, class));
	COL(capital, legal_maturity) = weir_fill_date(f->deal->legal_final);
	COL(capital, subordination) = weir_cell_number(issue > 0 ? behind_cents(f->deal, places, number) / issue : NAN);
	COL(capital, holder) = holder_cell(f, class);
}

static void fill_capital(weir_filler *f)
{
	weir_table *table = NULL;
	int *places = weir_arena_array(f->scratch, (size_t)f->deal->class_count + 1, sizeof *places);
	if (!places) {
		f->failed = 1;
		return;
	}
	weir_fill_principal_places(f->deal, places);
	for (int subordinated = 0; subordinated <= 1; subordinated++)
		for (int i = 0; i < f->deal->class_count && !f->failed; i++)
			if (f->deal->classes[i].subordinated == subordinated)
				fill_class(f, &table, i, places);
}

/* --- parties ---------------------------------------------------------------------------------------------------- */

static const struct {
	weir_role role;
	const char *key;
	const char *enhancement; /* what such a party stands for in table enhancement */
} roles[] = {
	{ WEIR_ROLE_ORIGINATOR, "originator", NULL },
	{ WEIR_ROLE_SERVICER, "servicer", NULL },
	{ WEIR_ROLE_MANAGER, "manager", NULL },
	{ WEIR_ROLE_TRUSTEE, "trustee", NULL },
	{ WEIR_ROLE_CUSTODIAN, "custodian", NULL },
	{ WEIR_ROLE_SUPERVISOR_BANK, "supervisor-bank", NULL },
	{ WEIR_ROLE_REGISTRAR, "registrar", NULL },
	{ WEIR_ROLE_UNDERWRITER, "underwriter", NULL },
	{ WEIR_ROLE_RATING_AGENCY, "rating-agency", NULL },
	{ WEIR_ROLE_APPRAISER, "appraiser", NULL },
	{ WEIR_ROLE_AUDITOR, "auditor", NULL },
	{ WEIR_ROLE_LAWYER, "lawyer", NULL },
	{ WEIR_ROLE_SHORTFALL_PAYER, "shortfall-payer", "shortfall-payment" },
	{ WEIR_ROLE_GUARANTOR, "guarantor", "guarantee" },
	{ WEIR_ROLE_INSURER, "insurer", "insurance" },
	{ WEIR_ROLE_GOVERNMENT, "government", NULL },
	{ WEIR_ROLE_FUND, "fund", NULL },
	{ WEIR_ROLE_LIQUIDITY_PROVIDER, "liquidity-provider", NULL },
	{ WEIR_ROLE_OPERATOR, "operator", NULL },
	{ WEIR_ROLE_BACKUP_SERVICER, "backup-servicer", NULL },
	{ WEIR_ROLE_LICENSOR, "licensor", NULL },
	{ WEIR_ROLE_LICENSEE, "licensee", NULL },
	{ WEIR_ROLE_OBLIGOR, "obligor", NULL },
	{ WEIR_ROLE_HOLDER, "holder", NULL },
};

static void fill_parties(weir_filler *f)
{
	weir_table *table = NULL;
	for (size_t r = 0; r < sizeof roles / sizeof *roles; r++)
		for (int i = 0; i < f->deal->party_count && !f->failed; i++) {
			const weir_party *party = &f->deal->parties[i];
			if (!(party->roles & (unsigned)roles[r].role))
				continue;
			weir_cell *row = weir_fill_row(f, &table, WEIR_TABLE_parties);
			if (!row)
				return;
			COL(parties, role) = weir_fill_role(f->deal->kind, roles[r].key);
			COL(parties, name) = weir_fill_node(f, &party->node);
			COL(parties, rating) = weir_fill_text(f, party->rating, NULL);
			COL(parties, note) = weir_fill_text(f, party->node.note, party->node.note_zh);
		}
}

/* --- enhancement ------------------------------------------------------------------------------------------------ */

static weir_cell *add_measure(weir_filler *f, weir_table **table, weir_cell measure, weir_cell provider,
                              weir_cell required, weir_cell level)
{
	weir_cell *row = weir_fill_row(f, table, WEIR_TABLE_enhancement);
	if (!row)
		return NULL;
	COL(enhancement, measure) = measure;
	COL(enhancement, provider) = provider;
	COL(enhancement, required) = required;
	COL(enhancement, level) = level;
	return row;
}

/* Subordination, with the holder of the subordinated classes where they have one holder. */
static void add_subordination(weir_filler *f, weir_table **table)
{
	const weir_deal *deal = f->deal;
	const weir_class *only = NULL;
	double sum = 0, issue = weir_fill_issue_cents(deal);
	int shared = 0;
	for (int i = 0; i < deal->class_count; i++) {
		if (!deal->classes[i].subordinated)
			continue;
		sum += deal->classes[i].size_cents;
		shared |= only && only->held_by != deal->classes[i].held_by;
		only = &deal->classes[i];
	}
	if (sum > 0)
		add_measure(f, table, weir_fill_word("subordination"),
		            shared ? (weir_cell){ 0 } : holder_cell(f, only), (weir_cell){ 0 },
		            weir_cell_typed(WEIR_CELL_RATE, 12, sum / issue));
}

/* Cash at the closing: in a reserve beside its target, or left in another account. */
static void add_accounts(weir_filler *f, weir_table **table)
{
	for (int i = 0; i < f->deal->account_count; i++) {
		const weir_account *account = &f->deal->accounts[i];
		weir_cell name = weir_fill_node(f, &account->node);
		weir_cell cash = weir_cell_typed(WEIR_CELL_MONEY, 0, account->initial_cents);
		if (account->is_reserve)
			add_measure(f, table, name, (weir_cell){ 0 },
			            weir_fill_formula(f, &account->target, WEIR_TYPE_MONEY), cash);
		else if (account->initial_cents > 0)
			add_measure(f, table, weir_fill_word("initial-cash"), name, (weir_cell){ 0 }, cash);
	}
}

/* A register's value at the end of the run; without a run there is none. */
static double final_value(const weir_filler *f, int register_number)
{
	return f->outcome->run && register_number >= 0 ?
	               weir_run_final(f->outcome->run, register_number)[f->outcome->lane] :
	               NAN;
}

/* All of a register over the periods that run. */
static double sum_of_run(const weir_filler *f, int register_number)
{
	double sum = 0;
	if (!f->outcome->run || register_number < 0)
		return NAN;
	for (int k = f->periods->first > 1 ? f->periods->first : 1; k < f->periods->count; k++)
		sum += weir_run_record(f->outcome->run, register_number, k)[f->outcome->lane];
	return sum;
}

static weir_cell limit_cell(double cents)
{
	return weir_cell_typed(WEIR_CELL_MONEY, 0, isfinite(cents) ? cents : NAN);
}

/* Undertakings and covers, with what the run took of them. */
static void add_supports(weir_filler *f, weir_table **table)
{
	const weir_plan_map *map = weir_plan_registers(f->outcome->plan);
	for (int i = 0; i < f->deal->support_count && !f->failed; i++) {
		const weir_support *support = &f->deal->supports[i];
		weir_cell *row = add_measure(f, table, weir_fill_node(f, &support->node),
		                             weir_fill_node(f, &f->deal->parties[support->party].node),
		                             limit_cell(support->cap_cents), (weir_cell){ 0 });
		if (!row)
			return;
		if (!COL(enhancement, required).present && support->limit.text)
			COL(enhancement, required) = weir_fill_formula(f, &support->limit, WEIR_TYPE_MONEY);
		COL(enhancement, used) = weir_cell_number(sum_of_run(f, map->supports[i].drawn));
		COL(enhancement, to_repay) = weir_cell_number(final_value(f, map->supports[i].outstanding));
	}
	for (int i = 0; i < f->deal->cover_count && !f->failed; i++) {
		const weir_cover *cover = &f->deal->covers[i];
		weir_cell provider = cover->share_count == 1 ?
		                             weir_fill_node(f, &f->deal->parties[cover->shares[0].party].node) :
		                             weir_cell_text("Several", "多方");
		weir_cell *row = add_measure(f, table, weir_fill_node(f, &cover->node), provider,
		                             limit_cell(cover->cap_cents), (weir_cell){ 0 });
		if (row)
			COL(enhancement, used) = weir_cell_number(sum_of_run(f, map->covers[i].paid));
	}
}

/* Whether what a party stands for is listed as a support or a cover. */
static int is_listed(const weir_filler *f, int party)
{
	const weir_plan_map *map = weir_plan_registers(f->outcome->plan);
	return map->parties && map->parties[party].failed >= 0;
}

static void fill_enhancement(weir_filler *f)
{
	const weir_deal *deal = f->deal;
	const weir_cell none = { 0 };
	double issue = weir_fill_issue_cents(deal), deposits = 0;
	weir_table *table = NULL;
	add_subordination(f, &table);
	if (issue > 0)
		add_measure(f, &table, weir_fill_word("over-collateralisation"), none, none,
		            weir_cell_typed(WEIR_CELL_RATE, 12, (f->pool->principal_cents - issue) / issue));
	if (f->outcome->figures && !isnan(f->outcome->figures->coverage_total))
		add_measure(f, &table, weir_fill_word("cash-over-cover"), none, none,
		            weir_cell_typed(WEIR_CELL_NUMBER, 6, f->outcome->figures->coverage_total));
	add_accounts(f, &table);
	for (int c = 0; c < deal->pool.contract_count; c++)
		deposits += deal->pool.contracts[c].deposit_cents;
	if (deposits > 0)
		add_measure(f, &table, weir_fill_word("deposits"), weir_cell_text("Obligors", "债务人"), none,
		            weir_cell_typed(WEIR_CELL_MONEY, 0, deposits));
	add_supports(f, &table);
	for (size_t r = 0; r < sizeof roles / sizeof *roles; r++)
		for (int i = 0; roles[r].enhancement && i < deal->party_count && !f->failed; i++)
			if ((deal->parties[i].roles & (unsigned)roles[r].role) && !is_listed(f, i))
				add_measure(f, &table, weir_fill_word(roles[r].enhancement),
				            weir_fill_node(f, &deal->parties[i].node), none, none);
}

weir_status weir_fill_deal(weir_results *results, const weir_outcome *outcome)
{
	weir_filler f = { .results = results,
		          .outcome = outcome,
		          .deal = outcome->terms ? outcome->terms : weir_plan_deal(outcome->plan),
		          .pool = weir_plan_pool(outcome->plan),
		          .periods = weir_plan_periods(outcome->plan) };
	weir_status status;
	WEIR_TRY(weir_arena_create(&f.scratch));
	fill_terms(&f);
	fill_capital(&f);
	fill_parties(&f);
	WEIR_TRY(weir_fill_pool(&f));
	WEIR_TRY(weir_fill_waterfalls(&f));
	fill_enhancement(&f);
	weir_fill_fees(&f);
	weir_fill_arrangements(&f);
	weir_fill_scenario(&f);
	weir_fill_diagram(&f);
	WEIR_TRY(weir_fill_maps(&f));
	if (f.failed)
		status = WEIR_NO_MEMORY;
out:
	weir_arena_destroy(f.scratch);
	return status;
}
