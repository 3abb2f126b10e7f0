/**
 * Darkness: when a lamp must count it as dark, from the sky, its sensor and its clock.
 *
 * By a photocell that sees the sky; where that one reports nonsense, by a clock and the sun; where
 * there is none, always (architecture.md, 3). Where either is right for the lamp, nothing is said.
 */

import { MINUTE } from "../../lib/spans.js";
import { type ClockErrors, errorsIn } from "./clockerrors.js";
import { bootsOf, spansOf } from "./course.js";
import type { Happening } from "./happenings.js";
import { END, type Night } from "./night.js";
import { elevation } from "./sky.js";
import { holds, merged, type Span, spansWhere } from "./spans.js";

/** The setting offDelay. */
export const OFF_DELAY = 120_000;
/** Below it no sky is dark to the photocell (35 lx), below it none is bright (with delays). */
const PLAINLY_DARK = -6;
/** Where the clock says it: the setting darkElevation, with a margin for the minute's grid. */
const DARK_BY_SUN = -2.3;
/** Where a clock contradicts a photocell (docs/sensing.md, contradicted): -8 deg, and what the sun sinks in 5 min. */
const SURELY_NIGHT = -9.3;
/** What is no reading, or the reading of a sensor that is covered, cannot look like a day. */
const DAYLIGHT = 70;

export function darkSpans(night: Night, clock: readonly ClockErrors[]): Span[] {
	const isDark = night.photocell ? byPhotocell(night, clock) : byClock(night, clock);
	return spansWhere(END, MINUTE, isDark);
}

/** Whether all that the clock may say within the minute from `at` means a sun below `degrees`. */
function saysSunBelow(
	{ start }: Night,
	clock: readonly ClockErrors[],
	degrees: number,
	whoKnowsNot: boolean,
): (at: number) => boolean {
	return (at) =>
		errorsIn(clock, at, at + MINUTE).every((error) =>
			error === undefined ? whoKnowsNot : elevation(start + at + error) < degrees,
		);
}

function byClock(night: Night, clock: readonly ClockErrors[]): (at: number) => boolean {
	return saysSunBelow(night, clock, DARK_BY_SUN, true);
}

function byPhotocell(night: Night, clock: readonly ClockErrors[]): (at: number) => boolean {
	const isPlainly = (at: number) => elevation(night.start + at) < PLAINLY_DARK;
	const isSurely = saysSunBelow(night, clock, SURELY_NIGHT, false);
	const byOtherMeans = byClock(night, clock);
	const { blind, misled } = falsehoods(night, isPlainly);
	return (at) => {
		if (!isPlainly(at)) return false;
		const isAny = (spans: readonly Span[]) => holds(spans, at) || holds(spans, at + MINUTE);
		if (isAny(misled)) return isSurely(at);
		return isAny(blind) ? byOtherMeans(at) : true;
	};
}

/**
 * When the sensor reports something else than the sky. `misled`: it may take that for a day. `blind`: it
 * booted into it, and there is no reading at all. A lamp that saw the night before, and then no more,
 * goes on seeing it. What follows has the delay of a dusk.
 */
function falsehoods(
	night: Night,
	isDark: (at: number) => boolean,
): { readonly blind: Span[]; readonly misled: Span[] } {
	const nonsense = night.happenings.filter(
		(h): h is Happening & { what: "sensor" } => h.what === "sensor",
	);
	const flashes = spansOf(night, "flash");
	const bright = nonsense.filter(({ lux }) => isReading(lux) && lux >= DAYLIGHT);
	const lights = [...flashes, ...bright.map(spanOf)];
	const misled = merged(lights)
		.filter(({ from, to }) => to - from >= OFF_DELAY)
		.map((span) => withNext(span, lights));
	const blind: Span[] = [];
	for (const one of nonsense) {
		const { lux, at } = one;
		if (isReading(lux)) continue; // bright, or covered, which is dark
		const span = spanOf(one);
		const around = [...nonsense.filter((other) => other !== one).map(spanOf), ...lights];
		const isAlone = !around.some(({ from, to }) => from < span.to + MINUTE && to + MINUTE > at);
		if (!isAlone || !isDark(at - 2 * MINUTE) || !isDark(at)) misled.push(span);
		else if (bootsOf(night).some(({ from }) => from >= at - MINUTE && from < span.to))
			blind.push(span);
	}
	const withDelay = ({ from, to }: Span) => ({ from, to: to + MINUTE });
	return { blind: blind.map(withDelay), misled: misled.map(withDelay) };
}

/** A lamp that took light for a day needs a dark while to see the night: light within it goes on. */
function withNext(span: Span, lights: readonly Span[]): Span {
	const next = lights.find(
		({ from, to }) => from <= span.to + MINUTE && to > span.to && from >= span.from,
	);
	return next ? withNext({ from: span.from, to: next.to }, lights) : span;
}

function isReading(lux: number | undefined): lux is number {
	return lux !== undefined && lux >= 0 && lux < Infinity;
}

function spanOf({ at, length }: Happening & { what: "sensor" }): Span {
	return { from: at, to: Math.min(END, at + length) };
}
