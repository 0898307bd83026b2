/* SPDX-License-Identifier: GPL-3.0-or-later */
/* contracts.h: the room's own door to the schedules of single contracts. */
#ifndef WEIR_POOL_CONTRACTS_H
#define WEIR_POOL_CONTRACTS_H

#include "pool/pool.h"

/* Says what is wrong with a contract's terms (CONTRACT_TERMS, DATE_ORDER, SIZE_MISMATCH at its place).
 * Returns 1 when its receipts can be made. */
int weir_contract_terms_hold(const weir_deal *deal, const weir_contract *contract, weir_diags *diags);

/* How many receipts the contract makes. Its terms hold. */
size_t weir_contract_receipt_count(const weir_deal *deal, const weir_contract *contract);

/* Writes the receipts of contract `number` to `receipts` (as many as counted), trust layer included, in
 * order of their due dates. Its terms hold. Returns 0, having complained, when they cannot be made after
 * all (a missing fixing, an amount beyond WEIR_CENTS_MAX). */
int weir_contract_receipts(weir_receipt *receipts, const weir_deal *deal, int number, weir_diags *diags);

/* The rate of a year that a contract bears on a date: of a floating one the last fixing by then (else its first one) and the
 * spread, of a receivable its discount. NAN where it has none: royalties, and schedules that list their income. */
double weir_contract_rate_on(const weir_deal *deal, const weir_contract *contract, weir_date date);

/* The royalty part of the first three (royalty.c). */
int weir_royalty_terms_hold(const weir_deal *deal, const weir_contract *contract, weir_diags *diags);
void weir_royalty_receipts(weir_receipt *receipts, const weir_deal *deal, const weir_contract *contract);

#endif
