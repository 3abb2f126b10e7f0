/** Fuzz of the desk: no report of a lamp ends the work on it, or that on others. */
import { EventEmitter } from "node:events";
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import type { MqttClient } from "mqtt";
import type { Desk } from "../../city/desk/campaigns.js";
import type { Lamp, Order } from "../../city/desk/lamps.js";
import {
	assign,
	configure,
	inspect,
	type Orders,
	update,
	type Work,
} from "../../city/desk/tasks.js";
import { vigil } from "../../city/desk/vigil.js";
import { payload } from "../support/fuzzmessages.js";
import { FuzzTally } from "../support/fuzztally.js";
import { scaled } from "../support/scale.js";
import { TestStation } from "../support/station.js";

/** Messages of lamps for each task. */
const MESSAGES = scaled(400, 1_000_000);
/** Lamps at a time, each at a broker of its own: the desk waits a moment for each. */
const TOGETHER = 20;
const lamp: Lamp = {
	site: "liege",
	node: "pole-1",
	group: "quay",
	serial: "L1",
	topicPrefix: "luminode/1/liege/pole-1",
	sections: new Map([["light", { hold: 45 }]]),
};
const offer = { id: "u7", version: "1.2.0", body: { url: "https://images.example/1" } };
const KINDS = ["status", "birth", "state", "event", "settings/reported/light"];
const topic = fc.oneof(
	fc.constantFrom(...KINDS).map((kind) => `${lamp.topicPrefix}/${kind}`),
	fc.constantFrom("status", "reply").map((kind) => `luminode/1/unassigned/L1/${kind}`),
);
const online = { topic: `${lamp.topicPrefix}/status`, payload: Buffer.from('{"online":true}') };
const packet = fc.oneof(fc.constant(online), fc.record({ topic, payload }));
const packets = fc.array(packet, { maxLength: 10 });

type Packets = readonly { readonly topic: string; readonly payload: Buffer }[];

/** A broker that gives these packets before the desk's own echo, and once more after each order. */
class FuzzClient extends EventEmitter {
	readonly connected = true;

	constructor(readonly packets: Packets) {
		super();
	}

	async subscribeAsync() {
		return [];
	}

	async unsubscribeAsync() {}

	async publishAsync(topic: string) {
		for (const packet of this.packets) this.emit("message", packet.topic, packet.payload, {});
		this.emit("message", topic, Buffer.alloc(0), {});
	}
}

/** What a database accepts as a revision, and as the settings before. */
const orders: Orders = {
	isCancelled: false,
	of: () => ({ content: JSON.stringify(offer) }) as Order,
	revision: () => 0,
	async begin(_lamp, { revision, was }) {
		if (revision !== null) expect(revision).toBeGreaterThan(0);
		expect(revision === null || Number.isSafeInteger(revision)).toBe(true);
		if (was !== null) JSON.parse(was);
		return { id: "o1", step: "sent", revision, was } as Order;
	},
	end: async () => {},
};

/** Gives a task the messages of many lamps, each at a broker of its own, until they are enough. */
async function fuzzed(name: string, work: (client: MqttClient) => Promise<string>): Promise<void> {
	const tally = new FuzzTally(`MQTT of desk ${name}`);
	const lamps = fc.array(packets, { minLength: TOGETHER, maxLength: TOGETHER });
	while (tally.inputs < MESSAGES)
		await fc.assert(
			fc.asyncProperty(lamps, async (all) => {
				const clients = all.map((received) => new FuzzClient(received) as unknown as MqttClient);
				const ends = await tally.brief(all.flat().length, () => Promise.all(clients.map(work)));
				for (const end of ends) tally.count(end);
			}),
			{ numRuns: Math.ceil((MESSAGES - tally.inputs) / TOGETHER / 5) },
		);
	tally.say();
}

describe("the desk", () => {
	test.each(Object.entries({ assign, configure, update, inspect }))(
		"%s has a result for each lamp",
		(name, task) =>
			fuzzed(name, async (client) => {
				const times = { patience: 1, settle: 0, now: Date.now };
				const work: Work = { client, root: "luminode/1", orders, ...times };
				const [result] = await task(work, [lamp]);
				expect(["done", "failed", "silent"]).toContain(result?.outcome);
				return result!.outcome;
			}),
	);
	test("watch takes any birth", () =>
		fuzzed("watch", async (client) => {
			const station = new TestStation();
			const work = { client, root: "luminode/1", now: Date.now };
			const desk = { work, operator: "o", db: undefined } as unknown as Desk;
			const watching = vigil(desk, [lamp], station);
			await client.publishAsync("x", "");
			station.end();
			expect(await watching).toBe(0);
			return "ended";
		}));
});
