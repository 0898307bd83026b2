/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/money.h"
#include "io/file.h"
#include "io/scenarios.h"
#include "io/words.h"

#define VALUES_MAX 1200 /* a rate for each month of a century */
#define PARTS 10        /* of a timing that a word names */
#define LARGEST_MAX 10000

/* Rates one after the other. */
typedef struct rates {
	double *items;
	int count;
	int faulty; /* something was complained about */
} rates;

/* A shock while it is read: attributes of all kinds. What the element does not have was complained about as unknown. */
typedef struct draft {
	double factor, cut, decay, keep, share, add, rate, cost, total, relative;
	int months, lag, commingled, stop, month, group, channel, part;
	weir_date date, from, to;
	rates cdr, mdr, cpr, smm, abs, timing;
	const char *obligor, *contract, *kind, *industry, *region, *grade, *ip, *class, *name, *currency, *party;
	const char *value;
} draft;

/* One element on its way. */
typedef struct reading {
	weir_loader *loader;
	const weir_xml *xml;
	const xmlNode *element;
	draft draft;
	weir_seen seen;
	weir_raw_shock *out;
} reading;

/* --- values ----------------------------------------------------------------------------------------------------- */

/* The words of a cell, one at a time; 0 behind the last. */
static int next_word(const weir_cell *cell, size_t *at, size_t *length)
{
	size_t from = *at + *length;
	while (from < cell->length && strchr(" \t\r\n", cell->text[from]))
		from++;
	*at = from;
	for (*length = 0; from + *length < cell->length && !strchr(" \t\r\n", cell->text[from + *length]);)
		++*length;
	return *length > 0;
}

/* A list of rates, none below zero: "2% 3% 4%". */
static weir_status read_rates(const weir_cell *cell, const weir_field *field, void *at)
{
	rates *list = at;
	size_t start = 0, length = 0;
	int count = 0;
	while (next_word(cell, &start, &length))
		count++;
	if (count > VALUES_MAX) {
		weir_diag_error(cell->loader->diags, XML_LIMIT, cell->place,
		                "%s has %d values, more than %d; the last one goes on, so leave repeated ones "
		                "away", field->name,
		                count, VALUES_MAX);
		list->faulty = 1;
		return WEIR_OK;
	}
	list->items = weir_arena_array(cell->loader->arena, (size_t)count, sizeof *list->items);
	if (!list->items)
		return WEIR_NO_MEMORY;
	for (start = length = 0; next_word(cell, &start, &length);) {
		double *item = &list->items[list->count++];
		*item = NAN;
		weir_cell word = { cell->loader, cell->text + start, length,
			           weir_place_inside(cell->loader->sources, cell->place, start, length), cell->is_xml };
		weir_status status = weir_read_share(&word, field, item);
		if (status != WEIR_OK)
			return status;
		if (*item > 1)
			weir_diag_error(cell->loader->diags, OUT_OF_RANGE, word.place,
			                "\"%.*s\" is above 100%%; give at most 100%%", (int)length, word.text);
		list->faulty |= !(*item <= 1);
	}
	return WEIR_OK;
}

/* Words for a timing of ten equal parts: the first half of them gets `first` each, the second `second`. */
static const struct {
	const char *text;
	double first, second;
} timings[] = {
	{ "even", 0.1, 0.1 },        { "front-10", 0.12, 0.08 }, { "front-20", 0.14, 0.06 },
	{ "back-10", 0.08, 0.12 },   { "back-20", 0.06, 0.14 },
};

/* A word for a timing, or shares of the parts. */
static weir_status read_timing(const weir_cell *cell, const weir_field *field, void *at)
{
	rates *list = at;
	char first = cell->text[0];
	if ((first >= '0' && first <= '9') || first == '-' || first == '+' || first == '.')
		return read_rates(cell, field, at);
	for (size_t t = 0; t < sizeof timings / sizeof *timings; t++) {
		if (strlen(timings[t].text) != cell->length || memcmp(timings[t].text, cell->text, cell->length) != 0)
			continue;
		list->items = weir_arena_array(cell->loader->arena, PARTS, sizeof *list->items);
		if (!list->items)
			return WEIR_NO_MEMORY;
		for (list->count = 0; list->count < PARTS; list->count++)
			list->items[list->count] = list->count < PARTS / 2 ? timings[t].first : timings[t].second;
		return WEIR_OK;
	}
	char excerpt[WEIR_EXCERPT_BYTES];
	list->faulty = 1;
	weir_diag_error(
		cell->loader->diags, BAD_VALUE, cell->place,
		"\"%s\" is not a timing; it takes even, front-10, front-20, back-10, back-20, or the share of each "
		"equal part, such as 50%% 30%% 20%%",
		weir_excerpt(excerpt, cell->text, cell->length));
	return WEIR_OK;
}

