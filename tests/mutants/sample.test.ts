/** The sample of mutants: its operators, the switch between them, the score, and what is argued. */
import { readFileSync } from "node:fs";
import { describe, expect, test } from "@jest/globals";
import ts from "typescript";
import { random } from "../../lib/random.js";
import { sourcesOf } from "../../tools/toolchain/modules.js";
import { ARGUED } from "./sample/argued.js";
import { testFile } from "./sample/bundles.js";
import { instrumented, SWITCH } from "./sample/instrument.js";
import { type Site, sitesOf } from "./sample/operators.js";
import { roomNames, roomOf } from "./sample/rooms.js";
import { drawn, rowOf, wilson } from "./sample/score.js";
import { killer, recorded } from "./sample/worker.js";

const changes = (text: string) =>
	sitesOf("a.ts", text).map(({ original, mutated }) => `${original} => ${mutated ?? "nothing"}`);

describe("operators", () => {
	const rows: [text: string, mutants: string[]][] = [
		["const a = b < c;", ["b < c => b <= c", "b < c => b >= c"]],
		["const a = b === c && d;", ["b === c && d => b === c || d", "b === c => b !== c"]],
		["const a = b ?? c;", ["b ?? c => b"]],
		["const a = 7;", ["7 => 8", "7 => 6"]],
		["const a = 0;", ["0 => 1"]],
		["const a = -b;", ["-b => b"]],
		["const a = !b;", ["!b => b"]],
		["const a = true;", ["true => false"]],
		["const a = 'word';", ["'word' => \"\""]],
		["const a = 'two words';", []],
		["const a = `word` + c;", []],
		["const a = Math.min(b, c);", ["Math.min(b, c) => Math.max(b, c)"]],
		["a.b();", ["a.b(); => nothing"]],
		["if (a) b = c;", ["a => true", "a => false", "b = c; => nothing"]],
		["function f() { return; }", ["return; => nothing"]],
		["type A = 1 | 'x'; interface B { c: 2 }", []],
		["import { a } from 'b';", []],
		["const a = { 1: b };", []],
	];
	test.each(rows)("%s", (text, mutants) => expect(changes(text)).toEqual(mutants));
});

describe("the switch", () => {
	const SOURCE = `
		export function story(a: number, b: number): unknown[] {
			const seen: unknown[] = [];
			for (let i = 0; i < 3; i += 1) {
				if (a > b && i !== 1) seen.push(Math.max(a, b) - i);
				else if (!(a < b)) seen.push("same");
				else { seen.push(-i * 2); if (i > 1) return seen; }
			}
			seen.push(a === b ? true : undefined ?? "end");
			return seen;
		}`;
	const sites = sitesOf("a.ts", SOURCE);
	const numbered = sites.map((site, number) => ({ number, site }));
	const INPUTS = [[1, 2], [2, 1], [2, 2], [0, 5]] as const; // biome-ignore format: pairs
	function storyOf(text: string, isMutant: (number: number) => boolean): string {
		const { outputText } = ts.transpileModule(text, {
			compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 },
		});
		const module = { exports: {} as { story(a: number, b: number): unknown[] } };
		new Function("module", "exports", SWITCH, outputText)(module, module.exports, isMutant);
		return JSON.stringify(INPUTS.map(([a, b]) => module.exports.story(a, b)));
	}
	const spliced = ({ start, end, mutated }: Site) =>
		SOURCE.slice(0, start) + (mutated ?? ";") + SOURCE.slice(end);
	const all = instrumented(SOURCE, numbered);

	test("off, the source does as before", () => {
		expect(sites.length).toBeGreaterThan(30);
		expect(storyOf(all, () => false)).toBe(storyOf(SOURCE, () => false));
	});
	test("each mutant does as the text with that one change", () => {
		let changed = 0;
		for (const { number, site } of numbered) {
			if (site.original === "i += 1" || site.original === "i < 3") continue; // some never end
			if (site.original === "1" && site.mutated === "0") continue;
			const is = storyOf(all, (asked) => asked === number);
			expect(is).toBe(storyOf(spliced(site), () => false));
			if (is !== storyOf(SOURCE, () => false)) changed += 1;
		}
		expect(changed).toBeGreaterThan(25);
	});
});

describe("the score", () => {
	/** Newcombe 1998, table I, method 3. */
	const intervals: [hits: number, count: number, low: number, high: number][] = [
		[81, 263, 0.2553, 0.3662],
		[15, 148, 0.0624, 0.1605],
		[0, 20, 0, 0.1611],
		[1, 29, 0.0061, 0.1718],
	];
	test.each(intervals)("of %i of %i is from %d to %d", (hits, count, low, high) => {
		const is = wilson(hits, count);
		expect(is.low).toBeCloseTo(low, 4);
		expect(is.high).toBeCloseTo(high, 4);
	});
	test("leaves out mutants that are argued", () => {
		expect(rowOf("time", 45, 10, 5)).toBe("| time | 60 | 45 | 10 | 5 | 90 (79-96) |");
	});
	test("is of a draw that its seed repeats, one mutant a line", () => {
		const all = sitesOf("meter/power.ts", readFileSync("src/meter/power.ts", "utf8"));
		const draw = (seed: number) => drawn(all, 20, random(seed, "meter"));
		expect(draw(1)).toEqual(draw(1));
		expect(draw(1)).not.toEqual(draw(2));
		expect(new Set(draw(1).map(({ line }) => line)).size).toBe(20);
	});
});

test("every room has sources and tests, and every source a room", () => {
	const rooms = roomNames().map((name) => roomOf(name)!);
	expect(rooms.flatMap(({ sources }) => sources).sort()).toEqual(sourcesOf("src"));
	for (const { name, tests } of rooms) expect([name, tests.length > 0]).toEqual([name, true]);
	expect(roomOf("node/light")?.sources).toContain("node/light/driver.ts");
	expect(roomOf("cellar")).toBeUndefined();
});

test("a mutant that matters is seen by a test, one that does not is not", async () => {
	const file = "meter/meter.ts";
	const sites = sitesOf(file, readFileSync(`src/${file}`, "utf8"));
	const chosen = [
		["now > this.at", "now <= this.at"], // time that passes costs nothing
		["now > this.at", "now >= this.at"], // no time costs nothing
	].map(([original, mutated]) =>
		sites.find((site) => site.original === original && site.mutated === mutated),
	);
	const mutants = chosen.map((site, number) => ({ number, site: site! }));
	const path = "tests/meter/meter.test.ts";
	const files = new Map([[path, await testFile(path, mutants)]]);
	const { reaches, excluded } = await recorded(files, []);
	expect(excluded).toEqual([]);
	expect(await killer(0, reaches, files)).toMatch(/^tests\/meter\/meter\.test\.ts: /);
	expect(await killer(1, reaches, files)).toBeUndefined();
});

test("each argument is of a mutant that stands in the sources", () => {
	for (const { file, context, original, mutated, why } of ARGUED) {
		const same = sitesOf(file, readFileSync(`src/${file}`, "utf8")).filter(
			(site) => site.context === context && site.original === original && site.mutated === mutated,
		);
		expect([file, original, same.length > 0]).toEqual([file, original, true]);
		expect(why.length).toBeGreaterThan(20);
	}
});
