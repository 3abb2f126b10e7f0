/**
 * Operators: every small change that can be made to a source, each by itself a mutant.
 *
 * An operator replaces one expression by another, or leaves out one statement. Types, imports and
 * prose (a text with a space in it) are left alone: a change there alters no behaviour or only words.
 */
import ts from "typescript";

export interface Site {
	/** Within src/. */
	readonly file: string;
	/** From 1. */
	readonly line: number;
	/** The place in the text: `[start, end)`. */
	readonly start: number;
	readonly end: number;
	/** The whole line in which it begins, without the white space around it. */
	readonly context: string;
	/** The text there, and the mutant's in its place; absent: the statement is left out. */
	readonly original: string;
	readonly mutated?: string;
}

const K = ts.SyntaxKind;
/** A binary operator and those that replace it. */
const BINARY: ReadonlyMap<ts.SyntaxKind, readonly string[]> = new Map<
	ts.SyntaxKind,
	readonly string[]
>([
	[K.LessThanToken, ["<=", ">="]],
	[K.LessThanEqualsToken, ["<", ">"]],
	[K.GreaterThanToken, [">=", "<="]],
	[K.GreaterThanEqualsToken, [">", "<"]],
	[K.EqualsEqualsEqualsToken, ["!=="]],
	[K.ExclamationEqualsEqualsToken, ["==="]],
	[K.AmpersandAmpersandToken, ["||"]],
	[K.BarBarToken, ["&&"]],
	[K.PlusToken, ["-"]],
	[K.MinusToken, ["+"]],
	[K.AsteriskToken, ["/"]],
	[K.SlashToken, ["*"]],
	[K.PercentToken, ["*"]],
	[K.AmpersandToken, ["|"]],
	[K.BarToken, ["&"]],
	[K.CaretToken, ["|"]],
	[K.LessThanLessThanToken, [">>"]],
	[K.GreaterThanGreaterThanToken, ["<<"]],
	[K.GreaterThanGreaterThanGreaterThanToken, ["<<"]],
	[K.PlusEqualsToken, ["-="]],
	[K.MinusEqualsToken, ["+="]],
]);
const COUNTERPARTS: Readonly<Record<string, string>> = {
	"Math.min": "Math.max",
	"Math.max": "Math.min",
	"Math.floor": "Math.ceil",
	"Math.ceil": "Math.floor",
};

/** All mutants of a source, in the order of their places. */
export function sitesOf(file: string, text: string): Site[] {
	const source = ts.createSourceFile(file, text, ts.ScriptTarget.ESNext, true);
	const sites: Site[] = [];
	const lines = text.split("\n");
	const add = (node: ts.Node, mutated?: string): void => {
		const start = node.getStart(source);
		const line = source.getLineAndCharacterOfPosition(start).line + 1;
		const context = (lines[line - 1] ?? "").trim();
		const site = { file, line, context, start, end: node.end, original: node.getText(source) };
		sites.push(mutated === undefined ? site : { ...site, mutated });
	};
	const visit = (node: ts.Node): void => {
		if (isLeftAlone(node)) return;
		mutate(node, add);
		ts.forEachChild(node, visit);
	};
	visit(source);
	return sites;
}

function isLeftAlone(node: ts.Node): boolean {
	return (
		ts.isTypeNode(node) ||
		ts.isInterfaceDeclaration(node) ||
		ts.isTypeAliasDeclaration(node) ||
		ts.isImportDeclaration(node) ||
		ts.isExportDeclaration(node)
	);
}

type Add = (node: ts.Node, mutated?: string) => void;

function mutate(node: ts.Node, add: Add): void {
	if (ts.isBinaryExpression(node)) binary(node, add);
	else if (ts.isPrefixUnaryExpression(node)) {
		if (node.operator === K.ExclamationToken || node.operator === K.MinusToken)
			add(node, node.operand.getText());
	} else if (ts.isCallExpression(node)) {
		const instead = COUNTERPARTS[node.expression.getText()];
		if (instead) add(node, instead + node.getText().slice(node.expression.getText().length));
	} else if (ts.isNumericLiteral(node)) number(node, add);
	else if (ts.isStringLiteral(node)) text(node, add);
	else if (node.kind === K.TrueKeyword || node.kind === K.FalseKeyword)
		add(node, node.kind === K.TrueKeyword ? "false" : "true");
	else if (ts.isExpressionStatement(node)) {
		if (!node.getText().startsWith("super(")) add(node);
	} else if (ts.isReturnStatement(node) && !node.expression) add(node);
	const condition =
		ts.isIfStatement(node) || ts.isWhileStatement(node)
			? node.expression
			: ts.isConditionalExpression(node)
				? node.condition
				: undefined;
	if (!condition) return;
	add(condition, "true");
	add(condition, "false");
}

function binary(node: ts.BinaryExpression, add: Add): void {
	const { left, operatorToken, right } = node;
	if (operatorToken.kind === K.PlusToken && (isText(left) || isText(right))) return;
	if (operatorToken.kind === K.PlusEqualsToken && isText(right)) return;
	if (operatorToken.kind === K.QuestionQuestionToken) {
		add(node, left.getText());
		return;
	}
	for (const other of BINARY.get(operatorToken.kind) ?? [])
		add(node, `${left.getText()} ${other} ${right.getText()}`);
}

/** Whether an operand of a sum is a text by its form. */
function isText(node: ts.Node): boolean {
	if (ts.isParenthesizedExpression(node)) return isText(node.expression);
	if (ts.isBinaryExpression(node)) return isText(node.left) || isText(node.right);
	return ts.isStringLiteralLike(node) || ts.isTemplateExpression(node);
}

function number(node: ts.NumericLiteral, add: Add): void {
	if (isName(node)) return;
	const value = Number(node.text);
	add(node, `${value + 1}`);
	if (value !== 0) add(node, `${value > 1 && Number.isInteger(value) ? value - 1 : 0}`);
}

function text(node: ts.StringLiteral, add: Add): void {
	if (isName(node) || /\s/.test(node.text)) return;
	add(node, node.text === "" ? '"?"' : '""');
}

/** Whether a literal is the name of a member. */
function isName(node: ts.Node): boolean {
	const { parent } = node;
	return ts.isPropertyAssignment(parent) && parent.name === node;
}
