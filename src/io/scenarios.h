/* SPDX-License-Identifier: GPL-3.0-or-later */
/* scenarios.h: the parts of the scenario loader: single shocks as written, and scenarios put together from them. */
#ifndef WEIR_IO_SCENARIOS_H
#define WEIR_IO_SCENARIOS_H

#include "io/deal_int.h"

/* A shock as a file says it. */
typedef struct weir_raw_shock {
	weir_shock shock;        /* relative: value is the factor on earlier shocks' values; NAN after a complaint */
	int relative;
	int has_lag, has_cost, has_channel; /* recovery: given */
	int is_royalty;          /* for royalties only */
	int all_supporters;      /* WEIR_SHOCK_SUPPORTER: of every party that supports the deal */
	const char *target_kind; /* attribute of `target`, where it is an id of the deal; else NULL */
	weir_place target_place;
} weir_raw_shock;

/* A scenario as a file says it. */
typedef struct weir_raw_scenario {
	weir_scenario head;      /* shocks: none yet */
	weir_raw_shock *shocks;  /* its own */
	int shock_count;
	weir_words include;      /* ids, FILE#ID */
	weir_words base;         /* what it is laid over unless another scenario includes it: its first word */
	struct weir_raw_scenario **parts; /* the include's; NULL at words that name nothing */
	struct weir_raw_scenario *base_part;
	int resolved;            /* parts and base_part are there */
	int is_part;             /* another scenario includes it */
	int is_base;             /* another scenario is laid over it */
	int is_open;             /* on the way from the one that is being put together */
	int in_circle;           /* complained about: its includes are not followed */
	int round;               /* of the last list of shocks that has it */
	struct weir_scenario_file *file;
} weir_raw_scenario;

/* A file as it was read, before its scenarios are put together. */
typedef struct weir_scenario_file {
	const char *name;        /* as a message names it; of a shipped file without folder and suffix */
	const char *path;        /* where it is, or the name of the shipped file */
	const char *folder;      /* for files that it names, with a / at its end; empty: the working folder */
	int is_shipped;
	int is_incomplete;       /* could not be read as a whole: an id may be in what is missing */
	weir_raw_scenario *items;
	int count;
	weir_names ids;          /* numbers of items */
	weir_family *families;
	weir_words *family_words; /* [family_count] their scenarios as written; none: those that name the family */
	int family_count;
} weir_scenario_file;

/* One load: the files that it has seen so far. */
typedef struct weir_scenario_reader {
	weir_loader *loader;
	weir_scenario_file **files;
	size_t file_count, file_capacity;
	int round;
} weir_scenario_reader;

/* Whether an element below <scenario> is a shock. */
int weir_is_shock(const xmlNode *element);

/* Reads one shock element, complaining about values that do not go together. */
weir_status weir_raw_shock_read(weir_loader *loader, const weir_xml *xml, const xmlNode *element, weir_raw_shock *out);

/* Complains about a scenario's targets that the deal does not have. */
weir_status weir_raw_shocks_check(weir_loader *loader, const weir_raw_shock *const *shocks, int count);

/* Works out relative shocks and those of all supporters: the scenario's head gets absolute ones. A relative shock
 * multiplies the values of earlier shocks of its kind, of its scope if it has one; a warning NO_EFFECT when there are
 * none, but for a scenario that others include. */
weir_status weir_raw_shocks_settle(weir_loader *loader, weir_raw_scenario *scenario,
                                   const weir_raw_shock *const *shocks, int count);

/* Fills parts and base_part of a file's scenarios, reading the files that they name; complains about those that are not
 * there. */
weir_status weir_raw_scenarios_resolve(weir_scenario_reader *reader, weir_scenario_file *file);

/* Puts a scenario of a resolved file together: base, included ones, its own; complains about circles. */
weir_status weir_raw_scenario_assemble(weir_scenario_reader *reader, weir_raw_scenario *scenario);

/* A file read before, or now: `name` is a path, or the name of a shipped file; relative to `from` (NULL: the working
 * folder). NULL in *out after a complaint at `place`. */
weir_status weir_scenario_file_get(weir_scenario_file **out, weir_scenario_reader *reader,
                                   const weir_scenario_file *from, const char *name, weir_place place);

#endif
