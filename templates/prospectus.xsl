<?xml version="1.0" encoding="UTF-8"?>
<!-- SPDX-License-Identifier: GPL-3.0-or-later -->
<!-- The prospectus set: the tables and texts of a plan prospectus or an offering circular, under the headings of its guide. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns="urn:weir:document:1"
	xmlns:in="urn:weir:report-input:1" xmlns:r="urn:weir:results:1" xmlns:w="urn:weir:terms:1"
	xmlns:str="http://exslt.org/strings" xmlns:exsl="http://exslt.org/common" exclude-result-prefixes="in r w str exsl">
	<xsl:include href="common.xsl"/>
	<xsl:include href="sections.xsl"/>
	<xsl:include href="stress-sections.xsl"/>
	<xsl:include href="offering.xsl"/>
	<xsl:output method="xml" encoding="UTF-8"/>

	<!-- "abs", "abn" …: which guide the headings follow, and what the title page says -->
	<xsl:variable name="form" select="key('item', 'kind')/r:cell[@col='value']/@key"/>

	<xsl:template name="chapter-title">
		<xsl:param name="id"/>
		<title>
			<xsl:choose>
				<xsl:when test="$form = 'abn' and key('term', concat('chapter.abn.', $id))">
					<xsl:call-template name="term"><xsl:with-param name="id" select="concat('chapter.abn.', $id)"/></xsl:call-template>
				</xsl:when>
				<xsl:otherwise><xsl:call-template name="term"><xsl:with-param name="id" select="concat('chapter.', $id)"/></xsl:call-template></xsl:otherwise>
			</xsl:choose>
		</title>
	</xsl:template>

	<xsl:template match="/">
		<xsl:for-each select="$results">
			<document lang="{$lang}" currency="{$currency}">
				<head>
					<kicker>
						<xsl:call-template name="term">
							<xsl:with-param name="id"><xsl:choose><xsl:when test="$form = 'abs'">report.prospectus</xsl:when><xsl:otherwise>report.prospectus.other</xsl:otherwise></xsl:choose></xsl:with-param>
						</xsl:call-template>
					</kicker>
					<title><xsl:apply-templates select="$results/r:deal" mode="names"/></title>
					<xsl:if test="$results/r:scenario">
						<subtitle><xsl:apply-templates select="$results/r:scenario" mode="scenario"/></subtitle>
					</xsl:if>
					<footer><xsl:apply-templates select="$results/r:deal" mode="names"/></footer>
					<contents><xsl:call-template name="term"><xsl:with-param name="id" select="'contents'"/></xsl:call-template></contents>
					<xsl:call-template name="head-fields"><xsl:with-param name="with-period" select="false()"/></xsl:call-template>
				</head>
				<xsl:call-template name="title-page"/>
				<xsl:call-template name="chapter-securities"/>
				<xsl:call-template name="chapter-structure"/>
				<xsl:call-template name="chapter-enhancement"/>
				<xsl:call-template name="chapter-pool"/>
				<xsl:call-template name="chapter-cash"/>
				<xsl:call-template name="chapter-order"/>
				<xsl:call-template name="chapter-proceeds"/>
				<xsl:call-template name="chapter-risks"/>
				<xsl:call-template name="disclosures"/>
				<xsl:call-template name="reproducibility"/>
			</document>
		</xsl:for-each>
	</xsl:template>

	<!-- What the guide wants on the title page -->
	<xsl:template name="title-page">
		<section id="title-page">
			<xsl:call-template name="chapter-title"><xsl:with-param name="id" select="'title-page'"/></xsl:call-template>
			<note>
				<xsl:call-template name="term">
					<xsl:with-param name="id"><xsl:choose><xsl:when test="$form = 'abs'">statement.abs</xsl:when><xsl:when test="$form = 'abn'">statement.abn</xsl:when><xsl:otherwise>statement.other</xsl:otherwise></xsl:choose></xsl:with-param>
				</xsl:call-template>
			</note>
			<xsl:call-template name="paragraph"><xsl:with-param name="id" select="'about.prospectus'"/></xsl:call-template>
		</section>
	</xsl:template>

	<xsl:template name="chapter-securities">
		<section id="securities" wide="yes" break="before">
			<xsl:call-template name="chapter-title"><xsl:with-param name="id" select="'securities'"/></xsl:call-template>
			<xsl:call-template name="offer-summary"/>
			<xsl:call-template name="offer-capital"/>
			<xsl:call-template name="chart-capital"/>
			<xsl:call-template name="offer-dates"/>
		</section>
	</xsl:template>

	<xsl:template name="chapter-structure">
		<section id="structure">
			<xsl:call-template name="chapter-title"><xsl:with-param name="id" select="'structure'"/></xsl:call-template>
			<xsl:call-template name="offer-structure"/>
			<xsl:call-template name="offer-parties"/>
		</section>
	</xsl:template>

	<xsl:template name="chapter-enhancement">
		<section id="enhancement" wide="yes">
			<xsl:call-template name="chapter-title"><xsl:with-param name="id" select="'enhancement'"/></xsl:call-template>
			<xsl:call-template name="offer-enhancement"/>
			<xsl:call-template name="support-terms"/>
			<xsl:call-template name="offer-triggers"/>
			<xsl:call-template name="offer-trigger-table"/>
		</section>
	</xsl:template>

	<xsl:template name="chapter-pool">
		<section id="assets">
			<xsl:call-template name="chapter-title"><xsl:with-param name="id" select="'assets'"/></xsl:call-template>
			<section id="eligibility">
				<xsl:call-template name="title"><xsl:with-param name="id" select="'eligibility'"/></xsl:call-template>
				<xsl:call-template name="offer-eligibility"/>
			</section>
			<section id="pool-overview">
				<xsl:call-template name="title"><xsl:with-param name="id" select="'pool-overview'"/></xsl:call-template>
				<xsl:call-template name="offer-pool"/>
			</section>
			<section id="distributions" code="T4">
				<xsl:call-template name="title"><xsl:with-param name="id" select="'distributions'"/></xsl:call-template>
				<xsl:call-template name="paragraph"><xsl:with-param name="id" select="'about.distributions'"/></xsl:call-template>
				<xsl:call-template name="offer-distributions"/>
			</section>
			<section id="obligors" wide="yes">
				<xsl:call-template name="title"><xsl:with-param name="id" select="'concentration'"/></xsl:call-template>
				<xsl:call-template name="offer-obligors"/>
				<xsl:call-template name="chart-treemap"/>
				<xsl:call-template name="offer-concentration"/>
			</section>
			<section id="ip" wide="yes">
				<xsl:call-template name="title"><xsl:with-param name="id" select="'ip'"/></xsl:call-template>
				<xsl:call-template name="offer-ip"/>
				<xsl:call-template name="chart-ip-timeline"/>
			</section>
			<section id="contracts" wide="yes">
				<xsl:call-template name="title"><xsl:with-param name="id" select="'contract-terms'"/></xsl:call-template>
				<xsl:call-template name="offer-contracts"/>
			</section>
			<section id="static-pool">
				<xsl:call-template name="title"><xsl:with-param name="id" select="'static-pool'"/></xsl:call-template>
				<xsl:call-template name="offer-vintages"/>
			</section>
		</section>
	</xsl:template>

	<xsl:template name="chapter-cash">
		<section id="cash-flow" wide="yes">
			<xsl:call-template name="chapter-title"><xsl:with-param name="id" select="'cash-flow'"/></xsl:call-template>
			<section id="amortisation">
				<xsl:call-template name="title"><xsl:with-param name="id" select="'amortisation'"/></xsl:call-template>
				<xsl:call-template name="offer-amortisation"/>
			</section>
			<section id="forecast" wide="yes">
				<xsl:call-template name="title"><xsl:with-param name="id" select="'base-forecast'"/></xsl:call-template>
				<xsl:call-template name="paragraph"><xsl:with-param name="id" select="'about.base-forecast'"/></xsl:call-template>
				<xsl:call-template name="offer-forecast"/>
				<xsl:call-template name="chart-pool"/>
				<xsl:call-template name="offer-assets"/>
			</section>
			<section id="cover" wide="yes">
				<xsl:call-template name="title"><xsl:with-param name="id" select="'cover-paths'"/></xsl:call-template>
				<xsl:call-template name="coverage-path"/>
				<xsl:call-template name="funds-corridor"/>
			</section>
			<section id="stress-results" wide="yes">
				<xsl:call-template name="title"><xsl:with-param name="id" select="'stress-tests'"/></xsl:call-template>
				<xsl:call-template name="stress-results"><xsl:with-param name="code" select="'C-15'"/></xsl:call-template>
				<xsl:call-template name="stress-matrix"/>
				<xsl:call-template name="rating-sensitivity"/>
			</section>
			<section id="prices" wide="yes">
				<xsl:call-template name="title"><xsl:with-param name="id" select="'pricing-helper'"/></xsl:call-template>
				<xsl:call-template name="offer-pricing"/>
				<xsl:call-template name="decrement"/>
				<xsl:call-template name="scenario-yields"/>
				<xsl:call-template name="price-speed"/>
				<xsl:call-template name="breakeven-matrix"/>
			</section>
		</section>
	</xsl:template>

	<xsl:template name="chapter-order">
		<section id="order" wide="yes">
			<xsl:call-template name="chapter-title"><xsl:with-param name="id" select="'order'"/></xsl:call-template>
			<section id="waterfall">
				<xsl:call-template name="title"><xsl:with-param name="id" select="'waterfall'"/></xsl:call-template>
				<xsl:call-template name="offer-waterfall"/>
				<xsl:call-template name="chart-funds-life"/>
			</section>
			<section id="fees" wide="yes">
				<xsl:call-template name="title"><xsl:with-param name="id" select="'fees'"/></xsl:call-template>
				<xsl:call-template name="offer-fees"/>
			</section>
			<section id="taxes" wide="yes">
				<xsl:call-template name="title"><xsl:with-param name="id" select="'taxes'"/></xsl:call-template>
				<xsl:call-template name="offer-taxes"/>
			</section>
		</section>
	</xsl:template>

	<xsl:template name="chapter-proceeds">
		<section id="proceeds">
			<xsl:call-template name="chapter-title"><xsl:with-param name="id" select="'proceeds'"/></xsl:call-template>
			<xsl:call-template name="offer-closing"/>
			<xsl:call-template name="offer-subsidies"/>
		</section>
	</xsl:template>

	<xsl:template name="chapter-risks">
		<section id="risks">
			<xsl:call-template name="chapter-title"><xsl:with-param name="id" select="'risks'"/></xsl:call-template>
			<xsl:call-template name="offer-risks"/>
		</section>
	</xsl:template>
</xsl:stylesheet>
