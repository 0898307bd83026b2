/* SPDX-License-Identifier: GPL-3.0-or-later */
/* selection_xml.c: selection files and the candidate tapes that they are for. */
#include <math.h>
#include <string.h>

#include "base/alloc.h"
#include "base/money.h"
#include "base/path.h"
#include "io/deal_int.h"
#include "io/file.h"
#include "io/load.h"
#include "io/pool.h"
#include "io/selection.h"

#define TAPE_FIELDS_MOST 64 /* bits of weir_seen */
#define NUMBER_MOST 1e6
#define DECIMALS_MOST 12

/* --- readers ---------------------------------------------------------------------------------------------------- */

/* A single name with its place, for columns. */
static weir_status read_column(const weir_cell *cell, const weir_field *field, void *at)
{
	weir_formula *column = at;
	column->place = cell->place;
	return weir_read_shared_text(cell, field, &column->text);
}

/* A plain number, which may be negative. */
static weir_status read_number(const weir_cell *cell, const weir_field *field, void *at)
{
	(void)field;
	weir_decimal number;
	char excerpt[WEIR_EXCERPT_BYTES];
	weir_parse parsed = weir_decimal_parse(cell->text, cell->length, &number);
	double value = parsed == WEIR_PARSE_OK ? weir_decimal_double(number) : 0;
	if (parsed == WEIR_PARSE_OK && number.scale <= DECIMALS_MOST && fabs(value) <= NUMBER_MOST)
		*(double *)at = value;
	else
		weir_diag_error(cell->loader->diags, BAD_NUMBER, cell->place,
		                "\"%s\" is not a number here; write it like -2.5, with at most %d decimals",
		                weir_excerpt(excerpt, cell->text, cell->length), DECIMALS_MOST);
	return WEIR_OK;
}

/* An amount, which may be negative. */
static weir_status read_money(const weir_cell *cell, const weir_field *field, void *at)
{
	(void)field;
	double cents = 0;
	size_t sign = cell->length > 0 && cell->text[0] == '-';
	weir_cell positive = *cell;
	positive.text += sign;
	positive.length -= sign;
	size_t errors = cell->loader->diags->errors;
	weir_status status = weir_read_amount(&positive, field, &cents);
	if (status == WEIR_OK && cell->loader->diags->errors == errors)
		*(double *)at = sign ? -cents : cents;
	return status;
}

static const weir_choice tape_types[] = { { "number", WEIR_TAPE_NUMBER }, { "rate", WEIR_TAPE_RATE },
	                                  { "money", WEIR_TAPE_MONEY },   { "date", WEIR_TAPE_DATE },
	                                  { "flag", WEIR_TAPE_FLAG },     { "text", WEIR_TAPE_TEXT },
	                                  { NULL, 0 } };
static const weir_choice scale_types[] = { { "number", 0 }, { "rate", 1 }, { NULL, 0 } };
static const weir_choice measures[] = { { "principal", WEIR_MEASURE_PRINCIPAL },
	                                { "receivable", WEIR_MEASURE_RECEIVABLE },
	                                { "contracts", WEIR_MEASURE_CONTRACTS },
	                                { NULL, 0 } };
static const weir_choice goals[] = { { "spread", WEIR_GOAL_SPREAD },     { "principal", WEIR_GOAL_PRINCIPAL },
	                             { "receivable", WEIR_GOAL_RECEIVABLE }, { "number", WEIR_GOAL_NUMBER },
	                             { "coverage", WEIR_GOAL_COVERAGE }, { "average", WEIR_GOAL_AVERAGE },
	                             { "total", WEIR_GOAL_TOTAL },       { NULL, 0 } };
static const weir_choice directions[] = { { "maximise", 0 }, { "minimise", 1 }, { NULL, 0 } };

/* --- the head --------------------------------------------------------------------------------------------------- */

/* What the root says of the deal that stands in for one, and of the rules. */
typedef struct head_draft {
	weir_node node;
	const char *currency;
	weir_date cutoff, closing;
	weir_day_count day_count;
	weir_selection_measure measure;
} head_draft;

