# SPDX-License-Identifier: GPL-3.0-or-later
# io: deal files, tapes and market files.
libweir_core_la_SOURCES += \
	%D%/deal_classes.c \
	%D%/deal_dates.c \
	%D%/deal_int.h \
	%D%/deal_waterfall.c \
	%D%/deal_xml.c \
	%D%/embedded.h \
	%D%/fields.c \
	%D%/fields.h \
	%D%/file.c \
	%D%/file.h \
	%D%/ip_terms.c \
	%D%/load.h \
	%D%/loader.c \
	%D%/loader.h \
	%D%/market_csv.c \
	%D%/pool.c \
	%D%/pool.h \
	%D%/pool_fields.c \
	%D%/pool_rows.c \
	%D%/scan.c \
	%D%/scan.h \
	%D%/scenarios_xml.c \
	%D%/schema.c \
	%D%/schema.h \
	%D%/schema_model.c \
	%D%/schema_model.h \
	%D%/share.c \
	%D%/table.c \
	%D%/table.h \
	%D%/words.c \
	%D%/words.h \
	%D%/write.c \
	%D%/write.h \
	%D%/xml.c \
	%D%/xml.h
