/**
 * Programs: small modules by a seed, whose variables hide, assign and pass on each other.
 *
 * Names come from a short list, so that a variable, a property, a member and a parameter often have the
 * same one. A function calls only those before it, so each program ends.
 */

const NAMES = ["a", "b", "own", "level", "random", "value", "at", "n"];
const LONG = 4; // statements in a row
const DEEP = 2; // expressions within each other

export type Modules = Readonly<Record<string, string>>;

interface Scope {
	readonly names: readonly string[];
	/** Of these, those that may be assigned. */
	readonly variables: readonly string[];
	/** Functions of one number, and methods of `this`. */
	readonly calls: readonly string[];
}

const within = (scope: Scope, name: string, isVariable = false): Scope => ({
	...scope,
	names: [...scope.names.filter((other) => other !== name), name],
	variables: [...scope.variables.filter((other) => other !== name), ...(isVariable ? [name] : [])],
	calls: scope.calls.filter((call) => call !== name),
});

class Writer {
	constructor(private state: number) {}

	modules(): Modules {
		const empty: Scope = { names: [], variables: [], calls: [] };
		const constant = `export const TOP = ${this.number()};`;
		const counter = `let count = ${this.number()};`;
		const ofB = { ...empty, names: ["TOP", "count"], variables: ["count"] };
		const first = this.callable("first", ofB);
		const second = this.callable("second", { ...ofB, calls: ["first"] });
		const keptClass = this.classOf({ ...ofB, calls: ["first", "second"] });
		const b = [second, keptClass, first, constant, counter, "export { first, second, Kept };"];
		const ofA = { ...empty, names: ["TOP"], calls: ["first", "second", "use"] };
		const third = this.callable("third", ofA);
		const use = "const use = (n: number) => new Kept(n).get(n);";
		const run = this.callable("run", { ...ofA, calls: ["first", "second", "third", "use"] });
		const imports = 'import { first, second, Kept, TOP } from "./b.js";';
		return {
			a: [imports, use, third, run, "export { run };"].join("\n"),
			b: b.join("\n"),
		};
	}

	private callable(name: string, scope: Scope): string {
		const parameter = this.name();
		const body = this.statements(within(scope, parameter, true), LONG);
		return this.pick(2) === 0
			? `function ${name}(${parameter}: number) { ${body} }`
			: `const ${name} = (${parameter}: number) => { ${body} };`;
	}

	private classOf(scope: Scope): string {
		const [field, method] = ["level", "own"];
		const ofClass = { ...scope, calls: [...scope.calls, `this.${method}`] };
		const read = `const { ${field}, made: at } = this;`;
		const inner = within(within(ofClass, field), "at");
		return `class Kept { private ${field} = ${this.number()};
constructor(private made: number) { this.${field} += made; }
get(n: number) { ${read} this.made += n; ${this.statements(within(inner, "n", true), LONG)} }
private ${method}(n: number) { ${this.statements(within(scope, "n", true), LONG)} } }`;
	}

	/** Statements that end with a value. */
	private statements(scope: Scope, left: number): string {
		if (left === 0) return `return ${this.expression(scope)};`;
		const name = this.name();
		const rest = (next: Scope) => this.statements(next, left - 1);
		switch (this.pick(7)) {
			case 0:
				return `{ const ${name} = ${this.value(within(scope, name), scope)}; ${rest(within(scope, name))} }`;
			case 1:
				return `{ let ${name} = ${this.value(within(scope, name), scope)}; ${rest(within(scope, name, true))} }`;
			case 2: {
				const target = scope.variables[this.pick(scope.variables.length)];
				const step = target ? `${target} = (${target} + ${this.expression(scope)}) % 97;` : "";
				return step + rest(scope);
			}
			case 3:
				return `if (${this.expression(scope)} > ${this.expression(scope)}) { ${rest(scope)} } ${rest(scope)}`;
			case 4:
				return `for (const ${name} of [1, 2]) { if (${name} > ${this.number()}) { ${rest(within(scope, name))} } } ${rest(scope)}`;
			case 5: {
				const inner = within(within(scope, name), "length");
				return `{ const { ${name}, size: length } = { ${name}: ${this.value(inner, scope)}, size: 3 }; ${rest(inner)} }`;
			}
			default: {
				const inner = within(within(scope, "value"), "at");
				const names = inner.names.filter((each) => each !== "value"); // it is an object
				return `{ const value = { at: ${this.value(inner, scope)} }; const { at } = value; ${rest({ ...inner, names })} }`;
			}
		}
	}

	/** An expression without the two newest names of the inner scope: they have no value there yet. */
	private value(inner: Scope, outer: Scope): string {
		const newest = inner.names.slice(-2).filter((name) => name !== "TOP" && name !== "count");
		const names = outer.names.filter((name) => !newest.includes(name));
		return this.expression({ ...outer, names, variables: [] });
	}

	private expression(scope: Scope, deep = DEEP): string {
		const next = (of = scope) => this.expression(of, deep - 1);
		if (deep === 0) return this.leaf(scope);
		switch (this.pick(8)) {
			case 0:
				return `((${next()} + ${next()}) % 97)`;
			case 1:
				return `((${next()} * ${next()}) % 89)`;
			case 2:
				return `(${next()} > ${next()} ? ${next()} : ${next()})`;
			case 3: {
				const call = scope.calls[this.pick(scope.calls.length)];
				return call ? `${call}(${next()})` : this.leaf(scope);
			}
			case 4: {
				const name = this.name();
				const value = scope.names.includes(name) ? name : `${name}: ${next()}`;
				return `({ ${value}, other: ${next()} }).${name}`;
			}
			case 5: {
				const name = this.name();
				return `[${next()}, 1].map((${name}) => ${next(within(scope, name))}).reduce((a, b) => (a + b) % 83)`;
			}
			case 6:
				return `(() => { ${this.statements(scope, deep - 1)} })()`;
			default:
				return this.leaf(scope);
		}
	}

	private leaf({ names }: Scope): string {
		const name = names[this.pick(names.length + 1)];
		return name ?? `${this.number()}`;
	}

	private name(): string {
		return NAMES[this.pick(NAMES.length)]!;
	}

	private number(): number {
		return this.pick(5);
	}

	/** Less than `count`, or 0. */
	private pick(count: number): number {
		this.state = (Math.imul(this.state, 1_664_525) + 1_013_904_223) >>> 0;
		return Math.floor((this.state / 2 ** 32) * count);
	}
}

/** Module `a` exports `run`, of one number. */
export const programOf = (seed: number): Modules => new Writer(seed).modules();
