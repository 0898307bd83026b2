/* SPDX-License-Identifier: GPL-3.0-or-later */
/* why.c: a payment explained from the trace: step, clause, formula with numbers, and what bound it; why support was
 * called and which event chose the waterfall. */
#include <stdio.h>
#include <string.h>

#include "api/session.h"
#include "api/why.h"
#include "pool/actuals.h"

/* The period that pays on a date, unadjusted or adjusted; 0 when none does. */
static int find_period(const weir_session *s, weir_date date)
{
	for (int k = s->periods.first > 1 ? s->periods.first : 1; k < s->periods.count; k++)
		if (s->periods.items[k].payment == date || s->periods.items[k].adjusted == date)
			return k;
	return 0;
}

static const char *amount(const weir_session *s, double cents, char *buffer)
{
	weir_cents_format_grouped(cents, s->deal->currency_digits, buffer);
	return buffer;
}

static const char *reason_words(const char *reason)
{
	static const struct {
		const char *key, *words;
	} reasons[] = {
		{ "paid-in-full", "paid in full" },
		{ "short-of-cash", "short of cash: the account held less than was due" },
		{ "capped", "capped by the step's limit" },
		{ "condition-false", "not paid: the step's condition did not hold" },
		{ "not-yet", "not yet: cash is kept until the condition before this step holds" },
		{ "nothing-due", "nothing was due" },
		{ "as-available", "pass-through or residual: paid what was available" },
	};
	for (size_t i = 0; i < sizeof reasons / sizeof *reasons; i++)
		if (strcmp(reasons[i].key, reason) == 0)
			return reasons[i].words;
	return reason;
}

static void explain_row(const weir_session *s, const weir_case *one, const weir_trace_row *row, weir_text *to)
{
	char a[WEIR_CENTS_TEXT], b[WEIR_CENTS_TEXT], c[WEIR_CENTS_TEXT], d[WEIR_CENTS_TEXT], e[WEIR_CENTS_TEXT];
	weir_text formulas = { 0 };
	weir_text_printf(to, "\n%s of %s\n", row->what, row->payee);
	weir_text_printf(to, "  step      %s of waterfall \"%s\"", row->step, row->waterfall);
	if (row->clause)
		weir_text_printf(to, ", clause %s", row->clause);
	weir_text_printf(to, "\n  from      %s\n", weir_run_source(s->plan, row->account)->id);
	weir_text_printf(to, "  due       %s\n  available %s\n  paid      %s\n  unpaid    %s, carried forward %s\n",
	                 amount(s, row->due, a), amount(s, row->available, b), amount(s, row->paid, c),
	                 amount(s, row->unpaid, d), amount(s, row->carried, e));
	weir_text_printf(to, "  because   %s\n  numbers\n", reason_words(row->reason));
	weir_run_explain(one->outcome.run, row, &formulas);
	for (const char *line = formulas.data; line && *line;) {
		const char *end = strchr(line, '\n');
		size_t length = end ? (size_t)(end - line) : strlen(line);
		weir_text_add(to, "    ");
		weir_text_append(to, line, length);
		weir_text_add(to, "\n");
		line = end ? end + 1 : NULL;
	}
	to->failed |= formulas.failed;
	weir_text_free(&formulas);
}

/* The steps that took cash from the same account before this row. */
static void list_earlier(const weir_session *s, const weir_trace_row *rows, size_t count, const weir_trace_row *row,
                         weir_text *to)
{
	char a[WEIR_CENTS_TEXT], b[WEIR_CENTS_TEXT];
	int first = 1;
	for (size_t i = 0; i < count && &rows[i] != row; i++)
		if (rows[i].period == row->period && rows[i].account == row->account && rows[i].paid > 0) {
			weir_text_add(to, first ? "  cash went first to\n" : "");
			first = 0;
			weir_text_printf(to, "    step %-5s %-24s %-10s %18s, left %s\n", rows[i].step, rows[i].payee,
			                 rows[i].what, amount(s, rows[i].paid, a), amount(s, rows[i].left, b));
		}
}

