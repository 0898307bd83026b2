<?xml version="1.0" encoding="UTF-8"?>
<!-- SPDX-License-Identifier: GPL-3.0-or-later -->
<!-- The tables of the reports that holders get after each payment: tables A of an income distribution and asset management
     report; an asset operation report takes those that it shares under its own codes. Each named template prints inside a
     section that its caller opens, shows the period $period, and takes the parameter `code`; where there is nothing to tell it
     says so in one sentence. It wants common.xsl and sections.xsl beside it. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns="urn:weir:document:1"
	xmlns:in="urn:weir:report-input:1" xmlns:r="urn:weir:results:1" xmlns:w="urn:weir:terms:1"
	xmlns:str="http://exslt.org/strings" xmlns:exsl="http://exslt.org/common" exclude-result-prefixes="in r w str exsl">

	<xsl:variable name="dates" select="key('by-period', concat('report_dates|', $period))"/>

	<!-- What a table is called: by its term, else by the results. -->
	<xsl:template name="table-name">
		<xsl:param name="id"/>
		<xsl:choose>
			<xsl:when test="key('term', concat('table.', $id))">
				<xsl:call-template name="term"><xsl:with-param name="id" select="concat('table.', $id)"/></xsl:call-template>
			</xsl:when>
			<xsl:otherwise><xsl:apply-templates select="key('table', $id)" mode="names"/></xsl:otherwise>
		</xsl:choose>
	</xsl:template>

	<!-- A table of the period under its name, or the sentence that there is none. `in`: see template "none". -->
	<xsl:template name="servicing-table">
		<xsl:param name="id"/>
		<xsl:param name="code"/>
		<xsl:param name="columns"/>
		<xsl:param name="rows" select="key('by-period', concat($id, '|', $period))"/>
		<xsl:param name="total" select="key('table', $id)/r:total[@by='period'][@key = $period]"/>
		<xsl:param name="money" select="true()"/>
		<xsl:param name="in" select="'period'"/>
		<xsl:param name="name" select="$id"/>
		<xsl:variable name="title"><xsl:call-template name="table-name"><xsl:with-param name="id" select="$name"/></xsl:call-template></xsl:variable>
		<xsl:choose>
			<xsl:when test="$rows">
				<xsl:call-template name="table">
					<xsl:with-param name="table" select="key('table', $id)"/>
					<xsl:with-param name="rows" select="$rows"/>
					<xsl:with-param name="total" select="$total"/>
					<xsl:with-param name="columns" select="$columns"/>
					<xsl:with-param name="code" select="$code"/>
					<xsl:with-param name="money" select="$money"/>
					<xsl:with-param name="caption" select="exsl:node-set($title)/*"/>
				</xsl:call-template>
			</xsl:when>
			<xsl:otherwise>
				<xsl:call-template name="none">
					<xsl:with-param name="code" select="$code"/>
					<xsl:with-param name="title" select="$title"/>
					<xsl:with-param name="in" select="$in"/>
				</xsl:call-template>
			</xsl:otherwise>
		</xsl:choose>
	</xsl:template>

	<!-- A field of the report's head, a dash where nobody has said. -->
	<xsl:template name="servicing-field">
		<xsl:param name="label"/>
		<xsl:param name="value"/>
		<xsl:param name="type" select="'text'"/>
		<field>
			<label><xsl:call-template name="term"><xsl:with-param name="id" select="$label"/></xsl:call-template></label>
			<xsl:choose>
				<xsl:when test="not(string($value))"><cell/></xsl:when>
				<xsl:when test="$type = 'text'"><cell><t lang="en"><xsl:value-of select="$value"/></t></cell></xsl:when>
				<xsl:otherwise><cell type="{$type}"><xsl:value-of select="$value"/></cell></xsl:otherwise>
			</xsl:choose>
		</field>
	</xsl:template>

	<!-- The head of a period's report: names, codes, rule, number, periods, dates, who, what with. -->
	<xsl:template name="servicing-head">
		<fields>
			<field>
				<label><xsl:call-template name="term"><xsl:with-param name="id" select="'head.full-name'"/></xsl:call-template></label>
				<cell><xsl:apply-templates select="$results/r:deal" mode="names"/></cell>
			</field>
			<field>
				<label><xsl:call-template name="term"><xsl:with-param name="id" select="'head.short-name'"/></xsl:call-template></label>
				<xsl:call-template name="cell"><xsl:with-param name="cell" select="key('item', 'short_name')/r:cell[@col='value']"/></xsl:call-template>
			</field>
			<xsl:call-template name="servicing-field">
				<xsl:with-param name="label" select="'head.codes'"/>
				<xsl:with-param name="value">
					<xsl:for-each select="key('table', 'capital')/r:row/r:cell[@col='code']">
						<xsl:if test="position() &gt; 1"><xsl:text>, </xsl:text></xsl:if>
						<xsl:value-of select="(@en | @key)[1]"/>
					</xsl:for-each>
				</xsl:with-param>
			</xsl:call-template>
			<xsl:call-template name="rule-field"/>
			<field>
				<label><xsl:call-template name="term"><xsl:with-param name="id" select="'period'"/></xsl:call-template></label>
				<cell type="integer"><xsl:value-of select="$period"/></cell>
				<text><t lang="en"><xsl:value-of select="concat('/ ', $payment-count)"/></t></text>
			</field>
			<xsl:call-template name="servicing-field">
				<xsl:with-param name="label" select="'fact.report_number'"/>
				<xsl:with-param name="value" select="$results/r:fact[@id='report_number']"/>
			</xsl:call-template>
			<xsl:call-template name="servicing-field">
				<xsl:with-param name="label" select="'head.collection'"/>
				<xsl:with-param name="value" select="concat($dates/r:cell[@col='collection_from'], ' – ', $dates/r:cell[@col='collection_to'])"/>
			</xsl:call-template>
			<xsl:call-template name="servicing-field">
				<xsl:with-param name="label" select="'head.accrual'"/>
				<xsl:with-param name="value" select="concat('[', $dates/r:cell[@col='accrual_from'], ', ', $dates/r:cell[@col='accrual_to'], ')')"/>
			</xsl:call-template>
			<xsl:for-each select="str:tokenize('calculation transfer record payment paid_on')">
				<xsl:variable name="id" select="string(.)"/>
				<xsl:for-each select="$results">
					<field>
						<label>
							<xsl:choose>
								<xsl:when test="$id = 'record' and key('item', 'kind')/r:cell[@col='value']/@key = 'abn'">
									<xsl:call-template name="term"><xsl:with-param name="id" select="'head.record-abn'"/></xsl:call-template>
								</xsl:when>
								<xsl:otherwise>
									<xsl:apply-templates select="key('table', 'report_dates')/r:columns/r:column[@id = $id]" mode="names"/>
								</xsl:otherwise>
							</xsl:choose>
						</label>
						<xsl:call-template name="cell">
							<xsl:with-param name="cell" select="$dates/r:cell[@col = $id]"/>
							<xsl:with-param name="type" select="'date'"/>
						</xsl:call-template>
					</field>
				</xsl:for-each>
			</xsl:for-each>
			<field>
				<label><xsl:call-template name="term"><xsl:with-param name="id" select="'head.basis'"/></xsl:call-template></label>
				<cell>
					<xsl:call-template name="term">
						<xsl:with-param name="id">
							<xsl:choose>
								<xsl:when test="$dates/r:cell[@col='actual'] = 1">basis.actual</xsl:when>
								<xsl:otherwise>basis.projected</xsl:otherwise>
							</xsl:choose>
						</xsl:with-param>
					</xsl:call-template>
				</cell>
			</field>
			<xsl:for-each select="str:tokenize('prepared_by prepared_on engine_version')">
				<xsl:variable name="id" select="string(.)"/>
				<xsl:for-each select="$results">
					<xsl:call-template name="servicing-field">
						<xsl:with-param name="label" select="concat('fact.', $id)"/>
						<xsl:with-param name="value" select="r:fact[@id = $id]"/>
					</xsl:call-template>
				</xsl:for-each>
			</xsl:for-each>
			<xsl:call-template name="servicing-field">
				<xsl:with-param name="label" select="'definition-hash'"/>
				<xsl:with-param name="value" select="substring($results/r:fact[starts-with(@id, 'sha256:')][1], 1, 16)"/>
			</xsl:call-template>
		</fields>
	</xsl:template>

	<!-- A-0 -->
	<xsl:template name="servicing-key-figures">
		<xsl:param name="code" select="'A-0'"/>
		<xsl:variable name="table" select="key('table', 'key_figures')"/>
		<xsl:variable name="row" select="key('by-period', concat('key_figures|', $period))"/>
		<xsl:choose>
			<xsl:when test="$row/r:cell[@col='paid_in_full'] = 1">
				<note tone="good"><xsl:call-template name="term"><xsl:with-param name="id" select="'note.paid'"/></xsl:call-template></note>
			</xsl:when>
			<xsl:otherwise>
				<note tone="bad"><xsl:call-template name="term"><xsl:with-param name="id" select="'note.not-paid'"/></xsl:call-template></note>
			</xsl:otherwise>
		</xsl:choose>
		<tiles>
			<xsl:for-each select="str:tokenize('opening_pool collected closing_pool default_rate:2 coverage:4 senior_closing called events')">
				<xsl:variable name="id" select="substring-before(concat(., ':'), ':')"/>
				<xsl:variable name="decimals" select="substring-after(., ':')"/>
				<xsl:for-each select="$results">
					<tile>
						<xsl:if test="($id = 'coverage' and $row/r:cell[@col='coverage'] &lt; 1) or ($id = 'called' and $row/r:cell[@col='called'] = 1)">
							<xsl:attribute name="tone">bad</xsl:attribute>
						</xsl:if>
						<label><xsl:apply-templates select="$table/r:columns/r:column[@id = $id]" mode="names"/></label>
						<xsl:call-template name="cell">
							<xsl:with-param name="cell" select="$row/r:cell[@col = $id]"/>
							<xsl:with-param name="type" select="$table/r:columns/r:column[@id = $id]/@type"/>
							<xsl:with-param name="decimals" select="$decimals"/>
						</xsl:call-template>
					</tile>
				</xsl:for-each>
			</xsl:for-each>
		</tiles>
		<xsl:call-template name="servicing-table">
			<xsl:with-param name="id" select="'key_figures'"/>
			<xsl:with-param name="code" select="$code"/>
			<xsl:with-param name="rows" select="$table/r:row[r:cell[@col='period'] &lt;= $period]"/>
			<xsl:with-param name="total" select="/.."/>
			<xsl:with-param name="columns" select="'*period payment_date opening_pool collected closing_pool default_rate!:2 coverage!:4 senior_closing called events'"/>
		</xsl:call-template>
		<xsl:call-template name="paragraph"><xsl:with-param name="id" select="'about.key-figures'"/></xsl:call-template>
	</xsl:template>

	<!-- A-1 -->
	<xsl:template name="servicing-duties">
		<xsl:param name="code" select="'A-1'"/>
		<xsl:call-template name="servicing-table">
			<xsl:with-param name="id" select="'duties'"/>
			<xsl:with-param name="code" select="$code"/>
			<xsl:with-param name="columns" select="'role *name duty change! rating! breach!'"/>
			<xsl:with-param name="money" select="false()"/>
		</xsl:call-template>
		<xsl:call-template name="paragraph"><xsl:with-param name="id" select="'about.duties'"/></xsl:call-template>
	</xsl:template>

	<!-- A-2 -->
	<xsl:template name="servicing-payment">
		<xsl:param name="code" select="'A-2'"/>
		<xsl:call-template name="servicing-table">
			<xsl:with-param name="id" select="'payment'"/>
			<xsl:with-param name="code" select="$code"/>
			<xsl:with-param name="columns" select="'*class code! units coupon!:2+ days opening interest_due interest_paid principal_due principal_paid residual_paid? total closing unpaid'"/>
		</xsl:call-template>
		<xsl:call-template name="table">
			<xsl:with-param name="table" select="key('table', 'payment')"/>
			<xsl:with-param name="rows" select="key('by-period', concat('payment|', $period))"/>
			<xsl:with-param name="total" select="/.."/>
			<xsl:with-param name="columns" select="'*class per100_interest:4 per100_principal:4 factor_per100:4 repaid_share'"/>
			<xsl:with-param name="caption"><xsl:call-template name="term"><xsl:with-param name="id" select="'per-unit'"/></xsl:call-template></xsl:with-param>
			<xsl:with-param name="money" select="false()"/>
		</xsl:call-template>
	</xsl:template>

	<!-- A-3 -->
	<xsl:template name="servicing-confirmation">
		<xsl:param name="code" select="'A-3'"/>
		<xsl:call-template name="servicing-table">
			<xsl:with-param name="id" select="'confirmation'"/>
			<xsl:with-param name="code" select="$code"/>
			<xsl:with-param name="columns" select="'*class code! short_name floating instalment per100_interest:4 per100_principal:4 per1000_interest:3 per1000_principal:3 face record_day payment_day'"/>
			<xsl:with-param name="total" select="/.."/>
		</xsl:call-template>
		<xsl:call-template name="table">
			<xsl:with-param name="table" select="key('table', 'confirmation')"/>
			<xsl:with-param name="rows" select="key('by-period', concat('confirmation|', $period))"/>
			<xsl:with-param name="total" select="key('table', 'confirmation')/r:total[@by='period'][@key = $period]"/>
			<xsl:with-param name="columns">
				<xsl:text>*class amount registrar_fee! total over_transfer transfer</xsl:text>
				<xsl:if test="$lang != 'en'"><xsl:text> words</xsl:text></xsl:if>
			</xsl:with-param>
			<xsl:with-param name="caption"><xsl:call-template name="term"><xsl:with-param name="id" select="'to-registrar'"/></xsl:call-template></xsl:with-param>
		</xsl:call-template>
		<xsl:for-each select="key('by-period', concat('confirmation|', $period))[1]/r:cell[@col='fee_basis']">
			<p>
				<xsl:call-template name="term">
					<xsl:with-param name="id" select="'about.registrar-fee'"/>
					<xsl:with-param name="en" select="concat(@en, '.')"/>
					<xsl:with-param name="zh" select="concat(@zh, '。')"/>
				</xsl:call-template>
			</p>
		</xsl:for-each>
		<xsl:call-template name="paragraph"><xsl:with-param name="id" select="'about.confirmation'"/></xsl:call-template>
		<xsl:if test="$currency = 'CNY'">
			<xsl:call-template name="paragraph"><xsl:with-param name="id" select="'about.over-transfer'"/></xsl:call-template>
		</xsl:if>
	</xsl:template>

	<!-- A-4 -->
	<xsl:template name="servicing-funds">
		<xsl:param name="code" select="'A-4'"/>
		<xsl:call-template name="servicing-table">
			<xsl:with-param name="id" select="'funds_in'"/>
			<xsl:with-param name="code" select="$code"/>
			<xsl:with-param name="columns" select="'line *item amount share note!'"/>
		</xsl:call-template>
		<xsl:call-template name="servicing-table">
			<xsl:with-param name="id" select="'funds_out'"/>
			<xsl:with-param name="columns" select="'line *item amount share note!'"/>
		</xsl:call-template>
	</xsl:template>

	<!-- A-5 -->
	<xsl:template name="servicing-trace">
		<xsl:param name="code" select="'A-5'"/>
		<xsl:call-template name="servicing-table">
			<xsl:with-param name="id" select="'trace_report'"/>
			<xsl:with-param name="code" select="$code"/>
			<xsl:with-param name="total" select="/.."/>
			<xsl:with-param name="columns" select="'*step! item clause! payee! available received! due! paid! unpaid! carried? left account reason'"/>
		</xsl:call-template>
	</xsl:template>

	<!-- A-6 -->
	<xsl:template name="servicing-accounts">
		<xsl:param name="code" select="'A-6'"/>
		<xsl:call-template name="servicing-table">
			<xsl:with-param name="id" select="'account_report'"/>
			<xsl:with-param name="code" select="$code"/>
			<xsl:with-param name="columns" select="'*account opening in out closing required! gap!'"/>
		</xsl:call-template>
	</xsl:template>

	<!-- Tables by contract are left out of pools that are too large. -->
	<xsl:template name="servicing-by-contract">
		<xsl:param name="id"/>
		<xsl:param name="code"/>
		<xsl:param name="columns"/>
		<xsl:param name="total" select="/.."/>
		<xsl:param name="in" select="'period'"/>
		<xsl:choose>
			<xsl:when test="key('table', 'pool_report')">
				<xsl:call-template name="servicing-table">
					<xsl:with-param name="id" select="$id"/>
					<xsl:with-param name="code" select="$code"/>
					<xsl:with-param name="columns" select="$columns"/>
					<xsl:with-param name="total" select="$total"/>
					<xsl:with-param name="in" select="$in"/>
				</xsl:call-template>
			</xsl:when>
			<xsl:otherwise>
				<p>
					<xsl:call-template name="code"><xsl:with-param name="code" select="$code"/></xsl:call-template>
					<xsl:call-template name="term"><xsl:with-param name="id" select="'about.large-pool'"/></xsl:call-template>
				</p>
			</xsl:otherwise>
		</xsl:choose>
	</xsl:template>

	<!-- A-7 -->
	<xsl:template name="servicing-pool-status">
		<xsl:param name="code" select="'A-7'"/>
		<xsl:call-template name="servicing-by-contract">
			<xsl:with-param name="id" select="'pool_report'"/>
			<xsl:with-param name="code" select="$code"/>
			<xsl:with-param name="columns" select="'*item previous:2 current:2 initial:2'"/>
		</xsl:call-template>
	</xsl:template>

	<!-- A-8 -->
	<xsl:template name="servicing-overdue">
		<xsl:param name="code" select="'A-8'"/>
		<xsl:call-template name="servicing-by-contract">
			<xsl:with-param name="id" select="'overdue'"/>
			<xsl:with-param name="code" select="$code"/>
			<xsl:with-param name="columns" select="'*bucket contracts principal overdue share_closing! share_initial!'"/>
		</xsl:call-template>
		<xsl:call-template name="paragraph"><xsl:with-param name="id" select="'about.overdue'"/></xsl:call-template>
	</xsl:template>

	<!-- A-9 -->
	<xsl:template name="servicing-life">
		<xsl:param name="code" select="'A-9'"/>
		<xsl:call-template name="servicing-table">
			<xsl:with-param name="id" select="'life'"/>
			<xsl:with-param name="code" select="$code"/>
			<xsl:with-param name="rows" select="key('table', 'life')/r:row[r:cell[@col='period'] &lt;= $period]"/>
			<xsl:with-param name="total" select="/.."/>
			<xsl:with-param name="columns" select="'*period payment_date basis forecast actual difference ratio!:2 cumulative_forecast cumulative_actual cumulative_ratio!:2 flag reason!'"/>
		</xsl:call-template>
	</xsl:template>

	<!-- A-10 -->
	<xsl:template name="servicing-obligors">
		<xsl:param name="code" select="'A-10'"/>
		<xsl:call-template name="servicing-by-contract">
			<xsl:with-param name="id" select="'obligor_status'"/>
			<xsl:with-param name="code" select="$code"/>
			<xsl:with-param name="total" select="key('table', 'obligor_status')/r:total[@by='period'][@key = $period]"/>
			<xsl:with-param name="columns" select="'number *obligor industry! region! due paid balance share! overdue_days grade! change grade_change!'"/>
		</xsl:call-template>
	</xsl:template>

	<!-- A-11 -->
	<xsl:template name="servicing-defaults">
		<xsl:param name="code" select="'A-11'"/>
		<xsl:call-template name="servicing-by-contract">
			<xsl:with-param name="id" select="'default_register'"/>
			<xsl:with-param name="code" select="$code"/>
			<xsl:with-param name="in" select="'life'"/>
			<xsl:with-param name="total" select="key('table', 'default_register')/r:total[@by='period'][@key = $period]"/>
			<xsl:with-param name="columns" select="'*asset obligor default_date defaulted recovered recovered_total from_obligor from_ip from_guarantor! from_deposit! from_fund! from_other? status expected!'"/>
		</xsl:call-template>
	</xsl:template>

	<!-- A-12 -->
	<xsl:template name="servicing-asset-changes">
		<xsl:param name="code" select="'A-12'"/>
		<xsl:call-template name="servicing-table">
			<xsl:with-param name="id" select="'asset_changes'"/>
			<xsl:with-param name="code" select="$code"/>
			<xsl:with-param name="columns" select="'*date kind out! in! price! reason! check!'"/>
		</xsl:call-template>
	</xsl:template>

	<!-- A-13 -->
	<xsl:template name="servicing-ip">
		<xsl:param name="code" select="'A-13'"/>
		<!-- the register's rows; a right that has ended by the calculation date says so -->
		<xsl:variable name="day" select="number(translate($dates/r:cell[@col='calculation'], '-', ''))"/>
		<xsl:variable name="ended" select="key('term', 'word.expired')[1]"/>
		<xsl:variable name="rows">
			<xsl:for-each select="key('table', 'ip')/r:row">
				<r:row>
					<xsl:for-each select="r:cell">
						<xsl:choose>
							<xsl:when test="@col = 'status' and @key = 'valid' and number(translate(../r:cell[@col='expires'], '-', '')) &lt; $day">
								<r:cell col="status" key="expired" en="{$ended/@en}" zh="{$ended/@zh}"/>
							</xsl:when>
							<xsl:otherwise><xsl:copy-of select="."/></xsl:otherwise>
						</xsl:choose>
					</xsl:for-each>
				</r:row>
			</xsl:for-each>
		</xsl:variable>
		<xsl:call-template name="servicing-table">
			<xsl:with-param name="id" select="'ip'"/>
			<xsl:with-param name="code" select="$code"/>
			<xsl:with-param name="in" select="'deal'"/>
			<xsl:with-param name="rows" select="exsl:node-set($rows)/r:row"/>
			<xsl:with-param name="total" select="key('table', 'ip')/r:total[not(@by)]"/>
			<xsl:with-param name="columns" select="'*id kind number! title! holder! expires! annuity_paid_to! status disputed recordal! pledge! valuation! valuation_date! ltv! identity!'"/>
		</xsl:call-template>
		<xsl:if test="key('table', 'ip')/r:row">
			<xsl:call-template name="paragraph"><xsl:with-param name="id" select="'about.ip'"/></xsl:call-template>
		</xsl:if>
		<xsl:if test="key('by-period', concat('ip_cover|', $period))">
			<xsl:call-template name="servicing-table">
				<xsl:with-param name="id" select="'ip_cover'"/>
				<xsl:with-param name="columns" select="'*contract obligor items valuation secured ltv_cutoff balance in_force ltv!'"/>
			</xsl:call-template>
		</xsl:if>
	</xsl:template>

	<!-- A-14 -->
	<xsl:template name="servicing-ip-stats">
		<xsl:param name="code" select="'A-14'"/>
		<xsl:call-template name="servicing-table">
			<xsl:with-param name="id" select="'ip_period'"/>
			<xsl:with-param name="code" select="$code"/>
			<xsl:with-param name="in" select="'deal'"/>
			<xsl:with-param name="columns" select="'*kind items valuation! share! remaining_years!:2 expiring annuity_due'"/>
		</xsl:call-template>
	</xsl:template>

	<!-- A-15 -->
	<xsl:template name="servicing-enhancement">
		<xsl:param name="code" select="'A-15'"/>
		<xsl:call-template name="servicing-table">
			<xsl:with-param name="id" select="'enhancement_use'"/>
			<xsl:with-param name="code" select="$code"/>
			<xsl:with-param name="columns" select="'*measure provider! required!:2 level!:2 used! used_total! to_repay! rating!'"/>
		</xsl:call-template>
	</xsl:template>

	<!-- A-16 -->
	<xsl:template name="servicing-tests">
		<xsl:param name="code" select="'A-16'"/>
		<xsl:call-template name="servicing-table">
			<xsl:with-param name="id" select="'test_report'"/>
			<xsl:with-param name="code" select="$code"/>
			<xsl:with-param name="in" select="'deal'"/>
			<xsl:with-param name="total" select="/.."/>
			<xsl:with-param name="columns" select="'*test condition! threshold!:2+ value!:2+ distance!:2+ status effect! held needed clean cure'"/>
			<xsl:with-param name="money" select="false()"/>
		</xsl:call-template>
		<xsl:call-template name="table">
			<xsl:with-param name="table" select="key('table', 'test_report')"/>
			<xsl:with-param name="rows" select="key('by-period', concat('test_report|', $period))[r:cell[@col='effect']]"/>
			<xsl:with-param name="total" select="/.."/>
			<xsl:with-param name="columns" select="'*test clause! first_hit!'"/>
			<xsl:with-param name="money" select="false()"/>
			<xsl:with-param name="caption"><xsl:call-template name="term"><xsl:with-param name="id" select="'table.triggers'"/></xsl:call-template></xsl:with-param>
		</xsl:call-template>
	</xsl:template>

	<!-- A-17 -->
	<xsl:template name="servicing-concentration">
		<xsl:param name="code" select="'A-17'"/>
		<xsl:call-template name="servicing-by-contract">
			<xsl:with-param name="id" select="'concentration_now'"/>
			<xsl:with-param name="code" select="$code"/>
			<xsl:with-param name="columns" select="'*measure name! balance share! limit! status'"/>
		</xsl:call-template>
		<xsl:call-template name="paragraph"><xsl:with-param name="id" select="'about.concentration'"/></xsl:call-template>
	</xsl:template>

	<!-- A-18 -->
	<xsl:template name="servicing-financing">
		<xsl:param name="code" select="'A-18'"/>
		<xsl:call-template name="servicing-table">
			<xsl:with-param name="id" select="'financing_cost'"/>
			<xsl:with-param name="code" select="$code"/>
			<xsl:with-param name="in" select="'deal'"/>
			<xsl:with-param name="rows" select="key('table', 'financing_cost')/r:row"/>
			<xsl:with-param name="total" select="/.."/>
			<xsl:with-param name="columns" select="'*obligor financed interest guarantee appraisal insurance service subsidy_interest subsidy_appraisal subsidy_guarantee subsidy_insurance subsidy_issue? subsidy_service? rate_after:2 irr_after:2'"/>
		</xsl:call-template>
	</xsl:template>

	<!-- A-19 -->
	<xsl:template name="servicing-risk-sharing">
		<xsl:param name="code" select="'A-19'"/>
		<xsl:call-template name="servicing-table">
			<xsl:with-param name="id" select="'risk_sharing'"/>
			<xsl:with-param name="code" select="$code"/>
			<xsl:with-param name="in" select="'deal'"/>
			<xsl:with-param name="columns" select="'*cover party of:2 paid paid_total remaining! capacity! leverage!:2 leverage_used!:2'"/>
		</xsl:call-template>
	</xsl:template>

	<!-- Of rows behind the period: which of them happened, when the actuals go on behind it. -->
	<xsl:template name="servicing-actual-to">
		<xsl:variable name="actual" select="key('table', 'report_dates')/r:row[r:cell[@col='actual'] = 1]/r:cell[@col='period']"/>
		<xsl:variable name="last" select="$actual[last()]"/>
		<p>
			<xsl:choose>
				<xsl:when test="$actual">
					<xsl:variable name="term" select="key('term', 'about.actual-to')[1]"/>
					<xsl:call-template name="text">
						<xsl:with-param name="en" select="concat(substring-before($term/@en, '{}'), $last, substring-after($term/@en, '{}'))"/>
						<xsl:with-param name="zh" select="concat(substring-before($term/@zh, '{}'), $last, substring-after($term/@zh, '{}'))"/>
					</xsl:call-template>
				</xsl:when>
				<xsl:otherwise>
					<xsl:call-template name="term"><xsl:with-param name="id" select="'about.all-projected'"/></xsl:call-template>
				</xsl:otherwise>
			</xsl:choose>
		</p>
	</xsl:template>

	<!-- A-20 -->
	<xsl:template name="servicing-forecast">
		<xsl:param name="code" select="'A-20'"/>
		<xsl:call-template name="servicing-table">
			<xsl:with-param name="id" select="'forecast'"/>
			<xsl:with-param name="code" select="$code"/>
			<xsl:with-param name="in" select="'deal'"/>
			<xsl:with-param name="rows" select="key('table', 'forecast')/r:row[r:cell[@col='period'] &gt; $period]"/>
			<xsl:with-param name="total" select="/.."/>
			<xsl:with-param name="columns" select="'*period payment_date pool_principal pool_income taxes_and_fees senior_interest_paid senior_principal_paid coverage!:4 senior_balance subordinated_paid'"/>
		</xsl:call-template>
	</xsl:template>

	<!-- A-21 -->
	<xsl:template name="servicing-events">
		<xsl:param name="code" select="'A-21'"/>
		<xsl:call-template name="servicing-table">
			<xsl:with-param name="id" select="'events'"/>
			<xsl:with-param name="code" select="$code"/>
			<xsl:with-param name="columns" select="'*date kind event rule! effect! action!'"/>
			<xsl:with-param name="money" select="false()"/>
		</xsl:call-template>
	</xsl:template>

	<!-- A-22 -->
	<xsl:template name="servicing-idle-cash">
		<xsl:param name="code" select="'A-22'"/>
		<xsl:call-template name="servicing-table">
			<xsl:with-param name="id" select="'idle_cash'"/>
			<xsl:with-param name="code" select="$code"/>
			<xsl:with-param name="columns" select="'*date product amount! rate!:2+ income!'"/>
		</xsl:call-template>
	</xsl:template>

	<!-- A-23 -->
	<xsl:template name="servicing-key-dates">
		<xsl:param name="code" select="'A-23'"/>
		<xsl:call-template name="servicing-table">
			<xsl:with-param name="id" select="'key_dates'"/>
			<xsl:with-param name="code" select="$code"/>
			<xsl:with-param name="columns" select="'*what date basis source'"/>
			<xsl:with-param name="money" select="false()"/>
		</xsl:call-template>
	</xsl:template>
</xsl:stylesheet>
