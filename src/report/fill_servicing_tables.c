/* SPDX-License-Identifier: GPL-3.0-or-later */
/* fill_servicing_tables.c: dates, key figures, payment confirmation, accounts, tests of events, next key dates. */
#include <stdio.h>
#include <string.h>

#include "deal/occurrences.h"
#include "deal/report_dates.h"
#include "engine/pro_rata.h"
#include "pool/actuals.h"
#include "report/amount_words.h"
#include "report/fill_servicing.h"
#include "report/format.h"
#include "report/formula_words.h"

#define COL WEIR_FILL_COL

/* --- dates ------------------------------------------------------------------------------------------------------ */

static weir_date days_from_payment(const weir_serviced *s, int period, int days)
{
	weir_date paid = s->f.periods->items[period].adjusted;
	return s->f.deal->calendar ? weir_calendar_add_business_days(s->f.deal->calendar, paid, days) : paid + days;
}

/* The record day of a class, which is another one when the class is then repaid; none where no file says it. */
static weir_date record_day(const weir_serviced *s, int period, int repaid)
{
	const weir_report_date *date =
		weir_report_dates_find(s->o->report_dates, s->f.deal, repaid ? "record-repaid" : "record");
	return date && date->has_days ? days_from_payment(s, period, date->days) : WEIR_DATE_NONE;
}

static weir_date collection_start(const weir_serviced *s, int period)
{
	if (period == 1)
		return weir_fill_cutoff(s->f.deal);
	return s->f.periods->items[period - 1].calculation + 1;
}

static void fill_report_dates(weir_serviced *s)
{
	weir_table *table = NULL;
	for (int k = s->first; k < s->count; k++) {
		const weir_period *p = &s->f.periods->items[k];
		weir_cell *row = weir_fill_row(&s->f, &table, WEIR_TABLE_report_dates);
		if (!row)
			return;
		COL(report_dates, period) = weir_cell_number(k);
		COL(report_dates, collection_from) = weir_fill_day(collection_start(s, k));
		COL(report_dates, collection_to) = weir_fill_day(p->calculation);
		COL(report_dates, accrual_from) = weir_fill_day(p->accrual_start);
		COL(report_dates, accrual_to) = weir_fill_day(p->accrual_end);
		COL(report_dates, calculation) = weir_fill_day(p->calculation);
		COL(report_dates, transfer) = weir_fill_day(p->transfer);
		COL(report_dates, record) = weir_fill_day(record_day(s, k, 0));
		COL(report_dates, payment) = weir_fill_day(p->payment);
		COL(report_dates, paid_on) = weir_fill_day(p->adjusted);
		COL(report_dates, actual) = weir_cell_number(weir_actuals_have(s->o->actuals, k) != 0);
	}
}

/* --- A-0 -------------------------------------------------------------------------------------------------------- */

static double senior_balance(const weir_serviced *s, int period)
{
	double sum = 0;
	for (int i = 0; i < s->f.deal->class_count; i++)
		if (!s->f.deal->classes[i].subordinated)
			sum += weir_fill_recorded(s->o, weir_fill_map(s->o)->classes[i].balance, period);
	return sum;
}

static int support_is_called(const weir_serviced *s, int period)
{
	for (int i = 0; i < s->f.deal->support_count; i++) {
		const weir_support_registers *r = &weir_fill_map(s->o)->supports[i];
		if (weir_fill_recorded(s->o, r->drawn, period) != 0 ||
		    weir_fill_recorded(s->o, r->returned, period) != 0 ||
		    weir_fill_recorded(s->o, r->drawn_total, period) !=
		            weir_fill_recorded(s->o, r->drawn_total, period - 1))
			return 1;
	}
	return 0;
}

/* The events that hold at the period's end, one behind the other; "none". */
static weir_cell events_cell(weir_serviced *s, int period)
{
	weir_text en = { 0 }, zh = { 0 };
	for (int t = 0; t < s->f.deal->trigger_count; t++) {
		const weir_node *node = &s->f.deal->triggers[t].node;
		if (weir_fill_recorded(s->o, weir_fill_map(s->o)->triggers[t].flag, period) == 0)
			continue;
		weir_text_printf(&en, "%s%s", en.length ? "; " : "", weir_node_name(node, 0));
		weir_text_printf(&zh, "%s%s", zh.length ? "；" : "", weir_node_name(node, 1));
	}
	if (en.length > 0)
		return weir_fill_written(&s->f, &en, &zh);
	return weir_fill_word("no-event");
}

