/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_study_diff_sees.c: every attribute of share/deal.xsd that a sample deal uses is changed, and a change that loads must
 * be seen. What only looks different must not. */
#include <check.h>
#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "api/weir.h"
#include "io/load.h"
#include "io/schema_model.h"
#include "io_fixture.h"

Suite *weir_suite_study_diff_sees(void);

enum { KEYS = 1000, TRIES = 2, IDS = 40, VALUE = 4200, WORDS_MOST = 24, SWAP = WORDS_MOST + 19 };

/* An attribute of a type, over all deals. */
static struct seen {
	char name[96]; /* "class@coupon" */
	int tried, loaded;
} keys[KEYS];
static size_t key_count;

/* Changes that may mean nothing: the role that a share of a published scheme is looked up by, where the deal gives the share
 * itself; contracts listed by the tape, where the tape names them all. */
static int means_nothing(const char *name)
{
	static const char *const names[] = { "pool-share@role", "contract-guarantee@by-tape" };
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (strcmp(name, names[i]) == 0)
			return 1;
	return 0;
}

static struct seen *key_of(const char *type, const char *attribute)
{
	char name[96];
	snprintf(name, sizeof name, "%s@%s", type, attribute);
	for (size_t i = 0; i < key_count; i++)
		if (strcmp(keys[i].name, name) == 0)
			return &keys[i];
	ck_assert_uint_lt(key_count, KEYS);
	snprintf(keys[key_count].name, sizeof keys[key_count].name, "%s", name);
	return &keys[key_count++];
}

/* One deal, open as it is, and what is needed to change it. */
typedef struct subject {
	const char *path;
	char *text;
	size_t size;
	weir_session *session;
	const weir_schema *schema;
	const char *ids[IDS];
	size_t id_count;
} subject;

/* The deal's files but XML, beside the changed one. */
static void copy_folder(const char *path)
{
	char pattern[512];
	glob_t found;
	const char *slash = strrchr(path, '/');
	snprintf(pattern, sizeof pattern, "%.*s/*", (int)(slash - path), path);
	ck_assert_int_eq(glob(pattern, 0, NULL, &found), 0);
	for (size_t i = 0; i < found.gl_pathc; i++) {
		char *text;
		size_t size;
		weir_diags diags = { 0 };
		const char *name = strrchr(found.gl_pathv[i], '/') + 1;
		if (strstr(name, ".xml"))
			continue;
		ck_assert_int_eq(weir_file_read(&text, &size, found.gl_pathv[i], &diags), WEIR_OK);
		io_write(name, text);
		free(text);
		weir_diags_free(&diags);
	}
	globfree(&found);
}

/* The deal with the bytes of a value replaced: 1 when it loads, and then *differs says what diff finds. */
static int try_value(const subject *s, weir_place place, const char *value, int *differs)
{
	char *text = malloc(s->size + strlen(value) + 1);
	size_t behind = (size_t)place.offset + place.length;
	memcpy(text, s->text, (size_t)place.offset);
	strcpy(text + place.offset, value);
	strcat(text, s->text + behind);
	weir_session *changed;
	const char *slash = strrchr(s->path, '/');
	int exit = weir_session_open(&changed, io_write(slash + 1, text));
	ck_assert_ptr_nonnull(changed);
	if (exit == WEIR_EXIT_DONE) {
		weir_diff_request request = { 0 };
		int answer = weir_session_diff(changed, s->session, &request);
		ck_assert_msg(answer == WEIR_EXIT_DONE || answer == WEIR_EXIT_NO, "%s: \"%s\" gives %d", s->path, value, answer);
		*differs = answer == WEIR_EXIT_NO;
	}
	weir_session_close(changed);
	free(text);
	return exit == WEIR_EXIT_DONE;
}

