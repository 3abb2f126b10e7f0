/**
 * Properties: what must hold of every night, each as a function that says what broke, or nothing.
 *
 * They take the firmware as a parameter, so that a mutated one can be put to them. Of its sources the
 * judge knows none: what is a step, a level or a night stands here once more, from the documents.
 */
import fc from "fast-check";
import { HOUR } from "../../lib/spans.js";
import { Node } from "../../src/node.js";
import { capsOf } from "./bounds.js";
import { clockErrorsOf } from "./clockerrors.js";
import { asLived, bootsOf, deadOf, staysOf } from "./course.js";
import { noteSituations, type Tally } from "./coverage.js";
import { darkSpans } from "./darkness.js";
import { dutyOf } from "./eye.js";
import { fades } from "./fades.js";
import { strangersOf } from "./hails.js";
import type { Happening } from "./happenings.js";
import { idealOf } from "./ideal.js";
import { type Firmware, type Lived, runNight } from "./lampnight.js";
import { recall } from "./memory.js";
import { anyNight, calmNight, END, type Night } from "./night.js";
import { broken, endOf, obligations } from "./obligations.js";
import { holds as isIn, meet } from "./spans.js";
import type { Kind } from "./troubles.js";

export interface Property {
	readonly name: string;
	/** Nights with troubles of these kinds, or of all. */
	readonly nights: (kinds?: readonly Kind[]) => fc.Arbitrary<Night>;
	/** What broke, in a sentence; undefined: it held. */
	check(night: Night, firmware: Firmware, tally?: Tally): string | undefined;
}

/** Puts `count` random nights to it; throws with the smallest one that breaks it, and why. */
export function holds(
	{ nights, check }: Property,
	seed: number,
	count: number,
	tally?: Tally,
): void {
	fc.assert(
		fc.property(nights(), (night) => {
			const why = check(night, Node, tally);
			if (why !== undefined) throw new Error(why);
		}),
		{ seed, numRuns: count },
	);
}

const FULL_DUTY = 4095;
const SECOND = 1000;
/** Counters are stored each hour: the end of a life loses at most that. */
const MOST_LOST = HOUR + SECOND;
/** Of the lamp's minutes with nobody there, those that may shine otherwise; of its energy. */
const VACANT_SHARE = 0.99;
const ENERGY_SHARE = 0.05;
/** Grid on which two nights are compared. */
const GRID = 15 * SECOND;
/** After an order or a boot the level it left falls, in half a minute at most. */
const SETTLE = 60 * SECOND;
/** Hours at full: the minute in which a lamp finds its bearings is more than 5 % of almost nothing. */
const ENERGY_LEAST = 1;

/** What waits for a cold relay is up to a minute later if an order had it closed. */
const withoutRelay = (kinds?: readonly Kind[]) =>
	anyNight(kinds).map((night) => ({ ...night, relay: false }));
const inRow = (kinds?: readonly Kind[]) =>
	anyNight(kinds).map((night) => ({ ...night, row: true }));
const calm = () => calmNight;

export const PROPERTIES: readonly Property[] = [
	{
		name: "whoever is there, and the street, has the light it is owed",
		nights: anyNight,
		check: owed,
	},
	{ name: "fades go in bounded steps of the eye", nights: anyNight, check: fades },
	{ name: "no driver gives more than its heat allows", nights: anyNight, check: heat },
	{ name: "no image is started over someone's head", nights: anyNight, check: updates },
	{ name: "every order ends, and leaves nothing behind", nights: withoutRelay, check: ordersEnd },
	{ name: "what strangers say changes nothing", nights: inRow, check: strangers },
	{ name: "counters never run backwards", nights: anyNight, check: counters },
	{ name: "no fault of ours, whatever comes", nights: anyNight, check: faultless },
	{ name: "nobody there means program or floor", nights: calm, check: vacant },
	{ name: "energy is that of a lamp that is given the road users", nights: calm, check: energy },
];

function owed(night: Night, firmware: Firmware, tally?: Tally): string | undefined {
	const lived = recall(night, firmware);
	if (tally) noteSituations(tally, night, lived);
	return broken(lived, obligations(night, lived));
}

/** A boot has no temperature before its sensor speaks, which is in the same turn. */
function heat(night: Night, firmware: Firmware): string | undefined {
	const lived = recall(night, firmware);
	const seen = asLived(night, lived);
	const caps = capsOf(seen);
	const starts = bootsOf(seen);
	for (const [at, duty] of lived.light) {
		if (at === 0 || isIn(starts, at)) continue;
		const most = Math.max(
			...caps.filter(({ from, to }) => from <= at && to >= at).map((c) => c.most),
		);
		if (duty > dutyOf(most + 1)) return `duty ${duty} at ${at}, where ${most} % are allowed`;
	}
	return undefined;
}

function updates(night: Night, firmware: Firmware): string | undefined {
	if (!night.happenings.some(({ what }) => what === "update")) return undefined;
	const lived = recall(night, firmware);
	const seen = asLived(night, lived);
	const there = meet(darkSpans(seen, clockErrorsOf(seen)), staysOf(seen));
	for (const { at, cause } of lived.boots)
		if (cause === "update" && isIn(there, at - 1)) return `started at ${at}, with someone there`;
	return undefined;
}

