/* SPDX-License-Identifier: GPL-3.0-or-later */
/* deal.h: what the deal's documents say, read-only after loading; every node keeps its place in the source. */
#ifndef WEIR_DEAL_DEAL_H
#define WEIR_DEAL_DEAL_H

#include <stdint.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/source.h"
#include "base/text.h"
#include "deal/contract.h"
#include "deal/node.h"
#include "deal/support.h"
#include "time/calendar.h"
#include "time/date.h"
#include "time/day_count.h"
#include "time/schedule.h"

typedef enum weir_deal_kind { WEIR_DEAL_ABS, WEIR_DEAL_ABN, WEIR_DEAL_TRUST, WEIR_DEAL_NOTE } weir_deal_kind;

typedef enum weir_role {
	WEIR_ROLE_ORIGINATOR = 1 << 0,
	WEIR_ROLE_SERVICER = 1 << 1,
	WEIR_ROLE_MANAGER = 1 << 2,
	WEIR_ROLE_TRUSTEE = 1 << 3,
	WEIR_ROLE_CUSTODIAN = 1 << 4,
	WEIR_ROLE_SUPERVISOR_BANK = 1 << 5,
	WEIR_ROLE_REGISTRAR = 1 << 6,
	WEIR_ROLE_UNDERWRITER = 1 << 7,
	WEIR_ROLE_RATING_AGENCY = 1 << 8,
	WEIR_ROLE_APPRAISER = 1 << 9,
	WEIR_ROLE_OBLIGOR = 1 << 10,
	WEIR_ROLE_GUARANTOR = 1 << 11,
	WEIR_ROLE_SHORTFALL_PAYER = 1 << 12,
	WEIR_ROLE_LICENSOR = 1 << 13,
	WEIR_ROLE_LICENSEE = 1 << 14,
	WEIR_ROLE_INSURER = 1 << 15,
	WEIR_ROLE_GOVERNMENT = 1 << 16,
	WEIR_ROLE_AUDITOR = 1 << 17,
	WEIR_ROLE_LAWYER = 1 << 18,
	WEIR_ROLE_HOLDER = 1 << 19,
	WEIR_ROLE_FUND = 1 << 20,              /* guarantee or risk-compensation fund */
	WEIR_ROLE_LIQUIDITY_PROVIDER = 1 << 21,
	WEIR_ROLE_OPERATOR = 1 << 22,          /* IP operation company (知识产权运营机构) */
	WEIR_ROLE_BACKUP_SERVICER = 1 << 23
} weir_role;

/* One contributor's part of a fund (园区担保基金按比例共同出资). */
typedef struct weir_contribution {
	int party;
	double share;
	weir_place place;
} weir_contribution;

typedef struct weir_party {
	weir_node node;
	unsigned roles;     /* weir_role bits */
	const char *rating; /* as published */
	double pd_annual;   /* NAN when not given */
	const char *industry, *region;
	double capacity_cents; /* most it can pay in all, over all it undertakes; INFINITY when not limited */
	double leverage;    /* a fund covers at most leverage x capacity of principal; NAN when not limited */
	weir_contribution *contributions; /* who paid a fund in, and in what parts */
	int contribution_count;
} weir_party;

typedef struct weir_account {
	weir_node node;
	int is_reserve;
	double initial_cents;   /* cash in it at the closing */
	weir_formula target;    /* reserves: money */
	double opening_cents;   /* at a mid-life start: cash in it; NAN when not given */
	unsigned receives;      /* WEIR_RECEIVES_ bits */
	const char *ledger;     /* "income", "principal" or NULL */
} weir_account;

enum { WEIR_RECEIVES_PRINCIPAL = 1, WEIR_RECEIVES_INCOME = 2, WEIR_RECEIVES_RECOVERED = 4, WEIR_RECEIVES_ALL = 7 };

