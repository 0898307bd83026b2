/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The formula language: what is read, as what, with which value; each complaint at its place; and what comes
 * back when a tree is written. Amounts are in cents of a currency with two decimals. */
#include <check.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "lang/formula.h"
#include "time/date.h"

static const struct name {
	const char *text;
	weir_type type;
	double value;
} names[] = {
	{ "A.balance", WEIR_TYPE_MONEY, 1234567891 }, /* 12,345,678.91 yuan */
	{ "A.size", WEIR_TYPE_MONEY, 3600000000 },    /* 36,000,000.00 yuan */
	{ "B.balance", WEIR_TYPE_MONEY, 98765437 },
	{ "A.coupon", WEIR_TYPE_RATE, 0.0359 },
	{ "pool.default_rate", WEIR_TYPE_RATE, 0.1 },
	{ "factor", WEIR_TYPE_NUMBER, 0.375 },
	{ "date", WEIR_TYPE_DATE, 19894 },             /* 2024-06-20: 54 x 365 + 13 leap days + 171 */
	{ "deal.closing", WEIR_TYPE_DATE, 19436 },     /* 2023-03-20: 458 days before */
	{ "deal.legal_final", WEIR_TYPE_DATE, 19783 }, /* 2024-03-01 */
	{ "accelerate", WEIR_TYPE_FLAG, 1 },
	{ "A.is_paid", WEIR_TYPE_FLAG, 0 },
	{ "lag", WEIR_TYPE_DAYS, 45 },
	{ "grace", WEIR_TYPE_MONTHS, 3 },
	{ "\xE6\xB1\xA0.\xE6\x94\xB6\xE5\x85\xA5", WEIR_TYPE_MONEY, 777 }, /* "pool.income" in Chinese */
	{ "top_1", WEIR_TYPE_RATE, 0.17 },
};

#define NAMES ((int)(sizeof names / sizeof *names))
#define TOP_1 (NAMES - 1)

static const char *known[NAMES];
static const char *const own_functions[] = { "share", "top" };
static const weir_expression *declared; /* what the name "declared" stands for */

static int find_name(void *context, const char *name, size_t length, weir_place place, weir_symbol *out)
{
	weir_diags *diags = context;
	if (length == 5 && memcmp(name, "later", 5) == 0) {
		weir_diag_error(diags, NOT_YET_KNOWN, place, "\"later\" is not known yet");
		return -1;
	}
	if (length == 8 && memcmp(name, "declared", 8) == 0 && declared) {
		out->inlined = declared;
		return 1;
	}
	for (int i = 0; i < NAMES; i++)
		if (strlen(names[i].text) == length && memcmp(names[i].text, name, length) == 0) {
			*out = (weir_symbol){ .number = i, .type = names[i].type };
			return 1;
		}
	return 0;
}

/* share(NAME) and top(1). */
static int find_call(void *context, const char *function, size_t function_length,
                     const char *const *arguments, const size_t *lengths, int count, weir_place place,
                     weir_symbol *out)
{
	(void)place, (void)context;
	*out = (weir_symbol){ .number = TOP_1, .type = WEIR_TYPE_RATE };
	if (function_length == 5 && memcmp(function, "share", 5) == 0)
		return count == 1 && lengths[0] == 3 && memcmp(arguments[0], "L01", 3) == 0;
	return function_length == 3 && memcmp(function, "top", 3) == 0 && count == 1 && lengths[0] == 1 &&
	       *arguments[0] == '1';
}

static double value_of(void *context, int symbol)
{
	(void)context;
	return names[symbol].value;
}

/* The history of the tests: every value was one cent, one unit, in each of two earlier periods. */
static double history_of(void *context, const weir_expression *node)
{
	double now = weir_formula_evaluate(node->arguments[0], value_of, history_of, context);
	if (node->op == WEIR_OP_PREVIOUS)
		return 1;
	return node->op == WEIR_OP_CUMULATIVE ? now + 2 : now + node->arguments[1]->value - 1;
}

static void name_of(void *context, int symbol, weir_type type, weir_text *to)
{
	(void)context, (void)type;
	weir_text_add(to, names[symbol].text);
}

/* One parse with all that it leaves. `text` may be XML text with entities: `decoded` is then what a parser
 * gives. */
typedef struct reading {
	weir_arena *arena;
	weir_sources sources;
	weir_diags diags;
	weir_status status;
	const weir_expression *tree;
} reading;

static void read_place(reading *r, const char *file, size_t offset, size_t length, const char *decoded,
                       weir_type wanted, const char *currency)
{
	const weir_resolver resolver = { .context = &r->diags,
		                         .name = find_name,
		                         .call = find_call,
		                         .known = known,
		                         .known_count = NAMES,
		                         .functions = own_functions,
		                         .function_count = 2,
		                         .currency_digits = 2,
		                         .currency = currency };
	size_t size = strlen(file);
	char *copy = weir_alloc(size + 1);
	weir_place place = { 0 };
	*r = (reading){ .status = WEIR_NO_MEMORY };
	for (int i = 0; i < NAMES; i++)
		known[i] = names[i].text;
	if (!copy)
		return;
	memcpy(copy, file, size + 1);
	if (weir_sources_add(&r->sources, "deal.xml", copy, size, &place.source) != WEIR_OK) {
		weir_free(copy);
		return;
	}
	if (weir_arena_create(&r->arena) != WEIR_OK)
		return;
	place.offset = offset;
	place.length = (uint32_t)length;
	r->status = weir_formula_parse(&r->tree, r->arena, &r->sources, decoded, place, wanted, &resolver,
	                               &r->diags);
}

static void release(reading *r)
{
	weir_arena_destroy(r->arena);
	weir_diags_free(&r->diags);
	weir_sources_free(&r->sources);
}

static void read_formula(reading *r, const char *text, weir_type wanted)
{
	read_place(r, text, 0, strlen(text), text, wanted, "CNY");
}

/* Reads what must be readable. */
static void read_sound(reading *r, const char *text, weir_type wanted)
{
	read_formula(r, text, wanted);
	ck_assert_msg(r->status == WEIR_OK, "%s: %s", text,
	              r->diags.count ? r->diags.items[0].text : "no complaint");
	ck_assert_uint_eq(r->diags.count, 0);
}

