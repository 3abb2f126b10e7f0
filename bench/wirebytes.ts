/**
 * Wire bytes: a winter day of lamps at the embedded broker, with every packet counted.
 *
 * A message's PUBACK is counted with it. The overhead of TLS and TCP is an estimate.
 */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { HOUR } from "../lib/spans.js";
import { rehearse } from "../sim/files/stage.js";
import { type Passed, Wiretap } from "../sim/network/wiretap.js";
import { Run } from "../sim/run/run.js";

/** Road users an hour, day and night. */
export const STREETS = { quiet: 2, busy: 120 } as const;
/** Hours of a recording. */
const HOURS = 26;
const PUBACK_BYTES = 4;
/** Added to each packet by TLS 1.2 with AES-GCM (5 head, 8 nonce, 16 tag), and by TCP and IPv4. */
const TLS_RECORD = 29;
const TCP_HEAD = 40;
/** A handshake with one intermediate certificate each way, bytes. */
const TLS_HANDSHAKE = 6_000;

export interface Count {
	messages: number;
	bytes: number;
}

/** Counts by kind of message, the means of all lamps. */
export type Counts = ReadonlyMap<string, Count>;

/** Bytes of a day of `lamps` lamps on a street with `rate` road users an hour. */
export async function day(rate: number, lamps: number): Promise<Counts> {
	const counts = new Map<string, Count>();
	await watchDay(rate, lamps, (passed) => count(counts, passed));
	for (const each of counts.values()) {
		each.messages /= lamps;
		each.bytes /= lamps;
	}
	return counts;
}

/**
 * Counts of each lamp from noon to noon, in service since an hour: without the connection and the
 * reports of its settings.
 */
export async function night(
	rate: number,
	lamps: number,
	args: readonly string[] = [],
): Promise<readonly Counts[]> {
	const each = Array.from({ length: lamps }, () => new Map<string, Count>());
	await watch(rate, lamps, { from: 11, hours: 25 }, args, (passed) => {
		if (passed.at >= HOUR) count(each[passed.lamp - 1]!, passed);
	});
	return each;
}

/** Road users that passed, by the begin of the hour, ms UTC. */
export type TrueCounts = Run["world"]["passed"];

/**
 * A winter day of `lamps` lamps with default settings, on a street with `rate` road users an hour;
 * `onPacket` receives every packet.
 */
export async function watchDay(
	rate: number,
	lamps: number,
	onPacket: (passed: Passed) => void,
): Promise<TrueCounts> {
	return await watch(rate, lamps, { from: 15, hours: 24 }, [], onPacket);
}

async function watch(
	rate: number,
	lamps: number,
	{ from, hours }: { readonly from: number; readonly hours: number },
	args: readonly string[],
	onPacket: (passed: Passed) => void,
): Promise<TrueCounts> {
	const folder = mkdtempSync(join(tmpdir(), "luminode-wire-"));
	try {
		const file = traffic(join(folder, "traffic.csv"), rate, from);
		const begin = ["--start", `2026-11-24T${from}:00:00+01:00`, "--duration", `${hours}h`];
		const street = ["--lamps", `${lamps}`, "--seed", "7", ...begin, "--traffic", file];
		return await watched([...street, ...args], onPacket);
	} finally {
		rmSync(folder, { recursive: true });
	}
}

/** Writes hourly counts from that hour of the day on, a quarter of them cyclists. @returns the file */
function traffic(file: string, rate: number, first: number): string {
	const rows = ["hour_start_local,cyclists,motor_vehicles"];
	for (let hour = first; hour < first + HOURS; hour++) {
		const date = `2026-11-${24 + Math.floor(hour / 24)}`;
		const start = `${String(hour % 24).padStart(2, "0")}:00`;
		rows.push(`${date}T${start},${Math.round(rate / 4)},${Math.round((rate * 3) / 4)}`);
	}
	writeFileSync(file, `${rows.join("\n")}\n`);
	return file;
}

async function watched(
	args: readonly string[],
	onPacket: (passed: Passed) => void,
): Promise<TrueCounts> {
	const { options, scenario, fleet, clock, network: inner } = await rehearse(args);
	const network = new Wiretap(inner, onPacket);
	const run = new Run({ options, scenario, fleet, network, clock });
	const why = await run.go();
	if (why !== undefined) throw new Error(why);
	await network.close();
	fleet.dispose();
	return run.world.passed;
}

function count(counts: Map<string, Count>, { packet, bytes }: Passed): void {
	if (packet.cmd === "puback") return; // counted with its message
	const isMessage = packet.cmd === "publish";
	const isPing = packet.cmd === "pingreq" || packet.cmd === "pingresp";
	const kind = isMessage ? kindOf(packet.topic) : isPing ? "ping" : "connection";
	const so = counts.get(kind) ?? { messages: 0, bytes: 0 };
	so.messages += isPing ? 0.5 : 1;
	so.bytes += bytes + (isMessage ? PUBACK_BYTES : 0);
	counts.set(kind, so);
}

function kindOf(topic: string): string {
	const args = topic.split("/");
	if (args.includes("settings")) return "settings";
	const last = args.at(-1)!;
	return last === "command" || last === "reply" ? "orders" : last;
}

/** The sum of all kinds. */
export function plain(counts: Counts): Count {
	const sum = { messages: 0, bytes: 0 };
	for (const { messages, bytes } of counts.values()) {
		sum.messages += messages;
		sum.bytes += bytes;
	}
	return sum;
}

/** With the overhead of TLS and TCP for each packet and its answer. */
export function total(counts: Counts): Count {
	const { messages, bytes } = plain(counts);
	return { messages, bytes: bytes + 2 * messages * (TLS_RECORD + TCP_HEAD) };
}

/** Likewise, with one handshake a day. */
export function withTls(counts: Counts): Count {
	const { messages, bytes } = total(counts);
	return { messages, bytes: bytes + TLS_HANDSHAKE };
}
