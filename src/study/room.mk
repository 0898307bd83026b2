# SPDX-License-Identifier: GPL-3.0-or-later
# study: searches over runs.
libweir_core_la_SOURCES += \
	%D%/block.c \
	%D%/block.h \
	%D%/break_even.c \
	%D%/break_even.h \
	%D%/measures.c \
	%D%/measures.h
