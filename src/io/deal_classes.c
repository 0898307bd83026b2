/* SPDX-License-Identifier: GPL-3.0-or-later */
/* deal_classes.c: classes of securities with their principal plans, groups of classes, and fees. */
#include <math.h>
#include <string.h>

#include "base/alloc.h"
#include "io/deal_int.h"
#include "io/file.h"
#include "io/table.h"

/* --- principal -------------------------------------------------------------------------------------------------- */

static const weir_choice styles[] = { { "target", WEIR_STYLE_TARGET },
	                              { "planned", WEIR_STYLE_PLANNED },
	                              { "pass-through", WEIR_STYLE_PASS_THROUGH },
	                              { "bullet", WEIR_STYLE_BULLET },
	                              { "residual", WEIR_STYLE_RESIDUAL },
	                              { NULL, 0 } };
static const weir_choice follows[] = { { "pool", 1 }, { NULL, 0 } };

/* The schedule file is opened where the element is read. */
static weir_status read_nothing(const weir_cell *cell, const weir_field *field, void *at)
{
	(void)cell;
	(void)field;
	(void)at;
	return WEIR_OK;
}

static const weir_field principal_fields[] = {
	WEIR_FIELD_OF(weir_class, style, "style", weir_read_choice, styles),
	WEIR_FIELD(weir_class, maturity, "maturity", weir_read_date),
	WEIR_FIELD_OF(weir_class, target_follows_pool, "follows", weir_read_choice, follows),
	WEIR_FIELD(weir_class, share_digits, "digits", weir_read_digits),
	{ "schedule", read_nothing, 0, NULL },
	WEIR_FIELD_END
};

static const weir_field row_fields[] = {
	WEIR_FIELD(weir_schedule_row, period, "period", weir_read_count),
	WEIR_FIELD(weir_schedule_row, date, "date", weir_read_date),
	WEIR_FIELD(weir_schedule_row, share, "share", weir_read_share),
	WEIR_FIELD(weir_schedule_row, amount_cents, "amount", weir_read_amount),
	WEIR_FIELD_END
};

static weir_schedule_row empty_row(weir_place place)
{
	return (weir_schedule_row){ .date = WEIR_DATE_NONE, .share = NAN, .amount_cents = NAN, .place = place };
}

/* A row says one of period and date, and one of share and amount; returns 0 after a complaint. */
static int row_holds(weir_loader *loader, const weir_schedule_row *row, weir_seen seen)
{
	int period = weir_field_seen(row_fields, seen, "period"), date = weir_field_seen(row_fields, seen, "date");
	int share = weir_field_seen(row_fields, seen, "share"), amount = weir_field_seen(row_fields, seen, "amount");
	if (period + date != 1)
		weir_diag_error(loader->diags, BAD_VALUE, row->place,
		                "a row of a principal plan says either its period or its date; give one of them");
	if (share + amount != 1)
		weir_diag_error(loader->diags, BAD_VALUE, row->place,
		                "a row of a principal plan says either its share or its amount; give one of them");
	return period + date == 1 && share + amount == 1;
}

/* The old rows and `count` more, in the arena. */
static weir_status add_rows(weir_loader *loader, weir_class *class, const weir_schedule_row *rows, size_t count)
{
	size_t old = (size_t)class->row_count;
	weir_schedule_row *all = weir_arena_array(loader->arena, old + count + 1, sizeof *all);
	if (!all)
		return WEIR_NO_MEMORY;
	if (old)
		memcpy(all, class->rows, old * sizeof *all);
	if (count)
		memcpy(all + old, rows, count * sizeof *all);
	class->rows = all;
	class->row_count = (int)(old + count);
	return WEIR_OK;
}

