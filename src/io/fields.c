/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/fields.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/money.h"
#include "io/file.h"

#define COUNT_MAX 10000
#define DIGITS_MAX 8
#define FORMULA_MAX 4000 /* as in deal.xsd */
#define LIST_BYTES 512
#define SHORT_LIST_BYTES 48
#define ID_MAX 64 /* characters, as in deal.xsd and scenarios.xsd */
#define CANDIDATES_MAX 4096

static int is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static weir_diags *diags_of(const weir_cell *cell)
{
	return cell->loader->diags;
}

/* The cell's text for a message. */
#define QUOTED(cell) weir_excerpt((char[WEIR_EXCERPT_BYTES]){ 0 }, (cell)->text, (cell)->length)

/* --- texts and names -------------------------------------------------------------------------------------------- */

weir_status weir_read_text(const weir_cell *cell, const weir_field *field, void *at)
{
	(void)field;
	const char *text = weir_arena_text(cell->loader->arena, cell->text, cell->length);
	if (!text)
		return WEIR_NO_MEMORY;
	*(const char **)at = text;
	return WEIR_OK;
}

weir_status weir_read_hash(const weir_cell *cell, const weir_field *field, void *at)
{
	int good = cell->length == 64;
	for (size_t i = 0; i < cell->length && good; i++)
		good = (cell->text[i] >= '0' && cell->text[i] <= '9') || (cell->text[i] >= 'a' && cell->text[i] <= 'f');
	if (good)
		return weir_read_text(cell, field, at);
	weir_diag_error(diags_of(cell), BAD_VALUE, cell->place,
	                "\"%s\" is no SHA-256 hash; write its 64 digits, 0 to 9 and a to f", QUOTED(cell));
	return WEIR_OK;
}

weir_status weir_read_shared_text(const weir_cell *cell, const weir_field *field, void *at)
{
	(void)field;
	const char *text = weir_loader_text(cell->loader, cell->text, cell->length);
	if (!text)
		return WEIR_NO_MEMORY;
	*(const char **)at = text;
	return WEIR_OK;
}

weir_status weir_read_located(const weir_cell *cell, const weir_field *field, void *at)
{
	weir_located *located = at;
	located->length = cell->length;
	located->place = cell->place;
	return weir_read_shared_text(cell, field, &located->text);
}

static int is_letter(unsigned char c)
{
	unsigned char low = c | 0x20;
	return (low >= 'a' && low <= 'z') || c == '_' || c >= 0x80;
}

static int is_digit(unsigned char c)
{
	return c >= '0' && c <= '9';
}

/* Keeps an id that is spelled well, unless it is too long for tables and messages. */
static weir_status read_id(const weir_cell *cell, const weir_field *field, void *at)
{
	size_t characters = 0;
	for (size_t i = 0; i < cell->length; i++)
		characters += ((unsigned char)cell->text[i] & 0xC0) != 0x80;
	if (characters <= ID_MAX)
		return weir_read_text(cell, field, at);
	weir_diag_error(diags_of(cell), BAD_ID, cell->place,
	                "\"%s\" has %zu characters; shorten it to %d or fewer",
	                QUOTED(cell), characters, ID_MAX);
	return WEIR_OK;
}

weir_status weir_read_name(const weir_cell *cell, const weir_field *field, void *at)
{
	int good = cell->length > 0 && is_letter((unsigned char)cell->text[0]);
	for (size_t i = 1; i < cell->length && good; i++)
		good = is_letter((unsigned char)cell->text[i]) || is_digit((unsigned char)cell->text[i]);
	if (good)
		return read_id(cell, field, at);
	weir_diag_error(diags_of(cell), BAD_ID, cell->place,
	                "\"%s\" cannot be a name in formulas; use a letter or _ first, then letters, digits and _",
	                QUOTED(cell));
	return WEIR_OK;
}

weir_status weir_read_code(const weir_cell *cell, const weir_field *field, void *at)
{
	int good = cell->length > 0;
	for (size_t i = 0; i < cell->length && good; i++) {
		unsigned char c = (unsigned char)cell->text[i];
		good = is_letter(c) || is_digit(c) || (i > 0 && (c == '-' || c == '.'));
	}
	if (good)
		return read_id(cell, field, at);
	weir_diag_error(diags_of(cell), BAD_ID, cell->place,
	                "\"%s\" is not an identifier; use letters and digits, with - _ . inside", QUOTED(cell));
	return WEIR_OK;
}

