/* SPDX-License-Identifier: GPL-3.0-or-later */
/* ip_terms.c: statutory terms of IP rights, read from share/ip-terms.csv. */
#include <string.h>

#include "base/alloc.h"
#include "io/table.h"
#include "io/words.h"

enum { FROM_FILED, FROM_GRANTED, FROM_YEAR_END };

static const weir_choice counted_from[] = { { "filed", FROM_FILED }, { "granted", FROM_GRANTED },
	                                    { "year-end", FROM_YEAR_END }, { NULL, 0 } };
static const weir_choice evidence[] = { { "source", 0 }, { "assumption", 1 }, { NULL, 0 } };

static const weir_field term_fields[] = {
	WEIR_FIELD_OF(weir_ip_term, kind, "kind", weir_read_choice, weir_words_ip_kind),
	WEIR_FIELD(weir_ip_term, filed_from, "filed-from", weir_read_date),
	WEIR_FIELD(weir_ip_term, filed_to, "filed-to", weir_read_date),
	WEIR_FIELD(weir_ip_term, years, "years", weir_read_count),
	WEIR_FIELD_OF(weir_ip_term, counted_from, "counted-from", weir_read_choice, counted_from),
	WEIR_FIELD_OF(weir_ip_term, is_assumption, "evidence", weir_read_choice, evidence),
	WEIR_FIELD(weir_ip_term, source, "source", weir_read_shared_text),
	WEIR_FIELD(weir_ip_term, source_zh, "source-zh", weir_read_shared_text),
	WEIR_FIELD_END
};
#define TERM_REQUIRED 0x39 /* kind, years, counted-from, evidence */

typedef struct term_reading {
	weir_loader *loader;
	weir_ip_term term;
} term_reading;

static void begin_term(void *context, weir_place record)
{
	term_reading *t = context;
	(void)record;
	t->term = (weir_ip_term){ .filed_from = WEIR_DATE_NONE, .filed_to = WEIR_DATE_NONE };
}

static weir_status end_term(void *context, weir_seen seen, weir_place record, int good)
{
	term_reading *t = context;
	weir_loader *l = t->loader;
	(void)seen;
	(void)record;
	if (!good)
		return WEIR_OK;
	if (!WEIR_GROW(l->terms, l->term_count, l->term_capacity))
		return WEIR_NO_MEMORY;
	l->terms[l->term_count++] = t->term;
	return WEIR_OK;
}

static weir_status read_terms(weir_loader *loader)
{
	term_reading reading = { .loader = loader };
	weir_table table = { "table of IP terms", term_fields, TERM_REQUIRED, &reading.term, begin_term, end_term,
		             &reading, NULL };
	uint32_t source;
	weir_status status = weir_loader_share(&source, loader, "ip-terms.csv");
	loader->terms_read = 1;
	if (status == WEIR_OK)
		status = weir_table_read(loader, source, &table);
	return status;
}

static int holds_for(const weir_ip_term *term, const weir_ip *ip)
{
	if (term->kind != ip->kind)
		return 0;
	if (term->filed_from != WEIR_DATE_NONE && (ip->filed == WEIR_DATE_NONE || ip->filed < term->filed_from))
		return 0;
	return term->filed_to == WEIR_DATE_NONE || (ip->filed != WEIR_DATE_NONE && ip->filed <= term->filed_to);
}

/* The last day of the right under a term, or WEIR_DATE_NONE when its date is not given. */
static weir_date last_day(const weir_ip_term *term, const weir_ip *ip)
{
	weir_date from = term->counted_from == FROM_FILED ? ip->filed : ip->granted;
	if (term->counted_from == FROM_YEAR_END && from == WEIR_DATE_NONE)
		from = ip->filed;
	if (from == WEIR_DATE_NONE)
		return WEIR_DATE_NONE;
	int year;
	weir_date_to_ymd(from, &year, NULL, NULL);
	if (term->counted_from == FROM_YEAR_END)
		return weir_date_from_ymd(year + term->years, 12, 31);
	weir_date anniversary = weir_date_add_months(from, term->years * 12);
	return anniversary == WEIR_DATE_NONE ? WEIR_DATE_NONE : anniversary - 1;
}

static const char *const kinds_zh[WEIR_IP_KIND_COUNT] = {
	[WEIR_IP_INVENTION] = "发明专利",         [WEIR_IP_UTILITY_MODEL] = "实用新型",
	[WEIR_IP_DESIGN] = "外观设计",            [WEIR_IP_TRADEMARK] = "商标",
	[WEIR_IP_COPYRIGHT] = "著作权",           [WEIR_IP_SOFTWARE] = "计算机软件著作权",
	[WEIR_IP_LAYOUT] = "集成电路布图设计",    [WEIR_IP_DATA] = "数据知识产权"
};

/* Said once in a load for each row that is an assumption. */
static void disclose(weir_diags *diags, const weir_ip_term *term, const weir_ip *ip)
{
	const char *zh = term->source_zh ? term->source_zh : weir_has_chinese(term->source) ? term->source : NULL;
	weir_diag_disclosure(
		diags, ASSUMPTION, ip->place,
		"the term of %d years of %s%.0s rights, from item \"%s\" on, is an assumption; "
		"give expires to replace it: %s%.0s%.0s%.0s",
		"%3$s%2$.0s（首项：%4$s）的保护期按%1$d年计算属假设%5$.0s%6$s%7$s%8$s；数据载明到期日的，以载明日期为准",
		term->years, weir_ip_kind_text(ip->kind), kinds_zh[ip->kind], ip->id ? ip->id : "",
		term->source ? term->source : "", zh ? "（依据：" : "", zh ? zh : "", zh ? "）" : "");
}

weir_status weir_ip_derive_expiry(weir_loader *loader, weir_ip *ip)
{
	if (ip->expires != WEIR_DATE_NONE)
		return WEIR_OK;
	weir_status status = loader->terms_read ? WEIR_OK : read_terms(loader);
	for (size_t i = 0; i < loader->term_count && status == WEIR_OK; i++) {
		weir_ip_term *term = &loader->terms[i];
		if (!holds_for(term, ip))
			continue;
		ip->expires = last_day(term, ip);
		ip->expires_derived = ip->expires != WEIR_DATE_NONE;
		if (ip->expires_derived && term->is_assumption && !term->disclosed++)
			disclose(loader->diags, term, ip);
		break;
	}
	return status;
}
