/* SPDX-License-Identifier: GPL-3.0-or-later */
/* market_xml.c: market files: yield curves, and spreads by grade. */
#include <math.h>
#include <string.h>

#include "deal/market.h"
#include "io/deal_int.h"
#include "io/load.h"
#include "io/words.h"

#define SCHEMA "market.xsd"

static const weir_choice frequencies[] = { { "1", 1 }, { "2", 2 }, { "4", 4 }, { "12", 12 }, { NULL, 0 } };
static const weir_choice quotes[] = { { "par", WEIR_QUOTE_PAR }, { "zero", WEIR_QUOTE_ZERO },
	                              { "forward", WEIR_QUOTE_FORWARD }, { NULL, 0 } };
static const weir_choice compoundings[] = { { "annual", WEIR_COMPOUND_ANNUAL },
	                                    { "semi-annual", WEIR_COMPOUND_SEMI_ANNUAL },
	                                    { "quarterly", WEIR_COMPOUND_QUARTERLY },
	                                    { "monthly", WEIR_COMPOUND_MONTHLY },
	                                    { "continuous", WEIR_COMPOUND_CONTINUOUS },
	                                    { "simple", WEIR_COMPOUND_SIMPLE },
	                                    { NULL, 0 } };
static const weir_choice interpolations[] = { { "linear-zero", WEIR_CURVE_LINEAR_ZERO },
	                                      { "log-linear-discount", WEIR_CURVE_LOG_LINEAR_DISCOUNT },
	                                      { "monotone-convex", WEIR_CURVE_MONOTONE_CONVEX },
	                                      { NULL, 0 } };

static const weir_field curve_fields[] = {
	WEIR_FIELD(weir_rate_curve, node.id, "id", weir_read_code),
	WEIR_FIELD(weir_rate_curve, node.en, "en", weir_read_text),
	WEIR_FIELD(weir_rate_curve, node.zh, "zh", weir_read_text),
	WEIR_FIELD(weir_rate_curve, node.note, "note", weir_read_text),
	WEIR_FIELD(weir_rate_curve, date, "date", weir_read_date),
	WEIR_FIELD_OF(weir_rate_curve, quotes, "quotes", weir_read_choice, quotes),
	WEIR_FIELD_OF(weir_rate_curve, compounding, "compounding", weir_read_choice, compoundings),
	WEIR_FIELD_OF(weir_rate_curve, frequency, "frequency", weir_read_choice, frequencies),
	WEIR_FIELD(weir_rate_curve, day_count, "day-count", weir_read_day_count),
	WEIR_FIELD_OF(weir_rate_curve, interpolation, "interpolation", weir_read_choice, interpolations),
	WEIR_FIELD(weir_rate_curve, source, "source", weir_read_text),
	WEIR_FIELD(weir_rate_curve, source_zh, "source-zh", weir_read_text),
	WEIR_FIELD_OF(weir_rate_curve, label, "label", weir_read_choice, weir_words_trust_label),
	WEIR_FIELD_END
};

static const weir_field spreads_fields[] = {
	WEIR_FIELD(weir_spreads, node.id, "id", weir_read_code),
	WEIR_FIELD(weir_spreads, node.en, "en", weir_read_text),
	WEIR_FIELD(weir_spreads, node.zh, "zh", weir_read_text),
	WEIR_FIELD(weir_spreads, node.note, "note", weir_read_text),
	WEIR_FIELD(weir_spreads, date, "date", weir_read_date),
	WEIR_FIELD(weir_spreads, source, "source", weir_read_text),
	WEIR_FIELD(weir_spreads, source_zh, "source-zh", weir_read_text),
	WEIR_FIELD_OF(weir_spreads, label, "label", weir_read_choice, weir_words_trust_label),
	WEIR_FIELD_END
};

static const weir_field grade_fields[] = {
	WEIR_FIELD(weir_grade_spread, node.id, "id", weir_read_text),
	WEIR_FIELD_END
};

/* One <point>, of a curve or of a grade. */
typedef struct point {
	weir_schedule_terms tenor;
	double at, value;
} point;

static const weir_field curve_point_fields[] = {
	WEIR_FIELD(point, tenor, "tenor", weir_read_span),
	WEIR_FIELD(point, value, "rate", weir_read_rate),
	WEIR_FIELD_END
};

static const weir_field grade_point_fields[] = {
	WEIR_FIELD(point, at, "years", weir_read_decimal),
	WEIR_FIELD(point, value, "spread", weir_read_rate),
	WEIR_FIELD_END
};

/* Points while they are read: places, times and values, all in the arena. */
typedef struct points {
	weir_schedule_terms *tenors;
	double *at, *values;
	weir_place *places;
	int count;
} points;

/* --- points ----------------------------------------------------------------------------------------------------- */