/** Credit decides when an image is fetched and started. */
function withoutImages(night: Night): Night {
	return { ...night, happenings: night.happenings.filter(({ what }) => what !== "update") };
}

/**
 * Beside the same night without those orders, from each order's own end on, and what held its level.
 * An order spends credit, so that work on flash, which lights the lamp for seconds, may be done at
 * another time: a difference lasts longer. For the same reason no image is offered in these nights.
 */
function ordersEnd(any: Night, firmware: Firmware): string | undefined {
	const night = withoutImages(any);
	const isOrder = ({ what }: Happening) => what === "order" || what === "clear";
	if (!night.happenings.some(isOrder)) return undefined;
	const others = night.happenings.filter((happening) => !isOrder(happening));
	const lived = recall(night, firmware);
	const expected = runNight({ ...night, happenings: others }, firmware);
	const seen = asLived(night, lived);
	const spans = seen.happenings.flatMap((h) => {
		if (h.what === "restart") return [{ from: h.at, to: h.at + SETTLE }]; // resumes what shone
		if (h.what !== "order" && h.what !== "action") return [];
		const length = h.what === "order" ? h.order.duration : h.length;
		return [{ from: h.at, to: endOf(seen, h.at, length) + SETTLE }];
	});
	const isOther = (at: number) => !isIn(spans, at);
	return firstDifference(lived, expected, isOther, "without orders", SETTLE);
}

/** Beside the same night without their words, whose event spends credit, too. */
function strangers(any: Night, firmware: Firmware): string | undefined {
	const night = withoutImages(any);
	const strange = strangersOf(night);
	if (!strange || strange.size === 0) return undefined;
	const others = night.happenings.filter((happening) => !strange.has(happening));
	const expected = runNight({ ...night, happenings: others }, firmware);
	return firstDifference(recall(night, firmware), expected, () => true, "without them");
}

function firstDifference(
	{ light }: Lived,
	{ light: expected }: Lived,
	isAsked: (at: number) => boolean,
	how: string,
	lasting = 0,
): string | undefined {
	let [index, other] = [0, 0];
	let since = Infinity; // it differs
	for (let at = GRID; at < END; at += GRID) {
		while (index + 1 < light.length && light[index + 1]![0] <= at) index += 1;
		while (other + 1 < expected.length && expected[other + 1]![0] <= at) other += 1;
		const [duty, owed] = [light[index]![1], expected[other]![1]];
		since = duty !== owed && isAsked(at) ? Math.min(since, at) : Infinity;
		if (at - since >= lasting) return `${duty} at ${at}, ${how} ${owed}`;
	}
	return undefined;
}

function counters(night: Night, firmware: Firmware): string | undefined {
	const { samples, boots } = recall(night, firmware);
	const fails = night.happenings.some(({ what }) => what === "storeFails");
	/** When a life ended: with the mains, or with the next start. */
	const endOfLife = (life: number) => {
		const next = boots[life - 1]?.at ?? END;
		return deadOf(night).find(({ to }) => to === next)?.from ?? next;
	};
	for (let i = 1; i < samples.length; i += 1) {
		const now = samples[i]!;
		const since = samples
			.slice(0, i)
			.filter(({ life, at }) => life === now.life || (!fails && at <= endOfLife(life) - MOST_LOST))
			.at(-1);
		if (!since) continue;
		for (let c = 0; c < now.counters.length; c += 1)
			if (now.counters[c]! < since.counters[c]! - 1e-6)
				return `counter ${c} fell from ${since.counters[c]} to ${now.counters[c]} at ${now.at}`;
	}
	return undefined;
}

function faultless(night: Night, firmware: Firmware): string | undefined {
	const { faults } = recall(night, firmware);
	return faults.length > 0 ? String(faults[0]) : undefined;
}

function vacant(night: Night, firmware: Firmware): string | undefined {
	const { fallTime } = night.light as Record<string, number>;
	const settle = fallTime! * SECOND + 2 * GRID;
	const { light } = recall(night, firmware);
	const ideal = idealOf(night, settle);
	let [of, right, index] = [0, 0, 0];
	for (let at = GRID; at < END; at += GRID) {
		while (index + 1 < light.length && light[index + 1]![0] <= at) index += 1;
		const { level, vacant } = ideal(at);
		if (!vacant) continue;
		of += 1;
		if (dutyOf(level) === light[index]![1]) right += 1;
	}
	return right >= VACANT_SHARE * of ? undefined : `${right} of ${of} vacant moments as planned`;
}

function energy(night: Night, firmware: Firmware): string | undefined {
	const { light } = recall(night, firmware);
	const ideal = idealOf(night, 0);
	let [used, wanted] = [0, 0]; // hours at full
	for (let i = 0; i < light.length; i += 1) {
		const [at, duty] = light[i]!;
		used += ((duty / FULL_DUTY) * ((light[i + 1]?.[0] ?? END) - at)) / HOUR;
	}
	for (let at = 0; at < END; at += GRID) wanted += ((ideal(at).level / 100) * GRID) / HOUR;
	if (wanted < ENERGY_LEAST) return undefined;
	const off = Math.abs(used - wanted) / wanted;
	return off <= ENERGY_SHARE
		? undefined
		: `${used.toFixed(3)} h at full, ${wanted.toFixed(3)} h wanted`;
}
