/** Limiter and repeats: a flood is refused, a repeat acts once. */
import assert from "node:assert/strict";
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { Limiter, ORDERS_PER_MINUTE, QUERIES_PER_MINUTE } from "../../src/command/limiter.js";
import { answerTo, NO_REPEATS, REPEATS, remembered, restored } from "../../src/command/repeats.js";

const SEED = 20_261_128;

describe("limiter", () => {
	test("lets the first thirty through at boot, and the next a minute later", () => {
		const limiter = new Limiter();
		for (let order = 0; order < ORDERS_PER_MINUTE; order += 1)
			expect(limiter.allows(10 * order)).toBe(true);
		expect(limiter.allows(59_999)).toBe(false);
		expect(limiter.allows(60_000)).toBe(true);
		expect(limiter.allows(60_000)).toBe(false);
		expect(limiter.allows(60_010)).toBe(true);
	});
	test("queries leave ten of thirty to orders that act", () => {
		const limiter = new Limiter();
		const allowed = Array.from({ length: 45 }, () => limiter.allows(0, true));
		expect(allowed.filter(Boolean)).toHaveLength(QUERIES_PER_MINUTE);
		const orders = Array.from({ length: 45 }, () => limiter.allows(1));
		expect(orders.filter(Boolean)).toHaveLength(ORDERS_PER_MINUTE - QUERIES_PER_MINUTE);
		expect(limiter.allows(59_999, true)).toBe(false);
		expect(limiter.allows(60_000, true)).toBe(true);
	});
	test(`in no minute more than thirty, and none refused without need (seed ${SEED})`, () => {
		fc.assert(
			fc.property(fc.array(fc.tuple(fc.nat(6000), fc.boolean()), { maxLength: 200 }), (gaps) => {
				const limiter = new Limiter();
				const passed: number[] = []; // the oracle: all instants, counted anew each time
				let now = 0;
				for (const [gap, isQuery] of gaps) {
					now += gap;
					const within = passed.filter((then) => now - then < 60_000).length;
					const most = isQuery ? QUERIES_PER_MINUTE : ORDERS_PER_MINUTE;
					assert.equal(limiter.allows(now, isQuery), within < most);
					if (within < most) passed.push(now);
				}
			}),
			{ seed: SEED, numRuns: 300 },
		);
	});
});

describe("repeats", () => {
	test("a new id has no answer, a known one its first", () => {
		let repeats = NO_REPEATS;
		expect(answerTo(repeats, "a1")).toBeUndefined();
		repeats = remembered(repeats, "a1", "accepted");
		repeats = remembered(repeats, "a11", "done");
		expect(answerTo(repeats, "a1")).toBe("accepted");
		expect(answerTo(repeats, "a11")).toBe("done");
		expect(answerTo(repeats, "1")).toBeUndefined();
		expect(answerTo(repeats, "accepted")).toBeUndefined();
		expect(answerTo(repeats, "")).toBeUndefined();
	});
	// security: orders are fresh
	test("survives a restart as text", () => {
		let repeats = NO_REPEATS;
		repeats = remembered(repeats, "a1", "accepted");
		expect(answerTo(restored(repeats), "a1")).toBe("accepted");
	});
	test("forgets what cannot be its own text", () => {
		for (const text of [
			"",
			"a1 accepted",
			"\na1 accepted",
			"x".repeat(3000),
			`\n${"x".repeat(3000)}\n`,
		]) {
			const repeats = restored(text);
			assert.equal(answerTo(repeats, "a1"), undefined);
			assert.equal(answerTo(remembered(repeats, "b", "done"), "b"), "done");
		}
	});
	test("stays within its size with the longest ids and answers", () => {
		let repeats = NO_REPEATS;
		for (let order = 0; order < 100; order += 1)
			repeats = remembered(repeats, `${order}`.padStart(36, "x"), "accepted".repeat(9));
		expect(repeats.length).toBeLessThan(1800);
		expect(answerTo(restored(repeats), "99".padStart(36, "x"))).toBe("acceptedaccepted");
		expect(restored(`\n${repeats}`)).toBe(NO_REPEATS); // one character longer than any of its own
	});
	test(`holds the latest ${REPEATS}, and only those (seed ${SEED})`, () => {
		fc.assert(
			fc.property(
				fc.uniqueArray(fc.stringMatching(/^[A-Za-z0-9_.:-]{1,6}$/), { maxLength: 60 }),
				(ids) => {
					let repeats = NO_REPEATS;
					for (const id of ids) repeats = remembered(repeats, id, `${id.length}`);
					ids.forEach((id, index) => {
						const isRecent = index >= ids.length - REPEATS;
						assert.equal(answerTo(repeats, id), isRecent ? `${id.length}` : undefined);
					});
				},
			),
			{ seed: SEED, numRuns: 300 },
		);
	});
});
