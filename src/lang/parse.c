/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The grammar, loosest first; every level but the comparison repeats to the left:
 *
 *   or:         and { "or" and }
 *   and:        not { "and" not }
 *   not:        "not" not | comparison
 *   comparison: sum [ operator sum | "is" ["not"] ( "paid" | [operator] sum ) ]
 *   sum:        product { ("+" | "-") product }
 *   product:    sign { ("*" | "/") sign }
 *   sign:       "-" sign | primary
 *   primary:    number [unit] | date | flag | name | name "(" [or { "," or }] ")" | "(" or ")"
 */
#include "lang/parse.h"

#include <string.h>

typedef struct parser {
	const weir_formula_text *source;
	weir_arena *scratch;
	weir_token token; /* the next one */
	size_t at;        /* behind it */
	size_t last_end;  /* where the one before ended */
	int nesting;
	weir_status status;
} parser;

typedef enum level { LEVEL_OR, LEVEL_AND, LEVEL_SUM, LEVEL_PRODUCT } level;

static weir_syntax *parse_chain(parser *p, level level);

#define complain(p, start, end, ...)                                                   \
	((p)->status = WEIR_INPUT, weir_diag_error((p)->source->diags, FORMULA_SYNTAX, \
	                                           weir_lex_place((p)->source, start, end), __VA_ARGS__))

static int advance(parser *p)
{
	p->last_end = p->token.end;
	p->status = weir_lex_next(p->source, &p->at, &p->token);
	return p->status == WEIR_OK;
}

static int is_word(const parser *p, const char *word)
{
	return p->token.kind == WEIR_TOKEN_NAME && weir_lex_is(p->source, p->token.start, p->token.end, word);
}

static int is_reserved(const parser *p)
{
	return p->token.kind == WEIR_TOKEN_NAME &&
	       weir_lex_is_reserved(p->source->text + p->token.start, p->token.end - p->token.start);
}

static int is_reserved_in_capitals(const parser *p)
{
	char small[8];
	size_t length = p->token.end - p->token.start;
	if (p->token.kind != WEIR_TOKEN_NAME || length > sizeof small)
		return 0;
	for (size_t i = 0; i < length; i++) {
		char c = p->source->text[p->token.start + i];
		small[i] = c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
	}
	return weir_lex_is_reserved(small, length);
}

static weir_quote quote_token(const parser *p)
{
	return weir_lex_quote(p->source, p->token.start, p->token.end);
}

static weir_syntax *new_syntax(parser *p, weir_syntax_kind kind, size_t start)
{
	weir_syntax *node = weir_arena_alloc(p->scratch, sizeof *node);
	if (!node) {
		p->status = WEIR_NO_MEMORY;
		return NULL;
	}
	node->kind = kind;
	node->start = start;
	node->depth = 1;
	return node;
}

/* A leaf from the next token. */
static weir_syntax *new_leaf(parser *p, weir_syntax_kind kind)
{
	weir_syntax *node = new_syntax(p, kind, p->token.start);
	if (!node)
		return NULL;
	node->word_start = p->token.start;
	node->end = node->word_end = p->token.end;
	return advance(p) ? node : NULL;
}

static int fits_depth(parser *p, weir_syntax *node, const weir_syntax *operand)
{
	if (node->depth <= operand->depth)
		node->depth = operand->depth + 1;
	if (node->depth <= WEIR_FORMULA_DEPTH)
		return 1;
	p->status = WEIR_INPUT;
	weir_diag_error(p->source->diags, FORMULA_LIMIT, weir_lex_place(p->source, node->start, operand->end),
	                "more than %d operations build on one another; split the formula into named ones",
	                WEIR_FORMULA_DEPTH);
	return 0;
}

static weir_syntax *new_operation(parser *p, weir_operation op, size_t start, weir_syntax *a, weir_syntax *b)
{
	weir_syntax *node = new_syntax(p, WEIR_SYNTAX_OPERATION, start);
	if (!node || !fits_depth(p, node, a) || (b && !fits_depth(p, node, b)))
		return NULL;
	node->op = op;
	node->first = a;
	a->next = b;
	node->count = b ? 2 : 1;
	node->end = p->last_end;
	return node;
}

static int enter(parser *p)
{
	if (p->nesting++ < WEIR_FORMULA_NESTING)
		return 1;
	p->status = WEIR_INPUT;
	weir_diag_error(p->source->diags, FORMULA_LIMIT,
	                weir_lex_place(p->source, p->token.start, p->token.end),
	                "more than %d parentheses, calls or signs inside one another; split the formula into "
	                "named ones",
	                WEIR_FORMULA_NESTING);
	return 0;
}

