/* SPDX-License-Identifier: GPL-3.0-or-later */
/* attribution.c: how much of a stressed result each shock makes, for a session: table attribution. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "api/session.h"
#include "base/text.h"
#include "report/fill.h"
#include "report/fill_places.h"
#include "report/table_text.h"
#include "study/attribution.h"

#define SHOWN_ROWS 200

typedef struct attribution_study {
	weir_session *s;
	const weir_attribution_request *request;
	weir_arena *arena;
	weir_attribution_terms terms;
	weir_metric_list metrics;
	weir_factors factors;
	weir_attribution found;
	weir_results *results;
	weir_table *table;
} attribution_study;

/* --- the request ------------------------------------------------------------------------------------------------ */

static weir_status complain_group(attribution_study *a, const char *group, const char *part, size_t length)
{
	weir_text names = { 0 };
	for (int i = 0; i < a->factors.count; i++)
		weir_text_printf(&names, "%s%s", i ? ", " : "", a->factors.names[i]);
	weir_status status = weir_text_status(&names);
	if (status == WEIR_OK)
		weir_diag_error(&a->s->call, UNKNOWN_NAME, (weir_place){ 0 },
		                "\"%.*s\" in the group \"%s\" names no factor that is left; the factors are %s",
		                (int)length, part,
		                group, names.data);
	weir_text_free(&names);
	return status == WEIR_OK ? WEIR_INPUT : status;
}

static weir_status group_factors(attribution_study *a)
{
	weir_status status = WEIR_OK;
	for (size_t i = 0; i < a->request->group_count && status == WEIR_OK; i++) {
		const char *part = "", *group = a->request->groups[i];
		size_t length = 0;
		status = weir_factors_group(&a->factors, a->arena, group, &part, &length);
		if (status == WEIR_NO)
			status = complain_group(a, group, part, length);
	}
	return status;
}

static weir_status list_factors(attribution_study *a)
{
	weir_status status;
	WEIR_TRY(weir_factors_list(&a->factors, a->arena, a->terms.from, a->terms.to));
	WEIR_TRY(group_factors(a));
	if (a->factors.count == 0)
		weir_diag_error(&a->s->call, NO_EFFECT, (weir_place){ 0 },
		                "the two scenarios say the same, so that there is nothing to attribute; give another "
		                "--scenario or --from");
	if (a->factors.count > WEIR_ATTRIBUTION_MOST)
		weir_diag_error(&a->s->call, OUT_OF_RANGE, (weir_place){ 0 },
		                "the scenario has %d factors, more than the %d whose every set can be run; group some "
		                "that belong together, such as --group default+recovery",
		                a->factors.count, WEIR_ATTRIBUTION_MOST);
	status = weir_session_judge(a->s);
out:
	return status;
}

static weir_status read_request(attribution_study *a)
{
	weir_status status;
	const weir_scenario *from, *to;
	const weir_attribution_request *q = a->request;
	a->terms = (weir_attribution_terms){ .go_on = q->progress, .context = q->context };
	WEIR_TRY(weir_session_find_scenario(a->s, q->from, &from));
	WEIR_TRY(weir_session_find_scenario(a->s, q->scenario, &to));
	WEIR_TRY(weir_session_settle_sets(a->s, a->arena, from, q->sets, q->set_count, &a->terms.from));
	WEIR_TRY(weir_session_settle_sets(a->s, a->arena, to, q->sets, q->set_count, &a->terms.to));
	WEIR_TRY(weir_session_parse_support(a->s, q->support, &a->terms.variant));
	WEIR_TRY(weir_session_list_metrics(a->s, &a->metrics, a->arena, q->metrics, q->metric_count, 0));
	WEIR_TRY(list_factors(a));
	a->terms.factors = &a->factors;
	a->terms.metrics = a->metrics.items;
	a->terms.metric_count = a->metrics.count;
out:
	return status;
}

/* --- the table -------------------------------------------------------------------------------------------------- */

#define COL(column) row[WEIR_COL_attribution_##column]

/* A row with its metric. */
static weir_cell *add_row(attribution_study *a, weir_table *table, int metric)
{
	weir_cell *row = weir_table_add_row(a->results, table);
	if (row)
		COL(metric) = weir_session_text_cell(a->results, weir_metric_text(a->metrics.items[metric]));
	return row;
}