/* The class's rows, and the supports and events that acted on it. */
static void explain_class(const weir_session *s, const weir_case *one, const char *class_id, int period, weir_text *to)
{
	size_t count;
	const weir_trace_row *rows = weir_run_trace(one->outcome.run, &count);
	int found = 0;
	for (size_t i = 0; i < count; i++)
		if (rows[i].period == period && strcmp(rows[i].payee, class_id) == 0) {
			explain_row(s, one, &rows[i], to);
			if (rows[i].unpaid > 0 || strcmp(rows[i].reason, "as-available") == 0 ||
			    strcmp(rows[i].reason, "not-yet") == 0)
				list_earlier(s, rows, count, &rows[i], to);
			found = 1;
		}
	if (!found)
		weir_text_add(to, "\nno step of the waterfall that applied pays this class\n");
	weir_why_events(s, one, period, to);
	weir_why_support_of_class(s, one, class_id, period, to);
}

/* What `id` may name. */
typedef struct subject {
	enum { SUBJECT_NONE, SUBJECT_CLASS, SUBJECT_SUPPORT, SUBJECT_COVER, SUBJECT_TRIGGER, SUBJECT_CALL } kind;
	int number;
} subject;

static subject find_subject(const weir_deal *deal, const char *id)
{
	int number = weir_deal_find_class(deal, id);
	if (number >= 0)
		return (subject){ SUBJECT_CLASS, number };
	for (int i = 0; i < deal->support_count; i++)
		if (strcmp(deal->supports[i].node.id, id) == 0)
			return (subject){ SUBJECT_SUPPORT, i };
	for (int i = 0; i < deal->cover_count; i++)
		if (strcmp(deal->covers[i].node.id, id) == 0)
			return (subject){ SUBJECT_COVER, i };
	for (int i = 0; i < deal->trigger_count; i++)
		if (strcmp(deal->triggers[i].node.id, id) == 0)
			return (subject){ SUBJECT_TRIGGER, i };
	for (int i = 0; i < deal->call_count; i++)
		if (strcmp(deal->calls[i].node.id, id) == 0)
			return (subject){ SUBJECT_CALL, i };
	return (subject){ SUBJECT_NONE, -1 };
}

/* "class A, period 3, payment date …": the line that heads every explanation. */
static void head_line(const weir_session *s, const weir_case *one, subject what, const char *id, int period,
                      weir_text *to)
{
	static const char *const kinds[] = { "", "class", "support", "cover", "trigger", "call" };
	const weir_period *p = &s->periods.items[period];
	char date[11], adjusted[11];
	weir_text_printf(to, "%s %s, period %d, payment date %s, paid on %s, scenario %s\n", kinds[what.kind], id,
	                 period, weir_date_format(p->payment, date), weir_date_format(p->adjusted, adjusted),
	                 one->scenario ? one->scenario->node.id : "base");
}

/* Where a file says what was collected: that, and the forecast it stands in place of; behind it, from where the
 * projection goes on. */
static void tell_collected(const weir_session *s, const weir_case *one, int period, weir_text *to)
{
	const weir_pool_actuals *actuals = one->outcome.actuals;
	const weir_period_figures *is = &one->figures.periods[period];
	char a[WEIR_CENTS_TEXT], b[WEIR_CENTS_TEXT];
	if (!actuals)
		return;
	double came = is->pool_principal + is->pool_income + is->pool_recovered;
	const weir_period_figures *was = &one->forecast_figures.periods[period];
	double expected = was->pool_principal + was->pool_income + was->pool_recovered;
	weir_text_printf(to, "collections %s, %s; forecast without actuals %s\n", amount(s, came, a),
	                 weir_actuals_have(actuals, period) ? "actual" : "projected", amount(s, expected, b));
	if (!weir_actuals_have(actuals, period))
		weir_text_printf(to, "projected from the actual state at the end of period %d\n", actuals->last);
}

