/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "base/money.h"
#include "io/deal_int.h"
#include "io/file.h"
#include "io/load.h"

/* A shock while it is read: attributes of all kinds. */
typedef struct shock_draft {
	double value;
	int months, group;
	const char *obligor, *contract, *class, *name;
} shock_draft;

/* A rate with its unit, or a plain number. */
static weir_status read_value(const weir_cell *cell, const weir_field *field, void *at)
{
	weir_decimal number;
	if (weir_decimal_parse(cell->text, cell->length, &number) == WEIR_PARSE_OK) {
		*(double *)at = weir_decimal_double(number);
		return WEIR_OK;
	}
	return weir_read_rate(cell, field, at);
}

static const weir_choice groups[] = { { "senior", WEIR_SCOPE_SENIOR }, { "all", WEIR_SCOPE_ALL }, { NULL, 0 } };

#define SCOPE_FIELDS                                                                                \
	WEIR_FIELD(shock_draft, obligor, "obligor", weir_read_code),                                \
	WEIR_FIELD(shock_draft, contract, "contract", weir_read_code)

static const weir_field receipts_fields[] = { WEIR_FIELD(shock_draft, value, "factor", weir_read_share), SCOPE_FIELDS,
	                                      WEIR_FIELD_END };
static const weir_field late_fields[] = { WEIR_FIELD(shock_draft, value, "share", weir_read_share),
	                                  WEIR_FIELD(shock_draft, months, "months", weir_read_count), SCOPE_FIELDS,
	                                  WEIR_FIELD_END };
static const weir_field coupon_fields[] = { WEIR_FIELD(shock_draft, value, "add", weir_read_rate),
	                                    WEIR_FIELD(shock_draft, class, "class", weir_read_name),
	                                    WEIR_FIELD_OF(shock_draft, group, "classes", weir_read_choice, groups),
	                                    WEIR_FIELD_END };
static const weir_field set_fields[] = { WEIR_FIELD(shock_draft, name, "name", weir_read_text),
	                                 WEIR_FIELD(shock_draft, value, "value", read_value), WEIR_FIELD_END };

static const struct {
	const char *name;
	weir_shock_kind kind;
	const weir_field *fields;
} shock_kinds[] = {
	{ "receipts", WEIR_SHOCK_RECEIPTS, receipts_fields },
	{ "late", WEIR_SHOCK_LATE, late_fields },
	{ "coupon", WEIR_SHOCK_COUPON, coupon_fields },
	{ "set", WEIR_SHOCK_SET, set_fields },
};
#define SHOCK_KINDS (sizeof shock_kinds / sizeof *shock_kinds)

/* Complains about values that fit their form but not their use. */
static void check_shock(weir_loader *loader, const weir_shock *shock, const shock_draft *draft)
{
	if (shock->kind == WEIR_SHOCK_LATE && shock->value > 1)
		weir_diag_error(loader->diags, OUT_OF_RANGE, shock->place, "more than 100%% of a receipt cannot be late");
	if (draft->obligor && draft->contract)
		weir_diag_error(loader->diags, BAD_VALUE, shock->place, "a shock names an obligor or a contract, not both");
	if (draft->class && draft->group >= 0)
		weir_diag_error(loader->diags, BAD_VALUE, shock->place, "a shock names a class or a group of them, not both");
}

static void set_scope(weir_shock *shock, const shock_draft *draft)
{
	shock->scope = draft->group >= 0 ? (weir_shock_scope)draft->group : WEIR_SCOPE_ALL;
	if (draft->obligor) {
		int largest = strcmp(draft->obligor, "largest") == 0;
		shock->scope = largest ? WEIR_SCOPE_LARGEST : WEIR_SCOPE_OBLIGOR;
		shock->target = largest ? NULL : draft->obligor;
	} else if (draft->contract) {
		shock->scope = WEIR_SCOPE_CONTRACT;
		shock->target = draft->contract;
	} else if (draft->class) {
		shock->scope = WEIR_SCOPE_CLASS;
		shock->target = draft->class;
	} else if (draft->name) {
		shock->target = draft->name;
	}
}

static const char *obligor_id(const weir_deal *deal, int number)
{
	return deal->pool.obligors[number].id;
}

static const char *contract_id(const weir_deal *deal, int number)
{
	return deal->pool.contracts[number].id;
}

static const char *class_id(const weir_deal *deal, int number)
{
	return deal->classes[number].node.id;
}

/* Complains when the attribute `kind` names none of the deal's `count`; a deal without any has complaints of its own. */
static weir_status check_target(weir_loader *loader, const weir_xml *xml, const xmlNode *element, const char *kind,
                                const char *wanted, const char *(*id_of)(const weir_deal *deal, int number), int count)
{
	weir_names known = { 0 };
	weir_status status = WEIR_OK;
	if (!wanted || count == 0)
		return WEIR_OK;
	for (int i = 0; i < count; i++)
		if (strcmp(id_of(loader->deal, i), wanted) == 0)
			return WEIR_OK;
	for (int i = 0; i < count && status != WEIR_NO_MEMORY; i++)
		status = weir_names_put(&known, id_of(loader->deal, i), strlen(id_of(loader->deal, i)), i);
	if (status != WEIR_NO_MEMORY)
		weir_complain_unknown(loader, kind, &known, wanted, strlen(wanted),
		                      weir_xml_value_place(xml, weir_xml_attribute(element, kind)));
	weir_names_free(&known);
	return status == WEIR_NO_MEMORY ? status : WEIR_OK;
}