/* Everything due to the senior classes on the date was paid. */
static int senior_is_paid(const weir_serviced *s, int period)
{
	for (int i = 0; i < s->f.deal->class_count; i++) {
		const weir_class *class = &s->f.deal->classes[i];
		const weir_class_registers *r = &weir_fill_map(s->o)->classes[i];
		if (class->subordinated)
			continue;
		if (weir_fill_recorded(s->o, r->interest_due, period) >
		    weir_fill_recorded(s->o, r->interest_paid, period))
			return 0;
		if (class->style != WEIR_STYLE_PASS_THROUGH &&
		    weir_fill_recorded(s->o, r->principal_unpaid, period) > 0)
			return 0;
	}
	return 1;
}

static void fill_key_figures(weir_serviced *s)
{
	const weir_period_figures *figures = s->o->figures->periods;
	double defaulted = 0, initial = weir_servicing_initial(s);
	weir_table *table = NULL;
	for (int k = s->first; k < s->count; k++) {
		weir_cell *row = weir_fill_row(&s->f, &table, WEIR_TABLE_key_figures);
		if (!row)
			return;
		defaulted += figures[k].pool_defaulted;
		COL(key_figures, period) = weir_cell_number(k);
		COL(key_figures, payment_date) = weir_fill_day(s->f.periods->items[k].payment);
		COL(key_figures, opening_pool) = weir_cell_number(figures[k - 1].pool_balance);
		COL(key_figures, collected) = weir_cell_number(weir_servicing_collected(s->o, k));
		COL(key_figures, closing_pool) = weir_cell_number(figures[k].pool_balance);
		COL(key_figures, default_rate) = weir_cell_number(initial > 0 ? defaulted / initial : NAN);
		COL(key_figures, coverage) = weir_cell_number(figures[k].coverage);
		COL(key_figures, senior_closing) = weir_cell_number(senior_balance(s, k));
		COL(key_figures, called) = weir_cell_number(support_is_called(s, k));
		COL(key_figures, events) = events_cell(s, k);
		COL(key_figures, paid_in_full) = weir_cell_number(senior_is_paid(s, k));
	}
}

/* --- A-3 -------------------------------------------------------------------------------------------------------- */

/* What one class is paid. */
typedef struct payout {
	double interest, principal, closing, size, fee;
} payout;

static payout payout_of(const weir_serviced *s, int number, int period)
{
	const weir_class_registers *r = &weir_fill_map(s->o)->classes[number];
	payout p = { .size = s->f.deal->classes[number].size_cents };
	p.interest =
		weir_fill_recorded(s->o, r->interest_paid, period) + weir_fill_recorded(s->o, r->rest_paid, period);
	if (r->yield_paid >= 0)
		p.interest += weir_fill_recorded(s->o, r->yield_paid, period);
	p.principal = weir_fill_recorded(s->o, r->principal_paid, period);
	p.closing = weir_fill_recorded(s->o, r->balance, period);
	return p;
}

/* Whether a fee's base counts a class, by its id or by a group that it is in. */
static int base_names(const weir_deal *deal, const char *base, int number)
{
	char name[300];
	if (!base || weir_formula_names(base, deal->classes[number].node.id))
		return 1;
	for (int g = 0; g < deal->group_count; g++) {
		snprintf(name, sizeof name, "classes.%s", deal->groups[g].node.id);
		for (int i = 0; weir_formula_names(base, name) && i < deal->groups[g].class_count; i++)
			if (deal->groups[g].classes[i] == number)
				return 1;
	}
	return 0;
}

static int is_registrar_fee(const weir_deal *deal, const weir_fee *fee)
{
	if (fee->payee >= 0)
		return (deal->parties[fee->payee].roles & WEIR_ROLE_REGISTRAR) != 0;
	return strcmp(fee->node.id, "registrar") == 0;
}

/* Shares the period's fees to the registrar among the classes that they are charged on; 0 when the deal has no such
 * fee. */
