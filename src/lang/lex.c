/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lang/lex.h"

#include <string.h>

#include "lang/formula.h"

static const char *const reserved_words[] = { "and",  "or",   "not",    "is",      "yes",
	                                      "no",   "true", "false",  "above",   "below",
	                                      "more", "less", "equals", "between", "at" };

/* Characters that are tokens by themselves, with the forms that Chinese and typographic keyboards give. */
static const struct {
	uint32_t code;
	weir_token_kind kind;
} symbols[] = {
	{ '+', WEIR_TOKEN_PLUS },     { 0xFF0B, WEIR_TOKEN_PLUS },    { '-', WEIR_TOKEN_MINUS },
	{ 0x2212, WEIR_TOKEN_MINUS }, { 0xFF0D, WEIR_TOKEN_MINUS },   { '*', WEIR_TOKEN_TIMES },
	{ 0xD7, WEIR_TOKEN_TIMES },   { '/', WEIR_TOKEN_DIVIDE },     { 0xF7, WEIR_TOKEN_DIVIDE },
	{ '%', WEIR_TOKEN_PERCENT },  { 0xFF05, WEIR_TOKEN_PERCENT }, { 0x2030, WEIR_TOKEN_PERCENT },
	{ '(', WEIR_TOKEN_OPEN },     { 0xFF08, WEIR_TOKEN_OPEN },    { ')', WEIR_TOKEN_CLOSE },
	{ 0xFF09, WEIR_TOKEN_CLOSE }, { ',', WEIR_TOKEN_COMMA },      { 0xFF0C, WEIR_TOKEN_COMMA },
	{ '=', WEIR_TOKEN_EQUAL },    { 0xFF1D, WEIR_TOKEN_EQUAL },   { 0x2260, WEIR_TOKEN_NOT_EQUAL },
	{ '<', WEIR_TOKEN_LESS },     { 0xFF1C, WEIR_TOKEN_LESS },    { 0x2264, WEIR_TOKEN_AT_MOST },
	{ '>', WEIR_TOKEN_GREATER },  { 0xFF1E, WEIR_TOKEN_GREATER }, { 0x2265, WEIR_TOKEN_AT_LEAST },
};

static const struct {
	char text[3];
	weir_token_kind kind;
} pairs[] = {
	{ "==", WEIR_TOKEN_EQUAL },   { "!=", WEIR_TOKEN_NOT_EQUAL }, { "<>", WEIR_TOKEN_NOT_EQUAL },
	{ "<=", WEIR_TOKEN_AT_MOST }, { ">=", WEIR_TOKEN_AT_LEAST },
};

/* What to write instead of a character that other languages have. */
static const struct {
	uint32_t code;
	const char *hint;
} hints[] = {
	{ '&', "write \"and\"" },
	{ '|', "write \"or\"" },
	{ '!', "write \"not\", or \"!=\" between two values" },
	{ '^', "multiply instead" },
	{ '$', "write an amount with its currency behind it, such as \"100 USD\"" },
	{ 0xA5, "write an amount with its currency behind it, such as \"100 yuan\"" },
	{ 0xFFE5, "write an amount with its currency behind it, such as \"100 yuan\"" },
	{ '.', "write a number as \"0.5\" and a name as \"A.balance\"" },
	{ '\'', "names stand without quotes" },
	{ '"', "names stand without quotes" },
	{ ';', "write \",\" between arguments" },
	{ '[', "use \"(\" and \")\"" },
	{ '{', "use \"(\" and \")\"" },
};

#define COUNT(array) (sizeof(array) / sizeof *(array))

weir_place weir_lex_place(const weir_formula_text *source, size_t start, size_t end)
{
	if (!source->sources)
		return source->place;
	return weir_place_inside(source->sources, source->place, start, end - start);
}

weir_quote weir_lex_quote(const weir_formula_text *source, size_t start, size_t end)
{
	static const char ellipsis[] = "\xE2\x80\xA6";
	weir_quote quote;
	size_t length = end - start, room = sizeof quote.text - sizeof ellipsis;
	int cut = length > room;
	if (cut)
		for (length = room;
		     length > 0 && ((unsigned char)source->text[start + length] & 0xC0) == 0x80;)
			length--;
	for (size_t i = 0; i < length; i++) {
		char c = source->text[start + i];
		quote.text[i] = (unsigned char)c < ' ' ? ' ' : c;
	}
	memcpy(quote.text + length, ellipsis, sizeof ellipsis);
	if (!cut)
		quote.text[length] = '\0';
	return quote;
}