weir_status weir_read_currency(const weir_cell *cell, const weir_field *field, void *at)
{
	int good = cell->length == 3;
	for (size_t i = 0; i < cell->length && good; i++)
		good = cell->text[i] >= 'A' && cell->text[i] <= 'Z';
	if (good)
		return weir_read_shared_text(cell, field, at);
	weir_diag_error(diags_of(cell), BAD_VALUE, cell->place,
	                "\"%s\" is not a currency; write its three capital letters, such as CNY", QUOTED(cell));
	return WEIR_OK;
}

/* --- numbers ---------------------------------------------------------------------------------------------------- */

weir_status weir_read_amount(const weir_cell *cell, const weir_field *field, void *at)
{
	(void)field;
	double cents = 0;
	int digits = cell->loader->deal->currency_digits;
	switch (weir_cents_parse(cell->text, cell->length, digits, &cents)) {
	case WEIR_PARSE_OK:
		if (cents >= 0)
			*(double *)at = cents;
		else
			weir_diag_error(diags_of(cell), OUT_OF_RANGE, cell->place,
			                "\"%s\" is below zero; an amount here is zero or more", QUOTED(cell));
		break;
	case WEIR_PARSE_DIGITS:
		weir_diag_error(diags_of(cell), BAD_AMOUNT, cell->place,
		                "\"%s\" has parts of a cent; an amount has at most %d decimals", QUOTED(cell), digits);
		break;
	case WEIR_PARSE_RANGE:
		weir_diag_error(diags_of(cell), BAD_AMOUNT, cell->place,
		                "\"%s\" is too large for an amount; correct it", QUOTED(cell));
		break;
	default:
		weir_diag_error(diags_of(cell), BAD_AMOUNT, cell->place,
		                "\"%s\" is not an amount; write it in full without separators, such as 36000000.00",
		                QUOTED(cell));
	}
	return WEIR_OK;
}

/* Complains about a rate that cannot be read. */
static void complain_about_rate(const weir_cell *cell, weir_parse fault)
{
	weir_decimal number;
	int bare = weir_decimal_parse(cell->text, cell->length, &number) == WEIR_PARSE_OK;
	if (fault == WEIR_PARSE_DIGITS)
		weir_diag_error(diags_of(cell), BAD_RATE, cell->place,
		                "\"%s\" has too many decimals; a rate has at most 10 as a percentage", QUOTED(cell));
	else if (fault == WEIR_PARSE_RANGE)
		weir_diag_error(diags_of(cell), BAD_RATE, cell->place, "\"%s\" is too large for a rate; correct it",
		                QUOTED(cell));
	else if (bare && number.scale > 0 && fabs(weir_decimal_double(number)) < 1)
		weir_diag_error(
			diags_of(cell), BAD_RATE, cell->place,
			"\"%s\" is not a rate; write it with its unit: %s%% as it stands, or %.*f%% if it is a part of "
			"one",
			QUOTED(cell), QUOTED(cell), number.scale > 2 ? number.scale - 2 : 0,
			weir_decimal_double(number) * 100);
	else if (bare)
		weir_diag_error(diags_of(cell), BAD_RATE, cell->place,
		                "\"%s\" is not a rate; write it with its unit, such as %s%%", QUOTED(cell),
		                QUOTED(cell));
	else
		weir_diag_error(diags_of(cell), BAD_RATE, cell->place,
		                "\"%s\" is not a rate; write a number and its unit, such as 3.59%% or 25bp",
		                QUOTED(cell));
}

weir_status weir_read_rate(const weir_cell *cell, const weir_field *field, void *at)
{
	(void)field;
	double rate = 0;
	weir_parse parsed = weir_rate_parse(cell->text, cell->length, &rate);
	if (parsed == WEIR_PARSE_OK)
		*(double *)at = rate;
	else
		complain_about_rate(cell, parsed);
	return WEIR_OK;
}