static const weir_field head_fields[] = {
	WEIR_FIELD(head_draft, node.id, "id", weir_read_code),
	WEIR_NODE_FIELDS_BUT_ID(head_draft),
	WEIR_FIELD(head_draft, currency, "currency", weir_read_currency),
	WEIR_FIELD(head_draft, cutoff, "cutoff", weir_read_date),
	WEIR_FIELD(head_draft, closing, "closing", weir_read_date),
	WEIR_FIELD(head_draft, day_count, "day-count", weir_read_day_count),
	WEIR_FIELD_OF(head_draft, measure, "measure", weir_read_choice, measures),
	WEIR_FIELD_END
};

static weir_status load_head(weir_loader *loader, const weir_xml *xml, const xmlNode *root, weir_selection_rules *rules)
{
	head_draft head = { .cutoff = WEIR_DATE_NONE, .closing = WEIR_DATE_NONE, .day_count = WEIR_ACT_365F,
		            .measure = WEIR_MEASURE_PRINCIPAL };
	weir_deal *deal = loader->deal;
	weir_status status = weir_fields_from_element(loader, xml, root, head_fields, &head, NULL);
	if (status != WEIR_OK)
		return status;
	head.node.place = weir_xml_place(xml, root);
	rules->node = deal->node = head.node;
	rules->measure = head.measure;
	deal->currency = head.currency;
	deal->currency_digits = weir_currency_digits(head.currency);
	deal->cutoff = deal->start = head.cutoff;
	deal->closing = head.closing == WEIR_DATE_NONE ? head.cutoff : head.closing;
	deal->day_count = head.day_count;
	if (deal->closing < deal->cutoff)
		weir_diag_error(loader->diags, DATE_ORDER, rules->node.place,
		                "the closing is before the cut-off date; correct closing or cutoff");
	return WEIR_OK;
}

/* --- columns, scales, groups ------------------------------------------------------------------------------------ */

static const weir_field column_fields[] = {
	WEIR_NODE_FIELDS(weir_tape_column),
	WEIR_FIELD_OF(weir_tape_column, type, "type", weir_read_choice, tape_types),
	WEIR_FIELD_END
};
static const weir_field scale_fields[] = {
	WEIR_NODE_FIELDS(weir_scale),
	WEIR_FIELD(weir_scale, column, "column", read_column),
	WEIR_FIELD_OF(weir_scale, is_rate, "type", weir_read_choice, scale_types),
	WEIR_FIELD_END
};
static const weir_field group_fields[] = {
	WEIR_NODE_FIELDS(weir_text_group),
	WEIR_FIELD(weir_text_group, column, "column", read_column),
	WEIR_FIELD_END
};
static const weir_field value_fields[] = {
	WEIR_FIELD(weir_scale_value, is, "is", weir_read_shared_text),
	WEIR_FIELD(weir_scale_value, as, "as", weir_read_formula),
	WEIR_FIELD_END
};

/* The <value> elements of a scale or group; each text once. */
static weir_status load_values(weir_scale_value **values, int *count, weir_loader *loader, const weir_xml *xml,
                               const xmlNode *element)
{
	char excerpt[WEIR_EXCERPT_BYTES];
	*values = weir_arena_array(loader->arena, weir_count_children(element, "value") + 1, sizeof **values);
	if (!*values)
		return WEIR_NO_MEMORY;
	for (const xmlNode *n = weir_xml_first(element); n; n = weir_xml_next(n)) {
		weir_scale_value *v = &(*values)[*count];
		if (!weir_is_named(n, "value"))
			continue;
		weir_status status = weir_fields_from_element(loader, xml, n, value_fields, v, NULL);
		if (status != WEIR_OK)
			return status;
		v->place = weir_xml_place(xml, n);
		if (!v->is)
			continue; /* complained about */
		for (int i = 0; i < *count; i++)
			if ((*values)[i].is == v->is) /* interned */
				weir_diag_error(loader->diags, DUPLICATE_ID, v->place,
				                "\"%s\" stands twice; remove one",
				                weir_excerpt(excerpt, v->is, strlen(v->is)));
		++*count;
	}
	return WEIR_OK;
}

