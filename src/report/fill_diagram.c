/* SPDX-License-Identifier: GPL-3.0-or-later */
/* fill_diagram.c: who takes part in the deal, and what each does for whom. */
#include <stdio.h>
#include <string.h>

#include "base/money.h"
#include "report/fill_flows.h"
#include "report/format.h"

#define COL WEIR_FILL_COL

/* Layers of the diagram. */
enum { LAYER_DEBTORS, LAYER_PARTIES, LAYER_VEHICLE, LAYER_CLASSES };

#define OBLIGORS "deal.obligors" /* keys with a dot: no id of a deal has one */
#define VEHICLE "deal.vehicle"

typedef struct relation {
	const char *en, *zh;
} relation;

/* What parties of a role do for the vehicle, in the order of the diagram. */
static const struct {
	weir_role role;
	const char *key; /* the role's word */
	relation does;   /* NULL: it is no line of its own */
} roles[] = {
	{ WEIR_ROLE_ORIGINATOR, "originator", { "sells the pool", "转让基础资产" } },
	{ WEIR_ROLE_LICENSOR, "licensor", { NULL, NULL } },
	{ WEIR_ROLE_SERVICER, "servicer", { "passes on collections", "归集并转付" } },
	{ WEIR_ROLE_BACKUP_SERVICER, "backup-servicer", { "stands by as servicer", "后备服务" } },
	{ WEIR_ROLE_OPERATOR, "operator", { "operates the IP", "知识产权运营" } },
	{ WEIR_ROLE_MANAGER, "manager", { "manages", "管理" } },
	{ WEIR_ROLE_TRUSTEE, "trustee", { "holds in trust", "受托管理" } },
	{ WEIR_ROLE_SUPERVISOR_BANK, "supervisor-bank", { "supervises accounts", "账户监管" } },
	{ WEIR_ROLE_CUSTODIAN, "custodian", { "keeps the cash", "资金托管" } },
	{ WEIR_ROLE_REGISTRAR, "registrar", { "registers, pays out", "登记与代理兑付" } },
	{ WEIR_ROLE_UNDERWRITER, "underwriter", { "places the classes", "承销" } },
	{ WEIR_ROLE_SHORTFALL_PAYER, "shortfall-payer", { "pays shortfalls", "差额支付" } },
	{ WEIR_ROLE_GUARANTOR, "guarantor", { "guarantees", "担保" } },
	{ WEIR_ROLE_LIQUIDITY_PROVIDER, "liquidity-provider", { "lends liquidity", "流动性支持" } },
	{ WEIR_ROLE_INSURER, "insurer", { "insures", "保险" } },
	{ WEIR_ROLE_FUND, "fund", { "covers losses", "风险补偿" } },
	{ WEIR_ROLE_GOVERNMENT, "government", { NULL, NULL } },
};

#define SUPPORTING \
	(WEIR_ROLE_SHORTFALL_PAYER | WEIR_ROLE_GUARANTOR | WEIR_ROLE_LIQUIDITY_PROVIDER | WEIR_ROLE_INSURER | \
	 WEIR_ROLE_FUND)

/* One filling of the two tables. */
typedef struct diagram {
	weir_filler *f;
	weir_table *nodes, *edges;
	char *layer_of; /* [parties] 1 + its layer; 0: nothing is said of it */
} diagram;

static weir_cell words(relation what)
{
	return weir_cell_text(what.en, what.zh);
}

static weir_cell party_cell(diagram *d, int party)
{
	return weir_fill_node(d->f, &d->f->deal->parties[party].node);
}

static weir_cell vehicle_cell(diagram *d)
{
	const weir_deal *deal = d->f->deal;
	weir_cell cell = weir_fill_text(d->f, deal->short_en ? deal->short_en : deal->node.en,
	                                deal->short_zh ? deal->short_zh : deal->node.zh);
	if (!cell.present)
		cell = weir_fill_text(d->f, deal->node.id, NULL);
	cell.key = VEHICLE;
	return cell;
}

static int debtor_count(const diagram *d)
{
	int count = 0;
	for (int i = 0; i < d->f->deal->pool.obligor_count; i++)
		count += d->f->pool->obligor_cents[i] > 0;
	return count;
}

