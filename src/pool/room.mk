# SPDX-License-Identifier: GPL-3.0-or-later
# pool: contract schedules, projection kernels, claims, tables of the pool.
libweir_hot_la_SOURCES += \
	%D%/actuals.c \
	%D%/actuals.h \
	%D%/actuals_int.h \
	%D%/bought.c \
	%D%/bought.h \
	%D%/claims.c \
	%D%/contracts.c \
	%D%/contracts.h \
	%D%/course.c \
	%D%/course.h \
	%D%/disposal.c \
	%D%/factor.c \
	%D%/factor.h \
	%D%/hazard.c \
	%D%/pool.c \
	%D%/pool.h \
	%D%/project.c \
	%D%/royalty.c \
	%D%/scope.c \
	%D%/shocks.c \
	%D%/strat.c \
	%D%/strat.h \
	%D%/strat_attributes.def \
	%D%/strat_values.c \
	%D%/stress.c \
	%D%/stress.h \
	%D%/stress_check.c \
	%D%/stressed.c \
	%D%/walk.c
