/* SPDX-License-Identifier: GPL-3.0-or-later */
/* chart_diagram.c: boxes in layers with named arrows between them. A name stands over the level part of its arrow
 * behind the left box, where every arrow has a height of its own, so that no two names meet; arrows bend only
 * behind the names. On a phone each gap between two layers is a picture of its own, one under the other. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "report/chart_int.h"

#define SWEEPS 4          /* of ordering the boxes by their neighbours */
#define BOX_GAP 14.0
#define PADDING 8.0
#define HEAD 7.0          /* of an arrow */
#define BEND 26.0         /* where arrows change their height */
#define LEAST_BOX 112.0
#define NARROW_BOX 104.0
#define PANEL_GAP 26.0

/* A box in a layer, or the place where an arrow passes through it. */
typedef struct slot {
	int item;        /* -1: an arrow passes */
	int layer, rank;
	double y, height, text_height;
	weir_plot_lines name, details;
	int left_ports, right_ports;
	double mean;     /* of the neighbours' ranks */
} slot;

/* A part of an arrow, from a slot to one of the next layer. */
typedef struct segment {
	int left, right, flow;
	double left_y, right_y;
	int names;         /* the flow's name stands here */
	int head_left, head_right;
	weir_plot_lines name;
} segment;

typedef struct diagram {
	weir_plot *p;
	slot *slots;
	int slot_count;
	segment *segments;
	int segment_count;
	int layers;
	double box, top, height, small, line, pitch;
	double *gap_from; /* [layers] x of the right edge of its boxes */
	double *gap;      /* [layers] room up to the next layer */
} diagram;

static weir_ink text_ink(const weir_doc_item *item)
{
	return item->is_strong ? WEIR_INK_PAPER : WEIR_INK_TEXT;
}

/* --- slots and segments ----------------------------------------------------------------------------------------- */

static int add_slot(diagram *d, int item, int layer)
{
	slot *one = &d->slots[d->slot_count];
	*one = (slot){ .item = item, .layer = layer, .rank = 0 };
	for (int i = 0; i < d->slot_count; i++)
		one->rank += d->slots[i].layer == layer;
	return d->slot_count++;
}

static void add_segment(diagram *d, int left, int right, int flow, int is_first, int is_last, int forward)
{
	d->segments[d->segment_count++] = (segment){ .left = left,
		                                     .right = right,
		                                     .flow = flow,
		                                     .names = is_first,
		                                     .head_left = is_first && !forward,
		                                     .head_right = is_last && forward };
}

/* The arrow of a flow from layer to layer, with a slot in each layer that it passes. */
static void add_arrow(diagram *d, int flow, const int *slot_of, const int *layer_of)
{
	const weir_doc_flow *one = &d->p->chart->flows[flow];
	int forward = layer_of[one->from] < layer_of[one->to];
	int left = forward ? one->from : one->to, right = forward ? one->to : one->from, at = slot_of[left];
	for (int layer = layer_of[left] + 1; layer <= layer_of[right]; layer++) {
		int last = layer == layer_of[right], next = last ? slot_of[right] : add_slot(d, -1, layer);
		add_segment(d, at, next, flow, layer == layer_of[left] + 1, last, forward);
		at = next;
	}
}

static int compare_places(const void *a, const void *b)
{
	const slot *x = *(const slot *const *)a, *y = *(const slot *const *)b;
	if (x->mean != y->mean)
		return x->mean < y->mean ? -1 : 1;
	return x->rank - y->rank;
}

/* Orders a layer by the mean rank of its neighbours at one side; what has none keeps its place. */
static void order_layer(diagram *d, int layer, int by_left, slot **scratch)
{
	int count = 0;
	for (int i = 0; i < d->slot_count; i++) {
		slot *one = &d->slots[i];
		double sum = 0;
		int neighbours = 0;
		if (one->layer != layer)
			continue;
		for (int s = 0; s < d->segment_count; s++) {
			const segment *line = &d->segments[s];
			if ((by_left ? line->right : line->left) != i)
				continue;
			sum += d->slots[by_left ? line->left : line->right].rank;
			neighbours++;
		}
		one->mean = neighbours > 0 ? sum / neighbours : one->rank;
		scratch[count++] = one;
	}
	qsort(scratch, (size_t)count, sizeof *scratch, compare_places);
	for (int i = 0; i < count; i++)
		scratch[i]->rank = i;
}

static void order_slots(diagram *d, slot **scratch)
{
	for (int sweep = 0; sweep < SWEEPS; sweep++)
		for (int i = 0; i < d->layers; i++)
			order_layer(d, sweep % 2 ? d->layers - 1 - i : i, sweep % 2 == 0, scratch);
}

/* --- measures --------------------------------------------------------------------------------------------------- */