static int share_registrar_fees(const weir_serviced *s, payout *payouts, double *due, double *shares, int period)
{
	const weir_deal *deal = s->f.deal;
	int found = 0;
	for (int f = 0; f < deal->fee_count; f++) {
		double paid = weir_fill_recorded(s->o, weir_fill_map(s->o)->fees[f].paid, period), sum = 0;
		if (!is_registrar_fee(deal, &deal->fees[f]))
			continue;
		found = 1;
		for (int i = 0; i < deal->class_count; i++) {
			int counts = base_names(deal, deal->fees[f].base.text, i);
			due[i] = counts ? payouts[i].interest + payouts[i].principal : 0;
			sum += due[i];
		}
		if (sum < paid || paid <= 0) /* a fixed amount on a day on which nothing is paid belongs to no class */
			continue;
		weir_share_pro_rata(shares, due, deal->class_count, paid, WEIR_SPLIT_LARGEST_REMAINDER);
		for (int i = 0; i < deal->class_count; i++)
			payouts[i].fee += shares[i];
	}
	return found;
}

/* Whether cents / size x 100 has more decimals than the currency. */
static int is_uneven(double cents, double size)
{
	return size > 0 && (__int128)cents * 10000 % (__int128)size != 0;
}

#define OVER_TRANSFER_CENTS 100000.0 /* RULES 5.3: 长款 */

static double over_transfer(const weir_serviced *s, const payout *p)
{
	if (s->f.deal->kind != WEIR_DEAL_ABS || strcmp(s->f.deal->currency, "CNY") != 0)
		return 0;
	return is_uneven(p->interest, p->size) || is_uneven(p->principal, p->size) ? OVER_TRANSFER_CENTS : 0;
}

static weir_cell words_cell(weir_serviced *s, double cents)
{
	weir_text words = { 0 };
	if (strcmp(s->f.deal->currency, "CNY") != 0)
		return (weir_cell){ 0 };
	weir_amount_in_chinese(cents, &words);
	weir_cell cell = weir_fill_text(&s->f, NULL, words.data);
	s->f.failed |= words.failed;
	weir_text_free(&words);
	return cell;
}

static weir_cell short_name(weir_serviced *s, const weir_node *class)
{
	const weir_deal *deal = s->f.deal;
	weir_text en = { 0 }, zh = { 0 };
	if (!deal->short_en && !deal->short_zh)
		return weir_fill_node(&s->f, class);
	weir_text_printf(&en, "%s %s", deal->short_en ? deal->short_en : deal->short_zh, weir_node_name(class, 0));
	weir_text_printf(&zh, "%s %s", deal->short_zh ? deal->short_zh : deal->short_en, weir_node_name(class, 1));
	return weir_fill_written(&s->f, &en, &zh);
}

static void fill_class(weir_serviced *s, weir_cell *row, const payout *p, int number, int period)
{
	const weir_class *class = &s->f.deal->classes[number];
	double amount = p->interest + p->principal, over = amount > 0 ? over_transfer(s, p) : 0;
	int repaid = p->closing == 0 && p->principal > 0;
	COL(confirmation, period) = weir_cell_number(period);
	COL(confirmation, class) = weir_fill_id(&class->node);
	COL(confirmation, code) = weir_fill_text(&s->f, class->code, NULL);
	COL(confirmation, short_name) = short_name(s, &class->node);
	COL(confirmation, floating) = weir_cell_number(0); /* coupons of classes are fixed, stepped ones too */
	COL(confirmation, instalment) = weir_cell_number(p->principal != 0 && p->closing != 0);
	COL(confirmation, per100_interest) = weir_cell_number(p->interest / p->size * 100);
	COL(confirmation, per100_principal) = weir_cell_number(p->principal / p->size * 100);
	COL(confirmation, per1000_interest) = weir_cell_number(p->interest / p->size * 1000);
	COL(confirmation, per1000_principal) = weir_cell_number(p->principal / p->size * 1000);
	COL(confirmation, face) = weir_cell_number(p->size);
	COL(confirmation, amount) = weir_cell_number(amount);
	COL(confirmation, total) = weir_cell_number(amount + p->fee);
	COL(confirmation, record_day) = weir_fill_day(record_day(s, period, repaid));
	COL(confirmation, payment_day) = weir_fill_day(s->f.periods->items[period].adjusted);
	COL(confirmation, over_transfer) = weir_cell_number(over);
	COL(confirmation, transfer) = weir_cell_number(amount + p->fee + over);
	COL(confirmation, words) = words_cell(s, amount + p->fee + over);
}

