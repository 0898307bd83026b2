/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Any bytes as a deal file: it is refused with complaints that lie in the file, or it loads. */
#include "fuzz_folder.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	fuzz_write("deal.xml", data, size);
	fuzz_load();
	return 0;
}
