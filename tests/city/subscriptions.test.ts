/** Subscriptions: the filters of a reader of many lamps, their order and QoS, over lost connections. */
import { EventEmitter } from "node:events";
import { describe, expect, jest, test } from "@jest/globals";
import type { MqttClient } from "mqtt";
import { type Reading, reading } from "../../city/subscriptions.js";

const ROOT = "luminode/1";
const LATEST = ["status", "birth", "state"] as const;
const about: Reading = { root: ROOT, site: "liege", every: ["telemetry"], latest: LATEST };
const lampsTo = (count: number) =>
	Array.from({ length: count }, (_, n) => ({ site: "liege", node: `pole-${n + 1}` }));

/** A broker that answers each SUBSCRIBE when the test says so. */
class SlowBroker extends EventEmitter {
	connected = true;
	stream = {};
	readonly asked: { readonly filters: readonly string[]; readonly qos: number }[] = [];
	#answer: ((granted: object[]) => void) | undefined;
	#refuse: ((error: Error) => void) | undefined;

	subscribeAsync(filters: string[], { qos }: { qos: number }): Promise<object[]> {
		this.asked.push({ filters, qos });
		return new Promise((resolve, reject) => {
			this.#answer = resolve;
			this.#refuse = reject;
		});
	}

	get client(): MqttClient {
		return this as unknown as MqttClient;
	}

	async acknowledge(): Promise<void> {
		this.#answer?.([]);
		await settled();
	}

	async refuse(): Promise<void> {
		this.#refuse?.(new Error("not authorised"));
		await settled();
	}

	/** The connection breaks, and with it what has no answer. */
	async cut(): Promise<void> {
		this.connected = false;
		await this.refuse();
	}

	async connect(): Promise<void> {
		this.connected = true;
		this.stream = {};
		this.emit("connect");
		await settled();
	}

	say(node: string, kind: string): void {
		this.emit("message", `${ROOT}/liege/${node}/${kind}`);
	}
}

const settled = async () => {
	for (let n = 0; n < 20; n++) await Promise.resolve();
};

function started(given: Partial<Reading> = {}) {
	const broker = new SlowBroker();
	const failures: string[] = [];
	let end = "reading";
	reading(broker.client, { ...about, ...given }, ({ message }) => failures.push(message)).then(
		() => (end = "read"),
		() => (end = "refused"),
	);
	return { broker, failures, isRead: () => end };
}

describe("a reader of many lamps", () => {
	test("whose names it has subscribes to retained kinds by exact filters, 200 at a time", async () => {
		const { broker, isRead } = started({ lamps: lampsTo(150) });
		expect(broker.asked).toEqual([{ filters: [`${ROOT}/liege/+/telemetry`], qos: 1 }]);
		for (const count of [2, 3, 4]) {
			await broker.acknowledge(); // the next one follows the answer
			expect(broker.asked).toHaveLength(count);
		}
		expect(isRead()).toBe("reading");
		await broker.acknowledge();
		expect([isRead(), broker.asked.length]).toEqual(["read", 4]);
		const retained = broker.asked.slice(1);
		expect(retained.map(({ qos, filters }) => [qos, filters.length])).toEqual([
			[0, 200],
			[0, 200],
			[0, 50],
		]);
		const all = retained.flatMap(({ filters }) => filters);
		expect(all.some((filter) => filter.includes("+"))).toBe(false);
		expect(new Set(all).size).toBe(450);
	});

	test("whose names it has not reads them from one kind, at QoS 0", async () => {
		const { broker, isRead } = started();
		await broker.acknowledge();
		expect(broker.asked[1]).toEqual({ filters: [`${ROOT}/liege/+/status`], qos: 0 });
		broker.say("pole-1", "status");
		broker.say("pole-2", "telemetry"); // its status was dropped
		await broker.acknowledge();
		expect(broker.asked[2]).toEqual({
			filters: [
				"pole-1/birth",
				"pole-1/state",
				"pole-2/status",
				"pole-2/birth",
				"pole-2/state",
			].map((name) => `${ROOT}/liege/${name}`),
			qos: 0,
		});
		await broker.acknowledge();
		expect(isRead()).toBe("read");
	});

	test("goes on when the broker has dropped the SUBACK behind the messages", async () => {
		jest.useFakeTimers();
		try {
			const { broker, isRead } = started();
			await broker.acknowledge();
			broker.say("pole-1", "status");
			await jest.advanceTimersByTimeAsync(6_000);
			expect(broker.asked[2]?.filters).toEqual(
				["birth", "state"].map((kind) => `${ROOT}/liege/pole-1/${kind}`),
			);
			await broker.acknowledge();
			expect(isRead()).toBe("read");
		} finally {
			jest.useRealTimers();
		}
	});

	test("subscribes to a lamp that comes later, once", async () => {
		jest.useFakeTimers();
		try {
			const { broker } = started({ lamps: lampsTo(1) });
			for (let n = 0; n < 2; n++) await broker.acknowledge();
			for (const kind of ["telemetry", "status", "telemetry"]) broker.say("pole-9", kind);
			await jest.advanceTimersByTimeAsync(1_000);
			broker.say("pole-9", "telemetry");
			await jest.advanceTimersByTimeAsync(1_000);
			expect(broker.asked.slice(2).map(({ filters }) => filters)).toEqual([
				LATEST.map((kind) => `${ROOT}/liege/pole-9/${kind}`),
			]);
		} finally {
			jest.useRealTimers();
		}
	});

	test("reads everything again at each connection, and a cut is no failure", async () => {
		const { broker, failures, isRead } = started({ lamps: lampsTo(1) });
		await broker.acknowledge();
		await broker.cut();
		expect([isRead(), failures]).toEqual(["reading", []]);
		await broker.connect();
		for (let n = 0; n < 2; n++) await broker.acknowledge();
		expect(isRead()).toBe("read");
		await broker.cut();
		await broker.connect();
		for (let n = 0; n < 2; n++) await broker.acknowledge();
		expect(broker.asked.map(({ filters }) => filters.length)).toEqual([1, 3, 1, 3, 1, 3]);
		expect(failures).toEqual([]);
	});

	test("ends with the reason when the broker refuses, also at a later connection", async () => {
		const first = started({ lamps: lampsTo(1) });
		await first.broker.refuse();
		expect([first.isRead(), first.failures]).toEqual([
			"refused",
			[expect.stringMatching(/^the broker refuses the subscription of /)],
		]);
		const later = started({ lamps: lampsTo(1) });
		for (let n = 0; n < 2; n++) await later.broker.acknowledge();
		await later.broker.cut();
		await later.broker.connect();
		await later.broker.refuse();
		expect([later.isRead(), later.failures.length]).toEqual(["read", 1]);
	});
});
