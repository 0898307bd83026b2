/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/scratch.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/arena.h"
#include "base/text.h"
#include "io/write.h"

/* A name of 512 bytes has at most so many folders in it. */
#define MOST_FOLDERS 256

/* Something to be removed, in the order in which it was made: files and folders. */
typedef struct made {
	const char *path;
	int is_folder;
} made;

struct weir_scratch {
	weir_arena *arena;
	char *folder;
	made *items; /* never moves, so that a signal handler may read it */
	size_t capacity;
	volatile sig_atomic_t count;
};

static weir_scratch *volatile active;

static weir_status complain(const char *path, weir_diags *diags)
{
	weir_diag_error(diags, FILE_UNWRITABLE, (weir_place){ 0 }, "cannot write \"%s\": %s", path, strerror(errno));
	return WEIR_IO;
}

static void note(weir_scratch *scratch, const char *path, int is_folder)
{
	scratch->items[scratch->count] = (made){ path, is_folder };
	scratch->count++;
}

static void remove_all(const weir_scratch *scratch)
{
	for (size_t i = (size_t)scratch->count; i > 0; i--)
		if (scratch->items[i - 1].is_folder)
			rmdir(scratch->items[i - 1].path);
		else
			unlink(scratch->items[i - 1].path);
}

weir_status weir_scratch_create(weir_scratch **out, size_t most, weir_diags *diags)
{
	weir_status status = WEIR_NO_MEMORY;
	weir_text path = { 0 };
	const char *where = getenv("TMPDIR");
	weir_scratch *scratch = weir_alloc_zero(1, sizeof *scratch);
	if (!scratch)
		return WEIR_NO_MEMORY;
	scratch->capacity = most * 4 + 2 * MOST_FOLDERS;
	scratch->items = weir_alloc_zero(scratch->capacity, sizeof *scratch->items);
	weir_text_printf(&path, "%s/weir-XXXXXX", where && *where ? where : "/tmp");
	if (!scratch->items)
		goto out;
	WEIR_TRY(weir_text_status(&path));
	WEIR_TRY(weir_arena_create(&scratch->arena));
	scratch->folder = weir_arena_text(scratch->arena, path.data, path.length);
	if (!scratch->folder) {
		status = WEIR_NO_MEMORY;
	} else if (!mkdtemp(scratch->folder)) {
		status = complain(path.data, diags);
		scratch->folder = NULL;
	} else {
		note(scratch, scratch->folder, 1);
		active = scratch;
		*out = scratch;
		status = WEIR_OK;
	}
out:
	weir_text_free(&path);
	if (status != WEIR_OK)
		weir_scratch_destroy(scratch);
	return status;
}

const char *weir_scratch_folder(const weir_scratch *scratch)
{
	return scratch->folder;
}

/* Makes the folders above `path`, which begins with the scratch folder. */
static weir_status make_folders(weir_scratch *scratch, char *path, weir_diags *diags)
{
	for (char *slash = strchr(path + strlen(scratch->folder) + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
		*slash = '\0';
		char *folder = weir_arena_text(scratch->arena, path, strlen(path));
		int done = folder && mkdir(folder, 0700) == 0;
		if (done)
			note(scratch, folder, 1);
		*slash = '/';
		if (!folder)
			return WEIR_NO_MEMORY;
		if (!done && errno != EEXIST)
			return complain(folder, diags);
	}
	return WEIR_OK;
}

weir_status weir_scratch_put(weir_scratch *scratch, const char *name, const char *bytes, size_t size, weir_diags *diags)
{
	weir_text path = { 0 };
	if (scratch->capacity - (size_t)scratch->count <= MOST_FOLDERS) {
		weir_diag_error(diags, FILE_TOO_LARGE, (weir_place){ 0 },
		                "\"%s\" is a file too many, or lies in too many folders", name);
		return WEIR_IO;
	}
	weir_text_printf(&path, "%s/%s", scratch->folder, name);
	char *kept = weir_text_keep(&path, scratch->arena);
	if (!kept)
		return WEIR_NO_MEMORY;
	weir_status status = make_folders(scratch, kept, diags);
	if (status != WEIR_OK)
		return status;
	note(scratch, kept, 0);
	return weir_file_write_new(kept, bytes, size, diags);
}

void weir_scratch_destroy(weir_scratch *scratch)
{
	if (!scratch)
		return;
	if (active == scratch)
		active = NULL;
	if (scratch->items)
		remove_all(scratch);
	weir_free(scratch->items);
	weir_arena_destroy(scratch->arena);
	weir_free(scratch);
}

void weir_scratch_discard(void)
{
	if (active)
		remove_all(active);
}
