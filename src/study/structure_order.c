/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "study/structure_order.h"

#include <string.h>

/* A payment of one class. */
typedef struct payment {
	int class_number;
	weir_paid_part part;
} payment;

/* A walk along a waterfall's steps. */
typedef struct walk {
	const weir_deal *deal;
	payment x, y;
	const char *account; /* from which y has been paid in full; NULL: not (any more) */
	int broken;          /* x may be paid without y */
} walk;

static const char *account_of(const walk *w, const weir_words *words)
{
	return words->count ? words->items[0] : w->deal->accounts[0].node.id;
}

static int is_member(const weir_deal *deal, const char *stem, size_t length, int class_number)
{
	static const struct {
		const char *name;
		int senior, subordinated;
	} always[] = { { "senior", 1, 0 }, { "subordinated", 0, 1 }, { "all", 1, 1 } };
	int subordinated = deal->classes[class_number].subordinated;
	for (size_t i = 0; i < sizeof always / sizeof *always; i++)
		if (strlen(always[i].name) == length && memcmp(always[i].name, stem, length) == 0)
			return subordinated ? always[i].subordinated : always[i].senior;
	for (int g = 0; g < deal->group_count; g++) {
		const weir_group *group = &deal->groups[g];
		if (strlen(group->node.id) != length || memcmp(group->node.id, stem, length) != 0)
			continue;
		for (int i = 0; i < group->class_count; i++)
			if (group->classes[i] == class_number)
				return 1;
	}
	return 0;
}

/* Whether a word pays it: "A.interest", "classes.senior.interest", "A.principal", "A.balance"; with `whole` only what
 * pays all of it: what is due of a pass-through class is its balance. */
static int names_payment(const weir_deal *deal, const char *word, payment p, int whole)
{
	static const char prefix[] = "classes.";
	const char *dot = strrchr(word, '.'), *stem = word;
	int by_balance = dot && strcmp(dot, ".balance") == 0;
	int passes_through = deal->classes[p.class_number].style == WEIR_STYLE_PASS_THROUGH;
	if (!dot || (p.part == WEIR_PAID_INTEREST ? strcmp(dot, ".interest") != 0 :
	                                            !by_balance && strcmp(dot, ".principal") != 0)) {
		return 0;
	}
	if (whole && p.part == WEIR_PAID_PRINCIPAL && !by_balance && !passes_through)
		return 0;
	if (strncmp(word, prefix, sizeof prefix - 1) == 0)
		stem += sizeof prefix - 1;
	size_t length = dot > stem ? (size_t)(dot - stem) : 0;
	const char *id = deal->classes[p.class_number].node.id;
	if (strlen(id) == length && memcmp(id, stem, length) == 0)
		return 1;
	return is_member(deal, stem, length, p.class_number);
}

/* The place of the first word of a pay step that pays it; -1: none does. */
static int pays(const weir_deal *deal, const weir_step *step, payment p, int whole)
{
	for (int i = 0; step->kind == WEIR_STEP_PAY && i < step->what.count; i++)
		if (names_payment(deal, step->what.items[i], p, whole))
			return i;
	return -1;
}

/* Takes a step; nested ones are never sure to be run, but may pay x and move cash. */
static void take_step(walk *w, const weir_step *step, int nested)
{
	int x = pays(w->deal, step, w->x, 0), y = pays(w->deal, step, w->y, 1);
	for (int i = 0; i < step->child_count; i++)
		take_step(w, &step->children[i], 1);
	if (x >= 0) {
		int after = w->account && step->from.count <= 1 && strcmp(account_of(w, &step->from), w->account) == 0;
		int inside = y >= 0 && y < x && step->share == WEIR_SHARE_SEQUENTIAL && step->from.count <= 1;
		w->broken |= !after && !inside;
	}
	if (y >= 0 && !nested && !step->test.text && !step->limit.text && step->from.count <= 1)
		w->account = account_of(w, &step->from);
	int moves = step->kind == WEIR_STEP_FILL || step->kind == WEIR_STEP_TRANSFER ||
	            step->kind == WEIR_STEP_RELEASE || step->kind == WEIR_STEP_PURCHASE;
	if (moves && w->account && (step->to.count == 0 || strcmp(step->to.items[0], w->account) == 0))
		w->account = NULL;
}

int weir_order_waits(const weir_deal *deal, int x, weir_paid_part part_x, int y, weir_paid_part part_y)
{
	if (deal->support_count > 0 || deal->classes[y].rounding == WEIR_ROUND_UNIT)
		return 0;
	for (int i = 0; i < deal->waterfall_count; i++) {
		walk w = { .deal = deal, .x = { x, part_x }, .y = { y, part_y } };
		for (int s = 0; s < deal->waterfalls[i].step_count; s++)
			take_step(&w, &deal->waterfalls[i].steps[s], 0);
		if (w.broken)
			return 0;
	}
	return 1;
}
