/** Chance: a test draws from a seed alone, so each run has the same cases; `npm run soak -- fresh` has others. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import type fc from "fast-check";
import { projectRoot } from "../../lib/root.mjs";
import { sourcesOf } from "../../tools/toolchain/modules.js";
import { drawingFiles } from "../slow/soak/drawing.js";

const root = projectRoot();
const tests = join(root, "tests");

/** Numbers that differ from run to run; a secret of a server that a test starts may, it changes no case. */
const BY_CHANCE = /\bMath\.random\(|\brandom(Bytes|Int|UUID|FillSync)\b|\bgetRandomValues\b/;
/** XS, whose own numbers come from the host's seed; files with planted breaches. */
const EXCEPT = ["hosts/virtual/machine/time.test.ts", "tidy.test.ts", "tidy/chance.test.ts"];
/** These draw a first seed and print it. */
EXCEPT.push("slow/soak/main.ts", "slow/soak/traces.test.ts");

const drawsByChance = (text: string): boolean =>
	BY_CHANCE.test(text.replace(/^\s*(\/\/|\*).*/gm, ""));

test("no test draws by chance", () => {
	const sources = sourcesOf(tests).filter((name) => !EXCEPT.includes(name));
	const found = sources.filter((name) => drawsByChance(readFileSync(join(tests, name), "utf8")));
	expect(found).toEqual([]); // take random(seed(7), NAME) of lib/random.ts and tests/support/seed.ts
});
test("no test has a time limit of its own, which a busy machine exceeds", () => {
	const limited = /^\t?\}, (\d+ \* )?\d+_000\);$/m;
	const found = sourcesOf(tests).filter((name) =>
		limited.test(readFileSync(join(tests, name), "utf8")),
	);
	expect(found).toEqual([]); // jest's own limit ends what hangs; wait by support/until.ts
});
test.each([
	["const wait = Math.random() * 60;", true],
	["const id = randomUUID();", true],
	['import { randomBytes } from "node:crypto";', true],
	['const wait = random(7, "waits").between(0, 60);', false],
	["// as Math.random() would", false],
])("%s", (text, found) => {
	expect(drawsByChance(text)).toBe(found);
});

/** fast-check as a test file has it in a round of that seed; undefined: in `npm test`. */
async function inRound(seed: string | undefined, copy = ""): Promise<typeof fc> {
	if (seed === undefined) delete process.env.LUMINODE_SEED;
	else process.env.LUMINODE_SEED = seed;
	const path = `../support/fastcheck.mjs?${seed}${copy}`;
	return ((await import(path)) as { default: typeof fc }).default;
}

/** The first cases of a property. */
function casesOf(runner: typeof fc, given: object = {}): readonly number[] {
	const drawn: number[] = [];
	const property = runner.property(runner.nat(), (n) => {
		drawn.push(n);
	});
	runner.assert(property, { numRuns: 3, ...given });
	return drawn;
}

test("a property has the same cases in each run, and those of no other property", async () => {
	const fixed = await inRound(undefined);
	expect(casesOf(fixed)).toEqual([874255985, 1739345766, 27]);
	expect(casesOf(fixed)).toEqual([20, 2147483644, 612830628]);
	expect(casesOf(fixed, { seed: 7 })).toEqual(fixed.sample(fixed.nat(), { seed: 7, numRuns: 3 }));
});

test("in a round it has those of the round, whatever seed it states", async () => {
	const first = casesOf(await inRound("1"));
	expect(casesOf(await inRound("1", "again"), { seed: 7 })).toEqual(first);
	expect(casesOf(await inRound("2"))).not.toEqual(first);
});

test("the rounds of fresh seeds run each test that imports fast-check, itself or through another file", () => {
	const files = drawingFiles(root);
	expect(files).toEqual(
		expect.arrayContaining([
			"tests/dali/levelpath.test.ts", // itself
			"tests/properties/night.test.ts", // through properties.ts
			"tests/sim/explore/explore.street.test.ts", // from support/seed.ts
		]),
	);
	expect(files.filter((file) => /^tests\/(slow|mutants)\//.test(file))).toEqual([]);
	const direct = sourcesOf(tests).filter(
		(name) =>
			/^(?!slow\/|mutants\/).*\.test\.ts$/.test(name) &&
			/^import (?!type ).* from "fast-check";/m.test(readFileSync(join(tests, name), "utf8")),
	);
	expect(direct.filter((name) => !files.includes(`tests/${name}`))).toEqual([]);
});
