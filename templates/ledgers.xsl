<?xml version="1.0" encoding="UTF-8"?>
<!-- SPDX-License-Identifier: GPL-3.0-or-later -->
<!-- Tables of a period's cash that the asset operation report and the 10-D share: ledgers, transfers, reconciliation, dues,
     statistics, series. Each prints inside a section that the caller opens. It wants common.xsl, sections.xsl and servicing.xsl beside it. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns="urn:weir:document:1"
	xmlns:in="urn:weir:report-input:1" xmlns:r="urn:weir:results:1" xmlns:w="urn:weir:terms:1"
	xmlns:str="http://exslt.org/strings" xmlns:exsl="http://exslt.org/common" exclude-result-prefixes="in r w str exsl">

	<!-- whether accounts are ledgers, or cash is shown by its nature -->
	<xsl:variable name="has-ledgers" select="boolean(key('table', 'vehicle')/r:row[r:cell[@col='item']/@key = 'vehicle-ledgers']/r:cell[@col='value']/@key = 'two-ledgers')"/>

	<!-- the series while there is a pool or something to pay -->
	<xsl:variable name="series" select="key('table', 'series')/r:row[r:cell[@col='pool_balance'] != 0 or r:cell[@col='coverage' or @col='wal']]"/>

	<xsl:template name="ledgers-note">
		<p>
			<xsl:call-template name="term">
				<xsl:with-param name="id">
					<xsl:choose>
						<xsl:when test="$has-ledgers">about.two-ledgers</xsl:when>
						<xsl:otherwise>about.by-nature</xsl:otherwise>
					</xsl:choose>
				</xsl:with-param>
			</xsl:call-template>
		</p>
	</xsl:template>

	<xsl:template name="ledgers-collections">
		<xsl:param name="code"/>
		<xsl:call-template name="ledgers-note"/>
		<xsl:call-template name="servicing-table">
			<xsl:with-param name="id" select="'ledger_collections'"/>
			<xsl:with-param name="code" select="$code"/>
			<xsl:with-param name="columns" select="'*item income_last income principal_last principal neither_last? neither? both_last both'"/>
		</xsl:call-template>
	</xsl:template>

	<xsl:template name="ledgers-payments">
		<xsl:param name="code"/>
		<xsl:variable name="rows" select="key('by-period', concat('ledger_payments|', $period))"/>
		<xsl:call-template name="servicing-table">
			<xsl:with-param name="id" select="'ledger_payments'"/>
			<xsl:with-param name="code" select="$code"/>
			<xsl:with-param name="columns">
				<xsl:text>*item </xsl:text>
				<xsl:if test="$has-ledgers">income_last income principal_last principal neither_last? neither? </xsl:if>
				<xsl:text>both_last both</xsl:text>
			</xsl:with-param>
			<!-- what supporters, assets and a servicer's failure take stands only where it takes something -->
			<xsl:with-param name="rows" select="$rows[not(contains(' paid-support-fee paid-support-interest paid-support-repaid purchase lost ',
				concat(' ', r:cell[@col='item']/@key, ' '))) or r:cell[@col='both' or @col='both_last'][. != 0]]"/>
		</xsl:call-template>
	</xsl:template>

	<xsl:template name="ledgers-transfers">
		<xsl:param name="code"/>
		<xsl:call-template name="servicing-table">
			<xsl:with-param name="id" select="'ledger_moves'"/>
			<xsl:with-param name="code" select="$code"/>
			<xsl:with-param name="columns" select="'*direction last amount'"/>
			<xsl:with-param name="total" select="/.."/>
		</xsl:call-template>
		<xsl:call-template name="servicing-table">
			<xsl:with-param name="id" select="'ledger_transfers'"/>
			<xsl:with-param name="columns" select="'*step clause from to direction amount'"/>
			<xsl:with-param name="total" select="/.."/>
		</xsl:call-template>
	</xsl:template>

	<xsl:template name="ledgers-balances">
		<xsl:param name="code"/>
		<xsl:call-template name="servicing-table">
			<xsl:with-param name="id" select="'ledger_balances'"/>
			<xsl:with-param name="code" select="$code"/>
			<xsl:with-param name="columns" select="'*ledger opening received moved_in paid moved_out closing'"/>
		</xsl:call-template>
	</xsl:template>

	<!-- The pool's statistics, one table for each part. -->
	<xsl:template name="ledgers-features">
		<xsl:variable name="rows" select="key('by-period', concat('pool_features|', $period))"/>
		<xsl:if test="not($rows)"><xsl:call-template name="paragraph"><xsl:with-param name="id" select="'about.large-pool'"/></xsl:call-template></xsl:if>
		<xsl:for-each select="str:tokenize('count-and-amount term-features rate-features')">
			<xsl:variable name="part" select="string(.)"/>
			<xsl:for-each select="$results">
				<xsl:call-template name="table">
					<xsl:with-param name="table" select="key('table', 'pool_features')"/>
					<xsl:with-param name="rows" select="$rows[r:cell[@col='part']/@key = $part]"/>
					<xsl:with-param name="total" select="/.."/>
					<xsl:with-param name="columns" select="'*item initial:2 previous:2 current:2'"/>
					<xsl:with-param name="caption"><xsl:apply-templates select="$rows[r:cell[@col='part']/@key = $part][1]/r:cell[@col='part']" mode="names"/></xsl:with-param>
					<xsl:with-param name="money" select="$part = 'count-and-amount'"/>
				</xsl:call-template>
			</xsl:for-each>
		</xsl:for-each>
	</xsl:template>

	<!-- Columns of the long-run series, every period. -->
	<xsl:template name="ledgers-series">
		<xsl:param name="code"/>
		<xsl:param name="columns"/>
		<xsl:param name="rows" select="$series"/>
		<xsl:param name="caption"><xsl:apply-templates select="key('table', 'series')" mode="names"/></xsl:param>
		<xsl:call-template name="table">
			<xsl:with-param name="table" select="key('table', 'series')"/>
			<xsl:with-param name="rows" select="$rows"/>
			<xsl:with-param name="total" select="/.."/>
			<xsl:with-param name="columns" select="$columns"/>
			<xsl:with-param name="code" select="$code"/>
			<xsl:with-param name="caption" select="$caption"/>
		</xsl:call-template>
	</xsl:template>

	<!-- A line chart of rates of the series by payment date. -->
	<xsl:template name="ledgers-rates-chart">
		<xsl:param name="id"/>
		<xsl:param name="columns"/>
		<xsl:variable name="rows" select="$series"/>
		<xsl:if test="count($rows) &gt; 1 and $rows/r:cell[contains(concat(' ', $columns, ' '), concat(' ', @col, ' '))][. != 0]">
			<chart kind="line">
				<xsl:call-template name="chart-words"><xsl:with-param name="id" select="$id"/></xsl:call-template>
				<xsl:call-template name="date-axis"><xsl:with-param name="rows" select="$rows"/></xsl:call-template>
				<y type="rate" decimals="2"/>
				<xsl:for-each select="str:tokenize($columns)">
					<xsl:variable name="column" select="string(.)"/>
					<xsl:for-each select="$results">
						<series kind="line">
							<name><xsl:apply-templates select="key('table', 'series')/r:columns/r:column[@id = $column]" mode="names"/></name>
							<xsl:for-each select="$rows"><v><xsl:value-of select="r:cell[@col = $column]"/></v></xsl:for-each>
						</series>
					</xsl:for-each>
				</xsl:for-each>
			</chart>
		</xsl:if>
	</xsl:template>

	<!-- What is still to be collected behind the period shown. -->
	<xsl:template name="ledgers-plan">
		<xsl:param name="code"/>
		<xsl:call-template name="servicing-table">
			<xsl:with-param name="id" select="'collection_plan'"/>
			<xsl:with-param name="code" select="$code"/>
			<xsl:with-param name="rows" select="key('table', 'collection_plan')/r:row[r:cell[@col='period'] &gt; $period][r:cell[@col='opening' or @col='total'] != 0]"/>
			<xsl:with-param name="total" select="/.."/>
			<xsl:with-param name="columns" select="'*period calculation_date payment_date opening principal income recovered? total to_come closing'"/>
			<xsl:with-param name="in" select="'deal'"/>
		</xsl:call-template>
	</xsl:template>
</xsl:stylesheet>
