/* SPDX-License-Identifier: GPL-3.0-or-later */
/* describe_int.h: what the files that describe a deal share: how values are told, and tables of terms. */
#ifndef WEIR_DEAL_DESCRIBE_INT_H
#define WEIR_DEAL_DESCRIBE_INT_H

#include "deal/describe.h"

/* One description in the making. Once memory was short `status` says so and nothing more is added. */
typedef struct weir_describer {
	weir_description *out;
	weir_arena *arena;
	const weir_deal *deal;
	const weir_describe_options *options;
	weir_text *joined; /* not NULL: terms are written into it, one behind the other, and not kept */
	weir_status status;
} weir_describer;

/* How a member is told. */
typedef enum weir_telling {
	WEIR_TELL_TEXT,      /* const char * */
	WEIR_TELL_HOLDER,    /* const char *: an obligor's id, or any text */
	WEIR_TELL_MONEY,     /* double, cents */
	WEIR_TELL_RATE,      /* double: percent */
	WEIR_TELL_NUMBER,    /* double */
	WEIR_TELL_COUNT,     /* int */
	WEIR_TELL_MONTHS,    /* int */
	WEIR_TELL_DAYS,      /* int, business days */
	WEIR_TELL_DATE,      /* weir_date */
	WEIR_TELL_WORD,      /* int: one of `words` */
	WEIR_TELL_FLAGS,     /* unsigned: bits of `words` */
	WEIR_TELL_FORMULA,   /* weir_formula that gives `wanted` */
	WEIR_TELL_WORDS,     /* weir_words: names */
	WEIR_TELL_PARTY,     /* int: number of a party, or -1 */
	WEIR_TELL_OBLIGOR,   /* int: number of an obligor, or -1 */
	WEIR_TELL_TRUST,     /* int */
	WEIR_TELL_INDEX,     /* int */
	WEIR_TELL_DAY_COUNT, /* weir_day_count; WEIR_DAY_COUNT_COUNT: none */
	WEIR_TELL_CONTRACTS  /* char *: flags of contracts, or NULL: all */
} weir_telling;

/* One member of a structure. */
typedef struct weir_told {
	weir_term term; /* key NULL ends a table */
	weir_telling how;
	size_t offset;
	const char *const *words; /* WORD: by value; FLAGS: by bit; ends with NULL */
	weir_type wanted;
} weir_told;

/* WEIR_TELLS(structure, member, HOW, key, English, Chinese, plain) */
#define WEIR_TELLS(structure, member, how, key, en, zh, plain) \
	{ { key, en, zh, plain, 0 }, WEIR_TELL_##how, offsetof(structure, member), NULL, WEIR_TYPE_ERROR }
#define WEIR_TELLS_WORD(structure, member, how, key, en, zh, words, plain) \
	{ { key, en, zh, plain, 0 }, WEIR_TELL_##how, offsetof(structure, member), words, WEIR_TYPE_ERROR }
#define WEIR_TELLS_FORMULA(structure, member, type, key, en, zh) \
	{ { key, en, zh, "none", 0 }, WEIR_TELL_FORMULA, offsetof(structure, member), NULL, WEIR_TYPE_##type }
#define WEIR_TELLS_END { { NULL, NULL, NULL, NULL, 0 }, WEIR_TELL_TEXT, 0, NULL, WEIR_TYPE_ERROR }

/* What every node may carry beside its id. */
#define WEIR_TELLS_NODE(structure) \
	WEIR_TELLS(structure, node.en, TEXT, "name-en", "English name", "英文名称", "none"), \
	WEIR_TELLS(structure, node.zh, TEXT, "name-zh", "Chinese name", "中文名称", "none"), \
	WEIR_TELLS(structure, node.clause, TEXT, "clause", "Clause", "条款", "none"), \
	WEIR_TELLS(structure, node.note, TEXT, "note", "Note", "备注", "none"), \
	WEIR_TELLS(structure, node.note_zh, TEXT, "note-zh", "Note in Chinese", "中文备注", "none")

/* Words that several tables use. */
extern const char *const weir_told_yes_no[];

/* Begins an element; its terms follow. */
void weir_describe_element(weir_describer *d, weir_element_kind kind, const char *id, weir_place place, int parent);

/* Every member of the table that says something. `detail` (may be NULL) is copied. */
void weir_describe_members(weir_describer *d, const weir_told *table, const void *structure, const char *detail);

/* One term with a text that is copied. */
void weir_describe_term(weir_describer *d, const weir_term *term, const char *detail, const char *text);

/* The accounts that something is paid from or into; nothing where that is the one account that is taken anyway. */
void weir_describe_accounts(weir_describer *d, const weir_term *term, const weir_words *words, int otherwise);

/* The first account that receives a part of the pool's cash: WEIR_RECEIVES_ bits. */
int weir_describe_receiver(const weir_deal *deal, unsigned bit);

/* What tells a row of a list from the others: its date, or where it has none its number. The text is in the arena. */
const char *weir_describe_detail(weir_describer *d, weir_date date, int number);

/* The id of a reference as it is told. */
const char *weir_describe_reference(const weir_describer *d, const char *id, int of_pool);

/* describe_terms.c: what the deal's own sections say. */
void weir_describe_terms(weir_describer *d);
/* describe_waterfalls.c */
void weir_describe_waterfalls(weir_describer *d);
/* describe_support.c: who stands behind the deal, and what happens to it. */
void weir_describe_arrangements(weir_describer *d);
/* describe_pool.c */
void weir_describe_pool(weir_describer *d);
/* describe_scenarios.c */
void weir_describe_scenarios(weir_describer *d, const weir_scenarios *scenarios);

#endif
