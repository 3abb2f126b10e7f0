/** Approach: who comes, who goes, who came past unseen; by tables, and by road users of known ways. */
import assert from "node:assert/strict";
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { DAY } from "../../lib/spans.js";
import {
	arrivalAt,
	leftAt,
	lightUntil,
	noteHit,
	passedAt,
	REACH,
	startHits,
} from "../../src/neighbours/approach.js";

const SEED = 20261124;
const OPTIONS = {
	poleSpacing: 30,
	neighbourBubble: 2,
	lightAhead: 8000,
	autoClear: 45_000,
	neighbourMode: "ahead" as "ahead" | "row",
};
const CAR = 2160; // ms a pole at 50 km/h
const WALKER = 21_429;
const NEVER = Number.NEGATIVE_INFINITY;
/** Since the boot of the lamp, ms. */
const BASE = 10_000_000;

type Hit = [place: number, at: number];
/** How long the last of the hits lights here, ms; NEVER: not at all. */
function lightOf(hits: Hit[], options = OPTIONS): number {
	const seen = startHits();
	for (const [place, at] of hits) noteHit(seen, place, BASE + at);
	const [place, at] = hits.at(-1)!;
	return lightUntil(seen, place, BASE + at, options) - BASE - at;
}

test("a second hit at a place within two seconds is the same movement", () => {
	const hits = startHits();
	const noted = [0, 1000, 2000, 2001, 4001, 4002].map((at) => noteHit(hits, -3, BASE + at));
	expect(noted).toEqual([true, false, false, true, false, true]);
	expect(noteHit(hits, 3, BASE)).toBe(true);
});

