/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "deal/report_dates.h"

#include <string.h>

/* The rules behind them are China's. */
int weir_report_date_is_for(const weir_report_date *date, const weir_deal *deal)
{
	if (strcmp(deal->currency, "CNY") != 0 || (date->for_kinds && !(date->for_kinds & 1 << deal->kind)))
		return 0;
	return !date->venue || (deal->venue && strstr(deal->venue, date->venue));
}

const weir_report_date *weir_report_dates_find(const weir_report_dates *dates, const weir_deal *deal, const char *id)
{
	for (int i = 0; dates && i < dates->count; i++)
		if (strcmp(dates->items[i].id, id) == 0 && weir_report_date_is_for(&dates->items[i], deal))
			return &dates->items[i];
	return NULL;
}
