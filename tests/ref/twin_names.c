/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the names in a deal's formulas stand for (INTERFACE, "Names in formulas"). */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ref/twin_names.h"

static const twin_word class_words[] = { { "balance", WEIR_TYPE_MONEY, TWIN_BALANCE },
	                                 { "size", WEIR_TYPE_MONEY, TWIN_SIZE },
	                                 { "coupon", WEIR_TYPE_RATE, TWIN_COUPON },
	                                 { "interest_due", WEIR_TYPE_MONEY, TWIN_INTEREST_DUE },
	                                 { "interest_unpaid", WEIR_TYPE_MONEY, TWIN_INTEREST_UNPAID },
	                                 { "interest_paid", WEIR_TYPE_MONEY, TWIN_INTEREST_PAID },
	                                 { "principal_due", WEIR_TYPE_MONEY, TWIN_PRINCIPAL_DUE },
	                                 { "principal_unpaid", WEIR_TYPE_MONEY, TWIN_PRINCIPAL_UNPAID },
	                                 { "principal_paid", WEIR_TYPE_MONEY, TWIN_PRINCIPAL_PAID },
	                                 { "yield_due", WEIR_TYPE_MONEY, TWIN_YIELD_DUE },
	                                 { "yield_unpaid", WEIR_TYPE_MONEY, TWIN_YIELD_UNPAID },
	                                 { "yield_paid", WEIR_TYPE_MONEY, TWIN_YIELD_PAID },
	                                 { "rest_paid", WEIR_TYPE_MONEY, TWIN_REST_PAID },
	                                 { "due", WEIR_TYPE_MONEY, TWIN_DUE },
	                                 { "unpaid", WEIR_TYPE_MONEY, TWIN_UNPAID },
	                                 { "paid", WEIR_TYPE_MONEY, TWIN_PAID },
	                                 { "is_paid", WEIR_TYPE_FLAG, TWIN_IS_PAID },
	                                 { NULL, WEIR_TYPE_ERROR, 0 } };

static const twin_word fee_words[] = {
	{ "charge", WEIR_TYPE_MONEY, TWIN_CHARGE }, { "due", WEIR_TYPE_MONEY, TWIN_DUE },
	{ "unpaid", WEIR_TYPE_MONEY, TWIN_UNPAID }, { "paid", WEIR_TYPE_MONEY, TWIN_PAID },
	{ "rate", WEIR_TYPE_RATE, TWIN_RATE },      { NULL, WEIR_TYPE_ERROR, 0 }
};

static const twin_word account_words[] = { { "balance", WEIR_TYPE_MONEY, TWIN_BALANCE },
	                                   { "target", WEIR_TYPE_MONEY, TWIN_TARGET },
	                                   { NULL, WEIR_TYPE_ERROR, 0 } };

static const twin_word pool_words[] = {
	{ "principal", WEIR_TYPE_MONEY, TWIN_POOL_PRINCIPAL },
	{ "income", WEIR_TYPE_MONEY, TWIN_POOL_INCOME },
	{ "recovered", WEIR_TYPE_MONEY, TWIN_POOL_RECOVERED },
	{ "prepaid", WEIR_TYPE_MONEY, TWIN_POOL_PREPAID },
	{ "disposal", WEIR_TYPE_MONEY, TWIN_POOL_DISPOSAL },
	{ "collected", WEIR_TYPE_MONEY, TWIN_POOL_COLLECTED },
	{ "defaulted", WEIR_TYPE_MONEY, TWIN_POOL_DEFAULTED },
	{ "defaulted_cumulative", WEIR_TYPE_MONEY, TWIN_POOL_DEFAULTED_TO_DATE },
	{ "sold", WEIR_TYPE_FLAG, TWIN_POOL_SOLD },
	{ "balance", WEIR_TYPE_MONEY, TWIN_BALANCE },
	{ "balance_initial", WEIR_TYPE_MONEY, TWIN_POOL_INITIAL },
	{ "overdue", WEIR_TYPE_MONEY, TWIN_POOL_OVERDUE },
	{ "cumulative_default_rate", WEIR_TYPE_RATE, TWIN_POOL_DEFAULT_RATE },
	{ "scheduled_principal", WEIR_TYPE_MONEY, TWIN_POOL_SCHEDULED_PRINCIPAL },
	{ "scheduled_income", WEIR_TYPE_MONEY, TWIN_POOL_SCHEDULED_INCOME },
	{ NULL, WEIR_TYPE_ERROR, 0 }
};

