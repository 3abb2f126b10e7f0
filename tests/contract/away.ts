/**
 * Away: the same street twice, with its broker and without, and what must be reported of it afterwards.
 *
 * The run with a broker is the oracle: what it received of each lamp at once, the other must receive late,
 * with the same times. What happens comes from the street itself, power cuts and the technician.
 */

import { createHash } from "node:crypto";
import { INPUT } from "../../hosts/virtual/protocol.js";
import { HOUR, MINUTE } from "../../lib/spans.js";
import type { Passed } from "../../sim/network/wiretap.js";
import { KEPT, KEPT_AS, keysFor } from "../support/technician.js";
import { type Stage, type Watched, watch } from "./street.js";

const LEFT = 10 * MINUTE;
/** Between the broker's return and the end: the spread, and what is owed at five a second. */
const AFTER = HOUR;
/** What two publishes of the backlog are apart, as the contract says. */
export const GAP = 200;
/** They concern the link itself, or memory that it takes, which differs. */
const OF_THE_LINK: readonly unknown[] = Object.freeze([
	"linkLost",
	"communicationFailure",
	"eventsLost",
	"heapLow",
]);
const OWED = Object.freeze(["event", "telemetry", "traffic"]);

type Json = Record<string, unknown> & { life: number; seq: number; uptime_ms: number };

export interface Report {
	readonly at: number;
	readonly suffix: string;
	readonly body: Json;
}

export interface Absence {
	readonly line: string;
	readonly lamps: number;
	readonly hours: number;
	/** Power is cut, instant and lamp. */
	readonly cuts: readonly (readonly [at: number, lamp: number])[];
	/** Somebody gives orders at this lamp all the time, each so many ms. */
	readonly noise?: readonly [lamp: number, every: number];
}

export interface Compared {
	readonly back: number;
	readonly near: Watched;
	readonly far: Watched;
}

/** Runs both. */
export async function compare(absence: Absence): Promise<Compared> {
	const { line, lamps, hours, cuts, noise } = absence;
	const back = hours * HOUR - AFTER;
	const play =
		(isAway: boolean) =>
		({ fleet, network, tap, restart }: Stage) => {
			for (const [at, lamp] of cuts) restart(at, lamp);
			for (let lamp = 1; lamp <= lamps; lamp += 1) fleet.storeWrite(lamp, KEPT_AS, KEPT);
			// At the very instant in both runs: the street's serial lines go by its windows of time.
			const type = (instant: number, lamp: number, text: string) =>
				tap.plan(instant, (at) => {
					const bytes = Buffer.from(keysFor(text));
					fleet.post(lamp, at, INPUT.serialReadable, bytes.length, 0, bytes);
				});
			for (let index = 0; index < hours / 2 - 1; index += 1)
				type((1 + 2 * index) * HOUR, 1 + (index % lamps), "override 70 10");
			if (noise)
				for (let at = LEFT + MINUTE; at < back; at += noise[1]) type(at, noise[0], "override 60 5");
			if (!isAway) return;
			tap.plan(LEFT, () => network.setBrokerReachable(false));
			tap.plan(back, () => network.setBrokerReachable(true));
		};
	const all = `--lamps ${lamps} --duration ${hours}h ${line}`;
	return {
		back,
		near: await watch(all, play(false), false),
		far: await watch(all, play(true), false),
	};
}

export const hashOf = (light: readonly string[]): string =>
	createHash("sha256").update(light.join("\n")).digest("hex");

/** What a lamp reported from its outbox, in order. */
export function reportsOf({ passed }: Watched, lamp: number): Report[] {
	return passed.flatMap(({ at, lamp: of, isUp, packet }: Passed) => {
		if (!isUp || of !== lamp || packet.cmd !== "publish") return [];
		const suffix = packet.topic.split("/").at(-1)!;
		if (!OWED.includes(suffix)) return [];
		return [{ at, suffix, body: JSON.parse(packet.payload.toString()) as Json }];
	});
}

/** What is wrong with the numbers of a lamp's events: in order, without gaps but those reported. */
export function gaps(all: readonly Report[]): string[] {
	const wrong: string[] = [];
	let last = { life: 0, seq: 0 };
	for (const { suffix, body } of all) {
		if (suffix !== "event") continue;
		const { life, seq } = body;
		const next = life === last.life ? last.seq + 1 : 1;
		const run = body.attributes as { from?: number; to?: number };
		const isRun = body.type === "eventsLost" && run.from === next && run.to === seq;
		if (life < last.life || (seq !== next && !isRun))
			wrong.push(`${last.life}/${last.seq}, then ${life}/${seq}`);
		last = { life, seq };
	}
	return wrong;
}

/** How many events stand in no message but in a run that was lost. */
export function lost(all: readonly Report[]): number {
	let count = 0;
	for (const { body } of all)
		if (body.type === "eventsLost") {
			const { from, to } = body.attributes as { from: number; to: number };
			count += to - from + 1;
		}
	return count;
}

/** Each event that is not about the link, without its number, which differs. */
export function facts(all: readonly Report[]): string[] {
	return all.flatMap(({ suffix, body }) => {
		if (suffix !== "event" || OF_THE_LINK.includes(body.type)) return [];
		const { life, type, startEndFlag, attributes, uptime_ms } = body;
		return [JSON.stringify([life, Math.floor(uptime_ms), type, startEndFlag, attributes])];
	});
}

/** When each life began by what its messages say, UTC ms; a life without a date is left out. */
export function births(all: readonly Report[]): Map<number, [least: number, most: number]> {
	const found = new Map<number, [number, number]>();
	for (const { body } of all) {
		if (typeof body.time !== "string") continue;
		const began = Date.parse(body.time) - body.uptime_ms;
		const [least, most] = found.get(body.life) ?? [began, began];
		found.set(body.life, [Math.min(least, began), Math.max(most, began)]);
	}
	return found;
}

/** Shortest time between two messages of the backlog, ms. */
export function shortestGap(all: readonly Report[], from: number): number {
	const instants = all.filter(({ at }) => at > from).map(({ at }) => at);
	return Math.min(...instants.slice(1).map((at, index) => at - instants[index]!));
}
