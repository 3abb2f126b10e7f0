import { createHash } from "node:crypto";
import { connect } from "node:net";
import { afterEach, describe, expect, test } from "@jest/globals";
import { EFFECT, INPUT, SEND_WINDOW_BYTES } from "../../../hosts/virtual/protocol.js";
import { HOUR } from "../../../lib/spans.js";
import { JITTER, LATENCY } from "../../../sim/network/streams.js";
import type { NetworkOptions } from "../../../sim/street/network.js";
import { Bench, EPOCH } from "./brokerlamp.js";

const NOTHING = new Uint8Array(0);
const SECOND = 1_000;
let bench: Bench;
async function make(more: Partial<NetworkOptions> = {}): Promise<Bench> {
	return (bench = await Bench.create(more));
}
afterEach(() => bench.network.close());

describe("embedded broker", () => {
	test("lets a lamp in and answers after one way up and one way down", async () => {
		await make();
		bench.lamp(1).connect(100);
		await bench.run(SECOND);
		const [opened, answered] = bench.lamp(1).received;
		expect(bench.lamp(1).got).toEqual(["connack"]);
		expect(opened!.at - 100).toBeGreaterThanOrEqual(2 * LATENCY);
		expect(opened!.at - 100).toBeLessThanOrEqual(2 * (LATENCY + JITTER));
		expect(answered!.at - opened!.at).toBeGreaterThanOrEqual(2 * LATENCY);
	});

	test("hands a report to listeners, counts it, acknowledges it", async () => {
		await make();
		const reports: [number | undefined, string][] = [];
		bench.network.onReport((_at, topic, payload) =>
			reports.push([bench.network.lampOf(topic), Buffer.from(payload).toString()]),
		);
		bench.lamp(2).connect(0);
		await bench.run(SECOND);
		bench.lamp(2).report(SECOND, "state", '{"reason":"program"}', 77);
		await bench.run(2 * SECOND);
		expect(bench.lamp(2).packets.at(-1)).toMatchObject({ cmd: "puback", messageId: 77 });
		expect(reports).toEqual([[2, '{"reason":"program"}']]);
		expect(bench.network.published).toBe(1);
	});

	test("nothing in flight: quiet at once", async () => {
		await make();
		expect(bench.network.quiet()).toBeUndefined();
		expect(bench.network.nextDue()).toBe(Infinity);
	});

	test("keepAlive of 60 s: silence of 90 s of virtual time ends it, pings keep it", async () => {
		await make();
		bench.lamp(1).connect(0, { keepalive: 60 });
		bench.lamp(2).connect(0, { keepalive: 60 });
		for (let at = SECOND; at < 300 * SECOND; at += 50 * SECOND) {
			await bench.run(at);
			bench.lamp(2).send({ cmd: "pingreq" }, at);
		}
		await bench.run(300 * SECOND);
		expect(bench.lamp(1).ends).toEqual(["closedByPeer"]);
		const { at } = bench.lamp(1).received.at(-1)!;
		expect(at).toBeGreaterThanOrEqual(90 * SECOND);
		expect(at).toBeLessThan(92 * SECOND);
		expect(bench.lamp(2).ends).toEqual([]);
	});

	test("keepAlive 0: a day of silence is allowed", async () => {
		await make();
		bench.lamp(1).connect(0, { keepalive: 0 });
		await bench.run(86_400 * SECOND);
		expect(bench.lamp(1).ends).toEqual([]);
		expect(bench.network.nextDue()).toBe(Infinity);
	});

	test.each([
		["says nothing", [] as number[]],
		["sends half a CONNECT", [0x10, 0x20, 0x00, 0x04]],
	])("a stream that %s is closed after 30 s", async (_what, bytes) => {
		await make();
		bench.lamp(1).onOpen = (at) => bench.lamp(1).raw(Uint8Array.from(bytes), at);
		bench.lamp(1).open(0);
		await bench.run(60 * SECOND);
		expect(bench.lamp(1).ends).toEqual(["closedByPeer"]);
		expect(bench.lamp(1).received.at(-1)!.at).toBeGreaterThanOrEqual(30 * SECOND);
		expect(bench.lamp(1).received.at(-1)!.at).toBeLessThan(32 * SECOND);
	});

	test("messages of one instant arrive in their order, retained or not", async () => {
		await make();
		const { network } = bench;
		const [kept, order] = ["settings/desired/power", "command"].map((end) =>
			network.topicOf(1, end),
		);
		bench.lamp(1).connect(0);
		await bench.run(SECOND);
		const subscriptions = [kept, order].map((topic) => ({ topic: topic!, qos: 1 as const }));
		bench.lamp(1).send({ cmd: "subscribe", messageId: 1, subscriptions }, SECOND);
		await bench.run(2 * SECOND);
		const all = [kept, order, kept, kept, order];
		for (const topic of all) network.publish(topic!, "{}", { retain: topic === kept });
		await bench.run(4 * SECOND);
		const topics = bench
			.lamp(1)
			.packets.flatMap((packet) => (packet.cmd === "publish" ? [packet.topic] : []));
		expect(topics).toEqual(all);
	});

	test("garbage ends the stream, and only that one", async () => {
		await make();
		bench.lamp(1).connect(0);
		bench.lamp(2).connect(0);
		await bench.run(SECOND);
		bench.lamp(1).raw(Uint8Array.of(0xff, 0xff, 0xff, 0xff, 0xff, 0xff), SECOND);
		bench.lamp(2).report(SECOND, "state", "{}");
		await bench.run(5 * SECOND);
		expect(bench.lamp(1).ends).toEqual(["closedByPeer"]);
		expect(bench.lamp(2).got).toEqual(["connack", "puback"]);
	});

	test("the will is published when a lamp falls silent, and is not counted as its report", async () => {
		await make();
		const topic = bench.network.topicOf(1, "status");
		bench.lamp(2).connect(0);
		bench.lamp(1).connect(0, {
			keepalive: 10,
			will: { topic, payload: Buffer.from('{"online":false}'), qos: 1, retain: true },
		});
		await bench.run(SECOND);
		bench
			.lamp(2)
			.send({ cmd: "subscribe", messageId: 3, subscriptions: [{ topic, qos: 1 }] }, SECOND);
		await bench.run(60 * SECOND);
		const last = bench.lamp(2).packets.at(-1)!;
		expect(last).toMatchObject({ cmd: "publish", topic });
		expect(bench.network.published).toBe(0);
	});

	test("a machine that restarts leaves its old stream half open: nothing of it is delivered", async () => {
		await make();
		bench.lamp(1).connect(0);
		await bench.run(SECOND);
		bench.lamp(1).report(SECOND, "state", "{}"); // its PUBACK comes for the life before
		bench.effect(EFFECT.restart, SECOND + 1, 1, 0, Buffer.from("test"));
		await bench.run(2 * SECOND);
		expect(bench.lamp(1).got).toEqual(["connack"]);
		bench.lamp(1).connect(2 * SECOND); // same client id: the broker takes over [MQTT-3.1.4-2]
		await bench.run(3 * SECOND);
		expect(bench.lamp(1).got).toEqual(["connack", "connack"]);
		expect(bench.lamp(1).ends).toEqual([]);
	});

	test("after its own close a lamp receives nothing more", async () => {
		await make();
		bench.lamp(1).connect(0);
		await bench.run(SECOND);
		const before = bench.lamp(1).received.length;
		bench.lamp(1).report(SECOND, "state", "{}");
		bench.lamp(1).close(SECOND + 1);
		await bench.run(5 * SECOND);
		expect(bench.lamp(1).received.length).toBe(before);
		expect(bench.network.published).toBe(1);
	});

	test.each([
		["its close", () => bench.lamp(1).close(SECOND + 32)],
		["its end", () => bench.effect(EFFECT.death, SECOND + 32, 1, 0, NOTHING)],
	])("what is on its way down at %s is dropped", async (_what, end) => {
		await make();
		bench.lamp(1).connect(0);
		await bench.run(SECOND);
		bench.lamp(1).report(SECOND, "state", "{}");
		await bench.run(SECOND + LATENCY + JITTER + 2); // the broker has it, the lamp not the answer
		expect(bench.network.published).toBe(1);
		end();
		await bench.run(5 * SECOND);
		expect(bench.lamp(1).got).toEqual(["connack"]);
	});

	test("TLS is taken as read, in its two steps", async () => {
		await make();
		const [first, second] = [bench.lamp(1), bench.lamp(2)];
		first.open(0, "broker", 8883, true);
		await bench.run(SECOND);
		expect(first.received.map(({ kind }) => kind)).toEqual([INPUT.streamReached]);
		bench.effect(EFFECT.streamSecure, SECOND, 1, 0, NOTHING);
		await bench.run(2 * SECOND);
		expect(first.received.map(({ kind }) => kind)).toEqual([INPUT.streamReached, INPUT.streamOpen]);
		bench.network.setBrokerReachable(false);
		second.open(2 * SECOND, "broker", 8883, true);
		await bench.run(3 * SECOND);
		expect(second.ends).toEqual(["unreachable"]);
	});

	test("the broker dies and returns: streams end, new ones are unreachable, then it is back", async () => {
		await make();
		bench.lamp(1).connect(0);
		await bench.run(SECOND);
		bench.network.setBrokerReachable(false);
		bench.lamp(2).connect(SECOND);
		await bench.run(2 * SECOND);
		expect(bench.lamp(1).ends).toEqual(["closedByPeer"]);
		expect(bench.lamp(2).ends).toEqual(["unreachable"]);
		bench.network.setBrokerReachable(true);
		bench.lamp(2).connect(3 * SECOND);
		await bench.run(4 * SECOND);
		expect(bench.lamp(2).got).toEqual(["connack"]);
	});

	test("the send window opens again in steps, and nothing of it is lost", async () => {
		await make();
		bench.lamp(1).connect(0);
		await bench.run(SECOND);
		const payload = "x".repeat(1_500);
		for (let index = 1; index <= 20; index++)
			bench.lamp(1).report(index * SECOND, "state", payload, index);
		await bench.run(60 * SECOND);
		const steps = bench.lamp(1).received.filter(({ kind }) => kind === INPUT.streamWritable);
		const opened = steps.reduce((sum, { value }) => sum + value, 0);
		expect(bench.network.published).toBe(20);
		expect(opened).toBeGreaterThan(20 * 1_500 - SEND_WINDOW_BYTES / 4);
		expect(steps.length).toBeLessThanOrEqual(15);
	});
});

