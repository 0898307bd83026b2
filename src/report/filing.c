/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/filing.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/money.h"
#include "report/filing_int.h"

/* What one report carries along. */
typedef struct writer {
	weir_text *out;
	const weir_filing *filing;
	const weir_results *results;
	weir_diags *diags;
	weir_arena *arena;
	int period;
	char open[512];     /* the element in which the next one stands, from the root, "/" between */
	const char *space;  /* the root's namespace */
} writer;

/* Which of a group's items is written; {0} outside of groups. */
typedef struct item {
	const char *id;
	size_t row;                   /* of a trigger */
	const weir_filing_line *line; /* of the cash flow */
} item;

/* --- elements --------------------------------------------------------------------------------------------------- */

static int depth_of(const char *path, size_t length)
{
	int depth = 0;
	for (size_t i = 0; i < length; i++)
		depth += path[i] == '/';
	return depth + (length > 0);
}

static void indent(writer *w, int depth)
{
	for (int i = 0; i < depth; i++)
		weir_text_add(w->out, "\t");
}

/* Closes elements until the first `keep` bytes of the open path are left. */
static void close_to(writer *w, size_t keep)
{
	while (strlen(w->open) > keep) {
		char *slash = strrchr(w->open, '/');
		indent(w, depth_of(w->open, strlen(w->open)) - 1);
		weir_text_printf(w->out, "</%s>\n", slash ? slash + 1 : w->open);
		*(slash ? slash : w->open) = '\0';
	}
}

/* Bytes of the open path that `path` shares, whole elements, and never all of `path`. */
static size_t shared(const writer *w, const char *path)
{
	size_t keep = 0;
	for (size_t i = 0;; i++) {
		int open_ends = w->open[i] == '\0' || w->open[i] == '/';
		if (open_ends && path[i] == '/')
			keep = i;
		if (w->open[i] == '\0' || w->open[i] != path[i])
			return keep;
	}
}

/* Makes the parent of `path` the open element. */
static void open_parent(writer *w, const char *path)
{
	const char *last = strrchr(path, '/');
	size_t end = last ? (size_t)(last - path) : 0;
	close_to(w, shared(w, path));
	for (size_t at = strlen(w->open); at < end;) {
		size_t from = at ? at + 1 : 0, size = strcspn(path + from, "/");
		indent(w, depth_of(path, at));
		weir_text_printf(w->out, "<%.*s", (int)size, path + from);
		if (at == 0 && w->space) {
			weir_text_add(w->out, " xmlns=\"");
			weir_text_add_xml(w->out, w->space);
			weir_text_add(w->out, "\"");
		}
		weir_text_add(w->out, ">\n");
		at = from + size;
		memcpy(w->open, path, at);
		w->open[at] = '\0';
	}
}

/* Writes the element PATH/AT/LEAF; `currency` is an attribute of amounts. */
static void write_leaf(writer *w, const weir_filing_field *field, const char *at, const char *leaf, const char *value,
                       const char *currency)
{
	char path[512];
	int size = snprintf(path, sizeof path, "%s%s%s%s%s", field->path, at ? "/" : "", at ? at : "", leaf ? "/" : "",
	                    leaf ? leaf : "");
	if (size < 0 || (size_t)size >= sizeof path) {
		weir_diag_error(w->diags, BAD_VALUE, field->place, "the path of \"%s\" is too long; shorten it",
		                field->code);
		return;
	}
	open_parent(w, path);
	const char *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path;
	indent(w, depth_of(path, strlen(path)) - 1);
	weir_text_printf(w->out, "<%s", name);
	if (currency) {
		weir_text_add(w->out, " Ccy=\"");
		weir_text_add_xml(w->out, currency);
		weir_text_add(w->out, "\"");
	}
	weir_text_add(w->out, ">");
	weir_text_add_xml(w->out, value);
	weir_text_printf(w->out, "</%s>\n", name);
}

/* --- values ----------------------------------------------------------------------------------------------------- */

static void write_amount(writer *w, const weir_filing_field *field, double cents)
{
	char buffer[40];
	weir_cents_format(fabs(cents), w->results->currency_digits, buffer);
	write_leaf(w, field, field->at, "Amt", buffer, w->results->currency);
	write_leaf(w, field, field->at, "Sgn", cents < 0 ? "false" : "true", NULL);
}

