# SPDX-License-Identifier: GPL-3.0-or-later
# pool: contract schedules, projection kernels, claims, tables of the pool.
libweir_hot_la_SOURCES += \
	%D%/contracts.c \
	%D%/contracts.h \
	%D%/factor.c \
	%D%/factor.h \
	%D%/pool.c \
	%D%/pool.h \
	%D%/project.c \
	%D%/royalty.c \
	%D%/shocks.c \
	%D%/strat.c
