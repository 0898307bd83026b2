<?xml version="1.0" encoding="UTF-8"?>
<!-- SPDX-License-Identifier: GPL-3.0-or-later -->
<!-- The tables of a stress-test appendix and those by scenario. Each named template prints blocks inside a section that the
     caller opens, and takes `code`, what lists of required tables call them. Include it behind common.xsl and sections.xsl. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns="urn:weir:document:1"
	xmlns:in="urn:weir:report-input:1" xmlns:r="urn:weir:results:1" xmlns:w="urn:weir:terms:1"
	xmlns:str="http://exslt.org/strings" xmlns:exsl="http://exslt.org/common" exclude-result-prefixes="in r w str exsl">

	<!-- The cell of a pivot: table | class | down | across. -->
	<xsl:key name="pivot" match="/in:input/r:results/r:table[@id='stress_coverage']/r:row"
		use="concat('stress_coverage||', r:cell[@col='period'], '|', r:cell[@col='scenario']/@key)"/>
	<xsl:key name="pivot" match="/in:input/r:results/r:table[@id='stress_classes']/r:row"
		use="concat('stress_classes||', r:cell[@col='scenario']/@key, '|', r:cell[@col='class']/@key)"/>
	<xsl:key name="pivot" match="/in:input/r:results/r:table[@id='stress_grid']/r:row"
		use="concat('stress_grid||', r:cell[@col='down_value'], '|', r:cell[@col='across_value'])"/>
	<xsl:key name="pivot" match="/in:input/r:results/r:table[@id='decrement']/r:row"
		use="concat('decrement|', r:cell[@col='class']/@key, '|', r:cell[@col='period'], '|', r:cell[@col='scenario']/@key)"/>
	<xsl:key name="pivot" match="/in:input/r:results/r:table[@id='price_speed']/r:row"
		use="concat('price_speed|', r:cell[@col='class']/@key, '|', r:cell[@col='clean'], '|', r:cell[@col='scenario']/@key)"/>
	<xsl:key name="pivot" match="/in:input/r:results/r:table[@id='breakeven_matrix']/r:row"
		use="concat('breakeven_matrix|', r:cell[@col='class']/@key, '|', r:cell[@col='row']/@key, r:cell[@col='row'][not(@key)]/@en, '|', r:cell[@col='column']/@en)"/>
	<!-- rows by class; those of a class, with support or without -->
	<xsl:key name="stress-class" match="/in:input/r:results/r:table[r:columns/r:column/@id = 'class']/r:row" use="concat(../@id, '|', r:cell[@col='class']/@key)"/>
	<xsl:key name="stress-case" match="/in:input/r:results/r:table[r:columns/r:column/@id = 'support']/r:row" use="concat(../@id, '|', r:cell[@col='class']/@key, '|', r:cell[@col='support']/@key)"/>
	<xsl:key name="stress-metric" match="/in:input/r:results/r:table[@id='attribution']/r:row"
		use="concat(r:cell[@col='metric']/@key, r:cell[@col='metric'][not(@key)]/@en)"/>
	<xsl:key name="yield-of" match="/in:input/r:results/r:table[@id='scenario_yields']/r:row"
		use="concat(r:cell[@col='class']/@key, '|', r:cell[@col='scenario']/@key)"/>
	<xsl:key name="scenario-number" match="/in:input/r:results/r:table[@id='stress_scenarios']/r:row" use="r:cell[@col='scenario']/@key"/>

	<!-- Parts -->

	<!-- What a column's cell is known by: its key, its word, or its number. -->
	<xsl:template name="pivot-word">
		<xsl:param name="cell"/>
		<xsl:choose>
			<xsl:when test="$cell/@key"><xsl:value-of select="$cell/@key"/></xsl:when>
			<xsl:when test="$cell/@en"><xsl:value-of select="$cell/@en"/></xsl:when>
			<xsl:otherwise><xsl:value-of select="$cell"/></xsl:otherwise>
		</xsl:choose>
	</xsl:template>

	<!-- "S3": a scenario by its number in the table of definitions. -->
	<xsl:template name="scenario-number">
		<xsl:param name="cell"/>
		<xsl:call-template name="term">
			<xsl:with-param name="id" select="'scenario.number'"/>
			<xsl:with-param name="en" select="key('scenario-number', $cell/@key)/r:cell[@col='number']"/>
		</xsl:call-template>
	</xsl:template>

	<!-- Two names in one heading. -->
	<xsl:template name="pair-names">
		<xsl:param name="first"/>
		<xsl:param name="second"/>
		<xsl:variable name="a"><xsl:apply-templates select="$first" mode="names"/></xsl:variable>
		<xsl:variable name="b"><xsl:apply-templates select="$second" mode="names"/></xsl:variable>
		<xsl:variable name="x" select="exsl:node-set($a)/*"/>
		<xsl:variable name="y" select="exsl:node-set($b)/*"/>
		<xsl:call-template name="text">
			<xsl:with-param name="en" select="concat(($x[@lang='en'] | $x[1])[1], ' — ', ($y[@lang='en'] | $y[1])[1])"/>
			<xsl:with-param name="zh" select="concat(($x[@lang='zh'] | $x[last()])[last()], ' — ', ($y[@lang='zh'] | $y[last()])[last()])"/>
		</xsl:call-template>
	</xsl:template>

	<!-- One value of a pivot. `mark`: "below-one" marks a coverage that is short, "result" what does not pass, "balance" prints
	     less than half a percent that is not nothing as a star. -->
	<xsl:template name="pivot-value">
		<xsl:param name="row"/>
		<xsl:param name="value"/>
		<xsl:param name="mark"/>
		<xsl:variable name="id" select="substring-before(concat($value, ':'), ':')"/>
		<xsl:variable name="decimals" select="substring-after($value, ':')"/>
		<xsl:variable name="cell" select="$row/r:cell[@col = $id]"/>
		<xsl:variable name="column" select="$row/../r:columns/r:column[@id = $id]/@type"/>
		<xsl:variable name="type" select="concat($column[. != 'mixed'], $cell/@type)"/>
		<xsl:choose>
			<xsl:when test="not($cell)"><cell/></xsl:when>
			<xsl:when test="$mark = 'balance' and $cell &gt; 0 and $cell &lt; 0.005"><cell><t lang="en">*</t></cell></xsl:when>
			<xsl:when test="($mark = 'below-one' and $cell &lt; 1) or ($mark = 'result' and $row/r:cell[@col='result']/@key = 'fail' and $type != 'text')">
				<cell type="{$type}" tone="bad">
					<xsl:if test="string($decimals)"><xsl:attribute name="decimals"><xsl:value-of select="$decimals"/></xsl:attribute></xsl:if>
					<xsl:value-of select="$cell"/>
				</cell>
			</xsl:when>
			<xsl:otherwise>
				<xsl:call-template name="cell">
					<xsl:with-param name="cell" select="$cell"/>
					<xsl:with-param name="type" select="$type"/>
					<xsl:with-param name="decimals" select="$decimals"/>
				</xsl:call-template>
			</xsl:otherwise>
		</xsl:choose>
	</xsl:template>

	<!-- A table of the results turned: a row for each of column `down`, columns for each of column `across`, and in each the
	     `values` ("first_loss:2 yield_break:2"). All rows have all columns. At most `most` across in one table; the next ones
	     follow. `shown`: down, as the column that heads the rows; `heads`: "number" heads scenarios by their numbers.
	     `foot`: columns of scenario_yields below ("wal:2"). -->
	<xsl:template name="pivot">
		<xsl:param name="table"/>
		<xsl:param name="rows" select="$table/r:row"/>
		<xsl:param name="class"/>
		<xsl:param name="down"/>
		<xsl:param name="shown" select="concat($down, ':')"/>
		<xsl:param name="lead"/>
		<xsl:param name="across"/>
		<xsl:param name="values"/>
		<xsl:param name="mark"/>
		<xsl:param name="heads"/>
		<xsl:param name="foot"/>
		<xsl:param name="caption"/>
		<xsl:param name="code"/>
		<xsl:param name="most" select="8"/>
		<xsl:param name="from" select="1"/>
		<xsl:param name="lines" select="$rows"/>
		<xsl:variable name="first"><xsl:call-template name="pivot-word"><xsl:with-param name="cell" select="$rows[1]/r:cell[@col = $down]"/></xsl:call-template></xsl:variable>
		<xsl:variable name="start"><xsl:call-template name="pivot-word"><xsl:with-param name="cell" select="$rows[1]/r:cell[@col = $across]"/></xsl:call-template></xsl:variable>
		<xsl:variable name="all" select="$rows[(r:cell[@col = $down]/@key | r:cell[@col = $down][not(@key)]/@en | r:cell[@col = $down][not(@key or @en)]) = string($first)]"/>
		<xsl:variable name="heads-of" select="$all[position() &gt;= $from and position() &lt; $from + $most]/r:cell[@col = $across]"/>
		<xsl:variable name="downs" select="$lines[(r:cell[@col = $across]/@key | r:cell[@col = $across][not(@key)]/@en | r:cell[@col = $across][not(@key or @en)]) = string($start)]"/>
		<xsl:if test="$rows and $downs">
			<table from="{$table/@id}">
				<xsl:if test="$from = 1"><xsl:call-template name="code"><xsl:with-param name="code" select="$code"/></xsl:call-template></xsl:if>
				<xsl:if test="string($caption)"><caption><xsl:copy-of select="$caption"/></caption></xsl:if>
				<columns>
					<xsl:for-each select="str:tokenize(concat($shown, ' ', $lead))">
						<xsl:variable name="id" select="substring-before(concat(., ':'), ':')"/>
						<column type="{$table/r:columns/r:column[@id = $id]/@type}">
							<xsl:if test="position() = 1"><xsl:attribute name="head">yes</xsl:attribute></xsl:if>
							<xsl:apply-templates select="$table/r:columns/r:column[@id = $id]" mode="names"/>
						</column>
					</xsl:for-each>
					<xsl:for-each select="$heads-of">
						<xsl:variable name="head" select="."/>
						<xsl:for-each select="str:tokenize($values)">
							<xsl:variable name="column" select="$table/r:columns/r:column[@id = substring-before(concat(current(), ':'), ':')]"/>
							<column>
								<xsl:attribute name="type">
									<xsl:choose>
										<xsl:when test="$column/@type = 'mixed'">number</xsl:when>
										<xsl:otherwise><xsl:value-of select="$column/@type"/></xsl:otherwise>
									</xsl:choose>
								</xsl:attribute>
								<xsl:call-template name="pivot-head">
									<xsl:with-param name="head" select="$head"/>
									<xsl:with-param name="column" select="$column"/>
									<xsl:with-param name="heads" select="$heads"/>
									<xsl:with-param name="alone" select="not(contains(normalize-space($values), ' '))"/>
								</xsl:call-template>
							</column>
						</xsl:for-each>
					</xsl:for-each>
				</columns>
				<xsl:for-each select="$downs">
					<xsl:variable name="row" select="."/>
					<xsl:variable name="word"><xsl:call-template name="pivot-word"><xsl:with-param name="cell" select="r:cell[@col = $down]"/></xsl:call-template></xsl:variable>
					<row>
						<xsl:for-each select="str:tokenize(concat($shown, ' ', $lead))">
							<xsl:call-template name="pivot-value">
								<xsl:with-param name="row" select="$row"/>
								<xsl:with-param name="value" select="string(.)"/>
							</xsl:call-template>
						</xsl:for-each>
						<xsl:for-each select="$heads-of">
							<xsl:variable name="head"><xsl:call-template name="pivot-word"><xsl:with-param name="cell" select="."/></xsl:call-template></xsl:variable>
							<xsl:variable name="found" select="key('pivot', concat($table/@id, '|', $class, '|', $word, '|', $head))"/>
							<xsl:for-each select="str:tokenize($values)">
								<xsl:call-template name="pivot-value">
									<xsl:with-param name="row" select="$found"/>
									<xsl:with-param name="value" select="string(.)"/>
									<xsl:with-param name="mark" select="$mark"/>
								</xsl:call-template>
							</xsl:for-each>
						</xsl:for-each>
					</row>
				</xsl:for-each>
				<xsl:for-each select="str:tokenize($foot)">
					<xsl:variable name="value" select="string(.)"/>
					<row kind="total">
						<xsl:for-each select="$results">
							<cell><xsl:apply-templates select="key('table', 'scenario_yields')/r:columns/r:column[@id = substring-before(concat($value, ':'), ':')]" mode="names"/></cell>
						</xsl:for-each>
						<xsl:for-each select="$heads-of">
							<xsl:call-template name="pivot-value">
								<xsl:with-param name="row" select="key('yield-of', concat($class, '|', @key))"/>
								<xsl:with-param name="value" select="$value"/>
							</xsl:call-template>
						</xsl:for-each>
					</row>
				</xsl:for-each>
			</table>
			<xsl:if test="count($all) &gt;= $from + $most">
				<xsl:call-template name="pivot">
					<xsl:with-param name="table" select="$table"/>
					<xsl:with-param name="rows" select="$rows"/>
					<xsl:with-param name="lines" select="$lines"/>
					<xsl:with-param name="class" select="$class"/>
					<xsl:with-param name="down" select="$down"/>
					<xsl:with-param name="shown" select="$shown"/>
					<xsl:with-param name="lead" select="$lead"/>
					<xsl:with-param name="across" select="$across"/>
					<xsl:with-param name="values" select="$values"/>
					<xsl:with-param name="mark" select="$mark"/>
					<xsl:with-param name="heads" select="$heads"/>
					<xsl:with-param name="foot" select="$foot"/>
					<xsl:with-param name="caption" select="$caption"/>
					<xsl:with-param name="most" select="$most"/>
					<xsl:with-param name="from" select="$from + $most"/>
				</xsl:call-template>
			</xsl:if>
		</xsl:if>
	</xsl:template>

	<xsl:template name="pivot-head">
		<xsl:param name="head"/>
		<xsl:param name="column"/>
		<xsl:param name="heads"/>
		<xsl:param name="alone"/>
		<xsl:variable name="type" select="$head/../../r:columns/r:column[@id = $head/@col]/@type"/>
		<xsl:for-each select="$results">
			<xsl:choose>
				<xsl:when test="$heads = 'number'">
					<xsl:call-template name="scenario-number"><xsl:with-param name="cell" select="$head"/></xsl:call-template>
				</xsl:when>
				<xsl:when test="$type = 'rate'"><t lang="en"><xsl:value-of select="concat(format-number($head * 100, '0.##'), '%')"/></t></xsl:when>
				<xsl:when test="$alone"><xsl:apply-templates select="$head" mode="names"/></xsl:when>
				<xsl:otherwise>
					<xsl:call-template name="pair-names">
						<xsl:with-param name="first" select="$head"/>
						<xsl:with-param name="second" select="$column"/>
					</xsl:call-template>
				</xsl:otherwise>
			</xsl:choose>
		</xsl:for-each>
	</xsl:template>

	<!-- A table of the results under its own name; one sentence where it is not there. -->
	<xsl:template name="stress-table">
		<xsl:param name="id"/>
		<xsl:param name="columns"/>
		<xsl:param name="code"/>
		<xsl:param name="money" select="false()"/>
		<xsl:param name="rows" select="key('table', $id)/r:row"/>
		<xsl:param name="caption"><xsl:apply-templates select="key('table', $id)" mode="names"/></xsl:param>
		<xsl:choose>
			<xsl:when test="$rows">
				<xsl:call-template name="table">
					<xsl:with-param name="table" select="key('table', $id)"/>
					<xsl:with-param name="rows" select="$rows"/>
					<xsl:with-param name="columns" select="$columns"/>
					<xsl:with-param name="total" select="/.."/>
					<xsl:with-param name="caption" select="$caption"/>
					<xsl:with-param name="money" select="$money"/>
					<xsl:with-param name="code" select="$code"/>
				</xsl:call-template>
			</xsl:when>
			<xsl:otherwise>
				<xsl:call-template name="none">
					<xsl:with-param name="code" select="$code"/>
					<xsl:with-param name="in" select="'deal'"/>
				</xsl:call-template>
			</xsl:otherwise>
		</xsl:choose>
	</xsl:template>

	<!-- D-0 -->
	<xsl:template name="stress-assumptions">
		<xsl:param name="code" select="'D-0'"/>
		<xsl:call-template name="stress-table">
			<xsl:with-param name="id" select="'stress_assumptions'"/>
			<xsl:with-param name="columns" select="'*parameter value:2+ unit source note'"/>
			<xsl:with-param name="code" select="$code"/>
		</xsl:call-template>
	</xsl:template>

	<!-- D-1 -->
	<xsl:template name="stress-scenarios">
		<xsl:param name="code" select="'D-1'"/>
		<xsl:call-template name="stress-table">
			<xsl:with-param name="id" select="'stress_scenarios'"/>
			<xsl:with-param name="columns" select="'number *scenario default default_multiple:2 timing recovery recovery_lag prepayment income spread delay ip supporter rates other source'"/>
			<xsl:with-param name="code" select="$code"/>
		</xsl:call-template>
	</xsl:template>

	<!-- D-2 -->
	<xsl:template name="stress-results">
		<xsl:param name="code" select="'D-2'"/>
		<xsl:call-template name="paragraph"><xsl:with-param name="id" select="'about.stress-results'"/></xsl:call-template>
		<xsl:call-template name="stress-table">
			<xsl:with-param name="id" select="'stress_results'"/>
			<xsl:with-param name="columns" select="'number *scenario pool_inflow defaulted recovered coverage_min:2 coverage_total:2 support_drawn? subordinated_paid sub_return:2 result'"/>
			<xsl:with-param name="money" select="true()"/>
			<xsl:with-param name="code" select="$code"/>
		</xsl:call-template>
		<xsl:call-template name="stress-table">
			<xsl:with-param name="id" select="'stress_results'"/>
			<xsl:with-param name="columns" select="'number *scenario interest_short principal_short first_short last_principal wal:2 event_periods? accelerated result'"/>
			<xsl:with-param name="money" select="true()"/>
			<xsl:with-param name="caption"><xsl:call-template name="term"><xsl:with-param name="id" select="'stress.shortfalls'"/></xsl:call-template></xsl:with-param>
		</xsl:call-template>
		<xsl:variable name="classes" select="key('table', 'stress_classes')"/>
		<xsl:if test="$classes/r:row">
			<xsl:call-template name="pivot">
				<xsl:with-param name="table" select="$classes"/>
				<!-- of the classes that repay principal -->
				<xsl:with-param name="rows" select="$classes/r:row[key('stress-class', concat('stress_classes|', r:cell[@col='class']/@key))/r:cell[@col='wal']]"/>
				<xsl:with-param name="down" select="'scenario'"/>
				<xsl:with-param name="across" select="'class'"/>
				<xsl:with-param name="values" select="'last_principal wal:2'"/>
				<xsl:with-param name="most" select="4"/>
				<xsl:with-param name="caption"><xsl:call-template name="term"><xsl:with-param name="id" select="'stress.lives'"/></xsl:call-template></xsl:with-param>
			</xsl:call-template>
		</xsl:if>
	</xsl:template>

	<!-- T10 -->
	<xsl:template name="stress-matrix">
		<xsl:param name="code" select="'T10'"/>
		<xsl:variable name="table" select="key('table', 'stress_classes')"/>
		<xsl:choose>
			<xsl:when test="$table/r:row">
				<xsl:call-template name="pivot">
					<xsl:with-param name="table" select="$table"/>
					<xsl:with-param name="down" select="'scenario'"/>
					<xsl:with-param name="across" select="'class'"/>
					<xsl:with-param name="values" select="'result loss:2'"/>
					<xsl:with-param name="most" select="4"/>
					<xsl:with-param name="caption"><xsl:call-template name="term"><xsl:with-param name="id" select="'stress.matrix'"/></xsl:call-template></xsl:with-param>
					<xsl:with-param name="code" select="$code"/>
				</xsl:call-template>
			</xsl:when>
			<xsl:otherwise><xsl:call-template name="none"><xsl:with-param name="code" select="$code"/><xsl:with-param name="in" select="'deal'"/></xsl:call-template></xsl:otherwise>
		</xsl:choose>
	</xsl:template>

	<!-- D-3 -->
	<xsl:template name="stress-coverage">
		<xsl:param name="code" select="'D-3'"/>
		<xsl:variable name="table" select="key('table', 'stress_coverage')"/>
		<xsl:if test="not(key('table', 'stress_coverage')/r:row)">
			<xsl:call-template name="none"><xsl:with-param name="code" select="$code"/><xsl:with-param name="in" select="'deal'"/></xsl:call-template>
		</xsl:if>
		<xsl:call-template name="paragraph"><xsl:with-param name="id" select="'about.stress-coverage'"/></xsl:call-template>
		<xsl:call-template name="pivot">
			<xsl:with-param name="table" select="$table"/>
			<xsl:with-param name="down" select="'period'"/>
			<xsl:with-param name="shown" select="'payment_date:'"/>
			<xsl:with-param name="across" select="'scenario'"/>
			<xsl:with-param name="values" select="'coverage:2'"/>
			<xsl:with-param name="mark" select="'below-one'"/>
			<xsl:with-param name="heads" select="'number'"/>
			<xsl:with-param name="most" select="15"/>
			<xsl:with-param name="caption"><xsl:apply-templates select="$table" mode="names"/></xsl:with-param>
			<xsl:with-param name="code" select="$code"/>
		</xsl:call-template>
	</xsl:template>

	<!-- D-4 -->
	<xsl:template name="stress-breakeven">
		<xsl:param name="code" select="'D-4'"/>
		<xsl:variable name="table" select="key('table', 'stress_breakeven')"/>
		<xsl:if test="not(key('table', 'stress_breakeven')/r:row)">
			<xsl:call-template name="none"><xsl:with-param name="code" select="$code"/><xsl:with-param name="in" select="'deal'"/></xsl:call-template>
		</xsl:if>
		<xsl:call-template name="paragraph"><xsl:with-param name="id" select="'about.stress-breakeven'"/></xsl:call-template>
		<xsl:for-each select="$table/r:row[generate-id() = generate-id(key('stress-case', concat('stress_breakeven|', r:cell[@col='class']/@key, '|', r:cell[@col='support']/@key))[1])]">
			<xsl:variable name="class" select="r:cell[@col='class']"/>
			<xsl:variable name="support" select="r:cell[@col='support']"/>
			<xsl:variable name="place" select="position()"/>
			<xsl:call-template name="stress-table">
				<xsl:with-param name="id" select="'stress_breakeven'"/>
				<xsl:with-param name="rows" select="key('stress-case', concat('stress_breakeven|', $class/@key, '|', $support/@key))"/>
				<xsl:with-param name="columns" select="'*scenario total:2 breakeven:2 haircut:2 recovery:2 of_grade target:2 margin:2 grade'"/>
				<xsl:with-param name="caption">
					<xsl:call-template name="pair-names">
						<xsl:with-param name="first" select="$class"/>
						<xsl:with-param name="second" select="$support"/>
					</xsl:call-template>
				</xsl:with-param>
				<xsl:with-param name="code"><xsl:if test="$place = 1"><xsl:value-of select="$code"/></xsl:if></xsl:with-param>
			</xsl:call-template>
		</xsl:for-each>
	</xsl:template>

	<!-- D-5 -->
	<xsl:template name="stress-grid">
		<xsl:param name="code" select="'D-5'"/>
		<xsl:variable name="table" select="key('table', 'stress_grid')"/>
		<xsl:if test="not(key('table', 'stress_grid')/r:row)">
			<xsl:call-template name="none"><xsl:with-param name="code" select="$code"/><xsl:with-param name="in" select="'deal'"/></xsl:call-template>
		</xsl:if>
		<xsl:call-template name="paragraph"><xsl:with-param name="id" select="'about.stress-grid'"/></xsl:call-template>
		<xsl:call-template name="chart-breakeven"/>
		<xsl:call-template name="pivot">
			<xsl:with-param name="table" select="$table"/>
			<xsl:with-param name="down" select="'down_value'"/>
			<xsl:with-param name="shown" select="'down_value:2'"/>
			<xsl:with-param name="lead">
				<xsl:if test="$table/r:row/r:cell[@col='multiple']">multiple:0</xsl:if>
			</xsl:with-param>
			<xsl:with-param name="across" select="'across_value'"/>
			<xsl:with-param name="values" select="'coverage_total:2'"/>
			<xsl:with-param name="mark" select="'result'"/>
			<xsl:with-param name="caption">
				<xsl:call-template name="pair-names">
					<xsl:with-param name="first" select="$table/r:row[1]/r:cell[@col='down']"/>
					<xsl:with-param name="second" select="$table/r:row[1]/r:cell[@col='across']"/>
				</xsl:call-template>
			</xsl:with-param>
			<xsl:with-param name="code" select="$code"/>
		</xsl:call-template>
	</xsl:template>

	<!-- D-7 -->
	<xsl:template name="stress-support">
		<xsl:param name="code" select="'D-7'"/>
		<xsl:if test="not(key('table', 'stress_support')/r:row)">
			<xsl:call-template name="none"><xsl:with-param name="code" select="$code"/><xsl:with-param name="in" select="'deal'"/></xsl:call-template>
		</xsl:if>
		<xsl:call-template name="paragraph"><xsl:with-param name="id" select="'about.stress-support'"/></xsl:call-template>
		<xsl:for-each select="key('table', 'stress_support')/r:row[generate-id() = generate-id(key('stress-class', concat('stress_support|', r:cell[@col='class']/@key))[1])]">
			<xsl:variable name="class" select="r:cell[@col='class']"/>
			<xsl:variable name="place" select="position()"/>
			<xsl:call-template name="stress-table">
				<xsl:with-param name="id" select="'stress_support'"/>
				<xsl:with-param name="rows" select="key('stress-class', concat('stress_support|', $class/@key))"/>
				<xsl:with-param name="columns" select="'*grade target:2 recovery:2 required:2 provided:2 gap:2'"/>
				<xsl:with-param name="caption">
						<xsl:call-template name="pair-names">
							<xsl:with-param name="first" select="$results/r:table[@id='stress_support']"/>
							<xsl:with-param name="second" select="$class"/>
						</xsl:call-template>
					</xsl:with-param>
				<xsl:with-param name="code"><xsl:if test="$place = 1"><xsl:value-of select="$code"/></xsl:if></xsl:with-param>
			</xsl:call-template>
		</xsl:for-each>
	</xsl:template>

	<!-- D-8 -->
	<xsl:template name="stress-attribution">
		<xsl:param name="code" select="'D-8'"/>
		<xsl:variable name="rows" select="key('table', 'attribution')/r:row"/>
		<xsl:choose>
			<xsl:when test="$rows">
				<xsl:call-template name="paragraph"><xsl:with-param name="id" select="'about.attribution'"/></xsl:call-template>
				<xsl:if test="$results/r:fact[@id='attribution']">
					<fields>
						<xsl:call-template name="field">
							<xsl:with-param name="label" select="'fact.attribution'"/>
							<xsl:with-param name="value" select="($results/r:fact[@id='attribution_en'] | $results/r:fact[@id='attribution'])[last()]"/>
							<xsl:with-param name="value-zh" select="($results/r:fact[@id='attribution_zh'] | $results/r:fact[@id='attribution'])[last()]"/>
						</xsl:call-template>
					</fields>
				</xsl:if>
				<xsl:for-each select="$rows[generate-id() = generate-id(key('stress-metric', concat(r:cell[@col='metric']/@key, r:cell[@col='metric'][not(@key)]/@en))[1])]">
					<xsl:variable name="metric" select="r:cell[@col='metric']"/>
					<xsl:variable name="place" select="position()"/>
					<xsl:call-template name="stress-table">
						<xsl:with-param name="id" select="'attribution'"/>
						<xsl:with-param name="rows" select="key('stress-metric', concat($metric/@key, $metric[not(@key)]/@en))"/>
						<xsl:with-param name="columns" select="'*factor from:4 to:4 alone:4 last:4 shapley:4 share:2'"/>
						<xsl:with-param name="caption"><xsl:call-template name="term"><xsl:with-param name="id" select="concat('metric.', $metric/@en)"/></xsl:call-template></xsl:with-param>
						<xsl:with-param name="code"><xsl:if test="$place = 1"><xsl:value-of select="$code"/></xsl:if></xsl:with-param>
					</xsl:call-template>
				</xsl:for-each>
			</xsl:when>
			<xsl:otherwise><xsl:call-template name="none"><xsl:with-param name="code" select="$code"/><xsl:with-param name="in" select="'deal'"/></xsl:call-template></xsl:otherwise>
		</xsl:choose>
	</xsl:template>

	<!-- D-9 -->
	<xsl:template name="stress-dependence">
		<xsl:param name="code" select="'D-9'"/>
		<xsl:if test="key('table', 'stress_dependence')/r:row">
			<xsl:call-template name="paragraph"><xsl:with-param name="id" select="'about.stress-dependence'"/></xsl:call-template>
		</xsl:if>
		<xsl:call-template name="stress-table">
			<xsl:with-param name="id" select="'stress_dependence'"/>
			<xsl:with-param name="columns" select="'*support coverage_min:2 coverage_total:2 interest_short principal_short first_short missed support_drawn subordinated_paid pass'"/>
			<xsl:with-param name="money" select="true()"/>
			<xsl:with-param name="code" select="$code"/>
		</xsl:call-template>
	</xsl:template>

	<!-- D-10 -->
	<xsl:template name="stress-reverse">
		<xsl:param name="code" select="'D-10'"/>
		<xsl:call-template name="paragraph"><xsl:with-param name="id" select="'about.stress-reverse'"/></xsl:call-template>
		<xsl:call-template name="stress-table">
			<xsl:with-param name="id" select="'stress_reverse'"/>
			<xsl:with-param name="columns" select="'*result size names breaking tried'"/>
			<xsl:with-param name="code" select="$code"/>
		</xsl:call-template>
		<xsl:if test="key('table', 'reverse')/r:row">
			<xsl:call-template name="stress-table">
				<xsl:with-param name="id" select="'reverse'"/>
				<xsl:with-param name="rows" select="key('table', 'reverse')/r:row[position() &lt;= 30]"/>
				<xsl:with-param name="columns" select="'*set size obligors share:2'"/>
			</xsl:call-template>
			<xsl:if test="key('table', 'reverse')/r:row[31]">
				<xsl:call-template name="paragraph"><xsl:with-param name="id" select="'about.reverse-more'"/></xsl:call-template>
			</xsl:if>
		</xsl:if>
	</xsl:template>

	<!-- D-11 -->
	<xsl:template name="stress-record">
		<xsl:param name="code" select="'D-11'"/>
		<xsl:call-template name="stress-table">
			<xsl:with-param name="id" select="'stress_record'"/>
			<xsl:with-param name="columns" select="'*item value'"/>
			<xsl:with-param name="code" select="$code"/>
		</xsl:call-template>
	</xsl:template>

	<!-- T6: balances in percent of those at the start; by year where there are many dates -->
	<xsl:template name="decrement">
		<xsl:param name="code" select="'T6'"/>
		<xsl:variable name="table" select="key('table', 'decrement')"/>
		<xsl:if test="not(key('table', 'decrement')/r:row)">
			<xsl:call-template name="none"><xsl:with-param name="code" select="$code"/><xsl:with-param name="in" select="'deal'"/></xsl:call-template>
		</xsl:if>
		<xsl:variable name="first" select="$table/r:row[1]"/>
		<xsl:variable name="dates" select="count(key('stress-class', concat('decrement|', $first/r:cell[@col='class']/@key))[r:cell[@col='scenario']/@key = $first/r:cell[@col='scenario']/@key])"/>
		<xsl:if test="$first">
			<xsl:call-template name="paragraph"><xsl:with-param name="id" select="'about.decrement'"/></xsl:call-template>
		</xsl:if>
		<xsl:for-each select="$table/r:row[generate-id() = generate-id(key('stress-class', concat('decrement|', r:cell[@col='class']/@key))[1])]">
			<xsl:variable name="class" select="r:cell[@col='class']"/>
			<xsl:variable name="rows" select="key('stress-class', concat('decrement|', $class/@key))"/>
			<xsl:call-template name="pivot">
				<xsl:with-param name="table" select="$table"/>
				<xsl:with-param name="rows" select="$rows"/>
				<xsl:with-param name="lines" select="$rows[$dates &lt;= 25 or r:cell[@col='yearly'] = 1]"/>
				<xsl:with-param name="class" select="$class/@key"/>
				<xsl:with-param name="down" select="'period'"/>
				<xsl:with-param name="shown" select="'payment_date:'"/>
				<xsl:with-param name="across" select="'scenario'"/>
				<xsl:with-param name="values" select="'share:0'"/>
				<xsl:with-param name="mark" select="'balance'"/>
				<xsl:with-param name="foot" select="'wal:2'"/>
				<xsl:with-param name="caption">
						<xsl:call-template name="pair-names">
							<xsl:with-param name="first" select="$results/r:table[@id='decrement']"/>
							<xsl:with-param name="second" select="$class"/>
						</xsl:call-template>
					</xsl:with-param>
				<xsl:with-param name="code"><xsl:if test="position() = 1"><xsl:value-of select="$code"/></xsl:if></xsl:with-param>
			</xsl:call-template>
		</xsl:for-each>
	</xsl:template>

	<!-- T7 -->
	<xsl:template name="scenario-yields">
		<xsl:param name="code" select="'T7'"/>
		<xsl:if test="not(key('table', 'scenario_yields')/r:row)">
			<xsl:call-template name="none"><xsl:with-param name="code" select="$code"/><xsl:with-param name="in" select="'deal'"/></xsl:call-template>
		</xsl:if>
		<xsl:for-each select="key('table', 'scenario_yields')/r:row[generate-id() = generate-id(key('stress-class', concat('scenario_yields|', r:cell[@col='class']/@key))[1])]">
			<xsl:variable name="class" select="r:cell[@col='class']"/>
			<xsl:variable name="place" select="position()"/>
			<xsl:call-template name="stress-table">
				<xsl:with-param name="id" select="'scenario_yields'"/>
				<xsl:with-param name="rows" select="key('stress-class', concat('scenario_yields|', $class/@key))"/>
				<xsl:with-param name="columns" select="'*scenario clean:2 wal:2 first_principal last_principal yield:4 modified:2 unpaid? flag'"/>
				<xsl:with-param name="money" select="true()"/>
				<xsl:with-param name="caption">
						<xsl:call-template name="pair-names">
							<xsl:with-param name="first" select="$results/r:table[@id='scenario_yields']"/>
							<xsl:with-param name="second" select="$class"/>
						</xsl:call-template>
					</xsl:with-param>
				<xsl:with-param name="code"><xsl:if test="$place = 1"><xsl:value-of select="$code"/></xsl:if></xsl:with-param>
			</xsl:call-template>
		</xsl:for-each>
	</xsl:template>

	<!-- T8 -->
	<xsl:template name="price-speed">
		<xsl:param name="code" select="'T8'"/>
		<xsl:variable name="table" select="key('table', 'price_speed')"/>
		<xsl:if test="not(key('table', 'price_speed')/r:row)">
			<xsl:call-template name="none"><xsl:with-param name="code" select="$code"/><xsl:with-param name="in" select="'deal'"/></xsl:call-template>
		</xsl:if>
		<xsl:for-each select="$table/r:row[generate-id() = generate-id(key('stress-class', concat('price_speed|', r:cell[@col='class']/@key))[1])]">
			<xsl:variable name="class" select="r:cell[@col='class']"/>
			<xsl:variable name="rows" select="key('stress-class', concat('price_speed|', $class/@key))"/>
			<xsl:if test="$rows/r:cell[@col='yield']">
				<xsl:call-template name="chart-price-fan">
					<xsl:with-param name="table" select="$table"/>
					<xsl:with-param name="class" select="$class/@key"/>
				</xsl:call-template>
				<xsl:call-template name="pivot">
					<xsl:with-param name="table" select="$table"/>
					<xsl:with-param name="rows" select="$rows"/>
					<xsl:with-param name="class" select="$class/@key"/>
					<xsl:with-param name="down" select="'clean'"/>
					<xsl:with-param name="shown" select="'clean:2'"/>
					<xsl:with-param name="across" select="'scenario'"/>
					<xsl:with-param name="values">
						<xsl:choose>
							<xsl:when test="$rows/r:cell[@col='curve']">yield:2 spread:2 margin:2</xsl:when>
							<xsl:otherwise>yield:4</xsl:otherwise>
						</xsl:choose>
					</xsl:with-param>
					<xsl:with-param name="most" select="5"/>
					<xsl:with-param name="foot"><xsl:if test="not($rows/r:cell[@col='curve'])">wal:2 modified:2</xsl:if></xsl:with-param>
					<xsl:with-param name="caption">
						<xsl:call-template name="pair-names">
							<xsl:with-param name="first" select="$results/r:table[@id='price_speed']"/>
							<xsl:with-param name="second" select="$class"/>
						</xsl:call-template>
					</xsl:with-param>
					<xsl:with-param name="code"><xsl:if test="position() = 1"><xsl:value-of select="$code"/></xsl:if></xsl:with-param>
				</xsl:call-template>
			</xsl:if>
		</xsl:for-each>
	</xsl:template>

	<!-- T9 -->
	<xsl:template name="breakeven-matrix">
		<xsl:param name="code" select="'T9'"/>
		<xsl:variable name="table" select="key('table', 'breakeven_matrix')"/>
		<xsl:if test="not(key('table', 'breakeven_matrix')/r:row)">
			<xsl:call-template name="none"><xsl:with-param name="code" select="$code"/><xsl:with-param name="in" select="'deal'"/></xsl:call-template>
		</xsl:if>
		<xsl:if test="$table/r:row">
			<xsl:call-template name="paragraph"><xsl:with-param name="id" select="'about.breakeven-matrix'"/></xsl:call-template>
		</xsl:if>
		<xsl:for-each select="$table/r:row[generate-id() = generate-id(key('stress-class', concat('breakeven_matrix|', r:cell[@col='class']/@key))[1])]">
			<xsl:variable name="class" select="r:cell[@col='class']"/>
			<xsl:variable name="rows" select="key('stress-class', concat('breakeven_matrix|', $class/@key))"/>
			<xsl:variable name="defaults" select="$rows[r:cell[@col='quantity']/@key = 'default']"/>
			<xsl:variable name="place" select="position()"/>
			<xsl:for-each select="$table">
				<xsl:call-template name="pivot">
					<xsl:with-param name="table" select="$table"/>
					<xsl:with-param name="rows" select="$defaults"/>
					<xsl:with-param name="class" select="$class/@key"/>
					<xsl:with-param name="down" select="'row'"/>
					<xsl:with-param name="across" select="'column'"/>
					<xsl:with-param name="values" select="'first_loss:2 yield_break:2'"/>
					<xsl:with-param name="most" select="6"/>
					<xsl:with-param name="caption">
						<xsl:call-template name="pair-names">
							<xsl:with-param name="first" select="$table"/>
							<xsl:with-param name="second" select="$class"/>
						</xsl:call-template>
					</xsl:with-param>
					<xsl:with-param name="code"><xsl:if test="$place = 1"><xsl:value-of select="$code"/></xsl:if></xsl:with-param>
				</xsl:call-template>
				<xsl:call-template name="pivot">
					<xsl:with-param name="table" select="$table"/>
					<xsl:with-param name="rows" select="$rows[r:cell[@col='quantity']/@key != 'default']"/>
					<xsl:with-param name="class" select="$class/@key"/>
					<xsl:with-param name="down" select="'row'"/>
					<xsl:with-param name="across" select="'column'"/>
					<xsl:with-param name="values" select="'first_loss:2 yield_break:2'"/>
					<xsl:with-param name="caption">
						<xsl:call-template name="pair-names">
							<xsl:with-param name="first" select="$results/r:table[@id='breakeven_matrix']"/>
							<xsl:with-param name="second" select="$class"/>
						</xsl:call-template>
					</xsl:with-param>
					<xsl:with-param name="code"><xsl:if test="$place = 1 and not($defaults)"><xsl:value-of select="$code"/></xsl:if></xsl:with-param>
				</xsl:call-template>
			</xsl:for-each>
		</xsl:for-each>
	</xsl:template>

	<!-- T11 -->
	<xsl:template name="coverage-path">
		<xsl:param name="code" select="'T11'"/>
		<xsl:call-template name="chart-coverage-path"/>
		<xsl:call-template name="stress-table">
			<xsl:with-param name="id" select="'coverage_path'"/>
			<xsl:with-param name="columns" select="'*payment_date coverage_period:2 coverage:2 threshold:2 senior_balance pool_balance? ltv:2'"/>
			<xsl:with-param name="money" select="true()"/>
			<xsl:with-param name="code" select="$code"/>
		</xsl:call-template>
	</xsl:template>

	<!-- T12 -->
	<xsl:template name="funds-corridor">
		<xsl:param name="code" select="'T12'"/>
		<xsl:call-template name="paragraph"><xsl:with-param name="id" select="'about.funds-corridor'"/></xsl:call-template>
		<xsl:call-template name="stress-table">
			<xsl:with-param name="id" select="'funds_corridor'"/>
			<xsl:with-param name="columns" select="'*payment_date funds interest_due funds_rate:2 coupon:2 cover:2 cover_low:2 low_scenario cover_high:2 high_scenario'"/>
			<xsl:with-param name="money" select="true()"/>
			<xsl:with-param name="code" select="$code"/>
		</xsl:call-template>
	</xsl:template>

	<!-- T14 -->
	<xsl:template name="rating-sensitivity">
		<xsl:param name="code" select="'T14'"/>
		<xsl:call-template name="paragraph"><xsl:with-param name="id" select="'about.rating-sensitivity'"/></xsl:call-template>
		<xsl:call-template name="stress-table">
			<xsl:with-param name="id" select="'rating_sensitivity'"/>
			<xsl:with-param name="columns" select="'*class support multiple:1 base_default:2 scenario breakeven:2 grade published target:2 margin:2'"/>
			<xsl:with-param name="code" select="$code"/>
		</xsl:call-template>
	</xsl:template>
</xsl:stylesheet>
