/* SPDX-License-Identifier: GPL-3.0-or-later */
/* loader.h: what the parts of the loader share while one deal is read. */
#ifndef WEIR_IO_LOADER_H
#define WEIR_IO_LOADER_H

#include "deal/deal.h"
#include "deal/scenario.h"
#include "deal/selection_rules.h"

/* A guarantor named by a contract: may be an obligor that comes later. */
typedef struct weir_pending {
	int contract;
	const char *id;
	weir_place place;
} weir_pending;

/* An id of the deal and where it was given first. */
typedef struct weir_id_place {
	const char *kind;
	weir_place place;
} weir_id_place;

/* A statutory term of share/ip-terms.csv. */
typedef struct weir_ip_term {
	weir_ip_kind kind;
	weir_date filed_from, filed_to; /* WEIR_DATE_NONE: open */
	int years;
	int counted_from; /* enum in ip_terms.c */
	int is_assumption;
	const char *source, *source_zh;
	int disclosed; /* said once in a load */
} weir_ip_term;

/* One role's part in a published scheme of share/risk-schemes.csv. */
typedef struct weir_scheme_row {
	const char *scheme, *role;
	double share;        /* of the loss; NAN when none is published */
	int ordered, income; /* as weir_cover; -1 when not published */
	double cap_contract_cents, cap_yearly_cents, cap_cents; /* NAN when not published */
	int delay_months;    /* 0 when not published */
	const char *place_en, *place_zh, *source, *source_zh, *tag, *note;
} weir_scheme_row;

/* One load. Zero-initialise with deal, arena, sources and diags; free with weir_loader_free, which leaves the deal. */
typedef struct weir_loader {
	weir_deal *deal;
	weir_arena *arena; /* the deal's */
	weir_sources *sources;
	weir_diags *diags;
	const char *folder; /* of the deal's file, with a / at its end, in an arena; empty for the working folder */
	weir_names texts; /* interned; the numbers say nothing */
	weir_id_place *ids; /* by the number in deal->ids */
	size_t id_count, id_capacity;
	weir_names parties, trusts, indexes, ip, obligors, contracts; /* numbers in the deal's arrays */
	int ip_lost, contracts_lost; /* some have no record, so that an unknown one may be among them */

	/* growing, moved into the arena at the end of the pool */
	weir_contract *pool_contracts;
	weir_obligor *pool_obligors;
	weir_royalty_terms *pool_royalties;
	weir_contract_row *pool_rows;
	weir_ip *pool_ip;
	int *pool_contract_ip;
	weir_pending *pending;
	size_t contract_count, contract_capacity, obligor_count, obligor_capacity, royalty_count, royalty_capacity;
	size_t row_count, row_capacity, ip_count, ip_capacity, contract_ip_count, contract_ip_capacity;
	size_t pending_count, pending_capacity;
	struct weir_row_files *row_files; /* rows of contracts from CSV files; while the pool is read */

	const struct weir_field *tape_fields; /* columns of a candidate tape; NULL: those of every tape */
	int extra_columns;                    /* how many of them its rules add */
	weir_tape_value *pool_extras;         /* [contracts][extra columns], growing */
	size_t extra_count, extra_capacity;

	weir_ip_term *terms;
	size_t term_count, term_capacity;
	int terms_read;

	weir_scheme_row *schemes;
	size_t scheme_count, scheme_capacity;
	int schemes_read;
} weir_loader;

/* Frees what is not the deal's. */
void weir_loader_free(weir_loader *loader);

/* The text once: the same bytes give the same pointer, NUL-terminated, in the arena; NULL when memory is short. */
const char *weir_loader_text(weir_loader *loader, const char *text, size_t length);

/* Takes an id of the deal ("class"); complains when it is taken or reserved, with both places. */
weir_status weir_loader_take_id(weir_loader *loader, const char *kind, const weir_node *node, weir_place place);

/* Complains that an id was given before, naming both places; the two kinds may be the same ("contract"). */
weir_status weir_loader_duplicate(weir_loader *loader, const char *kind, const char *id, weir_place place,
                                  const char *first_kind, weir_place first);

/* Whether a path, as written, stays in the folder: relative, no backslash, no drive or scheme, no "..". */
int weir_loader_stays_inside(const char *href);

/* Reads a file that the deal refers to by `href` into the sources; complains at `place` about a path that leaves the
 * deal's folder or cannot be read. *source is 0 after a complaint (WEIR_OK). */
weir_status weir_loader_open(uint32_t *source, weir_loader *loader, const char *href, size_t limit, weir_place place);

/* One of weir's own data files as a source of the load. */
weir_status weir_loader_share(uint32_t *source, weir_loader *loader, const char *name);

/* Derives the last day of a right whose `expires` is not given from its kind's statutory term. */
weir_status weir_ip_derive_expiry(weir_loader *loader, weir_ip *ip);

#endif
