/* SPDX-License-Identifier: GPL-3.0-or-later */
/* deal_dates.c: the dates of a deal and the calendar that moves them. */
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "io/deal_int.h"
#include "io/file.h"
#include "io/load.h"

#define CALENDARS_MAX 32

static const weir_choice rolls[] = { { "none", WEIR_ROLL_NONE }, { "following", WEIR_ROLL_FOLLOWING },
	                             { "modified-following", WEIR_ROLL_MODIFIED_FOLLOWING },
	                             { "preceding", WEIR_ROLL_PRECEDING }, { NULL, 0 } };
static const weir_choice accrual_dates[] = { { "unadjusted", 0 }, { "adjusted", 1 }, { NULL, 0 } };

static const weir_field date_fields[] = {
	WEIR_FIELD(weir_deal, cutoff, "cutoff", weir_read_date),
	WEIR_FIELD(weir_deal, closing, "closing", weir_read_date),
	WEIR_FIELD(weir_deal, start, "start", weir_read_date),
	WEIR_FIELD(weir_deal, legal_final, "legal-final", weir_read_date),
	WEIR_FIELD_END
};

static const weir_field accrual_fields[] = {
	WEIR_FIELD(weir_deal, day_count, "day-count", weir_read_day_count),
	WEIR_FIELD_OF(weir_deal, accrual_adjusted, "dates", weir_read_choice, accrual_dates),
	WEIR_FIELD_END
};

static const weir_field calculation_fields[] = {
	WEIR_FIELD(weir_deal, calculation_offset_days, "offset", weir_read_business_days),
	WEIR_FIELD_END
};

static const weir_field transfer_fields[] = {
	WEIR_FIELD(weir_deal, transfer_offset_days, "offset", weir_read_business_days),
	WEIR_FIELD_END
};

/* --- calendars -------------------------------------------------------------------------------------------------- */

