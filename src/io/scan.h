/* SPDX-License-Identifier: GPL-3.0-or-later */
/* scan.h: a scan of the raw bytes of an XML file that recovers where every start tag and attribute stands.
 *
 * The XML library gives no columns for schema errors and counts tags over several lines from their end. The n-th start
 * tag in the text is the n-th element of the document, so its span and those of its attributes are found by number. */
#ifndef WEIR_IO_SCAN_H
#define WEIR_IO_SCAN_H

#include <stddef.h>
#include <stdint.h>

#include "base/status.h"

/* Offsets are bytes from the start of the text. */
typedef struct weir_scan_attribute {
	uint32_t name, name_length;   /* offset and bytes of the name as written, prefix included */
	uint32_t value, value_length; /* between the quotes */
} weir_scan_attribute;

/* The attributes of an element are attribute_count from attribute_first of the scan's. */
typedef struct weir_scan_element {
	uint32_t offset, length; /* the start tag from < to > */
	uint32_t attribute_first, attribute_count;
} weir_scan_element;

/* Zero-initialise; free with weir_scan_free. Files are below 4 GB (limits of file.h). */
typedef struct weir_scan {
	weir_scan_element *elements;
	size_t element_count, element_capacity;
	weir_scan_attribute *attributes;
	size_t attribute_count, attribute_capacity;
	size_t doctype; /* offset of the first <!DOCTYPE, or SIZE_MAX */
	size_t deepest; /* nesting of the deepest element */
	size_t deepest_at; /* its offset */
} weir_scan;

/* Scans `size` bytes. A text that is not well formed ends the scan early; what was found until there is kept.
 * WEIR_NO_MEMORY is the only failure. */
weir_status weir_scan_create(weir_scan *out, const char *text, size_t size);

/* Frees the lists. */
void weir_scan_free(weir_scan *scan);

#endif
