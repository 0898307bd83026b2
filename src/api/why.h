/* SPDX-License-Identifier: GPL-3.0-or-later */
/* why.h: the parts of an explanation that are told of supporters and events. */
#ifndef WEIR_API_WHY_H
#define WEIR_API_WHY_H

#include "api/session.h"

/* Why a support was called in a period, or not: what was missing, by payable; what was available and which of its limits
 * bound it; what it paid, got back and is still owed. */
void weir_why_support(const weir_session *session, const weir_case *one, int number, int period, weir_text *to);

/* The same, short, of every support that covers the class and missed something; and the covers' payments. */
void weir_why_support_of_class(const weir_session *session, const weir_case *one, const char *class_id, int period,
                               weir_text *to);

/* A cover's claims of the period, what was decided and paid, by share. */
void weir_why_cover(const weir_session *session, const weir_case *one, int number, int period, weir_text *to);

/* A trigger's test with its numbers, and what it did. */
void weir_why_trigger(const weir_session *session, const weir_case *one, int number, int period, weir_text *to);

/* A call: whether it sold the pool, and for what. */
void weir_why_call(const weir_session *session, const weir_case *one, int number, int period, weir_text *to);

/* Which waterfall was chosen where the deal has several, and the events behind the choice. */
void weir_why_events(const weir_session *session, const weir_case *one, int period, weir_text *to);

#endif
