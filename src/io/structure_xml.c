/* SPDX-License-Identifier: GPL-3.0-or-later */
/* structure_xml.c: structure files: what a deal's structure is asked for. */
#include <math.h>
#include <string.h>

#include "base/path.h"
#include "io/deal_int.h"
#include "io/load.h"

#define SCHEMA "structure.xsd"
#define POINTS 32          /* of a log-normal distribution, unless given */
#define COUPON_STEP 0.0001

/* --- values ----------------------------------------------------------------------------------------------------- */

/* The number of a class of the deal; complains about one that it does not have. */
static weir_status read_class(const weir_cell *cell, const weir_field *field, void *at)
{
	(void)field;
	const weir_deal *deal = cell->loader->deal;
	for (int i = 0; i < deal->class_count; i++) {
		const char *id = deal->classes[i].node.id;
		if (strlen(id) == cell->length && memcmp(id, cell->text, cell->length) == 0) {
			*(int *)at = i;
			return WEIR_OK;
		}
	}
	weir_text classes = { 0 };
	for (int i = 0; i < deal->class_count; i++)
		weir_text_printf(&classes, "%s%s", i ? ", " : "", deal->classes[i].node.id);
	weir_diag_error(cell->loader->diags, UNKNOWN_ID, cell->place, "there is no class \"%.*s\"; the deal has %s",
	                (int)cell->length, cell->text, classes.data ? classes.data : "none");
	weir_text_free(&classes);
	return WEIR_OK;
}

/* "table", or a share. */
static weir_status read_loss_limit(const weir_cell *cell, const weir_field *field, void *at)
{
	weir_sized_class *sized = at;
	if (cell->length == 5 && memcmp(cell->text, "table", 5) == 0) {
		sized->loss_by_table = 1;
		return WEIR_OK;
	}
	return weir_read_share(cell, field, &sized->loss_most);
}

/* A file beside the structure file, or below it. */
static weir_status read_file_name(const weir_cell *cell, const weir_field *field, void *at)
{
	const char *href = NULL;
	weir_text path = { 0 };
	weir_status status = weir_read_text(cell, field, &href);
	if (status != WEIR_OK || !href)
		return status;
	if (!weir_loader_stays_inside(href)) {
		weir_diag_error(cell->loader->diags, XML_FORBIDDEN, cell->place,
		                "\"%s\" leaves the folder of the structure file; name a file in it or below it", href);
		return WEIR_OK;
	}
	weir_text_printf(&path, "%s%s", cell->loader->folder, href);
	status = weir_text_status(&path);
	if (status == WEIR_OK) {
		*(const char **)at = weir_arena_text(cell->loader->arena, path.data, strlen(path.data));
		status = *(const char **)at ? WEIR_OK : WEIR_NO_MEMORY;
	}
	weir_text_free(&path);
	return status;
}

static weir_status read_points(const weir_cell *cell, const weir_field *field, void *at)
{
	int points = 0;
	weir_status status = weir_read_count(cell, field, &points);
	if (points > 64)
		weir_diag_error(cell->loader->diags, OUT_OF_RANGE, cell->place, "%d points are too many; give 1 to 64",
		                points);
	else if (points > 0)
		*(int *)at = points;
	return status;
}

/* --- elements --------------------------------------------------------------------------------------------------- */

static const weir_choice objectives[] = { { "proceeds", WEIR_STRUCTURE_PROCEEDS }, { "cost", WEIR_STRUCTURE_COST },
	                                  { NULL, 0 } };
static const weir_choice tests[] = { { "both", WEIR_STRUCTURE_BOTH }, { "first-missed", WEIR_STRUCTURE_FIRST_MISSED },
	                             { "first-loss", WEIR_STRUCTURE_FIRST_LOSS }, { NULL, 0 } };

static const weir_field structure_fields[] = {
	WEIR_FIELD_OF(weir_structure_terms, objective, "objective", weir_read_choice, objectives),
	WEIR_FIELD(weir_structure_terms, lot_cents, "lot", weir_read_amount),
	WEIR_FIELD(weir_structure_terms, proceeds_least_cents, "proceeds-least", weir_read_amount),
	WEIR_FIELD(weir_structure_terms, pricing, "pricing", weir_read_text),
	WEIR_FIELD_END
};

static const weir_field scenarios_fields[] = {
	WEIR_FIELD(weir_structure_terms, scenarios, "href", read_file_name),
	WEIR_FIELD_END
};

static const weir_field coupons_fields[] = {
	WEIR_FIELD(weir_coupon_terms, market, "market", read_file_name),
	WEIR_FIELD(weir_coupon_terms, curve, "curve", weir_read_code),
	WEIR_FIELD(weir_coupon_terms, spreads, "spreads", weir_read_code),
	WEIR_FIELD(weir_coupon_terms, step, "step", weir_read_rate),
	WEIR_FIELD_END
};

