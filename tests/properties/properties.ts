/**
 * Properties: what must hold of every night, each as a function that says what broke, or nothing.
 *
 * They take the firmware as a parameter, so that a mutated one can be put to them.
 */
import fc from "fast-check";
import { dutyOf, stepOf } from "../../src/lighting/curve.js";
import { MAX_FADE_STEPS, MIN_STEP_INTERVAL } from "../../src/lighting/fade.js";
import { Node } from "../../src/node.js";
import type { Percent } from "../../src/units.js";
import { idealOf } from "./ideal.js";
import { END, type Firmware, type Lived, live } from "./lampnight.js";
import { anyNight, calmNight, type Happening, type Night } from "./night.js";
import { broken, endOf, obligations } from "./obligations.js";

export interface Property {
	readonly name: string;
	readonly nights: fc.Arbitrary<Night>;
	/** What broke, in a sentence; undefined: it held. */
	check(night: Night, firmware: Firmware): string | undefined;
}

/** Puts `count` random nights to it; throws with the smallest one that breaks it, and why. */
export function holds({ nights, check }: Property, seed: number, count: number): void {
	fc.assert(
		fc.property(nights, (night) => {
			const why = check(night, Node);
			if (why !== undefined) throw new Error(why);
		}),
		{ seed, numRuns: count },
	);
}

const FULL_DUTY = 4095;
const SECOND = 1000;
const HOUR = 3600 * SECOND;
/** Counters are stored each hour: each boot loses at most that. */
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
/** Below 1 % a duty of 12 bits is several steps of the eye. */
const COARSE_DUTY = 41;
const COARSE_STEPS = 4;

export const PROPERTIES: readonly Property[] = [
	{
		name: "whoever is there, and the street, has the light it is owed",
		nights: anyNight,
		check: owed,
	},
	{ name: "fades go in bounded steps of the eye", nights: anyNight, check: fades },
	{ name: "every order ends, and leaves nothing behind", nights: anyNight, check: ordersEnd },
	{ name: "counters never run backwards", nights: anyNight, check: counters },
	{ name: "no fault of ours, whatever comes", nights: anyNight, check: faultless },
	{ name: "nobody there means program or floor", nights: calmNight, check: vacant },
	{ name: "energy is that of one who knows the road users", nights: calmNight, check: energy },
];

function owed(night: Night, firmware: Firmware): string | undefined {
	const lived = live(night, firmware);
	return broken(lived, obligations(night, lived), (level) => dutyOf(level as Percent, 12));
}

function fades(night: Night, firmware: Firmware): string | undefined {
	const { riseTime, fallTime } = night.light as Record<string, number>;
	const boots = night.happenings.filter(({ what }) => what === "restart").map(({ at }) => at);
	const ramps = night.happenings.flatMap((h) => {
		if (h.what === "order") return [h.order.ramp ?? 60];
		return h.what === "deed" ? [h.fields.command === "identify" ? 0 : 1] : []; // it blinks; its steps
	});
	const quickest = Math.min(...ramps);
	const most = (seconds: number) => {
		const time = Math.min(seconds, quickest) * SECOND;
		const steps = Math.min(MAX_FADE_STEPS, Math.floor(time / MIN_STEP_INTERVAL));
		return steps < 1 ? 254 : Math.ceil(254 / steps) + 2; // a step of the curve is rounded at both ends
	};
	const isPaced = Math.min(riseTime!, quickest) * SECOND >= MIN_STEP_INTERVAL;
	const apart = isPaced ? MIN_STEP_INTERVAL - 1 : 0; // instants are whole milliseconds
	const { duties } = live(night, firmware);
	for (let i = 1; i < duties.length; i += 1) {
		const [at, duty] = duties[i]!;
		const [before, from] = duties[i - 1]!;
		// the pin is low at a boot, and one that resumes the dark writes nothing
		if (at === 0 || boots.some((boot) => boot > before && boot <= at) || boots.includes(at))
			continue;
		if (at - before < apart && !boots.includes(before)) return `steps at ${before} and ${at}`;
		const by = stepAt(duty) - stepAt(from);
		const coarse = Math.min(duty, from) < COARSE_DUTY ? COARSE_STEPS : 0;
		const limit = (by > 0 ? most(riseTime!) : most(fallTime!)) + coarse;
		const isStep = at > before || by > 0;
		if (!isStep) return `two falls at ${at}`;
		if (Math.abs(by) > limit) return `a step of ${by} at ${at}, at most ${limit}`;
	}
	return undefined;
}

