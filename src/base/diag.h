/* SPDX-License-Identifier: GPL-3.0-or-later */
/* diag.h: the caller-owned list of complaints about the input, each with its place, its text and its code. */
#ifndef WEIR_BASE_DIAG_H
#define WEIR_BASE_DIAG_H

#include <stdarg.h>
#include <stddef.h>

#include "base/source.h"

typedef enum weir_severity {
	WEIR_ERROR,     /* nothing is run */
	WEIR_WARNING,   /* --strict makes it an error */
	WEIR_DISCLOSURE /* printed in the report too: a fact that the reader must know */
} weir_severity;

/* One code for each kind of complaint; the text users see is the name in lower case with hyphens. */
typedef enum weir_code {
#define WEIR_CODE(name, meaning, meaning_zh) WEIR_CODE_##name,
#include "base/diag_codes.def"
#undef WEIR_CODE
	WEIR_CODE_COUNT
} weir_code;

typedef struct weir_diag {
	weir_severity severity;
	weir_code code;
	weir_place place;
	char *text; /* lower case, the subject quoted, what to do next; owned by the list */
	char *zh;   /* the same in Chinese, for reports; NULL for most errors; owned by the list */
} weir_diag;

/* Zero-initialise; free with weir_diags_free. */
typedef struct weir_diags {
	weir_diag *items;
	size_t count, capacity;
	size_t errors, warnings;
	int lost; /* a complaint was dropped because memory was short: treat as WEIR_NO_MEMORY */
} weir_diags;

/* Adds a complaint (printf format). Counts it even when memory is short (then `lost` is set).
 * The same code at the same place with the same text is kept once. */
void weir_diag_add(weir_diags *diags, weir_severity severity, weir_code code, weir_place place,
                   const char *format, ...) __attribute__((format(printf, 5, 6)));

/* The same with its Chinese text beside it: both formats take the same arguments. Where the Chinese order differs, it
 * says %2$d; an argument that is of one language only is taken by the other format as "%.0s". Every warning and
 * disclosure is added so, because reports print them in the reader's language. */
void weir_diag_add_both(weir_diags *diags, weir_severity severity, weir_code code, weir_place place, const char *format,
                        const char *format_zh, ...) __attribute__((format(printf, 5, 7), format(printf, 6, 7)));

/* Shorthand for an error; for warnings and disclosures the English format and the Chinese one come first. */
#define weir_diag_error(diags, code, place, ...)                                                   \
	weir_diag_add(diags, WEIR_ERROR, WEIR_CODE_##code, place, __VA_ARGS__)
#define weir_diag_warning(diags, code, place, format, ...)                                         \
	weir_diag_add_both(diags, WEIR_WARNING, WEIR_CODE_##code, place, format, __VA_ARGS__)
#define weir_diag_disclosure(diags, code, place, format, ...)                                      \
	weir_diag_add_both(diags, WEIR_DISCLOSURE, WEIR_CODE_##code, place, format, __VA_ARGS__)

/* WEIR_INPUT when the list holds an error, WEIR_NO_MEMORY when it lost one, else WEIR_OK. */
weir_status weir_diags_status(const weir_diags *diags);

/* Sorts by source and offset, keeping the order of arrival within one place. */
void weir_diags_sort(weir_diags *diags);

/* The code as users see it ("unknown-name"). The text lives in a static table. */
const char *weir_code_text(weir_code code);

/* What a code means, one sentence, for the manual. */
const char *weir_code_meaning(weir_code code);

/* The same in Chinese, a few words: what a report says of a complaint that has no Chinese text of its own. */
const char *weir_code_meaning_zh(weir_code code);

/* "error", "warning" or "disclosure". */
const char *weir_severity_text(weir_severity severity);

/* Takes the last complaint back, with what it counted. */
void weir_diags_drop_last(weir_diags *diags);

/* Frees the list and its texts. */
void weir_diags_free(weir_diags *diags);

#endif
