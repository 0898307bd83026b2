/* SPDX-License-Identifier: GPL-3.0-or-later */
/* plan_int.h: the inside of a plan, for the engine's own files. */
#ifndef WEIR_ENGINE_PLAN_INT_H
#define WEIR_ENGINE_PLAN_INT_H

#include "engine/plan.h"

typedef enum weir_opcode {
#define WEIR_INSTRUCTION(name, access, equation) WEIR_DO_##name,
#include "engine/ops.def"
#undef WEIR_INSTRUCTION
	WEIR_OPCODE_COUNT
} weir_opcode;

#define WEIR_OPERANDS 6
#define WEIR_NO_STEP (-1e9) /* the constant of COUPON in a period without a coupon step */

/* What a step of the documents adds to the instructions that carry it out. */
typedef struct weir_step_note {
	const char *step;      /* "3", "3.1": its place in the waterfall */
	const char *waterfall; /* id */
	const char *clause;    /* or NULL */
	const char *payee;     /* machine word: class, fee or account id */
	const char *what;      /* "interest", "principal", "yield", "rest", "fee", "tax", "transfer" … */
	const weir_node *node;
	int carries;           /* what is unpaid stays due */
	int chosen;            /* register: the waterfall's mask; -1 where there is no choice */
	int kept;              /* stands behind a keep step: when its mask is off, it is "not yet" */
} weir_step_note;

/* Rounding for each unit: amounts are whole numbers of steps of units x 10^-shift cents, rounded to the cent, with
 * units = size of the class / face of one unit. */
typedef struct weir_unit_step {
	double unit_cents; /* face of one unit; 0: no such rounding */
	int size;          /* register */
	int shift;         /* decimals of an amount per unit beyond the currency's; may be negative */
} weir_unit_step;

typedef struct weir_instruction {
	weir_opcode op;
	int r[WEIR_OPERANDS]; /* registers; -1 = not used */
	int mask;             /* register, or -1: all lanes */
	int fraction;         /* in plan->fractions, or -1 */
	int constant;         /* in plan->constants, or -1 */
	int schedule;         /* in plan->schedules, or -1: the constant does not follow the class's size */
	int list, list_count; /* items in plan->items */
	int asset;            /* BUY, BOUGHT: number of the revolving asset */
	double immediate;     /* POOL, COLLECT: the pool's column; ROUND_TO: the scale; MONTHS_LATER: 1 or -1; SOLVE_PAID: carried;
	                       SETTLE: the cover; BUY: the price; BOUGHT: the weir_bought_column; TEST_COUNT: tests in a row */
	int jump;             /* SKIP_UNLESS: the instruction of the same program to go on with */
	int note;             /* in plan->notes, or -1: leaves no row in the trace */
	int split;            /* PAY_PRO_RATA: weir_split; TEST_COUNT: tests in a row to cure, 0 = never */
	weir_unit_step unit;  /* of a class whose payments are rounded for each unit */
	int once;             /* the only payment of what is due (%5): sets paid and unpaid itself (optimise.c) */
	const weir_expression *tree; /* MONEY, ROUND_TO: what is rounded, to decide a tie; CHARGE…: a base that is no whole
	                                amount */
	int inexact;          /* MONEY: 0 exact already, 1 a product (small relative error), 2 anything */
} weir_instruction;

/* The instructions of one phase. Jumps stay inside it. */
typedef struct weir_program {
	weir_instruction *items;
	size_t count, capacity;
} weir_program;

#define WEIR_PROGRAM_SOLVE WEIR_PHASE_COUNT /* works out the base of a fee on what is paid */
#define WEIR_PROGRAM_MOVES (WEIR_PHASE_COUNT + 1) /* while compiling: ends up behind the rest of WEIR_PHASE_CLOSE */
#define WEIR_PROGRAM_COUNT (WEIR_PHASE_COUNT + 2)

/* An operand of a list: one payable, or one plain register (`unpaid`). */
typedef struct weir_list_item {
	int unpaid, paid, balance, due; /* registers or -1; due: for pass-through, raised by what is paid */
	int scheduled;                  /* register or -1: paying a whole balance, what of it had fallen due */
	int note;
	weir_unit_step unit;
} weir_list_item;

/* What a class has due by its schedule, at any size of the class: round(size x share) of the period, for an amount
 * round(size x amount / the size that the deal says). `values` is that at the deal's size. */
