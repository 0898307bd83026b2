/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/filing_csv.h"

#include <math.h>
#include <string.h>

#include "base/alloc.h"
#include "base/money.h"
#include "io/file.h"
#include "io/table.h"

/* --- the table -------------------------------------------------------------------------------------------------- */

static const weir_choice kinds[] = { { "namespace", WEIR_FILING_NAMESPACE },   { "group", WEIR_FILING_GROUP },
	                             { "text", WEIR_FILING_TEXT },             { "identifier", WEIR_FILING_IDENTIFIER },
	                             { "telephone", WEIR_FILING_TELEPHONE },   { "code", WEIR_FILING_CODE },
	                             { "flag", WEIR_FILING_FLAG },             { "date", WEIR_FILING_DATE },
	                             { "amount", WEIR_FILING_AMOUNT },         { "percent", WEIR_FILING_PERCENT },
	                             { "number", WEIR_FILING_NUMBER },         { "measured", WEIR_FILING_MEASURED },
	                             { "days", WEIR_FILING_DAYS },             { NULL, 0 } };
static const weir_choice sources_known[] = { { "fact", WEIR_FILING_FACT },
	                                     { "constant", WEIR_FILING_CONSTANT },
	                                     { "column", WEIR_FILING_COLUMN },
	                                     { "measure", WEIR_FILING_MEASURE },
	                                     { "tests", WEIR_FILING_TESTS },
	                                     { "cash-flow", WEIR_FILING_CASH_FLOW },
	                                     { "test", WEIR_FILING_TEST },
	                                     { "line", WEIR_FILING_LINE },
	                                     { NULL, 0 } };
static const weir_choice takes_known[] = { { "no", WEIR_FILING_NEVER },
	                                   { "else", WEIR_FILING_ELSE },
	                                   { "first", WEIR_FILING_FIRST },
	                                   { "checked", WEIR_FILING_CHECKED },
	                                   { NULL, 0 } };
static const weir_choice multiplicities[] = { { "[1..1]", 0 }, { "[0..n]", 1 }, { "[1..n]", 1 }, { NULL, 0 } };

typedef struct field_row {
	weir_filing_field field;
	const char *datatype;
} field_row;

static const weir_field field_columns[] = {
	WEIR_FIELD(field_row, field.code, "code", weir_read_shared_text),
	WEIR_FIELD(field_row, field.path, "path", weir_read_shared_text),
	WEIR_FIELD_OF(field_row, field.kind, "kind", weir_read_choice, kinds),
	WEIR_FIELD_OF(field_row, field.source, "source", weir_read_choice, sources_known),
	WEIR_FIELD(field_row, field.name, "name", weir_read_shared_text),
	WEIR_FIELD_OF(field_row, field.many, "multiplicity", weir_read_choice, multiplicities),
	WEIR_FIELD(field_row, datatype, "datatype", weir_read_shared_text),
	WEIR_FIELD(field_row, field.at, "at", weir_read_shared_text),
	WEIR_FIELD(field_row, field.allowed, "allowed", weir_read_shared_text),
	WEIR_FIELD(field_row, field.no_data, "no-data", weir_read_shared_text),
	WEIR_FIELD(field_row, field.from, "from", weir_read_shared_text),
	WEIR_FIELD_OF(field_row, field.takes, "facts", weir_read_choice, takes_known),
	WEIR_FIELD_END
};
#define FIELDS_REQUIRED 0x1f /* code, path, kind, source, name */

/* A cell and where it stands. */
typedef struct fact_row {
	weir_located code, value;
	const char *note;
} fact_row;

typedef struct reader {
	weir_loader *loader;
	int digits;
	field_row now;
	fact_row fact;
	weir_filing_field *fields;
	size_t field_count, field_capacity;
	weir_names codes;
	weir_filing_fact *facts;
	size_t fact_count, fact_capacity;
} reader;

static void begin_field(void *context, weir_place record)
{
	((reader *)context)->now = (field_row){ .field = { .from = "", .place = record } };
}

/* Element names with slashes between. */
static int is_path(const char *text)
{
	static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
	for (;; text++) {
		size_t length = strspn(text, letters);
		if (length == 0 || (*text >= '0' && *text <= '9'))
			return 0;
		text += length;
		if (*text != '/')
			return !*text;
	}
}

