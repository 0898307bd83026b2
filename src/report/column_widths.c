/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/column_widths.h"

#include <math.h>

#define SMALL 6.5    /* points */
#define HALVINGS 40 /* of the width: far below what any page resolves */

double weir_column_comfort(double size)
{
	return size > SMALL ? 4 * size : 2 * size;
}

void weir_column_need_add(weir_column_need *need, double wide, double narrow, double comfort)
{
	need->natural = fmax(need->natural, wide);
	need->least = fmax(need->least, fmin(wide, fmax(narrow, comfort)));
}

static double sum_least(const weir_column_need *needs, int count)
{
	double total = 0;
	for (int i = 0; i < count; i++)
		total += needs[i].least;
	return total;
}

int weir_columns_fit(const weir_column_need *needs, int count, double width)
{
	return sum_least(needs, count) <= width;
}

/* How wide a column becomes: never below what it needs, nor above what it would like. */
static double grown(const weir_column_need *need, double growth)
{
	return fmax(need->least, fmin(need->natural, growth * sqrt(need->natural)));
}

/* The growth at which all columns together fill the line. */
static double find_growth(const weir_column_need *needs, int count, double width)
{
	double low = 0, high = width;
	for (int step = 0; step < HALVINGS; step++) {
		double middle = (low + high) / 2, total = 0;
		for (int i = 0; i < count; i++)
			total += grown(&needs[i], middle);
		if (total <= width)
			low = middle;
		else
			high = middle;
	}
	return low;
}

double weir_columns_share(double *widths, const weir_column_need *needs, int count, double width)
{
	double least = sum_least(needs, count), natural = 0, total = 0;
	for (int i = 0; i < count; i++)
		natural += needs[i].natural;
	int spread = count > 4 || natural > width * 0.75;
	double growth = natural > width && least < width ? find_growth(needs, count, width) : 0;
	for (int i = 0; i < count; i++) {
		if (natural <= width)
			widths[i] = needs[i].natural * (spread ? width / natural : 1);
		else if (least < width)
			widths[i] = grown(&needs[i], growth);
		else
			widths[i] = needs[i].least * width / least;
		total += widths[i];
	}
	return total;
}
