/**
 * Test list: the tests of a file, from its source: title, whether it runs, whether it asserts.
 */
import ts from "typescript";

interface Test {
	/** Titles as written, groups first, ` > ` between, with the `%s` of a table. */
	readonly title: string;
	/** Skipped itself, or by a `describe` around it. */
	readonly isSkipped: boolean;
	/**
	 * It contains an `expect` or a property of fast-check, or calls a function of the file with
	 * one.
	 */
	readonly asserts: boolean;
	/** The rows of docs/security.md that it shows: comments `// security: ROW` above it. */
	readonly marks: readonly string[];
}

/** A comment that names a row of docs/security.md. */
export const MARK = /^\s*\/\/ security: (.+)$/gm;

const TESTS = ["test", "it", "xtest", "xit"];
const ASSERTIONS = ["expect", "fc"];

export function testsIn(text: string): Test[] {
	const file = ts.createSourceFile("test.ts", text, ts.ScriptTarget.ESNext, true);
	const helpers = functionsOf(file);
	const found: Test[] = [];
	const visit = (node: ts.Node, groups: string, isSkipped: boolean): void => {
		if (!ts.isCallExpression(node)) {
			ts.forEachChild(node, (child) => visit(child, groups, isSkipped));
			return;
		}
		const args = wordsOf(node.expression);
		const first = args[0]!;
		const skips = isSkipped || args.includes("skip") || args.includes("todo");
		const [title, body] = node.arguments;
		const name = title && titleOf(title);
		if (TESTS.includes(first) && name !== undefined) {
			const isOff = skips || first.startsWith("x");
			const asserts = body !== undefined && reaches(body, helpers, new Set());
			found.push({ title: groups + name, isSkipped: isOff, asserts, marks: marksAbove(node) });
			return;
		}
		const isGroup = /^x?describe$/.test(first);
		const group = isGroup && name !== undefined ? `${name} > ` : "";
		const isOff = isGroup ? skips || first === "xdescribe" : isSkipped;
		for (const child of node.arguments) visit(child, groups + group, isOff);
		visit(node.expression, groups, isSkipped);
	};
	visit(file, "", false);
	return found;
}

/** The marks in the comments directly above the statement of a test. */
function marksAbove(node: ts.Node): string[] {
	let statement = node;
	while (!ts.isStatement(statement)) statement = statement.parent;
	const above = statement.getFullText().slice(0, statement.getLeadingTriviaWidth());
	return [...above.matchAll(MARK)].map(([, row]) => row!);
}

/** The text of a title; `%s` stands for what a template fills in. */
function titleOf(title: ts.Expression): string | undefined {
	if (ts.isStringLiteralLike(title)) return title.text;
	if (!ts.isTemplateExpression(title)) return undefined;
	return [title.head.text, ...title.templateSpans.map(({ literal }) => literal.text)].join("%s");
}

/** `test.each(table)` gives the words test, each. */
function wordsOf(callee: ts.Expression): string[] {
	if (ts.isIdentifier(callee)) return [callee.text];
	if (ts.isPropertyAccessExpression(callee))
		return [...wordsOf(callee.expression), callee.name.text];
	if (ts.isCallExpression(callee)) return wordsOf(callee.expression);
	if (ts.isTaggedTemplateExpression(callee)) return wordsOf(callee.tag);
	return [""];
}

function functionsOf(file: ts.SourceFile): Map<string, ts.Node> {
	const found = new Map<string, ts.Node>();
	const visit = (node: ts.Node): void => {
		if (ts.isFunctionDeclaration(node) && node.name && node.body)
			found.set(node.name.text, node.body);
		if (ts.isVariableDeclaration(node) && ts.isIdentifier(node.name) && node.initializer)
			if (ts.isFunctionLike(node.initializer)) found.set(node.name.text, node.initializer);
		ts.forEachChild(node, visit);
	};
	visit(file);
	return found;
}

/** Whether `node` contains an assertion, or calls a function of the file with one. */
function reaches(node: ts.Node, helpers: Map<string, ts.Node>, seen: Set<string>): boolean {
	if (ts.isIdentifier(node)) {
		if (ASSERTIONS.includes(node.text)) return true;
		const helper = helpers.get(node.text);
		if (!helper || seen.has(node.text)) return false;
		seen.add(node.text);
		return reaches(helper, helpers, seen);
	}
	return ts.forEachChild(node, (child) => reaches(child, helpers, seen) || undefined) ?? false;
}
