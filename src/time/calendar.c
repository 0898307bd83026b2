/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "time/calendar.h"

#include <string.h>

#include "base/text.h"

#define FIRST_YEAR 1900
#define LAST_YEAR 2199
#define DAYS (WEIR_DATE_LAST - WEIR_DATE_FIRST + 1)
#define WORDS ((DAYS + 63) / 64)
#define SATURDAY 6
#define SUNDAY 7

struct weir_calendar {
	const char *id, *titles[2], *source; /* titles: English, Chinese */
	weir_date known_from, known_until;
	unsigned weekend;           /* bit w - 1: weekday w (1 = Monday) is a day of rest */
	uint64_t open[WORDS];       /* bit per day from 1900-01-01: 1 = business day */
	int32_t before[WORDS + 1];  /* [w]: business days in the words before word w */
};

/* --- questions --------------------------------------------------------------------- */

/* Business days before day number `day` (0 = 1900-01-01; 0 <= day <= DAYS). */
static int count_before(const weir_calendar *calendar, int day)
{
	int word = day / 64, bit = day % 64;
	int count = calendar->before[word];
	if (bit)
		count += __builtin_popcountll(calendar->open[word] << (64 - bit));
	return count;
}

/* The date of business day number `index` (0 = the first since 1900); WEIR_DATE_NONE when there is none. */
static weir_date business_day_number(const weir_calendar *calendar, int64_t index)
{
	if (index < 0 || index >= calendar->before[WORDS])
		return WEIR_DATE_NONE;
	int low = 0, high = WORDS;
	while (high - low > 1) {
		int middle = (low + high) / 2;
		if (calendar->before[middle] <= index)
			low = middle;
		else
			high = middle;
	}
	uint64_t days = calendar->open[low];
	for (int64_t skip = index - calendar->before[low]; skip > 0; skip--)
		days &= days - 1; /* drops the earliest day that is left */
	return WEIR_DATE_FIRST + low * 64 + __builtin_ctzll(days);
}

/* The day number of a date, kept within 0 ... DAYS. */
static int day_number(weir_date date)
{
	if (date < WEIR_DATE_FIRST)
		return 0;
	return date > WEIR_DATE_LAST ? DAYS : date - WEIR_DATE_FIRST;
}

const char *weir_calendar_id(const weir_calendar *calendar)
{
	return calendar->id;
}

const char *weir_calendar_title(const weir_calendar *calendar, int chinese)
{
	return calendar->titles[chinese != 0];
}

const char *weir_calendar_source(const weir_calendar *calendar)
{
	return calendar->source;
}

weir_date weir_calendar_known_from(const weir_calendar *calendar)
{
	return calendar->known_from;
}

weir_date weir_calendar_known_until(const weir_calendar *calendar)
{
	return calendar->known_until;
}

int weir_calendar_is_business_day(const weir_calendar *calendar, weir_date date)
{
	if (date < WEIR_DATE_FIRST || date > WEIR_DATE_LAST)
		return 0;
	int day = date - WEIR_DATE_FIRST;
	return (int)(calendar->open[day / 64] >> day % 64 & 1);
}

weir_date weir_calendar_adjust(const weir_calendar *calendar, weir_date date, weir_roll roll)
{
	if (roll == WEIR_ROLL_NONE || weir_calendar_is_business_day(calendar, date))
		return date;
	if (date < WEIR_DATE_FIRST || date > WEIR_DATE_LAST)
		return WEIR_DATE_NONE;
	int earlier = count_before(calendar, date - WEIR_DATE_FIRST);
	weir_date previous = business_day_number(calendar, earlier - 1);
	weir_date next = business_day_number(calendar, earlier);
	if (roll == WEIR_ROLL_PRECEDING)
		return previous;
	if (roll == WEIR_ROLL_MODIFIED_FOLLOWING &&
	    (next == WEIR_DATE_NONE || next > weir_date_month_end(date)))
		return previous;
	return next;
}

