/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The twin against the engine, as TAP.
 *   twin DEAL.xml...       each deal with the scenarios.xml beside it, and random scenarios
 *   twin --random N SEED   N random deals under random scenarios; more deals may follow
 *   twin --show SEED       the deal of a seed, as XML */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "io/load.h"
#include "ref/compare.h"
#include "ref/number.h"
#include "ref/random_deal.h"

#define RANDOM_SCENARIOS 256

static int tests, failures;

static void report(int ok, const char *deal, const char *what)
{
	printf("%s %d - %s %s\n", ok ? "ok" : "not ok", ++tests, deal, what);
	failures += !ok;
	fflush(stdout);
}

/* The base case and every scenario of the file beside the deal, in one block or more. */
static void compare_scenarios(pair *p, const char *id, const char *path)
{
	weir_scenarios all = { 0 };
	char name[1000];
	const char *slash = strrchr(path, '/');
	snprintf(name, sizeof name, "%.*sscenarios.xml", slash ? (int)(slash + 1 - path) : 0, path);
	FILE *there = fopen(name, "r");
	if (there)
		fclose(there);
	if (there && weir_scenarios_load(&all, p->deal, name, &p->diags) != WEIR_OK) {
		pair_print_diags(p);
		report(0, id, "scenarios");
	}
	for (int first = -1; first < all.count; first += WEIR_LANES) {
		const weir_scenario *lanes[WEIR_LANES];
		int same[WEIR_LANES] = { 0 }, count = 0;
		for (int s = first; s < all.count && count < WEIR_LANES; s++)
			lanes[count++] = s < 0 ? NULL : &all.items[s];
		if (pair_compare_block(p, lanes, count, same) != WEIR_OK)
			pair_print_diags(p);
		for (int l = 0; l < count; l++)
			report(same[l], id, lanes[l] ? lanes[l]->node.id : "base");
	}
}

/* Full blocks of random scenarios. */
static int compare_random(pair *p, int blocks, uint64_t seed)
{
	int all = 1;
	for (int b = 0; b < blocks; b++) {
		const weir_scenario *lanes[WEIR_LANES];
		int same[WEIR_LANES] = { 0 };
		for (int l = 0; l < WEIR_LANES; l++) {
			lanes[l] = random_scenario(p->deal, seed, b * WEIR_LANES + l);
			if (!lanes[l])
				return 0;
		}
		weir_status status = pair_compare_block(p, lanes, WEIR_LANES, same);
		if (status != WEIR_OK) {
			printf("# %s\n", weir_status_text(status));
			pair_print_diags(p);
		}
		for (int l = 0; l < WEIR_LANES; l++)
			all = all && same[l];
	}
	return all;
}

static void compare_deal(const char *path)
{
	pair p;
	char what[100];
	weir_status status = pair_open(&p, path);
	const char *id = p.deal && p.deal->node.id ? p.deal->node.id : path;
	if (status != WEIR_OK) {
		report(0, id, weir_status_text(status));
	} else {
		int same = pair_compare_terms(&p);
		if (!same)
			printf("# %s\n", p.difference);
		report(same, id, "dates and receipts");
		compare_scenarios(&p, id, path);
		same = compare_random(&p, RANDOM_SCENARIOS / WEIR_LANES, 20230620);
		snprintf(what, sizeof what, "%d random scenarios, %ld values", RANDOM_SCENARIOS, p.compared);
		report(same, id, what);
	}
	pair_close(&p);
}

/* Whether the deal was refused for what weir says it does not do, and for nothing else. */
static int only_unsupported(const weir_diags *diags)
{
	for (size_t i = 0; i < diags->count; i++)
		if (diags->items[i].severity == WEIR_ERROR && diags->items[i].code != WEIR_CODE_UNSUPPORTED)
			return 0;
	return diags->errors > 0;
}

/* One random deal: written to a file, loaded like any other, compared under a block of random scenarios. */
static void compare_random_deal(uint64_t seed)
{
	char path[100], id[60], what[60];
	pair p;
	int same = 0;
	snprintf(id, sizeof id, "random deal %llu", (unsigned long long)seed);
	snprintf(path, sizeof path, "twin-%llu.xml", (unsigned long long)seed);
	if (!random_deal_write(path, seed)) {
		report(0, id, "could not be written");
		return;
	}
	if (pair_open(&p, path) == WEIR_OK) {
		same = pair_compare_terms(&p);
		if (!same)
			printf("# %s\n", p.difference);
		same = compare_random(&p, 1, seed) && same;
	}
	snprintf(what, sizeof what, "%ld values", p.compared);
	if (only_unsupported(&p.diags))
		report(1, id, "is refused: terms that do not go together");
	else
		report(same, id, what);
	pair_close(&p);
	remove(path);
}

static int usage(void)
{
	fprintf(stderr, "usage: twin [--random N SEED] [DEAL.xml...]\n       twin --show SEED\n");
	return 2;
}

int main(int argc, char **argv)
{
	int first = 1;
	if (argc == 3 && strcmp(argv[1], "--show") == 0)
		return random_deal_print(stdout, strtoull(argv[2], NULL, 10)) ? 0 : 1;
	if (argc > 3 && strcmp(argv[1], "--random") == 0) {
		uint64_t seed = strtoull(argv[3], NULL, 10);
		for (int i = 0; i < atoi(argv[2]); i++)
			compare_random_deal(seed + (uint64_t)i);
		first = 4;
	}
	if (argc == 1 || (argc > first && argv[first][0] == '-'))
		return usage();
	for (int i = first; i < argc; i++)
		compare_deal(argv[i]);
	printf("1..%d\n", tests);
	num_free_all();
	return failures ? 1 : 0;
}