static const struct sound {
	const char *text;
	weir_type type;
	double value;
	const char *normal; /* NULL: as the text */
} sound[] = {
	/* literals: each unit against its size */
	{ "12.5", WEIR_TYPE_NUMBER, 12.5, NULL },
	{ "0.0010", WEIR_TYPE_NUMBER, 0.001, "0.001" },
	{ "1200", WEIR_TYPE_NUMBER, 1200, NULL },
	{ "3.59%", WEIR_TYPE_RATE, 0.0359, NULL },
	{ "25bp", WEIR_TYPE_RATE, 0.0025, "0.25%" },
	{ "2.5\xE2\x80\xB0", WEIR_TYPE_RATE, 0.0025, "0.25%" },
	{ "7\xEF\xBC\x85", WEIR_TYPE_RATE, 0.07, "7%" },
	{ "250 %", WEIR_TYPE_RATE, 2.5, "250%" },
	{ "100.07 yuan", WEIR_TYPE_MONEY, 10007, NULL },
	{ "3 \xE5\x85\x83", WEIR_TYPE_MONEY, 300, "3.00 \xE5\x85\x83" },
	{ "50.5 \xE4\xB8\x87\xE5\x85\x83", WEIR_TYPE_MONEY, 50500000, "505000.00 \xE5\x85\x83" },
	{ "1.2\xE4\xBA\xBF\xE5\x85\x83", WEIR_TYPE_MONEY, 12000000000, "120000000.00 \xE5\x85\x83" },
	{ "7 CNY", WEIR_TYPE_MONEY, 700, "7.00 CNY" },
	{ "7 RMB", WEIR_TYPE_MONEY, 700, "7.00 RMB" },
	{ "2024-02-29", WEIR_TYPE_DATE, 19782, NULL },
	{ "10 days", WEIR_TYPE_DAYS, 10, NULL },
	{ "1 day", WEIR_TYPE_DAYS, 1, NULL },
	{ "2 weeks", WEIR_TYPE_DAYS, 14, "14 days" },
	{ "6 months", WEIR_TYPE_MONTHS, 6, NULL },
	{ "1.5 years", WEIR_TYPE_MONTHS, 18, "18 months" },
	{ "yes", WEIR_TYPE_FLAG, 1, NULL },
	{ "false", WEIR_TYPE_FLAG, 0, "no" },
	{ "-5%", WEIR_TYPE_RATE, -0.05, NULL },
	{ "--0.25", WEIR_TYPE_NUMBER, 0.25, "0.25" },
	{ "-0", WEIR_TYPE_NUMBER, 0, "0" },
	/* names */
	{ "\xE6\xB1\xA0.\xE6\x94\xB6\xE5\x85\xA5 + 1", WEIR_TYPE_MONEY, 877,
	  "\xE6\xB1\xA0.\xE6\x94\xB6\xE5\x85\xA5 + 1.00" },
	{ "share(L01)", WEIR_TYPE_RATE, 0.17, "top_1" },
	{ "top(1) at most 15%", WEIR_TYPE_FLAG, 0, "top_1 <= 15%" },
	{ "A is paid", WEIR_TYPE_FLAG, 0, "A.is_paid" },
	{ "A is not paid", WEIR_TYPE_FLAG, 1, "not A.is_paid" },
	/* money: 1234567891 + 98765437 = 1333333328 */
	{ "A.balance + B.balance", WEIR_TYPE_MONEY, 1333333328, NULL },
	{ "A.balance \xE2\x88\x92 B.balance \xC3\x97 3", WEIR_TYPE_MONEY, 938271580,
	  "A.balance - B.balance * 3" },
	{ "A.size \xC3\xB7 A.balance", WEIR_TYPE_NUMBER, 3600000000 / 1234567891.0, "A.size / A.balance" },
	{ "A.size * 25% / 3", WEIR_TYPE_MONEY, 300000000, NULL },
	{ "A.size / 0.5", WEIR_TYPE_MONEY, 7200000000, NULL },
	{ "A.size * A.coupon * (date - deal.closing) / 365", WEIR_TYPE_MONEY, 3600000000 * 0.0359 * 458 / 365,
	  NULL },
	{ "-(A.balance - A.size)", WEIR_TYPE_MONEY, 2365432109, NULL },
	{ "max(0, A.balance - 50000)", WEIR_TYPE_MONEY, 1229567891, "max(0, A.balance - 50000.00)" },
	{ "min(A.balance, B.balance, 987654.36)", WEIR_TYPE_MONEY, 98765436, NULL },
	{ "min(min(A.size, A.balance), 5 yuan)", WEIR_TYPE_MONEY, 500, "min(A.size, A.balance, 5.00 yuan)" },
	{ "sum(A.balance, B.balance, -1)", WEIR_TYPE_MONEY, 1333333228, "A.balance + B.balance + -1.00" },
	{ "sum(A.balance)", WEIR_TYPE_MONEY, 1234567891, "A.balance" },
	{ "abs(B.balance - A.balance)", WEIR_TYPE_MONEY, 1135802454, NULL },
	{ "if(accelerate, A.balance, 0)", WEIR_TYPE_MONEY, 1234567891, NULL },
	{ "if(not accelerate, A.balance, 3.5)", WEIR_TYPE_MONEY, 350, "if(not accelerate, A.balance, 3.50)" },
	/* 1234567891 x 0.0359 = 44320987.2869; to 10 yuan, to fen, to a hundredth of a fen */
	{ "round(A.balance * 3.59%, -1)", WEIR_TYPE_MONEY, 44321000, NULL },
	{ "round(A.balance * 3.59%)", WEIR_TYPE_MONEY, 44320987, "round(A.balance * 3.59%, 2)" },
	{ "round(A.balance * 3.59%, 4)", WEIR_TYPE_MONEY, 44320987.29, NULL },
	{ "round(-A.balance * 3.59%, -1)", WEIR_TYPE_MONEY, -44321000, NULL },
	{ "round(2.5)", WEIR_TYPE_NUMBER, 3, "round(2.5, 0)" },
	{ "round(A.coupon, 3)", WEIR_TYPE_RATE, 0.036, NULL },
	{ "round(1.0005 * 1000, 0)", WEIR_TYPE_NUMBER, 1001,
	  "round(1.0005 * 1000, 0)" }, /* a tie, away from zero */
	/* rates and numbers */
	{ "1 - 5%", WEIR_TYPE_NUMBER, 0.95, NULL },
	{ "A.coupon + 25bp", WEIR_TYPE_RATE, 0.0359 + 0.0025, "A.coupon + 0.25%" },
	{ "A.coupon - 0", WEIR_TYPE_RATE, 0.0359, "A.coupon - 0%" },
	{ "2 * A.coupon", WEIR_TYPE_RATE, 0.0718, NULL },
	{ "A.coupon / 5%", WEIR_TYPE_NUMBER, 0.0359 / 0.05, NULL },
	{ "max(A.coupon, 0)", WEIR_TYPE_RATE, 0.0359, "max(A.coupon, 0%)" },
	{ "factor * 0.5 - 5%", WEIR_TYPE_NUMBER, 0.1375, NULL },
	{ "2 - 3 - 4", WEIR_TYPE_NUMBER, -5, NULL },
	{ "2 - (3 - 4)", WEIR_TYPE_NUMBER, 3, NULL },
	{ "12 / 2 / 3 * 5", WEIR_TYPE_NUMBER, 10, NULL },
	{ "12 / (2 * 3)", WEIR_TYPE_NUMBER, 2, NULL },
	{ "(2 + 3) * 4", WEIR_TYPE_NUMBER, 20, NULL },
	{ "2 + 3 * 4", WEIR_TYPE_NUMBER, 14, NULL },
	{ "factor / (factor - factor)", WEIR_TYPE_NUMBER, 0, NULL }, /* nothing to divide by gives 0 */
	{ "\xEF\xBC\x88"
	  "2 + 3\xEF\xBC\x89 * max(1\xEF\xBC\x8C 2)",
	  WEIR_TYPE_NUMBER, 10, "(2 + 3) * max(1, 2)" },
	/* dates: 2024-03-31 + 6 months = 2024-09-30, which is 19996 */
	{ "2024-03-31 + 6 months", WEIR_TYPE_DATE, 19996, NULL },
	{ "6 months + 2024-03-31", WEIR_TYPE_DATE, 19996, "2024-03-31 + 6 months" },
	{ "2024-03-31 - 1 month", WEIR_TYPE_DATE, 19782, NULL },
	{ "date - grace", WEIR_TYPE_DATE, 19802, NULL }, /* 2024-03-20 */
	{ "date + lag - 3 days", WEIR_TYPE_DATE, 19936, NULL },
	{ "date - deal.closing", WEIR_TYPE_DAYS, 458, NULL },
	{ "date - deal.closing > 457", WEIR_TYPE_FLAG, 1, "date - deal.closing > 457 days" },
	{ "(date - deal.closing) / 365", WEIR_TYPE_NUMBER, 458.0 / 365, NULL },
	{ "max(date, deal.legal_final)", WEIR_TYPE_DATE, 19894, NULL },
	{ "date >= deal.legal_final + 6 months", WEIR_TYPE_FLAG, 0, NULL },
	{ "2199-12-31 + 100 years", WEIR_TYPE_DATE, 84005,
	  "2199-12-31 + 1200 months" }, /* the last date there is */
	/* conditions */
	{ "A.balance above 12345678.90", WEIR_TYPE_FLAG, 1, "A.balance > 12345678.90" },
	{ "A.balance is at least 12345678.92", WEIR_TYPE_FLAG, 0, "A.balance >= 12345678.92" },
	{ "A.balance is not above 12345678.90", WEIR_TYPE_FLAG, 0, "A.balance <= 12345678.90" },
	{ "A.balance at most 12345678.91", WEIR_TYPE_FLAG, 1, "A.balance <= 12345678.91" },
	{ "A.balance below A.size", WEIR_TYPE_FLAG, 1, "A.balance < A.size" },
	{ "A.balance more than A.size", WEIR_TYPE_FLAG, 0, "A.balance > A.size" },
	{ "A.balance less than A.size", WEIR_TYPE_FLAG, 1, "A.balance < A.size" },
	{ "A.balance equals A.balance", WEIR_TYPE_FLAG, 1, "A.balance = A.balance" },
	{ "A.balance == B.balance", WEIR_TYPE_FLAG, 0, "A.balance = B.balance" },
	{ "A.balance <> B.balance", WEIR_TYPE_FLAG, 1, "A.balance != B.balance" },
	{ "A.balance \xE2\x89\xA0 B.balance", WEIR_TYPE_FLAG, 1, "A.balance != B.balance" },
	{ "A.balance \xE2\x89\xA4 B.balance", WEIR_TYPE_FLAG, 0, "A.balance <= B.balance" },
	{ "A.balance \xE2\x89\xA5 B.balance", WEIR_TYPE_FLAG, 1, "A.balance >= B.balance" },
	{ "accelerate is yes", WEIR_TYPE_FLAG, 1, "accelerate = yes" },
	{ "accelerate is not yes", WEIR_TYPE_FLAG, 0, "accelerate != yes" },
	{ "no and no or yes", WEIR_TYPE_FLAG, 1, NULL },
	{ "no and (no or yes)", WEIR_TYPE_FLAG, 0, NULL },
	{ "not no and no", WEIR_TYPE_FLAG, 0, NULL },
	{ "not (no and no)", WEIR_TYPE_FLAG, 1, NULL },
	{ "not 2 > 3", WEIR_TYPE_FLAG, 1, NULL },
	{ "(2 > 3) = no", WEIR_TYPE_FLAG, 1, NULL },
	/* comparisons that doubles get wrong: 0.07 x 100 is 7.000000000000001, 1 - 0.9 is 0.09999999999999998
	 */
	{ "A.size * 7% at most 2520000", WEIR_TYPE_FLAG, 1, "A.size * 7% <= 2520000.00" },
	{ "100 * 7% is 7 * 100%", WEIR_TYPE_FLAG, 1, "100 * 7% = 7 * 100%" },
	{ "1 - 90% >= pool.default_rate", WEIR_TYPE_FLAG, 1, NULL },
	{ "1 - 5% - 95% above 0", WEIR_TYPE_FLAG, 0, "1 - 5% - 95% > 0" },
	{ "A.coupon + 0.5% is 4.09%", WEIR_TYPE_FLAG, 1, "A.coupon + 0.5% = 4.09%" },
	/* memory: see history_of */
	{ "previous(A.balance, 0)", WEIR_TYPE_MONEY, 1, NULL },
	{ "previous(accelerate, no)", WEIR_TYPE_FLAG, 1, NULL },
	{ "trailing(B.balance, 3)", WEIR_TYPE_MONEY, 98765439, "trailing(B.balance, 3, 0)" },
	{ "trailing(B.balance, 12, 7.5)", WEIR_TYPE_MONEY, 98765448, "trailing(B.balance, 12, 7.50)" },
	{ "cumulative(B.balance)", WEIR_TYPE_MONEY, 98765439, "cumulative(B.balance, 0)" },
	{ "cumulative(A.coupon, 0)", WEIR_TYPE_RATE, 2.0359, "cumulative(A.coupon, 0%)" },
};

