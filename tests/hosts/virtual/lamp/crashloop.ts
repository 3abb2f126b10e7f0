/**
 * Crash loop: a lamp in XS that restarts every ten seconds, for how long the caller likes, and then
 * recovers. Wear is counted where it happens, in the virtual flash: by sector and by write.
 */
import { expect } from "@jest/globals";
import type { Packet } from "mqtt-packet";
import { INPUT, type POWER_CAUSE } from "../../../../hosts/virtual/protocol.js";
import { HOUR } from "../../../../lib/spans.js";
import {
	KEY_WRITES_A_YEAR,
	SECTOR_ERASES_A_YEAR,
	WRITES_SAVED,
} from "../../../../src/node/storage/flashbudget.js";
import { EPOCH, NODE, XsLamp } from "../../../support/xslamp.js";

export const EVERY = 10_000;
const YEAR = 365.25 * 24 * HOUR;
/** Sectors of the store, then those of the log (hosts/virtual/machine). */
const STORE_SECTORS = 6;
const LOG_SECTORS = 16;

export type Cause = (typeof POWER_CAUSE)[number];

export interface Wear {
	/** Writes and erasures of keys. */
	readonly writes: number;
	/** Erases of the log's sectors. */
	readonly erases: number;
}

export interface Recovery {
	readonly lives: number;
	/** Of the first half of the loop, of its second half, and of a year at the pace of that. */
	readonly first: Wear;
	readonly second: Wear;
	readonly year: Wear;
	/** From the last boot to the first word and to the event that reports it, ms. */
	readonly firstWordAfter: number;
	readonly reportedAfter: number;
	/** The last life's number by its status, and of all lives that spoke. */
	readonly life: number;
	readonly lifeNumbers: readonly number[];
	/** Attributes of the last boot's event. */
	readonly attributes: Record<string, unknown>;
	/** Of the time after the loop. */
	readonly after: Wear;
	readonly deaths: readonly string[];
}

function wearOf({ fleet, statistics }: XsLamp): Wear {
	let erases = 0;
	for (let index = 0; index < LOG_SECTORS; index += 1)
		erases += fleet.wear(1, STORE_SECTORS + index);
	return { writes: statistics.storeWrites, erases };
}

const less = (a: Wear, b: Wear): Wear => ({
	writes: a.writes - b.writes,
	erases: a.erases - b.erases,
});

interface Word {
	readonly at: number;
	readonly topic: string;
	readonly body: Record<string, unknown> & { life: number };
}

/** `hours` of restarts, then `after` hours without. `spread`: of the lamp's connections, s. */
export async function crashLoop(
	cause: Cause,
	supply: "always" | "switched",
	spread: number,
	hours: number,
	after: number,
): Promise<Recovery> {
	const pole = await XsLamp.of();
	pole.store("link", { brokerHost: "broker", brokerTls: false, reconnectSpread: spread });
	pole.store("power", { supply });
	const messages: Word[] = [];
	pole.onPacket = (packet: Packet) => {
		if (packet.cmd !== "publish") return;
		const body = JSON.parse(packet.payload.toString()) as Word["body"];
		messages.push({ at: pole.now, topic: packet.topic.slice(NODE.length + 1), body });
	};
	const boot = (at: number, why: Cause) => {
		pole.powerCut();
		pole.fleet.boot(1, at, why);
		pole.post(at + 1000, INPUT.illuminance, 2);
		pole.post(at + 2000, INPUT.network, 1);
		pole.post(at + 3000, INPUT.time, EPOCH + at + 3000);
	};
	const lives = Math.floor((hours * HOUR) / EVERY);
	const wear: Wear[] = [];
	for (let life = 0; life < lives; life += 1) {
		boot(life * EVERY, life === 0 ? "powerOn" : cause);
		pole.run((life + 1) * EVERY);
		if (life === lives >> 1 || life === lives - 1) wear.push(wearOf(pole));
	}
	const recoveredAt = lives * EVERY;
	boot(recoveredAt, cause);
	pole.run(recoveredAt + after * HOUR);
	const [half, both] = wear as [Wear, Wear];
	const first = less(half, DEPOT);
	const second = less(both, half);
	const laterMessages = messages.filter(({ at }) => at >= recoveredAt);
	const report = laterMessages.find(
		({ topic, body }) =>
			topic === "event" && /started$/.test(String(body.type)) && body.life > lives,
	);
	const scale = (YEAR / (hours * HOUR)) * 2;
	return {
		lives: lives + 1,
		first,
		second,
		year: { writes: second.writes * scale, erases: second.erases * scale },
		firstWordAfter: (laterMessages[0]?.at ?? Infinity) - recoveredAt,
		reportedAfter: (report?.at ?? Infinity) - recoveredAt,
		life: laterMessages[0]?.body.life ?? 0,
		lifeNumbers: messages.filter(({ topic }) => topic === "status").map(({ body }) => body.life),
		attributes: (report?.body.attributes ?? {}) as Record<string, unknown>,
		after: less(wearOf(pole), both),
		deaths: pole.deaths,
	};
}

export const LOOPS: readonly [cause: Cause, supply: "always" | "switched", spread: number][] = [
	["crash", "always", 300],
	["brownout", "always", 5],
	["powerOn", "switched", 300],
];

/** What the test stores before the first boot. */
const DEPOT: Wear = { writes: 6, erases: 0 };
/** Writes that do not ask: the bound of lives, at the first boot and 4,096 lives later. */
const UNASKED = 2;

/** What was promised: the flash lasts, each life has a number of its own, and the lamp is not silent. */
export function mustHold(found: Recovery, spread: number): void {
	expect(found.deaths).toEqual([]);
	expect(found.year.writes).toBeLessThan(KEY_WRITES_A_YEAR);
	expect(found.year.erases).toBeLessThan(SECTOR_ERASES_A_YEAR);
	expect(found.first.writes).toBeLessThanOrEqual(WRITES_SAVED + UNASKED);
	expect(found.life).toBe(found.lives);
	expect(found.lifeNumbers).toEqual([...new Set(found.lifeNumbers)]);
	expect(found.firstWordAfter).toBeLessThan(1000 * spread + 10_000);
	expect(found.reportedAfter).toBeLessThan(found.firstWordAfter + 10_000);
	expect(found.attributes.shortLives).toBe(found.lives - 1);
}