/* "16 obligors"; a single one by its name. */
static weir_cell obligors_cell(diagram *d)
{
	weir_text en = { 0 }, zh = { 0 };
	const weir_pool_terms *pool = &d->f->deal->pool;
	int count = debtor_count(d);
	for (int i = 0; count == 1 && i < pool->obligor_count; i++)
		if (d->f->pool->obligor_cents[i] > 0)
			return weir_fill_name(d->f, OBLIGORS, pool->obligors[i].en, pool->obligors[i].zh);
	weir_text_printf(&en, "%d obligors", count);
	weir_text_printf(&zh, "%d户债务人", count);
	weir_cell cell = weir_fill_written(d->f, &en, &zh);
	cell.key = OBLIGORS;
	return cell;
}

static int same_edge(const weir_table *table, size_t row, const char *from, const char *what, const char *to)
{
	const weir_cell *cells[] = { weir_table_cell(table, row, WEIR_COL_diagram_edges_from),
		                     weir_table_cell(table, row, WEIR_COL_diagram_edges_what),
		                     weir_table_cell(table, row, WEIR_COL_diagram_edges_to) };
	return strcmp(cells[0]->key, from) == 0 && strcmp(cells[1]->en, what) == 0 && strcmp(cells[2]->key, to) == 0;
}

static void add_edge(diagram *d, weir_cell from, weir_cell what, weir_cell to)
{
	if (!from.key || !to.key || !what.en) {
		d->f->failed = 1;
		return;
	}
	for (size_t r = 0; d->edges && r < d->edges->row_count; r++)
		if (same_edge(d->edges, r, from.key, what.en, to.key))
			return;
	weir_cell *row = weir_fill_row(d->f, &d->edges, WEIR_TABLE_diagram_edges);
	if (!row)
		return;
	COL(diagram_edges, from) = from;
	COL(diagram_edges, what) = what;
	COL(diagram_edges, to) = to;
}

/* From a party of the middle layer, or to it. */
static void add_party_edge(diagram *d, int party, weir_cell what, weir_cell other, int comes_in)
{
	if (party < 0)
		return;
	d->layer_of[party] = 1 + LAYER_PARTIES;
	add_edge(d, comes_in ? other : party_cell(d, party), what, comes_in ? party_cell(d, party) : other);
}

/* --- what is done ----------------------------------------------------------------------------------------------- */

static int has_role(const diagram *d, int party, unsigned role)
{
	return (d->f->deal->parties[party].roles & role) != 0;
}

static int first_of(const diagram *d, unsigned role)
{
	for (int i = 0; i < d->f->deal->party_count; i++)
		if (has_role(d, i, role))
			return i;
	return -1;
}

/* The trustee of a trust layer: its box is the trust's. */
static int holds_layer(const diagram *d, int party)
{
	for (int t = 0; t < d->f->deal->pool.trust_count; t++)
		if (d->f->deal->pool.trusts[t].trustee == party)
			return 1;
	return 0;
}

/* Whether what such parties do is told elsewhere: as support, or by the box of a trust. */
static int is_told(const diagram *d, int party, weir_role role)
{
	if (role & SUPPORTING)
		return weir_deal_is_supporter(d->f->deal, party);
	return role == WEIR_ROLE_TRUSTEE && holds_layer(d, party);
}

static void add_services(diagram *d)
{
	const relation price = { "pays the price", "支付购买价款" };
	for (size_t r = 0; r < sizeof roles / sizeof *roles; r++)
		for (int i = 0; i < d->f->deal->party_count; i++) {
			if (!has_role(d, i, roles[r].role) || !roles[r].does.en || is_told(d, i, roles[r].role))
				continue;
			add_party_edge(d, i, words(roles[r].does), vehicle_cell(d), 0);
			if (roles[r].role == WEIR_ROLE_ORIGINATOR)
				add_party_edge(d, i, words(price), vehicle_cell(d), 1);
		}
}

static void add_supports(diagram *d)
{
	const weir_deal *deal = d->f->deal;
	for (int i = 0; i < deal->support_count; i++)
		add_party_edge(d, deal->supports[i].party,
		               weir_fill_word(weir_fill_support_word(deal->supports[i].kind)), vehicle_cell(d), 0);
	for (int i = 0; i < deal->cover_count; i++)
		for (int s = 0; s < deal->covers[i].share_count; s++)
			add_party_edge(d, deal->covers[i].shares[s].party,
			               weir_fill_word(weir_fill_cover_word(deal->covers[i].kind)), vehicle_cell(d), 0);
}

