/**
 * Judge: runs the tests of a room in this process, against sources with one text replaced.
 *
 * A test file is bundled with the sources it imports; `expect` and fast-check are the real ones.
 */
import * as crypto from "node:crypto";
import * as fs from "node:fs";
import * as path from "node:path";
import * as util from "node:util";
import { expect } from "@jest/globals";
import * as fastCheck from "fast-check";
import { bundled, type Edit } from "../support/bundle.js";
import { collector, type Named } from "./collector.js";

export interface Verdict {
	readonly passed: readonly string[];
	readonly failed: readonly string[];
}

/** The tests of a file (within tests/) on the sources, in their order, none of them run. */
export async function testsOf(file: string, edit?: Edit): Promise<readonly Named[]> {
	const { tests, globals } = collector(expect);
	const given = {
		"@jest/globals": globals,
		"fast-check": { __esModule: true, ...fastCheck },
		"node:crypto": crypto,
		"node:fs": fs,
		"node:path": path,
		"node:util": util,
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
