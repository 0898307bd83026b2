/* SPDX-License-Identifier: GPL-3.0-or-later */
/* payables.c: what the words of a pay step stand for. */
#include <string.h>

#include "engine/compiler.h"

/* Remembers that a step pays it; what a support covers is not paid by that. */
static void mark(weir_compiler *c, char *paid, int number, enum weir_payable_kind kind)
{
	if (!c->only_looking)
		paid[number] |= (char)kind;
}

/* The part "interest", "principal", "balance", "yield" or "rest" of a class; 0 when the class has no such part. */
static int class_payable(weir_compiler *c, int number, const char *part, weir_payable *out)
{
	const weir_class *k = &c->deal->classes[number];
	const weir_class_registers *r = &c->plan->map.classes[number];
	*out = (weir_payable){ .payee = k->node.id, .node = &k->node, .what = part };
	if (strcmp(part, "interest") == 0 && r->interest_due >= 0) {
		out->item = weir_list_item_new(r->interest_unpaid, r->interest_paid, -1);
		out->what = "interest";
		out->carries = 1;
		mark(c, c->class_paid, number, WEIR_PAYS_INTEREST);
	} else if (strcmp(part, "principal") == 0) {
		mark(c, c->class_paid, number, WEIR_PAYS_PRINCIPAL);
		out->class_number = number + 1;
		out->what = "principal";
		if (r->principal_unpaid >= 0) {
			out->item = weir_list_item_new(r->principal_unpaid, r->principal_paid, r->balance);
			out->carries = k->style != WEIR_STYLE_PLANNED;
		} else {
			out->how = WEIR_PAY_BALANCE;
			out->item = weir_list_item_new(r->balance, r->principal_paid, -1);
			out->item.due = r->principal_due;
		}
	} else if (strcmp(part, "balance") == 0 && k->style != WEIR_STYLE_RESIDUAL) {
		mark(c, c->class_paid, number, WEIR_PAYS_PRINCIPAL);
		out->class_number = number + 1;
		out->what = "principal";
		out->carries = 1;
		out->how = r->principal_unpaid >= 0 ? WEIR_PAY_WHOLE : WEIR_PAY_BALANCE;
		out->item = weir_list_item_new(r->balance, r->principal_paid, -1);
		out->item.due = r->principal_due;
		out->item.scheduled = r->principal_unpaid;
	} else if (strcmp(part, "yield") == 0 && r->yield_due >= 0) {
		out->item = weir_list_item_new(r->yield_unpaid, r->yield_paid, -1);
		out->what = "yield";
		out->carries = k->period_yield_carried;
		mark(c, c->class_paid, number, WEIR_PAYS_YIELD);
	} else if (strcmp(part, "rest") == 0 && r->rest_paid >= 0) {
		out->how = WEIR_PAY_REST;
		out->item = weir_list_item_new(-1, r->rest_paid, -1);
		out->what = "rest";
		mark(c, c->class_paid, number, WEIR_PAYS_REST);
	} else {
		return 0;
	}
	out->item.unit = weir_class_unit(c, k);
	return 1;
}

/* One payable of a fee and one of its surcharge, in that order. Gives how many. */
static int fee_payables(weir_compiler *c, int number, weir_payable *out)
{
	const weir_fee *fee = &c->deal->fees[number];
	const weir_fee_registers *r = &c->plan->map.fees[number], *s = &c->plan->map.surcharges[number];
	mark(c, c->fee_paid, number, WEIR_PAYS_FEE);
	out[0] = (weir_payable){ .payee = fee->node.id, .node = &fee->node, .what = fee->is_tax ? "tax" : "fee",
		            .item = weir_list_item_new(r->unpaid, r->paid, -1), .carries = fee->carried };
	if (s->charge < 0)
		return 1;
	out[1] = (weir_payable){ .payee = fee->node.id, .node = &fee->node, .what = "surcharge",
		            .item = weir_list_item_new(s->unpaid, s->paid, -1), .carries = fee->carried };
	return 2;
}

#define MOST_NAMES 512