static const twin_word deal_words[] = { { "cutoff", WEIR_TYPE_DATE, TWIN_CUTOFF },
	                                { "closing", WEIR_TYPE_DATE, TWIN_CLOSING },
	                                { "start", WEIR_TYPE_DATE, TWIN_START },
	                                { "legal_final", WEIR_TYPE_DATE, TWIN_LEGAL_FINAL },
	                                { "first_payment", WEIR_TYPE_DATE, TWIN_FIRST_PAYMENT },
	                                { "last_payment", WEIR_TYPE_DATE, TWIN_LAST_PAYMENT },
	                                { "missed", WEIR_TYPE_FLAG, TWIN_MISSED },
	                                { NULL, WEIR_TYPE_ERROR, 0 } };

static const twin_word *find_word(const twin_word *words, const char *text)
{
	for (; words->text; words++)
		if (strcmp(words->text, text) == 0)
			return words;
	return NULL;
}

/* Keeps a symbol and gives it its number. */
int twin_keep(twin *t, twin_symbol symbol, weir_type type, weir_symbol *out)
{
	if (t->symbol_count == t->symbol_room) {
		int room = t->symbol_room ? 2 * t->symbol_room : 64;
		twin_symbol *more = weir_arena_array(t->arena, (size_t)room, sizeof *more);
		if (!more)
			return -1;
		if (t->symbol_count)
			memcpy(more, t->symbols, (size_t)t->symbol_count * sizeof *more);
		t->symbols = more;
		t->symbol_room = room;
	}
	t->symbols[t->symbol_count] = symbol;
	*out = (weir_symbol){ t->symbol_count++, type, NULL };
	return 1;
}

int twin_keep_word(twin *t, const twin_word *words, const char *text, twin_symbol symbol, weir_symbol *out)
{
	const twin_word *w = find_word(words, text);
	if (!w)
		return 0;
	symbol.field = w->field;
	return twin_keep(t, symbol, w->type, out);
}

/* The classes of a group: declared, or one of the three that always exist. */
int *twin_group(const twin *t, const char *name, int *count)
{
	const weir_deal *deal = t->deal;
	int all = strcmp(name, "all") == 0, senior = strcmp(name, "senior") == 0;
	for (int g = 0; g < deal->group_count; g++)
		if (strcmp(deal->groups[g].node.id, name) == 0) {
			*count = deal->groups[g].class_count;
			return deal->groups[g].classes;
		}
	if (!all && !senior && strcmp(name, "subordinated") != 0)
		return NULL;
	int *classes = weir_arena_array(t->arena, (size_t)deal->class_count + 1, sizeof *classes);
	*count = 0;
	for (int c = 0; classes && c < deal->class_count; c++)
		if (all || deal->classes[c].subordinated == !senior)
			classes[(*count)++] = c;
	return classes;
}

static int group_name(twin *t, const char *group, const char *rest, weir_symbol *out)
{
	twin_symbol symbol = { .kind = TWIN_OF_CLASSES };
	int *classes = twin_group(t, group, &symbol.class_count);
	symbol.classes = classes;
	return classes ? twin_keep_word(t, class_words, rest, symbol, out) : 0;
}

static int class_name(twin *t, int class, const char *rest, weir_symbol *out)
{
	int *one = weir_arena_array(t->arena, 1, sizeof *one);
	if (!one)
		return -1;
	*one = class;
	return twin_keep_word(t, class_words, rest, (twin_symbol){ TWIN_OF_CLASSES, 0, class, one, 1 }, out);
}

static int fee_name(twin *t, int fee, const char *rest, weir_symbol *out)
{
	int surcharge = strncmp(rest, "surcharge.", 10) == 0;
	twin_symbol symbol = { .kind = surcharge ? TWIN_OF_SURCHARGE : TWIN_OF_FEE, .index = fee };
	return twin_keep_word(t, fee_words, surcharge ? rest + 10 : rest, symbol, out);
}

