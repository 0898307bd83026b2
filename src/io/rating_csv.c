/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/rating_csv.h"

#include <math.h>
#include <string.h>

#include "base/alloc.h"
#include "io/table.h"
#include "io/words.h"

#define LEAST_RATES 2

/* --- targets by grade ------------------------------------------------------------------------------------------- */

typedef struct target_row {
	weir_grade_target target;
	const char *asset_class;
	int of_recovery;
	int table; /* its number among the tables; -1: none yet */
} target_row;

static const weir_choice bases[] = { { "default", 0 }, { "recovery", 1 }, { NULL, 0 } };

static const weir_field target_fields[] = {
	WEIR_FIELD(target_row, target.grade, "grade", weir_read_shared_text),
	WEIR_FIELD(target_row, asset_class, "asset-class", weir_read_shared_text),
	WEIR_FIELD_OF(target_row, of_recovery, "multiple-of", weir_read_choice, bases),
	WEIR_FIELD(target_row, target.multiple, "multiple", weir_read_decimal),
	WEIR_FIELD(target_row, target.probability, "target-probability", weir_read_share),
	WEIR_FIELD(target_row, target.source, "source", weir_read_shared_text),
	WEIR_FIELD_OF(target_row, target.label, "label", weir_read_choice, weir_words_trust_label),
	WEIR_FIELD_END
};
#define TARGET_REQUIRED 0x7 /* grade, asset-class, multiple-of */

typedef struct target_reading {
	weir_loader *loader;
	target_row now;
	target_row *rows; /* as in the file */
	size_t count, capacity;
	int table_count;
} target_reading;

static void begin_target(void *context, weir_place record)
{
	((target_reading *)context)->now =
		(target_row){ .target = { .multiple = NAN, .probability = NAN, .place = record }, .table = -1 };
}

/* What a record of a class of assets must be behind the one before it. */
static void check_order(target_reading *r, const target_row *before)
{
	const weir_grade_target *last = &before->target, *now = &r->now.target;
	weir_diags *diags = r->loader->diags;
	int sign = r->now.of_recovery ? -1 : 1;
	if (before->of_recovery != r->now.of_recovery)
		weir_diag_error(diags, BAD_VALUE, now->place,
		                "the multiples for \"%s\" are of defaults in one record and of recoveries in another; "
		                "keep one",
		                r->now.asset_class);
	else if (sign * now->multiple > sign * last->multiple)
		weir_diag_error(diags, OUT_OF_RANGE, now->place,
		                "grade \"%s\" asks for more stress than the better \"%s\" before it; list grades best "
		                "first",
		                now->grade, last->grade);
	if (now->probability < last->probability)
		weir_diag_error(diags, OUT_OF_RANGE, now->place,
		                "grade \"%s\" is less likely to default than the better \"%s\" before it; list grades "
		                "best first",
		                now->grade, last->grade);
}

/* Compares the record with those of its class of assets before it; a number that is not known says nothing. */
static weir_status check_target(target_reading *r)
{
	weir_status status = WEIR_OK;
	target_row known = r->now;
	int found = 0;
	for (size_t i = 0; i < r->count && status == WEIR_OK; i++) {
		const target_row *row = &r->rows[i];
		if (row->asset_class != r->now.asset_class)
			continue;
		r->now.table = row->table;
		if (row->target.grade == r->now.target.grade)
			status = weir_loader_duplicate(r->loader, "grade", row->target.grade, r->now.target.place,
			                               "grade", row->target.place);
		double multiple = found ? known.target.multiple : NAN,
		       probability = found ? known.target.probability : NAN;
		known = *row;
		known.target.multiple = isnan(row->target.multiple) ? multiple : row->target.multiple;
		known.target.probability = isnan(row->target.probability) ? probability : row->target.probability;
		found = 1;
	}
	if (found)
		check_order(r, &known);
	if (r->now.target.probability >= 1 || r->now.target.probability == 0)
		weir_diag_error(r->loader->diags, OUT_OF_RANGE, r->now.target.place,
		                "the probability of grade \"%s\" is none that a target follows from; give one above "
		                "0%% and below 100%%, or leave it empty",
		                r->now.target.grade);
	return status;
}

static weir_status end_target(void *context, weir_seen seen, weir_place record, int good)
{
	target_reading *r = context;
	weir_status status;
	(void)seen;
	(void)record;
	if (!good)
		return WEIR_OK;
	WEIR_TRY(check_target(r));
	if (r->now.table < 0)
		r->now.table = r->table_count++;
	if (!WEIR_GROW(r->rows, r->count, r->capacity))
		return WEIR_NO_MEMORY;
	r->rows[r->count++] = r->now;
out:
	return status;
}

