# SPDX-License-Identifier: GPL-3.0-or-later
# lang: the formula language.
libweir_core_la_SOURCES += \
	%D%/call.c \
	%D%/evaluate.c \
	%D%/evaluate_in.h \
	%D%/formula.h \
	%D%/lex.c \
	%D%/lex.h \
	%D%/literal.c \
	%D%/parse.c \
	%D%/parse.h \
	%D%/type.c \
	%D%/type.h \
	%D%/write.c
