/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Numbers of a deal that a study may set beside its fees and caps: what classes and accounts begin with,
 * coupons, constants that stand under a name, the number that a trigger is tested against, calls switched
 * off. */
#include <stdio.h>
#include <string.h>

#include "ref/twin_names.h"

static weir_status add(twin *t, twin_setting_kind kind, int index, const char *id, const char *what,
                       weir_type type, double value)
{
	char name[300];
	int length = snprintf(name, sizeof name, what ? "%s.%s" : "%s", id, what);
	char *kept = weir_arena_text(t->arena, name, (size_t)length);
	if (!kept)
		return WEIR_NO_MEMORY;
	t->settings[t->setting_count++] = (twin_setting){ kind, index, kept, type, value, 0, 0 };
	return WEIR_OK;
}

static weir_status add_coupons(twin *t)
{
	const weir_deal *deal = t->deal;
	weir_status status = WEIR_OK;
	for (int c = 0; c < deal->class_count; c++)
		if (deal->classes[c].interest != WEIR_INTEREST_NONE)
			WEIR_TRY(add(t, TWIN_SET_COUPON, c, deal->classes[c].node.id, "coupon",
			             WEIR_TYPE_RATE, deal->classes[c].coupon_annual));
out:
	return status;
}

/* Sizes and first balances are those of the closing: a start in mid-life has its own. */
static weir_status add_of_closing(twin *t)
{
	const weir_deal *deal = t->deal;
	weir_status status = WEIR_OK;
	for (int c = 0; !t->opening && c < deal->class_count; c++)
		WEIR_TRY(add(t, TWIN_SET_SIZE, c, deal->classes[c].node.id, "size", WEIR_TYPE_MONEY,
		             deal->classes[c].size_cents));
	for (int a = 0; !t->opening && a < deal->account_count; a++)
		WEIR_TRY(add(t, TWIN_SET_INITIAL, a, deal->accounts[a].node.id, "initial", WEIR_TYPE_MONEY,
		             deal->accounts[a].initial_cents));
out:
	return status;
}

/* A constant that may be another: flags and spans of time may not. */
static int is_free(const weir_expression *e)
{
	return e && e->op == WEIR_OP_CONSTANT &&
	       (e->type == WEIR_TYPE_MONEY || e->type == WEIR_TYPE_RATE || e->type == WEIR_TYPE_NUMBER ||
	        e->type == WEIR_TYPE_DATE);
}

static weir_status add_constant(twin *t, twin_setting_kind kind, int index, const char *id, const char *what,
                                const weir_expression *e)
{
	return is_free(e) ? add(t, kind, index, id, what, e->type, weir_decimal_double(e->decimal)) : WEIR_OK;
}

/* Where a test's own text has the number. */
static void note_place(twin_setting *setting, weir_place number, weir_place test)
{
	if (number.source == test.source && number.offset >= test.offset &&
	    number.offset + number.length <= test.offset + test.length) {
		setting->offset = number.offset;
		setting->length = number.length;
	}
}

static int names_value(const twin *t, const weir_expression *e, int value)
{
	const twin_symbol *s = e->op == WEIR_OP_NAME ? &t->symbols[e->symbol] : NULL;
	int names = s && s->kind == TWIN_OF_VALUE && s->index == value;
	for (int i = 0; i < e->count && !names; i++)
		names = names_value(t, e->arguments[i], value);
	return names;
}

/* Whether some other formula names the value: what nothing names is no number of the deal. */
static int is_named(const twin *t, int value)
{
	for (int i = 0; i < t->formula_count; i++)
		if (names_value(t, t->formulas[i].tree, value))
			return 1;
	return 0;
}

weir_status twin_make_settings(twin *t)
{
	const weir_deal *deal = t->deal;
	int most = 2 * deal->class_count + deal->account_count + deal->value_count + deal->trigger_count + 1;
	weir_status status = WEIR_NO_MEMORY;
	t->settings = weir_arena_array(t->arena, (size_t)most, sizeof *t->settings);
	if (!t->settings)
		goto out;
	WEIR_TRY(add_of_closing(t));
	WEIR_TRY(add_coupons(t));
	for (int i = 0; i < deal->value_count; i++)
		if (is_named(t, i))
			WEIR_TRY(add_constant(t, TWIN_SET_VALUE, i, deal->values[i].node.id, NULL,
			                      twin_read_declared(t, i)));
	for (int i = 0; i < deal->trigger_count; i++) {
		const weir_expression *e = twin_compared_constant(t, &deal->triggers[i].test);
		if (!is_free(e))
			continue;
		WEIR_TRY(add_constant(t, TWIN_SET_THRESHOLD, i, deal->triggers[i].node.id, "threshold", e));
		note_place(&t->settings[t->setting_count - 1], e->place, deal->triggers[i].test.place);
	}
	if (deal->call_count)
		WEIR_TRY(add(t, TWIN_SET_CALLS, 0, "calls", "off", WEIR_TYPE_FLAG, 0));
out:
	return status;
}

const twin_setting *twin_settings(const twin *t, int *count)
{
	*count = t->setting_count;
	return t->settings;
}
