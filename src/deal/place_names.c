/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "deal/place_names.h"

#include <stdlib.h>
#include <string.h>

#define MOST_PARTS 6       /* province, city, district and what lies in it */
#define LONGEST_PART 60    /* bytes of a listed name that a longer text begins with */

static int compare_places(const void *a, const void *b)
{
	const weir_place_name *x = a, *y = b;
	int order = strcmp(x->zh, y->zh);
	return order ? order : (x->code && y->code ? strcmp(x->code, y->code) : 0);
}

void weir_place_list_sort(weir_place_list *list)
{
	if (list->count > 1)
		qsort(list->items, (size_t)list->count, sizeof *list->items, compare_places);
}

/* The item whose Chinese name is these bytes. */
static const weir_place_name *find_chinese(const weir_place_list *list, const char *text, size_t length)
{
	int low = 0, high = list->count;
	while (low < high) {
		int middle = low + (high - low) / 2;
		int order = strncmp(list->items[middle].zh, text, length);
		if (order < 0)
			low = middle + 1;
		else
			high = middle;
	}
	if (low < list->count && strncmp(list->items[low].zh, text, length) == 0 && !list->items[low].zh[length])
		return &list->items[low];
	return NULL;
}

static int is_code(const char *code, const char *text)
{
	return code && (strcmp(code, text) == 0 || (code[0] && code[1] && strcmp(code + 1, text) == 0));
}

const weir_place_name *weir_industry_find(const weir_place_list *list, const char *text)
{
	const weir_place_name *found = find_chinese(list, text, strlen(text));
	for (int i = 0; i < list->count && !found; i++)
		if (is_code(list->items[i].code, text) || strcmp(list->items[i].en, text) == 0)
			found = &list->items[i];
	return found;
}

/* The longest listed name that the text begins with, or NULL. */
static const weir_place_name *find_first_part(const weir_place_list *list, const char *text, size_t length)
{
	size_t end = length < LONGEST_PART ? length : LONGEST_PART;
	for (; end > 0; end--) {
		const weir_place_name *found = NULL;
		if (end == length || ((unsigned char)text[end] & 0xC0) != 0x80)
			found = find_chinese(list, text, end);
		if (found)
			return found;
	}
	return NULL;
}

weir_status weir_region_write_english(weir_text *to, const weir_place_list *list, const char *text)
{
	const weir_place_name *parts[MOST_PARTS];
	int count = 0;
	for (size_t length = strlen(text); length > 0 && count < MOST_PARTS;) {
		parts[count] = find_first_part(list, text, length);
		if (!parts[count])
			return WEIR_NO;
		size_t taken = strlen(parts[count++]->zh);
		text += taken;
		length -= taken;
	}
	if (count == 0 || *text)
		return WEIR_NO;
	for (int i = count - 1; i >= 0; i--)
		weir_text_printf(to, "%s%s", i < count - 1 ? ", " : "", parts[i]->en);
	return weir_text_status(to);
}

const weir_place_name *weir_region_find_english(const weir_place_list *list, const char *text)
{
	for (int i = 0; i < list->count; i++)
		if (strcmp(list->items[i].en, text) == 0)
			return &list->items[i];
	return NULL;
}
