/* SPDX-License-Identifier: GPL-3.0-or-later */
/* occurrences.h: what happened around a deal, as an events file tells it for reports: duties, changes, breaches,
 * investments, replacements of contracts … It changes no figure. */
#ifndef WEIR_DEAL_OCCURRENCES_H
#define WEIR_DEAL_OCCURRENCES_H

#include "deal/deal.h"

typedef enum weir_occurrence_kind {
	WEIR_OCCURRENCE_DUTY,        /* a duty of a party, and how it was performed */
	WEIR_OCCURRENCE_CHANGE,      /* of a party or a document */
	WEIR_OCCURRENCE_BREACH,      /* of a contract or a duty */
	WEIR_OCCURRENCE_EVENT,       /* major: litigation, rating, an IP right lost */
	WEIR_OCCURRENCE_INVESTMENT,  /* of idle cash: amount, rate, income */
	WEIR_OCCURRENCE_REDEMPTION,  /* of an ineligible asset */
	WEIR_OCCURRENCE_REPLACEMENT, /* of an asset */
	WEIR_OCCURRENCE_DISPOSAL,    /* of a default asset */
	WEIR_OCCURRENCE_GRADE,       /* a rating: `rule` names who gives it, `status` is the grade */
	WEIR_OCCURRENCE_REASON,      /* why collections differ from their forecast */
	WEIR_OCCURRENCE_REPORT,      /* a report that is due, or was given */
	WEIR_OCCURRENCE_KINDS
} weir_occurrence_kind;

/* What an occurrence is about. */
typedef enum weir_subject_kind {
	WEIR_SUBJECT_DEAL,     /* none was given */
	WEIR_SUBJECT_PARTY,
	WEIR_SUBJECT_CONTRACT,
	WEIR_SUBJECT_OBLIGOR,
	WEIR_SUBJECT_IP,
	WEIR_SUBJECT_CLASS
} weir_subject_kind;

typedef struct weir_occurrence {
	weir_date date;
	int period;                /* whose (last payment date, payment date] has the date; 0: up to the closing; beyond the
	                              last payment date: the last period */
	weir_occurrence_kind kind;
	weir_subject_kind subject_kind;
	int subject_number;        /* in the deal's list of that kind; -1: the deal */
	const char *subject;       /* the id as written; NULL: the deal */
	const char *en, *zh;       /* what happened; at least one of them */
	const char *rule, *rule_zh;/* clause or rule that asks for it, or NULL */
	const char *effect_en, *effect_zh; /* or NULL, as all texts below */
	const char *action_en, *action_zh;
	double amount_cents, rate, income_cents; /* NAN when not given */
	const char *status, *status_zh;
	weir_place place;
} weir_occurrence;

typedef struct weir_occurrences {
	weir_occurrence *items;    /* by date, those of one day as listed */
	int count;
	const char *source;        /* name of the file */
} weir_occurrences;

/* The next occurrence of a kind in a period behind number `last` (-1: the first); -1 when there is none more.
 * `occurrences` may be NULL. */
int weir_occurrences_next(const weir_occurrences *occurrences, weir_occurrence_kind kind, int period, int last);

/* The text in a language: the wanted one, else the other; NULL when there is neither. */
const char *weir_occurrence_text(const char *en, const char *zh, int chinese);

/* "duty", "change" …; the names for people. Static. */
const char *weir_occurrence_kind_text(weir_occurrence_kind kind);
const char *weir_occurrence_kind_name(weir_occurrence_kind kind, int chinese);

#endif
