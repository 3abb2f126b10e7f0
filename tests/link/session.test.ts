/** Session: brokers that refuse, vanish, stay silent or misbehave, and when the lamp comes back. */
import assert from "node:assert/strict";
import { describe, expect, test } from "@jest/globals";
import mqtt, { type ISubscribePacket } from "mqtt-packet";
import { HOUR } from "../../lib/spans.js";
import type { StreamEnd } from "../../src/host.js";
import {
	backOff,
	LONGEST_WINDOW,
	RETRY_JITTER,
	rejoinAfter,
	retryAfter,
	SHORTEST_WAIT,
} from "../../src/link/backoff.js";
import { FLOOD_PAUSE, PATIENCE, STEPS_A_TURN } from "../../src/link/client.js";
import type { LinkEnd } from "../../src/link/contract.js";
import { isRefusal } from "../../src/link/ends.js";
import { PROVEN_AFTER } from "../../src/link/session.js";
import { ownPart, positionOf } from "../../src/ownpart.js";
import type { Answer } from "../support/linkfakes.js";
import { connack, OPTIONS, randomOf, World, wellBehaved } from "../support/linkfakes.js";
import { bytesOf } from "../support/packets.js";

const NODE = "luminode/1/liege/pole-00001";

const silent: Answer = () => {};
/** In good order but for what a test scripts. */
const except =
	(cmd: string, answer: Answer): Answer =>
	(packet, peer) =>
		(packet.cmd === cmd ? answer : wellBehaved)(packet, peer);

describe("the first attempt", () => {
	test("falls where the node's name says, counted from the network's coming", () => {
		const world = new World({ reconnectSpread: 300_000 });
		world.run(5000).networkUp().run(300_000);
		const part = ownPart(`${NODE}/`, 300_000);
		expect(world.attempts).toEqual([5000 + part]);
	});
	// security: 5.9-3
	test("falls evenly for the poles of a city: chi-square over 20 classes", () => {
		const classes = new Array<number>(20).fill(0);
		for (let pole = 1; pole <= 10_000; pole += 1) {
			const part = ownPart(`luminode/1/liege/pole-${String(pole).padStart(5, "0")}/`, 300_000);
			assert.ok(part >= 0);
			assert.ok(part < 300_000);
			classes[Math.floor(part / 15_000)]! += 1;
		}
		const square = classes.reduce((sum, count) => sum + (count - 500) ** 2 / 500, 0);
		expect(square).toBeLessThan(43.8); // 19 degrees of freedom: exceeded once in 1,000
		expect(square).toBeGreaterThan(4.9); // and not suspiciously even
	});
	test("neighbouring names lie as far apart as chance would have them: a third", () => {
		let sum = 0;
		for (let pole = 1; pole <= 1000; pole += 1)
			sum += Math.abs(positionOf(`pole-${pole}`) - positionOf(`pole-${pole + 1}`));
		expect(sum / 1000).toBeGreaterThan(0.3);
		expect(sum / 1000).toBeLessThan(0.37);
	});
	test("a short loss of the network does not put it off, over and over", () => {
		const world = new World({ reconnectSpread: 300_000 });
		const part = ownPart(`${NODE}/`, 300_000);
		world.networkUp();
		for (let span = 0; span < part - 7000; span += 7000) {
			world.run(6900);
			world.turn(() => world.link.onNetwork(world.now, false));
			expect(world.link.state).toBe("off");
			world.run(100).networkUp();
		}
		world.run(20_000);
		expect(world.attempts).toEqual([part]);
	});
	test.each([
		["a moment before the attempt is due: at its instant", -1, 0],
		["in the instant in which it is due: in the lamp's part of a new spread", 0, 1],
		["after it: in the lamp's part of a new spread", 1, 1],
	])("a network that returns %s", (_when, late, spreads) => {
		const world = new World({ reconnectSpread: 300_000 }).networkUp();
		const part = ownPart(`${NODE}/`, 300_000);
		world.run(part - 1000).turn(() => world.link.onNetwork(world.now, false));
		world
			.run(1000 + late)
			.networkUp()
			.run(300_000);
		expect(world.attempts).toEqual([part + spreads * (part + late)]);
	});
	test("connectNow skips the wait", () => {
		const world = new World({ reconnectSpread: 300_000 }).networkUp();
		world.turn(() => world.link.connectNow(world.now));
		expect(world.attempts).toEqual([0]);
		world.turn(() => world.link.connectNow(world.now));
		expect(world.attempts).toEqual([0]);
	});
	test.each([
		["by hand, at once", true, 0],
		["by an update that has ended, in its own part", false, 1],
	])("connectNow before the network is there: %s", (_who, isByHand, waits) => {
		const world = new World({ reconnectSpread: 300_000 });
		const part = ownPart(`${NODE}/`, 300_000);
		world.turn(() => world.link.connectNow(world.now, isByHand));
		world.run(20_000).networkUp().run(300_000);
		expect(world.attempts).toEqual([20_000 + waits * part]);
	});
	test("connectNow by hand counts for one attempt: a network that is lost again is waited for", () => {
		const world = new World({ reconnectSpread: 300_000 });
		const part = ownPart(`${NODE}/`, 300_000);
		world.answer = () => {};
		world.turn(() => world.link.connectNow(world.now, true));
		world.run(20_000).networkUp().run(1_000);
		world.turn(() => world.link.onNetwork(world.now, false));
		world.run(1_000).networkUp().run(300_000);
		expect(world.attempts.slice(0, 2)).toEqual([20_000, 22_000 + part]);
	});
});