weir_date weir_calendar_add_business_days(const weir_calendar *calendar, weir_date date, int days)
{
	if (days == 0)
		return date;
	if (date < WEIR_DATE_FIRST || date > WEIR_DATE_LAST)
		return WEIR_DATE_NONE;
	int64_t earlier = count_before(calendar, date - WEIR_DATE_FIRST);
	if (days < 0)
		return business_day_number(calendar, earlier + days);
	return business_day_number(calendar,
	                           earlier + weir_calendar_is_business_day(calendar, date) + days - 1);
}

int weir_calendar_business_days_between(const weir_calendar *calendar, weir_date start, weir_date end)
{
	return count_before(calendar, day_number(end)) - count_before(calendar, day_number(start));
}

/* --- the holidays that a rule makes ------------------------------------------------ */

typedef enum rule_kind { RULE_FIXED, RULE_EASTER, RULE_NTH_WEEKDAY } rule_kind;

/* What a holiday on a day of the weekend does. */
typedef enum observance {
	OBSERVED_THAT_DAY,     /* nothing moves */
	OBSERVED_NEAREST,      /* Saturday's on Friday, Sunday's on Monday */
	OBSERVED_MONDAY,       /* both on Monday */
	OBSERVED_SUNDAY_MONDAY /* Sunday's on Monday, Saturday's is lost */
} observance;

typedef struct rule {
	rule_kind kind;
	int month, day;   /* RULE_FIXED; month also RULE_NTH_WEEKDAY */
	int offset;       /* RULE_EASTER: days from Easter Sunday */
	int nth, weekday; /* RULE_NTH_WEEKDAY: 1-4, or 5 for the last */
	int from, until;  /* years */
	observance observed;
} rule;

/* Easter Sunday in the Gregorian calendar: J. Meeus, Astronomical Algorithms (2nd edition, 1998), ch. 8. */
static weir_date easter_sunday(int year)
{
	int golden = year % 19, century = year / 100, in_century = year % 100;
	int correction = (century - (century + 8) / 25 + 1) / 3;
	int epact = (19 * golden + century - century / 4 - correction + 15) % 30;
	int weekday = (32 + 2 * (century % 4) + 2 * (in_century / 4) - epact - in_century % 4) % 7;
	int late = (golden + 11 * epact + 22 * weekday) / 451;
	int days = epact + weekday - 7 * late + 114;
	return weir_date_from_ymd(year, days / 31, days % 31 + 1);
}

static weir_date nth_weekday(const rule *r, int year)
{
	if (r->nth == 5) {
		weir_date last = weir_date_month_end(weir_date_from_ymd(year, r->month, 1));
		return last - (weir_date_weekday(last) - r->weekday + 7) % 7;
	}
	weir_date first = weir_date_from_ymd(year, r->month, 1);
	return first + (r->weekday - weir_date_weekday(first) + 7) % 7 + (r->nth - 1) * 7;
}

/* The date of the rule's holiday in a year; WEIR_DATE_NONE in a year without (29 February). */
static weir_date holiday_in(const rule *r, int year)
{
	if (r->kind == RULE_EASTER)
		return easter_sunday(year) + r->offset;
	if (r->kind == RULE_NTH_WEEKDAY)
		return nth_weekday(r, year);
	return weir_date_from_ymd(year, r->month, r->day);
}

static weir_date observed_on(weir_date date, observance observed)
{
	int weekday = weir_date_weekday(date);
	if (weekday == SUNDAY && observed != OBSERVED_THAT_DAY)
		return date + 1;
	if (weekday == SATURDAY && observed == OBSERVED_NEAREST)
		return date - 1;
	if (weekday == SATURDAY && observed == OBSERVED_MONDAY)
		return date + 2;
	return date;
}

