/* SPDX-License-Identifier: GPL-3.0-or-later */
/* archive_read.c: reads a zip that may be damaged or made to do harm. */
#include <string.h>
#include <sys/stat.h>
#include <zip.h>

#include "archive/archive.h"
#include "base/alloc.h"

struct weir_archive {
	zip_t *zip;
};

weir_status weir_archive_open(weir_archive **out, const char *bytes, size_t size)
{
	zip_error_t error;
	weir_status status = WEIR_NO;
	weir_archive *archive = weir_alloc_zero(1, sizeof *archive);
	if (!archive)
		return WEIR_NO_MEMORY;
	zip_error_init(&error);
	zip_source_t *source = zip_source_buffer_create(bytes, size, 0, &error);
	archive->zip = source ? zip_open_from_source(source, ZIP_RDONLY | ZIP_CHECKCONS, &error) : NULL;
	if (archive->zip) {
		*out = archive;
		status = WEIR_OK;
	} else {
		if (zip_error_code_zip(&error) == ZIP_ER_MEMORY)
			status = WEIR_NO_MEMORY;
		zip_source_free(source);
		weir_free(archive);
	}
	zip_error_fini(&error);
	return status;
}

void weir_archive_close(weir_archive *archive)
{
	if (!archive)
		return;
	zip_discard(archive->zip);
	weir_free(archive);
}

size_t weir_archive_count(const weir_archive *archive)
{
	zip_int64_t count = zip_get_num_entries(archive->zip, 0);
	return count > 0 ? (size_t)count : 0;
}

static int is_folder(const zip_stat_t *about)
{
	size_t length = strlen(about->name);
	return length > 0 && about->name[length - 1] == '/' && about->size == 0;
}

/* What is no plain file, nor a folder: by its mode where the zip was made on Unix, else by its name. */
static int is_odd(zip_t *zip, zip_uint64_t number, const zip_stat_t *about)
{
	zip_uint8_t system;
	zip_uint32_t attributes;
	size_t length = strlen(about->name);
	if ((about->valid & ZIP_STAT_ENCRYPTION_METHOD && about->encryption_method != ZIP_EM_NONE) || length == 0 ||
	    (about->name[length - 1] == '/' && about->size > 0))
		return 1;
	if (zip_file_get_external_attributes(zip, number, 0, &system, &attributes) != 0)
		return 1;
	unsigned kind = (attributes >> 16) & S_IFMT;
	return system == ZIP_OPSYS_UNIX && kind != 0 && kind != S_IFREG && !(kind == S_IFDIR && is_folder(about));
}

weir_status weir_archive_entry_get(weir_archive_entry *out, const weir_archive *archive, size_t number)
{
	zip_stat_t about;
	zip_stat_init(&about);
	if (zip_stat_index(archive->zip, number, 0, &about) != 0 || !(about.valid & ZIP_STAT_NAME) ||
	    !(about.valid & ZIP_STAT_SIZE))
		return WEIR_NO;
	*out = (weir_archive_entry){ about.name, about.size, is_folder(&about), is_odd(archive->zip, number, &about) };
	return WEIR_OK;
}

/* Reads to the end, which checks the sum too; a byte more than was promised is refused. */
static weir_status read_all(char *bytes, size_t length, zip_file_t *file)
{
	size_t used = 0;
	while (used <= length) {
		zip_int64_t got = zip_fread(file, bytes + used, length + 1 - used);
		if (got < 0)
			return WEIR_NO;
		if (got == 0)
			break;
		used += (size_t)got;
	}
	return used == length ? WEIR_OK : WEIR_NO;
}

weir_status weir_archive_read(char **bytes, size_t *length, weir_archive *archive, size_t number, size_t limit)
{
	weir_archive_entry entry;
	weir_status status = weir_archive_entry_get(&entry, archive, number);
	if (status != WEIR_OK)
		return status;
	if (entry.odd || entry.folder || entry.size > limit)
		return WEIR_NO;
	zip_file_t *file = zip_fopen_index(archive->zip, number, 0);
	if (!file)
		return zip_error_code_zip(zip_get_error(archive->zip)) == ZIP_ER_MEMORY ? WEIR_NO_MEMORY : WEIR_NO;
	char *buffer = weir_alloc((size_t)entry.size + 1);
	status = buffer ? read_all(buffer, (size_t)entry.size, file) : WEIR_NO_MEMORY;
	if (status == WEIR_OK && zip_fclose(file) != 0)
		status = WEIR_NO;
	else if (status != WEIR_OK)
		zip_fclose(file);
	if (status != WEIR_OK) {
		weir_free(buffer);
		return status;
	}
	buffer[entry.size] = '\0';
	*bytes = buffer;
	*length = (size_t)entry.size;
	return WEIR_OK;
}