#define SOUND ((int)(sizeof sound / sizeof *sound))

/* Type and value in both precisions. */
START_TEST(reads_and_evaluates)
{
	const struct sound *s = &sound[_i];
	reading r;
	read_sound(&r, s->text, WEIR_TYPE_ERROR);
	ck_assert_msg(r.tree->type == s->type, "%s is %s", s->text, weir_type_text(r.tree->type));
	double value = weir_formula_evaluate(r.tree, value_of, history_of, NULL);
	double quad = (double)weir_formula_evaluate_quad(r.tree, value_of, history_of, NULL);
	double margin = fabs(s->value) * 4e-16; /* two roundings */
	ck_assert_msg(fabs(value - s->value) <= margin, "%s = %.17g, not %.17g", s->text, value, s->value);
	ck_assert_msg(fabs(quad - s->value) <= margin, "%s = %.17g in quad, not %.17g", s->text, quad,
	              s->value);
	release(&r);
}
END_TEST

/* The normal form, and that it reads back as itself. */
START_TEST(writes_normal_form)
{
	const struct sound *s = &sound[_i];
	const char *normal = s->normal ? s->normal : s->text;
	weir_text once = { 0 }, twice = { 0 };
	reading r, again;
	read_sound(&r, s->text, WEIR_TYPE_ERROR);
	weir_formula_write(r.tree, 2, name_of, NULL, &once);
	ck_assert_str_eq(once.data, normal);
	read_sound(&again, once.data, WEIR_TYPE_ERROR);
	ck_assert_int_eq(again.tree->type, s->type);
	weir_formula_write(again.tree, 2, name_of, NULL, &twice);
	ck_assert_str_eq(twice.data, normal);
	weir_text_free(&once);
	weir_text_free(&twice);
	release(&r);
	release(&again);
}
END_TEST

