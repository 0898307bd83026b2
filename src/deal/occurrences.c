/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "deal/occurrences.h"

static const struct {
	const char *text, *en, *zh;
} kinds[WEIR_OCCURRENCE_KINDS] = {
	[WEIR_OCCURRENCE_DUTY] = { "duty", "Duty performed", "履职" },
	[WEIR_OCCURRENCE_CHANGE] = { "change", "Change", "变更" },
	[WEIR_OCCURRENCE_BREACH] = { "breach", "Breach", "违约" },
	[WEIR_OCCURRENCE_EVENT] = { "event", "Major event", "重大事项" },
	[WEIR_OCCURRENCE_INVESTMENT] = { "investment", "Investment of idle cash", "资金投资" },
	[WEIR_OCCURRENCE_REDEMPTION] = { "redemption", "Redemption of an asset", "不合格资产赎回" },
	[WEIR_OCCURRENCE_REPLACEMENT] = { "replacement", "Replacement of an asset", "资产替换" },
	[WEIR_OCCURRENCE_DISPOSAL] = { "disposal", "Disposal of a default asset", "违约资产处置" },
	[WEIR_OCCURRENCE_GRADE] = { "grade", "Rating", "评级" },
	[WEIR_OCCURRENCE_REASON] = { "reason", "Reason for a difference", "差异原因" },
	[WEIR_OCCURRENCE_REPORT] = { "report", "Report", "报告" },
};

int weir_occurrences_next(const weir_occurrences *occurrences, weir_occurrence_kind kind, int period, int last)
{
	for (int i = last + 1; occurrences && i < occurrences->count; i++)
		if (occurrences->items[i].kind == kind && occurrences->items[i].period == period)
			return i;
	return -1;
}

const char *weir_occurrence_text(const char *en, const char *zh, int chinese)
{
	const char *wanted = chinese ? zh : en;
	return wanted ? wanted : chinese ? en : zh;
}

const char *weir_occurrence_kind_text(weir_occurrence_kind kind)
{
	return kinds[kind].text;
}

const char *weir_occurrence_kind_name(weir_occurrence_kind kind, int chinese)
{
	return chinese ? kinds[kind].zh : kinds[kind].en;
}
