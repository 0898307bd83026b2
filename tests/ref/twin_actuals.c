/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was really collected (docs/actuals.md): a file of it read line by line, every contract followed through its
 * periods, and what it still has to pay behind them. Also random files, made of what each contract owes. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ref/dice.h"
#include "ref/twin_int.h"

#define UNITS 1000000000000 /* shares are whole numbers of 10^-12 */
#define LINE 4096

/* How a contract stands at the end of a period. */
typedef struct standing {
	int64_t balance, overdue, overdue_income;
	int64_t units; /* of the schedule that is still to come, how much performs */
	int over;      /* pays nothing more */
} standing;

int64_t twin_part_of(int64_t cents, int64_t units)
{
	size_t mark = num_mark();
	int64_t part = num_round(num_multiply(num_whole(cents), num_scaled(units, 12)));
	num_release(mark);
	return part;
}

int64_t twin_share_of(int64_t part, int64_t whole)
{
	size_t mark = num_mark();
	int64_t units = num_round(num_multiply(num_ratio(part, whole), num_whole(UNITS)));
	num_release(mark);
	return units;
}

/* Principal (or income) that the terms have due behind period `from`, up to period `to`. */
static int64_t terms_between(const twin *t, int contract, int from, int to, int of_income)
{
	int64_t sum = 0;
	for (int i = 0; i < t->receipt_count; i++) {
		const twin_receipt *r = &t->receipts[i];
		int k = twin_period_of(t, r->due);
		if (r->contract == contract && !twin_is_past(t, i) && k > from && k <= to)
			sum += of_income ? r->income : r->principal;
	}
	return sum;
}

static int64_t still_scheduled(const twin *t, int contract, int k)
{
	return terms_between(t, contract, k, t->period_count, 0);
}

/* Each receipt's income is scaled by itself. */
static int64_t income_due(const twin *t, int contract, int k, int64_t units)
{
	int64_t sum = 0;
	for (int i = 0; i < t->receipt_count; i++)
		if (t->receipts[i].contract == contract && !twin_is_past(t, i) && twin_period_of(t, t->receipts[i].due) == k)
			sum += twin_part_of(t->receipts[i].income, units);
	return sum;
}

static standing at_start(const twin *t, int contract)
{
	return (standing){ .balance = twin_part_of(still_scheduled(t, contract, t->opening), t->opening_units),
		           .units = t->opening_units };
}

/* All principal that is to be paid by the end of period k: what the schedule does not leave for later. */
static int64_t principal_due(const twin *t, int contract, const standing *s, int k)
{
	return s->balance - twin_part_of(still_scheduled(t, contract, k), s->units);
}

static int is_royalty(const twin *t, int contract)
{
	return t->deal->pool.contracts[contract].kind == WEIR_CONTRACT_ROYALTY;
}

static int64_t least(int64_t a, int64_t b)
{
	return a < b ? a : b;
}

static int64_t positive(int64_t a)
{
	return a > 0 ? a : 0;
}

/* Fills what the row leaves open, and moves the contract to the end of the row's period. Gives what is given up. */
static int64_t follow(const twin *t, standing *s, twin_paid *paid)
{
	int c = paid->contract, royalty = is_royalty(t, c);
	int64_t due = principal_due(t, c, s, paid->period), rest = still_scheduled(t, c, paid->period);
	int64_t left = s->balance - paid->principal - paid->defaulted, given_up = paid->defaulted;
	if (!paid->has_prepaid)
		paid->prepaid = royalty ? 0 : positive(paid->principal - due);
	if (!paid->has_overdue)
		paid->overdue = royalty ? 0 :
		                          least(positive(due - (paid->principal - paid->prepaid) - paid->defaulted),
		                                positive(left));
	s->over |= paid->ended || (paid->defaulted > 0 && left == 0);
	if (royalty) {
		if (s->over)
			paid->overdue = 0;
		int64_t stays = s->over ? 0 : twin_part_of(rest, s->units) + paid->overdue;
		given_up = s->balance - paid->principal - stays;
		s->balance = stays;
	} else {
		s->balance = left;
		if (rest > 0 && left - paid->overdue != twin_part_of(rest, s->units))
			s->units = twin_share_of(left - paid->overdue, rest);
	}
	s->overdue = paid->overdue;
	s->overdue_income = s->over ? 0 : paid->overdue_income;
	if (s->over)
		s->units = 0;
	return given_up;
}

