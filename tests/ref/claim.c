/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One claim about a deal, checked by the twin alone: does a class survive a scenario, and where not, since
 * when. */
#include "ref/claim.h"

#include <stdio.h>
#include <string.h>

#include "io/load.h"
#include "ref/compare.h"

#define SETS 64

typedef struct claim {
	const char *deal, *scenario, *class_id, *variant;
	int missed, lost; /* what counts: missed when due, lost at the end */
	const char *sets[SETS];
	int set_count;
} claim;

/* A scenario of a file, or of one that comes with weir. */
static const weir_scenario *find_in(pair *p, const char *file, const char *id)
{
	weir_scenarios *all = weir_arena_alloc(p->deal->arena, sizeof *all);
	if (!all || weir_scenarios_load(all, p->deal, file, &p->diags) != WEIR_OK)
		return NULL;
	for (int i = 0; i < all->count; i++)
		if (strcmp(all->items[i].node.id, id) == 0) {
			weir_block_settle_scenario(p->plan, &all->items[i], &p->diags);
			return &all->items[i];
		}
	return NULL;
}

/* Of FILE#ID; else of a file beside the deal. */
static const weir_scenario *find_scenario(pair *p, const claim *c)
{
	char file[1000];
	const char *number = strchr(c->scenario, '#'), *slash = strrchr(c->deal, '/');
	int folder = slash ? (int)(slash + 1 - c->deal) : 0;
	static const char *const beside[] = { "scenarios.xml", "stress.xml" };
	if (number) {
		snprintf(file, sizeof file, "%.*s", (int)(number - c->scenario), c->scenario);
		return find_in(p, file, number + 1);
	}
	for (int i = 0; i < 2; i++) {
		snprintf(file, sizeof file, "%.*s%s", folder, c->deal, beside[i]);
		FILE *there = fopen(file, "r");
		if (!there)
			continue;
		fclose(there);
		const weir_scenario *found = find_in(p, file, c->scenario);
		if (found)
			return found;
	}
	return NULL;
}

/* The scenario with the claim's numbers set behind its own; NULL after a complaint. */
static weir_scenario *set_numbers(pair *p, const claim *c, const weir_scenario *scenario)
{
	static const weir_scenario base = { .node = { .id = "base" } };
	const weir_scenario *under = scenario ? scenario : &base;
	weir_arena *arena = p->deal->arena;
	weir_scenario *all = weir_arena_alloc(arena, sizeof *all);
	weir_shock *shocks =
		weir_arena_array(arena, (size_t)(under->shock_count + c->set_count) + 1, sizeof *shocks);
	if (!all || !shocks)
		return NULL;
	if (under->shock_count)
		memcpy(shocks, under->shocks, (size_t)under->shock_count * sizeof *shocks);
	*all = *under;
	all->shocks = shocks;
	for (int i = 0; i < c->set_count; i++) {
		const char *is = strchr(c->sets[i], '=');
		char *name = is ? weir_arena_text(arena, c->sets[i], (size_t)(is - c->sets[i])) : NULL;
		if (!name)
			return NULL;
		shocks[all->shock_count++] = (weir_shock){ .kind = WEIR_SHOCK_SET,
			                                   .target = name,
			                                   .text = is + 1,
			                                   .from = WEIR_DATE_NONE,
			                                   .to = WEIR_DATE_NONE };
	}
	weir_block_settle_scenario(p->plan, all, &p->diags);
	return p->diags.errors ? NULL : all;
}

static void print_date(weir_date day)
{
	char text[11];
	printf("%s", weir_date_format(day, text));
}

/* "yes", or "no", the date and the amount: of the first payment date on which something due stays unpaid;
 * else of the last, when something is outstanding then. */
static int answer(const pair *p, const claim *c, int class)
{
	int periods, first;
	const twin_period *dates = twin_periods(p->twin, &periods, &first);
	const twin_row *rows = twin_rows(p->twin);
	const twin_class *last = &rows[periods - 1].classes[class];
	int64_t lost = last->interest_unpaid;
	if (p->deal->classes[class].style != WEIR_STYLE_RESIDUAL)
		lost += last->balance;
	for (int k = first; k < periods && c->missed; k++) {
		const twin_class *now = &rows[k].classes[class];
		int64_t missed = now->interest_unpaid + now->principal_unpaid;
		if (missed == 0)
			continue;
		printf("no ");
		print_date(dates[k].adjusted);
		printf(" %lld.%02lld\n", (long long)missed / 100, (long long)missed % 100);
		return 1;
	}
	if (!c->lost || lost == 0) {
		printf("yes\n");
		return 0;
	}
	printf("no ");
	print_date(dates[periods - 1].adjusted);
	printf(" %lld.%02lld\n", (long long)lost / 100, (long long)lost % 100);
	return 1;
}

static int read_claim(claim *c, int argc, char **argv)
{
	*c = (claim){ .missed = 1, .lost = 1 };
	if (argc < 3)
		return 0;
	c->deal = argv[0];
	c->scenario = argv[1];
	c->class_id = argv[2];
	for (int i = 3; i + 1 < argc; i += 2)
		if (strcmp(argv[i], "--set") == 0 && c->set_count < SETS)
			c->sets[c->set_count++] = argv[i + 1];
		else if (strcmp(argv[i], "--variant") == 0)
			c->variant = argv[i + 1];
		else if (strcmp(argv[i], "--test") == 0 && strcmp(argv[i + 1], "first-missed") == 0)
			c->lost = 0;
		else if (strcmp(argv[i], "--test") == 0 && strcmp(argv[i + 1], "first-loss") == 0)
			c->missed = 0;
		else if (strcmp(argv[i], "--test") != 0 || strcmp(argv[i + 1], "both") != 0)
			return 0;
	return argc % 2 == 1;
}

int claim_check(int argc, char **argv)
{
	pair p = { 0 };
	claim c;
	if (!read_claim(&c, argc, argv)) {
		fprintf(stderr,
		        "usage: twin --survives DEAL SCENARIO|FILE#ID|base CLASS [--variant ID] [--test both|"
		        "first-missed|first-loss] [--set NAME=VALUE]...\n");
		return 2;
	}
	int result = 2;
	if (pair_open_variant(&p, c.deal, c.variant) == WEIR_OK) {
		int class = weir_deal_find_class(p.deal, c.class_id), base = strcmp(c.scenario, "base") == 0;
		const weir_scenario *found = find_scenario(&p, &c);
		const weir_scenario *scenario = found || base ? set_numbers(&p, &c, found) : NULL;
		if (class < 0 || !scenario) {
			pair_print_diags(&p);
			fprintf(stderr, "twin: %s \"%s\" is not there, or a number cannot be set\n",
			        class < 0 ? "class" : "scenario", class < 0 ? c.class_id : c.scenario);
		} else {
			twin_run(p.twin, scenario);
			result = answer(&p, &c, class);
		}
	}
	pair_close(&p);
	return result;
}