static void leave(parser *p)
{
	p->nesting--;
}

/* What stands where an operator or the end is expected. */
static void complain_unexpected(parser *p)
{
	weir_quote quote = quote_token(p);
	size_t start = p->token.start, end = p->token.end;
	if (p->token.kind == WEIR_TOKEN_CLOSE)
		complain(p, start, end, "this \")\" closes nothing; remove it or add \"(\" before");
	else if (p->token.kind == WEIR_TOKEN_COMMA)
		complain(p, start, end,
		         "\",\" only stands between arguments; write numbers without separators");
	else if (p->token.kind == WEIR_TOKEN_PERCENT)
		complain(p, start, end, "\"%s\" must follow a number", quote.text);
	else if (is_word(p, "between"))
		complain(p, start, end,
		         "\"between\" leaves open what of the ends; write \"x at least 1 and x at most 2\"");
	else if (is_reserved_in_capitals(p))
		complain(p, start, end,
		         "\"%s\" is a word of the language in capitals; write it in small letters",
		         quote.text);
	else
		complain(p, start, end, "expected an operator such as \"+\" or \"and\" before \"%s\"",
		         quote.text);
}

/* A closing parenthesis for the opening one that started at `open`. */
static int close(parser *p, size_t open)
{
	if (p->token.kind == WEIR_TOKEN_CLOSE)
		return advance(p);
	if (p->token.kind == WEIR_TOKEN_END)
		complain(p, open, open + 1, "this \"(\" is never closed; add \")\"");
	else
		complain_unexpected(p);
	return 0;
}

static weir_syntax *parse_number(parser *p)
{
	weir_syntax *node = new_leaf(p, WEIR_SYNTAX_NUMBER);
	if (!node)
		return NULL;
	node->unit_start = node->unit_end = node->end;
	if (p->token.kind != WEIR_TOKEN_PERCENT && (p->token.kind != WEIR_TOKEN_NAME || is_reserved(p)))
		return node;
	int two_words = is_word(p, "business") || is_word(p, "working");
	node->unit_start = p->token.start;
	node->end = node->unit_end = p->token.end;
	if (!advance(p))
		return NULL;
	if (two_words && (is_word(p, "days") || is_word(p, "day"))) {
		node->end = node->unit_end = p->token.end;
		if (!advance(p))
			return NULL;
	}
	return node;
}

static weir_syntax *parse_arguments(parser *p, weir_syntax *call)
{
	size_t open = p->token.start;
	weir_syntax **tail = &call->first;
	call->kind = WEIR_SYNTAX_CALL;
	if (!enter(p) || !advance(p))
		return NULL;
	while (p->token.kind != WEIR_TOKEN_CLOSE || call->count > 0) {
		weir_syntax *argument = parse_chain(p, LEVEL_OR);
		if (!argument || !fits_depth(p, call, argument))
			return NULL;
		*tail = argument;
		tail = &argument->next;
		call->count++;
		if (p->token.kind != WEIR_TOKEN_COMMA)
			break;
		if (!advance(p))
			return NULL;
	}
	leave(p);
	if (!close(p, open))
		return NULL;
	call->end = p->last_end;
	return call;
}

static weir_syntax *parse_parentheses(parser *p)
{
	size_t open = p->token.start;
	if (!enter(p) || !advance(p))
		return NULL;
	weir_syntax *node = parse_chain(p, LEVEL_OR);
	leave(p);
	if (!node || !close(p, open))
		return NULL;
	node->start = open;
	node->end = p->last_end;
	return node;
}

/* "at(" where a value stands is a function; elsewhere "at" belongs to "at least" and "at most". */
static int is_at_call(const parser *p)
{
	return is_word(p, "at") && p->source->text[p->token.end] == '(';
}

static weir_syntax *parse_word(parser *p)
{
	if (is_word(p, "yes") || is_word(p, "no") || is_word(p, "true") || is_word(p, "false"))
		return new_leaf(p, WEIR_SYNTAX_FLAG);
	if (is_reserved(p) && !is_at_call(p)) {
		complain(p, p->token.start, p->token.end, "expected a value before \"%s\"",
		         quote_token(p).text);
		return NULL;
	}
	weir_syntax *node = new_leaf(p, WEIR_SYNTAX_NAME);
	if (!node || p->token.kind != WEIR_TOKEN_OPEN)
		return node;
	return parse_arguments(p, node);
}

