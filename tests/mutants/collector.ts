/**
 * Collector: gathers the tests of a bundled test file, so that each can be run in this process.
 *
 * `describe`, `test` and `beforeAll` are the few forms that the rooms' tests use. A test file that is
 * called with these bindings lists its tests and runs none of them.
 */
type Body = (...row: unknown[]) => unknown;
/** For each row of a table: a list is spread over the parameters, anything else is the only one. */
type Each = (rows: readonly unknown[]) => (name: string, body: Body) => void;

/** A test by its name, with the names of its suites before it. */
export type Named = readonly [name: string, body: () => unknown];

export interface Collected {
	readonly tests: Named[];
	/** Bodies of `beforeAll`, which run before the first test. */
	readonly setups: (() => unknown)[];
	/** The module `@jest/globals` of the test file. */
	readonly globals: object;
}

/** An empty list of tests, and the globals that fill it. `expect`: the real one. */
export function collector(expect: unknown): Collected {
	const tests: Named[] = [];
	const setups: (() => unknown)[] = [];
	const suite: string[] = [];
	const test = withEach((name, body) => tests.push([[...suite, name].join(": "), () => body()]));
	const describe = withEach((name, body) => {
		suite.push(name);
		body();
		suite.pop();
	});
	const beforeAll = (body: () => unknown) => setups.push(body);
	return { tests, setups, globals: { describe, test, beforeAll, expect } };
}

function withEach(register: (name: string, body: Body) => void) {
	const each: Each = (rows) => (name, body) => {
		for (const row of rows) register(name, () => (Array.isArray(row) ? body(...row) : body(row)));
	};
	return Object.assign(register, { each });
}
