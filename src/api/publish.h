/* SPDX-License-Identifier: GPL-3.0-or-later */
/* publish.h: the reports of one request: which there are, what they need, and how each is printed. */
#ifndef WEIR_API_PUBLISH_H
#define WEIR_API_PUBLISH_H

#include "api/session.h"
#include "api/templates.h"

#define WEIR_MOST_PUBLICATIONS 24

/* A report that is asked for. */
typedef struct weir_publication {
	char template[1024]; /* id, or path */
	char output[128];    /* what its files are called, without the ending */
} weir_publication;

/* All of them. Zero-initialise; close them, also when opening fails. */
typedef struct weir_publications {
	weir_templates templates;
	weir_publication items[WEIR_MOST_PUBLICATIONS];
	int count;
	unsigned needs; /* of all, bits WEIR_NEED_… */
} weir_publications;

/* Reads "investor,abs" (NULL: "investor"), each an id or a path, in which reports come once; `folder` is that of one's own
 * templates, or NULL. Looks for every template, so that a wrong name is told before anything runs. Complains; WEIR_INPUT. */
weir_status weir_publications_open(weir_publications *publications, const char *list, const char *folder,
                                   weir_diags *diags);
void weir_publications_close(weir_publications *publications);

/* Fills what reports need beside the run, and says in the fact "holds" which it was. */
weir_status weir_publish_fill(weir_session *session, weir_case *one, weir_results *results, unsigned needs);

/* WEIR_INPUT, with a complaint that names the run which makes them, unless the results hold what the report needs; `name`
 * is what the results are called. */
weir_status weir_publish_check(const weir_templates *templates, const char *template, const weir_results *results,
                               const char *name, weir_diags *diags);

/* WEIR_INPUT, with a complaint, unless what the head of a report is to say is a text; NULL is fine. */
weir_status weir_publish_check_words(const char *option, const char *words, weir_diags *diags);

/* WEIR_INPUT unless the period is one that was run; 0 becomes the first one. */
weir_status weir_publish_period(const weir_results *results, int *period, weir_diags *diags);

#endif
