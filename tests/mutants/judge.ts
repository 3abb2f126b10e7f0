/**
 * Judge: runs the tests of a room in this process, against sources with one text replaced.
 *
 * A test file is bundled with the sources it imports; `describe` and `test` are the few forms that
 * the rooms' tests use, `expect` and fast-check are the real ones.
 */
import * as crypto from "node:crypto";
import * as fs from "node:fs";
import * as path from "node:path";
import * as util from "node:util";
import { expect } from "@jest/globals";
import * as fastCheck from "fast-check";
import { bundled, type Edit } from "../support/bundle.js";

export interface Verdict {
	readonly passed: readonly string[];
	readonly failed: readonly string[];
}

type Body = (...row: unknown[]) => unknown;
/** For each row of a table: a list is spread over the parameters, anything else is the only one. */
type Each = (rows: readonly unknown[]) => (name: string, body: Body) => void;

type Named = readonly [name: string, body: () => unknown];

/** The tests of a file (within tests/) on the sources, in their order, none of them run. */
export async function testsOf(file: string, edit?: Edit): Promise<readonly Named[]> {
	const tests: Named[] = [];
	const suite: string[] = [];
	const test = withEach((name, body) => tests.push([[...suite, name].join(": "), () => body()]));
	const describe = withEach((name, body) => {
		suite.push(name);
		body();
		suite.pop();
	});
	const given = {
		"@jest/globals": { describe, test, expect },
		"fast-check": { __esModule: true, ...fastCheck },
		...{ "node:crypto": crypto, "node:fs": fs, "node:path": path, "node:util": util },
	};
	await bundled(`tests/${file}`, edit, given);
	return tests;
}

/** The verdict of all of these tests, or as far as one has failed and one has passed. */
export async function verdictOf(tests: readonly Named[], isSeenEnough = false): Promise<Verdict> {
	const verdict = { passed: [] as string[], failed: [] as string[] };
	for (const [name, body] of tests) {
		if (isSeenEnough && verdict.failed.length > 0 && verdict.passed.length > 0) break;
		try {
			await body();
			verdict.passed.push(name);
		} catch {
			verdict.failed.push(name);
		}
	}
	return verdict;
}

function withEach(one: (name: string, body: Body) => void) {
	const each: Each = (rows) => (name, body) => {
		for (const row of rows) one(name, () => (Array.isArray(row) ? body(...row) : body(row)));
	};
	return Object.assign(one, { each });
}