static void set_day(weir_calendar *calendar, weir_date date, int is_open)
{
	if (date < WEIR_DATE_FIRST || date > WEIR_DATE_LAST)
		return;
	int day = date - WEIR_DATE_FIRST;
	uint64_t bit = (uint64_t)1 << day % 64;
	if (is_open)
		calendar->open[day / 64] |= bit;
	else
		calendar->open[day / 64] &= ~bit;
}

static void apply_rule(weir_calendar *calendar, const rule *r)
{
	for (int year = r->from; year <= r->until; year++) {
		weir_date date = holiday_in(r, year);
		if (date != WEIR_DATE_NONE)
			set_day(calendar, observed_on(date, r->observed), 0);
	}
}

static int is_weekend(const weir_calendar *calendar, weir_date date)
{
	return (int)(calendar->weekend >> (weir_date_weekday(date) - 1) & 1);
}

/* --- reading a file ---------------------------------------------------------------- */

typedef struct span {
	const char *text;
	size_t length;
} span;

#define DIRECTIVES(X)                                                                              \
	X(ID, "id")                                                                                \
	X(EN, "en")                                                                                \
	X(ZH, "zh")                                                                                \
	X(SOURCE, "source")                                                                        \
	X(WEEKEND, "weekend")                                                                      \
	X(KNOWN_FROM, "known-from")                                                                \
	X(KNOWN_UNTIL, "known-until")                                                              \
	X(MAKE_UP, "make-up")                                                                      \
	X(BASED_ON, "based-on")                                                                    \
	X(RULE, "rule")

enum {
#define DIRECTIVE_ENUM(name, word) DIRECTIVE_##name,
	DIRECTIVES(DIRECTIVE_ENUM)
#undef DIRECTIVE_ENUM
	DIRECTIVE_COUNT
};

static const char *const directive_words[] = {
#define DIRECTIVE_WORD(name, word) word,
	DIRECTIVES(DIRECTIVE_WORD)
#undef DIRECTIVE_WORD
};

static const char *const weekday_words[] = { "monday", "tuesday",  "wednesday", "thursday",
	                                     "friday", "saturday", "sunday" };
static const char *const month_words[] = { "january",   "february", "march",    "april",
	                                   "may",       "june",     "july",     "august",
	                                   "september", "october",  "november", "december" };
static const char *const nth_words[] = { "first", "second", "third", "fourth", "last" };
static const char *const observance_words[] = { "that-day", "nearest", "monday", "sunday-to-monday" };
static const char *const make_up_words[] = { "closed", "open" };
static const char *const status_words[] = { "off", "work" };

/* One text that feeds a calendar: its own file, or the file it is based on. */
typedef struct file {
	const char *text;
	size_t length;
	uint32_t source;
	unsigned seen; /* bit per directive */
	weir_date latest; /* the dates must rise */
} file;

typedef struct parser {
	weir_calendar *calendar;
	weir_arena *arena;
	weir_diags *diags;
	const weir_calendar_library *library;
	file own, base; /* base.text is NULL without a base */
	int make_up_open;
	weir_status status; /* a failure that is not a complaint */
} parser;

#define WORD_COUNT(words) (sizeof(words) / sizeof *(words))

static int word_number(span word, const char *const *words, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (strlen(words[i]) == word.length && memcmp(words[i], word.text, word.length) == 0)
			return (int)i;
	return -1;
}

static span trimmed(const char *start, const char *end)
{
	while (start < end && (*start == ' ' || *start == '\t'))
		start++;
	while (end > start && (end[-1] == ' ' || end[-1] == '\t' || end[-1] == '\r'))
		end--;
	return (span){ start, (size_t)(end - start) };
}

/* Cuts the part before `separator` off `rest`, and both are trimmed. */
static span cut(span *rest, char separator)
{
	const char *end = rest->text + rest->length;
	const char *at = rest->length ? memchr(rest->text, separator, rest->length) : NULL;
	span part = trimmed(rest->text, at ? at : end);
	*rest = at ? trimmed(at + 1, end) : (span){ end, 0 };
	return part;
}