describe("orders", () => {
	const order = (more: object) => JSON.stringify({ id: "a", level: 60, ...more });
	const expiration = "2026-11-24T16:00:00.000Z"; // an hour after the street's beginning

	test("an order reaches the lamp that listens, at QoS 1, and the checks know its end", async () => {
		await make();
		bench.lamp(1).connect(0);
		await bench.run(SECOND);
		bench.lamp(1).subscribe(SECOND, "command");
		await bench.run(2 * SECOND);
		bench.network.publish(
			bench.network.topicOf(1, "command"),
			order({ command: "override", expiration }),
		);
		await bench.run(3 * SECOND);
		expect(bench.lamp(1).packets.at(-1)).toMatchObject({ cmd: "publish", qos: 1, retain: false });
		expect(bench.orders).toEqual([
			expect.objectContaining({ lamp: 1, command: "override", level: 60, until: 3_600_000 }),
		]);
		expect(bench.orders[0]!.at).toBeLessThanOrEqual(bench.lamp(1).received.at(-1)!.at);
	});

	const cases: [why: string, suffix: string, payload: string, lamps: number[]][] = [
		[
			"one for all is reported for each",
			"liege/all/command",
			order({ command: "override" }),
			[1, 2, 3],
		],
		["a group likewise", "liege/group/g/emergency", order({ command: "emergency" }), [1, 2, 3]],
		["an inquiry is none", "liege/all/command", order({ command: "explain" }), []],
		["no JSON, no order", "liege/pole-00002/command", "{", []],
		["another site is not ours", "namur/pole-00002/command", order({ command: "override" }), []],
		["a zero-length payload is none", "liege/pole-00002/command", "", []],
	];
	test.each(cases)("%s", async (_why, topic, payload, lamps) => {
		await make();
		bench.network.publish(`luminode/1/${topic}`, payload);
		await bench.run(SECOND);
		expect(bench.orders.map(({ lamp }) => lamp)).toEqual(lamps);
	});
});