static weir_status load_rows(weir_loader *loader, const weir_xml *xml, const xmlNode *principal, weir_class *class)
{
	weir_status status = WEIR_OK;
	class->rows = weir_arena_array(loader->arena, weir_count_children(principal, "row") + 1, sizeof *class->rows);
	if (!class->rows)
		return WEIR_NO_MEMORY;
	for (const xmlNode *n = weir_xml_first(principal); n && status == WEIR_OK; n = weir_xml_next(n)) {
		weir_schedule_row row = empty_row(weir_xml_place(xml, n));
		weir_seen seen = 0;
		size_t errors = loader->diags->errors;
		if (!weir_is_named(n, "row"))
			continue;
		status = weir_fields_from_element(loader, xml, n, row_fields, &row, &seen);
		if (status == WEIR_OK && row_holds(loader, &row, seen) && loader->diags->errors == errors)
			class->rows[class->row_count++] = row;
	}
	return status;
}

typedef struct row_reading {
	weir_loader *loader;
	weir_schedule_row row;
	weir_schedule_row *rows;
	size_t count, capacity;
} row_reading;

static void begin_row(void *context, weir_place record)
{
	((row_reading *)context)->row = empty_row(record);
}

static weir_status end_row(void *context, weir_seen seen, weir_place record, int good)
{
	row_reading *r = context;
	r->row.place = record;
	if (!row_holds(r->loader, &r->row, seen) || !good)
		return WEIR_OK;
	if (!WEIR_GROW(r->rows, r->count, r->capacity))
		return WEIR_NO_MEMORY;
	r->rows[r->count++] = r->row;
	return WEIR_OK;
}

weir_status weir_principal_rows_load(weir_loader *loader, uint32_t source, weir_class *class)
{
	row_reading reading = { .loader = loader };
	weir_table table = { "principal plan", row_fields, 0, &reading.row, begin_row, end_row, &reading, NULL };
	weir_status status = weir_table_read(loader, source, &table);
	if (status == WEIR_OK)
		status = add_rows(loader, class, reading.rows, reading.count);
	weir_free(reading.rows);
	return status;
}

/* What the style needs and what it cannot use. */
static void check_style(weir_loader *loader, const weir_class *class, int has_plan, weir_place place)
{
	const char *id = class->node.id ? class->node.id : "";
	int planned = class->style == WEIR_STYLE_TARGET || class->style == WEIR_STYLE_PLANNED;
	if (planned && !has_plan && !class->target_follows_pool)
		weir_diag_error(loader->diags, MISSING_ELEMENT, place,
		                "class \"%s\" has no principal plan; add <row> elements, schedule, or follows=\"pool\"",
		                id);
	if (!planned && (has_plan || class->target_follows_pool))
		weir_diag_error(
			loader->diags, CONTRACT_TERMS, place,
			"class \"%s\" has a principal plan that its style does not use; say style=\"target\" or "
			"\"planned\", or remove the plan",
			id);
	if (class->style == WEIR_STYLE_PLANNED && class->target_follows_pool)
		weir_diag_error(loader->diags, CONTRACT_TERMS, place,
		                "class \"%s\" follows the pool, which needs style=\"target\"", id);
	if (has_plan && class->target_follows_pool)
		weir_diag_error(loader->diags, CONTRACT_TERMS, place,
		                "class \"%s\" both follows the pool and lists a plan; keep one", id);
	if (class->style == WEIR_STYLE_BULLET && class->maturity == WEIR_DATE_NONE)
		weir_diag_error(loader->diags, MISSING_ATTRIBUTE, place,
		                "class \"%s\" is repaid at once but has no maturity; add maturity=\"2024-04-14\"", id);
}

static weir_status load_principal(weir_loader *loader, const weir_xml *xml, const xmlNode *principal, weir_class *class)
{
	const xmlAttr *schedule = weir_xml_attribute(principal, "schedule");
	weir_seen seen = 0;
	uint32_t source = 0;
	size_t errors = loader->diags->errors;
	weir_status status;
	WEIR_TRY(weir_fields_from_element(loader, xml, principal, principal_fields, class, &seen));
	WEIR_TRY(load_rows(loader, xml, principal, class));
	if (schedule) {
		xmlChar *owned;
		const char *href = weir_xml_value(schedule, &owned);
		status = href ? weir_loader_open(&source, loader, href, WEIR_DEAL_BYTES_MAX,
		                                 weir_xml_value_place(xml, schedule)) :
		                WEIR_NO_MEMORY;
		xmlFree(owned);
	}
	if (status == WEIR_OK && source)
		status = weir_principal_rows_load(loader, source, class);
	if (status == WEIR_OK && loader->diags->errors == errors && weir_field_seen(principal_fields, seen, "style"))
		check_style(loader, class, class->row_count > 0 || schedule, weir_xml_place(xml, principal));
out:
	return status;
}

