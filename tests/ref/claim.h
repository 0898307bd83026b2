/* SPDX-License-Identifier: GPL-3.0-or-later */
/* claim.h: "does this class survive that scenario", answered by the twin. */
#ifndef WEIR_TESTS_REF_CLAIM_H
#define WEIR_TESTS_REF_CLAIM_H

/* DEAL SCENARIO CLASS [--variant ID] [--test both|first-missed|first-loss] [--set NAME=VALUE]...: prints
 * "yes", or "no" with the date on which something is first missed, or the last date, and how much. Gives 0
 * for yes, 1 for no, 2 for a question that has no answer. */
int claim_check(int argc, char **argv);

#endif