/* Whether principal of a class that the fee's base counts is passed through, which is never due. */
static int leaves_principal_out(const weir_deal *deal, const weir_fee *fee)
{
	for (int i = 0; i < deal->class_count; i++)
		if (deal->classes[i].style == WEIR_STYLE_PASS_THROUGH && base_names(deal, fee->base.text, i))
			return strstr(fee->base.text, "due") != NULL;
	return 0;
}

/* What the fees to the registrar are charged on, as the documents say it; empty for a fixed amount. */
static weir_cell fee_basis(weir_serviced *s)
{
	const weir_deal *deal = s->f.deal;
	weir_text en = { 0 }, zh = { 0 };
	for (int f = 0; f < deal->fee_count; f++) {
		const weir_fee *fee = &deal->fees[f];
		if (!is_registrar_fee(deal, fee) || !fee->base.text)
			continue;
		weir_text_printf(&en, "%s%.10g%% of ", en.length ? "; " : "", fee->rate * 100);
		weir_text_add(&zh, zh.length ? "；" : "");
		if (weir_formula_words(&en, &zh, s->o->plan, &fee->base, WEIR_TYPE_MONEY) != WEIR_OK)
			s->f.failed = 1;
		weir_text_printf(&zh, "×%.10g%%", fee->rate * 100);
		if (!leaves_principal_out(deal, fee))
			continue;
		weir_text_add(&en,
		              ", as the documents say; principal that is passed through is never due and is left out");
		weir_text_add(&zh, "（按交易文件约定）；过手摊还的本金不构成应付金额，不计入计费基数");
	}
	if (en.length > 0)
		return weir_fill_written(&s->f, &en, &zh);
	return (weir_cell){ 0 };
}

static weir_status fill_confirmation(weir_serviced *s)
{
	size_t classes = (size_t)s->f.deal->class_count;
	payout *payouts = weir_arena_array(s->f.scratch, classes + 1, sizeof *payouts);
	double *due = weir_arena_array(s->f.scratch, 2 * classes + 1, sizeof *due);
	weir_cell basis = fee_basis(s);
	weir_table *table = NULL;
	if (!payouts || !due)
		return WEIR_NO_MEMORY;
	for (int k = s->first; k < s->count; k++) {
		for (size_t i = 0; i < classes; i++)
			payouts[i] = payout_of(s, (int)i, k);
		int has_fee = share_registrar_fees(s, payouts, due, due + classes, k);
		for (size_t i = 0; i < classes; i++) {
			weir_cell *row = weir_fill_row(&s->f, &table, WEIR_TABLE_confirmation);
			if (!row)
				return WEIR_NO_MEMORY;
			fill_class(s, row, &payouts[i], (int)i, k);
			if (has_fee)
				COL(confirmation, registrar_fee) = weir_cell_number(payouts[i].fee);
			COL(confirmation, fee_basis) = basis;
		}
	}
	return WEIR_OK;
}

/* --- A-6 -------------------------------------------------------------------------------------------------------- */

/* The rows of `accounts`, with what is missing. */
static void fill_accounts(weir_serviced *s)
{
	static const struct {
		int to, from;
	} same[] = { { WEIR_COL_account_report_period, WEIR_COL_accounts_period },
		     { WEIR_COL_account_report_account, WEIR_COL_accounts_account },
		     { WEIR_COL_account_report_opening, WEIR_COL_accounts_opening },
		     { WEIR_COL_account_report_in, WEIR_COL_accounts_in },
		     { WEIR_COL_account_report_out, WEIR_COL_accounts_out },
		     { WEIR_COL_account_report_closing, WEIR_COL_accounts_closing },
		     { WEIR_COL_account_report_required, WEIR_COL_accounts_target } };
	const weir_table *accounts = weir_results_table(s->f.results, "accounts");
	weir_table *table = NULL;
	for (size_t r = 0; accounts && r < accounts->row_count; r++) {
		const weir_cell *of = weir_table_cell(accounts, r, 0);
		weir_cell *row = of[WEIR_COL_accounts_period].number >= s->first ?
		                         weir_fill_row(&s->f, &table, WEIR_TABLE_account_report) :
		                         NULL;
		if (!row)
			continue;
		for (size_t i = 0; i < sizeof same / sizeof *same; i++)
			row[same[i].to] = of[same[i].from];
		if (of[WEIR_COL_accounts_target].present)
			COL(account_report, gap) = weir_cell_number(
				fmax(0, of[WEIR_COL_accounts_target].number - of[WEIR_COL_accounts_closing].number));
	}
}