/* Complains about a word that stands for nothing: the nearest name, or what to write instead. */
static void complain_with_names(weir_compiler *c, weir_place place, const char *what, const char *word,
                                const char *const *names, size_t count, const char *remedy)
{
	const char *near = weir_nearest_name(word, strlen(word), names, count);
	weir_diag_error(c->diags, UNKNOWN_NAME, place, "\"%s\" is %s; %s%s%s", word, what,
	                near ? "did you mean \"" : remedy, near ? near : "", near ? "\"?" : "");
}

static const char *part_missing(const char *part)
{
	static const struct {
		const char *part, *why;
	} parts[] = { { "interest", "it pays no coupon" },
		      { "yield", "it has no period-yield" },
		      { "principal", "its balance is not repaid" },
		      { "balance", "its balance is not repaid" },
		      { "rest", "nothing is left to it" } };
	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
		if (strcmp(parts[i].part, part) == 0)
			return parts[i].why;
	return NULL;
}

const char *weir_dotted(weir_compiler *c, const char *id, const char *part)
{
	size_t length = strlen(id), rest = strlen(part) + 1;
	char *text = weir_arena_alloc(c->plan->arena, length + 1 + rest);
	if (!text) {
		c->status = WEIR_NO_MEMORY;
		return NULL;
	}
	memcpy(text, id, length);
	text[length] = '.';
	memcpy(text + length + 1, part, rest);
	return text;
}

static int unknown_payable(weir_compiler *c, const char *word, weir_place place)
{
	const char *names[MOST_NAMES], *name = strncmp(word, "classes.", 8) == 0 ? word + 8 : word;
	const char *dot = strrchr(name, '.');
	size_t count = 0;
	for (int i = 0; i < c->deal->fee_count && count < MOST_NAMES; i++)
		names[count++] = c->deal->fees[i].node.id;
	for (int i = 0; i < c->deal->class_count && count + 2 < MOST_NAMES; i++) {
		static const char *const parts[] = { "interest", "principal" };
		const char *id = c->deal->classes[i].node.id;
		if (dot && strlen(id) == (size_t)(dot - name) && memcmp(id, name, strlen(id)) == 0 &&
		    part_missing(dot + 1)) {
			weir_diag_error(c->diags, UNKNOWN_NAME, place, "class \"%s\" has no %s: %s", id, dot + 1,
			                part_missing(dot + 1));
			return 0;
		}
		for (int p = 0; p < 2; p++) {
			const char *text = weir_dotted(c, id, parts[p]);
			if (!text)
				return 0;
			names[count++] = text;
		}
	}
	complain_with_names(
		c, place, "nothing that can be paid", word, names, count,
		"name a fee, CLASS.interest, CLASS.principal, CLASS.balance, CLASS.yield, CLASS.rest or SUPPORT.repay");
	return 0;
}

static int is_id(const weir_node *node, const char *id, size_t length)
{
	return node->id && strlen(node->id) == length && memcmp(node->id, id, length) == 0;
}

/* "vat.surcharge": the surcharge alone. */
static int surcharge_payable(weir_compiler *c, const char *id, size_t length, weir_payable *out)
{
	weir_payable both[2];
	for (int i = 0; i < c->deal->fee_count; i++)
		if (is_id(&c->deal->fees[i].node, id, length) && c->plan->map.surcharges[i].charge >= 0) {
			fee_payables(c, i, both);
			*out = both[1];
			return 1;
		}
	return 0;
}

/* "support1.repay", "facility.interest", "facility.fee". */
static int support_payable(weir_compiler *c, const char *id, size_t length, const char *part, weir_payable *out)
{
	for (int i = 0; i < c->deal->support_count; i++) {
		const weir_support *support = &c->deal->supports[i];
		const weir_support_registers *r = &c->plan->map.supports[i];
		if (!is_id(&support->node, id, length))
			continue;
		*out = (weir_payable){ .payee = support->node.id, .node = &support->node, .what = part, .carries = 1 };
		if (strcmp(part, "repay") == 0) {
			out->how = WEIR_PAY_BALANCE;
			out->what = "repay";
			out->item = weir_list_item_new(r->outstanding, r->repaid, -1);
			out->item.due = c->repay_due[i];
			mark(c, c->support_paid, i, WEIR_PAYS_PRINCIPAL);
			return 1;
		}
		int interest = strcmp(part, "interest") == 0 && r->interest_due >= 0;
		if (!interest && (strcmp(part, "fee") != 0 || r->fee_due < 0))
			return 0;
		out->what = interest ? "interest" : "fee";
		out->item = weir_list_item_new(interest ? r->interest_unpaid : r->fee_unpaid,
		                               interest ? r->interest_paid : r->fee_paid, -1);
		mark(c, c->support_paid, i, interest ? WEIR_PAYS_INTEREST : WEIR_PAYS_FEE);
		return 1;
	}
	return 0;
}

