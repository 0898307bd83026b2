/* SPDX-License-Identifier: GPL-3.0-or-later */
/* deal_text.h: the text of a random deal with one of its numbers changed, as if it had been written so. */
#ifndef WEIR_TESTS_REF_DEAL_TEXT_H
#define WEIR_TESTS_REF_DEAL_TEXT_H

#include "deal/deal.h"
#include "ref/twin.h"

/* The deal's text with another number; the caller frees. A size takes the amounts of its class's schedule
 * along. NULL when the text has no place for the number. */
char *deal_text_with_setting(const char *text, const weir_deal *deal, const twin_setting *setting,
                             double value);

/* The deal's text with a variant "other": the element of that setting as the changed text has it. */
char *deal_text_with_variant(const char *text, const char *changed, const weir_deal *deal,
                             const twin_setting *setting);

/* 0 when it cannot be written. */
int deal_text_write(const char *path, const char *text);

#endif
