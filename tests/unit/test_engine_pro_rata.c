/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_engine_pro_rata.c: one amount shared in proportion: each mode by hand, and a million draws against the rules
 * written down once more in integers. */
#include <check.h>
#include <stdio.h>
#include <string.h>

#include "engine/pro_rata.h"
#include "engine_fixture.h"

Suite *weir_suite_engine_pro_rata(void);

typedef __int128 wide;

#define MODES 4
#define MOST 8

static const weir_split modes[MODES] = { WEIR_SPLIT_CUMULATIVE, WEIR_SPLIT_LAST, WEIR_SPLIT_FIRST,
	                                 WEIR_SPLIT_LARGEST_REMAINDER };

static const char *const mode_words[MODES] = { "cumulative", "last", "first", "largest-remainder" };

/* The shortage of tests/deals/pro-rata-shortage-*, in cents. 61206 for 31117, 40290, 28746 (100153):
 *   in proportion 19016.376, 24622.225, 17567.399; first two 43638.601
 *   cumulative: 19016; 43639 - 19016 = 24623; the rest 17567        last: 19016, 24622, the rest 17568
 *   first: 24622, 17567, the rest 19017        largest remainder: one cent is left, of .376 .225 .399 to the third
 * Then what is unpaid and the same again; 72835 for 139100 (here after "cumulative": 43218, 55957, 39925):
 *   in proportion 22629.641, 29299.986, 20905.373; first two 51929.627
 *   cumulative: 22630; 51930 - 22630 = 29300; 20905
 * after "last" (43218, 55958, 39924): 22629.641, 29300.510, 20904.849: 22630, 29301, the rest 20904
 * after "first" (43217, 55958, 39925): 22629.117, 29300.510, 20905.373: 29301, 20905, the rest 22629
 * after "largest remainder" (as after "last"): 72833 rounded down; two cents to .849 and .641: 22630, 29300, 20905 */
static const double shortage[MODES][2][3] = {
	{ { 19016, 24623, 17567 }, { 22630, 29300, 20905 } },
	{ { 19016, 24622, 17568 }, { 22630, 29301, 20904 } },
	{ { 19017, 24622, 17567 }, { 22629, 29301, 20905 } },
	{ { 19016, 24622, 17568 }, { 22630, 29300, 20905 } },
};

START_TEST(a_shortage_with_odd_cents)
{
	const double fresh[3] = { 31117, 40290, 28746 };
	double due[3] = { 0 }, shares[3];
	for (int period = 0; period < 2; period++) {
		for (int i = 0; i < 3; i++)
			due[i] += fresh[i];
		weir_share_pro_rata(shares, due, 3, period ? 72835 : 61206, modes[_i]);
		for (int i = 0; i < 3; i++) {
			ck_assert_double_eq(shares[i], shortage[_i][period][i]);
			due[i] -= shares[i];
		}
	}
}
END_TEST

/* The same through whole deals. */
START_TEST(a_shortage_in_a_deal)
{
	engine_deal d;
	char path[200];
	snprintf(path, sizeof path, "tests/deals/pro-rata-shortage-%s/deal.xml", mode_words[_i]);
	engine_open(&d, path);
	ck_assert_int_eq(d.status, WEIR_OK);
	weir_block *block = engine_run(&d, NULL, 0);
	static const char *const names[] = { "A.interest_paid", "B.interest_paid", "C.interest_paid" };
	const double fresh[3] = { 31117, 40290, 28746 };
	for (int i = 0; i < 3; i++) {
		ck_assert_double_eq(engine_value(&d, block, names[i], 1), shortage[_i][0][i]);
		ck_assert_double_eq(engine_value(&d, block, names[i], 2), shortage[_i][1][i]);
		ck_assert_double_eq(engine_value(&d, block, names[i], 3), /* all of three periods */
		                    3 * fresh[i] - shortage[_i][0][i] - shortage[_i][1][i]);
	}
	weir_block_destroy(block);
	engine_close(&d);
}
END_TEST