static weir_status check_targets(weir_loader *loader, const weir_xml *xml, const xmlNode *element,
                                 const shock_draft *draft)
{
	const weir_deal *deal = loader->deal;
	const char *obligor = draft->obligor && strcmp(draft->obligor, "largest") != 0 ? draft->obligor : NULL;
	weir_status status;
	WEIR_TRY(check_target(loader, xml, element, "obligor", obligor, obligor_id, deal->pool.obligor_count));
	WEIR_TRY(check_target(loader, xml, element, "contract", draft->obligor ? NULL : draft->contract, contract_id,
	                      deal->pool.contract_count));
	WEIR_TRY(check_target(loader, xml, element, "class", draft->class, class_id, deal->class_count));
	for (int i = 0; draft->class && i < deal->class_count; i++)
		if (strcmp(class_id(deal, i), draft->class) == 0 && deal->classes[i].interest == WEIR_INTEREST_NONE)
			weir_diag_error(loader->diags, BAD_VALUE,
			                weir_xml_value_place(xml, weir_xml_attribute(element, "class")),
			                "class \"%s\" has no coupon to change; name a class with one", draft->class);
out:
	return status;
}

static weir_status load_shock(weir_loader *loader, const weir_xml *xml, const xmlNode *element, weir_scenario *scenario)
{
	size_t kind = 0;
	shock_draft draft = { .value = NAN, .group = -1 };
	while (kind < SHOCK_KINDS && !weir_is_named(element, shock_kinds[kind].name))
		kind++;
	if (kind == SHOCK_KINDS)
		return WEIR_OK;
	weir_shock *shock = &scenario->shocks[scenario->shock_count++];
	weir_status status = weir_fields_from_element(loader, xml, element, shock_kinds[kind].fields, &draft, NULL);
	*shock = (weir_shock){ .kind = shock_kinds[kind].kind, .value = draft.value, .months = draft.months,
		               .place = weir_xml_place(xml, element) };
	set_scope(shock, &draft);
	check_shock(loader, shock, &draft);
	return status == WEIR_OK ? check_targets(loader, xml, element, &draft) : status;
}

static const weir_field scenario_fields[] = {
	WEIR_FIELD(weir_scenario, node.id, "id", weir_read_code),
	WEIR_NODE_FIELDS_BUT_ID(weir_scenario),
	WEIR_FIELD_END
};

static weir_status load_scenario(weir_loader *loader, const weir_xml *xml, const xmlNode *element,
                                 weir_scenarios *out, weir_names *ids)
{
	weir_scenario *scenario = &out->items[out->count];
	size_t count = 0;
	weir_status status;
	for (const xmlNode *n = weir_xml_first(element); n; n = weir_xml_next(n))
		count++;
	scenario->node.place = weir_xml_place(xml, element);
	scenario->shocks = weir_arena_array(loader->arena, count + 1, sizeof *scenario->shocks);
	if (!scenario->shocks)
		return WEIR_NO_MEMORY;
	WEIR_TRY(weir_fields_from_element(loader, xml, element, scenario_fields, scenario, NULL));
	for (const xmlNode *n = weir_xml_first(element); n; n = weir_xml_next(n))
		WEIR_TRY(load_shock(loader, xml, n, scenario));
	if (!scenario->node.id)
		goto out;
	status = weir_names_put(ids, scenario->node.id, strlen(scenario->node.id), out->count);
	if (status == WEIR_OK) {
		out->count++;
	} else if (status == WEIR_NO) {
		int old = weir_names_find(ids, scenario->node.id, strlen(scenario->node.id));
		status = weir_loader_duplicate(loader, "scenario", scenario->node.id, scenario->node.place, "scenario",
		                               out->items[old].node.place);
		*scenario = (weir_scenario){ 0 };
	}
out:
	return status;
}

static weir_status read_scenarios(weir_loader *loader, const weir_xml *xml, const xmlNode *root, void *context)
{
	weir_scenarios *out = context;
	weir_names ids = { 0 };
	weir_status status = WEIR_OK;
	*out = (weir_scenarios){ 0 };
	out->items = weir_arena_array(loader->arena, weir_count_children(root, "scenario") + 1, sizeof *out->items);
	if (!out->items)
		return WEIR_NO_MEMORY;
	for (const xmlNode *n = weir_xml_first(root); n && status == WEIR_OK; n = weir_xml_next(n))
		if (weir_is_named(n, "scenario"))
			status = load_scenario(loader, xml, n, out, &ids);
	weir_names_free(&ids);
	return status;
}

weir_status weir_scenarios_load(weir_scenarios *out, weir_deal *deal, const char *path, weir_diags *diags)
{
	weir_loader loader = { .deal = deal, .arena = deal->arena, .sources = deal->sources, .diags = diags };
	*out = (weir_scenarios){ 0 };
	weir_status status = weir_xml_load(&loader, "scenarios.xsd", path, read_scenarios, out);
	weir_loader_free(&loader);
	return status;
}
