/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/style.h"

#include <libxml/tree.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "report/transform.h"

#define MOST_DOTS 4000
#define LEAST_CONTRAST 2
#define GOOD_CONTRAST 4.5
#define PNG_HEAD 24 /* signature, and the length, name, width and height of the first chunk */

const char *weir_style_accent(const weir_style *style)
{
	return style && style->accent ? style->accent : WEIR_ACCENT;
}

static int is_colour(const char *text)
{
	return text[0] == '#' && strlen(text) == 7 && strspn(text + 1, "0123456789abcdefABCDEF") == 6;
}

/* Names of fonts go into lists of names and into XML: nothing but what names need. */
static int is_font(const char *text)
{
	for (const unsigned char *c = (const unsigned char *)text; *c; c++)
		if (!(*c >= 0x80 || *c == ' ' || *c == '-' || (*c >= '0' && *c <= '9') || (*c >= 'a' && *c <= 'z') ||
		      (*c >= 'A' && *c <= 'Z')))
			return 0;
	return *text != '\0' && strlen(text) <= 100;
}

static int is_logo(const char *text)
{
	size_t length = strlen(text);
	return length > 4 && length <= 200 && strcmp(text + length - 4, ".png") == 0 && !strpbrk(text, "/\\") &&
	       text[0] != '.';
}

/* An attribute of a style: where it goes, what it may be. */
typedef struct style_key {
	const char *name;
	size_t offset;
	int (*is_valid)(const char *text);
	const char *what;
} style_key;

static const style_key keys[] = {
	{ "accent", offsetof(weir_style, accent), is_colour, "a colour as #16365c" },
	{ "latin", offsetof(weir_style, latin), is_font, "the name of a font, of letters, digits, blanks and hyphens" },
	{ "chinese", offsetof(weir_style, chinese), is_font,
	  "the name of a font, of letters, digits, blanks and hyphens" },
	{ "logo", offsetof(weir_style, logo_name), is_logo, "the name of a .png file beside the style" },
};

/* A part of a colour, two hexadecimal digits, as light: 0 to 1 (IEC 61966-2-1). */
static double light_of(const char *digits)
{
	char two[3] = { digits[0], digits[1], '\0' };
	double part = (double)strtol(two, NULL, 16) / 255;
	return part <= 0.04045 ? part / 12.92 : pow((part + 0.055) / 1.055, 2.4);
}

/* How much lighter white is than a colour (Web Content Accessibility Guidelines 2.1, contrast ratio): 1 to 21. */
static double contrast_of(const char *colour)
{
	double light = 0.2126 * light_of(colour + 1) + 0.7152 * light_of(colour + 3) + 0.0722 * light_of(colour + 5);
	return 1.05 / (light + 0.05);
}

/* Headings are in the accent on white, or the other way round. */
static weir_status check_accent(const char *accent, const char *name, weir_diags *diags)
{
	double contrast = contrast_of(accent);
	if (contrast < LEAST_CONTRAST) {
		weir_diag_error(
			diags, OUT_OF_RANGE, (weir_place){ 0 },
			"\"%s\": nobody can read headings of the accent \"%s\" on white, its contrast is %.1f to "
			"1; give a darker colour, of 4.5 to 1 at least",
			name, accent, contrast);
		return WEIR_INPUT;
	}
	if (contrast < GOOD_CONTRAST)
		weir_diag_warning(
			diags, OUT_OF_RANGE, (weir_place){ 0 },
			"\"%s\": the accent \"%s\" is hard to read on white, its contrast is %.1f to 1; a darker colour "
			"has 4.5 to 1 at least",
			"“%s”：强调色“%s”与白色的对比度仅%.1f:1，不易辨认；请改用更深的颜色（不低于4.5:1）", name,
			accent, contrast);
	return WEIR_OK;
}

static weir_status read_attribute(weir_style *style, weir_arena *arena, const xmlAttr *attribute, const char *name,
                                  weir_diags *diags)
{
	const char *value = attribute->children && attribute->children->content ?
	                            (const char *)attribute->children->content : "";
	for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
		if (strcmp((const char *)attribute->name, keys[i].name) != 0)
			continue;
		if (!keys[i].is_valid(value)) {
			weir_diag_error(diags, BAD_VALUE, (weir_place){ 0 }, "\"%s\": \"%s\" cannot be \"%s\"; give %s",
			                name, keys[i].name, value, keys[i].what);
			return WEIR_INPUT;
		}
		const char *kept = weir_arena_text(arena, value, strlen(value));
		memcpy((char *)style + keys[i].offset, &kept, sizeof kept);
		return kept ? WEIR_OK : WEIR_NO_MEMORY;
	}
	weir_diag_error(diags, SCHEMA, (weir_place){ 0 },
	                "\"%s\": a style has no \"%s\"; use accent, latin, chinese and logo", name,
	                (const char *)attribute->name);
	return WEIR_INPUT;
}

weir_status weir_style_read(weir_style *out, weir_arena *arena, const char *name, const char *xml, size_t length,
                            weir_diags *diags)
{
	xmlDoc *document = NULL;
	weir_style style = { 0 };
	weir_status status = weir_xml_parse(&document, name, xml, length, diags);
	if (status != WEIR_OK)
		return status;
	const xmlNode *root = xmlDocGetRootElement(document);
	if (!root || strcmp((const char *)root->name, "style") != 0 || xmlFirstElementChild((xmlNode *)root)) {
		weir_diag_error(
			diags, SCHEMA, (weir_place){ 0 },
			"\"%s\" is no style; it holds one element, as <style accent=\"#16365c\" logo=\"logo.png\"/>",
			name);
		status = WEIR_INPUT;
	}
	for (const xmlAttr *a = status == WEIR_OK ? root->properties : NULL; a && status == WEIR_OK; a = a->next)
		status = read_attribute(&style, arena, a, name, diags);
	xmlFreeDoc(document);
	if (status == WEIR_OK && style.accent)
		status = check_accent(style.accent, name, diags);
	if (status == WEIR_OK)
		*out = style;
	return status;
}

/* Four bytes, the highest first. */
static unsigned long read_number(const char *bytes)
{
	unsigned long number = 0;
	for (int i = 0; i < 4; i++)
		number = number << 8 | (unsigned char)bytes[i];
	return number;
}

weir_status weir_style_set_logo(weir_style *style, const char *name, const char *png, size_t length, weir_diags *diags)
{
	static const char signature[] = "\x89PNG\r\n\x1a\n";
	unsigned long width = 0, height = 0;
	if (length > PNG_HEAD && memcmp(png, signature, 8) == 0 && memcmp(png + 12, "IHDR", 4) == 0) {
		width = read_number(png + 16);
		height = read_number(png + 20);
	}
	if (width < 1 || width > MOST_DOTS || height < 1 || height > MOST_DOTS) {
		weir_diag_error(diags, BAD_VALUE, (weir_place){ 0 },
		                "\"%s\" is no PNG picture of at most %d dots each way; give one as the logo", name,
		                MOST_DOTS);
		return WEIR_INPUT;
	}
	style->logo = png;
	style->logo_length = length;
	style->logo_width = (int)width;
	style->logo_height = (int)height;
	return WEIR_OK;
}