/* Another word of the type's list than the value; NULL behind the last. */
static const char *other_word(const weir_schema *schema, const char *type, const char *value, int number)
{
	for (const xmlNode *n = weir_xml_first(xmlDocGetRootElement(schema->document)); n; n = weir_xml_next(n)) {
		const xmlAttr *name = weir_xml_attribute(n, "name");
		if (!xmlStrEqual(n->name, BAD_CAST "simpleType") || !name ||
		    strcmp((const char *)name->children->content, type) != 0)
			continue;
		for (const xmlNode *r = weir_xml_first(n); r; r = weir_xml_next(r))
			for (const xmlNode *e = weir_xml_first(r); e; e = weir_xml_next(e)) {
				const xmlAttr *word = weir_xml_attribute(e, "value");
				if (!xmlStrEqual(e->name, BAD_CAST "enumeration") || !word)
					continue;
				const char *text = (const char *)word->children->content;
				if (strcmp(text, value) != 0 && number-- == 0)
					return text;
			}
	}
	return NULL;
}

/* A digit of the value raised by one: the n-th from behind. */
static int raise_digit(char *out, const char *value, int n)
{
	for (size_t i = strlen(value); i-- > 0;)
		if (value[i] >= '0' && value[i] <= '9' && n-- == 0) {
			strcpy(out, value);
			out[i] = value[i] == '9' ? '1' : (char)(value[i] + 1);
			return 1;
		}
	return 0;
}

/* The k-th other value to try; 0 behind the last. */
static int candidate(char out[VALUE], const subject *s, const weir_schema_attribute *attribute, const char *value, int k)
{
	static const char *const forms[] = { "not (%s)", "(%s) + 1.00", "(%s) * 2", "%sx", "%s x", "(%s) + 1%%" };
	static const char *const words[] = { "6 months", "1 month", "T-6", "no", "yes", "none", "USD" };
	const char *other = other_word(s->schema, attribute->type, value, k);
	if (other) {
		snprintf(out, VALUE, "%s", other);
		return 1;
	}
	k -= WORDS_MOST;
	if (k < 0) {
		snprintf(out, VALUE, "%s", value);
		return 1;
	}
	if (k < 6)
		return raise_digit(out, value, k) ? 1 : (snprintf(out, VALUE, "%s", value), 1);
	if (k < 12) {
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
		snprintf(out, VALUE, forms[k - 6], value);
#pragma GCC diagnostic pop
		return 1;
	}
	if (k < 19) {
		snprintf(out, VALUE, "%s", words[k - 12]);
		return 1;
	}
	if (k < 22) { /* the words in another order, or fewer */
		const char *space = strchr(value, ' ');
		if (!space)
			snprintf(out, VALUE, "%s", value);
		else if (k == 19)
			snprintf(out, VALUE, "%s %.*s", space + 1, (int)(space - value), value);
		else if (k == 20)
			snprintf(out, VALUE, "%s", space + 1);
		else
			snprintf(out, VALUE, "%.*s", (int)(space - value), value);
		return 1;
	}
	k -= 22;
	if ((size_t)k >= s->id_count)
		return 0;
	snprintf(out, VALUE, "%s", s->ids[k]);
	return 1;
}

static void change_attribute(const subject *s, const weir_xml *xml, const weir_schema_type *type, const xmlAttr *a)
{
	const weir_schema_attribute *attribute = weir_schema_find_attribute(type, (const char *)a->name);
	char value[VALUE];
	xmlChar *owned;
	if (!attribute || strcmp(attribute->type, "file") == 0 || strcmp(attribute->name, "id") == 0)
		return; /* ids are referred to: their test is by hand */
	struct seen *key = key_of(type->name, attribute->name);
	if (key->loaded || key->tried == TRIES)
		return;
	key->tried++;
	const char *old = weir_xml_value(a, &owned);
	ck_assert_uint_lt(strlen(old), VALUE - 100);
	for (int k = 0; candidate(value, s, attribute, old, k); k++) {
		int differs = 0;
		if (strcmp(value, old) == 0 || strpbrk(value, "<&\"") ||
		    !try_value(s, weir_xml_value_place(xml, a), value, &differs))
			continue;
		/* words of a set may come in any order */
		ck_assert_msg(differs || k == SWAP || means_nothing(key->name), "%s: diff does not see %s: %s -> %s", s->path,
		              key->name, old, value);
		key->loaded = differs;
		if (differs)
			break;
	}
	xmlFree(owned);
}