weir_status weir_read_share(const weir_cell *cell, const weir_field *field, void *at)
{
	(void)field;
	double share = 0;
	weir_parse parsed = weir_rate_parse(cell->text, cell->length, &share);
	if (parsed != WEIR_PARSE_OK)
		complain_about_rate(cell, parsed);
	else if (share < 0)
		weir_diag_error(diags_of(cell), OUT_OF_RANGE, cell->place,
		                "\"%s\" is below zero; a share is 0%% or more", QUOTED(cell));
	else
		*(double *)at = share;
	return WEIR_OK;
}

weir_status weir_read_decimal(const weir_cell *cell, const weir_field *field, void *at)
{
	(void)field;
	weir_decimal number;
	if (weir_decimal_parse(cell->text, cell->length, &number) != WEIR_PARSE_OK)
		weir_diag_error(diags_of(cell), BAD_NUMBER, cell->place, "\"%s\" is not a number; write it like 99.32",
		                QUOTED(cell));
	else if (number.units < 0)
		weir_diag_error(diags_of(cell), OUT_OF_RANGE, cell->place,
		                "\"%s\" is below zero; it is zero or more here", QUOTED(cell));
	else
		*(double *)at = weir_decimal_double(number);
	return WEIR_OK;
}

static weir_status read_between(const weir_cell *cell, int *at, int least, int most)
{
	weir_decimal number;
	if (weir_decimal_parse(cell->text, cell->length, &number) != WEIR_PARSE_OK || number.scale != 0 ||
	    number.units < least || number.units > most)
		weir_diag_error(diags_of(cell), BAD_NUMBER, cell->place,
		                "\"%s\" is not a whole number from %d to %d; write one", QUOTED(cell), least, most);
	else
		*at = (int)number.units;
	return WEIR_OK;
}

weir_status weir_read_count(const weir_cell *cell, const weir_field *field, void *at)
{
	(void)field;
	return read_between(cell, at, 1, COUNT_MAX);
}

weir_status weir_read_whole(const weir_cell *cell, const weir_field *field, void *at)
{
	(void)field;
	return read_between(cell, at, 0, COUNT_MAX);
}

weir_status weir_read_digits(const weir_cell *cell, const weir_field *field, void *at)
{
	(void)field;
	return read_between(cell, at, 0, DIGITS_MAX);
}

/* --- dates and spans -------------------------------------------------------------------------------------------- */

/* Four digits, two and two with dashes: a day that does not exist, or lies outside the years weir knows. */
static int is_written_as_date(const weir_cell *cell)
{
	int good = cell->length == 10;
	for (size_t i = 0; i < cell->length && good; i++)
		good = i == 4 || i == 7 ? cell->text[i] == '-' : is_digit((unsigned char)cell->text[i]);
	return good;
}

weir_status weir_read_date(const weir_cell *cell, const weir_field *field, void *at)
{
	(void)field;
	weir_date date = weir_date_parse(cell->text, cell->length);
	if (date != WEIR_DATE_NONE)
		*(weir_date *)at = date;
	else if (is_written_as_date(cell))
		weir_diag_error(diags_of(cell), BAD_DATE, cell->place, "there is no day \"%s\"; correct it",
		                QUOTED(cell));
	else
		weir_diag_error(diags_of(cell), BAD_DATE, cell->place,
		                "\"%s\" is not a date; write year-month-day, such as 2023-06-20", QUOTED(cell));
	return WEIR_OK;
}

/* Splits "3 months" into a number and a word without its plural s; returns 0 when the text is not like that. */
static int split_span(const weir_cell *cell, int *number, const char **word, size_t *length)
{
	weir_decimal value;
	const char *space = memchr(cell->text, ' ', cell->length);
	if (!space || weir_decimal_parse(cell->text, (size_t)(space - cell->text), &value) != WEIR_PARSE_OK ||
	    value.scale != 0 || llabs(value.units) > 9999)
		return 0;
	*number = (int)value.units;
	*word = space + 1;
	*length = (size_t)(cell->text + cell->length - *word);
	if (*length > 1 && (*word)[*length - 1] == 's')
		--*length;
	return 1;
}

static int is_word(const char *word, size_t length, const char *wanted)
{
	return strlen(wanted) == length && memcmp(word, wanted, length) == 0;
}