static weir_status finish_scale(weir_loader *loader, const weir_xml *xml, const xmlNode *element, void *item,
                                weir_seen seen)
{
	weir_scale *scale = item;
	(void)seen;
	return load_values(&scale->values, &scale->value_count, loader, xml, element);
}

static weir_status finish_group(weir_loader *loader, const weir_xml *xml, const xmlNode *element, void *item,
                                weir_seen seen)
{
	weir_text_group *group = item;
	(void)seen;
	return load_values(&group->values, &group->value_count, loader, xml, element);
}

static const weir_list columns = { "column", "column", sizeof(weir_tape_column), column_fields, NULL, NULL };
static const weir_list scales = { "scale", "scale", sizeof(weir_scale), scale_fields, NULL, finish_scale };
static const weir_list groups = { "group", "group", sizeof(weir_text_group), group_fields, NULL,
	                          finish_group };

/* --- rules ------------------------------------------------------------------------------------------------------ */

#define PART_FIELDS                                                             \
	WEIR_NODE_FIELDS(weir_rule),                                            \
	WEIR_FIELD(weir_rule, of, "of", weir_read_formula),                     \
	WEIR_FIELD(weir_rule, by, "by", read_column),                           \
	WEIR_FIELD(weir_rule, value, "value", weir_read_shared_text),           \
	WEIR_FIELD(weir_rule, top, "top", weir_read_count),                     \
	WEIR_FIELD_OF(weir_rule, measure, "measure", weir_read_choice, measures)

static const weir_field eligible_fields[] = { WEIR_NODE_FIELDS(weir_rule),
	                                      WEIR_FIELD(weir_rule, of, "formula", weir_read_formula),
	                                      WEIR_FIELD_END };
static const weir_field listed_fields[] = { WEIR_NODE_FIELDS(weir_rule),
	                                    WEIR_FIELD(weir_rule, contracts, "contracts", weir_read_words),
	                                    WEIR_FIELD(weir_rule, obligors, "obligors", weir_read_words),
	                                    WEIR_FIELD_END };
static const weir_field together_fields[] = { WEIR_NODE_FIELDS(weir_rule),
	                                      WEIR_FIELD(weir_rule, by, "by", read_column), WEIR_FIELD_END };
static const weir_field amount_fields[] = { PART_FIELDS, WEIR_FIELD(weir_rule, least, "least", weir_read_amount),
	                                    WEIR_FIELD(weir_rule, most, "most", weir_read_amount), WEIR_FIELD_END };
static const weir_field share_fields[] = { PART_FIELDS, WEIR_FIELD(weir_rule, least, "least", weir_read_share),
	                                   WEIR_FIELD(weir_rule, most, "most", weir_read_share), WEIR_FIELD_END };

/* A count into the double that limits share. */
static weir_status read_whole_number(const weir_cell *cell, const weir_field *field, void *at)
{
	int number = -1;
	weir_status status = weir_read_whole(cell, field, &number);
	if (number >= 0)
		*(double *)at = number;
	return status;
}

static const weir_field number_fields[] = { WEIR_NODE_FIELDS(weir_rule),
	                                    WEIR_FIELD(weir_rule, of, "of", weir_read_formula),
	                                    WEIR_FIELD(weir_rule, by, "by", read_column),
	                                    WEIR_FIELD(weir_rule, least, "least", read_whole_number),
	                                    WEIR_FIELD(weir_rule, most, "most", read_whole_number),
	                                    WEIR_FIELD_END };
static const weir_field average_fields[] = { WEIR_NODE_FIELDS(weir_rule),
	                                     WEIR_FIELD(weir_rule, of, "of", weir_read_formula),
	                                     WEIR_FIELD_OF(weir_rule, measure, "weight", weir_read_choice, measures),
	                                     WEIR_FIELD(weir_rule, least_value, "least", weir_read_formula),
	                                     WEIR_FIELD(weir_rule, most_value, "most", weir_read_formula),
	                                     WEIR_FIELD_END };
