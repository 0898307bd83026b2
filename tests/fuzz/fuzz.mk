# SPDX-License-Identifier: GPL-3.0-or-later
# Fuzz targets. fuzz_NAME.c defines LLVMFuzzerTestOneInput; its corpus is corpus/NAME. Every build makes replay_NAME,
# which runs the target on files, and "make check" replays the corpora. --enable-fuzzers makes fuzz_NAME as well:
#   ../configure CC=clang --enable-fuzzers && make && tests/fuzz/fuzz_formula NEW ../tests/fuzz/corpus/formula

check_PROGRAMS += %D%/replay_actuals
%C%_replay_actuals_SOURCES = %D%/replay.c %D%/fuzz_actuals.c
%C%_replay_actuals_LDADD = libweir_core.la $(WEIR_LIBS)
if FUZZERS
noinst_PROGRAMS += %D%/fuzz_actuals
%C%_fuzz_actuals_SOURCES = %D%/fuzz_actuals.c
%C%_fuzz_actuals_LDFLAGS = $(AM_LDFLAGS) $(WEIR_FUZZ)
%C%_fuzz_actuals_LDADD = libweir_core.la $(WEIR_LIBS)
endif

check_PROGRAMS += %D%/replay_bundle
%C%_replay_bundle_SOURCES = %D%/replay.c %D%/fuzz_bundle.c
%C%_replay_bundle_LDADD = libweir_core.la $(WEIR_LIBS)
if FUZZERS
noinst_PROGRAMS += %D%/fuzz_bundle
%C%_fuzz_bundle_SOURCES = %D%/fuzz_bundle.c
%C%_fuzz_bundle_LDFLAGS = $(AM_LDFLAGS) $(WEIR_FUZZ)
%C%_fuzz_bundle_LDADD = libweir_core.la $(WEIR_LIBS)
endif

check_PROGRAMS += %D%/replay_deal
%C%_replay_deal_SOURCES = %D%/replay.c %D%/fuzz_deal.c
%C%_replay_deal_LDADD = libweir_core.la $(WEIR_LIBS)
if FUZZERS
noinst_PROGRAMS += %D%/fuzz_deal
%C%_fuzz_deal_SOURCES = %D%/fuzz_deal.c
%C%_fuzz_deal_LDFLAGS = $(AM_LDFLAGS) $(WEIR_FUZZ)
%C%_fuzz_deal_LDADD = libweir_core.la $(WEIR_LIBS)
endif

check_PROGRAMS += %D%/replay_formula
%C%_replay_formula_SOURCES = %D%/replay.c %D%/fuzz_formula.c
%C%_replay_formula_LDADD = libweir_core.la $(WEIR_LIBS)
if FUZZERS
noinst_PROGRAMS += %D%/fuzz_formula
%C%_fuzz_formula_SOURCES = %D%/fuzz_formula.c
%C%_fuzz_formula_LDFLAGS = $(AM_LDFLAGS) $(WEIR_FUZZ)
%C%_fuzz_formula_LDADD = libweir_core.la $(WEIR_LIBS)
endif

check_PROGRAMS += %D%/replay_market
%C%_replay_market_SOURCES = %D%/replay.c %D%/fuzz_market.c
%C%_replay_market_LDADD = libweir_core.la $(WEIR_LIBS)
if FUZZERS
noinst_PROGRAMS += %D%/fuzz_market
%C%_fuzz_market_SOURCES = %D%/fuzz_market.c
%C%_fuzz_market_LDFLAGS = $(AM_LDFLAGS) $(WEIR_FUZZ)
%C%_fuzz_market_LDADD = libweir_core.la $(WEIR_LIBS)
endif

check_PROGRAMS += %D%/replay_scenarios
%C%_replay_scenarios_SOURCES = %D%/replay.c %D%/fuzz_scenarios.c
%C%_replay_scenarios_LDADD = libweir_core.la $(WEIR_LIBS)
if FUZZERS
noinst_PROGRAMS += %D%/fuzz_scenarios
%C%_fuzz_scenarios_SOURCES = %D%/fuzz_scenarios.c
%C%_fuzz_scenarios_LDFLAGS = $(AM_LDFLAGS) $(WEIR_FUZZ)
%C%_fuzz_scenarios_LDADD = libweir_core.la $(WEIR_LIBS)
endif

check_PROGRAMS += %D%/replay_selection
%C%_replay_selection_SOURCES = %D%/replay.c %D%/fuzz_selection.c
%C%_replay_selection_LDADD = libweir_core.la $(WEIR_LIBS)
if FUZZERS
noinst_PROGRAMS += %D%/fuzz_selection
%C%_fuzz_selection_SOURCES = %D%/fuzz_selection.c
%C%_fuzz_selection_LDFLAGS = $(AM_LDFLAGS) $(WEIR_FUZZ)
%C%_fuzz_selection_LDADD = libweir_core.la $(WEIR_LIBS)
endif

check_PROGRAMS += %D%/replay_structure
%C%_replay_structure_SOURCES = %D%/replay.c %D%/fuzz_structure.c
%C%_replay_structure_LDADD = libweir_core.la $(WEIR_LIBS)
if FUZZERS
noinst_PROGRAMS += %D%/fuzz_structure
%C%_fuzz_structure_SOURCES = %D%/fuzz_structure.c
%C%_fuzz_structure_LDFLAGS = $(AM_LDFLAGS) $(WEIR_FUZZ)
%C%_fuzz_structure_LDADD = libweir_core.la $(WEIR_LIBS)
endif

check_PROGRAMS += %D%/replay_tape
%C%_replay_tape_SOURCES = %D%/replay.c %D%/fuzz_tape.c
%C%_replay_tape_LDADD = libweir_core.la $(WEIR_LIBS)
if FUZZERS
noinst_PROGRAMS += %D%/fuzz_tape
%C%_fuzz_tape_SOURCES = %D%/fuzz_tape.c
%C%_fuzz_tape_LDFLAGS = $(AM_LDFLAGS) $(WEIR_FUZZ)
%C%_fuzz_tape_LDADD = libweir_core.la $(WEIR_LIBS)
endif
