<?xml version="1.0" encoding="UTF-8"?>
<!-- SPDX-License-Identifier: GPL-3.0-or-later -->
<!-- The sections that several reports have: capital, cash flow, support, pool, triggers, order of payments, parties, what
     must be disclosed. It wants common.xsl beside it. A section whose tables are absent leaves itself out. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns="urn:weir:document:1"
	xmlns:in="urn:weir:report-input:1" xmlns:r="urn:weir:results:1" xmlns:w="urn:weir:terms:1"
	xmlns:str="http://exslt.org/strings" xmlns:exsl="http://exslt.org/common" exclude-result-prefixes="in r w str exsl">
	<xsl:include href="charts.xsl"/>

	<!-- the periods that are run: behind the closing, or behind the balances of a mid-life start -->
	<xsl:variable name="periods" select="key('table', 'periods')/r:row[r:cell[@col='period'] != 0][not(r:cell[@col='period'] &lt; key('table', 'classes')/r:row[1]/r:cell[@col='period'])]"/>
	<!-- the interbank market sells notes -->
	<xsl:variable name="classes-title">key-classes<xsl:if test="key('item', 'kind')/r:cell[@col='value']/@key = 'abn'">-abn</xsl:if></xsl:variable>
	<!-- how many payments there are: of the documents, and in the tail those too -->
	<xsl:variable name="payment-count">
		<xsl:variable name="said" select="key('item', 'payment_count')/r:cell[@col='value'][. &gt;= $period]"/>
		<xsl:value-of select="($said | $periods[last()][not($said)]/r:cell[@col='period'])[1]"/>
	</xsl:variable>
	<xsl:variable name="now" select="$periods[r:cell[@col='period'] = $period]"/>

	<xsl:template match="r:scenario" mode="scenario">
		<xsl:variable name="scenario" select="."/>
		<xsl:call-template name="term">
			<xsl:with-param name="id" select="'scenario.is'"/>
			<xsl:with-param name="en"><xsl:value-of select="concat(@id, ' ', @en)"/></xsl:with-param>
			<xsl:with-param name="zh"><xsl:value-of select="concat(@id, ' ', @zh)"/></xsl:with-param>
		</xsl:call-template>
	</xsl:template>

	<!-- A field with a plain text value. -->
	<xsl:template name="field">
		<xsl:param name="label"/>
		<xsl:param name="value"/>
		<xsl:param name="value-zh"/>
		<xsl:param name="type" select="'text'"/>
		<xsl:if test="string($value)">
			<field>
				<label><xsl:call-template name="term"><xsl:with-param name="id" select="$label"/></xsl:call-template></label>
				<xsl:choose>
					<xsl:when test="$type = 'text'">
						<cell>
							<xsl:call-template name="text">
								<xsl:with-param name="en" select="string($value)"/>
								<xsl:with-param name="zh" select="string($value-zh)"/>
							</xsl:call-template>
						</cell>
					</xsl:when>
					<xsl:otherwise><cell type="{$type}"><xsl:value-of select="$value"/></cell></xsl:otherwise>
				</xsl:choose>
			</field>
		</xsl:if>
	</xsl:template>

	<xsl:template name="head-fields">
		<xsl:param name="with-period" select="true()"/>
		<fields>
			<xsl:call-template name="field">
				<xsl:with-param name="label" select="'deal-id'"/>
				<xsl:with-param name="value" select="$results/r:deal/@id"/>
			</xsl:call-template>
			<xsl:call-template name="field">
				<xsl:with-param name="label" select="'currency'"/>
				<xsl:with-param name="value" select="$currency"/>
			</xsl:call-template>
			<xsl:call-template name="field">
				<xsl:with-param name="label" select="'closing-date'"/>
				<xsl:with-param name="value"
					select="(key('item', 'closing_date')/r:cell[@col='value'] | key('table', 'periods')/r:row[r:cell[@col='period'] = 0]/r:cell[@col='payment_date'])[last()]"/>
				<xsl:with-param name="type" select="'date'"/>
			</xsl:call-template>
			<xsl:if test="$now and $with-period">
				<field>
					<label><xsl:call-template name="term"><xsl:with-param name="id" select="'period'"/></xsl:call-template></label>
					<cell type="integer"><xsl:value-of select="$period"/></cell>
					<text><t lang="en"><xsl:value-of select="concat('/ ', $payment-count)"/></t></text>
				</field>
			</xsl:if>
			<xsl:for-each select="str:tokenize('calculation_date payment_date adjusted_date')">
				<xsl:variable name="id" select="string(.)"/>
				<xsl:for-each select="$now/r:cell[@col = $id][$with-period]">
					<field>
						<label><xsl:apply-templates select="../../r:columns/r:column[@id = $id]" mode="names"/></label>
						<cell type="date"><xsl:value-of select="."/></cell>
					</field>
				</xsl:for-each>
			</xsl:for-each>
			<xsl:call-template name="rule-field"/>
			<xsl:for-each select="$results/r:fact[@id='actual_to_date' or @id='report_number' or @id='prepared_by']">
				<xsl:call-template name="field">
					<xsl:with-param name="label" select="concat('fact.', @id)"/>
					<xsl:with-param name="value" select="."/>
				</xsl:call-template>
			</xsl:for-each>
			<xsl:call-template name="field">
				<xsl:with-param name="label" select="'fact.engine_version'"/>
				<xsl:with-param name="value" select="$results/r:fact[@id='engine_version']"/>
			</xsl:call-template>
			<!-- enough of the first input's hash to tell two versions apart; in full under reproducibility -->
			<xsl:call-template name="field">
				<xsl:with-param name="label" select="'definition-hash'"/>
				<xsl:with-param name="value" select="substring($results/r:fact[starts-with(@id, 'sha256:')][1], 1, 16)"/>
			</xsl:call-template>
		</fields>
	</xsl:template>

	<!-- Key figures -->
	<xsl:template name="figure-tile">
		<xsl:param name="row"/>
		<xsl:param name="id"/>
		<xsl:param name="bad" select="false()"/>
		<xsl:for-each select="$row/r:cell[@col='value']">
			<tile>
				<xsl:if test="$bad"><xsl:attribute name="tone">bad</xsl:attribute></xsl:if>
				<label><xsl:call-template name="term"><xsl:with-param name="id" select="$id"/></xsl:call-template></label>
				<xsl:call-template name="cell">
					<xsl:with-param name="cell" select="."/>
					<xsl:with-param name="decimals" select="key('term', $id)/@decimals"/>
				</xsl:call-template>
				<xsl:if test="key('term', concat($id, '.more'))">
					<text><xsl:call-template name="term"><xsl:with-param name="id" select="concat($id, '.more')"/></xsl:call-template></text>
				</xsl:if>
			</tile>
		</xsl:for-each>
	</xsl:template>

	<!-- Capital structure -->
	<xsl:template name="capital">
		<xsl:variable name="capital" select="key('table', 'capital')"/>
		<xsl:if test="$capital">
			<section id="capital">
				<xsl:call-template name="title"><xsl:with-param name="id" select="'capital'"/></xsl:call-template>
				<xsl:call-template name="table">
					<xsl:with-param name="table" select="$capital"/>
					<xsl:with-param name="columns" select="'*class code rank size share coupon:2+ rating style expected_maturity legal_maturity subordination holder'"/>
				</xsl:call-template>
				<xsl:call-template name="chart-capital"/>
				<xsl:call-template name="class-measures"/>
				<xsl:call-template name="table">
					<xsl:with-param name="table" select="key('table', 'enhancement')"/>
					<xsl:with-param name="columns" select="'*measure provider required level used to_repay'"/>
					<xsl:with-param name="caption"><xsl:apply-templates select="key('table', 'enhancement')" mode="names"/></xsl:with-param>
				</xsl:call-template>
			</section>
		</xsl:if>
	</xsl:template>

	<!-- The summary's figures per class: one row a class, one column a measure that some class has. -->
	<xsl:template name="class-measures">
		<xsl:variable name="summary" select="key('table', 'summary')"/>
		<xsl:variable name="used-words">
			<xsl:for-each select="/in:input/w:terms/w:term[starts-with(@id, 'metric.')][@per-class]">
				<xsl:if test="$summary/r:row[r:cell[@col='class']][r:cell[@col='value']][concat('metric.', r:cell[@col='metric']/@key) = current()/@id]">
					<xsl:value-of select="concat(substring-after(@id, 'metric.'), ' ')"/>
				</xsl:if>
			</xsl:for-each>
		</xsl:variable>
		<xsl:variable name="used" select="str:tokenize($used-words)"/>
		<xsl:if test="$used">
			<table>
				<caption><xsl:call-template name="term"><xsl:with-param name="id" select="'class-measures'"/></xsl:call-template></caption>
				<columns>
					<column type="text" head="yes"><xsl:apply-templates select="$summary/r:columns/r:column[@id='class']" mode="names"/></column>
					<xsl:for-each select="$used">
						<xsl:variable name="metric" select="string(.)"/>
						<column type="{($results/r:table[@id='summary']/r:row[r:cell[@col='metric']/@key = $metric][r:cell[@col='class']]/r:cell[@col='value'])[1]/@type}">
							<xsl:for-each select="$results">
								<xsl:call-template name="term"><xsl:with-param name="id" select="concat('metric.', $metric)"/></xsl:call-template>
							</xsl:for-each>
						</column>
					</xsl:for-each>
				</columns>
				<xsl:for-each select="key('table', 'capital')/r:row">
					<xsl:variable name="class" select="(r:cell[@col='class']/@key | r:cell[@col='class'][not(@key)]/@en)[1]"/>
					<row>
						<cell><xsl:apply-templates select="r:cell[@col='class']" mode="names"/></cell>
						<xsl:for-each select="$used">
							<xsl:variable name="metric" select="string(.)"/>
							<xsl:for-each select="$results">
								<xsl:call-template name="cell">
									<xsl:with-param name="cell"
										select="key('by-class', concat('summary|', $class))[r:cell[@col='metric']/@key = $metric]/r:cell[@col='value']"/>
									<xsl:with-param name="decimals" select="key('term', concat('metric.', $metric))/@decimals"/>
								</xsl:call-template>
							</xsl:for-each>
						</xsl:for-each>
					</row>
				</xsl:for-each>
			</table>
		</xsl:if>
	</xsl:template>

	<!-- Class measures: what each class is worth at its issue price -->
	<xsl:template name="measures">
		<xsl:variable name="measures" select="key('table', 'measures')"/>
		<xsl:if test="$measures/r:row">
			<section id="measures" wide="yes">
				<xsl:call-template name="title"><xsl:with-param name="id" select="'measures'"/></xsl:call-template>
				<xsl:call-template name="paragraph"><xsl:with-param name="id" select="'about.measures'"/></xsl:call-template>
				<xsl:call-template name="table">
					<xsl:with-param name="table" select="$measures"/>
					<xsl:with-param name="columns" select="'*class settlement clean:4 accrued:4 yield:4 irr:4 wal:2 first_principal last_principal macaulay:4 modified:4 convexity:4 dv01:6 flag'"/>
					<xsl:with-param name="total" select="/.."/>
					<xsl:with-param name="money" select="false()"/>
				</xsl:call-template>
				<xsl:call-template name="table">
					<xsl:with-param name="table" select="$measures"/>
					<xsl:with-param name="columns" select="'*class principal other unpaid? flag'"/>
				</xsl:call-template>
			</section>
		</xsl:if>
	</xsl:template>

	<!-- "Period 3, payment date 2023-12-20" -->
	<xsl:template name="period-caption">
		<xsl:param name="row"/>
		<xsl:variable name="of" select="key('term', 'period-of')"/>
		<xsl:call-template name="text">
			<xsl:with-param name="en" select="concat($of/@en, $row/r:cell[@col='period'], $of/@en-then, $row/r:cell[@col='payment_date'])"/>
			<xsl:with-param name="zh" select="concat($of/@zh, $row/r:cell[@col='period'], $of/@zh-then, $row/r:cell[@col='payment_date'])"/>
		</xsl:call-template>
	</xsl:template>

	<!-- Cash flow and coverage -->
	<xsl:template name="cash-flow">
		<xsl:if test="$periods">
			<section id="cash-flow" wide="yes">
				<xsl:call-template name="title"><xsl:with-param name="id" select="'cash-flow'"/></xsl:call-template>
				<xsl:call-template name="chart-cash-due"/>
				<xsl:call-template name="chart-coverage"/>
				<xsl:call-template name="table">
					<xsl:with-param name="table" select="key('table', 'periods')"/>
					<xsl:with-param name="rows" select="key('table', 'periods')/r:row"/>
					<xsl:with-param name="columns" select="'*period payment_date opening_cash pool_principal? pool_income? pool_recovered? other_in? support_in? available'"/>
					<xsl:with-param name="caption"><xsl:call-template name="term"><xsl:with-param name="id" select="'cash-in'"/></xsl:call-template></xsl:with-param>
				</xsl:call-template>
				<xsl:call-template name="table">
					<xsl:with-param name="table" select="key('table', 'periods')"/>
					<xsl:with-param name="rows" select="key('table', 'periods')/r:row"/>
					<xsl:with-param name="columns" select="'*period payment_date taxes_paid fees_paid senior_interest_paid senior_principal_paid support_repaid? reserve_net? subordinated_paid other_out? closing_cash'"/>
					<xsl:with-param name="caption"><xsl:call-template name="term"><xsl:with-param name="id" select="'cash-out'"/></xsl:call-template></xsl:with-param>
				</xsl:call-template>
				<xsl:call-template name="table">
					<xsl:with-param name="table" select="key('table', 'periods')"/>
					<xsl:with-param name="rows" select="$periods"/>
					<xsl:with-param name="total" select="/.."/>
					<xsl:with-param name="columns" select="'*period payment_date senior_due coverage:4 coverage_period:4 cumulative_coverage:4'"/>
					<xsl:with-param name="caption"><xsl:call-template name="term"><xsl:with-param name="id" select="'coverage'"/></xsl:call-template></xsl:with-param>
				</xsl:call-template>
				<xsl:call-template name="paragraph"><xsl:with-param name="id" select="'about.coverage'"/></xsl:call-template>
			</section>
		</xsl:if>
	</xsl:template>

	<!-- Term sheet: facts, dates, parties, fees, reserves and other enhancement -->

	<xsl:template name="term-sheet">
		<xsl:param name="party-columns" select="'*role name rating note'"/>
		<!-- the fees in words, in the place of their formulas -->
		<xsl:param name="worded" select="/.."/>
		<xsl:variable name="terms" select="key('table', 'terms')/r:row"/>
		<xsl:if test="$terms or key('table', 'parties')/r:row">
			<section id="term-sheet">
				<xsl:call-template name="title"><xsl:with-param name="id" select="'term-sheet'"/></xsl:call-template>
				<fields>
					<xsl:for-each select="$terms">
						<field>
							<label><xsl:apply-templates select="r:cell[@col='item']" mode="names"/></label>
							<xsl:call-template name="cell">
								<xsl:with-param name="cell" select="r:cell[@col='value']"/>
								<xsl:with-param name="decimals">
									<xsl:if test="contains('rate number', r:cell[@col='value']/@type)">
										<xsl:value-of select="key('term', concat('item.', current()/r:cell[@col='item']/@key))/@decimals"/>
										<xsl:if test="not(key('term', concat('item.', r:cell[@col='item']/@key))/@decimals)">2+</xsl:if>
									</xsl:if>
								</xsl:with-param>
							</xsl:call-template>
						</field>
					</xsl:for-each>
				</fields>
				<xsl:call-template name="table">
					<xsl:with-param name="table" select="key('table', 'parties')"/>
					<xsl:with-param name="columns" select="$party-columns"/>
					<xsl:with-param name="caption"><xsl:apply-templates select="key('table', 'parties')" mode="names"/></xsl:with-param>
					<xsl:with-param name="money" select="false()"/>
				</xsl:call-template>
				<xsl:choose>
					<xsl:when test="$worded/r:row">
						<xsl:call-template name="table">
							<xsl:with-param name="table" select="$worded"/>
							<xsl:with-param name="columns" select="'*fee payee formula cap frequency clause'"/>
							<xsl:with-param name="total" select="/.."/>
							<xsl:with-param name="caption"><xsl:apply-templates select="$worded" mode="names"/></xsl:with-param>
							<xsl:with-param name="money" select="false()"/>
						</xsl:call-template>
					</xsl:when>
					<xsl:otherwise>
						<xsl:call-template name="table">
							<xsl:with-param name="table" select="key('table', 'fee_terms')"/>
							<xsl:with-param name="columns" select="'*fee payee rate:2+ base basis amount frequency cap cap_yearly raised_when raised:2+'"/>
							<xsl:with-param name="caption"><xsl:apply-templates select="key('table', 'fee_terms')" mode="names"/></xsl:with-param>
						</xsl:call-template>
					</xsl:otherwise>
				</xsl:choose>
			</section>
		</xsl:if>
	</xsl:template>

	<!-- Support: what the documents say, what the run took, and what would be without it -->
	<xsl:template name="support">
		<xsl:variable name="terms" select="key('table', 'support_terms') | key('table', 'cover_terms')"/>
		<xsl:if test="$terms/r:row">
			<section id="support" wide="yes">
				<xsl:call-template name="title"><xsl:with-param name="id" select="'support'"/></xsl:call-template>
				<xsl:call-template name="support-terms"/>
				<xsl:call-template name="support-used"/>
				<xsl:if test="key('table', 'dependence')/r:row">
					<xsl:call-template name="paragraph"><xsl:with-param name="id" select="'about.dependence'"/></xsl:call-template>
					<xsl:call-template name="table">
						<xsl:with-param name="table" select="key('table', 'dependence')"/>
						<xsl:with-param name="columns" select="'*support coverage_min:4 coverage_total:4 interest_short principal_short first_short missed support_drawn subordinated_paid pass'"/>
						<xsl:with-param name="caption"><xsl:apply-templates select="key('table', 'dependence')" mode="names"/></xsl:with-param>
					</xsl:call-template>
				</xsl:if>
			</section>
		</xsl:if>
	</xsl:template>

	<!-- What the documents say of supports, covers and a fund's contributors -->
	<xsl:template name="support-terms">
		<xsl:call-template name="table">
			<xsl:with-param name="table" select="key('table', 'support_terms')"/>
			<xsl:with-param name="columns" select="'*support kind party rating order covers condition amount limit cap cap_period dates delay draw_rate:2+ commitment_rate:2+ clause'"/>
			<xsl:with-param name="caption"><xsl:apply-templates select="key('table', 'support_terms')" mode="names"/></xsl:with-param>
		</xsl:call-template>
		<xsl:call-template name="table">
			<xsl:with-param name="table" select="key('table', 'cover_terms')"/>
			<xsl:with-param name="columns" select="'*cover kind scheme party of:2+ sharing basis contracts share_cap share_cap_yearly cap_contract cap_yearly cap deductible condition delay clause'"/>
			<xsl:with-param name="caption"><xsl:apply-templates select="key('table', 'cover_terms')" mode="names"/></xsl:with-param>
		</xsl:call-template>
		<xsl:call-template name="table">
			<xsl:with-param name="table" select="key('table', 'contributors')"/>
			<xsl:with-param name="columns" select="'*fund contributor share:2+ capacity leverage:2+'"/>
			<xsl:with-param name="caption"><xsl:apply-templates select="key('table', 'contributors')" mode="names"/></xsl:with-param>
		</xsl:call-template>
	</xsl:template>

	<!-- By period, only the rows in which something happened; one line where nothing did. -->
	<xsl:template name="support-used">
		<xsl:variable name="support" select="key('table', 'support')/r:row[r:cell[contains(' called shortfall drawn repaid interest_paid fee_paid ', concat(' ', @col, ' '))][. != 0]]"/>
		<xsl:variable name="covers" select="key('table', 'covers')/r:row[r:cell[@col='claimed' or @col='settled' or @col='paid'][. != 0]]"/>
		<xsl:variable name="shares" select="key('table', 'cover_shares')/r:row[r:cell[@col='paid'] != 0]"/>
		<xsl:if test="not($support | $covers)">
			<xsl:call-template name="paragraph"><xsl:with-param name="id" select="'about.no-support'"/></xsl:call-template>
		</xsl:if>
		<xsl:call-template name="table">
			<xsl:with-param name="table" select="key('table', 'support')"/>
			<xsl:with-param name="rows" select="$support"/>
			<xsl:with-param name="columns" select="'*period support party shortfall available called call_date drawn pay_date returned? repaid? interest_paid? fee_paid? outstanding'"/>
			<xsl:with-param name="caption"><xsl:apply-templates select="key('table', 'support')" mode="names"/></xsl:with-param>
		</xsl:call-template>
		<xsl:call-template name="table">
			<xsl:with-param name="table" select="key('table', 'covers')"/>
			<xsl:with-param name="rows" select="$covers"/>
			<xsl:with-param name="columns" select="'*period cover party claimed settled paid paid_total available'"/>
			<xsl:with-param name="caption"><xsl:apply-templates select="key('table', 'covers')" mode="names"/></xsl:with-param>
		</xsl:call-template>
		<xsl:call-template name="table">
			<xsl:with-param name="table" select="key('table', 'cover_shares')"/>
			<xsl:with-param name="rows" select="$shares"/>
			<xsl:with-param name="columns" select="'*period cover party of:2+ paid paid_total'"/>
			<xsl:with-param name="caption"><xsl:apply-templates select="key('table', 'cover_shares')" mode="names"/></xsl:with-param>
		</xsl:call-template>
		<xsl:call-template name="table">
			<xsl:with-param name="table" select="key('table', 'supporters')"/>
			<xsl:with-param name="rows" select="key('by-period', concat('supporters|', $periods[last()]/r:cell[@col='period']))"/>
			<xsl:with-param name="columns" select="'*party failed capacity'"/>
			<xsl:with-param name="total" select="/.."/>
			<xsl:with-param name="caption"><xsl:call-template name="term"><xsl:with-param name="id" select="'supporters-at-end'"/></xsl:call-template></xsl:with-param>
		</xsl:call-template>
	</xsl:template>

	<!-- Pool -->
	<xsl:template name="pool">
		<xsl:variable name="status" select="key('table', 'pool_status')"/>
		<xsl:if test="$status or $periods">
			<section id="pool">
				<xsl:call-template name="title"><xsl:with-param name="id" select="'pool'"/></xsl:call-template>
				<xsl:if test="key('table', 'pool_by_kind')/r:row[r:cell[@col='kind']/@key != ../r:row[1]/r:cell[@col='kind']/@key]">
					<xsl:call-template name="chart-pool"/>
				</xsl:if>
				<xsl:call-template name="table">
					<xsl:with-param name="table" select="$status"/>
					<xsl:with-param name="columns" select="'*item initial:2+ previous:2+ current:2+'"/>
				</xsl:call-template>
				<xsl:call-template name="table">
					<xsl:with-param name="table" select="key('table', 'periods')"/>
					<xsl:with-param name="columns" select="'*period calculation_date pool_principal pool_prepaid? pool_income pool_recovered? pool_disposal? lost? pool_defaulted? pool_sold? pool_balance pool_overdue?'"/>
					<xsl:with-param name="caption"><xsl:call-template name="term"><xsl:with-param name="id" select="'pool-by-period'"/></xsl:call-template></xsl:with-param>
				</xsl:call-template>
				<xsl:call-template name="table">
					<xsl:with-param name="table" select="key('table', 'revolving')"/>
					<xsl:with-param name="columns" select="'*period asset purchased principal income balance'"/>
					<xsl:with-param name="caption"><xsl:apply-templates select="key('table', 'revolving')" mode="names"/></xsl:with-param>
				</xsl:call-template>
			</section>
		</xsl:if>
	</xsl:template>

	<!-- Concentration and obligors -->
	<xsl:template name="concentration">
		<xsl:variable name="obligors" select="key('table', 'obligors')"/>
		<xsl:variable name="strats" select="key('table', 'strat_industry') | key('table', 'strat_region') | key('table', 'strat_kind')"/>
		<xsl:if test="$obligors or key('table', 'concentration') or $strats">
			<section id="concentration">
				<xsl:call-template name="title"><xsl:with-param name="id" select="'concentration'"/></xsl:call-template>
				<xsl:call-template name="chart-treemap"/>
				<xsl:call-template name="table">
					<xsl:with-param name="table" select="key('table', 'concentration')"/>
					<xsl:with-param name="columns" select="'*measure name balance share limit status'"/>
				</xsl:call-template>
				<xsl:if test="$obligors/r:row">
					<chart kind="bars">
						<xsl:call-template name="chart-words"><xsl:with-param name="id" select="'obligors'"/></xsl:call-template>
						<x>
							<title><xsl:apply-templates select="$obligors/r:columns/r:column[@id='obligor']" mode="names"/></title>
							<xsl:for-each select="$obligors/r:row[position() &lt;= 15]">
								<item><xsl:apply-templates select="r:cell[@col='obligor']" mode="names"/></item>
							</xsl:for-each>
						</x>
						<y type="rate" decimals="2"/>
						<series>
							<name><xsl:apply-templates select="$obligors/r:columns/r:column[@id='share']" mode="names"/></name>
							<xsl:for-each select="$obligors/r:row[position() &lt;= 15]"><v><xsl:value-of select="r:cell[@col='share']"/></v></xsl:for-each>
						</series>
					</chart>
				</xsl:if>
				<xsl:call-template name="table">
					<xsl:with-param name="table" select="$obligors"/>
					<xsl:with-param name="columns" select="'number *obligor industry region grade contracts principal receivable share cumulative_share'"/>
					<xsl:with-param name="caption"><xsl:apply-templates select="$obligors" mode="names"/></xsl:with-param>
				</xsl:call-template>
				<xsl:for-each select="$strats">
					<xsl:call-template name="table">
						<xsl:with-param name="table" select="."/>
						<xsl:with-param name="columns" select="'*band contracts obligors principal receivable share'"/>
						<xsl:with-param name="caption"><xsl:apply-templates select="." mode="names"/></xsl:with-param>
					</xsl:call-template>
				</xsl:for-each>
			</section>
		</xsl:if>
	</xsl:template>

	<!-- Intellectual property -->
	<xsl:template name="ip">
		<xsl:variable name="ip" select="key('table', 'ip')"/>
		<xsl:if test="$ip/r:row or key('table', 'ip_stats')/r:row">
			<section id="ip" wide="yes">
				<xsl:call-template name="title"><xsl:with-param name="id" select="'ip'"/></xsl:call-template>
				<xsl:call-template name="chart-ip-timeline"/>
				<xsl:call-template name="table">
					<xsl:with-param name="table" select="key('table', 'ip_stats')"/>
					<xsl:with-param name="columns" select="'*kind items items_share valuation share remaining_years:2 expiring annuity_due'"/>
					<xsl:with-param name="caption"><xsl:apply-templates select="key('table', 'ip_stats')" mode="names"/></xsl:with-param>
				</xsl:call-template>
				<xsl:call-template name="table">
					<xsl:with-param name="table" select="$ip"/>
					<xsl:with-param name="columns" select="'*id kind number title holder expires annuity_paid_to status disputed? recordal pledge valuation valuation_date ltv'"/>
					<xsl:with-param name="caption"><xsl:apply-templates select="$ip" mode="names"/></xsl:with-param>
				</xsl:call-template>
			</section>
		</xsl:if>
	</xsl:template>

	<!-- Triggers -->
	<xsl:template name="triggers">
		<xsl:variable name="triggers" select="key('table', 'triggers')"/>
		<xsl:variable name="tests" select="key('table', 'tests')"/>
		<xsl:variable name="calls" select="key('table', 'calls')/r:row[r:cell[@col='price' or @col='balance_sold'][. != 0]]"/>
		<xsl:if test="$triggers/r:row or $tests/r:row or key('table', 'call_terms')/r:row">
			<section id="triggers">
				<xsl:call-template name="title"><xsl:with-param name="id" select="'triggers'"/></xsl:call-template>
				<xsl:call-template name="table">
					<xsl:with-param name="table" select="$triggers"/>
					<xsl:with-param name="columns" select="'*trigger condition clause effect status first_hit'"/>
					<xsl:with-param name="money" select="false()"/>
				</xsl:call-template>
				<xsl:call-template name="table">
					<xsl:with-param name="table" select="$tests"/>
					<xsl:with-param name="columns" select="'period *test value:2+ threshold:2+ distance:2+ held needed clean cure status effect'"/>
					<xsl:with-param name="caption"><xsl:apply-templates select="$tests" mode="names"/></xsl:with-param>
					<xsl:with-param name="money" select="false()"/>
				</xsl:call-template>
				<xsl:call-template name="table">
					<xsl:with-param name="table" select="key('table', 'call_terms')"/>
					<xsl:with-param name="columns" select="'*call kind condition price cost party clause'"/>
					<xsl:with-param name="caption"><xsl:apply-templates select="key('table', 'call_terms')" mode="names"/></xsl:with-param>
					<xsl:with-param name="money" select="false()"/>
				</xsl:call-template>
				<xsl:if test="key('table', 'call_terms')/r:row and not($calls)">
					<xsl:call-template name="paragraph"><xsl:with-param name="id" select="'about.no-call'"/></xsl:call-template>
				</xsl:if>
				<xsl:call-template name="table">
					<xsl:with-param name="table" select="key('table', 'calls')"/>
					<xsl:with-param name="rows" select="$calls"/>
					<xsl:with-param name="columns" select="'*period call balance_sold price costs proceeds'"/>
					<xsl:with-param name="total" select="/.."/>
					<xsl:with-param name="caption"><xsl:apply-templates select="key('table', 'calls')" mode="names"/></xsl:with-param>
				</xsl:call-template>
			</section>
		</xsl:if>
	</xsl:template>

	<!-- What the documents say of events: in words where the results have them, else as formulas; columns that the table at hand
	     lacks are left out -->
	<xsl:template name="event-terms">
		<xsl:param name="columns"/>
		<xsl:variable name="worded" select="key('table', 'trigger_terms')[r:row]"/>
		<xsl:call-template name="table">
			<xsl:with-param name="table" select="$worded | key('table', 'triggers')[not($worded)]"/>
			<xsl:with-param name="columns" select="$columns"/>
			<xsl:with-param name="money" select="false()"/>
		</xsl:call-template>
	</xsl:template>

	<!-- Financing of the obligors: mode, costs, subsidies, warrants; none of it is the deal's cash -->
	<xsl:template name="financing">
		<xsl:variable name="mode" select="key('item', 'financing_mode')"/>
		<xsl:if test="$mode or key('table', 'subsidy_terms')/r:row or key('table', 'warrants')/r:row">
			<section id="financing" wide="yes">
				<xsl:call-template name="title"><xsl:with-param name="id" select="'financing'"/></xsl:call-template>
				<xsl:call-template name="paragraph"><xsl:with-param name="id" select="'about.financing'"/></xsl:call-template>
				<xsl:if test="$mode">
					<fields>
						<field>
							<label><xsl:apply-templates select="$mode/r:cell[@col='item']" mode="names"/></label>
							<xsl:call-template name="cell"><xsl:with-param name="cell" select="$mode/r:cell[@col='value']"/></xsl:call-template>
						</field>
					</fields>
				</xsl:if>
				<xsl:call-template name="table">
					<xsl:with-param name="table" select="key('table', 'subsidy_terms')"/>
					<xsl:with-param name="columns" select="'*item kind party rate:2+ per amount cap_obligor cap contracts clause'"/>
					<xsl:with-param name="caption"><xsl:apply-templates select="key('table', 'subsidy_terms')" mode="names"/></xsl:with-param>
				</xsl:call-template>
				<xsl:call-template name="table">
					<xsl:with-param name="table" select="key('table', 'financing_cost')"/>
					<xsl:with-param name="columns" select="'*obligor financed years:2 average interest appraisal? guarantee? insurance? service?'"/>
					<xsl:with-param name="caption"><xsl:apply-templates select="key('table', 'financing_cost')" mode="names"/></xsl:with-param>
				</xsl:call-template>
				<xsl:call-template name="table">
					<xsl:with-param name="table" select="key('table', 'financing_cost')"/>
					<xsl:with-param name="columns" select="'*obligor subsidy_interest? subsidy_appraisal? subsidy_guarantee? subsidy_insurance? subsidy_issue? subsidy_service? rate_before:2 rate_after:2 irr_before:2 irr_after:2'"/>
				</xsl:call-template>
				<xsl:call-template name="table">
					<xsl:with-param name="table" select="key('table', 'warrants')"/>
					<xsl:with-param name="columns" select="'*warrant obligor holder share:2+ amount expires note'"/>
					<xsl:with-param name="caption"><xsl:apply-templates select="key('table', 'warrants')" mode="names"/></xsl:with-param>
				</xsl:call-template>
			</section>
		</xsl:if>
	</xsl:template>

	<!-- Order of payments -->
	<xsl:template name="waterfall">
		<xsl:param name="columns" select="'waterfall *rank text condition clause'"/>
		<xsl:variable name="text" select="key('table', 'waterfall_text')"/>
		<xsl:if test="$text/r:row">
			<section id="waterfall">
				<xsl:call-template name="title"><xsl:with-param name="id" select="'waterfall'"/></xsl:call-template>
				<xsl:call-template name="table">
					<xsl:with-param name="table" select="$text"/>
					<xsl:with-param name="columns" select="$columns"/>
					<xsl:with-param name="caption"><xsl:apply-templates select="$text" mode="names"/></xsl:with-param>
					<xsl:with-param name="money" select="false()"/>
				</xsl:call-template>
			</section>
		</xsl:if>
	</xsl:template>

	<!-- Parties -->
	<xsl:template name="parties">
		<xsl:if test="key('table', 'parties')/r:row">
			<section id="parties">
				<xsl:call-template name="title"><xsl:with-param name="id" select="'parties'"/></xsl:call-template>
				<xsl:call-template name="chart-structure"><xsl:with-param name="code" select="'C-4'"/></xsl:call-template>
				<xsl:call-template name="table">
					<xsl:with-param name="table" select="key('table', 'parties')"/>
					<xsl:with-param name="columns" select="'*role name rating note'"/>
					<xsl:with-param name="caption"><xsl:apply-templates select="key('table', 'parties')" mode="names"/></xsl:with-param>
					<xsl:with-param name="money" select="false()"/>
				</xsl:call-template>
			</section>
		</xsl:if>
	</xsl:template>

	<!-- Scenario, disclosures and assumptions -->
	<xsl:template name="disclosures">
		<section id="disclosures">
			<xsl:call-template name="title"><xsl:with-param name="id" select="'disclosures'"/></xsl:call-template>
			<xsl:call-template name="paragraph">
				<xsl:with-param name="id">
					<xsl:choose>
						<xsl:when test="key('table', 'report_dates')/r:row/r:cell[@col='actual'] = 1">about.actual</xsl:when>
						<xsl:otherwise>about.projection</xsl:otherwise>
					</xsl:choose>
				</xsl:with-param>
			</xsl:call-template>
			<xsl:call-template name="table">
				<xsl:with-param name="table" select="key('table', 'scenarios')"/>
				<xsl:with-param name="columns" select="'*scenario shock scope value:2+ months from detail source'"/>
				<xsl:with-param name="caption"><xsl:apply-templates select="key('table', 'scenarios')" mode="names"/></xsl:with-param>
				<xsl:with-param name="money" select="false()"/>
			</xsl:call-template>
			<xsl:if test="$results/r:disclosure">
				<list>
					<xsl:for-each select="$results/r:disclosure">
						<item>
							<label>
								<xsl:choose>
									<xsl:when test="key('term', concat('code.', @code))">
										<xsl:call-template name="term"><xsl:with-param name="id" select="concat('code.', @code)"/></xsl:call-template>
									</xsl:when>
									<xsl:otherwise><xsl:call-template name="term"><xsl:with-param name="id" select="concat('severity.', @severity)"/></xsl:call-template></xsl:otherwise>
								</xsl:choose>
							</label>
							<text>
								<xsl:call-template name="text">
									<xsl:with-param name="en" select="string(.)"/>
									<xsl:with-param name="zh" select="@zh"/>
								</xsl:call-template>
							</text>
						</item>
					</xsl:for-each>
				</list>
			</xsl:if>
		</section>
	</xsl:template>

	<!-- Reproducibility -->
	<xsl:template name="reproducibility">
		<section id="reproducibility">
			<xsl:call-template name="title"><xsl:with-param name="id" select="'reproducibility'"/></xsl:call-template>
			<xsl:call-template name="paragraph"><xsl:with-param name="id" select="'about.reproducibility'"/></xsl:call-template>
			<xsl:variable name="facts" select="$results/r:fact[not(starts-with(@id, 'sha256:') or starts-with(@id, 'rule_') or starts-with(@id, 'attribution') or @id = 'holds')]"/>
			<xsl:if test="$facts">
				<fields>
					<xsl:for-each select="$facts">
						<field>
							<label>
								<xsl:choose>
									<xsl:when test="key('term', concat('fact.', @id))">
										<xsl:call-template name="term"><xsl:with-param name="id" select="concat('fact.', @id)"/></xsl:call-template>
									</xsl:when>
									<xsl:otherwise><t lang="en"><xsl:value-of select="@id"/></t></xsl:otherwise>
								</xsl:choose>
							</label>
							<cell>
								<xsl:call-template name="text">
									<xsl:with-param name="en" select="."/>
									<xsl:with-param name="zh">
										<xsl:if test="@id = 'rounding'">
											<xsl:value-of select="concat('四舍五入，每笔只取整一次，精确至', substring-after(., 'once, to '))"/>
										</xsl:if>
									</xsl:with-param>
								</xsl:call-template>
							</cell>
						</field>
					</xsl:for-each>
				</fields>
			</xsl:if>
			<xsl:variable name="hashes" select="$results/r:fact[starts-with(@id, 'sha256:')]"/>
			<xsl:if test="$hashes">
				<table>
					<caption><xsl:call-template name="term"><xsl:with-param name="id" select="'input-hashes'"/></xsl:call-template></caption>
					<columns>
						<column type="text" head="yes"><xsl:call-template name="term"><xsl:with-param name="id" select="'input-file'"/></xsl:call-template></column>
						<column type="text"><xsl:call-template name="term"><xsl:with-param name="id" select="'sha256'"/></xsl:call-template></column>
					</columns>
					<xsl:for-each select="$hashes">
						<row>
							<cell><t lang="en"><xsl:value-of select="substring-after(@id, 'sha256:')"/></t></cell>
							<cell tone="muted"><t lang="en"><xsl:value-of select="."/></t></cell>
						</row>
					</xsl:for-each>
				</table>
			</xsl:if>
		</section>
	</xsl:template>
</xsl:stylesheet>
