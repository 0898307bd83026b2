/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pdf_links.c: links on the pages of a PDF that cairo wrote, as an update behind its end (PDF 1.4, 3.4.5). Cairo's own
 * links lose what stands on later pages before version 1.17.4. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "report/pdf_page.h"

/* The file as it was, in which objects are found by their table. */
typedef struct written {
	const char *bytes;
	size_t length;
	long table;      /* where the cross-reference table stands */
	long objects;    /* how many it lists, object 0 included */
	const char *entries;
	const char *trailer;
} written;

/* The first `what` from a place on; NULL when there is none. */
static const char *find(const written *file, const char *from, const char *what)
{
	size_t length = strlen(what);
	const char *end = file->bytes + file->length;
	for (const char *at = from; at && at + length <= end; at++) {
		at = memchr(at, what[0], (size_t)(end - at) - length + 1);
		if (!at || memcmp(at, what, length) == 0)
			return at;
	}
	return NULL;
}

/* The number behind `what` from a place on; -1 when there is none. */
static long number_behind(const written *file, const char *from, const char *what)
{
	const char *at = from ? find(file, from, what) : NULL;
	return at ? strtol(at + strlen(what), NULL, 10) : -1;
}

/* Where an object begins; NULL when the table does not have it. An entry has 20 bytes, the offset first. */
static const char *object(const written *file, long number)
{
	if (number < 1 || number >= file->objects)
		return NULL;
	long offset = strtol(file->entries + 20 * number, NULL, 10);
	return offset > 0 && (size_t)offset < file->length ? file->bytes + offset : NULL;
}

/* The table is the last thing of the file: "xref\n0 COUNT\n", entries, "trailer\n<< ...
 * >>\nstartxref\nOFFSET\n%%EOF\n". */
static int open_written(written *file, const weir_text *bytes)
{
	*file = (written){ .bytes = bytes->data, .length = bytes->length };
	size_t tail = bytes->length > 64 ? bytes->length - 64 : 0;
	file->table = number_behind(file, file->bytes + tail, "startxref");
	if (file->table <= 0 || (size_t)file->table + 8 >= file->length ||
	    strncmp(file->bytes + file->table, "xref\n0 ", 7) != 0)
		return 0;
	file->objects = strtol(file->bytes + file->table + 7, NULL, 10);
	const char *line = find(file, file->bytes + file->table + 7, "\n");
	file->entries = line ? line + 1 : NULL;
	if (!line || file->objects < 1 || (size_t)(file->objects * 20) > file->length - (size_t)(line - file->bytes))
		return 0;
	file->trailer = find(file, file->entries + 20 * file->objects, "trailer\n<<");
	return file->trailer != NULL;
}

/* The numbers of the page objects, in order: [page_count]. */
static int find_pages(const written *file, long *pages, int count)
{
	const char *root = object(file, number_behind(file, file->trailer, "/Root "));
	const char *tree = root ? object(file, number_behind(file, root, "/Pages ")) : NULL;
	const char *kids = tree ? find(file, tree, "/Kids [") : NULL;
	if (!kids)
		return 0;
	char *at = (char *)(uintptr_t)(kids + strlen("/Kids ["));
	for (int i = 0; i < count; i++) {
		pages[i] = strtol(at, &at, 10);
		if (!object(file, pages[i]) || strncmp(at, " 0 R", 4) != 0)
			return 0;
		at += 4;
	}
	return 1;
}

/* A length in points to a hundredth, written alike everywhere. */
static void add_points(weir_text *to, double points)
{
	long hundredths = (long)(points * 100 + 0.5);
	weir_text_printf(to, " %ld.%02ld", hundredths / 100, hundredths % 100);
}

static void add_link(weir_text *to, const pdf *p, const pdf_link *link, const long *pages)
{
	const pdf_place *place = &p->places[link->place];
	weir_text_add(to, "<< /Type /Annot /Subtype /Link /Border [ 0 0 0 ] /Rect [");
	add_points(to, link->x);
	add_points(to, link->page_height - link->y - link->height);
	add_points(to, link->x + link->width);
	add_points(to, link->page_height - link->y);
	weir_text_printf(to, " ] /Dest [ %ld 0 R /XYZ 0", pages[place->page - 1]);
	add_points(to, place->height - place->y);
	weir_text_add(to, " 0 ] >>\n");
}

/* The page's object anew, with its links. */
static int add_page(weir_text *to, const written *file, const pdf *p, int page, const long *pages)
{
	const char *begin = object(file, pages[page - 1]), *open = find(file, begin, "<<"),
		   *end = find(file, begin, "endobj");
	if (!open || !end || open > end)
		return 0;
	weir_text_append(to, begin, (size_t)(open - begin));
	weir_text_add(to, "<< /Annots [\n");
	for (size_t i = 0; i < p->link_count; i++)
		if (p->links[i].page == page)
			add_link(to, p, &p->links[i], pages);
	weir_text_add(to, "]");
	weir_text_append(to, open + 2, (size_t)(end - open) - 2);
	weir_text_add(to, "endobj\n");
	return 1;
}

static int has_links(const pdf *p, int page)
{
	for (size_t i = 0; i < p->link_count; i++)
		if (p->links[i].page == page)
			return 1;
	return 0;
}

/* New page objects, their table, and a trailer that leads back to the old one. */
static int write_update(weir_text *to, const written *file, const pdf *p, const long *pages)
{
	weir_text table = { 0 };
	size_t base = file->length;
	int good = 1;
	for (int page = 1; page <= p->page_count && good; page++) {
		if (!has_links(p, page))
			continue;
		weir_text_printf(&table, "%ld 1\n%010zu 00000 n \n", pages[page - 1], base + to->length);
		good = add_page(to, file, p, page, pages);
	}
	const char *body = file->trailer + strlen("trailer\n<<"), *end = find(file, body, ">>");
	good = good && end && !table.failed;
	if (good) {
		size_t place = base + to->length;
		weir_text_printf(to, "xref\n%strailer\n<<", table.data ? table.data : "");
		weir_text_append(to, body, (size_t)(end - body));
		weir_text_printf(to, "   /Prev %ld\n>>\nstartxref\n%zu\n%%%%EOF\n", file->table, place);
	}
	to->failed |= table.failed;
	weir_text_free(&table);
	return good;
}

weir_status pdf_add_links(const pdf *p, weir_text *bytes)
{
	written file;
	weir_text update = { 0 };
	long *pages = weir_arena_array(p->arena, (size_t)p->page_count + 1, sizeof *pages);
	if (!pages)
		return WEIR_NO_MEMORY;
	if (p->link_count == 0)
		return WEIR_OK;
	if (open_written(&file, bytes) && find_pages(&file, pages, p->page_count) &&
	    write_update(&update, &file, p, pages))
		weir_text_append(bytes, update.data, update.length);
	weir_status status = update.failed || bytes->failed ? WEIR_NO_MEMORY : WEIR_OK;
	weir_text_free(&update);
	return status;
}
