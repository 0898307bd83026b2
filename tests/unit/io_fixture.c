/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io_fixture.h"

#include <check.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "io/load.h"

const char io_deal[] =
	"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
	"<deal xmlns=\"urn:weir:deal:1\" id=\"small\" kind=\"abs\" currency=\"CNY\">\n"
	"<dates closing=\"2023-04-14\" legal-final=\"2026-04-14\">\n"
	"<payment first=\"2023-07-14\" every=\"3 months\" count=\"4\" adjust=\"following\" "
	"calendar=\"CN-work\"/>\n"
	"<accrual day-count=\"ACT/365F\" dates=\"unadjusted\"/>\n"
	"<calculation offset=\"-10 business days\"/>\n"
	"</dates>\n"
	"<parties>\n"
	"<party id=\"lender\" role=\"originator servicer\" zh=\"甲\"/>\n"
	"</parties>\n"
	"<pool>\n"
	"<contract id=\"B01\" kind=\"loan\" obligor=\"B01\" obligor-en=\"One\" amount=\"8000000.00\" "
	"rate=\"4.98%\"\n"
	"  repayment=\"bullet\" first-due=\"2023-06-25\" every=\"3 months\" instalments=\"4\"/>\n"
	"</pool>\n"
	"<accounts>\n"
	"<account id=\"cash\"/>\n"
	"</accounts>\n"
	"<classes>\n"
	"<class id=\"A\" size=\"7000000.00\" coupon=\"3.8%\"><principal style=\"bullet\" "
	"maturity=\"2024-04-14\"/></class>\n"
	"</classes>\n"
	"<fees>\n"
	"<fee id=\"manager\" base=\"classes.all.balance\" rate=\"0.05%\" day-count=\"ACT/365F\"/>\n"
	"</fees>\n"
	"<waterfalls>\n"
	"<waterfall id=\"normal\"><pay what=\"manager A.interest A.principal\"/></waterfall>\n"
	"</waterfalls>\n"
	"</deal>\n";

static char folder[64];

void io_enter(void)
{
	snprintf(folder, sizeof folder, "%s/weir-io-XXXXXX", "/tmp");
	ck_assert_ptr_nonnull(mkdtemp(folder));
}

static void remove_tree(const char *path)
{
	DIR *all = opendir(path);
	char name[512];
	if (!all) {
		unlink(path);
		return;
	}
	for (struct dirent *e = readdir(all); e; e = readdir(all)) {
		if (strcmp(e->d_name, ".") == 0 || strcmp(e->d_name, "..") == 0)
			continue;
		struct stat about;
		snprintf(name, sizeof name, "%s/%s", path, e->d_name);
		if (lstat(name, &about) == 0 && S_ISDIR(about.st_mode))
			remove_tree(name);
		else
			unlink(name);
	}
	closedir(all);
	rmdir(path);
}

void io_leave(void)
{
	if (folder[0])
		remove_tree(folder);
	folder[0] = '\0';
}

const char *io_write(const char *name, const char *text)
{
	static char path[256];
	snprintf(path, sizeof path, "%s/%s", folder, name);
	FILE *file = fopen(path, "wb");
	ck_assert_ptr_nonnull(file);
	ck_assert_uint_eq(fwrite(text, 1, strlen(text), file), strlen(text));
	fclose(file);
	return path;
}

char *io_replace(const char *text, const char *old, const char *new)
{
	const char *at = strstr(text, old);
	ck_assert_msg(at != NULL, "the text has no \"%s\"", old);
	size_t before = (size_t)(at - text), rest = strlen(at) - strlen(old);
	char *result = malloc(before + strlen(new) + rest + 1);
	ck_assert_ptr_nonnull(result);
	memcpy(result, text, before);
	memcpy(result + before, new, strlen(new));
	memcpy(result + before + strlen(new), at + strlen(old), rest + 1);
	return result;
}

io_load io_load_path(const char *path)
{
	io_load load = { .sources = calloc(1, sizeof(weir_sources)) };
	ck_assert_ptr_nonnull(load.sources);
	load.status = weir_deal_load(&load.deal, load.sources, path, &load.diags);
	weir_diags_sort(&load.diags);
	return load;
}

io_load io_load_file(const char *name)
{
	char path[256];
	snprintf(path, sizeof path, "%s/%s", folder, name);
	return io_load_path(path);
}

io_load io_load_text(const char *text)
{
	io_write("deal.xml", text);
	return io_load_file("deal.xml");
}

io_load io_load_with(const char *old, const char *new)
{
	char *text = io_replace(io_deal, old, new);
	io_load load = io_load_text(text);
	free(text);
	return load;
}

void io_free(io_load *load)
{
	weir_deal_destroy(load->deal);
	weir_diags_free(&load->diags);
	weir_sources_free(load->sources);
	free(load->sources);
}

const char *io_complaint(io_load *load, size_t i)
{
	static char text[2048];
	const weir_diag *d = &load->diags.items[i];
	const weir_source *source = weir_sources_get(load->sources, d->place);
	unsigned line, column;
	weir_sources_locate(load->sources, d->place, &line, &column);
	const char *name = source ? source->name : "-";
	size_t length = strlen(folder);
	if (length && strncmp(name, folder, length) == 0)
		name += length + 1;
	snprintf(text, sizeof text, "%s:%u:%u: %s: %s [%s]", name, line, column,
		weir_severity_text(d->severity), d->text,
	         weir_code_text(d->code));
	return text;
}

/* Whether `text` is `wanted`, in which * stands for any text. */
static int fits(const char *text, const char *wanted)
{
	if (*wanted != '*')
		return *text == *wanted && (*text == '\0' || fits(text + 1, wanted + 1));
	for (;; text++) {
		if (fits(text, wanted + 1))
			return 1;
		if (*text == '\0')
			return 0;
	}
}

void io_expect(io_load *load, const char *wanted)
{
	size_t found = 0;
	for (size_t i = 0; i < load->diags.count; i++)
		found += (size_t)fits(io_complaint(load, i), wanted);
	if (found == 1)
		return;
	for (size_t i = 0; i < load->diags.count; i++)
		fprintf(stderr, "# %s\n", io_complaint(load, i));
	ck_abort_msg("%zu times: %s", found, wanted);
}

void io_expect_only(io_load *load, const char *wanted)
{
	io_expect(load, wanted);
	if (load->diags.errors != 1)
		for (size_t i = 0; i < load->diags.count; i++)
			fprintf(stderr, "# %s\n", io_complaint(load, i));
	ck_assert_uint_eq(load->diags.errors, 1);
	ck_assert_int_eq(load->status, WEIR_INPUT);
}