static void write_no_data(writer *w, const weir_filing_field *field, const char *code, weir_date from)
{
	char buffer[16];
	int dated = strncmp(code, "ND4", 3) == 0;
	snprintf(buffer, sizeof buffer, "%.3s", code);
	write_leaf(w, field, dated ? "NoDataOptn/NoData4" : "NoDataOptn", "NoData", buffer, NULL);
	if (dated)
		write_leaf(w, field, "NoDataOptn/NoData4", "Dt", weir_date_format(from, buffer), NULL);
}

static void write_value(writer *w, const weir_filing_field *field, const weir_filing_value *value)
{
	char buffer[64];
	const char *text = value->text ? value->text : buffer, *leaf = NULL;
	switch ((weir_filing_kind)field->kind) {
	case WEIR_FILING_AMOUNT:
		write_amount(w, field, value->number);
		return;
	case WEIR_FILING_FLAG:
		text = value->number != 0 ? "true" : "false";
		break;
	case WEIR_FILING_DATE:
		text = weir_date_format((weir_date)value->number, buffer);
		break;
	case WEIR_FILING_PERCENT:
		snprintf(buffer, sizeof buffer, "%.6f", value->number * 100);
		text = buffer;
		break;
	case WEIR_FILING_MEASURED:
		leaf = value->is_rate ? "Pctg" : "Nmrcl";
		snprintf(buffer, sizeof buffer, value->is_rate ? "%.6f" : "%.2f",
		         value->is_rate ? value->number * 100 : value->number);
		break;
	case WEIR_FILING_NUMBER:
		snprintf(buffer, sizeof buffer, "%.2f", value->is_rate ? value->number * 100 : value->number);
		break;
	case WEIR_FILING_DAYS:
		snprintf(buffer, sizeof buffer, "%.0f", value->number);
		text = buffer;
		break;
	default:
		break;
	}
	write_leaf(w, field, field->at, leaf, text, NULL);
}

/* --- where values come from ------------------------------------------------------------------------------------- */

static weir_filing_value column_value(const writer *w, const char *from)
{
	char table[64];
	const char *dot = strchr(from, '.');
	size_t length = dot ? (size_t)(dot - from) : 0;
	if (length == 0 || length >= sizeof table)
		return (weir_filing_value){ 0 };
	memcpy(table, from, length);
	table[length] = '\0';
	const weir_table *found = weir_results_table(w->results, table);
	for (size_t row = 0; found && row < found->row_count; row++)
		if (weir_filing_cell(found, row, "period") == w->period)
			return weir_filing_number(weir_filing_cell(found, row, dot + 1));
	return (weir_filing_value){ 0 };
}

static weir_filing_value constant_value(const writer *w, const weir_filing_field *field)
{
	double cents;
	if (field->kind != WEIR_FILING_AMOUNT)
		return weir_filing_text(field->from);
	return weir_filing_number(weir_cents_parse(field->from, strlen(field->from), w->results->currency_digits,
	                                           &cents) == WEIR_PARSE_OK ?
	                                  cents :
	                                  NAN);
}

/* A value of a receipt or payment. WEIR_NO when there is none of that name. */
static weir_status line_value(weir_filing_value *out, const weir_filing_line *line, const char *name)
{
	if (strcmp(name, "amount") == 0 || strcmp(name, "post") == 0)
		*out = weir_filing_number(*name == 'a' ? line->amount_cents : line->post_cents);
	else if (strcmp(name, "id") == 0 || strcmp(name, "item") == 0)
		*out = weir_filing_text(name[1] == 'd' ? line->id : line->item);
	else
		return WEIR_NO;
	return WEIR_OK;
}

static weir_status source_value(weir_filing_value *out, writer *w, const weir_filing_field *field, const item *of)
{
	weir_status status = WEIR_OK;
	*out = (weir_filing_value){ 0 };
	if (field->source == WEIR_FILING_CONSTANT)
		*out = constant_value(w, field);
	else if (field->source == WEIR_FILING_COLUMN)
		*out = column_value(w, field->from);
	else if (field->source == WEIR_FILING_MEASURE)
		status = weir_filing_measure(out, w->results, w->period, field->from);
	else if (field->source == WEIR_FILING_TEST && of->id)
		status = weir_filing_test(out, w->arena, w->results, of->row, w->period, field->from);
	else if (field->source == WEIR_FILING_LINE && of->line)
		status = line_value(out, of->line, field->from);
	if (status != WEIR_NO)
		return status;
	weir_diag_error(w->diags, BAD_VALUE, field->place, "weir knows no \"%s\" for \"%s\"; correct the field table",
	                field->from, field->code);
	return WEIR_OK;
}

