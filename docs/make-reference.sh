#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Makes the reference of the file formats from their schemas: docs/deal-file.md, docs/scenario-file.md …
#   sh docs/make-reference.sh [DIR]     writes into DIR; default: docs, beside this script
# Needs xsltproc. "make check" says when the pages are not current.
set -eu
docs=$(cd "$(dirname "$0")" && pwd)
to=${1-$docs}

# page NAME TITLE SCHEMA
page() {
	xsltproc --nonet --stringparam title "$2" --stringparam source "share/$3" \
		"$docs/reference.xsl" "$docs/../share/$3" | sed -e '$ { /^$/d; }' > "$to/$1"
}

page deal-file.md 'The deal file' deal.xsd
page scenario-file.md 'The scenario file' scenarios.xsd
page market-file.md 'The market file' market.xsd
page structure-file.md 'The structure file' structure.xsd
page selection-file.md 'The selection file' selection.xsd