/* --- a scenario's pool ------------------------------------------------------------------------------------------ */

static twin_paid *row_of(const twin *t, int contract, int period)
{
	for (int i = 0; i < t->paid_count; i++)
		if (t->paid[i].contract == contract && t->paid[i].period == period)
			return &t->paid[i];
	return NULL;
}

static void book(twin *t, const standing *before, const twin_paid *paid, int64_t given_up)
{
	twin_pool *p = &t->projected[paid->period];
	size_t at = (size_t)paid->contract * (size_t)t->period_count + (size_t)paid->period;
	int64_t recovered = paid->collected + paid->sold;
	p->principal += paid->principal;
	p->income += paid->income;
	p->prepaid += paid->prepaid;
	p->defaulted += given_up;
	p->recovered += recovered;
	p->disposal += paid->sold;
	p->overdue += paid->overdue;
	if (paid->period + 1 < t->period_count)
		p[1].overdue -= paid->overdue;
	if (paid->defaulted > 0) {
		t->claims[0][at] += positive(paid->defaulted - recovered);
		t->claims[1][at] += positive(income_due(t, paid->contract, paid->period, before->units) - paid->income);
	}
}

/* The terms' own schedule, whatever was collected. */
static void book_terms(twin *t, int contract)
{
	for (int k = t->opening + 1; k < t->period_count; k++) {
		int64_t before = still_scheduled(t, contract, k - 1), after = still_scheduled(t, contract, k);
		t->projected[k].scheduled_principal += twin_part_of(before, t->opening_units) - twin_part_of(after, t->opening_units);
		t->projected[k].scheduled_income += income_due(t, contract, k, t->opening_units);
	}
}

/* What is overdue, with the next receipt or on the next calculation date. */
static void add_overdue(const twin *t, const standing *s, int contract, const twin_receipt *next, twin_receipt *to)
{
	int k = t->actual_last + 1;
	weir_date day = k < t->period_count ? t->periods[k].calculation : t->periods[t->actual_last].calculation + 1;
	int with_next = next && next->due <= day;
	*to = (twin_receipt){ .contract = contract,
		              .due = with_next ? next->due : day,
		              .contract_due = with_next ? next->contract_due : day,
		              .principal = s->overdue,
		              .income = s->overdue_income };
}

const twin_receipt *twin_actual_receipts(twin *t, int contract, int *count, int64_t *sold)
{
	standing s = at_start(t, contract);
	twin_receipt *coming = twin_alloc(t, (size_t)t->receipt_count + 1, sizeof *coming);
	*count = 0;
	*sold = 0;
	for (int k = t->opening + 1; k <= t->actual_last; k++) {
		twin_paid *paid = row_of(t, contract, k);
		standing before = s;
		if (!paid)
			continue;
		int64_t given_up = follow(t, &s, paid);
		book(t, &before, paid, given_up);
		*sold += paid->sold;
	}
	book_terms(t, contract);
	int64_t rest = still_scheduled(t, contract, t->actual_last), left = s.balance - s.overdue;
	for (int i = 0; i < t->receipt_count; i++) {
		const twin_receipt *r = &t->receipts[i];
		if (r->contract != contract || twin_is_past(t, i) || twin_period_of(t, r->due) <= t->actual_last)
			continue;
		if (*count == 0 && (s.overdue || s.overdue_income))
			add_overdue(t, &s, contract, r, &coming[(*count)++]);
		if (s.units == 0)
			break;
		rest -= r->principal;
		coming[*count] = *r;
		coming[*count].principal = left - twin_part_of(rest, s.units);
		coming[*count].income = twin_part_of(r->income, s.units);
		left = twin_part_of(rest, s.units);
		++*count;
	}
	if (*count == 0 && (s.overdue || s.overdue_income))
		add_overdue(t, &s, contract, NULL, &coming[(*count)++]);
	return coming;
}

/* --- a file ----------------------------------------------------------------------------------------------------- */

static const char *const names[] = { "contract", "period", "principal", "income", "prepaid", "overdue", "overdue-income",
	                             "defaulted", "recovered-collection", "recovered-disposal", "ended", "asset",
	                             "bought", "spent" };
enum { CONTRACT, PERIOD, PRINCIPAL, INCOME, PREPAID, OVERDUE, OVERDUE_INCOME, DEFAULTED, COLLECTED, SOLD, ENDED,
       ASSET, BOUGHT, SPENT, NAMES };

