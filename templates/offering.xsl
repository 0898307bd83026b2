<?xml version="1.0" encoding="UTF-8"?>
<!-- SPDX-License-Identifier: GPL-3.0-or-later -->
<!-- The tables of an offering, each as a named template that prints into a section opened by the caller: what prospectus.xsl
     and templates of one's own arrange. Include it behind common.xsl and sections.xsl. Each takes `code`. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns="urn:weir:document:1"
	xmlns:in="urn:weir:report-input:1" xmlns:r="urn:weir:results:1" xmlns:w="urn:weir:terms:1"
	xmlns:str="http://exslt.org/strings" xmlns:exsl="http://exslt.org/common" exclude-result-prefixes="in r w str exsl">

	<xsl:key name="strat" match="/in:input/r:results/r:table[@id='strat']/r:row" use="r:cell[@col='by']/@key"/>
	<xsl:key name="amortised" match="/in:input/r:results/r:table[@id='amortisation']/r:row"
		use="concat(r:cell[@col='subject']/@key, r:cell[@col='subject'][not(@key)]/@en)"/>
	<xsl:key name="offered" match="/in:input/r:results/r:table[@id='offered_payments']/r:row"
		use="concat(r:cell[@col='class']/@key, '|', r:cell[@col='period'])"/>
	<xsl:key name="asset" match="/in:input/r:results/r:table[@id='asset_forecast']/r:row" use="r:cell[@col='asset']/@key"/>
	<xsl:key name="asset-of-year" match="/in:input/r:results/r:table[@id='asset_forecast']/r:row" use="r:cell[@col='year']"/>
	<xsl:key name="asset-year" match="/in:input/r:results/r:table[@id='asset_forecast']/r:row"
		use="concat(r:cell[@col='asset']/@key, '|', r:cell[@col='year'])"/>

	<!-- One table, with its name as the caption; a sentence where the deal has no such thing. -->
	<xsl:template name="offer-table">
		<xsl:param name="id"/>
		<xsl:param name="columns"/>
		<xsl:param name="code"/>
		<xsl:param name="money" select="true()"/>
		<xsl:param name="rows" select="key('table', $id)/r:row"/>
		<xsl:param name="total" select="key('table', $id)/r:total[not(@by)]"/>
		<xsl:param name="caption"><xsl:apply-templates select="key('table', $id)" mode="names"/></xsl:param>
		<xsl:choose>
			<xsl:when test="$rows">
				<xsl:call-template name="table">
					<xsl:with-param name="table" select="key('table', $id)"/>
					<xsl:with-param name="columns" select="$columns"/>
					<xsl:with-param name="rows" select="$rows"/>
					<xsl:with-param name="total" select="$total"/>
					<xsl:with-param name="money" select="$money"/>
					<xsl:with-param name="code" select="$code"/>
					<xsl:with-param name="caption" select="$caption"/>
				</xsl:call-template>
			</xsl:when>
			<xsl:otherwise>
				<xsl:call-template name="none">
					<xsl:with-param name="code" select="$code"/>
					<xsl:with-param name="in" select="'deal'"/>
					<xsl:with-param name="title">
						<xsl:call-template name="term"><xsl:with-param name="id" select="concat('offer.', $id)"/></xsl:call-template>
					</xsl:with-param>
				</xsl:call-template>
			</xsl:otherwise>
		</xsl:choose>
	</xsl:template>

	<!-- C-1, T1 -->
	<xsl:template name="offer-summary">
		<xsl:param name="code" select="'C-1'"/>
		<xsl:call-template name="offer-table">
			<xsl:with-param name="id" select="'offered_classes'"/>
			<xsl:with-param name="columns" select="'*class code size share rating coupon:2+ style frequency expected_maturity legal_maturity wal:2 holder'"/>
			<xsl:with-param name="code" select="$code"/>
		</xsl:call-template>
	</xsl:template>

	<xsl:template name="offer-capital">
		<xsl:param name="code" select="'T1'"/>
		<xsl:call-template name="offer-table">
			<xsl:with-param name="id" select="'offered_classes'"/>
			<xsl:with-param name="columns" select="'*class size pool_share rating ce:2 support coupon:2+ wal:2 first_principal last_principal unit price:2'"/>
			<xsl:with-param name="code" select="$code"/>
			<xsl:with-param name="caption"><xsl:call-template name="term"><xsl:with-param name="id" select="'offer.capital'"/></xsl:call-template></xsl:with-param>
		</xsl:call-template>
		<xsl:call-template name="paragraph"><xsl:with-param name="id" select="'about.offered-classes'"/></xsl:call-template>
	</xsl:template>

	<!-- C-2 -->
	<xsl:template name="offer-parties">
		<xsl:param name="code" select="'C-2'"/>
		<xsl:call-template name="offer-table">
			<xsl:with-param name="id" select="'parties'"/>
			<xsl:with-param name="columns" select="'*role name rating'"/>
			<xsl:with-param name="money" select="false()"/>
			<xsl:with-param name="code" select="$code"/>
		</xsl:call-template>
	</xsl:template>

	<!-- C-3 -->
	<xsl:template name="offer-dates">
		<xsl:param name="code" select="'C-3'"/>
		<xsl:call-template name="offer-table">
			<xsl:with-param name="id" select="'date_rules'"/>
			<xsl:with-param name="columns" select="'*item date rule'"/>
			<xsl:with-param name="money" select="false()"/>
			<xsl:with-param name="code" select="$code"/>
		</xsl:call-template>
		<xsl:call-template name="offer-table">
			<xsl:with-param name="id" select="'payment_dates'"/>
			<xsl:with-param name="columns" select="'*period calculation_date transfer_date payment_date adjusted_date accrual_start accrual_end days tail provisional'"/>
			<xsl:with-param name="money" select="false()"/>
		</xsl:call-template>
	</xsl:template>

	<!-- C-4 -->
	<xsl:template name="offer-structure">
		<xsl:param name="code" select="'C-4'"/>
		<xsl:call-template name="chart-structure"/>
		<xsl:variable name="rows" select="key('table', 'structure_text')/r:row"/>
		<xsl:if test="$rows">
			<list ordered="yes" code="{$code}">
				<xsl:for-each select="$rows">
					<item>
						<label><t lang="en"><xsl:value-of select="concat(position(), '.')"/></t></label>
						<text><xsl:apply-templates select="r:cell[@col='text']" mode="names"/></text>
					</item>
				</xsl:for-each>
			</list>
		</xsl:if>
	</xsl:template>

	<!-- C-5 -->
	<xsl:template name="offer-eligibility">
		<xsl:param name="code" select="'C-5'"/>
		<xsl:if test="key('table', 'eligibility')/r:row">
			<xsl:call-template name="paragraph"><xsl:with-param name="id" select="'about.eligibility'"/></xsl:call-template>
		</xsl:if>
		<xsl:call-template name="offer-table">
			<xsl:with-param name="id" select="'eligibility'"/>
			<xsl:with-param name="columns" select="'*number criterion tested passed failed failing clause'"/>
			<xsl:with-param name="money" select="false()"/>
			<xsl:with-param name="code" select="$code"/>
		</xsl:call-template>
	</xsl:template>

	<!-- C-6 -->
	<xsl:template name="offer-pool">
		<xsl:param name="code" select="'C-6'"/>
		<xsl:call-template name="offer-table">
			<xsl:with-param name="id" select="'pool_overview'"/>
			<xsl:with-param name="columns" select="'*item value:2'"/>
			<xsl:with-param name="code" select="$code"/>
		</xsl:call-template>
	</xsl:template>

	<!-- C-7a … C-7m, and what else the pool is distributed by -->
	<xsl:template name="offer-distributions">
		<xsl:for-each select="str:tokenize('obligor-balance:C-7a term:C-7b remaining-term:C-7c rate:C-7d industry:C-7e region:C-7f grade:C-7g guarantee:C-7h pay-method:C-7i ip-kind:C-7j ip-life:C-7k ltv:C-7l frequency:C-7m kind: territory: currency:')">
			<xsl:call-template name="distribution">
				<xsl:with-param name="by" select="substring-before(., ':')"/>
				<xsl:with-param name="code" select="substring-after(., ':')"/>
			</xsl:call-template>
		</xsl:for-each>
	</xsl:template>

	<xsl:template name="distribution">
		<xsl:param name="by"/>
		<xsl:param name="code"/>
		<xsl:for-each select="$results">
			<xsl:variable name="table" select="key('table', 'strat')"/>
			<xsl:variable name="rows" select="key('strat', $by)"/>
			<xsl:variable name="name"><xsl:call-template name="term"><xsl:with-param name="id" select="concat('by.', $by)"/></xsl:call-template></xsl:variable>
			<xsl:variable name="amount">
				<xsl:choose>
					<xsl:when test="$table/r:row[r:cell[@col='principal'] != 0]">principal</xsl:when>
					<xsl:otherwise>receivable</xsl:otherwise>
				</xsl:choose>
			</xsl:variable>
			<xsl:choose>
				<xsl:when test="$rows">
					<xsl:call-template name="table">
						<xsl:with-param name="table" select="$table"/>
						<xsl:with-param name="rows" select="$rows"/>
						<xsl:with-param name="total" select="$table/r:total[@by='table'][@key = $rows[1]/r:cell[@col='table']]"/>
						<xsl:with-param name="columns" select="concat('*band contracts contracts_share obligors ', $amount, ' share cumulative_share')"/>
						<xsl:with-param name="code" select="$code"/>
						<xsl:with-param name="caption"><xsl:copy-of select="$name"/></xsl:with-param>
					</xsl:call-template>
				</xsl:when>
				<xsl:when test="$code != ''">
					<xsl:call-template name="none">
						<xsl:with-param name="code" select="$code"/>
						<xsl:with-param name="in" select="'tape'"/>
						<xsl:with-param name="title" select="$name"/>
					</xsl:call-template>
				</xsl:when>
			</xsl:choose>
		</xsl:for-each>
	</xsl:template>

	<!-- C-8 -->
	<xsl:template name="offer-obligors">
		<xsl:param name="code" select="'C-8'"/>
		<xsl:call-template name="offer-table">
			<xsl:with-param name="id" select="'top_obligors'"/>
			<xsl:with-param name="columns" select="'rank *obligor industry region contracts amount share cumulative_share:2 grade'"/>
			<xsl:with-param name="code" select="$code"/>
		</xsl:call-template>
		<xsl:call-template name="offer-table">
			<xsl:with-param name="id" select="'important_debtors'"/>
			<xsl:with-param name="columns" select="'*obligor share:2 contracts principal receivable last_due guarantor ip_items ip_value pd:2+'"/>
			<xsl:with-param name="total" select="/.."/>
		</xsl:call-template>
	</xsl:template>

	<!-- C-9 -->
	<xsl:template name="offer-concentration">
		<xsl:param name="code" select="'C-9'"/>
		<xsl:variable name="rows" select="key('table', 'strat_measures')/r:row[
			(r:cell[@col='by']/@key = 'pool' and contains(' top1 top5 top10 herfindahl effective-number ', concat(' ', r:cell[@col='measure']/@key, ' ')))
			or ((r:cell[@col='by']/@key = 'industry' or r:cell[@col='by']/@key = 'region') and contains(' largest-band herfindahl same-pairs ', concat(' ', r:cell[@col='measure']/@key, ' ')))]"/>
		<xsl:call-template name="offer-table">
			<xsl:with-param name="id" select="'strat_measures'"/>
			<xsl:with-param name="rows" select="$rows[r:cell[@col='value']/@type = 'rate']"/>
			<xsl:with-param name="columns" select="'by *measure value:2'"/>
			<xsl:with-param name="money" select="false()"/>
			<xsl:with-param name="code" select="$code"/>
			<xsl:with-param name="caption"><xsl:call-template name="term"><xsl:with-param name="id" select="'offer.shares'"/></xsl:call-template></xsl:with-param>
		</xsl:call-template>
		<xsl:call-template name="offer-table">
			<xsl:with-param name="id" select="'strat_measures'"/>
			<xsl:with-param name="rows" select="$rows[r:cell[@col='value']/@type != 'rate']"/>
			<xsl:with-param name="columns" select="'by *measure value:4'"/>
			<xsl:with-param name="money" select="false()"/>
			<xsl:with-param name="caption"><xsl:call-template name="term"><xsl:with-param name="id" select="'offer.indices'"/></xsl:call-template></xsl:with-param>
		</xsl:call-template>
	</xsl:template>

	<!-- C-10 -->
	<xsl:template name="offer-ip">
		<xsl:param name="code" select="'C-10'"/>
		<xsl:call-template name="offer-table">
			<xsl:with-param name="id" select="'ip_terms'"/>
			<xsl:with-param name="columns" select="'*id kind number title holder filed granted expires status licence contracts'"/>
			<xsl:with-param name="money" select="false()"/>
			<xsl:with-param name="code" select="$code"/>
			<xsl:with-param name="total" select="/.."/>
		</xsl:call-template>
		<xsl:if test="key('table', 'ip_terms')/r:row">
			<xsl:call-template name="offer-table">
				<xsl:with-param name="id" select="'ip_terms'"/>
				<xsl:with-param name="columns" select="'*id number claims! family! annuity_paid_to! disputed recordal! pledge! identity!'"/>
				<xsl:with-param name="money" select="false()"/>
				<xsl:with-param name="total" select="/.."/>
				<xsl:with-param name="caption"><xsl:call-template name="term"><xsl:with-param name="id" select="'offer.ip-register'"/></xsl:call-template></xsl:with-param>
			</xsl:call-template>
		</xsl:if>
		<xsl:if test="key('table', 'ip_terms')/r:row/r:cell[@col='valuation']">
			<xsl:call-template name="offer-table">
				<xsl:with-param name="id" select="'ip_terms'"/>
				<xsl:with-param name="columns" select="'*id number method valuation valuation_date ltv!'"/>
				<xsl:with-param name="caption"><xsl:call-template name="term"><xsl:with-param name="id" select="'offer.ip-values'"/></xsl:call-template></xsl:with-param>
			</xsl:call-template>
		</xsl:if>
	</xsl:template>

	<!-- C-12 -->
	<xsl:template name="offer-contracts">
		<xsl:param name="code" select="'C-12'"/>
		<xsl:variable name="ends" select="key('table', 'contract_terms')/r:row/r:cell[@col='signed' or @col='termination']"/>
		<xsl:call-template name="offer-table">
			<xsl:with-param name="id" select="'contract_terms'"/>
			<xsl:with-param name="columns">
				<xsl:text>*contract kind layer creditor obligor territory exclusivity guarantee ip_items clause</xsl:text>
				<xsl:if test="not($ends)"> termination!</xsl:if>
			</xsl:with-param>
			<xsl:with-param name="money" select="false()"/>
			<xsl:with-param name="total" select="/.."/>
			<xsl:with-param name="code" select="$code"/>
		</xsl:call-template>
		<xsl:call-template name="offer-table">
			<xsl:with-param name="id" select="'contract_terms'"/>
			<xsl:with-param name="columns" select="'*contract layer principal fee rate:2+ repayment start first_due last_due end'"/>
			<xsl:with-param name="caption"><xsl:call-template name="term"><xsl:with-param name="id" select="'offer.contract-payments'"/></xsl:call-template></xsl:with-param>
		</xsl:call-template>
		<xsl:if test="$ends">
			<xsl:call-template name="offer-table">
				<xsl:with-param name="id" select="'contract_terms'"/>
				<xsl:with-param name="columns" select="'*contract obligor signed! termination!'"/>
				<xsl:with-param name="rows" select="key('table', 'contract_terms')/r:row[not(r:cell[@col='layer'][@key='layer-1'])]"/>
				<xsl:with-param name="money" select="false()"/>
				<xsl:with-param name="total" select="/.."/>
				<xsl:with-param name="caption"><xsl:call-template name="term"><xsl:with-param name="id" select="'offer.contract-ends'"/></xsl:call-template></xsl:with-param>
			</xsl:call-template>
		</xsl:if>
	</xsl:template>

	<!-- C-13 -->
	<xsl:template name="offer-amortisation">
		<xsl:param name="code" select="'C-13'"/>
		<xsl:variable name="table" select="key('table', 'amortisation')"/>
		<xsl:for-each select="$table/r:row[generate-id() = generate-id(key('amortised', concat(r:cell[@col='subject']/@key, r:cell[@col='subject'][not(@key)]/@en))[1])]">
			<xsl:variable name="subject" select="r:cell[@col='subject']"/>
			<xsl:variable name="name" select="concat($subject/@key, $subject[not(@key)]/@en)"/>
			<xsl:call-template name="table">
				<xsl:with-param name="table" select="$table"/>
				<xsl:with-param name="rows" select="key('amortised', $name)"/>
				<xsl:with-param name="total" select="$table/r:total[@by='subject'][@key = $name]"/>
				<xsl:with-param name="columns" select="'*period date opening principal closing share'"/>
				<xsl:with-param name="caption"><xsl:apply-templates select="$subject" mode="names"/></xsl:with-param>
				<xsl:with-param name="code"><xsl:if test="position() = 1"><xsl:value-of select="$code"/></xsl:if></xsl:with-param>
			</xsl:call-template>
		</xsl:for-each>
	</xsl:template>

	<!-- C-14: the pool's side, then what each class is paid -->
	<xsl:template name="offer-forecast">
		<xsl:param name="code" select="'C-14'"/>
		<xsl:call-template name="offer-table">
			<xsl:with-param name="id" select="'base_forecast'"/>
			<xsl:with-param name="columns" select="'*period payment_date pool_principal pool_income pool_recovered? other_in? total_in taxes_paid fees_paid senior_interest_paid senior_principal_paid subordinated_paid'"/>
			<xsl:with-param name="code" select="$code"/>
		</xsl:call-template>
		<xsl:call-template name="offer-table">
			<xsl:with-param name="id" select="'base_forecast'"/>
			<xsl:with-param name="columns" select="'*period payment_date total_in coverage:4 cumulative_coverage:4 senior_balance'"/>
			<xsl:with-param name="total" select="/.."/>
			<xsl:with-param name="caption"><xsl:call-template name="term"><xsl:with-param name="id" select="'coverage'"/></xsl:call-template></xsl:with-param>
		</xsl:call-template>
		<xsl:call-template name="offer-payments"/>
	</xsl:template>

	<!-- Interest and principal of every class side by side -->
	<xsl:template name="offer-payments">
		<xsl:variable name="payments" select="key('table', 'offered_payments')"/>
		<xsl:variable name="classes" select="key('table', 'offered_classes')/r:row/r:cell[@col='class']"/>
		<xsl:if test="$payments/r:row">
			<table from="offered_payments">
				<caption><xsl:apply-templates select="$payments" mode="names"/></caption>
				<unit>
					<xsl:call-template name="term">
						<xsl:with-param name="id" select="'unit'"/>
						<xsl:with-param name="en" select="$currency"/>
						<xsl:with-param name="zh" select="$currency-zh"/>
					</xsl:call-template>
				</unit>
				<columns>
					<column type="date" head="yes"><xsl:apply-templates select="$payments/r:columns/r:column[@id='payment_date']" mode="names"/></column>
					<xsl:for-each select="$classes">
						<xsl:variable name="class" select="."/>
						<xsl:for-each select="str:tokenize('interest_paid principal_paid other_paid')">
							<xsl:variable name="col" select="string(.)"/>
							<xsl:if test="$payments/r:total[@by='class'][@key = $class/@key]/r:cell[@col = $col] != 0">
								<column type="money">
									<xsl:call-template name="class-heading">
										<xsl:with-param name="class" select="$class"/>
										<xsl:with-param name="column" select="$payments/r:columns/r:column[@id = $col]"/>
									</xsl:call-template>
								</column>
							</xsl:if>
						</xsl:for-each>
					</xsl:for-each>
				</columns>
				<xsl:for-each select="key('table', 'base_forecast')/r:row">
					<xsl:variable name="at" select="r:cell[@col='period']"/>
					<row>
						<cell type="date"><xsl:value-of select="r:cell[@col='payment_date']"/></cell>
						<xsl:for-each select="$classes">
							<xsl:variable name="row" select="key('offered', concat(@key, '|', $at))"/>
							<xsl:variable name="sums" select="$payments/r:total[@by='class'][@key = current()/@key]"/>
							<xsl:for-each select="str:tokenize('interest_paid principal_paid other_paid')">
								<xsl:if test="$sums/r:cell[@col = current()] != 0">
									<cell type="money"><xsl:value-of select="$row/r:cell[@col = current()]"/></cell>
								</xsl:if>
							</xsl:for-each>
						</xsl:for-each>
					</row>
				</xsl:for-each>
				<row kind="total">
					<cell><xsl:call-template name="term"><xsl:with-param name="id" select="'total'"/></xsl:call-template></cell>
					<xsl:for-each select="$classes">
						<xsl:variable name="sums" select="$payments/r:total[@by='class'][@key = current()/@key]"/>
						<xsl:for-each select="str:tokenize('interest_paid principal_paid other_paid')">
							<xsl:if test="$sums/r:cell[@col = current()] != 0">
								<cell type="money"><xsl:value-of select="$sums/r:cell[@col = current()]"/></cell>
							</xsl:if>
						</xsl:for-each>
					</xsl:for-each>
				</row>
			</table>
		</xsl:if>
	</xsl:template>

	<!-- "Senior A: Interest" -->
	<xsl:template name="class-heading">
		<xsl:param name="class"/>
		<xsl:param name="column"/>
		<xsl:call-template name="text">
			<xsl:with-param name="en" select="concat($class/@en, ': ', $column/@en)"/>
			<xsl:with-param name="zh" select="concat(($class/@zh | $class/@en[not($class/@zh)]), '：', $column/@zh)"/>
		</xsl:call-template>
	</xsl:template>

	<!-- T13 -->
	<xsl:template name="offer-assets">
		<xsl:param name="code" select="'T13'"/>
		<xsl:variable name="table" select="key('table', 'asset_forecast')"/>
		<xsl:variable name="years" select="$table/r:row[generate-id() = generate-id(key('asset-of-year', r:cell[@col='year'])[1])]/r:cell[@col='year']"/>
		<xsl:if test="$table/r:row">
			<table from="asset_forecast" code="{$code}">
				<caption><xsl:apply-templates select="$table" mode="names"/></caption>
				<unit>
					<xsl:call-template name="term">
						<xsl:with-param name="id" select="'unit'"/>
						<xsl:with-param name="en" select="$currency"/>
						<xsl:with-param name="zh" select="$currency-zh"/>
					</xsl:call-template>
				</unit>
				<columns>
					<column type="text" head="yes"><xsl:apply-templates select="$table/r:columns/r:column[@id='asset']" mode="names"/></column>
					<column type="text"><xsl:apply-templates select="$table/r:columns/r:column[@id='obligor']" mode="names"/></column>
					<xsl:for-each select="$years">
						<xsl:sort select="." data-type="number"/>
						<column type="money"><t lang="en"><xsl:value-of select="."/></t></column>
					</xsl:for-each>
					<column type="money"><xsl:apply-templates select="$table/r:columns/r:column[@id='total']" mode="names"/></column>
				</columns>
				<xsl:for-each select="$table/r:row[generate-id() = generate-id(key('asset', r:cell[@col='asset']/@key)[1])]">
					<xsl:variable name="asset" select="r:cell[@col='asset']/@key"/>
					<row>
						<cell><xsl:apply-templates select="r:cell[@col='asset']" mode="names"/></cell>
						<cell><xsl:apply-templates select="r:cell[@col='obligor']" mode="names"/></cell>
						<xsl:for-each select="$years">
							<xsl:sort select="." data-type="number"/>
							<cell type="money"><xsl:value-of select="key('asset-year', concat($asset, '|', .))/r:cell[@col='total']"/></cell>
						</xsl:for-each>
						<cell type="money"><xsl:value-of select="$table/r:total[@by='asset'][@key = $asset]/r:cell[@col='total']"/></cell>
					</row>
				</xsl:for-each>
				<row kind="total">
					<cell><xsl:call-template name="term"><xsl:with-param name="id" select="'total'"/></xsl:call-template></cell>
					<cell tone="muted"><t lang="en">&#160;</t></cell>
					<xsl:for-each select="$years">
						<xsl:sort select="." data-type="number"/>
						<cell type="money"><xsl:value-of select="$table/r:total[@by='year'][@key = current()]/r:cell[@col='total']"/></cell>
					</xsl:for-each>
					<cell type="money"><xsl:value-of select="$table/r:total[not(@by)]/r:cell[@col='total']"/></cell>
				</row>
			</table>
		</xsl:if>
	</xsl:template>

	<!-- T5 -->
	<xsl:template name="offer-vintages">
		<xsl:param name="code" select="'T5'"/>
		<xsl:call-template name="paragraph"><xsl:with-param name="id" select="'about.vintages'"/></xsl:call-template>
		<xsl:call-template name="offer-table">
			<xsl:with-param name="id" select="'vintages'"/>
			<xsl:with-param name="columns" select="'*vintage contracts amount? principal share'"/>
			<xsl:with-param name="code" select="$code"/>
		</xsl:call-template>
	</xsl:template>

	<!-- C-16 -->
	<xsl:template name="offer-enhancement">
		<xsl:param name="code" select="'C-16'"/>
		<xsl:call-template name="offer-table">
			<xsl:with-param name="id" select="'enhancement_quantities'"/>
			<xsl:with-param name="columns" select="'*measure subject amount ratio:2 base'"/>
			<xsl:with-param name="total" select="/.."/>
			<xsl:with-param name="code" select="$code"/>
		</xsl:call-template>
	</xsl:template>

	<!-- C-17, T3: numbered items, an order of payments after the other -->
	<xsl:template name="offer-waterfall">
		<xsl:param name="code" select="'C-17 T3'"/>
		<xsl:variable name="table" select="key('table', 'waterfall_text')"/>
		<xsl:for-each select="$table/r:row[not(preceding-sibling::r:row[1]/r:cell[@col='waterfall']/@key = r:cell[@col='waterfall']/@key)]">
			<xsl:variable name="waterfall" select="r:cell[@col='waterfall']/@key"/>
			<xsl:variable name="rows" select="../r:row[r:cell[@col='waterfall']/@key = $waterfall]"/>
			<xsl:for-each select="$rows[not(r:cell[@col='rank'])]">
				<p><xsl:apply-templates select="r:cell[@col='text']" mode="names"/></p>
			</xsl:for-each>
			<xsl:call-template name="table">
				<xsl:with-param name="table" select="$table"/>
				<xsl:with-param name="rows" select="$rows[r:cell[@col='rank']]"/>
				<xsl:with-param name="columns" select="'*rank text clause'"/>
				<xsl:with-param name="money" select="false()"/>
				<xsl:with-param name="caption"><xsl:apply-templates select="r:cell[@col='waterfall']" mode="names"/></xsl:with-param>
				<xsl:with-param name="code"><xsl:if test="position() = 1"><xsl:value-of select="$code"/></xsl:if></xsl:with-param>
			</xsl:call-template>
		</xsl:for-each>
	</xsl:template>

	<!-- C-18 -->
	<xsl:template name="offer-triggers">
		<xsl:param name="code" select="'C-18'"/>
		<!-- of the table that goes with it: one sentence says that there is none of both -->
		<xsl:param name="also" select="'T16'"/>
		<xsl:variable name="rows" select="key('table', 'trigger_terms')/r:row"/>
		<xsl:choose>
			<xsl:when test="$rows">
				<list ordered="yes" code="{$code}">
					<xsl:for-each select="$rows">
						<item>
							<label><t lang="en"><xsl:value-of select="concat(position(), '.')"/></t></label>
							<text><xsl:apply-templates select="r:cell[@col='text']" mode="names"/></text>
						</item>
					</xsl:for-each>
				</list>
			</xsl:when>
			<xsl:otherwise>
				<xsl:call-template name="none">
					<xsl:with-param name="code" select="normalize-space(concat($code, ' ', $also))"/>
					<xsl:with-param name="in" select="'deal'"/>
					<xsl:with-param name="title"><xsl:call-template name="term"><xsl:with-param name="id" select="'offer.trigger_terms'"/></xsl:call-template></xsl:with-param>
				</xsl:call-template>
			</xsl:otherwise>
		</xsl:choose>
	</xsl:template>

	<!-- T16 -->
	<xsl:template name="offer-trigger-table">
		<xsl:param name="code" select="'T16'"/>
		<xsl:if test="key('table', 'trigger_terms')/r:row">
			<xsl:call-template name="offer-table">
				<xsl:with-param name="id" select="'trigger_terms'"/>
				<xsl:with-param name="columns" select="'*trigger formula threshold:2+ tested effect cure clause'"/>
				<xsl:with-param name="money" select="false()"/>
				<xsl:with-param name="code" select="$code"/>
			</xsl:call-template>
		</xsl:if>
	</xsl:template>

	<!-- C-19 -->
	<xsl:template name="offer-taxes">
		<xsl:param name="code" select="'C-19'"/>
		<xsl:if test="key('table', 'tax_sample')/r:row">
			<xsl:call-template name="paragraph"><xsl:with-param name="id" select="'about.tax-sample'"/></xsl:call-template>
		</xsl:if>
		<xsl:call-template name="offer-table">
			<xsl:with-param name="id" select="'tax_sample'"/>
			<xsl:with-param name="columns" select="'*tax payment_date base_is base gross rate:2+ charge surcharge_rate:2+ surcharge total paid'"/>
			<xsl:with-param name="code" select="$code"/>
			<xsl:with-param name="total" select="/.."/>
		</xsl:call-template>
	</xsl:template>

	<!-- C-20, T2 -->
	<xsl:template name="offer-fees">
		<xsl:param name="code" select="'C-20 T2'"/>
		<xsl:call-template name="offer-table">
			<xsl:with-param name="id" select="'fee_schedule'"/>
			<xsl:with-param name="columns" select="'*fee payee formula cap frequency source rank clause projected'"/>
			<xsl:with-param name="code" select="$code"/>
		</xsl:call-template>
	</xsl:template>

	<!-- T15 -->
	<xsl:template name="offer-closing">
		<xsl:param name="code" select="'T15'"/>
		<xsl:variable name="table" select="key('table', 'closing_flows')"/>
		<xsl:if test="not($table/r:row)">
			<xsl:call-template name="offer-table">
				<xsl:with-param name="id" select="'closing_flows'"/>
				<xsl:with-param name="code" select="$code"/>
			</xsl:call-template>
		</xsl:if>
		<xsl:for-each select="str:tokenize('source use')">
			<xsl:variable name="side" select="string(.)"/>
			<xsl:variable name="first" select="position() = 1"/>
			<xsl:for-each select="$table">
				<xsl:call-template name="table">
					<xsl:with-param name="table" select="$table"/>
					<xsl:with-param name="rows" select="$table/r:row[r:cell[@col='side']/@key = $side]"/>
					<xsl:with-param name="total" select="$table/r:total[@by='side'][@key = $side]"/>
					<xsl:with-param name="columns" select="'*item amount share'"/>
					<xsl:with-param name="code"><xsl:if test="$first"><xsl:value-of select="$code"/></xsl:if></xsl:with-param>
					<xsl:with-param name="caption"><xsl:call-template name="term"><xsl:with-param name="id" select="concat('offer.closing-', $side)"/></xsl:call-template></xsl:with-param>
				</xsl:call-template>
			</xsl:for-each>
		</xsl:for-each>
	</xsl:template>

	<!-- C-21: subsidies and what obligors pay in all; the use of the proceeds is T15 -->
	<xsl:template name="offer-subsidies">
		<xsl:param name="code" select="'C-21'"/>
		<p code="{$code}"><xsl:call-template name="term"><xsl:with-param name="id" select="'about.fund-use'"/></xsl:call-template></p>
		<xsl:call-template name="offer-table">
			<xsl:with-param name="id" select="'subsidy_terms'"/>
			<xsl:with-param name="columns" select="'*item kind party rate:2+ per amount cap_obligor cap contracts clause'"/>
		</xsl:call-template>
		<xsl:if test="key('table', 'financing_cost')/r:row">
			<xsl:call-template name="offer-table">
				<xsl:with-param name="id" select="'financing_cost'"/>
				<xsl:with-param name="columns" select="'*obligor financed years:2 interest rate_before:2 rate_after:2 irr_before:2 irr_after:2'"/>
			</xsl:call-template>
		</xsl:if>
	</xsl:template>

	<!-- C-22 -->
	<xsl:template name="offer-risks">
		<xsl:param name="code" select="'C-22'"/>
		<xsl:call-template name="paragraph"><xsl:with-param name="id" select="'about.risk-inputs'"/></xsl:call-template>
		<xsl:call-template name="offer-table">
			<xsl:with-param name="id" select="'risk_inputs'"/>
			<xsl:with-param name="columns" select="'*risk figure value:2 note'"/>
			<xsl:with-param name="code" select="$code"/>
		</xsl:call-template>
	</xsl:template>

	<!-- C-24 -->
	<xsl:template name="offer-pricing">
		<xsl:param name="code" select="'C-24'"/>
		<xsl:call-template name="offer-table">
			<xsl:with-param name="id" select="'pricing_helper'"/>
			<xsl:with-param name="columns" select="'*scenario class price:2 wal:2 yield:4 modified:2 macaulay:2 flag'"/>
			<xsl:with-param name="money" select="false()"/>
			<xsl:with-param name="code" select="$code"/>
		</xsl:call-template>
	</xsl:template>
</xsl:stylesheet>
