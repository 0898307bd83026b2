/* SPDX-License-Identifier: GPL-3.0-or-later */
/* deal_eligibility.c: what every contract of the pool must meet, as the documents say it. */
#include "io/deal_int.h"

static const weir_field criterion_fields[] = {
	WEIR_NODE_FIELDS(weir_criterion),
	WEIR_FIELD(weir_criterion, formula, "formula", weir_read_formula),
	WEIR_FIELD_END
};

weir_status weir_eligibility_load(weir_loader *loader, const weir_xml *xml, const xmlNode *eligibility)
{
	static const weir_list criteria = { "criterion", "criterion", sizeof(weir_criterion), criterion_fields,
		                            NULL, NULL };
	return weir_list_load(&loader->deal->criteria, &loader->deal->criterion_count, loader, xml, eligibility,
	                      &criteria);
}
