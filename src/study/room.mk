# SPDX-License-Identifier: GPL-3.0-or-later
# study: searches over runs.
libweir_core_la_SOURCES += \
	%D%/block.c \
	%D%/block.h \
	%D%/break_even.c \
	%D%/break_even.h \
	%D%/class_measures.c \
	%D%/class_measures.h \
	%D%/financing_cost.c \
	%D%/financing_cost.h \
	%D%/lane_figures.c \
	%D%/lane_figures.h \
	%D%/measures.c \
	%D%/measures.h \
	%D%/pool_sums.c \
	%D%/pool_sums.h \
	%D%/reverse.c \
	%D%/reverse.h \
	%D%/stress.c \
	%D%/stress.h \
	%D%/support_dependence.c \
	%D%/support_dependence.h \
	%D%/survival.c \
	%D%/survival.h \
	%D%/terms_as_run.c \
	%D%/terms_as_run.h \
	%D%/variant.c \
	%D%/variant.h \
	%D%/vary.c \
	%D%/vary.h
