<?xml version="1.0" encoding="UTF-8"?>
<!-- SPDX-License-Identifier: GPL-3.0-or-later -->
<!-- The distribution report in the items of US Regulation AB, Item 1121(a) (Form 10-D), a section for each item, and the parts of a
     quarterly noteholders' statement that the same tables give. docs/form-10d.md says which items were checked against a source. -->
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
				<kicker><xsl:call-template name="term"><xsl:with-param name="id" select="'report.form-10d'"/></xsl:call-template></kicker>
				<title><xsl:apply-templates select="$results/r:deal" mode="names"/></title>
				<xsl:if test="$results/r:scenario">
					<subtitle><xsl:apply-templates select="$results/r:scenario" mode="scenario"/></subtitle>
				</xsl:if>
				<footer><xsl:apply-templates select="$results/r:deal" mode="names"/></footer>
				<contents><xsl:call-template name="term"><xsl:with-param name="id" select="'contents'"/></xsl:call-template></contents>
				<xsl:call-template name="servicing-head"/>
			</head>
			<xsl:for-each select="str:tokenize('1 2 3 4 5 6 7 8 9 10 11 12 13 14')">
				<section id="item-{.}" code="1121-{.}" wide="yes">
					<xsl:variable name="item" select="string(.)"/>
					<xsl:for-each select="$results">
						<xsl:call-template name="title"><xsl:with-param name="id" select="concat('10d-', $item)"/></xsl:call-template>
						<xsl:call-template name="item"><xsl:with-param name="number" select="$item"/></xsl:call-template>
					</xsl:for-each>
				</section>
			</xsl:for-each>
			<section id="statement" wide="yes">
				<xsl:call-template name="title"><xsl:with-param name="id" select="'statement'"/></xsl:call-template>
				<xsl:call-template name="paragraph"><xsl:with-param name="id" select="'about.statement'"/></xsl:call-template>
				<xsl:call-template name="debt-service"/>
				<xsl:call-template name="ledgers-balances"/>
				<xsl:call-template name="servicing-concentration"><xsl:with-param name="code"/></xsl:call-template>
			</section>
			<!-- the text of a payment says its condition in words -->
			<xsl:call-template name="waterfall">
				<xsl:with-param name="columns" select="'waterfall *rank text clause'"/>
			</xsl:call-template>
			<xsl:call-template name="disclosures"/>
			<xsl:call-template name="reproducibility"/>
		</document>
	</xsl:template>

	<!-- What stands under an item's heading. -->
	<xsl:template name="item">
		<xsl:param name="number"/>
		<xsl:choose>
			<xsl:when test="$number = 1"><xsl:call-template name="dates-of-item"/></xsl:when>
			<xsl:when test="$number = 2">
				<xsl:call-template name="servicing-table">
					<xsl:with-param name="id" select="'funds_in'"/>
					<xsl:with-param name="columns" select="'line *item amount share note!'"/>
				</xsl:call-template>
			</xsl:when>
			<xsl:when test="$number = 3"><xsl:call-template name="flow-of-funds"/></xsl:when>
			<xsl:when test="$number = 4">
				<xsl:call-template name="servicing-table">
					<xsl:with-param name="id" select="'payment'"/>
					<xsl:with-param name="columns" select="'*class opening principal_paid closing per100_interest:4 per100_principal:4 factor_per100:4 repaid_share!:2'"/>
					<xsl:with-param name="name" select="'balances'"/>
				</xsl:call-template>
			</xsl:when>
			<xsl:when test="$number = 5"><xsl:call-template name="rates-of-item"/></xsl:when>
			<xsl:when test="$number = 6"><xsl:call-template name="servicing-accounts"><xsl:with-param name="code"/></xsl:call-template></xsl:when>
			<xsl:when test="$number = 7"><xsl:call-template name="servicing-enhancement"><xsl:with-param name="code"/></xsl:call-template></xsl:when>
			<xsl:when test="$number = 8">
				<xsl:call-template name="ledgers-features"/>
				<xsl:call-template name="ledgers-series">
					<xsl:with-param name="rows" select="key('by-period', concat('series|', $period))"/>
					<xsl:with-param name="columns" select="'*payment_date pool_balance prepaid prepayment_rate!:2'"/>
					<xsl:with-param name="caption"><xsl:call-template name="term"><xsl:with-param name="id" select="'table.10d-prepayments'"/></xsl:call-template></xsl:with-param>
				</xsl:call-template>
			</xsl:when>
			<xsl:when test="$number = 9"><xsl:call-template name="losses"/></xsl:when>
			<xsl:when test="$number = 10"><xsl:call-template name="advances"/></xsl:when>
			<xsl:when test="$number = 11">
				<xsl:call-template name="servicing-table">
					<xsl:with-param name="id" select="'events'"/>
					<xsl:with-param name="rows" select="key('by-period', concat('events|', $period))[r:cell[@col='kind']/@key = 'change']"/>
					<xsl:with-param name="columns" select="'*date event rule! effect! action!'"/>
					<xsl:with-param name="name" select="'modifications'"/>
					<xsl:with-param name="money" select="false()"/>
				</xsl:call-template>
			</xsl:when>
			<xsl:when test="$number = 12">
				<xsl:call-template name="servicing-table">
					<xsl:with-param name="id" select="'events'"/>
					<xsl:with-param name="rows" select="key('by-period', concat('events|', $period))[contains(' breach missed ', concat(' ', r:cell[@col='kind']/@key, ' '))]"/>
					<xsl:with-param name="columns" select="'*date kind event rule! effect! action!'"/>
					<xsl:with-param name="name" select="'breaches'"/>
					<xsl:with-param name="money" select="false()"/>
				</xsl:call-template>
			</xsl:when>
			<xsl:when test="$number = 13">
				<xsl:call-template name="servicing-tests"><xsl:with-param name="code"/></xsl:call-template>
			</xsl:when>
			<xsl:otherwise><xsl:call-template name="servicing-asset-changes"><xsl:with-param name="code"/></xsl:call-template></xsl:otherwise>
		</xsl:choose>
	</xsl:template>

	<!-- Item 1 -->
	<xsl:template name="dates-of-item">
		<fields>
			<xsl:for-each select="str:tokenize('collection_from collection_to accrual_from accrual_to calculation transfer record payment paid_on')">
				<xsl:variable name="id" select="string(.)"/>
				<xsl:for-each select="$dates/r:cell[@col = $id]">
					<field>
						<label><xsl:apply-templates select="../../r:columns/r:column[@id = $id]" mode="names"/></label>
						<cell type="date"><xsl:value-of select="."/></cell>
					</field>
				</xsl:for-each>
			</xsl:for-each>
		</fields>
	</xsl:template>

	<!-- Item 3: by type (i) to (iv), then by priority -->
	<xsl:template name="flow-of-funds">
		<xsl:call-template name="servicing-table">
			<xsl:with-param name="id" select="'fee_payments'"/>
			<xsl:with-param name="columns" select="'*fee kind payee! carried? charged paid dropped? unpaid'"/>
			<xsl:with-param name="name" select="'10d-fees'"/>
		</xsl:call-template>
		<xsl:call-template name="servicing-table">
			<xsl:with-param name="id" select="'support'"/>
			<xsl:with-param name="columns" select="'*support party shortfall drawn returned? repaid interest_paid fee_paid outstanding'"/>
			<xsl:with-param name="name" select="'10d-enhancement'"/>
		</xsl:call-template>
		<xsl:call-template name="servicing-table">
			<xsl:with-param name="id" select="'note_dues'"/>
			<xsl:with-param name="columns" select="'*class kind carried accrued paid dropped? unpaid'"/>
			<xsl:with-param name="name" select="'10d-notes'"/>
		</xsl:call-template>
		<xsl:call-template name="servicing-table">
			<xsl:with-param name="id" select="'excess_cash'"/>
			<xsl:with-param name="columns" select="'*payment_date excess to_reserves! subordinated! elsewhere? retained'"/>
			<xsl:with-param name="name" select="'10d-excess'"/>
			<xsl:with-param name="total" select="/.."/>
		</xsl:call-template>
		<xsl:call-template name="servicing-trace"><xsl:with-param name="code"/></xsl:call-template>
	</xsl:template>

	<!-- Item 5: what the pool and the securities bear -->
	<xsl:template name="rates-of-item">
		<xsl:variable name="features" select="key('by-period', concat('pool_features|', $period))"/>
		<xsl:call-template name="servicing-table">
			<xsl:with-param name="id" select="'payment'"/>
			<xsl:with-param name="columns" select="'*class coupon!:2+ days interest_due interest_paid'"/>
			<xsl:with-param name="name" select="'10d-rates'"/>
		</xsl:call-template>
		<xsl:call-template name="servicing-table">
			<xsl:with-param name="id" select="'pool_features'"/>
			<xsl:with-param name="rows" select="$features[r:cell[@col='part']/@key = 'rate-features']"/>
			<xsl:with-param name="columns" select="'*item initial!:2 previous!:2 current!:2'"/>
			<xsl:with-param name="name" select="'10d-pool-rates'"/>
			<xsl:with-param name="total" select="/.."/>
			<xsl:with-param name="money" select="false()"/>
		</xsl:call-template>
	</xsl:template>

	<!-- Item 9: delinquency in steps of 30 days by number and amount, and losses -->
	<xsl:template name="losses">
		<xsl:call-template name="servicing-overdue"><xsl:with-param name="code"/></xsl:call-template>
		<xsl:call-template name="ledgers-series">
			<xsl:with-param name="rows" select="key('by-period', concat('series|', $period))"/>
			<xsl:with-param name="columns" select="'*payment_date defaulted defaulted_total default_rate!:2 recovered recovered_total lost_total recovery_rate!:2 overdue overdue_rate!:2'"/>
			<xsl:with-param name="caption"><xsl:call-template name="term"><xsl:with-param name="id" select="'table.10d-losses'"/></xsl:call-template></xsl:with-param>
		</xsl:call-template>
	</xsl:template>

	<!-- Item 10: weir's servicers advance nothing; what a liquidity facility gave stands for it -->
	<xsl:template name="advances">
		<xsl:call-template name="paragraph"><xsl:with-param name="id" select="'about.advances'"/></xsl:call-template>
		<xsl:call-template name="servicing-table">
			<xsl:with-param name="id" select="'support'"/>
			<xsl:with-param name="rows" select="key('by-period', concat('support|', $period))[r:cell[@col='drawn' or @col='repaid' or @col='outstanding'][. != 0]]"/>
			<xsl:with-param name="columns" select="'*support party drawn repaid outstanding'"/>
			<xsl:with-param name="name" select="'10d-advances'"/>
		</xsl:call-template>
	</xsl:template>

	<!-- The ratio and how it is made, of this payment date and the three before it. -->
	<xsl:template name="debt-service">
		<xsl:variable name="rows" select="key('table', 'coverage_build')/r:row[r:cell[@col='period'] &lt;= $period and r:cell[@col='period'] &gt; $period - 4]"/>
		<xsl:call-template name="servicing-table">
			<xsl:with-param name="id" select="'coverage_build'"/>
			<xsl:with-param name="rows" select="$rows"/>
			<xsl:with-param name="total" select="/.."/>
			<xsl:with-param name="columns" select="'*payment_date opening_cash collected other_in? lost? taxes fees numerator'"/>
			<xsl:with-param name="name" select="'numerator'"/>
		</xsl:call-template>
		<xsl:call-template name="servicing-table">
			<xsl:with-param name="id" select="'coverage_build'"/>
			<xsl:with-param name="rows" select="$rows"/>
			<xsl:with-param name="total" select="/.."/>
			<xsl:with-param name="columns" select="'*payment_date interest_due principal_due denominator numerator coverage_period!:4 coverage!:4'"/>
			<xsl:with-param name="name" select="'denominator'"/>
		</xsl:call-template>
	</xsl:template>
</xsl:stylesheet>
