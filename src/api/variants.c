/* SPDX-License-Identifier: GPL-3.0-or-later */
/* variants.c: the other readings of a deal: checked, and run beside the deal as written. */
#include <math.h>
#include <string.h>

#include "api/session.h"
#include "base/alloc.h"

size_t weir_session_variant_count(const weir_session *s)
{
	return s->deal ? (size_t)s->deal->variant_count : 0;
}

const char *weir_session_variant(const weir_session *s, size_t number)
{
	return number < weir_session_variant_count(s) ? s->deal->variants[number].node.id : NULL;
}

/* --- messages of one session in another ------------------------------------------------------------------------- */

/* The place in this session's sources; a file that it has not read itself is added to them. */
static weir_status translate(weir_session *s, const weir_session *other, weir_place *place)
{
	const weir_source *source = weir_sources_get(&other->sources, *place);
	for (size_t i = 0; source && i < s->sources.count; i++)
		if (strcmp(s->sources.items[i].name, source->name) == 0) {
			place->source = (uint32_t)i + 1;
			return WEIR_OK;
		}
	if (!source)
		return WEIR_OK;
	char *text = weir_alloc(source->size + 1);
	if (!text)
		return WEIR_NO_MEMORY;
	memcpy(text, source->text, source->size);
	text[source->size] = '\0';
	weir_status status = weir_sources_add(&s->sources, source->name, text, source->size, &place->source);
	if (status != WEIR_OK)
		weir_free(text);
	return status;
}

static int is_said_in(const weir_diags *said, const weir_diag *diag, weir_place place)
{
	for (size_t i = 0; i < said->count; i++) {
		const weir_diag *old = &said->items[i];
		if (old->code == diag->code && old->place.source == place.source && old->place.offset == place.offset &&
		    strncmp(old->text, diag->text, strlen(diag->text)) == 0)
			return 1;
	}
	return 0;
}

static int lies_in(weir_place place, weir_place whole)
{
	return place.source && place.source == whole.source && place.offset >= whole.offset &&
	       place.offset < whole.offset + whole.length;
}

static void repeat(weir_diags *to, const weir_diag *diag, weir_place place, const char *suffix, const char *suffix_zh)
{
	if (diag->zh)
		weir_diag_add_both(to, diag->severity, diag->code, place, "%s%s%.0s%.0s", "%.0s%.0s%s%s", diag->text,
		                   suffix ? suffix : "", diag->zh, suffix_zh ? suffix_zh : "");
	else
		weir_diag_add(to, diag->severity, diag->code, place, "%s%s", diag->text, suffix ? suffix : "");
}

static weir_status quote_list(weir_session *s, const weir_session *other, const weir_diags *list, const char *suffix,
                              const char *suffix_zh)
{
	for (size_t i = 0; i < list->count; i++) {
		const weir_diag *diag = &list->items[i];
		weir_place place = diag->place;
		if (diag->severity == WEIR_DISCLOSURE)
			continue;
		int inside = other->deal && lies_in(place, other->deal->variant_place);
		weir_status status = translate(s, other, &place);
		if (status != WEIR_OK)
			return status;
		if (!is_said_in(&s->diags, diag, place) && !is_said_in(&s->said, diag, place) &&
		    !is_said_in(&s->call, diag, place))
			repeat(&s->call, diag, place, inside ? NULL : suffix, inside ? NULL : suffix_zh);
	}
	return WEIR_OK;
}

weir_status weir_session_quote(weir_session *s, const weir_session *other, int opening, const char *suffix,
                               const char *suffix_zh)
{
	weir_status status = opening ? quote_list(s, other, &other->diags, suffix, suffix_zh) : WEIR_OK;
	return status == WEIR_OK ? quote_list(s, other, &other->said, suffix, suffix_zh) : status;
}

static weir_status quote_variant(weir_session *s, const weir_session *other, const char *id)
{
	weir_text suffix = { 0 }, suffix_zh = { 0 };
	weir_text_printf(&suffix, " (in the variant \"%s\")", id);
	weir_text_printf(&suffix_zh, "（见解读“%s”）", id);
	weir_status status = suffix.failed || suffix_zh.failed ? WEIR_NO_MEMORY : WEIR_OK;
	if (status == WEIR_OK)
		status = weir_session_quote(s, other, 1, suffix.data, suffix_zh.data);
	weir_text_free(&suffix);
	weir_text_free(&suffix_zh);
	return status;
}

