/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "deal/describe_int.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "base/money.h"

#define NUMBER_BYTES 64

const char *const weir_told_yes_no[] = { "no", "yes", NULL };

static const struct {
	const char *key, *en, *zh;
	int ordered;
} kinds[] = {
#define AS_KIND(name, key, en, zh, order) { key, en, zh, order },
	WEIR_ELEMENT_LIST(AS_KIND)
#undef AS_KIND
};

const char *weir_element_key(weir_element_kind kind)
{
	return kinds[kind].key;
}

const char *weir_element_text(weir_element_kind kind, int chinese)
{
	return chinese ? kinds[kind].zh : kinds[kind].en;
}

int weir_element_is_ordered(weir_element_kind kind)
{
	return kinds[kind].ordered;
}

/* --- names ------------------------------------------------------------------------------------------------------ */

const char *weir_describe_reference(const weir_describer *d, const char *id, int of_pool)
{
	const weir_describe_options *o = d->options;
	return o && o->reference ? o->reference(o->context, id, of_pool) : id;
}

static int is_group(const weir_deal *deal, const char *name, size_t length)
{
	for (int i = 0; i < deal->group_count; i++) {
		const char *id = deal->groups[i].node.id;
		if (id && strlen(id) == length && memcmp(id, name, length) == 0)
			return 1;
	}
	return 0;
}

void weir_describe_name(const weir_deal *deal, const weir_describe_options *options, const char *name, size_t length,
                        weir_text *to)
{
	static const char classes[] = "classes.";
	char part[256];
	size_t lead = sizeof classes - 1;
	if (length > lead && memcmp(name, classes, lead) == 0) {
		name += lead;
		length -= lead;
	}
	const char *dot = memchr(name, '.', length);
	size_t first = dot ? (size_t)(dot - name) : length;
	if (dot && is_group(deal, name, first))
		weir_text_add(to, classes);
	if (options && options->reference && first < sizeof part) {
		memcpy(part, name, first);
		part[first] = '\0';
		weir_text_add(to, options->reference(options->context, part, 0));
	} else {
		weir_text_append(to, name, first);
	}
	weir_text_append(to, name + first, length - first);
}

/* --- elements and items ----------------------------------------------------------------------------------------- */

static const char *keep(weir_describer *d, const char *text)
{
	const char *copy = text ? weir_arena_text(d->arena, text, strlen(text)) : NULL;
	if (text && !copy)
		d->status = WEIR_NO_MEMORY;
	return copy;
}

void weir_describe_element(weir_describer *d, weir_element_kind kind, const char *id, weir_place place, int parent)
{
	weir_description *out = d->out;
	if (d->status != WEIR_OK)
		return;
	if (!WEIR_GROW(out->elements, out->element_count, out->element_capacity)) {
		d->status = WEIR_NO_MEMORY;
		return;
	}
	id = id ? id : "";
	out->elements[out->element_count++] = (weir_description_element){
		.kind = kind, .id = id, .title = id, .place = place, .parent = parent, .first = out->item_count
	};
}

static void add_item(weir_describer *d, const weir_term *term, const char *detail, const char *text, const char *key)
{
	weir_description *out = d->out;
	if (d->status != WEIR_OK || strcmp(text, term->plain) == 0)
		return;
	if (d->joined) {
		weir_text_printf(d->joined, "%s%s %s", d->joined->length ? ", " : "", term->key, text);
		return;
	}
	if (!WEIR_GROW(out->items, out->item_count, out->item_capacity)) {
		d->status = WEIR_NO_MEMORY;
		return;
	}
	const char *shown = keep(d, text);
	key = key ? keep(d, key) : shown;
	out->items[out->item_count++] = (weir_description_item){ term, keep(d, detail), shown, key };
	out->elements[out->element_count - 1].count++;
}

void weir_describe_term(weir_describer *d, const weir_term *term, const char *detail, const char *text)
{
	if (text)
		add_item(d, term, detail, text, NULL);
}

const char *weir_describe_detail(weir_describer *d, weir_date date, int number)
{
	char buffer[24];
	if (date != WEIR_DATE_NONE)
		weir_date_format(date, buffer);
	else
		snprintf(buffer, sizeof buffer, "%d", number);
	const char *copy = keep(d, buffer);
	return copy ? copy : "";
}

/* --- values ----------------------------------------------------------------------------------------------------- */

/* A decimal without zeros behind its last digit. */
static void write_decimal(char buffer[NUMBER_BYTES], double value, int places)
{
	int length = snprintf(buffer, NUMBER_BYTES, "%.*f", places, value);
	if (length <= 0 || length >= NUMBER_BYTES || !strchr(buffer, '.'))
		return;
	while (buffer[length - 1] == '0')
		buffer[--length] = '\0';
	if (buffer[length - 1] == '.')
		buffer[--length] = '\0';
}

