/** Link: a whole connection and what goes over it, against a broker made of mqtt-packet. */
import { describe, expect, test } from "@jest/globals";
import type { LinkOptions } from "../../src/link/contract.js";
import type { Percent } from "../../src/units.js";
import { OPTIONS, World, wellBehaved } from "../support/linkfakes.js";

const NODE = "luminode/1/liege/pole-00001";

describe("a connection", () => {
	const world = new World().online();

	test("greets with a retained will that a late reader recognises", () => {
		expect(world.connects()).toHaveLength(1);
		const [connect] = world.connects();
		expect(connect).toMatchObject({
			clientId: "virtual-00001",
			clean: true,
			keepalive: 300,
			protocolId: "MQTT",
			protocolVersion: 4,
			will: { topic: `${NODE}/status`, qos: 1, retain: true },
		});
		expect(JSON.parse(connect!.will!.payload.toString())).toEqual({
			node: "pole-00001",
			serial: "virtual-00001",
			online: false,
			life: 17,
			connection: 1,
		});
	});
	test("asks for its own, its group's and everyone's orders at QoS 1", () => {
		const subscribe = world.packets.find(({ packet }) => packet.cmd === "subscribe")!.packet;
		expect(subscribe).toMatchObject({
			subscriptions: [
				`${NODE}/command`,
				`${NODE}/emergency`,
				"luminode/1/liege/all/command",
				"luminode/1/liege/all/emergency",
				"luminode/1/liege/group/quay/command",
				"luminode/1/liege/group/quay/emergency",
				...OPTIONS.sections.map((section) => `${NODE}/settings/desired/${section}`),
				`${NODE}/update`,
			].map((topic) => ({ topic, qos: 1 })),
		});
	});
	test("says status, birth and state, in this order, each retained at QoS 1", () => {
		const messages = world
			.published()
			.map(({ topic, qos, retain, dup }) => ({ topic, qos, retain, dup }));
		expect(messages).toEqual(
			["status", "birth", "state"].map((suffix) => ({
				topic: `${NODE}/${suffix}`,
				qos: 1,
				retain: true,
				dup: false,
			})),
		);
		expect(world.published("status")[0]!.json).toMatchObject({
			online: true,
			life: 17,
			connection: 1,
		});
		expect(world.link.state).toBe("online");
		expect(world.news.map(({ kind }) => kind)).toEqual(["online", "subscribed", "reported"]);
	});
	test("never had more than one message unanswered and used every door properly", () => {
		expect(world.mostUnanswered).toBe(1);
		expect(world.streams.misuse).toEqual([]);
	});
});

describe("state", () => {
	test("is reported beyond the dead band, at most once in stateMinInterval, and each hour", () => {
		const world = new World().online();
		const states = () => world.published("state").length;
		expect(states()).toBe(1);
		const steps: [why: string, level: number, wait: number, more: number][] = [
			["4 points are within the dead band", 44, 20_000, 0],
			["5 points from the last report are not", 45, 1_000, 1],
			["again at once: held back", 60, 5_000, 0],
			["until ten seconds have passed", 60, 6_000, 1],
			["off and nearly off differ", 0, 12_000, 1],
			["", 2, 12_000, 1],
		];
		for (const [, level, wait, more] of steps) {
			const before = states();
			world.view.light.feedback = level as Percent;
			world.view.light.actual = level as Percent;
			world.turn();
			world.run(wait);
			expect([level, states() - before]).toEqual([level, more]);
		}
		const before = states();
		world.run(3_600_000);
		expect(states() - before).toBe(1);
	});
	test("reports a new reason though the level stays", () => {
		const world = new World().online().run(20_000);
		world.view.light.reason = "override";
		world.turn();
		world.run(100);
		expect(world.published("state").map(({ json }) => json.reason)).toEqual([
			"program",
			"override",
		]);
	});
	test("reports that someone works on the lamp, and no longer, though nothing else changed", () => {
		const world = new World().online().run(70_000);
		for (const isMaintained of [true, false]) {
			world.view.monitor.isMaintained = isMaintained;
			world.turn();
			world.run(11_000); // stateMinInterval: it is nobody's passing by
		}
		const modes = world.published("state").map(({ json }) => json.maintenanceMode);
		expect(modes).toEqual([undefined, true, undefined]);
	});
	test("what passers-by change is reported at most once in statePresenceInterval, and how it ends", () => {
		const world = new World().online().run(70_000);
		const begun = world.now;
		const states = () =>
			world
				.published("state")
				.flatMap(({ at, json }) => (at >= begun ? [[at - begun, json.reason]] : []));
		for (let index = 0; index < 6; index += 1) {
			world.view.light.reason = index % 2 ? "program" : "sensor";
			world.view.light.feedback = (index % 2 ? 40 : 100) as Percent;
			world.view.light.actual = world.view.light.feedback;
			world.turn();
			world.run(25_000);
		}
		world.run(100_000);
		const [first, ...later] = states();
		expect(first![1]).toBe("sensor");
		expect(
			later.every(([at], index) => (at as number) - (states()[index]![0] as number) >= 60_000),
		).toBe(true);
		expect(states().at(-1)![1]).toBe("program");
	});
	test("an order is reported in stateMinInterval, whoever passes", () => {
		const world = new World().online().run(70_000);
		world.view.light.reason = "sensor";
		world.turn();
		world.run(1_000);
		world.view.light.reason = "override";
		world.view.light.target = 60 as Percent;
		world.turn();
		world.run(10_000);
		const reasons = world.published("state").map(({ json }) => json.reason);
		expect(reasons.slice(-2)).toEqual(["sensor", "override"]);
	});
	test("reports what shines when the fade has arrived, not on the way", () => {
		const world = new World().online().run(20_000);
		const { light, time } = world.view;
		world.turn(() => {
			light.feedback = light.settled = 100 as Percent;
			light.fadeEndsAt = time.now + 30_000;
		});
		for (let level = 41; level <= 100; level += 1) {
			light.actual = level as Percent;
			world.turn();
			world.run(500); // a fade of half a minute
		}
		light.fadeEndsAt = 0;
		world.run(61_000); // a level that arrives is nothing to hurry for
		expect(world.published("state").map(({ json }) => json.actualLightState)).toEqual([
			40, 40, 100,
		]);
	});
	test.each([
		[false, undefined],
		[true, "occupied"],
	])("presence is reported only when asked for: %s", (presenceReporting, presenceStatus) => {
		const world = new World({ presenceReporting }).online().run(20_000);
		world.view.sensing.presence = "holding";
		world.turn();
		world.run(20_000);
		expect(world.published("state").at(-1)!.json.presenceStatus).toBe(presenceStatus);
	});
});

