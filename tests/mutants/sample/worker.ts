/**
 * Worker: a process that runs a room's tests against one mutant after another.
 *
 * It first runs every test once without a mutant and records which mutants each one reaches: a
 * mutant is put to those alone. A mutant may loop for ever, so the parent ends the process and
 * starts another, which is given the record.
 */
import fc from "fast-check";
import { type TestFile, testFile } from "./bundles.js";
import type { Numbered } from "./instrument.js";

/** A test that holds on the sources as they are. */
export interface Reach {
	readonly file: string;
	/** Its place in the file. */
	readonly testIndex: number;
	readonly name: string;
	readonly took: number;
	/** Numbers of the mutants that it reaches. */
	readonly reached: readonly number[];
}

export interface Record {
	readonly reaches: readonly Reach[];
	/** Tests that cannot run here, with the reason. */
	readonly excluded: readonly string[];
}

export type Question =
	| { kind: "prepare"; mutants: readonly Numbered[]; tests: readonly string[]; record?: Record }
	| { kind: "judge"; number: number };
export type Reply =
	| { kind: "ready"; record: Record }
	/** `by`: the test that failed; absent: all passed. */
	| { kind: "verdict"; by?: string };

/** Tests draw the same cases each time. */
const SEED = 20_261_124;
const NONE = () => false;

/** Answers the questions of the parent process until it closes the channel. */
export function work(): void {
	fc.configureGlobal({ seed: SEED, endOnFailure: true, defaultSizeToMaxWhenMaxSpecified: true });
	const files = new Map<string, TestFile>();
	let record: Record = { reaches: [], excluded: [] };
	process.on("message", async (question: Question) => {
		let reply: Reply;
		if (question.kind === "prepare") {
			const excluded: string[] = [];
			for (const path of question.tests)
				try {
					files.set(path, await testFile(path, question.mutants));
				} catch (error) {
					excluded.push(`${path}: ${firstLine(error)}`);
				}
			record = question.record ?? (await recorded(files, excluded));
			reply = { kind: "ready", record };
		} else {
			const by = await killer(question.number, record.reaches, files);
			reply = by === undefined ? { kind: "verdict" } : { kind: "verdict", by };
		}
		process.send?.(reply);
	});
}

export async function recorded(
	files: ReadonlyMap<string, TestFile>,
	excluded: string[],
): Promise<Record> {
	const reaches: Reach[] = [];
	for (const [file, evaluate] of files) {
		const shared = new Set<number>();
		let reached = shared;
		const note = (number: number) => {
			reached.add(number);
			return false;
		};
		try {
			const { tests, setups } = evaluate(note);
			for (const setup of setups) await setup();
			for (const [index, [name, body]] of tests.entries()) {
				reached = new Set(shared);
				const before = performance.now();
				try {
					await body();
					reaches.push({
						file,
						testIndex: index,
						name,
						took: performance.now() - before,
						reached: [...reached],
					});
				} catch (error) {
					excluded.push(`${file}: ${name}: ${firstLine(error)}`);
				}
			}
		} catch (error) {
			excluded.push(`${file}: ${firstLine(error)}`);
		}
	}
	return { reaches, excluded };
}

/** The first test that fails with this mutant and passes without it; the quickest go first. */
export async function killer(
	number: number,
	reaches: readonly Reach[],
	files: ReadonlyMap<string, TestFile>,
): Promise<string | undefined> {
	const toRun = reaches.filter(({ reached }) => reached.includes(number));
	const paths = [...new Set(toRun.map(({ file }) => file))];
	const cost = (path: string) =>
		toRun.reduce((sum, { file, took }) => sum + (file === path ? took : 0), 0);
	for (const path of paths.sort((a, b) => cost(a) - cost(b))) {
		const evaluate = files.get(path) as TestFile;
		const tests = toRun.filter(({ file }) => file === path);
		const isMutant = (asked: number) => asked === number;
		const failed = await firstFailed(evaluate, tests, isMutant);
		if (failed === undefined) continue;
		const upTo = tests.slice(0, tests.indexOf(failed) + 1);
		// A test may need one before it: without the mutant the same tests must pass.
		if ((await firstFailed(evaluate, upTo, NONE)) === undefined) return `${path}: ${failed.name}`;
	}
	return undefined;
}

async function firstFailed(
	evaluate: TestFile,
	reaches: readonly Reach[],
	isMutant: (number: number) => boolean,
): Promise<Reach | undefined> {
	let index = 0;
	try {
		const { tests, setups } = evaluate(isMutant);
		for (const setup of setups) await setup();
		for (; index < reaches.length; index += 1)
			await tests[(reaches[index] as Reach).testIndex]?.[1]();
	} catch {
		return reaches[index];
	}
	return undefined;
}

function firstLine(error: unknown): string {
	return `${error instanceof Error ? error.message : error}`.split("\n")[0] ?? "";
}
