/* SPDX-License-Identifier: GPL-3.0-or-later */
/* fill_flows.h: fills the tables that charts draw (tables_flows.def). */
#ifndef WEIR_REPORT_FILL_FLOWS_H
#define WEIR_REPORT_FILL_FLOWS_H

#include "report/fill_deal.h"

/* flows, life_flows, pool_by_kind, coverage_lines: what the run gave. */
weir_status weir_fill_flows(weir_results *results, const weir_outcome *outcome);

/* fill_diagram.c: diagram_nodes, diagram_edges. */
void weir_fill_diagram(weir_filler *f);

/* fill_maps.c: pool_map, ip_timeline. */
weir_status weir_fill_maps(weir_filler *f);

#endif