weir_status weir_read_months(const weir_cell *cell, const weir_field *field, void *at)
{
	(void)field;
	int number;
	const char *word;
	size_t length;
	if (split_span(cell, &number, &word, &length) && number > 0) {
		int months = is_word(word, length, "month") ? number : is_word(word, length, "year") ? number * 12 : 0;
		if (months) {
			*(int *)at = months;
			return WEIR_OK;
		}
	}
	weir_diag_error(diags_of(cell), BAD_VALUE, cell->place,
	                "\"%s\" is not a length of time; write it like \"3 months\" or \"1 year\"", QUOTED(cell));
	return WEIR_OK;
}

weir_status weir_read_span(const weir_cell *cell, const weir_field *field, void *at)
{
	(void)field;
	static const char *const units[] = { [WEIR_STEP_DAYS] = "day", [WEIR_STEP_WEEKS] = "week",
		                             [WEIR_STEP_MONTHS] = "month", [WEIR_STEP_YEARS] = "year" };
	weir_schedule_terms *terms = at;
	int number;
	const char *word;
	size_t length;
	if (split_span(cell, &number, &word, &length) && number > 0)
		for (int i = 0; i < 4; i++)
			if (is_word(word, length, units[i])) {
				terms->step = number;
				terms->unit = (weir_step_unit)i;
				return WEIR_OK;
			}
	weir_diag_error(diags_of(cell), BAD_VALUE, cell->place,
	                "\"%s\" is not a length of time; write it like \"3 months\", \"2 weeks\" or \"1 year\"",
	                QUOTED(cell));
	return WEIR_OK;
}

weir_status weir_read_business_days(const weir_cell *cell, const weir_field *field, void *at)
{
	(void)field;
	int number;
	const char *word;
	size_t length;
	if (split_span(cell, &number, &word, &length) && is_word(word, length, "business day") && abs(number) < 1000)
		*(int *)at = number;
	else
		weir_diag_error(diags_of(cell), BAD_VALUE, cell->place,
		                "\"%s\" is not a distance in business days; write it like \"-10 business days\"",
		                QUOTED(cell));
	return WEIR_OK;
}

weir_status weir_read_day_count(const weir_cell *cell, const weir_field *field, void *at)
{
	(void)field;
	const char *texts[WEIR_DAY_COUNT_COUNT];
	int rule = weir_day_count_parse(cell->text, cell->length);
	for (int i = 0; i < WEIR_DAY_COUNT_COUNT; i++)
		texts[i] = weir_day_count_text((weir_day_count)i);
	const char *nearest = weir_nearest_name(cell->text, cell->length, texts, WEIR_DAY_COUNT_COUNT);
	if (rule >= 0)
		*(weir_day_count *)at = (weir_day_count)rule;
	else if (nearest)
		weir_diag_error(diags_of(cell), BAD_VALUE, cell->place,
		                "\"%s\" is not a day count; did you mean \"%s\"?", QUOTED(cell), nearest);
	else
		weir_diag_error(diags_of(cell), BAD_VALUE, cell->place,
		                "\"%s\" is not a day count; write one such as ACT/365F, ACT/360 or 30E/360",
		                QUOTED(cell));
	return WEIR_OK;
}

/* --- words ------------------------------------------------------------------------------------------------------ */

/* Complains that a word is none of the choices. */
static void complain_about_choice(const weir_cell *cell, const weir_field *field, const char *word, size_t length,
                                  weir_place place)
{
	const char *names[32] = { NULL };
	char list[LIST_BYTES], excerpt[WEIR_EXCERPT_BYTES];
	size_t count = 0, used = 0;
	list[0] = '\0';
	for (const weir_choice *c = field->choices; c->text && count < 32; c++) {
		size_t room = strlen(c->text) + 5;
		names[count] = c->text;
		if (used + room < sizeof list) {
			const char *joint = count == 0 ? "" : c[1].text ? ", " : " or ";
			memcpy(list + used, joint, strlen(joint));
			used += strlen(joint);
			memcpy(list + used, c->text, strlen(c->text) + 1);
			used += strlen(c->text);
		}
		count++;
	}
	const char *nearest = weir_nearest_name(word, length, names, count);
	weir_excerpt(excerpt, word, length);
	if (nearest && used > SHORT_LIST_BYTES) /* of few words the list says more */
		weir_diag_error(diags_of(cell), BAD_VALUE, place, "\"%s\" is not a value of %s; did you mean \"%s\"?",
		                excerpt, field->name, nearest);
	else
		weir_diag_error(diags_of(cell), BAD_VALUE, place, "\"%s\" is not a value of %s; it takes %s", excerpt,
		                field->name, list);
}