/* Every complaint: its bytes in the formula, code and text. */
static const struct fault {
	const char *text;
	weir_type wanted;
	size_t offset, length;
	weir_code code;
	const char *message;
} faults[] = {
	/* characters */
	{ "A.balance && yes", 0, 10, 1, WEIR_CODE_FORMULA_SYNTAX,
	  "\"&\" has no meaning in a formula; write \"and\"" },
	{ "2 ^ 3", 0, 2, 1, WEIR_CODE_FORMULA_SYNTAX, "\"^\" has no meaning in a formula; multiply instead" },
	{ "2 @ 3", 0, 2, 1, WEIR_CODE_FORMULA_SYNTAX, "\"@\" has no meaning in a formula; remove it" },
	{ "\xC2\xA5"
	  "5",
	  0, 0, 2, WEIR_CODE_FORMULA_SYNTAX,
	  "\"\xC2\xA5\" has no meaning in a formula; write an amount with its currency behind it, such as "
	  "\"100 yuan\"" },
	{ "2 + \x07", 0, 4, 1, WEIR_CODE_FORMULA_SYNTAX,
	  "the control character U+0007 has no meaning in a formula; remove it" },
	{ "2 + \xFF", 0, 4, 1, WEIR_CODE_NOT_UTF8, "byte 0xFF is not UTF-8 text; save the file as UTF-8" },
	{ "2 + \xE4\xB8", 0, 4, 1, WEIR_CODE_NOT_UTF8,
	  "byte 0xE4 is not UTF-8 text; save the file as UTF-8" },
	{ "2 + \xC0\xAF", 0, 4, 1, WEIR_CODE_NOT_UTF8,
	  "byte 0xC0 is not UTF-8 text; save the file as UTF-8" },
	{ "A..b", 0, 1, 1, WEIR_CODE_FORMULA_SYNTAX,
	  "a name goes on behind \".\"; write it as \"A.balance\"" },
	{ ".5 * 2", 0, 0, 1, WEIR_CODE_FORMULA_SYNTAX,
	  "\".\" has no meaning in a formula; write a number as \"0.5\" and a name as \"A.balance\"" },
	/* syntax */
	{ "  ", 0, 0, 2, WEIR_CODE_FORMULA_SYNTAX,
	  "the formula is empty; write a value such as \"A.balance\"" },
	{ "2 +", 0, 3, 0, WEIR_CODE_FORMULA_SYNTAX,
	  "the formula ends where a value is expected; complete it" },
	{ "2 + * 3", 0, 4, 1, WEIR_CODE_FORMULA_SYNTAX, "expected a value before \"*\"" },
	{ "2 and or", 0, 6, 2, WEIR_CODE_FORMULA_SYNTAX, "expected a value before \"or\"" },
	{ "(2 + (3)", 0, 0, 1, WEIR_CODE_FORMULA_SYNTAX, "this \"(\" is never closed; add \")\"" },
	{ "max(2, 3", 0, 3, 1, WEIR_CODE_FORMULA_SYNTAX, "this \"(\" is never closed; add \")\"" },
	{ "2 + 3)", 0, 5, 1, WEIR_CODE_FORMULA_SYNTAX,
	  "this \")\" closes nothing; remove it or add \"(\" before" },
	{ "max(2,)", 0, 6, 1, WEIR_CODE_FORMULA_SYNTAX, "expected a value before \")\"" },
	{ "2, 3", 0, 1, 1, WEIR_CODE_FORMULA_SYNTAX,
	  "\",\" only stands between arguments; write numbers without separators" },
	{ "min(1,000, 2)", 0, 4, 5, WEIR_CODE_FORMULA_SYNTAX,
	  "\"1,000\" may be one number or two; write numbers without separators, and arguments with a space "
	  "behind \",\"" },
	{ "factor %", 0, 7, 1, WEIR_CODE_FORMULA_SYNTAX, "\"%\" must follow a number" },
	{ "A.size B.balance", 0, 7, 9, WEIR_CODE_FORMULA_SYNTAX,
	  "expected an operator such as \"+\" or \"and\" before \"B.balance\"" },
	{ "yes AND no", 0, 4, 3, WEIR_CODE_FORMULA_SYNTAX,
	  "\"AND\" is a word of the language in capitals; write it in small letters" },
	{ "1 < 2 < 3", 0, 6, 1, WEIR_CODE_FORMULA_SYNTAX,
	  "\"<\" follows another comparison; join two comparisons with \"and\" or \"or\"" },
	{ "factor at 3", 0, 7, 2, WEIR_CODE_FORMULA_SYNTAX,
	  "\"at\" is half a comparison; write \"at most\" or \"at least\"" },
	{ "factor more 3", 0, 7, 4, WEIR_CODE_FORMULA_SYNTAX,
	  "\"more\" is half a comparison; write \"more than\"" },
	{ "factor less 3", 0, 7, 4, WEIR_CODE_FORMULA_SYNTAX,
	  "\"less\" is half a comparison; write \"less than\"" },
	{ "factor between 1 and 2", 0, 7, 7, WEIR_CODE_FORMULA_SYNTAX,
	  "\"between\" leaves open what of the ends; write \"x at least 1 and x at most 2\"" },
	{ "A.size + 1 is paid", 0, 0, 10, WEIR_CODE_FORMULA_SYNTAX,
	  "\"is paid\" stands behind a name such as \"A\", not behind \"A.size + 1\"" },
	/* literals */
	{ "5 foos", 0, 2, 4, WEIR_CODE_FORMULA_SYNTAX,
	  "\"foos\" is no unit; units are %, bp, yuan, CNY (or another currency), days, months, years" },
	{ "5 monts", 0, 2, 5, WEIR_CODE_FORMULA_SYNTAX,
	  "\"monts\" is no unit; did you mean \"months\"? units are %, bp, yuan, CNY (or another currency), "
	  "days, months, "
	  "years" },
	{ "date + 10 business days", 0, 7, 16, WEIR_CODE_UNSUPPORTED,
	  "a formula cannot count \"business days\", which need a calendar; use days, or a date of the "
	  "schedule" },
	{ "99999999999999999999", 0, 0, 20, WEIR_CODE_BAD_NUMBER,
	  "\"99999999999999999999\" has more than 18 digits; shorten it" },
	{ "0.1234567890123456789", 0, 0, 21, WEIR_CODE_BAD_NUMBER,
	  "\"0.1234567890123456789\" has more than 18 decimal places; shorten it" },
	{ "3.1234567890123%", 0, 0, 16, WEIR_CODE_BAD_RATE,
	  "\"3.1234567890123%\" is too fine; write at most 10 decimal places of a percent" },
	{ "0.12345678901234567%", 0, 0, 20, WEIR_CODE_BAD_RATE,
	  "\"0.12345678901234567%\" is too fine; write at most 10 decimal places of a percent" },
	{ "500000%", 0, 0, 7, WEIR_CODE_OUT_OF_RANGE, "\"500000%\" is too large; check its unit" },
	{ "1.005 yuan", 0, 0, 10, WEIR_CODE_BAD_AMOUNT,
	  "\"1.005 yuan\" has parts of a cent; write at most 2 decimal places of the currency" },
	{ "A.size + 1.005", 0, 9, 5, WEIR_CODE_BAD_AMOUNT,
	  "\"1.005\" has parts of a cent; write at most 2 decimal places of the currency" },
	{ "30000000000000 yuan", 0, 0, 19, WEIR_CODE_OUT_OF_RANGE,
	  "\"30000000000000 yuan\" is too large; check its unit" },
	{ "99999999999 \xE4\xBA\xBF\xE5\x85\x83", 0, 0, 18, WEIR_CODE_OUT_OF_RANGE,
	  "\"99999999999 \xE4\xBA\xBF\xE5\x85\x83\" is too large; check its unit" },
	{ "900000000000000000 + A.size", 0, 0, 18, WEIR_CODE_OUT_OF_RANGE,
	  "\"900000000000000000\" is too large for an amount" },
	{ "7 USD", 0, 0, 5, WEIR_CODE_FORMULA_TYPE,
	  "\"7 USD\" is not in the deal's currency; weir does not convert: write it in \"CNY\"" },
	{ "2024-02-30", 0, 0, 10, WEIR_CODE_BAD_DATE,
	  "\"2024-02-30\" is no date; write year, month and day as \"2024-06-20\", with spaces around \"-\" "
	  "to subtract" },
	{ "date > 2024-6-1", 0, 7, 8, WEIR_CODE_BAD_DATE,
	  "\"2024-6-1\" is no date; write year, month and day as \"2024-06-20\", with spaces around \"-\" to "
	  "subtract" },
	{ "date + 1.5 months", 0, 7, 10, WEIR_CODE_BAD_NUMBER,
	  "\"1.5 months\" is no whole number of months; write a whole one" },
	{ "400 years", 0, 0, 9, WEIR_CODE_OUT_OF_RANGE, "\"400 years\" is too large; check its unit" },
	/* names and calls */
	{ "2 * A.balanse", 0, 4, 9, WEIR_CODE_UNKNOWN_NAME,
	  "unknown name \"A.balanse\"; did you mean \"A.balance\"?" },
	{ "xyz", 0, 0, 3, WEIR_CODE_UNKNOWN_NAME,
	  "unknown name \"xyz\"; correct it, or declare it as a <value>" },
	{ "xyz is paid", 0, 0, 3, WEIR_CODE_UNKNOWN_NAME,
	  "unknown name \"xyz\"; correct it, or declare it as a <value>" },
	{ "yes and A.size is paid", 0, 8, 14, WEIR_CODE_UNKNOWN_NAME,
	  "\"A.size\" is nothing that can be paid; compare an amount with 0 instead" },
	{ "later + 3", 0, 0, 5, WEIR_CODE_NOT_YET_KNOWN, "\"later\" is not known yet" },
	{ "mxx(1, 2)", 0, 0, 3, WEIR_CODE_FORMULA_CALL, "unknown function \"mxx\"; did you mean \"max\"?" },
	{ "shares(L01)", 0, 0, 6, WEIR_CODE_FORMULA_CALL,
	  "unknown function \"shares\"; did you mean \"share\"?" },
	{ "foo(L01)", 0, 0, 3, WEIR_CODE_FORMULA_CALL,
	  "unknown function \"foo\"; functions are min, max, sum, abs, round, if, previous, trailing, "
	  "cumulative and those "
	  "of the deal" },
	{ "share(1 + 1)", 0, 6, 5, WEIR_CODE_FORMULA_CALL,
	  "\"share\" takes single names or whole numbers, not \"1 + 1\"" },
	{ "top(1.5)", 0, 4, 3, WEIR_CODE_FORMULA_CALL,
	  "\"top\" takes single names or whole numbers, not \"1.5\"" },
	{ "max(factor)", 0, 0, 11, WEIR_CODE_FORMULA_CALL,
	  "\"max\" is given 1 argument; write \"max(a, b, ...)\"" },
	{ "abs()", 0, 0, 5, WEIR_CODE_FORMULA_CALL, "\"abs\" is given 0 arguments; write \"abs(a)\"" },
	{ "3 + previous(A.size)", 0, 4, 16, WEIR_CODE_FORMULA_CALL,
	  "\"previous\" needs the value before the first period; write \"previous(A.size, 0)\"" },
	{ "trailing(A.size, factor)", 0, 17, 6, WEIR_CODE_FORMULA_CALL,
	  "\"trailing\" takes a whole number of periods from 1 to 1200, not \"factor\"" },
	{ "trailing(A.size, 0)", 0, 17, 1, WEIR_CODE_FORMULA_CALL,
	  "\"trailing\" takes a whole number of periods from 1 to 1200, not \"0\"" },
	{ "round(A.size, 2.5)", 0, 14, 3, WEIR_CODE_FORMULA_CALL,
	  "\"round\" takes a whole number of decimals from -12 to 12, not \"2.5\"" },
	/* kinds that do not go together */
	{ "A.size * B.balance", 0, 0, 18, WEIR_CODE_FORMULA_TYPE,
	  "\"A.size\" is money and \"B.balance\" is money: they cannot be multiplied" },
	{ "2 / A.size", 0, 0, 10, WEIR_CODE_FORMULA_TYPE,
	  "\"2\" is a number and \"A.size\" is money: they cannot be divided" },
	{ "A.size / 0%", 0, 9, 2, WEIR_CODE_FORMULA_TYPE, "\"0%\" cannot divide; write another divisor" },
	{ "A.size + A.coupon", 0, 0, 17, WEIR_CODE_FORMULA_TYPE,
	  "\"A.size\" is money and \"A.coupon\" is a rate: they cannot be added; write an amount with its "
	  "currency, or "
	  "multiply to get one" },
	{ "date - factor", 0, 0, 13, WEIR_CODE_FORMULA_TYPE,
	  "\"date\" and \"factor\" cannot be subtracted; a date takes a span such as \"30 days\" or \"6 "
	  "months\"" },
	{ "date + 30", 0, 0, 9, WEIR_CODE_FORMULA_TYPE,
	  "\"date\" and \"30\" cannot be added; a date takes a span such as \"30 days\" or \"6 months\"" },
	{ "lag < grace", 0, 0, 11, WEIR_CODE_FORMULA_TYPE,
	  "\"lag\" is a span of days and \"grace\" is a span of months: they cannot be compared; add each to "
	  "a date in "
	  "turn" },
	{ "grace < 3", 0, 8, 1, WEIR_CODE_FORMULA_TYPE, "\"3\" has no unit; write \"3 months\"" },
	{ "lag > 1.5", 0, 6, 3, WEIR_CODE_BAD_NUMBER,
	  "\"1.5\" is no whole number of days; write a whole one" },
	{ "date > 3", 0, 7, 1, WEIR_CODE_FORMULA_TYPE,
	  "\"3\" is a number, not a date; write a date as \"2024-06-20\"" },
	{ "accelerate is 1", 0, 14, 1, WEIR_CODE_FORMULA_TYPE, "\"1\" is a number; write \"yes\" or \"no\"" },
	{ "accelerate > no", 0, 0, 15, WEIR_CODE_FORMULA_TYPE,
	  "\"accelerate\" is a yes-or-no, which is neither more nor less; use \"is\" or \"is not\"" },
	{ "accelerate + no", 0, 0, 15, WEIR_CODE_FORMULA_TYPE,
	  "\"accelerate\" is a yes-or-no; use \"if(accelerate, ..., ...)\" to calculate with it" },
	{ "A.size and yes", 0, 0, 6, WEIR_CODE_FORMULA_TYPE,
	  "\"A.size\" is money where a condition is needed; compare it with something" },
	{ "if(factor, 1, 2)", 0, 3, 6, WEIR_CODE_FORMULA_TYPE,
	  "\"factor\" is a number where a condition is needed; compare it with something" },
	{ "if(yes, A.size, 5%)", 0, 8, 10, WEIR_CODE_FORMULA_TYPE,
	  "\"A.size\" is money and \"5%\" is a rate: they cannot be the two values of one \"if\"; write an "
	  "amount with its "
	  "currency, or multiply to get one" },
	{ "A.coupon > 5", 0, 11, 1, WEIR_CODE_BAD_RATE,
	  "\"5\" stands for a rate but has no unit; write it in percent (one half is \"50%\")" },
	{ "A.coupon + 0.5", 0, 11, 3, WEIR_CODE_BAD_RATE,
	  "\"0.5\" stands for a rate but has no unit; write it in percent (one half is \"50%\")" },
	{ "-date", 0, 0, 5, WEIR_CODE_FORMULA_TYPE, "\"date\" is a date, which has no negative" },
	{ "-yes", 0, 0, 4, WEIR_CODE_FORMULA_TYPE,
	  "\"yes\" is a yes-or-no, which has no negative; write \"not\"" },
	{ "cumulative(date)", 0, 11, 4, WEIR_CODE_FORMULA_TYPE,
	  "\"date\" is a date, which \"cumulative\" does not take; give it an amount, a rate or a number" },
	{ "round(lag)", 0, 6, 3, WEIR_CODE_FORMULA_TYPE,
	  "\"lag\" is a span of days, which \"round\" does not take; give it an amount, a rate or a number" },
	{ "max(yes, no)", 0, 0, 12, WEIR_CODE_FORMULA_TYPE,
	  "\"max\" does not take a yes-or-no; use \"and\" or \"or\"" },
	{ "previous(A.size, 5%)", 0, 9, 10, WEIR_CODE_FORMULA_TYPE,
	  "\"A.size\" is money and \"5%\" is a rate: they cannot be the value and the start of one history; "
	  "write an amount "
	  "with its currency, or multiply to get one" },
	/* what the place of the formula needs */
	{ " A.coupon", WEIR_TYPE_MONEY, 1, 8, WEIR_CODE_FORMULA_TYPE,
	  "\"A.coupon\" is a rate where money is needed; multiply an amount by it" },
	{ "A.size", WEIR_TYPE_FLAG, 0, 6, WEIR_CODE_FORMULA_TYPE,
	  "\"A.size\" is money where a condition is needed; compare it with something" },
	{ "A.size", WEIR_TYPE_DATE, 0, 6, WEIR_CODE_FORMULA_TYPE,
	  "\"A.size\" is money where a date is needed" },
	{ "5", WEIR_TYPE_RATE, 0, 1, WEIR_CODE_BAD_RATE,
	  "\"5\" stands for a rate but has no unit; write it in percent (one half is \"50%\")" },
};