int weir_lex_is(const weir_formula_text *source, size_t start, size_t end, const char *word)
{
	size_t length = strlen(word);
	return end - start == length && memcmp(source->text + start, word, length) == 0;
}

int weir_lex_is_reserved(const char *text, size_t length)
{
	for (size_t i = 0; i < COUNT(reserved_words); i++)
		if (strlen(reserved_words[i]) == length && memcmp(reserved_words[i], text, length) == 0)
			return 1;
	return 0;
}

/* The character at `p` (before `end`) and its bytes; 0 when they are not UTF-8. */
static size_t decode(const char *p, const char *end, uint32_t *code)
{
	static const uint32_t least[] = { 0, 0, 0x80, 0x800, 0x10000 };
	unsigned char c = (unsigned char)*p;
	size_t length = c < 0x80 ? 1 : c < 0xC0 ? 0 : c < 0xE0 ? 2 : c < 0xF0 ? 3 : c < 0xF8 ? 4 : 0;
	if (length == 0 || length > (size_t)(end - p))
		return 0;
	*code = length == 1 ? c : c & (0x7Fu >> length);
	for (size_t i = 1; i < length; i++) {
		if (((unsigned char)p[i] & 0xC0) != 0x80)
			return 0;
		*code = *code << 6 | ((unsigned char)p[i] & 0x3F);
	}
	if (*code < least[length] || *code > 0x10FFFF || (*code >= 0xD800 && *code < 0xE000))
		return 0;
	return length;
}

static int is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* Letters of any script: what is not punctuation, a symbol, a space or unassigned by whole blocks. */
static int is_letter(uint32_t code)
{
	if (code < 0x80)
		return (code >= 'a' && code <= 'z') || (code >= 'A' && code <= 'Z') || code == '_';
	if (code < 0x2000)
		return code >= 0xC0 && code != 0xD7 && code != 0xF7;
	if (code < 0x3040)
		return (code >= 0x2C00 && code < 0x2E00) || (code >= 0x2E80 && code < 0x2FE0) ||
		       (code >= 0x3005 && code <= 0x3007);
	return code < 0xE000 || (code >= 0xF900 && code < 0xFE00) || (code >= 0xFE70 && code < 0xFEFF) ||
	       (code >= 0x10000 && code < 0xE0000);
}

static int is_space(uint32_t code)
{
	return code == ' ' || code == '\t' || code == '\n' || code == '\r' || code == 0xA0 || code == 0x3000;
}

/* Bytes of one part of a name at `p`; 0 when none starts there. */
static size_t part_length(const char *p, const char *end)
{
	const char *start = p;
	uint32_t code;
	for (size_t length; p < end && (length = decode(p, end, &code)) != 0; p += length)
		if (!is_letter(code) && !(p > start && is_digit(*p)))
			break;
	return (size_t)(p - start);
}

int weir_formula_is_name(const char *name, size_t length)
{
	return length > 0 && part_length(name, name + length) == length &&
	       !weir_lex_is_reserved(name, length);
}

int weir_formula_names(const char *text, const char *id)
{
	weir_diags none = { 0 };
	weir_formula_text source = { .text = text, .length = strlen(text), .diags = &none };
	size_t at = 0, length = strlen(id);
	weir_token token;
	int found = 0;
	while (!found && weir_lex_next(&source, &at, &token) == WEIR_OK && token.kind != WEIR_TOKEN_END)
		found = token.kind == WEIR_TOKEN_NAME && token.end - token.start >= length &&
		        memcmp(text + token.start, id, length) == 0 &&
		        (token.start + length == token.end || text[token.start + length] == '.');
	weir_diags_free(&none);
	return found;
}

static weir_status read_name(const weir_formula_text *source, size_t *at)
{
	const char *end = source->text + source->length;
	for (;;) {
		*at += part_length(source->text + *at, end);
		if (*at == source->length || source->text[*at] != '.')
			return WEIR_OK;
		if (part_length(source->text + *at + 1, end) == 0)
			break;
		++*at;
	}
	weir_diag_error(source->diags, FORMULA_SYNTAX, weir_lex_place(source, *at, *at + 1),
	                "a name goes on behind \".\"; write it as \"A.balance\"");
	return WEIR_INPUT;
}

