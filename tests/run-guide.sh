#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The examples in the documentation are true. In README.md and docs/*.md, the commands of a block ```console run in a
# scratch folder that holds copies of deals/, templates/ and tests/deals/, and must print what stands below them; a
# block that opens with ```LANGUAGE file=PATH is a file, and is written there first. The blocks of a page are taken in
# their order.
#   sh tests/run-guide.sh [PAGE]...            prints TAP
#   sh tests/run-guide.sh --write [PAGE]...    puts what the commands print into the pages; read what it wrote
# A brief run ($WEIR_BRIEF) leaves them out.
set -eu
if [ -n "${WEIR_BRIEF-}" ]; then
	echo '1..0 # SKIP a brief run leaves the examples out'
	exit 0
fi
LC_ALL=C.UTF-8
export LC_ALL
weir=${WEIR-./weir}
case $weir in /*) ;; *) weir=$PWD/$weir ;; esac
top=${WEIR_SRCDIR-$(dirname "$0")/..}
top=$(cd "$top" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

write=0
if [ "${1-}" = --write ]; then
	write=1
	shift
fi

# `weir` in a command is the built program.
mkdir "$work/bin"
printf '#!/bin/sh\nexec "%s" "$@"\n' "$weir" > "$work/bin/weir"
chmod +x "$work/bin/weir"
PATH=$work/bin:$PATH
export PATH
unset WEIR_SHARE NO_COLOR

# The parts of a page: NUMBER.file with its path in NUMBER.path, NUMBER.run with NUMBER.want; their order in `parts`.
cat > "$work/split.awk" << 'END'
function open_part(kind) {
	part = sprintf("%s/part/%04d", work, ++count)
	print part, kind, FNR > (work "/parts")
}
/^```/ && inside {
	inside = 0
	part = ""
	next
}
/^```console$/ {
	inside = 1
	console = 1
	next
}
/^```[a-z]+ file=[^ ]+$/ {
	inside = 1
	console = 0
	open_part("file")
	sub(/.* file=/, "")
	print > (part ".path")
	next
}
/^```/ {
	inside = 1
	console = 0
	part = ""
	next
}
inside && console && /^\$ / {
	open_part("run")
	print substr($0, 3) > (part ".run")
	printf "" > (part ".want")
	next
}
inside && console && part != "" { print > (part ".want") }
inside && !console && part != "" { print > (part ".file") }
END

# The page again, with what was printed instead of what stood there.
cat > "$work/join.awk" << 'END'
function put(path,    line) {
	while ((getline line < path) > 0)
		print line
	close(path)
}
/^```/ && inside { inside = 0; print; next }
/^```console$/ { inside = 1; console = 1; print; next }
/^```[a-z]+ file=[^ ]+$/ { count++; inside = 1; console = 0; print; next }
/^```/ { inside = 1; console = 0; print; next }
inside && console && /^\$ / {
	print
	put(sprintf("%s/part/%04d.got", work, ++count))
	next
}
inside && console { next }
{ print }
END

# A fresh scratch folder; the copy may be written to whatever the source allows.
fresh_folder() {
	rm -rf "$work/here"
	mkdir "$work/here"
	mkdir "$work/here/tests"
	cp -R "$top/deals" "$top/templates" "$work/here/"
	cp -R "$top/tests/deals" "$work/here/tests/"
	chmod -R u+w "$work/here"
}

number=0
failed=0
echo '# the examples of the documentation'
[ $# -gt 0 ] || set -- "$top"/README.md "$top"/docs/*.md
for page; do
	name=${page#"$top/"}
	rm -rf "$work/part" "$work/parts"
	mkdir "$work/part"
	: > "$work/parts"
	awk -v work="$work" -f "$work/split.awk" "$page"
	[ -s "$work/parts" ] || continue
	fresh_folder
	while read -r part kind line; do
		if [ "$kind" = file ]; then
			path=$work/here/$(cat "$part.path")
			mkdir -p "$(dirname "$path")"
			cat "$part.file" > "$path"
			continue
		fi
		(cd "$work/here" && sh "$part.run") > "$part.got" 2>&1 < /dev/null || true
		[ -z "$(tail -c 1 "$part.got")" ] || echo >> "$part.got"
		number=$((number + 1))
		if cmp -s "$part.want" "$part.got"; then
			echo "ok $number - $name:$line: $(cat "$part.run")"
		else
			failed=1
			echo "not ok $number - $name:$line: $(cat "$part.run")"
			diff -u --label "$name" --label printed "$part.want" "$part.got" | sed 's/^/# /' || true
		fi
	done < "$work/parts"
	if [ $write = 1 ]; then
		awk -v work="$work" -f "$work/join.awk" "$page" > "$work/page"
		cmp -s "$work/page" "$page" || cat "$work/page" > "$page"
	fi
done
echo "1..$number"
[ $number -gt 0 ] || failed=1
exit $failed
