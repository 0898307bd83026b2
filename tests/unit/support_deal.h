/* SPDX-License-Identifier: GPL-3.0-or-later */
/* support_deal.h: a deal with a shortfall payer whose figures are worked out by hand.
 *
 * Four quarters, 15 March to 15 December 2024, 30E/360; the pool brings 2,500.00 of principal and 100.00 of income in each
 * (PAYS and its income as given). A: 10,000.00 at 4 %, 1 % a quarter, down by a quarter of its size each time; what is left
 * goes to SUB. G pays what A misses, 3,000.00 in all.
 *
 * Due, while A is on its plan: 2,600.00, 2,575.00, 2,550.00, 2,525.00. With receipts x 0.8 come 2,080.00 each time:
 *   with support     520.00, 495.00, 470.00, 445.00 are drawn: 1,930.00
 *   without          interest 100.00, 80.20, 60.20, 40.00 is paid, the rest of 2,080.00 to principal: 8,020.00, 6,020.20,
 *                    4,000.40, 1,960.40 stay; missed on the dates 520.00, 1,020.20, 1,500.40, 1,960.40
 *   G fails from     15 July: 520.00 and 495.00 drawn; then interest 50.00 and 29.70; 2,970.00 and 919.70 stay */
#ifndef TESTS_UNIT_SUPPORT_DEAL_H
#define TESTS_UNIT_SUPPORT_DEAL_H

#define SUPPORT_DEAL_AND(INCOME, FEE, MORE)                                                                                 \
	"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"                                                                 \
	"<deal xmlns=\"urn:weir:deal:1\" id=\"backed\" kind=\"abs\" currency=\"CNY\">\n"                               \
	"<dates closing=\"2023-12-15\" start=\"2023-12-15\" legal-final=\"2026-12-15\">\n"                             \
	"<payment first=\"2024-03-15\" every=\"3 months\" count=\"4\" adjust=\"none\" calendar=\"weekends\"/>\n"       \
	"<accrual day-count=\"30E/360\" dates=\"unadjusted\"/><calculation offset=\"-5 business days\"/></dates>\n"    \
	"<parties><party id=\"G\" en=\"Guarantor\" role=\"shortfall-payer\" capacity=\"3000.00\"/></parties>\n"        \
	"<pool><contract id=\"K1\" kind=\"loan\" obligor=\"O1\" obligor-en=\"One\" amount=\"10000.00\" "               \
	"repayment=\"explicit\">\n"                                                                                    \
	"<instalment date=\"2024-02-20\" principal=\"2500.00\" income=\"" INCOME "\"/>\n"                              \
	"<instalment date=\"2024-05-20\" principal=\"2500.00\" income=\"" INCOME "\"/>\n"                              \
	"<instalment date=\"2024-08-20\" principal=\"2500.00\" income=\"" INCOME "\"/>\n"                              \
	"<instalment date=\"2024-11-20\" principal=\"2500.00\" income=\"" INCOME "\"/></contract></pool>\n"            \
	"<accounts><account id=\"cash\" receives=\"all\"/></accounts>\n"                                               \
	"<classes><class id=\"A\" size=\"10000.00\" coupon=\"4%\"><principal style=\"target\">\n"                      \
	"<row period=\"1\" share=\"75%\"/><row period=\"2\" share=\"50%\"/><row period=\"3\" share=\"25%\"/>"          \
	"<row period=\"4\" share=\"0%\"/></principal></class>\n"                                                        \
	"<class id=\"SUB\" size=\"500.00\" rank=\"subordinated\"><principal style=\"residual\"/></class></classes>\n"  \
	"<fees><fee id=\"flat\" amount=\"" FEE "\"/></fees>\n"                                                         \
	"<waterfalls><waterfall id=\"normal\"><pay what=\"flat A.interest A.principal SUB.rest\"/></waterfall>"        \
	"</waterfalls>\n"                                                                                              \
	"<support><shortfall-payer id=\"S\" party=\"G\" covers=\"A.interest A.principal\"/></support>" MORE "</deal>\n"

#define SUPPORT_DEAL_WITH(INCOME, FEE) SUPPORT_DEAL_AND(INCOME, FEE, "")
#define SUPPORT_DEAL SUPPORT_DEAL_WITH("100.00", "0.00")

#endif