/* --- A-16 ------------------------------------------------------------------------------------------------------- */

weir_cell weir_servicing_formula(weir_serviced *s, const weir_formula *formula, weir_type wanted)
{
	weir_text en = { 0 }, zh = { 0 };
	if (!formula->text)
		return (weir_cell){ 0 };
	if (weir_formula_words(&en, &zh, s->o->plan, formula, wanted) != WEIR_OK)
		s->f.failed = 1;
	return weir_fill_written(&s->f, &en, &zh);
}

/* A row of `tests` as its reader is told of it: an event, or one comparison of several inside its test. */
typedef struct told_test {
	weir_cell test, condition;
	const weir_trigger_registers *part; /* NULL: the event's own row, or the only comparison's */
	int n;
} told_test;

/* "Thin cover (2)": the second comparison of an event. */
static weir_cell part_name(weir_serviced *s, const weir_node *node, int n)
{
	weir_text en = { 0 }, zh = { 0 };
	weir_text_printf(&en, "%s (%d)", weir_node_name(node, 0), n + 1);
	weir_text_printf(&zh, "%s（%d）", weir_node_name(node, 1), n + 1);
	return weir_fill_written(&s->f, &en, &zh);
}

/* What one of the comparisons inside an event's test says. */
static weir_cell part_words(weir_serviced *s, int trigger, int n)
{
	const weir_trigger_registers *r = &weir_fill_map(s->o)->triggers[trigger];
	weir_text en = { 0 }, zh = { 0 };
	if (weir_formula_part_words(&en, &zh, s->o->plan, &s->f.deal->triggers[trigger].test, n, r->test_count,
	                            r->texts[n]) != WEIR_OK)
		s->f.failed = 1;
	return weir_fill_written(&s->f, &en, &zh);
}

/* What the rows of one period say, in the order of `tests`: every event's comparisons, where it has several, then the
 * event. NULL when memory is short. */
static told_test *tell_tests(weir_serviced *s, size_t *count)
{
	const weir_trigger_registers *registers = weir_fill_map(s->o)->triggers;
	size_t most = 1, at = 0;
	for (int t = 0; t < s->f.deal->trigger_count; t++)
		most += (size_t)registers[t].test_count + 1;
	told_test *told = weir_arena_array(s->f.scratch, most, sizeof *told);
	for (int t = 0; told && t < s->f.deal->trigger_count; t++) {
		const weir_trigger *trigger = &s->f.deal->triggers[t];
		const weir_trigger_registers *r = &registers[t];
		for (int n = 0; r->test_count > 1 && n < r->test_count; n++)
			told[at++] = (told_test){ part_name(s, &trigger->node, n), part_words(s, t, n), r, n };
		told[at++] = (told_test){ weir_fill_node(&s->f, &trigger->node),
			                  weir_servicing_formula(s, &trigger->test, WEIR_TYPE_FLAG),
			                  r->test_count == 1 ? r : NULL, 0 };
	}
	*count = at;
	return told;
}

/* How far, with the unit where the cell's type does not say it. */
static weir_cell told_distance(weir_serviced *s, const told_test *told, weir_cell distance)
{
	if (!told->part || !distance.present || distance.type != WEIR_CELL_INTEGER)
		return distance;
	weir_type type = weir_plan_register_type(s->o->plan, told->part->value[told->n]);
	char number[40];
	weir_text en = { 0 }, zh = { 0 };
	snprintf(number, sizeof number, "%.0f", distance.number);
	weir_format_decimal(&en, number, 0, 0, 0);
	weir_format_decimal(&zh, number, 0, 0, 0);
	weir_text_add(&en, type == WEIR_TYPE_DATE ? " days" : " periods");
	weir_text_add(&zh, type == WEIR_TYPE_DATE ? "天" : "期");
	weir_cell cell = weir_fill_written(&s->f, &en, &zh);
	cell.number = distance.number;
	return cell;
}

