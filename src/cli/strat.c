/* SPDX-License-Identifier: GPL-3.0-or-later */
/* strat.c: weir strat: the pool by what its contracts have. */
#include <stdlib.h>
#include <string.h>

#include "cli/cli.h"

static const char *by, *weight, *top, *sort, *lang, *out;
static const char *bands[WEIR_MOST_VALUES];
static size_t band_count;

static const weir_option options[] = {
	{ "by", "LIST",
	  "attributes, a table each: industry,grade; crossed: industry:grade; default: those of a prospectus", &by,
	  NULL, NULL },
	{ "bands", "BANDS",
	  "bands of a number by their upper ends, such as rate=5%,10%,20%, or a CSV file like "
	  "share/strat-bands.csv; may be repeated",
	  NULL, bands, &band_count },
	{ "weight", "AMOUNT", "principal (default) or receivable", &weight, NULL, NULL },
	{ "top", "N", "the N largest bands, the others as one", &top, NULL, NULL },
	{ "sort", "ORDER", "amount or band; default: amount for words, band for numbers, grades and dates", &sort, NULL,
	  NULL },
	{ "lang", "LANG", "en (default), zh or both", &lang, NULL, NULL },
	WEIR_VARIANT_OPTION,
	{ "out", "DIR", "where to write tables/strat.csv and tables/strat_measures.csv; default ./DEALID-out", &out,
	  NULL, NULL },
};

static int run(const char *const *operands, size_t count)
{
	static const char *const tables[] = { "strat", "strat_measures", NULL };
	int status;
	(void)count;
	if (top && (strspn(top, "0123456789") != strlen(top) || !*top || strlen(top) > 6 || atoi(top) < 1))
		return weir_usage_error("\"--top %s\" is no number of bands; give a whole number from 1", top);
	weir_session *session = weir_open_session(operands[0], &status);
	if (status == WEIR_EXIT_DONE) {
		weir_strat_request request = { .by = by,
			                       .bands = bands,
			                       .band_count = band_count,
			                       .weight = weight,
			                       .top = top ? atoi(top) : 0,
			                       .sort = sort,
			                       .lang = lang };
		size_t printed = weir_session_message_count(session);
		status = weir_session_strat(session, &request);
		weir_print_messages(session, &printed);
	}
	if (status == WEIR_EXIT_DONE)
		status = weir_finish_study(session, out, tables);
	weir_session_close(session);
	return status;
}

const weir_command weir_command_strat = {
	.name = "strat",
	.arguments = "DEAL [--by LIST] [--bands BANDS]... [--weight AMOUNT] [--top N] [--sort ORDER]",
	.summary = "the pool by industry, grade, rate, term and any other attribute",
	.options = options,
	.option_count = sizeof options / sizeof *options,
	.operands_least = 1,
	.operands_most = 1,
	.run = run
};