#define FAULTS ((int)(sizeof faults / sizeof *faults))

START_TEST(complains_at_the_place)
{
	const struct fault *f = &faults[_i];
	reading r;
	read_formula(&r, f->text, f->wanted);
	ck_assert_msg(r.status == WEIR_INPUT, "%s was read", f->text);
	ck_assert_ptr_null(r.tree);
	ck_assert_uint_eq(r.diags.count, 1);
	const weir_diag *d = &r.diags.items[0];
	ck_assert_str_eq(d->text, f->message);
	ck_assert_str_eq(weir_code_text(d->code), weir_code_text(f->code));
	ck_assert_msg(d->place.offset == f->offset && d->place.length == f->length, "%s: at %u, %u bytes",
	              f->text, (unsigned)d->place.offset, (unsigned)d->place.length);
	release(&r);
}
END_TEST

START_TEST(reports_all_faults_of_kind_at_once)
{
	reading r;
	read_formula(&r, "A.balanse > 0 and A.coupon > 3 or A.size + date > mxx(2, 3)", WEIR_TYPE_FLAG);
	ck_assert_int_eq(r.status, WEIR_INPUT);
	ck_assert_uint_eq(r.diags.count, 4);
	const unsigned offsets[] = { 0, 29, 34, 50 };
	for (int i = 0; i < 4; i++)
		ck_assert_uint_eq(r.diags.items[i].place.offset, offsets[i]);
	release(&r);
}
END_TEST

