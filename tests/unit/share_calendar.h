/* SPDX-License-Identifier: GPL-3.0-or-later */
/* share_calendar.h: for tests: reads a shipped calendar from $WEIR_SHARE_DIR/calendars (default: the
 * source tree's share). */
#ifndef WEIR_TESTS_SHARE_CALENDAR_H
#define WEIR_TESTS_SHARE_CALENDAR_H

#include "time/calendar.h"

/* The calendar `id`, made in `arena`; ends the test when the file has a fault. */
const weir_calendar *share_calendar(weir_arena *arena, const char *id);

#endif
