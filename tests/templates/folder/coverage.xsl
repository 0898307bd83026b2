<?xml version="1.0" encoding="UTF-8"?>
<!-- SPDX-License-Identifier: GPL-3.0-or-later -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
	xmlns="urn:weir:document:1" xmlns:r="urn:weir:results:1" exclude-result-prefixes="r">
	<!-- taken in by the template, too: each part comes once -->
	<xsl:include href="common.xsl"/>
	<xsl:template name="own-coverage">
		<section id="coverage">
			<title><xsl:call-template name="term"><xsl:with-param name="id" select="'own.coverage'"/></xsl:call-template></title>
			<xsl:call-template name="table">
				<xsl:with-param name="table" select="key('table', 'periods')"/>
				<xsl:with-param name="columns" select="'payment_date coverage:3'"/>
				<xsl:with-param name="code" select="'X-1 X-2'"/>
			</xsl:call-template>
		</section>
	</xsl:template>
</xsl:stylesheet>
