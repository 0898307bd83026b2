<?xml version="1.0" encoding="UTF-8"?>
<!-- SPDX-License-Identifier: GPL-3.0-or-later -->
<!-- The term sheet: the indicative terms of an offering, as the definition has them. What a run found out stands in it only where
     terms are quoted with it: lives and yields at the issue price. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns="urn:weir:document:1"
	xmlns:in="urn:weir:report-input:1" xmlns:r="urn:weir:results:1" xmlns:w="urn:weir:terms:1"
	exclude-result-prefixes="in r w">
	<xsl:include href="common.xsl"/>
	<xsl:include href="sections.xsl"/>
	<xsl:output method="xml" encoding="UTF-8"/>

	<xsl:template match="/">
		<document lang="{$lang}" currency="{$currency}">
			<head>
				<kicker><xsl:call-template name="term"><xsl:with-param name="id" select="'report.term-sheet'"/></xsl:call-template></kicker>
				<title><xsl:apply-templates select="$results/r:deal" mode="names"/></title>
				<xsl:if test="$results/r:scenario">
					<subtitle><xsl:apply-templates select="$results/r:scenario" mode="scenario"/></subtitle>
				</xsl:if>
				<footer><xsl:apply-templates select="$results/r:deal" mode="names"/></footer>
				<contents><xsl:call-template name="term"><xsl:with-param name="id" select="'contents'"/></xsl:call-template></contents>
				<xsl:call-template name="head-fields"><xsl:with-param name="with-period" select="false()"/></xsl:call-template>
			</head>
			<note><xsl:call-template name="term"><xsl:with-param name="id" select="'note.indicative'"/></xsl:call-template></note>
			<xsl:call-template name="offered"/>
			<xsl:call-template name="term-sheet">
				<xsl:with-param name="party-columns" select="'*role name rating'"/>
				<xsl:with-param name="worded" select="key('table', 'fee_schedule')"/>
			</xsl:call-template>
			<!-- the text of a payment says its condition in words -->
			<xsl:call-template name="waterfall">
				<xsl:with-param name="columns" select="'waterfall *rank text clause'"/>
			</xsl:call-template>
			<xsl:call-template name="events"/>
			<xsl:call-template name="supports"/>
			<xsl:call-template name="eligible"/>
			<xsl:call-template name="reproducibility"/>
		</document>
	</xsl:template>

	<!-- The classes, and what they are worth at the issue price -->
	<xsl:template name="offered">
		<xsl:variable name="offered" select="key('table', 'offered_classes')"/>
		<section id="classes">
			<xsl:call-template name="title"><xsl:with-param name="id" select="$classes-title"/></xsl:call-template>
			<xsl:call-template name="table">
				<xsl:with-param name="table" select="key('table', 'capital')"/>
				<xsl:with-param name="columns" select="'*class code rank size share coupon:2+ rating subordination:2 style'"/>
				<xsl:with-param name="caption"><xsl:apply-templates select="key('table', 'capital')" mode="names"/></xsl:with-param>
			</xsl:call-template>
			<xsl:call-template name="table">
				<xsl:with-param name="table" select="key('table', 'capital')"/>
				<xsl:with-param name="columns" select="'*class expected_maturity legal_maturity holder'"/>
				<xsl:with-param name="total" select="/.."/>
				<xsl:with-param name="caption"><xsl:call-template name="term"><xsl:with-param name="id" select="'maturities'"/></xsl:call-template></xsl:with-param>
				<xsl:with-param name="money" select="false()"/>
			</xsl:call-template>
			<xsl:call-template name="chart-capital"/>
			<xsl:call-template name="table">
				<xsl:with-param name="table" select="$offered"/>
				<xsl:with-param name="columns" select="'*class unit price:2+ frequency wal:2 first_principal last_principal'"/>
				<xsl:with-param name="total" select="/.."/>
				<xsl:with-param name="caption"><xsl:call-template name="term"><xsl:with-param name="id" select="'title.pricing'"/></xsl:call-template></xsl:with-param>
			</xsl:call-template>
			<xsl:call-template name="table">
				<xsl:with-param name="table" select="key('table', 'measures')"/>
				<xsl:with-param name="columns" select="'*class settlement clean:4 accrued:4 yield:4 wal:2 modified:2'"/>
				<xsl:with-param name="total" select="/.."/>
				<xsl:with-param name="caption"><xsl:call-template name="term"><xsl:with-param name="id" select="'title.measures'"/></xsl:call-template></xsl:with-param>
				<xsl:with-param name="money" select="false()"/>
			</xsl:call-template>
		</section>
	</xsl:template>

	<!-- Events and calls by the documents, without what became of them -->
	<xsl:template name="events">
		<xsl:variable name="calls" select="key('table', 'call_terms')"/>
		<xsl:if test="key('table', 'triggers')/r:row or $calls/r:row">
			<section id="triggers">
				<xsl:call-template name="title"><xsl:with-param name="id" select="'triggers'"/></xsl:call-template>
				<xsl:call-template name="event-terms"><xsl:with-param name="columns" select="'*trigger condition effect cure clause'"/></xsl:call-template>
				<xsl:call-template name="table">
					<xsl:with-param name="table" select="$calls"/>
					<xsl:with-param name="columns" select="'*call kind condition price cost party clause'"/>
					<xsl:with-param name="caption"><xsl:apply-templates select="$calls" mode="names"/></xsl:with-param>
					<xsl:with-param name="money" select="false()"/>
				</xsl:call-template>
			</section>
		</xsl:if>
	</xsl:template>

	<!-- Who stands behind the classes, and what ranks behind them -->
	<xsl:template name="supports">
		<xsl:variable name="enhancement" select="key('table', 'enhancement')"/>
		<xsl:if test="key('table', 'support_terms')/r:row or key('table', 'cover_terms')/r:row or $enhancement/r:row">
			<section id="support">
				<xsl:if test="key('table', 'support_terms')/r:row or key('table', 'cover_terms')/r:row">
					<xsl:attribute name="wide">yes</xsl:attribute>
				</xsl:if>
				<xsl:call-template name="title"><xsl:with-param name="id" select="'enhancement'"/></xsl:call-template>
				<xsl:call-template name="table">
					<xsl:with-param name="table" select="$enhancement"/>
					<xsl:with-param name="columns" select="'*measure provider required level'"/>
					<xsl:with-param name="caption"><xsl:apply-templates select="$enhancement" mode="names"/></xsl:with-param>
				</xsl:call-template>
				<xsl:call-template name="support-terms"/>
			</section>
		</xsl:if>
	</xsl:template>

	<!-- What a contract had to be to get into the pool -->
	<xsl:template name="eligible">
		<xsl:variable name="eligibility" select="key('table', 'eligibility')"/>
		<xsl:if test="$eligibility/r:row">
			<section id="eligibility">
				<xsl:call-template name="title"><xsl:with-param name="id" select="'eligibility'"/></xsl:call-template>
				<xsl:call-template name="table">
					<xsl:with-param name="table" select="$eligibility"/>
					<xsl:with-param name="columns" select="'*number criterion clause'"/>
					<xsl:with-param name="caption"><xsl:call-template name="term"><xsl:with-param name="id" select="'title.eligibility'"/></xsl:call-template></xsl:with-param>
					<xsl:with-param name="money" select="false()"/>
				</xsl:call-template>
			</section>
		</xsl:if>
	</xsl:template>
</xsl:stylesheet>
