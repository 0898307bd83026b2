/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/tree.h"

#include <string.h>

int weir_tree_is(const xmlNode *node, const char *name)
{
	return node->type == XML_ELEMENT_NODE && strcmp((const char *)node->name, name) == 0;
}

int weir_tree_count(const xmlNode *node, const char *name)
{
	int count = 0;
	for (const xmlNode *n = node ? node->children : NULL; n; n = n->next)
		count += weir_tree_is(n, name);
	return count;
}

const char *weir_tree_attribute(const xmlNode *node, const char *name)
{
	for (const xmlAttr *a = node->properties; a; a = a->next)
		if (strcmp((const char *)a->name, name) == 0)
			return a->children && a->children->content ? (const char *)a->children->content : "";
	return NULL;
}
