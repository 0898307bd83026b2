/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/fill_places.h"

#include <string.h>

#include "deal/place_names.h"

static weir_status place_cell(weir_cell *out, weir_results *results, const char *text, const char *en, const char *zh)
{
	const char *key = weir_arena_text(results->arena, text, strlen(text));
	const char *kept_en = en ? weir_arena_text(results->arena, en, strlen(en)) : key;
	const char *kept_zh = zh ? weir_arena_text(results->arena, zh, strlen(zh)) : key;
	*out = weir_cell_key(key, kept_en, kept_zh);
	return key && kept_en && kept_zh ? WEIR_OK : WEIR_NO_MEMORY;
}

weir_status weir_name_industry(weir_cell *out, weir_results *results, const weir_deal *deal, const char *text)
{
	*out = (weir_cell){ 0 };
	if (!text)
		return WEIR_OK;
	const weir_place_name *name =
		deal->place_names ? weir_industry_find(&deal->place_names->industries, text) : NULL;
	return place_cell(out, results, text, name ? name->en : NULL, name ? name->zh : NULL);
}

weir_status weir_name_region(weir_cell *out, weir_results *results, const weir_deal *deal, const char *text)
{
	*out = (weir_cell){ 0 };
	if (!text)
		return WEIR_OK;
	if (!deal->place_names)
		return place_cell(out, results, text, NULL, NULL);
	const weir_place_name *name = weir_region_find_english(&deal->place_names->regions, text);
	if (name)
		return place_cell(out, results, text, NULL, name->zh);
	weir_text english = { 0 };
	weir_status status = weir_region_write_english(&english, &deal->place_names->regions, text);
	if (status == WEIR_OK || status == WEIR_NO)
		status = place_cell(out, results, text, status == WEIR_OK ? english.data : NULL, NULL);
	weir_text_free(&english);
	return status;
}

weir_cell weir_fill_industry(weir_filler *f, const char *text)
{
	weir_cell cell;
	if (weir_name_industry(&cell, f->results, f->deal, text) != WEIR_OK)
		f->failed = 1;
	return cell;
}

weir_cell weir_fill_region(weir_filler *f, const char *text)
{
	weir_cell cell;
	if (weir_name_region(&cell, f->results, f->deal, text) != WEIR_OK)
		f->failed = 1;
	return cell;
}