describe("back-off", () => {
	test("doubles its window from the spread to an hour, with full jitter", () => {
		const windows = [1, 2, 3, 4, 5, 50].map((failures) => backOff(failures, 300_000, 1));
		expect(windows).toEqual([300_000, 600_000, 1_200_000, 2_400_000, HOUR, HOUR]);
		expect(backOff(3, 300_000, 0.5)).toBe(600_000);
		expect(backOff(1, 300_000, 0)).toBe(SHORTEST_WAIT);
		expect(backOff(1, 0, 1)).toBe(5000);
		expect(backOff(9, 2 * HOUR, 1)).toBe(2 * HOUR); // a spread beyond the cap stays
		expect(LONGEST_WINDOW).toBe(HOUR);
	});
	test("after an attempt that reached nobody it waits one spread, and up to a minute by chance", () => {
		expect([0, 0.5, 1].map((chance) => retryAfter(300_000, chance))).toEqual([
			300_000, 330_000, 360_000,
		]);
		expect(retryAfter(0, 0)).toBe(SHORTEST_WAIT);
	});
	test("of joining the network grows from one or two minutes to fifteen", () => {
		const waits = [0, 1, 2, 3, 9].map((joins) => [rejoinAfter(joins, 0), rejoinAfter(joins, 1)]);
		expect(waits).toEqual([
			[60_000, 120_000],
			[120_000, 240_000],
			[240_000, 480_000],
			[450_000, 900_000],
			[450_000, 900_000],
		]);
		expect(rejoinAfter(0, 0.333333)).toBe(79_999); // whole milliseconds, below the window
	});
	const ends: Readonly<Record<LinkEnd, boolean>> = {
		tlsRefused: true,
		refusedVersion: true,
		refusedIdentifier: true,
		refusedCredentials: true,
		refusedAuthorization: true,
		protocolError: true,
		refusedUnavailable: false, // as an outage
		closedByPeer: false,
		unreachable: false,
		nameUnknown: false,
		timedOut: false,
		noNetwork: false,
		notAvailable: false,
		connectTimeout: false,
		pingTimeout: false,
		acknowledgeTimeout: false,
		closed: false,
	};
	test.each(Object.entries(ends))("%s is a refusal: %s", (end, isOne) => {
		expect(isRefusal(end as LinkEnd)).toBe(isOne);
	});
	test("is even over its window (seed 20261124): chi-square over 10 classes", () => {
		const random = randomOf(20261124);
		const classes = new Array<number>(10).fill(0);
		for (let index = 0; index < 5000; index += 1)
			classes[Math.floor(backOff(2, 300_000, random()) / 60_000)]! += 1;
		const square = classes.reduce((sum, count) => sum + (count - 500) ** 2 / 500, 0);
		expect(square).toBeLessThan(27.9); // 9 degrees of freedom: exceeded once in 1,000
	});
	// security: 5.9-3
	test("a day without a broker: an attempt each spread and a little, never a storm, never an end", () => {
		const world = new World({ reconnectSpread: 300_000 });
		world.reach = "unreachable";
		world.networkUp().run(24 * HOUR);
		const waits = world.attempts.slice(1).map((at, index) => at - world.attempts[index]!);
		expect(Math.min(...waits)).toBeGreaterThanOrEqual(300_000);
		expect(Math.max(...waits)).toBeLessThan(300_000 + RETRY_JITTER + 100);
		expect(new Set(waits).size).toBeGreaterThan(200); // by chance
		expect(world.news.every(({ kind }) => kind === "failed")).toBe(true);
		world.reach = "open";
		world.run(300_000 + RETRY_JITTER + 1000); // the promise: a spread and a minute
		expect(world.link.state).toBe("online");
		expect(world.streams.misuse).toEqual([]);
	});
	test("a proven session that is lost comes back in its own part of the spread, without jitter", () => {
		const world = new World({ reconnectSpread: 300_000 }).networkUp().run(400_000);
		const lost = world.now;
		world.peer!.end();
		world.run(400_000);
		expect(world.attempts[1]).toBe(lost + 20 + ownPart(`${NODE}/`, 300_000));
		expect(
			world.connects().map(({ will }) => JSON.parse(will!.payload.toString()).connection),
		).toEqual([1, 2]);
	});
	test("who is refused backs off to an hour, and a proven session ends the row", () => {
		const world = new World({ reconnectSpread: 10_000 });
		const refusing = except("connect", (_packet, peer) => peer.send(connack(5)));
		world.answer = refusing;
		world.networkUp().run(24 * HOUR);
		expect(world.attempts.length).toBeGreaterThan(24);
		expect(world.attempts.length).toBeLessThan(120);
		world.answer = wellBehaved;
		world.run(HOUR + 70_000);
		expect(world.link.state).toBe("online");
		world.peer!.end();
		world.answer = refusing;
		const before = world.attempts.length;
		world.run(40_000); // its own part of 10 s, then windows of 10 and 20 s
		expect(world.attempts.length).toBeGreaterThanOrEqual(before + 2);
	});
	test("a session lost at once was none: attempts thin out", () => {
		const world = new World({ reconnectSpread: 0 });
		world.answer = except("subscribe", (_packet, peer) => peer.end());
		world.networkUp().run(24 * HOUR);
		expect(world.attempts.length).toBeLessThan(150);
		expect(world.attempts.length).toBeGreaterThan(24);
	});
});

