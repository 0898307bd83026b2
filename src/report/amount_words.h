/* SPDX-License-Identifier: GPL-3.0-or-later */
/* amount_words.h: an amount of yuan in the upper-case Chinese numerals of payment instructions (大写金额). */
#ifndef WEIR_REPORT_AMOUNT_WORDS_H
#define WEIR_REPORT_AMOUNT_WORDS_H

#include "base/text.h"

/* Appends 壹佰贰拾叁元肆角伍分 for 12345 cents; 整 stands behind an amount without fen. One 零 stands for zeros between
 * digits, within a group of four and before a group that begins with zeros (the rule of bills: 正确填写票据和结算凭证的基本规定). */
void weir_amount_in_chinese(double cents, weir_text *to);

#endif