typedef enum weir_class_style {
	WEIR_STYLE_TARGET,       /* balance per date; a missed amount stays due */
	WEIR_STYLE_PLANNED,      /* amount per date; a missed amount is not due later */
	WEIR_STYLE_PASS_THROUGH, /* whatever its step has left; never "due", so never missed */
	WEIR_STYLE_BULLET,       /* the whole balance from the maturity on */
	WEIR_STYLE_RESIDUAL      /* no principal due: paid by a .rest step; its balance stays unless .principal is paid */
} weir_class_style;

typedef enum weir_interest_style {
	WEIR_INTEREST_CURRENT,       /* due each period on the balance */
	WEIR_INTEREST_WITH_PRINCIPAL,/* due with the principal being repaid, from the start date (利随本清) */
	WEIR_INTEREST_NONE           /* zero coupon, or residual */
} weir_interest_style;

typedef enum weir_rounding { WEIR_ROUND_TOTAL, WEIR_ROUND_UNIT } weir_rounding;

/* What every contract of the pool must meet (合格标准): a formula over one contract's names (docs/select.md). */
typedef struct weir_criterion {
	weir_node node;
	weir_formula formula; /* flag */
} weir_criterion;

/* One row of a principal schedule or of a coupon table. Exactly one of share and amount is given. */
typedef struct weir_schedule_row {
	int period;          /* 1-based payment period, or 0: by date */
	weir_date date;      /* a payment date (unadjusted), when period is 0 */
	double share;        /* of the original size; NAN when an amount is given */
	double amount_cents; /* NAN when a share is given */
	weir_place place;
} weir_schedule_row;

typedef struct weir_coupon_step {
	weir_date from;       /* accrual periods that start on or after */
	double coupon_annual; /* replaces the coupon from then on */
	weir_place place;
} weir_coupon_step;

typedef struct weir_class {
	weir_node node;
	double size_cents;
	double coupon_annual;
	weir_day_count day_count;
	int subordinated;             /* rank="subordinated"; the others are senior classes */
	weir_class_style style;
	weir_interest_style interest;
	weir_date maturity;           /* bullet: principal is due from this date; else the expected last date or none */
	double issue_price;           /* per 100 of face; 100 unless said */
	double unit_cents;            /* face of one unit, 10000 = 100 yuan */
	weir_rounding rounding;       /* of what is paid: on the class total, or per unit and then times units */
	int digits;                   /* per-unit rounding: decimals of the amount per unit */
	double period_yield_annual;   /* capped yield of a subordinated class per year; 0 = none */
	int period_yield_carried;     /* unpaid yield stays due */
	int target_follows_pool;      /* target shares = pool principal still scheduled, rounded to share_digits */
	int share_digits;
	weir_schedule_row *rows;      /* target or planned style */
	int row_count;
	weir_coupon_step *steps;
	int step_count;
	const char *rating, *code;
	int held_by;                  /* party, or -1 */
	weir_formula raise_when;      /* while it holds at accrual the coupon is raise_add higher; text NULL: never */
	double raise_add;
	double opening_balance_cents; /* at a mid-life start; NAN when not given */
	double opening_interest_cents, opening_principal_cents; /* unpaid at a mid-life start; 0 unless given */
} weir_class;

/* A named list of classes: classes.NAME.balance … "senior", "subordinated" and "all" always exist. */
typedef struct weir_group {
	weir_node node;
	int *classes;
	int class_count;
} weir_group;

typedef enum weir_fee_frequency {
	WEIR_FEE_EVERY_PERIOD,
	WEIR_FEE_YEARLY, /* in the last period of each 12 months from the start date */
	WEIR_FEE_ONCE    /* in one period */
} weir_fee_frequency;