test("an order to a group is of its lamps, and of those that may have been assigned to it", async () => {
	await make({ groupOf: (lamp) => (lamp === 3 ? "square" : "quay") });
	const sent = async (topic: string, fields: object) => {
		const before = bench.orders.length;
		bench.network.publish(`luminode/1/liege/${topic}/command`, JSON.stringify(fields));
		await bench.run(bench.reached + SECOND);
		return bench.orders.slice(before).map(({ lamp, group }) => [lamp, group]);
	};
	expect(await sent("group/quay", { command: "override" })).toEqual([
		[1, "quay"],
		[2, "quay"],
	]);
	expect(await sent("group/square", { command: "override" })).toEqual([[3, "square"]]);
	expect(await sent("all", { command: "override" })).toEqual([1, 2, 3].map((n) => [n, undefined]));
	await sent("pole-00003", { command: "assign", site: "liege", node: "pole-00003", group: "quay" });
	expect(await sent("group/quay", { command: "override" })).toHaveLength(3);
});

describe("what a lamp shines by order, and for how long, as the checks know it", () => {
	const spans: [fields: object, span: number | "none"][] = [
		[{ command: "identify" }, 30 * SECOND],
		[{ command: "identify", duration: 5 }, 5 * SECOND],
		[{ command: "selfTest" }, 40 * SECOND],
		[{ command: "clearOverride", issued: new Date(EPOCH).toISOString() }, 0],
		[{ command: "clearOverride", issued: "1970-01-01T00:00:00Z" }, "none"],
		[{ command: "maintenanceMode", enabled: false }, 0],
		[{ command: "emergency" }, 24 * HOUR],
		[{ command: "report" }, "none"],
		[{ command: "restart", commandConfirmation: true }, "none"],
	];
	test.each(spans)("%j: %s ms", async (fields, span) => {
		await make();
		bench.network.publish("luminode/1/liege/pole-00002/command", JSON.stringify(fields));
		await bench.run(SECOND);
		expect(bench.orders.map(({ at, until }) => until - at)).toEqual(span === "none" ? [] : [span]);
	});
});