static weir_status take_points(points *p, weir_loader *loader, const xmlNode *element)
{
	size_t most = weir_count_children(element, "point") + 1;
	p->tenors = weir_arena_array(loader->arena, most, sizeof *p->tenors);
	p->at = weir_arena_array(loader->arena, most, sizeof *p->at);
	p->values = weir_arena_array(loader->arena, most, sizeof *p->values);
	p->places = weir_arena_array(loader->arena, most, sizeof *p->places);
	return p->tenors && p->at && p->values && p->places ? WEIR_OK : WEIR_NO_MEMORY;
}

/* Reads the points whose attributes are sound. */
static weir_status load_points(points *p, weir_loader *loader, const weir_xml *xml, const xmlNode *element,
                               const weir_field *fields)
{
	weir_status status = take_points(p, loader, element);
	for (const xmlNode *n = weir_xml_first(element); n && status == WEIR_OK; n = weir_xml_next(n)) {
		point one = { .at = NAN, .value = NAN };
		size_t errors = loader->diags->errors;
		if (!weir_is_named(n, "point"))
			continue;
		status = weir_fields_from_element(loader, xml, n, fields, &one, NULL);
		if (loader->diags->errors > errors || isnan(one.value))
			continue;
		p->tenors[p->count] = one.tenor;
		p->at[p->count] = one.at;
		p->values[p->count] = one.value;
		p->places[p->count++] = weir_xml_place(xml, n);
	}
	return status;
}

/* Complains unless the times rise from above 0. */
static void check_times(weir_loader *loader, const points *p, const char *what)
{
	double last = 0;
	for (int i = 0; i < p->count; i++) {
		if (isnan(p->at[i]))
			continue; /* complained about */
		if (!(p->at[i] > last))
			weir_diag_error(loader->diags, DATE_ORDER, p->places[i],
			                i == 0 ? "the first %s must lie above 0 years; give a longer one" :
			                         "this %s is not longer than the one before it; put the points in "
			                         "their order, each once",
			                what);
		else
			last = p->at[i];
	}
}

/* --- curves ----------------------------------------------------------------------------------------------------- */

static weir_date tenor_date(weir_date from, const weir_schedule_terms *tenor)
{
	switch (tenor->unit) {
	case WEIR_STEP_DAYS:
		return from + tenor->step;
	case WEIR_STEP_WEEKS:
		return from + 7 * tenor->step;
	case WEIR_STEP_MONTHS:
		return weir_date_add_months(from, tenor->step);
	case WEIR_STEP_YEARS:
		break;
	}
	return weir_date_add_months(from, 12 * tenor->step);
}

/* Rules that need a coupon period or a calendar cannot count a curve's time; the schema has told. */
static int counts_years(weir_day_count rule)
{
	return rule != WEIR_ACT_ACT_ICMA && rule != WEIR_D30E_360_ISDA && rule != WEIR_ONE_ONE && rule != WEIR_BUS_252;
}

static void time_points(weir_loader *loader, const weir_rate_curve *curve, points *p)
{
	if (!counts_years(curve->day_count) || curve->date == WEIR_DATE_NONE)
		return;
	for (int i = 0; i < p->count; i++) {
		weir_date date = tenor_date(curve->date, &p->tenors[i]);
		if (date != WEIR_DATE_NONE && date <= WEIR_DATE_LAST)
			p->at[i] = weir_rate_curve_years(curve, date);
		else
			weir_diag_error(loader->diags, OUT_OF_RANGE, p->places[i],
			                "this tenor ends behind the year 2199; leave the point out");
	}
	check_times(loader, p, "tenor");
}

static void check_curve(weir_loader *loader, const weir_rate_curve *curve, weir_seen seen)
{
	const char *id = curve->node.id ? curve->node.id : "?";
	int compounds = weir_field_seen(curve_fields, seen, "compounding");
	if (curve->quotes != WEIR_QUOTE_PAR && !compounds)
		weir_diag_error(loader->diags, MISSING_ATTRIBUTE, curve->node.place,
		                "the curve \"%s\" does not say how its rates compound; add compounding=\"annual\"", id);
	if (curve->quotes == WEIR_QUOTE_PAR && compounds)
		weir_diag_error(loader->diags, CONTRACT_TERMS, curve->node.place,
		                "the par rates of the curve \"%s\" are coupons, which do not compound; remove "
		                "compounding, and give frequency= where they are paid more than once a year", id);
	if (curve->count > WEIR_CURVE_POINTS_MAX)
		weir_diag_error(loader->diags, OUT_OF_RANGE, curve->node.place,
		                "the curve \"%s\" has %d points, and %d at most can be used; leave some out", id,
		                curve->count, WEIR_CURVE_POINTS_MAX);
}

static void build_curve(weir_loader *loader, weir_rate_curve *curve)
{
	int fault = 0;
	const weir_curve_terms terms = { curve->quotes, curve->interpolation, curve->compounding, curve->frequency,
		                         curve->years,  curve->rates,         curve->count };
	if (weir_curve_build(&curve->curve, &terms, &fault) == WEIR_NO)
		weir_diag_error(loader->diags, OUT_OF_RANGE, curve->places[fault],
		                "with this rate the curve \"%s\" has no discount factors; correct it", curve->node.id);
}

