/* SPDX-License-Identifier: GPL-3.0-or-later */
/* lanes.h: the width of a block of scenarios, and the exact rounding of a whole block. */
#ifndef WEIR_BASE_LANES_H
#define WEIR_BASE_LANES_H

#include "base/money.h"

/* Scenarios or paths that one instruction works on: 64 doubles are 512 bytes, so a deal's registers stay in the first
 * cache (FACTS section 3). A compile-time constant: loops over lanes unroll. */
#define WEIR_LANES 64

/* A lane column: one value for each lane. */
typedef double weir_lane[WEIR_LANES];

/* Copies of a hot function for wider vectors, chosen when the program starts; the same operations in the same order
 * give the same bits in each. */
#if defined(__GNUC__) && !defined(__clang__) && defined(__x86_64__) && !defined(__SANITIZE_ADDRESS__) &&      \
        !defined(WEIR_NO_CLONES)
#define WEIR_HOT __attribute__((target_clones("avx2", "default")))
#else
#define WEIR_HOT
#endif

/* 2^52: adding and subtracting it rounds a smaller non-negative double to a whole number (ties to even). */
#define WEIR_WHOLE_MAGIC 4503599627370496.0

/* Rounds |x| < 2^51 to the nearest whole number and reports through `*near_tie` (or-ed with 1) whether the distance to
 * a half is below `error`: then the caller decides the lane exactly (money.h). Branch-free: vectorises. */
static inline double weir_round_or_flag(double x, double error, double *distance)
{
	double magic = __builtin_copysign(WEIR_WHOLE_MAGIC, x);
	double whole = (x + magic) - magic;
	*distance = 0.5 - __builtin_fabs(x - whole) - error; /* at most 0: in doubt */
	return whole;
}

#endif