static weir_syntax *parse_primary(parser *p)
{
	switch (p->token.kind) {
	case WEIR_TOKEN_NUMBER:
		return parse_number(p);
	case WEIR_TOKEN_DATE:
		return new_leaf(p, WEIR_SYNTAX_DATE);
	case WEIR_TOKEN_NAME:
		return parse_word(p);
	case WEIR_TOKEN_OPEN:
		return parse_parentheses(p);
	case WEIR_TOKEN_END:
		complain(p, p->token.start, p->token.end,
		         "the formula ends where a value is expected; complete it");
		return NULL;
	default:
		complain(p, p->token.start, p->token.end, "expected a value before \"%s\"",
		         quote_token(p).text);
		return NULL;
	}
}

static weir_syntax *parse_sign(parser *p)
{
	if (p->token.kind != WEIR_TOKEN_MINUS)
		return parse_primary(p);
	size_t start = p->token.start;
	if (!enter(p) || !advance(p))
		return NULL;
	weir_syntax *operand = parse_sign(p);
	leave(p);
	return operand ? new_operation(p, WEIR_OP_NEGATE, start, operand, NULL) : NULL;
}

static weir_operation opposite(weir_operation op)
{
	switch (op) {
	case WEIR_OP_EQUAL:
		return WEIR_OP_NOT_EQUAL;
	case WEIR_OP_NOT_EQUAL:
		return WEIR_OP_EQUAL;
	case WEIR_OP_LESS:
		return WEIR_OP_AT_LEAST;
	case WEIR_OP_AT_LEAST:
		return WEIR_OP_LESS;
	case WEIR_OP_GREATER:
		return WEIR_OP_AT_MOST;
	default:
		return WEIR_OP_GREATER;
	}
}

/* The comparisons: a symbol, or one or two words. */
static const struct {
	weir_token_kind kind; /* NAME: by its words */
	const char *first, *second;
	weir_operation op;
} comparisons[] = {
	{ WEIR_TOKEN_EQUAL, NULL, NULL, WEIR_OP_EQUAL },
	{ WEIR_TOKEN_NOT_EQUAL, NULL, NULL, WEIR_OP_NOT_EQUAL },
	{ WEIR_TOKEN_LESS, NULL, NULL, WEIR_OP_LESS },
	{ WEIR_TOKEN_AT_MOST, NULL, NULL, WEIR_OP_AT_MOST },
	{ WEIR_TOKEN_GREATER, NULL, NULL, WEIR_OP_GREATER },
	{ WEIR_TOKEN_AT_LEAST, NULL, NULL, WEIR_OP_AT_LEAST },
	{ WEIR_TOKEN_NAME, "equals", NULL, WEIR_OP_EQUAL },
	{ WEIR_TOKEN_NAME, "above", NULL, WEIR_OP_GREATER },
	{ WEIR_TOKEN_NAME, "below", NULL, WEIR_OP_LESS },
	{ WEIR_TOKEN_NAME, "more", "than", WEIR_OP_GREATER },
	{ WEIR_TOKEN_NAME, "less", "than", WEIR_OP_LESS },
	{ WEIR_TOKEN_NAME, "at", "most", WEIR_OP_AT_MOST },
	{ WEIR_TOKEN_NAME, "at", "least", WEIR_OP_AT_LEAST },
};

#define COMPARISONS (sizeof comparisons / sizeof *comparisons)

/* Index of the first comparison that starts with the next token, or COMPARISONS. */
static size_t comparison_here(const parser *p)
{
	size_t i = 0;
	while (i < COMPARISONS && (comparisons[i].kind != p->token.kind ||
	                           (comparisons[i].first && !is_word(p, comparisons[i].first))))
		i++;
	return i;
}

/* Reads a comparison that starts with the next token. */
static int read_comparison(parser *p, weir_operation *op)
{
	weir_token first = p->token;
	size_t i = comparison_here(p);
	*op = comparisons[i].op;
	if (!advance(p))
		return 0;
	if (!comparisons[i].second)
		return 1;
	for (; i < COMPARISONS && weir_lex_is(p->source, first.start, first.end, comparisons[i].first); i++)
		if (is_word(p, comparisons[i].second)) {
			*op = comparisons[i].op;
			return advance(p);
		}
	complain(p, first.start, first.end, "\"%s\" is half a comparison; write \"%s\"",
	         weir_lex_quote(p->source, first.start, first.end).text,
	         weir_lex_is(p->source, first.start, first.end, "at")     ? "at most\" or \"at least"
	         : weir_lex_is(p->source, first.start, first.end, "more") ? "more than"
	                                                                  : "less than");
	return 0;
}

