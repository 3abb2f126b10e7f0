/** Neighbours at work: a whole lamp, what it sends and receives, and what a hostile air cannot do to it. */
import assert from "node:assert/strict";
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { KEY_WRITES_A_YEAR, WRITES_SAVED } from "../../../src/node/storage/flashbudget.js";
import type { Node } from "../../../src/node.js";
import { withValues } from "../../../src/settings/table.js";
import type { Millis, UtcMillis } from "../../../src/units.js";
import type { FakeHost } from "../../support/fakehost.js";
import { bootLamp, type Lamp } from "../../support/lamp.js";
import { datagramOf, GROUP, KEY, type Said, SITE, saidIn } from "../../support/neighbour.js";

const EVENING = Date.parse("2026-11-24T23:30:00Z") as UtcMillis; // the program asks 40 %
const QUIET: Millis = 200_000; // settled, and resting on the program
const POLE = 10;
const SENSING = { neighbourGroup: GROUP, poleNumber: POLE, siteKey: KEY };
const CAR: Millis = 2160;

function atNight(sensing: object = SENSING, light: object = {}): Lamp {
	const settings = { identity: { site: SITE }, sensing, light };
	return bootLamp({ settings, lux: 0, utc: EVENING, until: QUIET });
}

/** Datagrams come, all in one turn; the host wakes the lamp as often as it asks for this instant. */
function receive(host: FakeHost, ...messages: (Said | Uint8Array)[]): void {
	for (const message of messages)
		host.datagramsIn.push(message instanceof Uint8Array ? message : datagramOf(message));
	host.deliver((inputs, now) => inputs.onDatagram(now));
	host.run(host.now);
}

const feedback = (node: Node) => node.view.light.feedback;

function entriesOf({ journal }: Node, type: string) {
	const entries = [];
	for (let seq = journal.oldest; seq <= journal.newest; seq += 1) entries.push(journal.read(seq)!);
	return entries.filter((entry) => entry.type === type);
}

