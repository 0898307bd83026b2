# SPDX-License-Identifier: GPL-3.0-or-later
# A results.xml with a wrong closing balance of a class, as changed.xml.
#   awk -f change-closing.awk results.xml
/<table id="classes"/ { inside = 1 }
inside && sub(/<cell col="closing">/, "&1") { inside = 0; changed = 1 }
{ print > "changed.xml" }
END {
	if (!changed) {
		print "there is no closing balance to change"
		exit 1
	}
}