describe("determinism", () => {
	/** A second of many lamps that all talk and listen at once; every byte and instant they receive. */
	async function hash(seed: number): Promise<string> {
		const lamps = 20;
		await make({ seed, lamps });
		for (const lamp of bench.lamps) lamp.connect(lamp.lamp % 3);
		await bench.run(SECOND);
		const all = "luminode/1/liege/all/command";
		for (const lamp of bench.lamps)
			lamp.send(
				{ cmd: "subscribe", messageId: 5, subscriptions: [{ topic: all, qos: 1 }] },
				SECOND,
			);
		await bench.run(2 * SECOND);
		for (let index = 1; index <= 5; index++) {
			const at = (1 + index) * SECOND;
			for (const lamp of bench.lamps) lamp.report(at + index, "state", `{"n":${index}}`, index);
			bench.network.publish(all, `{"id":"${index}"}`);
			await bench.run(at + SECOND);
		}
		expect(bench.network.published).toBe(lamps * 5);
		const received = JSON.stringify(bench.lamps.map((lamp) => lamp.received));
		await bench.network.close();
		return createHash("sha256").update(received).digest("hex");
	}
	test("the same seed gives every lamp the same bytes at the same instants; another does not", async () => {
		const first = await hash(7);
		expect(await hash(7)).toBe(first);
		expect(await hash(8)).not.toBe(first);
	});
});

