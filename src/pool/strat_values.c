/* SPDX-License-Identifier: GPL-3.0-or-later */
/* strat_values.c: what a contract has of each attribute that a pool may be stratified by. docs/strat.md says it in
 * words. */
#include <math.h>
#include <string.h>

#include "pool/contracts.h"
#include "pool/strat.h"

#define MONTHS_A_YEAR 12

static const weir_strat_about attributes[WEIR_STRAT_BYS] = {
#define WEIR_STRAT(name, id, type, letter, en, zh) { id, en, zh, WEIR_STRAT_IS_##type, letter },
#include "pool/strat_attributes.def"
#undef WEIR_STRAT
};

/* Other names of an attribute. */
static const struct {
	const char *name;
	weir_strat_by by;
} aliases[] = { { "rating", WEIR_STRAT_GRADE }, { "exclusivity", WEIR_STRAT_LICENCE } };
#define ALIASES (sizeof aliases / sizeof *aliases)

const weir_strat_about *weir_strat_about_of(weir_strat_by by)
{
	return &attributes[by];
}

static int is_name(const char *name, const char *text, size_t length)
{
	return strlen(name) == length && memcmp(name, text, length) == 0;
}

int weir_strat_find(const char *name, size_t length)
{
	for (int i = 0; i < WEIR_STRAT_BYS; i++)
		if (is_name(attributes[i].id, name, length))
			return i;
	for (size_t i = 0; i < ALIASES; i++)
		if (is_name(aliases[i].name, name, length))
			return (int)aliases[i].by;
	return -1;
}

const char *weir_strat_nearest(const char *name, size_t length)
{
	const char *names[WEIR_STRAT_BYS + ALIASES];
	for (int i = 0; i < WEIR_STRAT_BYS; i++)
		names[i] = attributes[i].id;
	for (size_t i = 0; i < ALIASES; i++)
		names[WEIR_STRAT_BYS + i] = aliases[i].name;
	return weir_nearest_name(name, length, names, WEIR_STRAT_BYS + ALIASES);
}

static const weir_contract *contract_of(const weir_strat_ground *ground, int number)
{
	return &ground->pool->deal->pool.contracts[number];
}

/* --- values ----------------------------------------------------------------------------------------------------- */

static weir_strat_value of_text(const char *text)
{
	return (weir_strat_value){ .has = text && *text ? WEIR_STRAT_HAS_TEXT : WEIR_STRAT_HAS_NONE, .text = text };
}

static weir_strat_value of_code(int code)
{
	return (weir_strat_value){ .has = code >= 0 ? WEIR_STRAT_HAS_CODE : WEIR_STRAT_HAS_NONE, .code = code };
}

static weir_strat_value of_number(double number)
{
	return (weir_strat_value){ .has = isnan(number) ? WEIR_STRAT_HAS_NONE : WEIR_STRAT_HAS_NUMBER,
		                   .number = number };
}

/* --- dates ------------------------------------------------------------------------------------------------------ */

/* Months from one date to a later one: whole ones by the calendar, then the days beyond them as a part of the month
 * that they are in, so that a whole number of months is one whatever the lengths of the months. 0 when it is no later.
 */
static double months_between(weir_date from, weir_date to)
{
	int from_year, from_month, to_year, to_month;
	if (from == WEIR_DATE_NONE || to == WEIR_DATE_NONE)
		return NAN;
	if (to <= from)
		return 0;
	weir_date_to_ymd(from, &from_year, &from_month, NULL);
	weir_date_to_ymd(to, &to_year, &to_month, NULL);
	int months = (to_year - from_year) * MONTHS_A_YEAR + to_month - from_month;
	months -= weir_date_add_months(from, months) > to;
	weir_date whole = weir_date_add_months(from, months), next = weir_date_add_months(from, months + 1);
	return next == WEIR_DATE_NONE ? months : months + (double)(to - whole) / (next - whole);
}

