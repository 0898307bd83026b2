/* SPDX-License-Identifier: GPL-3.0-or-later */
/* roots.h: one root of a function of one variable, on GSL's bracketing solver. */
#ifndef WEIR_MATH_ROOTS_H
#define WEIR_MATH_ROOTS_H

#include "base/status.h"

typedef double (*weir_function)(double x, void *context);

/* A root of f in [low, high], where f has opposite signs at the ends, by Brent's method (R. P. Brent, Algorithms for
 * Minimization without Derivatives, 1973, chapter 4; GSL's gsl_root_fsolver_brent) to 2^-50 relative or 1e-15.
 * WEIR_NO when the ends do not bracket a root. Above the lanes only: uses the C library's arithmetic. */
weir_status weir_root_find(double *root, weir_function f, void *context, double low, double high);

#endif
