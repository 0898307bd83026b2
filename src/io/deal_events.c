/* SPDX-License-Identifier: GPL-3.0-or-later */
/* deal_events.c: what happens to a deal on its way: calls, levels by date, revolving purchases, the way of collections,
 * and a start in the middle of its life. */
#include <math.h>
#include <string.h>

#include "io/deal_int.h"

/* --- calls ------------------------------------------------------------------------------------------------------ */

static const weir_field call_fields[] = {
	WEIR_NODE_FIELDS(weir_call),
	WEIR_FIELD(weir_call, when, "when", weir_read_formula),
	WEIR_FIELD(weir_call, price, "price", weir_read_formula),
	WEIR_FIELD(weir_call, cost, "cost", weir_read_formula),
	WEIR_FIELD(weir_call, to, "to", weir_read_words),
	WEIR_FIELD(weir_call, party, "party", weir_read_party),
	WEIR_FIELD_END
};

/* Both kinds share one list: they are tested in the order of the file. */
weir_status weir_calls_load(weir_loader *loader, const weir_xml *xml, const xmlNode *calls)
{
	weir_deal *deal = loader->deal;
	size_t count = weir_count_children(calls, "clean-up") + weir_count_children(calls, "liquidation");
	deal->calls = weir_arena_array(loader->arena, count + 1, sizeof *deal->calls);
	if (!deal->calls)
		return WEIR_NO_MEMORY;
	for (const xmlNode *n = calls ? weir_xml_first(calls) : NULL; n; n = weir_xml_next(n)) {
		int liquidation = weir_is_named(n, "liquidation");
		if (!liquidation && !weir_is_named(n, "clean-up"))
			continue;
		weir_call *call = &deal->calls[deal->call_count++];
		*call = (weir_call){ .node.place = weir_xml_place(xml, n), .liquidation = liquidation, .party = -1 };
		weir_status status = weir_fields_from_element(loader, xml, n, call_fields, call, NULL);
		if (status == WEIR_OK)
			status = weir_node_take_id(loader, xml, n, liquidation ? "liquidation" : "clean-up call",
			                           &call->node);
		if (status != WEIR_OK)
			return status;
	}
	return WEIR_OK;
}

/* --- levels by date --------------------------------------------------------------------------------------------- */

static const weir_field level_fields[] = {
	WEIR_FIELD(weir_level, from, "from", weir_read_date),
	WEIR_FIELD(weir_level, value, "value", weir_read_formula),
	WEIR_FIELD_END
};

static void prepare_level(weir_loader *loader, void *item, const xmlNode *element)
{
	(void)loader;
	(void)element;
	((weir_level *)item)->from = WEIR_DATE_NONE;
}

static weir_status finish_level(weir_loader *loader, const weir_xml *xml, const xmlNode *element, void *item,
                                weir_seen seen)
{
	(void)loader;
	(void)seen;
	((weir_level *)item)->place = weir_xml_place(xml, element);
	return WEIR_OK;
}

static const weir_list level_rows = { "level", NULL, sizeof(weir_level), level_fields, prepare_level, finish_level };

static const weir_field levels_fields[] = { WEIR_NODE_FIELDS(weir_levels), WEIR_FIELD_END };

static void check_levels(weir_loader *loader, const weir_levels *levels)
{
	char a[11], b[11];
	if (levels->count == 0)
		weir_diag_error(loader->diags, MISSING_ELEMENT, levels->node.place,
		                "the levels \"%s\" have no values; add <level value=\"3%%\"/> first", levels->node.id);
	for (int i = 1; i < levels->count; i++) {
		const weir_level *level = &levels->items[i], *last = level - 1;
		if (level->from == WEIR_DATE_NONE)
			weir_diag_error(
				loader->diags, MISSING_ATTRIBUTE, level->place,
				"only the first level of \"%s\" holds from the beginning; add from=\"2024-06-20\" to "
				"this one",
				levels->node.id);
		else if (last->from != WEIR_DATE_NONE && level->from <= last->from)
			weir_diag_error(
				loader->diags, DATE_ORDER, level->place,
				"the level of \"%s\" from \"%s\" does not come after that from \"%s\"; list the levels "
				"in order",
				levels->node.id, weir_date_format(level->from, a), weir_date_format(last->from, b));
	}
	weir_date first = levels->count ? levels->items[0].from : WEIR_DATE_NONE;
	if (first != WEIR_DATE_NONE && loader->deal->payment.first != WEIR_DATE_NONE &&
	    first > loader->deal->payment.first)
		weir_diag_error(loader->diags, DATE_ORDER, levels->items[0].place,
		                "\"%s\" has no level at the first payment \"%s\"; begin with a <level> without from",
		                levels->node.id, weir_date_format(loader->deal->payment.first, a));
}

