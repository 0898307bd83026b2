/* SPDX-License-Identifier: GPL-3.0-or-later */
/* plan.h: the deal compiled once into a flat program over numbered registers; immutable, shared by all threads. */
#ifndef WEIR_ENGINE_PLAN_H
#define WEIR_ENGINE_PLAN_H

#include "base/text.h"
#include "deal/deal.h"
#include "lang/formula.h"
#include "pool/pool.h"

typedef struct weir_plan weir_plan;

/* The order of one period (DESIGN section 4); instructions are grouped by it. */
typedef enum weir_phase {
	WEIR_PHASE_OPEN,      /* once, at the closing: start values of what formulas remember */
	WEIR_PHASE_COLLECT,   /* 1 and 2: pool rows into accounts */
	WEIR_PHASE_ACCRUE,    /* 3: what is due: classes, then taxes and fees in their order */
	WEIR_PHASE_BEFORE,    /* 4: triggers tested before the waterfall */
	WEIR_PHASE_SUPPORT,   /* 5 and 6: shortfall pass, and amounts that depend on what will be paid */
	WEIR_PHASE_WATERFALL, /* 7 */
	WEIR_PHASE_AFTER,     /* 8: triggers tested after it */
	WEIR_PHASE_CLOSE,     /* 9: memory of formulas, conservation */
	WEIR_PHASE_COUNT
} weir_phase;

/* Registers of one class; -1 where the class has none. */
typedef struct weir_class_registers {
	int balance, size, coupon; /* size: a parameter, but at a mid-life start */
	int interest_due, interest_unpaid, interest_paid; /* due includes carried amounts */
	int principal_due, principal_unpaid, principal_paid;
	int yield_due, yield_unpaid, yield_paid; /* capped period yield of a subordinated class */
	int rest_paid;
} weir_class_registers;

/* Registers of one tax or fee, or of a tax's surcharge. */
typedef struct weir_fee_registers {
	int charge; /* new in the period */
	int due, unpaid, paid;
	int rate;
} weir_fee_registers;

typedef struct weir_account_registers {
	int balance;
	int initial; /* cash in it at the closing, a parameter; -1 at a mid-life start */
	int target; /* what the last step that measured against it took for the target; -1: none did */
} weir_account_registers;

typedef struct weir_trigger_registers {
	int flag;
	int test_count;      /* comparisons inside the test */
	int *value, *threshold, *holds; /* [test_count] */
	const char **texts;  /* [test_count] each comparison as text */
	int negated;         /* the test is one comparison under a "not": it fires where the comparison fails */
} weir_trigger_registers;

/* Registers of one support; -1 where it has none. */
typedef struct weir_support_registers {
	int drawn;       /* cash in, this period, less what was returned */
	int drawn_total, outstanding, available;
	int shortfall;   /* what its covers missed without it; top-up: the amount wanted */
	int cash;        /* its purse */
	int repaid;
	int interest_due, interest_unpaid, interest_paid;
	int fee_due, fee_unpaid, fee_paid;
	int returned;    /* of the purse, at the waterfall's end */
} weir_support_registers;

/* Registers of one cover. */
typedef struct weir_cover_registers {
	int claimed, settled, paid, paid_total, available;
	int *share_paid; /* [shares] cash of the period from each */
} weir_cover_registers;

typedef struct weir_party_registers {
	int failed, capacity, fails_on; /* fails_on: the date, a parameter */
} weir_party_registers;

typedef struct weir_call_registers {
	int flag, proceeds, costs;
} weir_call_registers;

typedef struct weir_revolving_registers {
	int balance, purchased, principal, income, defaulted;
} weir_revolving_registers;

/* Where the deal's things live. Arrays run as the deal's. */
typedef struct weir_plan_map {
	weir_class_registers *classes;
	weir_fee_registers *fees, *surcharges; /* surcharges: charge = -1 where there is none */
	weir_account_registers *accounts;
	weir_trigger_registers *triggers;
	weir_support_registers *supports;
	weir_cover_registers *covers;
	weir_party_registers *parties;  /* -1s for parties that support nothing */
	weir_call_registers *calls;
	weir_revolving_registers *revolvings;
	int lost;                      /* "servicing.lost": taken off the accounts in the period; -1 when nothing can be */
	int sold;                      /* flag: a call has sold the pool; -1 without calls */
	int pool[WEIR_POOL_COLUMNS];   /* -1: not used by the program (read it from the pool rows) */
	int missed;                    /* flag: a senior amount was not paid in full when due, in any period so far */
	int *waterfall_masks;          /* [waterfalls] chosen in this period; NULL when the deal has only one */
} weir_plan_map;

/* A number that a scenario, --set or a study may replace: the start value of a register. */
typedef struct weir_parameter {
	const char *name; /* "A.coupon", "manager.rate" */
	weir_type type;
	int register_number;
	double value;     /* as the deal says */
	int any_sign;     /* may be below 0: a threshold, a named number */
} weir_parameter;

/* Compiles. Parses every formula, binds every name, lints (a class that no step pays, an account that nothing
 * releases, a test without consequence, unused values …). On WEIR_INPUT *out is NULL. The plan keeps pointers to
 * deal, pool and periods. */
weir_status weir_plan_create(weir_plan **out, const weir_deal *deal, const weir_pool *pool,
                             const weir_periods *periods, weir_diags *diags);
void weir_plan_destroy(weir_plan *plan);

const weir_deal *weir_plan_deal(const weir_plan *plan);
const weir_pool *weir_plan_pool(const weir_plan *plan);
const weir_periods *weir_plan_periods(const weir_plan *plan);
const weir_plan_map *weir_plan_registers(const weir_plan *plan);
int weir_plan_register_count(const weir_plan *plan);
int weir_plan_instruction_count(const weir_plan *plan);
const char *weir_plan_register_name(const weir_plan *plan, int number);
weir_type weir_plan_register_type(const weir_plan *plan, int number);
/* The register of a name; -1 when there is none. */
int weir_plan_find_register(const weir_plan *plan, const char *name);

const weir_parameter *weir_plan_parameters(const weir_plan *plan, int *count);
/* The parameter of a name; NULL when there is none. */
const weir_parameter *weir_plan_find_parameter(const weir_plan *plan, const char *name);

/* The price of the pool at the closing, as the deal says or as its proceeds, costs and cash left in accounts make it. 0 at a
 * mid-life start. */
double weir_plan_purchase_cents(const weir_plan *plan);

/* What a class of such a size brings at the closing: round(size x issue price / 100). 0 at a mid-life start. */
double weir_plan_class_proceeds(const weir_plan *plan, int class_number, double size_cents);

/* The price of the pool that such proceeds and so much cash left in the accounts make: what the deal says, or else
 * proceeds - cash - costs, which is below 0 where the proceeds do not suffice. */
double weir_plan_purchase_at(const weir_plan *plan, double proceeds_cents, double cash_cents);

/* What such proceeds leave when price, costs and cash are paid out of them: 0 where the closing balances (and at a mid-life
 * start, or without classes), below 0 where it takes more than the classes bring. */
double weir_plan_closing_gap(const weir_plan *plan, double proceeds_cents, double cash_cents);

/* A value of a type as a person reads it: "36,000,000.00", "3.59%", "2024-06-20", "yes". */
void weir_plan_write_value(const weir_plan *plan, weir_type type, double value, weir_text *to);

/* The program as a person reads it, phase by phase. */
void weir_plan_write(const weir_plan *plan, weir_text *to);

#endif