static void change_elements(subject *s, const weir_xml *xml, const xmlNode *element)
{
	const weir_schema_type *type = weir_schema_type_of(s->schema, element);
	if (!type || strcmp(type->name, "variants") == 0)
		return;
	for (const xmlAttr *a = element->properties; a; a = a->next)
		change_attribute(s, xml, type, a);
	for (const xmlNode *n = weir_xml_first(element); n; n = weir_xml_next(n))
		change_elements(s, xml, n);
}

/* Ids that a reference may be changed into; of the pool's many, none. */
static void list_ids(subject *s, const xmlNode *element)
{
	const xmlAttr *id = weir_xml_attribute(element, "id");
	if (xmlStrEqual(element->name, BAD_CAST "pool"))
		return;
	if (id && s->id_count < IDS)
		s->ids[s->id_count++] = (const char *)id->children->content;
	for (const xmlNode *n = weir_xml_first(element); n; n = weir_xml_next(n))
		list_ids(s, n);
}

static void change_deal(const char *path, const weir_schema *schema)
{
	subject s = { .path = path, .schema = schema };
	weir_diags diags = { 0 };
	weir_sources sources = { 0 };
	weir_xml xml = { 0 };
	uint32_t source;
	char *owned;
	ck_assert_int_eq(weir_file_read(&owned, &s.size, path, &diags), WEIR_OK);
	s.text = strdup(owned);
	if (strstr(s.text, "urn:weir:deal:1")) {
		copy_folder(path);
		ck_assert_int_eq(weir_sources_add(&sources, path, owned, s.size, &source), WEIR_OK);
		ck_assert_int_eq(weir_xml_open(&xml, &sources, source, &diags), WEIR_OK);
		ck_assert_int_eq(weir_session_open(&s.session, path), WEIR_EXIT_DONE);
		list_ids(&s, xmlDocGetRootElement(xml.document));
		change_elements(&s, &xml, xmlDocGetRootElement(xml.document));
		weir_session_close(s.session);
		weir_xml_close(&xml);
	} else {
		free(owned);
	}
	weir_sources_free(&sources);
	weir_diags_free(&diags);
	free(s.text);
}

START_TEST(every_attribute_that_changes_is_seen)
{
	weir_schema schema = { 0 };
	weir_diags diags = { 0 };
	glob_t found;
	size_t seen = 0;
	io_enter();
	ck_assert_int_eq(weir_schema_open(&schema, "deal.xsd", &diags), WEIR_OK);
	ck_assert_int_eq(glob("deals/*/*.xml", 0, NULL, &found), 0);
	for (size_t i = 0; i < found.gl_pathc; i++)
		change_deal(found.gl_pathv[i], &schema);
	for (size_t i = 0; i < key_count; i++)
		seen += keys[i].loaded;
	/* the others have no other value that loads: "follows" knows one word, shares that must make 100 % */
	ck_assert_msg(seen >= 325, "only %zu of %zu attributes could be changed", seen, key_count);
	globfree(&found);
	weir_schema_close(&schema);
	weir_diags_free(&diags);
	io_leave();
}
END_TEST

Suite *weir_suite_study_diff_sees(void)
{
	Suite *suite = suite_create("study_diff_sees");
	TCase *all = tcase_create("all");
	tcase_set_timeout(all, 120);
	tcase_add_test(all, every_attribute_that_changes_is_seen);
	suite_add_tcase(suite, all);
	return suite;
}
