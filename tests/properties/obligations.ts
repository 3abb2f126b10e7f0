/**
 * Obligations: what a night's light owes to whoever is under it, from the world and the orders alone.
 *
 * Each is a span of time with the least level that must shine, and a sentence. Spans end where
 * something starts that makes them void (an order that silences the sensors), and begin REACTION
 * after it is over. Where either is right for the firmware, nothing is demanded.
 */

import { MINUTE } from "../../lib/spans.js";
import { capsOf, type Light, phasesOf } from "./bounds.js";
import { type ClockErrors, clockErrorsOf, worstOf } from "./clockerrors.js";
import { asLived, bootsOf, deadOf, spansOf, staysOf, unfedIn } from "./course.js";
import { darkSpans } from "./darkness.js";
import { dutyOf } from "./eye.js";
import { type Hail, hailsOf } from "./hails.js";
import type { Lived } from "./lampnight.js";
import { END, type Night } from "./night.js";
import { meet, type Span, without } from "./spans.js";
import { instantOf } from "./wall.js";

/** Light stands this soon after the edge: a rise of 1 s, and its first step at once. */
export const REACTION = 1200;
/** What is left of an order is stored at least so often: a boot without a clock may count so much twice. */
const KEPT_EACH = 120 * MINUTE;
/** A PIR that is active for so long is stuck, and its lamp at full class. */
const STUCK_AFTER = 60 * MINUTE;
const LONGEST_EMERGENCY = 24 * 60 * MINUTE;
/** The photocell vouches for no clock that is wrong by more. */
const VOUCHED = 60 * MINUTE;

export interface Obligation extends Span {
	readonly least: number;
	readonly why: string;
}

export function obligations(asDrawn: Night, lived: Lived): Obligation[] {
	const night = asLived(asDrawn, lived);
	const clock = clockErrorsOf(night);
	const boots = bootsOf(night);
	const dead = deadOf(asDrawn);
	const found: Obligation[] = [];
	const bounds = boundsOf(night);
	const owe = (spans: readonly Span[], levelOf: (light: Light) => number, why: string) => {
		for (const span of spans)
			for (const { from, to, lights, most } of bounds) {
				const [begin, end] = [Math.max(span.from, from) + REACTION, Math.min(span.to, to)];
				const least = Math.min(most, ...lights.map(levelOf));
				if (begin < end && least > 0) found.push({ from: begin, to: end, least, why });
			}
	};
	const orders = ordersOf(night, lived);
	const out = outSpans(night, clock);
	const below = orders.filter(({ order }) => order.belowFloor);
	const silent = orders.filter(({ order }) => order.inhibitSensors);
	const settled = without(without(darkSpans(night, clock), boots), dead);
	const listening = without(night.ignorePresence ? without(settled, out) : settled, silent);
	const presence = (light: Light) => light.presenceLevel!;
	const unseen = (light: Light) => Math.max(light.presenceLevel!, light.fullLevel!);

	owe(
		without(without(settled, below), out),
		({ floorLevel }) => floorLevel!,
		"never below the floor while dark",
	);
	owe(
		settled,
		({ lightProtected, fullLevel }) => (lightProtected ? fullLevel! : 0),
		"a protected lamp keeps its class",
	);
	owe(meet(listening, staysOf(night)), presence, "occupied and dark means sensor level");
	owe(
		meet(listening, settlingOf(night)),
		presence,
		"a PIR that settles and dark means sensor level",
	);
	owe(meet(listening, stuckOf(night)), unseen, "a PIR that is stuck and dark means full class");
	owe(
		meet(listening, hailsOf(night).map(ends(boots))),
		presence,
		"someone at the next pole and dark means sensor level",
	);
	const lights = bounds.flatMap((bound) => bound.lights); // it keeps the full class of its beginning
	owe(
		without(without(emergenciesOf(night, lived), boots), dead),
		() => Math.min(...lights.map(({ fullLevel }) => fullLevel!)),
		"an emergency is lit",
	);
	if (!night.photocell && clock.every(({ errors }) => errors.every((e) => e === undefined)))
		owe(
			without(without(settled, orders), deedsOf(night)),
			({ fullLevel }) => fullLevel!,
			"doubtful and dark means full class",
		);
	return found;
}

/** A boot forgets what was reported before it. */
function ends(boots: readonly Span[]): (hail: Hail) => Span {
	return ({ from, to }) => ({
		from,
		to: Math.min(to, ...boots.filter((boot) => boot.from >= from).map((boot) => boot.from)),
	});
}

/** Which settings and which heat are in force when. */
function boundsOf(night: Night): (Span & { lights: readonly Light[]; most: number })[] {
	return phasesOf(night).flatMap(({ lights, ...phase }) =>
		meet([phase], capsOf(night)).flatMap((span) =>
			capsOf(night)
				.filter(({ from, to }) => from <= span.from && span.to <= to && from < to)
				.map(({ most }) => ({ ...span, lights, most: most - 1 })),
		),
	);
}