describe("a lamp that receives", () => {
	test("lights in the turn of the datagram", () => {
		const { host } = atNight();
		const before = host.duty;
		host.datagramsIn.push(datagramOf({ pole: POLE - 1 }));
		host.deliver((inputs, now) => inputs.onDatagram(now));
		expect(host.aim).toBeGreaterThan(before);
	});
	test("reads it after its own light, if an edge came before in that turn", () => {
		const { host, node } = atNight();
		host.datagramsIn.push(datagramOf({ pole: POLE - 1 }));
		node.onMovement(host.now);
		node.onDatagram(host.now);
		expect(host.datagramsIn.length).toBe(1);
		node.tick(host.now);
		expect([host.datagramsIn.length, node.light.fadeEndsAt > host.now]).toEqual([0, true]);
	});
	test("survives a host that fails to read it: a fault, and the light stays", () => {
		const { host, node } = atNight();
		host.datagrams.read = () => {
			throw new Error("broken");
		};
		host.deliver((inputs, now) => inputs.onDatagram(now));
		host.run(host.now + 1000);
		expect(feedback(node)).toBe(40);
		expect(entriesOf(node, "fault")[0]!.attributes).toContain("broken");
	});
	test("lights for a movement next door, says so, and returns when nobody comes", () => {
		const { host, node } = atNight();
		expect(feedback(node)).toBe(40);
		receive(host, { pole: POLE - 1 });
		expect(feedback(node)).toBe(100);
		expect(node.view.light.chain.at(-1)).toEqual({
			by: "sensor",
			level: 100,
			source: "neighbours",
		});
		host.run(QUIET + 44_999);
		expect(feedback(node)).toBe(100);
		host.run(QUIET + 45_000);
		expect(feedback(node)).toBe(40);
	});
	test("a car on its way: dark at six poles, light at four, and out once it must be past", () => {
		const { host, node } = atNight();
		for (const [n, lit] of [
			[6, 40],
			[5, 40],
			[4, 100],
			[3, 100],
		] as const) {
			receive(host, { pole: POLE - n });
			expect([n, feedback(node)]).toEqual([n, lit]);
			host.run(host.now + CAR);
		}
		host.run(host.now + 3 * CAR);
		expect(feedback(node)).toBe(40);
	});
	const WALKER: Millis = 21_429;
	/** A walker at three poles and at two, and who reports them next: when the lamp rises and falls, ms after. */
	test.each<[what: string, next: readonly [pole: number, after: number][], lit: readonly number[]]>(
		[
			[
				"no pole: light 8 s before the arrival, 45 s after the last report at most",
				[],
				[34_858, 45_000],
			],
			["the adjacent pole: light from then on", [[1, WALKER]], [WALKER, WALKER + 1.5 * WALKER]],
			[
				"the same pole for 45 s: the walker stood there, and may come",
				[1000, 3000, 7000, 15_000, 25_000, 35_000, 45_000].map((after) => [2, after] as const),
				[45_000 + WALKER - 8000, 45_000 + 1.25 * WALKER],
			],
		] as [string, [number, number][], number[]][],
	)("a walker, then %s", (_what, next, lit) => {
		const { host, node } = atNight();
		receive(host, { pole: POLE + 3 });
		host.run(QUIET + 60_000); // the light of a bubble that reaches three poles would be over
		receive(host, { pole: POLE + 3, counter: 2 });
		host.run(host.now + WALKER);
		const from = host.now;
		receive(host, { pole: POLE + 2 });
		const steps: number[] = [];
		let level = feedback(node);
		expect(level).toBe(40);
		for (let after = 100; after <= 100_000; after += 100) {
			host.run(from + after);
			for (const [pole, at] of next)
				if (at > after - 100 && at <= after)
					receive(host, { pole: POLE + pole, counter: 2 + after, age: pole === 2 ? after : 0 });
			if (feedback(node) !== level) steps.push(after);
			level = feedback(node);
		}
		expect(steps).toHaveLength(lit.length);
		for (const [index, at] of lit.entries()) expect(Math.abs(steps[index]! - at)).toBeLessThan(300);
	});
	const tame: [what: string, sensing: object, light: object, said: Said, level: number][] = [
		["its own level", { ...SENSING, neighbourLevel: 70 }, {}, { pole: 9 }, 70],
		["never above presenceLevel", SENSING, { presenceLevel: 60 }, { pole: 9 }, 60],
		[
			"not where sensors raise no light (M classes)",
			SENSING,
			{ sensorEffect: "none" },
			{ pole: 9 },
			40,
		],
		["a pole beyond its reach", SENSING, {}, { pole: 17 }, 40],
		["its own name", SENSING, {}, { pole: POLE }, 40],
		["across the street", SENSING, {}, { pole: POLE, side: 1 }, 100],
		["another row", SENSING, {}, { pole: 9, group: 8 }, 40],
		["another key", SENSING, {}, { pole: 9, key: "fedcba9876543210" }, 40],
		["no neighbours configured", { siteKey: KEY, poleNumber: POLE }, {}, { pole: 9 }, 40],
		["still there after a minute", SENSING, {}, { pole: 9, kind: 2 }, 100],
	];
	test.each(tame)("%s", (_what, sensing, light, message, level) => {
		const { host, node } = atNight(sensing, light);
		receive(host, message);
		expect(feedback(node)).toBe(level);
	});
	test("never darker: whatever comes, an order and the floor stand", () => {
		const { host, node } = atNight();
		const before = feedback(node);
		receive(host, { pole: 9 }, { pole: 11 }, { pole: 9 }, new Uint8Array(36), new Uint8Array(2000));
		expect(feedback(node)).toBeGreaterThanOrEqual(before);
	});
	test("two poles that face each other have one number, and each counts its own words", () => {
		const { host, node } = atNight();
		receive(host, { pole: 9, side: 0, counter: 5 });
		host.run(QUIET + 60_000);
		expect(feedback(node)).toBe(40);
		receive(host, { pole: 9, side: 1, counter: 1 });
		expect(feedback(node)).toBe(100);
	});
	test("doubled, replayed and overtaken words are received once", () => {
		const { host, node } = atNight();
		receive(host, { pole: 9, counter: 5 });
		host.run(QUIET + 60_000);
		expect(feedback(node)).toBe(40);
		const stale: Said[] = [
			{ counter: 5 },
			{ counter: 4 },
			{ counter: 5, hopsLeft: 4 },
			{ life: 0, counter: 9 },
		].map((old) => ({ pole: 9, ...old }));
		receive(host, ...stale);
		expect(feedback(node)).toBe(40);
		receive(host, { pole: 9, counter: 6 });
		expect(feedback(node)).toBe(100);
	});
	/** A car comes past all places, from below, and a minute goes by. */
	function pass(host: FakeHost, counter: number, side = 0): void {
		for (const place of [-2, -1, 1, 2]) {
			receive(host, { pole: POLE + place, counter, side });
			host.run(host.now + (place === -1 ? 2 * CAR : CAR));
		}
		host.run(host.now + 60_000);
	}
	test("with the fifth who came past unseen its own PIR is not trusted, until it sees someone", () => {
		const { host, node } = atNight();
		for (let index = 1; index < 5; index += 1) pass(host, index);
		expect([node.sensorHealth.pir.missed, node.sensorHealth.pir.doubt]).toEqual([16, undefined]);
		expect(feedback(node)).toBe(40);
		pass(host, 5);
		expect(node.sensorHealth.pir.doubt).toBe("silent");
		expect([feedback(node), node.view.light.chain.at(-1)?.source]).toEqual([100, "doubt"]);
		host.deliver((inputs, now) => inputs.onMovement(now));
		expect([node.sensorHealth.pir.missed, node.sensorHealth.pir.doubt]).toEqual([0, undefined]);
	});
	test("likewise with the twentieth who went away, where nobody is on the other side", () => {
		const { host, node } = atNight();
		const leave = (counter: number) => {
			for (const place of [1, 2, 3]) {
				receive(host, { pole: POLE + place, counter });
				host.run(host.now + CAR);
			}
			host.run(host.now + 60_000);
		};
		for (let index = 1; index < 20; index += 1) leave(index);
		expect([node.sensorHealth.pir.missed, node.sensorHealth.pir.doubt]).toEqual([19, undefined]);
		leave(20);
		expect([feedback(node), node.view.light.chain.at(-1)?.source]).toEqual([100, "doubt"]);
	});
	test("who is seen here, or passes on the other side of the street, was not missed", () => {
		const { host, node } = atNight();
		for (let index = 1; index <= 10; index += 1) pass(host, index, 1);
		expect(node.sensorHealth.pir.missed).toBe(0);
		for (let index = 1; index <= 10; index += 1) {
			host.deliver((inputs, now) => inputs.onMovement(now));
			host.deliver((inputs, now) => inputs.onStillness(now));
			pass(host, index);
		}
		expect(node.sensorHealth.pir.missed).toBe(0);
	});
});