static void measure_slot(diagram *d, slot *one)
{
	weir_plot *p = d->p;
	one->left_ports = one->right_ports = 0;
	for (int s = 0; s < d->segment_count; s++) {
		one->right_ports += &d->slots[d->segments[s].left] == one;
		one->left_ports += &d->slots[d->segments[s].right] == one;
	}
	one->height = d->pitch;
	if (one->item < 0)
		return;
	const weir_doc_item *item = &p->chart->items[one->item];
	double room = d->box - 2 * PADDING;
	one->name = weir_plot_wrap_words(p, item->name, p->font, room, 3);
	if (item->detail_count == 1 && item->details[0].type == WEIR_CELL_TEXT)
		one->details = weir_plot_wrap_words(p, item->details[0].text, d->small, room, 4);
	else
		one->details = weir_plot_wrap(p, weir_plot_details(p, item), d->small, room, 4);
	one->text_height = one->name.count * p->font * 1.25 + one->details.count * d->small * 1.25;
	int ports = one->left_ports > one->right_ports ? one->left_ports : one->right_ports;
	one->height = fmax(one->text_height + 2 * PADDING, ports * d->pitch + PADDING);
}

/* Words in both languages stand over and under their arrow. */
static double name_width(const diagram *d, weir_doc_text name)
{
	return fmax(name.en ? weir_text_width(name.en, d->small) : 0, name.zh ? weir_text_width(name.zh, d->small) : 0);
}

/* Gaps between layers as wide as the names in them want, as long as the boxes keep their least width. */
static void measure_gaps(diagram *d)
{
	weir_plot *p = d->p;
	double wanted = 0, width = p->scene->width - 2,
	       boxes = d->layers * (width < WEIR_NARROW_CHART ? NARROW_BOX : LEAST_BOX);
	for (int layer = 0; layer + 1 < d->layers; layer++) {
		d->gap[layer] = 0;
		for (int s = 0; s < d->segment_count; s++) {
			const weir_doc_flow *flow = &p->chart->flows[d->segments[s].flow];
			if (d->slots[d->segments[s].left].layer == layer && d->segments[s].names)
				d->gap[layer] = fmax(d->gap[layer], name_width(d, flow->name) + HEAD + 6);
		}
		wanted += d->gap[layer];
	}
	double room = width - boxes - (d->layers - 1) * BEND, share = wanted > room && wanted > 0 ? room / wanted : 1;
	double used = 0;
	for (int layer = 0; layer + 1 < d->layers; layer++) {
		d->gap[layer] = d->gap[layer] * share + BEND;
		used += d->gap[layer];
	}
	d->box = fmin((width - used) / d->layers, 210);
	double spare = d->layers > 1 ? (width - used - d->box * d->layers) / (d->layers - 1) : 0, x = 1;
	for (int layer = 0; layer < d->layers; layer++) {
		d->gap[layer] += layer + 1 < d->layers ? spare : 0;
		d->gap_from[layer] = x + d->box;
		x += d->box + d->gap[layer];
	}
}

/* --- places ----------------------------------------------------------------------------------------------------- */

static slot *slot_at(const diagram *d, int layer, int rank)
{
	for (int i = 0; i < d->slot_count; i++)
		if (d->slots[i].layer == layer && d->slots[i].rank == rank)
			return &d->slots[i];
	return NULL;
}

static double layer_height(const diagram *d, int layer)
{
	double height = -BOX_GAP;
	for (int i = 0; i < d->slot_count; i++)
		height += d->slots[i].layer == layer ? d->slots[i].height + BOX_GAP : 0;
	return fmax(height, 0);
}

/* A box that is alone in its layer is as high as the picture: its arrows are then level. */
static void stack_layers(diagram *d)
{
	d->height = 0;
	for (int layer = 0; layer < d->layers; layer++)
		d->height = fmax(d->height, layer_height(d, layer));
	for (int layer = 0; layer < d->layers; layer++) {
		double used = layer_height(d, layer), y = d->top + (d->height - used) / 2;
		for (int rank = 0;; rank++) {
			slot *one = slot_at(d, layer, rank);
			if (!one)
				break;
			if (rank == 0 && !slot_at(d, layer, 1) && one->item >= 0) {
				y = d->top;
				one->height = d->height;
			}
			one->y = y;
			y += one->height + BOX_GAP;
		}
	}
}

static const slot *other_end(const diagram *d, const segment *line, int at_left)
{
	return &d->slots[at_left ? line->right : line->left];
}

/* In the order of what is at the other end; of the same one, as listed. */
static int goes_before(const diagram *d, const segment *a, const segment *b, int at_left)
{
	int x = other_end(d, a, at_left)->rank, y = other_end(d, b, at_left)->rank;
	return x < y || (x == y && a->flow < b->flow);
}