/* Cuts the next field of a line off; quotes stand around whole fields. */
static char *next_field(char **at)
{
	char *field = *at, *end;
	int quoted = *field == '"';
	end = quoted ? strchr(++field, '"') : field + strcspn(field, ",\r\n");
	*at = end + (quoted && *end ? 1 : 0);
	*at += **at == ',';
	*end = '\0';
	return field;
}

/* "1234.5" in a currency of two decimals. */
static int64_t cents_of(const char *text, int digits)
{
	int64_t cents = 0;
	int behind = -1;
	for (; *text; text++) {
		if (*text == '.') {
			behind = 0;
			continue;
		}
		cents = cents * 10 + (*text - '0');
		behind += behind >= 0;
	}
	for (behind = behind < 0 ? 0 : behind; behind < digits; behind++)
		cents *= 10;
	return cents;
}

static void read_row(twin *t, twin_paid *paid, char *line, const int *places)
{
	char *cells[32] = { 0 }, *at = line;
	char none[] = "";
	int digits = t->deal->currency_digits;
	for (int i = 0; *at && i < 32; i++)
		cells[i] = next_field(&at);
#define CELL(name) (places[name] >= 0 && cells[places[name]] ? cells[places[name]] : none)
	memset(paid, 0, sizeof *paid);
	for (int c = 0; c < t->deal->pool.contract_count; c++)
		if (strcmp(t->deal->pool.contracts[c].id, CELL(CONTRACT)) == 0)
			paid->contract = c;
	paid->asset = -1;
	for (int i = 0; i < t->deal->revolving_count; i++)
		if (strcmp(t->deal->revolvings[i].node.id, CELL(ASSET)) == 0) {
			paid->asset = i;
			paid->contract = -1;
			paid->id = weir_arena_text(t->arena, CELL(CONTRACT), strlen(CELL(CONTRACT)));
		}
	paid->bought = cents_of(CELL(BOUGHT), digits);
	paid->spent = cents_of(CELL(SPENT), digits);
	paid->period = atoi(CELL(PERIOD));
	paid->principal = cents_of(CELL(PRINCIPAL), digits);
	paid->income = cents_of(CELL(INCOME), digits);
	paid->has_prepaid = *CELL(PREPAID) != '\0';
	paid->prepaid = cents_of(CELL(PREPAID), digits);
	paid->has_overdue = *CELL(OVERDUE) != '\0';
	paid->overdue = cents_of(CELL(OVERDUE), digits);
	paid->overdue_income = cents_of(CELL(OVERDUE_INCOME), digits);
	paid->defaulted = cents_of(CELL(DEFAULTED), digits);
	paid->collected = cents_of(CELL(COLLECTED), digits);
	paid->sold = cents_of(CELL(SOLD), digits);
	paid->ended = strcmp(CELL(ENDED), "yes") == 0;
#undef CELL
}

int twin_take_actuals(twin *t, const char *path)
{
	char line[LINE];
	int places[NAMES], room = 0, lines = 0;
	FILE *file = fopen(path, "r");
	for (int i = 0; i < NAMES; i++)
		places[i] = -1;
	if (!file)
		return 0;
	while (fgets(line, sizeof line, file))
		room++;
	rewind(file);
	t->paid = weir_arena_array(t->arena, (size_t)room + 1, sizeof *t->paid);
	t->paid_count = t->actual_last = 0;
	while (t->paid && fgets(line, sizeof line, file)) {
		char *at = line;
		if (line[0] == '#')
			continue;
		for (int column = 0; lines == 0 && *at; column++) {
			const char *name = next_field(&at);
			for (int i = 0; i < NAMES; i++)
				if (strcmp(names[i], name) == 0)
					places[i] = column;
		}
		if (lines++ == 0)
			continue;
		twin_paid *paid = &t->paid[t->paid_count++];
		read_row(t, paid, line, places);
		t->actual_last = paid->period > t->actual_last ? paid->period : t->actual_last;
	}
	fclose(file);
	return t->paid && t->actual_last > 0;
}

/* --- random files ----------------------------------------------------------------------------------------------- */

static int64_t some(dice *d, int64_t most)
{
	return most > 0 ? dice_between(d, 0, most) : 0;
}

