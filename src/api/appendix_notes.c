/* SPDX-License-Identifier: GPL-3.0-or-later */
/* appendix_notes.c: what an appendix rests on, and what makes it again. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "api/appendix.h"
#include "base/path.h"
#include "digest/sha256.h"
#include "report/fill_deal.h"

#define COL(table, column) row[WEIR_COL_##table##_##column]

/* The rows of a table in the making; a failure stays. */
typedef struct notes {
	weir_appendix *a;
	weir_table *table;
	weir_status status;
} notes;

/* A text in two languages, copied. */
static weir_cell both(notes *n, const char *en, const char *zh)
{
	weir_results *results = n->a->frame.results;
	const char *first = weir_arena_text(results->arena, en, strlen(en)),
		   *second = weir_arena_text(results->arena, zh, strlen(zh));
	if (!first || !second)
		n->status = WEIR_NO_MEMORY;
	return weir_cell_text(first, second);
}

/* --- D-0 -------------------------------------------------------------------------------------------------------- */

typedef enum note_source { FROM_INPUT, FROM_TABLE, FROM_HOUSE } note_source;

static weir_cell source_cell(note_source source)
{
	switch (source) {
	case FROM_INPUT:
		return weir_cell_key("input", "Input", "输入");
	case FROM_TABLE:
		return weir_cell_key("table", "Table", "参数表");
	default:
		return weir_cell_key("house", "House assumption", "内部假设");
	}
}

/* One assumption; units and notes may be "". */
static weir_cell *add_note(notes *n, const char *en, const char *zh, weir_cell value, const char *unit_en,
                           const char *unit_zh, note_source source)
{
	weir_cell *row = n->status == WEIR_OK ? weir_table_add_row(n->a->frame.results, n->table) : NULL;
	if (!row) {
		n->status = WEIR_NO_MEMORY;
		return NULL;
	}
	COL(stress_assumptions, parameter) = both(n, en, zh);
	COL(stress_assumptions, value) = value;
	if (*unit_en)
		COL(stress_assumptions, unit) = weir_cell_text(unit_en, unit_zh);
	COL(stress_assumptions, source) = source_cell(source);
	return row;
}

static void add_remark(weir_cell *row, const char *en, const char *zh)
{
	if (row)
		COL(stress_assumptions, note) = weir_cell_text(en, zh);
}

static void note_pool(notes *n)
{
	const weir_session *s = n->a->s;
	add_note(n, "Cut-off date", "基准日", weir_cell_typed(WEIR_CELL_DATE, 0, weir_fill_cutoff(s->deal)), "", "",
	         FROM_INPUT);
	add_note(n, "Principal of the pool", "资产池本金余额",
	         weir_cell_typed(WEIR_CELL_MONEY, 0, s->pool->opening_cents), "", "", FROM_INPUT);
	add_note(n, "Promised by the pool's contracts", "资产池合同应收总额",
	         weir_cell_typed(WEIR_CELL_MONEY, 0, s->pool->principal_cents + s->pool->income_cents), "", "",
	         FROM_INPUT);
	add_note(n, "Contracts", "合同笔数", weir_cell_typed(WEIR_CELL_INTEGER, 0, s->deal->pool.contract_count), "",
	         "", FROM_INPUT);
	add_note(n, "Obligors", "债务人户数", weir_cell_typed(WEIR_CELL_INTEGER, 0, weir_appendix_obligors(s)), "", "",
	         FROM_INPUT);
}

static void note_classes(notes *n)
{
	const weir_outcome *o = n->a->frame.outcome;
	const weir_deal *deal = o->terms ? o->terms : n->a->s->deal;
	for (int i = 0; i < deal->class_count; i++) {
		char en[300], zh[300];
		const weir_class *k = &deal->classes[i];
		if (k->interest == WEIR_INTEREST_NONE)
			continue;
		snprintf(en, sizeof en, "Coupon of %s", weir_node_name(&k->node, 0));
		snprintf(zh, sizeof zh, "%s票面利率", weir_node_name(&k->node, 1));
		add_note(n, en, zh, weir_cell_typed(WEIR_CELL_RATE, 12, k->coupon_annual), "a year", "年化",
		         FROM_INPUT);
	}
}

