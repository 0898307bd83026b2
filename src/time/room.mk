# SPDX-License-Identifier: GPL-3.0-or-later
# time: date, calendar, day count, schedule.
libweir_core_la_SOURCES += \
	%D%/calendar.c \
	%D%/calendar.h \
	%D%/date.c \
	%D%/date.h \
	%D%/day_count.c \
	%D%/day_count.h \
	%D%/schedule.c \
	%D%/schedule.h
