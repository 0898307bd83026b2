# SPDX-License-Identifier: GPL-3.0-or-later
# cli: main and one file per command.
weir_SOURCES += \
	%D%/attribute.c \
	%D%/bench.c \
	%D%/bench_kernels.c \
	%D%/bench_kernels.h \
	%D%/breakeven.c \
	%D%/bundle.c \
	%D%/check.c \
	%D%/cli.h \
	%D%/diff.c \
	%D%/formats.c \
	%D%/main.c \
	%D%/plan.c \
	%D%/price.c \
	%D%/rating.c \
	%D%/report.c \
	%D%/reverse.c \
	%D%/run.c \
	%D%/select.c \
	%D%/sensitivity.c \
	%D%/solve.c \
	%D%/strat.c \
	%D%/stress.c \
	%D%/structure.c \
	%D%/study.c \
	%D%/variants.c \
	%D%/verify.c \
	%D%/wanted.c \
	%D%/why.c