/* The same fault behind entities: "&lt;" is one decoded byte and four raw ones, "&#215;" two and six. */
START_TEST(places_go_through_entities)
{
	static const char file[] = "<test when=\"1 &lt; 2 and 3 &#215; nope &gt; 1\"/>";
	const char *start = strchr(file, '"') + 1, *end = strrchr(file, '"');
	reading r;
	read_place(&r, file, (size_t)(start - file), (size_t)(end - start), "1 < 2 and 3 \xC3\x97 nope > 1",
	           WEIR_TYPE_FLAG, NULL);
	ck_assert_int_eq(r.status, WEIR_INPUT);
	ck_assert_uint_eq(r.diags.count, 1);
	ck_assert_uint_eq(r.diags.items[0].place.offset, (size_t)(strstr(file, "nope") - file));
	ck_assert_uint_eq(r.diags.items[0].place.length, 4);
	release(&r);
}
END_TEST

START_TEST(any_currency_without_a_deals)
{
	reading r;
	read_place(&r, "7.25 USD", 0, 8, "7.25 USD", WEIR_TYPE_MONEY, NULL);
	ck_assert_int_eq(r.status, WEIR_OK);
	ck_assert_double_eq(r.tree->value, 725);
	release(&r);
	read_place(&r, "7.25 yuan", 0, 9, "7.25 yuan", WEIR_TYPE_MONEY, "USD");
	ck_assert_int_eq(r.status, WEIR_INPUT);
	release(&r);
}
END_TEST

START_TEST(bare_numbers_become_what_is_wanted)
{
	static const struct {
		const char *text;
		weir_type wanted, type;
		double value;
	} cases[] = {
		{ "1234.5", WEIR_TYPE_MONEY, WEIR_TYPE_MONEY, 123450 },
		{ "-7", WEIR_TYPE_MONEY, WEIR_TYPE_MONEY, -700 },
		{ "30", WEIR_TYPE_DAYS, WEIR_TYPE_DAYS, 30 },
		{ "0", WEIR_TYPE_RATE, WEIR_TYPE_RATE, 0 },
		{ "factor", WEIR_TYPE_RATE, WEIR_TYPE_NUMBER, 0.375 },
		{ "3.59%", WEIR_TYPE_NUMBER, WEIR_TYPE_RATE, 0.0359 },
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		reading r;
		read_sound(&r, cases[i].text, cases[i].wanted);
		ck_assert_int_eq(r.tree->type, cases[i].type);
		ck_assert_double_eq(weir_formula_evaluate(r.tree, value_of, NULL, NULL), cases[i].value);
		release(&r);
	}
}
END_TEST

START_TEST(exact_is_whole_cents_by_construction)
{
	static const struct {
		const char *text;
		int exact;
	} cases[] = {
		{ "A.size", 1 },
		{ "A.size - B.balance + 0.07 yuan", 1 },
		{ "min(A.size, abs(-B.balance), 5)", 1 },
		{ "if(accelerate, A.size, 0)", 1 },
		{ "3 * A.size", 1 },
		{ "A.size * 200%", 1 },
		{ "previous(A.size, 0) + trailing(A.size, 3) + cumulative(A.size)", 1 },
		{ "round(A.size * 3.59%)", 1 },
		{ "round(A.size * 3.59%, 3)", 0 },
		{ "1.5 * A.size", 0 },
		{ "factor * A.size", 0 },
		{ "A.size / 1", 0 },
		{ "A.size + A.size * 3.59%", 0 },
		{ "if(accelerate, A.size, A.size / 3)", 0 },
		{ "factor", 0 },
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		reading r;
		read_sound(&r, cases[i].text, WEIR_TYPE_ERROR);
		ck_assert_msg(r.tree->exact == cases[i].exact, "%s", cases[i].text);
		release(&r);
	}
}
END_TEST

/* Decimals are taken exactly in quad: nothing but its own rounding is left, below 1e-25. */
START_TEST(quad_knows_more_digits)
{
	reading r;
	read_sound(&r, "100.00 yuan * 3.59% + 0.37 yuan * A.coupon", WEIR_TYPE_MONEY);
	/* 10000 x 0.0359 + 37 x 0.0359 = 360.3283 exactly */
	weir_quad quad = weir_formula_evaluate_quad(r.tree, value_of, NULL, NULL);
	weir_quad off = quad * 10000 - 3603283;
	ck_assert(off < 1e-25 && off > -1e-25);
	release(&r);
}
END_TEST

START_TEST(declared_formulas_stand_in_place)
{
	reading inner, outer, constant;
	declared = NULL;
	read_sound(&inner, "A.size - B.balance", WEIR_TYPE_MONEY);
	declared = inner.tree;
	read_sound(&outer, "2 * declared", WEIR_TYPE_MONEY);
	/* 2 x (3600000000 - 98765437) */
	ck_assert_double_eq(weir_formula_evaluate(outer.tree, value_of, NULL, NULL), 7002469126);
	ck_assert_uint_eq(outer.tree->arguments[1]->place.offset, 4); /* the use, not the declaration */
	ck_assert_uint_eq(outer.tree->arguments[1]->place.length, 8);
	ck_assert_int_eq(outer.tree->size, 5);
	ck_assert_int_eq(outer.tree->depth, 3);
	release(&outer);
	release(&inner);
	/* a named number is a number, not a bare one */
	read_sound(&constant, "5", WEIR_TYPE_NUMBER);
	declared = constant.tree;
	read_formula(&outer, "A.size + declared", WEIR_TYPE_MONEY);
	ck_assert_int_eq(outer.status, WEIR_INPUT);
	release(&outer);
	release(&constant);
	declared = NULL;
}
END_TEST

