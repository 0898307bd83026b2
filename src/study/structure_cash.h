/* SPDX-License-Identifier: GPL-3.0-or-later */
/* structure_cash.h: sizes that cannot be repaid in a scenario, whatever the waterfall does with its cash: what closes
 * parts of the lattice when a structure is searched.
 *
 * Let S be classes that a survived scenario repays in full with all their interest, T the sum of their sizes, and G(k) a
 * bound on all cash that can have come in up to period k for any sizes. For every period k and class x, r(x,k) is at most
 * the interest that falls due on 1 of its balance. Suppose further for the chosen set:
 *   prompt   whenever principal of S is paid, all interest of S that has fallen due is paid (true of a class that must
 *            not miss any, and of one for whose interest the principal of all S waits: structure_order.h)
 *   ahead    classes R, none of S, of whose interest the same is true, and whose principal waits for all of S's balances
 * Let P(k) be the principal of S paid up to period k. At the last period L <= k in which some is paid,
 *   P(k) = P(L) <= G(L) - [interest of S and R that has fallen due up to L].
 * R's balances are whole until S is repaid, so R's part is at least Q(L) = sum over i <= L of sum of r(x,i) size(x). S's
 * part in period i is at least J(i, P(i-1)): the least interest on balances of T - P(i-1) in all. Where the principal of
 * each class of S waits for the balances of the one before it, the balances follow from P. Else the least is what is left
 * when the highest rates are repaid first, a linear programme whose solution is greedy. J falls as P rises. So with
 *   p(0) = 0,   p(k) = max over L <= k of min(T, G(L) - Q(L) - sum over i <= L of J(i, p(i-1)))
 * P(k) <= p(k) for all k, by induction. The sizes are impossible when p(end) < T. Where S is not prompt the J are left out
 * of p, and the sizes are also impossible when T + sum of J(i, p(i-1)) > G(end), since all interest is paid by the end.
 *
 * Larger sizes stay impossible: by the same induction larger sizes leave every balance no smaller, every interest no
 * smaller, and p no larger. So a box whose low corner is impossible holds nothing, and the largest possible size of one
 * class beside the low corner bounds it in the whole box. The sum of S is bounded in the same way: what it has above the
 * low corner bears at least the lowest rate of S.
 * Interest is rounded to cents: G is raised by half a cent for each class and period. */
#ifndef WEIR_STUDY_STRUCTURE_CASH_H
#define WEIR_STUDY_STRUCTURE_CASH_H

#include "base/arena.h"

#define WEIR_CASH_CLASSES 32

/* One condition. Classes are numbers of the deal; arrays of periods run over those of the deal that are paid. */
typedef struct weir_cash_condition {
	int periods;
	const double *cash;                /* [periods] G; INFINITY: no bound */
	const double *rates[WEIR_CASH_CLASSES]; /* r of each class of `repaid` and `ahead`, [periods] from 0 */
	int repaid[WEIR_CASH_CLASSES];     /* S; in the order of repayment when `chained` */
	int repaid_count;
	int ahead[WEIR_CASH_CLASSES];      /* R */
	int ahead_count;                   /* their rates stand behind those of S */
	int chained, prompt;
} weir_cash_condition;

/* 0 when such sizes (by class number) cannot be repaid. */
int weir_cash_allows(const weir_cash_condition *condition, const double *sizes_cents);

/* The largest sum of S with no class below `sizes_cents`, to within a cent: no larger one can be repaid; at most `most`.
 * The sizes themselves must be allowed. */
double weir_cash_most_total(const weir_cash_condition *condition, const double *sizes_cents, double most);

#endif
