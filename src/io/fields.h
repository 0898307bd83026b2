/* SPDX-License-Identifier: GPL-3.0-or-later */
/* fields.h: typed readers of single values, the same for XML attributes and CSV columns: one table of fields describes
 * both. */
#ifndef WEIR_IO_FIELDS_H
#define WEIR_IO_FIELDS_H

#include <libxml/tree.h>

#include "io/loader.h"
#include "io/xml.h"

/* A value that a record may have (below). */
typedef struct weir_field weir_field;

/* One value as it stands in a file. */
typedef struct weir_cell {
	weir_loader *loader;
	const char *text; /* decoded; blanks around it are cut, but not from formulas */
	size_t length;
	weir_place place; /* the raw value */
	int is_xml;       /* entities may stand in the raw bytes */
} weir_cell;

/* Reads a cell into `at`. A value it cannot read is complained about and leaves `at` as it was: that is WEIR_OK too.
 * Fails for want of memory only. */
typedef weir_status (*weir_field_reader)(const weir_cell *cell, const weir_field *field, void *at);

/* A word and what it means. */
typedef struct weir_choice {
	const char *text;
	int value;
} weir_choice;

/* A table of them, ended by WEIR_FIELD_END, describes the attributes of an element and the columns of a CSV file. */
struct weir_field {
	const char *name; /* attribute and column */
	weir_field_reader read;
	size_t offset;    /* of the member in the structure that is filled */
	const weir_choice *choices; /* weir_read_choice, weir_read_flags: ends with a NULL text */
};

/* A text whose place is kept, to complain of it once the whole record is known. */
typedef struct weir_located {
	const char *text;
	size_t length;
	weir_place place;
} weir_located;

/* Which fields stood there: bit i for field i of the table. Tables have at most 64 fields. */
typedef uint64_t weir_seen;

#define WEIR_FIELD(structure, member, name, reader) { name, reader, offsetof(structure, member), NULL }
#define WEIR_FIELD_OF(structure, member, name, reader, choices) { name, reader, offsetof(structure, member), choices }
#define WEIR_FIELD_END { NULL, NULL, 0, NULL }

/* The readers, and the type of what each fills. Amounts are whole cents, rates natural units (3.59% is 0.0359). */
weir_status weir_read_text(const weir_cell *cell, const weir_field *field, void *at);        /* const char * */
weir_status weir_read_shared_text(const weir_cell *cell, const weir_field *field, void *at); /* the same, interned */
weir_status weir_read_located(const weir_cell *cell, const weir_field *field, void *at); /* weir_located, interned */
weir_status weir_read_name(const weir_cell *cell, const weir_field *field, void *at);   /* const char *, for formulas */
weir_status weir_read_code(const weir_cell *cell, const weir_field *field, void *at);   /* const char *, freer */
weir_status weir_read_hash(const weir_cell *cell, const weir_field *field, void *at);   /* const char *, 64 hex digits */
weir_status weir_read_currency(const weir_cell *cell, const weir_field *field, void *at); /* const char *, interned */
weir_status weir_read_amount(const weir_cell *cell, const weir_field *field, void *at); /* double, cents, from 0 */
weir_status weir_read_rate(const weir_cell *cell, const weir_field *field, void *at);   /* double */
weir_status weir_read_share(const weir_cell *cell, const weir_field *field, void *at);  /* double, from 0 */
weir_status weir_read_decimal(const weir_cell *cell, const weir_field *field, void *at);/* double, from 0, no unit */
weir_status weir_read_date(const weir_cell *cell, const weir_field *field, void *at);   /* weir_date */
weir_status weir_read_count(const weir_cell *cell, const weir_field *field, void *at);  /* int, 1 to 10000 */
weir_status weir_read_whole(const weir_cell *cell, const weir_field *field, void *at);  /* int, 0 to 10000 */
weir_status weir_read_digits(const weir_cell *cell, const weir_field *field, void *at); /* int, 0 to 8 */
weir_status weir_read_choice(const weir_cell *cell, const weir_field *field, void *at); /* int or enum */
weir_status weir_read_flags(const weir_cell *cell, const weir_field *field, void *at);  /* unsigned, several words */
weir_status weir_read_yes_no(const weir_cell *cell, const weir_field *field, void *at); /* int */
weir_status weir_read_formula(const weir_cell *cell, const weir_field *field, void *at);/* weir_formula */
weir_status weir_read_words(const weir_cell *cell, const weir_field *field, void *at);  /* weir_words */
weir_status weir_read_months(const weir_cell *cell, const weir_field *field, void *at); /* int, months */
weir_status weir_read_span(const weir_cell *cell, const weir_field *field, void *at);   /* weir_schedule_terms */
weir_status weir_read_business_days(const weir_cell *cell, const weir_field *field, void *at); /* int */
weir_status weir_read_day_count(const weir_cell *cell, const weir_field *field, void *at);     /* weir_day_count */
weir_status weir_read_party(const weir_cell *cell, const weir_field *field, void *at);         /* int, its number */
weir_status weir_read_trust(const weir_cell *cell, const weir_field *field, void *at);         /* int, its number */
weir_status weir_read_index(const weir_cell *cell, const weir_field *field, void *at);         /* int, its number */

/* A word of a closed list that is kept as a text (const char *, interned). The words' values are not 0. */
weir_status weir_read_word(const weir_cell *cell, const weir_field *field, const weir_choice *words, void *at);

/* Reads one cell into `target`. */
weir_status weir_field_read(weir_loader *loader, const weir_field *field, void *target, const char *text,
                            size_t length, weir_place place, int is_xml);

/* Reads all attributes of an element that the table has into `target`; `seen` may be NULL. */
weir_status weir_fields_from_element(weir_loader *loader, const weir_xml *xml, const xmlNode *element,
                                     const weir_field *fields, void *target, weir_seen *seen);

/* Whether the field of that name was seen. */
int weir_field_seen(const weir_field *fields, weir_seen seen, const char *name);

/* Complains that there is no `kind` ("party") of that name, with the nearest one. */
void weir_complain_unknown(weir_loader *loader, const char *kind, const weir_names *known, const char *name,
                           size_t length, weir_place place);

#endif