describe("people", () => {
	test("a TCP client reaches a lamp; a busy port is replaced by the next, and the log names it", async () => {
		await make({ port: 42_311 });
		const first = bench;
		const second = await Bench.create({ port: 42_311 });
		expect(second.printed[0]).toMatch(
			/^broker: mqtt:\/\/127\.0\.0\.1:\d+ \(port 42311 was busy\)$/,
		);
		await second.network.close();
		const { default: mqtt } = await import("mqtt-packet");
		first.lamp(1).connect(0);
		await first.run(SECOND);
		first.lamp(1).subscribe(SECOND, "command");
		await first.run(2 * SECOND);
		const socket = connect(Number(new URL(first.network.brokerUrl!).port), "127.0.0.1");
		const rest = { protocolId: "MQTT", protocolVersion: 4, keepalive: 0, clean: true } as const;
		socket.write(mqtt.generate({ cmd: "connect", clientId: "me", ...rest }));
		const topic = first.network.topicOf(1, "command");
		const order = { topic, payload: '{"id":"p"}', qos: 1, messageId: 1 } as const;
		socket.write(mqtt.generate({ cmd: "publish", retain: false, dup: false, ...order }));
		await new Promise<void>((acknowledged) => {
			const parser = mqtt.parser();
			parser.on("packet", (packet) => packet.cmd === "puback" && acknowledged());
			socket.on("data", (bytes) => parser.parse(bytes));
		});
		while (first.network.nextDue() > 3 * SECOND) await new Promise((later) => setTimeout(later, 5));
		await first.run(3 * SECOND);
		socket.destroy();
		expect(first.lamp(1).packets.at(-1)).toMatchObject({ cmd: "publish", topic });
		bench = first;
	});

	test("a client that subscribes and does not read is dropped with a line, and the street goes on", async () => {
		await make({ port: 42_331 });
		const { default: mqtt } = await import("mqtt-packet");
		const socket = connect(Number(new URL(bench.network.brokerUrl!).port), "127.0.0.1");
		const rest = { protocolId: "MQTT", protocolVersion: 4, keepalive: 0, clean: true } as const;
		socket.write(mqtt.generate({ cmd: "connect", clientId: "sleeper", ...rest }));
		const subscriptions = [{ topic: "#", qos: 0 as const }];
		socket.write(mqtt.generate({ cmd: "subscribe", messageId: 1, subscriptions }));
		await new Promise<void>((subscribed) => {
			const parser = mqtt.parser();
			parser.on("packet", (packet) => packet.cmd === "suback" && subscribed());
			socket.on("data", (bytes) => parser.parse(bytes));
		});
		const closed = new Promise<void>((done) => socket.on("close", () => done()));
		socket.pause();
		const payload = Buffer.alloc(500_000, 120);
		for (let index = 1; index <= 60; index += 1) {
			bench.network.publish("a", payload, { qos: 0 });
			await bench.run(index * SECOND);
		}
		expect(bench.printed.filter((line) => line.includes("sleeper"))).toEqual([
			expect.stringMatching(
				/^broker: client sleeper \(127\.0\.0\.1:\d+\) is disconnected: it has not read for 2 s$/,
			),
		]);
		socket.resume();
		await closed;
		bench.lamp(1).connect(61 * SECOND);
		await bench.run(62 * SECOND);
		expect(bench.lamp(1).got).toEqual(["connack"]);
	});
});

