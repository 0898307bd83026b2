/* SPDX-License-Identifier: GPL-3.0-or-later */
/* deal_notes.c: notes of elements that have no structure of their own. */
#include <string.h>

#include "io/deal_int.h"

/* The elements, by their parent where the name alone does not tell, and what several of them are called. */
static const struct {
	const char *parent, *name, *kind, *kind_zh;
} noted[] = {
	{ NULL, "dates", "dates", "交易日期" },
	{ NULL, "payment", "payment terms", "兑付安排" },
	{ NULL, "tail", "tails", "期末兑付安排" },
	{ NULL, "accrual", "accrual terms", "计息安排" },
	{ NULL, "calculation", "calculation terms", "计算日安排" },
	{ "dates", "transfer", "transfer terms", "回收款转付安排" },
	{ "party", "contributor", "contributors", "出资人" },
	{ NULL, "fixing", "fixings", "基准利率取值" },
	{ NULL, "pool", "pools", "资产池要素" },
	{ "pool", "tape", "tapes", "资产池数据文件" },
	{ "pool", "schedule", "schedules of contracts", "合同还款计划" },
	{ "pool", "ip", "IP registers", "知识产权清单" },
	{ NULL, "trust", "trusts", "信托要素" },
	{ "contract", NULL, "rows of contracts", "合同还款计划分期" },
	{ NULL, "closing", "closings", "设立日资金安排" },
	{ NULL, "principal", "principal plans", "还本计划" },
	{ "principal", "row", "rows of principal plans", "还本计划分期" },
	{ NULL, "coupon-step", "coupon steps", "票面利率调整" },
	{ NULL, "raise", "coupon raises", "票面利率上调安排" },
	{ NULL, "level", "rows of levels", "分级水平取值" },
	{ "risk-pool", "share", "shares of risk pools", "风险分担比例" },
	{ NULL, "servicing", "servicing terms", "资产服务安排" },
	{ NULL, "opening", "openings", "期初数据" },
	{ "opening", NULL, "opening balances", "期初余额" },
	{ NULL, "parties", "sections", "章节" },
	{ NULL, "indexes", "sections", "章节" },
	{ NULL, "accounts", "sections", "章节" },
	{ NULL, "classes", "sections", "章节" },
	{ NULL, "fees", "sections", "章节" },
	{ NULL, "values", "sections", "章节" },
	{ NULL, "triggers", "sections", "章节" },
	{ NULL, "waterfalls", "sections", "章节" },
	{ "deal", "support", "sections", "章节" },
	{ NULL, "calls", "sections", "章节" },
	{ NULL, "revolvings", "sections", "章节" },
	{ NULL, "subsidies", "sections", "章节" },
	{ NULL, "eligibility", "sections", "章节" },
};
#define NOTED (sizeof noted / sizeof *noted)

/* The number in the table, or NOTED. */
static size_t kind_of(const xmlNode *element)
{
	const xmlNode *parent = element->parent;
	size_t i = 0;
	for (; i < NOTED; i++) {
		if (noted[i].name && !weir_is_named(element, noted[i].name))
			continue;
		if (!noted[i].parent)
			break;
		if (parent && parent->type == XML_ELEMENT_NODE && weir_is_named(parent, noted[i].parent))
			break;
	}
	return i;
}

/* The element behind this one in the order of the document, below `root`; NULL behind the last. */
static const xmlNode *following(const xmlNode *element, const xmlNode *root)
{
	const xmlNode *next = weir_xml_first(element);
	while (!next && element != root) {
		next = weir_xml_next(element);
		element = element->parent;
	}
	return next;
}

/* The text of an attribute, interned; NULL when there is none. */
static weir_status keep_text(const char **out, weir_loader *loader, const xmlNode *element, const char *name)
{
	const xmlAttr *attribute = weir_xml_attribute(element, name);
	xmlChar *owned = NULL;
	const char *text = attribute ? weir_xml_value(attribute, &owned) : NULL;
	*out = text ? weir_loader_text(loader, text, strlen(text)) : NULL;
	xmlFree(owned);
	return attribute && !*out ? WEIR_NO_MEMORY : WEIR_OK;
}

static weir_status keep(weir_loader *loader, const weir_xml *xml, const xmlNode *element, weir_noted *kept, size_t kind)
{
	kept->kind = noted[kind].kind;
	kept->kind_zh = noted[kind].kind_zh;
	kept->place = weir_xml_place(xml, element);
	weir_status status = keep_text(&kept->note, loader, element, "note");
	if (status == WEIR_OK)
		status = keep_text(&kept->note_zh, loader, element, "note-zh");
	return status == WEIR_OK ? keep_text(&kept->clause, loader, element, "clause") : status;
}

weir_status weir_notes_collect(weir_loader *loader, const weir_xml *xml, const xmlNode *root)
{
	weir_deal *deal = loader->deal;
	size_t counts[NOTED + 1] = { 0 }, next[NOTED + 1] = { 0 };
	weir_status status = WEIR_OK;
	for (const xmlNode *n = following(root, root); n; n = following(n, root))
		counts[kind_of(n)]++;
	for (size_t i = 0; i < NOTED; i++)
		next[i + 1] = next[i] + counts[i];
	deal->noted_count = (int)next[NOTED];
	deal->noted = weir_arena_array(loader->arena, next[NOTED] + 1, sizeof *deal->noted);
	if (!deal->noted)
		return WEIR_NO_MEMORY;
	for (const xmlNode *n = following(root, root); n && status == WEIR_OK; n = following(n, root)) {
		size_t kind = kind_of(n);
		if (kind < NOTED)
			status = keep(loader, xml, n, &deal->noted[next[kind]++], kind);
	}
	return status;
}