static weir_status load_curve(weir_loader *loader, const weir_xml *xml, const xmlNode *element, weir_market *market)
{
	weir_rate_curve *curve = &market->curves[market->curve_count];
	points p = { 0 };
	weir_seen seen = 0;
	weir_status status;
	size_t errors = loader->diags->errors;
	*curve = (weir_rate_curve){ .date = WEIR_DATE_NONE, .frequency = 1 };
	curve->node.place = weir_xml_place(xml, element);
	WEIR_TRY(weir_fields_from_element(loader, xml, element, curve_fields, curve, &seen));
	WEIR_TRY(load_points(&p, loader, xml, element, curve_point_fields));
	time_points(loader, curve, &p);
	curve->tenors = p.tenors;
	curve->years = p.at;
	curve->rates = p.values;
	curve->places = p.places;
	curve->count = p.count;
	check_curve(loader, curve, seen);
	const weir_rate_curve *old = weir_market_curve(market, curve->node.id);
	if (old)
		WEIR_TRY(weir_loader_duplicate(loader, "curve", curve->node.id, curve->node.place, "curve",
		                               old->node.place));
	/* what the schema refuses may be missing here */
	if (loader->diags->errors == errors && curve->count > 0 && curve->node.id && curve->date != WEIR_DATE_NONE &&
	    counts_years(curve->day_count))
		build_curve(loader, curve);
	market->curve_count++;
out:
	return status;
}

/* --- spreads ---------------------------------------------------------------------------------------------------- */

static weir_status load_grade(weir_loader *loader, const weir_xml *xml, const xmlNode *element, weir_spreads *spreads)
{
	weir_grade_spread *grade = &spreads->grades[spreads->grade_count];
	points p = { 0 };
	weir_status status;
	grade->node.place = weir_xml_place(xml, element);
	WEIR_TRY(weir_fields_from_element(loader, xml, element, grade_fields, grade, NULL));
	WEIR_TRY(load_points(&p, loader, xml, element, grade_point_fields));
	check_times(loader, &p, "life");
	grade->years = p.at;
	grade->spreads = p.values;
	grade->count = p.count;
	const weir_grade_spread *old = weir_spreads_grade(spreads, grade->node.id);
	if (old)
		WEIR_TRY(weir_loader_duplicate(loader, "grade", grade->node.id, grade->node.place, "grade",
		                               old->node.place));
	spreads->grade_count++;
out:
	return status;
}

static weir_status load_spreads(weir_loader *loader, const weir_xml *xml, const xmlNode *element, weir_market *market)
{
	weir_spreads *spreads = &market->spreads[market->spreads_count];
	weir_status status;
	spreads->date = WEIR_DATE_NONE;
	spreads->node.place = weir_xml_place(xml, element);
	WEIR_TRY(weir_fields_from_element(loader, xml, element, spreads_fields, spreads, NULL));
	spreads->grades = weir_arena_array(loader->arena, weir_count_children(element, "grade") + 1,
	                                   sizeof *spreads->grades);
	if (!spreads->grades)
		return WEIR_NO_MEMORY;
	for (const xmlNode *n = weir_xml_first(element); n; n = weir_xml_next(n))
		if (weir_is_named(n, "grade"))
			WEIR_TRY(load_grade(loader, xml, n, spreads));
	const weir_spreads *old = weir_market_spreads(market, spreads->node.id);
	if (old)
		WEIR_TRY(weir_loader_duplicate(loader, "list of spreads", spreads->node.id, spreads->node.place,
		                               "list of spreads", old->node.place));
	market->spreads_count++;
out:
	return status;
}

/* --- the file --------------------------------------------------------------------------------------------------- */

static weir_status read_market(weir_loader *loader, const weir_xml *xml, const xmlNode *root, void *context)
{
	weir_market *market = context;
	weir_status status = WEIR_OK;
	market->curves =
	        weir_arena_array(loader->arena, weir_count_children(root, "curve") + 1, sizeof *market->curves);
	market->spreads = weir_arena_array(loader->arena, weir_count_children(root, "spreads") + 1,
	                                   sizeof *market->spreads);
	if (!market->curves || !market->spreads)
		return WEIR_NO_MEMORY;
	for (const xmlNode *n = weir_xml_first(root); n && status == WEIR_OK; n = weir_xml_next(n)) {
		if (weir_is_named(n, "curve"))
			status = load_curve(loader, xml, n, market);
		else if (weir_is_named(n, "spreads"))
			status = load_spreads(loader, xml, n, market);
	}
	return status;
}

weir_status weir_market_load(weir_market *out, weir_deal *deal, const char *path, weir_diags *diags)
{
	weir_loader loader = { .deal = deal, .arena = deal->arena, .sources = deal->sources, .diags = diags };
	size_t errors = diags->errors;
	*out = (weir_market){ 0 };
	weir_status status = weir_xml_load(&loader, SCHEMA, path, read_market, out);
	weir_loader_free(&loader);
	if (status == WEIR_OK && diags->lost)
		return WEIR_NO_MEMORY;
	return status == WEIR_OK && diags->errors > errors ? WEIR_INPUT : status;
}
