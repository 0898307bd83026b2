<?xml version="1.0" encoding="UTF-8"?>
<!-- SPDX-License-Identifier: GPL-3.0-or-later -->
<!-- A template of one's own with a part beside it, a link, and a table of its own. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
	xmlns="urn:weir:document:1" xmlns:r="urn:weir:results:1" exclude-result-prefixes="r">
	<xsl:include href="coverage.xsl"/>
	<xsl:include href="common.xsl"/>
	<xsl:template match="/">
		<document lang="{$lang}" currency="{$currency}">
			<head>
				<title><xsl:apply-templates select="$results/r:deal" mode="names"/></title>
				<fields><xsl:call-template name="rule-field"/></fields>
			</head>
			<section id="links">
				<title><t lang="en">Links</t></title>
				<p><t lang="en">See <see code="X-1"/>, <see code="X-2"/> and <see code="X-9">nothing</see>.</t></p>
				<table code="X-2">
					<caption><t lang="en">Own</t></caption>
					<columns><column head="yes"><t lang="en">What</t></column><column type="rate"><t lang="en">How much</t></column></columns>
					<row><cell><t lang="en">=1+1</t></cell><cell type="rate" decimals="3">0.12345</cell></row>
				</table>
				<xsl:call-template name="none">
					<xsl:with-param name="code" select="'X-3'"/>
					<xsl:with-param name="title"><t lang="en">Events</t><t lang="zh">事件</t></xsl:with-param>
				</xsl:call-template>
			</section>
			<xsl:call-template name="own-coverage"/>
		</document>
	</xsl:template>
</xsl:stylesheet>
