# SPDX-License-Identifier: GPL-3.0-or-later
# The reference twin: the deals of the tree and random deals, run exactly and scalar, against the engine.
if TEST_LIBRARIES
check_PROGRAMS += %D%/twin
TESTS += %D%/run-twin.sh
endif
EXTRA_DIST += %D%/run-twin.sh
%C%_twin_SOURCES = \
	%D%/claim.c \
	%D%/claim.h \
	%D%/compare.c \
	%D%/compare.h \
	%D%/deal_text.c \
	%D%/deal_text.h \
	%D%/dice.h \
	%D%/main.c \
	%D%/number.c \
	%D%/number.h \
	%D%/properties.c \
	%D%/properties_text.c \
	%D%/random_deal.c \
	%D%/random_deal.h \
	%D%/random_int.h \
	%D%/random_overlay.c \
	%D%/random_plain.c \
	%D%/random_pool.c \
	%D%/random_scenario.c \
	%D%/random_support.c \
	%D%/twin.c \
	%D%/twin.h \
	%D%/twin_actuals.c \
	%D%/twin_bought.c \
	%D%/twin_classes.c \
	%D%/twin_collect.c \
	%D%/twin_contracts.c \
	%D%/twin_cover.c \
	%D%/twin_event.c \
	%D%/twin_fees.c \
	%D%/twin_formula.c \
	%D%/twin_hazard.c \
	%D%/twin_int.h \
	%D%/twin_names.c \
	%D%/twin_names.h \
	%D%/twin_names_support.c \
	%D%/twin_opening.c \
	%D%/twin_party.c \
	%D%/twin_payees.c \
	%D%/twin_periods.c \
	%D%/twin_pool.c \
	%D%/twin_recovery.c \
	%D%/twin_revolving.c \
	%D%/twin_royalty.c \
	%D%/twin_scope.c \
	%D%/twin_settings.c \
	%D%/twin_split.c \
	%D%/twin_stress.c \
	%D%/twin_support.c \
	%D%/twin_waterfall.c
%C%_twin_CPPFLAGS = $(AM_CPPFLAGS) -I$(srcdir)/tests
%C%_twin_LDADD = libweir_core.la $(WEIR_LIBS) $(GMP_LIBS)