/* The heights at which arrows meet one side of a slot: spread over it in order. */
static void set_ports(diagram *d, int number, int at_left)
{
	const slot *one = &d->slots[number];
	int count = at_left ? one->right_ports : one->left_ports;
	for (int s = 0; s < d->segment_count; s++) {
		segment *line = &d->segments[s];
		int place = 0;
		if ((at_left ? line->left : line->right) != number)
			continue;
		for (int t = 0; t < d->segment_count; t++)
			if ((at_left ? d->segments[t].left : d->segments[t].right) == number)
				place += goes_before(d, &d->segments[t], line, at_left);
		double y = one->y + one->height * (place + 0.5) / count;
		if (count * d->pitch < one->height) /* together in the middle of a high box */
			y = one->y + one->height / 2 + (place - (count - 1) / 2.0) * d->pitch;
		*(at_left ? &line->left_y : &line->right_y) = y;
	}
}

static int is_alone(const diagram *d, const slot *one)
{
	return one->item >= 0 && !slot_at(d, one->layer, 1);
}

/* Arrows to a box that is alone in its layer meet it at the height of their other ends, in the same order. */
static void straighten(diagram *d)
{
	for (int s = 0; s < d->segment_count; s++) {
		segment *line = &d->segments[s];
		if (is_alone(d, &d->slots[line->right]))
			line->right_y = line->left_y;
		else if (is_alone(d, &d->slots[line->left]))
			line->left_y = line->right_y;
	}
}

/* --- drawing ---------------------------------------------------------------------------------------------------- */

static void draw_head(diagram *d, double x, double y, int to_right)
{
	double back = to_right ? -HEAD : HEAD;
	weir_point corners[3] = { { x, y }, { x + back, y - HEAD / 2 }, { x + back, y + HEAD / 2 } };
	weir_scene_area(d->p->scene, corners, 3, WEIR_INK_MUTED, 0, WEIR_INK_NONE);
}

static void draw_name(diagram *d, const segment *line, double x)
{
	weir_doc_text name = d->p->chart->flows[line->flow].name;
	double from = x + (line->head_left ? HEAD + 2 : 5);
	double room = d->gap[d->slots[line->left].layer] - (from - x) - (line->head_right ? HEAD : 2);
	const char *over = name.en ? name.en : name.zh, *under = name.en ? name.zh : NULL;
	if (over)
		weir_scene_text(d->p->scene, from, line->left_y - 3, weir_plot_words_within(d->p, over, d->small, room),
		                d->small, WEIR_ANCHOR_START, WEIR_INK_TEXT, 0);
	if (under)
		weir_scene_text(d->p->scene, from, line->left_y + d->small,
		                weir_plot_words_within(d->p, under, d->small, room), d->small, WEIR_ANCHOR_START,
		                WEIR_INK_TEXT, 0);
}

static void draw_segment(diagram *d, const segment *line)
{
	int layer = d->slots[line->left].layer;
	int passes_left = d->slots[line->left].item < 0, passes_right = d->slots[line->right].item < 0;
	double x = d->gap_from[layer], end = x + d->gap[layer], turn = end - BEND;
	weir_point points[4] = { { passes_left ? x - d->box : x, line->left_y },
		                 { turn, line->left_y },
		                 { end - HEAD - 3, line->right_y },
		                 { passes_right ? end + d->box : end, line->right_y } };
	if (line->head_left)
		points[0].x += HEAD - 1;
	if (line->head_right)
		points[3].x -= HEAD - 1;
	weir_scene_line(d->p->scene, points, 4, WEIR_INK_MUTED, 1.2, 0);
	if (line->head_left)
		draw_head(d, x, line->left_y, 0);
	if (line->head_right)
		draw_head(d, end, line->right_y, 1);
	if (line->names)
		draw_name(d, line, x);
}

static void draw_box(diagram *d, const slot *one)
{
	if (one->item < 0)
		return;
	weir_plot *p = d->p;
	const weir_doc_item *item = &p->chart->items[one->item];
	double x = d->gap_from[one->layer] - d->box, y = one->y + (one->height - one->text_height) / 2 + p->font;
	weir_scene_box(p->scene, x, one->y, d->box, one->height,
	               item->is_strong ? WEIR_INK_SERIES : (weir_ink)(WEIR_INK_TINT + WEIR_SERIES_INKS - 1), 0,
	               WEIR_INK_AXIS);
	y = weir_plot_put_lines(p, &one->name, x + d->box / 2, y, p->font, WEIR_ANCHOR_MIDDLE, text_ink(item), 1);
	weir_plot_put_lines(p, &one->details, x + d->box / 2, y, d->small, WEIR_ANCHOR_MIDDLE,
	                    item->is_strong ? WEIR_INK_PAPER : WEIR_INK_MUTED, 0);
}

