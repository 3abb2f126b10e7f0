/**
 * Street: twelve lamps for a day in real XS machines, and a digest of what each did in each hour.
 *
 * The trace, and what passed between lamp and broker by the kind of its topic, both ways. A digest
 * that differs names the lamp, the hour and the kind.
 */
import { createHash, type Hash } from "node:crypto";
import type { Packet } from "mqtt-packet";
import { edit, firmware } from "../../bench/lamp.js";
import { HOUR, MINUTE } from "../../lib/spans.js";
import { rehearse } from "../../sim/files/stage.js";
import { Wiretap } from "../../sim/network/wiretap.js";
import { Run } from "../../sim/run/run.js";
import { withoutFreeTexts } from "./freetexts.js";

export const LAMPS = 12;
export const HOURS = 24;
const WORDS = `--lamps ${LAMPS} --seed 7 --start 2026-11-24T15:00:00+01:00 --duration ${HOURS}h`;
/**
 * Free memory, which telemetry reports, changes with each change of the code; the length of its
 * number would move the network's delays, and with them what follows on the wire and in the light.
 */
const CONSTANT_HEAP = {
	"luminode/link/samples": edit("ring[at++] = view.machine.freeBytes;", "ring[at++] = 12345;"),
};
/** Characters of a digest: two alike by chance are one in 4 thousand million. */
const DIGITS = 8;

/** `lamp`, hour and digests by kind, a row for each hour of a lamp. */
export type Street = Readonly<Record<string, readonly string[]>>;

/** The first `hours` of the day. */
export async function liveStreet(hours = HOURS): Promise<Street> {
	const { options, scenario, epochUtc, fleet, clock, network } = await rehearse(
		WORDS.split(" "),
		firmware(CONSTANT_HEAP),
	);
	const digests = new Digests();
	const tap = new Wiretap(network, ({ at, lamp, isUp, packet }) => {
		const way = isUp ? "up" : "down";
		digests.add(lamp, at, kindOf(packet, way), `${at} ${way} ${lineOf(packet)}`);
	});
	let rest = "";
	const writeTrace = (text: string) => {
		const lines = (rest + text).split("\n");
		rest = lines.pop()!;
		for (const line of lines) {
			if (line.startsWith("#")) continue;
			const [instant, lamp] = line.split(" ");
			digests.add(Number(lamp), Date.parse(instant!) - epochUtc, "light", line);
		}
	};
	const run = new Run({ options, scenario, fleet, network: tap, clock, writeTrace });
	run.schedule(hours * HOUR + MINUTE, () => run.street.stop());
	const why = await run.go();
	await network.close();
	fleet.dispose();
	if (why !== undefined) throw new Error(why);
	return firstHours(digests.rows, hours);
}

/** Rows of the hours before that one. */
export const firstHours = (street: Street, hours: number): Street =>
	Object.fromEntries(
		Object.entries(street).map(([lamp, rows]) => [
			lamp,
			rows.filter((row) => Number.parseInt(row, 10) < hours),
		]),
	);

class Digests {
	readonly #hashes = new Map<number, Map<number, Map<string, Hash>>>();

	add(lamp: number, at: number, kind: string, line: string): void {
		const hours = had(this.#hashes, lamp, () => new Map<number, Map<string, Hash>>());
		const kinds = had(hours, Math.floor(at / HOUR), () => new Map<string, Hash>());
		had(kinds, kind, () => createHash("sha256")).update(`${line}\n`);
	}

	get rows(): Street {
		const rows: Record<string, string[]> = {};
		for (const [lamp, hours] of [...this.#hashes].sort(([a], [b]) => a - b))
			rows[lamp] = [...hours]
				.sort(([a], [b]) => a - b)
				.map(([hour, kinds]) => {
					const args = [...kinds].map(
						([kind, hash]) => `${kind} ${hash.digest("hex").slice(0, DIGITS)}`,
					);
					return `${hour}: ${args.sort().join(", ")}`;
				});
		return rows;
	}
}

function had<K, V>(map: Map<K, V>, key: K, make: () => V): V {
	const found = map.get(key) ?? make();
	map.set(key, found);
	return found;
}

/** What is said: the last level of a topic; else the packet's own. */
function kindOf(packet: Packet, way: string): string {
	if (packet.cmd !== "publish") return "session";
	const [, , , , kind] = packet.topic.split("/");
	return way === "up" ? kind! : "orders";
}

function lineOf(packet: Packet): string {
	if (packet.cmd !== "publish") return JSON.stringify(packet);
	const { topic, payload, retain, qos, dup, messageId } = packet;
	return `${topic} ${qos} ${retain} ${dup} ${messageId} ${withoutFreeTexts(payload.toString())}`;
}