/* --- classes ---------------------------------------------------------------------------------------------------- */

static const weir_choice ranks[] = { { "senior", 0 }, { "subordinated", 1 }, { NULL, 0 } };
static const weir_choice interest[] = { { "current", WEIR_INTEREST_CURRENT },
	                                { "with-principal", WEIR_INTEREST_WITH_PRINCIPAL },
	                                { "none", WEIR_INTEREST_NONE }, { NULL, 0 } };
static const weir_choice roundings[] = { { "total", WEIR_ROUND_TOTAL }, { "unit", WEIR_ROUND_UNIT }, { NULL, 0 } };
static const weir_choice unpaid[] = { { "drop", 0 }, { "carry", 1 }, { NULL, 0 } };

static const weir_field class_fields[] = {
	WEIR_NODE_FIELDS(weir_class),
	WEIR_FIELD(weir_class, size_cents, "size", weir_read_amount),
	WEIR_FIELD(weir_class, coupon_annual, "coupon", weir_read_rate),
	WEIR_FIELD_OF(weir_class, subordinated, "rank", weir_read_choice, ranks),
	WEIR_FIELD_OF(weir_class, interest, "interest", weir_read_choice, interest),
	WEIR_FIELD(weir_class, day_count, "day-count", weir_read_day_count),
	WEIR_FIELD(weir_class, unit_cents, "unit", weir_read_amount),
	WEIR_FIELD(weir_class, issue_price, "issue-price", weir_read_decimal),
	WEIR_FIELD_OF(weir_class, rounding, "rounding", weir_read_choice, roundings),
	WEIR_FIELD(weir_class, digits, "digits", weir_read_digits),
	WEIR_FIELD(weir_class, period_yield_annual, "period-yield", weir_read_share),
	WEIR_FIELD_OF(weir_class, period_yield_carried, "period-yield-unpaid", weir_read_choice, unpaid),
	WEIR_FIELD(weir_class, rating, "rating", weir_read_text),
	WEIR_FIELD(weir_class, code, "code", weir_read_text),
	WEIR_FIELD(weir_class, held_by, "held-by", weir_read_party),
	WEIR_FIELD_END
};

static const weir_field step_fields[] = {
	WEIR_FIELD(weir_coupon_step, from, "from", weir_read_date),
	WEIR_FIELD(weir_coupon_step, coupon_annual, "coupon", weir_read_rate),
	WEIR_FIELD_END
};

static void prepare_class(weir_loader *loader, void *item, const xmlNode *element)
{
	weir_class *class = item;
	(void)element;
	class->day_count = loader->deal->day_count;
	class->maturity = WEIR_DATE_NONE;
	class->issue_price = 100;
	class->size_cents = -1; /* not read */
	class->unit_cents = 100 * (loader->deal->currency_digits == 0 ? 1 : 100);
	class->digits = 2;
	class->share_digits = 3;
	class->held_by = -1;
	class->style = WEIR_STYLE_RESIDUAL;
	class->opening_balance_cents = NAN;
}

static void prepare_step(weir_loader *loader, void *item, const xmlNode *element)
{
	(void)loader;
	(void)element;
	((weir_coupon_step *)item)->from = WEIR_DATE_NONE;
}

static weir_status finish_step(weir_loader *loader, const weir_xml *xml, const xmlNode *element, void *item,
                               weir_seen seen)
{
	(void)loader;
	(void)seen;
	((weir_coupon_step *)item)->place = weir_xml_place(xml, element);
	return WEIR_OK;
}

