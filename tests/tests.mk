# SPDX-License-Identifier: GPL-3.0-or-later
# The tests: every program and script speaks TAP, so that automake's harness counts single cases.
LOG_DRIVER = env AM_TAP_AWK='$(AWK)' $(SHELL) $(top_srcdir)/build-aux/tap-driver.sh --merge
TEST_EXTENSIONS = .sh
SH_LOG_DRIVER = $(LOG_DRIVER)
SH_LOG_COMPILER = $(SHELL)

# What a test may rely on. A test writes only below its working folder or a temporary one, and tidies up.
AM_TESTS_ENVIRONMENT = \
	WEIR='$(abs_top_builddir)/weir$(EXEEXT)'; export WEIR; \
	WEIR_SRCDIR='$(abs_top_srcdir)'; export WEIR_SRCDIR; \
	WEIR_BUILDDIR='$(abs_top_builddir)'; export WEIR_BUILDDIR; \
	LC_ALL=C.UTF-8; export LC_ALL; \
	NM='$(NM)'; export NM;

# Scripts that are tests: check-NAME.sh looks at the tree, run-NAME.sh runs the program on files.
WEIR_SHELL_TESTS = \
	%D%/check-exports.sh \
	%D%/check-includes.sh

# Broken inputs, cases, corpora.
WEIR_TEST_FILES = \
	%D%/deals/README.md \
	%D%/deals/daycount-30-360/deal.xml \
	%D%/deals/daycount-30-360/scenarios.xml \
	%D%/deals/floating-loans/deal.xml \
	%D%/deals/floating-loans/prime1.csv \
	%D%/deals/floating-loans/scenarios.xml \
	%D%/deals/ledgers-reserve/deal.xml \
	%D%/deals/ledgers-reserve/scenarios.xml \
	%D%/deals/planned-and-target/deal.xml \
	%D%/deals/planned-and-target/scenarios.xml \
	%D%/deals/planned-and-target/t-schedule.csv \
	%D%/deals/pro-rata-shortage-cumulative/deal.xml \
	%D%/deals/pro-rata-shortage-cumulative/scenarios.xml \
	%D%/deals/pro-rata-shortage-first/deal.xml \
	%D%/deals/pro-rata-shortage-first/scenarios.xml \
	%D%/deals/pro-rata-shortage-largest-remainder/deal.xml \
	%D%/deals/pro-rata-shortage-largest-remainder/scenarios.xml \
	%D%/deals/pro-rata-shortage-last/deal.xml \
	%D%/deals/pro-rata-shortage-last/scenarios.xml \
	%D%/deals/registrar-on-paid/deal.xml \
	%D%/deals/registrar-on-paid/scenarios.xml \
	%D%/deals/royalty-rich/deal.xml \
	%D%/deals/royalty-rich/rows.csv \
	%D%/deals/royalty-rich/scenarios.xml \
	%D%/deals/royalty-rich/tape.csv \
	%D%/deals/step-coupon-zero/deal.xml \
	%D%/deals/step-coupon-zero/scenarios.xml \
	%D%/deals/two-waterfalls/deal.xml \
	%D%/deals/two-waterfalls/scenarios.xml \
	%D%/deals/unit-rounding/deal.xml \
	%D%/deals/unit-rounding/scenarios.xml \
	%D%/deals/usd-music/deal.xml \
	%D%/deals/usd-music/scenarios.xml \
	%D%/deals/with-principal/deal.xml \
	%D%/deals/with-principal/scenarios.xml \
	%D%/deals/yield-cap-carry/deal.xml \
	%D%/deals/yield-cap-carry/scenarios.xml \
	%D%/fuzz/corpus/formula/broken \
	%D%/fuzz/corpus/formula/date-span \
	%D%/fuzz/corpus/formula/declared \
	%D%/fuzz/corpus/formula/eligibility \
	%D%/fuzz/corpus/formula/fine-rate \
	%D%/fuzz/corpus/formula/full-width \
	%D%/fuzz/corpus/formula/history \
	%D%/fuzz/corpus/formula/if-list \
	%D%/fuzz/corpus/formula/paid \
	%D%/fuzz/corpus/formula/ratio \
	%D%/fuzz/corpus/formula/reserve \
	%D%/fuzz/corpus/formula/rounded \
	%D%/fuzz/corpus/formula/trigger \
	%D%/fuzz/corpus/formula/words \
	%D%/fuzz/formula.dict \
	%D%/fuzz/replay.sh
EXTRA_DIST += $(WEIR_TEST_FILES) %D%/fuzz/replay.c %D%/installcheck.sh
dist_check_SCRIPTS += $(WEIR_SHELL_TESTS)

if TEST_LIBRARIES
TESTS += %D%/unit/unit$(EXEEXT) %D%/fuzz/replay.sh $(WEIR_SHELL_TESTS)
check_PROGRAMS += %D%/unit/unit
else
check-local:
	@echo 'the tests need the libraries check and gmp: install them (Debian: apt-get install check libgmp-dev)' >&2
	@echo 'and run configure again' >&2
	@exit 1
endif

installcheck-local:
	PKG_CONFIG='$(PKG_CONFIG)' PKG_CONFIG_PATH='$(DESTDIR)$(pkgconfigdir):$(PKG_CONFIG_PATH)' CC='$(CC)' \
	CFLAGS='$(CFLAGS) $(WEIR_SANITIZE)' DESTDIR='$(DESTDIR)' libdir='$(DESTDIR)$(libdir)' bindir='$(DESTDIR)$(bindir)' \
		$(SHELL) $(srcdir)/%D%/installcheck.sh

# The unit tests once more under valgrind, in one process (Check's forks would hide leaks). Valgrind computes long
# doubles with 53 bits; they are the yardstick of the suite that is left out.
check-valgrind: %D%/unit/unit$(EXEEXT)
	$(AM_TESTS_ENVIRONMENT) CK_FORK=no $${VALGRIND-valgrind} --quiet --error-exitcode=99 --leak-check=full \
		--errors-for-leak-kinds=definite,indirect --show-leak-kinds=definite,indirect %D%/unit/unit$(EXEEXT) \
		`%D%/unit/unit$(EXEEXT) --list | grep -v '^math_elementary$$'`

include %D%/unit/unit.mk
include %D%/fuzz/fuzz.mk