typedef struct weir_fee {
	weir_node node;
	int is_tax;
	weir_formula base;      /* money the rate applies to; absent with a fixed amount */
	double rate;            /* annual when day_count is set, else per payment */
	int has_day_count;
	weir_day_count day_count;
	double amount_cents;    /* fixed amount each time; NAN when base x rate */
	weir_formula amount;    /* amount as a formula; text NULL when not used */
	int gross_included;     /* base contains the tax: tax = base / (1 + rate) x rate (含税价) */
	double surcharge_rate;  /* of the rounded tax, as a part of its own named ID.surcharge; 0 = none */
	weir_fee_frequency frequency;
	int once_period;
	weir_formula cap;       /* money per charge; text NULL when uncapped */
	double cap_yearly_cents;/* per 12 months from the start date; NAN when uncapped */
	int carried;            /* what is unpaid stays due; else it is dropped */
	weir_formula raised_when; /* while it holds at accrual raised_rate or raised_amount_cents is charged; text NULL: never */
	double raised_rate;     /* instead of rate; NAN when not given */
	double raised_amount_cents; /* instead of amount_cents; NAN when not given */
	int solve_paid;         /* base names what is paid after this fee: solved in whole cents */
	int payee;              /* party, or -1 */
} weir_fee;

/* The kinds of credit events (信用触发机制; DEALS section 4.5); they name, they do not act. */
typedef enum weir_trigger_kind {
#define WEIR_TRIGGER_KIND(name, word, en, zh) WEIR_TRIGGER_##name,
#include "deal/trigger_kinds.def"
#undef WEIR_TRIGGER_KIND
	WEIR_TRIGGER_KIND_COUNT
} weir_trigger_kind;

typedef struct weir_trigger {
	weir_node node;
	int tested_after; /* after the waterfall: acts from the next period; else before it, in the same period */
	int sticky;       /* once fired it stays */
	int consecutive;  /* tests in a row that must hold before it fires; 1 */
	int cure;         /* tests in a row that must fail before it is cured; 1 (sticky: never) */
	weir_trigger_kind kind;
	weir_formula test;
	int opening_fired; /* at a mid-life start */
} weir_trigger;

/* A formula with a name, evaluated where it is used. */
typedef struct weir_value {
	weir_node node;
	weir_formula formula;
} weir_value;

typedef enum weir_step_kind {
	WEIR_STEP_PAY,
	WEIR_STEP_FILL,     /* up to the account's target */
	WEIR_STEP_TRANSFER, /* an amount, or all */
	WEIR_STEP_RELEASE,  /* a reserve's excess over its target, or all of it */
	WEIR_STEP_KEEP,     /* what is left stays until the condition holds: ends the waterfall where it does not */
	WEIR_STEP_WHEN,     /* nested steps under a condition */
	WEIR_STEP_PURCHASE  /* revolving: buys assets for at most an amount */
} weir_step_kind;

typedef enum weir_share { WEIR_SHARE_SEQUENTIAL, WEIR_SHARE_PRO_RATA } weir_share;

typedef enum weir_split {
	WEIR_SPLIT_CUMULATIVE, /* round(paid x cumulative share) - already paid */
	WEIR_SPLIT_LAST,       /* each rounded, the last takes the rest */
	WEIR_SPLIT_FIRST,      /* each rounded, the first takes the rest */
	WEIR_SPLIT_LARGEST_REMAINDER
} weir_split;

typedef struct weir_step weir_step;
struct weir_step {
	weir_node node;
	weir_step_kind kind;
	weir_words what;       /* pay: "A.interest", "custodian", "classes.senior.interest", "SUB.rest" */
	weir_share share;
	weir_split split;
	weir_words from;       /* account id; empty = the first account (release: the reserve itself) */
	weir_words to;         /* fill, transfer, release: account id; purchase: id of the <revolving> asset */
	weir_formula amount;   /* transfer, purchase: money; text NULL = all */
	weir_formula limit;    /* pay: at most this much in this step; text NULL = none */
	weir_formula test;     /* keep until=, when test= , or a pay's own when= */
	int release_all;       /* release: everything, not only the excess */
	weir_step *children;   /* when */
	int child_count;
};