static weir_place place_of(const file *f, span word)
{
	return (weir_place){ .source = f->source,
		             .length = (uint32_t)word.length,
		             .offset = (uint64_t)(word.text - f->text) };
}

#define SPAN_FORMAT "%.*s"
#define SPAN_ARGUMENTS(s) ((int)((s).length < 80 ? (s).length : 80)), (s).text

static void keep_text(parser *p, const char **to, span text)
{
	*to = weir_arena_text(p->arena, text.text, text.length);
	if (!*to)
		p->status = WEIR_NO_MEMORY;
}

static weir_date read_date(parser *p, const file *f, span text)
{
	weir_date date = weir_date_parse(text.text, text.length);
	if (date == WEIR_DATE_NONE)
		weir_diag_error(p->diags, BAD_DATE, place_of(f, text),
		                "\"" SPAN_FORMAT "\" is no date; write YYYY-MM-DD, 1900 to 2199",
		                SPAN_ARGUMENTS(text));
	return date;
}

/* The number of `word` among `words`, or -1 after a complaint that names the choice. */
static int read_word(parser *p, const file *f, span word, const char *const *words, size_t count,
                     const char *what)
{
	int number = word_number(word, words, count);
	if (number < 0)
		weir_diag_error(p->diags, BAD_VALUE, place_of(f, word),
		                "\"" SPAN_FORMAT
		                "\" is no %s; write \"%s\" … \"%s\", see the calendars' README",
		                SPAN_ARGUMENTS(word), what, words[0], words[count - 1]);
	return number;
}

static void read_weekend(parser *p, const file *f, span value)
{
	unsigned weekend = 0;
	span rest = value;
	if (value.length != 4 || memcmp(value.text, "none", 4) != 0)
		while (rest.length) {
			span word = cut(&rest, ',');
			int number =
			        read_word(p, f, word, weekday_words, WORD_COUNT(weekday_words), "weekday");
			if (number >= 0)
				weekend |= 1u << number;
		}
	if (weekend == 0x7F)
		weir_diag_error(p->diags, OUT_OF_RANGE, place_of(f, value),
		                "the weekend \"" SPAN_FORMAT "\" takes all seven days; leave a working day",
		                SPAN_ARGUMENTS(value));
	p->calendar->weekend = weekend;
}

static void read_directives(parser *p, file *f);

/* Fetches the file that this one is based on, and takes its directives. */
static void read_base(parser *p, const file *f, span value)
{
	char *id = weir_arena_text(p->arena, value.text, value.length);
	if (!id) {
		p->status = WEIR_NO_MEMORY;
		return;
	}
	if (f == &p->base) {
		weir_diag_error(p->diags, BAD_VALUE, place_of(f, value),
		                "a calendar that others are based on is based on \"%s\" itself; "
		                "base them on \"%s\" directly",
		                id, id);
		return;
	}
	weir_status status = WEIR_NO;
	if (p->library)
		status = p->library->read(p->library->context, id, &p->base.text, &p->base.length,
		                          &p->base.source);
	if (status == WEIR_NO) {
		p->base.text = NULL;
		weir_diag_error(p->diags, UNKNOWN_ID, place_of(f, value),
		                "there is no calendar \"%s\"; put its file beside this one", id);
	} else if (status != WEIR_OK) {
		p->base.text = NULL;
		p->status = status;
	} else {
		read_directives(p, &p->base);
	}
}

