/**
 * Wire: MQTT bytes of one node and day by kind of message, on a quiet and on a busy street.
 *
 * `node tools/run.mjs bench/wire.ts` prints the table of docs/integrators.md, for twelve lamps.
 */
import { type Count, type Counts, day, plain, STREETS, withTls } from "./wirebytes.js";

const LAMPS = 12;

const print = (line: string) => void process.stdout.write(`${line}\n`);
const days = new Map<string, Counts>();
for (const [name, rate] of Object.entries(STREETS)) days.set(name, await day(rate, LAMPS));
print(`| kind |${[...days.keys()].map((name) => ` ${name}: messages | bytes |`).join("")}`);
print(`|---|${"---:|---:|".repeat(days.size)}`);
const kinds = new Set([...days.values()].flatMap((counts) => [...counts.keys()]));
for (const kind of kinds) row(kind, (counts) => counts.get(kind) ?? { messages: 0, bytes: 0 });
row("**in all, plain MQTT**", plain);
row("estimate with TLS and TCP", withTls);

function row(name: string, of: (counts: Counts) => Count): void {
	const cells = [...days.values()].map((counts) => {
		const { messages, bytes } = of(counts);
		return ` ${messages.toFixed(1)} | ${Math.round(bytes)} |`;
	});
	print(`| ${name} |${cells.join("")}`);
}
