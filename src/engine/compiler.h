/* SPDX-License-Identifier: GPL-3.0-or-later */
/* compiler.h: what the compiler's stages share: the plan being built, and how its parts are added. */
#ifndef WEIR_ENGINE_COMPILER_H
#define WEIR_ENGINE_COMPILER_H

#include "engine/plan_int.h"

/* What remembers the past of one PREVIOUS, CUMULATIVE (a register) or TRAILING (a list). */
typedef struct weir_history {
	const weir_expression *node;
	int memory;
} weir_history;

/* One thing that a pay step names. */
typedef struct weir_payable {
	enum { WEIR_PAY_DUE, WEIR_PAY_BALANCE, WEIR_PAY_WHOLE, WEIR_PAY_REST } how;
	weir_list_item item;
	const char *what;  /* machine word for the trace */
	const char *payee;
	const weir_node *node;
	weir_place place;
	int carries;       /* what is unpaid stays due */
	int class_number;  /* whose principal it is, from 1; 0: anything else */
} weir_payable;

/* Payments under way, one register for each period that they can still take. */
typedef struct weir_queue {
	int list, count; /* in plan->items; count 0: none */
	int offsets;     /* in plan->constants: periods from the call to the payment; 0: never arrives */
} weir_queue;

typedef struct weir_compiler {
	weir_plan *plan;
	const weir_deal *deal;
	weir_diags *diags;
	weir_status status; /* the first failure that is not the input's (no memory); later calls do nothing */

	/* where the code being compiled stands in the period's order */
	int program;
	int order;       /* the place of the fee, support or cover whose formulas are compiled; 0: none's */
	int mask;        /* of the steps being compiled: a register, or -1 for all lanes */

	/* values declared with <value>, parsed when first used */
	const weir_expression **values;
	char *value_state;           /* 0 not parsed, 1 being parsed, 2 done, 3 bad */
	size_t barrier[WEIR_PROGRAM_COUNT]; /* code before it may have been skipped: its values are not used again */
	int *coupon_base;            /* [classes] the coupon before its steps */
	weir_history *histories;     /* of the formulas so far */
	size_t history_count, history_capacity;
	int remembers_too_much;      /* complained about */
	int value_depth;             /* values that are being parsed inside each other */
	char *target_open;           /* accounts whose target is being parsed */
	char *value_used, *trigger_used, *level_used, *revolving_bought, *account_paid_out;
	char *class_paid, *fee_paid, *support_paid; /* which payables a step pays: bits of weir_payable_kind */
	int only_looking;            /* payables are looked up, not paid */

	int *repay_due;              /* [supports] what of its outstanding was repaid counts as due */
	int **covered;               /* [supports] registers of what is paid of its covered payables, ended by -1 */
	int *pays;                   /* [parties] flag: it has not failed, and support is not switched off; -1 */
	int last_period;             /* flag register: the deal's last period; -1 until needed */
	int open;                    /* flag register: some class has a balance, or the period is regular; -1 without a tail */
	weir_queue *support_queues;  /* [supports] payments under way */
	weir_queue *revolving_queues;/* [revolving assets] principal to come */
	const char **known;          /* names for "did you mean" */
	size_t known_count;
} weir_compiler;

/* Adding to the plan. Each gives the number of what was added; on memory failure the compiler's status says so and
 * the number is 0, which is safe to go on with. */
int weir_add_register(weir_compiler *c, weir_type type, double initial, weir_phase known_from, int order,
                      const char *format, ...) __attribute__((format(printf, 6, 7)));
int weir_add_temporary(weir_compiler *c, weir_type type);
int weir_add_constant_register(weir_compiler *c, weir_type type, double value);
int weir_add_note(weir_compiler *c, const weir_step_note *note);
/* A parameter that sets one register and has the name of another (mostly the same). */
int weir_add_parameter(weir_compiler *c, int register_number, int named);