/* The Chinese name of what a factor is about; NULL: it has none. */
static const char *find_chinese(const weir_deal *deal, const char *id, size_t length)
{
	const weir_pool_terms *pool = &deal->pool;
	for (int i = 0; i < pool->contract_count; i++)
		if (pool->contracts[i].id && weir_is_word(id, length, pool->contracts[i].id))
			return pool->contracts[i].zh;
	for (int i = 0; i < pool->obligor_count; i++)
		if (pool->obligors[i].id && weir_is_word(id, length, pool->obligors[i].id))
			return pool->obligors[i].zh;
	for (int i = 0; i < deal->party_count; i++)
		if (weir_is_word(id, length, deal->parties[i].node.id))
			return weir_node_name(&deal->parties[i].node, 1);
	for (int i = 0; i < deal->class_count; i++)
		if (weir_is_word(id, length, deal->classes[i].node.id))
			return weir_node_name(&deal->classes[i].node, 1);
	char word[40]; /* a kind of contract */
	snprintf(word, sizeof word, "%.*s", (int)length, id);
	return length < sizeof word ? weir_fill_word(word).zh : NULL;
}

/* The words of factors: the machine word, the English one and the Chinese one. */
typedef struct factor_word {
	const char *key, *en, *zh;
} factor_word;

static const char *find_word(const factor_word *words, size_t count, const char *text, size_t length, int chinese)
{
	for (size_t i = 0; i < count; i++)
		if (weir_is_word(text, length, words[i].key))
			return chinese ? words[i].zh : words[i].en;
	return NULL;
}

/* The name of an industry or region behind its word. */
static weir_status write_place(weir_text *to, attribution_study *a, int region, const char *text, size_t length,
                               int chinese)
{
	weir_cell cell;
	const char *copy = weir_arena_text(a->results->arena, text, length);
	weir_status status = !copy  ? WEIR_NO_MEMORY :
	                     region ? weir_name_region(&cell, a->results, a->s->deal, copy) :
	                              weir_name_industry(&cell, a->results, a->s->deal, copy);
	if (status == WEIR_OK)
		weir_text_add(to, chinese ? cell.zh : cell.en);
	return status;
}

/* What stands behind a factor's first word: "disposal", "industry X", "largest-3", an id. */
static weir_status write_rest(weir_text *to, attribution_study *a, const char *rest, size_t length, int chinese)
{
	static const factor_word words[] = {
		{ "income", "income", "收入" },         { "principal", "principal", "本金" },
		{ "disposal", "disposal", "处置" },     { "obligor", "obligor: ", "债务人：" },
		{ "contract", "contract: ", "合同：" }, { "kind", "kind: ", "类型：" },
		{ "industry", "industry: ", "行业：" }, { "region", "region: ", "地区：" },
		{ "grade", "grade: ", "内部评级：" },   { "ip", "IP: ", "知识产权：" },
		{ "class", "class: ", "档次：" },       { "senior", "senior classes", "优先级" },
	};
	static const char largest[] = "largest-";
	weir_status status = WEIR_OK;
	const char *end = rest + length;
	weir_text_add(to, chinese ? "（" : " (");
	while (rest < end && status == WEIR_OK) {
		size_t count = 0, left = (size_t)(end - rest);
		while (count < left && rest[count] != ' ')
			count++;
		const char *word = find_word(words, sizeof words / sizeof *words, rest, count, chinese);
		int region = weir_is_word(rest, count, "region"),
		    place = region || weir_is_word(rest, count, "industry");
		if (!word && strncmp(rest, largest, sizeof largest - 1) == 0) {
			weir_text_printf(to, chinese ? "前%.*s大债务人" : "largest %.*s",
			                 (int)(count - sizeof largest + 1), rest + sizeof largest - 1);
		} else if (word) {
			weir_text_add(to, word);
			if (place && count < left) {
				status = write_place(to, a, region, rest + count + 1, left - count - 1, chinese);
				count = left;
			}
		} else {
			word = chinese ? find_chinese(a->s->deal, rest, left) : NULL;
			weir_text_append(to, word ? word : rest, word ? strlen(word) : left);
			count = left;
		}
		rest += count < left ? count + 1 : left;
	}
	weir_text_add(to, chinese ? "）" : ")");
	return status;
}

