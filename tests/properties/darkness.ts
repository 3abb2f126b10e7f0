/**
 * Darkness: when a lamp must count it as dark, from the sky, its sensor and its clock.
 *
 * By a photocell that sees the sky; without one, and where that one gives no reading, always: no
 * witness vouches for the clock (docs/time.md). Where the light on it is another one, any clock counts
 * that shows a night. Where either is right for the lamp, nothing is demanded.
 */

import { MINUTE } from "../../lib/spans.js";
import { type ClockErrors, errorsIn } from "./clockerrors.js";
import { spansOf } from "./course.js";
import type { Happening } from "./happenings.js";
import { END, type Night } from "./night.js";
import { elevation } from "./sky.js";
import { holds, merged, type Span, spansWhere } from "./spans.js";

/** The setting offDelay. */
export const OFF_DELAY = 120_000;
/** Below it no sky is dark to the photocell (35 lx), below it none is bright (with delays). */
const PLAINLY_DARK = -6;
/** Where a clock contradicts a photocell (docs/sensing.md, contradicted): -8 deg, and what the sun sinks in 5 min. */
const SURELY_NIGHT = -9.3;
/** What is no reading, or the reading of a sensor that is covered, cannot look like a day. */
const DAYLIGHT = 70;

export function darkSpans(night: Night, clock: readonly ClockErrors[]): Span[] {
	const isDark = night.photocell ? byPhotocell(night, clock) : () => true;
	return spansWhere(END, MINUTE, isDark);
}

/** Whether all that the clock may say within the minute from `at` means a sun below `degrees`. */
function saysSunBelow(
	{ start }: Night,
	clock: readonly ClockErrors[],
	degrees: number,
): (at: number) => boolean {
	return (at) =>
		errorsIn(clock, at, at + MINUTE).every((error) =>
			error === undefined ? false : elevation(start + at + error) < degrees,
		);
}

function byPhotocell(night: Night, clock: readonly ClockErrors[]): (at: number) => boolean {
	const isPlainly = (at: number) => elevation(night.start + at) < PLAINLY_DARK;
	const isSurely = saysSunBelow(night, clock, SURELY_NIGHT);
	const misled = falsehoods(night, isPlainly);
	return (at) => {
		if (!isPlainly(at)) return false;
		const isAny = (spans: readonly Span[]) => holds(spans, at) || holds(spans, at + MINUTE);
		return isAny(misled) ? isSurely(at) : true;
	};
}

/**
 * When the sensor reports something else than the sky, which the lamp may take for a day. A lamp that saw
 * the night before, and then no more, goes on seeing it; one that boots without a reading counts it as
 * dark. What follows has the delay of a dusk.
 */
function falsehoods(night: Night, isDark: (at: number) => boolean): Span[] {
	const nonsense = night.happenings.filter(
		(h): h is Happening & { what: "sensor" } => h.what === "sensor",
	);
	const flashes = spansOf(night, "flash");
	const bright = nonsense.filter(({ lux }) => isReading(lux) && lux >= DAYLIGHT);
	const lights = [...flashes, ...bright.map(spanOf)];
	const misled = merged(lights)
		.filter(({ from, to }) => to - from >= OFF_DELAY)
		.map((span) => withNext(span, lights));
	for (const glitch of nonsense) {
		const { lux, at } = glitch;
		if (isReading(lux)) continue; // bright, or covered, which is dark
		const span = spanOf(glitch);
		const around = [...nonsense.filter((other) => other !== glitch).map(spanOf), ...lights];
		const isAlone = !around.some(({ from, to }) => from < span.to + MINUTE && to + MINUTE > at);
		if (!isAlone || !isDark(at - 2 * MINUTE) || !isDark(at)) misled.push(span);
	}
	return misled.map(({ from, to }) => ({ from, to: to + MINUTE }));
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
