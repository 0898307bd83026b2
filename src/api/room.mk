# SPDX-License-Identifier: GPL-3.0-or-later
# api: implements weir.h, the only installed header.
include_HEADERS += %D%/weir.h
libweir_core_la_SOURCES += \
	%D%/case.c \
	%D%/results.c \
	%D%/session.c \
	%D%/session.h \
	%D%/study.c \
	%D%/why.c