/* Makes room for `items` boxes and the arrows between them in `layers` layers; 0 when memory is short. */
static int make_room(diagram *d, int items, int flows, int layers)
{
	weir_arena *arena = d->p->scene->arena;
	size_t most = (size_t)flows * (size_t)(layers > 1 ? layers - 1 : 1);
	d->slots = weir_arena_array(arena, (size_t)items + most + 1, sizeof *d->slots);
	d->segments = weir_arena_array(arena, most + 1, sizeof *d->segments);
	d->gap_from = weir_arena_array(arena, (size_t)layers, sizeof *d->gap_from);
	d->gap = weir_arena_array(arena, (size_t)layers, sizeof *d->gap);
	d->slot_count = d->segment_count = 0;
	d->layers = layers;
	if (d->slots && d->segments && d->gap_from && d->gap)
		return 1;
	d->p->scene->failed = 1;
	return 0;
}

/* Lays out and draws what is in the slots and segments. */
static void draw_layout(diagram *d)
{
	slot **scratch = weir_arena_array(d->p->scene->arena, (size_t)d->slot_count + 1, sizeof *scratch);
	if (!scratch) {
		d->p->scene->failed = 1;
		return;
	}
	order_slots(d, scratch);
	measure_gaps(d);
	for (int i = 0; i < d->slot_count; i++)
		measure_slot(d, &d->slots[i]);
	stack_layers(d);
	for (int i = 0; i < d->slot_count; i++) {
		set_ports(d, i, 0);
		set_ports(d, i, 1);
	}
	straighten(d);
	for (int s = 0; s < d->segment_count; s++)
		draw_segment(d, &d->segments[s]);
	for (int i = 0; i < d->slot_count; i++)
		draw_box(d, &d->slots[i]);
}

/* The flows that begin (at the left) in a layer, as a picture of two layers. */
static void draw_panel(diagram *d, int layer, const int *layer_of)
{
	const weir_doc_chart *chart = d->p->chart;
	int *slot_of = weir_arena_array(d->p->scene->arena, (size_t)chart->item_count, sizeof *slot_of);
	int *side = weir_arena_array(d->p->scene->arena, (size_t)chart->item_count, sizeof *side);
	if (!slot_of || !side || !make_room(d, 2 * chart->flow_count, chart->flow_count, 2)) {
		d->p->scene->failed = 1;
		return;
	}
	for (int i = 0; i < chart->item_count; i++)
		slot_of[i] = -1;
	for (int f = 0; f < chart->flow_count; f++) {
		int ends[2] = { chart->flows[f].from, chart->flows[f].to };
		int forward = layer_of[ends[0]] < layer_of[ends[1]];
		if (layer_of[ends[!forward]] != layer)
			continue;
		for (int e = 0; e < 2; e++) {
			side[ends[e]] = e == 0 ? !forward : forward;
			if (slot_of[ends[e]] < 0)
				slot_of[ends[e]] = add_slot(d, ends[e], side[ends[e]]);
		}
		add_arrow(d, f, slot_of, side);
	}
	if (d->segment_count == 0)
		return;
	draw_layout(d);
	d->top += d->height + PANEL_GAP;
}

void weir_plot_diagram(weir_plot *p)
{
	const weir_doc_chart *chart = p->chart;
	diagram d = { .p = p, .top = 2, .small = p->font * 0.88 };
	int *layer_of = weir_arena_array(p->scene->arena, (size_t)chart->item_count, sizeof *layer_of);
	int *slot_of = weir_arena_array(p->scene->arena, (size_t)chart->item_count, sizeof *slot_of);
	if (!layer_of || !slot_of) {
		p->scene->failed = 1;
		return;
	}
	int layers = weir_plot_layers(chart, layer_of);
	d.pitch = d.small * 1.6;
	for (int f = 0; f < chart->flow_count; f++)
		if (chart->flows[f].name.en && chart->flows[f].name.zh)
			d.pitch = d.small * 2.7;
	if (p->scene->width < WEIR_NARROW_CHART) {
		for (int layer = 0; layer + 1 < layers; layer++)
			draw_panel(&d, layer, layer_of);
		p->scene->height = fmax(d.top - PANEL_GAP + 4, 20);
		return;
	}
	if (!make_room(&d, chart->item_count, chart->flow_count, layers))
		return;
	for (int i = 0; i < chart->item_count; i++)
		slot_of[i] = add_slot(&d, i, layer_of[i]);
	for (int f = 0; f < chart->flow_count; f++)
		add_arrow(&d, f, slot_of, layer_of);
	draw_layout(&d);
	p->scene->height = d.top + d.height + 4;
}