/* The value of a word, or -1. */
static int find_choice(const weir_choice *choices, const char *word, size_t length)
{
	for (const weir_choice *c = choices; c->text; c++)
		if (is_word(word, length, c->text))
			return c->value;
	return -1;
}

weir_status weir_read_choice(const weir_cell *cell, const weir_field *field, void *at)
{
	int value = find_choice(field->choices, cell->text, cell->length);
	if (value >= 0)
		*(int *)at = value;
	else
		complain_about_choice(cell, field, cell->text, cell->length, cell->place);
	return WEIR_OK;
}

weir_status weir_read_word(const weir_cell *cell, const weir_field *field, const weir_choice *words, void *at)
{
	weir_field as_choice = { field->name, field->read, field->offset, words };
	int word = 0;
	weir_status status = weir_read_choice(cell, &as_choice, &word);
	return status == WEIR_OK && word ? weir_read_shared_text(cell, field, at) : status;
}

weir_status weir_read_yes_no(const weir_cell *cell, const weir_field *field, void *at)
{
	static const weir_choice choices[] = { { "no", 0 }, { "yes", 1 }, { NULL, 0 } };
	weir_field as_choice = { field->name, field->read, field->offset, choices };
	return weir_read_choice(cell, &as_choice, at);
}

/* Where a word of the cell stands. */
static weir_place place_in(const weir_cell *cell, const char *word, size_t length)
{
	if (!cell->is_xml)
		return cell->place;
	/* the cell's text is what is left after blanks were cut; its place is the raw value */
	return weir_place_inside(cell->loader->sources, cell->place, (size_t)(word - cell->text), length);
}

/* The next word from *at; 0 when there is none. */
static int next_word(const char **at, const char *end, const char **word, size_t *length)
{
	while (*at < end && is_blank(**at))
		++*at;
	*word = *at;
	while (*at < end && !is_blank(**at))
		++*at;
	*length = (size_t)(*at - *word);
	return *length > 0;
}

weir_status weir_read_flags(const weir_cell *cell, const weir_field *field, void *at)
{
	const char *p = cell->text, *end = p + cell->length, *word;
	size_t length;
	unsigned flags = 0;
	while (next_word(&p, end, &word, &length)) {
		int value = find_choice(field->choices, word, length);
		if (value < 0)
			complain_about_choice(cell, field, word, length, place_in(cell, word, length));
		else
			flags |= (unsigned)value;
	}
	*(unsigned *)at = flags;
	return WEIR_OK;
}

weir_status weir_read_words(const weir_cell *cell, const weir_field *field, void *at)
{
	weir_words *words = at;
	const char *p = cell->text, *end = p + cell->length, *word;
	size_t length, count = 0;
	while (next_word(&p, end, &word, &length))
		count++;
	words->items = weir_arena_array(cell->loader->arena, count + 1, sizeof *words->items);
	words->places = weir_arena_array(cell->loader->arena, count + 1, sizeof *words->places);
	if (!words->items || !words->places)
		return WEIR_NO_MEMORY;
	for (p = cell->text; next_word(&p, end, &word, &length); words->count++) {
		const char *comma = memchr(word, ',', length);
		if (comma) {
			weir_diag_error(diags_of(cell), BAD_VALUE, place_in(cell, comma, 1),
			                "the names of \"%s\" are separated by blanks; write a blank instead of the "
			                "comma", field->name);
			words->count = 0; /* what is meant is not known */
			return WEIR_OK;
		}
		words->items[words->count] = weir_arena_text(cell->loader->arena, word, length);
		words->places[words->count] = place_in(cell, word, length);
		if (!words->items[words->count])
			return WEIR_NO_MEMORY;
	}
	return WEIR_OK;
}

weir_status weir_read_formula(const weir_cell *cell, const weir_field *field, void *at)
{
	(void)field;
	weir_formula *formula = at;
	if (cell->length > FORMULA_MAX) {
		weir_diag_error(diags_of(cell), FORMULA_LIMIT, cell->place,
		                "the formula has %zu bytes, more than %d; split it into named "
		                "values", cell->length, FORMULA_MAX);
		return WEIR_OK;
	}
	formula->text = weir_arena_text(cell->loader->arena, cell->text, cell->length);
	formula->place = cell->place;
	return formula->text ? WEIR_OK : WEIR_NO_MEMORY;
}

