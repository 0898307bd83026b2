/* SPDX-License-Identifier: GPL-3.0-or-later */
/* deal_variants.c: other readings of a deal: the elements of one of them are put in the place of the deal's own, before
 * anything is read. Every element keeps its place in the file. */
#include <string.h>

#include "base/text.h"
#include "io/deal_int.h"

#define CANDIDATES_MAX 256

static const weir_field variant_fields[] = {
	WEIR_FIELD(weir_deal_variant, node.id, "id", weir_read_code),
	WEIR_NODE_FIELDS_BUT_ID(weir_deal_variant),
	WEIR_FIELD_END
};

/* Where the deal keeps what a variant may replace by its id. */
static const struct {
	const char *section, *names; /* of the elements, each with a blank in front and behind */
} by_id[] = {
	{ "parties", " party " },
	{ "pool", " contract " },
	{ "accounts", " account reserve " },
	{ "classes", " class group " },
	{ "fees", " fee tax " },
	{ "values", " value levels " },
	{ "triggers", " trigger " },
	{ "support",
	  " shortfall-payer guarantee liquidity letter-of-credit top-up deposit contract-guarantee repurchase "
	  "replacement insurance risk-pool " },
	{ "calls", " clean-up liquidation " },
	{ "revolvings", " revolving " },
	{ "eligibility", " criterion " },
	{ "waterfalls", " waterfall " },
	{ "waterfalls", " pay fill transfer release keep when purchase " },
};
#define BY_ID (sizeof by_id / sizeof *by_id)

static const char date_terms[] = " payment tail accrual calculation ";
static const char sections[] =
	" dates closing accounts classes fees values triggers waterfalls support calls revolvings "
	"servicing subsidies eligibility opening ";

/* What one variant replaces, while it is put in place. */
typedef struct application {
	weir_loader *loader;
	const weir_xml *xml;
	xmlNode *root;
	const weir_deal_variant *variant;
} application;

static int is_one_of(const xmlNode *element, const char *names)
{
	size_t length = strlen((const char *)element->name);
	for (const char *p = names; (p = strstr(p, (const char *)element->name)); p++)
		if (p[-1] == ' ' && p[length] == ' ')
			return 1;
	return 0;
}

/* The child element of that name, to be changed. */
static xmlNode *child_of(xmlNode *parent, const char *name)
{
	xmlNode *n = weir_xml_first(parent);
	while (n && !weir_is_named(n, name))
		n = weir_xml_next(n);
	return n;
}

/* The raw text of an element's id, or NULL: ids have no entities. */
static const char *id_of(const xmlNode *element)
{
	const xmlAttr *id = weir_xml_attribute(element, "id");
	return id && id->children ? (const char *)id->children->content : NULL;
}

/* The element behind this one in the order of the document, below `root`. */
static xmlNode *following(xmlNode *element, const xmlNode *root)
{
	xmlNode *next = weir_xml_first(element);
	while (!next && element != root) {
		next = weir_xml_next(element);
		element = element->parent;
	}
	return next;
}

/* The deal's element of one of the names and of the id; `ids` gets the ids of the others. */
static xmlNode *find_by_id(xmlNode *section, const char *names, const char *id, const char **ids, size_t *count)
{
	for (xmlNode *n = section ? following(section, section) : NULL; n; n = following(n, section)) {
		const char *other = is_one_of(n, names) ? id_of(n) : NULL;
		if (!other)
			continue;
		if (strcmp(other, id) == 0)
			return n;
		if (*count < CANDIDATES_MAX)
			ids[(*count)++] = other;
	}
	return NULL;
}

static int lies_in(weir_place place, weir_place whole)
{
	return place.source == whole.source && place.offset >= whole.offset &&
	       place.offset < whole.offset + whole.length;
}