describe("orders", () => {
	const cases: [why: string, topic: string, via: string, toMany: boolean][] = [
		["to the node", `${NODE}/command`, "node", false],
		["an emergency of the node", `${NODE}/emergency`, "emergency", false],
		["to its group", "luminode/1/liege/group/quay/command", "group", true],
		["to all", "luminode/1/liege/all/command", "all", true],
		["an emergency of its group", "luminode/1/liege/group/quay/emergency", "emergency", true],
		["an emergency for all", "luminode/1/liege/all/emergency", "emergency", true],
	];
	test.each(cases)("%s", (_why, topic, via, toMany) => {
		const world = new World().online();
		world.order(topic, '{"id":"a1","command":"report"}', { messageId: 99 });
		world.run(100);
		expect(world.orders).toEqual([
			{
				text: '{"id":"a1","command":"report"}',
				via,
				toMany,
				retained: false,
				isReplyRoomFull: false,
			},
		]);
		expect(world.sent("puback").at(-1)).toMatchObject({ messageId: 99 });
		expect(world.published("/reply")).toHaveLength(toMany ? 0 : 1); // to many: in its own part
	});

	const odd: [why: string, payload: string | Buffer, topic: string, order: object | undefined][] = [
		["zero length is no order", "", `${NODE}/command`, undefined],
		["a topic nobody asked for", "{}", "luminode/1/liege/pole-2/command", undefined],
		["2,048 bytes are taken", "x".repeat(2048), `${NODE}/command`, { text: "x".repeat(2048) }],
		["2,049 are not", "x".repeat(2049), `${NODE}/command`, { fault: "tooLong" }],
		["nor 100,000", "x".repeat(100_000), `${NODE}/command`, { fault: "tooLong" }],
		["not UTF-8", Buffer.from([0x7b, 0xff]), `${NODE}/command`, { fault: "notUtf8" }],
	];
	test.each(odd)("%s", (_why, payload, topic, order) => {
		const world = new World().online();
		world.order(topic, payload);
		world.run(5000);
		expect(world.orders).toEqual(
			order
				? [{ ...order, via: "node", toMany: false, retained: false, isReplyRoomFull: false }]
				: [],
		);
		expect(world.sent("puback")).toHaveLength(1);
		world.order(`${NODE}/command`, "still here", { qos: 0 });
		world.run(100);
		expect(world.orders.at(-1)!.text).toBe("still here");
		expect(world.link.state).toBe("online");
	});
	test("one that comes while eight replies wait says so", () => {
		const world = new World().online();
		for (let waiting = 0; waiting <= 8; waiting += 1) {
			world.order(`${NODE}/command`, "{}");
			world.run(100);
			expect(world.orders.at(-1)!.isReplyRoomFull).toBe(waiting === 8);
			const waits = { status: "done", toMany: true, spread: 1e9 } as const;
			world.turn(() => world.link.reply(world.now, waits));
		}
	});
	test("a retained one says so", () => {
		const world = new World().online();
		world.order(`${NODE}/command`, "{}", { retain: true });
		world.run(100);
		expect(world.orders[0]!.retained).toBe(true);
	});
	test.each(["luminode/#", "a/+/b", "a\u0000b"])("topic %j ends the connection", (topic) => {
		const world = new World().online();
		const name = Buffer.from(topic);
		world.peer!.send(Buffer.concat([Buffer.from([0x30, name.length + 2, 0, name.length]), name]));
		world.run(100);
		expect(world.news.at(-1)).toMatchObject({
			kind: "lost",
			end: "protocolError",
			detail: "topicText",
		});
	});
});