describe("a lamp that says", () => {
	const says = (host: FakeHost) =>
		host.datagramsOut.map(([at, bytes]) => [at - QUIET, saidIn(bytes)] as const);

	test("a movement in the same turn, after its own light", () => {
		const { host } = atNight();
		const dark = host.duty;
		const send = host.datagrams.send;
		let dutyWhenSaid = 0;
		host.datagrams.send = (bytes, count) => {
			dutyWhenSaid = host.aim;
			return send(bytes, count);
		};
		host.deliver((inputs, now) => inputs.onMovement(now));
		const word = { group: GROUP, kind: 1, life: 1, counter: 1, hopsLeft: 5, age: 0 };
		const message = { pole: POLE, side: 0, ...word };
		expect(says(host)).toEqual([[0, message]]);
		expect(host.datagramsOut[0]![1]).toEqual(datagramOf({ pole: POLE }));
		expect(dutyWhenSaid).toBeGreaterThan(dark);
	});
	test("again while they are there, ever more slowly, then that they are still there", () => {
		const { host } = atNight();
		host.deliver((inputs, now) => inputs.onMovement(now));
		host.run(QUIET + 90_000);
		expect(says(host).map(([at]) => at)).toEqual([
			0, 1000, 3000, 7000, 15_000, 25_000, 35_000, 45_000, 55_000, 65_000, 75_000, 85_000,
		]);
		for (const [at, { age, kind }] of says(host))
			expect([at, age, kind]).toEqual(at < 65_535 ? [at, at, 1] : [at, 0, 2]);
	});
	test("at least twice, though they left at once; then no word and no wake", () => {
		const { host } = atNight();
		host.deliver((inputs, now) => inputs.onMovement(now));
		host.deliver((inputs, now) => inputs.onStillness(now));
		host.run(QUIET + 600_000);
		expect(says(host).map(([at]) => at)).toEqual([0, 1000]);
	});
	test("a PIR gone mad is reported once a period at most", () => {
		const { host } = atNight();
		for (let n = 0; n < 600; n += 1) {
			host.deliver((inputs, now) => (n % 2 ? inputs.onStillness(now) : inputs.onMovement(now)));
			host.run(host.now + 100);
		}
		expect(says(host).length).toBeLessThanOrEqual(61);
		expect(says(host).length).toBeGreaterThan(50);
	});
	test("passes on what is new, with a hop less, unless it ends here", () => {
		const { host } = atNight();
		receive(
			host,
			{ pole: 9, hopsLeft: 5, age: 30 },
			{ pole: 9, hopsLeft: 4 },
			{ pole: 8, hopsLeft: 0 },
			{ pole: 4 },
		);
		expect(host.datagramsOut.map(([, bytes]) => bytes)).toEqual([
			datagramOf({ pole: 9, hopsLeft: 4, age: 30 }),
		]);
	});
	test("passes on a word with one hop left, which ends at the next pole", () => {
		const { host } = atNight();
		receive(host, { pole: 9, hopsLeft: 1, age: 30 });
		expect(host.datagramsOut.map(([, bytes]) => bytes)).toEqual([
			datagramOf({ pole: 9, hopsLeft: 0, age: 30 }),
		]);
	});
	test("settings: another row begins at once, the same one is not begun anew", () => {
		const { host, node } = atNight();
		host.deliver((inputs, now) => inputs.onMovement(now));
		node.configure(withValues(node.settings, { hold: 60_000 }), host.now);
		receive(host, { pole: 9, counter: 5 });
		node.configure(withValues(node.settings, { autoClear: 10_000 }), host.now);
		receive(host, { pole: 9, counter: 5 });
		node.configure(withValues(node.settings, { neighbourGroup: 8 }), host.now);
		host.deliver((inputs, now) => inputs.onStillness(now));
		host.deliver((inputs, now) => inputs.onMovement(now));
		const [, , last] = host.datagramsOut.map(([, bytes]) => saidIn(bytes));
		expect(last).toMatchObject({ group: 8, counter: 2 });
		node.configure(withValues(node.settings, { neighbourGroup: 0 }), host.now);
		expect(host.boundPort).toBeUndefined();
	});
	test("no port is bound without neighbours", () => {
		expect(atNight({}).host.boundPort).toBeUndefined();
		expect(atNight().host.boundPort).toBe(49_877);
	});
});