/* The day on which an event was hit for the first time, up to the period. */
static weir_cell first_hit(const weir_serviced *s, int trigger, int period)
{
	int flag = weir_fill_map(s->o)->triggers[trigger].flag;
	for (int k = s->first; k <= period; k++)
		if (weir_fill_recorded(s->o, flag, k) != 0)
			return weir_fill_day(s->f.periods->items[k].adjusted);
	return (weir_cell){ 0 };
}

/* What only an event's own row has. */
static void fill_event(const weir_serviced *s, weir_cell *row, int period)
{
	for (int t = 0; t < s->f.deal->trigger_count; t++) {
		const weir_node *node = &s->f.deal->triggers[t].node;
		if (strcmp(node->id, weir_cell_word(&COL(test_report, test))) != 0)
			continue;
		COL(test_report, clause) = node->clause ? weir_cell_text(node->clause, node->clause) : (weir_cell){ 0 };
		COL(test_report, first_hit) = first_hit(s, t, period);
	}
}

static void fill_tests(weir_serviced *s)
{
	static const struct {
		int to, from;
	} same[] = { { WEIR_COL_test_report_period, WEIR_COL_tests_period },
		     { WEIR_COL_test_report_threshold, WEIR_COL_tests_threshold },
		     { WEIR_COL_test_report_value, WEIR_COL_tests_value },
		     { WEIR_COL_test_report_status, WEIR_COL_tests_status },
		     { WEIR_COL_test_report_effect, WEIR_COL_tests_effect },
		     { WEIR_COL_test_report_held, WEIR_COL_tests_held },
		     { WEIR_COL_test_report_needed, WEIR_COL_tests_needed },
		     { WEIR_COL_test_report_clean, WEIR_COL_tests_clean },
		     { WEIR_COL_test_report_cure, WEIR_COL_tests_cure } };
	const weir_table *tests = weir_results_table(s->f.results, "tests");
	size_t count = 0;
	const told_test *told = tell_tests(s, &count);
	weir_table *table = NULL;
	s->f.failed |= !told;
	for (size_t r = 0; tests && told && count > 0 && r < tests->row_count; r++) {
		const weir_cell *of = weir_table_cell(tests, r, 0);
		const told_test *this = &told[r % count];
		weir_cell *row = weir_fill_row(&s->f, &table, WEIR_TABLE_test_report);
		if (!row)
			return;
		for (size_t i = 0; i < sizeof same / sizeof *same; i++)
			row[same[i].to] = of[same[i].from];
		COL(test_report, test) = this->test;
		COL(test_report, test).key = of[WEIR_COL_tests_test].key;
		COL(test_report, condition) = this->condition;
		COL(test_report, distance) = told_distance(s, this, of[WEIR_COL_tests_distance]);
		if (COL(test_report, value).type == WEIR_CELL_RATE) /* percent to four places */
			COL(test_report, value).decimals = COL(test_report, distance).decimals = 6;
		if (of[WEIR_COL_tests_effect].present)
			fill_event(s, row, (int)of[WEIR_COL_tests_period].number);
		else /* that a part of the test holds is no event yet */
			COL(test_report, status).key =
				strcmp(weir_cell_word(&of[WEIR_COL_tests_status]), "hit") == 0 ? "holds" : "holds-not";
	}
}

/* --- A-23 ------------------------------------------------------------------------------------------------------- */

typedef struct key_date {
	weir_date date;
	weir_cell what, basis, source;
} key_date;

#define MOST_KEY_DATES 64

/* The dates that follow one period's payment. */
typedef struct key_list {
	key_date items[MOST_KEY_DATES];
	int count;
	weir_date after, until; /* only those in (after, until] */
} key_list;

