# SPDX-License-Identifier: GPL-3.0-or-later
# api: implements weir.h, the only installed header.
include_HEADERS += %D%/weir.h
libweir_core_la_SOURCES += \
	%D%/appendix.c \
	%D%/appendix.h \
	%D%/appendix_grades.c \
	%D%/appendix_notes.c \
	%D%/appendix_scenarios.c \
	%D%/attribution.c \
	%D%/bundle.c \
	%D%/bundle_work.h \
	%D%/case.c \
	%D%/cells.c \
	%D%/diff.c \
	%D%/filing.c \
	%D%/market.c \
	%D%/metric_list.c \
	%D%/offering.c \
	%D%/price.c \
	%D%/price_lanes.c \
	%D%/price_lanes.h \
	%D%/price_tables.c \
	%D%/publish.c \
	%D%/publish.h \
	%D%/rating.c \
	%D%/report.c \
	%D%/results.c \
	%D%/scenario_list.c \
	%D%/select.c \
	%D%/sensitivity.c \
	%D%/session.c \
	%D%/session.h \
	%D%/solve.c \
	%D%/strat.c \
	%D%/stress.c \
	%D%/structure.c \
	%D%/structure_problem.c \
	%D%/structure_tables.c \
	%D%/structure_work.h \
	%D%/structuring.c \
	%D%/study.c \
	%D%/templates.c \
	%D%/templates.h \
	%D%/values.c \
	%D%/variants.c \
	%D%/verify.c \
	%D%/why.c \
	%D%/why.h \
	%D%/why_support.c
