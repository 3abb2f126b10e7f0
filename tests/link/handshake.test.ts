/** The handshake of TLS: light is asked for before it, once the broker answers, and not for ever. */
import assert from "node:assert/strict";
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { HOUR, MINUTE } from "../../lib/spans.js";
import type { StreamEnd } from "../../src/host.js";
import { PATIENCE } from "../../src/link/client.js";
import { AHEAD, LATENCY, OPTIONS, World } from "../support/linkfakes.js";

const SEED = 7;

/** A lamp whose broker answers from `reconnectSpread` on at the latest. */
const over = (spread = 10_000): World =>
	new World({ tls: true, port: 8883, reconnectSpread: spread });

/** Until the broker has answered. */
function reached(world: World): number {
	world.networkUp();
	while (world.works.length === 0) world.run(10);
	return world.now;
}

describe("a connection over TLS", () => {
	test("asks for light when the broker answers, and begins the handshake when there is light", () => {
		const world = over();
		const at = reached(world);
		world.run(AHEAD - 10);
		expect([world.link.state, world.connects()]).toEqual(["connecting", []]);
		world.run(1000);
		expect(world.link.state).toBe("online");
		const asked = world.works[0]![0];
		expect(asked).toBeLessThanOrEqual(at);
		expect(world.works).toEqual([
			[asked, true],
			[asked + AHEAD + 3 * LATENCY, false], // the flight, CONNECT, CONNACK
		]);
		expect(world.streams.misuse).toEqual([]);
	});

	test("has the time of a connection for each half", () => {
		const world = over();
		reached(world);
		world.answer = () => {};
		world.run(AHEAD + PATIENCE - 100);
		expect(world.news).toEqual([]);
		world.run(200);
		expect(world.news.map((news) => "end" in news && news.end)).toEqual(["connectTimeout"]);
	});

	test("asks for nothing without TLS", () => {
		const world = new World().online();
		expect([world.link.state, world.works]).toEqual(["online", []]);
	});

	const other = { ...OPTIONS, host: "other.example", tls: false };
	const interruptions: [what: string, act: (world: World) => void][] = [
		["the network goes", (world) => world.link.onNetwork(world.now, false)],
		["the lamp leaves for an image", (world) => world.link.close(world.now)],
		["another broker is set", (world) => world.link.configure(world.now, other)],
		[
			"the broker hangs up",
			(world) => {
				const [id] = [...world.streams.open_.keys()];
				world.streams.open_.delete(id!);
				world.link.listenerOf(id!)?.onClosed(world.now, "closedByPeer");
			},
		],
	];
	test.each(interruptions)("needs no light any more when %s before it", (_what, act) => {
		const world = over();
		reached(world);
		world.run(AHEAD / 2);
		world.turn(() => act(world));
		expect(world.works.map(([, isExpected]) => isExpected)).toEqual([true, false]);
		world.run(AHEAD + 5);
		expect(world.streams.misuse).toEqual([]);
	});

	test("asks and asks no longer in turn, whatever ends it (seed 7)", () => {
		const ends = fc.constantFrom<StreamEnd | "open">(
			"open",
			"tlsRefused",
			"closedByPeer",
			"timedOut",
			"unreachable",
		);
		const step = fc.record({
			reach: ends,
			span: fc.integer({ min: 0, max: 20 * MINUTE }),
			act: fc.integer({ min: 0, max: interruptions.length - 2 }),
		});
		fc.assert(
			fc.property(fc.array(step, { minLength: 1, maxLength: 12 }), (steps) => {
				const world = over();
				world.networkUp();
				for (const { reach, span, act } of steps) {
					world.reach = reach;
					world.run(span);
					world.turn(() => interruptions[act]![1](world));
					world.turn(() => world.link.configure(world.now, { ...OPTIONS, tls: true }));
					world.turn(() => world.link.onNetwork(world.now, true));
					world.turn(() => world.link.connectNow(world.now));
				}
				world.turn(() => world.link.close(world.now));
				world.works.forEach(
					([, isExpected], index) => void assert.equal(isExpected, index % 2 === 0),
				);
				assert.equal(world.works.length % 2, 0);
				assert.deepEqual(world.streams.misuse, []);
			}),
			{ seed: SEED, numRuns: 100 },
		);
	});
});

describe("a day of attempts", () => {
	/** Spread 300 s: an attempt each 5 to 6 minutes would be 260 a day. */
	const SPREAD = 300_000;
	const days: [what: string, reach: StreamEnd, most: number][] = [
		["whose certificate is refused", "tlsRefused", 70],
		["that takes TCP and hangs up, as a gate without its broker does", "closedByPeer", 70],
		["that takes TCP and says nothing", "timedOut", 70],
		["that nobody takes", "unreachable", 0],
		["whose name is unknown", "nameUnknown", 0],
	];
	// security: a handshake was a blocking operation
	test.each(days)("at a broker %s asks for light seldom", (_what, reach, most) => {
		const world = over(SPREAD).networkUp();
		world.reach = reach;
		world.run(24 * HOUR);
		const asked = world.works.filter(([, isExpected]) => isExpected).map(([at]) => at);
		expect(asked.length).toBeLessThanOrEqual(most);
		expect(world.attempts.length).toBeGreaterThan(most === 0 ? 200 : 20);
		world.reach = "open";
		world.run(HOUR + SPREAD);
		expect(world.link.state).toBe("online"); // within an hour of the broker's return
	});
});
