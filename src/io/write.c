/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/write.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/path.h"

#define LONGEST_PATH 4096

/* The temporary file being written, for the signal handler; empty when there is none. */
static char partial[LONGEST_PATH];

static weir_status complain(const char *path, const char *doing, weir_diags *diags)
{
	weir_diag_error(diags, FILE_UNWRITABLE, (weir_place){ 0 }, "cannot %s \"%s\": %s", doing, path,
	                strerror(errno));
	return WEIR_IO;
}

weir_status weir_folder_make(const char *path, weir_diags *diags)
{
	char part[LONGEST_PATH];
	size_t length = strlen(path);
	if (length == 0 || length >= sizeof part) {
		errno = ENAMETOOLONG;
		return complain(path, "make the folder", diags);
	}
	for (size_t i = 1; i <= length; i++) {
		if (path[i] != '/' && path[i] != '\0')
			continue;
		memcpy(part, path, i);
		part[i] = '\0';
		if (mkdir(part, 0777) != 0 && errno != EEXIST)
			return complain(part, "make the folder", diags);
	}
	struct stat is;
	if (stat(path, &is) != 0 || !S_ISDIR(is.st_mode)) {
		errno = ENOTDIR;
		return complain(path, "make the folder", diags);
	}
	return WEIR_OK;
}

weir_status weir_folder_make_for(const char *path, weir_diags *diags)
{
	char folder[LONGEST_PATH];
	size_t length = weir_path_folder_length(path);
	if (length <= 1 || length > sizeof folder) /* too long for a folder: the file itself will not open */
		return WEIR_OK;
	memcpy(folder, path, length - 1);
	folder[length - 1] = '\0';
	return weir_folder_make(folder, diags);
}

static int write_all(int file, const char *data, size_t size)
{
	while (size > 0) {
		ssize_t written = write(file, data, size);
		if (written < 0 && errno == EINTR)
			continue;
		if (written < 0)
			return 0;
		data += written;
		size -= (size_t)written;
	}
	return 1;
}

weir_status weir_file_write(const char *path, const char *data, size_t size, weir_diags *diags)
{
	char temporary[LONGEST_PATH];
	int length = snprintf(temporary, sizeof temporary, "%s.%ld.tmp", path, (long)getpid());
	if (length < 0 || (size_t)length >= sizeof temporary) {
		errno = ENAMETOOLONG;
		return complain(path, "write", diags);
	}
	memcpy(partial, temporary, (size_t)length + 1);
	int file = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
	if (file < 0) {
		partial[0] = '\0';
		return complain(path, "write", diags);
	}
	int done = write_all(file, data, size) && fsync(file) == 0;
	int closed = close(file) == 0;
	if (done && closed && rename(temporary, path) == 0) {
		partial[0] = '\0';
		return WEIR_OK;
	}
	int why = errno;
	unlink(temporary);
	partial[0] = '\0';
	errno = why;
	return complain(path, "write", diags);
}

weir_status weir_file_write_new(const char *path, const char *data, size_t size, weir_diags *diags)
{
	int file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
	if (file < 0)
		return complain(path, "write", diags);
	int done = write_all(file, data, size), why = errno;
	int closed = close(file) == 0;
	if (done && closed)
		return WEIR_OK;
	if (!done)
		errno = why;
	return complain(path, "write", diags);
}

weir_status weir_file_remove(const char *path, weir_diags *diags)
{
	return unlink(path) == 0 || errno == ENOENT ? WEIR_OK : complain(path, "remove", diags);
}

void weir_file_discard_partial(void)
{
	if (partial[0])
		unlink(partial);
}
