/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The twin against the engine, as TAP.
 *   twin DEAL.xml...          each deal and its variants with the scenarios beside it, those that weir ships, and
 *                             random ones
 *   twin --random N SEED      N random deals under random scenarios; more deals may follow
 *   twin --properties N SEED  N random deals that pay purely in sequence, and what must hold of them
 *   twin --texts N SEED       N random deals, and whether numbers laid over them do what they do in their text
 *   twin --show SEED          the deal of a seed, as XML
 *   twin --survives DEAL SCENARIO CLASS ...  one claim: claim.h */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "io/load.h"
#include "ref/claim.h"
#include "ref/compare.h"
#include "ref/number.h"
#include "ref/random_deal.h"

#define RANDOM_SCENARIOS 128

static int tests, failures;

static void report(int ok, const char *deal, const char *what)
{
	printf("%s %d - %s %s\n", ok ? "ok" : "not ok", ++tests, deal, what);
	failures += !ok;
	fflush(stdout);
}

/* A block of scenarios; where it is refused as a whole, each of its own, since one that says what the deal
 * cannot have (a servicer that fails where none is told) refuses all. */
static void compare_lanes(pair *p, const char *id, const weir_scenario *const *lanes, int count)
{
	int same[WEIR_LANES] = { 0 };
	weir_status status = pair_compare_block(p, lanes, count, same);
	if (status == WEIR_INPUT && count > 1) {
		for (int l = 0; l < count; l++)
			compare_lanes(p, id, &lanes[l], 1);
		return;
	}
	for (int l = 0; l < count; l++) {
		char what[300];
		snprintf(what, sizeof what, "%s%s", lanes[l] ? lanes[l]->node.id : "base",
		         status == WEIR_INPUT ? " # SKIP is refused" : "");
		report(same[l] || status == WEIR_INPUT, id, what);
	}
}

/* Every scenario of a file; `with_base`: the base case first. */
static void compare_scenarios(pair *p, const char *id, const char *name, int with_base)
{
	weir_scenarios all = { 0 };
	if (name && weir_scenarios_load(&all, p->deal, name, &p->diags) != WEIR_OK) {
		pair_print_diags(p);
		report(0, id, name);
	}
	for (int s = 0; s < all.count; s++)
		weir_block_settle_scenario(p->plan, &all.items[s], &p->diags);
	for (int first = with_base ? -1 : 0; first < all.count; first += WEIR_LANES) {
		const weir_scenario *lanes[WEIR_LANES];
		int count = 0;
		for (int s = first; s < all.count && count < WEIR_LANES; s++)
			lanes[count++] = s < 0 ? NULL : &all.items[s];
		compare_lanes(p, id, lanes, count);
	}
}

/* A file beside the deal, or NULL: in `name`. */
static const char *beside(char *name, size_t size, const char *path, const char *file)
{
	const char *slash = strrchr(path, '/');
	snprintf(name, size, "%.*s%s", slash ? (int)(slash + 1 - path) : 0, path, file);
	FILE *there = fopen(name, "r");
	if (there)
		fclose(there);
	return there ? name : NULL;
}

/* A file beside the deal; 0 when there is none. */
static int compare_beside(pair *p, const char *id, const char *path, const char *file)
{
	char name[1000];
	if (!beside(name, sizeof name, path, file))
		return 0;
	compare_scenarios(p, id, name, 0);
	return 1;
}

/* Full blocks of random scenarios: as they are, with numbers laid over them, with the same numbers set by
 * them. */
static int compare_random(pair *p, int blocks, uint64_t seed)
{
	int all = 1, setting_count;
	const twin_setting *settings = twin_settings(p->twin, &setting_count);
	for (int b = 0; b < blocks; b++) {
		const weir_scenario *lanes[WEIR_LANES], *laid[WEIR_LANES];
		int same[WEIR_LANES] = { 0 }, over = b % 2, set = !over && seed % 2;
		random_overlays overlays = { .count = 0 };
		for (int l = 0; l < WEIR_LANES; l++) {
			lanes[l] = random_scenario(p->deal, seed, b * WEIR_LANES + l);
			if (!lanes[l])
				return 0;
		}
		memcpy(laid, lanes, sizeof laid);
		if ((over || set) && !random_overlays_lay(&overlays, p->deal, settings, setting_count,
		                                          seed + (uint64_t)b, laid, WEIR_LANES))
			return 0;
		int overlay_count = over ? overlays.count : 0; /* the pool's is the first */
		int at_once = over && seed / 2 % 2 ? 1 : overlay_count;
		weir_status status = pair_compare_overlays(p, set ? laid : lanes, overlays.items,
		                                           overlay_count, at_once, laid, WEIR_LANES, same);
		if (status != WEIR_OK) {
			printf("# %s\n", weir_status_text(status));
			pair_print_diags(p);
		}
		for (int l = 0; l < WEIR_LANES; l++)
			all = all && same[l];
	}
	return all;
}

