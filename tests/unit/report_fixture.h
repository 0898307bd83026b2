/* SPDX-License-Identifier: GPL-3.0-or-later */
/* report_fixture.h: results of two sample deals, for the tests of the report room. */
#ifndef WEIR_TESTS_REPORT_FIXTURE_H
#define WEIR_TESTS_REPORT_FIXTURE_H

#include "report/report.h"
#include "report/tables.h"

#define REPORT_FIXTURE_LICENCE 0   /* one senior class, eight quarters */
#define REPORT_FIXTURE_LEASEBACK 1 /* three senior classes, six half-years, coverage up to 208 */

/* Builds the results; the caller destroys them. */
weir_status report_fixture_create(weir_results **out, int number);

/* Whether some text of the results stands there as a formula does, "pool.balance" or "A.interest_due", but in columns that are for
 * formulas: then `wrong` says where. */
int report_raw_formula(const weir_results *results, char *wrong, size_t size);

#endif