/* The day from which a contract runs: its start, the up-front fee's day, or one step before its first payment. */
static weir_date origin_of(const weir_contract *contract)
{
	if (contract->start != WEIR_DATE_NONE)
		return contract->start;
	if (contract->upfront_date != WEIR_DATE_NONE)
		return contract->upfront_date;
	return contract->every_months > 0 ? weir_date_add_months(contract->first_due, -contract->every_months) :
	                                    WEIR_DATE_NONE;
}

static weir_date last_due(const weir_strat_ground *ground, const weir_contract *contract)
{
	return weir_contract_last_due(&ground->pool->deal->pool, contract);
}

static double term_of(const weir_strat_ground *ground, const weir_contract *contract)
{
	if (contract->kind != WEIR_CONTRACT_RECEIVABLE)
		return months_between(origin_of(contract), last_due(ground, contract));
	return isnan(contract->discount_years) ? months_between(ground->pool->deal->closing, contract->first_due) :
	                                         contract->discount_years * MONTHS_A_YEAR;
}

/* A contract that starts after the cut-off has its whole term left. */
static double remaining_term(const weir_strat_ground *ground, const weir_contract *contract)
{
	weir_date origin = contract->kind == WEIR_CONTRACT_RECEIVABLE ? WEIR_DATE_NONE : origin_of(contract);
	return months_between(origin > ground->cutoff ? origin : ground->cutoff, last_due(ground, contract));
}

static int year_of(weir_date date)
{
	int year = -1;
	if (date != WEIR_DATE_NONE)
		weir_date_to_ymd(date, &year, NULL, NULL);
	return year;
}

static int step_of(const weir_contract *contract)
{
	int regular = contract->kind == WEIR_CONTRACT_ROYALTY || contract->amortisation != WEIR_AMORTISE_EXPLICIT;
	if (contract->kind == WEIR_CONTRACT_RECEIVABLE || (regular ? contract->count : contract->row_count) <= 1)
		return 0;
	return regular ? contract->every_months : WEIR_STRAT_OWN_DATES;
}

/* --- IP --------------------------------------------------------------------------------------------------------- */

static const char *ip_holder(const weir_ip *ip)
{
	return ip->holder ? ip->holder : "";
}

static const char *ip_status(const weir_ip *ip)
{
	static const char *const words[] = { [WEIR_IP_VALID] = "valid",
		                             [WEIR_IP_LAPSED] = "lapsed",
		                             [WEIR_IP_INVALIDATED] = "invalidated",
		                             [WEIR_IP_PENDING] = "pending" };
	return words[ip->status];
}

static const weir_ip *item_of(const weir_strat_ground *ground, const weir_contract *contract, int number)
{
	const weir_pool_terms *terms = &ground->pool->deal->pool;
	return &terms->ip[terms->contract_ip[contract->ip_first + number]];
}

/* What all items of a contract have in common. */
static weir_strat_value common_of(const weir_strat_ground *ground, const weir_contract *contract,
                                  const char *(*of)(const weir_ip *))
{
	const char *common = NULL;
	for (int i = 0; i < contract->ip_count; i++) {
		const char *own = of(item_of(ground, contract, i));
		if (common && strcmp(common, own) != 0)
			return (weir_strat_value){ .has = WEIR_STRAT_HAS_SEVERAL };
		common = own;
	}
	return of_text(common);
}

/* Years that the first of its items to end still has; 0 for one that is no longer in force. */
static double ip_life(const weir_strat_ground *ground, const weir_contract *contract)
{
	double least = NAN;
	for (int i = 0; i < contract->ip_count; i++) {
		const weir_ip *ip = item_of(ground, contract, i);
		int ended = ip->status == WEIR_IP_LAPSED || ip->status == WEIR_IP_INVALIDATED;
		double years = ended ? 0 : months_between(ground->cutoff, ip->expires) / MONTHS_A_YEAR;
		if (!(years >= least)) /* one that is not known changes nothing */
			least = isnan(years) ? least : years;
	}
	return least;
}

/* Principal over the value of all items in force, as table ip has it: of pledged items that have values and secure
 * nothing else.
 */
