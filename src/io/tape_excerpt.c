/* SPDX-License-Identifier: GPL-3.0-or-later */
/* tape_excerpt.c: chosen records of a tape as a tape of their own. The tape was read before, so its form is known to be
 * good. */
#include <string.h>

#include "io/selection.h"

#define COLUMNS_MOST 128 /* as io/table.c takes */

/* The raw field at `p`, its blanks and quotes included; gives where it ends: at a comma, a line's end, or the text's.
 */
static const char *field_end(const char *p, const char *end)
{
	int quoted = 0;
	for (; p < end; p++) {
		if (*p == '"')
			quoted = !quoted; /* a doubled quote leaves it as it was */
		else if (!quoted && (*p == ',' || *p == '\n' || *p == '\r'))
			break;
	}
	return p;
}

/* Whether a header's field is a column that only the rules know. */
static int is_extra(const char *p, const char *end, const weir_selection_rules *rules)
{
	while (p < end && (*p == ' ' || *p == '\t' || *p == '"'))
		p++;
	while (end > p && (end[-1] == ' ' || end[-1] == '\t' || end[-1] == '"'))
		end--;
	for (int i = 0; i < rules->column_count; i++) {
		const char *id = rules->columns[i].node.id;
		if (strlen(id) == (size_t)(end - p) && memcmp(id, p, (size_t)(end - p)) == 0)
			return 1;
	}
	return 0;
}

/* Writes one record without the columns marked in `left_out`. */
static void write_record(weir_text *to, const char *p, const char *end, const char *left_out)
{
	int written = 0;
	for (int column = 0;; column++, p++) {
		const char *stop = field_end(p, end);
		if (column >= COLUMNS_MOST || !left_out[column]) {
			if (written++)
				weir_text_add(to, ",");
			weir_text_append(to, p, (size_t)(stop - p));
		}
		p = stop;
		if (p == end || *p != ',')
			break;
	}
	weir_text_add(to, "\n");
}

void weir_selection_write_tape(weir_text *to, const weir_source *tape, const uint64_t *offsets, size_t count,
                               const weir_selection_rules *rules)
{
	char left_out[COLUMNS_MOST] = { 0 };
	const char *p = tape->text, *end = tape->text + tape->size;
	if (tape->size >= 3 && memcmp(p, "\xEF\xBB\xBF", 3) == 0)
		p += 3;
	while (p < end && *p == '#') { /* comments stay: they say what the numbers are */
		const char *line_end = memchr(p, '\n', (size_t)(end - p));
		const char *next = line_end ? line_end + 1 : end;
		weir_text_append(to, p, (size_t)(next - p));
		p = next;
	}
	while (p < end && (*p == '\n' || *p == '\r' || *p == ' ' || *p == '\t'))
		p++;
	const char *header = p;
	for (int column = 0; column < COLUMNS_MOST; column++, p++) {
		const char *stop = field_end(p, end);
		left_out[column] = (char)is_extra(p, stop, rules);
		p = stop;
		if (p == end || *p != ',')
			break;
	}
	write_record(to, header, end, left_out);
	for (size_t i = 0; i < count; i++)
		write_record(to, tape->text + offsets[i], end, left_out);
}