/* The text of a calendar file; *source 0 and WEIR_NO when weir has none of that name. */
static weir_status share_calendar(weir_loader *loader, const char *id, uint32_t *source)
{
	char name[96];
	weir_diags unknown = { 0 }, *listed = loader->diags;
	if (strlen(id) > 64 ||
	    strspn(id, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_") != strlen(id))
		return WEIR_NO;
	snprintf(name, sizeof name, "calendars/%s.csv", id);
	loader->diags = &unknown; /* who asks says it better */
	weir_status status = weir_loader_share(source, loader, name);
	loader->diags = listed;
	weir_diags_free(&unknown);
	return status == WEIR_IO ? WEIR_NO : status;
}

static weir_status read_library(void *context, const char *id, const char **text, size_t *length, uint32_t *source)
{
	weir_loader *loader = context;
	weir_status status = share_calendar(loader, id, source);
	if (status != WEIR_OK)
		return status;
	*text = loader->sources->items[*source - 1].text;
	*length = loader->sources->items[*source - 1].size;
	return WEIR_OK;
}

static void complain_about_calendar(const weir_cell *cell)
{
	weir_share_name names[CALENDARS_MAX];
	const char *texts[CALENDARS_MAX];
	char list[CALENDARS_MAX * sizeof names[0] + 1] = "", excerpt[WEIR_EXCERPT_BYTES];
	size_t count = weir_share_names(names, CALENDARS_MAX, "calendars/", ".csv"), used = 0;
	for (size_t i = 0; i < count; i++) {
		texts[i] = names[i].text;
		used += (size_t)snprintf(list + used, sizeof list - used, "%s, ", names[i].text);
	}
	const char *nearest = count ? weir_nearest_name(cell->text, cell->length, texts, count) : NULL;
	weir_excerpt(excerpt, cell->text, cell->length);
	if (nearest)
		weir_diag_error(cell->loader->diags, UNKNOWN_ID, cell->place,
		                "there is no calendar \"%s\"; did you mean \"%s\"?", excerpt, nearest);
	else
		weir_diag_error(cell->loader->diags, UNKNOWN_ID, cell->place,
		                "there is no calendar \"%s\"; name one of %sor a .csv file in the deal's "
		                "folder", excerpt, list);
}

/* A calendar of weir's own, or a file of the deal's folder. */
static weir_status read_calendar(const weir_cell *cell, const weir_field *field, void *at)
{
	weir_loader *l = cell->loader;
	weir_calendar_library library = { read_library, l };
	char name[128];
	weir_calendar *calendar = NULL;
	uint32_t source = 0;
	weir_status status = WEIR_NO;
	(void)field;
	if (cell->length < sizeof name) {
		memcpy(name, cell->text, cell->length);
		name[cell->length] = '\0';
		if (cell->length > 4 && strcmp(name + cell->length - 4, ".csv") == 0)
			status = weir_loader_open(&source, l, name, WEIR_DEAL_BYTES_MAX, cell->place);
		else
			status = share_calendar(l, name, &source);
	}
	if (status == WEIR_NO) {
		complain_about_calendar(cell);
		return WEIR_OK;
	}
	if (status != WEIR_OK || source == 0)
		return status;
	const weir_source *file = &l->sources->items[source - 1];
	status = weir_calendar_parse(&calendar, l->arena, file->text, file->size, source, &library, l->diags);
	if (status == WEIR_OK)
		*(const weir_calendar **)at = calendar;
	return status == WEIR_INPUT ? WEIR_OK : status;
}

/* --- dates ------------------------------------------------------------------------------------------------------ */

static const weir_field payment_fields[] = {
	WEIR_FIELD(weir_schedule_terms, first, "first", weir_read_date),
	{ "every", weir_read_span, 0, NULL },
	WEIR_FIELD(weir_schedule_terms, count, "count", weir_read_count),
	WEIR_FIELD(weir_schedule_terms, last, "last", weir_read_date),
	WEIR_FIELD(weir_schedule_terms, end_of_month, "end-of-month", weir_read_yes_no),
	WEIR_FIELD_OF(weir_schedule_terms, roll, "adjust", weir_read_choice, rolls),
	WEIR_FIELD(weir_schedule_terms, calendar, "calendar", read_calendar),
	WEIR_FIELD_END
};

static const weir_field tail_fields[] = {
	WEIR_FIELD(weir_schedule_terms, first, "first", weir_read_date),
	{ "every", weir_read_span, 0, NULL },
	WEIR_FIELD(weir_schedule_terms, last, "until", weir_read_date),
	WEIR_FIELD_END
};

/* Payment dates behind the regular ones: they move as those do. */
static weir_status load_tail(weir_loader *loader, const weir_xml *xml, const xmlNode *tail)
{
	weir_deal *deal = loader->deal;
	deal->has_tail = 1;
	deal->tail_place = weir_xml_place(xml, tail);
	deal->tail.end_of_month = deal->payment.end_of_month;
	deal->tail.roll = deal->payment.roll;
	deal->tail.calendar = deal->payment.calendar;
	return weir_fields_from_element(loader, xml, tail, tail_fields, &deal->tail, NULL);
}

static weir_status load_payment(weir_loader *loader, const weir_xml *xml, const xmlNode *payment)
{
	weir_deal *deal = loader->deal;
	weir_seen seen = 0;
	deal->payment_place = weir_xml_place(xml, payment);
	weir_status status = weir_fields_from_element(loader, xml, payment, payment_fields, &deal->payment, &seen);
	if (status != WEIR_OK)
		return status;
	if (!weir_field_seen(payment_fields, seen, "count") && !weir_field_seen(payment_fields, seen, "last"))
		weir_diag_error(loader->diags, MISSING_ATTRIBUTE, deal->payment_place,
		                "the payment dates have no end; add count=\"8\" or last=\"2025-03-20\"");
	if (weir_field_seen(payment_fields, seen, "count") && weir_field_seen(payment_fields, seen, "last"))
		weir_diag_error(loader->diags, CONTRACT_TERMS, deal->payment_place,
		                "the payment dates have two ends; keep count or last, and remove the other");
	deal->calendar = deal->payment.calendar;
	if (deal->payment.roll == WEIR_ROLL_NONE)
		deal->payment.calendar = NULL;
	return WEIR_OK;
}

weir_status weir_dates_load(weir_loader *loader, const weir_xml *xml, const xmlNode *dates)
{
	weir_deal *deal = loader->deal;
	const xmlNode *payment = weir_child(dates, "payment"), *accrual = weir_child(dates, "accrual");
	const xmlNode *calculation = weir_child(dates, "calculation"), *transfer = weir_child(dates, "transfer");
	const xmlNode *tail = weir_child(dates, "tail");
	weir_status status = WEIR_OK;
	if (!dates)
		return WEIR_OK;
	deal->dates_place = weir_xml_place(xml, dates);
	WEIR_TRY(weir_fields_from_element(loader, xml, dates, date_fields, deal, NULL));
	if (deal->cutoff == WEIR_DATE_NONE)
		deal->cutoff = deal->closing;
	if (deal->start == WEIR_DATE_NONE)
		deal->start = deal->closing;
	if (payment)
		WEIR_TRY(load_payment(loader, xml, payment));
	if (tail)
		WEIR_TRY(load_tail(loader, xml, tail));
	if (accrual)
		WEIR_TRY(weir_fields_from_element(loader, xml, accrual, accrual_fields, deal, NULL));
	if (calculation)
		WEIR_TRY(weir_fields_from_element(loader, xml, calculation, calculation_fields, deal, NULL));
	if (transfer)
		WEIR_TRY(weir_fields_from_element(loader, xml, transfer, transfer_fields, deal, NULL));
	deal->has_transfer = transfer != NULL;
out:
	return status;
}
