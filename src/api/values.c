/* SPDX-License-Identifier: GPL-3.0-or-later */
/* values.c: what requests say in words: values of numbers, support, tests, classes. */
#include <string.h>

#include "api/session.h"
#include "study/vary.h"

weir_status weir_session_parse_value(weir_session *s, const char *name, const char *text, double *value)
{
	if (weir_vary_parse(value, s->plan, name, text))
		return WEIR_OK;
	weir_diag_error(&s->call, BAD_VALUE, (weir_place){ 0 }, "\"%s\" is no value for \"%s\"; %s", text, name,
	                weir_vary_advice(weir_vary_unit_of(s->plan, name)));
	return WEIR_INPUT;
}

void weir_session_write_value(const weir_session *s, const char *name, double value, weir_text *to)
{
	const weir_parameter *parameter = weir_plan_find_parameter(s->plan, name);
	char buffer[WEIR_CENTS_TEXT];
	switch (weir_vary_unit_of(s->plan, name)) {
	case WEIR_VARY_MONEY:
		weir_cents_format_grouped(value, s->deal->currency_digits, buffer);
		weir_text_add(to, buffer);
		break;
	case WEIR_VARY_MONTHS:
		weir_text_printf(to, "%.0f month%s", value, value == 1 ? "" : "s");
		break;
	case WEIR_VARY_DATE:
		if (parameter && parameter->type == WEIR_TYPE_DAYS)
			weir_text_printf(to, "%.0f day%s", value, value == 1 ? "" : "s");
		else
			weir_text_add(to, weir_date_format((weir_date)value, buffer));
		break;
	case WEIR_VARY_FLAG:
		weir_text_add(to, value != 0 ? "yes" : "no");
		break;
	case WEIR_VARY_RATE:
		if (parameter && parameter->type == WEIR_TYPE_NUMBER)
			weir_text_printf(to, "%.6f", value);
		else
			weir_text_printf(to, "%.4f%%", value * 100);
		break;
	}
}

/* --- support, test, class --------------------------------------------------------------------------------------- */

static weir_status complain_support(weir_session *s, const char *text)
{
	weir_diag_error(&s->call, BAD_VALUE, (weir_place){ 0 },
	                "\"%s\" says nothing about support; write on, off, or fail:PARTY@MONTH", text);
	return WEIR_INPUT;
}

weir_status weir_session_parse_support(weir_session *s, const char *text, weir_variant *out)
{
	static const char fail[] = "fail:";
	*out = (weir_variant){ 0 };
	if (!text || strcmp(text, "on") == 0)
		return WEIR_OK;
	if (strcmp(text, "off") == 0) {
		out->support = WEIR_WITHOUT_SUPPORT;
		return WEIR_OK;
	}
	const char *at = strchr(text, '@');
	double months = 0;
	char id[256];
	if (strncmp(text, fail, sizeof fail - 1) != 0 || (at && !weir_vary_parse_count(&months, at + 1, "month")))
		return complain_support(s, text);
	text += sizeof fail - 1;
	size_t length = at ? (size_t)(at - text) : strlen(text);
	if (length >= sizeof id)
		return complain_support(s, text);
	memcpy(id, text, length);
	id[length] = '\0';
	*out = (weir_variant){ WEIR_SUPPORTER_FAILS, weir_deal_find_party(s->deal, id), (int)months };
	if (out->party >= 0)
		return WEIR_OK;
	weir_diag_error(&s->call, UNKNOWN_ID, (weir_place){ 0 },
	                "there is no party \"%s\"; name a supporter of the deal", id);
	return WEIR_INPUT;
}

weir_status weir_session_parse_test(weir_session *s, const char *test, weir_survival *out)
{
	*out = WEIR_SURVIVE_BOTH;
	if (!test)
		return WEIR_OK;
	if (strcmp(test, "first-missed") == 0) {
		*out = WEIR_SURVIVE_FIRST_MISSED;
		return WEIR_OK;
	}
	if (strcmp(test, "first-loss") == 0) {
		*out = WEIR_SURVIVE_FIRST_LOSS;
		return WEIR_OK;
	}
	weir_diag_error(&s->call, UNSUPPORTED, (weir_place){ 0 },
	                "a test \"%s\" is not supported; use first-missed or first-loss", test);
	return WEIR_INPUT;
}

weir_status weir_session_parse_class(weir_session *s, const char *id, int *number)
{
	*number = id ? weir_deal_find_class(s->deal, id) : -1;
	if (!id || *number >= 0)
		return WEIR_OK;
	weir_text classes = { 0 };
	for (int i = 0; i < s->deal->class_count; i++)
		weir_text_printf(&classes, "%s%s", i ? ", " : "", s->deal->classes[i].node.id);
	weir_diag_error(&s->call, UNKNOWN_ID, (weir_place){ 0 }, "there is no class \"%s\"; the deal has %s", id,
	                classes.data ? classes.data : "none");
	weir_text_free(&classes);
	return WEIR_INPUT;
}
