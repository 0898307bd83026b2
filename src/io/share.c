/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/text.h"
#include "io/embedded.h"
#include "io/file.h"
#include "io/load.h"

/* The file in a folder that goes before; WEIR_NO when there is none. Templates lie beside that folder in a source tree
 * ("share" and "templates"), inside it when installed. */
static weir_status read_override(const char **text, size_t *size, const char *folder, const char *name,
                                 weir_diags *diags)
{
	static const char *const forms[] = { "%s/%s", "%s/../%s" };
	weir_status status = WEIR_NO;
	if (!folder || !*folder)
		return WEIR_NO;
	for (size_t i = 0; i < 2 && status == WEIR_NO; i++) {
		if (i == 1 && strncmp(name, "templates/", 10) != 0)
			break;
		weir_text path = { 0 };
		if (i == 0)
			weir_text_printf(&path, forms[0], folder, name);
		else
			weir_text_printf(&path, forms[1], folder, name);
		char *content = NULL;
		if (path.failed)
			status = WEIR_NO_MEMORY;
		else if (access(path.data, F_OK) == 0)
			status = weir_file_read_limited(&content, size, path.data, WEIR_DEAL_BYTES_MAX, 1,
			                                (weir_place){ 0 }, diags);
		if (content)
			*text = content;
		weir_text_free(&path);
	}
	return status;
}

size_t weir_share_names(weir_share_name *names, size_t most, const char *folder, const char *suffix)
{
	size_t count = 0, before = strlen(folder), after = strlen(suffix);
	for (size_t i = 0; i < weir_embedded_count && count < most; i++) {
		const char *name = weir_embedded_files[i].name;
		size_t length = strlen(name);
		if (length <= before + after || length - before - after >= sizeof names->text ||
		    strncmp(name, folder, before) != 0 || strcmp(name + length - after, suffix) != 0)
			continue;
		memcpy(names[count].text, name + before, length - before - after);
		names[count++].text[length - before - after] = '\0';
	}
	return count;
}

weir_status weir_share_read_before(const char **text, size_t *size, int *owned, const char *folder, const char *name,
                                   weir_diags *diags)
{
	weir_status status = read_override(text, size, folder, name, diags);
	if (status == WEIR_NO)
		status = read_override(text, size, getenv("WEIR_SHARE"), name, diags);
	if (status != WEIR_NO) {
		*owned = status == WEIR_OK;
		return status;
	}
	for (size_t i = 0; i < weir_embedded_count; i++)
		if (strcmp(weir_embedded_files[i].name, name) == 0) {
			*text = (const char *)weir_embedded_files[i].bytes;
			*size = weir_embedded_files[i].size;
			*owned = 0;
			return WEIR_OK;
		}
	weir_diag_error(diags, FILE_UNREADABLE, (weir_place){ 0 }, "weir has no data file \"%s\"", name);
	return WEIR_IO;
}

weir_status weir_share_read(const char **text, size_t *size, int *owned, const char *name, weir_diags *diags)
{
	return weir_share_read_before(text, size, owned, NULL, name, diags);
}
