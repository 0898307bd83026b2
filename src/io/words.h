/* SPDX-License-Identifier: GPL-3.0-or-later */
/* words.h: the closed lists of words that more than one part of the loader reads. */
#ifndef WEIR_IO_WORDS_H
#define WEIR_IO_WORDS_H

#include "io/fields.h"

/* weir_contract_kind, weir_ip_kind, and the label of a scenario (weir_scenario); each ends with a NULL text. */
extern const weir_choice weir_words_contract_kind[];
extern const weir_choice weir_words_ip_kind[];
extern const weir_choice weir_words_trust_label[];

#endif