/* "HEAD.rest" */
static int dotted_name(twin *t, const char *head, const char *rest, weir_symbol *out)
{
	const weir_deal *deal = t->deal;
	int index;
	if (strcmp(head, "pool") == 0)
		return twin_keep_word(t, pool_words, rest, (twin_symbol){ .kind = TWIN_OF_POOL }, out);
	if (strcmp(head, "deal") == 0)
		return twin_keep_word(t, deal_words, rest, (twin_symbol){ .kind = TWIN_OF_DEAL }, out);
	if ((index = weir_deal_find_class(deal, head)) >= 0)
		return class_name(t, index, rest, out);
	if ((index = weir_deal_find_fee(deal, head)) >= 0)
		return fee_name(t, index, rest, out);
	if ((index = weir_deal_find_account(deal, head)) >= 0)
		return twin_keep_word(t, account_words, rest,
		                      (twin_symbol){ .kind = TWIN_OF_ACCOUNT, .index = index }, out);
	if (strcmp(head, "classes") == 0 && strchr(rest, '.')) {
		char group[256];
		size_t length = (size_t)(strchr(rest, '.') - rest);
		if (length >= sizeof group)
			return 0;
		memcpy(group, rest, length);
		group[length] = '\0';
		return group_name(t, group, rest + length + 1, out);
	}
	int known = twin_resolve_support(t, head, rest, out);
	return known ? known : group_name(t, head, rest, out);
}

/* A declared formula: its tree stands in the name's place. A constant may be set, so it keeps its name. */
static int declared_name(twin *t, int value, weir_symbol *out)
{
	const weir_expression *tree = twin_read_declared(t, value);
	if (!tree)
		return -1;
	if (tree->op == WEIR_OP_CONSTANT)
		return twin_keep(t, (twin_symbol){ .kind = TWIN_OF_VALUE, .index = value }, tree->type, out);
	*out = (weir_symbol){ 0, tree->type, tree };
	return 1;
}

static int plain_name(twin *t, const char *name, weir_symbol *out)
{
	const weir_deal *deal = t->deal;
	if (strcmp(name, "period") == 0)
		return twin_keep(t, (twin_symbol){ .kind = TWIN_THE_PERIOD }, WEIR_TYPE_NUMBER, out);
	if (strcmp(name, "date") == 0)
		return twin_keep(t, (twin_symbol){ .kind = TWIN_THE_DATE }, WEIR_TYPE_DATE, out);
	for (int i = 0; i < deal->trigger_count; i++)
		if (strcmp(deal->triggers[i].node.id, name) == 0)
			return twin_keep(t, (twin_symbol){ .kind = TWIN_TRIGGER, .index = i }, WEIR_TYPE_FLAG,
			                 out);
	for (int i = 0; i < deal->value_count; i++)
		if (strcmp(deal->values[i].node.id, name) == 0)
			return declared_name(t, i, out);
	return twin_resolve_plain_support(t, name, out);
}

int twin_resolve_name(void *context, const char *name, size_t length, weir_place place, weir_symbol *out)
{
	char text[256], *point;
	(void)place;
	if (length >= sizeof text)
		return 0;
	memcpy(text, name, length);
	text[length] = '\0';
	point = strchr(text, '.');
	if (!point)
		return plain_name(context, text, out);
	*point = '\0';
	return dotted_name(context, text, point + 1, out);
}

static int is_word(const char *word, const char *text, size_t length)
{
	return strlen(word) == length && memcmp(word, text, length) == 0;
}

