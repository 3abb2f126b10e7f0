import assert from "node:assert/strict";
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import {
	isOccupied,
	type Presence,
	type PresenceInput,
	presenceKindOf,
	reduce,
	sensorAsks,
	settling,
	unfitted,
} from "../../src/sensing/presence.js";

const SEED = 20261124;
const OPTIONS = { hold: 60_000, linger: 20_000 };
const KINDS = { vacant: undefined, lingering: 60 } as Record<string, number | undefined>;

type Step = [now: number, input: PresenceInput, then: Presence["kind"], why?: string];
/** Plays an evening and looks at everything that can be asked after each step. */
function play(steps: Step[], options = OPTIONS): void {
	let state = settling(0, 30_000);
	for (const [now, input, then] of steps) {
		state = reduce(state, input, now, options);
		expect([now, state.kind]).toEqual([now, then]);
		const occupied = then !== "vacant" && then !== "lingering";
		expect([now, isOccupied(state)]).toEqual([now, occupied]);
		expect([now, sensorAsks(state, 100, 60)]).toEqual([now, occupied ? 100 : KINDS[then]]);
		expect(state.until).toBeGreaterThan(now);
	}
}

describe("presence", () => {
	test("follows an evening, step by step", () => {
		play([
			[0, "movement", "settlingMoving", "a PIR that warms up says anything"],
			[4000, "movement", "settlingMoving"],
			[5000, "stillness", "settling"],
			[6000, "stillness", "settling"],
			[7000, "time", "settling"],
			[30_000, "time", "vacant"],
			[35_000, "stillness", "vacant", "the end of what it said before"],
			[40_000, "movement", "moving"],
			[90_000, "movement", "moving"],
			[95_000, "time", "moving", "as long as the PIR sees it"],
			[100_000, "stillness", "holding"],
			[105_000, "stillness", "holding"],
			[110_000, "movement", "moving", "each movement restarts the hold"],
			[111_000, "stillness", "holding"],
			[170_999, "time", "holding", "one millisecond short of it"],
			[171_000, "time", "lingering", "full, hold, linger, ..."],
			[175_000, "movement", "moving", "... unless someone comes"],
			[176_000, "stillness", "holding"],
			[236_000, "time", "lingering"],
			[237_000, "stillness", "lingering"],
			[255_999, "time", "lingering"],
			[256_000, "time", "vacant", "... and floor"],
		]);
	});
	test("sees someone who moved when it had settled", () => {
		play([
			[29_000, "movement", "settlingMoving"],
			[30_000, "time", "moving"],
		]);
		play([[30_000, "movement", "moving"]]);
	});
	test("takes the last signal that came as it settled", () => {
		play([
			[29_000, "movement", "settlingMoving"],
			[31_000, "stillness", "holding"],
		]);
		play([[31_000, "stillness", "vacant"]]);
	});
	test("makes up for time that came late: the hold ended when it ended", () => {
		play([
			[40_000, "movement", "moving"],
			[50_000, "stillness", "holding"],
			[125_000, "time", "lingering"], // since 110 s, so until 130 s
			[130_000, "time", "vacant"],
		]);
		play([
			[40_000, "movement", "moving"],
			[50_000, "stillness", "holding"],
			[130_000, "time", "vacant"],
		]);
	});
	test("can do without hold and linger", () => {
		play(
			[
				[30_000, "movement", "moving"],
				[31_000, "stillness", "lingering"],
				[51_000, "time", "vacant"],
			],
			{ hold: 0, linger: 20_000 },
		);
		play(
			[
				[30_000, "movement", "moving"],
				[31_000, "stillness", "vacant"],
			],
			{ hold: 0, linger: 0 },
		);
	});
	test.each([
		["settling", { kind: "settling", until: 9 }],
		["settling", { kind: "settlingMoving", until: 9 }],
		["vacant", unfitted()],
		["moving", { kind: "moving", until: Infinity }],
		["holding", { kind: "holding", until: 9 }],
		["vacant", { kind: "lingering", until: 9 }],
	] as [string, Presence][])("shows %s for %j", (shown, state) => {
		expect(presenceKindOf(state)).toBe(shown);
	});
	test("while a movement is not confirmed nobody is there, and nothing is asked for", () => {
		const arriving: Presence = { kind: "arriving", until: 9 };
		expect([isOccupied(arriving), sensorAsks(arriving, 100, 60)]).toEqual([false, undefined]);
	});
	test("asks for nothing where there is no PIR", () => {
		expect(sensorAsks(unfitted(), 100, 60)).toBeUndefined();
		expect(unfitted().until).toBe(Infinity);
	});
});