function stepAt(duty: number): number {
	return stepOf(((100 * duty) / FULL_DUTY) as Percent);
}

/** Beside the same night without those orders, from each order's own end on, and what held its level. */
function ordersEnd(night: Night, firmware: Firmware): string | undefined {
	const isOrder = ({ what }: Happening) => what === "order" || what === "clear";
	if (!night.happenings.some(isOrder)) return undefined;
	const others = night.happenings.filter((happening) => !isOrder(happening));
	const { duties } = live(night, firmware);
	const { duties: expected } = live({ ...night, happenings: others }, firmware);
	const spans = night.happenings.flatMap((h) => {
		if (h.what === "restart") return [{ from: h.at, to: h.at + SETTLE }]; // resumes what shone
		if (h.what !== "order" && h.what !== "deed") return [];
		const length = h.what === "order" ? h.order.duration : h.length;
		return [{ from: h.at, to: endOf(night, h.at, length) + SETTLE }];
	});
	let [index, other] = [0, 0];
	for (let at = GRID; at < END; at += GRID) {
		while (index + 1 < duties.length && duties[index + 1]![0] <= at) index += 1;
		while (other + 1 < expected.length && expected[other + 1]![0] <= at) other += 1;
		if (spans.some(({ from, to }) => at >= from && at < to)) continue;
		const [duty, owed] = [duties[index]![1], expected[other]![1]];
		if (duty !== owed) return `${duty} at ${at}, without orders ${owed}`;
	}
	return undefined;
}

function counters(night: Night, firmware: Firmware): string | undefined {
	const { samples } = live(night, firmware);
	const fails = night.happenings.some(({ what }) => what === "storeFails");
	for (let i = 1; i < samples.length; i += 1) {
		const now = samples[i]!;
		const since = samples
			.slice(0, i)
			.filter(
				({ life, at }) =>
					life === now.life || (!fails && at <= now.at - (now.life - life) * MOST_LOST),
			)
			.at(-1);
		if (!since) continue;
		for (let c = 0; c < now.counters.length; c += 1)
			if (now.counters[c]! < since.counters[c]! - 1e-6)
				return `counter ${c} fell from ${since.counters[c]} to ${now.counters[c]} at ${now.at}`;
	}
	return undefined;
}

function faultless(night: Night, firmware: Firmware): string | undefined {
	const { faults } = live(night, firmware);
	return faults.length > 0 ? String(faults[0]) : undefined;
}

function vacant(night: Night, firmware: Firmware): string | undefined {
	const { fallTime } = night.light as Record<string, number>;
	const settle = fallTime! * SECOND + 2 * GRID;
	const { of, right } = compare(night, live(night, firmware), settle, (level, shines) => {
		const duty = dutyOf(level as Percent, 12);
		return duty === shines;
	});
	return right >= VACANT_SHARE * of ? undefined : `${right} of ${of} vacant moments as planned`;
}

function compare(
	night: Night,
	{ duties }: Lived,
	settle: number,
	same: (level: number, duty: number) => boolean,
): { of: number; right: number } {
	const ideal = idealOf(night, settle);
	let [of, right, index] = [0, 0, 0];
	for (let at = GRID; at < END; at += GRID) {
		while (index + 1 < duties.length && duties[index + 1]![0] <= at) index += 1;
		const { level, vacant } = ideal(at);
		if (!vacant) continue;
		of += 1;
		if (same(level, duties[index]![1])) right += 1;
	}
	return { of, right };
}

function energy(night: Night, firmware: Firmware): string | undefined {
	const { duties } = live(night, firmware);
	const ideal = idealOf(night, 0);
	let [used, wanted] = [0, 0]; // hours at full
	for (let i = 0; i < duties.length; i += 1) {
		const [at, duty] = duties[i]!;
		used += ((duty / FULL_DUTY) * ((duties[i + 1]?.[0] ?? END) - at)) / HOUR;
	}
	for (let at = 0; at < END; at += GRID) wanted += ((ideal(at).level / 100) * GRID) / HOUR;
	if (wanted < ENERGY_LEAST) return undefined;
	const off = Math.abs(used - wanted) / wanted;
	return off <= ENERGY_SHARE
		? undefined
		: `${used.toFixed(3)} h at full, ${wanted.toFixed(3)} h wanted`;
}
