/* SPDX-License-Identifier: GPL-3.0-or-later */
/* deal_int.h: the parts of the deal loader. */
#ifndef WEIR_IO_DEAL_INT_H
#define WEIR_IO_DEAL_INT_H

#include "io/fields.h"

/* The fields of a weir_node: id, names, clause, note; `structure` has it as `node`. */
#define WEIR_NODE_FIELDS(structure)                                                                 \
	WEIR_FIELD(structure, node.id, "id", weir_read_name),                                       \
	WEIR_NODE_FIELDS_BUT_ID(structure)
#define WEIR_NODE_FIELDS_BUT_ID(structure)                                                          \
	WEIR_FIELD(structure, node.en, "en", weir_read_text),                                       \
	WEIR_FIELD(structure, node.zh, "zh", weir_read_text),                                       \
	WEIR_FIELD(structure, node.clause, "clause", weir_read_text),                               \
	WEIR_FIELD(structure, node.note, "note", weir_read_text)

int weir_is_named(const xmlNode *element, const char *name);

/* How many child elements have the name. */
size_t weir_count_children(const xmlNode *parent, const char *name);

/* The child element of that name, or NULL. */
const xmlNode *weir_child(const xmlNode *parent, const char *name);

/* Opens an XML file, checks it against one of weir's schemas, reads its root by `read`, and runs the validator behind it,
 * so that all complaints come in one run. WEIR_INPUT after complaints. */
weir_status weir_xml_load(weir_loader *loader, const char *schema_name, const char *path,
                          weir_status (*read)(weir_loader *loader, const weir_xml *xml, const xmlNode *root,
                                              void *context),
                          void *context);

/* Reads the file of a class's `schedule` or an index's `href`. */
weir_status weir_principal_rows_load(weir_loader *loader, uint32_t source, weir_class *class);
weir_status weir_fixings_load(weir_loader *loader, uint32_t source, weir_index *index);

/* Parts of the deal, in the order in which they need each other. */
weir_status weir_dates_load(weir_loader *loader, const weir_xml *xml, const xmlNode *dates);
weir_status weir_classes_load(weir_loader *loader, const weir_xml *xml, const xmlNode *classes);
weir_status weir_fees_load(weir_loader *loader, const weir_xml *xml, const xmlNode *fees);
weir_status weir_waterfalls_load(weir_loader *loader, const weir_xml *xml, const xmlNode *waterfalls);

/* A list of elements of one kind below `parent` into an array of the arena: `prepare` sets the defaults of an item,
 * `finish` (may be NULL) completes it. Items keep the order of the file. */
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

/* Takes the id of an element that must have one. An element whose id is missing or no name gets what is written there, or
 * "?", so that nothing later meets a node without an id; that name is not one of the deal's. */
weir_status weir_node_take_id(weir_loader *loader, const weir_xml *xml, const xmlNode *element, const char *kind,
                              weir_node *node);

#endif