static void read_directive(parser *p, file *f, int directive, span value)
{
	weir_calendar *calendar = p->calendar;
	int number;
	switch (directive) {
	case DIRECTIVE_ID:
		keep_text(p, &calendar->id, value);
		break;
	case DIRECTIVE_EN:
	case DIRECTIVE_ZH:
		keep_text(p, &calendar->titles[directive == DIRECTIVE_ZH], value);
		break;
	case DIRECTIVE_SOURCE:
		keep_text(p, &calendar->source, value);
		break;
	case DIRECTIVE_WEEKEND:
		read_weekend(p, f, value);
		break;
	case DIRECTIVE_KNOWN_FROM:
		calendar->known_from = read_date(p, f, value);
		break;
	case DIRECTIVE_KNOWN_UNTIL:
		calendar->known_until = read_date(p, f, value);
		break;
	case DIRECTIVE_MAKE_UP:
		number = read_word(p, f, value, make_up_words, WORD_COUNT(make_up_words), "make-up choice");
		p->make_up_open = number == 1;
		break;
	case DIRECTIVE_BASED_ON:
		read_base(p, f, value);
		break;
	default:
		break;
	}
}

/* The next line's trimmed text behind `*at`, without the empty fields that spreadsheets leave at its end. */
static span next_line(const file *f, size_t *at)
{
	const char *start = f->text + *at, *end = f->text + f->length;
	const char *newline = memchr(start, '\n', (size_t)(end - start));
	*at = newline ? (size_t)(newline + 1 - f->text) : f->length;
	if (start == f->text && end - start >= 3 && memcmp(start, "\xEF\xBB\xBF", 3) == 0)
		start += 3;
	span line = trimmed(start, newline ? newline : end);
	while (line.length && line.text[line.length - 1] == ',')
		line = trimmed(line.text, line.text + line.length - 1);
	return line;
}

static int is_date_line(span line)
{
	return line.text[0] >= '0' && line.text[0] <= '9';
}

static void complain_of_directive(parser *p, const file *f, span word)
{
	const char *near = weir_nearest_name(word.text, word.length, directive_words, DIRECTIVE_COUNT);
	weir_diag_error(p->diags, BAD_VALUE, place_of(f, word),
	                near ? "a calendar has no line \"" SPAN_FORMAT "\"; did you mean \"%s\"?" :
	                       "a calendar has no line \"" SPAN_FORMAT "\"; start it with a date, \"%s\", "
	                       "\"rule\" or another word of the calendars' README",
	                SPAN_ARGUMENTS(word), near ? near : "id");
}

/* The first pass over a file: everything but rules and dates, which need the weekend. A base says nothing
 * about the names, and nothing that the file on it has said already. */
static void read_directives(parser *p, file *f)
{
	const unsigned names = 1u << DIRECTIVE_ID | 1u << DIRECTIVE_EN | 1u << DIRECTIVE_ZH;
	unsigned ignored = f == &p->base ? names | (p->own.seen & ~(1u << DIRECTIVE_BASED_ON)) : 0;
	for (size_t at = 0; at < f->length && p->status == WEIR_OK;) {
		span rest = next_line(f, &at);
		if (rest.length == 0 || rest.text[0] == '#' || is_date_line(rest))
			continue;
		span word = cut(&rest, ',');
		int directive = word_number(word, directive_words, DIRECTIVE_COUNT);
		if (directive < 0) {
			complain_of_directive(p, f, word);
			continue;
		}
		if (directive == DIRECTIVE_RULE)
			continue;
		if (f->seen >> directive & 1)
			weir_diag_error(p->diags, DUPLICATE_ID, place_of(f, word),
			                "the line \"" SPAN_FORMAT "\" stands twice; keep one",
			                SPAN_ARGUMENTS(word));
		f->seen |= 1u << directive;
		if (rest.length == 0)
			weir_diag_error(p->diags, BAD_VALUE, place_of(f, word),
			                "\"" SPAN_FORMAT "\" has no value; write it behind a comma",
			                SPAN_ARGUMENTS(word));
		else if (!(ignored >> directive & 1))
			read_directive(p, f, directive, rest);
	}
}

/* A whole number with an optional sign that fills the span and has at most `digits` digits; -1 when it is
 * none. */
