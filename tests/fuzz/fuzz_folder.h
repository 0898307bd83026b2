/* SPDX-License-Identifier: GPL-3.0-or-later */
/* fuzz_folder.h: a temporary folder that a fuzz target writes its input into, and the checks of every load. */
#ifndef TESTS_FUZZ_FUZZ_FOLDER_H
#define TESTS_FUZZ_FUZZ_FOLDER_H

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "io/load.h"

static char fuzz_folder[64];

static const char *const fuzz_names[] = { "deal.xml", "tape.csv", "scenarios.xml", "market.xml",
	                                    "structure.xml", "selection.xml" };

/* A small deal for files that are read beside one. */
static const char fuzz_deal_text[] =
	"<deal xmlns=\"urn:weir:deal:1\" id=\"d\" kind=\"abs\" currency=\"CNY\"><dates closing=\"2023-04-14\" "
	"legal-final=\"2026-04-14\"><payment first=\"2023-07-14\" every=\"3 months\" count=\"4\" adjust=\"none\" "
	"calendar=\"weekends\"/><accrual day-count=\"ACT/365F\" dates=\"unadjusted\"/><calculation "
	"offset=\"-10 business days\"/></dates><parties><party id=\"G\" role=\"guarantor\"/></parties><pool>"
	"<contract id=\"B01\" kind=\"loan\" obligor=\"B01\" obligor-en=\"One\" amount=\"80.00\" rate=\"5%\" "
	"repayment=\"bullet\" first-due=\"2023-06-25\" every=\"3 months\" instalments=\"4\"/>"
	"<ip><item id=\"P1\" kind=\"invention\" filed=\"2016-06-12\"/></ip></pool>"
	"<accounts><account id=\"cash\"/></accounts><classes><class id=\"A\" size=\"70.00\" coupon=\"3.8%\">"
	"<principal style=\"pass-through\"/></class></classes><waterfalls><waterfall id=\"w\"><pay what=\"A.interest\"/>"
	"</waterfall></waterfalls></deal>";

static const char *fuzz_path(const char *name)
{
	static char path[128];
	snprintf(path, sizeof path, "%s/%s", fuzz_folder, name);
	return path;
}

static void fuzz_leave(void)
{
	for (size_t i = 0; i < sizeof fuzz_names / sizeof *fuzz_names; i++)
		unlink(fuzz_path(fuzz_names[i]));
	rmdir(fuzz_folder);
}

static void fuzz_write(const char *name, const void *data, size_t size)
{
	if (!fuzz_folder[0]) {
		strcpy(fuzz_folder, "/tmp/weir-fuzz-XXXXXX");
		if (!mkdtemp(fuzz_folder) || atexit(fuzz_leave) != 0)
			abort();
	}
	FILE *file = fopen(fuzz_path(name), "wb");
	if (!file || fwrite(data, 1, size, file) != size)
		abort();
	fclose(file);
}

/* Every complaint must lie inside its source; a status must agree with the list. */
static void fuzz_check(weir_status status, const weir_deal *deal, weir_sources *sources, const weir_diags *diags)
{
	if ((status == WEIR_OK) != (diags->errors == 0) || (status != WEIR_OK && status != WEIR_INPUT) || !deal)
		abort();
	for (size_t i = 0; i < diags->count; i++) {
		weir_place place = diags->items[i].place;
		const weir_source *source = weir_sources_get(sources, place);
		unsigned line, column;
		if (source && place.offset + place.length > source->size)
			abort();
		weir_sources_locate(sources, place, &line, &column);
	}
}

/* Loads the deal of the folder, and its first variant, if it has one. */
static inline void fuzz_load(void)
{
	weir_sources sources = { 0 };
	weir_diags diags = { 0 }, of_variant = { 0 };
	weir_deal *deal = NULL, *variant = NULL;
	weir_status status = weir_deal_load(&deal, &sources, fuzz_path("deal.xml"), &diags);
	fuzz_check(status, deal, &sources, &diags);
	if (deal->variant_count > 0) {
		status = weir_deal_load_variant(&variant, &sources, fuzz_path("deal.xml"), deal->variants[0].node.id, &of_variant);
		fuzz_check(status, variant, &sources, &of_variant);
	}
	weir_deal_destroy(variant);
	weir_deal_destroy(deal);
	weir_diags_free(&of_variant);
	weir_diags_free(&diags);
	weir_sources_free(&sources);
}

#endif