/* Puts an element in the place of another, or below `parent` where there is none. */
static weir_status put(application *a, xmlNode *parent, xmlNode *old, xmlNode *element)
{
	char what[160];
	if (old && lies_in(weir_xml_place(a->xml, old), a->loader->deal->variant_place)) {
		weir_diag_error(a->loader->diags, DUPLICATE_ID, weir_xml_id_place(a->xml, element),
		                "the variant \"%s\" puts %s where it has put something already; keep one of them",
		                a->variant->node.id, weir_xml_describe(element, what, sizeof what));
		return WEIR_OK;
	}
	if (old) {
		xmlReplaceNode(old, element);
		xmlFreeNode(old);
	} else {
		xmlUnlinkNode(element);
		if (!xmlAddChild(parent, element))
			return WEIR_NO_MEMORY;
	}
	/* a prefix may have been declared in what is taken away */
	return xmlReconciliateNs(a->xml->document, element) < 0 ? WEIR_NO_MEMORY : WEIR_OK;
}

static weir_status put_by_id(application *a, xmlNode *element, size_t kind)
{
	const char *id = id_of(element), *ids[CANDIDATES_MAX], *near = NULL;
	char what[160];
	size_t count = 0;
	xmlNode *old = NULL;
	weir_xml_describe(element, what, sizeof what);
	if (!id) { /* steps need none where they stand in a waterfall */
		weir_diag_error(
			a->loader->diags, MISSING_ATTRIBUTE, weir_xml_place(a->xml, element),
			"%s of the variant \"%s\" does not say what it replaces; give it, and the deal's own, the "
			"same id",
			what, a->variant->node.id);
		return WEIR_OK;
	}
	old = find_by_id(child_of(a->root, by_id[kind].section), by_id[kind].names, id, ids, &count);
	if (old)
		return put(a, NULL, old, element);
	near = weir_nearest_name(id, strlen(id), ids, count);
	weir_diag_error(a->loader->diags, UNKNOWN_ID, weir_xml_id_place(a->xml, element),
	                "the variant \"%s\" has %s, which the deal does not have in its <%s>%s%s%s",
	                a->variant->node.id, what, by_id[kind].section,
	                near ? "; did you mean \"" : "; give the id of what it replaces", near ? near : "",
	                near ? "\"?" : "");
	return WEIR_OK;
}

static weir_status put_date_term(application *a, xmlNode *element)
{
	xmlNode *dates = child_of(a->root, "dates");
	return dates ? put(a, dates, child_of(dates, (const char *)element->name), element) : WEIR_OK;
}

/* Elements that no variant may have were complained about when the structure was checked. */
static weir_status put_element(application *a, xmlNode *element)
{
	if (is_one_of(element, sections))
		return put(a, a->root, child_of(a->root, (const char *)element->name), element);
	if (is_one_of(element, date_terms))
		return put_date_term(a, element);
	for (size_t kind = 0; kind < BY_ID; kind++)
		if (is_one_of(element, by_id[kind].names))
			return put_by_id(a, element, kind);
	return WEIR_OK;
}

static weir_status apply(application *a, xmlNode *variant)
{
	weir_status status = WEIR_OK;
	a->loader->deal->variant = a->variant;
	a->loader->deal->variant_place = weir_xml_whole_place(a->loader, a->xml, variant);
	for (xmlNode *n = weir_xml_first(variant), *next; n && status == WEIR_OK; n = next) {
		next = weir_xml_next(n);
		status = put_element(a, n);
	}
	const weir_node *node = &a->variant->node;
	weir_diag_disclosure(a->loader->diags, ASSUMPTION, node->place,
	                     "this is the reading \"%s\" of%s%.0s%s%.0s, not the deal as written: %s%.0s",
	                     "本报告采用对%2$.0s%3$s%4$s%5$s的一种解读%1$.0s，并非交易文件的原有表述：%6$.0s%7$s",
	                     node->id, node->clause ? " clause " : " the deal", node->clause ? "第" : "本交易文件",
	                     node->clause ? node->clause : "", node->clause ? "条" : "", weir_node_name(node, 0),
	                     weir_node_name(node, 1));
	return status;
}

/* --- the list --------------------------------------------------------------------------------------------------- */

static void prepare_variant(weir_loader *loader, void *item, const xmlNode *element)
{
	(void)loader;
	(void)item;
	(void)element;
}

