/* SPDX-License-Identifier: GPL-3.0-or-later */
/* accruals.h: the runner's instructions that work out what falls due: formulas as money, interest, principal, charges. */
#ifndef WEIR_ENGINE_ACCRUALS_H
#define WEIR_ENGINE_ACCRUALS_H

#include <string.h>

#include "engine/kernels.h"

/* What the exact evaluation of a formula reads. */
typedef struct lane_reader {
	const weir_lane *registers;
	int lane;
} lane_reader;

static double read_register(void *context, int symbol)
{
	const lane_reader *reader = context;
	return reader->registers[symbol][reader->lane];
}

/* round(value x scale) / scale of a formula in one lane, decided exactly. `inverse`: divide by the scale first. */
static double round_formula_exactly(const weir_lane *registers, int lane, const weir_expression *tree, double scale,
                                    int inverse)
{
	lane_reader reader = { registers, lane };
	weir_quad exact = weir_formula_evaluate_quad(tree, read_register, NULL, &reader);
	double whole = weir_round_quad(inverse ? exact / scale : exact * scale);
	return inverse ? whole * scale : whole / scale;
}

/* A formula's value in cents in one lane: in double precision where its error cannot reach a half, else exactly. */
static double round_sum(const weir_lane *registers, int lane, const weir_expression *tree)
{
	double error, distance;
	lane_reader reader = { registers, lane };
	double value = weir_formula_evaluate_bounded(tree, read_register, &reader, &error);
	if (!(error < 0.25 && __builtin_fabs(value) < WEIR_CENTS_MAX / 2))
		return round_formula_exactly(registers, lane, tree, 1, 0);
	double whole = weir_round_or_flag(value, error, &distance);
	return distance <= 0 ? round_formula_exactly(registers, lane, tree, 1, 0) : whole;
}

/* Rounds a formula's value to cents: exact already, a product whose error is known, or anything else. */
static void do_money(const weir_instruction *i, weir_lane *R)
{
	double *out = R[i->r[0]];
	const double *a = R[i->r[1]];
	int64_t doubt = i->inexact == 2;
	if (i->inexact == 0) {
		memcpy(out, a, sizeof(weir_lane));
		return;
	}
	EACH_LANE
	{
		double distance;
		out[l] = weir_round_or_flag(a[l], __builtin_fabs(a[l]) * PRODUCT_ERROR, &distance);
		doubt |= -(int64_t)(distance <= 0);
	}
	for (int l = 0; doubt && l < WEIR_LANES; l++)
		if (i->inexact == 2 || is_in_doubt(a[l]))
			out[l] = round_sum((const weir_lane *)R, l, i->tree);
}

static void do_round_to(const weir_instruction *i, weir_lane *R)
{
	double scale = i->immediate;
	int inverse = scale < 1;
	double factor = inverse ? weir_round_half_away(1 / scale) : scale;
	for (int l = 0; l < WEIR_LANES; l++)
		R[i->r[0]][l] = round_formula_exactly((const weir_lane *)R, l, i->tree, factor, inverse);
}

/* Interest and other accruals: charge = round(balance x rate x fraction). */
KERNEL void accrue(const weir_plan *plan, const weir_instruction *i, int period, double *charge, const double *base,
                   const double *rate)
{
	const weir_fraction_column *f = &plan->fractions[i->fraction];
	if (round_product(charge, base, rate, f->value[period])) {
		weir_lane more;
		product_corrections(more, base, rate, f->value[period], &f->exact[period]);
		EACH_LANE charge[l] += more[l];
	}
}

/* due = carried + round(base x rate x fraction), in one pass. */
KERNEL void accrue_on(const weir_plan *plan, const weir_instruction *i, int period, double *due, const double *carried,
                      const double *base, const double *rate)
{
	const weir_fraction_column *f = &plan->fractions[i->fraction];
	double fraction = f->value[period];
	int64_t doubt = 0;
	EACH_LANE
	{
		double x = base[l] * rate[l] * fraction, distance;
		due[l] = carried[l] + weir_round_or_flag(x, __builtin_fabs(x) * PRODUCT_ERROR, &distance);
		doubt |= -(int64_t)(distance <= 0);
	}
	if (doubt) {
		weir_lane more;
		product_corrections(more, base, rate, fraction, &f->exact[period]);
		EACH_LANE due[l] += more[l];
	}
}

/* round(base x rate x fraction), for each unit where the class rounds so. */
static void accrue_unit(const weir_plan *plan, const weir_instruction *i, int period, const weir_lane *R,
                        double *charge, const double *base, const double *rate)
{
	const weir_year_fraction *f = &plan->fractions[i->fraction].exact[period];
	if (i->unit.unit_cents == 0) {
		accrue(plan, i, period, charge, base, rate);
		return;
	}
	for (int l = 0; l < WEIR_LANES; l++) {
		units_here units = units_in_lane(&i->unit, R, l);
		charge[l] = round_per_unit(&units, (weir_quad)base[l] * weir_quad_from_decimal(rate[l]) *
		                                           (weir_quad)f->numerator / (weir_quad)f->denominator);
	}
}

