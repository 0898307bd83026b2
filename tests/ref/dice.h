/* SPDX-License-Identifier: GPL-3.0-or-later */
/* dice.h: random choices that follow from a seed alone (SplitMix64: Steele, Lea, Flood 2014, "Fast splittable
 * pseudorandom number generators", OOPSLA). */
#ifndef WEIR_TESTS_REF_DICE_H
#define WEIR_TESTS_REF_DICE_H

#include <stdint.h>

typedef struct dice {
	uint64_t state;
} dice;

static inline uint64_t dice_roll(dice *d)
{
	uint64_t z = d->state += 0x9e3779b97f4a7c15u;
	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
	z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
	return z ^ (z >> 31);
}

/* A whole number from `low` to `high`, both included. */
static inline int64_t dice_between(dice *d, int64_t low, int64_t high)
{
	return low + (int64_t)(dice_roll(d) % (uint64_t)(high - low + 1));
}

/* 1 in `chances` cases out of a hundred. */
static inline int dice_percent(dice *d, int chances)
{
	return dice_between(d, 0, 99) < chances;
}

/* One of several texts. */
#define DICE_PICK(d, ...)                                   \
	((const char *const[]){ __VA_ARGS__ }[dice_between( \
		d, 0, (int64_t)(sizeof((const char *const[]){ __VA_ARGS__ }) / sizeof(const char *)) - 1)])

#endif