/* A kind of contracts, kept as its word. */
static weir_status read_kind(const weir_cell *cell, const weir_field *field, void *at)
{
	weir_field as_choice = { field->name, field->read, field->offset, weir_words_contract_kind };
	int kind = -1;
	weir_status status = weir_read_choice(cell, &as_choice, &kind);
	return status == WEIR_OK && kind >= 0 ? weir_read_text(cell, field, at) : status;
}

static const weir_choice groups[] = { { "senior", WEIR_SCOPE_SENIOR }, { "all", WEIR_SCOPE_ALL }, { NULL, 0 } };
static const weir_choice channels[] = { { "collection", WEIR_CHANNEL_COLLECTION },
	                                { "disposal", WEIR_CHANNEL_DISPOSAL }, { NULL, 0 } };
static const weir_choice parts[] = { { "both", WEIR_PART_BOTH }, { "principal", WEIR_PART_PRINCIPAL },
	                             { "income", WEIR_PART_INCOME }, { NULL, 0 } };

static const weir_field fields[] = {
	WEIR_FIELD(draft, factor, "factor", weir_read_share),
	WEIR_FIELD(draft, cut, "cut", weir_read_share),
	WEIR_FIELD(draft, decay, "decay", weir_read_share),
	WEIR_FIELD(draft, keep, "keep", weir_read_share),
	WEIR_FIELD(draft, share, "share", weir_read_share),
	WEIR_FIELD(draft, add, "add", weir_read_rate),
	WEIR_FIELD(draft, rate, "rate", weir_read_share),
	WEIR_FIELD(draft, cost, "cost", weir_read_share),
	WEIR_FIELD(draft, value, "value", weir_read_text),
	WEIR_FIELD(draft, total, "total", weir_read_share),
	WEIR_FIELD(draft, relative, "relative", weir_read_share),
	WEIR_FIELD(draft, months, "months", weir_read_count),
	WEIR_FIELD(draft, lag, "lag", weir_read_months),
	WEIR_FIELD(draft, commingled, "commingled-months", weir_read_whole),
	WEIR_FIELD(draft, stop, "stop-months", weir_read_whole),
	WEIR_FIELD(draft, month, "month", weir_read_count),
	WEIR_FIELD_OF(draft, group, "classes", weir_read_choice, groups),
	WEIR_FIELD_OF(draft, channel, "channel", weir_read_choice, channels),
	WEIR_FIELD_OF(draft, part, "part", weir_read_choice, parts),
	WEIR_FIELD(draft, date, "date", weir_read_date),
	WEIR_FIELD(draft, from, "from", weir_read_date),
	WEIR_FIELD(draft, to, "to", weir_read_date),
	WEIR_FIELD(draft, cdr, "cdr", read_rates),
	WEIR_FIELD(draft, mdr, "mdr", read_rates),
	WEIR_FIELD(draft, cpr, "cpr", read_rates),
	WEIR_FIELD(draft, smm, "smm", read_rates),
	WEIR_FIELD(draft, abs, "abs", read_rates),
	WEIR_FIELD(draft, timing, "timing", read_timing),
	WEIR_FIELD(draft, obligor, "obligor", weir_read_code),
	WEIR_FIELD(draft, contract, "contract", weir_read_code),
	WEIR_FIELD(draft, kind, "kind", read_kind),
	WEIR_FIELD(draft, industry, "industry", weir_read_text),
	WEIR_FIELD(draft, region, "region", weir_read_text),
	WEIR_FIELD(draft, grade, "grade", weir_read_text),
	WEIR_FIELD(draft, ip, "ip", weir_read_code),
	WEIR_FIELD(draft, class, "class", weir_read_name),
	WEIR_FIELD(draft, name, "name", weir_read_text),
	WEIR_FIELD(draft, currency, "currency", weir_read_code),
	WEIR_FIELD(draft, party, "party", weir_read_name),
	WEIR_FIELD_END
};

/* --- complaints ------------------------------------------------------------------------------------------------- */

static int has(const reading *r, const char *attribute)
{
	return weir_field_seen(fields, r->seen, attribute);
}

