#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Makes the finished reports of reports/ anew, each in every format, and the pictures of them in docs/pictures/ where
# pdftoppm is installed. Run by `make reports`, when reports change on purpose.
#   sh docs/make-reports.sh WEIR      in the top folder of the source; WEIR is the program's path
set -eu
weir=$1
formats=html,pdf,docx,xlsx
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# keep NAME REPORT...: takes the reports of the last run over into reports/NAME.
keep() {
	name=$1
	shift
	mkdir -p "reports/$name"
	for report in "$@"; do
		for format in html pdf docx xlsx; do
			cp "$work/out/$report.$format" "reports/$name/$report.$format"
		done
	done
	rm -rf "$work/out"
}

# picture NAME REPORT PAGE: a page as it is printed.
picture() {
	command -v pdftoppm > /dev/null 2>&1 || return 0
	pdftoppm -singlefile -f "$3" -l "$3" -r 60 -png "reports/$1/$2.pdf" "docs/pictures/$1-$2"
}

rm -rf reports/*/
"$weir" run --quiet --lang zh --format $formats --template prospectus,stress --out "$work/out" \
	deals/ex2-secondary-licence/supported.xml
keep ex2-secondary-licence prospectus stress
"$weir" run --quiet --lang zh --format $formats --template abn --period 5 --actuals deals/ledger-abn/actuals.csv \
	--events deals/ledger-abn/events.csv --out "$work/out" deals/ledger-abn/deal.xml
keep ledger-abn abn
"$weir" run --quiet --lang en --format $formats --template key,term-sheet --out "$work/out" \
	deals/ex3-sale-leaseback/supported.xml
keep ex3-sale-leaseback key term-sheet
"$weir" structure --quiet --lang en --format $formats --out "$work/out" deals/ex3-sale-leaseback/deal.xml
keep ex3-sale-leaseback structuring
"$weir" run --quiet --lang zh --format $formats --template abs --period 2 --actuals deals/ex8-trust-loans/actuals.csv \
	--events deals/ex8-trust-loans/events.csv --out "$work/out" deals/ex8-trust-loans/deal.xml
keep ex8-trust-loans abs
picture ex2-secondary-licence prospectus 7
picture ex2-secondary-licence stress 3
picture ledger-abn abn 3
picture ex3-sale-leaseback key 1
picture ex3-sale-leaseback structuring 2
picture ex8-trust-loans abs 2