static void do_interest_unit(const weir_plan *plan, const weir_instruction *i, int period, weir_lane *R)
{
	weir_lane charge;
	const double *unpaid = R[i->r[0]];
	double *due = R[i->r[1]];
	accrue_unit(plan, i, period, (const weir_lane *)R, charge, R[i->r[3]], R[i->r[4]]);
	EACH_LANE due[l] = unpaid[l] + charge[l];
}

static void do_interest_repaid(const weir_plan *plan, const weir_instruction *i, int period, weir_lane *R)
{
	weir_lane charge;
	const double *earned = R[i->r[5]], *paid_before = R[i->r[3]];
	double *due = R[i->r[1]];
	accrue_unit(plan, i, period, (const weir_lane *)R, charge, R[i->r[0]], R[i->r[4]]);
	EACH_LANE due[l] = greater(earned[l] + charge[l] - paid_before[l], 0);
}

static void do_earn_repaid(const weir_plan *plan, const weir_instruction *i, int period, weir_lane *R)
{
	weir_lane charge;
	double *earned = R[i->r[0]];
	accrue_unit(plan, i, period, (const weir_lane *)R, charge, R[i->r[1]], R[i->r[4]]);
	EACH_LANE earned[l] += charge[l];
}

/* Principal due down to the targets, or the planned amounts, of classes whose size differs from the deal's. */
KERNEL void do_principal_resized(const weir_instruction *i, const double *scheduled, weir_lane *R)
{
	double *due = R[i->r[1]];
	const double *balance = R[i->r[3]];
	if (i->op == WEIR_DO_TARGET)
		EACH_LANE due[l] = greater(balance[l] - scheduled[l], 0);
	else
		EACH_LANE due[l] = lesser(balance[l], scheduled[l]);
}

/* Principal due by the class's style: down to the target, the planned amount, or all from the maturity on. */
KERNEL void do_principal_due(const weir_instruction *i, double constant, weir_lane *R)
{
	double *due = R[i->r[1]];
	const double *balance = R[i->r[3]];
	if (i->op == WEIR_DO_TARGET)
		EACH_LANE due[l] = greater(balance[l] - constant, 0);
	else if (i->op == WEIR_DO_PLANNED)
		EACH_LANE due[l] = lesser(balance[l], constant);
	else
		EACH_LANE due[l] = constant != 0 ? balance[l] : 0;
}

static void do_unit_due(const weir_instruction *i, weir_lane *R)
{
	for (int l = 0; l < WEIR_LANES; l++) {
		double due = R[i->r[1]][l], balance = R[i->r[3]][l];
		units_here units = units_in_lane(&i->unit, (const weir_lane *)R, l);
		if (due < balance)
			R[i->r[1]][l] = lesser(round_per_unit(&units, (weir_quad)due), balance);
	}
}

/* A charge on a base that is no whole amount: rounded once, at the end, so every lane is worked out exactly. */
static void charge_exactly(const weir_plan *plan, const weir_instruction *i, int period, weir_lane *R)
{
	const weir_year_fraction *f = &plan->fractions[i->fraction].exact[period];
	for (int l = 0; l < WEIR_LANES; l++) {
		lane_reader reader = { (const weir_lane *)R, l };
		weir_quad base = weir_formula_evaluate_quad(i->tree, read_register, NULL, &reader);
		weir_quad rate = weir_quad_from_decimal(R[i->r[2]][l]);
		R[i->r[0]][l] = weir_round_quad(i->op == WEIR_DO_CHARGE_GROSS ?
		                                        base * rate / (1 + rate) :
		                                        base * rate * (weir_quad)f->numerator / (weir_quad)f->denominator);
	}
}

static void do_cap_year(const weir_plan *plan, const weir_instruction *i, int period, weir_lane *R)
{
	int new_year = plan->constants[i->constant][period] != 0;
	for (int l = 0; l < WEIR_LANES; l++) {
		double before = new_year ? 0 : R[i->r[1]][l];
		double charge = lesser(R[i->r[0]][l], greater(R[i->r[2]][l] - before, 0));
		R[i->r[0]][l] = charge;
		R[i->r[1]][l] = before + charge;
	}
}

static void do_yearly(const weir_plan *plan, const weir_instruction *i, int period, weir_lane *R)
{
	int due = plan->constants[i->constant][period] != 0;
	for (int l = 0; l < WEIR_LANES; l++) {
		double gathered = R[i->r[1]][l] + R[i->r[0]][l];
		R[i->r[0]][l] = due ? gathered : 0;
		R[i->r[1]][l] = due ? 0 : gathered;
	}
}

#endif
