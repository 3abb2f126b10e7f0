/** Traces: drawn streets, of the explorer and with thirty inputs each, are the same in Node, in Chromium and in Firefox. */
import { randomInt } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { valuesIn } from "../../../sim/cli/words.js";
import { draw } from "../../../sim/explore/draw.js";
import type { Values } from "../../../sim/options/values.js";
import { differenceOf, traceInNode } from "../../sim/run/trace.js";
import { thirtyInputs } from "../support/thirty.js";
import { BrowserStreet } from "../support/traces.js";

const STREETS = 10;
/** A browser takes at most so much of Node's time. */
const MOST = 1.2;
/** The shortest time of so many runs counts, which other work of the machine disturbs least. */
const ROUNDS = 3;

let browsers: Readonly<Record<string, BrowserStreet>>;
beforeAll(async () => {
	const [Chromium, Firefox] = [
		await BrowserStreet.open("chromium"),
		await BrowserStreet.open("firefox"),
	];
	browsers = { Chromium, Firefox };
});
afterAll(async () => {
	for (const browser of Object.values(browsers)) await browser.close();
});

/** Runs a street in Node and in each browser, whose traces must be equal. @returns ms of each, Node first */
async function times(values: Values): Promise<number[]> {
	const node = await traceInNode(values);
	const all = [node.ms];
	for (const [name, browser] of Object.entries(browsers)) {
		const { text, ms } = await browser.trace(values);
		expect([name, differenceOf(node.text, text)]).toEqual([name, undefined]);
		all.push(ms);
	}
	return all;
}

const say = (line: string) => void process.stdout.write(`${line}\n`);
const inSeconds = (all: readonly number[]) => all.map((ms) => (ms / 1000).toFixed(2)).join(", ");

test("drawn streets", async () => {
	const first = randomInt(1_000_000);
	for (let seed = first; seed < first + STREETS; seed++) {
		const explored = { ...valuesIn(draw(seed).args), duration: "3h" };
		for (const values of [explored, thirtyInputs(seed)]) {
			say(`street ${seed}: ${JSON.stringify(values)}`);
			say(`equal; Node, Chromium, Firefox: ${inSeconds(await times(values))} s`);
		}
	}
});

test.each<[string, Values]>([
	["12", { duration: "8h" }],
	["40", { duration: "4h", board: "zhaga" }],
	["200", { duration: "2h" }],
])("%s lamps take a browser at most 1.2 times Node's time", async (lamps, more) => {
	const drawn = thirtyInputs(randomInt(1_000_000));
	const input = [drawn.input as string[], "offer@2m/7:whole.bin"].flat();
	// A browser has no second lamps; beside each lamp in Node they would take half its time.
	const values = { ...drawn, lamps, input, second: "off", ...more };
	const rounds: number[][] = [];
	for (let round = 0; round < ROUNDS; round++) rounds.push(await times(values));
	const [node, ...others] = rounds[0]!.map((_, n) => Math.min(...rounds.map((all) => all[n]!)));
	say(`${lamps} lamps: ${rounds.map(inSeconds).join("; ")} s`);
	for (const ms of others) expect(ms / node!).toBeLessThanOrEqual(MOST);
});
