/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "math/roots.h"

#include <gsl/gsl_errno.h>
#include <gsl/gsl_math.h>
#include <gsl/gsl_roots.h>

#define MOST_STEPS 200

weir_status weir_root_find(double *root, weir_function f, void *context, double low, double high)
{
	double at_low = f(low, context), at_high = f(high, context);
	if (at_low == 0 || at_high == 0) {
		*root = at_low == 0 ? low : high;
		return WEIR_OK;
	}
	if (!(at_low < 0) == !(at_high < 0) || at_low != at_low || at_high != at_high)
		return WEIR_NO;
	gsl_set_error_handler_off(); /* GSL's handler is one for the process; its default aborts */
	gsl_root_fsolver *solver = gsl_root_fsolver_alloc(gsl_root_fsolver_brent);
	if (!solver)
		return WEIR_NO_MEMORY;
	gsl_function function = { f, context };
	int code = gsl_root_fsolver_set(solver, &function, low, high);
	for (int i = 0; code == GSL_SUCCESS && i < MOST_STEPS; i++) {
		code = gsl_root_fsolver_iterate(solver);
		double a = gsl_root_fsolver_x_lower(solver), b = gsl_root_fsolver_x_upper(solver);
		if (gsl_root_test_interval(a, b, 1e-15, 8.9e-16) == GSL_SUCCESS)
			break;
	}
	*root = gsl_root_fsolver_root(solver);
	gsl_root_fsolver_free(solver);
	return code == GSL_SUCCESS ? WEIR_OK : WEIR_NO;
}
