/** Fades: each piece of each lamp's light is an event, in order, and together they are its light. */
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { scaled } from "../../support/scale.js";
import { type Act, type Piece, piecesOf } from "./scriptedfleet.js";

const END = 4_000;

/** `AT LAMP DUTY` of each event, with `>TO@UNTIL` where the light moves. */
const texts = (pieces: readonly Piece[]) =>
	pieces.map(({ at, lamp, duty, to, until }) =>
		until > at ? `${at} ${lamp} ${duty}>${to}@${until}` : `${at} ${lamp} ${duty}`,
	);
const fade = (at: number, path: readonly number[], lamp = 0): Act => {
	return { at, lamp, kind: "fade", path };
};
const write = (at: number, value: number, lamp = 0): Act => ({ at, lamp, kind: "write", value });
const relay = (at: number, value: number): Act => ({ at, lamp: 0, kind: "relay", value });

describe("the events of a light", () => {
	test.each<[what: string, acts: readonly Act[], events: readonly string[]]>([
		["a duty is held", [write(100, 819)], ["100 0 819"]],
		[
			"a fade has one for each piece, and one at its end",
			[write(100, 800), fade(200, [400, 1000, 1000, 4000])],
			["100 0 800", "200 0 800>1000@600", "600 0 1000>4000@1200", "1200 0 4000"],
		],
		[
			"points of one instant are a jump, at the begin, within and at the end",
			[fade(100, [0, 500, 0, 600, 100, 700, 100, 900, 300, 0, 300, 50])],
			["100 0 600>700@200", "200 0 900>0@400", "400 0 50"],
		],
		[
			"a fade that is turned round begins at the duty of that instant",
			[write(0, 4000), fade(100, [1000, 0]), fade(350, [100, 4000])],
			["0 0 4000", "100 0 4000>0@1100", "350 0 3000>4000@450", "450 0 4000"],
		],
		[
			"one that is stopped is held there, and a stop without a fade is nothing",
			[
				fade(100, [1000, 1000]),
				{ at: 600, lamp: 0, kind: "stop" },
				{ at: 700, lamp: 0, kind: "stop" },
			],
			["100 0 0>1000@1100", "600 0 500"],
		],
		[
			"a duty written ends it",
			[fade(100, [1000, 1000]), write(600, 4095)],
			["100 0 0>1000@1100", "600 0 4095"],
		],
		[
			"an order at the end of a fade comes after that end",
			[fade(100, [100, 1000]), fade(200, [100, 0])],
			["100 0 0>1000@200", "200 0 1000", "200 0 1000>0@300", "300 0 0"],
		],
		[
			"an open relay gives no light; the fade goes on unseen, and shows where it stands",
			[fade(100, [500, 500, 1000, 1000]), relay(300, 0), relay(800, 1)],
			["100 0 0>500@600", "300 0 0", "800 0 700>1000@1100", "1100 0 1000"],
		],
		["a relay that opens in the dark is none", [relay(300, 0), relay(400, 1)], []],
		[
			"the machine's end is the fade's",
			[fade(100, [1000, 1000]), { at: 300, lamp: 0, kind: "death" }],
			["100 0 0>1000@1100", "300 0 0"],
		],
		[
			"and so is a failure of power, in the window of a piece that would have begun after it",
			[fade(100, [1000, 1000, 1010, 500, 1020, 800]), { at: 1100, lamp: 0, kind: "cut" }],
			["100 0 0>1000@1100", "1100 0 0"],
		],
		[
			"two lamps come by instant, then number, whatever the order of their fades",
			[fade(50, [150, 10, 250, 20], 1), fade(100, [100, 30, 150, 40], 0), write(300, 5, 0)],
			[
				"50 1 0>10@200",
				"100 0 0>30@200",
				"200 0 30>40@250",
				"200 1 10>20@300",
				"250 0 40",
				"300 0 5",
				"300 1 20",
			],
		],
	])("%s", async (_what, acts, events) => {
		expect(texts(await piecesOf(2, acts, END))).toEqual(events);
	});
});

