/* SPDX-License-Identifier: GPL-3.0-or-later */
/* chart_sankey.c: flows between nodes in layers; nodes and flows are as wide as their values, all in one measure. */
#include <math.h>
#include <stdlib.h>

#include "report/chart_int.h"
#include "report/format.h"

#define NODE_WIDTH 12.0
#define SLOT_GAP 9.0
#define BEND_POINTS 20 /* of each edge of a flow */
#define HIGH 330.0     /* of the widest layer, all values together */
#define NARROW_HIGH 260.0

typedef struct place {
	double value, height, x, y;   /* y: the top of the node */
	double out_at, in_at;         /* where the next flow leaves, and arrives */
	double slot;                  /* room that the node takes with its name */
	double label_y;               /* first baseline of the name */
	int rank, first, last;        /* place in its layer; in the first, in the last layer */
	weir_plot_lines name;
	const char *amount;
} place;

typedef struct sankey {
	weir_plot *p;
	place *nodes;
	int layers;
	double per_value, label_width;
	double name_size, line;
} sankey;

static double flow_value(const weir_doc_flow *flow)
{
	return flow->value ? fmax(weir_format_number(flow->value), 0) : 0;
}

/* What a node carries: the larger of what comes in and what goes out. */
static void sum_values(const sankey *s)
{
	const weir_doc_chart *chart = s->p->chart;
	for (int i = 0; i < chart->item_count; i++) {
		double in = 0, out = 0;
		for (int f = 0; f < chart->flow_count; f++) {
			in += chart->flows[f].to == i ? flow_value(&chart->flows[f]) : 0;
			out += chart->flows[f].from == i ? flow_value(&chart->flows[f]) : 0;
		}
		s->nodes[i].value = fmax(in, out);
	}
}

static int is_narrow(const sankey *s)
{
	return s->p->scene->width < WEIR_NARROW_CHART;
}

static double label_height(const sankey *s, const place *node)
{
	int beside = node->first || node->last; /* others have their name above them, with some air between */
	return (node->name.count + 1) * s->line + (beside ? 0 : 4);
}

/* The words of each node, and how much room it takes. */
static void measure(sankey *s, const int *layer_of)
{
	weir_plot *p = s->p;
	for (int i = 0; i < p->chart->item_count; i++) {
		place *node = &s->nodes[i];
		node->first = layer_of[i] == 0;
		node->last = !node->first && layer_of[i] == s->layers - 1;
		node->name = weir_plot_wrap_words(p, p->chart->items[i].name, s->name_size, s->label_width,
		                                  node->first || node->last ? 2 : 1);
		node->amount = weir_plot_scaled(p, node->value);
		node->height = node->value * s->per_value;
		node->slot = node->first || node->last ? fmax(node->height, label_height(s, node)) :
		                                         node->height + label_height(s, node);
	}
}

static double layer_height(const sankey *s, const int *layer_of, int layer)
{
	double height = -SLOT_GAP;
	for (int i = 0; i < s->p->chart->item_count; i++)
		if (layer_of[i] == layer)
			height += s->nodes[i].slot + SLOT_GAP;
	return fmax(height, 0);
}

static void stand(const sankey *s, place *node, double y)
{
	if (node->first || node->last) {
		node->y = y + (node->slot - node->height) / 2;
		node->label_y = y + (node->slot - label_height(s, node)) / 2 + s->name_size;
	} else {
		node->y = y + label_height(s, node);
		node->label_y = y + s->name_size;
	}
	node->out_at = node->in_at = node->y;
}

/* What the names of inner nodes take above them; on a phone all others stand below. */
static double inner_names(const sankey *s)
{
	double height = 0;
	for (int i = 0; is_narrow(s) && i < s->p->chart->item_count; i++)
		if (!s->nodes[i].first && !s->nodes[i].last)
			height = fmax(height, label_height(s, &s->nodes[i]));
	return height;
}

/* One layer under the other's middle; on a phone all begin at the top, so that no name stands on another. */
static void place_layers(const sankey *s, const int *layer_of, double top)
{
	weir_plot *p = s->p;
	double most = 0, above = inner_names(s);
	for (int layer = 0; layer < s->layers; layer++)
		most = fmax(most, layer_height(s, layer_of, layer));
	for (int layer = 0; layer < s->layers; layer++) {
		double y = top + (is_narrow(s) ? 0 : (most - layer_height(s, layer_of, layer)) / 2);
		int inner = layer > 0 && layer < s->layers - 1;
		y += inner ? 0 : above;
		for (int i = 0, rank = 0; i < p->chart->item_count; i++) {
			place *node = &s->nodes[i];
			if (layer_of[i] != layer)
				continue;
			node->rank = rank++;
			node->x = s->layers > 1 ?
			                  p->left + (p->right - p->left - NODE_WIDTH) * layer / (s->layers - 1) :
			                  p->left;
			stand(s, node, y);
			y += node->slot + SLOT_GAP;
		}
	}
	p->scene->height = top + most + above + 6;
}

/* --- drawing ---------------------------------------------------------------------------------------------------- */

/* From 0 to 1 with level ends: 3 t^2 - 2 t^3. */
static double bend(double t)
{
	return t * t * (3 - 2 * t);
}