static const weir_list coupon_steps = { "coupon-step", NULL, sizeof(weir_coupon_step), step_fields, prepare_step,
	                                finish_step };

static const weir_field raise_fields[] = {
	WEIR_FIELD(weir_class, raise_when, "when", weir_read_formula),
	WEIR_FIELD(weir_class, raise_add, "add", weir_read_share),
	WEIR_FIELD_END
};

static weir_status load_raise(weir_loader *loader, const weir_xml *xml, const xmlNode *element, weir_class *class)
{
	const xmlNode *raise = weir_child(element, "raise");
	const char *id = class->node.id ? class->node.id : "";
	if (!raise)
		return WEIR_OK;
	if (class->interest == WEIR_INTEREST_NONE)
		weir_diag_error(loader->diags, CONTRACT_TERMS, weir_xml_place(xml, raise),
		                "class \"%s\" pays no interest that could be raised; add coupon, or remove <raise>",
		                id);
	for (const xmlNode *second = weir_xml_next(raise); second; second = weir_xml_next(second))
		if (weir_is_named(second, "raise"))
			weir_diag_error(loader->diags, UNKNOWN_ELEMENT, weir_xml_place(xml, second),
			                "class \"%s\" says twice when its coupon is higher; keep one <raise>", id);
	return weir_fields_from_element(loader, xml, raise, raise_fields, class, NULL);
}

/* Whether an attribute of the start tag was refused: it may be the coupon, misspelt. */
static int has_unknown_attribute(const weir_loader *loader, weir_place tag)
{
	for (size_t i = 0; i < loader->diags->count; i++) {
		const weir_diag *d = &loader->diags->items[i];
		if (d->code == WEIR_CODE_UNKNOWN_ATTRIBUTE && d->place.source == tag.source &&
		    d->place.offset >= tag.offset && d->place.offset < tag.offset + tag.length)
			return 1;
	}
	return 0;
}

static weir_status finish_class(weir_loader *loader, const weir_xml *xml, const xmlNode *element, void *item,
                                weir_seen seen)
{
	weir_class *class = item;
	const xmlNode *principal = weir_child(element, "principal");
	const char *id = class->node.id ? class->node.id : "";
	int coupon = weir_field_seen(class_fields, seen, "coupon");
	weir_status status;
	if (!weir_field_seen(class_fields, seen, "interest"))
		class->interest = coupon || has_unknown_attribute(loader, class->node.place) ? WEIR_INTEREST_CURRENT :
			                                                                        WEIR_INTEREST_NONE;
	else if (class->interest != WEIR_INTEREST_NONE && !coupon)
		weir_diag_error(loader->diags, MISSING_ATTRIBUTE, class->node.place,
		                "the class \"%s\" pays interest but has no coupon; add coupon=\"3.59%%\"", id);
	if (class->size_cents == 0)
		weir_diag_error(loader->diags, OUT_OF_RANGE,
		                weir_xml_value_place(xml, weir_xml_attribute(element, "size")),
		                "class \"%s\" has no size; write an amount above zero or remove the class", id);
	class->size_cents = class->size_cents < 0 ? 0 : class->size_cents;
	if (!principal && !class->subordinated)
		weir_diag_error(loader->diags, MISSING_ELEMENT, class->node.place,
		                "the class \"%s\" does not say how it is repaid; add <principal style=\"…\"/>", id);
	for (const xmlNode *second = principal ? principal->next : NULL; second; second = second->next)
		if (second->type == XML_ELEMENT_NODE && xmlStrEqual(second->name, BAD_CAST "principal"))
			weir_diag_error(loader->diags, UNKNOWN_ELEMENT, weir_xml_place(xml, second),
			                "class \"%s\" says twice how it is repaid; keep one <principal>", id);
	WEIR_TRY(load_raise(loader, xml, element, class));
	WEIR_TRY(weir_list_load(&class->steps, &class->step_count, loader, xml, element, &coupon_steps));
	if (principal)
		WEIR_TRY(load_principal(loader, xml, principal, class));
out:
	return status;
}

