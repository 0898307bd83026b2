/* SPDX-License-Identifier: GPL-3.0-or-later */
/* price.c: what classes are worth, for a session. */
#include <math.h>
#include <string.h>

#include "api/price_lanes.h"
#include "api/session.h"
#include "report/table_text.h"

#define MOST_PRICES 10000
#define SHOWN_ROWS 60

typedef struct price_study {
	weir_session *s;
	const weir_price_request *request;
	weir_pricing pricing;
	int class_number; /* -1: every class */
	weir_price_tables tables;
} price_study;

/* The day on which classes change hands: the deal's start, or that of the run, unless one is asked for. */
static weir_date settlement_of(const price_study *p)
{
	const weir_deal *deal = p->s->deal;
	if (p->pricing.settlement != WEIR_DATE_NONE)
		return p->pricing.settlement;
	return deal->opening != WEIR_DATE_NONE ? deal->opening : deal->start;
}

static weir_status read_settlement(price_study *p)
{
	weir_session *s = p->s;
	const char *text = p->request->settlement;
	p->pricing.settlement = WEIR_DATE_NONE;
	if (!text)
		return WEIR_OK;
	weir_date start = settlement_of(p), date = weir_date_parse(text, strlen(text));
	p->pricing.settlement = date;
	if (date == WEIR_DATE_NONE)
		weir_diag_error(&s->call, BAD_DATE, (weir_place){ 0 },
		                "\"%s\" is no date; write it as 2024-06-20", text);
	else if (date < start)
		weir_diag_error(&s->call, OUT_OF_RANGE, (weir_place){ 0 },
		                "the settlement date \"%s\" lies before the deal's start; give a later one", text);
	return weir_session_judge(s);
}

static weir_status read_rules(price_study *p)
{
	weir_session *s = p->s;
	const weir_price_request *r = p->request;
	int compounding = r->compounding ? weir_compounding_parse(r->compounding, strlen(r->compounding)) :
	                                   WEIR_COMPOUND_ANNUAL;
	int rule = r->day_count ? weir_day_count_parse(r->day_count, strlen(r->day_count)) : WEIR_ACT_365F;
	if (compounding < 0)
		weir_diag_error(&s->call, BAD_VALUE, (weir_place){ 0 },
		                "\"%s\" is no compounding; use annual, semi-annual, quarterly, monthly, continuous or "
		                "simple",
		                r->compounding);
	if (rule < 0)
		weir_diag_error(&s->call, BAD_VALUE, (weir_place){ 0 },
		                "\"%s\" is no day count; use ACT/365F, ACT/360, ACT/ACT ISDA, 30/360 US …",
		                r->day_count);
	else if (rule == WEIR_ONE_ONE || (rule == WEIR_BUS_252 && !s->deal->calendar))
		weir_diag_error(&s->call, UNSUPPORTED, (weir_place){ 0 },
		                "\"%s\" does not count the years to a payment here; use ACT/365F, ACT/360 or ACT/ACT "
		                "ISDA",
		                r->day_count);
	p->pricing.compounding = (weir_compounding)compounding;
	p->pricing.day_count = (weir_day_count)rule;
	return weir_session_judge(s);
}

static void read_price(price_study *p, const char *text)
{
	weir_decimal decimal;
	if (weir_decimal_parse(text, strlen(text), &decimal) != WEIR_PARSE_OK || decimal.units <= 0)
		weir_diag_error(&p->s->call, BAD_VALUE, (weir_place){ 0 },
		                "\"%s\" is no price; write it per 100 of what is outstanding, such as 101.25", text);
	else
		p->pricing.clean = weir_decimal_double(decimal);
}

static void read_rate(price_study *p, const char *text, const char *what, double *out)
{
	if (weir_rate_parse(text, strlen(text), out) != WEIR_PARSE_OK)
		weir_diag_error(&p->s->call, BAD_VALUE, (weir_place){ 0 },
		                "\"%s\" is no %s; write it with its unit, such as 4%% or 385bp", text, what);
}