describe("serial line", () => {
	test("a byte takes 86.8 us: the FIFO's room comes back when its bytes have left", async () => {
		await make();
		bench.effect(EFFECT.serialWrite, 100, 1, 0, Buffer.alloc(128));
		bench.effect(EFFECT.serialWrite, 101, 1, 0, Buffer.alloc(128));
		bench.effect(EFFECT.serialWrite, 102, 1, 0, Buffer.alloc(128));
		await bench.run(SECOND);
		const received = bench.lamp(1).received.map(({ at, value }) => [at, value]);
		expect(received).toEqual([
			[150, 128], // not before the street's window has ended
			[151, 128],
			[152, 128],
		]);
	});

	test("what is typed comes in pieces at the line's speed, in order", async () => {
		await make();
		bench.network.serial.type(1, Buffer.from("x".repeat(100)));
		bench.network.serial.type(1, Buffer.from("y"));
		await bench.run(SECOND);
		expect(bench.lamp(1).text).toEqual(["x".repeat(64), "x".repeat(36), "y"]);
		expect(bench.lamp(1).received.map(({ at }) => at)).toEqual([6, 9, 9]);
	});

	test("a technician chooses a lamp, types and reads", async () => {
		await make({ port: 42_411 });
		const socket = connect(bench.network.consolePort!, "127.0.0.1");
		let read = "";
		socket.on("data", (bytes) => {
			read += bytes;
		});
		const reads = async (text: string) => {
			while (!read.includes(text)) await new Promise((later) => setTimeout(later, 5));
		};
		await reads("Which one?");
		socket.write("lamp 9\n");
		await reads("No such lamp");
		socket.write("lamp 2\nhelp\r");
		await reads("Serial line of lamp 2");
		await bench.run(SECOND);
		expect(bench.lamp(2).text.join("")).toBe("help\r");
		bench.effect(EFFECT.serialWrite, SECOND, 2, 0, Buffer.from("luminode> "));
		await bench.run(2 * SECOND);
		await reads("luminode> ");
		socket.destroy();
	});

	test("a lamp with a port of its own is on the line from the first byte, and alone", async () => {
		await make({ serial: [2, 3] });
		const ports = bench.printed.map((line) =>
			Number(/lamp \d: tcp:127\.0\.0\.1:(\d+)/.exec(line)?.[1]),
		);
		const sockets = ports.map((port) => connect(port, "127.0.0.1"));
		const read = ["", ""];
		for (const [index, socket] of sockets.entries())
			socket.on("data", (bytes) => {
				read[index] = `${read[index]}${bytes}`;
			});
		await Promise.all(sockets.map((socket) => new Promise((done) => socket.on("connect", done))));
		sockets[1]!.write("help\r");
		while (bench.network.nextDue() === Infinity) await new Promise((later) => setTimeout(later, 5));
		await bench.run(SECOND);
		expect(bench.lamps.map((lamp) => lamp.text.join(""))).toEqual(["", "", "help\r"]);
		bench.effect(EFFECT.serialWrite, SECOND, 3, 0, Buffer.from("answer"));
		await bench.run(2 * SECOND);
		while (read[1] === "") await new Promise((later) => setTimeout(later, 5));
		expect(read).toEqual(["", "answer"]);
		for (const socket of sockets) socket.destroy();
	});
});

test("nothing comes back within the lookahead, whatever a lamp does", async () => {
	await make();
	bench.lamp(1).connect(0);
	bench.effect(EFFECT.streamClose, 5, 2, 0, NOTHING); // a stream that was never open
	bench.effect(EFFECT.streamWrite, 5, 2, 0, Buffer.from("x"));
	await bench.run(SECOND); // the bench throws on a post outside of its window
	expect(bench.lamp(2).received).toEqual([]);
});
