/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine_fixture.h"

#include <check.h>
#include <glob.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "io/load.h"

static weir_status compile(engine_deal *d)
{
	weir_status status;
	weir_diags *diags = &d->load.diags;
	if (d->load.status != WEIR_OK)
		return d->load.status;
	WEIR_TRY(weir_deal_periods(&d->periods, d->arena, d->load.deal, diags));
	WEIR_TRY(weir_pool_create(&d->pool, d->arena, d->load.deal, diags));
	WEIR_TRY(weir_plan_create(&d->plan, d->load.deal, d->pool, &d->periods, diags));
out:
	weir_diags_sort(diags);
	return status;
}

void engine_open(engine_deal *d, const char *path)
{
	char beside[512];
	const char *slash = strrchr(path, '/');
	*d = (engine_deal){ 0 };
	ck_assert_int_eq(weir_arena_create(&d->arena), WEIR_OK);
	d->load = io_load_path(path);
	d->status = d->load.status = compile(d);
	snprintf(beside, sizeof beside, "%.*s/%s", (int)(slash - path), path,
	         strcmp(slash, "/deal.xml") == 0 ? "scenarios.xml" : "stress.xml");
	if (strcmp(slash, "/deal.xml") == 0 && access(beside, F_OK) != 0)
		snprintf(beside, sizeof beside, "%.*s/stress.xml", (int)(slash - path), path);
	if (d->status == WEIR_OK && access(beside, F_OK) == 0)
		ck_assert_int_eq(weir_scenarios_load(&d->scenarios, d->load.deal, beside, &d->load.diags), WEIR_OK);
	for (int i = 0; i < d->scenarios.count; i++)
		weir_block_settle_scenario(d->plan, &d->scenarios.items[i], &d->load.diags);
}

void engine_try_text(engine_deal *d, const char *text)
{
	char path[256];
	snprintf(path, sizeof path, "%s", io_write("deal.xml", text));
	engine_open(d, path);
}

static void demand(engine_deal *d, const char *what)
{
	for (size_t i = 0; d->status != WEIR_OK && i < d->load.diags.count; i++)
		fprintf(stderr, "# %s\n", io_complaint(&d->load, i));
	ck_assert_msg(d->status == WEIR_OK, "%s does not compile", what);
}

void engine_open_text(engine_deal *d, const char *text)
{
	engine_try_text(d, text);
	demand(d, "the text");
}

void engine_close(engine_deal *d)
{
	weir_plan_destroy(d->plan);
	weir_arena_destroy(d->arena);
	io_free(&d->load);
	*d = (engine_deal){ 0 };
}

/* Files that stand beside a deal. */
static int is_no_deal(const char *path)
{
	static const char *const kinds[] = { "scenarios", "stress", "market", "structure", "selection" };
	const char *name = strrchr(path, '/') + 1;
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
		if (strncmp(name, kinds[i], strlen(kinds[i])) == 0)
			return 1;
	return 0;
}

void engine_each_deal(void (*each)(engine_deal *d))
{
	glob_t found;
	ck_assert_int_eq(glob("deals/*/*.xml", 0, NULL, &found), 0);
	ck_assert_int_eq(glob("tests/deals/*/deal.xml", GLOB_APPEND, NULL, &found), 0);
	ck_assert_uint_ge(found.gl_pathc, 60);
	for (size_t i = 0; i < found.gl_pathc; i++) {
		engine_deal d;
		if (is_no_deal(found.gl_pathv[i]))
			continue;
		engine_open(&d, found.gl_pathv[i]);
		demand(&d, found.gl_pathv[i]);
		each(&d);
		engine_close(&d);
	}
	globfree(&found);
}

weir_block *engine_run(engine_deal *d, const weir_scenario *scenario, int traced)
{
	weir_block *block = NULL;
	weir_run_options options = { .trace_lane = traced ? 0 : -1, .record_all = 1 };
	ck_assert_int_eq(weir_block_create(&block, d->plan, &options), WEIR_OK);
	ck_assert_int_eq(weir_block_run(block, &scenario, 1, NULL, 0, &d->load.diags), WEIR_OK);
	return block;
}

double engine_value(const engine_deal *d, const weir_block *block, const char *name, int period)
{
	int number = weir_plan_find_register(d->plan, name);
	const double *lanes = number < 0 ? NULL : weir_run_record(weir_block_result(block), number, period);
	ck_assert_msg(lanes != NULL, "no register \"%s\" was kept", name);
	return lanes[0];
}

const char *engine_text(const double *principal, const double *income, const char *body)
{
	static char text[16384];
	static const char *const due[] = { "2024-02-20", "2024-05-20", "2024-08-20", "2024-11-20" };
	double amount = 0;
	size_t at = 0;
	for (int k = 0; k < 4; k++)
		amount += principal[k];
	at += (size_t)snprintf(text, sizeof text,
	                       "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
	                       "<deal xmlns=\"urn:weir:deal:1\" id=\"hand\" kind=\"abs\" currency=\"CNY\">\n"
	                       "<dates closing=\"2023-12-15\" start=\"2023-12-15\" legal-final=\"2026-12-15\">\n"
	                       "<payment first=\"2024-03-15\" every=\"3 months\" count=\"4\" adjust=\"none\" "
	                       "calendar=\"weekends\"/>\n"
	                       "<accrual day-count=\"30E/360\" dates=\"unadjusted\"/>\n"
	                       "<calculation offset=\"-5 business days\"/>\n"
	                       "</dates>\n"
	                       "<parties><party id=\"backer\" role=\"shortfall-payer\" en=\"Backer\"/>\n"
	                       "<party id=\"second\" role=\"shortfall-payer\" en=\"Second\" capacity=\"170.00\"/></parties>\n"
	                       "<pool><contract id=\"K1\" kind=\"loan\" obligor=\"O1\" obligor-en=\"One\" "
	                       "amount=\"%.2f\" repayment=\"explicit\">\n",
	                       amount / 100);
	for (int k = 0; k < 4; k++)
		at += (size_t)snprintf(text + at, sizeof text - at,
		                       "<instalment date=\"%s\" principal=\"%.2f\" income=\"%.2f\"/>\n", due[k],
		                       principal[k] / 100, income[k] / 100);
	at += (size_t)snprintf(text + at, sizeof text - at, "</contract></pool>\n%s</deal>\n", body);
	ck_assert_uint_lt(at, sizeof text);
	return text;
}