/* next_interest(A), share(L01), top(5) */
int twin_resolve_call(void *context, const char *function, size_t function_length,
                      const char *const *arguments, const size_t *lengths, int count, weir_place place,
                      weir_symbol *out)
{
	twin *t = context;
	const weir_pool_terms *pool = &t->deal->pool;
	(void)place;
	if (count != 1)
		return 0;
	if (is_word("top", function, function_length))
		return twin_keep(t, (twin_symbol){ .kind = TWIN_TOP, .index = atoi(arguments[0]) },
		                 WEIR_TYPE_RATE, out);
	if (is_word("share", function, function_length))
		for (int i = 0; i < pool->obligor_count; i++)
			if (is_word(pool->obligors[i].id, arguments[0], lengths[0]))
				return twin_keep(t, (twin_symbol){ .kind = TWIN_SHARE, .index = i },
				                 WEIR_TYPE_RATE, out);
	if (is_word("next_interest", function, function_length))
		for (int i = 0; i < t->deal->class_count; i++)
			if (is_word(t->deal->classes[i].node.id, arguments[0], lengths[0]))
				return twin_keep(t, (twin_symbol){ .kind = TWIN_NEXT_INTEREST, .index = i },
				                 WEIR_TYPE_MONEY, out);
	return 0;
}

static num whole(int64_t cents)
{
	return num_whole(cents);
}

static num class_field(const twin *t, int class, int field)
{
	const twin_class *c = &t->now->classes[class];
	switch (field) {
	case TWIN_BALANCE:
		return whole(c->balance);
	case TWIN_IS_PAID:
		return whole(c->balance);
	case TWIN_SIZE:
		return whole(twin_size(t, class));
	case TWIN_COUPON:
		return twin_coupon(t, class, t->period);
	case TWIN_INTEREST_DUE:
		return whole(c->interest_due);
	case TWIN_INTEREST_UNPAID:
		return whole(c->interest_unpaid);
	case TWIN_INTEREST_PAID:
		return whole(c->interest_paid);
	case TWIN_PRINCIPAL_DUE:
		return whole(c->principal_due);
	case TWIN_PRINCIPAL_UNPAID:
		return whole(c->principal_unpaid);
	case TWIN_PRINCIPAL_PAID:
		return whole(c->principal_paid);
	case TWIN_YIELD_DUE:
		return whole(c->yield_due);
	case TWIN_YIELD_UNPAID:
		return whole(c->yield_unpaid);
	case TWIN_YIELD_PAID:
		return whole(c->yield_paid);
	case TWIN_REST_PAID:
		return whole(c->rest_paid);
	case TWIN_DUE:
		return whole(c->interest_due + c->principal_due);
	case TWIN_UNPAID:
		return whole(c->interest_unpaid + c->principal_unpaid);
	default: /* TWIN_PAID */
		return whole(c->interest_paid + c->principal_paid + c->yield_paid + c->rest_paid);
	}
}

/* A class's value, or the sum over a group; a group is paid when nothing of it is outstanding. */
static num classes_value(const twin *t, const twin_symbol *s)
{
	num sum = num_whole(0);
	for (int i = 0; i < s->class_count; i++)
		sum = num_add(sum, class_field(t, s->classes[i], s->field));
	return s->field == TWIN_IS_PAID ? num_whole(num_sign(sum) == 0) : sum;
}

static num fee_value(const twin *t, const twin_symbol *s)
{
	const twin_row *row = t->now;
	const twin_fee *f = s->kind == TWIN_OF_FEE ? &row->fees[s->index] : &row->surcharges[s->index];
	const weir_fee *fee = &t->deal->fees[s->index];
	switch (s->field) {
	case TWIN_CHARGE:
		return whole(f->charge);
	case TWIN_DUE:
		return whole(f->due);
	case TWIN_UNPAID:
		return whole(f->unpaid);
	case TWIN_PAID:
		return whole(f->paid);
	default: /* TWIN_RATE */
		return s->kind == TWIN_OF_FEE ? twin_parameter(t, fee->node.id, "rate", fee->rate)
		                              : twin_surcharge_rate(t, fee);
	}
}

