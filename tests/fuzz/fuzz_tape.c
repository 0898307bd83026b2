/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Any bytes as a file of a deal. The first byte chooses whether they are its tape, its IP register, the rows
 * of its contracts or the plan of its class. */
#include "fuzz_folder.h"

static const char head[] =
	"<deal xmlns=\"urn:weir:deal:1\" id=\"d\" kind=\"abs\" currency=\"CNY\"><dates "
	"closing=\"2023-04-14\" "
	"legal-final=\"2026-04-14\"><payment first=\"2023-07-14\" every=\"3 months\" count=\"4\" "
	"adjust=\"none\" "
	"calendar=\"weekends\"/><accrual day-count=\"ACT/365F\" dates=\"unadjusted\"/><calculation "
	"offset=\"-10 business days\"/></dates><pool>";
static const char *const files[] = { "<tape href=\"tape.csv\"/>", "<ip href=\"tape.csv\"/>",
	                             "<schedule href=\"tape.csv\"/>", "" };
static const char middle[] =
	"<contract id=\"B01\" kind=\"loan\" obligor=\"B01\" obligor-en=\"One\" amount=\"80.00\" rate=\"5%\" "
	"repayment=\"bullet\" first-due=\"2023-06-25\" every=\"3 months\" instalments=\"4\"/></pool>"
	"<accounts><account id=\"cash\"/></accounts><classes><class id=\"A\" size=\"70.00\" coupon=\"3.8%\">";
static const char *const principals[] = { "<principal style=\"pass-through\"/>",
	                                  "<principal style=\"target\" schedule=\"tape.csv\"/>" };
static const char tail[] = "</class></classes><waterfalls><waterfall id=\"w\"><pay what=\"A.interest\"/>"
	"</waterfall>"
			   "</waterfalls></deal>";

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char deal[2048];
	if (size == 0)
		return 0;
	unsigned use = data[0] % 4;
	snprintf(deal, sizeof deal, "%s%s%s%s%s", head, files[use], middle, principals[use == 3], tail);
	fuzz_write("deal.xml", deal, strlen(deal));
	fuzz_write("tape.csv", data + 1, size - 1);
	fuzz_load();
	return 0;
}
