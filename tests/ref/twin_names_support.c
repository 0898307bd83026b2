/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Names of who stands behind the deal and of what may happen to it: supports, covers, parties, calls,
 * revolving assets, levels, the servicer. */
#include <string.h>

#include "ref/twin_names.h"

enum {
	SHORTFALL,
	AVAILABLE,
	DRAWN,
	DRAWN_TOTAL,
	OUTSTANDING,
	REPAID,
	INTEREST_DUE,
	INTEREST_UNPAID,
	INTEREST_PAID,
	FEE_DUE,
	FEE_UNPAID,
	FEE_PAID,
	CLAIMED,
	SETTLED,
	PAID,
	PAID_TOTAL,
	FAILED,
	CAPACITY,
	CALLED,
	PROCEEDS,
	COSTS,
	BALANCE,
	PURCHASED,
	PRINCIPAL,
	INCOME,
	DEFAULTED,
	LOST,
	LEVEL
};

static const twin_word support_words[] = { { "shortfall", WEIR_TYPE_MONEY, SHORTFALL },
	                                   { "available", WEIR_TYPE_MONEY, AVAILABLE },
	                                   { "drawn", WEIR_TYPE_MONEY, DRAWN },
	                                   { "drawn_total", WEIR_TYPE_MONEY, DRAWN_TOTAL },
	                                   { "outstanding", WEIR_TYPE_MONEY, OUTSTANDING },
	                                   { "repaid", WEIR_TYPE_MONEY, REPAID },
	                                   { "interest_due", WEIR_TYPE_MONEY, INTEREST_DUE },
	                                   { "interest_unpaid", WEIR_TYPE_MONEY, INTEREST_UNPAID },
	                                   { "interest_paid", WEIR_TYPE_MONEY, INTEREST_PAID },
	                                   { "fee_due", WEIR_TYPE_MONEY, FEE_DUE },
	                                   { "fee_unpaid", WEIR_TYPE_MONEY, FEE_UNPAID },
	                                   { "fee_paid", WEIR_TYPE_MONEY, FEE_PAID },
	                                   { NULL, WEIR_TYPE_ERROR, 0 } };

static const twin_word cover_words[] = {
	{ "claimed", WEIR_TYPE_MONEY, CLAIMED },     { "settled", WEIR_TYPE_MONEY, SETTLED },
	{ "paid", WEIR_TYPE_MONEY, PAID },           { "paid_total", WEIR_TYPE_MONEY, PAID_TOTAL },
	{ "available", WEIR_TYPE_MONEY, AVAILABLE }, { NULL, WEIR_TYPE_ERROR, 0 }
};

static const twin_word party_words[] = { { "failed", WEIR_TYPE_FLAG, FAILED },
	                                 { "capacity", WEIR_TYPE_MONEY, CAPACITY },
	                                 { NULL, WEIR_TYPE_ERROR, 0 } };

static const twin_word call_words[] = { { "proceeds", WEIR_TYPE_MONEY, PROCEEDS },
	                                { "costs", WEIR_TYPE_MONEY, COSTS },
	                                { NULL, WEIR_TYPE_ERROR, 0 } };

static const twin_word revolving_words[] = { { "balance", WEIR_TYPE_MONEY, BALANCE },
	                                     { "purchased", WEIR_TYPE_MONEY, PURCHASED },
	                                     { "principal", WEIR_TYPE_MONEY, PRINCIPAL },
	                                     { "income", WEIR_TYPE_MONEY, INCOME },
	                                     { "defaulted", WEIR_TYPE_MONEY, DEFAULTED },
	                                     { NULL, WEIR_TYPE_ERROR, 0 } };

static const twin_word servicing_words[] = { { "lost", WEIR_TYPE_MONEY, LOST },
	                                     { NULL, WEIR_TYPE_ERROR, 0 } };

/* The number of the node with an id, in an array of elements that begin with their node; -1 for none. */
static int find(const void *elements, int count, size_t size, const char *id)
{
	for (int i = 0; i < count; i++) {
		const weir_node *node = (const void *)((const char *)elements + (size_t)i * size);
		if (node->id && strcmp(node->id, id) == 0)
			return i;
	}
	return -1;
}