/* A price per 100, a yield or a spread; at most one of them. */
static weir_status read_worth(price_study *p)
{
	weir_session *s = p->s;
	const weir_price_request *r = p->request;
	int given = !!r->price + !!r->yield + !!r->spread + !!r->spreads;
	p->pricing.clean = p->pricing.yield = p->pricing.spread = NAN;
	if (r->price && r->yield && given == 2)
		weir_diag_error(&s->call, BAD_VALUE, (weir_place){ 0 },
		                "a price and a yield together leave nothing to find; give one of them");
	else if (given > 1)
		weir_diag_error(&s->call, BAD_VALUE, (weir_place){ 0 },
		                "a price, a yield, a spread and spreads by grade each say what a class is worth; give "
		                "one of them");
	if ((r->spread || r->spreads) && !r->curve)
		weir_diag_error(&s->call, BAD_VALUE, (weir_place){ 0 },
		                "a spread needs the curve that it is over; add --curve ID, or --curve FILE#ID");
	if (r->price)
		read_price(p, r->price);
	if (r->spread)
		read_rate(p, r->spread, "spread", &p->pricing.spread);
	if (r->yield)
		read_rate(p, r->yield, "yield", &p->pricing.yield);
	int times = weir_compounding_times(p->pricing.compounding);
	if (times > 0 && p->pricing.yield <= -times)
		weir_diag_error(&s->call, OUT_OF_RANGE, (weir_place){ 0 },
		                "at a yield of \"%s\" nothing has a price; give one above -%d%%",
		                r->yield, times * 100);
	return weir_session_judge(s);
}

/* Says that market data is an assumption, with what its file says about it. */
static void disclose(price_study *p, const weir_node *node, const char *what, const char *what_zh,
                     weir_trust_label label, const char *source, const char *source_zh)
{
	if (label != WEIR_LABEL_ASSUMPTION)
		return;
	if (!source_zh && weir_has_chinese(source))
		source_zh = source;
	weir_diag_disclosure(&p->s->call, ASSUMPTION, node->place, "the %s%.0s \"%s\"%.0s is an assumption%s%s%.0s%.0s",
	                     "%1$.0s%2$s“%4$s”%3$.0s属假设，并非市场数据%5$.0s%6$.0s%7$s%8$s", what, what_zh, node->id,
	                     weir_node_name(node, 1), source ? ": " : "", source ? source : "", source_zh ? "：" : "",
	                     source_zh ? source_zh : "");
}

static weir_status read_market(price_study *p)
{
	weir_session *s = p->s;
	const weir_price_request *r = p->request;
	char curve_date[11], settled[11];
	weir_status status = WEIR_OK;
	if (r->curve)
		WEIR_TRY(weir_session_find_curve(s, r->curve, &p->pricing.curve));
	if (r->spreads)
		WEIR_TRY(weir_session_find_spreads(s, r->spreads, &p->pricing.spreads));
	if (p->pricing.curve)
		disclose(p, &p->pricing.curve->node, "curve", "收益率曲线", p->pricing.curve->label,
		         p->pricing.curve->source, p->pricing.curve->source_zh);
	if (p->pricing.spreads)
		disclose(p, &p->pricing.spreads->node, "list of spreads", "利差表", p->pricing.spreads->label,
		         p->pricing.spreads->source, p->pricing.spreads->source_zh);
	if (p->pricing.curve && settlement_of(p) < p->pricing.curve->date) {
		weir_diag_error(&s->call, OUT_OF_RANGE, (weir_place){ 0 },
		                "the curve \"%s\" is of %s, after the settlement on %s; give an older curve, or "
		                "--settle a later date",
		                r->curve, weir_date_format(p->pricing.curve->date, curve_date),
		                weir_date_format(settlement_of(p), settled));
		status = WEIR_INPUT;
	}
out:
	return status;
}

/* FROM:TO:STEP of clean prices, as whole steps of 1e-9. */
static weir_status read_prices(price_study *p)
{
	weir_decimal parts[3];
	weir_session *s = p->s;
	const char *text = p->request->prices;
	int good = 1;
	double values[3];
	for (int i = 0; text && i < 3 && good; i++) {
		const char *colon = strchr(text, ':');
		size_t length = colon ? (size_t)(colon - text) : strlen(text);
		good = (i < 2) == (colon != NULL) && weir_decimal_parse(text, length, &parts[i]) == WEIR_PARSE_OK &&
		       parts[i].units > 0;
		values[i] = good ? weir_decimal_double(parts[i]) : 0;
		text += length + (i < 2);
	}
	if (!p->request->prices)
		return WEIR_OK;
	if (!good || values[0] > values[1]) {
		weir_diag_error(&s->call, BAD_VALUE, (weir_place){ 0 },
		                "\"%s\" is no row of prices; write FROM:TO:STEP, such as 98:102:0.5",
		                p->request->prices);
		return WEIR_INPUT;
	}
	double count = floor((values[1] - values[0]) / values[2] + 1e-9) + 1;
	if (count > MOST_PRICES) {
		weir_diag_error(&s->call, OUT_OF_RANGE, (weir_place){ 0 },
		                "\"%s\" makes more than %d prices; give a larger step",
		                p->request->prices, MOST_PRICES);
		return WEIR_INPUT;
	}
	double *prices = weir_arena_array(s->arena, (size_t)count, sizeof *prices);
	if (!prices)
		return WEIR_NO_MEMORY;
	for (int i = 0; i < (int)count; i++)
		prices[i] = nearbyint((values[0] + i * values[2]) * 1e9) / 1e9;
	p->tables.prices = prices;
	p->tables.price_count = (int)count;
	return WEIR_OK;
}

