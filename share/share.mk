# SPDX-License-Identifier: GPL-3.0-or-later
# share and templates: weir's own data. Built into the program, so that it runs from anywhere, and installed for
# editors and for those who change it (WEIR_SHARE names a folder that goes first).
WEIR_SHARE_FILES = \
	share/calendars/CN-exchange.csv \
	share/calendars/CN-work.csv \
	share/calendars/README.md \
	share/calendars/TARGET.csv \
	share/calendars/US-federal.csv \
	share/calendars/weekends.csv \
	share/deal.xsd \
	share/document.xsd \
	share/esma-annex12.csv \
	share/expected-losses.csv \
	share/industries.csv \
	share/ip-annuities.csv \
	share/ip-terms.csv \
	share/market.xsd \
	share/rating-targets.csv \
	share/regions.csv \
	share/report-dates.csv \
	share/results.xsd \
	share/risk-schemes.csv \
	share/scenarios.xsd \
	share/selection.xsd \
	share/strat-bands.csv \
	share/stress/general.xml \
	share/stress/ip.xml \
	share/stress/lease.xml \
	share/stress/small-business.xml \
	share/structure.xsd \
	templates/abn.xsl \
	templates/abs.xsl \
	templates/charts.xsl \
	templates/common.xsl \
	templates/form-10d.xsl \
	templates/investor.xsl \
	templates/key.xsl \
	templates/ledgers.xsl \
	templates/offering.xsl \
	templates/prospectus.xsl \
	templates/reports.xml \
	templates/sections.xsl \
	templates/servicing.xsl \
	templates/stress-sections.xsl \
	templates/stress.xsl \
	templates/structuring.xsl \
	templates/style.css \
	templates/term-sheet.xsl \
	templates/terms.xml

# Under their names: share/calendars/CN-work.csv is "calendars/CN-work.csv", templates/investor.xsl itself.
# The deals of "weir bench" go by bench/ex2.xml and bench/120-months.xml.
WEIR_BENCH_FILES = deals/ex2-secondary-licence/deal.xml bench/120-months.xml

src/io/embedded.c: build-aux/embed.sh $(WEIR_SHARE_FILES) $(WEIR_BENCH_FILES)
	$(AM_V_GEN)$(MKDIR_P) src/io && for path in $(WEIR_SHARE_FILES) $(WEIR_BENCH_FILES); do \
		case $$path in *.md) ;; deals/ex2*) echo "bench/ex2.xml=$$path" ;; \
		*) echo "$${path#share/}=$$path" ;; esac; \
	done | xargs $(SHELL) $(srcdir)/build-aux/embed.sh $@ $(srcdir)

nodist_libweir_core_la_SOURCES += src/io/embedded.c
CLEANFILES += src/io/embedded.c
EXTRA_DIST += $(WEIR_SHARE_FILES)

install-data-local:
	@for path in $(WEIR_SHARE_FILES); do \
		name="$${path#share/}"; \
		$(MKDIR_P) "$(DESTDIR)$(pkgdatadir)/`dirname $$name`" && \
		$(INSTALL_DATA) "$(srcdir)/$$path" "$(DESTDIR)$(pkgdatadir)/$$name" || exit 1; \
	done

uninstall-local:
	@for path in $(WEIR_SHARE_FILES); do \
		rm -f "$(DESTDIR)$(pkgdatadir)/$${path#share/}"; \
	done
