/* SPDX-License-Identifier: GPL-3.0-or-later */
/* describe.h: a deal as a list of elements with their terms, each as a person reads it: what two deals are compared by.
 *
 * A term is described when it says something: what is at its default, written out or not, is left out, so that two
 * descriptions differ where the deals differ in meaning. Which file a schedule, a tape or fixings came from, the order
 * of attributes and the spelling of a value leave no mark. */
#ifndef WEIR_DEAL_DESCRIBE_H
#define WEIR_DEAL_DESCRIBE_H

#include "base/text.h"
#include "deal/deal.h"
#include "deal/scenario.h"
#include "lang/formula.h"

/* Kinds of elements: X(NAME, key, English, Chinese, order). order 1: where it stands among those of its kind has a
 * meaning of its own. */
#define WEIR_ELEMENT_LIST(X) \
	X(DEAL, "deal", "Deal", "交易", 0) \
	X(DATES, "dates", "Dates", "日期", 0) \
	X(CLOSING, "closing", "Closing", "设立日", 0) \
	X(OPENING, "opening", "Opening", "期初", 0) \
	X(SERVICING, "servicing", "Servicing", "归集转付", 0) \
	X(PARTY, "party", "Party", "参与机构", 0) \
	X(INDEX, "index", "Index", "基准利率", 0) \
	X(ACCOUNT, "account", "Account", "账户", 0) \
	X(CLASS, "class", "Class", "档次", 1) \
	X(GROUP, "group", "Group", "档次组", 0) \
	X(FEE, "fee", "Fee", "费用", 0) \
	X(VALUE, "value", "Value", "命名公式", 0) \
	X(LEVELS, "levels", "Levels", "分段数值", 0) \
	X(TRIGGER, "trigger", "Trigger", "触发事件", 0) \
	X(WATERFALL, "waterfall", "Waterfall", "分配顺序", 1) \
	X(STEP, "step", "Step", "步骤", 1) \
	X(SUPPORT, "support", "Support", "增信安排", 1) \
	X(COVER, "cover", "Cover", "损失保障", 1) \
	X(CALL, "call", "Call", "回购与处置", 1) \
	X(REVOLVING, "revolving", "Revolving asset", "循环资产", 0) \
	X(COST, "cost", "Cost of obligors", "企业费用", 0) \
	X(SUBSIDY, "subsidy", "Subsidy", "补贴", 0) \
	X(WARRANT, "warrant", "Warrant", "认股权", 0) \
	X(CRITERION, "criterion", "Eligibility criterion", "合格标准", 0) \
	X(TRUST, "trust", "Trust", "信托层", 0) \
	X(OBLIGOR, "obligor", "Obligor", "债务人", 0) \
	X(CONTRACT, "contract", "Contract", "合同", 0) \
	X(IP, "ip", "IP item", "知识产权", 0) \
	X(REMARKS, "remarks", "Remarks", "备注", 0) \
	X(SCENARIO, "scenario", "Scenario", "情景", 0) \
	X(FAMILY, "family", "Family of scenarios", "情景组", 0)

typedef enum weir_element_kind {
#define WEIR_ELEMENT_ENUM(name, key, en, zh, order) WEIR_ELEMENT_##name,
	WEIR_ELEMENT_LIST(WEIR_ELEMENT_ENUM)
#undef WEIR_ELEMENT_ENUM
	WEIR_ELEMENT_COUNT
} weir_element_kind;

/* The words of a kind. */
const char *weir_element_key(weir_element_kind kind);
const char *weir_element_text(weir_element_kind kind, int chinese);
int weir_element_is_ordered(weir_element_kind kind);

/* What a term is called: "coupon", "Coupon", "票面利率"; and what its value reads like where it says nothing. */
typedef struct weir_term {
	const char *key, *en, *zh;
	const char *plain; /* "none", "no limit", "0.00" … */
	int in_order;      /* its rows are a list whose order counts: they are known by their place and what they say */
} weir_term;

typedef struct weir_description_item {
	const weir_term *term;
	const char *detail; /* which row of a list ("2024-06-20", "period 3"); NULL: the term itself */
	const char *text;   /* the value for people */
	const char *key;    /* what it is compared by; the same pointer unless two texts mean the same */
} weir_description_item;

typedef struct weir_description_element {
	weir_element_kind kind;
	const char *id;    /* "" for what has none */
	const char *title; /* steps: "pay A.interest"; else the id */
	weir_place place;
	int parent;        /* steps: the element that it stands in, a waterfall or a step; else -1 */
	size_t first, count; /* items */
} weir_description_element;

typedef struct weir_description {
	weir_description_element *elements;
	size_t element_count, element_capacity;
	weir_description_item *items;
	size_t item_count, item_capacity;
} weir_description;

/* How the caller tells formulas and references. All may be NULL. */
typedef struct weir_describe_options {
	void *context;
	/* Writes a formula: for people, and in the form that it is compared by. NULL: as written. */
	weir_status (*formula)(void *context, const weir_formula *formula, weir_type wanted, weir_text *shown,
	                       weir_text *key);
	/* The id to tell for an id that the deal refers to: of its elements, or of contracts, obligors, IP and trusts. */
	const char *(*reference)(void *context, const char *id, int of_pool);
} weir_describe_options;

/* Describes a deal, and the scenarios that go with it (NULL: none), in `arena`; free with weir_description_free. Only
 * WEIR_NO_MEMORY can fail. */
weir_status weir_describe(weir_description *out, weir_arena *arena, const weir_deal *deal,
                          const weir_scenarios *scenarios, const weir_describe_options *options);
void weir_description_free(weir_description *description);

/* A name with dots, as formulas and steps use it, with its parts told by options->reference; a group of classes is always
 * told with "classes." before it. */
void weir_describe_name(const weir_deal *deal, const weir_describe_options *options, const char *name, size_t length,
                        weir_text *to);

#endif