static double ltv_of(const weir_strat_ground *ground, int number)
{
	const weir_contract *contract = contract_of(ground, number);
	const int *items = ground->pool->deal->pool.contract_ip + contract->ip_first;
	double value = 0;
	int pledged = 0;
	for (int i = 0; i < contract->ip_count; i++) {
		const weir_ip *ip = item_of(ground, contract, i);
		if (ground->pool->ip_shared && ground->pool->ip_shared[items[i]] >= 0)
			return NAN;
		pledged |= ip->pledge_number != NULL;
		if (ip->status != WEIR_IP_LAPSED &&
		    ip->status != WEIR_IP_INVALIDATED) /* what has ended backs nothing */
			value += ip->valuation_cents; /* NAN stays NAN */
	}
	return pledged && value > 0 ? ground->principal_cents[number] / value : NAN;
}

/* --- words ------------------------------------------------------------------------------------------------------ */

static const char *pay_method(const weir_strat_ground *ground, const weir_contract *contract)
{
	if (contract->kind != WEIR_CONTRACT_ROYALTY)
		return "fixed-payments";
	const weir_royalty_terms *terms = &ground->pool->deal->pool.royalties[contract->royalty];
	return terms->minimum_annual_cents > 0 ? "royalty-minimum" : "royalty";
}

static const char *repayment(const weir_contract *contract)
{
	static const char *const words[] = { [WEIR_AMORTISE_LEVEL] = "level",
		                             [WEIR_AMORTISE_LEVEL_PRINCIPAL] = "level-principal",
		                             [WEIR_AMORTISE_BULLET] = "bullet",
		                             [WEIR_AMORTISE_INTEREST_ONLY] = "interest-only",
		                             [WEIR_AMORTISE_EXPLICIT] = "explicit" };
	if (contract->kind == WEIR_CONTRACT_RECEIVABLE)
		return "bullet";
	return contract->kind == WEIR_CONTRACT_ROYALTY ? "royalty" : words[contract->amortisation];
}

static const char *rate_type(const weir_strat_ground *ground, int number)
{
	if (isnan(ground->rate[number]))
		return NULL;
	return contract_of(ground, number)->index >= 0 ? "floating-rate" : "fixed-rate";
}

static weir_strat_value text_of(const weir_strat_ground *ground, weir_strat_by by, int number)
{
	const weir_deal *deal = ground->pool->deal;
	const weir_contract *contract = contract_of(ground, number);
	const weir_obligor *obligor = &deal->pool.obligors[contract->obligor];
	switch (by) {
	case WEIR_STRAT_INDUSTRY:
		return of_text(obligor->industry);
	case WEIR_STRAT_REGION:
		return of_text(obligor->region);
	case WEIR_STRAT_GRADE:
		return of_text(contract->grade);
	case WEIR_STRAT_GUARANTEE:
		return of_text(contract->guarantee);
	case WEIR_STRAT_TERRITORY:
		return of_text(contract->territory);
	case WEIR_STRAT_CURRENCY:
		return of_text(contract->currency ? contract->currency : deal->currency);
	case WEIR_STRAT_KIND:
		return of_text(weir_contract_kind_text(contract->kind));
	case WEIR_STRAT_PAY_METHOD:
		return of_text(pay_method(ground, contract));
	case WEIR_STRAT_REPAYMENT:
		return of_text(repayment(contract));
	case WEIR_STRAT_RATE_TYPE:
		return of_text(rate_type(ground, number));
	case WEIR_STRAT_LICENCE:
		return of_text(contract->exclusivity);
	case WEIR_STRAT_IP_HOLDER:
		return common_of(ground, contract, ip_holder);
	case WEIR_STRAT_IP_STATUS:
		return common_of(ground, contract, ip_status);
	default:
		return of_text(NULL);
	}
}

/* --- codes ------------------------------------------------------------------------------------------------------ */

static int covers_of(const weir_strat_ground *ground, int number)
{
	const weir_deal *deal = ground->pool->deal;
	int bits = 0;
	for (int i = 0; i < deal->cover_count; i++)
		if (weir_cover_is_for(&deal->covers[i], &deal->pool, number))
			bits |= 1 << deal->covers[i].kind;
	return bits ? bits : -1;
}

