# SPDX-License-Identifier: GPL-3.0-or-later
# report: result tables, documents, writers, charts.
libweir_core_la_SOURCES += \
	%D%/chart.c \
	%D%/chart.h \
	%D%/csv.c \
	%D%/document.c \
	%D%/document.h \
	%D%/fill.h \
	%D%/fill_arrangements.c \
	%D%/fill_deal.c \
	%D%/fill_deal.h \
	%D%/fill_measures.c \
	%D%/fill_pool.c \
	%D%/fill_run.c \
	%D%/fill_run.h \
	%D%/fill_scenario.c \
	%D%/fill_sources.c \
	%D%/fill_support.c \
	%D%/fill_tests.c \
	%D%/fill_text.c \
	%D%/fill_words.c \
	%D%/foot.c \
	%D%/format.c \
	%D%/format.h \
	%D%/html.c \
	%D%/html.h \
	%D%/report.c \
	%D%/report.h \
	%D%/results.c \
	%D%/results.h \
	%D%/results_xml.c \
	%D%/scene.c \
	%D%/scene.h \
	%D%/shares.c \
	%D%/shares.h \
	%D%/svg.c \
	%D%/table_text.c \
	%D%/table_text.h \
	%D%/tables.c \
	%D%/tables.def \
	%D%/tables.h \
	%D%/transform.c \
	%D%/transform.h
