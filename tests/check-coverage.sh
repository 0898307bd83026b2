#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Every element, attribute and word of the deal format's support, events, calls and subsidies, and of the scenario format, is
# used by at least one sample deal under deals/. Prints TAP, and behind # what no deal uses.
#   sh tests/check-coverage.sh --where    lists the first use of each instead: what, file and line
set -eu
LC_ALL=C
export LC_ALL
top=${WEIR_SRCDIR-$(dirname "$0")/..}
cd "$top"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# uses FILE...: "element", "element@attribute" and "element@attribute=value" of what the files hold, with file and line.
uses() {
	awk '
		function put(what) { if (!((FILENAME, what) in seen)) { seen[FILENAME, what] = 1; print what "\t" FILENAME "\t" at } }
		FNR == 1 { inside = 0; comment = 0 }
		{
			rest = $0
			while (rest != "") {
				if (comment) {
					if (!(i = index(rest, "-->")))
						break
					rest = substr(rest, i + 3)
					comment = 0
				} else if (!inside) {
					if (!match(rest, /<(!--|[a-z][a-z-]*)/))
						break
					word = substr(rest, RSTART + 1, RLENGTH - 1)
					rest = substr(rest, RSTART + RLENGTH)
					if (word == "!--") {
						comment = 1
						continue
					}
					element = word
					at = FNR
					put(element)
					inside = 1
				} else if (match(rest, /^[ \t]*[a-z][a-z-]*="[^"]*"/)) {
					attribute = substr(rest, RSTART, RLENGTH)
					rest = substr(rest, RSTART + RLENGTH)
					sub(/^[ \t]*/, "", attribute)
					i = index(attribute, "=")
					value = substr(attribute, i + 2, length(attribute) - i - 2)
					attribute = substr(attribute, 1, i - 1)
					at = FNR
					put(element "@" attribute)
					put(element "@" attribute "=" value)
				} else if (match(rest, /^[ \t]*[a-z][a-z-]*="[^"]*$/)) {
					attribute = rest
					sub(/^[ \t]*/, "", attribute)
					sub(/=.*/, "", attribute)
					at = FNR
					put(element "@" attribute)
					# a value of several lines: go to its end
					while ((getline line) > 0 && line !~ /"/)
						;
					rest = substr(line, index(line, "\"") + 1)
				} else if (match(rest, /[\/?]?>/)) {
					rest = substr(rest, RSTART + RLENGTH)
					inside = 0
				} else
					break
			}
		}
	' "$@"
}

# wants SCHEMA TYPES: what the complex types of a schema (all of them when TYPES is "") let a file say, one a line: a name, a
# tab, and the uses of which one is enough. An attribute that several elements share is wanted once.
wants() {
	awk -v types="$2" '
		function value(name,    text) {
			if (!match($0, name "=\"[^\"]*\""))
				return ""
			text = substr($0, RSTART, RLENGTH)
			gsub(name "=\"|\"$|d:", "", text)
			return text
		}
		/<xs:(complexType|simpleType|attributeGroup) name=/ { type = value("name") }
		/<xs:element name=/ && value("type") != "" { holders[++count] = value("name") " " value("type") }
		/<xs:attribute name=/ { attributes[type] = attributes[type] " " value("name") ":" value("type") }
		/<xs:attributeGroup ref=/ { groups[type] = groups[type] " " value("ref") }
		/<xs:enumeration/ { words[type] = words[type] " " value("value") }
		function want(owner, what, use) { uses[owner " " what] = uses[owner " " what] " " use }
		function put(element, type,    i, n, list, part, k, m, word) {
			n = split(attributes[type], list, " ")
			for (i = 1; i <= n; i++) {
				split(list[i], part, ":")
				if (part[1] ~ /^(id|en|zh|clause|note)$/)
					continue
				want(type, part[1], element "@" part[1])
				if (part[2] == "yes-no" || part[2] ~ /^(contract-kind|day-count|role-in-scheme)$/)
					continue
				m = split(words[part[2]], word, " ")
				for (k = 1; k <= m; k++)
					want(type, part[1] "=" word[k], element "@" part[1] "=" word[k])
			}
			n = split(groups[type], list, " ")
			for (i = 1; i <= n; i++)
				put(element, list[i])
		}
		END {
			n = split(types, wanted, " ")
			for (i = 1; i <= n; i++)
				chosen[wanted[i]] = 1
			for (i = 1; i <= count; i++) {
				split(holders[i], holder, " ")
				if (types != "" && !(holder[2] in chosen))
					continue
				want("element", holder[1], holder[1])
				put(holder[1], holder[2])
			}
			for (what in uses)
				print what "\t" uses[what]
		}
	' "$1" | sort
}

# the deal format's types that say who stands behind a deal and what happens to it
types="trigger levels level raise tail contributor support undertaking top-up deposit contract-guarantee repurchase insurance
	risk-pool pool-share calls call revolvings revolving servicing subsidies cost subsidy warrant opening opening-class
	opening-account opening-trigger opening-support opening-cover purchase"
{
	wants share/deal.xsd "$types"
	for word in party@capacity party@leverage fee@raised-when fee@raised-rate fee@raised-amount deal@shelf deal@shelf-phase \
		deal@financing-mode=government-led deal@financing-mode=operator-led deal@financing-mode=insurer-led \
		deal@financing-mode=bank-led; do
		printf '%s\t%s\n' "$word" "$word"
	done
} > "$work/deal"
wants share/scenarios.xsd "" > "$work/scenarios"
[ -s "$work/deal" ] && [ -s "$work/scenarios" ] || { echo "the schemas could not be read" >&2; exit 1; }

uses $(grep -l 'urn:weir:deal:1' deals/*/*.xml) > "$work/deal-uses"
uses $(grep -l 'urn:weir:scenarios:1' deals/*/*.xml) > "$work/scenarios-uses"
echo 1..2
failed=0
number=0
for format in deal scenarios; do
	number=$((number + 1))
	awk -F '\t' -v where="${1-}" -v uses="$work/$format-uses" '
		BEGIN {
			while ((getline < uses) > 0)
				if (!($1 in place))
					place[$1] = $2 ":" $3
		}
		{
			n = split($2, use, " ")
			for (i = 1; i <= n; i++)
				if (use[i] in place) {
					if (where)
						print "# " use[i] "\t" place[use[i]]
					next
				}
			print "# no sample deal uses" $2
			wrong = 1
		}
		END { exit wrong }
	' "$work/$format" > "$work/said" && result=ok || result='not ok'
	[ "$result" = ok ] || failed=1
	echo "$result $number - sample deals use all of the $format format"
	cat "$work/said"
done
exit $failed
