/**
 * Once: a function or a private method that is called in one place stands there.
 *
 * In flash a function takes five slots of 16 bytes and more, and the one that calls it another. Its
 * statements take the place of the call, with variables of names of their own; a `return` in their
 * midst leaves a block.
 */
import { createRequire } from "node:module";
import {
	firstOf,
	isAssignment,
	isDouble,
	movedIn,
	unwrapped,
	variableOf,
	wholeOf,
} from "./calledonce.mjs";
import { isProperty, isShorthand } from "./names.mjs";

/** @type {typeof import("typescript")} */
const ts = createRequire(import.meta.url)("typescript");

const RETURN = { isReturn: true };
const NOTHING = {};

/** Writes the module with the moved functions in their places. */
class Writer {
	moved;
	places = new Map();
	gone = new Set();
	/** Nodes in which something is moved. */
	changed = new Set();
	/** Variables that hold the results of calls. */
	results = new Map();
	count = 0;

	constructor(text, all) {
		this.text = text;
		this.moved = new Map(all.map((one) => [one.call, one]));
		for (const { place, declaration, call } of all) {
			this.places.set(place, true);
			this.gone.add(declaration);
			for (const from of [place, declaration, call])
				for (let at = from; at; at = at.parent) this.changed.add(at);
		}
	}

	/** `names`: variables that are called otherwise; `leave`: a return of the moved function. */
	write(node, names, leave) {
		if (this.gone.has(node)) return "";
		const result = this.results.get(node);
		if (result !== undefined) return result;
		if (ts.isIdentifier(node)) return this.name(node, names);
		if (this.places.has(node)) return this.place(node, names, leave);
		if (ts.isReturnStatement(node) && leave)
			return `{ ${this.end(RETURN, node.expression && this.write(node.expression, names), leave)} }`;
		const isInner = ts.isFunctionLike(node) || ts.isClassLike(node);
		return this.parts(node, names, isInner ? undefined : leave);
	}

	parts(node, names, leave) {
		const isSame = names.size === 0 && !leave && !this.changed.has(node);
		if (isSame) return this.text.slice(node.pos, node.end);
		let [made, at] = ["", node.pos];
		ts.forEachChild(node, (child) => {
			made += this.text.slice(at, child.pos) + this.write(child, names, leave);
			at = child.end;
		});
		return made + this.text.slice(at, node.end);
	}

	name(node, names) {
		const other = isProperty(node) ? undefined : names.get(node.text);
		if (other === undefined) return this.text.slice(node.pos, node.end);
		return isShorthand(node) ? ` ${node.text}: ${other}` : ` ${other}`;
	}

	place(node, names, leave) {
		if (ts.isArrowFunction(node)) {
			const { body, parameters } = node;
			const written = parameters.map((each) => this.write(each, names));
			return ` (${written.join()}) => { ${this.value(RETURN, body, names)} }`;
		}
		const made = this.statement(node, names, leave);
		const isInLine = ts.isBlock(node.parent) || ts.isCaseOrDefaultClause(node.parent);
		return isInLine ? made : `{ ${made} }`;
	}

	statement(node, names, leave) {
		const whole = wholeOf(node);
		if (ts.isReturnStatement(node)) return this.value(RETURN, whole, names, leave);
		const variable = variableOf(node);
		if (variable) {
			const target = this.write(variable, names);
			return `let ${target}; ${this.value({ target }, whole, names)}`;
		}
		if (ts.isExpressionStatement(node)) {
			const { expression } = node;
			if (!isAssignment(expression)) return this.value(NOTHING, whole, names);
			return this.value({ target: this.write(expression.left, names) }, whole, names);
		}
		const first = this.before(firstOf(node), names);
		if (!isDouble(node) || !this.has(node.expression.right))
			return first + this.parts(node, names, leave);
		const { left, right } = node.expression;
		const inner = this.before(right, names);
		const then = this.write(node.thenStatement, names, leave);
		return `${first} if (${this.write(left, names)}) { ${inner} if (${this.write(right, names)}) ${then} }`;
	}

	/** Whether an expression evaluates a moved call first. */
	has(expression) {
		let at = expression;
		while (at && !this.moved.has(at)) at = firstOf(at);
		return at !== undefined;
	}

	/** Statements that evaluate an expression, and do with its value as `how` says. */
	value(how, expression, names, leave) {
		const inner = unwrapped(expression);
		if (this.moved.has(inner)) return this.body(inner, how, names, leave);
		if (ts.isConditionalExpression(inner) && this.hasBranch(inner)) {
			const first = this.before(inner.condition, names);
			const [yes, no] = [inner.whenTrue, inner.whenFalse].map((branch) =>
				this.value(how, branch, names, leave),
			);
			return `${first} if (${this.write(inner.condition, names)}) { ${yes} } else { ${no} }`;
		}
		const first = this.before(expression, names);
		return first + this.end(how, this.write(expression, names), leave);
	}

	/** Whether a branch of a condition begins with a moved call. */
	hasBranch({ whenTrue, whenFalse }) {
		return [whenTrue, whenFalse]
			.map(unwrapped)
			.some(
				(branch) =>
					this.has(branch) || (ts.isConditionalExpression(branch) && this.hasBranch(branch)),
			);
	}

	/** The moved call that an expression evaluates first, with its result in a variable. */
	before(expression, names) {
		let at = expression;
		while (at && !this.moved.has(at)) at = firstOf(at);
		if (!at) return "";
		const target = `$${this.count}`; // no variable of the sources has such a name
		this.results.set(at, ` ${target}`);
		return `let ${target}; ${this.body(at, { target }, names)}`;
	}

	end({ isReturn, target }, value, leave) {
		if (!isReturn) return target ? `${target} = ${value ?? "void 0"};` : value ? `(${value});` : "";
		if (!leave) return `return ${value ?? ""};`;
		leave.isUsed = true;
		return `${this.end({ target: leave.target }, value)} break ${leave.label};`;
	}

	/** The statements of a moved function. */
	body(call, how, names, leave) {
		const { its, own } = this.moved.get(call);
		const nth = this.count++;
		const others = new Map([...own].map((name) => [name, `${name}$${nth}`]));
		const first = call.arguments.length > 0 ? this.before(call.arguments[0], names) : "";
		const head = its.parameters.map(({ name, initializer }, place) => {
			const given = call.arguments[place];
			const value = given
				? this.write(given, names)
				: initializer && this.write(initializer, others);
			return `let ${this.write(name, others)} = ${value ?? "void 0"};`;
		});
		const inner = how.isReturn ? leave : { target: how.target, label: `out$${nth}` };
		const { statements } = its.body;
		const last = statements.at(-1);
		const isReturned = last !== undefined && ts.isReturnStatement(last);
		const rest = (isReturned ? statements.slice(0, -1) : statements).map((each) =>
			this.write(each, others, inner),
		);
		const value = isReturned ? last.expression : undefined;
		const end = value ? this.value(how, value, others, leave) : this.end(how, undefined, leave);
		const label = !how.isReturn && inner.isUsed ? `${inner.label}: ` : "";
		return `${first} ${label}{ ${head.join(" ")} ${rest.join(" ")} ${end} }`;
	}
}

/** @type {import("./once.mjs").once} */
export function once(code, privates) {
	const file = ts.createSourceFile("one.js", code, ts.ScriptTarget.ES2022, true, ts.ScriptKind.JS);
	const all = movedIn(file, new Set(privates));
	const writer = new Writer(code, all);
	const text = writer.write(file, new Map());
	if (writer.count !== all.length)
		throw new Error("a function was taken away, and its call is left");
	return text;
}
