# SPDX-License-Identifier: GPL-3.0-or-later
# api: implements weir.h, the only installed header.
include_HEADERS += %D%/weir.h
libweir_core_la_SOURCES += \
	%D%/case.c \
	%D%/price.c \
	%D%/results.c \
	%D%/session.c \
	%D%/session.h \
	%D%/stress.c \
	%D%/study.c \
	%D%/values.c \
	%D%/why.c \
	%D%/why.h \
	%D%/why_support.c