typedef struct weir_waterfall {
	weir_node node;
	weir_formula when; /* text NULL: always; only the last may be so, and the last must */
	weir_step *steps;
	int step_count;
} weir_waterfall;

/* A rate index and its fixings, for floating contracts. */
typedef struct weir_index {
	weir_node node;
	weir_date *dates;
	double *rates;
	int count;
	int incomplete; /* fixings could not be read, and complaints said so */
} weir_index;

/* Another reading of a clause: elements that stand in the place of the deal's own. */
typedef struct weir_deal_variant {
	weir_node node; /* its id is no name in formulas */
} weir_deal_variant;

/* An element without a structure of its own (<dates>, <principal>, <trust> …), kept for what its note discloses, and for its
 * clause. */
typedef struct weir_noted {
	const char *kind; /* several of them: "payment terms" */
	const char *kind_zh;
	const char *note, *note_zh, *clause; /* NULL when it has none */
	weir_place place;
} weir_noted;

typedef struct weir_deal {
	weir_arena *arena;      /* everything below lives here */
	weir_sources *sources;  /* of the load; the caller keeps them as long as the deal */
	weir_node node;         /* id, names */
	const char *short_en, *short_zh;
	const char *venue;      /* exchange or market, free text */
	weir_deal_kind kind;
	const char *currency;
	int currency_digits;    /* decimals of the currency: 2 */
	int closed_price_given;
	double purchase_price_cents; /* paid for the pool at the closing; default: proceeds less opening cash and costs */
	double closing_costs_cents;
	weir_place closing_place;    /* of <closing>; source 0 when the file has none */

	weir_date cutoff, closing, start, legal_final; /* start: interest accrues from it (起息日) */
	weir_place dates_place;
	weir_schedule_terms payment;    /* calendar NULL when weir should not adjust */
	weir_place payment_place;
	int has_tail;                   /* payment dates go on after the regular ones (尾期), up to the legal final date */
	weir_schedule_terms tail;       /* first: the date of the first tail payment; NONE: one step after the last */
	weir_place tail_place;
	weir_date opening;              /* mid-life start: the payment date whose balances are given; else NONE */
	weir_place opening_place;
	double opening_pool_cents;      /* pool principal outstanding then; NAN: as scheduled */
	int accrual_adjusted;           /* accrual periods run between adjusted dates */
	weir_day_count day_count;       /* default of classes and fees */
	const weir_calendar *calendar;  /* of business-day offsets */
	const struct weir_place_names *place_names; /* what reports call industries and regions (place_names.h); or NULL */
	int calculation_offset_days;    /* business days from the adjusted payment date; negative = before */
	int transfer_offset_days;
	int has_transfer;

	weir_party *parties; int party_count;
	weir_pool_terms pool;
	weir_account *accounts; int account_count; /* at least one; the first is the default */
	weir_class *classes; int class_count;
	weir_group *groups; int group_count;
	weir_fee *fees; int fee_count;
	weir_value *values; int value_count;
	weir_trigger *triggers; int trigger_count;
	weir_waterfall *waterfalls; int waterfall_count;
	weir_place waterfalls_place; /* all of <waterfalls>: a fault in there leaves open what its steps pay */
	weir_index *indexes; int index_count;
	weir_support *supports; int support_count; /* by their order, equal ones as listed */
	weir_cover *covers; int cover_count;       /* the same */
	weir_call *calls; int call_count;
	weir_levels *levels; int level_count;
	weir_revolving *revolvings; int revolving_count;
	weir_servicing servicing;
	weir_subsidy *subsidies; int subsidy_count;
	weir_obligor_cost *costs; int cost_count;
	weir_warrant *warrants; int warrant_count;
	weir_criterion *criteria; int criterion_count;
	const char *shelf_id; int shelf_phase; /* a phase of a shelf (储架): its id and number from 1; NULL and 0 */
	const char *financing_mode;     /* "government-led" …, or NULL */
	const char *placement;          /* "public", "private", or NULL */
	weir_deal_variant *variants; int variant_count;
	const weir_deal_variant *variant; /* the one that is in force; NULL: the deal as written */
	weir_place variant_place;       /* all of it */
	weir_noted *noted; int noted_count; /* those of a kind stand together */
	weir_names ids; /* every id of the deal; the number says nothing */
} weir_deal;