static weir_place place_of(const reading *r, const char *attribute)
{
	const xmlAttr *a = weir_xml_attribute(r->element, attribute);
	return a ? weir_xml_value_place(r->xml, a) : weir_xml_place(r->xml, r->element);
}

/* How many of some attributes there are; the last two of them. */
static int count_of(const reading *r, const char *const *attributes, size_t count, const char **one, const char **other)
{
	int found = 0;
	for (size_t i = 0; i < count; i++)
		if (has(r, attributes[i])) {
			*one = *other;
			*other = attributes[i];
			found++;
		}
	return found;
}

/* Complains when more than one of some attributes that exclude each other stands there. Returns how many. */
static int at_most_one(const reading *r, const char *const *attributes, size_t count)
{
	const char *one = NULL, *other = NULL;
	int found = count_of(r, attributes, count, &one, &other);
	if (found > 1)
		weir_diag_error(r->loader->diags, BAD_VALUE, place_of(r, other),
		                "the <%s> has %s and %s, which exclude each other; keep one of them",
		                (const char *)r->element->name, one, other);
	return found;
}

#define AT_MOST_ONE(r, ...) \
	at_most_one(r, (const char *const[]){ __VA_ARGS__ }, \
	            sizeof((const char *const[]){ __VA_ARGS__ }) / sizeof(char *))

static void does_not_say(const reading *r, const char *what, const char *example)
{
	weir_diag_error(r->loader->diags, MISSING_ATTRIBUTE, weir_xml_place(r->xml, r->element),
	                "the <%s> does not say %s; add %s", (const char *)r->element->name, what, example);
}

/* A share of a whole is at most all of it. Returns the value, for convenience. */
static double at_most_all(const reading *r, const char *attribute, double value)
{
	if (value > 1)
		weir_diag_error(r->loader->diags, OUT_OF_RANGE, place_of(r, attribute),
		                "a %s of %.10g%% is more than the whole; give at most 100%%", attribute, value * 100);
	return value;
}

/* --- when and on what ------------------------------------------------------------------------------------------- */

/* A day, or a month from the cut-off date. */
static void read_when(reading *r, int required)
{
	weir_shock *shock = &r->out->shock;
	int given = AT_MOST_ONE(r, "date", "month");
	shock->from = r->draft.date;
	shock->from_month = given > 1 || r->draft.date != WEIR_DATE_NONE ? 0 : r->draft.month;
	if (given == 0 && required)
		does_not_say(r, "when",
		             "date=\"2024-06-20\", or month=\"12\" for twelve months after the cut-off date");
}

/* From a day (or a month) to a day. */
static void read_window(reading *r)
{
	weir_shock *shock = &r->out->shock;
	const draft *d = &r->draft;
	AT_MOST_ONE(r, "from", "month");
	shock->from = d->from;
	shock->to = d->to;
	shock->from_month = d->from == WEIR_DATE_NONE ? d->month : 0;
	if (d->from != WEIR_DATE_NONE && d->to != WEIR_DATE_NONE && d->to < d->from)
		weir_diag_error(r->loader->diags, DATE_ORDER, place_of(r, "to"),
		                "the <%s> ends before it begins; \"to\" is not before \"from\"",
		                (const char *)r->element->name);
}

/* "largest" is 1, "largest-3" is 3; 0 for an id. */
static int largest_of(const reading *r, const char *obligor)
{
	static const char word[] = "largest";
	size_t length = sizeof word - 1;
	weir_decimal number;
	if (strncmp(obligor, word, length) != 0)
		return 0;
	if (!obligor[length])
		return 1;
	if (obligor[length] != '-' ||
	    weir_decimal_parse(obligor + length + 1, strlen(obligor) - length - 1, &number) != WEIR_PARSE_OK)
		return 0;
	if (number.scale == 0 && number.units >= 1 && number.units <= LARGEST_MAX)
		return (int)number.units;
	weir_diag_error(r->loader->diags, OUT_OF_RANGE, place_of(r, "obligor"),
	                "\"%s\" counts no obligors; write largest-3 for the three largest ones", obligor);
	return 1;
}

/* Names what the shock is for, and that it is an id of the deal. */
static void aim(reading *r, weir_shock_scope scope, const char *target, const char *attribute)
{
	r->out->shock.scope = scope;
	r->out->shock.target = target;
	r->out->target_kind = attribute;
	if (attribute)
		r->out->target_place = place_of(r, attribute);
}