static weir_status finish_variant(weir_loader *loader, const weir_xml *xml, const xmlNode *element, void *item,
                                  weir_seen seen)
{
	weir_deal_variant *variant = item;
	(void)seen;
	variant->node.place = weir_xml_place(xml, element);
	if (!variant->node.id) { /* complained about; it is told by a name that nobody can ask for */
		variant->node.id = "?";
		return WEIR_OK;
	}
	for (const weir_deal_variant *v = loader->deal->variants; v < variant; v++)
		if (strcmp(v->node.id, variant->node.id) == 0)
			return weir_loader_duplicate(loader, "variant", variant->node.id,
			                             weir_xml_id_place(xml, element), "variant", v->node.place);
	if (!weir_xml_first(element))
		weir_diag_error(loader->diags, MISSING_ELEMENT, variant->node.place,
		                "the variant \"%s\" changes nothing; give it the elements that read otherwise",
		                variant->node.id);
	return WEIR_OK;
}

static const weir_list variant_list = { "variant", NULL, sizeof(weir_deal_variant), variant_fields, prepare_variant,
	                                finish_variant };

static weir_status complain_unknown(weir_loader *loader, const char *wanted)
{
	const weir_deal *deal = loader->deal;
	weir_text ids = { 0 };
	for (int i = 0; i < deal->variant_count; i++)
		weir_text_printf(&ids, "%s%s", i ? ", " : "", deal->variants[i].node.id);
	if (deal->variant_count == 0)
		weir_diag_error(loader->diags, UNKNOWN_ID, (weir_place){ 0 },
		                "the deal has no variant \"%s\", and no other; leave --variant out", wanted);
	else if (!ids.failed)
		weir_diag_error(loader->diags, UNKNOWN_ID, (weir_place){ 0 },
		                "the deal has no variant \"%s\"; it has %s", wanted, ids.data);
	weir_status status = weir_text_status(&ids);
	weir_text_free(&ids);
	return status;
}

/* The deal as written, of which somebody else may think otherwise. */
static void disclose(const weir_loader *loader, const weir_xml *xml, const xmlNode *element)
{
	const weir_deal *deal = loader->deal;
	const weir_node *first = &deal->variants[0].node;
	const char *clause = first->clause;
	weir_diag_disclosure(
		loader->diags, ASSUMPTION, weir_xml_place(xml, element),
		"this is the deal as written; %d other reading%s (first: \"%s\"%s%.0s%s%.0s, %s%.0s): "
		"\"weir variants\" runs every one",
		"本报告采用交易文件的原有表述；另有%1$d种解读%2$.0s%3$.0s%4$.0s（首种：%5$s%6$s%7$s%8$.0s%9$s），"
		"可用weir variants逐一测算",
		deal->variant_count, deal->variant_count == 1 ? " is given" : "s are given", first->id,
		clause ? " of clause " : "", clause ? "第" : "", clause ? clause : "", clause ? "条，" : "",
		weir_node_name(first, 0), weir_node_name(first, 1));
}

weir_status weir_variants_apply(weir_loader *loader, const weir_xml *xml, const char *wanted)
{
	weir_deal *deal = loader->deal;
	xmlNode *root = xmlDocGetRootElement(xml->document), *element = child_of(root, "variants"), *variant;
	weir_status status = weir_list_load(&deal->variants, &deal->variant_count, loader, xml, element, &variant_list);
	int number = 0;
	variant = weir_xml_first(element);
	if (status != WEIR_OK)
		return status;
	for (; wanted && variant; variant = weir_xml_next(variant)) {
		if (!weir_is_named(variant, "variant"))
			continue;
		if (strcmp(deal->variants[number].node.id, wanted) == 0)
			break;
		number++;
	}
	if (wanted && !variant)
		status = complain_unknown(loader, wanted);
	else if (wanted)
		status = apply(&(application){ loader, xml, root, &deal->variants[number] }, variant);
	else if (deal->variant_count > 0)
		disclose(loader, xml, element);
	/* what no one reads is checked where it is put in place; here it would only be in the way */
	if (element) {
		xmlUnlinkNode(element);
		xmlFreeNode(element);
	}
	return status;
}
