/* SPDX-License-Identifier: GPL-3.0-or-later */
/* tree.h: elements, their attributes and children in a parsed document. Texts belong to the tree. */
#ifndef WEIR_REPORT_TREE_H
#define WEIR_REPORT_TREE_H

#include <libxml/tree.h>

/* Whether a node is an element of that name. */
int weir_tree_is(const xmlNode *node, const char *name);

/* How many children are elements of that name; 0 for NULL. */
int weir_tree_count(const xmlNode *node, const char *name);

/* The value of an attribute as it stands in the tree, where it is one text; NULL when it is absent. */
const char *weir_tree_attribute(const xmlNode *node, const char *name);

#endif