/* What the first scenario says; "none" where it says nothing. */
static void note_base(notes *n)
{
	static const struct {
		weir_stress_subject subject;
		const char *en, *zh;
	} subjects[] = {
		{ WEIR_SUBJECT_DEFAULT, "Base: defaults", "基准：违约" },
		{ WEIR_SUBJECT_TIMING, "Base: timing of defaults", "基准：违约分布" },
		{ WEIR_SUBJECT_RECOVERY, "Base: recovery", "基准：回收率" },
		{ WEIR_SUBJECT_LAG, "Base: recovery lag", "基准：回收滞后" },
		{ WEIR_SUBJECT_PREPAYMENT, "Base: prepayment", "基准：早偿" },
		{ WEIR_SUBJECT_INCOME, "Base: receipts and income", "基准：回款与收入" },
		{ WEIR_SUBJECT_DELAY, "Base: delay", "基准：延迟" },
		{ WEIR_SUBJECT_OTHER, "Base: other", "基准：其他" },
	};
	weir_cell words[WEIR_SUBJECT_COUNT];
	if (n->status == WEIR_OK)
		n->status = weir_stress_words(words, &n->a->frame, n->a->frame.scenarios[0]);
	for (size_t i = 0; i < sizeof subjects / sizeof *subjects && n->status == WEIR_OK; i++) {
		weir_cell value = words[subjects[i].subject];
		int has = value.present, always = i == 0 || i == 2 || i == 4;
		if (has || always)
			add_note(n, subjects[i].en, subjects[i].zh, has ? value : weir_cell_key("none", "none", "无"),
			         "", "", FROM_INPUT);
	}
}

/* Why stress.xml beside the deal is not run: it may be that of the deal with its supporters. */
static void remark_unfit(notes *n, weir_cell *row)
{
	weir_text en = { 0 }, zh = { 0 };
	const char *why = n->a->unfit.data ? n->a->unfit.data : "";
	weir_text_printf(
		&en,
		"stress.xml beside the deal is not of this deal file (%s), so the families that come with weir are run",
		why);
	weir_text_printf(&zh, "同目录的stress.xml与本交易文件不匹配（%s），故采用内置情景组",
	                 n->a->unfit_zh.data ? n->a->unfit_zh.data : "");
	if (en.failed || zh.failed)
		n->status = WEIR_NO_MEMORY;
	else if (row)
		COL(stress_assumptions, note) = both(n, en.data, zh.data);
	weir_text_free(&en);
	weir_text_free(&zh);
}

/* Which scenarios are run. */
static void note_families(notes *n)
{
	const weir_appendix *a = n->a;
	note_source source = a->source == WEIR_APPENDIX_SHIPPED ? FROM_TABLE : FROM_INPUT;
	const char *families = a->families.data ? a->families.data : "";
	const char *families_zh = a->families_zh.data ? a->families_zh.data : "";
	weir_cell *row = add_note(n, "Stress families", "压力情景组", both(n, families, families_zh), "", "", source);
	if (a->own_unfit)
		remark_unfit(n, row);
	if (a->idle.length)
		add_note(n, "Left out, as they change nothing here", "对本交易无影响而未列示",
		         both(n, a->idle.data, a->idle_zh.data), "", "", FROM_HOUSE);
}

static weir_cell asset_class_cell(const char *key)
{
	static const char *const names[][3] = {
		{ "lease", "leases", "融资租赁" },
		{ "corporate-loan", "corporate loans", "企业贷款" },
		{ "small-business", "loans to small businesses", "小微企业贷款" },
		{ "retail", "retail loans", "个人贷款" },
		{ WEIR_ASSETS_BY_RECEIPTS, "by receipts, as non-performing loans", "不良贷款（按回收额）" }
	};
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (strcmp(names[i][0], key) == 0)
			return weir_cell_key(names[i][0], names[i][1], names[i][2]);
	return weir_cell_key(key, key, key);
}