/* "deal.xml" goes with the scenarios.xml beside it, its supported variants with the stress.xml. */
static int is_plain(const char *path)
{
	const char *slash = strrchr(path, '/');
	return strcmp(slash ? slash + 1 : path, "deal.xml") == 0;
}

static void compare_opened(pair *p, const char *id, const char *path)
{
	static const char *const shipped[] = { "general", "ip", "lease", "small-business" };
	char what[100];
	int same = pair_compare_terms(p);
	if (!same)
		printf("# %s\n", p->difference);
	report(same, id, "dates and receipts");
	same = pair_compare_settings(p);
	if (!same)
		printf("# %s\n", p->difference);
	report(same, id, "numbers that may be set");
	compare_scenarios(p, id, NULL, 1);
	if (!is_plain(path) || !compare_beside(p, id, path, "scenarios.xml"))
		compare_beside(p, id, path, "stress.xml");
	for (size_t i = 0; i < sizeof shipped / sizeof *shipped; i++)
		compare_scenarios(p, id, shipped[i], 0);
	same = compare_random(p, RANDOM_SCENARIOS / WEIR_LANES, 20230620);
	snprintf(what, sizeof what, "%d random scenarios, %ld values", RANDOM_SCENARIOS, p->compared);
	report(same, id, what);
}

/* The deal with what was collected: the file beside it, and a random one. */
static void compare_actuals(const char *path, const char *id, int of_dice)
{
	char name[1000], what[100];
	const char *file = of_dice ? "twin-actuals.csv" : is_plain(path) ? beside(name, sizeof name, path, "actuals.csv") : NULL;
	pair p = { .printed = 0 };
	if (!file)
		return;
	weir_status status = pair_open(&p, path);
	if (status == WEIR_OK &&
	    (!of_dice || twin_write_actuals(p.twin, file, 20230620 + strlen(id)))) {
		status = pair_take_actuals(&p, file);
		if (status == WEIR_OK && !of_dice) {
			compare_scenarios(&p, id, NULL, 1);
			compare_beside(&p, id, path, "scenarios.xml");
		}
		int same = status == WEIR_OK && compare_random(&p, 1, 20230620);
		snprintf(what, sizeof what, "%s, %ld values", of_dice ? "random actuals" : "with its actuals", p.compared);
		report(same, id, what);
	}
	pair_close(&p);
	if (of_dice)
		remove(file);
}

/* A deal as written, or one of its variants; then the variant after it. */
static void compare_deal(const char *path, const char *variant)
{
	pair p;
	char id[200], next[100] = "";
	weir_status status = pair_open_variant(&p, path, variant);
	snprintf(id, sizeof id, "%s%s%s", p.deal && p.deal->node.id ? p.deal->node.id : path,
	         variant ? ", variant " : "", variant ? variant : "");
	if (status == WEIR_OK)
		compare_opened(&p, id, path);
	else
		report(0, id, weir_status_text(status));
	for (int of_dice = 0; status == WEIR_OK && !variant && of_dice < 2; of_dice++)
		compare_actuals(path, id, of_dice);
	for (int i = 0; p.deal && i < p.deal->variant_count; i++)
		if (variant ? i > 0 && strcmp(p.deal->variants[i - 1].node.id, variant) == 0 : i == 0)
			snprintf(next, sizeof next, "%s", p.deal->variants[i].node.id);
	pair_close(&p);
	if (*next)
		compare_deal(path, next);
}

/* Whether the deal was refused for what weir says it does not do, for an opening behind the last receipt, or
 * for more opening cash than it raises; and for nothing else. */
static int only_unsupported(const weir_diags *diags)
{
	for (size_t i = 0; i < diags->count; i++) {
		weir_code code = diags->items[i].code;
		if (diags->items[i].severity == WEIR_ERROR && code != WEIR_CODE_UNSUPPORTED &&
		    code != WEIR_CODE_SIZE_MISMATCH && code != WEIR_CODE_NOT_CLOSED)
			return 0;
	}
	return diags->errors > 0;
}

/* One random deal: written to a file, loaded like any other, compared under a block of random scenarios. */
static void compare_random_deal(uint64_t seed)
{
	char path[100], actuals[100], id[60], what[60];
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
		if (same && !(same = pair_compare_settings(&p)))
			printf("# %s\n", p.difference);
		same = compare_random(&p, 2, seed) && same;
		snprintf(actuals, sizeof actuals, "twin-%llu.csv", (unsigned long long)seed);
		if (twin_write_actuals(p.twin, actuals, seed))
			same = pair_take_actuals(&p, actuals) == WEIR_OK && compare_random(&p, 1, seed + 1) && same;
		remove(actuals);
	}
	snprintf(what, sizeof what, "%ld values", p.compared);
	if (only_unsupported(&p.diags))
		report(1, id, "is refused: terms that do not go together");
	else
		report(same, id, what);
	pair_close(&p);
	remove(path);
}

