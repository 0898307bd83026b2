# SPDX-License-Identifier: GPL-3.0-or-later
# deal: the terms of a deal.
libweir_core_la_SOURCES += \
	%D%/check.c \
	%D%/contract.h \
	%D%/deal.c \
	%D%/deal.h \
	%D%/describe.c \
	%D%/describe.h \
	%D%/describe_int.h \
	%D%/describe_pool.c \
	%D%/describe_scenarios.c \
	%D%/describe_support.c \
	%D%/describe_terms.c \
	%D%/describe_waterfalls.c \
	%D%/filing.h \
	%D%/market.c \
	%D%/market.h \
	%D%/node.h \
	%D%/occurrences.c \
	%D%/occurrences.h \
	%D%/periods.c \
	%D%/place_names.c \
	%D%/place_names.h \
	%D%/report_dates.c \
	%D%/report_dates.h \
	%D%/scenario.h \
	%D%/selection_rules.h \
	%D%/structure_terms.h \
	%D%/support.h \
	%D%/trigger_kinds.def
