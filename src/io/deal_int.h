/* SPDX-License-Identifier: GPL-3.0-or-later */
/* deal_int.h: the parts of the deal loader. */
#ifndef WEIR_IO_DEAL_INT_H
#define WEIR_IO_DEAL_INT_H

#include "io/fields.h"

/* The fields of a weir_node: id, names, clause, note; `structure` has it as `node`. */
#define WEIR_NODE_FIELDS(structure) WEIR_NODE_FIELDS_OF(structure, node)
#define WEIR_NODE_FIELDS_BUT_ID(structure) WEIR_NODE_FIELDS_OF_BUT_ID(structure, node)

/* The same where the weir_node is another member, such as `cover.node`. */
#define WEIR_NODE_FIELDS_OF(structure, member)                                                      \
	WEIR_FIELD(structure, member.id, "id", weir_read_name),                                     \
	WEIR_NODE_FIELDS_OF_BUT_ID(structure, member)
#define WEIR_NODE_FIELDS_OF_BUT_ID(structure, member)                                               \
	WEIR_FIELD(structure, member.en, "en", weir_read_text),                                     \
	WEIR_FIELD(structure, member.zh, "zh", weir_read_text),                                     \
	WEIR_FIELD(structure, member.clause, "clause", weir_read_text),                             \
	WEIR_FIELD(structure, member.note, "note", weir_read_text),                                 \
	WEIR_FIELD(structure, member.note_zh, "note-zh", weir_read_text)

/* Whether an element has that name. */
int weir_is_named(const xmlNode *element, const char *name);

/* A deal without terms: every date none, so that a part that could not be read is not taken for a term. */
weir_status weir_deal_create_empty(weir_deal **out, weir_sources *sources);

/* Decimals of a currency: 2, but for those whose minor unit is not a hundredth (ISO 4217). */
int weir_currency_digits(const char *currency);

/* How many child elements have the name. */
size_t weir_count_children(const xmlNode *parent, const char *name);

/* The child element of that name, or NULL. */
const xmlNode *weir_child(const xmlNode *parent, const char *name);

/* Reads the root element of a checked document. */
typedef weir_status weir_xml_reader(weir_loader *loader, const weir_xml *xml, const xmlNode *root, void *context);

/* Opens an XML file, checks it against one of weir's schemas, reads its root by `read`, and runs the validator behind it,
 * so that all complaints come in one run. WEIR_INPUT after complaints. */
weir_status weir_xml_load(weir_loader *loader, const char *schema_name, const char *path, weir_xml_reader *read,
                          void *context);

/* The same of a file that is a source already. */
weir_status weir_xml_load_source(weir_loader *loader, const char *schema_name, uint32_t source,
                                 weir_xml_reader *read, void *context);

/* Reads the file of a class's `schedule` or an index's `href`. */
weir_status weir_principal_rows_load(weir_loader *loader, uint32_t source, weir_class *class);
weir_status weir_fixings_load(weir_loader *loader, uint32_t source, weir_index *index);

/* Parts of the deal, in the order in which they need each other. */
weir_status weir_dates_load(weir_loader *loader, const weir_xml *xml, const xmlNode *dates);
weir_status weir_parties_load(weir_loader *loader, const weir_xml *xml, const xmlNode *parties);
weir_status weir_classes_load(weir_loader *loader, const weir_xml *xml, const xmlNode *classes);
weir_status weir_fees_load(weir_loader *loader, const weir_xml *xml, const xmlNode *fees);
weir_status weir_waterfalls_load(weir_loader *loader, const weir_xml *xml, const xmlNode *waterfalls);

weir_status weir_levels_load(weir_loader *loader, const weir_xml *xml, const xmlNode *values);
weir_status weir_revolvings_load(weir_loader *loader, const weir_xml *xml, const xmlNode *revolvings);
/* These need the pool's contracts. */
weir_status weir_support_load(weir_loader *loader, const weir_xml *xml, const xmlNode *support);
weir_status weir_calls_load(weir_loader *loader, const weir_xml *xml, const xmlNode *calls);
weir_status weir_servicing_load(weir_loader *loader, const weir_xml *xml, const xmlNode *servicing);
weir_status weir_subsidies_load(weir_loader *loader, const weir_xml *xml, const xmlNode *subsidies);
weir_status weir_eligibility_load(weir_loader *loader, const weir_xml *xml, const xmlNode *eligibility);
/* Behind all whose balances it gives. */
weir_status weir_opening_load(weir_loader *loader, const weir_xml *xml, const xmlNode *opening);

/* Puts the leverage of funds into the shares of the covers that they answer for. Needs a pool without faults: does
 * nothing after complaints. */
weir_status weir_covers_weigh(weir_loader *loader);

/* Lists the deal's variants, puts the elements of the wanted one (its id; NULL: none) in the place of the deal's own, and
 * takes <variants> away, so that what follows reads one deal. The document's structure must have been checked. */
weir_status weir_variants_apply(weir_loader *loader, const weir_xml *xml, const char *wanted);

/* An element with all that it holds: to the start of the element behind it, or to the file's end. */
weir_place weir_xml_whole_place(const weir_loader *loader, const weir_xml *xml, const xmlNode *element);

/* Collects the notes of elements that have no structure of their own into deal->noted. */
weir_status weir_notes_collect(weir_loader *loader, const weir_xml *xml, const xmlNode *root);

/* Which contracts of the pool something is for, as written. */
typedef struct weir_selection {
	weir_words contracts, obligors; /* ids; both empty: all */
} weir_selection;

/* The selection's contracts as flags, by number ([contracts], in the arena); NULL when nothing is selected: all.
 * Complains about ids that do not exist. */
weir_status weir_selection_resolve(char **out, weir_loader *loader, const weir_selection *selection);

/* The rows of a published risk-sharing scheme, in the order of the table; *count 0 after a complaint at `place` that there
 * is no such scheme. The rows are good while the loader is. */
weir_status weir_scheme_find(const weir_scheme_row **rows, size_t *count, weir_loader *loader, const char *scheme,
                             weir_place place);

/* A fixing of a rate index, an element of the deal or a row of a CSV file. */
typedef struct weir_fixing {
	weir_date date;
	double rate;
} weir_fixing;

extern const weir_field weir_fixing_fields[];

/* A list of elements of one kind below `parent` into an array of the arena: `prepare` sets the defaults of an item,
 * `finish` completes it; either may be NULL. Items keep the order of the file. */
typedef struct weir_list {
	const char *name;         /* of the elements */
	const char *kind;         /* of their ids, for messages; NULL: they have none */
	size_t size;              /* of an item; a weir_node stands first in it unless kind is NULL */
	const weir_field *fields;
	void (*prepare)(weir_loader *loader, void *item, const xmlNode *element);
	weir_status (*finish)(weir_loader *loader, const weir_xml *xml, const xmlNode *element, void *item,
	                      weir_seen seen);
} weir_list;
weir_status weir_list_load(void *items, int *count, weir_loader *loader, const weir_xml *xml, const xmlNode *parent,
                           const weir_list *list);

/* Makes a node's id a name for references; a duplicate was complained about as an id. */
weir_status weir_node_refer(weir_names *names, const weir_node *node, int number);

/* Takes the id of an element that must have one. An element whose id is missing or no name gets what is written there, or
 * "?", so that nothing later meets a node without an id; that name is not one of the deal's. */
weir_status weir_node_take_id(weir_loader *loader, const weir_xml *xml, const xmlNode *element, const char *kind,
                              weir_node *node);

#endif