describe("replies", () => {
	test("go out at once to one, spread to many", () => {
		const world = new World().online();
		const at = world.now;
		world.turn(() => {
			world.link.reply(at, { id: "b", status: "accepted", toMany: true });
			world.link.reply(at, { id: "a", status: "rejected", reason: "stale" });
		});
		world.run(30_000);
		const [first, second] = world.published("reply");
		expect(first!.json).toMatchObject({ id: "a", status: "rejected", reason: "stale" });
		expect(first!.at - at).toBe(20);
		expect(second!.json).toMatchObject({ id: "b", status: "accepted" });
		expect(second!.at - at).toBeGreaterThan(20);
		expect(second!.at - at).toBeLessThan(OPTIONS.replySpread + 100);
	});
	const spreads: [why: string, spread: number | undefined, within: number][] = [
		["a spread of its own", 600_000, 600_000],
		["none: at once", 0, 0],
		["that of the settings", undefined, OPTIONS.replySpread],
	];
	test.each(spreads)("to many, with %s", (_why, spread, within) => {
		const parts = [1, 2, 3, 4, 5, 6, 7, 8].map((index) => {
			const world = new World({ node: `pole-${index}` }).online();
			const at = world.now;
			world.turn(() => {
				world.link.reply(at, { id: "b", status: "done", toMany: true, spread });
				world.link.report(at, true, spread);
			});
			const before = world.published("state").length;
			world.run(700_000);
			const [reply] = world.published("reply");
			const state = world.published("state")[before]!;
			expect(world.askedAll).toBe(1);
			expect(Math.abs(state.at - reply!.at)).toBeLessThan(300); // the report comes with its reply
			return reply!.at - at;
		});
		expect(Math.max(...parts)).toBeLessThan(within + 300);
		expect(Math.max(...parts) - Math.min(...parts)).toBeGreaterThanOrEqual(within / 2);
	});
	test("of emergencies, of refusals and of the rest have room of their own", () => {
		const world = new World();
		for (let index = 0; index < 20; index += 1) {
			world.link.reply(0, { id: `e${index}`, status: "accepted" }, true);
			world.link.reply(0, { id: `d${index}`, status: "done" });
			expect(world.link.outbox.isReplyRoomFull).toBe(index >= 7);
		}
		for (let index = 0; index < 100; index += 1)
			world.link.reply(0, { id: `x${index}`, status: "rejected", reason: "rateExceeded" });
		world.online().run(10_000);
		const ids = world.published("reply").map(({ json }) => json.id);
		const last = (letter: string, of: number, count: number) =>
			Array.from({ length: count }, (_, index) => `${letter}${of - count + index}`);
		expect(ids.sort()).toEqual(
			[...last("e", 20, 2), ...last("d", 20, 8), ...last("x", 100, 4)].sort(),
		);
	});
	test("are bounded: the oldest gives way", () => {
		const world = new World();
		for (let index = 0; index < 20; index += 1)
			world.link.reply(0, { id: `r${index}`, status: "done" });
		world.online().run(10_000);
		expect(world.published("reply").map(({ json }) => json.id)).toEqual(
			Array.from({ length: 8 }, (_, index) => `r${12 + index}`),
		);
	});
	test("an explanation carries the chain", () => {
		const world = new World().online();
		world.turn(() => world.link.reply(world.now, { id: "e", status: "done", explain: true }));
		world.run(100);
		expect(world.published("reply")[0]!.json).toMatchObject({
			level: 40,
			because: "program",
			explanation: [
				"According to the photocell, it is dark.",
				"The program asks for 40 % (00:00 40).",
				"That is the mean of class P6: the street is designed for P4 full, P6 floor.",
			],
			chain: [{ by: "program", level: 40, source: "00:00 40" }],
		});
	});
});