static int read_whole(span text, size_t digits, int *out)
{
	int is_signed = text.length && (text.text[0] == '-' || text.text[0] == '+');
	int value = 0;
	if (text.length == (size_t)is_signed || text.length > digits + (size_t)is_signed)
		return -1;
	for (size_t i = (size_t)is_signed; i < text.length; i++) {
		if (text.text[i] < '0' || text.text[i] > '9')
			return -1;
		value = value * 10 + (text.text[i] - '0');
	}
	*out = is_signed && text.text[0] == '-' ? -value : value;
	return 0;
}

/* "12-25", "easter-2" or "third monday of january"; -1 when the text is none of these. */
static int read_when(span when, rule *r)
{
	span rest = when;
	if (when.length == 5 && when.text[2] == '-') {
		r->kind = RULE_FIXED;
		if (read_whole((span){ when.text, 2 }, 2, &r->month) ||
		    read_whole((span){ when.text + 3, 2 }, 2, &r->day))
			return -1;
		return weir_date_from_ymd(2000, r->month, r->day) == WEIR_DATE_NONE ? -1 : 0;
	}
	if (when.length >= 6 && memcmp(when.text, "easter", 6) == 0) {
		r->kind = RULE_EASTER;
		if (when.length == 6)
			return 0;
		if (when.text[6] != '-' && when.text[6] != '+')
			return -1;
		return read_whole((span){ when.text + 6, when.length - 6 }, 2, &r->offset);
	}
	r->kind = RULE_NTH_WEEKDAY;
	r->nth = word_number(cut(&rest, ' '), nth_words, WORD_COUNT(nth_words)) + 1;
	r->weekday = word_number(cut(&rest, ' '), weekday_words, WORD_COUNT(weekday_words)) + 1;
	span of = cut(&rest, ' ');
	r->month = word_number(rest, month_words, WORD_COUNT(month_words)) + 1;
	int is_of = of.length == 2 && memcmp(of.text, "of", 2) == 0;
	return r->nth && r->weekday && is_of && r->month ? 0 : -1;
}

static void read_year(parser *p, const file *f, span text, int *year)
{
	if (text.length && (read_whole(text, 4, year) || *year < FIRST_YEAR || *year > LAST_YEAR))
		weir_diag_error(p->diags, OUT_OF_RANGE, place_of(f, text),
		                "\"" SPAN_FORMAT
		                "\" is no year from 1900 to 2199; leave it empty for no limit",
		                SPAN_ARGUMENTS(text));
}

/* rule,when,name,from year,until year,observance */
static void read_rule(parser *p, const file *f, span rest)
{
	rule r = { .from = FIRST_YEAR, .until = LAST_YEAR };
	size_t errors = p->diags->errors;
	span when = cut(&rest, ','), name = cut(&rest, ',');
	if (read_when(when, &r))
		weir_diag_error(p->diags, BAD_VALUE, place_of(f, when),
		                "\"" SPAN_FORMAT
		                "\" is no rule for a holiday; write \"12-25\", \"easter-2\" or "
		                "\"third monday of january\"",
		                SPAN_ARGUMENTS(when));
	if (name.length == 0)
		weir_diag_error(p->diags, BAD_VALUE, place_of(f, when),
		                "the rule \"" SPAN_FORMAT "\" has no holiday's name; write it behind a comma",
		                SPAN_ARGUMENTS(when));
	span from = cut(&rest, ','), until = cut(&rest, ',');
	read_year(p, f, from, &r.from);
	read_year(p, f, until, &r.until);
	if (rest.length) {
		int number =
		        read_word(p, f, rest, observance_words, WORD_COUNT(observance_words), "observance");
		r.observed = number > 0 ? (observance)number : OBSERVED_THAT_DAY;
	}
	if (r.from > r.until)
		weir_diag_error(p->diags, DATE_ORDER, place_of(f, from),
		                "the rule \"" SPAN_FORMAT "\" ends before it begins; swap its years",
		                SPAN_ARGUMENTS(when));
	if (p->diags->errors == errors)
		apply_rule(p->calendar, &r);
}

