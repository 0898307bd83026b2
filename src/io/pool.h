/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pool.h: reads the pool: contracts and IP items, inline or from tapes, through the same tables of fields. */
#ifndef WEIR_IO_POOL_H
#define WEIR_IO_POOL_H

#include "io/table.h"
#include "io/xml.h"

/* A contract while it is read. */
typedef struct weir_contract_draft {
	weir_contract contract;
	weir_royalty_terms royalty;
	const char *obligor_en, *obligor_zh, *industry, *region;
	weir_pending guarantor; /* id NULL: none */
	weir_tape_value extra[WEIR_TAPE_EXTRA_MOST]; /* of a candidate tape */
} weir_contract_draft;

/* One row of a contract's lists (instalment, tier, milestone …) while it is read. */
typedef struct weir_row_draft {
	const char *contract; /* CSV: whose row */
	weir_place contract_place;
	int use;              /* enum weir_row_use */
	weir_date date;
	double principal, income, amount, up_to, rate, factor, share; /* NAN when not given */
} weir_row_draft;

/* The fields of contracts, of their rows, and of IP items: attributes and columns. */
extern const weir_field weir_contract_fields[];
extern const weir_field weir_row_fields[];
extern const weir_field weir_ip_fields[];
extern const weir_seen weir_contract_required, weir_row_required, weir_ip_required; /* columns of CSV files */

/* Makes a draft ready for a contract at `place`. */
void weir_contract_draft_begin(weir_contract_draft *draft, weir_place place);

/* Complains about terms that the contract's kind lacks or does not have; `explicit_rows` and `tiers` count the rows it
 * was given. Returns 1 when it had nothing to say. */
int weir_contract_terms_fit(weir_loader *loader, const weir_contract_draft *draft, weir_seen seen, int explicit_rows,
                            int tiers);

/* Rows of contracts from CSV files, by contract. */
typedef struct weir_row_files {
	weir_names owners;       /* contract ids, numbered */
	struct weir_row_owner {
		weir_place place; /* of its first row */
		size_t first, count;
		int used;
	} *owner_items;
	size_t owner_count, owner_capacity;
	struct weir_owned_row {
		int owner;
		weir_contract_row row;
	} *rows;                 /* as read; then sorted by owner */
	size_t row_count, row_capacity;
} weir_row_files;

/* Reads a CSV file of rows and adds it; call weir_row_files_sort after the last. */
weir_status weir_row_files_read(weir_loader *loader, uint32_t source);
weir_status weir_row_files_sort(weir_row_files *files);
void weir_row_files_free(weir_row_files *files);

/* Turns a draft into a row; returns 0, after a complaint at `place`, when it lacks what its use needs. */
int weir_row_from_draft(weir_contract_row *row, weir_loader *loader, const weir_row_draft *draft, weir_place place);
void weir_row_draft_begin(weir_row_draft *draft);

/* Reads the pool element into the deal. */
weir_status weir_pool_load(weir_loader *loader, const weir_xml *xml, const xmlNode *pool);

/* The same with the contracts of one more tape, which is source number `tape`. */
weir_status weir_pool_load_with(weir_loader *loader, const weir_xml *xml, const xmlNode *pool, uint32_t tape);

#endif