/* A factor's name in words: of "receipts kind royalty", "default+recovery". */
static weir_status write_factor(weir_text *to, attribution_study *a, const char *name, int chinese)
{
	static const factor_word words[] = {
		{ "default", "default", "违约" },
		{ "recovery", "recovery", "回收率" },
		{ "prepay", "prepayment", "早偿" },
		{ "rate", "rate", "利差" },
		{ "receipts", "receipts", "回款" },
		{ "late", "late", "延迟" },
		{ "decay", "decay", "衰减" },
		{ "valuation", "valuation", "估值" },
		{ "ip-lost", "IP lost", "知识产权失效" },
		{ "coupon", "coupon", "票面利率" },
		{ "fx", "exchange rate", "汇率" },
		{ "set", "set", "参数" },
		{ "supporter-default", "supporter's default", "增信机构违约" },
		{ "servicer-default", "servicer's default", "资产服务机构违约" },
		{ "refinancing-missed", "last receipts late", "末期款项延迟" },
	};
	weir_status status = WEIR_OK;
	for (const char *part = name; *part && status == WEIR_OK;) {
		size_t length = strcspn(part, " +"), all = strcspn(part, "+");
		const char *word = find_word(words, sizeof words / sizeof *words, part, length, chinese);
		weir_text_append(to, word ? word : part, word ? strlen(word) : length);
		if (length < all)
			status = write_rest(to, a, part + length + 1, all - length - 1, chinese);
		part += all;
		if (*part)
			weir_text_append(to, part++, 1);
	}
	return status;
}

static weir_cell factor_cell(attribution_study *a, const char *name)
{
	weir_text english = { 0 }, chinese = { 0 };
	int short_of = write_factor(&english, a, name, 0) != WEIR_OK || write_factor(&chinese, a, name, 1) != WEIR_OK;
	short_of |= english.failed || chinese.failed;
	const char *key = weir_arena_text(a->results->arena, name, strlen(name));
	const char *en = short_of ? NULL : weir_arena_text(a->results->arena, english.data, english.length);
	const char *zh = short_of ? NULL : weir_arena_text(a->results->arena, chinese.data, chinese.length);
	a->results->failed |= !key || !en || !zh;
	weir_text_free(&english);
	weir_text_free(&chinese);
	return weir_cell_key(key, en, zh);
}

static weir_status add_factor(attribution_study *a, weir_table *table, int metric, int factor)
{
	weir_type type = weir_metric_type(a->metrics.items[metric]);
	const weir_part *part = &a->found.parts[metric * a->factors.count + factor];
	double total = a->found.total[metric];
	weir_cell *row = add_row(a, table, metric);
	if (!row)
		return WEIR_NO_MEMORY;
	COL(factor) = factor_cell(a, a->factors.names[factor]);
	COL(alone) = weir_session_change_cell(type, part->alone);
	COL(last) = weir_session_change_cell(type, part->last);
	COL(shapley) = weir_session_change_cell(type, part->shapley);
	COL(share) = weir_cell_number(total != 0 ? part->shapley / total : NAN);
	return WEIR_OK;
}

static weir_status add_sums(attribution_study *a, weir_table *table, int metric)
{
	weir_type type = weir_metric_type(a->metrics.items[metric]);
	weir_cell *row = add_row(a, table, metric);
	if (!row)
		return WEIR_NO_MEMORY;
	COL(factor) = weir_cell_key("interaction", "Interaction", "交互影响");
	COL(alone) = weir_session_change_cell(type, a->found.interaction[metric]);
	row = add_row(a, table, metric);
	if (!row)
		return WEIR_NO_MEMORY;
	COL(factor) = weir_cell_key("total", "Total", "合计");
	COL(from) = weir_session_metric_cell(type, a->found.from[metric]);
	COL(to) = weir_session_metric_cell(type, a->found.to[metric]);
	COL(alone) = COL(shapley) = weir_session_change_cell(type, a->found.total[metric]);
	return WEIR_OK;
}

static weir_status add_metric(attribution_study *a, weir_table *table, int metric)
{
	weir_status status = WEIR_OK;
	for (int i = 0; i < a->factors.count && status == WEIR_OK; i++)
		status = add_factor(a, table, metric, i);
	return status == WEIR_OK ? add_sums(a, table, metric) : status;
}

static int is_change(double change)
{
	return change != 0 && !isnan(change);
}

/* Whether the shocks, or some of them, move a figure or leave it without a value. Of three shocks any two of which
 * break a threshold none does anything alone or last. */
static int is_moved(const attribution_study *a, int metric)
{
	const weir_part *parts = &a->found.parts[metric * a->factors.count];
	if (isnan(a->found.from[metric]) != isnan(a->found.to[metric]) || is_change(a->found.total[metric]))
		return 1;
	for (int i = 0; i < a->factors.count; i++)
		if (is_change(parts[i].alone) || is_change(parts[i].last) || is_change(parts[i].shapley))
			return 1;
	return 0;
}

