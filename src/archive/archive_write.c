/* SPDX-License-Identifier: GPL-3.0-or-later */
/* archive_write.c: packs members into a zip. */
#include <zip.h>

#include "archive/archive.h"

/* 1 January 1980, midnight, as archives write it: no clock is read. */
#define FIRST_DAY ((1 << 5) | 1)

static int add_bytes(zip_t *archive, const weir_archive_member *member)
{
	zip_source_t *source = zip_source_buffer(archive, member->bytes, member->length, 0);
	zip_int64_t index = source ? zip_file_add(archive, member->name, source, ZIP_FL_ENC_UTF_8) : -1;
	if (index < 0) {
		zip_source_free(source);
		return 0;
	}
	return zip_file_set_dostime(archive, (zip_uint64_t)index, 0, FIRST_DAY, 0) == 0 &&
	       zip_set_file_compression(archive, (zip_uint64_t)index, ZIP_CM_DEFLATE, 6) == 0;
}

/* Reads what the archive became. */
static weir_status read_back(weir_text *out, zip_source_t *target)
{
	char buffer[16384];
	zip_int64_t length;
	if (zip_source_open(target) != 0)
		return WEIR_INTERNAL;
	while ((length = zip_source_read(target, buffer, sizeof buffer)) > 0)
		weir_text_append(out, buffer, (size_t)length);
	zip_source_close(target);
	return length < 0 ? WEIR_INTERNAL : weir_text_status(out);
}

static weir_status fill(zip_t *archive, const weir_archive_member *members, size_t count, weir_text *why)
{
	for (size_t i = 0; i < count; i++)
		if (!add_bytes(archive, &members[i])) {
			weir_text_printf(why, "%s: %s", members[i].name, zip_strerror(archive));
			zip_discard(archive);
			return WEIR_INTERNAL;
		}
	if (zip_close(archive) == 0)
		return WEIR_OK;
	weir_text_add(why, zip_strerror(archive));
	zip_discard(archive);
	return WEIR_INTERNAL;
}

weir_status weir_archive_write(weir_text *out, const weir_archive_member *members, size_t count, weir_text *why)
{
	zip_error_t error;
	weir_status status = WEIR_INTERNAL;
	zip_error_init(&error);
	zip_source_t *target = zip_source_buffer_create(NULL, 0, 0, &error);
	zip_t *archive = target ? zip_open_from_source(target, ZIP_TRUNCATE, &error) : NULL;
	if (archive) {
		zip_source_keep(target); /* it holds the bytes once the archive is closed */
		status = fill(archive, members, count, why);
		if (status == WEIR_OK)
			status = read_back(out, target);
	} else {
		weir_text_add(why, zip_error_strerror(&error));
	}
	if (target)
		zip_source_free(target);
	zip_error_fini(&error);
	return status;
}