static weir_status collect_tables(weir_grade_tables *out, weir_arena *arena, const target_reading *r)
{
	weir_grade_table *tables = weir_arena_array(arena, (size_t)r->table_count + 1, sizeof *tables);
	if (!tables)
		return WEIR_NO_MEMORY;
	for (int t = 0; t < r->table_count; t++) {
		weir_grade_table *table = &tables[t];
		table->grades = weir_arena_array(arena, r->count, sizeof *table->grades);
		if (!table->grades)
			return WEIR_NO_MEMORY;
		for (size_t i = 0; i < r->count; i++) {
			if (r->rows[i].table != t)
				continue;
			table->asset_class = r->rows[i].asset_class;
			table->of_recovery = r->rows[i].of_recovery;
			table->grades[table->count++] = r->rows[i].target;
		}
	}
	*out = (weir_grade_tables){ tables, r->table_count };
	return WEIR_OK;
}

weir_status weir_grade_tables_load(weir_grade_tables *out, weir_arena *arena, weir_sources *sources, const char *path,
                                   weir_diags *diags)
{
	weir_loader loader = { .arena = arena, .sources = sources, .diags = diags };
	target_reading reading = { .loader = &loader };
	weir_table table = { "table of rating targets", target_fields, TARGET_REQUIRED, &reading.now, begin_target,
		             end_target, &reading, NULL };
	weir_status status = weir_table_load(&loader, path, "rating-targets.csv", &table);
	if (status == WEIR_OK)
		status = collect_tables(out, arena, &reading);
	weir_free(reading.rows);
	weir_loader_free(&loader);
	return status;
}

/* --- expected losses by grade ----------------------------------------------------------------------------------- */

typedef struct loss_row {
	const char *grade, *source;
	double years, loss;
	weir_trust_label label;
} loss_row;

static const weir_field loss_fields[] = {
	WEIR_FIELD(loss_row, grade, "grade", weir_read_shared_text),
	WEIR_FIELD(loss_row, years, "years", weir_read_decimal),
	WEIR_FIELD(loss_row, loss, "expected-loss", weir_read_share),
	WEIR_FIELD(loss_row, source, "source", weir_read_shared_text),
	WEIR_FIELD_OF(loss_row, label, "label", weir_read_choice, weir_words_trust_label),
	WEIR_FIELD_END
};
#define LOSS_REQUIRED 0x7 /* grade, years, expected-loss */

typedef struct loss_reading {
	weir_loader *loader;
	loss_row now;
	loss_row *rows;
	size_t count, capacity;
	int grade_count;
} loss_reading;

static void begin_loss(void *context, weir_place record)
{
	(void)record;
	((loss_reading *)context)->now = (loss_row){ .years = NAN, .loss = NAN };
}

/* The records of one grade stand together, in order of years. */
static void check_loss(loss_reading *r, weir_place record)
{
	const loss_row *now = &r->now, *last = r->count ? &r->rows[r->count - 1] : NULL;
	weir_diags *diags = r->loader->diags;
	int same = last && last->grade == now->grade;
	for (size_t i = 0; i < r->count && !same; i++)
		if (r->rows[i].grade == now->grade) {
			weir_diag_error(diags, DUPLICATE_ID, record,
			                "grade \"%s\" stands in two places; put its records together", now->grade);
			return;
		}
	if (!(now->loss > 0 && now->loss <= 1))
		weir_diag_error(diags, OUT_OF_RANGE, record,
		                "an expected loss lies above 0%% and is at most 100%%; correct it");
	if (!(now->years > 0))
		weir_diag_error(diags, OUT_OF_RANGE, record,
		                "an average life of 0 years has no expected loss; give one above 0");
	if (same && !(now->years > last->years && now->loss >= last->loss))
		weir_diag_error(diags, OUT_OF_RANGE, record,
		                "behind %.10g years grade \"%s\" wants more years and no lower loss; sort its records "
		                "by years",
		                last->years, now->grade);
}

static weir_status end_loss(void *context, weir_seen seen, weir_place record, int good)
{
	loss_reading *r = context;
	(void)seen;
	if (!good)
		return WEIR_OK;
	check_loss(r, record);
	r->grade_count += r->count == 0 || r->rows[r->count - 1].grade != r->now.grade;
	if (!WEIR_GROW(r->rows, r->count, r->capacity))
		return WEIR_NO_MEMORY;
	r->rows[r->count++] = r->now;
	return WEIR_OK;
}