static const weir_field class_fields[] = {
	WEIR_FIELD(weir_sized_class, class_number, "id", read_class),
	WEIR_FIELD(weir_sized_class, grade, "grade", weir_read_text),
	WEIR_FIELD(weir_sized_class, survives, "survives", weir_read_words),
	WEIR_FIELD(weir_sized_class, families, "family", weir_read_words),
	WEIR_FIELD_OF(weir_sized_class, test, "test", weir_read_choice, tests),
	WEIR_FIELD(weir_sized_class, least_cents, "least", weir_read_amount),
	WEIR_FIELD(weir_sized_class, most_cents, "most", weir_read_amount),
	WEIR_FIELD(weir_sized_class, lot_cents, "lot", weir_read_amount),
	WEIR_FIELD(weir_sized_class, wal_least_years, "wal-least", weir_read_decimal),
	WEIR_FIELD(weir_sized_class, wal_most_years, "wal-most", weir_read_decimal),
	{ "expected-loss", read_loss_limit, 0, NULL },
	WEIR_FIELD_END
};

static const weir_field rest_fields[] = {
	WEIR_FIELD(weir_rest_terms, class_number, "class", read_class),
	WEIR_FIELD(weir_rest_terms, of, "of", weir_read_formula),
	WEIR_FIELD(weir_rest_terms, least_share, "least", weir_read_share),
	WEIR_FIELD_END
};

static const weir_field choice_fields[] = {
	WEIR_FIELD(weir_choice_terms, name, "name", weir_read_text),
	WEIR_FIELD(weir_choice_terms, from, "from", weir_read_text),
	WEIR_FIELD(weir_choice_terms, to, "to", weir_read_text),
	WEIR_FIELD(weir_choice_terms, step, "step", weir_read_text),
	WEIR_FIELD_END
};

static const weir_field limit_field[] = {
	{ "formula", weir_read_formula, 0, NULL },
	WEIR_FIELD_END
};

static const weir_field losses_fields[] = {
	WEIR_FIELD(weir_loss_terms, mean, "mean", weir_read_share),
	WEIR_FIELD(weir_loss_terms, deviation, "deviation", weir_read_share),
	WEIR_FIELD(weir_loss_terms, points, "points", read_points),
	WEIR_FIELD(weir_loss_terms, scenario, "scenario", weir_read_text),
	WEIR_FIELD_END
};

/* --- checks ----------------------------------------------------------------------------------------------------- */

static void complain(weir_loader *loader, weir_place place, const char *id, const char *what)
{
	weir_diag_error(loader->diags, OUT_OF_RANGE, place, "class \"%s\": %s", id, what);
}

/* A class once, with limits that leave room. */
static void check_class(weir_loader *loader, const weir_structure_terms *terms, int number)
{
	const weir_sized_class *k = &terms->classes[number];
	if (k->class_number < 0)
		return;
	const weir_class *class = &loader->deal->classes[k->class_number];
	const char *id = class->node.id;
	for (int i = 0; i < number; i++)
		if (terms->classes[i].class_number == k->class_number)
			weir_diag_error(loader->diags, DUPLICATE_ID, k->place,
			                "class \"%s\" is sized twice; leave one away", id);
	if (terms->rest.class_number == k->class_number)
		weir_diag_error(loader->diags, DUPLICATE_ID, k->place,
		                "class \"%s\" is sized and takes the rest; it can do one of them", id);
	if (class->style == WEIR_STYLE_RESIDUAL)
		weir_diag_error(
			loader->diags, UNSUPPORTED, k->place,
			"class \"%s\" is owed nothing, so that it survives everything at any size; leave it out, or let it "
			"take what the others leave with <rest class=\"%s\" of=\"pool.balance_initial\"/>",
			id, id);
	if (!isnan(k->lot_cents) && !(k->lot_cents > 0))
		complain(loader, k->place, id, "a lot of nothing; give an amount above 0");
	double lot = isnan(k->lot_cents) ? terms->lot_cents : k->lot_cents;
	if (lot > 0 && class->unit_cents > 0 && fmod(lot, class->unit_cents) != 0)
		complain(loader, k->place, id, "the lot is no whole number of the class's units; make it one");
	if (k->most_cents < k->least_cents)
		complain(loader, k->place, id, "its largest size lies below its least; give most above least");
	if (k->wal_most_years < k->wal_least_years)
		complain(loader, k->place, id,
		         "its longest average life lies below its least; give wal-most above wal-least");
	if ((k->loss_by_table || !isnan(k->loss_most)) && terms->losses.points == 0)
		weir_diag_error(
			loader->diags, MISSING_ELEMENT, k->place,
			"class \"%s\" has a limit for its expected loss, but nothing says what defaults; add <losses "
			"mean=\"4%%\" deviation=\"3%%\"/>",
			id);
}

