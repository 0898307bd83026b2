<?xml version="1.0" encoding="UTF-8"?>
<!-- SPDX-License-Identifier: GPL-3.0-or-later -->
<!-- The stress-test appendix: assumptions, scenarios, what they give, break-evens, sensitivities, support, reverse stress. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns="urn:weir:document:1"
	xmlns:in="urn:weir:report-input:1" xmlns:r="urn:weir:results:1" xmlns:w="urn:weir:terms:1"
	xmlns:str="http://exslt.org/strings" xmlns:exsl="http://exslt.org/common" exclude-result-prefixes="in r w str exsl">
	<xsl:include href="common.xsl"/>
	<xsl:include href="sections.xsl"/>
	<xsl:include href="stress-sections.xsl"/>
	<xsl:output method="xml" encoding="UTF-8"/>

	<xsl:template match="/">
		<document lang="{$lang}" currency="{$currency}">
			<head>
				<kicker><xsl:call-template name="term"><xsl:with-param name="id" select="'report.stress'"/></xsl:call-template></kicker>
				<title><xsl:apply-templates select="$results/r:deal" mode="names"/></title>
				<xsl:if test="$results/r:scenario">
					<subtitle><xsl:apply-templates select="$results/r:scenario" mode="scenario"/></subtitle>
				</xsl:if>
				<footer><xsl:apply-templates select="$results/r:deal" mode="names"/></footer>
				<contents><xsl:call-template name="term"><xsl:with-param name="id" select="'contents'"/></xsl:call-template></contents>
				<xsl:call-template name="head-fields"><xsl:with-param name="with-period" select="false()"/></xsl:call-template>
			</head>
			<section id="assumptions">
				<xsl:call-template name="title"><xsl:with-param name="id" select="'stress-assumptions'"/></xsl:call-template>
				<xsl:call-template name="stress-assumptions"/>
			</section>
			<section id="scenarios" wide="yes">
				<xsl:call-template name="title"><xsl:with-param name="id" select="'stress-scenarios'"/></xsl:call-template>
				<xsl:call-template name="stress-scenarios"/>
			</section>
			<section id="results" wide="yes">
				<xsl:call-template name="title"><xsl:with-param name="id" select="'stress-results'"/></xsl:call-template>
				<xsl:call-template name="stress-results"/>
				<xsl:call-template name="stress-matrix"/>
			</section>
			<section id="coverage" wide="yes">
				<xsl:call-template name="title"><xsl:with-param name="id" select="'stress-coverage'"/></xsl:call-template>
				<xsl:call-template name="stress-coverage"/>
				<xsl:call-template name="chart-heat"><xsl:with-param name="table" select="key('table', 'stress_coverage')"/></xsl:call-template>
				<xsl:call-template name="funds-corridor"/>
				<xsl:call-template name="coverage-path"/>
			</section>
			<section id="breakeven" wide="yes">
				<xsl:call-template name="title"><xsl:with-param name="id" select="'stress-breakeven'"/></xsl:call-template>
				<xsl:call-template name="stress-breakeven"/>
				<xsl:if test="key('table', 'breakeven_matrix')"><xsl:call-template name="breakeven-matrix"/></xsl:if>
			</section>
			<section id="grid">
				<xsl:call-template name="title"><xsl:with-param name="id" select="'stress-grid'"/></xsl:call-template>
				<xsl:call-template name="stress-grid"/>
			</section>
			<section id="grades">
				<xsl:call-template name="title"><xsl:with-param name="id" select="'stress-support'"/></xsl:call-template>
				<xsl:call-template name="stress-support"/>
				<xsl:call-template name="rating-sensitivity"/>
			</section>
			<section id="attribution">
				<xsl:call-template name="title"><xsl:with-param name="id" select="'stress-attribution'"/></xsl:call-template>
				<xsl:call-template name="stress-attribution"/>
			</section>
			<section id="dependence">
				<xsl:if test="key('table', 'stress_dependence')"><xsl:attribute name="wide">yes</xsl:attribute></xsl:if>
				<xsl:call-template name="title"><xsl:with-param name="id" select="'stress-dependence'"/></xsl:call-template>
				<xsl:call-template name="stress-dependence"/>
			</section>
			<section id="reverse">
				<xsl:call-template name="title"><xsl:with-param name="id" select="'stress-reverse'"/></xsl:call-template>
				<xsl:call-template name="stress-reverse"/>
			</section>
			<xsl:if test="key('table', 'decrement')">
				<section id="lives" wide="yes">
					<xsl:call-template name="title"><xsl:with-param name="id" select="'stress-lives'"/></xsl:call-template>
					<xsl:call-template name="decrement"/>
					<xsl:call-template name="scenario-yields"/>
					<xsl:call-template name="price-speed"/>
				</section>
			</xsl:if>
			<xsl:call-template name="disclosures"/>
			<section id="record">
				<xsl:call-template name="title"><xsl:with-param name="id" select="'stress-record'"/></xsl:call-template>
				<xsl:call-template name="stress-record"/>
			</section>
		</document>
	</xsl:template>
</xsl:stylesheet>