static size_t read_most(const char *text)
{
	weir_decimal number;
	if (!text || weir_decimal_parse(text, strlen(text), &number) != WEIR_PARSE_OK || number.scale != 0 ||
	    number.units < 1 || number.units > 100000)
		return 0;
	return (size_t)number.units;
}

static weir_status end_field(void *context, weir_seen seen, weir_place record, int good)
{
	reader *r = context;
	weir_filing_field *field = &r->now.field;
	(void)seen;
	if (!good)
		return WEIR_OK;
	int sized = field->kind == WEIR_FILING_TEXT || field->kind == WEIR_FILING_TELEPHONE;
	field->most = sized ? read_most(field->allowed) : 0;
	if (!is_path(field->path) || (field->at && !is_path(field->at)) || (sized && !field->most) ||
	    (field->kind == WEIR_FILING_CODE && !field->allowed)) {
		weir_diag_error(
			r->loader->diags, BAD_VALUE, record,
			"the path of \"%s\" wants element names with / between, a text the most characters, a code its words; "
			"correct it",
			field->code);
		return WEIR_OK;
	}
	weir_status status = weir_names_put(&r->codes, field->code, strlen(field->code), (int)r->field_count);
	if (status == WEIR_NO)
		return weir_loader_duplicate(
			r->loader, "field", field->code, record, "field",
			r->fields[weir_names_find(&r->codes, field->code, strlen(field->code))].place);
	if (status != WEIR_OK || !WEIR_GROW(r->fields, r->field_count, r->field_capacity))
		return WEIR_NO_MEMORY;
	r->fields[r->field_count++] = *field;
	return WEIR_OK;
}

/* --- the form of a value ---------------------------------------------------------------------------------------- */

static size_t count_characters(const char *text)
{
	size_t count = 0;
	for (; *text; text++)
		count += ((unsigned char)*text & 0xc0) != 0x80;
	return count;
}

static int has_word(const char *words, const char *word, size_t length)
{
	for (const char *p = words; p && *p; p += strspn(p, " ")) {
		size_t size = strcspn(p, " ");
		if (size == length && strncmp(p, word, size) == 0)
			return 1;
		p += size;
	}
	return 0;
}

/* ISO 17442: the check digits make the number that the letters stand for (A = 10 ... Z = 35) 1 over 97. */
static int is_lei(const char *text)
{
	int rest = 0;
	for (int i = 0; i < 20; i++) {
		if (text[i] >= '0' && text[i] <= '9')
			rest = (rest * 10 + text[i] - '0') % 97;
		else if (text[i] >= 'A' && text[i] <= 'Z' && i < 18)
			rest = (rest * 100 + text[i] - 'A' + 10) % 97;
		else
			return 0;
	}
	return rest == 1;
}

static int is_identifier(const char *text)
{
	return strlen(text) == 27 && text[20] == 'N' && strspn(text + 21, "0123456789") == 6 && is_lei(text);
}

static int is_telephone(const char *text, size_t most)
{
	size_t country = *text == '+' ? strspn(text + 1, "0123456789") : 0;
	const char *rest = text + 1 + country;
	return country >= 1 && country <= 3 && *rest == '-' && rest[1] &&
	       strspn(rest + 1, "0123456789()+-") == strlen(rest + 1) && strlen(text) <= most;
}

/* A number of at most `scale` decimals within bounds, into `number`. */
static int read_number(const char *text, int scale, double least, double most, double *number)
{
	weir_decimal decimal;
	if (weir_decimal_parse(text, strlen(text), &decimal) != WEIR_PARSE_OK || decimal.scale > scale)
		return 0;
	*number = weir_decimal_double(decimal);
	return *number >= least && *number <= most;
}

