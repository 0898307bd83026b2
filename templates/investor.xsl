<?xml version="1.0" encoding="UTF-8"?>
<!-- SPDX-License-Identifier: GPL-3.0-or-later -->
<!-- The investor report: what the holders of the securities are told after a payment or before the first one. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns="urn:weir:document:1"
	xmlns:in="urn:weir:report-input:1" xmlns:r="urn:weir:results:1" xmlns:w="urn:weir:terms:1"
	xmlns:str="http://exslt.org/strings" xmlns:exsl="http://exslt.org/common" exclude-result-prefixes="in r w str exsl">
	<xsl:include href="common.xsl"/>
	<xsl:include href="sections.xsl"/>
	<xsl:output method="xml" encoding="UTF-8"/>

	<xsl:template match="/">
		<document lang="{$lang}" currency="{$currency}">
			<head>
				<kicker><xsl:call-template name="term"><xsl:with-param name="id" select="'report.investor'"/></xsl:call-template></kicker>
				<title><xsl:apply-templates select="$results/r:deal" mode="names"/></title>
				<xsl:if test="$results/r:scenario">
					<subtitle><xsl:apply-templates select="$results/r:scenario" mode="scenario"/></subtitle>
				</xsl:if>
				<footer><xsl:apply-templates select="$results/r:deal" mode="names"/></footer>
				<contents><xsl:call-template name="term"><xsl:with-param name="id" select="'contents'"/></xsl:call-template></contents>
				<xsl:call-template name="head-fields"/>
			</head>
			<xsl:call-template name="key-figures"/>
			<xsl:call-template name="capital"/>
			<xsl:call-template name="measures"/>
			<xsl:call-template name="payment"/>
			<xsl:call-template name="sources-uses"/>
			<xsl:call-template name="cash-flow"/>
			<xsl:call-template name="trace"/>
			<xsl:call-template name="accounts"/>
			<xsl:call-template name="support"/>
			<xsl:call-template name="pool"/>
			<xsl:call-template name="concentration"/>
			<xsl:call-template name="ip"/>
			<xsl:call-template name="triggers"/>
			<xsl:call-template name="financing"/>
			<xsl:call-template name="forecast"/>
			<xsl:call-template name="waterfall"/>
			<xsl:call-template name="parties"/>
			<xsl:call-template name="disclosures"/>
			<xsl:call-template name="reproducibility"/>
		</document>
	</xsl:template>

	<xsl:template name="key-figures">
		<section id="key-figures">
			<xsl:call-template name="title"><xsl:with-param name="id" select="'key-figures'"/></xsl:call-template>
			<xsl:variable name="missed" select="key('metric', 'missed')[not(r:cell[@col='class'])]/r:cell[@col='value']"/>
			<xsl:variable name="unpaid" select="key('metric', 'unpaid_at_end')[not(r:cell[@col='class'])]/r:cell[@col='value']"/>
			<xsl:choose>
				<xsl:when test="$missed = 1">
					<note tone="bad"><xsl:call-template name="term"><xsl:with-param name="id" select="'note.missed'"/></xsl:call-template></note>
				</xsl:when>
				<xsl:when test="$unpaid &gt; 0">
					<note tone="bad"><xsl:call-template name="term"><xsl:with-param name="id" select="'note.unpaid'"/></xsl:call-template></note>
				</xsl:when>
				<xsl:when test="$missed = 0">
					<note tone="good"><xsl:call-template name="term"><xsl:with-param name="id" select="'note.not-missed'"/></xsl:call-template></note>
				</xsl:when>
			</xsl:choose>
			<tiles>
				<xsl:for-each select="key('table', 'capital')/r:total[not(@by)]/r:cell[@col='size']">
					<tile>
						<label><xsl:call-template name="term"><xsl:with-param name="id" select="'issue-size'"/></xsl:call-template></label>
						<cell type="money"><xsl:value-of select="."/></cell>
					</tile>
				</xsl:for-each>
				<xsl:for-each select="str:tokenize('pool_principal pool_receivable')">
					<xsl:call-template name="figure-tile">
						<xsl:with-param name="row" select="$results/r:table[@id='terms']/r:row[r:cell[@col='item']/@key = current()]"/>
						<xsl:with-param name="id" select="concat('item.', .)"/>
					</xsl:call-template>
				</xsl:for-each>
				<xsl:for-each select="str:tokenize('coverage_min coverage_total unpaid_at_end support_drawn covers_paid subordinated_total')">
					<xsl:variable name="row"
						select="$results/r:table[@id='summary']/r:row[r:cell[@col='metric']/@key = current()][not(r:cell[@col='class'])]"/>
					<xsl:call-template name="figure-tile">
						<xsl:with-param name="row" select="$row"/>
						<xsl:with-param name="id" select="concat('metric.', .)"/>
						<xsl:with-param name="bad" select="(. = 'unpaid_at_end' and $row/r:cell[@col='value'] &gt; 0) or (starts-with(., 'coverage') and $row/r:cell[@col='value'] &lt; 1)"/>
					</xsl:call-template>
				</xsl:for-each>
				<xsl:for-each select="str:tokenize('obligors top1_share ip_items')">
					<xsl:call-template name="figure-tile">
						<xsl:with-param name="row" select="$results/r:table[@id='terms']/r:row[r:cell[@col='item']/@key = current()]"/>
						<xsl:with-param name="id" select="concat('item.', .)"/>
					</xsl:call-template>
				</xsl:for-each>
			</tiles>
			<xsl:variable name="others" select="key('table', 'terms')/r:row[not(contains(
				' pool_principal pool_receivable obligors top1_share ip_items ', concat(' ', r:cell[@col='item']/@key, ' ')))]"/>
			<xsl:if test="$others">
				<fields>
					<xsl:for-each select="$others">
						<field>
							<label><xsl:apply-templates select="r:cell[@col='item']" mode="names"/></label>
							<xsl:call-template name="cell">
								<xsl:with-param name="cell" select="r:cell[@col='value']"/>
								<xsl:with-param name="decimals">
									<xsl:if test="contains('rate number', r:cell[@col='value']/@type)">2+</xsl:if>
								</xsl:with-param>
							</xsl:call-template>
						</field>
					</xsl:for-each>
				</fields>
			</xsl:if>
		</section>
	</xsl:template>

	<!-- Securities payment -->
	<xsl:template name="payment">
		<xsl:variable name="payment" select="key('table', 'payment')"/>
		<xsl:if test="$payment">
			<section id="payment" wide="yes">
				<xsl:call-template name="title"><xsl:with-param name="id" select="'payment'"/></xsl:call-template>
				<xsl:call-template name="table">
					<xsl:with-param name="table" select="$payment"/>
					<xsl:with-param name="rows" select="key('by-period', concat('payment|', $period))"/>
					<xsl:with-param name="total" select="$payment/r:total[@by='period'][@key = $period]"/>
					<xsl:with-param name="columns" select="'*class code coupon:2+ days opening interest_due interest_paid principal_due principal_paid residual_paid? total closing unpaid'"/>
					<xsl:with-param name="caption">
						<xsl:call-template name="period-caption"><xsl:with-param name="row" select="$now"/></xsl:call-template>
					</xsl:with-param>
				</xsl:call-template>
				<xsl:call-template name="table">
					<xsl:with-param name="table" select="$payment"/>
					<xsl:with-param name="rows" select="key('by-period', concat('payment|', $period))"/>
					<xsl:with-param name="total" select="/.."/>
					<xsl:with-param name="columns" select="'*class units per100_interest:4 per100_principal:4 factor_per100:4 repaid_share'"/>
					<xsl:with-param name="caption"><xsl:call-template name="term"><xsl:with-param name="id" select="'per-unit'"/></xsl:call-template></xsl:with-param>
					<xsl:with-param name="money" select="false()"/>
				</xsl:call-template>
				<xsl:call-template name="chart-balances"/>
				<xsl:for-each select="key('table', 'capital')/r:row">
					<xsl:variable name="class" select="(r:cell[@col='class']/@key | r:cell[@col='class'][not(@key)]/@en)[1]"/>
					<xsl:call-template name="table">
						<xsl:with-param name="table" select="$payment"/>
						<xsl:with-param name="rows" select="key('by-class', concat('payment|', $class))"/>
						<xsl:with-param name="total" select="$payment/r:total[@by='class'][@key = $class]"/>
						<xsl:with-param name="columns" select="'*period payment_date opening interest_due interest_paid principal_due principal_paid residual_paid? total closing unpaid? repaid_share'"/>
						<xsl:with-param name="caption">
							<xsl:call-template name="term">
								<xsl:with-param name="id" select="'whole-life'"/>
								<xsl:with-param name="en" select="r:cell[@col='class']/@en"/>
								<xsl:with-param name="zh" select="r:cell[@col='class']/@zh"/>
							</xsl:call-template>
						</xsl:with-param>
					</xsl:call-template>
				</xsl:for-each>
			</section>
		</xsl:if>
	</xsl:template>

	<!-- Sources and uses -->
	<xsl:template name="sources-uses">
		<xsl:variable name="rows" select="key('by-period', concat('sources|', $period)) | key('by-period', concat('uses|', $period))"/>
		<xsl:if test="$rows">
			<section id="sources-uses" wide="yes">
				<xsl:call-template name="title"><xsl:with-param name="id" select="'sources-uses'"/></xsl:call-template>
				<p><xsl:call-template name="period-caption"><xsl:with-param name="row" select="$now"/></xsl:call-template></p>
				<xsl:call-template name="chart-funds"/>
				<xsl:for-each select="key('table', 'sources') | key('table', 'uses')">
					<xsl:call-template name="table">
						<xsl:with-param name="table" select="."/>
						<xsl:with-param name="rows" select="key('by-period', concat(@id, '|', $period))"/>
						<xsl:with-param name="total" select="r:total[@by='period'][@key = $period]"/>
						<xsl:with-param name="columns" select="'*item amount share note'"/>
						<xsl:with-param name="caption"><xsl:apply-templates select="." mode="names"/></xsl:with-param>
					</xsl:call-template>
				</xsl:for-each>
				<xsl:call-template name="chart-funds-life"/>
			</section>
		</xsl:if>
	</xsl:template>

	<!-- Payment trace -->
	<xsl:template name="trace">
		<xsl:variable name="trace" select="key('table', 'trace_report')"/>
		<xsl:if test="$trace/r:row">
			<section id="trace" wide="yes">
				<xsl:call-template name="title"><xsl:with-param name="id" select="'trace'"/></xsl:call-template>
				<xsl:call-template name="paragraph"><xsl:with-param name="id" select="'about.trace'"/></xsl:call-template>
				<xsl:for-each select="key('table', 'periods')/r:row">
					<xsl:call-template name="table">
						<xsl:with-param name="table" select="$trace"/>
						<xsl:with-param name="rows" select="key('by-period', concat('trace_report|', r:cell[@col='period']))"/>
						<xsl:with-param name="total" select="/.."/>
						<xsl:with-param name="columns" select="'*step item payee available received due paid unpaid carried? left account clause reason'"/>
						<xsl:with-param name="caption">
							<xsl:call-template name="period-caption"><xsl:with-param name="row" select="."/></xsl:call-template>
						</xsl:with-param>
					</xsl:call-template>
				</xsl:for-each>
			</section>
		</xsl:if>
	</xsl:template>

	<!-- Accounts -->
	<xsl:template name="accounts">
		<xsl:variable name="accounts" select="key('table', 'accounts')"/>
		<xsl:if test="$accounts/r:row">
			<section id="accounts">
				<xsl:call-template name="title"><xsl:with-param name="id" select="'accounts'"/></xsl:call-template>
				<xsl:for-each select="$accounts/r:row[generate-id() = generate-id(key('by-account', r:cell[@col='account']/@key)[1])]">
					<xsl:variable name="account" select="r:cell[@col='account']"/>
					<xsl:call-template name="table">
						<xsl:with-param name="table" select="$accounts"/>
						<xsl:with-param name="rows" select="key('by-account', $account/@key)"/>
						<xsl:with-param name="total" select="$accounts/r:total[@by='account'][@key = $account/@key]"/>
						<xsl:with-param name="columns" select="'*period opening in out closing target'"/>
						<xsl:with-param name="caption"><xsl:apply-templates select="$account" mode="names"/></xsl:with-param>
					</xsl:call-template>
				</xsl:for-each>
			</section>
		</xsl:if>
	</xsl:template>

	<!-- Forecast -->
	<xsl:template name="forecast">
		<xsl:if test="key('table', 'forecast')/r:row">
			<section id="forecast">
				<xsl:call-template name="title"><xsl:with-param name="id" select="'forecast'"/></xsl:call-template>
				<xsl:call-template name="paragraph"><xsl:with-param name="id" select="'about.forecast'"/></xsl:call-template>
				<xsl:call-template name="table">
					<xsl:with-param name="table" select="key('table', 'forecast')"/>
					<xsl:with-param name="columns" select="'*period payment_date pool_principal pool_income taxes_and_fees senior_interest_paid senior_principal_paid coverage:4 senior_balance subordinated_paid'"/>
				</xsl:call-template>
			</section>
		</xsl:if>
	</xsl:template>
</xsl:stylesheet>
