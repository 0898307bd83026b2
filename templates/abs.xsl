<?xml version="1.0" encoding="UTF-8"?>
<!-- SPDX-License-Identifier: GPL-3.0-or-later -->
<!-- The income distribution and asset management report of an asset-backed special plan: tables A-0 to A-23. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns="urn:weir:document:1"
	xmlns:in="urn:weir:report-input:1" xmlns:r="urn:weir:results:1" xmlns:w="urn:weir:terms:1"
	xmlns:str="http://exslt.org/strings" xmlns:exsl="http://exslt.org/common" exclude-result-prefixes="in r w str exsl">
	<xsl:include href="common.xsl"/>
	<xsl:include href="sections.xsl"/>
	<xsl:include href="servicing.xsl"/>
	<xsl:output method="xml" encoding="UTF-8"/>

	<xsl:template match="/">
		<document lang="{$lang}" currency="{$currency}">
			<head>
				<kicker><xsl:call-template name="term"><xsl:with-param name="id" select="'report.abs'"/></xsl:call-template></kicker>
				<title><xsl:apply-templates select="$results/r:deal" mode="names"/></title>
				<subtitle><xsl:call-template name="period-caption"><xsl:with-param name="row" select="$now"/></xsl:call-template></subtitle>
				<footer><xsl:apply-templates select="$results/r:deal" mode="names"/></footer>
				<contents><xsl:call-template name="term"><xsl:with-param name="id" select="'contents'"/></xsl:call-template></contents>
				<xsl:call-template name="servicing-head"/>
			</head>
			<section id="key-figures" wide="yes">
				<xsl:call-template name="title"><xsl:with-param name="id" select="'key-figures'"/></xsl:call-template>
				<xsl:call-template name="servicing-key-figures"/>
			</section>
			<section id="duties" wide="yes">
				<xsl:call-template name="title"><xsl:with-param name="id" select="'duties'"/></xsl:call-template>
				<xsl:call-template name="servicing-duties"/>
			</section>
			<section id="payment" wide="yes">
				<xsl:call-template name="title"><xsl:with-param name="id" select="'payment'"/></xsl:call-template>
				<xsl:call-template name="servicing-payment"/>
				<xsl:call-template name="servicing-confirmation"/>
				<xsl:call-template name="chart-balances"/>
			</section>
			<section id="cash" wide="yes">
				<xsl:call-template name="title"><xsl:with-param name="id" select="'funds'"/></xsl:call-template>
				<xsl:call-template name="servicing-funds"/>
				<xsl:call-template name="chart-funds"/>
				<xsl:call-template name="servicing-trace"/>
				<xsl:call-template name="servicing-accounts"/>
			</section>
			<section id="pool" wide="yes">
				<xsl:call-template name="title"><xsl:with-param name="id" select="'assets'"/></xsl:call-template>
				<xsl:call-template name="servicing-pool-status"/>
				<xsl:call-template name="servicing-overdue"/>
				<xsl:call-template name="servicing-life"/>
				<xsl:variable name="told" select="key('table', 'life')/r:row[r:cell[@col='basis']/@key = 'actual'][r:cell[@col='period'] &lt;= $period]"/>
				<xsl:if test="$told">
					<xsl:call-template name="chart-actual">
						<xsl:with-param name="rows" select="$told"/>
						<xsl:with-param name="forecast" select="'forecast'"/>
						<xsl:with-param name="actual" select="'actual'"/>
					</xsl:call-template>
				</xsl:if>
				<xsl:call-template name="servicing-obligors"/>
				<xsl:call-template name="servicing-defaults"/>
				<xsl:call-template name="servicing-asset-changes"/>
			</section>
			<section id="support" wide="yes">
				<xsl:call-template name="title"><xsl:with-param name="id" select="'support-and-tests'"/></xsl:call-template>
				<xsl:call-template name="servicing-enhancement"/>
				<xsl:call-template name="servicing-tests"/>
				<xsl:call-template name="servicing-concentration"/>
				<xsl:call-template name="servicing-financing"/>
				<xsl:call-template name="servicing-risk-sharing"/>
			</section>
			<section id="outlook" wide="yes">
				<xsl:call-template name="title"><xsl:with-param name="id" select="'outlook'"/></xsl:call-template>
				<xsl:call-template name="paragraph"><xsl:with-param name="id" select="'about.forecast'"/></xsl:call-template>
				<xsl:call-template name="servicing-actual-to"/>
				<xsl:call-template name="servicing-forecast"/>
			</section>
			<section id="events" wide="yes">
				<xsl:call-template name="title"><xsl:with-param name="id" select="'events'"/></xsl:call-template>
				<xsl:call-template name="servicing-events"/>
				<xsl:call-template name="servicing-idle-cash"/>
				<xsl:call-template name="servicing-key-dates"/>
			</section>
			<section id="ip" wide="yes">
				<xsl:call-template name="title"><xsl:with-param name="id" select="'ip'"/></xsl:call-template>
				<xsl:call-template name="servicing-ip"/>
				<xsl:call-template name="servicing-ip-stats"/>
			</section>
			<xsl:call-template name="disclosures"/>
			<xsl:call-template name="reproducibility"/>
		</document>
	</xsl:template>
</xsl:stylesheet>