/* date,off|work,name */
static void read_day(parser *p, file *f, span rest)
{
	span day = cut(&rest, ','), status = cut(&rest, ',');
	weir_date date = read_date(p, f, day);
	int works = read_word(p, f, status, status_words, WORD_COUNT(status_words), "day's status");
	if (date == WEIR_DATE_NONE || works < 0)
		return;
	if (date <= f->latest)
		weir_diag_error(p->diags, DATE_ORDER, place_of(f, day),
		                "\"" SPAN_FORMAT
		                "\" does not come after the date above it; sort the dates and "
		                "keep each once",
		                SPAN_ARGUMENTS(day));
	f->latest = date;
	if (!works || p->make_up_open || !is_weekend(p->calendar, date))
		set_day(p->calendar, date, works);
}

/* The second pass over a file: rules, then dates, which overrule them. */
static void read_days(parser *p, file *f)
{
	for (int dates = 0; dates <= 1; dates++)
		for (size_t at = 0; at < f->length;) {
			span rest = next_line(f, &at);
			if (rest.length == 0 || is_date_line(rest) != dates)
				continue;
			if (dates) {
				read_day(p, f, rest);
				continue;
			}
			span word = cut(&rest, ',');
			if (word_number(word, directive_words, DIRECTIVE_COUNT) == DIRECTIVE_RULE)
				read_rule(p, f, rest);
		}
}

static void check_directives(parser *p)
{
	const int needed[] = { DIRECTIVE_ID, DIRECTIVE_EN, DIRECTIVE_ZH };
	weir_place start = { .source = p->own.source };
	for (size_t i = 0; i < WORD_COUNT(needed); i++)
		if (!(p->own.seen >> needed[i] & 1))
			weir_diag_error(p->diags, MISSING_ELEMENT, start,
			                "the calendar lacks a line \"%s\"; add it",
			                directive_words[needed[i]]);
	const weir_calendar *c = p->calendar;
	if (c->known_from != WEIR_DATE_NONE && c->known_until != WEIR_DATE_NONE &&
	    c->known_from > c->known_until)
		weir_diag_error(p->diags, DATE_ORDER, start,
		                "\"known-until\" is before \"known-from\"; swap the two dates");
}

static void count_words(weir_calendar *calendar)
{
	for (int w = 0; w < WORDS; w++)
		calendar->before[w + 1] = calendar->before[w] + __builtin_popcountll(calendar->open[w]);
}

weir_status weir_calendar_parse(weir_calendar **out, weir_arena *arena, const char *text, size_t length,
                                uint32_t source, const weir_calendar_library *library, weir_diags *diags)
{
	weir_calendar *calendar = weir_arena_alloc(arena, sizeof *calendar);
	if (!calendar)
		return WEIR_NO_MEMORY;
	*calendar = (weir_calendar){ .id = "",
		                     .titles = { "", "" },
		                     .source = "",
		                     .known_from = WEIR_DATE_FIRST,
		                     .known_until = WEIR_DATE_LAST,
		                     .weekend = 1u << (SATURDAY - 1) | 1u << (SUNDAY - 1) };
	parser p = { .calendar = calendar,
		     .arena = arena,
		     .diags = diags,
		     .library = library,
		     .own = { .text = text, .length = length, .source = source, .latest = WEIR_DATE_NONE },
		     .base = { .latest = WEIR_DATE_NONE },
		     .make_up_open = 1 };
	size_t errors = diags->errors;
	read_directives(&p, &p.own);
	if (p.status != WEIR_OK)
		return p.status;
	check_directives(&p);
	for (weir_date date = WEIR_DATE_FIRST; date <= WEIR_DATE_LAST; date++)
		set_day(calendar, date, !is_weekend(calendar, date));
	if (p.base.text)
		read_days(&p, &p.base);
	read_days(&p, &p.own);
	count_words(calendar);
	if (diags->lost)
		return WEIR_NO_MEMORY;
	if (diags->errors != errors)
		return WEIR_INPUT;
	*out = calendar;
	return WEIR_OK;
}
