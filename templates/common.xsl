<?xml version="1.0" encoding="UTF-8"?>
<!-- SPDX-License-Identifier: GPL-3.0-or-later -->
<!-- The parts that every report template shares: words, cells, tables, chart axes. They select and arrange; totals come
     with the results, and no word stands here: words come from terms.xml. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns="urn:weir:document:1"
	xmlns:in="urn:weir:report-input:1" xmlns:r="urn:weir:results:1" xmlns:w="urn:weir:terms:1"
	xmlns:str="http://exslt.org/strings" xmlns:exsl="http://exslt.org/common" exclude-result-prefixes="in r w str exsl">

	<!-- "en", "zh" or "both" -->
	<xsl:param name="lang" select="'en'"/>
	<!-- the number of the period that is shown in full -->
	<xsl:param name="period" select="'1'"/>

	<xsl:variable name="results" select="/in:input/r:results"/>
	<xsl:variable name="currency" select="$results/@currency"/>
	<xsl:variable name="currency-zh"
		select="(/in:input/w:terms/w:term[@id = concat('currency.', $currency)]/@zh | $currency)[last()]"/>

	<!-- the deal issues asset-backed notes -->
	<xsl:variable name="interbank" select="$results/r:table[@id='terms']/r:row[r:cell[@col='item'][@key='kind']]/r:cell[@col='value']/@key = 'abn'"/>

	<xsl:key name="term" match="/in:input/w:terms/w:term" use="@id"/>
	<xsl:key name="table" match="/in:input/r:results/r:table" use="@id"/>
	<xsl:key name="by-period" match="/in:input/r:results/r:table[r:columns/r:column/@id = 'period']/r:row" use="concat(../@id, '|', r:cell[@col='period'])"/>
	<xsl:key name="by-class" match="/in:input/r:results/r:table[r:columns/r:column/@id = 'class']/r:row"
		use="concat(../@id, '|', r:cell[@col='class']/@key, r:cell[@col='class'][not(@key)]/@en)"/>
	<xsl:key name="by-account" match="/in:input/r:results/r:table[@id='accounts']/r:row" use="r:cell[@col='account']/@key"/>
	<xsl:key name="metric" match="/in:input/r:results/r:table[@id='summary']/r:row" use="r:cell[@col='metric']/@key"/>
	<xsl:key name="item" match="/in:input/r:results/r:table[@id='terms']/r:row" use="r:cell[@col='item']/@key"/>

	<!-- Words in the report's languages; where one is missing the other stands in. -->
	<xsl:template name="text">
		<xsl:param name="en"/>
		<xsl:param name="zh"/>
		<xsl:if test="string($en) and ($lang != 'zh' or not(string($zh)))">
			<t lang="en"><xsl:value-of select="$en"/></t>
		</xsl:if>
		<xsl:if test="string($zh) and ($lang = 'zh' or not(string($en)) or ($lang = 'both' and $zh != $en))">
			<t lang="zh"><xsl:value-of select="$zh"/></t>
		</xsl:if>
	</xsl:template>

	<!-- A term of the dictionary, with an optional value behind it; an unknown one shows its id. -->
	<xsl:template name="term">
		<xsl:param name="id"/>
		<xsl:param name="en"/>
		<xsl:param name="zh" select="$en"/>
		<!-- key() looks into the document of the current node, which may be a list of words: step back to the results -->
		<xsl:for-each select="$results">
			<xsl:variable name="term" select="key('term', $id)[1]"/>
			<xsl:choose>
				<xsl:when test="$term">
					<xsl:call-template name="text">
						<xsl:with-param name="en" select="concat($term/@en, $en)"/>
						<xsl:with-param name="zh" select="concat($term/@zh-abn[$interbank], $term/@zh[not($interbank and $term/@zh-abn)], $zh)"/>
					</xsl:call-template>
				</xsl:when>
				<xsl:otherwise><t lang="en"><xsl:value-of select="$id"/></t></xsl:otherwise>
			</xsl:choose>
		</xsl:for-each>
	</xsl:template>

	<!-- The names of a deal, table, column or cell; a cell with only a key gets its word from the dictionary. -->
	<xsl:template match="*" mode="names">
		<xsl:choose>
			<xsl:when test="@en or @zh">
				<xsl:call-template name="text">
					<xsl:with-param name="en" select="@en"/>
					<xsl:with-param name="zh" select="@zh"/>
				</xsl:call-template>
			</xsl:when>
			<xsl:when test="key('term', concat('word.', @key))">
				<xsl:call-template name="term">
					<xsl:with-param name="id" select="concat('word.', @key)"/>
				</xsl:call-template>
			</xsl:when>
			<xsl:when test="@key"><t lang="en"><xsl:value-of select="@key"/></t></xsl:when>
			<xsl:otherwise><t lang="en"><xsl:value-of select="@id"/></t></xsl:otherwise>
		</xsl:choose>
	</xsl:template>

	<!-- A cell of the document from a cell of the results (or from none: an empty one). -->
	<xsl:template name="cell">
		<xsl:param name="cell"/>
		<xsl:param name="type" select="$cell/@type"/>
		<xsl:param name="decimals"/>
		<xsl:param name="plain" select="false()"/>
		<xsl:choose>
			<xsl:when test="not($cell)"><cell/></xsl:when>
			<xsl:when test="$type = 'text'">
				<cell>
					<xsl:for-each select="$cell">
						<xsl:variable name="tone" select="key('term', concat('word.', @key))/@tone"/>
						<xsl:if test="$tone and not($plain)">
							<xsl:attribute name="tone"><xsl:value-of select="$tone"/></xsl:attribute>
						</xsl:if>
					</xsl:for-each>
					<xsl:apply-templates select="$cell" mode="names"/>
				</cell>
			</xsl:when>
			<xsl:when test="$type = 'flag'">
				<cell>
					<xsl:call-template name="term">
						<xsl:with-param name="id" select="concat('flag.', $cell)"/>
					</xsl:call-template>
				</cell>
			</xsl:when>
			<xsl:otherwise>
				<cell type="{$type}">
					<xsl:choose>
						<xsl:when test="string($decimals) and ($type = 'rate' or $type = 'number')">
							<xsl:attribute name="decimals"><xsl:value-of select="$decimals"/></xsl:attribute>
						</xsl:when>
						<xsl:when test="$type = 'rate'"><xsl:attribute name="decimals">2</xsl:attribute></xsl:when>
						<xsl:when test="$type = 'number'"><xsl:attribute name="decimals">4</xsl:attribute></xsl:when>
					</xsl:choose>
					<xsl:choose>
						<xsl:when test="$cell/@shown and (not(string($decimals)) or $decimals = '2')"><xsl:value-of select="$cell/@shown"/></xsl:when>
						<xsl:otherwise><xsl:value-of select="$cell"/></xsl:otherwise>
					</xsl:choose>
				</cell>
			</xsl:otherwise>
		</xsl:choose>
	</xsl:template>

	<!-- A table from a table of the results. `columns` lists column ids with blanks between: "*class" heads its rows,
	     "coupon:2+" prints at least two decimals, "support_in?" is left out when it is zero throughout. A column that
	     is empty throughout is left out, unless it is marked: "pledge!". `total` is the r:total to print below. `code`: what lists of required
	     tables call it ("A-8", or several with blanks between). Without rows it leaves itself out; see "none". -->
	<xsl:template name="table">
		<xsl:param name="table"/>
		<xsl:param name="columns"/>
		<xsl:param name="rows" select="$table/r:row"/>
		<xsl:param name="total" select="$table/r:total[not(@by)]"/>
		<xsl:param name="caption"/>
		<xsl:param name="code"/>
		<xsl:param name="money" select="true()"/>
		<!-- what is known of each column that is printed, found once for all rows -->
		<xsl:variable name="spec-tree">
			<xsl:for-each select="str:tokenize($columns)">
				<xsl:variable name="id" select="substring-before(concat(translate(., '*?!', ''), ':'), ':')"/>
				<xsl:if test="contains(., '!') or $rows[r:cell[@col = $id][not(contains(current(), '?')) or not(number(.) = 0)]]">
					<spec id="{$id}" decimals="{substring-after(., ':')}" head="{contains(., '*')}"
						type="{$table/r:columns/r:column[@id = $id]/@type}"/>
				</xsl:if>
			</xsl:for-each>
		</xsl:variable>
		<xsl:variable name="specs" select="exsl:node-set($spec-tree)/*"/>
		<xsl:if test="$rows and $specs">
			<table>
				<xsl:call-template name="code"><xsl:with-param name="code" select="$code"/></xsl:call-template>
				<xsl:attribute name="from"><xsl:value-of select="$table/@id"/></xsl:attribute>
				<xsl:if test="string($caption)">
					<caption><xsl:copy-of select="$caption"/></caption>
				</xsl:if>
				<xsl:if test="$money">
					<unit>
						<xsl:call-template name="term">
							<xsl:with-param name="id" select="'unit'"/>
							<xsl:with-param name="en" select="$currency"/>
							<xsl:with-param name="zh" select="$currency-zh"/>
						</xsl:call-template>
					</unit>
				</xsl:if>
				<columns>
					<xsl:for-each select="$specs">
						<xsl:variable name="id" select="string(@id)"/>
						<column of="{$id}">
							<xsl:attribute name="type">
								<xsl:choose>
									<xsl:when test="@type = 'mixed'">number</xsl:when>
									<xsl:when test="@type = 'flag'">text</xsl:when>
									<xsl:otherwise><xsl:value-of select="@type"/></xsl:otherwise>
								</xsl:choose>
							</xsl:attribute>
							<xsl:if test="@head = 'true'"><xsl:attribute name="head">yes</xsl:attribute></xsl:if>
							<xsl:apply-templates select="$table/r:columns/r:column[@id = $id]" mode="names"/>
						</column>
					</xsl:for-each>
				</columns>
				<xsl:for-each select="$rows">
					<row>
						<xsl:call-template name="row-cells">
							<xsl:with-param name="row" select="."/>
							<xsl:with-param name="specs" select="$specs"/>
						</xsl:call-template>
					</row>
				</xsl:for-each>
				<xsl:if test="$total/r:cell[@col = $specs/@id]">
					<row kind="total">
						<xsl:call-template name="row-cells">
							<xsl:with-param name="row" select="$total"/>
							<xsl:with-param name="specs" select="$specs"/>
							<xsl:with-param name="is-total" select="true()"/>
						</xsl:call-template>
					</row>
				</xsl:if>
			</table>
		</xsl:if>
	</xsl:template>

	<xsl:template name="row-cells">
		<xsl:param name="row"/>
		<xsl:param name="specs"/>
		<xsl:param name="is-total" select="false()"/>
		<xsl:for-each select="$specs">
			<xsl:variable name="id" select="string(@id)"/>
			<xsl:variable name="cell" select="$row/r:cell[@col = $id]"/>
			<xsl:choose>
				<xsl:when test="$is-total and position() = 1">
					<cell><xsl:call-template name="term"><xsl:with-param name="id" select="'total'"/></xsl:call-template></cell>
				</xsl:when>
				<xsl:when test="$is-total and not($cell)"><cell tone="muted"><t lang="en">&#160;</t></cell></xsl:when>
				<xsl:otherwise>
					<xsl:call-template name="cell">
						<xsl:with-param name="cell" select="$cell"/>
						<!-- the cells of a mixed column, and only they, say their own type -->
						<xsl:with-param name="type" select="concat(@type[. != 'mixed'], $cell/@type)"/>
						<xsl:with-param name="decimals" select="@decimals"/>
						<xsl:with-param name="plain" select="@head = 'true'"/>
					</xsl:call-template>
				</xsl:otherwise>
			</xsl:choose>
		</xsl:for-each>
	</xsl:template>

	<!-- The attribute `code` of a block, when it has codes. -->
	<xsl:template name="code">
		<xsl:param name="code"/>
		<xsl:if test="string($code)"><xsl:attribute name="code"><xsl:value-of select="$code"/></xsl:attribute></xsl:if>
	</xsl:template>

	<!-- What stands where a table has no rows: one sentence with the table's code. `title` (words, t elements) is put
	     before it; `in` is "period" (none in this period), "deal" (none) or "life" (none so far). -->
	<xsl:template name="none">
		<xsl:param name="code"/>
		<xsl:param name="title" select="/.."/>
		<xsl:param name="in" select="'period'"/>
		<xsl:variable name="names" select="exsl:node-set($title)/*"/>
		<xsl:for-each select="$results">
			<xsl:variable name="term" select="key('term', concat('none.', $in))[1]"/>
			<p>
				<xsl:call-template name="code"><xsl:with-param name="code" select="$code"/></xsl:call-template>
				<xsl:call-template name="text">
					<xsl:with-param name="en">
						<xsl:if test="$names"><xsl:value-of select="concat(($names[@lang = 'en'] | $names[1])[1], ': ')"/></xsl:if>
						<xsl:value-of select="$term/@en"/>
					</xsl:with-param>
					<xsl:with-param name="zh">
						<xsl:if test="$names"><xsl:value-of select="concat(($names[@lang = 'zh'] | $names[last()])[last()], '：')"/></xsl:if>
						<xsl:value-of select="$term/@zh"/>
					</xsl:with-param>
				</xsl:call-template>
			</p>
		</xsl:for-each>
	</xsl:template>

	<!-- The rule that the report follows, as a field of its head: its name and number, and the day from which it applies. -->
	<xsl:template name="rule-field">
		<xsl:if test="$results/r:fact[@id='rule_id']">
			<field>
				<label><xsl:call-template name="term"><xsl:with-param name="id" select="'fact.rule'"/></xsl:call-template></label>
				<cell>
					<xsl:call-template name="text">
						<xsl:with-param name="en" select="$results/r:fact[@id='rule_en']"/>
						<xsl:with-param name="zh" select="$results/r:fact[@id='rule_zh']"/>
					</xsl:call-template>
				</cell>
				<text>
					<xsl:call-template name="term">
						<xsl:with-param name="id" select="'rule-from'"/>
						<xsl:with-param name="en" select="concat($results/r:fact[@id='rule_from'], ')')"/>
						<xsl:with-param name="zh" select="concat($results/r:fact[@id='rule_from'], ' 起施行）')"/>
					</xsl:call-template>
				</text>
			</field>
		</xsl:if>
	</xsl:template>

	<!-- The value axis of a chart of money: the units in which it may count. -->
	<xsl:template name="money-axis">
		<y type="money">
			<xsl:for-each select="/in:input/w:terms/w:scale[contains(concat(' ', @for, ' '), concat(' ', $lang, ' '))]">
				<scale factor="{@factor}">
					<xsl:call-template name="text">
						<xsl:with-param name="en" select="normalize-space(concat($currency, ' ', @en))"/>
						<xsl:with-param name="zh" select="concat(@zh, $currency-zh)"/>
					</xsl:call-template>
				</scale>
			</xsl:for-each>
		</y>
	</xsl:template>

	<!-- The words around a chart; `named` (a cell) or `behind` (words, t elements) stands behind its title. -->
	<xsl:template name="chart-words">
		<xsl:param name="id"/>
		<xsl:param name="named" select="/.."/>
		<xsl:param name="behind" select="/.."/>
		<xsl:variable name="name"><xsl:apply-templates select="$named" mode="names"/><xsl:copy-of select="$behind"/></xsl:variable>
		<xsl:variable name="words" select="exsl:node-set($name)/*"/>
		<title>
			<xsl:call-template name="term">
				<xsl:with-param name="id" select="concat('chart.', $id)"/>
				<xsl:with-param name="en" select="string($words[@lang = 'en' or last() = 1][1])"/>
				<xsl:with-param name="zh" select="string($words[@lang = 'zh' or last() = 1][last()])"/>
			</xsl:call-template>
		</title>
		<description>
			<xsl:call-template name="term"><xsl:with-param name="id" select="concat('chart.', $id, '.about')"/></xsl:call-template>
		</description>
		<data-label><xsl:call-template name="term"><xsl:with-param name="id" select="'chart.data'"/></xsl:call-template></data-label>
	</xsl:template>

	<!-- Payment dates as the x axis. -->
	<xsl:template name="date-axis">
		<xsl:param name="rows"/>
		<x>
			<title><xsl:call-template name="term"><xsl:with-param name="id" select="'payment-date'"/></xsl:call-template></title>
			<xsl:for-each select="$rows"><item date="{r:cell[@col='payment_date']}"/></xsl:for-each>
		</x>
	</xsl:template>

	<!-- One series from a column of the periods. -->
	<xsl:template name="period-series">
		<xsl:param name="rows"/>
		<xsl:param name="column"/>
		<xsl:param name="kind" select="'column'"/>
		<series kind="{$kind}">
			<name><xsl:apply-templates select="key('table', 'periods')/r:columns/r:column[@id = $column]" mode="names"/></name>
			<xsl:for-each select="$rows"><v><xsl:value-of select="r:cell[@col = $column]"/></v></xsl:for-each>
		</series>
	</xsl:template>

	<!-- A heading from the dictionary: title.ID. -->
	<xsl:template name="title">
		<xsl:param name="id"/>
		<title><xsl:call-template name="term"><xsl:with-param name="id" select="concat('title.', $id)"/></xsl:call-template></title>
	</xsl:template>

	<xsl:template name="paragraph">
		<xsl:param name="id"/>
		<p><xsl:call-template name="term"><xsl:with-param name="id" select="$id"/></xsl:call-template></p>
	</xsl:template>
</xsl:stylesheet>
