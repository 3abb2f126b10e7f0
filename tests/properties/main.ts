/**
 * Main: puts random nights to every property. `npm run nights -- [SEED [COUNT]]`; 1 if one broke.
 *
 * The same as night.test.ts, and much faster: outside the test runner's sandbox.
 */
import { refuse, wordsOf } from "../../lib/words.js";
import { SITUATIONS, type Tally, tooSeldom } from "./coverage.js";
import { holds, PROPERTIES } from "./properties.js";

const COMMAND = "npm run nights";
const HELP = `usage: npm run nights [-- SEED [COUNT]]

Puts random nights of one lamp to every property of the light; ends with 1 if one broke.
SEED: a whole number, 20261124 without it; COUNT: nights for each property, 10000 without it.`;

const { positionals } = wordsOf({ command: COMMAND, help: HELP, most: 2 });
for (const word of positionals) if (!/^\d{1,9}$/.test(word)) refuse(COMMAND, `${word}: no number`);
const [seed = 20261124, count = 10_000] = positionals.map(Number);
const tally: Tally = new Map();
for (const property of PROPERTIES) {
	const before = process.cpuUsage().user;
	let said = "held";
	try {
		holds(property, seed, count, tally);
	} catch (error) {
		const { message, cause } = error as Error;
		said = `BROKE: ${cause instanceof Error ? cause.message : ""}\n${message}`;
		process.exitCode = 1;
	}
	const seconds = ((process.cpuUsage().user - before) / 1e6).toFixed(0);
	process.stdout.write(`${count} nights, seed ${seed}, ${seconds} s: ${property.name}: ${said}\n`);
}
for (const situation of Object.keys(SITUATIONS) as (keyof typeof SITUATIONS)[])
	process.stdout.write(`${tally.get(situation) ?? 0} nights: ${situation}\n`);
for (const why of tooSeldom(tally, count)) {
	process.stdout.write(`TOO SELDOM: ${why}\n`);
	process.exitCode = 1;
}
