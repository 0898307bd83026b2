/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Numbers with their units, exactly. */
#include <string.h>

#include "lang/type.h"
#include "time/date.h"

#define LONGEST_SPAN_DAYS 109575 /* 300 years: all dates that weir accepts lie within */
#define LONGEST_SPAN_MONTHS 3600
#define RATE_PLACES 12
#define RATE_LARGEST 4000 /* base/money.h: below it the nearest double identifies a decimal of 12 places */

/* Units and their size: `factor` x 10^`power` of the type's own unit (the currency's large one for money). */
static const struct unit {
	const char *text;
	weir_type type;
	int power, factor;
	const char *currency; /* money: how the unit is written back */
} units[] = {
	{ "%", WEIR_TYPE_RATE, -2, 1, "" },
	{ "\xEF\xBC\x85", WEIR_TYPE_RATE, -2, 1, "" }, /* full-width % */
	{ "\xE2\x80\xB0", WEIR_TYPE_RATE, -3, 1, "" }, /* per mille */
	{ "bp", WEIR_TYPE_RATE, -4, 1, "" },
	{ "bps", WEIR_TYPE_RATE, -4, 1, "" },
	{ "BP", WEIR_TYPE_RATE, -4, 1, "" },
	{ "days", WEIR_TYPE_DAYS, 0, 1, "" },
	{ "day", WEIR_TYPE_DAYS, 0, 1, "" },
	{ "weeks", WEIR_TYPE_DAYS, 0, 7, "" },
	{ "week", WEIR_TYPE_DAYS, 0, 7, "" },
	{ "months", WEIR_TYPE_MONTHS, 0, 1, "" },
	{ "month", WEIR_TYPE_MONTHS, 0, 1, "" },
	{ "years", WEIR_TYPE_MONTHS, 0, 12, "" },
	{ "year", WEIR_TYPE_MONTHS, 0, 12, "" },
	{ "yuan", WEIR_TYPE_MONEY, 0, 1, "yuan" },
	{ "\xE5\x85\x83", WEIR_TYPE_MONEY, 0, 1, "\xE5\x85\x83" },             /* yuan */
	{ "\xE4\xB8\x87\xE5\x85\x83", WEIR_TYPE_MONEY, 4, 1, "\xE5\x85\x83" }, /* ten thousand yuan */
	{ "\xE4\xBA\xBF\xE5\x85\x83", WEIR_TYPE_MONEY, 8, 1, "\xE5\x85\x83" }, /* hundred million yuan */
};

#define UNITS (sizeof units / sizeof *units)

int weir_typing_is_bare(const weir_expression *e)
{
	return e->op == WEIR_OP_CONSTANT && e->type == WEIR_TYPE_NUMBER && !e->unit;
}

int weir_typing_is_whole(const weir_expression *e, int64_t *whole)
{
	*whole = e->decimal.units;
	return weir_typing_is_bare(e) && e->decimal.scale == 0;
}

/* Multiplies by factor x 10^power; 0 when the result is too large. Trailing zeros behind the point go. */
static int scale_decimal(weir_decimal *decimal, int power, int factor)
{
	if (__builtin_mul_overflow(decimal->units, (int64_t)factor, &decimal->units))
		return 0;
	decimal->scale -= power;
	for (; decimal->scale < 0; decimal->scale++)
		if (__builtin_mul_overflow(decimal->units, (int64_t)10, &decimal->units))
			return 0;
	for (; decimal->scale > 0 && decimal->units % 10 == 0; decimal->scale--)
		decimal->units /= 10;
	return 1;
}

weir_expression *weir_typing_constant(weir_typing *t, const weir_syntax *syntax, weir_type type,
                                      weir_decimal decimal, const char *unit)
{
	weir_expression *node = weir_typing_operation(t, syntax, WEIR_OP_CONSTANT, type, NULL, NULL, NULL);
	if (!node)
		return NULL;
	node->decimal = decimal;
	node->value = weir_decimal_double(decimal);
	node->unit = unit;
	return node;
}