describe("refusals outlive a restart", () => {
	const refusing = except("connect", (_packet, peer) => peer.send(connack(5)));
	/** A lamp whose life before retained `refusals`. */
	const lampAfter = (refusals: number, options = {}) =>
		new World({ reconnectSpread: 10_000, ...options }).resume(refusals);
	/** A lamp that was refused before, to the instant at which it is connected. */
	const connected = () => {
		const world = lampAfter(3).networkUp();
		while (world.link.state !== "online") world.run(100); // over plain TCP
		return world;
	};
	const cases: [what: string, retained: number, lived: () => World][] = [
		["none if nothing refuses", 0, () => lampAfter(0).networkUp().run(90_000).turn()],
		["those before it while it waits", 3, () => lampAfter(3).networkUp().run(100)],
		[
			"one more while a handshake does not return",
			4,
			() => {
				const world = lampAfter(3, { tls: true }).networkUp();
				while (world.works.length === 0) world.run(100);
				return world;
			},
		],
		[
			"one more within the first minute of a session",
			4,
			() => connected().run(PROVEN_AFTER - 1000),
		],
		["none once a session is proven", 0, () => connected().run(PROVEN_AFTER).turn()],
		[
			"as many as before when the network goes",
			3,
			() => {
				const world = connected();
				world.turn(() => world.link.onNetwork(world.now, false));
				return world;
			},
		],
		[
			"none at another broker",
			0,
			() => {
				const world = lampAfter(3).networkUp().run(100);
				world.turn(() => world.link.configure(world.now, { ...OPTIONS, host: "other" }));
				return world;
			},
		],
	];
	test.each(cases)("%s", (_what, retained, lived) => {
		expect(lived().memory.refusals).toBe(retained);
	});
	test("each refusal is one", () => {
		const world = lampAfter(0);
		world.answer = refusing;
		world.networkUp();
		for (const count of [1, 2, 3]) {
			while (world.attempts.length < count) world.run(100);
			world.run(1000);
			expect(world.memory.refusals).toBe(count);
		}
	});
	test("the first attempt waits as the next one would have: evenly over the window (20 seeds)", () => {
		const waits = Array.from({ length: 20 }, (_, seed) => {
			const world = new World({ reconnectSpread: 10_000 }, seed + 1).resume(5);
			world.networkUp().run(160_000);
			return world.attempts[0]!;
		});
		const WINDOW = 160_000; // 10 s doubled four times
		expect(Math.max(...waits)).toBeGreaterThan(WINDOW / 2);
		expect(Math.max(...waits)).toBeLessThanOrEqual(WINDOW);
		expect(waits.filter((wait) => wait > WINDOW / 4).length).toBeGreaterThanOrEqual(10);
	});
	test("without refusals and crashes it is not put off", () => {
		const world = lampAfter(0, { reconnectSpread: 300_000 }).networkUp().run(300_000);
		expect(world.attempts).toEqual([ownPart(`${NODE}/`, 300_000)]);
	});
	test("after crashes it falls into the second half of the spread, evenly by the lamps' names", () => {
		const spread = 300_000;
		const waits = Array.from({ length: 20 }, (_, index) => {
			const world = new World({ reconnectSpread: spread, node: `pole-${index}` });
			world.turn(() => world.link.holdOff(world.now, true));
			world.networkUp().run(2 * spread);
			return world.attempts[0]!;
		});
		expect(Math.min(...waits)).toBeGreaterThanOrEqual(spread / 2);
		expect(Math.min(...waits)).toBeLessThan(0.6 * spread);
		expect(Math.max(...waits)).toBeLessThan(spread);
		expect(Math.max(...waits)).toBeGreaterThan(0.9 * spread);
	});
	test("connectNow skips that wait, too", () => {
		const world = lampAfter(9).networkUp();
		world.turn(() => world.link.connectNow(world.now));
		expect(world.attempts).toHaveLength(1);
	});
});