/* --- groups ----------------------------------------------------------------------------------------------------- */

typedef struct group_draft {
	weir_group group;
	weir_words of;
	weir_place id_place;
} group_draft;

static const weir_field group_fields[] = {
	WEIR_NODE_FIELDS_OF(group_draft, group.node),
	{ "of", weir_read_words, offsetof(group_draft, of), NULL },
	WEIR_FIELD_END
};

enum { IN_SENIOR, IN_SUBORDINATED, IN_ALL };

/* One of the groups that always exist. */
static weir_status add_standing_group(weir_loader *loader, const char *id, const char *en, const char *zh, int which)
{
	weir_deal *deal = loader->deal;
	weir_group *group = &deal->groups[deal->group_count++];
	*group = (weir_group){ .node = { .id = id, .en = en, .zh = zh } };
	group->classes = weir_arena_array(loader->arena, (size_t)deal->class_count + 1, sizeof *group->classes);
	if (!group->classes)
		return WEIR_NO_MEMORY;
	for (int i = 0; i < deal->class_count; i++)
		if (which == IN_ALL || deal->classes[i].subordinated == (which == IN_SUBORDINATED))
			group->classes[group->class_count++] = i;
	return WEIR_OK;
}

static weir_status add_group(weir_loader *loader, group_draft *draft)
{
	weir_deal *deal = loader->deal;
	weir_names known = { 0 };
	weir_status status = WEIR_OK;
	weir_group *group = &draft->group;
	for (int i = 0; i < 3 && group->node.id; i++)
		if (strcmp(deal->groups[i].node.id, group->node.id) == 0) {
			weir_diag_error(loader->diags, BAD_ID, draft->id_place,
			                "the group \"%s\" always exists; choose another id", group->node.id);
			return WEIR_OK;
		}
	group->classes = weir_arena_array(loader->arena, (size_t)draft->of.count + 1, sizeof *group->classes);
	if (!group->classes)
		return WEIR_NO_MEMORY;
	for (int i = 0; i < deal->class_count && status == WEIR_OK; i++)
		if (deal->classes[i].node.id)
			status = weir_names_put(&known, deal->classes[i].node.id, strlen(deal->classes[i].node.id), i);
	for (int i = 0; i < draft->of.count && status != WEIR_NO_MEMORY; i++) {
		int number = weir_names_find(&known, draft->of.items[i], strlen(draft->of.items[i]));
		int twice = 0;
		for (int k = 0; k < group->class_count; k++)
			twice |= group->classes[k] == number;
		if (twice)
			weir_diag_error(loader->diags, DUPLICATE_ID, draft->of.places[i],
			                "class \"%s\" stands twice in this group; leave one out", draft->of.items[i]);
		else if (number >= 0)
			group->classes[group->class_count++] = number;
		else
			weir_complain_unknown(loader, "class", &known, draft->of.items[i], strlen(draft->of.items[i]),
			                      draft->of.places[i]);
	}
	weir_names_free(&known);
	if (status == WEIR_NO_MEMORY)
		return status;
	deal->groups[deal->group_count++] = *group;
	return weir_loader_take_id(loader, "group", &group->node, draft->id_place);
}

static weir_status load_groups(weir_loader *loader, const weir_xml *xml, const xmlNode *classes)
{
	weir_deal *deal = loader->deal;
	weir_status status;
	deal->groups = weir_arena_array(loader->arena, weir_count_children(classes, "group") + 3, sizeof *deal->groups);
	if (!deal->groups)
		return WEIR_NO_MEMORY;
	WEIR_TRY(add_standing_group(loader, "senior", "Senior classes", "优先级", IN_SENIOR));
	WEIR_TRY(add_standing_group(loader, "subordinated", "Subordinated classes", "次级", IN_SUBORDINATED));
	WEIR_TRY(add_standing_group(loader, "all", "All classes", "全部档次", IN_ALL));
	for (const xmlNode *n = classes ? weir_xml_first(classes) : NULL; n; n = weir_xml_next(n)) {
		group_draft draft = { 0 };
		if (!weir_is_named(n, "group"))
			continue;
		draft.group.node.place = weir_xml_place(xml, n);
		WEIR_TRY(weir_fields_from_element(loader, xml, n, group_fields, &draft, NULL));
		draft.id_place = weir_xml_id_place(xml, n);
		WEIR_TRY(add_group(loader, &draft));
	}
out:
	return status;
}