/* The figures that are moved, with all their rows, then the names of the others. */
static weir_status tell(attribution_study *a)
{
	weir_status status;
	weir_table *moved;
	weir_text still = { 0 }, *to = &a->s->summary;
	WEIR_TRY(weir_results_add_table(&moved, a->results, "attribution_moved", a->table->en, a->table->zh,
	                                a->table->columns, a->table->column_count, 0));
	for (int m = 0; m < a->metrics.count; m++)
		if (is_moved(a, m))
			WEIR_TRY(add_metric(a, moved, m));
		else
			weir_text_printf(&still, "%s%s", still.length ? ", " : "",
			                 weir_metric_text(a->metrics.items[m]));
	weir_text_free(to);
	if (moved->row_count > 0)
		weir_table_write_text(moved, a->s->deal->currency_digits, SHOWN_ROWS, to);
	if (still.length)
		weir_text_printf(to, "moved by nothing: %s\n", still.data);
	status = still.failed ? WEIR_NO_MEMORY : weir_text_status(to);
out:
	weir_text_free(&still);
	return status;
}

static weir_status fill_table(attribution_study *a)
{
	weir_status status;
	WEIR_TRY(weir_session_new_results(a->s, a->terms.to, &a->results));
	WEIR_TRY(weir_results_add_standard(&a->table, a->results, WEIR_TABLE_attribution));
	for (int m = 0; m < a->metrics.count; m++)
		WEIR_TRY(add_metric(a, a->table, m));
	status = tell(a);
out:
	return status;
}

weir_status weir_session_add_attribution(weir_session *s, weir_results *results, weir_arena *arena,
                                         const weir_scenario *from, const weir_scenario *to, const char *const *metrics,
                                         size_t metric_count)
{
	weir_status status;
	attribution_study a = { .s = s, .arena = arena, .terms = { .from = from, .to = to }, .results = results };
	WEIR_TRY(weir_session_list_metrics(s, &a.metrics, arena, metrics, metric_count, 0));
	WEIR_TRY(weir_factors_list(&a.factors, arena, from, to));
	a.terms.factors = &a.factors;
	a.terms.metrics = a.metrics.items;
	a.terms.metric_count = a.metrics.count;
	WEIR_TRY(weir_attribution_measure(&a.found, arena, s->plan, &a.terms, &s->call));
	WEIR_TRY(weir_results_add_standard(&a.table, results, WEIR_TABLE_attribution));
	for (int m = 0; m < a.metrics.count; m++)
		WEIR_TRY(add_metric(&a, a.table, m));
out:
	return status;
}

int weir_session_attribute(weir_session *s, const weir_attribution_request *request)
{
	weir_status status;
	attribution_study study = { .s = s, .request = request };
	WEIR_TRY(weir_session_begin(s));
	WEIR_TRY(weir_arena_create(&study.arena));
	WEIR_TRY(read_request(&study));
	WEIR_TRY(weir_attribution_measure(&study.found, study.arena, s->plan, &study.terms, &s->call));
	WEIR_TRY(fill_table(&study));
	status = weir_session_keep(s, study.results);
	study.results = NULL;
out:
	weir_results_destroy(study.results);
	weir_arena_destroy(study.arena);
	return weir_session_end(s, status);
}

/* "A, B" of two cells in one language; the key stands in for a missing name. */
static weir_status note_pair(weir_results *results, const char *fact, const char *from, const char *to,
                             const char *comma)
{
	weir_text text = { 0 };
	weir_text_printf(&text, "%s%s%s", from, comma, to);
	weir_status status = weir_text_status(&text);
	if (status == WEIR_OK)
		status = weir_results_add_fact(results, fact, text.data);
	weir_text_free(&text);
	return status;
}

weir_status weir_session_note_attribution(weir_results *results, const weir_cell *from, const weir_cell *to)
{
	weir_status status = note_pair(results, "attribution", from->key, to->key, ", ");
	if (status == WEIR_OK)
		status = note_pair(results, "attribution_en", from->en ? from->en : from->key,
		                   to->en ? to->en : to->key, ", ");
	if (status == WEIR_OK)
		status = note_pair(results, "attribution_zh", from->zh ? from->zh : from->key,
		                   to->zh ? to->zh : to->key, "；");
	return status;
}
