# SPDX-License-Identifier: GPL-3.0-or-later
# cli: main and one file per command.
weir_SOURCES += \
	%D%/bench.c \
	%D%/bench_kernels.c \
	%D%/bench_kernels.h \
	%D%/breakeven.c \
	%D%/check.c \
	%D%/cli.h \
	%D%/main.c \
	%D%/plan.c \
	%D%/price.c \
	%D%/reverse.c \
	%D%/run.c \
	%D%/stress.c \
	%D%/study.c \
	%D%/why.c