typedef struct weir_class_schedule {
	int size;          /* register */
	double size_cents; /* as the deal says */
	const double *values, *shares; /* [periods]; shares: NAN where the schedule gives an amount */
} weir_class_schedule;

/* A year fraction for each period: value = numerator / denominator. */
typedef struct weir_fraction_column {
	weir_year_fraction *exact; /* [periods] */
	double *value;             /* [periods] */
} weir_fraction_column;

typedef struct weir_register {
	const char *name;
	weir_type type;
	weir_phase known_from; /* first phase in which its value is this period's */
	int known_order;       /* within its phase: the place of the fee, support or cover, so that a later one can use it;
	                          0: any can */
	double initial;
	int recorded;          /* belongs to something named, so the outcome keeps it */
	int temporary;         /* a passing value of a formula or a condition */
	int mutable;           /* may differ between blocks when it is first read: reset for each */
} weir_register;

/* A symbol that is worked out where it stands: next_interest(A). */
typedef struct weir_computed {
	int class_number;
} weir_computed;

/* One share of a cover, as it is settled. */
typedef struct weir_settlement_share {
	double of, of_sum;       /* of the loss; with all shares before it */
	double cap_cents, cap_yearly_cents;
	int total, year;         /* registers: paid in all, in the running 12 months */
	int capacity, pays, now; /* of its party; settled in the period */
} weir_settlement_share;

/* How a cover settles claims: what SETTLE reads beside its operands. */
typedef struct weir_settlement {
	const weir_cover *cover;
	int claim_items;         /* in plan->items: for each claim of the pool its principal (unpaid) and income (paid) */
	int *claims;             /* [claim_count] numbers of the claims it answers */
	int claim_count;
	double *caps;            /* [claim_count] most for each contract */
	int *until;              /* [claim_count] last period that it answers for */
	int contract_paid;       /* in plan->items: paid so far for each, or -1 where nothing caps it */
	int deductible_used, year_paid;
	weir_settlement_share *shares;
	int share_count;
} weir_settlement;

struct weir_plan {
	weir_arena *arena;
	const weir_deal *deal;
	const weir_pool *pool;
	const weir_periods *periods;

	weir_register *registers;
	size_t register_count, register_capacity;
	weir_names register_names;

	weir_program programs[WEIR_PROGRAM_COUNT]; /* one for each phase, then the subroutine of SOLVE_PAID */

	weir_list_item *items;
	size_t item_count, item_capacity;
	weir_fraction_column *fractions;
	size_t fraction_count, fraction_capacity;
	double **constants; /* [column][period] */
	size_t constant_count, constant_capacity;
	weir_class_schedule *schedules;
	size_t schedule_count, schedule_capacity;
	weir_step_note *notes;
	size_t note_count, note_capacity;
	weir_parameter *parameters;
	size_t parameter_count, parameter_capacity;
	weir_computed *computed;
	size_t computed_count, computed_capacity;

	weir_plan_map map;
	weir_settlement *settlements; /* [covers] */
	int solves;          /* a fee depends on what is paid: the waterfall is tried on scratch registers */
	int tries;           /* so does a draw of support */
	double purchase_cents;
};

/* Symbols at and above this number are weir_computed, not registers. */
#define WEIR_COMPUTED_BASE (1 << 24)

/* What an instruction does with its operand n: 1 reads it, 2 writes it, 3 both. From the letters of ops.def. */
int weir_opcode_access(weir_opcode op, int operand);

/* Whether the list of an instruction reads or writes a register. */
int weir_list_touches(const weir_plan *plan, const weir_instruction *i, int register_number);

/* The name and the equation of an instruction, from ops.def. */
const char *weir_opcode_name(weir_opcode op);
const char *weir_opcode_equation(weir_opcode op);

/* Whether a register holds a passing value without a name of the deal's. */
int weir_is_temporary(const weir_plan *plan, int register_number);

/* How passing values are told: writes what register `number` was worked out from. NULL: by their register's name. */
typedef struct weir_teller {
	void (*temporary)(void *context, int number, weir_text *to);
	void *context;
} weir_teller;

/* One instruction as text. With `values` (its operands before it ran), each register's name is followed by its value:
 * "A.balance [36,000,000.00]". `period` < 0 leaves year fractions and constants as words. */
void weir_instruction_write(const weir_plan *plan, const weir_instruction *instruction, int period,
                            const double *values, const weir_teller *teller, weir_text *to);

#endif
