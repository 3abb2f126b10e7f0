/**
 * Narrow: bytes of a night of each lamp in the profiles `normal` and `narrow`, noon to noon.
 *
 * `node tools/run.mjs bench/narrow.ts` prints the tables of docs/carriers.md.
 */
import { type Count, type Counts, night, STREETS, total } from "./wirebytes.js";

const LAMPS = 12;
const PROFILES = ["normal", "narrow"] as const;

const print = (line: string) => void process.stdout.write(`${line}\n`);
const columns: { readonly name: string; readonly lamps: readonly Counts[] }[] = [];
for (const [street, rate] of Object.entries(STREETS))
	for (const profile of PROFILES) {
		const lamps = await night(rate, LAMPS, ["--set", `link.reporting=${profile}`]);
		columns.push({ name: `${street}, ${profile}`, lamps });
	}
const head = columns.map(({ name }) => ` ${name}: packets | bytes |`).join("");
print(`| lamp |${head} shares |`);
print(`|---|${"---:|---:|".repeat(columns.length)}---|`);
for (let lamp = 0; lamp < LAMPS; lamp++) row(`${lamp + 1}`, ({ lamps }) => total(lamps[lamp]!));
row("**mean**", ({ lamps }) => meanOf(lamps));
print("");
print(`| kind |${head}`);
print(`|---|${"---:|---:|".repeat(columns.length)}`);
const kinds = new Set(columns.flatMap(({ lamps }) => lamps.flatMap((lamp) => [...lamp.keys()])));
for (const kind of kinds)
	print(`| ${kind} |${cells(({ lamps }) => meanOf(lamps.map((lamp) => only(lamp, kind))))}`);

function only(counts: Counts, kind: string): Counts {
	return new Map([...counts].filter(([name]) => name === kind));
}

function meanOf(lamps: readonly Counts[]): Count {
	const sum = (of: (count: Count) => number) =>
		lamps.reduce((all, lamp) => all + of(total(lamp)), 0);
	return {
		messages: sum(({ messages }) => messages) / lamps.length,
		bytes: sum(({ bytes }) => bytes) / lamps.length,
	};
}

function cells(of: (column: (typeof columns)[number]) => Count): string {
	return columns
		.map(of)
		.map(({ messages, bytes }) => ` ${messages.toFixed(1)} | ${Math.round(bytes)} |`)
		.join("");
}

function row(name: string, of: (column: (typeof columns)[number]) => Count): void {
	const shares = [0, 2].map((at) => {
		const [normal, narrow] = [of(columns[at]!), of(columns[at + 1]!)];
		return `${((100 * narrow.bytes) / normal.bytes).toFixed(1)} %`;
	});
	print(`| ${name} |${cells(of)} ${shares.join(", ")} |`);
}