/* Whether the value may stand there: a text that is not too long, a number that a percentage or a count of days can be.
 */
static int fits(const weir_filing_field *field, const weir_filing_value *value)
{
	size_t count = 0;
	if (!value->present)
		return 0;
	for (const char *p = value->text; p && *p; p++)
		count += ((unsigned char)*p & 0xc0) != 0x80;
	if (value->text)
		return count > 0 && (field->kind != WEIR_FILING_TEXT || count <= field->most);
	return field->kind != WEIR_FILING_DAYS || (value->number >= 1 && value->number <= 9999);
}

static void complain_missing(writer *w, const weir_filing_field *field, const item *of)
{
	char most[32] = "";
	if (field->kind == WEIR_FILING_TEXT)
		snprintf(most, sizeof most, "at most %zu characters", field->most);
	const char *form = field->kind == WEIR_FILING_CODE ? field->allowed : most;
	weir_diag_error(
		w->diags, MISSING_ELEMENT, (weir_place){ 0 },
		"\"%s%s%s\" (%s) has no value in the results, and the form allows no no-data code there; give it with --facts%s%s",
		field->code, of->id ? "/" : "", of->id ? of->id : "", field->name, *form ? ": " : "", form);
}

/* Writes the facts that are given for the field; gives how many. */
static int write_facts(writer *w, const weir_filing_field *field, const item *of)
{
	int number = (int)(field - w->filing->fields), written = 0;
	for (int i = 0; i < w->filing->fact_count; i++) {
		const weir_filing_fact *fact = &w->filing->facts[i];
		if (fact->field != number || (fact->item && (!of->id || strcmp(fact->item, of->id) != 0)))
			continue;
		weir_filing_value value =
			isnan(fact->number) ? weir_filing_text(fact->text) : weir_filing_number(fact->number);
		if (fact->no_data[0])
			write_no_data(w, field, fact->no_data, fact->from);
		else
			write_value(w, field, &value);
		written++;
	}
	return written;
}

/* A fact where the results have a value of their own. */
static void complain_known(writer *w, const weir_filing_field *field)
{
	int number = (int)(field - w->filing->fields);
	for (int i = 0; i < w->filing->fact_count; i++)
		if (w->filing->facts[i].field == number)
			weir_diag_error(w->diags, BAD_VALUE, w->filing->facts[i].place,
			                "the results have \"%s\" (%s); leave it out of the facts", field->code,
			                field->name);
}

/* Facts whose value, rounded to 0.01 %, is another than that of the results. */
static void warn_of_differences(writer *w, const weir_filing_field *field, const weir_filing_value *value)
{
	int number = (int)(field - w->filing->fields);
	for (int i = 0; value->present && i < w->filing->fact_count; i++) {
		const weir_filing_fact *fact = &w->filing->facts[i];
		if (fact->field == number && fabs(fact->number - value->number) > 0.00005 + 1e-12)
			weir_diag_warning(w->diags, SIZE_MISMATCH, fact->place,
			                  "\"%s\" (%s) is %.6f%% here and %.6f%% in the results; check which is right",
			                  "“%s”（%s）此处为%.6f%%，结果中为%.6f%%；请核对", field->code, field->name,
			                  fact->number * 100, value->number * 100);
	}
}

static weir_status write_field(writer *w, const weir_filing_field *field, const item *of)
{
	weir_filing_value value;
	if (field->takes == WEIR_FILING_FIRST && write_facts(w, field, of))
		return WEIR_OK;
	weir_status status = source_value(&value, w, field, of);
	if (status != WEIR_OK)
		return status;
	if (field->takes == WEIR_FILING_CHECKED) {
		warn_of_differences(w, field, &value);
		if (write_facts(w, field, of))
			return WEIR_OK;
	}
	if (fits(field, &value)) {
		if (field->takes == WEIR_FILING_ELSE)
			complain_known(w, field);
		write_value(w, field, &value);
	} else if (field->takes != WEIR_FILING_ELSE || !write_facts(w, field, of)) {
		if (field->no_data)
			write_no_data(w, field, field->no_data, WEIR_DATE_NONE);
		else
			complain_missing(w, field, of);
	}
	return WEIR_OK;
}

/* --- groups ----------------------------------------------------------------------------------------------------- */

static int belongs(const weir_filing_field *field, const weir_filing_field *group)
{
	size_t length = strlen(group->path);
	return strncmp(field->path, group->path, length) == 0 && field->path[length] == '/';
}