/* In order of the dates, of one day in the order in which they come. */
static void add_date(key_list *list, weir_date date, weir_cell what, weir_cell basis, weir_cell source)
{
	if (date == WEIR_DATE_NONE || date <= list->after || date > list->until || list->count == MOST_KEY_DATES)
		return;
	int at = list->count++;
	for (; at > 0 && list->items[at - 1].date > date; at--)
		list->items[at] = list->items[at - 1];
	list->items[at] = (key_date){ date, what, basis, source };
}

/* What the deal's own schedule says of the next period. */
static void add_scheduled(const weir_serviced *s, key_list *list, int next)
{
	const weir_period *p = &s->f.periods->items[next];
	weir_cell deal = weir_fill_word("by-deal"), none = { 0 };
	add_date(list, p->calculation, weir_fill_word("next-calculation"), deal, none);
	add_date(list, p->transfer, weir_fill_word("next-transfer"), deal, none);
	add_date(list, p->adjusted, weir_fill_word("next-payment"), deal, none);
	for (int i = 0; i < s->f.deal->support_count; i++) {
		const weir_support *support = &s->f.deal->supports[i];
		if (support->has_call)
			add_date(list, days_from_payment(s, next, support->call_days), weir_fill_word("next-call"),
			         deal, weir_fill_id(&support->node));
		if (support->has_pay)
			add_date(list, days_from_payment(s, next, support->pay_days), weir_fill_word("next-support"),
			         deal, weir_fill_id(&support->node));
	}
}

/* What the table of report dates has: business days from the next payment, and days of every year. */
static void add_assumed(weir_serviced *s, key_list *list, int next)
{
	const weir_report_dates *dates = s->o->report_dates;
	int from, to;
	weir_date_to_ymd(list->after, &from, NULL, NULL);
	weir_date_to_ymd(list->until, &to, NULL, NULL);
	for (int i = 0; dates && i < dates->count; i++) {
		const weir_report_date *date = &dates->items[i];
		if (!weir_report_date_is_for(date, s->f.deal))
			continue;
		weir_cell what = weir_fill_name(&s->f, date->id, date->en, date->zh),
			  basis = weir_fill_word("by-assumption"),
			  source = weir_fill_text(&s->f, date->source, date->source_zh);
		if (date->has_days && next < s->count)
			add_date(list, days_from_payment(s, next, date->days), what, basis, source);
		for (int year = from; !date->has_days && year <= to; year++)
			add_date(list, weir_date_from_ymd(year, date->month, date->day), what, basis, source);
	}
}

/* Reports that the events file has a date for. */
static void add_told(weir_serviced *s, key_list *list)
{
	const weir_occurrences *told = s->o->occurrences;
	for (int i = 0; told && i < told->count; i++)
		if (told->items[i].kind == WEIR_OCCURRENCE_REPORT)
			add_date(list, told->items[i].date, weir_fill_text(&s->f, told->items[i].en, told->items[i].zh),
			         weir_fill_word("by-events"), weir_fill_text(&s->f, told->items[i].rule, NULL));
}

/* Up to the next payment, and in the last period for a year. */
static void fill_key_dates(weir_serviced *s)
{
	weir_table *table = NULL;
	for (int k = s->first; k < s->count; k++) {
		weir_date paid = s->f.periods->items[k].adjusted;
		key_list list = { .after = paid };
		list.until = k + 1 < s->count ? s->f.periods->items[k + 1].adjusted : weir_date_add_months(paid, 12);
		if (k + 1 < s->count)
			add_scheduled(s, &list, k + 1);
		add_assumed(s, &list, k + 1);
		add_told(s, &list);
		for (int i = 0; i < list.count; i++) {
			weir_cell *row = weir_fill_row(&s->f, &table, WEIR_TABLE_key_dates);
			if (!row)
				return;
			COL(key_dates, period) = weir_cell_number(k);
			COL(key_dates, what) = list.items[i].what;
			COL(key_dates, date) = weir_fill_day(list.items[i].date);
			COL(key_dates, basis) = list.items[i].basis;
			COL(key_dates, source) = list.items[i].source;
		}
	}
}

weir_status weir_servicing_tables(weir_serviced *s)
{
	fill_report_dates(s);
	fill_key_figures(s);
	weir_status status = fill_confirmation(s);
	weir_servicing_trace(s);
	fill_accounts(s);
	fill_tests(s);
	fill_key_dates(s);
	return status;
}
