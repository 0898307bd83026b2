/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Contracts of random deals, and the rates and rights behind them. */
#include <string.h>

#include "ref/random_int.h"

void draft_indexes(draft *x)
{
	if (!(x->has_index = dice_percent(&x->d, 30)))
		return;
	fprintf(x->to, "\t<indexes>\n\t\t<index id=\"LPR\">\n");
	for (int i = -1; i < 6; i++) {
		fprintf(x->to, "\t\t\t<fixing");
		draft_date(x, "date", weir_date_add_months(x->start, 5 * i - 7));
		draft_rate(x, "rate", 20000, 60000);
		fprintf(x->to, "/>\n");
	}
	fprintf(x->to, "\t\t</index>\n\t</indexes>\n");
}

/* When a contract's receipts begin, and how many there are. */
static int write_rhythm(draft *x, weir_date *first, int *every)
{
	int count = (int)dice_between(&x->d, 1, 8);
	*every = (int[]){ 1, 3, 3, 6, 12, 2 }[dice_between(&x->d, 0, 5)];
	*first = x->start + (weir_date)dice_between(&x->d, 3, 150);
	draft_date(x, "first-due", *first);
	fprintf(x->to, " every=\"%d months\" instalments=\"%d\"", *every, count);
	return count;
}

/* Rights behind contracts; some are shared, some no longer in force. */
static void write_ip(draft *x)
{
	if (!x->has_ip)
		return;
	fprintf(x->to, "\t\t<ip>\n");
	for (int i = 1; i <= 4; i++) {
		fprintf(x->to, "\t\t\t<item id=\"IP%d\" kind=\"%s\" status=\"%s\" expires=\"2060-01-01\"", i,
		        DICE_PICK(&x->d, "invention", "trademark", "software"),
		        DICE_PICK(&x->d, "valid", "valid", "valid", "lapsed"));
		if (dice_percent(&x->d, 80))
			draft_amount(x, "valuation", dice_between(&x->d, 100000, 500000000));
		fprintf(x->to, "/>\n");
	}
	fprintf(x->to, "\t\t</ip>\n");
}

/* What any contract may carry; the first one has what covers of the deal look for. */
static void write_extras(draft *x, int number)
{
	if (dice_percent(&x->d, 30) || (number == 1 && draft_has_cover(x, 1)))
		draft_amount(x, "deposit", dice_between(&x->d, 1, 20000000));
	if (dice_percent(&x->d, 30) || (number == 1 && draft_has_cover(x, 0)))
		fprintf(x->to, " guarantor=\"P1\"");
	if (dice_percent(&x->d, 50))
		fprintf(x->to, " grade=\"%s\"", DICE_PICK(&x->d, "A", "B"));
	if (dice_percent(&x->d, 20))
		fprintf(x->to, " currency=\"USD\"");
	if (x->has_ip && dice_percent(&x->d, 60))
		fprintf(x->to, " ip=\"%s\"", DICE_PICK(&x->d, "IP1", "IP2 IP3", "IP1 IP4", "IP3"));
}

static void write_loan(draft *x)
{
	weir_date first;
	int every;
	int64_t cents = dice_between(&x->d, 1000000, 900000000);
	x->pool_cents += cents;
	fprintf(x->to, " kind=\"%s\"",
	        DICE_PICK(&x->d, "licence", "loan", "loan", "leaseback", "secondary-licence"));
	draft_amount(x, "amount", cents);
	draft_rate(x, "rate", 0, 99999);
	if (x->has_index && dice_percent(&x->d, 40))
		fprintf(x->to, " index=\"LPR\"");
	int count = write_rhythm(x, &first, &every);
	const char *style = DICE_PICK(&x->d, "level", "level-principal", "bullet", "interest-only");
	fprintf(x->to, " repayment=\"%s\"", style);
	if (strcmp(style, "interest-only") == 0)
		fprintf(x->to, " interest-only=\"%d\"", (int)dice_between(&x->d, 0, count - 1));
	if (dice_percent(&x->d, 40)) {
		fprintf(x->to, " interest-basis=\"days\" day-count=\"%s\"", draft_contract_day_count(x));
		draft_date(x, "start", first - (weir_date)dice_between(&x->d, 5, 60));
	}
	fprintf(x->to, "/>\n");
}

static void write_listed(draft *x)
{
	int64_t left = dice_between(&x->d, 1000000, 300000000);
	int rows = (int)dice_between(&x->d, 1, 4), listed = dice_percent(&x->d, 50);
	weir_date day = x->start + (weir_date)dice_between(&x->d, 3, 90);
	x->pool_cents += left;
	fprintf(x->to, " kind=\"loan\" repayment=\"explicit\"");
	draft_amount(x, "amount", left);
	draft_rate(x, "rate", 10000, 90000);
	fprintf(x->to, " interest-basis=\"days\" day-count=\"%s\"", draft_contract_day_count(x));
	draft_date(x, "start", x->start - 3);
	fprintf(x->to, ">\n");
	for (int i = 0; i < rows; i++) {
		int64_t part = i + 1 == rows ? left : dice_between(&x->d, 0, left);
		fprintf(x->to, "\t\t\t<instalment");
		draft_date(x, "date", day);
		draft_amount(x, "principal", part);
		if (listed)
			draft_amount(x, "income", dice_between(&x->d, 0, 5000000));
		fprintf(x->to, "/>\n");
		left -= part;
		day += (weir_date)dice_between(&x->d, 10, 200);
	}
	fprintf(x->to, "\t\t</contract>\n");
}

