<?xml version="1.0" encoding="UTF-8"?>
<!-- SPDX-License-Identifier: GPL-3.0-or-later -->
<!-- The charts that reports share, each by its name (docs/charts.md). It wants common.xsl and sections.xsl beside it. A chart whose
     table is absent leaves itself out. Every one takes `code`: what lists of required tables call it. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns="urn:weir:document:1"
	xmlns:in="urn:weir:report-input:1" xmlns:r="urn:weir:results:1" xmlns:w="urn:weir:terms:1"
	xmlns:str="http://exslt.org/strings" xmlns:exsl="http://exslt.org/common" exclude-result-prefixes="in r w str exsl">

	<xsl:key name="by-kind" match="/in:input/r:results/r:table[@id='pool_by_kind']/r:row" use="r:cell[@col='kind']/@key"/>
	<xsl:key name="yields" match="/in:input/r:results/r:table[@id='price_yield' or @id='price_speed']/r:row"
		use="concat(../@id, '|', r:cell[@col='class']/@key, r:cell[@col='class'][not(@key)]/@en, '|', r:cell[@col='scenario']/@key, r:cell[@col='scenario'][not(@key)]/@en)"/>
	<xsl:key name="yields-of-class" match="/in:input/r:results/r:table[@id='price_yield' or @id='price_speed']/r:row"
		use="concat(../@id, '|', r:cell[@col='class']/@key, r:cell[@col='class'][not(@key)]/@en)"/>
	<xsl:key name="yields-of-scenario" match="/in:input/r:results/r:table[@id='price_yield' or @id='price_speed']/r:row"
		use="concat(../@id, '|', r:cell[@col='scenario']/@key, r:cell[@col='scenario'][not(@key)]/@en)"/>
	<xsl:key name="of-metric" match="/in:input/r:results/r:table[@id='tornado' or @id='attribution']/r:row"
		use="concat(../@id, '|', r:cell[@col='metric']/@key, r:cell[@col='metric'][not(@key)]/@en)"/>

	<!-- Who takes part, and who does what for whom. -->
	<xsl:template name="chart-structure">
		<xsl:param name="code"/>
		<xsl:variable name="nodes" select="key('table', 'diagram_nodes')"/>
		<xsl:variable name="edges" select="key('table', 'diagram_edges')"/>
		<xsl:if test="$nodes/r:row and $edges/r:row">
			<chart kind="diagram">
				<xsl:call-template name="code"><xsl:with-param name="code" select="$code"/></xsl:call-template>
				<xsl:call-template name="chart-words"><xsl:with-param name="id" select="'structure'"/></xsl:call-template>
				<x>
					<title><xsl:apply-templates select="$nodes/r:columns/r:column[@id='node']" mode="names"/></title>
					<xsl:for-each select="$nodes/r:row">
						<item id="{r:cell[@col='node']/@key}" layer="{r:cell[@col='layer']}">
							<xsl:if test="r:cell[@col='kind']/@en = 'vehicle'"><xsl:attribute name="strong">yes</xsl:attribute></xsl:if>
							<xsl:apply-templates select="r:cell[@col='node']" mode="names"/>
							<xsl:if test="r:cell[@col='details']">
								<cell><xsl:apply-templates select="r:cell[@col='details']" mode="names"/></cell>
							</xsl:if>
						</item>
					</xsl:for-each>
				</x>
				<y type="text"/>
				<xsl:call-template name="flow-heads">
					<xsl:with-param name="table" select="$edges"/>
					<xsl:with-param name="what" select="'what'"/>
					<xsl:with-param name="rows" select="$edges/r:row"/>
				</xsl:call-template>
			</chart>
		</xsl:if>
	</xsl:template>

	<!-- The flows of a chart; their values, or their names. -->
	<xsl:template name="flow-heads">
		<xsl:param name="table"/>
		<xsl:param name="what"/>
		<xsl:param name="rows"/>
		<flows>
			<from><xsl:apply-templates select="$table/r:columns/r:column[@id='from']" mode="names"/></from>
			<to><xsl:apply-templates select="$table/r:columns/r:column[@id='to']" mode="names"/></to>
			<what><xsl:apply-templates select="$table/r:columns/r:column[@id=$what]" mode="names"/></what>
			<xsl:for-each select="$rows">
				<flow from="{r:cell[@col='from']/@key}" to="{r:cell[@col='to']/@key}">
					<xsl:choose>
						<xsl:when test="$what = 'amount'"><xsl:attribute name="value"><xsl:value-of select="r:cell[@col='amount']"/></xsl:attribute></xsl:when>
						<xsl:otherwise><xsl:apply-templates select="r:cell[@col=$what]" mode="names"/></xsl:otherwise>
					</xsl:choose>
				</flow>
			</xsl:for-each>
		</flows>
	</xsl:template>

	<!-- Where a period's cash came from and went; of the period shown in full, or another. -->
	<xsl:template name="chart-funds">
		<xsl:param name="code"/>
		<xsl:param name="of" select="$period"/>
		<xsl:variable name="in-period" select="key('table', 'periods')/r:row[r:cell[@col='period'] = $of]"/>
		<xsl:variable name="title">
			<xsl:call-template name="period-caption"><xsl:with-param name="row" select="$in-period"/></xsl:call-template>
		</xsl:variable>
		<xsl:call-template name="funds">
			<xsl:with-param name="code" select="$code"/>
			<xsl:with-param name="id" select="'funds'"/>
			<xsl:with-param name="table" select="key('table', 'flows')"/>
			<xsl:with-param name="rows" select="key('by-period', concat('flows|', $of))"/>
			<xsl:with-param name="title" select="exsl:node-set($title)/*"/>
		</xsl:call-template>
	</xsl:template>

	<!-- The same of all periods together. -->
	<xsl:template name="chart-funds-life">
		<xsl:param name="code"/>
		<xsl:call-template name="funds">
			<xsl:with-param name="code" select="$code"/>
			<xsl:with-param name="id" select="'funds-life'"/>
			<xsl:with-param name="table" select="key('table', 'life_flows')"/>
			<xsl:with-param name="rows" select="key('table', 'life_flows')/r:row"/>
		</xsl:call-template>
	</xsl:template>

	<xsl:template name="funds">
		<xsl:param name="code"/>
		<xsl:param name="id"/>
		<xsl:param name="table"/>
		<xsl:param name="rows"/>
		<xsl:param name="title" select="/.."/>
		<xsl:if test="$rows">
			<chart kind="sankey">
				<xsl:call-template name="code"><xsl:with-param name="code" select="$code"/></xsl:call-template>
				<xsl:call-template name="chart-words">
					<xsl:with-param name="id" select="$id"/>
					<xsl:with-param name="behind" select="$title"/>
				</xsl:call-template>
				<x>
					<title><xsl:apply-templates select="$table/r:columns/r:column[@id='from']" mode="names"/></title>
					<xsl:for-each select="$rows/r:cell[@col='from'][not(@key = 'available-cash')]">
						<item id="{@key}" layer="0"><xsl:apply-templates select="." mode="names"/></item>
					</xsl:for-each>
					<xsl:for-each select="($rows/r:cell[@key = 'available-cash'])[1]">
						<item id="{@key}" layer="1"><xsl:apply-templates select="." mode="names"/></item>
					</xsl:for-each>
					<xsl:for-each select="$rows/r:cell[@col='to'][not(@key = 'available-cash')]">
						<item id="{@key}" layer="2"><xsl:apply-templates select="." mode="names"/></item>
					</xsl:for-each>
				</x>
				<xsl:call-template name="money-axis"/>
				<xsl:call-template name="flow-heads">
					<xsl:with-param name="table" select="$table"/>
					<xsl:with-param name="what" select="'amount'"/>
					<xsl:with-param name="rows" select="$rows"/>
				</xsl:call-template>
			</chart>
		</xsl:if>
	</xsl:template>

	<!-- The classes on one another, with their attachment points. -->
	<xsl:template name="chart-capital">
		<xsl:param name="code"/>
		<xsl:variable name="capital" select="key('table', 'capital')"/>
		<xsl:if test="$capital/r:row">
			<chart kind="stack">
				<xsl:call-template name="code"><xsl:with-param name="code" select="$code"/></xsl:call-template>
				<xsl:call-template name="chart-words"><xsl:with-param name="id" select="'capital'"/></xsl:call-template>
				<x>
					<title><xsl:apply-templates select="$capital/r:columns/r:column[@id='class']" mode="names"/></title>
					<xsl:for-each select="$capital/r:row">
						<item>
							<xsl:apply-templates select="r:cell[@col='class']" mode="names"/>
							<cell type="money"><xsl:value-of select="r:cell[@col='size']"/></cell>
							<cell type="rate" decimals="2"><xsl:value-of select="(r:cell[@col='share'][not(@shown)] | r:cell[@col='share']/@shown)[1]"/></cell>
							<cell type="rate" decimals="2+"><xsl:value-of select="r:cell[@col='coupon']"/></cell>
							<!-- the attachment point: what ranks behind; classes of one rank share the lowest edge -->
							<xsl:if test="not(following-sibling::r:row[1]/r:cell[@col='subordination'] = r:cell[@col='subordination'])">
								<xsl:for-each select="r:cell[@col='subordination']"><edge type="rate" decimals="2"><xsl:value-of select="."/></edge></xsl:for-each>
							</xsl:if>
						</item>
					</xsl:for-each>
				</x>
				<y type="money"/>
				<series>
					<name><xsl:apply-templates select="$capital/r:columns/r:column[@id='size']" mode="names"/></name>
					<xsl:for-each select="$capital/r:row"><v><xsl:value-of select="r:cell[@col='size']"/></v></xsl:for-each>
				</series>
			</chart>
		</xsl:if>
	</xsl:template>

	<!-- What each kind of contract pays, by period; a pool of one kind by principal, income and recoveries. -->
	<xsl:template name="chart-pool">
		<xsl:param name="code"/>
		<xsl:variable name="table" select="key('table', 'pool_by_kind')"/>
		<xsl:variable name="kinds" select="$table/r:row[generate-id() = generate-id(key('by-kind', r:cell[@col='kind']/@key)[1])]/r:cell[@col='kind']"/>
		<xsl:variable name="first" select="key('by-kind', $kinds[1]/@key)"/>
		<xsl:if test="$kinds">
			<chart kind="columns">
				<xsl:call-template name="code"><xsl:with-param name="code" select="$code"/></xsl:call-template>
				<xsl:call-template name="chart-words"><xsl:with-param name="id" select="'pool'"/></xsl:call-template>
				<xsl:call-template name="date-axis"><xsl:with-param name="rows" select="$first"/></xsl:call-template>
				<xsl:call-template name="money-axis"/>
				<xsl:if test="count($kinds) &gt; 1">
					<xsl:for-each select="$kinds">
						<series kind="column">
							<name><xsl:apply-templates select="." mode="names"/></name>
							<xsl:for-each select="key('by-kind', @key)"><v><xsl:value-of select="r:cell[@col='collected']"/></v></xsl:for-each>
						</series>
					</xsl:for-each>
				</xsl:if>
				<xsl:for-each select="$table/r:columns/r:column[count($kinds) = 1][contains(' principal income recovered ', concat(' ', @id, ' '))]">
					<xsl:variable name="column" select="@id"/>
					<xsl:if test="$first/r:cell[@col = $column][. != 0]">
						<series kind="column">
							<name><xsl:apply-templates select="." mode="names"/></name>
							<xsl:for-each select="$first"><v><xsl:value-of select="r:cell[@col = $column]"/></v></xsl:for-each>
						</series>
					</xsl:if>
				</xsl:for-each>
			</chart>
		</xsl:if>
	</xsl:template>

	<!-- Balances over time: at the closing the first opening, then each closing balance until the next payment. -->
	<xsl:template name="chart-balances">
		<xsl:param name="code"/>
		<xsl:variable name="closing" select="$periods[1]/preceding-sibling::r:row[1]"/>
		<chart kind="area">
			<xsl:call-template name="code"><xsl:with-param name="code" select="$code"/></xsl:call-template>
			<xsl:call-template name="chart-words"><xsl:with-param name="id" select="'balances'"/></xsl:call-template>
			<xsl:call-template name="date-axis"><xsl:with-param name="rows" select="$closing | $periods"/></xsl:call-template>
			<xsl:call-template name="money-axis"/>
			<xsl:for-each select="key('table', 'capital')/r:row">
				<xsl:variable name="class" select="(r:cell[@col='class']/@key | r:cell[@col='class'][not(@key)]/@en)[1]"/>
				<xsl:variable name="rows" select="key('by-class', concat('payment|', $class))[r:cell[@col='period'] != 0]"/>
				<series>
					<name><xsl:apply-templates select="r:cell[@col='class']" mode="names"/></name>
					<xsl:if test="$closing"><v><xsl:value-of select="$rows[1]/r:cell[@col='opening']"/></v></xsl:if>
					<xsl:for-each select="$periods">
						<v><xsl:value-of select="$rows[r:cell[@col='period'] = current()/r:cell[@col='period']]/r:cell[@col='closing']"/></v>
					</xsl:for-each>
				</series>
			</xsl:for-each>
		</chart>
	</xsl:template>

	<!-- What the pool and supporters brought against what was due to the senior classes. -->
	<xsl:template name="chart-cash-due">
		<xsl:param name="code"/>
		<xsl:if test="$periods">
			<chart kind="columns">
				<xsl:call-template name="code"><xsl:with-param name="code" select="$code"/></xsl:call-template>
				<xsl:call-template name="chart-words"><xsl:with-param name="id" select="'cash'"/></xsl:call-template>
				<xsl:call-template name="date-axis"><xsl:with-param name="rows" select="$periods"/></xsl:call-template>
				<xsl:call-template name="money-axis"/>
				<xsl:for-each select="str:tokenize('pool_principal pool_income pool_recovered support_in')">
					<xsl:variable name="id" select="string(.)"/>
					<xsl:if test="$periods/r:cell[@col = $id][. != 0]">
						<xsl:for-each select="$results">
							<xsl:call-template name="period-series">
								<xsl:with-param name="rows" select="$periods"/>
								<xsl:with-param name="column" select="$id"/>
							</xsl:call-template>
						</xsl:for-each>
					</xsl:if>
				</xsl:for-each>
				<xsl:call-template name="period-series">
					<xsl:with-param name="rows" select="$periods"/>
					<xsl:with-param name="column" select="'senior_due'"/>
					<xsl:with-param name="kind" select="'line'"/>
				</xsl:call-template>
			</chart>
		</xsl:if>
	</xsl:template>

	<!-- Coverage, with the levels that the deal's events test. -->
	<xsl:template name="chart-coverage">
		<xsl:param name="code"/>
		<xsl:if test="$periods">
			<chart kind="line">
				<xsl:call-template name="code"><xsl:with-param name="code" select="$code"/></xsl:call-template>
				<xsl:call-template name="chart-words"><xsl:with-param name="id" select="'coverage'"/></xsl:call-template>
				<xsl:call-template name="date-axis"><xsl:with-param name="rows" select="$periods"/></xsl:call-template>
				<y type="number" decimals="2" clip="yes"/>
				<xsl:call-template name="period-series">
					<xsl:with-param name="rows" select="$periods"/>
					<xsl:with-param name="column" select="'coverage'"/>
					<xsl:with-param name="kind" select="'line'"/>
				</xsl:call-template>
				<threshold value="1"><xsl:call-template name="term"><xsl:with-param name="id" select="'fully-covered'"/></xsl:call-template></threshold>
				<xsl:for-each select="key('table', 'coverage_lines')/r:row">
					<threshold value="{r:cell[@col='threshold']}"><xsl:apply-templates select="r:cell[@col='event']" mode="names"/></threshold>
				</xsl:for-each>
			</chart>
		</xsl:if>
	</xsl:template>

	<!-- The pool by industry and obligor. -->
	<xsl:template name="chart-treemap">
		<xsl:param name="code"/>
		<xsl:variable name="table" select="key('table', 'pool_map')"/>
		<xsl:if test="count($table/r:row) &gt; 1">
			<chart kind="treemap">
				<xsl:call-template name="code"><xsl:with-param name="code" select="$code"/></xsl:call-template>
				<xsl:call-template name="chart-words"><xsl:with-param name="id" select="'treemap'"/></xsl:call-template>
				<x>
					<title><xsl:apply-templates select="$table/r:columns/r:column[@id='obligor']" mode="names"/></title>
					<groups><xsl:apply-templates select="$table/r:columns/r:column[@id='industry']" mode="names"/></groups>
					<xsl:for-each select="$table/r:row">
						<item>
							<xsl:apply-templates select="r:cell[@col='obligor']" mode="names"/>
							<group><xsl:apply-templates select="r:cell[@col='industry']" mode="names"/></group>
						</item>
					</xsl:for-each>
				</x>
				<y type="rate" decimals="2"/>
				<series>
					<name><xsl:apply-templates select="$table/r:columns/r:column[@id='share']" mode="names"/></name>
					<xsl:for-each select="$table/r:row"><v><xsl:value-of select="r:cell[@col='share']"/></v></xsl:for-each>
				</series>
			</chart>
		</xsl:if>
	</xsl:template>

	<!-- The life of rights against that of the contracts on them: those that outlive them least. -->
	<xsl:template name="chart-ip-timeline">
		<xsl:param name="code"/>
		<xsl:param name="most" select="20"/>
		<xsl:variable name="table" select="key('table', 'ip_timeline')"/>
		<xsl:variable name="rows" select="$table/r:row[r:cell[@col='to']][position() &lt;= $most]"/>
		<xsl:if test="$rows">
			<chart kind="timeline">
				<xsl:call-template name="code"><xsl:with-param name="code" select="$code"/></xsl:call-template>
				<xsl:call-template name="chart-words"><xsl:with-param name="id" select="'ip-timeline'"/></xsl:call-template>
				<x>
					<title><xsl:apply-templates select="$table/r:columns/r:column[@id='title']" mode="names"/></title>
					<xsl:for-each select="$rows">
						<item>
							<xsl:apply-templates select="(r:cell[@col='title'] | r:cell[@col='id'])[last()]" mode="names"/>
						</item>
					</xsl:for-each>
				</x>
				<y type="date"/>
				<xsl:for-each select="$table/r:columns/r:column[@id='from' or @id='to' or @id='contract_end']">
					<xsl:variable name="column" select="@id"/>
					<series>
						<name><xsl:apply-templates select="." mode="names"/></name>
						<xsl:for-each select="$rows"><v><xsl:value-of select="r:cell[@col = $column]"/></v></xsl:for-each>
					</series>
				</xsl:for-each>
				<xsl:for-each select="str:tokenize('cutoff last_payment legal_final')">
					<xsl:variable name="id" select="string(.)"/>
					<xsl:for-each select="$results/r:table[@id='terms']/r:row[r:cell[@col='item']/@key = $id]">
						<threshold date="{r:cell[@col='value']}"><xsl:apply-templates select="r:cell[@col='item']" mode="names"/></threshold>
					</xsl:for-each>
				</xsl:for-each>
			</chart>
		</xsl:if>
	</xsl:template>

	<!-- Coverage by scenario and period; or, of another table, a row of the picture for each word in column `row`, a column for each value in `column`, and in the cell the `value` of the
	     row of `rows` that has both. `named` (a cell) stands behind the title; `id`: chart.ID has the words. -->
	<xsl:template name="chart-heat">
		<xsl:param name="code"/>
		<xsl:param name="table" select="key('table', 'stress_coverage')"/>
		<xsl:param name="rows" select="$table/r:row"/>
		<xsl:param name="row" select="'scenario'"/>
		<xsl:param name="column" select="'period'"/>
		<xsl:param name="value" select="'coverage'"/>
		<xsl:param name="threshold" select="1"/>
		<xsl:param name="threshold-term" select="'below-covered'"/>
		<xsl:param name="id" select="'heat'"/>
		<xsl:param name="named" select="/.."/>
		<xsl:variable name="first" select="$rows[1]/r:cell[@col = $row]"/>
		<xsl:variable name="across" select="$rows[string(r:cell[@col = $row]/@key) = string($first/@key)][string(r:cell[@col = $row]/@en) = string($first/@en)]"/>
		<xsl:if test="$rows">
			<chart kind="heat">
				<xsl:call-template name="code"><xsl:with-param name="code" select="$code"/></xsl:call-template>
				<xsl:call-template name="chart-words">
					<xsl:with-param name="id" select="$id"/>
					<xsl:with-param name="named" select="$named"/>
				</xsl:call-template>
				<x>
					<title><xsl:apply-templates select="$table/r:columns/r:column[@id = $column]" mode="names"/></title>
					<xsl:for-each select="$across">
						<item>
							<xsl:choose>
								<xsl:when test="r:cell[@col = $column]/@en"><xsl:apply-templates select="r:cell[@col = $column]" mode="names"/></xsl:when>
								<xsl:otherwise><t lang="en"><xsl:value-of select="r:cell[@col = $column]"/></t></xsl:otherwise>
							</xsl:choose>
						</item>
					</xsl:for-each>
				</x>
				<y type="number" decimals="2"/>
				<xsl:for-each select="$rows[r:cell[@col = $column] = $across[1]/r:cell[@col = $column]]">
					<xsl:variable name="one" select="r:cell[@col = $row]"/>
					<xsl:variable name="own" select="$rows[string(r:cell[@col = $row]/@key) = string($one/@key)][string(r:cell[@col = $row]/@en) = string($one/@en)]"/>
					<series>
						<name><xsl:apply-templates select="$one" mode="names"/></name>
						<xsl:for-each select="$across">
							<v><xsl:value-of select="$own[r:cell[@col = $column] = current()/r:cell[@col = $column]]/r:cell[@col = $value]"/></v>
						</xsl:for-each>
					</series>
				</xsl:for-each>
				<threshold value="{$threshold}"><xsl:call-template name="term"><xsl:with-param name="id" select="$threshold-term"/></xsl:call-template></threshold>
			</chart>
		</xsl:if>
	</xsl:template>

	<!-- A line for each value of column `series`: `value` over the numbers in column `x`, with the level that must be kept; of two
	     numbers that were varied together, or of another table. -->
	<xsl:template name="chart-breakeven">
		<xsl:param name="code"/>
		<xsl:param name="table" select="key('table', 'stress_grid')"/>
		<xsl:param name="rows" select="$table/r:row"/>
		<xsl:param name="x" select="'down_value'"/>
		<xsl:param name="series" select="'across_value'"/>
		<xsl:param name="value" select="'coverage_total'"/>
		<xsl:param name="threshold" select="1"/>
		<xsl:param name="threshold-term" select="'fully-covered'"/>
		<xsl:param name="x-title" select="$rows[1]/r:cell[@col='down']"/>
		<xsl:param name="series-title" select="$rows[1]/r:cell[@col='across']"/>
		<xsl:param name="id" select="'breakeven'"/>
		<xsl:param name="named" select="/.."/>
		<xsl:variable name="words"><xsl:apply-templates select="$series-title" mode="names"/></xsl:variable>
		<xsl:variable name="points" select="$rows[not(preceding-sibling::r:row[count(. | $rows) = count($rows)]/r:cell[@col = $x] = r:cell[@col = $x])]"/>
		<xsl:variable name="x-type" select="string(($table/r:columns/r:column[@id = $x]/@type[. != 'mixed'] | $rows[1]/r:cell[@col = $x]/@type)[last()])"/>
		<xsl:variable name="type" select="string(($table/r:columns/r:column[@id = $value]/@type[. != 'mixed'] | $rows[1]/r:cell[@col = $value]/@type)[last()])"/>
		<xsl:if test="count($points) &gt; 1">
			<chart kind="line">
				<xsl:call-template name="code"><xsl:with-param name="code" select="$code"/></xsl:call-template>
				<xsl:call-template name="chart-words">
					<xsl:with-param name="id" select="$id"/>
					<xsl:with-param name="named" select="$named | $table/r:columns/r:column[@id = $value][not($named)]"/>
				</xsl:call-template>
				<x>
					<title><xsl:apply-templates select="$x-title | $table/r:columns/r:column[@id = $x][not($x-title)]" mode="names"/></title>
					<xsl:for-each select="$points">
						<xsl:sort select="r:cell[@col = $x]" data-type="number"/>
						<item at="{r:cell[@col = $x]}">
							<t lang="en">
								<xsl:call-template name="short-number">
									<xsl:with-param name="value" select="r:cell[@col = $x]"/>
									<xsl:with-param name="type" select="$x-type"/>
								</xsl:call-template>
							</t>
						</item>
					</xsl:for-each>
				</x>
				<xsl:choose>
					<xsl:when test="$type = 'money'"><xsl:call-template name="money-axis"/></xsl:when>
					<xsl:otherwise><y type="{$type}" decimals="2"/></xsl:otherwise>
				</xsl:choose>
				<xsl:for-each select="$rows/r:cell[@col = $series]">
					<xsl:variable name="word" select="concat(@en, .)"/>
					<xsl:if test="not(../preceding-sibling::r:row[count(. | $rows) = count($rows)]/r:cell[@col = $series][concat(@en, .) = $word])">
						<series kind="line">
							<name>
								<xsl:choose>
									<xsl:when test="@en or @key"><xsl:apply-templates select="." mode="names"/></xsl:when>
									<xsl:otherwise>
										<xsl:variable name="number">
											<xsl:call-template name="short-number">
												<xsl:with-param name="value" select="."/>
												<xsl:with-param name="type" select="string($table/r:columns/r:column[@id = $series]/@type)"/>
											</xsl:call-template>
										</xsl:variable>
										<xsl:call-template name="text">
											<xsl:with-param name="en" select="normalize-space(concat(exsl:node-set($words)/*[@lang = 'en' or last() = 1][1], ' ', $number))"/>
											<xsl:with-param name="zh" select="normalize-space(concat(exsl:node-set($words)/*[@lang = 'zh' or last() = 1][last()], ' ', $number))"/>
										</xsl:call-template>
									</xsl:otherwise>
								</xsl:choose>
							</name>
							<xsl:for-each select="$points">
								<xsl:sort select="r:cell[@col = $x]" data-type="number"/>
								<v><xsl:value-of select="$rows[r:cell[@col = $series][concat(@en, .) = $word]][r:cell[@col = $x] = current()/r:cell[@col = $x]][1]/r:cell[@col = $value]"/></v>
							</xsl:for-each>
						</series>
					</xsl:if>
				</xsl:for-each>
				<xsl:if test="string($threshold)">
					<threshold value="{$threshold}"><xsl:call-template name="term"><xsl:with-param name="id" select="$threshold-term"/></xsl:call-template></threshold>
				</xsl:if>
			</chart>
		</xsl:if>
	</xsl:template>

	<!-- "7.5%", "1.25" -->
	<xsl:template name="short-number">
		<xsl:param name="value"/>
		<xsl:param name="type"/>
		<xsl:choose>
			<xsl:when test="$type = 'rate'"><xsl:value-of select="concat(format-number($value * 100, '0.##'), '%')"/></xsl:when>
			<xsl:otherwise><xsl:value-of select="format-number($value, '0.##')"/></xsl:otherwise>
		</xsl:choose>
	</xsl:template>

	<!-- Debt service cover by period against the level that events test. -->
	<xsl:template name="chart-coverage-path">
		<xsl:param name="code"/>
		<xsl:param name="columns" select="'coverage_period coverage threshold'"/>
		<xsl:variable name="table" select="key('table', 'coverage_path')"/>
		<xsl:if test="$table/r:row">
			<chart kind="line">
				<xsl:call-template name="code"><xsl:with-param name="code" select="$code"/></xsl:call-template>
				<xsl:call-template name="chart-words"><xsl:with-param name="id" select="'coverage-path'"/></xsl:call-template>
				<xsl:call-template name="date-axis"><xsl:with-param name="rows" select="$table/r:row"/></xsl:call-template>
				<y type="number" decimals="2" clip="yes"/>
				<xsl:for-each select="$table/r:columns/r:column[contains(concat(' ', $columns, ' '), concat(' ', @id, ' '))]">
					<xsl:variable name="column" select="@id"/>
					<xsl:if test="$table/r:row/r:cell[@col = $column]">
						<series kind="line">
							<name><xsl:apply-templates select="." mode="names"/></name>
							<xsl:for-each select="$table/r:row"><v><xsl:value-of select="r:cell[@col = $column]"/></v></xsl:for-each>
						</series>
					</xsl:if>
				</xsl:for-each>
				<threshold value="1"><xsl:call-template name="term"><xsl:with-param name="id" select="'fully-covered'"/></xsl:call-template></threshold>
			</chart>
		</xsl:if>
	</xsl:template>

	<!-- What was forecast as a line over columns of what happened; a row of `rows` is a period. -->
	<xsl:template name="chart-actual">
		<xsl:param name="code"/>
		<xsl:param name="rows" select="key('table', 'life')/r:row"/>
		<xsl:param name="date" select="'payment_date'"/>
		<xsl:param name="forecast" select="'forecast'"/>
		<xsl:param name="actual" select="'actual'"/>
		<xsl:param name="id" select="'actual'"/>
		<xsl:if test="$rows/r:cell[@col = $actual]">
			<chart kind="columns">
				<xsl:call-template name="code"><xsl:with-param name="code" select="$code"/></xsl:call-template>
				<xsl:call-template name="chart-words"><xsl:with-param name="id" select="$id"/></xsl:call-template>
				<x>
					<title><xsl:call-template name="term"><xsl:with-param name="id" select="'payment-date'"/></xsl:call-template></title>
					<xsl:for-each select="$rows"><item date="{r:cell[@col = $date]}"/></xsl:for-each>
				</x>
				<xsl:call-template name="money-axis"/>
				<series kind="column">
					<name><xsl:apply-templates select="$rows[1]/../r:columns/r:column[@id = $actual]" mode="names"/></name>
					<xsl:for-each select="$rows"><v><xsl:value-of select="r:cell[@col = $actual]"/></v></xsl:for-each>
				</series>
				<series kind="line">
					<name><xsl:apply-templates select="$rows[1]/../r:columns/r:column[@id = $forecast]" mode="names"/></name>
					<xsl:for-each select="$rows"><v><xsl:value-of select="r:cell[@col = $forecast]"/></v></xsl:for-each>
				</series>
			</chart>
		</xsl:if>
	</xsl:template>

	<!-- Yields by price: one line a class in the first scenario. -->
	<xsl:template name="chart-price-yield">
		<xsl:param name="code"/>
		<xsl:param name="table" select="(key('table', 'price_yield') | key('table', 'price_speed')[not(key('table', 'price_yield'))])"/>
		<xsl:variable name="rows" select="$table/r:row"/>
		<xsl:variable name="scenarios" select="$rows[generate-id() = generate-id(key('yields-of-scenario', concat(../@id, '|', r:cell[@col='scenario']/@key, r:cell[@col='scenario'][not(@key)]/@en))[1])]/r:cell[@col='scenario']"/>
		<xsl:variable name="classes" select="$rows[generate-id() = generate-id(key('yields-of-class', concat(../@id, '|', r:cell[@col='class']/@key, r:cell[@col='class'][not(@key)]/@en))[1])][r:cell[@col='wal']]/r:cell[@col='class']"/>
		<xsl:variable name="first" select="concat($scenarios[1]/@key, $scenarios[1][not(@key)]/@en)"/>
		<xsl:if test="count($classes) &gt; 1">
			<chart kind="line">
				<xsl:call-template name="code"><xsl:with-param name="code" select="$code"/></xsl:call-template>
				<xsl:call-template name="chart-words"><xsl:with-param name="id" select="'price-yield'"/></xsl:call-template>
				<xsl:call-template name="price-axis"><xsl:with-param name="rows" select="key('yields', concat($table/@id, '|', $classes[1]/@key, $classes[1][not(@key)]/@en, '|', $first))"/></xsl:call-template>
				<xsl:for-each select="$classes">
					<xsl:call-template name="yield-series">
						<xsl:with-param name="rows" select="key('yields', concat($table/@id, '|', @key, self::r:cell[not(@key)]/@en, '|', $first))"/>
						<xsl:with-param name="named" select="."/>
					</xsl:call-template>
				</xsl:for-each>
			</chart>
		</xsl:if>
	</xsl:template>

	<!-- For each class that repays principal, or for one, one line a scenario. -->
	<xsl:template name="chart-price-fan">
		<xsl:param name="code"/>
		<xsl:param name="class"/>
		<xsl:param name="table" select="(key('table', 'price_yield') | key('table', 'price_speed')[not(key('table', 'price_yield'))])"/>
		<xsl:variable name="rows" select="$table/r:row"/>
		<xsl:variable name="scenarios" select="$rows[generate-id() = generate-id(key('yields-of-scenario', concat(../@id, '|', r:cell[@col='scenario']/@key, r:cell[@col='scenario'][not(@key)]/@en))[1])]/r:cell[@col='scenario']"/>
		<xsl:variable name="classes" select="$rows[generate-id() = generate-id(key('yields-of-class', concat(../@id, '|', r:cell[@col='class']/@key, r:cell[@col='class'][not(@key)]/@en))[1])][r:cell[@col='wal']]/r:cell[@col='class']"/>
		<xsl:variable name="first" select="concat($scenarios[1]/@key, $scenarios[1][not(@key)]/@en)"/>
		<xsl:if test="count($scenarios) &gt; 1 or count($classes) = 1">
			<xsl:for-each select="$classes[not(string($class)) or @key = $class or @en = $class]">
				<xsl:variable name="of" select="concat(@key, self::r:cell[not(@key)]/@en)"/>
				<chart kind="line">
					<xsl:call-template name="code"><xsl:with-param name="code" select="$code"/></xsl:call-template>
					<xsl:call-template name="chart-words">
						<xsl:with-param name="id" select="'price-fan'"/>
						<xsl:with-param name="named" select="."/>
					</xsl:call-template>
					<xsl:call-template name="price-axis"><xsl:with-param name="rows" select="key('yields', concat($table/@id, '|', $of, '|', $first))"/></xsl:call-template>
					<xsl:for-each select="$scenarios">
						<xsl:call-template name="yield-series">
							<xsl:with-param name="rows" select="key('yields', concat($table/@id, '|', $of, '|', @key, self::r:cell[not(@key)]/@en))"/>
							<xsl:with-param name="named" select="."/>
						</xsl:call-template>
					</xsl:for-each>
				</chart>
			</xsl:for-each>
		</xsl:if>
	</xsl:template>

	<xsl:template name="price-axis">
		<xsl:param name="rows"/>
		<x>
			<title><xsl:apply-templates select="$rows[1]/../r:columns/r:column[@id='clean']" mode="names"/></title>
			<xsl:for-each select="$rows">
				<item at="{r:cell[@col='clean']}"><t lang="en"><xsl:value-of select="format-number(r:cell[@col='clean'], '0.00')"/></t></item>
			</xsl:for-each>
		</x>
		<y type="rate" decimals="4"/>
	</xsl:template>

	<xsl:template name="yield-series">
		<xsl:param name="rows"/>
		<xsl:param name="named"/>
		<series kind="line">
			<name><xsl:apply-templates select="$named" mode="names"/></name>
			<xsl:for-each select="$rows"><v><xsl:value-of select="r:cell[@col='yield']"/></v></xsl:for-each>
		</series>
	</xsl:template>

	<!-- What moves a figure (the cell `metric`): its rows of table tornado, the widest first. -->
	<xsl:template name="chart-tornado">
		<xsl:param name="code"/>
		<xsl:param name="rows"/>
		<xsl:param name="metric"/>
		<!-- the widest, without those a thousandth as wide as the first -->
		<xsl:variable name="widest" select="$rows[r:cell[@col='swing']][1]/r:cell[@col='swing']"/>
		<xsl:variable name="shown" select="$rows[position() &lt;= 10][not(r:cell[@col='swing'] * 1000 &lt; $widest)]"/>
		<xsl:variable name="type" select="($rows/r:cell[@col='at_base' or @col='at_low']/@type)[1]"/>
		<xsl:if test="$shown/r:cell[@col='at_base'] and contains('money rate number', $type)">
			<chart kind="tornado">
				<xsl:call-template name="code"><xsl:with-param name="code" select="$code"/></xsl:call-template>
				<xsl:call-template name="chart-words">
					<xsl:with-param name="id" select="'tornado'"/>
					<xsl:with-param name="named" select="$metric"/>
				</xsl:call-template>
				<x>
					<title><xsl:apply-templates select="$metric/../../r:columns/r:column[@id='number']" mode="names"/></title>
					<xsl:for-each select="$shown">
						<item>
							<xsl:apply-templates select="r:cell[@col='number']" mode="names"/>
							<xsl:for-each select="r:cell[@col='low' or @col='high']">
								<xsl:call-template name="cell">
									<xsl:with-param name="cell" select="."/>
									<xsl:with-param name="decimals" select="'2+'"/>
								</xsl:call-template>
							</xsl:for-each>
						</item>
					</xsl:for-each>
				</x>
				<xsl:choose>
					<xsl:when test="$type = 'money'"><xsl:call-template name="money-axis"/></xsl:when>
					<xsl:otherwise><y type="{$type}" decimals="4"/></xsl:otherwise>
				</xsl:choose>
				<xsl:for-each select="$metric/../../r:columns/r:column[@id='at_low' or @id='at_high']">
					<xsl:variable name="side" select="@id"/>
					<series>
						<name><xsl:apply-templates select="." mode="names"/></name>
						<xsl:for-each select="$shown"><v><xsl:value-of select="r:cell[@col = $side]"/></v></xsl:for-each>
					</series>
				</xsl:for-each>
				<xsl:for-each select="$rows[1]/r:cell[@col='at_base']">
					<threshold value="{.}"><xsl:call-template name="term"><xsl:with-param name="id" select="'base'"/></xsl:call-template></threshold>
				</xsl:for-each>
			</chart>
		</xsl:if>
	</xsl:template>

	<!-- Names of figures and numbers: "A1.wal" as "Senior A1, WAL (years)" -->

	<xsl:template match="r:table[@id='tornado' or @id='attribution']/r:row/r:cell[@col='metric']" mode="names">
		<xsl:call-template name="dotted-name"><xsl:with-param name="kind" select="'metric'"/></xsl:call-template>
	</xsl:template>
	<xsl:template match="r:table[@id='tornado']/r:row/r:cell[@col='number'] | r:table[@id='structure_choices']/r:row/r:cell[@col='name']" mode="names">
		<xsl:call-template name="dotted-name"><xsl:with-param name="kind" select="'number'"/></xsl:call-template>
	</xsl:template>
	<xsl:template match="r:table[@id='attribution']/r:row/r:cell[@col='factor']" mode="names">
		<xsl:choose>
			<xsl:when test="@key and (@en or @zh)">
				<xsl:call-template name="text"><xsl:with-param name="en" select="@en"/><xsl:with-param name="zh" select="@zh"/></xsl:call-template>
			</xsl:when>
			<xsl:otherwise><xsl:call-template name="dotted-name"><xsl:with-param name="kind" select="'factor'"/></xsl:call-template></xsl:otherwise>
		</xsl:choose>
	</xsl:template>

	<!-- What has no word of its own is shown as it is written. -->
	<xsl:template name="dotted-name">
		<xsl:param name="kind"/>
		<xsl:variable name="written" select="string(@key | self::r:cell[not(@key)]/@en)"/>
		<xsl:variable name="id" select="substring-before($written, '.')"/>
		<xsl:variable name="owner" select="(key('table', 'capital')/r:row/r:cell[@col='class'][@key = $id]
			| key('table', 'fee_terms')/r:row/r:cell[@col='fee'][@key = $id]
			| key('table', 'parties')/r:row/r:cell[@col='name'][@key = $id]
			| key('table', 'accounts')/r:row/r:cell[@col='account'][@key = $id])[1]"/>
		<xsl:variable name="whole" select="key('term', concat($kind, '.', $written))"/>
		<xsl:variable name="part" select="key('term', concat($kind, '.', substring-after($written, '.')))"/>
		<xsl:choose>
			<xsl:when test="$whole">
				<xsl:call-template name="text"><xsl:with-param name="en" select="$whole/@en"/><xsl:with-param name="zh" select="$whole/@zh"/></xsl:call-template>
			</xsl:when>
			<xsl:when test="$owner and $part">
				<xsl:call-template name="text">
					<xsl:with-param name="en" select="concat($owner/@en, ', ', $part/@en)"/>
					<xsl:with-param name="zh" select="concat($owner/@zh, substring($owner/@en, 1 div not($owner/@zh)), '：', $part/@zh)"/>
				</xsl:call-template>
			</xsl:when>
			<xsl:otherwise><t lang="en"><xsl:value-of select="$written"/></t></xsl:otherwise>
		</xsl:choose>
	</xsl:template>
</xsl:stylesheet>