static weir_status price_case(price_study *p, const char *scenario)
{
	weir_case one;
	weir_price_run beside = { 0 };
	weir_session *s = p->s;
	const weir_price_request *r = p->request;
	weir_status status = weir_case_run(&one, s, scenario, r->sets, r->set_count);
	if (status != WEIR_OK)
		return status;
	p->tables.scenario = one.scenario ? one.scenario->node.id : "base";
	WEIR_TRY(weir_price_lanes_run(&beside, s, &one, p->pricing.curve != NULL, settlement_of(p)));
	for (int i = 0; i < s->deal->class_count; i++) {
		if (p->class_number >= 0 && p->class_number != i)
			continue;
		WEIR_TRY(weir_fill_price(&p->tables, &one.outcome, i, &p->pricing, &beside.lanes));
		weir_text_printf(&s->summary, "%sclass %s, scenario %s\n", s->summary.length ? "\n" : "",
		                 s->deal->classes[i].node.id, p->tables.scenario);
		weir_table_write_record(p->tables.price, p->tables.price->row_count - 1, s->deal->currency_digits,
		                        &s->summary);
	}
out:
	weir_price_lanes_free(&beside);
	weir_case_free(&one);
	return status;
}

static weir_status add_tables(price_study *p)
{
	weir_status status;
	weir_price_tables *t = &p->tables;
	WEIR_TRY(weir_session_new_results(p->s, NULL, &t->results));
	WEIR_TRY(weir_results_add_standard(&t->price, t->results, WEIR_TABLE_price));
	if (p->request->prices)
		WEIR_TRY(weir_results_add_standard(&t->price_yield, t->results, WEIR_TABLE_price_yield));
	if (p->pricing.curve)
		WEIR_TRY(weir_results_add_standard(&t->key_rates, t->results, WEIR_TABLE_key_rates));
	WEIR_TRY(weir_results_add_standard(&t->forward_balances, t->results, WEIR_TABLE_forward_balances));
out:
	return status;
}

/* A table side by side behind the classes' records. */
static void show_table(const price_study *p, const weir_table *table)
{
	weir_text *to = &p->s->summary;
	if (!table || table->row_count == 0)
		return;
	weir_text_printf(to, "\n%s\n", table->en);
	weir_table_write_text(table, p->s->deal->currency_digits, SHOWN_ROWS, to);
}

static weir_status price_all(price_study *p)
{
	weir_status status;
	weir_session *s = p->s;
	WEIR_TRY(add_tables(p));
	weir_text_free(&s->summary);
	if (p->request->scenario_count == 0)
		WEIR_TRY(price_case(p, NULL));
	for (size_t i = 0; i < p->request->scenario_count; i++)
		WEIR_TRY(price_case(p, p->request->scenarios[i]));
	show_table(p, p->tables.price_yield);
	show_table(p, p->tables.key_rates);
	status = weir_text_status(&s->summary);
out:
	return status;
}

int weir_session_price(weir_session *s, const weir_price_request *request)
{
	weir_status status;
	price_study study = { .s = s, .request = request };
	WEIR_TRY(weir_session_begin(s));
	WEIR_TRY(weir_session_parse_class(s, request->class_id, &study.class_number));
	WEIR_TRY(read_settlement(&study));
	WEIR_TRY(read_rules(&study));
	WEIR_TRY(read_worth(&study));
	WEIR_TRY(read_prices(&study));
	WEIR_TRY(read_market(&study));
	WEIR_TRY(price_all(&study));
	status = weir_session_keep(s, study.tables.results);
	study.tables.results = NULL;
out:
	weir_results_destroy(study.tables.results);
	return weir_session_end(s, status);
}