describe("the connection's care", () => {
	test("pings only after silence of its own, and stays", () => {
		const world = new World({ telemetryInterval: 1e9, stateMaxInterval: 1e9 }).online();
		const before = world.packets.length;
		world.run(3_000_000);
		const pings = world.packets.slice(before).filter(({ packet }) => packet.cmd === "pingreq");
		expect(pings).toHaveLength(10);
		expect(pings[1]!.at - pings[0]!.at).toBe(300_000);
		expect(world.link.state).toBe("online");
		const chatty = new World({ telemetryInterval: 1e9, stateMaxInterval: 200_000 }).online();
		chatty.run(3_000_000);
		expect(chatty.packets.some(({ packet }) => packet.cmd === "pingreq")).toBe(false);
	});
	test("says goodbye with an offline status and DISCONNECT, and stays off", () => {
		const world = new World().online();
		world.turn(() => world.link.close(world.now));
		world.run(1_000_000);
		const tail = world.packets.slice(-2).map(({ packet }) => packet);
		expect(tail[0]).toMatchObject({ cmd: "publish", topic: `${NODE}/status`, retain: true });
		expect(world.published("status").at(-1)!.json).toEqual({
			node: "pole-00001",
			serial: "virtual-00001",
			online: false,
			life: 17,
			connection: 1,
		});
		expect(tail[1]!.cmd).toBe("disconnect");
		expect(world.link.state).toBe("off");
		world.turn(() => world.link.connectNow(world.now));
		world.run(1_000);
		expect(world.link.state).toBe("online");
		expect(world.link.session.connection).toBe(2);
	});
	const others: Partial<LinkOptions> = {
		root: "luminode/2",
		site: "huy",
		node: "pole-2",
		group: "park",
		serial: "virtual-2",
		host: "other",
		port: 1884,
		tls: true,
		serverName: "other",
		certificates: 2,
		user: "u",
		password: "p",
		keepAlive: 60_000,
		cleanSession: false,
	};
	test.each(Object.entries(others))("connects anew with another %s: %s", (name, value) => {
		const world = new World().online();
		world.turn(() => world.link.configure(world.now, { ...OPTIONS, [name]: value }));
		world.run(12_000);
		expect(world.attempts).toHaveLength(2);
		expect(world.sent("disconnect")).toHaveLength(1);
	});
	test("goes to another broker on command, and reports new settings at once", () => {
		const world = new World().online();
		const options = { ...OPTIONS, settingsRevision: 5 };
		world.turn(() => world.link.configure(world.now, options));
		world.run(1000);
		expect(world.attempts).toHaveLength(1);
		expect(world.published("birth").at(-1)!.json.settingsRevision).toBe(5);
		world.turn(() => world.link.configure(world.now, { ...options, host: "other.example" }));
		world.run(20_000);
		expect(world.attempts).toHaveLength(2);
		expect(world.link.state).toBe("online");
	});
	test("without a broker configured it is off and never wakes", () => {
		const world = new World({ host: "" }).networkUp();
		expect(world.link.dueAt).toBe(Infinity);
		expect(world.link.state).toBe("off");
	});
	test("without a site it waits under unassigned: a status, and an ear", () => {
		const world = new World({ site: "" }).online();
		world.journal.append({ type: "clockSet", attributes: { source: "ntp" } }, world.now, undefined);
		world.run(2_000_000);
		expect(world.published().map(({ topic }) => topic)).toEqual([
			"luminode/1/unassigned/virtual-00001/status",
		]);
		world.order("luminode/1/unassigned/virtual-00001/command", "{}");
		world.run(100);
		expect(world.orders).toHaveLength(1);
	});
	test("waits for room when the network carries nothing away, without a wake, and loses nothing", () => {
		const world = new World().online();
		world.streams.window = 2400; // room for one whole packet, as long as the one before is gone
		world.isCarrying = false;
		for (let index = 0; index < 8; index += 1)
			world.link.reply(world.now, { id: `r${index}`, status: "done" });
		world.turn();
		const turns = world.turns;
		world.run(60_000);
		expect(world.published("reply")).toHaveLength(1);
		expect(world.turns - turns).toBe(1); // the PUBACK's
		world.carry();
		world.run(1_000);
		expect(world.published("reply").map(({ json }) => json.id)).toEqual(
			Array.from({ length: 8 }, (_, index) => `r${index}`),
		);
		expect(world.streams.misuse).toEqual([]);
	});
	test("counts bytes as the broker sees them", () => {
		let sent = 0;
		let received = 0;
		let counted: unknown;
		const world = new World();
		world.answer = (packet, peer) => {
			if (packet.cmd === "publish" && packet.topic.endsWith("telemetry") && !counted)
				counted = { sent_bytes: sent, received_bytes: received };
			const remaining = packet.length ?? 0;
			sent += remaining + (remaining < 128 ? 2 : 3);
			const send = (bytes: Buffer) => {
				received += bytes.length;
				peer.send(bytes);
			};
			wellBehaved(packet, { ...peer, send });
		};
		world.online().run(1_000_000);
		expect(counted).toBeDefined();
		expect(world.published("telemetry")[0]!.json.linkQuality).toMatchObject(counted as object);
	});
});
