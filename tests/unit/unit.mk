# SPDX-License-Identifier: GPL-3.0-or-later
# The unit tests: one program, one suite a module. "tests/unit/unit SUITE..." runs some of them.
tests_unit_unit_SOURCES = \
	%D%/engine_fixture.c \
	%D%/engine_fixture.h \
	%D%/io_fixture.c \
	%D%/io_fixture.h \
	%D%/main.c \
	%D%/reference_deals.c \
	%D%/reference_deals.h \
	%D%/reference_rows.h \
	%D%/report_fixture.c \
	%D%/report_fixture.h \
	%D%/share_calendar.c \
	%D%/share_calendar.h \
	%D%/suites.def \
	%D%/support_deal.h \
	%D%/test_api_session.c \
	%D%/test_api_study.c \
	%D%/test_base_diag.c \
	%D%/test_base_money.c \
	%D%/test_base_text.c \
	%D%/test_deal_check.c \
	%D%/test_deal_periods.c \
	%D%/test_digest.c \
	%D%/test_engine_edges.c \
	%D%/test_engine_kernels.c \
	%D%/test_engine_plan.c \
	%D%/test_engine_pro_rata.c \
	%D%/test_engine_run.c \
	%D%/test_engine_support.c \
	%D%/test_io_deal.c \
	%D%/test_io_scan.c \
	%D%/test_io_scenario_files.c \
	%D%/test_io_scenarios.c \
	%D%/test_io_support.c \
	%D%/test_io_tape.c \
	%D%/test_lang_formula.c \
	%D%/test_math_elementary.c \
	%D%/test_pool_contracts.c \
	%D%/test_pool_project.c \
	%D%/test_pool_property.c \
	%D%/test_pool_stress.c \
	%D%/test_report_chart.c \
	%D%/test_report_fill_deal.c \
	%D%/test_report_foot.c \
	%D%/test_report_html.c \
	%D%/test_report_results.c \
	%D%/test_report_shares.c \
	%D%/test_study_block.c \
	%D%/test_study_break_even.c \
	%D%/test_study_class_measures.c \
	%D%/test_study_edges.c \
	%D%/test_study_financing_cost.c \
	%D%/test_study_measures.c \
	%D%/test_study_memory.c \
	%D%/test_study_reverse.c \
	%D%/test_study_stress.c \
	%D%/test_study_support_dependence.c \
	%D%/test_time_calendar.c \
	%D%/test_time_date.c \
	%D%/test_time_day_count.c \
	%D%/test_time_schedule.c
tests_unit_unit_CPPFLAGS = $(AM_CPPFLAGS) -I$(srcdir)/tests $(CHECK_CFLAGS) -DWEIR_SRCDIR='"$(abs_top_srcdir)"'
tests_unit_unit_LDADD = libweir_core.la $(WEIR_LIBS) $(CHECK_LIBS) $(GMP_LIBS)