/** What breaks an obligation first, or undefined. */
export function broken({ light }: Lived, owed: readonly Obligation[]): string | undefined {
	for (const { from, to, least, why } of owed) {
		const need = dutyOf(least);
		for (let index = before(light, from); index < light.length; index += 1) {
			const [at, duty] = light[index] ?? [0, 0];
			if (at >= to) break;
			const until = light[index + 1]?.[0] ?? END;
			if (until > from && until > at && duty < need)
				return `${why}: ${least} % owed from ${from} to ${to}, duty ${duty} < ${need} at ${Math.max(at, from)}`;
		}
	}
	return undefined;
}

/** The last change that is not after `at`; -1: there is none. */
function before(light: Lived["light"], at: number): number {
	let [low, high] = [-1, light.length];
	while (high - low > 1) {
		const middle = (low + high) >> 1;
		if (light[middle]![0] <= at) low = middle;
		else high = middle;
	}
	return low;
}

/** A PIR that got its power counts as occupied until it has settled. */
function settlingOf({ light, happenings }: Night): Span[] {
	const settle = 1000 * (light.settleTime as number);
	const starts = [0, ...happenings.filter((h) => h.what === "restart").map(({ at }) => at)];
	return starts.map((from) => ({ from, to: from + settle }));
}

/** When the PIR has been active for too long, since it was or since a boot saw it so, without a still moment. */
function stuckOf(night: Night): Span[] {
	const still = night.happenings.flatMap((h) => {
		if (h.what === "restart") return [h.at];
		return h.what === "chatter" ? [h.at, h.at + (h.count - 1) * h.gap] : [];
	});
	return spansOf(night, "stay")
		.map(({ from, to }) => {
			const since = still.filter((at) => at >= from && at < to);
			return { from: Math.max(from, ...since) + STUCK_AFTER, to };
		})
		.filter(({ from, to }) => from < to);
}

/** Emergencies last for a day, whatever the clock; one that the flash did not take is lost with a boot. */
function emergenciesOf({ happenings }: Night, { taken }: Lived): Span[] {
	const isKept = !happenings.some(({ what }) => what === "storeFails");
	return happenings
		.filter((h) => h.what === "emergency" && taken.has(h))
		.map(({ at }) => {
			const boots = happenings.filter((h) => h.what === "restart" && h.at >= at);
			const to = Math.min(END, at + LONGEST_EMERGENCY);
			return { from: at, to: isKept ? to : Math.min(to, ...boots.map((boot) => boot.at)) };
		});
}

/** When an order stands: until its end, the next order, or its recall; and while its fade runs out. */
function ordersOf(
	night: Night,
	{ taken }: Lived,
): (Span & { order: { belowFloor: boolean; inhibitSensors: boolean } })[] {
	const all = night.happenings
		.filter((h) => (h.what === "order" || h.what === "clear") && taken.has(h))
		.sort((a, b) => a.at - b.at);
	return all.flatMap((h, index) => {
		if (h.what !== "order") return [];
		const next = all[index + 1]?.at ?? Infinity;
		const to = endOf(night, h.at, h.order.duration);
		const isForgotten = night.happenings.some(({ what }) => what === "storeFails"); // that it was over
		return [{ from: h.at, to: (isForgotten ? to : Math.min(to, next)) + 1, order: h.order }];
	});
}

/** While a lamp shows or tests itself, or is worked on, it has a level of its own; its fall may follow. */
function deedsOf(night: Night): Span[] {
	return night.happenings.flatMap((h) =>
		h.what === "action" ? [{ from: h.at, to: endOf(night, h.at, h.length) + 1 }] : [],
	);
}

/** Where the program may have the lights out: by a clock for which the photocell vouches. */
function outSpans(night: Night, clock: readonly ClockErrors[]): Span[] {
	if (!night.photocell || !night.points.some(([, level]) => level < 0)) return [];
	const error = Math.min(worstOf(clock), VOUCHED);
	const spans: Span[] = [];
	night.points.forEach(([minutes, level], index) => {
		if (level >= 0) return;
		const next = night.points[index + 1]?.[0];
		const from = instantOf(night, minutes);
		const to = next === undefined ? END : instantOf(night, next);
		spans.push({ from: from - MINUTE - error, to: to + 2 * MINUTE + error });
	});
	return spans;
}

/**
 * When what began at `from` for `length` has ended at the latest. A boot without a clock may count
 * two hours twice, and no time without power; one that finds what the flash could not take back begins anew.
 */
export function endOf(night: Night, from: number, length: number): number {
	const { happenings } = night;
	const boots = happenings.filter(({ what, at }) => what === "restart" && at >= from);
	const fails = happenings.some(({ what }) => what === "storeFails");
	const again = fails ? Math.max(from, ...boots.map(({ at }) => at)) : from;
	return Math.max(from + boots.length * KEPT_EACH + unfedIn(night, from), again) + length;
}