static size_t digits_at(const weir_formula_text *source, size_t at)
{
	size_t end = at;
	while (end < source->length && is_digit(source->text[end]))
		end++;
	return end - at;
}

/* A date in form (2024-06-20, and 2024-6-20 for a better message) at `at`; gives its end, or 0. */
static size_t date_end(const weir_formula_text *source, size_t at)
{
	if (digits_at(source, at) != 4)
		return 0;
	at += 4;
	for (int i = 0; i < 2; i++) {
		if (at >= source->length || source->text[at] != '-')
			return 0;
		size_t digits = digits_at(source, at + 1);
		if (digits < 1 || digits > 2)
			return 0;
		at += 1 + digits;
	}
	return at;
}

/* "1,000": one number or two? */
static int has_separator(const weir_formula_text *source, size_t at)
{
	return at < source->length && source->text[at] == ',' && digits_at(source, at + 1) == 3;
}

static weir_status read_number(const weir_formula_text *source, size_t *at, weir_token *out)
{
	size_t end = date_end(source, *at);
	out->kind = end ? WEIR_TOKEN_DATE : WEIR_TOKEN_NUMBER;
	if (!end) {
		end = *at + digits_at(source, *at);
		if (end + 1 < source->length && source->text[end] == '.' && is_digit(source->text[end + 1]))
			end += 1 + digits_at(source, end + 1);
	}
	if (!has_separator(source, end)) {
		*at = end;
		return WEIR_OK;
	}
	weir_diag_error(source->diags, FORMULA_SYNTAX, weir_lex_place(source, *at, end + 4),
	                "\"%s\" may be one number or two; write numbers without separators, and arguments "
	                "with a space "
	                "behind \",\"",
	                weir_lex_quote(source, *at, end + 4).text);
	return WEIR_INPUT;
}

static int read_symbol(const weir_formula_text *source, size_t *at, uint32_t code, size_t length,
                       weir_token *out)
{
	for (size_t i = 0; i < COUNT(pairs); i++)
		if (*at + 2 <= source->length && memcmp(source->text + *at, pairs[i].text, 2) == 0) {
			out->kind = pairs[i].kind;
			*at += 2;
			return 1;
		}
	for (size_t i = 0; i < COUNT(symbols); i++)
		if (symbols[i].code == code) {
			out->kind = symbols[i].kind;
			*at += length;
			return 1;
		}
	return 0;
}

static weir_status complain_character(const weir_formula_text *source, size_t at, uint32_t code,
                                      size_t length)
{
	weir_place place = weir_lex_place(source, at, at + (length ? length : 1));
	const char *hint = "remove it";
	if (length == 0) {
		weir_diag_error(source->diags, NOT_UTF8, place,
		                "byte 0x%02X is not UTF-8 text; save the file as UTF-8",
		                (unsigned)(unsigned char)source->text[at]);
		return WEIR_INPUT;
	}
	for (size_t i = 0; i < COUNT(hints); i++)
		if (hints[i].code == code)
			hint = hints[i].hint;
	if (code < ' ' || (code >= 0x7F && code < 0xA0))
		weir_diag_error(source->diags, FORMULA_SYNTAX, place,
		                "the control character U+%04X has no meaning in a formula; remove it",
		                (unsigned)code);
	else
		weir_diag_error(source->diags, FORMULA_SYNTAX, place,
		                "\"%s\" has no meaning in a formula; %s",
		                weir_lex_quote(source, at, at + length).text, hint);
	return WEIR_INPUT;
}

weir_status weir_lex_next(const weir_formula_text *source, size_t *at, weir_token *out)
{
	const char *text = source->text, *end = text + source->length;
	uint32_t code = 0;
	size_t length = 0;
	while (*at < source->length && (length = decode(text + *at, end, &code)) != 0 && is_space(code))
		*at += length;
	weir_status status = WEIR_OK;
	out->start = *at;
	if (*at == source->length) {
		out->kind = WEIR_TOKEN_END;
	} else if (length == 0) {
		status = complain_character(source, *at, 0, 0);
	} else if (is_letter(code)) {
		out->kind = WEIR_TOKEN_NAME;
		status = read_name(source, at);
	} else if (is_digit(text[*at])) {
		status = read_number(source, at, out);
	} else if (!read_symbol(source, at, code, length, out)) {
		status = complain_character(source, *at, code, length);
	}
	out->end = *at;
	return status;
}
