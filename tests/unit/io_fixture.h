/* SPDX-License-Identifier: GPL-3.0-or-later */
/* io_fixture.h: small deals in a temporary folder, and what loading them says. */
#ifndef TESTS_UNIT_IO_FIXTURE_H
#define TESTS_UNIT_IO_FIXTURE_H

#include "base/diag.h"
#include "deal/deal.h"

/* A load: sources, complaints, deal. */
typedef struct io_load {
	weir_sources *sources; /* the deal points at them */
	weir_diags diags;
	weir_deal *deal;
	weir_status status;
} io_load;

/* The smallest whole deal: one loan inline, one class, one waterfall. */
extern const char io_deal[];

/* Makes the temporary folder of a test; io_leave removes it with all its files. */
void io_enter(void);
void io_leave(void);

/* Writes a file into the folder and gives its path (valid until the next call). */
const char *io_write(const char *name, const char *text);

/* `text` with the first `old` replaced; fails the test when it has none. The caller frees. */
char *io_replace(const char *text, const char *old, const char *new);

/* Loads a file anywhere. */
io_load io_load_path(const char *path);

/* Loads a file of the folder. */
io_load io_load_file(const char *name);

/* Writes `text` as deal.xml and loads it. */
io_load io_load_text(const char *text);

/* Loads io_deal with one replacement. */
io_load io_load_with(const char *old, const char *new);

void io_free(io_load *load);

/* The complaint number `i` as users see it, the folder cut off: "deal.xml:3:5: error: … [code]". */
const char *io_complaint(io_load *load, size_t i);

/* Fails unless the load holds exactly one complaint that reads `wanted`; a * there stands for any text (tests/bad pins
 * the words, these tests the places and codes). */
void io_expect(io_load *load, const char *wanted);

/* Fails unless `wanted` is the only error. */
void io_expect_only(io_load *load, const char *wanted);

#endif