int twin_resolve_support(twin *t, const char *head, const char *rest, weir_symbol *out)
{
	const weir_deal *deal = t->deal;
	const struct {
		const void *elements;
		int count;
		size_t size;
		int kind;
		const twin_word *words;
	} things[] = {
		{ deal->supports, deal->support_count, sizeof *deal->supports, TWIN_OF_SUPPORT,
		  support_words },
		{ deal->covers, deal->cover_count, sizeof *deal->covers, TWIN_OF_COVER, cover_words },
		{ deal->parties, deal->party_count, sizeof *deal->parties, TWIN_OF_PARTY, party_words },
		{ deal->calls, deal->call_count, sizeof *deal->calls, TWIN_OF_CALL, call_words },
		{ deal->revolvings, deal->revolving_count, sizeof *deal->revolvings, TWIN_OF_REVOLVING,
		  revolving_words },
	};
	if (strcmp(head, "servicing") == 0)
		return twin_keep_word(t, servicing_words, rest, (twin_symbol){ .kind = TWIN_OF_SERVICING },
		                      out);
	for (size_t i = 0; i < sizeof things / sizeof *things; i++) {
		int index = find(things[i].elements, things[i].count, things[i].size, head);
		if (index >= 0)
			return twin_keep_word(t, things[i].words, rest,
			                      (twin_symbol){ .kind = things[i].kind, .index = index }, out);
	}
	return 0;
}

/* A call's flag, or a level. */
int twin_resolve_plain_support(twin *t, const char *name, weir_symbol *out)
{
	const weir_deal *deal = t->deal;
	int index = find(deal->calls, deal->call_count, sizeof *deal->calls, name);
	twin_symbol symbol = { .kind = TWIN_OF_CALL, .field = CALLED, .index = index };
	if (index >= 0)
		return twin_keep(t, symbol, WEIR_TYPE_FLAG, out);
	index = find(deal->levels, deal->level_count, sizeof *deal->levels, name);
	symbol = (twin_symbol){ .kind = TWIN_OF_LEVELS, .field = LEVEL, .index = index };
	if (index < 0)
		return 0;
	return twin_keep(t, symbol, twin_formula_type(t, &deal->levels[index].items[0].value), out);
}

static int64_t support_cents(const twin_support *s, int field)
{
	switch (field) {
	case SHORTFALL:
		return s->shortfall;
	case AVAILABLE:
		return s->available;
	case DRAWN:
		return s->drawn;
	case DRAWN_TOTAL:
		return s->drawn_total;
	case OUTSTANDING:
		return s->outstanding;
	case REPAID:
		return s->repaid;
	case INTEREST_DUE:
		return s->interest_due;
	case INTEREST_UNPAID:
		return s->interest_unpaid;
	case INTEREST_PAID:
		return s->interest_paid;
	case FEE_DUE:
		return s->fee_due;
	case FEE_UNPAID:
		return s->fee_unpaid;
	default:
		return s->fee_paid;
	}
}

static int64_t cover_cents(const twin_cover *c, int field)
{
	switch (field) {
	case CLAIMED:
		return c->claimed;
	case SETTLED:
		return c->settled;
	case PAID:
		return c->paid;
	case PAID_TOTAL:
		return c->paid_total;
	default:
		return c->available;
	}
}

static int64_t revolving_cents(const twin_revolving *r, int field)
{
	switch (field) {
	case BALANCE:
		return r->balance;
	case PURCHASED:
		return r->purchased;
	case PRINCIPAL:
		return r->principal;
	case DEFAULTED:
		return r->defaulted;
	default:
		return r->income;
	}
}

/* The value of the last row that has begun by the payment date; the first row's before all. */
static num level_value(twin *t, const weir_levels *levels)
{
	int row = 0;
	for (int i = 1; i < levels->count; i++)
		if (levels->items[i].from <= t->periods[t->period].payment)
			row = i;
	return twin_value(t, &levels->items[row].value);
}

num twin_support_value(twin *t, const twin_symbol *s)
{
	const twin_row *row = t->now;
	switch (s->kind) {
	case TWIN_OF_SUPPORT:
		return num_whole(support_cents(&row->supports[s->index], s->field));
	case TWIN_OF_COVER:
		return num_whole(cover_cents(&row->covers[s->index], s->field));
	case TWIN_OF_PARTY:
		return num_whole(s->field == FAILED ? row->parties[s->index].failed
		                                    : row->parties[s->index].capacity);
	case TWIN_OF_CALL:
		return num_whole(s->field == CALLED     ? row->calls[s->index].called
		                 : s->field == PROCEEDS ? row->calls[s->index].proceeds
		                                        : row->calls[s->index].costs);
	case TWIN_OF_REVOLVING:
		return num_whole(revolving_cents(&row->revolvings[s->index], s->field));
	case TWIN_OF_SERVICING:
		return num_whole(row->lost);
	default: /* TWIN_OF_LEVELS */
		return level_value(t, &t->deal->levels[s->index]);
	}
}