/* "paid" behind "is" or "is not": a flag of the name on the left. */
static weir_syntax *parse_is_paid(parser *p, weir_syntax *left, int negated)
{
	if (left->kind != WEIR_SYNTAX_NAME) {
		complain(p, left->start, left->end,
		         "\"is paid\" stands behind a name such as \"A\", not behind \"%s\"",
		         weir_lex_quote(p->source, left->start, left->end).text);
		return NULL;
	}
	weir_syntax *node = new_syntax(p, WEIR_SYNTAX_IS_PAID, left->start);
	if (!node || !advance(p))
		return NULL;
	node->word_start = left->word_start;
	node->word_end = left->word_end;
	node->end = p->last_end;
	return negated ? new_operation(p, WEIR_OP_NOT, node->start, node, NULL) : node;
}

static weir_syntax *parse_comparison_tail(parser *p, weir_syntax *left)
{
	weir_operation op = WEIR_OP_EQUAL;
	int negated = 0, is = is_word(p, "is");
	if (is) {
		if (!advance(p))
			return NULL;
		negated = is_word(p, "not");
		if (negated && !advance(p))
			return NULL;
		if (is_word(p, "paid"))
			return parse_is_paid(p, left, negated);
	}
	if ((!is || comparison_here(p) < COMPARISONS) && !read_comparison(p, &op))
		return NULL;
	weir_syntax *right = parse_chain(p, LEVEL_SUM);
	return right ? new_operation(p, negated ? opposite(op) : op, left->start, left, right) : NULL;
}

static weir_syntax *parse_comparison(parser *p)
{
	weir_syntax *left = parse_chain(p, LEVEL_SUM);
	if (!left || (comparison_here(p) == COMPARISONS && !is_word(p, "is")))
		return left;
	weir_syntax *node = parse_comparison_tail(p, left);
	if (!node || (comparison_here(p) == COMPARISONS && !is_word(p, "is")))
		return node;
	complain(p, p->token.start, p->token.end,
	         "\"%s\" follows another comparison; join two comparisons with \"and\" or \"or\"",
	         quote_token(p).text);
	return NULL;
}

static weir_syntax *parse_not(parser *p)
{
	if (!is_word(p, "not"))
		return parse_comparison(p);
	size_t start = p->token.start;
	if (!enter(p) || !advance(p))
		return NULL;
	weir_syntax *operand = parse_not(p);
	leave(p);
	return operand ? new_operation(p, WEIR_OP_NOT, start, operand, NULL) : NULL;
}

static weir_syntax *parse_operand(parser *p, level level)
{
	switch (level) {
	case LEVEL_OR:
		return parse_chain(p, LEVEL_AND);
	case LEVEL_AND:
		return parse_not(p);
	case LEVEL_SUM:
		return parse_chain(p, LEVEL_PRODUCT);
	default:
		return parse_sign(p);
	}
}

/* Whether the next token joins operands of this level. */
static int joins(const parser *p, level level, weir_operation *op)
{
	weir_token_kind kind = p->token.kind;
	switch (level) {
	case LEVEL_OR:
		*op = WEIR_OP_OR;
		return is_word(p, "or");
	case LEVEL_AND:
		*op = WEIR_OP_AND;
		return is_word(p, "and");
	case LEVEL_SUM:
		*op = kind == WEIR_TOKEN_PLUS ? WEIR_OP_ADD : WEIR_OP_SUBTRACT;
		return kind == WEIR_TOKEN_PLUS || kind == WEIR_TOKEN_MINUS;
	default:
		*op = kind == WEIR_TOKEN_TIMES ? WEIR_OP_MULTIPLY : WEIR_OP_DIVIDE;
		return kind == WEIR_TOKEN_TIMES || kind == WEIR_TOKEN_DIVIDE;
	}
}

static weir_syntax *parse_chain(parser *p, level level)
{
	weir_syntax *left = parse_operand(p, level);
	weir_operation op;
	while (left && joins(p, level, &op)) {
		size_t start = left->start;
		weir_syntax *right = advance(p) ? parse_operand(p, level) : NULL;
		left = right ? new_operation(p, op, start, left, right) : NULL;
	}
	return left;
}

weir_status weir_syntax_parse(weir_syntax **out, weir_arena *scratch, const weir_formula_text *source)
{
	parser p = { .source = source, .scratch = scratch };
	if (!advance(&p))
		return p.status;
	if (p.token.kind == WEIR_TOKEN_END) {
		complain(&p, 0, source->length, "the formula is empty; write a value such as \"A.balance\"");
		return p.status;
	}
	weir_syntax *root = parse_chain(&p, LEVEL_OR);
	if (!root)
		return p.status;
	if (p.token.kind != WEIR_TOKEN_END) {
		complain_unexpected(&p);
		return p.status;
	}
	*out = root;
	return WEIR_OK;
}