static const weir_list class_list = { "class", "class", sizeof(weir_class), class_fields, prepare_class,
	                              finish_class };

weir_status weir_classes_load(weir_loader *loader, const weir_xml *xml, const xmlNode *classes)
{
	weir_deal *deal = loader->deal;
	weir_status status = weir_list_load(&deal->classes, &deal->class_count, loader, xml, classes, &class_list);
	return status == WEIR_OK ? load_groups(loader, xml, classes) : status;
}

/* --- fees ------------------------------------------------------------------------------------------------------- */

static const weir_choice gross[] = { { "excluded", 0 }, { "included", 1 }, { NULL, 0 } };
static const weir_choice frequencies[] = { { "every-period", WEIR_FEE_EVERY_PERIOD }, { "yearly", WEIR_FEE_YEARLY },
	                                   { "once", WEIR_FEE_ONCE }, { NULL, 0 } };
static const weir_choice solve[] = { { "paid", 1 }, { NULL, 0 } };

static const weir_field fee_fields[] = {
	WEIR_NODE_FIELDS(weir_fee),
	WEIR_FIELD(weir_fee, base, "base", weir_read_formula),
	WEIR_FIELD(weir_fee, rate, "rate", weir_read_share),
	WEIR_FIELD(weir_fee, day_count, "day-count", weir_read_day_count),
	WEIR_FIELD(weir_fee, amount_cents, "amount", weir_read_amount),
	WEIR_FIELD(weir_fee, amount, "formula", weir_read_formula),
	WEIR_FIELD_OF(weir_fee, gross_included, "gross", weir_read_choice, gross),
	WEIR_FIELD(weir_fee, surcharge_rate, "surcharge", weir_read_share),
	WEIR_FIELD_OF(weir_fee, frequency, "frequency", weir_read_choice, frequencies),
	WEIR_FIELD(weir_fee, once_period, "period", weir_read_count),
	WEIR_FIELD(weir_fee, cap, "cap", weir_read_formula),
	WEIR_FIELD(weir_fee, cap_yearly_cents, "cap-yearly", weir_read_amount),
	WEIR_FIELD_OF(weir_fee, carried, "unpaid", weir_read_choice, unpaid),
	WEIR_FIELD_OF(weir_fee, solve_paid, "solve", weir_read_choice, solve),
	WEIR_FIELD(weir_fee, payee, "payee", weir_read_party),
	WEIR_FIELD(weir_fee, raised_when, "raised-when", weir_read_formula),
	WEIR_FIELD(weir_fee, raised_rate, "raised-rate", weir_read_share),
	WEIR_FIELD(weir_fee, raised_amount_cents, "raised-amount", weir_read_amount),
	WEIR_FIELD_END
};

static int fee_has(weir_seen seen, const char *name)
{
	return weir_field_seen(fee_fields, seen, name);
}