/* A tree as a caller makes one, without counts: its nodes count all the same. */
START_TEST(trees_of_the_caller_are_counted)
{
	weir_expression size = { .op = WEIR_OP_NAME, .type = WEIR_TYPE_MONEY, .symbol = 1, .exact = 1 };
	weir_expression odd = { .op = WEIR_OP_CONSTANT, .type = WEIR_TYPE_MONEY, .value = 37, .exact = 1 };
	weir_expression sum = {
		.op = WEIR_OP_ADD, .type = WEIR_TYPE_MONEY, .count = 2, .arguments = { &size, &odd }
	};
	reading r;
	declared = &sum;
	read_sound(&r, "declared - 0.01 yuan", WEIR_TYPE_MONEY);
	ck_assert_int_eq(r.tree->size, 5);
	ck_assert_int_eq(r.tree->depth, 3);
	ck_assert_double_eq(weir_formula_evaluate(r.tree, value_of, NULL, NULL), 3600000036);
	ck_assert_double_eq((double)weir_formula_evaluate_quad(r.tree, value_of, NULL, NULL), 3600000036);
	release(&r);
	declared = NULL;
}
END_TEST

/* Each formula names the last one twice: after 16 of them there are 2^16 sums. */
START_TEST(named_formulas_cannot_explode)
{
	reading r[20];
	int count = 0;
	declared = NULL;
	read_sound(&r[count++], "A.size + A.size", WEIR_TYPE_MONEY);
	do {
		declared = r[count - 1].tree;
		read_formula(&r[count], "declared + declared", WEIR_TYPE_MONEY);
	} while (r[count++].status == WEIR_OK && count < 20);
	ck_assert_int_eq(count, 16); /* 2^(count + 1) - 1 nodes: 65535 at count 15 still fits */
	ck_assert_str_eq(r[count - 1].diags.items[0].text,
	                 "\"declared + declared\" grows too large with the formulas it names; simplify them");
	ck_assert_int_eq(r[count - 1].diags.items[0].code, WEIR_CODE_FORMULA_LIMIT);
	while (count > 0)
		release(&r[--count]);
	declared = NULL;
}
END_TEST

/* `prefix` so often, the core, `suffix` so often. */
static void read_repeated(reading *r, const char *prefix, const char *core, const char *suffix, int times)
{
	weir_text text = { 0 };
	for (int i = 0; i < times; i++)
		weir_text_add(&text, prefix);
	weir_text_add(&text, core);
	for (int i = 0; i < times; i++)
		weir_text_add(&text, suffix);
	read_formula(r, text.data, WEIR_TYPE_ERROR);
	weir_text_free(&text);
}

START_TEST(limits_hold)
{
	static const struct {
		const char *prefix, *core, *suffix, *message;
		int most;
	} cases[] = {
		{ "(", "1", ")",
		  "more than 64 parentheses, calls or signs inside one another; split the formula into named "
		  "ones",
		  64 },
		{ "-", "1", "",
		  "more than 64 parentheses, calls or signs inside one another; split the formula into named "
		  "ones",
		  64 },
		{ "not ", "yes", "",
		  "more than 64 parentheses, calls or signs inside one another; split the formula into named "
		  "ones",
		  64 },
		{ "abs(", "1", ")",
		  "more than 64 parentheses, calls or signs inside one another; split the formula into named "
		  "ones",
		  64 },
		{ "", "1", "+1",
		  "more than 500 operations build on one another; split the formula into named ones", 499 },
		{ " ", "1", "", "the formula has 4097 bytes, more than 4096; split it into named formulas",
		  4095 },
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		reading r;
		read_repeated(&r, cases[i].prefix, cases[i].core, cases[i].suffix, cases[i].most);
		ck_assert_msg(r.status == WEIR_OK, "%s%s%s", cases[i].prefix, cases[i].core, cases[i].suffix);
		release(&r);
		read_repeated(&r, cases[i].prefix, cases[i].core, cases[i].suffix, cases[i].most + 1);
		ck_assert_int_eq(r.status, WEIR_INPUT);
		ck_assert_uint_eq(r.diags.count, 1);
		ck_assert_str_eq(r.diags.items[0].text, cases[i].message);
		ck_assert_int_eq(r.diags.items[0].code, WEIR_CODE_FORMULA_LIMIT);
		release(&r);
	}
}
END_TEST

START_TEST(too_many_arguments)
{
	reading r;
	read_repeated(&r, "", "max(1", ", 1", 64);
	ck_assert_str_eq(r.diags.items[0].text, "this \"(\" is never closed; add \")\"");
	release(&r);
	weir_text text = { 0 };
	weir_text_add(&text, "max(1");
	for (int i = 1; i < 65; i++)
		weir_text_add(&text, ", 1");
	weir_text_add(&text, ")");
	read_formula(&r, text.data, WEIR_TYPE_ERROR);
	ck_assert_str_eq(r.diags.items[0].text,
	                 "\"max\" is given 65 arguments; write \"max(a, b, ...)\" with at most 64");
	weir_text_free(&text);
	release(&r);
}
END_TEST

START_TEST(names_of_ids)
{
	static const char *const good[] = {
		"A", "_x", "a1_b", "\xE4\xBC\x98\xE5\x85\x88", "Gr\xC3\xB6\xC3\x9F_1", "min"
	};
	static const char *const bad[] = { "",    "1a",  "a-b",   "a.b",      "a b",          "and",
		                           "yes", "a\n", "a\xFF", "\xC3\x97", "a\xEF\xBC\x88" };
	for (size_t i = 0; i < sizeof good / sizeof *good; i++)
		ck_assert_msg(weir_formula_is_name(good[i], strlen(good[i])), "%s", good[i]);
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		ck_assert_msg(!weir_formula_is_name(bad[i], strlen(bad[i])), "%s", bad[i]);
}
END_TEST

/* A small generator of sound formulas by type: text that must read, write, read back and evaluate alike. */
static unsigned long seed;

static unsigned pick(unsigned count)
{
	seed = seed * 6364136223846793005u + 1442695040888963407u;
	return (unsigned)(seed >> 33) % count;
}

static void grow(weir_text *to, weir_type type, int depth);

static void grow_pattern(weir_text *to, const char *pattern, int depth)
{
	for (; *pattern; pattern++) {
		if (*pattern == '$')
			grow(to, WEIR_TYPE_MONEY, depth - 1);
		else if (*pattern == '%' && pattern[1] == 'r')
			grow(to, WEIR_TYPE_RATE, depth - 1), pattern++;
		else if (*pattern == '#')
			grow(to, WEIR_TYPE_NUMBER, depth - 1);
		else if (*pattern == '?')
			grow(to, WEIR_TYPE_FLAG, depth - 1);
		else if (*pattern == '@')
			grow(to, WEIR_TYPE_DATE, depth - 1);
		else
			weir_text_append(to, pattern, 1);
	}
}