static weir_status finish_levels(weir_loader *loader, const weir_xml *xml, const xmlNode *element, void *item,
                                 weir_seen seen)
{
	weir_levels *levels = item;
	size_t errors = loader->diags->errors;
	(void)seen;
	weir_status status = weir_list_load(&levels->items, &levels->count, loader, xml, element, &level_rows);
	if (status == WEIR_OK && loader->diags->errors == errors)
		check_levels(loader, levels);
	return status;
}

weir_status weir_levels_load(weir_loader *loader, const weir_xml *xml, const xmlNode *values)
{
	static const weir_list list = { "levels", "levels", sizeof(weir_levels), levels_fields, NULL,
		                        finish_levels };
	return weir_list_load(&loader->deal->levels, &loader->deal->level_count, loader, xml, values, &list);
}

/* --- revolving purchases ---------------------------------------------------------------------------------------- */

static const weir_field revolving_fields[] = {
	WEIR_NODE_FIELDS(weir_revolving),
	WEIR_FIELD(weir_revolving, periods, "periods", weir_read_count),
	WEIR_FIELD(weir_revolving, price, "price", weir_read_share),
	WEIR_FIELD(weir_revolving, rate_annual, "rate", weir_read_share),
	WEIR_FIELD(weir_revolving, day_count, "day-count", weir_read_day_count),
	WEIR_FIELD(weir_revolving, to, "to", weir_read_words),
	WEIR_FIELD_END
};

static void prepare_revolving(weir_loader *loader, void *item, const xmlNode *element)
{
	weir_revolving *revolving = item;
	(void)element;
	revolving->periods = 1;
	revolving->price = 1;
	revolving->day_count = loader->deal->day_count;
}

static weir_status finish_revolving(weir_loader *loader, const weir_xml *xml, const xmlNode *element, void *item,
                                    weir_seen seen)
{
	const weir_revolving *revolving = item;
	(void)seen;
	if (revolving->price == 0)
		weir_diag_error(
			loader->diags, OUT_OF_RANGE, weir_xml_value_place(xml, weir_xml_attribute(element, "price")),
			"assets of \"%s\" cannot be bought for nothing; give their price for 1 of principal, such "
			"as 100%%",
			revolving->node.id);
	return WEIR_OK;
}

weir_status weir_revolvings_load(weir_loader *loader, const weir_xml *xml, const xmlNode *revolvings)
{
	static const weir_list list = { "revolving", "revolving asset", sizeof(weir_revolving), revolving_fields,
		                        prepare_revolving, finish_revolving };
	return weir_list_load(&loader->deal->revolvings, &loader->deal->revolving_count, loader, xml, revolvings,
	                      &list);
}

/* --- the way of collections ------------------------------------------------------------------------------------- */

static const weir_field servicing_fields[] = {
	WEIR_FIELD(weir_servicing, party, "party", weir_read_party),
	WEIR_FIELD(weir_servicing, transfer_months, "transfer", weir_read_months),
	WEIR_FIELD(weir_servicing, fast_months, "fast", weir_read_months),
	WEIR_FIELD(weir_servicing, fast_when, "fast-when", weir_read_formula),
	WEIR_FIELD_END
};

weir_status weir_servicing_load(weir_loader *loader, const weir_xml *xml, const xmlNode *element)
{
	weir_servicing *servicing = &loader->deal->servicing;
	weir_seen seen = 0;
	if (!element)
		return WEIR_OK;
	servicing->given = 1;
	servicing->place = weir_xml_place(xml, element);
	size_t errors = loader->diags->errors;
	weir_status status = weir_fields_from_element(loader, xml, element, servicing_fields, servicing, &seen);
	if (status != WEIR_OK || loader->diags->errors > errors)
		return status;
	int fast = weir_field_seen(servicing_fields, seen, "fast");
	int when = weir_field_seen(servicing_fields, seen, "fast-when");
	if (fast && !when)
		weir_diag_error(loader->diags, MISSING_ATTRIBUTE, servicing->place,
		                "a faster transfer needs its condition; add fast-when, or remove fast");
	if (when && servicing->fast_months > servicing->transfer_months)
		weir_diag_error(loader->diags, CONTRACT_TERMS,
		                weir_xml_value_place(xml, weir_xml_attribute(element, "fast")),
		                "the faster transfer is slower than the normal one; correct fast or transfer");
	return WEIR_OK;
}

/* --- a start in the middle -------------------------------------------------------------------------------------- */

/* One balance of the opening. */
typedef struct opening_draft {
	const char *id;
	double balance, interest, principal, cash, outstanding, drawn, paid; /* NAN when not given */
	int fired;
} opening_draft;

