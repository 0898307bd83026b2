/* SPDX-License-Identifier: GPL-3.0-or-later */
/* deal_support.h: the two halves of the element <support>: undertakings, and covers of contracts. */
#ifndef WEIR_IO_DEAL_SUPPORT_H
#define WEIR_IO_DEAL_SUPPORT_H

#include "io/deal_int.h"

/* The covers below <support> into the deal. */
weir_status weir_covers_load(weir_loader *loader, const weir_xml *xml, const xmlNode *support);

/* Complains about a cap of zero that the attribute `name` gives. */
void weir_check_cap(weir_loader *loader, const weir_xml *xml, const xmlNode *element, const weir_node *node,
                    const char *name, double cents);

#endif