const LAMPS = 3;
const duty = fc.nat(4095);
const path = fc
	.array(fc.tuple(fc.oneof(fc.constant(0), fc.nat(400)), duty), { minLength: 1, maxLength: 4 })
	.map((points) => {
		let at = 0;
		return points.flatMap(([after, value]) => [(at += after), value]);
	});
const act: fc.Arbitrary<Act> = fc
	.record({
		at: fc.integer({ min: 1, max: 3_000 }),
		lamp: fc.nat(LAMPS - 1),
		kind: fc.constantFrom("write", "fade", "fade", "fade", "stop", "relay", "death"),
		value: duty,
		path,
	})
	.map(({ at, lamp, kind, value, path: points }): Act => {
		if (kind === "fade") return { at, lamp, kind, path: points };
		return { at, lamp, kind, value: kind === "relay" ? value % 2 : value };
	});

/**
 * The light of one lamp at each ms, step by step: where it began, where it goes, and when. A duty is
 * whole where a fade begins or ends before its time.
 */
function* lightOf(acts: readonly Act[]): Iterable<number> {
	let isClosed = true;
	let points: { at: number; duty: number }[] = [{ at: 0, duty: 0 }];
	const standsAt = (now: number) => {
		const gone = points.filter(({ at }) => at <= now).at(-1)!;
		const next = points.find(({ at }) => at > now);
		if (!next) return gone.duty;
		const span = next.at - gone.at;
		return (gone.duty * (next.at - now) + next.duty * (now - gone.at)) / span;
	};
	for (let now = 0; now < END; now += 1) {
		for (const { kind, value = 0, path: ordered = [] } of acts.filter(({ at }) => at === now)) {
			const here = { at: now, duty: Math.round(standsAt(now)) };
			if (kind === "write") points = [{ at: now, duty: value }];
			if (kind === "stop") points = [here];
			if (kind === "fade") points = [here];
			for (let index = 0; index < ordered.length; index += 2)
				points.push({ at: now + ordered[index]!, duty: ordered[index + 1]! });
			if (kind === "relay") isClosed = value === 1;
			if (kind === "death") points = [{ at: now, duty: 0 }];
			if (kind === "death") isClosed = true;
		}
		yield isClosed ? standsAt(now) : 0;
	}
}

/** Likewise from the events. */
function shownAt(pieces: readonly Piece[], now: number): number {
	const piece = pieces.filter(({ at }) => at <= now).at(-1);
	if (!piece) return 0;
	const { at, duty: from, to, until } = piece;
	return now >= until ? to : from + ((to - from) * (now - at)) / (until - at);
}

test("at each ms the pieces are the light that was ordered, to a count (property)", async () => {
	const street = fc.tuple(fc.array(act, { maxLength: 25 }), fc.integer({ min: 1, max: 49 }));
	await fc.assert(
		fc.asyncProperty(street, async ([acts, lookahead]) => {
			const sorted = [...acts].sort((a, b) => a.at - b.at || a.lamp - b.lamp);
			const pieces = await piecesOf(LAMPS, sorted, END, lookahead);
			pieces.forEach(({ at, lamp, duty: from, to, until, reported }, index) => {
				const before = pieces[index - 1];
				const isLater = !before || before.at < at || (before.at === at && before.lamp <= lamp);
				if (!isLater) throw new Error(`${at} after ${before.at}`);
				if (at <= reported) throw new Error(`${at} comes when all up to ${reported} is known`);
				if (![from, to].every(Number.isInteger) || until < at) throw new Error(`${from} ${to}`);
			});
			for (let lamp = 0; lamp < LAMPS; lamp += 1) {
				const lampPieces = pieces.filter((piece) => piece.lamp === lamp);
				let now = 0;
				for (const wanted of lightOf(sorted.filter((act) => act.lamp === lamp))) {
					const shown = shownAt(lampPieces, now);
					if (Math.abs(shown - wanted) > 1)
						throw new Error(`lamp ${lamp} at ${now}: ${shown} instead of ${wanted}`);
					now += 1;
				}
			}
		}),
		{ seed: 7, numRuns: scaled(150, 2_000) },
	);
});