static const weir_field objective_fields[] = { WEIR_FIELD_OF(weir_objective, goal, "goal", weir_read_choice, goals),
	                                       WEIR_FIELD_OF(weir_objective, minimise, "direction", weir_read_choice,
	                                                     directions),
	                                       WEIR_FIELD(weir_objective, of, "of", weir_read_formula),
	                                       WEIR_FIELD_OF(weir_objective, measure, "weight", weir_read_choice,
	                                                     measures),
	                                       WEIR_FIELD_END };

/* In the order of weir_rule_kind. */
static const struct {
	const char *name;
	const weir_field *fields;
} kinds[] = { { "eligible", eligible_fields }, { "include", listed_fields }, { "exclude", listed_fields },
	      { "together", together_fields }, { "amount", amount_fields },  { "share", share_fields },
	      { "number", number_fields },     { "average", average_fields } };

#define KINDS ((int)(sizeof kinds / sizeof *kinds))

static int kind_of(const xmlNode *element)
{
	for (int k = 0; k < KINDS; k++)
		if (weir_is_named(element, kinds[k].name))
			return k;
	return -1;
}

static int is_limit(const weir_rule *rule)
{
	return rule->kind >= WEIR_RULE_AMOUNT;
}

/* What the attributes of one rule say together. */
static void check_rule(weir_loader *loader, const weir_rule *r)
{
	const char *id = r->node.id;
	int open = isnan(r->least) && isnan(r->most) && !r->least_value.text && !r->most_value.text;
	int lists = r->kind == WEIR_RULE_INCLUDE || r->kind == WEIR_RULE_EXCLUDE, shares = r->kind == WEIR_RULE_SHARE;
#define REFUSE(condition, code, ...)                                                    \
	do {                                                                            \
		if (condition)                                                          \
			weir_diag_error(loader->diags, code, r->node.place, __VA_ARGS__); \
	} while (0)
	REFUSE(is_limit(r) && open, MISSING_ATTRIBUTE, "the limit \"%s\" has no least and no most; give one", id);
	REFUSE(r->least > r->most, OUT_OF_RANGE, "the limit \"%s\" has its least above its most; swap them", id);
	REFUSE(lists && !r->contracts.items && !r->obligors.items, MISSING_ATTRIBUTE,
	       "\"%s\" lists nothing; give contracts or obligors", id);
	REFUSE(r->by.text && r->of.text, CONTRACT_TERMS, "\"%s\" has of and by; leave one away", id);
	REFUSE(!r->by.text && (r->value || r->top > 1), CONTRACT_TERMS,
	       "\"%s\" has value or top without by; name the column", id);
	REFUSE(r->value && r->top > 1, CONTRACT_TERMS, "\"%s\" has value and top; leave one away", id);
	REFUSE(r->top > 1 && !isnan(r->least), CONTRACT_TERMS,
	       "\"%s\" wants at least so much of the largest %d; only most goes with top", id, r->top);
	REFUSE(shares && !r->by.text && !r->of.text, MISSING_ATTRIBUTE,
	       "the share \"%s\" is of everything; give by or of", id);
	REFUSE(shares && r->by.text && !r->value && !isnan(r->least), CONTRACT_TERMS,
	       "\"%s\" wants at least a share of each text; name one by value, or use amount", id);
#undef REFUSE
}

static weir_status load_rule(weir_loader *loader, const weir_xml *xml, const xmlNode *element, int kind,
                             weir_rule *rule)
{
	weir_status status;
	size_t errors = loader->diags->errors;
	*rule = (weir_rule){ .kind = (weir_rule_kind)kind, .top = 1, .least = NAN, .most = NAN };
	rule->node.place = weir_xml_place(xml, element);
	WEIR_TRY(weir_fields_from_element(loader, xml, element, kinds[kind].fields, rule, NULL));
	WEIR_TRY(weir_node_take_id(loader, xml, element, kinds[kind].name, &rule->node));
	if (loader->diags->errors == errors)
		check_rule(loader, rule);
out:
	return status;
}