static weir_status collect_losses(weir_loss_table *out, weir_arena *arena, const loss_reading *r)
{
	weir_loss_grade *grades = weir_arena_array(arena, (size_t)r->grade_count + 1, sizeof *grades);
	double *years = weir_arena_array(arena, r->count, sizeof *years);
	double *losses = weir_arena_array(arena, r->count, sizeof *losses);
	int count = 0;
	if (!grades || !years || !losses)
		return WEIR_NO_MEMORY;
	for (size_t i = 0; i < r->count; i++) {
		const loss_row *row = &r->rows[i];
		years[i] = row->years;
		losses[i] = row->loss;
		if (i == 0 || r->rows[i - 1].grade != row->grade)
			grades[count++] =
			        (weir_loss_grade){ row->grade, years + i, losses + i, 0, row->source, row->label };
		grades[count - 1].count++;
	}
	*out = (weir_loss_table){ grades, count };
	return WEIR_OK;
}

weir_status weir_loss_table_load(weir_loss_table *out, weir_arena *arena, weir_sources *sources, const char *path,
                                 weir_diags *diags)
{
	weir_loader loader = { .arena = arena, .sources = sources, .diags = diags };
	loss_reading reading = { .loader = &loader };
	weir_table table = { "table of expected losses", loss_fields, LOSS_REQUIRED, &reading.now, begin_loss, end_loss,
		             &reading, NULL };
	weir_status status = weir_table_load(&loader, path, "expected-losses.csv", &table);
	if (status == WEIR_OK)
		status = collect_losses(out, arena, &reading);
	weir_free(reading.rows);
	weir_loader_free(&loader);
	return status;
}

/* --- histories of default rates --------------------------------------------------------------------------------- */

typedef struct history_row {
	const char *pool;
	double rate;
} history_row;

static const weir_field history_fields[] = {
	WEIR_FIELD(history_row, pool, "pool", weir_read_shared_text),
	WEIR_FIELD(history_row, rate, "cumulative-default", weir_read_share),
	WEIR_FIELD_END
};
#define HISTORY_REQUIRED 0x2

typedef struct history_reading {
	weir_loader *loader;
	history_row now;
	double *rates;
	size_t count, capacity;
} history_reading;

static void begin_history(void *context, weir_place record)
{
	(void)record;
	((history_reading *)context)->now = (history_row){ NULL, NAN };
}

static weir_status end_history(void *context, weir_seen seen, weir_place record, int good)
{
	history_reading *r = context;
	(void)seen;
	if (!good)
		return WEIR_OK;
	if (!(r->now.rate > 0 && r->now.rate <= 1))
		weir_diag_error(r->loader->diags, OUT_OF_RANGE, record,
		                "a default rate of %.10g%% has no place in a log-normal law; give one above 0%%, at "
		                "most 100%%, or leave the pool out",
		                r->now.rate * 100);
	if (!WEIR_GROW(r->rates, r->count, r->capacity))
		return WEIR_NO_MEMORY;
	r->rates[r->count++] = r->now.rate;
	return WEIR_OK;
}

weir_status weir_default_history_load(double **rates, int *count, weir_arena *arena, weir_sources *sources,
                                      const char *path, weir_diags *diags)
{
	weir_loader loader = { .arena = arena, .sources = sources, .diags = diags };
	history_reading reading = { .loader = &loader };
	weir_table table = { "history of default rates", history_fields, HISTORY_REQUIRED, &reading.now, begin_history,
		             end_history, &reading, NULL };
	weir_status status = weir_table_load(&loader, path, NULL, &table);
	if (status == WEIR_OK && reading.count < LEAST_RATES) {
		weir_diag_error(diags, OUT_OF_RANGE, (weir_place){ 0 },
		                "\"%s\" has %s, which tells nothing of how much rates differ; give two or more", path,
		                reading.count ? "one rate" : "no rate");
		status = WEIR_INPUT;
	}
	if (status == WEIR_OK) {
		*rates = weir_arena_array(arena, reading.count, sizeof **rates);
		*count = (int)reading.count;
		status = *rates ? WEIR_OK : WEIR_NO_MEMORY;
	}
	if (status == WEIR_OK)
		memcpy(*rates, reading.rates, reading.count * sizeof **rates);
	weir_free(reading.rates);
	weir_loader_free(&loader);
	return status;
}