/* Opens a variant of the session's deal with what the session was opened with; what is wrong with it goes to the
 * request's messages, and WEIR_INPUT says so. */
static weir_status open_variant(weir_session *s, const char *id, weir_session **out)
{
	weir_inputs inputs = s->given;
	inputs.variant = id;
	int failed = weir_session_open_all(out, s->path, &inputs, s->sources.share);
	if (!*out)
		return WEIR_NO_MEMORY;
	weir_status status = quote_variant(s, *out, id);
	if (status != WEIR_OK)
		return status;
	return failed == WEIR_EXIT_DONE ? WEIR_OK : failed == WEIR_EXIT_IO ? WEIR_IO : WEIR_INPUT;
}

int weir_session_check_variants(weir_session *s)
{
	weir_status status = WEIR_OK;
	weir_session_begin(s); /* a deal with errors has variants with others */
	for (size_t i = 0; i < weir_session_variant_count(s) && (status == WEIR_OK || status == WEIR_INPUT); i++) {
		weir_session *other = NULL;
		weir_status one = open_variant(s, weir_session_variant(s, i), &other);
		status = one != WEIR_OK ? one : status;
		weir_session_close(other);
	}
	weir_diags_sort(&s->call);
	return weir_session_end(s, status);
}

/* --- all readings, run ------------------------------------------------------------------------------------------ */

typedef struct variants_study {
	weir_session *s;
	const weir_variants_request *request;
	weir_session **readings; /* [variant_count]; NULL until opened */
	size_t count;
	const char *scenario;    /* of the runs at hand; NULL: the base case */
	weir_case written;       /* the deal as written */
	weir_results *results;
	weir_table *table;
} variants_study;

weir_side weir_case_side(const weir_case *one)
{
	return (weir_side){ one->outcome.plan, one->outcome.run, one->outcome.rows, &one->figures };
}

/* A text that outlives the reading it comes from; "" when memory is short, which the results' next row notices. */
static const char *kept(const variants_study *v, const char *text)
{
	const char *copy = weir_arena_text(v->results->arena, text, strlen(text));
	return copy ? copy : "";
}

/* Who gets money, in the words of the table: a class, or taxes and fees. */
static weir_cell payee_cell(const variants_study *v, const weir_deal *deal, int payee)
{
	if (payee == WEIR_SIDE_CHARGES)
		return weir_cell_key("taxes-and-fees", "Taxes and fees", "税费");
	const weir_node *node = &deal->classes[payee].node;
	return weir_cell_key(kept(v, node->id), kept(v, weir_node_name(node, 0)), kept(v, weir_node_name(node, 1)));
}

/* A row of the table; `shift` NULL: the deal as written. `one` NULL: of a class that the reading does not have. */
static weir_status add_row(variants_study *v, const weir_case *one, const weir_deal_variant *variant, int payee,
                           const weir_side_shift *shift)
{
	weir_side side = weir_case_side(one ? one : &v->written);
	weir_cell *row = weir_table_add_row(v->results, v->table);
	if (!row)
		return WEIR_NO_MEMORY;
	row[WEIR_COL_variants_scenario] = weir_session_scenario_cell(v->written.scenario);
	row[WEIR_COL_variants_variant] = weir_cell_key("as-written", "As written", "文件原文");
	if (variant)
		row[WEIR_COL_variants_variant] = weir_cell_key(variant->node.id, weir_node_name(&variant->node, 0),
		                                               weir_node_name(&variant->node, 1));
	if (variant && variant->node.clause)
		row[WEIR_COL_variants_clause] = weir_cell_text(variant->node.clause, variant->node.clause);
	row[WEIR_COL_variants_class] = payee_cell(v, weir_plan_deal(side.plan), payee);
	if (!one) {
		row[WEIR_COL_variants_paid] = weir_cell_number(0);
	} else if (payee == WEIR_SIDE_CHARGES) {
		row[WEIR_COL_variants_paid] = weir_cell_number(weir_side_charges(&side));
	} else {
		weir_side_class k;
		weir_side_class_read(&k, &side, payee);
		row[WEIR_COL_variants_interest] = weir_cell_number(k.interest);
		row[WEIR_COL_variants_principal] = weir_cell_number(k.principal);
		row[WEIR_COL_variants_rest] = weir_cell_number(k.rest);
		row[WEIR_COL_variants_paid] = weir_cell_number(k.paid);
		row[WEIR_COL_variants_wal] = weir_cell_number(k.wal_years);
		row[WEIR_COL_variants_yield] = weir_cell_number(k.yield);
		row[WEIR_COL_variants_missed] = weir_cell_number(k.missed);
		row[WEIR_COL_variants_unpaid] = weir_cell_number(k.unpaid);
	}
	if (shift) {
		row[WEIR_COL_variants_difference] = weir_cell_number(shift->in_all);
		row[WEIR_COL_variants_moved] = weir_cell_number(shift->most);
		row[WEIR_COL_variants_from] = weir_cell_number(shift->first == WEIR_DATE_NONE ? NAN : shift->first);
	}
	return WEIR_OK;
}