/* Whether a tree is one number that may be set: an amount, a rate, a number or a date whose register holds it exactly. */
int weir_is_settable(const weir_expression *tree);

/* The register of such a constant, named id + part and made a parameter when first asked for. */
int weir_constant_parameter(weir_compiler *c, const weir_expression *constant, const char *id, const char *part);
/* A column of one number for each period; `values` [periods] is copied. */
int weir_add_constants(weir_compiler *c, const double *values);
typedef enum weir_fraction_kind {
	WEIR_FRACTION_PERIOD,     /* of the period */
	WEIR_FRACTION_NEXT,       /* of the following period; its last row is 0 */
	WEIR_FRACTION_FROM_START  /* from the deal's start date to the period's end; for rules that go by periods, the sum */
} weir_fraction_kind;

/* A column of year fractions of the accrual periods. `maturity` is for 30E/360 ISDA; WEIR_DATE_NONE: the deal's last
 * payment date. */
int weir_add_fractions(weir_compiler *c, weir_day_count rule, weir_date maturity, weir_fraction_kind kind);
/* The same by a class's own rule and maturity. */
int weir_class_fractions(weir_compiler *c, const weir_class *k, weir_fraction_kind kind);
/* Fractions that are 1 in every period: a rate without a day count. */
int weir_add_whole_fractions(weir_compiler *c);
/* An item with these registers and nothing else. */
weir_list_item weir_list_item_new(int unpaid, int paid, int balance);
int weir_add_items(weir_compiler *c, const weir_list_item *items, int count);

/* Zeroed memory for `count` things and one more, in the plan's arena; NULL when memory is short. */
void *weir_compile_array(weir_compiler *c, int count, size_t size);
/* A list of `count` new passing values of a type, each an item's `unpaid`: the number of its first item. */
int weir_add_temporary_list(weir_compiler *c, int count, weir_type type);
/* A money register "ID.PART". */
int weir_add_money(weir_compiler *c, double initial, weir_phase known_from, const char *id, const char *part);
/* The register of no money. */
int weir_zero(weir_compiler *c);
/* A limit as registers hold it: "unlimited" is the largest amount there is, so that sums stay whole. */
double weir_unlimited(double cents);
/* %0 = a op b, in a register of its own. */
int weir_emit_pair(weir_compiler *c, weir_opcode op, weir_type type, int a, int b);

/* An instruction with everything unused; fill in and emit. */
weir_instruction weir_instruction_new(weir_opcode op);
/* Appends to the program being compiled; gives the instruction's number in it. */
int weir_emit(weir_compiler *c, weir_instruction instruction);
/* The common case: an operation on up to four registers. */
int weir_emit_simple(weir_compiler *c, weir_opcode op, int r0, int r1, int r2, int r3);

/* Parses a formula with the deal's names; NULL when it has errors (which were reported). */
const weir_expression *weir_compile_parse(weir_compiler *c, const weir_formula *formula, weir_type wanted);
/* Emits code for a tree at the current place; gives the register with its value. Money is rounded to cents. */
int weir_compile_expression(weir_compiler *c, const weir_expression *tree);
/* The same without rounding; *tree becomes the tree to work the value out exactly with, over registers. */
int weir_compile_unrounded(weir_compiler *c, const weir_expression **tree);
/* The same for a comparison, giving also the registers of its two sides, before any rounding. */
int weir_compile_comparison(weir_compiler *c, const weir_expression *tree, int *left, int *right);
/* Parses and emits: the register of a formula's value, or -1 when the formula is absent or has errors. */
int weir_compile_formula(weir_compiler *c, const weir_formula *formula, weir_type wanted);

/* Whether a pay step of the deal names the class's part ("rest"), itself or through a group. */
int weir_is_part_paid(const weir_deal *deal, int class_number, const char *part);
/* Takes out loads of values that nothing reads, and finds the registers that each block starts anew. */
void weir_compile_optimise(weir_compiler *c);
/* How a class's payments are rounded for each unit; unit_cents 0 when they are rounded on the total. */
weir_unit_step weir_class_unit(const weir_compiler *c, const weir_class *k);

