/* SPDX-License-Identifier: GPL-3.0-or-later */
/* filing.c: reports that a regulator prescribes field by field. */
#include <string.h>

#include "api/session.h"
#include "io/filing_csv.h"
#include "report/filing.h"

int weir_is_filing(const char *template)
{
	return template && strcmp(template, "esma-annex12") == 0;
}

weir_status weir_filing_print(weir_text *out, const weir_results *results, const weir_report_request *request,
                              int period, weir_sources *sources, weir_diags *diags)
{
	weir_status status;
	weir_arena *arena = NULL;
	weir_filing filing = { 0 };
	char name[64] = "";
	strncat(name, request->template, sizeof name - 8);
	strcat(name, ".csv");
	WEIR_TRY(weir_arena_create(&arena));
	status = weir_filing_load(&filing, arena, sources, name, request->facts, results->currency_digits, diags);
	if (status != WEIR_OK && (status != WEIR_INPUT || filing.field_count == 0))
		goto out;
	weir_status written = weir_filing_write(out, &filing, results, period,
	                                        diags); /* after bad facts: to tell what is missing too */
	status = written != WEIR_OK ? written : status;
out:
	weir_arena_destroy(arena);
	return status;
}