static num pool_value(const twin *t, int field)
{
	const twin_pool *p = &t->now->pool;
	switch (field) {
	case TWIN_POOL_PRINCIPAL:
		return whole(p->principal);
	case TWIN_POOL_INCOME:
		return whole(p->income);
	case TWIN_POOL_RECOVERED:
		return whole(p->recovered);
	case TWIN_POOL_PREPAID:
		return whole(p->prepaid);
	case TWIN_POOL_DISPOSAL:
		return whole(p->disposal);
	case TWIN_POOL_COLLECTED:
		return whole(p->principal + p->income + p->recovered);
	case TWIN_POOL_DEFAULTED:
		return whole(p->defaulted);
	case TWIN_POOL_DEFAULTED_TO_DATE:
		return whole(p->defaulted_to_date);
	case TWIN_POOL_SOLD:
		return whole(t->now->sold);
	case TWIN_BALANCE:
		return whole(p->balance);
	case TWIN_POOL_INITIAL:
		return whole(t->pool_principal);
	case TWIN_POOL_OVERDUE:
		return whole(p->overdue);
	case TWIN_POOL_SCHEDULED_PRINCIPAL:
		return whole(p->scheduled_principal);
	case TWIN_POOL_SCHEDULED_INCOME:
		return whole(p->scheduled_income);
	default: /* TWIN_POOL_DEFAULT_RATE */
		return t->pool_principal ? num_ratio(p->defaulted_to_date, t->pool_principal) : num_whole(0);
	}
}

static num deal_value(const twin *t, int field)
{
	switch (field) {
	case TWIN_CUTOFF:
		return num_whole(t->deal->cutoff);
	case TWIN_CLOSING:
		return num_whole(t->deal->closing);
	case TWIN_START:
		return num_whole(t->deal->start);
	case TWIN_LEGAL_FINAL:
		return num_whole(t->deal->legal_final);
	case TWIN_FIRST_PAYMENT:
		return num_whole(t->periods[1].payment);
	case TWIN_LAST_PAYMENT:
		return num_whole(t->periods[t->regular_count - 1].payment);
	default: /* TWIN_MISSED */
		return num_whole(t->now->missed);
	}
}

/* Receipts by the terms of one obligor, or of the n with the most, over all receipts. */
static num concentration(const twin *t, const twin_symbol *s)
{
	int obligors = t->deal->pool.obligor_count;
	int64_t total = 0, part = 0, below = INT64_MAX;
	for (int o = 0; o < obligors; o++)
		total += t->obligor_cents[o];
	if (s->kind == TWIN_SHARE)
		part = t->obligor_cents[s->index];
	for (int left = s->kind == TWIN_TOP ? s->index : 0; left > 0;) {
		int64_t largest = -1;
		int how_many = 0;
		for (int o = 0; o < obligors; o++)
			if (t->obligor_cents[o] < below && t->obligor_cents[o] > largest)
				largest = t->obligor_cents[o];
		if (largest < 0)
			break;
		for (int o = 0; o < obligors; o++)
			how_many += t->obligor_cents[o] == largest;
		part += largest * (how_many < left ? how_many : left);
		left -= how_many;
		below = largest;
	}
	return total ? num_ratio(part, total) : num_whole(0);
}

static num constant_value(twin *t, int value)
{
	num set = twin_set_value(t, t->deal->values[value].node.id, NULL);
	const weir_expression *tree = twin_read_declared(t, value);
	return set ? set : num_scaled(tree->decimal.units, tree->decimal.scale);
}

num twin_symbol_value(twin *t, int symbol)
{
	const twin_symbol *s = &t->symbols[symbol];
	switch (s->kind) {
	case TWIN_OF_CLASSES:
		return classes_value(t, s);
	case TWIN_OF_FEE:
	case TWIN_OF_SURCHARGE:
		return fee_value(t, s);
	case TWIN_OF_ACCOUNT:
		if (s->field == TWIN_TARGET)
			return num_whole(twin_cents(t, &t->deal->accounts[s->index].target));
		return num_whole(t->now->accounts[s->index]);
	case TWIN_OF_POOL:
		return pool_value(t, s->field);
	case TWIN_OF_DEAL:
		return deal_value(t, s->field);
	case TWIN_TRIGGER:
		return num_whole(t->now->triggers[s->index].fired);
	case TWIN_OF_VALUE:
		return constant_value(t, s->index);
	case TWIN_THE_PERIOD:
		return num_whole(t->period);
	case TWIN_THE_DATE:
		return num_whole(t->periods[t->period].payment);
	case TWIN_NEXT_INTEREST:
		return num_whole(twin_next_interest(t, s->index));
	case TWIN_SHARE:
	case TWIN_TOP:
		return concentration(t, s);
	default:
		return twin_support_value(t, s);
	}
}