/* Whether `decimal` (in the tree's unit) is a sound value of the type; complains otherwise. */
static int check_value(weir_typing *t, const weir_syntax *syntax, weir_type type, weir_decimal decimal)
{
	double size = 0;
	size_t start = syntax->start, end = syntax->end;
	weir_quote quote = weir_lex_quote(t->source, syntax->start, syntax->end);
	const char *text = quote.text;
	if (decimal.scale <= RATE_PLACES) /* what is finer is refused before its size is asked for */
		size = weir_decimal_double(
			(weir_decimal){ decimal.units < 0 ? -decimal.units : decimal.units, decimal.scale });
	if (type == WEIR_TYPE_MONEY && decimal.scale > 0)
		weir_typing_complain(
			t, BAD_AMOUNT, start, end,
			"\"%s\" has parts of a cent; write at most %d decimal places of the currency", text,
			t->resolver->currency_digits);
	else if (type == WEIR_TYPE_RATE && decimal.scale > RATE_PLACES)
		weir_typing_complain(t, BAD_RATE, start, end,
		                     "\"%s\" is too fine; write at most 10 decimal places of a percent",
		                     text);
	else if ((type == WEIR_TYPE_DAYS || type == WEIR_TYPE_MONTHS) && decimal.scale > 0)
		weir_typing_complain(t, BAD_NUMBER, start, end,
		                     "\"%s\" is no whole number of %s; write a whole one", text,
		                     weir_type_text(type));
	else if ((type == WEIR_TYPE_MONEY && size > WEIR_CENTS_MAX) ||
	         (type == WEIR_TYPE_RATE && size > RATE_LARGEST) ||
	         (type == WEIR_TYPE_DAYS && size > LONGEST_SPAN_DAYS) ||
	         (type == WEIR_TYPE_MONTHS && size > LONGEST_SPAN_MONTHS))
		weir_typing_complain(t, OUT_OF_RANGE, start, end, "\"%s\" is too large; check its unit",
		                     text);
	else
		return 1;
	return 0;
}

/* A value of `type` from a number in the unit; &error after a complaint. */
static weir_expression *measured(weir_typing *t, const weir_syntax *syntax, weir_decimal decimal,
                                 const struct unit *unit)
{
	int power = unit->power + (unit->type == WEIR_TYPE_MONEY ? t->resolver->currency_digits : 0);
	if (!scale_decimal(&decimal, power, unit->factor)) {
		weir_typing_complain(t, OUT_OF_RANGE, syntax->start, syntax->end,
		                     "\"%s\" is too large; check its unit", WEIR_QUOTE(t, syntax));
		return &t->error;
	}
	if (!check_value(t, syntax, unit->type, decimal))
		return &t->error;
	return weir_typing_constant(t, syntax, unit->type, decimal, unit->currency);
}

int weir_typing_adopt(weir_typing *t, const weir_syntax *syntax, weir_expression *bare, weir_type type)
{
	weir_decimal decimal = bare->decimal;
	weir_quote quote = weir_lex_quote(t->source, syntax->start, syntax->end);
	const char *text = quote.text;
	size_t start = syntax->start, end = syntax->end;
	switch (type) {
	case WEIR_TYPE_NUMBER:
		return 1;
	case WEIR_TYPE_MONEY:
		if (!scale_decimal(&decimal, t->resolver->currency_digits, 1)) {
			weir_typing_complain(t, OUT_OF_RANGE, start, end, "\"%s\" is too large for an amount",
			                     text);
			return 0;
		}
		break;
	case WEIR_TYPE_DAYS:
		break;
	case WEIR_TYPE_RATE:
		if (bare->value == 0 || bare->value == 1)
			break;
		weir_typing_complain(t, BAD_RATE, start, end,
		                     "\"%s\" stands for a rate but has no unit; write it in percent (one "
		                     "half is \"50%%\")",
		                     text);
		return 0;
	case WEIR_TYPE_MONTHS:
		weir_typing_complain(t, FORMULA_TYPE, start, end, "\"%s\" has no unit; write \"%s months\"",
		                     text, text);
		return 0;
	case WEIR_TYPE_DATE:
		weir_typing_complain(t, FORMULA_TYPE, start, end,
		                     "\"%s\" is a number, not a date; write a date as \"2024-06-20\"", text);
		return 0;
	default:
		weir_typing_complain(t, FORMULA_TYPE, start, end,
		                     "\"%s\" is a number; write \"yes\" or \"no\"", text);
		return 0;
	}
	if (!check_value(t, syntax, type, decimal))
		return 0;
	bare->type = type;
	bare->decimal = decimal;
	bare->value = weir_decimal_double(decimal);
	bare->exact = type == WEIR_TYPE_MONEY;
	return 1;
}

static int is_currency_code(const char *text, size_t length)
{
	for (size_t i = 0; i < length; i++)
		if (text[i] < 'A' || text[i] > 'Z')
			return 0;
	return length == 3;
}

/* Whether `unit` names the deal's currency; RMB and yuan are the CNY. */
static int is_deal_currency(const weir_typing *t, const char *unit)
{
	const char *currency = t->resolver->currency;
	if (!currency)
		return 1;
	if (!is_currency_code(unit, strlen(unit)) || strcmp(unit, "RMB") == 0)
		unit = "CNY";
	return strcmp(unit, currency) == 0;
}

