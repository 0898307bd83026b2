# SPDX-License-Identifier: GPL-3.0-or-later
# deals and reports: the sample deals, and sample outputs to look at without building.
WEIR_DEAL_FILES = \
	deals/README.md \
	deals/ex1-patent-licence/deal.xml \
	deals/ex1-patent-licence/scenarios.xml \
	deals/ex2-secondary-licence/deal.xml \
	deals/ex2-secondary-licence/scenarios.xml \
	deals/ex3-sale-leaseback/deal.xml \
	deals/ex3-sale-leaseback/ip.csv \
	deals/ex3-sale-leaseback/scenarios.xml \
	deals/ex3-sale-leaseback/tape.csv \
	deals/ex4-supply-chain/deal.xml \
	deals/ex4-supply-chain/ip.csv \
	deals/ex4-supply-chain/scenarios.xml \
	deals/ex4-supply-chain/tape.csv \
	deals/ex5-micro-loans/deal.xml \
	deals/ex5-micro-loans/ip.csv \
	deals/ex5-micro-loans/scenarios.xml \
	deals/ex5-micro-loans/tape.csv \
	deals/ex6-trademark-royalty/deal.xml \
	deals/ex6-trademark-royalty/ip.csv \
	deals/ex6-trademark-royalty/scenarios.xml \
	deals/ex6-trademark-royalty/tape.csv \
	deals/ex7-copyright-abn/deal.xml \
	deals/ex7-copyright-abn/ip.csv \
	deals/ex7-copyright-abn/scenarios.xml \
	deals/ex7-copyright-abn/tape.csv \
	deals/ex8-trust-loans/deal.xml \
	deals/ex8-trust-loans/ip.csv \
	deals/ex8-trust-loans/scenarios.xml \
	deals/ex8-trust-loans/tape.csv \
	deals/zgc-2022-1/deal.xml \
	deals/zgc-2022-1/ip.csv \
	deals/zgc-2022-1/scenarios.xml \
	deals/zgc-2022-1/tape.csv \
	reports/ex1-patent-licence.html \
	reports/ex3-sale-leaseback.html \
	reports/ex7-copyright-abn.html \
	reports/zgc-2022-1.html
EXTRA_DIST += $(WEIR_DEAL_FILES)
