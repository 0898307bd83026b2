/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/file.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/alloc.h"
#include "io/load.h"

int weir_file_is_there(const char *path)
{
	struct stat about;
	return stat(path, &about) == 0;
}

static weir_status refuse(const char *path, const char *why, weir_place place, weir_diags *diags)
{
	weir_diag_error(diags, FILE_UNREADABLE, place, "cannot read \"%s\": %s", path, why);
	return WEIR_IO;
}

/* Reads to the end; `capacity` is a first guess, which grows. */
static weir_status read_all(char **text, size_t *size, int file, size_t capacity, size_t limit, const char *path,
                            weir_place place, weir_diags *diags)
{
	char *buffer = weir_alloc(capacity + 1);
	size_t used = 0;
	if (!buffer)
		return WEIR_NO_MEMORY;
	for (;;) {
		if (used == capacity) {
			char *grown = weir_realloc(buffer, capacity * 2 + 1);
			if (!grown) {
				weir_free(buffer);
				return WEIR_NO_MEMORY;
			}
			buffer = grown;
			capacity *= 2;
		}
		ssize_t got = read(file, buffer + used, capacity - used);
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0) {
			weir_free(buffer);
			return refuse(path, strerror(errno), place, diags);
		}
		if (got == 0)
			break;
		used += (size_t)got;
		if (used > limit) {
			weir_diag_error(diags, FILE_TOO_LARGE, place, "\"%s\" is larger than %zu MB; split it", path,
			                limit >> 20);
			weir_free(buffer);
			return WEIR_IO;
		}
	}
	buffer[used] = '\0';
	*text = buffer;
	*size = used;
	return WEIR_OK;
}

weir_status weir_file_read_limited(char **text, size_t *size, const char *path, size_t limit, int regular,
                                   weir_place place, weir_diags *diags)
{
	int file = open(path, O_RDONLY | O_CLOEXEC | (regular ? O_NONBLOCK : 0));
	if (file < 0)
		return refuse(path, errno == ENOENT ? "there is no such file; correct its name" : strerror(errno),
		              place, diags);
	struct stat about;
	weir_status status;
	if (fstat(file, &about) < 0)
		status = refuse(path, strerror(errno), place, diags);
	else if (S_ISDIR(about.st_mode))
		status = refuse(path, "it is a folder", place, diags);
	else if (regular && !S_ISREG(about.st_mode))
		status = refuse(path, "it is not a plain file", place, diags);
	else {
		size_t guess = S_ISREG(about.st_mode) && about.st_size > 0 ? (size_t)about.st_size + 1 : 65536;
		status = read_all(text, size, file, guess > limit ? limit + 1 : guess, limit, path, place, diags);
	}
	close(file);
	return status;
}

weir_status weir_file_read(char **text, size_t *size, const char *path, weir_diags *diags)
{
	return weir_file_read_limited(text, size, path, WEIR_TAPE_BYTES_MAX, 0, (weir_place){ 0 }, diags);
}

/* Bytes of the UTF-8 sequence at `p` (before `end`), or 0 when it is none (RFC 3629 section 4). */
static size_t sequence_length(const unsigned char *p, const unsigned char *end)
{
	static const struct {
		unsigned char first_low, first_high, second_low, second_high, length;
	} forms[] = {
		{ 0xC2, 0xDF, 0x80, 0xBF, 2 }, { 0xE0, 0xE0, 0xA0, 0xBF, 3 }, { 0xE1, 0xEC, 0x80, 0xBF, 3 },
		{ 0xED, 0xED, 0x80, 0x9F, 3 }, { 0xEE, 0xEF, 0x80, 0xBF, 3 }, { 0xF0, 0xF0, 0x90, 0xBF, 4 },
		{ 0xF1, 0xF3, 0x80, 0xBF, 4 }, { 0xF4, 0xF4, 0x80, 0x8F, 4 },
	};
	for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++) {
		if (p[0] < forms[i].first_low || p[0] > forms[i].first_high)
			continue;
		if (end - p < forms[i].length || p[1] < forms[i].second_low || p[1] > forms[i].second_high)
			return 0;
		for (size_t j = 2; j < forms[i].length; j++)
			if ((p[j] & 0xC0) != 0x80)
				return 0;
		return forms[i].length;
	}
	return 0;
}

/* Whether three bytes stand at `p` that start with E1 to EC, as most Chinese characters do: the usual case first. */
static int is_common_three(const unsigned char *p, const unsigned char *end)
{
	return end - p >= 3 && p[0] >= 0xE1 && p[0] <= 0xEC && (p[1] & 0xC0) == 0x80 && (p[2] & 0xC0) == 0x80;
}

/* Whether eight bytes are all printable ASCII (0x20 to 0x7F). */
static int eight_plain(const unsigned char *p)
{
	uint64_t word;
	memcpy(&word, p, sizeof word);
	uint64_t below_space = (word - 0x2020202020202020u) & ~word;
	return ((word | below_space) & 0x8080808080808080u) == 0;
}

size_t weir_utf8_check(const char *text, size_t size)
{
	const unsigned char *start = (const unsigned char *)text, *p = start, *end = start + size;
	while (p < end) {
		if (end - p >= 8 && eight_plain(p)) {
			p += 8;
		} else if (*p < 0x80) {
			if (*p < 0x20 && *p != '\t' && *p != '\n' && *p != '\r')
				break;
			p++;
		} else {
			size_t length = is_common_three(p, end) ? 3 : sequence_length(p, end);
			if (length == 0)
				break;
			p += length;
		}
	}
	return (size_t)(p - start);
}

int weir_utf8_accept(const char *text, size_t size, uint32_t source, weir_diags *diags)
{
	size_t bad = weir_utf8_check(text, size);
	if (bad == size)
		return 1;
	weir_place place = { source, 1, bad };
	unsigned byte = (unsigned char)text[bad];
	if (byte < 0x20)
		weir_diag_error(diags, NOT_UTF8, place, "the control character 0x%02X is not text; remove it", byte);
	else
		weir_diag_error(diags, NOT_UTF8, place,
		                "the byte 0x%02X is not UTF-8 text; save the file with the encoding UTF-8", byte);
	return 0;
}

const char *weir_excerpt(char buffer[WEIR_EXCERPT_BYTES], const char *text, size_t length)
{
	size_t kept = length < 60 ? length : 60;
	while (kept < length && kept > 0 && ((unsigned char)text[kept] & 0xC0) == 0x80)
		kept--;
	for (size_t i = 0; i < kept; i++)
		buffer[i] = (unsigned char)text[i] < 0x20 ? ' ' : text[i];
	memcpy(buffer + kept, kept < length ? "\xE2\x80\xA6" : "", kept < length ? 4 : 1);
	return buffer;
}