describe("any air (property)", () => {
	/** What neighbours say: from where, how long after the word before, how old it is. */
	const word = fc.record({
		place: fc.integer({ min: -7, max: 7 }),
		side: fc.nat(1),
		wait: fc.nat(20_000),
		age: fc.nat(30_000),
	});
	/** What the air makes of it: when each copy comes, none if it is lost; and a forged one beside it. */
	const way = fc.record({
		copies: fc.array(fc.nat(30_000), { maxLength: 3 }),
		forged: fc.option(fc.nat(30_000)),
	});
	const street = fc.array(fc.tuple(word, way), { maxLength: 25 });

	type Mangled = typeof street extends fc.Arbitrary<infer T> ? T : never;
	interface Arrived {
		readonly at: Millis;
		readonly bytes: Buffer;
		readonly isGenuine: boolean;
	}

	/** All that comes, in order of instant; the order in which it was said is lost. */
	function arrivals(messages: Mangled): Arrived[] {
		const all: Arrived[] = [];
		let at = 0;
		for (const [n, [{ place, side, wait, age }, { copies, forged }]] of messages.entries()) {
			at += wait;
			const bytes = datagramOf({ pole: POLE + place, side, counter: n + 1, age });
			for (const late of copies) all.push({ at: at + late, bytes, isGenuine: true });
			if (forged === null) continue;
			const changed = Buffer.from(bytes);
			changed[8 + (n % 28)]! ^= 1 + (n % 255);
			all.push({ at: at + forged, bytes: changed, isGenuine: false });
		}
		return all.sort((a, b) => a.at - b.at);
	}
	test("lost, doubled, reordered, forged: never darker, out in time, few words, each proven once", () => {
		fc.assert(
			fc.property(street, (messages) => {
				const { host, node } = atNight();
				const hmac = host.crypto.hmacSha256;
				let digests = 0;
				host.crypto.hmacSha256 = (key, bytes) => {
					digests += 1;
					return hmac(key, bytes);
				};
				const all = arrivals(messages);
				let lastAt = Number.NEGATIVE_INFINITY;
				for (const { at, bytes, isGenuine } of all) {
					host.run(QUIET + at);
					const lit = feedback(node);
					receive(host, bytes);
					assert.ok(feedback(node) >= lit); // a word never darkens
					if (!isGenuine && feedback(node) > lit) throw new Error("a forged word lit");
					if (isGenuine) lastAt = at;
				}
				expect(feedback(node)).toBeGreaterThanOrEqual(40);
				expect(host.datagramsOut.length).toBeLessThanOrEqual(messages.length); // each passed on once
				expect(digests).toBeLessThanOrEqual(all.length + host.datagramsOut.length);
				host.run(Math.max(host.now, QUIET + lastAt + 45_000));
				expect(feedback(node)).toBe(40);
			}),
			{ seed: 20261124, numRuns: 150 },
		);
	});
});