static void draw_ribbon(const sankey *s, double x1, double y1, double x2, double y2, double thick, int number)
{
	weir_point points[2 * (BEND_POINTS + 1)];
	for (int i = 0; i <= BEND_POINTS; i++) {
		double t = (double)i / BEND_POINTS, x = x1 + (x2 - x1) * t, y = y1 + (y2 - y1) * bend(t);
		points[i] = (weir_point){ x, y };
		points[2 * BEND_POINTS + 1 - i] = (weir_point){ x, y + thick };
	}
	if (thick < 1) /* too thin for an area: a hair line along it */
		weir_scene_line(s->p->scene, points, BEND_POINTS + 1, (weir_ink)(WEIR_INK_SERIES + number), 1, 0);
	else
		weir_scene_area(s->p->scene, points, 2 * (BEND_POINTS + 1), (weir_ink)(WEIR_INK_TINT + number), 0,
		                WEIR_INK_PAPER);
}

static int number_of(const sankey *s, const weir_doc_flow *flow)
{
	const place *from = &s->nodes[flow->from], *to = &s->nodes[flow->to];
	return (to->last ? to->rank : from->rank) % WEIR_SERIES_INKS;
}

static int compare_flows(const void *a, const void *b)
{
	const weir_doc_flow *x = *(const weir_doc_flow *const *)a, *y = *(const weir_doc_flow *const *)b;
	if (x->from != y->from)
		return x->from - y->from;
	if (x->to != y->to)
		return x->to - y->to;
	return (x > y) - (x < y);
}

/* Flows leave and arrive in the order of the nodes at their other ends. */
static void draw_flows(const sankey *s)
{
	const weir_doc_chart *chart = s->p->chart;
	const weir_doc_flow **order = weir_arena_array(s->p->scene->arena, (size_t)chart->flow_count, sizeof *order);
	if (!order) {
		s->p->scene->failed = 1;
		return;
	}
	for (int f = 0; f < chart->flow_count; f++)
		order[f] = &chart->flows[f];
	qsort(order, (size_t)chart->flow_count, sizeof *order, compare_flows);
	for (int f = 0; f < chart->flow_count; f++) {
		place *a = &s->nodes[order[f]->from], *b = &s->nodes[order[f]->to];
		double thick = flow_value(order[f]) * s->per_value;
		int back = b->x < a->x;
		if (thick <= 0)
			continue;
		draw_ribbon(s, back ? a->x : a->x + NODE_WIDTH, a->out_at, back ? b->x + NODE_WIDTH : b->x, b->in_at,
		            thick, number_of(s, order[f]));
		a->out_at += thick;
		b->in_at += thick;
	}
}

static void draw_label(const sankey *s, const place *node)
{
	weir_anchor anchor = WEIR_ANCHOR_MIDDLE;
	double x = node->x + NODE_WIDTH / 2;
	if (node->first || node->last) {
		int outside = is_narrow(s) ? 0 : 1, to_left = node->first == outside;
		anchor = to_left ? WEIR_ANCHOR_END : WEIR_ANCHOR_START;
		x = to_left ? node->x - 7 : node->x + NODE_WIDTH + 7;
	}
	double y = weir_plot_put_lines(s->p, &node->name, x, node->label_y, s->name_size, anchor, WEIR_INK_TEXT, 0);
	weir_scene_text(s->p->scene, x, y, node->amount, s->name_size, anchor, WEIR_INK_TEXT, 1);
}

static void draw_nodes(const sankey *s, const int *layer_of)
{
	for (int i = 0; i < s->p->chart->item_count; i++) {
		const place *node = &s->nodes[i];
		int inner = layer_of[i] > 0 && layer_of[i] < s->layers - 1;
		weir_ink ink = inner ? WEIR_INK_TEXT : (weir_ink)(WEIR_INK_SERIES + node->rank % WEIR_SERIES_INKS);
		if (node->value <= 0)
			continue;
		weir_scene_box(s->p->scene, node->x, node->y, NODE_WIDTH, fmax(node->height, 1), ink,
		               inner ? 0 : node->rank % WEIR_PATTERNS, WEIR_INK_NONE);
		draw_label(s, node);
	}
}

/* The widest layer takes the height; names stand beside it, on a phone on the flows. */
static void choose_measure(sankey *s, const int *layer_of)
{
	weir_plot *p = s->p;
	double most = 0;
	for (int layer = 0; layer < s->layers; layer++) {
		double sum = 0;
		for (int i = 0; i < p->chart->item_count; i++)
			sum += layer_of[i] == layer ? s->nodes[i].value : 0;
		most = fmax(most, sum);
	}
	p->low = 0;
	p->high = most;
	s->per_value = most > 0 ? (is_narrow(s) ? NARROW_HIGH : HIGH) / most : 0;
	s->name_size = p->font;
	s->line = p->font * 1.25;
	s->label_width = is_narrow(s) ? (p->scene->width - 3 * NODE_WIDTH) / 2 - 16 : p->scene->width * 0.22;
	p->left = is_narrow(s) ? 1 : s->label_width + 8;
	p->right = p->scene->width - p->left;
}

void weir_plot_sankey(weir_plot *p)
{
	sankey s = { .p = p };
	double top = 2;
	int *layer_of = weir_arena_array(p->scene->arena, (size_t)p->chart->item_count, sizeof *layer_of);
	s.nodes = weir_arena_array(p->scene->arena, (size_t)p->chart->item_count, sizeof *s.nodes);
	if (!layer_of || !s.nodes) {
		p->scene->failed = 1;
		return;
	}
	s.layers = weir_plot_layers(p->chart, layer_of);
	sum_values(&s);
	choose_measure(&s, layer_of);
	const char *unit = weir_plot_words(p, weir_plot_choose_scale(p));
	if (*unit) {
		weir_scene_text(p->scene, 0, p->font, unit, p->font, WEIR_ANCHOR_START, WEIR_INK_MUTED, 0);
		top += p->font * 1.6;
	}
	measure(&s, layer_of);
	place_layers(&s, layer_of, top);
	draw_flows(&s);
	draw_nodes(&s, layer_of);
}
