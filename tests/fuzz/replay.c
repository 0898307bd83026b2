/* SPDX-License-Identifier: GPL-3.0-or-later */
/* replay.c: runs a fuzz target on every file it is given, without a fuzzer; one TAP line a file. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* The whole file in memory of exactly its size, so that a sanitizer sees a read behind its end; NULL on failure. */
static uint8_t *read_all(const char *path, size_t *size)
{
	uint8_t *data = NULL;
	FILE *file = fopen(path, "rb");
	if (!file)
		return NULL;
	long length = fseek(file, 0, SEEK_END) == 0 ? ftell(file) : -1;
	if (length >= 0 && fseek(file, 0, SEEK_SET) == 0)
		data = malloc(length ? (size_t)length : 1);
	if (data && fread(data, 1, (size_t)length, file) != (size_t)length) {
		free(data);
		data = NULL;
	}
	fclose(file);
	*size = (size_t)length;
	return data;
}

int main(int count, char **paths)
{
	int failed = 0;
	for (int i = 1; i < count; i++) {
		size_t size;
		uint8_t *data = read_all(paths[i], &size);
		if (data) {
			printf("# %s\n", paths[i]);
			fflush(stdout); /* a crash is then put down to its file */
			LLVMFuzzerTestOneInput(data, size);
			free(data);
		}
		failed |= !data;
		printf("%s - %s\n", data ? "ok" : "not ok", paths[i]);
		fflush(stdout);
	}
	return failed;
}
