/**
 * Narrow: bytes of a night of each lamp in the profiles `normal` and `narrow`, noon to noon.
 *
 * `node tools/run.mjs bench/narrow.ts` prints the table of docs/carriers.md.
 */
import { type Count, night, STREETS, total } from "./wirebytes.js";

const LAMPS = 12;
const PROFILES = ["normal", "narrow"] as const;

const print = (line: string) => void process.stdout.write(`${line}\n`);
const columns: { readonly name: string; readonly lamps: readonly Count[] }[] = [];
for (const [street, rate] of Object.entries(STREETS))
	for (const profile of PROFILES) {
		const lamps = await night(rate, LAMPS, ["--set", `link.reporting=${profile}`]);
		columns.push({ name: `${street}, ${profile}`, lamps: lamps.map(total) });
	}
print(`| lamp |${columns.map(({ name }) => ` ${name}: packets | bytes |`).join("")} shares |`);
print(`|---|${"---:|---:|".repeat(columns.length)}---|`);
for (let lamp = 0; lamp < LAMPS; lamp++) row(`${lamp + 1}`, ({ lamps }) => lamps[lamp]!);
row("**mean**", ({ lamps }) => meanOf(lamps));

function meanOf(lamps: readonly Count[]): Count {
	const sum = (of: (count: Count) => number) => lamps.reduce((all, one) => all + of(one), 0);
	return {
		messages: sum(({ messages }) => messages) / lamps.length,
		bytes: sum(({ bytes }) => bytes) / lamps.length,
	};
}

function row(name: string, of: (column: (typeof columns)[number]) => Count): void {
	const counts = columns.map(of);
	const cells = counts.map(
		({ messages, bytes }) => ` ${Math.round(messages)} | ${Math.round(bytes)} |`,
	);
	const shares = [0, 2].map(
		(at) => `${((100 * counts[at + 1]!.bytes) / counts[at]!.bytes).toFixed(1)} %`,
	);
	print(`| ${name} |${cells.join("")} ${shares.join(", ")} |`);
}
