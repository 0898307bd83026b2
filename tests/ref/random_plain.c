/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Random deals that pay purely in sequence, without triggers: what the properties of properties.c hold for.
 */
#include <inttypes.h>

#include "ref/random_deal.h"
#include "ref/random_int.h"

static const char *const seniors[] = { "A", "B", "C" };

static void write_classes(draft *x, int of_any_style)
{
	x->classes = (int)dice_between(&x->d, 1, 3);
	fprintf(x->to, "\t<classes>\n");
	for (int c = 0; c < x->classes; c++) {
		fprintf(x->to, "\t\t<class id=\"%s\"", seniors[c]);
		draft_amount(x, "size",
		             x->pool_cents / x->classes * dice_between(&x->d, 60, 130) / 100 +
		                     dice_between(&x->d, 1, 999));
		draft_rate(x, "coupon", 10000, 90000);
		fprintf(x->to, " day-count=\"%s\">\n\t\t\t<principal style=\"", draft_contract_day_count(x));
		if (of_any_style && dice_percent(&x->d, 40))
			fprintf(x->to, "target\" follows=\"pool\" digits=\"4");
		else if (of_any_style && dice_percent(&x->d, 40))
			fprintf(x->to, "bullet\" maturity=\"%s",
			        weir_date_format(
					draft_payment_date(x, (int)dice_between(&x->d, 0, x->payments - 1)),
					(char[11]){ 0 }));
		else
			fprintf(x->to, "pass-through");
		fprintf(x->to, "\"/>\n\t\t</class>\n");
	}
	fprintf(x->to, "\t\t<class id=\"SUB\" size=\"1000.00\" rank=\"subordinated\">\n"
	               "\t\t\t<principal style=\"residual\"/>\n\t\t</class>\n\t</classes>\n");
}

/* Fees that do not rise with what is collected, and stay due. */
static void write_fees(draft *x)
{
	fprintf(x->to, "\t<fees>\n\t\t<fee id=\"fixed\"");
	draft_amount(x, "amount", dice_between(&x->d, 1, 500000));
	fprintf(x->to, " unpaid=\"carry\"/>\n\t\t<fee id=\"manager\" base=\"classes.senior.balance\"");
	draft_rate(x, "rate", 1, 5000);
	fprintf(x->to, " day-count=\"ACT/365F\" unpaid=\"carry\"/>\n\t</fees>\n");
}

/* All that a class is owed before the next one gets anything: were the interest of all in front, cash that
 * comes earlier could repay A and be missing later for the interest of B. */
static void write_waterfall(draft *x)
{
	fprintf(x->to, "\t<waterfalls>\n\t\t<waterfall id=\"all\">\n\t\t\t<pay what=\"fixed manager\"/>\n");
	for (int c = 0; c < x->classes; c++)
		fprintf(x->to, "\t\t\t<pay what=\"%s.interest %s.principal\"/>\n", seniors[c], seniors[c]);
	for (int s = 0; s < x->supports; s++)
		fprintf(x->to, "\t\t\t<pay what=\"S%d.fee S%d.interest S%d.repay\"/>\n", s + 1, s + 1, s + 1);
	fprintf(x->to, "\t\t\t<pay what=\"SUB.rest\"/>\n\t\t</waterfall>\n\t</waterfalls>\n");
}

/* Undertakings for the seniors in their order, whose costs and repayment rank behind all of them. */
static void write_support(draft *x)
{
	static const char *const tags[] = { "shortfall-payer", "guarantee", "liquidity", "letter-of-credit" };
	if (x->supports == 0)
		return;
	fprintf(x->to, "\t<support>\n");
	for (int s = 0; s < x->supports; s++) {
		fprintf(x->to, "\t\t<%s id=\"S%d\" party=\"P%d\" order=\"%d\" covers=\"%s\"",
		        tags[dice_between(&x->d, 0, 3)], s + 1, s + 1, (int)dice_between(&x->d, 1, 2),
		        DICE_PICK(&x->d, "A.interest A.principal", "classes.senior.interest",
		                  "classes.senior.interest classes.senior.principal", "fixed A.interest"));
		draft_amount(x, "cap", dice_between(&x->d, 10000, x->pool_cents / 2 + 20000));
		if (dice_percent(&x->d, 30))
			fprintf(x->to, " delay=\"%d months\"", (int)dice_between(&x->d, 1, 7));
		fprintf(x->to, " limit=\"40%% * classes.senior.size\" final=\"%s\"",
		        DICE_PICK(&x->d, "yes", "no"));
		draft_rate(x, "draw-rate", 1000, 120000);
		draft_rate(x, "commitment-rate", 1000, 20000);
		fprintf(x->to, " day-count=\"ACT/360\"/>\n");
	}
	fprintf(x->to, "\t</support>\n");
}

int random_plain_write(const char *path, uint64_t seed, int with_support)
{
	FILE *to = fopen(path, "w");
	draft x = { .to = to, .d = { seed } };
	if (!to)
		return 0;
	fprintf(to,
	        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<deal xmlns=\"urn:weir:deal:1\" "
	        "id=\"plain-%" PRIu64 "\" kind=\"abs\" currency=\"CNY\">\n\t<name en=\"plain\"/>\n",
	        seed);
	x.has_tail = dice_percent(&x.d, 40);
	x.supports = with_support ? (int)dice_between(&x.d, 1, 2) : 0;
	draft_dates(&x);
	draft_parties(&x);
	draft_indexes(&x);
	draft_pool(&x);
	fprintf(to, "\t<accounts>\n\t\t<account id=\"cash\" receives=\"all\"/>\n\t</accounts>\n");
	write_classes(&x, with_support && dice_percent(&x.d, 40));
	write_fees(&x);
	write_waterfall(&x);
	write_support(&x);
	fprintf(to, "</deal>\n");
	return fclose(to) == 0;
}
