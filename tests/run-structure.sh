#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Certificates of structures, claim by claim: the deal that "weir structure" writes is run by the twin (exact arithmetic,
# code of its own) in every scenario of every class, and with one lot more of each class. It must pass where the certificate
# says so, and fail on the day and by the amount that it names. A structure that lot for lot is no better is run in full.
#   WEIR=./weir TWIN=tests/ref/twin sh tests/run-structure.sh [DEAL.xml]...
set -u
LC_ALL=C.UTF-8
export LC_ALL
weir=${WEIR-./weir}
twin=${TWIN-${WEIR_BUILDDIR-.}/tests/ref/twin}
top=${WEIR_SRCDIR-$(dirname "$0")/..}
case $weir in /*) ;; *) weir=$PWD/$weir ;; esac
case $twin in /*) ;; *) twin=$PWD/$twin ;; esac
top=$(cd "$top" && pwd)
if [ ! -x "$twin" ]; then
	echo '1..0 # SKIP the twin is not built (it needs GMP)'
	exit 0
fi
work=$(mktemp -d) || exit 99
trap 'rm -rf "$work"' EXIT
number=0
failed=0

# check NAME STATUS [FILE]
check() {
	number=$((number + 1))
	if [ "$2" = 0 ]; then
		echo "ok $number - $1"
	else
		failed=1
		echo "not ok $number - $1"
		[ $# -lt 3 ] || sed 's/^/# /' "$3"
	fi
}

# attribute FILE ELEMENT ID NAME: an attribute of an element of a structure file; tags may run over several lines.
attribute() {
	tr '\n\t' '  ' < "$1" | sed 's/</\n</g' | grep "^<$2 " | grep "\"$3\"" | sed -n "s/.* $4=\"\([^\"]*\)\".*/\1/p"
}

# column FILE ROW NAME: a cell of a table by the name of its column; row 1 is the first below the heading.
column() {
	awk -F, -v row="$2" -v name="$3" 'NR == 1 { for (i = 1; i <= NF; i++) if ($i == name) at = i }
		NR == row + 1 { print $at }' "$1"
}

[ $# -gt 0 ] || set -- "$top"/deals/*/deal.xml "$top"/tests/deals/*/deal.xml
for deal in "$@"; do
	shift
	for asked in "$(dirname "$deal")"/structure.xml "$(dirname "$deal")"/structure-*.xml; do
		[ ! -f "$asked" ] || set -- "$@" "$asked"
	done
done
for asked in "$@"; do
	folder=$(dirname "$asked")
	deal=$folder/deal.xml
	name=$(basename "$folder") part=$(basename "$asked" .xml)
	[ "$part" = structure ] || name="$name ${part#structure-}"
	rm -rf "$work/deal"
	mkdir "$work/deal"
	cp "$folder"/*.xml "$folder"/*.csv "$work/deal/" 2> /dev/null
	file=$work/deal/deal.xml
	tables=$work/out/tables
	rm -rf "$work/out"
	"$weir" structure --quiet "$deal" --targets "$asked" --write "$file" --out "$work/out" > "$work/said" 2>&1
	check "$name: a structure is found and written" $? "$work/said"
	"$twin" "$file" > "$work/said" 2>&1
	check "$name: the engine and the twin run the deal as written to the same cents" $? "$work/said"
	scenarios=$work/deal/$(attribute "$asked" scenarios . href)
	[ -f "$scenarios" ] || scenarios=$work/deal/scenarios.xml
	rest=$(tr '\n\t' '  ' < "$asked" | sed 's/</\n</g' | sed -n 's/^<rest .*class="\([^"]*\)".*/\1/p')
	lot=$(tr '\n\t' '  ' < "$asked" | sed 's/</\n</g' | sed -n 's/^<structure .* lot="\([^"]*\)".*/\1/p')
	row=0
	while [ -n "$(column "$tables/certificate.csv" $((row + 1)) claim)" ]; do
		row=$((row + 1))
		claim=$(column "$tables/certificate.csv" $row claim)
		moved=$(column "$tables/certificate.csv" $row moved)
		result=$(column "$tables/certificate.csv" $row result)
		class=$(column "$tables/certificate.csv" $row class)
		scenario=$(column "$tables/certificate.csv" $row scenario)
		case $claim$result in as-foundpass | one-lot-morefail) ;; *) continue ;; esac
		test=$(attribute "$asked" class "$class" test)
		case $scenario in *'#'*) ;; *) scenario=$scenarios#$scenario ;; esac
		set -- --test "${test:-both}"
		if [ -n "$moved" ]; then
			own=$(attribute "$asked" class "$moved" lot)
			for change in "$moved +" ${rest:+"$rest -"}; do
				id=${change% *}
				size=$(attribute "$file" class "$id" size)
				set -- "$@" --set "$id.size=$(awk -v a="$size" -v b="${own:-$lot}" -v sign="${change#* }" \
					'BEGIN { printf "%.2f", sign == "+" ? a + b : a - b }')"
			done
		fi
		expected=yes
		[ "$result" = pass ] || expected="no $(column "$tables/certificate.csv" $row date) $(column \
			"$tables/certificate.csv" $row amount)"
		"$twin" --survives "$file" "$scenario" "$class" "$@" > "$work/said" 2>&1
		[ "$(cat "$work/said")" = "$expected" ]
		check "$name: $claim${moved:+ of $moved}: $class in ${scenario##*#}: $expected" $? "$work/said"
	done
done
echo "1..$number"
exit $failed