static void explain(const weir_session *s, const weir_case *one, const char *id, int period, weir_text *to)
{
	subject what = find_subject(s->deal, id);
	head_line(s, one, what, id, period, to);
	tell_collected(s, one, period, to);
	switch (what.kind) {
	case SUBJECT_CLASS:
		explain_class(s, one, id, period, to);
		break;
	case SUBJECT_SUPPORT:
		weir_why_support(s, one, what.number, period, to);
		break;
	case SUBJECT_COVER:
		weir_why_cover(s, one, what.number, period, to);
		break;
	case SUBJECT_TRIGGER:
		weir_why_trigger(s, one, what.number, period, to);
		break;
	case SUBJECT_CALL:
		weir_why_call(s, one, what.number, period, to);
		break;
	case SUBJECT_NONE:
		break;
	}
}

static void add_id(weir_text *to, const char *id)
{
	weir_text_printf(to, "%s%s", to->length ? ", " : "", id);
}

static void complain_subject(weir_session *s, const char *id)
{
	const weir_deal *deal = s->deal;
	weir_text classes = { 0 }, others = { 0 };
	for (int i = 0; i < deal->class_count; i++)
		add_id(&classes, deal->classes[i].node.id);
	for (int i = 0; i < deal->support_count; i++)
		add_id(&others, deal->supports[i].node.id);
	for (int i = 0; i < deal->cover_count; i++)
		add_id(&others, deal->covers[i].node.id);
	for (int i = 0; i < deal->trigger_count; i++)
		add_id(&others, deal->triggers[i].node.id);
	for (int i = 0; i < deal->call_count; i++)
		add_id(&others, deal->calls[i].node.id);
	weir_diag_error(&s->call, UNKNOWN_ID, (weir_place){ 0 },
	                "there is no class \"%s\", and no support or event; the deal has %s%s%s%s", id,
	                classes.data ? classes.data : "none", others.length ? " (support and events: " : "",
	                others.length ? others.data : "", others.length ? ")" : "");
	weir_text_free(&classes);
	weir_text_free(&others);
}

/* Names the payment dates around one on which nothing is paid. */
static void complain_date(weir_session *s, weir_date day, const char *date)
{
	char before[11] = "", after[11] = "";
	for (int k = s->periods.count - 1; k >= (s->periods.first > 1 ? s->periods.first : 1); k--) {
		if (s->periods.items[k].payment > day)
			weir_date_format(s->periods.items[k].payment, after);
		else if (!*before)
			weir_date_format(s->periods.items[k].payment, before);
	}
	weir_diag_error(&s->call, SCHEDULE, (weir_place){ 0 },
	                "the deal pays nothing on %s; give a payment date: %s%s%s", date, before,
	                *before && *after ? " or " : "", after);
}

int weir_session_why(weir_session *s, const char *id, const char *date, const char *scenario,
                     const char *const *sets, size_t set_count, char **text)
{
	weir_status status;
	weir_case one = { 0 };
	weir_text out = { 0 };
	int period = 0;
	*text = NULL;
	WEIR_TRY(weir_session_begin(s));
	weir_date day = weir_date_parse(date, strlen(date));
	if (find_subject(s->deal, id).kind == SUBJECT_NONE)
		complain_subject(s, id);
	if (day == WEIR_DATE_NONE)
		weir_diag_error(&s->call, BAD_DATE, (weir_place){ 0 }, "\"%s\" is no date; write it as 2024-06-20",
		                date);
	else if ((period = find_period(s, day)) == 0)
		complain_date(s, day, date);
	WEIR_TRY(weir_session_judge(s));
	WEIR_TRY(weir_case_run(&one, s, scenario, sets, set_count));
	explain(s, &one, id, period, &out);
	WEIR_TRY(weir_text_status(&out));
	*text = out.data;
	out = (weir_text){ 0 };
out:
	weir_text_free(&out);
	weir_case_free(&one);
	return weir_session_end(s, status);
}