/* The scope attributes of shocks to the pool. Returns 1 when there is one. */
static int read_scope(reading *r)
{
	const draft *d = &r->draft;
	int given = AT_MOST_ONE(r, "contract", "obligor", "kind", "industry", "region", "grade", "ip");
	int largest = d->obligor ? largest_of(r, d->obligor) : 0;
	if (given > 1) {
		return 1; /* what is meant is not known */
	} else if (d->contract) {
		aim(r, WEIR_SCOPE_CONTRACT, d->contract, "contract");
	} else if (largest) {
		aim(r, WEIR_SCOPE_LARGEST, NULL, NULL);
		r->out->shock.largest = largest;
	} else if (d->obligor) {
		aim(r, WEIR_SCOPE_OBLIGOR, d->obligor, "obligor");
	} else if (d->kind) {
		aim(r, WEIR_SCOPE_KIND, d->kind, NULL);
	} else if (d->industry) {
		aim(r, WEIR_SCOPE_INDUSTRY, strcmp(d->industry, "largest") == 0 ? NULL : d->industry, NULL);
	} else if (d->region) {
		aim(r, WEIR_SCOPE_REGION, d->region, NULL);
	} else if (d->grade) {
		aim(r, WEIR_SCOPE_GRADE, d->grade, NULL);
	} else if (d->ip) {
		aim(r, WEIR_SCOPE_IP, d->ip, "ip");
	}
	return given > 0;
}

/* --- shocks to receipts ----------------------------------------------------------------------------------------- */

static void read_receipts(reading *r)
{
	r->out->shock.value = r->draft.factor;
	r->out->shock.part = (weir_shock_part)r->draft.part;
	read_window(r);
	read_scope(r);
}

static void read_income(reading *r)
{
	r->out->shock.value = weir_rate_normal(1 - at_most_all(r, "cut", r->draft.cut));
	r->out->shock.part = WEIR_PART_INCOME;
	read_window(r);
	read_scope(r);
}

static void read_royalty(reading *r)
{
	int decays = has(r, "decay");
	r->out->is_royalty = 1;
	if (AT_MOST_ONE(r, "factor", "decay") == 0)
		does_not_say(r, "what happens", "factor=\"70%\" or decay=\"10%\"");
	r->out->shock.kind = decays ? WEIR_SHOCK_DECAY : WEIR_SHOCK_RECEIPTS;
	r->out->shock.value = decays ? at_most_all(r, "decay", r->draft.decay) : r->draft.factor;
	read_window(r);
	if (r->draft.contract)
		aim(r, WEIR_SCOPE_CONTRACT, r->draft.contract, "contract");
	else
		aim(r, WEIR_SCOPE_KIND, "royalty", NULL);
}

static void read_generic_entry(reading *r)
{
	r->out->shock.value = at_most_all(r, "keep", r->draft.keep);
	read_window(r);
	if (AT_MOST_ONE(r, "from", "month") == 0)
		does_not_say(r, "when",
		             "from=\"2024-06-20\", or month=\"12\" for twelve months after the cut-off date");
	if (!read_scope(r))
		does_not_say(r, "what it hits", "contract=, ip=, kind= or another scope");
}

static void read_licensee_loss(reading *r)
{
	r->out->shock.value = 0;
	read_when(r, 1);
	if (!read_scope(r))
		does_not_say(r, "which licensee is lost", "obligor= or contract=");
}

static void read_late(reading *r)
{
	r->out->shock.value = at_most_all(r, "share", r->draft.share);
	r->out->shock.months = r->draft.months;
	read_window(r);
	read_scope(r);
}

static void read_refinancing(reading *r)
{
	r->out->shock.value = 1;
	r->out->shock.months = r->draft.months;
	read_scope(r);
}

static void read_rate_shift(reading *r)
{
	r->out->shock.value = r->draft.add;
	read_scope(r);
}

static void read_fx(reading *r)
{
	r->out->shock.value = r->draft.factor;
	r->out->shock.target = r->draft.currency;
	read_window(r);
}

/* --- default, prepayment, recovery ------------------------------------------------------------------------------ */

/* Rates by year or month; the last one goes on. */
static void take_profile(reading *r, weir_profile_kind profile, const rates *list)
{
	r->out->shock.profile = profile;
	r->out->shock.values = list->items;
	r->out->shock.value_count = list->count;
	r->out->shock.value = list->faulty ? NAN : 1;
}

