<?xml version="1.0" encoding="UTF-8"?>
<!-- SPDX-License-Identifier: GPL-3.0-or-later -->
<!-- The structuring report: what a capital-market team takes into a meeting about a deal: term sheet, capital, the structure
     with its certificate, prices, sensitivities, grades. Each section stands where the results have its tables. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns="urn:weir:document:1"
	xmlns:in="urn:weir:report-input:1" xmlns:r="urn:weir:results:1" xmlns:w="urn:weir:terms:1"
	xmlns:str="http://exslt.org/strings" xmlns:exsl="http://exslt.org/common" exclude-result-prefixes="in r w str exsl">
	<xsl:include href="common.xsl"/>
	<xsl:include href="sections.xsl"/>
	<xsl:output method="xml" encoding="UTF-8"/>

	<xsl:variable name="structure" select="key('table', 'structure')"/>
	<xsl:variable name="search" select="key('table', 'structure_search')/r:row[1]"/>

	<xsl:template match="/">
		<document lang="{$lang}" currency="{$currency}">
			<head>
				<kicker><xsl:call-template name="term"><xsl:with-param name="id" select="'report.structuring'"/></xsl:call-template></kicker>
				<title><xsl:apply-templates select="$results/r:deal" mode="names"/></title>
				<xsl:if test="$results/r:scenario">
					<subtitle><xsl:apply-templates select="$results/r:scenario" mode="scenario"/></subtitle>
				</xsl:if>
				<footer><xsl:apply-templates select="$results/r:deal" mode="names"/></footer>
				<contents><xsl:call-template name="term"><xsl:with-param name="id" select="'contents'"/></xsl:call-template></contents>
				<xsl:call-template name="head-fields"><xsl:with-param name="with-period" select="false()"/></xsl:call-template>
			</head>
			<xsl:call-template name="verdict"/>
			<xsl:call-template name="term-sheet"/>
			<xsl:call-template name="chart-structure"/>
			<xsl:call-template name="capital"/>
			<xsl:call-template name="structure"/>
			<xsl:call-template name="certificate"/>
			<xsl:call-template name="search"/>
			<xsl:call-template name="balances"/>
			<xsl:call-template name="cash-flow"/>
			<xsl:call-template name="prices"/>
			<xsl:call-template name="sensitivity"/>
			<xsl:call-template name="attribution"/>
			<xsl:call-template name="ratings"/>
			<xsl:call-template name="variants"/>
			<xsl:call-template name="support"/>
			<xsl:call-template name="triggers"/>
			<xsl:call-template name="waterfall"/>
			<xsl:call-template name="selection"/>
			<xsl:call-template name="pool"/>
			<xsl:call-template name="concentration"/>
			<xsl:call-template name="ip"/>
			<xsl:call-template name="financing"/>
			<xsl:call-template name="disclosures"/>
			<xsl:call-template name="reproducibility"/>
		</document>
	</xsl:template>

	<!-- The answer in one glance -->

	<xsl:template name="verdict">
		<xsl:variable name="found" select="$structure/r:row"/>
		<xsl:variable name="figures" select="key('table', 'summary')/r:row[not(r:cell[@col='class'])]"/>
		<xsl:if test="$search or $figures">
			<section id="key-figures">
				<xsl:call-template name="title"><xsl:with-param name="id" select="'key-figures'"/></xsl:call-template>
				<xsl:choose>
					<xsl:when test="$search and not($found)">
						<note tone="bad"><xsl:call-template name="term"><xsl:with-param name="id" select="'note.no-structure'"/></xsl:call-template></note>
					</xsl:when>
					<xsl:when test="$search/r:cell[@col='proven'] = 1">
						<note tone="good"><xsl:call-template name="term"><xsl:with-param name="id" select="'note.proven'"/></xsl:call-template></note>
					</xsl:when>
					<xsl:when test="$search">
						<note><xsl:call-template name="term"><xsl:with-param name="id" select="'note.not-proven'"/></xsl:call-template></note>
					</xsl:when>
				</xsl:choose>
				<tiles>
					<xsl:if test="$found">
						<xsl:for-each select="$search/r:cell[@col='value' or @col='bound' or @col='gap']">
							<tile>
								<label><xsl:apply-templates select="../../r:columns/r:column[@id = current()/@col]" mode="names"/></label>
								<xsl:call-template name="cell">
									<xsl:with-param name="cell" select="."/>
									<xsl:with-param name="type" select="concat(@type, self::r:cell[not(@type)]/../../r:columns/r:column[@id = current()/@col]/@type)"/>
									<xsl:with-param name="decimals" select="'4'"/>
								</xsl:call-template>
								<xsl:if test="@col = 'value'">
									<text><xsl:apply-templates select="../r:cell[@col='objective']" mode="names"/></text>
								</xsl:if>
							</tile>
						</xsl:for-each>
					</xsl:if>
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
					<xsl:for-each select="str:tokenize('coverage_min coverage_total subordinated_total')">
						<xsl:variable name="row" select="$figures[r:cell[@col='metric']/@key = current()]"/>
						<xsl:call-template name="figure-tile">
							<xsl:with-param name="row" select="$row"/>
							<xsl:with-param name="id" select="concat('metric.', .)"/>
							<xsl:with-param name="bad" select="starts-with(., 'coverage') and $row/r:cell[@col='value'] &lt; 1"/>
						</xsl:call-template>
					</xsl:for-each>
				</tiles>
			</section>
		</xsl:if>
	</xsl:template>

	<!-- The structure that was found -->

	<xsl:template name="structure">
		<xsl:if test="$structure/r:row">
			<section id="structure">
				<xsl:call-template name="title"><xsl:with-param name="id" select="'structure'"/></xsl:call-template>
				<xsl:call-template name="table">
					<xsl:with-param name="table" select="$structure"/>
					<xsl:with-param name="columns" select="'*class part grade lots size share subordination attachment detachment coupon:2+ wal:2 price:4 proceeds expected_loss:4 loss_limit:4'"/>
				</xsl:call-template>
				<xsl:call-template name="table">
					<xsl:with-param name="table" select="key('table', 'structure_choices')"/>
					<xsl:with-param name="columns" select="'*name value:2+ before:2+'"/>
					<xsl:with-param name="caption"><xsl:apply-templates select="key('table', 'structure_choices')" mode="names"/></xsl:with-param>
					<xsl:with-param name="money" select="false()"/>
				</xsl:call-template>
			</section>
		</xsl:if>
	</xsl:template>

	<!-- The certificate: what passes, and what one lot more breaks -->

	<xsl:template name="certificate">
		<xsl:variable name="certificate" select="key('table', 'certificate')"/>
		<xsl:variable name="margins" select="key('table', 'structure_margins')"/>
		<xsl:if test="$certificate/r:row">
			<section id="certificate">
				<xsl:call-template name="title"><xsl:with-param name="id" select="'certificate'"/></xsl:call-template>
				<xsl:call-template name="paragraph"><xsl:with-param name="id" select="'about.certificate'"/></xsl:call-template>
				<xsl:for-each select="str:tokenize('as-found one-lot-more top-down least')">
					<xsl:variable name="claim" select="string(.)"/>
					<xsl:variable name="rows" select="$certificate/r:row[r:cell[@col='claim'][@key = $claim or (not(@key) and @en = $claim)]]"/>
					<xsl:if test="$claim != 'as-found' or not($margins)">
						<xsl:for-each select="$results">
							<xsl:call-template name="claims">
								<xsl:with-param name="table" select="$certificate"/>
								<xsl:with-param name="rows" select="$rows"/>
								<xsl:with-param name="claim" select="$claim"/>
							</xsl:call-template>
						</xsl:for-each>
					</xsl:if>
					<xsl:if test="$claim = 'as-found' and $margins">
						<xsl:for-each select="$results">
							<xsl:call-template name="passes">
								<xsl:with-param name="rows" select="$rows"/>
								<xsl:with-param name="margins" select="$margins"/>
							</xsl:call-template>
						</xsl:for-each>
					</xsl:if>
				</xsl:for-each>
			</section>
		</xsl:if>
	</xsl:template>

	<xsl:template name="claims">
		<xsl:param name="table"/>
		<xsl:param name="rows"/>
		<xsl:param name="claim"/>
		<xsl:call-template name="table">
			<xsl:with-param name="table" select="$table"/>
			<xsl:with-param name="rows" select="$rows"/>
			<xsl:with-param name="columns" select="'*moved result class scenario date amount limit value:4'"/>
			<xsl:with-param name="caption"><xsl:call-template name="term"><xsl:with-param name="id" select="concat('claim.', $claim)"/></xsl:call-template></xsl:with-param>
		</xsl:call-template>
	</xsl:template>

	<!-- One row a scenario, one column a class, and what is left. -->
	<xsl:template name="passes">
		<xsl:param name="rows"/>
		<xsl:param name="margins"/>
		<xsl:variable name="classes" select="$structure/r:row[r:cell[@col='class']/@key = $rows/r:cell[@col='class']/@key]"/>
		<xsl:variable name="columns" select="$margins/r:columns"/>
		<table>
			<caption><xsl:call-template name="term"><xsl:with-param name="id" select="'claim.as-found'"/></xsl:call-template></caption>
			<unit>
				<xsl:call-template name="term">
					<xsl:with-param name="id" select="'unit'"/>
					<xsl:with-param name="en" select="$currency"/>
					<xsl:with-param name="zh" select="$currency-zh"/>
				</xsl:call-template>
			</unit>
			<columns>
				<column type="text" head="yes"><xsl:apply-templates select="$columns/r:column[@id='scenario']" mode="names"/></column>
				<xsl:for-each select="$classes">
					<column type="text"><xsl:apply-templates select="r:cell[@col='class']" mode="names"/></column>
				</xsl:for-each>
				<xsl:for-each select="$columns/r:column[@id='defaulted' or @id='coverage_min' or @id='coverage_total' or @id='left']">
					<column type="{@type}"><xsl:apply-templates select="." mode="names"/></column>
				</xsl:for-each>
			</columns>
			<xsl:for-each select="$margins/r:row">
				<xsl:variable name="row" select="."/>
				<row>
					<cell><xsl:apply-templates select="r:cell[@col='scenario']" mode="names"/></cell>
					<xsl:for-each select="$classes">
						<xsl:call-template name="cell">
							<xsl:with-param name="cell" select="$rows[r:cell[@col='scenario']/@key = $row/r:cell[@col='scenario']/@key]
								[r:cell[@col='class']/@key = current()/r:cell[@col='class']/@key][1]/r:cell[@col='result']"/>
							<xsl:with-param name="type" select="'text'"/>
						</xsl:call-template>
					</xsl:for-each>
					<xsl:for-each select="$columns/r:column[@id='defaulted' or @id='coverage_min' or @id='coverage_total' or @id='left']">
						<xsl:call-template name="cell">
							<xsl:with-param name="cell" select="$row/r:cell[@col = current()/@id]"/>
							<xsl:with-param name="type" select="@type"/>
						</xsl:call-template>
					</xsl:for-each>
				</row>
			</xsl:for-each>
		</table>
	</xsl:template>

	<!-- What the search did -->

	<xsl:template name="search">
		<xsl:if test="$search">
			<section id="search">
				<xsl:call-template name="title"><xsl:with-param name="id" select="'search'"/></xsl:call-template>
				<xsl:call-template name="paragraph"><xsl:with-param name="id" select="'about.search'"/></xsl:call-template>
				<fields>
					<xsl:for-each select="$search/r:cell">
						<xsl:variable name="column" select="../../r:columns/r:column[@id = current()/@col]"/>
						<field>
							<label><xsl:apply-templates select="$column" mode="names"/></label>
							<xsl:call-template name="cell">
								<xsl:with-param name="cell" select="."/>
								<xsl:with-param name="type" select="concat($column/@type[. != 'mixed'], @type)"/>
								<xsl:with-param name="decimals">
									<xsl:choose>
										<xsl:when test="$column/@type = 'number'">0</xsl:when>
										<xsl:otherwise>4</xsl:otherwise>
									</xsl:choose>
								</xsl:with-param>
							</xsl:call-template>
						</field>
					</xsl:for-each>
				</fields>
			</section>
		</xsl:if>
	</xsl:template>

	<!-- Balances of the classes over time -->

	<xsl:template name="balances">
		<xsl:if test="$periods and key('table', 'payment')/r:row">
			<section id="balances">
				<xsl:call-template name="title"><xsl:with-param name="id" select="'balances'"/></xsl:call-template>
				<xsl:call-template name="chart-balances"/>
				<xsl:call-template name="chart-funds-life"/>
			</section>
		</xsl:if>
	</xsl:template>

	<!-- Prices: at the issue price, over a row of prices, by point of the curve -->

	<xsl:template name="prices">
		<xsl:variable name="price" select="key('table', 'price') | key('table', 'measures')[not(key('table', 'price'))]"/>
		<xsl:if test="$price/r:row">
			<section id="prices" wide="yes">
				<xsl:call-template name="title"><xsl:with-param name="id" select="'prices'"/></xsl:call-template>
				<xsl:call-template name="paragraph"><xsl:with-param name="id" select="'about.measures'"/></xsl:call-template>
				<xsl:call-template name="table">
					<xsl:with-param name="table" select="$price"/>
					<xsl:with-param name="columns" select="'scenario *class clean:4 accrued:4 yield:4 wal:2 first_principal last_principal macaulay:4 modified:4 convexity:4 dv01:6 flag'"/>
					<xsl:with-param name="total" select="/.."/>
					<xsl:with-param name="caption"><xsl:apply-templates select="$price" mode="names"/></xsl:with-param>
					<xsl:with-param name="money" select="false()"/>
				</xsl:call-template>
				<xsl:if test="$price/r:row/r:cell[@col='curve']">
					<xsl:call-template name="table">
						<xsl:with-param name="table" select="$price"/>
						<xsl:with-param name="columns" select="'scenario *class z_spread:4 curve_yield:4 nominal_spread:4 discount_margin:4 effective_duration:4 effective_convexity:4 spread_duration:4 yield_to_call:4 call_date yield_to_maturity:4'"/>
						<xsl:with-param name="total" select="/.."/>
						<xsl:with-param name="caption">
							<xsl:call-template name="term">
								<xsl:with-param name="id" select="'over-curve'"/>
								<xsl:with-param name="en" select="string($price/r:row/r:cell[@col='curve']/@en)"/>
								<xsl:with-param name="zh" select="string($price/r:row/r:cell[@col='curve']/@zh)"/>
							</xsl:call-template>
						</xsl:with-param>
						<xsl:with-param name="money" select="false()"/>
					</xsl:call-template>
				</xsl:if>
				<xsl:call-template name="price-yield"/>
				<xsl:call-template name="key-rates"/>
			</section>
		</xsl:if>
	</xsl:template>

	<!-- One line a class in the first scenario; then for each class that repays principal one line a scenario. -->
	<xsl:template name="price-yield">
		<xsl:variable name="rows" select="key('table', 'price_yield')/r:row"/>
		<xsl:if test="$rows">
			<xsl:variable name="scenarios" select="$rows[generate-id() = generate-id(key('yields-of-scenario', concat(../@id, '|', r:cell[@col='scenario']/@key, r:cell[@col='scenario'][not(@key)]/@en))[1])]/r:cell[@col='scenario']"/>
			<xsl:variable name="classes" select="$rows[generate-id() = generate-id(key('yields-of-class', concat(../@id, '|', r:cell[@col='class']/@key, r:cell[@col='class'][not(@key)]/@en))[1])][r:cell[@col='wal']]/r:cell[@col='class']"/>
			<xsl:variable name="first" select="concat($scenarios[1]/@key, $scenarios[1][not(@key)]/@en)"/>
			<xsl:call-template name="chart-price-yield"/>
			<xsl:call-template name="chart-price-fan"/>
			<xsl:for-each select="$classes">
				<xsl:call-template name="yield-table"><xsl:with-param name="scenarios" select="$scenarios"/></xsl:call-template>
			</xsl:for-each>
		</xsl:if>
	</xsl:template>

	<!-- Of the class at hand: a row a price, a column a scenario with the yield; life and duration below. -->
	<xsl:template name="yield-table">
		<xsl:param name="scenarios"/>
		<xsl:variable name="class" select="concat(@key, self::r:cell[not(@key)]/@en)"/>
		<xsl:variable name="columns" select="../../r:columns"/>
		<xsl:variable name="first" select="key('yields', concat('price_yield|', $class, '|', $scenarios[1]/@key, $scenarios[1][not(@key)]/@en))"/>
		<table>
			<caption>
				<xsl:call-template name="term">
					<xsl:with-param name="id" select="'price-table'"/>
					<xsl:with-param name="en" select="string(@en)"/>
					<xsl:with-param name="zh" select="string(@zh)"/>
				</xsl:call-template>
			</caption>
			<columns>
				<column type="number" head="yes"><xsl:apply-templates select="$columns/r:column[@id='clean']" mode="names"/></column>
				<xsl:for-each select="$scenarios"><column type="rate"><xsl:apply-templates select="." mode="names"/></column></xsl:for-each>
			</columns>
			<xsl:for-each select="$first">
				<xsl:variable name="price" select="r:cell[@col='clean']"/>
				<row>
					<cell type="number" decimals="2+"><xsl:value-of select="$price"/></cell>
					<xsl:for-each select="$scenarios">
						<xsl:call-template name="cell">
							<xsl:with-param name="cell" select="key('yields', concat('price_yield|', $class, '|', @key, self::r:cell[not(@key)]/@en))[r:cell[@col='clean'] = $price]/r:cell[@col='yield']"/>
							<xsl:with-param name="type" select="'rate'"/>
							<xsl:with-param name="decimals" select="'4'"/>
						</xsl:call-template>
					</xsl:for-each>
				</row>
			</xsl:for-each>
			<xsl:for-each select="$columns/r:column[@id='wal' or @id='first_principal' or @id='last_principal']">
				<xsl:variable name="column" select="."/>
				<row>
					<cell><xsl:apply-templates select="." mode="names"/></cell>
					<xsl:for-each select="$scenarios">
						<xsl:call-template name="cell">
							<xsl:with-param name="cell" select="key('yields', concat('price_yield|', $class, '|', @key, self::r:cell[not(@key)]/@en))[1]/r:cell[@col = $column/@id]"/>
							<xsl:with-param name="type" select="$column/@type"/>
							<xsl:with-param name="decimals" select="'2'"/>
						</xsl:call-template>
					</xsl:for-each>
				</row>
			</xsl:for-each>
		</table>
	</xsl:template>

	<!-- Durations by point of the curve: columns side by side, a class each. -->
	<xsl:template name="key-rates">
		<xsl:variable name="table" select="key('table', 'key_rates')"/>
		<xsl:variable name="first" select="$table/r:row[r:cell[@col='scenario']/@en = $table/r:row[1]/r:cell[@col='scenario']/@en]"/>
		<xsl:if test="$first">
			<xsl:variable name="lead" select="concat($first[1]/r:cell[@col='class']/@key, $first[1]/r:cell[@col='class'][not(@key)]/@en)"/>
			<xsl:variable name="points" select="$first[concat(r:cell[@col='class']/@key, r:cell[@col='class'][not(@key)]/@en) = $lead][r:cell[@col='rate']]"/>
			<chart kind="columns">
				<xsl:call-template name="chart-words"><xsl:with-param name="id" select="'key-rates'"/></xsl:call-template>
				<x>
					<title><xsl:apply-templates select="$table/r:columns/r:column[@id='tenor']" mode="names"/></title>
					<xsl:for-each select="$points"><item><xsl:apply-templates select="r:cell[@col='tenor']" mode="names"/></item></xsl:for-each>
				</x>
				<y type="number" decimals="4"/>
				<xsl:for-each select="$first[r:cell[@col='tenor'][@key = $points[1]/r:cell[@col='tenor']/@key or @en = $points[1]/r:cell[@col='tenor']/@en]]">
					<xsl:variable name="class" select="concat(r:cell[@col='class']/@key, r:cell[@col='class'][not(@key)]/@en)"/>
					<series kind="column" stack="{position() - 1}">
						<name><xsl:apply-templates select="r:cell[@col='class']" mode="names"/></name>
						<xsl:for-each select="$first[concat(r:cell[@col='class']/@key, r:cell[@col='class'][not(@key)]/@en) = $class][r:cell[@col='rate']]">
							<v><xsl:value-of select="r:cell[@col='duration']"/></v>
						</xsl:for-each>
					</series>
				</xsl:for-each>
			</chart>
			<!-- a row a point, a column a class, and their sums -->
			<xsl:variable name="classes" select="$first[r:cell[@col='tenor'][@key = $points[1]/r:cell[@col='tenor']/@key or @en = $points[1]/r:cell[@col='tenor']/@en]]/r:cell[@col='class']"/>
			<table>
				<caption><xsl:apply-templates select="$table" mode="names"/></caption>
				<columns>
					<column type="text" head="yes"><xsl:apply-templates select="$table/r:columns/r:column[@id='tenor']" mode="names"/></column>
					<column type="rate"><xsl:apply-templates select="$table/r:columns/r:column[@id='rate']" mode="names"/></column>
					<xsl:for-each select="$classes"><column type="number"><xsl:apply-templates select="." mode="names"/></column></xsl:for-each>
				</columns>
				<xsl:for-each select="$first[concat(r:cell[@col='class']/@key, r:cell[@col='class'][not(@key)]/@en) = $lead]">
					<xsl:variable name="tenor" select="concat(r:cell[@col='tenor']/@key, r:cell[@col='tenor'][not(@key)]/@en)"/>
					<row>
						<xsl:if test="not(r:cell[@col='rate'])"><xsl:attribute name="kind">total</xsl:attribute></xsl:if>
						<cell><xsl:apply-templates select="r:cell[@col='tenor']" mode="names"/></cell>
						<xsl:call-template name="cell">
							<xsl:with-param name="cell" select="r:cell[@col='rate']"/>
							<xsl:with-param name="type" select="'rate'"/>
							<xsl:with-param name="decimals" select="'4'"/>
						</xsl:call-template>
						<xsl:for-each select="$classes">
							<xsl:variable name="class" select="concat(@key, self::r:cell[not(@key)]/@en)"/>
							<xsl:call-template name="cell">
								<xsl:with-param name="cell" select="$first[concat(r:cell[@col='class']/@key, r:cell[@col='class'][not(@key)]/@en) = $class]
									[concat(r:cell[@col='tenor']/@key, r:cell[@col='tenor'][not(@key)]/@en) = $tenor]/r:cell[@col='duration']"/>
								<xsl:with-param name="type" select="'number'"/>
								<xsl:with-param name="decimals" select="'4'"/>
							</xsl:call-template>
						</xsl:for-each>
					</row>
				</xsl:for-each>
			</table>
		</xsl:if>
	</xsl:template>

	<!-- Studies know scenarios by their ids; the certificate has their names. -->
	<xsl:template match="r:table[@id='price' or @id='price_yield' or @id='key_rates' or @id='rating' or @id='rating_scenarios']/r:row/r:cell[@col='scenario']" mode="names">
		<xsl:variable name="id" select="string(@key | self::r:cell[not(@key)]/@en)"/>
		<xsl:variable name="named" select="(key('table', 'structure_margins') | key('table', 'certificate') | key('table', 'scenarios'))/r:row/r:cell[@col='scenario'][@key = $id][@en or @zh]"/>
		<xsl:choose>
			<xsl:when test="$named">
				<xsl:call-template name="text"><xsl:with-param name="en" select="$named[1]/@en"/><xsl:with-param name="zh" select="$named[1]/@zh"/></xsl:call-template>
			</xsl:when>
			<xsl:when test="key('term', concat('scenario.', $id))">
				<xsl:call-template name="term"><xsl:with-param name="id" select="concat('scenario.', $id)"/></xsl:call-template>
			</xsl:when>
			<xsl:otherwise><t lang="en"><xsl:value-of select="$id"/></t></xsl:otherwise>
		</xsl:choose>
	</xsl:template>

	<xsl:template match="r:table[@id='rating_targets' or @id='rating_scenarios']/r:row/r:cell[@col='asset_class' or @col='used' or @col='label' or @col='way']" mode="names">
		<xsl:variable name="word" select="string(@key | self::r:cell[not(@key)]/@en)"/>
		<xsl:choose>
			<xsl:when test="key('term', concat('rating.', $word))">
				<xsl:call-template name="term"><xsl:with-param name="id" select="concat('rating.', $word)"/></xsl:call-template>
			</xsl:when>
			<xsl:otherwise><t lang="en"><xsl:value-of select="$word"/></t></xsl:otherwise>
		</xsl:choose>
	</xsl:template>

	<!-- Sensitivity: a tornado and its table for each figure that anything moves -->

	<xsl:template name="sensitivity">
		<xsl:variable name="rows" select="key('table', 'tornado')/r:row"/>
		<xsl:if test="$rows">
			<xsl:variable name="heads" select="$rows[generate-id() = generate-id(key('of-metric', concat('tornado|', r:cell[@col='metric']/@key, r:cell[@col='metric'][not(@key)]/@en))[1])]"/>
			<section id="sensitivity">
				<xsl:call-template name="title"><xsl:with-param name="id" select="'sensitivity'"/></xsl:call-template>
				<xsl:call-template name="paragraph"><xsl:with-param name="id" select="'about.sensitivity'"/></xsl:call-template>
				<xsl:for-each select="$heads">
					<xsl:call-template name="tornado">
						<xsl:with-param name="rows" select="key('of-metric', concat('tornado|', r:cell[@col='metric']/@key, r:cell[@col='metric'][not(@key)]/@en))[not(r:cell[@col='swing'] = 0)]"/>
						<xsl:with-param name="metric" select="r:cell[@col='metric']"/>
					</xsl:call-template>
				</xsl:for-each>
				<xsl:variable name="still" select="$heads[not(key('of-metric', concat('tornado|', r:cell[@col='metric']/@key, r:cell[@col='metric'][not(@key)]/@en))[not(r:cell[@col='swing'] = 0)])]"/>
				<xsl:if test="$still">
					<list>
						<xsl:for-each select="$still">
							<item>
								<label><xsl:call-template name="term"><xsl:with-param name="id" select="'nothing-moves'"/></xsl:call-template></label>
								<text><xsl:apply-templates select="r:cell[@col='metric']" mode="names"/></text>
							</item>
						</xsl:for-each>
					</list>
				</xsl:if>
			</section>
		</xsl:if>
	</xsl:template>

	<xsl:template name="tornado">
		<xsl:param name="rows"/>
		<xsl:param name="metric"/>
		<!-- the widest, without those a thousandth as wide as the first -->
		<xsl:variable name="widest" select="$rows[r:cell[@col='swing']][1]/r:cell[@col='swing']"/>
		<xsl:variable name="shown" select="$rows[position() &lt;= 10][not(r:cell[@col='swing'] * 1000 &lt; $widest)]"/>
		<xsl:variable name="type" select="($rows/r:cell[@col='at_base' or @col='at_low']/@type)[1]"/>
		<xsl:call-template name="chart-tornado">
			<xsl:with-param name="rows" select="$rows"/>
			<xsl:with-param name="metric" select="$metric"/>
		</xsl:call-template>
		<xsl:call-template name="table">
			<xsl:with-param name="table" select="$metric/../.."/>
			<xsl:with-param name="rows" select="$shown"/>
			<xsl:with-param name="columns" select="'*number base:2+ low:2+ high:2+ at_low:4 at_high:4 change_low:4 change_high:4 swing:4'"/>
			<xsl:with-param name="caption"><xsl:apply-templates select="$metric" mode="names"/></xsl:with-param>
			<xsl:with-param name="money" select="$type = 'money'"/>
		</xsl:call-template>
	</xsl:template>

	<!-- Attribution: the bridge from one scenario to the other, and its table -->

	<xsl:template name="attribution">
		<xsl:variable name="rows" select="key('table', 'attribution')/r:row"/>
		<xsl:if test="$rows">
			<section id="attribution">
				<xsl:call-template name="title"><xsl:with-param name="id" select="'attribution'"/></xsl:call-template>
				<xsl:call-template name="paragraph"><xsl:with-param name="id" select="'about.attribution'"/></xsl:call-template>
				<xsl:if test="$results/r:fact[@id='attribution']">
					<fields>
						<xsl:call-template name="field">
							<xsl:with-param name="label" select="'fact.attribution'"/>
							<xsl:with-param name="value" select="$results/r:fact[@id='attribution']"/>
						</xsl:call-template>
					</fields>
				</xsl:if>
				<xsl:for-each select="$rows[generate-id() = generate-id(key('of-metric', concat('attribution|', r:cell[@col='metric']/@key, r:cell[@col='metric'][not(@key)]/@en))[1])]">
					<xsl:call-template name="bridge">
						<xsl:with-param name="rows" select="key('of-metric', concat('attribution|', r:cell[@col='metric']/@key, r:cell[@col='metric'][not(@key)]/@en))"/>
						<xsl:with-param name="metric" select="r:cell[@col='metric']"/>
					</xsl:call-template>
				</xsl:for-each>
			</section>
		</xsl:if>
	</xsl:template>

	<xsl:template name="bridge">
		<xsl:param name="rows"/>
		<xsl:param name="metric"/>
		<xsl:variable name="columns" select="$metric/../../r:columns"/>
		<xsl:variable name="total" select="$rows[r:cell[@col='factor']/@key = 'total']"/>
		<xsl:variable name="factors" select="$rows[r:cell[@col='shapley']][not(r:cell[@col='factor']/@key = 'total')]"/>
		<xsl:variable name="type" select="$total/r:cell[@col='from']/@type"/>
		<xsl:if test="$total/r:cell[@col='shapley'][. != 0] and contains('money rate number', $type)">
			<chart kind="bridge">
				<xsl:call-template name="chart-words">
					<xsl:with-param name="id" select="'bridge'"/>
					<xsl:with-param name="named" select="$metric"/>
				</xsl:call-template>
				<x>
					<title><xsl:apply-templates select="$columns/r:column[@id='factor']" mode="names"/></title>
					<item level="yes"><xsl:apply-templates select="$columns/r:column[@id='from']" mode="names"/></item>
					<xsl:for-each select="$factors"><item><xsl:apply-templates select="r:cell[@col='factor']" mode="names"/></item></xsl:for-each>
					<item level="yes"><xsl:apply-templates select="$columns/r:column[@id='to']" mode="names"/></item>
				</x>
				<xsl:choose>
					<xsl:when test="$type = 'money'"><xsl:call-template name="money-axis"/></xsl:when>
					<xsl:otherwise><y type="{$type}" decimals="4"/></xsl:otherwise>
				</xsl:choose>
				<series>
					<name><xsl:apply-templates select="$columns/r:column[@id='shapley']" mode="names"/></name>
					<v><xsl:value-of select="$total/r:cell[@col='from']"/></v>
					<xsl:for-each select="$factors"><v><xsl:value-of select="r:cell[@col='shapley']"/></v></xsl:for-each>
					<v><xsl:value-of select="$total/r:cell[@col='to']"/></v>
				</series>
			</chart>
		</xsl:if>
		<xsl:call-template name="table">
			<xsl:with-param name="table" select="$metric/../.."/>
			<xsl:with-param name="rows" select="$rows"/>
			<xsl:with-param name="columns" select="'*factor from:4 to:4 alone:4 last:4 shapley:4 share'"/>
			<xsl:with-param name="caption"><xsl:apply-templates select="$metric" mode="names"/></xsl:with-param>
			<xsl:with-param name="money" select="$type = 'money'"/>
		</xsl:call-template>
	</xsl:template>

	<!-- Ratings: what grades ask, what classes reach -->

	<xsl:template name="ratings">
		<xsl:variable name="rating" select="key('table', 'rating')"/>
		<xsl:variable name="targets" select="key('table', 'rating_targets')"/>
		<xsl:if test="$rating/r:row or $targets/r:row">
			<section id="ratings" wide="yes">
				<xsl:call-template name="title"><xsl:with-param name="id" select="'ratings'"/></xsl:call-template>
				<xsl:call-template name="paragraph"><xsl:with-param name="id" select="'about.ratings'"/></xsl:call-template>
				<xsl:call-template name="rating-chart"/>
				<xsl:call-template name="table">
					<xsl:with-param name="table" select="$rating"/>
					<xsl:with-param name="columns" select="'*class support scenario breakeven:2 grade target:2 margin:2 better lacks:2 published published_target:2 published_margin:2'"/>
					<xsl:with-param name="caption"><xsl:apply-templates select="$rating" mode="names"/></xsl:with-param>
					<xsl:with-param name="money" select="false()"/>
				</xsl:call-template>
				<xsl:call-template name="table">
					<xsl:with-param name="table" select="$targets"/>
					<xsl:with-param name="columns" select="'*grade asset_class used multiple:2 probability:4 target:2 to_come:2 required_support:2 derived? label source'"/>
					<xsl:with-param name="caption"><xsl:apply-templates select="$targets" mode="names"/></xsl:with-param>
					<xsl:with-param name="money" select="false()"/>
				</xsl:call-template>
				<xsl:call-template name="table">
					<xsl:with-param name="table" select="key('table', 'rating_scenarios')"/>
					<xsl:with-param name="columns" select="'*class support scenario total:2 defaulted:2 way grade'"/>
					<xsl:with-param name="caption"><xsl:apply-templates select="key('table', 'rating_scenarios')" mode="names"/></xsl:with-param>
					<xsl:with-param name="money" select="false()"/>
				</xsl:call-template>
			</section>
		</xsl:if>
	</xsl:template>

	<!-- Break-even of each class with support and without, beside the target of its published grade. -->
	<xsl:template name="rating-chart">
		<xsl:variable name="table" select="key('table', 'rating')"/>
		<xsl:variable name="with" select="$table/r:row[not(r:cell[@col='support']/@key = 'off')][r:cell[@col='breakeven']]"/>
		<xsl:variable name="without" select="$table/r:row[r:cell[@col='support']/@key = 'off']"/>
		<xsl:if test="$with">
			<chart kind="columns">
				<xsl:call-template name="chart-words"><xsl:with-param name="id" select="'ratings'"/></xsl:call-template>
				<x>
					<title><xsl:apply-templates select="$table/r:columns/r:column[@id='class']" mode="names"/></title>
					<xsl:for-each select="$with"><item><xsl:apply-templates select="r:cell[@col='class']" mode="names"/></item></xsl:for-each>
				</x>
				<y type="rate" decimals="2"/>
				<series kind="column" stack="0">
					<name><xsl:call-template name="term"><xsl:with-param name="id" select="concat('breakeven.', substring('with', 1 div boolean($without)), substring('alone', 1 div not($without)))"/></xsl:call-template></name>
					<xsl:for-each select="$with"><v><xsl:value-of select="r:cell[@col='breakeven']"/></v></xsl:for-each>
				</series>
				<xsl:if test="$without">
					<series kind="column" stack="1">
						<name><xsl:call-template name="term"><xsl:with-param name="id" select="'breakeven.without'"/></xsl:call-template></name>
						<xsl:for-each select="$with">
							<v><xsl:value-of select="$without[r:cell[@col='class']/@key = current()/r:cell[@col='class']/@key or r:cell[@col='class']/@en = current()/r:cell[@col='class']/@en]/r:cell[@col='breakeven']"/></v>
						</xsl:for-each>
					</series>
				</xsl:if>
				<xsl:if test="$with/r:cell[@col='published_target']">
					<series kind="line">
						<name><xsl:call-template name="term"><xsl:with-param name="id" select="'target.published'"/></xsl:call-template></name>
						<xsl:for-each select="$with"><v><xsl:value-of select="r:cell[@col='published_target']"/></v></xsl:for-each>
					</series>
				</xsl:if>
			</chart>
		</xsl:if>
	</xsl:template>

	<!-- Readings of ambiguous clauses, and the money at stake -->

	<xsl:template name="variants">
		<xsl:variable name="variants" select="key('table', 'variants')"/>
		<xsl:if test="$variants/r:row">
			<section id="variants" wide="yes">
				<xsl:call-template name="title"><xsl:with-param name="id" select="'variants'"/></xsl:call-template>
				<xsl:call-template name="table">
					<xsl:with-param name="table" select="$variants"/>
					<xsl:with-param name="columns" select="'scenario *variant clause class interest principal rest? paid difference moved from wal:2 yield:4 missed? unpaid?'"/>
				</xsl:call-template>
			</section>
		</xsl:if>
	</xsl:template>

	<!-- Pool selection: what was chosen, and which limits bind -->

	<xsl:template name="selection">
		<xsl:variable name="selection" select="key('table', 'selection')"/>
		<xsl:variable name="limits" select="key('table', 'selection_limits')"/>
		<xsl:if test="$selection/r:row or $limits/r:row">
			<section id="selection" wide="yes">
				<xsl:call-template name="title"><xsl:with-param name="id" select="'selection'"/></xsl:call-template>
				<xsl:if test="key('table', 'selection_summary')/r:row">
					<fields>
						<xsl:for-each select="key('table', 'selection_summary')/r:row">
							<field>
								<label><xsl:apply-templates select="r:cell[@col='metric']" mode="names"/></label>
								<xsl:call-template name="cell">
									<xsl:with-param name="cell" select="r:cell[@col='value']"/>
									<xsl:with-param name="decimals" select="'4'"/>
								</xsl:call-template>
							</field>
						</xsl:for-each>
					</fields>
				</xsl:if>
				<xsl:call-template name="table">
					<xsl:with-param name="table" select="$limits"/>
					<xsl:with-param name="columns" select="'*limit rule side bound:2+ value:4 at slack:4 binds without:4 gain:4 proven conflict?'"/>
					<xsl:with-param name="caption"><xsl:apply-templates select="$limits" mode="names"/></xsl:with-param>
				</xsl:call-template>
				<xsl:call-template name="table">
					<xsl:with-param name="table" select="$selection"/>
					<xsl:with-param name="columns" select="'*contract obligor kind industry region grade principal receivable rate:2+ remaining_months last_due eligible chosen share reason'"/>
					<xsl:with-param name="caption"><xsl:apply-templates select="$selection" mode="names"/></xsl:with-param>
				</xsl:call-template>
			</section>
		</xsl:if>
	</xsl:template>
</xsl:stylesheet>
