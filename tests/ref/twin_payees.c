/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the words of a pay step and of a support's covers stand for, what each is owed, and how it is paid. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ref/twin_int.h"

static void unknown(const char *word)
{
	fprintf(stderr, "the twin does not know what \"%s\" is\n", word);
	abort();
}

/* "interest" of a class. */
static twin_payee_kind kind_of_class(const char *word)
{
	static const char *const words[] = { "interest", "principal", "balance", "yield", "rest" };
	for (int i = 0; i < 5; i++)
		if (strcmp(words[i], word) == 0)
			return (twin_payee_kind)(TWIN_PAY_INTEREST + i);
	unknown(word);
	return TWIN_PAY_REST;
}

/* "repay" of a support. */
static twin_payee_kind kind_of_support(const char *word)
{
	static const char *const words[] = { "interest", "fee", "repay" };
	for (int i = 0; i < 3; i++)
		if (strcmp(words[i], word) == 0)
			return (twin_payee_kind)(TWIN_PAY_SUPPORT_INTEREST + i);
	unknown(word);
	return TWIN_PAY_REPAY;
}

/* A group's classes without interest take no part in its interest, and the same with yield and with whole
 * balances. */
static int can_get(const weir_class *class, twin_payee_kind kind)
{
	if (kind == TWIN_PAY_INTEREST)
		return class->interest != WEIR_INTEREST_NONE;
	if (kind == TWIN_PAY_BALANCE)
		return class->style != WEIR_STYLE_RESIDUAL;
	return kind != TWIN_PAY_YIELD || class->period_yield_annual != 0;
}

static int find_support(const twin *t, const char *id)
{
	for (int s = 0; s < t->deal->support_count; s++)
		if (strcmp(t->deal->supports[s].node.id, id) == 0)
			return s;
	return -1;
}

/* "HEAD.word" of a surcharge, a support, a class or a group. */
static int dotted_payees(const twin *t, const char *head, const char *word, twin_payee *out)
{
	int index, count = 0, payees = 0;
	if (strcmp(word, "surcharge") == 0) {
		out[0] = (twin_payee){ TWIN_PAY_SURCHARGE, weir_deal_find_fee(t->deal, head) };
		return 1;
	}
	if ((index = find_support(t, head)) >= 0) {
		out[0] = (twin_payee){ kind_of_support(word), index };
		return 1;
	}
	twin_payee_kind kind = kind_of_class(word);
	if ((index = weir_deal_find_class(t->deal, head)) >= 0) {
		out[0] = (twin_payee){ kind, index };
		return 1;
	}
	int *classes = twin_group(t, strncmp(head, "classes.", 8) == 0 ? head + 8 : head, &count);
	if (!classes)
		unknown(head);
	for (int i = 0; i < count; i++)
		if (can_get(&t->deal->classes[classes[i]], kind))
			out[payees++] = (twin_payee){ kind, classes[i] };
	return payees;
}

/* The payees that one word names: a fee with its surcharge, a surcharge, a class's or each of a group's, what
 * a support is owed. */
int twin_payees_of(const twin *t, const char *word, twin_payee *out)
{
	char head[256];
	const char *last = strrchr(word, '.');
	int index = weir_deal_find_fee(t->deal, word);
	if (index >= 0) {
		out[0] = (twin_payee){ TWIN_PAY_FEE, index };
		out[1] = (twin_payee){ TWIN_PAY_SURCHARGE, index };
		return t->deal->fees[index].surcharge_rate != 0 ? 2 : 1;
	}
	if (!last || (size_t)(last - word) >= sizeof head)
		unknown(word);
	memcpy(head, word, (size_t)(last - word));
	head[last - word] = '\0';
	return dotted_payees(t, head, last + 1, out);
}

/* Principal that is paid as it comes, up to the balance, and never due. */
int twin_pays_balance(const twin *t, int class)
{
	weir_class_style style = t->deal->classes[class].style;
	return style == WEIR_STYLE_PASS_THROUGH || style == WEIR_STYLE_RESIDUAL;
}

int64_t twin_owed(const twin *t, twin_payee p)
{
	const twin_row *row = t->now;
	switch (p.kind) {
	case TWIN_PAY_FEE:
		return row->fees[p.index].unpaid;
	case TWIN_PAY_SURCHARGE:
		return row->surcharges[p.index].unpaid;
	case TWIN_PAY_INTEREST:
		return row->classes[p.index].interest_unpaid;
	case TWIN_PAY_PRINCIPAL:
		return twin_pays_balance(t, p.index) ? row->classes[p.index].balance
		                                     : row->classes[p.index].principal_unpaid;
	case TWIN_PAY_BALANCE:
		return row->classes[p.index].balance;
	case TWIN_PAY_YIELD:
		return row->classes[p.index].yield_unpaid;
	case TWIN_PAY_SUPPORT_INTEREST:
		return row->supports[p.index].interest_unpaid;
	case TWIN_PAY_SUPPORT_FEE:
		return row->supports[p.index].fee_unpaid;
	case TWIN_PAY_REPAY:
		return row->supports[p.index].outstanding - row->supports[p.index].repaid;
	default:
		return INT64_MAX;
	}
}

/* What is due first; what is paid beyond is due as it is paid (INTERFACE, classes.csv). */
static void pay_principal(twin_class *class, int64_t cents)
{
	int64_t due = cents < class->principal_unpaid ? cents : class->principal_unpaid;
	class->principal_paid += cents;
	class->balance -= cents;
	class->principal_unpaid -= due;
	class->principal_due += cents - due;
}

static void pay_class(twin_class *class, twin_payee_kind kind, int64_t cents)
{
	switch (kind) {
	case TWIN_PAY_INTEREST:
		class->interest_paid += cents;
		class->interest_unpaid -= cents;
		class->interest_to_date += cents;
		break;
	case TWIN_PAY_YIELD:
		class->yield_paid += cents;
		class->yield_unpaid -= cents;
		break;
	case TWIN_PAY_REST:
		class->rest_paid += cents;
		break;
	default: /* TWIN_PAY_PRINCIPAL, TWIN_PAY_BALANCE */
		pay_principal(class, cents);
	}
}

void twin_pay(twin *t, twin_payee p, int64_t cents)
{
	twin_row *row = t->now;
	switch (p.kind) {
	case TWIN_PAY_FEE:
		row->fees[p.index].paid += cents;
		row->fees[p.index].unpaid -= cents;
		break;
	case TWIN_PAY_SURCHARGE:
		row->surcharges[p.index].paid += cents;
		row->surcharges[p.index].unpaid -= cents;
		break;
	case TWIN_PAY_SUPPORT_INTEREST:
		row->supports[p.index].interest_paid += cents;
		row->supports[p.index].interest_unpaid -= cents;
		break;
	case TWIN_PAY_SUPPORT_FEE:
		row->supports[p.index].fee_paid += cents;
		row->supports[p.index].fee_unpaid -= cents;
		break;
	case TWIN_PAY_REPAY:
		row->supports[p.index].repaid += cents;
		break;
	default:
		pay_class(&t->now->classes[p.index], p.kind, cents);
	}
}