static void note_grades(notes *n)
{
	const weir_appendix *a = n->a;
	note_source source = weir_scenarios_find(&a->s->scenarios, "base") ? FROM_INPUT : FROM_HOUSE;
	weir_cell *row;
	if (a->expected) {
		add_note(n, "Expected default rate", "基准累计违约率",
		         weir_cell_typed(WEIR_CELL_RATE, 12, a->base_default), "of initial principal", "占初始本金",
		         source);
		add_note(n, "Expected recovery rate", "目标回收率",
		         weir_cell_typed(WEIR_CELL_RATE, 12, a->grades.terms.recovery), "of what defaults",
		         "占违约本金", source);
	}
	row = add_note(n, "Targets of grades", "各级别目标", asset_class_cell(a->asset_class), "", "", FROM_TABLE);
	add_remark(row,
	           "rating-targets.csv: from a third party, an assumption to be edited; no agency's published table",
	           "rating-targets.csv：来自第三方，属可修改的假设，并非任何评级机构公布的参数");
}

static void note_method(notes *n)
{
	weir_cell *row;
	add_note(n, "A class passes", "通过标准",
	         weir_cell_text("nothing missed when due, nothing unpaid at the end",
	                        "各期应付均按时足额支付，期末无未付"),
	         "", "", FROM_HOUSE);
	row = add_note(n, "Steps of a break-even search", "临界搜索步数",
	               weir_cell_typed(WEIR_CELL_INTEGER, 0, n->a->is_large ? 8 : 512), "", "", FROM_HOUSE);
	if (n->a->is_huge)
		add_remark(row, "none is made: the pool is too large; weir breakeven finds a single one",
		           "资产池过大，未作临界搜索；可用weir breakeven单独计算");
	else if (n->a->is_large)
		add_remark(row, "a large pool: on top of the run's own scenario only, to 0.0001 %",
		           "资产池较大：仅在本次运行情景上搜索，精确至0.0001%");
	else
		add_remark(row, "the first step that fails is narrowed down to 0.0000001 %",
		           "在首个不通过的区间内逼近至0.0000001%");
	row = add_note(n, "Reverse stress: obligors default on", "反向压力：债务人违约日",
	               weir_cell_typed(WEIR_CELL_DATE, 0, weir_fill_cutoff(n->a->s->deal)), "", "", FROM_HOUSE);
	add_remark(row, "every set of up to 24 obligors, as far as 65,536 sets",
	           "至多24户债务人的全部组合，上限65,536组");
}

/* --- D-11 ------------------------------------------------------------------------------------------------------- */

static void add_record(notes *n, const char *en, const char *zh, const char *value_en, const char *value_zh)
{
	weir_cell *row = n->status == WEIR_OK ? weir_table_add_row(n->a->frame.results, n->table) : NULL;
	if (!row) {
		n->status = WEIR_NO_MEMORY;
		return;
	}
	COL(stress_record, item) = both(n, en, zh);
	COL(stress_record, value) = both(n, value_en, value_zh);
}

/* Every file that was read, each once, the deal's first. */
static void record_files(notes *n)
{
	const weir_sources *sources = &n->a->s->sources;
	for (size_t i = 0; i < sources->count && n->status == WEIR_OK; i++) {
		char hex[WEIR_SHA256_HEX_BYTES], en[400], zh[400];
		const weir_source *source = &sources->items[i];
		int before = 0;
		for (size_t k = 0; k < i; k++)
			before |= strcmp(sources->items[k].name, source->name) == 0;
		if (before)
			continue;
		snprintf(en, sizeof en, "%sSHA-256 of %s", i == 0 ? "Definition hash: " : "",
		         weir_path_name(source->name));
		snprintf(zh, sizeof zh, "%s%s的SHA-256", i == 0 ? "定义文件哈希：" : "", weir_path_name(source->name));
		n->status = weir_sha256_hex(hex, source->text, source->size);
		if (n->status == WEIR_OK)
			add_record(n, en, zh, hex, hex);
	}
}