static void grow(weir_text *to, weir_type type, int depth)
{
	static const char *const leaves[][4] = {
		[WEIR_TYPE_MONEY] = { "A.balance", "B.balance", "12345.67 yuan", "3 CNY" },
		[WEIR_TYPE_RATE] = { "A.coupon", "pool.default_rate", "3.59%", "17bp" },
		[WEIR_TYPE_NUMBER] = { "factor", "1.37", "3", "factor" },
		[WEIR_TYPE_FLAG] = { "accelerate", "A is paid", "yes", "no" },
		[WEIR_TYPE_DATE] = { "date", "deal.closing", "2024-06-20", "2023-12-31" },
	};
	static const char *const patterns[][6] = {
		[WEIR_TYPE_MONEY] = { "($ + $)", "($ - $ * %r)", "min($, $, 7)", "if(?, $, $)", "($ * #)",
		                      "(-$ / 3)" },
		[WEIR_TYPE_RATE] = { "(%r + %r)", "max(%r, 0)", "(%r * 2)", "-%r", "if(?, %r, %r)",
		                     "(%r / 3)" },
		[WEIR_TYPE_NUMBER] = { "(# + #)", "(# - # * #)", "($ / 7 yuan)", "(1 - %r)", "abs(#)",
		                       "(# - (# - #))" },
		[WEIR_TYPE_FLAG] = { "(? and ?)", "(? or not ?)", "($ > $)", "(# at most #)", "(@ < @)",
		                     "(not ?)" },
		[WEIR_TYPE_DATE] = { "(@ + 3 months)", "(@ - 17 days)", "max(@, @)", "if(?, @, @)",
		                     "(@ + (@ - @))", "min(@, @)" },
	};
	if (depth == 0)
		weir_text_add(to, leaves[type][pick(4)]);
	else
		grow_pattern(to, patterns[type][pick(6)], depth);
}

/* The bounded value is as near to the exact one as its bound says; whether there is a bound. */
static int is_within_bound(const weir_expression *tree, const char *text)
{
	double error, value = weir_formula_evaluate_bounded(tree, value_of, NULL, &error);
	weir_quad off = (weir_quad)value - weir_formula_evaluate_quad(tree, value_of, NULL, NULL);
	if (!(error < INFINITY))
		return 0;
	ck_assert_msg((off < 0 ? -off : off) <= (weir_quad)error, "%s: off by %g, bound %g", text, (double)off, error);
	ck_assert_msg(error <= 1e-9 * (fabs(value) + 1e10), "%s: the bound %g is useless", text, error);
	return 1;
}

START_TEST(random_formulas_agree)
{
	int known = 0;
	static const weir_type wanted[] = { WEIR_TYPE_MONEY, WEIR_TYPE_RATE, WEIR_TYPE_NUMBER, WEIR_TYPE_FLAG,
		                            WEIR_TYPE_DATE };
	seed = 20230320;
	for (int i = 0; i < 3000; i++) {
		weir_text text = { 0 }, once = { 0 }, twice = { 0 };
		weir_type type = wanted[pick(5)];
		reading r, again;
		grow(&text, type, (int)pick(5));
		read_sound(&r, text.data, type);
		double value = weir_formula_evaluate(r.tree, value_of, NULL, NULL);
		double quad = (double)weir_formula_evaluate_quad(r.tree, value_of, NULL, NULL);
		/* depth 4: parts of at most 2^4 products of 1e10 cents; differences may cancel, so the margin
		 * is theirs */
		double margin =
			type == WEIR_TYPE_FLAG || type == WEIR_TYPE_DATE ? 0 : 1e-12 * (fabs(quad) + 1e10);
		ck_assert_msg(fabs(value - quad) <= margin, "%s: %.17g, %.17g", text.data, value, quad);
		known += is_within_bound(r.tree, text.data);
		weir_formula_write(r.tree, 2, name_of, NULL, &once);
		read_sound(&again, once.data, type);
		weir_formula_write(again.tree, 2, name_of, NULL, &twice);
		ck_assert_str_eq(once.data, twice.data);
		ck_assert_double_eq(weir_formula_evaluate(again.tree, value_of, NULL, NULL), value);
		release(&r);
		release(&again);
		weir_text_free(&text);
		weir_text_free(&once);
		weir_text_free(&twice);
	}
	ck_assert_int_ge(known, 1200);
}
END_TEST

/* Every allocation fails in turn: a sound formula, and one with complaints of each stage. */
START_TEST(memory_may_run_out)
{
	static const char *const texts[] = {
		"min(A.size * 3.59%, 7 CNY, round(B.balance)) + if(A is not paid, trailing(A.size, 3), 5)",
		"A.balanse > 0 and previous(A.size) > 3 and grace < 3",
		"2 + (3",
		"2 & 3",
	};
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		weir_status status = WEIR_NO_MEMORY;
		long nth = 1;
		for (; status == WEIR_NO_MEMORY && nth < 1000; nth++) {
			reading r;
			weir_alloc_fail_from(nth);
			read_formula(&r, texts[i], WEIR_TYPE_ERROR);
			status = r.status;
			weir_alloc_fail_from(0);
			ck_assert_msg((status == WEIR_OK) == (r.tree != NULL), "%s", texts[i]);
			release(&r);
		}
		ck_assert_int_eq(status, i == 0 ? WEIR_OK : WEIR_INPUT);
		ck_assert_int_gt(nth, 4);
	}
}
END_TEST

START_TEST(ids_that_a_formula_names)
{
	ck_assert(weir_formula_names("accelerate", "accelerate") && weir_formula_names("A.balance≤1 yuan and not accelerate", "A"));
	ck_assert(weir_formula_names("not 触发 and x", "触发") && weir_formula_names("max(next_interest(A), 1 yuan)", "A"));
	ck_assert(weir_formula_names("触发≥2", "触发"));             /* a sign right behind a name is none of it */
	ck_assert(!weir_formula_names("accelerate", "rate") && !weir_formula_names("rates", "rate"));
	ck_assert(!weir_formula_names("A.interest_unpaid > 0 yuan", "interest_unpaid")); /* a part, no thing of its own */
	ck_assert(!weir_formula_names("", "A") && !weir_formula_names("AA.balance", "A"));
}
END_TEST

Suite *weir_suite_lang_formula(void);

Suite *weir_suite_lang_formula(void)
{
	Suite *suite = suite_create("lang_formula");
	TCase *reads = tcase_create("reads"), *complains = tcase_create("complains"),
	      *holds = tcase_create("holds");
	tcase_add_loop_test(reads, reads_and_evaluates, 0, SOUND);
	tcase_add_loop_test(reads, writes_normal_form, 0, SOUND);
	tcase_add_test(reads, any_currency_without_a_deals);
	tcase_add_test(reads, bare_numbers_become_what_is_wanted);
	tcase_add_test(reads, exact_is_whole_cents_by_construction);
	tcase_add_test(reads, quad_knows_more_digits);
	tcase_add_test(reads, declared_formulas_stand_in_place);
	tcase_add_test(reads, trees_of_the_caller_are_counted);
	tcase_add_test(reads, names_of_ids);
	tcase_add_test(reads, ids_that_a_formula_names);
	tcase_add_loop_test(complains, complains_at_the_place, 0, FAULTS);
	tcase_add_test(complains, reports_all_faults_of_kind_at_once);
	tcase_add_test(complains, places_go_through_entities);
	tcase_add_test(holds, named_formulas_cannot_explode);
	tcase_add_test(holds, limits_hold);
	tcase_add_test(holds, too_many_arguments);
	tcase_add_test(holds, random_formulas_agree);
	tcase_add_test(holds, memory_may_run_out);
	suite_add_tcase(suite, reads);
	suite_add_tcase(suite, complains);
	suite_add_tcase(suite, holds);
	return suite;
}