/* Writes the fields behind `group` that belong to it, for one item. */
static weir_status write_item(writer *w, const weir_filing_field *group, const item *of)
{
	const weir_filing_field *end = w->filing->fields + w->filing->field_count;
	weir_status status = WEIR_OK;
	const char *slash = strrchr(group->path, '/');
	size_t parent = slash ? (size_t)(slash - group->path) : 0, both = shared(w, group->path);
	close_to(w, both < parent ? both : parent);
	for (const weir_filing_field *field = group + 1; status == WEIR_OK && field < end && belongs(field, group);
	     field++)
		status = write_field(w, field, of);
	return status;
}

/* Facts on triggers that the deal does not have. */
static void check_items(writer *w, const size_t *rows, size_t count)
{
	const weir_table *tests = weir_results_table(w->results, "tests");
	for (int i = 0; i < w->filing->fact_count; i++) {
		const weir_filing_fact *fact = &w->filing->facts[i];
		size_t at = 0;
		while (fact->item && at < count &&
		       strcmp(weir_filing_word(tests, rows[at], "test", 0), fact->item) != 0)
			at++;
		if (fact->item && at == count)
			weir_diag_error(
				w->diags, UNKNOWN_ID, fact->place,
				"the results have no trigger \"%s\" in period %d; correct the id or leave the fact out",
				fact->item, w->period);
	}
}

static weir_status write_tests(writer *w, const weir_filing_field *group)
{
	const weir_table *tests = weir_results_table(w->results, "tests");
	size_t *rows, count;
	weir_status status = weir_filing_tests(&rows, &count, w->arena, w->results, w->period);
	if (status == WEIR_OK)
		check_items(w, rows, count);
	for (size_t i = 0; status == WEIR_OK && i < count; i++) {
		item of = { .id = weir_filing_word(tests, rows[i], "test", 0), .row = rows[i] };
		status = write_item(w, group, &of);
	}
	return status;
}

static weir_status write_lines(writer *w, const weir_filing_field *group)
{
	weir_filing_line *lines;
	size_t count;
	weir_status status = weir_filing_lines(&lines, &count, w->arena, w->results, w->period, w->diags);
	for (size_t i = 0; status == WEIR_OK && i < count; i++) {
		item of = { .line = &lines[i] };
		status = write_item(w, group, &of);
	}
	return status;
}

/* --- the report ------------------------------------------------------------------------------------------------- */

static weir_status write_all(writer *w)
{
	weir_status status = WEIR_OK;
	const item none = { 0 };
	weir_text_add(w->out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
	for (int i = 0; status == WEIR_OK && i < w->filing->field_count; i++) {
		const weir_filing_field *field = &w->filing->fields[i];
		if (field->kind == WEIR_FILING_NAMESPACE)
			w->space = field->from;
		else if (field->source == WEIR_FILING_TESTS)
			status = write_tests(w, field);
		else if (field->source == WEIR_FILING_CASH_FLOW)
			status = write_lines(w, field);
		else if (field->source != WEIR_FILING_TEST && field->source != WEIR_FILING_LINE)
			status = write_field(w, field, &none);
	}
	close_to(w, 0);
	return status == WEIR_OK ? weir_text_status(w->out) : status;
}

static weir_status check_period(const writer *w)
{
	const weir_table *periods = weir_results_table(w->results, "periods");
	if (weir_filing_period_row(w->results, w->period) >= 0)
		return WEIR_OK;
	if (!periods || periods->row_count == 0)
		weir_diag_error(w->diags, MISSING_ELEMENT, (weir_place){ 0 },
		                "the results have no periods; give the results.xml of weir run");
	else
		weir_diag_error(w->diags, OUT_OF_RANGE, (weir_place){ 0 },
		                "the results have no period %d; the last one is %.0f", w->period,
		                weir_filing_cell(periods, periods->row_count - 1, "period"));
	return WEIR_INPUT;
}

weir_status weir_filing_write(weir_text *out, const weir_filing *filing, const weir_results *results, int period,
                              weir_diags *diags)
{
	writer w = { .out = out, .filing = filing, .results = results, .diags = diags, .period = period };
	size_t errors = diags->errors;
	weir_status status;
	WEIR_TRY(check_period(&w));
	WEIR_TRY(weir_arena_create(&w.arena));
	WEIR_TRY(write_all(&w));
	if (diags->errors > errors)
		status = WEIR_INPUT;
	if (diags->lost)
		status = WEIR_NO_MEMORY;
out:
	weir_arena_destroy(w.arena);
	return status;
}