/* Registers and parameters of everything the deal names; before any code. */
void weir_compile_names(weir_compiler *c);
/* The register of a class's coupon in the next period, at the current place. */
int weir_next_coupon(weir_compiler *c, int class_number);
/* Collection, accrual of classes, charges of taxes and fees. */
void weir_compile_terms(weir_compiler *c);
/* Whether a class's coupon changes over its life: by dated steps or while an event lasts. */
int weir_has_coupon_steps(const weir_class *k);
/* The cash in an account before the first period that runs. */
double weir_opening_cash(const weir_compiler *c, int account);

/* Support: names; what arrives and is settled with the collection; top-ups; draws; what is left of them behind the
 * waterfall; and repayments on the books. */
void weir_compile_support_names(weir_compiler *c);
void weir_compile_support_arrivals(weir_compiler *c);
void weir_compile_support_accruals(weir_compiler *c);
void weir_compile_top_ups(weir_compiler *c);
void weir_compile_draws(weir_compiler *c);
void weir_compile_returns(weir_compiler *c);
void weir_compile_support_books(weir_compiler *c);
/* Whether a support answers for a payable. */
int weir_support_covers(const weir_compiler *c, int support, const weir_payable *payable);
/* A queue for what is paid `months` after the determination date of its call; taking its first entry, adding to it. */
weir_queue weir_add_queue(weir_compiler *c, int months);
void weir_emit_take(weir_compiler *c, const weir_queue *queue, int to);
void weir_emit_put(weir_compiler *c, const weir_queue *queue, int amount);
/* Cash into an account or a purse, with a row in the trace. */
void weir_emit_receive(weir_compiler *c, int account, int amount, const weir_step_note *note);
/* value where the flag is set, else nothing. */
int weir_emit_if(weir_compiler *c, int flag, int value);
/* An account by its word, else `otherwise`; -1 after a complaint. */
int weir_find_account(weir_compiler *c, const weir_words *words, int otherwise);
/* The account that receives a part of the pool's cash: WEIR_RECEIVES_ bits. */
int weir_receiving_account(const weir_deal *deal, unsigned bit);

/* Covers of single contracts: names, and their settlement. */
void weir_compile_cover_names(weir_compiler *c);
void weir_compile_covers(weir_compiler *c);

/* Calls, levels, servicing, revolving assets. */
void weir_compile_event_names(weir_compiler *c);
void weir_compile_levels(weir_compiler *c);
void weir_compile_lost(weir_compiler *c);
/* How fast collections travel in the next period, as this one ends. */
void weir_compile_speed(weir_compiler *c);
void weir_compile_revolving(weir_compiler *c);
void weir_compile_calls(weir_compiler *c);

/* Triggers, by when they are tested. */
void weir_compile_triggers(weir_compiler *c, int after);
/* Choice of the waterfall and its steps. */
void weir_compile_waterfalls(weir_compiler *c);
/* Complaints about what is never paid, released, used or reached. */
void weir_compile_lint(weir_compiler *c);

#define WEIR_MOST_PAYABLES 64

/* "ID.PART" in the plan's arena; NULL when memory is short. */
const char *weir_dotted(weir_compiler *c, const char *id, const char *part);

/* What one word of a pay step stands for; gives how many payables, 0 after a complaint. */
int weir_find_payables(weir_compiler *c, const char *word, weir_place place, weir_payable *out, int room);

/* Payables, as bits of class_paid. */
enum weir_payable_kind {
	WEIR_PAYS_INTEREST = 1,
	WEIR_PAYS_PRINCIPAL = 2,
	WEIR_PAYS_YIELD = 4,
	WEIR_PAYS_REST = 8,
	WEIR_PAYS_FEE = 16
};

#endif
