/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pdf_chart.c: charts on pages. */
#include <math.h>

#include "report/chart.h"
#include "report/pdf_page.h"

#define CHART_WIDTH 900.0   /* CSS pixels, as in the HTML page */
#define COLUMN_WIDTH 520.0  /* in the column of a sheet */
#define LEAST_SHRUNK 0.75   /* of its height, to fit what is left of a page */

/* The drawing, and points for each of its pixels on this page; NULL when memory is short. */
static weir_scene *draw_scene(pdf *p, const weir_doc_chart *chart, double *scale)
{
	weir_scene *scene = NULL;
	weir_status status = weir_chart_draw(&scene, p->arena, chart, p->column ? COLUMN_WIDTH : CHART_WIDTH);
	if (status != WEIR_OK) {
		p->status = status;
		return NULL;
	}
	*scale = fmin(p->width / scene->width, (pdf_full_room(p) - 60) / scene->height);
	return scene;
}

static const pdf_style description_style = { .size = 7.5, .ink = PDF_INK_MUTED };

/* Title and description. */
static double words_height(pdf *p, const weir_doc_chart *chart)
{
	PangoLayout *words = pdf_layout(p, pdf_words(p, chart->description), description_style, p->width);
	double below = p->document->is_sheet ? 0 : pdf_layout_height(words);
	g_object_unref(words);
	return 30 + below;
}

double pdf_chart_height(pdf *p, const weir_doc_chart *chart)
{
	double scale;
	weir_scene *scene = draw_scene(p, chart, &scale);
	return scene ? fmin(words_height(p, chart) + scene->height * scale * LEAST_SHRUNK, pdf_full_room(p)) : 0;
}

/* A drawing that is a little too high for what is left of the page becomes smaller, else it begins the next. */
static double place_drawing(pdf *p, const weir_scene *scene, double words, double scale)
{
	double height = scene->height * scale, left = pdf_room(p) - words;
	if (height > left && left >= height * LEAST_SHRUNK && !p->document->is_sheet)
		return left / scene->height;
	pdf_need(p, fmin(words + height, pdf_full_room(p)));
	return scale;
}

void pdf_write_chart(pdf *p, const weir_doc_chart *chart)
{
	double scale;
	weir_scene *scene = draw_scene(p, chart, &scale);
	if (!scene)
		return;
	scale = place_drawing(p, scene, words_height(p, chart), scale);
	pdf_keep_mark(p, &chart->mark);
	pdf_flow(p, pdf_join(p, pdf_number(p, &chart->mark, 1), pdf_words(p, chart->title)),
	         (pdf_style){ .size = 9.5, .bold = 1, .ink = PDF_INK_ACCENT }, p->left, p->width);
	cairo_save(p->cr);
	cairo_translate(p->cr, p->left, p->y + 2);
	cairo_scale(p->cr, scale, scale);
	weir_drawing_show(p->cr, p->context, p->families, scene, pdf_write_layout, p);
	cairo_restore(p->cr);
	p->y += scene->height * scale + 4;
	if (!p->document->is_sheet)
		pdf_flow(p, pdf_words(p, chart->description), description_style, p->left, p->width);
	p->y += p->document->is_sheet ? 5 : 12;
}
