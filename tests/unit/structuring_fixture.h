/* SPDX-License-Identifier: GPL-3.0-or-later */
/* structuring_fixture.h: the tables of a structure and of the studies around it, for the tests of the report room. */
#ifndef WEIR_TESTS_STRUCTURING_FIXTURE_H
#define WEIR_TESTS_STRUCTURING_FIXTURE_H

#include "report/tables.h"

/* Adds them to the results of a sample deal (report_fixture.h), whose capital is the structure that was found. */
void structuring_fixture_add(weir_results *results);

#endif