/* Who pays a fund in, unless it does something itself. */
static void add_contributors(diagram *d)
{
	const relation pays_in = { "pays in", "出资" };
	const weir_deal *deal = d->f->deal;
	for (int i = 0; i < deal->party_count; i++)
		for (int c = 0; d->layer_of[i] == 1 + LAYER_PARTIES && c < deal->parties[i].contribution_count; c++) {
			int party = deal->parties[i].contributions[c].party;
			if (party < 0 || d->layer_of[party] == 1 + LAYER_PARTIES)
				continue;
			d->layer_of[party] = 1 + LAYER_DEBTORS;
			add_edge(d, party_cell(d, party), words(pays_in), party_cell(d, i));
		}
}

/* The kind that all contracts have; -1 when they differ. */
static int only_kind(const weir_pool_terms *pool)
{
	for (int c = 1; c < pool->contract_count; c++)
		if (pool->contracts[c].kind != pool->contracts[0].kind)
			return -1;
	return pool->contract_count > 0 ? (int)pool->contracts[0].kind : -1;
}

static weir_cell trust_cell(diagram *d, int number)
{
	const weir_trust *trust = &d->f->deal->pool.trusts[number];
	return weir_fill_name(d->f, trust->id, trust->en, trust->zh);
}

static void add_debtors(diagram *d)
{
	static const relation pays[] = {
		[WEIR_CONTRACT_LICENCE] = { "pay licence fees", "支付许可使用费" },
		[WEIR_CONTRACT_SECONDARY_LICENCE] = { "pay licence fees", "支付许可使用费" },
		[WEIR_CONTRACT_LEASEBACK] = { "pay rent", "支付租金" },
		[WEIR_CONTRACT_ROYALTY] = { "pay royalties", "支付提成费" },
		[WEIR_CONTRACT_RECEIVABLE] = { "pay invoices", "支付应付账款" },
		[WEIR_CONTRACT_LOAN] = { "repay loans", "偿还贷款" },
	};
	static const relation several = { "pay", "支付款项" }, pays_on = { "distributes receipts", "分配信托利益" },
	                      licenses = { "licenses the IP", "授予许可" };
	const weir_deal *deal = d->f->deal;
	int kind = only_kind(&deal->pool), servicer = first_of(d, WEIR_ROLE_SERVICER);
	weir_cell what = words(kind < 0 ? several : pays[kind]);
	if (debtor_count(d) == 0)
		return;
	for (int t = 0; t < deal->pool.trust_count; t++) {
		add_edge(d, obligors_cell(d), what, trust_cell(d, t));
		add_edge(d, trust_cell(d, t), words(pays_on), vehicle_cell(d));
	}
	if (servicer < 0)
		servicer = first_of(d, WEIR_ROLE_ORIGINATOR);
	if (deal->pool.trust_count == 0 && servicer >= 0)
		add_party_edge(d, servicer, what, obligors_cell(d), 1);
	else if (deal->pool.trust_count == 0)
		add_edge(d, obligors_cell(d), what, vehicle_cell(d));
	for (int i = 0; i < deal->party_count; i++)
		if (has_role(d, i, WEIR_ROLE_LICENSOR))
			add_party_edge(d, i, words(licenses), obligors_cell(d), 0);
}

static void add_subsidies(diagram *d)
{
	const relation subsidises = { "subsidises", "补贴" };
	for (int i = 0; debtor_count(d) > 0 && i < d->f->deal->subsidy_count; i++)
		add_party_edge(d, d->f->deal->subsidies[i].party, words(subsidises), obligors_cell(d), 0);
}

static void add_classes(diagram *d)
{
	const relation pays = { "interest, principal", "兑付本息" }, rest = { "what is left", "剩余收益" };
	for (int i = 0; i < d->f->deal->class_count; i++) {
		const weir_class *class = &d->f->deal->classes[i];
		int residual = class->subordinated && class->style == WEIR_STYLE_RESIDUAL;
		add_edge(d, vehicle_cell(d), words(residual ? rest : pays), weir_fill_node(d->f, &class->node));
	}
}

/* --- who takes part --------------------------------------------------------------------------------------------- */

static void add_node(diagram *d, weir_cell name, const char *kind, int layer, weir_cell details)
{
	weir_cell *row = weir_fill_row(d->f, &d->nodes, WEIR_TABLE_diagram_nodes);
	if (!row)
		return;
	COL(diagram_nodes, node) = name;
	COL(diagram_nodes, kind) = weir_cell_text(kind, kind);
	COL(diagram_nodes, layer) = weir_cell_number(layer);
	COL(diagram_nodes, details) = details;
}

static void add_word(weir_text *en, weir_text *zh, weir_cell word)
{
	weir_text_printf(en, "%s%s", en->length ? ", " : "", word.en ? word.en : "");
	weir_text_printf(zh, "%s%s", zh->length ? "、" : "", word.zh ? word.zh : "");
}

