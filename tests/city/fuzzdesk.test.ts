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
import { scaled } from "../support/scale.js";
import { TestStation } from "../support/station.js";

const RUNS = scaled(40, 200_000);
const lamp: Lamp = {
	site: "liege",
	node: "pole-1",
	group: "quay",
	serial: "L1",
	own: "luminode/1/liege/pole-1",
	sections: new Map([["light", { hold: 45 }]]),
};
const offer = { id: "u7", version: "1.2.0", body: { url: "https://images.example/1" } };
const KINDS = ["status", "birth", "state", "event", "settings/reported/light"];
const topic = fc.oneof(
	fc.constantFrom(...KINDS).map((kind) => `${lamp.own}/${kind}`),
	fc.constantFrom("status", "reply").map((kind) => `luminode/1/unassigned/L1/${kind}`),
);
const online = { topic: `${lamp.own}/status`, payload: Buffer.from('{"online":true}') };
const packet = fc.oneof(fc.constant(online), fc.record({ topic, payload }));
const packets = fc.array(packet, { maxLength: 10 });

type Packets = readonly { readonly topic: string; readonly payload: Buffer }[];

/** A broker that gives these packets before the desk's own echo, and once more after each order. */
class FuzzClient extends EventEmitter {
	constructor(readonly packets: Packets) {
		super();
	}

	async subscribeAsync() {
		return [];
	}

	async unsubscribeAsync() {}

	async publishAsync(topic: string) {
		for (const one of this.packets) this.emit("message", one.topic, one.payload, {});
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

describe("the desk", () => {
	test.each(Object.entries({ assign, configure, update, inspect }))(
		"%s has a result for each lamp",
		async (_name, task) => {
			await fc.assert(
				fc.asyncProperty(packets, async (all) => {
					const client = new FuzzClient(all) as unknown as MqttClient;
					const times = { patience: 1, settle: 0, now: Date.now };
					const work: Work = { client, root: "luminode/1", orders, ...times };
					const [result] = await task(work, [lamp]);
					expect(["done", "failed", "silent"]).toContain(result?.outcome);
				}),
				{ numRuns: RUNS },
			);
		},
		6 * 3_600_000,
	);
	test("watch takes any birth", async () => {
		await fc.assert(
			fc.asyncProperty(packets, async (all) => {
				const client = new FuzzClient(all);
				const station = new TestStation();
				const work = { client: client as unknown as MqttClient, root: "luminode/1", now: Date.now };
				const desk = { work, operator: "o", db: undefined } as unknown as Desk;
				const watching = vigil(desk, [lamp], station);
				await client.publishAsync("x");
				station.end();
				expect(await watching).toBe(0);
			}),
			{ numRuns: RUNS },
		);
	});
});
