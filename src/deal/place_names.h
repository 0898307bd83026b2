/* SPDX-License-Identifier: GPL-3.0-or-later */
/* place_names.h: names of industries and regions in two languages, for reports. Nothing is grouped or chosen by them:
 * what a tape writes stays the key. */
#ifndef WEIR_DEAL_PLACE_NAMES_H
#define WEIR_DEAL_PLACE_NAMES_H

#include "base/text.h"

typedef struct weir_place_name {
	const char *code; /* "C39"; NULL: none */
	const char *zh, *en;
} weir_place_name;

/* A list in the order of its Chinese names' bytes; zero-initialised it is empty. */
typedef struct weir_place_list {
	weir_place_name *items;
	int count;
} weir_place_list;

typedef struct weir_place_names {
	weir_place_list industries; /* share/industries.csv */
	weir_place_list regions;    /* share/regions.csv */
} weir_place_names;

/* Puts the items in order; of two of one Chinese name the first is found. */
void weir_place_list_sort(weir_place_list *list);

/* The industry that a tape means by `text`: the Chinese name, the code with or without its letter ("C39", "39"), or the
 * English name; NULL when it is not listed. */
const weir_place_name *weir_industry_find(const weir_place_list *list, const char *text);

/* Appends the English form of a Chinese region that listed places make up, the smallest first: "上海市浦东新区" becomes
 * "Pudong New Area, Shanghai". WEIR_NO, and nothing is appended, when a part of it is not listed. */
weir_status weir_region_write_english(weir_text *to, const weir_place_list *list, const char *text);

/* The region of an English name ("Shanghai"); NULL when it is not listed. */
const weir_place_name *weir_region_find_english(const weir_place_list *list, const char *text);

#endif