static weir_cell roles_cell(diagram *d, int party)
{
	weir_text en = { 0 }, zh = { 0 };
	for (size_t r = 0; r < sizeof roles / sizeof *roles; r++)
		if (has_role(d, party, roles[r].role))
			add_word(&en, &zh, weir_fill_word(roles[r].key));
	return weir_fill_written(d->f, &en, &zh);
}

static weir_cell kinds_cell(diagram *d)
{
	const weir_pool_terms *pool = &d->f->deal->pool;
	weir_text en = { 0 }, zh = { 0 };
	for (int kind = 0; kind <= WEIR_CONTRACT_LOAN; kind++)
		for (int c = 0; c < pool->contract_count; c++)
			if ((int)pool->contracts[c].kind == kind) {
				add_word(&en, &zh, weir_fill_word(weir_contract_kind_text(pool->contracts[c].kind)));
				break;
			}
	return weir_fill_written(d->f, &en, &zh);
}

static weir_cell accounts_cell(diagram *d)
{
	static const char *const kinds[] = {
		[WEIR_DEAL_ABS] = "abs", [WEIR_DEAL_ABN] = "abn", [WEIR_DEAL_TRUST] = "trust", [WEIR_DEAL_NOTE] = "note"
	};
	weir_text en = { 0 }, zh = { 0 };
	add_word(&en, &zh, weir_fill_word(kinds[d->f->deal->kind]));
	for (int i = 0; i < d->f->deal->account_count; i++) {
		const weir_node *node = &d->f->deal->accounts[i].node;
		add_word(&en, &zh, weir_cell_text(weir_node_name(node, 0), weir_node_name(node, 1)));
	}
	return weir_fill_written(d->f, &en, &zh);
}

/* "36,000,000.00, 3.59%, held by the originator". */
static weir_cell size_cell(diagram *d, const weir_class *class)
{
	weir_text en = { 0 }, zh = { 0 };
	char buffer[64];
	weir_cents_format_grouped(class->size_cents, d->f->deal->currency_digits, buffer);
	weir_text_add(&en, buffer);
	if (class->coupon_annual > 0) {
		snprintf(buffer, sizeof buffer, "%.12f", class->coupon_annual);
		weir_text_add(&en, ", ");
		weir_format_decimal(&en, buffer, 1, 2, 1);
	}
	weir_text_add(&zh, en.data ? en.data : "");
	if (class->held_by >= 0) {
		const weir_node *holder = &d->f->deal->parties[class->held_by].node;
		weir_text_printf(&en, ", held by %s", weir_node_name(holder, 0));
		weir_text_printf(&zh, "，%s持有", weir_node_name(holder, 1));
	}
	return weir_fill_written(d->f, &en, &zh);
}

static void add_nodes(diagram *d)
{
	const weir_deal *deal = d->f->deal;
	if (debtor_count(d) > 0)
		add_node(d, obligors_cell(d), "obligors", LAYER_DEBTORS, kinds_cell(d));
	for (int layer = LAYER_DEBTORS; layer <= LAYER_PARTIES; layer++) {
		for (int t = 0; layer == LAYER_PARTIES && debtor_count(d) > 0 && t < deal->pool.trust_count; t++) {
			int trustee = deal->pool.trusts[t].trustee;
			add_node(d, trust_cell(d, t), "trust", layer,
			         trustee < 0 ? (weir_cell){ 0 } : party_cell(d, trustee));
		}
		for (int i = 0; i < deal->party_count; i++)
			if (d->layer_of[i] == 1 + layer)
				add_node(d, party_cell(d, i), "party", layer, roles_cell(d, i));
	}
	add_node(d, vehicle_cell(d), "vehicle", LAYER_VEHICLE, accounts_cell(d));
	for (int i = 0; i < deal->class_count; i++)
		add_node(d, weir_fill_node(d->f, &deal->classes[i].node), "class", LAYER_CLASSES,
		         size_cell(d, &deal->classes[i]));
}

void weir_fill_diagram(weir_filler *f)
{
	diagram d = { .f = f };
	d.layer_of = weir_arena_array(f->scratch, (size_t)f->deal->party_count + 1, 1);
	if (!d.layer_of) {
		f->failed = 1;
		return;
	}
	add_debtors(&d);
	add_services(&d);
	add_supports(&d);
	add_subsidies(&d);
	add_contributors(&d);
	add_classes(&d);
	if (d.edges)
		add_nodes(&d);
}
