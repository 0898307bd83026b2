#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Replays the corpus of every fuzz target: one TAP test a file.
set -u
count=0
for program in "$WEIR_BUILDDIR"/tests/fuzz/replay_*; do
	name=${program##*/replay_}
	case $name in
	'*' | *.*) continue ;; # no target at all, or an object file
	esac
	corpus=$WEIR_SRCDIR/tests/fuzz/corpus/$name
	files=$(find "$corpus" -type f | wc -l)
	if [ "$files" -eq 0 ]; then
		echo "not ok - $name has no corpus"
		count=$((count + 1))
		continue
	fi
	find "$corpus" -type f -exec "$program" {} + || echo "# $name failed"
	count=$((count + files))
done
[ $count -gt 0 ] && echo "1..$count" || echo '1..0 # SKIP no fuzz target is built'