describe("a connection that is not had", () => {
	const ends: StreamEnd[] = [
		"unreachable",
		"nameUnknown",
		"timedOut",
		"tlsRefused",
		"closedByPeer",
	];
	// security: 5.10-1
	test.each(ends)("%s is reported as it is", (end) => {
		const world = new World();
		world.reach = end;
		world.networkUp().run(11_000);
		expect(world.news[0]).toMatchObject({ kind: "failed", end });
		expect(world.link.state).not.toBe("online");
	});
	const refusals: [code: number, end: string][] = [
		[1, "refusedVersion"],
		[2, "refusedIdentifier"],
		[3, "refusedUnavailable"],
		[4, "refusedCredentials"],
		[5, "refusedAuthorization"],
	];
	test.each(refusals)("CONNACK %i is %s", (code, end) => {
		const world = new World();
		world.answer = except("connect", (_packet, peer) => peer.send(connack(code)));
		world.networkUp().run(11_000);
		expect(world.news[0]).toMatchObject({ kind: "failed", end });
		expect(world.packets.map(({ packet }) => packet.cmd)).toContain("connect");
		expect(world.published()).toEqual([]);
	});
	test("a host without a stream", () => {
		const world = new World();
		world.streams.isAvailable = false;
		world.networkUp().run(11_000);
		expect(world.news[0]).toMatchObject({ kind: "failed", end: "notAvailable" });
		world.streams.isAvailable = true;
		world.run(HOUR);
		expect(world.link.state).toBe("online");
	});
	test("a broker that says nothing to CONNECT is left after 30 s", () => {
		const world = new World();
		world.answer = silent;
		world.networkUp().run(60_000);
		expect(world.news[0]).toMatchObject({ kind: "failed", end: "connectTimeout" });
		expect(world.news[0]!.at - world.attempts[0]!).toBe(PATIENCE);
	});
	test("an answer before CONNACK, a second CONNACK, a session we did not want", () => {
		const cases: [answer: Buffer, detail: string][] = [
			[bytesOf("d0 00"), "connackFirst"],
			[Buffer.concat([connack(0), connack(0)]), "secondConnack"],
			[connack(0, true), "sessionPresent"],
		];
		for (const [answer, detail] of cases) {
			const world = new World();
			world.answer = except("connect", (_packet, peer) => peer.send(answer));
			world.networkUp().run(11_000);
			expect(world.news.at(-1)).toMatchObject({ end: "protocolError", detail });
		}
	});
	test("a session kept is welcome where it was asked for", () => {
		const world = new World({ cleanSession: false });
		world.answer = except("connect", (_packet, peer) => peer.send(connack(0, true)));
		world.online();
		expect(world.connects()[0]!.clean).toBe(false);
		expect(world.link.state).toBe("online");
	});
});

