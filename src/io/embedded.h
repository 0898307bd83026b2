/* SPDX-License-Identifier: GPL-3.0-or-later */
/* embedded.h: the data files that build-aux/embed.sh writes into the program. */
#ifndef WEIR_IO_EMBEDDED_H
#define WEIR_IO_EMBEDDED_H

#include <stddef.h>

typedef struct weir_embedded {
	const char *name;           /* "deal.xsd", "calendars/CN-work.csv", "templates/investor.xsl" */
	const unsigned char *bytes; /* a NUL stands behind them */
	size_t size;
} weir_embedded;

extern const weir_embedded weir_embedded_files[];
extern const size_t weir_embedded_count;

#endif