/* The unit of a number as written, into `code` when it is a currency's code; 0 when there is no such unit. */
static int find_unit(weir_typing *t, const weir_syntax *syntax, struct unit *out)
{
	const char *text = t->source->text + syntax->unit_start;
	size_t length = syntax->unit_end - syntax->unit_start;
	for (size_t i = 0; i < UNITS; i++)
		if (strlen(units[i].text) == length && memcmp(units[i].text, text, length) == 0) {
			*out = units[i];
			return 1;
		}
	*out = (struct unit){ .type = WEIR_TYPE_MONEY, .factor = 1 };
	return is_currency_code(text, length);
}

static void complain_unit(weir_typing *t, const weir_syntax *syntax)
{
	size_t start = syntax->unit_start, end = syntax->unit_end;
	weir_quote quote = weir_lex_quote(t->source, start, end);
	if (strncmp(quote.text, "business", 8) == 0 || strncmp(quote.text, "working", 7) == 0) {
		weir_typing_complain(t, UNSUPPORTED, syntax->start, syntax->end,
		                     "a formula cannot count \"%s\", which need a calendar; use days, or a "
		                     "date of the schedule",
		                     quote.text);
		return;
	}
	const char *texts[UNITS];
	for (size_t i = 0; i < UNITS; i++)
		texts[i] = units[i].text;
	const char *nearest = weir_nearest_name(t->source->text + start, end - start, texts, UNITS);
	weir_typing_complain(
		t, FORMULA_SYNTAX, start, end,
		"\"%s\" is no unit; %s%s%s %%, bp, yuan, CNY (or another currency), days, months, years",
		quote.text, nearest ? "did you mean \"" : "", nearest ? nearest : "",
		nearest ? "\"? units are" : "units are");
}

static weir_expression *number(weir_typing *t, const weir_syntax *syntax)
{
	weir_decimal decimal;
	struct unit unit;
	size_t start = syntax->word_start, end = syntax->word_end;
	weir_parse result = weir_decimal_parse(t->source->text + start, end - start, &decimal);
	if (result != WEIR_PARSE_OK) {
		weir_typing_complain(
			t, BAD_NUMBER, start, end, "\"%s\" %s", weir_lex_quote(t->source, start, end).text,
			result == WEIR_PARSE_DIGITS ? "has more than 18 decimal places; shorten it"
						    : "has more than 18 digits; shorten it");
		return &t->error;
	}
	if (syntax->unit_start == syntax->unit_end) {
		scale_decimal(&decimal, 0, 1);
		return weir_typing_constant(t, syntax, WEIR_TYPE_NUMBER, decimal, NULL);
	}
	if (!find_unit(t, syntax, &unit)) {
		complain_unit(t, syntax);
		return &t->error;
	}
	if (unit.type != WEIR_TYPE_MONEY)
		return measured(t, syntax, decimal, &unit);
	if (!unit.currency) {
		unit.currency = weir_arena_text(t->arena, t->source->text + syntax->unit_start, 3);
		if (!unit.currency)
			return NULL;
	}
	if (!is_deal_currency(t, unit.currency)) {
		weir_typing_complain(t, FORMULA_TYPE, syntax->start, syntax->end,
		                     "\"%s\" is not in the deal's currency; weir does not convert: write it in \"%s\"",
		                     WEIR_QUOTE(t, syntax), t->resolver->currency);
		return &t->error;
	}
	return measured(t, syntax, decimal, &unit);
}

weir_expression *weir_typing_literal(weir_typing *t, const weir_syntax *syntax)
{
	const char *word = t->source->text + syntax->word_start;
	if (syntax->kind == WEIR_SYNTAX_NUMBER)
		return number(t, syntax);
	if (syntax->kind == WEIR_SYNTAX_FLAG)
		return weir_typing_constant(t, syntax, WEIR_TYPE_FLAG,
		                            (weir_decimal){ *word == 'y' || *word == 't', 0 }, "");
	weir_date date = weir_date_parse(word, syntax->word_end - syntax->word_start);
	if (date == WEIR_DATE_NONE) {
		weir_typing_complain(t, BAD_DATE, syntax->word_start, syntax->word_end,
		                     "\"%s\" is no date; write year, month and day as \"2024-06-20\", "
		                     "with spaces around \"-\" to subtract",
		                     weir_lex_quote(t->source, syntax->word_start, syntax->word_end).text);
		return &t->error;
	}
	return weir_typing_constant(t, syntax, WEIR_TYPE_DATE, (weir_decimal){ date, 0 }, "");
}
