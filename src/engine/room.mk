# SPDX-License-Identifier: GPL-3.0-or-later
# engine: the step language, plan compiler, block runner, state, trace.
libweir_hot_la_SOURCES += \
	%D%/accruals.h \
	%D%/build.c \
	%D%/compiler.h \
	%D%/cover.c \
	%D%/emit.c \
	%D%/events.c \
	%D%/kernels.h \
	%D%/lint.c \
	%D%/listing.c \
	%D%/names.c \
	%D%/ops.def \
	%D%/optimise.c \
	%D%/payables.c \
	%D%/payments.h \
	%D%/plan.c \
	%D%/plan.h \
	%D%/plan_int.h \
	%D%/pro_rata.c \
	%D%/pro_rata.h \
	%D%/run.c \
	%D%/run.h \
	%D%/run_int.h \
	%D%/settle.c \
	%D%/settle.h \
	%D%/support.c \
	%D%/terms.c \
	%D%/trace.c \
	%D%/triggers.c \
	%D%/waterfall.c