/* Ties and corners. Columns: due, amount, what each mode gives. */
static const struct {
	int count;
	double due[4], amount, shares[MODES][4];
} corners[] = {
	/* one cent for two equals: half a cent each. Cumulative rounds the first half up; the others' rounded halves
	 * take the cent, so that nothing is left for the rest; of equal remainders the earlier */
	{ 2, { 7, 7 }, 1, { { 1, 0 }, { 1, 0 }, { 0, 1 }, { 1, 0 } } },
	/* three for two equals: 1.5 each */
	{ 2, { 9, 9 }, 3, { { 2, 1 }, { 2, 1 }, { 1, 2 }, { 2, 1 } } },
	/* two cents for four equals: 0.5 each. The rounded ones take both cents before the later ones */
	{ 4, { 3, 3, 3, 3 }, 2, { { 1, 0, 1, 0 }, { 1, 1, 0, 0 }, { 0, 1, 1, 0 }, { 1, 1, 0, 0 } } },
	/* one cent for three: a third each rounds to nothing, the rest takes it; cumulative at 0.667 */
	{ 3, { 2, 2, 2 }, 1, { { 0, 1, 0 }, { 0, 0, 1 }, { 1, 0, 0 }, { 1, 0, 0 } } },
	/* two cents for three: 0.667 each; rounded up, two take them */
	{ 3, { 2, 2, 2 }, 2, { { 1, 0, 1 }, { 1, 1, 0 }, { 0, 1, 1 }, { 1, 1, 0 } } },
	/* 0.8, 0.8, 0.8, 1.6: the rest is one, or nothing when it is the first's; cumulative at 0.8, 1.6, 2.4 */
	{ 4, { 1, 1, 1, 2 }, 4, { { 1, 1, 0, 2 }, { 1, 1, 1, 1 }, { 0, 1, 1, 2 }, { 1, 1, 1, 1 } } },
	/* 3.43, 1.71, 0.86; and 0.727, 3.636, 3.636, cumulative at 0.727, 4.364 */
	{ 3, { 4, 2, 1 }, 6, { { 3, 2, 1 }, { 3, 2, 1 }, { 3, 2, 1 }, { 3, 2, 1 } } },
	{ 3, { 1, 5, 5 }, 8, { { 1, 3, 4 }, { 1, 4, 3 }, { 0, 4, 4 }, { 1, 4, 3 } } },
	/* somebody is due nothing */
	{ 4, { 0, 5, 0, 5 }, 3, { { 0, 2, 0, 1 }, { 0, 2, 0, 1 }, { 0, 2, 0, 1 }, { 0, 2, 0, 1 } } },
	/* a rest that is due nothing: 1.5 each, rounded 2 and 1 (shortened), nothing left for it */
	{ 3, { 5, 5, 0 }, 3, { { 2, 1, 0 }, { 2, 1, 0 }, { 1, 2, 0 }, { 2, 1, 0 } } },
	/* a rest without room: 9.425 three times leave it two cents, it is due one; the first with room takes the other */
	{ 4, { 13, 13, 13, 1 }, 29, { { 9, 10, 9, 1 }, { 10, 9, 9, 1 }, { 10, 9, 9, 1 }, { 10, 9, 9, 1 } } },
	{ 2,
	  { 4503599627370495, 4503599627370495 },
	  4503599627370495,
	  { { 2251799813685248, 2251799813685247 },
	    { 2251799813685248, 2251799813685247 },
	    { 2251799813685247, 2251799813685248 },
	    { 2251799813685248, 2251799813685247 } } },
	/* nothing to share, all to share, nobody due, one payee */
	{ 3, { 3, 2, 1 }, 0, { { 0 }, { 0 }, { 0 }, { 0 } } },
	{ 3, { 3, 2, 1 }, 6, { { 3, 2, 1 }, { 3, 2, 1 }, { 3, 2, 1 }, { 3, 2, 1 } } },
	{ 3, { 0, 0, 0 }, 0, { { 0 }, { 0 }, { 0 }, { 0 } } },
	{ 1, { 11 }, 7, { { 7 }, { 7 }, { 7 }, { 7 } } },
};

START_TEST(ties_and_corners)
{
	for (int m = 0; m < MODES; m++) {
		double shares[4] = { -1, -1, -1, -1 };
		weir_share_pro_rata(shares, corners[_i].due, corners[_i].count, corners[_i].amount, modes[m]);
		for (int k = 0; k < corners[_i].count; k++)
			ck_assert_msg(shares[k] == corners[_i].shares[m][k], "%s: payee %d gets %.0f, by hand %.0f",
			              mode_words[m], k + 1, shares[k], corners[_i].shares[m][k]);
	}
}
END_TEST

/* --- a million draws -------------------------------------------------------------------------------------------- */

static uint64_t state;

static uint64_t draw(void)
{
	state ^= state << 13; /* Marsaglia's xorshift, 13-7-17 */
	state ^= state >> 7;
	state ^= state << 17;
	return state;
}

/* round(amount x part / whole), half away from zero, from quotient and remainder. */
static wide rounded(wide amount, wide part, wide whole)
{
	wide quotient = amount * part / whole, rest = amount * part % whole;
	return quotient + (rest >= whole - rest);
}

typedef struct sharing {
	int count;
	wide due[MOST], amount, sum;
	double shares[MOST];
} sharing;

static void make(sharing *s, int spread)
{
	s->count = 1 + (int)(draw() % MOST);
	s->sum = 0;
	for (int i = 0; i < s->count; i++) {
		s->due[i] = (wide)(draw() >> (64 - 1 - draw() % (unsigned)spread));
		s->due[i] = draw() % 8 == 0 ? 0 : draw() % 4 == 0 && i ? s->due[i - 1] : s->due[i];
		s->sum += s->due[i];
	}
	s->amount = s->sum ? (wide)(draw() % (uint64_t)(s->sum + 1)) : 0;
	if (draw() % 4 == 0 && s->sum % 2 == 0)
		s->amount = s->sum / 2; /* every odd due is a tie */
}