/* --- references ------------------------------------------------------------------------------------------------- */

void weir_complain_unknown(weir_loader *loader, const char *kind, const weir_names *known, const char *name,
                           size_t length, weir_place place)
{
	char excerpt[WEIR_EXCERPT_BYTES];
	const char **names = known->count <= CANDIDATES_MAX ? weir_alloc((known->count + 1) * sizeof *names) : NULL;
	size_t count = 0;
	for (size_t i = 0; names && i < known->slot_count; i++)
		if (known->slots[i].item)
			names[count++] = known->items[known->slots[i].item - 1].name;
	/* among names of one or two letters everything is near */
	const char *nearest = names && length > 2 ? weir_nearest_name(name, length, names, count) : NULL;
	weir_excerpt(excerpt, name, length);
	if (nearest)
		weir_diag_error(loader->diags, UNKNOWN_ID, place, "there is no %s \"%s\"; did you mean \"%s\"?", kind,
		                excerpt, nearest);
	else
		weir_diag_error(loader->diags, UNKNOWN_ID, place, "there is no %s \"%s\"; add it or correct the name",
		                kind, excerpt);
	weir_free(names);
}

static weir_status read_reference(const weir_cell *cell, const char *kind, const weir_names *known, int *at)
{
	int number = weir_names_find(known, cell->text, cell->length);
	if (number >= 0)
		*at = number;
	else
		weir_complain_unknown(cell->loader, kind, known, cell->text, cell->length, cell->place);
	return WEIR_OK;
}

weir_status weir_read_party(const weir_cell *cell, const weir_field *field, void *at)
{
	(void)field;
	return read_reference(cell, "party", &cell->loader->parties, at);
}

weir_status weir_read_trust(const weir_cell *cell, const weir_field *field, void *at)
{
	(void)field;
	return read_reference(cell, "trust", &cell->loader->trusts, at);
}

weir_status weir_read_index(const weir_cell *cell, const weir_field *field, void *at)
{
	(void)field;
	return read_reference(cell, "index", &cell->loader->indexes, at);
}

/* --- cells and elements ----------------------------------------------------------------------------------------- */

weir_status weir_field_read(weir_loader *loader, const weir_field *field, void *target, const char *text,
                            size_t length, weir_place place, int is_xml)
{
	weir_cell cell = { loader, text, length, place, is_xml };
	if (field->read != weir_read_formula) {
		size_t before = 0;
		while (before < cell.length && is_blank(cell.text[before]))
			before++;
		cell.text += before;
		cell.length -= before;
		while (cell.length > 0 && is_blank(cell.text[cell.length - 1]))
			cell.length--;
		if (before && is_xml)
			cell.place = weir_place_inside(loader->sources, place, before, cell.length);
	}
	if (cell.length == 0) {
		weir_diag_error(loader->diags, BAD_VALUE, place, "%s is empty; give a value or remove it", field->name);
		return WEIR_OK;
	}
	return field->read(&cell, field, (char *)target + field->offset);
}

weir_status weir_fields_from_element(weir_loader *loader, const weir_xml *xml, const xmlNode *element,
                                     const weir_field *fields, void *target, weir_seen *seen)
{
	for (const xmlAttr *a = element->properties; a; a = a->next) {
		const weir_field *field = fields;
		while (field->name && strcmp(field->name, (const char *)a->name) != 0)
			field++;
		if (!field->name || a->ns)
			continue;
		xmlChar *owned;
		const char *text = weir_xml_value(a, &owned);
		weir_status status = text ? weir_field_read(loader, field, target, text, strlen(text),
		                                            weir_xml_value_place(xml, a), 1) :
		                            WEIR_NO_MEMORY;
		xmlFree(owned);
		if (status != WEIR_OK)
			return status;
		if (seen)
			*seen |= (weir_seen)1 << (field - fields);
	}
	return WEIR_OK;
}

int weir_field_seen(const weir_field *fields, weir_seen seen, const char *name)
{
	for (size_t i = 0; fields[i].name; i++)
		if (strcmp(fields[i].name, name) == 0)
			return (int)(seen >> i & 1);
	return 0;
}