/* Reads a value in the form of its field; the remedy when it has another, else NULL. */
static const char *read_value(weir_filing_fact *fact, const weir_filing_field *field, int digits)
{
	const char *text = fact->text;
	switch ((weir_filing_kind)field->kind) {
	case WEIR_FILING_TEXT:
		return count_characters(text) <= field->most ? NULL : "shorten it";
	case WEIR_FILING_IDENTIFIER:
		return is_identifier(text) ?
		               NULL :
		               "give the LEI with right check digits, N, the year and two digits, without blanks";
	case WEIR_FILING_TELEPHONE:
		return is_telephone(text, field->most) ? NULL : "write it like +86-1012345678";
	case WEIR_FILING_CODE:
		return has_word(field->allowed, text, strlen(text)) ? NULL : "give one of";
	case WEIR_FILING_FLAG:
		fact->number = strcmp(text, "yes") == 0;
		return fact->number || strcmp(text, "no") == 0 ? NULL : "give yes or no";
	case WEIR_FILING_DATE: {
		weir_date date = weir_date_parse(text, strlen(text));
		fact->number = date;
		return date != WEIR_DATE_NONE ? NULL : "write a date like 2026-12-31";
	}
	case WEIR_FILING_AMOUNT:
		return weir_cents_parse(text, strlen(text), digits, &fact->number) == WEIR_PARSE_OK ?
		               NULL : "write an amount like 1234567.89";
	case WEIR_FILING_PERCENT:
		return weir_rate_parse(text, strlen(text), &fact->number) == WEIR_PARSE_OK &&
		                       fabs(fact->number) <= 1000 ?
		               NULL :
		               "write a rate like 2.5%";
	case WEIR_FILING_DAYS:
		return read_number(text, 0, 1, 9999, &fact->number) ? NULL : "give whole days, 1 to 9999";
	default:
		return "leave it out";
	}
}

/* Reads "ND5", or "ND4 2026-12-31"; 0 when the text is neither, -1 after a complaint. */
static int read_no_data(reader *r, weir_filing_fact *fact, const weir_filing_field *field)
{
	const char *text = fact->text;
	if (strncmp(text, "ND", 2) != 0 || text[2] < '1' || text[2] > '5' || (text[3] != '\0' && text[3] != ' '))
		return 0;
	int dated = text[2] == '4';
	if (!has_word(field->no_data, text, 3)) {
		weir_diag_error(r->loader->diags, BAD_VALUE, r->fact.value.place,
		                "the form allows %s%s for \"%s\"; give %s",
		                field->no_data ? "only " : "no no-data code", field->no_data ? field->no_data : "",
		                r->fact.code.text, field->no_data ? "one of those or a value" : "a value");
		return -1;
	}
	if (dated && text[3] == ' ')
		fact->from = weir_date_parse(text + 4, strlen(text + 4));
	if ((dated && fact->from == WEIR_DATE_NONE) || (!dated && text[3])) {
		weir_diag_error(
			r->loader->diags, BAD_VALUE, r->fact.value.place,
			"\"%s\" is no no-data code; ND4 has the date from which there is a value behind it, like ND4 2026-12-31, "
			"the others nothing",
			text);
		return -1;
	}
	memcpy(fact->no_data, text, 3);
	return 1;
}

/* --- the facts -------------------------------------------------------------------------------------------------- */

static const weir_field fact_columns[] = {
	WEIR_FIELD(fact_row, code, "code", weir_read_located),
	WEIR_FIELD(fact_row, value, "value", weir_read_located),
	WEIR_FIELD(fact_row, note, "note", weir_read_shared_text),
	WEIR_FIELD_END
};
#define FACTS_REQUIRED 0x3 /* code, value */

static void begin_fact(void *context, weir_place record)
{
	((reader *)context)->fact = (fact_row){ .code.place = record, .value.place = record };
}

/* Finds the field; -1 after a complaint. */
static int find_field(reader *r, const char *code, size_t length, int has_item)
{
	weir_diags *diags = r->loader->diags;
	int number = weir_names_find(&r->codes, code, length);
	if (number < 0) {
		weir_complain_unknown(r->loader, "field", &r->codes, code, length, r->fact.code.place);
		return -1;
	}
	const weir_filing_field *field = &r->fields[number];
	if (field->takes == WEIR_FILING_NEVER) {
		weir_diag_error(diags, BAD_VALUE, r->fact.code.place,
		                "\"%.*s\" comes from the results alone; leave it out", (int)length, code);
		return -1;
	}
	int grouped = field->source == WEIR_FILING_TEST;
	if (grouped != has_item) {
		weir_diag_error(diags, BAD_VALUE, r->fact.code.place, "\"%s\" %s", r->fact.code.text,
		                grouped ? "is of one trigger; give the trigger's id behind it, like IVSR8/ID" :
		                          "is of the whole report; leave out what is behind the code");
		return -1;
	}
	return number;
}

