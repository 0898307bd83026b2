/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/report_dates_csv.h"

#include <string.h>

#include "base/alloc.h"
#include "io/table.h"
#include "io/words.h"

typedef struct date_row {
	weir_report_date date;
	const char *day_of_year;
} date_row;

static const weir_choice kinds[] = { { "abs", 1 << WEIR_DEAL_ABS },
	                             { "abn", 1 << WEIR_DEAL_ABN },
	                             { "trust", 1 << WEIR_DEAL_TRUST },
	                             { "note", 1 << WEIR_DEAL_NOTE },
	                             { NULL, 0 } };

static const weir_field fields[] = {
	WEIR_FIELD(date_row, date.id, "id", weir_read_shared_text),
	WEIR_FIELD(date_row, date.source, "source", weir_read_shared_text),
	WEIR_FIELD_OF(date_row, date.label, "label", weir_read_choice, weir_words_trust_label),
	WEIR_FIELD(date_row, date.en, "en", weir_read_shared_text),
	WEIR_FIELD(date_row, date.zh, "zh", weir_read_shared_text),
	WEIR_FIELD_OF(date_row, date.for_kinds, "kind", weir_read_choice, kinds),
	WEIR_FIELD(date_row, date.venue, "venue", weir_read_shared_text),
	WEIR_FIELD(date_row, date.days, "days", weir_read_business_days),
	WEIR_FIELD(date_row, day_of_year, "day-of-year", weir_read_shared_text),
	WEIR_FIELD(date_row, date.source_zh, "source-zh", weir_read_shared_text),
	WEIR_FIELD_END
};
#define REQUIRED 0x7 /* id, source, label */
#define DAYS_BIT ((weir_seen)1 << 7)
#define DAY_OF_YEAR_BIT ((weir_seen)1 << 8)

typedef struct date_reading {
	weir_loader *loader;
	date_row now;
	weir_report_date *rows;
	size_t count, capacity;
} date_reading;

static void begin_row(void *context, weir_place record)
{
	((date_reading *)context)->now = (date_row){ .date = { .place = record } };
}

/* "04-30"; a 29 February is no day of every year. */
static int read_day_of_year(weir_report_date *date, const char *text)
{
	char whole[11] = "2023-";
	if (strlen(text) != 5)
		return 0;
	memcpy(whole + 5, text, 6);
	weir_date day = weir_date_parse(whole, 10);
	if (day == WEIR_DATE_NONE)
		return 0;
	weir_date_to_ymd(day, NULL, &date->month, &date->day);
	return 1;
}

static int is_same(const char *a, const char *b)
{
	return a == b || (a && b && strcmp(a, b) == 0);
}

static weir_status end_row(void *context, weir_seen seen, weir_place record, int good)
{
	date_reading *r = context;
	weir_report_date *now = &r->now.date;
	if (!good)
		return WEIR_OK;
	now->has_days = (seen & DAYS_BIT) != 0;
	if (now->has_days == ((seen & DAY_OF_YEAR_BIT) != 0))
		weir_diag_error(
			r->loader->diags, BAD_VALUE, record,
			"\"%s\" has %s; give days from the payment date (\"-3 business days\") or a day-of-year "
			"(\"04-30\")",
			now->id, now->has_days ? "days and a day-of-year" : "neither days nor a day-of-year");
	else if (!now->has_days && !read_day_of_year(now, r->now.day_of_year))
		weir_diag_error(r->loader->diags, BAD_VALUE, record,
		                "\"%s\" is no day of every year; write it as \"04-30\"", r->now.day_of_year);
	for (size_t i = 0; i < r->count; i++)
		if (is_same(r->rows[i].id, now->id) && r->rows[i].for_kinds == now->for_kinds &&
		    is_same(r->rows[i].venue, now->venue) && r->rows[i].month == now->month &&
		    r->rows[i].day == now->day)
			return weir_loader_duplicate(r->loader, "date", now->id, record, "date", r->rows[i].place);
	if (!WEIR_GROW(r->rows, r->count, r->capacity))
		return WEIR_NO_MEMORY;
	r->rows[r->count++] = *now;
	return WEIR_OK;
}

static weir_status keep(weir_report_dates **out, weir_arena *arena, const date_reading *r)
{
	weir_report_dates *dates = weir_arena_alloc(arena, sizeof *dates);
	weir_report_date *items = weir_arena_array(arena, r->count + 1, sizeof *items);
	if (!dates || !items)
		return WEIR_NO_MEMORY;
	if (r->count > 0)
		memcpy(items, r->rows, r->count * sizeof *items);
	*dates = (weir_report_dates){ items, (int)r->count };
	*out = dates;
	return WEIR_OK;
}

weir_status weir_report_dates_load(weir_report_dates **out, weir_arena *arena, weir_sources *sources, weir_diags *diags)
{
	weir_loader loader = { .arena = arena, .sources = sources, .diags = diags };
	date_reading reading = { .loader = &loader };
	weir_table table = {
		"table of report dates", fields, REQUIRED, &reading.now, begin_row, end_row, &reading, NULL
	};
	weir_status status = weir_table_load(&loader, NULL, "report-dates.csv", &table);
	if (status == WEIR_OK)
		status = keep(out, arena, &reading);
	weir_free(reading.rows);
	weir_loader_free(&loader);
	return status;
}