static void tell_number(const weir_describer *d, weir_telling how, double value, char buffer[NUMBER_BYTES])
{
	if (isnan(value)) {
		snprintf(buffer, NUMBER_BYTES, "none");
	} else if (isinf(value)) {
		snprintf(buffer, NUMBER_BYTES, "no limit");
	} else if (how == WEIR_TELL_MONEY) {
		weir_cents_format_grouped(value, d->deal->currency_digits, buffer);
	} else if (how == WEIR_TELL_RATE) {
		write_decimal(buffer, value * 100, 10);
		strcat(buffer, "%");
	} else {
		write_decimal(buffer, value, 12);
	}
}

static void tell_whole(weir_telling how, int value, char buffer[NUMBER_BYTES])
{
	if (how == WEIR_TELL_MONTHS)
		snprintf(buffer, NUMBER_BYTES, "%d month%s", value, value == 1 ? "" : "s");
	else if (how == WEIR_TELL_DAYS)
		snprintf(buffer, NUMBER_BYTES, "%d business day%s", value, value == 1 || value == -1 ? "" : "s");
	else
		snprintf(buffer, NUMBER_BYTES, "%d", value);
}

static const char *word_of(const char *const *words, int value)
{
	for (int i = 0; words[i]; i++)
		if (i == value)
			return words[i];
	return "none";
}

static void tell_flags(const char *const *words, unsigned bits, weir_text *to)
{
	for (int i = 0; words[i]; i++)
		if (bits >> i & 1)
			weir_text_printf(to, "%s%s", to->length ? " " : "", words[i]);
}

static void tell_words(const weir_describer *d, const weir_words *words, weir_text *to)
{
	for (int i = 0; i < words->count; i++) {
		weir_text_add(to, i ? " " : "");
		weir_describe_name(d->deal, d->options, words->items[i], strlen(words->items[i]), to);
	}
}

/* Shell's sort: the room calls nothing but memory and text functions. */
static void sort_texts(const char **texts, size_t count)
{
	for (size_t gap = count / 2; gap > 0; gap /= 2)
		for (size_t i = gap; i < count; i++) {
			const char *text = texts[i];
			size_t at = i;
			for (; at >= gap && strcmp(texts[at - gap], text) > 0; at -= gap)
				texts[at] = texts[at - gap];
			texts[at] = text;
		}
}

/* The ids of the marked contracts, in the order of their names: which ones, not how they were listed. */
static void tell_contracts(weir_describer *d, const char *marks, weir_text *to)
{
	const weir_pool_terms *pool = &d->deal->pool;
	const char **ids = weir_alloc((size_t)(pool->contract_count + 1) * sizeof *ids);
	size_t count = 0;
	if (!ids) {
		d->status = WEIR_NO_MEMORY;
		return;
	}
	for (int i = 0; i < pool->contract_count; i++)
		if (marks[i])
			ids[count++] = weir_describe_reference(d, pool->contracts[i].id, 1);
	sort_texts(ids, count);
	for (size_t i = 0; i < count; i++)
		weir_text_printf(to, "%s%s", i ? " " : "", ids[i]);
	if (count == 0)
		weir_text_add(to, "no contract");
	if (count == (size_t)pool->contract_count) /* listed, but all of them */
		to->length = 0;
	weir_free(ids);
}

static void tell_formula(weir_describer *d, const weir_told *told, const weir_formula *formula, const char *detail)
{
	weir_text shown = { 0 }, key = { 0 };
	const weir_describe_options *o = d->options;
	if (!formula->text)
		return;
	weir_status status = WEIR_OK;
	if (o && o->formula)
		status = o->formula(o->context, formula, told->wanted, &shown, &key);
	else
		weir_text_add(&shown, formula->text);
	if (status != WEIR_OK || shown.failed || key.failed)
		d->status = WEIR_NO_MEMORY;
	else
		add_item(d, &told->term, detail, shown.data ? shown.data : "", key.data);
	weir_text_free(&shown);
	weir_text_free(&key);
}

/* A list that is told word by word. */
static void tell_list(weir_describer *d, const weir_told *told, const void *at, const char *detail)
{
	weir_text text = { 0 };
	if (told->how == WEIR_TELL_FLAGS)
		tell_flags(told->words, *(const unsigned *)at, &text);
	else if (told->how == WEIR_TELL_WORDS)
		tell_words(d, at, &text);
	else if (*(char *const *)at)
		tell_contracts(d, *(char *const *)at, &text);
	if (text.failed)
		d->status = WEIR_NO_MEMORY;
	else if (text.length)
		add_item(d, &told->term, detail, text.data, NULL);
	weir_text_free(&text);
}