/* The parts of a timing make the whole. */
static void check_timing(reading *r)
{
	const rates *timing = &r->draft.timing;
	double sum = 0;
	if (timing->faulty || timing->count == 0)
		return;
	for (int i = 0; i < timing->count; i++)
		sum = weir_rate_normal(sum + timing->items[i]);
	if (sum != 1)
		weir_diag_error(r->loader->diags, SHARE_SUM, place_of(r, "timing"),
		                "the timing adds up to %.10g%%; its parts make 100%%", sum * 100);
}

static void read_curve(reading *r)
{
	take_profile(r, WEIR_PROFILE_CURVE, &r->draft.timing);
	r->out->shock.value = at_most_all(r, "total", r->draft.total);
	if (!has(r, "timing"))
		does_not_say(r, "when the total defaults",
		             "timing=\"even\", or the shares of equal parts of a contract's life");
}

/* All of it at the first due date from a day on. */
static void take_day(reading *r)
{
	take_profile(r, WEIR_PROFILE_DATE, &(rates){ 0 });
	r->out->shock.from = r->draft.date;
	r->out->shock.from_month = has(r, "date") ? 0 : r->draft.month;
}

static void take_relative(reading *r)
{
	r->out->relative = 1;
	r->out->shock.value = r->draft.relative;
}

static void read_default(reading *r)
{
	const draft *d = &r->draft;
	int given = AT_MOST_ONE(r, "cdr", "mdr", "total", "relative", "date", "month");
	read_scope(r);
	check_timing(r);
	if (has(r, "timing") && given == 1 && !has(r, "total") && !has(r, "relative"))
		weir_diag_error(r->loader->diags, BAD_VALUE, place_of(r, "timing"),
		                "a timing spreads a total; give total= with it, or leave it away");
	if (has(r, "cdr")) {
		take_profile(r, WEIR_PROFILE_ANNUAL, &d->cdr);
	} else if (has(r, "mdr")) {
		take_profile(r, WEIR_PROFILE_MONTHLY, &d->mdr);
	} else if (has(r, "relative")) {
		take_profile(r, WEIR_PROFILE_CURVE, &d->timing);
		take_relative(r);
	} else if (has(r, "date") || has(r, "month")) {
		take_day(r);
	} else if (has(r, "total")) {
		read_curve(r);
	} else {
		does_not_say(r, "how much defaults", "cdr=\"2%\", mdr=, total= with timing=, relative=, or a date=");
	}
}

static void read_prepay(reading *r)
{
	const draft *d = &r->draft;
	AT_MOST_ONE(r, "cpr", "smm", "abs", "relative", "date", "month");
	read_scope(r);
	if (has(r, "cpr"))
		take_profile(r, WEIR_PROFILE_ANNUAL, &d->cpr);
	else if (has(r, "smm"))
		take_profile(r, WEIR_PROFILE_MONTHLY, &d->smm);
	else if (has(r, "abs"))
		take_profile(r, WEIR_PROFILE_ABS, &d->abs);
	else if (has(r, "relative"))
		take_relative(r);
	else if (has(r, "date") || has(r, "month"))
		take_day(r);
	else
		does_not_say(r, "how much is prepaid", "cpr=\"5%\", smm=, abs=, relative=, or a date=");
}

static void read_recovery(reading *r)
{
	weir_raw_shock *out = r->out;
	out->shock.value = at_most_all(r, "rate", r->draft.rate);
	out->shock.months = r->draft.lag;
	out->shock.channel = (weir_channel)r->draft.channel;
	out->shock.cost = at_most_all(r, "cost", r->draft.cost);
	out->has_lag = has(r, "lag");
	out->has_cost = has(r, "cost");
	out->has_channel = has(r, "channel");
	read_scope(r);
	if (AT_MOST_ONE(r, "rate", "relative") == 0)
		does_not_say(r, "how much is recovered", "rate=\"40%\" or relative=\"80%\"");
	else if (!has(r, "rate"))
		take_relative(r);
}

static void read_valuation(reading *r)
{
	r->out->shock.value = at_most_all(r, "cut", r->draft.cut);
	read_scope(r);
}

/* --- events and terms ------------------------------------------------------------------------------------------- */

static void read_ip_lost(reading *r)
{
	r->out->shock.value = 0;
	read_when(r, 1);
	if (r->draft.ip)
		aim(r, WEIR_SCOPE_IP, r->draft.ip, "ip");
}

static void read_supporter(reading *r)
{
	r->out->shock.value = 0;
	read_when(r, 1);
	r->out->all_supporters = r->draft.party && strcmp(r->draft.party, "supporters") == 0;
	if (r->draft.party && !r->out->all_supporters)
		aim(r, WEIR_SCOPE_ALL, r->draft.party, "party");
}

