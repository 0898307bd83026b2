/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/format.h"

#include <string.h>

#define MOST_DIGITS 80
#define MINUS "\xE2\x88\x92" /* U+2212: as wide as a digit */

/* A decimal as digits: digits[0 .. point-1] before the point, digits[point .. count-1] behind it. */
typedef struct decimal_digits {
	char digits[MOST_DIGITS + 4];
	int count, point;
	int negative;
} decimal_digits;

/* Reads [-]digits[.digits]; 0 when the text is something else. */
static int read_digits(decimal_digits *number, const char *text)
{
	int seen_point = 0;
	*number = (decimal_digits){ .negative = *text == '-' };
	text += number->negative;
	for (; *text; text++) {
		if (*text == '.' && !seen_point) {
			seen_point = 1;
			continue;
		}
		if (*text < '0' || *text > '9' || number->count >= MOST_DIGITS)
			return 0;
		number->digits[number->count++] = *text;
		number->point += !seen_point;
	}
	return number->point > 0;
}

/* Times a hundred. */
static void shift_two(decimal_digits *number)
{
	for (int i = 0; i < 2; i++) {
		if (number->point == number->count)
			number->digits[number->count++] = '0';
		number->point++;
	}
}

static void drop_leading_zeros(decimal_digits *number)
{
	int zeros = 0;
	while (zeros < number->point - 1 && number->digits[zeros] == '0')
		zeros++;
	memmove(number->digits, number->digits + zeros, (size_t)(number->count - zeros));
	number->count -= zeros;
	number->point -= zeros;
}

/* Cuts to `decimals` behind the point, half away from zero. */
static void cut(decimal_digits *number, int decimals)
{
	int kept = number->point + decimals;
	if (number->count <= kept)
		return;
	int up = number->digits[kept] >= '5';
	number->count = kept;
	for (int i = kept - 1; up && i >= 0; i--) {
		up = number->digits[i] == '9';
		number->digits[i] = up ? '0' : (char)(number->digits[i] + 1);
	}
	if (up) {
		memmove(number->digits + 1, number->digits, (size_t)number->count);
		number->digits[0] = '1';
		number->count++;
		number->point++;
	}
}

/* How many decimals say something. */
static int significant_decimals(const decimal_digits *number)
{
	int count = number->count;
	while (count > number->point && number->digits[count - 1] == '0')
		count--;
	return count - number->point;
}

static int is_zero(const decimal_digits *number)
{
	for (int i = 0; i < number->count; i++)
		if (number->digits[i] != '0')
			return 0;
	return 1;
}

void weir_format_decimal(weir_text *to, const char *value, int is_rate, int decimals, int at_least)
{
	decimal_digits number;
	if (!read_digits(&number, value)) {
		weir_text_add(to, value);
		return;
	}
	if (is_rate)
		shift_two(&number);
	drop_leading_zeros(&number);
	if (decimals < 0)
		decimals = is_rate ? significant_decimals(&number) : number.count - number.point;
	else if (at_least && significant_decimals(&number) > decimals)
		decimals = significant_decimals(&number);
	cut(&number, decimals);
	if (number.negative && !is_zero(&number))
		weir_text_add(to, MINUS);
	for (int i = 0; i < number.point; i++) {
		if (i > 0 && (number.point - i) % 3 == 0)
			weir_text_add(to, ",");
		weir_text_append(to, &number.digits[i], 1);
	}
	for (int i = 0; i < decimals; i++) {
		int at = number.point + i;
		weir_text_add(to, i == 0 ? "." : "");
		weir_text_append(to, at < number.count ? &number.digits[at] : "0", 1);
	}
	weir_text_add(to, is_rate ? "%" : "");
}

void weir_format_cell(weir_text *to, const weir_doc_cell *cell)
{
	if (!cell->value) {
		weir_text_add(to, WEIR_EMPTY_MARK);
		return;
	}
	switch (cell->type) {
	case WEIR_CELL_MONEY:
	case WEIR_CELL_NUMBER:
	case WEIR_CELL_INTEGER:
		weir_format_decimal(to, cell->value, 0, cell->decimals, cell->at_least);
		break;
	case WEIR_CELL_RATE:
		weir_format_decimal(to, cell->value, 1, cell->decimals, cell->at_least);
		break;
	default:
		weir_text_add(to, cell->value);
	}
}

const char *weir_format_cell_words(weir_arena *arena, const weir_doc_cell *cell)
{
	if (cell->type == WEIR_CELL_TEXT && (cell->text.en || cell->text.zh))
		return weir_doc_text_join(arena, cell->text);
	weir_text value = { 0 };
	weir_format_cell(&value, cell);
	const char *words = weir_text_keep(&value, arena);
	return words;
}

int weir_format_stands_right(weir_cell_type type)
{
	return type != WEIR_CELL_TEXT && type != WEIR_CELL_DATE && type != WEIR_CELL_FLAG;
}

int weir_format_sign(const weir_doc_cell *cell)
{
	decimal_digits number;
	if (cell->type == WEIR_CELL_TEXT || cell->type == WEIR_CELL_DATE || !cell->value ||
	    !read_digits(&number, cell->value))
		return 1;
	if (is_zero(&number))
		return 0;
	return number.negative ? -1 : 1;
}

double weir_format_number(const char *value)
{
	decimal_digits number;
	if (!value || !read_digits(&number, value))
		return 0;
	double whole = 0, scale = 1;
	for (int i = 0; i < number.count; i++) {
		whole = whole * 10 + (number.digits[i] - '0');
		scale *= i >= number.point ? 10 : 1;
	}
	return number.negative ? -whole / scale : whole / scale;
}
