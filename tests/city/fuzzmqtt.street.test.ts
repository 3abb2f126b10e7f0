/**
 * Fuzz of MQTT: no message ends a program of the city, or holds it for a second of CPU, and each is
 * acknowledged by those that store: 10^6 of each in the soak.
 *
 * Promise: No message ends a program of the city, and no message is lost.
 */
import { rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import type { IPublishPacket, MqttClient } from "mqtt";
import { Fleet } from "../../city/bridge/fleet.js";
import { textOf } from "../../city/bridge/metrics.js";
import { Street } from "../../city/bridge/street.js";
import { FactBook } from "../../city/citizens/facts.js";
import { Requests } from "../../city/citizens/requests.js";
import { type Database, databaseOf } from "../../city/database.js";
import { inbox, type Letter } from "../../city/inbox.js";
import { hoursOf, rowsOf } from "../../city/traffic/counts.js";
import { keep } from "../../city/traffic/store.js";
import { payload } from "../support/fuzzmessages.js";
import { FuzzTally } from "../support/fuzztally.js";
import { scaled } from "../support/scale.js";
import { TestStation } from "../support/station.js";

const MESSAGES = scaled(2_000, 1_000_000);
/** Messages that come together, at most, and on the average. */
const TOGETHER = 100;
const AVERAGE = 50;
const ROOT = "luminode/1";
const NODE = "pole-00006";
/** Lamps in memory, of which the test forgets more. */
const LAMPS_MOST = 50;
/** Stands for the identifier of the latest order. */
const ORDER = "ORDER";
const BRIDGE = "luminode-bridge/liege";

const text = fc.oneof(
	fc.string({ unit: "binary", maxLength: 40 }),
	fc.string({ maxLength: 40 }),
	fc.constantFrom("%", "..", "__proto__", "constructor", "a".repeat(4_000)),
);
const kind = fc.constantFrom(
	"status",
	"birth",
	"state",
	"telemetry",
	"traffic",
	"event",
	"reply",
	"settings/reported/light",
	"",
);
const lampTopic = kind.map((suffix) => `${ROOT}/liege/${NODE}/${suffix}`);
const topic = fc.oneof(
	{ weight: 5, arbitrary: lampTopic },
	{ weight: 1, arbitrary: fc.tuple(text, text, kind).map(([a, b, c]) => `${ROOT}/${a}/${b}/${c}`) },
	{ weight: 1, arbitrary: text },
);
const wording = fc.oneof(text, fc.constantFrom("", "lamp", "lamp driver", "sensor"));
/** Of a lamp that answers an order, well or not. */
const answer = fc.oneof(
	fc.record({
		topic: fc.constant(`${ROOT}/liege/${NODE}/reply`),
		body: fc.record(
			{
				id: fc.constantFrom(`${ORDER}-e`, `${ORDER}-t`),
				status: fc.constantFrom("accepted", "done", "rejected"),
				reason: wording,
				chain: fc.array(fc.record({ by: wording, level: fc.double(), source: wording })),
			},
			{ requiredKeys: ["id"] },
		),
	}),
	fc.record({
		topic: fc.constant(`${ROOT}/liege/${NODE}/event`),
		body: fc.record({
			type: fc.constant("selfTest"),
			startEndFlag: fc.constantFrom("start", "end"),
			attributes: fc.record(
				{ id: fc.constant(`${ORDER}-t`), failed: wording, notJudged: wording },
				{ requiredKeys: ["id"] },
			),
		}),
	}),
);
const count = fc.nat({ max: 1e9 });
const time = fc.constantFrom("2026-11-24T21:00:00Z", "2026-11-24T20:15:00Z", "1", 1e308);
/** Of a lamp that counts, as it should or nearly. */
const counted = fc.oneof(
	fc.record({
		topic: fc.constant(`${ROOT}/liege/${NODE}/traffic`),
		body: fc.record(
			{ life: count, uptime_ms: count, time, interval_s: fc.double(), roadUserNumber: fc.double() },
			{ requiredKeys: ["life", "uptime_ms"] },
		),
	}),
	fc.record({
		topic: fc.constant(`${ROOT}/liege/${NODE}/event`),
		body: fc.record(
			{ life: count, seq: count, time, type: wording, startEndFlag: wording },
			{ requiredKeys: ["life", "seq"] },
		),
	}),
);
const packet = fc.oneof(
	{ weight: 5, arbitrary: fc.record({ topic, payload, retain: fc.boolean() }) },
	{
		weight: 1,
		arbitrary: fc.oneof(answer, counted).map(({ topic, body }) => ({
			topic,
			payload: Buffer.from(JSON.stringify(body)),
			retain: false,
		})),
	},
);
/** Of Home Assistant, or something under its topics. */
const asked = fc.record({
	topic: fc.oneof(
		fc.constantFrom("set", "program", "state").map((word) => `${BRIDGE}/${NODE}/${word}`),
		text.map((word) => `${BRIDGE}/${word}`),
		fc.constant("homeassistant/status"),
	),
	payload: fc.oneof(
		fc
			.record({ state: fc.constantFrom("ON", "OFF", 1), brightness: fc.double() })
			.map((body) => Buffer.from(JSON.stringify(body))),
		fc.constantFrom("online", "PRESS", '{"state":"ON","brightness":1e309}').map(Buffer.from),
		payload,
	),
	retain: fc.boolean(),
});
type Packet = Pick<IPublishPacket, "topic" | "retain"> & { readonly payload: Buffer };

const path = join(tmpdir(), `luminode-${process.pid}-fuzz.db`);
let db: Database;
beforeAll(async () => {
	db = await databaseOf(path);
});
afterAll(async () => {
	await db.destroy();
	for (const end of ["", "-wal", "-shm"]) rmSync(path + end, { force: true });
});

/** What takes messages of a program, as its client gives them. */
interface Taker {
	take(packets: readonly Packet[]): Promise<void>;
	/** Looks at what the program does beside, and ends it. */
	end(tally: FuzzTally): Promise<void>;
}

/** A program with a store behind its inbox, at a broker that has given it these messages. */
function stored(tally: FuzzTally, store: (letters: readonly Letter[]) => Promise<void>) {
	let acknowledged = 0;
	let wake = () => {};
	const stream = {
		write(bytes: Buffer) {
			acknowledged += bytes.length / 4; // a PUBACK has four
			wake();
		},
	};
	const client = { stream, connected: true } as unknown as MqttClient;
	const failed = new Promise<never>((_resolve, fail) => inbox(client, ROOT, store, fail));
	return async (packets: readonly Packet[]): Promise<void> => {
		const due = acknowledged + packets.length;
		for (const [messageId, received] of packets.entries()) {
			const packet = { cmd: "publish", qos: 1, dup: false, messageId, ...received } as const;
			await Promise.race([failed, new Promise((done) => client.handleMessage(packet, done))]);
		}
		while (acknowledged < due)
			await Promise.race([failed, new Promise<void>((resolve) => void (wake = resolve))]);
		tally.count("acknowledged", packets.length);
	};
}

const PROGRAMS: Readonly<Record<string, (tally: FuzzTally) => Taker>> = {
	traffic(tally) {
		const take = stored(tally, async (letters) => {
			tally.count("stored", await keep(db, letters, Date.now()));
			rowsOf("s", [hoursOf(letters)], { k: 5, coverage: 0.5 });
		});
		return { take, end: async () => {} };
	},
	citizens(tally) {
		let at = Date.UTC(2026, 10, 24);
		let latest = "";
		const now = () => at;
		const requests = new Requests({
			db,
			site: "liege",
			zone: "Europe/Brussels",
			facts: new FactBook([NODE], now),
			patience: 60_000,
			again: 600_000,
			now,
			order(_node, { id }) {
				latest = id.slice(0, -2);
				tally.count("orders");
			},
		});
		const store = stored(tally, (letters) => requests.take(letters));
		let isOpen = false;
		return {
			async take(packets) {
				at += 60_000;
				if (!isOpen) await requests.add(NODE, "6", "it is out");
				await store(
					packets.map((packet) => ({
						...packet,
						payload: Buffer.from(String(packet.payload).replace(ORDER, latest)),
					})),
				);
				const open = await db.selectFrom("requests").select("id").where("status", "=", "open");
				const before = isOpen;
				isOpen = (await open.execute()).length > 0;
				if (before && !isOpen) tally.count("closed");
			},
			end: () => requests.close(),
		};
	},
	metrics(tally) {
		const fleet = new Fleet(ROOT, Date.now);
		return {
			async take(packets) {
				for (const { topic, payload, retain } of packets)
					if (fleet.take(topic, payload, retain)) tally.count("changes of a lamp");
				textOf(fleet, true);
				if (fleet.lamps.size > LAMPS_MOST) fleet.lamps.clear();
			},
			async end() {
				expect(textOf(fleet, true)).toContain("luminode_lamps");
			},
		};
	},
	bridge(tally) {
		const client = {
			publishAsync: async (topic: string) =>
				tally.count(topic.startsWith(ROOT) ? "orders" : "to Home Assistant"),
		} as unknown as MqttClient;
		const make = () =>
			new Street({
				client,
				db,
				operator: "bridge",
				prefix: BRIDGE,
				root: ROOT,
				site: "liege",
				group: undefined,
				groups: new Map([[NODE, "quay"]]),
				minutes: 15,
				language: "fr",
				station: new TestStation(),
			});
		let street = make();
		let batches = 0;
		return {
			async take(packets) {
				for (const { topic, payload, retain } of packets) street.take(topic, payload, retain);
				if (++batches % LAMPS_MOST > 0) return;
				street.close();
				street = make();
			},
			end: async () => street.close(),
		};
	},
};

describe("MQTT", () => {
	test.each(Object.entries(PROGRAMS))("no message ends %s", async (name, program) => {
		const tally = new FuzzTally(`MQTT of ${name}`);
		const { take, end } = program(tally);
		const message = name === "bridge" ? fc.oneof(packet, asked) : packet;
		const packets = fc.array(message, { minLength: 1, maxLength: TOGETHER });
		while (tally.inputs < MESSAGES)
			await fc.assert(
				fc.asyncProperty(packets, (all) => tally.brief(all.length, () => take(all))),
				{ numRuns: Math.ceil((MESSAGES - tally.inputs) / AVERAGE) },
			);
		tally.say();
		await end(tally);
	});
});
