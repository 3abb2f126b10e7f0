/**
 * Constant light output: LEDs fade over the years and luminaires get dirty; the driver makes up for it.
 *
 * An installation is designed for the end: the least light its LEDs will give and the dirt of a whole
 * period between two cleanings (maintained mean, EN 13201-2). Until then less of the driver gives the
 * same light. Both go by operating hours, the one measure that needs no date (TALQ cloEnabled and
 * lumenDepreciationCurve; uCIFI 3416, cleaning factor).
 */

/** Operating hours, and the light left then, per cent of new. */
export interface DepreciationPoint {
	readonly hours: number;
	readonly remaining: number;
}

export interface DepreciationFault {
	/** Of the point, from 1. */
	readonly where: number;
	readonly why: string;
}

/** Data sheets tell two or three points (L90, L80, L70). */
export const MAX_POINTS = 6;
/** Longer than LEDs are tested for, hours. */
const MAX_HOURS = 500_000;
/** Per cent. A luminaire that gives less is due to be replaced, not driven harder. */
const LEAST_REMAINING = 40;
/** Hours and per cent are whole numbers of at most this many digits. */
const MAX_DIGITS = 6;

/**
 * The points of `0 100; 50000 90; 100000 80`: hours rise, light does not. An empty text has none: no
 * constant light output.
 */
export function parseDepreciation(text: string): readonly DepreciationPoint[] | DepreciationFault {
	const points: DepreciationPoint[] = [];
	if (text.trim() === "") return points;
	const parts = text.split(";");
	if (parts.length > MAX_POINTS) return fault(MAX_POINTS + 1, `more than ${MAX_POINTS} points`);
	for (let nth = 0; nth < parts.length; nth += 1) {
		const words = parts[nth]!.trim().split(" ");
		const hours = wholeNumber(words[0]);
		const remaining = wholeNumber(words[1]);
		if (words.length !== 2 || hours < 0 || remaining < 0)
			return fault(nth + 1, "must be hours and per cent, e.g. 50000 90");
		if (hours > MAX_HOURS) return fault(nth + 1, `more than ${MAX_HOURS} hours`);
		if (remaining < LEAST_REMAINING || remaining > 100)
			return fault(nth + 1, `must leave ${LEAST_REMAINING} to 100 %`);
		const before = points[nth - 1];
		if (before ? hours <= before.hours : hours > 0)
			return fault(nth + 1, before ? "hours must rise" : "must begin at 0 hours");
		if (before && remaining > before.remaining) return fault(nth + 1, "light must not come back");
		points.push({ hours, remaining });
	}
	return points;
}

export function isFault(
	parsed: readonly DepreciationPoint[] | DepreciationFault,
): parsed is DepreciationFault {
	return "why" in parsed;
}

/**
 * Constant light output: the share of the driver that gives the light of the curve's end after
 * `hours`. Never above 1; 1 without a curve and beyond its end.
 */
export function cloShare(points: readonly DepreciationPoint[], hours: number): number {
	const last = points[points.length - 1];
	if (!last || !(hours < last.hours)) return 1;
	let nth = 1;
	while (points[nth]!.hours <= hours) nth += 1;
	const from = points[nth - 1]!;
	const to = points[nth]!;
	const way = Math.max(0, hours - from.hours) / (to.hours - from.hours);
	return last.remaining / (from.remaining + way * (to.remaining - from.remaining));
}

/**
 * Cleaning factor: the share that a luminaire needs `hours` of operation after it was cleaned, from
 * `factor` (per cent) just after to 1 at the end of `period` hours. A luminaire not cleaned yet
 * (negative hours: the counter was lost) counts as dirty: lit.
 */
export function cleaningShare(factor: number, period: number, hours: number): number {
	if (hours < 0 || hours >= period) return 1;
	return (factor + (100 - factor) * (hours / period)) / 100;
}

function fault(where: number, why: string): DepreciationFault {
	return { where, why };
}

/** -1 for what is none. */
function wholeNumber(text: string | undefined): number {
	if (!text || text.length > MAX_DIGITS) return -1;
	for (let at = 0; at < text.length; at += 1) {
		const digit = text.charCodeAt(at) - 48;
		if (!(digit >= 0 && digit <= 9)) return -1;
	}
	return Number(text);
}