#define PROPERTY_SCENARIOS 24

/* One deal that pays purely in sequence, without support (seeds that are even) or with it. */
static void check_properties(uint64_t seed)
{
	char path[100], id[60], what[60];
	int with_support = (int)(seed % 2), holds = 0, scenarios = 0;
	pair p;
	snprintf(id, sizeof id, "plain deal %llu", (unsigned long long)seed);
	snprintf(path, sizeof path, "twin-plain-%llu.xml", (unsigned long long)seed);
	if (!random_plain_write(path, seed, with_support)) {
		report(0, id, "could not be written");
		return;
	}
	if (pair_open(&p, path) == WEIR_OK) {
		holds = compare_random(&p, 1, seed);
		for (int n = 0; n < PROPERTY_SCENARIOS; n++, scenarios++) {
			const weir_scenario *worse = random_scenario(p.deal, seed, n);
			const weir_scenario *better =
				worse ? random_better(p.deal, worse, seed + (uint64_t)n) : NULL;
			int now = better && (with_support ? pair_check_support(&p, worse)
			                                  : pair_check_collections(&p, worse, better) &&
			                                            pair_check_ranks(&p, worse));
			if (!now && p.printed++ < 4)
				printf("# scenario %d: %s\n", n, p.difference);
			holds = holds && now;
		}
	}
	snprintf(what, sizeof what, "properties in %d scenarios", scenarios);
	report(holds, id, what);
	pair_close(&p);
	remove(path);
}

#define TEXTS_LEAST 8  /* of each deal, those refused included; some 14 are usual */
#define TEXTS_DEALS 20 /* fewer deals say nothing of that */

static long texts;

/* Texts that no longer load compare nothing: too few of them are a failure of this test itself. */
static void report_texts(int deals)
{
	char what[80];
	snprintf(what, sizeof what, "%ld texts with other numbers were run, at least %d", texts, TEXTS_LEAST * deals);
	if (deals >= TEXTS_DEALS)
		report(texts >= TEXTS_LEAST * (long)deals, "random deals", what);
	texts = 0;
}

/* One random deal, and its texts with other numbers in them. */
static void check_texts(uint64_t seed)
{
	char path[100], id[60], what[60];
	pair p;
	int holds = 0;
	snprintf(id, sizeof id, "random deal %llu", (unsigned long long)seed);
	snprintf(path, sizeof path, "twin-text-%llu.xml", (unsigned long long)seed);
	if (!random_deal_write(path, seed)) {
		report(0, id, "could not be written");
		return;
	}
	if (pair_open(&p, path) == WEIR_OK) {
		holds = pair_check_texts(&p, path, seed);
		if (!holds)
			printf("# %s\n", p.difference);
	}
	texts += p.texts;
	snprintf(what, sizeof what, "%d texts with other numbers, %ld values", p.texts, p.compared);
	report(holds || only_unsupported(&p.diags), id, what);
	pair_close(&p);
	remove(path);
}

static int usage(void)
{
	fprintf(stderr,
	        "usage: twin [--random N SEED] [--properties N SEED] [--texts N SEED] [DEAL.xml...]\n       "
	        "twin --show SEED\n");
	return 2;
}

static const struct {
	const char *option;
	void (*check)(uint64_t seed);
} by_seed[] = {
	{ "--random", compare_random_deal },
	{ "--properties", check_properties },
	{ "--texts", check_texts },
};

int main(int argc, char **argv)
{
	int first = 1;
	if (argc > 1 && strcmp(argv[1], "--survives") == 0)
		return claim_check(argc - 2, argv + 2);
	if (argc == 3 && strcmp(argv[1], "--show") == 0)
		return random_deal_print(stdout, strtoull(argv[2], NULL, 10)) ? 0 : 1;
	for (; argc > first + 2 && argv[first][0] == '-'; first += 3) {
		uint64_t seed = strtoull(argv[first + 2], NULL, 10);
		void (*check)(uint64_t) = NULL;
		for (size_t i = 0; i < sizeof by_seed / sizeof *by_seed; i++)
			if (strcmp(argv[first], by_seed[i].option) == 0)
				check = by_seed[i].check;
		if (!check)
			return usage();
		for (int i = 0; i < atoi(argv[first + 1]); i++)
			check(seed + (uint64_t)i);
		if (check == check_texts)
			report_texts(atoi(argv[first + 1]));
	}
	if (argc == 1 || (argc > first && argv[first][0] == '-'))
		return usage();
	for (int i = first; i < argc; i++)
		compare_deal(argv[i], NULL);
	printf("1..%d\n", tests);
	num_free_all();
	return failures ? 1 : 0;
}
