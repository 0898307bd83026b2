/* SPDX-License-Identifier: GPL-3.0-or-later */
/* templates.h: where templates, the parts that they take in, terms and the list of reports are found. */
#ifndef WEIR_API_TEMPLATES_H
#define WEIR_API_TEMPLATES_H

#include "report/catalog.h"
#include "report/report.h"

/* A text that was found, kept until the templates are closed. */
typedef struct weir_template_text {
	char *path;      /* of a file, or of one that comes with weir */
	char *name;      /* its last part */
	int owned;       /* the text goes with it */
	weir_report_part part;
} weir_template_text;

/* The lists of reports are asked in this order: of the folder, of WEIR_SHARE, the one that comes with weir. */
enum { WEIR_CATALOGS = 3 };

/* Where to look, and what was found so far. */
typedef struct weir_templates {
	const char *folder;            /* of one's own templates, terms and style; NULL: none */
	const char *beside;            /* folder of the template at hand, when it was named by its path; NULL: it was not */
	weir_template_text **texts;
	size_t count, capacity;
	weir_catalog *catalogs[WEIR_CATALOGS];
	weir_diags *diags;
	weir_status status;            /* what went wrong while a part was looked for */
} weir_templates;

/* Opens them and reads the lists of reports. `folder` may be NULL and must outlive them. The caller closes them, also when
 * this fails. */
weir_status weir_templates_open(weir_templates *templates, const char *folder, weir_diags *diags);
void weir_templates_close(weir_templates *templates);

/* The list's entry of a report; NULL when no list has it. */
const weir_report_entry *weir_templates_entry(const weir_templates *templates, const char *id);

/* The template of an id, or at a path that ends in .xsl or has a slash; what it takes in may lie beside it. Complains. */
weir_status weir_templates_find(weir_templates *templates, const char *template, const weir_report_part **out);

typedef enum weir_text_place {
	WEIR_TEXT_OWN,    /* the folder, or its templates/ */
	WEIR_TEXT_SHARED, /* WEIR_SHARE, or what comes with weir */
	WEIR_TEXT_ANY     /* the one, or else the other */
} weir_text_place;

/* A text by its name, "terms.xml". NULL without a complaint when there is none. */
const weir_report_part *weir_templates_text(weir_templates *templates, const char *name, weir_text_place place);

/* The same for xsl:include, beside the template at hand first: the context is the templates. Names with slashes have no
 * text. */
weir_status weir_templates_part(const weir_report_part **out, void *context, const char *name);

/* Whether a template is named by its path. */
int weir_template_is_path(const char *template);

/* What files of its report are called: "report" of the investor report, else its id, or its file's name. `buffer` holds 128
 * bytes; gives it. */
const char *weir_template_output(const char *template, char *buffer);

#endif
