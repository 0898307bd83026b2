/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "share_calendar.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/arena.h"

#define LARGEST_FILE (1 << 18)

#ifdef WEIR_SRCDIR
#define SHARE_FOLDER WEIR_SRCDIR "/share"
#else
#define SHARE_FOLDER "share"
#endif

/* `context` is the arena that holds the text. */
static weir_status read_text(void *context, const char *id, const char **text, size_t *length,
                             uint32_t *source)
{
	const char *folder = getenv("WEIR_SHARE_DIR");
	char path[512];
	snprintf(path, sizeof path, "%s/calendars/%s.csv", folder ? folder : SHARE_FOLDER, id);
	FILE *file = fopen(path, "rb");
	if (!file)
		return WEIR_NO;
	char *bytes = weir_arena_alloc(context, LARGEST_FILE);
	ck_assert_ptr_nonnull(bytes);
	*length = fread(bytes, 1, LARGEST_FILE, file);
	fclose(file);
	*text = bytes;
	*source = 1;
	return WEIR_OK;
}

const weir_calendar *share_calendar(weir_arena *arena, const char *id)
{
	const weir_calendar_library library = { read_text, arena };
	const char *text;
	size_t length;
	uint32_t source;
	weir_diags diags = { 0 };
	weir_calendar *calendar = NULL;
	ck_assert_msg(read_text(arena, id, &text, &length, &source) == WEIR_OK, "no calendar file for %s",
	              id);
	weir_status status = weir_calendar_parse(&calendar, arena, text, length, source, &library, &diags);
	ck_assert_msg(status == WEIR_OK, "%s: %s", id, diags.count ? diags.items[0].text : "out of memory");
	weir_diags_free(&diags);
	return calendar;
}