/* A fee is base x rate, or an amount, or a formula: exactly one of them. */
static void check_fee(weir_loader *loader, const weir_fee *fee, weir_seen seen)
{
	const char *id = fee->node.id ? fee->node.id : "", *kind = fee->is_tax ? "tax" : "fee";
	int base = fee_has(seen, "base"), rate = fee_has(seen, "rate");
	int ways = (base || rate) + fee_has(seen, "amount") + fee_has(seen, "formula");
	if (ways == 0)
		weir_diag_error(loader->diags, MISSING_ATTRIBUTE, fee->node.place,
		                "the %s \"%s\" does not say how much; add base and rate, amount, or formula", kind, id);
	else if (ways > 1)
		weir_diag_error(loader->diags, CONTRACT_TERMS, fee->node.place,
		                "the %s \"%s\" says its amount in several ways; keep base and rate, amount, or formula",
		                kind, id);
	else if (base != rate)
		weir_diag_error(loader->diags, MISSING_ATTRIBUTE, fee->node.place, "the %s \"%s\" lacks its %s; add %s",
		                kind, id, base ? "rate" : "base",
		                base ? "rate=\"0.01%\"" : "base=\"classes.senior.balance\"");
	if (!rate && !base && (fee_has(seen, "day-count") || fee_has(seen, "gross")))
		weir_diag_error(loader->diags, CONTRACT_TERMS, fee->node.place,
		                "the %s \"%s\" has a day count or gross but no rate to use it; remove it", kind, id);
	if ((fee->frequency == WEIR_FEE_ONCE) != fee_has(seen, "period"))
		weir_diag_error(loader->diags, MISSING_ATTRIBUTE, fee->node.place,
		                "the %s \"%s\" needs frequency=\"once\" and period together", kind, id);
}

/* A raised fee says when, and what is charged instead in the way in which it is charged. */
static void check_raised(weir_loader *loader, const weir_fee *fee, weir_seen seen)
{
	const char *id = fee->node.id ? fee->node.id : "", *kind = fee->is_tax ? "tax" : "fee";
	int when = fee_has(seen, "raised-when"), rate = fee_has(seen, "raised-rate");
	int amount = fee_has(seen, "raised-amount");
	if (!when && !rate && !amount)
		return;
	if (!when || rate + amount != 1)
		weir_diag_error(
			loader->diags, MISSING_ATTRIBUTE, fee->node.place,
			"the %s \"%s\" is raised by raised-when with one of raised-rate and raised-amount; give "
			"both",
			kind, id);
	else if ((rate && !fee_has(seen, "rate")) || (amount && !fee_has(seen, "amount")))
		weir_diag_error(loader->diags, CONTRACT_TERMS, fee->node.place,
		                "the %s \"%s\" is raised in another way than it is charged; %s", kind, id,
		                fee_has(seen, "formula") ? "write if(…) in its formula instead" :
		                rate                     ? "give raised-amount, as it has no rate" :
		                                           "give raised-rate, as it has no amount");
}

weir_status weir_fees_load(weir_loader *loader, const weir_xml *xml, const xmlNode *fees)
{
	weir_deal *deal = loader->deal;
	size_t count = weir_count_children(fees, "fee") + weir_count_children(fees, "tax");
	deal->fees = weir_arena_array(loader->arena, count + 1, sizeof *deal->fees);
	if (!deal->fees)
		return WEIR_NO_MEMORY;
	for (const xmlNode *n = fees ? weir_xml_first(fees) : NULL; n; n = weir_xml_next(n)) {
		if (!weir_is_named(n, "fee") && !weir_is_named(n, "tax"))
			continue;
		weir_fee *fee = &deal->fees[deal->fee_count++];
		weir_seen seen = 0;
		weir_status status;
		*fee = (weir_fee){ .node.place = weir_xml_place(xml, n), .is_tax = weir_is_named(n, "tax"),
			           .day_count = deal->day_count, .amount_cents = NAN, .cap_yearly_cents = NAN,
			           .raised_rate = NAN, .raised_amount_cents = NAN, .payee = -1 };
		status = weir_fields_from_element(loader, xml, n, fee_fields, fee, &seen);
		if (status == WEIR_OK)
			status = weir_node_take_id(loader, xml, n, fee->is_tax ? "tax" : "fee", &fee->node);
		if (status != WEIR_OK)
			return status;
		fee->has_day_count = fee_has(seen, "day-count");
		check_fee(loader, fee, seen);
		check_raised(loader, fee, seen);
	}
	return WEIR_OK;
}