static void read_servicer(reading *r)
{
	r->out->shock.value = 0;
	r->out->shock.months = has(r, "commingled-months") ? r->draft.commingled : -1;
	r->out->shock.stop_months = r->draft.stop;
	read_when(r, 1);
}

static void read_coupon(reading *r)
{
	r->out->shock.value = r->draft.add;
	if (r->draft.class && r->draft.group >= 0)
		weir_diag_error(r->loader->diags, BAD_VALUE, weir_xml_place(r->xml, r->element),
		                "a shock names a class or a group of them, not both");
	if (r->draft.group >= 0)
		r->out->shock.scope = (weir_shock_scope)r->draft.group;
	else if (r->draft.class)
		aim(r, WEIR_SCOPE_CLASS, r->draft.class, "class");
}

/* Only the plan knows the parameter's unit: the value is kept as written, and as a rate or number if it is one. */
static void read_set(reading *r)
{
	const char *text = r->draft.value;
	weir_decimal number;
	r->out->shock.target = r->draft.name;
	r->out->shock.text = text;
	if (text && weir_rate_parse(text, strlen(text), &r->out->shock.value) != WEIR_PARSE_OK &&
	    weir_decimal_parse(text, strlen(text), &number) == WEIR_PARSE_OK)
		r->out->shock.value = weir_decimal_double(number);
}

/* --- the elements ----------------------------------------------------------------------------------------------- */

static const struct {
	const char *name;
	weir_shock_kind kind;
	void (*read)(reading *r);
} elements[] = {
	{ "receipts", WEIR_SHOCK_RECEIPTS, read_receipts },
	{ "income", WEIR_SHOCK_RECEIPTS, read_income },
	{ "royalty", WEIR_SHOCK_RECEIPTS, read_royalty },
	{ "generic-entry", WEIR_SHOCK_RECEIPTS, read_generic_entry },
	{ "licensee-loss", WEIR_SHOCK_RECEIPTS, read_licensee_loss },
	{ "ip-lost", WEIR_SHOCK_IP_LOST, read_ip_lost },
	{ "valuation", WEIR_SHOCK_VALUATION, read_valuation },
	{ "default", WEIR_SHOCK_DEFAULT, read_default },
	{ "prepay", WEIR_SHOCK_PREPAY, read_prepay },
	{ "recovery", WEIR_SHOCK_RECOVERY, read_recovery },
	{ "late", WEIR_SHOCK_LATE, read_late },
	{ "refinancing-missed", WEIR_SHOCK_BALLOON_LATE, read_refinancing },
	{ "rate", WEIR_SHOCK_RATE, read_rate_shift },
	{ "fx", WEIR_SHOCK_FX, read_fx },
	{ "coupon", WEIR_SHOCK_COUPON, read_coupon },
	{ "supporter-default", WEIR_SHOCK_SUPPORTER, read_supporter },
	{ "servicer-default", WEIR_SHOCK_SERVICER, read_servicer },
	{ "set", WEIR_SHOCK_SET, read_set },
};
#define ELEMENTS (sizeof elements / sizeof *elements)

static size_t find_element(const xmlNode *element)
{
	size_t i = 0;
	while (i < ELEMENTS && !weir_is_named(element, elements[i].name))
		i++;
	return i;
}

int weir_is_shock(const xmlNode *element)
{
	return find_element(element) < ELEMENTS;
}

weir_status weir_raw_shock_read(weir_loader *loader, const weir_xml *xml, const xmlNode *element, weir_raw_shock *out)
{
	size_t number = find_element(element);
	reading r = { .loader = loader, .xml = xml, .element = element, .out = out };
	r.draft = (draft){ .factor = NAN, .cut = NAN, .decay = NAN, .keep = NAN, .share = NAN, .add = NAN, .rate = NAN,
		           .total = NAN, .relative = NAN, .group = -1, .date = WEIR_DATE_NONE,
		           .from = WEIR_DATE_NONE, .to = WEIR_DATE_NONE };
	*out = (weir_raw_shock){ .shock = { .kind = elements[number].kind, .value = NAN, .from = WEIR_DATE_NONE,
		                            .to = WEIR_DATE_NONE, .place = weir_xml_place(xml, element) } };
	weir_status status = weir_fields_from_element(loader, xml, element, fields, &r.draft, &r.seen);
	if (status == WEIR_OK)
		elements[number].read(&r);
	return status;
}