/* Whether the same was given before where the form has it once. */
static int is_double(reader *r, const weir_filing_fact *fact, weir_status *status)
{
	for (size_t i = 0; i < r->fact_count; i++) {
		const weir_filing_fact *before = &r->facts[i];
		if (before->field != fact->field || before->item != fact->item || r->fields[fact->field].many)
			continue;
		*status = weir_loader_duplicate(r->loader, "fact", r->fact.code.text, r->fact.code.place, "fact",
		                                before->place);
		return 1;
	}
	return 0;
}

static weir_status end_fact(void *context, weir_seen seen, weir_place record, int good)
{
	reader *r = context;
	weir_status status = WEIR_OK;
	(void)seen;
	(void)record;
	if (!good)
		return WEIR_OK;
	const char *code = r->fact.code.text, *slash = strchr(code, '/');
	size_t length = slash ? (size_t)(slash - code) : strlen(code);
	weir_filing_fact fact = { .field = find_field(r, code, length, slash != NULL),
		                  .text = r->fact.value.text,
		                  .number = NAN,
		                  .from = WEIR_DATE_NONE,
		                  .place = r->fact.code.place };
	if (fact.field < 0)
		return WEIR_OK;
	if (slash && !(fact.item = weir_loader_text(r->loader, slash + 1, strlen(slash + 1))))
		return WEIR_NO_MEMORY;
	if (is_double(r, &fact, &status))
		return status;
	const weir_filing_field *field = &r->fields[fact.field];
	int no_data = read_no_data(r, &fact, field);
	if (no_data < 0)
		return WEIR_OK;
	const char *remedy = no_data ? NULL : read_value(&fact, field, r->digits);
	if (remedy) {
		char excerpt[WEIR_EXCERPT_BYTES];
		int words = field->kind == WEIR_FILING_CODE;
		weir_diag_error(r->loader->diags, BAD_VALUE, r->fact.value.place,
		                "\"%s\" is no value of %s (%s); %s%s%s",
		                weir_excerpt(excerpt, fact.text, strlen(fact.text)), field->code, field->name, remedy,
		                words ? " " : "", words ? field->allowed : "");
		return WEIR_OK;
	}
	if (!WEIR_GROW(r->facts, r->fact_count, r->fact_capacity))
		return WEIR_NO_MEMORY;
	r->facts[r->fact_count++] = fact;
	return WEIR_OK;
}

/* --- both ------------------------------------------------------------------------------------------------------- */

static weir_status keep(weir_filing *out, weir_arena *arena, const reader *r)
{
	weir_filing_field *fields = weir_arena_array(arena, r->field_count + 1, sizeof *fields);
	weir_filing_fact *facts = weir_arena_array(arena, r->fact_count + 1, sizeof *facts);
	if (!fields || !facts)
		return WEIR_NO_MEMORY;
	if (r->field_count)
		memcpy(fields, r->fields, r->field_count * sizeof *fields);
	if (r->fact_count)
		memcpy(facts, r->facts, r->fact_count * sizeof *facts);
	*out = (weir_filing){ fields, (int)r->field_count, facts, (int)r->fact_count };
	return WEIR_OK;
}

weir_status weir_filing_load(weir_filing *out, weir_arena *arena, weir_sources *sources, const char *name,
                             const char *path, int digits, weir_diags *diags)
{
	weir_loader loader = { .arena = arena, .sources = sources, .diags = diags };
	reader r = { .loader = &loader, .digits = digits };
	weir_table fields = { "field table", field_columns, FIELDS_REQUIRED, &r.now, begin_field, end_field, &r, NULL };
	weir_table facts = { "facts", fact_columns, FACTS_REQUIRED, &r.fact, begin_fact, end_fact, &r, NULL };
	weir_status status = weir_table_load(&loader, NULL, name, &fields);
	int has_table = status == WEIR_OK;
	*out = (weir_filing){ 0 };
	if (has_table && path)
		status = weir_table_load(&loader, path, NULL, &facts);
	if (has_table && (status == WEIR_OK || status == WEIR_INPUT) && keep(out, arena, &r) != WEIR_OK)
		status = WEIR_NO_MEMORY;
	weir_free(r.fields);
	weir_free(r.facts);
	weir_names_free(&r.codes);
	weir_loader_free(&loader);
	return status;
}