static void record_calendar(notes *n)
{
	char day[11], en[300], zh[300];
	const weir_calendar *calendar = n->a->s->deal->calendar;
	if (!calendar) {
		add_record(n, "Calendar", "日历", "none", "无");
		return;
	}
	weir_date_format(weir_calendar_known_until(calendar), day);
	snprintf(en, sizeof en, "%s, holidays known until %s", weir_calendar_id(calendar), day);
	snprintf(zh, sizeof zh, "%s，节假日数据至%s", weir_calendar_id(calendar), day);
	add_record(n, "Calendar and its version", "日历及版本", en, zh);
}

/* How each class's payments are rounded, where it is not to the smallest unit. */
static void record_rounding(notes *n)
{
	const weir_deal *deal = n->a->s->deal;
	char en[200], zh[200];
	snprintf(en, sizeof en, "half away from zero, once, to %d decimals of the currency", deal->currency_digits);
	snprintf(zh, sizeof zh, "四舍五入，每笔只取整一次，精确至货币%d位小数", deal->currency_digits);
	add_record(n, "Rounding of amounts", "金额取整规则", en, zh);
	for (int i = 0; i < deal->class_count && n->status == WEIR_OK; i++) {
		const weir_class *k = &deal->classes[i];
		char item_en[300], item_zh[300];
		if (k->rounding != WEIR_ROUND_UNIT)
			continue;
		snprintf(item_en, sizeof item_en, "Rounding of %s", weir_node_name(&k->node, 0));
		snprintf(item_zh, sizeof item_zh, "%s取整规则", weir_node_name(&k->node, 1));
		snprintf(en, sizeof en, "per unit, to %d decimals", k->digits);
		snprintf(zh, sizeof zh, "按单位面值计算，保留%d位小数", k->digits);
		add_record(n, item_en, item_zh, en, zh);
	}
}

static void record_options(notes *n)
{
	const weir_appendix *a = n->a;
	weir_text text = { 0 };
	if (a->one->scenario)
		weir_text_printf(&text, "--scenario %s", a->one->scenario->node.id);
	for (size_t i = 0; i < a->one->family_count; i++)
		weir_text_printf(&text, "%s--family %s", text.length ? " " : "", weir_path_name(a->one->families[i]));
	for (size_t i = 0; i < a->one->set_count; i++)
		weir_text_printf(&text, "%s--set %s=%.10g", text.length ? " " : "", a->one->sets[i].name,
		                 a->one->sets[i].values[0]);
	if (a->s->variant)
		weir_text_printf(&text, "%s--variant %s", text.length ? " " : "", a->s->variant);
	if (a->s->curves.length > 0)
		weir_text_printf(&text, "%s%s", text.length ? " " : "", a->s->curves.data);
	if (a->s->given.actuals)
		weir_text_printf(&text, "%s--actuals %s", text.length ? " " : "", weir_path_name(a->s->given.actuals));
	if (a->s->given.events)
		weir_text_printf(&text, "%s--events %s", text.length ? " " : "", weir_path_name(a->s->given.events));
	if (text.failed)
		n->status = WEIR_NO_MEMORY;
	add_record(n, "Options", "运行选项", text.data ? text.data : "none", text.data ? text.data : "无");
	weir_text_free(&text);
}

static void record_all(notes *n)
{
	record_files(n);
	add_record(n, "Version of weir", "weir版本", weir_version(), weir_version());
	record_calendar(n);
	record_rounding(n);
	record_options(n);
	add_record(n, "Seed", "随机种子", "none: nothing here is drawn at random", "无：本附件不含随机抽样");
	add_record(n, "Run time", "运行时间", "not stated, so that the same input gives the same bytes",
	           "不列示，以保证相同输入得到逐字节相同的结果");
}

weir_status weir_appendix_note(weir_appendix *a)
{
	notes n = { .a = a };
	n.status = weir_results_add_standard(&n.table, a->frame.results, WEIR_TABLE_stress_assumptions);
	note_pool(&n);
	note_classes(&n);
	note_base(&n);
	note_families(&n);
	note_grades(&n);
	note_method(&n);
	if (n.status == WEIR_OK)
		n.status = weir_results_add_standard(&n.table, a->frame.results, WEIR_TABLE_stress_record);
	record_all(&n);
	return n.status;
}