static const weir_field opening_item_fields[] = {
	WEIR_FIELD(opening_draft, id, "id", weir_read_name),
	WEIR_FIELD(opening_draft, balance, "balance", weir_read_amount),
	WEIR_FIELD(opening_draft, interest, "interest-unpaid", weir_read_amount),
	WEIR_FIELD(opening_draft, principal, "principal-unpaid", weir_read_amount),
	WEIR_FIELD(opening_draft, cash, "cash", weir_read_amount),
	WEIR_FIELD(opening_draft, fired, "fired", weir_read_yes_no),
	WEIR_FIELD(opening_draft, outstanding, "outstanding", weir_read_amount),
	WEIR_FIELD(opening_draft, drawn, "drawn", weir_read_amount),
	WEIR_FIELD(opening_draft, paid, "paid", weir_read_amount),
	WEIR_FIELD_END
};

static const weir_field opening_fields[] = {
	WEIR_FIELD(weir_deal, opening, "date", weir_read_date),
	WEIR_FIELD(weir_deal, opening_pool_cents, "pool", weir_read_amount),
	WEIR_FIELD_END
};

/* What an opening may give a balance of. */
enum { OPENING_CLASS, OPENING_ACCOUNT, OPENING_TRIGGER, OPENING_SUPPORT, OPENING_COVER, OPENING_KINDS };
static const char *const opening_names[] = { "class", "account", "trigger", "support", "cover" };

/* Number `i` of a kind, or NULL behind the last. */
static const weir_node *opening_node(const weir_deal *deal, int kind, int i)
{
	switch (kind) {
	case OPENING_CLASS:
		return i < deal->class_count ? &deal->classes[i].node : NULL;
	case OPENING_ACCOUNT:
		return i < deal->account_count ? &deal->accounts[i].node : NULL;
	case OPENING_TRIGGER:
		return i < deal->trigger_count ? &deal->triggers[i].node : NULL;
	case OPENING_SUPPORT:
		return i < deal->support_count ? &deal->supports[i].node : NULL;
	default:
		return i < deal->cover_count ? &deal->covers[i].node : NULL;
	}
}

static double or_zero(double cents)
{
	return isnan(cents) ? 0 : cents;
}

static void open_class(weir_loader *loader, weir_class *class, const opening_draft *draft, weir_place place)
{
	class->opening_balance_cents = draft->balance;
	class->opening_interest_cents = or_zero(draft->interest);
	class->opening_principal_cents = or_zero(draft->principal);
	if (draft->balance > class->size_cents)
		weir_diag_error(loader->diags, OUT_OF_RANGE, place,
		                "the balance of class \"%s\" is above its size; correct one of them", class->node.id);
	if (class->opening_principal_cents > draft->balance)
		weir_diag_error(loader->diags, OUT_OF_RANGE, place,
		                "the unpaid principal of class \"%s\" is above its balance; correct one of "
		                "them", class->node.id);
	if (class->opening_interest_cents > 0 && class->interest == WEIR_INTEREST_NONE)
		weir_diag_error(loader->diags, CONTRACT_TERMS, place,
		                "class \"%s\" pays no interest, so none of it is unpaid; remove "
		                "interest-unpaid", class->node.id);
	if (class->opening_principal_cents > 0 && class->style != WEIR_STYLE_TARGET &&
	    class->style != WEIR_STYLE_BULLET)
		weir_diag_error(
			loader->diags, CONTRACT_TERMS, place,
			"the principal of class \"%s\" does not stay due when it is not paid; remove principal-unpaid",
			class->node.id);
}

static void open_support(weir_loader *loader, weir_support *support, const opening_draft *draft, weir_place place)
{
	support->opening_outstanding_cents = or_zero(draft->outstanding);
	support->opening_drawn_cents = isnan(draft->drawn) ? support->opening_outstanding_cents : draft->drawn;
	if (support->opening_outstanding_cents > support->opening_drawn_cents)
		weir_diag_error(loader->diags, OUT_OF_RANGE, place,
		                "more of \"%s\" is outstanding than was drawn; correct one of them", support->node.id);
	if (support->opening_drawn_cents > support->cap_cents)
		weir_diag_error(loader->diags, OUT_OF_RANGE, place,
		                "more of \"%s\" was drawn than its cap; correct one of them", support->node.id);
}