describe("a connection that is lost", () => {
	const cases: [why: string, answer: Answer, end: string, detail: string | undefined][] = [
		["no SUBACK", except("subscribe", silent), "acknowledgeTimeout", undefined],
		["no PUBACK", except("publish", silent), "acknowledgeTimeout", undefined],
		["no PINGRESP", except("pingreq", silent), "pingTimeout", undefined],
		[
			"QoS 2 from the broker",
			except("pingreq", (_packet, peer) => peer.send(bytesOf("34 07 00 01 61 00 01"))),
			"protocolError",
			"qos2",
		],
		[
			"garbage from the broker",
			except("pingreq", (_packet, peer) => peer.send(bytesOf("ff ff ff 7f 00"))),
			"protocolError",
			"reservedType",
		],
	];
	test.each(cases)("%s", (_why, answer, end, detail) => {
		const world = new World({ telemetryInterval: 1e9 });
		world.answer = answer;
		world.online().run(400_000);
		expect(world.news.find(({ kind }) => kind === "lost")).toMatchObject({ end, detail });
		expect(world.streams.misuse).toEqual([]);
	});
	test("the network goes down: reported once, and nothing is written to a stream that is gone", () => {
		const world = new World().online();
		world.turn(() => world.link.onNetwork(world.now, false));
		expect(world.link.state).toBe("off");
		expect(world.news.at(-1)).toMatchObject({ kind: "lost", end: "noNetwork" });
		world.run(HOUR);
		expect(world.attempts).toHaveLength(1);
		world.networkUp().run(11_000);
		expect(world.link.state).toBe("online");
		expect(world.streams.misuse).toEqual([]);
	});
	test.each([1, 6, 7])("a SUBACK of %i codes for eight filters ends the connection", (count) => {
		const world = new World();
		world.answer = except("subscribe", (packet, peer) => {
			const granted = new Array<number>(count).fill(1);
			peer.send(mqtt.generate({ cmd: "suback", messageId: packet.messageId!, granted }));
		});
		world.online();
		expect(world.news.slice(0, 2)).toMatchObject([
			{ kind: "online" },
			{ kind: "lost", end: "protocolError", detail: "subackCount" },
		]);
		expect(world.published("birth")).toEqual([]);
		world.run(24 * HOUR);
		expect(world.attempts.length).toBeLessThan(60); // a refusal: it backs off
		expect(world.streams.misuse).toEqual([]);
	});
	test("a refused subscription is reported, the rest goes on", () => {
		const world = new World();
		world.answer = except("subscribe", (packet, peer) => {
			const { messageId = 0, subscriptions } = packet as ISubscribePacket;
			const granted = subscriptions.map(({ topic }) => (topic.includes("/all/c") ? 128 : 1));
			peer.send(mqtt.generate({ cmd: "suback", messageId, granted }));
		});
		world.online();
		expect(world.news[1]).toMatchObject({
			kind: "subscriptionRefused",
			topic: "luminode/1/liege/all/command",
		});
		expect(world.published("state")).toHaveLength(1);
	});
	test("answers to what was never sent are left alone", () => {
		const world = new World().online();
		world.peer!.send(mqtt.generate({ cmd: "puback", messageId: 4711 }));
		world.peer!.send(mqtt.generate({ cmd: "pingresp" }));
		world.run(1000);
		expect(world.link.state).toBe("online");
	});
});

test.each([
	["a PUBACK with another identifier", "40 02 ee ee"],
	["a SUBACK with the message's identifier", "90 03"],
])("%s does not count as the PUBACK awaited", (_why, hex) => {
	const world = new World().online().run(70_000);
	const stray = except("publish", (packet, peer) => {
		const id = Buffer.alloc(3, 1);
		id.writeUInt16BE(packet.messageId!);
		peer.send(hex === "90 03" ? Buffer.concat([bytesOf(hex), id]) : bytesOf(hex));
	});
	world.answer = stray;
	world.turn(() => world.link.reply(world.now, { id: "a", status: "done" }));
	world.run(29_000);
	expect(world.published("reply")).toHaveLength(1);
	world.answer = wellBehaved;
	world.run(30_000);
	const ends = world.news.filter(({ kind }) => kind === "lost");
	expect(ends).toMatchObject([{ end: "acknowledgeTimeout" }]);
	expect(world.published("reply").map(({ dup }) => dup)).toEqual([false, true]);
});

