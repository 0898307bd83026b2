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

static const char *const fuzz_names[] = { "deal.xml", "tape.csv", "scenarios.xml" };

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

/* Loads the deal of the folder. */
static inline void fuzz_load(void)
{
	weir_sources sources = { 0 };
	weir_diags diags = { 0 };
	weir_deal *deal = NULL;
	weir_status status = weir_deal_load(&deal, &sources, fuzz_path("deal.xml"), &diags);
	fuzz_check(status, deal, &sources, &diags);
	weir_deal_destroy(deal);
	weir_diags_free(&diags);
	weir_sources_free(&sources);
}

#endif