static void check_structure(weir_loader *loader, const weir_structure_terms *terms)
{
	for (int i = 0; i < terms->class_count; i++)
		check_class(loader, terms, i);
	if (terms->class_count == 0)
		weir_diag_error(loader->diags, MISSING_ELEMENT, terms->place,
		                "no class is to be sized; add <class id=\"A\" survives=\"…\"/>");
	if (terms->lot_cents == 0)
		weir_diag_error(loader->diags, OUT_OF_RANGE, terms->place, "a lot of nothing; give an amount above 0");
	if (terms->objective == WEIR_STRUCTURE_COST && !(terms->proceeds_least_cents > 0))
		weir_diag_error(loader->diags, MISSING_ATTRIBUTE, terms->place,
		                "the least cost of funds is that of the smallest classes; say what to raise with "
		                "proceeds-least");
	if (terms->coupons.curve && !(terms->coupons.step > 0))
		weir_diag_error(loader->diags, OUT_OF_RANGE, terms->coupons.place,
		                "coupons cannot move by steps of %s; give 1bp",
		                terms->coupons.step == 0 ? "nothing" : "less than nothing");
	if (terms->losses.points && !(terms->losses.mean > 0 && terms->losses.mean < 1))
		weir_diag_error(loader->diags, OUT_OF_RANGE, terms->losses.place,
		                "the mean of defaults lies between 0%% and 100%%, without them");
}

/* --- the file --------------------------------------------------------------------------------------------------- */

static weir_status load_class(weir_loader *loader, const weir_xml *xml, const xmlNode *element,
                              weir_structure_terms *terms)
{
	weir_sized_class *k = &terms->classes[terms->class_count++];
	*k = (weir_sized_class){ .class_number = -1,
		                 .most_cents = INFINITY,
		                 .lot_cents = NAN,
		                 .wal_least_years = NAN,
		                 .wal_most_years = NAN,
		                 .loss_most = NAN,
		                 .place = weir_xml_place(xml, element) };
	weir_status status = weir_fields_from_element(loader, xml, element, class_fields, k, NULL);
	if (status == WEIR_OK && !k->grade && k->class_number >= 0)
		k->grade = loader->deal->classes[k->class_number].rating;
	return status;
}

static weir_status load_element(weir_loader *loader, const weir_xml *xml, const xmlNode *n, weir_structure_terms *terms)
{
	weir_place place = weir_xml_place(xml, n);
	if (weir_is_named(n, "class"))
		return load_class(loader, xml, n, terms);
	if (weir_is_named(n, "scenarios"))
		return weir_fields_from_element(loader, xml, n, scenarios_fields, terms, NULL);
	if (weir_is_named(n, "coupons")) {
		terms->coupons.place = place;
		return weir_fields_from_element(loader, xml, n, coupons_fields, &terms->coupons, NULL);
	}
	if (weir_is_named(n, "rest")) {
		terms->rest.place = place;
		return weir_fields_from_element(loader, xml, n, rest_fields, &terms->rest, NULL);
	}
	if (weir_is_named(n, "losses")) {
		terms->losses.place = place;
		terms->losses.points = POINTS;
		return weir_fields_from_element(loader, xml, n, losses_fields, &terms->losses, NULL);
	}
	if (weir_is_named(n, "choose")) {
		terms->choices[terms->choice_count].place = place;
		return weir_fields_from_element(loader, xml, n, choice_fields, &terms->choices[terms->choice_count++],
		                                NULL);
	}
	if (weir_is_named(n, "require"))
		return weir_fields_from_element(loader, xml, n, limit_field, &terms->limits[terms->limit_count++],
		                                NULL);
	return WEIR_OK; /* complained about */
}

static weir_status read_structure(weir_loader *loader, const weir_xml *xml, const xmlNode *root, void *context)
{
	weir_structure_terms *terms = context;
	weir_status status = WEIR_NO_MEMORY;
	terms->place = weir_xml_place(xml, root);
	terms->classes =
		weir_arena_array(loader->arena, weir_count_children(root, "class") + 1, sizeof *terms->classes);
	terms->choices =
		weir_arena_array(loader->arena, weir_count_children(root, "choose") + 1, sizeof *terms->choices);
	terms->limits =
		weir_arena_array(loader->arena, weir_count_children(root, "require") + 1, sizeof *terms->limits);
	if (!terms->classes || !terms->choices || !terms->limits)
		goto out;
	WEIR_TRY(weir_fields_from_element(loader, xml, root, structure_fields, terms, NULL));
	for (const xmlNode *n = weir_xml_first(root); n; n = weir_xml_next(n))
		WEIR_TRY(load_element(loader, xml, n, terms));
	check_structure(loader, terms);
out:
	return status;
}

weir_status weir_structure_load(weir_structure_terms *out, weir_deal *deal, const char *path, weir_diags *diags)
{
	weir_loader loader = { .deal = deal, .arena = deal->arena, .sources = deal->sources, .diags = diags };
	size_t errors = diags->errors;
	*out = (weir_structure_terms){ .rest = { .class_number = -1 },
		                       .lot_cents = NAN,
		                       .coupons = { .step = COUPON_STEP } };
	loader.folder = weir_path_folder(deal->arena, path);
	if (!loader.folder)
		return WEIR_NO_MEMORY;
	out->folder = loader.folder;
	weir_status status = weir_xml_load(&loader, SCHEMA, path, read_structure, out);
	weir_loader_free(&loader);
	if (status == WEIR_OK && diags->lost)
		return WEIR_NO_MEMORY;
	return status == WEIR_OK && diags->errors > errors ? WEIR_INPUT : status;
}