describe("the light ahead", () => {
	test("a row: all lamps in reach rise together, behind and far ahead, too", () => {
		const row = { ...OPTIONS, neighbourMode: "row" } as const;
		for (const place of [-6, -1, 1, 6]) expect(lightOf([[place, 0]], row)).toBe(45_000);
		const away: Hit[] = [
			[2, 0],
			[3, CAR],
			[4, 2 * CAR],
		];
		expect(lightOf(away)).toBe(NEVER);
		expect(lightOf(away, row)).toBe(45_000);
	});
	const table: [what: string, hits: Hit[], ms: number][] = [
		["a first movement next to us: the way is unknown, light", [[1, 0]], 45_000],
		["a first movement two poles away: likewise", [[-2, 0]], 45_000],
		["a first movement three poles away: not yet", [[3, 0]], NEVER],
		[
			"144 km/h, the fastest that there is",
			[
				[-2, 0],
				[-1, 750],
			],
			1.5 * 750,
		],
		[
			"faster: two road users of unknown direction",
			[
				[-2, 0],
				[-1, 740],
			],
			45_000,
		],
		[
			"a car two poles away, coming",
			[
				[-3, 0],
				[-2, CAR],
			],
			2.5 * CAR,
		],
		[
			"a car four poles away, coming: it is here in 8.6 s",
			[
				[-5, 0],
				[-4, CAR],
			],
			4.5 * CAR,
		],
		[
			"a car five poles away: the next pole will see it in time",
			[
				[-6, 0],
				[-5, CAR],
			],
			NEVER,
		],
		[
			"the other way likewise",
			[
				[5, 0],
				[4, CAR],
			],
			4.5 * CAR,
		],
		[
			"one datagram lost: the place before gives the pace",
			[
				[-5, 0],
				[-3, 2 * CAR],
			],
			3.5 * CAR,
		],
		[
			"a car that came past us goes away",
			[
				[-1, 0],
				[0, CAR],
				[1, 2 * CAR],
			],
			NEVER,
		],
		[
			"one that turned off before us goes away",
			[
				[-1, 0],
				[-2, CAR],
			],
			NEVER,
		],
		[
			"a walker next to us, coming",
			[
				[-2, 0],
				[-1, WALKER],
			],
			1.5 * WALKER,
		],
		[
			"a walker two poles away: there is time",
			[
				[-3, 0],
				[-2, WALKER],
			],
			NEVER,
		],
		[
			"very slow, and next to us: light for as long as one hit may",
			[
				[-2, 0],
				[-1, 42_000],
			],
			45_000,
		],
		[
			"two at once are two people, not one who flies",
			[
				[-3, 0],
				[-2, 100],
			],
			45_000,
		],
		[
			"what was seen an hour ago is nobody's way",
			[
				[-2, 0],
				[-1, 3_600_000],
			],
			45_000,
		],
		[
			"one comes where another left before: both sides light, as at first",
			[
				[0, 0],
				[1, CAR],
				[2, 2 * CAR],
				[2, 30_000],
			],
			45_000,
		],
		[
			"two poles away one overtakes another who walks: it is light",
			[
				[-2, 0],
				[-3, 9000],
				[-2, 9000 + CAR],
			],
			45_000,
		],
		[
			"a car came and drove on, and another comes where it came from: it does not come back",
			[
				...([-2, -1, 0, 1, 2, 3, 4, 5, 6].map((place, n) => [place, n * CAR]) as Hit[]),
				[-2, 100_000],
			],
			45_000,
		],
		[
			"a walker comes where a car went the other way before: light",
			[
				...([0, 1, 2, 3, 4, 5, 6].map((place, n) => [place, n * CAR]) as Hit[]),
				[2, 4 * CAR + WALKER],
				[1, 4 * CAR + 2 * WALKER],
			],
			45_000,
		],
		[
			"a walker comes, and someone behind who may be quicker: light until the walker is past",
			[
				[-2, 0],
				[-5, WALKER - 12_000],
				[-1, WALKER],
			],
			1.5 * WALKER,
		],
		[
			"both sides of the street saw the same car: its pace is the car's",
			[
				[-2, 0],
				[-2, 1500],
				[-1, CAR],
				[-1, CAR + 300],
			],
			1.5 * CAR,
		],
		["seen from across the street: it is here", [[0, 0]], 45_000],
		[
			"one comes as another goes: light",
			[
				[0, 0],
				[3, 0],
				[2, CAR],
				[1, 2 * CAR],
			],
			1.5 * CAR,
		],
	];
	test.each(table)("%s", (_what, hits, ms) => {
		expect(lightOf(hits)).toBeCloseTo(ms, 6);
	});
	test("no bubble: only who is known to come", () => {
		expect(lightOf([[1, 0]], { ...OPTIONS, neighbourBubble: 0 })).toBe(NEVER);
		expect(
			lightOf(
				[
					[2, 0],
					[1, CAR],
				],
				{ ...OPTIONS, neighbourBubble: 0 },
			),
		).toBe(1.5 * CAR);
	});
	test("every road user alone, at any pace, from either end, finds light in time; behind it stays dark", () => {
		const way = fc.record({
			speed: fc.double({ min: 0.8, max: 25, noNaN: true }),
			side: fc.constantFrom(-1, 1),
			spacing: fc.integer({ min: 15, max: 60 }),
		});
		fc.assert(
			fc.property(way, ({ speed, side, spacing }) => {
				const pace = (spacing / speed) * 1000;
				const options = { ...OPTIONS, poleSpacing: spacing };
				const hits = startHits();
				let litFrom = Infinity;
				let litUntil = NEVER;
				for (let n = -REACH; n <= REACH; n += 1) {
					const now = (n + REACH) * pace;
					noteHit(hits, n * side, now);
					if (n === 0) continue;
					const until = lightUntil(hits, n * side, now, options);
					if (n > 0) assert.equal(until, NEVER);
					if (until <= now) continue;
					if (now > litUntil) litFrom = now; // it went out in between
					litUntil = Math.max(litUntil, until);
				}
				const here = REACH * pace;
				const lead = Math.min(options.lightAhead, pace, options.autoClear);
				assert.ok(litFrom <= here - lead + 1e-6);
				if (pace <= options.autoClear) assert.ok(litUntil >= here);
				assert.ok(litUntil <= here + options.autoClear);
			}),
			{ seed: SEED, numRuns: 500 },
		);
	});
	test("whatever is received, in whatever order: never longer than autoClear, and never NaN", () => {
		const hit = fc.tuple(fc.integer({ min: -REACH, max: REACH }), fc.nat(100_000));
		fc.assert(
			fc.property(fc.array(hit, { minLength: 1, maxLength: 40 }), fc.nat(60_000), (hits, late) => {
				const seen = startHits();
				for (const [place, at] of hits) noteHit(seen, place, at);
				const [place, at] = hits.at(-1)!;
				if (place === 0) return;
				const until = lightUntil(seen, place, at + late, OPTIONS);
				assert.ok(until === NEVER || until > at + late);
				assert.ok(until <= at + late + OPTIONS.autoClear);
			}),
			{ seed: SEED, numRuns: 2000 },
		);
	});
});

