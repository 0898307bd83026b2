/* SPDX-License-Identifier: GPL-3.0-or-later */
/* place_names_csv.h: reads the names of industries and regions (share/industries.csv, share/regions.csv). */
#ifndef WEIR_IO_PLACE_NAMES_CSV_H
#define WEIR_IO_PLACE_NAMES_CSV_H

#include "io/loader.h"

/* Gives the deal its place names: of each file, when an obligor of the pool says what it is for. All in the deal's
 * arena. Complains about rows without names, and WEIR_INPUT then. */
weir_status weir_place_names_load(weir_loader *loader);

#endif
