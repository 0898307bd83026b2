#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The reference pages of the file formats are what their schemas say.
set -eu
top=${WEIR_SRCDIR-$(cd "$(dirname "$0")/.." && pwd)}
if ! command -v xsltproc > /dev/null 2>&1; then
	echo '1..0 # SKIP xsltproc is not installed (Debian: xsltproc)'
	exit 0
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
sh "$top/docs/make-reference.sh" "$work"
failed=0
number=0
pages=$(sed -n 's/^page \([^ ]*\) .*/\1/p' "$top/docs/make-reference.sh")
set -- $pages
echo "1..$#"
for page in "$@"; do
	number=$((number + 1))
	if cmp -s "$work/$page" "$top/docs/$page"; then
		echo "ok $number - docs/$page is current"
	else
		failed=1
		echo "not ok $number - docs/$page is not current: run sh docs/make-reference.sh"
		diff -u "$top/docs/$page" "$work/$page" | head -n 20 | sed 's/^/# /' || true
	fi
done
exit $failed
