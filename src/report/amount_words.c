/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/amount_words.h"

#include <stdint.h>

static const char *const digits[] = { "零", "壹", "贰", "叁", "肆", "伍", "陆", "柒", "捌", "玖" };

/* One group of four digits; `zero`: zeros went before it that are not written yet. */
static void write_group(int value, int zero, weir_text *to)
{
	static const char *const places[] = { "仟", "佰", "拾", "" };
	static const int powers[] = { 1000, 100, 10, 1 };
	for (int i = 0; i < 4; i++) {
		int digit = value / powers[i] % 10;
		if (digit == 0) {
			zero |= to->length > 0;
			continue;
		}
		if (zero)
			weir_text_add(to, digits[0]);
		zero = 0;
		weir_text_add(to, digits[digit]);
		weir_text_add(to, places[i]);
	}
}

static void write_whole(uint64_t yuan, weir_text *to)
{
	static const char *const units[] = { "", "万", "亿", "万" };
	int skipped = 0;
	for (int group = 3; group >= 0; group--) {
		uint64_t size = group == 3 ? 1000000000000u : group == 2 ? 100000000u : group == 1 ? 10000u : 1u;
		int value = (int)(yuan / size % 10000);
		if (value > 0)
			write_group(value, skipped, to);
		skipped = value == 0 && to->length > 0;
		if (value > 0 || (group == 2 && yuan / size > 0))
			weir_text_add(to, units[group]);
	}
}

void weir_amount_in_chinese(double cents, weir_text *to)
{
	weir_text number = { 0 };
	uint64_t all = (uint64_t)(cents < 0 ? -cents : cents);
	int tenths = (int)(all / 10 % 10), hundredths = (int)(all % 10);
	write_whole(all / 100, &number);
	if (cents < 0)
		weir_text_add(to, "负");
	if (number.length > 0)
		weir_text_printf(to, "%s元", number.data);
	else if (all == 0)
		weir_text_add(to, "零元");
	if (tenths > 0)
		weir_text_printf(to, "%s角", digits[tenths]);
	else if (hundredths > 0 && number.length > 0)
		weir_text_add(to, digits[0]);
	if (hundredths > 0)
		weir_text_printf(to, "%s分", digits[hundredths]);
	else
		weir_text_add(to, "整");
	to->failed |= number.failed;
	weir_text_free(&number);
}
