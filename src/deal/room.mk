# SPDX-License-Identifier: GPL-3.0-or-later
# deal: the terms of a deal.
libweir_core_la_SOURCES += \
	%D%/check.c \
	%D%/contract.h \
	%D%/deal.c \
	%D%/deal.h \
	%D%/node.h \
	%D%/periods.c \
	%D%/scenario.h \
	%D%/support.h \
	%D%/trigger_kinds.def