/* The part of a class, or of each class of a group; the caller has room for all classes of a group. */
static int class_payables(weir_compiler *c, const char *id, size_t length, const char *part, weir_payable *out)
{
	int count = 0;
	for (int i = 0; i < c->deal->class_count; i++)
		if (is_id(&c->deal->classes[i].node, id, length))
			return class_payable(c, i, part, out);
	for (int g = 0; g < c->deal->group_count; g++)
		if (is_id(&c->deal->groups[g].node, id, length))
			for (int i = 0; i < c->deal->groups[g].class_count; i++)
				count += class_payable(c, c->deal->groups[g].classes[i], part, &out[count]);
	return count;
}

static int names_part(const weir_deal *deal, const char *word, int class_number, const char *part)
{
	const char *name = strncmp(word, "classes.", 8) == 0 ? word + 8 : word, *dot = strrchr(name, '.');
	size_t length = dot ? (size_t)(dot - name) : 0;
	if (!dot || strcmp(dot + 1, part) != 0)
		return 0;
	if (is_id(&deal->classes[class_number].node, name, length))
		return 1;
	for (int g = 0; g < deal->group_count; g++)
		if (is_id(&deal->groups[g].node, name, length))
			for (int k = 0; k < deal->groups[g].class_count; k++)
				if (deal->groups[g].classes[k] == class_number)
					return 1;
	return 0;
}

static int steps_name_part(const weir_deal *deal, const weir_step *steps, int count, int class_number, const char *part)
{
	for (int i = 0; i < count; i++) {
		for (int w = 0; w < steps[i].what.count; w++)
			if (names_part(deal, steps[i].what.items[w], class_number, part))
				return 1;
		if (steps_name_part(deal, steps[i].children, steps[i].child_count, class_number, part))
			return 1;
	}
	return 0;
}

int weir_is_part_paid(const weir_deal *deal, int class_number, const char *part)
{
	for (int i = 0; i < deal->waterfall_count; i++)
		if (steps_name_part(deal, deal->waterfalls[i].steps, deal->waterfalls[i].step_count, class_number,
		                    part))
			return 1;
	return 0;
}

/* The most payables that a word can stand for. */
static int most_payables(const weir_deal *deal, const char *name, const char *dot)
{
	int most = 2; /* a fee and its surcharge */
	for (int g = 0; dot && g < deal->group_count; g++)
		if (is_id(&deal->groups[g].node, name, (size_t)(dot - name)) && deal->groups[g].class_count > most)
			most = deal->groups[g].class_count;
	return most;
}

/* What one word of a pay step stands for; gives how many payables, 0 after a complaint. */
int weir_find_payables(weir_compiler *c, const char *word, weir_place place, weir_payable *out, int room)
{
	int count = 0;
	const char *name = strncmp(word, "classes.", 8) == 0 ? word + 8 : word;
	const char *dot = strrchr(name, '.');
	if (most_payables(c->deal, name, dot) > room) {
		weir_diag_error(c->diags, UNSUPPORTED, place,
		                "one step pays at most %d amounts; divide this one into several steps",
		                WEIR_MOST_PAYABLES);
		return 0;
	}
	if (!dot) {
		int fee = weir_deal_find_fee(c->deal, name);
		count = fee >= 0 ? fee_payables(c, fee, out) : 0;
	} else {
		count = class_payables(c, name, (size_t)(dot - name), dot + 1, out);
		if (count == 0)
			count = support_payable(c, name, (size_t)(dot - name), dot + 1, out);
		if (count == 0 && strcmp(dot + 1, "surcharge") == 0)
			count = surcharge_payable(c, name, (size_t)(dot - name), out);
	}
	for (int i = 0; i < count; i++)
		out[i].place = place;
	return count ? count : unknown_payable(c, word, place);
}