/* "+1,234.56". */
static void write_difference(const variants_study *v, double cents, weir_text *to)
{
	char amount[WEIR_CENTS_TEXT];
	weir_cents_format_grouped(fabs(cents), v->s->deal->currency_digits, amount);
	weir_text_printf(to, "%s%s", cents < 0 ? "-" : "+", amount);
}

/* "    A: +0.00 in all; -12,345.67 by 2024-06-26, from 2023-09-26 on". */
static void tell_shift(variants_study *v, const weir_deal *deal, int payee, const weir_side_shift *shift)
{
	weir_text *to = &v->s->summary;
	char date[11];
	if (shift->first == WEIR_DATE_NONE)
		return;
	weir_text_printf(to, "    %s: ", payee == WEIR_SIDE_CHARGES ? "taxes and fees" : deal->classes[payee].node.id);
	write_difference(v, shift->in_all, to);
	weir_text_add(to, " in all");
	if (shift->most != shift->in_all) {
		weir_text_add(to, "; ");
		write_difference(v, shift->most, to);
		weir_text_printf(to, " by %s", weir_date_format(shift->most_date, date));
	}
	weir_text_printf(to, "; first on %s\n", weir_date_format(shift->first, date));
}

/* One class of a reading, or its taxes and fees, against the deal as written. */
static weir_status compare_payee(variants_study *v, const weir_case *one, const weir_deal_variant *variant, int payee,
                                 int *differs)
{
	const weir_deal *deal = weir_plan_deal(one->outcome.plan);
	weir_side from = weir_case_side(&v->written), to = weir_case_side(one);
	weir_side_shift shift;
	int counterpart = payee;
	if (payee >= 0) {
		counterpart = weir_deal_find_class(v->s->deal, deal->classes[payee].node.id);
		counterpart = counterpart < 0 ? WEIR_SIDE_NOBODY : counterpart;
	}
	weir_side_shift_find(&shift, &from, counterpart, &to, payee);
	*differs |= shift.first != WEIR_DATE_NONE;
	tell_shift(v, deal, payee, &shift);
	return add_row(v, one, variant, payee, &shift);
}

/* A class of the deal as written that the reading does not have loses all it got. */
static weir_status compare_gone(variants_study *v, const weir_case *one, const weir_deal_variant *variant, int number,
                                int *differs)
{
	weir_side from = weir_case_side(&v->written), to = weir_case_side(one);
	weir_side_shift shift;
	if (weir_deal_find_class(weir_plan_deal(one->outcome.plan), v->s->deal->classes[number].node.id) >= 0)
		return WEIR_OK;
	weir_side_shift_find(&shift, &from, number, &to, WEIR_SIDE_NOBODY);
	*differs |= shift.first != WEIR_DATE_NONE;
	tell_shift(v, v->s->deal, number, &shift);
	return add_row(v, NULL, variant, number, &shift);
}