static void share(sharing *s, weir_split mode)
{
	double due[MOST];
	for (int i = 0; i < s->count; i++)
		due[i] = (double)(int64_t)s->due[i];
	weir_share_pro_rata(s->shares, due, s->count, (double)(int64_t)s->amount, mode);
}

/* Whatever the mode: parts sum to the whole, none is negative, none above its due. */
static int is_sound(const sharing *s)
{
	wide sum = 0;
	for (int i = 0; i < s->count; i++) {
		if (!(s->shares[i] >= 0) || s->shares[i] != (double)(int64_t)s->shares[i] ||
		    (wide)s->shares[i] > s->due[i])
			return 0;
		sum += (wide)s->shares[i];
	}
	return sum == s->amount;
}

/* round(paid x cumulative share) - what went before (DESIGN section 3), each from its own two sums. */
static int is_cumulative(const sharing *s)
{
	wide before = 0;
	for (int i = 0; i < s->count && s->sum; i++) {
		wide wanted = rounded(s->amount, before + s->due[i], s->sum) - rounded(s->amount, before, s->sum);
		before += s->due[i];
		if ((wide)s->shares[i] != wanted)
			return 0;
	}
	return 1;
}

/* Each rounded, one the rest: to the cent where the rounded ones leave a rest that has room; else nobody is further than
 * the number of payees from the proportion. */
static int is_with_rest(const sharing *s, int rest)
{
	wide others = 0;
	for (int i = 0; i < s->count && s->sum; i++)
		others += i == rest ? 0 : rounded(s->amount, s->due[i], s->sum);
	int plain = s->sum && others <= s->amount && s->amount - others <= s->due[rest];
	for (int i = 0; i < s->count && s->sum; i++) {
		wide wanted = i == rest ? s->amount - others : rounded(s->amount, s->due[i], s->sum);
		wide off = (wide)s->shares[i] * s->sum - s->amount * s->due[i];
		if (plain && (wide)s->shares[i] != wanted)
			return 0;
		if ((off < 0 ? -off : off) >= s->count * s->sum)
			return 0;
	}
	return 1;
}

/* Everybody gets the proportion rounded down or up; who is rounded up has no smaller remainder than who is not, and of
 * equal remainders the earlier are rounded up. */
static int is_by_remainder(const sharing *s)
{
	for (int i = 0; i < s->count && s->sum; i++) {
		wide down = s->amount * s->due[i] / s->sum, up = (wide)s->shares[i] - down;
		if (up != 0 && up != 1)
			return 0;
		for (int k = 0; k < s->count; k++) {
			wide other = (wide)s->shares[k] - s->amount * s->due[k] / s->sum;
			wide mine = s->amount * s->due[i] % s->sum, theirs = s->amount * s->due[k] % s->sum;
			if (up == 1 && other == 0 && (mine < theirs || (mine == theirs && k < i)))
				return 0;
		}
	}
	return 1;
}

START_TEST(a_million_draws)
{
	state = 88172645463325252u;
	for (long n = 0; n < 1000000; n++) {
		sharing s;
		weir_split mode = modes[n % MODES];
		make(&s, n % 3 == 0 ? 4 : n % 3 == 1 ? 20 : 50); /* sums stay below 2^53 */
		share(&s, mode);
		int right = is_sound(&s) && (mode == WEIR_SPLIT_CUMULATIVE ? is_cumulative(&s) :
		                             mode == WEIR_SPLIT_LAST       ? is_with_rest(&s, s.count - 1) :
		                             mode == WEIR_SPLIT_FIRST      ? is_with_rest(&s, 0) :
		                                                             is_by_remainder(&s));
		if (right)
			continue;
		for (int i = 0; i < s.count; i++)
			fprintf(stderr, "# due %.0f gets %.0f\n", (double)s.due[i], s.shares[i]);
		ck_abort_msg("draw %ld: %.0f shared by %s", n, (double)s.amount, mode_words[n % MODES]);
	}
}
END_TEST

Suite *weir_suite_engine_pro_rata(void)
{
	Suite *suite = suite_create("engine_pro_rata");
	TCase *test = tcase_create("engine_pro_rata");
	tcase_add_loop_test(test, a_shortage_with_odd_cents, 0, MODES);
	tcase_add_loop_test(test, a_shortage_in_a_deal, 0, MODES);
	tcase_add_loop_test(test, ties_and_corners, 0, sizeof corners / sizeof *corners);
	tcase_add_test(test, a_million_draws);
	suite_add_tcase(suite, test);
	return suite;
}
