<?xml version="1.0" encoding="UTF-8"?>
<!-- SPDX-License-Identifier: GPL-3.0-or-later -->
<!-- A schema of weir's own files (share/deal.xsd, share/scenarios.xsd) as a page of Markdown: every element with what it
     may hold, and every kind of value. docs/make-reference.sh runs it. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
	xmlns:xs="http://www.w3.org/2001/XMLSchema">
	<xsl:output method="text" encoding="UTF-8"/>

	<!-- what stands above the reference: a title, and the schema's path for the reader -->
	<xsl:param name="title"/>
	<xsl:param name="source"/>

	<xsl:key name="users" match="xs:element[@type]" use="@type"/>
	<xsl:key name="kind" match="/xs:schema/xs:simpleType" use="concat('d:', @name)"/>
	<xsl:key name="group" match="/xs:schema/xs:group" use="concat('d:', @name)"/>
	<xsl:key name="attributes" match="/xs:schema/xs:attributeGroup" use="concat('d:', @name)"/>

	<xsl:template match="/xs:schema">
		<xsl:value-of select="concat('# ', $title, '&#10;&#10;')"/>
		<xsl:value-of select="concat('&lt;!-- Made from ', $source, ' by docs/make-reference.sh. Change the schema, not this page. --&gt;&#10;&#10;')"/>
		<xsl:value-of select="concat('Made from `', $source, '`, which an XML editor can use to complete and explain a file while it is written. ')"/>
		<xsl:value-of select="concat('Every element is in the namespace `', @targetNamespace, '`. ')"/>
		<xsl:text>Children may come in any order. A kind of value leads to the list at the end of the page.&#10;&#10;## Elements&#10;&#10;</xsl:text>
		<xsl:apply-templates select="xs:complexType" mode="contents"/>
		<xsl:text>&#10;</xsl:text>
		<xsl:apply-templates select="xs:complexType"/>
		<xsl:apply-templates select="xs:attributeGroup"/>
		<xsl:text>## Kinds of values&#10;&#10;</xsl:text>
		<xsl:apply-templates select="xs:simpleType[concat('d:', @name) = //xs:attribute/@type or
			concat('d:', @name) = //xs:list/@itemType]"/>
	</xsl:template>

	<!-- The sentence that says only that there is no unit says nothing here. -->
	<xsl:template name="without">
		<xsl:param name="text"/>
		<xsl:param name="sentence"/>
		<xsl:choose>
			<xsl:when test="contains($text, $sentence)">
				<xsl:value-of select="normalize-space(concat(substring-before($text, $sentence), substring-after($text, $sentence)))"/>
			</xsl:when>
			<xsl:otherwise><xsl:value-of select="normalize-space($text)"/></xsl:otherwise>
		</xsl:choose>
	</xsl:template>

	<xsl:template match="*" mode="en">
		<xsl:variable name="once">
			<xsl:call-template name="without">
				<xsl:with-param name="text" select="xs:annotation/xs:documentation[@xml:lang='en']"/>
				<xsl:with-param name="sentence" select="'It has no unit.'"/>
			</xsl:call-template>
		</xsl:variable>
		<xsl:call-template name="without">
			<xsl:with-param name="text" select="$once"/>
			<xsl:with-param name="sentence" select="'They have no unit.'"/>
		</xsl:call-template>
	</xsl:template>

	<xsl:template match="*" mode="zh">
		<xsl:call-template name="without">
			<xsl:with-param name="text" select="xs:annotation/xs:documentation[@xml:lang='zh']"/>
			<xsl:with-param name="sentence" select="'无单位。'"/>
		</xsl:call-template>
	</xsl:template>

	<!-- The names of the elements that are of a type. -->
	<xsl:template name="names">
		<xsl:param name="type" select="concat('d:', @name)"/>
		<xsl:for-each select="key('users', $type)">
			<xsl:variable name="name" select="@name"/>
			<xsl:if test="generate-id() = generate-id(key('users', $type)[@name = $name][1])">
				<xsl:if test="position() != 1">, </xsl:if>
				<xsl:value-of select="concat('`', @name, '`')"/>
			</xsl:if>
		</xsl:for-each>
	</xsl:template>

	<!-- "in `a`, `b`": where the elements of a type stand -->
	<xsl:template name="homes">
		<xsl:variable name="type" select="concat('d:', @name)"/>
		<xsl:variable name="homes" select="/xs:schema/xs:complexType[.//xs:element[@type = $type] or
			.//xs:group/@ref = concat('d:', /xs:schema/xs:group[.//xs:element[@type = $type]]/@name)]"/>
		<xsl:if test="$homes">
			<xsl:text>In </xsl:text>
			<xsl:for-each select="$homes">
				<xsl:if test="position() != 1">, </xsl:if>
				<xsl:text>[</xsl:text>
				<xsl:call-template name="names"/>
				<xsl:value-of select="concat('](#t-', @name, ')')"/>
			</xsl:for-each>
			<xsl:text>.&#10;&#10;</xsl:text>
		</xsl:if>
	</xsl:template>

	<xsl:template match="xs:complexType" mode="contents">
		<xsl:if test="position() != 1"><xsl:text> ·&#10;</xsl:text></xsl:if>
		<xsl:text>[</xsl:text>
		<xsl:call-template name="names"/>
		<xsl:value-of select="concat('](#t-', @name, ')')"/>
		<xsl:if test="position() = last()"><xsl:text>&#10;</xsl:text></xsl:if>
	</xsl:template>

	<xsl:template match="xs:complexType">
		<xsl:text>### </xsl:text>
		<xsl:call-template name="names"/>
		<xsl:value-of select="concat('&#10;&#10;&lt;a id=&quot;t-', @name, '&quot;&gt;&lt;/a&gt;')"/>
		<xsl:apply-templates select="." mode="en"/>
		<xsl:text> </xsl:text>
		<xsl:apply-templates select="." mode="zh"/>
		<xsl:text>&#10;&#10;</xsl:text>
		<xsl:call-template name="homes"/>
		<xsl:variable name="children" select="(xs:all | xs:choice)/xs:element | key('group', xs:choice/xs:group/@ref)//xs:element"/>
		<xsl:if test="$children">
			<xsl:text>| child | how many | meaning | 含义 |&#10;| --- | --- | --- | --- |&#10;</xsl:text>
			<xsl:apply-templates select="$children"/>
			<xsl:text>&#10;</xsl:text>
		</xsl:if>
		<xsl:if test="xs:attribute">
			<xsl:text>| attribute | kind | | meaning | 含义 |&#10;| --- | --- | --- | --- | --- |&#10;</xsl:text>
			<xsl:apply-templates select="xs:attribute"/>
			<xsl:text>&#10;</xsl:text>
		</xsl:if>
		<xsl:call-template name="refer"/>
	</xsl:template>

	<xsl:template match="xs:element">
		<xsl:value-of select="concat('| [`', @name, '`](#t-', substring-after(@type, ':'), ') | ')"/>
		<xsl:choose>
			<xsl:when test="parent::xs:choice and not(@minOccurs = '0')">any number</xsl:when>
			<xsl:when test="@minOccurs = '0'">at most one</xsl:when>
			<xsl:otherwise>**one**</xsl:otherwise>
		</xsl:choose>
		<xsl:text> | </xsl:text>
		<xsl:apply-templates select="." mode="en"/>
		<xsl:text> | </xsl:text>
		<xsl:apply-templates select="." mode="zh"/>
		<xsl:text> |&#10;</xsl:text>
	</xsl:template>

	<xsl:template match="xs:attribute">
		<xsl:value-of select="concat('| `', @name, '` | ')"/>
		<xsl:choose>
			<xsl:when test="key('kind', @type)">
				<xsl:value-of select="concat('[', substring-after(@type, ':'), '](#t-', substring-after(@type, ':'), ')')"/>
			</xsl:when>
			<xsl:otherwise><xsl:value-of select="substring-after(@type, ':')"/></xsl:otherwise>
		</xsl:choose>
		<xsl:text> | </xsl:text>
		<xsl:choose>
			<xsl:when test="@use = 'required'">**required**</xsl:when>
			<xsl:when test="@default"><xsl:value-of select="concat('default `', @default, '`')"/></xsl:when>
		</xsl:choose>
		<xsl:text> | </xsl:text>
		<xsl:apply-templates select="." mode="en"/>
		<xsl:text> | </xsl:text>
		<xsl:apply-templates select="." mode="zh"/>
		<xsl:text> |&#10;</xsl:text>
	</xsl:template>

	<!-- The attributes that a type shares with others. -->
	<xsl:template name="refer">
		<xsl:variable name="group" select="key('attributes', xs:attributeGroup/@ref)"/>
		<xsl:if test="$group">
			<xsl:text>Also: </xsl:text>
			<xsl:for-each select="$group/xs:attribute | key('attributes', $group/xs:attributeGroup/@ref)/xs:attribute">
				<xsl:if test="position() != 1">, </xsl:if>
				<xsl:value-of select="concat('[`', @name, '`](#t-', ../@name, ')')"/>
			</xsl:for-each>
			<xsl:text>.&#10;&#10;</xsl:text>
		</xsl:if>
	</xsl:template>

	<!-- Attributes that many elements share. -->
	<xsl:template match="/xs:schema/xs:attributeGroup">
		<xsl:text>### Shared attributes: </xsl:text>
		<xsl:value-of select="@name"/>
		<xsl:value-of select="concat('&#10;&#10;&lt;a id=&quot;t-', @name, '&quot;&gt;&lt;/a&gt;')"/>
		<xsl:apply-templates select="." mode="en"/>
		<xsl:text> </xsl:text>
		<xsl:apply-templates select="." mode="zh"/>
		<xsl:text>&#10;&#10;| attribute | kind | | meaning | 含义 |&#10;| --- | --- | --- | --- | --- |&#10;</xsl:text>
		<xsl:apply-templates select="xs:attribute"/>
		<xsl:text>&#10;</xsl:text>
	</xsl:template>

	<xsl:template match="xs:simpleType">
		<xsl:value-of select="concat('### ', @name, '&#10;&#10;&lt;a id=&quot;t-', @name, '&quot;&gt;&lt;/a&gt;')"/>
		<xsl:apply-templates select="." mode="en"/>
		<xsl:text> </xsl:text>
		<xsl:apply-templates select="." mode="zh"/>
		<xsl:if test="xs:annotation/xs:appinfo">
			<xsl:value-of select="concat(' Example: `', normalize-space(xs:annotation/xs:appinfo), '`.')"/>
		</xsl:if>
		<xsl:text>&#10;&#10;</xsl:text>
		<xsl:if test="xs:restriction/xs:enumeration">
			<xsl:text>| value | meaning | 含义 |&#10;| --- | --- | --- |&#10;</xsl:text>
			<xsl:for-each select="xs:restriction/xs:enumeration">
				<xsl:value-of select="concat('| `', @value, '` | ')"/>
				<xsl:apply-templates select="." mode="en"/>
				<xsl:text> | </xsl:text>
				<xsl:apply-templates select="." mode="zh"/>
				<xsl:text> |&#10;</xsl:text>
			</xsl:for-each>
			<xsl:text>&#10;</xsl:text>
		</xsl:if>
	</xsl:template>
</xsl:stylesheet>
