/* SPDX-License-Identifier: GPL-3.0-or-later */
/* contract.h: the pool's terms: contracts that pay, the IP behind them, and the layer they are held through. */
#ifndef WEIR_DEAL_CONTRACT_H
#define WEIR_DEAL_CONTRACT_H

#include <stdint.h>

#include "base/source.h"
#include "time/date.h"
#include "time/day_count.h"

typedef enum weir_contract_kind {
	WEIR_CONTRACT_LICENCE,           /* fixed licence fee (许可使用费) */
	WEIR_CONTRACT_SECONDARY_LICENCE, /* two layers: up-front fee out, periodic fees back (二次许可) */
	WEIR_CONTRACT_LEASEBACK,         /* sale and leaseback of IP (售后回租) */
	WEIR_CONTRACT_ROYALTY,           /* running royalty on sales (提成费) */
	WEIR_CONTRACT_RECEIVABLE,        /* supply-chain receivable bought at a discount */
	WEIR_CONTRACT_LOAN               /* loan pledged on IP (质押贷款) */
} weir_contract_kind;

typedef enum weir_amortisation {
	WEIR_AMORTISE_LEVEL,           /* equal payments (等额本息) */
	WEIR_AMORTISE_LEVEL_PRINCIPAL, /* equal principal (等额本金) */
	WEIR_AMORTISE_BULLET,          /* interest each time, principal with the last */
	WEIR_AMORTISE_INTEREST_ONLY,   /* interest only for some instalments, then level */
	WEIR_AMORTISE_EXPLICIT         /* dates and amounts as listed */
} weir_amortisation;

typedef enum weir_interest_basis {
	WEIR_BASIS_PERIODIC, /* balance x rate / instalments a year */
	WEIR_BASIS_DAYS      /* balance x rate x day-count fraction */
} weir_interest_basis;

/* One row of an explicit schedule, a milestone, a tier or a factor list, all in pool->rows. */
typedef struct weir_contract_row {
	enum weir_row_use {
		WEIR_ROW_INSTALMENT, /* date, a = principal cents, b = income cents (NAN: accrue at the rate) */
		WEIR_ROW_TIER,       /* a = up to these sales per contract year, cents (INFINITY: the last), b = rate */
		WEIR_ROW_MILESTONE,  /* date, a = cents: a receipt of its own on its date, split as the royalty's are */
		WEIR_ROW_GROWTH,     /* a = factor on the first-year sales of payment k, in order */
		WEIR_ROW_SEASON,     /* a = share of the contract year's sales in its j-th payment, in order */
		WEIR_ROW_STEP_DOWN   /* payments (before their lag) from the date on: royalty x a; several steps multiply */
	} use;
	weir_date date;
	double a, b;
	weir_place place;
} weir_contract_row;

/* Royalty terms (ROYALTY.md section 1.2; examples/INPUTS.md EX6, EX7). */
typedef struct weir_royalty_terms {
	double sales_first_year_cents;   /* licensed sales of the first contract year */
	double royalty_first_year_cents; /* instead of sales x rate: the first year's royalty; NAN when sales are given */
	double rate;                     /* royalty on sales; with tiers, unused */
	double growth_annual;            /* sales x (1 + growth)^(k / payments a year); negative = decay */
	double minimum_annual_cents;     /* guaranteed: each payment at least minimum / payments a year */
	double cap_annual_cents;         /* most per contract year; INFINITY when uncapped */
	double principal_share;          /* of each receipt that counts as principal */
	int lag_months;                  /* paid this long after the sales period's payment date */
} weir_royalty_terms;

