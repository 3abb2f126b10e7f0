/** Relay: when it opens and closes, what waits for it and what never does. */
import assert from "node:assert/strict";
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { INRUSH_SPREAD, MINIMUM_OFF, OPEN_AFTER, RelayState } from "../../src/lighting/relay.js";
import { percent } from "../support/percent.js";

const SEED = 20261124;
const PART = 1500;
const FLOOR = percent(20);
const FULL = percent(100);
const NONE = percent(0);

/** Out since 0, and opened at OPEN_AFTER. */
function opened(): RelayState {
	const relay = new RelayState(0);
	relay.open(relay.opensAt, PART);
	return relay;
}
const LONG_AFTER = OPEN_AFTER + MINIMUM_OFF + 10_000;

describe("relay", () => {
	test("is closed at boot, and opens a minute after only if nothing shines", () => {
		const relay = new RelayState(500);
		expect([relay.opensAt, relay.releaseAt]).toEqual([500 + OPEN_AFTER, Infinity]);
		expect(relay.follow(true, 600)).toBe(false); // it has power already
		expect(relay.opensAt).toBe(Infinity);
		relay.follow(false, 1000);
		expect(relay.opensAt).toBe(1000 + OPEN_AFTER);
	});
	test("closes before it shines, once", () => {
		const relay = opened();
		expect(relay.opensAt).toBe(Infinity);
		expect([relay.follow(true, LONG_AFTER), relay.follow(true, LONG_AFTER)]).toEqual([true, false]);
	});
	test("a closed relay makes nobody wait", () => {
		const relay = new RelayState(0);
		expect([relay.allow(FULL, NONE, 10), relay.releaseAt]).toEqual([100, Infinity]);
	});
	test("at dusk the floor shines at once, the rest in the lamp's own part", () => {
		const relay = opened();
		expect(relay.allow(FULL, FLOOR, LONG_AFTER)).toBe(20);
		expect(relay.follow(true, LONG_AFTER)).toBe(true);
		expect(relay.releaseAt).toBe(LONG_AFTER + PART);
		expect(relay.allow(FULL, FLOOR, LONG_AFTER + PART - 1)).toBe(20);
		expect(relay.allow(FULL, FLOOR, LONG_AFTER + PART)).toBe(100);
		expect(relay.releaseAt).toBe(Infinity);
	});
	test("a program by day waits as a whole", () => {
		const relay = opened();
		expect(relay.allow(FULL, NONE, LONG_AFTER)).toBe(0);
		expect(relay.allow(FULL, NONE, LONG_AFTER + PART)).toBe(100);
	});
	test("a program that comes back too soon waits until the driver is cold", () => {
		const relay = opened();
		expect(relay.allow(FULL, NONE, OPEN_AFTER + 5000)).toBe(0);
		expect(relay.releaseAt).toBe(OPEN_AFTER + MINIMUM_OFF);
		expect(relay.allow(FULL, NONE, OPEN_AFTER + MINIMUM_OFF)).toBe(100);
	});
	test("night falls meanwhile: the floor at once, the rest within the spread", () => {
		const relay = opened();
		relay.allow(FULL, NONE, OPEN_AFTER + 5000);
		expect(relay.allow(FULL, FLOOR, OPEN_AFTER + 6000)).toBe(20);
		expect(relay.releaseAt).toBe(OPEN_AFTER + 6000 + PART);
	});
	test("someone comes while a program waits: nothing waits any more", () => {
		const relay = opened();
		relay.allow(FULL, NONE, OPEN_AFTER + 5000);
		expect([relay.pass(FULL), relay.releaseAt]).toEqual([100, Infinity]);
	});
	test("a program that thinks better of it leaves no alarm behind", () => {
		const relay = opened();
		relay.allow(FULL, NONE, OPEN_AFTER + 5000);
		expect([relay.allow(NONE, NONE, OPEN_AFTER + 6000), relay.releaseAt]).toEqual([0, Infinity]);
	});

	test(`whatever is asked when, nobody waits long, and the floor never (seed ${SEED})`, () => {
		const ask = fc.record({
			wait: fc.oneof(fc.integer({ min: 0, max: 3000 }), fc.integer({ min: 0, max: 150_000 })),
			level: fc.constantFrom(0, 0, 10, 20, 60, 100).map(percent),
			dark: fc.boolean(),
			program: fc.boolean(),
		});
		const property = (
			part: number,
			asks: { wait: number; level: number; dark: boolean; program: boolean }[],
		) => {
			const relay = new RelayState(0);
			let now = 0;
			let [lit, closed, openedAt] = [false, true, -Infinity];
			let waitsSince = Infinity;
			for (const { wait, level, dark, program } of asks) {
				now += wait;
				if (now >= relay.opensAt) {
					assert.equal(lit, false); // it never opens under a lamp that shines
					relay.open(now, part);
					[closed, openedAt] = [false, now];
				}
				const floor = dark ? FLOOR : NONE;
				const given = program
					? relay.allow(percent(level), floor, now)
					: relay.pass(percent(level));
				assert.ok(given >= Math.min(level, program ? floor : 100));
				assert.ok(given <= level);
				waitsSince = given < level ? Math.min(waitsSince, now) : Infinity;
				if (given < level) {
					assert.ok(relay.releaseAt > now);
					assert.ok(relay.releaseAt - now <= (dark ? INRUSH_SPREAD : MINIMUM_OFF));
				} else assert.equal(relay.releaseAt, Infinity);
				if (given > 0 !== lit) {
					lit = given > 0;
					const closes = relay.follow(lit, now);
					assert.equal(closes, lit && !closed);
					if (closes && program && !dark) assert.ok(now - openedAt >= MINIMUM_OFF);
					closed ||= closes;
				}
				assert.equal(lit ? closed : true, true);
			}
		};
		const part = fc.integer({ min: 0, max: INRUSH_SPREAD });
		fc.assert(fc.property(part, fc.array(ask, { maxLength: 60 }), property), {
			seed: SEED,
			numRuns: 300, // of sixty requests each
		});
	});
});