describe("when a road user is here", () => {
	const walker: Hit[] = [
		[3, 0],
		[2, WALKER],
	];
	test.each<[what: string, hits: Hit[], later: number, arrival: number]>([
		["a walker two poles away", walker, 0, 3 * WALKER],
		["still in the cone there: on the way", walker, WALKER, 3 * WALKER],
		["standing there: later by as much", walker, WALKER + 5000, 3 * WALKER + 5000],
		[
			"one of two: the fastest",
			[
				[-4, 0],
				[-3, WALKER - CAR],
				[-2, WALKER],
			],
			0,
			WALKER + 2 * CAR,
		],
		["the first movement: none is known to come", [[2, 0]], 0, Infinity],
		[
			"one that leaves",
			[
				[1, 0],
				[2, WALKER],
			],
			0,
			Infinity,
		],
		["across the street", [[0, 0]], 0, Infinity],
	])("%s", (_what, hits, later, arrival) => {
		const seen = startHits();
		for (const [place, at] of hits) noteHit(seen, place, at);
		const [place, at] = hits.at(-1)!;
		expect(arrivalAt(seen, place, at + later, 30)).toBeCloseTo(arrival, 6);
	});
});

describe("who came past", () => {
	const table: [what: string, hits: Hit[], at: number][] = [
		[
			"a car from below",
			[
				[-2, 0],
				[-1, 2000],
				[1, 6000],
			],
			4000,
		],
		[
			"a walker from above",
			[
				[2, 0],
				[1, 20_000],
				[-1, 60_000],
			],
			40_000,
		],
		[
			"the first word above was lost",
			[
				[-2, 0],
				[-1, 2000],
				[2, 8000],
			],
			4000,
		],
		[
			"not at a steady pace: two people",
			[
				[-2, 0],
				[-1, 2000],
				[1, 20_000],
			],
			NEVER,
		],
		[
			"two above, then the second below",
			[
				[2, 0],
				[1, 2000],
				[-2, 8000],
			],
			4000,
		],
		[
			"only one place below saw them",
			[
				[-1, 2000],
				[1, 6000],
			],
			NEVER,
		],
		[
			"it turned round before us",
			[
				[-2, 0],
				[-1, 2000],
				[-2, 4000],
			],
			NEVER,
		],
		[
			"a crowd everywhere at once",
			[
				[-2, 0],
				[-1, 10],
				[1, 20],
			],
			NEVER,
		],
	];
	test.each(table)("%s", (_what, hits, at) => {
		const seen = startHits();
		for (const [place, when] of hits) noteHit(seen, place, when);
		expect(passedAt(seen, hits.at(-1)![0], 30)).toBe(at);
		const later = startHits(); // the same a day after the boot
		for (const [place, when] of hits) noteHit(later, place, DAY + when);
		expect(passedAt(later, hits.at(-1)![0], 30)).toBe(DAY + at);
	});
});

describe("who went away from us", () => {
	const table: [what: string, hits: Hit[], at: number][] = [
		[
			"up the street",
			[
				[1, 2000],
				[2, 4000],
				[3, 6000],
			],
			0,
		],
		[
			"down the street",
			[
				[-1, 20_000],
				[-2, 40_000],
				[-3, 60_000],
			],
			0,
		],
		[
			"two places are no way",
			[
				[1, 2000],
				[2, 4000],
			],
			NEVER,
		],
		[
			"not at a steady pace: two people",
			[
				[1, 2000],
				[2, 4000],
				[3, 16_000],
			],
			NEVER,
		],
		[
			"who comes",
			[
				[3, 2000],
				[2, 4000],
				[1, 6000],
			],
			NEVER,
		],
		[
			"a word was lost",
			[
				[1, 2000],
				[3, 6000],
			],
			NEVER,
		],
		[
			"from both sides at once",
			[
				[-1, 2000],
				[-2, 4000],
				[3, 6000],
			],
			NEVER,
		],
	];
	test.each(table)("%s", (_what, hits, at) => {
		const seen = startHits();
		for (const [place, when] of hits) noteHit(seen, place, when);
		expect(leftAt(seen, hits.at(-1)![0], 30)).toBe(at);
	});
});