typedef struct weir_contract {
	const char *id;
	weir_place place;
	weir_contract_kind kind;
	int obligor;              /* party number in weir_pool_terms.obligors */
	int royalty;              /* in weir_pool_terms.royalties, or -1 */
	int row_first, row_count; /* in weir_pool_terms.rows, sorted by use and order given */
	int ip_first, ip_count;   /* in weir_pool_terms.contract_ip: numbers of IP items */
	int guarantor;            /* obligor-table number of the guarantor, or -1 */
	int through;              /* trust layer, or -1 */
	int index;                /* rate index of a floating contract, or -1 */

	double amount_cents;   /* financed principal; receivable: 0 (it follows from face and discount); royalty: 0 */
	double face_cents;     /* receivable: amount due */
	double discount_rate;  /* receivable: simple annual discount, price = face / (1 + rate x years) */
	double discount_years; /* receivable; NAN: ACT/365F from the deal's closing to the due date */
	double rate_annual;    /* nominal annual rate; floating: the spread */
	double deposit_cents;  /* held, offset against the last instalment or a default */
	double upfront_cents;  /* secondary licence: layer-1 fee paid to the firm; NAN: equals the amount */
	weir_date upfront_date;
	weir_date first_due, start, end; /* start: interest accrues from it under WEIR_BASIS_DAYS; end: licence end */
	int every_months;         /* between instalments */
	int count;                /* instalments */
	int interest_only_count;  /* WEIR_AMORTISE_INTEREST_ONLY: how many of them */
	weir_amortisation amortisation;
	weir_interest_basis basis;
	weir_day_count day_count;

	const char *en, *zh, *clause, *note, *note_zh;
	const char *grade;        /* internal grade (内部评级) */
	const char *guarantee;    /* guarantee type, free text */
	double pd_annual, lgd;    /* NAN when not given */
	const char *territory, *exclusivity; /* licences */
	weir_date signed_on;      /* the contract's own date */
	const char *termination_en, *termination_zh; /* on what it ends before its time */
	const char *currency;     /* that the obligor pays in, for FX shocks; NULL: the deal's. Amounts are in the deal's */
	int incomplete;           /* its terms could not be read, and complaints said so: it pays nothing */
} weir_contract;

typedef struct weir_obligor {
	const char *id, *en, *zh, *industry, *region;
	weir_place place;
	int party; /* in the deal's parties, or -1 when it stands only in the tape */
} weir_obligor;

typedef enum weir_ip_kind {
	WEIR_IP_INVENTION,
	WEIR_IP_UTILITY_MODEL,
	WEIR_IP_DESIGN,
	WEIR_IP_TRADEMARK,
	WEIR_IP_COPYRIGHT,
	WEIR_IP_SOFTWARE,
	WEIR_IP_LAYOUT,
	WEIR_IP_DATA,
	WEIR_IP_KIND_COUNT
} weir_ip_kind;

typedef enum weir_ip_status { WEIR_IP_VALID, WEIR_IP_LAPSED, WEIR_IP_INVALIDATED, WEIR_IP_PENDING } weir_ip_status;

typedef struct weir_ip {
	const char *id, *number, *title_en, *title_zh, *holder, *note, *note_zh;
	weir_place place;
	weir_ip_kind kind;
	weir_ip_status status;
	weir_date filed, granted;
	weir_date expires;        /* given, or from the statutory term of the kind (share/ip-terms.csv) */
	int expires_derived;      /* 1: from the statutory term */
	weir_date annuity_paid_to;
	double valuation_cents;   /* NAN when none */
	weir_date valuation_date;
	const char *valuation_method;
	const char *pledge_number;
	weir_date pledge_date;
	const char *recordal_number; /* licence recordal (备案) */
	int disputed;
	int claims;               /* of a patent; 0: not given */
	const char *family;       /* patent family, by its id */
	const char *identity;     /* digital identity (数字身份): a SHA-256 in 64 digits */
} weir_ip;

/* A layer between the plan and its contracts: a trust whose beneficiary right is the plan's asset (双SPV). */
typedef struct weir_trust {
	const char *id, *en, *zh, *clause;
	weir_place place;
	int trustee;          /* party, or -1 */
	int lag_days;         /* the trust pays this many days after it receives */
	double expense_rate;  /* of income received, kept by the trust */
} weir_trust;

typedef struct weir_pool_terms {
	weir_contract *contracts; int contract_count;
	weir_obligor *obligors; int obligor_count;
	weir_royalty_terms *royalties; int royalty_count;
	weir_contract_row *rows; int row_count;
	weir_ip *ip; int ip_count;
	int *contract_ip; int contract_ip_count;
	weir_trust *trusts; int trust_count;
	weir_place place;
} weir_pool_terms;

/* The date of the contract's last payment: first due + (count - 1) x every months (a royalty's lag included), or the
 * last row of an explicit schedule. WEIR_DATE_NONE when the terms make no date. */
weir_date weir_contract_last_due(const weir_pool_terms *pool, const weir_contract *contract);

/* The words of deal files and tapes: "licence", "secondary-licence" ...; "invention", "utility-model" ... */
const char *weir_contract_kind_text(weir_contract_kind kind);
const char *weir_ip_kind_text(weir_ip_kind kind);

#endif
