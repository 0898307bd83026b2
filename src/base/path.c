/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/path.h"

#include <string.h>

const char *weir_path_name(const char *path)
{
	return path + weir_path_folder_length(path);
}

size_t weir_path_folder_length(const char *path)
{
	const char *slash = strrchr(path, '/');
	return slash ? (size_t)(slash - path) + 1 : 0;
}

char *weir_path_folder(weir_arena *arena, const char *path)
{
	return weir_arena_text(arena, path, weir_path_folder_length(path));
}

char *weir_path_beside(weir_arena *arena, const char *path, const char *name)
{
	size_t folder = weir_path_folder_length(path), length = strlen(name);
	char *made = weir_arena_alloc(arena, folder + length + 1);
	if (!made)
		return NULL;
	memcpy(made, path, folder);
	memcpy(made + folder, name, length + 1);
	return made;
}

char *weir_path_file(weir_arena *arena, const char *name, const char **id)
{
	const char *hash = strrchr(name, '#');
	*id = hash ? hash + 1 : NULL;
	return weir_arena_text(arena, name, hash ? (size_t)(hash - name) : strlen(name));
}