static int rights_of(const weir_strat_ground *ground, const weir_contract *contract)
{
	int bits = 0;
	for (int i = 0; i < contract->ip_count; i++)
		bits |= 1 << item_of(ground, contract, i)->kind;
	return bits ? bits : -1;
}

static int code_of(const weir_strat_ground *ground, weir_strat_by by, int number)
{
	const weir_contract *contract = contract_of(ground, number);
	switch (by) {
	case WEIR_STRAT_OBLIGOR:
		return contract->obligor;
	case WEIR_STRAT_GUARANTOR:
		return contract->guarantor;
	case WEIR_STRAT_TRUST:
		return contract->through;
	case WEIR_STRAT_COVER:
		return covers_of(ground, number);
	case WEIR_STRAT_IP_KIND:
		return rights_of(ground, contract);
	case WEIR_STRAT_FREQUENCY:
		return step_of(contract);
	case WEIR_STRAT_VINTAGE:
		if (contract->signed_on != WEIR_DATE_NONE)
			return year_of(contract->signed_on);
		return year_of(contract->kind == WEIR_CONTRACT_RECEIVABLE ? WEIR_DATE_NONE : origin_of(contract));
	case WEIR_STRAT_MATURITY:
		return year_of(last_due(ground, contract));
	default:
		return -1;
	}
}

int weir_strat_code_end(const weir_strat_ground *ground, weir_strat_by by)
{
	const weir_pool_terms *terms = &ground->pool->deal->pool;
	switch (attributes[by].type) {
	case WEIR_STRAT_IS_PARTY:
		return terms->obligor_count;
	case WEIR_STRAT_IS_TRUST:
		return terms->trust_count;
	case WEIR_STRAT_IS_COVERS:
		return 1 << WEIR_COVER_KIND_COUNT;
	case WEIR_STRAT_IS_RIGHTS:
		return 1 << WEIR_IP_KIND_COUNT;
	case WEIR_STRAT_IS_STEP:
		return WEIR_STRAT_OWN_DATES + 1;
	case WEIR_STRAT_IS_YEAR:
		return 2200; /* time/date.h */
	default:
		return 0;
	}
}

/* --- numbers ---------------------------------------------------------------------------------------------------- */

static double number_of(const weir_strat_ground *ground, weir_strat_by by, int number)
{
	const weir_contract *contract = contract_of(ground, number);
	switch (by) {
	case WEIR_STRAT_OBLIGOR_BALANCE:
		return ground->obligor_cents[contract->obligor];
	case WEIR_STRAT_BALANCE:
		return weir_strat_cents(ground, number);
	case WEIR_STRAT_TERM:
		return term_of(ground, contract);
	case WEIR_STRAT_REMAINING_TERM:
		return remaining_term(ground, contract);
	case WEIR_STRAT_AGE:
		return contract->kind == WEIR_CONTRACT_RECEIVABLE ? NAN :
		                                                    months_between(origin_of(contract), ground->cutoff);
	case WEIR_STRAT_RATE:
		return weir_contract_rate_on(ground->pool->deal, contract, ground->cutoff);
	case WEIR_STRAT_IP_LIFE:
		return ip_life(ground, contract);
	case WEIR_STRAT_LTV:
		return ltv_of(ground, number);
	case WEIR_STRAT_PD:
		return contract->pd_annual;
	case WEIR_STRAT_LGD:
		return contract->lgd;
	default:
		return NAN;
	}
}

weir_strat_value weir_strat_value_of(const weir_strat_ground *ground, weir_strat_by by, int contract)
{
	weir_strat_type type = attributes[by].type;
	if (type <= WEIR_STRAT_IS_GRADE)
		return text_of(ground, by, contract);
	if (type < WEIR_STRAT_IS_AMOUNT)
		return of_code(code_of(ground, by, contract));
	return of_number(number_of(ground, by, contract));
}
