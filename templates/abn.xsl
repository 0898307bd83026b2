<?xml version="1.0" encoding="UTF-8"?>
<!-- SPDX-License-Identifier: GPL-3.0-or-later -->
<!-- The asset operation report of asset-backed notes (资产运营报告): tables B-1 to B-12 and the long-run series, in the words of
     the interbank market. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns="urn:weir:document:1"
	xmlns:in="urn:weir:report-input:1" xmlns:r="urn:weir:results:1" xmlns:w="urn:weir:terms:1"
	xmlns:str="http://exslt.org/strings" xmlns:exsl="http://exslt.org/common" exclude-result-prefixes="in r w str exsl">
	<xsl:include href="common.xsl"/>
	<xsl:include href="sections.xsl"/>
	<xsl:include href="servicing.xsl"/>
	<xsl:include href="ledgers.xsl"/>
	<xsl:output method="xml" encoding="UTF-8"/>

	<xsl:template match="/">
		<document lang="{$lang}" currency="{$currency}">
			<head>
				<kicker><xsl:call-template name="term"><xsl:with-param name="id" select="'report.abn'"/></xsl:call-template></kicker>
				<title><xsl:apply-templates select="$results/r:deal" mode="names"/></title>
				<xsl:if test="$results/r:scenario">
					<subtitle><xsl:apply-templates select="$results/r:scenario" mode="scenario"/></subtitle>
				</xsl:if>
				<footer><xsl:apply-templates select="$results/r:deal" mode="names"/></footer>
				<contents><xsl:call-template name="term"><xsl:with-param name="id" select="'contents'"/></xsl:call-template></contents>
				<xsl:call-template name="servicing-head"/>
			</head>
			<section id="vehicle" code="B-1" wide="yes">
				<xsl:call-template name="title"><xsl:with-param name="id" select="'vehicle'"/></xsl:call-template>
				<xsl:call-template name="vehicle"/>
			</section>
			<section id="duties" wide="yes">
				<xsl:call-template name="title"><xsl:with-param name="id" select="'duties'"/></xsl:call-template>
				<xsl:call-template name="servicing-duties"><xsl:with-param name="code" select="'B-2'"/></xsl:call-template>
			</section>
			<section id="note-payment" wide="yes">
				<xsl:call-template name="title"><xsl:with-param name="id" select="'note-payment'"/></xsl:call-template>
				<xsl:call-template name="note-payment"/>
				<xsl:call-template name="chart-balances"/>
			</section>
			<section id="ledgers" wide="yes">
				<xsl:call-template name="title"><xsl:with-param name="id" select="'ledgers'"/></xsl:call-template>
				<xsl:call-template name="ledgers-collections"><xsl:with-param name="code" select="'B-4'"/></xsl:call-template>
				<xsl:call-template name="ledgers-payments"><xsl:with-param name="code" select="'B-5'"/></xsl:call-template>
				<xsl:call-template name="ledgers-transfers"><xsl:with-param name="code" select="'B-6'"/></xsl:call-template>
				<xsl:call-template name="ledgers-balances"/>
			</section>
			<section id="pool" wide="yes">
				<xsl:call-template name="title"><xsl:with-param name="id" select="'pool-overall'"/></xsl:call-template>
				<xsl:call-template name="servicing-overdue"><xsl:with-param name="code" select="'B-7'"/></xsl:call-template>
				<xsl:call-template name="servicing-asset-changes"/>
			</section>
			<section id="pool-statistics" code="B-8" wide="yes">
				<xsl:call-template name="title"><xsl:with-param name="id" select="'pool-statistics'"/></xsl:call-template>
				<xsl:call-template name="ledgers-features"/>
			</section>
			<section id="defaults" wide="yes">
				<xsl:call-template name="title"><xsl:with-param name="id" select="'default-rates'"/></xsl:call-template>
				<xsl:call-template name="paragraph"><xsl:with-param name="id" select="'about.default-rates'"/></xsl:call-template>
				<xsl:call-template name="servicing-actual-to"/>
				<xsl:call-template name="ledgers-series">
					<xsl:with-param name="code" select="'B-9'"/>
					<xsl:with-param name="columns" select="'*period calculation_date pool_balance defaulted defaulted_total default_rate!:2 severe severe_rate!:2'"/>
					<xsl:with-param name="caption"><xsl:call-template name="term"><xsl:with-param name="id" select="'title.default-rates'"/></xsl:call-template></xsl:with-param>
				</xsl:call-template>
				<xsl:call-template name="servicing-table">
					<xsl:with-param name="id" select="'disposal'"/>
					<xsl:with-param name="code" select="'B-10'"/>
					<xsl:with-param name="columns" select="'*status contracts defaulted share:2 recovered open'"/>
					<xsl:with-param name="in" select="'life'"/>
				</xsl:call-template>
				<xsl:if test="key('by-period', concat('disposal|', $period))">
					<xsl:call-template name="servicing-defaults"/>
				</xsl:if>
			</section>
			<section id="collection-plan" wide="yes">
				<xsl:call-template name="title"><xsl:with-param name="id" select="'collection-plan'"/></xsl:call-template>
				<xsl:call-template name="paragraph"><xsl:with-param name="id" select="'about.forecast'"/></xsl:call-template>
				<xsl:call-template name="servicing-actual-to"/>
				<xsl:call-template name="ledgers-plan"><xsl:with-param name="code" select="'B-11'"/></xsl:call-template>
			</section>
			<section id="enhancement" code="B-12" wide="yes">
				<xsl:call-template name="title"><xsl:with-param name="id" select="'abn-enhancement'"/></xsl:call-template>
				<xsl:call-template name="servicing-enhancement"/>
				<xsl:call-template name="servicing-tests"/>
				<xsl:call-template name="servicing-events"/>
				<xsl:call-template name="servicing-ip"/>
				<xsl:call-template name="servicing-ip-stats"/>
			</section>
			<section id="series" wide="yes">
				<xsl:call-template name="title"><xsl:with-param name="id" select="'series'"/></xsl:call-template>
				<xsl:call-template name="paragraph"><xsl:with-param name="id" select="'about.series'"/></xsl:call-template>
				<xsl:call-template name="servicing-actual-to"/>
				<xsl:call-template name="ledgers-series">
					<xsl:with-param name="code" select="'B-S'"/>
					<xsl:with-param name="columns" select="'*period payment_date default_rate!:2 prepayment_rate!:2 delinquency!:2 recovery_rate!:2 coverage!:4 wal!:2'"/>
				</xsl:call-template>
				<xsl:call-template name="ledgers-rates-chart">
					<xsl:with-param name="id" select="'series'"/>
					<xsl:with-param name="columns" select="'default_rate prepayment_rate delinquency'"/>
				</xsl:call-template>
			</section>
			<section id="next-dates" wide="yes">
				<xsl:call-template name="title"><xsl:with-param name="id" select="'next-dates'"/></xsl:call-template>
				<xsl:call-template name="servicing-key-dates"/>
			</section>
			<!-- the text of a payment says its condition in words -->
			<xsl:call-template name="waterfall">
				<xsl:with-param name="columns" select="'waterfall *rank text clause'"/>
			</xsl:call-template>
			<xsl:call-template name="disclosures"/>
			<xsl:call-template name="reproducibility"/>
		</document>
	</xsl:template>

	<xsl:template name="vehicle">
		<fields>
			<xsl:for-each select="key('table', 'vehicle')/r:row | key('table', 'terms')/r:row[contains(
				' short_name kind venue issue_total cutoff closing_date start first_payment last_payment legal_final payment_count payment_frequency day_count ',
				concat(' ', r:cell[@col='item']/@key, ' '))]">
				<field>
					<label><xsl:apply-templates select="r:cell[@col='item']" mode="names"/></label>
					<xsl:call-template name="cell">
						<xsl:with-param name="cell" select="r:cell[@col='value']"/>
						<xsl:with-param name="plain" select="true()"/>
					</xsl:call-template>
				</field>
			</xsl:for-each>
		</fields>
		<xsl:call-template name="table">
			<xsl:with-param name="table" select="key('table', 'capital')"/>
			<xsl:with-param name="columns" select="'*class code size share coupon:2+ rating style expected_maturity legal_maturity holder'"/>
			<xsl:with-param name="caption"><xsl:apply-templates select="key('table', 'notes')" mode="names"/></xsl:with-param>
		</xsl:call-template>
		<xsl:call-template name="servicing-table">
			<xsl:with-param name="id" select="'notes'"/>
			<xsl:with-param name="columns" select="'*class coupon!:2+ wal_at_issue:2 wal:2 factor_per100:4 closing'"/>
			<xsl:with-param name="name" select="'notes-now'"/>
		</xsl:call-template>
	</xsl:template>

	<xsl:template name="note-payment">
		<p><xsl:call-template name="period-caption"><xsl:with-param name="row" select="$now"/></xsl:call-template></p>
		<xsl:call-template name="servicing-table">
			<xsl:with-param name="id" select="'payment'"/>
			<xsl:with-param name="code" select="'B-3'"/>
			<xsl:with-param name="columns" select="'*class code! coupon:2+ days opening interest_due interest_paid principal_due? principal_paid residual_paid? total closing'"/>
			<xsl:with-param name="name" select="'note-payment'"/>
		</xsl:call-template>
		<xsl:call-template name="table">
			<xsl:with-param name="table" select="key('table', 'payment')"/>
			<xsl:with-param name="rows" select="key('by-period', concat('payment|', $period))"/>
			<xsl:with-param name="total" select="/.."/>
			<xsl:with-param name="columns" select="'*class units per100_interest:4 per100_principal:4 factor_per100:4 repaid_share:2'"/>
			<xsl:with-param name="caption"><xsl:call-template name="term"><xsl:with-param name="id" select="'per-unit'"/></xsl:call-template></xsl:with-param>
			<xsl:with-param name="money" select="false()"/>
		</xsl:call-template>
		<xsl:call-template name="table">
			<xsl:with-param name="table" select="key('table', 'notes')"/>
			<xsl:with-param name="rows" select="key('by-period', concat('notes|', $period))"/>
			<xsl:with-param name="total" select="/.."/>
			<xsl:with-param name="columns" select="'*class unpaid on_time'"/>
			<xsl:with-param name="caption"><xsl:call-template name="term"><xsl:with-param name="id" select="'title.on-time'"/></xsl:call-template></xsl:with-param>
		</xsl:call-template>
	</xsl:template>
</xsl:stylesheet>
