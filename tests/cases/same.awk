# SPDX-License-Identifier: GPL-3.0-or-later
# Two files with the same lines.
#   awk -f same.awk ONE TWO
FNR == 1 { file++ }
file == 1 { line[FNR] = $0; count = FNR }
file == 2 {
	if (FNR > count || line[FNR] != $0) {
		print FILENAME ": line " FNR " differs"
		bad = 1
		exit
	}
	seen = FNR
}
END {
	if (!bad && (seen != count || !count)) {
		print "the files have " count + 0 " and " seen + 0 " lines"
		bad = 1
	}
	exit bad
}
