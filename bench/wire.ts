/**
 * Wire: MQTT bytes of one node and day by kind of message, on a quiet and on a busy street.
 *
 * `node tools/run.mjs bench/wire.ts`: a day of twelve lamps at the embedded broker, every packet
 * counted as it passes; the answer (PUBACK) counts with its message.
 */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { nodeOf, ROOT, SITE } from "../sim/boot.js";
import { createNetwork } from "../sim/broker.js";
import { Clock } from "../sim/clock.js";
import { makeFleet } from "../sim/engine.js";
import { readOptions } from "../sim/options.js";
import { Run } from "../sim/run.js";
import { prepare } from "../sim/scenario.js";
import { type Passed, Wiretap } from "../sim/wiretap.js";

const LAMPS = 12;
/** Road users an hour, day and night. */
const STREETS = { quiet: 2, busy: 120 } as const;
const PUBACK_BYTES = 4;
/** Added to each packet by TLS 1.2 with AES-GCM (5 head, 8 nonce, 16 tag), and by TCP and IPv4. */
const TLS_RECORD = 29;
const TCP_HEAD = 40;
/** A handshake with one intermediate certificate each way, bytes. */
const TLS_HANDSHAKE = 6_000;

interface Count {
	messages: number;
	bytes: number;
}

const folder = mkdtempSync(join(tmpdir(), "luminode-wire-"));

/** A day on a street with so many road users an hour. @returns counts by kind, all lamps */
async function day(rate: number): Promise<Map<string, Count>> {
	const file = join(folder, "traffic.csv");
	const rows = ["hour_start_local,cyclists,motor_vehicles"];
	for (let hour = 0; hour < 26; hour++) {
		const date = `2026-11-${24 + Math.floor((hour + 15) / 24)}`;
		const start = `${String((hour + 15) % 24).padStart(2, "0")}:00`;
		rows.push(`${date}T${start},${Math.round(rate / 4)},${Math.round((rate * 3) / 4)}`);
	}
	writeFileSync(file, `${rows.join("\n")}\n`);
	const begin = "--start 2026-11-24T15:00:00+01:00 --duration 24h";
	const line = `--headless --lamps ${LAMPS} --seed 7 ${begin} --traffic ${file}`;
	const answer = readOptions(line.split(" "));
	if (answer.kind !== "run") throw new Error(JSON.stringify(answer));
	const { options } = answer;
	const scenario = prepare(options);
	if (typeof scenario === "string") throw new Error(scenario);
	const { epochUtc } = scenario;
	const fleet = await makeFleet({ ...options, epochUtc }, () => {});
	const clock = new Clock(Infinity);
	const where = { port: 0, root: ROOT, site: SITE, nodeOf, now: () => clock.now() };
	const inner = await createNetwork({
		...options,
		...where,
		epochUtc,
		tellOrder: () => {},
		print: () => {},
	});
	const counts = new Map<string, Count>();
	const network = new Wiretap(inner, (passed) => count(counts, passed));
	const why = await new Run({ options, scenario, fleet, network, clock }).go();
	if (why !== undefined) throw new Error(why);
	await network.close();
	fleet.dispose();
	return counts;
}

function count(counts: Map<string, Count>, { packet, bytes }: Passed): void {
	if (packet.cmd === "puback") return; // counted with what it answers
	const isMessage = packet.cmd === "publish";
	const isPing = packet.cmd === "pingreq" || packet.cmd === "pingresp";
	const kind = isMessage ? packet.topic.split("/").at(-1)! : isPing ? "ping" : "connection";
	const so = counts.get(kind) ?? { messages: 0, bytes: 0 };
	so.messages += isPing ? 0.5 : 1;
	so.bytes += bytes + (isMessage ? PUBACK_BYTES : 0);
	counts.set(kind, so);
}

const print = (line: string) => void process.stdout.write(`${line}\n`);
const days = new Map<string, Map<string, Count>>();
for (const [name, rate] of Object.entries(STREETS)) days.set(name, await day(rate));
rmSync(folder, { recursive: true });
print(`| kind |${[...days.keys()].map((name) => ` ${name}: messages | bytes |`).join("")}`);
print(`|---|${"---:|---:|".repeat(days.size)}`);
const kinds = new Set([...days.values()].flatMap((counts) => [...counts.keys()]));
for (const kind of kinds) row(kind, (counts) => counts.get(kind) ?? { messages: 0, bytes: 0 });
row("**in all, plain MQTT**", all);
row("estimate with TLS and TCP", (counts) => {
	const { messages, bytes } = all(counts);
	const overhead = 2 * messages * (TLS_RECORD + TCP_HEAD) + LAMPS * TLS_HANDSHAKE;
	return { messages, bytes: bytes + overhead };
});

function all(counts: ReadonlyMap<string, Count>): Count {
	const sum = { messages: 0, bytes: 0 };
	for (const { messages, bytes } of counts.values()) {
		sum.messages += messages;
		sum.bytes += bytes;
	}
	return sum;
}

function row(name: string, of: (counts: ReadonlyMap<string, Count>) => Count): void {
	const cells = [...days.values()].map((counts) => {
		const { messages, bytes } = of(counts);
		return ` ${(messages / LAMPS).toFixed(1)} | ${Math.round(bytes / LAMPS)} |`;
	});
	print(`| ${name} |${cells.join("")}`);
}