static weir_status compare_reading(variants_study *v, const weir_case *one, const weir_deal_variant *variant)
{
	weir_text *to = &v->s->summary;
	const char *clause = variant->node.clause;
	int differs = 0, classes = weir_plan_deal(one->outcome.plan)->class_count;
	weir_status status = WEIR_OK;
	weir_text_printf(to, "  %s%s%s%s: %s\n", variant->node.id, clause ? " (clause " : "", clause ? clause : "",
	                 clause ? ")" : "", weir_node_name(&variant->node, 0));
	for (int i = 0; i < classes && status == WEIR_OK; i++)
		status = compare_payee(v, one, variant, i, &differs);
	for (int i = 0; i < v->s->deal->class_count && status == WEIR_OK; i++)
		status = compare_gone(v, one, variant, i, &differs);
	if (status == WEIR_OK)
		status = compare_payee(v, one, variant, WEIR_SIDE_CHARGES, &differs);
	if (!differs)
		weir_text_add(to, "    the same payments on every date\n");
	return status;
}

static weir_status run_reading(variants_study *v, size_t number)
{
	weir_case one = { 0 };
	weir_session *other = v->readings[number];
	weir_status status;
	WEIR_TRY(weir_session_begin(other));
	WEIR_TRY(weir_case_run(&one, other, v->scenario, v->request->sets, v->request->set_count));
	WEIR_TRY(compare_reading(v, &one, &v->s->deal->variants[number]));
out:
	weir_case_free(&one);
	weir_session_end(other, status);
	if (status == WEIR_INPUT) {
		weir_status quoted = quote_variant(v->s, other, weir_session_variant(v->s, number));
		status = quoted == WEIR_OK ? status : quoted;
	}
	return status;
}

static weir_status run_scenario(variants_study *v)
{
	weir_session *s = v->s;
	weir_status status;
	WEIR_TRY(weir_case_run(&v->written, s, v->scenario, v->request->sets, v->request->set_count));
	weir_text_printf(&s->summary, "scenario %s, against the deal as written\n",
	                 v->written.scenario ? v->written.scenario->node.id : "base");
	for (int i = 0; i < s->deal->class_count; i++)
		WEIR_TRY(add_row(v, &v->written, NULL, i, NULL));
	WEIR_TRY(add_row(v, &v->written, NULL, WEIR_SIDE_CHARGES, NULL));
	for (size_t i = 0; i < v->count; i++)
		WEIR_TRY(run_reading(v, i));
out:
	weir_case_free(&v->written);
	return status;
}

static weir_status open_readings(variants_study *v)
{
	weir_session *s = v->s;
	size_t count = weir_session_variant_count(s);
	weir_status status = WEIR_OK;
	if (count == 0) {
		weir_diag_error(&s->call, MISSING_ELEMENT, (weir_place){ 0 },
		                "the deal has no variants; write other readings of its clauses into <variants>");
		return WEIR_INPUT;
	}
	v->readings = weir_alloc_zero(count, sizeof(weir_session *));
	if (!v->readings)
		return WEIR_NO_MEMORY;
	for (; v->count < count && (status == WEIR_OK || status == WEIR_INPUT); v->count++) {
		weir_status one = open_variant(s, weir_session_variant(s, v->count), &v->readings[v->count]);
		status = one != WEIR_OK ? one : status;
	}
	return status;
}

static weir_status run_scenarios(variants_study *v)
{
	weir_status status;
	const weir_variants_request *r = v->request;
	WEIR_TRY(weir_session_new_results(v->s, NULL, &v->results));
	WEIR_TRY(weir_results_add_standard(&v->table, v->results, WEIR_TABLE_variants));
	weir_text_free(&v->s->summary);
	if (r->scenario_count == 0)
		WEIR_TRY(run_scenario(v));
	for (size_t i = 0; i < r->scenario_count; i++) {
		v->scenario = r->scenarios[i];
		WEIR_TRY(run_scenario(v));
	}
	status = weir_text_status(&v->s->summary);
out:
	return status;
}

int weir_session_variants(weir_session *s, const weir_variants_request *request)
{
	weir_status status;
	variants_study study = { .s = s, .request = request };
	WEIR_TRY(weir_session_begin(s));
	WEIR_TRY(open_readings(&study));
	WEIR_TRY(run_scenarios(&study));
	status = weir_session_keep(s, study.results);
	study.results = NULL;
out:
	weir_results_destroy(study.results);
	for (size_t i = 0; i < study.count; i++)
		weir_session_close(study.readings[i]);
	weir_free(study.readings);
	return weir_session_end(s, status);
}
