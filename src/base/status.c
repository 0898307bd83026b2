/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/status.h"

const char *weir_status_text(weir_status status)
{
	switch (status) {
#define WEIR_STATUS_CASE(name, text, when)                                                         \
	case WEIR_##name:                                                                          \
		return text;
		WEIR_STATUS_LIST(WEIR_STATUS_CASE)
#undef WEIR_STATUS_CASE
	}
	return "unknown status";
}