static weir_status load_rules(weir_loader *loader, const weir_xml *xml, const xmlNode *root,
                              weir_selection_rules *rules)
{
	size_t count = 0;
	weir_status status = WEIR_OK;
	for (const xmlNode *n = weir_xml_first(root); n; n = weir_xml_next(n))
		count += kind_of(n) >= 0;
	rules->rules = weir_arena_array(loader->arena, count + 1, sizeof *rules->rules);
	if (!rules->rules)
		return WEIR_NO_MEMORY;
	for (const xmlNode *n = weir_xml_first(root); n && status == WEIR_OK; n = weir_xml_next(n))
		if (kind_of(n) >= 0)
			status = load_rule(loader, xml, n, kind_of(n), &rules->rules[rules->rule_count++]);
	return status;
}

static weir_status load_objective(weir_loader *loader, const weir_xml *xml, const xmlNode *root, weir_objective *out)
{
	const xmlNode *element = weir_child(root, "objective");
	size_t count = weir_count_children(root, "objective");
	if (count != 1) {
		weir_diag_error(loader->diags, MISSING_ELEMENT, weir_xml_place(xml, root),
		                "a selection has one <objective>, not %zu; say what it is chosen for, such as "
		                "<objective goal=\"spread\"/>", count);
		return WEIR_OK;
	}
	out->place = weir_xml_place(xml, element);
	size_t errors = loader->diags->errors;
	weir_status status = weir_fields_from_element(loader, xml, element, objective_fields, out, NULL);
	if (status != WEIR_OK || loader->diags->errors > errors)
		return status;
	int wants = out->goal == WEIR_GOAL_AVERAGE || out->goal == WEIR_GOAL_TOTAL;
	if (wants && !out->of.text)
		weir_diag_error(loader->diags, MISSING_ATTRIBUTE, out->place, "this goal needs a formula; give of");
	if (!wants && out->goal != WEIR_GOAL_SPREAD && out->of.text)
		weir_diag_error(loader->diags, CONTRACT_TERMS, out->place,
		                "of goes with the goals spread, average and total; remove it or change the goal");
	return status;
}

/* --- the tape --------------------------------------------------------------------------------------------------- */

static weir_field extra_field(const weir_tape_column *column, int number)
{
	static const weir_field_reader readers[] = {
		[WEIR_TAPE_NUMBER] = read_number,    [WEIR_TAPE_RATE] = weir_read_rate,
		[WEIR_TAPE_MONEY] = read_money,      [WEIR_TAPE_DATE] = weir_read_date,
		[WEIR_TAPE_FLAG] = weir_read_yes_no, [WEIR_TAPE_TEXT] = weir_read_shared_text
	};
	static const size_t members[] = { [WEIR_TAPE_NUMBER] = offsetof(weir_tape_value, number),
		                          [WEIR_TAPE_RATE] = offsetof(weir_tape_value, number),
		                          [WEIR_TAPE_MONEY] = offsetof(weir_tape_value, number),
		                          [WEIR_TAPE_DATE] = offsetof(weir_tape_value, date),
		                          [WEIR_TAPE_FLAG] = offsetof(weir_tape_value, flag),
		                          [WEIR_TAPE_TEXT] = offsetof(weir_tape_value, text) };
	return (weir_field){ column->node.id, readers[column->type],
		             offsetof(weir_contract_draft, extra) + (size_t)number * sizeof(weir_tape_value) +
		             members[column->type],
		             NULL };
}

/* The columns of every tape, and those of the rules behind them. */
static weir_status make_fields(weir_loader *loader, const weir_selection_rules *rules)
{
	size_t count = 0;
	char excerpt[WEIR_EXCERPT_BYTES];
	while (weir_contract_fields[count].name)
		count++;
	size_t room = count < TAPE_FIELDS_MOST ? TAPE_FIELDS_MOST - count : 0;
	room = room < WEIR_TAPE_EXTRA_MOST ? room : WEIR_TAPE_EXTRA_MOST;
	if ((size_t)rules->column_count > room) {
		weir_diag_error(loader->diags, OUT_OF_RANGE, rules->columns[room].node.place,
		                "a candidate tape has at most %zu columns of its own; remove some", room);
		return WEIR_OK;
	}
	weir_field *fields = weir_arena_array(loader->arena, count + room + 1, sizeof *fields);
	if (!fields)
		return WEIR_NO_MEMORY;
	memcpy(fields, weir_contract_fields, count * sizeof *fields);
	for (int i = 0; i < rules->column_count; i++) {
		const weir_tape_column *column = &rules->columns[i];
		for (size_t k = 0; k < count; k++)
			if (strcmp(fields[k].name, column->node.id) == 0)
				weir_diag_error(loader->diags, DUPLICATE_ID, column->node.place,
				                "every tape may have the column \"%s\"; remove this element",
				                weir_excerpt(excerpt, column->node.id, strlen(column->node.id)));
		fields[count + (size_t)i] = extra_field(column, i);
	}
	loader->tape_fields = fields;
	loader->extra_columns = rules->column_count;
	return WEIR_OK;
}

