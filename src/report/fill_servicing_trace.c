/* SPDX-License-Identifier: GPL-3.0-or-later */
/* fill_servicing_trace.c: the payment trace as holders read it: what came in beside what was paid, to whom, for what. */
#include <string.h>

#include "report/fill_servicing.h"

#define COL WEIR_FILL_COL

/* What a row of `trace` is about, by the id of its payee. */
typedef struct subject {
	const weir_node *node; /* NULL: none of the deal's things */
	const weir_fee *fee;
	int party;             /* who gets it; -1: the documents name nobody */
	int is_class;
} subject;

static int is_id(const weir_node *node, const char *id)
{
	return node->id && strcmp(node->id, id) == 0;
}

static subject subject_of(const weir_deal *deal, const char *id)
{
	for (int i = 0; i < deal->fee_count; i++)
		if (is_id(&deal->fees[i].node, id))
			return (subject){ &deal->fees[i].node, &deal->fees[i], deal->fees[i].payee, 0 };
	for (int i = 0; i < deal->class_count; i++)
		if (is_id(&deal->classes[i].node, id))
			return (subject){ &deal->classes[i].node, NULL, -1, 1 };
	for (int i = 0; i < deal->support_count; i++)
		if (is_id(&deal->supports[i].node, id))
			return (subject){ &deal->supports[i].node, NULL, deal->supports[i].party, 0 };
	for (int i = 0; i < deal->cover_count; i++)
		if (is_id(&deal->covers[i].node, id))
			return (subject){ .node = &deal->covers[i].node, .party = -1 };
	for (int i = 0; i < deal->call_count; i++)
		if (is_id(&deal->calls[i].node, id))
			return (subject){ .node = &deal->calls[i].node, .party = deal->calls[i].party };
	for (int i = 0; i < deal->revolving_count; i++)
		if (is_id(&deal->revolvings[i].node, id))
			return (subject){ .node = &deal->revolvings[i].node, .party = -1 };
	return (subject){ .party = -1 };
}

static int is(const weir_cell *cell, const char *word)
{
	return strcmp(weir_cell_word(cell), word) == 0;
}

static weir_cell holders_of(weir_serviced *s, const weir_node *class)
{
	weir_text en = { 0 }, zh = { 0 };
	weir_text_printf(&en, "Holders of %s", weir_node_name(class, 0));
	weir_text_printf(&zh, "%s持有人", weir_node_name(class, 1));
	return weir_fill_written(&s->f, &en, &zh);
}

/* Who gets what the row pays: empty where the documents do not say. */
static weir_cell payee_of(weir_serviced *s, const subject *about, const weir_cell *trace)
{
	const weir_cell *what = &trace[WEIR_COL_trace_what];
	if (about->party >= 0)
		return weir_fill_node(&s->f, &s->f.deal->parties[about->party].node);
	if (is(what, "tax") || is(what, "surcharge"))
		return weir_fill_word("tax-authority");
	if (about->is_class)
		return holders_of(s, about->node);
	if (about->node || is(what, "costs") || is(what, "purchase-price"))
		return (weir_cell){ 0 };
	return trace[WEIR_COL_trace_payee]; /* an account of the deal's own */
}

/* What the row is for: a fee's own name, "Class A: interest", or the word alone. */
static weir_cell item_of(weir_serviced *s, const subject *about, const weir_cell *trace)
{
	const weir_cell *what = &trace[WEIR_COL_trace_what];
	if (!about->node || is(what, weir_cell_word(&trace[WEIR_COL_trace_payee])))
		return *what;
	if (about->fee && !is(what, "surcharge"))
		return weir_fill_node(&s->f, about->node);
	return weir_fill_joined(s->f.results, about->node, what->key);
}

static void fill_row(weir_serviced *s, weir_cell *row, const weir_cell *trace)
{
	static const struct {
		int to, from;
	} same[] = { { WEIR_COL_trace_report_period, WEIR_COL_trace_period },
		     { WEIR_COL_trace_report_step, WEIR_COL_trace_step },
		     { WEIR_COL_trace_report_clause, WEIR_COL_trace_clause },
		     { WEIR_COL_trace_report_available, WEIR_COL_trace_available },
		     { WEIR_COL_trace_report_left, WEIR_COL_trace_left },
		     { WEIR_COL_trace_report_account, WEIR_COL_trace_source },
		     { WEIR_COL_trace_report_reason, WEIR_COL_trace_reason } };
	static const struct {
		int to, from;
	} paid[] = { { WEIR_COL_trace_report_due, WEIR_COL_trace_due },
		     { WEIR_COL_trace_report_paid, WEIR_COL_trace_paid },
		     { WEIR_COL_trace_report_unpaid, WEIR_COL_trace_unpaid },
		     { WEIR_COL_trace_report_carried, WEIR_COL_trace_carried } };
	subject about = subject_of(s->f.deal, weir_cell_word(&trace[WEIR_COL_trace_payee]));
	for (size_t i = 0; i < sizeof same / sizeof *same; i++)
		row[same[i].to] = trace[same[i].from];
	COL(trace_report, item) = item_of(s, &about, trace);
	if (is(&trace[WEIR_COL_trace_reason], "received")) {
		COL(trace_report, received) = weir_cell_number(0 - trace[WEIR_COL_trace_paid].number);
		COL(trace_report, payee) = trace[WEIR_COL_trace_source];
		return;
	}
	COL(trace_report, payee) = payee_of(s, &about, trace);
	for (size_t i = 0; i < sizeof paid / sizeof *paid; i++)
		row[paid[i].to] = trace[paid[i].from];
}

void weir_servicing_trace(weir_serviced *s)
{
	const weir_table *trace = weir_results_table(s->f.results, "trace");
	weir_table *table = NULL;
	for (size_t r = 0; trace && r < trace->row_count; r++) {
		weir_cell *row = weir_fill_row(&s->f, &table, WEIR_TABLE_trace_report);
		if (!row)
			return;
		fill_row(s, row, weir_table_cell(trace, r, 0));
	}
}
