/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/words.h"

const weir_choice weir_words_contract_kind[] = {
	{ "licence", WEIR_CONTRACT_LICENCE },       { "secondary-licence", WEIR_CONTRACT_SECONDARY_LICENCE },
	{ "leaseback", WEIR_CONTRACT_LEASEBACK },   { "royalty", WEIR_CONTRACT_ROYALTY },
	{ "receivable", WEIR_CONTRACT_RECEIVABLE }, { "loan", WEIR_CONTRACT_LOAN },
	{ NULL, 0 }
};

const weir_choice weir_words_ip_kind[] = {
	{ "invention", WEIR_IP_INVENTION }, { "utility-model", WEIR_IP_UTILITY_MODEL },
	{ "design", WEIR_IP_DESIGN },       { "trademark", WEIR_IP_TRADEMARK },
	{ "copyright", WEIR_IP_COPYRIGHT }, { "software", WEIR_IP_SOFTWARE },
	{ "layout", WEIR_IP_LAYOUT },       { "data", WEIR_IP_DATA },
	{ NULL, 0 }
};

const weir_choice weir_words_trust_label[] = {
	{ "document", WEIR_LABEL_DOCUMENT },
	{ "third-party", WEIR_LABEL_THIRD_PARTY },
	{ "assumption", WEIR_LABEL_ASSUMPTION },
	{ NULL, 0 }
};