void weir_describe_accounts(weir_describer *d, const weir_term *term, const weir_words *words, int otherwise)
{
	weir_text text = { 0 };
	const char *id = otherwise < d->deal->account_count ? d->deal->accounts[otherwise].node.id : NULL;
	if (words->count == 0 || (words->count == 1 && id && strcmp(words->items[0], id) == 0))
		return;
	tell_words(d, words, &text);
	if (text.failed)
		d->status = WEIR_NO_MEMORY;
	else
		add_item(d, term, NULL, text.data, NULL);
	weir_text_free(&text);
}

int weir_describe_receiver(const weir_deal *deal, unsigned bit)
{
	for (int i = 0; i < deal->account_count; i++)
		if (deal->accounts[i].receives & bit)
			return i;
	return 0;
}

/* What a number of the deal refers to; NULL for none. */
static const char *referred(const weir_describer *d, weir_telling how, int number)
{
	const weir_deal *deal = d->deal;
	if (number < 0)
		return NULL;
	switch (how) {
	case WEIR_TELL_PARTY:
		return weir_describe_reference(d, deal->parties[number].node.id, 0);
	case WEIR_TELL_OBLIGOR:
		return weir_describe_reference(d, deal->pool.obligors[number].id, 1);
	case WEIR_TELL_TRUST:
		return weir_describe_reference(d, deal->pool.trusts[number].id, 1);
	default:
		return weir_describe_reference(d, deal->indexes[number].node.id, 0);
	}
}

static void tell(weir_describer *d, const weir_told *told, const void *at, const char *detail)
{
	char buffer[NUMBER_BYTES];
	const char *text = buffer;
	weir_day_count rule;
	switch (told->how) {
	case WEIR_TELL_TEXT:
		text = *(const char *const *)at;
		break;
	case WEIR_TELL_HOLDER:
		text = *(const char *const *)at;
		text = text ? weir_describe_reference(d, text, 1) : NULL;
		break;
	case WEIR_TELL_MONEY:
	case WEIR_TELL_RATE:
	case WEIR_TELL_NUMBER:
		tell_number(d, told->how, *(const double *)at, buffer);
		break;
	case WEIR_TELL_COUNT:
	case WEIR_TELL_MONTHS:
	case WEIR_TELL_DAYS:
		tell_whole(told->how, *(const int *)at, buffer);
		break;
	case WEIR_TELL_DATE:
		text = *(const weir_date *)at == WEIR_DATE_NONE ? NULL :
		                                                  weir_date_format(*(const weir_date *)at, buffer);
		break;
	case WEIR_TELL_WORD:
		text = word_of(told->words, *(const int *)at);
		break;
	case WEIR_TELL_DAY_COUNT:
		rule = *(const weir_day_count *)at;
		text = rule == WEIR_DAY_COUNT_COUNT ? NULL : weir_day_count_text(rule);
		break;
	case WEIR_TELL_FORMULA:
		tell_formula(d, told, at, detail);
		return;
	case WEIR_TELL_FLAGS:
	case WEIR_TELL_WORDS:
	case WEIR_TELL_CONTRACTS:
		tell_list(d, told, at, detail);
		return;
	default:
		text = referred(d, told->how, *(const int *)at);
	}
	if (text)
		add_item(d, &told->term, detail, text, NULL);
}

void weir_describe_members(weir_describer *d, const weir_told *table, const void *structure, const char *detail)
{
	for (const weir_told *told = table; told->term.key && d->status == WEIR_OK; told++)
		tell(d, told, (const char *)structure + told->offset, detail);
}

/* --- the whole -------------------------------------------------------------------------------------------------- */

weir_status weir_describe(weir_description *out, weir_arena *arena, const weir_deal *deal,
                          const weir_scenarios *scenarios, const weir_describe_options *options)
{
	weir_describer d = { out, arena, deal, options, NULL, WEIR_OK };
	*out = (weir_description){ 0 };
	weir_describe_terms(&d);
	weir_describe_waterfalls(&d);
	weir_describe_arrangements(&d);
	weir_describe_pool(&d);
	if (scenarios)
		weir_describe_scenarios(&d, scenarios);
	if (d.status != WEIR_OK)
		weir_description_free(out);
	return d.status;
}

void weir_description_free(weir_description *description)
{
	weir_free(description->elements);
	weir_free(description->items);
	*description = (weir_description){ 0 };
}
