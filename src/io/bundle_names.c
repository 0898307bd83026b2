/* SPDX-License-Identifier: GPL-3.0-or-later */
/* bundle_names.c: which name each file of a run gets in a bundle. */
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/path.h"
#include "io/bundle.h"
#include "io/loader.h"

weir_status weir_bundle_names_begin(weir_bundle_names *names, weir_arena *arena, const char *deal_path)
{
	*names = (weir_bundle_names){ .arena = arena };
	names->folder = weir_path_folder(arena, deal_path);
	return names->folder ? WEIR_OK : WEIR_NO_MEMORY;
}

void weir_bundle_names_free(weir_bundle_names *names)
{
	weir_free(names->outside.items);
	names->outside = (weir_manifest_list){ 0 };
}

/* "inputs/" and the path, without "." and empty parts. */
static weir_status put(const char **out, const weir_bundle_names *names, const char *prefix, const char *path)
{
	weir_text name = { 0 };
	weir_text_add(&name, prefix);
	for (const char *part = path; *part;) {
		size_t size = strcspn(part, "/");
		if (size > 0 && !weir_is_word(part, size, "."))
			weir_text_printf(&name, "%s%.*s", name.length == strlen(prefix) ? "" : "/", (int)size, part);
		part += size + (part[size] == '/');
	}
	*out = weir_text_keep(&name, names->arena);
	return *out ? WEIR_OK : WEIR_NO_MEMORY;
}

/* What of `path` lies below `folder`, both without links and `folder` with a slash at its end; NULL when it does not.
 */
static const char *below(const char *folder, const char *path)
{
	size_t length = strlen(folder);
	return strncmp(folder, path, length) == 0 && path[length] ? path + length : NULL;
}

/* The path of a folder without links, with a slash at its end; 0 when there is none. */
static int real_folder(char real[PATH_MAX + 1], const char *folder)
{
	if (!realpath(*folder ? folder : ".", real))
		return 0;
	size_t length = strlen(real);
	if (real[length - 1] != '/')
		strcpy(real + length, "/");
	return 1;
}

/* A file from elsewhere: below one of the folders so far, or the first of a new one. */
static weir_status name_outside(const char **out, weir_bundle_names *names, const char *real)
{
	char prefix[64];
	size_t i = 0;
	while (i < names->outside.count && !below(names->outside.items[i], real))
		i++;
	if (i == names->outside.count) {
		const char *folder = weir_path_folder(names->arena, real);
		weir_status status = folder ? weir_manifest_list_add(&names->outside, folder) : WEIR_NO_MEMORY;
		if (status != WEIR_OK)
			return status;
	}
	snprintf(prefix, sizeof prefix, "%s%zu/", WEIR_BUNDLE_OUTSIDE, i + 1);
	return put(out, names, prefix, below(names->outside.items[i], real));
}

weir_status weir_bundle_name(const char **out, weir_bundle_names *names, const char *path, weir_diags *diags)
{
	char folder[PATH_MAX + 1], real[PATH_MAX + 1];
	const char *inside = *names->folder ? below(names->folder, path) : path;
	if (inside && weir_loader_stays_inside(inside))
		return put(out, names, WEIR_BUNDLE_INPUTS, inside);
	if (!realpath(path, real) || !real_folder(folder, names->folder)) {
		weir_diag_error(diags, FILE_UNREADABLE, (weir_place){ 0 }, "cannot read \"%s\": %s", path,
		                strerror(errno));
		return WEIR_IO;
	}
	inside = below(folder, real);
	return inside ? put(out, names, WEIR_BUNDLE_INPUTS, inside) : name_outside(out, names, real);
}
