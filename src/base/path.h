/* SPDX-License-Identifier: GPL-3.0-or-later */
/* path.h: the parts of a path: its folder, its name, and the id behind the "#" of "FILE#ID". */
#ifndef WEIR_BASE_PATH_H
#define WEIR_BASE_PATH_H

#include "base/arena.h"

/* What is behind the last slash; all of a path without one. A part of `path`. */
const char *weir_path_name(const char *path);

/* The bytes up to the last slash, which counts; 0 without one. */
size_t weir_path_folder_length(const char *path);

/* That folder with its slash, "" without one, in the arena; NULL when memory is short. */
char *weir_path_folder(weir_arena *arena, const char *path);

/* The path of the file `name` in the folder of `path`, in the arena; NULL when memory is short. */
char *weir_path_beside(weir_arena *arena, const char *path, const char *name);

/* FILE of "FILE#ID", the last "#" counting, or of "FILE", in the arena; NULL when memory is short. `*id` becomes the part of
 * `name` that is ID, NULL without "#". */
char *weir_path_file(weir_arena *arena, const char *name, const char **id);

#endif