describe("a flood", () => {
	/** `perSecond` datagrams a second for ten seconds, as `of` makes them; counts digests. */
	function flood(perSecond: number, of: (n: number) => Uint8Array) {
		const lamp = atNight();
		const { host } = lamp;
		const hmac = host.crypto.hmacSha256;
		let digests = 0;
		host.crypto.hmacSha256 = (key, bytes) => {
			digests += 1;
			return hmac(key, bytes);
		};
		for (let n = 0; n < perSecond * 10; n += 1) {
			if (host.datagramsIn.length < 100) host.datagramsIn.push(of(n));
			host.deliver((inputs, now) => inputs.onDatagram(now));
			host.run(QUIET + Math.floor(((n + 1) * 1000) / perSecond));
		}
		return { ...lamp, digests: () => digests };
	}
	const forged = (n: number) => {
		const bytes = datagramOf({ pole: 9, counter: 100_000 + n });
		bytes[35]! ^= 1;
		return bytes;
	};
	test("of forgeries costs at most 32 digests a second, and lights nothing", () => {
		const { node, digests } = flood(500, forged);
		expect(digests()).toBeGreaterThan(32);
		expect(digests()).toBeLessThanOrEqual(32 + 10 * 32);
		expect(feedback(node)).toBe(40);
	});
	test("of what is not ours costs none", () => {
		expect(flood(500, () => new Uint8Array(36)).digests()).toBe(0);
	});
	test("of replays costs one digest, and leaves the others for the next genuine word", () => {
		const far = datagramOf({ pole: POLE - 6, counter: 7 }); // too far to light
		const { host, node, digests } = flood(60, () => far); // all of them are read
		expect(digests()).toBeLessThanOrEqual(2); // the proof, and the seal of the copy passed on
		expect(feedback(node)).toBe(40);
		receive(host, far, far, { pole: 9, counter: 1 });
		expect(feedback(node)).toBe(100);
	});
	test("of genuine words leaves sends for the lamp's own movement", () => {
		const word = (n: number) =>
			datagramOf({ pole: [5, 6, 7, 8, 9, 11, 12, 13, 14, 15][n % 10]!, counter: 10 + n });
		const { host } = flood(200, word);
		receive(host, ...Array.from({ length: 10 }, (_, n) => word(600 + n)));
		const before = host.datagramsOut.length;
		host.deliver((inputs, now) => inputs.onMovement(now));
		host.run(host.now);
		const poles = host.datagramsOut.slice(before).map(([, bytes]) => saidIn(bytes).pole);
		expect(poles).toEqual([POLE]);
	});
	test("does not hold an edge: the duty changes in the edge's own turn", () => {
		const { host } = flood(500, forged);
		const before = host.duty;
		host.datagramsIn.push(forged(1), forged(2));
		host.inputs!.onDatagram(host.now);
		host.deliver((inputs, now) => inputs.onMovement(now));
		expect(host.aim).toBeGreaterThan(before);
	});
	test("of forgeries is two events, however long it lasts, and a counter in the telemetry", () => {
		const { host, node } = flood(50, forged);
		const events = () => entriesOf(node, "datagramsForged");
		expect(events().map(({ startEndFlag }) => startEndFlag)).toEqual(["start"]);
		const { datagramsForged } = node.view.link;
		expect(datagramsForged).toBeGreaterThan(300);
		host.run(host.now + 3_500_000);
		receive(host, forged(9999));
		host.run(host.now + 3_599_999);
		expect(events().length).toBe(1);
		host.run(host.now + 1);
		expect(events().at(-1)).toMatchObject({
			startEndFlag: "end",
			attributes: JSON.stringify({ forged: datagramsForged! + 1 }),
		});
	});
	test.each([0, 5])("that stands at a restart ends in the next life, after %s more", (more) => {
		const { host } = flood(50, forged);
		const { host: next, node } = bootLamp({ stored: host.stored });
		receive(next, ...Array.from({ length: more }, (_, n) => forged(n)));
		next.run(next.now + 3_599_999);
		expect(entriesOf(node, "datagramsForged")).toEqual([]);
		next.run(next.now + 1);
		expect(entriesOf(node, "datagramsForged")).toMatchObject([
			{ startEndFlag: "end", attributes: JSON.stringify({ forged: 3 + more }) },
		]);
		expect(next.stored.has("forged")).toBe(false);
	});
	test("each hour stays within the flash's budget", () => {
		const { host, node } = atNight();
		const hours = 200;
		for (let n = 0; n < 3 * hours; n += 3) {
			receive(host, forged(n), forged(n + 1), forged(n + 2));
			host.run(host.now + 3_600_001);
		}
		const most = WRITES_SAVED + (KEY_WRITES_A_YEAR * hours) / (365.25 * 24);
		expect(node.view.machine.flashWrites).toBeLessThan(most);
		expect(host.stored.has("forged")).toBe(false);
	});
	test("of two garbled frames an hour is no event", () => {
		const { host, node } = atNight();
		for (let hour = 0; hour < 5; hour += 1) {
			receive(host, forged(2 * hour), forged(2 * hour + 1));
			host.run(host.now + 3_600_001);
		}
		expect(node.view.link.datagramsForged).toBe(10);
		expect(entriesOf(node, "datagramsForged")).toEqual([]);
	});
	test("afterwards a neighbour is received again at once", () => {
		const { host, node } = flood(500, forged);
		host.run(host.now + 2000);
		receive(host, { pole: 9, counter: 2 });
		expect(feedback(node)).toBe(100);
	});
	test("of genuine words is passed on at a bounded rate", () => {
		const { host } = flood(200, (n) =>
			datagramOf({ pole: [5, 6, 7, 8, 9, 11, 12, 13, 14, 15][n % 10]!, counter: 10 + n }),
		);
		expect(host.datagramsOut.length).toBeGreaterThan(16);
		expect(host.datagramsOut.length).toBeLessThanOrEqual(16 + 12 * 10);
	});
});