/* A limit of a cover of which the sum paid so far does not tell how far it is used up; NULL when there is none. */
static const char *untold_limit(const weir_deal *deal, const weir_cover *cover)
{
	if (cover->kind == WEIR_COVER_DEPOSIT || isfinite(cover->cap_contract_cents))
		return "the cap of each contract";
	if (isfinite(cover->cap_yearly_cents))
		return "the cap of the year";
	for (int s = 0; s < cover->share_count; s++) {
		const weir_cover_share *share = &cover->shares[s];
		if (isfinite(share->cap_yearly_cents))
			return "the cap of the year";
		if (cover->share_count > 1 &&
		    (isfinite(share->cap_cents) ||
		     (share->party >= 0 && isfinite(deal->parties[share->party].capacity_cents))))
			return "what each party can still pay";
	}
	return NULL;
}

static void open_cover(weir_loader *loader, weir_cover *cover, const opening_draft *draft, weir_place place)
{
	cover->opening_paid_cents = or_zero(draft->paid);
	const char *untold = cover->opening_paid_cents > 0 ? untold_limit(loader->deal, cover) : NULL;
	if (untold)
		weir_diag_error(loader->diags, UNSUPPORTED, place,
		                "what \"%s\" has paid does not tell %s; leave out that limit, or what was paid",
		                cover->node.id, untold);
	if (cover->opening_paid_cents > cover->cap_cents)
		weir_diag_error(loader->diags, OUT_OF_RANGE, place,
		                "\"%s\" paid more than its cap; correct one of them", cover->node.id);
}

static void open_item(weir_loader *loader, int kind, int number, const opening_draft *draft, weir_place place)
{
	weir_deal *deal = loader->deal;
	if (kind == OPENING_CLASS)
		open_class(loader, &deal->classes[number], draft, place);
	else if (kind == OPENING_ACCOUNT)
		deal->accounts[number].opening_cents = or_zero(draft->cash);
	else if (kind == OPENING_TRIGGER)
		deal->triggers[number].opening_fired = draft->fired;
	else if (kind == OPENING_SUPPORT)
		open_support(loader, &deal->supports[number], draft, place);
	else
		open_cover(loader, &deal->covers[number], draft, place);
}

static weir_status load_opening_kind(weir_loader *loader, const weir_xml *xml, const xmlNode *opening, int kind)
{
	weir_names known = { 0 }, given = { 0 };
	weir_status status = WEIR_OK;
	const weir_node *node;
	for (int i = 0; status == WEIR_OK && (node = opening_node(loader->deal, kind, i)); i++)
		status = weir_node_refer(&known, node, i);
	for (const xmlNode *n = weir_xml_first(opening); n && status == WEIR_OK; n = weir_xml_next(n)) {
		opening_draft draft = { .balance = NAN,
			                .interest = NAN,
			                .principal = NAN,
			                .cash = NAN,
			                .outstanding = NAN,
			                .drawn = NAN,
			                .paid = NAN };
		size_t errors = loader->diags->errors;
		if (!weir_is_named(n, opening_names[kind]))
			continue;
		status = weir_fields_from_element(loader, xml, n, opening_item_fields, &draft, NULL);
		if (status != WEIR_OK || !draft.id)
			continue;
		weir_place place = weir_xml_id_place(xml, n);
		size_t length = strlen(draft.id);
		int number = weir_names_find(&known, draft.id, length);
		if (number < 0) {
			weir_complain_unknown(loader, opening_names[kind], &known, draft.id, length, place);
			continue;
		}
		status = weir_names_put(&given, draft.id, length, 0);
		if (status == WEIR_NO) {
			status = WEIR_OK;
			weir_diag_error(loader->diags, DUPLICATE_ID, place,
			                "the opening gives the %s \"%s\" twice; leave one out", opening_names[kind],
			                draft.id);
		} else if (status == WEIR_OK && loader->diags->errors == errors) {
			open_item(loader, kind, number, &draft, place);
		}
	}
	weir_names_free(&known);
	weir_names_free(&given);
	return status;
}

weir_status weir_opening_load(weir_loader *loader, const weir_xml *xml, const xmlNode *opening)
{
	weir_deal *deal = loader->deal;
	size_t errors = loader->diags->errors;
	weir_status status;
	if (!opening)
		return WEIR_OK;
	deal->opening_place = weir_xml_place(xml, opening);
	WEIR_TRY(weir_fields_from_element(loader, xml, opening, opening_fields, deal, NULL));
	for (int kind = 0; kind < OPENING_KINDS; kind++)
		WEIR_TRY(load_opening_kind(loader, xml, opening, kind));
	for (int i = 0; i < deal->class_count && loader->diags->errors == errors; i++)
		if (isnan(deal->classes[i].opening_balance_cents))
			weir_diag_error(loader->diags, MISSING_ELEMENT, deal->opening_place,
			                "the opening does not give the balance of class \"%s\"; add <class id=\"%s\" "
			                "balance=\"…\"/>, 0 "
			                "when it is repaid", deal->classes[i].node.id, deal->classes[i].node.id);
out:
	return status;
}