describe(`presence, any edges (seed ${SEED})`, () => {
	const input = fc.constantFrom<PresenceInput>("movement", "stillness", "time");
	const wait = fc.oneof(fc.integer({ min: 0, max: 5000 }), fc.integer({ min: 0, max: 200_000 }));
	const evening = fc.array(fc.tuple(wait, input), { maxLength: 40 });

	test("is occupied from a movement until the hold after the last edge, and not after", () => {
		const property = (steps: [number, PresenceInput][]) => {
			let state = settling(0, 30_000);
			let now = 0;
			let moving = false; // the oracle: what the PIR says, and when it last changed its mind
			let occupiedUntil = -Infinity;
			for (const [pause, edge] of steps) {
				now += pause;
				state = reduce(state, "time", now, OPTIONS); // the alarm has rung in between
				state = reduce(state, edge, now, OPTIONS);
				if (edge === "movement") moving = true;
				if (edge === "stillness" && moving) {
					moving = false;
					if (now >= 30_000) occupiedUntil = now + OPTIONS.hold;
				}
				const expected: boolean = now < 30_000 || moving || now < occupiedUntil;
				assert.deepEqual([now, isOccupied(state)], [now, expected]);
				assert.ok(state.until > now);
			}
		};
		fc.assert(fc.property(evening, property), { seed: SEED, numRuns: 500 });
	});
	test("the same state comes back when nothing changed", () => {
		const property = (steps: [number, PresenceInput][]) => {
			let state = settling(0, 30_000);
			let now = 0;
			for (const [pause, edge] of steps) {
				now += pause;
				state = reduce(state, edge, now, OPTIONS);
				state = reduce(state, "time", now, OPTIONS);
				assert.equal(reduce(state, "time", now, OPTIONS), state);
			}
		};
		fc.assert(fc.property(evening, property), { seed: SEED });
	});
});

describe("clear to busy: movement that must last before it counts", () => {
	const slow = { hold: 30_000, linger: 0, clearToBusy: 1_000 };
	const play = (...inputs: [at: number, input: PresenceInput][]) =>
		inputs.reduce<Presence>((state, [at, input]) => reduce(state, input, at, slow), unfitted());
	test("until then nobody is there, and time alone makes it so", () => {
		const state = play([100, "movement"]);
		expect([isOccupied(state), presenceKindOf(state), state.until]).toEqual([
			false,
			"vacant",
			1_100,
		]);
		expect(isOccupied(reduce(state, "time", 1_099, slow))).toBe(false);
		expect(isOccupied(reduce(state, "time", 1_100, slow))).toBe(true);
	});
	test("a shorter movement never counts; a longer one that was received of late does", () => {
		expect(play([100, "movement"], [900, "stillness"])).toEqual({
			kind: "vacant",
			until: Infinity,
		});
		expect(play([100, "movement"], [1_200, "stillness"])).toMatchObject({ kind: "holding" });
	});
	test("who comes back during the hold is there at once", () => {
		const state = play([0, "movement"], [2_000, "stillness"], [9_000, "movement"]);
		expect([state, isOccupied(state)]).toEqual([{ kind: "moving", until: Infinity }, true]);
	});
});
