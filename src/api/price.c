/* SPDX-License-Identifier: GPL-3.0-or-later */
/* price.c: what classes are worth, for a session. */
#include <math.h>
#include <string.h>

#include "api/session.h"
#include "report/table_text.h"

typedef struct price_study {
	weir_session *s;
	const weir_price_request *request;
	weir_pricing pricing;
	int class_number; /* -1: every class */
	weir_results *results;
	weir_table *table;
} price_study;

static weir_status read_settlement(price_study *p)
{
	weir_session *s = p->s;
	const char *text = p->request->settlement;
	const weir_deal *deal = s->deal;
	p->pricing.settlement = WEIR_DATE_NONE;
	if (!text)
		return WEIR_OK;
	weir_date start = deal->opening != WEIR_DATE_NONE ? deal->opening : deal->start;
	weir_date date = weir_date_parse(text, strlen(text));
	p->pricing.settlement = date;
	if (date == WEIR_DATE_NONE)
		weir_diag_error(&s->call, BAD_DATE, (weir_place){ 0 }, "\"%s\" is no date; write it as 2024-06-20", text);
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
		                "\"%s\" is no compounding; use annual, semi-annual, quarterly, monthly, continuous or simple",
		                r->compounding);
	if (rule < 0)
		weir_diag_error(&s->call, BAD_VALUE, (weir_place){ 0 },
		                "\"%s\" is no day count; use ACT/365F, ACT/360, ACT/ACT ISDA, 30/360 US …", r->day_count);
	else if (rule == WEIR_ONE_ONE || (rule == WEIR_BUS_252 && !s->deal->calendar))
		weir_diag_error(&s->call, UNSUPPORTED, (weir_place){ 0 },
		                "\"%s\" does not count the years to a payment here; use ACT/365F, ACT/360 or ACT/ACT ISDA",
		                r->day_count);
	p->pricing.compounding = (weir_compounding)compounding;
	p->pricing.day_count = (weir_day_count)rule;
	return weir_session_judge(s);
}

/* A price per 100, or a yield; at most one of them. */
static weir_status read_worth(price_study *p)
{
	weir_session *s = p->s;
	const weir_price_request *r = p->request;
	weir_decimal decimal;
	p->pricing.clean = p->pricing.yield = NAN;
	if (r->price && r->yield)
		weir_diag_error(&s->call, BAD_VALUE, (weir_place){ 0 },
		                "a price and a yield together leave nothing to find; give one of them");
	if (r->price && (weir_decimal_parse(r->price, strlen(r->price), &decimal) != WEIR_PARSE_OK || decimal.units <= 0))
		weir_diag_error(&s->call, BAD_VALUE, (weir_place){ 0 },
		                "\"%s\" is no price; write it per 100 of what is outstanding, such as 101.25", r->price);
	else if (r->price)
		p->pricing.clean = weir_decimal_double(decimal);
	if (r->yield && weir_rate_parse(r->yield, strlen(r->yield), &p->pricing.yield) != WEIR_PARSE_OK)
		weir_diag_error(&s->call, BAD_VALUE, (weir_place){ 0 },
		                "\"%s\" is no yield; write it with its unit, such as 4%% or 385bp", r->yield);
	else if (r->yield && p->pricing.yield <= -1 && p->pricing.compounding == WEIR_COMPOUND_ANNUAL)
		weir_diag_error(&s->call, OUT_OF_RANGE, (weir_place){ 0 },
		                "at a yield of \"%s\" nothing has a price; give one above -100%%", r->yield);
	return weir_session_judge(s);
}

static weir_status price_case(price_study *p, const char *scenario)
{
	weir_case one;
	weir_session *s = p->s;
	const weir_price_request *r = p->request;
	weir_status status = weir_case_run(&one, s, scenario, r->sets, r->set_count);
	if (status != WEIR_OK)
		return status;
	const char *id = one.scenario ? one.scenario->node.id : "base";
	for (int i = 0; i < s->deal->class_count; i++) {
		weir_cell *row;
		if (p->class_number >= 0 && p->class_number != i)
			continue;
		status = weir_fill_measure_row(&row, p->results, p->table, &one.outcome, i, &p->pricing);
		if (status != WEIR_OK)
			break;
		row[WEIR_COL_price_scenario] = weir_cell_text(id, id);
		weir_text_printf(&s->summary, "%sclass %s, scenario %s\n", s->summary.length ? "\n" : "",
		                 s->deal->classes[i].node.id, id);
		weir_table_write_record(p->table, p->table->row_count - 1, s->deal->currency_digits, &s->summary);
	}
	weir_case_free(&one);
	return status;
}

static weir_status price_all(price_study *p)
{
	weir_status status;
	weir_session *s = p->s;
	WEIR_TRY(weir_session_new_results(s, NULL, &p->results));
	WEIR_TRY(weir_results_add_standard(&p->table, p->results, WEIR_TABLE_price));
	weir_text_free(&s->summary);
	if (p->request->scenario_count == 0)
		WEIR_TRY(price_case(p, NULL));
	for (size_t i = 0; i < p->request->scenario_count; i++)
		WEIR_TRY(price_case(p, p->request->scenarios[i]));
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
	WEIR_TRY(price_all(&study));
	status = weir_session_keep(s, study.results);
	study.results = NULL;
out:
	weir_results_destroy(study.results);
	return weir_session_end(s, status);
}