/* A royalty brings more or less than its terms say; now and then it defaults, or ends. */
static void roll_royalty(dice *d, const standing *s, twin_paid *paid, int64_t due, int64_t income)
{
	paid->principal = due * dice_between(d, 30, 140) / 100;
	paid->income = income * dice_between(d, 30, 140) / 100;
	if (dice_percent(d, 10)) {
		paid->principal = some(d, due);
		paid->defaulted = positive(s->balance - paid->principal);
	} else if (dice_percent(d, 8)) {
		paid->ended = 1;
	} else if (dice_percent(d, 10)) {
		paid->has_overdue = 1;
		paid->overdue = some(d, due);
	}
}

/* A contract pays what is due, more, less or nothing; puts something off; or defaults in part or in full. */
static void roll_contract(dice *d, const standing *s, twin_paid *paid, int64_t due, int64_t income, int64_t rest)
{
	int what = (int)dice_between(d, 0, 99);
	paid->principal = due;
	paid->income = income;
	if (what < 50)
		return;
	if (what < 68) {
		paid->principal = some(d, due);
		paid->income = some(d, income);
		paid->overdue_income = dice_percent(d, 60) ? income - paid->income : 0;
	} else if (what < 78) {
		paid->principal = due + some(d, s->balance - due);
	} else if (what < 84) {
		paid->principal = some(d, due);
		paid->income = some(d, income);
		paid->defaulted = some(d, s->balance - paid->principal);
	} else if (what < 90) {
		paid->principal = some(d, due / 2);
		paid->income = 0;
		paid->defaulted = s->balance - paid->principal;
	} else if (what < 95 && rest > 0) {
		paid->principal = some(d, due);
		paid->has_overdue = 1;
	} else {
		paid->principal = paid->income = 0;
		paid->overdue_income = income;
	}
}

static void write_cents(const twin *t, FILE *file, int64_t cents)
{
	char text[WEIR_CENTS_TEXT];
	weir_cents_format((double)cents, t->deal->currency_digits, text);
	fprintf(file, ",%s", text);
}

static void write_row(const twin *t, FILE *file, const twin_paid *paid)
{
	fprintf(file, "%s,%d", t->deal->pool.contracts[paid->contract].id, paid->period);
	write_cents(t, file, paid->principal);
	write_cents(t, file, paid->income);
	if (paid->has_overdue)
		write_cents(t, file, paid->overdue);
	else
		fputc(',', file);
	write_cents(t, file, paid->overdue_income);
	write_cents(t, file, paid->defaulted);
	write_cents(t, file, paid->collected);
	write_cents(t, file, paid->sold);
	fprintf(file, ",%s,,,\n", paid->ended ? "yes" : "no");
}

static int roll_all(const twin *t, dice *d, FILE *file, int contract, int last)
{
	standing s = at_start(t, contract);
	int64_t lost = 0;
	int written = 0;
	for (int k = t->opening + 1; k <= last; k++) {
		twin_paid paid = { .contract = contract, .period = k };
		int64_t due = principal_due(t, contract, &s, k);
		int64_t income = income_due(t, contract, k, s.units) + s.overdue_income;
		if (due + income == 0 && !(lost > 0 && dice_percent(d, 40)))
			continue;
		if (is_royalty(t, contract) && due + income > 0)
			roll_royalty(d, &s, &paid, due, income);
		else if (due + income > 0)
			roll_contract(d, &s, &paid, due, income, still_scheduled(t, contract, k));
		if (lost > 0 && dice_percent(d, 50)) {
			paid.collected = some(d, lost / 2);
			paid.sold = some(d, lost / 4);
		}
		write_row(t, file, &paid);
		written++;
		lost += paid.defaulted - paid.collected - paid.sold;
		follow(t, &s, &paid);
	}
	return written;
}

int twin_write_actuals(const twin *t, const char *path, uint64_t seed)
{
	dice d = { seed };
	int written = 0, last = (int)dice_between(&d, t->opening + 1, t->period_count - 1);
	FILE *file = fopen(path, "w");
	if (!file)
		return 0;
	fputs("contract,period,principal,income,overdue,overdue-income,defaulted,recovered-collection,recovered-disposal,ended,"
	      "asset,bought,spent\n",
	      file);
	for (int c = 0; c < t->deal->pool.contract_count; c++)
		written += roll_all(t, &d, file, c, last);
	written += twin_roll_bought(t, &d, file, last);
	return fclose(file) == 0 && written > 0;
}