describe("hostile brokers", () => {
	// security: bounded load
	test("a flood of orders is taken at a bounded pace, and everything is acknowledged", () => {
		const world = new World().online();
		const before = world.turns;
		const flood = Array.from({ length: 1000 }, (_, index) =>
			mqtt.generate({
				cmd: "publish",
				topic: `${NODE}/command`,
				payload: "{}",
				qos: 1,
				messageId: index + 1,
				dup: false,
				retain: false,
			}),
		);
		world.peer!.send(Buffer.concat(flood));
		world.run(20);
		expect(world.orders.length).toBeLessThanOrEqual(STEPS_A_TURN);
		world.run((1000 / STEPS_A_TURN) * FLOOD_PAUSE + 10_000);
		expect(world.orders).toHaveLength(1000);
		expect(world.packets.filter(({ packet }) => packet.cmd === "puback")).toHaveLength(1000);
		expect(world.turns - before).toBeLessThan(2200); // one for each PUBACK that leaves, and some
	});
	test("no room for PUBACKs: nothing is taken in until there is", () => {
		const world = new World().online();
		world.streams.window = 9;
		world.isCarrying = false;
		for (let index = 0; index < 10; index += 1)
			world.order(`${NODE}/command`, "{}", { messageId: index + 1 });
		world.run(1000);
		expect(world.orders).toHaveLength(2);
		world.carry();
		world.run(1000);
		expect(world.orders).toHaveLength(10);
		expect(world.streams.misuse).toEqual([]);
	});
	test("one that closes at its nth packet, for every n: the lamp comes back each time", () => {
		for (let index = 1; index <= 8; index += 1) {
			const world = new World({ reconnectSpread: 0 });
			let count = 0;
			world.answer = (packet, peer) => {
				count += 1;
				if (count === index) peer.end();
				else wellBehaved(packet, peer);
			};
			world.networkUp().run(1_000_000);
			expect([index, world.link.state]).toEqual([index, "online"]);
			expect(world.published("state").length).toBeGreaterThan(0);
			expect(world.streams.misuse).toEqual([]);
		}
	});
	test("garbage instead of any byte of the greeting", () => {
		const good = Buffer.concat([connack(0), bytesOf("90 08 00 01 01 01 01 01 01 01")]);
		for (let at = 0; at < good.length; at += 1) {
			const world = new World();
			world.answer = except("connect", (_packet, peer) => {
				const bytes = Buffer.from(good);
				bytes[at]! ^= 0xa5;
				peer.send(bytes);
			});
			world.networkUp().run(HOUR);
			expect(world.streams.misuse).toEqual([]);
			expect(world.attempts.length).toBeLessThan(50);
		}
	});
	test("closing within the handing over of an order is safe, and loses its PUBACK only", () => {
		const world = new World().online();
		world.onOrder = () => {
			world.link.close(world.now);
			return { status: "accepted" };
		};
		const pair = [1, 2].map((messageId) =>
			mqtt.generate({
				cmd: "publish",
				topic: `${NODE}/command`,
				payload: "{}",
				qos: 1,
				messageId,
				dup: false,
				retain: false,
			}),
		);
		world.peer!.send(Buffer.concat(pair));
		world.run(100_000);
		expect(world.link.state).toBe("off");
		expect(world.streams.misuse).toEqual([]);
		expect(world.packets.at(-1)!.packet.cmd).toBe("disconnect");
	});
	test("starting anew within the handing over of an order keeps the two connections apart", () => {
		const world = new World().online();
		world.onOrder = () => {
			world.link.close(world.now);
			world.link.connectNow(world.now);
			return { status: "accepted" };
		};
		world.order(`${NODE}/command`, "{}");
		world.run(10_000);
		expect(world.link.state).toBe("online");
		expect(world.attempts).toHaveLength(2);
		expect(world.streams.misuse).toEqual([]);
	});
});

test("packet identifiers go round from 65,535 to 1 and never are 0", () => {
	const world = new World({ stateMaxInterval: 1000, telemetryInterval: 1e12 }).online();
	const { client } = (world.link as unknown as { session: { client: { lastId: number } } }).session;
	client.lastId = 65_533;
	world.run(5000);
	const ids = world.packets.flatMap(({ packet }) =>
		packet.cmd === "publish" ? [packet.messageId] : [],
	);
	const [from] = [ids.indexOf(65_534)];
	expect(ids.slice(from, from + 4)).toEqual([65_534, 65_535, 1, 2]);
});