static void write_receivable(draft *x)
{
	int64_t face = dice_between(&x->d, 1000000, 500000000);
	x->pool_cents += face;
	fprintf(x->to, " kind=\"receivable\"");
	draft_amount(x, "face", face);
	draft_rate(x, "discount", 0, 120000);
	if (dice_percent(&x->d, 50))
		fprintf(x->to, " discount-years=\"%d.%02d\"", (int)dice_between(&x->d, 0, 3),
		        (int)dice_between(&x->d, 0, 99));
	draft_date(x, "first-due", x->start + (weir_date)dice_between(&x->d, 5, 900));
	fprintf(x->to, "/>\n");
}

static void write_royalty_rows(draft *x, int count, int a_year, int tiers, weir_date first)
{
	if (tiers)
		fprintf(x->to, "\t\t\t<tier up-to=\"4000000.00\" rate=\"5.25%%\"/><tier up-to=\"9000000.50\" "
		               "rate=\"4%%\"/>"
		               "<tier rate=\"2.125%%\"/>\n");
	if (dice_percent(&x->d, 20)) {
		fprintf(x->to, "\t\t\t<milestone");
		draft_date(x, "date", first + (weir_date)dice_between(&x->d, 0, (count - 1) * 336 / a_year));
		draft_amount(x, "amount", dice_between(&x->d, 1, 10000000));
		fprintf(x->to, "/>\n");
	}
	if (dice_percent(&x->d, 20))
		for (int i = 0; i < count; i++)
			fprintf(x->to, "\t\t\t<growth factor=\"%d.%d%%\"/>\n",
			        (int)dice_between(&x->d, 50, 130), (int)dice_between(&x->d, 0, 9));
	if (a_year > 1 && dice_percent(&x->d, 30)) {
		int left = 1000;
		for (int i = 0; i < a_year; i++) {
			int part = i + 1 == a_year ? left : (int)dice_between(&x->d, 0, left);
			fprintf(x->to, "\t\t\t<season share=\"%d.%d%%\"/>\n", part / 10, part % 10);
			left -= part;
		}
	}
	for (int i = 0; dice_percent(&x->d, 25) && i < 2; i++) {
		fprintf(x->to, "\t\t\t<step-down");
		draft_date(x, "from", first + 90 + i * 200);
		fprintf(x->to, " factor=\"%d%%\"/>\n", (int)dice_between(&x->d, 40, 100));
	}
}

static void write_royalty(draft *x)
{
	int every, tiers = dice_percent(&x->d, 30);
	weir_date first;
	fprintf(x->to, " kind=\"royalty\"");
	int count = write_rhythm(x, &first, &every);
	int64_t yearly = dice_between(&x->d, 1000000, 200000000);
	x->pool_cents += yearly;
	if (tiers || dice_percent(&x->d, 50)) {
		draft_amount(x, "sales-first-year", tiers ? 10 * yearly : 25 * yearly);
		if (!tiers)
			draft_rate(x, "royalty-rate", 20000, 60000);
	} else {
		draft_amount(x, "royalty-first-year", yearly);
	}
	if (dice_percent(&x->d, 70))
		fprintf(x->to, " growth=\"%d.%d%%\"", (int)dice_between(&x->d, -40, 30),
		        (int)dice_between(&x->d, 0, 9));
	if (dice_percent(&x->d, 40))
		draft_amount(x, "minimum", dice_between(&x->d, yearly / 4, yearly));
	if (dice_percent(&x->d, 40))
		draft_amount(x, "cap", dice_between(&x->d, yearly / 2 + yearly, 2 * yearly));
	draft_rate(x, "principal-share", 500000, 1000000);
	if (dice_percent(&x->d, 30))
		fprintf(x->to, " lag-months=\"%d\"", (int)dice_between(&x->d, 0, 4));
	fprintf(x->to, ">\n");
	write_royalty_rows(x, count, 12 / every, tiers, first);
	fprintf(x->to, "\t\t</contract>\n");
}

void draft_pool(draft *x)
{
	int64_t contracts = dice_between(&x->d, 1, 6);
	fprintf(x->to, "\t<pool>\n");
	if ((x->has_trust = dice_percent(&x->d, 25))) {
		fprintf(x->to, "\t\t<trust id=\"layer\" lag-days=\"%d\"", (int)dice_between(&x->d, 0, 9));
		draft_rate(x, "expense-rate", 0, 30000);
		fprintf(x->to, "/>\n");
	}
	write_ip(x);
	for (int c = 1; c <= contracts; c++) {
		int64_t kind = dice_between(&x->d, 0, 9);
		fprintf(x->to, "\t\t<contract id=\"K%d\" obligor=\"O%d\"", c,
		        c == 1 ? 1 : (int)dice_between(&x->d, 1, 4));
		if (x->has_trust && dice_percent(&x->d, 60))
			fprintf(x->to, " through=\"layer\"");
		write_extras(x, c);
		if (kind < 6)
			write_loan(x);
		else if (kind < 7)
			write_listed(x);
		else if (kind < 8)
			write_receivable(x);
		else
			write_royalty(x);
	}
	fprintf(x->to, "\t</pool>\n");
}
