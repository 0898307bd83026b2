<?xml version="1.0" encoding="UTF-8"?>
<!-- SPDX-License-Identifier: GPL-3.0-or-later -->
<!-- The key investor sheet: what an investor must know of a deal, on one page. Lines on stress scenarios and break-evens stand in it
     where the results hold the tables of the stress appendix. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns="urn:weir:document:1"
	xmlns:in="urn:weir:report-input:1" xmlns:r="urn:weir:results:1" xmlns:w="urn:weir:terms:1"
	xmlns:str="http://exslt.org/strings" exclude-result-prefixes="in r w str">
	<xsl:include href="common.xsl"/>
	<xsl:include href="sections.xsl"/>
	<xsl:output method="xml" encoding="UTF-8"/>

	<xsl:template match="/">
		<document lang="{$lang}" currency="{$currency}" layout="sheet">
			<head>
				<kicker><xsl:call-template name="term"><xsl:with-param name="id" select="'report.key'"/></xsl:call-template></kicker>
				<title><xsl:apply-templates select="$results/r:deal" mode="names"/></title>
				<xsl:if test="$results/r:scenario">
					<subtitle><xsl:apply-templates select="$results/r:scenario" mode="scenario"/></subtitle>
				</xsl:if>
				<footer><xsl:call-template name="term"><xsl:with-param name="id" select="'about.projection'"/></xsl:call-template></footer>
				<fields>
					<xsl:call-template name="items"><xsl:with-param name="ids" select="'kind venue issue_total closing_date legal_final'"/></xsl:call-template>
					<xsl:for-each select="key('table', 'parties')/r:row[r:cell[@col='role']/@key = 'originator' or r:cell[@col='role']/@key = 'manager']">
						<field>
							<label><xsl:apply-templates select="r:cell[@col='role']" mode="names"/></label>
							<xsl:call-template name="cell">
								<xsl:with-param name="cell" select="r:cell[@col='name']"/>
								<xsl:with-param name="type" select="'text'"/>
							</xsl:call-template>
						</field>
					</xsl:for-each>
				</fields>
			</head>
			<xsl:call-template name="classes"/>
			<xsl:call-template name="pool-in-figures"/>
			<xsl:call-template name="covered"/>
			<xsl:call-template name="limits"/>
			<xsl:call-template name="supported"/>
			<xsl:call-template name="rights"/>
			<xsl:call-template name="key-dates"/>
			<xsl:call-template name="costs"/>
			<section id="charts">
				<xsl:call-template name="title"><xsl:with-param name="id" select="'key-charts'"/></xsl:call-template>
				<xsl:call-template name="chart-capital"/>
				<xsl:call-template name="chart-coverage"/>
			</section>
		</document>
	</xsl:template>

	<!-- Fields from the deal's terms. -->
	<xsl:template name="items">
		<xsl:param name="ids"/>
		<xsl:for-each select="str:tokenize($ids)">
			<xsl:variable name="id" select="string(.)"/>
			<xsl:for-each select="$results/r:table[@id='terms']/r:row[r:cell[@col='item']/@key = $id][r:cell[@col='value']]">
				<field>
					<label><xsl:apply-templates select="r:cell[@col='item']" mode="names"/></label>
					<xsl:call-template name="cell">
						<xsl:with-param name="cell" select="r:cell[@col='value']"/>
						<xsl:with-param name="decimals" select="'2'"/>
					</xsl:call-template>
				</field>
			</xsl:for-each>
		</xsl:for-each>
	</xsl:template>

	<!-- The classes: a row of capital with the life of the class from the measures -->
	<xsl:template name="classes">
		<xsl:variable name="capital" select="key('table', 'capital')"/>
		<xsl:variable name="head" select="$capital/r:columns"/>
		<xsl:if test="$capital/r:row">
			<section id="classes" wide="yes">
				<xsl:call-template name="title"><xsl:with-param name="id" select="$classes-title"/></xsl:call-template>
				<table>
					<unit>
						<xsl:call-template name="term">
							<xsl:with-param name="id" select="'unit'"/>
							<xsl:with-param name="en" select="$currency"/>
							<xsl:with-param name="zh" select="$currency-zh"/>
						</xsl:call-template>
					</unit>
					<columns>
						<xsl:for-each select="str:tokenize('class rank rating size share subordination coupon')">
							<xsl:variable name="column" select="$head/r:column[@id = string(current())]"/>
							<column type="{$column/@type}">
								<xsl:if test=". = 'class'"><xsl:attribute name="head">yes</xsl:attribute></xsl:if>
								<xsl:for-each select="$results"><xsl:apply-templates select="$column" mode="names"/></xsl:for-each>
							</column>
						</xsl:for-each>
						<column type="number"><xsl:call-template name="term"><xsl:with-param name="id" select="'metric.wal'"/></xsl:call-template></column>
						<xsl:for-each select="$head/r:column[@id='legal_maturity' or @id='expected_maturity'][@id = $capital/r:row/r:cell/@col]">
							<column type="{@type}"><xsl:apply-templates select="." mode="names"/></column>
						</xsl:for-each>
					</columns>
					<xsl:for-each select="$capital/r:row">
						<xsl:variable name="row" select="."/>
						<xsl:variable name="class" select="(r:cell[@col='class']/@key | r:cell[@col='class'][not(@key)]/@en)[1]"/>
						<row>
							<xsl:for-each select="str:tokenize('class rank rating')">
								<xsl:call-template name="cell">
									<xsl:with-param name="cell" select="$row/r:cell[@col = string(current())]"/>
									<xsl:with-param name="type" select="'text'"/>
								</xsl:call-template>
							</xsl:for-each>
							<xsl:call-template name="cell">
								<xsl:with-param name="cell" select="r:cell[@col='size']"/>
								<xsl:with-param name="type" select="'money'"/>
							</xsl:call-template>
							<xsl:for-each select="str:tokenize('share subordination coupon')">
								<xsl:call-template name="cell">
									<xsl:with-param name="cell" select="$row/r:cell[@col = string(current())]"/>
									<xsl:with-param name="type" select="'rate'"/>
									<xsl:with-param name="decimals" select="'2'"/>
								</xsl:call-template>
							</xsl:for-each>
							<xsl:call-template name="cell">
								<xsl:with-param name="cell" select="key('by-class', concat('summary|', $class))[r:cell[@col='metric']/@key = 'wal']/r:cell[@col='value']"/>
								<xsl:with-param name="type" select="'number'"/>
								<xsl:with-param name="decimals" select="'2'"/>
							</xsl:call-template>
							<xsl:for-each select="str:tokenize('expected_maturity legal_maturity')[. = $capital/r:row/r:cell/@col]">
								<xsl:call-template name="cell">
									<xsl:with-param name="cell" select="$row/r:cell[@col = string(current())]"/>
									<xsl:with-param name="type" select="'date'"/>
								</xsl:call-template>
							</xsl:for-each>
						</row>
					</xsl:for-each>
				</table>
			</section>
		</xsl:if>
	</xsl:template>

	<!-- The pool in six figures, and its largest obligors -->
	<xsl:template name="pool-in-figures">
		<section id="pool">
			<xsl:call-template name="title"><xsl:with-param name="id" select="'key-pool'"/></xsl:call-template>
			<fields>
				<xsl:call-template name="items">
					<xsl:with-param name="ids" select="'pool_principal pool_receivable contract_count obligors top1_share ip_items'"/>
				</xsl:call-template>
			</fields>
			<xsl:call-template name="table">
				<xsl:with-param name="table" select="key('table', 'obligors')"/>
				<xsl:with-param name="rows" select="key('table', 'obligors')/r:row[position() &lt;= 5]"/>
				<xsl:with-param name="total" select="/.."/>
				<xsl:with-param name="columns" select="'*obligor industry share:2 cumulative_share:2'"/>
				<xsl:with-param name="caption"><xsl:call-template name="term"><xsl:with-param name="id" select="'top-five'"/></xsl:call-template></xsl:with-param>
				<xsl:with-param name="money" select="false()"/>
			</xsl:call-template>
		</section>
	</xsl:template>

	<!-- Coverage as run, and in the scenario that leaves the least of it -->
	<xsl:template name="covered">
		<xsl:variable name="stress" select="key('table', 'stress_results')"/>
		<section id="coverage">
			<xsl:call-template name="title"><xsl:with-param name="id" select="'key-coverage'"/></xsl:call-template>
			<fields>
				<xsl:for-each select="str:tokenize('coverage_min coverage_total')">
					<xsl:variable name="metric" select="string(.)"/>
					<xsl:for-each select="$results/r:table[@id='summary']/r:row[r:cell[@col='metric']/@key = $metric][not(r:cell[@col='class'])][r:cell[@col='value']]">
						<field>
							<label><xsl:call-template name="term"><xsl:with-param name="id" select="concat('metric.', $metric)"/></xsl:call-template></label>
							<xsl:call-template name="cell">
								<xsl:with-param name="cell" select="r:cell[@col='value']"/>
								<xsl:with-param name="decimals" select="'2'"/>
							</xsl:call-template>
						</field>
					</xsl:for-each>
				</xsl:for-each>
			</fields>
			<xsl:for-each select="$stress/r:row[position() &gt; 1][r:cell[@col='coverage_min']]">
				<xsl:sort select="r:cell[@col='coverage_min']" data-type="number"/>
				<xsl:sort select="r:cell[@col='coverage_total']" data-type="number"/>
				<xsl:if test="position() = 1">
					<xsl:call-template name="table">
						<xsl:with-param name="table" select="$stress"/>
						<xsl:with-param name="rows" select="$stress/r:row[1] | ."/>
						<xsl:with-param name="total" select="/.."/>
						<xsl:with-param name="columns" select="'*scenario coverage_min:2 coverage_total:2 principal_short result'"/>
						<xsl:with-param name="caption"><xsl:call-template name="term"><xsl:with-param name="id" select="'worst-stress'"/></xsl:call-template></xsl:with-param>
					</xsl:call-template>
				</xsl:if>
			</xsl:for-each>
		</section>
	</xsl:template>

	<!-- How much it takes: break-evens on top of the first scenario -->
	<xsl:template name="limits">
		<xsl:variable name="table" select="key('table', 'stress_breakeven')"/>
		<xsl:variable name="first" select="$table/r:row[1]/r:cell[@col='scenario']"/>
		<!-- of receipts that must come in the default rate is only what the haircut leaves -->
		<xsl:variable name="defaults">
			<xsl:if test="$table/r:row/r:cell[@col='total']">breakeven:2</xsl:if>
		</xsl:variable>
		<xsl:if test="$table/r:row">
			<section id="break-even">
				<xsl:call-template name="title"><xsl:with-param name="id" select="'key-limits'"/></xsl:call-template>
				<xsl:call-template name="table">
					<xsl:with-param name="table" select="$table"/>
					<xsl:with-param name="rows" select="$table/r:row[string(r:cell[@col='scenario']/@key) = string($first/@key) and string(r:cell[@col='scenario']/@en) = string($first/@en)]"/>
					<xsl:with-param name="total" select="/.."/>
					<xsl:with-param name="columns" select="concat('*class support ', $defaults, ' haircut:2 recovery:2')"/>
					<xsl:with-param name="money" select="false()"/>
				</xsl:call-template>
			</section>
		</xsl:if>
	</xsl:template>

	<!-- Who stands behind the deal, and what it is without them -->
	<xsl:template name="supported">
		<xsl:variable name="terms" select="key('table', 'support_terms')/r:row | key('table', 'cover_terms')/r:row"/>
		<xsl:if test="$terms">
			<section id="support">
				<xsl:call-template name="title"><xsl:with-param name="id" select="'support'"/></xsl:call-template>
				<xsl:call-template name="table">
					<xsl:with-param name="table" select="key('table', 'support_terms')"/>
					<xsl:with-param name="total" select="/.."/>
					<xsl:with-param name="columns" select="'*support party rating amount limit cap cap_period'"/>
				</xsl:call-template>
				<xsl:call-template name="table">
					<xsl:with-param name="table" select="key('table', 'cover_terms')"/>
					<xsl:with-param name="total" select="/.."/>
					<xsl:with-param name="columns" select="'*cover party of:2 contracts cap'"/>
				</xsl:call-template>
				<xsl:call-template name="table">
					<xsl:with-param name="table" select="key('table', 'dependence')"/>
					<xsl:with-param name="total" select="/.."/>
					<xsl:with-param name="columns" select="'*support coverage_min:2 coverage_total:2 principal_short pass'"/>
					<xsl:with-param name="caption"><xsl:apply-templates select="key('table', 'dependence')" mode="names"/></xsl:with-param>
				</xsl:call-template>
			</section>
		</xsl:if>
	</xsl:template>

	<!-- Events and calls, a line each -->
	<xsl:template name="rights">
		<xsl:variable name="triggers" select="key('table', 'triggers')"/>
		<xsl:variable name="calls" select="key('table', 'call_terms')"/>
		<xsl:if test="$triggers/r:row or $calls/r:row">
			<section id="triggers">
				<xsl:call-template name="title"><xsl:with-param name="id" select="'triggers'"/></xsl:call-template>
				<xsl:call-template name="event-terms"><xsl:with-param name="columns" select="'*trigger condition effect'"/></xsl:call-template>
				<xsl:call-template name="table">
					<xsl:with-param name="table" select="$calls"/>
					<xsl:with-param name="columns" select="'*call condition price'"/>
					<xsl:with-param name="money" select="false()"/>
				</xsl:call-template>
			</section>
		</xsl:if>
	</xsl:template>

	<xsl:template name="key-dates">
		<section id="dates">
			<xsl:call-template name="title"><xsl:with-param name="id" select="'key-dates-of-deal'"/></xsl:call-template>
			<fields>
				<xsl:call-template name="items">
					<xsl:with-param name="ids" select="'cutoff start first_payment last_payment payment_frequency calculation_offset transfer_offset day_count'"/>
				</xsl:call-template>
			</fields>
		</section>
	</xsl:template>

	<!-- What taxes and fees take of the balance a year -->
	<xsl:template name="costs">
		<xsl:variable name="table" select="key('table', 'fee_cost')"/>
		<xsl:if test="$table/r:row">
			<section id="fees">
				<xsl:call-template name="title"><xsl:with-param name="id" select="'key-fees'"/></xsl:call-template>
				<xsl:call-template name="table">
					<xsl:with-param name="table" select="$table"/>
					<xsl:with-param name="columns" select="'*fee paid annual:3'"/>
				</xsl:call-template>
			</section>
		</xsl:if>
	</xsl:template>
</xsl:stylesheet>
