/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pdf_chart.c: charts on pages. */
#include <math.h>

#include "report/chart.h"
#include "report/pdf_page.h"

#define CHART_WIDTH 900.0   /* CSS pixels, as in the HTML page */
#define COLUMN_WIDTH 520.0  /* in the column of a sheet */

/* The drawing, and points for each of its pixels on this page; NULL when memory is short. */
static weir_scene *draw_scene(pdf *p, const weir_doc_chart *chart, double *scale)
{
	weir_scene *scene = NULL;
	weir_status status = weir_chart_draw(&scene, p->arena, chart, p->column ? COLUMN_WIDTH : CHART_WIDTH);
	if (status != WEIR_OK) {
		p->status = status;
		return NULL;
	}
	*scale = fmin(p->width / scene->width, (p->bottom - p->top - 60) / scene->height);
	return scene;
}

double pdf_chart_height(pdf *p, const weir_doc_chart *chart)
{
	double scale;
	weir_scene *scene = draw_scene(p, chart, &scale);
	return scene ? 30 + scene->height * scale : 0;
}

void pdf_write_chart(pdf *p, const weir_doc_chart *chart)
{
	double scale;
	weir_scene *scene = draw_scene(p, chart, &scale);
	if (!scene)
		return;
	pdf_need(p, 30 + scene->height * scale);
	pdf_keep_mark(p, &chart->mark);
	pdf_flow(p, pdf_join(p, pdf_number(p, &chart->mark, 1), pdf_words(p, chart->title)),
	         (pdf_style){ .size = 9.5, .bold = 1, .ink = PDF_INK_ACCENT }, p->left, p->width);
	if (p->drawing) {
		cairo_save(p->cr);
		cairo_translate(p->cr, p->left, p->y + 2);
		cairo_scale(p->cr, scale, scale);
		weir_drawing_show(p->cr, p->context, p->families, scene);
		cairo_restore(p->cr);
	}
	p->y += scene->height * scale + 4;
	if (!p->document->is_sheet)
		pdf_flow(p, pdf_words(p, chart->description), (pdf_style){ .size = 7.5, .ink = PDF_INK_MUTED }, p->left,
		         p->width);
	p->y += p->document->is_sheet ? 5 : 12;
}