static weir_status open_tape(weir_loader *loader, const char *path, uint32_t *source)
{
	char *text = NULL;
	size_t size;
	weir_status status;
	WEIR_TRY(weir_file_read_limited(&text, &size, path, WEIR_TAPE_BYTES_MAX, 0, (weir_place){ 0 }, loader->diags));
	WEIR_TRY(weir_sources_add(loader->sources, path, text, size, source));
	text = NULL; /* the sources own it */
	if (!weir_utf8_accept(loader->sources->items[*source - 1].text, size, *source, loader->diags))
		*source = 0;
out:
	weir_free(text);
	return status;
}

/* --- a load ----------------------------------------------------------------------------------------------------- */

typedef struct selection_load {
	weir_selection_rules *rules;
	const char *tape_path;
} selection_load;

static weir_status read_selection(weir_loader *loader, const weir_xml *xml, const xmlNode *root, void *context)
{
	selection_load *load = context;
	weir_selection_rules *rules = load->rules;
	weir_status status;
	size_t errors = loader->diags->errors;
	WEIR_TRY(load_head(loader, xml, root, rules));
	WEIR_TRY(weir_parties_load(loader, xml, root));
	WEIR_TRY(weir_list_load(&rules->columns, &rules->column_count, loader, xml, root, &columns));
	WEIR_TRY(weir_list_load(&rules->scales, &rules->scale_count, loader, xml, root, &scales));
	WEIR_TRY(weir_list_load(&rules->groups, &rules->group_count, loader, xml, root, &groups));
	WEIR_TRY(load_rules(loader, xml, root, rules));
	WEIR_TRY(load_objective(loader, xml, root, &rules->objective));
	if (loader->diags->errors == errors) /* else columns of the tape may be unknown for a fault of the rules */
		WEIR_TRY(make_fields(loader, rules));
	WEIR_TRY(open_tape(loader, load->tape_path, &rules->tape_source));
	if (loader->diags->errors > errors)
		goto out;
	WEIR_TRY(weir_pool_load_with(loader, xml, root, rules->tape_source));
	if (loader->extra_count) {
		WEIR_TRY(weir_arena_adopt(loader->arena, loader->pool_extras));
		rules->extras = loader->pool_extras;
		loader->pool_extras = NULL;
	}
out:
	return status;
}

weir_status weir_selection_load(weir_deal **deal, weir_selection_rules **rules, weir_sources *sources,
                                const char *tape_path, const char *rules_path, weir_diags *diags)
{
	weir_loader loader = { .sources = sources, .diags = diags };
	selection_load load = { .tape_path = tape_path };
	weir_status status;
	*deal = NULL;
	WEIR_TRY(weir_deal_create_empty(&loader.deal, sources));
	loader.arena = loader.deal->arena;
	load.rules = weir_arena_alloc(loader.arena, sizeof *load.rules);
	loader.folder = weir_path_folder(loader.arena, rules_path);
	if (!load.rules || !loader.folder) {
		status = WEIR_NO_MEMORY;
		goto out;
	}
	status = weir_xml_load(&loader, "selection.xsd", rules_path, read_selection, &load);
out:
	weir_loader_free(&loader);
	if (status != WEIR_OK && status != WEIR_INPUT) {
		weir_deal_destroy(loader.deal);
		return status;
	}
	*deal = loader.deal;
	*rules = load.rules;
	return status;
}