/* One payment period of the deal. Arrays of periods have period 0 for the closing. */
typedef struct weir_period {
	int number;                    /* 0 = closing */
	weir_date payment, adjusted;   /* payment date, unadjusted and moved to a business day */
	weir_date calculation;         /* receipts due in (previous calculation, this one] belong to the period */
	weir_date transfer;            /* WEIR_DATE_NONE when the deal has none */
	weir_date accrual_start, accrual_end;
	int year_end;                  /* the last period of 12 months from the start date; the deal's last period only
	                                  when a further regular payment would fall into the next 12 months; a tail does not
	                                  end a year again that its last regular period has ended */
	int tail;                      /* lies behind the regular payments */
	int year;                      /* which 12 months from the start date, from 1: the first y with
	                                  payment <= start + 12 y months */
	int provisional;               /* a date of it lies beyond the calendar's data */
} weir_period;

/* The payment periods, in the deal's arena. `count` counts the closing: periods[0 .. count-1]. */
typedef struct weir_periods {
	weir_period *items;
	int count;
	int regular_count; /* without the tail: periods[0 .. regular_count-1] */
	int first;    /* the first period that runs: 1, or behind a mid-life start */
	int stand_in; /* made up because the deal's dates have errors: only to find more faults, never to run */
} weir_periods;

/* Resolves the deal's dates into periods (unadjusted accrual, start in and end out, DESIGN section 4). Offsets count
 * business days of the deal's calendar, plain days when it has none; period 1 takes everything due up to its
 * calculation date. Complaints: SCHEDULE and DATE_ORDER (WEIR_INPUT, `out` untouched), and one warning
 * CALENDAR_PROVISIONAL with the first date beyond a calendar's data. */
weir_status weir_deal_periods(weir_periods *out, weir_arena *arena, const weir_deal *deal, weir_diags *diags);

/* The closing and one period, for a deal whose dates have errors, so that its formulas and steps are checked too. */
weir_status weir_deal_stand_in_periods(weir_periods *out, weir_arena *arena, const weir_deal *deal);

/* The checks of meaning that need neither plan nor receipts: dates in order, shares, claims that outlive their IP, IP not
 * in force, sizes, notes that disclose assumptions (one disclosure for each kind of element). References
 * must be resolved. All complaints go to `diags`. */
void weir_deal_check(const weir_deal *deal, weir_diags *diags);

/* Discloses the largest obligor from 15 % and the largest five from 50 % of `total_cents`; obligor_cents[obligors]. */
void weir_deal_disclose_concentration(const weir_deal *deal, const double *obligor_cents, double total_cents,
                                      weir_diags *diags);

/* The number of a class, party, account, or fee by id; -1 when there is none. */
int weir_deal_find_class(const weir_deal *deal, const char *id);
int weir_deal_find_party(const weir_deal *deal, const char *id);
int weir_deal_find_account(const weir_deal *deal, const char *id);
int weir_deal_find_fee(const weir_deal *deal, const char *id);

/* Whether a party answers for anything: some support or share of a cover is its own. */
int weir_deal_is_supporter(const weir_deal *deal, int party);

/* Whether a cover is for the pool's contract of that number: all, those it lists, or those that have a deposit. */
int weir_cover_is_for(const weir_cover *cover, const weir_pool_terms *pool, int contract);

/* The date from which the months of events count: the cut-off date, else the closing, else the start. */
weir_date weir_deal_cutoff(const weir_deal *deal);

/* The name to show in a language: the wanted one, else the other, else the id (which may be NULL). */
const char *weir_node_name(const weir_node *node, int chinese);

#endif
